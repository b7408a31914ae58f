"""Plain tables: what a table prints in columns, with a rule of ─ below the names, becomes a table of Markdown; in a paragraph its columns
would collapse. Ground: text in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["with_tables"]

_RULE: Final = re.compile(r"─+(?: {2}─+)*")
_FENCE: Final = re.compile(r"\s*(?:```|~~~)")


def with_tables(text: str) -> str:
    """`text` with its plain tables as Markdown's. What stands in a code block stays; what does not stand in its column is shown as typed."""
    return "\n".join(_told(text.split("\n"))) if "─" in text else text


def _told(lines: Sequence[str]) -> Iterator[str]:
    at, fenced = 0, False
    while at < len(lines):
        fenced ^= bool(_FENCE.match(lines[at]))
        if fenced or at + 1 == len(lines) or not _RULE.fullmatch(lines[at + 1]):
            yield lines[at]
            at += 1
            continue
        end = at + 2
        while end < len(lines) and lines[end].strip() and not _FENCE.match(lines[end]):
            end += 1
        yield from ("", *_table(lines[at + 1], [lines[at], *lines[at + 2 : end]]), "")
        at = end


def _table(rule: str, rows: Sequence[str]) -> Iterator[str]:
    starts = [run.start() for run in re.finditer("─+", rule)]
    if any(row[max(start - 2, 0) : start].strip() for row in rows for start in starts):  # letters of double width, say
        yield from ("```", rows[0], rule, *rows[1:], "```")
        return
    head, *body = ([row[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)] for row in rows)
    yield _line(head)
    yield _line(["---:" if body and all(row[column].startswith(" ") for row in body) else "---" for column in range(len(starts))])
    yield from map(_line, body)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.strip().replace('|', chr(92) + '|') for cell in cells)} |"
