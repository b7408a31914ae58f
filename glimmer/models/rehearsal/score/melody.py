"""The melody: the motif stated as it is, then sequenced, mirrored, stretched, and bent to the chord it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from glimmer.models.rehearsal.score.form import Bar, Phrase
from glimmer.models.rehearsal.score.theme import MotifNote, Theme
from glimmer.models.rehearsal.score.theory import MODES, degree_pitch

__all__ = ["SungNote", "melody_of"]

_TREATMENTS: Final = ("sequence", "inversion", "augmentation")


@dataclass(frozen=True)
class SungNote:
    """One melody note: the bar it begins in, its beat there, its beats, semitones over the tonic, and its weight 0..1."""

    bar: Bar
    beat: float
    beats: float
    over_tonic: int
    weight: float


def melody_of(phrase: Phrase, theme: Theme, rng: np.random.Generator) -> tuple[SungNote, ...]:
    """The melody over a phrase; none over an intro or a breath, one long note over a close."""
    if phrase.role in ("intro", "breath") or phrase.bars[0].beats < theme.beats_per_bar:
        return _single(phrase) if phrase.bars[-1].ends and phrase.role != "breath" else ()
    if phrase.role == "close":
        return _single(phrase)
    if phrase.role == "statement":
        return _statement(phrase, theme)
    return _development(phrase, theme, _TREATMENTS[int(rng.integers(3))], int(rng.choice((-1, 1))))


def _statement(phrase: Phrase, theme: Theme) -> tuple[SungNote, ...]:
    """The motif untouched on bars 1 and 2, answered on bars 3 and 4 by its head a step lower and a long note."""
    head = tuple(note for note in theme.motif if note.beat < theme.beats_per_bar)
    notes = _laid(theme.motif, phrase.bars[:2], theme, shift=0, exact=True)
    if len(phrase.bars) > 2:
        notes += _laid(head, phrase.bars[2:3], theme, shift=_shift(head, phrase.bars[2], theme, wished=-1))
    if len(phrase.bars) > 3:
        notes += _rest_note(phrase.bars[3], notes[-1].over_tonic)
    for bar in phrase.bars[4:]:
        notes += _rest_note(bar, notes[-1].over_tonic)
    return notes


def _development(phrase: Phrase, theme: Theme, treatment: str, direction: int) -> tuple[SungNote, ...]:
    pivot = theme.motif[0].degree
    head = tuple(note for note in theme.motif if note.beat < theme.beats_per_bar)
    if treatment == "inversion":
        mirrored = tuple(MotifNote(n.beat, n.beats, 2 * pivot - n.degree + 2) for n in theme.motif)
        notes = _laid(mirrored, phrase.bars[:2], theme, shift=_shift(mirrored, phrase.bars[0], theme, wished=2))
        return notes + _sequence(head, phrase.bars[2:], theme, direction)
    if treatment == "augmentation":
        stretched = tuple(MotifNote(n.beat * 2, n.beats * 2, n.degree) for n in theme.motif)
        return _laid(stretched, phrase.bars[:4], theme, shift=_shift(stretched, phrase.bars[0], theme, wished=0))
    return _sequence(head, phrase.bars, theme, direction)


def _sequence(head: tuple[MotifNote, ...], bars: tuple[Bar, ...], theme: Theme, direction: int) -> tuple[SungNote, ...]:
    notes: tuple[SungNote, ...] = ()
    for step, bar in enumerate(bars):
        if step == len(bars) - 1 and notes:
            notes += _rest_note(bar, notes[-1].over_tonic)
        else:
            notes += _laid(head, (bar,), theme, shift=_shift(head, bar, theme, wished=direction * (step + 1)))
    return notes


def _laid(
    motif: tuple[MotifNote, ...], bars: tuple[Bar, ...], theme: Theme, *, shift: int, exact: bool = False
) -> tuple[SungNote, ...]:
    notes = []
    for note in motif:
        index, beat = divmod(note.beat, theme.beats_per_bar)
        if index >= len(bars):
            break
        bar = bars[int(index)]
        strong = beat in theme.strong_beats
        over = _inflected(note.degree + shift, bar, snap=strong and note.beats >= 1 and not exact)
        beats = min(note.beats, (len(bars) - index) * theme.beats_per_bar - beat)
        notes.append(SungNote(bar, beat, beats, over, 1.0 if strong else 0.82))
    return tuple(notes)


def _inflected(degree: int, bar: Bar, *, snap: bool) -> int:
    """The degree's pitch in the bar's mode, raised or lowered where its chord does so, moved to the chord if `snap`."""
    mode = MODES[bar.style.mode]
    over = degree_pitch(degree, mode)
    if over % 12 in bar.chord.classes:
        return over
    for bent in (over + 1, over - 1):
        if bent % 12 in bar.chord.classes and bent % 12 not in mode:
            return bent
    if not snap:
        return over
    near = sorted((abs(step), step) for step in range(-4, 5) if (over + step) % 12 in bar.chord.classes)
    return over + near[0][1] if near else over


def _shift(motif: tuple[MotifNote, ...], bar: Bar, theme: Theme, *, wished: int) -> int:
    """The diatonic shift near `wished` that puts most of the motif's strong beats on the chord."""
    mode = MODES[bar.style.mode]

    def cost(shift: int) -> float:
        outside = sum(
            note.beats
            for note in motif
            if note.beat % theme.beats_per_bar in theme.strong_beats
            and degree_pitch(note.degree + shift, mode) % 12 not in bar.chord.classes
        )
        return outside + 0.45 * abs(shift - wished)

    return min(range(wished - 3, wished + 4), key=cost)


def _rest_note(bar: Bar, before: int) -> tuple[SungNote, ...]:
    """A long note of the chord nearest to where the melody was; it ends a beat early, to breathe."""
    near = min((abs(step), step) for step in range(-6, 7) if (before + step) % 12 in bar.chord.classes)
    return (SungNote(bar, 0.0, max(1.0, bar.beats - 1.0), before + near[1], 0.9),)


def _single(phrase: Phrase) -> tuple[SungNote, ...]:
    notes: tuple[SungNote, ...] = ()
    for bar in phrase.bars:
        before = notes[-1].over_tonic if notes else 4
        if bar.ends and bar.chord.root == 0:
            before = 0 if before < 7 else 12  # home
        notes += _rest_note(bar, before)
    return notes
