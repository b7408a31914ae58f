"""Notes at a frame: where they stand, how they are taken away, what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from glimmer import limits
from glimmer.assembly.marks import Marks
from glimmer.assembly.pieces import Clip, Track
from glimmer.errors import InputError, LimitError, NotFound, TimecodeError
from glimmer.timecode import Timecode


def cut() -> Marks:
    clips = tuple(
        Clip(id=f"v1.{name}", name=name, kind="still", asset="a" * 64, start=start, frames=48)
        for name, start in (("1A", 0), ("2A", 48), ("2B", 96))
    )
    line = Clip(id="a1.l1", name="line 1", kind="sound", asset="b" * 64, start=60, frames=24)
    tracks = (Track(name="V1", kind="picture", clips=clips), Track(name="A1", kind="sound", clips=(line,)))
    return Marks(title="Song", rate=Fraction(24), tracks=tracks)


def told(marked: Marks) -> list[tuple[int, str]]:
    return [(marker.at, marker.note) for marker in marked.markers]


@pytest.mark.parametrize(
    ("where", "at"),
    [
        ("2A", 48),
        (" 2a ", 48),
        ("v1.2B", 96),
        ("line 1", 60),
        ("00:00:02:12", 60),
        (12, 12),
        (0, 0),
        (143, 143),
        (Timecode(24, Fraction(24)), 24),
    ],
)
def test_a_note_stands_at_a_clips_first_frame_at_a_timecode_or_at_a_frame(where: int | str | Timecode, at: int) -> None:
    assert told(cut().mark(where, "check the lamp")) == [(at, "check the lamp")]


def test_notes_lie_in_order_of_time_and_the_old_cut_has_none() -> None:
    plain = cut()
    marked = plain.mark("2B", "third").mark(0, "first").mark("2A", "second")
    assert told(marked) == [(0, "first"), (48, "second"), (96, "third")]
    assert plain.markers == () and marked.frames == plain.frames and marked.tracks == plain.tracks


def test_the_same_note_is_kept_once_and_two_notes_stand_at_one_frame() -> None:
    once = cut().mark("2A", "lamp")
    assert once.mark(48, "lamp") is once
    assert told(once.mark("2A", "gull")) == [(48, "lamp"), (48, "gull")]


def test_a_note_is_one_line() -> None:
    assert told(cut().mark(0, "  check\n the\tlamp ")) == [(0, "check the lamp")]
    assert told(cut().mark(0, "灯を見て 👩‍🚀")) == [(0, "灯を見て 👩‍🚀")]


@pytest.mark.parametrize("note", ["a\x00b", "\x1b[31mred", "turn\u202egpj.exe", "half \ud800"])
def test_characters_that_cannot_be_shown_are_refused_by_name(note: str) -> None:
    with pytest.raises(InputError, match=r"a note holds the character U\+.*can't be shown"):
        cut().mark(0, note)


def test_notes_without_words_and_far_too_long_ones_are_refused() -> None:
    for nothing in ("", " \n "):
        with pytest.raises(InputError, match="a note has no words"):
            cut().mark(0, nothing)
    with pytest.raises(InputError, match="a note can't be None; expected words"):
        cut().mark(0, None)  # type: ignore[arg-type]
    with pytest.raises(LimitError, match="10,001 characters is too long") as wrong:
        cut().mark(0, "x" * (limits.MAX_NOTE_CHARS + 1))
    assert wrong.value.limit == "MAX_NOTE_CHARS"


def test_places_that_are_not_in_the_film_are_refused() -> None:
    with pytest.raises(InputError, match=r"frame 144 lies outside the film; expected 0 to 143 \(before 00:00:06:00\)"):
        cut().mark(144, "late")
    with pytest.raises(NotFound, match='no clip "2C"; did you mean'):
        cut().mark("2C", "x")
    with pytest.raises(TimecodeError, match='"0:12" is no timecode'):
        cut().mark("0:12", "x")
    with pytest.raises(TimecodeError, match="write 12 or"):
        cut().mark(0.5, "x")  # type: ignore[arg-type]
    with pytest.raises(TimecodeError, match="lies outside the timecode day"):
        cut().mark(-1, "x")
    with pytest.raises(InputError, match="an empty cut has no frame"):
        Marks(title="", rate=Fraction(24), tracks=()).mark(0, "x")


@pytest.mark.parametrize("what", ["Lamp", "2A", 48, "00:00:02:00"])
def test_a_note_is_taken_away_by_its_words_or_its_place(what: int | str) -> None:
    marked = cut().mark("2A", "lamp").mark("2B", "gull")
    assert told(marked.unmark(what)) == [(96, "gull")]
    assert len(marked.markers) == 2


def test_a_note_that_reads_like_a_clip_is_meant_first() -> None:
    marked = cut().mark("2B", "2A").mark("2A", "lamp")
    assert told(marked.unmark("2A")) == [(48, "lamp")]


def test_a_note_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotFound, match='no marker "gull"; there is 00:00:02:00 lamp'):
        cut().mark("2A", "lamp").unmark("gull")
    with pytest.raises(NotFound, match="there is nothing yet"):
        cut().unmark(12)


def test_a_note_gets_other_words_another_place_or_both_in_one_step() -> None:
    marked = cut().mark("2A", "lamp").mark(10, "gull")
    assert told(marked.renote("LAMP", " the  lamp ")) == [(10, "gull"), (48, "the lamp")]
    assert told(marked.renote("lamp", at=0)) == [(0, "lamp"), (10, "gull")]
    assert told(marked.renote(10, "gulls", at="2B")) == [(48, "lamp"), (96, "gulls")]
    assert marked.renote("lamp", "lamp") is marked
    assert told(marked.renote("gull", "lamp", at=48)) == [(48, "lamp")]


def test_a_change_of_a_note_that_is_not_one_is_refused() -> None:
    marked = cut().mark("2A", "lamp").mark("2A", "gull").mark(10, "lamp")
    with pytest.raises(InputError, match=r'means 2 notes: "lamp" at 00:00:02:00, "gull" at 00:00:02:00; expected one'):
        marked.renote("2A", "hm")
    with pytest.raises(InputError, match="nothing to change"):
        marked.renote("gull")
    with pytest.raises(NotFound, match="whale"):
        marked.renote("whale", "hm")
    with pytest.raises(InputError, match="lies outside the film"):
        marked.renote("gull", at=5000)
