"""Upkeep: what lies in a store, what of it is damaged, what nobody needs. The same rules for a folder and for a bucket.

Marking and sweeping: the caller says what is still spoken of (`keep`), and what is not and is older than a grace time goes. The
grace time protects what was put just now and has no row yet; so a put makes even an old object young again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from glimmer.assets.names import INCOMING, parsed
from glimmer.errors import SettingsError

__all__ = ["Collected", "Entry", "Fault", "Leftover", "Stored", "collectable_before", "sweep"]


@dataclass(frozen=True)
class Fault:
    """An asset that somebody relies on and that is not there as it was kept."""

    sha256: str
    kind: Literal["missing", "damaged"]
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Stored:
    """An asset as it lies in the store. Says nothing of whether its content is whole."""

    sha256: str
    suffix: str  # with its dot
    bytes: int
    modified_at: datetime  # UTC; when it was last put


@dataclass(frozen=True)
class Leftover:
    """Something in the store that is no asset.

    "unfinished" is ours: a write that was killed, an upload that nobody received. "foreign" is somebody else's, or an asset's name
    gone wrong; it is told and never deleted.
    """

    name: str
    kind: Literal["unfinished", "foreign"]
    bytes: int
    modified_at: datetime


@dataclass(frozen=True)
class Collected:
    """What a garbage collection freed, or with `dry_run` would have."""

    objects: int
    bytes: int
    leftovers: int
    dry_run: bool

    def __str__(self) -> str:
        what = f"{self.objects:,} unused assets and {self.leftovers:,} unfinished files, {self.bytes / 1e6:,.1f} MB"
        return f"would free {what}; nothing was deleted" if self.dry_run else f"freed {what}"


@dataclass(frozen=True)
class Entry:
    """One file of a store: its name below the root, and what the file system says of it. A folder or link that is not ours ends in "/"."""

    name: str
    bytes: int
    modified_at: datetime

    @property
    def stored(self) -> Stored | None:
        """The asset that this is, by its name; None if it is a leftover."""
        found = parsed(self.name)
        return Stored(found[0], found[1], self.bytes, self.modified_at) if found else None

    @property
    def leftover(self) -> Leftover:
        ours = not self.name.endswith("/") and (self.name.endswith(".part") or self.name.startswith(f"{INCOMING}/"))
        return Leftover(self.name, "unfinished" if ours else "foreign", self.bytes, self.modified_at)


def collectable_before(keep: Container[str], grace: timedelta) -> datetime:
    """The moment before which something unused is garbage: now less `grace`.

    Raises: SettingsError if `grace` is negative, or `keep` is a text (whose parts would be kept, and nothing else).
    """
    if isinstance(keep, str | bytes):
        raise SettingsError(f"keep={keep!r:.80} is one text; expected a set of the sha256 of every asset that is spoken of.")
    if not isinstance(grace, timedelta) or grace < timedelta(0):
        raise SettingsError(f"grace={grace!r} is no grace time; expected a timedelta of at least 0, such as timedelta(days=7).")
    return datetime.now(UTC) - grace


def sweep(entries: Iterable[Entry], keep: Container[str], *, before: datetime, remove: Callable[[Entry], bool] | None) -> Collected:
    """Remove what is not in `keep` and was last touched before `before`; with `remove=None` only count it.

    `remove` looks again and returns whether it removed. `keep` is asked at that moment, so a container that looks things up sees late
    references. Foreign files are left alone.
    """
    objects = leftovers = freed = 0
    for entry in entries:
        if entry.modified_at >= before:
            continue
        stored = entry.stored
        if stored.sha256 in keep if stored else entry.leftover.kind == "foreign":
            continue
        if remove is not None and not remove(entry):
            continue
        objects += stored is not None
        leftovers += stored is None
        freed += entry.bytes
    return Collected(objects, freed, leftovers, dry_run=remove is None)
