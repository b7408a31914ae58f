"""The ledger: model calls and renders, as they happened. Nothing here is ever undone.

A call is claimed before it is made: of several processes that run one plan, one makes it and the others wait for its take. A claim is
its holder's while that process lives; what a killed one held is anybody's at once. Calls that cost money have more to say: `paid_calls`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import case, func, insert, select, update

from glimmer.errors import NotFound
from glimmer.store.holders import holds as _holds
from glimmer.store.holders import this_process
from glimmer.store.nouns import JobRow
from glimmer.store.paid_calls import PaidCalls
from glimmer.store.tables import CallTable, JobTable

__all__ = ["Ledger", "this_process"]

# Made once and run below the ORM: 0.46 ms of CPU a call instead of 0.91, most of it while the write lock was held.
_ADD_CALL: Final = insert(CallTable.__table__)  # type: ignore[arg-type]


class Ledger(PaidCalls):
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

    def claim(self, agent: str, model: str, request_key: str, holder: str = "") -> int:
        """The right to make this call: its number in the ledger, where it runs until `finish_call`; 0 while a living process has it.

        `holder`: who claims it, as `this_process()` says; "" for this process. Claims of other films are not looked at.
        """
        mine = CallTable.project_id == self.project_id
        with self.write() as session:
            running = select(CallTable.id, CallTable.holder, CallTable.made_at).where(mine, CallTable.state == "running")
            held = session.execute(running.where(CallTable.request_key == request_key)).all()
            if any(_holds(by, since) for _, by, since in held):
                return 0
            if held:
                session.execute(update(CallTable).where(CallTable.id.in_([row[0] for row in held])).values(state="lost"))
            row = CallTable(project_id=self.project_id, agent=agent, model=model, request_key=request_key, state="running")
            row.holder = holder or this_process()
            session.add(row)
            session.flush()
            return row.id

    def finish_call(
        self, call_id: int, *, state: str = "done", usd: float = 0.0, seconds: float = 0.0, tokens_in: int = 0, tokens_out: int = 0
    ) -> None:
        """Say how a claimed call ended: "done", "failed", or "spared" for one that was not needed any more."""
        changed = {"state": state, "usd": usd, "seconds": seconds, "tokens_in": tokens_in, "tokens_out": tokens_out}
        with self.write() as session:
            session.execute(
                update(CallTable).where(CallTable.project_id == self.project_id, CallTable.id == call_id).values(**changed)
            )

    def spent(self) -> tuple[int, float]:
        """(model calls that were done, US dollars) of this film so far; what failed ones cost is in the sum."""
        calls = func.coalesce(func.sum(case((CallTable.state == "done", 1), else_=0)), 0)
        with self.read() as session:
            row = session.execute(
                select(calls, func.coalesce(func.sum(CallTable.usd), 0.0)).where(CallTable.project_id == self.project_id)
            ).one()
            return int(row[0]), float(row[1])

    def paces(self) -> dict[str, tuple[float, float]]:
        """Agent -> (seconds, US dollars) that one of its calls took on average in this film."""
        with self.read() as session:
            query = select(CallTable.agent, func.avg(CallTable.seconds), func.avg(CallTable.usd))
            done = query.where(CallTable.project_id == self.project_id, CallTable.state == "done")
            found = session.execute(done.group_by(CallTable.agent))
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
            return tuple(self._here(_job(row)) for row in rows)

    def _here(self, job: JobRow) -> JobRow:
        """`job` with its film where this studio has it: a studio that was moved or copied as a folder took its renders along."""
        if self.database.path is None or not job.path:
            return job
        path = Path(job.path)
        own = Path(self.database.path).parent / "renders" / path.name
        return job.model_copy(update={"path": str(own)}) if path.parent.name == "renders" and path != own else job


def _job(row: JobTable) -> JobRow:
    return JobRow(**{name: getattr(row, name) for name in JobRow.model_fields})
