"""Splitting: one clip in two, and the names and ids of what comes of it. Nothing is seen or heard otherwise than before.

The first part keeps its id and name; what comes after it is called "2A.2", "2A.3" … and keeps what it was made of. The transition out of
the clip goes with its last part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from glimmer.assembly.changing import changed, noticed
from glimmer.assembly.pieces import Clip, Timeline, Track, Transition
from glimmer.assembly.stretching import trimmed

__all__ = ["fresh_id", "fresh_name", "halves", "leaving", "split_at", "split_track"]

Cut = TypeVar("Cut", bound=Timeline)


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


def halves(cut: Timeline, clip: Clip, at: int) -> tuple[Clip, Clip]:
    """The clip's part before film frame `at`, and the part from there on under a name of its own. `at` must lie inside."""
    before = at - clip.start
    left = trimmed(clip, 0, clip.frames - before).model_copy(update={"fade_out": 0})
    right = trimmed(clip, before, 0)
    named = {"id": fresh_id(cut, clip.id), "name": fresh_name(cut, clip.name), "fade_in": 0}
    return left, right.model_copy(update=named)


def leaving(transitions: tuple[Transition, ...], clip_id: str, last_id: str) -> tuple[Transition, ...]:
    """The transitions with those out of a clip made to go out of its last part."""
    return tuple(each.model_copy(update={"left": last_id}) if each.left == clip_id else each for each in transitions)


def split_track(cut: Timeline, track: Track, clip: Clip, at: int) -> tuple[Track, Clip]:
    """The track with the clip split before film frame `at`, and the clip's right half."""
    left, right = halves(cut, clip, at)
    row = (part for each in track.clips for part in ((left, right) if each.id == clip.id else (each,)))
    clips = tuple(sorted(row, key=lambda each: each.start))
    return track.model_copy(update={"clips": clips, "transitions": leaving(track.transitions, clip.id, right.id)}), right


def split_at(cut: Cut, track: Track, clip: Clip, at: int) -> tuple[Cut, Clip]:
    """`cut` with the clip split before film frame `at`, and the clip's right half. What can't be seen the same is said in the notices."""
    made, right = split_track(cut, track, clip, at)
    tracks = tuple(made if each.name == track.name else each for each in cut.tracks)
    return noticed(changed(cut, tracks=tracks), *_otherwise(clip, right)), right


def _otherwise(clip: Clip, right: Clip) -> tuple[str, ...]:
    """What to say of a picture whose motion is counted from its clip's first frame to its last."""
    if clip.kind in ("still", "footage") and (clip.framing.move != "hold" or any(each.move != "hold" for _, each in clip.reframed)):
        move = clip.framing.move.replace("_", " ")
        return (f"{clip.name} and {right.name} each make the whole {move}: the picture jumps between them while that is so",)
    if clip.kind == "title" and clip.style == "credits":
        return (f"{clip.name} and {right.name} each roll all their rows",)
    return ()
