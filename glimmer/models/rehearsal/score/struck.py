"""What is struck or plucked: felt piano, harp, guitar, pizzicato, mallets, bells and drums, each as damped modes.

Every function gives the whole ring of one note at a MIDI pitch and a velocity 0..1: mono, peak about 1 at full velocity.
A plucked string is given by its modes rather than by a delay line (Karplus-Strong): the same physics, exactly in tune.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glimmer.models.rehearsal.acoustics import Samples, band, damped_modes, faded, samples_in, seconds_axis, semitones, shaped_noise

__all__ = [
    "brush", "celesta", "cymbal", "guitar", "harp", "low_drum", "marimba", "music_box", "piano", "pizzicato", "shaker", "taiko",
    "tick", "timpani", "woodblock",
]  # fmt: skip

Rng = np.random.Generator
Array = NDArray[np.float64]


def _levelled(sound: Samples, velocity: float, power: float = 1.3) -> Samples:
    peak = float(np.max(np.abs(sound))) or 1.0
    return faded(sound * np.float32(velocity**power / peak), 0.0004, 0.05)


def piano(pitch: int, velocity: float, rng: Rng) -> Samples:
    """A felt piano: two strings a note that beat slowly, stretched partials, a soft hammer that darkens quiet notes, its thump."""
    f0 = semitones(pitch)
    n = np.arange(1, max(4, min(30, int(9_000 / f0))) + 1, dtype=np.float64)
    stretch = 0.00012 * 2 ** ((pitch - 48) / 14)
    frequencies = n * f0 * np.sqrt(1 + stretch * n * n)
    felt = 1_200.0 + 4_200.0 * velocity**1.4
    amplitudes = n**-0.7 * np.abs(np.sin(np.pi * n / 8.3)) * np.exp(-frequencies / felt) * rng.uniform(0.8, 1.2, n.size)
    decay = np.clip(9.0 * (110.0 / f0) ** 0.55, 1.0, 13.0) / (1 + 0.16 * (n - 1)) + 0.08
    seconds = float(min(7.0, decay[0] * 0.9))
    beat = 0.11 + 0.0006 * f0  # Hz between the two strings: a breathing tone, not an honky-tonk
    quick = damped_modes(frequencies - beat, amplitudes, decay * 0.45, seconds=seconds)
    slow = damped_modes(frequencies + beat, amplitudes * 0.55, decay, seconds=seconds)
    sound = quick + slow
    sound *= np.float32(1 / max(1e-9, float(np.max(np.abs(sound)))))
    thump = shaped_noise(samples_in(0.07), lambda hz: np.exp(-hz / 420), rng) * np.exp(-seconds_axis(samples_in(0.07)) / 0.012)
    sound[: thump.size] += (0.05 + 0.05 * velocity) * thump
    return _levelled(faded(sound, 0.003 - 0.002 * velocity), velocity)


def _string(
    pitch: int, velocity: float, rng: Rng, *, place: float, bright_hz: float, decay: float, damping: float, seconds: float
) -> Samples:
    f0 = semitones(pitch)
    n = np.arange(1, max(4, min(42, int(11_000 / f0))) + 1, dtype=np.float64)
    frequencies = n * f0 * np.sqrt(1 + 0.00004 * n * n)
    amplitudes = np.abs(np.sin(np.pi * n * place)) / n * np.exp(-frequencies / (bright_hz * (0.55 + 0.7 * velocity)))
    decays = decay * (196.0 / f0) ** 0.4 / (1 + damping * (n - 1)) + 0.03
    return damped_modes(frequencies, amplitudes * rng.uniform(0.85, 1.15, n.size), decays, seconds=seconds)


def harp(pitch: int, velocity: float, rng: Rng) -> Samples:
    """A harp string plucked near its middle: round and long."""
    return _levelled(_string(pitch, velocity, rng, place=0.38, bright_hz=2_600, decay=3.6, damping=0.22, seconds=3.2), velocity)


def guitar(pitch: int, velocity: float, rng: Rng) -> Samples:
    """A nylon guitar, with its wooden body at 105 and 210 Hz."""
    sound = _string(pitch, velocity, rng, place=0.21, bright_hz=2_900, decay=2.6, damping=0.17, seconds=2.2)
    body = damped_modes([105.0, 212.0, 390.0], [0.25, 0.2, 0.08], [0.18, 0.14, 0.1], seconds=0.3)
    sound[: body.size] += body * np.float32(0.5 * float(np.max(np.abs(sound))))
    return _levelled(sound, velocity)


def pizzicato(pitch: int, velocity: float, rng: Rng) -> Samples:
    """A plucked section string: short, woody; low pitches are a plucked bass."""
    long = 0.75 if pitch < 52 else 0.42
    sound = _string(pitch, velocity, rng, place=0.23, bright_hz=2_900, decay=long, damping=0.3, seconds=1.1)
    finger = shaped_noise(samples_in(0.03), lambda hz: hz / (hz + 300) * np.exp(-hz / 1_800), rng)
    finger *= np.exp(-seconds_axis(finger.size) / 0.005)
    sound[: finger.size] += finger * np.float32(0.07 * float(np.max(np.abs(sound))))
    return _levelled(sound, velocity)


def _bar(pitch: int, velocity: float, rng: Rng, ratios: Array, levels: Array, decays: Array, seconds: float) -> Samples:
    f0 = semitones(pitch)
    tune = ratios * rng.uniform(0.998, 1.002, ratios.size)
    tune[0] = 1.0
    bright = np.concatenate([[1.0], np.full(ratios.size - 1, 0.4 + 0.8 * velocity)])
    return _levelled(damped_modes(f0 * tune, levels * bright, decays * (440 / f0) ** 0.35, seconds=seconds), velocity)


def marimba(pitch: int, velocity: float, rng: Rng) -> Samples:
    """A rosewood bar over its tube: fundamental, two octaves above, a third mode that is gone at once."""
    return _bar(pitch, velocity, rng, np.array([1, 3.93, 9.2]), np.array([1, 0.22, 0.1]), np.array([0.75, 0.16, 0.05]), 1.1)


def celesta(pitch: int, velocity: float, rng: Rng) -> Samples:
    """Felt on steel plates: a bell without edge."""
    return _bar(
        pitch, velocity, rng, np.array([1, 2.01, 4.02, 6.6]), np.array([1, 0.14, 0.2, 0.05]), np.array([2.0, 1.1, 0.5, 0.15]), 2.3
    )


def music_box(pitch: int, velocity: float, rng: Rng) -> Samples:
    """A comb's tooth: thin, glassy, with a tiny click."""
    ratios, levels = np.array([1, 2.0, 3.01, 6.27, 9.1]), np.array([1, 0.45, 0.22, 0.14, 0.05])
    return _bar(pitch, velocity, rng, ratios, levels, np.array([1.7, 1.2, 0.7, 0.25, 0.1]), 2.0)


