"""Fountain's grammar: a script's lines sorted into a title page and tokens, each with its line number in the source.

Stands between clean text and the nouns: takes what `decoding` gives, gives tokens to `reading`. One pass, linear, no recursion.
A tokenizer of our own, because the library we tried drops notes inside paragraphs and repeated title keys and takes cues
such as ÉLODIE and 李雷 for action (docs/screenplay.md has the measurements); the tests keep it as a second reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from glimmer.screenplay.cues import natural_cue
from glimmer.screenplay.headings import is_heading, is_plain_heading
from glimmer.screenplay.markup import RawLine, RawNote, lift_notes, plain

__all__ = ["Script", "SpeechPart", "Token", "breaks_action", "ends_speech", "is_transition", "looks_like_title", "tokenize"]

TokenKind = Literal["heading", "action", "speech", "transition", "centered", "lyric", "page_break", "section", "synopsis"]

_NUMBER = re.compile(r"\s*#([\w.\-]{1,20})#\s*$")
_TITLE_KEY = re.compile(r"^([^\W_][\w .'/-]{0,38}?)\s*(?::(?!//)|：)\s*(.*)$")
_FIRST_KEYS: Final = frozenset(
    "title credit author authors source notes draft date contact copyright revision font language "
    "titre titel título titolo auteur autor autore タイトル 題名 作者 标题 عنوان शीर्षक".split()
) | {"draft date", "written by", "based on"}
_TRANSITION = re.compile(
    r"^(?:[^a-z:]{0,40}\bTO:|FADE (?:IN|OUT|UP)[.:]?|FADE (?:IN|OUT|UP)? ?(?:FROM|TO) (?:BLACK|WHITE)[.:]?"
    r"|(?:HARD |SMASH |MATCH |JUMP |QUICK )?CUT(?: TO [A-Z ]{1,20})?[.:]|[A-Z ]{0,20}(?:DISSOLVE|WIPE|IRIS (?:IN|OUT))[.:])$"
)


@dataclass(frozen=True, slots=True)
class SpeechPart:
    kind: Literal["words", "parenthetical", "lyric"]
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is plain words; of a speech it is the cue as written. `mark` is a heading's scene number or a section's depth."""

    kind: TokenKind
    text: str
    number: int
    mark: str = ""
    parts: tuple[SpeechPart, ...] = ()


@dataclass(slots=True)
class Script:
    """What a text holds. `notes` are those lifted out of it, in order; sections and synopses are among the tokens."""

    title_page: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    notes: list[RawNote] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def tokenize(text: str, *, source: str = "text") -> Script:
    """The title page and tokens of clean text. Raises ScreenplayError only for a boneyard that never closes."""
    lines, notes, notices = lift_notes(text, source=source)
    title_page, start = _title_page(lines)
    return Script(title_page, _Body(lines, start).tokens(), notes, notices)


def is_transition(line: str) -> bool:
    """Whether a line that stands alone is a transition without being forced: CUT TO:, FADE OUT., SMASH CUT: …"""
    return len(line) <= 60 and bool(_TRANSITION.match(line))


def breaks_action(line: str) -> bool:
    """Whether a line of action would be taken for something else even inside a paragraph."""
    return bool(line) and (line[0] == "!" or _structure(line) is not None or is_plain_heading(line))


def looks_like_title(line: str) -> bool:
    """Whether a script that begins with this line begins with a title page."""
    found = _TITLE_KEY.match(line)
    return found is not None and found.group(1).casefold() in _FIRST_KEYS and not is_transition(line.strip())


# ── title page ──────────────────────────────────────────────────────────────────────────────────────────────
def _title_page(lines: list[RawLine]) -> tuple[list[tuple[str, str]], int]:
    """Key and value pairs, repeated keys kept, and the index of the first line after them."""
    at = next((index for index, line in enumerate(lines) if line.text.strip()), len(lines))
    if at == len(lines) or not looks_like_title(lines[at].text):
        return [], 0
    page: list[tuple[str, list[str]]] = []
    while at < len(lines) and lines[at].text.strip():
        line = lines[at].text
        found = _TITLE_KEY.match(line)
        stripped = line.strip()
        if line[0] in " \t":
            page[-1][1].append(stripped)
        elif is_heading(stripped) or is_transition(stripped):
            break
        elif found:
            page.append((" ".join(found.group(1).split()), [found.group(2)]))
        elif not "".join(page[-1][1]).strip():
            page[-1][1].append(stripped)
        else:
            break
        at += 1
    return [(key, plain("\n".join(values))) for key, values in page], at


