"""Ways through and above a town: road, bridge, rooftop, railway, playground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats, buildings, trees
from glimmer.models.rehearsal.boards.sets.exteriors_town import light_pool, wet_sheen
from glimmer.models.rehearsal.boards.sets.ground import foreground_grass, ground, ridge, rocks, strewn, tufts
from glimmer.models.rehearsal.boards.sets.palettes import nature
from glimmer.models.rehearsal.boards.sets.sky import paint_sky
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.boards.sets.water import sea
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


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
    wet_sheen(s, -3, 120)
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
            light_pool(s, side * 3.2, max(d0, 0.6), 2.4)
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
    wet_sheen(s, -3, 5.5)
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
    "road": road,
    "bridge": bridge,
    "rooftop": rooftop,
    "railway": railway,
    "playground": playground,
}
