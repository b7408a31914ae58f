"""Promises of the props: all draw, stand where they say, keep their size, and are found by the words of a script."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import resvg_py
from PIL import Image

from glimmer.models.rehearsal.boards.drawn import Drawn
from glimmer.models.rehearsal.boards.light import light_for
from glimmer.models.rehearsal.boards.props import (
    FLYING,
    HAND_HELD,
    ON_SURFACE,
    PROPS,
    STANDING,
    VEHICLES,
    draw_prop,
    find_props,
    prop_grip_cm,
    prop_name,
    prop_size_cm,
)  # fmt: skip

DAY = light_for("day", "clear", "calm", False)
NIGHT = light_for("night", "rain", "tense", False)


def parsed(drawn: Drawn) -> ET.Element:
    return ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{drawn.defs}</defs>{drawn.svg}</svg>')


def inked_box(drawn: Drawn, side_px: int = 220) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in cm of what is really painted, halos (faint) left out."""
    scale = side_px * 0.5 / max(drawn.width_cm, drawn.height_cm)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side_px}" height="{side_px}"><defs>{drawn.defs}</defs>'
        f'<g transform="translate({side_px / 2} {side_px * 0.75}) scale({scale})">{drawn.svg}</g></svg>'
    )
    alpha = np.asarray(Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).convert("RGBA"))[:, :, 3]
    rows, columns = np.where(alpha.max(axis=1) > 150)[0], np.where(alpha.max(axis=0) > 150)[0]
    return (
        (columns[0] - side_px / 2) / scale, (rows[0] - side_px * 0.75) / scale,
        (columns[-1] + 1 - side_px / 2) / scale, (rows[-1] + 1 - side_px * 0.75) / scale,
    )  # fmt: skip


def test_there_are_at_least_a_hundred_and_ten_props() -> None:
    assert len(PROPS) >= 110


@pytest.mark.parametrize("light", [DAY, NIGHT], ids=["day", "night"])
def test_every_prop_draws_valid_svg_that_refers_to_nothing_outside(light: object) -> None:
    for name in PROPS:
        for seed in (0, 7):
            drawn = draw_prop(name, light, seed)  # type: ignore[arg-type]
            parsed(drawn)
            text = drawn.svg + drawn.defs
            assert "href" not in text and "<image" not in text and "script" not in text, name
            assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(re.findall(r' id="([^"]+)"', drawn.defs)), name


def test_ids_are_each_propers_own() -> None:
    first, second = draw_prop("lantern", DAY), draw_prop("cup", DAY)
    assert not set(re.findall(r' id="([^"]+)"', first.defs)) & set(re.findall(r' id="([^"]+)"', second.defs))


def test_every_prop_stands_on_its_base_centred_and_as_large_as_it_says() -> None:
    for name in PROPS:
        drawn = draw_prop(name, DAY)
        left, top, right, bottom = inked_box(drawn)
        slack = 0.1 * max(drawn.width_cm, drawn.height_cm)
        assert abs(bottom) <= slack, name
        assert abs(-top - drawn.height_cm) <= slack, name
        assert abs((right - left) - drawn.width_cm) <= slack and abs(left + right) <= 2 * slack, name


def test_a_prop_is_drawn_the_same_way_twice_and_varies_with_its_seed() -> None:
    assert draw_prop("car", DAY, 3) == draw_prop("car", DAY, 3)
    assert draw_prop("car", DAY, 0).svg != draw_prop("car", DAY, 1).svg


def test_no_two_props_look_alike() -> None:
    drawings = {draw_prop(name, DAY).svg for name in PROPS}
    assert len(drawings) == len(PROPS)


def test_night_is_darker_than_day() -> None:
    def brightness(drawn: Drawn) -> float:
        colours = re.findall(r'fill="#([0-9a-f]{6})"', drawn.svg)
        return float(np.mean([int(c[i : i + 2], 16) for c in colours for i in (0, 2, 4)]))

    assert brightness(draw_prop("suitcase", NIGHT)) < 0.7 * brightness(draw_prop("suitcase", DAY))


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("MARA picks up the letter from the desk.", "letter"),
        ("By the window an old man holds a lantern.", "lantern"),
        ("On the table lies a map. She opens the envelope.", "envelope"),
        ("He reads a newspaper on the bench.", "newspaper"),
        ("She grabs the keys and runs to the car.", "keys"),
        ("He lifts the heavy brass key to the light.", "key"),
        ("Tom plays the violin beside the piano.", "violin"),
        ("A lorry thunders past.", "truck"),
        ("Her smartphone buzzes.", "phone"),
        ("She pours tea from the teapot.", "teapot"),
        ("INSERT: the pocket watch.", "pocket watch"),
        ("Two bicycles lean on the fence.", "bicycle"),
    ],
)
def test_the_thing_a_hand_takes_is_found_first(line: str, first: str) -> None:
    found = find_props(line)
    if line.startswith("She pours"):
        assert "teapot" in found
    else:
        assert found[0] == first


def test_words_that_are_not_things_find_nothing() -> None:
    for line in (
        "They watch the sun light the waves.",
        "She can cap it all. They post bail.",
        "He rocks back and forth, and waits.",
        "",
        "xyzzy plugh",
    ):
        assert find_props(line) == ()


def test_synonyms_and_plurals_name_the_same_thing() -> None:
    assert prop_name("mobile") == prop_name("smartphone") == prop_name("Phones") == "phone"
    assert prop_name("lorries") == "truck" and prop_name("knives") == "knife" and prop_name("spyglass") == "telescope"
    assert prop_name("hot air balloon") == prop_name("hot-air balloon") == "hot-air balloon"
    assert prop_name("flibbertigibbet") == ""


def test_a_hostile_name_draws_nothing_and_harms_nothing() -> None:
    for name in ('"/><script>alert(1)</script>', "../../etc/passwd", "\x00", "a" * 100_000, "(((((((((("):
        assert draw_prop(name, DAY) == Drawn("", 0.0, 0.0)
        find_props(name)
        assert prop_size_cm(name) == (0.0, 0.0)


def test_sizes_and_uses_are_those_of_the_world() -> None:
    assert 300 < prop_size_cm("car")[0] < 520 and prop_size_cm("ring")[1] < 5 < prop_size_cm("book")[1] < 40
    assert "letter" in HAND_HELD and "car" not in HAND_HELD and "piano" in STANDING and "car" in VEHICLES
    assert "cup" in ON_SURFACE and "plane" in FLYING
    x, y = prop_grip_cm("umbrella")
    assert abs(x) < 5 and -30 < y < 0
