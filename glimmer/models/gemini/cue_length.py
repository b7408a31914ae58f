"""Cue length: a song of any length becomes a cue of exactly the asked one, without a gap or a click.

A song that is long enough is left early or, where the film wants a close, is crossed over to its own ending. One that is too short goes
round: it leaves from where it sounds most like a place before, and goes on there. Every seam is an equal-power crossfade.
Samples are float32, shape (2, count), 48 kHz.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glimmer.models.sound_files import RATE_HZ, Samples, faded

__all__ = ["Fitted", "fitted", "without_silence"]

Floats = NDArray[np.float32]

_HOP: Final = RATE_HZ // 20  # what a song sounds like is looked at 20 times a second
_THINNED: Final = 4  # what a song sounds like is heard below 6 kHz as well
_WINDOW: Final = 1_024
_BANDS: Final = 36
_ALIKE_HOPS: Final = 40  # 2 s around a seam are compared
_CROSS_SECONDS: Final = 1.2
_SILENT_DB: Final = -50.0  # against the song's loudest tenth of a second
_NEARLY: Final = RATE_HZ // 4  # a song that is longer by no more is as long as it should be
_CLOSE_SECONDS: Final = 3.0
_RELEASE_SECONDS: Final = 0.3  # of a cue that is cut against: the next one begins there


class Fitted(NamedTuple):
    """A cue of the asked length, and how often the song went round for it."""

    sound: Samples
    rounds: int


def fitted(song: Samples, samples: int, *, closing: bool) -> Fitted:
    """`song` at exactly `samples` samples. closing: it should come to an end, by its own where there is room for it."""
    song = without_silence(song)
    stream, rounds = (song, 0) if song.shape[1] >= samples else _round_and_round(song, samples)
    over = stream.shape[1] - samples
    at_its_end = not rounds and over <= _NEARLY
    if closing and not at_its_end and over > 0 and min(samples, song.shape[1]) >= 16 * RATE_HZ:
        stream, at_its_end = _closed(stream, song, samples), True
    seconds = samples / RATE_HZ
    fade = min(_CLOSE_SECONDS, 0.22 * seconds) if closing and not at_its_end else min(_RELEASE_SECONDS, 0.2 * seconds)
    return Fitted(faded(np.ascontiguousarray(stream[:, :samples]), 0.004, fade), rounds)


def without_silence(song: Samples) -> Samples:
    """The song from where it begins to sound to where it ends, 50 ms of air at both ends. All of it where nothing sounds."""
    step = RATE_HZ // 10
    whole = song.shape[1] // step * step
    if not whole:
        return song
    power = np.square(song[:, :whole]).sum(axis=0).reshape(-1, step).mean(axis=1)
    heard = np.flatnonzero(power > float(power.max()) * 10 ** (_SILENT_DB / 10))
    if not heard.size or float(power.max()) <= 0:
        return song
    first = max(0, int(heard[0]) * step - step // 2)
    return song[:, first : min(song.shape[1], (int(heard[-1]) + 1) * step + step // 2)]


# ── too short ───────────────────────────────────────────────────────────────────────────────────────────────
def _round_and_round(song: Samples, samples: int) -> tuple[Samples, int]:
    """The song for at least `samples`: at one seam it goes back to where it sounded alike, as often as it takes."""
    leave, enter = _seam(song)
    cross = min(round(_CROSS_SECONDS * RATE_HZ), (leave - enter) // 3, enter if enter else (leave - enter) // 3)
    cross = max(cross, 1)
    body = song[:, enter:leave]
    out = np.zeros((song.shape[0], samples + song.shape[1]), np.float32)
    out[:, :leave] = song[:, :leave]
    at, rounds = leave, 0
    while at < samples:
        rounds += 1
        lead = song[:, enter - cross : enter] if enter >= cross else song[:, :cross]
        out[:, at - cross : at] = _crossed(out[:, at - cross : at], lead)
        length = min(body.shape[1], out.shape[1] - at)
        out[:, at : at + length] = body[:, :length]
        at += length
    return out[:, :at], rounds


def _seam(song: Samples) -> tuple[int, int]:
    """Where to leave and where to go on, in samples: the two places that sound most alike, as far apart as may be."""
    hops = song.shape[1] // _HOP
    if hops < 3 * _ALIKE_HOPS:  # 6 s: nothing to choose from
        return song.shape[1] - min(song.shape[1] // 4, RATE_HZ // 2), song.shape[1] // 8
    level = np.square(song[:, : hops * _HOP]).sum(axis=0).reshape(-1, _HOP).mean(axis=1)
    last = _before_the_end(level)
    leaves, enters = np.arange(int(0.55 * last), last), np.arange(_ALIKE_HOPS // 2, int(0.4 * last))
    if not leaves.size or not enters.size:
        return song.shape[1] * 7 // 8, song.shape[1] // 8
    span = (leaves[:, None] - enters[None, :]) / hops
    best = _likeness(_colours(song), leaves, enters) + 0.2 * span
    row, column = np.unravel_index(int(best.argmax()), best.shape)
    leave, enter = int(leaves[row]) * _HOP, int(enters[column]) * _HOP
    return leave + _in_step(song, leave, enter), enter


def _before_the_end(level: Floats) -> int:
    """The last hop at which the song still goes on as it did: before it fades or rings out."""
    smooth = np.convolve(level, np.full(20, 1 / 20), mode="same")
    going = np.flatnonzero(smooth > 0.35 * np.median(smooth))
    return int(min(going[-1] - 10 if going.size else level.size, level.size - _ALIKE_HOPS // 2))


def _colours(song: Samples) -> Floats:
    """What the song sounds like at each hop: the loudness of 36 bands in dB, each hop around its own mean, shape (hops, bands)."""
    hops, step = song.shape[1] // _HOP, _HOP // _THINNED
    mono = song[:, : hops * _HOP].mean(axis=0).reshape(-1, _THINNED).mean(axis=1)
    padded = np.pad(mono, (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[: hops * step : step]
    edges = np.unique(np.geomspace(3, _WINDOW // 2, _BANDS + 1).astype(int))
    window = np.hanning(_WINDOW).astype(np.float32)
    spectra = [np.abs(np.fft.rfft(part * window, axis=1)) ** 2 for part in np.array_split(frames, max(1, hops // 256))]
    power = np.concatenate([np.add.reduceat(each, edges[:-1], axis=1) for each in spectra])
    decibels = 10 * np.log10(power + 1e-7)
    return np.asarray(decibels - decibels.mean(axis=1, keepdims=True), np.float32)


def _likeness(colours: Floats, some: NDArray[np.intp], others: NDArray[np.intp]) -> Floats:
    """How alike each of some places and each of others sound over the two seconds around them, -1 to 1, shape (some, others)."""
    unit = colours / np.maximum(np.linalg.norm(colours, axis=1, keepdims=True), 1e-6)
    shifts = range(-(_ALIKE_HOPS // 2), _ALIKE_HOPS // 2, 4)  # every 0.2 s is enough: a chord lasts longer
    total = np.zeros((some.size, others.size), np.float32)
    for shift in shifts:
        total += unit[some + shift] @ unit[others + shift].T
    return np.asarray(total / len(shifts), np.float32)


def _in_step(song: Samples, leave: int, enter: int) -> int:
    """By how many samples to leave later or earlier, up to 25 ms, so that the waves of both sides move together."""
    reach, length = RATE_HZ // 40, RATE_HZ // 4
    if enter < length or leave < length + reach or leave + reach > song.shape[1]:
        return 0
    mono = song.mean(axis=0)
    here, there = mono[leave - length - reach : leave + reach], mono[enter - length : enter]
    size = 1 << (here.size + there.size).bit_length()
    product = np.fft.irfft(np.fft.rfft(here, size) * np.conj(np.fft.rfft(there, size)), size)[: 2 * reach + 1]
    return int(np.argmax(product)) - reach


def _crossed(going: Samples, coming: Samples) -> Samples:
    """One sound over to another of the same length, at equal power."""
    angle = np.linspace(0.0, np.pi / 2, going.shape[1], endpoint=False, dtype=np.float32)
    return np.asarray(going * np.cos(angle) + coming * np.sin(angle), np.float32)


# ── too long ────────────────────────────────────────────────────────────────────────────────────────────────
def _closed(stream: Samples, song: Samples, samples: int) -> Samples:
    """The stream, crossed over in its last 4 to 12 seconds to the song's own ending, at the moment when both sound most alike."""
    span = min(14 * RATE_HZ, song.shape[1], samples)
    coming, going = _colours(song[:, -span:]), _colours(stream[:, samples - span : samples])
    ends, half = coming.shape[0], _ALIKE_HOPS // 2
    before = np.arange(4 * 20, min(12 * 20, ends - half))  # hops from the end
    places = [slice(ends - back - half, ends - back + half) for back in before]
    back = int(before[int(np.argmax([_alike(going[place], coming[place]) for place in places]))]) * _HOP
    cross = round(_CROSS_SECONDS * RATE_HZ)
    at, entry = samples - back, song.shape[1] - back
    over = _crossed(stream[:, at - cross : at], song[:, entry - cross : entry])
    return np.concatenate([stream[:, : at - cross], over, song[:, entry:]], axis=1)


def _alike(one: Floats, other: Floats) -> float:
    return float((one * other).sum() / max(1e-6, float(np.linalg.norm(one) * np.linalg.norm(other))))
