"""What effects are made of: a burst of noise, a hit, a voice in a throat, grains, a phrase of several sounds.

An effect is a function `(Occasion, Rng) -> Samples`: mono, any level; `ambience.py` sets its peak, its place and its room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from glimmer.models.rehearsal.acoustics import (
    SAMPLE_RATE_HZ,
    Samples,
    band,
    damped_modes,
    faded,
    samples_in,
    seconds_axis,
)

__all__ = ["Effect", "Occasion", "Rng", "burst", "curve", "grains", "hit", "levelled", "phrase", "sine", "throat"]

Rng = np.random.Generator


@dataclass(frozen=True)
class Occasion:
    """What an effect may know: how long the moment lasts, what is underfoot, whether it is indoors, the place's kind."""

    seconds: float = 4.0
    surface: str = "wood"
    interior: bool = False
    place: str = "room"


Effect = Callable[[Occasion, Rng], Samples]


def levelled(sound: Samples, peak: float = 1.0) -> Samples:
    """The sound with its highest sample at `peak`; silence stays silence."""
    highest = float(np.max(np.abs(sound))) if sound.size else 0.0
    return np.asarray(sound * np.float32(peak / highest if highest > 0 else 0.0), dtype=np.float32)


def burst(seconds: float, low_hz: float, high_hz: float, rng: Rng, *, attack: float = 0.002, decay: float = 0.05) -> Samples:
    """Noise between two edges that rises in `attack` and falls with time constant `decay`. Peak 1."""
    time = seconds_axis(samples_in(seconds))
    noise = band(rng.standard_normal(time.size, dtype=np.float32), low_hz, high_hz)
    shape = (1 - np.exp(-time / max(attack, 1e-4))) * np.exp(-time / decay)
    return levelled(faded(noise * shape, 0.0, min(0.02, seconds / 4)))


def hit(
    frequencies_hz: Sequence[float], decays_seconds: Sequence[float], rng: Rng, *, seconds: float, spread: float = 0.03
) -> Samples:
    """A struck body: its modes, each a little off, falling in level with frequency. Peak 1."""
    count = len(frequencies_hz)
    tune = np.asarray(frequencies_hz) * rng.uniform(1 - spread, 1 + spread, count)
    amplitudes = rng.uniform(0.6, 1.0, count) / np.arange(1, count + 1) ** 0.6
    return levelled(faded(damped_modes(tune, amplitudes, decays_seconds, seconds=seconds), 0.0005, min(0.03, seconds / 4)))


def curve(seconds: float, points: Sequence[tuple[float, float]]) -> Samples:
    """A smooth line through (share of the length, value)."""
    at, values = zip(*points, strict=True)
    share = np.linspace(0.0, 1.0, samples_in(seconds))
    index = np.clip(np.searchsorted(at, share, side="right") - 1, 0, len(at) - 2)
    starts, stops = np.asarray(at)[index], np.asarray(at)[index + 1]
    blend = np.clip((share - starts) / np.maximum(stops - starts, 1e-9), 0, 1)
    blend = blend * blend * (3 - 2 * blend)
    return np.asarray((np.asarray(values)[index] * (1 - blend) + np.asarray(values)[index + 1] * blend), dtype=np.float32)


def sine(frequency_hz: ArrayLike, samples: int = 0) -> Samples:
    """A sine that follows a frequency curve (or holds one for `samples`)."""
    hz = (
        np.broadcast_to(np.asarray(frequency_hz, dtype=np.float64), (samples,)) if samples else np.asarray(frequency_hz, np.float64)
    )
    return np.sin(2 * np.pi * np.cumsum(hz) / SAMPLE_RATE_HZ).astype(np.float32)


def throat(
    pitch_hz: Samples, formants: Iterable[tuple[float, float, float]], rng: Rng, *, breath: float = 0.1, rough: float = 0.0
) -> Samples:
    """A voice: a buzz at `pitch_hz`, with breath, through resonances (Hz, width in Hz, gain). Peak 1."""
    turns = np.cumsum(pitch_hz.astype(np.float64)) / SAMPLE_RATE_HZ
    if rough:
        turns += rough * np.sin(2 * np.pi * turns * 0.5) / 4
    buzz = (1 - 2 * (turns % 1.0)).astype(np.float32) + breath * rng.standard_normal(pitch_hz.size, dtype=np.float32)
    sound = np.zeros_like(buzz)
    for centre, width, gain in formants:
        sound += np.float32(gain) * band(buzz, max(30.0, centre - width / 2), centre + width / 2, order=1)
    return levelled(sound)


def grains(
    seconds: float, per_second: float, grain: Callable[[Rng], Samples], rng: Rng, *, shape: Samples | None = None
) -> Samples:
    """Many small sounds at random moments, each at its own level; `shape` (any length) says how thick and loud along the way."""
    total = samples_in(seconds)
    result = np.zeros(total + SAMPLE_RATE_HZ, dtype=np.float32)
    kept = [grain(rng) for _ in range(8)]  # eight kinds are told apart no more than a thousand
    for at in rng.uniform(0, 1, max(1, int(rng.poisson(per_second * seconds)))):
        level = float(shape[int(at * (shape.size - 1))]) if shape is not None else 1.0
        if rng.random() > level:
            continue
        sound = kept[int(rng.integers(8))]
        start = int(at * total)
        stop = min(start + sound.size, result.size)
        result[start:stop] += sound[: stop - start] * np.float32(level * rng.uniform(0.15, 1.0) ** 2)
    return faded(result[: total + SAMPLE_RATE_HZ // 4], 0.0, 0.05)


def phrase(parts: Iterable[tuple[float, Samples, float]]) -> Samples:
    """Sounds laid one after another: (at seconds, sound, level)."""
    laid = [(samples_in(at), sound, level) for at, sound, level in parts]
    result = np.zeros(max((at + sound.size for at, sound, _ in laid), default=1), dtype=np.float32)
    for at, sound, level in laid:
        result[at : at + sound.size] += sound * np.float32(level)
    return result
