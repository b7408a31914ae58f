"""Where people live: street, city, market, village, farm, house."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats, buildings, trees
from glimmer.models.rehearsal.boards.sets.ground import foreground_grass, ground, ridge, trail, tufts
from glimmer.models.rehearsal.boards.sets.palettes import nature
from glimmer.models.rehearsal.boards.sets.sky import paint_sky
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS", "light_pool", "paving", "row_of_houses", "wet_sheen"]


def paving(s: Stage, stone: str, *, step: float = 1.2, far: float = 60.0) -> None:
    """Paving joints that run to the vanishing point, and cross joints that close up with distance."""
    joints = []
    for i in range(-16, 17):
        a, b = s.point(i * step, 0, far), s.point(i * step, 0, -4)
        joints.append(f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}")
    depth = -3.0
    while depth < far:
        y = s.point(0, 0, depth)[1]
        joints.append(f"M{s.left:.0f} {y:.0f}H{s.right:.0f}")
        depth += max(step * 0.9, (depth + 4) * 0.16)
    s.add(
        BACKDROP / 6,
        svg.path("".join(joints), "none", stroke=s.shade(stone, 0.35), stroke_width=max(1.0, 0.012 * s.scale(0)), opacity=0.45),
    )


def wet_sheen(s: Stage, near: float, far: float) -> None:
    """Wet paving that holds the light of lamps and sky."""
    if s.weather not in ("rain", "storm"):
        return
    y0, y1 = s.point(0, 0, far)[1], s.point(0, 0, near)[1]
    sheen = mix(s.light.sky_low, s.light.key, 0.25)
    s.add(
        BACKDROP / 7,
        svg.rect(
            s.left, y0, s.right - s.left, y1 - y0, s.vertical_px(y0, y1, (0, sheen, 0.55), (0.5, sheen, 0.22), (1, sheen, 0.05))
        ),
    )


def row_of_houses(
    s: Stage, side: int, x: float, near: float, far: float, *, shops: bool = True, heights: tuple[float, float] = (7.5, 12.0)
) -> None:
    """House fronts along one side of a street, seen at a slant, from far to near."""
    dice = s.dice(f"row{side}")
    depth, houses = near, []
    while depth < far:
        deep = dice.uniform(5.5, 8.5)
        houses.append((depth, deep, dice.uniform(*heights), dice.choice(buildings.BRICKS), dice.random()))
        depth += deep
    for start, deep, height, colour, chance in reversed(houses):
        haze = min(0.75, s.air(start) * 1.3)
        art = [s.box(min(x, x + side * 9), max(x, x + side * 9), 0, height, start, start + deep, colour, haze=haze)]
        face = s.shade(colour, 0.02 if side != s.key else 0.3, haze)
        art.append(s.quad((x, 0, start), (x, height, start), (x, height, start + deep), (x, 0, start + deep), fill=face))
        art += _slanted(s, x, side, start, deep, height, colour, haze, shops and chance < 0.75, s.dice(f"front{side}{start:.2f}"))
        s.add(start, *art)
        if start == near:
            _end_wall(s, x, side, start, height, haze)


def _slanted(
    s: Stage, x: float, side: int, start: float, deep: float, height: float, colour: str, haze: float, shop: bool, dice: Random
) -> list[str]:
    """Windows, cornice and shop of a front that recedes."""

    def wall(d0: float, d1: float, y0: float, y1: float, fill: str) -> str:
        return s.quad((x, y0, start + d0), (x, y1, start + d0), (x, y1, start + d1), (x, y0, start + d1), fill=fill)

    base = 3.3 if shop else 0.4
    art = [
        wall(0, deep, height - 0.35, height, s.glow(mix(colour, "#efe6d4", 0.5), 0.1, haze)),
        wall(0, deep, base, base + 0.18, s.shade(colour, 0.45, haze)),
    ]
    art += _windows(s, x, start, deep, base, height, haze, dice)
    if shop:
        paint = dice.choice(("#2f5d62", "#8c3b3b", "#3b4a6b", "#54713f", "#6b4a63", "#a8742f"))
        inside = mix("#ffdf9f", s.light.sky_low, haze * 0.5) if s.light.lamps else s.shade("#8fa3ad", 0.3, haze)
        art.append(wall(0.2, deep - 0.2, 0, 3.2, s.shade(paint, 0.25, haze)))
        art.append(wall(0.5, deep * 0.66, 0.6, 2.4, inside))
        art.append(wall(deep * 0.74, deep - 0.6, 0, 2.4, s.shade(paint, 0.5, haze)))
        out = x - side * 1.1
        for k in range(6):
            d0, d1 = start + 0.3 + (deep - 0.6) * k / 6, start + 0.3 + (deep - 0.6) * (k + 1) / 6
            tone = s.lit("#f2e6d0" if k % 2 else mix(paint, "#d8694f", 0.4), haze)
            art.append(s.quad((x, 2.95, d0), (x, 2.95, d1), (out, 2.45, d1), (out, 2.45, d0), fill=tone))
            art.append(
                s.quad(
                    (out, 2.45, d0),
                    (out, 2.45, d1),
                    (out, 2.25, d1),
                    (out, 2.25, d0),
                    fill=s.shade("#f2e6d0" if k % 2 else mix(paint, "#d8694f", 0.4), 0.2, haze),
                )
            )
    else:
        art.append(wall(deep * 0.42, deep * 0.58, 0, 2.3, s.shade(dice.choice(("#7c3f34", "#2f5d62", "#3f4a6b")), 0.25, haze)))
    return art


def _end_wall(s: Stage, x: float, side: int, depth: float, height: float, haze: float) -> None:
    """Windows on the end of the nearest house, which wide pictures show."""
    dice = s.dice(f"end{side}")
    art = [svg.rect(side * 460 - 440, -height * 100, 880, 26, s.shade("#efe6d4", 0.24, haze))]
    for floor in range(max(1, min(5, int(height / 3.1)))):
        for column in range(3):
            art.append(
                buildings.lit_window(
                    s, dice, side * (150 + column * 290) - 45, -(floor * 3.1 + 2.6) * 100, 90, 150, haze, share=0.4
                )
            )
    s.hang(depth - 0.01, *art, x=x)


def _windows(s: Stage, x: float, start: float, deep: float, base: float, height: float, haze: float, dice: Random) -> list[str]:
    """All windows of a front, as one path for frames, one for dark panes, one for lit ones; those out of the picture left out."""
    frames: list[str] = []
    dark: list[str] = []
    burning: list[str] = []

    def pane(d0: float, d1: float, y0: float, y1: float) -> str:
        corners = [s.point(x, y, start + d) for d, y in ((d0, y0), (d0, y1), (d1, y1), (d1, y0))]
        return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in corners) + "Z"

    floors, columns = max(1, int((height - base) / 2.9)), max(2, int(deep / 2.2))
    for f in range(floors):
        y = base + 0.75 + f * (height - base - 0.4) / floors
        for c in range(columns):
            d, lit = deep * (c + 0.5) / columns, dice.random() < 0.42
            px, py = s.point(x, y, start + d)
            if not (s.left < px < s.right and s.top < py < s.bottom):
                continue
            if abs(s.point(x, y, start + d + 0.42)[0] - px) * 1080 / s.height < 2.5:
                continue  # too thin to be seen
            if haze < 0.45:
                frames.append(pane(d - 0.52, d + 0.52, y - 0.1, y + 1.6))
            half = (
                (pane(d - 0.42, d - 0.03, y, y + 1.5) + pane(d + 0.03, d + 0.42, y, y + 1.5))
                if haze < 0.3
                else pane(d - 0.42, d + 0.42, y, y + 1.5)
            )
            (burning if lit and s.light.lamps else dark).append(half)
    return [
        svg.path("".join(frames), s.shade("#e8e0d0", 0.16, haze)),
        svg.path("".join(dark), s.shade(mix("#51667a", s.light.sky_top, 0.35), 0.3, haze)),
        svg.path("".join(burning), mix("#ffd08a", s.light.sky_low, haze * 0.5)),
    ]


def light_pool(s: Stage, x: float, depth: float, radius: float = 2.2) -> None:
    if s.light.lamps:
        px, py = s.point(x, 0, depth)
        _, py2 = s.point(x, 0, depth - radius * 0.6)
        s.add(BACKDROP / 8, s.halo(px, py, radius * s.scale(depth), abs(py2 - py), "#ffcf82", 0.4))


def street(s: Stage) -> None:
    """A street of shops that runs away from us: pavements, lamps, a far crossing under a pale sky."""
    dice = s.dice("street")
    cobbled = dice.random() < 0.5
    stone = dice.choice(("#a39684", "#8f8d88", "#b0a08a")) if cobbled else "#70747a"
    paint_sky(s)
    buildings.skyline(s, "far roofs", 260, 14, 30, "#8d8e98", haze=0.74)
    ground(s, stone, mix(stone, "#ffffff", 0.1), patches=4, wet=True)
    for side in (-1, 1):
        kerb = s.quad(
            (side * 3.2, 0.12, -5),
            (side * 3.2, 0.12, 120),
            (side * 5.6, 0.12, 120),
            (side * 5.6, 0.12, -5),
            fill=s.lit(mix(stone, "#d8ccb8", 0.5), 0.08),
        )
        s.add(
            BACKDROP / 5.5,
            s.quad(
                (side * 3.2, 0, -5), (side * 3.2, 0, 120), (side * 3.2, 0.14, 120), (side * 3.2, 0.14, -5), fill=s.shade(stone, 0.4)
            ),
            kerb,
        )
        row_of_houses(s, side, side * 5.6, 2.2 if side > 0 else 3.6, 120)
    if cobbled:
        paving(s, stone, step=0.8)
    else:
        for k in range(12):
            d = -2 + k * 5
            s.add(
                BACKDROP / 6,
                s.quad((-0.08, 0, d), (0.08, 0, d), (0.08, 0, d + 2), (-0.08, 0, d + 2), fill=s.lit("#e6dfcf", 0.1), opacity=0.7),
            )
    wet_sheen(s, -3, 90)
    for depth, side in ((34.0, 1), (22.0, -1), (13.0, 1), (6.5, -1)):
        s.hang(depth, buildings.lamp_post(s, 3.9, s.air(depth)), x=side * 3.6)
        light_pool(s, side * 3.5, depth)
    _street_things(s, dice)
    s.spot("stand", 0.0)
    s.spot("lean", -2.4)


def _street_things(s: Stage, dice: Random) -> None:
    """A tree in its grate, bins, boxes, a bicycle at the wall: what stands on pavements."""
    n = nature(s)
    for depth, side in ((28.0, -1), (17.0, 1)):
        own = s.dice(f"street tree{depth}")
        s.hang(depth, trees.broadleaf(s, own, n, 5.5, s.air(depth) + 0.05), x=side * 4.2)
    for x, depth in ((-3.9, 4.6), (4.1, 3.8)):
        if dice.random() < 0.7:
            s.hang(depth, boats.crate(s, size=55), svg.path("M-26 -55q6 -26 24 -18q22 -8 28 18Z", s.shade("#c9574c", 0.1)), x=x)
    s.hang(9, _letter_box(s), x=-4.3)


def _letter_box(s: Stage) -> str:
    tone = "#b8392f"
    return (
        svg.path("M-24 0V-130q0 -26 24 -26t24 26V0Z", s.shade(tone, 0.2, 0.05))
        + svg.rect(-14, -118, 28, 5, s.shade(tone, 0.7))
        + svg.rect(-27, -134, 54, 7, s.glow(tone, 0.2))
    )


def city(s: Stage) -> None:
    """An avenue between towers, haze and a thousand windows, wires and signs."""
    dice = s.dice("city")
    tone = dice.choice(("#6f7f94", "#7c7488", "#6b8288", "#8a7d78"))
    paint_sky(s)
    buildings.skyline(s, "towers far", 900, 90, 210, tone, haze=0.84, count=30)
    buildings.skyline(s, "towers mid", 420, 50, 120, mix(tone, "#3f4c63", 0.3), haze=0.62, count=24)
    ground(s, "#63676e", "#7d8086", patches=3)
    for side in (-1, 1):
        s.add(
            BACKDROP / 5.5,
            s.quad(
                (side * 5.4, 0.14, -5),
                (side * 5.4, 0.14, 200),
                (side * 9, 0.14, 200),
                (side * 9, 0.14, -5),
                fill=s.lit("#9a9a98", 0.08),
            ),
        )
        row_of_houses(s, side, side * 8.5, 4.0 if side > 0 else 7.0, 170, heights=(16, 42))
    for k in range(16):
        d = -2 + k * 5
        s.add(
            BACKDROP / 6,
            s.quad((-0.1, 0, d), (0.1, 0, d), (0.1, 0, d + 2.4), (-0.1, 0, d + 2.4), fill=s.lit("#e8d9a0", 0.1), opacity=0.75),
        )
    for k in range(-4, 5):
        s.add(
            BACKDROP / 6,
            s.quad(
                (k * 1.15 - 0.3, 0, 8),
                (k * 1.15 + 0.3, 0, 8),
                (k * 1.15 + 0.3, 0, 11),
                (k * 1.15 - 0.3, 0, 11),
                fill=s.lit("#e4e2da", 0.1),
                opacity=0.7,
            ),
        )
    wet_sheen(s, -3, 120)
    _signs(s)
    for depth, side in ((52, 1), (36, -1), (22, 1), (11, -1)):
        s.hang(depth, buildings.lamp_post(s, 6.0, s.air(depth)), x=side * 5.9)
        light_pool(s, side * 5.4, depth, 3)
    _headlamps(s, dice)
    s.hang(9.5, _traffic_light(s), x=4.6)


def _signs(s: Stage) -> None:
    """Vertical signs that glow at night, without words."""
    dice = s.dice("signs")
    for i in range(6):
        side, depth, y = dice.choice((-1, 1)), 12 + i * 8, dice.uniform(4, 8)
        colour = dice.choice(("#ff5f6d", "#4fd0e0", "#ffc24a", "#b97af0", "#6fe08a"))
        tone = mix(colour, "#ffffff", 0.1) if s.light.lamps else s.lit(mix(colour, "#8a8a88", 0.45), 0.2)
        halo = s.halo(0, 0, 170, 260, colour, 0.4) if s.light.lamps else ""
        marks = "".join(svg.rect(-16, -104 + k * 46, 32, 26, s.shade(colour, 0.6), rx=5) for k in range(4))
        s.hang(
            depth,
            halo,
            svg.rect(-34, -124, 68, 230, s.shade("#2f343c", 0.2), rx=8),
            svg.rect(-27, -117, 54, 216, tone, rx=6),
            marks,
            x=side * 7.9,
            y=y,
        )


def _headlamps(s: Stage, dice: Random) -> None:
    for k in range(5):
        depth, lane = 60 - k * 9, -1.9 if k % 2 else 1.9
        own = dice.choice(("#c9493c", "#3f6f9a", "#d8d2c4", "#3d4148", "#d9a23a"))
        haze = s.air(depth)
        lights = ("#fff2c8", "#ff5a4a")[k % 2]
        beam = s.halo(-52, -62, 60, 40, lights, 0.7) + s.halo(52, -62, 60, 40, lights, 0.7) if s.light.lamps else ""
        car = (svg.path("M-84 -14V-70Q-82 -90 -64 -92L-50 -132Q-46 -142 -34 -142H34Q46 -142 50 -132L64 -92Q82 -90 84 -70V-14Z", s.shade(own, 0.2, haze))
               + svg.path("M-54 -94L-43 -130H43L54 -94Z", s.shade("#41505e", 0.2, haze)) + svg.rect(-80, -22, 30, 22, s.shade("#22262c", 0.2, haze)) + svg.rect(50, -22, 30, 22, s.shade("#22262c", 0.2, haze))
               + svg.circle(-56, -62, 11, lights if s.light.lamps else s.lit("#e6e2d2", haze)) + svg.circle(56, -62, 11, lights if s.light.lamps else s.lit("#e6e2d2", haze)))  # fmt: skip
        s.hang(depth, car, beam, x=lane)


def _traffic_light(s: Stage) -> str:
    iron = s.shade("#2f343a", 0.2)
    lamps = "".join(
        svg.circle(0, -352 + k * 32, 11, c if k == 0 else s.shade(c, 0.65)) for k, c in enumerate(("#ff5a48", "#ffc24a", "#5fd07a"))
    )
    return (
        svg.rect(-6, -380, 12, 380, iron)
        + svg.rect(-22, -376, 44, 108, iron, rx=9)
        + lamps
        + s.halo(0, -352, 60, 60, "#ff5a48", 0.5)
    )


def market(s: Stage) -> None:
    """Two rows of stalls under striped cloth, bunting and lanterns over the lane."""
    dice = s.dice("market")
    stone = "#b09a7c"
    paint_sky(s)
    ground(s, stone, mix(stone, "#ffffff", 0.15), patches=4)
    for side in (-1, 1):
        row_of_houses(s, side, side * 8.5, 6.0, 80, shops=False, heights=(6, 9))
    for i, depth in enumerate((28, 20, 13.5, 8, 3.6)):
        for side in (-1, 1):
            _stall(s, s.dice(f"stall{i}{side}"), side * (3.9 + 0.2 * dice.random()), depth)
    paving(s, stone, step=0.9)
    wet_sheen(s, -3, 60)
    for i, depth in enumerate((24, 14, 7.5, 3)):
        _bunting(s, depth, 4.4 - 0.1 * i, lamps=i % 2 == 0)
    s.hang(2.0, boats.crate(s, size=60), _apples(s, 60), x=-2.6)
    s.hang(1.6, boats.barrel(s, "#7a5a3f"), x=2.7)
    s.spot("stand", 0.0)


def _apples(s: Stage, y: float, tone: str = "#c9483c") -> str:
    return "".join(
        svg.circle(x, -y - 6 - (abs(x) < 14) * 11, 10, s.glow(tone, 0.12 if x > 0 else 0.0)) for x in (-22, -8, 8, 22, -10, 9)
    )


def _stall(s: Stage, dice: Random, x: float, depth: float) -> None:
    haze = s.air(depth) + 0.02
    cloth = dice.choice(("#c9483c", "#3f7f8c", "#d9973a", "#5f8a4b", "#8a5a8f"))
    wood = "#7d5a3c"
    art = [s.box(x - 1.15, x + 1.15, 0, 0.85, depth, depth + 1.2, wood, haze=haze)]
    for px in (x - 1.2, x + 1.14):
        art.append(s.box(px, px + 0.07, 0, 2.3, depth, depth + 0.07, wood, haze=haze))
    goods = []
    for k in range(7):
        gx = -96 + k * 30
        tone = dice.choice(("#d9583f", "#e8b23f", "#7fa04a", "#e6d2a8", "#a8578a", "#d98a3f"))
        for gy in (0, -11):
            goods += [svg.circle(gx + dx, -92 + gy * (dx == 5), 9, s.lit(tone, haze)) for dx in (0, 5, 11)]
    awning = []
    for k in range(8):
        ax = -140 + k * 35
        tone = s.lit("#f0e4cc" if k % 2 else cloth, haze)
        awning.append(svg.path(f"M{ax * 0.86:.0f} -272L{(ax + 35) * 0.86:.0f} -272L{ax + 35} -214q-17 18 -35 0Z", tone))
    glow = s.halo(0, -190, 150, 110, "#ffcf82", 0.5) + svg.circle(0, -200, 9, "#ffe9b8") if s.light.lamps else ""
    back = svg.rect(-116, -230, 232, 150, s.shade(cloth, 0.6, haze))
    sign = svg.rect(-50, -64, 100, 34, s.glow("#e0cda0", 0.1, haze), rx=5)
    s.add(depth, s.ground_shadow(x, depth, 1.5, 0.5, 0.3))
    s.hang(depth + 1.0, back, x=x)
    s.add(depth, *art)
    s.hang(depth, *goods, sign, glow, *awning, x=x)


def _bunting(s: Stage, depth: float, height: float, *, lamps: bool) -> None:
    dice = s.dice(f"bunting{depth}")
    d = [svg.path("M-850 -60Q0 70 850 -60", "none", stroke=s.shade("#5a4a40", 0.2), stroke_width=3)]
    for k in range(17):
        t = k / 16
        x, y = -850 + 1700 * t, -60 + 260 * t * (1 - t)
        if lamps and s.light.lamps:
            d += [s.halo(x, y + 12, 46, 46, "#ffce7a", 0.6), svg.circle(x, y + 12, 8, "#fff0c4")]
        else:
            tone = dice.choice(("#d9583f", "#e8b23f", "#4f8f94", "#f0e4cc", "#7d9a4f"))
            d.append(svg.polygon([(x - 18, y), (x + 18, y + 1), (x, y + 40)], s.lit(tone, s.air(depth))))
    s.hang(depth, *d, y=height)


def village(s: Stage) -> None:
    """Cottages about a green or a lane, the church above them, hills beyond."""
    n = nature(s)
    dice = s.dice("village")
    roofs = dice.choice((("#9a5a44", "#a8694c"), ("#5d6470", "#6a6f78"), ("#b08a4f", "#9a7a48")))
    paint_sky(s)
    ridge(s, "far", 900, 70, 30, n.grass_far, haze=0.8)
    ridge(s, "near", 260, 16, 8, n.leaf_light, haze=0.5)
    s.hang(120, buildings.spire(s, 24, "#cfc4b2", 0.4), x=dice.uniform(-16, 16))
    trees.tree_line(s, "trees", 110, 7, n.leaf, haze=0.42)
    ground(s, n.grass, n.grass_far)
    trail(s, "#c0a67c", 1.5, bend=2.2, edge=mix(n.grass, n.earth, 0.5))
    for i, (depth, x) in enumerate(((85, -22), (80, 18), (58, -12), (52, 15), (36, -11.5), (31, 12), (19, -9.5), (15.5, 10))):
        own = s.dice(f"cottage{i}")
        colour = own.choice(("#e9decb", "#d9c3a0", "#c9b8a8", "#e6cfc0", "#b9a894"))
        buildings.house(
            s,
            own,
            x + own.uniform(-1, 1),
            depth,
            own.uniform(6, 8),
            own.uniform(2.7, 4.2),
            colour,
            own.choice(roofs),
            haze=min(0.5, depth / 150),
            door=own.choice(("#7c3f34", "#2f5d62", "#4f6b3f")),
        )
    for i in range(5):
        own = s.dice(f"tree{i}")
        s.hang(
            66 - i * 10, trees.broadleaf(s, own, n, own.uniform(5, 8), 0.4 - i * 0.06), x=own.choice((-1, 1)) * own.uniform(5, 16)
        )
    for side in (-1, 1):
        s.hang(8.5, buildings.stone_wall(s, s.dice(f"wall{side}"), 9, 0.9, n.rock, 0.04, block=26), x=3.4 if side > 0 else -12.4)
    s.hang(7, buildings.lamp_post(s, 3.2, 0.02), x=-3.1)
    light_pool(s, -3.1, 7)
    for i in range(4):
        own = s.dice(f"bush{i}")
        s.hang(
            8 + i, trees.bush(s, own, n, own.uniform(1, 1.6), 0.1, flowers=n.flower), x=own.choice((-1, 1)) * own.uniform(3.8, 6)
        )
    tufts(s, n.leaf, 80)
    foreground_grass(s, n.leaf, height=0.16)


def farm(s: Stage) -> None:
    """A yard with a red barn, a silo, the farmhouse, fields to the hills, bales and a fence."""
    n = nature(s)
    dice = s.dice("farm")
    paint_sky(s)
    ridge(s, "far", 800, 38, 20, n.grass_far, haze=0.78)
    ridge(s, "mid", 240, 9, 5, mix(n.grass, "#d8b54e", 0.5), haze=0.45)
    trees.tree_line(s, "windbreak", 130, 8, n.leaf, haze=0.42)
    ground(s, mix(n.grass, n.earth, 0.3), n.grass_far)
    trail(s, n.earth, 1.3, bend=1.8)
    side = dice.choice((-1, 1))
    s.add(34, s.ground_shadow(side * 10, 34, 7, 2, 0.3))
    s.hang(35, _silo(s), x=side * 16.5)
    s.hang(34, buildings.barn(s, 11, 9, dice.choice(("#a8402f", "#8f4a35", "#6f7f86")), 0.12), x=side * 10)
    buildings.house(s, s.dice("farmhouse"), -side * 13, 42, 9, 4.6, "#e9dfcb", "#6a5a58", haze=0.18, porch=True)
    s.hang(28, _windmill(s), x=-side * 6.5)
    for i in range(4):
        own = s.dice(f"bale{i}")
        s.hang(9 + i * 3, _bale(s), x=own.choice((-1, 1)) * own.uniform(3.4, 6.5))
    buildings.fence(s, -18, -2.4, 6.5, "#9a7c5c", haze=0.02)
    buildings.fence(s, 2.4, 18, 6.5, "#9a7c5c", haze=0.02)
    s.hang(48, trees.broadleaf(s, s.dice("oak"), n, 9, 0.22), x=-side * 22)
    tufts(s, n.leaf, 90)
    foreground_grass(s, mix(n.leaf, "#c9a84f", 0.3), height=0.22)


def _silo(s: Stage) -> str:
    tone = "#b8bcc0"
    fill = s.sideways(
        (0, s.shade(tone, 0.35, 0.12)), (0.35 if s.key < 0 else 0.65, s.glow(tone, 0.2, 0.12)), (1, s.shade(tone, 0.42, 0.12))
    )
    rings = "".join(svg.rect(-150, -y, 300, 6, s.shade(tone, 0.4, 0.12)) for y in range(150, 1050, 150))
    return (
        svg.rect(-150, -1050, 300, 1050, fill)
        + rings
        + svg.path("M-156 -1050Q-150 -1220 0 -1230Q150 -1220 156 -1050Z", s.shade("#a8402f", 0.2, 0.12))
    )


def _windmill(s: Stage) -> str:
    tone = s.shade("#6f7378", 0.2, 0.12)
    blades = "".join(
        svg.path("M0 0L-22 -110L22 -110Z", s.lit("#b9bdc0", 0.12), transform=f"translate(0 -820) rotate({k * 45})")
        for k in range(8)
    )
    return (
        svg.path(
            "M-90 0L-14 -820H14L90 0M-64 -240H64M-44 -440H44M-64 -240L44 -440M64 -240L-44 -440", "none", stroke=tone, stroke_width=9
        )
        + blades
        + svg.circle(0, -820, 14, tone)
    )


def _bale(s: Stage) -> str:
    tone = "#d3ac55"
    spiral = "".join(svg.circle(0, -60, r, "none", stroke=s.shade(tone, 0.3, 0.04), stroke_width=4) for r in (48, 34, 20, 8))
    return svg.circle(0, -60, 60, s.lit(tone, 0.04)) + spiral


def house(s: Stage) -> None:
    """One house at home in its garden: porch, path, letter box, hedge; warm windows in the evening."""
    n = nature(s)
    dice = s.dice("house")
    paint_sky(s)
    trees.tree_line(s, "behind", 60, 9, n.leaf, haze=0.42)
    ridge(s, "hill", 500, 26, 12, n.grass_far, haze=0.7)
    ground(s, n.grass, n.grass_far, patches=7)
    for side in (-1, 1):
        own = s.dice(f"neighbour{side}")
        buildings.house(s, own, side * own.uniform(16, 19), 26, 8, 4.4, own.choice(buildings.BRICKS), "#6f5a58", haze=0.28)
    x = dice.uniform(-1.5, 1.5)
    colour, roof = dice.choice(
        (("#e6dcc6", "#8f4f3f"), ("#b9cbd0", "#4f5d6b"), ("#d9b98c", "#6b4a3f"), ("#c9866c", "#4a4f5a"), ("#a9b894", "#6a5248"))
    )
    s.hang(23, trees.broadleaf(s, s.dice("tall"), n, 9.5, 0.16), x=x + dice.choice((-7.5, 7.5)))
    buildings.house(
        s,
        s.dice("main"),
        x,
        15,
        10.5,
        5.4,
        colour,
        roof,
        haze=0.04,
        door=dice.choice(("#a33f35", "#2f5d62", "#d9a441")),
        porch=True,
    )
    _steps(s, x)
    trail(s, "#cdbfa6", 0.8, bend=0.4, edge=mix(n.grass, n.earth, 0.5), far=13)
    for i in range(8):
        own = s.dice(f"bush{i}")
        s.hang(
            13.6,
            trees.bush(s, own, n, own.uniform(1.0, 1.5), 0.05, flowers=n.flower if own.random() < 0.6 else ""),
            x=x + (i - 3.5) * 1.5 + (1.2 if i > 3 else -1.2),
        )
    buildings.fence(s, -16, -1.6, 5.2, "#ece6d8", rails=False)
    buildings.fence(s, 1.6, 16, 5.2, "#ece6d8", rails=False)
    s.hang(4.4, _mail_box(s), x=2.5)
    tufts(s, n.leaf_light, 70, height=0.1)
    trees.leaf_frame(s, n, both=False)
    foreground_grass(s, n.leaf, height=0.12)
    s.spot("stand", 0.0)


def _steps(s: Stage, x: float) -> None:
    for k in range(3):
        s.add(13.2, s.box(x - 1, x + 1, 0, 0.16 * (3 - k) / 1, 13.2 + 0.0 * k, 13.6, "#b9b0a2", haze=0.04))


def _mail_box(s: Stage) -> str:
    return (
        svg.rect(-5, -100, 10, 100, s.shade("#7d6a58", 0.2))
        + svg.path("M-34 -96V-122q0 -18 18 -18H28q14 2 14 18V-96Z", s.lit("#8fa0ac"))
        + svg.rect(24, -150, 5, 28, s.lit("#c9483c"))
        + svg.rect(24, -150, 18, 11, s.lit("#c9483c"))
    )


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "street": street,
    "city": city,
    "market": market,
    "village": village,
    "farm": farm,
    "house": house,
}
