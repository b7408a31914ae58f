"""Furniture, built of boxes in true perspective: tables, chairs, beds, cupboards, shelves, counters, lamps, plants.

Every function hangs its piece on the stage at a place given in metres; `depth` is its front. A chair tells its seat to the actors.
"""

from __future__ import annotations

import math
from random import Random

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.stage import Stage

__all__ = [
    "armchair", "bed", "cabinet", "chair", "counter", "desk_lamp", "fireplace", "floor_lamp", "pendant", "piano", "plant", "pot", "shelves",
    "sofa", "stool", "table",
]  # fmt: skip


def table(
    s: Stage,
    x: float,
    depth: float,
    width: float,
    deep: float,
    wood: str,
    *,
    height: float = 0.75,
    cloth: str = "",
    round_: bool = False,
) -> None:
    """A table; a cloth hangs over its edge. Round tables stand on one foot."""
    s.add(depth + deep, s.ground_shadow(x, depth + deep / 2, width * 0.6, deep * 0.6, 0.35))
    if round_:
        px, py = s.point(x, height, depth + deep / 2)
        k = s.scale(depth + deep / 2)
        ry = max(2.0, abs(s.point(x, height, depth)[1] - s.point(x, height, depth + deep)[1]) / 2)
        s.hang(
            depth + deep / 2,
            svg.path(f"M-5 {-height * 100:.0f}L-7 -8Q-34 -6 -38 0H38Q34 -6 7 -8L5 {-height * 100:.0f}Z", s.shade(wood, 0.35)),
            x=x,
        )
        rim = svg.ellipse(px, py + 0.035 * k, width / 2 * k, ry, s.shade(cloth or wood, 0.36))
        s.add(depth + deep / 2, rim, svg.ellipse(px, py, width / 2 * k, ry, s.glow(cloth or wood, 0.16)))
        return
    x0, x1 = x - width / 2, x + width / 2
    legs = [
        s.box(lx, lx + 0.06, 0, height, ld, ld + 0.06, wood)
        for ld in (depth + deep - 0.08, depth + 0.02)
        for lx in (x0 + 0.03, x1 - 0.09)
    ]
    s.add(
        depth,
        *legs,
        s.box(x0 + 0.05, x1 - 0.05, height - 0.14, height - 0.04, depth + 0.05, depth + deep - 0.05, wood),
        s.box(x0, x1, height - 0.04, height, depth, depth + deep, wood),
    )
    if cloth:
        drop = [
            (-width * 50 - 2, 0),
            (width * 50 + 2, 0),
            (width * 50 + 4, 24),
            *((width * 50 + 4 - (width * 100 + 8) * k / 10, 24 + (6 if k % 2 else 0)) for k in range(11)),
        ]
        s.add(depth, s.quad((x0 - 0.02, height + 0.005, depth), (x1 + 0.02, height + 0.005, depth), (x1 + 0.02, height + 0.005, depth + deep), (x0 - 0.02, height + 0.005, depth + deep), fill=s.glow(cloth, 0.2)),
              s.plane(depth, svg.polygon(drop, s.vertical((0, s.lit(cloth)), (1, s.shade(cloth, 0.25)))), x=x, y=height))  # fmt: skip


def chair(
    s: Stage, x: float, depth: float, facing: int, wood: str, *, seat: str = "", spot: bool = False, height: float = 0.45
) -> None:
    """A kitchen chair seen from its side; `facing` 1 looks right, 0 faces us. With `spot` an actor may sit on it."""
    d0, d1 = depth, depth + 0.42
    tone = seat or wood
    s.add(d1 + 0.1, s.ground_shadow(x, d0 + 0.2, 0.34, 0.2, 0.3))
    parts = [s.box(lx, lx + 0.04, 0, height, ld, ld + 0.04, wood) for ld in (d1 - 0.04, d0) for lx in (x - 0.21, x + 0.17)]
    parts.append(s.box(x - 0.23, x + 0.23, height - 0.05, height, d0, d1, tone))
    if facing:
        bx = x - facing * 0.21
        back = [s.box(bx - 0.02, bx + 0.02, height, 0.95, d, d + 0.04, wood) for d in (d1 - 0.04, d0)]
        back += [s.box(bx - 0.018, bx + 0.018, y, y + 0.09, d0, d1, tone) for y in (0.84, 0.64)]
    else:
        back = [s.box(bx - 0.02, bx + 0.02, height, 0.95, d1 - 0.04, d1, wood) for bx in (x - 0.2, x + 0.2)]
        back += [s.box(x - 0.2, x + 0.2, y, y + 0.1, d1 - 0.04, d1, tone) for y in (0.62, 0.83)]
    s.add(depth, *(back + parts if not facing else parts + back))
    if spot:
        s.spot("sit", x, height, facing or 1)