def timpani(pitch: int, velocity: float, rng: Rng) -> Samples:
    """A kettle drum: modes of a skin over air (1, 1.5, 1.99, 2.44, 2.89), soft stick."""
    f0 = semitones(pitch)
    ratios = np.array([1, 1.5, 1.99, 2.44, 2.89])
    sound = damped_modes(f0 * ratios, [1, 0.65, 0.4, 0.22, 0.12], np.array([2.6, 1.9, 1.3, 0.9, 0.6]), seconds=2.4)
    stick = shaped_noise(samples_in(0.09), lambda hz: np.exp(-hz / 300), rng) * np.exp(-seconds_axis(samples_in(0.09)) / 0.02)
    sound[: stick.size] += stick * np.float32(0.25 * velocity)
    return _levelled(faded(sound, 0.004), velocity)


def taiko(_: int, velocity: float, rng: Rng) -> Samples:
    """A big barrel drum: the pitch falls from 92 to 58 Hz, with a skin's slap."""
    time = seconds_axis(samples_in(1.3))
    phase = 2 * np.pi * (58 * time + 34 * 0.05 * (1 - np.exp(-time / 0.05)))
    sound = np.sin(phase) * np.exp(-time / 0.24) + 0.3 * np.sin(phase * 1.58) * np.exp(-time / 0.11)
    slap = shaped_noise(time.size, lambda hz: np.exp(-hz / 900) * hz / (hz + 90), rng) * np.exp(-time / 0.028)
    return _levelled(faded((sound + 0.22 * velocity * slap).astype(np.float32), 0.002), velocity)


def low_drum(_: int, velocity: float, rng: Rng) -> Samples:
    """A muffled heartbeat: 48 Hz under a blanket."""
    time = seconds_axis(samples_in(0.6))
    sound = np.sin(2 * np.pi * (47 * time + 16 * 0.03 * (1 - np.exp(-time / 0.03)))) * np.exp(-time / 0.12)
    thud = shaped_noise(time.size, lambda hz: np.exp(-hz / 160), rng) * np.exp(-time / 0.03)
    return _levelled(faded((sound + 0.2 * thud).astype(np.float32), 0.006), velocity)


def _hiss(seconds: float, low_hz: float, high_hz: float, attack: float, decay: float, rng: Rng) -> Samples:
    time = seconds_axis(samples_in(seconds))
    noise = band(rng.standard_normal(time.size, dtype=np.float32), low_hz, high_hz)
    return np.asarray(noise * (1 - np.exp(-time / attack)) * np.exp(-time / decay), dtype=np.float32)


def shaker(_: int, velocity: float, rng: Rng) -> Samples:
    """Seeds in a shell."""
    return _levelled(_hiss(0.16, 4_500, 12_000, 0.012, 0.03, rng), velocity)


def brush(_: int, velocity: float, rng: Rng) -> Samples:
    """Wire brushes on a skin."""
    return _levelled(_hiss(0.35, 900, 8_000, 0.01, 0.06, rng) + 0.6 * _hiss(0.35, 150, 420, 0.004, 0.05, rng), velocity)


def tick(_: int, velocity: float, rng: Rng) -> Samples:
    """A dry wooden tick, as of a clock."""
    sound = damped_modes([2_150, 3_420, 5_300], [1, 0.5, 0.3], [0.03, 0.02, 0.012], seconds=0.08)
    return _levelled(sound + 0.1 * _hiss(0.08, 3_000, 9_000, 0.001, 0.006, rng), velocity)


def woodblock(_: int, velocity: float, rng: Rng) -> Samples:
    """A hollow block of wood."""
    pitch = 880 * float(rng.uniform(0.97, 1.03))
    return _levelled(damped_modes([pitch, pitch * 1.51, pitch * 2.6], [1, 0.5, 0.2], [0.12, 0.07, 0.04], seconds=0.2), velocity)


def cymbal(seconds: float, velocity: float, rng: Rng) -> Samples:
    """A cymbal rolled with soft sticks: it grows for `seconds`, then is let go."""
    time = seconds_axis(samples_in(seconds + 1.6))
    noise = shaped_noise(time.size, lambda hz: hz**0.8 / (1 + (hz / 6_500) ** 4) / (1 + (300 / hz) ** 2), rng)
    grow = np.where(time < seconds, (time / max(seconds, 0.05)) ** 2.2, np.exp(-(time - seconds) / 0.35))
    return _levelled((noise * grow).astype(np.float32), velocity)
