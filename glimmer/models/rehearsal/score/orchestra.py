"""The orchestra: who plays by which function, where they sit, how loud, how much of the hall they hear.

To add an instrument, write its function in `struck.py` (or a row in `sustained.py`) and a `Seat` here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from glimmer.models.rehearsal.acoustics import Samples, faded, generator, panned, samples_in
from glimmer.models.rehearsal.score import struck
from glimmer.models.rehearsal.score.sustained import SECTIONS, SOLOISTS, section_note, section_table, solo_note
from glimmer.models.rehearsal.score.writers import Note

__all__ = ["SEATS", "Orchestra", "Seat"]

Strike = Callable[[int, float, np.random.Generator], Samples]
_VELOCITY_STEPS: Final = 6  # a struck note is kept in six loudnesses
_KEPT_NOTES: Final = 220  # about 120 MB at most; an hour's cue stays flat


@dataclass(frozen=True)
class Seat:
    """Where an instrument sits: `gain_db`, `pan` -1..1, `hall` 0..1, how far its keys spread, how it is damped when let go."""

    gain_db: float
    pan: float
    hall: float
    strike: Strike | None = None
    spread: float = 0.0
    damped_seconds: float = 0.0  # 0 rings on


SEATS: Final[dict[str, Seat]] = {
    "piano": Seat(0, -0.05, 0.3, struck.piano, 0.55, 0.28),
    "harp": Seat(-1, -0.5, 0.45, struck.harp, 0.3),
    "guitar": Seat(-3, 0.4, 0.25, struck.guitar, 0.1, 0.09),
    "pizzicato": Seat(1, 0.2, 0.4, struck.pizzicato, 0.5),
    "marimba": Seat(-1, -0.4, 0.35, struck.marimba, 0.3),
    "celesta": Seat(-3, 0.45, 0.45, struck.celesta, 0.3),
    "music_box": Seat(-5, -0.4, 0.4, struck.music_box, 0.3),
    "timpani": Seat(-1, 0.3, 0.5, struck.timpani),
    "taiko": Seat(0, -0.15, 0.45, struck.taiko),
    "low_drum": Seat(0, 0.05, 0.3, struck.low_drum),
    "shaker": Seat(-6, 0.5, 0.25, struck.shaker),
    "brush": Seat(-6, -0.3, 0.3, struck.brush),
    "tick": Seat(-6, 0.35, 0.35, struck.tick),
    "woodblock": Seat(-5, -0.45, 0.4, struck.woodblock),
    "cymbal": Seat(-6, 0.15, 0.4),
    "strings": Seat(1, 0.0, 0.4),
    "strings_soft": Seat(1, 0.0, 0.45),
    "strings_dark": Seat(1, 0.0, 0.45),
    "violins": Seat(3, -0.3, 0.45),
    "spiccato": Seat(3, 0.2, 0.35),
    "contrabass": Seat(3, 0.25, 0.25),
    "choir": Seat(1, 0.0, 0.6),
    "choir_open": Seat(1, 0.0, 0.6),
    "horn": Seat(2, -0.2, 0.55),
    "clarinets": Seat(0, 0.3, 0.35),
    "drone": Seat(2, 0.0, 0.2),
    "cello": Seat(-3, 0.22, 0.4),
    "flute": Seat(-4, -0.25, 0.5),
}


class Orchestra:
    """Plays notes, and keeps what it has played for the next one alike. One per cue: not for several threads."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._rng = generator("players", seed)
        self._rings: OrderedDict[tuple[str, int, int], Samples] = OrderedDict()
        self._tables: OrderedDict[tuple[str, int], tuple[Samples, Samples]] = OrderedDict()

    def play(self, note: Note) -> Samples:
        """The note as the hall's microphones hear it without the hall: stereo, seat and level applied."""
        seat = SEATS[note.instrument]
        gain = np.float32(10 ** ((seat.gain_db + note.level_db) / 20))
        pan = seat.pan + seat.spread * (note.pitch - 64) / 40 if note.pitch else seat.pan
        if note.instrument in SECTIONS:
            tables = self._table(note.instrument, note.pitch)
            sound = section_note(note.instrument, tables, note.seconds, note.velocity, self._rng)
            sides = np.array([[min(1.0, 1 - pan)], [min(1.0, 1 + pan)]], dtype=np.float32)
            return np.asarray(sound * sides * gain, dtype=np.float32)
        if note.instrument in SOLOISTS:
            return panned(solo_note(note.instrument, note.pitch, note.seconds, note.velocity, self._rng), pan) * gain
        if note.instrument == "cymbal":
            return panned(struck.cymbal(note.seconds, note.velocity, self._rng), pan) * gain
        return panned(self._struck(note, seat), pan) * gain

    def _struck(self, note: Note, seat: Seat) -> Samples:
        ring = self._ring(note.instrument, note.pitch, max(1, round(note.velocity * _VELOCITY_STEPS)), seat)
        if not seat.damped_seconds:
            return ring
        end = samples_in(note.seconds + seat.damped_seconds)
        return ring if end >= ring.size else faded(ring[:end], 0.0, seat.damped_seconds)

    def _ring(self, instrument: str, pitch: int, loudness: int, seat: Seat) -> Samples:
        key = (instrument, pitch, loudness)
        if key not in self._rings:
            if seat.strike is None:
                raise ValueError(f"{instrument} has no strike in SEATS")
            self._rings[key] = seat.strike(pitch, loudness / _VELOCITY_STEPS, generator(*key, self._seed))
            if len(self._rings) > _KEPT_NOTES:
                self._rings.popitem(last=False)
        self._rings.move_to_end(key)
        return self._rings[key]

    def _table(self, instrument: str, pitch: int) -> tuple[Samples, Samples]:
        key = (instrument, pitch)
        if key not in self._tables:
            self._tables[key] = section_table(instrument, pitch, generator(*key, self._seed))
            if len(self._tables) > _KEPT_NOTES // 4:
                self._tables.popitem(last=False)
        self._tables.move_to_end(key)
        return self._tables[key]
