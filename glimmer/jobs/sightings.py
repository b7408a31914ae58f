"""Sightings: what a running render leaves beside its work, so that other processes see how far it is, whether it lives, and can stop it.

A row of the store says that a render runs; it can't say that its process was killed. So whoever renders keeps a small file in the studio's
working folder, `cache/running/<film>-<job>.json`: who it is and how far. A file of that name that ends in `.stop` asks it to stop.
It goes when the render ends. A studio in Postgres has a working folder on each machine: there one sees what renders on one's own.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from glimmer.render.nouns import Progress
from glimmer.store.holders import holds, this_process
from glimmer.vocabulary import Noun

__all__ = ["Sighting", "Spot"]

_EVERY_SECONDS: Final = 0.5  # a film of 300 frames a second would write as often


class Sighting(Noun):
    """Who renders, and how far it was at `at` (UTC)."""

    holder: str
    at: str
    progress: Progress | None = None

    @property
    def lives(self) -> bool:
        """Whether that process may still be at it."""
        return holds(self.holder, self.at)


class Spot:
    """Where one render is seen. `folder` is the studio's `cache`."""

    def __init__(self, folder: Path, film: int, number: int) -> None:
        self._path = folder / "running" / f"{film}-{number}.json"
        self._stop = self._path.with_suffix(".stop")
        self._written = self._looked = 0.0
        self._asked = False

    # ── of who renders ─────────────────────────────────────────────────────────────────────────────────────
    def note(self, progress: Progress | None = None, *, at_once: bool = False) -> None:
        """Leave word, at most twice a second. A disk that refuses it stops no render: others then see less."""
        if not at_once and time.monotonic() - self._written < _EVERY_SECONDS:
            return
        self._written = time.monotonic()
        seen = Sighting(holder=this_process(), at=datetime.now(UTC).isoformat(timespec="seconds"), progress=progress)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".part")
            part.write_text(seen.model_dump_json(), encoding="utf-8")
            os.replace(part, self._path)
        except OSError:
            return

    def is_asked_to_stop(self) -> bool:
        """Whether somebody asked for it; looks at the disk at most twice a second."""
        if not self._asked and time.monotonic() - self._looked >= _EVERY_SECONDS:
            self._looked = time.monotonic()
            self._asked = self._stop.exists()
        return self._asked

    def clear(self) -> None:
        """It is over."""
        for path in (self._path, self._stop):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue

    # ── of who looks on ────────────────────────────────────────────────────────────────────────────────────
    def seen(self) -> Sighting | None:
        """The last word of who renders; None where nobody left one here."""
        try:
            return Sighting.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return None

    def ask_to_stop(self) -> None:
        """Ask whoever renders to stop. Raises: OSError."""
        self._stop.parent.mkdir(parents=True, exist_ok=True)
        self._stop.touch()
