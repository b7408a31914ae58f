"""Paying: one paid request from its reservation to its end. Nothing is sent that was not reserved, nothing is sent twice.

The watch set around the model's call writes each step into the ledger before it happens. Where the call ends without a whole answer, how
far it had come decides what it is: not sent is released, named by the server is left to be collected, answered and refused is failed at
what it cost; what was sent and not answered is unknown, and only a person's word sends it again.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, TypeVar

from glimmer import log
from glimmer.agents.budget import Allowance, Purse, Wanted
from glimmer.assets import Assets
from glimmer.errors import MissingPiece, ModelError, OutcomeUnknown
from glimmer.models.interface import Collects, Model
from glimmer.models.pricing import Estimate
from glimmer.models.watching import the_watch, watched
from glimmer.store import Store
from glimmer.store.paid_calls import CallFacts, Claim
from glimmer.vocabulary import Noun

__all__ = ["Bill", "LedgerWatch", "Paid", "Payer", "held_as", "operation_of", "provider_of"]

# An answer came, and this was it. Everything else that ends a call once the server has named it leaves it to be collected.
_ANSWERED: Final = frozenset({"blocked", "truncated", "empty", "failed"})
_REFUSED: Final = frozenset({"refused", "quota", "unreachable"})  # never taken, so never billed


class Billed(Protocol):
    """What a paid model answers with: Made, TalkReply."""

    @property
    def usd(self) -> float: ...
    @property
    def price_date(self) -> str: ...


T = TypeVar("T", bound=Billed)


@dataclass(frozen=True)
class Bill:
    """One paid request. what: its name for people ("2A")."""

    agent: str
    what: str
    model: Model
    request: Noun
    key: str
    facts: CallFacts

    @property
    def paid_model(self) -> str:
        """The name of the model that is paid: one that hands some requests to another model says so (`name_for`)."""
        name_for = getattr(self.model, "name_for", None)
        return str(name_for(self.request)) if name_for is not None else self.model.name

    @property
    def wanted(self) -> Wanted:
        facts = self.facts
        estimate = Estimate(expected_usd=facts.expected_usd, high_usd=facts.reserved_usd, price_date=facts.price_date)
        return Wanted(self.key, self.what, self.paid_model, estimate)


@dataclass(frozen=True)
class Paid:
    """What a paid call came to, not yet booked: `Payer.book` or the transaction that keeps its take says that it is done."""

    call_id: int
    answer: Any
    seconds: float
    remote_id: str = ""


class LedgerWatch:
    """Writes each step of one call into the ledger before it is taken."""

    def __init__(
        self, payer: Payer, bill: Bill, number: int, stop: threading.Event, *, stage: str = "reserved", remote_id: str = ""
    ) -> None:
        self._payer, self._bill, self._number, self._stop = payer, bill, number, stop
        self._outer = the_watch()  # of whoever called for all this: a conversation that was stopped stops what it asked for
        self.stage = stage
        self.remote_id = remote_id

    def submitting(self) -> None:
        self._payer.store.submitting(self._number)
        self.stage = "submitting"
        self._payer.say("call.submitted", self._bill, self._number, "submitting")

    def not_sent(self) -> None:
        self._payer.store.not_sent(self._number)
        if self.stage == "submitting":
            self.stage = "reserved"

    def running(self, remote_id: str) -> None:
        if remote_id and remote_id != self.remote_id:
            self._payer.store.running_as(self._number, remote_id)
            self.stage, self.remote_id = "running", remote_id
            self._payer.say("call.running", self._bill, self._number, "running", response_id=remote_id)

    def read(self, asset: str) -> bytes:
        if not self._payer.assets.has(asset):
            raise MissingPiece(
                f"the request for {self._bill.what} shows the media file {asset[:12]}, which is not there. Expected it among the studio's "
                "assets; see studio.check(). Make what it was made from again."
            )
        return self._payer.assets.read(asset)

    @property
    def stopped(self) -> bool:
        return self._stop.is_set() or self._outer.stopped


def held_as(store: Store, number: int) -> str:
    """What a session calls what it holds back for a call: numbers are one studio's."""
    return f"{store.database.name} {number}"


