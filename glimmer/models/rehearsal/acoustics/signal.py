"""Small verbs on sound: how many samples, a time axis, fades, panning, filters, laying one sound into another."""

from __future__ import annotations

import math
from typing import Final, TypeAlias

import numpy as np
import scipy
from numpy.typing import NDArray

__all__ = ["SAMPLE_RATE_HZ", "Samples", "add_at", "band", "faded", "panned", "samples_in", "seconds_axis", "semitones"]

SAMPLE_RATE_HZ: Final = 48_000
Samples: TypeAlias = NDArray[np.float32]


def samples_in(seconds: float) -> int:
    """`seconds` in whole samples, rounded to the nearest."""
    return round(seconds * SAMPLE_RATE_HZ)


def seconds_axis(samples: int) -> Samples:
    """The time of each sample in seconds, from 0."""
    return np.arange(samples, dtype=np.float32) * np.float32(1 / SAMPLE_RATE_HZ)


def semitones(pitch: float) -> float:
    """The frequency in Hz of a MIDI pitch (69 is 440 Hz, equal temperament)."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def faded(sound: Samples, in_seconds: float = 0.0, out_seconds: float = 0.0) -> Samples:
    """A copy with raised-cosine fades at both ends; a fade longer than the sound is cut to it."""
    result = np.array(sound, dtype=np.float32)
    length = result.shape[-1]
    for seconds, at_end in ((in_seconds, False), (out_seconds, True)):
        n = min(samples_in(seconds), length)
        if n > 0:
            ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(n) + 0.5) / n)).astype(np.float32)
            if at_end:
                result[..., length - n :] *= ramp[::-1]
            else:
                result[..., :n] *= ramp
    return result


def panned(mono: Samples, pan: float, *, delay: bool = True) -> Samples:
    """Stereo of a mono sound: constant power, -1 left to 1 right, the far ear up to 0.5 ms later (as a head would have it)."""
    pan = min(1.0, max(-1.0, pan))
    angle = (pan + 1.0) * math.pi / 4.0
    late = round(abs(pan) * 0.0005 * SAMPLE_RATE_HZ) if delay else 0
    result = np.zeros((2, mono.size + late), dtype=np.float32)
    left_late, right_late = (late, 0) if pan > 0 else (0, late)
    result[0, left_late : left_late + mono.size] = mono * np.float32(math.cos(angle))
    result[1, right_late : right_late + mono.size] = mono * np.float32(math.sin(angle))
    return result


def band(sound: Samples, low_hz: float = 0.0, high_hz: float = 0.0, *, order: int = 2) -> Samples:
    """The sound between two Butterworth edges; an edge of 0 is left open."""
    nyquist = SAMPLE_RATE_HZ / 2
    low, high = max(low_hz, 0.0), min(high_hz, nyquist * 0.98) if high_hz else 0.0
    if low and high:
        sos = scipy.signal.butter(order, (min(low, high * 0.9), high), "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    elif low or high:
        sos = scipy.signal.butter(order, low or high, "highpass" if low else "lowpass", fs=SAMPLE_RATE_HZ, output="sos")
    else:
        return sound
    return np.asarray(scipy.signal.sosfilt(sos.astype(np.float32), sound, axis=-1), dtype=np.float32)


def add_at(target: Samples, sound: Samples, at_sample: int, *, wrap: bool = False) -> None:
    """Lay `sound` (mono or stereo) into stereo `target`, in place. What falls outside is lost, or with `wrap` goes around."""
    length, total = sound.shape[-1], target.shape[-1]
    if wrap:
        at_sample %= total
        sound, length = sound[..., :total], min(length, total)
        first = min(length, total - at_sample)
        target[:, at_sample : at_sample + first] += sound[..., :first]
        target[:, : length - first] += sound[..., first:]
        return
    start, stop = max(at_sample, 0), min(at_sample + length, total)
    if stop > start:
        target[:, start:stop] += sound[..., start - at_sample : stop - at_sample]