def stool(s: Stage, x: float, depth: float, height: float, wood: str, seat: str, *, spot: bool = False, facing: int = 1) -> None:
    """A stool with a round cushion and a foot ring."""
    h = height * 100
    legs = svg.path(
        f"M-12 {-h:.0f}L-22 0M12 {-h:.0f}L22 0M-5 {-h:.0f}L-9 0M5 {-h:.0f}L9 0M-18 {-h * 0.32:.0f}H18",
        "none",
        stroke=s.shade(wood, 0.3),
        stroke_width=4.5,
    )
    s.add(depth + 0.2, s.ground_shadow(x, depth + 0.1, 0.28, 0.14, 0.3))
    s.hang(
        depth,
        legs,
        svg.rect(-20, -h - 2, 40, 8, s.shade(seat, 0.25), rx=4),
        svg.ellipse(0, -h - 2, 20, 4.5, s.glow(seat, 0.16)),
        x=x,
    )
    if spot:
        s.spot("sit", x, height, facing)


def sofa(s: Stage, x: float, depth: float, width: float, cloth: str, pillow: str, *, spot: bool = True) -> None:
    """A sofa that faces us, with arms, seats and cushions."""
    x0, x1, d1 = x - width / 2, x + width / 2, depth + 0.85
    s.add(d1 + 0.1, s.ground_shadow(x, depth + 0.4, width * 0.58, 0.6, 0.35))
    s.add(
        depth + 0.3,
        s.box(x0, x1, 0.08, 0.88, d1 - 0.25, d1, cloth),
        s.box(x0 + 0.08, x1 - 0.08, 0.12, 0.42, depth, d1 - 0.25, cloth, top=mix(cloth, "#ffffff", 0.1)),
    )
    seats = max(2, round(width / 0.75))
    w = (width - 0.36) / seats
    art = []
    for k in range(seats):
        px = -width * 50 + 18 + k * w * 100
        art.append(svg.rect(px + 1, -43, w * 100 - 2, 15, s.glow(cloth, 0.1), rx=6))
    s.hang(depth, *art, x=x)
    s.hang(
        d1 - 0.26,
        *(svg.rect(-width * 50 + 18 + k * w * 100 + 1, -84, w * 100 - 2, 44, s.shade(cloth, 0.05), rx=9) for k in range(seats)),
        x=x,
    )
    for side, px in ((-1, x0 + 0.32), (1, x1 - 0.32)):
        s.hang(
            depth + 0.3,
            svg.rect(-19, -38, 38, 36, s.shade(pillow, 0.1), rx=8, transform=f"rotate({-9 * side})"),
            svg.rect(-12, -30, 24, 5, s.glow(pillow, 0.3), rx=2, transform=f"rotate({-9 * side})"),
            x=px,
            y=0.44,
        )
    for ax in (x0, x1 - 0.17):
        s.add(depth - 0.01 if depth > 0.01 else 0.0, s.box(ax, ax + 0.17, 0.08, 0.62, depth, d1 - 0.1, cloth))
    if spot:
        s.spot("sit", x - width * 0.2, 0.44, 1)
        s.spot("sit", x + width * 0.22, 0.44, -1)


