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
_NOTHING: Final = "NULL"  # DuckDB's word for a key that was null in every line
_OBJECTS: Final = """
    select line from (select try_cast(line as json) as line from (select unnest(from_json(?, '["VARCHAR"]')) as line))
    where json_type(line) = 'OBJECT'"""
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
        """Read the log, unless it is held already. The lines are gone through twice, a chunk at a time: for their keys, then to keep."""
        if self._folder is None or self.is_held:
            return
        seen = fingerprint(self._folder)
        chunks = list(_in_chunks(lines(self._folder)))
        found, good = self._keys_of(chunks)
        asked = _columns(found)
        self._connection.execute("begin transaction")
        try:
            self._connection.execute(f"drop view if exists {LOG}")
            self._fill(chunks, asked)
            self._connection.execute("commit")
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._stands, self._seen, self.columns = "table", seen, list(asked)
        self.notes = _notes(sum(map(len, chunks)) - good, len(found) - sum(len(keys) for keys, _ in asked.values()))

    def _drop(self) -> None:
        if self._stands:
            self._connection.execute(f"drop {self._stands} {LOG}")
        self._stands, self._seen, self.columns, self.notes = "", None, list(_ALWAYS), []

    def _keys_of(self, chunks: list[list[str | None]]) -> tuple[dict[str, str], int]:
        """Every key of any line with a type that holds all it held, in order of first sight; and how many lines are objects."""
        found: dict[str, str] = {}
        good = 0
        for chunk in chunks:
            rows = self._connection.execute(f"select count(*), json_group_structure(line) from ({_OBJECTS})", [_sent(chunk)])
            count, shapes = rows.fetchall()[0]
            good += count
            for key, shape in (json.loads(shapes) if count else {}).items():
                found[key] = _both(found.get(key, _NOTHING), _type(shape))
        return found, good

    def _fill(self, chunks: list[list[str | None]], asked: dict[str, tuple[list[str], str]]) -> None:
        made = ", ".join(f"{_quoted(name)} {_kept_as(kind)}" for name, (_, kind) in asked.items())
        self._connection.execute(f"create table {LOG} ({made})")
        each = ", ".join(_column(keys, kind) for keys, kind in asked.values())
        shape = {key: _read_as(kind) for keys, kind in asked.values() if len(keys) == 1 for key in keys}
        parsed = f"from_json(line, {_text(json.dumps(shape))})" if shape else "null"
        for chunk in chunks:
            self._connection.execute(
                f"insert into {LOG} select {each} from (select line, {parsed} as parsed from ({_OBJECTS}))", [_sent(chunk)]
            )


def _in_chunks(each: Iterator[str | None]) -> Iterator[list[str | None]]:
    while chunk := list(islice(each, _CHUNK_LINES)):
        yield chunk


def _sent(chunk: list[str | None]) -> str:
    return json.dumps([line for line in chunk if line is not None], ensure_ascii=False)


def _columns(found: dict[str, str]) -> dict[str, tuple[list[str], str]]:
    """Each column's keys and type. Keys that differ by case alone are one column, as SQL names do not tell them apart."""
    columns: dict[str, tuple[list[str], str]] = {name: ([], kind) for name, kind in _ALWAYS.items()}
    for key, kind in found.items():
        name = _MOMENT if key.lower() == "at" else key.lower()
        if name in columns:
            keys, before = columns[name]
            columns[name] = ([*keys, key], before if name in _ALWAYS else _both(before, kind))
        elif key and len(columns) < MOST_COLUMNS:
            columns[name] = ([key], kind)
    return columns


def _type(shape: object) -> str:
    """DuckDB's word for what a key held, made safe: no unsigned numbers (a difference would overflow), other words as text."""
    if not isinstance(shape, str):
        return "JSON"
    return _NUMBERS.get(shape, shape if shape == _NOTHING else "VARCHAR")


def _both(one: str, other: str) -> str:
    """A type that holds what either holds."""
    if one == other or other == _NOTHING:
        return one
    if one == _NOTHING:
        return other
    return "DOUBLE" if {one, other} == {"HUGEINT", "DOUBLE"} else "VARCHAR"


def _kept_as(kind: str) -> str:
    return "VARCHAR" if kind == _NOTHING else kind


def _read_as(kind: str) -> str:
    return "VARCHAR" if kind == "TIMESTAMP" else _kept_as(kind)


def _column(keys: list[str], kind: str) -> str:
    if not keys:
        return "null"
    if len(keys) == 1:
        value = f"parsed.{_quoted(keys[0])}"
    else:
        value = "coalesce(" + ", ".join(f"line ->> {_text(_pointer(key))}" for key in keys) + ")"
    if kind == "TIMESTAMP":
        return f"cast(try_cast({value} as timestamptz) as timestamp)"
    return value if len(keys) == 1 else f"try_cast({value} as {_kept_as(kind)})"


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
