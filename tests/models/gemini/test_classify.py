"""Every reply is one of seven things, and none passes for a whole answer that is not: each row of what the SDK lets through in silence."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import glimmer
from glimmer.models.gemini.classify import classify, classify_events, scrubbed

WORDS = {"parts": [{"text": "Half of an ans"}]}
CALL = {"parts": [{"function_call": {"name": "shoot", "args": {}}}]}
PICTURE = [{"type": "model_output", "content": [{"type": "image", "data": "iVBO", "mime_type": "image/png"}]}]


def content(finish: str | None = "STOP", parts: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"candidates": [{"finish_reason": finish, "content": parts, **more}]}


@pytest.mark.parametrize("parts", [WORDS, CALL, {"parts": [{"inline_data": {"data": b"\x89PNG", "mime_type": "image/png"}}]}])
def test_an_answer_that_ended_and_says_something_is_ok(parts: dict[str, Any]) -> None:
    assert classify(content(parts=parts)).outcome == "ok"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ({"promptFeedback": {"blockReason": "SAFETY"}, "candidates": None}, "blocked"),
        ({"prompt_feedback": {"block_reason": "A_NEW_REASON"}, "candidates": []}, "blocked"),
        (content("SAFETY"), "blocked"),
        (content("RECITATION", WORDS), "blocked"),
        (content("IMAGE_SAFETY"), "blocked"),
        (content("IMAGE_PROHIBITED_CONTENT"), "blocked"),
        (content("MODEL_ARMOR"), "blocked"),
        (content("NO_IMAGE"), "empty"),
        (content("MAX_TOKENS", WORDS), "truncated"),
        (content("CONTINUATION", WORDS), "truncated"),
        (content("MALFORMED_FUNCTION_CALL"), "malformed"),
        (content("UNEXPECTED_TOOL_CALL", CALL), "malformed"),
        (content("MALFORMED_RESPONSE"), "malformed"),
        (content("STOP", {"parts": [{"function_call": {"name": " ", "args": {}}}]}), "malformed"),
        (content(None, WORDS), "interrupted"),
        (content("", None), "interrupted"),
        (content("STOP", {"parts": []}), "empty"),
        (content("STOP", None), "empty"),
        (content("STOP", {"parts": [{"text": "hm", "thought": True}]}), "empty"),
        ({"candidates": None}, "empty"),
        ({}, "empty"),
        (content("OTHER", WORDS), "failed"),
        (content("IMAGE_OTHER"), "failed"),
        (content("FINISH_REASON_UNSPECIFIED", WORDS), "failed"),
        (content("A_REASON_OF_NEXT_YEAR", WORDS), "failed"),
    ],
)
def test_a_reply_that_is_not_whole_says_what_it_is(reply: dict[str, Any], outcome: str) -> None:
    verdict = classify(reply)
    assert verdict.outcome == outcome and verdict.reason


@pytest.mark.parametrize(
    ("interaction", "outcome"),
    [
        ({"status": "completed", "steps": PICTURE}, "ok"),
        ({"status": "COMPLETED", "steps": [{"type": "of_next_year"}, *PICTURE]}, "ok"),
        ({"status": "in_progress", "steps": []}, "ok"),
        ({"status": "queued"}, "ok"),
        ({"status": "requires_action", "steps": [{"type": "function_call", "name": "x"}]}, "ok"),
        ({"status": "requires_action", "steps": []}, "failed"),
        ({"status": "completed", "steps": []}, "empty"),
        ({"status": "completed", "steps": [{"type": "model_output", "content": []}]}, "empty"),
        ({"status": "completed", "steps": None, "errors": [{"code": "SAFETY", "message": "no"}]}, "blocked"),
        ({"status": "failed", "errors": [{"code": "internal", "message": "it broke"}]}, "failed"),
        ({"status": "failed", "errors": [{"code": "invalid", "message": "blocked by our safety policies"}]}, "blocked"),
        ({"status": "failed"}, "failed"),
        ({"status": "cancelled"}, "failed"),
        ({"status": "incomplete", "steps": PICTURE}, "truncated"),
        ({"status": "requires_continuation", "steps": PICTURE}, "truncated"),
        ({"status": "budget_exceeded"}, "failed"),
        ({"status": "of_next_year", "steps": PICTURE}, "failed"),
        ({"status": "", "steps": PICTURE}, "failed"),
        ({"status": None}, "failed"),
    ],
)
def test_an_interaction_says_what_became_of_it(interaction: dict[str, Any], outcome: str) -> None:
    verdict = classify(interaction)
    assert verdict.outcome == outcome and (outcome == "ok") == (not verdict.reason)


def test_only_an_unknown_status_leaves_open_whether_it_has_ended() -> None:
    assert classify({"status": "of_next_year"}).strange
    assert not classify({"status": "failed"}).strange
    assert classify({"status": "budget_exceeded"}).quota


def test_a_stream_of_events_is_whole_only_with_its_last_event() -> None:
    began: list[dict[str, Any]] = [{"event_type": "interaction.created"}, {"event_type": "step.delta"}]
    whole = [*began, {"event_type": "interaction.completed", "interaction": {"status": "completed"}}]
    assert classify_events(whole).outcome == "ok"
    assert classify_events(began).outcome == "interrupted"
    assert classify_events([]).outcome == "interrupted"
    assert classify_events([*began, {"event_type": "error", "error": {"code": "internal", "message": "over"}}]).outcome == "failed"
    failed = {"event_type": "interaction.completed", "interaction": {"status": "failed", "errors": [{"code": "SAFETY"}]}}
    assert classify_events([*began, failed]).outcome == "blocked"


def test_the_servers_own_words_are_in_the_reason() -> None:
    told = classify(content("MALFORMED_FUNCTION_CALL", None, finish_message="Malformed function call: shoot(scene="))
    assert "shoot(scene=" in told.reason
    assert "it broke (internal)" in classify({"status": "failed", "errors": [{"code": "internal", "message": "it broke"}]}).reason


def test_a_servers_words_stay_on_one_line_and_end() -> None:
    told = scrubbed("a\x1b[31m\nb\t" + "c" * 10_000)
    assert "\n" not in told and "\x1b" not in told and len(told) < 500


def test_nothing_of_google_is_loaded_until_something_is_sent() -> None:
    loaded = (
        "import sys; from glimmer.models import open_models; from glimmer.models.gemini.door import Door; m = open_models('gemini'); "
        "m.text, m.talk, m.judge, m.writer, m.note; print([n for n in sys.modules if n.startswith(('google.genai', 'httpx2'))])"
    )
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_google_is_imported_by_this_door_alone() -> None:
    package = Path(glimmer.__file__).parent
    importing = re.compile(r"^\s*(from google import genai|(from|import) (google\.genai|httpx2|genai_prices))", re.MULTILINE)
    found = {
        path.relative_to(package).parts[:2] for path in package.rglob("*.py") if importing.search(path.read_text(encoding="utf-8"))
    }
    assert found - {("testing",)} == {("models", "gemini")}
