"""Shelter in the wild: cave and tent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import windows as w
from glimmer.models.rehearsal.boards.sets.ground import rocks
from glimmer.models.rehearsal.boards.sets.palettes import HOMELY, pick
from glimmer.models.rehearsal.boards.sets.rooms import rug, vignette
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["PAINTERS"]


def cave(s: Stage) -> None:
    """Rock arches within arches, stalactites, a pool, a mouth of light or glowing crystals."""
    dice = s.dice("cave")
    rock = dice.choice(("#7d6a5a", "#6a6f78", "#80655a", "#5f6f6c"))
    mouth = dice.random() < 0.6 or s.time == "day"
    mine = "mine" in s.words
    s.add(BACKDROP, s.cover(mix(s.shade(rock, 0.3), s.light.sky_low, 0.12)))
    if mouth:
        shape = [(-170, 20), (-190, -150), (-90, -270), (60, -300), (170, -210), (200, -60), (180, 20)]
        opening = svg.smooth(shape, closed=True)
        view = svg.group(
            svg.group(w.outside(s, 460, 330, w.view_of(s) if "sea" in s.words else "land", "mouth"), transform="translate(0 10)"),
            clip_path=s.clip(svg.path(opening, "#fff")),
        )
        s.add(
            BACKDROP / 2,
            s.plane(
                16, s.halo(0, -140, 280, 240, s.light.key if s.time != "night" else "#8fb0ff", 0.4), view, x=dice.uniform(-1.5, 1.5)
            ),
        )
    y0, y1 = s.point(0, 0, 18)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    s.add(
        BACKDROP / 3,
        svg.rect(
            s.left,
            y0,
            s.right - s.left,
            s.bottom - y0,
            s.vertical_px(y0, y1, (0, s.shade(rock, 0.3)), (0.4, s.shade(rock, 0.12)), (1, s.shade(rock, 0.6))),
        ),
    )
    for i, depth in enumerate((13, 9, 6, 3.6)):
        _rock_arch(s, f"arch{i}", depth, 3.6 + 0.25 * i, rock, 0.1 + 0.16 * i)
    crystal = dice.choice(("#6fd0e0", "#b98af0", "#7fe0a8", "#f0a86a"))
    for i in range(6):
        own = s.dice(f"crystal{i}")
        if not mine and (own.random() < 0.75 or not mouth):
            _crystals(s, own.choice((-1, 1)) * own.uniform(1.8, 3.6), 2 + i * 1.3, crystal)
    if mine:
        for d in (10.0, 6.5, 3.0):
            for post in (-2.4, 2.2):
                s.add(d, s.box(post, post + 0.22, 0, 2.6, d, d + 0.22, "#7a5638"))
            s.add(d, s.box(-2.6, 2.6, 2.6, 2.84, d, d + 0.22, "#7a5638"))
            s.hang(d - 0.1, s.halo(0, 12, 130, 120, "#ffc46a", 0.6), svg.circle(0, 12, 8, "#ffe6a8"), x=1.4, y=2.5)
    px, py = s.point(dice.choice((-1.6, 1.7)), 0, 3.2)
    pool = mix(s.shade("#2f6a78", 0.3), crystal if not mouth else s.light.key, 0.25)
    s.add(
        BACKDROP / 4,
        svg.ellipse(px, py, 1.5 * s.scale(3.2), 0.11 * s.scale(0), pool),
        svg.ellipse(px, py - 2, 1.1 * s.scale(3.2), 0.05 * s.scale(0), mix(pool, "#ffffff", 0.25), opacity=0.6),
    )
    rocks(s, rock, 12, 0.8, 8, 0.55, clear_m=1.5)
    s.spot("stand", 0.0)
    s.spot("sit", -1.3, 0.42, 1)
    s.add(0.02, s.box(-1.55, -1.05, 0, 0.42, 0.02, 0.5, rock))
    if not s.close and s.eye < 3.5:
        _rock_arch(s, "near", -2.4 if s.sees(-2.4) else -0.5, 3.0, rock, 0.84, wide=2.6)
    vignette(s, 0.5)


def _rock_arch(s: Stage, name: str, depth: float, height: float, tone: str, shade: float, *, wide: float = 0.0) -> None:
    """A wall of rock with an opening, teeth hanging from its top."""
    dice = s.dice(name)
    half = wide or 2.5 + 0.1 * depth + dice.uniform(-0.2, 0.2)
    inner = [(-half - 0.4, -0.2), (-half * 0.98, 0.9), (-half * 1.05, 1.7), (-half * 0.8, 2.6)]
    for k in range(7):
        x = -half * 0.66 + half * 1.32 * k / 6
        inner += [
            (x - 0.12, height + dice.uniform(-0.2, 0.2)),
            (x, height - dice.uniform(0.2, 0.95)),
            (x + 0.1, height + dice.uniform(-0.1, 0.25)),
        ]
    inner += [(half * 0.82, 2.6), (half * 1.06, 1.6), (half * 0.97, 0.8), (half + 0.4, -0.2)]
    outer = [(half + 14, -0.4), (half + 14, 16), (-half - 14, 16), (-half - 14, -0.4)]
    fill = s.define(
        svg.linear_gradient(
            "@",
            ((0, s.shade(tone, min(0.95, shade + 0.3))), (0.5, s.shade(tone, shade)), (1, s.shade(tone, min(0.95, shade + 0.36)))),
        )
    )
    rim = svg.polyline(
        [s.point(x, y, depth) for x, y in inner],
        s.glow(tone, 0.1),
        max(1.5, 0.05 * s.scale(depth)),
        opacity=round(0.5 * (1 - shade), 2),
        stroke_linejoin="round",
    )
    s.add(depth, svg.polygon([s.point(x, y, depth) for x, y in inner + outer], fill), rim)


def _crystals(s: Stage, x: float, depth: float, tone: str) -> None:
    art = [s.halo(0, -30, 120, 90, tone, 0.5)]
    for k, (dx, h, lean) in enumerate(((-22, 46, -12), (0, 74, 2), (18, 54, 12), (34, 30, 16))):
        art.append(
            svg.polygon(
                [(dx - 9, 0), (dx - 7 + lean, -h * 0.8), (dx + lean, -h), (dx + 8 + lean, -h * 0.78), (dx + 9, 0)],
                mix(tone, s.light.shadow, 0.25 + 0.08 * k),
            )
        )
        art.append(
            svg.polygon(
                [(dx, 0), (dx + lean, -h), (dx + 8 + lean, -h * 0.78), (dx + 9, 0)], mix(tone, "#ffffff", 0.35), opacity=0.8
            )
        )
    s.hang(depth, *art, x=x)


def tent(s: Stage) -> None:
    """Canvas walls on poles that meet above, a flap open on the outside, lantern, bedroll, trunk, carpet."""
    p = pick(s, HOMELY)
    dice = s.dice("tent")
    cloth = dice.choice(("#c9a878", "#b08a5f", "#a89a7c", "#8f6a4f"))
    depth, ridge = 2.9, 3.3
    s.add(BACKDROP, s.cover(s.shade(cloth, 0.7)))
    back = [(-420, 0), (0, -ridge * 100), (420, 0)]
    fill = s.vertical((0, s.shade(cloth, 0.35)), (0.6, s.lit(cloth)), (1, s.shade(cloth, 0.2)))
    flap = [(-46, 0), (0, -215), (52, 0)]
    view = svg.group(
        w.outside(s, 130, 230, w.view_of(s) if "sea" in s.words else "land", "flap"), clip_path=s.clip(svg.polygon(flap, "#fff"))
    )
    folds = "".join(
        svg.path(f"M0 {-ridge * 100:.0f}L{x} 0", None, stroke=s.shade(cloth, 0.32), stroke_width=3, opacity=0.6)
        for x in range(-360, 400, 90)
    )
    turned = svg.path("M-46 0L0 -215L-30 -150Q-64 -70 -78 0Z", s.glow(cloth, 0.14)) + svg.path(
        "M52 0L0 -215L34 -150Q66 -70 82 0Z", s.shade(cloth, 0.3)
    )
    tone = s.light.key if s.time != "night" else "#8fb0ff"
    x = dice.uniform(-0.7, 0.7)
    s.add(
        BACKDROP / 5,
        s.plane(depth, svg.polygon(back, fill), folds),
        s.plane(depth, s.halo(0, -100, 160, 170, tone, 0.4), view, turned, x=x),
    )
    for side in (-1, 1):
        wall = s.shade(cloth, 0.04 if side == -s.key else 0.22)
        s.add(BACKDROP / 6, s.quad((side * 4.2, 0, depth), (0, ridge, depth), (0, ridge, -5), (side * 4.2, 0, -5), fill=wall))
        for d in (2.0, 0.8, -0.6, -2.0):
            a, b = s.point(side * 4.2, 0, d), s.point(0, ridge, d)
            s.add(BACKDROP / 6.1, svg.line(*a, *b, s.shade(cloth, 0.5), max(1.5, 0.025 * s.scale(0)), opacity=0.5))
    y0, y1 = s.point(0, 0, depth)[1], max(s.height, s.point(0, 0, 0)[1] + 1)
    s.add(
        BACKDROP / 7,
        s.quad(
            (-4.2, 0, -5),
            (4.2, 0, -5),
            (4.2, 0, depth),
            (-4.2, 0, depth),
            fill=s.vertical_px(y0, y1, (0, s.shade("#8a7050", 0.2)), (1, s.shade("#8a7050", 0.5))),
        ),
    )
    rug(s, 0, 0.9, 2.2, 1.1, p.fabric, p.accent)
    s.add(1.6, s.box(-0.05, 0.05, 0, ridge, 2.4, 2.5, "#7a5638"))
    halo = s.halo(0, 34, 160, 130, "#ffc46a", 0.7) if s.light.lamps else ""
    s.hang(
        1.2,
        svg.path("M0 -70V6", None, stroke=s.shade("#4a3626", 0.2), stroke_width=2),
        halo,
        svg.path("M-10 12Q0 0 10 12V40H-10Z", s.shade("#b08a45", 0.2)),
        svg.rect(-7, 15, 14, 21, s.lamp("#ffe0a0", "#d6d2c4"), rx=3),
        x=-0.9,
        y=2.2,
    )
    s.add(1.5, s.box(-2.9, -1.5, 0, 0.22, 1.3, 2.1, p.fabric), s.box(-2.9, -2.5, 0.22, 0.34, 1.35, 2.05, p.trim))
    s.add(1.3, s.box(1.6, 2.5, 0, 0.5, 1.4, 1.9, "#7a5236"))
    s.hang(
        1.39,
        svg.rect(-45, -50, 90, 12, s.shade("#7a5236", 0.0)),
        svg.rect(-6, -42, 12, 12, s.lit("#d8b25a")),
        *(svg.rect(k, -50, 7, 50, s.shade("#c29a4a", 0.2)) for k in (-36, 29)),
        x=2.05,
    )
    s.hang(
        1.45,
        svg.path("M-9 0Q-13 -13 0 -16Q13 -13 9 0Z", s.shade("#b0603f", 0.1)),
        svg.rect(14, -10, 9, 10, s.lit(p.trim), rx=2),
        x=2.0,
        y=0.5,
    )
    for k, (cx, tone2) in enumerate(((-1.3, p.accent), (1.25, p.fabric))):
        s.hang(
            0.02 + 0.01 * k,
            svg.path("M-36 0Q-42 -26 0 -28Q42 -26 36 0Z", s.shade(tone2, 0.12)),
            svg.path("M-30 -8Q0 -16 30 -8", "none", stroke=s.glow(tone2, 0.3), stroke_width=3),
            x=cx,
        )
        s.spot("sit", cx, 0.26, 1 if cx < 0 else -1)
    s.spot("lie", -2.2, 0.25, -1)
    s.spot("stand", 0.0)
    vignette(s, 0.5)


PAINTERS: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    "cave": cave,
    "tent": tent,
}
