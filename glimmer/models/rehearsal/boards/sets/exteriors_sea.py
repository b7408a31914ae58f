"""Where the sea is: lighthouse, open sea, under water, beach, harbour, a boat's deck."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats, buildings
from glimmer.models.rehearsal.boards.sets.ground import foreground_grass, ridge, rocks, strewn, trail, tufts
from glimmer.models.rehearsal.boards.sets.offshore import shores
from glimmer.models.rehearsal.boards.sets.palettes import nature
from glimmer.models.rehearsal.boards.sets.sky import paint_sky
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.boards.sets.water import foam_line, sea
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


def _coast(s: Stage, colour: str) -> None:
    """A headland far off on one side, with a small town or light on it."""
    dice = s.dice("coast")
    depth = 1500
    d = "M-90000 0V-9000Q-60000 -13000 -42000 -8500T-21000 -5200T-9000 0Z"
    tone = s.lit(colour, 0.78 if s.weather != "fog" else 1)
    x = dice.uniform(-60, 60)
    s.hang(depth, svg.path(d, s.vertical((0, tone), (1, mix(tone, s.light.sky_low, 0.5)))), x=x)
    if dice.random() < 0.5:
        s.hang(depth - 1, buildings.lighthouse(s, 34, haze=0.7, beam=False), x=x - 212, y=51)


def lighthouse(s: Stage) -> None:
    """The tower on its rock above the sea, the keeper's cottage, the path up to it; beams at night."""
    n = nature(s)
    dice = s.dice("lighthouse")
    paint_sky(s)
    sea(s, n.water, near_m=34)
    _coast(s, n.rock)
    boats.gulls(s, "gulls")
    side = 1 if dice.random() < 0.5 else -1
    rock, x = mix(n.rock, "#5e6470", 0.3), side * dice.uniform(13, 19)
    crag = [
        (-3600, 60),
        (-2900, -40),
        (-2300, -110),
        (-1500, -260),
        (-700, -330),
        (-200, -360),
        (600, -350),
        (1200, -240),
        (2000, -130),
        (2700, -20),
        (3300, 60),
    ]
    sunny = (
        [(600, -350), (1200, -240), (1700, 40), (800, 60), (300, -130)]
        if s.key > 0
        else [(-700, -330), (-1500, -260), (-2000, 40), (-900, 60), (-400, -130)]
    )
    s.hang(
        95,
        svg.polygon(crag, s.vertical((0, s.shade(rock, 0.22, 0.16)), (1, s.shade(rock, 0.5, 0.16)))),
        svg.polygon(sunny, s.glow(rock, 0.1, 0.16)),
        x=x,
    )
    s.hang(
        94.6,
        svg.path(
            "M-1700 -235Q-800 -335 -200 -372Q400 -380 900 -300Q300 -325 -200 -325Q-900 -290 -1700 -235Z", s.lit(n.grass, 0.14)
        ),
        x=x,
    )
    stripe = dice.choice(("#b8423a", "#2f5d77", "#3f4652"))
    s.hang(94, buildings.lighthouse(s, 16.5, stripe=stripe, haze=0.12), x=x + 1, y=3.4)
    buildings.house(s, s.dice("cottage"), x - 8.5, 93, 6.5, 3.0, "#e8dfcd", "#8a4b3c", haze=0.14, base=2.9)
    _surf(s, x)
    ground_from = 40.0
    _headland(s, n.grass, n.grass_far, ground_from)
    trail(s, n.earth, 0.75, bend=1.6 * side, far=ground_from)
    buildings.fence(s, -26, 26, 24, "#9a8a78", haze=0.08)
    rocks(s, n.rock, 14, 2, 22, 0.9)
    tufts(s, n.leaf, 110, height=0.26, far=20)
    foreground_grass(s, n.leaf, height=0.22)


