"""What the real server refuses, the fake refuses; and what it sees, it tells."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from glimmer.testing import FakeGemini

TEXT, IMAGE, TTS, OMNI = "gemini-3.8-flash", "gemini-nano-banana-2.1", "gemini-3.8-flash-tts", "gemini-omni-1.2-flash"
SAID = {"contents": [{"role": "user", "parts": [{"text": "Hello."}]}]}
COST = {"name": "cost", "description": "What was spent.", "parameters_json_schema": {"type": "object", "properties": {}}}
TOOLS = {"tools": [{"function_declarations": [COST]}], "automatic_function_calling": {"disable": True}}


def post(fake: FakeGemini, path: str, body: Any, key: str | None = None) -> tuple[int, Any]:
    """What no SDK would send."""
    connection = http.client.HTTPConnection("127.0.0.1", fake.port, timeout=10)
    headers = {"x-goog-api-key": fake.key if key is None else key, "content-type": "application/json"}
    connection.request("POST", path, json.dumps(body) if not isinstance(body, bytes) else body, headers)
    reply = connection.getresponse()
    read = json.loads(reply.read() or b"null")
    connection.close()
    return reply.status, read


def generate(fake: FakeGemini, body: Any, model: str = TEXT) -> tuple[int, str]:
    status, read = post(fake, f"/v1/models/{model}:generateContent", body)
    return status, read.get("error", {}).get("message", "")


def interact(fake: FakeGemini, **body: Any) -> tuple[int, str]:
    status, read = post(fake, "/v1/interactions", {"model": TEXT, "input": "Hello.", **body})
    return status, read.get("error", {}).get("message", "")


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"contentz": []}, "contentz"),
        ({"generationConfig": {"temprature": 1}}, "temprature"),
        ({"generationConfig": {"thinkingConfig": {"level": "LOW"}}}, "level"),
        ({"tools": [{"functionDeclarations": [{"name": "a", "parametres": {}}]}]}, "parametres"),
        ({"tools": [{"functionDeclarations": [{"name": "a", "parameters": {"type": "OBJECT", "$defs": {}}}]}]}, "$defs"),
        ({"generationConfig": {"seed": "seven"}}, "generation_config.seed"),
        ({"generationConfig": {"responseMimeType": "application/json", "responseSchema": {"kind": "OBJECT"}}}, "kind"),
    ],
)
def test_a_field_that_generate_does_not_have_is_refused_by_name(fake: FakeGemini, more: dict[str, Any], named: str) -> None:
    status, words = generate(fake, {**SAID, **more})
    assert (status, named in words) == (400, True), words


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"systemInstruction": "Be brief."}, "systemInstruction"),
        ({"generation_config": {"maxOutputTokens": 5}}, "maxOutputTokens"),
        ({"response_format": {"type": "video", "seconds": 5}}, "seconds"),
        ({"response_format": {"type": "hologram"}}, "hologram"),
        ({"input": [{"type": "user_input", "content": [{"type": "text", "words": "x"}]}]}, "words"),
        ({"tools": [{"type": "function", "name": "a", "schema": {}}]}, "schema"),
        ({"input": [{"type": "text", "text": 7}]}, "input[0].text"),
        ({"background": "yes"}, "background"),
    ],
)
def test_a_field_that_interactions_do_not_have_is_refused_by_name(fake: FakeGemini, more: dict[str, Any], named: str) -> None:
    status, words = interact(fake, **more)
    assert (status, named in words) == (400, True), words


def test_both_spellings_of_generate_are_one(fake: FakeGemini) -> None:
    camel = {"generationConfig": {"maxOutputTokens": 500, "thinkingConfig": {"thinking_level": "LOW"}}}
    assert generate(fake, {**SAID, **camel})[0] == 200
    assert generate(fake, {**SAID, "generation_config": {"max_output_tokens": 500}})[0] == 200


@pytest.mark.parametrize(
    "body", [b"{not json", b"[]", b"\xff\xfe", {}, {"contents": []}, {"contents": [{"parts": []}]}, {"contents": [{"parts": [{}]}]}]
)
def test_bodies_that_are_none_are_refused(fake: FakeGemini, body: Any) -> None:
    assert generate(fake, body)[0] == 400


# ── bounds ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("duration", ["2s", "16s", "5", "4.5s", "-5s", "five"])
def test_a_clip_lasts_three_to_fifteen_whole_seconds(fake: FakeGemini, duration: str) -> None:
    status, words = interact(fake, model=OMNI, background=True, response_format={"type": "video", "duration": duration})
    assert (status, "duration" in words) == (400, True)


def test_a_clip_has_a_resolution_and_an_aspect_that_there_are(fake: FakeGemini) -> None:
    for wrong in ({"resolution": "540p"}, {"aspect_ratio": "4:3"}, {"delivery": "post"}):
        assert interact(fake, model=OMNI, response_format={"type": "video", "duration": "3s", **wrong})[0] == 400
    assert interact(fake, model=OMNI, generation_config={"video_config": {"task": "image_to_video"}})[0] == 400


def test_models_are_shown_no_more_than_they_take(fake: FakeGemini, client: Any) -> None:
    import base64

    picture = base64.b64encode(
        client.models.generate_content(model=IMAGE, contents="x").candidates[0].content.parts[0].inline_data.data
    )
    one = {"type": "image", "data": picture.decode(), "mime_type": "image/png"}
    text = {"type": "text", "text": "A whale."}
    assert interact(fake, model=OMNI, input=[text, *[one] * 6], background=True)[0] == 200
    assert "at most 6" in interact(fake, model=OMNI, input=[text, *[one] * 7], background=True)[1]
    assert interact(fake, model=IMAGE, input=[text, *[one] * 14])[0] == 200
    assert "at most 14" in interact(fake, model=IMAGE, input=[text, *[one] * 15])[1]


def test_a_text_too_long_to_speak_is_refused(fake: FakeGemini) -> None:
    config = {"generationConfig": {"responseModalities": ["AUDIO"]}}
    long = {"contents": [{"parts": [{"text": "word " * 7_000}]}]}
    assert "8192" in generate(fake, {**long, **config}, TTS)[1]


def test_media_are_what_they_say_they_are(fake: FakeGemini) -> None:
    for wrong in (
        {"data": "bm90IGEgcG5n", "mime_type": "image/png"},
        {"data": "%%%", "mime_type": "image/png"},
        {"mime_type": "image/png"},
    ):
        assert interact(fake, input=[{"type": "image", **wrong}])[0] == 400
    assert interact(fake, input=[{"type": "image", "uri": "https://example.org/a.png", "mime_type": "image/png"}])[0] == 400
    assert interact(fake, input=[{"type": "image", "uri": "files/nobody", "mime_type": "image/png"}])[0] == 403


# ── models and keys ─────────────────────────────────────────────────────────────────────────────────────────
def test_models_that_there_are_not_or_not_here_are_not_found(fake: FakeGemini) -> None:
    for model in ("gemini-9", "veo-3.1-generate-preview", "imagen-4", OMNI):
        assert generate(fake, SAID, model)[0] == 404
    assert interact(fake, model="veo-3.1-generate-001")[0] == 404
    status, words = generate(fake, {**SAID, "generationConfig": {"responseModalities": ["IMAGE"]}})
    assert (status, "IMAGE" in words) == (400, True)


def test_a_wrong_key_and_no_key_are_told_apart(fake: FakeGemini) -> None:
    status, read = post(fake, f"/v1/models/{TEXT}:generateContent", SAID, key="AIzaWrong")
    assert (status, read["error"]["details"][0]["reason"]) == (400, "API_KEY_INVALID")
    assert post(fake, f"/v1/models/{TEXT}:generateContent", SAID, key="")[0] == 403
    assert fake.creates() == 0


def test_the_key_is_a_canary_and_every_leak_is_told(fake: FakeGemini) -> None:
    with FakeGemini() as other:
        assert other.key != fake.key
        assert re.fullmatch(r"AIza[\w-]{35}", other.key)
        post(other, f"/v1beta/models/{TEXT}:generateContent?key={other.key}", SAID)
        post(other, f"/v1/models/{TEXT}:generateContent", {"contents": [{"parts": [{"text": f"my key is {other.key}"}]}]})
        assert [each.partition(" of ")[0] for each in other.leaks] == ["in the query", "in the body"]
        assert other.key not in str(other.leaks) + str([(each.headers, each.query, each.path) for each in other.received])
        with pytest.raises(AssertionError, match="the key leaked"):
            other.check()


def test_the_sdk_follows_a_redirect_with_the_key_and_that_is_seen(fake: FakeGemini, client: Any) -> None:
    """What whoever builds on the SDK has to guard against: its clients follow redirects, and take the key along to any server."""
    fake.fault("redirect", times=2)
    for ask in (
        lambda: client.models.generate_content(model=TEXT, contents="Hello."),
        lambda: client.interactions.create(model=TEXT, input="Hello."),
    ):
        with pytest.raises(Exception, match="nothing here"):
            ask()
    assert len(fake.leaks) == 2
    assert all(each.startswith("to another server, with POST /v1/") for each in fake.leaks)
    assert fake.creates() == 0
    fake.leaks.clear()


def test_an_address_on_another_server_is_a_trap_for_keys(fake: FakeGemini, client: Any) -> None:
    fake.fault("foreign-uri")
    job = client.interactions.create(
        model=OMNI, input="A whale.", background=True, response_format={"type": "video", "duration": "3s"}
    )
    fake.later(seconds=1)
    uri = client.interactions.get(job.id).output_video.uri
    assert not uri.startswith(fake.url)
    request = urllib.request.Request(uri, headers={"x-goog-api-key": fake.key})
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(request, timeout=5)
    assert len(fake.leaks) == 1
    fake.leaks.clear()


def test_a_file_may_lie_on_another_server_open_to_all(fake: FakeGemini, client: Any) -> None:
    wanted = {"type": "video", "duration": "3s", "delivery": "uri"}
    job = client.interactions.create(model=OMNI, input="A whale.", background=True, response_format=wanted)
    fake.later(seconds=1)
    uri = client.interactions.get(job.id).output_video.uri
    fake.fault("moved-file")
    assert client.files.download(file=uri)[4:8] == b"ftyp"
    assert len(fake.leaks) == 1, "the SDK alone takes the key along"
    fake.leaks.clear()


def test_newest_names_are_of_the_beta_alone(fake: FakeGemini) -> None:
    assert generate(fake, SAID, "gemini-flash-latest")[0] == 404
    assert post(fake, "/v1beta/models/gemini-flash-latest:generateContent", SAID)[0] == 200


def test_voices_and_annotations_are_those_that_there_are(fake: FakeGemini) -> None:
    def speak(voice: str, note: dict[str, Any]) -> int:
        said = [{"type": "text", "text": "We begin.", "annotations": [{"type": "speech_metadata", **note}]}]
        wanted = {"response_format": {"type": "audio"}, "generation_config": {"speech_config": [{"voice": voice}]}}
        return interact(fake, model=TTS, input=said, **wanted)[0]

    assert speak("Kore", {"style": "softly"}) == 200
    assert speak("Mara", {"style": "softly"}) == 400
    assert speak("Kore", {"mood": "softly"}) == 400


# ── turns ───────────────────────────────────────────────────────────────────────────────────────────────────
def called(client: Any) -> tuple[list[Any], Any]:
    history: list[Any] = [{"role": "user", "parts": [{"text": "What did it cost?"}]}]
    first = client.models.generate_content(model=TEXT, contents=history, config=TOOLS)
    return history, first.candidates[0].content


def result(call: Any, **more: Any) -> dict[str, Any]:
    response = {"id": call.id, "name": call.name, "response": {"result": "$0.48"}, **more}
    return {"role": "user", "parts": [{"function_response": response}]}


def test_a_call_must_come_back_with_its_signature_as_it_was(fake: FakeGemini, client: Any) -> None:
    history, content = called(client)
    call = content.parts[0].function_call
    for signature, words in ((None, "missing a thought_signature"), (b"another", "not valid")):
        part = {"function_call": call.model_dump(exclude_none=True), "thought_signature": signature}
        with pytest.raises(Exception, match=words):
            client.models.generate_content(
                model=TEXT, contents=[*history, {"role": "model", "parts": [part]}, result(call)], config=TOOLS
            )
    assert client.models.generate_content(model=TEXT, contents=[*history, content, result(call)], config=TOOLS).text


def test_results_answer_the_calls_before_them(fake: FakeGemini, client: Any) -> None:
    history, content = called(client)
    call = content.parts[0].function_call
    wrong = (
        [*history, result(call)],
        [*history, content],
        [*history, content, {"role": "user", "parts": [{"text": "Never mind."}]}],
        [*history, content, {"role": "user", "parts": [*result(call)["parts"], *result(call)["parts"]]}],
        [*history, content, result(call, name="another")],
        [*history, content, result(call, id="call_another")],
    )
    for contents in wrong:
        with pytest.raises(Exception, match="function"):
            client.models.generate_content(model=TEXT, contents=contents, config=TOOLS)
    assert fake.creates() == 1


def test_results_of_interactions_answer_open_calls_with_their_thoughts(fake: FakeGemini, client: Any) -> None:
    tools = [{"type": "function", "name": "cost", "description": "What was spent.", "parameters": {"type": "object"}}]
    asked = {"type": "user_input", "content": [{"type": "text", "text": "What did it cost?"}]}
    first = client.interactions.create(model=TEXT, input=[asked], tools=tools)
    thought, call = (each.model_dump(exclude_none=True, mode="json") for each in first.steps)
    good = {"type": "function_result", "call_id": call["id"], "name": "cost", "result": "$0.48"}
    for steps in (
        [asked, call, good],
        [asked, {**thought, "signature": "AAAA"}, call, good],
        [asked, thought, call],
        [asked, thought, call, {**good, "call_id": "call_another"}],
        [asked, thought, call, {**good, "name": "another"}],
        [asked, thought, call, asked],
    ):
        assert interact(fake, input=steps, tools=tools)[0] == 400, steps
    assert interact(fake, input=[good], tools=tools)[0] == 400
    assert interact(fake, input=[asked, thought, call, good], tools=tools)[0] == 200


# ── the server ──────────────────────────────────────────────────────────────────────────────────────────────
def test_many_clients_are_served_at_once_and_none_is_lost(fake: FakeGemini) -> None:
    fake.pause_before_reply = 0.05
    start = threading.Barrier(24)

    def one(number: int) -> int:
        start.wait()
        return generate(fake, {"contents": [{"parts": [{"text": f"Hello {number}."}]}]})[0]

    with ThreadPoolExecutor(24) as pool:
        assert list(pool.map(one, range(24))) == [200] * 24
    assert (fake.creates("text"), fake.distinct_creates("text")) == (24, 24)


def test_a_server_that_stops_lets_nobody_wait(fake: FakeGemini) -> None:
    other = FakeGemini()
    with other:
        other.fault("timeout", times=0)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(generate, other, SAID)
            while not other.received:
                time.sleep(0.005)
            other.stop()
            assert isinstance(waiting.exception(5), OSError | http.client.HTTPException)


def test_a_shell_can_serve_one_with_a_script_and_read_its_counts(tmp_path: Path) -> None:
    script, state = tmp_path / "script.json", tmp_path / "state.json"
    script.write_text(
        json.dumps({"say": ["As scripted.", {"calls": [{"name": "cost"}]}], "faults": [{"name": "503", "on": "video"}]})
    )
    command = [sys.executable, "-m", "glimmer.testing", "--script", str(script), "--state", str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as served:
        assert served.stdout is not None
        told = dict(re.fullmatch(r"export (\w+)=(.*)\n", served.stdout.readline()).groups() for _ in range(2))  # type: ignore[union-attr]
        address = told["GOOGLE_GEMINI_BASE_URL"]
        request = urllib.request.Request(
            f"{address}/v1/models/{TEXT}:generateContent", json.dumps(SAID).encode(), {"x-goog-api-key": told["GEMINI_API_KEY"]}
        )
        with urllib.request.urlopen(request, timeout=10) as reply:
            assert json.load(reply)["candidates"][0]["content"]["parts"][0]["text"] == "As scripted."
        with urllib.request.urlopen(f"{address}/fake/state", timeout=10) as reply:
            assert json.load(reply)["creates"] == {"text": 1}
        assert json.loads(state.read_text())["creates"] == {"text": 1}
        served.send_signal(signal.SIGTERM)
        assert served.wait(10) == 0


def test_a_script_that_is_none_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from glimmer.testing.__main__ import main

    for written in ('{"sat": []}', "[]", '{"faults": ["5O3"]}', "not json"):
        (tmp_path / "script.json").write_text(written)
        assert main(["--script", str(tmp_path / "script.json")]) == 2
    assert 'no fault "5O3"' in capsys.readouterr().err


def test_the_page_works_as_it_is_written() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "fake_gemini.md").read_text(encoding="utf-8")
    first, fixture = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(first, {})
    exec(fixture, {})
