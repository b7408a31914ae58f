"""Feet: one step on each surface, and how people walk, run and climb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.acoustics import Samples, band
from glimmer.models.rehearsal.sound.gestures import Occasion, Rng, burst, grains, hit, levelled, phrase

__all__ = ["climbing", "footsteps", "running"]


def _wood(rng: Rng) -> Samples:
    board = hit([88, 141, 233, 410], [0.13, 0.1, 0.07, 0.04], rng, seconds=0.25, spread=0.08)
    return phrase([(0.0, board, 1.0), (0.0, burst(0.03, 700, 3_500, rng, decay=0.006), 0.35)])


def _stone(rng: Rng) -> Samples:
    heel = burst(0.06, 900, 6_500, rng, attack=0.0008, decay=0.009)
    return phrase([(0.0, heel, 0.8), (0.0, hit([170, 420], [0.05, 0.03], rng, seconds=0.12), 0.6), (0.055, heel, 0.25)])


def _grainy(rng: Rng, low_hz: float, high_hz: float, per_second: float, seconds: float) -> Samples:
    pebbles = grains(seconds, per_second, lambda r: burst(0.02, low_hz, high_hz, r, attack=0.0006, decay=0.005), rng)
    press = burst(seconds, 60, 240, rng, attack=0.01, decay=0.05)
    return phrase([(0.0, levelled(pebbles), 0.9), (0.0, press, 0.45)])


def _gravel(rng: Rng) -> Samples:
    return _grainy(rng, 1_200, 8_000, 320, 0.2)


def _sand(rng: Rng) -> Samples:
    return phrase(
        [(0.0, burst(0.26, 300, 3_200, rng, attack=0.03, decay=0.07), 0.8), (0.0, burst(0.15, 50, 160, rng, decay=0.04), 0.6)]
    )


def _snow(rng: Rng) -> Samples:
    crunch = _grainy(rng, 600, 3_800, 700, 0.24)
    return phrase([(0.0, crunch, 0.8), (0.03, burst(0.2, 250, 900, rng, attack=0.03, decay=0.06), 0.6)])


def _water(rng: Rng) -> Samples:
    splash = burst(0.4, 500, 5_000, rng, attack=0.015, decay=0.09)
    drops = grains(0.45, 45, lambda r: hit([r.uniform(700, 2_200)], [0.05], r, seconds=0.07), rng)
    return phrase([(0.0, splash, 0.8), (0.05, levelled(drops), 0.4)])


def _grass(rng: Rng) -> Samples:
    return phrase(
        [(0.0, burst(0.2, 1_500, 7_000, rng, attack=0.03, decay=0.05), 0.5), (0.01, burst(0.15, 50, 180, rng, decay=0.04), 0.8)]
    )


def _carpet(rng: Rng) -> Samples:
    return band(burst(0.16, 45, 500, rng, attack=0.006, decay=0.035), 0, 700)


def _metal(rng: Rng) -> Samples:
    plate = hit([190, 447, 812, 1_370, 2_210], [0.35, 0.3, 0.22, 0.16, 0.1], rng, seconds=0.45)
    return phrase([(0.0, plate, 0.7), (0.0, burst(0.04, 900, 5_000, rng, decay=0.008), 0.6)])


_SURFACES: Final[dict[str, Callable[[Rng], Samples]]] = {
    "wood": _wood, "stone": _stone, "gravel": _gravel, "sand": _sand, "snow": _snow, "water": _water, "grass": _grass,
    "carpet": _carpet, "metal": _metal,
}  # fmt: skip


def _walk(occasion: Occasion, rng: Rng, *, pace_seconds: float, force: float, most: int) -> Samples:
    """Left and right alternate in weight; no two steps are alike; they end before the moment does."""
    step = _SURFACES.get(occasion.surface, _wood)
    count = max(2, min(most, int((occasion.seconds - 0.4) / pace_seconds)))
    parts, at = [], 0.0
    for index in range(count):
        level = force * (1.0 if index % 2 == 0 else 0.84) * float(rng.uniform(0.8, 1.05))
        parts.append((at, levelled(step(rng)), level))
        at += pace_seconds * float(rng.uniform(0.94, 1.06))
    return phrase(parts)


def footsteps(occasion: Occasion, rng: Rng) -> Samples:
    """Somebody walks, about 1.8 steps a second, at most nine."""
    return _walk(occasion, rng, pace_seconds=float(rng.uniform(0.52, 0.6)), force=0.9, most=9)


def running(occasion: Occasion, rng: Rng) -> Samples:
    """Somebody runs, three steps a second."""
    return _walk(occasion, rng, pace_seconds=float(rng.uniform(0.3, 0.34)), force=1.0, most=14)


def climbing(occasion: Occasion, rng: Rng) -> Samples:
    """Somebody climbs stairs: slower, heavier, and a board that creaks."""
    steps = _walk(occasion, rng, pace_seconds=float(rng.uniform(0.6, 0.68)), force=1.0, most=8)
    return phrase([(0.0, steps, 1.0), (0.03, hit([110, 165], [0.2, 0.15], rng, seconds=0.3), 0.3)])
