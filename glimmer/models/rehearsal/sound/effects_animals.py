"""Animals: each voice is a pitch curve through a throat."""

from __future__ import annotations

import numpy as np

from glimmer.models.rehearsal.acoustics import Samples, band, faded, samples_in, seconds_axis
from glimmer.models.rehearsal.sound.gestures import Occasion, Rng, burst, curve, hit, levelled, phrase, sine, throat

__all__ = [
    "bird",
    "cat",
    "cow",
    "cricket",
    "crow",
    "dog",
    "fly",
    "gull",
    "hooves",
    "horse",
    "owl",
    "sheep",
    "whale",
    "wings",
    "wolf",
]


def gull(occasion: Occasion, rng: Rng) -> Samples:
    """A herring gull's long call: cries that start high, fall, and quicken."""
    parts, at = [], 0.0
    for index in range(int(rng.integers(3, 6))):
        seconds = float(rng.uniform(0.28, 0.4)) * (0.92**index)
        top = float(rng.uniform(1_050, 1_300))
        pitch = curve(seconds, [(0, top * 0.7), (0.18, top), (0.6, top * 0.86), (1, top * 0.6)])
        cry = throat(pitch, [(1_150, 500, 1.0), (2_500, 800, 0.9), (4_000, 1_200, 0.4)], rng, breath=0.12)
        parts.append(
            (at, faded(cry * curve(seconds, [(0, 0), (0.12, 1), (0.6, 0.7), (1, 0)]), 0.01, 0.05), float(rng.uniform(0.7, 1)))
        )
        at += seconds + float(rng.uniform(0.03, 0.12))
    return phrase(parts)


def dog(occasion: Occasion, rng: Rng) -> Samples:
    """A dog barks two or three times."""
    base = float(rng.uniform(280, 420))
    formants = [(620, 260, 1.0), (1_350, 420, 0.9), (2_600, 800, 0.4)]
    parts, at = [], 0.0
    for _ in range(int(rng.integers(2, 4))):
        seconds = float(rng.uniform(0.17, 0.23))
        pitch = curve(seconds, [(0, base * 0.8), (0.25, base * 1.35), (1, base * 0.6)])
        bark = throat(pitch, formants, rng, breath=0.5, rough=0.5) * curve(seconds, [(0, 0), (0.08, 1), (0.5, 0.6), (1, 0)])
        parts.append((at, bark, float(rng.uniform(0.8, 1.0))))
        at += seconds + float(rng.uniform(0.16, 0.4))
    return phrase(parts)


def cat(occasion: Occasion, rng: Rng) -> Samples:
    """A cat: the pitch goes up, over, and down; the mouth opens and closes."""
    seconds = float(rng.uniform(0.65, 0.9))
    base = float(rng.uniform(480, 620))
    pitch = curve(seconds, [(0, base * 0.85), (0.35, base * 1.3), (0.6, base * 1.25), (1, base * 0.75)])
    closed = throat(pitch, [(500, 250, 1.0), (2_700, 600, 0.5)], rng, breath=0.03)
    opened = throat(pitch, [(1_050, 350, 1.0), (1_900, 450, 0.9), (3_600, 900, 0.4)], rng, breath=0.05)
    mouth = curve(seconds, [(0, 0), (0.4, 1), (0.75, 0.7), (1, 0)])
    return levelled((closed * (1 - mouth) + opened * mouth) * curve(seconds, [(0, 0), (0.15, 0.7), (0.5, 1), (1, 0)]))


