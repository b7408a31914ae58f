"""listened(): what is heard of a cut, as numbers and as a picture. Nothing is encoded or kept.

Takes a cut and its media, gives a Heard: each track's waveform as it stands in the mix, where somebody speaks, how far each track is
ducked, and how loud it is from moment to moment. `cut.sound()` shows it; `listening_plot` draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from glimmer.assembly.pieces import Role, Timeline
from glimmer.display import Html, Table, count_text, duration_text, one_line
from glimmer.errors import Cancelled, InputError, MissingPiece
from glimmer.render.listening_plot import Lane, heard_card
from glimmer.render.loudness import HOP, Sound, decibels, levels, loudness, momentary
from glimmer.render.mix import DUCK_TICK, audible, duck_curves, mixed_tracks
from glimmer.render.opening import Media
from glimmer.render.sound_plan import SoundPlan, tracks_heard
from glimmer.render.sound_source import RATE

__all__ = ["Heard", "HeardTrack", "listened"]

Curve = tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]  # seconds, values: two rows of one length

PAUSE_SECONDS: Final = 0.35  # a shorter silence is inside a sentence
SHORTEST_SPEECH_SECONDS: Final = 0.08
NARROWEST_PX, WIDEST_PX = 200, 4000
QUIETEST_LUFS: Final = -70.0


@dataclass(frozen=True, slots=True, eq=False)
class HeardTrack:
    """peaks: the highest sample (1 is full scale) of each of `width_px` equal spans of the film, as it stands in the mix."""

    name: str
    role: Role
    peaks: NDArray[np.float32]
    muted: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What is heard of a cut.

    speech: where dialogue is heard, (from, to) in seconds. ducks: for each track that is pushed down, its curve: seconds, dB (0 is not
    at all). momentary: seconds (the middle of each 400 ms), LUFS. lufs: the whole mix before mastering, None for silence;
    raised_db: what a render adds to meet `target_lufs`, as far as its limiter lets it. `table()` has it all as rows.
    """

    title: str
    seconds: float
    tracks: tuple[HeardTrack, ...]
    speech: tuple[tuple[float, float], ...]
    ducks: Mapping[str, Curve]
    momentary: Curve
    lufs: float | None
    true_peak_db: float
    target_lufs: float

    @property
    def raised_db(self) -> float:
        return 0.0 if self.lufs is None else self.target_lufs - self.lufs

    def __repr__(self) -> str:
        loud = "silent" if self.lufs is None else f"{self.lufs:.1f} LUFS (target {self.target_lufs:.1f})"
        spoken = f"speech {duration_text(self._spoken_seconds)}" if self.speech else "no speech"
        return one_line(
            f'Sound of "{self.title}"', duration_text(self.seconds), loud, spoken, count_text(len(self.tracks), "track")
        )

    __str__ = __repr__

    def table(self) -> Table:
        """A row for every 100 ms: `seconds` (the middle of a 400 ms window), its `lufs` in the mix, whether there is `speech`, and of
        each track its highest sample `A1 peak_db` within 50 ms and how far it is ducked, `A2 duck_db`. `.to_pandas()` plots it.

        Peaks are as fine as the picture's columns: in a long film a row takes that of its whole column. Silence is -200 dB.
        """
        at, lufs = self.momentary
        heard = [track for track in self.tracks if not track.muted]
        rows = {"seconds": np.round(at, 2), "lufs": np.round(lufs, 2), "speech": _within(self.speech, at)}
        rows |= {f"{track.name} peak_db": self._peaks_near(track, at) for track in heard}
        rows |= {f"{name} duck_db": np.round(np.interp(at, *curve), 2) for name, curve in self.ducks.items()}
        return Table(tuple(rows), list(zip(*(column.tolist() for column in rows.values()), strict=True)), title=self.title)

    def _peaks_near(self, track: HeardTrack, at: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        columns, each = len(track.peaks), len(track.peaks) / self.seconds
        first = np.clip(np.floor((at - 0.05) * each), 0, columns - 1).astype(int)
        after = np.clip(np.ceil((at + 0.05) * each), first + 1, columns).astype(int)
        ends = np.stack([first, after], axis=1).ravel()
        highest = np.maximum.reduceat(np.append(track.peaks, np.float32(0)), ends)[::2] if len(at) else np.zeros(0)
        return np.round(20 * np.log10(np.maximum(highest.astype(np.float64), 1e-10)), 2)

    @property
    def _spoken_seconds(self) -> float:
        return sum(end - start for start, end in self.speech)

    def _repr_html_(self) -> Html:
        lanes = [Lane(track.name, track.role, track.peaks, self.ducks.get(track.name), track.muted) for track in self.tracks]
        return heard_card(
            self.title,
            self._facts(),
            lanes,
            seconds=self.seconds,
            speech=self.speech,
            momentary=(self.momentary[0], self.momentary[1] + self.raised_db),
            target_lufs=self.target_lufs,
        )

    def _facts(self) -> list[tuple[str, Any]]:
        spoken = f"{duration_text(self._spoken_seconds)} in {count_text(len(self.speech), 'stretch', 'stretches')}"
        facts: list[tuple[str, Any]] = [("length", duration_text(self.seconds)), ("speech", spoken if self.speech else "none")]
        if self.lufs is None:
            return [*facts, ("mix", "silent")]
        facts += [("mix", f"{self.lufs:.1f} LUFS"), ("true peak", f"{self.true_peak_db:.1f} dB")]
        return [*facts, ("target", f"{self.target_lufs:.1f} LUFS"), ("a render adds", f"{self.raised_db:+.1f} dB")]


def listened(
    cut: Timeline,
    *,
    media: Media,
    width_px: int = 860,
    target_lufs: float = -16.0,
    cancelled: Callable[[], bool] = lambda: False,
) -> Heard:
    """What is heard of `cut`, at its own rate. Muted tracks are listed, with nothing in them.

    Raises: MissingPiece for a cut with no picture, InputError, MediaError that names the clip, Cancelled.
    """
    if not cut.frames:
        raise MissingPiece(f'the cut "{cut.title}" has no picture, and so no length to listen to. Assemble it first.')
    if not NARROWEST_PX <= width_px <= WIDEST_PX:
        raise InputError(f"width_px can't be {width_px!r}; expected {NARROWEST_PX} to {WIDEST_PX}.")
    listening = _Listening(cut, width_px, target_lufs)
    return listening.to(media, cancelled)


class _Listening:
    """One pass over the mix: what passes is measured and let go."""

    def __init__(self, cut: Timeline, width_px: int, target_lufs: float) -> None:
        self._cut, self._target, self._columns = cut, target_lufs, width_px
        self._plan = SoundPlan(
            key="",
            rate=cut.rate,
            frames=cut.frames,
            tracks=tracks_heard(cut),
            loudness_lufs=target_lufs,
            true_peak_db=-1.0,
            audio_kbps=0,
            codec="pcm",
        )
        self._samples = round(cut.frames / cut.rate * RATE)
        self._peaks = {track.name: np.zeros(width_px, np.float32) for track in self._plan.tracks}
        self._speaking = np.zeros(self._samples // DUCK_TICK + 2, bool)

    def to(self, media: Media, cancelled: Callable[[], bool]) -> Heard:
        curves = duck_curves(self._plan, media, cancelled)
        measured = levels(self._passing(media, cancelled, curves))
        if cancelled():
            raise Cancelled("listening was stopped.")
        loud = momentary(measured.power)
        return Heard(
            title=self._cut.title,
            seconds=self._cut.seconds,
            tracks=self._tracks(),
            speech=_stretches(self._speaking),
            ducks={
                track.name: (np.arange(len(curve)) * (DUCK_TICK / RATE), -track.duck_db * curve.astype(np.float64))
                for track in self._plan.tracks
                if track.duck_db and (curve := curves[track.duck_under]).any()
            },
            momentary=((np.arange(len(loud)) + 2) * (HOP / RATE), loud),
            lufs=loudness(measured.power),
            true_peak_db=decibels(float(measured.peaks.max(initial=0.0))),
            target_lufs=self._target,
        )

    def _passing(self, media: Media, cancelled: Callable[[], bool], curves: Mapping[str, NDArray[np.float32]]) -> Any:
        first = 0
        for length, heard in mixed_tracks(self._plan, media, cancelled, curves):
            whole = np.zeros((length, 2), np.float32)
            for track, each in zip(self._plan.tracks, heard, strict=True):
                if each is not None:
                    whole += each
                    self._see(self._peaks[track.name], each, first)
                    if track.role == "dialogue":
                        ticks = audible(each)
                        self._speaking[first // DUCK_TICK :][: len(ticks)] |= ticks
            first += length
            yield whole

    def _see(self, peaks: NDArray[np.float32], heard: Sound, first: int) -> None:
        """Raise the columns that the block touches to its highest samples."""
        columns = (np.arange(first, first + len(heard), dtype=np.int64) * self._columns) // self._samples
        begins = np.flatnonzero(np.diff(columns, prepend=-1))
        highest = np.maximum.reduceat(np.abs(heard).max(axis=1), begins)
        where = columns[begins]
        peaks[where] = np.maximum(peaks[where], highest)

    def _tracks(self) -> tuple[HeardTrack, ...]:
        silent = np.zeros(self._columns, np.float32)
        return tuple(
            HeardTrack(track.name, track.role, self._peaks.get(track.name, silent), track.muted)
            for track in self._cut.tracks
            if track.kind == "sound" and track.clips
        )


def _within(spans: tuple[tuple[float, float], ...], at: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Whether each moment lies in one of `spans`, which follow one another."""
    inside: NDArray[np.bool_] = np.searchsorted(np.ravel(spans), at, side="right") % 2 == 1
    return inside


def _stretches(speaking: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """(from, to) in seconds, with short pauses bridged and clicks left out."""
    edges = np.flatnonzero(np.diff(speaking.astype(np.int8), prepend=0, append=0)) * (DUCK_TICK / RATE)
    joined: list[tuple[float, float]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if joined and start - joined[-1][1] < PAUSE_SECONDS:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple((round(start, 2), round(end, 2)) for start, end in joined if end - start >= SHORTEST_SPEECH_SECONDS)
