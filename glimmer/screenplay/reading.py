"""Fountain in: text, bytes or a file become a Screenplay, broken down into scenes, lines, cast and shots.

Takes what a person hands in, gives the room's noun to the rest of the road. The stages stand in `read`, in order:
clean the text, sort it into tokens, lay the scenes, name the cast, read the air (weather, mood), list the shots.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from glimmer import limits
from glimmer.errors import ScreenplayError
from glimmer.screenplay.atmosphere import with_air
from glimmer.screenplay.cast import cast_of
from glimmer.screenplay.cues import cue_of, delivery_of
from glimmer.screenplay.decoding import clean_text, read_bytes
from glimmer.screenplay.headings import heading_of
from glimmer.screenplay.ids import Ids
from glimmer.screenplay.nouns import Element, Heading, Line, Note, Scene, Screenplay
from glimmer.screenplay.shots import with_shots
from glimmer.screenplay.tokens import Script, Token, tokenize

__all__ = ["read", "read_file"]

_FADE_IN = re.compile(r"^FADE (?:IN|UP)\b", re.I)


def read(text_or_bytes: str | bytes, *, source: str = "text", title: str = "") -> Screenplay:
    """The screenplay in Fountain text or bytes (UTF-8, UTF-16, else Windows-1252), broken down and with its shot list.

    `source` names it in errors. `title` is used if the title page has none. Does not keep emphasis (*, **, _): words only;
    `.source` has the text as it was. Raises ScreenplayError, which carries `source` and `line_number`.
    """
    text, notices = clean_text(text_or_bytes, source=source)
    script = tokenize(text, source=source)
    _check_paragraphs(script, source)
    scenes = _scenes(script, source)
    cast = cast_of(scenes)
    _check_count(len(cast), limits.MAX_CAST, "speaking or seen characters", "MAX_CAST", source)
    scenes = with_shots(with_air(scenes), cast)
    _check_count(sum(len(scene.shots) for scene in scenes), limits.MAX_SHOTS, "shots", "MAX_SHOTS", source)
    seconds = round(sum(shot.seconds for scene in scenes for shot in scene.shots))
    _check_count(seconds, limits.MAX_FILM_SECONDS, "seconds of running time", "MAX_FILM_SECONDS", source)
    return Screenplay(
        title=_title(script, title),
        source=text,
        title_page=tuple(script.title_page),
        scenes=scenes,
        cast=cast,
        notes=tuple(note for note in _notes(script) if note.source_line < _first_line(scenes)),
        notices=(*notices, *script.notices),
    )


def read_file(path: str | os.PathLike[str]) -> Screenplay:
    """The screenplay in a Fountain file. Without a Title: its title is the file's name, prettified.

    Raises ScreenplayError for a missing, unreadable, empty, binary or oversized file.
    """
    content = read_bytes(path)
    words = re.sub(r"[_\-.\s]+", " ", Path(path).stem).strip()
    return read(content, source=str(path), title=words.title() if words == words.lower() else words)


def _title(script: Script, fallback: str) -> str:
    titles = [" ".join(value.split()) for key, value in script.title_page if key.casefold() in _TITLE_KEYS and value]
    return titles[0] if titles else " ".join(fallback.split()) or "Untitled"


_TITLE_KEYS = frozenset(("title", "titre", "titel", "título", "titulo", "titolo", "タイトル", "題名", "标题", "عنوان", "शीर्षक"))


# ── scenes ──────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(slots=True)
class _Draft:
    """A scene while its tokens are gathered."""

    raw: str
    mark: str
    number: int  # line in the source
    fade_in: str = ""
    tokens: list[Token] = field(default_factory=list)


def _scenes(script: Script, source: str) -> tuple[Scene, ...]:
    drafts = _drafts(script.tokens)
    if len(drafts) > limits.MAX_SCENES:
        _check_count(len(drafts), limits.MAX_SCENES, "scenes", "MAX_SCENES", source, drafts[limits.MAX_SCENES].number)
    if not drafts:
        raise ScreenplayError(
            "the script holds only notes, sections or a title page; expected at least one line of action or dialogue. Write a scene.",
            source=source,
        )
    numbers = _scene_numbers(drafts)
    notes = _notes(script)
    ends = [draft.number for draft in drafts[1:]] + [limits.MAX_SCRIPT_LINES + 2]
    builder = _Builder(source)
    scenes: list[Scene] = []
    at = 0
    for draft, number, end in zip(drafts, numbers, ends, strict=True):
        while at < len(notes) and notes[at].source_line < draft.number:
            at += 1
        first = at
        while at < len(notes) and notes[at].source_line < end:
            at += 1
        scenes.append(builder.scene(draft, number, tuple(notes[first:at])))
    return tuple(scenes)


def _drafts(tokens: list[Token]) -> list[_Draft]:
    """Tokens gathered under their headings. A FADE IN: just before a heading, or first in a scene, leads that scene in."""
    drafts: list[_Draft] = []
    for token in tokens:
        if token.kind in ("section", "synopsis"):
            continue
        if token.kind == "heading":
            fade_in = _pop_fade_in(drafts)
            drafts.append(_Draft(token.text, token.mark, token.number, fade_in))
        else:
            if not drafts:
                drafts.append(_Draft("", "", token.number))
            drafts[-1].tokens.append(token)
    for draft in drafts:
        if not draft.fade_in and draft.tokens and _is_fade_in(draft.tokens[0]):
            draft.fade_in = draft.tokens.pop(0).text
    return drafts


def _pop_fade_in(drafts: list[_Draft]) -> str:
    if not drafts or not drafts[-1].tokens or not _is_fade_in(drafts[-1].tokens[-1]):
        return ""
    words = drafts[-1].tokens.pop().text
    if not drafts[-1].raw and not drafts[-1].tokens:
        drafts.pop()
    return words


def _is_fade_in(token: Token) -> bool:
    return token.kind == "transition" and bool(_FADE_IN.match(token.text))


def _scene_numbers(drafts: list[_Draft]) -> list[str]:
    """The script's own numbers where it has them, else the place in the order; no two alike, for slates hang on them."""
    own = {draft.mark for draft in drafts if draft.mark}
    taken: set[str] = set()
    numbers: list[str] = []
    for index, draft in enumerate(drafts, start=1):
        wish = draft.mark or str(index)
        number, again = wish, 1
        while number in taken or (number in own and number != draft.mark):
            again += 1
            number = f"{wish}-{again}"
        taken.add(number)
        numbers.append(number)
    return numbers


