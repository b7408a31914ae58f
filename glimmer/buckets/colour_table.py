"""A colour table of one's own: a .cube file, known by its content. Stands beside the pictures in a bucket, and is never one of them.

Looked at only as far as to know that it is whole: its numbers, three a row, as many rows as it says. The renderer reads it strictly.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Final

from glimmer import limits
from glimmer.errors import LimitError, MediaError

__all__ = ["COLOUR_TABLE", "check_colour_table", "is_colour_table"]

COLOUR_TABLE: Final = "application/x-cube"
_SIZE: Final = re.compile(r"^[ \t]*LUT_([13])D_SIZE[ \t]+(\d{1,6})[ \t]*$", re.MULTILINE)
_BEGINS: Final = re.compile(rb"(?:^|[\r\n])[ \t]*LUT_[13]D_SIZE[ \t]+\d")
_ROW: Final = re.compile(r"[-+.\d]")


def is_colour_table(head: bytes) -> bool:
    """Whether the first bytes of a file (some 4 kB) are those of a .cube table."""
    return b"\0" not in head and _BEGINS.search(head) is not None


def check_colour_table(path: Path, shown: str) -> None:
    """Nothing, if the table is whole. Raises: MediaError with the row that is wrong, LimitError past MAX_LUT_BYTES."""
    size_bytes = path.stat().st_size
    if size_bytes > limits.MAX_LUT_BYTES:
        raise LimitError(
            f"{shown} has {size_bytes:,} bytes; a colour table has at most {limits.MAX_LUT_BYTES:,} (MAX_LUT_BYTES). "
            "Export it with a side of 33 or 65.",
            limit="MAX_LUT_BYTES",
        )
    text = "\n".join(path.read_text("latin-1").splitlines())
    expected = sum(int(side) ** int(kind) for kind, side in _SIZE.findall(text))
    found = sum(_is_row(line, number, shown) for number, line in enumerate(text.split("\n"), 1))
    if found != expected:
        raise MediaError(f"{shown} has {found:,} rows of colour; expected {expected:,} by the size that it says. Export it anew.")


def _is_row(line: str, number: int, shown: str) -> bool:
    if not _ROW.match(line.strip()):
        return False
    try:
        values = [float(word) for word in line.split()]
    except ValueError:
        values = []
    if len(values) != 3 or not all(map(math.isfinite, values)):
        raise MediaError(f"{shown} says {line.strip()[:60]!r} in line {number}; expected three numbers. Export it anew.")
    return True
