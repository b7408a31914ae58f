"""Word times: when each word of a spoken line is heard, guessed from the sound's own pauses and the writing's.

A server that speaks sends no times. The sound tells where there is voice and where there is none; the writing tells how long each word
is likely to take and after which words one breathes. Both are laid on each other as cheaply as they can be (`_paired`), and between two
pauses the words share the voice by their syllables. Measured against the rehearsal voice, whose times are known: see the tests.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glimmer.models.interface import WordTiming
from glimmer.models.sound_files import RATE_HZ, Samples

__all__ = ["Voiced", "screen_words", "seconds_to_say", "syllables", "voiced", "word_times"]

Floats = NDArray[np.float64]

_HOP: Final = RATE_HZ // 100  # the envelope has a value every 10 ms
_SHORTEST_PAUSE: Final = 7  # hops; a stop consonant closes the mouth for 50 to 80 ms
_SHORTEST_SOUND: Final = 3  # hops; what is shorter is a click
_SHORTEST_WORD_SECONDS: Final = 0.02  # a word that isn't said (a dash) still has a moment on screen
_UNIT_CHARACTERS: Final = 6  # of writing without blanks, on screen at once: about a second
_UNSPACED: Final = re.compile(r"[぀-ヿㇰ-ㇿ㐀-䶿一-鿿豈-﫿฀-໿က-႟ក-៿]")
_VOWEL_RUN: Final = re.compile(r"[aeiouyáàâäãåæéèêëíìîïóòôöõøœúùûüýÿаеёиоуыэюяіїєαεηιουωάέήίόύώ]+")
_SENTENCE_END: Final = re.compile(r"(?:[.!?…。！？؟।]|--|—)[\"'”’»)\]』」*_]*$")
_CLAUSE_END: Final = re.compile(r"[,;:–、，；：،][\"'”’»)\]』」*_]*$")
_TITLE: Final = re.compile(r"^[(\"“‘']*(?:Mr|Mrs|Ms|Dr|Prof|St|Capt|Lt|Sgt|No|vs|[A-Z])\.$")


# ── the writing ─────────────────────────────────────────────────────────────────────────────────────────────
def screen_words(text: str) -> tuple[str, ...]:
    """The units that light up on screen, in order: the words between blanks, and of writing without blanks pieces of at most 6 letters."""
    return tuple(unit for word in text.split() for unit in _units(word))


def _units(word: str) -> list[str]:
    if not _UNSPACED.search(word):
        return [word]
    phrases = re.findall(r"[「『（“‘(\[]*[^\s、。！？，；：」』）”’)\]]+[、。！？，；：」』）”’)\]]*|.", word)
    return [piece for phrase in phrases for piece in _pieces(_clusters(phrase))]


def _clusters(phrase: str) -> list[str]:
    """Characters that must not be parted: marks and small kana stay with what they follow, punctuation too."""
    out: list[str] = []
    for character in phrase:
        joins = unicodedata.category(character)[0] in "MP" or character in "ーっッゃゅょャュョァィゥェォ々\u200b\u200c\u200d"
        if out and (joins or out[-1] in "เแโใไ「『（“‘("):
            out[-1] += character
        else:
            out.append(character)
    return out


def _pieces(clusters: list[str]) -> list[str]:
    count = max(1, -(-len(clusters) // _UNIT_CHARACTERS))
    cuts = [len(clusters) * number // count for number in range(count + 1)]
    return ["".join(clusters[a:b]) for a, b in zip(cuts, cuts[1:], strict=False) if b > a]


def syllables(word: str) -> float:
    """About how many syllables a word has when it is read out; 0 for one that is not said (a dash)."""
    letters = unicodedata.normalize("NFC", word).lower()
    said = [c for c in letters if c.isalnum()]
    if not said:
        return 0.0
    runs = len(_VOWEL_RUN.findall(letters))
    silent_e = runs > 1 and re.search(r"[^aeiouyl]e[^a-z]*$", letters) is not None
    other = sum(1.0 if _UNSPACED.match(c) or "가" <= c <= "힣" else 0.5 for c in said if c > "ϟ" and not _VOWEL_RUN.match(c))
    cyrillic = any("Ͱ" <= c <= "ӿ" for c in said)  # its vowels are counted above
    digits = 1.8 * sum(c.isdigit() for c in said)
    latin = max(1.0, runs - silent_e) if any(c.isalpha() and (c <= "ϟ" or cyrillic) for c in said) else 0.0
    return latin + digits + (0.0 if cyrillic else other) or 1.0


def _effort(word: str) -> float:
    """How long a word takes against the others: its syllables, longer with many consonants, longer before a pause."""
    count = syllables(word)
    if not count:
        return 0.05
    letters = sum(c.isalnum() for c in word)
    drawn = 0.45 if _SENTENCE_END.search(word) else 0.25 if _CLAUSE_END.search(word) else 0.0
    return 0.75 * count + 0.12 * letters + drawn


def seconds_to_say(words: tuple[str, ...]) -> float:
    """About how long a person takes to say them: 4.4 syllables a second, and the pauses."""
    pauses = sum(0.35 if _ends_sentence(word) else 0.15 for word in words[:-1] if _ends_sentence(word) or _CLAUSE_END.search(word))
    return sum(syllables(word) for word in words) / 4.4 + pauses


def _ends_sentence(word: str) -> bool:
    return bool(_SENTENCE_END.search(word)) and not _TITLE.match(word)


# ── the sound ───────────────────────────────────────────────────────────────────────────────────────────────
class Voiced(NamedTuple):
    """Where a sound speaks: begin and end of each run in seconds, in order, none overlapping. No runs: it says nothing."""

    runs: tuple[tuple[float, float], ...]

    @property
    def seconds(self) -> float:
        """How long it speaks, pauses not counted."""
        return sum(end - begin for begin, end in self.runs)


def voiced(sound: Samples) -> Voiced:
    """The runs of voice in a mono sound at 48 kHz. None for a sound that says nothing."""
    wave = sound.reshape(-1)
    if wave.size < _HOP:
        return Voiced(())
    power = np.square(wave[: wave.size // _HOP * _HOP], dtype=np.float64).reshape(-1, _HOP).mean(axis=1)
    power = np.convolve(power, (0.25, 0.5, 0.25), mode="same")
    level = 10 * np.log10(power + 1e-12)
    loud, quiet = float(np.percentile(level, 95)), float(np.percentile(level, 8))
    if loud < -65.0:  # of full scale: nobody hears it
        return Voiced(())
    threshold = max(loud - 34.0, min(quiet + 9.0, loud - 16.0))
    runs = [run for run in _runs(level > threshold) if run[1] - run[0] >= _SHORTEST_SOUND]
    return Voiced(tuple((begin * _HOP / RATE_HZ, end * _HOP / RATE_HZ) for begin, end in _joined(runs)))


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.view(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs that only a consonant parts are one."""
    out: list[tuple[int, int]] = []
    for begin, end in runs:
        if out and begin - out[-1][1] < _SHORTEST_PAUSE:
            out[-1] = (out[-1][0], end)
        else:
            out.append((begin, end))
    return out


