"""The shaper: one model's parts become another throat. Pitch, melody, formants, breath, whisper, age, roughness.

Works on the spectral parts of one utterance before they are sound; knows the numbers of a voice, not who has it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glimmer.models.interface import Voice
from glimmer.models.rehearsal.speech.cast import Colour
from glimmer.models.rehearsal.speech.engine import BINS, ENGINE_RATE, FRAME_SECONDS, Parts
from glimmer.models.rehearsal.speech.manner import Manner

__all__ = ["MODEL_PITCH_HZ", "VOICED_HZ", "murmured", "shaped"]

Floats = NDArray[np.float32]

MODEL_PITCH_HZ: Final = 183.0  # the model's own median; melodies are stretched around it
VOICED_HZ: Final = 40.0  # hibari's own threshold
SILENT: Final = np.float32(-20.0)
CHEST_BINS: Final = 24  # up to 480 Hz, more than the model's pitch ever is
BREATH_AT_FULL: Final = 0.42  # noise against harmonics at breath 1: about as much of each above 2.5 kHz
_HZ: Final = np.linspace(0.0, ENGINE_RATE / 2, BINS, dtype=np.float32)


def shaped(parts: Parts, voice: Voice, manner: Manner, colour: Colour, rng: np.random.Generator) -> Parts:
    """`parts` in this voice and manner. Length and timing stay as they are. f0 keeps 0 where nothing is voiced."""
    voiced = parts.f0 > VOICED_HZ
    if voice.pitch * manner.pitch < 0.96:
        parts = _with_chest(parts, voiced)
    parts = _other_throat(parts, voice.formant)
    parts = parts.with_(f0=_melody(parts.f0, voiced, voice, manner, colour, rng))
    if abs(voice.pitch * manner.pitch - 1.0) > 0.04 or manner.sung:
        parts = _without_old_pitch(parts, voiced)
    parts = _breathing(parts, voiced, min(1.0, voice.breath + manner.breath))
    if manner.effort_db:
        parts = _tilted(parts, manner.effort_db)
    return _whispered(parts) if manner.whispered else parts


def murmured(parts: Parts, frames: NDArray[np.bool_]) -> Parts:
    """`parts` with the mouth nearly closed in the marked frames: dull above 700 Hz, a little softer; edges take 50 ms."""
    if not frames.any():
        return parts
    kernel = np.hanning(9)[1:-1]
    weight = np.convolve(frames.astype(np.float32), kernel / kernel.sum(), mode="same").astype(np.float32)
    octaves = np.log2(np.maximum(_HZ, 1.0) / 700.0).clip(0.0, 5.0)
    loss = ((8.0 * octaves + 1.5) / 8.686).astype(np.float32)[:, None] * weight[None, :]  # 8 dB an octave, in nepers
    return parts.with_(harmonic=parts.harmonic - loss, noise=parts.noise - loss, residue=parts.residue - loss)


# ── throat ──────────────────────────────────────────────────────────────────────────────────────────────────
def _other_throat(parts: Parts, formant: float) -> Parts:
    """All bins moved by `formant`: what was at 1,000 Hz stands at 1,000 × formant Hz. Above what there is, it fades out."""
    if abs(formant - 1.0) < 0.004:
        return parts
    source = np.arange(BINS) / formant
    low = np.minimum(source.astype(np.int64), BINS - 2)
    part = np.clip(source - low, 0.0, 1.0).astype(np.float32)[:, None]
    beyond = np.maximum(0.0, source - (BINS - 1)).astype(np.float32)[:, None] * np.float32(0.02)

    def moved(spectrum: Floats) -> Floats:
        out: Floats = spectrum[low] * (1.0 - part) + spectrum[low + 1] * part
        return out

    return parts.with_(
        harmonic=moved(parts.harmonic) - beyond,
        harmonic_phase=moved(parts.harmonic_phase),
        noise=moved(parts.noise) - beyond,
        residue=moved(parts.residue) - beyond,
        residue_phase=parts.residue_phase[np.minimum(np.round(source).astype(np.int64), BINS - 1)],
    )


def _with_chest(parts: Parts, voiced: NDArray[np.bool_]) -> Parts:
    """The lowest end filled in. The model never had a harmonic below its own pitch, so it has no idea how loud one is there:

    left alone, a man's fundamental at 115 Hz is 15 dB too weak and his voice is thin. It is taken to be as at the model's pitch.
    """
    at_pitch = np.clip(np.round(parts.f0 / (ENGINE_RATE / 2 / (BINS - 1))), 0, CHEST_BINS - 1).astype(np.int64)
    below = (np.arange(CHEST_BINS)[:, None] < at_pitch[None, :]) & voiced[None, :]
    columns = np.arange(parts.frames)
    harmonic, phase = parts.harmonic.copy(), parts.harmonic_phase.copy()
    harmonic[:CHEST_BINS] = np.where(below, harmonic[at_pitch, columns], harmonic[:CHEST_BINS])
    phase[:CHEST_BINS] = np.where(below, phase[at_pitch, columns], phase[:CHEST_BINS])
    return parts.with_(harmonic=harmonic, harmonic_phase=phase)


def _without_old_pitch(parts: Parts, voiced: NDArray[np.bool_]) -> Parts:
    """The residue carries the model's own pitch where a voice sounds; with another pitch it would beat against it."""
    below = 1.0 / (1.0 + (_HZ / 4500.0) ** 4)
    loss = (1.6 * below).astype(np.float32)[:, None] * voiced.astype(np.float32)[None, :]  # 14 dB
    return parts.with_(residue=parts.residue - loss)


