"""A server that is legal and no more: its words are "string", its pictures have another size, its songs last five seconds.

Written from what Gemini's two APIs say on the wire alone, not from our own fake: whole films must come of it, and no fault of a look or of
a download may pay for anything twice.
"""

from __future__ import annotations

import base64
import io
import json
import threading
import wave
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

import glimmer as gl

KEY = "canary-0f8e1c77"


def _picture() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((300, 200)).convert("RGB").save(out, "PNG")
    return out.getvalue()


def _clip() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as media:
        stream = media.add_stream("mpeg4", rate=12)
        stream.width, stream.height, stream.pix_fmt = 192, 108, "yuv420p"
        for at in range(36):
            frame = av.VideoFrame.from_ndarray(np.roll(np.tile(np.arange(192, dtype=np.uint8), (108, 1)), at, 1), "gray")
            media.mux(stream.encode(frame.reformat(format="yuv420p")))
        media.mux(stream.encode())
    return out.getvalue()


def _sound(seconds: float, rate_hz: int) -> bytes:
    times = np.arange(int(seconds * rate_hz)) / rate_hz
    return (np.sin(times * 2_000) * 6_000).astype("<i2").tobytes()


def _wav(seconds: float, rate_hz: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(_sound(seconds, rate_hz))
    return out.getvalue()


def filled(schema: dict[str, Any], word: str, *, empty_lists: bool) -> Any:
    """The dumbest value that obeys a schema."""
    if schema.get("enum"):
        return schema["enum"][0]
    if schema.get("anyOf"):
        return filled(schema["anyOf"][0], word, empty_lists=empty_lists)
    kind = str(schema.get("type", "string")).lower()
    if kind == "object":
        return {name: filled(each, word, empty_lists=empty_lists) for name, each in schema.get("properties", {}).items()}
    if kind == "array":
        return [] if empty_lists else [filled(schema.get("items", {}), word, empty_lists=empty_lists)]
    return {"integer": 1, "number": 1, "boolean": True}.get(kind, word)


class Dumb(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.word, self.words, self.empty_lists, self.by_uri, self.l16, self.calls_tools = "string", "", False, True, True, True
        self.faults: dict[str, list[str]] = {}
        self.creates: list[tuple[str, str]] = []
        self.jobs: dict[str, dict[str, Any]] = {}
        self.looks: dict[str, int] = {}
        self.clip, self.picture = _clip(), _picture()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def fault(self, kind: str) -> str:
        return self.faults[kind].pop(0) if self.faults.get(kind) else ""


class _Answers(BaseHTTPRequestHandler):
    server: Dumb
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *words: object) -> None:
        """Nothing is written."""

    def _say(self, body: object, code: int = 200, media_type: str = "application/json") -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        asked = json.loads(raw)
        assert self.headers["x-goog-api-key"] == KEY
        if self.path.endswith("/interactions"):
            self._interaction(asked, raw)
            return
        self.server.creates.append(("text", raw.decode()))
        reply = {"candidates": [{"content": {"role": "model", "parts": [self._part(asked)]}, "finishReason": "STOP"}]}
        if ":streamGenerateContent" in self.path:
            self._say(f"data: {json.dumps(reply)}\r\n\r\n".encode(), media_type="text/event-stream")
        else:
            self._say(reply)

    def _part(self, asked: dict[str, Any]) -> dict[str, Any]:
        config = asked.get("generationConfig", {})
        schema = config.get("responseJsonSchema") or config.get("response_json_schema") or config.get("responseSchema")
        if schema:
            return {"text": json.dumps(filled(schema, self.server.word, empty_lists=self.server.empty_lists))}
        answered = "functionResponse" in json.dumps(asked["contents"][-1])
        if asked.get("tools") and self.server.calls_tools and not answered:
            tool = asked["tools"][0]["functionDeclarations"][0]
            schema = tool.get("parameters_json_schema") or tool.get("parametersJsonSchema") or {}
            return {"functionCall": {"name": tool["name"], "args": filled(schema, self.server.word, empty_lists=False)}}
        return {"text": self.server.words or "Hello from the model."}

    def _interaction(self, asked: dict[str, Any], raw: bytes) -> None:
        kind = "music" if "lyria" in asked["model"] else asked.get("response_format", {}).get("type", "text")
        self.server.creates.append((kind, raw.decode()))
        name = f"v1_{len(self.server.creates)}"
        steps = [{"type": "thought"}, {"type": "model_output", "content": [self._medium(kind)]}]
        done = {"id": name, "status": "completed", "model": asked["model"], "steps": steps}
        if asked.get("background"):
            self.server.jobs[name] = done
            done = {"id": name, "status": "in_progress"}
        self._say(done)

    def _medium(self, kind: str) -> dict[str, Any]:
        if kind == "video" and self.server.by_uri:
            uri = "https://generativelanguage.googleapis.com/v1/files/clip1:download?alt=media"
            return {"type": "video", "mime_type": "video/mp4", "uri": uri}
        content, media_type = {
            "video": (self.server.clip, "video/mp4"),
            "image": (self.server.picture, "image/png"),
            "music": (_wav(5.0, 44_100), "audio/wav"),
            "audio": (_sound(1.2, 24_000), "audio/L16;codec=pcm;rate=24000")
            if self.server.l16
            else (_wav(1.2, 24_000), "audio/wav"),
        }[kind]
        shown = "audio" if kind == "music" else kind
        return {"type": shown, "mime_type": media_type, "data": base64.b64encode(content).decode()}

    def do_GET(self) -> None:
        name = self.path.split("?")[0].rpartition("/")[2]
        kind = "look" if "/interactions/" in self.path else "download"
        fault = self.server.fault(kind)
        if fault in ("404", "503"):
            self._say({"error": {"code": int(fault), "message": "not now", "status": "X"}}, int(fault))
        elif fault:
            self._say(self.server.clip[:900] if fault == "half" else b"<html>Please log in</html>", media_type="text/html")
        elif kind == "download":
            self._say(self.server.clip, media_type="video/mp4")
        else:
            self.server.looks[name] = self.server.looks.get(name, 0) + 1
            self._say({"id": name, "status": "in_progress"} if self.server.looks[name] < 3 else self.server.jobs[name])


@pytest.fixture
def dumb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dumb]:
    server = Dumb()
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", f"http://127.0.0.1:{server.server_port}")
    yield server
    server.shutdown()
    server.server_close()


