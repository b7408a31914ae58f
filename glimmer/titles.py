"""Titles: what a film may be called, and the file name that goes with it. Ground: Project, Studio and archives keep one rule."""

from __future__ import annotations

import re
import unicodedata

from glimmer import limits
from glimmer.errors import InputError

__all__ = ["checked_title", "file_name"]

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # turn a line around: "gpj.exe" reads "exe.jpg"
_CONTROLS = ("Cc", "Cs")  # control characters, and half surrogates, which no database takes


def checked_title(title: str) -> str:
    """`title` with single spaces.

    Raises: InputError if there is nothing in it, if it is too long, or holds characters that can't be kept.
    """
    words = " ".join(title.split()) if isinstance(title, str) else ""
    if not words or len(words) > limits.MAX_NAME_CHARS or any(unicodedata.category(c) in _CONTROLS or c in _TURNING for c in words):
        raise InputError(
            f"a film can't be called {title!r:.60}; expected 1 to {limits.MAX_NAME_CHARS} printable characters (MAX_NAME_CHARS)."
        )
    return words


def file_name(title: str) -> str:
    """A safe file name for a title in any script; it never leaves its folder."""
    return re.sub(r"[^\w\-]+", "-", title, flags=re.UNICODE).strip("-_.")[:60] or "film"
