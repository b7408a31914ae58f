"""What a render tells: how far it is, and what it made. Plain values; the rest of the room is heavy to import."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import ConfigDict

from glimmer.vocabulary import Noun

__all__ = ["Progress", "Rendered"]

Jpeg = bytes  # `Rendered.bytes` hides the type's own name inside the class


class Progress(Noun):
    """How far a render is. `done` of `total` segments, those from the cache among them; frames are those that must be made."""

    stage: Literal["plan", "frames", "sound", "join", "done"]
    done: int = 0
    total: int = 0
    frames_done: int = 0
    frames_total: int = 0
    frames_per_second: float = 0.0
    seconds_left: float | None = None


class Rendered(Noun):
    """What was made. lufs and true_peak_db are measured on the finished sound; a silent film has -70 and -100. poster: a JPEG."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")  # a JPEG is no UTF-8

    width_px: int
    height_px: int
    rate: Fraction
    frames: int
    seconds: float
    lufs: float
    true_peak_db: float
    segments: int
    segments_made: int
    bytes: int
    poster: Jpeg
    notices: tuple[str, ...] = ()
