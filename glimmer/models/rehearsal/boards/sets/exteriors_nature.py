"""Land without streets: forest, jungle, field, hills, mountain, desert, snowfield, river, garden, park."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import buildings, trees
from glimmer.models.rehearsal.boards.sets.ground import foreground_grass, ground, ridge, rocks, strewn, trail, tufts
from glimmer.models.rehearsal.boards.sets.palettes import nature
from glimmer.models.rehearsal.boards.sets.sky import paint_sky
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.boards.sets.water import water_colours
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


def _light_shafts(s: Stage, depth: float, count: int = 5, strength: float = 0.2) -> None:
    """Beams that fall through leaves from the key's side."""
    if s.weather not in ("clear", "wind", "fog") or s.eye > 4:
        return
    dice = s.dice("shafts")
    tone = s.light.key
    out = []
    for _ in range(count):
        x, w = dice.uniform(0.1, 0.9) * s.width, dice.uniform(0.03, 0.08) * s.width
        slant = -s.key * s.mirror * s.height * 0.45
        fill = s.vertical_px(0, s.height * 0.85, (0, tone, strength), (0.7, tone, strength * 0.4), (1, tone, 0))
        out.append(
            svg.polygon([(x, s.top), (x + w, s.top), (x + w * 1.7 + slant, s.height), (x - w * 0.3 + slant, s.height)], fill)
        )
    s.add(depth, *out)


def forest(s: Stage) -> None:
    """Trunks in four depths, pale behind dark, a clearing in the middle, shafts of light."""
    n = nature(s)
    dice = s.dice("forest")
    firs = dice.random() < 0.45 or s.weather == "snow"
    paint_sky(s, clouds=False)
    trees.tree_line(s, "wood far", 150, 22, n.leaf, conifers=firs, haze=0.92)
    trees.tree_line(s, "wood mid", 70, 15, n.leaf, conifers=firs, haze=0.66)
    floor = mix(n.grass, n.earth, 0.45)
    ground(s, floor, mix(n.grass_far, s.light.sky_low, 0.1))
    trail(s, n.earth, 0.9, bend=2.4)
    for i in range(16):
        depth = 52 - i * 2.6
        own = s.dice(f"tree{i}")
        x = own.choice((-1, 1)) * own.uniform(2.5, 0.5 * (depth + 6))
        haze = min(0.75, 0.12 + depth / 75)
        height = own.uniform(9, 14)
        draw = trees.conifer if firs else trees.broadleaf
        s.hang(depth, draw(s, own, n, height, haze), x=x)
    for i, (depth, x) in enumerate(((11, -3.6), (9, 4.4), (7, -5.4), (5.5, 3.1), (4.2, -3.0), (3, 5.2))):
        own = s.dice(f"trunk{i}")
        trees.near_trunk(s, own, n, x + own.uniform(-0.7, 0.7), depth, own.uniform(0.16, 0.3), min(0.4, depth / 40))
    strewn(
        s,
        "ferns",
        26,
        1.2,
        26,
        lambda x, d, k: s.plane(d, trees.bush(s, s.dice(f"fern{x:.3f}"), n, 0.7 * k, min(0.6, d / 50)), x=x),
        clear_m=1.5,
    )
    tufts(s, n.leaf_light, 70, height=0.2)
    _light_shafts(s, 2.5)
    if not s.close and s.eye < 4:
        for side in (-1, 1):
            trees.near_trunk(s, s.dice(f"front{side}"), n, side * (2.9 + 0.2 * side), -2.6, 0.3, 0.0)
    foreground_grass(s, n.leaf, height=0.16)
    trees.leaf_frame(s, n)


