"""Bucket: what a film has of one kind, and every take of it. Stands after screenplay on the road, before assembly.

A bucket holds entries (a shot, a line, a cue, a character), an entry holds takes. Takes are numbered, never overwritten; `circle` picks
the one that cuts use. Truth is in the store: a bucket is only a way to look at it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from glimmer.assets import Assets
from glimmer.buckets import cards
from glimmer.buckets.intake import Intake, take_in
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.store import EntryRow, Store, Take

__all__ = ["OWN", "Bucket", "Entry"]

OWN = "own:"  # the request key of media that a person added begins with this


class Entry:
    """One thing in a bucket: `film.video["2A"]`. A look at the store: `takes` is read when it is asked for."""

    def __init__(self, bucket: Bucket, key: str, name: str) -> None:
        self._bucket = bucket
        self.key = key
        self.name = name

    @property
    def row(self) -> EntryRow:
        return self._bucket.store.entry(self._bucket.name, self.key)

    @property
    def takes(self) -> tuple[Take, ...]:
        """Every take, oldest first."""
        return self._bucket.store.takes(self._bucket.name, self.key)

    @property
    def circled(self) -> int:
        """The number of the circled take; 0 while none is."""
        return self.row.circled

    @property
    def state(self) -> dict[str, Any]:
        """What else is kept of it (a character's design and voice)."""
        return dict(json.loads(self.row.state))

    @property
    def used(self) -> Take | None:
        """The take that cuts use: the circled one, else the first made for what the film asks for now, else the newest."""
        return self.row.used

    @property
    def is_own(self) -> bool:
        """Whether what stands here was brought by a person, not made."""
        return self.row.wanted.startswith(OWN)

    @property
    def path(self) -> Path:
        """The file of the used take.

        Raises: MissingPiece while there is none.
        """
        used = self.used
        if used is None:
            raise MissingPiece(f'"{self.name}" in {self._bucket.name} has no take yet; make one with its agent, or add a file.')
        return self._bucket.assets.path(used.asset)

    def circle(self, number: int) -> Entry:
        """Choose take `number`: cuts made from now on use it. 0 takes the circle away.

        Raises: NotFound for a number that no take has.
        """
        number = int(number) if str(number).isdecimal() else number
        self._bucket.store.circle(self._bucket.name, self.key, number)
        return self

    def __repr__(self) -> str:
        row = self.row
        circled = f" · take {row.circled} circled" if row.circled else ""
        return f"{self._bucket.one} {self.name}: {cards.counted(row.take_count, 'take')}{circled}"

    def _repr_html_(self) -> str:
        return cards.entry_card(self.name, self._bucket.one, self.row, self.takes, self._bucket.assets)


class Bucket:
    """One bucket of one film. `one` is the word for one of its entries: shot, line, cue, character."""

    def __init__(self, name: str, one: str, store: Store, assets: Assets) -> None:
        self.name = name
        self.one = one
        self.store = store
        self.assets = assets

    def __getitem__(self, name: str | int) -> Entry:
        """The entry with this name ("2A", 12, "MARA") or key.

        Raises: NotFound, with the nearest names.
        """
        row = self.store.entry_named(self.name, self.one, str(name))
        return Entry(self, row.key, row.name)

    def __iter__(self) -> Iterator[Entry]:
        return (Entry(self, key, name) for key, name in self.store.names(self.name).items())

    def __len__(self) -> int:
        return self.store.count(self.name)

    def __contains__(self, name: object) -> bool:
        folded = str(name).casefold()
        return any(folded == each.casefold() for each in self.store.names(self.name).values())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.store.names(self.name).values())

    def used_takes(self) -> dict[str, Take]:
        """Entry key -> the take that cuts use, for every entry that has one. One look at the store."""
        return self.store.used_takes(self.name)

    def add(self, media: object, *, name: str = "", seconds: float | None = None, **target: str) -> Entry:
        """Bring something of one's own: a file's path, a PIL image, an array of one or many frames (height, width, 3) uint8, a
        matplotlib figure, a moviepy clip.

        `shot="2A"`, `line="12"`, `cue="1"` (the bucket's own word) says what it stands for; without it a new entry is made,
        called `name` or after the file. It becomes the take that cuts use; nothing that was made is overwritten.

        Raises: MediaError if it is not what its name says or can't be read, NotFound for an unknown target.
        """
        row = self._target(target)
        intake = take_in(media, bucket=self.name)
        if row is None:
            label = name or intake.name
            row = self.store.put_entry(self.name, f"own:{label.casefold()}", label)
        return self._keep_own(row, intake)

    def _target(self, target: dict[str, str]) -> EntryRow | None:
        if not target:
            return None
        if set(target) != {self.one}:
            raise InputError(f"{self.name}.add got {', '.join(target)}=…; expected {self.one}=…, or nothing for a new entry.")
        return self[target[self.one]].row

    def _keep_own(self, row: EntryRow, intake: Intake) -> Entry:
        asset = intake.keep(self.assets)
        key = f"{OWN}{asset}"
        take = Take(
            id=0,
            number=0,
            request_key=key,
            made_for=key,
            model="own",
            asset=asset,
            media_type=intake.media_type,
            seconds=intake.seconds,
        )
        kept = self.store.add_take(self.name, row.key, take)
        self.store.want(self.name, {row.key: key})
        if row.circled:
            self.store.circle(self.name, row.key, kept.number)
        return Entry(self, row.key, row.name)

    def __repr__(self) -> str:
        return cards.bucket_line(self.name, self.one, self.store.entries(self.name, counted=True))

    def _repr_html_(self) -> str:
        return cards.bucket_card(self.name, self.one, self.store.entries(self.name, counted=True), self.assets)
