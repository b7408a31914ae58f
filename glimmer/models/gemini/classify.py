"""Classify: what a reply of either API truly is. One judgement for all of them, so that none passes for a success that isn't one.

Google's SDK raises nothing for a refused, cut or empty reply: its text is None, or half of what it should be. Here every reply is
"ok", "blocked", "truncated", "empty", "malformed", "interrupted" or "failed", with the reason in words; what this version does not know
is never "ok". Works on plain values as they came, and knows neither the SDK nor the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from glimmer.models.talking import Outcome
from glimmer.vocabulary import Noun

__all__ = ["RUNNING", "Verdict", "classify", "classify_events", "scrubbed"]


class Verdict(Noun):
    """How a reply is to be taken. quota: it failed because the account has no more to spend, which waiting does not mend. strange: it
    is not known whether it has ended at all."""

    outcome: Outcome = "ok"
    reason: str = ""
    quota: bool = False
    strange: bool = False


RUNNING: Final = frozenset({"in_progress", "queued"})  # statuses of an interaction that goes on by itself

_BLOCKED: Final = {
    "SAFETY": "its safety filter stopped it",
    "RECITATION": "it came too close to somebody's text",
    "LANGUAGE": "it does not work in this language",
    "BLOCKLIST": "it holds a word that is on a list of forbidden ones",
    "PROHIBITED_CONTENT": "it may be forbidden content",
    "SPII": "it may hold somebody's private data",
    "IMAGE_SAFETY": "the safety filter for pictures stopped it",
    "IMAGE_PROHIBITED_CONTENT": "the picture may be forbidden content",
    "IMAGE_RECITATION": "the picture came too close to somebody's",
    "MODEL_ARMOR": "the organisation's filter (Model Armor) stopped it",
    "JAILBREAK": "the words look like an attempt to get round its rules",
    "ESCALATION": "it was handed to a stricter check",
    "PUP_LIMITED_DISABLED": "the account is limited by Google's policy",
}
_MALFORMED: Final = {
    "MALFORMED_FUNCTION_CALL": "it wrote a call of a tool that can't be read",
    "UNEXPECTED_TOOL_CALL": "it called a tool though none was offered",
    "TOO_MANY_TOOL_CALLS": "it called too many tools in a row",
    "MISSING_THOUGHT_SIGNATURE": "a signature of an earlier reply is missing from the history",
    "MALFORMED_RESPONSE": "it wrote an answer that can't be read",
}
_TRUNCATED: Final = {
    "MAX_TOKENS": "it reached the longest answer allowed (max_tokens; its thoughts count too)",
    "CONTINUATION": "it stopped in the middle and would go on only if asked again",
}
_SAFETY_WORDS: Final = re.compile(
    r"(?<![a-z])(safety|blocked|prohibited|recitation|polic(y|ies)|jailbreak|blocklist|spii)(?![a-z])"
)
_LONGEST_WORDS: Final = 400


def classify(reply: Mapping[str, Any]) -> Verdict:
    """The verdict on one whole reply: of generateContent ("candidates", in snake case or camel case), or an interaction ("status").

    A reply in pieces is to be put together first; one whose stream ended without a finish reason is "interrupted".
    """
    if "status" in reply and "candidates" not in reply:
        return _interaction(reply)
    return _content(reply)


def classify_events(events: Iterable[Mapping[str, Any]]) -> Verdict:
    """The verdict on a stream of the Interactions API: its `error` event is an error, and only interaction.completed is an end."""
    for event in events:
        kind = event.get("event_type", "")
        if kind == "error":
            return _trouble([event.get("error") or {}], "the stream ended with an error")
        if kind in ("interaction.completed", "interaction.complete"):
            found = event.get("interaction") or {}
            # The last event names the end and may leave out the steps, which came before it.
            return _interaction({**found, "steps": found.get("steps") or [{"type": "model_output", "content": [{"text": "…"}]}]})
    return Verdict(outcome="interrupted", reason="the stream ended before the answer did")


# ── generateContent ─────────────────────────────────────────────────────────────────────────────────────────
def _content(reply: Mapping[str, Any]) -> Verdict:
    refused = _block_of_the_prompt(reply)
    if refused is not None:
        return refused
    candidates = _list(reply.get("candidates"))
    if not candidates:
        return Verdict(outcome="empty", reason="the reply holds no answer at all")
    first = candidates[0]
    finish = _name(_either(first, "finish_reason", "finishReason"))
    said = scrubbed(str(_either(first, "finish_message", "finishMessage") or ""))
    parts = _list((first.get("content") or {}).get("parts"))
    verdict = _finished(finish, parts)
    return verdict if not said else verdict.model_copy(update={"reason": f"{verdict.reason}: {said}".lstrip(": ")})


def _block_of_the_prompt(reply: Mapping[str, Any]) -> Verdict | None:
    feedback = _either(reply, "prompt_feedback", "promptFeedback") or {}
    reason = _name(_either(feedback, "block_reason", "blockReason"))
    if not reason:
        return None
    words = scrubbed(str(_either(feedback, "block_reason_message", "blockReasonMessage") or "")) or _BLOCKED.get(
        reason, "no reason given"
    )
    return Verdict(outcome="blocked", reason=f"the request was refused before it was answered: {words} ({reason})")


def _finished(finish: str, parts: Sequence[Mapping[str, Any]]) -> Verdict:
    if not finish:
        return Verdict(outcome="interrupted", reason="the answer stopped without a reason, so it is not whole")
    if finish in _BLOCKED:
        return Verdict(outcome="blocked", reason=f"{_BLOCKED[finish]} ({finish})")
    if finish in _TRUNCATED:
        return Verdict(outcome="truncated", reason=f"{_TRUNCATED[finish]} ({finish})")
    if finish in _MALFORMED:
        return Verdict(outcome="malformed", reason=f"{_MALFORMED[finish]} ({finish})")
    if finish == "NO_IMAGE":
        return Verdict(outcome="empty", reason="it should have made a picture and made none (NO_IMAGE)")
    if finish != "STOP":
        return Verdict(outcome="failed", reason=f"it stopped for a reason that tells nothing more ({finish[:60]})")
    if not any(_says_something(part) for part in parts):
        return Verdict(outcome="empty", reason="it ended well and said nothing")
    nameless = [part for part in parts if _call(part) is not None and not str((_call(part) or {}).get("name") or "").strip()]
    if nameless:
        return Verdict(outcome="malformed", reason="it called a tool without a name")
    return Verdict()


def _says_something(part: Mapping[str, Any]) -> bool:
    if part.get("thought"):
        return False
    return any(
        part.get(name)
        for name in ("text", "inline_data", "inlineData", "file_data", "fileData", "executable_code", "code_execution_result")
    ) or (_call(part) is not None)


def _call(part: Mapping[str, Any]) -> Mapping[str, Any] | None:
    found = _either(part, "function_call", "functionCall")
    return found if isinstance(found, Mapping) else None


# ── interactions ────────────────────────────────────────────────────────────────────────────────────────────
def _interaction(found: Mapping[str, Any]) -> Verdict:
    status = str(found.get("status") or "").lower()
    errors = [each for each in _list(found.get("errors")) if each]
    if status in RUNNING:
        return Verdict()
    if status == "completed":
        if any(_has_output(step) for step in _list(found.get("steps"))):
            return Verdict()
        return _trouble(errors, "") if errors else Verdict(outcome="empty", reason="it ended well and made nothing")
    if status == "requires_action":
        called = any(step.get("type") == "function_call" for step in _list(found.get("steps")))
        return (
            Verdict()
            if called
            else Verdict(outcome="failed", reason="it waits for something that it does not name (requires_action)")
        )
    if status in ("incomplete", "requires_continuation"):
        told = f": {_words(errors)}" if errors else ""
        return Verdict(outcome="truncated", reason=f"it stopped before its end ({status}){told}")
    if status == "budget_exceeded":
        return Verdict(
            outcome="failed", reason=f"the account has no more to spend (budget_exceeded) {_words(errors)}".strip(), quota=True
        )
    if status == "cancelled":
        return Verdict(outcome="failed", reason="it was cancelled on the server")
    if status == "failed":
        return _trouble(errors, "it failed on the server and does not say why")
    told = f"its status is {status[:60]!r}" if status else "it has no status"
    return Verdict(outcome="failed", reason=f"{told}, which this version does not know", strange=True)


def _has_output(step: Mapping[str, Any]) -> bool:
    kind = str(step.get("type") or "")
    if kind == "function_call":
        return True
    if kind != "model_output":
        return False
    return any(part.get("text") or part.get("data") or part.get("uri") for part in _list(step.get("content")))


def _trouble(errors: Sequence[Mapping[str, Any]], else_say: str) -> Verdict:
    words = _words(errors) or else_say
    known = words.lower()
    if _SAFETY_WORDS.search(known):
        return Verdict(outcome="blocked", reason=words)
    if any(word in known for word in ("resource_exhausted", "quota", "payment_required", "budget")):
        return Verdict(outcome="failed", reason=words, quota=True)
    return Verdict(outcome="failed", reason=words)


def _words(errors: Sequence[Mapping[str, Any]]) -> str:
    told = []
    for each in errors[:3]:
        code = str(each.get("code") or each.get("status") or "")
        message = scrubbed(str(each.get("message") or ""))
        told.append(f"{message} ({code})" if message and code else message or code)
    return "; ".join(each for each in told if each)


# ── small ───────────────────────────────────────────────────────────────────────────────────────────────────
def scrubbed(words: str, longest: int = _LONGEST_WORDS) -> str:
    """A server's words on one line, not endless, without what can't be printed."""
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def _either(given: Mapping[str, Any], *names: str) -> Any:
    return next((given[name] for name in names if given.get(name) is not None), None)


def _name(value: object) -> str:
    """The name of a reason, whether it came as text or as an enum of the SDK's."""
    return str(getattr(value, "value", value) or "").upper()


def _list(value: object) -> list[Mapping[str, Any]]:
    return (
        [each for each in value if isinstance(each, Mapping)]
        if isinstance(value, Sequence) and not isinstance(value, str | bytes)
        else []
    )