def jungle(s: Stage) -> None:
    """Great leaves in layers, lianas, palms, green haze."""
    n = nature(s)
    wet = type(n)("#5f8f3f", "#8fb45f", "#1f5a3c", "#4f9a48", "#4a3a2c", "#6b5a38", "#5f6a5a", n.water, "#e0534a")
    paint_sky(s, clouds=False)
    veil = s.vertical_px(s.horizon - 0.25 * s.focal, s.horizon, (0, s.lit("#7fb08a"), 0.25), (1, s.lit("#b9d8a0"), 0.75))
    s.add(BACKDROP * 0.9, s.cover(veil))
    trees.tree_line(s, "jungle far", 120, 26, wet.leaf, haze=0.85)
    trees.tree_line(s, "jungle mid", 45, 15, wet.leaf, haze=0.55)
    ground(s, mix(wet.grass, wet.earth, 0.4), wet.grass_far)
    for i in range(9):
        own = s.dice(f"palm{i}")
        depth = 34 - i * 3.2
        x = own.choice((-1, 1)) * own.uniform(2.6, 0.45 * (depth + 7))
        s.hang(depth, trees.palm(s, own, wet, own.uniform(6, 11), min(0.6, depth / 55)), x=x)
    for i, (depth, x) in enumerate(((8, 4.0), (5, -3.8), (3.4, 4.6))):
        trees.near_trunk(s, s.dice(f"trunk{i}"), wet, x, depth, 0.3, depth / 40)
    _big_leaves(s, wet.leaf, wet.leaf_light)
    _lianas(s, wet.leaf)
    tufts(s, wet.leaf_light, 80, height=0.28)
    _light_shafts(s, 2.2, 6, 0.22)
    _frond_frame(s, wet.leaf)


def _frond(x: float, y: float, angle: float, length: float, width: float) -> str:
    ex, ey = x + math.cos(angle) * length, y - math.sin(angle) * length
    nx, ny = math.sin(angle) * width, math.cos(angle) * width
    mx, my = x + math.cos(angle) * length * 0.5, y - math.sin(angle) * length * 0.5 - length * 0.1
    return f"M{x:.0f} {y:.0f}Q{mx + nx:.0f} {my + ny:.0f} {ex:.0f} {ey:.0f}Q{mx - nx:.0f} {my - ny:.0f} {x:.0f} {y:.0f}Z"


def _big_leaves(s: Stage, dark: str, light: str) -> None:
    def draw(x: float, depth: float, size: float) -> str:
        own = s.dice(f"leaf{x:.3f}")
        haze = min(0.5, depth / 45)
        one: list[str] = []
        two: list[str] = []
        for i in range(7):
            a = 0.5 + 2.2 * i / 6 + own.uniform(-0.15, 0.15)
            length = own.uniform(70, 130) * size
            leaf = _frond(0, 0, a, length, length * 0.26)
            (two if math.cos(a) * s.key > 0 else one).append(leaf)
        return s.plane(
            depth,
            svg.path("".join(one), s.shade(dark, 0.25, haze)),
            svg.path("".join(two), s.lit(mix(dark, light, 0.4), haze)),
            x=x,
        )

    strewn(s, "big leaves", 30, 1.4, 24, draw, clear_m=1.7)


def _lianas(s: Stage, colour: str) -> None:
    dice = s.dice("lianas")
    for i in range(6):
        depth, x = 3 + i * 2.2, dice.uniform(-5, 5)
        d = f"M0 -900Q{dice.uniform(-60, 60):.0f} -500 {dice.uniform(-40, 40):.0f} {-dice.uniform(180, 420):.0f}"
        s.hang(depth, svg.path(d, "none", stroke=s.shade(colour, 0.5, depth / 45), stroke_width=6, stroke_linecap="round"), x=x)


def _frond_frame(s: Stage, colour: str) -> None:
    if s.close or s.eye > 4:
        return
    dice = s.dice("fronds")
    d = []
    for side in (0, 1):
        for i in range(11):
            y = s.height * (0.05 + 0.1 * i)
            a = dice.uniform(-0.5, 0.5) if side == 0 else math.pi + dice.uniform(-0.5, 0.5)
            length = s.width * dice.uniform(0.1, 0.2) * (1.2 - 0.7 * math.sin(math.pi * i / 10))
            d.append(_frond(-30 if side == 0 else s.width + 30, y, a, length, length * 0.22))
    s.add(-3, svg.path("".join(d), s.shade(colour, 0.76)))


