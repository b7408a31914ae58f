"""Making: hand requests to a model, each at most once. Nothing twice: a request that was answered anywhere in the studio is its stored take.

Takes requests from the agents, leaves takes in buckets. What is finished is kept at once, so that an interruption loses only what
was being made. Of several processes that make one film each request is called by the one that claims it in the ledger first; the
others wait for its take, and make it themselves should that process fail or die. What costs money goes through `paying`.
"""

from __future__ import annotations

import contextvars
import hashlib
import json
import math
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, TypeVar, cast

from glimmer import limits, log
from glimmer.agents.budget import Allowance, Purse, the_purse
from glimmer.agents.failing import Failure, raise_told
from glimmer.agents.paying import Bill, Paid, Payer
from glimmer.assets import Assets
from glimmer.buckets import OWN
from glimmer.errors import Cancelled, PriceUnknown, QuotaExceeded, SettingsError, StoreError
from glimmer.models.interface import Made, Model, VersionedByRequest, request_key
from glimmer.models.pricing import Priced
from glimmer.models.watching import check_stopped
from glimmer.progress import progress
from glimmer.store import Input, RequestRow, Standing, Store, Take
from glimmer.store.paid_calls import CallFacts, Claim
from glimmer.vocabulary import Noun

__all__ = ["Maker", "Making", "Order", "made_for", "made_take"]

T = TypeVar("T")
_PAID_AT_ONCE: Final = 8  # they wait for a server, not for a core
_LOOK_SECONDS: Final = (0.2, 1.0)  # between two looks at what another process makes: the first, and the longest


@dataclass(frozen=True)
class Order:
    """Something to have in an entry: `takes` takes of what `call` makes of `request` (whose `seed` is the take's number).

    `inputs`: what the request was put together from, for the lineage. scene: its id in the script, for what it cost.
    """

    bucket: str
    key: str
    name: str
    model: Model
    request: Noun
    call: Callable[[Noun], Made]
    takes: int = 1
    inputs: tuple[Input, ...] = ()
    scene: str = ""


class Making(Noun):
    """What came of a set of orders."""

    made: int = 0
    kept: int = 0  # stood already
    own: int = 0  # left alone: a person's own media stands there
    usd: float = 0.0
    notices: tuple[str, ...] = ()

    def __add__(self, other: Making) -> Making:
        return Making(
            made=self.made + other.made,
            kept=self.kept + other.kept,
            own=self.own + other.own,
            usd=self.usd + other.usd,
            notices=tuple(dict.fromkeys(self.notices + other.notices)),
        )


@dataclass(frozen=True)
class _Piece:
    order: Order
    request: Noun
    key: str
    made_for: str


@dataclass(frozen=True)
class _Called:
    """What a model answered to a claimed call, not yet kept."""

    call_id: int
    made: Made
    seconds: float
    remote_id: str = ""
    collected: bool = False  # sent by an earlier process


@dataclass(frozen=True)
class _Till:
    """Who pays for the pieces that cost something: their bills by key, and what they are paid from where that was allowed before."""

    payer: Payer
    bills: Mapping[str, Bill] = field(default_factory=dict)
    allowance: Allowance | None = None

    def close(self) -> None:
        """Give back what was allowed for pieces that were not sent after all."""
        if self.allowance is not None:
            for key in self.bills:
                self.allowance.settle(key)


