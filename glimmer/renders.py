"""Renders: `film.renders`, every render of a film, oldest first. Reads like a tuple, and looks at the studio each time it is read.

film.renders[-1]              the newest; while it runs here it is the very job that film.render() gave, with its progress
film.renders[-3:], len(film.renders), for job in film.renders: …
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol, overload

from glimmer.display import Html, Table, card, count_text, duration_text, next_step, one_line
from glimmer.faces import HasFace
from glimmer.jobs.render_job import RenderJob, jobs_of
from glimmer.lot import Lot
from glimmer.store import Store

__all__ = ["Renders"]

_MOST_SHOWN: Final = 20


class HasJobs(Protocol):
    """A film that is open."""

    title: str
    store: Store
    lot: Lot


class Renders(HasFace, Sequence[RenderJob]):
    """The renders of one film. Holds none of them: what another kernel began a moment ago is in the next look."""

    def __init__(self, film: HasJobs) -> None:
        self.film = film

    @overload
    def __getitem__(self, index: int) -> RenderJob: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[RenderJob, ...]: ...
    def __getitem__(self, index: int | slice) -> RenderJob | tuple[RenderJob, ...]:
        return self._jobs()[index]

    def __len__(self) -> int:
        return len(self.film.store.jobs())

    def __iter__(self) -> Iterator[RenderJob]:
        return iter(self._jobs())

    def _jobs(self) -> tuple[RenderJob, ...]:
        return jobs_of(self.film.store, self.film.lot.folder / "cache")

    def __repr__(self) -> str:
        jobs = self._jobs()
        states = ("running", "waiting", "failed", "cancelled", "interrupted")
        counted = [(state, sum(job.state == state for job in jobs)) for state in states]
        return one_line("renders", count_text(len(jobs), "job"), *(f"{number} {state}" for state, number in counted if number))

    def _repr_html_(self) -> str:
        jobs = self._jobs()
        rows = [_listed(job) for job in reversed(jobs[-_MOST_SHOWN:])]
        table = Table(("job", "cut", "preset", "state", "took", "what came of it"), rows).inner_html() if rows else ""
        hint = next_step("look at it", f"film.renders[{len(jobs) - 1}]") if jobs else next_step("render it", "film.render().wait()")
        return card("renders", [("jobs", f"{len(jobs):,}")], subtitle=self.film.title, inside=Html(table + hint))


def _listed(job: RenderJob) -> tuple[object, ...]:
    took = duration_text(job.seconds) if job.seconds else ""
    return job.number, f"v{job.cut_version}", job.preset, job.state, took, job.path.name if job.state == "done" else job.error[:160]
