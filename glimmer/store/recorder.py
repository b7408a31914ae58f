"""Recording what a transaction changes, so that it can be undone: for each tracked row its key and every changed column, before and after.

One mechanism for all verbs: it looks at what the session is about to write, so that no verb can forget to be undoable.
A new row is undone by putting it into the trash; nothing is ever deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, Literal

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from glimmer.store.tables import TRACKED, EntryTable, TakeTable, now

__all__ = ["Change", "Recorder", "apply", "read_changes"]

Change = tuple[str, int, dict[str, tuple[Any, Any]] | None]  # table, id, columns (before, after); None: the row is new
_FOLLOWS: Final = frozenset({"used_id"})  # is worked out from the rest


class Recorder:
    """Watches one session until it ends."""

    def __init__(self, session: Session) -> None:
        self._new: list[Any] = []
        self._changed: dict[tuple[str, int], dict[str, tuple[Any, Any]]] = {}
        event.listen(session, "before_flush", self._note)

    def _note(self, session: Session, context: object, instances: object) -> None:
        self._new.extend(row for row in session.new if _table(row))
        for row in session.dirty:
            name = _table(row)
            if name and row not in self._new:
                _merge(self._changed.setdefault((name, row.id), {}), _changed_columns(row))

    def changes(self) -> list[Change]:
        """What was written so far, in an order in which it can be undone from the end."""
        made: list[Change] = [(_table(row), row.id, None) for row in self._new]
        for (name, row_id), columns in self._changed.items():
            real = {column: pair for column, pair in columns.items() if pair[0] != pair[1]}
            if real:
                made.append((name, row_id, real))
        return made


def _table(row: Any) -> str:
    name = str(row.__tablename__)
    return name if name in TRACKED else ""


def _changed_columns(row: Any) -> dict[str, tuple[Any, Any]]:
    state = inspect(row)
    found = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes() and attribute.key not in _FOLLOWS:
            found[attribute.key] = (history.deleted[0] if history.deleted else None, history.added[0] if history.added else None)
    return found


def _merge(known: dict[str, tuple[Any, Any]], more: dict[str, tuple[Any, Any]]) -> None:
    """Two flushes of one transaction are one change: the first before, the last after."""
    for column, (before, after) in more.items():
        known[column] = (known[column][0] if column in known else before, after)


def read_changes(text: str) -> list[Change]:
    return [(name, row_id, columns) for name, row_id, columns in json.loads(text)]


def apply(session: Session, changes: Iterable[Change], to: Literal["before", "after"]) -> set[int]:
    """Set every row to how it was before, or after, these changes. Returns: ids of the entries whose used take may be another now."""
    side = 0 if to == "before" else 1
    touched: set[int] = set()
    for name, row_id, columns in changes:
        row = session.get(TRACKED[name], row_id)
        if row is None:
            continue  # nothing deletes rows but a person with a database tool; what is gone can't be brought back
        if columns is None:
            row.trashed_at = now() if to == "before" else ""
        for column, pair in (columns or {}).items():
            setattr(row, column, pair[side])
        session.flush()  # row by row, in order: a key that one entry leaves may be the next one's
        if isinstance(row, TakeTable):
            touched.add(row.entry_id)
        elif isinstance(row, EntryTable):
            touched.add(row.id)
    return touched
