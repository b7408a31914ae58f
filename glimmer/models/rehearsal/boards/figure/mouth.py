"""The mouth, closed or speaking, and the beard round it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.figure.geometry import Point, path, smooth
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.figure.looks import Look
from glimmer.models.rehearsal.boards.light import mix

if TYPE_CHECKING:
    from glimmer.models.rehearsal.boards.figure.face_map import FaceMap

__all__ = ["draw_beard", "draw_mouth"]

Place = Callable[[float, float], Point]


def _mouth_y(design: Design) -> float:
    return 32.5 if design.age != "child" else 31.0


def draw_mouth(design: Design, look: Look, face: FaceMap, nod: float, ink: Ink) -> str:
    """Lips, and teeth and tongue when the mouth is open."""
    if face.view == "side":
        return _side_mouth(design, look, nod, ink)
    y = _mouth_y(design)
    half = 10.2 * look.wide * (0.86 if design.age == "child" else 1.0)
    lift = look.smile * 4.2

    def at(x: float, dy: float) -> Point:
        return face.at(x, y + dy, nod * 1.05)

    left, right = at(-half, -lift + look.skew * 1.2), at(half, -lift - look.skew * 2.6)
    line = ink.edge(mix(design.skin, "#6a1c22", 0.55), 0.5)
    lip = ink.base(mix(design.skin, "#b03a44", 0.42 if design.gender == "woman" else 0.20))
    if look.open < 0.1:
        mid = [at(-half * 0.5, look.smile * 1.3 - 0.3), at(0, look.smile * 2.0), at(half * 0.5, look.smile * 1.3 - 0.3)]
        seam = [left, *mid, right]
        if ink.fine < 1:
            return path(smooth(seam, closed=False), stroke=line, width=2.6)
        return _closed(design, ink, seam, half, look, at, lip, line)
    return _open(ink, look, left, right, at, half, lip, line)


def _closed(design: Design, ink: Ink, seam: list[Point], half: float, look: Look, place: Place, lip: str, line: str) -> str:
    full = 1.25 if design.gender == "woman" else 0.8
    upper = [
        seam[0],
        place(-half * 0.4, -2.2 * full + look.smile),
        place(-1.2, -2.9 * full + look.smile * 1.4),
        place(0, -2.2 * full + look.smile * 1.5),
        place(1.2, -2.9 * full + look.smile * 1.4),
        place(half * 0.4, -2.2 * full + look.smile),
        seam[-1],
    ]
    lower = [
        seam[-1],
        place(half * 0.45, 2.9 * full + look.smile * 1.7),
        place(0, 3.8 * full + look.smile * 2.1),
        place(-half * 0.45, 2.9 * full + look.smile * 1.7),
        seam[0],
    ]
    out = path(smooth([*upper, *seam[::-1][1:-1]], tension=0.8), mix(lip, line, 0.22))
    out += path(smooth([*seam, *lower[1:-1]], tension=0.9), lip)
    out += path(
        smooth(
            [
                place(-half * 0.28, 2.0 * full + look.smile * 1.8),
                place(0, 2.7 * full + look.smile * 2),
                place(half * 0.2, 2.0 * full + look.smile * 1.8),
            ],
            closed=False,
        ),
        stroke=mix(lip, "#ffffff", 0.3),
        width=0.7 * full,
    )
    out += path(smooth(seam, closed=False), stroke=line, width=1.35)
    shade = [place(-half * 0.4, 6.2 + look.smile * 1.6), place(0, 7.2 + look.smile * 2), place(half * 0.4, 6.2 + look.smile * 1.6)]
    return out + path(smooth(shade, closed=False), stroke=ink.dark(design.skin, 0.22), width=1.3)


def _open(ink: Ink, look: Look, left: Point, right: Point, place: Place, half: float, lip: str, line: str) -> str:
    gap = look.open * 15
    top = [
        left,
        place(-half * 0.5, -1.6 - gap * 0.10 + look.smile * 0.6),
        place(0, -1.1 - gap * 0.12 + look.smile * 1.0),
        place(half * 0.5, -1.6 - gap * 0.10 + look.smile * 0.6),
        right,
    ]
    low = [
        right,
        place(half * 0.62, gap * 0.72 + look.smile * 1.2),
        place(0, gap + look.smile * 1.5),
        place(-half * 0.62, gap * 0.72 + look.smile * 1.2),
        left,
    ]
    hole = smooth([*top, *low[1:-1]], tension=0.85)
    out = path(hole, ink.light.lit("#4a1418"), stroke=lip, width=2.6)
    tongue = [
        place(-half * 0.5, gap * 0.72),
        place(0, gap * 0.50 + look.smile),
        place(half * 0.5, gap * 0.72),
        place(0, gap * 0.97 + look.smile * 1.4),
    ]
    out += path(smooth(tongue), ink.light.lit("#c25a5a"))
    if look.teeth > 0.4:
        deep = 2.2 + 1.8 * look.teeth
        under = [
            place(half * 0.48, -0.8 + deep * 0.7 - gap * 0.1 + look.smile * 0.8),
            place(0, -0.6 + deep - gap * 0.1 + look.smile),
            place(-half * 0.48, -0.8 + deep * 0.7 - gap * 0.1 + look.smile * 0.8),
        ]
        teeth = [(x + (place(0, 0)[0] - x) * 0.10, y + 0.5) for x, y in top]
        out += path(smooth([*teeth, *under], tension=0.7), ink.light.lit("#f3ede2"))
    return out + path(hole, stroke=line, width=0.9)


def _side_mouth(design: Design, look: Look, nod: float, ink: Ink) -> str:
    y, lift = 31.6 + nod * 0.1, look.smile * 3.4
    line = ink.edge(mix(design.skin, "#6a1c22", 0.55), 0.5)
    lip = ink.base(mix(design.skin, "#b03a44", 0.42 if design.gender == "woman" else 0.22))
    back = (36.0 - 9.0 * look.wide, y - lift * 0.9)
    if look.open < 0.1:
        out = ""
        if ink.fine >= 1:
            out = path(smooth([(36.0, y), (38.3, y - 2), (37.6, y - 4), (33, y - 2.2 - lift * 0.4)]), lip)
            out += path(smooth([(35.6, y), (37.7, y + 2.4), (36.2, y + 5), (32.4, y + 2.2)]), lip)
        return out + path(smooth([(36.4, y), (32, y + 0.8 - lift * 0.1), back], closed=False), stroke=line, width=1.5)
    gap = look.open * 12
    hole = [(38.2, y - 1.2), (32, y - 1.8 - lift * 0.3), back, (31.5, y + gap * 0.62), (36.6, y + gap)]
    out = path(smooth(hole, tension=0.7), ink.light.lit("#4a1418"), stroke=lip, width=1.8)
    return out + path(
        smooth([(37.6, y - 0.9), (32.5, y - 1.3), (32.5, y + 1.4), (37.2, y + 2.0)], tension=0.5), ink.light.lit("#f3ede2")
    )


def draw_beard(design: Design, face: FaceMap, nod: float, ink: Ink, look: Look) -> str:
    """Beard, moustache or stubble under the mouth's own colours; "" for none."""
    if design.facial_hair == "none":
        return ""
    tone, n, drop = design.hair, nod * 0.42, look.open * 5
    if design.facial_hair == "stubble":
        return path(smooth(_beard_shape(face.view, n, drop, 0.0)), ink.base(mix(design.skin, tone, 0.55)), opacity=0.45)
    out = ""
    if design.facial_hair == "beard":
        shape = _beard_shape(face.view, n, drop, 7.0)
        out += ink.shape(smooth(shape), tone)
        if ink.fine:
            for x, y in [p for p in shape if p[1] > 40]:
                out += ink.stroke(
                    smooth([(x * 0.7 + face.middle * 0.3, y - 12), (x * 0.86 + face.middle * 0.14, y - 4)], closed=False), tone, 1.0
                )
    return out + _moustache(face, n, tone, ink)