# ── one on the other ────────────────────────────────────────────────────────────────────────────────────────
def word_times(words: tuple[str, ...], heard: Voiced, seconds: float) -> tuple[WordTiming, ...]:
    """Every word with a time of its own: in order, none empty, all within 0 .. `seconds`. A guess, good to about a tenth of a second."""
    if not words:
        return ()
    runs = np.asarray(heard.runs or ((0.0, seconds),))
    effort = np.asarray([_effort(word) for word in words])
    speech = float((runs[:, 1] - runs[:, 0]).sum())
    due = np.concatenate([[0.0], np.cumsum(effort)]) / effort.sum() * speech  # of voice, before each word
    pairs = _paired(words, due, runs)
    at = _between(due, pairs, runs)
    starts = np.asarray([_moment(each, runs, after=True) for each in at[:-1]])
    ends = np.asarray([_moment(each, runs, after=False) for each in at[1:]])
    return _told_apart(words, starts, ends, seconds)


class _Laying(NamedTuple):
    """What it costs to lay pauses on the boundaries between words.

    One far from where its boundary is due is dear, one within a sentence too; one left over is a hesitation, dear by its length.
    """

    words: tuple[str, ...]
    due: Floats  # of voice, before each word
    place: Floats  # of voice, before each pause
    over: Floats  # cost of leaving over the pauses up to each

    def laid(self, word: int) -> Floats:
        """Each pause before this word."""
        total = self.due[-1]
        spread = 0.08 + 0.28 * np.sqrt(max(0.0, self.due[word] * (total - self.due[word]) / total))
        before = self.words[word - 1]
        within = 0.0 if _ends_sentence(before) else 0.4 if _CLAUSE_END.search(before) else 2.6
        return np.asarray(((self.place - self.due[word]) / spread) ** 2 + within)

    def unpaused(self, word: int) -> float:
        """No pause before this word."""
        before = self.words[word - 1]
        return 2.2 if _ends_sentence(before) else 0.6 if _CLAUSE_END.search(before) else 0.0


