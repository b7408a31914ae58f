"""Props of shore and ship: anchor, net, oar, wheel, shell, glass and compass."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, limb, star
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BRASS,
    DARK_WOOD,
    GLASS,
    IRON,
    PALE_WOOD,
    PAPER,
    RED,
    STEEL,
    WHITE,
    WOOD,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop

ROPE = "#c9a66b"


def rope_line(b: Brush, d: str, width: float) -> None:
    """A twisted rope along a path: dark edge, body, and dashes of twist."""
    b.line(d, ROPE, width, -0.35)
    b.line(d, ROPE, width * 0.72)
    b.line(d, ROPE, width * 0.2, 0.5, 0.8)


@prop("rope", "coil of rope", "line", "lasso", "cord", width_cm=36, use="surface", small=True)
def rope(b: Brush, seed: int) -> None:
    for i in range(5):
        y = 62 - i * 9
        rope_line(b, ellipse(50, y, 46 - i * 1.5, 15), 9)
    rope_line(b, "M94 62Q120 74 112 82Q98 88 118 84", 8)
    rope_line(b, "M40 20Q50 4 60 20Q70 32 86 20", 8)


@prop("anchor", height_cm=120, use="standing")
def anchor(b: Brush, seed: int) -> None:
    b.line(ellipse(50, 8, 11), IRON, 6)
    b.solid(box(44, 18, 12, 104, 3), IRON, depth=4)
    b.solid(box(18, 30, 64, 10, 5), DARK_WOOD, depth=3)
    b.solid(ellipse(18, 35, 7), IRON)
    b.solid(ellipse(82, 35, 7), IRON)
    b.solid(
        "M50 134Q14 130 2 92L-10 98L0 72L20 90L10 90Q20 114 44 118H56Q80 114 90 90L80 90L100 72L110 98L98 92Q86 130 50 134Z",
        IRON,
        depth=5,
    )
    rope_line(b, "M54 6Q78 2 74 26Q60 48 80 62Q98 74 84 96", 5)


@prop("net", "fishing net", "nets", "trap", "lobster pot", "crab pot", width_cm=90, use="surface")
def net(b: Brush, seed: int) -> None:
    pile = blob((0, 60), (14, 32), (36, 30), (52, 10), (76, 24), (96, 26), (110, 48), (116, 62), (60, 66))
    b.solid(pile, "#557a72", depth=6)
    with b.inside(pile):
        for i in range(-4, 18):
            b.line(f"M{i * 9} 0Q{i * 9 + 26} 34 {i * 9 + 36} 70", "#b8cdb2", 1.2)
            b.line(f"M{i * 9 + 20} 0Q{i * 9 - 10} 40 {i * 9 - 14} 70", "#b8cdb2", 1.2)
    for x, y in ((14, 34), (40, 28), (72, 21), (98, 28), (112, 54)):
        b.solid(ellipse(x, y, 6.5, 5), "#d98a3d")
    rope_line(b, "M2 62Q30 72 60 64Q96 58 124 66", 4)


@prop("oar", "oars", "paddle", height_cm=210, use="hand", grip=(0.5, 0.25))
def oar(b: Brush, seed: int) -> None:
    b.solid(box(-3, 0, 6, 150, 3), PALE_WOOD, depth=2)
    b.solid(box(-4, -6, 8, 26, 3.6), DARK_WOOD, depth=2)
    b.solid(
        "M-3 136Q-13 150 -13 170V204Q-12 216 0 216Q12 216 13 204V170Q13 150 3 136Z",
        pick(seed, (RED, "#3f74a8", PALE_WOOD)),
        depth=4,
    )
    b.flat("M-13 176H13V186H-13Z", WHITE)
    b.flat(box(-4.4, 78, 8.8, 15, 3), "#6b4429")


@prop(
    "life ring", "lifebuoy", "life belt", "lifebelt", "life preserver", "rubber ring", "buoy", width_cm=70, use="wall", small=True
)
def life_ring(b: Brush, seed: int) -> None:
    b.line(ellipse(50, 50, 35), WHITE, 30)
    for turn in (45, 135, 225, 315):
        with b.at(50, 50, turn):
            b.flat("M-9 -19L-11.5 -49Q0 -52 11.5 -49L9 -19Q0 -22 -9 -19Z", RED)
    b.line("M80 22Q95 40 91 64Q84 88 58 95", "#1c2440", 5, opacity=0.16)
    b.line(ellipse(50, 50, 21.5), "#1c2440", 2.6, opacity=0.22)
    b.line("M12 38Q18 18 38 11", WHITE, 3, 0.5, 0.8)
    rope_line(b, "M14 14Q-12 50 14 86Q50 112 86 86Q112 50 86 14Q50 -12 14 14", 3)


@prop("telescope", "spyglass", "spy glass", width_cm=44, grip=(0.35, 0.6))
def telescope(b: Brush, seed: int) -> None:
    with b.at(0, 60, -16):
        b.solid(box(84, -13, 46, 26, 3), DARK_WOOD, depth=7)
        b.solid(box(46, -10, 42, 20, 2), BRASS, depth=6)
        b.solid(box(10, -8, 40, 16, 2), BRASS, -0.1, depth=5)
        b.solid(box(0, -9, 12, 18, 3), BLACK, depth=4)
        for x, h in ((83, 28), (44, 22), (126, 30)):
            b.solid(box(x, -h / 2, 7, h, 2), BRASS, 0.1, depth=3)
        b.flat(ellipse(134, 0, 3.4, 13), GLASS)
        b.shine(box(88, -9, 36, 3.4, 1.7), 0.5)
        b.shine(box(50, -7, 32, 2.8, 1.4), 0.7)


@prop("binoculars", "field glasses", width_cm=17, grip=(0.5, 0.6))
def binoculars(b: Brush, seed: int) -> None:
    for x in (0, 52):
        b.solid(f"M{x + 8} 0H{x + 36}L{x + 44} 50V92Q{x + 44} 98 {x + 38} 98H{x + 6}Q{x} 98 {x} 92V50Z", "#353a44", depth=7)
        b.flat(box(x + 5, -6, 34, 12, 4), BLACK)
        b.solid(box(x - 2, 82, 48, 18, 4), BLACK, depth=4)
        b.flat(ellipse(x + 22, 100, 19, 5), "#5f8fb0")
        b.shine(ellipse(x + 16, 99, 7, 1.8), 0.8)
        b.shine(box(x + 8, 18, 4, 50, 2), 0.3)
    b.solid(box(38, 24, 20, 34, 4), IRON)
    b.solid(box(43, 14, 10, 16, 3), BRASS)


@prop("compass", "pocket compass", width_cm=9, use="surface", grip=(0.5, 0.8))
def compass(b: Brush, seed: int) -> None:
    b.line(ellipse(50, -6, 9), BRASS, 4, -0.15)
    b.solid(box(43, -2, 14, 10, 3), BRASS)
    b.solid(ellipse(50, 52, 50), BRASS, depth=7)
    b.flat(ellipse(50, 52, 42), BRASS, -0.4)
    b.flat(ellipse(50, 52, 40), PAPER)
    b.flat(star(50, 52, 34, 7, 4), "#c9b284")
    b.flat(star(50, 52, 22, 6, 4, -45), "#ddc99e")
    for i in range(12):
        with b.at(50, 52, i * 30):
            b.line("M0 -38V-34", "#54463a", 2 if i % 3 == 0 else 1)
    with b.at(50, 52, 34 + seed * 37 % 90):
        b.flat("M0 -32L6 0H-6Z", RED)
        b.flat("M0 32L6 0H-6Z", "#2d3f5c")
    b.solid(ellipse(50, 52, 4), BRASS)
    b.shine("M18 36Q28 16 52 15Q34 24 26 46Z", 0.6)


@prop("ship's wheel", "helm", "ships wheel", "steering wheel", width_cm=90, use="standing")
def ships_wheel(b: Brush, seed: int) -> None:
    b.solid("M42 60H58L64 132H36Z", DARK_WOOD, depth=4)
    for i in range(8):
        with b.at(50, 50, i * 45):
            b.solid("M-3 0H3L2.6 -46Q6 -52 4 -60Q0 -66 -4 -60Q-6 -52 -2.6 -46Z", WOOD, depth=2)
    b.line(ellipse(50, 50, 37), WOOD, 9, -0.3)
    b.line(ellipse(49.4, 49.4, 37), WOOD, 6.4)
    b.line(ellipse(49, 49, 39), WOOD, 1.4, 0.4)
    b.line(ellipse(50, 50, 37), BRASS, 1.5)
    b.solid(ellipse(50, 50, 13), WOOD, depth=4)
    b.solid(ellipse(50, 50, 6.5), BRASS)


@prop("shell", "seashell", "sea shell", "conch", "scallop", "oyster", "pearl", width_cm=9, use="surface")
def shell(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#eec3a5", "#e3a7a7", "#e9dcc0"))
    fan = "M50 96L38 92Q30 98 24 90L34 78Q4 66 0 40Q6 30 14 32Q14 16 28 16Q32 2 44 6Q50 0 56 6Q68 2 72 16Q86 16 86 32Q94 30 100 40Q96 66 66 78L76 90Q70 98 62 92Z"
    b.solid(fan, colour, depth=8)
    with b.inside(fan):
        for i in range(9):
            x = -2 + i * 13
            b.line(f"M50 88Q{(x + 50) / 2:.1f} {50 - abs(i - 4)} {x} {2 + abs(i - 4) ** 2 * 2}", colour, 2, -0.28)
            b.line(f"M50 88Q{(x + 56) / 2:.1f} {50 - abs(i - 4)} {x + 5} {2 + abs(i - 4) ** 2 * 2}", colour, 1.5, 0.4, 0.7)
        for r in (40, 62):
            b.line(
                f"M{50 - r * 0.8:.0f} {86 - r * 0.7:.0f}Q50 {86 - r * 1.3:.0f} {50 + r * 0.8:.0f} {86 - r * 0.7:.0f}",
                "#b5705c",
                2.4,
                opacity=0.35,
            )


@prop("starfish", "sea star", width_cm=16, use="surface")
def starfish(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#d9713f", "#c2536a"))
    for i in range(5):
        with b.at(50, 50, i * 72):
            b.flat(limb(((0, 0), (0, -24), (1, -48)), (28, 20, 9)), colour, -0.14)
    for i in range(5):
        with b.at(50, 50, i * 72):
            b.flat(limb(((-1.5, 0), (-1.5, -24), (-0.5, -46)), (22, 15, 6)), colour)
            for k in range(5):
                b.flat(ellipse(0, -6 - k * 9, 2.4 - k * 0.25), colour, 0.55)


@prop("ship in a bottle", "model ship", width_cm=34, use="surface", grip=(0.5, 0.8))
def ship_in_a_bottle(b: Brush, seed: int) -> None:
    b.solid("M10 66L20 54H84L94 66Z", WOOD, depth=3)
    b.flat("M0 30Q0 4 26 4H78Q92 4 98 18L122 22V38L98 42Q92 56 78 56H26Q0 56 0 30Z", GLASS, opacity=0.55)
    b.flat("M8 42Q40 36 84 42Q90 46 84 52H24Q12 52 8 42Z", "#3f7f96")
    b.flat("M22 36H66L60 45H30Z", DARK_WOOD)
    for x, h in ((32, 18), (45, 24), (57, 18)):
        b.line(f"M{x} 36V{34 - h}", DARK_WOOD, 1.4)
        b.flat(f"M{x - 5} {36 - h}Q{x + 8} {36 - h / 2} {x - 5} 33H{x + 6}Q{x + 12} {36 - h / 2} {x + 5} {36 - h}Z", PAPER)
    b.solid(box(118, 22, 14, 16, 3), "#b98a58")
    b.line("M8 20Q14 9 30 9H70", WHITE, 2.4, opacity=0.8)


@prop("fishing rod", "fishing pole", "rod", height_cm=180, use="hand", grip=(0.1, 0.92))
def fishing_rod(b: Brush, seed: int) -> None:
    b.line("M8 150Q20 60 92 0", DARK_WOOD, 2.6)
    b.line("M8 150L12 118", "#b98a58", 6)
    b.solid(ellipse(17, 116, 7), STEEL)
    b.line("M92 0Q98 40 95 84", WHITE, 0.8, opacity=0.8)
    b.solid(ellipse(95, 87, 4, 5), RED)
