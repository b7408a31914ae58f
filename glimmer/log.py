"""Log: what happened, one JSON object a line, in the studio's `log` folder.

Ground: any room says `log.event("render.finished", segments=9, seconds=3.2)`; whoever opens a studio says where lines go.
Underneath is standard `logging` (logger "glimmer"), so an application that has its own handlers gets the same records.
A key is never written: a fact whose name sounds secret, or a value that looks like a key, is masked.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from glimmer.errors import StoreError
from glimmer.settings import SECRET_NAMES

__all__ = ["close", "event", "keep_in", "masked", "warning"]

_LOGGER: Final = logging.getLogger("glimmer")
_LOGGER.addHandler(logging.NullHandler())  # silent until somebody asks, as a library should be
_FILE_BYTES: Final = 4 * 1024 * 1024
_FILES_KEPT: Final = 3
_LONGEST_VALUE: Final = 2_000  # characters; a log is not an archive
_MASK: Final = "•••"
_SECRET_NAME: Final = re.compile(r"(api_?key|(^|_)token$|secret|password|authorization|credential)", re.IGNORECASE)
_LOOKS_LIKE_KEY: Final = re.compile(r"AIza[0-9A-Za-z_\-]{30,}|Bearer\s+\S{8,}|sk-[0-9A-Za-z_\-]{16,}")
_guard = threading.Lock()
_open: dict[Path, logging.Handler] = {}


def event(name: str, **facts: object) -> None:
    """Write down that `name` happened, with plain facts. Costs next to nothing if nobody listens; never raises for a fact."""
    if _LOGGER.isEnabledFor(logging.INFO):
        _LOGGER.info(name, extra={"facts": facts})


def warning(name: str, **facts: object) -> None:
    """As `event`, for what a person should look at."""
    _LOGGER.warning(name, extra={"facts": facts})


def keep_in(folder: Path) -> Path:
    """From now on keep events in `folder`/glimmer.jsonl (created; 4 MB, then three older ones). Twice is once.

    Returns: the file. Raises: StoreError if it can't be written.
    """
    path = folder.resolve() / "glimmer.jsonl"
    with _guard:
        if path not in _open:
            _open[path] = _handler(path)
            _LOGGER.addHandler(_open[path])
            _LOGGER.setLevel(min(_LOGGER.level or logging.INFO, logging.INFO))
    return path


def close(folder: Path | None = None) -> None:
    """Stop keeping events in `folder`, or anywhere. The files stay."""
    with _guard:
        for path in [path for path in _open if folder is None or path.parent == folder.resolve()]:
            handler = _open.pop(path)
            _LOGGER.removeHandler(handler)
            handler.close()


def _handler(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, encoding="utf-8", delay=False
        )
    except OSError as reason:
        raise StoreError(
            f'the log "{path}" can\'t be written ({reason.strerror}); expected a writable studio. Set GLIMMER_STUDIO.'
        ) from reason
    handler.setFormatter(_JsonLines())
    return handler


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "event": _plain(record.getMessage()),
        }
        if record.levelno > logging.INFO:
            line["level"] = record.levelname.lower()
        for name, value in getattr(record, "facts", {}).items():
            line[name] = _MASK if _SECRET_NAME.search(name) else _plain(value)
        if record.exc_info:
            line["error"] = _plain(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _plain(value: object) -> object:
    """`value` as JSON takes it: plain, short, and without anything that looks like a key."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return round(value, 6) if value - value == 0 else str(value)  # JSON has no nan or inf
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in list(value)[:100]]
    if isinstance(value, dict):
        return {str(name): _MASK if _SECRET_NAME.search(str(name)) else _plain(one) for name, one in list(value.items())[:100]}
    return masked(str(value))[:_LONGEST_VALUE]


def masked(text: str) -> str:
    """`text` without what is, or looks like, a key: for whatever is written down for good."""
    for name in SECRET_NAMES:
        held = os.environ.get(name, "").strip()
        if len(held) >= 8:
            text = text.replace(held, _MASK)
    return _LOOKS_LIKE_KEY.sub(_MASK, text)