def whale(occasion: Occasion, rng: Rng) -> Samples:
    """A humpback's song: two or three long glides between 90 and 500 Hz, far away in the water."""
    parts, at = [], 0.0
    for _ in range(2 if occasion.seconds < 6 else 3):
        seconds = float(rng.uniform(1.5, 2.2))
        a, b, c = rng.uniform(120, 260), rng.uniform(220, 460), rng.uniform(100, 300)
        pitch = curve(seconds, [(0, a), (0.3, b), (0.7, b * 0.9), (1, c)]) * (1 + 0.012 * sine(5.2, samples_in(seconds)))
        tone = sine(pitch) + 0.45 * sine(pitch * 2) + 0.2 * sine(pitch * 3) + 0.06 * sine(pitch * 4)
        parts.append(
            (at, faded(tone * curve(seconds, [(0, 0), (0.2, 0.9), (0.7, 1), (1, 0)]), 0.1, 0.3), float(rng.uniform(0.7, 1)))
        )
        at += seconds + float(rng.uniform(0.1, 0.5))
    return phrase(parts)


def bird(occasion: Occasion, rng: Rng) -> Samples:
    """A small bird's phrase: a motive of whistles, said two or three times."""
    motive = [(float(rng.uniform(2_400, 5_600)), float(rng.uniform(0.6, 1.6)), float(rng.uniform(0.05, 0.16))) for _ in range(3)]
    parts, at = [], 0.0
    for _ in range(int(rng.integers(2, 4))):
        for hz, bend, seconds in motive:
            pitch = curve(seconds, [(0, hz), (0.5, hz * (1 + 0.12 * bend)), (1, hz * (0.85 + 0.1 * bend))])
            parts.append(
                (at, faded(sine(pitch) * curve(seconds, [(0, 0), (0.3, 1), (1, 0)]), 0.004, 0.01), float(rng.uniform(0.5, 1)))
            )
            at += seconds + float(rng.uniform(0.02, 0.06))
        at += float(rng.uniform(0.12, 0.3))
    return phrase(parts)


def crow(occasion: Occasion, rng: Rng) -> Samples:
    """A crow: three rough caws."""
    parts, at = [], 0.0
    for _ in range(3):
        seconds = float(rng.uniform(0.25, 0.33))
        pitch = curve(seconds, [(0, 420), (0.3, 520), (1, 380)])
        caw = throat(pitch, [(1_200, 350, 1.0), (1_700, 400, 0.9), (3_100, 900, 0.4)], rng, breath=0.6, rough=0.9)
        parts.append((at, caw * curve(seconds, [(0, 0), (0.12, 1), (0.7, 0.8), (1, 0)]), float(rng.uniform(0.8, 1))))
        at += seconds + float(rng.uniform(0.12, 0.25))
    return phrase(parts)


def owl(occasion: Occasion, rng: Rng) -> Samples:
    """A tawny owl: hoo … hu, huhuhu-hoo."""
    base = float(rng.uniform(340, 400))
    parts, at = [], 0.0
    for seconds, gap in ((0.5, 1.1), (0.12, 0.1), (0.1, 0.05), (0.1, 0.05), (0.8, 0.0)):
        pitch = curve(seconds, [(0, base * 0.92), (0.4, base * 1.06), (1, base * 0.95)]) * (
            1 + 0.01 * sine(13.0, samples_in(seconds))
        )
        parts.append((at, faded(sine(pitch) + 0.12 * sine(pitch * 2), 0.04, min(0.12, seconds / 2)), 1.0 if seconds > 0.3 else 0.6))
        at += seconds + gap
    return phrase(parts)


def wolf(occasion: Occasion, rng: Rng) -> Samples:
    """A howl: up, a long hold, a slow fall."""
    seconds = 3.2
    base = float(rng.uniform(380, 460))
    pitch = curve(seconds, [(0, base * 0.6), (0.18, base * 1.05), (0.6, base), (1, base * 0.62)])
    howl = throat(
        pitch * (1 + 0.006 * sine(5.0, pitch.size)), [(520, 260, 1.0), (980, 260, 0.5), (2_400, 600, 0.12)], rng, breath=0.06
    )
    return faded(howl * curve(seconds, [(0, 0), (0.2, 0.9), (0.6, 1), (1, 0)]), 0.1, 0.5)


