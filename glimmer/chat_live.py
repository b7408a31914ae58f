"""Live: a reply on the screen while it is being said. In a notebook one display that is updated in place, in a terminal plain words.

Hears the events of a turn (agents/orchestrator.py). What it shows is gone with the screen; what was said is in the store.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from glimmer.chat_card import Pictures, message_card
from glimmer.chat_messages import Call, Calls, Message, call_of
from glimmer.display import plain_line
from glimmer.display.live import LiveDisplay, cell_number, in_notebook

__all__ = ["Face", "face_here"]

_EVERY_SECONDS: Final = 0.1  # a front end repaints ten times a second without trouble


class Face(Protocol):
    """Shows a turn as it goes. `cell`: the number of the notebook's cell that shows it, 0 elsewhere."""

    cell: int

    def hear(self, event: Mapping[str, Any]) -> None: ...
    def close(self, message: Message) -> None:
        """The turn has ended so."""
        ...


class _Quiet:
    cell = 0

    def hear(self, event: Mapping[str, Any]) -> None: ...
    def close(self, message: Message) -> None: ...


def face_here(pictures: Pictures, *, quiet: bool) -> Face:
    """Whatever shows things here: a notebook, a terminal, or nothing."""
    if quiet:
        return _Quiet()
    if in_notebook():
        return _Notebook(pictures)
    return _Terminal() if sys.stdout is not None else _Quiet()


class _Heard:
    """What was heard of a turn so far: its words, and its calls where they stand."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._calls: dict[tuple[int, int], Call] = {}

    def take(self, event: Mapping[str, Any]) -> None:
        if event["type"] == "text":
            self._pieces.append(event["text"])
        elif event["type"] == "call":
            if self._pieces and not self._pieces[-1].endswith("\n"):
                self._pieces.append("\n\n")  # what is said after a call stands by itself
            self._calls[event["row"], event["at"]] = call_of(event["call"])

    @property
    def message(self) -> Message:
        calls = Calls(self._calls.values())
        return Message(number=0, role="glimmer", text="".join(self._pieces) or ("" if calls else "…"), calls=calls, state="open")


class _Notebook:
    def __init__(self, pictures: Pictures) -> None:
        self.cell = cell_number()
        self._pictures = pictures
        self._heard = _Heard()
        self._display = LiveDisplay()
        self._shown_at = 0.0

    def hear(self, event: Mapping[str, Any]) -> None:
        self._heard.take(event)
        if event["type"] != "text" or time.monotonic() - self._shown_at >= _EVERY_SECONDS:
            self._show(self._heard.message)

    def close(self, message: Message) -> None:
        self._show(message)

    def _show(self, message: Message) -> None:
        self._shown_at = time.monotonic()
        self._display.show(message_card(message, self._pictures), repr(message))


class _Terminal:
    """Words as they come; a line for each call that has ended."""

    cell = 0

    def __init__(self) -> None:
        self._at_line_start = True

    def hear(self, event: Mapping[str, Any]) -> None:
        if event["type"] == "text":
            text = _printable(event["text"])
            self._write(text)
        elif event["type"] == "call" and event["call"].state not in ("waiting", "running"):
            self._fresh_line()
            self._write(f"  {call_of(event['call'])!r}\n")

    def close(self, message: Message) -> None:
        self._fresh_line()
        if message.notice:
            self._write(f"  {plain_line(message.notice)}\n")

    def _fresh_line(self) -> None:
        if not self._at_line_start:
            self._write("\n")

    def _write(self, text: str) -> None:
        if text:
            sys.stdout.write(text)
            sys.stdout.flush()
            self._at_line_start = text.endswith("\n")


def _printable(text: str) -> str:
    """Without what could move a terminal's cursor or its colours: a model's words are only words."""
    keep: Callable[[str], bool] = lambda char: char in "\n\t" or bool(plain_line(char)) or char == " "  # noqa: E731
    return "".join(char for char in text if keep(char))
