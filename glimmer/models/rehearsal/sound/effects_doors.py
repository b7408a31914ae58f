"""Doors, locks, knocks, switches, furniture."""

from __future__ import annotations

import numpy as np

from glimmer.models.rehearsal.acoustics import Samples, band, faded, samples_in, wander
from glimmer.models.rehearsal.sound.gestures import Occasion, Rng, burst, curve, grains, hit, levelled, phrase, throat

__all__ = [
    "chair_scrape", "creak", "door_close", "door_open", "door_slam", "drawer", "key_in_lock", "knock", "switch_click", "window",
]  # fmt: skip


def _latch(rng: Rng) -> Samples:
    clack = hit([1_250, 2_380, 3_900], [0.05, 0.035, 0.02], rng, seconds=0.09)
    return phrase([(0.0, clack, 0.8), (0.0, burst(0.03, 1_500, 7_000, rng, decay=0.004), 0.6), (0.07, clack, 0.45)])


def creak(occasion: Occasion, rng: Rng) -> Samples:
    """Dry wood on a hinge: it sticks and slips, faster in the middle, and the panel sings along."""
    seconds = float(rng.uniform(0.9, 1.4))
    size = samples_in(seconds)
    slips = curve(seconds, [(0, 34), (0.45, float(rng.uniform(80, 120))), (1, 40)]) * wander(size, 0.12, rng, low=0.75, high=1.25)
    formants = [(480, 90, 1.0), (910, 140, 0.8), (1_640, 220, 0.6), (2_750, 400, 0.35)]
    sound = throat(slips, formants, rng, breath=0.02, rough=0.6)
    return levelled(faded(sound * curve(seconds, [(0, 0.2), (0.35, 1), (0.8, 0.6), (1, 0)]), 0.03, 0.15))


def door_open(occasion: Occasion, rng: Rng) -> Samples:
    """A latch, a short creak, the air of another room."""
    swing = burst(0.8, 90, 700, rng, attack=0.25, decay=0.3)
    return phrase([(0.0, _latch(rng), 0.9), (0.16, creak(occasion, rng), 0.4), (0.1, swing, 0.16)])


def _thud(rng: Rng) -> Samples:
    panel = hit([62, 97, 154, 238, 371], [0.3, 0.24, 0.16, 0.1, 0.06], rng, seconds=0.5)
    return phrase([(0.0, panel, 1.0), (0.0, burst(0.12, 120, 1_800, rng, attack=0.001, decay=0.022), 0.6)])


def door_close(occasion: Occasion, rng: Rng) -> Samples:
    """A thud and the latch falling in."""
    return phrase([(0.0, _thud(rng), 0.8), (0.02, _latch(rng), 0.4)])


def door_slam(occasion: Occasion, rng: Rng) -> Samples:
    """As hard as it goes; the frame rattles."""
    rattle = grains(0.35, 50, lambda r: hit([r.uniform(500, 1_900)], [0.04], r, seconds=0.06), rng)
    return phrase(
        [(0.0, _thud(rng), 1.0), (0.0, burst(0.3, 300, 5_000, rng, attack=0.0008, decay=0.03), 0.9), (0.04, levelled(rattle), 0.2)]
    )


def knock(occasion: Occasion, rng: Rng) -> Samples:
    """Knuckles on wood, three or four times."""
    count = int(rng.integers(3, 5))
    gap = float(rng.uniform(0.19, 0.26))
    blow = [hit([178, 297, 520, 905], [0.11, 0.09, 0.06, 0.04], rng, seconds=0.22) for _ in range(count)]
    return phrase((index * gap, sound, 0.75 + 0.25 * (index == count - 1)) for index, sound in enumerate(blow))


def key_in_lock(occasion: Occasion, rng: Rng) -> Samples:
    """Keys: they jingle, go in, turn."""
    jingle = grains(0.5, 30, lambda r: hit([r.uniform(3_200, 7_500), r.uniform(5_000, 9_500)], [0.16, 0.1], r, seconds=0.2), rng)
    return phrase([(0.0, levelled(jingle), 0.5), (0.55, _latch(rng), 0.6), (0.85, _latch(rng), 0.9)])


def switch_click(occasion: Occasion, rng: Rng) -> Samples:
    """A switch: down, and the spring."""
    click = burst(0.03, 1_400, 8_000, rng, attack=0.0004, decay=0.003)
    body = hit([720, 1_900], [0.03, 0.02], rng, seconds=0.05)
    return phrase([(0.0, click, 1.0), (0.0, body, 0.6), (0.035, click, 0.35)])


def window(occasion: Occasion, rng: Rng) -> Samples:
    """A sash goes up or down and stops."""
    slide = burst(0.5, 250, 2_600, rng, attack=0.1, decay=0.3)
    return phrase([(0.0, slide, 0.4), (0.48, _thud(rng), 0.6), (0.5, hit([2_100, 3_300], [0.1, 0.08], rng, seconds=0.15), 0.2)])


def drawer(occasion: Occasion, rng: Rng) -> Samples:
    """Wood slides on wood, and what lies inside shifts."""
    slide = band(burst(0.45, 150, 1_500, rng, attack=0.12, decay=0.25), 0, 1_500)
    return phrase([(0.0, slide, 0.7), (0.42, hit([130, 260, 480], [0.1, 0.08, 0.05], rng, seconds=0.2), 0.9)])


def chair_scrape(occasion: Occasion, rng: Rng) -> Samples:
    """Chair legs over a floor: they stutter."""
    seconds = float(rng.uniform(0.4, 0.6))
    slips = curve(seconds, [(0, 90), (0.5, 140), (1, 70)]) * wander(samples_in(seconds), 0.05, rng, low=0.8, high=1.2)
    legs = throat(slips, [(240, 120, 1.0), (620, 200, 0.7), (1_300, 400, 0.35)], rng, breath=0.5, rough=0.8)
    return levelled(faded(legs * np.float32(0.9), 0.04, 0.1))
