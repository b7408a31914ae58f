"""Small things in hands: glass, paper, cloth, cups, matches, oars, strings; and what bodies and crowds do without words."""

from __future__ import annotations

import numpy as np

from glimmer.models.rehearsal.acoustics import Samples, band, damped_modes, faded, samples_in, seconds_axis, semitones, wander
from glimmer.models.rehearsal.sound.gestures import Occasion, Rng, burst, curve, grains, hit, levelled, phrase, sine, throat

__all__ = [
    "applause", "breath", "chew", "cloth", "coins", "crowd_laugh", "cup", "glass_clink", "glass_smash", "heartbeat", "impact", "match",
    "music_box", "oars", "paper", "pen", "rope", "strum", "whistle", "wood_chop",
]  # fmt: skip


def _glass(rng: Rng, base_hz: float, seconds: float) -> Samples:
    ratios = np.array([1, 2.32, 4.25, 6.63])
    return levelled(damped_modes(base_hz * ratios, [1, 0.6, 0.35, 0.2], seconds * np.array([1, 0.7, 0.45, 0.3]), seconds=seconds))


def glass_clink(occasion: Occasion, rng: Rng) -> Samples:
    """Two glasses meet."""
    a, b = _glass(rng, float(rng.uniform(1_900, 2_500)), 0.9), _glass(rng, float(rng.uniform(2_400, 3_100)), 0.8)
    return phrase([(0.0, a, 0.8), (0.004, b, 0.7), (0.0, burst(0.01, 4_000, 12_000, rng, decay=0.002), 0.3)])


def glass_smash(occasion: Occasion, rng: Rng) -> Samples:
    """Glass breaks: the blow, then splinters that fall and ring, each its own note."""
    fall = curve(1.0, [(0, 1), (0.3, 0.6), (1, 0.05)])
    splinters = grains(1.3, 75, lambda r: _glass(r, float(r.uniform(2_200, 6_800)), float(r.uniform(0.06, 0.3))), rng, shape=fall)
    return phrase([(0.0, burst(0.3, 1_500, 12_000, rng, attack=0.0005, decay=0.035), 0.9), (0.02, levelled(splinters), 0.8)])


def cup(occasion: Occasion, rng: Rng) -> Samples:
    """A cup set down on its saucer or a table."""
    china = hit([1_650, 2_980, 4_700], [0.12, 0.09, 0.05], rng, seconds=0.22)
    return phrase([(0.0, china, 0.7), (0.0, hit([190, 340], [0.06, 0.05], rng, seconds=0.12), 0.7), (0.07, china, 0.3)])


def coins(occasion: Occasion, rng: Rng) -> Samples:
    """Coins or small metal things."""
    return levelled(grains(0.7, 22, lambda r: _glass(r, float(r.uniform(3_500, 6_500)), 0.22), rng))


def paper(occasion: Occasion, rng: Rng) -> Samples:
    """Paper is unfolded or turned: a rustle made of many small cracks."""
    seconds = float(rng.uniform(0.7, 1.1))
    shape = curve(seconds, [(0, 0.3), (0.3, 1), (0.6, 0.3), (0.75, 0.9), (1, 0)])
    crackle = grains(seconds, 420, lambda r: burst(0.01, 1_800, 10_000, r, attack=0.0005, decay=0.002), rng, shape=shape)
    sweep = burst(seconds, 1_500, 7_000, rng, attack=0.1, decay=0.4)
    return phrase([(0.0, levelled(crackle), 0.9), (0.0, sweep, 0.2)])


def pen(occasion: Occasion, rng: Rng) -> Samples:
    """A pen or chalk writes: strokes."""
    strokes = int(np.clip(occasion.seconds / 0.2, 5, 16))
    return phrase(
        (index * 0.19 + float(rng.uniform(0, 0.04)), burst(float(rng.uniform(0.08, 0.16)), 2_000, 8_000, rng, attack=0.02, decay=0.06), float(rng.uniform(0.4, 1)))
        for index in range(strokes)
    )  # fmt: skip


