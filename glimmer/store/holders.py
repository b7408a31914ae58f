"""Holders: which process has claimed a call, and whether it may still be making it. What a killed one held is anybody's at once."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

__all__ = ["holds", "this_process"]

_PATIENCE: Final = timedelta(minutes=30)  # for a claim of another machine, whose processes can't be seen from here


def this_process() -> str:
    """ "host:pid:start": no other process of any time is called so. Asked for anew each time, as a forked child is another one."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_started(pid)}"


def holds(holder: str, since: str) -> bool:
    """Whether who claimed a call at `since` (UTC) may still be making it."""
    host, _, process = holder.partition(":")
    pid, _, started = process.partition(":")
    if not pid.isdecimal() or int(pid) < 1:
        return False  # nobody's: a row that came in an archive
    if host == socket.gethostname() and os.name == "posix":
        return _is_alive(int(pid), started)
    return since > (datetime.now(UTC) - _PATIENCE).isoformat(timespec="seconds")


def _is_alive(pid: int, started: str) -> bool:
    there = _started(pid)
    if there:
        return there == started
    try:
        os.kill(pid, 0)  # asks only
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # another user's
        return True
    return True


def _started(pid: int) -> str:
    """When a process started, in ticks of this machine (proc(5), field 22); "dead" for a zombie; "" where that can't be read."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    if len(fields) < 20:
        return ""
    return "dead" if fields[0] in "ZX" else fields[19]
