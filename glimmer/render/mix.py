"""The mix: every clip decoded, placed, faded, panned and ducked, added up in blocks of five seconds.

Takes the sound plan, gives float32 stereo at 48 kHz, exactly as many samples as the film has time. Clips are decoded as the blocks
reach them and closed when they end: an hour of film needs the memory of a minute. Pan keeps the power: a clip in the middle is as
it was made, on a side it is 3 dB louder there and silent on the other. Where two clips cross, their powers add up to one. Music is ducked under the voice by what is
really heard on the voice's track, with a look ahead, so that the first syllable is already clear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from fractions import Fraction
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from glimmer.render.loudness import Sound
from glimmer.render.opening import Media
from glimmer.render.sound_plan import SoundPiece, SoundPlan, SoundTrack
from glimmer.render.sound_source import RATE, heard_of, samples_of

__all__ = ["BLOCK", "DUCK_TICK", "audible", "duck_curves", "mixed", "mixed_tracks", "samples_of", "speaking"]

BLOCK = 5 * RATE
DUCK_TICK = 480  # 10 ms: the clock of ducking
HEARD_DB = -45.0  # a voice track louder than this is speaking
LOOK_AHEAD, HOLD = 20, 25  # ticks: the music goes down 200 ms before a word and stays down 250 ms after it
ATTACK_SECONDS, RELEASE_SECONDS = 0.12, 0.60
CLICK_SECONDS = 0.002  # the least fade at a clip's edges


def mixed(sound: SoundPlan, media: Media, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Sound]:
    """The film's sound in blocks of BLOCK samples, the last one shorter: float32 (samples, 2), not yet normalised.

    Stops between blocks if `cancelled`. Raises: MediaError that names the clip.
    """
    for length, heard in mixed_tracks(sound, media, cancelled):
        block = np.zeros((length, 2), np.float32)
        for each in heard:
            if each is not None:
                block += each
        yield block


def mixed_tracks(
    sound: SoundPlan,
    media: Media,
    cancelled: Callable[[], bool] = lambda: False,
    curves: Mapping[str, NDArray[np.float32]] | None = None,
) -> Iterator[tuple[int, list[Sound | None]]]:
    """As `mixed`, each track by itself in the order of the plan: (samples in the block, what each track has in it, or None).

    curves: those of `duck_curves`, if somebody has them already.
    """
    total = samples_of(sound.frames, sound.rate)
    curves = duck_curves(sound, media, cancelled) if curves is None else curves
    with ExitStack() as closing:
        players = [closing.enter_context(_TrackPlayer(track, sound.rate, media)) for track in sound.tracks]
        for first in range(0, total, BLOCK):
            if cancelled():
                return
            length = min(BLOCK, total - first)
            yield (
                length,
                [
                    _ducked(player.block(first, length), first, track, curves.get(track.duck_under))
                    for track, player in zip(sound.tracks, players, strict=True)
                ],
            )


class _TrackPlayer:
    """One track's sound, block after block. Opens each clip when it begins and closes it when it ends."""

    def __init__(self, track: SoundTrack, rate: Fraction, media: Media) -> None:
        self._track, self._rate, self._media = track, rate, media
        self._waiting = sorted(track.pieces, key=lambda piece: piece.start, reverse=True)
        self._playing: list[_PiecePlayer] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for player in self._playing:
            player.close()

    def block(self, first: int, length: int) -> Sound | None:
        """The track's samples from `first` on, with its gain; None if nothing is heard."""
        while self._waiting and samples_of(self._waiting[-1].start, self._rate) < first + length:
            self._playing.append(_PiecePlayer(self._waiting.pop(), self._rate, self._media))
        if not self._playing:
            return None
        out = np.zeros((length, 2), np.float32)
        for player in self._playing:
            player.add_to(out, first)
        for player in [player for player in self._playing if player.end <= first + length]:
            player.close()
            self._playing.remove(player)
        return out * np.float32(10 ** (self._track.gain_db / 20))


