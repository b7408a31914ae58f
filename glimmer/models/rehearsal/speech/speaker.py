"""The rehearsal's speaker: a line, a voice and a delivery become sound with the time of every word.

Fulfils `SpeechModel`. The road of a line: read it (text), take breaths, phonemes (or a murmur), parts (engine), another throat
(shape), perhaps notes (singing), sound, place and level (finish).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from glimmer import limits
from glimmer.errors import LimitError
from glimmer.models.interface import CastBrief, Made, SpeechRequest, Voice, WordTiming
from glimmer.models.rehearsal.speech import finish
from glimmer.models.rehearsal.speech.cast import Colour, choose, colour_of
from glimmer.models.rehearsal.speech.engine import ENGINE_RATE, FRAME_SECONDS, Engine, Parts, SpokenPhonemes, engine, render
from glimmer.models.rehearsal.speech.languages import Foreign, Run, foreign_runs, speaking_version
from glimmer.models.rehearsal.speech.manner import Manner, manner_of
from glimmer.models.rehearsal.speech.murmur import murmured_notice, murmured_phonemes
from glimmer.models.rehearsal.speech.shape import MODEL_PITCH_HZ, murmured, shaped
from glimmer.models.rehearsal.speech.singing import VOWELS, sung
from glimmer.models.rehearsal.speech.text import Chunk, ScreenWord, breaths, pause_after, read_line

__all__ = ["RehearsalSpeech"]

Floats = NDArray[np.float32]
Span = tuple[float, float]

BREATH_SECONDS: Final = 0.4
BEFORE_SECONDS: Final = 0.06  # silence kept before the first sound and after the last
AFTER_SECONDS: Final = 0.12
AUDIBLE: Final = 0.02  # of full scale: -34 dB, where a line at -20 LUFS is first noticed
SHORTEST_WORD_SECONDS: Final = 0.02  # a word that isn't said (a dash, a stage direction) still has a moment on screen
# The model begins to sound before its own phoneme boundary: measured 31 ms (median of 33 words after a silence, 3 voices).
EARLIER_SECONDS: Final = 0.03
MURMUR_DB: Final = -3.0
_MARKS: Final = frozenset(' .,;:!?…—“”"()')


@dataclass(frozen=True)
class _Direction:
    """What holds for the whole line."""

    voice: Voice
    manner: Manner
    colour: Colour
    japanese: bool


@dataclass(frozen=True)
class _Breath:
    """What is said in one breath: the index of its first word, 24 kHz, each word's time in it, the pause after it."""

    first: int
    wave: Floats
    heard: Sequence[Span | None]
    pause_seconds: float
    second_voice: bool = False


class RehearsalSpeech:
    """Speaks English with one neural model in many voices, with no key and no network.

    What isn't English is murmured; with the extra `[languages]` what espeak-ng can say is said by it.
    The model is loaded at the first line (0.8 s). Threads may share one speaker.
    """

    name: Final = "rehearsal/hibari-0.2.1"
    version: Final = "1"

    def version_for(self, request: BaseModel) -> str:
        """`version`; for a line that the second voice says, its version too. So the extra `[languages]`, once installed,

        makes just the lines again that were murmured for want of it. It doesn't load the model.
        """
        if not isinstance(request, SpeechRequest) or request.text.isascii():
            return self.version
        return self.version + speaking_version(read_line(request.text, lambda _: True), request.language)

    def cast(self, brief: CastBrief, *, taken: Sequence[Voice] = ()) -> Voice:
        """A stable voice that fits the brief, unlike those taken. It doesn't load the model."""
        return choose(brief, taken)

    def speak(self, request: SpeechRequest) -> Made:
        """FLAC, 48 kHz, mono, about -20 LUFS, with `words` = the words of `screen_words(request.text)` and their times.

        A line with nothing to say is a breath of 0.4 s. Raises LimitError above 5,000 characters.
        """
        _check(request)
        model = engine()
        words = read_line(request.text, model.knows)
        rng = np.random.default_rng(_seed(request))
        if not any(word.say for word in words):
            return _breath(words, rng)
        manner = manner_of(request.delivery, request.parenthetical)
        japanese = any(word.script == "Kana" for word in words) or request.language.startswith("ja")
        direction = _Direction(request.voice, manner, colour_of(request.voice), japanese)
        foreign = foreign_runs(request.text, words, request.language, request.voice, manner, rng)
        wave, spans = _line(model, words, foreign.runs, direction, rng)
        murmured_words = [
            word for index, word in enumerate(words) if word.script not in ("", "Latin") and index not in foreign.said
        ]
        sound = _finished(wave, request, len(murmured_words) / sum(bool(word.say) for word in words), direction, rng)
        seconds = sound.size / finish.OUT_RATE
        return Made(
            media=finish.encoded(sound),
            media_type="audio/flac",
            seconds=seconds,
            words=_from_onset(_timed(words, spans, seconds), sound),
            notices=_notices(request, words, foreign),
        )


