"""Editing how a character looks and sounds: single fields of a Design or a Voice, checked in words before anything is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from glimmer.display import plain_line
from glimmer.errors import InputError, NotFound, SettingsError
from glimmer.models.interface import Design, Voice

__all__ = ["RANGES", "edited_design", "edited_voice"]

_COLOURS: Final = ("skin", "hair", "garment_colour", "accent_colour", "trouser_colour")
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
RANGES: Final = {  # what a designer or a voice can do anything with
    "height_m": (0.05, 100.0),
    "pitch": (0.25, 4.0),
    "pitch_range": (0.0, 4.0),
    "formant": (0.5, 2.0),
    "breath": (0.0, 1.0),
    "speed": (0.25, 4.0),
}
_LONGEST_WORD: Final = 200
_Noun = TypeVar("_Noun", Design, Voice)


def edited_design(design: Design, changes: Mapping[str, Any]) -> Design:
    """`design` with these fields changed. A colour that is changed is changed in the palette too.

    Raises: NotFound for a field or a word that there is not, SettingsError for a number out of range, InputError for what is no colour.
    """
    if "name" in changes:
        raise InputError(
            f'{design.name} can\'t be given another name by edit: the script says it too. Use .rename("{plain_line(changes["name"])}").'
        )
    checked = {name: _checked(name, value) for name, value in changes.items()}
    if "palette" not in checked:
        swapped = {getattr(design, name).casefold(): value for name, value in checked.items() if name in _COLOURS}
        checked["palette"] = tuple(swapped.get(each.casefold(), each) for each in design.palette)
    return _made(Design, design, checked, "a design")


def edited_voice(voice: Voice, changes: object) -> Voice:
    """`voice` with these fields changed. Raises: as `edited_design`."""
    if not isinstance(changes, Mapping):
        raise InputError(f'voice={changes!r:.80}; expected fields by name, such as voice={{"pitch": 0.9}}.')
    return _made(Voice, voice, {str(name): _checked(str(name), value) for name, value in changes.items()}, "a voice")


def _made(kind: type[_Noun], old: _Noun, changes: Mapping[str, Any], what: str) -> _Noun:
    if stranger := next((name for name in changes if name not in kind.model_fields), None):
        raise NotFound.among(f"field of {what}", stranger, kind.model_fields)
    try:
        return kind.model_validate(old.model_dump() | dict(changes))
    except ValidationError as error:
        raise _in_words(error, what) from error


def _in_words(error: ValidationError, what: str) -> NotFound | InputError:
    first = error.errors()[0]
    field, met = str(first["loc"][0]), first["input"]
    words = re.findall(r"'([^']*)'", str(first.get("ctx", {}).get("expected", "")))
    if words:
        return NotFound.among(field.replace("_", " "), met, words)
    return InputError(f"{field}={met!r:.80} is nothing for {what}: {first['msg']}. Nothing was changed.")


def _checked(name: str, value: Any) -> Any:
    """`value` as it may stand in the field `name`; what the noun itself can tell is left to it."""
    if name in _COLOURS:
        return _colour(name, value)
    if name == "palette":
        return tuple(_colour(name, each) for each in (value if isinstance(value, list | tuple) else (value,)))
    if name in RANGES:
        return _number(name, value)
    if isinstance(value, str):
        words = plain_line(value)
        if not words or len(words) > _LONGEST_WORD:
            raise InputError(f"{name}={value!r:.80}; expected a word or a few, at most {_LONGEST_WORD} characters.")
        return words
    return value


def _colour(name: str, value: Any) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise InputError(f'{name}={value!r:.80} is no colour; expected "#rrggbb", such as "#aa3300".')
    return value.lower()


def _number(name: str, value: Any) -> float:
    low, high = RANGES[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or not low <= value <= high:
        raise SettingsError(f"{name}={value!r:.80}; expected a number from {low:g} to {high:g}.")
    return float(value)
