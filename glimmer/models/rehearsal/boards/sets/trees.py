"""Things that grow: trees of several habits, bushes, reeds, and the dark leaves that frame a picture."""

from __future__ import annotations

import math
from random import Random

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.palettes import Nature
from glimmer.models.rehearsal.boards.sets.stage import Stage

__all__ = ["bare", "broadleaf", "bush", "conifer", "cypress", "leaf_frame", "near_trunk", "palm", "reeds", "tree_line"]


def _blobs(blobs: list[tuple[float, float, float]]) -> str:
    return "".join(
        f"M{x - r:.0f} {y:.0f}a{r:.0f} {r:.0f} 0 1 1 {2 * r:.0f} 0a{r:.0f} {r:.0f} 0 1 1 {-2 * r:.0f} 0Z" for x, y, r in blobs
    )


def _crown(s: Stage, dice: Random, y: float, w: float, h: float, dark: str, light: str, haze: float) -> str:
    """A round crown in three tones, lit from the key's side. y is its middle."""
    blobs = []
    for i in range(8):
        a = i / 8 * 2 * math.pi + dice.uniform(-0.3, 0.3)
        blobs.append((math.cos(a) * w * 0.33, y + math.sin(a) * h * 0.3, w * dice.uniform(0.2, 0.29)))
    blobs.append((0, y, w * 0.36))
    side = s.key
    middle = [(x + side * w * 0.04, cy - h * 0.05, r * 0.82) for x, cy, r in blobs if x * side > -w * 0.2]
    top = [(x + side * w * 0.07, cy - h * 0.1, r * 0.5) for x, cy, r in blobs if x * side > -w * 0.05 and cy < y + h * 0.12]
    leaf = mix(dark, light, 0.4)
    caps = svg.path(_blobs([(x, cy - r * 0.5, r * 0.55) for x, cy, r in blobs if cy < y]), s.lit("#f2f5f8", haze), opacity=0.8)
    return (
        svg.path(_blobs(blobs), s.shade(dark, 0.28, haze))
        + svg.path(_blobs(middle), s.lit(leaf, haze))
        + svg.path(_blobs(top), s.glow(light, 0.16, haze))
        + (caps if s.weather == "snow" else "")
    )


def broadleaf(s: Stage, dice: Random, nature: Nature, height: float, haze: float = 0.0) -> str:
    """A leafy tree in cm, its foot at the origin."""
    h = height * 100
    w = h * dice.uniform(0.62, 0.85)
    t = h * 0.035
    trunk = (
        f"M{-t * 1.7:.0f} 0Q{-t:.0f} {-h * 0.1:.0f} {-t * 0.8:.0f} {-h * 0.4:.0f}L{-h * 0.1:.0f} {-h * 0.58:.0f}L{-h * 0.07:.0f} {-h * 0.6:.0f}"
        f"L0 {-h * 0.46:.0f}L{h * 0.09:.0f} {-h * 0.62:.0f}L{h * 0.12:.0f} {-h * 0.6:.0f}L{t * 0.8:.0f} {-h * 0.38:.0f}Q{t:.0f} {-h * 0.1:.0f} {t * 1.9:.0f} 0Z"
    )
    return svg.path(trunk, s.shade(nature.trunk, 0.25, haze)) + _crown(
        s, dice, -h * 0.66, w, h * 0.66, nature.leaf, nature.leaf_light, haze
    )


