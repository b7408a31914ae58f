"""`GeminiSpeech`: lines in the voices of a cast, spoken by Gemini's speech model and finished as the film needs them.

Fulfils `SpeechModel` and `Priced`. The text goes as what is to be said and nothing else; how it is to be said goes beside it, as the
speech annotation of the Interactions API, so that no direction is ever read out. What comes back is brought to 48 kHz, trimmed, set to
the level of all lines, and given word times (`word_times`): the server sends none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import scipy
from pydantic import BaseModel

from glimmer import limits
from glimmer.errors import InputError, LimitError, MediaError, ModelError
from glimmer.models.gemini import prices
from glimmer.models.gemini.catalogue import model_for
from glimmer.models.gemini.door import Door, Interaction, the_door
from glimmer.models.gemini.fetching import UNCOUNTED, fetched
from glimmer.models.gemini.seeding import seeded
from glimmer.models.gemini.voices import choose, name_on_server
from glimmer.models.interface import CastBrief, Made, SpeechRequest, Voice
from glimmer.models.pricing import FREE, Estimate, Usage
from glimmer.models.sound_files import RATE_HZ, Samples, decoded, faded, flac, levelled, resampled
from glimmer.models.watching import check_stopped
from glimmer.models.word_times import Voiced, screen_words, seconds_to_say, syllables, voiced, word_times
from glimmer.vocabulary import Delivery

__all__ = ["GeminiSpeech"]

LEVEL_LUFS: Final = -20.0  # a line alone, as the rehearsal's; the mixer brings the film to -16
AIR_SECONDS: Final = 0.06  # kept before the first sound and after the last
BREATH_SECONDS: Final = 0.4
HURRIED: Final = 0.45  # of the time that the words are likely to take: less, and some are missing
DRAWN_OUT: Final = 2.6  # more, and something else is said too
_LONGEST_STYLE: Final = 4_000  # characters; the registry's own prompt has 1,200

_DELIVERIES: Final[dict[Delivery, tuple[str, float]]] = {  # in words, and dB against a plain line
    "plain": ("", 0.0),
    "voice_over": ("as a voice-over, close to the microphone, telling it to one listener", 0.0),
    "off_screen": ("calling from the next room", -2.0),
    "radio": ("as over a radio, clipped and clear", 0.0),
    "whisper": ("in a whisper", -5.0),
    "shout": ("shouting", 3.0),
    "sung": ("singing it", 0.0),
}
_QUOTES: Final = " \t\n\"“”«»'‘’`"
# What stands right before the line in a prompt: "#### TRANSCRIPT", "Text:", a quotation mark.
_LABEL: Final = re.compile(r"(?:[#>*\s]*\b(?:the )?(?:transcript|text|line|words)\b)?[\s\"“”«»'‘’`:*–—-]*$", re.IGNORECASE)
_UNKNOWN_STYLE: Final = re.compile(r"annotation|speech_metadata|\bstyle\b", re.IGNORECASE)


class GeminiSpeech:
    """Speaks in thirty voices and most languages. The same request costs again and sounds another way: what was made is kept by its key."""

    reads_words = True
    version = "1"

    def __init__(self, door: Door | None = None, *, model: str = "") -> None:
        self._door = door
        self.name = model or model_for("speech")

    def cast(self, brief: CastBrief, *, taken: Sequence[Voice] = ()) -> Voice:
        """One of Gemini's voices, stable, and unlike those taken while there are enough. Asks nobody, costs nothing."""
        return choose(brief, taken)

    def estimate(self, request: BaseModel) -> Estimate:
        """What a line would cost; nothing for one with nothing to say. Raises: PriceUnknown; InputError for another request."""
        if not isinstance(request, SpeechRequest):
            raise InputError(f"{type(request).__name__} is no line to speak; expected SpeechRequest.")
        if not _sayable(request.text):
            return FREE
        return prices.estimate_speech(self.name, text=request.text, words=f"{_style(request)} {request.text}")

    def speak(self, request: SpeechRequest) -> Made:
        """FLAC, 48 kHz, mono, about -20 LUFS, 60 ms of air at both ends, with a time for every word of the text.

        A line with nothing to say is a breath of 0.4 s, and free. A notice says where the sound is much shorter or longer than its words.
        Raises: LimitError above limits.MAX_LINE_CHARS; ModelError with what it cost all the same.
        """
        if len(request.text) > limits.MAX_LINE_CHARS:
            raise LimitError(
                f"a line of {len(request.text):,} characters; at most {limits.MAX_LINE_CHARS:,} can be spoken at once. Split it into several.",
                limit="MAX_LINE_CHARS",
            )
        if not _sayable(request.text):
            return _breath(request.text)
        check_stopped()
        door = self._door or the_door()
        return self._made(door, request, self._asked(door, request))

    def _asked(self, door: Door, request: SpeechRequest) -> Interaction:
        """The server's reply. One that knows no speech annotations refuses them, unpaid: it is told in words how the line is said."""
        style = _style(request)
        try:
            return self._sent(door, request, _beside(request, style))
        except ModelError as met:
            if not style or met.kind != "refused" or not _UNKNOWN_STYLE.search(met.message):
                raise
        check_stopped()
        return self._sent(door, request, _in_words(request, style))

    def _sent(self, door: Door, request: SpeechRequest, said: dict[str, Any]) -> Interaction:
        return door.interact(
            self.name,
            input=[said],
            response_format={"type": "audio", "mime_type": "audio/wav"},
            generation_config={"speech_config": [_speaker(request)], **seeded(request)},
            high_usd=self.estimate(request).high_usd,
        )

    def _made(self, door: Door, request: SpeechRequest, reply: Interaction) -> Made:
        counted = reply.usage != Usage()
        usd = prices.settle(self.name, reply.usage) if counted else self.estimate(request).high_usd
        facts: dict[str, Any] = {"model": self.name, "usd": usd, "remote_id": reply.id}
        media = reply.of_type("audio/")
        if not media:
            raise ModelError(f"{self.name} answered without a sound. Reword the line, and ask again.", kind="empty", **facts)
        content = fetched(door, media[-1], facts)
        try:
            sound, rate = decoded(content, media[-1].media_type)
        except MediaError as met:
            raise ModelError(f"{self.name} sent sound that can't be used: {met.message}", kind="malformed", **facts) from None
        if not counted:
            usd = facts["usd"] = prices.settle(self.name, _reckoned(request, sound.shape[1] / rate))
        sound = _trimmed(resampled(sound.mean(axis=0, keepdims=True), rate))
        heard = voiced(sound)
        sound = _placed(sound, request.delivery)
        finished = faded(levelled(sound, LEVEL_LUFS + _DELIVERIES[request.delivery][1]), 0.012, 0.012)
        seconds, words = finished.size / RATE_HZ, screen_words(request.text)
        return Made(
            media=flac(finished),
            media_type="audio/flac",
            seconds=seconds,
            usd=usd,
            words=word_times(words, heard, seconds),
            tokens_in=reply.usage.tokens_in,
            tokens_out=reply.usage.tokens_out + reply.usage.tokens_thought,
            price_date=prices.price_of(self.name).day,
            remote_id=reply.id,
            notices=(*_notices(words, heard), *(() if counted else (UNCOUNTED,))),
        )


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────
def _sayable(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _beside(request: SpeechRequest, style: str) -> dict[str, Any]:
    """The line, and beside it how it is said."""
    content: dict[str, Any] = {"type": "text", "text": " ".join(request.text.split())}
    return {**content, "annotations": [{"type": "speech_metadata", "style": style}]} if style else content


def _in_words(request: SpeechRequest, style: str) -> dict[str, Any]:
    """The line, and before it how it is said."""
    return {"type": "text", "text": f'Say the words in quotes, and nothing else: {style}.\n"{" ".join(request.text.split())}"'}


def _speaker(request: SpeechRequest) -> dict[str, str]:
    spoken = {"language": request.language} if request.language else {}
    return {"voice": name_on_server(request.voice), **spoken}


def _style(request: SpeechRequest) -> str:
    """How the line is said: of the prompt all but the line itself; without one, of the request's values."""
    if request.words.strip():
        line = r"\s+".join(map(re.escape, request.text.split()))
        found = list(re.finditer(rf"(?<!\w){line}(?!\w)", request.words))
        before, after = (request.words[: found[-1].start()], request.words[found[-1].end() :]) if found else (request.words, "")
        return "\n".join(part for part in (_LABEL.sub("", before).strip(), after.strip(_QUOTES)) if part)[:_LONGEST_STYLE]
    played = [part for part in request.voice.description.split(", ") if part.startswith("played") or part == "young"]
    parts = (_DELIVERIES[request.delivery][0], " ".join(request.parenthetical.split()), *played)
    return ", ".join(part for part in parts if part)[:_LONGEST_STYLE]


# ── what came ───────────────────────────────────────────────────────────────────────────────────────────────
def _trimmed(sound: Samples) -> Samples:
    """The sound from its first word to its last, with 60 ms of air at both ends; air that is not there is added."""
    heard = voiced(sound)
    if not heard.runs:
        return sound
    air = round(AIR_SECONDS * RATE_HZ)
    first, last = round(heard.runs[0][0] * RATE_HZ) - air, round(heard.runs[-1][1] * RATE_HZ) + air
    inside = sound[:, max(0, first) : min(sound.shape[1], last)]
    return np.pad(inside, ((0, 0), (max(0, -first), max(0, last - sound.shape[1]))))


def _reckoned(request: SpeechRequest, seconds: float) -> Usage:
    """What a line used, where the server did not count: its seconds are known."""
    tokens = math.ceil(seconds * prices.AUDIO_TOKENS_A_SECOND)
    return Usage(tokens_in=prices.tokens_of_text(f"{_style(request)} {request.text}"), tokens_out=tokens, audio_tokens=tokens)


def _placed(sound: Samples, delivery: Delivery) -> Samples:
    """The voice where it is heard from. A server speaks close by, whatever it is told: a radio's narrow band and a wall are ours to add."""
    if delivery == "radio":
        band = scipy.signal.butter(3, (300.0, 3_400.0), "bandpass", fs=RATE_HZ, output="sos")
        return np.asarray(scipy.signal.sosfilt(band, sound, axis=-1), np.float32)
    if delivery == "off_screen":
        dull = scipy.signal.butter(1, 2_000.0, "lowpass", fs=RATE_HZ, output="sos")
        return np.asarray(scipy.signal.sosfilt(dull, sound, axis=-1) + 0.1 * sound, np.float32)
    return sound


def _notices(words: tuple[str, ...], heard: Voiced) -> tuple[str, ...]:
    """What the length tells: words may be missing, or something else may have been said."""
    if not heard.runs:
        return ("Nothing is heard in the line: the server sent silence. Make another take.",)
    due = max(0.5, seconds_to_say(words))
    long = heard.runs[-1][1] - heard.runs[0][0]
    least = HURRIED * due if sum(map(syllables, words)) > 4 else 0.0  # one short word takes as long as it likes
    if long < least:
        return (f"The line lasts {long:.1f} s where its words take about {due:.1f}: some may be missing. Listen to it.",)
    if long > DRAWN_OUT * due + 1.0:
        return (
            f"The line lasts {long:.1f} s where its words take about {due:.1f}: more may be said than is written. Listen to it.",
        )
    return ()


def _breath(text: str) -> Made:
    """A breath drawn in, for a line with nothing to say: quiet noise that swells and dies."""
    count = round(BREATH_SECONDS * RATE_HZ)
    air = np.diff(np.random.default_rng(20_261_123).standard_normal(count + 1))
    swell = np.sin(np.pi * np.linspace(0.0, 1.0, count) ** 0.7) ** 2
    sound = (air / np.abs(air).max() * swell * 10 ** (-34 / 20)).astype(np.float32)[None]
    words = screen_words(text)
    return Made(
        media=flac(sound), media_type="audio/flac", seconds=BREATH_SECONDS, words=word_times(words, voiced(sound), BREATH_SECONDS)
    )
