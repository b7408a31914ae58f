"""Paid calls: reserved before they are sent, known at every moment, never sent twice. The part of the ledger that is about money.

    reserved ──> submitting ──> running (remote id) ──> done
        │             │               │    └──────────> failed (usd: what it cost all the same)
        └─> released  └─> unknown     └─ its process died: anybody collects it by its name on the server, free of charge

Claiming a call and checking the film's budget is one transaction, so that of two processes that race for the last dollar one gets it.
What is written here is on the disk before anything is sent (`durable`). A dead process's call is released if nothing was sent, collected
if the server has named it, and unknown if it died between the two: only a person may then say "send it again".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from glimmer import log
from glimmer.errors import BudgetExceeded, NotFound, SettingsError, StoreError
from glimmer.store.amounts import enough_usd, in_dollars, in_micros, micros_of, reserve_micros, shown_usd
from glimmer.store.film_rows import FilmRows
from glimmer.store.holders import holds, this_process
from glimmer.store.tables import OPEN_STATES, CallTable, ProjectTable
from glimmer.vocabulary import Noun

__all__ = ["CallFacts", "Claim", "Money", "OpenCall", "PaidCalls"]

_LONGEST_ERROR: Final = 2_000  # characters of a reason that is kept
_OVER: Final = ("done", "failed", "released")


class CallFacts(Noun):
    """What a paid call is about: where its take belongs, what was asked (JSON, the seed too), and what it may cost.

    reserved_usd is the high estimate; inputs: JSON of the Inputs. With these any process can collect and shelve what was made.
    """

    bucket: str = ""
    entry_key: str = ""
    scene: str = ""
    conversation: int = 0
    made_for: str = ""
    version: str = ""
    kind: str = ""
    body: str = ""
    inputs: str = "[]"
    expected_usd: float = 0.0
    reserved_usd: float = 0.0
    price_date: str = ""


class Claim(Noun):
    """What came of reserving. "mine": send it. "collect": it runs on the server as `remote_id` and is now this process's to fetch. "held":
    a living process has it. "unknown": it was sent once and nobody knows what came of it: not to be sent."""

    kind: Literal["mine", "collect", "held", "unknown"]
    number: int
    remote_id: str = ""


class OpenCall(CallFacts):
    """A call whose end is not known. `is_held`: a living process is at it."""

    number: int
    agent: str
    model: str
    request_key: str
    state: Literal["reserved", "submitting", "running", "unknown"]
    remote_id: str = ""
    error: str = ""
    made_at: str = ""
    is_held: bool = False


class Money(Noun):
    """How a film stands, in whole millionths of a dollar: what was spent, what calls that are open hold back, what unknown ones do."""

    spent_micros: int = 0
    reserved_micros: int = 0
    unknown_micros: int = 0
    open_calls: int = 0
    unknown_calls: int = 0

    @property
    def held_micros(self) -> int:
        """All that counts against a budget."""
        return self.spent_micros + self.reserved_micros + self.unknown_micros

    @property
    def spent_usd(self) -> float:
        return in_dollars(self.spent_micros)

    @property
    def reserved_usd(self) -> float:
        return in_dollars(self.reserved_micros)

    @property
    def unknown_usd(self) -> float:
        return in_dollars(self.unknown_micros)


class PaidCalls(FilmRows):
    """What a film's paid calls cost, hold back, and are at."""

    # ── the budget ─────────────────────────────────────────────────────────────────────────────────────────
    def budget_usd(self) -> float | None:
        """What a person allowed this film to cost in all; None where nobody said anything."""
        with self.read() as session:
            return session.scalar(select(ProjectTable.budget_usd).where(ProjectTable.id == self.project_id))

    def set_budget(self, usd: float | None) -> None:
        """Keep what the film may cost in all; None for the default. It stays with the film, in this studio: it never comes in an archive."""
        with self.write() as session:
            session.execute(update(ProjectTable).where(ProjectTable.id == self.project_id).values(budget_usd=usd))

    def money(self) -> Money:
        """What was spent and what is held back, exact to a millionth. Read from one index."""
        with self.read() as session:
            return self._money(session)

    def _money(self, session: Session) -> Money:
        sums = (func.sum(micros_of(CallTable.usd)), func.sum(micros_of(CallTable.reserved_usd)), func.count())
        counts = or_(CallTable.usd != 0, CallTable.state.in_(OPEN_STATES))
        query = select(CallTable.state, *sums).where(CallTable.project_id == self.project_id, counts).group_by(CallTable.state)
        spent = reserved = unknown = many = unknowns = 0
        for state, usd, held, count in session.execute(query):
            spent += int(usd or 0)
            if state == "unknown":
                unknown, unknowns = unknown + int(held or 0), unknowns + count
            elif state in OPEN_STATES:
                reserved, many = reserved + int(held or 0), many + count
        return Money(spent_micros=spent, reserved_micros=reserved, unknown_micros=unknown, open_calls=many, unknown_calls=unknowns)

    # ── the life of a call ─────────────────────────────────────────────────────────────────────────────────
    def reserve(
        self,
        agent: str,
        model: str,
        request_key: str,
        facts: CallFacts,
        *,
        default_budget_usd: float,
        check: Callable[[int, float | None], None] | None = None,
        holder: str = "",
    ) -> Claim:
        """The right to send a paid request, with its high estimate held back; or what stands in its way. One transaction.

        What a dead process left of the same request is dealt with first: see above. check: asked last with the call's number and the
        film's own budget (None: the default), in the same transaction; what it raises undoes the reservation.
        Raises: BudgetExceeded if what was spent, what is held back and this would pass the film's budget; nothing was written then.
        """
        me = holder or this_process()
        with self.write(durable=True) as session:
            standing = self._standing(session, request_key, me)
            if standing is not None:
                return standing
            own_usd = session.scalar(select(ProjectTable.budget_usd).where(ProjectTable.id == self.project_id))
            self._check_budget(session, facts, default_budget_usd if own_usd is None else own_usd)
            row = CallTable(project_id=self.project_id, agent=agent, model=model, request_key=request_key)
            for name, value in facts:
                setattr(row, name, value)
            row.reserved_usd = in_dollars(reserve_micros(facts.reserved_usd))
            row.state, row.holder = "reserved", me
            session.add(row)
            session.flush()
            if check is not None:
                check(row.id, own_usd)
            return Claim(kind="mine", number=row.id)

    def _standing(self, session: Session, request_key: str, me: str) -> Claim | None:
        """What earlier calls for the same request leave for this one; None for nothing. Settles what dead processes left."""
        query = select(CallTable).where(
            CallTable.project_id == self.project_id, CallTable.request_key == request_key, CallTable.state.in_(OPEN_STATES)
        )
        rows = list(session.scalars(query.order_by(CallTable.id)))
        for row in rows:
            if row.state != "unknown" and holds(row.holder, row.made_at):
                return Claim(kind="held", number=row.id)
        for row in rows:
            _bury(row)
        for row in rows:
            if row.state == "running":
                row.holder = me
                return Claim(kind="collect", number=row.id, remote_id=row.remote_id)
            if row.state == "unknown":
                return Claim(kind="unknown", number=row.id)
        return None

    def _check_budget(self, session: Session, facts: CallFacts, limit_usd: float) -> None:
        limit, money = in_micros(limit_usd), self._money(session)
        asked = reserve_micros(facts.reserved_usd)
        if asked and money.held_micros + asked > limit:
            raise BudgetExceeded(
                f'this call would pass the budget of "{self.title}": {shown_usd(money.spent_micros)} spent{_held_back(money)} + '
                f"{shown_usd(asked)} that this one may cost = {shown_usd(money.held_micros + asked)}, and the film may cost {shown_usd(limit)}. "
                f"It was not sent. Allow more: film.budget_usd = {enough_usd(money.held_micros + asked)}",
                spent_usd=money.spent_usd,
                reserved_usd=in_dollars(money.reserved_micros + money.unknown_micros),
                asked_usd=in_dollars(asked),
                limit_usd=in_dollars(limit),
            )

    def submitting(self, number: int) -> None:
        """Write down that the paid request is about to leave.

        Raises: StoreError if the call is not this process's any more; then it must not be sent.
        """
        with self.write(durable=True) as session:
            row = self._call(session, number)
            if row.state != "reserved" or row.holder != this_process():
                raise StoreError(
                    f'call {number} of "{self.title}" is {row.state} and not this process\'s to send any more: another process took it '
                    "for dead. Nothing was sent. Make it again; what the other one made is used."
                )
            row.state = "submitting"

    def not_sent(self, number: int) -> None:
        """Write down that it surely did not leave: it is as if it had only been reserved."""
        with self.write(durable=True) as session:
            row = self._call(session, number)
            if row.state == "submitting":
                row.state = "reserved"

    def running_as(self, number: int, remote_id: str) -> None:
        """Write down the call's name on the server. From now on nobody needs to send it again, whatever happens here."""
        with self.write(durable=True) as session:
            row = self._call(session, number)
            row.state, row.remote_id = "running", remote_id

    def leave_running(self, number: int, error: str = "") -> None:
        """Let go of a call that the server goes on with: it is collected by whoever asks next."""
        with self.write(durable=True) as session:
            row = self._call(session, number)
            row.holder, row.error = "", _kept(error)

    def end_call(
        self,
        number: int,
        state: Literal["done", "failed", "released", "unknown"],
        *,
        usd: float = 0.0,
        seconds: float = 0.0,
        tokens_in: int = 0,
        tokens_out: int = 0,
        price_date: str = "",
        remote_id: str = "",
        error: str = "",
    ) -> None:
        """Say how a paid call ended. What it was asked with goes: its take tells that, or nothing came of it."""
        with self.write(durable=True) as session:
            row = self._call(session, number)
            row.state, row.usd, row.seconds = state, in_dollars(in_micros(usd)), seconds
            row.tokens_in, row.tokens_out, row.error = tokens_in, tokens_out, _kept(error)
            row.price_date, row.remote_id = price_date or row.price_date, remote_id or row.remote_id
            if state in _OVER:
                row.body, row.inputs = "", "[]"

    # ── what is left of dead processes, and what a person settles ──────────────────────────────────────────
    def open_calls(self) -> tuple[OpenCall, ...]:
        """Every paid call whose end is not known, oldest first; those that living processes are at are among them. Quick while there is none."""
        query = select(CallTable).where(CallTable.project_id == self.project_id, CallTable.state.in_(OPEN_STATES))
        with self.read() as session:
            rows = sorted(session.scalars(query), key=lambda row: row.id)  # ordered by SQL, SQLite would go through every call
            return tuple(_open(row) for row in rows if row.kind or row.reserved_usd or row.state != "running")

    def take_over(self, number: int) -> OpenCall | None:
        """What a dead process left of a call, cleared up: given back, and this process's, if it runs on a server; else None."""
        with self.write(durable=True) as session:
            row = self._call(session, number)
            if row.state not in OPEN_STATES or (row.state != "unknown" and holds(row.holder, row.made_at)):
                return None
            _bury(row)
            if row.state != "running":
                return None
            row.holder = this_process()
            return _open(row)

    def settle_call(self, number: int, *, again: bool) -> OpenCall:
        """Say of a call that nobody will hear of any more: forget it, so that it may be sent `again`; or count what it may have cost as spent.

        Returns: the call as it stood. Raises: NotFound for one that is not open, SettingsError while a living process is at it.
        """
        with self.write(durable=True) as session:
            row = self._call(session, number)
            call = _open(row) if row.state in OPEN_STATES else None
            if call is None:
                open_ones = CallTable.project_id == self.project_id, CallTable.state.in_(OPEN_STATES)
                numbers = session.scalars(select(CallTable.id).where(*open_ones))
                raise NotFound.among("open call", number, map(str, numbers), see="film.unsettled")
            if call.is_held:
                raise SettingsError(
                    f"call {number} can't be settled: a process that lives is at it ({row.holder}). Expected one that nobody is at. "
                    "Wait for it, or end that process."
                )
            row.state, row.usd = ("released", 0.0) if again else ("failed", row.reserved_usd)
            row.error = "settled: to be sent again" if again else "settled: counted as spent at its high estimate"
            row.body, row.inputs = "", "[]"
            return call

    def remote_of(self, request_key: str) -> str:
        """The name that what was made for this request has on its server, "" where that is not known (here, or at all)."""
        query = select(CallTable.remote_id).where(CallTable.project_id == self.project_id, CallTable.request_key == request_key)
        with self.read() as session:
            return session.scalar(query.where(CallTable.remote_id != "").order_by(CallTable.id.desc()).limit(1)) or ""

    def _call(self, session: Session, number: int) -> CallTable:
        row = session.scalar(select(CallTable).where(CallTable.project_id == self.project_id, CallTable.id == number))
        if row is None:
            raise NotFound.among("call", number, (), see="film.unsettled")
        return row


def _bury(row: CallTable) -> None:
    """What becomes of a call whose process died over it: what was not sent is released, what may have been is unknown."""
    if row.state == "reserved":
        row.state, row.error = "released", "its process died before anything was sent"
    elif row.state == "submitting":
        row.state, row.error = "unknown", "its process died while it was being sent"
    elif row.state == "running" and not row.remote_id:
        row.state = "lost"


def _open(row: CallTable) -> OpenCall:
    facts = {name: getattr(row, name) for name in OpenCall.model_fields if name not in ("number", "is_held")}
    return OpenCall(number=row.id, is_held=row.state != "unknown" and holds(row.holder, row.made_at), **facts)


def _kept(error: str) -> str:
    """A reason as it is written down: without keys, and without what a database can't hold."""
    return log.masked(error).replace("\x00", "").encode("utf-8", "replace").decode()[:_LONGEST_ERROR]


def _held_back(money: Money) -> str:
    unknown = f" ({money.unknown_calls} of unknown outcome, see film.unsettled)" if money.unknown_calls else ""
    held = money.reserved_micros + money.unknown_micros
    return f" + {shown_usd(held)} reserved{unknown}" if held or unknown else ""
