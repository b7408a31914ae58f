"""One OpenAI-compatible server: how it is asked, what its answers cost, and how each failure is told. Standard library alone.

A machine of one's own (loopback, a private network) costs nothing. Anywhere else a price must be known before anything is sent:
GLIMMER_OPENAI_USD="text_in=0.15,text_out=0.60,image=0.04,speech=0.015" (text: a million tokens; image: one; speech: a thousand letters).
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from glimmer import limits
from glimmer.errors import ModelError, OutcomeUnknown, PriceUnknown, QuotaExceeded, SettingsError
from glimmer.models.pricing import FREE, Estimate
from glimmer.models.watching import check_stopped, the_watch

__all__ = ["Server"]

_CONNECT_SECONDS: Final = 10.0
_ANSWER_SECONDS: Final = 600.0  # a large model on a small machine thinks for minutes
_STREAM_BYTES: Final = 64 * 1024**2  # of one streamed answer; 8,192 tokens, each in an event of its own, are 2 MB
_STREAM_SECONDS: Final = 1_800.0
_EVENT_BYTES: Final = 16 * 1024**2  # of one line of it
_PRICES: Final = ("text_in", "text_out", "image", "speech")
_LETTERS_A_TOKEN: Final = 3  # fewer than English has, so that an estimate is rather too high


class Server:
    """A server by its address, "http://127.0.0.1:11434/v1"."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in address or parts.query or not _has_port(parts):
            raise SettingsError(
                f'models="openai:{parts.scheme}://…": expected openai:http://host:port/v1, without a name, a password '
                "or a question in it. A key goes into OPENAI_API_KEY."
            )
        self.address = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self._parts = parts
        self._usd = _prices_of(os.environ.get("GLIMMER_OPENAI_USD", ""))

    # ── money ──────────────────────────────────────────────────────────────────────────────────────────────
    @cached_property
    def is_own(self) -> bool:
        """Whether it stands on this machine or in a private network."""
        host = self._parts.hostname or ""
        try:
            found = {ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in socket.getaddrinfo(host, None)}
        except (OSError, ValueError):
            return False  # whatever it is, it is not known to be free
        return bool(found) and all(each.is_loopback or each.is_private for each in found)

    def text_estimate(self, letters_in: int, max_tokens: int) -> Estimate:
        """Of an answer to so many letters. Raises: PriceUnknown."""
        if self.is_own and not self._usd:
            return FREE
        tokens_in = letters_in / _LETTERS_A_TOKEN
        low, high = (self.text_usd(tokens_in, out) for out in (50, max_tokens))
        return Estimate(low_usd=low, expected_usd=self.text_usd(tokens_in, max_tokens / 4), high_usd=high, price_date="own")

    def text_usd(self, tokens_in: float, tokens_out: float) -> float:
        if self.is_own and not self._usd:
            return 0.0
        return (tokens_in * self._price("text_in") + tokens_out * self._price("text_out")) / 1e6

    def flat_estimate(self, job: str, count: float) -> Estimate:
        """`count` pictures, or thousands of letters of speech. Raises: PriceUnknown."""
        if self.is_own and not self._usd:
            return FREE
        usd = self._price(job) * count
        return Estimate(low_usd=usd, expected_usd=usd, high_usd=usd, price_date="own")

    def _price(self, job: str) -> float:
        if job not in self._usd:
            raise PriceUnknown(
                f"what {job.replace('_', ' ')} costs at {self.address} is not known, so nothing is asked of it; expected a price in "
                'GLIMMER_OPENAI_USD, such as "text_in=0.15,text_out=0.60,image=0.04,speech=0.015".'
            )
        return self._usd[job]

    # ── asking ─────────────────────────────────────────────────────────────────────────────────────────────
    @cached_property
    def first_model(self) -> str:
        """The first model that the server lists. Raises: ModelError."""
        with self._answer("GET", "/models", None) as answer:
            listed = self._json(answer).get("data")
        name = listed[0].get("id") if isinstance(listed, list) and listed and isinstance(listed[0], dict) else None
        if not isinstance(name, str) or not name:
            raise ModelError(
                f"{self.address} lists no model; expected one. Load one there, or set GLIMMER_OPENAI_TEXT.", kind="refused"
            )
        return name

    def ask(self, path: str, body: Mapping[str, Any], *, model: str) -> dict[str, Any]:
        """A whole answer as JSON. Raises: ModelError and its kinds."""
        with self._answer("POST", path, body, model) as answer:
            return self._json(answer, model)

    def ask_bytes(self, path: str, body: Mapping[str, Any], *, model: str) -> tuple[bytes, str]:
        """(content, media type). Raises: ModelError and its kinds."""
        with self._answer("POST", path, body, model) as answer:
            return self._read(answer, model), (answer.getheader("Content-Type") or "").partition(";")[0].strip()

    def stream(self, path: str, body: Mapping[str, Any], *, model: str) -> Iterator[dict[str, Any]]:
        """The events of a streamed answer; ends after "[DONE]". Raises: ModelError, also where the stream ends without it."""
        with self._answer("POST", path, body, model) as answer:
            try:
                for line in self._lines(answer, model):
                    check_stopped()
                    if not line.startswith(b"data:"):
                        continue
                    told = line[5:].strip()
                    if told == b"[DONE]":
                        return
                    yield _object(told, model)
            except (OSError, HTTPException) as reason:
                raise ModelError(
                    f"{model}'s answer broke off ({type(reason).__name__}); ask again.", kind="interrupted", model=model
                ) from None
        raise ModelError(f"{model}'s answer ended before it was whole; ask again.", kind="interrupted", model=model)

    @staticmethod
    def _lines(answer: HTTPResponse, model: str) -> Iterator[bytes]:
        """The lines of a stream. Raises: ModelError for one that does not end, in bytes or in time."""
        arrived, began = 0, time.monotonic()
        while raw := answer.readline(_EVENT_BYTES + 1):
            arrived += len(raw)
            if len(raw) > _EVENT_BYTES or arrived > _STREAM_BYTES or time.monotonic() - began > _STREAM_SECONDS:
                raise ModelError(
                    f"{model}'s answer does not end: {arrived:,} bytes in {time.monotonic() - began:.0f} s; expected at most "
                    f"{_STREAM_BYTES:,} bytes in {_STREAM_SECONDS:.0f} s. The rest was left unread.",
                    kind="malformed",
                    model=model,
                )
            yield _without_key(raw.strip())

    @contextmanager
    def _answer(self, verb: str, path: str, body: Mapping[str, Any] | None, model: str = "") -> Iterator[HTTPResponse]:
        paid = verb == "POST"
        connection = self._connected()
        try:
            if paid:
                the_watch().submitting()
            try:
                content = None if body is None else json.dumps(body).encode()
                connection.request(verb, f"{self._parts.path.rstrip('/')}{path}", body=content, headers=self._headers())
                answer = connection.getresponse()
            except (OSError, HTTPException) as reason:
                raise self._lost(reason, model, paid) from None
            if answer.status >= 400:
                if paid and answer.status < 500:
                    the_watch().not_sent()
                raise self._refused(answer, model, paid)
            yield answer
        finally:
            connection.close()

    def _connected(self) -> HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        secure = self._parts.scheme == "https"
        connection: HTTPConnection = (
            HTTPSConnection(host, port, timeout=_CONNECT_SECONDS, context=ssl.create_default_context())
            if secure
            else HTTPConnection(host, port, timeout=_CONNECT_SECONDS)
        )
        try:
            connection.connect()
        except OSError as reason:
            raise ModelError(
                f"{self.address} can't be reached ({reason.strerror or type(reason).__name__}); expected a server there. Start it, or choose other models.",
                kind="unreachable",
            ) from None
        if connection.sock is not None:
            connection.sock.settimeout(_ANSWER_SECONDS)
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _headers(self) -> dict[str, str]:
        key = os.environ.get("OPENAI_API_KEY", "").strip()
        return {"Content-Type": "application/json", "Accept": "*/*", **({"Authorization": f"Bearer {key}"} if key else {})}

    # ── what goes wrong ────────────────────────────────────────────────────────────────────────────────────
    def _lost(self, reason: BaseException, model: str, paid: bool) -> ModelError:
        words = f"{self.address} broke off ({type(reason).__name__})"
        if paid and not self.is_own:
            return OutcomeUnknown(
                f"{words} after {model} was asked: whether it was billed is not known.", kind="unknown", model=model
            )
        return ModelError(f"{words}; look at the server, then ask again.", kind="interrupted", model=model)

    def _refused(self, answer: HTTPResponse, model: str, paid: bool) -> ModelError:
        words = _said(_without_key(answer.read(10_000)))
        status = f"{self.address} answers {answer.status}"
        if answer.status == 429:
            return QuotaExceeded(f"{status}: {words}. Wait, or raise the limit there.", kind="quota", model=model)
        if answer.status >= 500 and paid and not self.is_own:
            return OutcomeUnknown(f"{status}: {words}. Whether {model} was billed is not known.", kind="unknown", model=model)
        kind = "failed" if answer.status >= 500 else "refused"
        return ModelError(f"{status}: {words}. Check the address, the model's name and OPENAI_API_KEY.", kind=kind, model=model)

    def _json(self, answer: HTTPResponse, model: str = "") -> dict[str, Any]:
        return _object(self._read(answer, model), model)

    def _read(self, answer: HTTPResponse, model: str) -> bytes:
        try:
            content = _without_key(answer.read(limits.MAX_ANSWER_BYTES + 1))
        except (OSError, HTTPException) as reason:
            raise self._lost(reason, model, True) from None
        if len(content) > limits.MAX_ANSWER_BYTES:
            raise ModelError(
                f"{model} answered more than {limits.MAX_ANSWER_BYTES:,} bytes (MAX_ANSWER_BYTES).", kind="malformed", model=model
            )
        return content

    def __repr__(self) -> str:
        return f"server {self.address}"


