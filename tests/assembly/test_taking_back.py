"""What one edit did, another takes back: the same cut, to the last field. And a cut with nothing in it can be looked at and cut on."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace

import pytest

from glimmer.assembly.nouns import Assembly, Clip, Track
from glimmer.assembly.time_edits import TimeEdits
from glimmer.errors import GlimmerError

STILL = SimpleNamespace(asset="a1" * 32, media_type="image/png", seconds=0.0)
TONE = SimpleNamespace(asset="b2" * 32, media_type="audio/flac", seconds=8.0)
Edit = Callable[[Assembly], Assembly]

# What is promised: an edit, and the one that takes it back.
PAIRS: dict[str, tuple[Edit, Edit]] = {
    "trim of a head": (lambda cut: cut.trim("1A", head=12), lambda cut: cut.trim("1A", head=-12)),
    "trim of a tail": (lambda cut: cut.trim("3B", tail=9), lambda cut: cut.trim("3B", tail=-9)),
    "trim backwards": (lambda cut: cut.trim("2B", head=5), lambda cut: cut.trim("2B", head=-5)),
    "trim of a line": (lambda cut: cut.trim("line 3", tail=20), lambda cut: cut.trim("line 3", tail=-20)),
    "longer": (lambda cut: cut.trim("1A", tail=-12), lambda cut: cut.trim("1A", tail=12)),
    "slip": (lambda cut: cut.slip("1A", 7), lambda cut: cut.slip("1A", -7)),
    "slide": (lambda cut: cut.slide("1B", 6), lambda cut: cut.slide("1B", -6)),
    "roll": (lambda cut: cut.roll("1A", "1B", 10), lambda cut: cut.roll("1A", "1B", -10)),
    "j_cut": (lambda cut: cut.j_cut("1B", frames=8), lambda cut: cut.roll("1A", "1B", -8)),
    "l_cut": (lambda cut: cut.l_cut("1A", frames=8), lambda cut: cut.roll("1A", "1B", 8)),
    "speed": (lambda cut: cut.speed("3B", 2), lambda cut: cut.speed("3B", 1)),
    "slow motion": (lambda cut: cut.speed("3B", "1/2"), lambda cut: cut.speed("3B", 1)),
    "speed of a line": (lambda cut: cut.speed("line 6", 2), lambda cut: cut.speed("line 6", 1)),
    "reverse": (lambda cut: cut.reverse("2A"), lambda cut: cut.reverse("2A")),
    "move before": (lambda cut: cut.move("2B", before="1A"), lambda cut: cut.move("2B", before="2C")),
    "move after": (lambda cut: cut.move("1A", after="2B"), lambda cut: cut.move("1A", before="1B")),
    "move of the last": (lambda cut: cut.move("end", before="title"), lambda cut: cut.move("end", after="3B")),
    "lift of a picture in picture": (lambda cut: cut.inset("gull", "top left"), lambda cut: cut.full("gull")),
    "insert": (lambda cut: cut.insert(STILL, at=72, frames=30, name="cutaway"), lambda cut: cut.remove("cutaway")),
    "insert of a sound": (lambda cut: cut.insert(TONE, at=1056, track="A4", name="bell"), lambda cut: cut.remove("bell")),
    "overwrite of nothing": (lambda cut: cut.overwrite(STILL, at=400, track="V2", frames=30, name="sky"), lambda cut: cut.remove("sky")),
    "title": (lambda cut: cut.title_card("Later", at=400, frames=48), lambda cut: cut.remove("Later")),
    "credits": (lambda cut: cut.credits(["A", "B"], frames=48), lambda cut: cut.remove("credits")),
    "dissolve": (lambda cut: cut.dissolve("1A", "1B", frames=12), lambda cut: cut.cut_hard("1A", "1B")),
    "dissolve beyond the media": (lambda cut: cut.dissolve("3B", "end", frames=40), lambda cut: cut.cut_hard("3B", "end")),
    "dip": (lambda cut: cut.dip("2B", "2C", frames=12), lambda cut: cut.cut_hard("2B", "2C")),
    "wipe": (lambda cut: cut.wipe("2A", "2B", frames=12), lambda cut: cut.cut_hard("2A", "2B")),
    "push": (lambda cut: cut.push("2A", "2B", frames=12), lambda cut: cut.cut_hard("2A", "2B")),
    "fade in": (lambda cut: cut.fade_in("2B", frames=12), lambda cut: cut.cut_hard("2B")),
    "fade in, that one": (lambda cut: cut.fade_in("2B", frames=12), lambda cut: cut.fade_in("2B", frames=0)),
    "put on another track": (lambda cut: cut.put("2A", at=430, track="V3").put("2B", at=550, track="V3"), lambda cut: cut.put("2B", at=432, track="V1").put("2A", at=312, track="V1").dissolve("1B", "2A", frames=24)),
    "put back": (lambda cut: cut.put("gull", at=400), lambda cut: cut.put("gull", at=750)),
    "other words in a note": (lambda cut: cut.renote("too slow?", "too fast?", at=20), lambda cut: cut.renote(20, "too slow?", at=500)),
    "fade of a sound": (lambda cut: cut.fade_sound("line 1", head=4, tail=6), lambda cut: cut.fade_sound("line 1", head=0, tail=0)),
    "reframe": (lambda cut: cut.reframe("2C", move="pan_left"), lambda cut: cut.reframe("2C", move="push_in")),
    "reframe of one shape": (lambda cut: cut.reframe("2C", aspect="9:16", ease="in"), lambda cut: cut.unframe("2C", "9:16")),
    "fit": (lambda cut: cut.fit("1B", "fit"), lambda cut: cut.fit("1B", "auto")),
    "crop": (lambda cut: cut.crop("1B", left=0.2, width=0.5), lambda cut: cut.crop("1B")),
    "opacity": (lambda cut: cut.opacity("gull", 0.5), lambda cut: cut.opacity("gull", 1)),
    "LUT": (lambda cut: cut.lut("V1", "c3" * 32), lambda cut: cut.lut("V1", None)),
    "captions": (lambda cut: cut.captions_as(size=1.5, box=False), lambda cut: cut.captions_as(size=1, box=True)),
    "gain": (lambda cut: cut.gain("line 1", -3), lambda cut: cut.gain("line 1", 0)),
    "gain of a track": (lambda cut: cut.gain("A2", 4), lambda cut: cut.gain("A2", 0)),
    "pan": (lambda cut: cut.pan("line 1", -0.5), lambda cut: cut.pan("line 1", 0)),
    "mute": (lambda cut: cut.mute("A2"), lambda cut: cut.unmute("A2")),
    "marker": (lambda cut: cut.mark(100, "look"), lambda cut: cut.unmark("look")),
}  # fmt: skip


@pytest.fixture
def film(lighthouse: TimeEdits) -> Assembly:
    return Assembly.model_validate(lighthouse.model_dump())


@pytest.mark.parametrize("edit", PAIRS)
def test_what_an_edit_did_is_taken_back(film: Assembly, edit: str) -> None:
    do, undo = PAIRS[edit]
    back = undo(do(film))
    # a track that an edit made stays, empty; it is nothing that anyone sees or hears
    empty = [track.name for track in back.tracks if not track.clips]
    assert back.model_copy(update={"tracks": tuple(track for track in back.tracks if track.name not in empty)}) == film
    assert len(film.changes(back)) == 0 or empty


# ── cuts with little in them ────────────────────────────────────────────────────────────────────────────────
def bare(*tracks: Track) -> Assembly:
    return Assembly(title="Bare", rate=Fraction(24), tracks=tracks)


LINE = Clip(id="l", name="line 1", kind="sound", asset="b" * 64, media_type="audio/flac", start=0, frames=48, media_frames=60)
BARE = {
    "nothing at all": bare(),
    "empty tracks": bare(Track(name="V1", kind="picture"), Track(name="A1", kind="sound", role="dialogue")),
    "only sound": bare(Track(name="A1", kind="sound", role="dialogue", clips=(LINE,))),
    "no V1": bare(
        Track(name="V2", kind="picture", clips=(Clip(id="t", name="T", kind="title", title="T", start=12, frames=24),)),
        Track(name="A1", kind="sound", role="dialogue", clips=(LINE,)),
    ),
}


@pytest.mark.parametrize("which", BARE)
def test_a_cut_with_little_in_it_can_be_looked_at(which: str) -> None:
    cut, other = BARE[which], BARE["no V1" if which != "no V1" else "nothing at all"]
    assert repr(cut).startswith('Cut "Bare"') and "<" in str(cut._repr_html_())
    assert len(cut.table()) == len(cut.clips)
    assert len(cut.changes(cut)) == 0 and len(cut.changes(other)) > 0 and len(other.changes(cut)) > 0
    for table in (cut.table(), cut.changes(other)):
        assert str(table) and table._repr_html_()


@pytest.mark.parametrize("which", BARE)
def test_a_cut_with_little_in_it_can_be_cut_on(which: str) -> None:
    cut = BARE[which]
    made = cut.insert(STILL, at=0, frames=48, name="first").insert(STILL, at=48, frames=48, name="second")
    assert made.dissolve("first", "second", frames=8).trim("first", head=4).frames == 92 if which != "no V1" else made.frames > 92
    assert made.credits(["A"], frames=24, track="V3").frames >= made.frames
    for verb in (
        lambda: cut.gap(0, 12),
        lambda: cut.mark(0, "here"),
        lambda: cut.trim("line 1", tail=12),
        lambda: cut.trim("line 1", tail=-12),
        lambda: cut.split("line 1", 12),
        lambda: cut.remove("line 1"),
        lambda: cut.speed("line 1", 2),
        lambda: cut.j_cut("line 1", frames=4),
        lambda: cut.remove("T"),
        lambda: cut.trim("T", head=6),
        lambda: cut.split("T", 20),
        lambda: cut.title_card("Hello", at=0, frames=24, track="V1"),
        lambda: cut.overwrite(STILL, at=0, track="V2"),
        lambda: cut.insert(TONE, at=0, track="A2"),
        lambda: cut.room_tone(TONE),
        lambda: cut.duck("A1", under="A2", by_db=6),
        lambda: cut.lut("V1", "c" * 64),
        lambda: cut.captions_as(size=1.5),
        lambda: cut.frame(0),
    ):
        try:
            done = verb()
        except GlimmerError as error:
            assert len(str(error)) > 20
        else:
            assert isinstance(done, Assembly) or which == "no V1"