def field(s: Stage) -> None:
    """A wide meadow or corn under a big sky, a lone tree, a fence far off."""
    n = nature(s)
    dice = s.dice("field")
    crop = dice.choice(("", "#d8b54e", "", "#b9a4d0"))
    paint_sky(s)
    ridge(s, "far", 900, 26, 16, n.grass_far, haze=0.8)
    ridge(s, "mid", 320, 9, 6, n.leaf_light, haze=0.58)
    trees.tree_line(s, "hedge", 180, 7, n.leaf, haze=0.5)
    ground(s, crop or n.grass, mix(crop or n.grass_far, n.grass_far, 0.4))
    if crop:
        _rows(s, crop)
    trail(s, n.earth, 0.7, bend=1.8)
    s.hang(46, trees.broadleaf(s, s.dice("lone"), n, 8.5, 0.22), x=dice.uniform(8, 14) * dice.choice((-1, 1)))
    buildings.fence(s, -34, 34, 30, "#8a6f55", haze=0.16)
    strewn(s, "flowers", 60, 0.6, 16, lambda x, d, k: s.plane(d, _flower(s, n.flower, k), x=x), clear_m=0.4)
    tufts(s, mix(crop or n.grass, n.leaf, 0.35), 130, height=0.26)
    foreground_grass(s, n.leaf, height=0.24)


def _rows(s: Stage, crop: str) -> None:
    """Furrows running to the horizon."""
    out = []
    for i in range(-26, 27):
        x = i * 1.5
        fill = s.shade(crop, 0.26, 0.12)
        out.append(s.quad((x, 0, -3), (x + 0.5, 0, -3), (x + 0.5, 0, 190), (x, 0, 190), fill=fill, opacity=0.5))
    s.add(BACKDROP / 5, *out)


def _flower(s: Stage, colour: str, size: float) -> str:
    h = 24 * size
    return (
        svg.line(0, 0, 1, -h, s.shade("#4f7a3a", 0.2), 2)
        + svg.circle(1, -h, 4.4 * size, s.lit(colour))
        + svg.circle(1, -h, 1.7 * size, s.lit("#fff2c8"))
    )


def hills(s: Stage) -> None:
    """Rolling ridges, each paler than the one before it, with a path over the nearest."""
    n = nature(s)
    paint_sky(s)
    ridge(s, "a", 1600, 120, 55, mix(n.rock, n.grass_far, 0.5), haze=0.95)
    ridge(s, "b", 700, 44, 22, n.grass_far, haze=0.75)
    ridge(s, "c", 300, 14, 9, n.grass, haze=0.5)
    trees.tree_line(s, "copse", 210, 6, n.leaf, haze=0.45)
    ridge(s, "d", 110, 3.4, 3.0, n.grass, haze=0.24)
    ground(s, n.grass, n.grass_far)
    trail(s, mix(n.earth, "#d8c8a0", 0.3), 0.6, bend=3.2)
    rocks(s, n.rock, 14, 3, 40, 0.8)
    s.hang(34, trees.broadleaf(s, s.dice("lone"), n, 6.5, 0.18), x=s.dice("where").uniform(6, 11))
    buildings.fence(s, -30, -3, 24, "#8d7a66", haze=0.14)
    tufts(s, n.leaf, 110, height=0.22)
    foreground_grass(s, n.leaf, height=0.2)


def mountain(s: Stage) -> None:
    """Peaks with snow above, firs below, rocks near."""
    n = nature(s)
    dice = s.dice("mountain")
    paint_sky(s)
    _massif(s, "back", 2600, 520, n.rock, 0.78)
    _massif(s, "front", 1500, 300, mix(n.rock, "#5a6478", 0.3), 0.52)
    ridge(s, "shoulder", 520, 34, 22, mix(n.leaf, n.rock, 0.4), haze=0.5, peaks=True)
    trees.tree_line(s, "firs", 200, 13, n.leaf, conifers=True, haze=0.42)
    ground(s, mix(n.rock, n.grass, 0.42), mix(n.grass_far, n.rock, 0.3))
    trail(s, mix(n.rock, n.earth, 0.6), 0.7, bend=3.0)
    for i in range(7):
        own = s.dice(f"fir{i}")
        depth = 40 - i * 4.6
        s.hang(
            depth,
            trees.conifer(s, own, n, own.uniform(5, 9), depth / 100),
            x=own.choice((-1, 1)) * own.uniform(4, 0.45 * (depth + 9)),
        )
    rocks(s, n.rock, 20, 1.6, 34, 1.1)
    tufts(s, n.grass, 40)
    _rock_frame(s, n.rock, dice.choice((-1, 1)))