# ── around the line ─────────────────────────────────────────────────────────────────────────────────────────
def _check(request: SpeechRequest) -> None:
    count = len(request.text)
    if count > limits.MAX_LINE_CHARS:
        raise LimitError(
            f"a line of {count:,} characters; at most {limits.MAX_LINE_CHARS:,} can be spoken at once. Split it into several speeches.",
            limit="MAX_LINE_CHARS",
        )


def _seed(request: SpeechRequest) -> int:
    told = f"{request.text}\n{request.voice.model_dump_json()}\n{request.delivery}\n{request.parenthetical}\n{request.seed}"
    return int.from_bytes(hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()[:8])


def _breath(words: Sequence[ScreenWord], rng: np.random.Generator) -> Made:
    sound = finish.breath_sound(BREATH_SECONDS, rng)
    seconds = sound.size / finish.OUT_RATE
    return Made(
        media=finish.encoded(sound),
        media_type="audio/flac",
        seconds=seconds,
        words=_timed(words, [None] * len(words), seconds),
    )


def _notices(request: SpeechRequest, words: Sequence[ScreenWord], foreign: Foreign) -> tuple[str, ...]:
    left = [word for index, word in enumerate(words) if index not in foreign.said]
    notices = [foreign.notice, murmured_notice(left, advice=foreign.advice)]
    language = request.language.lower()
    if not any(notices) and language and not language.startswith("en"):
        notices = [f'A line in "{request.language}" is said by the rehearsal\'s English voice, as if it were English.']
    return tuple(notice for notice in notices if notice)


def _finished(
    wave: Floats, request: SpeechRequest, murmured_share: float, direction: _Direction, rng: np.random.Generator
) -> Floats:
    """The line at 48 kHz in its place and level."""
    sound = finish.resampled(finish.coloured(wave, direction.colour, ENGINE_RATE))
    sound = finish.placed(sound, request.delivery, finish.OUT_RATE, rng)
    level = finish.LEVEL_LUFS + direction.manner.level_db + MURMUR_DB * (murmured_share > 0.5)
    return finish.with_soft_edges(finish.levelled(sound, level, finish.OUT_RATE), finish.OUT_RATE)


# ── the line ────────────────────────────────────────────────────────────────────────────────────────────────
def _line(
    model: Engine, words: Sequence[ScreenWord], runs: Sequence[Run], direction: _Direction, rng: np.random.Generator
) -> tuple[Floats, list[Span | None]]:
    """The line's sound at 24 kHz, and for each word when it is heard; None for a word that isn't.

    The runs are another voice's: they stand between the breaths of this one, as loud as these.
    """
    said = _breaths(model, words, runs, direction, rng)
    loudness = _loudness([breath.wave for breath in said if not breath.second_voice])
    pieces: list[Floats] = [_silence(BEFORE_SECONDS)]
    spans: list[Span | None] = [None] * len(words)
    at = pieces[0].size
    for breath in said:
        for offset, span in enumerate(breath.heard):
            if span is not None:
                spans[breath.first + offset] = (span[0] + at / ENGINE_RATE, span[1] + at / ENGINE_RATE)
        gain = loudness / (_loudness([breath.wave]) or 1.0) if breath.second_voice and loudness else 1.0
        pause = _silence(breath.pause_seconds * direction.manner.pause if breath.wave.size else 0.0)
        pieces += [breath.wave * np.float32(gain), pause]
        at += breath.wave.size + pause.size
    pieces.append(_silence(AFTER_SECONDS))
    return np.concatenate(pieces), spans


