"""Rooms that are far from home: lamp room, ship's cabin, vehicle, spacecraft."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats
from glimmer.models.rehearsal.boards.sets import furniture as f
from glimmer.models.rehearsal.boards.sets import windows as w
from glimmer.models.rehearsal.boards.sets.interiors_work import screen
from glimmer.models.rehearsal.boards.sets.palettes import HOMELY, OLD, SPACE, Palette, pick
from glimmer.models.rehearsal.boards.sets.rooms import Room, on_wall, shell, vignette
from glimmer.models.rehearsal.boards.sets.sky import paint_sky
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


def lamp_room(s: Stage) -> None:
    """The top of a lighthouse: the great lens on its pedestal, storm panes all around, the gallery and the sea beyond."""
    dice = s.dice("lamp room")
    iron, brass, paint = "#33414a", "#c29a4a", dice.choice(("#8f3f36", "#2f5d62", "#e3dac6", "#5a6a58"))
    depth, half = 3.4, 6.0
    s.add(BACKDROP, s.cover(s.shade(iron, 0.7)))
    s.add(BACKDROP / 2, s.plane(depth + 60, svg.group(w.outside(s, 9000, 3000, "sea", "lamp"), transform="translate(0 900)")))
    pane = 1.25
    for k in range(-5, 6):
        x = k * pane
        d = depth - 0.035 * x * x
        s.add(BACKDROP / 4, s.box(x - 0.05, x + 0.05, 0.75, 4.4, d, d + 0.1, iron))
        nx = (k + 1) * pane
        nd = depth - 0.035 * nx * nx
        for y in (1.95, 3.15):
            s.add(
                BACKDROP / 4.1,
                s.quad((x, y - 0.03, d), (nx, y - 0.03, nd), (nx, y + 0.03, nd), (x, y + 0.03, d), fill=s.shade(iron, 0.2)),
            )
        lower = s.shade(paint, 0.12 + 0.05 * abs(k))
        s.add(BACKDROP / 4, s.quad((x, 0, d), (nx, 0, nd), (nx, 0.78, nd), (x, 0.78, d), fill=lower), s.quad((x, 0.72, d), (nx, 0.72, nd), (nx, 0.82, nd), (x, 0.82, d), fill=s.glow(brass, 0.1)),
              s.quad((x + 0.15, 0.14, d), (nx - 0.15, 0.14, nd), (nx - 0.15, 0.6, nd), (x + 0.15, 0.6, d), fill=s.shade(paint, 0.3 + 0.04 * abs(k))))  # fmt: skip
        s.add(
            BACKDROP / 3,
            s.quad((x + 0.1, 0.9, d), (x + 0.35, 0.9, d), (x + 0.95, 3.1, d), (x + 0.7, 3.1, d), fill="#ffffff", opacity=0.06),
        )
        gx = x + 0.6
        s.add(BACKDROP / 2.5, s.box(gx - 0.02, gx + 0.02, -0.2, 1.35, depth + 1.2, depth + 1.24, iron))
    for y in (1.32, 0.95):
        s.add(BACKDROP / 2.6, s.box(-half, half, y, y + 0.05, depth + 1.2, depth + 1.24, iron))
    _lamp_floor(s, depth)
    if s.eye < 4:
        s.add(
            BACKDROP / 5,
            s.quad((-half, 4.0, -5), (half, 4.0, -5), (half, 3.5, depth), (-half, 3.5, depth), fill=s.shade(paint, 0.5)),
        )
    _lens(s, dice.choice((-1.7, 1.7)), 1.5, brass, iron)
    _spiral_rail(s, 2.9 if dice.random() < 0.5 else -2.9, 1.0, iron, brass)
    side = -1 if dice.random() < 0.5 else 1
    f.table(s, side * 2.35, 2.0, 1.0, 0.5, "#7a5236")
    s.hang(
        2.2,
        svg.rect(-30, -3, 44, 3, s.lit("#f2ead8")),
        svg.path("M18 0q-4 -14 4 -16h8q8 2 4 16Z", s.shade(brass, 0.1)),
        svg.path("M-24 -3l20 -7l20 7Z", s.lit("#e6dcc4")),
        x=side * 2.35,
        y=0.75,
    )
    f.stool(s, -1.15, 0.35, 0.45, "#6d4a33", paint, spot=True, facing=1)
    s.hang(1.2, _coat(s), x=3.3, y=0.75)
    s.spot("stand", 0.0)
    s.spot("lean", 1.0)
    vignette(s, 0.44)


def _lamp_floor(s: Stage, depth: float) -> None:
    """Round boards of a tower's top floor."""
    plank = "#8f6f52"
    y0, y1 = s.point(0, 0, depth)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    outline = [s.point(x, 0, depth - 0.035 * x * x) for x in (-7, -5, -3, -1, 1, 3, 5, 7)] + [s.point(8, 0, -5), s.point(-8, 0, -5)]
    s.add(
        BACKDROP / 4.5,
        svg.polygon(outline, s.vertical_px(y0, y1, (0, s.shade(plank, 0.2)), (0.4, s.lit(plank)), (1, s.shade(plank, 0.45)))),
    )
    lines = []
    for i in range(-22, 23):
        a, b = s.point(i * 0.3, 0, depth - 0.035 * (i * 0.3) ** 2), s.point(i * 0.3, 0, -4)
        lines.append(f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}")
    rings = []
    for r in (1.0, 1.9):
        px, py = s.point(0, 0, 1.4)
        rings.append(
            svg.ellipse(
                px,
                py,
                r * 1.5 * s.scale(1.4),
                abs(s.point(0, 0, 1.4 - r)[1] - py) * 0.8,
                "none",
                stroke=s.shade(plank, 0.4),
                stroke_width=2.2,
                opacity=0.5,
            )
        )
    s.add(BACKDROP / 4.6, svg.path("".join(lines), "none", stroke=s.shade(plank, 0.45), stroke_width=1.5, opacity=0.55), *rings)


