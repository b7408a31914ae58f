"""Where the camera is: a Framing and a progress give the piece of the picture that fills the frame.

Pure geometry in source pixels. The piece never reaches past the picture's edge and always has the frame's shape, so nothing is
ever stretched. A move eases over the whole shot, through segments and transitions: `eased` is asked with the progress of the shot,
never of a segment. A handheld camera sways with time instead, and never comes to an end.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from glimmer.assembly.pieces import Ease, Framing

__all__ = ["Window", "eased", "window"]

RAMP = 0.28  # share of the move spent getting up to speed, and again slowing down
MOST_STRENGTH = 0.6  # beyond this less than half of the picture is left in view


class Window(NamedTuple):
    """The part of a picture that fills the frame. Source pixels from the outer left and top edge; floats."""

    left: float
    top: float
    width: float
    height: float


def eased(progress: float, ease: Ease = "smooth") -> float:
    """Progress 0..1 as the camera covers it. "smooth": a soft start and a soft stop, half-cosine ramps around a steady middle, so that
    no speed ever jumps; "in": a soft start alone, "out": a soft stop alone, "linear": at one speed, with hard edges.
    """
    share = min(max(progress, 0.0), 1.0)
    if ease == "linear":
        return share
    if ease in ("in", "out"):
        soft = share if ease == "in" else 1.0 - share
        way = _ramped(soft) if soft < RAMP else soft - RAMP / 2
        return (way if ease == "in" else 1.0 - RAMP / 2 - way) / (1.0 - RAMP / 2)
    top_speed = 1.0 / (1.0 - RAMP)
    if share < RAMP:
        return top_speed * _ramped(share)
    if share > 1.0 - RAMP:
        return 1.0 - top_speed * _ramped(1.0 - share)
    return top_speed * (share - RAMP / 2)


def window(source: tuple[int, int], frame: tuple[int, int], framing: Framing, progress: float, seconds: float = 0.0) -> Window:
    """The window of a `source` (width, height) that fills a `frame` of another size, at `progress` 0..1 of the shot.

    The frame is always full: what does not fit its shape is cut off, away from the focus. seconds: since the shot began, for a
    handheld camera.
    """
    if framing.move == "handheld":
        return _swaying(source, frame, framing, seconds)
    start, end = _from_to(source, frame, framing)
    share = eased(progress, framing.ease)
    return Window(*(a + (b - a) * share for a, b in zip(start, end, strict=True)))


# A hand's sway: (hertz, share of the whole, phase), none a multiple of another, so that it never comes round within a shot.
_SWAY_X = ((0.31, 0.55, 0.0), (0.83, 0.30, 1.7), (2.10, 0.15, 4.1))
_SWAY_Y = ((0.27, 0.55, 2.3), (0.71, 0.30, 0.6), (1.90, 0.15, 3.2))


def _swaying(source: tuple[int, int], frame: tuple[int, int], framing: Framing, seconds: float) -> Window:
    """A little closer than the whole picture, and never still. `strength` is the room it has: 0.12 sways by 3 % of the picture."""
    strength = min(max(framing.strength, 0.0), MOST_STRENGTH)
    still = _around(source, frame, framing.focus, zoom=1.0 + strength / 2)
    left, top = (
        place + way * strength / 4 * side
        for place, side, way in (
            (still.left, still.width, _sway(_SWAY_X, seconds)),
            (still.top, still.height, _sway(_SWAY_Y, seconds)),
        )
    )
    room = source[0] - still.width, source[1] - still.height
    return Window(min(max(left, 0.0), room[0]), min(max(top, 0.0), room[1]), still.width, still.height)


def _sway(waves: tuple[tuple[float, float, float], ...], seconds: float) -> float:
    return sum(share * math.sin(2 * math.pi * hertz * seconds + phase) for hertz, share, phase in waves)


def _ramped(share: float) -> float:
    """The way covered while the speed rises from 0 to 1 along half a cosine over RAMP."""
    return share / 2 - RAMP / (2 * math.pi) * math.sin(math.pi * share / RAMP)


def _from_to(source: tuple[int, int], frame: tuple[int, int], framing: Framing) -> tuple[Window, Window]:
    strength = min(max(framing.strength, 0.0), MOST_STRENGTH)
    wide = _around(source, frame, framing.focus, zoom=1.0)
    if framing.move in ("push_in", "pull_out"):
        close = _around(source, frame, framing.focus, zoom=1.0 + strength)
        return (wide, close) if framing.move == "push_in" else (close, wide)
    if framing.move in ("pan_left", "pan_right"):
        near, far = _travel(source, frame, framing.focus, strength, axis=0)
        return (far, near) if framing.move == "pan_left" else (near, far)
    if framing.move in ("tilt_up", "tilt_down"):
        near, far = _travel(source, frame, framing.focus, strength, axis=1)
        return (far, near) if framing.move == "tilt_up" else (near, far)
    return wide, wide


def _around(source: tuple[int, int], frame: tuple[int, int], focus: tuple[float, float], zoom: float) -> Window:
    width = min(source[0], source[1] * frame[0] / frame[1]) / zoom
    height = width * frame[1] / frame[0]
    left = min(max(focus[0] * source[0] - width / 2, 0.0), source[0] - width)
    top = min(max(focus[1] * source[1] - height / 2, 0.0), source[1] - height)
    return Window(left, top, width, height)


def _travel(
    source: tuple[int, int], frame: tuple[int, int], focus: tuple[float, float], strength: float, axis: int
) -> tuple[Window, Window]:
    """Both ends of a pan (axis 0) or tilt (axis 1), least first: as much of the side as `strength`, centred on the focus.

    Zooms in only as far as the travel needs: a panorama is panned at full height.
    """
    whole = _around(source, frame, focus, zoom=1.0)
    spare = source[axis] - whole[2 + axis]
    way = strength * source[axis]
    zoom = 1.0 if spare >= way else whole[2 + axis] / (source[axis] - way)
    middle = _around(source, frame, focus, zoom)
    room = source[axis] - middle[2 + axis]
    first = min(max(middle[axis] - way / 2, 0.0), max(room - way, 0.0))
    ends = []
    for at in (first, min(first + way, room)):
        place = [middle.left, middle.top]
        place[axis] = at
        ends.append(Window(place[0], place[1], middle.width, middle.height))
    return ends[0], ends[1]
