"""Props that grow, fall, hatch or shine in the sky: plants, flowers, leaves, stones, nests, globes and moons."""

from __future__ import annotations

from functools import partial

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, limb, star
from glimmer.models.rehearsal.boards.props.palette import (
    BRASS,
    DARK_WOOD,
    GOLD,
    RED,
    STONE,
    WHITE,
    YELLOW,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop

LEAF = "#5d8a4a"


@prop("christmas tree", "xmas tree", "fir tree", height_cm=200, use="standing")
def christmas_tree(b: Brush, seed: int) -> None:
    b.solid(box(43, 140, 14, 26, 1), DARK_WOOD)
    for y, w, h in ((84, 96, 62), (48, 76, 56), (14, 54, 50)):
        b.solid(
            f"M50 {y - 14}Q{50 + w * 0.3:.0f} {y + h * 0.5:.0f} {50 + w / 2} {y + h}Q{50 + w * 0.25:.0f} {y + h - 8} 50 {y + h}Q{50 - w * 0.25:.0f} {y + h + 4} {50 - w / 2} {y + h}Q{50 - w * 0.3:.0f} {y + h * 0.5:.0f} 50 {y - 14}Z",
            "#3d7a56",
            depth=6,
        )
    b.line("M28 66Q50 76 72 58M18 104Q50 118 84 92M10 138Q50 150 92 128", GOLD, 2.4)
    for i, (x, y) in enumerate(
        ((44, 40), (60, 52), (34, 62), (58, 78), (28, 92), (76, 88), (46, 100), (22, 124), (62, 120), (84, 132), (42, 134))
    ):
        c = ("#d8463c", "#e8b83c", "#4f9ac0")[i % 3]
        b.halo(x, y, 9, c, 0.5)
        b.solid(ellipse(x, y, 4.4), c)
    b.halo(50, -4, 22, "#ffe9a0", 0.8)
    b.flat(star(50, -4, 12, 5, 5), "!#ffd84f")


@prop("sapling", "tree sapling", "young tree", "seedling", "sprout", "tree", height_cm=120, use="standing")
def sapling(b: Brush, seed: int) -> None:
    b.solid(limb(((40, 124), (38, 90), (42, 60), (40, 34)), (9, 6, 5, 3)), DARK_WOOD, depth=2)
    b.line("M40 84Q28 74 22 66M41 68Q54 60 60 50", DARK_WOOD, 3)
    for x, y, r, tone in ((20, 58, 18, -0.12), (62, 44, 20, -0.1), (34, 30, 24, 0), (50, 18, 18, 0.06), (24, 40, 15, 0.04)):
        b.solid(ellipse(x, y, r, r * 0.92), LEAF, tone, depth=r * 0.3)
    b.flat(blob((14, 126), (38, 116), (66, 126), (40, 130)), "#7a5536")


def _leafy(b: Brush, seed: int, x: float, y: float, turn: float, length: float, tone: float) -> None:
    with b.at(x, y, turn):
        b.solid(
            f"M0 0Q{length * 0.28:.1f} {-length * 0.5:.1f} 0 {-length}Q{-length * 0.28:.1f} {-length * 0.5:.1f} 0 0Z",
            LEAF,
            tone,
            depth=length * 0.05,
        )
        b.line(f"M0 0V{-length * 0.85:.1f}", LEAF, 1, -0.35)


@prop(
    "plant", "pot plant", "potted plant", "house plant", "cactus", "bonsai", "fern", height_cm=60, use="surface", grip=(0.5, 0.85)
)
def plant(b: Brush, seed: int) -> None:
    for turn, length, tone in (
        (-58, 50, -0.2),
        (58, 50, -0.25),
        (-34, 62, -0.1),
        (36, 60, -0.14),
        (-14, 72, 0),
        (16, 68, -0.04),
        (0, 60, 0.06),
    ):
        _leafy(b, seed, 50, 72, turn, length, tone)
    b.solid("M22 72H78L70 120Q69 124 64 124H36Q31 124 30 120Z", pick(seed, ("#c8694a", "#4f86a0", "#e9dcc0")), depth=7)
    b.solid(box(17, 66, 66, 13, 4), pick(seed, ("#c8694a", "#4f86a0", "#e9dcc0")), 0.06, depth=3)


def _bloom(b: Brush, x: float, y: float, r: float, colour: str) -> None:
    for i in range(6):
        with b.at(x, y, i * 60):
            b.flat(blob((0, 0), (-r * 0.42, -r * 0.7), (0, -r * 1.15), (r * 0.42, -r * 0.7)), colour, -0.12 if i % 2 else 0.04)
    b.solid(ellipse(x, y, r * 0.36), YELLOW)


@prop("flower", "rose", "daisy", "tulip", "sunflower", "blossom", height_cm=30, use="hand", grip=(0.5, 0.8))
def flower(b: Brush, seed: int) -> None:
    b.line("M40 40Q36 90 42 140", LEAF, 4.4, -0.1)
    _leafy(b, seed, 40, 112, 56, 36, 0)
    _leafy(b, seed, 39, 96, -52, 34, -0.12)
    _bloom(b, 40, 30, 32, pick(seed, ("#d8506a", "#f3eee0", "#e8b03c", "#8f6fc0")))


@prop("bouquet", "flowers", "bunch of flowers", "wreath", "lilies", "roses", height_cm=42, use="hand", grip=(0.5, 0.85))
def bouquet(b: Brush, seed: int) -> None:
    for turn, length in ((-50, 58), (50, 58), (-24, 72), (26, 70), (0, 78)):
        _leafy(b, seed, 50, 74, turn, length, -0.15)
    colours = ("#d8506a", "#f3eee0", "#e8b03c", "#c2608f", "#8f6fc0")
    for i, (x, y, r) in enumerate(((18, 30, 17), (82, 30, 17), (34, 8, 16), (66, 8, 16), (50, 28, 19), (30, 48, 15), (70, 48, 15))):
        _bloom(b, x, y, r, colours[(i + seed) % 5])
    b.solid("M16 58Q50 76 84 58L58 134Q50 138 42 134Z", "#efe2c4", depth=6)
    b.line("M30 66L48 132M70 66L52 132", "#b7a684", 1.6)
    b.solid(blob((50, 102), (30, 94), (26, 108), (50, 106), (74, 108), (70, 94)), RED, depth=3)


@prop("vase", "urn", "vase of flowers", height_cm=40, use="surface", grip=(0.5, 0.8))
def vase(b: Brush, seed: int) -> None:
    for x, y in ((34, 34), (66, 34), (50, 20)):
        b.line(f"M50 76Q50 50 {x} {y}", LEAF, 3)
        _bloom(b, x, y - 6, 17, pick(seed + x, ("#d8506a", "#e8b03c", "#8f6fc0")))
    b.solid(
        "M36 64H64Q60 80 76 94Q84 112 70 126H30Q16 112 24 94Q40 80 36 64Z", pick(seed, ("#3f74a8", "#e9e2d0", "#7fa08a")), depth=7
    )
    b.line("M23 100Q50 110 77 100", WHITE, 3, opacity=0.8)
    b.shine(blob((28, 100), (36, 86), (36, 104)), 0.6)


@prop("feather", "quill", "plume", height_cm=26, use="hand", grip=(0.5, 0.9))
def feather(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#e9e6de", "#4f86a0", "#c8694a"))
    shape = "M22 128Q8 90 14 54Q22 12 62 0Q72 40 54 78Q44 98 26 110Z"
    b.solid(shape, colour, depth=5)
    b.line("M16 140Q22 80 60 4", colour, 2.6, -0.35)
    for t in (30, 48, 66, 84):
        b.line(f"M{52 - t * 0.36:.0f} {t}L{70 - t * 0.42:.0f} {t + 4}", colour, 1.2, -0.25)
        b.line(f"M{44 - t * 0.34:.0f} {t + 8}L{20 - t * 0.08:.0f} {t + 2}", colour, 1.2, -0.25)


@prop("stone", "pebble", "rock", "boulder", "gem", "ruby", "emerald", "brick", width_cm=14, use="surface")
def stone(b: Brush, seed: int) -> None:
    colour = pick(seed, (STONE, "#7f8a94", "#a08a72"))
    b.solid(blob((4, 52), (14, 22), (46, 6), (82, 16), (104, 44), (92, 66), (40, 70)), colour, depth=10)
    b.line("M30 20Q44 34 40 50M76 22Q66 36 78 52", colour, 1.8, -0.28)
    for x, y in ((24, 48), (60, 30), (86, 48), (56, 56)):
        b.flat(ellipse(x, y, 2.2, 1.5), colour, -0.35)
    b.shine(blob((18, 30), (38, 14), (44, 18), (24, 36)), 0.35)


@prop("leaf", "autumn leaf", "maple leaf", "herb", width_cm=12, use="hand", grip=(0.5, 0.95))
def leaf(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#d9803a", LEAF, "#c2453a"))
    b.line("M50 70V118", DARK_WOOD, 3)
    b.solid(
        "M50 0L60 24L78 14L76 38L100 36L84 56L94 66L66 76L60 88L50 82L40 88L34 76L6 66L16 56L0 36L24 38L22 14L40 24Z",
        colour,
        depth=5,
    )
    b.line("M50 10V84M50 70L22 50M50 70L78 50M50 44L34 32M50 44L66 32", colour, 1.8, -0.35)


@prop("nest", "bird's nest", width_cm=26, use="surface")
def nest(b: Brush, seed: int) -> None:
    for x, c in ((36, "#bfe0e0"), (56, "#cfe8e4"), (76, "#bfe0e0")):
        b.solid(ellipse(x, 24, 12, 16), c)
    b.solid("M4 30Q58 48 112 30Q108 70 58 72Q8 70 4 30Z", "#8a6238", depth=6)
    for i in range(14):
        b.line(
            f"M{-2 + i * 8} {34 + i * 7 % 12}Q{20 + i * 6} {48 + i * 5 % 14} {30 + i * 7} {36 + i * 11 % 18}",
            "#c99a63" if i % 2 else "#5f4024",
            1.8,
        )


def _sphere(b: Brush, seed: int, kind: str) -> None:
    """A globe or a planet."""
    colour = {"globe": "#3f86a8", "moon": "#d8d4c4", "planet": pick(seed, ("#c8694a", "#8f6fc0", "#d9a441"))}[kind]
    circle = ellipse(50, 50, 46)
    if kind == "globe":
        b.line("M50 -2Q104 4 102 52Q98 98 54 104", BRASS, 4)
        b.solid(box(46, 98, 10, 18, 2), BRASS)
        b.solid(ellipse(51, 120, 32, 7), DARK_WOOD)
    b.solid(circle, colour, depth=12)
    with b.inside(circle):
        if kind == "globe":
            for d in (
                blob((20, 14), (44, 10), (40, 34), (24, 48), (12, 34)),
                blob((34, 54), (50, 56), (46, 84), (36, 90)),
                blob((62, 20), (90, 20), (96, 50), (74, 60), (64, 40)),
            ):
                b.flat(d, "#8fb06a")
        elif kind == "moon":
            for x, y, r in ((34, 34, 10), (64, 26, 6), (66, 62, 13), (30, 70, 7), (48, 50, 4)):
                b.flat(ellipse(x, y, r), colour, -0.16)
        else:
            b.line("M0 34Q50 46 100 30M0 62Q50 74 100 58", colour, 9, 0.3, 0.6)
    if kind == "planet":
        b.line("M2 56Q-30 76 10 74Q60 70 112 36Q130 16 92 34", "#e9d6a8", 5)
    b.shine(blob((14, 40), (28, 16), (42, 10), (26, 34)), 0.35)


prop("globe", "world globe", "earth", height_cm=38, use="surface", grip=(0.5, 0.9))(partial(_sphere, kind="globe"))
prop("moon", height_cm=60, use="flying", small=False)(partial(_sphere, kind="moon"))
prop("planet", "saturn", "mars", height_cm=60, use="flying", small=False)(partial(_sphere, kind="planet"))