def _surf(s: Stage, x: float) -> None:
    dice = s.dice("surf")
    foam = mix(s.lit("#f4f7f6"), s.light.sky_low, 0.2)
    d = []
    for i in range(26):
        px, py = s.point(x - 38 + 3 * i + dice.uniform(-1, 1), 0.0, 92 - dice.uniform(0, 6))
        w, h = (
            dice.uniform(1.2, 3.2) * s.scale(92),
            dice.uniform(0.25, 0.9 if s.weather in ("storm", "wind") else 0.4) * s.scale(92),
        )
        d.append(f"M{px - w:.1f} {py:.1f}Q{px - w * 0.3:.1f} {py - h:.1f} {px:.1f} {py - h:.1f}T{px + w:.1f} {py:.1f}Z")
    s.add(91, svg.path("".join(d), foam, opacity=0.75))


def _headland(s: Stage, near: str, far: str, depth: float) -> None:
    """The land we stand on, ending in an edge `depth` metres away."""
    dice = s.dice("edge")
    span = 0.7 * (depth + 24)
    edge = [s.point(-span + 2 * span * i / 14, dice.uniform(-0.15, 0.25), depth + dice.uniform(-1.5, 1.5)) for i in range(15)]
    edge.sort()  # left to right, whichever way the scene is mirrored
    y0, y1 = s.point(0, 0, depth)[1], max(s.point(0, 0, 0)[1], s.height) + 1
    fill = s.vertical_px(y0, y1, (0, s.lit(far, 0.14)), (0.3, s.lit(near, 0.04)), (0.75, s.lit(near)), (1, s.shade(near, 0.34)))
    s.add(depth + 5, svg.path(svg.smooth(edge) + f"L{s.right:.0f} {s.bottom:.0f}L{s.left:.0f} {s.bottom:.0f}Z", fill))


def open_sea(s: Stage) -> None:
    """Water and sky, the land its words name or a far ship or sail, a swell that rises near the camera."""
    n = nature(s)
    dice = s.dice("sea")
    paint_sky(s)
    water = mix(n.water, "#3f9fb0", 0.3) if s.time != "night" else n.water
    sea(s, water, near_m=-0.85 * s.camera.distance_m, swell=1.7, level=-0.5)
    if not shores(s):  # land is enough to look at
        far = dice.random() < 0.6
        ship = boats.steamer(s, s.dice("ship"), 0.62) if far else boats.sailing_boat(s, s.dice("sail"), 0.4)
        s.hang(900 if far else 260, ship, x=dice.uniform(-220, 220) if far else dice.uniform(-60, 60))
    boats.gulls(s, "gulls", 5)
    _wave(s, water, 26, 1.3, 0.12)
    _wave(s, water, 11, 0.75, 0.05)
    _wave(s, water, 3.5, 0.25, 0.0)
    if not s.close:
        _wave(s, water, -1.2, 0.75, 0.0)


def _wave(s: Stage, colour: str, depth: float, height: float, haze: float) -> None:
    """One long swell with a lit back and foam on its crest."""
    if not s.sees(depth):
        return
    dice = s.dice(f"wave{depth}")
    span, phase = 0.75 * (depth + 24), dice.uniform(0, 6)
    rough = {"storm": 2.2, "wind": 1.5, "rain": 1.2}.get(s.weather, 1.0)
    crest = [
        s.point(
            -span + 2 * span * i / 16,
            height * 0.4 + 0.28 * rough * math.sin(i * 1.25 + phase) + 0.1 * math.sin(i * 2.9) - 0.5,
            depth,
        )
        for i in range(17)
    ]
    base = s.bottom if depth < 0 else s.point(0, -0.9, depth)[1] + 0.6 * s.scale(depth)
    tone = mix(s.shade(colour, 0.28, haze), s.light.sky_low, 0.12)
    top = min(y for _, y in crest)
    fill = s.vertical_px(
        top, max(base, top + 1), (0, mix(tone, s.light.sky_low, 0.32)), (0.35, tone, 0.9), (1, tone, 0 if depth > 0 else 1)
    )
    lip = svg.path(
        svg.smooth(crest),
        "none",
        stroke=mix(s.lit("#f1f6f6", haze), s.light.sky_low, 0.35),
        stroke_width=max(1.0, 0.035 * s.scale(depth)),
        opacity=0.7,
    )
    s.add(depth, svg.path(svg.smooth(crest) + f"L{crest[-1][0]:.0f} {base:.0f}L{crest[0][0]:.0f} {base:.0f}Z", fill), lip)


