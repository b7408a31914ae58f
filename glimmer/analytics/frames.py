"""Frames: how the two sides of the pipe talk. Four bytes of length, then that many bytes, which are JSON.

JSON and not pickle: a child that a hostile query has taken over can then say wrong things, but can't run code in our process.
Values JSON has no word for travel as text beside the name of their kind.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO, Final
from uuid import UUID

__all__ = ["MAX_FRAME_BYTES", "packed", "receive", "receive_json", "send", "send_json", "unpacked"]

MAX_FRAME_BYTES: Final = 256 * 1024 * 1024  # above any answer (64 MB) and any chunk of rows; more means the pipe is out of step
_LENGTH_BYTES: Final = 4


def send(pipe: BinaryIO, body: bytes) -> None:
    """Write one frame. Does not flush. Raises: OSError if nobody reads any more, ValueError if it is too long."""
    if len(body) > MAX_FRAME_BYTES:
        raise ValueError(f"a frame of {len(body):,} bytes; at most {MAX_FRAME_BYTES:,}.")
    pipe.write(len(body).to_bytes(_LENGTH_BYTES, "big"))
    pipe.write(body)


def send_json(pipe: BinaryIO, value: object) -> None:
    """Write `value` as one frame of JSON. Does not flush."""
    send(pipe, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def receive(pipe: BinaryIO) -> bytes:
    """The next frame's bytes. Raises: EOFError when the other side has gone, also in the middle of a frame."""
    length = int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "big")
    if length > MAX_FRAME_BYTES:
        raise EOFError(f"a frame of {length:,} bytes was announced; at most {MAX_FRAME_BYTES:,}.")
    return _exactly(pipe, length)


def receive_json(pipe: BinaryIO) -> Any:
    """The next frame, which is JSON, as plain values. Raises: EOFError."""
    return json.loads(receive(pipe))


def _exactly(pipe: BinaryIO, count: int) -> bytes:
    body = pipe.read(count)
    if len(body) < count:
        raise EOFError(f"{len(body)} of {count} bytes came.")
    return body


def packed(value: object) -> list[object]:
    """`value` as [kind, what JSON can hold], all the way down. What is of no known kind becomes its text."""
    kind = type(value)
    if kind not in _FOUND:
        _FOUND[kind] = next(((name, write) for kinds, name, write in _WRITERS if issubclass(kind, kinds)), ("", str))
    name, write = _FOUND[kind]
    return [name, write(value)]


def unpacked(pair: Sequence[Any]) -> object:
    """The value that `packed` was given: plain Python, a Decimal as a float."""
    kind, body = pair
    return _READERS[kind](body) if kind in _READERS else body


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _packed_each(values: Sequence[object]) -> list[object]:
    return [packed(one) for one in values]


def _packed_pairs(values: Mapping[object, object]) -> list[object]:
    return [[packed(name), packed(value)] for name, value in values.items()]


def _hashable(key: object) -> object:
    return tuple(_hashable(one) for one in key) if isinstance(key, list) else str(key) if isinstance(key, dict) else key


# In this order: a bool is an int, a datetime is a date. Integers travel as text: JSON readers round what is past 2**53.
_WRITERS: Final[tuple[tuple[Any, str, Callable[[Any], object]], ...]] = (
    ((type(None), bool, str), "", lambda value: value),
    (int, "int", str),
    (float, "float", lambda value: value if math.isfinite(value) else str(value)),
    (Decimal, "float", lambda value: float(value) if math.isfinite(value) else str(value)),
    (datetime, "datetime", lambda value: _utc(value).isoformat()),
    (date, "date", date.isoformat),
    (time, "time", time.isoformat),
    (timedelta, "seconds", lambda value: [value.days, value.seconds, value.microseconds]),
    ((bytes, bytearray, memoryview), "bytes", lambda value: bytes(value).hex()),
    (UUID, "", str),
    ((list, tuple, set, frozenset), "list", _packed_each),
    (Mapping, "dict", _packed_pairs),
)
_FOUND: Final[dict[type, tuple[str, Callable[[Any], object]]]] = {}  # by a value's very type; a result has few of them
_READERS: Final[dict[str, Callable[[Any], object]]] = {
    "int": int,
    "float": float,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda body: timedelta(days=body[0], seconds=body[1], microseconds=body[2]),
    "bytes": bytes.fromhex,
    "list": lambda body: [unpacked(one) for one in body],
    "dict": lambda body: {_hashable(unpacked(name)): unpacked(value) for name, value in body},
}
