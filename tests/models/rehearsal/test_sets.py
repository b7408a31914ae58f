"""Promises of the sets: every place, at every hour and in any weather, the same in all shots of a scene."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from typing import get_args

import numpy as np
import pytest
import resvg_py
from PIL import Image

from glimmer.models.interface import ShotRequest
from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.camera import camera_for
from glimmer.models.rehearsal.boards.light import light_for
from glimmer.models.rehearsal.boards.sets import PAINTERS, SetArt, paint_set
from glimmer.models.rehearsal.reading import PLACE_KINDS, PlaceKind
from glimmer.vocabulary import ShotSize, TimeOfDay, Weather

_INSIDE: dict[str, str] = {
    "lamp_room": "LAMP ROOM", "kitchen": "KITCHEN", "living_room": "LIVING ROOM", "bedroom": "BEDROOM", "bathroom": "BATHROOM",
    "office": "OFFICE", "classroom": "CLASSROOM", "library": "LIBRARY", "bar": "PUB", "shop": "SHOP", "hospital": "HOSPITAL",
    "laboratory": "LABORATORY", "workshop": "WORKSHOP", "station": "STATION", "church": "CHURCH", "theatre": "THEATRE",
    "corridor": "CORRIDOR", "stairs": "STAIRCASE", "prison": "PRISON", "hall": "THRONE HALL", "ship_cabin": "CABIN",
    "vehicle": "TAXI", "spacecraft": "SPACESHIP", "cave": "CAVE", "tent": "TENT", "room": "SOMEWHERE",
}  # fmt: skip
_OUTSIDE = {"boat_deck": "ON DECK", "jungle": "JUNGLE", "village": "VILLAGE", "sky": "IN THE AIR"}
_TIMES: tuple[TimeOfDay, ...] = ("day", "dawn", "dusk", "night")


def _request(kind: str, **changes: object) -> ShotRequest:
    place = _INSIDE.get(kind) or _OUTSIDE.get(kind) or kind.replace("_", " ").upper()
    given: dict[str, object] = {"place": place, "interior": kind in _INSIDE, "scene_seed": 5, "width_px": 640, "height_px": 360}
    return ShotRequest.model_validate(given | changes)


def _paint(request: ShotRequest, x_m: float = 0.0) -> SetArt:
    light = light_for(request.time_of_day, request.weather, request.mood, request.interior)
    return paint_set(request, light, camera_for(request.size, request.angle, request.width_px, request.height_px, x_m=x_m))


def _document(request: ShotRequest, art: SetArt) -> str:
    return svg.document(request.width_px, request.height_px, art.behind, art.front, defs=art.defs)


def _picture(request: ShotRequest, width: int = 96) -> np.ndarray:
    png = resvg_py.svg_to_bytes(svg_string=_document(request, _paint(request)), width=width, skip_system_fonts=True)
    return np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGB"), dtype=np.float32)


def test_every_kind_of_place_has_its_own_painter() -> None:
    assert set(PAINTERS) == set(PLACE_KINDS) == set(get_args(PlaceKind))
    assert len({id(painter) for painter in PAINTERS.values()}) == len(PAINTERS)


@pytest.mark.parametrize("kind", PLACE_KINDS)
def test_every_place_paints_at_every_hour_and_in_the_worst_weather(kind: str) -> None:
    skies: tuple[tuple[TimeOfDay, Weather], ...] = (
        *((hour, "clear") for hour in _TIMES),
        ("day", "rain"),
        ("night", "snow"),
        ("dusk", "storm"),
        ("dawn", "fog"),
        ("day", "wind"),
    )
    for hour, weather in skies:
        request = _request(kind, time_of_day=hour, weather=weather)
        art = _paint(request)
        root = ET.fromstring(_document(request, art))
        names = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(names) == len(set(names)) and all(name and name.startswith("set-") for name in names)
        text = art.defs + art.behind + art.front
        assert "href" not in text and "nan" not in text and "inf" not in text
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(names)
        assert len(text) < 190_000 and sum(1 for _ in root.iter()) < 2200, (kind, hour, weather, len(text))


@pytest.mark.parametrize("size", ["EWS", "CU", "ECU", "INSERT"])
@pytest.mark.parametrize("angle", ["high", "low", "dutch", "overhead"])
def test_every_place_can_be_seen_from_anywhere(size: ShotSize, angle: str) -> None:
    for kind in PLACE_KINDS[:: 7 if angle != "overhead" else 5]:
        request = _request(kind, size=size, angle=angle)
        ET.fromstring(_document(request, _paint(request, x_m=0.7)))


def test_the_picture_is_covered_to_its_corners() -> None:
    for kind in PLACE_KINDS[::4]:
        request = _request(kind)
        png = resvg_py.svg_to_bytes(
            svg_string=svg.document(640, 360, _paint(request).behind, defs=_paint(request).defs), width=96, skip_system_fonts=True
        )
        assert np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA"))[..., 3].min() >= 250, kind


def test_the_same_request_is_the_same_set() -> None:
    for kind in PLACE_KINDS[::5]:
        assert _paint(_request(kind)) == _paint(_request(kind, seed=99)), kind


def test_two_scenes_in_the_same_kind_of_place_look_different() -> None:
    for kind in ("kitchen", "library", "street", "forest", "beach", "bar", "castle"):
        one, two, three = (_picture(_request(kind, scene_seed=seed)) for seed in (1, 2, 3))
        assert max(np.abs(one - two).mean(), np.abs(one - three).mean()) > 8, kind


def test_no_two_kinds_look_alike() -> None:
    pictures = {kind: _picture(_request(kind), 64) for kind in PLACE_KINDS}
    kinds = list(pictures)
    for i, one in enumerate(kinds):
        for two in kinds[i + 1 :]:
            assert np.abs(pictures[one] - pictures[two]).mean() > 5, (one, two)


def test_night_is_darker_than_day_outside() -> None:
    for kind in ("street", "forest", "harbour", "desert", "house"):
        assert _picture(_request(kind, time_of_day="night")).mean() < 0.7 * _picture(_request(kind)).mean(), kind


def test_a_close_up_shows_the_part_of_the_wall_that_the_wide_shot_shows_there() -> None:
    for kind in ("kitchen", "living_room", "church"):
        wide, close = _request(kind, size="MWS"), _request(kind, size="MCU")
        near, far = camera_for("MCU", "eye", 640, 360), camera_for("MWS", "eye", 640, 360)
        a, b = _picture(close, 640), _picture(wide, 640)
        differences = []
        for x in (-0.4, -0.2, 0.2, 0.4):
            for y in (1.5, 1.7, 1.9):
                u, v = (camera.point(x, y, 3.0) for camera in (near, far))
                if all(4 < p[0] < 636 and 4 < p[1] < 356 for p in (u, v)):
                    patch_a = a[int(u[1]) - 3 : int(u[1]) + 4, int(u[0]) - 3 : int(u[0]) + 4].mean(axis=(0, 1))
                    patch_b = b[int(v[1]) - 1 : int(v[1]) + 2, int(v[0]) - 1 : int(v[0]) + 2].mean(axis=(0, 1))
                    differences.append(float(np.abs(patch_a - patch_b).mean()))
        assert differences and float(np.median(differences)) < 30, (kind, differences)


def test_seats_and_beds_are_offered_where_rooms_have_them() -> None:
    for kind in ("kitchen", "living_room", "bar", "library", "office", "park", "church"):
        assert any(spot.kind == "sit" for spot in _paint(_request(kind)).spots), kind
    assert any(spot.kind == "lie" for spot in _paint(_request("bedroom")).spots)


def test_a_word_of_the_place_adds_its_thing() -> None:
    for place, interior in (
        ("VILLAGE - BY THE WELL", False),
        ("OLD HALL WITH A PIANO", True),
        ("FOREST CAMPFIRE", False),
        ("LIVING ROOM - CHRISTMAS TREE", True),
    ):
        plain = place.split(" - ")[0].replace(" WITH A PIANO", "").replace(" CAMPFIRE", "")
        one = _paint(ShotRequest(place=place, interior=interior, scene_seed=3))
        two = _paint(ShotRequest(place=plain, interior=interior, scene_seed=3))
        assert len(one.behind) > len(two.behind) * 0.8 and one.behind != two.behind


def test_hostile_place_names_do_no_harm() -> None:
    for place in (
        '"><script>alert(1)</script>',
        "KITCHEN\x00\x07 ]]> &amp; <image href='file:///etc/passwd'/>",
        "🏠" * 500,
        "",
        "{0} %s \\d+ (((",
        "\ud800x".encode("utf-8", "replace").decode(),
    ):
        for interior in (True, False):
            request = ShotRequest(place=place, action=place, interior=interior, width_px=320, height_px=180)
            text = _document(request, _paint(request))
            ET.fromstring(text)
            assert "script" not in text and "href" not in text and "passwd" not in text


def test_rain_falls_outside_and_only_behind_the_glass_inside() -> None:
    out = _paint(_request("street", weather="rain"))
    assert len(out.front) > len(_paint(_request("street")).front) + 1000
    assert len(_paint(_request("kitchen", weather="rain")).front) == len(_paint(_request("kitchen")).front)
