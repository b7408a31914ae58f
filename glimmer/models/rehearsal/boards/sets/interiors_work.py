"""Rooms people work and learn in: office, classroom, library, hospital, laboratory, workshop, shop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats
from glimmer.models.rehearsal.boards.sets import furniture as f
from glimmer.models.rehearsal.boards.sets import windows as w
from glimmer.models.rehearsal.boards.sets.palettes import HOMELY, INDUSTRIAL, INSTITUTION, OLD, Palette, pick
from glimmer.models.rehearsal.boards.sets.rooms import Room, on_wall, rug, shell, vignette
from glimmer.models.rehearsal.boards.sets.stage import Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS", "screen"]


def screen(s: Stage, x: float, y: float, depth: float, width: float = 0.55, *, tone: str = "#7fc4e0", name: str = "") -> None:
    """A monitor standing at height y, its back light on whatever is near."""
    dice = s.dice(f"screen{x:.2f}{name}")
    w2, h = width * 50, width * 62
    lines = "".join(
        svg.rect(-w2 + 6, -h - 4 + k * h / 7, dice.uniform(0.3, 0.9) * width * 70, h / 16, mix(tone, "#ffffff", 0.5), opacity=0.8)
        for k in range(5)
    )
    glow = s.halo(0, -h * 0.6, w2 * 2.2, h * 1.3, tone, 0.3) if s.light.lamps else ""
    s.hang(depth, glow, svg.rect(-3, -10, 6, 10, s.shade("#2c3036", 0.1)), svg.rect(-w2 * 0.4, -2.5, w2 * 0.8, 3, s.shade("#2c3036", 0.2)),
           svg.rect(-w2 - 2, -h - 10, width * 100 + 4, h + 3, s.shade("#2c3036", 0.15), rx=3), svg.rect(-w2, -h - 8, width * 100, h - 1, mix(tone, s.light.shadow, 0.55)), lines, x=x, y=y)  # fmt: skip


def office(s: Stage) -> None:
    """A desk with its screen, windows over the city, shelves of files, a board of notes."""
    p, room = pick(s, INSTITUTION), Room(4.2, 3.4, 2.9)
    dice = s.dice("office")
    case = any(word in s.words for word in ("detective", "police", "precinct", "newsroom", "investigat"))
    shell(
        s, room, p, wall=dice.choice(("dado", "panel", "plain")), floor=dice.choice(("carpet", "boards", "tiles")), ceiling="panels"
    )
    for x in (-2.7, -0.9):
        w.window(s, room, p, x, 0.85, 1.6, 1.6, style="wide", view="" if "sea" in s.words else "city", pool=x > -2)
    blinds = "".join(svg.rect(-172, k * 7, 344, 4, s.shade(p.trim, 0.08), opacity=0.85) for k in range(5 + dice.randrange(6)))
    on_wall(s, room, blinds, x=-1.8, y=2.45)
    f.shelves(s, 2.2, 3.7, 2.95, 2.0, "boxes", p.wood, rows=4)
    w.pinboard(s, room, 1.05, 1.65, 130, 84, strings=case)
    f.cabinet(s, 1.55, 2.9, 0.5, 1.3, 0.5, p.metal, drawers=4)
    for x, depth in ((-2.8, 1.9), (2.6, 1.5)):
        f.table(s, x, depth, 1.4, 0.7, p.wood)
        screen(s, x, 0.75, depth + 0.35)
        s.hang(
            depth + 0.2,
            svg.rect(20, -7, 22, 7, s.lit("#f2ead8")),
            svg.rect(22, -10, 19, 3, s.lit("#d7c9a8")),
            svg.path("M-44 0v-9h8v9Z", s.shade(p.fabric, 0.1)),
            x=x,
            y=0.75,
        )
        f.chair(s, x - 0.1, depth - 0.55, 0, p.metal, seat=p.fabric)
    f.table(s, -1.35, 0.35, 1.5, 0.8, p.wood)
    screen(s, -1.75, 0.75, 0.8)
    f.desk_lamp(s, -0.9, 0.75, 0.85)
    f.chair(s, -0.35, 0.25, -1, p.metal, seat=p.fabric, spot=True)
    f.chair(s, 1.3, 0.4, -1, p.metal, seat=p.fabric, spot=True)
    f.plant(s, 3.8, 1.9, 1.3, "office", colour=p.trim)
    w.clock(s, room, 2.1, 2.45)
    vignette(s, 0.36)


def classroom(s: Stage) -> None:
    """A green board with chalk marks, rows of desks, a globe, tall windows, children's drawings."""
    p, room = pick(s, INSTITUTION), Room(4.4, 3.6, 3.1)
    dice = s.dice("class")
    shell(s, room, p, wall="dado", floor="boards", ceiling="panels", dado=1.0)
    green = dice.choice(("#3f6a55", "#37554a", "#2f3f46"))
    chalk = "".join(
        svg.path(
            f"M{-150 + dice.uniform(0, 220):.0f} {-130 + k * 22:.0f}q{dice.uniform(10, 30):.0f} {dice.uniform(-8, 8):.0f} {dice.uniform(30, 70):.0f} 0",
            "none",
            stroke="#eef2ea",
            stroke_width=2.4,
            opacity=0.7,
        )
        for k in range(5)
    )
    shapes = svg.path("M70 -40l30 -52l30 52Z", "none", stroke="#f2e2a8", stroke_width=2.4, opacity=0.75) + svg.circle(
        40, -110, 18, "none", stroke="#eef2ea", stroke_width=2.4, opacity=0.7
    )
    on_wall(
        s,
        room,
        svg.rect(-176, -158, 352, 166, s.shade(p.wood, 0.15)),
        svg.rect(-168, -150, 336, 150, s.lit(green)),
        chalk,
        shapes,
        svg.rect(-176, 6, 352, 7, s.glow(p.wood, 0.2)),
        x=-0.3,
        y=0.85,
    )
    for x in (2.5, 3.75):
        w.window(s, room, p, x, 1.05, 0.95, 1.6, style="grid", view="land", pool=x < 3)
    for k in range(6):
        tone = dice.choice(("#f2ead8", "#f6e3c0", "#dfeaf0", "#f0d9d0"))
        star = svg.circle(0, 0, 6, s.lit(dice.choice(("#d9583f", "#e8b23f", "#4f8f94", "#7d9a4f"))))
        on_wall(
            s,
            room,
            svg.rect(-15, -12, 30, 24, s.lit(tone)),
            star,
            svg.path("M-15 12V6q10 -6 18 0t12 -2V12Z", s.lit("#8aa860")),
            x=-4.0 + k * 0.42,
            y=2.2 - 0.34 * (k % 2),
        )
    f.table(s, -2.6, 2.2, 1.5, 0.65, p.wood)
    s.hang(
        2.4,
        svg.path("M0 0V-8M-10 -22A16 16 0 1 0 12 -34", "none", stroke=s.shade("#b08a45", 0.1), stroke_width=2.5),
        svg.circle(0, -24, 13, s.lit("#5f9ab8")),
        svg.path("M-9 -30q6 -5 9 0t6 6q-8 3 -9 9q-7 -6 -6 -15Z", s.lit("#7fa860")),
        x=-2.2,
        y=0.75,
    )
    s.hang(
        2.4,
        svg.rect(-16, -5, 30, 5, s.lit("#8a3f36")),
        svg.rect(-14, -9, 27, 4, s.lit("#3f5a70")),
        svg.circle(4, -14, 5, s.lit("#c9483c")),
        x=-2.9,
        y=0.75,
    )
    for row, depth in enumerate((1.45, 0.35)):
        for x in (-2.35, 2.0, 3.4) if row else (-1.2, 1.35, 2.7):
            if row and abs(x) < 1.2:
                continue
            f.table(s, x, depth, 0.75, 0.45, p.wood, height=0.66)
            f.chair(s, x - 0.02, depth - 0.3, 0, p.metal, seat=p.fabric) if depth > 1 else None
            s.hang(depth + 0.15, svg.rect(-12, -2.5, 22, 2.5, s.lit(dice.choice(("#d9583f", "#4f8f94", "#e8b23f")))), x=x, y=0.66)
    f.chair(s, -1.35, 0.3, 1, p.metal, seat=p.fabric, spot=True)
    f.chair(s, 1.2, 0.3, -1, p.metal, seat=p.fabric, spot=True)
    w.clock(s, room, -0.3, 2.75)
    vignette(s, 0.32)


