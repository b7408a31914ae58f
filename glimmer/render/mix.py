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

from glimmer.render.loudness import Sound, between_ticks
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
        return out * np.float32(10 ** (self._track.gain_db / 20)) if self._track.gain_db else out


class _PiecePlayer:
    """One clip being played: decoded as it is needed."""

    def __init__(self, piece: SoundPiece, rate: Fraction, media: Media) -> None:
        self.start = samples_of(piece.start, rate)
        self.end = samples_of(piece.start + piece.frames, rate)
        self._piece = piece
        self._decoded = heard_of(piece, rate, media)
        self._rest = np.zeros((0, 2), np.float32)
        # Constant power: the middle is the clip as it is, a side 3 dB above it. A stereo clip's other side goes down to nothing.
        angle = (min(max(piece.pan, -1.0), 1.0) + 1.0) * np.pi / 4
        sides = np.array([np.cos(angle), np.sin(angle)]) * np.sqrt(2.0) * 10 ** (piece.gain_db / 20)
        self._sides: NDArray[np.float32] = sides.astype(np.float32)

    def close(self) -> None:
        self._decoded.close()

    def add_to(self, out: Sound, first: int) -> None:
        """Add what this clip has between `first` and the end of `out`."""
        a, b = max(self.start, first), min(self.end, first + len(out))
        if a < b:
            heard = self._next(b - a) * self._sides
            self._fade(heard, a)
            out[a - first : a - first + len(heard)] += heard

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

    def _fade(self, heard: Sound, first: int) -> None:
        """Lay the clip's fades on `heard`, which begins at the film's sample `first`. Quarter sines: where two clips cross, powers add up."""
        after = first + len(heard)
        into = max(self._piece.fade_in, CLICK_SECONDS) * RATE
        out_of = max(self._piece.fade_out, CLICK_SECONDS) * RATE
        risen = min(int(self.start + into) + 1, after)
        if risen > first:
            rising = np.sin(np.minimum((np.arange(first, risen) - self.start + 0.5) / into, 1) * np.pi / 2)
            heard[: risen - first] *= rising.astype(np.float32)[:, None]
        falls = max(int(self.end - out_of) - 1, first)
        if falls < after:
            falling = np.sin(np.clip((self.end - np.arange(falls, after) - 0.5) / out_of, 0, 1) * np.pi / 2)
            heard[falls - first :] *= falling.astype(np.float32)[:, None]


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
    told = np.concatenate([[0], np.cumsum(np.pad(heard, (HOLD, LOOK_AHEAD)))])
    return (told[HOLD + LOOK_AHEAD + 1 :] > told[: len(heard)]).astype(np.float64)


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
    tick, count = first // DUCK_TICK, -(-len(heard) // DUCK_TICK)
    near = curve[np.minimum(np.arange(tick, tick + count + 1), len(curve) - 1)]
    if not near.any():
        return heard
    exponent = between_ticks(near, DUCK_TICK)[: len(heard)]
    exponent *= np.float32(-track.duck_db / 20 * np.log2(10))
    result: Sound = heard * np.exp2(exponent, out=exponent)[:, None]
    return result