def _massif(s: Stage, name: str, depth: float, height: float, colour: str, haze: float) -> None:
    """A chain of sharp peaks, each with a lit flank, a dark flank and a snow cap."""
    dice = s.dice(name)
    span = 0.55 * depth
    if s.weather == "fog":
        haze = min(1.0, haze + 0.3)
    peaks = [(-span + 2 * span * (i + dice.uniform(0.25, 0.75)) / 7, height * dice.uniform(0.55, 1.0)) for i in range(7)]
    for x, h in sorted(peaks, key=lambda p: p[1]):
        w = h * dice.uniform(1.0, 1.35)
        X, H, W, k = x * 100, h * 100, w * 100, s.key
        body = s.vertical((0, s.shade(colour, 0.2, haze)), (1, mix(s.shade(colour, 0.2, haze), s.light.sky_low, 0.6)))
        jag = dice.uniform(0.05, 0.16)
        lit = [
            (X, -H),
            (X + k * W * 0.34, -H * 0.62),
            (X + k * W * 0.42, -H * 0.5),
            (X + k * W, 0),
            (X + k * W * 0.2, 0),
            (X + k * W * 0.12, -H * 0.4),
            (X - k * W * jag, -H * 0.62),
        ]
        cap = [
            (X, -H),
            (X + W * 0.27, -H * 0.7),
            (X + W * 0.13, -H * 0.74),
            (X + W * 0.05, -H * 0.62),
            (X - W * 0.08, -H * 0.76),
            (X - W * 0.17, -H * 0.68),
            (X - W * 0.24, -H * 0.74),
        ]
        flank = s.vertical((0, s.glow(colour, 0.2, haze)), (1, mix(s.lit(colour, haze), s.light.sky_low, 0.6)))
        s.hang(depth, svg.polygon([(X - W, 0), (X - W * 0.4, -H * 0.52), (X - W * 0.24, -H * 0.74), (X, -H), (X + W * 0.27, -H * 0.7), (X + W * 0.42, -H * 0.5), (X + W, 0)], body),
               svg.polygon(lit, flank), svg.polygon(cap, s.glow("#e9eef4", 0.25, haze * 0.8)))  # fmt: skip


def _rock_frame(s: Stage, colour: str, side: int) -> None:
    """A dark crag in one lower corner."""
    if s.close or s.eye > 4:
        return
    x = s.width / 2 + side * s.width / 2
    w, h, b = s.width * 0.24, s.height * 0.42, s.bottom
    points = [(x + side * s.width * 0.2, b), (x + side * s.width * 0.2, s.height - h * 0.95), (x, s.height - h), (x - side * w * 0.3, s.height - h * 0.62),
              (x - side * w * 0.5, s.height - h * 0.55), (x - side * w * 0.8, s.height - h * 0.16), (x - side * w * 1.1, s.height + 4), (x - side * w, b)]  # fmt: skip
    s.add(
        -3,
        svg.polygon(points, s.shade(colour, 0.74)),
        svg.polygon([points[2], points[3], (x - side * w * 0.1, s.height), (x, s.height)], s.shade(colour, 0.66)),
    )


def desert(s: Stage) -> None:
    """Dunes with a lit and a dark side, mesas far off, cactus or bones."""
    dice = s.dice("desert")
    sand, far = dice.choice((("#dcae6b", "#e8c793"), ("#cf8f5c", "#e0ac7c"), ("#d9bd8a", "#ead6ac")))
    rock = mix(sand, "#8a4a36", 0.5)
    paint_sky(s, clouds=s.weather != "clear" or dice.random() < 0.4)
    _mesas(s, rock)
    ridge(s, "dune far", 420, 16, 12, far, haze=0.55)
    ridge(s, "dune mid", 170, 6, 5, mix(sand, far, 0.5), haze=0.32)
    _dune(s, sand, 60, 4.4, 0.15)
    ground(s, sand, far, patches=16, wet=False)
    _ripples(s, sand)
    rocks(s, rock, 9, 3, 40, 0.6)
    for i in range(5):
        own = s.dice(f"cactus{i}")
        depth = 30 - i * 5
        s.hang(depth, _cactus(s, depth / 90), x=own.choice((-1, 1)) * own.uniform(3.5, 0.4 * (depth + 9)), flip=own.random() < 0.5)
    _rock_frame(s, rock, dice.choice((-1, 1)))


