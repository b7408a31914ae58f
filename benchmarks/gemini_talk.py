"""What a turn of conversation costs beside the bare SDK, and how soon the first word is handed on. Run: python benchmarks/gemini_talk.py

Both speak to the same server on loopback with the same history, tools and answer of eight pieces; the figures are of this process's
own thread (its CPU), and of the clock. The server is in this process, so the clock has its work in it, twice alike.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final

from google import genai
from google.genai import types

from glimmer.models.gemini.door import Door
from glimmer.models.gemini.talk import GeminiTalk
from glimmer.models.talking import Part, TalkMessage, TalkRequest, ToolSpec
from glimmer.testing import FakeGemini

MODEL: Final = "gemini-3.8-flash"
PIECES: Final = ["The ", "keeper ", "of ", "the ", "light ", "climbs ", "the ", "stairs."]
WORDS: Final = "the keeper of the light teaches a lost whale to sing beneath the slow turning of the lamp " * 6
TOOLS: Final = tuple(
    ToolSpec(
        name=f"tool_{number}",
        description="Does one of the things that a film is made of. " * 4,
        parameters={"type": "object", "properties": {name: {"type": "string"} for name in ("scene", "shot")}, "required": ["shot"]},
    )
    for number in range(12)
)


def history(turns: int) -> tuple[TalkMessage, ...]:
    """Of 100 words a message."""
    spoken = types.Content(role="model", parts=[types.Part(text=WORDS)]).model_dump_json(by_alias=True, exclude_none=True)
    person = TalkMessage(role="user", parts=(Part(text=WORDS),))
    model = TalkMessage(role="model", parts=(Part(text=WORDS),), model=MODEL, native=spoken)
    return (*(model if turn % 2 else person for turn in range(turns)), TalkMessage(role="user", parts=(Part(text="Go on."),)))


def bare(client: genai.Client, messages: tuple[TalkMessage, ...]) -> None:
    """A turn as the SDK's own users write it."""
    contents: Any = [types.Content(role=each.role, parts=[types.Part(text=each.text)]) for each in messages]
    told: list[types.FunctionDeclaration] = [
        types.FunctionDeclaration(name=tool.name, description=tool.description, parameters_json_schema=tool.parameters)
        for tool in TOOLS
    ]
    config = types.GenerateContentConfig(
        system_instruction="You make films.",
        max_output_tokens=8_192,
        tools=[types.Tool(function_declarations=told)],
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
    )
    for piece in client.models.generate_content_stream(model=MODEL, contents=contents, config=config):
        _ = piece.text


def hear(piece: str) -> None:
    """A reader who does nothing with it."""


def measured(fake: FakeGemini, turn: Callable[[], object], times: int) -> tuple[float, float]:
    """Milliseconds a turn, the middle one: by the clock, and of this thread's CPU."""
    clock, cpu = [], []
    for _ in range(times):
        fake.say(chunks=PIECES)
        began, spent = time.perf_counter(), time.thread_time()
        turn()
        clock.append((time.perf_counter() - began) * 1e3)
        cpu.append((time.thread_time() - spent) * 1e3)
    return statistics.median(clock), statistics.median(cpu)


class Slow(BaseHTTPRequestHandler):
    """A server that says a sentence word by word, and notes when it had sent each."""

    protocol_version = "HTTP/1.1"
    sent: ClassVar[list[float]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for at, piece in enumerate(PIECES):
            told: dict[str, Any] = {"content": {"role": "model", "parts": [{"text": piece}]}, "index": 0}
            if at == len(PIECES) - 1:
                told["finishReason"] = "STOP"
            event = f"data: {json.dumps({'candidates': [told]})}\r\n\r\n".encode()
            self.wfile.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")
            self.wfile.flush()
            self.sent.append(time.perf_counter())
            time.sleep(0.02)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def first_words(times: int = 30) -> list[float]:
    """Milliseconds from when the server had sent the first word of a reply to when its reader gets it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    server.RequestHandlerClass.disable_nagle_algorithm = True  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    talker = GeminiTalk(door=Door({"GEMINI_API_KEY": "x" * 20, "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{server.server_port}"}))
    request = TalkRequest(messages=history(0))
    found = []
    for _ in range(times + 2):
        heard: list[float] = []
        Slow.sent.clear()
        talker.talk(request, lambda piece, heard=heard: heard.append(time.perf_counter()))  # type: ignore[misc]
        found.append((heard[0] - Slow.sent[0]) * 1e3)
    server.shutdown()
    return found[2:]  # the first two open the connection


def main() -> None:
    with FakeGemini() as fake:
        client = genai.Client(api_key=fake.key, http_options=types.HttpOptions(base_url=fake.url))
        talker = GeminiTalk(door=Door(fake.environment()))
        print("turns   bare SDK: clock, CPU      Glimmer: clock, CPU     ours beyond it, CPU (ms)")
        for turns in (0, 20, 200):
            messages = history(turns)
            request = TalkRequest(system="You make films.", messages=messages, tools=TOOLS)
            times = 12 if turns > 100 else 40
            for _ in range(2):  # the first round warms both up
                theirs = measured(fake, partial(bare, client, messages), times)
                ours = measured(fake, partial(talker.talk, request, hear), times)
            print(f"{turns:5d}   {theirs[0]:8.1f} {theirs[1]:8.1f}   {ours[0]:14.1f} {ours[1]:8.1f} {ours[1] - theirs[1]:16.1f}")
    waits = first_words()
    print(
        f"the first word reaches its reader {statistics.median(waits):.1f} ms after the server sent it; the worst of {len(waits)}: {max(waits):.1f} ms"
    )


if __name__ == "__main__":
    main()
