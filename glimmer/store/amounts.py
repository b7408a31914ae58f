"""Amounts: dollars as whole millionths, so that sums are exact whatever is added to what, and the same in every database."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, cast, func

__all__ = ["enough_usd", "in_dollars", "in_micros", "micros_of", "reserve_micros", "shown_usd"]

_MICROS: Final = Decimal(1_000_000)


def in_micros(usd: float | Decimal) -> int:
    """The nearest whole millionth of a dollar. A float is taken as it prints: 0.1 is a tenth."""
    return int((Decimal(str(usd)) * _MICROS).to_integral_value(ROUND_HALF_UP))


def reserve_micros(usd: float | Decimal) -> int:
    """As `in_micros`, rounded up: what is held back must not be less than what may be asked for."""
    return int((Decimal(str(usd)) * _MICROS).to_integral_value(ROUND_CEILING))


def in_dollars(micros: int) -> float:
    return float(Decimal(micros) / _MICROS)


def micros_of(column: Any) -> Any:
    """The column's dollars as whole millionths, for a sum inside the database."""
    return cast(func.round(column * 1_000_000), BigInteger)


def shown_usd(micros: int) -> str:
    """ "$1.25", "$0.0004": as many places as it has, as what is little is not nothing."""
    whole, _, part = f"{in_dollars(micros):.6f}".partition(".")
    return f"${int(whole):,}.{part.rstrip('0').ljust(2, '0')}"


def enough_usd(micros: int) -> str:
    """The next round sum, for a person to type: "2.50"."""
    step = 500_000 if micros < 10_000_000 else 5_000_000
    return f"{in_dollars(-(-micros // step) * step):.2f}"
