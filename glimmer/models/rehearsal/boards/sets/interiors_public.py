"""Rooms for many: bar, station, church, theatre, corridor, stairs, prison, hall."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats, buildings
from glimmer.models.rehearsal.boards.sets import furniture as f
from glimmer.models.rehearsal.boards.sets import windows as w
from glimmer.models.rehearsal.boards.sets.palettes import HOMELY, INDUSTRIAL, INSTITUTION, OLD, Palette, pick
from glimmer.models.rehearsal.boards.sets.rooms import Room, on_wall, rug, shell, vignette
from glimmer.models.rehearsal.boards.sets.stage import Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


def bar(s: Stage) -> None:
    """A long bar before a lit wall of bottles, stools, booths, low lamps."""
    p, room = pick(s, HOMELY), Room(4.1, 3.3, 2.9)
    dice = s.dice("bar")
    cafe = any(x in s.words for x in ("caf", "coffee", "tea", "diner", "restaurant", "canteen"))
    if not cafe:
        p = Palette(
            mix(p.wall, "#4a3028", 0.55),
            mix(p.dado, "#3a2420", 0.5),
            p.trim,
            mix(p.floor, "#4a3226", 0.4),
            "#5a3624",
            p.fabric,
            p.accent,
            p.metal,
            "#54423a",
        )
    shell(
        s,
        room,
        p,
        wall="panel",
        floor="checks" if cafe else "boards",
        ceiling="beams" if dice.random() < 0.5 else "plain",
        dado=1.15,
    )
    if cafe:
        w.window(s, room, p, -2.5, 0.85, 1.9, 1.5, style="wide", view="city")
    else:
        w.window(s, room, p, -2.7, 1.0, 1.2, 1.2, style="grid", view="city")
    on_wall(
        s,
        room,
        s.halo(0, -62, 190, 110, "#ffc070", 0.55 if s.light.lamps else 0.2),
        svg.rect(-132, -146, 264, 150, s.shade(p.wood, 0.3), rx=4),
        svg.rect(-122, -138, 244, 132, mix(s.shade("#9db4bc", 0.4), "#ffb25c", 0.4 if s.light.lamps else 0.12)),
        x=1.35,
        y=1.1,
    )
    for k in range(2):
        f.shelves(s, 0.15, 2.55, 3.05, 0.62, "bottles", p.wood, rows=1, deep=0.2, foot=1.15 + 0.64 * k, name=f"bar{k}")
    f.counter(s, -0.55, 3.3, 1.6, 0.65, 1.08, mix(p.wood, p.fabric, 0.25), p.wood, doors=6, drawers=False)
    s.hang(
        1.58,
        svg.rect(-190, -24, 385, 4, s.glow("#d8b25a", 0.2)),
        *(svg.rect(x, -24, 4, 20, s.shade("#d8b25a", 0.3)) for x in (-170, -60, 60, 170)),
        x=1.35,
        y=0.32,
    )
    taps = svg.path("M-16 0V-26H16V0M-16 -26V-38M0 -26V-38M16 -26V-38", "none", stroke=s.glow("#d8b25a", 0.15), stroke_width=5)
    s.hang(
        1.8,
        taps,
        *(svg.path(f"M{x - 6} 0L{x - 5} -17H{x + 5}L{x + 6} 0Z", "#ffffff", opacity=0.35) for x in (36, 52)),
        x=0.6,
        y=1.08,
    )
    s.hang(
        1.75,
        svg.path("M-14 0H14V-20H-14ZM-18 -24H18L14 -20H-14ZM-6 -24V-32H6V-24Z", s.shade("#b0603f" if cafe else "#8f959b", 0.1)),
        x=2.5,
        y=1.08,
    )
    for x in (0.0, 0.75, 1.5, 2.25):
        f.stool(s, x, 1.15, 0.72, p.wood, p.fabric)
    f.table(s, -2.5, 1.1, 0.8, 0.8, p.wood, round_=True)
    f.chair(s, -3.15, 1.2, 1, p.wood, seat=p.fabric)
    f.chair(s, -1.85, 1.2, -1, p.wood, seat=p.fabric)
    f.table(s, -1.35, 0.25, 0.75, 0.7, p.wood, round_=True)
    s.hang(
        0.5, svg.circle(0, -6, 8, "#ffd08a", opacity=0.35), svg.rect(-3, -9, 6, 9, s.lamp("#ffe2a0", "#e6dcc8")), x=-1.35, y=0.76
    )
    f.chair(s, -0.75, 0.2, -1, p.wood, seat=p.fabric, spot=True)
    f.stool(s, 1.3, 0.4, 0.72, p.wood, p.fabric, spot=True, facing=-1)
    for x in (-1.8, 0.2, 1.4, 2.6):
        f.pendant(s, x, 1.9, room.height, 0.85, p.accent)
    w.picture(s, room, -1.35, 1.85, 46, 58, "bar", wood=p.accent)
    s.spot("lean", 1.0)
    vignette(s, 0.46)


def station(s: Stage) -> None:
    """A great hall of iron arches and glass, a board, a clock, benches, a train waiting."""
    p, room = pick(s, OLD), Room(8.5, 9.0, 7.5, 5)
    dice = s.dice("station")
    metro = any(x in s.words for x in ("subway", "metro", "underground"))
    if metro:
        room, p = Room(5.2, 5.0, 3.6), pick(s, INSTITUTION)
    shell(
        s,
        room,
        p,
        wall="tile" if metro else "dado",
        floor="flags",
        ceiling="panels" if metro else "plain",
        dado=2.2 if metro else 1.6,
    )
    if not metro:
        _glass_wall(s, room)
        for d in (7.5, 5.0, 2.5):
            _iron_arch(s, room, d)
    tone = dice.choice(("#8a3f36", "#2f5d62", "#3d5480", "#54713f"))
    _train(s, 5.5 if not metro else 3.6, tone, p)
    _board(s, -3.2 if not metro else -2.6, 4.6 if not metro else 3.0, 3.0)
    s.hang(
        3.4,
        svg.rect(-3, -120, 6, 84, s.shade("#2f343a", 0.2)),
        svg.circle(0, 0, 40, s.shade("#2f4a4a", 0.2)),
        svg.circle(0, 0, 33, s.lamp("#fff2cf", "#f2ecdc")),
        svg.path("M0 0V-23M0 0L16 9", None, stroke="#2a2a30", stroke_width=4.5, stroke_linecap="round"),
        x=1.9,
        y=3.3 if not metro else 2.75,
    )
    for x in (-4.6, 4.4) if not metro else (-3.4, 3.3):
        s.add(2.6, s.box(x - 0.16, x + 0.16, 0, room.height, 2.6, 2.92, mix(p.metal, "#3f5a58", 0.4)))
        s.add(2.6, s.box(x - 0.26, x + 0.26, 0, 0.5, 2.5, 3.02, mix(p.metal, "#3f5a58", 0.5)))
    s.hang(1.5, buildings.bench(s, p.wood), x=-2.1)
    s.hang(0.5, buildings.bench(s, p.wood), x=1.7)
    s.spot("sit", 1.7, 0.47, -1)
    s.spot("stand", 0.0)
    s.hang(1.0, _luggage(s, tone), x=-3.0)
    for x in (-4.0, 0.0, 4.0):
        f.pendant(s, x, 4.0, room.height, 2.2 if not metro else 0.6, "#3f4a50")
    vignette(s, 0.4)


def _glass_wall(s: Stage, room: Room) -> None:
    """The hall's end: a fan of glass with the sky behind."""
    fan = svg.path("M-560 -330V-430A560 300 0 0 1 560 -430V-330Z", "#fff")
    view = svg.group(svg.group(w.outside(s, 1130, 420, "city", "hall"), transform="translate(0 -330)"), clip_path=s.clip(fan))
    iron = s.shade("#3a4248", 0.2)
    ribs = "".join(
        f"M0 -330L{math.cos(math.pi * k / 12) * 560:.0f} {-430 - math.sin(math.pi * k / 12) * 300:.0f}" for k in range(13)
    )
    ring = "M-560 -330V-430A560 300 0 0 1 560 -430V-330ZM-280 -330V-390A280 170 0 0 1 280 -390V-330"
    on_wall(s, room, view, svg.path(ribs + ring, "none", stroke=iron, stroke_width=9), "")