def armchair(s: Stage, x: float, depth: float, cloth: str, facing: int = 1, *, spot: bool = False) -> None:
    """A deep armchair turned to one side."""
    back = x - facing * 0.34
    s.add(depth + 0.9, s.ground_shadow(x, depth + 0.35, 0.62, 0.4, 0.35))
    s.add(depth + 0.45, s.box(x - 0.42, x + 0.42, 0.1, 0.62, depth + 0.62, depth + 0.78, cloth))
    s.add(
        depth + 0.3,
        s.box(x - 0.42, x + 0.42, 0.1, 0.44, depth + 0.12, depth + 0.62, cloth, top=mix(cloth, "#ffffff", 0.12)),
        s.box(back - 0.1, back + 0.1, 0.1, 1.05, depth + 0.05, depth + 0.72, cloth),
    )
    s.add(depth + 0.001, s.box(x - 0.44, x + 0.44, 0.1, 0.3, depth, depth + 0.1, cloth))
    s.hang(
        depth, svg.rect(-47, -62, 94, 14, s.glow(cloth, 0.14), rx=7), svg.rect(-47, -55, 94, 26, s.shade(cloth, 0.12), rx=5), x=x
    ) if not spot else None
    if spot:
        s.spot("sit", x, 0.44, facing)


def bed(
    s: Stage,
    x: float,
    depth: float,
    width: float,
    wood: str,
    sheet: str,
    blanket: str,
    *,
    long: float = 2.0,
    head: int = -1,
    spot: bool = True,
) -> None:
    """A bed along the back wall: its head at the left (−1) or right (1)."""
    x0, x1, d1 = x - long / 2, x + long / 2, depth + width
    s.add(d1 + 0.1, s.ground_shadow(x, depth + width / 2, long * 0.56, width * 0.7, 0.4))
    hx = x0 if head < 0 else x1 - 0.07
    fx = x1 - 0.07 if head < 0 else x0
    parts = [s.box(x0, x1, 0.14, 0.32, depth, d1, wood), s.box(x0 + 0.04, x1 - 0.04, 0.32, 0.5, depth + 0.02, d1, sheet)]
    bx0, bx1 = (x0 + 0.62, x1 - 0.02) if head < 0 else (x0 + 0.02, x1 - 0.62)
    parts.append(s.box(bx0, bx1, 0.3, 0.54, depth - 0.0, d1, blanket))
    parts.append(s.box(*((bx0, bx0 + 0.16) if head < 0 else (bx1 - 0.16, bx1)), 0.3, 0.55, depth, d1, sheet))
    s.add(depth + 0.1, s.box(hx, hx + 0.07, 0, 1.1, depth, d1, wood), *parts, s.box(fx, fx + 0.07, 0, 0.68, depth, d1, wood))
    px = x0 + 0.33 if head < 0 else x1 - 0.33
    s.hang(depth + 0.2, svg.rect(-27, -15, 54, 17, s.glow(sheet, 0.3), rx=8), x=px, y=0.53)
    folds = svg.path(
        f"M{-long * 18:.0f} -48q30 12 20 18M{long * 6:.0f} -50q24 14 10 22", "none", stroke=s.shade(blanket, 0.3), stroke_width=2.5
    )
    s.hang(depth, folds, x=x)
    if spot:
        s.spot("lie", x, 0.55, head)
        s.spot("sit", x - head * 0.3, 0.54, -head)


def counter(
    s: Stage,
    x0: float,
    x1: float,
    depth: float,
    deep: float,
    height: float,
    colour: str,
    top: str,
    *,
    doors: int = 0,
    drawers: bool = True,
    knob: str = "#d8b25a",
) -> None:
    """A run of cupboards under one worktop."""
    s.add(
        depth + 0.02,
        s.box(x0, x1, 0.08, height - 0.05, depth + 0.02, depth + deep, colour),
        s.box(x0 - 0.02, x1 + 0.02, height - 0.05, height, depth - 0.02, depth + deep, top),
    )
    if not doors:
        return
    w, art = (x1 - x0) * 100 / doors, [svg.rect(0, -8, (x1 - x0) * 100, 8, s.shade(colour, 0.6))]
    for k in range(doors):
        y0 = 24 if drawers else 0
        if drawers:
            art += [
                svg.rect(
                    k * w + 4, -height * 100 + 9, w - 8, 19, s.shade(colour, 0.06), stroke=s.shade(colour, 0.32), stroke_width=2
                ),
                svg.rect(k * w + w / 2 - 7, -height * 100 + 17, 14, 3, s.lit(knob)),
            ]
        art += [svg.rect(k * w + 4, -height * 100 + 9 + y0, w - 8, height * 100 - 22 - y0, s.shade(colour, 0.06), stroke=s.shade(colour, 0.32), stroke_width=2),
                svg.circle(k * w + (w - 14 if k % 2 == 0 else 14), -height * 60, 2.6, s.lit(knob))]  # fmt: skip
    s.hang(depth + 0.01, *art, x=x0)


