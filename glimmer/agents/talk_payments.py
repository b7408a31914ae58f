"""Talk payments: what talking costs, reserved before it is sent and booked when it is over. The ledger's door for a conversation.

Each reply is a call of its own in the ledger: a person who says "again" wants to be answered again, and nothing is sent twice by itself.
A model that talks for nothing leaves no row.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from glimmer.agents.budget import the_purse
from glimmer.agents.paying import Bill, Payer
from glimmer.assets import Assets
from glimmer.models.pricing import Estimate
from glimmer.models.talking import Part, TalkMessage, TalkModel, TalkReply, TalkRequest
from glimmer.store import Store
from glimmer.store.paid_calls import CallFacts

__all__ = ["TalkPayments"]

_AGENT: Final = "orchestrator"


@dataclass(frozen=True)
class TalkPayments:
    """Lets a model talk, within the film's budget and the session's. conversation: the number that its calls are booked to."""

    store: Store
    assets: Assets
    conversation: Callable[[], int] = int

    def __call__(self, talk: TalkModel, request: TalkRequest, on_text: Callable[[str], None]) -> TalkReply:
        """The reply. Raises: ModelError; PriceUnknown or BudgetExceeded before anything is sent."""
        estimate = talk.estimate(request)
        if not estimate.high_usd:
            return talk.talk(request, on_text)
        bill, payer = self._bill(talk, request, estimate), Payer(self.store, self.assets, the_purse())
        stream = _Interruptible(talk, estimate, on_text)
        paid = payer.pay(bill, payer.reserve(bill), threading.Event(), stream)
        payer.book(bill, paid)
        if stream.interrupt is not None:
            raise stream.interrupt
        reply: TalkReply = paid.answer
        return reply

    def _bill(self, talk: TalkModel, request: TalkRequest, estimate: Estimate) -> Bill:
        facts = CallFacts(
            conversation=self.conversation(),
            kind="TalkRequest",
            version=talk.version,
            expected_usd=estimate.expected_usd,
            reserved_usd=estimate.high_usd,
            price_date=estimate.price_date,
        )
        key = hashlib.sha256(f"{talk.name} {secrets.token_hex(16)}".encode()).hexdigest()
        return Bill(_AGENT, "a reply", talk, request, key, facts)


class _Interruptible:
    """A reply that a person stops when words of it were there is taken and paid for: it is booked at the high estimate, never as unknown."""

    def __init__(self, talk: TalkModel, estimate: Estimate, on_text: Callable[[str], None]) -> None:
        self._talk, self._estimate, self._on_text = talk, estimate, on_text
        self._began = False
        self.interrupt: KeyboardInterrupt | None = None

    def __call__(self, request: TalkRequest) -> TalkReply:
        try:
            return self._talk.talk(request, self._heard)
        except KeyboardInterrupt as interrupt:
            if not self._began:
                raise
            self.interrupt = interrupt
            silent = TalkMessage(role="model", parts=(Part(text="…"),))
            high = self._estimate
            return TalkReply(message=silent, outcome="interrupted", usd=high.high_usd, price_date=high.price_date)

    def _heard(self, text: str) -> None:
        self._began = True
        self._on_text(text)
