"""The bucket of screenplays: every version that a film was made from, as text; the newest is the film's script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from glimmer import screenplay
from glimmer.buckets import cards
from glimmer.buckets.shelves import shelve
from glimmer.errors import InputError, MissingPiece, NotFound, StoreError
from glimmer.faces import HasFace
from glimmer.screenplay.directions import Direction
from glimmer.screenplay.nouns import Screenplay
from glimmer.store import Store

__all__ = ["DIRECTION", "Screenplays"]

DIRECTION: Final = "direction"  # in the state of a video entry: what a person wants of the shot, as `Direction.kept()` gives it


class Screenplays(HasFace):
    """`film.screenplays`: versions count from 1; the same text again is the version that is there."""

    name = "screenplays"

    def __init__(self, store: Store) -> None:
        self.store = store
        self.film: object | None = None  # for the face that shows them
        self._read: dict[int, Screenplay] = {}  # as the rules made it; what a person directed is laid over it each time

    def read(self, path: str | Path) -> Screenplay:
        """Read a Fountain file and make it the film's script.

        Raises: ScreenplayError, before anything is kept.
        """
        return self.keep(screenplay.read_file(path), source_name=Path(path).name)

    def add(self, text: str, *, title: str = "") -> Screenplay:
        """Take Fountain text and make it the film's script."""
        return self.keep(screenplay.read(text, title=title or self.store.title))

    def keep(self, script: Screenplay, *, source_name: str = "") -> Screenplay:
        """Make `script` the film's script: kept as a new version unless the newest is the same.

        Raises: InputError for what is no Screenplay.
        """
        if not isinstance(script, Screenplay):
            raise InputError(
                f"a {type(script).__name__} was given where a Screenplay was expected. "
                'Read one: film.screenplays.read("my.fountain"), or film.screenplays.add("EXT. SEA - DAY …").'
            )
        newest = self.store.screenplay()
        if newest is not None and newest.text == script.source:
            return self[newest.version]
        made = _as_made(script)
        followed = None if newest is None else screenplay.heirs(self._made(newest.version), made)  # nobody waits for it
        with self.store.write("script", f"read {source_name or script.title}"):
            now = self.store.screenplay()
            if now is not None and now != newest:  # another process kept one meanwhile
                followed = screenplay.heirs(self._made(now.version), made)
            version = self.store.keep_screenplay(script.title, script.source, source_name)
            shelve(made, self.store, followed)
        self._read[version] = made.model_copy(update={"version": version})  # only now: a commit may fail
        return self._directed(version)

    @property
    def latest(self) -> Screenplay:
        """The film's script.

        Raises: MissingPiece while there is none.
        """
        newest = self.store.screenplay()
        if newest is None:
            raise MissingPiece(f'"{self.store.title}" has no screenplay yet. Read one: film.screenplays.read("my.fountain"), '
                               "or write one: film.agents.screenplay.draft(gl.Idea(…)).")  # fmt: skip
        return self[newest.version]

    def __getitem__(self, version: int) -> Screenplay:
        self._made(version)
        return self._directed(version)

    def _made(self, version: int) -> Screenplay:
        """The version as the rules made it; read once."""
        if version not in self._read:
            row = self.store.screenplay(version)
            if row is None:
                raise NotFound.among("screenplay version", version, ())
            self._read[version] = screenplay.read(row.text, title=row.title).model_copy(update={"version": version})
        return self._read[version]

    def _directed(self, version: int) -> Screenplay:
        """The version with what a person wants of single shots: kept in their entries, so that it follows them into a new version."""
        made = self._read[version]
        known = {shot.id for shot in made.shot_list}
        held = self.store.states("video", holding=f'"{DIRECTION}"')
        directions = {key: _direction(name, state) for key, (name, state) in held.items() if key in known}
        return screenplay.directed(made, directions) if directions else made

    def __len__(self) -> int:
        return self.store.version_counts()[0]

    def __iter__(self) -> Iterator[Screenplay]:
        return (self[row.version] for row in self.store.screenplays())

    def __repr__(self) -> str:
        return f"screenplays: {cards.counted(len(self), 'version')}"

    def _repr_html_(self) -> str:
        return cards.screenplays_card(self.__repr__(), self.store.screenplays())


def _as_made(script: Screenplay) -> Screenplay:
    """`script` without what a person directed: one that was kept before may carry directions that are gone since."""
    return script if script.version == 0 else screenplay.read(script.source, title=script.title)


def _direction(name: str, state: str) -> Direction:
    """What is kept for a shot. Raises StoreError where it is no direction, for it came out of a file."""
    try:
        said = json.loads(state).get(DIRECTION) or {}
        return Direction(**said)
    except (ValueError, TypeError, AttributeError, NotFound) as reason:
        raise StoreError(
            f"what is kept for shot {name} is no direction: {reason}. Set it again: size, angle, move, action or seconds."
        ) from reason
