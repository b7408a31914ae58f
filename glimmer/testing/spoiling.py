"""Faults that the model itself makes: an answer as it was meant, and as it comes."""

from __future__ import annotations

import json
from dataclasses import replace

from glimmer.testing.asking import Answer, Asked, Call, Media

__all__ = ["spoiled"]

_FINISHES = {
    "safety": "SAFETY",
    "recitation": "RECITATION",
    "image-safety": "IMAGE_SAFETY",
    "no-image": "NO_IMAGE",
    "unknown-finish": "TIDE_WENT_OUT",
}


def spoiled(answer: Answer, name: str, asked: Asked) -> Answer:
    """The answer with the fault `name` of the layer "answer" in it."""
    if name in _FINISHES:
        return replace(answer.without_content(_FINISHES[name], f"stopped: {name}"), tokens_out=0)
    if name == "prompt-blocked":
        return replace(answer.without_content(""), blocked="PROHIBITED_CONTENT", tokens_out=0, tokens_thought=0)
    if name in ("empty", "no-media"):
        return replace(answer.without_content("STOP"), text="Here you are." if name == "no-media" else "")
    if name == "thought-only":
        return replace(answer.without_content("STOP"), thought="I wonder what to say.", tokens_thought=64, tokens_out=0)
    if name == "max-tokens":
        whole = answer.text or "".join(answer.chunks) or "I would call the tool that"
        return replace(answer.without_content("MAX_TOKENS"), text=whole[: max(1, len(whole) // 2)])
    if name == "unknown-step":
        return replace(answer, odd="step")
    if name == "unknown-status":
        return replace(answer, odd="status") if asked.api == "interactions" else replace(answer.without_content("TIDE_WENT_OUT"))
    if name == "no-usage":
        return replace(answer, says_usage=False)
    if name == "broken-media":
        kind = answer.media.mime_type if answer.media else "application/octet-stream"
        return replace(answer, media=Media(b"this is no media at all", kind, 24_000 if asked.kind == "speech" else 0, 1))
    if name in ("broken-json", "wrong-json"):
        return replace(answer, text=_json(answer.text, name), chunks=(), calls=())
    return _miscalled(answer, name, asked)


def _json(text: str, name: str) -> str:
    whole = text or json.dumps({"value": 1})
    return whole[: max(2, len(whole) // 2)] if name == "broken-json" else json.dumps({"unasked": ["neither", 2], "also": None})


def _miscalled(answer: Answer, name: str, asked: Asked) -> Answer:
    if name == "malformed-call":
        return answer.without_content("MALFORMED_FUNCTION_CALL", "Malformed function call: print(default_api.shoot(")
    if name == "unknown-tool":
        call = Call("summon_the_tide", {"height_m": 3}, "call_unknown")
    elif name == "empty-name":
        call = Call("", {}, "call_nameless")
    else:
        called = answer.calls[0].name if answer.calls else asked.tools[0].name if asked.tools else "anything"
        call = Call(called, {"no_such_argument": [1, {"deep": None}], "scene": "not a number", "shot": {"a": 1}}, "call_bad")
    return replace(answer, text="", chunks=(), calls=(call,), media=None)