SPOKEN = "INT. KITCHEN - DAY\n\nMARA (old) looks up.\n\nMARA\nHello there.\n\nShe closes the door."


@pytest.mark.parametrize(
    "manner",
    [
        {"word": "string"},
        {"word": "lorem ipsum dolor sit amet " * 9, "by_uri": False, "l16": False, "words": SPOKEN},
        {"word": "", "empty_lists": True, "words": SPOKEN},
    ],
    ids=["strings", "long words, media inline", "nothing"],
)
def test_a_whole_film_comes_of_the_dumbest_legal_answers(dumb: Dumb, tmp_path: Path, manner: dict[str, Any]) -> None:
    for name, value in manner.items():
        setattr(dumb, name, value)
    film = gl.Project("Dumb", studio=tmp_path)
    script = film.agents.screenplay.draft(gl.Idea("A keeper teaches a whale to sing.", seconds=10))
    film.agents.character.design(script)
    film.agents.audio.voice(script)
    film.agents.video.shoot(script)
    film.agents.audio.ambience(script)
    film.agents.music.score(script)
    cut = film.agents.assembly.draft(script)
    if manner["word"] == "string":  # one of them is rendered, the others would be no other film to the renderer
        job = film.render(cut, preset="draft")
        job.wait()
        assert job.result.frames > 24
    assert not film.unsettled.rows and len(set(dumb.creates)) == len(dumb.creates)
    assert any("the blueprint" in str(notice) for notice in film.notices)  # what was not as asked is said
    assert KEY not in repr(film) + "".join(map(str, film.notices))


def test_a_model_that_calls_the_first_tool_and_only_talks_breaks_no_conversation(dumb: Dumb, tmp_path: Path) -> None:
    film = gl.Project("Talk", studio=tmp_path)
    film.screenplays.add(SPOKEN)
    message = film.chat("Make scene 1 foggy.", allow_usd=2.0)
    assert message.text == "Hello from the model." and len(message.calls) == 1
    assert {kind for kind, _ in dumb.creates} == {"text"}


@pytest.mark.parametrize("fault", ["look 404", "look html", "download 404", "download half", "download html"])
def test_no_look_and_no_download_that_fails_pays_for_a_clip_again(dumb: Dumb, tmp_path: Path, fault: str) -> None:
    kind, what = fault.split()
    dumb.faults[kind] = [what, what]
    film = gl.Project("Faults", studio=tmp_path)
    script = film.screenplays.add("INT. KITCHEN - DAY\n\nA cup falls.")
    film.agents.video.shoot(script, stills=False)
    film.agents.video.shoot(script, stills=False)
    assert [kind for kind, _ in dumb.creates] == ["video"] and not film.unsettled.rows
    assert not dumb.faults[kind]


def test_a_clip_that_stays_broken_is_left_to_be_fetched_and_not_filmed_again(dumb: Dumb, tmp_path: Path) -> None:
    dumb.faults["download"] = ["html"] * 3
    film = gl.Project("Portal", studio=tmp_path)
    script = film.screenplays.add("INT. KITCHEN - DAY\n\nA cup falls.")
    with pytest.raises(gl.errors.ModelError, match="fetched again"):
        film.agents.video.shoot(script, stills=False)
    film.agents.video.shoot(script, stills=False)
    assert len(dumb.creates) == 1 and not film.unsettled.rows and film.spent_usd > 0


def test_a_job_that_is_gone_for_good_counts_as_spent(dumb: Dumb, tmp_path: Path) -> None:
    dumb.faults["look"] = ["404"] * 5
    film = gl.Project("Gone", studio=tmp_path)
    script = film.screenplays.add("INT. KITCHEN - DAY\n\nA cup falls.")
    with pytest.raises(gl.errors.ModelError, match="knows it no more") as met:
        film.agents.video.shoot(script, stills=False)
    assert "Nothing was spent" not in str(met.value) and film.spent_usd > 0.05
