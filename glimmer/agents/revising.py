"""Revising: a cut changed by instruction. A model names edits; each is looked up in a closed list and done by the cut's own verbs.

What a model answers is never run: a verb that is not in VERBS is not there, its arguments are plain values that are checked against its
signature, and the verb itself refuses what is impossible. All edits are done, or none.
"""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

from pydantic import AliasChoices, BeforeValidator, Field

from glimmer.agents.writing import Answer, json_in
from glimmer.assembly import Assembly, Clip, Transition
from glimmer.errors import GlimmerError, InputError
from glimmer.screenplay import Screenplay

__all__ = ["VERBS", "Edit", "Revision", "cut_in_words", "revised", "verbs_in_words"]

VERBS: Final = (
    "trim", "slip", "slide", "roll", "split", "remove", "move", "insert", "overwrite", "gap", "speed", "reverse", "freeze",
    "dissolve", "dip", "wipe", "push", "fade_in", "fade_out", "cut_hard", "j_cut", "l_cut",
    "reframe", "fit", "crop", "opacity", "inset", "full", "gain", "mute", "unmute", "pan", "fade_sound", "crossfade", "duck",
    "title_card", "lower_third", "credits", "captions_as", "mark", "unmark",
)  # fmt: skip
_OF_TAKES: Final = ("insert", "overwrite")
_MOST_EDITS: Final = 200
_ALSO_CALLED: Final = {"name": "clip", "shot": "clip", "first": "left", "second": "right"}
_FRAMES: Final = re.compile(r"(-?\d+)(?:\.0+)?\s*(?:f|frames?)?")
_LONGEST_WORDS: Final = 100  # characters of what a clip shows or says


def _as_text(given: object) -> object:
    return json.dumps(given, ensure_ascii=False) if isinstance(given, dict) else given


class Edit(Answer):
    """One edit: a verb of the cut, and its arguments as a JSON object in text."""

    verb: str = Field(json_schema_extra={"enum": list(VERBS)})
    arguments: Annotated[str, BeforeValidator(_as_text)] = Field(
        default="{}",
        validation_alias=AliasChoices("arguments", "args"),
        description='a JSON object as text: {"clip": "1A", "tail": 12}',
    )


class Revision(Answer):
    """What a model wants done to a cut, in order, and why. No edits where it can't be done."""

    edits: tuple[Edit, ...]
    reason: str = ""


def revised(cut: Assembly, revision: Revision, takes: Callable[[str], object]) -> Assembly:
    """The cut with all edits of a revision. takes: the entry of a name, for verbs that lay in a take.

    Raises: InputError that says which edit can't be done, and why; InputError where all of them together change nothing.
    """
    if len(revision.edits) > _MOST_EDITS:
        raise InputError(f"{len(revision.edits)} edits; expected at most {_MOST_EDITS}.")
    now = cut
    for number, edit in enumerate(revision.edits, start=1):
        try:
            now = _edited(now, edit, takes)
        except GlimmerError as error:
            raise InputError(f"edit {number}, {edit.verb:.40} {edit.arguments:.160}, can't be done: {error}") from error
    if revision.edits and now.model_copy(update={"notices": cut.notices}) == cut:
        raise InputError("these edits leave the cut as it is; expected ones that do what was asked.")
    return now


def _edited(cut: Assembly, edit: Edit, takes: Callable[[str], object]) -> Assembly:
    name = edit.verb.strip().removeprefix("cut.").removesuffix("()").casefold().replace("-", "_").replace(" ", "_")
    if name not in VERBS:
        raise InputError(f'there is no verb "{edit.verb:.40}"; expected one of {", ".join(VERBS)}.')
    given = json_in(edit.arguments) if edit.arguments.strip() not in ("", "{}") else {}
    if not isinstance(given, dict):
        raise InputError("its arguments are no JSON object; expected names and values.")
    arguments = _arguments(name, given)
    if name in _OF_TAKES:
        arguments["take"] = takes(str(arguments["take"]))
    changed = getattr(cut, name)(**arguments)
    if not isinstance(changed, Assembly):
        raise InputError(f"{name} gave no cut back.")
    return changed


@cache
def _parameters(verb: str) -> Mapping[str, inspect.Parameter]:
    found = dict(inspect.signature(getattr(Assembly, verb)).parameters)
    found.pop("self")
    return found


