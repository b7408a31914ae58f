"""Putting: a clip is lifted from where it lies and laid down elsewhere, over what is there. `TimeEdits.put` has it as a verb.

A function on a cut. It checks first and refuses with the reason, and gives a new cut that is settled: the clip keeps its id, so its own
sound and its captions find it again where it lies now (`linking`, `settling`).
"""

from __future__ import annotations

from typing import TypeVar

from glimmer.assembly.changing import noticed, with_clips, with_track
from glimmer.assembly.joins import in_time
from glimmer.assembly.pieces import Clip, Timeline, Track, Transition
from glimmer.assembly.placing import beginning, cleared
from glimmer.assembly.retiming import When
from glimmer.assembly.rippling import closed_up, is_lowest, shifted
from glimmer.assembly.settling import parted_words, settled
from glimmer.assembly.taking import with_room

__all__ = ["put"]

Cut = TypeVar("Cut", bound=Timeline)


def put(cut: Cut, name: str | int, at: When, track: str, *, ripple: bool) -> Cut:
    home, clip = cut.place(name)
    made, place = with_room(cut, home.name if track == "" else track, home.kind)
    here = beginning(made, place, at)
    stays = place.name == home.name
    if stays and here == clip.start:
        return cut
    made, fades = _lifted(made, home, clip, with_fades=not stays)
    closes = ripple and is_lowest(cut, home)
    if closes and not stays:  # closed first: a picture above it would lose what lies over the hole
        made, here = closed_up(made, clip.start, clip.end), _closed_at(clip, here)
    made = _laid(cut, made, place.name, shifted(clip, here - clip.start), fades)
    if closes and stays:
        made = closed_up(made, *_bared(clip, here))
    return settled(cut, made)


def _lifted(cut: Cut, home: Track, clip: Clip, *, with_fades: bool) -> tuple[Cut, tuple[Transition, ...]]:
    """`cut` without the clip, and the fades from and into a colour that go with it to another track."""
    gone = with_clips(home, lambda each: None if each.id == clip.id else each)
    if not with_fades:
        return with_track(cut, gone), ()
    of_clip = tuple(each for each in home.transitions if clip.id in (each.left, each.right))
    fades = tuple(each for each in of_clip if not (each.left and each.right))
    said = (parted_words(each, home) for each in of_clip if each not in fades)
    kept = tuple(each for each in home.transitions if each not in of_clip)
    return noticed(with_track(cut, gone.model_copy(update={"transitions": kept})), *said), fades


def _laid(known: Timeline, cut: Cut, track: str, clip: Clip, fades: tuple[Transition, ...]) -> Cut:
    """`cut` with the clip laid over what its track has there. What is split takes no name of the cut as it was `known`."""
    clear = cleared(known, cut.track(track), clip.start, clip.end)
    full = clear.model_copy(update={"clips": (*clear.clips, clip)})
    return with_track(cut, full.model_copy(update={"transitions": in_time(full, (*clear.transitions, *fades))}))


def _closed_at(clip: Clip, frame: int) -> int:
    """Where a frame of the film comes to lie when the time of the clip is taken out."""
    return frame if frame <= clip.start else max(clip.start, frame - clip.frames)


def _bared(clip: Clip, now: int) -> tuple[int, int]:
    """The part of its old time, from and to before, that a clip leaves bare when it begins at `now` on the same track."""
    if now > clip.start:
        return clip.start, min(now, clip.end)
    return max(clip.start, now + clip.frames), clip.end
