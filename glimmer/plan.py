"""Plan: what a film asks for, how each thing stands, why, and what making it would take. Read it before anything is made or paid.

`film.plan()` prints; `film.plan().run()` makes what is not current; `.run("line 4")` one row, `.where(state="stale").run()` a filter.
Nothing that is current is touched, and a stale take is never thrown away: the new one stands beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import nullcontext
from typing import Final, get_args

from glimmer.agents import Making
from glimmer.agents.budget import agreed_to, says_yes
from glimmer.buckets import State
from glimmer.display import Html, Table, card, cost_text, count_text, duration_text, next_step, one_line
from glimmer.errors import BudgetExceeded, ConsentNeeded, MissingPiece, NotFound, SettingsError
from glimmer.planning import KINDS, PlanRow
from glimmer.vocabulary import Noun

__all__ = ["Plan", "Ran"]


class Ran(Noun):
    """What a run of a plan came to."""

    made: int = 0
    kept: int = 0
    usd: float = 0.0
    seconds: float = 0.0
    done: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def __repr__(self) -> str:
        made = f"made {count_text(self.made, 'take')}" if self.made or not self.done else ""
        return one_line(made or "nothing had to be made", *self.done, duration_text(self.seconds), cost_text(self.usd))

    __str__ = __repr__

    def _repr_html_(self) -> Html:
        facts = [("made", count_text(self.made, "take")), ("cost", cost_text(self.usd)), ("took", duration_text(self.seconds))]
        return card("the plan ran", facts + [("then", words) for words in self.done], notices=self.notices)


class Plan:
    """The rows of a plan, those that are not current first. A slice of the truth at one moment: ask film.plan() again after a change."""

    def __init__(self, title: str, rows: tuple[PlanRow, ...], run: Callable[[Plan, Callable[[str], None]], Making]) -> None:
        self.title = title
        self.rows = tuple(sorted(rows, key=lambda row: row.state == "current"))  # stable: the order of the road within each
        self._run = run

    # ── looking ────────────────────────────────────────────────────────────────────────────────────────────
    def __iter__(self) -> Iterator[PlanRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, what: str) -> PlanRow:
        """The row with this name: "line 4", "2A", "cut v3".

        Raises: NotFound, with the nearest names.
        """
        wanted = what.strip().casefold()
        for row in sorted(self.rows, key=lambda row: row.kind == "sheet"):  # a character may be called CUT
            if wanted in (row.what.casefold(), f"{row.kind} {row.what}".casefold(), row.key.casefold()):
                return row
        raise NotFound.among("row of the plan", what, (row.what for row in self.rows))

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are current, stale, missing, blocked."""
        return {state: sum(row.state == state for row in self.rows) for state in get_args(State)}

    @property
    def seconds(self) -> float:
        """About how long running all of it takes."""
        return sum(row.seconds for row in self.rows)

    @property
    def usd(self) -> float:
        """About what running all of it costs."""
        return sum(row.usd for row in self.rows)

    @property
    def table(self) -> Table:
        """Every row, those that are not current first."""
        return Table(_COLUMNS, [_cells(row) for row in self.rows], title=self._head())

    def to_pandas(self):  # type: ignore[no-untyped-def]  # pandas.DataFrame, of a package that may not be there
        """All rows as a DataFrame."""
        return self.table.to_pandas()

    def where(self, *, state: str = "", kind: str = "", what: Collection[str] = ()) -> Plan:
        """The rows in this state, of this kind, with these names: a smaller plan.

        Raises: NotFound for a state or a kind that there is none of.
        """
        if state and state not in get_args(State):
            raise NotFound.among("state", state, get_args(State))
        if kind and kind not in KINDS:
            raise NotFound.among("kind", kind, KINDS)
        named = {(self[name].kind, self[name].key) for name in what}
        rows = (
            row
            for row in self.rows
            if state in ("", row.state) and kind in ("", row.kind) and (not what or (row.kind, row.key) in named)
        )
        return Plan(self.title, tuple(rows), self._run)

    # ── running ────────────────────────────────────────────────────────────────────────────────────────────
    def run(self, *what: str, budget_usd: float | None = None, yes: bool = False) -> Ran:
        """Make what is not current: all of it, or the rows named. Asks before it spends, unless `yes`; at $0 it just runs.

        Raises: BudgetExceeded before anything is made if the estimate passes `budget_usd`; ConsentNeeded where money is to be spent and
        nobody can be asked; MissingPiece if all that is left is blocked by things that were not chosen.
        """
        chosen = self.where(what=what) if what else self
        todo = Plan(self.title, tuple(row for row in chosen.rows if row.state != "current"), self._run)
        todo._check_blocked()
        todo._check_money(budget_usd, yes)
        began, done = time.monotonic(), list[str]()
        with agreed_to(budget_usd) if todo.usd else nullcontext():  # one yes for all of it
            making = self._run(todo, done.append) if todo.rows else Making()
        return Ran(
            made=making.made,
            kept=making.kept,
            usd=making.usd,
            seconds=round(time.monotonic() - began, 2),
            done=tuple(done),
            notices=making.notices,
        )

    def _check_blocked(self) -> None:
        """A blocked row is made when what blocks it is made first in the same run; alone it can't be."""
        blocked = [row for row in self.rows if row.state == "blocked"]
        if blocked and len(blocked) == len(self.rows) and not any(row.kind == "sheet" for row in self.rows):
            raise MissingPiece(
                f"{blocked[0].what} can't be made yet: {blocked[0].why}. Run what it needs first, or all of it: film.plan().run()."
            )

    def _check_money(self, budget_usd: float | None, yes: bool) -> None:
        if budget_usd is not None and (not isinstance(budget_usd, int | float) or not budget_usd >= 0):
            raise SettingsError(f"budget_usd={budget_usd!r}; expected an amount in US dollars, 0 or more.")
        if budget_usd is not None and self.usd > budget_usd:
            raise BudgetExceeded(
                f"this would cost about {cost_text(self.usd)}, more than the budget of {cost_text(budget_usd)}. Nothing was made. "
                'Choose fewer rows (plan.where(kind="line"), plan.run("line 4")), or raise budget_usd.'
            )
        if self.usd > 0 and not yes and not says_yes(f"{self._head()}. Spend about {cost_text(self.usd)}? [y/N] "):
            raise ConsentNeeded("Nothing was made: nobody said yes. Run it with yes=True to agree in code.")

    def _head(self) -> str:
        counts = self.counts
        words = [f"{counts[state]} {state}" for state in ("stale", "missing", "blocked", "current") if counts[state]]
        left = (duration_text(self.seconds), cost_text(self.usd)) if counts["current"] < len(self.rows) else ()
        return one_line(f"plan of {self.title}", *words, *left)

    @property
    def _to_do(self) -> Table:
        return Table(_COLUMNS, [_cells(row) for row in self.rows if row.state != "current"])

    def __repr__(self) -> str:
        to_do = self._to_do
        if not len(to_do):
            return f"{self._head()}: nothing to make"
        current = self.counts["current"]
        return f"{self._head()}\n{to_do!r}" + (f"\n+ {current:,} current" if current else "")

    def _repr_html_(self) -> Html:
        to_do, counts = self._to_do, self.counts
        facts = [(state, f"{count:,}") for state, count in counts.items() if count]
        if not len(to_do):
            return card(
                "plan", facts, subtitle=self.title, inside=next_step("nothing to make, look at the film", "film.renders[-1].result")
            )
        facts += [("about", duration_text(self.seconds)), ("cost", cost_text(self.usd))]
        return card("plan", facts, subtitle=self.title, inside=Html(to_do.inner_html() + next_step("make it", "film.plan().run()")))


_COLUMNS: Final = ("what", "kind", "state", "why", "seconds", "$")


def _cells(row: PlanRow) -> tuple[object, ...]:
    making = (row.seconds, cost_text(row.usd)) if row.state != "current" else (None, "")
    return (row.what, row.kind, row.state, row.why, *making)
