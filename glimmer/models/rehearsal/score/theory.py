"""What a musician knows before writing a note: modes, chords by Roman numeral, and leading voices smoothly.

Everything is relative to the film's one tonic: pitch class 0 is the tonic, degree 0 its step in the mode.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["MODES", "Chord", "chord", "degree_pitch", "lead_voices"]

MODES: Final[dict[str, tuple[int, ...]]] = {
    "ionian": (0, 2, 4, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "aeolian": (0, 2, 3, 5, 7, 8, 10),
}
_NUMERALS: Final = {"i": 0, "ii": 2, "iii": 4, "iv": 5, "v": 7, "vi": 9, "vii": 11}
_SYMBOL: Final = re.compile(r"(?P<accidental>[b#]?)(?P<numeral>[ivIV]+)(?P<suffix>.*)")
_SUFFIXES: Final[dict[str, tuple[int, ...]]] = {
    "": (),
    "7": (10,),
    "maj7": (11,),
    "add9": (2,),
    "6": (9,),
}
_REPLACED_THIRD: Final = {"sus4": (0, 5, 7), "sus2": (0, 2, 7), "°": (0, 3, 6), "5": (0, 7)}


@dataclass(frozen=True)
class Chord:
    """A chord: its root and all its pitch classes, in semitones over the tonic; the root stands first."""

    symbol: str
    root: int
    classes: tuple[int, ...]


@lru_cache(maxsize=256)
def chord(symbol: str) -> Chord:
    """The chord a Roman numeral names: capitals major, small letters minor, "b" lowers the root, then 7, maj7, add9, 6, sus4 …

    Raises ValueError for a symbol outside this little language (a mistake in the tables, never a user's).
    """
    found = _SYMBOL.fullmatch(symbol)
    if found is None or found["numeral"].lower() not in _NUMERALS:
        raise ValueError(f"{symbol!r} is no chord symbol; write e.g. I, vi7, bVI, Vsus4")
    root = _NUMERALS[found["numeral"].lower()] + {"": 0, "b": -1, "#": 1}[found["accidental"]]
    suffix = found["suffix"]
    if suffix in _REPLACED_THIRD:
        intervals = _REPLACED_THIRD[suffix]
    else:
        intervals = (0, 4 if found["numeral"].isupper() else 3, 7, *_SUFFIXES[suffix])
    return Chord(symbol, root % 12, tuple((root + step) % 12 for step in intervals))


def degree_pitch(degree: int, mode: tuple[int, ...]) -> int:
    """Semitones over the tonic of a scale degree; 7 is the octave, negative ones lie below."""
    octave, step = divmod(degree, len(mode))
    return 12 * octave + mode[step]


def lead_voices(classes: tuple[int, ...], previous: tuple[int, ...], *, low: int, high: int, count: int) -> tuple[int, ...]:
    """Pitches for a chord, `count` of them within [low, high], moving as little as may be from `previous` (empty at first).

    Common tones stay, all pitch classes are heard where `count` allows, parallel fifths and octaves are avoided.
    Raises nothing: a register too narrow for the chord gives fewer voices.
    """
    inside = [pitch for pitch in range(low, high + 1) if pitch % 12 in classes]
    wanted = set(classes[:count])
    best, least = tuple(inside[:count]), float("inf")
    for voicing in itertools.combinations(inside, min(count, len(inside))):
        cost = _cost(voicing, previous, (low + high) / 2) + 12.0 * len(wanted - {pitch % 12 for pitch in voicing})
        if cost < least:
            best, least = voicing, cost
    return best


def _cost(voicing: tuple[int, ...], previous: tuple[int, ...], centre: float) -> float:
    gaps = [b - a for a, b in itertools.pairwise(voicing)]
    cost = 4.0 * sum(gap < 3 for gap in gaps) + 1.5 * sum(max(0, gap - 9) for gap in gaps)
    cost += 0.15 * abs(sum(voicing) / max(1, len(voicing)) - centre)
    if len(previous) == len(voicing):
        cost += sum(abs(a - b) for a, b in zip(voicing, previous, strict=True))
        cost += 6.0 * _parallels(previous, voicing)
    return cost


def _parallels(before: tuple[int, ...], after: tuple[int, ...]) -> int:
    pairs = itertools.combinations(range(len(before)), 2)
    return sum(
        (before[j] - before[i]) % 12 in (0, 7)
        and (after[j] - after[i]) % 12 == (before[j] - before[i]) % 12
        and before[i] != after[i]
        for i, j in pairs
    )