def _beard_shape(view: str, n: float, drop: float, longer: float) -> list[Point]:
    m = longer + drop
    if view == "front":
        half = [(36, 4), (35.5, 20), (29, 37 + m * 0.5), (16, 48 + m), (0, 52 + m)]
        inner = [(31, 8 + n), (27, 20 + n), (18, 25 + n), (9, 24 + n), (0, 25.5 + n)]
        left = [(-x, y) for x, y in half[::-1][1:]]
        return [*half, *left, *[(-x, y) for x, y in inner], *[(x, y) for x, y in inner[::-1][1:]]]
    if view == "three_quarter":
        outer = [
            (33.5, 17),
            (31, 30),
            (28, 40 + m * 0.6),
            (21, 49 + m),
            (9, 52.5 + m),
            (-5, 47 + m * 0.7),
            (-18, 38 + m * 0.3),
            (-27, 22),
            (-24, 4),
        ]
        return [*outer, (-19, 8 + n), (-14, 20 + n), (-3, 25 + n), (8, 24 + n), (18, 25.5 + n), (27, 23 + n)]
    outer = [
        (38, 24),
        (38.5, 30),
        (37.5, 37),
        (37.5, 46 + m * 0.7),
        (30, 51.5 + m),
        (18, 51 + m * 0.8),
        (4, 43 + m * 0.3),
        (-8, 33),
        (-6, 4),
    ]
    return [*outer, (0, 6), (4, 18), (14, 25 + n), (26, 23.5 + n)]


def _moustache(face: FaceMap, n: float, tone: str, ink: Ink) -> str:
    if face.view == "side":
        return ink.shape(smooth([(38.5, 23.5), (40.5, 27), (36, 30.5), (27, 32), (24.5, 31), (30, 25.5)]), tone)
    top = [(-13, 31.5), (-7, 25.8), (0, 24.4), (7, 25.8), (13, 31.5)]
    low = [(8, 30.2), (0, 28.6), (-8, 30.2)]
    return ink.shape(smooth([face.at(x, y, n / 0.42) for x, y in [*top, *low]], tension=0.9), tone)
