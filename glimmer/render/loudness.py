"""How loud: BS.1770 loudness in blocks, true peaks, and a look-ahead limiter. NumPy and filters of FFmpeg's and OpenCV's.

Takes a mix (float32, stereo, 48 kHz) block by block, so that an hour needs no more memory than a minute. The loudness is that of
ITU-R BS.1770-4 with its gates (pyloudnorm agrees to 0.05 LU). True peaks are read at four times the rate; the limiter works on the
peaks of each millisecond and looks 10 ms ahead, so its gain never jumps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from glimmer.render.weighting import KWeighting

__all__ = [
    "HOP",
    "Levels",
    "Sound",
    "between_ticks",
    "decibels",
    "gains_for",
    "levels",
    "limited",
    "limited_power",
    "loudness",
    "loudness_and_peak",
    "momentary",
]

Sound = NDArray[np.float32]  # (samples, 2)

RATE = 48_000
TICK = 48  # samples to a millisecond: the limiter's clock
HOP = 4_800  # 100 ms: BS.1770's 400 ms blocks overlap by 75 %
QUIETEST_LUFS = -70.0  # BS.1770's absolute gate
LOOK_AHEAD_TICKS = 21
CHUNK_TICKS = 60_000  # a minute: what is worked out at once, so that hours need no more memory
_REACH_TICKS = 2 * LOOK_AHEAD_TICKS + 4  # how far a peak is felt


class Levels(NamedTuple):
    """power: K-weighted mean square of every 100 ms, both channels added. Of every millisecond, peaks: the true peak, and energy: the
    K-weighted squares added up.
    """

    power: NDArray[np.float64]
    peaks: NDArray[np.float32]
    energy: NDArray[np.float32]


def levels(blocks: Iterable[Sound]) -> Levels:
    """The levels of a whole mix, read once. Blocks must be whole numbers of 100 ms, save the last."""
    read = [Levels(np.zeros(0), np.zeros(0, np.float32), np.zeros(0, np.float32)), *_levels_of_blocks(blocks)]
    return Levels(*(np.concatenate(each) for each in zip(*read, strict=True)))


def loudness_and_peak(blocks: Iterable[Sound]) -> tuple[float | None, float]:
    """Integrated loudness in LUFS (None for silence) and the true peak's amplitude, without keeping the levels."""
    power, peak = [np.zeros(0)], 0.0
    for each in _levels_of_blocks(blocks):
        power.append(each.power)
        peak = max(peak, float(each.peaks.max(initial=0.0)))
    return loudness(np.concatenate(power)), peak


def _levels_of_blocks(blocks: Iterable[Sound]) -> Iterator[Levels]:
    """The levels block by block, each when the next one has told what lies between them."""
    weighting = KWeighting()
    tail = np.zeros((2, 2 * TAPS), np.float32)
    waiting: Levels | None = None
    for block in blocks:
        rows = np.ascontiguousarray(block.T, np.float32)
        whole = np.concatenate([tail, rows], axis=1)
        seam, peaks = _peaks(whole, len(block))
        if waiting is not None:
            waiting.peaks[-1:] = np.maximum(waiting.peaks[-1:], seam)
            yield waiting
        weighted = weighting.of(rows)
        squares = np.einsum("cs,cs->s", weighted, weighted)
        waiting = Levels(_means(squares, HOP), peaks, _sums(squares, TICK).astype(np.float32))
        tail = whole[:, -2 * TAPS :].copy()
    if waiting is not None:
        seam, _ = _peaks(np.concatenate([tail, np.zeros_like(tail)], axis=1), tail.shape[1])
        waiting.peaks[-1:] = np.maximum(waiting.peaks[-1:], seam)
        yield waiting


