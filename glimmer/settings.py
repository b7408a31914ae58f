"""Settings: the one place where the environment is read.

Ground: the rooms above are handed a Settings and never look at the environment themselves. A key is only ever known to be
present; its value is read at the door that needs it and is never shown, kept or logged.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import Field

from glimmer.errors import SettingsError
from glimmer.vocabulary import Noun

__all__ = ["KEY_NAMES", "MODELS", "Settings"]

MODELS: Final = ("rehearsal",)  # the sets of models this version holds
KEY_NAMES: Final = ("GEMINI_API_KEY", "GOOGLE_API_KEY")
MOST_WORKERS: Final = 64


class Settings(Noun):
    """How Glimmer runs here. Compared by content, never changed; `from_environment` is how to get one.

    studio: the folder where films live. models: which set of models works. key: the NAME of the variable that holds a
    Gemini key, "" if none does. workers: threads for making and for rendering.
    """

    studio: Path = Path("studio")
    models: str = "rehearsal"
    key: str = ""
    workers: int = Field(default=2, ge=1, le=MOST_WORKERS)

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] | None = None,
        *,
        studio: str | Path | None = None,
        models: str | None = None,
        workers: int | None = None,
    ) -> Settings:
        """The settings of this process: an argument wins over its variable, a variable over the default.

        Reads GLIMMER_STUDIO, GLIMMER_MODELS, GLIMMER_WORKERS and whether GEMINI_API_KEY or GOOGLE_API_KEY is set. Does not
        create the studio folder.
        Raises: SettingsError for a value out of its range.
        """
        here = os.environ if environment is None else environment
        return cls(
            studio=_studio(studio if studio is not None else here.get("GLIMMER_STUDIO", "")),
            models=_models(models if models is not None else here.get("GLIMMER_MODELS", "")),
            key=next((name for name in KEY_NAMES if here.get(name, "").strip()), ""),
            workers=_workers(workers if workers is not None else here.get("GLIMMER_WORKERS", "")),
        )


def _studio(given: str | Path) -> Path:
    folder = Path(given or "studio").expanduser()
    if "\x00" in str(folder):
        raise SettingsError(
            f"the studio folder {str(folder)!r} holds a NUL character; expected a folder's path. Set GLIMMER_STUDIO."
        )
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f'the studio "{folder}" is a file; expected a folder. Set GLIMMER_STUDIO, or pass another studio.')
    return folder


def _models(given: str) -> str:
    name = given.strip().lower() or "rehearsal"
    if name not in MODELS:
        raise SettingsError(
            f'no models "{given}"; this version has {", ".join(MODELS)}. Unset GLIMMER_MODELS, or set it to "rehearsal".'
        )
    return name


def _workers(given: int | str) -> int:
    if given == "":
        return _cores()
    try:
        count = int(given)
    except ValueError:
        count = 0
    if not 1 <= count <= MOST_WORKERS:
        raise SettingsError(
            f"{given!r} workers; expected a whole number from 1 to {MOST_WORKERS}. Set GLIMMER_WORKERS, for instance to 2."
        )
    return count


def _cores() -> int:
    """The cores this process may use: a container's share, where the system tells it, not the machine's."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, MOST_WORKERS))
