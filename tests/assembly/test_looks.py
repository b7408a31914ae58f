"""What is seen: framing by shape, fit, crop, boxes, colours; titles, credits and captions."""

from __future__ import annotations

import math
from fractions import Fraction
from types import SimpleNamespace

import pytest

from glimmer import limits
from glimmer.assembly.looks import Looks, framing_for
from glimmer.assembly.pieces import Box, CaptionStyle, Clip, Framing, Track
from glimmer.errors import InputError, LimitError, NotFound, TimecodeError

TABLE = "c0ffee" + "0" * 58


def cut(*, rate: Fraction = Fraction(24)) -> Looks:
    """1A 0-48, 1B footage 48-96, a title 96-144, black 144-168 on V1; a line on A1."""
    clips = (
        Clip(
            id="v1.a", name="1A", kind="still", asset="a" * 64, start=0, frames=48, framing=Framing(move="pan_left", strength=0.1)
        ),
        Clip(id="v1.b", name="1B", kind="footage", asset="b" * 64, start=48, frames=48),
        Clip(id="end", name="end", kind="title", title="The End", start=96, frames=48),
        Clip(id="v1.c", name="1C", kind="black", start=144, frames=24),
    )
    line = Clip(id="a1.l", name="line 1", kind="sound", asset="d" * 64, start=5, frames=30)
    tracks = (Track(name="V1", kind="picture", clips=clips), Track(name="A1", kind="sound", role="dialogue", clips=(line,)))
    return Looks(title="Song", rate=rate, tracks=tracks)


def places(shown: Looks) -> list[tuple[str, int, int]]:
    return [(clip.id, clip.start, clip.frames) for clip in shown.clips]


# ── framing ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_only_what_is_given_is_framed_anew() -> None:
    shown = cut().reframe("1A", focus=(0.7, 0.4))
    assert shown.clip("1A").framing == Framing(move="pan_left", strength=0.1, focus=(0.7, 0.4))
    again = shown.reframe("1A", move="handheld", strength=0.3, ease="linear")
    assert again.clip("1A").framing == Framing(move="handheld", strength=0.3, focus=(0.7, 0.4), ease="linear")
    assert again.clip("1B") == cut().clip("1B") and places(again) == places(cut())


def test_a_framing_for_upright_frames_is_used_in_those_alone() -> None:
    clip = cut().reframe("1A", aspect="9:16", move="tilt_up", focus=(0.8, 0.3)).clip("1A")
    upright = Framing(move="tilt_up", strength=0.1, focus=(0.8, 0.3))
    for size in ((1080, 1920), (720, 1280), (360, 640), (202, 360)):
        assert framing_for(clip, *size) == upright
    for size in ((1920, 1080), (1080, 1080), (1080, 1350), (1920, 804)):
        assert framing_for(clip, *size) == clip.framing == cut().clip("1A").framing


def test_a_framing_for_one_shape_is_taken_back() -> None:
    shown = cut().reframe("1A", aspect="9:16", move="tilt_up").reframe("1A", aspect="1:1", ease="in")
    assert shown.unframe("1A", "9:16") == cut().reframe("1A", aspect="1:1", ease="in")
    assert shown.unframe("1A", " 18:32 ").unframe("1A", "1:1") == cut()
    for wrong in ("4:5", ""):
        with pytest.raises(InputError, match="expected one of those it has: 9:16, 1:1"):
            shown.unframe("1A", wrong)
    with pytest.raises(InputError, match="is heard, not seen; unframe expects a picture"):
        cut().unframe("line 1", "9:16")


@pytest.mark.parametrize(
    ("aspect", "size"), [("1:1", (720, 720)), ("4:5", (864, 1080)), ("2.39:1", (1920, 804)), ("16:9", (854, 480))]
)
def test_every_shape_of_a_preset_finds_its_framing(aspect: str, size: tuple[int, int]) -> None:
    shown = cut()
    for each in ("9:16", "1:1", "4:5", "2.39:1", "16:9"):
        shown = shown.reframe("1A", aspect=each, strength=0.5 if each == aspect else 0.2)
    assert framing_for(shown.clip("1A"), *size).strength == 0.5