def _mesas(s: Stage, colour: str) -> None:
    dice = s.dice("mesas")
    for depth, haze in ((1700, 0.85), (1100, 0.66)):
        for _ in range(3):
            x, w, h = dice.uniform(-0.4, 0.4) * depth, dice.uniform(70, 190), dice.uniform(60, 120)
            W, H, k = w * 100, h * 100, s.key
            body = [(-W, 0), (-W * 0.7, -H * 0.5), (-W * 0.62, -H), (W * 0.62, -H * 0.97), (W * 0.7, -H * 0.5), (W, 0)]
            face = [(k * W * 0.1, -H * 0.98), (k * W * 0.62, -H * 0.98), (k * W * 0.7, -H * 0.5), (k * W, 0), (k * W * 0.3, 0)]
            s.hang(depth, svg.polygon(body, s.shade(colour, 0.2, haze)), svg.polygon(face, s.glow(colour, 0.2, haze)), x=x)


def _dune(s: Stage, colour: str, depth: float, height: float, haze: float) -> None:
    """One great crescent with a knife edge."""
    x = s.dice("dune").uniform(-20, 20)
    w, h, k = 4200, height * 100, s.key
    s.hang(depth, svg.path(f"M{-w} 20Q{-w * 0.5:.0f} {-h * 0.25:.0f} 0 {-h:.0f}Q{w * 0.4:.0f} {-h * 0.6:.0f} {w} 20Z", s.shade(colour, 0.24, haze)),
           svg.path(f"M0 {-h:.0f}Q{k * 700} {-h * 0.7:.0f} {k * 300} {-h * 0.2:.0f}T{k * 900} 20H{k * w}Q{k * w * 0.4:.0f} {-h * 0.6:.0f} 0 {-h:.0f}Z", s.glow(colour, 0.2, haze)), x=x)  # fmt: skip


def _ripples(s: Stage, colour: str) -> None:
    dice = s.dice("ripples")
    d = []
    for i in range(46):
        depth = -2 + 40 * (i / 46) ** 2
        x, k = dice.uniform(-0.5, 0.5) * (depth + 9), s.scale(depth)
        px, py = s.point(x, 0, depth)
        w = dice.uniform(0.4, 1.3) * k
        d.append(
            f"M{px - w:.0f} {py:.0f}q{w * 0.5:.0f} {-0.07 * k:.0f} {w:.0f} 0t{w:.0f} 0q{-w * 0.6:.0f} {0.05 * k:.0f} {-w:.0f} {0.03 * k:.0f}t{-w:.0f} {-0.03 * k:.0f}Z"
        )
    s.add(BACKDROP / 6, svg.path("".join(d), s.shade(colour, 0.3), opacity=0.45))


def _cactus(s: Stage, haze: float) -> str:
    dark, light = s.shade("#4f7a4a", 0.3, haze), s.lit("#6b9a58", haze)
    d = "M-16 0V-230a16 16 0 0 1 32 0V0ZM14 -90h26a12 12 0 0 0 12 -12V-150a11 11 0 0 1 22 0V-96a32 32 0 0 1 -32 32H14ZM-14 -130h-22a12 12 0 0 1 -12 -12V-176a10 10 0 0 0 -20 0V-136a30 30 0 0 0 30 30H-14Z"
    lines = "".join(svg.line(x, -6, x, -226, dark, 2.5) for x in (-7, 2, 9))
    return (
        svg.path(d, light)
        + svg.path("M-16 0V-230a16 16 0 0 1 12 -15V0Z" if s.key > 0 else "M16 0V-230a16 16 0 0 0 -12 -15V0Z", dark)
        + lines
    )


