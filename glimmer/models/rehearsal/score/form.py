"""The form of a cue: its sections become bars that fill them exactly, each with a role, a chord and an intensity.

Intro, statement, development, a breath, statement again … and a close. All moods share the tonic, so a border between two
moods is prepared by the dominant (or what the mood uses for it) of the one and resolved by the tonic of the other.
Takes the request's sections and the theme, gives bars to `writers.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from glimmer.models.interface import MusicSection
from glimmer.models.rehearsal.acoustics import generator
from glimmer.models.rehearsal.score.moods import MOODS, MoodStyle
from glimmer.models.rehearsal.score.theme import Theme
from glimmer.models.rehearsal.score.theory import MODES, Chord, chord, degree_pitch
from glimmer.vocabulary import Mood

__all__ = ["Bar", "Phrase", "plan_cue"]

Role = Literal["intro", "statement", "development", "breath", "close"]
_MAX_BAR_SECONDS: Final = 9.0
# After the intro, these come round and round; a cue of 30 s sees the first two, an hour sees them all many times.
_CYCLE: Final[tuple[tuple[Role, int], ...]] = (
    ("statement", 4), ("development", 4), ("breath", 1), ("statement", 4), ("development", 4), ("development", 4), ("breath", 2),
)  # fmt: skip
_INTENSITY: Final[dict[Role, float]] = {"intro": 0.32, "statement": 0.55, "development": 0.72, "breath": 0.2, "close": 0.68}


@dataclass(frozen=True)
class Bar:
    """One bar: when, how long, in how many beats (fewer than the metre in a short section), with what harmony and weight."""

    start_seconds: float
    seconds: float
    beats: int
    mood: Mood
    chord: Chord
    role: Role
    intensity: float
    opens: bool = False  # the first bar of its section
    leads_on: bool = False  # the last bar before another section
    ends: bool = False  # the last bar of the cue

    @property
    def style(self) -> MoodStyle:
        """How its mood sounds."""
        return MOODS[self.mood]

    @property
    def beat_seconds(self) -> float:
        """How long one beat lasts."""
        return self.seconds / self.beats


@dataclass(frozen=True)
class Phrase:
    """One to four bars of one role in one mood; `turn` counts phrases of that role in the cue."""

    bars: tuple[Bar, ...]
    role: Role
    turn: int


def plan_cue(
    sections: Sequence[MusicSection], theme: Theme, *, closing: bool, tail_seconds: float, seed: int
) -> tuple[Phrase, ...]:
    """All phrases of a cue in order. The last bar ends `tail_seconds` before the cue does, so that it can ring."""
    phrases: list[Phrase] = []
    start = 0.0
    for index, section in enumerate(sections):
        last = index == len(sections) - 1
        seconds = section.seconds - (tail_seconds if last else 0.0)
        phrases += _section(
            section.mood, start, max(seconds, section.seconds * 0.3), theme, seed + index,
            first=index == 0, last=last, closing=closing and last, turns=len(phrases),
        )  # fmt: skip
        start += section.seconds
    return tuple(phrases)


def _section(
    mood: Mood, start: float, seconds: float, theme: Theme, seed: int, *, first: bool, last: bool, closing: bool, turns: int
) -> list[Phrase]:
    rng = generator("section", mood, seed, turns)
    lengths, beats = _bar_lengths(seconds, MOODS[mood], theme, closing=closing)
    roles = _roles(len(lengths), first=first, closing=closing)
    starts = start + np.concatenate([[0.0], np.cumsum(lengths)[:-1]])
    phrases: list[Phrase] = []
    at = 0
    for turn, (role, count) in enumerate(roles):
        symbols = _harmony(MOODS[mood], theme, role, turn, count, rng)
        bars = []
        for step in range(count):
            number = at + step
            final = number == len(lengths) - 1
            bars.append(
                Bar(
                    float(starts[number]), float(lengths[number]), beats, mood,
                    chord(_symbol_at(symbols[step], MOODS[mood], number, len(lengths), last=last, closing=closing)),
                    role, _intensity(role, turn, step, count, number / max(1, len(lengths))),
                    opens=number == 0, leads_on=final and not last, ends=final and last,
                )
            )  # fmt: skip
        phrases.append(Phrase(tuple(bars), role, turns + turn))
        at += count
    return phrases


def _bar_lengths(seconds: float, style: MoodStyle, theme: Theme, *, closing: bool) -> tuple[np.ndarray, int]:
    """Bar lengths that sum to `seconds`, and beats per bar. The tempo moves within the mood's range to make bars fit."""
    low, high = style.tempo
    beats_at = 1.9 if theme.beats_per_bar == 6 else 1.0  # in 6/8 the tempo counts eighths, nearly twice as fast
    wished = low + (high - low) * theme.pulse
    tempi = np.linspace(low, high, 41)
    bar_counts = seconds * tempi * beats_at / 60 / theme.beats_per_bar
    off = np.abs(bar_counts - np.maximum(1, np.round(bar_counts))) / np.maximum(1, bar_counts) * 8 + np.abs(tempi - wished) / 40
    best = int(np.argmin(off))
    count = max(1, round(float(bar_counts[best])))
    count = max(count, int(np.ceil(seconds / _MAX_BAR_SECONDS)))
    beats = theme.beats_per_bar
    if count == 1:
        beats = max(1, min(beats, round(seconds * wished * beats_at / 60)))
    weights = np.ones(count)
    if closing and count >= 3:
        weights[-3:] = (1.02, 1.08, 1.2)  # the players take their time
    return weights / weights.sum() * seconds, beats


