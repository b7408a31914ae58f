"""From a line as it is written to words as they are said: markup off, capitals calmed, cut into breaths.

Knows writing only. The screen keeps every word as written; `say` is what the reader of spelling gets, "" for a silent word.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from glimmer.models.rehearsal.speech.scripts import screen_words, script_of

__all__ = ["BREATH_WORDS", "Chunk", "ScreenWord", "breaths", "pause_after", "read_line"]

BREATH_WORDS: Final = 40  # a sentence of 3,000 words took the model 150 s; 40 words are a long breath for a person too
BREATH_CHARACTERS: Final = 300  # the model reads about 480 phonemes at once; a letter is about 1.1 phonemes at most

DIGITS_SPOKEN: Final = 40  # of a number so long that it is read digit by digit


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ACRONYMS: Final = _words(
    "ABC ACLU AI AM ATM BBC CBS CCTV CD CEO CFO CIA CNN CPR CPU CSI CV DA DC DEA DIY DJ DNA DOA DUI DVD EMT ER ESP ETA EU FAQ FBI FM "
    "GPS GPU HBO HQ HR IBM ICU ID IOU IQ IRS IT JFK KGB LA LAPD LSD MC MIT MP MRI MTV MVP NBA NBC NFL NHS NSA NY NYC NYPD OCD PA PC "
    "PM POW PR PTSD RAF RIP RPM RSVP SOS SUV TNT TV UCLA UFO UK UN US USA USB USSR UV VCR VHS VIP VR WWI WWII XL"
)
_AMBIGUOUS: Final = _words("AM DA IT LA MC PA PC PM US ER ID RIP HR")  # words too: spelled only in a line that isn't shouted
_SOUNDS: Final = _words("HM HMM HMMM MM MMM SH SHH SHHH PST PSST TSK GR GRR GRRR BR BRR BRRR PFFT ZZ ZZZ NTH")
_UNSPOKEN: Final = _words(
    "beat pause silence silent sighs sigh laughs laughing chuckles sobs gasps coughs crying softly whispering whispers then quietly "
    "music inaudible applause shouting yelling singing"
)
_MARKUP: Final = (
    re.compile(r"</?[A-Za-z][^<>\n]{0,200}>"),  # <b>, <font color="red">
    re.compile(r"\[\[.{0,500}?\]\]", re.DOTALL),  # Fountain's notes
    re.compile(r"/\*.{0,500}?\*/", re.DOTALL),  # Fountain's boneyard
    re.compile(r"\[[^\[\]\n]{0,80}\]"),  # [door slams]
    re.compile(r"\{[^{}\n]{0,80}\}"),
)
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|#39);")
_ASIDE: Final = re.compile(r"\(([^()\n]{1,30})\)")
_EMPHASIS: Final = re.compile(r"[*_~`^|\\♪♫♩♬#<>{}\[\]\u0000]+")
_ENDS_SENTENCE: Final = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]』」]*$")
_ENDS_CLAUSE: Final = re.compile(r"[,;:—–、，；：،]+[\"'”’»)\]』」]*$")
_TITLE: Final = re.compile(r"^[(\"“‘']*(?:Mr|Mrs|Ms|Dr|Prof|St|Mt|Ft|Gen|Gov|Sen|Capt|Lt|Col|Sgt|Rev|Hon|Jr|Sr|No|vs|[A-Z])\.$")
_LETTERS_BY_HAND: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "th", "Ð": "Th", "þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae",
     "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "e"}
)  # fmt: skip


@dataclass(frozen=True)
class ScreenWord:
    """A word on screen, what is said for it, its script, and whether it ends a sentence or a clause."""

    screen: str
    say: str
    script: str
    sentence_end: bool = False
    clause_end: bool = False


@dataclass(frozen=True)
class Chunk:
    """Words said in one breath, the index of the first, and the silence after it in seconds."""

    first: int
    words: tuple[ScreenWord, ...]
    pause_seconds: float


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────
def read_line(text: str, knows: Callable[[str], bool]) -> tuple[ScreenWord, ...]:
    """Every screen word of `text` with what is said for it. `knows` tells whether the dictionary has a word.

    Does not translate and does not guess: a word in another script keeps its own letters in `say`.
    """
    blanked = _without_markup(text)
    words = screen_words(text)
    places = _places(text, words)
    said = [_plain(blanked[start : start + len(word)]) for word, start in zip(words, places, strict=True)]
    shouted = _mostly_capitals(said)
    out: list[ScreenWord] = []
    for index, (word, plain) in enumerate(zip(words, said, strict=True)):
        script = script_of(plain)
        say = _spoken_form(plain, shouted, knows) if script in ("", "Latin") else plain
        following = said[index + 1] if index + 1 < len(said) else ""
        ends = bool(_ENDS_SENTENCE.search(plain)) and not _TITLE.match(plain) and not following[:1].islower()
        clause = not ends and bool(_ENDS_CLAUSE.search(plain))
        if out and not say and plain[:1] in ("—", "…", "–"):
            out[-1] = _pausing(out[-1], "…" if plain[0] == "…" else "—")
        out.append(ScreenWord(word, say, script, ends, clause))
    return tuple(out)


def _pausing(word: ScreenWord, mark: str) -> ScreenWord:
    """The word before a dash or dots that stand alone on screen: the mark is heard after it."""
    return word if not word.say or word.say[-1] in ".,;:!?…—" else replace(word, say=word.say + mark)


def _places(text: str, words: Sequence[str]) -> list[int]:
    places, at = [], 0
    for word in words:
        at = text.index(word, at)
        places.append(at)
        at += len(word)
    return places


def _without_markup(text: str) -> str:
    """`text` with markup turned into NUL characters one for one, blanks kept, so that words keep their places."""
    for pattern in _MARKUP:
        text = pattern.sub(_blank, text)
    text = _ENTITY.sub(lambda met: html.unescape(met[0]).ljust(len(met[0]), "\0"), text)
    return _ASIDE.sub(lambda met: _blank(met) if set(met[1].lower().split()) <= _UNSPOKEN else met[0], text)


def _blank(met: re.Match[str]) -> str:
    return re.sub(r"\S", "\0", met[0])


def _plain(word: str) -> str:
    """A word without emphasis marks, full-width letters made plain, dots and dashes as the model knows them."""
    word = _EMPHASIS.sub("", unicodedata.normalize("NFKC", word.replace("…", "\0E")).replace("\0E", "…"))
    word = re.sub(r"\.{2,}", "…", word)
    word = re.sub(r"(?<=\w)-{2,}(?=\W|$)|-{2,}|[―⸺]|–(?=\W|$)", "—", word)
    word = re.sub(r"([!?])[!?]+", lambda met: "?" if "?" in met[0] else "!", word)
    return word[:200]


def _mostly_capitals(words: Sequence[str]) -> bool:
    letters = [w for w in words if sum(c.isalpha() for c in w) > 1]
    return len(letters) > 1 and sum(w.upper() == w for w in letters) * 2 > len(letters)


def _spoken_form(word: str, shouted: bool, knows: Callable[[str], bool]) -> str:
    """The word for the reader of spelling: no accents, no shouting capitals, or "" when there is nothing to say."""
    if not any(c.isalnum() or c in "&%+=@$£€¥½¼¾" for c in word):
        return ""
    if not word.isascii():
        word = _without_accents(word, knows)
    word = re.sub(r"[A-Za-z]*([A-Za-z])\1\1[A-Za-z]*", lambda met: _drawn_in(met[0], knows), word)
    word = re.sub(r"[\d,]{13,}", lambda met: " ".join(re.findall(r"\d", met[0])[:DIGITS_SPOKEN]), word)
    return re.sub(r"[A-Za-z][A-Za-z'’.]*", lambda met: _calmed(met[0], shouted, knows), word)


def _drawn_in(letters: str, knows: Callable[[str], bool]) -> str:
    """ "Nooooo" as "No", "gooood" as "good": the doubled or the single letter, whichever the dictionary has."""
    double, single = (re.sub(r"(.)\1{2,}", by, letters.lower()) for by in (r"\1\1", r"\1"))
    first, second = (single, double) if re.search(r"([ouaie])\1+$", double) else (double, single)
    return first if knows(first) or not knows(second) else second


def _calmed(letters: str, shouted: bool, knows: Callable[[str], bool]) -> str:
    """Capitals only where they are to be spelled: the model's reader spells short words in capitals ("NO" as N, O)."""
    bare = letters.replace("’", "'").split("'")[0].rstrip(".")
    if len(bare) < 2 or not bare.isupper() or "." in bare:
        return letters
    if bare in _ACRONYMS and not (shouted and bare in _AMBIGUOUS):
        return letters
    calm = letters.lower()
    if len(bare) <= 5 and not re.search("[AEIOUY]", bare) and bare not in _SOUNDS and not knows(bare.lower()):
        return letters  # XKCD: no vowel, so it can only be spelled
    return calm.capitalize() if re.match(r"i['’]|i$", calm) else calm


