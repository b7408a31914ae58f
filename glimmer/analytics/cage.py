"""The cage: what the child takes from itself before it reads the first question, and how it dies with its parent.

DuckDB's own settings forbid files and sockets (engine.py); this is the second wall, for the day a query finds a hole in them:
no file can be written, no core dumped, memory and processor time have an end. And nobody is left behind: when the parent
goes, however it goes (kill -9 too), the child goes.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
import time
from typing import Final

try:
    import resource
except ImportError:  # Windows has no such limits; DuckDB's own settings stand alone there
    resource = None  # type: ignore[assignment]

__all__ = ["allow_processor_seconds", "die_with", "shut"]

ADDRESS_BYTES: Final = 4 * 1024**3  # 1.4 GB are reserved at rest, 2.7 after queries that ran out of DuckDB's 512 MB
_OPEN_FILES: Final = 64
_LOOK_EVERY_SECONDS: Final = 1.0  # only where the system has no pidfd


def shut() -> None:
    """From now on: no written byte but to pipes, no core, `ADDRESS_BYTES` of memory at most."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear; it ends us itself
    if resource is None:
        return
    for limit, most in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_AS, ADDRESS_BYTES),
    ):
        with contextlib.suppress(ValueError, OSError):  # a stricter limit of the machine's own stays
            resource.setrlimit(limit, (most, most))


def allow_processor_seconds(seconds: float) -> None:
    """Let this process use `seconds` more of processor time and no more; the system ends it if the parent is too late to."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime + seconds) + 1
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def die_with(parent: int) -> None:
    """End this process as soon as process `parent` ends. A thread waits for it; the query's own threads know nothing of it."""
    threading.Thread(target=_wait_and_die, args=(parent,), daemon=True, name="die-with-parent").start()


def _wait_and_die(parent: int) -> None:
    """PR_SET_PDEATHSIG would be shorter, but it fires when the *thread* that started us ends, and the next ask starts over."""
    try:
        handle = os.pidfd_open(parent)
    except (AttributeError, OSError):
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY_SECONDS)
    else:
        if os.getppid() == parent:  # else it ended before we looked, and the number may be another's by now
            select.select([handle], [], [])
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