# ── body ────────────────────────────────────────────────────────────────────────────────────────────────────
class _Body:
    """A cursor over the lines. Each `_take` method consumes at least one line."""

    def __init__(self, lines: list[RawLine], start: int) -> None:
        self._lines = lines
        self._at = start
        self._tokens: list[Token] = []

    def tokens(self) -> list[Token]:
        while self._at < len(self._lines):
            line = self._lines[self._at].text.strip()
            if not line:
                self._at += 1
            elif not self._take_structure(line):
                if self._is_cue(line):
                    self._take_speech(line)
                else:
                    self._take_action()
        return self._tokens

    def _add(self, kind: TokenKind, text: str, *, mark: str = "") -> None:
        """One line becomes one token; one that holds no words is dropped."""
        words = plain(text)
        if words or kind == "page_break":
            self._tokens.append(Token(kind, words, self._lines[self._at].number, mark))
        self._at += 1

    def _take_structure(self, line: str) -> bool:
        """One-line elements. True if the line was one."""
        kind = _structure(line)
        if line[0] == "!":
            return False
        if kind is None and is_heading(line):
            kind = "heading"
        elif kind is None and is_transition(line):
            kind = "transition"
        if kind is None:
            return False
        if kind == "heading":
            self._add_heading(line[1:] if line[0] == "." else line)
        elif kind == "section":
            text = line.lstrip("#")
            self._add(kind, text, mark=str(min(len(line) - len(text), 6)))
        else:
            self._add(kind, _unmarked(kind, line))
        return True

    def _add_heading(self, text: str) -> None:
        found = _NUMBER.search(text)
        bare = text[: found.start()] if found else text
        if found and plain(bare):
            self._add("heading", bare, mark=found.group(1))
        else:
            self._add("heading", text)

    def _is_cue(self, line: str) -> bool:
        following = self._lines[self._at + 1].text.strip() if self._at + 1 < len(self._lines) else ""
        if not following or ends_speech(following):
            return False
        return bool(line[1:].strip(" ^@")) if line[0] == "@" else natural_cue(line)

    def _take_speech(self, cue: str) -> None:
        number = self._lines[self._at].number
        self._at += 1
        parts: list[SpeechPart] = []
        open_paren: list[str] = []
        while self._at < len(self._lines):
            text = self._lines[self._at].text
            line = text.strip()
            if (not line and not self._blank_is_held(text)) or ends_speech(line):
                break
            self._at += 1
            open_paren = _lay_part(parts, open_paren, line)
        if open_paren:
            parts.append(SpeechPart("words", plain(" ".join(open_paren))))
        self._tokens.append(
            Token("speech", cue.removeprefix("@").strip(), number, parts=tuple(part for part in parts if part.text))
        )

    def _blank_is_held(self, text: str) -> bool:
        """Exactly two spaces keep a blank line inside a speech (Fountain, "Line breaks")."""
        following = self._lines[self._at + 1].text if self._at + 1 < len(self._lines) else ""
        return text == "  " and bool(following.strip())

    def _take_action(self) -> None:
        number = self._lines[self._at].number
        words: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at].text.strip()
            if not line or (words and line[0] != "!" and (_structure(line) or is_plain_heading(line))):
                break
            words.append(line[1:] if line[0] == "!" else line)
            self._at += 1
        text = plain("\n".join(words))
        if text:
            self._tokens.append(Token("action", text, number))


def _structure(line: str) -> TokenKind | None:
    """What a line is by its first sign alone, wherever it stands."""
    sign, rest = line[0], line[1:]
    if sign == "=":
        return "page_break" if len(line) >= 3 and not line.strip("=") else ("synopsis" if not rest.startswith("=") else None)
    if sign == "#":
        return "section"
    if sign == ">":
        return "centered" if len(line) > 1 and line.endswith("<") else "transition"
    if sign == "~":
        return "lyric"
    if sign == "." and rest and rest[0] != "." and not rest[0].isspace() and not rest[0].isdigit():
        return "heading"
    return None


def _unmarked(kind: TokenKind, line: str) -> str:
    if kind == "centered":
        return line[1:-1]
    if kind == "page_break":
        return ""
    return line[1:] if line[0] in "=>~" else line


def ends_speech(line: str) -> bool:
    """Lines that are never spoken, even without a blank line before them."""
    if not line:
        return False
    if line[0] == "#":
        return line.lstrip("#").startswith(" ")
    if line[0] in "=":
        return _structure(line) is not None
    if line[0] == ">":
        return line.endswith("<") or is_transition(line[1:].strip())
    return line[0] in "!@" and len(line) > 1 and not line[1].isspace() and line[1] not in "!?" or is_plain_heading(line)


def _lay_part(parts: list[SpeechPart], open_paren: list[str], line: str) -> list[str]:
    """Add one line to a speech. Returns the lines of a parenthetical that is still open."""
    starts, ends = line[:1] in "(（", line[-1:] in ")）"
    if not line:
        return open_paren
    if open_paren:
        if not ends and len(open_paren) < 4:
            return [*open_paren, line]
        joined = " ".join([*open_paren, line])
        parts.append(SpeechPart("parenthetical", plain(joined[1:-1])) if ends else SpeechPart("words", plain(joined)))
    elif starts and ends:
        parts.append(SpeechPart("parenthetical", plain(line[1:-1])))
    elif starts and ")" not in line and "）" not in line:
        return [line]
    else:
        parts.append(SpeechPart("lyric", plain(line[1:])) if line[0] == "~" else SpeechPart("words", plain(line)))
    return []
