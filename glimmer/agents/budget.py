"""The budget: what a session may spend, what a person has allowed, and who is asked before money leaves. Policy only; nothing is sent here.

Three gates, each before the call, in this order:
  the film's budget     kept with the film and checked by its ledger: spent + reserved + this one (store/paid_calls.py)
  the session's budget  of this process, whatever films it makes
  a person's yes        for a single request above `ask_above_usd`, bound to that request's key: a changed request asks anew

`with allowed(usd=1.0):` is a yes given in advance, in code or by a conversation: inside it, up to that sum is spent without asking, and
not a cent more. Where nobody can be asked the answer is no.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from glimmer import log
from glimmer.display import count_text
from glimmer.errors import BudgetExceeded, ConsentNeeded, SettingsError
from glimmer.models.pricing import Estimate
from glimmer.settings import session_budget_usd
from glimmer.store.amounts import enough_usd, in_dollars, in_micros, reserve_micros, shown_usd

__all__ = [
    "ASK_ABOVE_USD",
    "FILM_USD",
    "SESSION_USD",
    "Allowance",
    "Purse",
    "SessionBudget",
    "Wanted",
    "agreed_to",
    "allowed",
    "checked_usd",
    "new_session",
    "nobody",
    "paid_from",
    "says_yes",
    "the_purse",
    "the_session",
]

FILM_USD: Final = 2.00  # a mistake must not cost more than a coffee; a whole minute of drafted shots is about $1.40
SESSION_USD: Final = 2.00
ASK_ABOVE_USD: Final = 0.50  # about 7 s of film at 720p
MOST_USD: Final = 100_000.0
_MOST_NAMED: Final = 6

Ask = Callable[[str], bool]


def checked_usd(usd: object, name: str) -> float:
    """An amount that a person gave. Raises: SettingsError unless it is a finite number of dollars from 0 to MOST_USD."""
    is_number = isinstance(usd, int | float | Decimal) and not isinstance(usd, bool)
    if not is_number or not math.isfinite(float(usd)) or not 0 <= float(usd) <= MOST_USD:  # type: ignore[arg-type]
        raise SettingsError(f"{name}={usd!r:.60}; expected an amount in US dollars from 0 to {MOST_USD:,.0f}, such as 5.00.")
    return float(usd)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Wanted:
    """One request that would cost something. what: its name for people ("2A"). key: of the very request that a yes is for."""

    key: str
    what: str
    model: str
    estimate: Estimate

    @property
    def micros(self) -> int:
        return reserve_micros(self.estimate.high_usd)


# ── the session ─────────────────────────────────────────────────────────────────────────────────────────────
class SessionBudget:
    """What this process may spend, and has. Thread-safe. `limit_usd` set by a person (or GLIMMER_SESSION_BUDGET_USD) holds for all films;
    else it is SESSION_USD, or a film's own budget where a person gave that film more."""

    def __init__(self, limit_usd: float | None = None) -> None:
        self._set_usd = limit_usd
        self._lock = threading.Lock()
        self._spent_micros = 0
        self._held: dict[str, int] = {}

    @property
    def limit_usd(self) -> float:
        """As it is without a film's own budget."""
        return SESSION_USD if self._set_usd is None else self._set_usd

    @limit_usd.setter
    def limit_usd(self, usd: float | None) -> None:
        self._set_usd = None if usd is None else checked_usd(usd, "session_budget_usd")

    @property
    def spent_usd(self) -> float:
        with self._lock:
            return in_dollars(self._spent_micros)

    @property
    def reserved_usd(self) -> float:
        with self._lock:
            return in_dollars(sum(self._held.values()))

    def limit_for(self, film_budget_usd: float | None) -> float:
        """The limit while a film with this budget of its own (None: the default) is made."""
        return max(SESSION_USD, film_budget_usd or 0.0) if self._set_usd is None else self._set_usd

    def hold(self, call: str, wanted: Wanted, film_budget_usd: float | None) -> None:
        """Hold back what a call may cost, until `settle`. Raises: BudgetExceeded; nothing is held then."""
        limit = in_micros(self.limit_for(film_budget_usd))
        with self._lock:
            held = sum(self._held.values())
            whole = self._spent_micros + held + wanted.micros
            if wanted.micros and whole > limit:
                raise BudgetExceeded(
                    f"{wanted.what} would pass the budget of this session: {shown_usd(self._spent_micros)} spent + {shown_usd(held)} "
                    f"reserved + {shown_usd(wanted.micros)} that this one may cost = {shown_usd(whole)}, and the session may spend "
                    f"{shown_usd(limit)}. It was not sent. Allow more: film.session_budget_usd = {enough_usd(whole)}",
                    spent_usd=in_dollars(self._spent_micros),
                    reserved_usd=in_dollars(held),
                    asked_usd=in_dollars(wanted.micros),
                    limit_usd=in_dollars(limit),
                )
            self._held[call] = wanted.micros

    def settle(self, call: str, usd: float = 0.0) -> None:
        """Give back what was held for a call; `usd` of it was spent. What an earlier session sent is not counted in this one."""
        with self._lock:
            if self._held.pop(call, None) is not None:
                self._spent_micros += in_micros(usd)


