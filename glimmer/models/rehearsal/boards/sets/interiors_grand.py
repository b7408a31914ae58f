"""Rooms built to be looked up at: church, theatre, hall."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import furniture as f
from glimmer.models.rehearsal.boards.sets import windows as w
from glimmer.models.rehearsal.boards.sets.palettes import OLD, Palette, pick
from glimmer.models.rehearsal.boards.sets.rooms import Room, on_wall, shell, vignette
from glimmer.models.rehearsal.boards.sets.stage import Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


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
    "church": church,
    "theatre": theatre,
    "hall": hall,
}