class _Builder:
    """Makes scenes in order; remembers what ids, line numbers and the heading before need."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._scene_ids = Ids("scene")
        self._line_ids = Ids("line")
        self._line_count = 0
        self._heading: Heading | None = None

    def scene(self, draft: _Draft, number: str, notes: tuple[Note, ...]) -> Scene:
        heading = heading_of(draft.raw, before=self._heading)
        self._heading = heading
        first = draft.tokens[0] if draft.tokens else None
        scene_id = self._scene_ids.of(draft.raw, _words_of(first) if first else "")
        elements: list[Element] = []
        lines: list[Line] = []
        for token in draft.tokens:
            spoken = _speakable(_spoken(token)) if token.kind == "speech" else []
            for text in spoken:
                line = self._line(token, text, scene_id, lines, elements)
                lines.append(line)
                elements.append(Element(kind="line", line_id=line.id, source_line=token.number))
            if not spoken:
                self._check_paragraph(token)
                elements.append(_element(token))
        return Scene(
            id=scene_id,
            number=number,
            heading=heading,
            elements=tuple(elements),
            lines=tuple(lines),
            notes=notes,
            transition_in=draft.fade_in,
            transition_out=elements[-1].text if elements and elements[-1].kind == "transition" else "",
            source_line=draft.number,
        )

    def _line(self, token: Token, text: str, scene_id: str, lines: list[Line], elements: list[Element]) -> Line:
        """One Line of a speech: all of its words, or a part of a very long one."""
        cue = cue_of(token.text)
        parenthetical = "; ".join(part.text for part in token.parts if part.kind == "parenthetical")
        sung = any(part.kind == "lyric" for part in token.parts)
        first = not (lines and lines[-1].source_line == token.number)
        beside = (
            first and cue.dual and bool(lines) and bool(elements) and elements[-1].line_id == lines[-1].id and lines[-1].dual == ""
        )
        if beside:
            lines[-1] = lines[-1].model_copy(update={"dual": "left"})
        self._line_count += 1
        return Line(
            id=self._line_ids.of(cue.name, text),
            number=self._line_count,
            scene_id=scene_id,
            character=cue.name,
            text=text,
            parenthetical=parenthetical,
            extension=cue.extension,
            delivery=delivery_of(cue.extension, parenthetical, sung=sung),
            dual="right" if beside else "",
            source_line=token.number,
        )

    def _check_paragraph(self, token: Token) -> None:
        if len(token.text) > limits.MAX_SCRIPT_LINE_CHARS:
            raise ScreenplayError(
                f"the paragraph at line {token.number} has {len(token.text):,} characters; at most {limits.MAX_SCRIPT_LINE_CHARS:,} are "
                "read in one (glimmer.limits.MAX_SCRIPT_LINE_CHARS). Break it up with blank lines.",
                source=self._source,
                line_number=token.number,
            )


def _element(token: Token) -> Element:
    if token.kind == "speech":
        return Element(kind="action", text=_gesture(token), source_line=token.number)
    kinds = {"action": "action", "transition": "transition", "centered": "centered", "lyric": "lyric", "page_break": "page_break"}
    return Element.model_validate({"kind": kinds[token.kind], "text": token.text, "source_line": token.number})


def _gesture(token: Token) -> str:
    """A cue with only a parenthetical is something done, not said: "BOB (nods)"."""
    name = cue_of(token.text).name
    doings = "; ".join(part.text for part in token.parts)
    return f"{name} ({doings})" if doings else name


def _spoken(token: Token) -> str:
    return " ".join(part.text for part in token.parts if part.kind != "parenthetical")


def _speakable(text: str) -> list[str]:
    """The words in parts of at most MAX_LINE_CHARS (about five minutes), cut where a sentence ends, else at a comma, else at a space."""
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > limits.MAX_LINE_CHARS:
        head = rest[: limits.MAX_LINE_CHARS]
        cuts = ([found.end() for found in pattern.finditer(head)] for pattern in _CUTS)
        at = next((ends[-1] for ends in cuts if ends), len(head))
        parts.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [part for part in (*parts, rest) if part]


_CUTS = (re.compile(r"[.!?…][\"”’')\]]*\s+|[。！？।؟]"), re.compile(r"[,;:–—]\s+|[、，；]"), re.compile(r"\s+"))


def _words_of(token: Token) -> str:
    """What a scene's first element says, for the scene's id."""
    if token.kind != "speech":
        return token.text
    return f"{cue_of(token.text).name}\n{_spoken(token)}" if _spoken(token) else _gesture(token)


def _notes(script: Script) -> list[Note]:
    """All that is kept but never shown, in the order of the text."""
    notes = [Note(kind=note.kind, text=note.text, source_line=note.number) for note in script.notes if note.text]
    for token in script.tokens:
        if token.kind == "section":
            notes.append(Note(kind="section", text=token.text, level=int(token.mark), source_line=token.number))
        elif token.kind == "synopsis":
            notes.append(Note(kind="synopsis", text=token.text, source_line=token.number))
    return sorted(notes, key=lambda note: note.source_line)


def _first_line(scenes: tuple[Scene, ...]) -> int:
    return scenes[0].source_line


def _check_paragraphs(script: Script, source: str) -> None:
    """Every action paragraph is a shot at least: a script of 200,000 lines is refused before anything is made of it."""
    actions = [token.number for token in script.tokens if token.kind == "action"]
    if len(actions) > limits.MAX_SHOTS:
        _check_count(len(actions), limits.MAX_SHOTS, "paragraphs of action", "MAX_SHOTS", source, actions[limits.MAX_SHOTS])


def _check_count(count: int, at_most: int, what: str, limit: str, source: str, line_number: int = 0) -> None:
    if count > at_most:
        raise ScreenplayError(
            f"the script has {count:,} {what}; at most {at_most:,} are handled (glimmer.limits.{limit}). Split it into parts.",
            source=source,
            line_number=line_number,
        )
