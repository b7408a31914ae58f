"""Beds of the open air: rain, wind, sea, harbour, river, wood, night, snow, deep water.

A bed is a function `(samples, Rng) -> stereo Samples` of RMS about 0.1; its end flows into its start, so it may be looped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from glimmer.models.rehearsal.acoustics import SAMPLE_RATE_HZ, Samples, add_at, band, panned, shaped_noise, wander
from glimmer.models.rehearsal.sound.effects_animals import bird, cow, cricket, crow, fly, gull, owl, sheep
from glimmer.models.rehearsal.sound.effects_doors import creak
from glimmer.models.rehearsal.sound.effects_small import rope
from glimmer.models.rehearsal.sound.effects_weather import bubbles, drip, thunder
from glimmer.models.rehearsal.sound.gestures import Effect, Occasion, Rng, burst, hit, levelled

__all__ = [
    "Bed", "birds", "breeze", "caverns", "crickets", "deep_water", "farmyard", "gulls", "harbour_water", "insects", "leaves", "owls",
    "rain", "rain_on_roof", "ravens", "river", "scattered", "sea", "snow_hush", "stereo_noise", "storm_thunder", "surf", "wind",
]  # fmt: skip

Bed = Callable[[int, Rng], Samples]
_NOISE_PERIOD: Final = 1 << 19


def stereo_noise(samples: int, curve: Callable[[np.ndarray], np.ndarray], rng: Rng, *, shared: float = 0.4) -> Samples:
    """Noise of one colour left and right; `shared` is how much of it both sides have in common. RMS 0.1.

    About 11 s of it go round, the sides (and the two halves of a side) seconds apart: no ear finds the seam, for a quarter of
    the time. The period divides the length to within a few samples, so the whole goes round as well.
    """
    rounds = -(-samples // _NOISE_PERIOD)
    period = -(-samples // rounds)
    noise = shaped_noise(period, curve, rng)
    own = np.float32((1 - shared**2) ** 0.5)
    right = np.float32(shared) * noise + own * np.roll(noise, period // 2 + int(rng.integers(period // 8 + 1)))
    once = np.stack([noise, right]) * np.float32(0.1)
    return np.tile(once, (1, rounds))[:, :samples] if rounds > 1 else once


def scattered(samples: int, rng: Rng, effect: Effect, *, every_seconds: float, level: float, far_hz: float = 0.0) -> Samples:
    """An effect now and then, at random places; `far_hz` takes the highs that distance takes. At most three variants take turns."""
    result = np.zeros((2, samples), dtype=np.float32)
    count = max(1, int(rng.poisson(samples / SAMPLE_RATE_HZ / every_seconds)))
    variants = [levelled(effect(Occasion(seconds=3.0), rng)) for _ in range(min(3, count))]
    if far_hz:
        variants = [levelled(band(sound, 0.0, far_hz, order=1)) for sound in variants]
    for _ in range(count):
        sound = variants[int(rng.integers(len(variants)))] * np.float32(level * rng.uniform(0.35, 1.0))
        add_at(result, panned(sound, float(rng.uniform(-0.85, 0.85))), int(rng.integers(samples)), wrap=True)
    return result


def _drops(samples: int, rng: Rng, *, per_second: float, low_hz: float, high_hz: float, level: float) -> Samples:
    """Single drops over the sheet: random clicks of random strength through a band, as a sparse train filtered once."""
    train = np.zeros((2, samples), dtype=np.float32)
    count = int(per_second * samples / SAMPLE_RATE_HZ)
    train[rng.integers(2, size=count), rng.integers(samples, size=count)] = (
        rng.gamma(0.7, 1.0, count) * rng.choice((-1, 1), count)
    ).astype(np.float32)
    return levelled(band(train, low_hz, high_hz, order=1), level)


def rain(samples: int, rng: Rng) -> Samples:
    """Rain in the open: a bright sheet that thickens and thins, and drops close by."""
    sheet = stereo_noise(samples, lambda hz: hz / (hz + 700) / (1 + (hz / 8_500) ** 2), rng)
    sheet *= wander(samples, 4.0, rng, low=0.75, high=1.1)
    return sheet + _drops(samples, rng, per_second=260, low_hz=1_800, high_hz=9_000, level=0.5)


def rain_on_roof(samples: int, rng: Rng) -> Samples:
    """Rain from indoors: a dull drumming on roof and panes."""
    drum = stereo_noise(samples, lambda hz: hz / (hz + 120) / (1 + (hz / 520) ** 2), rng)
    drum *= wander(samples, 3.0, rng, low=0.75, high=1.1)
    return drum + _drops(samples, rng, per_second=70, low_hz=250, high_hz=1_100, level=0.3)


def wind(samples: int, rng: Rng) -> Samples:
    """Wind: gusts that wander, and two whistles at edges that come with the strong ones."""
    gust = wander(samples, 3.2, rng, low=0.15, high=1.0)
    low = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 260) ** 1.8), rng, shared=0.2)
    for centre in (float(rng.uniform(420, 560)), float(rng.uniform(800, 1_050))):
        edge = _whistle(samples, centre, rng)
        low += edge * gust**3 * wander(samples, 1.5, rng, low=0.2, high=1.0) * np.float32(0.035)
    return low * (0.3 + gust)


def _whistle(samples: int, centre_hz: float, rng: Rng) -> Samples:
    return shaped_noise(samples, lambda hz: np.exp(-(((hz - centre_hz) / (centre_hz * 0.09)) ** 2)), rng)


def breeze(samples: int, rng: Rng) -> Samples:
    """Open air that hardly moves."""
    air = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 320) ** 1.4), rng, shared=0.2)
    return air * wander(samples, 5.0, rng, low=0.45, high=1.0)


def leaves(samples: int, rng: Rng) -> Samples:
    """Leaves in a light wind: the rustle comes and goes, left and right by themselves."""
    rustle = stereo_noise(samples, lambda hz: hz / (hz + 1_500) / (1 + (hz / 7_000) ** 2), rng, shared=0.1)
    return rustle * np.stack([wander(samples, 2.5, rng, low=0.1, high=1.0) ** 2 for _ in range(2)])


def snow_hush(samples: int, rng: Rng) -> Samples:
    """Snow: hardly anything; soft grains, and a dark air."""
    dark = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 180) ** 1.6), rng) * wander(samples, 6.0, rng, low=0.5, high=1.0)
    return dark + _drops(samples, rng, per_second=90, low_hz=3_000, high_hz=9_000, level=0.02)


def _swell(samples: int, rng: Rng, period_seconds: float) -> Samples:
    """Waves as gain: they rise slowly, break, and draw back; the count is whole, so the loop closes."""
    count = max(1, round(samples / SAMPLE_RATE_HZ / period_seconds))
    bends = np.linspace(0, count, samples, dtype=np.float32) + 0.18 * (wander(samples, period_seconds * 1.5, rng) - np.float32(0.5))
    turn = bends % 1.0
    wave = np.where(turn < 0.42, np.sin(0.5 * np.pi * turn / 0.42) ** 2, np.cos(0.5 * np.pi * (turn - 0.42) / 0.58) ** 1.5)
    return np.asarray(wave * wander(samples, period_seconds, rng, low=0.55, high=1.0), dtype=np.float32)


def sea(samples: int, rng: Rng) -> Samples:
    """The open sea: a deep body and long swells, crests that hiss."""
    body = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 300) ** 1.6), rng, shared=0.25)
    crest = stereo_noise(samples, lambda hz: hz / (hz + 900) / (1 + (hz / 5_000) ** 2), rng, shared=0.1)
    return np.asarray(
        body * (0.35 + 0.7 * _swell(samples, rng, 7.0)) + 0.5 * crest * _swell(samples, rng, 6.0) ** 2, dtype=np.float32
    )


def surf(samples: int, rng: Rng) -> Samples:
    """Surf on a beach: it thumps, and foam drags back over the sand after it."""
    swell = _swell(samples, rng, 6.5)
    thump = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 420) ** 1.7), rng, shared=0.25)
    foam = stereo_noise(samples, lambda hz: hz / (hz + 1_200) / (1 + (hz / 7_500) ** 2), rng, shared=0.1)
    late = np.roll(swell, round(0.9 * SAMPLE_RATE_HZ))
    return thump * (0.25 + swell**1.5) + 0.75 * foam * (0.08 + late**2)


def _lap(_: Occasion, rng: Rng) -> Samples:
    slap = burst(0.5, 180, 1_400, rng, attack=0.05, decay=0.1)
    return slap + 0.4 * np.resize(hit([float(rng.uniform(240, 520))], [0.12], rng, seconds=0.5), slap.size)


def harbour_water(samples: int, rng: Rng) -> Samples:
    """A harbour: water laps at stone and hulls, rigging clinks, a mooring line groans."""
    calm = 0.5 * sea(samples, rng)
    calm += scattered(samples, rng, _lap, every_seconds=1.1, level=0.22)
    clink: Effect = lambda o, r: hit([1_950, 3_300, 5_100], [0.4, 0.3, 0.15], r, seconds=0.6)  # noqa: E731
    calm += scattered(samples, rng, clink, every_seconds=3.5, level=0.05)
    return (
        calm
        + scattered(samples, rng, rope, every_seconds=9, level=0.1)
        + scattered(samples, rng, creak, every_seconds=14, level=0.05, far_hz=900)
    )


def river(samples: int, rng: Rng) -> Samples:
    """Running water: a steady mid rush with many small voices in it."""
    rush = stereo_noise(samples, lambda hz: hz / (hz + 350) / (1 + (hz / 2_200) ** 1.5), rng, shared=0.15)
    talk = stereo_noise(
        samples, lambda hz: np.exp(-(((hz - 650) / 220) ** 2)) + 0.6 * np.exp(-(((hz - 1_300) / 300) ** 2)), rng, shared=0.0
    )
    return rush * 0.7 + talk * 0.5 * np.stack([wander(samples, 0.16, rng) for _ in range(2)])


def deep_water(samples: int, rng: Rng) -> Samples:
    """Under water: a dark pressure that moves, and bubbles."""
    dark = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 110) ** 2.4), rng, shared=0.3) * wander(
        samples, 4.0, rng, low=0.5, high=1.0
    )
    return dark * 1.4 + scattered(samples, rng, bubbles, every_seconds=5, level=0.12, far_hz=1_800)


def caverns(samples: int, rng: Rng) -> Samples:
    """A cave: a low breath and drips with their echo."""
    air = stereo_noise(samples, lambda hz: 1 / (1 + (hz / 130) ** 2), rng) * wander(samples, 6.0, rng, low=0.5, high=1.0)
    drops = scattered(samples, rng, drip, every_seconds=2.6, level=0.2)
    for delay, level in ((0.19, 0.45), (0.37, 0.28), (0.61, 0.16)):
        drops += np.float32(level) * np.roll(drops[::-1], round(delay * SAMPLE_RATE_HZ), axis=1)
    return air * 0.6 + drops


def storm_thunder(samples: int, rng: Rng) -> Samples:
    """Thunder far off, every twelve seconds or so."""
    return scattered(samples, rng, thunder, every_seconds=12, level=0.6, far_hz=700)


def birds(samples: int, rng: Rng) -> Samples:
    """Small birds by day, near and far."""
    near = scattered(samples, rng, bird, every_seconds=2.4, level=0.16)
    return near + scattered(samples, rng, bird, every_seconds=1.6, level=0.07, far_hz=3_500)


def crickets(samples: int, rng: Rng) -> Samples:
    """A night meadow."""
    return scattered(samples, rng, cricket, every_seconds=1.0, level=0.09) + scattered(
        samples, rng, cricket, every_seconds=0.7, level=0.04
    )


def insects(samples: int, rng: Rng) -> Samples:
    """A hot day's insects, or a jungle's."""
    ring = stereo_noise(samples, lambda hz: np.exp(-(((hz - 6_200) / 700) ** 2)) + 0.5 * np.exp(-(((hz - 4_300) / 300) ** 2)), rng)
    return 0.3 * ring * wander(samples, 1.2, rng, low=0.3, high=1.0) + scattered(samples, rng, fly, every_seconds=9, level=0.06)


def owls(samples: int, rng: Rng) -> Samples:
    """An owl, now and then, across the valley."""
    return scattered(samples, rng, owl, every_seconds=13, level=0.16, far_hz=900)


def ravens(samples: int, rng: Rng) -> Samples:
    """Crows over a graveyard or a ruin."""
    return scattered(samples, rng, crow, every_seconds=9, level=0.16, far_hz=2_000)


def gulls(samples: int, rng: Rng) -> Samples:
    """Gulls over a coast."""
    return scattered(samples, rng, gull, every_seconds=6, level=0.2, far_hz=3_000)


def farmyard(samples: int, rng: Rng) -> Samples:
    """Cattle and sheep beyond the fence."""
    return scattered(samples, rng, cow, every_seconds=11, level=0.18, far_hz=1_200) + scattered(
        samples, rng, sheep, every_seconds=8, level=0.1, far_hz=2_000
    )