def _iron_arch(s: Stage, room: Room, depth: float) -> None:
    h, half = room.height * 100, room.half * 100
    tone = s.shade("#46525a", 0.25, depth / 40)
    arcs = f"M{-half:.0f} -330Q{-half * 0.6:.0f} {-h:.0f} 0 {-h + 10:.0f}T{half:.0f} -330"
    inner = f"M{-half:.0f} -290Q{-half * 0.58:.0f} {-h + 60:.0f} 0 {-h + 70:.0f}T{half:.0f} -290"
    web = "".join(
        f"M{-half + k * half / 6:.0f} {-h + 70 + abs(k - 6) ** 2 * 7:.0f}l{half / 12:.0f} -40l{half / 12:.0f} 40"
        for k in range(2, 10)
    )
    s.hang(depth, svg.path(arcs + inner, "none", stroke=tone, stroke_width=16), svg.path(web, "none", stroke=tone, stroke_width=6))


def _train(s: Stage, depth: float, tone: str, p: Palette) -> None:
    """A carriage along the back with lit windows."""
    art = [
        svg.rect(-1100, -300, 2200, 275, s.vertical((0, s.glow(tone, 0.12)), (1, s.shade(tone, 0.3))), rx=26),
        svg.rect(-1100, -120, 2200, 16, s.lit("#efe4c8")),
        svg.rect(-1100, -318, 2200, 26, s.shade("#4a4f58", 0.2), rx=12),
    ]
    for k in range(9):
        x = -1000 + k * 240
        if k % 4 == 2:
            art.append(
                svg.rect(x, -270, 100, 240, s.shade(tone, 0.34), rx=10)
                + svg.rect(x + 18, -245, 64, 90, s.lamp("#ffdf9a", "#6f8694"), rx=8)
            )
        else:
            art.append(
                svg.rect(x - 20, -250, 150, 100, s.lamp("#ffdf9a", "#6f8694"), rx=14)
                + svg.rect(x - 20, -250, 150, 18, s.light.shadow, rx=8, opacity=0.2)
            )
    s.hang(depth, svg.rect(-1100, -30, 2200, 40, s.shade("#22262c", 0.3)), *art)