def library(s: Stage) -> None:
    """Walls of books with a ladder, a gallery above, a green lamp on a long table, a tall window."""
    p, room = pick(s, OLD), Room(4.2, 3.6, 4.2)
    dice = s.dice("library")
    shell(s, room, p, wall="panel", floor="boards", ceiling="beams", dado=1.0)
    w.window(
        s,
        room,
        p,
        0.0,
        1.0,
        1.5,
        2.6,
        style=dice.choice(("arched", "gothic")),
        cloth=p.fabric if dice.random() < 0.6 else "",
        view="land",
    )
    for k, (x0, x1) in enumerate(((-4.1, -2.55), (-2.5, -0.98), (0.98, 2.5), (2.55, 4.1))):
        f.shelves(s, x0, x1, 3.2, 2.75, "books", p.wood, rows=7, name=str(k))
        s.add(3.18, s.box(x0, x1, 2.78, 2.95, 3.1, 3.5, p.wood))
    for side in (-1, 1):
        for k in range(4):
            d = 2.3 - k * 1.15
            x = side * room.half
            rows = []
            for r in range(7):
                y = 0.15 + r * 0.38
                rows.append(s.quad((x, y, d), (x, y + 0.3, d), (x, y + 0.3, d + 1.0), (x, y, d + 1.0), fill=s.shade(p.wood, 0.66)))
                for b in range(6):
                    z = d + 0.04 + b * 0.16
                    tone = dice.choice(("#8a3f36", "#2f5b63", "#b08a45", "#4a5a3c", "#6a4a63", "#c9a878"))
                    rows.append(
                        s.quad(
                            (x, y, z),
                            (x, y + dice.uniform(0.2, 0.28), z),
                            (x, y + 0.25, z + 0.14),
                            (x, y, z + 0.14),
                            fill=s.shade(tone, 0.3),
                        )
                    )
            s.add(3.4, *rows)
    lx = dice.choice((-1.75, 1.75))
    rungs = "".join(svg.line(-19 + k * 0.5, -24 - k * 30, 19 - k * 0.5, -24 - k * 30, s.glow(p.wood, 0.1), 5) for k in range(9))
    s.hang(2.7, svg.path("M-22 0L-15 -285M22 0L15 -285", None, stroke=s.glow(p.wood, 0.16), stroke_width=7), rungs, x=lx)
    rug(s, 0, 0.9, 2.2, 1.0, p.fabric, p.accent)
    f.table(s, -1.45, 0.4, 1.6, 0.8, p.wood)
    f.desk_lamp(s, -1.9, 0.75, 0.8)
    s.hang(
        0.6,
        svg.path("M-24 0q12 -8 24 -1q12 -7 24 1v-3q-12 -8 -24 -2q-12 -6 -24 2Z", s.lit("#f2ead8")),
        svg.rect(30, -5, 20, 5, s.lit("#8a3f36")),
        svg.rect(32, -9, 17, 4, s.lit("#37476a")),
        x=-1.3,
        y=0.75,
    )
    f.chair(s, -0.45, 0.35, -1, p.wood, seat=p.fabric, spot=True)
    f.armchair(s, 1.75, 0.5, p.fabric, -1, spot=True)
    s.hang(
        1.5,
        svg.path("M-20 0H20L12 -6H-12ZM-3 -6V-58H3V-6Z", s.shade(p.wood, 0.2)),
        svg.circle(0, -78, 24, s.lit("#6f9aa8")),
        svg.path("M-14 -90q10 -8 16 2t8 12q-14 2 -14 14q-12 -10 -10 -28Z", s.lit("#c9b07a")),
        svg.circle(0, -78, 27, "none", stroke=s.lit("#b08a45"), stroke_width=3),
        x=2.9,
    )
    for x in (-1.2, 1.2):
        f.pendant(s, x, 1.6, room.height, 1.3, "#b08a45")
    vignette(s, 0.5)


