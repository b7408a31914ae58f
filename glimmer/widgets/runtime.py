"""Runtime: where faces do their work. Messages come in on threads that are not ours, and a slow handler holds up every widget of the
kernel; so a handler only puts the work here and returns.

Each face has a line of its own, in which its work is done one after the other. What takes long, or must not wait, runs apart. Timers
(following the store, sending words as they stream) are of one loop in one thread, "glimmer-runtime".
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Final

from glimmer import log

__all__ = ["Line", "Side", "apart", "later", "on_loop"]

_guard: Final = threading.Lock()
_loop: list[asyncio.AbstractEventLoop] = []


def _the_loop() -> asyncio.AbstractEventLoop:
    with _guard:
        if not _loop:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="glimmer-runtime", daemon=True).start()
            _loop.append(loop)
        return _loop[0]


def on_loop(work: Coroutine[Any, Any, Any]) -> Future[Any]:
    """Run a coroutine on our own loop."""
    return asyncio.run_coroutine_threadsafe(work, _the_loop())


def later(seconds: float, work: Callable[[], None]) -> None:
    """Do `work`, which must be quick, after `seconds`, on our own loop."""
    loop = _the_loop()
    loop.call_soon_threadsafe(lambda: loop.call_later(seconds, _careful(work)))


def apart(work: Callable[[], None], name: str) -> threading.Thread:
    """Do `work` in a thread of its own."""
    thread = threading.Thread(target=contextvars.Context().run, args=(_careful(work),), name=f"glimmer-{name}", daemon=True)
    thread.start()
    return thread


def _careful(work: Callable[[], None]) -> Callable[[], None]:
    def done() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  # the last word of a thread that nobody joins: into the log, and on it goes
            log.warning("face.failed", error=type(error).__name__, words=str(error)[:500])

    return done


class Line:
    """Work of one face, one piece after the other, in a thread that lives while there is some."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._todo: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._works = False

    def put(self, work: Callable[[], None]) -> None:
        """Do it after what is there already. Returns at once."""
        with self._lock:
            self._todo.append(work)
            begin, self._works = not self._works, True
        if begin:
            apart(self._work, self._name)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._todo:
                    self._works = False
                    return
                work = self._todo.popleft()
            _careful(work)()


class Side:
    """Work of one face that need not wait for one another, each in a thread: a few at a time, however many are asked for."""

    _MOST_AT_ONCE: Final = 32
    _MOST_WAITING: Final = 2_000

    def __init__(self, name: str) -> None:
        self._name = name
        self._todo: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._workers = 0

    def put(self, work: Callable[[], None]) -> bool:
        """Do it as soon as there is room. Returns: whether it will be done; not where thousands wait already."""
        with self._lock:
            if len(self._todo) >= self._MOST_WAITING:
                return False
            self._todo.append(work)
            begin = self._workers < self._MOST_AT_ONCE
            self._workers += begin
        if begin:
            apart(self._work, self._name)
        return True

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._todo:
                    self._workers -= 1
                    return
                work = self._todo.popleft()
            _careful(work)()
