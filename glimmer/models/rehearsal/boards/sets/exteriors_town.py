"""Where people live: street, city, market, village, farm, house, road, bridge, rooftop, railway, playground."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats, buildings, trees
from glimmer.models.rehearsal.boards.sets.ground import foreground_grass, ground, ridge, rocks, strewn, trail, tufts
from glimmer.models.rehearsal.boards.sets.palettes import nature
from glimmer.models.rehearsal.boards.sets.sky import paint_sky
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.boards.sets.water import sea
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS", "paving", "row_of_houses"]


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


def _wet(s: Stage, near: float, far: float) -> None:
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


def _light_pool(s: Stage, x: float, depth: float, radius: float = 2.2) -> None:
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
    _wet(s, -3, 90)
    for depth, side in ((34.0, 1), (22.0, -1), (13.0, 1), (6.5, -1)):
        s.hang(depth, buildings.lamp_post(s, 3.9, s.air(depth)), x=side * 3.6)
        _light_pool(s, side * 3.5, depth)
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
    _wet(s, -3, 120)
    _signs(s)
    for depth, side in ((52, 1), (36, -1), (22, 1), (11, -1)):
        s.hang(depth, buildings.lamp_post(s, 6.0, s.air(depth)), x=side * 5.9)
        _light_pool(s, side * 5.4, depth, 3)
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
    _wet(s, -3, 60)
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
    _light_pool(s, -3.1, 7)
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


def road(s: Stage) -> None:
    """A road that runs to the horizon between fields, poles and wires, a sign, a far hill or petrol pump."""
    n = nature(s)
    dice = s.dice("road")
    paint_sky(s)
    ridge(s, "far", 1500, 90, 45, mix(n.rock, n.grass_far, 0.5), haze=0.9)
    ridge(s, "mid", 420, 14, 9, n.grass_far, haze=0.6)
    ground(s, mix(n.grass, n.earth, 0.3), n.grass_far)
    tar = "#5f646b"
    s.add(
        BACKDROP / 6,
        s.quad((-3.4, 0, -5), (3.4, 0, -5), (3.4, 0, 1200), (-3.4, 0, 1200), fill=s.lit(mix(n.earth, "#d8ccb0", 0.3), 0.1)),
    )
    y0, y1 = s.point(0, 0, 1200)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    s.add(
        BACKDROP / 6.1,
        s.quad(
            (-3.0, 0, -5),
            (3.0, 0, -5),
            (3.0, 0, 1200),
            (-3.0, 0, 1200),
            fill=s.vertical_px(y0, y1, (0, s.lit(tar, 0.7)), (0.3, s.lit(tar, 0.1)), (1, s.shade(tar, 0.3))),
        ),
    )
    for x in (-2.8, 2.72):
        s.add(BACKDROP / 6.2, s.quad((x, 0, -5), (x + 0.09, 0, -5), (x + 0.09, 0, 600), (x, 0, 600), fill=s.lit("#e4e0d4", 0.1)))
    for k in range(20):
        d = -3 + k * 6
        s.add(
            BACKDROP / 6.2, s.quad((-0.07, 0, d), (0.07, 0, d), (0.07, 0, d + 2.6), (-0.07, 0, d + 2.6), fill=s.lit("#e8d48f", 0.1))
        )
    _wet(s, -3, 120)
    side = dice.choice((-1, 1))
    _poles(s, side * 5.2)
    s.hang(16, _sign_post(s), x=-side * 4.2)
    for i in range(4):
        own = s.dice(f"tree{i}")
        s.hang(90 - i * 18, trees.broadleaf(s, own, n, own.uniform(6, 9), 0.45 - i * 0.08), x=-side * own.uniform(7, 16))
    rocks(s, n.rock, 8, 2, 30, 0.5, clear_m=3.6)
    strewn(
        s,
        "scrub",
        26,
        1.5,
        50,
        lambda x, d, k: s.plane(d, trees.bush(s, s.dice(f"scrub{x:.3f}"), n, 0.7 * k, s.air(d)), x=x),
        clear_m=3.8,
    )
    tufts(s, n.leaf, 60)
    foreground_grass(s, n.leaf, height=0.2)


def _poles(s: Stage, x: float) -> None:
    """Telegraph poles with their sagging wires."""
    tone = "#5a4a40"
    depths = (8, 24, 44, 70, 104, 150)
    for d in depths:
        s.hang(
            d,
            svg.rect(-9, -760, 18, 762, s.shade(tone, 0.2, s.air(d))),
            svg.rect(-80, -726, 160, 12, s.shade(tone, 0.3, s.air(d))),
            x=x,
        )
    wires = []
    for off in (-0.7, 0.7):
        for a, b in zip((-3, *depths), depths, strict=False):
            p, q, m = s.point(x + off, 7.3, a), s.point(x + off, 7.3, b), s.point(x + off, 6.7, (a + b) / 2)
            wires.append(f"M{p[0]:.0f} {p[1]:.0f}Q{m[0]:.0f} {m[1]:.0f} {q[0]:.0f} {q[1]:.0f}")
    s.add(7.9, svg.path("".join(wires), "none", stroke=s.shade("#3a3a40", 0.2), stroke_width=max(1.0, s.height / 800), opacity=0.8))


def _sign_post(s: Stage) -> str:
    return svg.rect(-6, -230, 12, 230, s.shade("#7d858c", 0.2)) + "".join(
        svg.path(f"M{-70 * k} {y}h{130 * k}l{24 * k} 22l{-24 * k} 22h{-130 * k}Z", s.lit(c))
        + svg.rect(min(-54 * k, 30 * k), y + 18, 84, 7, s.shade(c, 0.45), rx=3)
        for k, y, c in ((1, -232, "#e6dcc4"), (-1, -178, "#d9c79a"))
    )


def bridge(s: Stage) -> None:
    """On a bridge: the deck runs away between parapets and lamps, the river and the town to both sides."""
    n = nature(s)
    dice = s.dice("bridge")
    stone = dice.choice(("#a89c8a", "#8f9296", "#b09a80"))
    paint_sky(s)
    buildings.skyline(s, "town", 360, 14, 46, "#8a8c98", haze=0.7)
    ridge(s, "hill", 700, 40, 18, n.grass_far, haze=0.82)
    sea(s, n.water, near_m=2, swell=0.5, level=-3.0)
    s.hang(80, boats.steamer(s, s.dice("barge"), 0.45), x=dice.choice((-1, 1)) * 30, y=-3)
    _second_bridge(s, mix(stone, "#6a6f7a", 0.4))
    deck = mix(stone, "#7d7a76", 0.5)
    y0, y1 = s.point(0, 0, 90)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    fill = s.vertical_px(y0, y1, (0, s.lit(deck, 0.4)), (0.4, s.lit(deck, 0.06)), (1, s.shade(deck, 0.36)))
    s.add(91, s.quad((-4, 0, -5), (4, 0, -5), (4, 0, 90), (-4, 0, 90), fill=fill))
    joints = []
    for i in range(-4, 5):
        a, b = s.point(i * 0.9, 0, 90), s.point(i * 0.9, 0, -4)
        joints.append(f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}")
    s.add(90.5, svg.path("".join(joints), "none", stroke=s.shade(deck, 0.4), stroke_width=1.6, opacity=0.5))
    for side in (-1, 1):
        x = side * 4.0
        for d0, d1 in ((34, 90), (16, 34), (7, 16), (2.5, 7), (-5, 2.5)):
            haze = s.air(max(d0, 0))
            s.add(max(d0, 0.5), s.box(min(x, x + side * 0.3), max(x, x + side * 0.3), 0, 0.95, d0, d1, stone, haze=haze),
                  s.quad((x - side * 0.06, 0.95, d0), (x - side * 0.06, 0.95, d1), (x - side * 0.06, 1.06, d1), (x - side * 0.06, 1.06, d0), fill=s.glow(stone, 0.2, haze)))  # fmt: skip
            s.add(
                max(d0, 0.5),
                s.box(
                    min(x, x + side * 0.5) - 0.05,
                    max(x, x + side * 0.5) + 0.05,
                    0,
                    1.25,
                    max(d0, 0.4),
                    max(d0, 0.4) + 0.55,
                    stone,
                    haze=haze,
                ),
            )
            s.hang(max(d0, 0.4), buildings.lamp_post(s, 3.0, haze), x=x + side * 0.25, y=1.2)
            _light_pool(s, side * 3.2, max(d0, 0.6), 2.4)
    s.spot("stand", 0.0)
    s.spot("lean", -2.6)


def _second_bridge(s: Stage, stone: str) -> None:
    """An arched bridge farther along the river."""
    d = "M-9000 -500H9000V-380H-9000Z" + "".join(
        f"M{x} -400H{x + 1400}V300H{x + 1250}Q{x + 1200} -260 {x + 700} -260Q{x + 200} -260 {x + 150} 300H{x}Z"
        for x in range(-7000, 7000, 1400)
    )
    s.hang(210, svg.path(d, s.shade(stone, 0.2, 0.55)), y=-3)


def rooftop(s: Stage) -> None:
    """A flat roof above the city: parapet, water tank, vents, washing line, towers all around."""
    dice = s.dice("rooftop")
    tone = dice.choice(("#6f7f94", "#7c7488", "#8a7d78"))
    paint_sky(s)
    for name, depth, low, high, haze in (("a", 900, 10, 120, 0.82), ("b", 420, 4, 60, 0.62), ("c", 170, 1, 18, 0.4)):
        buildings.skyline(s, name, depth, low, high, mix(tone, "#3a4358", 0.2 * (3 - len(name))), haze=haze, count=26)
    floor = dice.choice(("#8a8378", "#7b7f82", "#957f70"))
    y_far = s.point(0, 0, 900)[1]
    s.add(
        160,
        svg.rect(
            s.left,
            y_far,
            s.right - s.left,
            s.bottom - y_far,
            s.vertical_px(y_far, y_far + 0.1 * s.focal, (0, s.shade(tone, 0.1, 0.6)), (1, s.shade(tone, 0.35, 0.25))),
        ),
    )
    y0, y1 = s.point(0, 0, 6)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    s.add(
        8,
        svg.rect(s.left, y0, s.right - s.left, s.bottom - y0, s.vertical_px(y0, y1, (0, s.lit(floor)), (1, s.shade(floor, 0.36)))),
    )
    _wet(s, -3, 5.5)
    s.add(6, s.box(-30, 30, 0, 0.75, 6, 6.3, dice.choice(("#a1614a", "#9a948a", "#b08a6a")), top="#d0c4b0"))
    s.hang(6, "".join(svg.rect(x, -70, 60, 16, s.shade("#8a5a48", 0.3), opacity=0.35) for x in range(-900, 900, 150)))
    side = dice.choice((-1, 1))
    s.hang(5.2, _tank(s), x=side * 3.9)
    s.add(5.0, s.box(-side * 4.2 - 0.9, -side * 4.2 + 0.9, 0, 2.4, 4.2, 5.6, "#8f7a6a"))
    s.hang(
        4.2,
        svg.rect(-42, -200, 84, 200, s.shade("#4f6b70", 0.25)),
        svg.circle(28, -98, 4, s.lit("#d8b25a")),
        s.halo(0, -220, 150, 120, "#ffd08a", 0.6) if s.light.lamps else "",
        x=-side * 4.2,
    )
    for k, x in enumerate((-side * 1.9, side * 1.7)):
        s.add(3.6, s.box(x - 0.3, x + 0.3, 0, 0.5 + 0.25 * k, 3.6, 4.2, "#a8adb0"))
    _washing(s)
    for x in (-7, 7.5):
        s.hang(
            5.8,
            svg.path("M0 -75V-330M-46 -310H46M-34 -280H34M-22 -250H22", "none", stroke=s.shade("#3a3f46", 0.2), stroke_width=5),
            x=x,
        )
    s.spot("stand", 0.0)
    s.spot("sit", -side * 1.9, 0.5, side)


def _tank(s: Stage) -> str:
    wood = "#8a6a4c"
    staves = "".join(svg.line(x, -380, x, -200, s.shade(wood, 0.45), 3) for x in range(-66, 80, 22))
    fill = s.sideways((0, s.shade(wood, 0.45)), (0.35 if s.key < 0 else 0.65, s.glow(wood, 0.1)), (1, s.shade(wood, 0.5)))
    return (svg.path("M-70 0L-60 -200M70 0L60 -200M-66 -60L62 -180M66 -60L-62 -180", "none", stroke=s.shade("#3a3f46", 0.2), stroke_width=9)
            + svg.rect(-84, -380, 168, 184, fill) + staves + svg.polygon([(-98, -380), (0, -450), (98, -380)], s.shade("#5a4a44", 0.2)) + svg.rect(-86, -310, 172, 7, s.shade("#3a3f46", 0.2)))  # fmt: skip


def _washing(s: Stage) -> None:
    dice = s.dice("washing")
    cloths = []
    for k in range(5):
        x = -240 + k * 110
        w, h = dice.uniform(50, 90), dice.uniform(60, 110)
        tone = dice.choice(("#e9e0d0", "#c9574c", "#6f9aa8", "#e0b95c", "#d8d2e0"))
        sway = 14 if s.weather in ("wind", "storm") else 4
        cloths.append(
            svg.path(
                f"M{x:.0f} -196l{w:.0f} 2q{sway} {h / 2:.0f} {sway / 2} {h:.0f}q{-w / 2:.0f} 12 {-w:.0f} -2q{sway} {-h / 2:.0f} {-sway / 2} {-h:.0f}Z",
                s.shade(tone, 0.1),
            )
        )
    s.hang(
        5.6,
        svg.path("M-420 -215Q0 -170 420 -215M-420 0V-220M420 0V-220", "none", stroke=s.shade("#4a4a50", 0.2), stroke_width=4),
        *cloths,
    )


def railway(s: Stage) -> None:
    """Rails to the vanishing point, a platform with its roof and clock, signals, poles."""
    n = nature(s)
    dice = s.dice("railway")
    paint_sky(s)
    ridge(s, "far", 800, 40, 20, n.grass_far, haze=0.78)
    trees.tree_line(s, "trees", 160, 9, n.leaf, haze=0.5)
    ground(s, mix(n.grass, "#8a8378", 0.45), n.grass_far)
    gravel = "#8d857a"
    for lane in (-1.6, -6.4):
        s.add(
            BACKDROP / 6,
            s.quad((lane - 1.7, 0, -5), (lane + 1.7, 0, -5), (lane + 1.7, 0, 500), (lane - 1.7, 0, 500), fill=s.lit(gravel, 0.08)),
        )
        sleepers = [
            s.quad(
                (lane - 1.25, 0.02, d),
                (lane + 1.25, 0.02, d),
                (lane + 1.25, 0.02, d + 0.28),
                (lane - 1.25, 0.02, d + 0.28),
                fill=s.shade("#5d4a3c", 0.2, s.air(d)),
            )
            for d in [-3 + 0.75 * k for k in range(60)]
        ]
        s.add(BACKDROP / 6.2, *sleepers)
        for x in (lane - 0.72, lane + 0.72):
            s.add(BACKDROP / 6.4, s.quad((x - 0.06, 0.12, -5), (x + 0.06, 0.12, -5), (x + 0.06, 0.12, 500), (x - 0.06, 0.12, 500), fill=s.glow("#9aa4ac", 0.3)),
                  s.quad((x - 0.06, 0.0, -5), (x - 0.06, 0.12, -5), (x - 0.06, 0.12, 500), (x - 0.06, 0, 500), fill=s.shade("#5f5048", 0.3)))  # fmt: skip
    s.add(
        70,
        s.box(0.9, 9, 0, 0.75, 4.0, 120, "#b3a894", top="#c2b8a4"),
        s.quad((0.95, 0.76, 4.0), (1.2, 0.76, 4.0), (1.2, 0.76, 120), (0.95, 0.76, 120), fill=s.lit("#ece6d4")),
    )
    s.add(60, s.box(4.4, 9, 0.75, 4.0, 14, 40, dice.choice(("#a86a52", "#c9b48f", "#8f9a94")), haze=0.12))
    s.add(59, s.box(1.6, 9.4, 4.0, 4.3, 10, 44, "#5a6a68", haze=0.1))
    for d in (12, 19, 26, 34):
        s.add(d, s.box(2.0, 2.14, 0.75, 4.0, d, d + 0.14, "#3f5a58", haze=d / 220))
        if s.light.lamps:
            px, py = s.point(2.07, 3.4, d)
            s.add(d, s.halo(px, py, 1.5 * s.scale(d), 1.2 * s.scale(d), "#ffcf82", 0.5))
    s.hang(11, _clock(s), x=3.0, y=3.1)
    s.hang(20, _signal(s), x=-9.2)
    _poles(s, -11)
    s.hang(8.5, buildings.bench(s), x=5.2, y=0.75)
    strewn(
        s,
        "weeds",
        20,
        1,
        30,
        lambda x, d, k: s.plane(d, trees.bush(s, s.dice(f"weed{x:.3f}"), n, 0.5 * k, s.air(d)), x=x) if x < -8.5 else "",
        spread=0.6,
    )
    foreground_grass(s, n.leaf, height=0.16)


def _clock(s: Stage) -> str:
    return (svg.rect(-4, -90, 8, 50, s.shade("#3a3f46", 0.2)) + svg.circle(0, 0, 44, s.shade("#2f4a4a", 0.2)) + svg.circle(0, 0, 37, s.lamp("#fff2cf", "#f2ecdc"))
            + svg.path("M0 0V-26M0 0L18 10", None, stroke="#2a2a30", stroke_width=5, stroke_linecap="round"))  # fmt: skip


def _signal(s: Stage) -> str:
    post = s.shade("#5a6068", 0.2, 0.08)
    return (
        svg.rect(-9, -620, 18, 620, post)
        + svg.rect(-26, -640, 52, 120, s.shade("#22262c", 0.2, 0.08), rx=12)
        + svg.circle(0, -610, 15, "#ff5a48")
        + s.halo(0, -610, 90, 90, "#ff5a48", 0.6)
        + svg.circle(0, -552, 15, s.shade("#3f7a50", 0.5))
    )


def playground(s: Stage) -> None:
    """Swings, a slide, a climbing frame on soft ground, trees and flats behind, a low fence."""
    n = nature(s)
    dice = s.dice("playground")
    paint_sky(s)
    buildings.skyline(s, "flats", 300, 14, 40, "#9a94a0", haze=0.66)
    trees.tree_line(s, "trees", 70, 7, n.leaf, haze=0.4)
    ground(s, mix(n.grass, "#d2b27a", 0.25), n.grass_far, patches=6)
    sand = [s.point(x, 0, d) for x, d in ((-8, 3.2), (8, 3.2), (9.5, 11), (-9.5, 11))]
    s.add(BACKDROP / 6, svg.path(svg.smooth(sand, closed=True), s.lit("#dcbf8c", 0.03)))
    buildings.fence(s, -22, 22, 15, "#7f9aa0", haze=0.1)
    for i in range(4):
        own = s.dice(f"tree{i}")
        s.hang(18 + i, trees.broadleaf(s, own, n, own.uniform(5, 7), 0.2), x=(-11, -4, 5, 12)[i])
    tones = dice.choice((("#d9483c", "#e8b23f", "#3f7fa0"), ("#e07f3c", "#4f9a78", "#5a6fa8"), ("#c9507f", "#f0c24a", "#4fa0a8")))
    s.hang(8, _swings(s, tones), x=-4.0)
    s.hang(6.5, _slide(s, tones), x=4.2)
    s.hang(10.5, _climbing(s, tones), x=1.0)
    s.add(4.5, s.ground_shadow(-2.9, 4.5, 0.6, 0.2, 0.25))
    s.hang(4.4, _rocker(s, tones), x=-2.9)
    s.hang(3.4, buildings.bench(s), x=2.9)
    s.spot("stand", 0.0)
    s.spot("sit", 2.9, 0.48, -1)
    tufts(s, n.leaf_light, 40, height=0.1)
    foreground_grass(s, n.leaf, height=0.12)


def _swings(s: Stage, tones: tuple[str, str, str]) -> str:
    a, b = s.shade(tones[0], 0.15, 0.04), s.shade("#4a4a50", 0.2, 0.04)
    return (svg.path("M-230 0L-180 -250L-130 0M130 0L180 -250L230 0M-180 -250H180", "none", stroke=a, stroke_width=12, stroke_linejoin="round")
            + svg.path("M-110 -248L-116 -52M-60 -248L-66 -52M50 -248L74 -60M100 -248L124 -60", None, stroke=b, stroke_width=3)
            + svg.rect(-122, -54, 64, 9, s.lit(tones[1], 0.04), rx=3) + svg.rect(68, -62, 64, 9, s.lit(tones[2], 0.04), rx=3))  # fmt: skip


def _slide(s: Stage, tones: tuple[str, str, str]) -> str:
    a, b, c = (s.shade(t, 0.12, 0.04) for t in tones)
    rungs = "".join(svg.line(92, -y, 140, -y, b, 6) for y in range(28, 180, 28))
    return (svg.path("M92 0V-260M140 0V-260", None, stroke=b, stroke_width=9) + rungs + svg.polygon([(66, -260), (116, -330), (166, -260)], a)
            + svg.path("M96 -196Q40 -190 -20 -90T-150 -12H-176V-28H-150Q-90 -34 -40 -120T92 -214Z", c) + svg.rect(84, -200, 64, 14, b))  # fmt: skip


def _climbing(s: Stage, tones: tuple[str, str, str]) -> str:
    return svg.path(
        "M-120 0Q-110 -170 0 -170Q110 -170 120 0M-60 0Q-56 -170 0 -170Q56 -170 60 0M-116 -60H116M-96 -118H96M0 0V-170",
        "none",
        stroke=s.shade(tones[2], 0.15, 0.08),
        stroke_width=8,
    )


def _rocker(s: Stage, tones: tuple[str, str, str]) -> str:
    return (
        svg.path("M-8 0q-16 -8 0 -14t0 -14t0 -14h16q14 8 0 14t0 14t0 14Z", s.shade("#4a4a50", 0.2))
        + svg.path(
            "M-50 -48Q-30 -70 -10 -62Q20 -60 30 -96Q52 -104 58 -84L46 -76Q44 -48 20 -42H-34Q-50 -40 -50 -48Z", s.lit(tones[1])
        )
        + svg.circle(44, -90, 3, "#22262c")
    )


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "street": street,
    "city": city,
    "market": market,
    "village": village,
    "farm": farm,
    "house": house,
    "road": road,
    "bridge": bridge,
    "rooftop": rooftop,
    "railway": railway,
    "playground": playground,
}