def hospital(s: Stage) -> None:
    """A ward: beds with curtains on rails, a monitor, a drip, a big window, pale tiles."""
    p, room = pick(s, INSTITUTION), Room(4.0, 3.3, 2.9)
    p = Palette(
        mix(p.wall, "#eaf2f2", 0.4), p.dado, p.trim, mix(p.floor, "#d9e2e2", 0.4), "#b9a58a", p.fabric, p.accent, p.metal, "#f2f4f2"
    )
    dice = s.dice("hospital")
    shell(s, room, p, wall="dado", floor="tiles", ceiling="panels", dado=1.1)
    w.window(s, room, p, 0.15, 1.0, 1.8, 1.4, style="wide")
    cloth = mix(p.fabric, "#eef4f4", 0.45)
    for side in (-1, 1):
        d = "".join(f"M{k * 14} 0q7 6 14 0V-190H{k * 14}Z" for k in range(7))
        folds = "".join(svg.rect(k * 14 + 9, -190, 4, 190, s.shade(cloth, 0.2)) for k in range(7))
        s.hang(
            2.4,
            svg.path(d, s.lit(cloth)),
            folds,
            svg.rect(-30, -196, 240, 5, s.shade(p.metal, 0.1)),
            x=side * 3.3 - (0.5 if side > 0 else 0.48),
            y=0.35,
        )
    f.bed(s, -1.75, 1.3, 0.95, p.metal, "#f4f6f4", p.fabric)
    f.bed(s, 2.5, 2.0, 0.9, p.metal, "#f4f6f4", p.fabric, head=1, spot=False)
    beat = svg.path("M-20 -30h10l4 -12l6 22l5 -14l3 4h12", "none", stroke="#6fe08a", stroke_width=2.4)
    s.hang(
        2.3,
        svg.rect(-3, -120, 6, 120, s.shade(p.metal, 0.1)),
        svg.rect(-27, -165, 54, 46, s.shade("#dfe4e4", 0.15), rx=5),
        svg.rect(-23, -160, 46, 36, "#16302c"),
        svg.group(beat, transform="translate(0 -112)"),
        svg.path("M-20 0H20", None, stroke=s.shade(p.metal, 0.2), stroke_width=5),
        x=-3.1,
    )
    s.hang(
        1.2,
        svg.path("M0 0V-195M-16 -190H16M-20 0H20", "none", stroke=s.glow(p.metal, 0.2), stroke_width=4),
        svg.path("M-22 -188h14v26q-7 8 -14 0Z", mix(s.lit("#d9eef2"), "#ffffff", 0.2), opacity=0.85),
        svg.path("M-15 -158Q-18 -100 -40 -80", "none", stroke=s.lit("#d9eef2"), stroke_width=2),
        x=-0.55,
    )
    f.cabinet(s, 0.9, 2.8, 0.5, 0.8, 0.4, p.trim, drawers=3)
    s.hang(
        2.9,
        svg.path("M-6 0V-12Q-8 -16 -4 -20H4Q8 -16 6 -12V0Z", s.lit(p.fabric)),
        svg.path("M0 -20Q-8 -34 -10 -38M0 -20Q2 -36 4 -40M0 -20Q9 -30 12 -34", "none", stroke=s.lit("#5f8a4b"), stroke_width=1.8),
        *(svg.circle(a, b, 4.6, s.lit("#e8735a")) for a, b in ((-10, -40), (4, -42), (13, -36))),
        x=0.9,
        y=0.8,
    )
    f.chair(s, 1.25, 0.5, -1, p.metal, seat=p.fabric, spot=True)
    on_wall(
        s,
        room,
        svg.rect(-16, -16, 32, 32, s.lit("#f2f4f2"), rx=4),
        svg.path("M-4 -11h8v7h7v8h-7v7h-8v-7h-7v-8h7Z", s.lit("#4fa08a")),
        x=1.75,
        y=2.2,
    )
    w.door(s, room, 3.35, mix(p.fabric, p.trim, 0.5), p.trim, style="glass") if dice.random() < 0.5 else w.clock(s, room, 3.0, 2.2)
    vignette(s, 0.26)


