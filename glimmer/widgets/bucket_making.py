"""What a bucket's plan says, and making it: the states of its entries, the price of making some anew, and the run itself.

Working out a plan takes 0.3 s in a film of 10,000 entries, so it is done apart and the states follow. A run never spends more than what a
person was shown and said yes to: a free one may spend nothing at all.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from glimmer import log
from glimmer.agents.budget import allowed, nobody, paid_from, the_purse
from glimmer.display import cost_text, count_text, plain_line
from glimmer.errors import Cancelled, ConsentNeeded, GlimmerError, InputError, MissingPiece
from glimmer.models.watching import NobodyWatches, watched
from glimmer.plan import Plan, Ran
from glimmer.planning import PlanRow
from glimmer.progress import State, told_to
from glimmer.project import Project
from glimmer.widgets.bucket_state import ToMake, Work
from glimmer.widgets.runtime import apart

__all__ = ["BucketPlan", "Maker", "line_of", "price_of", "to_make"]

_PLURALS: Final = {"sheet": "sheet", "line": "line", "shot": "shot", "air": "air", "effect": "effect", "cue": "cue"}
_NEEDS: Final = {  # what else is made first where it is missing: a line needs the voice that its character's sheet comes with
    "characters": (),
    "video": ("sheet",),
    "audio": ("sheet",),
    "music": ("sheet", "line"),
}
_SAY_EVERY_SECONDS: Final = 0.15
_AT_MOST: Final = (
    1.5  # times what is expected: models reserve what a request may come to (Estimate.high_usd), and give back what it did not
)
_CENT_FRACTION_USD: Final = 0.000_001  # two sums of the same prices may differ by so much


class BucketPlan:
    """What film.plan() says of one bucket, at the last revision it was asked at."""

    def __init__(self, film: Project, bucket: str, changed: Callable[[], None]) -> None:
        self._film, self._bucket, self._changed = film, bucket, changed
        self._guard = threading.Lock()
        self._works = False
        self.revision = ""
        self.plan: Plan | None = None
        self.problem = ""  # why there is no plan, where that is a fault
        self.rows: Mapping[str, PlanRow] = {}

    def look(self, revision: str) -> bool:
        """Whether the states are those of `revision`; if not, they are worked out apart, and `changed` is called then."""
        if self._bucket not in _NEEDS or self.revision == revision:
            return True
        with self._guard:
            if self._works:
                return False
            self._works = True
        apart(self._work, f"plan-{self._bucket}")
        return False

    def _work(self) -> None:
        try:
            self.ask()
        finally:
            with self._guard:
                self._works = False
        self._changed()

    def ask(self) -> Plan | None:
        """The plan as it stands now; None while there is no script."""
        revision, self.problem = self._film.store.revision(), ""
        try:
            plan = self._film.plan()
        except MissingPiece:
            plan = None
        except GlimmerError as error:  # a script or a direction that can't be read: the entries are shown all the same
            log.warning("face.no_plan", words=str(error)[:300])
            plan, self.problem = None, str(error)[:1000]
        self.plan = plan
        self.rows = {row.key: row for row in plan or () if row.bucket == self._bucket}
        self.revision = revision
        return plan

    def states(self) -> dict[str, str]:
        """Key -> state, of those that are not current."""
        return {key: row.state for key, row in self.rows.items() if row.state != "current"}

    def chosen(self, keys: Collection[str] = ()) -> Plan | None:
        """The rows to make, and those that they wait for: of all of this bucket, or of these entries."""
        plan = self.plan
        if plan is None:
            return None
        mine = [
            row
            for row in plan
            if row.bucket == self._bucket and row.state != "current" and (row.key in keys or not keys)
        ]
        blocked = any(row.state == "blocked" for row in mine)
        first = [row for row in plan if row.kind in _NEEDS[self._bucket] and row.state in ("missing", "blocked")] if blocked else []
        return Plan(self._film.title, tuple({(row.kind, row.key): row for row in (*first, *mine)}.values()), plan._run)


def to_make(plan: Plan | None) -> ToMake:
    """What running this comes to."""
    if plan is None or not len(plan):
        return ToMake()
    return ToMake(rows=len(plan), seconds=round(plan.seconds, 1), usd=round(plan.usd, 6), words=_words(plan))


def _words(plan: Plan) -> str:
    counts: dict[str, int] = {}
    for row in plan:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    return " · ".join(count_text(count, _PLURALS.get(kind, kind)) for kind, count in counts.items())


def price_of(plan: Plan | None) -> dict[str, Any]:
    """What running this takes and why, for a person to say yes to."""
    whys: dict[str, int] = {}
    for row in plan or ():
        if row.why:
            whys[row.why] = whys.get(row.why, 0) + 1
    first = sorted(whys.items(), key=lambda pair: -pair[1])[:8]
    comes_to = to_make(plan)
    most_usd = math.ceil(comes_to.usd * _AT_MOST * 100) / 100
    return comes_to.model_dump(mode="json") | {"most_usd": most_usd, "whys": [[why, count] for why, count in first]}


def line_of(names: Collection[str]) -> str:
    """What one would type to run this."""
    if not names or len(names) > 6:
        return "film.plan().run()" if not names else f"film.plan().run({_quoted(list(names)[:4])}, …)"
    return f"film.plan().run({_quoted(names)})"


def _quoted(names: Collection[str]) -> str:
    return ", ".join(f'"{plain_line(name)}"' for name in names)


class _Stop(NobodyWatches):
    """Watches a run: whoever asks hears that it is to stop."""

    stopped = False


class Maker:
    """Runs plans for one face, one at a time. `shown` is called whenever `work` is another."""

    def __init__(self, shown: Callable[[], None]) -> None:
        self._shown = shown
        self._guard = threading.Lock()
        self._stop: _Stop | None = None
        self.work = Work()

    def run(self, plan: Plan, agreed_usd: float, say: Callable[[float, float, str], None], *, id: str) -> Ran:
        """Make it. Raises: ConsentNeeded where it costs more than was agreed to, Cancelled when it was stopped, and what agents raise."""
        if plan.usd > agreed_usd + _CENT_FRACTION_USD:
            raise ConsentNeeded(
                f"this costs about {cost_text(plan.usd)} now, and {cost_text(agreed_usd)} was agreed to. Nothing was made. Look at the price again."
            )
        with (
            self._held(id, _words(plan)) as stop,
            paid_from(replace(the_purse(), ask=nobody)),
            allowed(agreed_usd),
            watched(stop),
            told_to(self._teller(stop, say)),
        ):
            return plan.run(yes=True, budget_usd=max(agreed_usd, plan.usd))

    def stop(self) -> bool:
        """Let the run that goes on end. Returns: whether one does."""
        with self._guard:
            stop = self._stop
        if stop is None:
            return False
        stop.stopped = True
        self._show(self.work.model_copy(update={"stopping": True}))
        return True

    @contextmanager
    def _held(self, id: str, what: str) -> Iterator[_Stop]:
        stop = _Stop()
        with self._guard:
            if self._stop is not None:
                raise InputError("this bucket is making something already; wait for it, or stop it.")
            self._stop = stop
        self._show(Work(id=id, what=what))
        try:
            yield stop
        finally:
            with self._guard:
                self._stop = None
            self._show(Work())

    def _teller(self, stop: _Stop, say: Callable[[float, float, str], None]) -> Callable[[State, bool], None]:
        said_at = [0.0]

        def tell(state: State, last: bool) -> None:
            if stop.stopped and not last:
                raise Cancelled("stopped by you. What was finished is kept.")
            if not last and time.monotonic() - said_at[0] < _SAY_EVERY_SECONDS:
                return
            said_at[0] = time.monotonic()
            say(state.done, state.total, state.label)
            left = round(state.left_seconds or 0.0, 1)
            self._show(
                self.work.model_copy(
                    update={"what": state.label, "done": state.done, "total": state.total, "note": state.note, "left_seconds": left}
                )
            )

        return tell

    def _show(self, work: Work) -> None:
        self.work = work
        self._shown()
