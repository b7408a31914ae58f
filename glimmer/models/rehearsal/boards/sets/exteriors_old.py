"""Places with a past: graveyard, battlefield, ruins, castle."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import buildings, trees
from glimmer.models.rehearsal.boards.sets.ground import foreground_grass, ground, ridge, rocks, strewn, trail, tufts
from glimmer.models.rehearsal.boards.sets.palettes import nature
from glimmer.models.rehearsal.boards.sets.sky import paint_sky
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


def graveyard(s: Stage) -> None:
    """Leaning stones, crosses and an angel, a bare tree, iron railings, a chapel in the mist."""
    n = nature(s)
    dice = s.dice("graveyard")
    paint_sky(s)
    ridge(s, "far", 500, 24, 14, n.grass_far, haze=0.74)
    trees.tree_line(s, "yews", 110, 9, n.leaf, haze=0.55)
    s.hang(75, buildings.spire(s, 19, "#a8a29a", 0.42), x=dice.choice((-1, 1)) * dice.uniform(10, 18))
    grass = mix(n.grass, "#5f6f66", 0.4)
    ground(s, grass, mix(n.grass_far, "#8a9a94", 0.4))
    trail(s, mix(n.earth, "#b0a898", 0.4), 0.8, bend=1.8)
    side = dice.choice((-1, 1))
    s.hang(13, trees.bare(s, s.dice("tree"), n, 7.5, 0.1), x=side * 6.0)
    s.hang(30, trees.bare(s, s.dice("tree2"), n, 7, 0.3), x=-side * 12)
    _railings(s, 34)
    for row, depth in enumerate((28.0, 21.0, 15.5, 11, 7.5, 4.8, 2.9)):
        for k in range(-4, 5):
            own = s.dice(f"stone{row}{k}")
            x = k * (1.5 + 0.09 * depth) + own.uniform(-0.4, 0.4)
            if abs(x) < 1.5 or own.random() < 0.25:
                continue
            s.add(depth + 0.1, s.ground_shadow(x, depth, 0.5, 0.15, 0.25))
            s.hang(depth, _grave(s, own, min(0.5, depth / 70)), x=x)
    s.hang(9, _angel(s), x=-side * 3.4)
    for x, d in ((-2.6, 3.6), (2.4, 4.4)):
        s.hang(
            d,
            svg.path("M-8 0q-4 -12 4 -14h8q8 2 4 14Z", s.shade("#8a5a48", 0.2)),
            *(svg.circle(a, b, 4.5, s.lit(n.flower)) for a, b in ((-5, -18), (4, -20), (10, -15))),
            x=x,
        )
    tufts(s, n.leaf, 110, height=0.2)
    mist = mix(s.light.sky_low, "#ffffff", 0.1)
    for depth in (24.0, 9.0):
        y = s.point(0, 0.3, depth)[1]
        half = 0.6 * s.scale(depth)
        s.add(
            depth - 0.5,
            svg.rect(s.left, y - half, s.right - s.left, 2 * half, s.vertical((0, mist, 0), (0.5, mist, 0.34), (1, mist, 0))),
        )
    if not s.close and s.eye < 4:
        s.hang(
            -2.6 if s.sees(-2.6) else -0.5,
            trees.bare(s, s.dice("front tree"), n, 8, 0.0, tone=s.shade(n.trunk, 0.8)),
            x=-side * 3.6,
        )
    foreground_grass(s, n.leaf, height=0.16)


def _grave(s: Stage, own: Random, haze: float) -> str:
    tone = own.choice(("#9a9a96", "#85898c", "#a8a294", "#757b80"))
    w, h, tilt = own.uniform(22, 32), own.uniform(56, 100), own.uniform(-7, 7)
    kind = own.randrange(4)
    if kind == 0:
        d = f"M{-w} 0V{-h * 0.7:.0f}A{w} {w} 0 0 1 {w} {-h * 0.7:.0f}V0Z"
    elif kind == 1:
        d = f"M-7 0V{-h * 0.6:.0f}H{-w}V{-h * 0.78:.0f}H-7V{-h * 1.15:.0f}H7V{-h * 0.78:.0f}H{w}V{-h * 0.6:.0f}H7V0Z"
    elif kind == 2:
        d = f"M{-w} 0V{-h * 0.8:.0f}L0 {-h:.0f}L{w} {-h * 0.8:.0f}V0Z"
    else:
        d = f"M{-w} 0V{-h * 0.9:.0f}H{w}V0Z"
    lines = (
        "".join(svg.rect(-w * 0.5, -h * (0.62 - 0.12 * k), w, 3, s.shade(tone, 0.45, haze)) for k in range(3)) if kind != 1 else ""
    )
    cap = (
        svg.path(
            f"M{-w} {-h * 0.8:.0f}Q0 {-h * 1.05:.0f} {w} {-h * 0.8:.0f}Q0 {-h * 0.9:.0f} {-w} {-h * 0.8:.0f}Z",
            s.lit("#f2f5f8", haze),
        )
        if s.weather == "snow"
        else ""
    )
    edge = svg.path(d, s.shade(tone, 0.5, haze), transform=f"translate({-s.key * 5} 0)")
    return svg.group(
        edge,
        svg.path(d, s.vertical((0, s.glow(tone, 0.1, haze)), (1, s.shade(tone, 0.36, haze)))),
        lines,
        cap,
        transform=f"rotate({tilt:.1f})",
    )


def _angel(s: Stage) -> str:
    tone = s.shade("#b9b8b2", 0.1, 0.1)
    wings = svg.path(
        "M-8 -150Q-64 -200 -58 -110Q-44 -80 -8 -96ZM8 -150Q64 -200 58 -110Q44 -80 8 -96Z", s.shade("#b9b8b2", 0.26, 0.1)
    )
    return (
        svg.rect(-34, -58, 68, 58, s.shade("#8f8f8a", 0.25, 0.1))
        + wings
        + svg.path("M-22 -58Q-26 -120 -14 -146H14Q26 -120 22 -58Z", tone)
        + svg.circle(0, -160, 13, tone)
        + svg.circle(0, -182, 14, "none", stroke=tone, stroke_width=3)
    )


def _railings(s: Stage, depth: float) -> None:
    d = "".join(f"M{x} 0V-130l5 -12l5 12V0Z" for x in range(-3000, 3000, 42))
    s.hang(
        depth,
        svg.path(d, s.shade("#2f343a", 0.2, 0.4)),
        svg.rect(-3000, -112, 6000, 6, s.shade("#2f343a", 0.2, 0.4)),
        svg.rect(-3000, -30, 6000, 6, s.shade("#2f343a", 0.2, 0.4)),
    )


def battlefield(s: Stage) -> None:
    """Churned earth, craters, wire on crooked posts, broken trees, smoke and far fires; banners for older wars."""
    n = nature(s)
    dice = s.dice("battle")
    old = any(word in s.words for word in ("knight", "sword", "army", "king", "horde", "spear")) or dice.random() < 0.35
    mud = mix(n.earth, "#5a5148", 0.5)
    paint_sky(s)
    s.add(
        BACKDROP * 0.9,
        svg.rect(
            s.left,
            s.horizon - 0.14 * s.focal,
            s.right - s.left,
            0.14 * s.focal,
            s.vertical((0, "#d9773f", 0), (1, "#d9773f", 0.38)),
        ),
    )
    for i in range(5):
        _smoke(s, f"smoke{i}", -60 + 30 * i + dice.uniform(-9, 9), 160, dice.uniform(16, 30))
    ridge(s, "far", 500, 16, 12, mix(mud, n.grass_far, 0.3), haze=0.7)
    ridge(s, "near", 130, 3, 3, mud, haze=0.4)
    ground(s, mud, mix(mud, n.grass_far, 0.3), patches=22)
    for i in range(7):
        own = s.dice(f"stump{i}")
        s.hang(60 - i * 8, trees.bare(s, own, n, own.uniform(3, 6), 0.4 - i * 0.05), x=own.choice((-1, 1)) * own.uniform(4, 18))
    _craters(s, mud)
    if old:
        for i in range(9):
            own = s.dice(f"banner{i}")
            s.hang(
                34 - i * 3.5,
                _banner(s, own.choice(("#8c2f35", "#3d5480", "#d8b04d")), own.uniform(-9, 9), 0.3 - i * 0.03),
                x=own.choice((-1, 1)) * own.uniform(2.6, 9),
            )
    else:
        for depth in (17, 8.5, 4.6):
            _wire(s, depth)
        _sandbags(s)
    rocks(s, mud, 16, 1.2, 24, 0.5)
    tufts(s, mix(n.grass, mud, 0.5), 40)
    dots = "".join(f"M{dice.uniform(0, 1) * s.width:.0f} {dice.uniform(0, 1) * s.height:.0f}h.1" for _ in range(36))
    s.add(-1, svg.path(dots, "none", stroke="#ffb25c", stroke_width=3.4 * s.height / 1080, stroke_linecap="round", opacity=0.8))
    foreground_grass(s, mud, height=0.1)


def _smoke(s: Stage, name: str, x: float, depth: float, height: float) -> None:
    dice = s.dice(name)
    tone = mix(s.light.shadow, s.light.sky_low, 0.45)
    art = [s.halo(0, -60, 500, 320, "#ff9a4a", 0.6)]
    for k in range(11):
        t = k / 10
        art.append(
            svg.circle(
                t * t * height * 40 + dice.uniform(-1, 1) * 120,
                -t * height * 100,
                130 + t * height * 22,
                mix(tone, s.light.sky_low, t * 0.5),
                opacity=round(0.62 - 0.45 * t, 2),
            )
        )
    s.hang(depth, *art, x=x)


def _craters(s: Stage, tone: str) -> None:
    dice = s.dice("shell holes")
    for i in range(9):
        depth = 1 + 26 * (i / 9) ** 1.4
        x = dice.choice((-1, 1)) * dice.uniform(1.8, 0.45 * (depth + 9))
        px, py = s.point(x, 0, depth)
        k, ry = dice.uniform(0.7, 1.5) * s.scale(depth), max(2.0, abs(s.point(x, 0, depth + 0.8)[1] - py))
        water = mix(s.light.sky_low, s.light.shadow, 0.3)
        s.add(
            BACKDROP / 7,
            svg.ellipse(px, py - ry * 0.2, k * 1.12, ry * 1.1, s.glow(tone, 0.12)),
            svg.ellipse(px, py, k, ry, s.shade(tone, 0.55)),
            svg.ellipse(px, py + ry * 0.25, k * 0.66, ry * 0.5, water, opacity=0.7),
        )


def _wire(s: Stage, depth: float) -> None:
    dice = s.dice(f"wire{depth}")
    tone = s.shade("#4a4038", 0.4, depth / 80)
    half = 0.5 * (depth + 12)
    art, tops = [], []
    x = -half
    while x < half:
        lean = dice.uniform(-9, 9)
        if abs(x) > 1.5:
            art.append(svg.rect(-4, -120, 8, 124, tone, transform=f"translate({x * 100:.0f} 0) rotate({lean:.0f})"))
        tops.append((x * 100 + lean * 1.6, -104.0))
        x += dice.uniform(1.5, 2.3)
    for drop in (0, 38):
        d = "".join(
            f"M{a[0]:.0f} {a[1] + drop:.0f}q{(b[0] - a[0]) / 4:.0f} 22 {(b[0] - a[0]) / 2:.0f} 10t{(b[0] - a[0]) / 2:.0f} -10"
            for a, b in zip(tops, tops[1:], strict=False)
            if abs(a[0]) > 150 and abs(b[0]) > 150
        )
        art.append(svg.path(d, "none", stroke=tone, stroke_width=3))
    s.hang(depth, *art)


def _sandbags(s: Stage) -> None:
    tone = "#a8926a"
    for side in (-1, 1):
        bags = "".join(
            svg.rect(k * 46 + (r % 2) * 22, -(r + 1) * 19, 44, 18, s.shade(tone, 0.1 + 0.08 * ((k + r) % 3)), rx=8)
            for r in range(3)
            for k in range(6 - r)
        )
        s.hang(2.4, bags, x=side * 2.1, flip=side < 0)


def _banner(s: Stage, tone: str, lean: float, haze: float) -> str:
    sway = 22 if s.weather in ("wind", "storm") else 10
    return svg.group(
        svg.rect(-4, -330, 8, 330, s.shade("#5a4636", 0.3, haze)),
        svg.path(f"M4 -322q40 {-sway} 70 0t60 6l-22 44l22 44q-30 {sway / 2} -60 0t-70 4Z", s.shade(tone, 0.12, haze)),
        svg.path("M0 -356l7 26h-14Z", s.glow("#9aa4ac", 0.2, haze)),
        transform=f"rotate({lean:.0f})",
    )


def ruins(s: Stage) -> None:
    """Broken arches and columns that nature takes back, fallen blocks, ivy."""
    n = nature(s)
    dice = s.dice("ruins")
    stone = dice.choice(("#b0a48c", "#9a9a96", "#b5977a"))
    paint_sky(s)
    ridge(s, "far", 800, 44, 22, n.grass_far, haze=0.8)
    trees.tree_line(s, "wood", 120, 9, n.leaf, haze=0.5)
    ground(s, mix(n.grass, stone, 0.25), n.grass_far)
    trail(s, mix(stone, n.earth, 0.4), 1.1, bend=1.2)
    for i, (depth, x) in enumerate(((44.0, -16.0), (38.0, 12.0), (26.0, -9.0), (21.0, 8.0))):
        own = s.dice(f"arch{i}")
        s.hang(
            depth,
            _broken_arch(s, own.uniform(6, 8.5), stone, n.leaf, min(0.45, depth / 100)),
            x=x + own.uniform(-2, 2),
            flip=own.random() < 0.5,
        )
    for i, (depth, x) in enumerate(((15, -5.6), (13, 5.4), (9.5, -4.4), (7.6, 4.6), (5.2, -4.6), (4.4, 4.7))):
        own = s.dice(f"column{i}")
        s.add(depth + 0.1, s.ground_shadow(x, depth, 0.8, 0.3, 0.3))
        s.hang(
            depth,
            _column(s, own.uniform(1.6, 5.2), stone, n.leaf_light, depth / 110, own.random() < 0.6),
            x=x + own.uniform(-0.4, 0.4),
        )
    for i in range(9):
        own = s.dice(f"block{i}")
        depth = 2 + i * 1.3
        x = own.choice((-1, 1)) * own.uniform(1.8, 4.5)
        s.add(
            depth,
            s.ground_shadow(x, depth, 0.6, 0.2, 0.25),
            s.box(x - 0.3, x + 0.3, 0, own.uniform(0.25, 0.6), depth, depth + 0.5, stone, haze=depth / 110),
        )
    s.add(0.02, s.box(1.2, 1.9, 0, 0.44, 0.02, 0.5, stone))
    s.spot("stand", 0.0)
    s.spot("sit", 1.55, 0.44, -1)
    strewn(
        s,
        "ivy",
        14,
        2,
        20,
        lambda x, d, k: s.plane(d, trees.bush(s, s.dice(f"ivy{x:.3f}"), n, 0.8 * k, d / 90, flowers=n.flower), x=x),
        clear_m=2.0,
    )
    tufts(s, n.leaf, 100, height=0.2)
    foreground_grass(s, n.leaf, height=0.18)
    trees.leaf_frame(s, n, both=False)


def _broken_arch(s: Stage, height: float, stone: str, leaf: str, haze: float) -> str:
    h = height * 100
    d = f"M-330 0V{-h:.0f}L-260 {-h * 1.08:.0f}L-180 {-h * 0.98:.0f}L-60 {-h * 1.02:.0f}L60 {-h * 0.92:.0f}L150 {-h * 0.94:.0f}L210 {-h * 0.7:.0f}L300 {-h * 0.62:.0f}L330 {-h * 0.3:.0f}V0H190V{-h * 0.45:.0f}Q180 {-h * 0.72:.0f} 0 {-h * 0.76:.0f}Q-180 {-h * 0.72:.0f} -190 {-h * 0.45:.0f}V0Z"
    joints = (
        "".join(f"M-330 {-y:.0f}h140M190 {-y:.0f}h140" for y in range(60, int(h * 0.5), 60))
        + f"M-280 {-h * 0.86:.0f}H120M-200 {-h * 0.98:.0f}v60M-60 {-h * 0.86:.0f}v-60"
    )
    ivy = "".join(
        svg.circle(-300 + k * 13, -h * 0.95 + k * 24, 22 - k, s.shade(leaf, 0.15 + 0.05 * (k % 3), haze)) for k in range(9)
    )
    return (
        svg.path(d, s.vertical((0, s.glow(stone, 0.08, haze)), (1, s.shade(stone, 0.34, haze))))
        + svg.path(joints, "none", stroke=s.shade(stone, 0.42, haze), stroke_width=4, opacity=0.7)
        + ivy
    )


def _column(s: Stage, height: float, stone: str, leaf: str, haze: float, whole: bool) -> str:
    h = height * 100
    fill = s.sideways(
        (0, s.shade(stone, 0.42, haze)), (0.36 if s.key < 0 else 0.64, s.glow(stone, 0.14, haze)), (1, s.shade(stone, 0.46, haze))
    )
    top = f"L-30 {-h:.0f}H30" if whole else f"L-32 {-h:.0f}L-12 {-h * 0.9:.0f}L8 {-h * 1.03:.0f}L31 {-h * 0.86:.0f}"
    flutes = "".join(svg.line(x, -24, x, -h * 0.84, s.shade(stone, 0.4, haze), 3) for x in (-18, -6, 7, 19))
    cap = svg.rect(-44, -h - 18, 88, 20, s.glow(stone, 0.06, haze)) if whole else ""
    ivy = "".join(
        svg.circle(-24 + (k % 3) * 9, -30 - k * 17, 12, s.shade(leaf, 0.1 + 0.1 * (k % 2), haze)) for k in range(int(h / 40))
    )
    return svg.path(f"M-36 0{top}L36 0Z", fill) + flutes + svg.rect(-48, -24, 96, 26, s.shade(stone, 0.2, haze)) + cap + ivy


def castle(s: Stage) -> None:
    """Towers and curtain walls on a rise, banners, a gate with its road; torches at night."""
    n = nature(s)
    dice = s.dice("castle")
    stone = dice.choice(("#a39a8a", "#8f959c", "#b5a184"))
    roof = dice.choice(("#5d6b80", "#8f4f43", "#4f5f58"))
    paint_sky(s)
    ridge(s, "far", 1600, 130, 60, mix(n.rock, n.grass_far, 0.5), haze=0.92)
    ridge(s, "mid", 500, 26, 14, n.grass_far, haze=0.68)
    trees.tree_line(s, "wood", 170, 9, n.leaf, conifers=dice.random() < 0.5, haze=0.5)
    ridge(s, "rise", 130, 3.5, 1.2, n.grass, haze=0.36, waves=0.6)
    s.hang(120, _keep(s, stone, roof, n.flower), x=dice.uniform(-4, 4), y=-0.2)
    trees.tree_line(s, "hedge", 112, 2.4, n.leaf, haze=0.3)
    ground(s, n.grass, n.grass_far)
    trail(s, "#bda884", 1.5, bend=1.6, far=118, edge=mix(n.grass, n.earth, 0.5))
    for i in range(6):
        own = s.dice(f"tree{i}")
        depth = 70 - i * 10
        s.hang(
            depth,
            (trees.conifer if i % 2 else trees.broadleaf)(s, own, n, own.uniform(5, 8), min(0.4, depth / 150)),
            x=own.choice((-1, 1)) * own.uniform(6, 0.36 * (depth + 12)),
        )
    for side in (-1, 1):
        s.hang(7.5, buildings.stone_wall(s, s.dice(f"wall{side}"), 8, 0.8, stone, 0.05, block=28), x=3.2 if side > 0 else -11.2)
        if s.light.lamps:
            s.hang(
                7.2,
                s.halo(0, -150, 120, 120, "#ffb25c", 0.65),
                svg.rect(-4, -130, 8, 130, s.shade("#4a3626", 0.2)),
                svg.path("M0 -172q14 18 0 34q-14 -16 0 -34Z", "#ffc44a"),
                x=side * 3.1,
            )
    rocks(s, n.rock, 10, 2, 30, 0.7)
    tufts(s, n.leaf, 100)
    foreground_grass(s, n.leaf, height=0.18)


def _tower(s: Stage, x: float, width: float, height: float, stone: str, roof: str, haze: float, *, cone: bool) -> str:
    w, h = width * 50, height * 100
    fill = s.sideways(
        (0, s.glow(stone, 0.1, haze) if s.key < 0 else s.shade(stone, 0.4, haze)),
        (1, s.shade(stone, 0.4, haze) if s.key < 0 else s.glow(stone, 0.1, haze)),
    )
    merlons = "".join(
        svg.rect(-w * 1.14 + k * w * 0.52, -h - w * 0.46, w * 0.3, w * 0.34, s.shade(stone, 0.18, haze)) for k in range(5)
    )
    slits = "".join(svg.rect(-w * 0.1, -h * y, w * 0.2, w * 0.55, s.lamp("#ffcf7a", "#3a3f48"), rx=w * 0.1) for y in (0.84, 0.5))
    top = (
        svg.polygon(
            [(-w * 1.3, -h - w * 0.1), (0, -h - w * 2.6), (w * 1.3, -h - w * 0.1)],
            s.sideways((0, s.shade(roof, 0.1, haze)), (1, s.shade(roof, 0.4, haze))),
        )
        if cone
        else merlons
    )
    return svg.group(
        svg.rect(-w, -h, 2 * w, h, fill),
        svg.rect(-w * 1.16, -h - w * 0.14, w * 2.32, w * 0.3, s.shade(stone, 0.2, haze)),
        top,
        slits,
        transform=f"translate({x * 100:.0f} 0)",
    )


def _keep(s: Stage, stone: str, roof: str, flag: str) -> str:
    haze = 0.26
    dice = s.dice("keep")
    wall = svg.rect(-1900, -620, 3800, 620, s.vertical((0, s.lit(stone, haze)), (1, s.shade(stone, 0.3, haze))))
    merlons = "".join(svg.rect(x, -670, 70, 54, s.shade(stone, 0.1, haze)) for x in range(-1900, 1880, 130))
    gate = svg.path("M-150 0V-250A150 150 0 0 1 150 -250V0Z", s.shade("#2a2422", 0.2, haze)) + svg.path(
        "M-100 0V-330M-50 0V-380M0 0V-400M50 0V-380M100 0V-330M-150 -110H150M-150 -220H150",
        "none",
        stroke=s.shade("#5a4a3a", 0.2, haze),
        stroke_width=9,
    )
    back = (
        _tower(s, -5, 5.5, 15, stone, roof, haze + 0.1, cone=True)
        + _tower(s, 5.5, 6, 12, stone, roof, haze + 0.1, cone=False)
        + _tower(s, 0.5, 4.2, 19, stone, roof, haze + 0.1, cone=True)
    )
    front = "".join(
        _tower(s, x, 4.4, 8.5 + dice.uniform(0, 2), stone, roof, haze, cone=c)
        for x, c in ((-18, True), (-10, dice.random() < 0.5), (10, dice.random() < 0.5), (18, True))
    )
    flags = "".join(
        svg.rect(x, y - 240, 10, 240, s.shade("#4a4038", 0.2, haze))
        + svg.path(
            f"M{x + 10} {y - 236}q60 -24 110 0t90 4l-40 44l40 44q-50 16 -90 -4t-110 4Z",
            s.shade(flag if k else "#b8423a", 0.1, haze),
        )
        for k, (x, y) in enumerate(((40, -2440), (-510, -2190)))
    )
    return (
        back
        + flags
        + wall
        + merlons
        + gate
        + front
        + _tower(s, -2.8, 2.4, 8.4, stone, roof, haze, cone=False)
        + _tower(s, 2.8, 2.4, 8.4, stone, roof, haze, cone=False)
    )


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "graveyard": graveyard,
    "battlefield": battlefield,
    "ruins": ruins,
    "castle": castle,
}
