"""Boards: the asked size, the same bytes, the same people, the film's grammar, nothing from outside."""

from __future__ import annotations

import io
import re
from typing import Any, get_args

import numpy as np
import pytest
from PIL import Image

from glimmer.errors import MediaError
from glimmer.models.interface import Design, PictureModel, SheetRequest, ShotRequest, Staged
from glimmer.models.rehearsal.boards.acting_words import read_acting
from glimmer.models.rehearsal.boards.artist import RehearsalArtist
from glimmer.models.rehearsal.boards.raster import raster
from glimmer.models.rehearsal.boards.stage import compose
from glimmer.vocabulary import Angle, ShotSize

ARTIST = RehearsalArtist()
ANA = Design(name="ANA", gender="woman", garment="raincoat", garment_colour="#d8a72f", hair_style="long")
BEN = Design(name="BEN", gender="man", garment="jumper", garment_colour="#2f8585", height_m=1.8)
KIT = Design(name="KIT", age="child", height_m=1.2, garment="hoodie", garment_colour="#b8426a")
PLAIN: dict[str, Any] = {"place": "KITCHEN", "interior": True, "present": (ANA, BEN), "width_px": 480, "height_px": 270}


def staged(*designs: Design, line: str = "") -> tuple[Staged, ...]:
    return tuple(Staged(design=d, line=line if i == 0 else "", speaking=bool(line) and i == 0) for i, d in enumerate(designs))


def request(**fields: Any) -> ShotRequest:
    return ShotRequest(**{**PLAIN, **fields})


def pixels(png: bytes) -> np.ndarray:
    picture = Image.open(io.BytesIO(png))
    assert picture.mode == "RGB"
    return np.asarray(picture)


def test_it_is_an_artist() -> None:
    assert isinstance(ARTIST, PictureModel)


@pytest.mark.parametrize("size", get_args(ShotSize))
def test_every_size_is_drawn_at_the_asked_size_with_its_focus_inside(size: ShotSize) -> None:
    made = ARTIST.shot(request(size=size, cast=staged(ANA, BEN), action="Ana holds a cup. Ben waves."))
    assert pixels(made.media).shape == (270, 480, 3)
    assert made.media_type == "image/png" and made.source_type == "image/svg+xml"
    assert 0 < made.focus[0] < 1 and 0 < made.focus[1] < 1


@pytest.mark.parametrize("angle", get_args(Angle))
def test_every_angle_changes_the_picture(angle: Angle) -> None:
    eye = ARTIST.shot(request(size="WS", cast=staged(ANA)))
    other = ARTIST.shot(request(size="WS", cast=staged(ANA), angle=angle))
    assert (eye.media == other.media) == (angle == "eye")


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (641, 359), (64, 64)])
def test_odd_and_portrait_sizes_are_exact(width: int, height: int) -> None:
    made = ARTIST.shot(request(size="MS", cast=staged(ANA), width_px=width, height_px=height))
    assert pixels(made.media).shape == (height, width, 3)


def test_the_same_request_gives_the_same_bytes() -> None:
    asked = request(size="MCU", cast=staged(ANA, line="Stay."), seed=3)
    assert ARTIST.shot(asked).media == RehearsalArtist().shot(asked).media


@pytest.mark.parametrize("asked", [{"size": "EWS"}, {"size": "MS", "cast": staged(ANA)}, {"size": "INSERT", "action": "A key."}])
def test_no_two_of_ten_takes_are_the_same_picture(asked: dict[str, Any]) -> None:
    made = [ARTIST.shot(request(seed=take, **asked)) for take in range(1, 11)]
    assert len({take.media for take in made}) == 10
    assert all(0 <= share <= 1 for take in made for share in take.focus)


def test_another_take_is_another_picture_of_the_same_set() -> None:
    first, second = (compose(request(size="WS", cast=staged(ANA), seed=seed)) for seed in (0, 1))
    assert first.players != second.players
    assert first.behind == second.behind or abs(len(first.behind) - len(second.behind)) < 0.2 * len(first.behind)


def test_a_character_keeps_its_colours_from_shot_to_shot() -> None:
    for size in ("WS", "MCU", "TWO"):
        players = compose(request(size=size, cast=staged(ANA, BEN))).players
        shown = [ANA] if size == "MCU" else [ANA, BEN]
        light = compose(request(size=size, cast=staged(ANA, BEN))).light
        assert players and light.brightness > 0.9
        for design in shown:  # interior day light moves a colour by a few steps only
            wanted = np.array([int(design.garment_colour[i : i + 2], 16) for i in (1, 3, 5)])
            fills = {tuple(int(c[i : i + 2], 16) for i in (0, 2, 4)) for c in re.findall(r'fill="#([0-9a-f]{6})"', players)}
            assert min(np.abs(np.array(f) - wanted).max() for f in fills) < 20


def test_two_people_look_at_each_other_and_keep_their_sides() -> None:
    for first, second in ((ANA, BEN), (BEN, ANA)):
        made = ARTIST.shot(request(size="MS", cast=staged(first, second, line="Well?")))
        assert (made.focus[0] < 0.5) == (first.name == "ANA")  # ANA is first in `present`: she stands left in every shot