def test_a_shape_is_framed_once_however_it_is_written() -> None:
    shown = cut().reframe("1A", aspect="9:16", move="tilt_up").reframe("1A", aspect=" 18 : 32 ", strength=0.2)
    assert shown.clip("1A").reframed == (("18:32", Framing(move="tilt_up", strength=0.2)),)
    assert cut().reframe("1A", aspect="1:1", ease="in").reframe("1A", aspect="9:16", ease="in") == cut().reframe(
        "1A", aspect="9:16", ease="in"
    ).reframe("1A", aspect="1:1", ease="in")


def test_framings_that_cannot_be_are_refused_with_what_can() -> None:
    for wrong, told in (
        ({"move": "zoom"}, "move can't be 'zoom'; expected one of hold, push_in"),
        ({"strength": 0.61}, "strength can't be 0.61; expected a number from 0 to 0.6"),
        ({"strength": math.nan}, "strength can't be nan"),
        ({"strength": True}, "strength can't be True"),
        ({"focus": (0.5, 1.5)}, "focus from the top can't be 1.5"),
        ({"focus": 0.5}, "focus can't be 0.5; expected two shares"),
        ({"ease": "bounce"}, "ease can't be 'bounce'"),
        ({"ease": "in", "aspect": "tall"}, "aspect can't be 'tall'; expected width:height"),
        ({"ease": "in", "aspect": "0:16"}, "aspect can't be '0:16'"),
        ({"ease": "in", "aspect": "100:1"}, "aspect can't be"),
        ({}, "nothing to reframe was said"),
    ):
        with pytest.raises(InputError, match=told.replace("(", r"\(")):
            cut().reframe("1A", **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match='"1C" is black and has no picture'):
        cut().reframe("1C", move="hold")


def test_looks_of_a_sound_are_refused() -> None:
    for verb in (
        lambda: cut().reframe("line 1", move="hold"),
        lambda: cut().fit("line 1", "fill"),
        lambda: cut().crop("line 1"),
        lambda: cut().opacity("line 1", 1),
        lambda: cut().inset("line 1"),
        lambda: cut().full("line 1"),
        lambda: cut().lut("line 1", TABLE),
    ):
        with pytest.raises(InputError, match='"line 1" lies on A1 and is heard, not seen'):
            verb()


# ── fit, crop, opacity, boxes ───────────────────────────────────────────────────────────────────────────────
def test_fit_crop_opacity_and_box_change_one_clip_and_can_be_undone() -> None:
    plain = cut()
    before = plain.model_dump_json()
    shown = plain.fit("1B", "fit").crop("1B", left=0.1, width=0.8).opacity("1B", 0.5).inset("1B", "top left", size=0.25)
    clip = shown.clip("1B")
    assert (clip.fit, clip.crop, clip.opacity) == ("fit", (0.1, 0.0, 0.8, 1.0), 0.5)
    assert clip.box == Box(left=0.05, top=0.05, width=0.25, height=0.25)
    assert places(shown) == places(plain) and plain.model_dump_json() == before
    assert shown.fit("1B", "auto").crop("1B").opacity("1B", 1).full("1B") == plain


def test_the_same_look_twice_is_the_same_cut() -> None:
    shown = cut().fit("1A", "fill").opacity("1A", 0.5).inset("1A")
    assert shown.fit("1A", "fill") is shown.opacity("1A", 0.5) is shown.inset("1A") is shown


def test_a_crop_may_not_reach_past_the_picture() -> None:
    with pytest.raises(
        InputError, match=r"left 0.3 and width 0.8 come to 1.1; expected at most 1. With left=0.3 the width may be 0.7"
    ):
        cut().crop("1A", left=0.3, width=0.8)
    assert cut().crop("1A", left=0.7, width=0.3, top=0.9, height=0.1).clip("1A").crop == pytest.approx((0.7, 0.9, 0.3, 0.1))
    for wrong in ({"width": 0}, {"height": -0.1}, {"left": math.inf}, {"top": "0"}):
        with pytest.raises(InputError, match="expected a number from"):
            cut().crop("1A", **wrong)  # type: ignore[arg-type]


