"""Splitting: one clip in two, and the names and ids of what comes of it. Nothing is seen or heard otherwise than before.

The first part keeps its id and name; what comes after it is called "2A.2", "2A.3" … and keeps what it was made of. The transition out of
the clip goes with its last part. Each part knows which part of the whole it is, so that the camera goes on over the cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, TypeVar

from glimmer.assembly.changing import changed
from glimmer.assembly.pieces import Clip, Timeline, Track, Transition
from glimmer.assembly.stretching import trimmed

__all__ = ["as_part", "fresh_id", "fresh_name", "leaving", "part_of", "split_at", "split_track"]

Cut = TypeVar("Cut", bound=Timeline)
_BORROWING: Final = ("dissolve", "wipe", "push")  # a clip is seen past its end there


def fresh_id(cut: Timeline, wanted: str, also: Iterable[str] = ()) -> str:
    """`wanted`, or the first of "wanted.2", "wanted.3" … that no clip of the cut has as its id."""
    taken = {clip.id for clip in cut.clips} | set(also)
    return wanted if wanted not in taken else f"{wanted}.{_free(wanted, taken)}"


def fresh_name(cut: Timeline, wanted: str, also: Iterable[str] = ()) -> str:
    """`wanted`, or the first of "wanted.2", "wanted.3" … by which no clip of the cut is called. "2A.2" goes on as "2A.3" beside a 2A."""
    taken = (
        {clip.name.casefold() for clip in cut.clips}
        | {clip.id.casefold() for clip in cut.clips}
        | {each.casefold() for each in also}
    )
    if wanted.casefold() not in taken:
        return wanted
    stem = re.sub(r"\.\d+$", "", wanted)
    stem = stem if stem.casefold() in taken else wanted
    return f"{stem}.{_free(stem.casefold(), taken)}"


def _free(stem: str, taken: set[str]) -> int:
    return next(number for number in range(2, len(taken) + 3) if f"{stem}.{number}" not in taken)


def as_part(clip: Clip, transitions: Iterable[Transition]) -> Clip:
    """The clip, knowing how long its shot is seen, with what the track's transitions show of it, and where in that it begins.

    One that knows already, and one in which nothing runs from its first frame to its last, stays as it is.
    """
    moves = clip.framing.move != "hold" or any(framing.move != "hold" for _, framing in clip.reframed)
    if clip.shot_frames or clip.kind in ("sound", "black") or not (moves or clip.kind == "title"):
        return clip
    borrowing = [each for each in transitions if each.kind in _BORROWING]
    lead = sum(each.frames // 2 for each in borrowing if each.right == clip.id)
    tail = sum(each.frames - each.frames // 2 for each in borrowing if each.left == clip.id)
    return clip.model_copy(update={"shot_frames": lead + clip.frames + tail, "shot_at": lead})


def _halves(cut: Timeline, clip: Clip, at: int) -> tuple[Clip, Clip]:
    """The clip's part before film frame `at`, and the part from there on under a name of its own. `at` must lie inside."""
    before = at - clip.start
    left = trimmed(clip, 0, clip.frames - before).model_copy(update={"fade_out": 0})
    right = trimmed(clip.model_copy(update={"fade_in": 0}), before, 0)  # or it would take the fade at the other end its room
    if clip.backwards:  # what fills no frame of it lies at the end of its media
        right = right.model_copy(update={"stretch": Fraction(0)})
    else:
        left = left.model_copy(update={"stretch": Fraction(0)})
    return left, part_of(clip, right).model_copy(update={"id": fresh_id(cut, clip.id), "name": fresh_name(cut, clip.name)})


def part_of(whole: Clip, part: Clip) -> Clip:
    """The part, with word of the picture it was split from: `linking` reads that off, gives the part its own sound, and takes the word away."""
    return part if whole.kind == "sound" else part.model_copy(update={"linked": whole.linked or whole.id})


def leaving(transitions: tuple[Transition, ...], clip_id: str, last_id: str) -> tuple[Transition, ...]:
    """The transitions with those out of a clip made to go out of its last part."""
    return tuple(each.model_copy(update={"left": last_id}) if each.left == clip_id else each for each in transitions)


def split_track(cut: Timeline, track: Track, clip: Clip, at: int) -> tuple[Track, Clip]:
    """The track with the clip split before film frame `at`, and the clip's right half."""
    left, right = _halves(cut, as_part(clip, track.transitions), at)
    row = (part for each in track.clips for part in ((left, right) if each.id == clip.id else (each,)))
    clips = tuple(sorted(row, key=lambda each: each.start))
    return track.model_copy(update={"clips": clips, "transitions": leaving(track.transitions, clip.id, right.id)}), right


def split_at(cut: Cut, track: Track, clip: Clip, at: int) -> tuple[Cut, Clip]:
    """`cut` with the clip split before film frame `at`, and the clip's right half."""
    made, right = split_track(cut, track, clip, at)
    tracks = tuple(made if each.name == track.name else each for each in cut.tracks)
    return changed(cut, tracks=tracks), right
