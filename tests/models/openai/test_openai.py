"""Any OpenAI-compatible server: text, talk with tools, pictures, speech, and each way in which it fails, over a real socket."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
import soundfile
from PIL import Image

import glimmer as gl
from glimmer.errors import Blocked, ModelError, PriceUnknown, QuotaExceeded, SettingsError, Truncated
from glimmer.models.interface import CastBrief, ShotRequest, SpeechRequest, TextRequest, Voice
from glimmer.models.openai import OpenAIModels
from glimmer.models.openai.server import Server
from glimmer.models.talking import Part, TalkMessage, TalkRequest, ToolSpec


class Fake(ThreadingHTTPServer):
    """Answers as it is told to: `next` holds (status, body), else something sensible."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.next: list[tuple[int, bytes]] = []
        self.asked: list[tuple[str, dict[str, Any], str]] = []
        self.text = "A plain answer."
        self.finish = "stop"
        self.events: list[Any] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Fake

    def do_GET(self) -> None:
        self._say(200, json.dumps({"data": [{"id": "small-model"}]}).encode())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, body, self.headers.get("Authorization", "")))
        if self.server.next:
            self._say(*self.server.next.pop(0))
        elif self.path.endswith("/images/generations"):
            sink = io.BytesIO()
            Image.new("RGB", (96, 64), "#406080").save(sink, "PNG")
            self._say(200, json.dumps({"data": [{"b64_json": base64.b64encode(sink.getvalue()).decode()}]}).encode())
        elif self.path.endswith("/audio/speech"):
            sink = io.BytesIO()
            tone = np.sin(np.arange(24_000) / 20) * 0.2 * (np.arange(24_000) % 6_000 < 4_000)
            soundfile.write(sink, tone, 24_000, format="WAV")
            self._say(200, sink.getvalue(), "audio/wav")
        elif body.get("stream"):
            told = "".join(f"data: {each if isinstance(each, str) else json.dumps(each)}\n\n" for each in self.server.events)
            self._say(200, told.encode(), "text/event-stream")
        else:
            choice = {"message": {"content": self.server.text}, "finish_reason": self.server.finish}
            usage = {"prompt_tokens": 1_000, "completion_tokens": 2_000}
            self._say(200, json.dumps({"choices": [choice], "usage": usage}).encode())

    def _say(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def fake() -> Iterator[Fake]:
    server = Fake()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def models(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> OpenAIModels:
    monkeypatch.setenv("GLIMMER_OPENAI_IMAGE", "painter")
    monkeypatch.setenv("GLIMMER_OPENAI_SPEECH", "speaker")
    return OpenAIModels(fake.url)


def delta(finish: str | None = None, **said: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": said, "finish_reason": finish}]}


def test_text_is_answered_by_the_first_model_that_the_server_lists_and_costs_nothing_on_ones_own_machine(
    fake: Fake, models: OpenAIModels
) -> None:
    request = TextRequest(purpose="x", words="Say it.")
    made = models.text.answer(request)
    assert made.media == b"A plain answer." and made.usd == 0 and made.tokens_out == 2_000
    assert fake.asked[0][1]["model"] == "small-model" and models.text.estimate(request).high_usd == 0  # type: ignore[attr-defined]


def test_json_is_checked_and_its_fence_taken_off(fake: Fake, models: OpenAIModels) -> None:
    request = TextRequest(purpose="x", words="Say it.", answer_schema='{"type": "object"}')
    fake.text = '```json\n{"a": 1}\n```'
    assert models.text.answer(request).media == b'{"a": 1}'
    fake.text = "no json"
    with pytest.raises(ModelError, match="is no JSON"):
        models.text.answer(request)


@pytest.mark.parametrize(
    ("finish", "text", "error"), [("length", "half", Truncated), ("content_filter", "", Blocked), ("stop", "  ", ModelError)]
)
def test_an_answer_that_is_not_whole_is_never_taken_for_one(
    fake: Fake, models: OpenAIModels, finish: str, text: str, error: type[ModelError]
) -> None:
    fake.finish, fake.text = finish, text
    with pytest.raises(error):
        models.text.answer(TextRequest(purpose="x", words="Say it."))


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (429, b'{"error": {"message": "slow down"}}', QuotaExceeded, "slow down"),
        (401, b'{"error": {"message": "bad key sk-canary-0123456789"}}', ModelError, "OPENAI_API_KEY"),
        (404, b"not here", ModelError, "answers 404: not here"),
        (500, b"", ModelError, "nothing said"),
        (200, b"<html>", ModelError, "no JSON object"),
    ],
)
def test_every_refusal_is_told_in_words_without_the_key(
    fake: Fake, models: OpenAIModels, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes, error: type[ModelError], words: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-0123456789")
    fake.next = [(status, body)]
    with pytest.raises(error, match=words) as told:
        models.text.answer(TextRequest(purpose="x", words="Say it."))
    assert "canary" not in str(told.value) and fake.asked[0][2] == "Bearer sk-canary-0123456789" and len(fake.asked) == 1


def test_talk_streams_words_calls_tools_and_sends_results_back(fake: Fake, models: OpenAIModels) -> None:
    call = {"index": 0, "id": "c1", "function": {"name": "tide", "arguments": '{"pla'}}
    rest = {"index": 0, "function": {"arguments": 'ce": "Dover"}'}}
    fake.events = [
        delta(content="Let me "),
        delta(content="look."),
        delta(tool_calls=[call]),
        delta(tool_calls=[rest]),
        delta("tool_calls"),
        "[DONE]",
    ]
    tool = ToolSpec(name="tide", description="When.", parameters={"type": "object", "properties": {}})
    person = TalkMessage(role="user", parts=(Part(text="When?"),))
    heard: list[str] = []
    reply = models.talk.talk(TalkRequest(messages=(person,), tools=(tool,)), heard.append)
    assert heard == ["Let me ", "look."] and reply.outcome == "ok" and reply.message.text == "Let me look."
    assert [(each.name, each.arguments) for each in reply.message.calls] == [("tide", {"place": "Dover"})]
    result = TalkMessage(role="user", parts=(Part(kind="result", id="c1", name="tide", result={"text": "six"}),))
    fake.events = [delta(content="At six."), delta("stop"), "[DONE]"]
    assert models.talk.talk(TalkRequest(messages=(person, reply.message, result))).message.text == "At six."
    sent = fake.asked[-1][1]["messages"]
    assert [each["role"] for each in sent] == ["user", "assistant", "tool"] and sent[2]["tool_call_id"] == "c1"


def test_a_stream_that_ends_early_keeps_what_came_and_says_so(fake: Fake, models: OpenAIModels) -> None:
    fake.events = [delta(content="Half a sen")]
    reply = models.talk.talk(TalkRequest(messages=(TalkMessage(role="user", parts=(Part(text="Go."),)),)))
    assert reply.outcome == "interrupted" and reply.message.text == "Half a sen"


def test_pictures_have_the_asked_size_and_lines_their_words(fake: Fake, models: OpenAIModels) -> None:
    made = models.artist.shot(ShotRequest(action="A gull lands.", width_px=320, height_px=180))
    assert Image.open(io.BytesIO(made.media)).size == (320, 180)
    voice = models.speech.cast(CastBrief(name="MARA", gender="woman"), taken=[Voice(name="nova")])
    assert voice.name == "shimmer"
    line = models.speech.speak(SpeechRequest(text="Do you hear it?", voice=voice))
    sound, rate = soundfile.read(io.BytesIO(line.media))
    assert rate == 48_000 and sound.ndim == 1 and [word.word for word in line.words] == ["Do", "you", "hear", "it?"]


def test_a_server_elsewhere_needs_prices_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    request = TextRequest(purpose="x", words="Say it.")
    monkeypatch.setattr(Server, "is_own", False)  # as for any address that is not this machine's or a private network's
    monkeypatch.setenv("GLIMMER_OPENAI_TEXT", "big")
    with pytest.raises(PriceUnknown, match="GLIMMER_OPENAI_USD"):
        OpenAIModels("https://models.example/v1").text.estimate(request)  # type: ignore[attr-defined]
    monkeypatch.setenv("GLIMMER_OPENAI_USD", "text_in=1,text_out=2")
    estimate = OpenAIModels("https://models.example/v1").text.estimate(request)  # type: ignore[attr-defined]
    assert 0 < estimate.low_usd < estimate.expected_usd < estimate.high_usd < 0.02


@pytest.mark.parametrize("address", ["ftp://x/v1", "http://user:word@host/v1", "nonsense", "http://"])
def test_an_impossible_address_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(SettingsError, match="expected openai:http") as told:
        Server(address)
    assert "word" not in str(told.value).replace("password", "")


def test_a_whole_film_is_opened_on_such_a_server(fake: Fake, models: OpenAIModels, tmp_path: Any) -> None:
    film = gl.Project("Own server", studio=tmp_path, models=f"openai:{fake.url}")
    script = film.screenplays.add("INT. ROOM - DAY\n\nA man waits.\n\nMAN\nHello there.\n")
    film.agents.character.design(script)
    film.agents.video.shoot(script)
    film.agents.audio.voice(script)
    used = film.video["1A"].used
    assert used is not None and used.model == "openai:painter" and film.audio["1"].used is not None
    assert "painter" in film.models.note and film.store.spent()[1] == 0
