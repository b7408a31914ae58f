"""Table: rows that print themselves: aligned text in a terminal, a bounded table in a notebook, a DataFrame on request."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, overload

from glimmer import limits
from glimmer.display.csv_text import written_csv
from glimmer.display.style import STYLE, Html, tag
from glimmer.display.words import columns_wide, cut_to, plain_line
from glimmer.errors import InputError, NotFound, NotInstalled, SettingsError

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped,unused-ignore]

__all__ = ["Table"]

_WIDEST_CELL: Final = 48  # terminal columns; two of these and a few numbers fit 132
_MEASURE: Final = re.compile(r"\$[\d.,]+|[\d,]+\.\d+|[\d.,]+ (?:s|B|kB|MB|GB|TB|%)|\d+ min \d\d s")
_TAG: Final = re.compile(r"<[^>]*>")
_READABLE_PX: Final = 220  # a column of prose is never narrower
_WIDEST_PX: Final = 460
_SHORT_CELL: Final = 16  # characters: "pull back", "KEEPER, WHALE"
_LONGEST_HTML_CELL: Final = 400  # characters


class Table:
    """Columns and rows of plain values, in order. Never changed; a slice is a Table, a column's name gives its values.

    Prints at most `limits.MAX_CARD_ROWS` rows and says how many more there are. All of them: `.to_pandas()`, `.to_csv()`, a
    slice such as `[20:40]`, or iterating, each a dict.
    """

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "") -> None:
        self.columns = tuple(columns)
        self.rows = tuple(tuple(row) for row in rows)
        self.title = title
        for row in self.rows:
            if len(row) != len(self.columns):
                raise SettingsError(f"a row of {len(row)} values {row!r}; expected {len(self.columns)}: {', '.join(self.columns)}.")

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @overload
    def __getitem__(self, which: int) -> dict[str, object]: ...
    @overload
    def __getitem__(self, which: slice) -> Table: ...
    @overload
    def __getitem__(self, which: str) -> tuple[object, ...]: ...
    def __getitem__(self, which: int | slice | str) -> dict[str, object] | Table | tuple[object, ...]:
        if isinstance(which, slice):
            return Table(self.columns, self.rows[which], title=self.title)
        if isinstance(which, str):
            return self._column(which)
        return dict(zip(self.columns, self.rows[which], strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and (self.columns, self.rows) == (other.columns, other.rows)

    def __hash__(self) -> int:
        return hash((self.columns, self.rows))

    def _column(self, name: str) -> tuple[object, ...]:
        if name not in self.columns:
            raise NotFound.among("column", name, self.columns)
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """All rows as a DataFrame. Raises: NotInstalled without pandas."""
        try:
            import pandas
        except ImportError as reason:
            raise NotInstalled(
                "to_pandas() needs pandas, which is not installed. Run: pip install pandas", extra="studio"
            ) from reason
        return pandas.DataFrame([list(row) for row in self.rows], columns=list(self.columns))

    @overload
    def to_csv(self, path: None = None, *, replace: bool = False) -> str: ...
    @overload
    def to_csv(self, path: str | Path, *, replace: bool = False) -> Path: ...
    def to_csv(self, path: str | Path | None = None, *, replace: bool = False) -> str | Path:
        """All rows as CSV: the text, or with a `path` the file it was written to, in UTF-8 with the mark that Excel looks for.

        No text becomes a formula in a spreadsheet (an apostrophe before = + - @ keeps it a text; reading it here takes that away).
        Does not write over a file that says something else, for that may be somebody's work: `replace=True` does.
        Raises: InputError for a file that is there, or a folder that is not.
        """
        text = written_csv(self.columns, self.rows)
        return text if path is None else _written(Path(path).expanduser(), text, replace=replace)

    def __repr__(self) -> str:
        shown = [[_cell(value) for value in row] for row in self.rows[: limits.MAX_CARD_ROWS]]
        body = [[cut_to(value, _WIDEST_CELL) for value in row] for row in ([*[list(self.columns)], *shown])]
        widths = [max(columns_wide(row[n]) for row in body) for n in range(len(self.columns))]
        lines = [plain_line(self.title)] if self.title else []
        lines += ["  ".join(self._padded(n, row[n], widths[n]) for n in range(len(self.columns))).rstrip() for row in body]
        lines.insert(1 + bool(self.title), "  ".join("─" * width for width in widths))
        return "\n".join(lines + ([self._more] if self._more else []))

    def _repr_html_(self) -> str:
        title = f"<div {tag('g-head')}><b {tag('g-name')}>{escape(plain_line(self.title))}</b></div>" if self.title else ""
        return f"<style>{STYLE}</style><div {tag('glimmer')}>{title}<div {tag('g-body')}>{self.inner_html()}</div></div>"

    def inner_html(self) -> str:
        """The bounded `<table>` alone, for a card that already has its style. A cell that is Html (a player) stays as it is."""
        looks = [self._look(n) for n in range(len(self.columns))]
        heads = "".join(
            f'<th scope="col" style="{looks[n]}">{escape(plain_line(name))}</th>' for n, name in enumerate(self.columns)
        )
        rows = "".join(
            f"<tr>{''.join(f'<td style={chr(34)}{looks[n]}{chr(34)}>{_html_cell(value)}</td>' for n, value in enumerate(row))}</tr>"
            for row in self.rows[: limits.MAX_CARD_ROWS]
        )
        more = f"<div {tag('g-more')}>{self._more}</div>" if self._more else ""
        table = (
            f"<table cellpadding='5' {tag('g-rows')}><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
            if self.rows
            else ""
        )
        return f"<div {tag('g-scroll')}>{table}</div>{more}"

    @property
    def _more(self) -> str:
        if not self.rows:
            return "nothing yet"
        left = len(self.rows) - limits.MAX_CARD_ROWS
        return f"… and {left:,} more" if left > 0 else ""

    def _is_number(self, at: int) -> bool:
        """Numbers and measures ("2.5", "1.6 s", "$0.00", "3.1 MB") stand under one another by their last digit."""
        cells = [row[at] for row in self.rows[: limits.MAX_CARD_ROWS] if row[at] is not None and row[at] != ""]
        return bool(cells) and all(isinstance(each, bool) is False and _is_measure(each) for each in cells)

    def _look(self, at: int) -> str:
        """Numbers right, words left; what is short stays on one line, what is long wraps at a width that reads well."""
        if self._is_number(at):
            return "text-align:right;vertical-align:top;white-space:nowrap"
        cells = [row[at] for row in self.rows[: limits.MAX_CARD_ROWS]]
        longest = max((len(_TAG.sub("", cell) if isinstance(cell, Html) else _cell(cell)) for cell in cells), default=0)
        if longest <= _SHORT_CELL:
            return "text-align:left;vertical-align:top;white-space:nowrap"
        return f"text-align:left;vertical-align:top;min-width:{min(_READABLE_PX, longest * 13 // 2)}px;max-width:{_WIDEST_PX}px"

    def _padded(self, at: int, text: str, width: int) -> str:
        space = " " * (width - columns_wide(text))
        return space + text if self._is_number(at) else text + space


def _written(path: Path, text: str, *, replace: bool) -> Path:
    """Written whole or not at all. The same text again leaves the file as it is."""
    content = text.encode("utf-8-sig", "replace")
    try:
        if path.exists() and not replace:
            if path.is_file() and path.read_bytes() == content:
                return path
            raise InputError(
                f'"{path}" is there and says something else; it may be somebody\'s work. '
                "Choose another name, or write over it: .to_csv(path, replace=True)."
            )
        half = path.with_name(f".{path.name}.{os.getpid()}.half")
        try:
            half.write_bytes(content)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as reason:
        raise InputError(
            f'"{path}" can\'t be written ({reason.strerror or reason}); expected a file name in a folder that is there.'
        ) from reason
    return path


def _is_measure(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and bool(_MEASURE.fullmatch(value)))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if 0.00005 <= abs(value) < 0.0995:  # a cent is paid, too
            return f"{value:.3f}" if abs(value) >= 0.00995 else f"{value:.4f}"
        return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.1f}"
    return plain_line(value)


def _html_cell(value: Any) -> str:
    if isinstance(value, Html):
        return str(value)
    text = _cell(value)
    return escape(text if len(text) <= _LONGEST_HTML_CELL else text[: _LONGEST_HTML_CELL - 1] + "…")