def cloth(occasion: Occasion, rng: Rng) -> Samples:
    """Cloth moves: a coat, a sheet, a sail."""
    seconds = float(rng.uniform(0.5, 0.8))
    folds = wander(samples_in(seconds), 0.06, rng, low=0.2, high=1.0)
    return levelled(burst(seconds, 400, 5_000, rng, attack=0.1, decay=0.25) * folds)


def match(occasion: Occasion, rng: Rng) -> Samples:
    """A match: the scratch, the flare, the small flame."""
    flare = burst(1.1, 500, 7_000, rng, attack=0.03, decay=0.22)
    return phrase([(0.0, burst(0.22, 2_500, 10_000, rng, attack=0.03, decay=0.1), 0.6), (0.2, flare, 0.9)])


def oars(occasion: Occasion, rng: Rng) -> Samples:
    """Rowing: the lock creaks, the blade goes in, water runs off it."""
    stroke_seconds, parts = 2.1, []
    for index in range(max(1, min(4, int(occasion.seconds / stroke_seconds)))):
        at = index * stroke_seconds
        lock = throat(curve(0.35, [(0, 45), (0.5, 75), (1, 50)]), [(420, 120, 1.0), (980, 200, 0.5)], rng, rough=0.6)
        dip = burst(0.7, 250, 3_200, rng, attack=0.06, decay=0.2)
        run = grains(0.7, 26, lambda r: hit([r.uniform(700, 2_200)], [0.05], r, seconds=0.07), rng)
        parts += [(at + 0.5, faded(lock, 0.05, 0.1), 0.2), (at, dip, 0.9), (at + 1.1, levelled(run), 0.35)]
    return phrase(parts)


def rope(occasion: Occasion, rng: Rng) -> Samples:
    """A rope or rigging under load."""
    pull = throat(curve(0.9, [(0, 28), (0.6, 55), (1, 30)]), [(330, 120, 1.0), (740, 180, 0.6)], rng, rough=0.8, breath=0.05)
    return faded(pull, 0.1, 0.2)


def impact(occasion: Occasion, rng: Rng) -> Samples:
    """Something heavy falls or is struck."""
    body = hit([58, 93, 171, 300], [0.22, 0.18, 0.12, 0.07], rng, seconds=0.4)
    return phrase([(0.0, body, 1.0), (0.0, burst(0.15, 150, 2_500, rng, attack=0.001, decay=0.025), 0.7)])


def wood_chop(occasion: Occasion, rng: Rng) -> Samples:
    """An axe or hammer, two or three blows."""
    blow = [
        phrase(
            [
                (0.0, hit([240, 530, 1_100], [0.08, 0.06, 0.04], rng, seconds=0.15), 1.0),
                (0.0, burst(0.05, 1_000, 6_000, rng, decay=0.008), 0.7),
            ]
        )
        for _ in range(3)
    ]
    return phrase((index * 0.75, sound, 0.9) for index, sound in enumerate(blow[: max(1, min(3, int(occasion.seconds / 0.75)))]))


def _clap(rng: Rng) -> Samples:
    centre = float(rng.uniform(900, 2_200))
    return burst(0.04, centre * 0.6, centre * 2, rng, attack=0.0006, decay=0.007)


def applause(occasion: Occasion, rng: Rng) -> Samples:
    """A hall applauds: it bursts out and dies down."""
    seconds = float(np.clip(occasion.seconds, 2.5, 6.0))
    return levelled(grains(seconds, 420, _clap, rng, shape=curve(seconds, [(0, 0.2), (0.12, 1), (0.6, 0.8), (1, 0.02)])))


