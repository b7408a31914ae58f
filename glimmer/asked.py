"""Asked: what a film can be asked: its tables, SQL over them, and where a take came from. A part of Project, so that it stays readable."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from glimmer import film_tables
from glimmer.buckets import Entry, Screenplays
from glimmer.display import Table
from glimmer.errors import MissingPiece
from glimmer.lot import Lot
from glimmer.plan import Plan
from glimmer.screenplay import Screenplay
from glimmer.shot_changes import ShotChanges, shot_changes
from glimmer.store import Store, Take

if TYPE_CHECKING:
    from glimmer.analytics import Analyst
    from glimmer.lineage import Lineage

__all__ = ["Asked"]


class Asked(ABC):
    """The film's answers. Every table prints itself, in bounds; `.to_pandas()` and `.to_csv()` give all of it."""

    title: str
    lot: Lot
    store: Store
    screenplays: Screenplays

    @abstractmethod
    def plan(self) -> Plan:
        """What the film asks for, held against what stands."""

    @property
    def shots(self) -> Table:
        """The shots of the newest script: size, move, action, who is seen, what is said, the take, the state. May be changed and handed
        to `apply`.

        Raises: MissingPiece while there is no script.
        """
        return film_tables.shots_table(self.screenplays.latest, self.store, self.states)

    @property
    def lines(self) -> Table:
        """The lines of the newest script: who says what how, in which shot, how long. Raises: MissingPiece while there is no script."""
        return film_tables.lines_table(self.screenplays.latest, self.store, self.states)

    @property
    def takes(self) -> Table:
        """Every take of every bucket."""
        return film_tables.takes_table(self.store)

    @property
    def cues(self) -> Table:
        """The cues of the score."""
        return film_tables.cues_table(self.store, self.states)

    def costs(self, by: str = "agent") -> Table:
        """What model calls took and cost: by "agent", "model", "scene", "day" or "bucket".

        Raises: NotFound for another word.
        """
        return film_tables.costs_table(self.store, by=by, script=self._script())

    def apply(self, changed: object) -> ShotChanges:
        """What a changed table of shots (a DataFrame, a CSV's path or text, a Table) would change; `.keep()` on it keeps that, in one step.

        Raises: InputError with everything that can't be done; nothing is changed then.
        """
        return shot_changes(changed, self.screenplays.latest, self.store)

    def sql(self, query: str, parameters: Sequence[object] = (), *, seconds: float = 30.0) -> Table:
        """The answer to one question in SQL (DuckDB) over the film's tables and its log: shots, lines, takes, cues, calls, characters,
        scenes, cuts, renders, history … `film.sql("show tables")` names them all. `parameters` fill its question marks. Reads only; runs in a process of its own, at most
        `seconds`.

        Raises: QueryError with DuckDB's words, NotInstalled without DuckDB.
        """
        from glimmer.sql_tables import sql_revision, sql_tables

        tables = sql_tables(self.store, self.screenplays, self.states)
        revision = sql_revision(self.store)
        return self._analyst.ask(
            query, tables, revision=revision, log=self.lot.folder / "log", parameters=parameters, seconds=seconds
        )

    def lineage(self, take: Take | Entry | tuple[str, str, int]) -> Lineage:
        """What a take came from (line, voice, shot, prompt, place, each by hash), how it was asked for, and the cuts and renders that use
        it: film.video["2A"].takes[0], film.video["2A"] for its used take, or ("video", "2A", 1).

        Raises: NotFound for a take that is not of this film, MissingPiece for an entry without one.
        """
        from glimmer.lineage import lineage

        return lineage(self.store, take, screenplays=self.screenplays, assets=self.lot.assets)

    def states(self) -> Mapping[tuple[str, str], str]:
        """(bucket, key) -> current, stale, missing or blocked, as the plan sees it; nothing while there is no script."""
        try:
            return {(row.bucket, row.key): row.state for row in self.plan() if row.bucket}
        except MissingPiece:
            return {}

    @cached_property
    def _analyst(self) -> Analyst:
        from glimmer.analytics import Analyst

        return Analyst()

    def _script(self) -> Screenplay | None:
        try:
            return self.screenplays.latest
        except MissingPiece:
            return None
