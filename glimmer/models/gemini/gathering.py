"""Gathering: the pieces of a generateContent reply become one Reply, in the order in which they came, the server's own content kept whole."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from pydantic import Field

from glimmer.models.gemini.classify import Verdict, classify
from glimmer.models.pricing import Usage
from glimmer.models.talking import Outcome, Part
from glimmer.vocabulary import Noun

if TYPE_CHECKING:
    from google.genai import types

__all__ = ["MADE_UP", "Gathering", "Medium", "Reply"]

MADE_UP: Final = "glimmer-call-"  # how the id of a call begins that the server gave none; not to be sent back
_FINISH_MESSAGE: Final = re.compile(r'"finish_?[mM]essage"\s*:\s*("(?:[^"\\]|\\.)*")')


class Medium(Noun):
    """One piece of media in a reply: its bytes, or where the server keeps them (`Door.download` fetches them)."""

    media_type: str
    content: bytes = Field(default=b"", repr=False)
    uri: str = ""


class Reply(Noun):
    """What generateContent answered. Only `outcome` "ok" is a whole answer; `reason` says in words what is wrong with any other.

    parts: in the order in which they came. native: the server's own content as JSON, to be sent back as it came.
    """

    model: str
    parts: tuple[Part, ...] = ()
    media: tuple[Medium, ...] = ()
    usage: Usage = Usage()
    outcome: Outcome = "ok"
    reason: str = ""
    model_version: str = ""
    response_id: str = ""
    native: str = ""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if part.kind == "text")

    @property
    def calls(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == "call")


class Gathering:
    """One reply as it arrives."""

    def __init__(self, model: str) -> None:
        self.started = False
        self._model = model
        self._parts: list[types.Part] = []
        self._finish: Any = None
        self._feedback: Mapping[str, Any] = {}
        self._usage: Any = None
        self._version = ""
        self._response_id = ""
        self._candidates = False

    def add(self, piece: types.GenerateContentResponse, on_text: Callable[[str], None] | None = None) -> None:
        """One chunk of a stream, or a whole reply. Its text goes to `on_text` first of all."""
        self.started = True
        found = piece.candidates[0] if piece.candidates else None
        parts = (found.content.parts if found is not None and found.content is not None else None) or []
        if on_text is not None:
            for part in parts:
                if part.text and not part.thought:
                    on_text(part.text)
        for part in parts:
            self._append(part)
        self._candidates = self._candidates or found is not None
        if found is not None and found.finish_reason is not None:
            self._finish = found.finish_reason
        if piece.prompt_feedback is not None:
            self._feedback = piece.prompt_feedback.model_dump(exclude_none=True)
        self._usage = piece.usage_metadata or self._usage
        self._version = piece.model_version or self._version
        self._response_id = piece.response_id or self._response_id

    @property
    def holds_nothing(self) -> bool:
        """Whether what came is no reply at all, only JSON."""
        return not (self._candidates or self._feedback or self._usage or self._version or self._response_id)

    def _append(self, part: types.Part) -> None:
        """Plain text goes on where plain text stood; whatever carries a signature or is a call stays a part of its own."""
        last = self._parts[-1] if self._parts else None
        if last is not None and _is_plain(part) and _is_plain(last) and bool(part.thought) == bool(last.thought):
            self._parts[-1] = last.model_copy(update={"text": (last.text or "") + (part.text or "")})
        else:
            self._parts.append(part)

    def reply(self, tail: bytes = b"", *, cut: str = "") -> Reply:
        """What has been gathered. tail: the last bytes of the answer, for what the SDK drops. cut: why it broke off, "" if it didn't."""
        verdict = Verdict(outcome="interrupted", reason=cut) if cut else classify(self._plain(tail))
        calls, media = 0, []
        parts: list[Part] = []
        for each in self._parts:
            calls += each.function_call is not None
            told = _part(each, calls)
            if told is not None:
                parts.append(told)
            medium = _medium(each)
            if medium is not None:
                media.append(medium)
        return Reply(
            model=self._model,
            parts=tuple(parts),
            media=tuple(media),
            usage=usage_of(self._usage),
            outcome=verdict.outcome,
            reason=verdict.reason,
            model_version=self._version,
            response_id=self._response_id,
            native=self._native(),
        )

    def _plain(self, tail: bytes) -> dict[str, Any]:
        candidate = {
            "finish_reason": self._finish,
            "finish_message": _finish_message(tail) if self._finish is not None and str(self._finish_name()) != "STOP" else "",
            "content": {"parts": [part.model_dump(exclude_none=True) for part in self._parts]},
        }
        return {"candidates": [candidate] if self._candidates else [], "prompt_feedback": self._feedback}

    def _finish_name(self) -> str:
        return str(getattr(self._finish, "value", self._finish))

    def _native(self) -> str:
        if not self._parts:
            return ""
        from google.genai import types

        return types.Content(role="model", parts=self._parts).model_dump_json(by_alias=True, exclude_none=True)


def _is_plain(part: types.Part) -> bool:
    return part.text is not None and not part.model_fields_set - {"text", "thought"}


def _part(part: types.Part, number: int) -> Part | None:
    signature = base64.b64encode(part.thought_signature).decode() if part.thought_signature else ""
    if part.function_call is not None:
        called = part.function_call
        return Part(
            kind="call",
            id=called.id or f"{MADE_UP}{number}",
            name=called.name or "",
            arguments=called.args or {},
            signature=signature,
        )
    if part.inline_data is not None and part.inline_data.data:
        digest = hashlib.sha256(part.inline_data.data).hexdigest()
        return Part(kind="media", asset=digest, media_type=part.inline_data.mime_type or "", signature=signature)
    if part.text is not None:
        return Part(kind="thought" if part.thought else "text", text=part.text, signature=signature)
    return None


def _medium(part: types.Part) -> Medium | None:
    if part.inline_data is not None and part.inline_data.data:
        return Medium(media_type=part.inline_data.mime_type or "", content=part.inline_data.data)
    if part.file_data is not None and part.file_data.file_uri:
        return Medium(media_type=part.file_data.mime_type or "", uri=part.file_data.file_uri)
    return None


def usage_of(counted: Any) -> Usage:
    """What generateContent counted, a UsageMetadata of the SDK or None."""
    if counted is None:
        return Usage()
    by_kind: dict[str, int] = {}
    for each in counted.candidates_tokens_details or ():
        kind = str(getattr(each.modality, "value", each.modality) or "").upper()
        by_kind[kind] = by_kind.get(kind, 0) + (each.token_count or 0)
    return Usage(
        tokens_in=(counted.prompt_token_count or 0) + (counted.tool_use_prompt_token_count or 0),
        tokens_out=counted.candidates_token_count or 0,
        tokens_thought=counted.thoughts_token_count or 0,
        tokens_cached=counted.cached_content_token_count or 0,
        image_tokens=by_kind.get("IMAGE", 0),
        audio_tokens=by_kind.get("AUDIO", 0),
        video_tokens=by_kind.get("VIDEO", 0),
    )


def _finish_message(tail: bytes) -> str:
    """Why it stopped, in the server's words, which the SDK drops (google-genai 3.4)."""
    found = _FINISH_MESSAGE.findall(tail.decode("utf-8", "replace"))
    try:
        return str(json.loads(found[-1])) if found else ""
    except json.JSONDecodeError:
        return ""
