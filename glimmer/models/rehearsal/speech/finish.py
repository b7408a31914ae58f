"""The finish: where the voice is heard from, how loud, and how it begins and ends.

Samples in, samples out (mono float32), then FLAC. Knows deliveries and colours, no words.
"""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from typing import Final

import numpy as np
import scipy
import soundfile
from numpy.typing import NDArray

from glimmer.models.rehearsal.speech.cast import Colour
from glimmer.models.rehearsal.speech.engine import ENGINE_RATE
from glimmer.vocabulary import Delivery

__all__ = [
    "LEVEL_LUFS",
    "OUT_RATE",
    "breath_sound",
    "coloured",
    "encoded",
    "levelled",
    "placed",
    "resampled",
    "sounding",
    "with_soft_edges",
]

Floats = NDArray[np.float32]

OUT_RATE: Final = 48_000
LEVEL_LUFS: Final = -20.0  # a line alone, mono; the mixer brings the film to -16
PEAK: Final = 10 ** (-1.2 / 20)  # samples at -1.2 dBFS keep the true peak under -1 after the limiter's 4 ms
SOUNDING_DB: Final = -44.0  # against the loudest 20 ms: quieter than that is the model's silence (its floor is near -60)


def sounding(wave: Floats, rate: int) -> tuple[int, int]:
    """First and one past the last sample that sounds; (0, 0) if none does."""
    window = rate // 50
    if wave.size < window:
        return (0, wave.size) if wave.size and float(np.abs(wave).max()) > 1e-6 else (0, 0)
    power = scipy.signal.oaconvolve(wave.astype(np.float64) ** 2, np.full(window, 1.0 / window), mode="same")
    loudest = float(power.max())
    if loudest < 1e-12:
        return 0, 0
    heard = np.flatnonzero(power > loudest * 10 ** (SOUNDING_DB / 10))
    return int(heard[0]), int(heard[-1]) + 1