def snowfield(s: Stage) -> None:
    """White flats, blue shadows, ice and far peaks; an aurora on clear nights."""
    paint_sky(s)
    if s.time == "night" and s.weather in ("clear", "wind"):
        _aurora(s)
    _massif(s, "ice peaks", 1900, 260, "#93a6ba", 0.66)
    ridge(s, "drift far", 380, 12, 8, "#dbe5ee", haze=0.42)
    ridge(s, "drift", 120, 3, 2.6, "#e3ebf2", haze=0.2)
    ground(s, "#e4ecf3", "#eef3f7", patches=18, wet=False)
    _ripples(s, "#a9bed2")
    for i in range(8):
        own = s.dice(f"ice{i}")
        depth = own.uniform(8, 60)
        x = own.choice((-1, 1)) * own.uniform(3.5, 0.45 * (depth + 9))
        h = own.uniform(60, 240)
        shape = [(-h * 0.6, 0), (-h * 0.45, -h * 0.5), (-h * 0.05, -h), (h * 0.3, -h * 0.6), (h * 0.62, 0)]
        face = [(-h * 0.05, -h), (s.key * h * 0.4, -h * 0.5), (s.key * h * 0.6, 0), (0, 0)]
        s.hang(
            depth,
            svg.polygon(shape, s.shade("#9fc3dc", 0.2, depth / 160)),
            svg.polygon(face, s.glow("#d6ecf8", 0.2, depth / 160)),
            x=x,
        )
    s.hang(42, trees.conifer(s, s.dice("fir"), nature(s), 6, 0.3), x=9)


def _aurora(s: Stage) -> None:
    dice = s.dice("aurora")
    for tone, v in (("#5fe0a8", 0.10), ("#6fd0e8", 0.14), ("#b98af0", 0.17)):
        points = [s.sky(-0.5 + i / 9, v + dice.uniform(-0.02, 0.02)) for i in range(10)]
        lift = 0.09 * s.focal
        top = [(x, y - lift) for x, y in reversed(points)]
        y0 = min(y for _, y in points) - lift
        fill = s.vertical_px(y0, max(y for _, y in points), (0, tone, 0), (0.7, tone, 0.3), (1, tone, 0.55))
        s.add(BACKDROP * 0.95, svg.path(svg.smooth(points) + "L" + svg.smooth(top)[1:] + "Z", fill))


def river(s: Stage) -> None:
    """A broad bend of water between banks, reeds, far trees doubled in it."""
    n = nature(s)
    dice = s.dice("river")
    paint_sky(s)
    ridge(s, "far", 800, 50, 26, n.grass_far, haze=0.8)
    ridge(s, "mid", 260, 12, 7, n.leaf_light, haze=0.5)
    trees.tree_line(s, "bank far", 110, 9, n.leaf, haze=0.4)
    ground(s, n.grass, n.grass_far)
    far_tone, near_tone = water_colours(s, n.water)
    shape_near = [(-60, 3.2), (-14, 2.6), (-4, 2.1), (5, 2.5), (16, 3.4), (60, 3.0)]
    shape_far = [(60, 46), (20, 40), (6, 52), (-8, 44), (-24, 52), (-60, 46)]
    points = [s.point(x, 0, d) for x, d in shape_near] + [s.point(x, 0, d) for x, d in shape_far]
    y0, y1 = s.point(0, 0, 48)[1], s.point(0, 0, 2.4)[1]
    near_edge, far_edge = points[:6], points[6:]
    fill = s.vertical_px(
        y0,
        y1,
        (0, mix(far_tone, s.shade(n.leaf, 0.3), 0.55)),
        (0.16, mix(far_tone, s.shade(n.leaf, 0.2), 0.25)),
        (0.4, far_tone),
        (1, near_tone),
    )
    outline = svg.smooth(near_edge) + "L" + svg.smooth(far_edge)[1:] + "Z"
    s.add(
        BACKDROP / 6,
        svg.path(svg.smooth([(x, y + 5) for x, y in near_edge]) + "L" + svg.smooth(far_edge)[1:] + "Z", s.shade(n.earth, 0.3)),
        svg.path(outline, fill),
    )
    _current(s, far_tone)
    for i in range(6):
        own = s.dice(f"tree{i}")
        depth = own.uniform(54, 75)
        s.hang(depth, trees.broadleaf(s, own, n, own.uniform(7, 11), 0.28), x=(i - 2.5) * 12 + own.uniform(-4, 4))
    s.hang(5.5, _stones(s, n.rock), x=dice.uniform(2, 3.4))
    strewn(
        s,
        "reeds",
        9,
        1.6,
        3.0,
        lambda x, d, k: s.plane(d, trees.reeds(s, s.dice(f"reed{x:.3f}"), n, 0.85 * k), x=x),
        spread=0.4,
        clear_m=1.5,
    )
    tufts(s, n.leaf, 70, far=2.2, height=0.18)
    rocks(s, n.rock, 8, 0.8, 2.4, 0.45)
    foreground_grass(s, n.leaf, height=0.26)


