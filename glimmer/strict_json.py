"""Strict JSON: text from a stranger, read without surprises.

Ground, for whoever reads what another machine wrote. Python's own reader takes NaN, takes the last of two equal keys, takes 1e400 as
infinity, and lets 64 MB of "[[],[]," become gigabytes of lists. Here nesting and the count of values are known before anything is
built, by one pass over the bytes; numbers are finite, keys are single, text can be kept by any database (no NUL, no half surrogate).
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

__all__ = ["read_json"]

# A string (to its end, or to the end of the text: so the scan never goes back), or one sign of structure. Possessive: linear.
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\(?:.|\Z)[^"\\]*+)*+(?:"|\Z)|[\[\]{},]', re.DOTALL)
_LONGEST_NUMBER: Final = 32  # characters; a double needs 24, a 64-bit integer 20
_LARGEST_INTEGER: Final = 2**63 - 1  # what a database column holds
_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")


def read_json(text: bytes, *, depth: int, values: int) -> Any:
    """The value that `text` (UTF-8) holds, nested at most `depth` deep and with at most `values` values.

    Does not bound the length of `text`: whoever reads it from a file does.
    Raises: ValueError, with the reason as its message, for anything else than plain JSON.
    """
    _measure(text, depth, values)
    try:
        value = _DECODER.decode(text.decode("utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON: {error.msg} at character {error.pos}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8: byte {error.start} is 0x{text[error.start]:02x}") from error
    except RecursionError as error:  # never met below a depth of some hundreds; here so that no limit can be set too high
        raise ValueError("it is nested too deep to be read") from error
    if b"\\u" in text or b"\x00" in text:
        _check_text(value)
    return value


def _measure(text: bytes, depth: int, values: int) -> None:
    deep, deepest, count = 0, 0, 1
    for found in _TOKEN.finditer(text):
        sign = text[found.start()]
        if sign in b"[{":
            deep += 1
            deepest = max(deepest, deep)
            count += 1
        elif sign in b"]}":
            deep -= 1
        elif sign == 0x2C:  # ,
            count += 1
        if deepest > depth:
            raise ValueError(f"it is nested more than {depth} deep")
        if count > values:
            raise ValueError(f"it holds more than {values:,} values")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise ValueError(f"the key {name[:80]!r} is there twice")
        made[name] = value
    return made


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON's")


def _float(digits: str) -> float:
    number = float(digits) if len(digits) <= _LONGEST_NUMBER else math.inf
    if not math.isfinite(number):
        raise ValueError(f"the number {digits[:40]} is too large or too long")
    return number


def _int(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER or abs(int(digits)) > _LARGEST_INTEGER:
        raise ValueError(f"the number {digits[:40]} is too large")
    return int(digits)


def _check_text(value: Any) -> None:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and (found := _NO_TEXT.search(one)):
            raise ValueError(f"its text holds U+{ord(found[0]):04X}, which no database keeps")
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_float, parse_int=_int)