def _paired(words: tuple[str, ...], due: Floats, runs: Floats) -> list[tuple[int, int]]:
    """Which pause lies before which word: (word, pause) in order. The cheapest way to lay all pauses on all boundaries."""
    begin, end = runs[:, 0], runs[:, 1]
    length = begin[1:] - end[:-1]
    if not length.size or len(words) < 2:
        return []
    over = np.concatenate([[0.0], np.cumsum(np.minimum(14.0 * length, 9.0))])
    laying = _Laying(words, due, np.cumsum(end - begin)[:-1], over)
    costs = np.full((len(words), length.size + 1), np.inf)
    costs[0] = over
    for word in range(1, len(words)):
        best = costs[word - 1] + laying.unpaused(word)
        best[1:] = np.minimum(best[1:], costs[word - 1][:-1] + laying.laid(word))
        costs[word] = np.minimum.accumulate(best - over) + over
    return _way_back(laying, costs)


def _way_back(laying: _Laying, costs: Floats) -> list[tuple[int, int]]:
    """The pairs that the cheapest way is made of."""
    pairs: list[tuple[int, int]] = []
    word, pause = len(laying.words) - 1, laying.place.size
    while word > 0 and pause > 0:
        here = costs[word, pause]
        if np.isclose(here, costs[word, pause - 1] + laying.over[pause] - laying.over[pause - 1]):
            pause -= 1
        elif np.isclose(here, costs[word - 1, pause - 1] + laying.laid(word)[pause - 1]):
            pairs.append((word, pause - 1))
            word, pause = word - 1, pause - 1
        else:
            word -= 1
    return pairs[::-1]


def _between(due: Floats, pairs: list[tuple[int, int]], runs: Floats) -> Floats:
    """How much voice lies before each boundary: exactly that of its pause, and in proportion between two of them."""
    place = np.cumsum(runs[:, 1] - runs[:, 0])
    known = [0, *(word for word, _ in pairs), len(due) - 1]
    heard = [0.0, *(float(place[pause]) for _, pause in pairs), float(place[-1])]
    return np.asarray(np.interp(due, due[known], heard))


def _moment(voice: float, runs: Floats, *, after: bool) -> float:
    """When so much voice has been heard; at a pause its end (`after`) or its begin."""
    until = np.cumsum(runs[:, 1] - runs[:, 0])
    slack = 1e-9 if after else -1e-9
    run = min(int(np.searchsorted(until, voice + slack, side="right" if after else "left")), len(runs) - 1)
    within = voice - (until[run] - (runs[run, 1] - runs[run, 0]))
    return float(min(max(runs[run, 0], runs[run, 0] + within), runs[run, 1]))


def _told_apart(words: tuple[str, ...], starts: Floats, ends: Floats, seconds: float) -> tuple[WordTiming, ...]:
    """In order, none shorter than a moment, none beyond the end."""
    count = len(words)
    least = min(_SHORTEST_WORD_SECONDS, seconds / (2 * count))
    for k in range(count):
        starts[k] = max(starts[k], starts[k - 1] + least if k else 0.0)
    for k in range(count - 1, -1, -1):
        limit = starts[k + 1] if k + 1 < count else seconds
        starts[k] = max(0.0, min(starts[k], limit - least))
        ends[k] = min(max(ends[k], starts[k] + least), limit)
    rounded = zip(words, np.round(starts, 6), np.round(ends, 6), strict=True)
    return tuple(WordTiming(word=word, start_seconds=float(a), end_seconds=float(b)) for word, a, b in rounded)