def _breaths(
    model: Engine, words: Sequence[ScreenWord], runs: Sequence[Run], direction: _Direction, rng: np.random.Generator
) -> list[_Breath]:
    """The line breath by breath: the runs as they are, what stands between them by this voice."""
    out: list[_Breath] = []
    at = 0
    for first, end, run in [*((run.first, run.end, run) for run in runs), (len(words), len(words), None)]:
        for chunk in breaths(words[at:first]) if first > at else ():
            wave, heard = _breath_of_words(model, chunk, direction, rng)
            last = at + chunk.first + len(chunk.words)
            out.append(_Breath(at + chunk.first, wave, heard, pause_after(words[last - 1]) if last < len(words) else 0.0))
        if run:
            out.append(_Breath(first, run.wave, run.spans, pause_after(words[end - 1]) if end < len(words) else 0.0, True))
        at = end
    return out


def _loudness(waves: Sequence[Floats]) -> float:
    """Root mean square of all that sounds; 0 for no sound."""
    samples = sum(wave.size for wave in waves)
    return float(np.sqrt(sum(float(np.sum(wave.astype(np.float64) ** 2)) for wave in waves) / samples)) if samples else 0.0


def _silence(seconds: float) -> Floats:
    return np.zeros(round(seconds * ENGINE_RATE), np.float32)


def _breath_of_words(
    model: Engine, chunk: Chunk, direction: _Direction, rng: np.random.Generator
) -> tuple[Floats, list[Span | None]]:
    """One breath: its sound from the first to the last that sounds, and the words' times within it."""
    ids, places, vowels = _phonemes(model, chunk.words, direction)
    if not ids:
        return np.zeros(0, np.float32), [None] * len(chunk.words)
    manner, voice = direction.manner, direction.voice
    parts = model.parts(ids, float(np.clip(voice.speed * manner.speed, 0.5, 2.0)))
    edges = np.arange(parts.frames + 1, dtype=np.float32)
    frames = [_frames(parts, place) for place in places]
    parts = murmured(shaped(parts, voice, manner, direction.colour, rng), _murmured_frames(parts, chunk.words, frames))
    if manner.sung:
        early = round(EARLIER_SECONDS / FRAME_SECONDS)
        spoken = [(*_frames_of(parts, k, k + 1), stressed) for k, stressed in vowels]
        held = [(max(0, first - early), max(1, end - early), stressed) for first, end, stressed in spoken]
        parts, edges = sung(parts, held, MODEL_PITCH_HZ * voice.pitch * manner.pitch, rng)
    wave = render(parts, rng)
    first, end = finish.sounding(wave, ENGINE_RATE)
    sound = finish.with_soft_edges(wave[first:end], ENGINE_RATE, fade_seconds=0.006)
    return sound, [None if f is None else _span(edges, f, first, sound.size) for f in frames]


def _phonemes(
    model: Engine, words: Sequence[ScreenWord], direction: _Direction
) -> tuple[list[int], list[tuple[int, int] | None], list[tuple[int, bool]]]:
    """Ids for the engine; for each word the range of ids that are its sounds; and the vowels (id index, stressed)."""
    spoken = [word.say if word.script in ("", "Latin") else murmured_phonemes(word, japanese=direction.japanese) for word in words]
    ids: list[int] = []
    places: list[tuple[int, int] | None] = [None] * len(words)
    vowels: list[tuple[int, bool]] = []
    said = [i for i, s in enumerate(spoken) if isinstance(s, SpokenPhonemes) or s]
    for index, phonemes in zip(said, model.phonemes([spoken[i] for i in said]), strict=True):
        if not phonemes:
            continue
        ids += model.ids(" ") if ids else []
        first = last = len(ids)
        stressed = False
        for character in phonemes:
            vowels += [(len(ids), stressed)] if character in VOWELS else []
            stressed = character == "ˈ" if character in VOWELS or character in "ˈˌ" else stressed
            ids += model.ids(character)
            last = last if character in _MARKS else len(ids)
        places[index] = (first, last) if last > first else None
    return ids, places, vowels


