"""Places above the ground: space and sky."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats
from glimmer.models.rehearsal.boards.sets.ground import ground, ridge, rocks
from glimmer.models.rehearsal.boards.sets.sky import cloud_path, paint_sky, stars
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


def space(s: Stage) -> None:
    """Stars, a nebula and a world; where the words name a moon or planet, its surface to stand on."""
    dice = s.dice("space")
    s.add(BACKDROP, s.cover(s.vertical_px(0, s.height, (0, "#04060f"), (0.6, "#0b1430"), (1, "#141c44"))))
    hues = dice.choice((("#5a3fa0", "#2f6fae", "#c9568a"), ("#2f7f8f", "#3f4fa8", "#7fd0a8"), ("#a8503f", "#5a3f8f", "#e0a45a")))
    clouds = []
    for k in range(9):
        x, y = s.sky(-0.4 + 0.1 * k + dice.uniform(-0.05, 0.05), -0.05 + 0.03 * k + dice.uniform(-0.05, 0.05))
        clouds.append(s.halo(x, y, dice.uniform(0.08, 0.2) * s.focal, dice.uniform(0.04, 0.1) * s.focal, hues[k % 3], 0.5))
    s.add(BACKDROP * 0.99, *clouds, stars(s, 230, 0.45, -0.45))
    tone = dice.choice(("#d98a5c", "#5c9ad0", "#c9b28a", "#7fb8a0"))
    _planet(s, s.key * 0.17, 0.06, 0.085, tone, dice.random() < 0.6)
    _planet(s, -s.key * 0.24, 0.13, 0.02, mix(tone, "#b9c4d0", 0.6), False)
    if any(word in s.words for word in ("moon", "mars", "planet", "asteroid", "surface", "crater")):
        _surface(s, "#b5603f" if "mars" in s.words else "#a3a4a8")
    else:
        for i in range(9):
            own = s.dice(f"rock{i}")
            depth = own.uniform(18, 70)
            _asteroid(
                s,
                own.choice((-1, 1)) * own.uniform(0.1, 0.45) * depth,
                own.uniform(-0.1, 0.2) * depth,
                depth,
                own.uniform(0.5, 1.8),
                f"rock{i}",
            )


def _planet(s: Stage, u: float, v: float, radius: float, tone: str, ring: bool) -> None:
    x, y = s.sky(u, v)
    r = radius * s.focal
    light, dark = mix(tone, "#ffffff", 0.35), mix(tone, "#05070f", 0.8)
    side = s.key * s.mirror
    ball = s.define(svg.radial_gradient("@", ((0, light), (0.55, tone), (1, dark)), 0.5 + 0.28 * side, 0.34, 0.75))
    clip = s.clip(svg.circle(x, y, r, "#fff"))
    dice = s.dice(f"planet{u:.2f}")
    bands = "".join(
        svg.ellipse(
            x,
            y + dice.uniform(-0.85, 0.85) * r,
            r * 1.05,
            r * dice.uniform(0.03, 0.1),
            mix(tone, dice.choice(("#ffffff", "#30284a")), 0.35),
            opacity=0.35,
        )
        for _ in range(8)
    )
    night = svg.circle(x + side * r * 0.5, y - r * 0.2, r * 1.25, "none", stroke="#04060f", stroke_width=r * 0.9, opacity=0.45)
    back = front = ""
    if ring:
        arc = f"M{x - r * 1.9:.0f} {y:.0f}A{r * 1.9:.0f} {r * 0.34:.0f} 0 0 "
        style: dict[str, object] = {
            "stroke": mix(tone, "#ffe9c4", 0.5),
            "stroke_width": r * 0.14,
            "opacity": 0.75,
            "transform": f"rotate(-16 {x:.0f} {y:.0f})",
        }
        back, front = (
            svg.path(arc + f"1 {x + r * 1.9:.0f} {y:.0f}", "none", **style),
            svg.path(arc + f"0 {x + r * 1.9:.0f} {y:.0f}", "none", **style),
        )
    s.add(
        BACKDROP * 0.9,
        s.halo(x, y, r * 1.5, r * 1.5, tone, 0.4),
        back,
        svg.circle(x, y, r, ball),
        svg.group(bands, night, clip_path=clip),
        front,
    )


def _surface(s: Stage, tone: str) -> None:
    """Dust, craters and far rims under a black sky."""
    light = type(s.light)(
        "#04060f", mix(tone, "#0a0f20", 0.72), "#0a0f20", 0.05, "#fff6e0", "#06080f", 0.95, s.light.lamps, s.light.key_from
    )
    s.light = light
    ridge(s, "rim far", 600, 22, 18, tone, haze=0.7, peaks=True)
    ridge(s, "rim", 160, 5, 4, tone, haze=0.4)
    ground(s, tone, mix(tone, "#20243a", 0.35), wet=False)
    dice = s.dice("craters")
    for i in range(12):
        depth = -1 + 40 * (i / 12) ** 1.6
        x, r = dice.uniform(-0.5, 0.5) * (depth + 10), dice.uniform(0.3, 1.4)
        if abs(x) < 1.2 and depth < 4:
            x += math.copysign(1.6, x)
        px, py = s.point(x, 0, depth)
        ry = max(1.5, abs(s.point(x, 0, depth + r)[1] - s.point(x, 0, max(depth - r, -3))[1]) / 2)
        k = r * s.scale(depth)
        s.add(
            BACKDROP / 7,
            svg.ellipse(px, py, k, ry, s.glow(tone, 0.3)),
            svg.ellipse(px - s.key * s.mirror * k * 0.05, py + ry * 0.08, k * 0.86, ry * 0.82, s.shade(tone, 0.55)),
            svg.ellipse(px - s.key * s.mirror * k * 0.14, py + ry * 0.2, k * 0.6, ry * 0.5, s.shade(tone, 0.34)),
        )
    rocks(s, tone, 16, 1, 30, 0.5)


def _asteroid(s: Stage, x: float, y: float, depth: float, size: float, name: str) -> None:
    dice = s.dice(name + "shape")
    points = [
        (math.cos(a) * size * 100 * r, math.sin(a) * size * 80 * r)
        for a, r in ((math.tau * k / 9, dice.uniform(0.7, 1.05)) for k in range(9))
    ]
    lit = [(px * 0.66 + s.key * size * 22, py * 0.6 - size * 16) for px, py in points]
    rock = "#6a625f"
    pits = "".join(
        svg.ellipse(
            dice.uniform(-0.4, 0.4) * size * 100, dice.uniform(-0.3, 0.3) * size * 80, size * 13, size * 10, "#332f38", opacity=0.6
        )
        for _ in range(3)
    )
    s.hang(
        depth,
        svg.path(svg.smooth(points, closed=True), mix(rock, "#0a0d1c", 0.6)),
        svg.path(svg.smooth(lit, closed=True), mix(rock, "#0a0d1c", 0.15)),
        pits,
        x=x,
        y=y,
    )


def open_sky(s: Stage) -> None:
    """Among the clouds: banks below and towers beside, the sun through them, birds; the land far down."""
    dice = s.dice("sky")
    paint_sky(s)
    y0 = s.horizon
    floor = s.vertical_px(
        y0,
        s.height,
        (0, s.light.sky_low),
        (0.5, mix(s.light.sky_low, s.light.sky_top, 0.3)),
        (1, mix(s.light.sky_top, s.light.shadow, 0.2)),
    )
    s.add(BACKDROP / 2, svg.rect(s.left, y0, s.right - s.left, s.bottom - y0, floor))
    white = mix("#ffffff", s.light.sky_low, {"day": 0.1, "dawn": 0.35, "dusk": 0.45, "night": 0.82}[s.time])
    for row in range(7):
        depth = 400 * 0.45**row + 3
        y = -1.5 - 0.012 * depth * (2 if row < 3 else 1) - 0.2 * row
        crown = mix(white, s.light.sky_low, 0.75 - 0.11 * row)
        belly = mix(crown, mix(s.light.sky_top, s.light.shadow, 0.3), 0.35 + 0.06 * row)
        for k in range(5):
            own = s.dice(f"bank{row}.{k}")
            span = 0.75 * (depth + 12)
            px, py = s.point((-1 + 0.5 * k + own.uniform(-0.15, 0.15)) * span, y + own.uniform(-0.2, 0.2), depth)
            width = span * own.uniform(0.7, 1.1) * s.scale(depth)
            if px + width < s.left or px - width > s.right:
                continue
            s.add(
                depth,
                svg.path(
                    cloud_path(own, px, py + width * 0.12, width, width * own.uniform(0.24, 0.4)),
                    s.vertical((0, crown), (0.6, mix(crown, belly, 0.5)), (1, belly, 0.0 if row < 6 else 0.7)),
                ),
            )
    boats.gulls(s, "flock", 9)
    if dice.random() < 0.5 or "balloon" in s.words:
        s.hang(60, _balloon(s), x=dice.choice((-1, 1)) * dice.uniform(8, 14), y=3)
    if not s.close:
        for side in (-1, 1):
            own = s.dice(f"near{side}")
            x = s.width / 2 + side * s.width * 0.52
            s.add(
                -2,
                svg.path(
                    cloud_path(own, x, s.height * 1.02, s.width * 0.5, s.height * 0.26),
                    s.vertical((0, white, 0.9), (1, mix(white, s.light.sky_top, 0.4), 0.75)),
                ),
            )


def _balloon(s: Stage) -> str:
    dice = s.dice("balloon")
    a, b = dice.choice((("#d9483c", "#f0e0b8"), ("#3f7fa0", "#f0c24a"), ("#7d4f9a", "#f2b0a0")))
    gores = "".join(
        svg.path(
            f"M0 -1300Q{x0} -1250 {x0} -850T0 -250Q{x1} -450 {x1} -850T0 -1300Z",
            s.shade(a if k % 2 else b, 0.08 if k * s.key > 2 * s.key else 0.22, 0.15),
        )
        for k, (x0, x1) in enumerate(((-420, -250), (-250, -80), (-80, 90), (90, 260), (260, 420)))
    )
    return (
        gores
        + svg.path("M-70 -260L-46 -90M70 -260L46 -90", None, stroke=s.shade("#4a3a30", 0.2, 0.15), stroke_width=7)
        + svg.rect(-60, -90, 120, 84, s.shade("#8a5d3a", 0.15, 0.15), rx=10)
    )


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "space": space,
    "sky": open_sky,
}
