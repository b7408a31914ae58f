"""Whatever edits are made, one after the other, a cut stays a cut."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glimmer.assembly import Piece
from glimmer.assembly.pieces import Clip, Timeline, Track
from glimmer.assembly.time_edits import TimeEdits
from glimmer.errors import InputError

ShownOf = Callable[[Timeline, str], list[tuple[str, Fraction | None] | None]]
FOOTAGE = Piece(asset="asset of waves", media_type="video/mp4", seconds=3.3)
SKY = Piece(asset="asset of sky", media_type="image/png")
ONE_CUT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def picture_ids(cut: Timeline) -> list[str]:
    return [clip.id for track in cut.tracks if track.kind == "picture" for clip in track.clips]


def random_edit(cut: TimeEdits, dice: random.Random, *, gaps: bool = False) -> TimeEdits:
    """One edit of a random kind with random, often impossible, arguments; without `gaps`, of those that leave none on V1."""
    name, other = dice.choice([clip.id for clip in cut.clips]), dice.choice(picture_ids(cut))
    by, at, frames = dice.randint(-40, 40), dice.randint(0, cut.frames), dice.randint(1, 60)
    track = dice.choice(["V1", "V2", "V3"])
    verb = dice.randrange(20 if gaps else 13)
    if verb == 0:
        return cut.trim(name, head=by, tail=dice.randint(-20, 20))
    if verb == 1:
        return cut.slip(name, by)
    if verb == 2:
        return cut.slide(name, by)
    if verb == 3:
        clips = cut.track("V1").clips
        first = dice.randrange(len(clips) - 1)
        return cut.roll(clips[first].id, clips[first + 1].id, by)
    if verb == 4:
        return cut.split(name, at)
    if verb == 5 and len(cut.track("V1").clips) > 4:
        return cut.remove(name)
    if verb == 6:
        return cut.move(other, before=dice.choice(picture_ids(cut)))
    if verb == 7:
        return cut.move(other, after=dice.choice(picture_ids(cut)))
    if verb == 8:
        return cut.insert(dice.choice([FOOTAGE, SKY]), at=at, track=track, frames=frames)
    if verb == 9:
        return cut.overwrite(dice.choice([FOOTAGE, SKY]), at=at, track=track, frames=frames)
    if verb == 10:
        return cut.speed(other, dice.choice(["2", "1/2", "3/2", "0.7", "1"]))
    if verb == 11:
        return cut.reverse(name)
    if verb == 13:
        return cut.trim(name, head=by, tail=dice.randint(-20, 20), ripple=False)
    if verb == 14 and len(cut.track("V1").clips) > 4:
        return cut.remove(name, ripple=False)
    if verb == 15:
        return cut.gap(at, frames)
    if verb == 16:
        return cut.speed(name, dice.choice(["2", "1/3", "1"]), ripple=False)
    if verb == 17:
        kind = cut.place(name)[0].kind
        return cut.put(name, at=at, track=track if kind == "picture" else "", ripple=by > 0)
    if verb == 18 and cut.frames > 400:
        return cut.lift(at, at + min(frames, 20))
    if verb == 19 and cut.frames > 400:
        return cut.extract(at, at + min(frames, 20))
    inside = cut.clip(other)
    return cut.freeze(other, at=dice.randint(inside.start, inside.end), frames=frames)


def check_track(track: Track) -> None:
    starts = [clip.start for clip in track.clips]
    assert starts == sorted(starts) and all(start >= 0 for start in starts)
    for clip in track.clips:
        assert clip.frames >= 1 and clip.source_start >= 0 and 0 <= clip.source_part < 1
        assert clip.fade_in + clip.fade_out <= clip.frames
        if clip.media_frames and clip.kind in ("footage", "sound"):
            assert all(0 <= clip.media_frame(number) < clip.media_frames for number in (0, clip.frames - 1))
    if track.kind == "picture":
        assert all(left.end <= right.start for left, right in zip(track.clips, track.clips[1:], strict=False))
    for each in track.transitions:
        left, right = track.clip(each.left), track.clip(each.right)
        assert (left is not None) == bool(each.left) and (right is not None) == bool(each.right) and each.frames >= 2
        if left is not None and right is not None:
            assert left.end == right.start
            assert each.frames // 2 <= left.frames and each.frames - each.frames // 2 <= right.frames


def check_cut(cut: TimeEdits, *, gaps: bool = False) -> None:
    for track in cut.tracks:
        check_track(track)
    pictures = cut.track("V1").clips
    if not gaps:
        assert pictures[0].start == 0
        assert all(left.end == right.start for left, right in zip(pictures, pictures[1:], strict=False))
    assert len({clip.id for clip in cut.clips}) == len(cut.clips)
    assert len(set(cut.notices)) == len(cut.notices)
    assert not any("on V1 begins" in notice for notice in cut.notices)
    for caption in cut.captions:
        assert 0 <= caption.start < caption.end and all(caption.start <= word.start < word.end for word in caption.words)
    assert all(marker.at >= 0 for marker in cut.markers)
    assert type(cut).model_validate(cut.model_dump(round_trip=True)) == cut
    assert type(cut).model_validate_json(cut.model_dump_json()) == cut


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_fifty_random_edits_leave_a_whole_cut(lighthouse: TimeEdits, seed: int, gaps: bool) -> None:
    dice = random.Random(seed)
    cut, made = lighthouse, 0
    lines = {clip.made_of for clip in lighthouse.track("A1").clips}
    while made < 50:
        before = cut
        try:
            cut = random_edit(cut, dice, gaps=gaps)
        except InputError:  # refused, and nothing was half done
            assert cut is before
            continue
        made += 1
        check_cut(cut, gaps=gaps)
        said = {clip.made_of for clip in cut.track("A1").clips}
        gone = {clip.id for clip in before.clips} - {clip.id for clip in cut.clips}
        assert said == lines or (said < lines and any(each.endswith(".sound") for each in gone))
        lines = said


@ONE_CUT
@given(index=st.integers(0, 8), at=st.integers(0, 1056), by=st.sampled_from(["head", "tail"]), frames=st.integers(1, 27))
def test_a_trim_and_its_counterpart_keep_what_is_seen(
    lighthouse: TimeEdits, shown: ShownOf, index: int, at: int, by: str, frames: int
) -> None:
    name = lighthouse.track("V1").clips[index].id
    cut = lighthouse.trim(name, **{by: frames})  # type: ignore[arg-type]
    before, after = shown(lighthouse, "V1"), shown(cut, "V1")
    clip = lighthouse.clip(name)
    gone = clip.start if by == "head" else clip.end - frames
    assert after == before[:gone] + before[gone + frames :]
    assert cut.trim(name, **{by: -frames}).track("V1").clips == lighthouse.track("V1").clips  # type: ignore[arg-type]


@ONE_CUT
@given(index=st.integers(0, 8), first=st.integers(1, 1055), second=st.integers(1, 1055), back=st.booleans())
def test_splits_and_rolls_by_nothing_show_the_same(
    lighthouse: TimeEdits, shown: ShownOf, index: int, first: int, second: int, back: bool
) -> None:
    whole = lighthouse.speed("2A", "7/5").reverse("3A") if back else lighthouse
    cut = whole
    for at in (first % whole.frames, second % whole.frames):
        clip = next(each for each in cut.track("V1").clips if each.start <= at < each.end)
        if clip.start < at:
            cut = cut.split(clip.id, at)
    clips = cut.track("V1").clips
    cut = cut.roll(clips[index].id, clips[index + 1].id, 0).slip("1A", 0) if index + 1 < len(clips) else cut
    assert shown(cut, "V1") == shown(whole, "V1")
    assert cut.captions == whole.captions and cut.markers == whole.markers


@ONE_CUT
@given(moves=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=6))
def test_moves_keep_every_line_on_its_picture(lighthouse: TimeEdits, moves: list[tuple[int, int]]) -> None:
    cut = lighthouse
    for moved, target in moves:
        if moved != target:
            clips = lighthouse.track("V1").clips
            cut = cut.move(clips[moved].id, before=clips[target].id)
    assert cut.frames == lighthouse.frames
    for line in lighthouse.track("A1").clips:
        assert _said_over(cut, line.id) == _said_over(lighthouse, line.id)
    for old, new in zip(lighthouse.captions, cut.captions, strict=True):
        line_id = f"line {old.line_id[1:]}.sound"
        assert new.start - cut.clip(line_id).start == old.start - lighthouse.clip(line_id).start


def _said_over(cut: Timeline, line_id: str) -> tuple[str, int]:
    line = cut.clip(line_id)
    picture: Clip = next(each for each in cut.track("V1").clips if each.start <= line.start < each.end)
    return picture.id, line.start - picture.start