def underwater(s: Stage) -> None:
    """Blue that darkens with depth, rays from the surface, sand, kelp, coral, fish, bubbles."""
    n = nature(s)
    dice = s.dice("under")
    deep = s.time == "night" or "deep" in s.words
    surface = {"day": "#8fe0dc", "dawn": "#9fd2c4", "dusk": "#5fb0b8", "night": "#2f7391"}[s.time]
    top, low = mix(n.water, surface, 0.75), "#0a2038" if deep else "#14446b"
    s.add(
        BACKDROP, s.cover(s.vertical_px(0, s.height, (0, mix(low, top, 0.5) if deep else top), (0.5, mix(top, low, 0.6)), (1, low)))
    )
    haze_to = mix(top, low, 0.62)

    def tone(colour: str, depth: float) -> str:
        return mix(mix(colour, low, 0.45 if deep else 0.2), haze_to, 1 - math.exp(-depth / 26))

    for i, (depth, height) in enumerate(((60.0, 9.0), (32.0, 5.0), (18.0, 2.4))):
        _reef(s, f"reef{i}", depth, height, tone("#35566a", depth))
    y0 = s.point(0, 0, 200)[1]
    sand = "#cbb58a"
    s.add(
        900,
        svg.rect(
            s.left,
            y0,
            s.right - s.left,
            s.bottom - y0,
            s.vertical_px(y0, s.height, (0, tone(sand, 50)), (0.4, tone(sand, 14)), (1, mix(tone(sand, 2), low, 0.4))),
        ),
    )
    for i in range(9):
        own = s.dice(f"kelp{i}")
        depth = 24 - i * 2.5
        x = own.choice((-1, 1)) * own.uniform(2.2, 0.42 * (depth + 8))
        s.hang(depth, _kelp(own, tone(n.leaf, depth), tone(n.leaf_light, depth)), x=x)
    for i in range(9):
        own = s.dice(f"coral{i}")
        depth = 2 + i * 1.7
        s.hang(
            depth,
            _coral(own, tone(own.choice(("#e0665c", "#e8a04a", "#c96fa8", "#7fc0b0")), depth)),
            x=own.choice((-1, 1)) * own.uniform(1.9, 0.4 * (depth + 8)),
        )
    for i in range(4):
        own = s.dice(f"school{i}")
        depth = 6 + i * 5
        s.hang(
            depth,
            _school(own, tone(own.choice(("#f0b04a", "#d9e6ea", "#e8735a")), depth * 0.6)),
            x=own.uniform(-4, 4),
            y=own.uniform(1.6, 3.4),
            flip=own.random() < 0.5,
        )
    rays = []
    for _ in range(6):
        x, w = dice.uniform(0, 1) * s.width, dice.uniform(0.03, 0.09) * s.width
        fill = s.vertical_px(0, s.height * 0.9, (0, mix(top, "#ffffff", 0.6), 0.3 if not deep else 0.1), (1, top, 0))
        rays.append(
            svg.polygon(
                [(x, s.top), (x + w, s.top), (x + w * 2.6 - 160 * s.key, s.height), (x + w * 0.4 - 160 * s.key, s.height)], fill
            )
        )
    s.add(1.2, *rays)
    dots = "".join(f"M{x:.0f} {y:.0f}h.1" for x, y in ((dice.uniform(0, s.width), dice.uniform(0, s.height)) for _ in range(70)))
    s.add(
        -1,
        svg.path(
            dots, "none", stroke=mix(top, "#ffffff", 0.6), stroke_width=3 * s.height / 1080, stroke_linecap="round", opacity=0.6
        ),
    )
    for i in range(12):
        x, y, r = s.width * (0.12 + 0.02 * math.sin(i * 1.7)), s.height * (0.95 - i * 0.08), (4 + i % 4 * 3) * s.height / 1080
        s.add(-1, svg.circle(x, y, r, "none", stroke=mix(top, "#ffffff", 0.7), stroke_width=2, opacity=0.6))


