"""Film stages: which films of a studio have a script, and which a cut. One question each, whatever their number."""

from __future__ import annotations

from sqlalchemy import select

from glimmer.store.database import Database
from glimmer.store.tables import AssemblyTable, ScreenplayTable

__all__ = ["films_with"]


def films_with(database: Database) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the films that have (a script, a cut). A cut or a script that was undone does not count."""
    scripts = select(ScreenplayTable.project_id).where(ScreenplayTable.trashed_at == "").distinct()
    cuts = select(AssemblyTable.project_id).where(AssemblyTable.trashed_at == "").distinct()
    with database.read() as session:
        return frozenset(session.scalars(scripts)), frozenset(session.scalars(cuts))
