"""Every fault of the table befalls the real SDK as it was measured: what it raises, what it hides, and what was paid for it."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glimmer.testing import FAULTS, FakeGemini

TEXT, IMAGE, OMNI = "gemini-3.8-flash", "gemini-nano-banana-2.1", "gemini-omni-1.2-flash"
CLIP = {"type": "video", "duration": "3s", "resolution": "360p", "delivery": "uri"}
COST = {"name": "cost", "description": "What was spent.", "parameters_json_schema": {"type": "object", "properties": {}}}
TOOLS = {"tools": [{"function_declarations": [COST]}], "automatic_function_calling": {"disable": True}}

BEFORE_WORK = (
    "400",
    "401",
    "403",
    "404",
    "409",
    "429-minute",
    "429-day",
    "429-bare",
    "500",
    "503",
    "504",
    "html-502",
    "key-in-error",
)
AFTER_WORK = ("500-after-work", "503-after-work", "504-after-work", "reset-after-work", "timeout-after-work")


def generate(client: Any, **more: Any) -> Any:
    return client.models.generate_content(model=TEXT, contents="Say something.", **more)


def interact(client: Any, **more: Any) -> Any:
    return client.interactions.create(**{"model": TEXT, "input": "Say something.", **more})


def film(client: Any, **more: Any) -> Any:
    return client.interactions.create(model=OMNI, input="A whale.", background=True, response_format=CLIP, **more)


def streamed(client: Any) -> Any:
    return client.models.generate_content_stream(model=TEXT, contents="Say something.")


def failure(call: Callable[[], Any]) -> Exception:
    with pytest.raises(Exception) as caught:  # which one it is, is looked at
        call()
    return caught.value


def names(error: BaseException) -> set[str]:
    return {each.__name__ for each in type(error).__mro__}


# ── no work was done ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", BEFORE_WORK)
def test_a_refusal_has_its_status_on_both_apis_and_nothing_is_paid(fake: FakeGemini, client: Any, name: str) -> None:
    fake.fault(name, times=2)
    code = int(name.partition("-")[0]) if name[0].isdigit() else {"html-502": 502, "key-in-error": 403}[name]
    one, other = failure(lambda: generate(client)), failure(lambda: interact(client))
    assert (one.code, other.status_code) == (code, code)
    assert fake.creates() == 0
    assert [each.fault for each in fake.received] == [name, name]


def test_a_minute_says_when_and_a_day_says_that_it_is_a_day(fake: FakeGemini, client: Any) -> None:
    fake.fault("429-minute")
    fake.fault("429-day")
    minute, day = failure(lambda: generate(client)), failure(lambda: interact(client))
    told = {each["@type"].rpartition(".")[2]: each for each in minute.details["error"]["details"]}
    assert told["RetryInfo"]["retryDelay"] == "0.2s"
    assert "PerMinute" in told["QuotaFailure"]["violations"][0]["quotaId"]
    assert "PerDay" in str(day.body)


def test_a_server_that_says_the_key_is_there_to_be_guarded_against(fake: FakeGemini, client: Any) -> None:
    fake.fault("key-in-error")
    assert fake.key in str(failure(lambda: generate(client)))


def test_a_reset_and_a_silence_before_work_cost_nothing(fake: FakeGemini, client: Any) -> None:
    fake.fault("reset", times=2)
    assert "ReadError" in names(failure(lambda: generate(client)))
    assert "APIConnectionError" in names(failure(lambda: interact(client)))
    fake.fault("timeout")
    begun = time.monotonic()
    assert "ReadTimeout" in names(failure(lambda: generate(client, config={"http_options": {"timeout": 200}})))
    assert time.monotonic() - begun < 5
    assert fake.creates() == 0


def test_a_slow_first_byte_is_an_answer_all_the_same(fake: FakeGemini, client: Any) -> None:
    fake.slow_seconds = 0.2
    fake.fault("slow-first-byte")
    begun = time.monotonic()
    assert generate(client).text
    assert time.monotonic() - begun > 0.2


# ── the work was done ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", AFTER_WORK)
def test_a_reply_that_is_lost_after_the_work_is_paid_all_the_same(fake: FakeGemini, client: Any, name: str) -> None:
    fake.fault(name, on="video")
    failure(lambda: film(client, timeout=2 if name == "timeout-after-work" else 60))
    assert fake.creates("video") == 1
    assert len(fake.interactions) == 1


@pytest.mark.parametrize(("name", "raised"), [("cut", "ReadError|RemoteProtocolError"), ("malformed", "JSONDecodeError")])
def test_a_broken_answer_to_generate_was_paid(fake: FakeGemini, client: Any, name: str, raised: str) -> None:
    fake.fault(name)
    assert names(failure(lambda: generate(client))) & set(raised.split("|"))
    assert fake.creates("text") == 1


@pytest.mark.parametrize(
    ("name", "raised"),
    [("cut", "APIConnectionError"), ("malformed", "APIResponseValidationError"), ("empty-body", "APIResponseValidationError")],
)
def test_a_broken_answer_to_an_interaction_was_paid(fake: FakeGemini, client: Any, name: str, raised: str) -> None:
    fake.fault(name, on="interactions")
    assert raised in names(failure(lambda: interact(client)))
    assert fake.creates("text") == 1


# ── streams ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_stream_that_ends_early_raises_nothing_and_has_no_finish(fake: FakeGemini, client: Any) -> None:
    fake.fault("stream-clean-eof", times=2)
    chunks = list(streamed(client))
    assert chunks
    assert all(each.candidates[0].finish_reason is None for each in chunks)
    events = list(interact(client, stream=True))
    assert events[-1].event_type != "interaction.completed"


def test_a_stream_that_breaks_brings_what_came_and_raises(fake: FakeGemini, client: Any) -> None:
    fake.fault("stream-cut", times=2)
    came: list[str] = []

    def read_all() -> None:
        came.extend(each.text for each in streamed(client))

    assert names(failure(read_all)) & {"ReadError", "RemoteProtocolError"}
    assert came
    assert "APIConnectionError" in names(failure(lambda: list(interact(client, stream=True))))


def test_an_error_inside_a_stream_is_raised_by_one_api_and_yielded_by_the_other(fake: FakeGemini, client: Any) -> None:
    fake.fault("error-mid-stream", times=2)
    assert failure(lambda: list(streamed(client))).code == 503
    assert [each.event_type for each in interact(client, stream=True)][-1] == "error"


def test_a_line_that_is_no_json_breaks_a_stream(fake: FakeGemini, client: Any) -> None:
    fake.fault("malformed-mid-stream")
    failure(lambda: list(streamed(client)))


# ── what the model answers ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "reason"), [("safety", "SAFETY"), ("recitation", "RECITATION"), ("unknown-finish", "TIDE_WENT_OUT"), ("empty", "STOP")]
)
def test_an_answer_without_content_raises_nothing(fake: FakeGemini, client: Any, name: str, reason: str) -> None:
    fake.fault(name, times=2)
    reply = generate(client)
    assert reply.candidates[0].finish_reason.value == reason
    assert not reply.text
    other = interact(client)
    assert other.status == ("completed" if name == "empty" else "failed")
    assert not other.output_text
    assert fake.creates() == 2


def test_a_blocked_prompt_has_no_candidates_and_a_failed_status(fake: FakeGemini, client: Any) -> None:
    fake.fault("prompt-blocked", times=3)
    reply = generate(client)
    assert (reply.candidates, reply.prompt_feedback.block_reason) == (None, "PROHIBITED_CONTENT")
    assert [each.prompt_feedback.block_reason for each in streamed(client)] == ["PROHIBITED_CONTENT"]
    other = interact(client)
    assert other.status == "failed"
    assert "blocked" in other.errors[0].message


def test_half_an_answer_says_that_it_is_half(fake: FakeGemini, client: Any) -> None:
    fake.say("A lighthouse, at dusk.")
    fake.say("A lighthouse, at dusk.")
    fake.fault("max-tokens", times=2)
    reply = generate(client)
    assert (reply.text, reply.candidates[0].finish_reason) == ("A lighthous", "MAX_TOKENS")
    other = interact(client)
    assert (other.output_text, other.status) == ("A lighthous", "incomplete")


@pytest.mark.parametrize(("name", "reason"), [("no-image", "NO_IMAGE"), ("image-safety", "IMAGE_SAFETY"), ("no-media", "STOP")])
def test_a_picture_that_does_not_come_has_its_reason(fake: FakeGemini, client: Any, name: str, reason: str) -> None:
    fake.fault(name)
    reply = client.models.generate_content(model=IMAGE, contents="MARA")
    assert reply.candidates[0].finish_reason == reason
    assert all(not part.inline_data for part in (reply.candidates[0].content and reply.candidates[0].content.parts) or ())


def test_broken_media_are_no_file(fake: FakeGemini, client: Any) -> None:
    fake.fault("broken-media")
    made = client.interactions.create(model=IMAGE, input="MARA", response_format={"type": "image"})
    assert base64.b64decode(made.output_image.data) == b"this is no media at all"


def test_calls_come_spoiled_in_four_ways(fake: FakeGemini, client: Any) -> None:
    for name in ("malformed-call", "unknown-tool", "bad-arguments", "empty-name"):
        fake.fault(name)
    malformed, unknown, bad, nameless = (generate(client, config=TOOLS) for _ in range(4))
    assert malformed.candidates[0].finish_reason == "MALFORMED_FUNCTION_CALL"
    assert malformed.function_calls is None
    assert unknown.function_calls[0].name == "summon_the_tide"
    assert (bad.function_calls[0].name, bad.function_calls[0].args["scene"]) == ("cost", "not a number")
    assert nameless.function_calls[0].name == ""


def test_json_comes_broken_or_wrong(fake: FakeGemini, client: Any) -> None:
    schema = {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}
    config = {"response_mime_type": "application/json", "response_json_schema": schema}
    fake.fault("broken-json")
    fake.fault("wrong-json")
    assert generate(client, config=config).parsed is None
    assert "title" not in generate(client, config=config).parsed


def test_thoughts_alone_are_no_answer(fake: FakeGemini, client: Any) -> None:
    fake.fault("thought-only", times=2)
    assert not generate(client).text
    other = interact(client)
    assert (other.output_text, [each.type for each in other.steps]) == ("", ["thought"])


def test_what_no_sdk_knows_yet_comes_through(fake: FakeGemini, client: Any) -> None:
    fake.fault("unknown-step", times=2)
    fake.fault("unknown-status")
    assert generate(client).text
    odd = interact(client)
    assert [each.type for each in odd.steps] == ["UNKNOWN", "model_output"]
    assert interact(client).status == "paused_for_review"


def test_an_answer_may_not_say_what_it_used(fake: FakeGemini, client: Any) -> None:
    fake.fault("no-usage", times=2)
    assert generate(client).usage_metadata is None
    assert interact(client).usage is None


# ── jobs and files ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "status"),
    [("job-failed", "failed"), ("job-blocked", "failed"), ("job-empty", "completed"), ("job-cancelled", "cancelled")],
)
def test_a_job_ends_as_it_is_fated_to(fake: FakeGemini, client: Any, name: str, status: str) -> None:
    fake.fault(name)
    job = film(client)
    fake.later(seconds=1)
    done = client.interactions.get(job.id)
    assert (done.status, done.output_video) == (status, None)
    assert ("blocked" in str(done.errors)) == (name == "job-blocked")


def test_a_job_that_is_stuck_is_done_in_the_end(fake: FakeGemini, client: Any) -> None:
    fake.job_seconds = 10
    fake.fault("job-stuck-then-done")
    job = film(client)
    fake.later(seconds=70)
    assert client.interactions.get(job.id).status == "in_progress"
    fake.later(seconds=11)
    assert client.interactions.get(job.id).status == "completed"


def test_polls_and_downloads_fail_without_another_create(fake: FakeGemini, client: Any) -> None:
    job = film(client)
    fake.later(seconds=1)
    for name in ("lost-job", "503", "cut", "malformed"):
        fake.fault(name, on="poll")
        failure(lambda: client.interactions.get(job.id))
    done = client.interactions.get(job.id)
    for name in ("expired-file", "503", "cut", "reset"):
        fake.fault(name, on="download")
        failure(lambda: client.files.download(file=done.output_video.uri))
    assert client.files.download(file=done.output_video.uri)[4:8] == b"ftyp"
    assert fake.creates() == 1


# ── the script ──────────────────────────────────────────────────────────────────────────────────────────────
def test_a_fault_can_let_some_by_and_come_back(fake: FakeGemini, client: Any) -> None:
    fake.fault("503", on="text", times=2, after=1)
    assert generate(client).text
    assert failure(lambda: generate(client)).code == 503
    assert failure(lambda: generate(client)).code == 503
    assert generate(client).text


def test_what_was_scripted_and_never_happened_is_told(fake: FakeGemini) -> None:
    fake.fault("503", on="upload")
    fake.say("Never asked for.")
    with pytest.raises(AssertionError, match=r'"503" on upload: befell 0 of 1; said, and not asked for'):
        fake.check()
    fake.reset()


def test_a_fault_that_does_not_exist_is_refused_with_those_that_do(fake: FakeGemini) -> None:
    with pytest.raises(ValueError, match='no fault "5O3"; there are: 400, 401'):
        fake.fault("5O3")
    with pytest.raises(ValueError, match='kind "films"'):
        fake.fault("503", on="films")


def test_the_page_lists_every_fault() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "fake_gemini.md").read_text(encoding="utf-8")
    assert [name for name in FAULTS if f"`{name}`" not in page] == []
