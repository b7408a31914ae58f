"""A browser for the tests of faces: real widgets, a real comm whose messages are kept, and this side of the envelope in Python.

    there = browser(BucketFace(film, "video"))
    there.hello()["entries"]                    the state of the snapshot; `there.state` follows every patch from then on
    there.ask("rate", keys=["2A"], stars=4)     the answer; raises Refused in the face's words
    there.until(lambda state: state["done"])    waits for a state, and gives it

Nothing sleeps: whoever waits is woken by the next message.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import pytest
from comm.base_comm import BaseComm

_WAIT_SECONDS: Final = 20.0


class Refused(Exception):
    """The face refused. `kind`: the name of the error; the words are its message."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind


class KeptComm(BaseComm):  # type: ignore[misc]  # comm ships no types
    """A comm that hands what is published to whoever listens, instead of to a front end."""

    def __init__(self, heard: Callable[[Mapping[str, Any], Sequence[Any]], None], **more: Any) -> None:
        self._heard_by = heard
        super().__init__(**more)

    def publish_msg(self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any) -> None:
        if msg_type == "comm_msg":
            self._heard_by(data or {}, buffers or ())

    def close(self, *rest: Any, **named: Any) -> None:
        """It was never entered in a kernel's list, so it is in none to be taken out of."""
        self._closed = True