def _reef(s: Stage, name: str, depth: float, height: float, tone: str) -> None:
    dice = s.dice(name)
    span = 0.7 * (depth + 16)
    points = [s.point(-span + 2 * span * i / 16, height * dice.uniform(0.1, 1.0), depth) for i in range(17)]
    base = s.point(0, 0, depth)[1] + 10
    s.add(depth + 900, svg.path(svg.smooth(points) + f"L{points[-1][0]:.0f} {base:.0f}L{points[0][0]:.0f} {base:.0f}Z", tone))


def _kelp(dice: Random, dark: str, light: str) -> str:
    out = []
    for k in range(4):
        h, x = dice.uniform(160, 430), (k - 1.5) * 26
        sway = dice.uniform(-40, 40)
        d = f"M{x - 9:.0f} 0C{x - 9 + sway:.0f} {-h * 0.35:.0f} {x - sway:.0f} {-h * 0.7:.0f} {x + sway * 0.6:.0f} {-h:.0f}C{x + 16 - sway:.0f} {-h * 0.7:.0f} {x + 14 + sway:.0f} {-h * 0.35:.0f} {x + 9:.0f} 0Z"
        out.append(svg.path(d, dark if k % 2 else light))
    return "".join(out)


def _coral(dice: Random, tone: str) -> str:
    d = []
    for k in range(7):
        a = 0.5 + 2.1 * k / 6
        r = dice.uniform(26, 62)
        d.append(f"M0 0Q{math.cos(a) * r * 0.4:.0f} {-r * 0.6:.0f} {math.cos(a) * r:.0f} {-math.sin(a) * r:.0f}")
    return svg.path("".join(d), "none", stroke=tone, stroke_width=11, stroke_linecap="round")


def _school(dice: Random, tone: str) -> str:
    d = []
    for _ in range(9):
        x, y, k = dice.uniform(-110, 110), dice.uniform(-50, 50), dice.uniform(6, 11)
        d.append(
            f"M{x - k * 1.6:.0f} {y:.0f}Q{x:.0f} {y - k:.0f} {x + k * 1.4:.0f} {y:.0f}L{x + k * 2.4:.0f} {y - k * 0.7:.0f}V{y + k * 0.7:.0f}L{x + k * 1.4:.0f} {y:.0f}Q{x:.0f} {y + k:.0f} {x - k * 1.6:.0f} {y:.0f}Z"
        )
    return svg.path("".join(d), tone)