def _arguments(verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments by the verb's own names, in the kinds it takes. Raises: InputError with all of them."""
    known = _parameters(verb)
    arguments: dict[str, Any] = {}
    for name, value in given.items():
        called = name if name in known else _ALSO_CALLED.get(name, name)
        if called == "clip" and called not in known and "clip_or_track" in known:
            called = "clip_or_track"
        if called not in known or called in arguments:
            raise InputError(f"{verb} has no argument {name!r:.40}; it is {_signature(verb)}.")
        if value is not None:
            arguments[called] = _value(known[called], value)
    missing = [name for name, each in known.items() if each.default is each.empty and name not in arguments]
    if missing:
        raise InputError(f"{verb} needs {', '.join(missing)}; it is {_signature(verb)}.")
    return arguments


def _value(parameter: inspect.Parameter, value: Any) -> Any:
    """A value of JSON as the verb takes it: "12" and 12.0 frames as 12, "true" as True, a list as a tuple. All else as it is."""
    kind = str(parameter.annotation)
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value)):
        raise InputError(f"{parameter.name} can't be {value!r:.60}; expected a plain value.")
    if isinstance(value, list):
        return tuple(tuple(each) if isinstance(each, list) else each for each in value)
    if isinstance(value, float) and value == int(value) and "float" not in kind:
        return int(value)
    if not isinstance(value, str):
        return value
    told = value.strip()
    if kind.startswith("bool") and told.casefold() in ("true", "false", "yes", "no"):
        return told.casefold() in ("true", "yes")
    if ("When" in kind or "Timecode" in kind) and (found := _FRAMES.fullmatch(told)):
        return int(found[1])
    if "float" in kind and "str" not in kind:
        try:
            return float(told)
        except ValueError:
            return value
    return value


# ── what a model is told ────────────────────────────────────────────────────────────────────────────────────
@cache
def verbs_in_words() -> str:
    """Every verb that a model may name: its arguments, and what it does."""
    return "\n".join(f"{_signature(verb)}: {_first_words(verb)}" for verb in VERBS)


def _signature(verb: str) -> str:
    return f"{verb}({', '.join(_shown(verb, each) for each in _parameters(verb).values())})"


def _shown(verb: str, parameter: inspect.Parameter) -> str:
    kind = str(parameter.annotation)
    words = _choices(_hints(verb).get(parameter.name))
    told = (
        "frames"
        if "When" in kind or "Timecode" in kind
        else "name"
        if kind.startswith("str | int") or kind == "Takeable"
        else kind.partition(" | Iterable")[0]
    )
    told = "number" if kind == "Factor" else " | ".join(map(repr, words)) if words else told.replace(" | None", "")
    return f"{parameter.name}: {told}" + ("" if parameter.default is parameter.empty else f" = {parameter.default!r}")


@cache
def _hints(verb: str) -> Mapping[str, Any]:
    return get_type_hints(getattr(Assembly, verb))


def _choices(hint: object) -> tuple[str, ...]:
    """The words that a parameter may be, where they are a closed list."""
    if get_origin(hint) is Literal:
        return tuple(map(str, get_args(hint)))
    return tuple(word for each in get_args(hint) for word in _choices(each))


def _first_words(verb: str) -> str:
    return " ".join((inspect.getdoc(getattr(Assembly, verb)) or "").split("\n\n")[0].split())


def cut_in_words(cut: Assembly, script: Screenplay | None) -> str:
    """The cut as a model reads it: a clip a row, with its track, name, first frame, frames, and what it shows or says."""
    told = _told_by(script)
    named = Counter((track.kind, clip.name) for track in cut.tracks for clip in track.clips)
    rows = [f"{cut.frames} frames at {cut.rate} a second"]
    for track in cut.tracks:
        ducked = f", {track.duck_db:g} dB down under {track.duck_under}" if track.duck_under else ""
        rows.append(f"track {track.name} ({track.role}{', muted' if track.muted else ''}{ducked})")
        rows += [_row(clip, told.get(clip.made_of, ""), is_double=named[track.kind, clip.name] > 1) for clip in track.clips]
        names = {clip.id: clip.name or clip.id for clip in track.clips}
        rows += [f"  {each.kind} over {each.frames} frames: {_joined(each, names)}" for each in track.transitions]
    rows += [f"marker at {marker.at}: {marker.note}" for marker in cut.markers]
    return "\n".join(rows)


def _joined(transition: Transition, names: Mapping[str, str]) -> str:
    return " -> ".join(names.get(each, each) for each in (transition.left, transition.right) if each)


def _row(clip: Clip, told: str, *, is_double: bool) -> str:
    name = f"{clip.name} (id {clip.id})" if is_double else clip.name
    words = " ".join((clip.title or told).split())
    shown = words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}…"
    length = f" of {clip.media_frames}" if clip.media_frames else ""
    return f"  {name} | from {clip.start} | {clip.frames}{length} frames | {clip.kind}" + (f" | {shown}" if shown else "")


def _told_by(script: Screenplay | None) -> dict[str, str]:
    if script is None:
        return {}
    shots = {shot.id: f"{shot.size}: {shot.action}" for shot in script.shot_list}
    lines = {line.id: f"{line.character}: {line.text}" for line in script.lines}
    return shots | lines | {scene.id: scene.heading.raw for scene in script.scenes}