def cabinet(
    s: Stage,
    x: float,
    depth: float,
    width: float,
    height: float,
    deep: float,
    colour: str,
    *,
    drawers: int = 0,
    glass: bool = False,
) -> None:
    """A standing cupboard with doors, drawers or glass."""
    x0 = x - width / 2
    s.add(depth + deep, s.ground_shadow(x, depth + deep / 2, width * 0.6, deep * 0.6, 0.3))
    s.add(depth + 0.01, s.box(x0, x0 + width, 0, height, depth, depth + deep, colour))
    w, h = width * 100, height * 100
    art = [svg.rect(-3, -h - 4, w + 6, 7, s.glow(colour, 0.16)), svg.rect(0, -7, w, 7, s.shade(colour, 0.5))]
    if drawers:
        step = (h - 14) / drawers
        for k in range(drawers):
            art += [
                svg.rect(
                    4, -h + 6 + k * step, w - 8, step - 5, s.shade(colour, 0.02), stroke=s.shade(colour, 0.36), stroke_width=2
                ),
                svg.rect(w / 2 - 9, -h + 6 + k * step + step * 0.4, 18, 3.4, s.lit("#c9b27a"), rx=1),
            ]
    else:
        for k in (0, 1):
            pane = s.shade(mix("#9db4bc", colour, 0.25), 0.2) if glass else s.shade(colour, 0.04)
            art += [
                svg.rect(5 + k * w / 2, -h + 8, w / 2 - 10, h - 22, pane, stroke=s.shade(colour, 0.36), stroke_width=2.5),
                svg.circle(w / 2 + (6 if k else -6), -h * 0.5, 2.6, s.lit("#d8b25a")),
            ]
            if glass:
                art += [svg.rect(7 + k * w / 2, -h * y, w / 2 - 14, 3, s.shade(colour, 0.3)) for y in (0.75, 0.5, 0.25)]
                art.append(
                    svg.polygon(
                        [
                            (12 + k * w / 2, -h * 0.3),
                            (w * 0.2 + k * w / 2, -h + 12),
                            (w * 0.3 + k * w / 2, -h + 12),
                            (12 + k * w / 2, -h * 0.18),
                        ],
                        "#ffffff",
                        opacity=0.14,
                    )
                )
    s.hang(depth, *art, x=x0)


def _books(s: Stage, dice: Random, w: float, h: float) -> list[str]:
    """A row of books standing on y = 0 between x = 0 and w, in cm."""
    tones = ("#8a3f36", "#2f5b63", "#b08a45", "#4a5a3c", "#6a4a63", "#c9a878", "#37476a", "#9a5a3f", "#d9cdb2", "#54312b")
    groups: dict[str, list[str]] = {}
    x = 1.0
    while x < w - 3:
        bw, bh = dice.uniform(2.4, 5.6), h * dice.uniform(0.66, 0.96)
        pick = dice.random()
        tone = dice.choice(tones)
        if pick < 0.06:
            x += bw * dice.uniform(1, 3)  # a gap
            continue
        if pick < 0.12:
            groups.setdefault(tone, []).append(f"M{x:.1f} 0l{bw:.1f} {-bh:.1f}l{bw:.1f} 1.5l{-bw:.1f} {bh - 1.5:.1f}Z")
            x += bw * 2.2
            continue
        groups.setdefault(tone, []).append(f"M{x:.1f} 0v{-bh:.1f}h{bw:.1f}V0Z")
        x += bw + 0.3
    return [svg.path("".join(d), s.shade(t, 0.12)) for t, d in groups.items()]


