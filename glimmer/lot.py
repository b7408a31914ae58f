"""Lot: the ground that a studio stands on: its database, its assets, and a working folder on this machine.

Stands beside the buckets: joins the two doors (rows and files), knows no film. A folder holds everything: `films/glimmer.db`,
`films/objects`, `films/renders` …; a studio in Postgres has its database there, its assets where it is told, and only what can
be made again (renders, cache, the log) on this machine. A lot that is open is shared by all who open the same place.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glimmer import log
from glimmer.assets import Assets, open_assets, remember
from glimmer.errors import StoreError
from glimmer.settings import cache_home, shown_place, state_home
from glimmer.store import Database

__all__ = ["Lot", "media_place", "working_folder"]

_guard: Final = threading.Lock()
_open: Final[weakref.WeakValueDictionary[tuple[str, str], Lot]] = weakref.WeakValueDictionary()
_doors: Final[weakref.WeakValueDictionary[tuple[str, str], _Door]] = weakref.WeakValueDictionary()


class _Door:
    """Lets one thread at a time open a place; a server that doesn't answer holds up nobody who opens another one."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


@dataclass(frozen=True, eq=False, repr=False)
class Lot:
    """Where films live. `where`: in words, no password in it. `folder`: this machine's working folder: `renders`, `cache`, `log`, `backups`.

    notices: what a person should know of this place, "" for nothing. Any thread may use it.
    """

    where: str
    database: Database
    assets: Assets
    folder: Path
    notices: tuple[str, ...] = ()

    @classmethod
    def at(cls, studio: str | Path, *, assets: str | Path | None = None) -> Lot:
        """The lot at `studio`, a folder (created) or "postgresql://…", with its assets at `assets`: a folder, "gs://bucket/prefix" …

        With no `assets` they are in the folder's `objects`; for a studio in Postgres in a folder of this machine, which `notices` tells.
        The same place again is the same Lot for as long as somebody in this process holds it.
        Raises: StoreError if it can't be opened or written; SettingsError for an impossible address; NotInstalled without its driver.
        """
        place, folder = _place_of(studio), working_folder(studio)
        named = _place_of(assets) if assets is not None and str(assets) else ""
        with _guard:
            door = _doors.setdefault((place, named), _Door())
        with door.lock:
            with _guard:
                standing = _open.get((place, named))
            if standing is None or standing.database.was_replaced():
                standing = cls._opened(place, named, folder)
                with _guard:
                    _open[(place, named)] = standing
        log.keep_in(standing.folder / "log")
        return standing

    @classmethod
    def _opened(cls, place: str, named: str, folder: Path) -> Lot:
        database = Database(place if "://" in place else folder / "glimmer.db")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as reason:
            raise StoreError(
                f'the working folder "{folder}" can\'t be made ({reason.strerror}); expected a place to write to. Set XDG_CACHE_HOME.'
            ) from reason
        where, notice = media_place(place, named)
        assets = open_assets(where, cache=folder / "cache" / "objects")
        remember(assets, folder / "cache")
        if notice:
            log.warning("studio.assets_on_this_machine", notice=notice)
        notices = (notice,) if notice else ()
        return cls(shown_place(place), database, assets, folder, notices)

    def close(self) -> None:
        """Let go of connections and of the log's file. Who still holds the lot may go on: connections are made anew, the log is not."""
        with _guard:
            for key in [key for key, lot in _open.items() if lot is self]:
                del _open[key]
        self.database.close()
        log.close(self.folder / "log")

    def __repr__(self) -> str:
        return f"lot {self.where} · assets {self.assets.where}"


def _place_of(given: str | Path) -> str:
    """A URL as it was given, a folder in full."""
    return given if isinstance(given, str) and "://" in given else str(Path(given).expanduser().resolve())


def working_folder(studio: str | Path) -> Path:
    """The studio's own folder, or for a database elsewhere one of this machine's that the database's address names. Not created."""
    place = _place_of(studio)
    if "://" not in place:
        return Path(place)
    return cache_home() / hashlib.sha256(shown_place(place).encode()).hexdigest()[:16]


def media_place(studio: str | Path, assets: str | Path = "") -> tuple[str, str]:
    """(where the media of a studio lie, what a person should know of that place, "" for nothing)."""
    if str(assets):
        return _place_of(assets), ""
    folder = working_folder(studio)
    if "://" not in _place_of(studio):
        return str(folder / "objects"), ""
    own = state_home() / folder.name / "objects"  # not in the cache, which a person may empty
    return str(own), (
        f'the media of this studio are on this machine only, in "{own}": other machines see its films without pictures and sound. '
        'Give all of them one place: assets="gs://bucket/prefix", or GLIMMER_ASSETS.'
    )