def conifer(s: Stage, dice: Random, nature: Nature, height: float, haze: float = 0.0) -> str:
    """A fir in cm: drooping tiers, the key's side lighter, snow on the tiers in snow."""
    h = height * 100
    tiers = 5
    dark, light, snow = [], [], []
    width = h * dice.uniform(0.30, 0.40)
    for i in range(tiers):
        y0 = -h * (0.1 + 0.78 * i / tiers)
        y1 = -h * min(1.0, 0.1 + 0.78 * (i + 1.75) / tiers)
        w = width * (1 - i / tiers * 0.82) / 2 * dice.uniform(0.9, 1.1)
        dip = h * 0.025
        dark.append(f"M{-w:.0f} {y0:.0f}Q{-w * 0.35:.0f} {(y0 + y1) / 2:.0f} 0 {y1:.0f}Q{w * 0.35:.0f} {(y0 + y1) / 2:.0f} {w:.0f} {y0:.0f}"
                    f"Q{w * 0.5:.0f} {y0 + dip:.0f} 0 {y0 + dip * 0.5:.0f}Q{-w * 0.5:.0f} {y0 + dip:.0f} {-w:.0f} {y0:.0f}Z")  # fmt: skip
        k = s.key
        light.append(
            f"M{k * w:.0f} {y0:.0f}Q{k * w * 0.35:.0f} {(y0 + y1) / 2:.0f} 0 {y1:.0f}Q{k * w * 0.05:.0f} {(y0 + y1) / 2:.0f} {k * w * 0.25:.0f} {y0 - dip:.0f}Z"
        )
        snow.append(
            f"M0 {y1:.0f}Q{w * 0.3:.0f} {(y0 + y1) / 2:.0f} {w * 0.62:.0f} {y0 - h * 0.04:.0f}Q0 {y0 - h * 0.07:.0f} {-w * 0.62:.0f} {y0 - h * 0.04:.0f}Q{-w * 0.3:.0f} {(y0 + y1) / 2:.0f} 0 {y1:.0f}Z"
        )
    return (
        svg.rect(-h * 0.02, -h * 0.14, h * 0.04, h * 0.14, s.shade(nature.trunk, 0.3, haze))
        + svg.path("".join(dark), s.shade(nature.leaf, 0.3, haze))
        + svg.path("".join(light), s.lit(mix(nature.leaf, nature.leaf_light, 0.35), haze))
        + (svg.path("".join(snow), s.lit("#eef3f7", haze), opacity=0.85) if s.weather == "snow" else "")
    )


def cypress(s: Stage, nature: Nature, height: float, haze: float = 0.0) -> str:
    h, w = height * 100, height * 9
    one = f"M0 {-h:.0f}Q{w * 1.5:.0f} {-h * 0.4:.0f} {w:.0f} {-h * 0.08:.0f}Q0 0 {-w:.0f} {-h * 0.08:.0f}Q{-w * 1.5:.0f} {-h * 0.4:.0f} 0 {-h:.0f}Z"
    k = s.key
    two = f"M0 {-h:.0f}Q{k * w * 1.5:.0f} {-h * 0.4:.0f} {k * w:.0f} {-h * 0.08:.0f}Q{k * w * 0.3:.0f} {-h * 0.3:.0f} 0 {-h:.0f}Z"
    return svg.path(one, s.shade(nature.leaf, 0.35, haze)) + svg.path(two, s.lit(nature.leaf, haze))


def bare(s: Stage, dice: Random, nature: Nature, height: float, haze: float = 0.0, *, tone: str = "") -> str:
    """A leafless tree: forked limbs, tapering."""
    parts: list[tuple[float, list[svg.Point]]] = []

    def grow(x: float, y: float, angle: float, length: float, width: float, depth: int) -> None:
        bend = dice.uniform(-0.25, 0.25)
        mx, my = x + math.cos(angle + bend) * length * 0.5, y - math.sin(angle + bend) * length * 0.5
        ex, ey = x + math.cos(angle) * length, y - math.sin(angle) * length
        parts.append((width, [(x, y), (mx, my), (ex, ey)]))
        if depth:
            for turn in (dice.uniform(0.3, 0.65), -dice.uniform(0.25, 0.6)):
                grow(ex, ey, angle + turn, length * dice.uniform(0.6, 0.8), width * 0.6, depth - 1)

    grow(0, 0, math.pi / 2 + dice.uniform(-0.12, 0.12), height * 33, height * 4.2, 4)
    colour = tone or s.shade(nature.trunk, 0.4, haze)
    by_width: dict[float, str] = {}
    for width, points in parts:
        key = round(width, 1)
        by_width[key] = by_width.get(key, "") + svg.smooth(points)
    return svg.group(
        *(svg.path(d, None, stroke_width=w) for w, d in by_width.items()), fill="none", stroke=colour, stroke_linecap="round"
    )


