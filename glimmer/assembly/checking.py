"""Checking: what a person gives the verbs of a cut, measured before anything is touched.

Each function gives back the value in the form the cut keeps, or says what was met and what was expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from numbers import Real
from typing import Final, TypeVar

from glimmer.assembly.pieces import Timeline
from glimmer.display import plain_line
from glimmer.errors import InputError, LimitError
from glimmer.timecode import Timecode, frames_of

__all__ = ["chosen", "frame_at", "share", "spoken", "words", "yes_or_no"]

Word = TypeVar("Word", bound=str)
_TIME: Final = re.compile(r"\s*\d[\d:;]*[:;][\d:;]*\s*")  # "00:00:12:05", and what tries to be one


def chosen(value: object, what: str, among: Sequence[Word]) -> Word:
    """The one of `among` that `value` names, whatever its case. Raises: InputError with all of them."""
    wanted = " ".join(value.split()).casefold() if isinstance(value, str) else None
    for each in among:
        if each.casefold() == wanted:
            return each
    raise InputError(f"{what} can't be {value!r:.60}; expected one of {', '.join(among)}.")


def share(value: object, what: str, lowest: float = 0.0, highest: float = 1.0) -> float:
    """`value` as a number from `lowest` to `highest`. Raises: InputError; a truth value, nan and text are no numbers."""
    try:
        given = float(value) if isinstance(value, Real) and not isinstance(value, bool) else math.nan
    except OverflowError:  # a whole number of more than 308 digits
        given = math.inf
    if not lowest <= given <= highest:
        hint = f" For {given:g} % write {given / 100:g}." if highest < given <= 100 and (lowest, highest) == (0.0, 1.0) else ""
        raise InputError(f"{what} can't be {value!r:.60}; expected a number from {lowest:g} to {highest:g}.{hint}")
    return given


def words(text: object, what: str, at_most: int, limit: str) -> str:
    """`text`, its lines kept and each with single spaces; "" if there is nothing in it.

    Raises: InputError for what is no text or holds characters that can't be shown; LimitError past `at_most` characters.
    """
    if not isinstance(text, str):
        raise InputError(f"{what} can't be {text!r:.60}; expected words in quotes.")
    if len(text) > at_most:
        raise LimitError(f"{what} of {len(text):,} characters is too long; at most {at_most:,} ({limit}). Shorten it.", limit=limit)
    rows = [" ".join(row.split()) for row in text.splitlines()]
    hidden = next((char for row in rows for char in row if char != " " and plain_line(f"a{char}a") != f"a{char}a"), "")
    if hidden:
        raise InputError(
            f"{what} holds the character U+{ord(hidden):04X}, which can't be shown; expected printable text. Leave it out."
        )
    return "\n".join(rows).strip("\n")


def spoken(text: object, what: str, at_most: int, limit: str) -> str:
    """As `words`, and there must be something in it."""
    kept = words(text, what, at_most, limit)
    if not kept:
        raise InputError(f"{what} has no words; expected at least one letter.")
    return kept


def yes_or_no(value: object, what: str) -> bool:
    """`value`, which is True or False. Raises: InputError; "no" and 0 are neither."""
    if not isinstance(value, bool):
        raise InputError(f"{what} can't be {value!r:.60}; expected True or False. Write {what}=False for no.")
    return value


def frame_at(cut: Timeline, where: int | str | Timecode) -> int:
    """The frame of the film that `where` means: frames, a timecode ("00:00:12:05"), or a clip's name for its first frame.

    Digits between colons are a time, all other text is a name. Does not check that the film is that long.
    Raises: TimecodeError, NotFound, InputError.
    """
    if isinstance(where, str) and not _TIME.fullmatch(where):
        return cut.clip(where).start
    return frames_of(where, cut.rate)