def _current(s: Stage, tone: str) -> None:
    dice = s.dice("current")
    d = []
    for _ in range(46):
        depth = 3.4 + 38 * dice.random() ** 1.6
        px, py = s.point(dice.uniform(-0.5, 0.5) * (depth + 10), 0, depth)
        w = dice.uniform(0.3, 1.4) * s.scale(depth) * (1 + depth / 30)
        d.append(
            f"M{px - w:.0f} {py:.1f}q{w:.0f} {-0.03 * s.scale(depth) - 1:.1f} {2 * w:.0f} 0q{-w:.0f} {0.015 * s.scale(depth) + 0.5:.1f} {-2 * w:.0f} 0Z"
        )
    s.add(BACKDROP / 7, svg.path("".join(d), mix(tone, mix(s.light.key, "#ffffff", 0.3), 0.5), opacity=0.65))


def _stones(s: Stage, colour: str) -> str:
    return svg.ellipse(0, 6, 120, 14, mix(s.light.sky_low, "#ffffff", 0.2), opacity=0.3) + "".join(
        svg.path(f"M{x} 4q4 {-h} {w / 2} {-h}q{w / 2} 2 {w / 2} {h}Z", s.shade(colour, 0.3))
        for x, w, h in ((-90, 80, 34), (-20, 110, 52), (64, 60, 26))
    )


def garden(s: Stage) -> None:
    """A walled garden: beds in bloom, a path of flags, an arch of roses, the house's corner."""
    n = nature(s)
    dice = s.dice("garden")
    paint_sky(s)
    trees.tree_line(s, "beyond", 60, 7, n.leaf, haze=0.4)
    ground(s, n.grass, n.grass_far, patches=6)
    trail(s, "#c9b894", 0.75, bend=1.4, edge=n.earth, far=16)
    tone = dice.choice(("#b08a72", "#a9a294", "#9f6a55"))
    s.hang(14, buildings.stone_wall(s, s.dice("wall"), 40, 2.0, tone, 0.16), x=-20)
    for i in range(4):
        own = s.dice(f"tree{i}")
        s.hang(15 + i, trees.broadleaf(s, own, n, own.uniform(5, 7.5), 0.22), x=(-9, -3.8, 4.6, 10)[i] + own.uniform(-1, 1))
    for x in (-6.5, 6.4):
        s.hang(12.5, trees.cypress(s, n, 4.2, 0.12), x=x)
    blooms = (n.flower, "#d9566b", "#f0e3cf", "#9a6fc0", "#e8a13f")
    for i, (depth, x) in enumerate(
        ((12, -3.4), (12, 3.2), (11, -5.4), (11, 5.4), (8, -4.4), (8, 4.4), (5, -3.9), (5, 3.9), (2.8, -3.0), (2.6, 3.1))
    ):
        own = s.dice(f"bed{i}")
        s.hang(
            depth,
            trees.bush(s, own, n, own.uniform(1.1, 1.7), depth / 60, flowers=own.choice(blooms)),
            x=x + own.uniform(-0.3, 0.3),
        )
    s.hang(9.5, _rose_arch(s, n.leaf, dice.choice(blooms)), x=s.dice("arch").uniform(-0.8, 0.8))
    if dice.random() < 0.6:
        s.hang(6.5, buildings.bench(s), x=2.2)
    tufts(s, n.leaf_light, 50, height=0.1)
    foreground_grass(s, n.leaf, height=0.16)
    trees.leaf_frame(s, n, both=False)


