"""Rooms for many: bar, station, corridor, stairs, prison."""

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


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "bar": bar,
    "station": station,
    "corridor": corridor,
    "stairs": stairs,
    "prison": prison,
}
