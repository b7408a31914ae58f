"""Found: what a search came to, or what is in the trash: a tuple of entries that prints as a bounded table and has a card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from glimmer.buckets import cards
from glimmer.display import Html, Table
from glimmer.store import EntryRow

if TYPE_CHECKING:
    from glimmer.assets import Assets

__all__ = ["Found"]

T = TypeVar("T")


class Found(tuple[T, ...]):
    """Entries, in the bucket's order. `total` counts those past the limit too."""

    total: int
    table: Table

    @classmethod
    def of(
        cls,
        title: str,
        entries: Iterable[T],
        rows: Sequence[EntryRow],
        *,
        total: int,
        assets: Assets,
        states: Mapping[str, str] | None = None,
        words: Mapping[str, str] | None = None,
        nothing: str = "nothing was found",
    ) -> Found[T]:
        found = cls(entries)
        found.total = total
        found.table = cards.entries_table(rows, states or {}, words or {})
        found._title, found._rows, found._assets = title, tuple(rows), assets
        found._states, found._words, found._nothing = dict(states or {}), dict(words or {}), nothing
        return found

    _title: str
    _rows: tuple[EntryRow, ...]
    _assets: Assets
    _states: dict[str, str]
    _words: dict[str, str]
    _nothing: str

    def __repr__(self) -> str:
        if not self:
            return f"{self._title}: {self._nothing}"
        left = self.total - len(self)
        return f"{self._title}: {cards.counted(self.total, 'entry', 'entries')}\n{self.table!r}" + (
            f"\n{left:,} more were found than the limit lets through" if left > 0 else ""
        )

    def _repr_html_(self) -> Html:
        return cards.found_card(
            self._title, self._rows, self.total, self._assets, states=self._states, words=self._words, nothing=self._nothing
        )