class Payer:
    """Pays for requests of one film, from one purse."""

    def __init__(self, store: Store, assets: Assets, purse: Purse) -> None:
        self.store = store
        self.assets = assets
        self.purse = purse

    def reserve(self, bill: Bill) -> Claim:
        """The right to send it, or what stands in its way. Raises: BudgetExceeded of the session or of the film; nothing is held then."""
        store = self.store
        held: list[int] = []

        def session_too(number: int, film_budget_usd: float | None) -> None:
            self.purse.session.hold(held_as(self.store, number), bill.wanted, film_budget_usd)
            held.append(number)

        default = self.purse.film_usd
        try:
            claim = store.reserve(bill.agent, bill.paid_model, bill.key, bill.facts, default_budget_usd=default, check=session_too)
        except BaseException:  # the database refused what it was told last: then nothing was reserved
            for number in held:
                self.purse.session.settle(held_as(self.store, number))
            raise
        if claim.kind == "mine":
            self.say("call.reserved", bill, claim.number, "reserved", usd=bill.facts.reserved_usd)
        return claim

    def release(self, bill: Bill, number: int, why: str = "") -> None:
        """Nothing of it was sent, nor will be."""
        self.store.end_call(number, "released", error=why)
        self.purse.session.settle(held_as(self.store, number))
        self.say("call.released", bill, number, "released")

    def unknown(self, bill: Bill, number: int, why: str = "", usd: float = 0.0) -> OutcomeUnknown:
        """What to raise for a call that was sent and never answered. usd: what this attempt may have cost."""
        because = f" ({why.rstrip('.')})" if why else ""
        return OutcomeUnknown(
            f"call {number}, {bill.what} with {bill.paid_model}, was sent and nobody knows whether it was taken{because}. It is not sent "
            f"again without your word: look for it in the provider's own list, then film.settle({number}, again=True) lets it be sent "
            f"again, film.settle({number}, again=False) counts it as spent. film.unsettled lists all of them.",
            kind="unknown",
            model=bill.paid_model,
            usd=usd,
        )

    def pay(
        self,
        bill: Bill,
        claim: Claim,
        stop: threading.Event,
        call: Callable[[Any], T] | None = None,
        allowance: Allowance | None = None,
    ) -> Paid:
        """Send a request that was reserved ("mine") by `call`, or fetch what an earlier process left of it ("collect"), which needs none.

        Returns: the answer, not yet booked. Raises: what the model raises; the ledger says by then what became of the call.
        """
        fetches = claim.kind == "collect"
        watch = LedgerWatch(
            self, bill, claim.number, stop, stage="running" if fetches else "reserved", remote_id=claim.remote_id if fetches else ""
        )
        began = time.perf_counter()
        with self._ended(bill, watch, claim.number, began, allowance), watched(watch):
            answer = self._fetch(bill, claim) if fetches or call is None else call(bill.request)
        return Paid(claim.number, answer, time.perf_counter() - began, watch.remote_id)

    def _fetch(self, bill: Bill, claim: Claim) -> Any:
        if not isinstance(bill.model, Collects):
            raise ModelError(
                f"call {claim.number}, {bill.what}, runs on a server as {claim.remote_id[:60]}, and {bill.paid_model} can't collect. Expected "
                f"the model that sent it. Open the film with its models, or film.settle({claim.number}, again=True).",
                kind="unreachable",
                model=bill.paid_model,
                remote_id=claim.remote_id,
            )
        return bill.model.collect(claim.remote_id, bill.request)

    @contextmanager
    def _ended(self, bill: Bill, watch: LedgerWatch, number: int, began: float, allowance: Allowance | None) -> Iterator[None]:
        """Whatever ends the call early is written down as what it is."""
        try:
            yield
        except BaseException as error:
            usd = self._end(bill, watch, number, error, time.perf_counter() - began)
            if allowance is not None:
                allowance.settle(bill.key, usd)
            if isinstance(error, Exception) and _is_unknown(watch, error):
                raise self.unknown(bill, number, str(error), usd) from error
            raise

    def _end(self, bill: Bill, watch: LedgerWatch, number: int, error: BaseException, seconds: float) -> float:
        """Book the end. Returns: the dollars that are lost to it, or held back."""
        words, usd = (
            f"{type(error).__name__}: {error}",
            error.usd if isinstance(error, ModelError) and math.isfinite(error.usd) else 0.0,
        )
        if watch.stage == "running" and not _is_end_of_job(error):
            self.store.leave_running(number, words)  # it is still held back, by the film and by the session
            self.say("call.left", bill, number, "running", response_id=watch.remote_id, reason=_kind(error), seconds=seconds)
            return bill.facts.reserved_usd
        if _is_unknown(watch, error):
            self.store.end_call(number, "unknown", seconds=seconds, error=words)
            self.say("call.unknown", bill, number, "unknown", usd=bill.facts.reserved_usd, reason=_kind(error), seconds=seconds)
            return bill.facts.reserved_usd
        state: Literal["failed", "released"] = (
            "failed" if usd or not _never_taken(error) and watch.stage != "reserved" else "released"
        )
        self.store.end_call(number, state, usd=usd, seconds=seconds, error=words, price_date=bill.facts.price_date)
        self.purse.session.settle(held_as(self.store, number), usd)
        self.say(f"call.{state}", bill, number, state, usd=usd, reason=_kind(error), seconds=seconds, response_id=watch.remote_id)
        return usd

    def book(self, bill: Bill, paid: Paid, *, collected: bool = False, allowance: Allowance | None = None) -> None:
        """It is done, and cost what its answer says. Inside the transaction that keeps its take, if it makes one."""
        answer, facts = paid.answer, bill.facts
        usd = answer.usd if math.isfinite(answer.usd) and answer.usd >= 0 else facts.reserved_usd  # what a cell's model may say
        usage = getattr(answer, "usage", None)
        tokens_in = int(getattr(answer, "tokens_in", 0) or getattr(usage, "tokens_in", 0))
        tokens_out = int(getattr(answer, "tokens_out", 0) or getattr(usage, "tokens_out", 0) + getattr(usage, "tokens_thought", 0))
        remote_id = paid.remote_id or str(getattr(answer, "remote_id", ""))
        self.store.end_call(
            paid.call_id,
            "done",
            usd=usd,
            seconds=paid.seconds,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            price_date=answer.price_date or facts.price_date,
            remote_id=remote_id,
        )
        self.purse.session.settle(held_as(self.store, paid.call_id), usd)
        if allowance is not None:
            allowance.settle(bill.key, usd)
        self.say(
            "call.collected" if collected else "call.done",
            bill,
            paid.call_id,
            "done",
            usd=usd,
            seconds=paid.seconds,
            response_id=remote_id,
            tokens=(tokens_in, tokens_out),
        )

    def say(
        self,
        event: str,
        bill: Bill,
        number: int,
        status: str,
        *,
        usd: float | None = None,
        response_id: str = "",
        reason: str = "",
        seconds: float | None = None,
        tokens: tuple[int, int] | None = None,
    ) -> None:
        """One line of the log. What was asked and answered is not in it."""
        facts: dict[str, object] = {
            "gen_ai.operation.name": operation_of(type(bill.request).__name__),
            "gen_ai.provider.name": provider_of(bill.model),
            "gen_ai.request.model": bill.paid_model,
            "glimmer.project": self.store.title,
            "glimmer.agent": bill.agent,
            "glimmer.call": number,
            "glimmer.request_key": bill.key,
            "glimmer.status": status,
        }
        more = {
            "gen_ai.response.id": response_id or None,
            "gen_ai.usage.input_tokens": tokens[0] if tokens else None,
            "gen_ai.usage.output_tokens": tokens[1] if tokens else None,
            "gen_ai.conversation.id": str(bill.facts.conversation) if bill.facts.conversation else None,
            "glimmer.usd": usd,
            "glimmer.price_date": (bill.facts.price_date or None) if usd is not None else None,
            "glimmer.latency_ms": None if seconds is None else round(seconds * 1000, 1),
            "error.type": reason or None,
        }
        facts |= {name: value for name, value in more.items() if value is not None}
        (log.warning if status == "unknown" else log.event)(event, **facts)