def test_opacity_is_a_share() -> None:
    with pytest.raises(InputError, match=r"opacity can't be 50; expected a number from 0 to 1. For 50 % write 0.5"):
        cut().opacity("1A", 50)


@pytest.mark.parametrize(
    ("corner", "left", "top"),
    [
        ("top left", 0.05, 0.05),
        ("top", 0.35, 0.05),
        ("bottom right", 0.65, 0.65),
        ("right-bottom", 0.65, 0.65),
        ("Center", 0.35, 0.35),
        ("left", 0.05, 0.35),
    ],
)
def test_an_inset_stands_in_its_corner(corner: str, left: float, top: float) -> None:
    box = cut().inset("1A", corner).clip("1A").box  # type: ignore[arg-type]
    assert box is not None and (box.left, box.top, box.width, box.height) == pytest.approx((left, top, 0.3, 0.3))


def test_an_inset_stands_where_it_is_said() -> None:
    assert cut().inset("1A", left=0.6, top=0.1, width=0.35).clip("1A").box == Box(left=0.6, top=0.1, width=0.35, height=0.35)
    assert cut().inset("1A", width=0.5, height=1).clip("1A").box == Box(left=0, top=0, width=0.5, height=1)
    assert cut().inset("1A", size=1, margin=0).clip("1A").box == Box(left=0, top=0, width=1, height=1)


def test_insets_that_do_not_fit_are_refused() -> None:
    for wrong, told in (
        ({"corner": "middle"}, "corner can't be 'middle'; expected one of top left"),
        ({"size": 0.95}, "size 0.95 with a margin of 0.05 on both sides is more than the frame"),
        ({"size": 0}, "size can't be 0"),
        ({"left": 0.8, "width": 0.3}, "left 0.8 and width 0.3 come to 1.1"),
        ({"left": 0.1, "top": 0.9, "width": 0.3}, "top 0.9 and height 0.3 come to 1.2"),
        ({"left": 0.1}, "expected width="),
    ):
        with pytest.raises(InputError, match=told):
            cut().inset("1A", **wrong)  # type: ignore[arg-type]


# ── colours ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_table_of_colours_lies_over_one_clip_or_over_the_pictures_of_a_track() -> None:
    assert [clip.lut for clip in cut().lut("1B", TABLE).clips] == ["", TABLE, "", "", ""]
    graded = cut().lut("V1", TABLE)
    assert [clip.lut for clip in graded.clips] == [TABLE, TABLE, "", "", ""]  # titles, black and sound keep theirs
    assert graded.lut("V1", TABLE) is graded and graded.lut("V1", None) == cut()


def test_a_take_or_an_entry_stands_for_its_asset() -> None:
    take = SimpleNamespace(asset=TABLE)
    assert cut().lut("1A", take) == cut().lut("1A", SimpleNamespace(used=take)) == cut().lut("1A", TABLE)


def test_a_take_of_something_else_is_no_table_of_colours() -> None:
    table, video = (SimpleNamespace(asset=TABLE, media_type=kind) for kind in ("application/x-cube", "video/mp4"))
    assert cut().lut("V1", SimpleNamespace(used=table)) == cut().lut("V1", TABLE)
    for wrong in (video, SimpleNamespace(used=video)):
        for where in ("V1", "1A"):
            with pytest.raises(InputError, match=r"video/mp4, no table of colours; expected a \.cube file"):
                cut().lut(where, wrong)


@pytest.mark.parametrize(
    "table", ["warm.cube", "C0FFEE", 12, TABLE.upper(), SimpleNamespace(asset="../x"), SimpleNamespace(used=None)]
)
def test_what_is_no_asset_is_refused(table: object) -> None:
    with pytest.raises(InputError, match="table of colours"):
        cut().lut("1A", table)
    with pytest.raises(InputError, match="A1 is heard, not seen"):
        cut().lut("A1", TABLE)
    with pytest.raises(NotFound):
        cut().lut("V7", TABLE)


