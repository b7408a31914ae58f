"""Settling: what holds of a cut after every verb that moves clips. Captions stand where their line is said, and no transition hangs loose.

A verb changes clips and nothing else; `settled` compares the cut before with the cut after and mends the rest:

- A caption travels with the sound of its line: a word stays on the frame on which it is said, however the clip was moved, trimmed,
  slipped or retimed. If nothing is left of the line, its caption goes with it.
- A transition between clips that don't touch any more is left out; one that its clips are too short for is shortened.
- The own sound of a picture follows it, so that both show and play the same of their media (`linking`).
- Its `notices` are true of it: what was left out or shortened, what sounds together, and where media ends too early (`notices`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from glimmer import limits
from glimmer.assembly.changing import changed, noticed
from glimmer.assembly.joins import join_name
from glimmer.assembly.linking import relinked
from glimmer.assembly.notices import renoticed
from glimmer.assembly.pieces import Caption, CaptionWord, Clip, Timeline, Track, Transition
from glimmer.errors import LimitError

__all__ = ["line_clip", "lines_of", "parted_words", "settled", "shifted_caption"]

Cut = TypeVar("Cut", bound=Timeline)
Lines = Mapping[str, tuple[Clip, ...]]  # a line's id -> the clips in which it is said
_SHORTEST_TRANSITION = 2  # one frame from each side


def settled(before: Timeline, after: Cut) -> Cut:
    """`after` with its captions and transitions mended, and what came of the edit said in its notices.

    Raises: LimitError if the film is longer than MAX_FILM_SECONDS; then nothing was changed.
    """
    if after.frames > limits.MAX_FILM_SECONDS * after.rate:
        raise LimitError(
            f"the film would last {after.seconds:,.0f} s; at most {limits.MAX_FILM_SECONDS:,} s are cut (MAX_FILM_SECONDS). "
            "Give fewer frames.",
            limit="MAX_FILM_SECONDS",
        )
    after = relinked(before, after)
    said: list[str] = []
    old = {track.name: track for track in before.tracks}
    tracks = tuple(_tidied(old.get(track.name), track, said) for track in after.tracks)
    captions = _followed(before, after) if before.captions and lines_of(before) != lines_of(after) else after.captions
    made = changed(after, tracks=tracks, captions=captions)
    return renoticed(before, noticed(made, *said))


# ── captions ────────────────────────────────────────────────────────────────────────────────────────────────
def lines_of(cut: Timeline) -> Lines:
    """Where every line is said: its id -> the sound clips made of it, in order of start."""
    found: dict[str, list[Clip]] = defaultdict(list)
    for track in cut.tracks:
        if track.kind == "sound":
            for clip in track.clips:
                if clip.made_of:
                    found[_line(clip.made_of)].append(clip)
    return {line: tuple(clips) for line, clips in found.items()}


def line_clip(lines: Lines, caption: Caption) -> Clip | None:
    """The clip in which a caption's words are said: the one under its start, else the nearest. None if there is none."""
    clips = lines.get(_line(caption.line_id), ()) if caption.line_id else ()
    return min(clips, key=lambda clip: max(clip.start - caption.start, caption.start - clip.end + 1, 0), default=None)


def _line(made_of: str) -> str:
    """A line's id, however it is written: "l12" or "line l12"."""
    return made_of.removeprefix("line ").strip()


def _followed(before: Timeline, after: Timeline) -> tuple[Caption, ...]:
    was, now = lines_of(before), lines_of(after)
    by_id = {clip.id: clip for clips in now.values() for clip in clips}
    kept = []
    for caption in after.captions:
        clip = line_clip(was, caption)
        if clip is None:
            kept.append(caption)
        elif clip.id in by_id:
            kept.append(_moved(caption, clip, by_id[clip.id]))
        elif line_clip(now, caption) is not None:
            kept.append(caption)
    return tuple(kept)


def _moved(caption: Caption, old: Clip, new: Clip) -> Caption:
    """The caption where its words are heard now, that were heard in `old` and are heard in `new`."""
    if old.backwards or new.backwards:
        return shifted_caption(caption, new.start - old.start)
    scale = old.speed / new.speed
    earlier = old.source_start - new.source_start + old.source_part - new.source_part  # by which `new` begins in its media
    begun = earlier / new.speed
    if scale == 1:
        by = new.start - old.start + math.floor(begun + Fraction(1, 2))
        return caption if not by else _laid(caption, lambda frame: max(0, frame + by))
    return _laid(caption, lambda frame: max(0, math.floor(new.start + (frame - old.start) * scale + begun + Fraction(1, 2))))


