"""The second voice: espeak-ng, a formant voice of many languages, in a child process of its own.

The door to the optional `espeakng-loader` (GPL-3, extra `[languages]`). Nothing of it is imported or loaded here: each line that needs
it starts `languages_worker.py` (0.05 to 0.2 s), sends texts and numbers, gets samples and word positions, and the child is gone.
A child for each line needs no lock and no clearing up, and it has no memory: the same request gives the same bytes.
"""

from __future__ import annotations

import importlib.machinery
import importlib.metadata
import json
import math
import os
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from glimmer.models.interface import Voice
from glimmer.models.rehearsal.speech.engine import ENGINE_RATE
from glimmer.models.rehearsal.speech.manner import Manner
from glimmer.settings import SECRET_NAMES

__all__ = ["Spoken", "VoiceFailed", "installed_version", "spoken_texts"]

Floats = NDArray[np.float32]

WORKER: Final = Path(__file__).with_name("languages_worker.py")
# The longest line there may be (5,000 characters) takes the child 1.3 s on one busy core.
TIME_LIMIT_SECONDS: float = 30.0
MOST_SECONDS: Final = 150.0  # of sound for one text: five times what a breath of 300 characters takes

# Measured at espeak's middle pitch (50), median over 16 languages; a throat is told by its formants (`cast.VOICES`).
HEARD_HZ: Final = 200.0  # the English voice at pitch 1, as measured (docs/voices.md): a character keeps its pitch
MAN_HZ: Final = 109.0
WOMAN_HZ: Final = 205.0
MAN_FORMANT: Final = 0.86
MEN_BELOW_FORMANT: Final = 0.93
# Languages that espeak-ng drags: 2.9 to 3.7 syllables a second where the rest have 4 to 6 at the same setting.
PACE: Final = {"uk": 1.35, "cmn": 1.25, "yue": 1.2}
WORDS_A_MINUTE: Final = 160.0  # espeak's own 175 is hard to follow


class VoiceFailed(Exception):
    """The child did not answer as it should. The message says why, in a few words; nobody outside this package sees the exception."""


@dataclass(frozen=True)
class Spoken:
    """One text spoken: 24 kHz, and (character, seconds) in the order of the text, for words' beginnings and ends."""

    wave: Floats
    marks: tuple[tuple[int, float], ...]


class _Told(BaseModel):
    """What the child tells of one piece."""

    model_config = ConfigDict(strict=True)

    samples: int = Field(ge=0)
    phonemes: str
    words: list[tuple[int, int, int]]  # first character, characters (0: a clause ends here), sample


class _Head(BaseModel):
    model_config = ConfigDict(strict=True)

    rate: int = Field(ge=8_000, le=48_000)
    pieces: list[_Told]


@dataclass(frozen=True)
class _Throat:
    """espeak's settings for a character. `playback`: the sound is played that much faster, which moves pitch and formants alike."""

    variant: str
    pitch: int
    range: int
    rate: int
    playback: Fraction


def installed_version() -> str:
    """The version of espeakng-loader on this machine, "" where the extra is not installed. Imports and loads nothing."""
    folder = _folder()
    return _version(folder) if folder else ""


def spoken_texts(texts: Sequence[tuple[str, str]], voice: Voice, manner: Manner, rng: np.random.Generator) -> list[Spoken | None]:
    """Each (language, text) spoken in this voice; None for one that espeak-ng has no voice for, or would only spell.

    Raises VoiceFailed if the child can't be started, dies, takes too long or answers something else than sound.
    """
    throat = _throat(voice, manner, rng)
    cleaned = [clean(text) for _, text in texts]
    pieces: list[dict[str, str | int]] = [
        {
            "text": text,
            "voice": language + throat.variant,
            "pitch": throat.pitch,
            "range": throat.range,
            "rate": min(450, round(throat.rate * PACE.get(language, 1.0))),
        }
        for text, (language, _) in zip(cleaned, texts, strict=True)
    ]
    head, sounds = _asked(pieces)
    return [
        None if not told.samples or _spelled(text, told) else _spoken(text, told, sound, head.rate, throat.playback)
        for text, told, sound in zip(cleaned, head.pieces, sounds, strict=True)
    ]


def clean(text: str) -> str:
    """`text` with all that could be a command or a symbol's name turned into blanks, character for character.

    espeak-ng takes U+0001 for the beginning of a command and reads the names of emoji aloud. The joiners of Persian and the
    Indic scripts stay.
    """
    return "".join(c if c in "\u200c\u200d" or unicodedata.category(c) not in _UNSAID else " " for c in text)


_UNSAID: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"})


# ── whether it is there ─────────────────────────────────────────────────────────────────────────────────────
def _folder() -> str:
    """The folder that holds the package `espeakng_loader`, "" if there is none. Looks, doesn't import."""
    found = importlib.machinery.PathFinder.find_spec("espeakng_loader")
    return str(Path(found.origin).parents[1]) if found is not None and found.origin else ""


@lru_cache(maxsize=4)
def _version(folder: str) -> str:
    here = importlib.metadata.distributions(name="espeakng-loader", path=[folder])
    return next((one.version for one in here), "unknown")


