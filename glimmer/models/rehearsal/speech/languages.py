"""Other languages: which of a line's words the second voice can say, in which language, and when each is heard.

Stands between the words of a line and `languages_voice`; the speaker murmurs whatever is not said here. Where the extra is not
installed it says nothing and tells how to get it. Tables are by measure: a language stands here if espeak-ng 1.52 really says its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glimmer.models.interface import Voice
from glimmer.models.rehearsal.speech import languages_voice as voices
from glimmer.models.rehearsal.speech.engine import ENGINE_RATE
from glimmer.models.rehearsal.speech.finish import sounding, with_soft_edges
from glimmer.models.rehearsal.speech.manner import Manner
from glimmer.models.rehearsal.speech.text import ScreenWord, breaths

__all__ = ["EXTRA", "Foreign", "Run", "foreign_runs", "speaking_version", "tongues"]

Floats = NDArray[np.float32]
Span = tuple[float, float]  # seconds
Place = tuple[int, int]  # characters

EXTRA: Final = 'pip install "glimmer-studio[languages]"'

# Script -> what is written in it and said well, as espeak-ng names it; the first is taken where nothing tells otherwise.
# Left out by measure: Thai, Burmese (heaps of consonants: "spsk"), Hebrew (without its vowels: "lfnˈi tejʃ", with them it spells
# the points), Kurdish and Pashto (spelled). Lao and Khmer have no voice.
_SPOKEN_IN: Final[dict[str, tuple[str, ...]]] = {
    "Cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tt"),
    "Arabic": ("ar", "fa", "ur", "sd", "ug"),
    "Devanagari": ("hi", "mr", "ne"),
    "Bengali": ("bn", "as"),
    "Ethiopic": ("am", "ti"),
    "Han": ("cmn", "yue"),
    "Hangul": ("ko",), "Kana": ("ja",), "Greek": ("el",), "Armenian": ("hy",), "Georgian": ("ka",), "Gurmukhi": ("pa",),
    "Gujarati": ("gu",), "Tamil": ("ta",), "Telugu": ("te",), "Kannada": ("kn",), "Malayalam": ("ml",), "Sinhala": ("si",),
}  # fmt: skip
_NAMES: Final = {
    "ru": "Russian", "uk": "Ukrainian", "be": "Belarusian", "bg": "Bulgarian", "sr": "Serbian", "mk": "Macedonian", "kk": "Kazakh",
    "ky": "Kyrgyz", "tt": "Tatar", "ar": "Arabic", "fa": "Persian", "ur": "Urdu", "sd": "Sindhi", "ug": "Uyghur", "hi": "Hindi",
    "mr": "Marathi", "ne": "Nepali", "bn": "Bengali", "as": "Assamese", "am": "Amharic", "ti": "Tigrinya", "cmn": "Chinese",
    "yue": "Cantonese", "ko": "Korean", "ja": "Japanese", "el": "Greek", "hy": "Armenian", "ka": "Georgian", "pa": "Punjabi",
    "gu": "Gujarati", "ta": "Tamil", "te": "Telugu", "kn": "Kannada", "ml": "Malayalam", "si": "Sinhala",
}  # fmt: skip
# Letters that only this language has, of those with the same script; looked for in this order. "": one that can't be said.
_TELLING: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "Cyrillic": (("be", "ў"), ("kk", "әғқңұһ"), ("uk", "їєґ"), ("mk", "ѓќѕ"), ("sr", "ћђљњџј"), ("ky", "өү"), ("uk", "і"), ("", "ӣӯҳҷ")),
    "Arabic": (("ug", "ۇۈۋې"), ("", "ڕڵێښځڅړږ"), ("sd", "ڄڃٻڏڳڱٺڦڻ"), ("ur", "ٹڈڑںےہھ"), ("fa", "پچژگکی")),
    "Devanagari": (("mr", "ळ"),),
    "Bengali": (("as", "ৰৱ"),),
    "Han": (("yue", "哋嘅唔咗喺啲冇佢嚟噉"),),
}  # fmt: skip
_ALIASES: Final = {"zh-hk": "yue", "zh-mo": "yue", "zh": "cmn"}
_KANJI: Final = re.compile("[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# は and へ are "wa" and "e" as particles: after katakana, at a word's end, and in two greetings. Not は alone after は (mother).
_PARTICLES: Final = (
    (re.compile(r"(?<=こんにち)は|(?<=こんばん)は|(?<=[ァ-ヶー])は|(?<=[ぁ-のば-ゖ])は(?=[\s、。，．！？!?,.…―—]|$)"), "わ"),
    (re.compile(r"(?<=[ァ-ヶー])へ|(?<=[ぁ-ぷべ-ゖ])へ(?=[\s、。，．！？!?,.…―—]|$)"), "え"),
)
QUIET_DB: Final = -38.0  # against the run's loudest: below it a word is over, and the pause of its comma has begun


@dataclass(frozen=True)
class Run:
    """Words said in one breath by the second voice: 24 kHz from the first sound to the last, each word's seconds in it."""

    first: int
    end: int
    language: str
    wave: Floats
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Foreign:
    """What became of the words that aren't English: the runs that are said, and what a person must be told about them."""

    runs: tuple[Run, ...] = ()
    notice: str = ""  # about what is said
    advice: str = ""  # about what is murmured all the same: why, or how to have it said
    said: frozenset[int] = field(default_factory=frozenset)  # the words in the runs