def _board(s: Stage, x: float, y: float, depth: float) -> None:
    """A departures board: rows of little lights, no words."""
    dice = s.dice("departures")
    art = [
        svg.rect(-110, -70, 220, 122, s.shade("#22262c", 0.15), rx=6),
        svg.path("M-80 -70V-130M80 -70V-130", None, stroke=s.shade("#3a4248", 0.2), stroke_width=5),
    ]
    for r in range(6):
        for k, width in enumerate((34, 88, 26)):
            art.append(
                svg.rect(
                    -98 + (0, 46, 150)[k],
                    -56 + r * 17,
                    width * dice.uniform(0.6, 1.0),
                    8,
                    dice.choice(("#ffcf6a", "#ffcf6a", "#f2ead8", "#8ae0a8")),
                    rx=2,
                    opacity=0.9,
                )
            )
    s.hang(depth, *art, x=x, y=y)


def _luggage(s: Stage, tone: str) -> str:
    return (svg.rect(-40, -52, 74, 52, s.shade(tone, 0.2), rx=6) + svg.rect(-28, -82, 52, 30, s.shade("#8a5d3a", 0.1), rx=5) + svg.path("M-14 -82q0 -10 12 -10t12 10", "none", stroke=s.shade("#4a3626", 0.1), stroke_width=4)
            + "".join(svg.rect(x, -52, 6, 52, s.shade("#d8b25a", 0.2)) for x in (-26, 14)))  # fmt: skip


def church(s: Stage) -> None:
    """A nave: pointed windows of coloured glass, columns, pews, candles, shafts of light."""
    p, room = pick(s, OLD), Room(5.2, 7.0, 7.0, 5)
    dice = s.dice("church")
    shell(s, room, p, wall="stone", floor="flags", ceiling="plain")
    _rose_window(s, room, p)
    for x in (-2.9, 2.9):
        _stained(s, room, x, 1.75, 1.2, 2.75, dice.randrange(99))
    _altar(s, room, p)
    for d in (6.2, 4.4, 2.6):
        for side in (-1, 1):
            x = side * 3.7
            s.hang(
                d,
                svg.rect(
                    -24,
                    -560,
                    48,
                    560,
                    s.sideways(
                        (0, s.shade(p.wall, 0.45)), (0.4 if s.key < 0 else 0.6, s.glow(p.wall, 0.1)), (1, s.shade(p.wall, 0.5))
                    ),
                ),
                svg.rect(-36, -40, 72, 40, s.shade(p.wall, 0.3)),
                svg.rect(-36, -560, 72, 30, s.shade(p.wall, 0.12)),
                x=x,
            )
            arch = svg.path("M-24 -560Q60 -690 370 -700Q60 -660 24 -540Z", s.shade(p.wall, 0.34))
            s.hang(d + 0.01, arch, x=x, flip=side > 0)
    for d in (4.0, 3.0, 2.0, 1.0):
        for side in (-1, 1):
            x0, x1 = (1.05, 3.2) if side > 0 else (-3.2, -1.05)
            s.add(
                d,
                s.box(x0, x1, 0.4, 0.46, d - 0.35, d, p.wood),
                s.box(x0, x1, 0.3, 0.95, d, d + 0.06, p.wood),
                s.box(x0 if side > 0 else x1 - 0.08, (x0 if side > 0 else x1 - 0.08) + 0.08, 0, 1.02, d - 0.4, d + 0.06, p.wood),
            )
    s.add(9e4, s.quad((-0.75, 0.005, -5), (0.75, 0.005, -5), (0.75, 0.005, 6.4), (-0.75, 0.005, 6.4), fill=s.shade(p.fabric, 0.1)),
          *(s.quad((x, 0.006, -5), (x + 0.06, 0.006, -5), (x + 0.06, 0.006, 6.4), (x, 0.006, 6.4), fill=s.lit(p.accent)) for x in (-0.7, 0.64)))  # fmt: skip
    _shafts(s, p)
    for x, d in ((-1.9, 5.8), (1.9, 5.8), (-2.4, 5.9), (2.4, 5.9)):
        s.hang(
            d,
            s.halo(0, -128, 60, 70, "#ffc46a", 0.7),
            svg.path("M-3 0L-2 -100H2L3 0ZM-12 0H12V-4H-12Z", s.shade(p.metal, 0.1)),
            svg.rect(-3, -120, 6, 20, s.lit("#f2ead8")),
            svg.path("M0 -136q6 9 0 14q-6 -5 0 -14Z", "#ffd36b"),
            x=x,
        )
    s.spot("stand", 0.0)
    s.spot("sit", 1.5, 0.46, -1)
    s.spot("sit", -1.5, 0.46, 1)
    vignette(s, 0.52)