def beach(s: Stage) -> None:
    """Sand, wet sand, a lip of foam, the sea; cliffs or dunes to one side, driftwood, shells."""
    n = nature(s)
    dice = s.dice("beach")
    sand = dice.choice(("#e3cd9e", "#d8bd90", "#e8d8b8"))
    paint_sky(s)
    sea(s, mix(n.water, "#4fb0b8", 0.3), near_m=13)
    _coast(s, n.rock)
    boats.gulls(s, "gulls", 8)
    if dice.random() < 0.6:
        s.hang(210, boats.sailing_boat(s, s.dice("sail"), 0.36), x=dice.uniform(-50, 50))
    _shore(s, sand)
    foam_line(s, 13.5, thick=0.9)
    foam_line(s, 17.5, name="foam2", thick=0.45, amplitude=0.9)
    _cliff(s, mix(n.rock, sand, 0.35), n.grass)
    rocks(s, n.rock, 12, 2, 13, 0.7, clear_m=2.0)
    s.hang(
        4.6,
        svg.path("M-120 -6Q-40 -34 60 -26T150 -50L146 -36Q60 -8 -10 -10T-116 4Z", s.shade("#a08a72", 0.2)),
        x=dice.choice((-2.6, 2.6)),
    )
    strewn(s, "shells", 16, 0.4, 9, lambda x, d, k: s.plane(d, svg.ellipse(0, -3, 6 * k, 4 * k, s.lit("#f6ece0")), x=x))
    strewn(s, "dune grass", 20, 0.6, 9, lambda x, d, k: s.plane(d, _marram(s, n.leaf_light, k), x=x), clear_m=3.2)
    foreground_grass(s, mix(n.leaf_light, sand, 0.3), height=0.2)


def _marram(s: Stage, colour: str, k: float) -> str:
    d = "".join(f"M{x} 0Q{x * 1.2} {-30 * k:.0f} {x * 2.4} {-(58 - abs(x)) * k:.0f}" for x in (-14, -9, -4, 2, 7, 13))
    return svg.path(d, "none", stroke=s.shade(colour, 0.2), stroke_width=3, stroke_linecap="round")


def _shore(s: Stage, sand: str) -> None:
    y0, y1 = s.point(0, 0, 13)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    wet = mix(s.shade(sand, 0.25), s.light.sky_low, 0.3)
    fill = s.vertical_px(
        y0,
        y1,
        (0, wet),
        (0.12, mix(wet, s.lit(sand), 0.4)),
        (0.22, s.lit(sand, 0.05)),
        (0.7, s.lit(sand)),
        (1, s.shade(sand, 0.26)),
    )
    s.add(40, svg.rect(s.left, y0, s.right - s.left, s.bottom - y0, fill))
    dice = s.dice("sand")
    d = []
    for _ in range(26):
        depth = -2 + 13 * dice.random() ** 1.5
        px, py = s.point(dice.uniform(-0.5, 0.5) * (depth + 9), 0, depth)
        w = dice.uniform(0.4, 1.1) * s.scale(depth)
        d.append(
            f"M{px - w:.0f} {py:.0f}q{w:.0f} {-0.05 * s.scale(depth):.0f} {2 * w:.0f} 0q{-w:.0f} {0.03 * s.scale(depth):.0f} {-2 * w:.0f} 0Z"
        )
    s.add(39, svg.path("".join(d), s.shade(sand, 0.2), opacity=0.6))


def _cliff(s: Stage, rock: str, grass: str) -> None:
    """A headland that comes down to the sea in steps, away from the key light's side."""
    side, haze = -s.key, 0.34
    top = [
        (0, 0),
        (180, -160),
        (420, -230),
        (520, -620),
        (900, -760),
        (1100, -1180),
        (1700, -1400),
        (2600, -1500),
        (3800, -1900),
        (9000, -2200),
    ]
    body = svg.polygon([*top, (9000, 0)], s.vertical((0, s.shade(rock, 0.16, haze)), (1, s.shade(rock, 0.36, haze))))
    planes = [[(520, -620), (420, -230), (560, 0), (800, 0), (760, -400)], [(1100, -1180), (900, -760), (1000, 0), (1360, 0), (1300, -700)],
              [(2600, -1500), (1700, -1400), (1900, -500), (1800, 0), (2500, 0), (2400, -800)]]  # fmt: skip
    faces = "".join(svg.polygon(p, s.lit(rock, haze)) for p in planes)
    turf = [
        (1100, -1180),
        (1700, -1400),
        (2600, -1500),
        (3800, -1900),
        (9000, -2200),
        (9000, -2030),
        (3700, -1760),
        (2600, -1400),
        (1700, -1310),
        (1240, -1140),
    ]
    stacks = svg.polygon([(-420, 0), (-380, -260), (-300, -330), (-250, -210), (-200, 0)], s.shade(rock, 0.26, haze)) + svg.polygon(
        [(-760, 0), (-700, -120), (-620, -90), (-600, 0)], s.shade(rock, 0.26, haze)
    )
    surf = svg.path(
        "M-800 20Q-500 -30 -200 0T400 -6T1200 0T2400 -4L9000 0V24H-800Z",
        mix(s.lit("#f4f7f6", haze), s.light.sky_low, 0.2),
        opacity=0.8,
    )
    s.hang(110, body, faces, svg.polygon(turf, s.lit(grass, haze)), stacks, surf, x=side * 17.0, flip=side < 0)


