"""The model inside the fake: a small director that works by rules, always in the same way.

With tools declared, it calls those whose names and descriptions fit what was said last, with arguments taken from the words; told what
they came to, it says so. Asked for a screenplay it writes a short valid one in Fountain; asked for JSON, a value that the schema accepts.
It obeys nothing but what was said last: whoever wants a model that obeys an injected text scripts one (`fake.say`, `fake.brain`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from glimmer.testing import directing, media, schemas, screenwriting
from glimmer.testing.asking import Answer, Asked, Call, Media
from glimmer.testing.material import material_in

__all__ = ["Director"]

MOST_ROUNDS: Final = 4  # rounds of calls in one turn, then it talks
_SECONDS_OF_MUSIC: Final = 8.0
_IMAGE_TOKENS: Final = {"512": 747, "1K": 1_120, "2K": 1_680, "4K": 2_520}
_VIDEO_TOKENS: Final = {"360p": 1_903, "720p": 5_792, "1080p": 8_688, "4k": 17_376}  # a second
_AUDIO_TOKENS: Final = 25  # a second


class Director:
    """Answers what is asked. Takes no note of anything: the same request, the same answer."""

    def __call__(self, asked: Asked) -> Answer:
        return weighed(self.answer(asked), asked)

    def answer(self, asked: Asked) -> Answer:
        if asked.kind in ("image", "speech", "music", "video"):
            return Answer(media=made(asked))
        if asked.schema is not None:
            return Answer(text=json.dumps(schemas.invented(asked.schema, material_in(asked.words)), ensure_ascii=False))
        calls = self.calls(asked)
        if calls:
            return Answer(calls=calls)
        return Answer(text=self.words(asked))

    def calls(self, asked: Asked) -> tuple[Call, ...]:
        """The tools to call now."""
        if not asked.tools or not asked.may_call or asked.rounds >= MOST_ROUNDS:
            return ()
        if any(each.is_error for each in asked.results):  # told, not tried again
            return ()
        tools = [each for each in asked.tools if asked.must_call in ((), ("*",)) or each.name in asked.must_call]
        wanted = directing.calls_for(asked.words, tools, asked.rounds)
        if not wanted and asked.must_call and tools:
            wanted = (Call(tools[0].name, directing.filled(tools[0], asked.words)),)
        return wanted

    def words(self, asked: Asked) -> str:
        """What it says where it calls nothing."""
        if asked.results:
            return _told(asked)
        if not asked.tools and screenwriting.is_asked(asked.system, asked.words):
            return screenwriting.written(material_in(asked.words))
        topic = " ".join(asked.words.split()[:12])
        if asked.tools:
            return f"You said: {topic.rstrip('.')}. Tell me which scene or shot you mean, and what should change."
        return f"A film of {topic or 'few words'}."


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────
def _told(asked: Asked) -> str:
    told = []
    for result in asked.results:
        short = " ".join(re.sub(r"</?[a-z_]+>", " ", result.text).split())[:300]
        told.append(f"{result.name} could not be done: {short}" if result.is_error else f"{result.name}: {short}")
    return "Done. " + " ".join(told) if not any(each.is_error for each in asked.results) else " ".join(told)


# ── media ───────────────────────────────────────────────────────────────────────────────────────────────────
def made(asked: Asked) -> Media:
    """The file that was asked for."""
    told = f"{asked.model}\0{asked.words}"
    if asked.kind == "image":
        if asked.mime_type == "image/jpeg":
            return Media(media.jpeg(told, asked.aspect, asked.scale), "image/jpeg")
        return Media(media.picture(told, asked.aspect, asked.scale), "image/png")
    if asked.kind == "video":
        return Media(media.clip(told, asked.seconds, asked.aspect, asked.resolution), "video/mp4")
    if asked.kind == "music":
        rate = asked.rate_hz or media.MUSIC_RATE_HZ
        pcm = media.tune_pcm(told, _SECONDS_OF_MUSIC, rate)
        return (
            Media(media.wav(pcm, rate, 2), "audio/wav", rate, 2)
            if asked.mime_type == "audio/wav"
            else Media(media.mp3(pcm, rate, 2), "audio/mp3", rate, 2)
        )
    return _speech(asked)


def _speech(asked: Asked) -> Media:
    rate = asked.rate_hz or media.SPEECH_RATE_HZ
    pcm = media.speech_pcm(tuple(_spoken(asked.words, asked.voices)), rate)
    if asked.api == "generate":
        return Media(pcm, f"audio/L16;codec=pcm;rate={rate}")
    if asked.mime_type == "audio/l16":
        return Media(pcm, "audio/l16", rate, 1)
    if asked.mime_type == "audio/mp3":
        return Media(media.mp3(pcm, rate, 1), "audio/mp3", rate, 1)
    return Media(media.wav(pcm, rate), "audio/wav", rate, 1)


def _spoken(words: str, voices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(voice, text), line by line: with several speakers, "Name: text" is theirs."""
    by_name = {speaker.lower(): voice for speaker, voice in voices if speaker}
    first = voices[0][1] if voices else "Kore"
    spoken = []
    for line in words.splitlines() or [words]:
        name, colon, text = line.partition(":")
        if colon and name.strip().lower() in by_name:
            spoken.append((by_name[name.strip().lower()], text.strip()))
        elif line.strip():
            spoken.append((first, line.strip()))
    return spoken


# ── what it comes to ────────────────────────────────────────────────────────────────────────────────────────
def weighed(answer: Answer, asked: Asked) -> Answer:
    """The answer with ids for its calls, what it used, and cut off where more was said than max_tokens allow."""
    calls = tuple(replace(call, id=call.id or _call_id(asked, call, at)) for at, call in enumerate(answer.calls))
    answer = replace(answer, calls=calls, tokens_out=answer.tokens_out or _tokens(answer, asked))
    if asked.kind in ("text", "stream") and asked.thinks and not answer.tokens_thought and (answer.text or answer.chunks or calls):
        answer = replace(answer, tokens_thought=32)
    room = asked.max_tokens - answer.tokens_thought
    if asked.kind in ("text", "stream") and answer.tokens_out > max(0, room):
        text = (answer.text or "".join(answer.chunks))[: max(0, room) * 4]
        return replace(answer, text=text, chunks=(), calls=(), finish="MAX_TOKENS", tokens_out=max(0, room))
    return answer


def _call_id(asked: Asked, call: Call, at: int) -> str:
    told = json.dumps([asked.history, call.name, call.arguments, at], sort_keys=True, default=str)
    return "call_" + hashlib.sha256(told.encode()).hexdigest()[:12]


def _tokens(answer: Answer, asked: Asked) -> int:
    said = (
        len(answer.text)
        + sum(map(len, answer.chunks))
        + sum(len(json.dumps(call.arguments)) + len(call.name) for call in answer.calls)
    )
    tokens = -(-said // 4)
    if answer.media is None:
        return tokens
    if asked.kind == "image":
        return tokens + _IMAGE_TOKENS.get(asked.scale, 1_120)
    if asked.kind == "video":
        return tokens + _VIDEO_TOKENS.get(asked.resolution, 5_792) * asked.seconds
    if asked.kind == "speech":
        return tokens + int(_AUDIO_TOKENS * (0.25 + 0.3 * len(asked.words.split())))
    return tokens + int(_AUDIO_TOKENS * _SECONDS_OF_MUSIC)