def _stained(s: Stage, room: Room, x: float, sill: float, width: float, height: float, pick_: int) -> None:
    """A pointed window of coloured panes, bright by day."""
    dice = s.dice(f"stained{x}{pick_}")
    wd, h = width * 100, height * 100
    shape = svg.path(
        f"M{-wd / 2:.0f} 0V{-h * 0.62:.0f}Q{-wd / 2:.0f} {-h * 0.86:.0f} 0 {-h:.0f}Q{wd / 2:.0f} {-h * 0.86:.0f} {wd / 2:.0f} {-h * 0.62:.0f}V0Z"
    )
    tones = ("#c9483c", "#e0a33f", "#3f6fae", "#4f9a6f", "#7d4f9a", "#5fb0c4", "#e6c878")
    dim = {"day": 0.0, "dawn": 0.12, "dusk": 0.18, "night": 0.62}[s.time]
    panes = []
    for r in range(9):
        for c in range(4):
            px, py = -wd / 2 + c * wd / 4, -h + r * h / 9
            panes.append(
                svg.polygon(
                    [(px, py), (px + wd / 4, py + (r % 2) * 9), (px + wd / 4, py + h / 9 + (r % 2) * 9), (px, py + h / 9)],
                    mix(mix(dice.choice(tones), "#fff4d6", 0.22), "#0a1026", dim),
                )
            )
    figure = svg.circle(0, -h * 0.62, 17, mix("#f2d9a8", "#0a1026", dim)) + svg.path(
        f"M-24 {-h * 0.12:.0f}Q-26 {-h * 0.5:.0f} 0 {-h * 0.56:.0f}Q26 {-h * 0.5:.0f} 24 {-h * 0.12:.0f}Z",
        mix(dice.choice(("#3f6fae", "#c9483c")), "#0a1026", dim),
    )
    lead = "".join(f"M{-wd / 2 + c * wd / 4:.0f} {-h:.0f}V0" for c in range(1, 4)) + "".join(
        f"M{-wd / 2:.0f} {-h + r * h / 9:.0f}H{wd / 2:.0f}" for r in range(1, 9)
    )
    edge = shape.replace("/>", f' fill="none" stroke="{s.shade("#4a4540", 0.2)}" stroke-width="12"/>')
    glow = s.halo(0, -h * 0.5, wd * 1.2, h * 0.75, s.light.key, 0.32 if s.time != "night" else 0.06)
    on_wall(
        s,
        room,
        glow,
        svg.group(*panes, figure, svg.path(lead, "none", stroke="#2a2622", stroke_width=2.5), clip_path=s.clip(shape)),
        edge,
        x=x,
        y=sill,
    )


def _rose_window(s: Stage, room: Room, p: Palette) -> None:
    dim = {"day": 0.0, "dawn": 0.12, "dusk": 0.18, "night": 0.6}[s.time]
    petals = []
    for k in range(12):
        a = math.tau * k / 12
        tone = ("#c9483c", "#3f6fae", "#e0a33f", "#4f9a6f")[k % 4]
        petals.append(svg.circle(math.cos(a) * 62, math.sin(a) * 62, 19, mix(mix(tone, "#fff4d6", 0.25), "#0a1026", dim)))
        petals.append(
            svg.circle(
                math.cos(a + 0.26) * 34,
                math.sin(a + 0.26) * 34,
                10,
                mix(mix(("#e0a33f", "#5fb0c4")[k % 2], "#fff4d6", 0.3), "#0a1026", dim),
            )
        )
    on_wall(
        s,
        room,
        s.halo(0, 0, 190, 190, s.light.key, 0.34 if s.time != "night" else 0.08),
        svg.circle(0, 0, 98, s.shade(p.wall, 0.3)),
        svg.circle(0, 0, 88, s.shade("#3a3430", 0.3)),
        *petals,
        svg.circle(0, 0, 18, mix("#ffe6a8", "#0a1026", dim)),
        y=5.2,
    )


def _altar(s: Stage, room: Room, p: Palette) -> None:
    for k in range(3):
        s.add(6.5 + 0.01 * (3 - k), s.box(-2.2 + 0.2 * k, 2.2 - 0.2 * k, 0, 0.14 * (k + 1), 5.9 + 0.25 * k, 7.0, p.wall))
    s.add(6.45, s.box(-0.9, 0.9, 0.42, 1.35, 6.45, 6.9, mix(p.wall, "#ffffff", 0.2)))
    s.hang(
        6.44,
        svg.path("M-95 0H95V16q-95 26 -190 0Z", s.lit("#f2ead8")),
        svg.path("M-3 -4V-64H3V-4ZM-16 -48H16V-42H-16Z", s.glow(p.accent, 0.3)),
        x=0,
        y=1.35,
    )


def _shafts(s: Stage, p: Palette) -> None:
    if s.time == "night" or s.weather in ("storm", "rain") or s.eye > 5:
        return
    for k, x in enumerate((-2.9, 2.9)):
        a, b = s.point(x - 0.5, 5.0, 6.9), s.point(x + 0.5, 4.6, 6.9)
        lean = -s.key * 2.4
        c, d = s.point(x + 1.2 + lean, 0, 2.2 + k), s.point(x - 0.5 + lean, 0, 2.2 + k)
        tone = s.light.key
        s.add(1.5, svg.polygon([a, b, c, d], s.vertical_px(min(a[1], b[1]), max(c[1], d[1]), (0, tone, 0.3), (1, tone, 0.03))))


