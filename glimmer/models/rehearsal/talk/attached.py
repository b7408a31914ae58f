"""Attached: what came along with a message, read by rules: "use this" with a take attached means that take.

A face writes what came along in a line of its own under the message: 'Attached: video "2A" take 2; audio "line 12" take 1'.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["with_attached"]

_LINE: Final = re.compile(r"\n*^Attached: (.+)\Z", re.M)
_ONE: Final = re.compile(r'(?:video|audio|music|character) "([^"\n]{1,200})" take (\d{1,6})')
_CHOOSES: Final = re.compile(
    r"\b(use|circle|choose|pick|prefer|take) (?:this|that)(?: (?:one|take|shot|clip|line|picture))?\b", re.I
)
_MEANS: Final = re.compile(r"\b(?:this|that)(?: (?:one|take|shot|clip|line|picture))?\b(?! is| was)", re.I)


def with_attached(said: str) -> str:
    """The message with the first thing that came along in the place of "this" or "that"; the line of attachments is no sentence of its own."""
    line = _LINE.search(said)
    found = _ONE.search(line.group(1)) if line is not None else None
    if line is None or found is None:
        return said
    name, take = found.groups()
    words = _CHOOSES.sub(lambda match: f"{match.group(1)} take {take} of {name}", said[: line.start()])
    return _MEANS.sub(lambda match: name, words)
