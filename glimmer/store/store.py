"""Store: one film's rows. Every method is one short transaction; what it returns is a frozen value.

Holds no session between calls, so that any thread may call it; two kernels and a batch job may work on one film at once.
"""

from __future__ import annotations

from sqlalchemy import select

from glimmer.store.database import Database
from glimmer.store.entries import Entries
from glimmer.store.history import History
from glimmer.store.ledger import Ledger
from glimmer.store.tables import ProjectTable
from glimmer.store.versions import Versions

__all__ = ["Store", "titles"]


class Store(Entries, Versions, Ledger, History):
    """The rows of one film: its entries and takes, its scripts and cuts, its ledger, its history."""

    def __repr__(self) -> str:
        return f'rows of "{self.title}" in {self.database.name}'


def titles(database: Database) -> tuple[str, ...]:
    """The films of a studio, oldest first; those in the trash left out."""
    with database.read() as session:
        return tuple(session.scalars(select(ProjectTable.title).where(ProjectTable.trashed_at == "").order_by(ProjectTable.id)))
