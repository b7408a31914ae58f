"""Stopping: a person ends a turn that another thread is answering. Asked for from anywhere, it takes hold where the turn looks: between two
words of a reply, before a call, and wherever work that is under way looks whether it was stopped (`check_stopped`, a bar that advances).

It ends a turn as an interrupt does, and through the same doors: what had begun is kept, what was sent is paid for.
"""

from __future__ import annotations

import threading

from glimmer.models.watching import Watch

__all__ = ["Stop", "Stopped"]


class Stopped(KeyboardInterrupt):  # an interrupt, not an error: whatever keeps what an interrupt leaves, keeps it here too
    """A person has stopped the turn."""


class Stop:
    """Whether one turn is to end."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        """Let it end. Returns at once."""
        self._asked.set()

    @property
    def is_asked(self) -> bool:
        return self._asked.is_set()

    def check(self) -> None:
        """Raises: Stopped."""
        if self._asked.is_set():
            raise Stopped("stopped by you. What was finished is kept; chat.resume() goes on.")

    def watch(self, outer: Watch) -> Watch:
        """A watch that says what `outer` says, and that the work is stopped once this is asked."""
        return _StopWatch(self, outer)


class _StopWatch:
    def __init__(self, stop: Stop, outer: Watch) -> None:
        self._stop, self._outer = stop, outer

    def submitting(self) -> None:
        self._outer.submitting()

    def not_sent(self) -> None:
        self._outer.not_sent()

    def running(self, remote_id: str) -> None:
        self._outer.running(remote_id)

    def read(self, asset: str) -> bytes:
        return self._outer.read(asset)

    @property
    def stopped(self) -> bool:
        return self._stop.is_asked or self._outer.stopped
