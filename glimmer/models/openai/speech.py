"""Speech by an OpenAI-compatible server."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from glimmer.errors import MediaError, ModelError
from glimmer.models.interface import CastBrief, Made, SpeechRequest, Voice
from glimmer.models.openai.server import Server
from glimmer.models.pricing import Estimate

__all__ = ["OpenAISpeech"]

# Who the voices that all servers of this kind know sound like.
_VOICES: Final = {
    "onyx": ("man", "deep, calm"),
    "echo": ("man", "warm, even"),
    "fable": ("man", "bright, telling"),
    "nova": ("woman", "clear, lively"),
    "shimmer": ("woman", "soft, high"),
    "alloy": ("", "neutral, plain"),
}
_LINE_LUFS: Final = -20.0  # as rehearsal's lines


class OpenAISpeech:
    """Speaks lines; six voices."""

    version = "1"
    reads_words = True

    def __init__(self, server: Server, model: str) -> None:
        self.server = server
        self.model = model
        self.name = f"openai:{model}"

    def estimate(self, request: SpeechRequest) -> Estimate:
        """Raises: PriceUnknown."""
        return self.server.flat_estimate("speech", len(request.text) / 1_000)

    def cast(self, brief: CastBrief, *, taken: Sequence[Voice] = ()) -> Voice:
        """A voice that fits the brief, unlike those taken while there are others."""
        order = sorted(_VOICES, key=lambda name: hashlib.sha256(f"{brief.name}\n{name}".encode()).hexdigest())
        used = [voice.name for voice in taken]

        def unfit(name: str) -> tuple[bool, int, bool]:
            """Another gender is worst, then a voice that is taken, then one of no gender."""
            gender = _VOICES[name][0]
            return bool(brief.gender) and gender not in (brief.gender, ""), used.count(name), bool(brief.gender) and not gender

        best = min(order, key=unfit)
        return Voice(name=best, description=_VOICES[best][1])

    def speak(self, request: SpeechRequest) -> Made:
        """Mono FLAC at 48 kHz; its word times are found in the sound."""
        from glimmer.models.sound_files import decoded, flac, levelled, resampled
        from glimmer.models.word_times import screen_words, voiced, word_times

        voice = request.voice.name if request.voice.name in _VOICES else self.cast(CastBrief(name=request.voice.name)).name
        body = {"model": self.model, "input": request.text, "voice": voice, "response_format": "wav"}
        manner = "; ".join(
            filter(None, (request.parenthetical, "" if request.delivery == "plain" else request.delivery, request.words))
        )
        content, media_type = self.server.ask_bytes(
            "/audio/speech", {**body, **({"instructions": manner} if manner else {})}, model=self.model
        )
        usd = self.estimate(request).expected_usd
        try:
            sound, rate = decoded(content, media_type)
        except MediaError as reason:
            raise ModelError(f"{self.model} sent no sound: {reason}", kind="malformed", model=self.model, usd=usd) from None
        line = levelled(resampled(sound.mean(axis=0, keepdims=True), rate), _LINE_LUFS)
        heard = voiced(line)
        if not heard.runs:
            raise ModelError(f"{self.model} sent silence for a line; ask again.", kind="empty", model=self.model, usd=usd)
        seconds = line.shape[1] / 48_000
        words = word_times(screen_words(request.text), heard, seconds)
        return Made(media=flac(line), media_type="audio/flac", seconds=seconds, words=words, usd=usd)

    def __repr__(self) -> str:
        return f"speech by {self.server.address}"
