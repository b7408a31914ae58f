"""The queue: renders of one film that were asked for in its faces, one after the other, since two at once only slow each other.

Of this process alone: what waits here has not begun, so nothing is lost that was made.
"""

from __future__ import annotations

import secrets
import threading
import weakref
from dataclasses import dataclass, replace
from typing import Final

from glimmer.errors import GlimmerError, NotFound
from glimmer.jobs import RenderJob
from glimmer.project import Project
from glimmer.widgets.following import Follower
from glimmer.widgets.renders_files import jobs_in
from glimmer.widgets.runtime import apart

__all__ = ["RenderQueue", "Waiting", "queue_of"]

_LOOK_SECONDS: Final = 0.5
_MOST_REFUSED: Final = 5

_guard: Final = threading.Lock()
_queues: Final[weakref.WeakKeyDictionary[Project, RenderQueue]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Waiting:
    """A render that was asked for. refused: why it could not begin."""

    id: str
    version: int
    preset: str
    captions: bool
    refused: str = ""


def queue_of(film: Project) -> RenderQueue:
    """The one queue of this open film."""
    with _guard:
        queue = _queues.get(film)
        if queue is None:
            queue = _queues[film] = RenderQueue(film)
        return queue


class RenderQueue:
    """Renders one after the other. Any thread."""

    def __init__(self, film: Project) -> None:
        self._film = weakref.ref(film)
        self._lock = threading.Lock()
        self._waiting: list[Waiting] = []
        self._works = False
        self._faces: weakref.WeakSet[Follower] = weakref.WeakSet()

    def follow(self, face: Follower) -> None:
        """Let `face.changed()` be called when something of it moves."""
        self._faces.add(face)

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, in order, and what could not begin."""
        with self._lock:
            return tuple(self._waiting)

    def put(self, version: int, preset: str, *, captions: bool) -> str:
        """Ask for a render; its id. The same one that waits already is asked for once."""
        with self._lock:
            self._waiting = [each for each in self._waiting if not each.refused or each.preset != preset]
            same = (each.id for each in self._waiting if (each.version, each.preset, each.captions) == (version, preset, captions))
            id = next(same, "")
            if not id:
                id = secrets.token_hex(6)
                self._waiting.append(Waiting(id, version, preset, captions))
            begin, self._works = not self._works, True
        if begin:
            apart(self._work, "render-queue")
        self._tell()
        return id

    def drop(self, id: str) -> None:
        """Take it out. Raises: NotFound for what has begun meanwhile."""
        with self._lock:
            if all(each.id != id for each in self._waiting):
                raise NotFound.among("waiting render", id, [each.id for each in self._waiting])
            self._waiting = [each for each in self._waiting if each.id != id]
        self._tell()

    def bring_forward(self, id: str) -> None:
        """Let it be the next one. Raises: NotFound."""
        with self._lock:
            found = [each for each in self._waiting if each.id == id]
            if not found:
                raise NotFound.among("waiting render", id, [each.id for each in self._waiting])
            self._waiting = found + [each for each in self._waiting if each.id != id]
        self._tell()

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    def _work(self) -> None:
        while (film := self._film()) is not None:
            busy = next((job for job in jobs_in(film) if job.is_here), None)
            if busy is None:
                busy = self._begun(film)
                if busy is None:
                    return
            del film
            while not busy.is_over(_LOOK_SECONDS):
                pass
            self._tell()

    def _begun(self, film: Project) -> RenderJob | None:
        """The next one, begun; None when nothing waits any more. What can't begin stays in the list with the reason."""
        while True:
            with self._lock:
                wanted = next((each for each in self._waiting if not each.refused), None)
                if wanted is None:
                    self._works = False
                    return None
            try:
                job = film.render(film.cuts[wanted.version], wanted.preset, captions=wanted.captions)
            except GlimmerError as error:
                self._settle(wanted, str(error))
                continue
            self._settle(wanted, "")
            return job

    def _settle(self, wanted: Waiting, refused: str) -> None:
        with self._lock:
            rest = [each for each in self._waiting if each.id != wanted.id]
            kept = [each for each in rest if each.refused][-(_MOST_REFUSED - 1) :] if refused else []
            if refused:
                rest = [each for each in rest if not each.refused] + kept + [replace(wanted, refused=refused)]
            self._waiting = rest
        self._tell()

    def _tell(self) -> None:
        for face in list(self._faces):
            face.changed()
