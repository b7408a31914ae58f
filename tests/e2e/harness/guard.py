"""Guard: no page, kernel or child of theirs may take the machine with it. What grows past all measure is ended, and so is the browser of a
test that goes on past all measure; the test then fails.

A browser or a kernel that runs away does not fail by itself: it makes all else slow, for hours; and what is asked of a page that hangs has
no end. So somebody looks.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, Self

import psutil

__all__ = ["Guard", "family"]

MOST_BYTES: Final = 6_000_000_000  # in one process; a Chromium with all faces takes 0.6 GB, a kernel 1.1
MOST_PROCESSES: Final = 150  # below one worker; all hosts and a browser with three pages are about 60
_EVERY_SECONDS: Final = 2.0


class Guard:
    """Looks at all that this process began, for as long as the block runs. `ended`: what it had to end, and why."""

    def __init__(self) -> None:
        self.ended: list[str] = []
        self.until = float("inf")  # time.monotonic() at which the test that runs now must be over
        self._over = threading.Event()
        self._looks = threading.Thread(target=self._look, name="guard", daemon=True)

    def __enter__(self) -> Self:
        self._looks.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._looks.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            there = psutil.Process(os.getpid()).children(recursive=True)
            if len(there) > MOST_PROCESSES:
                self._end(there, f"there were {len(there)} processes")
            if large := [process for process in there if _bytes(process) > MOST_BYTES]:
                self._end(large, f"{len(large)} grew past {MOST_BYTES / 1e9:.0f} GB")
            if time.monotonic() > self.until:
                self.until = float("inf")
                self._end([process for process in there if "chrom" in _name(process)], "the test did not end")

    def _end(self, processes: Sequence[psutil.Process], why: str) -> None:
        self.ended.append(f"{why}:\n{family()}")
        for process in processes:
            with suppress(psutil.Error):
                process.kill()


def family() -> str:
    """All that this process began: how large each is, how long it worked, and what it is. For a test that failed."""
    lines = []
    for process in psutil.Process(os.getpid()).children(recursive=True):
        with suppress(psutil.Error):
            worked = sum(process.cpu_times()[:2])
            told = f"{_bytes(process) / 1e6:6.0f} MB {worked:6.1f} s {process.num_threads():3d} threads"
            lines.append(f"{told}  {' '.join(process.cmdline())[:140]}")
    return "\n".join(sorted(lines, reverse=True))


def _bytes(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0  # it ended meanwhile


def _name(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return process.name().lower()
    return ""