def _frames(parts: Parts, place: tuple[int, int] | None) -> tuple[int, int] | None:
    return None if place is None else _frames_of(parts, *place)


def _frames_of(parts: Parts, first: int, end: int) -> tuple[int, int]:
    """The frames of the ids first..end; the engine's own first pad is id 0 of `starts`."""
    return int(parts.starts[first + 1]), int(parts.starts[end + 1])


def _murmured_frames(parts: Parts, words: Sequence[ScreenWord], frames: Sequence[tuple[int, int] | None]) -> NDArray[np.bool_]:
    marked = np.zeros(parts.frames, np.bool_)
    for word, span in zip(words, frames, strict=True):
        if span is not None and word.script not in ("", "Latin"):
            marked[span[0] : span[1] + 2] = True
    return marked


def _span(edges: Floats, frames: tuple[int, int], first_sample: int, samples: int) -> Span:
    start, end = (float(edges[f]) * FRAME_SECONDS - first_sample / ENGINE_RATE - EARLIER_SECONDS for f in frames)
    last = samples / ENGINE_RATE
    return min(max(0.0, start), last), min(max(0.0, end), last)


def _timed(words: Sequence[ScreenWord], spans: Sequence[Span | None], seconds: float) -> tuple[WordTiming, ...]:
    """Every screen word with a time of its own: in order, none empty, within the sound.

    A word that isn't said stands between its neighbours: it takes a moment of the silence there, or of the word before.
    """
    if not words:
        return ()
    starts = np.full(len(words), np.nan)
    ends = np.full(len(words), np.nan)
    for i, span in enumerate(spans):
        if span is not None:
            starts[i], ends[i] = span
    _stand_in(starts, ends, seconds)
    least = min(SHORTEST_WORD_SECONDS, seconds / (2 * len(words)))
    starts = np.maximum.accumulate(starts + 0.0)
    for i in range(len(words)):  # forward: room for each after the one before
        starts[i] = max(starts[i], starts[i - 1] + least if i else 0.0)
    for i in range(len(words) - 1, -1, -1):  # backward: room for each before the end
        starts[i] = min(starts[i], (starts[i + 1] if i + 1 < len(words) else seconds) - least)
        limit = starts[i + 1] if i + 1 < len(words) else seconds
        ends[i] = min(max(ends[i], starts[i] + least), limit)
    return tuple(
        WordTiming(word=w.screen, start_seconds=round(float(a), 6), end_seconds=round(float(b), 6))
        for w, a, b in zip(words, starts, ends, strict=True)
    )


def _from_onset(words: tuple[WordTiming, ...], sound: NDArray[np.float32]) -> tuple[WordTiming, ...]:
    """The same, but the first word begins where it is first heard: a caption stands with its line to a frame."""
    heard = np.flatnonzero(np.abs(sound) > AUDIBLE)
    if not words or not heard.size or heard[0] / finish.OUT_RATE >= words[0].end_seconds - 0.01:
        return words
    return (words[0].model_copy(update={"start_seconds": round(heard[0] / finish.OUT_RATE, 6)}), *words[1:])


def _stand_in(starts: NDArray[np.float64], ends: NDArray[np.float64], seconds: float) -> None:
    """Fill the times of unsaid words: runs of them share the gap between the words said around them."""
    count = len(starts)
    i = 0
    while i < count:
        if not np.isnan(starts[i]):
            i += 1
            continue
        j = i
        while j < count and np.isnan(starts[j]):
            j += 1
        left = ends[i - 1] if i else 0.0
        right = starts[j] if j < count else seconds
        marks = np.linspace(left, max(left, right), j - i + 1)
        starts[i:j], ends[i:j] = marks[:-1], marks[1:]
        i = j