class Maker:
    """Makes what is missing, in parallel. One for each agent; `agent` is its name in the ledger."""

    def __init__(self, agent: str, store: Store, assets: Assets, purse: Purse | None = None) -> None:
        """`purse`: who pays and who is asked; None for whoever does where `make` is called (`the_purse()`)."""
        self.agent = agent
        self.store = store
        self.assets = assets
        self.purse = purse
        self.done = Making()  # the sum of all that this agent has made in this session

    def make(self, orders: Sequence[Order], label: str, unit: str = "take", *, more: int = 0) -> Making:
        """See that every order's takes stand. Makes only what is missing; the wanted takes are what cuts use afterwards. more: so many takes of
        each that nobody has seen, beside all that stand of what is asked for now, in place of `takes`.

        All of it is one step of the film's history. What costs money is estimated, and agreed to where it needs a yes, before the first
        request is sent. A piece that fails stops no other.
        Raises: what a model raises, told together with what was kept (a budget's or a refused yes' first); BudgetExceeded, ConsentNeeded,
        PriceUnknown. All that was finished is kept.
        """
        with self.store.step(f"{self.agent}: {label}"):
            orders = [replace(order, takes=self._answered(order) + more) for order in orders] if more else orders
            making, missing = self._standing(orders, more)
            failed: list[Failure] = []
            if missing:
                made, failed = self._make_missing(missing, label, unit)
                making += made
        self.done += making
        log.event("made", agent=self.agent, made=making.made, kept=making.kept, own=making.own, usd=making.usd, failed=len(failed))
        if failed:
            raise_told(failed, making.made, len(missing), unit)
        return making

    def _answered(self, order: Order) -> int:
        """How many takes there are of just this request, those in the trash too."""
        wanted = made_for(order)
        return sum(take.made_for == wanted for take in self.store.takes(order.bucket, order.key, trashed=True))

    def _standing(self, orders: Sequence[Order], more: int = 0) -> tuple[Making, list[_Piece]]:
        """What stands of these orders, and the pieces that are missing. Says in each entry which request the film asks for now."""
        rows = {(row.bucket, row.key): row for row in self.store.standing()}
        asked = self._asked_otherwise(orders, rows)
        making, pieces = Making(), []
        wishes: dict[str, dict[str, str]] = {}
        for order in orders:
            if not 1 <= (more or order.takes) <= limits.MAX_TAKES_PER_CALL:
                given = f"more={more}" if more else f"takes={order.takes}"
                raise SettingsError(f"{given}; expected 1 to {limits.MAX_TAKES_PER_CALL} (MAX_TAKES_PER_CALL).")
            row = rows.get((order.bucket, order.key)) or self.store.entry(order.bucket, order.key)
            if row.wanted.startswith(OWN):
                making += Making(own=1)
                continue
            if (
                not more
                and order.takes == 1
                and isinstance(row, Standing)
                and _is_same_picture(order, asked.get(row.made_for))
                and self.assets.has(row.asset)
            ):
                making += Making(kept=1)
                continue
            made = _pieces(order)
            pieces += made
            if row.wanted != made[0].made_for:
                wishes.setdefault(order.bucket, {})[order.key] = made[0].made_for
        for bucket, wanted in wishes.items():
            self.store.want(bucket, wanted)
        return self._missing(making, pieces)

    def _asked_otherwise(self, orders: Sequence[Order], rows: Mapping[tuple[str, str], Standing]) -> dict[str, RequestRow]:
        """The stored requests of pictures that stand but were asked for in other words."""
        pictures = [order for order in orders if hasattr(order.request, "present")]
        standing = [(order, rows.get((order.bucket, order.key))) for order in pictures]
        return self.store.requests([row.made_for for order, row in standing if row is not None and row.made_for != made_for(order)])

    def _missing(self, making: Making, pieces: Sequence[_Piece]) -> tuple[Making, list[_Piece]]:
        there = self.store.takes_for([piece.key for piece in pieces])
        missing = []
        for piece in pieces:
            order = piece.order
            here = (take for bucket, key, take in there.get(piece.key, ()) if (bucket, key) == (order.bucket, order.key))
            take = next(here, None) or self._elsewhere(order, piece)
            if take is None or not self.assets.has(take.asset):
                missing.append(piece)
            else:
                making += Making(kept=1, notices=self._named(order, take.notices))
        return making, missing

    def _elsewhere(self, order: Order, piece: _Piece) -> Take | None:
        """The take of another entry or film that answered the same request, shelved here too."""
        take = self.store.find_take(piece.key)
        if take is None or not self.assets.has(take.asset):
            return None
        here = take.model_copy(update={"made_for": piece.made_for, "usd": 0.0, "agent": self.agent, "inputs": order.inputs})
        return self.store.add_take(order.bucket, order.key, here, request=_request_row(piece))

    def _make_missing(self, missing: Sequence[_Piece], label: str, unit: str) -> tuple[Making, list[Failure]]:
        making, failed = Making(), list[Failure]()
        unique = list({piece.key: piece for piece in missing}.values())
        till = self._till(unique)
        at_once = _PAID_AT_ONCE if till.bills else os.cpu_count() or 2
        pool = ThreadPoolExecutor(max_workers=min(len(unique), at_once), thread_name_prefix=f"glimmer-{self.agent}")
        begin, stop = (
            threading.Event(),
            threading.Event(),
        )  # an interrupt while threads start must not lose what they call: none calls yet
        futures: dict[Future[_Called | None], _Piece] = {}

        def call(piece: _Piece) -> _Called | None:
            begin.wait()
            return None if stop.is_set() else self._call(piece, till, stop)

        try:
            # each thread gets its own copy of the context: budgets and watches are context variables
            futures |= {pool.submit(contextvars.copy_context().run, call, piece): piece for piece in unique}
            begin.set()
            with progress(label, len(unique), unit) as bar:
                for future in as_completed(list(futures)):
                    piece = futures[future]
                    error = None if future.cancelled() else future.exception()
                    if error is not None:
                        failed.append(Failure(piece.order.name, error))
                        _stop_the_rest(error, futures)
                    elif not future.cancelled():
                        making += self._keep(piece, future.result(), till)
                    del futures[future]
                    bar.advance(1, piece.order.name)
        finally:
            stop.set()
            begin.set()
            self._wind_up(pool, futures, till)
            till.close()
        for piece in missing:  # the same request in another entry
            if piece not in unique and self._elsewhere(piece.order, piece) is not None:
                making += Making(kept=1)
        return making, failed

    def _till(self, pieces: Sequence[_Piece]) -> _Till:
        """What the pieces cost, agreed to. Nothing is sent yet. Raises: PriceUnknown, ConsentNeeded."""
        priced = [piece for piece in pieces if hasattr(piece.order.model, "estimate")]
        purse = self.purse or the_purse()
        payer = Payer(self.store, self.assets, purse)
        if not priced:
            return _Till(payer)
        bills = {piece.key: self._bill(piece, purse) for piece in priced}
        sent = {call.request_key for call in self.store.open_calls() if call.state == "running"}  # these only have to be collected
        return _Till(payer, bills, purse.approve([bill.wanted for key, bill in bills.items() if key not in sent]))

    def _bill(self, piece: _Piece, purse: Purse) -> Bill:
        order, row = piece.order, _request_row(piece)
        estimate = cast(Priced, order.model).estimate(piece.request)
        if not math.isfinite(estimate.expected_usd + estimate.high_usd):
            raise PriceUnknown(
                f"{order.model.name} says that {order.name} may cost {estimate.high_usd}; expected a number of dollars. Nothing was sent. "
                "Mend its estimate(…)."
            )
        facts = CallFacts(
            bucket=order.bucket,
            entry_key=order.key,
            scene=order.scene,
            conversation=purse.conversation,
            made_for=piece.made_for,
            version=row.version,
            kind=row.kind,
            body=piece.request.model_dump_json(),
            inputs=json.dumps([each.model_dump() for each in order.inputs], ensure_ascii=False),
            expected_usd=estimate.expected_usd,
            reserved_usd=max(estimate.expected_usd, estimate.high_usd),
            price_date=estimate.price_date,
        )
        return Bill(self.agent, order.name, order.model, piece.request, piece.key, facts)

    def _wind_up(self, pool: ThreadPoolExecutor, left: dict[Future[_Called | None], _Piece], till: _Till) -> None:
        """Wait for what is being called and keep it; nothing new begins. No claim stays behind, even if this is interrupted, too."""
        try:
            pool.shutdown(wait=True, cancel_futures=True)
            for future in [each for each in left if not each.cancelled() and each.exception() is None and each.result()]:
                self._keep(left[future], future.result(), till)
                del left[future]
        finally:
            for future, piece in left.items():
                future.add_done_callback(partial(self._give_back, piece, till))

    def _give_back(self, piece: _Piece, till: _Till, future: Future[_Called | None]) -> None:
        """The claim of a call that was made and could not be kept. What it cost stays in the ledger; what a server has stays to be collected."""
        called = None if future.cancelled() or future.exception() is not None else future.result()
        if called is None:
            return
        bill = till.bills.get(piece.key)
        if bill is None:
            self.store.finish_call(called.call_id, state="failed", usd=called.made.usd, seconds=called.seconds)
        elif called.remote_id:
            self.store.leave_running(called.call_id, "it was made and could not be kept")
        else:
            self.store.end_call(called.call_id, "failed", usd=called.made.usd, seconds=called.seconds, error="made, and not kept")

    # ── in the pool's threads ──────────────────────────────────────────────────────────────────────────────
    def _call(self, piece: _Piece, till: _Till, stop: threading.Event) -> _Called | None:
        """What the model makes of a piece; None where another process made it first, or when it is time to stop."""
        bill = till.bills.get(piece.key)
        return self._call_freely(piece, stop) if bill is None else self._pay(piece, bill, till, stop)

    def _call_freely(self, piece: _Piece, stop: threading.Event) -> _Called | None:
        call_id = self._claimed(
            piece,
            stop,
            lambda: self.store.claim(self.agent, piece.order.model.name, piece.key) or None,
            lambda spared: self.store.finish_call(spared, state="spared"),
        )
        if call_id is None:
            return None
        started = time.perf_counter()
        try:
            made = piece.order.call(piece.request)
        except BaseException:
            self.store.finish_call(call_id, state="failed", seconds=time.perf_counter() - started)
            raise
        return _Called(call_id, made, time.perf_counter() - started)

    def _pay(self, piece: _Piece, bill: Bill, till: _Till, stop: threading.Event) -> _Called | None:
        payer, allowance = till.payer, till.allowance
        try:
            claim = self._claimed(piece, stop, partial(_reserved, payer, bill), partial(_spared, payer, bill))
        except BaseException:
            if allowance is not None:
                allowance.settle(piece.key)
            raise
        if claim is None:
            if allowance is not None:
                allowance.settle(piece.key)
            return None
        if claim.kind == "unknown":
            raise payer.unknown(bill, claim.number)
        paid = payer.pay(bill, claim, stop, piece.order.call, allowance)
        return _Called(claim.number, paid.answer, paid.seconds, paid.remote_id, claim.kind == "collect")

    def _claimed(self, piece: _Piece, stop: threading.Event, claim: Callable[[], T | None], spare: Callable[[T], None]) -> T | None:
        """What lets this process make the piece; None once its take is there. Waits while another process makes it.

        claim: None while another one has it. spare: gives back what was not needed after all.
        """
        pause, longest = _LOOK_SECONDS
        while not self._is_there(piece):
            check_stopped()
            mine = claim()
            if mine is not None and self._is_there(piece):  # somebody finished between the two looks
                spare(mine)
                return None
            if mine is not None:
                return mine
            if stop.wait(pause):
                return None
            pause = min(longest, pause * 1.5)
        return None

    def _is_there(self, piece: _Piece) -> bool:
        take = self.store.find_take(piece.key)
        return take is not None and self.assets.has(take.asset)

    # ── keeping ────────────────────────────────────────────────────────────────────────────────────────────
    def _keep(self, piece: _Piece, called: _Called | None, till: _Till) -> Making:
        """The take and the end of its call in one transaction: whoever waits for the claim finds the take."""
        order = piece.order
        if called is None:
            take = self._elsewhere(order, piece)
            return Making(kept=1, notices=self._named(order, take.notices if take is not None else ()))
        made, bill = called.made, till.bills.get(piece.key)
        by = order.model.name if bill is None else bill.paid_model
        row = made_take(self.assets, made, piece.request, request_key=piece.key, made_for=piece.made_for, model=by)
        take = row.model_copy(update={"agent": self.agent, "inputs": order.inputs})
        with self.store.write("take", f"a take of {order.key}", durable=bill is not None):
            self.store.add_take(order.bucket, order.key, take, request=_request_row(piece), size_bytes=len(made.media))
            if bill is None:
                self.store.finish_call(
                    called.call_id,
                    usd=made.usd,
                    seconds=called.seconds,
                    tokens_in=made.tokens_in,
                    tokens_out=made.tokens_out,
                )
            else:
                paid = Paid(called.call_id, made, called.seconds, called.remote_id)
                till.payer.book(bill, paid, collected=called.collected, allowance=till.allowance)
        return Making(made=1, usd=made.usd, notices=self._named(order, made.notices))

    @staticmethod
    def _named(order: Order, notices: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"{order.name}: {notice}" for notice in notices)