def _lens(s: Stage, x: float, depth: float, brass: str, iron: str) -> None:
    """A Fresnel lens: a bull's eye in rings of prisms, in a brass frame on its clockwork pedestal; it blazes when lamps are lit."""
    lit = s.light.lamps
    glass, rim = mix(s.lit("#a9d0cc"), "#ffffff", 0.2), s.glow(brass, 0.1)
    art = [
        svg.path(
            "M-52 0L-42 -30H42L52 0ZM-34 -30L-28 -92H28L34 -30Z",
            s.sideways((0, s.shade(iron, 0.1)), (0.5, s.glow("#50616b", 0.1)), (1, s.shade(iron, 0.5))),
        ),
        svg.rect(-60, -104, 120, 14, rim, rx=3),
    ]
    art.append(
        svg.rect(-18, -80, 36, 34, s.shade(brass, 0.3), rx=3)
        + svg.circle(0, -63, 11, s.shade("#f2ead8", 0.1))
        + svg.path("M0 -63V-71M0 -63L6 -60", None, stroke="#2a2a30", stroke_width=1.8)
    )
    body = "M-56 -104Q-82 -200 -48 -292H48Q82 -200 56 -104Z"
    clip = s.clip(svg.path(body, "#fff"))
    prisms = [
        svg.path(
            body,
            s.vertical(
                (0, mix(glass, s.light.shadow, 0.1)), (0.5, mix(glass, "#ffffff", 0.4)), (1, mix(glass, s.light.shadow, 0.25))
            ),
        )
    ]
    for k in range(7):
        for y, curve in ((-106 - k * 11, 7), (-290 + k * 11, -7)):
            prisms.append(
                svg.path(
                    f"M-84 {y}Q0 {y + curve} 84 {y}V{y - 6}Q0 {y - 6 + curve} -84 {y - 6}Z",
                    mix(glass, "#ffffff" if k % 2 else "#3f7f86", 0.45),
                    opacity=0.75,
                )
            )
    for r in (46, 37, 28, 19):
        prisms.append(
            svg.circle(0, -198, r, "none", stroke=mix(glass, "#ffffff" if r in (46, 28) else "#3f7f86", 0.5), stroke_width=4)
        )
    core = "#fff6d0" if lit else mix(glass, "#ffffff", 0.5)
    prisms.append(svg.circle(0, -198, 13, core))
    if lit:
        prisms.append(s.halo(0, -198, 90, 100, "#ffedb0", 0.85))
    art.append(svg.group(*prisms, clip_path=clip))
    art.append(
        svg.path("M-56 -104Q-82 -200 -48 -292M56 -104Q82 -200 48 -292M0 -104V-150M0 -246V-292", "none", stroke=rim, stroke_width=6)
    )
    art.append(
        svg.rect(-54, -304, 108, 14, rim, rx=3)
        + svg.path("M-40 -304Q0 -336 40 -304Z", s.shade(brass, 0.1))
        + svg.circle(0, -328, 7, rim)
    )
    if lit:
        ray = s.sideways(
            (0, "#fff1c0", 0), (0.46, "#fff1c0", 0.34), (0.5, "#fff6d8", 0.6), (0.54, "#fff1c0", 0.34), (1, "#fff1c0", 0)
        )
        art.insert(0, svg.polygon([(-900, -430), (0, -214), (900, -340), (900, -60), (0, -182), (-900, -90)], ray))
        art.insert(0, s.halo(0, -198, 250, 200, "#ffdf9a", 0.6))
    s.add(depth, s.ground_shadow(x, depth, 0.9, 0.35, 0.4))
    s.hang(depth, *art, x=x)


