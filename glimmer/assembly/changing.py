"""Changing: a cut, or a track, with something in it replaced. Every verb ends here.

Cuts are frozen and compared by content; a change is always a copy. What the copy worked out about itself is left behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from glimmer.assembly.pieces import Clip, Timeline, Track

__all__ = ["changed", "noticed", "with_clip", "with_clips", "with_track"]

Cut = TypeVar("Cut", bound=Timeline)


def changed(cut: Cut, **update: object) -> Cut:
    """`cut` with these fields. Does not check them, and leaves `cut` as it was.

    A pydantic copy carries the whole `__dict__` along, and with it the cached length of the old cut: here it is worked out anew.
    """
    copy = cut.model_copy(update=update)
    for worked_out in copy.__dict__.keys() - type(copy).model_fields.keys():
        del copy.__dict__[worked_out]
    return copy


def with_track(cut: Cut, track: Track) -> Cut:
    """`cut` with `track` in the place of the one with its name, its clips in order of start. A name not there yet is put last."""
    clips = tuple(sorted(track.clips, key=_by_start))
    tidy = track if clips == track.clips else track.model_copy(update={"clips": clips})
    if all(each.name != track.name for each in cut.tracks):
        return changed(cut, tracks=(*cut.tracks, tidy))
    return changed(cut, tracks=tuple(tidy if each.name == track.name else each for each in cut.tracks))


def with_clip(cut: Cut, clip: Clip) -> Cut:
    """`cut` with `clip` in the place of the one with its id."""
    track = next(each for each in cut.tracks if each.clip(clip.id) is not None)
    return with_track(cut, with_clips(track, lambda old: clip if old.id == clip.id else old))


def with_clips(track: Track, each: Callable[[Clip], Clip | None]) -> Track:
    """`track` with what `each` makes of every clip; None leaves one out. Transitions stay as they are."""
    made = (each(clip) for clip in track.clips)
    return track.model_copy(update={"clips": tuple(sorted((clip for clip in made if clip is not None), key=_by_start))})


def noticed(cut: Cut, *notices: str) -> Cut:
    """`cut` with these words among its notices; what is said already is not said twice."""
    every = tuple(dict.fromkeys((*cut.notices, *notices)))
    return cut if every == cut.notices else changed(cut, notices=every)


def _by_start(clip: Clip) -> int:
    return clip.start
