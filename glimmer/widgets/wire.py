"""Wire: what a face and its browser half say to each other. One envelope, versioned; the types of both ends come from here.

    browser  ── hello ───────────────▶  kernel     on every connect, reload and gap; who: the visitor, as the server names it
    browser  ◀── snapshot ────────────  kernel     the whole state, at sequence number `seq`
    browser  ◀── patch ───────────────  kernel     what changed since, at `seq`; a hole in the numbers makes the browser say hello again
    browser  ── ask (id, verb, given) ▶  kernel
    browser  ◀── answer | refusal (id)  kernel     refusal: an error of ours, in words
    browser  ◀── progress (id) ───────  kernel     of an ask that takes long

A state is JSON: objects, where things are kept by id, so that a patch can be small. Operations of a patch, applied in order:

    ["merge", path, value]                 JSON merge patch (RFC 7396) at `path`: objects merge, null removes, all else replaces
    ["set", path, value]                   replaces whatever is at `path`
    ["append", path, text]                 more text at the end of a string: words that stream in
    ["shift", path, where, from, by]       in the objects of the object at `path` whose fields equal `where` and whose `start` >= `from`:
                                           `start` += `by`. What a ripple does to a thousand clips, in one line

`widgets/src/shared/wire.ts` is generated from these types: `make widgets`.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, Literal

from pydantic import ConfigDict, Field, model_validator

from glimmer.vocabulary import Noun

__all__ = ["VERSION", "Ask", "Operation", "differences"]

VERSION: Final = 1

Operation = list[Any]


class Ask(Noun):
    """Something a browser may ask for. A subclass a verb: its fields are what is given, checked before anything is done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _sayable(cls, given: Any) -> Any:
        """A database and a disk take neither a number of 400 digits nor half a letter; so none gets further than here."""
        _check(given, _DEEPEST)
        return given


_LARGEST: Final = 2**53  # what a browser counts exactly
_DEEPEST: Final = 8


def _check(value: Any, deeper: int) -> None:
    if isinstance(value, int | float) and not abs(value) <= _LARGEST:
        raise ValueError("a number that is too large, or none; expected one that a browser counts exactly")
    if isinstance(value, str) and "\0" in value:
        raise ValueError("a character of number 0; expected words")
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError("half a letter (a lone surrogate); expected whole ones") from None
    if isinstance(value, dict | list) and not deeper:
        raise ValueError(f"lists in lists, more than {_DEEPEST} deep; expected fewer")
    for each in (*value, *value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check(each, deeper - 1)


class Envelope(Noun):
    """What comes from a browser."""

    v: Literal[1]
    kind: Literal["hello", "ask"]
    id: str = Field(default="", max_length=64)
    verb: str = Field(default="", max_length=64)
    given: dict[str, Any] = Field(default_factory=dict)
    who: str = Field(default="", max_length=300)
    served: bool = False  # whether our route of media answers there; if not, bytes are sent with the messages
    screen: str = Field(default="", max_length=64)  # one browser page's view, for what is not everybody's


def differences(old: Any, new: Any, path: tuple[str, ...] = ()) -> list[Operation]:
    """The operations that make `new` of `old`: at most one merge for the whole of it. Both plain JSON; an object may hold no None."""
    patch = _merge(old, new)
    return [] if patch is _SAME else [["merge", list(path), patch]]


_SAME: Final = object()


def _merge(old: Any, new: Any) -> Any:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return _SAME if old == new and type(old) is type(new) else new
    patch: dict[str, Any] = {key: None for key in old if key not in new}
    for key, value in new.items():
        if key not in old:
            patch[key] = value
        elif (changed := _merge(old[key], value)) is not _SAME:
            patch[key] = changed
    return patch or _SAME