_session_lock: Final = threading.Lock()
_sessions: list[SessionBudget] = []  # one, once it was asked for
_defaults: list[Purse] = []  # and the purse that pays from it


def the_session() -> SessionBudget:
    """This process' own. The environment is read when it is first asked for. Raises: SettingsError for what stands there."""
    with _session_lock:
        if not _sessions:
            given = session_budget_usd()
            _sessions.append(SessionBudget(None if given is None else checked_usd(given, "GLIMMER_SESSION_BUDGET_USD")))
        return _sessions[0]


def new_session() -> SessionBudget:
    """Begin anew: nothing is spent yet, no yes was given, the limit is read again. For whoever runs one film after another in a process."""
    with _session_lock:
        _sessions.clear()
        _defaults.clear()
    return the_session()


# ── what was allowed in advance ─────────────────────────────────────────────────────────────────────────────
class Allowance:
    """A sum that may be spent without asking. Counts down what was spent and what is held back; never lends. Thread-safe.

    outer: the allowance that this one was given inside of. What is taken here is taken there, too: an inner one only narrows.
    """

    def __init__(self, usd: float, outer: Allowance | None = None) -> None:
        self._limit = in_micros(checked_usd(usd, "usd"))
        self._outer = outer
        self._spent = 0
        self._held: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def left_usd(self) -> float:
        with self._lock:
            left = in_dollars(max(0, self._limit - self._spent - sum(self._held.values())))
        return left if self._outer is None else min(left, self._outer.left_usd)

    @property
    def spent_usd(self) -> float:
        with self._lock:
            return in_dollars(self._spent)

    def take(self, wanted: Sequence[Wanted]) -> bool:
        """Hold back all of these, or none of them."""
        with self._lock:
            new = {each.key: each.micros for each in wanted if each.key not in self._held}
            if self._spent + sum(self._held.values()) + sum(new.values()) > self._limit:
                return False
            if self._outer is not None and not self._outer.take(wanted):
                return False
            self._held |= new
            return True

    def settle(self, key: str, usd: float = 0.0) -> None:
        """Give back what was held for a request; `usd` of it was spent."""
        with self._lock:
            if self._held.pop(key, None) is not None:
                self._spent += in_micros(usd)
        if self._outer is not None:
            self._outer.settle(key, usd)


_allowance: ContextVar[Allowance | None] = ContextVar("glimmer_allowance", default=None)


@contextmanager
def allowed(usd: float) -> Iterator[Allowance]:
    """Inside, up to this sum is spent without asking; beyond it a person is asked, or it is refused. Budgets hold all the same.

    One inside another only narrows it. Raises: SettingsError for what is no amount.
    """
    token = _allowance.set(Allowance(usd, _allowance.get()))
    try:
        yield _allowance.get()  # type: ignore[misc]
    finally:
        _allowance.reset(token)


# ── who is asked ────────────────────────────────────────────────────────────────────────────────────────────
def says_yes(question: str) -> bool:
    """Ask the person at the keyboard; where there is none (a batch job) the answer is no."""
    try:
        return input(question).strip().lower() in ("y", "yes")
    except (EOFError, OSError, NotImplementedError):  # IPython's StdinNotImplementedError is one of these
        return False


