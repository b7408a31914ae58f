"""A clip laid elsewhere, a range lifted or extracted: what goes, what stays, what follows, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from glimmer.assembly import Piece
from glimmer.assembly.nouns import Assembly
from glimmer.assembly.pieces import Timeline
from glimmer.assembly.time_edits import TimeEdits
from glimmer.errors import InputError, NotFound, TimecodeError

ShownOf = Callable[[Timeline, str], list[tuple[str, Fraction | None] | None]]
WAVES = Piece(asset="asset of waves", media_type="video/mp4", seconds=4.0)


def whole(cut: TimeEdits) -> Assembly:
    """The same cut with all verbs."""
    return Assembly.model_validate(cut.model_dump())


def places(cut: Timeline, track: str) -> dict[str, tuple[int, int]]:
    return {clip.name: (clip.start, clip.end) for clip in cut.track(track).clips}


# ── put ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_shot_put_on_another_track_leaves_black_and_moves_nothing_else(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.put("2B", at=500, track="V3")
    assert places(cut, "V3") == {"2B": (500, 644)} and "2B" not in places(cut, "V1")
    before = shown(lighthouse, "V1")
    assert shown(cut, "V1") == before[:432] + [None] * 144 + before[576:]
    for track in ("V2", "A1", "A2", "A3", "A4"):
        assert cut.track(track) == lighthouse.track(track)
    assert (cut.captions, cut.markers, cut.frames) == (lighthouse.captions, lighthouse.markers, lighthouse.frames)
    assert [track.name for track in cut.tracks] == ["V1", "V2", "V3", "A1", "A2", "A3", "A4"]


def test_ripple_closes_the_place_a_shot_was_lifted_from_and_the_shot_stays_whole(lighthouse: TimeEdits) -> None:
    cut = lighthouse.put("2B", at=500, track="V3", ripple=True)
    assert cut.frames == 1056 - 144 and places(cut, "V1")["2C"] == (432, 552)
    assert places(cut, "V3") == {"2B": (432, 576)}  # 500 was inside the time that is gone
    later = lighthouse.put("2B", at=700, track="V3", ripple=True)
    assert places(later, "V3") == {"2B": (556, 700)}  # over the picture that was at 700
    assert {clip.name for clip in later.track("A1").clips} == {f"line {n}" for n in range(1, 7)}  # no line is lost


def test_on_its_own_track_it_is_laid_over_what_is_there(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.put("1B", at=240)
    assert places(cut, "V1")["1B"] == (240, 336) and places(cut, "V1")["2A"] == (336, 432)
    assert shown(cut, "V1")[216:240] == [None] * 24 and cut.frames == lighthouse.frames
    closed = lighthouse.put("1B", at=240, ripple=True)
    assert places(closed, "V1")["1B"] == (216, 312) and closed.frames == lighthouse.frames - 24
    earlier = lighthouse.put("1B", at=200, ripple=True)
    assert places(earlier, "V1")["1A"] == (72, 200) and places(earlier, "V1")["2A"] == (296, 416)


def test_a_shot_laid_inside_another_splits_it(lighthouse: TimeEdits) -> None:
    cut = lighthouse.put("1B", at=720)
    assert [places(cut, "V1")[name] for name in ("3A", "1B", "3A.2")] == [(696, 720), (720, 816), (816, 840)]


def test_its_own_sound_follows_a_shot_to_another_track(lighthouse: TimeEdits) -> None:
    own = lighthouse.overwrite(WAVES, at=840, name="waves", sound="A5")
    cut = own.put("waves", at=100, track="V2")
    assert places(cut, "V2")["waves"] == places(cut, "A5")["waves sound"] == (100, 196)
    alone = own.put("waves sound", at=100)
    assert places(alone, "A5")["waves sound"] == (100, 196) and places(alone, "V1")["waves"] == (840, 936)


def test_fades_go_with_a_shot_and_its_dissolves_are_left_out_and_said(lighthouse: TimeEdits) -> None:
    cut = whole(lighthouse).fade_in("2C", frames=8).fade_out("2C", frames=6).put("2C", at=0, track="V4")
    assert [(each.kind, each.frames) for each in cut.track("V4").transitions] == [("fade_in", 8), ("fade_out", 6)]
    apart = lighthouse.put("2A", at=0, track="V4")
    assert apart.track("V4").transitions == () and "the dissolve from 1B to 2A was left out: they no longer touch" in apart.notices


def test_a_line_takes_its_caption_along(lighthouse: TimeEdits) -> None:
    cut = lighthouse.put("line 3", at=700)
    caption = next(each for each in cut.captions if each.line_id == "l3")
    assert (caption.start, caption.words[0].start) == (702, 702) and places(cut, "A1")["line 3"] == (700, 750)


def test_where_it_lies_already_the_cut_stays_as_it_is(lighthouse: TimeEdits) -> None:
    assert lighthouse.put("gull", at=750) is lighthouse and lighthouse.put("gull", at=750, track="V2") is lighthouse


@pytest.mark.parametrize(
    ("clip", "given", "error", "words"),
    [
        ("2B", {"at": 0, "track": "A1"}, InputError, "A1 is a sound track; expected a picture track"),
        ("line 1", {"at": 0, "track": "V2"}, InputError, "V2 is a picture track; expected a sound track"),
        ("2B", {"at": 2000, "track": "V2"}, InputError, "lies after the film's end"),
        ("2B", {"at": 0, "track": "W1"}, InputError, "is no track"),
        ("9Z", {"at": 0}, NotFound, "9Z"),
        ("2B", {"at": 0.5}, TimecodeError, "0.5"),
    ],
)
def test_what_can_not_be_put_there_is_refused(
    lighthouse: TimeEdits, clip: str, given: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        lighthouse.put(clip, **given)  # type: ignore[arg-type]


# ── lift, extract ───────────────────────────────────────────────────────────────────────────────────────────
TRACKS = ("V1", "V2", "A1", "A2", "A3", "A4")


@pytest.mark.parametrize(("first", "last"), [(0, 10), (100, 160), (432, 576), (500, 760), (130, 470), (1000, 1056)])
def test_a_lifted_range_is_empty_on_every_track_and_all_else_is_as_it_was(
    lighthouse: TimeEdits, shown: ShownOf, first: int, last: int
) -> None:
    cut = lighthouse.lift(first, last)
    for track in TRACKS:
        was, now = shown(lighthouse, track), shown(cut, track)
        assert now == [None if first <= at < last else each for at, each in enumerate(was)][: cut.frames], track
    assert cut.markers == lighthouse.markers


@pytest.mark.parametrize(("first", "last"), [(0, 10), (100, 160), (432, 576), (500, 760), (130, 470), (1000, 1056)])
def test_an_extracted_range_is_gone_from_every_track(lighthouse: TimeEdits, shown: ShownOf, first: int, last: int) -> None:
    cut = lighthouse.extract(first, last)
    assert cut.frames == lighthouse.frames - (last - first)
    for track in TRACKS:
        was = shown(lighthouse, track)
        assert shown(cut, track) == was[:first] + was[last:], track
    assert [marker.at for marker in cut.markers] == [at if at < first else max(first, at - last + first) for at in (72, 500)]


def test_a_caption_keeps_the_words_that_are_still_said(lighthouse: TimeEdits) -> None:
    cut = lighthouse.extract(112, 120)  # after "Look", while "there." is said
    said = [(each.text, each.start, [(word.word, word.start, word.end) for word in each.words]) for each in cut.captions]
    assert said[0] == ("Look", 102, [("Look", 102, 112)])
    assert said[1][:2] == ("Look there.", 162 - 8)
    middle = lighthouse.extract(112, 114)
    assert [(each.text, each.words[0].start) for each in middle.captions[:2]] == [("Look", 102), ("there.", 112)]
    assert {each.line_id for each in lighthouse.extract(95, 155).captions} == {"l2", "l3", "l4", "l5", "l6"}


def test_the_own_sound_of_footage_is_cut_with_it_and_stays_in_step(lighthouse: TimeEdits, shown: ShownOf) -> None:
    own = whole(lighthouse).overwrite(WAVES, at=840, name="waves", sound="A5").j_cut("waves", frames=6).l_cut("waves", frames=6)
    for first, last in ((860, 880), (835, 850), (841, 845), (930, 940), (936, 938), (931, 935), (700, 990)):
        was, now = shown(own, "A5"), shown(own.extract(first, last), "A5")
        assert now == was[:first] + was[last:], (first, last)
        picture, left = shown(own, "V1"), shown(own.extract(first, last), "V1")
        assert left == picture[:first] + picture[last:]


@pytest.mark.parametrize("verb", ["lift", "extract"])
@pytest.mark.parametrize(("start", "end"), [(10, 10), (20, 10), (0, 1057)])
def test_a_range_of_nothing_or_past_the_end_is_refused(lighthouse: TimeEdits, verb: str, start: int, end: int) -> None:
    with pytest.raises(InputError, match="expected an end after its start and at most 00:00:44:00, the film's length"):
        getattr(lighthouse, verb)(start, end)


def test_what_is_told_of_an_extract_are_the_parts_that_are_gone(lighthouse: TimeEdits) -> None:
    film = whole(lighthouse)
    rows = [(row["where"], row["edit"]) for row in film.extract(112, 114).changes(film)]
    assert rows == [(where, "part taken out") for where in ("V1 1A", "A1 line 1", "A2 cue 1", "A3 air 1")]
