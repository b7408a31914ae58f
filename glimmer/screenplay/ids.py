"""Ids made of content: the hash of what a thing says, and how many equal ones stand before it. Never its position.

So an edit elsewhere (a scene inserted in front, another line rewritten) leaves an id alone, and a take keeps its shot.
"""

from __future__ import annotations

import hashlib
from collections import Counter

__all__ = ["Ids"]

_ID_HEX_DIGITS = 12  # 48 bits: for 10,000 shots the odds of one collision are 2 in 10 million


class Ids:
    """Gives ids of one kind for one script, and remembers what it has seen to number equal ones."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._seen: Counter[tuple[str, ...]] = Counter()
        self._given: set[str] = set()

    def of(self, *content: str) -> str:
        """ "line-3fa9…" for this content; the second of two equal ones gets another id than the first."""
        self._seen[content] += 1
        found = self._digest(*content, str(self._seen[content]))
        while found in self._given:  # a hash collision: astronomically rare, still never two alike
            found = self._digest(found)
        self._given.add(found)
        return found

    def _digest(self, *parts: str) -> str:
        text = "\x1f".join((self._kind, *parts))
        return f"{self._kind}-{hashlib.sha256(text.encode()).hexdigest()[:_ID_HEX_DIGITS]}"
