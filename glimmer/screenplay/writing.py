"""Fountain out: a Screenplay written so that reading it again gives equal scenes, lines, elements and title page.

Every piece is written in its plainest form, and forced (! @ . >) or escaped with a backslash only where it would be read as
something else. Emphasis is not written: the nouns hold plain words.
"""

from __future__ import annotations

from collections.abc import Iterator

from glimmer.screenplay.cues import cue_of, delivery_of, natural_cue
from glimmer.screenplay.headings import is_heading
from glimmer.screenplay.markup import escaped
from glimmer.screenplay.nouns import Element, Line, Note, Scene, Screenplay
from glimmer.screenplay.tokens import breaks_action, ends_speech, is_transition, looks_like_title

__all__ = ["write"]


def write(screenplay: Screenplay) -> str:
    """Fountain text of the whole script: title page, notes, scenes; ends with a newline.

    Reading it back gives the same ids. A scene number is written where it is not simply the scene's place in the order.
    """
    blocks = [_title_page(screenplay)] if screenplay.title_page else []
    blocks += [_note(note) for note in screenplay.notes]
    for index, scene in enumerate(screenplay.scenes, start=1):
        for block in _scene(scene, index):
            blocks.append(_guarded_start(block) if not blocks else block)
    return "\n\n".join(blocks) + "\n"


def _title_page(screenplay: Screenplay) -> str:
    return "\n".join(_title_entry(key, value) for key, value in screenplay.title_page)


def _title_entry(key: str, value: str) -> str:
    rows = escaped(value).split("\n")
    if len(rows) == 1:
        return f"{key}: {rows[0]}".rstrip()
    return f"{key}:\n" + "\n".join(f"    {row}" for row in rows)


def _guarded_start(block: str) -> str:
    """The very first block, when there is no title page and it looks like one."""
    if not looks_like_title(block.split("\n", 1)[0]):
        return block
    return f"@{block}" if natural_cue(block.split("\n", 1)[0]) and "\n" in block else f"!{block}"


# ── a scene ─────────────────────────────────────────────────────────────────────────────────────────────────
def _scene(scene: Scene, index: int) -> Iterator[str]:
    if scene.transition_in:
        yield _transition(scene.transition_in)
    if scene.heading.raw:
        yield _heading(scene, index)
    lines = {line.id: line for line in scene.lines}
    waiting = list(scene.notes)
    for element in scene.elements:
        while waiting and waiting[0].source_line < element.source_line:
            yield _note(waiting.pop(0))
        yield _speech(lines[element.line_id]) if element.kind == "line" else _element(element)
    for note in waiting:
        yield _note(note)


def _heading(scene: Scene, index: int) -> str:
    raw = escaped(scene.heading.raw)
    if scene.number != str(index):
        raw = f"{raw} #{scene.number}#"
    elif raw.endswith("#"):
        raw = raw[:-1] + "\\#"
    if is_heading(raw):
        return raw
    if raw[0].isdigit():  # ".45 calibre" is read as action
        return f".*{raw}*"
    return f".\\{raw}" if raw[0] == "." else f".{raw}"


def _element(element: Element) -> str:
    text = escaped(element.text)
    if element.kind == "page_break":
        return "==="
    if element.kind == "centered":
        return f"> {text} <"
    if element.kind == "lyric":
        return f"~{text}"
    return _transition(element.text) if element.kind == "transition" else _action(text)


def _transition(text: str) -> str:
    if is_transition(text):
        return text
    guarded = escaped(text)
    return f"> {guarded[:-1]}\\<" if guarded.endswith("<") else f"> {guarded}"


def _action(text: str) -> str:
    rows = text.split("\n")
    first = rows[0]
    alone = len(rows) == 1
    forced = breaks_action(first) or is_heading(first) or is_transition(first) or (natural_cue(first) and not alone)
    forced = forced or (first[0] == "@" and not alone)
    return "\n".join(f"!{row}" if breaks_action(row) or (forced and at == 0) else row for at, row in enumerate(rows))


def _speech(line: Line) -> str:
    rows = [_cue(line)]
    if line.parenthetical:
        rows.append(f"({escaped(line.parenthetical)})")
    sung = line.delivery == "sung" and delivery_of(line.extension, line.parenthetical) != "sung"
    rows.append(f"~{escaped(line.text)}" if sung else _words(line.text))
    return "\n".join(rows)


def _cue(line: Line) -> str:
    cue = escaped(line.character) + (f" ({escaped(line.extension)})" if line.extension else "")
    dual = " ^" if line.dual == "right" else ""
    plainly = natural_cue(cue) and not is_heading(cue) and not is_transition(cue) and not breaks_action(cue)
    return (cue if plainly and cue_of(cue).name == line.character else f"@{cue}") + dual


def _words(text: str) -> str:
    row = escaped(text)
    opens = row[0] in "(（" and (row[-1] in ")）" or not any(sign in row for sign in ")）"))
    if opens or row[0] == "~" or (row[0] in "!@#=>." and ends_speech(row)):
        return f"\\{row}"
    return row.replace(".", "\\.", 1) if ends_speech(row) else row


def _note(note: Note) -> str:
    if note.kind == "section":
        return f"{'#' * max(note.level, 1)} {escaped(note.text)}"
    if note.kind == "synopsis":
        return f"= {escaped(note.text)}"
    start, end = ("[[", "]]") if note.kind == "note" else ("/*", "*/")
    before = "" if note.text[:1].isalnum() else " "
    after = "" if note.text[-1:].isalnum() else " "
    return f"{start}{before}{note.text}{after}{end}"
