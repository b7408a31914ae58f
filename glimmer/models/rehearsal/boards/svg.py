"""SVG as text: the few elements that boards are drawn with, each a function that returns one string.

Every drawing (sets, people, props) is built from these, so that numbers are short, attributes are escaped and nothing
can ever point outside the picture: there is no function for `href`, `image`, `script` or `style`.
Lengths are in whatever unit the surrounding group uses (px, or cm on a camera plane).
Keyword attributes become SVG attributes with "_" written "-": `rect(0, 0, 4, 3, "#fff", fill_opacity=0.5)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape as _escape

__all__ = [
    "Point",
    "circle",
    "clip",
    "document",
    "ellipse",
    "group",
    "line",
    "linear_gradient",
    "number",
    "path",
    "polygon",
    "polyline",
    "radial_gradient",
    "rect",
    "smooth",
    "text",
]

Point = tuple[float, float]
Stop = tuple[float, str] | tuple[float, str, float]  # offset 0..1, colour, opacity


def number(value: float) -> str:
    """A number in as few characters as a picture needs: at most two decimals, no "-0"."""
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short in ("-0", "") else short


def _value(value: object) -> str:
    if isinstance(value, float):
        return number(value) if abs(value) >= 0.1 or value == 0 else f"{value:.4f}".rstrip("0").rstrip(".")
    return _escape(str(value), {'"': "&quot;"})


def _attributes(attributes: dict[str, object]) -> str:
    return "".join(f' {name.rstrip("_").replace("_", "-")}="{_value(v)}"' for name, v in attributes.items() if v is not None)


def _element(tag: str, geometry: str, fill: str | None, attributes: dict[str, object]) -> str:
    if "opacity" in attributes:  # as paint, not as a group: resvg draws a whole layer for every element with its own opacity
        opacity = attributes.pop("opacity")
        attributes |= {"fill_opacity": opacity} if fill != "none" else {}
        attributes |= {"stroke_opacity": opacity} if "stroke" in attributes else {}
    paint = f' fill="{_value(fill)}"' if fill is not None else ""
    return f"<{tag}{geometry}{paint}{_attributes(attributes)}/>"


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def path(d: str, fill: str | None = None, **attributes: object) -> str:
    """A path; `d` is path data."""
    return _element("path", f' d="{_value(d)}"', fill, attributes)


def rect(x: float, y: float, width: float, height: float, fill: str | None = None, **attributes: object) -> str:
    """A rectangle; negative sizes become nothing of that size. `rx=` rounds the corners."""
    geometry = f' x="{number(x)}" y="{number(y)}" width="{number(max(0.0, width))}" height="{number(max(0.0, height))}"'
    return _element("rect", geometry, fill, attributes)


def circle(cx: float, cy: float, r: float, fill: str | None = None, **attributes: object) -> str:
    return _element("circle", f' cx="{number(cx)}" cy="{number(cy)}" r="{number(max(0.0, r))}"', fill, attributes)


def ellipse(cx: float, cy: float, rx: float, ry: float, fill: str | None = None, **attributes: object) -> str:
    geometry = f' cx="{number(cx)}" cy="{number(cy)}" rx="{number(max(0.0, rx))}" ry="{number(max(0.0, ry))}"'
    return _element("ellipse", geometry, fill, attributes)


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1.0, **attributes: object) -> str:
    geometry = f' x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return _element("line", geometry, None, {"stroke": stroke, "stroke_width": width, **attributes})


def polygon(points: Iterable[Point], fill: str | None = None, **attributes: object) -> str:
    return _element("polygon", f' points="{_points(points)}"', fill, attributes)


def polyline(points: Iterable[Point], stroke: str, width: float = 1.0, **attributes: object) -> str:
    """An open line through the points, not filled."""
    return _element("polyline", f' points="{_points(points)}"', "none", {"stroke": stroke, "stroke_width": width, **attributes})


def group(*children: str, transform: str = "", **attributes: object) -> str:
    """The children in a <g>; an empty string when there are none."""
    inside = "".join(children)
    if not inside:
        return ""
    return f"<g{_attributes({'transform': transform or None, **attributes})}>{inside}</g>"


def clip(name: str, *shapes: str) -> str:
    """A <clipPath>: use it with `clip_path="url(#name)"`."""
    return f'<clipPath id="{_value(name)}">{"".join(shapes)}</clipPath>'


def text(x: float, y: float, words: str, fill: str, size: float, **attributes: object) -> str:
    """Words on one line; control characters are dropped."""
    clean = "".join(c for c in words if c.isprintable())
    geometry = f' x="{number(x)}" y="{number(y)}" font-size="{number(size)}"'
    return f'<text{geometry} fill="{_value(fill)}"{_attributes(attributes)}>{_escape(clean)}</text>'


def _stops(stops: Sequence[Stop]) -> str:
    out = []
    for stop in stops:
        opacity = f' stop-opacity="{number(stop[2])}"' if len(stop) == 3 else ""
        out.append(f'<stop offset="{number(stop[0])}" stop-color="{_value(stop[1])}"{opacity}/>')
    return "".join(out)


def linear_gradient(
    name: str, stops: Sequence[Stop], x1: float = 0, y1: float = 0, x2: float = 0, y2: float = 1, **attributes: object
) -> str:
    """A gradient along (x1, y1)–(x2, y2), by default top to bottom of the shape; `gradientUnits="userSpaceOnUse"` for px."""
    ends = f' x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<linearGradient id="{_value(name)}"{ends}{_attributes(attributes)}>{_stops(stops)}</linearGradient>'


def radial_gradient(
    name: str, stops: Sequence[Stop], cx: float = 0.5, cy: float = 0.5, r: float = 0.5, **attributes: object
) -> str:
    """A gradient from the middle outwards, by default over the shape's box."""
    place = f' cx="{number(cx)}" cy="{number(cy)}" r="{number(r)}"'
    return f'<radialGradient id="{_value(name)}"{place}{_attributes(attributes)}>{_stops(stops)}</radialGradient>'


def smooth(points: Sequence[Point], closed: bool = False, tension: float = 0.5) -> str:
    """Path data for a soft curve through the points (Catmull-Rom as cubic Béziers)."""
    if len(points) < 2:
        return ""
    if closed:
        around = [points[-1], *points, points[0], points[1]]
    else:
        around = [points[0], *points, points[-1]]
    k = tension / 3
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, a, b, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        c1 = (a[0] + (b[0] - before[0]) * k, a[1] + (b[1] - before[1]) * k)
        c2 = (b[0] - (after[0] - a[0]) * k, b[1] - (after[1] - a[1]) * k)
        parts.append("C" + " ".join(f"{number(x)} {number(y)}" for x, y in (c1, c2, b)))
    return "".join(parts) + ("Z" if closed else "")


def document(width: float, height: float, *children: str, defs: str = "") -> str:
    """A whole SVG file of this size in px."""
    size = f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}"'
    head = f"<defs>{defs}</defs>" if defs else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{head}{"".join(children)}</svg>'
