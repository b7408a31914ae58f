"""The film's theme: one tonic, one metre and a two-bar motif, drawn from `theme_seed`, heard in every cue of the film.

Hundreds of motifs are thrown and the most singable is kept: mostly steps, one leap that is answered by turning back,
chord tones on strong beats, a question left open at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from glimmer.models.rehearsal.acoustics import generator

__all__ = ["MotifNote", "Theme", "theme_of"]

_RHYTHMS: Final[dict[int, tuple[tuple[float, ...], ...]]] = {
    4: ((1.5, 0.5, 1, 1), (2, 1, 1), (1, 1, 2), (1.5, 0.5, 2), (1, 0.5, 0.5, 2), (3, 1), (1, 2, 1)),
    3: ((2, 1), (1, 1, 1), (1.5, 0.5, 1), (1, 2), (1, 0.5, 0.5, 1)),
    6: ((3, 2, 1), (2, 1, 2, 1), (2, 1, 3), (1, 1, 1, 3), (3, 1, 1, 1)),
}
_LAST_BARS: Final[dict[int, tuple[tuple[float, ...], ...]]] = {
    4: ((4,), (1, 3), (1, 1, 2), (2, 2)),
    3: ((3,), (1, 2), (2, 1)),
    6: ((6,), (3, 3), (2, 1, 3)),
}
_FIRST = frozenset({0, 2, 4, 7})  # tonic chord
_SECOND = frozenset({-3, -1, 1, 3, 4, 5, 6, 8})  # what an open second bar may stand on


@dataclass(frozen=True)
class MotifNote:
    """One note of the motif: its beat from the motif's start, how many beats, and its degree over the tonic."""

    beat: float
    beats: float
    degree: int


@dataclass(frozen=True)
class Theme:
    """`tonic` is a pitch class (0 is C). `pulse` 0..1 says where in each mood's range of tempi this film sits."""

    tonic: int
    beats_per_bar: int
    motif: tuple[MotifNote, ...]
    pulse: float

    @property
    def strong_beats(self) -> tuple[float, ...]:
        """The beats of a bar that carry weight."""
        return {3: (0.0,), 4: (0.0, 2.0), 6: (0.0, 3.0)}[self.beats_per_bar]


@lru_cache(maxsize=64)
def theme_of(theme_seed: int) -> Theme:
    """The theme that belongs to a film's seed, always the same one."""
    rng = generator("theme", theme_seed)
    beats_per_bar = int(rng.choice((4, 3, 6), p=(0.58, 0.27, 0.15)))
    candidates = [_thrown(rng, beats_per_bar) for _ in range(240)]
    motif = max(candidates, key=lambda notes: _singable(notes, beats_per_bar))
    return Theme(int(rng.integers(12)), beats_per_bar, motif, float(rng.uniform(0.15, 0.85)))


def _thrown(rng: np.random.Generator, beats_per_bar: int) -> tuple[MotifNote, ...]:
    first = _RHYTHMS[beats_per_bar][int(rng.integers(len(_RHYTHMS[beats_per_bar])))]
    last = _LAST_BARS[beats_per_bar][int(rng.integers(len(_LAST_BARS[beats_per_bar])))]
    degree = int(rng.choice((0, 2, 4)))
    notes, beat = [], 0.0
    for beats in (*first, *last):
        notes.append(MotifNote(beat, beats, degree))
        beat += beats
        degree += int(rng.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5), p=(0.02, 0.04, 0.06, 0.1, 0.26, 0.26, 0.1, 0.06, 0.06, 0.04)))
    return tuple(notes)


def _singable(notes: tuple[MotifNote, ...], beats_per_bar: int) -> float:
    degrees = [note.degree for note in notes]
    moves = [b - a for a, b in zip(degrees, degrees[1:], strict=False)]
    leaps = [index for index, move in enumerate(moves) if abs(move) >= 3]
    score = -abs(len(leaps) - 1) * 3.0
    score += 2.0 * sum(index + 1 < len(moves) and moves[index] * moves[index + 1] < 0 for index in leaps)
    score -= max(0, max(degrees) - min(degrees) - 7) * 2.0 + max(0, 3 - (max(degrees) - min(degrees))) * 2.0
    score -= sum(a == b for a, b in zip(moves, moves[1:], strict=False)) * 0.5 + max(0, -3 - min(degrees)) * 2.0
    score += (degrees[-1] in (1, 4, -3, 6)) * 2.0 - (degrees[-1] in (0, 7)) * 2.0 + (len(notes) in (5, 6, 7)) * 1.5
    for note in notes:
        if note.beat % beats_per_bar in (0.0, beats_per_bar / 2):
            score += 1.0 if note.degree in (_FIRST if note.beat < beats_per_bar else _SECOND) else -1.5
    return score