def nobody(question: str) -> bool:
    """Nobody is there to be asked."""
    return False


@dataclass
class Purse:
    """Who pays, and who is asked. A conversation hands in one of its own: its `ask` shows a card, its ask_above_usd may be 0.

    conversation: the number that calls are booked to, 0 for none. Keys that got a yes are remembered as long as the purse.
    """

    ask: Ask = says_yes
    ask_above_usd: float = ASK_ABOVE_USD
    film_usd: float = FILM_USD  # of a film that was given no budget of its own
    session: SessionBudget = field(default_factory=lambda: the_session())
    conversation: int = 0
    agreed: set[str] = field(default_factory=set)

    def approve(self, wanted: Sequence[Wanted]) -> Allowance | None:
        """Get a yes for these requests, all of them at once, where one is needed. Returns: the allowance that they are paid from, if any.

        Raises: ConsentNeeded where nobody said yes; nothing may be sent then.
        """
        costly = [each for each in wanted if each.micros]
        allowance = _allowance.get()
        if allowance is not None and allowance.take(costly):
            return allowance
        above = costly if allowance is not None else [each for each in costly if each.micros > in_micros(self.ask_above_usd)]
        new = [each for each in above if each.key not in self.agreed]
        if new and not self.ask(_question(new, allowance)):
            log.event("spend.refused", requests=len(new), usd=in_dollars(sum(each.micros for each in new)))
            raise ConsentNeeded(_unagreed(new, allowance, self.ask_above_usd))
        self.agreed.update(each.key for each in new)
        return None


@contextmanager
def agreed_to(budget_usd: float | None = None) -> Iterator[None]:
    """Inside, single requests need no yes of their own: a person gave one to all of them together. Budgets and allowances hold, and
    with `budget_usd` no more than that is spent."""
    purse = replace(the_purse(), ask_above_usd=MOST_USD)
    with paid_from(purse), nullcontext() if budget_usd is None else allowed(budget_usd):
        yield


_purse: ContextVar[Purse | None] = ContextVar("glimmer_purse", default=None)


def the_purse() -> Purse:
    """The one that pays here: of the conversation or the code that has set one with `paid_from`, else this process' own."""
    own = _purse.get()
    if own is not None:
        return own
    session = the_session()
    with _session_lock:
        if not _defaults:
            _defaults.append(Purse(session=session))
        return _defaults[0]


@contextmanager
def paid_from(purse: Purse) -> Iterator[Purse]:
    """Whatever agents make inside is paid from, and asked of, this purse."""
    token = _purse.set(purse)
    try:
        yield purse
    finally:
        _purse.reset(token)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────
def _question(wanted: Sequence[Wanted], allowance: Allowance | None) -> str:
    expected = in_micros(sum(Decimal(str(each.estimate.expected_usd)) for each in wanted))
    more = f" ({shown_usd(in_micros(allowance.left_usd))} of what you allowed is left)" if allowance is not None else ""
    return f"{_listed(wanted)}: about {shown_usd(expected)}, at most {shown_usd(sum(each.micros for each in wanted))}{more}. Spend it? [y/N] "


def _listed(wanted: Sequence[Wanted]) -> str:
    names = [f"{each.what} with {each.model} {shown_usd(each.micros)}" for each in wanted[:_MOST_NAMED]]
    more = f" and {len(wanted) - _MOST_NAMED} more" if len(wanted) > _MOST_NAMED else ""
    return f"{count_text(len(wanted), 'paid request')}: {', '.join(names)}{more}" if len(wanted) > 1 else names[0]


def _unagreed(wanted: Sequence[Wanted], allowance: Allowance | None, above_usd: float) -> str:
    whole = sum(each.micros for each in wanted)
    why = (
        f"more than the {shown_usd(in_micros(allowance.left_usd))} that is left of what was allowed"
        if allowance is not None
        else f"and a request of more than {shown_usd(in_micros(above_usd))} needs a yes"
    )
    return (
        f"{_listed(wanted)} may cost {shown_usd(whole)}, {why}. Nobody said yes, so nothing was sent. Say yes in code: "
        f"with gl.allowed(usd={math.ceil(in_dollars(whole) * 100) / 100:.2f}): …"
    )
