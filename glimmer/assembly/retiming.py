"""Retiming: the verbs that change one clip or the cut point beside it - trim, slip, slide, roll, split, speed, reverse, freeze.

Functions on a cut; `TimeEdits` has them as verbs. Each checks first and refuses with the reason, and gives a new cut that is settled.
"""

from __future__ import annotations

import math
from fractions import Fraction
from numbers import Real
from typing import Final, TypeVar

from glimmer.assembly.changing import with_clip, with_track
from glimmer.assembly.pieces import Clip, Timeline, Track
from glimmer.assembly.rippling import closed_up, is_lowest, opened_up, shifted
from glimmer.assembly.settling import settled
from glimmer.assembly.splitting import as_part, fresh_id, fresh_name, leaving, part_of, split_at
from glimmer.assembly.stretching import begins_at, has_time, stretched, trimmed
from glimmer.display import count_text
from glimmer.errors import InputError
from glimmer.timecode import Timecode, frames_of

__all__ = [
    "Factor",
    "When",
    "frozen",
    "later_pushed",
    "retimed",
    "reversed_clip",
    "rolled",
    "signed_frames",
    "slid",
    "slipped",
    "split",
    "time_text",
    "trim",
]

Cut = TypeVar("Cut", bound=Timeline)
When = int | str | Timecode
Factor = int | float | str | Fraction
SLOWEST: Final = Fraction(1, 16)  # every frame for two thirds of a second, at 24
FASTEST: Final = Fraction(16)


def signed_frames(when: When, rate: Fraction) -> int:
    """As `frames_of`, below 0 too: -12 or "-00:00:00:12". Raises: TimecodeError."""
    if isinstance(when, str) and when.strip().startswith("-"):
        return -frames_of(when.strip()[1:], rate)
    if isinstance(when, int) and not isinstance(when, bool) and when < 0:
        return -frames_of(-when, rate)
    return frames_of(when, rate)


def time_text(cut: Timeline, frame: int) -> str:
    return Timecode(frame, cut.rate).smpte


# ── trim ────────────────────────────────────────────────────────────────────────────────────────────────────
def trim(cut: Cut, name: str | int, head: When, tail: When, *, ripple: bool) -> Cut:
    track, clip = cut.place(name)
    off_head, off_tail = signed_frames(head, cut.rate), signed_frames(tail, cut.rate)
    if not off_head and not off_tail:
        return cut
    new = stretched(clip, off_head, off_tail)
    if ripple and is_lowest(cut, track):
        if off_tail < 0:  # give before taking: the head may be longer than the clip now is
            return settled(cut, _head_rippled(_tail_rippled(cut, clip.id, off_tail), clip.id, off_head))
        return settled(cut, _tail_rippled(_head_rippled(cut, clip.id, off_head), clip.id, off_tail))
    _check_room(cut, track, clip, new)
    return settled(cut, with_clip(cut, new))


def _head_rippled(cut: Cut, clip_id: str, off: int) -> Cut:
    clip = cut.clip(clip_id)
    new = trimmed(clip, off, 0)
    if off > 0:
        return closed_up(with_clip(cut, new), clip.start, clip.start + off)
    return with_clip(opened_up(cut, clip.start, -off, "head"), shifted(new, -off)) if off else cut


def _tail_rippled(cut: Cut, clip_id: str, off: int) -> Cut:
    clip = cut.clip(clip_id)
    new = trimmed(clip, 0, off)
    if off > 0:
        return closed_up(with_clip(cut, new), clip.end - off, clip.end)
    return with_clip(opened_up(cut, clip.end, -off, "tail"), new) if off else cut


def _check_room(cut: Timeline, track: Track, old: Clip, new: Clip) -> None:
    """Raises: InputError if a clip would begin before the film, or a picture lie over its neighbour."""
    if new.start < 0:
        told = f"Give at most {count_text(old.start, 'frame')}." if old.start else "It begins with the film."
        raise InputError(f"{old.name} can't start {count_text(-new.start, 'frame')} before the film's first. {told}")
    if track.kind != "picture":
        return
    for other in track.clips:
        if other.id != old.id and other.start < new.end and other.end > new.start:
            raise InputError(
                f"{old.name} would lie over {other.name}, which lies on {track.name} from {time_text(cut, other.start)} to "
                f'{time_text(cut, other.end)}. Give fewer frames, or trim("{other.name}", …) first.'
            )