def _jars(s: Stage, dice: Random, w: float, h: float, kind: str) -> list[str]:
    art, x = [], 3.0
    while x < w - 9:
        jw, jh = dice.uniform(7, 13), h * dice.uniform(0.4, 0.82)
        if kind == "bottles":
            tone = dice.choice(("#5f8a4b", "#a8742f", "#7a3b35", "#cbd8d2", "#3f6b70", "#d9a441"))
            jw = dice.uniform(6, 8.5)
            art.append(
                svg.path(
                    f"M{x:.1f} 0V{-jh * 0.6:.1f}q0 {-jh * 0.12:.1f} {jw * 0.32:.1f} {-jh * 0.16:.1f}V{-jh:.1f}h{jw * 0.36:.1f}V{-jh * 0.76:.1f}q{jw * 0.32:.1f} {jh * 0.04:.1f} {jw * 0.32:.1f} {jh * 0.16:.1f}V0Z",
                    s.lit(tone),
                    opacity=0.92,
                )
            )
            art.append(svg.rect(x + jw * 0.12, -jh * 0.42, jw * 0.76, jh * 0.24, s.lit("#efe4c8")))
        elif kind == "boxes":
            tone = dice.choice(("#b98f5e", "#a9b3b5", "#c9a878", "#8a9aa0", "#d6cdb8", "#c9704a"))
            jw = dice.uniform(16, 30)
            art += [
                svg.rect(x, -jh, jw, jh, s.shade(tone, 0.12)),
                svg.rect(x + jw * 0.3, -jh * 0.6, jw * 0.4, jh * 0.2, s.glow(tone, 0.4)),
            ]
        else:
            tone = dice.choice(("#c97f4a", "#d8c38f", "#8f3f3a", "#7d9a5f", "#e6dcc8", "#5f8a94"))
            art += [
                svg.rect(x, -jh, jw, jh, s.lit(tone), rx=2.4),
                svg.rect(x + 0.6, -jh - 3, jw - 1.2, 4, s.shade("#8a6a4c", 0.2), rx=1),
                svg.rect(x + 1.4, -jh + 3, 1.8, jh * 0.6, "#ffffff", opacity=0.3),
            ]
        x += jw + dice.uniform(1.5, 7)
    return art


def shelves(
    s: Stage,
    x0: float,
    x1: float,
    depth: float,
    height: float,
    kind: str,
    wood: str,
    *,
    rows: int = 5,
    name: str = "",
    deep: float = 0.32,
    foot: float = 0.0,
) -> None:
    """Standing shelves from x0 to x1, filled with books, jars, bottles or boxes."""
    dice = s.dice(f"shelf{x0:.2f}{name}")
    w, h = (x1 - x0) * 100, height * 100
    s.add(depth + 0.02, s.box(x0, x1, foot, foot + height, depth, depth + deep, wood))
    step = (h - 8) / rows
    art = [svg.rect(4, -h + 5, w - 8, h - 8, s.shade(wood, 0.62))]
    for r in range(rows):
        y = -h + 5 + (r + 1) * step
        row = _books(s, dice, w - 10, step - 6) if kind == "books" else _jars(s, dice, w - 10, step - 6, kind)
        art.append(svg.group(*row, transform=f"translate(5 {y - 3:.1f})"))
        art.append(svg.rect(3, y - 3, w - 6, 4, s.glow(wood, 0.12)))
    bays = max(1, round(w / 110))
    art += [svg.rect(w * k / bays - 2.5, -h + 4, 5, h - 6, s.shade(wood, 0.16)) for k in range(1, bays)]
    art.append(svg.rect(-4, -h - 5, w + 8, 11, s.glow(wood, 0.1)))
    s.hang(depth, *art, x=x0, y=foot)


def floor_lamp(s: Stage, x: float, depth: float, shade: str, height: float = 1.65) -> None:
    """A standing lamp with its cone of light."""
    h = height * 100
    light = s.halo(0, -h + 8, 135, 120, "#ffd08a", 0.62) if s.light.lamps else ""
    s.hang(depth, light, svg.rect(-1.8, -h, 3.6, h, s.shade("#4a4038", 0.2)), svg.ellipse(0, -1, 17, 4, s.shade("#4a4038", 0.25)),
           svg.polygon([(-15, -h - 16), (15, -h - 16), (25, -h + 22), (-25, -h + 22)], s.lamp(mix("#ffdf9a", shade, 0.25), shade)), x=x)  # fmt: skip