def crowd_laugh(occasion: Occasion, rng: Rng) -> Samples:
    """People laugh together: many short voiced breaths, falling."""
    parts = []
    for _ in range(7):
        base, at = float(rng.uniform(120, 330)), float(rng.uniform(0, 0.45))
        formants = [(float(rng.uniform(550, 800)), 250, 1.0), (float(rng.uniform(1_100, 1_500)), 300, 0.6), (2_600, 700, 0.2)]
        for index in range(int(rng.integers(4, 8))):
            pitch = curve(0.12, [(0, base * (1.15 - 0.05 * index)), (1, base * (1.0 - 0.05 * index))])
            parts.append(
                (
                    at,
                    throat(pitch, formants, rng, breath=0.5) * curve(0.12, [(0, 0), (0.3, 1), (1, 0)]),
                    0.9**index * float(rng.uniform(0.3, 0.7)),
                )
            )
            at += float(rng.uniform(0.17, 0.21))
    return phrase(parts)


def heartbeat(occasion: Occasion, rng: Rng) -> Samples:
    """A heart: lub, dub."""
    lub = hit([44, 66], [0.16, 0.1], rng, seconds=0.3) + 0.3 * burst(0.3, 60, 240, rng, attack=0.008, decay=0.03)
    beats = int(np.clip(occasion.seconds / 0.85, 2, 7))
    return phrase(
        (index * 0.85 + off, faded(lub, 0.01, 0.05), level) for index in range(beats) for off, level in ((0.0, 1.0), (0.26, 0.65))
    )


def breath(occasion: Occasion, rng: Rng) -> Samples:
    """Somebody breathes in and lets go."""
    draw = burst(0.7, 900, 4_500, rng, attack=0.25, decay=0.5) * curve(0.7, [(0, 0), (0.6, 1), (1, 0)])
    out = burst(1.0, 500, 3_000, rng, attack=0.12, decay=0.4)
    return phrase([(0.0, draw, 0.6), (0.8, out, 0.8)])


def whistle(occasion: Occasion, rng: Rng) -> Samples:
    """A person whistles a few notes."""
    parts, at = [], 0.0
    for step in (0, 4, 7, int(rng.choice((5, 9, 12)))):
        seconds = float(rng.uniform(0.22, 0.4))
        pitch = np.full(samples_in(seconds), semitones(84 + step), np.float32) * (1 + 0.006 * sine(5.5, samples_in(seconds)))
        parts.append((at, faded(sine(pitch) + 0.04 * burst(seconds, 2_000, 6_000, rng, decay=1.0)[: pitch.size], 0.03, 0.06), 1.0))
        at += seconds
    return phrase(parts)


def music_box(occasion: Occasion, rng: Rng) -> Samples:
    """A music box turns a few notes."""
    scale, at, parts = (0, 2, 4, 7, 9, 12, 14, 16), 0.0, []
    while at < float(np.clip(occasion.seconds - 1.0, 1.5, 5.0)):
        hz = semitones(84 + scale[int(rng.integers(8))])
        parts.append(
            (at, damped_modes(hz * np.array([1, 2.0, 3.01, 6.27]), [1, 0.4, 0.2, 0.1], [1.4, 1.0, 0.6, 0.2], seconds=1.4), 0.8)
        )
        at += float(rng.choice((0.28, 0.28, 0.56)))
    return phrase(parts)


def strum(occasion: Occasion, rng: Rng) -> Samples:
    """A guitar is strummed once."""
    parts = []
    for index, pitch in enumerate((40, 47, 52, 56, 59, 64)):
        n = np.arange(1, 16)
        tone = damped_modes(semitones(pitch) * n, np.abs(np.sin(n * 0.7)) / n**1.2, 3.0 / (1 + 0.25 * n), seconds=2.5)
        parts.append((index * 0.022, faded(tone, 0.001, 0.2), 0.5))
    return phrase(parts)


def chew(occasion: Occasion, rng: Rng) -> Samples:
    """Somebody eats something crisp."""
    bite = grains(0.2, 160, lambda r: burst(0.01, 800, 5_000, r, decay=0.002), rng)
    sound = phrase((index * 0.5, levelled(band(bite, 200, 5_000)), 0.9 - 0.2 * index) for index in range(3))
    return np.asarray(sound * np.exp(-seconds_axis(sound.size) / 2.0), dtype=np.float32)
