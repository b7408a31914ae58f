"""Singing: a spoken utterance held and set to notes. Plain rehearsal singing, so that a song takes a song's time.

Takes the shaped parts, gives parts that last longer, and where every old frame went.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glimmer.models.rehearsal.speech.engine import FRAME_SECONDS, Parts
from glimmer.models.rehearsal.speech.shape import VOICED_HZ

__all__ = ["VOWELS", "sung"]

Floats = NDArray[np.float32]

VOWELS: Final = frozenset("AIOQWYaiuæɑɒɔəɚɛɜɪʊʌᵻᵊ")
BEAT_SECONDS: Final = 0.46  # 65 syllables a minute on long notes, an unhurried tune
HOLD_AT_MOST: Final = 6.0  # a vowel may last so many times as long as it was spoken; beyond, its colour stands still
LOOK_BACK: Final = 6  # frames: at the end of a phrase the model has often said a vowel before its time
# Steps of a major pentatonic scale in semitones around the voice's own pitch: any order of them is a tune.
_SCALE: Final = (-5, -3, 0, 2, 4, 7, 9)
_HOME: Final = 2  # index of the voice's own pitch in the scale


def sung(parts: Parts, vowels: Sequence[tuple[int, int, bool]], base_hz: float, rng: np.random.Generator) -> tuple[Parts, Floats]:
    """The parts held and set to notes, and for every old frame edge its new place in frames.

    vowels: (first frame, end frame, stressed) of each vowel in order. base_hz: the tune's home note.
    """
    stretch = np.ones(parts.frames, np.float64)
    for index, (first, end, stressed) in enumerate(vowels):
        last = index == len(vowels) - 1
        wanted = BEAT_SECONDS * (2.4 if last else 1.0 if stressed else 0.6) / FRAME_SECONDS
        if end > first:
            more = (end - first) * (min(HOLD_AT_MOST, max(1.0, wanted / (end - first))) - 1.0)
            before = max(vowels[index - 1][1] if index else 0, first - LOOK_BACK)
            stretch[before:end] += more * _steady(parts, before, end)
    edges = np.concatenate([[0.0], np.cumsum(stretch)])
    length = round(float(edges[-1]))
    at = np.interp((np.arange(length) + 0.5) * (edges[-1] / length), edges, np.arange(parts.frames + 1)) - 0.5
    held = _held(parts, at, rng)
    notes = _tune([(edges[a], edges[b], s) for a, b, s in vowels], length, base_hz, rng)
    return held.with_(f0=np.where(held.f0 > VOICED_HZ, notes, 0.0).astype(np.float32)), edges.astype(np.float32)


def _steady(parts: Parts, first: int, end: int) -> NDArray[np.float64]:
    """Where a vowel is held: around its loudest frame, so that its start is said and its end dies as in speech. Sums to 1."""
    loudness = np.exp(parts.harmonic[5:150, first:end].astype(np.float64)).sum(axis=0)  # 100 Hz to 3 kHz
    power = np.where(parts.f0[first:end] > VOICED_HZ, loudness, 0.0)
    weight = np.exp(-0.5 * ((np.arange(end - first) - int(power.argmax())) / 1.2) ** 2)
    steady: NDArray[np.float64] = weight / weight.sum()
    return steady


def _held(parts: Parts, at: NDArray[np.float64], rng: np.random.Generator) -> Parts:
    """The parts read at fractional frames. A held residue would buzz, so its phases are drawn anew where time stands."""
    low = np.clip(np.floor(at).astype(np.int64), 0, parts.frames - 1)
    high = np.minimum(low + 1, parts.frames - 1)
    part = np.clip(at - low, 0.0, 1.0).astype(np.float32)

    def read(spectrum: Floats) -> Floats:
        out: Floats = spectrum[..., low] * (1.0 - part) + spectrum[..., high] * part
        return out

    near = np.clip(np.round(at).astype(np.int64), 0, parts.frames - 1)
    standing = np.concatenate([[False], np.diff(near) == 0])
    phase = parts.residue_phase[:, near]
    fresh = rng.uniform(-np.pi, np.pi, phase.shape).astype(np.float32)
    both_voiced = (parts.f0[low] > VOICED_HZ) & (parts.f0[high] > VOICED_HZ)
    f0 = np.where(both_voiced, read(parts.f0), parts.f0[near]).astype(np.float32)
    return parts.with_(
        harmonic=read(parts.harmonic),
        harmonic_phase=read(parts.harmonic_phase),
        noise=read(parts.noise),
        residue=read(parts.residue),
        residue_phase=np.where(standing[None, :], fresh, phase),
        f0=f0,
    )


def _tune(vowels: Sequence[tuple[float, float, bool]], length: int, base_hz: float, rng: np.random.Generator) -> Floats:
    """A note a vowel: steps of the scale, up in the first half, home at the end; glides and a late vibrato."""
    semitones = np.zeros(length)
    vibrato = np.zeros(length)
    place = _HOME
    starts = [int(a) for a, _, _ in vowels]
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else length
        if index == len(starts) - 1:
            place = _HOME
        elif index:
            rising = index < len(starts) / 2
            step = int(rng.choice([-1, 0, 1, 2] if rising else [-2, -1, 0, 1]))
            place = int(np.clip(place + step, 0, len(_SCALE) - 1))
        semitones[start:end] = _SCALE[place]
        since = np.arange(end - start) * FRAME_SECONDS
        vibrato[start:end] = np.clip((since - 0.22) / 0.25, 0.0, 1.0)
    if starts:
        semitones[: starts[0]] = semitones[min(starts[0], length - 1)]
    glide = np.hanning(9)  # 90 ms from note to note
    padded = np.pad(semitones, 4, mode="edge")
    smooth = np.convolve(padded, glide / glide.sum(), mode="valid")[:length]
    wobble = 0.35 * vibrato * np.sin(2 * np.pi * 5.4 * np.arange(length) * FRAME_SECONDS)
    return np.asarray(base_hz * 2 ** ((smooth + wobble) / 12), np.float32)
