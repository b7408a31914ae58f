"""Takes: the same shot framed another time. The first take is the frame as it is composed; each further one stands a little nearer, a step aside,
so that no two are the same picture and there is something to choose."""

from __future__ import annotations

from typing import Final

from glimmer.models.interface import ShotRequest

__all__ = ["focus_in", "framed"]

_NEARER: Final = (1.05, 1.08, 1.11)  # so little that nobody is cut off who was whole
_ASIDE: Final = (0.618, 0.382)  # of the golden section: its multiples never meet again
_HEADROOM: Final = 0.6  # of what is cut off above and below, at most so much is above


def framed(request: ShotRequest, art: str) -> str:
    """The art of a layer as this take of the shot frames it."""
    if request.seed <= 1:
        return art
    left, top, nearer = _frame(request)
    return f'<g transform="scale({nearer}) translate({-left * request.width_px:.2f} {-top * request.height_px:.2f})">{art}</g>'


def focus_in(request: ShotRequest, focus: tuple[float, float]) -> tuple[float, float]:
    """Where the eye's place (0..1 of the shot as it is composed) is in this take."""
    if request.seed <= 1:
        return focus
    left, top, nearer = _frame(request)
    x, y = (focus[0] - left) * nearer, (focus[1] - top) * nearer
    return round(min(1.0, max(0.0, x)), 4), round(min(1.0, max(0.0, y)), 4)


def _frame(request: ShotRequest) -> tuple[float, float, float]:
    """(left, top) of what is seen, in shares of the whole, and how much nearer it is."""
    nearer = _NEARER[request.seed % len(_NEARER)]
    room = 1 - 1 / nearer
    aside, above = (request.seed * share % 1 for share in _ASIDE)
    return room * aside, room * above * _HEADROOM, nearer