def theatre(s: Stage) -> None:
    """A stage between red drapes, footlights, a painted backcloth, spotlights that cross."""
    p, room = pick(s, OLD), Room(5.0, 4.2, 5.2)
    dice = s.dice("theatre")
    gym = any(x in s.words for x in ("gym", "stadium", "arena"))
    ball = "ballroom" in s.words
    red = dice.choice(("#9a2f35", "#8a2f4a", "#2f5d62", "#5a3a78"))
    shell(s, room, p, wall="panel" if ball or gym else "plain", floor="boards", ceiling="plain", dado=1.2)
    if ball or gym:
        for x in (-3.0, 0.0, 3.0):
            w.window(s, room, p, x, 1.4, 1.4, 2.8, style="arched", cloth=red if ball else "", view="land")
        _chandelier(s, 0.0, 1.8, room.height, p)
    else:
        tone = dice.choice(("#5f8fa8", "#8a6fa0", "#d99a5c"))
        hills = svg.path("M-330 -40Q-160 -190 0 -90T330 -120V0H-330Z", s.shade(tone, 0.35)) + svg.circle(
            110, -290, 44, mix(s.lit("#f6e6b4"), "#ffffff", 0.2)
        )
        on_wall(s, room, svg.rect(-340, -420, 680, 420, s.vertical((0, s.shade(tone, 0.3)), (1, s.glow(tone, 0.3)))), hills)
        s.hang(
            3.4,
            svg.path("M-300 0v-120q20 -60 60 -70q-10 50 10 190ZM-190 0q-10 -70 -40 -90q50 0 64 90Z", s.shade("#4f7a5a", 0.3)),
            x=0,
        )
    _drapes(s, red, p)
    if not gym:
        _spots_of_light(s)
    for x in (-2.6, -1.3, 0, 1.3, 2.6):
        s.hang(
            -1.5 if s.sees(-1.5) else 0.0,
            s.halo(0, 0, 34, 26, "#ffd98a", 0.6),
            svg.path("M-10 8Q-9 -8 0 -9Q9 -8 10 8Z", s.shade("#b08a45", 0.2)),
            x=x,
        )
    f.chair(s, 1.35, 0.4, -1, p.wood, seat=red, spot=True)
    s.hang(
        1.4,
        svg.rect(-1.6, -150, 3.2, 150, s.shade("#3a3f46", 0.2)),
        svg.rect(-14, -2, 28, 3, s.shade("#3a3f46", 0.3)),
        svg.ellipse(0, -154, 4.5, 8, s.glow("#6a7078", 0.3)),
        x=-1.5,
    )
    s.spot("stand", 0.0)
    vignette(s, 0.6)


def _drapes(s: Stage, red: str, p: Palette) -> None:
    """Side drapes, a swagged pelmet and its gold fringe."""
    for side in (-1, 1):
        art = []
        for k in range(7):
            x = k * 22
            tone = s.vertical((0, s.shade(red, 0.5)), (0.5, s.lit(red) if k % 2 else s.shade(red, 0.36)), (1, s.shade(red, 0.4)))
            art.append(svg.path(f"M{x} -540h23Q{x + 20} -260 {x + 24 - k * 2} 0h-23Q{x - 2} -260 {x} -540Z", tone))
        s.hang(1.8, *art, x=side * 3.7, flip=side > 0)
    swags = []
    for k in range(6):
        x = -600 + k * 200
        swags.append(
            svg.path(
                f"M{x} -420Q{x + 100} -300 {x + 200} -420V-560H{x}Z",
                s.vertical((0, s.shade(red, 0.5)), (1, s.lit(red) if k % 2 else s.shade(red, 0.16))),
            )
        )
        swags.append(svg.path(f"M{x} -420Q{x + 100} -300 {x + 200} -420Q{x + 100} -288 {x} -420Z", s.glow(p.accent, 0.2)))
    s.hang(1.7, *swags, y=-1.2 if s.camera.view_m < 10 else -0.4)


def _spots_of_light(s: Stage) -> None:
    if s.eye > 5:
        return
    for k, tone in enumerate(("#fff2cf", "#cfe6ff")):
        side = -1 if k else 1
        x, y = s.point(0.15 * side, 0, 0.3)
        a = s.point(side * 3.6, 6.0, 1.2)
        r = 1.0 * s.scale(0.3)
        s.add(
            0.5 + k * 0.01,
            svg.polygon(
                [(a[0] - 8, a[1]), (a[0] + 8, a[1]), (x + r, y), (x - r, y)],
                s.vertical_px(a[1], y, (0, tone, 0.42), (1, tone, 0.12)),
            ),
        )
        s.add(60, svg.ellipse(x, y, r, max(3.0, 0.22 * s.scale(0.3)), tone, opacity=0.3))


def _chandelier(s: Stage, x: float, depth: float, ceiling: float, p: Palette) -> None:
    arms = "".join(f"M0 0Q{k * 30} 34 {k * 44} -6" for k in (-2, -1, 1, 2))
    candles = "".join(
        s.halo(k * 44, -20, 44, 44, "#ffd08a", 0.6 if s.light.lamps else 0.12)
        + svg.rect(k * 44 - 3, -20, 6, 14, s.lit("#f2ead8"))
        + svg.path(f"M{k * 44} -34q5 8 0 13q-5 -5 0 -13Z", "#ffd36b")
        for k in (-2, -1, 1, 2)
    )
    drops = "".join(svg.circle(k * 20, 30 - abs(k) * 4, 4, s.glow("#dfeef2", 0.4)) for k in (-3, -2, -1, 0, 1, 2, 3))
    s.hang(
        depth,
        svg.rect(-2, -130, 4, 130, s.shade(p.accent, 0.2)),
        svg.path(arms, "none", stroke=s.glow(p.accent, 0.1), stroke_width=6),
        candles,
        drops,
        x=x,
        y=ceiling - 1.3,
    )


