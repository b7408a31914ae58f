"""Gemini that talks: a conversation over streamGenerateContent, with tools.

Each piece of text is handed on the moment it arrives. A reply's own content, with its thought signatures, is kept as the server wrote it
and goes back as it came, whole and in order, as long as the same model goes on; another model reads what was said, not what was signed.
"""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Callable
from typing import Any, Final

from glimmer.errors import PriceUnknown
from glimmer.models.gemini import prices
from glimmer.models.gemini.catalogue import model_for
from glimmer.models.gemini.door import Door, Reply, the_door
from glimmer.models.gemini.gathering import MADE_UP
from glimmer.models.gemini.text import plain_schema
from glimmer.models.pricing import Estimate
from glimmer.models.talking import Part, TalkMessage, TalkReply, TalkRequest
from glimmer.models.watching import the_watch

__all__ = ["GeminiTalk"]

_LEAST_TOKENS: Final = 4_096
_INLINE_BYTES: Final = 4 * 1024**2


class GeminiTalk:
    """Holds a conversation."""

    version = "1"
    reads_words = True

    def __init__(self, model: str = "", *, door: Door | None = None) -> None:
        """model: its id, by default the catalogue's for text. door: by default this process's."""
        self.model = model or model_for("text")
        self.name = self.model
        self._door = door

    def estimate(self, request: TalkRequest) -> Estimate:
        """What this turn would cost. Asks nobody. Raises: PriceUnknown."""
        told = [request.system, *(tool.description + json.dumps(tool.parameters) for tool in request.tools)]
        shown = sum(part.kind == "media" for message in request.messages for part in message.parts)
        return prices.estimate_text(
            self.model,
            words="".join([*told, *(_words(message) for message in request.messages)]),
            most_tokens_out=max(_LEAST_TOKENS, request.max_tokens),
            pictures_in=shown,
        )

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        """One reply. `on_text` gets each piece of text as soon as it arrives.

        A reply that is not whole is returned with its outcome. Raises: ModelError where there is no reply at all.
        """
        config: dict[str, Any] = {"max_output_tokens": max(_LEAST_TOKENS, request.max_tokens)}
        if request.seed:
            config["seed"] = request.seed % 2**31
        if request.answer_schema is not None:
            config |= {"response_mime_type": "application/json", "response_json_schema": plain_schema(request.answer_schema)}
        high_usd = self.estimate(request).high_usd
        door = self._door or the_door()
        reply = door.generate(
            self.model,
            contents=[self._content(message, door) for message in request.messages],
            system=request.system,
            config=config,
            tools=request.tools if request.answer_schema is None else (),
            on_text=on_text or _nobody,
            whole=False,
            high_usd=high_usd,
        )
        return self._reply(reply, high_usd)

    def _reply(self, reply: Reply, high_usd: float) -> TalkReply:
        counted = reply.usage.tokens_in + reply.usage.tokens_out + reply.usage.tokens_thought
        try:
            usd = prices.settle(self.model, reply.usage) if counted else high_usd
        except PriceUnknown:  # tokens of a kind that nobody asked for
            usd = high_usd
        return TalkReply(
            message=TalkMessage(role="model", parts=reply.parts, model=self.model, native=reply.native),
            outcome=reply.outcome,
            reason=reply.reason,
            usage=reply.usage,
            usd=usd,
            price_date=prices.price_of(self.model).day,
        )

    # ── what goes out ──────────────────────────────────────────────────────────────────────────────────────
    def _content(self, message: TalkMessage, door: Door) -> Any:
        native = _as_it_came(message.native) if message.native and message.model == self.model else None
        if native is not None:
            return native
        parts = [told for told in (_wire_part(part, door) for part in message.parts) if told is not None]
        return {"role": message.role, "parts": parts or [{"text": " "}]}  # a content without parts is refused


def _nobody(text: str) -> None: ...


@functools.lru_cache(maxsize=2_048)
def _as_it_came(native: str) -> Any:
    """The server's own content; None where it can't be read, and its parts must do.

    Read as JSON, so that its signatures are bytes again and not text to be encoded once more.
    """
    from google.genai import types

    try:
        return types.Content.model_validate_json(native)
    except ValueError:
        return None


def _wire_part(part: Part, door: Door) -> dict[str, Any] | None:
    if part.kind == "text":
        return {"text": part.text} if part.text else None
    if part.kind == "thought":
        return None  # another model's thoughts are not this one's
    if part.kind == "call":
        signed = {"thought_signature": base64.b64decode(part.signature)} if part.signature else {}
        return {"function_call": {**_id(part), "name": part.name, "args": part.arguments}, **signed}
    if part.kind == "result":
        told = {"error": part.text or part.result} if part.is_error else (part.result or {"result": part.text})
        return {"function_response": {**_id(part), "name": part.name, "response": told}}
    content = the_watch().read(part.asset)
    if len(content) <= _INLINE_BYTES:
        return {"inline_data": {"mime_type": part.media_type, "data": content}}
    return {"file_data": {"mime_type": part.media_type, "file_uri": door.upload(content, part.media_type)}}


def _id(part: Part) -> dict[str, str]:
    """The server's id of a call; it gave none where we made one up."""
    return {"id": part.id} if part.id and not part.id.startswith(MADE_UP) else {}


def _words(message: TalkMessage) -> str:
    """All that goes out of it, or as much."""
    return message.native or "".join(
        part.text
        + (json.dumps(part.arguments) if part.arguments else "")
        + (json.dumps(part.result, default=str) if part.result else "")
        for part in message.parts
    )