class _PiecePlayer:
    """One clip being played: decoded as it is needed."""

    def __init__(self, piece: SoundPiece, rate: Fraction, media: Media) -> None:
        self.start = samples_of(piece.start, rate)
        self.end = samples_of(piece.start + piece.frames, rate)
        self._piece = piece
        self._decoded = heard_of(piece, rate, media)
        self._rest = np.zeros((0, 2), np.float32)

    def close(self) -> None:
        self._decoded.close()

    def add_to(self, out: Sound, first: int) -> None:
        """Add what this clip has between `first` and the end of `out`."""
        a, b = max(self.start, first), min(self.end, first + len(out))
        if a < b:
            heard = self._next(b - a)
            out[a - first : a - first + len(heard)] += heard * self._envelope(a, len(heard))

    def _next(self, count: int) -> Sound:
        parts, have = [self._rest], len(self._rest)
        while have < count:
            fresh = next(self._decoded, None)
            if fresh is None:
                break
            parts.append(fresh)
            have += len(fresh)
        whole = np.concatenate(parts)
        self._rest = whole[count:].copy()
        return whole[:count]

    def _envelope(self, first: int, count: int) -> NDArray[np.float32]:
        """Gain, pan and fades for `count` samples of the film from `first` on: (count, 2)."""
        piece = self._piece
        # Constant power: the middle is the clip as it is, a side 3 dB above it. A stereo clip's other side goes down to nothing.
        angle = (min(max(piece.pan, -1.0), 1.0) + 1.0) * np.pi / 4
        sides = np.array([np.cos(angle), np.sin(angle)]) * np.sqrt(2.0) * 10 ** (piece.gain_db / 20)
        into = max(piece.fade_in, CLICK_SECONDS) * RATE
        out_of = max(piece.fade_out, CLICK_SECONDS) * RATE
        curve = np.ones(count)
        # Quarter sines keep the power steady where two clips cross.
        rising = min(max(int(self.start + into) + 1 - first, 0), count)
        curve[:rising] = np.sin(np.clip((np.arange(first, first + rising) - self.start + 0.5) / into, 0, 1) * np.pi / 2)
        falling = max(min(int(self.end - out_of) - 1 - first, count), 0)
        curve[falling:] *= np.sin(np.clip((self.end - np.arange(first + falling, first + count) - 0.5) / out_of, 0, 1) * np.pi / 2)
        result: NDArray[np.float32] = (curve[:, None] * sides).astype(np.float32)
        return result


# ── ducking ─────────────────────────────────────────────────────────────────────────────────────────────────
def duck_curves(sound: SoundPlan, media: Media, cancelled: Callable[[], bool] = lambda: False) -> dict[str, NDArray[np.float32]]:
    """For each track that others duck under: how far down they are, every DUCK_TICK samples; 0 not at all .. 1 by their whole duck."""
    names = sorted({track.duck_under for track in sound.tracks if track.duck_db})
    return {name: eased(widened(speaking(name, sound, media, cancelled))) for name in names}


def speaking(name: str, sound: SoundPlan, media: Media, cancelled: Callable[[], bool] = lambda: False) -> NDArray[np.bool_]:
    """Whether track `name` is heard (louder than HEARD_DB), every DUCK_TICK samples. A track that is not in the plan never is."""
    total = samples_of(sound.frames, sound.rate)
    ticks = np.zeros(-(-total // DUCK_TICK) + 1, bool)
    for track in sound.tracks:
        if track.name == name:
            with _TrackPlayer(track, sound.rate, media) as player:
                for first in range(0, total, BLOCK):
                    heard = None if cancelled() else player.block(first, min(BLOCK, total - first))
                    if heard is not None:
                        loud = audible(heard)
                        ticks[first // DUCK_TICK : first // DUCK_TICK + len(loud)] |= loud
    return ticks


def audible(heard: Sound) -> NDArray[np.bool_]:
    """Whether it is louder than HEARD_DB, every DUCK_TICK samples."""
    return _rms(heard) > 10 ** (HEARD_DB / 20)


def _rms(heard: Sound) -> NDArray[np.float64]:
    padded = np.pad(np.square(heard).mean(axis=1), (0, -len(heard) % DUCK_TICK))
    result: NDArray[np.float64] = np.sqrt(padded.reshape(-1, DUCK_TICK).mean(axis=1))
    return result


def widened(heard: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Speaking from LOOK_AHEAD ticks before until HOLD ticks after."""
    reach = max(LOOK_AHEAD, HOLD)
    window = np.zeros(2 * reach + 1, bool)
    window[reach - HOLD : reach + LOOK_AHEAD + 1] = True
    return ndimage.binary_dilation(heard, window[::-1]).astype(np.float64) if heard.any() else heard.astype(np.float64)


def eased(wanted: NDArray[np.float64]) -> NDArray[np.float32]:
    """Towards `wanted` with the attack's and the release's time constants (a third of their whole time)."""
    down = 1 - np.exp(-3 * DUCK_TICK / RATE / ATTACK_SECONDS)
    up = 1 - np.exp(-3 * DUCK_TICK / RATE / RELEASE_SECONDS)
    now, eased = 0.0, np.empty(len(wanted), np.float32)
    for tick, want in enumerate(wanted.tolist()):
        now += (want - now) * (down if want > now else up)
        eased[tick] = now
    return eased


def _ducked(heard: Sound | None, first: int, track: SoundTrack, curve: NDArray[np.float32] | None) -> Sound | None:
    if heard is None or curve is None or not track.duck_db:
        return heard
    tick = first // DUCK_TICK
    near = curve[tick : tick + len(heard) // DUCK_TICK + 2]
    if not near.any():
        return heard
    depth = np.interp(np.arange(len(heard)), np.arange(len(near)) * DUCK_TICK, near)
    result: Sound = heard * (10 ** (-track.duck_db * depth / 20)).astype(np.float32)[:, None]
    return result