def palm(s: Stage, dice: Random, nature: Nature, height: float, haze: float = 0.0) -> str:
    """A palm that leans, with drooping fronds."""
    h = height * 100
    lean = dice.uniform(-0.22, 0.22) * h
    t = h * 0.022
    trunk = f"M{-t * 1.6:.0f} 0Q{-t + lean * 0.1:.0f} {-h * 0.5:.0f} {lean - t * 0.6:.0f} {-h:.0f}L{lean + t * 0.6:.0f} {-h:.0f}Q{t + lean * 0.15:.0f} {-h * 0.5:.0f} {t * 1.6:.0f} 0Z"
    dark: list[str] = []
    light: list[str] = []
    for i in range(9):
        a = math.pi * (i / 8 * 1.3 - 0.15)
        r = h * dice.uniform(0.36, 0.46)
        ex, ey = lean + math.cos(a) * r, -h - math.sin(a) * r * 0.55 + r * 0.25
        cx, cy = lean + math.cos(a) * r * 0.55, -h - math.sin(a) * r * 0.75 - r * 0.12
        blade = f"M{lean:.0f} {-h:.0f}Q{cx:.0f} {cy:.0f} {ex:.0f} {ey:.0f}Q{cx:.0f} {cy + r * 0.26:.0f} {lean:.0f} {-h:.0f}Z"
        (light if math.cos(a) * s.key > 0 else dark).append(blade)
    return (
        svg.path(trunk, s.shade(nature.trunk, 0.1, haze))
        + svg.path("".join(dark), s.shade(nature.leaf, 0.25, haze))
        + svg.path("".join(light), s.lit(mix(nature.leaf, nature.leaf_light, 0.5), haze))
    )


def bush(s: Stage, dice: Random, nature: Nature, size: float, haze: float = 0.0, *, flowers: str = "") -> str:
    """A round bush `size` metres wide."""
    w = size * 100
    blobs = [
        (-w * 0.3, -w * 0.16, w * 0.2),
        (0, -w * 0.26, w * 0.27),
        (w * 0.3, -w * 0.17, w * 0.21),
        (w * 0.12, -w * 0.12, w * 0.2),
        (-w * 0.14, -w * 0.1, w * 0.19),
    ]
    lit = [(x + s.key * w * 0.04, y - w * 0.06, r * 0.66) for x, y, r in blobs[:3]]
    dots = (
        [
            svg.circle(dice.uniform(-0.38, 0.38) * w, -dice.uniform(0.08, 0.42) * w, w * 0.028, s.lit(flowers, haze))
            for _ in range(9)
        ]
        if flowers
        else []
    )
    top = (
        svg.path(_blobs([(x, y - r * 0.45, r * 0.6) for x, y, r in blobs[:3]]), s.lit("#f2f5f8", haze), opacity=0.85)
        if s.weather == "snow"
        else ""
    )
    foot = svg.rect(-w * 0.42, -w * 0.12, w * 0.84, w * 0.12, s.shade(nature.leaf, 0.32, haze), rx=w * 0.05)
    return (
        foot
        + svg.path(_blobs(blobs), s.shade(nature.leaf, 0.28, haze))
        + svg.path(_blobs(lit), s.lit(mix(nature.leaf, nature.leaf_light, 0.5), haze))
        + top
        + "".join(dots)
    )


def reeds(s: Stage, dice: Random, nature: Nature, height: float, count: int = 12, haze: float = 0.0) -> str:
    """A clump of reeds with brown heads."""
    h = height * 100
    blades, heads = [], []
    for _ in range(count):
        x, k = dice.uniform(-0.4, 0.4) * h, dice.uniform(0.6, 1.0)
        tip = x + dice.uniform(-0.14, 0.2) * h
        blades.append(
            f"M{x - 2:.0f} 0Q{x:.0f} {-h * k * 0.6:.0f} {tip:.0f} {-h * k:.0f}Q{x + 3:.0f} {-h * k * 0.5:.0f} {x + 3:.0f} 0Z"
        )
        if dice.random() < 0.4:
            heads.append(svg.ellipse(tip, -h * k, 3.2, 11, s.shade("#6b4a2f", 0.1, haze)))
    return svg.path("".join(blades), s.shade(nature.leaf, 0.2, haze)) + "".join(heads)