def corridor(s: Stage) -> None:
    """A long passage of doors and lamps that narrows to a far window."""
    p = pick(s, INSTITUTION if not any(x in s.words for x in ("sewer", "tunnel")) else INDUSTRIAL)
    dice = s.dice("corridor")
    tunnel = any(x in s.words for x in ("tunnel", "sewer", "catacomb", "passage"))
    room = Room(2.3, 16.0, 2.8, 6)
    shell(
        s,
        room,
        p,
        wall="brick" if tunnel else dice.choice(("dado", "panel", "stripe")),
        floor="flags" if tunnel else dice.choice(("checks", "carpet", "tiles")),
        ceiling="plain",
        dado=1.0,
    )
    w.window(s, room, p, 0, 0.6, 1.6, 1.9, style="arched", pool=False)
    for k in range(5):
        d = 12.5 - k * 2.7
        for side in (-1, 1):
            x = side * (room.half - 0.002)
            if not tunnel:
                for tone, w0, w1, h in ((p.trim, -0.1, 1.05, 2.2), (p.wood, 0.0, 0.95, 2.1)):
                    s.add(
                        d + 0.5,
                        s.quad(
                            (x, 0, d + w0),
                            (x, h, d + w0),
                            (x, h, d + w1),
                            (x, 0, d + w1),
                            fill=s.shade(tone, 0.12 if side == -s.key else 0.38),
                        ),
                    )
                s.add(
                    d + 0.4,
                    s.quad(
                        (x, 1.05, d + 0.12),
                        (x, 1.13, d + 0.12),
                        (x, 1.13, d + 0.2),
                        (x, 1.05, d + 0.2),
                        fill=s.glow("#d8b25a", 0.2),
                    ),
                )
            else:
                s.add(d + 0.5, s.box(x - 0.1, x + 0.1, 0, room.height, d, d + 0.4, p.dado))
            px, py = s.point(side * (room.half - 0.12), 2.05, d - 0.7)
            k_px = s.scale(d - 0.7)
            lamp = s.halo(px, py, 0.9 * k_px, 0.9 * k_px, "#ffd08a", 0.5) if s.light.lamps else ""
            s.add(d, lamp, svg.ellipse(px, py, 0.09 * k_px, 0.13 * k_px, s.lamp("#ffe9b8", "#ece4d2")))
        if not tunnel:
            px, py = s.point(0, 0, d - 0.7)
            s.add(
                8e4,
                s.halo(px, py, 1.5 * s.scale(d - 0.7), 0.2 * s.scale(d - 0.7), "#ffd98a" if s.light.lamps else s.light.key, 0.28),
            )
    if not tunnel:
        s.add(
            9e4,
            s.quad((-0.8, 0.004, -6), (0.8, 0.004, -6), (0.8, 0.004, 15.6), (-0.8, 0.004, 15.6), fill=s.lit(p.fabric)),
            *(
                s.quad((x, 0.005, -6), (x + 0.07, 0.005, -6), (x + 0.07, 0.005, 15.6), (x, 0.005, 15.6), fill=s.lit(p.accent))
                for x in (-0.76, 0.69)
            ),
        )
        f.plant(s, 1.85, 2.2, 0.9, "corridor")
        f.chair(s, -1.75, 1.6, 1, p.wood, seat=p.fabric)
    s.spot("stand", 0.0)
    s.spot("lean", -1.8)
    vignette(s, 0.5)


