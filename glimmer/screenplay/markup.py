"""Fountain's inline marks: emphasis and escapes resolved to plain words, notes and boneyards lifted out of the text.

Takes raw text lines, gives what may be spoken and shown. Every function here is linear in its input: 8,000 unclosed
"/*" or "[[" cost milliseconds (they took other readers 8 s or a RecursionError).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from glimmer.errors import ScreenplayError

__all__ = ["RawLine", "RawNote", "escaped", "lift_notes", "note_spans", "plain"]

_PUNCTUATION = r"""!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"""
_MARKS = re.compile(rf"\\[{_PUNCTUATION}]|/\*|\*/|\[\[|\]\]")
_TO_ESCAPE = re.compile(rf"\\(?=[{_PUNCTUATION}]|$)|[*_]|/(?=\*)|\[(?=\[)|\](?=\])", re.MULTILINE)
_HOLE = "\x00"  # where a note was; the gate lets no NUL in
_SEAM = re.compile(rf"([ \t]*){_HOLE}(?:[ \t]*{_HOLE})*[ \t]*")
_PIECES = re.compile(rf"\\([{_PUNCTUATION}])|(\*+|_+)")


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line of the source that is left when notes are gone. `number` counts from 1 in the source."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class RawNote:
    kind: Literal["note", "boneyard"]
    text: str
    number: int


# ── notes and boneyards ─────────────────────────────────────────────────────────────────────────────────────
def lift_notes(text: str, *, source: str) -> tuple[list[RawLine], list[RawNote], list[str]]:
    """The lines without [[notes]] and /* boneyards */, those notes, and notices about brackets that never close.

    A line that held nothing but notes disappears; it is no blank line. An unclosed "[[" stays text.
    Raises ScreenplayError for a "/*" that never closes: all that follows would silently be lost.
    """
    spans, unclosed = note_spans(text, source)
    notices = _unclosed_notices(text, unclosed)
    if not spans:
        return [RawLine(number, line) for number, line in enumerate(text.split("\n"), start=1)], [], notices
    kept: list[str] = []
    notes: list[RawNote] = []
    at, number = 0, 1
    for start, end, kind in spans:
        number += text.count("\n", at, start)
        inside = text[start:end]
        notes.append(RawNote(kind, _squeezed(inside[2:-2]), number))
        kept += [text[at:start], _HOLE + ("\n" + _HOLE) * inside.count("\n")]
        number += inside.count("\n")
        at = end
    holed = "".join([*kept, text[at:]]).split("\n")
    return [line for line in map(_mended, range(1, len(holed) + 1), holed) if line], notes, notices


def _mended(number: int, line: str) -> RawLine | None:
    """The line without its holes; None if there was nothing else on it."""
    if _HOLE not in line:
        return RawLine(number, line)
    text = _SEAM.sub(_seam, line).rstrip()
    return RawLine(number, text) if text.strip() else None


def _seam(hole: re.Match[str]) -> str:
    """One space where a note stood between words, none before punctuation or inside a word."""
    after = hole.string[hole.end() : hole.end() + 1]
    return " " if (hole.group().strip(_HOLE) and after not in (".", ",", ";", ":", "!", "?")) else ""


def note_spans(text: str, source: str) -> tuple[list[tuple[int, int, Literal["note", "boneyard"]]], int]:
    """Where notes lie, and the offset of the first "[[" that never closes (-1 if none). One pass."""
    spans: list[tuple[int, int, Literal["note", "boneyard"]]] = []
    unclosed = note_from = yard_from = -1
    for mark in _MARKS.finditer(text):
        sign = mark.group()
        if yard_from >= 0:
            if sign == "*/":
                spans.append((yard_from, mark.end(), "boneyard"))
                yard_from = -1
        elif sign == "/*" and note_from < 0:
            yard_from = mark.start()
        elif sign == "[[":
            unclosed = note_from if unclosed < 0 <= note_from else unclosed
            note_from = mark.start()
        elif sign == "]]" and note_from >= 0:
            spans.append((note_from, mark.end(), "note"))
            note_from = -1
    if yard_from >= 0:
        line = text.count("\n", 0, yard_from) + 1
        raise ScreenplayError(
            f'line {line}: the boneyard opened by "/*" never closes, and would swallow the rest of the script. Close it with "*/", or delete "/*".',
            source=source,
            line_number=line,
        )
    return spans, (note_from if unclosed < 0 else unclosed)


def _unclosed_notices(text: str, at: int) -> list[str]:
    if at < 0:
        return []
    return [f'Line {text.count(chr(10), 0, at) + 1}: a note opened by "[[" never closes, so its words are read as text.']


def _squeezed(text: str) -> str:
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


# ── emphasis and escapes ────────────────────────────────────────────────────────────────────────────────────
def plain(text: str) -> str:
    """`text` as it is spoken and shown: *, **, _ marks gone, escapes resolved, spaces single. Newlines stay.

    A lone mark stays text ("5 * 3", "some_name"). Emphasis does not reach across a newline, as Fountain has it.
    """
    lines = (" ".join(_plain_line(line).split()) for line in text.split("\n"))
    joined = "\n".join(line for line in lines if line)
    return joined if unicodedata.is_normalized("NFC", joined) else unicodedata.normalize("NFC", joined)


def _plain_line(line: str) -> str:
    if "*" not in line and "_" not in line and "\\" not in line:
        return line
    pieces: list[str] = []
    openers: dict[str, list[int]] = {}
    at = 0
    for found in _PIECES.finditer(line):
        pieces.append(line[at : found.start()])
        at = found.end()
        if found.group(1):
            pieces.append(found.group(1))
        else:
            _lay_mark(pieces, openers, found.group(2), line[found.start() - 1 : found.start()], line[at : at + 1])
    return "".join([*pieces, line[at:]])


def _lay_mark(pieces: list[str], openers: dict[str, list[int]], mark: str, before: str, after: str) -> None:
    """Pair a run of marks with an open one of the same sign and length, or leave it as text that may open."""
    opens = bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace()
    if mark[0] == "_" and before.isalnum() and after.isalnum():
        opens = closes = False
    waiting = openers.setdefault(mark, [])
    if closes and waiting and len(mark) <= 3:
        pieces[waiting.pop()] = ""
        pieces.append("")
        return
    if opens and len(mark) <= 3:
        waiting.append(len(pieces))
    pieces.append(mark)


def escaped(text: str) -> str:
    """Fountain text that reads back as exactly `text`: marks that would vanish carry a backslash."""
    if plain(text) == text and not _MARKS.search(text):
        return text
    return _TO_ESCAPE.sub(lambda found: "\\" + found.group(), text)
