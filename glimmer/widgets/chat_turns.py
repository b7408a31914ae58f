"""Turns of one conversation, one after the other: what is said while another is answered waits here, visibly, and can be taken back.

Each conversation has a thread while it is answered. A stop ends the turn and holds what waits; a message said after that goes first.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from glimmer import log
from glimmer.chat import Chat
from glimmer.errors import GlimmerError
from glimmer.widgets.chat_state import ProblemState
from glimmer.widgets.runtime import apart

__all__ = ["TurnLine", "Waiting"]

_LOOK_SECONDS: Final = 0.3  # whether what another notebook answers has ended
_orders: Final = itertools.count(1)


@dataclass(frozen=True)
class Waiting:
    """Something to be said, or done, in its turn. text: what a person typed, "" for a button."""

    id: str
    order: int
    text: str
    work: Callable[[Chat], object]


class TurnLine:
    """What one conversation has to answer. `changed` is called whenever that is other."""

    def __init__(self, chat: Chat, changed: Callable[[], None]) -> None:
        self.chat = chat  # of this one conversation
        self.problem = ProblemState(words="")
        self._changed = changed
        self._guard = threading.Lock()
        self._ready: list[Waiting] = []
        self._held: list[Waiting] = []  # by a stop, until somebody says that it shall go on
        self._works = False
        self._stopping = False

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        with self._guard:
            return (*self._ready, *self._held)

    @property
    def is_held(self) -> bool:
        return bool(self._held)

    @property
    def works(self) -> bool:
        return self._works

    @property
    def is_stopping(self) -> bool:
        return self._stopping

    def put(self, text: str, work: Callable[[Chat], object], *, first: bool = False) -> bool:
        """Do it in its turn. first: before what waits. Returns: whether it has to wait."""
        with self._guard:
            order = next(_orders)
            self._ready.insert(0 if first else len(self._ready), Waiting(str(order), order, text, work))
            self.problem = ProblemState(words="")
        return not self._begin()

    def release(self) -> None:
        """Go on with what was held."""
        with self._guard:
            self._ready, self._held = self._ready + self._held, []
        self._begin()

    def take_back(self, id: str) -> str:
        """Take one out again. Returns: its text, "" where it is not waiting any more."""
        with self._guard:
            found = next((each for each in (*self._ready, *self._held) if each.id == id), None)
            self._ready = [each for each in self._ready if each is not found]
            self._held = [each for each in self._held if each is not found]
        self._changed()
        return found.text if found is not None else ""

    def stop(self) -> bool:
        """End what is under way, and hold what waits. Returns at once: whether anything is."""
        with self._guard:
            self._ready, self._held = [], self._ready + self._held
            self._stopping = self._works
        return self.chat.stop() or self._works

    def has_begun(self) -> None:
        """A turn has begun; one that was to be stopped before it could be is stopped now."""
        if self._stopping:
            self.chat.stop()

    def _begin(self) -> bool:
        with self._guard:
            begin = bool(self._ready) and not self._works
            self._works = self._works or begin
        if begin:
            apart(self._work, "chat-turn")
        self._changed()
        return begin

    def _work(self) -> None:
        while (one := self._next()) is not None:
            self._changed()
            try:
                with self.chat.in_a_face():
                    one.work(self.chat)
            except GlimmerError as error:
                self.problem = ProblemState(words=str(error), text=one.text)
            except Exception as error:  # noqa: BLE001  # whoever talks waits for a word; the whole of it is in the log
                log.warning("face.failed", face="chat", error=type(error).__name__, words=str(error)[:500])
                self.problem = ProblemState(words=f"This failed ({type(error).__name__}). The log has more.", text=one.text)
            self._stopping = False
            self._changed()
        self._changed()

    def _next(self) -> Waiting | None:
        """The next one, once nobody else answers this conversation; None when there is nothing to do."""
        while True:
            busy = self._is_answered_elsewhere()
            with self._guard:
                if not self._ready:
                    self._works = self._stopping = False
                    return None
                if not busy:
                    return self._ready.pop(0)
            time.sleep(_LOOK_SECONDS)

    def _is_answered_elsewhere(self) -> bool:
        try:
            return bool(self.chat.answered_by)
        except GlimmerError:
            return False  # the disk is away: saying it tells that in words
