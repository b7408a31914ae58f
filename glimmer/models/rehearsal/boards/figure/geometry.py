"""Plane geometry for drawn figures: smooth paths, tubes of varying width, and the shadow and light bands that run along them.

Points are (x, y) in cm, y downwards. Every function returns plain points or the text of an SVG path; nothing here knows a colour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = [
    "Point", "band", "bone_line", "circle", "fmt", "hull", "lerp", "path", "polyline", "resample", "smooth", "tube", "turn",
]  # fmt: skip

Point = tuple[float, float]


def fmt(value: float) -> str:
    """A coordinate with two digits at most, "-0" avoided: short files, the same text on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def lerp(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def turn(point: Point, degrees: float, about: Point = (0.0, 0.0)) -> Point:
    """`point` turned clockwise (y is down) around `about`."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = point[0] - about[0], point[1] - about[1]
    return about[0] + x * c - y * s, about[1] + x * s + y * c


def polyline(points: Sequence[Point], *, closed: bool = True) -> str:
    """Straight lines through the points."""
    text = "M" + "L".join(f"{fmt(x)} {fmt(y)}" for x, y in points)
    return text + "Z" if closed else text


def smooth(points: Sequence[Point], *, closed: bool = True, tension: float = 1.0) -> str:
    """A path that passes through all points without corners (Catmull-Rom as cubic Béziers)."""
    n = len(points)
    if n < 3:
        return polyline(points, closed=closed)
    out = [f"M{fmt(points[0][0])} {fmt(points[0][1])}"]
    k = tension / 6
    for i in range(n if closed else n - 1):
        p0 = points[(i - 1) % n] if closed or i > 0 else points[0]
        p1, p2 = points[i], points[(i + 1) % n]
        p3 = points[(i + 2) % n] if closed or i + 2 < n else points[-1]
        out.append(
            f"C{fmt(p1[0] + (p2[0] - p0[0]) * k)} {fmt(p1[1] + (p2[1] - p0[1]) * k)} "
            f"{fmt(p2[0] - (p3[0] - p1[0]) * k)} {fmt(p2[1] - (p3[1] - p1[1]) * k)} {fmt(p2[0])} {fmt(p2[1])}"
        )
    return "".join(out) + ("Z" if closed else "")


def path(d: str, fill: str = "none", *, stroke: str = "", width: float = 0.0, opacity: float = 1.0) -> str:
    """One <path>. Opacity goes to fill-opacity and stroke-opacity, which need no layer of their own when rendered."""
    text = f'<path d="{d}" fill="{fill}"'
    if opacity < 1 and fill != "none":
        text += f' fill-opacity="{fmt(opacity)}"'
    if stroke and width > 0:
        text += f' stroke="{stroke}" stroke-width="{fmt(width)}" stroke-linejoin="round" stroke-linecap="round"'
        if opacity < 1:
            text += f' stroke-opacity="{fmt(opacity)}"'
    return text + "/>"


def circle(centre: Point, radius: float, fill: str, opacity: float = 1.0) -> str:
    see = f' fill-opacity="{fmt(opacity)}"' if opacity < 1 else ""
    return f'<circle cx="{fmt(centre[0])}" cy="{fmt(centre[1])}" r="{fmt(radius)}" fill="{fill}"{see}/>'


def resample(points: Sequence[Point], radii: Sequence[float], per_segment: int = 4) -> tuple[list[Point], list[float]]:
    """The same line with `per_segment` points a stretch, curved through the given ones; radii eased along."""
    out: list[Point] = []
    wide: list[float] = []
    n = len(points)
    for i in range(n - 1):
        p0, p1, p2, p3 = points[max(0, i - 1)], points[i], points[i + 1], points[min(n - 1, i + 2)]
        r0, r1, r2, r3 = radii[max(0, i - 1)], radii[i], radii[i + 1], radii[min(n - 1, i + 2)]
        for j in range(per_segment):
            t = j / per_segment
            a, b, c, d = _catmull(t)
            out.append((p0[0] * a + p1[0] * b + p2[0] * c + p3[0] * d, p0[1] * a + p1[1] * b + p2[1] * c + p3[1] * d))
            wide.append(max(0.05, r0 * a + r1 * b + r2 * c + r3 * d))
    return [*out, points[-1]], [*wide, radii[-1]]


def _catmull(t: float) -> tuple[float, float, float, float]:
    return (
        (-t + 2 * t * t - t**3) / 2,
        (2 - 5 * t * t + 3 * t**3) / 2,
        (t + 4 * t * t - 3 * t**3) / 2,
        (-t * t + t**3) / 2,
    )


def _normals(line: Sequence[Point]) -> list[Point]:
    out = []
    for i in range(len(line)):
        a, b = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = math.hypot(dx, dy) or 1.0
        out.append((dy / length, -dx / length))
    return out


def tube(line: Sequence[Point], radii: Sequence[float], *, caps: tuple[bool, bool] = (True, True), per_segment: int = 3) -> str:
    """The outline of a limb: as wide as `radii` along `line`, with round or flat ends."""
    mid, wide = resample(line, radii, per_segment)
    normal = _normals(mid)
    left = [(p[0] + n[0] * r, p[1] + n[1] * r) for p, n, r in zip(mid, normal, wide, strict=True)]
    right = [(p[0] - n[0] * r, p[1] - n[1] * r) for p, n, r in zip(mid, normal, wide, strict=True)]
    end = _cap(mid[-1], normal[-1], wide[-1]) if caps[1] else []
    start = _cap(mid[0], (-normal[0][0], -normal[0][1]), wide[0]) if caps[0] else []
    if caps == (False, False):
        return smooth(left, closed=False) + "L" + smooth(right[::-1], closed=False)[1:] + "Z"
    return smooth([*left, *end, *right[::-1], *start])


def _cap(at: Point, normal: Point, radius: float) -> list[Point]:
    """Three points round the end of a tube; `normal` points from `at` to the side the outline comes from."""
    ahead = (-normal[1], normal[0])
    return [
        (at[0] + radius * (normal[0] * c + ahead[0] * s), at[1] + radius * (normal[1] * c + ahead[1] * s))
        for c, s in ((0.71, 0.71), (0.0, 1.0), (-0.71, 0.71))
    ]


def band(line: Sequence[Point], radii: Sequence[float], side: float, inner: float, outer: float = 1.0) -> str:
    """A strip along one side of a tube, from `inner` to `outer` of its radius.

    side: > 0 the side towards +x of the picture (for a flat limb: below), < 0 the other. It narrows to nothing at both ends.
    """
    mid, wide = resample(line, radii, 3)
    normal = _normals(mid)
    lean = sum(n[0] for n in normal) + 0.35 * sum(n[1] for n in normal)
    sign = (1.0 if lean >= 0 else -1.0) * (1.0 if side > 0 else -1.0)
    last = len(mid) - 1
    far, near = [], []
    for i, (p, n, r) in enumerate(zip(mid, normal, wide, strict=True)):
        ease = inner + (outer - inner) * (1 - min(1.0, 3.5 * min(i, last - i) / max(1, last))) ** 2
        far.append((p[0] + n[0] * r * outer * sign, p[1] + n[1] * r * outer * sign))
        near.append((p[0] + n[0] * r * ease * sign, p[1] + n[1] * r * ease * sign))
    return smooth(far, closed=False) + "L" + smooth(near[::-1], closed=False)[1:] + "Z"


def bone_line(a: Point, b: Point, c: Point) -> list[Point]:
    """Seven stations along two bones, so that a joint bends like a joint and not like a hose."""
    joint = lerp(b, lerp(a, c, 0.5), 0.06)
    return [a, lerp(a, b, 0.45), lerp(a, b, 0.86), joint, lerp(b, c, 0.14), lerp(b, c, 0.55), c]


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull, counter-clockwise on screen (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(items: Sequence[Point]) -> list[Point]:
        out: list[Point] = []
        for p in items:
            while len(out) > 1 and (out[-1][0] - out[-2][0]) * (p[1] - out[-2][1]) <= (out[-1][1] - out[-2][1]) * (
                p[0] - out[-2][0]
            ):
                out.pop()
            out.append(p)
        return out[:-1]

    return half(ordered) + half(ordered[::-1])
