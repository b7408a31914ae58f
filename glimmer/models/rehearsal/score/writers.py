"""The arranger: each layer of a mood's texture written out as notes, bar by bar.

A writer is one small function `(Desk) -> None` that adds notes for one bar; `_WRITERS` names them for `moods.py`.
Takes phrases from `form.py`, gives notes to `rendering.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from glimmer.models.rehearsal.acoustics import generator
from glimmer.models.rehearsal.score.form import Bar, Phrase
from glimmer.models.rehearsal.score.melody import SungNote, melody_of
from glimmer.models.rehearsal.score.moods import Layer
from glimmer.models.rehearsal.score.theme import Theme
from glimmer.models.rehearsal.score.theory import lead_voices

__all__ = ["Note", "arranged"]

_HELD_FINAL: Final = 1.5  # the last chord is held into the tail, then the hall has it


@dataclass(frozen=True)
class Note:
    """One note to play: seconds, a MIDI pitch (0 for drums), velocity 0..1, and its level in dB over the instrument's own."""

    start_seconds: float
    seconds: float
    pitch: int
    velocity: float
    instrument: str
    level_db: float = 0.0


@dataclass
class Desk:
    """What a writer has before it: the bar, its layer, the voicing the layer had before, and where its notes go."""

    bar: Bar
    layer: Layer
    tonic: int
    rng: np.random.Generator
    before: tuple[int, ...] = ()
    notes: list[Note] = field(default_factory=list)

    def play(self, beat: float, beats: float, pitch: int, velocity: float, *, loose: float = 0.007) -> None:
        """Add a note at a beat of the bar, a little early or late and a little louder or softer, as hands are."""
        unit = self.bar.beat_seconds
        early = float(np.clip(self.rng.normal(0.0, loose), -0.02, 0.02))
        start = max(0.0, self.bar.start_seconds + beat * unit + early)
        level = velocity * (0.5 + 0.5 * self.bar.intensity) * float(self.rng.uniform(0.92, 1.06))
        seconds = beats * unit * (_HELD_FINAL if self.final else 1.0)
        level_db = self.layer.level_db + self.bar.style.level_db
        self.notes.append(Note(start, seconds, pitch, min(1.0, max(0.05, level)), self.layer.instrument, level_db))

    def voicing(self) -> tuple[int, ...]:
        """The bar's chord in the layer's register, led from the bar before."""
        classes = tuple((step + self.tonic) % 12 for step in self.bar.chord.classes)
        self.before = lead_voices(classes, self.before, low=self.layer.low, high=self.layer.high, count=self.layer.voices)
        return self.before

    def root(self) -> int:
        """The chord's root as low as the layer goes."""
        over = (self.bar.chord.root + self.tonic - self.layer.low) % 12
        return self.layer.low + over

    @property
    def final(self) -> bool:
        """Whether this is the cue's last chord, which is held."""
        return self.bar.ends and self.bar.role == "close"


def arranged(phrases: tuple[Phrase, ...], theme: Theme, *, seed: int) -> list[Note]:
    """All notes of a cue, sorted by start."""
    notes: list[Note] = []
    voicings: dict[tuple[str, str], tuple[int, ...]] = {}
    for number, phrase in enumerate(phrases):
        style = phrase.bars[0].style
        rng = generator("phrase", seed, number)
        for layer in style.layers:
            for bar in phrase.bars:
                if bar.intensity < layer.enters and not (bar.leads_on and layer.writer == "swell"):
                    continue
                desk = Desk(bar, layer, theme.tonic, rng, voicings.get((layer.writer, layer.instrument), ()))
                _WRITERS[layer.writer](desk)
                voicings[layer.writer, layer.instrument] = desk.before
                notes += desk.notes
        notes += _sung(phrase, theme, style.leads[_lead_turn(phrase, theme, len(style.leads))], rng)
    return sorted(notes, key=lambda note: (note.start_seconds, note.instrument, note.pitch))