def speaking_version(words: Sequence[ScreenWord], language: str) -> str:
    """What the second voice adds to the version of a line's bytes: "" for a line without a word that it would say."""
    if not any(word.script in _SPOKEN_IN for word in words) or not any(tongues(words, language)):
        return ""
    version = voices.installed_version()
    return f"+espeakng-loader-{version}" if version else ""


def foreign_runs(
    text: str, words: Sequence[ScreenWord], language: str, voice: Voice, manner: Manner, rng: np.random.Generator
) -> Foreign:
    """The foreign words of a line, said. Never raises for what a voice does wrong: what can't be said is left out, with advice."""
    told = tongues(words, language)
    if not any(told):
        return Foreign(advice=_why_not(words, language))
    if not voices.installed_version():
        return Foreign(advice=f"To have it spoken by a plain second voice: {EXTRA}.")
    stretches = _stretches(words, told)
    texts = [_text(text, words, first, end) for first, end in stretches]
    asked = [(told[first], said) for (first, _), (said, _) in zip(stretches, texts, strict=True)]
    try:
        answers = voices.spoken_texts(asked, voice, manner, rng)
    except voices.VoiceFailed as failure:
        return Foreign(advice=f"The second voice (espeak-ng) failed: {failure}. Another take tries again.")
    runs = [
        _run(first, end, told[first], places, answer)
        for (first, end), (_, places), answer in zip(stretches, texts, answers, strict=True)
        if answer is not None
    ]
    return _foreign(tuple(run for run in runs if run.wave.size), len(stretches))


def _foreign(runs: tuple[Run, ...], asked: int) -> Foreign:
    names = " and ".join(sorted({_NAMES[run.language] for run in runs}))
    return Foreign(
        runs=runs,
        notice=f"The {names} is spoken by espeak-ng, a plain formant voice." if runs else "",
        advice="espeak-ng doesn't know all of its letters." if len(runs) < asked else "",
        said=frozenset(index for run in runs for index in range(run.first, run.end)),
    )


# ── which language ──────────────────────────────────────────────────────────────────────────────────────────
def tongues(words: Sequence[ScreenWord], language: str) -> tuple[str, ...]:
    """For each word the language that the second voice would say it in, "" for what is English or can't be said.

    A number or a sign goes with the word before it. `language` decides where it is written in the word's script, else letters do.
    """
    by_script = {script: _language(script, words, language) for script in {word.script for word in words}}
    out: list[str] = []
    for word in words:
        out.append(by_script[word.script] if word.script or not out else out[-1])
    leading = next((k for k, word in enumerate(words) if word.script), len(words))
    return tuple([out[leading] if leading < len(words) else ""] * leading + out[leading:])