def test_an_over_the_shoulder_shot_has_the_shoulder_in_front() -> None:
    over = compose(request(size="OTS", cast=staged(ANA, BEN)))
    close = compose(request(size="MCU", cast=staged(ANA, BEN)))
    assert 'id="shoulder"' in over.before and over.before_blur > 0
    assert 'id="shoulder"' not in close.before


def test_an_over_the_shoulder_shot_needs_no_listener_named() -> None:
    assert 'id="shoulder"' in compose(request(size="OTS", cast=staged(ANA), present=(ANA,))).before


def test_an_empty_place_and_a_crowd_are_both_shots() -> None:
    crowd = tuple(Design(name=f"EXTRA {i}", garment_colour=f"#{40 + 15 * i:02x}6a8a", height_m=1.5 + 0.04 * i) for i in range(12))
    for people in ((), crowd):
        made = ARTIST.shot(request(size="WS", cast=staged(*people), present=people))
        assert pixels(made.media).std() > 8


def test_a_child_beside_a_grown_person_is_smaller_in_the_picture() -> None:
    both = compose(request(size="WS", cast=staged(ANA, KIT), present=(ANA, KIT)))
    alone = compose(request(size="WS", cast=staged(KIT), present=(ANA, KIT)))
    assert both.focus[1] < alone.focus[1]


def test_a_low_angle_brings_the_horizon_down_and_an_overhead_one_takes_the_face_down() -> None:
    low, over = (compose(request(size="WS", cast=staged(ANA), angle=a)) for a in ("low", "overhead"))
    assert low.players != over.players


def test_the_verbs_give_each_their_own_pose() -> None:
    acted = read_acting(request(cast=staged(ANA, BEN), action="Ana runs to the door. Ben sits at the table and weeps."))
    assert [a.pose for a in acted] == ["run", "sit"]
    assert acted[1].expression == "cry"


def test_two_names_before_one_verb_both_do_it() -> None:
    assert {a.pose for a in read_acting(request(cast=staged(ANA, BEN), action="Ana and Ben dance."))} == {"dance"}


def test_no_two_idle_players_stand_alike() -> None:
    acted = read_acting(request(cast=staged(ANA, BEN, KIT)))
    assert len({(a.pose, a.variant) for a in acted}) == 3


def test_who_speaks_opens_its_mouth() -> None:
    quiet = compose(request(size="CU", cast=staged(ANA)))
    loud = compose(request(size="CU", cast=staged(ANA, line="Ben!")))
    assert quiet.players != loud.players


def test_a_board_points_nowhere_outside_and_carries_no_lettering() -> None:
    source = ARTIST.shot(request(size="WS", cast=staged(ANA, BEN))).source.decode()
    assert not re.search(r'href\s*=\s*"(?!#|data:)', source) and "<text" not in source and "<image" not in source


def test_an_svg_that_points_outside_is_refused() -> None:
    for bad in ('<image href="/etc/passwd"/>', '<use xlink:href="file:///x#a"/>', '<rect fill="url(http://x/y)"/>'):
        with pytest.raises(MediaError, match="outside"):
            raster(f'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">{bad}</svg>', 8, 8)


def test_hostile_names_are_harmless() -> None:
    name = '<image href="/etc/passwd"/>"&\x07\ufffe' + "W" * 200
    design = ANA.model_copy(update={"name": name})
    made = ARTIST.sheet(SheetRequest(design=design, width_px=480, height_px=270))
    assert b"<image" not in made.source and pixels(made.media).shape == (270, 480, 3)
    assert pixels(ARTIST.shot(request(size="MS", cast=staged(design), action=f"{name} runs.", present=(design,))).media).std() > 5


@pytest.mark.parametrize(("width", "height"), [(960, 540), (540, 960)])
def test_a_sheet_shows_the_palette(width: int, height: int) -> None:
    palette = ("#ff0000", "#00ff00", "#0000ff", "#00ffff", "#ff00ff")
    made = ARTIST.sheet(SheetRequest(design=ANA.model_copy(update={"palette": palette}), width_px=width, height_px=height))
    seen = pixels(made.media).reshape(-1, 3)
    for colour in palette:
        wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        assert (np.abs(seen.astype(int) - wanted).max(axis=1) <= 3).sum() > 50


def test_a_whale_and_a_person_share_a_picture_at_their_own_sizes() -> None:
    whale = Design(name="THE WHALE", kind="whale", height_m=4.0, garment_colour="#3f6486")
    made = ARTIST.shot(request(size="WS", interior=False, place="OPEN SEA", cast=staged(ANA, whale), present=(ANA, whale)))
    assert pixels(made.media).shape == (270, 480, 3)
    assert ARTIST.sheet(SheetRequest(design=whale, width_px=480, height_px=270)).media


