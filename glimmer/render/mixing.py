"""Mixing: two pictures become one, as a transition says.

Takes planes, changes planes. Knows no shot and no clip: the painter draws, this file mixes.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from glimmer.render.planes import BLACK, Bytes, Planes, mix

__all__ = ["COLOURS", "Place", "fill", "laid_over", "mixed", "view"]

COLOURS = {"black": BLACK, "white": (235, 128, 128)}
WIPE_EDGE = 1 / 64  # of the way it travels: the soft part of a wipe's edge

Place = tuple[int, int, int, int]  # left, top, width, height in pixels, all even


def fill(out: Planes, colour: tuple[int, int, int]) -> None:
    for plane, value in zip(out, colour, strict=True):
        plane[:] = value


def view(out: Planes, place: Place) -> Planes:
    """The part of a frame at that place, as planes of its own that share its memory."""
    left, top, width, height = place
    rows, columns = slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2)
    return Planes(out.luma[top : top + height, left : left + width], out.blue[rows, columns], out.red[rows, columns])


def laid_over(out: Planes, over: Planes, alpha: Bytes, opacity: float) -> None:
    """Lay `over`, which lies over black, with its `alpha` (uint8, like its luma plane) over `out` of the same size."""
    share = alpha.astype(np.float32) * np.float32(opacity / 255)
    half = np.asarray(cv2.resize(share, (over.blue.shape[1], over.blue.shape[0]), interpolation=cv2.INTER_AREA), np.float32)
    for plane, shade, covered, black in zip(out, over, (share, half, half), BLACK, strict=True):
        under = (plane.astype(np.float32) - black) * (1 - covered)
        above = (shade.astype(np.float32) - black) * np.float32(opacity)
        plane[:] = np.clip(np.rint(under + above + black), 0, 255).astype(np.uint8)


def mixed(kind: str, share: float, left: Planes, right: Planes, ground: Planes, direction: str, out: Planes) -> None:
    """`out` becomes what a transition shows at `share` 0..1 of its way from `left` to `right`; fades and dips go through `ground`.

    `out` may be `left` or `right`. A wipe's edge and a push travel to `direction`.
    """
    if kind == "dissolve":
        mix(left, right, share, out)
    elif kind == "fade_in":
        mix(ground, right, share, out)
    elif kind == "fade_out":
        mix(left, ground, share, out)
    elif kind == "dip" and share < 0.5:
        mix(left, ground, 2 * share, out)
    elif kind == "dip":
        mix(ground, right, 2 * share - 1, out)
    elif kind == "wipe":
        _wiped(share, left, right, direction, out)
    else:
        _pushed(share, left, right, direction, out)


def _wiped(share: float, left: Planes, right: Planes, direction: str, out: Planes) -> None:
    """The middle of the soft edge lies at `share` of the way, from the side it comes from."""
    for under, over, into in zip(left, right, out, strict=True):
        across = direction in ("left", "right")
        weights = _edge(share, under.shape[1] if across else under.shape[0])
        weights = weights[::-1] if direction in ("left", "up") else weights
        new = np.ascontiguousarray(np.broadcast_to(weights[None, :] if across else weights[:, None], under.shape))
        into[:] = cv2.blendLinear(np.ascontiguousarray(under), np.ascontiguousarray(over), 1 - new, new)


def _edge(share: float, length: int) -> NDArray[np.float32]:
    """How much of the new picture is seen along the way: 1 where the edge has passed, 0 where it has not come."""
    soft = max(length * WIPE_EDGE, 1.0)
    along = np.arange(length, dtype=np.float32) + np.float32(0.5)
    passed: NDArray[np.float32] = np.clip((share * length - along) / soft + 0.5, 0, 1).astype(np.float32)
    return passed


def _pushed(share: float, left: Planes, right: Planes, direction: str, out: Planes) -> None:
    """The old picture leaves to `direction`, the new one follows it, by whole chroma samples."""
    axis = 1 if direction in ("left", "right") else 0
    moved = round(share * left.blue.shape[axis])
    for under, over, into, factor in zip(left, right, out, (2, 1, 1), strict=True):
        length, shift = under.shape[axis], moved * factor
        follows = direction in ("left", "up")
        joined = np.concatenate((under, over) if follows else (over, under), axis=axis)
        first = shift if follows else length - shift
        into[:] = joined[:, first : first + length] if axis else joined[first : first + length]
