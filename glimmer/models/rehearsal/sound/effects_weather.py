"""Sky, water, wind and fire as single events."""

from __future__ import annotations

import numpy as np

from glimmer.models.rehearsal.acoustics import Samples, band, faded, samples_in, seconds_axis, shaped_noise, wander
from glimmer.models.rehearsal.sound.gestures import Occasion, Rng, burst, curve, grains, hit, levelled, phrase, sine

__all__ = ["bubbles", "drip", "explosion", "fire", "pour", "rain_start", "splash", "thunder", "wave_crash", "whoosh", "wind_gust"]


def thunder(occasion: Occasion, rng: Rng) -> Samples:
    """A crack in several strokes, each softened at its edge, and a roll that wanders away for some seconds."""
    seconds = float(rng.uniform(4.5, 6.5))
    size = samples_in(seconds)
    roll = shaped_noise(size, lambda hz: 1 / (1 + (hz / 75) ** 2) * hz / (hz + 28), rng)
    roll *= wander(size, 0.35, rng, low=0.15, high=1.0) * curve(seconds, [(0, 0.2), (0.12, 1), (0.4, 0.6), (1, 0)])
    strokes = [
        (float(at), burst(1.2, 60, float(rng.uniform(1_200, 3_800)), rng, attack=0.012, decay=0.16), float(rng.uniform(0.2, 0.6)))
        for at in np.sort(rng.uniform(0.0, 0.6, 4))
    ]
    return phrase([(0.0, levelled(roll), 1.0), (0.0, burst(0.9, 80, 4_200, rng, attack=0.006, decay=0.1), 0.5), *strokes])


def rain_start(occasion: Occasion, rng: Rng) -> Samples:
    """First single drops, then more, then rain."""
    seconds = min(12.0, max(2.0, occasion.seconds))
    rise = curve(seconds, [(0, 0.05), (0.5, 0.4), (0.85, 1), (1, 0.8)])
    drops = grains(seconds, 160, lambda r: burst(0.012, 1_500, 9_000, r, attack=0.0005, decay=0.003), rng, shape=rise)
    sheet = shaped_noise(samples_in(seconds), lambda hz: hz / (hz + 900) / (1 + (hz / 7_000) ** 2), rng) * rise**2
    return faded(phrase([(0.0, levelled(drops), 0.8), (0.0, levelled(sheet), 0.45)]), 0.02, 0.6)


def wind_gust(occasion: Occasion, rng: Rng) -> Samples:
    """A gust that comes, whistles a little at an edge, and goes."""
    seconds = float(np.clip(occasion.seconds, 2.0, 4.0))
    swell = curve(seconds, [(0, 0), (0.4, 1), (0.6, 0.8), (1, 0)])
    low = shaped_noise(samples_in(seconds), lambda hz: 1 / (1 + (hz / 350) ** 2), rng)
    edge = shaped_noise(samples_in(seconds), lambda hz: np.exp(-(((hz - 720) / 130) ** 2)), rng) * swell
    return levelled((low * 0.7 + edge * 0.4) * swell)


def whoosh(occasion: Occasion, rng: Rng) -> Samples:
    """Something passes fast: noise whose colour rises and falls with it."""
    seconds = float(rng.uniform(0.6, 0.9))
    swell = curve(seconds, [(0, 0), (0.45, 1), (1, 0)])
    noise = rng.standard_normal(samples_in(seconds), dtype=np.float32)
    dark, bright = band(noise, 150, 700), band(noise, 700, 4_500)
    return levelled((dark * (1 - 0.6 * swell) + bright * swell**2) * swell**1.5)


def splash(occasion: Occasion, rng: Rng) -> Samples:
    """A body into water: the slap, the crown, the drops that fall back."""
    drops = grains(0.9, 60, lambda r: hit([r.uniform(600, 2_600)], [0.05], r, seconds=0.08), rng)
    crown = burst(1.0, 400, 6_000, rng, attack=0.03, decay=0.2)
    return phrase(
        [(0.0, burst(0.3, 70, 600, rng, attack=0.003, decay=0.06), 0.9), (0.02, crown, 0.7), (0.25, levelled(drops), 0.3)]
    )


def wave_crash(occasion: Occasion, rng: Rng) -> Samples:
    """One big wave breaks and drags back over the shore."""
    seconds = 4.0
    noise = rng.standard_normal(samples_in(seconds), dtype=np.float32)
    crash = band(noise, 60, 1_800) * curve(seconds, [(0, 0), (0.18, 1), (0.4, 0.45), (1, 0)])
    foam = band(noise, 1_800, 9_000) * curve(seconds, [(0, 0), (0.25, 0.5), (0.55, 0.9), (1, 0)])
    return levelled(crash + 0.5 * foam)


def _drop(rng: Rng) -> Samples:
    start = float(rng.uniform(900, 1_700))
    seconds = 0.09
    rise = curve(seconds, [(0, start), (1, start * 1.6)])
    return levelled(sine(rise) * np.exp(-seconds_axis(rise.size) / 0.018))


def drip(occasion: Occasion, rng: Rng) -> Samples:
    """A few drops into standing water: each a bubble whose pitch rises."""
    gaps = np.cumsum(rng.uniform(0.5, 1.1, 4)) - 0.5
    return phrase((float(at), _drop(rng), float(rng.uniform(0.6, 1))) for at in gaps if at < max(0.6, occasion.seconds))


def bubbles(occasion: Occasion, rng: Rng) -> Samples:
    """Air comes up through water."""
    return levelled(grains(min(2.5, max(1.0, occasion.seconds)), 22, _drop, rng))


def pour(occasion: Occasion, rng: Rng) -> Samples:
    """Something is poured: bubbles, the cup's tone rising as it fills."""
    seconds = float(np.clip(occasion.seconds * 0.6, 1.2, 2.6))
    stream = burst(seconds, 700, 5_000, rng, attack=0.08, decay=seconds)
    return phrase([(0.0, levelled(grains(seconds, 70, _drop, rng)), 0.8), (0.0, faded(stream, 0.1, 0.2), 0.3)])


def fire(occasion: Occasion, rng: Rng) -> Samples:
    """Flames: a low flutter, crackles, now and then a spit."""
    seconds = min(20.0, max(2.0, occasion.seconds))
    size = samples_in(seconds)
    flutter = band(rng.standard_normal(size, dtype=np.float32), 50, 420) * wander(size, 0.09, rng, low=0.4, high=1.0)
    crackle = grains(seconds, 16, lambda r: burst(0.014, 1_200, 9_500, r, attack=0.0003, decay=r.uniform(0.001, 0.004)), rng)
    return faded(phrase([(0.0, levelled(flutter), 0.3), (0.0, levelled(crackle), 1.0)])[:size], 0.2, 0.5)


def explosion(occasion: Occasion, rng: Rng) -> Samples:
    """A blast: the front, the pressure, the debris."""
    boom = burst(3.0, 25, 160, rng, attack=0.004, decay=0.6)
    debris = grains(2.2, 45, lambda r: burst(0.05, 400, 4_000, r, decay=0.01), rng, shape=curve(1.0, [(0, 0.2), (0.3, 1), (1, 0)]))
    return phrase(
        [(0.0, burst(1.0, 60, 5_000, rng, attack=0.0008, decay=0.12), 0.9), (0.0, boom, 1.0), (0.3, levelled(debris), 0.25)]
    )