# ── titles ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_title_lies_on_a_track_of_its_own_and_nothing_gets_longer() -> None:
    shown = cut().title_card("Seven years\nlater", at="1B", frames="00:00:01:00", subtitle="Spring")
    assert [track.name for track in shown.tracks] == ["V1", "V2", "A1"]
    (title,) = shown.track("V2").clips
    assert (title.kind, title.style, title.title, title.subtitle) == ("title", "card", "Seven years\nlater", "Spring")
    assert (title.start, title.frames, title.name) == (48, 24, "Seven years later")
    assert shown.frames == cut().frames == 168 and shown.track("V1") == cut().track("V1")


def test_upper_tracks_lie_in_order_whichever_was_made_first() -> None:
    shown = cut().title_card("Over", at=0, frames=10, track="V3").title_card("Under", at=0, frames=10)
    assert [track.name for track in shown.tracks] == ["V1", "V2", "V3", "A1"]


def test_titles_have_ids_and_names_of_their_own() -> None:
    shown = cut().title_card("Mara", at=0, frames=10).title_card("Mara", at=20, frames=10).title_card("1A", at=40, frames=10)
    titles = shown.track("V2").clips
    assert len({clip.id for clip in shown.clips}) == len(shown.clips)
    assert [clip.name for clip in titles] == ["Mara", "Mara.2", "1A.2"]
    assert shown.clip("1A").id == "v1.a"
    assert len(cut().title_card("word " * 100, at=0, frames=5).track("V2").clips[0].name) <= 40


def test_a_lower_third_has_a_name_and_a_role() -> None:
    (third,) = cut().lower_third("Mara Voss", role="Keeper of the light", at="00:00:01:00", frames=12).track("V2").clips
    assert (third.style, third.title, third.subtitle, third.start) == ("lower_third", "Mara Voss", "Keeper of the light", 24)


@pytest.mark.parametrize(
    ("wrong", "limit"),
    [("Mara " * 60, "MAX_LOWER_THIRD_CHARS"), ("Mara\nVoss\nKeeper", "MAX_LOWER_THIRD_LINES")],
)
def test_a_lower_third_that_nobody_could_read_is_refused(wrong: str, limit: str) -> None:
    for name, role in ((wrong, ""), ("Mara Voss", wrong)):
        with pytest.raises(LimitError, match=limit):
            cut().lower_third(name, role=role, at="1A", frames=24)
        with pytest.raises(LimitError, match=limit):
            cut().title_card(name, subtitle=role, at="1A", frames=24, style="lower_third")
    assert cut().lower_third("Mara\nVoss", role="Keeper\nof the light", at="1A", frames=24).clip("Mara Voss").frames == 24


def test_a_title_over_a_title_is_refused_with_what_is_there() -> None:
    shown = cut().title_card("Mara", at=24, frames=24)
    for at, frames in ((24, 24), (47, 2), (0, 25), (0, 100), (30, 2)):
        with pytest.raises(
            InputError, match=r'V2 holds "Mara" from 00:00:01:00 to 00:00:02:00; expected free frames.*cut.overwrite'
        ):
            shown.title_card("Eli", at=at, frames=frames)
    assert len(shown.title_card("Eli", at=48, frames=24).title_card("Jo", at=0, frames=24).track("V2").clips) == 3


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ({"text": " \n "}, "a title has no words"),
        ({"text": "a\x07b"}, r"a title holds the character U\+0007"),
        ({"text": 12}, "a title can't be 12; expected words"),
        ({"subtitle": "\u202eabc"}, r"a subtitle holds the character U\+202E"),
        ({"style": "neon"}, "style can't be 'neon'; expected one of card"),
        ({"frames": 0}, "a title of 0 frames is never seen"),
        ({"at": 169}, "lies behind the film's end at 00:00:07:00"),
        ({"track": "A1"}, "A1 is a sound track; expected a picture track"),
        ({"track": "titles"}, "'titles' is no track; expected V or A"),
        ({"track": "V٣"}, "is no track"),
        ({"track": 2}, "2 is no track"),
        ({"frames": limits.MAX_FILM_SECONDS * 24 + 1}, "longer than 6 hours"),
    ],
)
def test_titles_that_cannot_be_are_refused(update: dict[str, object], told: str) -> None:
    asked = {"text": "Mara", "at": 0, "frames": 24} | update
    with pytest.raises(InputError, match=told):
        cut().title_card(**asked)  # type: ignore[arg-type]


