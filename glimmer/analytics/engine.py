"""The engine: DuckDB in memory, locked before the first question. Lives in the child process only.

What a query may do is decided by DuckDB's own statement types, and then by a read-only transaction around it: a
`with x as (insert …)` is a SELECT to the parser, and still changes nothing. A table the query names is fetched once and held for
as long as the revision is the same. Until then a view of its name and columns stands in its place, so that `show tables` and
`describe` know it; reading that view fails with a mark, upon which the table is fetched and the query asked again.
"""

from __future__ import annotations

import json
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Final

from glimmer.analytics.frames import packed
from glimmer.analytics.log_table import LOG, LogTable

__all__ = ["VERSION", "Answer", "Engine", "Question", "Refusal"]


class _Utc(tzinfo):
    """UTC with the one method more that DuckDB asks of pytz, a package we do not need for anything else."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        return timedelta(0)

    def dst(self, moment: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        return "UTC"

    def localize(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC)


_zones = types.ModuleType("pytz")
_zones.timezone = lambda name: _Utc()  # type: ignore[attr-defined]
sys.modules["pytz"] = _zones

import duckdb  # noqa: E402

VERSION: Final[str] = duckdb.__version__
MEMORY: Final = "512MB"
THREADS: Final = 2
_LOCK: Final = (
    "set temp_directory = ''",  # nothing spills to disk
    "set max_temp_directory_size = '0B'",
    "set TimeZone = 'UTC'",
    "set enable_progress_bar = false",
    "set enable_external_access = false",  # no file, no glob, no http, no attach, no copy
    "set python_enable_replacements = false",  # no variable of ours can be named as a table
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set lock_configuration = true",  # the last: nothing above can be taken back
)
_READING: Final = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
_AS_IT_IS: Final = {
    "boolean", "tinyint", "smallint", "integer", "bigint", "hugeint",
    "utinyint", "usmallint", "uinteger", "ubigint", "uhugeint", "float", "double", "varchar", "enum",
}  # fmt: skip
_FETCH_ROWS: Final = 2_048  # DuckDB's own vector
_WORD: Final = re.compile(r"\w+")
_UNREAD: Final = re.compile(r"glimmer has not read (\S+) yet")
_PROCESSOR_SPARE_SECONDS: Final = 5.0

Fetch = Callable[[str], Iterator[list[str]]]


class Refusal(Exception):
    """Why a question has no answer: `kind` for the parent to put into words, DuckDB's own `words`, and whether we should end."""

    def __init__(self, kind: str, words: str = "", *, fatal: bool = False) -> None:
        super().__init__(words)
        self.kind, self.words, self.fatal = kind, words, fatal


@dataclass(frozen=True)
class Question:
    sql: str
    parameters: list[object]
    most_rows: int
    most_bytes: int


@dataclass
class Answer:
    """Column names, how each column travels ("" or "packed"), the rows as JSON chunks, and what the reader should know."""

    columns: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)
    cut: bool = False
    notes: list[str] = field(default_factory=list)


