"""Rooms people live in: kitchen, living room, bedroom, bathroom, and a room of no kind in particular."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import furniture as f
from glimmer.models.rehearsal.boards.sets import windows as w
from glimmer.models.rehearsal.boards.sets.palettes import HOMELY, Palette, pick
from glimmer.models.rehearsal.boards.sets.rooms import Room, on_wall, rug, shell, vignette
from glimmer.models.rehearsal.boards.sets.stage import Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


def kitchen(s: Stage) -> None:
    """Cupboards along the wall, a stove under its hood, the sink below the window, jars, pans, a table to sit at."""
    p, room = pick(s, HOMELY), Room(3.6, 2.9, 2.8)
    dice = s.dice("kitchen")
    shell(
        s, room, p, wall="tile", floor=dice.choice(("checks", "tiles", "boards")), ceiling=dice.choice(("beams", "plain")), dado=1.5
    )
    front = mix(p.dado, p.trim, dice.choice((0.15, 0.75)))
    sink = dice.uniform(-0.5, 0.1)
    w.window(s, room, p, sink, 1.12, 1.35, 1.1, style="sash", cloth=p.fabric)
    f.counter(s, -2.6, 1.25, 2.25, 0.6, 0.9, front, p.wood, doors=7)
    _sink(s, sink, 2.24, p)
    _stove(s, 1.75, 2.2, p)
    f.counter(s, 2.25, 3.1, 2.25, 0.6, 0.9, front, p.wood, doors=2)
    _fridge(s, -3.05, 2.2, dice.choice((p.trim, p.accent, mix(p.fabric, p.trim, 0.2))))
    for x0, x1 in ((-2.4, -1.2), (2.3, 3.3)):
        f.shelves(s, x0, x1, 2.65, 0.62, "jars", p.wood, rows=2, deep=0.25, foot=1.55)
    _pans(s, room, 0.75, 2.02, p)
    _worktop_things(s, p)
    f.pendant(s, 0.9, 0.9, room.height, 0.75, p.fabric)
    tx = 1.45
    f.table(s, tx, 0.35, 1.3, 0.8, p.wood, cloth=p.trim if dice.random() < 0.4 else "")
    _laid(s, tx, 0.5, p)
    f.chair(s, tx - 0.95, 0.4, 1, p.wood, seat=p.fabric, spot=True)
    f.chair(s, tx + 0.95, 0.4, -1, p.wood, seat=p.fabric, spot=True)
    s.spot("lean", -1.4)
    vignette(s)


def _sink(s: Stage, x: float, depth: float, p: Palette) -> None:
    steel = s.glow(p.metal, 0.3)
    s.hang(depth + 0.25, svg.path("M-3 0V-24q0 -10 10 -10t10 10v6", "none", stroke=steel, stroke_width=4.5), x=x, y=0.9)
    s.hang(
        depth, svg.rect(-34, 2, 68, 24, s.lit("#eef0ee"), rx=4), svg.rect(-34, 2, 68, 5, s.glow("#ffffff", 0.2), rx=2), x=x, y=0.9
    )


def _stove(s: Stage, x: float, depth: float, p: Palette) -> None:
    """A range with its oven, pots and hood."""
    iron = "#4a4f58"
    s.add(
        depth + 0.02,
        s.box(x - 0.45, x + 0.45, 0, 0.9, depth, depth + 0.62, iron),
        s.box(x - 0.4, x + 0.4, 0.9, 0.92, depth + 0.06, depth + 0.56, "#2c3038"),
    )
    glow = (
        svg.rect(-30, -58, 60, 26, "#e8893c", rx=4, opacity=0.9)
        if s.light.lamps
        else svg.rect(-30, -58, 60, 26, s.shade("#22252b", 0.2), rx=4)
    )
    knobs = "".join(svg.circle(-30 + k * 15, -80, 3.6, s.lit("#d8d2c4")) for k in range(5))
    s.hang(
        depth, svg.rect(-38, -66, 76, 46, s.shade(iron, 0.3), rx=4), glow, svg.rect(-30, -70, 60, 3.5, s.lit(p.metal)), knobs, x=x
    )
    steam = svg.path(
        "M-22 -30q-8 -14 0 -24t0 -24M-8 -28q-8 -12 0 -22t0 -20",
        "none",
        stroke="#ffffff",
        stroke_width=3,
        opacity=0.25,
        stroke_linecap="round",
    )
    pot = (
        svg.path("M-34 -22H-4V-2H-34ZM6 -13H34V-2H6Z", s.shade("#b0603f", 0.1))
        + svg.rect(-37, -25, 36, 4, s.glow("#c97a52", 0.2), rx=2)
        + svg.rect(34, -12, 16, 3, s.shade("#33363c", 0.1))
    )
    s.hang(depth + 0.2, pot, steam, x=x, y=0.92)
    hood = s.sideways((0, s.glow(p.metal, 0.15)), (1, s.shade(p.metal, 0.3)))
    s.hang(
        depth + 0.3,
        svg.polygon([(-15, -150), (15, -150), (15, -74), (52, -24), (-52, -24), (-15, -74)], hood),
        svg.rect(-54, -26, 108, 10, s.shade(p.metal, 0.2)),
        x=x,
        y=1.42,
    )


def _fridge(s: Stage, x: float, depth: float, colour: str) -> None:
    s.add(depth + 0.02, s.box(x - 0.36, x + 0.36, 0, 1.75, depth, depth + 0.62, colour))
    notes = "".join(
        svg.rect(a, b, 9, 11, s.lit(c)) for a, b, c in ((-20, -150, "#f0d98a"), (-6, -144, "#e6b9a8"), (8, -152, "#c9dde6"))
    )
    s.hang(
        depth,
        svg.rect(-34, -172, 68, 62, s.lit(colour), rx=7),
        svg.rect(-34, -106, 68, 100, s.shade(colour, 0.06), rx=7),
        svg.rect(22, -128, 4, 15, s.shade("#7d858c", 0.1)),
        svg.rect(22, -98, 4, 22, s.shade("#7d858c", 0.1)),
        notes,
        x=x,
    )


def _pans(s: Stage, room: Room, x: float, y: float, p: Palette) -> None:
    """Pans and ladles on a rail."""
    copper = "#b86f4a"
    art = [svg.rect(-46, 0, 92, 3, s.shade("#3a3a40", 0.1))]
    for k, r in enumerate((9, 12, 8, 11)):
        px = -36 + k * 24
        art += [
            svg.line(px, 2, px, 16, s.shade("#3a3a40", 0.1), 2),
            svg.circle(px, 16 + r, r, s.shade(copper if k % 2 else "#4a4f58", 0.1)),
            svg.circle(px, 16 + r, r * 0.7, s.glow(copper if k % 2 else "#5a606a", 0.16)),
        ]
    on_wall(s, room, *art, x=x, y=y)


def _worktop_things(s: Stage, p: Palette) -> None:
    """What stands on a worktop: bread, a kettle, fruit, herbs, a clock of jars."""
    kettle = svg.path(
        "M-11 0Q-15 -18 0 -20Q15 -18 11 0ZM10 -12l9 -6", s.shade(p.accent, 0.1), stroke=s.shade(p.accent, 0.3), stroke_width=1
    ) + svg.path("M-8 -18q8 -14 16 0", "none", stroke=s.shade("#33363c", 0.1), stroke_width=2.4)
    board = svg.rect(-18, -30, 30, 30, s.shade("#b98f5e", 0.1), rx=3) + svg.path("M-2 0q-2 -13 14 -13t16 13Z", s.lit("#d8a05a"))
    fruit = svg.path("M-16 -9H16Q14 0 6 0H-6Q-14 0 -16 -9Z", s.shade(p.trim, 0.15)) + "".join(
        svg.circle(x, -12, 5, s.lit(c)) for x, c in ((-9, "#d9583f"), (0, "#e8b23f"), (8, "#8aa84f"))
    )
    for art, x in ((kettle, 2.65), (board, -1.9), (fruit, 0.75)):
        s.hang(2.45, art, x=x, y=0.9)
    f.plant(s, -1.25, 2.5, 0.34, "herb", y=0.9)
    f.plant(s, 3.0, 2.5, 0.3, "herb2", y=0.9, colour=p.trim)


def _laid(s: Stage, x: float, depth: float, p: Palette) -> None:
    """Cups, a jug and a bowl on a table."""
    cup = svg.path("M-5 -8H5L4 0H-4ZM5 -7q5 1 0 5", s.lit(p.trim), stroke=s.shade(p.trim, 0.3), stroke_width=1)
    jug = svg.path("M-7 0Q-10 -12 -5 -17V-22H6V-17Q10 -12 7 0Z", s.shade(p.fabric, 0.05))
    stems = svg.path(
        "M0 -20Q-6 -34 -10 -40M0 -20Q2 -36 3 -44M1 -20Q9 -32 13 -36", "none", stroke=s.shade("#4f7a45", 0.1), stroke_width=1.6
    )
    blooms = "".join(
        svg.circle(a, b, 4.5, s.lit(c)) for a, b, c in ((-10, -41, p.accent), (3, -45, "#e9dfd0"), (13, -37, p.accent))
    )
    s.hang(
        depth,
        svg.group(cup, transform="translate(-34 0)"),
        svg.group(cup, transform="translate(38 0)"),
        stems,
        blooms,
        jug,
        x=x,
        y=0.76,
    )


def living_room(s: Stage) -> None:
    """A sofa below the window, a fireplace or shelves, a rug, lamps, pictures, plants."""
    p, room = pick(s, HOMELY), Room(3.9, 3.2, 2.9)
    dice = s.dice("living")
    shell(
        s, room, p, wall=dice.choice(("stripe", "paper", "panel", "dado")), floor="boards", ceiling=dice.choice(("plain", "beams"))
    )
    rug(s, 0, 1.0, 2.1, 1.1, p.fabric, p.accent, round_=dice.random() < 0.4)
    w.window(s, room, p, -1.2, 0.95, 1.5, 1.45, style=dice.choice(("sash", "grid", "arched")), cloth=p.fabric)
    if dice.random() < 0.6:
        f.fireplace(s, 1.75, 2.75, mix(p.dado, "#b5694e", 0.3), p.wood)
        w.picture(s, room, 1.75, 1.85, 64, 46, "mantel", wood=p.accent)
    else:
        f.shelves(s, 1.0, 2.7, 2.8, 2.1, "books", p.wood)
    f.sofa(s, -1.35, 1.35, 2.0, p.fabric, p.accent)
    f.armchair(s, 2.15, 0.45, mix(p.dado, p.fabric, 0.3), -1, spot=True)
    f.table(s, 0.6, 1.2, 0.9, 0.5, p.wood, height=0.42)
    s.hang(1.3, svg.rect(-14, -4, 28, 4, s.lit("#8a3f36")), svg.rect(-12, -7, 24, 3, s.lit("#d9cdb2")), x=0.45, y=0.42)
    f.floor_lamp(s, -2.75, 1.9, p.trim)
    f.plant(s, 3.2, 2.2, 1.25, "corner", colour=p.accent)
    for k, x in enumerate((0.05, 0.45)):
        w.picture(s, room, x, 1.75 - 0.3 * k, 34, 28 + 10 * k, f"p{k}", wood=p.wood)
    w.door(s, room, 3.1, p.wood, p.trim)
    s.hang(2.6, f.pot(s, p.accent, 16), x=-3.3, y=0)
    vignette(s)


def bedroom(s: Stage) -> None:
    """A made bed, a night table with its lamp, a wardrobe, the window, a rug."""
    p, room = pick(s, HOMELY), Room(3.4, 3.0, 2.7)
    dice = s.dice("bedroom")
    child = any(word in s.words for word in ("nursery", "child", "kid", "boy", "girl"))
    shell(s, room, p, wall=dice.choice(("paper", "stripe", "dado")), floor=dice.choice(("boards", "carpet")), ceiling="plain")
    w.window(s, room, p, 0.55, 0.9, 1.3, 1.35, style=dice.choice(("sash", "grid")), cloth=p.fabric)
    rug(s, 0.3, 0.7, 1.5, 0.75, p.accent, p.trim, round_=True)
    f.bed(s, -1.5, 1.45, 1.25, p.wood, "#efe9dd", p.fabric)
    f.cabinet(s, -2.95, 1.9, 0.5, 0.6, 0.4, p.wood, drawers=2)
    f.desk_lamp(s, -2.95, 0.6, 2.0, p.fabric)
    f.cabinet(s, 2.5, 2.35, 1.2, 2.15, 0.6, p.wood)
    w.picture(s, room, -1.6, 1.75, 66, 44, "over bed", wood=p.wood)
    f.chair(s, 1.5, 0.5, -1, p.wood, seat=p.fabric, spot=True)
    f.plant(s, 1.45, 2.6, 0.7, "bedroom", colour=p.trim)
    if child:
        for k, (x, tone) in enumerate(((0.6, "#d9583f"), (0.85, "#e8b23f"), (0.72, "#4f8f94"))):
            s.add(1.6, s.box(x, x + 0.2, 0.2 * (k == 2), 0.2 + 0.2 * (k == 2), 1.6, 1.8, tone))
    f.pendant(s, 0.2, 1.2, room.height, 0.5, p.trim)
    vignette(s, 0.46)


def bathroom(s: Stage) -> None:
    """Tiles to the shoulder, a claw-foot bath, basin and mirror, towels, a frosted window."""
    p, room = pick(s, HOMELY), Room(3.1, 2.6, 2.7)
    dice = s.dice("bath")
    p = Palette(
        mix(p.wall, "#eef2f2", 0.35),
        mix(p.dado, "#cfe0e0", 0.45),
        "#f4f4f0",
        "#c9c6be",
        p.wood,
        p.fabric,
        p.accent,
        "#a3abb0",
        "#f0efe9",
    )
    shell(s, room, p, wall="tile", floor="checks", ceiling="plain", dado=1.35)
    w.window(s, room, p, -1.3, 1.45, 0.9, 0.85, style=dice.choice(("sash", "grid", "round")))
    white = "#f2f2ee"
    bath = svg.path(
        "M-88 -58Q-84 -8 -58 -8H58Q84 -8 88 -58Z", s.vertical((0, s.glow(white, 0.2)), (1, s.shade(white, 0.32)))
    ) + svg.rect(-94, -64, 188, 9, s.glow(white, 0.3), rx=4.5)
    feet = "".join(svg.path(f"M{x} -10q-6 6 -2 10h8q0 -6 2 -10Z", s.shade("#b08a45", 0.1)) for x in (-58, 52))
    tap = svg.path("M74 -64V-92q0 -8 -9 -8h-7", "none", stroke=s.glow(p.metal, 0.2), stroke_width=5)
    foam = (
        "".join(svg.circle(x, -66, 7 + (x % 3), s.glow("#ffffff", 0.2), opacity=0.9) for x in range(-70, 50, 9))
        if dice.random() < 0.6
        else ""
    )
    s.add(2.2, s.ground_shadow(-1.35, 1.9, 1.05, 0.35, 0.35))
    s.hang(1.7, foam, bath, feet, tap, x=-1.35)
    f.counter(s, 0.75, 1.75, 2.1, 0.48, 0.85, p.wood, white, doors=2, drawers=False)
    s.hang(
        2.2,
        svg.ellipse(0, 1, 26, 4, s.shade(white, 0.25)),
        svg.path("M-2 -2V-18q0 -6 8 -6", "none", stroke=s.glow(p.metal, 0.2), stroke_width=4),
        x=1.25,
        y=0.86,
    )
    mirror = svg.rect(-38, -52, 76, 100, s.shade(p.trim, 0.1), rx=38) + svg.rect(
        -34, -48, 68, 92, s.vertical((0, mix(s.lit("#c9dde2"), s.light.sky_low, 0.3)), (1, s.shade("#9db8c0", 0.1))), rx=34
    )
    on_wall(s, room, mirror, svg.polygon([(-24, 10), (8, -42), (20, -36), (-20, 26)], "#ffffff", opacity=0.22), x=1.25, y=1.62)
    for x in (0.62, 1.88):
        on_wall(
            s,
            room,
            s.halo(0, 0, 70, 70, "#ffe0a0", 0.6) if s.light.lamps else "",
            svg.circle(0, 0, 8, s.lamp("#fff0c8")),
            x=x,
            y=1.85,
        )
    on_wall(
        s,
        room,
        svg.rect(-30, 0, 60, 3, s.shade(p.metal, 0.2)),
        svg.rect(-24, 1, 30, 62, s.shade(p.fabric, 0.05), rx=2),
        svg.rect(-24, 44, 30, 6, s.glow(p.fabric, 0.3)),
        x=0.05,
        y=1.4,
    )
    s.hang(
        2.1,
        svg.path("M-20 0q-6 -32 0 -38h40q6 6 0 38Z", s.shade(white, 0.16)),
        svg.rect(-19, -78, 38, 40, s.shade(white, 0.12), rx=5),
        svg.ellipse(0, -38, 22, 5, s.glow(white, 0.2)),
        x=2.45,
    )
    rug(s, -0.2, 0.7, 0.8, 0.4, p.fabric, p.trim, round_=True)
    f.plant(s, 2.75, 1.5, 0.8, "bath")
    f.stool(s, 0.95, 0.4, 0.45, p.wood, p.wood, spot=True, facing=-1)
    vignette(s, 0.34)


def plain_room(s: Stage) -> None:
    """A room that could be anyone's: table, chairs, a window, a door, shelves."""
    p, room = pick(s, HOMELY), Room(3.6, 3.1, 2.8)
    dice = s.dice("room")
    shell(
        s, room, p, wall=dice.choice(("dado", "panel", "plain", "stripe")), floor="boards", ceiling=dice.choice(("plain", "beams"))
    )
    w.window(
        s,
        room,
        p,
        -1.5,
        0.95,
        1.3,
        1.35,
        style=dice.choice(("sash", "grid", "arched")),
        cloth=p.fabric if dice.random() < 0.7 else "",
    )
    w.door(s, room, 2.55, p.wood, p.trim, ajar=dice.random() < 0.4)
    f.shelves(s, 0.35, 1.6, 2.8, 1.7, dice.choice(("books", "jars", "boxes")), p.wood, rows=4)
    rug(s, 0, 0.9, 1.7, 0.9, p.fabric, p.accent)
    tx = dice.choice((-1.4, 1.35))
    f.table(s, tx, 0.45, 1.2, 0.75, p.wood)
    _laid(s, tx, 0.6, p)
    f.chair(s, tx - 0.9, 0.45, 1, p.wood, seat=p.fabric, spot=True)
    f.chair(s, tx + 0.9, 0.45, -1, p.wood, seat=p.fabric, spot=True)
    f.floor_lamp(s, -2.9, 2.2, p.trim)
    f.plant(s, 3.1, 1.8, 1.0, "room", colour=p.accent)
    w.picture(s, room, -0.2, 1.7, 46, 36, "a", wood=p.wood)
    w.clock(s, room, 1.95, 2.2)
    vignette(s)


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "kitchen": kitchen,
    "living_room": living_room,
    "bedroom": bedroom,
    "bathroom": bathroom,
    "room": plain_room,
}