def made_take(assets: Assets, made: Made, request: Noun, *, request_key: str, made_for: str, model: str) -> Take:
    """What a model made as a take with no number yet, its media among the assets."""
    return Take(
        id=0,
        number=0,
        request_key=request_key,
        made_for=made_for,
        model=model,
        asset=assets.put(made.media, made.media_type),
        media_type=made.media_type,
        seconds=made.seconds,
        usd=made.usd if math.isfinite(made.usd) else 0.0,
        words=tuple((word.word, word.start_seconds, word.end_seconds) for word in made.words),
        focus=made.focus,
        notices=made.notices,
        source_asset=assets.put(made.source, made.source_type) if made.source else "",
        prompt_hash=_hash_of(getattr(request, "words", "")),
    )


def _reserved(payer: Payer, bill: Bill) -> Claim | None:
    """The claim to a paid call; None while a living process has it."""
    claim = payer.reserve(bill)
    return None if claim.kind == "held" else claim


def _spared(payer: Payer, bill: Bill, claim: Claim) -> None:
    if claim.kind == "mine":
        payer.release(bill, claim.number, "its take came from elsewhere before it was sent")
    elif claim.kind == "collect":
        payer.store.leave_running(claim.number)


def _stop_the_rest(error: BaseException, futures: Iterable[Future[Any]]) -> None:
    """Begin nothing more after an error that is not of one piece alone; what has begun is finished."""
    if isinstance(error, StoreError | Cancelled | QuotaExceeded) or getattr(error, "kind", "") == "unreachable":
        for future in futures:
            future.cancel()


