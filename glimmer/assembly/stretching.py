"""Stretching: one clip longer or shorter at either end, and how far its media lets it. Every frame it still shows is the one it showed.

Speed and direction are minded: backwards, the head of a clip is the end of its media. Stills, titles, black and held pictures have no
end, so they can be given any length.
"""

from __future__ import annotations

import math
from fractions import Fraction

from glimmer.assembly.pieces import Clip
from glimmer.display import count_text
from glimmer.errors import InputError

__all__ = ["begins_at", "has_time", "spare_head", "spare_tail", "stretched", "trimmed"]


def has_time(clip: Clip) -> bool:
    """Whether it runs through its media: footage and sound do, unless they are held."""
    return clip.kind in ("footage", "sound") and not clip.frozen


def begins_at(clip: Clip, media: Fraction) -> Clip:
    """The clip with its used stretch of media beginning at this place, in the cut's frames."""
    whole = math.floor(media)
    return clip.model_copy(update={"source_start": whole, "source_part": media - whole})


def trimmed(clip: Clip, head: int, tail: int) -> Clip:
    """The clip with frames taken off its head and tail; negative ones are given back. Checks nothing.

    What is left stands where it stood in the film and shows what it showed. Fades are cut to what is left. The camera of a clip that is
    part of a split one goes on as it did; a whole one makes its move over its new length.
    """
    if not head and not tail:
        return clip
    frames = clip.frames - head - tail
    fade_in = min(clip.fade_in, frames)
    made = clip.model_copy(
        update={
            "start": clip.start + head,
            "frames": frames,
            "fade_in": fade_in,
            "fade_out": min(clip.fade_out, frames - fade_in),
            "short_by": clip.short_by if tail <= 0 else 0,  # what ends before its media does lacks none of it
        }
    )
    if clip.shot_frames and not clip.frozen:
        made = made.model_copy(update={"shot_at": clip.shot_at + head})
    if not has_time(clip):
        return made
    if clip.stretch:  # what fills no frame of it stays with what is left
        made = made.model_copy(update={"stretch": clip.stretch - (head + tail) * clip.speed})
    lost = tail if clip.backwards else head
    return begins_at(made, clip.source_start + clip.source_part + lost * clip.speed)


def spare_head(clip: Clip) -> int | None:
    """How many frames can be given back to its head; None if there is no end of them."""
    return _after(clip) if clip.backwards and has_time(clip) else _before(clip)


def spare_tail(clip: Clip) -> int | None:
    """How many frames can be given back to its tail; None if there is no end of them, or nobody knows where the media ends."""
    return _before(clip) if clip.backwards and has_time(clip) else _after(clip)


def _before(clip: Clip) -> int | None:
    return math.floor((clip.source_start + clip.source_part) / clip.speed) if has_time(clip) else None


def _after(clip: Clip) -> int | None:
    if not has_time(clip) or not clip.media_frames:
        return None
    left = clip.media_frames - clip.source_start - clip.source_part
    return max(0, math.ceil(left / clip.speed) - clip.frames)  # the last frame may lie within the media's last


def stretched(clip: Clip, head: int, tail: int) -> Clip:
    """As `trimmed`, with what is impossible refused.

    Raises: InputError if nothing would be left, or the media has no more frames.
    """
    if clip.frames - head - tail < 1:
        raise InputError(
            f"{clip.name} has {count_text(clip.frames, 'frame')}; {_off(head, tail)} would leave nothing. Take off at most {clip.frames - 1}, "
            f'or remove it: cut.remove("{clip.name}").'
        )
    for asked, spare, place in ((-head, spare_head(clip), "before its start"), (-tail, spare_tail(clip), "after its end")):
        if spare is not None and asked > max(0, spare):
            raise InputError(
                f"{clip.name} has {count_text(max(0, spare), 'frame')} of media {place}; {asked} were asked. "
                + (f"Give back at most {spare}." if spare > 0 else "Nothing can be given back there.")
            )
    return trimmed(clip, head, tail)


def _off(head: int, tail: int) -> str:
    parts = [f"{frames} off its {end}" for frames, end in ((head, "head"), (tail, "tail")) if frames > 0]
    return " and ".join(parts) or "this"
