"""The ledger: model calls and renders, as they happened. Nothing here is ever undone."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, insert, select

from glimmer.errors import NotFound
from glimmer.store.film_rows import FilmRows
from glimmer.store.nouns import JobRow
from glimmer.store.tables import CallTable, JobTable

__all__ = ["Ledger"]

# Made once and run below the ORM: 0.46 ms of CPU a call instead of 0.91, most of it while the write lock was held.
_ADD_CALL: Final = insert(CallTable.__table__)  # type: ignore[arg-type]


class Ledger(FilmRows):
    """What was spent, and what was rendered."""

    def add_call(
        self,
        agent: str,
        model: str,
        request_key: str,
        usd: float,
        seconds: float,
        *,
        tokens_in: int = 0,
        tokens_out: int = 0,
        price_date: str = "",
        state: str = "done",
    ) -> None:
        """Write a model call into the ledger."""
        row = {
            "project_id": self.project_id,
            "agent": agent,
            "model": model,
            "request_key": request_key,
            "usd": usd,
            "seconds": seconds,
            "tokens_in": tokens_in,
            "tokens_out": tokens_out,
            "price_date": price_date,
            "state": state,
        }
        with self.write() as session:
            session.connection().execute(_ADD_CALL, row)

    def spent(self) -> tuple[int, float]:
        """(model calls, US dollars) of this film so far."""
        with self.read() as session:
            row = session.execute(
                select(func.count(), func.coalesce(func.sum(CallTable.usd), 0.0)).where(CallTable.project_id == self.project_id)
            ).one()
            return int(row[0]), float(row[1])

    def paces(self) -> dict[str, tuple[float, float]]:
        """Agent -> (seconds, US dollars) that one of its calls took on average in this film."""
        with self.read() as session:
            query = select(CallTable.agent, func.avg(CallTable.seconds), func.avg(CallTable.usd))
            found = session.execute(query.where(CallTable.project_id == self.project_id).group_by(CallTable.agent))
            return {agent: (float(seconds), float(usd)) for agent, seconds, usd in found}

    def add_job(self, cut_version: int, preset: str, key: str) -> JobRow:
        with self.write() as session:
            number = 1 + (session.scalar(select(func.max(JobTable.number)).where(JobTable.project_id == self.project_id)) or 0)
            row = JobTable(project_id=self.project_id, number=number, cut_version=cut_version, preset=preset, key=key)
            session.add(row)
            session.flush()
            return _job(row)

    def set_job(self, number: int, **changes: str | float) -> JobRow:
        with self.write() as session:
            row = session.scalar(select(JobTable).where(JobTable.project_id == self.project_id, JobTable.number == number))
            if row is None:
                raise NotFound.among("render job", number, ())
            for name, value in changes.items():
                setattr(row, name, value)
            session.flush()
            return _job(row)

    def jobs(self) -> tuple[JobRow, ...]:
        """Every render, oldest first."""
        with self.read() as session:
            rows = session.scalars(select(JobTable).where(JobTable.project_id == self.project_id).order_by(JobTable.number))
            return tuple(_job(row) for row in rows)


def _job(row: JobTable) -> JobRow:
    return JobRow(**{name: getattr(row, name) for name in JobRow.model_fields})