def _has_port(parts: SplitResult) -> bool:
    """Whether what stands where a port does is one, or nothing: a password with a / in it is taken for one."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def _object(content: bytes, model: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):  # no JSON, or nested a thousand deep
        found = None
    if not isinstance(found, dict):
        raise ModelError(
            f"{model or 'the server'} answered what is no JSON object; expected one. Is it an OpenAI-compatible server?",
            kind="malformed",
            model=model,
        )
    if isinstance(found.get("error"), dict):
        raise ModelError(f"{model}: {_said(content)}.", kind="failed", model=model)
    return found


def _said(content: bytes) -> str:
    """A server's own words, short and on one line."""
    try:
        error = json.loads(content).get("error")
        words = error.get("message") if isinstance(error, dict) else str(error)
    except (ValueError, AttributeError, RecursionError):
        words = content[:10_000].decode("utf-8", "replace")
    return (" ".join(str(words).split())[:300] or "nothing said").rstrip(".")


def _without_key(content: bytes) -> bytes:
    """An answer without the key, which some servers repeat. As soon as it is read: what is cut later may end in half a key, and a
    traceback that shows variables shows answers too."""
    key = os.environ.get("OPENAI_API_KEY", "").strip().encode()
    return content.replace(key, b"...").replace(key.replace(b"/", b"\\/"), b"...") if len(key) >= 6 else content


def _prices_of(given: str) -> dict[str, float]:
    prices = {}
    for each in filter(None, (part.strip() for part in given.split(","))):
        job, _, usd = each.partition("=")
        try:
            value = float(usd)
        except ValueError:
            value = -1.0
        if job.strip() not in _PRICES or not 0 <= value < limits.MAX_CALL_USD:
            raise SettingsError(
                f'GLIMMER_OPENAI_USD has "{each[:60]}"; expected {", ".join(f"{name}=0.15" for name in _PRICES)}, in US dollars.'
            )
        prices[job.strip()] = value
    return prices