def _spiral_rail(s: Stage, x: float, depth: float, iron: str, brass: str) -> None:
    """The head of the spiral stairs: a curved rail about a hatch."""
    bars = "".join(f"M{k * 17 - 68} {-abs(k - 4) * 1.5 - 2:.0f}V{-92 - abs(k - 4) * 1.5:.0f}" for k in range(9))
    s.hang(
        depth,
        svg.ellipse(0, 0, 74, 9, s.shade("#15181c", 0.3)),
        svg.path(bars, "none", stroke=s.shade(iron, 0.2), stroke_width=4.5),
        svg.path("M-72 -98Q0 -84 72 -98", "none", stroke=s.glow(brass, 0.15), stroke_width=7, stroke_linecap="round"),
        x=x,
    )


def _coat(s: Stage) -> str:
    tone = "#d9a63a"
    return (
        svg.path("M-8 -98Q-24 -94 -28 -80L-30 -6H30L28 -80Q24 -94 8 -98Z", s.shade(tone, 0.12))
        + svg.path("M0 -96V-6", None, stroke=s.shade(tone, 0.4), stroke_width=2)
        + svg.circle(0, -100, 4, s.lit("#b08a45"))
    )


def ship_cabin(s: Stage) -> None:
    """A cabin of curved planks: portholes on the sea, bunk, chart table, lantern, brass."""
    p = pick(s, OLD)
    dice = s.dice("cabin")
    bridge = any(x in s.words for x in ("wheelhouse", "bridge", "helm"))
    sub = "submarine" in s.words
    p = (
        Palette("#8f6a48", "#6d4a2f", "#b98f5e", "#8a6242", "#5a3a26", p.fabric, p.accent, "#b08a45", "#7a5638")
        if not sub
        else Palette("#7f8f8c", "#5d6c6a", "#a9b4b0", "#5f6664", "#4a5250", p.fabric, p.accent, "#98a2a0", "#66716f")
    )
    room = Room(3.2, 2.7, 2.35)
    shell(s, room, p, wall="metal" if sub else "plank", floor="metal" if sub else "boards", ceiling="beams")
    if bridge:
        for x in (-2.1, -0.7, 0.7, 2.1):
            w.window(s, room, p, x, 1.05, 1.2, 0.9, style="rounded", view="sea", pool=False)
        f.counter(s, -2.8, 2.8, 2.0, 0.55, 0.95, p.wood, p.wood, doors=7, drawers=False)
        spokes = "".join(f"M0 0L{math.cos(k * math.pi / 4) * 46:.0f} {math.sin(k * math.pi / 4) * 46:.0f}" for k in range(8))
        s.hang(
            1.6,
            svg.path(spokes, None, stroke=s.shade(p.wood, 0.05), stroke_width=6),
            svg.circle(0, 0, 33, "none", stroke=s.glow(p.wood, 0.1), stroke_width=8),
            svg.circle(0, 0, 8, s.lit(p.metal)),
            svg.rect(-5, 8, 10, 96, s.shade(p.wood, 0.3)),
            x=-0.7,
            y=1.05,
        )
        screen(s, 1.1, 0.95, 2.2, 0.45, tone="#7fe0a8")
    else:
        for x in (-1.5, 0.2, 1.9):
            _porthole(s, room, x, 1.62, p)
        f.bed(s, 1.7, 1.5, 0.85, p.wood, "#e9e0cc", p.fabric, long=1.9, head=1)
        f.shelves(s, -2.9, -2.05, 2.45, 1.0, "books", p.wood, rows=2, foot=1.1, deep=0.2)
    f.table(s, -1.55, 0.45, 1.3, 0.7, p.wood)
    chart = svg.polygon([(-50, 0), (44, 0), (36, -7), (-42, -7)], s.lit("#e9dbb4")) + svg.path(
        "M-30 -3q16 -5 30 -1t26 -2", "none", stroke=s.shade("#8a5a38", 0.1), stroke_width=1.2
    )
    s.hang(
        0.6, chart, svg.path("M26 0L33 -14L40 0M33 -14V-17", "none", stroke=s.glow(p.metal, 0.2), stroke_width=2), x=-1.55, y=0.76
    )
    f.stool(s, -0.75, 0.3, 0.45, p.wood, p.fabric, spot=True, facing=-1)
    swing = dice.uniform(-8, 8) * (2 if s.weather in ("storm", "wind") else 1)
    halo = s.halo(0, 44, 150, 125, "#ffc46a", 0.7) if s.light.lamps else ""
    lantern = svg.path(
        "M0 0V22M-9 26Q0 16 9 26V52H-9Z", s.shade(p.metal, 0.2), stroke=s.shade(p.metal, 0.2), stroke_width=2
    ) + svg.rect(-6, 29, 12, 20, s.lamp("#ffe0a0", "#cfd6d2"), rx=3)
    s.hang(1.0, svg.group(halo, lantern, transform=f"rotate({swing:.0f})"), x=0.5, y=room.height - 0.05)
    on_wall(
        s,
        room,
        svg.path("M-46 0Q0 26 46 0", "none", stroke=s.lit("#c9b48a"), stroke_width=5),
        svg.path("M-46 0q-8 -10 0 -16M46 0q8 -10 0 -16", "none", stroke=s.lit("#c9b48a"), stroke_width=5),
        x=-0.6,
        y=1.25,
    )
    s.hang(1.4, boats.barrel(s), x=2.95)
    s.hang(0.9, boats.crate(s, size=48), x=-2.9)
    s.spot("stand", 0.0)
    vignette(s, 0.5)


