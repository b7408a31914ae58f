"""The nine moods, as a composer would brief an orchestra: mode, tempo, harmony, who plays what, how loud, how bright.

To add a colour, add a `Layer`; to add a harmony, add a phrase of four chords. Writers are named in `writers.py`,
instruments in `orchestra.py`. `enters` is the intensity (0 a breath, 1 the climax) from which a layer plays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glimmer.vocabulary import Mood

__all__ = ["MOODS", "Layer", "MoodStyle"]


@dataclass(frozen=True)
class Layer:
    """One part of the texture: who writes it, who plays it, how loud (dB), in which register (MIDI), from what intensity."""

    writer: str
    instrument: str
    level_db: float
    low: int = 48
    high: int = 67
    enters: float = 0.0
    voices: int = 4


@dataclass(frozen=True)
class MoodStyle:
    """How a mood sounds. `phrases` hold four chords each; `half` leads on; `cadence` closes. `leads` play the motif in turn."""

    mode: str
    tempo: tuple[float, float]
    phrases: tuple[tuple[str, str, str, str], ...]
    half: str
    cadence: tuple[str, str]
    leads: tuple[Layer, ...]
    layers: tuple[Layer, ...]
    level_db: float = 0.0
    short_notes: float = 0.97  # how much of its written length a lead note sounds


def _p(*phrases: str) -> tuple[tuple[str, str, str, str], ...]:
    split = [phrase.split() for phrase in phrases]
    return tuple((a, b, c, d) for a, b, c, d in split)


MOODS: Final[dict[Mood, MoodStyle]] = {
    "calm": MoodStyle(
        "ionian", (60, 72),
        _p("Iadd9 V IVmaj7 I", "I iii7 IVadd9 IV", "vi7 IVmaj7 Iadd9 V", "IVmaj7 I ii7 Vsus4"),
        "Vsus4", ("IV", "Iadd9"),
        (Layer("melody", "piano", 0, 62, 81), Layer("melody", "flute", -3, 64, 83)),
        (
            Layer("pad", "strings_soft", -9, 50, 69),
            Layer("broken", "piano", -7, 50, 70, 0.25),
            Layer("bass", "contrabass", -9, 31, 45, 0.45),
            Layer("sparkle", "celesta", -15, 76, 93, 0.6),
            Layer("pad", "choir", -19, 55, 72, 0.75, 3),
        ),
        level_db=-2,
    ),
    "tender": MoodStyle(
        "ionian", (56, 68),
        _p("I V vi7 IV", "Imaj7 vi7 ii7 V", "IV iv I V7", "vi iii7 IVadd9 Vsus4"),
        "V7", ("iv6", "Iadd9"),
        (Layer("melody", "cello", 0, 52, 72), Layer("melody", "piano", 1, 62, 81)),
        (
            Layer("broken", "piano", -6, 50, 72),
            Layer("pad", "strings_soft", -10, 50, 69, 0.35),
            Layer("bass", "contrabass", -10, 31, 45, 0.55),
            Layer("broken", "harp", -11, 60, 84, 0.7),
        ),
        level_db=-1,
    ),
    "hopeful": MoodStyle(
        "ionian", (80, 94),
        _p("I V vi IV", "IVadd9 I V vi7", "I iii IV Vsus4", "vi IV I V"),
        "Vsus4", ("V7", "I"),
        (Layer("melody", "violins", -1, 60, 81), Layer("melody", "horn", -1, 53, 72), Layer("melody", "piano", 2, 65, 84)),
        (
            Layer("pulse", "piano", -6, 55, 74),
            Layer("pad", "strings", -9, 48, 69, 0.4),
            Layer("bass", "contrabass", -7, 31, 46, 0.4),
            Layer("broken", "harp", -9, 55, 82, 0.55),
            Layer("counter", "horn", -11, 50, 64, 0.65),
            Layer("swell", "cymbal", -16, enters=0.5),
        ),
    ),
    "joyful": MoodStyle(
        "ionian", (112, 126),
        _p("I IV I V", "I vi IV V", "IV I ii7 V", "I V vi IV"),
        "V7", ("V7", "I6"),
        (Layer("melody", "flute", 0, 67, 88), Layer("melody", "violins", -2, 64, 84)),
        (
            Layer("strum", "guitar", -6, 52, 71),
            Layer("bass_walk", "pizzicato", -6, 33, 50),
            Layer("pulse", "marimba", -9, 60, 79, 0.5),
            Layer("pad", "strings", -14, 52, 71, 0.55),
            Layer("sparkle", "celesta", -13, 79, 98, 0.6),
            Layer("shaker", "shaker", -17, enters=0.45),
            Layer("brush", "brush", -15, enters=0.65),
        ),
        level_db=1, short_notes=0.86,
    ),
    "sad": MoodStyle(
        "aeolian", (54, 63),
        _p("i bVI bIII bVII", "i v bVI iv", "iv i bVI V", "i iv bVII bIII"),
        "V", ("iv", "i"),
        (Layer("melody", "cello", 0, 48, 69), Layer("melody", "piano", 1, 60, 79)),
        (
            Layer("chords", "piano", -7, 48, 67),
            Layer("pad", "strings_soft", -10, 46, 67, 0.4),
            Layer("bass", "contrabass", -10, 30, 44, 0.5),
            Layer("counter", "violins", -15, 60, 76, 0.7),
        ),
        level_db=-2,
    ),
    "tense": MoodStyle(
        "phrygian", (98, 112),
        _p("i bII i v°", "i i bVI bII", "i bvii bVI V", "iv bII i V"),
        "V", ("bII", "i5"),
        (Layer("melody", "horn", -3, 45, 62), Layer("melody", "violins", -5, 60, 77)),
        (
            Layer("drone", "drone", -8, 24, 38),
            Layer("ostinato", "spiccato", -5, 36, 55, 0.3),
            Layer("heartbeat", "low_drum", -6, enters=0.0),
            Layer("pad", "strings_dark", -11, 45, 64, 0.4),
            Layer("ticks", "tick", -17, enters=0.35),
            Layer("swell", "cymbal", -15, enters=0.55),
        ),
        short_notes=1.0,
    ),
    "mysterious": MoodStyle(
        "dorian", (64, 76),
        _p("i IV i bVII", "i bVI i IV", "i bIII IV i", "i ii bIII IV"),
        "v7", ("IV", "i"),
        (Layer("melody", "celesta", 0, 69, 91), Layer("melody", "flute", -3, 60, 79), Layer("melody", "music_box", 0, 72, 93)),
        (
            Layer("drone", "drone", -9, 26, 40),
            Layer("pad", "choir", -8, 52, 70),
            Layer("broken", "harp", -8, 52, 78, 0.35),
            Layer("pad", "strings_dark", -13, 48, 66, 0.5),
            Layer("swell", "cymbal", -19, enters=0.6),
        ),
        level_db=-2,
    ),
    "epic": MoodStyle(
        "aeolian", (90, 102),
        _p("i bVI bIII bVII", "i bVII bVI V", "bVI bVII i i", "i bIII bVII iv"),
        "V", ("bVII", "i"),
        (Layer("melody", "horn", 0, 50, 70), Layer("melody", "violins", 0, 62, 84)),
        (
            Layer("ostinato", "spiccato", -6, 43, 62),
            Layer("pad", "strings", -8, 48, 72, 0.3),
            Layer("bass", "contrabass", -4, 28, 43, 0.2),
            Layer("taiko", "taiko", -3, enters=0.4),
            Layer("timpani", "timpani", -6, 38, 50, 0.55),
            Layer("pad", "choir", -9, 55, 76, 0.6),
            Layer("swell", "cymbal", -12, enters=0.5),
        ),
        level_db=2,
    ),
    "playful": MoodStyle(
        "mixolydian", (104, 118),
        _p("I bVII IV I", "I IV bVII V", "I vi7 ii7 V7", "IV I bVII I"),
        "V7", ("V7", "I6"),
        (Layer("melody", "pizzicato", 3, 60, 81), Layer("melody", "flute", -1, 67, 86), Layer("melody", "marimba", 2, 62, 84)),
        (
            Layer("oompah", "pizzicato", -6, 36, 62),
            Layer("offbeat", "marimba", -9, 57, 74, 0.5),
            Layer("sparkle", "music_box", -11, 76, 96, 0.55),
            Layer("block", "woodblock", -14, enters=0.4),
            Layer("pad", "clarinets", -15, 50, 67, 0.6, 3),
        ),
        short_notes=0.6,
    ),
}  # fmt: skip
