"""An edit and its counterpart give the same cut again, the score with it; and what a cut says of itself is true of it as it is."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from glimmer.assembly import Piece
from glimmer.assembly.conform import at_rate
from glimmer.assembly.nouns import Assembly
from glimmer.assembly.pieces import Timeline, Track

WAVES = Piece(asset="asset of waves", media_type="video/mp4", seconds=4.0)
CUE = Piece(asset="asset of cue 1", media_type="audio/flac", seconds=44.0)
Edit = Callable[[Assembly], Assembly]


@pytest.fixture
def scored(lighthouse: Timeline) -> Assembly:
    """The lighthouse with a cue that is as long as the film and not a frame longer."""
    tracks = tuple(each if each.name != "A2" else Track(name="A2", kind="sound", role="music") for each in lighthouse.tracks)
    bare = Assembly.model_validate(lighthouse.model_dump() | {"tracks": tracks})
    return bare.overwrite(CUE, at=0, track="A2", name="cue 1").fade_sound("cue 1", tail=24)


THERE_AND_BACK: dict[str, Edit] = {
    "tail longer, shorter": lambda cut: cut.trim("1A", tail=-30).trim("1A", tail=30),
    "tail shorter, longer": lambda cut: cut.trim("1A", tail=10).trim("1A", tail=-10),
    "head longer, shorter": lambda cut: cut.trim("1A", head=-20).trim("1A", head=20),
    "insert, remove": lambda cut: cut.insert(WAVES, at=216, name="waves").remove("waves"),
    "insert late, remove": lambda cut: cut.insert(WAVES, at=1056, name="waves").remove("waves"),
    "both inserted, both removed": lambda cut: (
        cut.insert(WAVES, at=216, name="a").insert(WAVES, at=936, name="b").remove("a").remove("b")
    ),
    "after its end": lambda cut: (
        cut.trim("title", tail=-100).insert(WAVES, at=1156, name="waves").remove("waves").trim("title", tail=100)
    ),
    "head and tail": lambda cut: cut.trim("1B", head=5, tail=-5).trim("1B", head=-5, tail=5),
    "slower, as shot": lambda cut: cut.speed("1A", "1/2").speed("1A", 1),
}


@pytest.mark.parametrize("edit", THERE_AND_BACK.values(), ids=THERE_AND_BACK.keys())
def test_there_and_back_is_the_same_cut(scored: Assembly, edit: Edit) -> None:
    there = edit(scored)
    lines = [track for track in there.tracks if track.role == "dialogue"]
    assert [track for track in there.tracks if track.role != "dialogue"] == [t for t in scored.tracks if t.role != "dialogue"]
    assert there.notices == scored.notices
    if [(clip.id, clip.start) for clip in lines[0].clips] == [(clip.id, clip.start) for clip in scored.track("A1").clips]:
        assert there == scored


@pytest.mark.parametrize("edit", list(THERE_AND_BACK.values())[:4] + list(THERE_AND_BACK.values())[6:7])
def test_where_no_line_was_moved_it_is_the_same_to_the_last_field(scored: Assembly, edit: Edit) -> None:
    assert edit(scored) == scored


def test_a_shot_that_gives_as_much_as_it_takes_leaves_the_score_alone(scored: Assembly) -> None:
    assert scored.trim("1B", head=5, tail=-5).track("A2") == scored.track("A2")


def test_a_score_that_ends_too_early_is_told_once_with_the_number_that_is_true(scored: Assembly) -> None:
    cut = scored.insert(WAVES, at=216, name="waves").trim("1B", tail=-200).trim("1B", tail=-100)
    assert [notice for notice in cut.notices if "cue 1" in notice] == [
        "cue 1 on A2 ends 396 frames before its picture does: its media ends there"
    ]
    assert cut.clip("cue 1").end == 1056 and cut.frames == 1056 + 396
    assert [notice for notice in cut.trim("1B", tail=150).notices if "cue 1" in notice] == [
        "cue 1 on A2 ends 246 frames before its picture does: its media ends there"
    ]
    assert not any("cue 1" in notice for notice in cut.trim("1B", tail=300).remove("waves").notices)
    assert not any("cue 1" in notice for notice in cut.remove("cue 1").notices)
    assert not any("cue 1" in notice for notice in cut.trim("cue 1", tail=5).notices)  # it ends where it was told to


def test_lines_that_no_longer_sound_together_are_not_said_to(scored: Assembly) -> None:
    tight = scored.trim("1A", head=50)
    assert tight.notices == ("line 1 and line 2 on A1 now sound together for 12 frames",)
    assert tight.trim("line 1", tail=4).notices == ("line 1 and line 2 on A1 now sound together for 8 frames",)
    assert tight.trim("line 1", tail=12).notices == ()
    assert tight.slide("line 2", 30).slip("2A", 1).notices == ()
    assert tight.slip("2A", 1).notices == tight.notices


def test_a_transition_shortened_twice_is_told_once_and_not_when_it_is_gone(scored: Assembly) -> None:
    once = scored.trim("1B", tail=90)
    assert "the dissolve from 1B to 2A is 13 frames, was 24: there is no room for more" in once.notices
    twice = once.trim("1B", tail=3)
    assert [n for n in twice.notices if "dissolve" in n] == [
        "the dissolve from 1B to 2A is 7 frames, was 24: there is no room for more"
    ]
    assert not any("is 7 frames" in notice for notice in twice.cut_hard("1B", "2A").slip("1A", 1).notices)
    parted = scored.trim("1B", tail=1, ripple=False)
    assert parted.notices == ("the dissolve from 1B to 2A was left out: they no longer touch",)
    mended = parted.trim("1B", tail=-1, ripple=False).dissolve("1B", "2A", frames=8)
    assert mended.slip("1A", 1).notices == ()


def test_notices_of_others_stay(scored: Assembly) -> None:
    drafted = scored.model_copy(update={"notices": ("no voice for 1 of 6 lines, left silent: line 3",)})
    assert drafted.trim("1A", tail=-30).trim("1A", tail=30).notices == drafted.notices


def test_at_another_rate_the_score_is_short_by_as_much_of_a_second(scored: Assembly) -> None:
    cut = at_rate(scored.trim("1A", tail=-108).speed("3B", "1.7"), Fraction(48))  # 3B loses 60 of them again
    assert cut.clip("cue 1").short_by == 96 and cut.clip("3B").stretch == 288
    assert cut.speed("3B", 1).clip("3B").frames == 288