def desk_lamp(s: Stage, x: float, y: float, depth: float, colour: str = "#2f6b4f") -> None:
    """A small lamp standing at height y."""
    light = s.halo(0, -24, 110, 80, "#ffd08a", 0.6) if s.light.lamps else ""
    bulb = svg.ellipse(0, -28, 14, 4, "#fff0c4") if s.light.lamps else ""
    s.hang(depth, light, svg.rect(-1.5, -30, 3, 30, s.shade("#b08a45", 0.15)), svg.ellipse(0, -1, 9, 2.5, s.shade("#b08a45", 0.25)), bulb,
           svg.path("M-17 -28Q-14 -43 0 -43T17 -28Z", mix(s.lit(colour), "#ffe0a0", 0.3) if s.light.lamps else s.lit(colour)), x=x, y=y)  # fmt: skip


def pendant(s: Stage, x: float, depth: float, ceiling: float, drop: float, colour: str) -> None:
    """A lamp that hangs from the ceiling."""
    light = s.halo(0, 34, 150, 120, "#ffd08a", 0.6) if s.light.lamps else ""
    glow = svg.ellipse(0, 22, 19, 4.5, "#fff3cf") if s.light.lamps else ""
    s.hang(
        depth,
        svg.rect(-1, -drop * 100, 2, drop * 100, s.shade("#2a2a30", 0.2)),
        light,
        svg.path("M-22 22Q-20 0 -6 -4H6Q20 0 22 22Z", s.shade(colour, 0.12)),
        glow,
        x=x,
        y=ceiling - drop,
    )


def pot(s: Stage, colour: str, size: float) -> str:
    return svg.path(
        f"M{-size * 0.5:.0f} {-size:.0f}H{size * 0.5:.0f}L{size * 0.36:.0f} 0H{-size * 0.36:.0f}Z", s.shade(colour, 0.15)
    ) + svg.rect(-size * 0.56, -size - 3, size * 1.12, 7, s.glow(colour, 0.1), rx=2)


def plant(s: Stage, x: float, depth: float, height: float, name: str, *, y: float = 0.0, colour: str = "#b5694e") -> None:
    """A potted plant: long blades, round leaves or fronds."""
    dice = s.dice("plant" + name)
    h = height * 100
    size = h * 0.24
    dark: list[str] = []
    light: list[str] = []
    kind = dice.randrange(3)
    for k in range(9 if kind else 11):
        a = math.pi * (0.12 + 0.76 * k / (8 if kind else 10)) + dice.uniform(-0.1, 0.1)
        r = h * 0.7 * dice.uniform(0.75, 1.05)
        ex, ey = math.cos(a) * r * (0.62 if kind == 0 else 0.8), -size - math.sin(a) * r
        if kind == 1:
            q = h * 0.12
            leaf = f"M{ex - q:.1f} {ey:.1f}a{q:.1f} {q * 0.8:.1f} 0 1 1 {2 * q:.1f} 0a{q:.1f} {q * 0.8:.1f} 0 1 1 {-2 * q:.1f} 0ZM0 {-size:.0f}L{ex:.1f} {ey:.1f}l2 0L3 {-size:.0f}Z"
        else:
            wide = h * (0.05 if kind == 0 else 0.1)
            leaf = f"M0 {-size:.0f}Q{ex * 0.4 - wide:.1f} {ey * 0.8:.1f} {ex:.1f} {ey:.1f}Q{ex * 0.5 + wide:.1f} {ey * 0.66:.1f} 0 {-size:.0f}Z"
        (light if (k + (s.key > 0)) % 2 else dark).append(leaf)
    s.hang(
        depth,
        svg.path("".join(dark), s.shade("#3f6b45", 0.25)),
        svg.path("".join(light), s.lit("#639a58")),
        pot(s, colour, size),
        x=x,
        y=y,
    )