def _porthole(s: Stage, room: Room, x: float, y: float, p: Palette) -> None:
    ring = svg.circle(0, 0, 27, "#fff")
    view = svg.group(svg.group(w.outside(s, 60, 60, "sea", f"port{x}"), transform="translate(0 28)"), clip_path=s.clip(ring))
    bolts = "".join(
        svg.circle(math.cos(k * math.pi / 4) * 32, math.sin(k * math.pi / 4) * 32, 2, s.shade(p.metal, 0.5)) for k in range(8)
    )
    on_wall(
        s,
        room,
        s.halo(0, 0, 66, 66, s.light.key if s.time != "night" else "#9db8ff", 0.3),
        svg.circle(0, 0, 37, s.shade(p.metal, 0.1)),
        svg.circle(0, 0, 29, s.glow(p.metal, 0.3)),
        view,
        bolts,
        x=x,
        y=y,
    )


def vehicle(s: Stage) -> None:
    """Inside a car, a train, a bus or a plane: seats, the dashboard or aisle, the world in the windows."""
    if any(x in s.words for x in ("train", "carriage", "bus", "plane", "tram", "subway")):
        _carriage(s)
    else:
        _car(s)


def _carriage(s: Stage) -> None:
    p = pick(s, HOMELY)
    dice = s.dice("carriage")
    plane = "plane" in s.words and "aero" not in s.words or "airplane" in s.words
    room = Room(2.9, 2.2, 2.35)
    shell(s, room, p, wall="panel" if not plane else "plain", floor="carpet", ceiling="panels" if plane else "plain", dado=0.85)
    view = "sea" if plane else dice.choice(("land", "city"))
    for x in (-1.9, 0.0, 1.9):
        w.window(
            s,
            room,
            p,
            x,
            0.98,
            0.62 if plane else 1.35,
            0.8 if plane else 0.92,
            style="rounded",
            view=view,
            pool=False,
            cloth="" if plane else p.fabric,
        )
    on_wall(
        s,
        room,
        svg.rect(-290, 0, 580, 4, s.glow(p.metal, 0.2)),
        *(
            svg.path(f"M{x} 0q0 -22 14 -26h40q10 4 10 26Z", s.shade(c, 0.1))
            for x, c in ((-220, "#8a5d3a"), (-60, p.fabric), (120, "#4a5a6a"))
        ),
        x=0,
        y=2.02,
    )
    for x, face in ((-2.25, 1), (-0.95, -1), (1.0, 1), (2.3, -1)):
        back = x - face * 0.28
        s.add(
            1.2,
            s.box(min(back, back + face * 0.14), max(back, back + face * 0.14), 0.1, 1.22, 1.0, 2.0, p.fabric),
            s.box(min(x - face * 0.2, x + face * 0.34), max(x - face * 0.2, x + face * 0.34), 0.1, 0.46, 1.0, 2.0, p.fabric),
        )
        s.hang(1.0, svg.rect(-7, -120, 14, 20, s.lit(p.trim), rx=3), x=back + face * 0.07)
    for x in (-1.6, 1.65):
        s.add(1.1, s.box(x - 0.27, x + 0.27, 0.68, 0.72, 1.1, 2.1, p.wood))
        f.desk_lamp(s, x, 0.72, 1.9, p.accent)
    for x, face in ((-1.35, 1), (1.35, -1)):
        back = x - face * 0.3
        s.add(
            0.01,
            s.box(min(x - face * 0.2, x + face * 0.34), max(x - face * 0.2, x + face * 0.34), 0.1, 0.45, 0.02, 0.55, p.fabric),
            s.box(min(back, back + face * 0.14), max(back, back + face * 0.14), 0.1, 1.15, 0.02, 0.55, p.fabric),
        )
        s.spot("sit", x, 0.45, face)
    f.pendant(s, 0.0, 1.0, room.height, 0.25, p.accent)
    vignette(s, 0.46)


