"""Seeded chance: generators named by content, noise of any colour, and slow wandering curves. Noise and curves are circular."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from glimmer.models.rehearsal.acoustics.signal import SAMPLE_RATE_HZ, Samples

__all__ = ["generator", "shaped_noise", "wander"]

Curve = Callable[[NDArray[np.float32]], NDArray[Any]]


def generator(*parts: str | float) -> np.random.Generator:
    """A generator seeded by the content of `parts`: the same on every machine, in every process; negative numbers are welcome."""
    digest = hashlib.sha256("\x1f".join(repr(part) for part in parts).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def shaped_noise(samples: int, curve: Curve, rng: np.random.Generator) -> Samples:
    """Mono noise of RMS 1 whose amplitude spectrum is `curve(hz)`. Its end flows into its start."""
    size = scipy.fft.next_fast_len(max(samples, 16), real=True)
    bins = size // 2 + 1
    spectrum = rng.standard_normal(2 * bins, dtype=np.float32).view(np.complex64)
    hz = np.arange(bins, dtype=np.float32) * np.float32(SAMPLE_RATE_HZ / size)
    spectrum *= curve(np.maximum(hz, 1.0)).astype(np.float32)
    spectrum[0] = 0.0
    sound = scipy.fft.irfft(spectrum, size)[:samples]
    level = float(np.sqrt(np.mean(np.square(sound)))) if samples else 0.0
    return np.asarray(sound / np.float32(level or 1.0), dtype=np.float32)


def wander(samples: int, period_seconds: float, rng: np.random.Generator, *, low: float = 0.0, high: float = 1.0) -> Samples:
    """A smooth curve between `low` and `high` that turns about every `period_seconds`. Its end flows into its start."""
    points = max(2, round(samples / SAMPLE_RATE_HZ / period_seconds))
    values = rng.uniform(low, high, points)
    values = np.append(values, values[0])
    at = np.linspace(0.0, points, max(2, min(samples, points * 64)), dtype=np.float64)
    index = np.minimum(at.astype(int), points - 1)
    blend = 0.5 - 0.5 * np.cos(np.pi * (at - index))
    coarse = values[index] * (1 - blend) + values[index + 1] * blend
    return np.asarray(np.interp(np.linspace(0.0, 1.0, samples), np.linspace(0.0, 1.0, at.size), coarse), dtype=np.float32)
