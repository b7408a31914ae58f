"""Waiting: one lane a model. Where a server says "too many", all threads that want that model wait, and then go one by one.

The pace is learnt: each refusal makes the gap between two sends wider, each answer makes it narrower until nobody waits.
"""

from __future__ import annotations

import threading
import time
from typing import Final

from glimmer.models.watching import check_stopped

__all__ = ["Lane", "Lanes", "sleep_unless_stopped"]

_LOOK_SECONDS: Final = 0.1  # between two looks whether a person has stopped the work
_FIRST_GAP_SECONDS: Final = 0.1
_WIDEST_GAP_SECONDS: Final = 8.0


def sleep_unless_stopped(seconds: float) -> None:
    """Raises: Cancelled, within a tenth of a second, once a person has stopped the work."""
    until = time.monotonic() + seconds
    while True:
        check_stopped()
        left = until - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(_LOOK_SECONDS, left))


class Lane:
    """The way to one model. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open_at = 0.0
        self._gap = 0.0

    def enter(self) -> None:
        """Wait for this lane's next free place. Raises: Cancelled."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._open_at)
            self._open_at = turn + self._gap
        sleep_unless_stopped(turn - now)

    def refused(self, wait_seconds: float) -> None:
        """The server said "too many": nobody enters before it said so."""
        with self._lock:
            self._open_at = max(self._open_at, time.monotonic() + wait_seconds)
            self._gap = min(_WIDEST_GAP_SECONDS, self._gap * 2 or _FIRST_GAP_SECONDS)

    def answered(self) -> None:
        """The server took one."""
        if self._gap:
            with self._lock:
                self._gap = 0.0 if self._gap <= _FIRST_GAP_SECONDS else self._gap / 2


class Lanes:
    """A lane for every model."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes: dict[str, Lane] = {}

    def __getitem__(self, model: str) -> Lane:
        with self._lock:
            return self._lanes.setdefault(model, Lane())