def _car(s: Stage) -> None:
    """A car's cabin seen from where the engine is: the road behind in the rear window, seats, roof and pillars; a wheel below."""
    p = pick(s, HOMELY)
    dice = s.dice("car")
    lining, leather = mix(p.dado, "#4a4542", 0.4), dice.choice(("#7a4a34", "#3f4a56", "#8f7f6a", "#6a2f33"))
    paint_sky(s)
    view = svg.group(w.outside(s, 1500, 500, dice.choice(("city", "land")), "car"), transform="translate(0 60)")
    s.add(BACKDROP / 2, s.plane(14, view))
    s.add(
        BACKDROP / 3,
        s.quad((-6, -0.2, 2), (6, -0.2, 2), (2.2, -0.2, 60), (-2.2, -0.2, 60), fill=s.shade("#5f646b", 0.1)),
        s.quad((-0.1, -0.2, 2), (0.1, -0.2, 2), (0.1, -0.2, 60), (-0.1, -0.2, 60), fill=s.lit("#e8d48f")),
    )
    shell_art = "M-1200 -700H1200V300H-1200Z M-112 -168Q0 -182 112 -168L136 -88Q0 -80 -136 -88Z M-360 -158L-146 -170L-176 -84L-380 -78Z M360 -158L146 -170L176 -84L380 -78Z"
    s.hang(
        1.5,
        svg.path(
            shell_art,
            s.vertical((0, s.shade(lining, 0.45)), (0.6, s.shade(lining, 0.16)), (1, s.shade(lining, 0.55))),
            fill_rule="evenodd",
        ),
    )
    s.hang(
        1.4,
        svg.path("M-140 -92Q0 -84 140 -92V40H-140Z", s.vertical((0, s.glow(leather, 0.06)), (1, s.shade(leather, 0.4)))),
        *(svg.line(x, -90, x, 30, s.shade(leather, 0.4), 2) for x in (-94, -47, 0, 47, 94)),
    )
    for x in (-0.62, 0.62):
        seat = (
            svg.path(
                "M-34 60Q-46 -60 -32 -104Q-28 -112 0 -112T32 -104Q46 -60 34 60Z",
                s.sideways((0, s.shade(leather, 0.4)), (0.5, s.glow(leather, 0.1)), (1, s.shade(leather, 0.4))),
            )
            + svg.rect(-18, -140, 36, 28, s.shade(leather, 0.12), rx=9)
            + svg.path("M-24 40Q-32 -50 -22 -92M24 40Q32 -50 22 -92", "none", stroke=s.shade(leather, 0.5), stroke_width=2.5)
        )
        s.hang(0.5, seat, x=x)
        s.spot("sit", x, 0.48, 1 if x < 0 else -1)
    s.hang(
        0.8,
        svg.rect(-17, -166, 34, 10, s.shade("#22252a", 0.2), rx=4),
        svg.path("M0 -176V-166", None, stroke=s.shade("#22252a", 0.2), stroke_width=3),
    )
    if s.camera.view_m > 1.6 and s.sees(-0.6) and s.eye < 3:
        dash, black = s.shade(lining, 0.6), s.shade("#1a1c20", 0.3)
        rim = svg.circle(62, -46, 21, "none", stroke=black, stroke_width=4.5) + svg.path(
            "M41 -46H83M62 -46V-26", None, stroke=black, stroke_width=4
        )
        dials = "".join(svg.circle(x, -25, 5, "#e8b765" if s.light.lamps else s.lit("#d8d2c4")) for x in (50, 62, 74))
        s.hang(
            -0.6,
            svg.path("M-420 300V-24Q-200 -40 0 -34T420 -24V300Z", dash),
            svg.path("M-420 -24Q-200 -40 0 -34T420 -24V-18Q200 -34 0 -28T-420 -18Z", s.glow(lining, 0.1)),
            dials,
            rim,
        )
    s.spot("stand", 0.0)
    vignette(s, 0.5)


