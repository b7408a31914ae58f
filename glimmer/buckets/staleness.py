"""Staleness: what a film asks for, held against what stands: current, stale, missing or blocked, and why in words.

Pure: takes wishes and rows, gives verdicts; makes nothing and changes nothing. Stale is not broken: a stale take is still used, and
nothing is ever re-made by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from glimmer.buckets.bucket import OWN
from glimmer.store import RequestRow, Standing
from glimmer.vocabulary import Noun

__all__ = ["State", "Verdict", "Wish", "differences", "judge"]

State = Literal["current", "stale", "missing", "blocked"]

_PICTURES: Final = ("video", "characters")
# How a take is made and not what it shows: a new model, seed or size never calls for a new picture. Nor does who else is in the scene
# (`present` only says who stands left of whom): a new coat marks the shots that show it.
_HOW: Final = frozenset({"seed", "scene_seed", "theme_seed", "width_px", "height_px", "present"})
_LONGEST_WORDS: Final = 90  # characters of a changed text that a reason quotes


@dataclass(frozen=True)
class Wish:
    """One thing that a film asks for. request: what would be asked of `model` ("" for none); "" made_for where that is not known yet.

    blocked: what must be there before it can be made, in words. waits: what it follows and is not current itself, in words.
    """

    kind: str
    bucket: str
    key: str
    name: str
    made_for: str = ""
    model: str = ""
    request: Noun | None = None
    blocked: str = ""
    waits: str = ""


@dataclass(frozen=True)
class Verdict:
    """How a wish stands, and why; "" where there is nothing to say."""

    wish: Wish
    state: State
    why: str = ""


def judge(wish: Wish, row: Standing | None, asked: Mapping[str, RequestRow], *, is_lost: bool = False) -> Verdict:
    """How `wish` stands. `asked`: the stored requests by made_for; `is_lost`: its take's file is gone."""
    if row is None or not row.asset or is_lost:
        why = "the file of its take is gone" if is_lost else "not made yet"
        return Verdict(wish, "blocked", wish.blocked) if wish.blocked else Verdict(wish, "missing", why)
    if row.made_for.startswith(OWN):
        return Verdict(wish, "current", "your own")
    if wish.waits or wish.blocked:
        return Verdict(wish, "stale", wish.waits or wish.blocked)
    if row.made_for == wish.made_for:
        return Verdict(wish, "current")
    if row.circled and row.wanted == wish.made_for:
        return Verdict(wish, "current", f"take {row.circled} is circled")
    reasons = _reasons(wish, row, asked.get(row.made_for))
    return Verdict(wish, "stale", "; ".join(reasons)) if reasons else Verdict(wish, "current", _by_another(wish, row))


def _by_another(wish: Wish, row: Standing) -> str:
    return f"made by {row.model}" if row.model and row.model != wish.model else ""


def _reasons(wish: Wish, row: Standing, asked: RequestRow | None) -> list[str]:
    if asked is None or wish.request is None:
        return ["it was asked for differently"]
    before, now = json.loads(asked.body), json.loads(wish.request.model_dump_json())
    if asked.model == wish.model:
        reshaped = any(before.get(side) != now.get(side) for side in ("width_px", "height_px"))
        if wish.bucket in _PICTURES and reshaped:  # the prompt says the shape, and another shape never calls for a new picture
            before, now = ({name: each for name, each in body.items() if name != "words"} for body in (before, now))
        return differences(before, now)
    is_otherwise = asked.kind != type(wish.request).__name__  # a board then, a clip now
    shared = (before.keys() & now.keys()) - {"words"}  # every model is asked in words of its own
    reasons = differences({name: before[name] for name in shared}, {name: now[name] for name in shared})
    if is_otherwise or (not reasons and wish.bucket not in _PICTURES):
        return [f"another model: {asked.model} -> {wish.model}", *reasons][:3]
    return reasons


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What was asked for then and is asked for now differ in, in words, the weightiest first. How it is made (seed, size) is no matter."""
    old, new = _leaves(before), _leaves(after)
    found: dict[str, None] = {}
    for path in sorted({*old, *new}, key=_weight):
        if old.get(path) != new.get(path) and path[0] not in _HOW:
            found[_words(path, old, new)] = None
    return _gathered(list(found))[:3]


Path = tuple[str, ...]


def _leaves(value: Any, path: Path = ()) -> dict[Path, Any]:
    if isinstance(value, Mapping):
        parts: Any = value.items()
    elif isinstance(value, Sequence) and not isinstance(value, str):
        parts = ((str(number), each) for number, each in enumerate(value))
    else:
        return {path: value}
    return {leaf: found for name, each in parts for leaf, found in _leaves(each, (*path, name)).items()}


_ORDER: Final = ("text", "cast", "voice", "design", "action", "words", "parenthetical", "delivery", "sections", "place")


def _weight(path: Path) -> tuple[int, Path]:
    return (_ORDER.index(path[0]) if path[0] in _ORDER else len(_ORDER), path)


def _words(path: Path, old: Mapping[Path, Any], new: Mapping[Path, Any]) -> str:
    head, leaf = path[0], path[-1]
    if head == "cast" and leaf == "line":
        return "the line spoken in it changed"
    if "design" in path:
        return _of_somebody(path, old, new)
    if head == "voice":
        who = new.get(("voice", "name")) or old.get(("voice", "name"))
        return f"the voice changed ({_told(leaf)})" if leaf != "name" else f"another voice: {old.get(path)} -> {who}"
    if head == "text":
        return f"now {_quoted(new.get(path))}"
    if head in _SAID:
        return _SAID[head]
    return _changed(_told(head), old.get(path), new.get(path))


_SAID: Final = {
    "cast": "who is seen in it, or what is said, changed",
    "words": "the prompt changed",
    "parenthetical": "how it is said changed",
    "delivery": "how it is said changed",
    "sections": "its length or mood changed",
}


def _of_somebody(path: Path, old: Mapping[Path, Any], new: Mapping[Path, Any]) -> str:
    """A change in somebody's looks, or in who is there."""
    at = path[: path.index("design") + 1]
    was, now = old.get((*at, "name")), new.get((*at, "name"))
    if was != now:
        return f"{was} is {now} now" if was and now else f"{was or now} is {'no longer' if was else 'now'} in it"
    return f"{now} looks different ({_told(next(part for part in reversed(path) if not part.isdecimal()))})"


_LOOKS: Final = re.compile(r"(?P<who>.+ looks different) \((?P<what>.+)\)")


def _gathered(reasons: list[str]) -> list[str]:
    """ "MARA looks different (hair); MARA looks different (glasses)" in one: "MARA looks different (hair, glasses)"."""
    gathered: dict[str, list[str]] = {}
    for reason in reasons:
        looks = _LOOKS.fullmatch(reason)
        gathered.setdefault(looks["who"] if looks else reason, []).extend([looks["what"]] if looks else [])
    return [f"{reason} ({', '.join(whats[:4])})" if whats else reason for reason, whats in gathered.items()]


def _changed(what: str, before: Any, after: Any) -> str:
    was, now = (_quoted(value) for value in (before, after))
    return f"{what}: {was} -> {now}" if was and now else f"the {what} changed"


def _quoted(value: Any) -> str:
    text = f'"{value}"' if isinstance(value, str) and " " in value else str(value) if value is not None else ""
    return text if len(text) <= _LONGEST_WORDS else text[: _LONGEST_WORDS - 2] + '…"'


def _told(name: str) -> str:
    return re.sub(r"_(m|px|seconds|hz)$", "", name).replace("_", " ")
