"""The server's mouth and ears: HTTP/1.1 on loopback, a thread a connection, and every way in which a reply can fail to arrive.

Knows nothing of Gemini: it hands an Incoming to `answer` and sends the Reply. No Nagle: without TCP_NODELAY each reply waits 40 ms.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Literal
from urllib.parse import parse_qs, urlsplit

__all__ = ["Incoming", "Reply", "Server", "json_reply"]

MOST_BODY_BYTES: Final = 256 * 1024**2
Ending = Literal["", "cut", "reset", "hang"]


@dataclass(frozen=True)
class Incoming:
    """A request as it came. headers are in small letters."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What goes back. events: (seconds to wait, bytes) of a stream, in place of a body.

    ending: "cut" sends half of the body (or all of the events) and breaks off, "reset" sends nothing and resets, "hang" never answers.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)
    events: Sequence[tuple[float, bytes]] | None = None
    ending: Ending = ""
    wait: float = 0.0  # before the first byte


def json_reply(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(body, ensure_ascii=False).encode(), headers=headers or {})


class Server:
    """Serves on 127.0.0.1 in threads of its own, until `stop`."""

    def __init__(self, answer: Callable[[Incoming], Reply], port: int = 0) -> None:
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._http = _Http(("127.0.0.1", port), _handler(answer, self))
        self.port = int(self._http.server_address[1])
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), name="fake-gemini", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Close the door and every connection. Does nothing the second time."""
        if self.closing.is_set():
            return
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        with self._lock:
            still_open = list(self._open)
        for each in still_open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def hang(self, connection: socket.socket) -> None:
        """Until the other side gives up, or the server stops."""
        while not self.closing.is_set():
            readable, _, _ = select.select([connection], [], [], 0.05)
            if readable:
                return

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.closing.wait(seconds)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    block_on_close = False  # a thread that hangs on purpose must not hold the others

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


def _handler(answer: Callable[[Incoming], Reply], server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 600

        def setup(self) -> None:
            super().setup()
            server.opened(self.connection)

        def finish(self) -> None:
            server.closed(self.connection)
            with contextlib.suppress(OSError, ValueError):
                super().finish()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: a log would hold what the tests look for."""

        def _serve(self) -> None:
            split = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(split.query, keep_blank_values=True).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self._read_body(headers)
            reply = answer(Incoming(self.command, split.path, query, headers, body))
            self._send(reply)

        do_GET = do_POST = do_DELETE = do_PATCH = do_PUT = do_HEAD = _serve  # the names http.server looks for

        def _read_body(self, headers: dict[str, str]) -> bytes:
            if headers.get("transfer-encoding", "").lower() == "chunked":
                return b"".join(iter(self._chunk, b""))
            length = int(headers.get("content-length") or 0)
            if length > MOST_BODY_BYTES:
                self.close_connection = True
                return b""
            return self.rfile.read(length) if length else b""

        def _chunk(self) -> bytes:
            size = int(self.rfile.readline().partition(b";")[0] or b"0", 16)
            chunk = self.rfile.read(size)
            self.rfile.readline()
            return chunk

        def _send(self, reply: Reply) -> None:
            server.sleep(reply.wait)
            if reply.ending == "hang":
                server.hang(self.connection)
            if reply.ending in ("hang", "reset"):
                self._break(reset=reply.ending == "reset")
            elif reply.events is not None:
                self._send_events(reply)
            else:
                self._send_body(reply)

        def _send_body(self, reply: Reply) -> None:
            head = self._head(reply, {"Content-Length": str(len(reply.body))})
            if reply.ending == "cut":
                self._out(head + reply.body[: len(reply.body) // 2])
                self._break(reset=False)
                return
            self._out(head if self.command == "HEAD" else head + reply.body)

        def _send_events(self, reply: Reply) -> None:
            self._out(self._head(reply, {"Transfer-Encoding": "chunked"}))
            for pause, event in reply.events or ():
                server.sleep(pause)
                if server.closing.is_set() or not self._out(b"%x\r\n%b\r\n" % (len(event), event)):
                    self._break(reset=False)
                    return
            if reply.ending == "cut":
                self._break(reset=False)
            else:
                self._out(b"0\r\n\r\n")

        def _head(self, reply: Reply, more: dict[str, str]) -> bytes:
            lines = [f"HTTP/1.1 {reply.status} {self.responses.get(reply.status, ('Unknown',))[0]}"]
            named = {"Date": self.date_time_string(), "Content-Type": reply.content_type, **more, **reply.headers}
            return ("\r\n".join([*lines, *(f"{name}: {value}" for name, value in named.items())]) + "\r\n\r\n").encode("latin-1")

        def _out(self, written: bytes) -> bool:
            try:
                self.wfile.write(written)
            except OSError:
                self.close_connection = True
                return False
            return True

        def _break(self, *, reset: bool) -> None:
            self.close_connection = True
            with contextlib.suppress(OSError):
                if reset:  # no lingering: the kernel sends RST
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    os.close(self.connection.detach())  # close() would wait for the files made of it
                else:
                    self.connection.shutdown(socket.SHUT_RDWR)

    return Handler