def stairs(s: Stage) -> None:
    """A staircase that climbs across the wall to a landing, with a banister and a tall window; in cellars and attics, stores."""
    p, room = pick(s, OLD), Room(3.9, 3.6, 4.6)
    s.dice("stairs")
    cellar = any(x in s.words for x in ("cellar", "basement", "attic"))
    shell(
        s,
        room,
        p,
        wall="stone" if cellar or "tower" in s.words else "panel",
        floor="flags" if cellar else "checks",
        ceiling="beams",
        dado=1.1,
    )
    w.window(
        s,
        room,
        p,
        -1.9,
        1.3 if not cellar else 2.4,
        1.1 if not cellar else 0.9,
        2.3 if not cellar else 0.7,
        style="arched" if not cellar else "grid",
    )
    steps = 13
    for k in range(steps):
        x, y = -0.9 + k * 0.3, 0.18 * (k + 1)
        s.add(3.0, s.box(x, x + 0.32, 0, y, 2.2, 3.3, p.wood if not cellar else p.wall, top=p.fabric if not cellar else p.wall))
    s.add(2.99, s.box(3.0, 4.6, 0, 0.18 * steps, 2.2, 3.3, p.wood if not cellar else p.wall))
    rail = []
    for k in range(0, steps, 1):
        x, y = -0.75 + k * 0.3, 0.18 * (k + 1)
        px, py = s.point(x, y, 2.2)
        _, top = s.point(x, y + 0.85, 2.2)
        rail.append(svg.line(px, py, px, top, s.shade(p.wood, 0.4), max(1.5, 0.035 * s.scale(2.2))))
    a, b = s.point(-0.85, 0.95, 2.2), s.point(3.1, 0.18 * steps + 0.92, 2.2)
    rail.append(svg.line(*a, *b, s.glow(p.wood, 0.12), max(2.5, 0.09 * s.scale(2.2)), stroke_linecap="round"))
    s.add(2.1, *rail)
    s.add(2.1, s.box(-1.02, -0.86, 0, 1.15, 2.2, 2.36, p.wood), s.box(-1.05, -0.83, 1.15, 1.22, 2.17, 2.39, p.accent))
    if cellar:
        f.shelves(s, -3.6, -2.5, 3.2, 1.7, "bottles", p.wood, rows=4)
        for x, d in ((-2.7, 1.6), (-3.3, 1.5), (2.9, 1.2)):
            s.hang(d, boats.barrel(s), x=x)
        s.hang(1.4, boats.crate(s, size=60), x=2.2)
    else:
        w.picture(s, room, -3.2, 1.9, 50, 62, "stair", wood=p.accent)
        f.plant(s, -3.2, 2.4, 1.2, "stair", colour=p.accent)
        rug(s, 0, 0.8, 1.5, 0.7, p.fabric, p.accent)
    f.pendant(s, 0.4, 1.6, room.height, 1.5, p.accent)
    s.spot("stand", 0.0)
    s.spot("sit", -0.6, 0.36, 1)
    vignette(s, 0.48)


def prison(s: Stage) -> None:
    """Bare stone, a high barred window with its beam, a bunk, marks on the wall, bars before or behind."""
    p, room = pick(s, INDUSTRIAL), Room(2.9, 2.6, 3.0)
    dice = s.dice("prison")
    questioning = any(x in s.words for x in ("interrog", "police", "question"))
    p = Palette("#8c9096", "#6e737a", "#a9acb0", "#74777b", "#5f5348", "#6f7a78", "#c9a24a", "#7d8388", "#5d6167")
    shell(s, room, p, wall="stone" if not questioning else "plain", floor="concrete", ceiling="plain")
    w.window(s, room, p, -0.6, 1.95, 0.8, 0.62, style="", view="land", frame="#5d6167") if not questioning else _mirror(s, room)
    bars = "".join(svg.rect(-34 + k * 17, -64, 4.5, 66, s.shade("#33373d", 0.2)) for k in range(5))
    if not questioning:
        on_wall(s, room, bars, x=-0.6, y=1.95)
        tally = "".join(f"M{k * 30 + j * 5} {(k % 3) * 34}v22" for k in range(6) for j in range(4)) + "".join(
            f"M{k * 30 - 4} {(k % 3) * 34 + 18}l24 -14" for k in range(6)
        )
        on_wall(s, room, svg.path(tally, "none", stroke=s.glow("#d0d2d4", 0.2), stroke_width=2, opacity=0.75), x=0.5, y=1.9)
        f.bed(s, -1.7, 1.4, 0.8, p.metal, "#cfd0cc", p.fabric)
        s.hang(
            2.0, svg.path("M-18 0V-40H18V0Z", s.shade("#a9aeb2", 0.2)), svg.ellipse(0, -40, 18, 4, s.shade("#c9ced2", 0.1)), x=2.3
        )
        w.door(s, room, 1.75, "#5d646c", "#4a4f56", style="steel")
    else:
        w.door(s, room, 2.1, "#5d646c", "#4a4f56", style="steel")
        f.pendant(s, 0.0, 0.9, room.height, 0.9, "#3f5a50")
    f.table(s, 1.25, 0.5, 0.9, 0.6, p.metal if questioning else p.wood)
    f.chair(s, 0.6, 0.35, 1, p.metal, spot=True)
    f.chair(s, 1.95, 0.45, -1, p.metal, spot=True)
    if not s.close and not questioning and dice.random() < 0.7 and s.eye < 3:
        iron = s.shade("#22252a", 0.5)
        for k in (-3, -2, 2, 3):
            s.hang(-2.2 if s.sees(-2.2) else -0.5, svg.rect(-2.6, -330, 5.2, 330, iron), x=k * 0.62)
        s.hang(-2.19, svg.rect(-320, -200, 110, 8, iron), svg.rect(120, -200, 200, 8, iron))
    vignette(s, 0.62)


def _mirror(s: Stage, room: Room) -> None:
    on_wall(
        s,
        room,
        svg.rect(-112, -82, 224, 86, s.shade("#3a3f46", 0.2)),
        svg.rect(-106, -76, 212, 74, s.vertical((0, s.shade("#54636c", 0.3)), (1, s.shade("#38444c", 0.4)))),
        svg.polygon([(-80, -6), (-10, -72), (24, -72), (-46, -6)], "#ffffff", opacity=0.08),
        x=-0.7,
        y=1.1,
    )