def _lead_turn(phrase: Phrase, theme: Theme, leads: int) -> int:
    return (phrase.turn // 2 + theme.tonic) % leads if phrase.role != "close" else theme.tonic % leads


def _sung(phrase: Phrase, theme: Theme, lead: Layer, rng: np.random.Generator) -> list[Note]:
    """The melody in the lead's register, phrased: it swells to the middle, and each note reaches for the next."""
    line = melody_of(phrase, theme, rng)
    if not line:
        return []
    mean = sum(note.over_tonic for note in line) / len(line)
    base = min(
        range(24, 97), key=lambda pitch: abs(pitch + mean - (lead.low + lead.high) / 2) + 100 * ((pitch - theme.tonic) % 12 > 0)
    )
    notes: list[Note] = []
    for index, note in enumerate(line):
        desk = Desk(note.bar, lead, theme.tonic, rng)
        arch = 0.72 + 0.2 * float(np.sin(np.pi * (index + 0.5) / len(line)))
        desk.play(note.beat, note.beats * _length(note), base + note.over_tonic, arch * note.weight, loose=0.009)
        notes += desk.notes
    return notes


def _length(note: SungNote) -> float:
    return 1.0 if note.bar.ends else note.bar.style.short_notes


# ── the writers ─────────────────────────────────────────────────────────────────────────────────────────────
def _pad(desk: Desk) -> None:
    for pitch in desk.voicing():
        desk.play(0.0, desk.bar.beats * 1.02, pitch, 0.62, loose=0.012)


def _chords(desk: Desk) -> None:
    """A rolled chord on the first beat, its top again in the middle of the bar."""
    voices = desk.voicing()
    for index, pitch in enumerate(voices):
        desk.play(0.05 * index, desk.bar.beats - 0.05 * index, pitch, 0.6 - 0.03 * index)
    if desk.bar.beats >= 3 and not desk.final:
        for pitch in voices[-2:]:
            desk.play(desk.bar.beats / 2 if desk.bar.beats % 2 == 0 else 2.0, 1.2, pitch, 0.42)


def _broken(desk: Desk) -> None:
    """The chord broken upwards and back, in eighths (in 6/8 the beat is the eighth); the last one is rolled and held."""
    voices = desk.voicing()
    if desk.final:
        for index, pitch in enumerate(voices):
            desk.play(0.12 * index, desk.bar.beats - 0.12 * index, pitch, 0.6)
        return
    step = 1.0 if desk.bar.beats == 6 else 0.5
    order = [0, 2, 1, 3, 2, 1] if len(voices) > 3 else [0, 1, 2, 1]
    for index in range(round(desk.bar.beats / step)):
        pitch = voices[order[index % len(order)] % len(voices)]
        desk.play(index * step, 1.6, pitch, 0.58 if index == 0 else 0.44)


def _pulse(desk: Desk) -> None:
    """Repeated eighths that keep a chord moving: hands alternate low and high."""
    voices = desk.voicing()
    step = 1.0 if desk.bar.beats == 6 else 0.5
    for index in range(1 if desk.final else round(desk.bar.beats / step)):
        pair = voices[:2] if index % 2 == 0 else voices[2:]
        for pitch in pair:
            desk.play(index * step, 3.0 if desk.final else 0.9, pitch, 0.55 if index * step % 2 == 0 else 0.42)


def _strum(desk: Desk) -> None:
    """A guitar: down on the beats, up between, each string a little later than the one before."""
    voices = desk.voicing()
    strokes = [0.0] if desk.final else [b for b in (0.0, 1.0, 1.5, 2.5, 3.0, 3.5, 4.0, 5.0) if b < desk.bar.beats]
    for stroke in strokes:
        down = stroke == int(stroke)
        for index, pitch in enumerate(voices if down else voices[:0:-1]):
            length = 3.0 if desk.final else 0.9
            desk.play(stroke + 0.025 * index, length, pitch, 0.6 if down else 0.4, loose=0.004)


def _bass(desk: Desk) -> None:
    desk.play(0.0, desk.bar.beats * 1.0, desk.root(), 0.66)


def _bass_walk(desk: Desk) -> None:
    """Root, fifth, and a step towards home: a plucked bass that walks."""
    root = desk.root()
    steps = [0, 7, 12, 7] if root + 12 <= desk.layer.high else [0, 7, 4 if 4 in _thirds(desk) else 3, 7]
    for beat in range(1 if desk.final else desk.bar.beats):
        pitch = root + steps[beat % 4] if steps[beat % 4] not in (3, 4) else root + _thirds(desk)[0]
        desk.play(float(beat), 2.0 if desk.final else 0.9, pitch, 0.7 if beat == 0 else 0.52)


def _thirds(desk: Desk) -> list[int]:
    found = [(step - desk.bar.chord.root) % 12 for step in desk.bar.chord.classes]
    return [step for step in found if step in (3, 4)] or [7]


def _oompah(desk: Desk) -> None:
    """Bass on the strong beats, the chord on the weak ones, all plucked."""
    upper = [pitch for pitch in desk.voicing() if pitch > desk.layer.low + 9]
    bass = desk.root()
    for beat in range(1 if desk.final else desk.bar.beats):
        if beat == 0 or (desk.bar.beats in (4, 6) and beat == desk.bar.beats // 2):
            desk.play(float(beat), 0.9, bass if beat == 0 else bass + (7 if bass + 7 <= desk.layer.high else -5), 0.72)
        else:
            for pitch in upper[-2:]:
                desk.play(float(beat), 0.5, pitch, 0.45)


def _offbeat(desk: Desk) -> None:
    for beat in range(0 if desk.final else desk.bar.beats):
        for pitch in desk.voicing()[1:3]:
            desk.play(beat + 0.5, 0.4, pitch, 0.45)


def _ostinato(desk: Desk) -> None:
    """Short bows in eighths on root, fifth and octave; accents move against the beat."""
    low = desk.root()
    classes = {(step - desk.bar.chord.root) % 12 for step in desk.bar.chord.classes}
    third = 3 if 3 in classes else 4 if 4 in classes else 12
    fifth = 7 if 7 in classes else 6
    shape = [0, 0, fifth, 0, third, 0, fifth, 12] if low + 12 <= desk.layer.high + 5 else [0, 0, fifth, 0, third, 0, fifth, 0]
    step = 1.0 if desk.bar.beats == 6 else 0.5
    for index in range(1 if desk.final else round(desk.bar.beats / step)):
        desk.play(index * step, 0.42, low + shape[index % 8], 0.8 if index % 3 == 0 else 0.55, loose=0.004)


def _drone(desk: Desk) -> None:
    """The tonic and, where it does not bite, its fifth, under all: it binds a section whatever the chords do."""
    low = desk.layer.low + (desk.tonic - desk.layer.low) % 12
    desk.play(0.0, desk.bar.beats * 1.1, low, 0.7, loose=0.0)
    if desk.bar.chord.symbol not in ("bII", "v°"):
        desk.play(0.0, desk.bar.beats * 1.1, low + 7, 0.4, loose=0.0)


def _counter(desk: Desk) -> None:
    """A second voice in half bars: the chord's third and fifth, led smoothly."""
    voices = desk.voicing()
    desk.play(0.0, desk.bar.beats / 2, voices[1 % len(voices)], 0.6)
    if not desk.final:
        desk.play(desk.bar.beats / 2, desk.bar.beats / 2, voices[2 % len(voices)], 0.52)


def _sparkle(desk: Desk) -> None:
    """A few high notes of the chord, late in the bar, not in every bar."""
    if desk.rng.random() < 0.45 or desk.final:
        return
    voices = desk.voicing()
    first = desk.bar.beats - 2.0 if desk.bar.beats >= 3 else 0.5
    for index in range(int(desk.rng.integers(2, 5))):
        desk.play(first + index * 0.5, 1.5, voices[int(desk.rng.integers(len(voices)))], 0.5)


def _swell(desk: Desk) -> None:
    """A cymbal that grows into a border, or into a new development."""
    if desk.bar.leads_on or (desk.bar.role == "breath"):
        desk.play(0.0, desk.bar.beats, 0, 0.8, loose=0.0)


def _beats(desk: Desk, pattern: dict[float, float], length: float = 0.5) -> None:
    for beat, velocity in pattern.items():
        if beat < desk.bar.beats and not (desk.final and beat > 0):
            desk.play(beat, length, 0, velocity, loose=0.004)


def _heartbeat(desk: Desk) -> None:
    _beats(desk, {0.0: 0.8, 0.5: 0.5})


def _taiko(desk: Desk) -> None:
    _beats(desk, {0.0: 1.0, 1.5: 0.6, 2.0: 0.75, 3.0: 0.6, 3.5: 0.7, 4.5: 0.6})


def _timpani(desk: Desk) -> None:
    desk.play(0.0, desk.bar.beats, desk.root(), 0.8, loose=0.003)
    if desk.bar.leads_on:
        for index in range(8):
            desk.play(desk.bar.beats - 2 + index * 0.25, 0.4, desk.root(), 0.3 + 0.07 * index, loose=0.003)


def _shaker(desk: Desk) -> None:
    _beats(desk, {b / 2: 0.7 if b % 2 else 0.45 for b in range(2 * desk.bar.beats)})


def _brush(desk: Desk) -> None:
    _beats(desk, {1.0: 0.7, 3.0: 0.8, 5.0: 0.7})


def _ticks(desk: Desk) -> None:
    _beats(desk, {b / 2: 0.75 if b % 4 == 0 else 0.4 for b in range(2 * desk.bar.beats)})


def _block(desk: Desk) -> None:
    _beats(desk, {1.5: 0.6, 2.0: 0.45, 3.5: 0.7})


_WRITERS: Final[dict[str, Callable[[Desk], None]]] = {
    "pad": _pad, "chords": _chords, "broken": _broken, "pulse": _pulse, "strum": _strum, "bass": _bass, "bass_walk": _bass_walk,
    "oompah": _oompah, "offbeat": _offbeat, "ostinato": _ostinato, "drone": _drone, "counter": _counter, "sparkle": _sparkle,
    "swell": _swell, "heartbeat": _heartbeat, "taiko": _taiko, "timpani": _timpani, "shaker": _shaker, "brush": _brush,
    "ticks": _ticks, "block": _block,
}  # fmt: skip
