"""An edit of a timeline as the line of Python that does it: `cut = cut.trim("2A", head=12)`.

Takes a verb of Assembly with what a browser gave it, checks that it is one of those a timeline may do and can be called so, and gives both:
the cut that comes of it and the line that a person would type for it. What is impossible is refused by the verb, in its own words.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from glimmer.assembly import Assembly
from glimmer.errors import InputError, NotFound

__all__ = ["EDITS", "done", "line_of", "said", "spoken_name"]

EDITS: Final = (
    *("trim", "slip", "slide", "roll", "split", "remove", "move", "put", "lift", "extract", "gap", "speed", "reverse", "freeze"),
    *("dissolve", "dip", "wipe", "push", "fade_in", "fade_out", "cut_hard", "j_cut", "l_cut"),
    *("reframe", "unframe", "fit", "crop", "opacity", "inset", "full", "title_card", "lower_third", "credits", "captions_as"),
    *("gain", "mute", "unmute", "pan", "fade_sound", "crossfade", "duck", "mark", "unmark", "renote"),
)
_NAMES_OF_CLIPS: Final = frozenset({"clip", "left", "right", "before", "after", "clip_or_track", "where", "at"})
_LARGEST: Final = 2**53  # what a browser counts exactly
_MOST_ITEMS: Final = 5_000  # rows of credits
_LOOKS_LIKE_A_TIME: Final = re.compile(r"[\d:;\s]*")


def done(cut: Assembly, verb: str, args: Sequence[Any], named: Mapping[str, Any]) -> tuple[Assembly, str]:
    """The cut after the edit, and the line that does it. `cut` stays as it was.

    Raises: NotFound for a verb that a timeline does not do, InputError for what it can't be given, and whatever the verb refuses.
    """
    if verb not in EDITS:
        raise NotFound.among("edit", verb, EDITS)
    work = getattr(cut, verb)
    try:
        bound = inspect.signature(work).bind(
            *map(_plain, args), **{name: _plain(value) for name, value in named.items() if value is not None}
        )
    except TypeError as error:
        raise InputError(
            f"{verb} can't be asked for so: {str(error)[:120]}. Expected {verb}({', '.join(inspect.signature(work).parameters)})."
        ) from None
    for name, value in bound.arguments.items():
        if name in _NAMES_OF_CLIPS:
            bound.arguments[name] = spoken_name(cut, value)
    return work(*bound.args, **bound.kwargs), line_of(verb, bound.args, bound.kwargs)


def line_of(verb: str, args: Sequence[Any], named: Mapping[str, Any]) -> str:
    """The line as it is typed."""
    given = [*map(said, args), *(f"{name}={said(value)}" for name, value in named.items())]
    return f"cut = cut.{verb}({', '.join(given)})"


def said(value: Any) -> str:
    """A plain value as Python writes it, with the quotes that people type."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=not value.isprintable())
    if isinstance(value, list):
        return f"[{', '.join(map(said, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(said, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def spoken_name(cut: Assembly, id: Any) -> Any:
    """What a person calls the clip with this id: its name where no other clip has it and it means nothing else, else the id as it is."""
    clip = next((clip for clip in cut.clips if clip.id == id), None)
    if clip is None or not clip.name or clip.name != clip.name.strip() or _LOOKS_LIKE_A_TIME.fullmatch(clip.name):
        return id
    wanted = clip.name.casefold()
    others = sum(wanted in (each.name.casefold(), each.id.casefold()) for each in cut.clips if each.id != id)
    tracks = any(track.name.casefold() == wanted for track in cut.tracks)
    return id if others or tracks else clip.name


def _plain(value: Any) -> Any:
    """A value that a verb may be given: a word, a number, yes or no, or a short row of these; pairs of numbers as tuples."""
    if isinstance(value, list):
        if len(value) > _MOST_ITEMS or any(isinstance(each, list | dict) for each in value):
            raise InputError(f"a list of {len(value):,}; expected at most {_MOST_ITEMS:,} words or numbers in it.")
        row = [_plain(each) for each in value]
        return row if all(isinstance(each, str) for each in row) else tuple(row)
    if isinstance(value, bool | float | str) or (isinstance(value, int) and abs(value) <= _LARGEST):
        return value
    raise InputError(f"{value!r:.60} can't be given to an edit; expected words, numbers, true or false.")
