"""A stretch of a film's sound, for looking at a part of a cut: the same clips in the same balance, cut at both ends.

It is not brought to the film's loudness: that is known only of the whole, and a whisper alone would be made a shout.
"""

from __future__ import annotations

from glimmer.render.keys import content_key
from glimmer.render.sound_plan import SoundPiece, SoundPlan

__all__ = ["sound_between"]


def sound_between(sound: SoundPlan, first: int, end: int) -> SoundPlan:
    """What is heard from frame `first` to before `end`, as a plan of its own with its own key."""
    tracks = tuple(
        track.model_copy(update={"pieces": tuple(_cut(piece, first, end) for piece in track.pieces if _is_in(piece, first, end))})
        for track in sound.tracks
    )
    part = sound.model_copy(update={"key": "", "frames": end - first, "tracks": tracks, "leveled": False})
    return part.model_copy(update={"key": content_key("sound part", part)})


def _is_in(piece: SoundPiece, first: int, end: int) -> bool:
    return piece.start < end and piece.start + piece.frames > first


def _cut(piece: SoundPiece, first: int, end: int) -> SoundPiece:
    head, tail = max(first - piece.start, 0), max(piece.start + piece.frames - end, 0)
    passed = tail if piece.backwards else head  # of the stretch of media, in the film's frames
    return piece.model_copy(
        update={
            "start": max(piece.start, first) - first,
            "frames": piece.frames - head - tail,
            "source_start": piece.source_start + passed * piece.speed,
            "fade_in": 0.0 if head else piece.fade_in,
            "fade_out": 0.0 if tail else piece.fade_out,
        }
    )
