"""What no Gemini should answer, and some proxy some day will: odd limits, redirects, answers without an end."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from glimmer.errors import ModelError, OutcomeUnknown
from glimmer.models.gemini import door as doors
from glimmer.models.gemini.door import Door, Medium

Answer = tuple[int, dict[str, str], bytes]
GOOD = {"candidates": [{"content": {"role": "model", "parts": [{"text": "Here."}]}, "finishReason": "STOP"}]}
SAID = [{"role": "user", "parts": [{"text": "Where?"}]}]


class Odd(ThreadingHTTPServer):
    """Answers what stands in `answers`, one after the other."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = []
        self.seen: list[tuple[str, str, str]] = []  # method, path, key

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that reads no further is what is tested here."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        assert isinstance(self.server, Odd)
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.seen.append((self.command, self.path, self.headers.get("x-goog-api-key") or ""))
        status, headers, body = self.server.answers.pop(0)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def server() -> Iterator[Odd]:
    with Odd() as odd:
        threading.Thread(target=odd.serve_forever, daemon=True).start()
        yield odd
        odd.shutdown()


@pytest.fixture(scope="module")
def door(server: Odd) -> Door:
    return Door({"GEMINI_API_KEY": "AIzaOddServersKey00000000000000000000000", "GOOGLE_GEMINI_BASE_URL": server.url})


@pytest.fixture
def odd(server: Odd) -> Odd:
    server.seen.clear()
    return server


def ok() -> Answer:
    return 200, {"Content-Type": "application/json"}, json.dumps(GOOD).encode()


def limit(details: object, **headers: str) -> Answer:
    return 429, headers, json.dumps({"error": {"code": 429, "message": "slow down", "details": details}}).encode()


@pytest.mark.parametrize(
    "first",
    [
        limit(True, **{"Retry-After": "0.05"}),
        limit([None, {"violations": 3}, {"retryDelay": "0.05s"}]),
        limit({"retryDelay": "soon"}, **{"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}),
    ],
)
def test_a_limit_is_one_whatever_its_details(odd: Odd, door: Door, first: Answer) -> None:
    odd.answers[:] = [first, ok()]
    assert door.generate("gemini-3.8-flash", contents=SAID).text == "Here."
    assert len(odd.seen) == 2


def test_a_paid_request_is_never_redirected(odd: Odd, door: Door) -> None:
    for status in (301, 302, 303, 307, 308):
        odd.answers[:] = [(status, {"Location": f"{odd.url}/elsewhere"}, b""), ok()]
        odd.seen.clear()
        with pytest.raises(ModelError):
            door.generate("gemini-3.8-flash", contents=SAID)
        with pytest.raises(OutcomeUnknown):
            odd.answers[:] = [(status, {"Location": f"{odd.url}/elsewhere"}, b""), ok()]
            door.interact("gemini-nano-banana-2.1", input="A whale.")
        assert [method for method, _, _ in odd.seen] == ["POST", "POST"]


def test_a_download_follows_its_server_and_takes_the_key_nowhere_else(odd: Odd, door: Door) -> None:
    medium = Medium(media_type="video/mp4", uri="files/abc")
    odd.answers[:] = [(302, {"Location": "/there"}, b""), (200, {}, b"film")]
    assert door.download(medium) == b"film" and [path for _, path, _ in odd.seen] == ["/v1/files/abc:download?alt=media", "/there"]
    away = f"http://localhost:{odd.server_port}/away"
    odd.answers[:] = [(302, {"Location": away}, b""), (200, {}, b"film")]
    odd.seen.clear()
    with pytest.raises(ModelError, match="https"):
        door.download(medium)
    assert len(odd.seen) == 1  # nobody asked there, with the key or without


def test_an_answer_that_is_too_big_is_left_unread(odd: Odd, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "_ANSWER_BYTES", 10_000)
    odd.answers[:] = [(200, {"Content-Type": "application/json"}, b" " * 100_000)]
    with pytest.raises(ModelError, match="10,000"):
        door.follow("v1_x", model="gemini-omni-1.2-flash")