def hooves(occasion: Occasion, rng: Rng) -> Samples:
    """A horse trots past: four hooves in pairs."""
    parts, at = [], 0.0
    count = int(np.clip(occasion.seconds / 0.19, 8, 24))
    for index in range(count):
        clop = hit([310 if index % 2 else 370, 820, 1_700], [0.06, 0.04, 0.025], rng, seconds=0.1)
        parts.append((at, clop, float(rng.uniform(0.6, 1)) * float(np.sin(np.pi * (index + 0.7) / (count + 0.4)))))
        at += 0.14 if index % 2 == 0 else 0.24
    return phrase(parts)


def horse(occasion: Occasion, rng: Rng) -> Samples:
    """A horse neighs: a high shake that falls, and a snort."""
    seconds = 1.3
    pitch = curve(seconds, [(0, 700), (0.15, 1_150), (0.5, 900), (1, 380)]) * (1 + 0.09 * sine(11.0, samples_in(seconds)))
    neigh = throat(pitch, [(1_100, 400, 1.0), (2_200, 700, 0.8), (3_400, 900, 0.3)], rng, breath=0.25, rough=0.3)
    snort = burst(0.5, 150, 1_800, rng, attack=0.03, decay=0.12)
    return phrase([(0.0, neigh * curve(seconds, [(0, 0), (0.1, 1), (0.7, 0.7), (1, 0)]), 1.0), (1.35, snort, 0.5)])


def cow(occasion: Occasion, rng: Rng) -> Samples:
    """A cow lows."""
    seconds = 1.7
    pitch = curve(seconds, [(0, 110), (0.3, 165), (0.7, 160), (1, 105)])
    low = throat(pitch, [(320, 160, 1.0), (750, 220, 0.6), (2_300, 600, 0.2)], rng, breath=0.1, rough=0.2)
    return low * curve(seconds, [(0, 0), (0.25, 0.9), (0.7, 1), (1, 0)])


def sheep(occasion: Occasion, rng: Rng) -> Samples:
    """A sheep bleats, trembling."""
    seconds = 0.9
    pitch = 310 + 0 * curve(seconds, [(0, 1), (1, 1)])
    bleat = throat(pitch, [(750, 250, 1.0), (1_500, 350, 0.8), (2_700, 700, 0.4)], rng, breath=0.15)
    shake = 0.65 + 0.35 * sine(8.5, bleat.size)
    return bleat * shake * curve(seconds, [(0, 0), (0.1, 1), (0.7, 0.8), (1, 0)])


def cricket(occasion: Occasion, rng: Rng) -> Samples:
    """A cricket's chirp: three pulses near 4.5 kHz, repeated."""
    hz = float(rng.uniform(4_100, 4_900))
    pulse = sine(hz, samples_in(0.016)) * np.sin(np.pi * np.linspace(0, 1, samples_in(0.016))).astype(np.float32)
    period = float(rng.uniform(0.45, 0.7))
    chirps = max(1, int(min(occasion.seconds, 4.0) / period))
    return phrase((chirp * period + index * 0.028, pulse, 0.8 + 0.1 * index) for chirp in range(chirps) for index in range(3))


def fly(occasion: Occasion, rng: Rng) -> Samples:
    """An insect buzzes past."""
    seconds = float(np.clip(occasion.seconds * 0.5, 1.0, 2.5))
    pitch = curve(seconds, [(0, 210), (0.4, 240), (0.6, 205), (1, 190)])
    return throat(pitch, [(420, 300, 1.0), (1_300, 900, 0.5)], rng, breath=0.05) * curve(seconds, [(0, 0), (0.5, 1), (1, 0)])


def wings(occasion: Occasion, rng: Rng) -> Samples:
    """Wings beat and leave."""
    parts = [
        (index * 0.095, band(burst(0.09, 200, 2_800, rng, attack=0.02, decay=0.03), 0, 2_500), 0.9**index) for index in range(11)
    ]
    sound = phrase(parts)
    return np.asarray(sound * np.exp(-seconds_axis(sound.size) / 0.9), dtype=np.float32)