def spacecraft(s: Stage) -> None:
    """A bridge or corridor of a ship: ribs of light, consoles, a great window on stars and a world."""
    p, room = pick(s, SPACE), Room(4.0, 4.0, 3.2)
    dice = s.dice("spacecraft")
    shell(s, room, p, wall="metal", floor="metal", ceiling="panels", dado=0.7)
    tone = dice.choice(("#d98a5c", "#5c9ad0", "#a88ad0", "#7fc09a"))
    shape = svg.path("M-250 0L-290 -90L-220 -190H220L290 -90L250 0Z", "#fff")
    stars = "".join(f"M{dice.uniform(-290, 290):.0f} {-dice.uniform(0, 190):.0f}h.1" for _ in range(120))
    planet = svg.circle(
        110, -40, 110, s.radial((0, mix(tone, "#ffffff", 0.35)), (0.75, tone), (1, mix(tone, "#0a1020", 0.6)))
    ) + svg.ellipse(
        110, -40, 190, 22, "none", stroke=mix(tone, "#ffffff", 0.4), stroke_width=5, opacity=0.5, transform="rotate(-14 110 -40)"
    )
    view = svg.group(
        svg.rect(-300, -200, 600, 210, "#070c1c"),
        s.halo(-120, -120, 200, 110, "#6a4fb0", 0.5),
        svg.path(stars, "none", stroke="#eaf1ff", stroke_width=2, stroke_linecap="round"),
        planet,
        clip_path=s.clip(shape),
    )
    frame = shape.replace("/>", f' fill-opacity="0" stroke="{s.shade(p.dado, 0.4)}" stroke-width="16"/>')
    on_wall(s, room, "", view, frame, svg.path("M-80 0V-190M80 0V-190", None, stroke=s.shade(p.dado, 0.4), stroke_width=8), y=0.95)
    for d in (3.2, 1.6, 0.2):
        for side in (-1, 1):
            x = side * room.half
            s.add(d + 0.3, s.box(min(x, x - side * 0.35), max(x, x - side * 0.35), 0, room.height, d, d + 0.35, p.dado))
            s.add(
                d + 0.2,
                s.quad(
                    (x - side * 0.36, 0.3, d + 0.1),
                    (x - side * 0.36, 2.8, d + 0.1),
                    (x - side * 0.36, 2.8, d + 0.22),
                    (x - side * 0.36, 0.3, d + 0.22),
                    fill=mix(p.accent, "#ffffff", 0.3),
                ),
            )
            px, py = s.point(x - side * 0.36, 1.6, d)
            s.add(d + 0.1, s.halo(px, py, 0.7 * s.scale(d), 1.4 * s.scale(d), p.accent, 0.3))
        if s.eye < room.height:
            s.add(d + 0.25, s.box(-room.half, room.half, room.height - 0.22, room.height, d, d + 0.35, p.dado))
    for x0, x1 in ((-3.2, -1.1), (1.1, 3.2)):
        _console(s, x0, x1, 2.3, p)
    _pilot_seat(s, -1.3, 0.05, p, 1)
    _pilot_seat(s, 1.3, 0.05, p, -1)
    _console(s, -3.6, -2.2, 0.7, p)
    _console(s, 2.2, 3.6, 0.7, p)
    s.spot("stand", 0.0)
    s.spot("sit", -1.3, 0.5, 1)
    s.spot("sit", 1.3, 0.5, -1)
    vignette(s, 0.4)