def _roles(count: int, *, first: bool, closing: bool) -> list[tuple[Role, int]]:
    close = (2 if closing else 1) if count >= 4 else (1 if closing and count >= 2 else 0)
    intro = (0 if count < 6 else 1 if count < 11 else 2) if first else 0
    left = count - close - intro
    roles: list[tuple[Role, int]] = [("intro", intro)] if intro else []
    turn = 0
    while left > 0:
        role, wanted = _CYCLE[turn % len(_CYCLE)]
        taken = min(wanted, left)
        if 0 < left - taken < 2 and role != "breath":  # no stump of a phrase
            taken = left
        roles.append((role, taken))
        left -= taken
        turn += 1
    return roles + ([("close", close)] if close else [])


def _harmony(style: MoodStyle, theme: Theme, role: Role, turn: int, count: int, rng: np.random.Generator) -> list[str]:
    ranked = sorted(style.phrases, key=lambda phrase: -_fits(phrase, style, theme))
    if role in ("statement", "intro"):
        phrase = ranked[0] if turn < 5 else ranked[int(rng.integers(2))]
    elif role == "development":
        phrase = ranked[1 + int(rng.integers(len(ranked) - 1))]
    elif role == "breath":
        phrase = (ranked[0][0], ranked[0][3], ranked[0][0], ranked[0][3])
    else:
        phrase = (*style.cadence, *style.cadence) if count == 2 else (style.cadence[1],) * 4
    return [phrase[step % 4] for step in range(count)]


def _fits(phrase: tuple[str, ...], style: MoodStyle, theme: Theme) -> float:
    """How well the motif sits on the first two chords of a phrase: beats on chord tones, weighted by length."""
    score = 1.5 * (chord(phrase[0]).root == 0)
    for note in theme.motif:
        harmony = chord(phrase[int(note.beat // theme.beats_per_bar) % 2])
        inside = degree_pitch(note.degree, MODES[style.mode]) % 12 in harmony.classes
        score += note.beats * (1.0 if inside else -0.6)
    return score


def _symbol_at(symbol: str, style: MoodStyle, number: int, count: int, *, last: bool, closing: bool) -> str:
    final = number == count - 1
    if final and count == 1:
        return style.cadence[1] if closing else symbol
    if final and not (last and closing):
        return style.half
    if final:
        return style.cadence[1]
    if closing and number == count - 2:
        return style.cadence[0]
    if number % 8 == 7:
        return style.half
    return symbol


def _intensity(role: Role, turn: int, step: int, count: int, progress: float) -> float:
    base = _INTENSITY[role] + 0.22 * min(1.0, progress * 1.4) * (role in ("statement", "development"))
    rise = {"development": 0.14, "intro": 0.1, "close": -0.06}.get(role, 0.04) * (step / max(1, count - 1))
    return float(min(1.0, max(0.0, base + rise - 0.06 * (turn % 3 == 2))))
