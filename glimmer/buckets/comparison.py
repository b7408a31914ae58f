"""Comparison: two takes of one entry side by side: seen or heard, and what is not the same about them, down to what was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from glimmer.assets import Assets
from glimmer.buckets import cards
from glimmer.display import Html, Table, cost_text, duration_text, plain_line
from glimmer.store import RequestRow, Take

__all__ = ["Comparison"]

_MOST_FIELDS: Final = 14  # of two requests; more is another request altogether
_LONGEST_VALUE: Final = 160
_NOT_SHOWN: Final = frozenset({"words"})  # the rendered prompt says the rest again, at length


class Comparison:
    """`film.video["2A"].compare(1, 2)`: prints as a table of what differs; its card shows both takes."""

    def __init__(
        self,
        name: str,
        takes: tuple[Take, Take],
        asked: tuple[RequestRow | None, RequestRow | None],
        assets: Assets,
        *,
        circled: int = 0,
        used: int = 0,
    ) -> None:
        self.name = name
        self.takes = takes
        self._asked = asked
        self._assets = assets
        self._circled = circled
        self._used = used

    @property
    def differs(self) -> Table:
        """What is not the same: what · the one · the other. What both share is left out."""
        return self._table(with_words=True)

    def _table(self, *, with_words: bool) -> Table:
        first, second = self.takes
        rows = [row for row in (*self._about(with_words), *self._requests()) if row[1] != row[2]]
        return Table(("what", f"take {first.number}", f"take {second.number}"), rows)

    @property
    def is_same_media(self) -> bool:
        """Whether both hold the very same bytes."""
        return self.takes[0].asset == self.takes[1].asset

    def _about(self, with_words: bool) -> Iterator[tuple[str, str, str]]:
        first, second = (_facts(take) for take in self.takes)
        yield from ((label, first[label], second[label]) for label in first)
        if with_words and all(take.media_type.startswith("text/") for take in self.takes):
            one, other = (plain_line(cards.text_of(take, self._assets)) for take in self.takes)
            yield "words", one, other

    def _requests(self) -> list[tuple[str, str, str]]:
        first, second = self._asked
        if first is None or second is None:
            return []
        if first.key == second.key:
            return []
        one, other = dict(_flat(json.loads(first.body))), dict(_flat(json.loads(second.body)))
        changed = [name for name in {**one, **other} if one.get(name) != other.get(name)]
        shown = [(name, one.get(name, ""), other.get(name, "")) for name in changed[:_MOST_FIELDS]]
        more = len(changed) - len(shown)
        return [*shown, *([("asked for", "", f"… and {more} more that differ")] if more else [])]

    def _notices(self) -> tuple[str, ...]:
        first, second = self._asked
        if self.is_same_media:
            return ("both are the very same file",)
        if first is not None and second is not None and first.key == second.key:
            return ("the same was asked for both times; only the seed is another",)
        return () if len(self.differs) else ("nothing is said of them that differs; what is seen or heard does",)

    def _heads(self) -> tuple[str, str]:
        first, second = (self._head(take) for take in self.takes)
        return first, second

    def _head(self, take: Take) -> str:
        marks = ("used" if take.number == self._used else "", "circled" if take.number == self._circled else "")
        return " · ".join(part for part in (f"take {take.number}", *marks) if part)

    def __repr__(self) -> str:
        first, second = self._heads()
        notices = "".join(f"\n{each}" for each in self._notices())
        differs = self.differs
        return f"{self.name}: {first} | {second}{notices}" + (f"\n{differs!r}" if len(differs) else "")

    def _repr_html_(self) -> Html:
        return cards.comparison_card(
            self.name, self.takes, self._heads(), self._table(with_words=False), self._assets, self._notices()
        )


def _facts(take: Take) -> dict[str, str]:
    return {
        "made by": "a person" if take.model == "own" else take.model,
        "length": duration_text(take.seconds) if take.seconds else "",
        "cost": cost_text(take.usd),
        "made at": take.made_at[:16].replace("T", " "),
        "stars": cards.stars_text(take.rating),
        "note": take.note,
        "media": take.media_type,
    }


def _flat(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every single value of a request under words for where it stands: "cast 1 · design · garment colour"."""
    if isinstance(value, dict):
        for name, each in value.items():
            if path or name not in _NOT_SHOWN:
                yield from _flat(each, (*path, plain_line(name).replace("_", " ")))
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for number, each in enumerate(value, 1):
            yield from _flat(each, (*path[:-1], f"{path[-1] if path else ''} {number}".strip()))
    else:
        words = ", ".join(map(str, value)) if isinstance(value, list) else _plain(value)
        yield " · ".join(path), words[:_LONGEST_VALUE]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:g}" if isinstance(value, float) else plain_line(value)
