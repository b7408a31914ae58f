"""Talking: what a conversation with a model is made of. Plain values that fit in a database as JSON, whoever speaks.

A turn is a list of messages; a model answers with parts of text and with calls of tools. What tools answered goes back as the next
message, all results of one reply in one message. Keep a model's reply whole and in order: its signatures are needed to go on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol, runtime_checkable

from pydantic import Field

from glimmer.models.pricing import Estimate, Usage
from glimmer.vocabulary import Noun

__all__ = ["Outcome", "Part", "TalkMessage", "TalkModel", "TalkReply", "TalkRequest", "ToolSpec"]


class Part(Noun):
    """One part of a message.

    kind "text": `text`. "thought": the model's own thinking, never shown as its answer. "call": it wants the tool `name` with `arguments`.
    "result": what the call `id` of tool `name` came to, `result`, or the reason why not with is_error. "media": `asset` (sha256) of
    `media_type`. signature: opaque, of the model's own; to be sent back as it came.
    """

    kind: Literal["text", "thought", "call", "result", "media"] = "text"
    text: str = ""
    id: str = ""
    name: str = ""
    arguments: dict[str, Any] = Field(default_factory=dict)
    result: dict[str, Any] = Field(default_factory=dict)
    is_error: bool = False
    asset: str = ""
    media_type: str = ""
    signature: str = ""


class TalkMessage(Noun):
    """What one side said: "user" (a person, and the results of tools) or "model". native: the reply as its own server wrote it, as JSON,
    for the same `model` to read back; "" for a person's."""

    role: Literal["user", "model"]
    parts: tuple[Part, ...]
    model: str = ""
    native: str = ""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if part.kind == "text")

    @property
    def calls(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == "call")


class ToolSpec(Noun):
    """A tool as a model is told of it. parameters: a JSON schema of type "object", flat, without $ref."""

    name: str
    description: str
    parameters: dict[str, Any]


class TalkRequest(Noun):
    """Go on from here. `schema` asks for an answer that is JSON of this schema (then no tools)."""

    system: str = ""
    messages: tuple[TalkMessage, ...]
    tools: tuple[ToolSpec, ...] = ()
    answer_schema: dict[str, Any] | None = None
    max_tokens: int = 8_192  # thoughts are in it: below 4,000 a model may say nothing at all
    seed: int = 0


# Every reply is exactly one of these, and only "ok" is a success.
Outcome = Literal["ok", "blocked", "truncated", "empty", "malformed", "interrupted", "failed"]


class TalkReply(Noun):
    """What came back. `outcome` is "ok" or says what is wrong, `reason` says it in words; what had arrived by then is in the message."""

    message: TalkMessage
    outcome: Outcome = "ok"
    reason: str = ""
    usage: Usage = Usage()
    usd: float = 0.0
    price_date: str = ""


@runtime_checkable
class TalkModel(Protocol):
    """Holds a conversation. `name` and `version` as every model's."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...

    def estimate(self, request: TalkRequest) -> Estimate:
        """What this turn would cost. Asks nobody. Raises: PriceUnknown."""
        ...

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        """One reply. `on_text` gets each piece of text as soon as it arrives.

        A reply that is not whole is returned with its outcome. Raises: ModelError where there is no reply at all.
        """
        ...