def harbour(s: Stage) -> None:
    """A quay with crates and bollards, moored boats, the town stepping up the far side, cranes, masts."""
    n = nature(s)
    dice = s.dice("harbour")
    paint_sky(s)
    ridge(s, "hill", 420, 44, 18, n.grass_far, haze=0.66)
    for i in range(13):
        own = s.dice(f"house{i}")
        depth = 190 - (i % 3) * 22
        buildings.house(
            s,
            own,
            (i - 6) * 17 + own.uniform(-4, 4),
            depth,
            own.uniform(9, 13),
            own.uniform(5, 9),
            own.choice(buildings.BRICKS),
            "#8f5646",
            haze=0.5,
            chimney=False,
        )
    s.hang(200, buildings.spire(s, 26, "#cfc4b2", 0.55), x=dice.uniform(-40, 40), y=8)
    for x in (-70.0, 62.0):
        s.hang(150, boats.crane(s, 26, 0.5), x=x + dice.uniform(-8, 8))
    sea(s, n.water, near_m=6.0, swell=0.7, level=-0.9)
    s.add(141, s.box(-160, 160, -1.2, 0.5, 140, 150, "#a39a8c", haze=0.5))
    for i in range(4):
        own = s.dice(f"moored{i}")
        s.hang(
            62 - i * 8,
            (boats.sailing_boat, boats.fishing_boat)[i % 2](s, own, 0.3 - i * 0.03),
            x=(i - 1.5) * 14 + own.uniform(-4, 4),
            y=-0.9,
        )
    big = dice.choice((-1, 1))
    s.hang(13, boats.fishing_boat(s, s.dice("big"), 0.06), x=big * 5.6, y=-0.9, flip=big > 0)
    s.hang(10, boats.rowing_boat(s, s.dice("row"), 0.03), x=-big * 4.2, y=-0.9)
    boats.gulls(s, "gulls", 9)
    stone = dice.choice(("#a89f90", "#9a9288", "#b3a48c"))
    _quay(s, stone, 5.6)
    for x in (-4.4, -1.9, 2.2, 4.7):
        s.hang(5.0, boats.bollard(s), x=x)
    for k, x in enumerate((-3.6, -2.85, -3.2)):
        s.hang(3.4, boats.crate(s, haze=0.02), x=x, y=0.7 if k == 2 else 0)
    for x in (3.0, 3.6):
        s.hang(3.0, boats.barrel(s), x=x)
    _net(s, big)
    s.hang(4.4, buildings.lamp_post(s, 3.6), x=-big * 3.3)
    s.spot("stand", 0.0)
    s.spot("sit", -2.85 * 1, 0.7, 1)