def laboratory(s: Stage) -> None:
    """Benches with glass, glowing liquids and screens, a big apparatus, a wall of cabinets."""
    p, room = pick(s, INSTITUTION), Room(4.1, 3.4, 3.0)
    dice = s.dice("lab")
    servers = any(word in s.words for word in ("server", "computer", "control", "reactor"))
    sky = "observatory" in s.words
    shell(s, room, p, wall="tile", floor="tiles", ceiling="panels", dado=2.0)
    if not servers:
        w.window(s, room, p, 1.7, 1.15, 1.7, 1.2, style="wide")
    f.counter(s, -3.9, -1.0, 2.75, 0.6, 0.92, mix(p.dado, p.trim, 0.4), p.trim, doors=6)
    f.counter(s, 0.6, 3.9, 2.75, 0.6, 0.92, mix(p.dado, p.trim, 0.4), p.trim, doors=6)
    f.shelves(s, -3.6, -1.3, 3.1, 0.9, "bottles", p.metal, rows=2, deep=0.25, foot=1.5)
    if servers:
        for k in range(4):
            _rack(s, 0.9 + k * 0.72, 2.6, p)
    else:
        _glassware(s, 2.0, 2.8, 0.92, "back")
    if sky:
        s.hang(
            2.4,
            svg.path("M-50 0L-8 -120H8L50 0", "none", stroke=s.shade(p.wood, 0.2), stroke_width=9),
            svg.path("M-95 -90L70 -215L100 -178L-70 -64Z", s.sideways((0, s.shade("#b08a45", 0.3)), (1, s.glow("#b08a45", 0.2)))),
            x=-0.2,
        )
    else:
        _apparatus(s, -0.2, 2.6, p, dice.choice(("#6fe0c0", "#f0a84a", "#b98af0")))
    for x in (-2.9, -1.9):
        screen(s, x, 0.92, 3.0, 0.5, tone=dice.choice(("#7fc4e0", "#8ae0a8")))
    f.counter(s, -2.35, -0.95, 0.5, 0.7, 0.92, mix(p.dado, p.trim, 0.4), p.trim, doors=3)
    _glassware(s, -1.65, 0.7, 0.92, "front")
    f.counter(s, 1.0, 2.4, 0.6, 0.7, 0.92, mix(p.dado, p.trim, 0.4), p.trim, doors=3)
    s.hang(
        0.8,
        svg.path("M-16 0H16V-5H-4V-24L10 -36L14 -31L4 -22V-8H-16Z", s.shade("#e6e9ea", 0.2)),
        svg.rect(2, -46, 8, 16, s.shade("#2c3036", 0.1), transform="rotate(40 6 -38)"),
        x=1.4,
        y=0.92,
    )
    f.stool(s, -0.7, 0.3, 0.62, p.metal, p.fabric, spot=True, facing=-1)
    f.stool(s, 0.85, 0.4, 0.62, p.metal, p.fabric)
    vignette(s, 0.34)


