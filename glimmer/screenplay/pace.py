"""How long words last: the estimates a shot list stands on until voices are measured.

Speech at 170 words a minute and 0.45 s of air after a line, action at 3.2 words a second: measured on a feature whose pages
agree with it (110 minutes for 122 pages). Where a script has no spaces, characters are counted instead.
"""

from __future__ import annotations

import re
from typing import Final

from glimmer.screenplay.nouns import Line

__all__ = ["MAX_SHOT_SECONDS", "MIN_SPEECH_SHOT_SECONDS", "MIN_SHOT_SECONDS", "action_seconds", "speech_seconds", "word_count"]

WORDS_PER_MINUTE: Final = 170.0
AIR_SECONDS: Final = 0.45
ACTION_WORDS_PER_SECOND: Final = 3.2
MIN_SHOT_SECONDS: Final = 2.5
MAX_SHOT_SECONDS: Final = 12.0  # for a shot without words, and for lines joined in one shot; a longer speech holds its shot
MIN_SPEECH_SHOT_SECONDS: Final = 1.6  # a face that says "I did." is still seen
_SLOWER: Final[dict[str, float]] = {"sung": 1.6, "whisper": 1.1}
_ASIDE = re.compile(r"\([^()]*\)")  # "(60s, white braid)" is looks, not something to watch happen
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORDS_PER_UNSPACED = 0.6  # Japanese is read at about 4.7 characters a second


def word_count(text: str) -> float:
    """Words, or what takes as long to say: five kanji or kana count as three words."""
    unspaced = len(_UNSPACED.findall(text))
    spaced = len(_UNSPACED.sub(" ", text).split()) if unspaced else len(text.split())
    return spaced + unspaced * _WORDS_PER_UNSPACED


def speech_seconds(line: Line) -> float:
    """How long a line takes to say, with the air after it."""
    return word_count(line.text) * 60.0 / WORDS_PER_MINUTE * _SLOWER.get(line.delivery, 1.0) + AIR_SECONDS


def action_seconds(text: str) -> float:
    """How long a picture of this action is held."""
    return min(max(word_count(_ASIDE.sub(" ", text)) / ACTION_WORDS_PER_SECOND, MIN_SHOT_SECONDS), MAX_SHOT_SECONDS)