def _rose_arch(s: Stage, leaf: str, bloom: str) -> str:
    dice = s.dice("roses")
    wood = s.shade("#e6dcc8", 0.1, 0.1)
    d = "M-90 0V-190a90 90 0 0 1 180 0V0h-14V-190a76 76 0 0 0 -152 0V0Z"
    blobs, dots = [], []
    for i in range(15):
        a = math.pi * (i / 14)
        x, y = -math.cos(a) * 86, -190 - math.sin(a) * 86
        blobs.append(svg.circle(x, y, dice.uniform(16, 26), s.shade(leaf, dice.uniform(0.05, 0.25), 0.1)))
        dots.append(svg.circle(x + dice.uniform(-12, 12), y + dice.uniform(-12, 12), 6, s.lit(bloom, 0.05)))
    sides = [svg.circle(x, -k * 34, 15, s.shade(leaf, 0.2, 0.1)) for x in (-84, 84) for k in range(1, 6)]
    return svg.path(d, wood) + "".join(sides) + "".join(blobs) + "".join(dots)


def park(s: Stage) -> None:
    """Lawns, an avenue with lamps and benches, the town's roofs beyond, a fountain or a pond."""
    n = nature(s)
    dice = s.dice("park")
    paint_sky(s)
    buildings.skyline(s, "town", 420, 16, 52, "#8793a3", haze=0.72)
    trees.tree_line(s, "park far", 90, 9, n.leaf, haze=0.45)
    ground(s, n.grass, n.grass_far)
    trail(s, "#cbb893", 1.7, bend=2.0, edge=mix(n.grass, n.earth, 0.6))
    for i in range(8):
        own = s.dice(f"tree{i}")
        depth, side = 44.0 - i * 5, -1 if i % 2 else 1
        s.hang(
            depth,
            trees.broadleaf(s, own, n, own.uniform(6, 9), min(0.4, depth / 110)),
            x=side * (4.4 + depth * 0.13 + own.uniform(0, 1.5)),
        )
    for depth, side in ((24.0, 1), (13.0, -1), (6.5, 1)):
        s.hang(depth, buildings.lamp_post(s, 3.4, depth / 110), x=side * 3.2)
    if dice.random() < 0.5 or "fountain" in s.words:
        s.hang(17, _fountain(s), x=dice.uniform(-1, 1))
    s.hang(3.0, buildings.bench(s), x=-2.7)
    s.add(3.0, s.ground_shadow(-2.7, 3.2, 0.9, 0.3, 0.25))
    s.hang(1.4, buildings.bench(s), x=1.9)
    s.spot("stand", 0.0)
    s.spot("sit", 1.9, 0.46, -1)
    for i in range(5):
        own = s.dice(f"bush{i}")
        s.hang(
            9 + i, trees.bush(s, own, n, own.uniform(1.2, 2), 0.12, flowers=n.flower), x=own.choice((-1, 1)) * own.uniform(4.5, 8)
        )
    tufts(s, n.leaf_light, 60, height=0.12)
    trees.leaf_frame(s, n)
    foreground_grass(s, n.leaf, height=0.1)


def _fountain(s: Stage) -> str:
    stone, spray = s.shade("#b9b1a2", 0.1, 0.12), mix(s.light.sky_low, "#ffffff", 0.45)
    jets = "".join(f"M0 -230Q{x * 0.7:.0f} -300 {x} -90" for x in (-90, -55, 55, 90))
    return (svg.path("M-170 0V-50H170V0Z", stone) + svg.ellipse(0, -50, 170, 16, s.shade("#6f9fb5", 0.1, 0.12)) + svg.rect(-14, -170, 28, 125, stone)
            + svg.path("M-70 -170H70Q40 -140 0 -138Q-40 -140 -70 -170Z", stone) + svg.rect(-7, -230, 14, 62, stone)
            + svg.path(jets, "none", stroke=spray, stroke_width=6, opacity=0.7, stroke_linecap="round"))  # fmt: skip


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "forest": forest,
    "jungle": jungle,
    "field": field,
    "hills": hills,
    "mountain": mountain,
    "desert": desert,
    "snowfield": snowfield,
    "river": river,
    "garden": garden,
    "park": park,
}