# ── slip, slide, roll ───────────────────────────────────────────────────────────────────────────────────────
def slipped(cut: Cut, name: str | int, frames: When) -> Cut:
    _, clip = cut.place(name)
    by = signed_frames(frames, cut.rate)
    if clip.kind not in ("footage", "sound"):
        raise InputError(f"{clip.name} is {_kind(clip)} and has no other part to show. Slip footage or sound.")
    first = clip.source_start + clip.source_part
    used = Fraction(1) if clip.frozen else (clip.frames - 1) * clip.speed
    spare = math.ceil(clip.media_frames - first - used) - 1 if clip.media_frames else None
    asked, has, place = (-by, math.floor(first), "before its start") if by < 0 else (by, spare, "after its end")
    if has is not None and asked > max(0, has):
        raise InputError(
            f"{clip.name} has {max(0, has)} frames of media {place}; {asked} were asked. Slip it by at most {max(0, has)}."
        )
    return settled(cut, with_clip(cut, begins_at(clip, first + by))) if by else cut


def slid(cut: Cut, name: str | int, frames: When) -> Cut:
    track, clip = cut.place(name)
    by = signed_frames(frames, cut.rate)
    if not by:
        return cut
    at = next(index for index, each in enumerate(track.clips) if each.id == clip.id)
    left = track.clips[at - 1] if at else None
    right = track.clips[at + 1] if at + 1 < len(track.clips) else None
    new = {clip.id: shifted(clip, by)}
    meets_left, meets_right = left is not None and left.end == clip.start, right is not None and right.start == clip.end
    if is_lowest(cut, track) and not (meets_left and meets_right):
        side = "before" if not meets_left else "after"
        raise InputError(
            f"{clip.name} has no neighbour {side} it to give or take frames; expected one on both sides. Move or trim it."
        )
    if left is not None and meets_left:
        new[left.id] = stretched(left, 0, -by)
    if right is not None and meets_right:
        new[right.id] = stretched(right, by, 0)
    made = track.model_copy(update={"clips": tuple(new.get(each.id, each) for each in track.clips)})
    _check_room(cut, made, clip, new[clip.id])
    return settled(cut, with_track(cut, made))


def rolled(cut: Cut, left: str | int, right: str | int, frames: When) -> Cut:
    (track, first), (other, second) = cut.place(left), cut.place(right)
    if track.name != other.name or first.end != second.start or first.id == second.id:
        raise InputError(
            f"{first.name} ({track.name}, to {time_text(cut, first.end)}) and {second.name} ({other.name}, from "
            f"{time_text(cut, second.start)}) share no cut point; expected two clips of one track that touch, the earlier one first."
        )
    by = signed_frames(frames, cut.rate)
    if not by:
        return cut
    return settled(cut, with_clip(with_clip(cut, stretched(first, 0, -by)), stretched(second, by, 0)))


# ── split ───────────────────────────────────────────────────────────────────────────────────────────────────
def split(cut: Cut, name: str | int, at: When) -> Cut:
    track, clip = cut.place(name)
    frame = frames_of(at, cut.rate)
    if not clip.start < frame < clip.end:
        where = "at its edge" if frame in (clip.start, clip.end) else "outside it"
        inside = f"expected a time from {time_text(cut, clip.start + 1)} to {time_text(cut, clip.end - 1)}"
        raise InputError(
            f"{clip.name} lies from {time_text(cut, clip.start)} to {time_text(cut, clip.end)}; {time_text(cut, frame)} is {where}. "
            + (f"There is nothing to split: {inside}." if clip.frames > 1 else "One frame can't be split.")
        )
    return settled(cut, split_at(cut, track, clip, frame)[0])


# ── speed, reverse, freeze ──────────────────────────────────────────────────────────────────────────────────
def retimed(cut: Cut, name: str | int, factor: Factor, *, ripple: bool) -> Cut:
    track, clip = cut.place(name)
    speed = _speed(factor)
    _check_runs(clip, "speed", "Trim it to another length.")
    if speed == clip.speed:
        return cut
    whole = _stretch(clip)
    frames = max(1, math.floor(whole / speed))
    off = clip.frames - frames
    shot = {name: math.floor(getattr(clip, name) * clip.speed / speed) for name in ("shot_frames", "shot_at")}
    new = _fitted(
        clip.model_copy(
            update={
                "speed": speed,
                "frames": frames,
                "stretch": whole if whole != frames * speed else Fraction(0),
                "short_by": 0,
                **shot,
            }
        )
    )
    if not (ripple and is_lowest(cut, track)):
        _check_room(cut, track, clip, new)
        return settled(cut, with_clip(cut, new))
    if off > 0:
        return settled(cut, closed_up(with_clip(cut, new), clip.end - off, clip.end))
    opened = opened_up(cut, clip.end, -off, "tail") if off else cut
    return settled(cut, with_clip(opened, new))


def _stretch(clip: Clip) -> Fraction:
    """How much of its media a clip is to fill at another speed: what it was given, and no more than there is."""
    given = clip.stretch or clip.used_frames
    if not clip.media_frames:
        return given
    there = clip.media_frames - clip.source_start - clip.source_part
    return min(given, max(there, Fraction(1)))


