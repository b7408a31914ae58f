"""ChildProcess: the child from outside. Started with next to no environment, watched by a clock, killed without mercy.

A key in our environment is not in the child's. It starts in "/" with `-P`, so that a `duckdb.py` beside a notebook is not taken
for the package, and in a session of its own: Ctrl-C in a terminal reaches us alone, and we end it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, cast

from glimmer.analytics import frames

__all__ = ["ChildProcess", "Gone", "TooSlow"]

_KEPT: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")  # what a Python may need to start at all
_STDERR_BYTES: Final = 65_536


class Gone(Exception):
    """The child ended by itself or by another's hand. Its text says how, in words."""


class TooSlow(Exception):
    """The child was killed because it took longer than it had."""


class ChildProcess:
    """One running child and its pipes. Not thread-safe: its Analyst holds a lock."""

    def __init__(self) -> None:
        self.owner = os.getpid()  # after a fork the copy must not talk into our pipes
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", "glimmer.analytics.child", str(self.owner)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            cwd=os.path.abspath(os.sep),
            start_new_session=True,
        )
        self.number = self._process.pid

    @property
    def runs(self) -> bool:
        return self.owner == os.getpid() and self._process.poll() is None

    def send_json(self, value: object) -> None:
        with self._or_gone():
            frames.send_json(self._asking, value)
            self._asking.flush()

    def send_columns(self, columns: list[bytes]) -> None:
        """A chunk of rows, each column a JSON array; an empty list ends the table."""
        with self._or_gone():
            frames.send_json(self._asking, {"columns": len(columns)})
            for column in columns:
                frames.send(self._asking, column)
            self._asking.flush()

    def receive_json(self) -> Any:
        with self._or_gone():
            return frames.receive_json(self._answering)

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Kill the child if the block takes longer than `seconds`. Raises: TooSlow then, Gone if it ended otherwise."""
        fired = threading.Event()

        def fire() -> None:
            fired.set()
            self._process.kill()

        clock = threading.Timer(seconds, fire)
        clock.daemon = True
        clock.start()
        try:
            yield
        except Gone as reason:
            raise (TooSlow() if fired.is_set() else reason) from None
        finally:
            clock.cancel()
            if fired.is_set():
                self._process.wait()  # in full, so that `runs` is right at once

    def end(self) -> None:
        """Kill it and give back what it held. Twice is once; in a forked copy nothing is killed."""
        if self.owner != os.getpid():
            return
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError, ValueError):  # unsent bytes of a broken pipe
                cast(BinaryIO, pipe).close()

    @property
    def _asking(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    @property
    def _answering(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)

    @contextlib.contextmanager
    def _or_gone(self) -> Iterator[None]:
        try:
            yield
        except (EOFError, BrokenPipeError, ConnectionResetError) as reason:
            raise Gone(self._last_words()) from reason
        except UnicodeDecodeError as reason:
            raise Gone("said what is no text") from reason
        except json.JSONDecodeError as reason:
            raise Gone("said what is no JSON") from reason

    def _last_words(self) -> str:
        """How it ended and the last line of what it said on stderr."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "it closed its pipe"
        ended = f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        pipe = cast(BinaryIO, self._process.stderr)
        os.set_blocking(pipe.fileno(), False)
        said = (pipe.read(_STDERR_BYTES) or b"").decode("utf-8", "replace").strip().splitlines()
        return f"{ended}: {said[-1][:300]}" if said else ended


def _environment() -> dict[str, str]:
    """No key, no home, no token: only where the packages are."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    places = os.pathsep.join(os.path.abspath(place) for place in sys.path if place)  # never "", the folder we stand in
    return {
        **kept,
        "PYTHONPATH": places,
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": "/nonexistent",
        "LANG": "C.UTF-8",
    }
