"""Words for numbers, the same everywhere: "3 shots", "1 min 24 s", "$0.00", "2.4 MB"; and text made safe to print on one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

__all__ = ["bytes_text", "columns_wide", "cost_text", "count_text", "cut_to", "duration_text", "one_line", "plain_line"]

_DOT: Final = " · "
_UNITS: Final = (("kB", 10**3), ("MB", 10**6), ("GB", 10**9), ("TB", 10**12))


def one_line(name: str, *facts: str) -> str:
    """ "Screenplay v1 · 3 scenes · 8 shots": the text repr of a thing. Empty facts are left out."""
    return _DOT.join(plain_line(part) for part in (name, *facts) if part)


def count_text(count: int, thing: str, many: str = "") -> str:
    """ "1 shot", "8 shots", "0 cues"; `many` for a plural that doesn't just end in s."""
    return f"{count:,} {thing if count == 1 else many or thing + 's'}"


def duration_text(seconds: float) -> str:
    """ "0.8 s", "44.0 s", "1 min 24 s", "2 h 05 min"."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def cost_text(usd: float) -> str:
    """ "$0.00", "$0.006", "$12.40": as many places as it takes to see that something was paid."""
    return f"${usd:,.2f}" if usd == 0 or usd >= 0.1 else f"${usd:.3f}" if usd >= 0.0005 else "under $0.001"


def bytes_text(size: int) -> str:
    """ "812 B", "12 kB", "2.4 MB": powers of a thousand."""
    if size < 1000:
        return f"{size} B"
    unit, amount = next((unit, size / scale) for unit, scale in _UNITS if size < scale * 999.5 or unit == "TB")
    return f"{amount:.1f} {unit}" if amount < 9.95 else f"{amount:,.0f} {unit}"


def plain_line(text: object) -> str:
    """`text` on one line: line breaks become spaces, what can't be seen or would reorder the line goes."""
    kept = (" " if char.isspace() else char for char in str(text))
    return " ".join("".join(char for char in kept if char == " " or _is_seen(char)).split())


def _is_seen(char: str) -> bool:
    # Cf holds joiners that scripts and emoji need (U+200C, U+200D) beside the overrides that would turn a line around
    return unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn", "Cf") or char in "\u200c\u200d\u200e\u200f"


def columns_wide(text: str) -> int:
    """How many terminal columns `text` takes: two for a wide (CJK) character, none for a combining one."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200c\u200d\u200e\u200f\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut_to(text: str, columns: int) -> str:
    """`text` in at most `columns` terminal columns, with "…" for what was cut."""
    if columns_wide(text) <= columns:
        return text
    return "".join(_fitting(text, columns - 1)).rstrip() + "…"


def _fitting(text: str, columns: int) -> Iterable[str]:
    for char in text:
        columns -= _columns(char)
        if columns < 0:
            return
        yield char
