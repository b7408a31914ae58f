"""Trouble: a query that has no answer, in words: what was asked, what DuckDB says in one line, what is there, what to do."""

from __future__ import annotations

import re
from typing import Any, Final

from glimmer.analytics.tables import SqlTable
from glimmer.errors import GlimmerError, NotFound, QueryError

__all__ = ["gone", "in_words", "too_slow"]

_LONGEST_QUOTE: Final = 80
_LONGEST_WORDS: Final = 300
_ALLOWED: Final = "Allowed is one reading statement: SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN"
_NO_TABLE: Final = re.compile(r"Table with name (.+?) does not exist")
_NO_COLUMN: Final = (
    re.compile(r'Referenced column "(.+?)" (?:was )?not found'),
    re.compile(r'does not have a column named "(.+?)"'),
    re.compile(r'Column "(.+?)" (?:in \w+ list )?(?:not found|does not exist)'),
)
_STATEMENTS: Final = {
    "MULTI": "PIVOT without listed values (write: pivot takes on state in ('kept', 'circled'))",
    "MERGE_INTO": "MERGE INTO",
}


def too_slow(sql: str, seconds: float) -> QueryError:
    return QueryError(
        f"{_quoted(sql)} had no answer after {seconds:g} s and was stopped. Ask for less (a where, a limit), or give it longer: seconds=…"
    )


def gone(sql: str, how: str) -> QueryError:
    return QueryError(f"{_quoted(sql)} broke off: the process that runs SQL {how}. Nothing is lost; ask again, or ask for less.")


def in_words(sql: str, reply: dict[str, Any], tables: dict[str, SqlTable], *, has_log: bool) -> GlimmerError:
    """The error for a child's refusal. A table or column nobody knows is a NotFound; everything else a QueryError."""
    kind, words = reply["error"], _line(reply["words"])
    known = [*(table.name for table in tables.values()), *(["log"] if has_log else [])]
    if kind == "name" and (found := _unknown(reply, words, known, tables)):
        return found
    listed = f" Tables: {', '.join(known)}." if known else ""
    words = words.rstrip(".")
    said = {
        "nothing": f"{_quoted(sql)} is no statement. {_ALLOWED}.",
        "many": f"{_quoted(sql)} is {reply['words']} statements. {_ALLOWED}. Ask them one after the other.",
        "writes": f"{_quoted(sql)} is not a reading statement ({_statement(words)}). {_ALLOWED}.",
        "forbidden": f"{_quoted(sql)} reaches outside ({words}). A query sees the film's tables and the log, no file and no network.{listed}",
        "memory": f"{_quoted(sql)} needs more than the 512 MB it may use ({words}). Ask for less: fewer columns, a where, a limit.",
        "big": f"{_quoted(sql)} has an answer of more than {int(words or 0) // 1024**2 if words.isdigit() else 64} MB. Ask for less: fewer columns, a where, a limit.",
        "broken": f"{_quoted(sql)} is more than DuckDB can do ({words}). Nothing is lost; write it another way.",
        "load": f"a table can't be read in ({words}). This is Glimmer's own mistake, not your query's; please report it.",
    }
    return QueryError(said.get(kind, f"{_quoted(sql)} can't be answered: {words}{'' if words.endswith('?') else '.'}{listed}"))


def _unknown(reply: dict[str, Any], words: str, known: list[str], tables: dict[str, SqlTable]) -> NotFound | None:
    words = words.split(" Did you mean")[0]  # it guesses among its own tables as well; ours is below
    if match := _NO_TABLE.search(words):
        return _among("table", match[1].strip('"'), known, words, f"Tables: {', '.join(known) or 'none'}.")
    for pattern in _NO_COLUMN:
        if match := pattern.search(words):
            columns = {name: _columns(name, reply, tables) for name in reply["named"]}
            there = "; ".join(f"{name} has {', '.join(names)}" for name, names in columns.items())
            names = [one for names in columns.values() for one in names]
            return _among("column", match[1], names, words, f"{there}." if there else f"Tables: {', '.join(known)}.")
    return None


def _statement(words: str) -> str:
    """DuckDB's name for the kind of statement, or that something in it writes."""
    return _STATEMENTS.get(words, words.replace("_", " ")) if words.isupper() else "it would change a table"


def _columns(name: str, reply: dict[str, Any], tables: dict[str, SqlTable]) -> list[str]:
    return list(tables[name].column_names) if name in tables else list(reply["log_columns"])


def _among(what: str, name: str, known: list[str], words: str, there: str) -> NotFound:
    nearest = NotFound.among(what, name, known).did_you_mean
    guess = f"; did you mean {' or '.join(nearest)}?" if nearest else "."
    return NotFound(f'no {what} "{name}"{guess} {there} DuckDB says: {words}', did_you_mean=nearest)


def _quoted(sql: str) -> str:
    flat = " ".join(sql.split())
    return f'"{flat if len(flat) <= _LONGEST_QUOTE else flat[: _LONGEST_QUOTE - 1] + "…"}"'


def _line(words: str) -> str:
    """DuckDB's message in one line: what is wrong, without its candidates and the picture of where."""
    first = words.strip().split("\n\n")[0].split("\nCandidate bindings")[0].split("\n\tCandidate")[0].split("\nLINE ")[0]
    flat = " ".join(first.split())
    return flat if len(flat) <= _LONGEST_WORDS else flat[: _LONGEST_WORDS - 1] + "…"
