"""Where clips lie: what removing, moving, inserting, laying over and opening a gap do, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest

from glimmer.assembly import Piece
from glimmer.assembly.pieces import Timeline
from glimmer.assembly.time_edits import TimeEdits
from glimmer.errors import InputError, MissingPiece, NotFound, TimecodeError
from glimmer.store import Take

ShownOf = Callable[[Timeline, str], list[tuple[str, Fraction | None] | None]]
WAVES = Piece(asset="asset of waves", media_type="video/mp4", seconds=2.0, focus=(0.3, 0.6))
BELL = Piece(asset="asset of bell", media_type="audio/flac", seconds=1.51)
SKY = Piece(asset="asset of sky", media_type="image/png")


@dataclass(frozen=True)
class Shelf:
    """As an entry of a bucket looks from here."""

    name: str
    key: str
    used: Piece | None


def places(cut: Timeline, track: str) -> dict[str, tuple[int, int]]:
    return {clip.name: (clip.start, clip.end) for clip in cut.track(track).clips}


# ── remove ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_removing_a_picture_closes_every_track_and_takes_its_lines_along(lighthouse: TimeEdits) -> None:
    cut = lighthouse.remove("2B")
    assert cut.frames == 1056 - 144
    assert places(cut, "V1")["2C"] == (432, 552)
    assert "line 4" not in places(cut, "A1") and len(cut.track("A1").clips) == 5  # it started inside
    assert [caption.line_id for caption in cut.captions] == ["l1", "l2", "l3", "l5", "l6"]
    assert places(cut, "A1")["line 5"] == (456, 506) and cut.captions[3].start == 458
    assert places(cut, "A2")["cue 1"] == (0, 912) and places(cut, "A3")["air 2"] == (312, 552)
    assert [marker.at for marker in cut.markers] == [72, 432]
    assert cut.notices == ("fx 2B on A4 was left out with 2B", "line 4 on A1 went with 2B")


def test_a_removed_shot_does_not_speak_into_the_next_one(lighthouse: TimeEdits) -> None:
    for name in ("1A", "1B", "2A", "2B", "3B"):
        cut = lighthouse.remove(name)
        lines = cut.track("A1").clips
        assert all(left.end <= right.start for left, right in zip(lines, lines[1:], strict=False))
        assert not any("sound together" in notice for notice in cut.notices)
    assert set(places(lighthouse, "A1")) - set(places(lighthouse.remove("1A"), "A1")) == {"line 1", "line 2"}


def test_a_line_that_began_before_a_removed_shot_is_said_to_its_end(lighthouse: TimeEdits) -> None:
    cut = lighthouse.split("1A", 120).remove("1A.2")  # line 1 lies from 100 to 150, line 2 begins at 160
    assert places(cut, "A1")["line 1"] == (100, 150) and "line 2" not in places(cut, "A1")


def test_words_on_screen_that_nobody_says_go_with_their_shot_too(lighthouse: TimeEdits) -> None:
    silent = lighthouse.remove("line 4")
    silent = silent.model_copy(update={"captions": (*silent.captions, lighthouse.captions[3])})
    assert [caption.line_id for caption in silent.remove("2B").captions] == ["l1", "l2", "l3", "l5", "l6"]


def test_lines_keep_their_distance_where_there_is_room(lighthouse: TimeEdits) -> None:
    cut = lighthouse.trim("1A", head=143)
    assert places(cut, "A1")["line 1"] == (72, 122) and places(cut, "A1")["line 2"] == (132, 172)  # 60 frames apart, as before
    assert [caption.start for caption in cut.captions[:3]] == [74, 134, 189]
    assert not any("sound together" in notice for notice in cut.notices)
    crowded = lighthouse.trim("1B", tail=60).trim("1A", head=143)  # line 3 now begins at 127
    assert places(crowded, "A1")["line 2"] == (122, 162) and places(crowded, "A1")["line 3"] == (127, 177)
    assert "line 2 and line 3 on A1 now sound together for 35 frames" in crowded.notices


def test_lifting_a_picture_leaves_the_gap(lighthouse: TimeEdits) -> None:
    cut = lighthouse.remove("2B", ripple=False)
    assert cut.frames == 1056 and "2B" not in places(cut, "V1")
    assert cut.tracks[1:] == lighthouse.tracks[1:] and cut.captions == lighthouse.captions


def test_what_lay_over_a_removed_picture_stays_in_order_and_apart(lighthouse: TimeEdits) -> None:
    cut = lighthouse.overwrite(SKY, at=560, track="V2", frames=10).overwrite(WAVES, at=572, track="V2").remove("2B")
    assert places(cut, "V2") == {"lower third": (250, 290), "still": (432, 442), "footage": (442, 486), "gull": (606, 656)}
    assert cut.clip("footage").source_start == 4  # its first 4 frames lay over what was removed
    assert "footage on V2 begins 10 frames later: still lies where it would begin" in cut.notices


def test_removing_a_line_removes_its_captions(lighthouse: TimeEdits) -> None:
    cut = lighthouse.remove("line 2")  # its sound names it "line l2", its caption "l2"
    assert [caption.line_id for caption in cut.captions] == ["l1", "l3", "l4", "l5", "l6"]
    assert places(cut, "A1")["line 3"] == (330, 380)
    with pytest.raises(NotFound, match="did you mean line"):
        cut.remove("line 2")


def test_air_that_has_no_picture_left_goes_and_is_told(lighthouse: TimeEdits) -> None:
    cut = lighthouse.remove("3A").remove("3B")
    assert "air 3" not in places(cut, "A3")
    assert "air 3 on A3 was left out: no picture remains over it" in cut.notices


# ── move ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_moved_shot_takes_its_lines_effects_captions_and_markers_along(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.move("2B", before="1B")
    assert [clip.name for clip in cut.track("V1").clips] == ["title", "1A", "2B", "1B", "2A", "2C", "3A", "3B", "end"]
    assert places(cut, "V1")["2B"] == (216, 360) and places(cut, "V1")["1B"] == (360, 456)
    assert places(cut, "A1")["line 4"] == (450 - 216, 530 - 216)
    assert places(cut, "A1")["line 3"] == (330 + 144, 380 + 144)
    assert places(cut, "A4") == {"fx 1A": (72, 110), "fx 2B": (216, 284)}
    assert cut.captions[3].start == 452 - 216 and cut.captions[3].words[1].start == 464 - 216
    assert {marker.note: marker.at for marker in cut.markers} == {"check the lamp": 72, "too slow?": 500 - 216}
    assert cut.track("A2") == lighthouse.track("A2") and cut.track("A3") == lighthouse.track("A3")
    assert shown(cut, "V1")[576:] == shown(lighthouse, "V1")[576:]


def test_a_move_taken_back_gives_the_same_places(lighthouse: TimeEdits) -> None:
    cut = lighthouse.move("3A", after="title")
    back = cut.move("3A", before="3B")
    assert [track.clips for track in back.tracks] == [track.clips for track in lighthouse.tracks]
    assert back.captions == lighthouse.captions
    assert cut.notices == ("the dip from 2C to 3A was left out: they no longer touch",)


def test_before_and_after_name_the_same_place(lighthouse: TimeEdits) -> None:
    assert lighthouse.move("3B", before="2C") == lighthouse.move("3B", after="2B")
    assert lighthouse.move("3B", after="3A") == lighthouse
    assert lighthouse.move("3B", before="end") == lighthouse


def test_clips_of_other_tracks_are_re_ordered_there_alone(lighthouse: TimeEdits) -> None:
    cut = lighthouse.move("gull", before="lower third")
    assert places(cut, "V2") == {"gull": (250, 300), "lower third": (300, 340)}
    assert cut.track("V1") == lighthouse.track("V1") and cut.captions == lighthouse.captions


def test_an_impossible_move_is_refused(lighthouse: TimeEdits) -> None:
    with pytest.raises(InputError, match="before itself"):
        lighthouse.move("3B", before="3B")
    with pytest.raises(InputError, match="one of them"):
        lighthouse.move("3B")
    with pytest.raises(InputError, match="one of them"):
        lighthouse.move("3B", before="1A", after="1B")
    with pytest.raises(InputError, match="expected two clips of one track"):
        lighthouse.move("3B", before="gull")
    with pytest.raises(NotFound):
        lighthouse.move("3B", before="9Z")


# ── insert ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_inserted_take_pushes_all_that_is_later(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.insert(WAVES, at="00:00:09:00", name="waves")
    assert cut.frames == 1056 + 48
    before, after = shown(lighthouse, "V1"), shown(cut, "V1")
    assert after[:216] == before[:216] and after[264:] == before[216:]
    assert after[216:264] == [("asset of waves", Fraction(number)) for number in range(48)]
    assert places(cut, "A1")["line 3"] == (378, 428) and cut.captions[2].start == 380
    assert cut.clip("waves").framing.focus == (0.3, 0.6) and cut.clip("waves").media_frames == 48
    assert cut.remove("waves") == lighthouse


def test_an_insert_within_a_picture_splits_it(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.insert(SKY, at=100, frames=10, name="sky")
    assert [clip.name for clip in cut.track("V1").clips][:5] == ["title", "1A", "sky", "1A.2", "1B"]
    assert shown(cut, "V1")[110:] == shown(lighthouse, "V1")[100:]
    assert places(cut, "A1")["line 1"] == (110, 160)


def test_a_still_lies_four_seconds_and_a_sound_to_its_last_bit(lighthouse: TimeEdits) -> None:
    assert lighthouse.insert(SKY, at=0, name="sky").clip("sky").frames == 96
    assert lighthouse.overwrite(BELL, at=0, track="A5", name="bell").clip("bell").frames == 37  # 1.51 s are 36.24 frames


def test_the_end_of_the_film_can_be_inserted_at_and_nothing_after_it(lighthouse: TimeEdits) -> None:
    assert lighthouse.insert(WAVES, at=1056).frames == 1104
    with pytest.raises(InputError, match="lies after the last picture of V1"):
        lighthouse.insert(WAVES, at=1057)
    with pytest.raises(InputError, match="lies after the film's end"):
        lighthouse.overwrite(WAVES, at=1057, track="V2")
    with pytest.raises(TimecodeError):
        lighthouse.insert(WAVES, at=1.5)  # type: ignore[arg-type]


def test_an_insert_on_another_track_moves_that_track_alone(lighthouse: TimeEdits) -> None:
    cut = lighthouse.insert(SKY, at=700, track="V2", frames=24, name="sky")
    assert places(cut, "V2") == {"lower third": (250, 290), "sky": (700, 724), "gull": (774, 824)}
    assert cut.track("V1") == lighthouse.track("V1") and cut.track("A1") == lighthouse.track("A1")
    cut = lighthouse.insert(BELL, at=320, track="A1", frames=12, name="bell")
    assert places(cut, "A1")["line 3"] == (342, 392) and cut.captions[2].start == 344


def test_an_empty_cut_begins_with_an_insert() -> None:
    cut = TimeEdits(title="New", rate=Fraction(25), tracks=()).insert(WAVES, at=0, name="waves").insert(SKY, at=0)
    assert [clip.name for clip in cut.track("V1").clips] == ["still", "waves"]
    assert cut.frames == 150


# ── overwrite ───────────────────────────────────────────────────────────────────────────────────────────────
def test_a_take_laid_over_replaces_what_is_there_and_moves_nothing(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.overwrite(WAVES, at=200, frames=30, name="waves")
    before, after = shown(lighthouse, "V1"), shown(cut, "V1")
    assert after[:200] == before[:200] and after[230:] == before[230:]
    assert {each[0] for each in after[200:230] if each} == {"asset of waves"}
    assert cut.tracks[1:] == lighthouse.tracks[1:]


def test_a_take_laid_into_a_long_picture_leaves_both_its_ends(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.overwrite(WAVES, at=330, name="waves")  # 2A runs at half speed from 312 to 432
    assert [clip.name for clip in cut.track("V1").clips][2:6] == ["1B", "2A", "waves", "2A.2"]
    assert shown(cut, "V1")[378:] == shown(lighthouse, "V1")[378:]


def test_missing_tracks_are_made_in_their_order(lighthouse: TimeEdits) -> None:
    cut = lighthouse.overwrite(SKY, at=0, track="V4").overwrite(SKY, at=0, track="V3").overwrite(BELL, at=0, track="A6")
    assert [track.name for track in cut.tracks] == ["V1", "V2", "V3", "V4", "A1", "A2", "A3", "A4", "A6"]
    assert cut.track("A6").role == "effects" and cut.track("V3").role == "picture"
    for wrong in ("V0", "B1", "V", "v2", "V100", "", "V2 ", None, 2):
        with pytest.raises(InputError, match="is no track"):
            lighthouse.overwrite(SKY, at=0, track=wrong)  # type: ignore[arg-type]


def test_footage_brings_its_own_sound_where_that_is_asked_for(lighthouse: TimeEdits) -> None:
    cut = lighthouse.overwrite(Shelf("waves", "own:waves", WAVES), at=480, track="V2", sound="A4")
    assert places(cut, "A4") == {"fx 1A": (72, 110), "fx 2B": (432, 500), "waves sound": (480, 528)}
    sound = cut.clip("waves sound")
    assert (sound.kind, sound.asset, sound.media_type, sound.made_of) == ("sound", "asset of waves", "video/mp4", "own:waves")
    assert cut.clip("waves").kind == "footage"
    with pytest.raises(InputError, match="has no sound of its own"):
        lighthouse.overwrite(SKY, at=0, track="V2", sound="A4")
    with pytest.raises(InputError, match="is a picture track"):
        lighthouse.overwrite(WAVES, at=0, track="V2", sound="V3")


def test_entries_and_takes_are_taken_as_they_are(lighthouse: TimeEdits) -> None:
    take = Take(
        id=1, number=3, request_key="r", made_for="m", model="own", asset="asset of gull", media_type="video/mp4", seconds=2.5
    )
    cut = lighthouse.overwrite(take, at=0, track="V3").overwrite(Shelf("gull", "own:gull", SKY), at=0, track="V4")
    assert places(cut, "V3") == {"take 3": (0, 60)}
    assert places(cut, "V4") == {"gull.2": (0, 96)}  # the cut has a gull
    with pytest.raises(MissingPiece, match='"storm" has no take yet'):
        lighthouse.insert(Shelf("storm", "own:storm", None), at=0)


def test_what_can_not_be_laid_there_is_refused(lighthouse: TimeEdits) -> None:
    with pytest.raises(InputError, match="is a sound, and V2 is not its place"):
        lighthouse.overwrite(BELL, at=0, track="V2")
    with pytest.raises(InputError, match='sound="A4"'):
        lighthouse.overwrite(WAVES, at=0, track="A4")
    with pytest.raises(InputError, match="has 48 frames of media; 60 were asked"):
        lighthouse.insert(WAVES, at=0, frames=60)
    with pytest.raises(InputError, match="nobody knows how long"):
        lighthouse.insert(Piece(asset="x", media_type="video/mp4"), at=0)
    with pytest.raises(InputError, match='is "text/plain"'):
        lighthouse.insert(Piece(asset="x", media_type="text/plain"), at=0)
    for wrong in ("gull.mp4", None, 12, lighthouse.clip("gull")):
        with pytest.raises(InputError, match="is no take"):
            lighthouse.insert(wrong, at=0)  # type: ignore[arg-type]


# ── gap ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_gap_opens_on_every_track(lighthouse: TimeEdits, shown: ShownOf) -> None:
    cut = lighthouse.gap("00:00:32:00", 24)  # frame 768, within 3A and the gull
    assert cut.frames == 1080
    for track in ("V1", "V2"):
        assert shown(cut, track)[768:792] == [None] * 24
        assert shown(cut, track)[792:] == shown(lighthouse, track)[768:]
    assert places(cut, "A1")["line 6"] == (884, 974) and cut.captions[5].start == 886
    assert places(cut, "A2")["cue 1"] == (0, 1080) and places(cut, "A3")["air 3"] == (696, 1008)
    with pytest.raises(InputError, match="is not before the film's end"):
        lighthouse.gap(1056, 24)
    with pytest.raises(InputError, match="0 frames"):
        lighthouse.gap(10, 0)


def test_music_whose_media_ends_is_not_drawn_out(lighthouse: TimeEdits) -> None:
    short = Piece(asset="asset of cue", media_type="audio/flac", seconds=10.0)
    cut = lighthouse.overwrite(short, at=0, track="A2", name="short cue").gap(100, 24)
    assert places(cut, "A2")["short cue"] == (0, 240)
    assert "short cue on A2 ends 24 frames before its picture does: its media ends there" in cut.notices
