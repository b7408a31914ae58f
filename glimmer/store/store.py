"""Store: one film's rows. Every method is one short transaction; what it returns is a frozen value.

Holds no session between calls, so that any thread may call it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glimmer.errors import NotFound
from glimmer.store.database import Database
from glimmer.store.nouns import EntryRow, JobRow, Take
from glimmer.store.tables import (
    AssemblyTable,
    CallTable,
    EntryTable,
    JobTable,
    ProjectTable,
    ScreenplayTable,
    TakeTable,
)

__all__ = ["Store", "titles"]

_Versioned = TypeVar("_Versioned", ScreenplayTable, AssemblyTable)


def titles(database: Database) -> tuple[str, ...]:
    """The films of a studio, oldest first."""
    with database.begin() as session:
        return tuple(session.scalars(select(ProjectTable.title).order_by(ProjectTable.id)))


class Store:
    """The rows of one film in `database`; the film is created if it is not there."""

    def __init__(self, database: Database, title: str) -> None:
        self.database = database
        self.title = title
        with database.begin() as session:
            film = session.scalar(select(ProjectTable).where(ProjectTable.title == title))
            if film is None:
                film = ProjectTable(title=title)
                session.add(film)
                session.flush()
            self.project_id = film.id

    @property
    def path(self) -> Path:
        return self.database.path

    # ── screenplays ────────────────────────────────────────────────────────────────────────────────────────
    def keep_screenplay(self, title: str, text: str, source_name: str = "") -> int:
        """The version under which this text is kept: a new one, or the newest if that has the same text."""
        with self.database.begin() as session:
            newest = self._newest(session, ScreenplayTable)
            if newest is not None and newest.text == text:
                return newest.version
            version = 1 if newest is None else newest.version + 1
            session.add(
                ScreenplayTable(project_id=self.project_id, version=version, title=title, text=text, source_name=source_name)
            )
            return version

    def screenplays(self) -> tuple[tuple[int, str, str, str], ...]:
        """(version, title, source name, text), oldest first."""
        with self.database.begin() as session:
            rows = session.scalars(
                select(ScreenplayTable).where(ScreenplayTable.project_id == self.project_id).order_by(ScreenplayTable.version)
            )
            return tuple((row.version, row.title, row.source_name, row.text) for row in rows)

    # ── entries and takes ──────────────────────────────────────────────────────────────────────────────────
    def set_entries(
        self, bucket: str, wanted: Sequence[tuple[str, str]], *, prefix: str = "", states: Mapping[str, str] | None = None
    ) -> None:
        """Make the active entries of `bucket` whose key starts with `prefix` just these (key, name), in this order.

        `states`: key -> JSON that is kept with the entry; who is not named there keeps what it has.
        The others are kept with their takes, inactive; what a person brought (own:…) stays in sight.
        """
        with self.database.begin() as session:
            rows = {row.key: row for row in self._entries(session, bucket) if row.key.startswith(prefix)}
            for row in rows.values():
                row.active = row.key.startswith("own:")
            for position, (key, name) in enumerate(wanted):
                found = rows.get(key)
                if found is None:
                    found = EntryTable(project_id=self.project_id, bucket=bucket, key=key)
                    session.add(found)
                found.name, found.position, found.active = name, position, True
                if states and key in states:
                    found.state = states[key]

    def put_entry(self, bucket: str, key: str, name: str, *, state: str | None = None) -> EntryRow:
        """Create the entry or, where it exists, set its name (and state, unless None)."""
        with self.database.begin() as session:
            row = self._entry(session, bucket, key)
            if row is None:
                count = session.scalar(select(func.count()).where(EntryTable.bucket == bucket)) or 0
                row = EntryTable(project_id=self.project_id, bucket=bucket, key=key, position=count, takes=[])
                session.add(row)
            row.name, row.active = name, True
            if state is not None:
                row.state = state
            session.flush()
            return _entry_row(row)

    def entries(self, bucket: str) -> tuple[EntryRow, ...]:
        """The active entries of a bucket, in order."""
        with self.database.begin() as session:
            return tuple(_entry_row(row) for row in self._entries(session, bucket) if row.active)

    def entry(self, bucket: str, key: str) -> EntryRow:
        with self.database.begin() as session:
            row = self._entry(session, bucket, key)
            if row is None:
                raise NotFound.among(f"entry of {bucket}", key, (each.key for each in self._entries(session, bucket)))
            return _entry_row(row)

    def want(self, bucket: str, key: str, made_for: str) -> None:
        """Say which request the film asks for in this entry now."""
        with self.database.begin() as session:
            self._entry_or_error(session, bucket, key).wanted = made_for

    def circle(self, bucket: str, key: str, number: int) -> None:
        """Choose a take by its number; 0 chooses none."""
        with self.database.begin() as session:
            row = self._entry_or_error(session, bucket, key)
            if number and number not in [take.number for take in row.takes]:
                raise NotFound.among("take", number, (str(take.number) for take in row.takes))
            row.circled = number

    def find_take(self, request_key: str) -> Take | None:
        """A take made for this request anywhere in the studio."""
        with self.database.begin() as session:
            row = session.scalar(select(TakeTable).where(TakeTable.request_key == request_key).limit(1))
            return None if row is None else _take(row)

    def add_take(self, bucket: str, key: str, take: Take) -> Take:
        """Keep `take` under the next number of its entry; one with its request key that is there already is given back as it is."""
        with self.database.begin() as session:
            entry = self._entry_or_error(session, bucket, key)
            for there in entry.takes:
                if there.request_key == take.request_key:
                    return _take(there)
            row = TakeTable(
                entry_id=entry.id,
                number=max((each.number for each in entry.takes), default=0) + 1,
                words=json.dumps(take.words, ensure_ascii=False),
                focus=json.dumps(take.focus),
                notices=json.dumps(take.notices, ensure_ascii=False),
                **take.model_dump(exclude={"id", "number", "words", "focus", "notices", "made_at"}),
            )
            session.add(row)
            session.flush()
            return _take(row)

    def add_call(self, agent: str, model: str, request_key: str, usd: float, seconds: float) -> None:
        """Write a model call into the ledger."""
        with self.database.begin() as session:
            session.add(
                CallTable(project_id=self.project_id, agent=agent, model=model, request_key=request_key, usd=usd, seconds=seconds)
            )

    def spent(self) -> tuple[int, float]:
        """(model calls, US dollars) of this film so far."""
        with self.database.begin() as session:
            row = session.execute(
                select(func.count(), func.coalesce(func.sum(CallTable.usd), 0.0)).where(CallTable.project_id == self.project_id)
            ).one()
            return int(row[0]), float(row[1])

    # ── cuts ───────────────────────────────────────────────────────────────────────────────────────────────
    def keep_cut(self, cut: str) -> int:
        """The version under which this cut (JSON) is kept: a new one, or the newest if it is the same."""
        with self.database.begin() as session:
            newest = self._newest(session, AssemblyTable)
            if newest is not None and newest.cut == cut:
                return newest.version
            version = 1 if newest is None else newest.version + 1
            session.add(AssemblyTable(project_id=self.project_id, version=version, cut=cut))
            return version

    def cuts(self) -> tuple[tuple[int, str], ...]:
        """(version, JSON), oldest first."""
        with self.database.begin() as session:
            rows = session.scalars(
                select(AssemblyTable).where(AssemblyTable.project_id == self.project_id).order_by(AssemblyTable.version)
            )
            return tuple((row.version, row.cut) for row in rows)

    # ── renders ────────────────────────────────────────────────────────────────────────────────────────────
    def add_job(self, cut_version: int, preset: str, key: str) -> JobRow:
        with self.database.begin() as session:
            number = 1 + (session.scalar(select(func.max(JobTable.number)).where(JobTable.project_id == self.project_id)) or 0)
            row = JobTable(project_id=self.project_id, number=number, cut_version=cut_version, preset=preset, key=key)
            session.add(row)
            session.flush()
            return _job_row(row)

    def set_job(self, number: int, **changes: str | float) -> JobRow:
        with self.database.begin() as session:
            row = session.scalar(select(JobTable).where(JobTable.project_id == self.project_id, JobTable.number == number))
            if row is None:
                raise NotFound.among("render job", number, ())
            for name, value in changes.items():
                setattr(row, name, value)
            session.flush()
            return _job_row(row)

    def jobs(self) -> tuple[JobRow, ...]:
        with self.database.begin() as session:
            rows = session.scalars(select(JobTable).where(JobTable.project_id == self.project_id).order_by(JobTable.number))
            return tuple(_job_row(row) for row in rows)

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    def _newest(self, session: Session, table: type[_Versioned]) -> _Versioned | None:
        return session.scalar(select(table).where(table.project_id == self.project_id).order_by(table.version.desc()).limit(1))

    def _entries(self, session: Session, bucket: str) -> list[EntryTable]:
        query = select(EntryTable).where(EntryTable.project_id == self.project_id, EntryTable.bucket == bucket)
        return list(session.scalars(query.order_by(EntryTable.position, EntryTable.id)))

    def _entry(self, session: Session, bucket: str, key: str) -> EntryTable | None:
        return session.scalar(
            select(EntryTable).where(EntryTable.project_id == self.project_id, EntryTable.bucket == bucket, EntryTable.key == key)
        )

    def _entry_or_error(self, session: Session, bucket: str, key: str) -> EntryTable:
        row = self._entry(session, bucket, key)
        if row is None:
            raise NotFound.among(f"entry of {bucket}", key, (each.key for each in self._entries(session, bucket)))
        return row


def _take(row: TakeTable) -> Take:
    return Take(
        id=row.id,
        number=row.number,
        request_key=row.request_key,
        made_for=row.made_for,
        model=row.model,
        asset=row.asset,
        media_type=row.media_type,
        seconds=row.seconds,
        usd=row.usd,
        words=tuple((str(word), float(start), float(end)) for word, start, end in json.loads(row.words)),
        focus=tuple(json.loads(row.focus)),
        notices=tuple(json.loads(row.notices)),
        source_asset=row.source_asset,
        made_at=row.made_at,
    )


def _entry_row(row: EntryTable) -> EntryRow:
    return EntryRow(
        id=row.id,
        bucket=row.bucket,
        key=row.key,
        name=row.name,
        position=row.position,
        state=row.state,
        circled=row.circled,
        wanted=row.wanted,
        active=row.active,
        takes=tuple(_take(take) for take in row.takes),
    )


def _job_row(row: JobTable) -> JobRow:
    return JobRow(
        number=row.number,
        cut_version=row.cut_version,
        preset=row.preset,
        key=row.key,
        state=row.state,  # type: ignore[arg-type]  # checked by the noun
        path=row.path,
        result=row.result,
        error=row.error,
        seconds=row.seconds,
    )
