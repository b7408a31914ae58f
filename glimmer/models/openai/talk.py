"""A conversation with an OpenAI-compatible server: streamed, with tools."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from glimmer.errors import Cancelled, ModelError
from glimmer.models.openai.text import OpenAIText
from glimmer.models.pricing import Estimate, Usage
from glimmer.models.talking import Outcome, Part, TalkMessage, TalkReply, TalkRequest

__all__ = ["OpenAITalk"]

_OUTCOMES: dict[str, tuple[Outcome, str]] = {
    "stop": ("ok", ""),
    "tool_calls": ("ok", ""),
    "function_call": ("ok", ""),
    "length": ("truncated", "it stopped in the middle: its longest answer was reached"),
    "content_filter": ("blocked", "it refused (content_filter)"),
}


class OpenAITalk(OpenAIText):
    """Holds a conversation."""

    def estimate(self, request: TalkRequest) -> Estimate:  # type: ignore[override]
        return self.server.text_estimate(len(request.model_dump_json()), request.max_tokens)

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        """One reply; what had arrived before it broke off is in it."""
        gathered = _Gathered()
        outcome: Outcome = "interrupted"
        reason = "its answer broke off"
        try:
            for event in self.server.stream("/chat/completions", self._body(request), model=self.model):
                try:
                    gathered.add(event)
                except (AttributeError, TypeError, ValueError, KeyError) as met:
                    raise ModelError(
                        f"{self.model} sent an event of another shape ({type(met).__name__}); expected choices with a delta. Is it an "
                        "OpenAI-compatible server?",
                        kind="malformed",
                        model=self.model,
                    ) from None
                if on_text is not None and gathered.fresh:
                    on_text(gathered.fresh)
            outcome, reason = _OUTCOMES.get(gathered.finish, ("malformed", f"it ended with {gathered.finish or 'no reason'!r:.60}"))
        except Cancelled:
            reason = "stopped by you"
        except ModelError as error:
            if error.kind != "interrupted" or not gathered.said:
                raise
            reason = str(error)
        parts = tuple(gathered.parts())
        if outcome == "ok" and not parts:
            outcome, reason = "empty", "it answered nothing"
        usage = gathered.usage
        usd = self.server.text_usd(usage.tokens_in, usage.tokens_out)
        return TalkReply(
            message=TalkMessage(role="model", parts=parts, model=self.name), outcome=outcome, reason=reason, usage=usage, usd=usd
        )

    def _body(self, request: TalkRequest) -> dict[str, Any]:
        messages: list[dict[str, Any]] = [{"role": "system", "content": request.system}] if request.system else []
        for message in request.messages:
            messages.extend(_as_sent(message))
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        body["max_tokens"] = request.max_tokens
        if request.tools:
            body["tools"] = [{"type": "function", "function": tool.model_dump()} for tool in request.tools]
        if request.answer_schema is not None:
            body["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "schema": request.answer_schema}}
        return body


class _Gathered:
    """What has arrived of a streamed answer."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.calls: dict[int, dict[str, str]] = {}
        self.finish = ""
        self.usage = Usage()
        self.fresh = ""  # what the last event said

    @property
    def said(self) -> bool:
        return bool(self.text or self.calls)

    def add(self, event: dict[str, Any]) -> None:
        """Raises: what comes of reading an event of another shape."""
        self.fresh = ""
        usage = event.get("usage")
        if isinstance(usage, dict):
            self.usage = Usage(tokens_in=int(usage.get("prompt_tokens") or 0), tokens_out=int(usage.get("completion_tokens") or 0))
        for choice in (event.get("choices") or ())[:1]:
            delta = choice.get("delta") or {}
            if delta.get("content"):
                self.fresh = str(delta["content"])
                self.text.append(self.fresh)
            for call in delta.get("tool_calls") or ():
                self._add_call(call)
            self.finish = str(choice.get("finish_reason") or self.finish)

    def _add_call(self, call: dict[str, Any]) -> None:
        held = self.calls.setdefault(int(call.get("index") or 0), {"id": "", "name": "", "arguments": ""})
        told = call.get("function") or {}
        held["id"] = str(call.get("id") or held["id"])
        held["name"] += told.get("name") or ""
        held["arguments"] += told.get("arguments") or ""

    def parts(self) -> Iterator[Part]:
        if self.text:
            yield Part(text="".join(self.text))
        for number, call in sorted(self.calls.items()):
            yield Part(kind="call", id=call["id"] or f"call{number}", name=call["name"], arguments=_arguments(call["arguments"]))


def _arguments(text: str) -> dict[str, Any]:
    """As JSON; what is none goes to the tool as one argument that no tool takes, so that the model is told of it."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {"not_json": text[:200]}


def _as_sent(message: TalkMessage) -> Iterator[dict[str, Any]]:
    results = [part for part in message.parts if part.kind == "result"]
    for part in results:
        yield {"role": "tool", "tool_call_id": part.id, "content": json.dumps(part.result, ensure_ascii=False)}
    calls = [
        {
            "id": call.id,
            "type": "function",
            "function": {"name": call.name, "arguments": json.dumps(call.arguments, ensure_ascii=False)},
        }
        for call in message.calls
    ]
    if message.text or calls or not results:
        sent: dict[str, Any] = {"role": "assistant" if message.role == "model" else "user", "content": message.text}
        yield {**sent, "tool_calls": calls} if calls else sent