def made_for(order: Order) -> str:
    """What an order asks for, whichever take: the key of its request without a seed."""
    return request_key(order.model, order.request.model_copy(update={"seed": 0}))


def _pieces(order: Order) -> list[_Piece]:
    """A piece a take: the same request with the take's number as its seed."""
    asked, pieces = made_for(order), []
    for number in range(1, order.takes + 1):
        request = order.request.model_copy(update={"seed": number})
        pieces.append(_Piece(order, request, request_key(order.model, request), asked))
    return pieces


def _is_same_picture(order: Order, asked: RequestRow | None) -> bool:
    """Whether what stands was asked of this model in just these words but for who else is in the scene, which no picture shows."""
    if asked is None or (asked.model, asked.version, asked.kind) != (
        order.model.name,
        _version(order),
        type(order.request).__name__,
    ):
        return False
    before, now = json.loads(asked.body), json.loads(order.request.model_copy(update={"seed": 0}).model_dump_json())
    return {**before, "present": None} == {**now, "present": None}


def _request_row(piece: _Piece) -> RequestRow:
    order = piece.order
    model = order.model
    return RequestRow(
        key=piece.made_for,
        model=model.name,
        version=_version(order),
        kind=type(order.request).__name__,
        body=order.request.model_copy(update={"seed": 0}).model_dump_json(),
    )


def _version(order: Order) -> str:
    model = order.model
    return model.version_for(order.request) if isinstance(model, VersionedByRequest) else model.version


def _hash_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest() if words else ""
