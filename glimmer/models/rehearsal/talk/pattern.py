"""The little language of phrases: `shoot [{takes:number} more] take[s] of {scene}`.

[…] may be left out (also at a word's end: take[s]), (a|b) is one or the other, {argument:slot} is a blank of `slots`, and {slot} is short for {slot:slot}. Capitals don't
matter, and a phrase matches a whole step or not at all: that a sentence only holds such words is never enough.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, Final

from glimmer.models.rehearsal.talk.slots import SLOTS

__all__ = ["Phrase"]

_TOKEN: Final = re.compile(r"\{(\w+)(?::(\w+))?\}|([\[\](|)])|([^\s\[\](|){}]+(?:\[[^\s\[\]]+\])?)")


class Phrase:
    """One way to say something."""

    def __init__(self, written: str) -> None:
        self.written = written
        self._blanks: dict[str, tuple[str, str]] = {}  # group -> (argument, slot)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Made when somebody first speaks: all of them take about 100 ms, which opening a film must not cost.

        Raises: KeyError for a slot that is not in SLOTS.
        """
        return re.compile(self._compiled(self.written), re.I | re.S)

    def read(self, step: str) -> dict[str, Any] | None:
        """The arguments that `step` says; None where it is not this phrase."""
        found = self._pattern.fullmatch(f"{step} ")
        if found is None:
            return None
        arguments: dict[str, Any] = {}
        for group, (argument, slot) in self._blanks.items():
            words = found.group(group)
            if words is not None:
                arguments |= SLOTS[slot].read(argument, words)
        return arguments

    def _compiled(self, written: str) -> str:
        """Every piece ends with the blank after it, so that what is left out takes its blank along."""
        marks: dict[str, str] = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}
        return "".join(self._piece(token, marks) for token in _TOKEN.finditer(written))

    def _piece(self, token: re.Match[str], marks: dict[str, str]) -> str:
        argument, slot, mark, word = token.groups()
        if argument:
            group = f"g{len(self._blanks)}"
            self._blanks[group] = (argument, slot or argument)
            return f"(?P<{group}>{SLOTS[slot or argument].pattern}) "
        if mark:
            return marks[mark]
        stem, _, ending = word.partition("[")
        return f"{re.escape(stem)}{f'(?:{re.escape(ending[:-1])})?' if ending else ''} "