def test_a_chase_goes_one_way() -> None:
    asked = request(size="WS", cast=staged(ANA, BEN), action="Ana runs. Ben chases her.")
    other = request(size="WS", cast=staged(BEN, ANA), action="Ben runs. Ana chases him.")
    ways = {compose(r).players.count("scale(-1 1)") for r in (asked, other)}
    assert ways == {0, 2}  # both mirrored when ANA leads to the left, none when BEN leads to the right


# ── what a director would send back ─────────────────────────────────────────────────────────────────────────
WHALE = Design(name="WHALE", kind="whale", skin="#4a6a8a", height_m=3.0)


@pytest.mark.parametrize("place", ["SEA BELOW THE LIGHTHOUSE", "SHORE", "HARBOUR", "LIGHTHOUSE", "LIGHTHOUSE - GALLERY", "RIVER"])
def test_a_whale_lies_in_water(place: str) -> None:
    scene = request(size="WS", cast=staged(WHALE), present=(WHALE,), place=place, interior=False, action="The whale rises.")
    picture = pixels(ARTIST.shot(scene).media).astype(float)
    ground = picture[-40:-12, 40:-40].reshape(-1, 3).mean(axis=0)  # what lies before the whale
    assert ground[2] > ground[0] + 8 and ground[2] >= ground[1] - 6  # blue, neither sand nor grass


def test_where_a_set_has_no_water_a_swimmer_gets_a_pool() -> None:
    dry = request(size="WS", cast=staged(WHALE), present=(WHALE,), place="FIELD", interior=False, action="The whale rises.")
    wet = dry.model_copy(update={"place": "SEA"})
    assert compose(dry).players.count("<ellipse") > compose(wet).players.count("<ellipse")


@pytest.mark.parametrize("skin", ["#f3cfb3", "#c08457", "#744529"])
@pytest.mark.parametrize("size", ["MCU", "CU", "OTS"])
def test_a_face_reads_at_night_and_the_place_stays_dark(size: ShotSize, skin: str) -> None:
    who = ANA.model_copy(update={"skin": skin})
    scene = request(size=size, cast=staged(who, line="Wait."), place="STREET", interior=False, time_of_day="night", weather="storm")
    made = ARTIST.shot(scene)
    picture = pixels(made.media).astype(float) @ np.array([0.2126, 0.7152, 0.0722]) / 255
    x, y = round(made.focus[0] * 480), round(made.focus[1] * 270)
    face = np.percentile(picture[y - 14 : y + 22, x - 14 : x + 14], 75)
    behind = np.median(picture[:90, :60] if x > 240 else picture[:90, -60:])
    assert face > (0.32 if skin != "#744529" else 0.22)
    assert behind < 0.3 and face > behind + 0.06


def test_a_raised_voice_is_not_an_angry_face() -> None:
    line = Staged(design=KIT, line="Again, Ana! She can hear you!", parenthetical="shouting over the wind", speaking=True)
    assert read_acting(request(cast=(line,), mood="tender"))[0].expression == "excited"
    assert read_acting(request(cast=(line,), mood="tense"))[0].expression == "urgent"


@pytest.mark.parametrize("mood", ["calm", "tender", "hopeful", "sad", "tense", "epic"])
@pytest.mark.parametrize("line", ["She has forgotten her song, Eli.", "Why does nobody answer?", "Come home.", "I see a light!"])
def test_nobody_is_angry_without_a_word_for_it(mood: Any, line: str) -> None:
    assert read_acting(request(cast=staged(ANA, line=line), mood=mood))[0].expression != "angry"


def test_she_is_not_him() -> None:
    acted = read_acting(request(cast=staged(BEN, ANA), action="Ben laughs. She drinks."))
    assert acted[0].pose != "drink" and acted[1].pose == "drink"


def test_an_animal_that_the_action_names_is_in_the_wide_picture() -> None:
    empty = request(size="EWS", cast=(), place="DESERT", interior=False, action="Dust.", present=())
    assert compose(empty.model_copy(update={"action": "A horse walks alone."})).players
    assert not compose(empty).players and not compose(empty.model_copy(update={"action": "He ducks and bears it."})).players


def test_a_hood_goes_up_in_the_rain_and_nowhere_else() -> None:
    wet = request(size="MCU", cast=staged(ANA), place="STREET", interior=False, weather="rain")
    dry = wet.model_copy(update={"weather": "clear"})
    inside = wet.model_copy(update={"interior": True, "place": "HALL"})
    lengths = [compose(r).players.count("evenodd") for r in (wet, dry, inside)]
    assert lengths[0] > lengths[1] and lengths[0] > lengths[2]


def test_a_person_in_an_extreme_wide_shot_is_no_speck() -> None:
    made = compose(request(size="EWS", cast=staged(BEN), place="FIELD", interior=False))
    scale = max(float(k) for k in re.findall(r"scale\(([0-9.]+)\)", made.players)[:1])
    assert 0.12 * 270 < scale * 180 < 0.24 * 270


def test_who_rides_in_a_car_sits() -> None:
    made = compose(request(size="TWO", cast=staged(ANA, BEN), place="CAR"))
    standing = compose(request(size="TWO", cast=staged(ANA, BEN)))
    assert made.focus[1] > 0.1 and made.players != standing.players