def test_a_title_longer_than_the_limit_names_it() -> None:
    with pytest.raises(LimitError, match="2,001 characters is too long") as wrong:
        cut().title_card("x" * 2_001, at=0, frames=24)
    assert wrong.value.limit == "MAX_TITLE_CHARS"
    with pytest.raises(TimecodeError, match="write 12 or"):
        cut().title_card("x", at=0, frames=0.5)  # type: ignore[arg-type]


# ── credits ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_credits_come_after_the_last_picture() -> None:
    shown = cut().credits([("Written by", "A. Writer"), "Mara: J. Player", "Shot on no location"], frames=48)
    clip = shown.track("V1").clips[-1]
    assert (clip.style, clip.start, clip.frames, clip.name) == ("credits", 168, 48, "credits")
    assert clip.subtitle == "Written by: A. Writer\nMara: J. Player\nShot on no location"
    assert shown.frames == 216 and cut().frames == 168


def test_credits_as_text_are_the_same_rows() -> None:
    rows = [("Written by", "A. Writer"), "", "", "Thanks to all", ""]
    text = "\n Written by:  A. Writer\n\n\nThanks to all\n"
    assert cut().credits(rows, frames=48) == cut().credits(text, frames=48)
    assert cut().credits(text, frames=48).clip("credits").subtitle == "Written by: A. Writer\n\nThanks to all"


def test_credits_may_lie_over_the_film() -> None:
    shown = cut().credits("A", frames=24, at="end", track="V2", heading="Song")
    assert shown.frames == 168 and shown.track("V2").clips[0].start == 96 and shown.clip("Song").title == "Song"
    with pytest.raises(InputError, match='V1 holds "end"'):
        cut().credits("A", frames=24, at="end")


@pytest.mark.parametrize("rows", ["", [], ["", " "], 12, [12], [("a", "b", "c")], [("a: b", "c")], [("a", None)], ["a\x00"]])
def test_credits_without_rows_or_with_rows_of_something_else_are_refused(rows: object) -> None:
    with pytest.raises(InputError, match=r"expected|Leave it out"):
        cut().credits(rows, frames=24)  # type: ignore[arg-type]


# ── captions ────────────────────────────────────────────────────────────────────────────────────────────────
def test_captions_take_what_is_given_and_keep_the_rest() -> None:
    shown = cut().captions_as(look="plain", size=2, colour="#FFFFFF")
    assert shown.caption_style == CaptionStyle(look="plain", size=2.0, colour="#ffffff")
    assert shown.captions_as(box=False, position="top").caption_style == CaptionStyle(
        look="plain", size=2.0, colour="#ffffff", box=False, position="top"
    )
    assert shown.captions_as(look="plain") is shown and cut().caption_style == CaptionStyle()


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"look": "karaoke"}, '"lit", "plain" or "none"'),
        ({"size": 3}, "a number from 0.5 to 2"),
        ({"size": math.nan}, "a number from 0.5 to 2"),
        ({"size": True}, "a number from 0.5 to 2"),
        ({"box": 1}, "True or False"),
        ({"colour": "red"}, "six hexadecimal digits"),
        ({"lit_colour": "#12345"}, "six hexadecimal digits"),
        ({"position": "left"}, '"bottom" or "top"'),
    ],
)
def test_captions_that_cannot_be_are_refused_with_what_was_given(wrong: dict[str, object], expected: str) -> None:
    ((name, value),) = wrong.items()
    with pytest.raises(InputError) as refused:
        cut().captions_as(**wrong)  # type: ignore[arg-type]
    assert f"{name}={value!r}" in str(refused.value) and expected in str(refused.value)


def test_captions_with_nothing_said_are_refused() -> None:
    with pytest.raises(InputError, match="nothing about captions was said; expected one of look="):
        cut().captions_as()