def _is_unknown(watch: LedgerWatch, error: BaseException) -> bool:
    """Whether it was sent, as far as anybody can tell, and nothing came back that says what became of it."""
    return (watch.stage == "submitting" and not _is_answer(error)) or (
        watch.stage == "reserved" and isinstance(error, OutcomeUnknown)
    )


def _is_answer(error: BaseException) -> bool:
    """Whether it tells for sure what became of the request: refused, or answered badly. OutcomeUnknown and what just broke don't."""
    if not isinstance(error, ModelError) or isinstance(error, OutcomeUnknown):
        return False
    return error.kind in _ANSWERED or error.kind in _REFUSED or error.usd > 0


def _is_end_of_job(error: BaseException) -> bool:
    """Whether the server has given the job up; a look that failed (no network, a wrong key) has not ended it."""
    if not _is_answer(error) or not isinstance(error, ModelError):
        return False
    return not _never_taken(error) or (error.kind == "quota" and bool(error.remote_id))  # an account's cap ends jobs too


def _never_taken(error: BaseException) -> bool:
    return isinstance(error, ModelError) and error.kind in _REFUSED and not error.usd


def _kind(error: BaseException) -> str:
    return error.kind if isinstance(error, ModelError) else type(error).__name__


def operation_of(request_kind: str) -> str:
    """The name that OpenTelemetry has for it (gen_ai.operation.name, semantic conventions of 2026-09)."""
    return "chat" if request_kind == "TalkRequest" else "generate_content"


def provider_of(model: object) -> str:
    """gen_ai.provider.name: what the model says of itself, else read from its name."""
    said = getattr(model, "provider", "")
    if isinstance(said, str) and said:
        return said
    name = str(getattr(model, "name", ""))
    return "gcp.gemini" if name.startswith(("gemini", "lyria")) else name.partition("/")[0] or "unknown"