class Engine:
    """One locked DuckDB and the tables it holds. `fetch(name)` gives a table's rows as chunks of JSON columns."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._connection = _locked(THREADS)
        self._bare = _locked(1)  # holds nothing: says which names a query would look up, whatever stands behind them here
        self._revision: object = None
        self._offered: dict[str, list[tuple[str, str]]] = {}  # by lower name
        self._held: set[str] = set()
        self._log = LogTable(self._connection)
        self.named: list[str] = []  # the offered tables that the last question named

    def offer(self, tables: dict[str, list[tuple[str, str]]], *, revision: str, log: Path | None) -> None:
        """From now on queries may name `tables` and the log. What another revision or other columns left is forgotten."""
        offered = {name.lower(): columns for name, columns in tables.items()}
        if (revision, offered) != (self._revision, self._offered):
            self._forget()
            self._revision, self._offered = revision, offered
            for name, columns in offered.items():
                self._stand_in(name, columns)
        self._log.look(log)

    @property
    def log_columns(self) -> list[str]:
        return self._log.columns

    def answer(self, question: Question) -> Answer:
        """The rows that `question` asks for. Raises: Refusal."""
        self.named = []
        try:
            self._only_reading(question.sql)
            self._hold(self._names_in(question.sql))
            return self._answered(question)
        except MemoryError as reason:
            raise Refusal("memory", "the process had no more memory", fatal=True) from reason
        except duckdb.Error as reason:
            raise _refusal(reason) from reason
        except (ValueError, TypeError, ArithmeticError, LookupError, RuntimeError) as reason:  # a value Python can't hold
            raise Refusal("sql", f"{type(reason).__name__}: {reason}") from reason

    def _only_reading(self, sql: str) -> None:
        statements = duckdb.extract_statements(sql)
        if len(statements) != 1:
            raise Refusal("many" if statements else "nothing", str(len(statements)))
        kind = _explained(sql) if statements[0].type == duckdb.StatementType.EXPLAIN else statements[0].type
        if kind not in _READING:
            raise Refusal("writes", kind.name)

    def _names_in(self, sql: str) -> set[str]:
        try:
            named = {name.lower() for name in self._bare.get_table_names(sql)}
        except duckdb.Error:  # it has parameters, or changes a table: then all that the text mentions
            named = set(_WORD.findall(sql.lower()))
        self.named = [name for name in (*self._offered, LOG) if name in named]
        return set(self.named)

    def _hold(self, names: Iterable[str]) -> None:
        for name in names:
            if name == LOG:
                self._log.hold()
            elif name in self._offered and name not in self._held:
                self._read_in(name)

    def _answered(self, question: Question) -> Answer:
        for _ in range(len(self._offered) + 2):
            try:
                return self._executed(question)
            except duckdb.Error as reason:
                unread = {match[1] for match in _UNREAD.finditer(str(reason))}
                if not unread or all(name in self._held or (name == LOG and self._log.is_held) for name in unread):
                    raise
            self._hold(unread)
            self.named += [name for name in unread if name not in self.named]
        raise Refusal("sql", "the tables could not be read.")

    def _executed(self, question: Question) -> Answer:
        self._connection.execute("begin transaction read only")
        try:
            result = self._connection.execute(question.sql, question.parameters or None)
            return self._collected(result, question)
        finally:
            self._connection.execute("rollback")

    def _collected(self, result: Any, question: Question) -> Answer:
        described = result.description or []
        answer = Answer(columns=[one[0] for one in described], kinds=[_kind(one[1]) for one in described])
        rows, size_bytes = 0, 0
        while rows <= question.most_rows and (chunk := result.fetchmany(min(_FETCH_ROWS, question.most_rows + 1 - rows))):
            rows += len(chunk)
            if rows > question.most_rows:
                answer.cut = True
                chunk = chunk[: len(chunk) - (rows - question.most_rows)]
            if chunk:
                answer.chunks.append(_written(chunk, answer.kinds))
                size_bytes += len(answer.chunks[-1])
            if size_bytes > question.most_bytes:
                raise Refusal("big", str(question.most_bytes))
        if LOG in self.named:
            answer.notes = self._log.notes
        return answer

    # Holding tables ---------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        for name in self._offered:
            self._connection.execute(f"drop {'table' if name in self._held else 'view'} if exists {_quoted(name)}")
        self._held.clear()

    def _stand_in(self, name: str, columns: list[tuple[str, str]]) -> None:
        """A view that has the columns and can't be read. Each column fails too: a filter on a constant NULL would be folded away."""
        mark = f"error('glimmer has not read {name} yet')"
        each = ", ".join(f"cast({mark} as {kind}) as {_quoted(column)}" for column, kind in columns)
        self._connection.execute(f"create view {_quoted(name)} as select {each} where {mark}")

    def _read_in(self, name: str) -> None:
        columns = self._offered[name]
        each = ", ".join(f"unnest(from_json_strict(?, {_text(json.dumps([kind]))}))" for _, kind in columns)
        chunks = self._fetch(name)
        self._connection.execute("begin transaction")
        try:
            self._connection.execute(f"drop view {_quoted(name)}")
            made = ", ".join(f"{_quoted(column)} {kind}" for column, kind in columns)
            self._connection.execute(f"create table {_quoted(name)} ({made})")
            for chunk in chunks:
                self._connection.execute(f"insert into {_quoted(name)} select {each}", chunk)
            self._connection.execute("commit")
        except duckdb.Error as reason:
            for _ in chunks:  # the parent is still sending
                pass
            self._connection.execute("rollback")
            if isinstance(reason, duckdb.OutOfMemoryException):
                raise
            raise Refusal("load", f"{name}: {reason}") from reason
        self._held.add(name)


def _locked(threads: int) -> Any:
    connection = duckdb.connect(":memory:", config={"threads": threads, "memory_limit": MEMORY})
    for setting in _LOCK:
        connection.execute(setting)
    return connection


def _explained(sql: str) -> Any:
    """What kind of statement an EXPLAIN is about: the first of its tails that is a statement by itself."""
    for offset, _ in duckdb.tokenize(sql)[1:]:
        try:
            statements = duckdb.extract_statements(sql.encode()[offset:].decode("utf-8", "replace"))
        except duckdb.Error:
            continue
        if len(statements) == 1:
            return statements[0].type
    return duckdb.StatementType.EXPLAIN


def _kind(described: Any) -> str:
    name = str(described.id)
    return "" if name in _AS_IT_IS else name if name in ("decimal", "bignum") else "packed"


def _written(rows: Sequence[Sequence[Any]], kinds: Sequence[str]) -> bytes:
    columns = [
        [_sent(value, kind) for value in column] if kind else column
        for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)
    ]
    return json.dumps(columns, ensure_ascii=False).encode("utf-8", "replace")


def _sent(value: Any, kind: str) -> object:
    if value is None or kind == "packed":
        return None if value is None else packed(value)
    if kind == "decimal":
        return float(value)
    return int(value) if len(value) < 4_000 else value  # a bignum comes as text; Python reads no longer ones


def _refusal(reason: duckdb.Error) -> Refusal:
    words = str(reason)
    fatal = isinstance(reason, duckdb.FatalException | duckdb.InternalException)  # DuckDB takes no question after these
    for kinds, kind in _KINDS:
        if isinstance(reason, kinds):
            return Refusal(kind, words, fatal=fatal)
    return Refusal("writes" if "read-only mode" in words or "is not an table" in words else "sql", words, fatal=fatal)


_KINDS: Final[tuple[tuple[Any, str], ...]] = (
    (duckdb.OutOfMemoryException, "memory"),
    ((duckdb.FatalException, duckdb.InternalException), "broken"),
    (duckdb.PermissionException, "forbidden"),
    ((duckdb.CatalogException, duckdb.BinderException), "name"),
)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