def hall(s: Stage) -> None:
    """A great hall: columns, banners or paintings, a dais, tall windows, a chandelier."""
    p, room = pick(s, OLD), Room(6.0, 6.5, 6.0, 5)
    dice = s.dice("hall")
    museum = any(x in s.words for x in ("museum", "gallery"))
    shell(s, room, p, wall="stone" if not museum else "dado", floor="checks", ceiling="plain", dado=1.2)
    for x in (-3.05, 3.05):
        w.window(s, room, p, x, 1.5, 1.4, 2.8, style="gothic" if not museum else "arched", view="land")
    if museum:
        for x, y, a, b in ((-1.4, 2.2, 110, 80), (0.2, 2.3, 90, 120), (1.7, 2.2, 100, 74)):
            w.picture(s, room, x, y, a, b, f"m{x}", wood=p.accent)
        _statue(s, 2.6, 2.4, p)
        _statue(s, -2.8, 3.6, p)
    else:
        for x in (-1.75, 1.75):
            banner = (
                svg.path("M-44 -300H44V-20L0 30L-44 -20Z", s.vertical((0, s.shade(p.fabric, 0.3)), (1, s.lit(p.fabric))))
                + svg.path("M-36 -292H36V-24L0 16L-36 -24Z", "none", stroke=s.lit(p.accent), stroke_width=4)
                + svg.path(
                    "M0 -220l14 30l32 4l-24 22l7 32l-29 -16l-29 16l7 -32l-24 -22l32 -4Z",
                    s.lit(p.accent),
                    transform="translate(0 60)",
                )
            )
            on_wall(s, room, svg.rect(-52, -306, 104, 8, s.shade(p.wood, 0.2)), banner, x=x, y=1.7)
        for k in range(3):
            s.add(6.0 - 0.01 * k, s.box(-1.9 + 0.25 * k, 1.9 - 0.25 * k, 0, 0.16 * (k + 1), 5.0 + 0.3 * k, 6.4, p.wall))
        back = (
            svg.path("M-46 0V-190Q-40 -232 0 -246Q40 -232 46 -190V0Z", s.shade(p.wood, 0.12))
            + svg.path("M-34 -10V-180Q-30 -212 0 -224Q30 -212 34 -180V-10Z", s.lit(p.fabric))
            + svg.circle(0, -246, 11, s.glow(p.accent, 0.3))
        )
        s.hang(
            5.8,
            back,
            svg.rect(-46, -58, 92, 20, s.lit(p.fabric), rx=5),
            svg.path("M-60 0V-84h18V0ZM42 0V-84h18V0ZM-46 -40H46V0H-46Z", s.shade(p.wood, 0.24)),
            x=0,
            y=0.48,
        )
        s.add(
            9e4,
            s.quad((-0.9, 0.005, -5), (0.9, 0.005, -5), (0.9, 0.005, 5.0), (-0.9, 0.005, 5.0), fill=s.shade(p.fabric, 0.06)),
            *(
                s.quad((x, 0.006, -5), (x + 0.08, 0.006, -5), (x + 0.08, 0.006, 5.0), (x, 0.006, 5.0), fill=s.lit(p.accent))
                for x in (-0.86, 0.78)
            ),
        )
    for d in (5.2, 3.4, 1.6):
        for side in (-1, 1):
            body = s.sideways(
                (0, s.shade(p.wall, 0.45)), (0.4 if s.key < 0 else 0.6, s.glow(p.wall, 0.12)), (1, s.shade(p.wall, 0.5))
            )
            s.add(d + 0.2, s.ground_shadow(side * 3.95, d, 0.7, 0.3, 0.4))
            s.hang(
                d,
                svg.rect(-32, -600, 64, 600, body),
                svg.rect(-46, -34, 92, 34, s.shade(p.wall, 0.24)),
                svg.rect(-44, -600, 88, 40, s.shade(p.wall, 0.14)),
                x=side * 3.95,
            )
            torch = (
                s.halo(0, -14, 110, 110, "#ffb25c", 0.6) + svg.path("M0 -32q14 16 0 28q-14 -12 0 -28Z", "#ffc44a")
                if s.light.lamps
                else ""
            )
            s.hang(d - 0.05, svg.path("M-5 20L-9 -4H9L5 20Z", s.shade("#4a3626", 0.2)), torch, x=side * 3.6, y=2.1)
    if dice.random() < 0.6 or museum:
        _chandelier(s, 0.0, 2.6, room.height, p)
    s.spot("stand", 0.0)
    vignette(s, 0.5)


def _statue(s: Stage, x: float, depth: float, p: Palette) -> None:
    stone = s.sideways(
        (0, s.glow("#e6e2d8", 0.2) if s.key < 0 else s.shade("#d9d5cb", 0.4)),
        (1, s.shade("#d9d5cb", 0.4) if s.key < 0 else s.glow("#e6e2d8", 0.2)),
    )
    s.add(depth, s.box(x - 0.36, x + 0.36, 0, 1.0, depth, depth + 0.7, p.wall))
    s.hang(
        depth,
        svg.path(
            "M-24 0Q-26 -60 -16 -92Q-34 -104 -30 -128Q-14 -140 -7 -140V-150Q-14 -172 0 -176Q14 -172 7 -150V-140Q16 -140 30 -160L37 -156Q32 -124 16 -116Q20 -60 24 0Z",
            stone,
        ),
        x=x,
        y=1.0,
    )


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "bar": bar,
    "station": station,
    "church": church,
    "theatre": theatre,
    "corridor": corridor,
    "stairs": stairs,
    "prison": prison,
    "hall": hall,
}
