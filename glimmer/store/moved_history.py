"""Moved history: what a film's history says of rows, told by names instead of ids, so that undo still works where the film arrives.

A change is an order to set columns of a row. From a stranger it is taken only if it is about a row of this film, a column that such rows
have, and a value that the column may hold; no order can reach another film, or a row's place in its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from glimmer.store.moved_rows import Row, read_column

__all__ = ["check_changes", "told_by_ids", "told_by_names"]

_FIXED: Final = frozenset({"bucket", "entry", "number", "version", "used"})  # what a row is told by, and what follows from others

Names = tuple[Any, ...]


def told_by_names(changes: str, names_of: Mapping[tuple[str, int], Names]) -> str:
    """The changes with each row's names in the place of its id; of rows that are gone from the film nothing is told."""
    told = [
        [table, list(names_of[table, row_id]), columns]
        for table, row_id, columns in json.loads(changes)
        if (table, row_id) in names_of
    ]
    return json.dumps(told, ensure_ascii=False)


def told_by_ids(changes: str, ids_of: Mapping[tuple[str, Names], int]) -> str:
    """The other way round; for changes that `check_changes` has let through."""
    told = [[table, ids_of[table, tuple(names)], columns] for table, names, columns in read_column(changes)]
    return json.dumps(told, ensure_ascii=False)


def check_changes(changes: str, models: Mapping[str, type[Row]], row_of: Callable[[str, Names], Mapping[str, Any] | None]) -> None:
    """Raises: ValueError, with the reason, unless each change sets columns of a row that `row_of` knows to what they may hold."""
    for change in read_column(changes):
        if not isinstance(change, list) or len(change) != 3 or not isinstance(change[1], list):
            raise ValueError("a change is no [table, names, columns]")
        table, names, columns = change
        row = row_of(table, tuple(names)) if isinstance(table, str) and table in models and _plain(names) else None
        if row is None:
            raise ValueError(f"it changes a row that is not there: {str(table)[:40]} {str(names)[:80]}")
        if columns is not None:
            _check_columns(models[table], row, columns)


def _plain(names: Sequence[Any]) -> bool:
    return all(isinstance(name, str | int) for name in names)


def _check_columns(model: type[Row], row: Mapping[str, Any], columns: Any) -> None:
    if not isinstance(columns, dict):
        raise ValueError("a change has no columns")
    for column, pair in columns.items():
        if column not in model.model_fields or column in _FIXED:
            raise ValueError(f'it changes "{column[:40]}", which no change may')
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueError(f'"{column}" is not told before and after')
        for value in pair:
            if value is None:  # not known before; no column of these takes it, so that an undo of it stops
                continue
            try:
                model.model_validate({**row, column: value})
            except ValidationError as error:
                raise ValueError(f'"{column}" can\'t become {str(value)[:60]!r}') from error
