"""The wire: the HTTP client that google-genai is given, so that the door knows what truly left and can bound what comes back.

Hooks of the client, not guesses from exceptions, say whether the first byte of a request was written: an error before that was surely
not sent. The same hooks tell the watch `submitting` at that very moment, let exactly one request through for a paid call whatever the
SDK would like to repeat, set each request's timeouts, and stop an answer that drips, never ends, or is too big.

Imported only when something is about to be sent: httpx2 comes with google-genai.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final

import httpx2

from glimmer.errors import ModelError
from glimmer.models.watching import the_watch

__all__ = ["Passage", "http_client", "passing"]

CONNECT_SECONDS: Final = 10.0
_TAIL_BYTES: Final = 4_096  # of an answer, kept to read what the SDK drops
_CONNECTIONS: Final = 32
_KEY_HEADERS: Final = ("x-goog-api-key", "authorization")


@dataclass
class Passage:
    """One call on its way out and back."""

    paid: bool = False
    read_seconds: float = 60.0  # the longest silence
    total_seconds: float = 1_800.0
    most_bytes: int = 64 * 1024**2
    left: bool = False  # whether a byte of the request was written
    answering: bool = False  # whether a usable piece of the answer has come: from here on nothing can be a refusal
    trouble: Exception | None = None  # an error of our own that the SDK may have wrapped in one of its
    trouble_at: TracebackType | None = None  # where it was raised, without the SDK's frames, which hold the key
    requests: int = 0
    tail: bytearray = field(default_factory=bytearray, repr=False)  # a server may say the key in it
    started: float = field(default_factory=time.monotonic)
    host: str = ""
    response: httpx2.Response | None = None

    def leaves(self) -> None:
        """The first byte is about to be written."""
        if self.paid and not self.left:
            the_watch().submitting()
        self.left = True

    def fail(self, error: Exception) -> None:
        """Remember an error that is ours, on its way out through the SDK."""
        if self.trouble is None:
            self.trouble, self.trouble_at = error, error.__traceback__

    def close(self) -> None:
        """Give the connection back, also where an answer was left half read."""
        if self.response is not None:
            self.response.close()
            self.response = None


_passage: ContextVar[Passage] = ContextVar("glimmer_gemini_passage")


@contextmanager
def passing(passage: Passage) -> Iterator[Passage]:
    """Let what is sent inside be this passage's."""
    token = _passage.set(passage)
    try:
        yield passage
    finally:
        _passage.reset(token)
        passage.close()


def http_client() -> httpx2.Client:
    """The client that every byte goes through. Reads the proxies and certificates of the environment, as any other."""
    return httpx2.Client(
        timeout=httpx2.Timeout(60.0, connect=CONNECT_SECONDS),
        limits=httpx2.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS),
        follow_redirects=True,  # downloads are redirected to where the file lies; `_departs` lets nothing else be
        max_redirects=4,
        event_hooks={"request": [_departs], "response": [_arrives]},
    )


def _departs(request: httpx2.Request) -> None:
    passage = _passage.get(None) or Passage()
    try:
        passage.requests += 1
        if passage.paid and passage.requests > 1:
            raise ModelError("the server sent a paid request elsewhere (a redirect), which is not followed.", kind="unknown")
        _keep_the_key(request, passage)
        request.headers["accept-encoding"] = "identity"  # so that a limit on bytes is one on what they unpack to
        request.extensions["timeout"] = {
            "connect": CONNECT_SECONDS,
            "read": passage.read_seconds,
            "write": passage.read_seconds,
            "pool": passage.read_seconds,
        }
        request.extensions["trace"] = _Trace(passage)
    except Exception as error:
        passage.fail(error)
        raise


class _Trace:
    """Hears of each step of one request."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage

    def __call__(self, step: str, facts: Mapping[str, Any]) -> None:
        if not step.endswith("send_request_headers.started"):
            return
        try:
            self._passage.leaves()
        except Exception as error:
            self._passage.fail(error)
            raise


def _keep_the_key(request: httpx2.Request, passage: Passage) -> None:
    """The key goes to the host that the call was for, and to no other that a redirect names."""
    host = request.url.host
    if not passage.host:
        passage.host = host
    elif host != passage.host:
        for name in _KEY_HEADERS:
            request.headers.pop(name, None)
        if request.url.scheme != "https":
            raise ModelError(f"the server's file lies at {request.url.scheme}://{host}; expected https.", kind="refused")


def _arrives(response: httpx2.Response) -> None:
    passage = _passage.get(None)
    if passage is not None:
        passage.response = response
        response.stream = _Bounded(response.stream, passage)


class _Bounded(httpx2.SyncByteStream):
    """An answer's bytes, as long as they are not too many and do not take too long."""

    def __init__(self, stream: Any, passage: Passage) -> None:
        self._stream = stream
        self._passage = passage

    def __iter__(self) -> Iterator[bytes]:
        passage, arrived = self._passage, 0
        for chunk in self._stream:
            arrived += len(chunk)
            if arrived > passage.most_bytes:
                passage.fail(
                    ModelError(
                        f"the answer has more than {passage.most_bytes:,} bytes; the rest was left unread.", kind="malformed"
                    )
                )
                raise httpx2.ReadError("too big")
            if time.monotonic() - passage.started > passage.total_seconds:
                raise httpx2.ReadTimeout(f"the answer had not ended after {passage.total_seconds:.0f} s")
            passage.tail += chunk
            del passage.tail[:-_TAIL_BYTES]
            yield chunk

    def close(self) -> None:
        self._stream.close()