def _rack(s: Stage, x: float, depth: float, p: Palette) -> None:
    dice = s.dice(f"rack{x:.1f}")
    s.add(depth, s.box(x - 0.34, x + 0.34, 0, 2.1, depth, depth + 0.7, "#3a414c"))
    art = [svg.rect(-29, -204 + k * 20, 58, 16, s.shade("#22272f", 0.1), rx=2) for k in range(10)]
    art += [
        svg.circle(-23 + 6 * j, -196 + k * 20, 1.9, dice.choice(("#6fe08a", "#6fe08a", "#4fc3d9", "#f0a84a", "#39424e")))
        for k in range(10)
        for j in range(dice.randint(2, 6))
    ]
    s.hang(depth, *art, x=x)


def _glassware(s: Stage, x: float, depth: float, y: float, name: str) -> None:
    """Flasks, tubes in a rack and a burner, their liquids a little luminous."""
    dice = s.dice("glass" + name)
    tones = ("#6fe0c0", "#f0a84a", "#e0667f", "#8ac0f0", "#b98af0", "#c9e06f")
    art = []
    for k, kind in enumerate(("cone", "round", "tubes", "cone")):
        gx, tone = -46 + k * 30, dice.choice(tones)
        glass = s.glow("#dfeef0", 0.2)
        if kind == "cone":
            art += [
                svg.path("M-4 -34V-22L-12 0H12L4 -22V-34Z", glass, opacity=0.45, transform=f"translate({gx} 0)"),
                svg.path("M-8 -11L-12 0H12L8 -11Z", tone, opacity=0.9, transform=f"translate({gx} 0)"),
            ]
        elif kind == "round":
            art += [
                s.halo(gx, -12, 26, 22, tone, 0.4),
                svg.path("M-3 -36V-23A12 12 0 1 0 3 -23V-36Z", glass, opacity=0.45, transform=f"translate({gx} 0)"),
                svg.path("M-12 -12A12 12 0 0 0 12 -12Z", tone, opacity=0.9, transform=f"translate({gx} 0)"),
            ]
        else:
            art += [svg.rect(gx - 14, -14, 28, 4, s.shade("#a88d6d", 0.1)), svg.rect(gx - 14, -3, 28, 3, s.shade("#a88d6d", 0.1))]
            art += [
                svg.rect(gx - 11 + j * 8, -24, 5, 22, glass, rx=2.4, opacity=0.5)
                + svg.rect(gx - 11 + j * 8, -14, 5, 12, dice.choice(tones), rx=2.4)
                for j in range(3)
            ]
    s.hang(depth, *art, x=x, y=y)


