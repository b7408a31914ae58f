"""High up and outside: the iron gallery round a lighthouse's lamp, a balcony above a town, a castle's walk.

The lighthouse's gallery is seen from the air before it: who stands at the rail has the lit lantern at one shoulder and the sea far below.
A balcony is seen from its door: the view lies behind whoever stands there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats, buildings
from glimmer.models.rehearsal.boards.sets.ground import ridge
from glimmer.models.rehearsal.boards.sets.palettes import nature
from glimmer.models.rehearsal.boards.sets.sky import paint_sky
from glimmer.models.rehearsal.boards.sets.stage import Stage
from glimmer.models.rehearsal.boards.sets.water import sea
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]

_SEA_BELOW_M: Final = -22.0
_RING_M, _LANTERN_M, _CENTRE_DEPTH_M = 3.8, 1.35, 2.1
_AT_SEA: Final = r"lighthouse|\bsea\b|ship|cliff|harbo|ocean|beach|coast|island"


def gallery(s: Stage) -> None:
    """A place with a rail high above what lies below: sea, town or hills, as the words say."""
    paint_sky(s)
    if "lighthouse" in s.words or not re.search(r"balcony|parapet|battlement|rampart|deck|walk", s.words):
        _sea_below(s)
        _lantern(s, s.dice("tower").choice((-1, 1)) * 1.75)
    else:
        _view(s)
        _balcony(s)


def _sea_below(s: Stage) -> None:
    n = nature(s)
    sea(s, n.water, near_m=-0.6 * s.camera.distance_m, swell=2.2, level=_SEA_BELOW_M)
    boats.gulls(s, "gulls", 6)
    foam, d = s.dice("foam below"), []
    for _ in range(26):
        depth = 30 + 90 * foam.random()
        x, y = s.point(foam.uniform(-1, 1) * 0.5 * (depth + 25), _SEA_BELOW_M, depth)
        w = foam.uniform(1, 4) * s.scale(depth)
        d.append(f"M{x - w:.0f} {y:.0f}q{w:.0f} {-0.16 * w:.0f} {2 * w:.0f} 0q{-w:.0f} {0.1 * w:.0f} {-2 * w:.0f} 0Z")
    s.add(100, svg.path("".join(d), mix(s.lit("#e8eff2", 0.2), s.light.sky_low, 0.3), opacity=0.45))


# ── the head of the lighthouse ──────────────────────────────────────────────────────────────────────────────
def _ring(s: Stage, x: float, radius: float, y: float, start: float, end: float) -> list[svg.Point]:
    """Points round the tower from one angle to another; 90 is away from the camera, 270 towards it."""
    steps = max(2, int(abs(end - start) / 7))
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [s.point(x + radius * math.cos(a), y, _CENTRE_DEPTH_M + radius * math.sin(a)) for a in angles]


def _lantern(s: Stage, x: float) -> None:
    """Tower, gallery floor, rails before and behind, the lit lantern room and its beams."""
    iron, stone = "#3d434c", "#e6ddcd"
    stripe = s.dice("stripe").choice(("#b8423a", "#2f5d77", "#3f4652"))
    turned = s.sideways((0, s.glow(stone, 0.1) if s.key < 0 else s.shade(stone, 0.45)), (0.5, s.shade(stone, 0.15)),
                        (1, s.shade(stone, 0.45) if s.key < 0 else s.glow(stone, 0.1)))  # fmt: skip
    shaft = [svg.polygon([(-200, 20), (200, 20), (290, 2600), (-290, 2600)], turned)]
    shaft += [
        svg.polygon([(-206 - k * 14, y), (206 + k * 14, y), (220 + k * 14, y + 330), (-220 - k * 14, y + 330)], s.shade(stripe, 0.3), opacity=0.85)
        for k, y in enumerate((330, 990, 1650))
    ]  # fmt: skip
    shaft.append(svg.polygon([(-330, 26), (330, 26), (215, 130), (-215, 130)], s.shade(stone, 0.55)))
    s.hang(_CENTRE_DEPTH_M + 0.1, *shaft, x=x)
    s.add(_CENTRE_DEPTH_M, svg.polygon(_ring(s, x, _RING_M, 0.0, 0, 360), s.shade(iron, 0.05)))
    grate = [f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}" for k in range(0, 360, 9)
             for a, b in [(_ring(s, x, 1.6, 0, k, k)[0], _ring(s, x, _RING_M - 0.1, 0, k, k)[0])]]  # fmt: skip
    s.add(_CENTRE_DEPTH_M - 0.01, svg.path("".join(grate), "none", stroke=s.shade(iron, 0.5), stroke_width=max(1.0, 0.012 * s.scale(0))))
    lip = [*_ring(s, x, _RING_M, 0.0, 180, 360), *_ring(s, x, _RING_M, -0.28, 360, 180)]
    s.add(1.5, svg.polygon(lip, s.shade(iron, 0.42)))
    _rail(s, x, 0, 180, 1.9)
    _rail(s, x, 180, 360, -0.9)
    _glass(s, x, iron, stripe)


def _rail(s: Stage, x: float, start: float, end: float, depth: float) -> None:
    """Half of the iron rail round the gallery, behind the actors or before them."""
    tone, thick = s.shade("#4a515b", 0.12), 0.045 * s.scale(min(depth, 0.0))
    if s.close and depth < 0:
        return  # it would only cross the face
    radius = _RING_M - 0.12
    bars = [svg.polyline(_ring(s, x, radius, y, start, end), tone, thick * k) for y, k in ((1.08, 1.0), (0.72, 0.55), (0.36, 0.55))]
    posts = [
        svg.line(*_ring(s, x, radius, 0.0, a, a)[0], *_ring(s, x, radius, 1.08, a, a)[0], tone, thick * 0.7)
        for a in [start + 6 + i * 12 for i in range(int((end - start) / 12))]
    ]
    shine = svg.polyline(_ring(s, x, radius, 1.095, start, end), s.glow("#6d7580", 0.4), thick * 0.3)
    s.add(depth, *posts, *bars, shine)


def _glass(s: Stage, x: float, iron: str, roof: str) -> None:
    """The lantern room: a low wall, panes with the lamp behind, a domed roof."""
    r, lit = _LANTERN_M * 100, s.light.lamps
    pane = "#ffe9ae" if lit else s.lit("#bcd3d8")
    edge = mix(pane, "#d99a4a", 0.45) if lit else s.shade("#7f98a2", 0.2)
    glass = s.sideways((0, edge), (0.5, mix(pane, "#fffdf2", 0.6) if lit else pane), (1, edge))
    dark, wall = s.shade(iron, 0.3), s.shade("#dcd2c0", 0.25)
    art = [svg.rect(-r, -92, 2 * r, 94, wall), svg.rect(-r - 6, -98, 2 * r + 12, 10, dark), svg.rect(-r, -310, 2 * r, 216, glass)]
    if lit:
        art.append(svg.ellipse(0, -205, 58, 84, "#fffdf0", opacity=0.9))
        art += [svg.ellipse(0, -205, 70 + 14 * k, 96 + 5 * k, "none", stroke="#e6b860", stroke_width=3, opacity=0.5) for k in range(3)]
    art += [svg.line(math.sin(a) * r, -310, math.sin(a) * r, -94, dark, 6) for a in (-1.57, -1.05, -0.52, 0.0, 0.52, 1.05, 1.57)]
    art += [svg.line(-r, y, r, y, dark, 5) for y in (-240, -168)]
    art.append(svg.rect(-r - 16, -322, 2 * r + 32, 16, dark))
    art.append(svg.path(f"M{-r - 16} -322C{-r * 0.8:.0f} -400 -60 -440 0 -452C60 -440 {r * 0.8:.0f} -400 {r + 16} -322Z", s.shade(roof, 0.35)))
    art += [svg.circle(0, -466, 18, dark), svg.rect(-3, -560, 6, 90, dark)]
    rays = []
    if lit:
        ray = s.sideways((0, "#fff1c0", 0.6), (0.4, "#fff1c0", 0.24), (1, "#fff1c0", 0))
        back = s.sideways((0, "#fff1c0", 0), (0.6, "#fff1c0", 0.24), (1, "#fff1c0", 0.6))
        rays = [svg.polygon([(60, -235), (3600, -900), (3600, 60), (60, -175)], ray), svg.polygon([(-60, -235), (-3600, -560), (-3600, 260), (-60, -175)], back)]  # fmt: skip
        art.append(s.halo(0, -205, 300, 260, "#fff0c0", 0.55))
    s.hang(_CENTRE_DEPTH_M + 0.05, *rays, x=x)
    s.hang(1.95, *art, x=x)


# ── a balcony ───────────────────────────────────────────────────────────────────────────────────────────────
def _view(s: Stage) -> None:
    n = nature(s)
    if re.search(_AT_SEA, s.words):
        _sea_below(s)
        return
    if re.search(r"castle|palace|villa|mountain|monastery|abbey", s.words):
        for name, depth, height, rise, tone in (("a", 1800, 160, 130, n.rock), ("b", 700, 20, 30, n.leaf), ("c", 260, -6, 8, n.grass)):
            ridge(s, name, depth, height, rise, tone)
        far, near = s.lit(n.grass_far, 0.6), s.shade(n.grass, 0.25, 0.2)
    else:
        tone = s.dice("town").choice(("#6f7f94", "#7c7488", "#8a7d78"))
        for name, depth, low, high, haze in (("a", 900, 10, 110, 0.8), ("b", 420, 2, 50, 0.6), ("c", 170, -8, 14, 0.4)):
            buildings.skyline(s, name, depth, low, high, mix(tone, "#3a4358", 0.2), haze=haze, count=24)
        far, near = s.shade(tone, 0.2, 0.55), s.shade(tone, 0.45, 0.2)
    y = s.point(0, 0, 900)[1]
    s.add(165, svg.rect(s.left, y, s.right - s.left, s.bottom - y, s.vertical_px(y, y + 0.12 * s.focal, (0, far), (1, near))))


def _balcony(s: Stage) -> None:
    """Flagstones, a balustrade, pots, and the jamb of the door we look out of."""
    stone = s.dice("stone").choice(("#cfc3ae", "#b9b0a4", "#c4a98c"))
    y0, y1 = s.point(0, 0, 1.5)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    s.add(2.0, svg.rect(s.left, y0, s.right - s.left, s.bottom - y0, s.vertical_px(y0, y1, (0, s.lit(stone)), (1, s.shade(stone, 0.42)))))
    joints = [f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}" for i in range(-9, 10) for a, b in [(s.point(i * 0.8, 0, 1.5), s.point(i * 0.8, 0, -3))]]
    s.add(1.95, svg.path("".join(joints), "none", stroke=s.shade(stone, 0.4), stroke_width=max(1.0, 0.01 * s.scale(0)), opacity=0.6))
    if re.search(r"castle|battlement|rampart|parapet|tower", s.words):
        s.add(1.5, s.box(-12, 12, 0, 0.75, 1.5, 2.0, stone))
        for i in range(-6, 7):
            s.add(1.48, s.box(i * 1.5 - 0.42, i * 1.5 + 0.42, 0.75, 1.45, 1.5, 2.0, stone))
    else:
        form = "M-5 -12Q-12 -28 -4 -42Q-3 -60 -7 -78H7Q3 -60 4 -42Q12 -28 5 -12Z"
        fill = s.sideways((0, s.glow(stone, 0.1)), (1, s.shade(stone, 0.4)))
        s.hang(1.5, *(svg.path(form, fill, transform=f"translate({x} 0)") for x in range(-600, 601, 26)))
        s.add(1.49, s.box(-12, 12, 0.78, 0.92, 1.4, 1.7, stone), s.box(-12, 12, 0, 0.13, 1.4, 1.7, stone))
    for x in (-2.6, 2.8):
        pot = svg.path("M-16 0L-21 -36H21L16 0Z", s.shade("#b0633f", 0.12)) + "".join(
            svg.ellipse(k * 11, -48 - 9 * (k % 2), 15, 17, s.shade("#5d8a52", 0.06 * (k + 3))) for k in (-2, -1, 0, 1, 2)
        )
        s.hang(1.0, pot, x=x)
    s.spot("stand", 0.0)
    s.spot("lean", 0.9)


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {"gallery": gallery}