def with_soft_edges(wave: Floats, rate: int, *, fade_seconds: float = 0.012) -> Floats:
    """The same sound, from and to zero in 12 ms: no clicks."""
    count = min(int(fade_seconds * rate), wave.size // 2)
    out = wave.copy()
    if count:
        ramp = np.sin(np.linspace(0.0, np.pi / 2, count, endpoint=False)).astype(np.float32) ** 2
        out[:count] *= ramp
        out[-count:] *= ramp[::-1]
    return out


def resampled(wave: Floats) -> Floats:
    """24 kHz to 48 kHz."""
    return np.asarray(scipy.signal.resample_poly(wave, OUT_RATE // ENGINE_RATE, 1), np.float32)


# ── colours and places ──────────────────────────────────────────────────────────────────────────────────────
def coloured(wave: Floats, colour: Colour, rate: int) -> Floats:
    """A robot's pipe and a ghost's hall. Tremor and roughness are the shaper's."""
    if colour.metal:
        delay = int(0.0047 * rate)
        feedback = np.zeros(delay + 1)
        feedback[0], feedback[delay] = 1.0, -0.55 * colour.metal
        piped = scipy.signal.lfilter([1.0], feedback, wave)
        ring = 1.0 - 0.35 * colour.metal * (0.5 + 0.5 * np.sin(2 * np.pi * 52.0 * np.arange(wave.size) / rate))
        wave = (piped * ring).astype(np.float32)
    if colour.echo:
        wave = _in_room(wave, rate, seconds=0.9, wet=0.34 * colour.echo, dark_hz=3800.0)
    return wave


def placed(wave: Floats, delivery: Delivery, rate: int, rng: np.random.Generator) -> Floats:
    """The voice where it is heard from: close by, in another room, over a radio."""
    if delivery == "voice_over":
        return _shelved(_shelved(wave, 190.0, 2.5, rate, low=True), 5000.0, 1.0, rate, low=False)
    if delivery == "off_screen":
        muffled = _filtered(wave, "lowpass", 2000.0, rate, order=1) + 0.1 * wave
        return _in_room(muffled.astype(np.float32), rate, seconds=0.4, wet=0.28, dark_hz=1800.0)
    if delivery == "radio":
        return _over_radio(wave, rate, rng)
    return wave


def _over_radio(wave: Floats, rate: int, rng: np.random.Generator) -> Floats:
    narrow = _filtered(wave, "bandpass", (300.0, 3400.0), rate, order=3)
    level = float(np.sqrt(np.mean(narrow**2))) or 1.0
    driven = np.tanh(narrow / level * 0.4) / 0.4 * level
    hiss = _filtered(rng.standard_normal(wave.size).astype(np.float32), "bandpass", (500.0, 3200.0), rate, order=2)
    mixed = driven + hiss / (float(np.sqrt(np.mean(hiss**2))) or 1.0) * level * 10 ** (-38 / 20)
    return _filtered(mixed.astype(np.float32), "bandpass", (300.0, 3400.0), rate, order=4)


def _filtered(wave: Floats, kind: str, hz: float | tuple[float, float], rate: int, *, order: int) -> Floats:
    return np.asarray(scipy.signal.sosfilt(scipy.signal.butter(order, hz, kind, fs=rate, output="sos"), wave), np.float32)


def _shelved(wave: Floats, hz: float, gain_db: float, rate: int, *, low: bool) -> Floats:
    """A first-order shelf: `gain_db` on the band's far side of `hz`."""
    band = _filtered(wave, "lowpass" if low else "highpass", hz, rate, order=1)
    return wave + np.float32(10 ** (gain_db / 20) - 1.0) * band


@lru_cache(maxsize=8)
def _room(rate: int, seconds: float, dark_hz: float) -> Floats:
    """The answer of a room: noise that dies by 60 dB in `seconds`, darker than what went in, of unit energy."""
    count = int(seconds * rate)
    rng = np.random.default_rng(20_261_122)
    answer = rng.standard_normal(count) * 10 ** (-3.0 * np.arange(count) / count)
    answer[: int(0.009 * rate)] = 0.0
    dark = scipy.signal.sosfilt(scipy.signal.butter(1, dark_hz, "lowpass", fs=rate, output="sos"), answer)
    return np.asarray(dark / np.sqrt(np.sum(dark**2)), np.float32)


def _in_room(wave: Floats, rate: int, *, seconds: float, wet: float, dark_hz: float) -> Floats:
    """With the room's tail: longer by `seconds`."""
    tail = np.asarray(scipy.signal.oaconvolve(wave, _room(rate, seconds, dark_hz)), np.float32)
    out = wet * tail
    out[: wave.size] += wave
    return np.asarray(out, np.float32)


# ── level ───────────────────────────────────────────────────────────────────────────────────────────────────
def levelled(wave: Floats, target_lufs: float, rate: int) -> Floats:
    """The sound at `target_lufs` (ITU-R BS.1770, gated, so pauses don't count), no sample above -1.2 dBFS."""
    for _ in range(2):  # the limiter may take a little; the second round gives it back
        measured = _loudness(wave, rate)
        if not np.isfinite(measured):
            return wave
        wave = _limited(wave * np.float32(10 ** ((target_lufs - measured) / 20)), rate)
    return wave


def _loudness(wave: Floats, rate: int) -> float:
    """LUFS. A sound shorter than 0.8 s is measured repeated: the standard's window is 0.4 s."""
    import pyloudnorm  # brings scipy.signal, which takes a second; a plan speaks nothing

    long_enough = np.tile(wave, -(-int(0.8 * rate) // max(1, wave.size))) if wave.size < 0.8 * rate else wave
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(pyloudnorm.Meter(rate).integrated_loudness(long_enough.astype(np.float64)))


def _limited(wave: Floats, rate: int) -> Floats:
    """Peaks held down by a gain that moves ahead of them, over 4 ms."""
    if not wave.size or float(np.abs(wave).max()) <= PEAK:
        return wave
    needed = PEAK / np.maximum(np.abs(wave), PEAK)
    window = int(0.004 * rate) | 1
    held = scipy.ndimage.minimum_filter1d(needed, 2 * window + 1)
    gain = scipy.signal.oaconvolve(np.pad(held, window // 2, mode="edge"), np.hanning(window + 2)[1:-1], mode="valid")
    return np.asarray(wave * (gain / np.hanning(window + 2)[1:-1].sum())[: wave.size], np.float32)


def breath_sound(seconds: float, rng: np.random.Generator) -> Floats:
    """A breath drawn in, for a line with nothing to say: 48 kHz, quiet."""
    count = int(seconds * OUT_RATE)
    air = _filtered(rng.standard_normal(count).astype(np.float32), "bandpass", (700.0, 4200.0), OUT_RATE, order=2)
    at = np.linspace(0.0, 1.0, count)
    swell = np.sin(np.pi * at**0.7) ** 2
    return np.asarray(air / (float(np.abs(air).max()) or 1.0) * swell * 10 ** (-30 / 20), np.float32)


def encoded(wave: Floats) -> bytes:
    """FLAC, 48 kHz, 16 bit, mono. The same samples give the same bytes."""
    out = io.BytesIO()
    whole = np.clip(np.round(wave * 32767.0), -32768, 32767).astype(np.int16)
    soundfile.write(out, whole, OUT_RATE, format="FLAC", subtype="PCM_16")
    return out.getvalue()
