"""The log as a table: every fact any line holds is a column, whatever version wrote it.

DuckDB finds the union of the lines' keys itself (`json_group_structure`) and reads them in one pass. A key that is a number in
one line and a word in another becomes text; lists and objects become JSON; a line that is no JSON object is left out and counted.
Lives in the child.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from glimmer.analytics.loglines import fingerprint, lines

__all__ = ["LOG", "LogTable"]

LOG: Final = "log"
MOST_COLUMNS: Final = 400
_MOMENT: Final = "logged_at"  # a line's "at"; AT is a word of DuckDB's own since 2.0, and `where at > …` would not parse
_ALWAYS: Final = {_MOMENT: "TIMESTAMP", "event": "VARCHAR", "level": "VARCHAR"}
_CHUNK_LINES: Final = 10_000
_NUMBERS: Final = {"UBIGINT": "HUGEINT", "BIGINT": "HUGEINT", "HUGEINT": "HUGEINT", "DOUBLE": "DOUBLE", "BOOLEAN": "BOOLEAN"}


class LogTable:
    """The table `log` of one connection. `look` at a folder first; `hold` reads it, again only after it has changed."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._folder: Path | None = None
        self._seen: tuple[object, ...] | None = None
        self._stands = ""  # "table", "view" or ""
        self.columns: list[str] = list(_ALWAYS)
        self.notes: list[str] = []

    @property
    def is_held(self) -> bool:
        return self._stands == "table"

    def look(self, folder: Path | None) -> None:
        """Queries may now name the log in `folder`; no folder, no table. What is held stays if the files are the same."""
        if folder == self._folder and (folder is None or self._seen == fingerprint(folder)):
            return
        self._drop()
        self._folder = folder
        if folder is not None:
            mark = "error('glimmer has not read log yet')"
            each = ", ".join(f"cast({mark} as {kind}) as {name}" for name, kind in _ALWAYS.items())
            self._connection.execute(f"create view {LOG} as select {each} where {mark}")
            self._stands = "view"

    def hold(self) -> None:
        """Read the log, unless it is held already."""
        if self._folder is None or self.is_held:
            return
        seen = fingerprint(self._folder)
        self._connection.execute("begin transaction")
        try:
            self._connection.execute(f"drop view if exists {LOG}")
            broken = self._raw_lines(self._folder)
            self._from_raw(broken)
            self._connection.execute("commit")
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._stands, self._seen = "table", seen

    def _drop(self) -> None:
        if self._stands:
            self._connection.execute(f"drop {self._stands} {LOG}")
        self._stands, self._seen, self.columns, self.notes = "", None, list(_ALWAYS), []

    def _raw_lines(self, folder: Path) -> int:
        """Every readable line into the table `raw`. Returns: how many were too long or too deep to try."""
        self._connection.execute("create temporary table raw (line json)")
        broken = 0
        for chunk in _in_chunks(lines(folder)):
            texts = [line for line in chunk if line is not None]
            broken += len(chunk) - len(texts)
            self._connection.execute(
                "insert into raw select line from (select try_cast(line as json) as line from (select unnest(from_json(?, '[\"VARCHAR\"]')) as line)) "
                "where json_type(line) = 'OBJECT'",
                [json.dumps(texts, ensure_ascii=False)],
            )
            kept = self._connection.execute("select count(*) from raw").fetchall()[0][0]
            broken += len(texts) - (kept - self._kept_before)
            self._kept_before = kept
        return broken

    def _from_raw(self, broken: int) -> None:
        self._kept_before = 0
        found = self._connection.execute("select json_group_structure(line) from raw").fetchall()[0][0]
        shapes: dict[str, object] = json.loads(found) if found else {}
        asked = _columns(shapes)
        each = ", ".join(_column(name, keys, kind) for name, (keys, kind) in asked.items())
        shape = {key: _read_as(kind) for name, (keys, kind) in asked.items() if len(keys) == 1 for key in keys}
        parsed = f"from_json(line, {_text(json.dumps(shape))})" if shape else "null"
        self._connection.execute(f"create table {LOG} as select {each} from (select line, {parsed} as parsed from raw)")
        self._connection.execute("drop table raw")
        self.columns = list(asked)
        self.notes = _notes(broken, len(shapes) - sum(len(keys) for keys, _ in asked.values()))

    _kept_before = 0


def _in_chunks(each: Iterator[str | None]) -> Iterator[list[str | None]]:
    while chunk := list(islice(each, _CHUNK_LINES)):
        yield chunk


def _columns(shapes: dict[str, object]) -> dict[str, tuple[list[str], str]]:
    """Each column's keys and type. Keys that differ by case alone are one column, as SQL names do not tell them apart."""
    found: dict[str, tuple[list[str], str]] = {name: ([], kind) for name, kind in _ALWAYS.items()}
    for key, shape in shapes.items():
        name, kind = _MOMENT if key.lower() == "at" else key.lower(), _type(shape)
        if name in found:
            keys, before = found[name]
            found[name] = ([*keys, key], before if name in _ALWAYS else _both(before, kind))
        elif key and len(found) < MOST_COLUMNS:
            found[name] = ([key], kind)
    return found


def _type(shape: object) -> str:
    """DuckDB's word for what a key held, made safe: no unsigned numbers (a difference would overflow), mixed values as text."""
    if not isinstance(shape, str):
        return "JSON"
    return _NUMBERS.get(shape, "VARCHAR")


def _both(one: str, other: str) -> str:
    """A type that holds what either holds."""
    if one == other:
        return one
    return "DOUBLE" if {one, other} == {"HUGEINT", "DOUBLE"} else "VARCHAR"


def _read_as(kind: str) -> str:
    return "VARCHAR" if kind == "TIMESTAMP" else kind


def _column(name: str, keys: list[str], kind: str) -> str:
    if not keys:
        value = f"cast(null as {kind})"
    elif len(keys) == 1:
        value = f"parsed.{_quoted(keys[0])}"
    else:
        value = "coalesce(" + ", ".join(f"line ->> {_text(_pointer(key))}" for key in keys) + ")"
    if kind == "TIMESTAMP" and keys:
        value = f"cast(try_cast({value} as timestamptz) as timestamp)"
    return (
        f"{value} as {_quoted(name)}" if len(keys) < 2 or kind == "TIMESTAMP" else f"try_cast({value} as {kind}) as {_quoted(name)}"
    )


def _pointer(key: str) -> str:
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _notes(broken: int, columns_left: int) -> list[str]:
    notes = []
    if broken:
        notes.append(f"{broken:,} broken line{'s' if broken > 1 else ''} of the log left out")
    if columns_left > 0:
        notes.append(
            f"{columns_left:,} key{'s' if columns_left > 1 else ''} of the log left out (nameless, or past {MOST_COLUMNS} columns)"
        )
    return notes


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
