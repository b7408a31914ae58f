"""Hands: palm, thumb and four fingers in six shapes, large enough to read across a room.

Drawn along +x from the wrist with the thumb upwards, one hand long; then turned, sized and put at the wrist.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards.figure.geometry import Point, fmt, path, polyline, smooth, tube
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.figure.poses import HandShape

__all__ = ["draw_hand"]

_Finger = tuple[tuple[Point, ...], float]
# palm outline, fingers (joints, radius), thumb: in hand lengths
_PALM: Final[tuple[Point, ...]] = (
    (-0.04, -0.13),
    (0.16, -0.2),
    (0.44, -0.215),
    (0.53, -0.1),
    (0.53, 0.1),
    (0.46, 0.2),
    (0.2, 0.2),
    (-0.04, 0.13),
)
_FIST: Final[tuple[Point, ...]] = (
    (-0.04, -0.13),
    (0.14, -0.2),
    (0.4, -0.25),
    (0.58, -0.18),
    (0.62, 0.02),
    (0.56, 0.22),
    (0.34, 0.25),
    (0.12, 0.2),
    (-0.04, 0.13),
)
_THUMB_OUT: Final[_Finger] = (((0.1, -0.13), (0.26, -0.3), (0.44, -0.42)), 0.068)
_THUMB_IN: Final[_Finger] = (((0.1, -0.12), (0.3, -0.25), (0.52, -0.24)), 0.07)
_SHAPES: Final[dict[str, tuple[tuple[Point, ...], tuple[_Finger, ...], _Finger]]] = {
    "open": (
        _PALM,
        (
            (((0.46, -0.15), (0.68, -0.25), (0.88, -0.33)), 0.058),
            (((0.5, -0.06), (0.76, -0.09), (1.0, -0.12)), 0.06),
            (((0.49, 0.05), (0.75, 0.08), (0.96, 0.1)), 0.058),
            (((0.43, 0.14), (0.62, 0.22), (0.79, 0.29)), 0.052),
        ),
        (((0.08, -0.12), (0.22, -0.34), (0.34, -0.52)), 0.07),
    ),
    "flat": (
        _PALM,
        (
            (((0.44, -0.14), (0.7, -0.15), (0.9, -0.13)), 0.062),
            (((0.48, -0.05), (0.76, -0.05), (0.99, -0.04)), 0.062),
            (((0.48, 0.05), (0.74, 0.05), (0.94, 0.05)), 0.06),
            (((0.42, 0.14), (0.62, 0.14), (0.79, 0.13)), 0.055),
        ),
        (((0.08, -0.12), (0.28, -0.27), (0.46, -0.29)), 0.066),
    ),
    "relaxed": (
        _PALM,
        (
            (((0.40, -0.12), (0.66, -0.14), (0.86, -0.08)), 0.060),
            (((0.44, -0.04), (0.72, -0.04), (0.92, 0.03)), 0.062),
            (((0.44, 0.05), (0.68, 0.07), (0.86, 0.13)), 0.060),
            (((0.38, 0.13), (0.57, 0.16), (0.72, 0.21)), 0.054),
        ),
        (((0.06, -0.10), (0.26, -0.21), (0.46, -0.16)), 0.066),
    ),
    "fist": (_FIST, (), (((0.12, -0.1), (0.32, -0.12), (0.5, -0.02)), 0.075)),
    "hold": (
        _FIST,
        (
            (((0.42, -0.16), (0.62, -0.16), (0.6, 0.02)), 0.072),
            (((0.42, -0.05), (0.65, -0.04), (0.61, 0.12)), 0.072),
            (((0.4, 0.06), (0.62, 0.07), (0.56, 0.2)), 0.07),
            (((0.36, 0.15), (0.54, 0.17), (0.48, 0.27)), 0.062),
        ),
        _THUMB_IN,
    ),
    "point": (
        ((-0.04, -0.13), (0.14, -0.2), (0.42, -0.22), (0.54, -0.12), (0.56, 0.1), (0.5, 0.22), (0.3, 0.24), (0.1, 0.19), (-0.04, 0.13)),
        ((((0.42, -0.14), (0.72, -0.16), (1.0, -0.17)), 0.062),),
        (((0.1, -0.08), (0.3, -0.03), (0.46, 0.04)), 0.07),
    ),
}  # fmt: skip
_KNUCKLES: Final[dict[str, tuple[Point, ...]]] = {
    "fist": ((0.56, -0.09), (0.58, 0.02), (0.54, 0.12)),
    "point": ((0.53, 0.0), (0.52, 0.1)),
}


def draw_hand(shape: HandShape, wrist: Point, degrees: float, size_cm: float, skin: str, ink: Ink, *, thumb_up: bool = True) -> str:
    """The hand at `wrist`, fingers along `degrees` (0 to the right, 90 down). thumb_up: False turns it over."""
    palm, fingers, thumb = _SHAPES[shape]
    flip = 1.0 if thumb_up else -1.0
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def place(p: Point) -> Point:
        x, y = p[0] * size_cm, p[1] * size_cm * flip
        return wrist[0] + x * c - y * s, wrist[1] + x * s + y * c

    def finger(f: _Finger) -> str:
        line = [place(p) for p in f[0]]
        r = f[1] * size_cm
        return tube(line, [r * 1.04, r, r * 0.82], per_segment=3)

    outline = [place(p) for p in (palm if thumb_up else palm[::-1])]  # turned the way the fingers run, or overlaps become holes
    whole = smooth(outline) + "".join(finger(f) for f in fingers)
    edge, width = ink.edge(skin), ink.line_cm
    out = [path(whole, edge, stroke=edge, width=width * 1.9), path(whole, ink.base(skin))]
    out += _creases(shape, fingers, place, edge, width)
    low = 1.0 if (place((0.2, 0.2))[0] - place((0.2, -0.2))[0]) * -ink.key > 0 else -1.0
    shade = [place((x, y * low)) for x, y in ((0.0, 0.04), (0.25, 0.08), (0.5, 0.06), (0.5, 0.19), (0.2, 0.195), (0.0, 0.13))]
    out.append(path(smooth(shade), ink.dark(skin, 0.2)))
    thumb_d = finger(thumb)
    out += [path(thumb_d, edge, stroke=edge, width=width * 1.6), path(thumb_d, ink.base(skin))]
    if ink.fine >= 2:
        out += _nails(shape, fingers, thumb, place, ink, skin, size_cm)
    return "".join(out)


def _creases(shape: str, fingers: tuple[_Finger, ...], put: Callable[[Point], Point], edge: str, width: float) -> list[str]:
    out = []
    for (line, r), _ in zip(fingers, fingers[1:], strict=False):
        side = [(x - 0.02, y + r * 0.92) for x, y in line[:2]]
        out.append(path(polyline([put(p) for p in side], closed=False), stroke=edge, width=width * 0.8))
    for x, y in _KNUCKLES.get(shape, ()):
        out.append(path(polyline([put((x, y)), put((x - 0.17, y + 0.015))], closed=False), stroke=edge, width=width * 0.8))
    return out


def _nails(
    shape: str, fingers: tuple[_Finger, ...], thumb: _Finger, put: Callable[[Point], Point], ink: Ink, skin: str, size: float
) -> list[str]:
    tips = [f[0][-1] for f in fingers] if shape in ("flat", "point") else []
    out = []
    for x, y in [*tips, thumb[0][-1]]:
        cx, cy = put((x + 0.012, y - 0.012))
        out.append(f'<circle cx="{fmt(cx)}" cy="{fmt(cy)}" r="{fmt(size * 0.034)}" fill="{ink.rim(skin, 0.4)}"/>')
    return out
