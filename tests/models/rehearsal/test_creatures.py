"""Promises of the creatures: every kind draws in every mood and pose, at its size, in the colours of its design."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.acting import Acting
from glimmer.models.rehearsal.boards.creatures import (
    CREATURES,
    can_fly,
    creature_head,
    creature_kind,
    creature_size_m,
    draw_creature,
    in_water,
    natural_colours,
)  # fmt: skip
from glimmer.models.rehearsal.boards.drawn import Drawn
from glimmer.models.rehearsal.boards.light import light_for

DAY = light_for("day", "clear", "calm", False)
NIGHT = light_for("night", "clear", "mysterious", False)
SIDE = Acting(facing="right", view="side")


def parsed(drawn: Drawn) -> ET.Element:
    text = drawn.svg + drawn.defs
    assert "href" not in text and "<image" not in text
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(re.findall(r' id="([^"]+)"', drawn.defs))
    return ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{drawn.defs}</defs>{drawn.svg}</svg>')


def of(kind: str, acting: Acting = SIDE, **more: str) -> Drawn:
    return draw_creature(Design(name="Ada", kind=kind), acting, DAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("light", [DAY, NIGHT], ids=["day", "night"])
def test_every_kind_draws_valid_svg_from_every_side(light: object) -> None:
    for kind in CREATURES:
        for facing in ("left", "camera", "away"):
            drawn = draw_creature(Design(name="x", kind=kind), Acting(facing=facing, speaking=True), light)  # type: ignore[arg-type]
            parsed(drawn)
            assert drawn.width_cm > 0 and drawn.height_cm > 0


def test_every_kind_stands_as_high_as_it_says() -> None:
    for kind, known in CREATURES.items():
        length, height = creature_size_m(kind)
        assert height == pytest.approx(known.height_m, rel=0.1), kind
        drawn = of(kind)
        assert drawn.height_cm == pytest.approx(height * 100, rel=0.02) and drawn.width_cm == pytest.approx(length * 100, rel=0.02)


def test_no_two_kinds_look_alike() -> None:
    assert len({of(kind).svg for kind in CREATURES}) == len(CREATURES)


def test_moods_show_on_every_face() -> None:
    for kind in CREATURES:
        faces = {of(kind, Acting(facing="camera", expression=e)).svg for e in ("laugh", "angry", "sad")}  # type: ignore[arg-type]
        assert len(faces) == 3, kind


def test_left_is_the_mirror_of_right() -> None:
    left, right = of("dog", Acting(facing="left", view="side")), of("dog", SIDE)
    assert left.width_cm == pytest.approx(right.width_cm) and left.svg != right.svg
    dog = Design(name="Rex", kind="dog")
    assert creature_head(dog, Acting(facing="left"))[0] == pytest.approx(-creature_head(dog, SIDE)[0], abs=0.5)


def test_the_head_lies_inside_the_drawing() -> None:
    for kind in CREATURES:
        drawn, (x, y, r) = of(kind), creature_head(Design(name="x", kind=kind), SIDE)
        assert abs(x) <= drawn.width_cm / 2 and -drawn.height_cm <= y <= 0 and r > 0, kind


def test_a_sitting_dog_is_the_same_dog_and_a_lying_one_is_lower() -> None:
    stand, sit, lie = (of("dog", Acting(pose=p, facing="right")) for p in ("stand", "sit", "lie"))  # type: ignore[arg-type]
    assert lie.height_cm < 0.75 * stand.height_cm and sit.width_cm < stand.width_cm
    assert of("gull", motion="fly").svg != of("gull").svg


def test_a_whale_at_the_surface_is_half_hidden() -> None:
    whole, surfaced = of("whale"), of("whale", water="surface")
    parsed(surfaced)
    assert 0.3 * whole.height_cm < surfaced.height_cm < 0.8 * whole.height_cm
    assert of("whale", water="under") == whole


def test_the_design_gives_the_colours_and_its_defaults_give_natures() -> None:
    blue = draw_creature(Design(name="B", kind="cat", skin="#3355ee"), SIDE, DAY)
    assert DAY.lit("#3355ee") in blue.svg and DAY.lit(natural_colours("cat")[0]) not in blue.svg
    assert DAY.lit(natural_colours("cat")[0]) in of("cat").svg


def test_a_design_may_be_smaller_than_its_kind() -> None:
    puppy = draw_creature(Design(name="P", kind="puppy", height_m=0.4), SIDE, DAY)
    assert puppy.height_cm == pytest.approx(40, rel=0.05)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("humpback", "whale"), ("puppy", "dog"), ("an old hound", "dog"), ("Parrot", "parrot"), ("android", "robot"), ("killer whale", "orca"),
        ("small round robot", "small robot"), ("sea turtle", "turtle"), ("two grey wolves", "wolf"), ("foxes", "fox"), ("T-Rex", "dinosaur"), ("barn owl", "owl"),
        ("glorp", "creature"), ("", "creature"), ("sea gulls", "gull"), ("talking car", "living car"),
    ],
)  # fmt: skip
def test_any_word_names_a_kind(words: str, kind: str) -> None:
    assert creature_kind(words) == kind


def test_who_swims_and_who_flies_is_known() -> None:
    assert in_water("humpback") and in_water("mermaid") and not in_water("dog")
    assert can_fly("crow") and can_fly("fairy") and not can_fly("cat")


def test_drawing_is_deterministic_and_hostile_designs_are_harmless() -> None:
    assert of("dragon") == of("dragon")
    for evil in ('"/><script>', "a" * 10_000, "\x00<", "((("):
        drawn = draw_creature(
            Design(name=evil, kind=evil, skin=evil, hair="url(#x)", garment_colour="#12", accent_colour="red"), SIDE, DAY
        )
        parsed(drawn)
        assert "script" not in drawn.svg