def _quay(s: Stage, stone: str, edge: float) -> None:
    """The paved quay we stand on, with joints that run to the water."""
    y0, y1 = s.point(0, 0, edge)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    sheen = 0.35 if s.weather in ("rain", "storm") else 0.0
    fill = s.vertical_px(
        y0,
        y1,
        (0, mix(s.lit(stone), s.light.sky_low, sheen)),
        (0.6, mix(s.shade(stone, 0.1), s.light.sky_low, sheen * 0.5)),
        (1, s.shade(stone, 0.42)),
    )
    s.add(6.0, svg.rect(s.left, y0, s.right - s.left, s.bottom - y0, fill))
    joints = []
    for i in range(-12, 13):
        a, b = s.point(i * 1.3, 0, edge), s.point(i * 1.3, 0, -3.2)
        joints.append(f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}")
    for depth in (4.4, 3.2, 2.0, 0.9, -0.2, -1.2, -2.2):
        y = s.point(0, 0, depth)[1]
        joints.append(f"M{s.left:.0f} {y:.0f}H{s.right:.0f}")
    s.add(
        5.9, svg.path("".join(joints), "none", stroke=s.shade(stone, 0.4), stroke_width=max(1.2, 0.012 * s.scale(0)), opacity=0.6)
    )
    s.add(5.8, s.box(-40, 40, 0, 0.16, edge - 0.4, edge, mix(stone, "#ffffff", 0.12)))


def _net(s: Stage, side: int) -> None:
    tone = s.shade("#5f7a6a", 0.2)
    heap = svg.path("M-90 0Q-70 -42 -20 -38Q20 -64 60 -30Q92 -24 96 0Z", tone)
    mesh = svg.path(
        "M-70 -8L-20 -34M-40 -2L30 -44M0 -2L60 -28M-60 -26L0 0M-10 -38L50 0M40 -38L84 -6",
        "none",
        stroke=s.glow("#8aa88f", 0.2),
        stroke_width=2.5,
    )
    floats = "".join(svg.circle(x, y, 7, s.lit("#e08a3c")) for x, y in ((-52, -26), (-8, -40), (44, -36), (78, -14)))
    s.hang(2.6, heap, mesh, floats, x=side * 2.9)


def boat_deck(s: Stage) -> None:
    """A wooden deck under way: planks to the bow, rail, mast and rigging, the wheel, and the sea on all sides."""
    n = nature(s)
    dice = s.dice("deck")
    paint_sky(s)
    sea(s, n.water, near_m=3.2, swell=1.4, level=-1.6)
    _coast(s, n.rock)
    boats.gulls(s, "gulls", 8)
    wood, paint = dice.choice((("#a97b50", "#e9e0ce"), ("#8f6a4a", "#3f6478"), ("#b98d5f", "#a8433a")))
    _planks(s, wood)
    for side in (-1, 1):
        for k in range(7):
            depth = 7.2 - k * 1.3
            x = side * (3.1 - 0.2 * max(0.0, depth - 2) ** 1.25 * 0.6)
            s.add(depth, s.box(x - 0.04, x + 0.04, 0, 0.95, depth, depth + 0.08, paint))
    rail = []
    for y, thick in ((0.95, 0.09), (0.5, 0.035)):
        for side in (-1, 1):
            a = [s.point(side * (3.1 - 0.12 * max(0.0, d - 2) ** 1.25), y, d) for d in (7.4, 6, 4.8, 3.4, 2, 0, -1.5)]
            b = [s.point(side * (3.1 - 0.12 * max(0.0, d - 2) ** 1.25), y - thick, d) for d in (-1.5, 0, 2, 3.4, 4.8, 6, 7.4)]
            rail.append(svg.polygon(a + b, s.glow(wood, 0.1)))
        rail.append(s.quad((-2.2, y, 7.4), (2.2, y, 7.4), (2.2, y - thick, 7.4), (-2.2, y - thick, 7.4), fill=s.lit(wood)))
    s.add(1.1, *rail[:2])
    s.add(7.3, *rail[2:])
    mast = dice.choice((-1.7, 1.7))
    s.hang(4.2, svg.rect(-13, -1500, 26, 1504, s.sideways((0, s.shade(wood, 0.4)), (0.4, s.glow(wood, 0.1)), (1, s.shade(wood, 0.5)))),
           svg.path("M0 -1300L-420 -90M0 -1300L-360 -90M0 -1300L420 -90M0 -1300L360 -90M-390 -190H-300M-372 -300H-270M390 -190H300M372 -300H270", "none",
                    stroke=s.shade("#5d5044", 0.3), stroke_width=4),
           svg.path("M16 -1200Q260 -700 330 -300L16 -260Z", s.shade("#eadfca", 0.12)) if dice.random() < 0.6 else "", x=mast)  # fmt: skip
    s.hang(3.2, _wheel(s, wood), x=-mast * 0.95)
    s.add(5.4, s.box(-mast - 0.9, -mast + 0.9, 0, 0.55, 4.6, 6.0, mix(wood, paint, 0.5)))
    s.hang(2.2, boats.barrel(s), x=mast * 1.45)
    s.hang(
        2.0,
        svg.path(
            "M-40 0a40 12 0 1 1 80 0a40 12 0 1 1 -80 0M-28 -6a28 8 0 1 1 56 0a28 8 0 1 1 -56 0",
            "none",
            stroke=s.shade("#c9b48a", 0.15),
            stroke_width=9,
        ),
        x=mast * 0.8,
    )
    s.hang(3.6, _lifebuoy(s), x=mast * 1.75, y=0.62)
    s.spot("stand", 0.0)
    s.spot("lean", -mast * 0.95)