def fireplace(s: Stage, x: float, depth: float, stone: str, wood: str, *, width: float = 1.5) -> None:
    """A hearth with a mantel; it burns when lamps are lit or the scene speaks of fire."""
    w = width * 50
    burning = s.light.lamps or "fire" in s.words or s.weather == "snow"
    s.add(depth + 0.05, s.box(x - width / 2, x + width / 2, 0, 1.15, depth, depth + 0.4, stone))
    s.add(depth + 0.04, s.box(x - width * 0.32, x + width * 0.32, 1.15, 2.9, depth + 0.1, depth + 0.4, stone))
    fire = ""
    if burning:
        fire = (s.halo(0, -30, 130, 95, "#ff9a4a", 0.78) + svg.path("M-26 -6Q-34 -30 -16 -44Q-16 -28 -6 -26Q-10 -54 8 -70Q6 -44 18 -38Q22 -46 20 -54Q36 -34 26 -6Z", "#ff8a3c")
                + svg.path("M-14 -6Q-18 -24 -4 -34Q-2 -22 6 -20Q8 -30 8 -36Q20 -22 14 -6Z", "#ffd36b"))  # fmt: skip
    logs = svg.rect(-30, -10, 60, 9, s.shade("#5a3a28", 0.3), rx=4) + svg.rect(-22, -18, 46, 9, s.shade("#6d4a33", 0.3), rx=4)
    joints = "".join(
        svg.rect(sx * (w - 12) - 12, -18 - k * 19, 24, 15, s.shade(stone, 0.06 + 0.12 * (k % 2)), rx=2)
        for sx in (-1, 1)
        for k in range(5)
    )
    s.hang(
        depth,
        joints,
        svg.path(f"M{-w * 0.6:.0f} 0V-58Q0 -92 {w * 0.6:.0f} -58V0Z", "#1c1518"),
        logs,
        fire,
        svg.rect(-w * 0.66, -4, w * 1.32, 6, s.shade(stone, 0.4)),
        x=x,
    )
    s.add(depth - 0.05, s.box(x - width / 2 - 0.1, x + width / 2 + 0.1, 1.12, 1.2, depth - 0.08, depth + 0.4, wood))
    things = (
        svg.rect(-50, -22, 9, 22, s.lit("#efe6d2"))
        + svg.circle(0, -15, 15, s.shade("#b08a45", 0.1))
        + svg.circle(0, -15, 11, s.lit("#f4eee0"))
        + svg.path("M38 0q-8 -14 0 -22q8 8 0 22", s.lit("#5f8a94"))
    )
    s.hang(depth - 0.06, things, x=x, y=1.2)
    if burning:
        px, py = s.point(x, 0, depth - 0.6)
        s.add(depth - 0.07, s.halo(px, py, 1.5 * s.scale(depth), 0.4 * s.scale(depth), "#ff9a4a", 0.4))


def piano(s: Stage, x: float, depth: float, wood: str) -> None:
    """An upright piano with its stool and an open score."""
    s.add(depth + 0.6, s.ground_shadow(x, depth + 0.3, 0.95, 0.4, 0.4))
    s.add(
        depth + 0.1,
        s.box(x - 0.75, x + 0.75, 0, 1.25, depth + 0.25, depth + 0.65, wood),
        s.box(x - 0.75, x + 0.75, 0.62, 0.76, depth, depth + 0.3, wood),
    )
    keys = svg.rect(-68, -76, 136, 7, s.lit("#f3eee2")) + "".join(
        svg.rect(-66 + k * 5.4, -76, 2.6, 4.4, "#22222a") for k in range(25) if k % 7 not in (2, 6)
    )
    s.hang(depth, keys, svg.rect(-75, -69, 150, 8, s.shade(wood, 0.4)), x=x)
    s.hang(
        depth + 0.24,
        svg.rect(-64, -122, 128, 40, s.shade(wood, 0.3)),
        svg.path("M-22 -86l2 -28q10 -4 20 0q10 -4 20 0l2 28q-12 -3 -22 1q-10 -4 -22 -1Z", s.lit("#f3eee2")),
        x=x,
    )
    for lx in (-0.7, 0.62):
        s.add(depth, s.box(x + lx, x + lx + 0.08, 0, 0.62, depth, depth + 0.08, wood))
