"""Making: hand requests to a model, each at most once. Nothing twice: a request that was answered anywhere in the studio is its stored take.

Takes requests from the agents, leaves takes in buckets. What is finished is kept at once, so that an interruption loses only what
was being made.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from glimmer import limits, log
from glimmer.assets import Assets
from glimmer.errors import SettingsError
from glimmer.models.interface import Made, Model, request_key
from glimmer.progress import progress
from glimmer.store import Input, Store, Take
from glimmer.vocabulary import Noun

__all__ = ["Maker", "Making", "Order"]


@dataclass(frozen=True)
class Order:
    """Something to have in an entry: `takes` takes of what `call` makes of `request` (whose `seed` is the take's number).

    `inputs`: what the request was put together from, for the lineage.
    """

    bucket: str
    key: str
    name: str
    model: Model
    request: Noun
    call: Callable[[Noun], Made]
    takes: int = 1
    inputs: tuple[Input, ...] = ()


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


class Maker:
    """Makes what is missing, in parallel. One for each agent; `agent` is its name in the ledger."""

    def __init__(self, agent: str, store: Store, assets: Assets) -> None:
        self.agent = agent
        self.store = store
        self.assets = assets
        self.done = Making()  # the sum of all that this agent has made in this session

    def make(self, orders: Sequence[Order], label: str, unit: str = "take") -> Making:
        """See that every order's takes stand. Makes only what is missing; the wanted takes are what cuts use afterwards.

        Raises: whatever the model raises; all that was finished is kept.
        """
        missing: list[_Piece] = []
        making = Making()
        for order in orders:
            found, pieces = self._standing(order)
            making += found
            missing += pieces
        if missing:
            making += self._make_missing(missing, label, unit)
        self.done += making
        log.event("made", agent=self.agent, made=making.made, kept=making.kept, own=making.own, usd=making.usd)
        return making

    def _standing(self, order: Order) -> tuple[Making, list[_Piece]]:
        """What stands of an order, and the pieces that are missing."""
        if not 1 <= order.takes <= limits.MAX_TAKES_PER_CALL:
            raise SettingsError(f"takes={order.takes}; expected 1 to {limits.MAX_TAKES_PER_CALL} (MAX_TAKES_PER_CALL).")
        row = self.store.entry(order.bucket, order.key)
        if row.wanted.startswith("own:"):
            return Making(own=1), []
        made_for = request_key(order.model, order.request.model_copy(update={"seed": 0}))
        if row.wanted != made_for:
            self.store.want(order.bucket, order.key, made_for)
        there = {take.request_key: take for take in row.takes}
        making, missing = Making(), []
        for number in range(1, order.takes + 1):
            request = order.request.model_copy(update={"seed": number})
            key = request_key(order.model, request)
            take = there.get(key) or self._elsewhere(order, key, made_for)
            if take is None or not self.assets.has(take.asset):
                missing.append(_Piece(order, request, key, made_for))
            else:
                making += Making(kept=1, notices=self._named(order, take.notices))
        return making, missing

    def _elsewhere(self, order: Order, key: str, made_for: str) -> Take | None:
        """The take of another entry or film that answered the same request, shelved here too."""
        take = self.store.find_take(key)
        if take is None or not self.assets.has(take.asset):
            return None
        return self.store.add_take(order.bucket, order.key, take.model_copy(update={"made_for": made_for, "usd": 0.0}))

    def _make_missing(self, missing: Sequence[_Piece], label: str, unit: str) -> Making:
        making = Making()
        unique = list({piece.key: piece for piece in missing}.values())
        pool = ThreadPoolExecutor(max_workers=min(len(unique), os.cpu_count() or 2), thread_name_prefix=f"glimmer-{self.agent}")
        try:
            futures: dict[Future[tuple[Made, float]], _Piece] = {pool.submit(_call, piece): piece for piece in unique}
            with progress(label, len(unique), unit) as bar:
                for future in as_completed(futures):
                    piece = futures[future]
                    made, seconds = future.result()
                    making += self._keep(piece, made, seconds)
                    bar.advance(1, piece.order.name)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        for piece in missing:  # the same request in another entry
            if piece not in unique:
                self._elsewhere(piece.order, piece.key, piece.made_for)
                making += Making(kept=1)
        return making

    def _keep(self, piece: _Piece, made: Made, seconds: float) -> Making:
        order = piece.order
        self.store.add_call(self.agent, order.model.name, piece.key, made.usd, seconds)
        take = Take(
            id=0,
            number=0,
            request_key=piece.key,
            made_for=piece.made_for,
            model=order.model.name,
            asset=self.assets.put(made.media, made.media_type),
            media_type=made.media_type,
            seconds=made.seconds,
            usd=made.usd,
            words=tuple((word.word, word.start_seconds, word.end_seconds) for word in made.words),
            focus=made.focus,
            notices=made.notices,
            source_asset=self.assets.put(made.source, made.source_type) if made.source else "",
        )
        self.store.add_take(order.bucket, order.key, take)
        return Making(made=1, usd=made.usd, notices=self._named(order, made.notices))

    @staticmethod
    def _named(order: Order, notices: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"{order.name}: {notice}" for notice in notices)


def _call(piece: _Piece) -> tuple[Made, float]:
    started = time.perf_counter()
    made = piece.order.call(piece.request)
    return made, time.perf_counter() - started
