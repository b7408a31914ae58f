"""Pricing: what a request would cost, and what an answer cost. Values only; each door has its own dated table."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from pydantic import BaseModel, Field

from glimmer.vocabulary import Noun

__all__ = ["FREE", "Estimate", "Priced", "Usage"]


class Estimate(Noun):
    """What a request would cost, in US dollars, at the prices of `price_date` ("" where nothing is paid).

    low <= expected <= high; `high_usd` is what a budget reserves until the true cost is known.
    """

    low_usd: float = Field(default=0.0, ge=0)
    expected_usd: float = Field(default=0.0, ge=0)
    high_usd: float = Field(default=0.0, ge=0)
    price_date: str = ""

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(
            low_usd=self.low_usd + other.low_usd,
            expected_usd=self.expected_usd + other.expected_usd,
            high_usd=self.high_usd + other.high_usd,
            price_date=max(self.price_date, other.price_date),
        )


FREE = Estimate()


class Usage(Noun):
    """What a call used, as its server counted it; 0 where it said nothing. Thoughts are billed as output and are not in tokens_out."""

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_thought: int = 0
    tokens_cached: int = 0  # of tokens_in
    image_tokens: int = 0  # of tokens_out
    audio_tokens: int = 0  # of tokens_out
    video_tokens: int = 0  # of tokens_out


@runtime_checkable
class Priced(Protocol):
    """A model that costs money, and can say how much before it is asked."""

    def estimate(self, request: BaseModel) -> Estimate:
        """What this request would cost. Pure: asks nobody, and is quick, as a plan asks it of every row.

        Raises: PriceUnknown where no price is known: never a guess, never 0.
        """
        ...
