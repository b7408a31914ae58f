"""Leftovers: half-made files and folders of processes that were killed, told from those still at work.

Whoever makes something holds a lock on it (`flock`), which the system lets go of with the process, however that ends. So what is old
and unlocked belongs to nobody. Where there are no such locks (Windows) nothing is swept.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from glimmer import log

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["held", "sweep"]

_YOUNG_SECONDS: Final = 60  # between making a thing and locking it lie microseconds


@contextmanager
def held(path: Path) -> Iterator[None]:
    """While the block runs, the file or folder at `path` is known to be somebody's."""
    handle = _locked(path)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def sweep(folder: Path, prefix: str, *, young_seconds: float = _YOUNG_SECONDS) -> int:
    """Remove what lies in `folder` under `prefix`, is older than `young_seconds` and held by nobody; how many that were.

    Never follows a link, never raises for what it can't remove.
    """
    swept = 0
    for path in sorted(folder.glob(f"{prefix}*")) if fcntl is not None and folder.is_dir() else ():
        try:
            if path.is_symlink() or time.time() - path.lstat().st_mtime < young_seconds:
                continue
            handle = _locked(path)
        except OSError:  # gone since, or not ours to open
            continue
        if handle is None:
            continue
        try:
            _remove(path)
            swept += 1
        finally:
            os.close(handle)
    if swept:
        log.event("leftovers.swept", folder=str(folder), count=swept)
    return swept


def _locked(path: Path) -> int | None:
    """An open handle that holds the lock, or None if another process has it (or the file system knows no locks)."""
    locks: Any = fcntl
    if locks is None:
        return None
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        locks.flock(handle, locks.LOCK_EX | locks.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