def _console(s: Stage, x0: float, x1: float, depth: float, p: Palette) -> None:
    dice = s.dice(f"console{x0}{depth}")
    s.add(depth + 0.02, s.box(x0, x1, 0, 0.75, depth + 0.1, depth + 0.6, p.dado))
    s.add(
        depth,
        s.quad(
            (x0, 0.75, depth), (x1, 0.75, depth), (x1, 1.05, depth + 0.55), (x0, 1.05, depth + 0.55), fill=s.shade(p.wood, 0.25)
        ),
    )
    w_cm = (x1 - x0) * 100
    lights = "".join(
        svg.rect(8 + k * 13, -86 - (k % 3) * 7, 8, 5, dice.choice((p.accent, "#6fe08a", "#f0a84a", "#e0667f", "#dfe6ec")), rx=1.5)
        for k in range(int((w_cm - 16) / 13))
    )
    holo = "".join(
        svg.rect(w_cm * 0.2 + k * w_cm * 0.1, -112 - dice.uniform(4, 22), w_cm * 0.07, 24, p.accent, opacity=0.4) for k in range(6)
    )
    s.hang(depth + 0.05, s.halo(w_cm / 2, -95, w_cm * 0.5, 34, p.accent, 0.35), lights, holo, x=x0)


def _pilot_seat(s: Stage, x: float, depth: float, p: Palette, facing: int) -> None:
    back = x - facing * 0.3
    s.add(
        depth + 0.02,
        s.box(x - 0.08, x + 0.08, 0, 0.4, depth + 0.2, depth + 0.36, p.metal),
        s.box(x - 0.3, x + 0.3, 0.38, 0.5, depth, depth + 0.55, p.fabric),
        s.box(back - 0.08, back + 0.08, 0.45, 1.3, depth + 0.02, depth + 0.53, p.fabric),
    )


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "lamp_room": lamp_room,
    "ship_cabin": ship_cabin,
    "vehicle": vehicle,
    "spacecraft": spacecraft,
}
