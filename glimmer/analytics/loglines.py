"""The log as lines: the newest of the studio's JSONL files, bounded, whatever state they are in.

The child reads them as plain bytes; DuckDB only ever sees the lines. Rotation may rename a file while we look: all are
opened first, and one that shows up under two names is read once.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

__all__ = ["MAX_LOG_BYTES", "fingerprint", "lines"]

MAX_LOG_BYTES: Final = 64 * 1024 * 1024  # the newest; the log itself keeps 16 MB
MAX_LINE_BYTES: Final = 1024 * 1024
_MOST_OPENINGS: Final = 2_000  # brackets in one line: beyond this it is nested to hurt, not to tell
_NAME: Final = re.compile(r".+\.jsonl(?:\.(\d+))?")


class _LogFile(NamedTuple):
    path: Path
    age: int  # glimmer.jsonl is 0, glimmer.jsonl.1 the one before
    size_bytes: int
    identity: tuple[int, int]
    changed_ns: int


def fingerprint(folder: Path) -> tuple[object, ...]:
    """What changes when a line is written or a file rotates. Empty if there is no log."""
    return tuple((one.path.name, one.identity, one.size_bytes, one.changed_ns) for one in _files(folder))


def lines(folder: Path) -> Iterator[str | None]:
    """Every line, oldest file first, of the newest `MAX_LOG_BYTES`; None for a line too long or too deep to be one of ours."""
    left = MAX_LOG_BYTES
    opened: list[tuple[BinaryIO, int]] = []
    for one in _files(folder):  # newest first
        if left > 0 and (handle := _open(one)):
            opened.append((handle, min(left, one.size_bytes)))
            left -= one.size_bytes
    for handle, size_bytes in reversed(opened):
        with handle:
            yield from _lines_of(handle, size_bytes)


def _files(folder: Path) -> list[_LogFile]:
    found: dict[tuple[int, int], _LogFile] = {}
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return []
    for entry in entries:
        if match := _NAME.fullmatch(entry.name):
            try:
                about = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # rotated away while we looked; its content is under the next name
            if stat.S_ISREG(about.st_mode):  # never through a link
                identity = (about.st_dev, about.st_ino)
                found[identity] = _LogFile(Path(entry.path), int(match[1] or 0), about.st_size, identity, about.st_mtime_ns)
    return sorted(found.values(), key=lambda one: (one.age, one.path.name))


def _open(one: _LogFile) -> BinaryIO | None:
    try:
        return os.fdopen(os.open(one.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")
    except OSError:
        return None


def _lines_of(handle: BinaryIO, size_bytes: int) -> Iterator[str | None]:
    """The last `size_bytes` of a file, line by line; a last line still being written waits for the next time."""
    end = os.fstat(handle.fileno()).st_size
    if end > size_bytes:
        handle.seek(end - size_bytes)
        handle.readline(MAX_LINE_BYTES)  # the rest of a line cut in two
    while raw := handle.readline(MAX_LINE_BYTES):
        if len(raw) == MAX_LINE_BYTES and not raw.endswith(b"\n"):
            _skip_to_line_end(handle)
            yield None
        elif raw.endswith((b"\n", b"}")) and (text := raw.decode("utf-8", "replace").strip()):
            yield text if text.count("{") + text.count("[") <= _MOST_OPENINGS else None


def _skip_to_line_end(handle: BinaryIO) -> None:
    while (more := handle.readline(MAX_LINE_BYTES)) and not more.endswith(b"\n"):
        pass
