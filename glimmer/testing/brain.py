"""The model inside the fake: a small director that works by rules, always in the same way.

With tools declared, it calls those whose names and descriptions fit what was said last, with arguments taken from the words; told what
they came to, it says so. Asked for a screenplay it writes a short valid one in Fountain; asked for JSON, a value that the schema accepts.
It obeys nothing but what was said last: whoever wants a model that obeys an injected text scripts one (`fake.say`, `fake.brain`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from glimmer.testing import media, schemas
from glimmer.testing.asking import Answer, Asked, Call, Declared, Media

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
            return Answer(text=json.dumps(schemas.invented(asked.schema, asked.words + asked.system), ensure_ascii=False))
        calls = self.calls(asked)
        if calls:
            return Answer(calls=calls)
        return Answer(text=self.words(asked))

    def calls(self, asked: Asked) -> tuple[Call, ...]:
        """The tools to call now."""
        if not asked.tools or not asked.may_call or asked.rounds >= MOST_ROUNDS:
            return ()
        if asked.results and not asked.must_call:
            return ()
        tools = [each for each in asked.tools if asked.must_call in ((), ("*",)) or each.name in asked.must_call]
        wanted: list[Call] = []
        for clause in _clauses(asked.words):
            best = max(tools, key=lambda tool: _fit(tool, clause), default=None)
            if (
                best
                and _fit(best, clause) >= 2
                and all(call.name != best.name or _filled(best, clause) != call.arguments for call in wanted)
            ):
                wanted.append(Call(best.name, _filled(best, clause)))
        if not wanted and asked.must_call and tools:
            wanted.append(Call(tools[0].name, _filled(tools[0], asked.words)))
        return tuple(wanted)

    def words(self, asked: Asked) -> str:
        """What it says where it calls nothing."""
        if asked.results:
            return _told(asked)
        asks = f"{asked.system}\n{asked.words}".lower()
        if "fountain" in asks or "screenplay" in asks:
            return screenplay(asked.words)
        topic = " ".join(asked.words.split()[:12])
        return (
            f"You said: {topic}. Tell me which scene or shot you mean, and what should change."
            if asked.tools
            else f"A film of {topic or 'few words'}."
        )


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────
def _told(asked: Asked) -> str:
    told = []
    for result in asked.results:
        short = " ".join(result.text.split())[:200]
        told.append(f"{result.name} could not be done: {short}" if result.is_error else f"{result.name}: {short}")
    return "Done. " + " ".join(told) if not any(each.is_error for each in asked.results) else " ".join(told)


def screenplay(words: str) -> str:
    """Two scenes in Fountain, with names and places from the words."""
    names = schemas._names(words)
    first, second = names[0], names[1]
    place = _place(words)
    title = schemas._title(words)
    topic = " ".join(re.sub(r"[^\w\s',-]", " ", words).split()[:14]) or "a small film"
    return (
        f"Title: {title}\nCredit: written by\nAuthor: A small director\n\n"
        f"EXT. {place} - DAY\n\n{first} waits at the edge of the light, and thinks of {topic}.\n\n"
        f"{first}\nWe have until the tide turns.\n\n{second}\n(softly)\nThen we begin now.\n\n"
        f"INT. {place} - NIGHT\n\n{second} lights a lamp. The room grows warm.\n\n"
        f"{second}\nDo you hear it?\n\n{first}\nI hear it. It is singing.\n\n{first} smiles.\n"
    )


def _place(words: str) -> str:
    for place in (
        "lighthouse",
        "harbour",
        "harbor",
        "kitchen",
        "forest",
        "station",
        "city",
        "beach",
        "school",
        "ship",
        "desert",
        "garden",
    ):
        if place in words.lower():
            return place.upper()
    return "HARBOUR"


# ── tools ───────────────────────────────────────────────────────────────────────────────────────────────────
_COMMON: Final = frozenset(
    "the a an and or of to in on for with it is be this that these those my our your me us we you i please can could would do does make "
    "made more one two some any all new as at by from into so then also what which who how many much there here film".split()
)
_SAME: Final[Mapping[str, str]] = {
    "shoot": "shoot", "film": "shoot", "takes": "take", "costs": "cost", "spent": "cost", "money": "cost", "price": "cost", "expensive": "cost",
    "search": "find", "look": "find", "where": "find", "show": "find", "shorten": "trim", "shorter": "trim", "cut": "trim", "score": "music", "compose": "music",
    "voices": "voice", "speak": "voice", "say": "voice", "record": "voice", "script": "write", "screenplay": "write", "draft": "write", "story": "write",
    "draw": "design", "character": "design", "characters": "design", "cast": "design", "render": "render", "export": "export", "assemble": "assemble",
    "edit": "edit", "rewrite": "rewrite", "stale": "plan", "undo": "undo", "scenes": "scene", "shots": "shot", "lines": "line",
}  # fmt: skip


def _clauses(words: str) -> list[str]:
    """What was said, sentence by sentence, and by each "and" or "then" in it."""
    parts = re.split(r"(?<=[.!?;])\s+|,?\s+(?:and then|then|and)\s+", words[-2_000:])
    return [part.strip() for part in parts if part.strip()][:8]


def _stems(words: str) -> set[str]:
    found = re.findall(r"[a-z]+", words.lower().replace("_", " "))
    return {
        _SAME.get(each, each.removesuffix("ing").removesuffix("s") if len(each) > 4 else each)
        for each in found
        if each not in _COMMON
    }


def _fit(tool: Declared, clause: str) -> int:
    said = _stems(clause)
    return 3 * len(said & _stems(tool.name)) + len(said & _stems(tool.description[:300]))


def _filled(tool: Declared, clause: str) -> dict[str, Any]:
    """Arguments for the tool: what the words hold for each of its parameters, and something valid for those that it needs."""
    schema = tool.parameters
    properties = schema.get("properties") or {}
    required = set(schema.get("required") or ())
    invented = schemas.invented({**schema, "type": "object", "properties": properties}, clause) if properties else {}
    arguments: dict[str, Any] = {}
    for name, inner in properties.items():
        found = _from_words(name, inner, clause)
        if found is not None:
            arguments[name] = found
        elif name in required:
            arguments[name] = _needed(inner, invented.get(name), clause)
    return arguments


def _needed(schema: Mapping[str, Any], invented: Any, clause: str) -> Any:
    """A text that is needed and that nothing says is what was said, whole."""
    plain_text = str(schema.get("type", "string")).lower() == "string" and not schema.get("enum")
    return clause if plain_text else invented


_NUMBERS: Final = {
    name: number for number, name in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


def _from_words(name: str, schema: Mapping[str, Any], clause: str) -> Any:
    kind = schema.get("type", "string")
    kind = str(kind[0] if isinstance(kind, list) else kind).lower()
    lower = clause.lower()
    if schema.get("enum"):
        return next(
            (each for each in schema["enum"] if isinstance(each, str) and re.search(rf"\b{re.escape(each.lower())}\b", lower)), None
        )
    if kind in ("integer", "number"):
        return _number_for(name, lower, whole=kind == "integer")
    if kind == "array":
        inner = schema.get("items") or {}
        one = _from_words(name.rstrip("s"), inner, clause)
        return None if one is None else [one]
    if kind == "string":
        return _text_for(name, clause)
    return None


def _number_for(name: str, lower: str, *, whole: bool) -> int | float | None:
    stem = name.lower().replace("_", " ").split()[0].rstrip("s")
    value = rf"(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})"
    for pattern in (rf"\b{stem}s?\s+(?:number\s+)?{value}\b", rf"\b{value}\s+(?:\w+\s+)?{stem}s?\b"):
        found = re.search(pattern, lower)
        if found:
            number = float(_NUMBERS.get(found.group(1), found.group(1) if found.group(1)[0].isdigit() else 1))
            return int(number) if whole else number
    return None


def _text_for(name: str, clause: str) -> str | None:
    quoted = re.findall(r'["“]([^"”]+)["”]', clause)
    if name in ("shot", "shot_id", "clip", "piece"):
        shots = re.findall(r"\b(\d{1,3}[A-Z]{1,2})\b", clause)
        return shots[0] if shots else None
    if quoted and name not in ("shot", "track", "preset"):
        return str(quoted[0])
    return None


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
