"""Scripts: what a word is written in, how many syllables it has, and where unspaced writing is cut for the screen.

Knows letters only, neither sound nor voices. Counts are estimates from the writing alone: good enough to time a murmur.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["LANGUAGES", "Script", "script_of", "screen_words", "syllable_count"]

Script = str  # one of the names in _RANGES, "Latin", or "" for a word without letters

# Unicode blocks, first and last code point. Only what a screenplay may well hold; anything else with letters is "Other".
_RANGES: Final[tuple[tuple[int, int, Script], ...]] = (
    (0x0370, 0x03FF, "Greek"), (0x1F00, 0x1FFF, "Greek"), (0x0400, 0x052F, "Cyrillic"), (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x077F, "Arabic"), (0x08A0, 0x08FF, "Arabic"), (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFC, "Arabic"), (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"), (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"),
    (0x1000, 0x109F, "Burmese"), (0x10A0, 0x10FF, "Georgian"), (0x1200, 0x139F, "Ethiopic"), (0x1780, 0x17FF, "Khmer"),
    (0x1100, 0x11FF, "Hangul"), (0x3130, 0x318F, "Hangul"), (0xAC00, 0xD7AF, "Hangul"),
    (0x3041, 0x30FF, "Kana"), (0x31F0, 0x31FF, "Kana"), (0xFF66, 0xFF9F, "Kana"),
    (0x3005, 0x3007, "Han"), (0x3400, 0x4DBF, "Han"), (0x4E00, 0x9FFF, "Han"), (0xF900, 0xFAFF, "Han"), (0x20000, 0x3FFFF, "Han"),
)  # fmt: skip
# What a person calls the language of a script; where several share it, the script is named too.
LANGUAGES: Final[dict[Script, str]] = {
    "Kana": "Japanese", "Han": "Chinese", "Hangul": "Korean", "Cyrillic": "Cyrillic script (Russian, Ukrainian …)",
    "Arabic": "Arabic script", "Devanagari": "Devanagari script (Hindi …)", "Other": "a script without an English reading",
}  # fmt: skip
_UNSPACED: Final = frozenset({"Kana", "Han", "Thai", "Lao", "Burmese", "Khmer"})
UNIT_CHARACTERS: Final = 6  # a caption lights up about one second at a time: 6 characters at 6 morae a second
_VOWELS: Final = {
    "Greek": frozenset("αεηιουωάέήίόύώϊϋΐΰ"),
    "Cyrillic": frozenset("аеёиоуыэюяіїєўѝѐ"),
    "Armenian": frozenset("աեէըիոօ"),
    "Georgian": frozenset("აეიოუ"),
}
# Syllables a letter where short vowels are not written: marhaban 5 letters 3 syllables, shalom 4 and 2; sa-wat-di 4 and 3.
_PER_LETTER: Final = {"Arabic": 0.6, "Hebrew": 0.55, "Thai": 0.65, "Lao": 0.65, "Khmer": 0.6, "Burmese": 0.7, "Other": 0.45}
_SMALL_KANA: Final = frozenset("ゃゅょァィゥェォぁぃぅぇぉャュョヮゎ")
_ONLY_JOINS: Final = frozenset("ー々ゝヽ゛゜っッんン") | _SMALL_KANA  # never first in a unit
_LEADING_VOWELS: Final = frozenset("เแโใไເແໂໃໄ")  # Thai and Lao: written before the consonant they follow
_WORD_JOINERS: Final = frozenset("\u200b\u200c\u200d\ufeff")


@lru_cache(maxsize=8192)
def _script_of_character(character: str) -> Script:
    """The script of one letter or combining mark; "" for digits, punctuation, symbols."""
    if not unicodedata.category(character).startswith(("L", "M")) and character not in "々〇":
        return ""
    if character in "ー゛゜ｰ":
        return "Kana"
    code = ord(character)
    for first, last, script in _RANGES:
        if first <= code <= last:
            return script
    name = unicodedata.name(character, "")
    if "LATIN" in name or character in "ªº":
        return "Latin"
    return "" if unicodedata.category(character).startswith("M") or "MODIFIER LETTER" in name else "Other"


def script_of(word: str) -> Script:
    """The script that must be able to be read to say `word`: the first that isn't Latin, else "Latin", else "".

    Kana stands before Han: a word with both is Japanese.
    """
    met = {_script_of_character(c) for c in unicodedata.normalize("NFKC", word)} - {""}
    foreign = met - {"Latin"}
    if "Kana" in foreign:
        return "Kana"
    return min(foreign) if foreign else ("Latin" if met else "")


def syllable_count(word: str, script: Script, *, japanese: bool = False) -> int:
    """About how many syllables (Japanese: morae) `word` has when read in its language; 0 for a word without letters.

    japanese: the line holds kana somewhere, so that a kanji counts two morae (they average 1.7 to 2 in running text).
    """
    if script == "":
        return 0
    letters = unicodedata.normalize("NFC", word).lower()
    if script in _VOWELS:
        return max(1, sum(c in _VOWELS[script] for c in letters))
    count = sum(_weight(c, script, japanese) for c in letters)
    count -= sum(unicodedata.combining(c) == 9 for c in letters)  # a virama takes its consonant's vowel away
    count += sum(2 for run in re.findall(r"\d", letters) if run)
    return max(1, round(count))


def _weight(character: str, script: Script, japanese: bool) -> float:
    own = _script_of_character(character)
    if own == "" or character in _SMALL_KANA:
        return 0.0
    if own == "Han":
        return 2.0 if japanese else 1.0
    if own in ("Kana", "Hangul"):
        return 1.0
    if own == "Latin":
        return 0.4
    if unicodedata.category(character) not in ("Lo", "Ll"):
        return 0.0  # vowel signs and marks belong to their consonant
    return _PER_LETTER.get(script, 1.0)


# ── words as they stand on screen ───────────────────────────────────────────────────────────────────────────
def screen_words(text: str) -> tuple[str, ...]:
    """The units that light up on screen, in order: the words between blanks; unspaced writing in short phrases.

    Text without Chinese, Japanese, Thai, Lao, Khmer or Burmese gives exactly `text.split()`. Within an unspaced word the
    units join with "" to the word again, at most 6 characters and their punctuation each; they are cut where a phrase ends.
    """
    return tuple(unit for word in text.split() for unit in _units(word))


def _units(word: str) -> list[str]:
    if not any(_script_of_character(c) in _UNSPACED for c in word):
        return [word]
    units: list[str] = []
    for phrase in _phrases(_clusters(word)):
        units += _packed(phrase)
    return units


def _clusters(word: str) -> list[str]:
    """Characters that must not be parted: a base with its marks, small kana, joiners, a leading vowel and its consonant."""
    out: list[str] = []
    for character in word:
        joins = character in _ONLY_JOINS or character in _WORD_JOINERS or unicodedata.category(character).startswith("M")
        if out and (joins or out[-1] in _LEADING_VOWELS):
            out[-1] += character
        else:
            out.append(character)
    return out


def _phrases(clusters: list[str]) -> list[list[str]]:
    """Cut where punctuation ends, where the script changes from kana to kanji, and around Latin words.

    Closing punctuation stays with what it closes; opening quotes go with what they open.
    """
    phrases: list[list[str]] = [[]]
    before = ""
    for cluster in clusters:
        kind = _kind(cluster)
        new = _cut_between(before, kind)
        if new and phrases[-1]:
            phrases.append([])
        phrases[-1].append(cluster)
        before = kind
    return phrases


def _kind(cluster: str) -> str:
    first = cluster[0]
    if unicodedata.category(first) in ("Ps", "Pi"):
        return "open"
    script = _script_of_character(first)
    if script == "Kana":
        return "hiragana" if "\u3041" <= first <= "\u309f" else "katakana"
    if script:
        return script
    return "latin_digit" if first.isalnum() else "close"


def _cut_between(before: str, kind: str) -> bool:
    if before in ("", "open") or kind == "close":
        return False
    if before == "close" or kind == "open":
        return True
    if before == kind or {before, kind} <= {"Latin", "latin_digit"}:
        return False
    # 灯台の|光が, not 灯|台の: a new phrase begins after hiragana, and wherever Latin letters begin or end.
    return before == "hiragana" or "Latin" in (before, kind) or {before, kind} == {"katakana", "Han"}


def _packed(phrase: list[str]) -> list[str]:
    """One phrase as units of nearly even length, at most 6 letters each; its punctuation goes with its neighbour."""
    if all(_kind(c) in ("Latin", "latin_digit", "close", "open") for c in phrase):
        return ["".join(phrase)]
    letters = [i for i, cluster in enumerate(phrase) if _kind(cluster) not in ("close", "open")]
    pieces = max(1, -(-len(letters) // UNIT_CHARACTERS))
    cuts = [0] + [letters[len(letters) * k // pieces] for k in range(1, pieces)] + [len(phrase)]
    return ["".join(phrase[a:b]) for a, b in itertools.pairwise(cuts)]
