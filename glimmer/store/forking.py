"""Forking: a child process never speaks through its parent's connections, and none is in the middle of something when it is born.

SQLite's locks belong to a process, but its notes about them would be copied into the child: a child born while a thread writes would
find the database busy for ever (sqlite.org/howtocorrupt.html, 2.6). So a fork waits until the transactions of the other threads
have ended, closes all idle connections, and lets nobody begin meanwhile. `subprocess` does not pass through here: it starts afresh.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine, Pool

__all__ = ["fork_safe", "in_transaction"]

_LONGEST_WAIT_SECONDS: Final = 10.0  # transactions take milliseconds; one that waits for the thread which forks must not hang it
_engines: weakref.WeakSet[Engine] = weakref.WeakSet()
_pools_of_parents: list[Pool] = []  # kept, as closing one's connections would be speaking through them


class _Gate:
    """Who is in a transaction, by thread."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.Lock())
        self.inside: Counter[int] = Counter()
        self.forker = 0


_gate = _Gate()


def fork_safe(engine: Engine) -> None:
    """Look after the connections of `engine` whenever this process forks."""
    _engines.add(engine)


@contextmanager
def in_transaction() -> Iterator[None]:
    """Held around each transaction; waits while another thread forks."""
    gate, me = _gate, threading.get_ident()
    with gate.changed:
        gate.changed.wait_for(lambda: gate.forker in (0, me) or gate.inside[me] > 0, _LONGEST_WAIT_SECONDS)
        gate.inside[me] += 1
    try:
        yield
    finally:
        with gate.changed:
            gate.inside[me] -= 1
            if not gate.inside[me]:
                del gate.inside[me]
            gate.changed.notify_all()


def _before() -> None:
    _gate.changed.acquire()
    me = _gate.forker = threading.get_ident()
    _gate.changed.wait_for(lambda: set(_gate.inside) <= {me}, _LONGEST_WAIT_SECONDS)
    for engine in list(_engines):
        engine.dispose()  # the idle ones; one that is in use goes back to its old pool


def _after_in_parent() -> None:
    _gate.forker = 0
    _gate.changed.notify_all()
    _gate.changed.release()


def _after_in_child() -> None:
    global _gate
    _gate.changed.release()  # the parent's, taken in `_before`: a fork inside a transaction has yet to leave it
    _gate = _Gate()
    for engine in list(_engines):
        _pools_of_parents.append(engine.pool)
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_after_in_parent, after_in_child=_after_in_child)
