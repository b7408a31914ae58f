"""Analyst: asks the child and puts what comes back into a Table, or into an error that says what to do.

One a film or a studio. It starts its child with the first question and keeps it: a second question finds the tables loaded.
Whatever ends a question (time, memory, Ctrl-C, a kill from outside), the next one is answered, by a new child if need be.
"""

from __future__ import annotations

import importlib.util
import os
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Self

from glimmer import limits
from glimmer.analytics import frames, trouble
from glimmer.analytics.process import ChildProcess, Gone, TooSlow
from glimmer.analytics.tables import SqlTable, chunks
from glimmer.display import Table
from glimmer.errors import GlimmerError, LimitError, NotInstalled, SettingsError

__all__ = ["Analyst"]

_START_SECONDS: Final = 60.0  # 0.5 s on a free machine
_LOAD_SECONDS: Final = 300.0  # one table; 100,000 rows take about one
_LONGEST_SECONDS: Final = 3_600.0
_NEEDS: Final = "questions in SQL need DuckDB 2"


class Analyst:
    """Answers SQL over tables it is handed. Thread-safe: one question at a time. `close()` ends its child; a context manager."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._child: ChildProcess | None = None
        self._finalizer: weakref.finalize[..., Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child and forget its tables. A later question starts anew."""
        with self._alone():
            self._end()

    def ask(
        self,
        sql: str,
        tables: Sequence[SqlTable],
        *,
        revision: str,
        log: Path | None = None,
        parameters: Sequence[object] = (),
        seconds: float = 30.0,
        most_rows: int = limits.MAX_SQL_ROWS,
    ) -> Table:
        """The answer to one reading statement, as plain Python values; its title says if rows were left out.

        Reads the rows of a table only when `sql` names it, and again only when `revision` or its columns change. `log` is a
        folder of JSONL files, read as the table `log`, and again whenever they change. `?` and `$1` in `sql` take `parameters`.
        Values: int (of any size), float (decimals too), str, bool, None, list, dict, bytes, and datetime, date, time and
        timedelta for moments and spans; a `timestamp` is UTC without a zone, a `timestamptz` has the zone UTC.
        Does not change anything, and can't: every statement but a reading one is refused, and the child can open no file.

        Raises: QueryError (not a reading statement, wrong SQL, past `seconds`, memory or size), NotFound (a table or column
        nobody knows, with the nearest), NotInstalled without DuckDB, SettingsError or LimitError for the arguments.
        """
        _check(sql, tables, log, seconds, most_rows)
        question = {
            "sql": sql,
            "tables": {table.name: table.columns for table in tables},
            "revision": revision,
            "log": str(log.absolute()) if log is not None else None,
            "parameters": [frames.packed(one) for one in parameters],
            "most_rows": most_rows,
            "most_bytes": limits.MAX_SQL_BYTES,
            "processor_seconds": seconds * 4 + _LOAD_SECONDS,  # a backstop for when we are stopped and can't watch
        }
        with self._alone():
            try:
                answer = self._asked(question, {table.name.lower(): table for table in tables}, seconds)
            except TooSlow:
                self._end()
                raise trouble.too_slow(sql, seconds) from None
            except Gone as reason:
                self._end()
                raise trouble.gone(sql, str(reason)) from reason
            except BaseException:  # Ctrl-C, or a table's own rows failed: the talk is out of step
                self._end()
                raise
        if isinstance(answer, Table):
            return answer
        raise answer

    def _asked(self, question: dict[str, Any], tables: dict[str, SqlTable], seconds: float) -> Table | GlimmerError:
        """The Table, or the error the child answered with. What it *raises* leaves the child past use."""
        child = self._running()
        with child.within(seconds):
            child.send_json(question)
            reply = child.receive_json()
        while "need" in reply:
            with child.within(_LOAD_SECONDS):
                self._send_rows(child, tables[reply["need"]])
            with child.within(seconds):
                reply = child.receive_json()
        if "error" in reply:
            if reply["fatal"]:
                self._end()
            return trouble.in_words(question["sql"], reply, tables, has_log=question["log"] is not None)
        with child.within(seconds):
            return _table(reply, [child.receive_json() for _ in range(reply["chunks"])])

    def _alone(self) -> threading.Lock:
        """The lock for one question at a time; a new one in a forked copy, where the thread that held it is not."""
        if self._owner != os.getpid():
            self._owner, self._lock = os.getpid(), threading.Lock()
        return self._lock

    def _send_rows(self, child: ChildProcess, table: SqlTable) -> None:
        for columns in chunks(table):
            child.send_columns(columns)
        child.send_columns([])

    def _running(self) -> ChildProcess:
        if self._child is None or not self._child.runs:
            self._end()
            _is_installed()
            child = self._child = ChildProcess()
            self._finalizer = weakref.finalize(self, child.end)
            with child.within(_START_SECONDS):
                hello = child.receive_json()
            version = str(hello.get("hello", "0"))
            if int(version.split(".")[0]) < 2:
                self._end()
                raise NotInstalled(
                    f"{_NEEDS}; found {version if version != '0' else hello.get('words')}. Run: pip install 'glimmer-studio[studio]'",
                    extra="studio",
                )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()
        if self._finalizer is not None:
            self._finalizer.detach()


def _is_installed() -> None:
    """Before a process is started for nothing. Looks for the package and does not import it."""
    if importlib.util.find_spec("duckdb") is None:
        raise NotInstalled(f"{_NEEDS}, which is not installed. Run: pip install 'glimmer-studio[studio]'", extra="studio")


def _check(sql: object, tables: Sequence[SqlTable], log: Path | None, seconds: float, most_rows: int) -> None:
    if not isinstance(sql, str):
        raise SettingsError(
            f"SQL is text, not {type(sql).__name__}: {sql!r}. Try: select * from {tables[0].name if tables else 'log'}"
        )
    if len(sql) > limits.MAX_SQL_CHARS:
        raise LimitError(f"{len(sql):,} characters of SQL; at most {limits.MAX_SQL_CHARS:,}.", limit="MAX_SQL_CHARS")
    if not 0 < seconds <= _LONGEST_SECONDS:
        raise SettingsError(f"seconds={seconds!r}; expected more than 0 and at most {_LONGEST_SECONDS:,.0f}.")
    if not 1 <= most_rows <= limits.MAX_SQL_ROWS * 10:
        raise SettingsError(f"most_rows={most_rows!r}; expected 1 to {limits.MAX_SQL_ROWS * 10:,}.")
    names = [table.name.lower() for table in tables] + (["log"] if log is not None else [])
    if len(set(names)) < len(names):
        raise SettingsError(f"two tables of one name among {', '.join(names)}; SQL could not tell them apart.")


def _table(reply: dict[str, Any], columns_by_chunk: list[Any]) -> Table:
    kinds = reply["kinds"]
    rows: list[tuple[object, ...]] = []
    for columns in columns_by_chunk:
        read = [_unpacked(column) if kind == "packed" else column for column, kind in zip(columns, kinds, strict=True)]
        rows.extend(zip(*read, strict=True))
    notes = ([f"the first {len(rows):,} rows; more were left out"] if reply["cut"] else []) + list(reply["notes"])
    return Table(reply["columns"], rows, title="; ".join(notes))


def _unpacked(column: list[Any]) -> list[object]:
    return [None if one is None else frames.unpacked(one) for one in column]