def near_trunk(s: Stage, dice: Random, nature: Nature, x: float, depth: float, radius: float, haze: float) -> None:
    """A trunk that rises out of the picture, with bark and a root foot."""
    w, h = radius * 100, 1500
    lean = dice.uniform(-0.04, 0.04) * h
    body = f"M{-w * 1.9:.0f} 6Q{-w * 1.05:.0f} {-w:.0f} {-w:.0f} {-w * 5:.0f}L{-w * 0.75 + lean:.0f} {-h}L{w * 0.75 + lean:.0f} {-h}L{w:.0f} {-w * 5:.0f}Q{w * 1.1:.0f} {-w:.0f} {w * 2.1:.0f} 6Z"
    k = s.key
    edge = f"M{k * w * 2.0:.0f} 6Q{k * w * 1.05:.0f} {-w:.0f} {k * w:.0f} {-w * 5:.0f}L{k * w * 0.75 + lean:.0f} {-h}L{k * w * 0.38 + lean:.0f} {-h}L{k * w * 0.5:.0f} {-w * 5:.0f}Z"
    marks = []
    for _ in range(9 if haze < 0.4 else 0):
        mx, my, length = dice.uniform(-0.6, 0.5) * w, -dice.uniform(0.05, 0.5) * h, dice.uniform(20, 60)
        marks.append(f"M{mx:.0f} {my:.0f}q{w * 0.07:.0f} {length / 2:.0f} 0 {length:.0f}")
    bark = svg.path("".join(marks), "none", stroke=s.shade(nature.trunk, 0.6, haze), stroke_width=w * 0.07) if marks else ""
    s.add(depth, s.ground_shadow(x, depth, radius * 3, 0.3, 0.35 * (1 - haze)))
    s.hang(depth, svg.path(body, s.shade(nature.trunk, 0.34, haze)), bark, svg.path(edge, s.glow(nature.trunk, 0.12, haze)), x=x)


def tree_line(
    s: Stage, name: str, depth: float, height: float, colour: str, *, conifers: bool = False, haze: float | None = None
) -> None:
    """A far wood as one silhouette across the picture."""
    dice = s.dice(name)
    span = 0.62 * (depth + 30)
    count = 64
    d = [f"M{-span * 100:.0f} 0"]
    for i in range(count):
        x = (-span + 2 * span * (i + dice.uniform(0.2, 0.8)) / count) * 100
        h = height * dice.uniform(0.6, 1.15) * 100
        w = span / count * dice.uniform(0.8, 1.5) * 100
        if conifers:
            d.append(f"L{x - w:.0f} {-h * 0.35:.0f}L{x:.0f} {-h:.0f}L{x + w:.0f} {-h * 0.35:.0f}")
        else:
            d.append(
                f"L{x - w:.0f} {-h * 0.5:.0f}Q{x - w:.0f} {-h:.0f} {x:.0f} {-h:.0f}Q{x + w:.0f} {-h:.0f} {x + w:.0f} {-h * 0.5:.0f}"
            )
    d.append(f"L{span * 100:.0f} 0Z")
    fade = s.air(depth) if haze is None else haze
    body = s.shade(mix(colour, "#f2f5f8", 0.4 if s.weather == "snow" else 0), 0.12, fade)
    s.hang(depth, svg.path("".join(d), s.vertical((0, body), (1, mix(body, s.light.sky_low, 0.3)))))


def leaf_frame(s: Stage, nature: Nature, *, both: bool = True) -> None:
    """Dark leaves hanging into the upper corners: the near frame of wide pictures."""
    if s.close or s.eye > 4:
        return
    dice = s.dice("leaf frame")
    tone = s.shade(nature.leaf, 0.74)
    d = []
    for side in (-1, 1) if both else (-1,):
        edge = s.width / 2 - side * s.mirror * s.width * 0.5
        for i in range(34):
            t = i / 34
            x = edge + side * s.mirror * s.width * (0.3 * t + dice.uniform(-0.05, 0.02))
            y = s.height * (0.02 + 0.3 * (1 - t) ** 2 * dice.random()) - 20
            r = s.height * dice.uniform(0.03, 0.055)
            a = dice.uniform(0.3, 1.4) * side * s.mirror
            dx, dy = math.sin(a) * r, math.cos(a) * r
            d.append(
                f"M{x - dx:.0f} {y - dy:.0f}Q{x + dy * 0.7:.0f} {y - dx * 0.7:.0f} {x + dx:.0f} {y + dy:.0f}Q{x - dy * 0.5:.0f} {y + dx * 0.5:.0f} {x - dx:.0f} {y - dy:.0f}Z"
            )
        reach = edge + side * s.mirror * s.width * 0.26
        d.append(f"M{edge - side * s.mirror * s.width * 0.25:.0f} {s.top:.0f}L{reach:.0f} {s.top:.0f}Q{edge + side * s.mirror * s.width * 0.12:.0f} {s.height * 0.06:.0f} {edge:.0f} {s.height * 0.2:.0f}"
                 f"L{edge - side * s.mirror * s.width * 0.25:.0f} {s.height * 0.35:.0f}Z")  # fmt: skip
    s.add(-3, svg.path("".join(d), tone))