class Browser:
    """One browser page that shows a face."""

    def __init__(self, face: Any, *, who: str = "", served: bool = False, screen: str = "s1") -> None:
        self.face = face
        self.state: Any = None
        self.messages: list[dict[str, Any]] = []  # every custom message, in order
        self.buffers: dict[str, Sequence[Any]] = {}  # id of an ask -> what came along with its answer
        self.traits: list[dict[str, Any]] = []  # synced traits: what a saved notebook would hold
        self.lost = 0  # patches that came without the one before
        self._about = {"who": who, "served": served, "screen": screen}
        self._seq = -1
        self._count = 0
        self._news = threading.Condition()
        face.comm = KeptComm(self._hear, target_name="jupyter.widget", primary=False)

    # ── asking ─────────────────────────────────────────────────────────────────────────────────────────────
    def hello(self) -> Any:
        """Say hello. Returns: the state of the snapshot. Raises: Refused."""
        message = self._answer_to(self.say("hello"))
        return message["state"]

    def ask(self, verb: str, buffers: Sequence[bytes] = (), **given: Any) -> Any:
        """Ask a verb and wait for its answer. Raises: Refused."""
        return self._answer_to(self.begin(verb, buffers, **given))["value"]

    def begin(self, verb: str, buffers: Sequence[bytes] = (), **given: Any) -> str:
        """Ask a verb, and don't wait. Returns: the id to wait for with `answer`."""
        return self.say("ask", buffers, verb=verb, given=given)

    def answer(self, id: str) -> Any:
        """What came of an ask that was begun. Raises: Refused."""
        return self._answer_to(id)["value"]

    def say(self, kind: str, buffers: Sequence[bytes] = (), **more: Any) -> str:
        """Send an envelope as it stands, wrong ones too. Returns: its id."""
        self._count += 1
        id = f"ask{self._count}"
        content = {"v": 1, "kind": kind, "id": id, **self._about, **more}
        data = {"method": "custom", "content": content}
        self.face.comm.handle_msg({"content": {"data": data}, "buffers": [memoryview(each) for each in buffers]})
        return id

    def upload(self, name: str, content: bytes) -> str:
        """Bring a file with messages. Returns: its id, for the verb that takes it in."""
        begun = self.ask("upload", name=name, bytes=len(content))
        for at in range(0, len(content), begun["part_bytes"]):
            self.ask("upload_part", [content[at : at + begun["part_bytes"]]], id=begun["id"], at=at)
        return str(begun["id"])

    # ── hearing ────────────────────────────────────────────────────────────────────────────────────────────
    def until(self, holds: Callable[[Any], Any], seconds: float = _WAIT_SECONDS) -> Any:
        """Wait until the state is so. Returns: the state. Fails, with the state, if it does not come to it."""
        with self._news:
            if not self._news.wait_for(lambda: self.state is not None and holds(self.state), seconds):
                raise AssertionError(f"the state did not come to it within {seconds:g} s: {str(self.state)[:2000]}")
            return self.state

    def until_message(self, holds: Callable[[dict[str, Any]], Any], seconds: float = _WAIT_SECONDS) -> dict[str, Any]:
        """Wait for a message like this; one that came already counts."""
        with self._news:
            if not self._news.wait_for(lambda: any(map(holds, self.messages)), seconds):
                raise AssertionError(f"no such message within {seconds:g} s: {[each.get('kind') for each in self.messages][-20:]}")
            return next(filter(holds, self.messages))

    def progress(self, id: str) -> list[tuple[float, float, str]]:
        """The progress of an ask so far: (done, total, words)."""
        with self._news:
            return [(m["done"], m["total"], m["words"]) for m in self.messages if m["kind"] == "progress" and m["id"] == id]

    def _answer_to(self, id: str) -> dict[str, Any]:
        message = self.until_message(lambda each: each.get("id") == id and each["kind"] in ("answer", "refusal", "snapshot"))
        if message["kind"] == "refusal":
            raise Refused(message["error"], message["words"])
        return message

    def _hear(self, data: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        with self._news:
            if data.get("method") == "custom":
                self._take(dict(data["content"]), buffers)
            elif data.get("method") == "update":
                self.traits.append(dict(data["state"]))
            self._news.notify_all()

    def _take(self, message: dict[str, Any], buffers: Sequence[Any]) -> None:
        self.messages.append(message)
        if buffers:
            self.buffers[str(message.get("id", ""))] = [bytes(each) for each in buffers]
        if message["kind"] == "snapshot":
            self._seq, self.state = message["seq"], message["state"]
        elif message["kind"] == "patch" and self.state is not None and message["seq"] > self._seq:
            self.lost += message["seq"] != self._seq + 1
            self._seq = message["seq"]
            for operation in message["ops"]:
                self.state = _applied(self.state, operation)


def _applied(state: Any, operation: list[Any]) -> Any:
    kind, path, *rest = operation
    changes: dict[str, Callable[[Any], Any]] = {
        "merge": lambda old: _merged(old, rest[0]),
        "set": lambda old: rest[0],
        "append": lambda old: (old or "") + rest[0],
        "shift": lambda old: {key: _shifted(each, *rest) for key, each in old.items()},
    }
    return _at(state, path, changes[kind])


def _at(old: Any, path: Sequence[str], change: Callable[[Any], Any]) -> Any:
    if not path:
        return change(old)
    there = old if isinstance(old, dict) else {}
    return {**there, path[0]: _at(there.get(path[0]), path[1:], change)}


def _merged(old: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    made = dict(old) if isinstance(old, dict) else {}
    for key, value in patch.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = _merged(made.get(key), value)
    return made


def _shifted(thing: Any, where: Mapping[str, Any], start: int, by: int) -> Any:
    moves = (
        isinstance(thing, dict) and thing.get("start", -1) >= start and all(thing.get(name) == each for name, each in where.items())
    )
    return {**thing, "start": thing["start"] + by} if moves else thing


@pytest.fixture
def browser() -> Iterator[Callable[..., Browser]]:
    """Opens a face in a browser: `browser(face)`. Afterwards every face is closed, and what it still did has come to its end."""
    opened: list[Browser] = []

    def open_in(face: Any, **about: Any) -> Browser:
        opened.append(Browser(face, **about))
        return opened[-1]

    yield open_in
    for each in opened:
        each.face.close()
    _let_end()


@pytest.fixture
def refused() -> type[Refused]:
    """What `ask` raises: `with pytest.raises(refused, match="…")`."""
    return Refused


def _let_end(seconds: float = 5.0) -> None:
    """Faces work in threads that end when there is nothing to do; a test's films are gone afterwards, so these wait for them."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and (there := [thread for thread in threading.enumerate() if _is_a_faces(thread)]):
        for thread in there:
            with suppress(RuntimeError):  # it is only just being begun
                thread.join(max(0.0, end - time.monotonic()))


def _is_a_faces(thread: threading.Thread) -> bool:
    return thread.name.startswith("glimmer-") and thread.name != "glimmer-runtime" and thread is not threading.current_thread()
