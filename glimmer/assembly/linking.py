"""Linking: a picture's own sound follows it. After a verb that moved, trimmed, retimed or split a picture, both still play in step.

`relinked` compares the cut before with the cut after, picture by picture. A sound keeps how far it begins and ends before or after its
picture: nothing, unless a J- or L-cut or an edit of the sound alone made it so; and how far it was slipped against it. A picture that
was split takes the sound apart at the same frames. A held picture is silent; one that is gone takes its sound along. An edit that
changes no picture is one of the sound itself, and is left as it is. What the media does not have is left away.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeVar

from glimmer.assembly.changing import changed, with_clips, with_track
from glimmer.assembly.pieces import Clip, Timeline, Track
from glimmer.assembly.splitting import fresh_id, fresh_name, leaving
from glimmer.assembly.stretching import begins_at

__all__ = ["relinked"]

Cut = TypeVar("Cut", bound=Timeline)


class _Stretch(NamedTuple):
    """Where a piece of sound lies under one part of its picture: film frames [start, end), which may be none."""

    part: Clip
    start: int
    end: int


def relinked(before: Timeline, after: Cut) -> Cut:
    """`after` with every own sound in step with its picture, and no word left of what was split from what."""
    parts = _parts(after)
    made = _forgotten(after)
    was = {clip.id: clip for track in before.tracks if track.kind == "picture" for clip in track.clips}
    if [_times(clip) for clip in was.values()] == [_times(clip) for clip in _pictures(made)]:
        return made
    for track in before.tracks:
        for sound in track.clips:
            picture = was.get(sound.linked)
            if track.kind == "sound" and picture is not None:
                made = _followed(made, track.name, sound, picture, parts.get(picture.id, ()), track.clips)
    return made


def _pictures(cut: Timeline) -> Iterator[Clip]:
    return (clip for track in cut.tracks if track.kind == "picture" for clip in track.clips)


def _parts(cut: Timeline) -> Mapping[str, Sequence[Clip]]:
    """The id of a picture -> what is left of it, in order of film time."""
    found: dict[str, list[Clip]] = defaultdict(list)
    for clip in _pictures(cut):
        found[clip.linked or clip.id].append(clip)
    return {whole: sorted(clips, key=lambda clip: clip.start) for whole, clips in found.items()}


def _forgotten(cut: Cut) -> Cut:
    """`cut` with no picture that knows what it was split from."""
    if not any(clip.linked for clip in _pictures(cut)):
        return cut
    return changed(cut, tracks=tuple(map(_without_word, cut.tracks)))


def _without_word(track: Track) -> Track:
    if track.kind == "sound":
        return track
    return with_clips(track, lambda clip: clip.model_copy(update={"linked": ""}) if clip.linked else clip)


def _times(clip: Clip) -> tuple[object, ...]:
    """All that says which of its media is shown at which frame of the film."""
    return (clip.id, clip.start, *_media(clip))


def _media(clip: Clip) -> tuple[object, ...]:
    return (clip.frames, clip.source_start, clip.source_part, clip.speed, clip.backwards, clip.frozen)


# ── one sound ───────────────────────────────────────────────────────────────────────────────────────────────
def _followed(cut: Cut, track: str, sound: Clip, was: Clip, parts: Sequence[Clip], beside: Sequence[Clip]) -> Cut:
    """`cut` with a sound laid anew under what is left of its picture `was`."""
    if len(parts) == 1 and parts[0].id == was.id and _media(parts[0]) == _media(was):
        made = [sound.model_copy(update={"start": sound.start + parts[0].start - was.start})]
    else:
        ids, names = {sound.id}, {sound.name}
        made = []
        for piece in _pieces(sound, was, parts, beside):
            if made:
                piece = piece.model_copy(update={"id": fresh_id(cut, sound.id, ids), "name": fresh_name(cut, sound.name, names)})
            ids.add(piece.id)
            names.add(piece.name)
            made.append(piece)
    now = cut.track(track)
    others = tuple(clip for clip in now.clips if clip.id != sound.id)
    last = made[-1].id if made else sound.id
    return with_track(
        cut, now.model_copy(update={"clips": (*others, *made), "transitions": leaving(now.transitions, sound.id, last)})
    )


def _pieces(sound: Clip, was: Clip, parts: Sequence[Clip], beside: Sequence[Clip]) -> Iterator[Clip]:
    """The sound under each part of its picture that is not held, in order of film time."""
    slipped = _slipped(sound, was)
    stretches = [_under(sound, was, parts[0], beside)] if len(parts) == 1 else list(_across(sound, was, parts))
    heard = [
        piece
        for part, start, end in stretches
        if not part.frozen and (piece := _in_step(sound, part, start, end, slipped)) is not None
    ]
    for index, piece in enumerate(heard):
        fade_in = min(sound.fade_in, piece.frames) if index == 0 else 0
        fade_out = min(sound.fade_out, piece.frames - fade_in) if index == len(heard) - 1 else 0
        yield piece.model_copy(update={"fade_in": fade_in, "fade_out": fade_out})


def _slipped(sound: Clip, was: Clip) -> Fraction:
    """By how many media frames the sound is late against its picture: nothing, unless it was slipped alone."""
    if (sound.speed, sound.backwards) != (was.speed, was.backwards) or was.frozen:
        return Fraction(0)
    return sound.media_frame(0) - was.media_frame(sound.start - was.start)


def _under(sound: Clip, was: Clip, part: Clip, beside: Sequence[Clip]) -> _Stretch:
    """Under the one part there is: as far before or after its ends as it was. Where a sound was split alone, its pieces meet at the
    same media as before.
    """
    mates = [clip for clip in beside if clip.linked == was.id and clip.id != sound.id]
    start = part.start + sound.start - was.start
    end = part.end + sound.end - was.end
    if any(mate.start < sound.start for mate in mates) and was.start < sound.start < was.end:
        start = _same_place(sound.start, was, part)
    if any(mate.end > sound.end for mate in mates) and was.start < sound.end < was.end:
        end = _same_place(sound.end, was, part)
    return _Stretch(part, start, end)


def _same_place(frame: int, was: Clip, part: Clip) -> int:
    """The film frame at which `part` shows what `was` showed at film frame `frame`; for a slip or a turn, the same way into it."""
    into = frame - was.start
    if part.frames == was.frames or part.backwards != was.backwards or part.frozen or was.frozen:
        return part.start + into
    later = (was.media_frame(into) - part.media_frame(0)) / part.speed
    return min(part.end, max(part.start, part.start + math.floor((-later if part.backwards else later) + Fraction(1, 2))))


def _across(sound: Clip, was: Clip, parts: Sequence[Clip]) -> Iterator[_Stretch]:
    """Under each of several parts what was heard with it before; what was heard before or after the picture stays with its ends."""
    running = [part for part in parts if not part.frozen]
    for part in running:
        into = (part.media_frame(0) - was.media_frame(0)) / was.speed * (-1 if was.backwards else 1)
        first = was.start + math.floor(into)
        last = first + part.frames
        begins = min(sound.start, first) if part is running[0] and sound.start < was.start else max(sound.start, first)
        ends = max(sound.end, last) if part is running[-1] and sound.end > was.end else min(sound.end, last)
        yield _Stretch(part, part.start + begins - first, part.start + ends - first)


def _in_step(sound: Clip, part: Clip, start: int, end: int, slipped: Fraction) -> Clip | None:
    """The sound at film frames [start, end) in step with a part of its picture, as far as its media has it. None if nothing remains."""
    start = max(0, start)
    first = part.media_frame(0) - (part.frames - 1) * part.speed if part.backwards else part.media_frame(0)
    away = part.end - end if part.backwards else start - part.start
    first += slipped + away * part.speed
    if first < 0:
        lost = math.ceil(-first / part.speed)
        first += lost * part.speed
        start, end = (start, end - lost) if part.backwards else (start + lost, end)
    if sound.media_frames:
        over = max(0, end - start - math.ceil((sound.media_frames - first) / part.speed))
        start, end = (start + over, end) if part.backwards else (start, end - over)
    if end <= start:
        return None
    update = {
        "start": start,
        "frames": end - start,
        "speed": part.speed,
        "backwards": part.backwards,
        "linked": part.id,
        "stretch": Fraction(0),
    }
    return begins_at(sound.model_copy(update=update), first)