def _apparatus(s: Stage, x: float, depth: float, p: Palette, tone: str) -> None:
    """A tall glass column with coils, half machine and half aquarium."""
    s.add(
        depth + 0.1,
        s.box(x - 0.5, x + 0.5, 0, 0.6, depth, depth + 0.7, p.metal),
        s.box(x - 0.45, x + 0.45, 2.15, 2.4, depth + 0.05, depth + 0.65, p.metal),
    )
    bubbles = "".join(
        svg.circle(s.dice(f"b{k}").uniform(-24, 24), -70 - k * 17, 2 + k % 3, "#ffffff", opacity=0.5) for k in range(8)
    )
    s.hang(depth, s.halo(0, -138, 120, 130, tone, 0.45), svg.rect(-36, -215, 72, 156, mix(tone, s.light.shadow, 0.35), opacity=0.9), svg.rect(-36, -215, 14, 156, "#ffffff", opacity=0.16), bubbles,
           svg.path("M44 -60V-190q0 -12 12 -12h26q10 0 10 12v190", "none", stroke=s.shade("#b0603f", 0.1), stroke_width=6),
           *(svg.circle(-26 + k * 17, -36, 5, c) for k, c in enumerate(("#6fe08a", "#f0a84a", "#e0667f", s.shade(p.trim, 0.1)))), x=x)  # fmt: skip


