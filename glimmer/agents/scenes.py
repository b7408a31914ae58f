"""Scenes: one scene, or one line, taken out of what a model answered, and put into a script that stays as it was everywhere else.

Pure: takes words and a Screenplay, gives Fountain. What can't be used is refused with an InputError in words that the model is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from glimmer import limits, screenplay
from glimmer.agents.blueprint import clean_heading
from glimmer.agents.writing import plain_text_in
from glimmer.display import plain_line
from glimmer.errors import InputError, NotFound
from glimmer.screenplay import Element, Heading, Line, Scene, Screenplay
from glimmer.screenplay.headings import is_heading

__all__ = [
    "joined",
    "line_in",
    "line_named",
    "running_seconds",
    "scene_in",
    "scene_named",
    "scenes_in",
    "source_of",
    "with_line",
    "with_scene",
    "wrong_length",
]

_BOLD_ROW: Final = re.compile(r"^\s*(?:\*{1,3}|_{1,2})(?P<words>[^*_]+)(?:\*{1,3}|_{1,2})\s*$")
_MARKDOWN_HEADING: Final = re.compile(r"^\s*#{1,6}\s+(?P<words>.+?)\s*#*\s*$")
_CHAT_BEFORE: Final = re.compile(
    r"^(?:sure|certainly|of course|okay|ok|absolutely|great|here(?:'s|’s| is| are))\b.*[:!.]$", re.IGNORECASE
)
_CHAT_AFTER: Final = re.compile(
    r"^(?:let me know|i hope|i(?:'ve|’ve| have) |feel free|would you like|if you(?:'d|’d| would) like|do you want|note:|this (?:scene|version|draft) )",
    re.IGNORECASE,
)
_REFUSAL: Final = re.compile(
    r"(?:i['’]?m (?:sorry|unable|afraid)|i am (?:sorry|unable)|sorry,|i (?:can['’]?t|cannot|won['’]?t|will not) (?:help|do|write|assist|comply|create)"
    r"|as an ai\b|i['’]?d rather not)",
    re.IGNORECASE,
)
_LONGEST_REFUSAL: Final = 600  # characters; a scene has a heading, or goes on
_NUMBER_MARK: Final = re.compile(r"\s*#[^#\n]+#\s*$")


# ── what a person means ─────────────────────────────────────────────────────────────────────────────────────
def scene_named(script: Screenplay, scene: int | str) -> Scene:
    """The scene with this number ("2", 2, "12A"), heading or id. Raises: NotFound; InputError for a heading that several have."""
    wanted = " ".join(str(scene).split()).casefold().removeprefix("scene ").strip()
    found = [each for each in script.scenes if wanted in (each.number.casefold(), each.id)]
    found = found or [each for each in script.scenes if wanted and wanted == " ".join(each.heading.raw.split()).casefold()]
    found = found or [each for each in script.scenes if wanted and wanted == each.heading.place.casefold()]
    if len(found) > 1:
        numbers = ", ".join(each.number for each in found)
        raise InputError(f'{len(found)} scenes of "{script.title}" are "{plain_line(scene)}"; expected one: scene {numbers}.')
    if not found or isinstance(scene, bool):
        raise NotFound.among(
            "scene", scene, [f"{each.number} {each.heading.raw}".strip() for each in script.scenes], see="script.shots"
        )
    return found[0]


def line_named(script: Screenplay, line: int | str | Line) -> Line:
    """The line with this number or id. Raises: NotFound."""
    wanted = line.id if isinstance(line, Line) else str(line).strip().casefold().removeprefix("line ").strip()
    found = next((each for each in script.lines if wanted in (str(each.number), each.id)), None)
    if found is None or isinstance(line, bool):
        raise NotFound.among("line", line if not isinstance(line, Line) else line.id, [str(each.number) for each in script.lines])
    return found


def running_seconds(scene: Scene) -> float:
    """About how long a scene plays, before any voice is measured."""
    return sum(shot.seconds for shot in scene.shots)


# ── out of an answer ────────────────────────────────────────────────────────────────────────────────────────
def scene_in(answer: str, heading: str, *, names: Sequence[str] = ()) -> Scene:
    """The one scene that an answer holds as Fountain; of several the one called `heading`. One that came without a heading gets it.

    names: as in `scenes_in`. Raises: InputError where there is none, or several others; ScreenplayError.
    """
    found = scenes_in(answer, heading, names=names)
    if len(found) > 1:
        found = tuple(each for each in found if _same_heading(each.heading.raw, heading))
    if len(found) != 1:
        raise InputError(
            f"it holds other scenes; expected {f'the scene {heading}' if heading else 'one scene'} alone, as Fountain."
        )
    return found[0]


def scenes_in(answer: str, heading: str, *, names: Sequence[str] = ()) -> tuple[Scene, ...]:
    """The scenes that an answer holds as Fountain, with something in each. What came without a heading gets `heading`.

    names: the cast; a cue that is short for one of them ("MARA" for MARA VOSS) is written out, so that a film has one of each.
    Raises: InputError, ScreenplayError.
    """
    told = _without_chat(_tidied_rows(plain_text_in(answer)))
    if told.lstrip()[:1] in "{[" and told.rstrip()[-1:] in "}]" and '":' in told:
        raise InputError("it is JSON; expected the scene itself, as Fountain, beginning with its heading.")
    if not told.strip():
        raise InputError("it is empty; expected a scene, as Fountain, beginning with its heading.")
    rows = told.split("\n")
    if _REFUSAL.match(told.strip()) and len(told) < _LONGEST_REFUSAL:
        raise InputError(f"it is no scene; it says {' '.join(told.split())[:200]!r}.")
    first = next((at for at, row in enumerate(rows) if is_heading(row.strip())), None)
    text = "\n".join(rows[first:]) if first is not None else f"{_as_row(heading)}\n\n{told}" if heading else told
    read = screenplay.read(text, source="the answer")
    found = tuple(_recast(each, names) for each in read.scenes if each.elements)
    if not found:
        raise InputError("it holds a heading alone; expected a scene with something happening in it, as Fountain.")
    return found


def _as_row(heading: str) -> str:
    """A heading as a row of Fountain; one without INT. or EXT. is forced."""
    return heading if is_heading(heading) else f".{heading.lstrip('.')}"


def _same_heading(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _tidied_rows(text: str) -> str:
    """Rows that are all Markdown: **MARA**, ## INT. SEA - DAY."""
    return "\n".join(_tidied(row) for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _tidied(row: str) -> str:
    found = _MARKDOWN_HEADING.match(row) or _BOLD_ROW.match(row)
    if found is None:
        return row
    words = found["words"].strip().strip("*_").strip()
    try:
        return clean_heading(words)
    except ValueError:
        return words if _BOLD_ROW.match(row) and words == words.upper() else row


def _without_chat(text: str) -> str:
    """Without what a model says to us before and after a scene."""
    blocks = re.split(r"\n\s*\n", text.strip("\n"))
    while len(blocks) > 1 and _CHAT_BEFORE.match(" ".join(blocks[0].split())):
        blocks = blocks[1:]
    while len(blocks) > 1 and (_CHAT_AFTER.match(blocks[-1].strip()) or not blocks[-1].strip("-* \n")):
        blocks = blocks[:-1]
    return "\n\n".join(blocks)


def _recast(scene: Scene, names: Sequence[str]) -> Scene:
    called = {line.character: _full_name(line.character, names) for line in scene.lines}
    lines = tuple(line.model_copy(update={"character": called[line.character]}) for line in scene.lines)
    return scene.model_copy(update={"lines": lines})


def _full_name(cue: str, names: Sequence[str]) -> str:
    """The one of `names` whose words hold all of the cue's; the cue itself where none or several do."""
    if cue in names:
        return cue
    words = set(cue.split())
    found = [name for name in names if words < set(name.split())]
    return found[0] if len(found) == 1 else cue


def wrong_length(scenes: Sequence[Scene], low: float, high: float, expected: float) -> str:
    """What is to be said where these scenes play for longer or shorter than that; "" where they don't."""
    seconds = sum(running_seconds(scene) for scene in scenes)
    if low <= seconds <= high:
        return ""
    return (
        f"it plays for about {seconds:.0f} seconds; expected about {expected:.0f}. "
        f"Write {'less' if seconds > high else 'more'}, and keep what happens."
    )


def line_in(text: str, line: Line) -> str:
    """One wording of a line: on one row, without quotation marks around it and without the name before it. Raises: InputError."""
    words = " ".join(text.split())
    words = re.sub(rf"^{re.escape(line.character)}\s*(?:\([^)]*\)\s*)?:\s*", "", words, flags=re.IGNORECASE)
    for open_mark, close_mark in (('"', '"'), ("“", "”"), ("'", "'"), ("«", "»")):
        if len(words) > 2 and words.startswith(open_mark) and words.endswith(close_mark):
            words = words[1:-1].strip()
    longest = min(limits.MAX_LINE_CHARS, max(200, 4 * len(line.text)))
    if not words or len(words) > longest:
        raise InputError(f"a line of {len(words)} characters; expected 1 to {longest}, in place of {line.text!r:.80}.")
    return words


# ── into a script ───────────────────────────────────────────────────────────────────────────────────────────
def joined(title: str, scenes: Iterable[Scene]) -> str:
    """Fountain of a whole script: a title page, and these scenes in this order."""
    numbered = tuple(scene.model_copy(update={"number": str(at)}) for at, scene in enumerate(scenes, start=1))
    return screenplay.write(Screenplay(title=title, source="", title_page=(("Title", title),), scenes=numbered))


def source_of(script: Screenplay, scene: Scene) -> str:
    """The scene's own rows of the script, from its heading to its last word."""
    first, end = _rows_of(script, scene)
    return "\n".join(script.source.split("\n")[first:end]).strip("\n")


def with_scene(script: Screenplay, scene: Scene, new: Scene) -> str:
    """The script's text with `new` in the place of `scene`; every other row is as it was, and the scene keeps its number.

    Raises: InputError where the whole would be read otherwise than that.
    """
    rows = script.source.split("\n")
    first, end = _rows_of(script, scene)
    body = screenplay.write(Screenplay(title="", source="", scenes=(new.model_copy(update={"heading": Heading(), "number": "1"}),)))
    own = [*_heading_rows(rows[first], scene, new), *body.strip("\n").split("\n")]
    after = rows[end:]
    text = "\n".join([*rows[:first], *own, *([""] if after and after[0].strip() else []), *after])
    _check_others(script, screenplay.read(text, source="the answer", title=script.title), scene)
    return text


def _heading_rows(row: str, scene: Scene, new: Scene) -> list[str]:
    if not scene.heading.raw:
        return []
    if not new.heading.raw or _same_heading(new.heading.raw, scene.heading.raw):
        return [row, ""]
    mark = _NUMBER_MARK.search(row)
    return [f"{_as_row(new.heading.raw)}{mark[0].rstrip() if mark else ''}", ""]


def _rows_of(script: Screenplay, scene: Scene) -> tuple[int, int]:
    """(first row, the row after its last): what leads into the next scene, a section or FADE IN:, is not in it."""
    rows = script.source.split("\n")
    first = scene.source_line - 1
    at = script.scenes.index(scene)
    limit = script.scenes[at + 1].source_line - 1 if at + 1 < len(script.scenes) else len(rows)
    last = max((element.source_line - 1 for element in scene.elements), default=first)
    end = last + 1
    while end < limit and (rows[end].strip() or len(rows[end]) > 1):  # two spaces go on with a speech
        end += 1
    return first, min(end, limit)


def _check_others(old: Screenplay, new: Screenplay, scene: Scene) -> None:
    at = old.scenes.index(scene)
    if len(old.scenes) != len(new.scenes) or any(
        _said(one) != _said(other) for n, (one, other) in enumerate(zip(old.scenes, new.scenes, strict=True)) if n != at
    ):
        raise InputError("as Fountain it runs into the scenes around it; expected one scene that stands by itself.")


def _said(scene: Scene) -> tuple[object, ...]:
    """What a scene says, without where it stands."""
    lines = {line.id: line for line in scene.lines}
    told = tuple(
        (each.kind, each.text, *((lines[each.line_id].character, lines[each.line_id].text) if each.line_id in lines else ()))
        for each in scene.elements
    )
    return scene.heading.raw, told


def with_line(script: Screenplay, line: Line, words: str) -> str:
    """The script's text with these words in the place of a line's; its cue, its parentheticals and every other row are as they were.

    Raises: InputError where the words would be read as something else.
    """
    rows = script.source.split("\n")
    first = line.source_line - 1
    end = first + 1
    while end < len(rows) and (rows[end].strip() or len(rows[end]) > 1):
        end += 1
    parts = [each for each in script.lines if each.source_line == line.source_line]  # one very long speech is several lines
    text = " ".join(words if each.id == line.id else each.text for each in parts)
    speech = line.model_copy(update={"text": text, "dual": ""})
    scene = Scene(id="", number="1", heading=Heading(), elements=(Element(kind="line", line_id=line.id),), lines=(speech,))
    written = screenplay.write(Screenplay(title="", source="", scenes=(scene,))).strip("\n").split("\n")
    new_text = "\n".join([*rows[:first], rows[first], *written[1:], *rows[end:]])
    new = screenplay.read(new_text, source="the answer", title=script.title)
    said = [(each.character, words if each.id == line.id else each.text) for each in script.lines]
    if [(each.character, each.text) for each in new.lines] != said:
        raise InputError(f"as Fountain {words!r:.80} is not read as that line; expected plain words, without marks.")
    return new_text
