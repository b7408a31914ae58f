"""Versions: every script and every cut that a film was made of, numbered from 1, none overwritten. An undone one is kept, out of sight."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glimmer.errors import NotFound
from glimmer.store.film_rows import FilmRows
from glimmer.store.nouns import CutRow, ScreenplayRow
from glimmer.store.tables import AssemblyTable, ScreenplayTable

__all__ = ["Versions"]

_Table = TypeVar("_Table", ScreenplayTable, AssemblyTable)


class Versions(FilmRows):
    """The scripts and cuts of a film."""

    def keep_screenplay(self, title: str, text: str, source_name: str = "") -> int:
        """The version under which this text is kept: a new one, or the newest if that has the same text."""
        with self.write("script", f"script {source_name}".strip()) as session:
            newest = self._newest(session, ScreenplayTable)
            if newest is not None and newest.text == text:
                return newest.version
            version = self._next_version(session, ScreenplayTable)
            session.add(
                ScreenplayTable(project_id=self.project_id, version=version, title=title, text=text, source_name=source_name)
            )
            return version

    def screenplay(self, version: int | None = None) -> ScreenplayRow | None:
        """The newest script, None while there is none; or any version by its number, undone ones too.

        Raises: NotFound for a version that was never kept.
        """
        with self.read() as session:
            row = self._version(session, ScreenplayTable, version, "screenplay version")
            return None if row is None else _screenplay(row)

    def screenplays(self) -> tuple[ScreenplayRow, ...]:
        """Every script that stands, oldest first."""
        with self.read() as session:
            return tuple(_screenplay(row) for row in self._standing_versions(session, ScreenplayTable))

    def keep_cut(self, cut: str, *, made_by: str = "draft", seconds: float | None = None) -> int:
        """The version under which this cut (JSON) is kept: a new one, or the newest if it is the same. seconds: how long it plays."""
        with self.write("cut", "a draft of the cut" if made_by == "draft" else "an edit of the cut") as session:
            newest = self._newest(session, AssemblyTable)
            if newest is not None and newest.cut == cut:
                return newest.version
            version = self._next_version(session, AssemblyTable)
            session.add(AssemblyTable(project_id=self.project_id, version=version, cut=cut, made_by=made_by, seconds=seconds))
            return version

    def cut(self, version: int | None = None) -> CutRow | None:
        """The newest cut, None while there is none; or any version by its number, undone ones too.

        Raises: NotFound for a version that was never kept.
        """
        with self.read() as session:
            row = self._version(session, AssemblyTable, version, "cut version")
            return None if row is None else _cut(row)

    def cuts(self) -> tuple[CutRow, ...]:
        """Every cut that stands, oldest first."""
        with self.read() as session:
            return tuple(_cut(row) for row in self._standing_versions(session, AssemblyTable))

    def version_counts(self) -> tuple[int, int]:
        """How many (screenplays, cuts) stand."""
        with self.read() as session:
            counted = [
                session.scalar(select(func.count()).where(table.project_id == self.project_id, table.trashed_at == "")) or 0
                for table in (ScreenplayTable, AssemblyTable)
            ]
            return counted[0], counted[1]

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    def _version(self, session: Session, table: type[_Table], version: int | None, what: str) -> _Table | None:
        if version is None:
            return self._newest(session, table)
        row = session.scalar(select(table).where(table.project_id == self.project_id, table.version == version))
        if row is None:
            raise NotFound.among(what, version, (str(each.version) for each in self._standing_versions(session, table)))
        return row

    def _newest(self, session: Session, table: type[_Table]) -> _Table | None:
        standing = select(table).where(table.project_id == self.project_id, table.trashed_at == "")
        return session.scalar(standing.order_by(table.version.desc()).limit(1))

    def _next_version(self, session: Session, table: type[_Table]) -> int:
        return 1 + (session.scalar(select(func.max(table.version)).where(table.project_id == self.project_id)) or 0)

    def _standing_versions(self, session: Session, table: type[_Table]) -> Any:
        return session.scalars(
            select(table).where(table.project_id == self.project_id, table.trashed_at == "").order_by(table.version)
        )


def _screenplay(row: ScreenplayTable) -> ScreenplayRow:
    return ScreenplayRow.model_construct(**{name: getattr(row, name) for name in ScreenplayRow.model_fields})


def _cut(row: AssemblyTable) -> CutRow:
    return CutRow.model_construct(**{name: getattr(row, name) for name in CutRow.model_fields})