def workshop(s: Stage) -> None:
    """A bench with vice and tools on the wall, timber, a work lamp, drums, half-made things."""
    p, room = pick(s, INDUSTRIAL), Room(4.2, 3.4, 3.2)
    dice = s.dice("workshop")
    barn = any(word in s.words for word in ("barn", "stable", "shed", "boathouse", "mill"))
    studio = any(word in s.words for word in ("studio", "atelier", "painter"))
    if barn:
        p = Palette("#a07a55", "#7d5a3c", "#c9a878", "#8f7556", "#6d4a2f", p.fabric, p.accent, p.metal, "#6d5238")
    shell(s, room, p, wall="plank" if barn else "brick", floor="boards" if barn else "concrete", ceiling="beams")
    w.window(s, room, p, 0.9, 1.15, 1.9, 1.3, style="grid", frame=p.wood)
    f.counter(s, -3.4, -0.3, 2.7, 0.65, 0.95, p.wood, mix(p.wood, "#d8b88a", 0.3))
    _tools(s, room, -1.85, 1.35, p)
    s.hang(
        2.75,
        svg.path(
            "M-16 0H16V-6H8V-20H18V-26H-20V-20H-10V-6H-16ZM18 -23H30",
            s.shade("#3f5a70", 0.15),
            stroke=s.shade("#3f5a70", 0.3),
            stroke_width=3,
        ),
        x=-0.8,
        y=0.95,
    )
    s.hang(
        2.8,
        svg.rect(-30, -14, 44, 14, s.shade("#c9483c", 0.1), rx=2),
        svg.path("M-18 -14q0 -8 10 -8t10 8", "none", stroke=s.shade("#33363c", 0.1), stroke_width=3),
        svg.rect(20, -22, 12, 22, s.lit("#b9c4c9")),
        svg.path("M23 -22l-3 -16M27 -22l2 -18", None, stroke=s.shade(p.wood, 0.1), stroke_width=2.4),
        x=-2.8,
        y=0.95,
    )
    f.shelves(s, 2.35, 3.9, 2.9, 1.9, "boxes", p.wood, rows=4)
    for k in range(5):
        s.hang(
            2.6 - k * 0.01,
            svg.rect(-5, -250, 9, 250, s.shade(mix("#c9a06a", p.wood, 0.15 * k), 0.1), transform=f"rotate({-5 + k * 2})"),
            x=-3.85 + k * 0.12,
        )
    if studio:
        s.hang(
            1.2,
            svg.path("M-40 0L-4 -190M40 0L4 -190M0 -30V-150M-44 -70H44", "none", stroke=s.shade(p.wood, 0.1), stroke_width=7),
            svg.rect(-46, -160, 92, 88, s.lit("#f2ead8")),
            svg.path("M-46 -72v-30q30 -30 50 -8t42 -16v54Z", s.lit("#5f8a94")),
            svg.circle(18, -136, 11, s.lit("#e8b23f")),
            x=-1.7,
        )
    else:
        _half_built(s, dice.choice((-1, 1)) * 2.0, p)
    for x in (3.2, 3.75):
        s.hang(1.7, boats.barrel(s, mix(p.fabric, "#5a6a70", 0.3)), x=x)
    f.pendant(s, -1.6, 1.8, room.height, 1.0, "#3f5a50")
    f.pendant(s, 1.4, 1.2, room.height, 0.9, "#3f5a50")
    f.stool(s, 0.95, 0.35, 0.55, p.wood, p.wood, spot=True, facing=-1)
    s.hang(1.0, boats.crate(s, size=52), x=-3.0)
    vignette(s, 0.44)


def _tools(s: Stage, room: Room, x: float, y: float, p: Palette) -> None:
    """Saws, spanners and hammers on hooks."""
    wood, steel = s.shade("#b07a45", 0.1), s.glow("#9aa4ac", 0.1)
    saw = svg.path("M0 0L62 8V18L0 26Z", steel) + svg.path("M0 -2h-20v30h20Z", wood)
    hammer = svg.rect(-2.5, 0, 5, 40, wood) + svg.path("M-14 -8H10l6 5v6H-14Z", s.shade("#5a6068", 0.1))
    spanner = svg.path("M-3 8V46H3V8q7 -3 7 -10h-6v5h-8v-5h-6q0 7 7 10Z", steel)
    plane = svg.path("M-24 12H24V2H10Q6 -8 0 -8T-10 2H-24Z", s.shade("#8a5a38", 0.1))
    art = [svg.rect(-118, -70, 236, 120, s.shade(mix(p.wall, p.wood, 0.6), 0.05), rx=3)]
    for dx, dy, tool in (
        (-86, -46, saw),
        (0, -52, hammer),
        (26, -52, spanner),
        (50, -50, spanner),
        (84, -44, hammer),
        (-70, 22, plane),
        (0, 14, saw),
        (92, 20, plane),
    ):
        art.append(svg.group(tool, transform=f"translate({dx} {dy})"))
    on_wall(s, room, *art, x=x, y=y + 0.45)