def shifted_caption(caption: Caption, frames: int) -> Caption:
    """The caption so many frames later, its words with it."""
    return _laid(caption, lambda frame: frame + frames) if frames else caption


def _laid(caption: Caption, to: Callable[[int], int]) -> Caption:
    # words are built anew, not copied: a long film has 20,000 of them, and a copy takes seven times as long
    words = tuple(
        [CaptionWord(word=each.word, start=(at := to(each.start)), end=max(at + 1, to(each.end))) for each in caption.words]
    )
    start = to(caption.start)
    return caption.model_copy(update={"start": start, "end": max(start + 1, to(caption.end)), "words": words})


# ── transitions ─────────────────────────────────────────────────────────────────────────────────────────────
def _tidied(old: Track | None, track: Track, said: list[str]) -> Track:
    """`track` without the transitions that came loose, and with those shortened that no longer fit."""
    if old == track or not track.transitions:
        return track
    was = {clip.id: clip for clip in old.clips} if old is not None else {}
    now = {clip.id: clip for clip in track.clips}
    kept = []
    for transition in track.transitions:
        fitting = _fitting(transition, track, was, now)
        if fitting is not transition:
            said.append(_told(transition, fitting, track, was, now))
        if fitting is not None:
            kept.append(fitting)
    return track.model_copy(update={"transitions": tuple(kept)})


def _fitting(transition: Transition, track: Track, was: Mapping[str, Clip], now: Mapping[str, Clip]) -> Transition | None:
    """The transition as long as its clips now allow; None if it can't be any more."""
    sides = [each for each in (transition.left, transition.right) if each]
    if any(each not in now for each in sides):
        return None
    if transition.left and transition.right and not _touch(now[transition.left], now[transition.right], track):
        return None
    if all(each in was and was[each].frames == now[each].frames for each in sides):
        return transition
    frames = min(transition.frames, *(_most(now[each], transition, track) for each in sides))
    if frames == transition.frames:
        return transition
    return transition.model_copy(update={"frames": frames}) if frames >= _SHORTEST_TRANSITION else None


def _touch(left: Clip, right: Clip, track: Track) -> bool:
    if track.kind == "picture":
        return left.end == right.start
    return left.start <= right.start <= left.end


def _most(clip: Clip, transition: Transition, track: Track) -> int:
    """How long a transition may be for one of its clips: its part and the other transition's lie in the clip side by side.

    Where both don't fit, each may have its half.
    """
    leaves = transition.left == clip.id
    others = (each for each in track.transitions if each is not transition and clip.id == (each.right if leaves else each.left))
    other = max((_part(each, leaves=not leaves) for each in others), default=0)
    half = clip.frames // 2 if leaves else clip.frames - clip.frames // 2
    room = max(half, clip.frames - other)
    if not (transition.left and transition.right):
        return room
    return 2 * room + 1 if leaves else 2 * room


def _part(transition: Transition, *, leaves: bool) -> int:
    """How many frames of its left (`leaves`) or its right clip a transition takes."""
    if not (transition.left and transition.right):
        return transition.frames
    return transition.frames // 2 if leaves else transition.frames - transition.frames // 2


def _told(
    transition: Transition, fitting: Transition | None, track: Track, was: Mapping[str, Clip], now: Mapping[str, Clip]
) -> str:
    sides = [each for each in (transition.left, transition.right) if each]
    names = [found.name if (found := now.get(each) or was.get(each)) else each for each in sides]
    kind = transition.kind.replace("_", " ")
    place = f"the {kind} from {names[0]} to {names[1]}" if len(sides) == 2 else f"the {kind} of {names[0]}"
    if fitting is not None:
        return f"{place} is {fitting.frames} frames, was {transition.frames}: there is no room for more"
    if gone := [name for each, name in zip(sides, names, strict=True) if each not in now]:
        return f"{place} went with {' and '.join(gone)}"
    if len(sides) == 2 and not _touch(now[sides[0]], now[sides[1]], track):
        return _apart(place)
    return f"{place} was left out: there is no room for it any more"


def parted_words(transition: Transition, track: Track) -> str:
    """What is said of a transition that is left out because one of its clips goes to another track."""
    return _apart(join_name(track, transition))


def _apart(place: str) -> str:
    return f"{place} was left out: they no longer touch"
