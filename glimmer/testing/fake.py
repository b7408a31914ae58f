"""FakeGemini: a server on loopback that speaks both of Gemini's APIs, for tests and for trying things out with no key and for $0.

It speaks the wire shapes that google-genai 3.4 was measured with, refuses what the real one refuses, makes real small media, does what a
script tells it (`say`, `fault`) and keeps a record of all that it was sent. It is not Gemini: what it writes is made by rules.
"""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from glimmer.testing.asking import Answer, Call
from glimmer.testing.backstage import Backstage, Received
from glimmer.testing.faults import CREATES
from glimmer.testing.http_server import Incoming, Reply, Server, json_reply
from glimmer.testing.refusing import Refused
from glimmer.testing.routes import serve

__all__ = ["FakeGemini", "Received"]

_SECRET: Final = ("x-goog-api-key", "authorization", "proxy-authorization", "cookie")


class FakeGemini(Backstage):
    """A fake Gemini on 127.0.0.1. Use it in a `with` block, or start() and stop() it.

    job_seconds: how long a video job takes. pause_before_reply: seconds before the first byte of every answer. stream_pause: seconds
    between the pieces of a stream. slow_seconds: what the fault "slow-first-byte" waits. brain: answers what nothing was scripted for.
    models: which there are; add to it as you like.
    """

    def __init__(self, *, port: int = 0, key: str = "", state: str | Path | None = None) -> None:
        super().__init__(key)
        self.problems: list[str] = []  # of the fake itself: check() raises them
        self._received: list[Received] = []
        self._state = Path(state) if state else None
        self._state_lock = threading.Lock()
        self._stranger: Server | None = None
        self._server = Server(self._answer, port)
        self.url = f"http://127.0.0.1:{self.port}"

    # ── life ──
    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()
        with self.lock:
            if self._stranger is not None:
                self._stranger.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"FakeGemini({self.url}, {len(self._received)} requests)"

    @property
    def port(self) -> int:
        return self._server.port

    def environment(self) -> dict[str, str]:
        """What to set so that google-genai, and with it Glimmer, speaks to this server."""
        return {"GEMINI_API_KEY": self.key, "GOOGLE_GEMINI_BASE_URL": self.url}

    # ── the script ──
    def say(
        self,
        text: str = "",
        *,
        calls: Sequence[tuple[str, Mapping[str, Any]]] = (),
        json: Any = None,
        chunks: Sequence[str] = (),
        pause_seconds: float = 0.0,
        thought: str = "",
    ) -> None:
        """The next reply to a request for text (streamed or not), once. Replies wait in line.

        calls: (name, arguments) of tools. json: any value, said as JSON. chunks: the pieces of a stream, with `pause_seconds` between them.
        """
        if json is not None:
            text = _json(json)
        answer = Answer(
            text=text or "".join(chunks),
            chunks=tuple(chunks),
            calls=tuple(Call(name, dict(arguments)) for name, arguments in calls),
            pause=pause_seconds,
            thought=thought,
        )
        with self.lock:
            self._said.append(answer)

    def fault(self, name: str, *, on: str | None = None, times: int = 1, after: int = 0) -> None:
        """Let `name` befall the next requests.

        on: a kind of request ("text" is streams too), "create" (all that cost), "any", or an API: "interactions", "generate".
        None: what the fault is of. times: how many requests, 0 for all. after: how many requests to let by first.
        Raises: ValueError for a fault or a kind that there is not.
        """
        self.faults.add(name, on, times, after)

    def later(self, *, hours: float = 0.0, seconds: float = 0.0) -> None:
        """Let time pass on the server: jobs finish, files expire after 48 hours."""
        self._later += hours * 3_600 + seconds

    def reset(self) -> None:
        """As new, for the next test: no script, no record, no jobs, no files; address, key and models stay.

        Requests that still run are not waited for.
        """
        with self.lock:
            self.forget()
            self._received = []
            self.problems = []

    # ── the record ──
    @property
    def received(self) -> list[Received]:
        """All requests, oldest first."""
        with self.lock:
            return list(self._received)

    def requests(self, kind: str) -> list[Received]:
        """Those of a kind; "text" are streams too."""
        kinds = ("text", "stream") if kind == "text" else CREATES if kind == "create" else (kind,)
        return [each for each in self.received if each.kind in kinds]

    def creates(self, kind: str = "create") -> int:
        """For how many requests work was done that costs. "create" for all kinds."""
        return sum(each.paid for each in self.requests(kind))

    def distinct_creates(self, kind: str = "create") -> int:
        """How many different things these asked for: fewer than `creates` where something was paid twice."""
        return len({each.digest for each in self.requests(kind) if each.paid})

    @property
    def unused(self) -> list[str]:
        """What was scripted and never came to pass."""
        with self.lock:
            left = [f"said, and not asked for: {(each.text or str(each.calls))[:60]!r}" for each in self._said]
        return [*self.faults.unused(), *left]

    def check(self) -> None:
        """Raises: AssertionError where something scripted was never used, the key was seen where it must not be, or the fake itself broke."""
        wrong = [*self.unused, *(f"the key leaked: {each}" for each in self.leaks), *self.problems]
        if wrong:
            raise AssertionError("; ".join(wrong))

    def state(self) -> dict[str, Any]:
        """Counts by kind, and the jobs: what GET /fake/state shows, and what the state file holds."""
        received = self.received
        paid = [each for each in received if each.paid]
        with self.lock:
            jobs = {each.id: {"kind": each.asked.kind, "done": self.now() >= each.done_at} for each in self.interactions.values()}
        return {
            "requests": len(received),
            "creates": dict(Counter(each.kind for each in paid)),
            "distinct_creates": {
                kind: len({each.digest for each in paid if each.kind == kind}) for kind in {each.kind for each in paid}
            },
            "faults_unused": self.unused,
            "leaks": len(self.leaks),
            "jobs": jobs,
        }

    def _answer(self, incoming: Incoming) -> Reply:
        if incoming.path.startswith("/fake/"):
            return json_reply(self.state()) if incoming.path == "/fake/state" else json_reply({}, 404)
        received = Received(self.now(), incoming.method, incoming.path, _without_key(incoming.query))
        received.headers = {name: value for name, value in incoming.headers.items() if name not in _SECRET}
        with self.lock:
            self._received.append(received)
        self.look_for_leaks(incoming)
        try:
            reply = serve(self, incoming, received)
        except Refused as refused:
            reply = json_reply(refused.body, refused.code)
        except Exception as error:  # noqa: BLE001  # told by check(): a fake that fails must not pass for Gemini that does
            self.problems.append(f"the fake failed at {incoming.method} {incoming.path}: {error!r}")
            reply = json_reply({"error": {"code": 500, "message": f"the fake failed: {error!r}", "status": "INTERNAL"}}, 500)
        received.status = reply.status
        return reply

    def stranger(self) -> str:
        """The address of another server of ours, that no key is to be sent to: it tells `leaks` what it sees. Runs once it is asked for."""
        with self.lock:
            if self._stranger is None:
                self._stranger = Server(self._met_by_stranger)
                self._stranger.start()
            return f"http://127.0.0.1:{self._stranger.port}"

    def _met_by_stranger(self, incoming: Incoming) -> Reply:
        told = [*incoming.headers.values(), *incoming.query.values(), incoming.path, incoming.body.decode("latin-1")]
        if any(self.key in each for each in told):
            with self.lock:
                self.leaks.append(f"to another server, with {incoming.method} {incoming.path.replace(self.key, '…')}")
        if incoming.path.startswith("/stored/"):
            try:
                filed = self.files.find(incoming.path.removeprefix("/stored/"))
            except Refused as refused:
                return json_reply(refused.body, refused.code)
            return Reply(body=filed.body, content_type=filed.mime_type)
        return json_reply({"error": {"code": 404, "message": "There is nothing here.", "status": "NOT_FOUND"}}, 404)

    def changed(self) -> None:
        if self._state is None:
            return
        with self._state_lock:
            written = self._state.with_name(self._state.name + ".new")
            written.write_text(json.dumps(self.state()), encoding="utf-8")
            os.replace(written, self._state)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _without_key(query: dict[str, str]) -> dict[str, str]:
    return {name: "…" if name == "key" else value for name, value in query.items()}