def _half_built(s: Stage, x: float, p: Palette) -> None:
    """A boat's ribs on trestles."""
    wood = "#c9975c"
    ribs = "".join(
        svg.path(f"M{k} -52Q{k * 1.05:.0f} -96 {k * 1.12:.0f} -112", "none", stroke=s.shade(wood, 0.25), stroke_width=6)
        for k in range(-70, 80, 20)
    )
    s.add(1.6, s.ground_shadow(x, 1.4, 1.0, 0.3, 0.35))
    s.hang(1.4, svg.path("M-70 0L-56 -48M-42 0L-56 -48M42 0L56 -48M70 0L56 -48", None, stroke=s.shade(p.wood, 0.2), stroke_width=7), ribs,
           svg.path("M-104 -118Q0 -92 108 -126L100 -106Q0 -74 -96 -100ZM-96 -100Q-70 -44 0 -42T92 -104Q70 -60 0 -56T-96 -100Z", s.lit(wood)), x=x)  # fmt: skip


def shop(s: Stage) -> None:
    """Shelves of goods to the ceiling, a counter with a till, a hanging scale, the street through the window."""
    p, room = pick(s, HOMELY), Room(3.9, 3.2, 3.0)
    dice = s.dice("shop")
    kind = (
        "books"
        if "book" in s.words
        else "bottles"
        if any(x in s.words for x in ("pharmac", "wine", "liquor"))
        else dice.choice(("jars", "boxes", "bottles"))
    )
    shell(
        s, room, p, wall=dice.choice(("panel", "plank", "dado")), floor=dice.choice(("checks", "boards")), ceiling="plain", dado=1.0
    )
    w.window(s, room, p, -2.55, 0.75, 1.9, 1.6, style="wide", view="city")
    w.door(s, room, -0.85, p.dado, p.trim, style="glass")
    on_wall(
        s,
        room,
        svg.path("M-9 0Q-8 -12 0 -13Q8 -12 9 0Z", s.lit("#d8b25a")),
        svg.circle(0, 2, 2.4, s.shade("#8a6a2f", 0.1)),
        x=-0.55,
        y=2.25,
    )
    f.shelves(s, 0.1, 1.9, 2.85, 2.5, kind, p.wood, rows=6, name="a")
    f.shelves(s, 1.95, 3.75, 2.85, 2.5, "jars" if kind != "jars" else "boxes", p.wood, rows=6, name="b")
    f.counter(s, 0.75, 2.9, 0.9, 0.6, 0.98, mix(p.dado, p.wood, 0.4), p.wood, doors=4, drawers=False)
    s.hang(
        1.1,
        svg.path("M-20 0V-14L-14 -28H14L20 -14V0Z", s.shade("#b08a45", 0.15)),
        svg.rect(-12, -42, 24, 14, s.shade("#33363c", 0.1), rx=2),
        svg.rect(-16, -11, 32, 8, s.shade("#33363c", 0.2)),
        x=2.4,
        y=0.98,
    )
    s.hang(
        1.05,
        svg.path("M-14 0Q-16 -20 0 -22Q16 -20 14 0Z", "#ffffff", opacity=0.3),
        *(svg.circle(a, b, 5, s.lit("#d8a05a")) for a, b in ((-7, -4), (4, -4), (-1, -11))),
        svg.rect(-17, -2, 34, 3, s.shade(p.wood, 0.1)),
        x=1.3,
        y=0.98,
    )
    for k in range(3):
        s.hang(
            2.5,
            boats.crate(s, size=48),
            "".join(svg.circle(-16 + j * 8, -50 - 3 * (j % 2), 6.5, s.lit(("#d9583f", "#e8b23f", "#7d9a4f")[k])) for j in range(5)),
            x=-3.2 + k * 0.58,
        )
    for x in (-1.7, 1.2):
        f.pendant(s, x, 1.4, room.height, 0.8, p.fabric)
    f.stool(s, 0.4, 0.5, 0.6, p.wood, p.fabric, spot=True, facing=-1)
    f.plant(s, -3.5, 1.4, 0.9, "shop", colour=p.accent)
    s.spot("lean", 1.0)
    vignette(s, 0.38)


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "office": office,
    "classroom": classroom,
    "library": library,
    "hospital": hospital,
    "laboratory": laboratory,
    "workshop": workshop,
    "shop": shop,
}