def momentary(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """The loudness in LUFS of every 400 ms, a new one each 100 ms, no lower than BS.1770's gate. Shorter sound gives one value."""
    four = _four_tenths(power)
    return np.maximum(-0.691 + 10.0 * np.log10(np.maximum(four, 1e-20)), QUIETEST_LUFS)


def _four_tenths(power: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(power):
        return power
    return np.convolve(power, np.full(4, 0.25), "valid") if len(power) >= 4 else np.array([power.mean()])


def loudness(power: NDArray[np.float64]) -> float | None:
    """Integrated loudness in LUFS of the powers of every 100 ms; None for silence."""
    if not len(power):
        return None
    four = _four_tenths(power)
    loud = four[four > _power_of(QUIETEST_LUFS)]
    if not len(loud):
        return None
    gate = _power_of(_lufs(loud.mean()) - 10.0)
    return _lufs(loud[loud > gate].mean())


def gains_for(measured: Levels, *, gain_db: float, ceiling_db: float) -> NDArray[np.float32]:
    """The limiter's gain at every millisecond (and one more), `gain_db` included: after it no peak is above `ceiling_db`."""
    gain, ceiling = 10 ** (gain_db / 20), 10 ** (ceiling_db / 20)
    count = len(measured.peaks)
    gains = np.full(count + 1, gain, np.float32)
    for first in range(0, count, CHUNK_TICKS):
        after = min(first + CHUNK_TICKS, count)
        begin, end = max(first - _REACH_TICKS, 0), min(after + _REACH_TICKS, count)
        needed = np.minimum(1.0, ceiling / np.maximum(measured.peaks[begin:end] * gain, 1e-9))
        if needed.min() < 1.0:
            gains[first:after] = _smoothed(needed)[first - begin : after - begin] * gain
    gains[-1] = gains[-2] if count else gain
    return gains


def _smoothed(needed: NDArray[np.float32]) -> NDArray[np.float32]:
    """Never above `needed`, and gliding: the lowest value in reach, averaged over the same reach."""
    width = 2 * LOOK_AHEAD_TICKS + 1
    lowest = cv2.erode(
        needed[None, :], np.ones((1, width + 2), np.uint8), borderType=cv2.BORDER_REPLICATE
    )  # gains are read between two ticks
    window = np.hanning(width + 2)[1:-1][None, :]
    smooth = cv2.filter2D(lowest, -1, window / window.sum(), borderType=cv2.BORDER_REPLICATE)
    gliding: NDArray[np.float32] = smooth[0].astype(np.float32, copy=False)
    return gliding


def limited_power(measured: Levels, gains: NDArray[np.float32]) -> NDArray[np.float64]:
    """The powers after those gains: near enough (0.05 LU) to choose a gain by, without reading the mix again."""
    tenth, after = HOP // TICK, measured.power.copy()
    for first in range(0, len(measured.energy), CHUNK_TICKS):
        energy = measured.energy[first : first + CHUNK_TICKS].astype(np.float64) + 1e-30
        squares = np.square(gains[first : first + len(energy)].astype(np.float64))
        here = after[first // tenth :][: CHUNK_TICKS // tenth]
        here *= (_sums(squares * energy, tenth) / _sums(energy, tenth))[: len(here)]
    return after


def limited(blocks: Iterable[Sound], gains: NDArray[np.float32]) -> Iterator[Sound]:
    """The mix with the gains of `gains_for` laid on, block by block, gliding from one millisecond to the next."""
    at = 0
    for block in blocks:
        # a gain is that of its millisecond's middle: the lines between them begin half a tick before the first
        first = (at - TICK // 2) // TICK
        count = (at + len(block) - TICK // 2) // TICK + 1 - first
        near = gains[np.clip(np.arange(first, first + count + 1), 0, len(gains) - 1)]
        skip = at - (first * TICK + TICK // 2)
        yield block * between_ticks(near, TICK)[skip : skip + len(block), None]
        at += len(block)


def between_ticks(values: NDArray[np.float32], tick: int) -> NDArray[np.float32]:
    """Straight lines of `tick` samples from each of `values` to the next: one span fewer than values."""
    ramp = np.arange(tick, dtype=np.float32) / np.float32(tick)
    lines: NDArray[np.float32] = (values[:-1, None] + np.diff(values)[:, None] * ramp).reshape(-1)
    return lines


def decibels(value: float) -> float:
    """Of an amplitude; silence is -200."""
    return 20.0 * float(np.log10(max(value, 1e-10)))


def _peaks(rows: NDArray[np.float32], fresh: int) -> tuple[float, NDArray[np.float32]]:
    """The highest of four times as many samples: of the TAPS before the last `fresh`, and in every millisecond of these. rows: (2, samples).

    Between the last TAPS samples nothing is known yet: there the samples themselves count.
    The three samples between two come from a filter each, by OpenCV: a tenth of the time of a polyphase resampler in SciPy.
    """
    highest = np.abs(rows)
    for taps in _BETWEEN:
        np.maximum(highest, np.abs(cv2.filter2D(rows, -1, taps, borderType=cv2.BORDER_CONSTANT)), out=highest)
    highest[:, -TAPS:] = np.abs(rows[:, -TAPS:])
    loudest = highest.max(axis=0)
    padded = np.pad(loudest[-fresh:] if fresh else loudest[:0], (0, -fresh % TICK))
    peaks: NDArray[np.float32] = padded.reshape(-1, TICK).max(axis=1)
    return float(loudest[-fresh - TAPS : len(loudest) - fresh].max()), peaks


def _between() -> list[NDArray[np.float32]]:
    """Windowed sincs that give the value a quarter, a half and three quarters of the way from a sample to the next."""
    reach = np.arange(-TAPS, TAPS + 1)
    filters = []
    for way in (0.25, 0.5, 0.75):
        taps = np.sinc(reach - way) * np.cos(np.pi * (reach - way) / (2 * TAPS + 2)) ** 2
        filters.append((taps / taps.sum()).astype(np.float32)[None, :])
    return filters


TAPS = 12  # samples to each side
_BETWEEN = _between()


def _means(values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Means of each `size` values; a last piece shorter than half of it is left out."""
    whole = len(values) // size * size
    means = values[:whole].reshape(-1, size).mean(axis=1)
    rest = values[whole:]
    return np.append(means, rest.mean()) if len(rest) * 2 >= size else means


def _sums(values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    padded = np.pad(values, (0, -len(values) % size))
    sums: NDArray[np.float64] = padded.reshape(-1, size).sum(axis=1)
    return sums


def _lufs(power: float) -> float:
    return -0.691 + 10.0 * float(np.log10(max(power, 1e-20)))


def _power_of(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
