"""Failing: when some of many pieces could not be made, one error that says so: what failed and why, and what was kept all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from glimmer.display import count_text
from glimmer.errors import BudgetExceeded, Cancelled, ConsentNeeded, GlimmerError, OutcomeUnknown, StoreError

__all__ = ["Failure", "raise_told"]

# Told first: what a person has to decide. The rest in the order in which it failed.
_FIRST: Final = (BudgetExceeded, ConsentNeeded, OutcomeUnknown, StoreError, Cancelled)
_MOST_TOLD: Final = 4


@dataclass(frozen=True)
class Failure:
    """One piece that could not be made."""

    name: str
    error: BaseException


def raise_told(failed: Sequence[Failure], made: int, wanted: int, unit: str) -> NoReturn:
    """Raise the most telling of the errors, in its own class, with what became of the rest. One piece alone: its error as it is."""
    worst = min(failed, key=lambda each: next((at for at, kind in enumerate(_FIRST) if isinstance(each.error, kind)), len(_FIRST)))
    if wanted == 1:
        raise worst.error
    told = _summary(failed, worst, made, wanted, unit)
    if not isinstance(worst.error, GlimmerError):
        worst.error.add_note(told)
        raise worst.error
    raise type(worst.error)(f"{worst.error.message} {told}", **worst.error.facts) from worst.error


def _summary(failed: Sequence[Failure], worst: Failure, made: int, wanted: int, unit: str) -> str:
    left = wanted - made - len(failed)
    names = ", ".join(each.name for each in failed[:_MOST_TOLD]) + (" …" if len(failed) > _MOST_TOLD else "")
    other = {f"{type(each.error).__name__}: {each.error}" for each in failed if type(each.error) is not type(worst.error)}
    parts = [f"Of {count_text(wanted, unit)} {made} were made and are kept, {len(failed)} failed ({names})"]
    parts += [f"{left} were not begun or stood already"] if left > 0 else []
    also = f" Also: {' '.join(sorted(other)[:_MOST_TOLD])}" if other else ""
    return f"{', '.join(parts)}.{also}"
