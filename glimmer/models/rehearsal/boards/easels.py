"""Easels: boards drawn side by side. The first in this process, the others in children of it, one a further core.

resvg holds Python's lock while it draws (two threads take as long as one after the other), so threads alone would leave cores idle.
A child is `python -m glimmer.models.rehearsal.boards.easel`: a request a line on its input, a header and the bytes on its output. It ends
when its input closes, also when its parent was killed, and when it has had nothing to do for a minute. multiprocessing is not used: it
would run a person's own script a second time in the child.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Literal

from glimmer import log
from glimmer.models.interface import Made, SheetRequest, ShotRequest
from glimmer.settings import SECRET_NAMES

__all__ = ["Easels"]

Kind = Literal["shot", "sheet"]


class Easels:
    """Hands requests out. `here` draws in this process; children draw the same bytes."""

    def __init__(self, children: int | None = None) -> None:
        self._children_most = max(0, (os.cpu_count() or 1) - 1) if children is None else children
        self._free = threading.Condition()
        self._here_busy = False
        self._idle: list[_Child] = []
        self._started = 0
        atexit.register(self.close)

    def draw(self, kind: Kind, request: ShotRequest | SheetRequest, here: Callable[[], Made]) -> Made:
        """What `here()` makes, made wherever there is room. A child that is lost costs only time: its board is drawn here."""
        child = self._room()
        if child is None:
            try:
                return here()
            finally:
                self._give_back(None)
        made = child.draw(kind, request)
        self._give_back(child if made is not None else None, lost=made is None)
        return here() if made is None else made

    def close(self) -> None:
        """End the idle children."""
        with self._free:
            while self._idle:
                self._idle.pop().end()
                self._started -= 1

    def _room(self) -> _Child | None:
        """This process (None) if it is free, else a child, else whichever is free first."""
        with self._free:
            while True:
                if not self._here_busy:
                    self._here_busy = True
                    return None
                if self._idle:
                    return self._idle.pop()
                if self._started < self._children_most:
                    self._started += 1
                    return _Child()
                self._free.wait()

    def _give_back(self, child: _Child | None, *, lost: bool = False) -> None:
        with self._free:
            if child is not None:
                self._idle.append(child)
            elif lost:
                self._started -= 1
            else:
                self._here_busy = False
            self._free.notify()


class _Child:
    """One child process, started when it is first asked to draw."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def draw(self, kind: Kind, request: ShotRequest | SheetRequest) -> Made | None:
        """The board, or None if the child could not draw it or was lost; it is then ended."""
        try:
            process = self._running()
            if process.stdin is None or process.stdout is None:
                raise OSError("the child has no pipes")
            process.stdin.write(json.dumps({"kind": kind, "request": request.model_dump_json()}).encode() + b"\n")
            process.stdin.flush()
            return _read_made(process.stdout)
        except (OSError, ValueError) as error:
            log.warning("easel.lost", why=f"{type(error).__name__}: {error}")
            self.end()
            return None

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            environment = {name: value for name, value in os.environ.items() if name not in SECRET_NAMES}  # it needs no key
            environment |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "OMP_NUM_THREADS": "1"}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "glimmer.models.rehearsal.boards.easel"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # Ctrl-C is the parent's to answer
            )
        return self._process


def _read_made(answer: IO[bytes]) -> Made:
    """Raises: ValueError if the answer ends early or is an error."""
    header = json.loads(answer.readline() or b"null")
    if not isinstance(header, dict) or "made" not in header:
        raise ValueError(f"the child could not draw: {header}")
    media, source = (answer.read(size) for size in header["sizes"])
    if [len(media), len(source)] != header["sizes"]:
        raise ValueError("the child's answer is cut short")
    return Made(media=media, source=source, **header["made"])
