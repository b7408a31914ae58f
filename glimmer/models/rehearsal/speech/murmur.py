"""The murmur: what a character does with words that the English voice can't say.

Soft closed syllables in the character's own voice, as many as the words have, so that the timing of the film stands.
Gives phonemes for the engine and the sentence a person must be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from glimmer.models.rehearsal.speech.engine import SpokenPhonemes
from glimmer.models.rehearsal.speech.scripts import LANGUAGES, syllable_count
from glimmer.models.rehearsal.speech.text import ScreenWord

__all__ = ["murmured_notice", "murmured_phonemes"]

# Sounds that are made with the mouth nearly closed, so that nobody takes them for words.
_ONSETS: Final = ("m", "n", "m", "l", "m", "w", "n")
_VOWELS: Final = ("ə", "ʌ", "O", "ə", "u", "ɑ", "ə", "i", "ʌ")
_MARKS: Final = {"。": ".", "．": ".", "।": ".", "！": "!", "？": "?", "؟": "?", "、": ",", "，": ",", "،": ",", "；": ",", "؛": ",",
                 "：": ",", "…": "…", "—": "—", ".": ".", ",": ",", "!": "!", "?": "?", ";": ",", ":": ","}  # fmt: skip


def murmured_phonemes(word: ScreenWord, *, japanese: bool) -> SpokenPhonemes:
    """The murmur for one word: the same letters give the same murmur; its punctuation is kept for the melody."""
    syllables = min(40, syllable_count(word.say, word.script, japanese=japanese))
    letters = [ord(c) for c in word.say if c.isalnum()] or [0]
    out = []
    for k in range(syllables):
        letter = letters[k * len(letters) // syllables] + 7 * k
        stress = "ˈ" if k == (syllables - 1) // 2 else ("ˌ" if k % 3 == 0 and syllables > 3 else "")
        out.append(_ONSETS[letter % len(_ONSETS)] + stress + _VOWELS[(letter // 3 + k) % len(_VOWELS)])
    closing = next((_MARKS[c] for c in reversed(word.say) if c in _MARKS), "")
    return SpokenPhonemes("mm", "".join(out) + closing)


def murmured_notice(words: Sequence[ScreenWord], *, advice: str = "") -> str:
    """What a person must be told about the foreign words of a line, `advice` included; "" when there are none."""
    scripts = {word.script for word in words if word.script not in ("", "Latin")}
    if not scripts:
        return ""
    if "Kana" in scripts:
        scripts -= {"Han"}
    named = " and ".join(sorted(LANGUAGES.get(script, script) for script in scripts))
    part = "This line" if all(word.script != "Latin" for word in words) else "Part of this line"
    return (
        f"{part} is in {named}, which the rehearsal voice can't say: it is murmured, with the timing of its syllables. "
        f"{advice or 'The rehearsal speaks English only.'} Bring your own recording: film.audio.add(\"line.wav\", line=\"…\")."
    )
