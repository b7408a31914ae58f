"""The same cut at another rate: every boundary goes to the nearest frame, and what met still meets.

Pure: takes a cut, gives a cut of the same kind. Starts and ends are rounded, never lengths, so nothing drifts. What becomes shorter
than a frame keeps one, and what follows catches up as soon as it is long enough.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import TypeVar

from glimmer.assembly.changing import changed
from glimmer.assembly.pieces import Caption, Clip, Timeline, Track, Transition

__all__ = ["at_rate"]

Cut = TypeVar("Cut", bound=Timeline)


def at_rate(cut: Cut, rate: Fraction) -> Cut:
    """`cut` in frames of `rate`. Speeds stay: a take that runs double still does.

    Clips that abut still abut, pictures do not come to overlap, halves of a split go on from each other within a frame of their media,
    and no transition or fade becomes longer than its clip. Does not open media.
    """
    if rate == cut.rate:
        return cut
    factor = rate / cut.rate
    markers = tuple(marker.model_copy(update={"at": _to(marker.at, factor)}) for marker in cut.markers)
    tracks = tuple(_track(track, factor) for track in cut.tracks)
    captions = tuple(_caption(caption, factor) for caption in cut.captions)
    return changed(cut, rate=rate, tracks=tracks, captions=captions, markers=markers)


def _to(frame: int | Fraction, factor: Fraction) -> int:
    """The nearest frame; a half goes up, always, so that the same place is the same frame wherever it is asked from."""
    return math.floor(frame * factor + Fraction(1, 2))


def _track(track: Track, factor: Fraction) -> Track:
    ends: dict[int, int] = {}  # where a clip ended -> where it ends now: what began there begins there
    latest = 0
    made: list[Clip] = []
    for old in track.clips:
        start = ends.get(old.start, _to(old.start, factor))
        start = max(start, latest) if track.kind == "picture" else start
        end = max(start + 1, _to(old.end, factor))
        ends[old.end] = max(end, ends.get(old.end, 0))
        latest = max(latest, end)
        made.append(_clip(old, start, end - start, factor))
    clips = _continued(track.clips, made)
    return track.model_copy(update={"clips": clips, "transitions": _transitions(track, clips, factor)})


def _clip(old: Clip, start: int, frames: int, factor: Fraction) -> Clip:
    fade_in = min(_to(old.fade_in, factor), frames)
    place = (old.source_start + old.source_part) * factor
    placed = _from(place if old.speed != 1 else Fraction(_to(place, Fraction(1))), old)  # at speed 1 whole frames stay whole frames
    return placed.model_copy(
        update={
            "start": start,
            "frames": frames,
            "media_frames": max(1, math.floor(old.media_frames * factor)) if old.media_frames else 0,
            "shot_frames": max(1, _to(old.shot_frames, factor)) if old.shot_frames else 0,
            "shot_at": _shot_at(old, start, factor),
            "short_by": _to(old.short_by, factor),
            "stretch": old.stretch * factor,
            "fade_in": fade_in,
            "fade_out": min(_to(old.fade_out, factor), frames - fade_in),
        }
    )


def _shot_at(old: Clip, start: int, factor: Fraction) -> int:
    """Which frame of the split shot the part begins with: parts that went on from each other still do."""
    if not old.shot_frames or old.frozen:
        return _to(old.shot_at, factor)
    return start - _to(old.start - old.shot_at, factor)


def _continued(before: tuple[Clip, ...], made: list[Clip]) -> tuple[Clip, ...]:
    """The clips with halves of a split going on where the half before them stops, and none reaching past its media."""
    latest: dict[tuple[str, int], int] = {}  # (asset, the frame before which its clip ended) -> that clip
    row: list[Clip] = []
    for n, (old, new) in enumerate(zip(before, made, strict=True)):
        half = latest.get((old.asset, old.start)) if old.asset else None
        if half is not None and _goes_on(before[half], old):
            new = _from(max(Fraction(0), _next_source(row[half], new)), new)
        row.append(_within(old, new))
        latest[old.asset, old.end] = n
    return tuple(row)


def _goes_on(left: Clip, right: Clip) -> bool:
    if (left.speed, left.backwards, left.frozen) != (right.speed, right.backwards, right.frozen) or left.frozen:
        return False
    return abs(right.source_start + right.source_part - _next_source(left, right)) < 1


def _next_source(left: Clip, right: Clip) -> Fraction:
    """Where in its media `right` begins if it goes on from `left`."""
    return left.source_start + left.source_part + (-right.used_frames if left.backwards else left.used_frames)


def _from(place: Fraction, clip: Clip) -> Clip:
    whole = math.floor(place)
    return clip.model_copy(update={"source_start": whole, "source_part": place - whole})


def _within(old: Clip, new: Clip) -> Clip:
    """Rounding may use a part of a frame more than there is: the end of the media is then that frame's end."""
    if not old.media_frames or old.source_start + old.source_part + old.used_frames > old.media_frames:
        return new
    needs = math.ceil(new.source_start + new.source_part + new.used_frames)
    return new.model_copy(update={"media_frames": max(new.media_frames, needs)})


def _transitions(track: Track, clips: tuple[Clip, ...], factor: Fraction) -> tuple[Transition, ...]:
    """Each as long as before, to a frame, where its clips have the room. One that has no frame left is a cut."""
    room = Counter({clip.id: clip.frames for clip in clips})
    made = []
    for old in track.transitions:
        frames = max(2, _to(old.frames, factor))
        while frames and any(room[side] < share for side, share in _shares(old, frames)):
            frames -= 1
        if frames:
            room.subtract(dict(_shares(old, frames)))
            made.append(old.model_copy(update={"frames": frames}))
    return tuple(made)


def _shares(join: Transition, frames: int) -> list[tuple[str, int]]:
    """What it takes of each of its clips."""
    if not join.left or not join.right:
        return [(join.left or join.right, frames)]
    return [(join.left, frames // 2), (join.right, frames - frames // 2)]


def _caption(old: Caption, factor: Fraction) -> Caption:
    words = tuple(
        word.model_copy(update={"start": (start := _to(word.start, factor)), "end": max(start + 1, _to(word.end, factor))})
        for word in old.words
    )
    start = _to(old.start, factor)
    return old.model_copy(update={"start": start, "end": max(start + 1, _to(old.end, factor)), "words": words})
