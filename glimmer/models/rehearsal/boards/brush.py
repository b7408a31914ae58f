"""The brush that props and creatures are painted with: shapes in any units, lit from the board's light, measured as they are drawn.

A painter works on a free canvas (y downwards) and never thinks of size, place or ids: `Brush.drawn` puts the result at the asked
size in cm, centred on x = 0 and standing on y = 0. `solid` gives a shape its volume: a shadow side away from the key light and a
lit rim towards it, whichever way the shape is turned or mirrored. Colours are "#rrggbb" as by white daylight and go through the light;
a colour that begins with "!" shines by itself (a flame, a lit screen).

    brush = Brush(light)
    brush.solid(ellipse(0, -50, 30, 50), "#b23a48")
    egg = brush.drawn(height_cm=6)
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import mul
from typing import Final

from glimmer.models.rehearsal.boards.drawn import Drawn
from glimmer.models.rehearsal.boards.light import Light, mix
from glimmer.models.rehearsal.boards.svg import Point, group, number, path, smooth

__all__ = ["Bounds", "Brush", "blob", "bounds_of", "box", "ellipse", "limb", "star"]

Bounds = tuple[float, float, float, float]  # left, top, right, bottom
Matrix = tuple[float, float, float, float, float, float]  # as in SVG's matrix(a b c d e f)
_ARC: Final = 0.5523  # handle length of a quarter circle as one cubic
_TOKEN: Final = re.compile(r"[MLHVQCZ]|-?\d*\.?\d+")
_NUMBERS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}
_FAINT: Final = 0.43  # opacity below which nothing is measured
_ID: Final = "~"  # stands for the drawing's own prefix until all of it is known


# ── shapes: each returns path data ──────────────────────────────────────────────────────────────────────────
def ellipse(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """An ellipse, or a circle when only one radius is given."""
    ry = rx if ry is None else ry
    kx, ky = rx * _ARC, ry * _ARC
    curves = (
        (cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry),
        (cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy),
        (cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry),
        (cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy),
    )
    return f"M{number(cx - rx)} {number(cy)}" + "".join("C" + " ".join(map(number, curve)) for curve in curves) + "Z"


def box(x: float, y: float, width: float, height: float, r: float = 0.0) -> str:
    """A rectangle with its corners rounded by r."""
    r = min(r, width / 2, height / 2)
    if r <= 0:
        return f"M{number(x)} {number(y)}H{number(x + width)}V{number(y + height)}H{number(x)}Z"
    right, low = x + width, y + height
    n = number
    return (
        f"M{n(x + r)} {n(y)}H{n(right - r)}Q{n(right)} {n(y)} {n(right)} {n(y + r)}V{n(low - r)}Q{n(right)} {n(low)} {n(right - r)} {n(low)}"
        f"H{n(x + r)}Q{n(x)} {n(low)} {n(x)} {n(low - r)}V{n(y + r)}Q{n(x)} {n(y)} {n(x + r)} {n(y)}Z"
    )


def blob(*points: Point) -> str:
    """A closed soft curve through the points."""
    return smooth(points, closed=True)


def limb(points: Sequence[Point], widths: Sequence[float]) -> str:
    """A tapering limb with round ends along the points: legs, tails, tentacles. One width a point."""
    left: list[Point] = []
    right: list[Point] = []
    for i, ((x, y), width) in enumerate(zip(points, widths, strict=True)):
        (ax, ay), (bx, by) = points[max(0, i - 1)], points[min(len(points) - 1, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length * width / 2, (bx - ax) / length * width / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    (x0, y0), (x1, y1) = _beyond(points[1], points[0], widths[0] * 0.42), _beyond(points[-2], points[-1], widths[-1] * 0.42)
    return smooth([(x0, y0), *left, (x1, y1), *reversed(right)], closed=True)


def _beyond(inner: Point, end: Point, distance: float) -> Point:
    length = math.hypot(end[0] - inner[0], end[1] - inner[1]) or 1.0
    return end[0] + (end[0] - inner[0]) / length * distance, end[1] + (end[1] - inner[1]) / length * distance


def star(cx: float, cy: float, outer: float, inner: float, tips: int, turn_degrees: float = -90.0) -> str:
    """A star, or a toothed wheel when inner is close to outer."""
    points = []
    for i in range(tips * 2):
        angle, r = math.radians(turn_degrees + i * 180 / tips), outer if i % 2 == 0 else inner
        points.append(f"{number(cx + r * math.cos(angle))} {number(cy + r * math.sin(angle))}")
    return "M" + "L".join(points) + "Z"


def bounds_of(d: str) -> Bounds:
    """The box around path data of absolute M, L, H, V, Q, C, Z; curves are sampled, good to about 1 %."""
    points = _outline(d)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


@lru_cache(maxsize=8192)
def _outline(d: str) -> tuple[Point, ...]:
    """Points along path data. Cached: shot after shot draws the same shapes."""
    return tuple(_along(d))


def _along(d: str) -> Iterator[Point]:
    tokens = _TOKEN.findall(d)
    x = y = 0.0
    i, verb = 0, "M"
    while i < len(tokens):
        if tokens[i] in _NUMBERS or tokens[i] == "Z":
            verb = tokens[i]
            i += 1
            continue
        count = _NUMBERS[verb]
        v = [float(t) for t in tokens[i : i + count]]
        i += count
        if verb in "QC":
            yield from _curve((x, y), v)
        x, y = (v[0], y) if verb == "H" else (x, v[0]) if verb == "V" else (v[-2], v[-1])
        yield x, y


def _weights(t: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    u = 1 - t
    return (u * u, 2 * u * t, t * t), (u**3, 3 * u * u * t, 3 * u * t * t, t**3)


_STEPS: Final = tuple(_weights(t) for t in (0.17, 0.33, 0.5, 0.67, 0.83))  # of quadratic and cubic curves


def _curve(start: Point, v: list[float]) -> Iterator[Point]:
    xs, ys = (start[0], *v[::2]), (start[1], *v[1::2])
    for quadratic, cubic in _STEPS:
        weights = quadratic if len(v) == 4 else cubic
        yield sum(map(mul, weights, xs)), sum(map(mul, weights, ys))


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    return (
        a * n[0] + c * n[1], b * n[0] + d * n[1], a * n[2] + c * n[3], b * n[2] + d * n[3],
        a * n[4] + c * n[5] + e, b * n[4] + d * n[5] + f,
    )  # fmt: skip


class Brush:
    """Collects shapes. `marks` are named circles (a head, a grip) in the same cm as the drawing, known after `drawn`."""

    def __init__(self, light: Light) -> None:
        self.light = light
        self.marks: dict[str, tuple[float, float, float]] = {}
        self._parts: list[str] = []
        self._defs: list[str] = []
        self._matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self._box: list[float] = [math.inf, math.inf, -math.inf, -math.inf]
        self._unmeasured = 0

    # ── colour ──────────────────────────────────────────────────────────────────────────────────────────────
    def ink(self, colour: str, tone: float = 0.0) -> str:
        """`colour` in this light; tone < 0 is towards shadow, > 0 towards the key. "!#rrggbb" shines by itself."""
        if colour.startswith("!"):
            bare = colour[1:]
            own = bare if self.light.lamps else mix(self.light.lit(bare), bare, 0.6)
            return mix(own, "#ffffff", tone) if tone > 0 else mix(own, self.light.shadow, -tone)
        if not colour.startswith("#"):
            return colour  # "none", a gradient
        return self.light.shade(colour, -tone) if tone < 0 else self.light.glow(colour, tone)

    def across(self, *stops: tuple[float, str], down: bool = True) -> str:
        """A gradient over a shape's box, from top to bottom or from left to right; colours as for `ink`."""
        name = f"{_ID}{len(self._defs)}"
        inner = "".join(f'<stop offset="{number(at)}" stop-color="{self.ink(colour)}"/>' for at, colour in stops)
        ends = 'x1="0" y1="0" x2="0" y2="1"' if down else 'x1="0" y1="0" x2="1" y2="0"'
        self._defs.append(f'<linearGradient id="{name}" {ends}>{inner}</linearGradient>')
        return f"url(#{name})"

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────
    def flat(self, d: str, colour: str, tone: float = 0.0, opacity: float | None = None) -> None:
        """One even fill. What is fainter than `_FAINT` (steam, a beam) does not count as part of the size."""
        if opacity is None or opacity >= _FAINT:
            self._measure(d)
        self._parts.append(path(d, self.ink(colour, tone), opacity=opacity))

    def line(self, d: str, colour: str, width: float, tone: float = 0.0, opacity: float | None = None, cap: str = "round") -> None:
        """A stroke with round ends and joints; a faint one does not count as part of the size."""
        if opacity is None or opacity >= _FAINT:
            self._measure(d, width / 2)
        self._parts.append(
            path(d, "none", stroke=self.ink(colour, tone), stroke_width=float(width), stroke_linecap=cap, stroke_linejoin="round",
                 opacity=opacity)
        )  # fmt: skip

    def solid(
        self, d: str, colour: str, tone: float = 0.0, depth: float | None = None, dark: float = 0.3, rim: float = 0.34
    ) -> None:
        """A shape with volume: shadow on the far side, `depth` wide (a ninth of its smaller side), and a lit rim."""
        self._measure(d)
        left, top, right, bottom = bounds_of(d)
        small = min(right - left, bottom - top)
        depth = small * 0.13 if depth is None else depth
        ux, uy = self._towards_light()
        name = self._clip_path(d)
        base = tone
        pieces = [
            path(d, self.ink(colour, base - dark)),
            path(d, self.ink(colour, base), transform=f"translate({number(ux * depth)} {number(uy * depth)})"),
        ]
        if rim:
            thin = min(depth * 0.25, small * 0.03)
            pieces.append(
                path(d, "none", stroke=self.ink(colour, base + rim), stroke_width=thin * 2,
                     transform=f"translate({number(-ux * thin)} {number(-uy * thin)})")
            )  # fmt: skip
        self._parts.append(group(*pieces, clip_path=f"url(#{name})"))

    def halo(self, cx: float, cy: float, r: float, colour: str, strength: float = 0.6) -> None:
        """Light around something that shines; faint by day. It does not count as part of the thing's size."""
        name = f"{_ID}{len(self._defs)}"
        strength *= 1.0 if self.light.lamps else 0.45
        stops = f'<stop offset="0" stop-color="{colour}" stop-opacity="{number(strength)}"/>'
        stops += f'<stop offset="0.45" stop-color="{colour}" stop-opacity="{number(strength * 0.3)}"/>'
        stops += f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/>'
        self._defs.append(f'<radialGradient id="{name}">{stops}</radialGradient>')
        self._parts.append(path(ellipse(cx, cy, r), f"url(#{name})"))

    def shine(self, d: str, opacity: float = 0.35) -> None:
        """A pale reflection: glass, polish."""
        self.flat(d, self.light.key, 0.6, opacity)

    def eye(self, x: float, y: float, r: float, iris: str = "#3a2a1c", white: bool = False, mood: str = "") -> None:
        """An eye with its highlight. mood: "closed", "happy", "sad", "angry", "afraid" or "" for open."""
        if mood in ("closed", "happy"):
            bend = -0.9 if mood == "happy" else 0.8
            self.line(
                f"M{number(x - r)} {number(y)}Q{number(x)} {number(y + bend * r * 1.5)} {number(x + r)} {number(y)}",
                "#1b1512",
                r * 0.42,
            )
            return
        wide = 1.18 if mood == "afraid" else 1.0
        if white:
            self.flat(ellipse(x, y, r * 1.3 * wide, r * 1.36 * wide), "#f7f3ea")
            self.flat(ellipse(x + r * 0.12, y, r * 0.86), iris)
        else:
            self.flat(ellipse(x, y, r * wide), iris, -0.2)
        self.flat(ellipse(x + r * 0.12, y + r * 0.02, r * (0.5 if white else 0.72)), "#120d0c")
        self.flat(ellipse(x + r * 0.34, y - r * 0.36, r * 0.3), "!#ffffff")
        self.flat(ellipse(x - r * 0.22, y + r * 0.36, r * 0.13), "!#ffffff", opacity=0.7)

    # ── staging ─────────────────────────────────────────────────────────────────────────────────────────────
    @contextmanager
    def at(self, x: float = 0.0, y: float = 0.0, turn: float = 0.0, sx: float = 1.0, sy: float | None = None) -> Iterator[None]:
        """What is drawn inside stands at (x, y), turned by degrees and scaled; sx = -1 mirrors."""
        sy = abs(sx) if sy is None else sy
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        kept, before = self._parts, self._matrix
        self._parts, self._matrix = [], _times(before, (cos * sx, sin * sx, -sin * sy, cos * sy, x, y))
        yield
        inner, self._parts, self._matrix = self._parts, kept, before
        turned = f" rotate({number(turn)})" if turn else ""
        scaled = f" scale({sx:.4g} {sy:.4g})" if (sx, sy) != (1, 1) else ""
        self._parts.append(group(*inner, transform=f"translate({number(x)} {number(y)}){turned}{scaled}"))

    @contextmanager
    def inside(self, d: str) -> Iterator[None]:
        """What is drawn inside is cut to the shape, and does not count as part of the size."""
        name = self._clip_path(d)
        kept = self._parts
        self._parts = []
        self._unmeasured += 1
        yield
        self._unmeasured -= 1
        inner, self._parts = self._parts, kept
        self._parts.append(group(*inner, clip_path=f"url(#{name})"))

    def mark(self, name: str, x: float, y: float, r: float = 0.0) -> None:
        """Names a place: where the head is, where a hand takes hold."""
        a, b, c, d, e, f = self._matrix
        self.marks[name] = (a * x + c * y + e, b * x + d * y + f, r * math.sqrt(abs(a * d - b * c)))

    @property
    def bounds(self) -> Bounds:
        """Left, top, right, bottom of all that was measured so far, in canvas units."""
        return self._box[0], self._box[1], self._box[2], self._box[3]

    @property
    def height(self) -> float:
        return self._box[3] - self._box[1]

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """Counts this box as part of the drawing's size (for what was drawn `inside` a shape)."""
        self._measure(box(left, top, right - left, bottom - top))

    def drawn(self, *, width_cm: float = 0.0, height_cm: float = 0.0, base: float | None = None) -> Drawn:
        """All of it at the asked width or height, standing on its lowest point (or on y = `base` of the canvas)."""
        left, top, right, bottom = self._box
        bottom = bottom if base is None else base
        scale = width_cm / max(right - left, 1e-6) if width_cm else height_cm / max(bottom - top, 1e-6)
        middle = (left + right) / 2
        self.marks = {k: ((x - middle) * scale, (y - bottom) * scale, r * scale) for k, (x, y, r) in self.marks.items()}
        # Four decimals in the scale: a ring is 2 cm of a 100-unit canvas.
        transform = f"scale({scale:.5g}) translate({-middle:.3f} {-bottom:.3f})"
        text, defs = group(*self._parts, transform=transform), "".join(self._defs)
        own = "b" + hashlib.sha256((text + defs).encode()).hexdigest()[:10] + "-"
        return Drawn(text.replace(_ID, own), (right - left) * scale, (bottom - top) * scale, defs.replace(_ID, own))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────────────────
    def _clip_path(self, d: str) -> str:
        name = f"{_ID}{len(self._defs)}"
        self._defs.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath>')
        return name

    def _towards_light(self) -> Point:
        """The unit vector towards the key light in the units of the current group."""
        a, b, c, d, _, _ = self._matrix
        gx, gy = self.light.key_from * 0.62, -0.78
        det = a * d - b * c or 1.0
        x, y = (d * gx - c * gy) / det, (-b * gx + a * gy) / det
        length = math.hypot(x, y) or 1.0
        return x / length, y / length

    def _measure(self, d: str, spread: float = 0.0) -> None:
        if self._unmeasured:
            return
        a, b, c, e, tx, ty = self._matrix
        grow = spread * math.sqrt(abs(a * e - b * c))
        for x, y in _outline(d):
            px, py = a * x + c * y + tx, b * x + e * y + ty
            box_ = self._box
            box_[0], box_[1] = min(box_[0], px - grow), min(box_[1], py - grow)
            box_[2], box_[3] = max(box_[2], px + grow), max(box_[3], py + grow)