def _fitted(clip: Clip) -> Clip:
    """The clip with its fades no longer than it is."""
    fade_in = min(clip.fade_in, clip.frames)
    return clip.model_copy(update={"fade_in": fade_in, "fade_out": min(clip.fade_out, clip.frames - fade_in)})


def _speed(factor: object) -> Fraction:
    """The speed that a person means by 2, 0.5, "1/2", "150%" or a Fraction. Raises: InputError outside 1/16 to 16."""
    speed: Fraction | None = None
    try:
        if isinstance(factor, str):
            text = factor.strip()
            speed = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
        elif isinstance(factor, Fraction):
            speed = factor
        elif isinstance(factor, Real) and not isinstance(factor, bool):
            speed = Fraction(float(factor)).limit_denominator(1000)
    except (ValueError, ZeroDivisionError, OverflowError):
        speed = None
    if speed is None or not SLOWEST <= speed <= FASTEST:
        hint = " To run it backwards: cut.reverse(…)." if speed is not None and speed < 0 else ""
        raise InputError(
            f'{factor!r:.60} is no speed; expected a number from 1/16 to 16, such as 2 or "1/2". 1 is as it was shot.{hint}'
        )
    return speed.limit_denominator(1000)


def _check_runs(clip: Clip, what: str, instead: str) -> None:
    if not has_time(clip):
        raise InputError(f"{clip.name} is {_kind(clip)} and has no {what}; expected footage or sound. {instead}")


def _kind(clip: Clip) -> str:
    if clip.frozen:
        return "held on one frame"
    return {"still": "a still", "title": "a title", "black": "black"}.get(clip.kind, clip.kind)


def reversed_clip(cut: Cut, name: str | int) -> Cut:
    _, clip = cut.place(name)
    _check_runs(clip, "direction", "Leave it as it is.")
    return settled(cut, with_clip(cut, clip.model_copy(update={"backwards": not clip.backwards})))


def frozen(cut: Cut, name: str | int, at: When, frames: When) -> Cut:
    track, clip = cut.place(name)
    here, length = frames_of(at, cut.rate), frames_of(frames, cut.rate)
    if track.kind != "picture":
        raise InputError(f"{clip.name} is a sound and can't be held; expected a picture. Open a gap under it: cut.gap({here}, …).")
    _check_runs(clip, "frame to hold", "Give it more frames: trim(…, tail=-24).")
    if not clip.start <= here < clip.end:
        raise InputError(
            f"{time_text(cut, here)} lies outside {clip.name}; expected a time from {time_text(cut, clip.start)} to "
            f"{time_text(cut, clip.end - 1)}, where the picture to hold is."
        )
    if not length:
        raise InputError(f"{clip.name} held for 0 frames is as it is; expected frames=12, or more or fewer.")
    return settled(cut, _held(cut, track, clip, here, length))


def _held(cut: Cut, track: Track, clip: Clip, here: int, length: int) -> Cut:
    """`cut` with a held picture between the parts of the clip before and after frame `here`. The first part keeps id and name."""
    clip = as_part(clip, track.transitions)
    hold = begins_at(clip, clip.media_frame(here - clip.start)).model_copy(
        update={
            "start": here,
            "frames": length,
            "shot_at": clip.shot_at + here - clip.start if clip.shot_frames else 0,
            "frozen": True,
            "backwards": False,
            "speed": Fraction(1),
            "stretch": Fraction(0),
            "fade_in": 0,
            "fade_out": 0,
        }
    )
    if here > clip.start:
        hold = part_of(clip, hold).model_copy(update={"id": fresh_id(cut, clip.id), "name": fresh_name(cut, clip.name)})
    ids, names = (hold.id,), (hold.name,)
    rest = trimmed(clip, here - clip.start, 0)
    rest = part_of(clip, rest).model_copy(update={"id": fresh_id(cut, clip.id, ids), "name": fresh_name(cut, clip.name, names)})
    parts = [hold, rest] if here == clip.start else [trimmed(clip, 0, clip.end - here), hold, rest]
    others = [each for each in track.clips if each.id != clip.id]
    # the hold is laid in when its place is open: until then it would lie over the rest
    parted = track.model_copy(
        update={
            "clips": (*others, *(each for each in parts if each is not hold)),
            "transitions": leaving(track.transitions, clip.id, rest.id),
        }
    )
    opened = later_pushed(with_track(cut, parted), track, here, length)
    now = opened.track(track.name)
    return with_track(opened, now.model_copy(update={"clips": (*now.clips, hold)}))


def later_pushed(cut: Cut, track: Track, at: int, frames: int) -> Cut:
    """`cut` with room made at frame `at`: on every track for the lowest picture track, else on the track alone."""
    if is_lowest(cut, track):
        return opened_up(cut, at, frames)
    now = cut.track(track.name)
    clips = tuple(shifted(clip, frames) if clip.start >= at else clip for clip in now.clips)
    return with_track(cut, now.model_copy(update={"clips": clips}))
