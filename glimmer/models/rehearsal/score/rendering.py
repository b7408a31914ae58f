"""From notes to a mastered file, block by block: players, hall, tone, loudness, limiter, fades, FLAC.

The first walk plays the notes into a spool and measures; the second levels the spool to -20 LUFS and writes the file.
An hour needs about 100 MB of memory besides its own bytes: the spool goes to disk beyond 64 MB.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Final

import numpy as np
import scipy

from glimmer.models.rehearsal.acoustics import (
    SAMPLE_RATE_HZ,
    FlacWriter,
    LoudnessMeter,
    Room,
    RoomShape,
    Samples,
    add_at,
    samples_in,
)
from glimmer.models.rehearsal.score.orchestra import SEATS, Orchestra
from glimmer.models.rehearsal.score.writers import Note

__all__ = ["CEILING_DBFS", "LOUDNESS_LUFS", "render"]

LOUDNESS_LUFS: Final = -20.0  # leaves the mix room to duck under speech and to reach -16 for the film
CEILING_DBFS: Final = -3.2
_BLOCK: Final = 10 * SAMPLE_RATE_HZ
_LONGEST_NOTE: Final = 14 * SAMPLE_RATE_HZ
_SPOOL_BYTES: Final = 64 * 1024 * 1024
_LOOK: Final = samples_in(0.006)  # the limiter sees 6 ms ahead
_HALL = RoomShape(decay_seconds=2.3, size_seconds=0.07, darkness=0.35, seed=7)
_HALL_GAIN: Final = 0.55


def render(notes: list[Note], total_samples: int, *, fade_seconds: float, seed: int) -> bytes:
    """The notes as a FLAC of exactly `total_samples`, at -20 LUFS with peaks under -3 dBFS, faded over the last `fade_seconds`."""
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES) as spool:
        meter = LoudnessMeter()
        for start, block in _played(notes, total_samples, seed):
            shaped = block * _edges(start, block.shape[1], total_samples, fade_seconds)
            meter.hear(shaped)
            spool.write(shaped.tobytes())
        gain_db = min(60.0, LOUDNESS_LUFS - meter.lufs())
        for _ in range(3):  # the limiter takes a little loudness away: a second walk gives it back
            media, loudness = _mastered(spool, gain_db)
            if abs(loudness - LOUDNESS_LUFS) < 0.7:
                break
            gain_db += LOUDNESS_LUFS - loudness
        return media


def _played(notes: list[Note], total_samples: int, seed: int) -> Iterator[tuple[int, Samples]]:
    """Blocks of sound before mastering, in order."""
    orchestra, hall, tone = Orchestra(seed), Room(_HALL), _Tone()
    size = min(_BLOCK, total_samples)
    dry = np.zeros((2, size + _LONGEST_NOTE), dtype=np.float32)
    wet = np.zeros_like(dry)
    pending = iter(notes)
    note = next(pending, None)
    for start in range(0, total_samples, size):
        while note is not None and samples_in(note.start_seconds) < start + size:
            sound = orchestra.play(note)
            at = samples_in(note.start_seconds) - start
            add_at(dry, sound, at)
            add_at(wet, sound * np.float32(SEATS[note.instrument].hall), at)
            note = next(pending, None)
        length = min(size, total_samples - start)
        block = dry[:, :size] + np.float32(_HALL_GAIN) * hall.heard(wet[:, :size])
        yield start, tone.shaped(block)[:, :length]
        for bus in (dry, wet):
            bus[:, :_LONGEST_NOTE] = bus[:, size : size + _LONGEST_NOTE].copy()
            bus[:, _LONGEST_NOTE:] = 0.0


class _Tone:
    """The desk's equaliser: nothing below 28 Hz (and no DC), 2 dB less mud at 300 Hz, softer above 11 kHz."""

    def __init__(self) -> None:
        low = scipy.signal.butter(2, 28, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
        high = scipy.signal.butter(1, 11_000, "lowpass", fs=SAMPLE_RATE_HZ, output="sos")
        self._sos = np.concatenate([low, _bell(300.0, -2.0, 0.8), high]).astype(np.float32)
        self._state = np.zeros((self._sos.shape[0], 2, 2), dtype=np.float32)

    def shaped(self, block: Samples) -> Samples:
        result, self._state = scipy.signal.sosfilt(self._sos, block, axis=-1, zi=self._state)
        return np.asarray(result, dtype=np.float32)


def _bell(hz: float, gain_db: float, quality: float) -> np.ndarray:
    """A peaking filter (R. Bristow-Johnson, Audio EQ Cookbook)."""
    a, w = 10 ** (gain_db / 40), 2 * np.pi * hz / SAMPLE_RATE_HZ
    alpha = np.sin(w) / (2 * quality)
    b = np.array([1 + alpha * a, -2 * np.cos(w), 1 - alpha * a])
    c = np.array([1 + alpha / a, -2 * np.cos(w), 1 - alpha / a])
    return np.asarray(np.concatenate([b, c])[None, :] / c[0], dtype=np.float64)


def _edges(start: int, length: int, total: int, fade_seconds: float) -> Samples:
    """The gain of a block's samples: 4 ms in, `fade_seconds` out to true zero, 1 between."""
    at = np.arange(start, start + length, dtype=np.float64)
    fade_in = np.clip(at / max(1, min(samples_in(0.004), total // 4)), 0.0, 1.0)
    fade = max(1, min(samples_in(fade_seconds), total // 2))
    left = np.clip((total - 1 - at) / fade, 0.0, 1.0)
    return np.asarray((fade_in * np.sin(0.5 * np.pi * left) ** 2), dtype=np.float32)


def _mastered(spool: IO[bytes], gain_db: float) -> tuple[bytes, float]:
    """The spool at a gain through the limiter: the file and its loudness."""
    writer, meter = FlacWriter(), LoudnessMeter()
    for block in _limited(_blocks(spool, np.float32(10 ** (gain_db / 20)))):
        meter.hear(block)
        writer.write(block)
    return writer.finished(), meter.lufs()


def _blocks(spool: IO[bytes], gain: np.float32) -> Iterator[Samples]:
    spool.seek(0, 2)
    left = spool.tell() // 8
    spool.seek(0)
    while left > 0:
        length = min(_BLOCK, left)
        yield np.frombuffer(spool.read(length * 8), dtype=np.float32).reshape(2, length) * gain
        left -= length


def _limited(blocks: Iterator[Samples]) -> Iterator[Samples]:
    """Peaks held under the ceiling: gain dips 6 ms ahead of a peak and comes back over 12 ms, both sides alike."""
    ceiling = np.float32(10 ** (CEILING_DBFS / 20))
    margin = 2 * _LOOK
    before = np.zeros((2, margin), dtype=np.float32)
    current = next(blocks, None)
    while current is not None:
        following = next(blocks, None)
        after = np.zeros((2, margin), dtype=np.float32)
        if following is not None:
            after[:, : min(margin, following.shape[1])] = following[:, :margin]
        padded = np.concatenate([before, current, after], axis=1)
        needed = np.minimum(1.0, ceiling / np.maximum(np.max(np.abs(padded), axis=0), 1e-9)).astype(np.float32)
        if float(needed.min()) < 1.0:
            held = scipy.ndimage.minimum_filter1d(needed, 2 * _LOOK + 1, mode="nearest")
            smooth = scipy.ndimage.uniform_filter1d(held, 2 * _LOOK + 1, mode="nearest")
            padded = padded * smooth
        yield padded[:, margin : margin + current.shape[1]]
        before = np.concatenate([before, current], axis=1)[:, -margin:]
        current = following
