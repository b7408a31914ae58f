"""CSV: rows as text for a spreadsheet, and back, with no cell of a stranger's script ever read as a formula.

A spreadsheet computes whatever begins with = + - or @, also after a semicolon, a tab or a line end, where it takes those for
the end of a cell. Such a text gets an apostrophe before that sign, and one that has apostrophes there already gets one
more; reading takes one away, so that every text comes back as it was. Numbers are no texts and stay as they are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from glimmer import limits
from glimmer.errors import InputError, LimitError

__all__ = ["guarded", "read_csv_text", "written_csv"]

# OWASP's list, with the wide signs that spreadsheets in East Asian locales read alike.
_SIGNS: Final = r"=+\-@\uff1d\uff0b\uff0d\uff20"
_STARTS: Final = re.compile(rf"((?:^|[;|\t\r\n])[ \u00a0]*'*)(?=[{_SIGNS}])")
_GUARDED: Final = re.compile(rf"((?:^|[;|\t\r\n])[ \u00a0]*'*)'(?=[{_SIGNS}])")
_SAFE: Final = re.compile(r"\w[^;|\t\r\n]*")  # most cells: a letter or digit first, no other end of a cell inside
_SEPARATORS: Final = (",", ";", "\t")  # a spreadsheet in a country with decimal commas saves semicolons


def written_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV after RFC 4180: commas, CR LF, a head of column names. None and "" are both an empty cell.

    Floats are written in full, moments as ISO 8601, lists of words as "a, b", other lists and dicts as JSON.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in columns])
    writer.writerows([_written(value) for value in row] for row in rows)
    return out.getvalue()


def read_csv_text(text: str, *, name: str = "the CSV") -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """(columns, rows) of what `written_csv` wrote, whoever saved it again: commas, semicolons or tabs. Empty lines are left out.

    Raises: InputError where rows have more cells than the head, or there is no head; LimitError past MAX_CSV_BYTES.
    """
    if len(text) > limits.MAX_CSV_BYTES:
        raise LimitError(
            f"{name} has {len(text):,} characters; at most {limits.MAX_CSV_BYTES:,} are read. Keep only the rows you changed.",
            limit="MAX_CSV_BYTES",
        )
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=lambda each: head.count(each))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as reason:
        raise InputError(
            f"{name} is no CSV: {reason}. Expected a head of column names and rows; save it as CSV (UTF-8)."
        ) from reason
    full = [line for line in lines if any(cell.strip() for cell in line)]
    if not full:
        raise InputError(f"{name} is empty; expected a head of column names and rows.")
    columns = tuple(_plain(cell).strip() for cell in full[0])
    while columns and not columns[-1]:
        columns = columns[:-1]
    for number, line in enumerate(full[1:], start=2):
        if any(cell.strip() for cell in line[len(columns) :]):
            raise InputError(
                f"row {number} of {name} has {len(line)} cells; expected {len(columns)}: {', '.join(columns)}. "
                "A comma inside a cell needs quotes around the cell."
            )
    wide = len(columns)
    return columns, [tuple(_plain(cell) for cell in (line + [""] * wide)[:wide]) for line in full[1:]]


def _written(value: object) -> object:
    if isinstance(value, str):
        return guarded(str(value))
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(each, str) for each in value):
        return guarded(", ".join(value))
    if isinstance(value, list | tuple | dict):
        return guarded(json.dumps(value, ensure_ascii=False, default=str))
    isoformat = getattr(value, "isoformat", None)
    return guarded(str(isoformat()) if isoformat is not None else str(value))


def guarded(text: str) -> str:
    """`text` with an apostrophe wherever a spreadsheet would begin a formula."""
    return text if _SAFE.fullmatch(text) else _STARTS.sub(r"\1'", text)


def _plain(text: str) -> str:
    return _GUARDED.sub(r"\1", text)