def _without_accents(word: str, knows: Callable[[str], bool]) -> str:
    if knows(word) or knows(word.lower()):
        return word
    bare = "".join(unicodedata.normalize("NFD", c) if c.isalpha() else c for c in word.translate(_LETTERS_BY_HAND))
    return "".join(c for c in bare if not unicodedata.combining(c) and (ord(c) < 0x250 or not c.isalpha()))


# ── breaths ─────────────────────────────────────────────────────────────────────────────────────────────────
def breaths(words: Sequence[ScreenWord]) -> tuple[Chunk, ...]:
    """The line cut where a speaker breathes: after sentences, else at commas, else at 40 words.

    Very short sentences stay with the next one ("No. No. Why?"): the model pauses well by itself within a breath.
    """
    cuts: list[int] = []
    start = 0
    while start < len(words):
        start = _next_cut(words, start)
        cuts.append(start)
    firsts = [0, *cuts[:-1]]
    return tuple(
        Chunk(first, tuple(words[first:end]), pause_after(words[end - 1]) if end < len(words) else 0.0)
        for first, end in zip(firsts, cuts, strict=True)
    )


def _next_cut(words: Sequence[ScreenWord], start: int) -> int:
    """One past the last word of the breath that begins at `start`."""
    limit, characters = start, 0
    while limit < len(words) and limit - start < BREATH_WORDS and (limit == start or characters < BREATH_CHARACTERS):
        characters += _effort(words[limit])
        limit += 1
    for end in range(start + 1, limit + 1):
        if words[end - 1].sentence_end and (end - start > 3 or end == len(words)):
            return end
    if limit == len(words):
        return limit
    clause = [end for end in range(start + 8, limit + 1) if words[end - 1].clause_end or words[end - 1].sentence_end]
    return clause[-1] if clause else limit


def _effort(word: ScreenWord) -> int:
    """Characters the model will have to read for a word; digits are read out at about six letters each."""
    return len(word.say) + 1 + 6 * sum(c.isdigit() for c in word.say)


def pause_after(word: ScreenWord) -> float:
    """Silence between two breaths, seconds. 0.25 to 0.4 between sentences is what speakers leave in a read dialogue."""
    if word.screen.rstrip("\"'”’)*_").endswith(("…", "...", "—", "--")):
        return 0.4
    if word.sentence_end:
        return 0.32
    return 0.16 if word.clause_end else 0.05
