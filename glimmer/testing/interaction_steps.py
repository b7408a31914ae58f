"""Interactions as the server tells them: the one that it keeps, its answer as steps, itself as a resource, and as the events of a stream."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from glimmer.testing.asking import Answer, Asked, Call
from glimmer.testing.generating import signature_for

__all__ = ["Interaction", "events", "inline", "resource", "status", "steps", "usage"]

_FINISHED_BADLY: Final = {"MAX_TOKENS": "incomplete"}


@dataclass
class Interaction:
    """One that the server keeps: what was asked, and from when on it is done. `settle` makes the answer, once, when it is first wanted."""

    id: str
    body: dict[str, Any]
    asked: Asked
    created: float
    done_at: float
    settle: Callable[[], tuple[Answer, list[dict[str, Any]]]]
    _answer: Answer | None = None
    _steps: list[dict[str, Any]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    cancelled: bool = False
    earlier: tuple[dict[str, Any], ...] = ()  # the steps of all interactions before

    @property
    def answer(self) -> Answer:
        with self._lock:
            if self._answer is None:
                self._answer, self._steps = self.settle()
            return self._answer

    @property
    def steps(self) -> list[dict[str, Any]]:
        _ = self.answer  # made by now
        return self._steps


def steps(answer: Answer, interaction_id: str, content_of: Callable[[Answer], dict[str, Any] | None]) -> list[dict[str, Any]]:
    """The answer as steps. `content_of` writes its media, inline or as an address."""
    made: list[dict[str, Any]] = []
    if answer.odd == "step":
        made.append({"type": "hologram", "depth": 3})
    if answer.calls or answer.thought:
        thought: dict[str, Any] = {"type": "thought", "signature": signature_for(interaction_id)}
        if answer.thought:
            thought["summary"] = [{"type": "text", "text": answer.thought}]
        made.append(thought)
    content: list[dict[str, Any]] = []
    if text := answer.text or "".join(answer.chunks):
        content.append({"type": "text", "text": text})
    if media := content_of(answer):
        content.append(media)
    if content:
        made.append({"type": "model_output", "content": content})
    made += [_call_step(call) for call in answer.calls]
    return made


def _call_step(call: Call) -> dict[str, Any]:
    return {"type": "function_call", "id": call.id, "name": call.name, "arguments": call.arguments}


def status(answer: Answer) -> str:
    if answer.odd == "status":
        return "paused_for_review"
    if answer.blocked:
        return "failed"
    if answer.finish == "STOP":
        return "requires_action" if answer.calls else "completed"
    return _FINISHED_BADLY.get(answer.finish, "failed")


def resource(one: Interaction, now: float) -> dict[str, Any]:
    """The interaction as GET shows it."""
    shown: dict[str, Any] = {
        "id": one.id,
        "object": "interaction",
        "model": one.asked.model,
        "created": _stamp(one.created),
        "updated": _stamp(min(now, one.done_at)),
        "status": "in_progress",
    }
    if one.cancelled:
        return {**shown, "status": "cancelled"}
    if now < one.done_at:
        return shown
    answer = one.answer
    shown |= {"status": status(answer), "steps": one.steps}
    if one.body.get("previous_interaction_id"):
        shown["previous_interaction_id"] = one.body["previous_interaction_id"]
    if answer.says_usage:
        shown["usage"] = usage(answer, one.asked)
    if shown["status"] == "failed":
        shown["errors"] = [_error(answer)]
        shown["steps"] = []
    return shown


def _error(answer: Answer) -> dict[str, str]:
    if answer.blocked:
        return {"code": "blocked", "message": f"The prompt was blocked: {answer.blocked}."}
    return {"code": answer.finish.lower(), "message": answer.finish_message or f"The response was stopped: {answer.finish}."}


def usage(answer: Answer, asked: Asked) -> dict[str, Any]:
    modality = {"image": "image", "speech": "audio", "music": "audio", "video": "video"}.get(asked.kind, "text")
    shown = asked.tokens_in()
    by_modality = [{"modality": "text", "tokens": shown - 258 * asked.images}]
    if asked.images:
        by_modality.append({"modality": "image", "tokens": 258 * asked.images})
    return {
        "total_input_tokens": shown,
        "input_tokens_by_modality": by_modality,
        "total_cached_tokens": 0,
        "total_output_tokens": answer.tokens_out,
        "output_tokens_by_modality": [{"modality": modality, "tokens": answer.tokens_out}],
        "total_thought_tokens": answer.tokens_thought,
        "total_tool_use_tokens": 0,
        "total_tokens": shown + answer.tokens_out + answer.tokens_thought,
    }


def events(one: Interaction) -> list[dict[str, Any]]:
    """The interaction as a stream tells it, from created to completed."""
    answer = one.answer
    short = {"id": one.id, "object": "interaction", "model": one.asked.model, "created": _stamp(one.created)}
    told: list[dict[str, Any]] = [{"event_type": "interaction.created", "interaction": {**short, "status": "in_progress"}}]
    final = status(answer)
    for index, step in enumerate(one.steps if final != "failed" else []):
        told += _step_events(index, step, answer)
    done: dict[str, Any] = {**short, "status": final, "updated": _stamp(one.done_at)}
    if answer.says_usage:
        done["usage"] = usage(answer, one.asked)
    if final == "failed":
        told.append({"event_type": "error", "error": _error(answer)})
    told.append({"event_type": "interaction.completed", "interaction": done})
    return [{**each, "event_id": f"e{number}"} for number, each in enumerate(told, 1)]


def _step_events(index: int, step: Mapping[str, Any], answer: Answer) -> Iterator[dict[str, Any]]:
    if step["type"] == "function_call":
        begun: dict[str, Any] = {**step, "arguments": {}}
    elif step["type"] in ("model_output", "thought"):
        begun = {"type": step["type"]}
    else:
        begun = dict(step)
    yield {"event_type": "step.start", "index": index, "step": begun}
    for delta in _deltas(step, answer):
        yield {"event_type": "step.delta", "index": index, "delta": delta}
    yield {"event_type": "step.stop", "index": index}


def _deltas(step: Mapping[str, Any], answer: Answer) -> Iterator[dict[str, Any]]:
    if step["type"] == "function_call":
        yield {"type": "arguments_delta", "arguments": json.dumps(step["arguments"])}
    elif step["type"] == "thought":
        for item in step.get("summary", ()):
            yield {"type": "thought_summary", "content": item}
        yield {"type": "thought_signature", "signature": step["signature"]}
    elif step["type"] == "model_output":
        for item in step["content"]:
            if item["type"] == "text":
                yield from ({"type": "text", "text": piece} for piece in answer.pieces())
            else:
                yield dict(item)


def inline(answer: Answer) -> dict[str, Any]:
    """The media of an answer as content, with its bytes."""
    media = answer.media
    if media is None:
        return {}
    shown: dict[str, Any] = {"type": media.mime_type.partition("/")[0], "mime_type": media.mime_type}
    shown["data"] = base64.b64encode(media.body).decode()
    if media.rate_hz:
        shown |= {"sample_rate": media.rate_hz, "channels": media.channels}
    return shown


def _stamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