def _planks(s: Stage, wood: str) -> None:
    edge = [(-3.3, -4), (-3.3, 1.5), (-3.0, 4), (-2.5, 6), (-2.2, 7.6), (2.2, 7.6), (2.5, 6), (3.0, 4), (3.3, 1.5), (3.3, -4)]
    y0 = s.point(0, 0, 7.6)[1]
    y1 = max(s.height, s.point(0, 0, 0)[1] + 1)
    fill = s.vertical_px(y0, y1, (0, s.lit(wood, 0.06)), (0.6, s.shade(wood, 0.08)), (1, s.shade(wood, 0.45)))
    s.add(8.0, svg.polygon([s.point(x, 0, d) for x, d in edge], fill))
    hull = [s.point(x, 0, d) for x, d in edge[5:]] + [s.point(x, -1.3, d) for x, d in reversed(edge[5:])]
    s.add(8.1, svg.polygon(hull, s.shade(wood, 0.5)))
    lines = []
    for i in range(-10, 11):
        a, b = s.point(i * 0.3, 0, 7.5 - abs(i) * 0.25), s.point(i * 0.3, 0, -4)
        lines.append(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}")
    s.add(7.9, svg.path("".join(lines), "none", stroke=s.shade(wood, 0.42), stroke_width=max(1.2, 0.012 * s.scale(0)), opacity=0.7))


def _wheel(s: Stage, wood: str) -> str:
    spokes = "".join(f"M0 -110L{math.cos(k * math.pi / 4) * 56:.0f} {-110 + math.sin(k * math.pi / 4) * 56:.0f}" for k in range(8))
    tone = s.shade(mix(wood, "#5a3624", 0.5), 0.15)
    return (
        svg.path("M-16 0L-10 -112H10L16 0Z", s.shade(wood, 0.35))
        + svg.path(spokes, None, stroke=tone, stroke_width=7, stroke_linecap="round")
        + svg.circle(0, -110, 40, "none", stroke=tone, stroke_width=9)
        + svg.circle(0, -110, 9, s.lit("#d8b25a"))
    )


def _lifebuoy(s: Stage) -> str:
    return svg.circle(0, 0, 27, "none", stroke=s.lit("#efe8d8"), stroke_width=14) + svg.circle(
        0, 0, 27, "none", stroke=s.lit("#cf4a3c"), stroke_width=14, stroke_dasharray="21.2 21.2"
    )


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "lighthouse": lighthouse,
    "sea": open_sea,
    "underwater": underwater,
    "beach": beach,
    "harbour": harbour,
    "boat_deck": boat_deck,
}