def _language(script: str, words: Sequence[ScreenWord], language: str) -> str:
    spoken = _SPOKEN_IN.get(script, ())
    if not spoken:
        return ""
    if script in ("Kana", "Han") and _is_japanese(words, language):
        return "" if _has_kanji(words) else "ja"
    asked = language.lower().replace("_", "-")
    asked = _ALIASES.get(asked, _ALIASES.get(asked.split("-")[0], asked.split("-")[0]))
    if asked in spoken:
        return asked
    letters = {c for word in words if word.script == script for c in word.say.lower()}
    return next((name for name, telling in _TELLING.get(script, ()) if letters & set(telling)), spoken[0])


def _is_japanese(words: Sequence[ScreenWord], language: str) -> bool:
    return language.lower().startswith("ja") or any(word.script == "Kana" for word in words)


def _has_kanji(words: Sequence[ScreenWord]) -> bool:
    return any(_KANJI.search(word.say) for word in words)


def _why_not(words: Sequence[ScreenWord], language: str) -> str:
    if _is_japanese(words, language) and _has_kanji(words):
        how = "" if voices.installed_version() else f" ({EXTRA})"
        return f"The second voice{how} can't read kanji: written in kana alone the line is spoken."
    return ""


# ── what is said ────────────────────────────────────────────────────────────────────────────────────────────
def _stretches(words: Sequence[ScreenWord], told: Sequence[str]) -> list[tuple[int, int]]:
    """First and one past the last of every run of words in one language, cut where a speaker breathes.

    espeak-ng drops what comes after about a thousand phonemes without a stop: a breath has 40 words and at most 42 digits.
    """
    cuts = [k for k in range(len(told) + 1) if k in (0, len(told)) or told[k] != told[k - 1]]
    found = []
    for first, end in zip(cuts[:-1], cuts[1:], strict=True):
        for breath in breaths(words[first:end]) if told[first] else ():
            if any(c.isalnum() for word in breath.words for c in word.say):
                found.append((first + breath.first, first + breath.first + len(breath.words)))
    return found


def _text(line: str, words: Sequence[ScreenWord], first: int, end: int) -> tuple[str, list[Place]]:
    """The text of a run, blanks where the line has some, and for each word its first character and one past its last."""
    at, said = 0, ""
    places: list[Place] = []
    for index, word in enumerate(words[:end]):
        begin = line.index(word.screen, at)
        if index >= first:
            # Full-width marks have become plain ones, which espeak-ng names ("question mark") unless a blank follows.
            said += " " if said and not said.endswith(" ") and (begin > at or not said[-1].isalnum()) else ""
            places.append((len(said), len(said) + len(word.say)))
            said += word.say
        at = begin + len(word.screen)
    for pattern, read in _PARTICLES:
        said = pattern.sub(read, said)
    return said, places


def _run(first: int, end: int, language: str, places: Sequence[Place], spoken: voices.Spoken) -> Run:
    """The sound without the silence around it, and when each word is heard."""
    begin, stop = sounding(spoken.wave, ENGINE_RATE)
    wave = with_soft_edges(spoken.wave[begin:stop], ENGINE_RATE, fade_seconds=0.006)
    characters = np.array([at for at, _ in spoken.marks], np.float64)
    seconds = np.array([second for _, second in spoken.marks], np.float64) - begin / ENGINE_RATE
    spans = []
    for place in places:
        heard = np.clip(np.interp(place, characters, seconds), 0.0, wave.size / ENGINE_RATE)
        spans.append(_without_pause(wave, float(heard[0]), float(heard[1])))
    return Run(first, end, language, wave, tuple(spans))


def _without_pause(wave: Floats, start: float, end: float) -> Span:
    """The word's span up to where it falls silent."""
    piece = np.abs(wave[int(start * ENGINE_RATE) : int(end * ENGINE_RATE)])
    loud = np.flatnonzero(piece > float(np.abs(wave).max(initial=0.0)) * 10 ** (QUIET_DB / 20))
    return (start, start + (int(loud[-1]) + 1) / ENGINE_RATE) if loud.size else (start, end)
