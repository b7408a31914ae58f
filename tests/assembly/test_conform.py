"""A cut at another rate: what met still meets, nothing overlaps, and halves of a split still go on from each other."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest

from glimmer.assembly import Assembly, Caption, CaptionWord, Clip, Marker, Track, Transition, at_rate
from glimmer.timecode import RATES

EIGHT = [RATES[name] for name in ("23.976", "24", "25", "29.97", "30", "50", "59.94", "60")]
PAIRS = [pair for pair in product(EIGHT, EIGHT) if pair[0] != pair[1]]


def shot(id: str, start: int, frames: int, **more: object) -> Clip:
    return Clip.model_validate(
        {"id": id, "name": id, "kind": "footage", "asset": "a" * 64, "start": start, "frames": frames, **more}
    )


def place(clip: Clip) -> Fraction:
    return clip.source_start + clip.source_part


def busy(rate: Fraction) -> Assembly:
    """Halves of splits at three speeds, flashes of one and two frames, gaps, a dissolve as long as its clips, sounds that abut and overlap."""
    lengths = [1, 1, 2, 1, 37, 61, 2, 3, 100, 7, 1, 1, 1, 90]
    here, clips = 0, []
    for n, frames in enumerate(lengths):
        here += 5 if n in (4, 9) else 0
        clips.append(shot(f"c{n}", here, frames, asset=f"{n:064}", media_frames=frames + 9, source_start=3, fade_in=1))
        here += frames
    for n, speed in enumerate((Fraction(1), Fraction(5, 2), Fraction(1, 3))):
        for backwards in (False, True):
            used = [(41, 0), (17, 41), (29, 58)]
            for part, (frames, at) in enumerate(used):
                source = (87 - at - frames if backwards else at) * speed + 11
                asset = f"s{n}{backwards}".ljust(64, "0")
                clips.append(
                    shot(
                        f"s{n}{backwards}{part}",
                        here,
                        frames,
                        asset=asset,
                        source_start=source // 1,
                        source_part=source % 1,
                        speed=speed,
                        backwards=backwards,
                        media_frames=2000,
                    )
                )
                here += frames
    joins = (
        Transition(kind="dissolve", left="c4", right="c5", frames=61),
        Transition(kind="wipe", left="c7", right="c8", frames=6),
        Transition(kind="fade_out", left="c13", frames=90),
    )
    sounds = (
        shot("l1", 3, 50, kind="sound"),
        shot("l2", 53, 20, kind="sound", fade_in=10, fade_out=10),
        shot("l3", 60, 90, kind="sound"),
    )
    return Assembly(
        title="Busy",
        rate=rate,
        tracks=(
            Track(name="V1", kind="picture", clips=tuple(clips), transitions=joins),
            Track(name="A1", kind="sound", role="dialogue", clips=sounds),
        ),
        captions=(Caption(line_id="l1", text="Hm.", start=3, end=4, words=(CaptionWord(word="Hm.", start=3, end=4),)),),
        markers=(Marker(at=100, note="look"),),
    )


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_met_still_meets_and_no_picture_overlaps_at_any_pair_of_rates(old: Fraction, new: Fraction) -> None:
    cut = busy(old)
    there = at_rate(cut, new)
    assert abs(there.frames - cut.frames * new / old) <= 1
    for before, after in zip(cut.tracks, there.tracks, strict=True):
        starts = {clip.id: clip for clip in after.clips}
        for left, right in product(before.clips, before.clips):
            if left.end == right.start:
                assert starts[left.id].end == starts[right.id].start
    for left, right in pairwise(there.track("V1").clips):
        assert left.end <= right.start
    for clip, was in zip(there.clips, cut.clips, strict=True):
        assert clip.frames >= 1 and clip.speed == was.speed
        assert clip.fade_in + clip.fade_out <= clip.frames
        if was.media_frames:
            assert clip.source_start >= 0 and place(clip) + clip.used_frames <= clip.media_frames
            assert abs(clip.media_frames - was.media_frames * new / old) <= 1 + clip.speed * 2


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_halves_of_a_split_go_on_from_each_other_within_a_frame_of_their_media(old: Fraction, new: Fraction) -> None:
    there = at_rate(busy(old), new)
    for left, right in pairwise(clip for clip in there.track("V1").clips if clip.id.startswith("s")):
        if left.asset != right.asset:
            continue
        if left.backwards:
            assert abs(right.source_start + right.used_frames - left.source_start) <= 1
        else:
            assert abs(left.source_start + left.used_frames - right.source_start) <= 1


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_a_transition_is_never_longer_than_its_clips(old: Fraction, new: Fraction) -> None:
    there = at_rate(busy(old), new)
    track = there.track("V1")
    assert len(track.transitions) == 3
    for join in track.transitions:
        for side, share in ((join.left, join.frames // 2), (join.right, join.frames - join.frames // 2)):
            clip = track.clip(side)
            assert clip is None or clip.frames >= (share if join.left and join.right else join.frames)


def test_the_length_of_the_cut_is_worked_out_anew() -> None:
    cut = busy(Fraction(24))
    assert cut.frames and at_rate(cut, Fraction(48)).frames == 2 * cut.frames


def test_there_and_back_at_a_whole_multiple_is_the_same_cut() -> None:
    cut = busy(Fraction(25))
    back = at_rate(at_rate(cut, Fraction(50)), Fraction(25))
    for old, new in zip(cut.clips, back.clips, strict=True):
        assert new == old
    assert [track.transitions for track in back.tracks] == [track.transitions for track in cut.tracks]
    assert (back.captions, back.markers, back.rate) == (cut.captions, cut.markers, cut.rate)
