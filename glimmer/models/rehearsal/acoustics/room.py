"""A room: early reflections and a tail of noise whose highs die first, laid on sound block by block."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy

from glimmer.models.rehearsal.acoustics.noise import generator
from glimmer.models.rehearsal.acoustics.signal import SAMPLE_RATE_HZ, Samples, samples_in, seconds_axis

__all__ = ["Room", "RoomShape"]

_BANDS_HZ = (250.0, 1_000.0, 3_500.0, 9_000.0, 24_000.0)
_BAND_DECAY = (1.1, 1.0, 0.8, 0.5, 0.28)  # air and curtains take the highs first


@dataclass(frozen=True)
class RoomShape:
    """`decay_seconds` to -60 dB; `size_seconds` is the span of the first reflections; `darkness` 0..1 takes highs away."""

    decay_seconds: float = 1.8
    size_seconds: float = 0.05
    darkness: float = 0.3
    seed: int = 0

    def response(self) -> Samples:
        """Its impulse response, stereo, left and right independent, unit energy. Kept: never write into it."""
        return _response(self)


class Room:
    """A room that remembers what still rings: give it blocks one after another. Not for several threads."""

    def __init__(self, shape: RoomShape) -> None:
        self._response = shape.response()
        self._ringing = np.zeros((2, 0), dtype=np.float32)

    def heard(self, block: Samples) -> Samples:
        """What the room answers to this stereo block (the reflections only), the same length."""
        length, tail = block.shape[1], self._response.shape[1]
        size = scipy.fft.next_fast_len(length + tail - 1, real=True)
        source = np.stack([0.82 * block[0] + 0.28 * block[1], 0.28 * block[0] + 0.82 * block[1]]).astype(np.float32)
        wet = scipy.fft.irfft(scipy.fft.rfft(source, size) * scipy.fft.rfft(self._response, size), size)[:, : length + tail - 1]
        wet = np.asarray(wet, dtype=np.float32)
        kept = min(self._ringing.shape[1], wet.shape[1])
        wet[:, :kept] += self._ringing[:, :kept]
        self._ringing = wet[:, length:].copy()
        return wet[:, :length]


@lru_cache(maxsize=32)
def _response(shape: RoomShape) -> Samples:
    rng = generator("room", shape.seed, shape.decay_seconds, shape.size_seconds)
    length = samples_in(shape.decay_seconds * 1.1 + shape.size_seconds)
    time = seconds_axis(length)
    tail = np.zeros((2, length), dtype=np.float32)
    spectrum = scipy.fft.rfft(rng.standard_normal((2, length), dtype=np.float32))
    hz = scipy.fft.rfftfreq(length, 1 / SAMPLE_RATE_HZ)
    low = 60.0
    for index, (high, factor) in enumerate(zip(_BANDS_HZ, _BAND_DECAY, strict=True)):
        share = scipy.fft.irfft(np.where((hz >= low) & (hz < high), spectrum, 0.0), length)
        decay = shape.decay_seconds * factor * (1.0 - shape.darkness * 0.5 * (index > 2))
        tail += (share * np.exp(-6.91 * time / decay) * (1.0 - shape.darkness) ** max(0, index - 1)).astype(np.float32)
        low = high
    tail *= np.minimum(1.0, time / max(shape.size_seconds, 0.004))
    for channel in range(2):
        at = np.sort(rng.uniform(0.004, shape.size_seconds + 0.012, 9))
        level = 0.9 * np.exp(-at / max(shape.size_seconds, 0.004)) * rng.choice((-1.0, 1.0), 9)
        tail[channel, (at * SAMPLE_RATE_HZ).astype(int)] += (level * 3.0).astype(np.float32)
    return tail / np.float32(np.sqrt(np.mean(np.sum(np.square(tail), axis=1))))