# ── the character's throat ──────────────────────────────────────────────────────────────────────────────────
def _throat(voice: Voice, manner: Manner, rng: np.random.Generator) -> _Throat:
    """The nearest that espeak-ng has. Another seed is another reading: a little higher or slower.

    Formants are moved by playing back faster or slower; pitch and rate are asked for with the opposite factor.
    """
    man = voice.formant < MEN_BELOW_FORMANT
    move = float(np.clip(voice.formant / (MAN_FORMANT if man else 1.0), 0.85, 1.15)) * float(rng.uniform(0.99, 1.01))
    playback = Fraction(move).limit_denominator(100)
    hz = HEARD_HZ * voice.pitch * manner.pitch * float(rng.uniform(0.985, 1.015)) / float(playback)
    # espeak's pitch doubles every 50 steps.
    pitch = 50 + 50 * math.log2(max(hz, 20.0) / (MAN_HZ if man else WOMAN_HZ))
    speed = float(np.clip(voice.speed * manner.speed * (0.8 if manner.sung else 1.0), 0.5, 2.0)) * float(rng.uniform(0.97, 1.03))
    whisper = "+whisper" if man else "+whisperf"
    return _Throat(
        variant=whisper if manner.whispered else ("" if man else "+f2"),
        pitch=round(float(np.clip(pitch, 0, 99))),
        range=round(float(np.clip(50 * voice.pitch_range * manner.pitch_range, 0, 99))),
        rate=round(float(np.clip(WORDS_A_MINUTE * speed / float(playback), 80, 450))),
        playback=playback,
    )


# ── the child ───────────────────────────────────────────────────────────────────────────────────────────────
def _asked(pieces: Sequence[dict[str, str | int]]) -> tuple[_Head, list[bytes]]:
    """The child's answer, checked. -I -S: neither the environment nor the site's start-up files have a say in the child."""
    folder = _folder()
    if not folder or not sys.executable:
        raise VoiceFailed("there is no Python to start it with" if folder else "it is not installed")
    question = json.dumps({"pieces": list(pieces), "most_samples": int(MOST_SECONDS * 22_050)}).encode()
    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-S", str(WORKER), folder],
            input=question,
            env={name: value for name, value in os.environ.items() if name not in SECRET_NAMES},
            capture_output=True,
            timeout=TIME_LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise VoiceFailed(f"no answer in {TIME_LIMIT_SECONDS:g} s") from error
    except OSError as error:
        raise VoiceFailed(f"it could not be started: {error}") from error
    if answer.returncode:
        raise VoiceFailed(_last_words(answer.returncode, answer.stderr))
    return _read(answer.stdout, len(pieces))


def _last_words(code: int, stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    ended = f"ended by signal {-code}" if code < 0 else f"ended with code {code}"
    return f"{ended}: {lines[-1][:160]}" if lines else ended


def _read(answer: bytes, pieces: int) -> tuple[_Head, list[bytes]]:
    line, _, sound = answer.partition(b"\n")
    try:
        head = _Head.model_validate_json(line)
    except ValidationError as error:
        raise VoiceFailed("its answer can't be read") from error
    if len(head.pieces) != pieces or 2 * sum(told.samples for told in head.pieces) != len(sound):
        raise VoiceFailed("its answer is not complete")
    ends = np.cumsum([0] + [2 * told.samples for told in head.pieces])
    return head, [sound[a:b] for a, b in zip(ends[:-1], ends[1:], strict=True)]


# ── what it said ────────────────────────────────────────────────────────────────────────────────────────────
def _spelled(text: str, told: _Told) -> bool:
    """Whether espeak-ng named letters instead of saying words ("Chinese letter"): it changes to English or its own words for it.

    Told by "(en)" in the phonemes of a text without Latin letters, or by several words heard for one that has no digit.
    """
    latin = any("LATIN" in unicodedata.name(c, "") for c in text)
    if "(en)" in told.phonemes and not latin:
        return True
    words = [(at, length) for at, length, _ in told.words if length]
    again = {words[k] for k in range(1, len(words)) if words[k][0] == words[k - 1][0]}
    return any(not any(c.isdigit() or c in _NAMED for c in text[at : at + length]) for at, length in again)


_NAMED: Final = frozenset("%№$€£¥₽₹₩°&+=@§")  # these are words in any language


def _spoken(text: str, told: _Told, sound: bytes, rate: int, playback: Fraction) -> Spoken:
    """The samples at 24 kHz, as fast as the throat wants them, and marks in seconds of that."""
    wave = np.frombuffer(sound, "<i2").astype(np.float32) / 32768.0
    ratio = Fraction(ENGINE_RATE, rate) / playback
    wave = np.asarray(scipy.signal.resample_poly(wave, ratio.numerator, ratio.denominator), np.float32)
    a_sample = 1.0 / (rate * float(playback))
    return Spoken(wave, tuple((at, sample * a_sample) for at, sample in _marks(text, told)))


def _marks(text: str, told: _Told) -> list[tuple[int, int]]:
    """(character, sample) where words begin and end. What espeak passes over in silence ("в" said with its noun) is left between."""
    marks: list[tuple[int, int]] = []
    heard = [*told.words, (len(text), 0, told.samples)]
    for k, (at, length, sample) in enumerate(heard):
        if marks and at <= marks[-1][0] and length:
            continue  # the second word of a number: one place on screen
        marks.append((at, sample))
        after, _, ends = next((one for one in heard[k + 1 :] if one[0] > at), (len(text), 0, told.samples))
        if length and at + length < after and not any(c.isalnum() for c in text[at + length : after]):
            marks.append((at + length, ends))
    places = np.maximum.accumulate([0, *(at for at, _ in marks)])[1:]
    samples = np.maximum.accumulate([0, *(sample for _, sample in marks)])[1:]
    return [(int(at), int(sample)) for at, sample in zip(places, samples, strict=True)]
