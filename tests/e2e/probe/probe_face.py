"""Probe: the smallest face of a film, for the tests of the ground that all faces stand on."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any, ClassVar

from glimmer.project import Project
from glimmer.widgets.face import answers
from glimmer.widgets.film_face import FilmFace
from glimmer.widgets.wire import Ask


class Count(Ask):
    verb: ClassVar[str] = "count"


class Stop(Ask):
    verb: ClassVar[str] = "stop"


class Probe(FilmFace):
    """Counts, streams words until it is stopped, and shows pictures."""

    called = "probe"
    _esm = Path(os.environ["GLIMMER_PROBE_ESM"])
    _css = ""

    def __init__(self, film: Project, pictures: tuple[str, ...] = (), films: tuple[str, ...] = ()) -> None:
        self.count, self.words, self.running = 0, "", False
        self.pictures, self.films = list(pictures), list(films)
        self.stopped = threading.Event()
        super().__init__(film)

    def state(self) -> dict[str, Any]:
        return {"count": self.count, "words": self.words, "running": self.running, "pictures": self.pictures, "films": self.films}

    def stream(self, every_seconds: float = 0.02, most: int = 100_000) -> None:
        """Words, one after the other, from a thread of its own, until Stop."""
        self.stopped.clear()
        self.running = True
        self.changed()

        def work() -> None:
            for at in range(most):
                if self.stopped.wait(every_seconds):
                    break
                word = f"{at} "
                with self._sending:
                    self.words += word
                    if self._shown is not None:
                        self._shown["words"] = self.words
                    self.say([["append", ["words"], word]])
            self.running = False
            self.changed()

        threading.Thread(target=work, daemon=True).start()

    @answers(Count)
    def _count(self, ask: Count) -> int:
        self.count += 1
        self.changed()
        return self.count

    @answers(Stop, at_once=True)
    def _stop(self, ask: Stop) -> None:
        self.stopped.set()