# ── melody ──────────────────────────────────────────────────────────────────────────────────────────────────
def _melody(
    f0: Floats, voiced: NDArray[np.bool_], voice: Voice, manner: Manner, colour: Colour, rng: np.random.Generator
) -> Floats:
    """The model's melody, moved and stretched around its median, with an old voice's tremor or a rough one's jitter."""
    spread = voice.pitch_range * manner.pitch_range
    moved = MODEL_PITCH_HZ * voice.pitch * manner.pitch * (np.maximum(f0, 1.0) / MODEL_PITCH_HZ) ** spread
    time = np.arange(f0.shape[0]) * FRAME_SECONDS
    if colour.tremor:
        phase = 2 * np.pi * (5.1 * time + 0.35 * np.sin(2 * np.pi * 0.7 * time) + rng.random())
        moved = moved * (1.0 + 0.035 * colour.tremor * np.sin(phase))
    if colour.rasp:
        moved = moved * (1.0 + 0.055 * colour.rasp * np.clip(rng.standard_normal(f0.shape[0]), -2, 2))
    lowest, highest = 62.0, 620.0  # below 62 Hz the pulses fall apart, above 620 no vowel is understood
    return np.where(voiced, np.clip(moved, lowest, highest), 0.0).astype(np.float32)


# ── breath, effort, whisper ─────────────────────────────────────────────────────────────────────────────────
def _breathing(parts: Parts, voiced: NDArray[np.bool_], breath: float) -> Parts:
    """Noise in the shape of the harmonics, mostly above 1 kHz, and the highest harmonics a little weaker."""
    if breath <= 0.01:
        return parts
    opening = 0.15 + 0.85 / (1.0 + (1500.0 / np.maximum(_HZ, 1.0)) ** 2)
    added = parts.harmonic + np.log(BREATH_AT_FULL * breath * opening).astype(np.float32)[:, None]
    noise = np.where(voiced[None, :], np.logaddexp(parts.noise, added), parts.noise).astype(np.float32)
    weaker = (0.8 * breath * (1.0 - 1.0 / (1.0 + (_HZ / 2200.0) ** 2))).astype(np.float32)[:, None]
    return parts.with_(noise=noise, harmonic=parts.harmonic - weaker)


def _tilted(parts: Parts, effort_db: float) -> Parts:
    """Brighter (or duller) by `effort_db` from 500 Hz to 4 kHz, where effort is heard; level above that follows."""
    octaves = np.log2(np.maximum(_HZ, 1.0) / 500.0).clip(0.0, 3.0)
    gain = (effort_db / 8.686 * octaves / 3.0).astype(np.float32)[:, None]
    return parts.with_(harmonic=parts.harmonic + gain, residue=parts.residue + gain * 0.5)


def _whispered(parts: Parts) -> Parts:
    """No pitch at all: the harmonics' shape in noise. The low end is weak in a whisper, and formants stand a bit higher."""
    octaves = np.log2(np.maximum(_HZ, 40.0) / 1200.0).clip(-4.0, 1.5)
    shape = (np.log(0.4) + 0.55 * octaves).astype(np.float32)[:, None]
    noise = np.logaddexp(parts.noise, parts.harmonic + shape).astype(np.float32)
    return parts.with_(noise=noise, harmonic=np.full_like(parts.harmonic, SILENT))
