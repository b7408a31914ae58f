"""The money of a film: what it may cost, what is on its way, and what a person must say about calls that nobody knows the end of.

A part of Project, so that it stays readable. The policy is `agents/budget.py`, the ledger `store/paid_calls.py`.
"""

from __future__ import annotations

import threading
from abc import ABC

from glimmer.agents.budget import FILM_USD, checked_usd, the_session
from glimmer.assets import Assets
from glimmer.display import Table, cost_text
from glimmer.models import Models
from glimmer.spending import Collected, collect_in_background, collect_open, settle, unsettled
from glimmer.store import Store

__all__ = ["HasMoney"]


class HasMoney(ABC):
    """What a film may cost, and what it has."""

    store: Store
    assets: Assets
    models: Models
    _collecting: threading.Thread | None = None

    @property
    def budget_usd(self) -> float:
        """What this film may cost in all, in US dollars: $2 unless a person said otherwise. Set to None for the default.

        What is spent, and what is held back for calls that are on their way, count. BudgetExceeded is raised before the call that would
        pass it. Raises: SettingsError for an impossible amount.
        """
        own = self.store.budget_usd()
        return FILM_USD if own is None else own

    @budget_usd.setter
    def budget_usd(self, usd: float | None) -> None:
        self.store.set_budget(None if usd is None else checked_usd(usd, "budget_usd"))

    @property
    def session_budget_usd(self) -> float:
        """What this process may spend on all its films: $2, or GLIMMER_SESSION_BUDGET_USD, or the film's own budget where that is more.
        Set it to hold for all films; None takes that back."""
        return the_session().limit_for(self.store.budget_usd())

    @session_budget_usd.setter
    def session_budget_usd(self, usd: float | None) -> None:
        the_session().limit_usd = usd  # type: ignore[assignment]  # its setter takes None, too

    @property
    def spent_usd(self) -> float:
        """What this film has cost so far."""
        return self.store.spent()[1]

    @property
    def unsettled(self) -> Table:
        """Paid calls whose end is not known and that no living process is at."""
        return unsettled(self.store)

    def settle(self, number: int, *, again: bool) -> str:
        """Say what a call of unknown outcome (`unsettled`) is to be. again=True: it was not taken, send it again with the next make;
        look into the provider's own list first, for if it was taken it is paid for twice. again=False: count it as spent.

        Raises: NotFound for a call that is not open, SettingsError while a living process is at it.
        """
        return settle(self.store, number, again=again)

    def collect(self) -> Collected:
        """Fetch what servers made for processes that died, and put each take where it belongs. Sends nothing that costs; waits for jobs
        that still run. Opening a film begins it in the background."""
        if self._collecting is not None:
            self._collecting.join()
        return collect_open(self.store, self.assets, self.models)

    def _collect_in_background(self) -> None:
        self._collecting = collect_in_background(self.store, self.assets, self.models)

    def _money_facts(self) -> list[tuple[str, str]]:
        """For the film's card: nothing in rehearsal, where nothing is paid."""
        if self.models.name == "rehearsal" and not self.spent_usd:
            return []
        return [("budget", f"{cost_text(self.budget_usd)}, {cost_text(max(0.0, self.budget_usd - self.spent_usd))} left")]
