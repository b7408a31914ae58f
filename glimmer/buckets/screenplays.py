"""The bucket of screenplays: every version that a film was made from, as text; the newest is the film's script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from glimmer import screenplay
from glimmer.buckets import cards
from glimmer.buckets.shelves import shelve
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.screenplay.nouns import Screenplay
from glimmer.store import Store

__all__ = ["Screenplays"]


class Screenplays:
    """`film.screenplays`: versions count from 1; the same text again is the version that is there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read: dict[int, Screenplay] = {}

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
        version = self.store.keep_screenplay(script.title, script.source, source_name)
        kept = script.model_copy(update={"version": version})
        if self._read.get(version) != kept:
            shelve(kept, self.store)
            self._read[version] = kept
        return kept

    @property
    def latest(self) -> Screenplay:
        """The film's script.

        Raises: MissingPiece while there is none.
        """
        versions = self.store.screenplays()
        if not versions:
            raise MissingPiece(f'"{self.store.title}" has no screenplay yet. Read one: film.screenplays.read("my.fountain"), '
                               "or write one: film.agents.screenplay.draft(gl.Idea(…)).")  # fmt: skip
        return self[versions[-1][0]]

    def __getitem__(self, version: int) -> Screenplay:
        if version not in self._read:
            rows = {row[0]: row for row in self.store.screenplays()}
            if version not in rows:
                raise NotFound.among("screenplay version", version, map(str, rows))
            _, title, _, text = rows[version]
            self._read[version] = screenplay.read(text, title=title).model_copy(update={"version": version})
        return self._read[version]

    def __len__(self) -> int:
        return len(self.store.screenplays())

    def __iter__(self) -> Iterator[Screenplay]:
        return (self[version] for version, *_ in self.store.screenplays())

    def __repr__(self) -> str:
        return f"screenplays: {cards.counted(len(self), 'version')}"

    def _repr_html_(self) -> str:
        return cards.screenplays_card(self.__repr__(), self.store.screenplays())
