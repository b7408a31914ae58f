"""Props that are worn or carried: hats, shoes, jewels, bags, umbrellas."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, star
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BLUE,
    BRASS,
    CLOTH,
    DARK_WOOD,
    GLASS,
    GOLD,
    LEATHER,
    PALE_WOOD,
    RED,
    SILVER,
    STEEL,
    WHITE,
    YELLOW,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop


@prop("hat", "fedora", "bowler", "top hat", "cap", "straw hat", width_cm=30, use="worn", grip=(0.9, 0.8))
def hat(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#6b5a4a", "#39414c", "#c9a05c"))
    b.solid("M0 62Q8 46 32 52H88Q112 46 120 62Q100 78 60 78Q20 78 0 62Z", colour, depth=5)
    b.solid("M26 58Q22 22 32 8Q46 0 60 8Q74 0 88 8Q98 22 94 58Q60 68 26 58Z", colour, depth=8)
    b.flat("M25 44Q60 54 95 44V58Q60 68 25 58Z", pick(seed, (RED, "#b5473a", BLUE)))
    b.flat("M46 5Q60 16 74 5Q66 20 60 22Q54 20 46 5Z", colour, -0.35)
    b.flat("M92 46Q108 30 104 18Q96 24 90 44Z", YELLOW)


@prop(
    "coat",
    "coat on hook",
    "jacket",
    "raincoat",
    "cloak",
    "cape",
    "robe",
    "uniform",
    height_cm=110,
    use="wall",
    small=True,
    grip=(0.5, 0.05),
)
def coat(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#c9a23c", "#4a5f7a", "#7a3b33", "#4f6b4a"))
    b.line("M50 -4Q50 -16 58 -14Q64 -8 56 -2", STEEL, 3.4)
    b.solid("M22 10L4 28Q-4 70 2 108H16L22 62Z", colour, -0.1, depth=4)
    b.solid("M78 10L96 28Q104 70 98 108H84L78 62Z", colour, -0.1, depth=4)
    b.solid("M34 0Q50 8 66 0L82 12Q88 80 94 152Q50 160 6 152Q12 80 18 12Z", colour, depth=8)
    b.line("M50 12V154", colour, 2, -0.45)
    b.flat("M34 0Q50 10 50 30Q34 24 26 6Z", colour, -0.25)
    b.flat("M66 0Q50 10 50 30Q66 24 74 6Z", colour, -0.32)
    for y in (48, 74, 100, 126):
        b.solid(ellipse(56, y, 3), BRASS)
    for x in (18, 60):
        b.solid(box(x + 2, 98, 22, 20, 2), colour, -0.06, depth=2)


@prop("shoe", "shoes", "sneaker", "trainers", "high heels", "slipper", "glass slipper", width_cm=28, use="surface", grip=(0.1, 0.4))
def shoe(b: Brush, seed: int) -> None:
    colour = pick(seed, (RED, LEATHER, BLUE))
    b.solid("M2 4Q20 14 40 4Q52 24 74 30Q104 34 108 52V58H2Q-4 30 2 4Z", colour, depth=7)
    b.flat("M78 31Q106 36 108 54H76Q72 40 78 31Z", WHITE)
    b.solid(box(-2, 54, 112, 12, 6), WHITE, depth=3)
    b.line("M-1 58H109", colour, 2)
    for i in range(4):
        b.line(f"M{40 + i * 9} {14 + i * 5}L{48 + i * 8} {8 + i * 6.4:.1f}", WHITE, 3)
    b.flat("M2 4Q20 14 40 4L38 10Q20 20 3 12Z", colour, -0.5)
    b.line("M12 24Q26 44 60 46", colour, 2, 0.5, 0.8)


@prop(
    "boots",
    "boot",
    "wellies",
    "wellington",
    "rubber boots",
    "rain boots",
    height_cm=34,
    use="standing",
    small=True,
    grip=(0.4, 0.1),
)
def boots(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#d9a92f", "#4f6b4a", LEATHER))
    for x, tone in ((34, -0.16), (0, 0.0)):
        b.solid(f"M{x} 0H{x + 38}V66Q{x + 44} 76 {x + 62} 80Q{x + 74} 84 {x + 74} 98H{x}Z", colour, tone, depth=7)
        b.flat(f"M{x} 92H{x + 74.5}V102Q{x + 74} 104 {x + 70} 104H{x + 2}Q{x} 104 {x} 102Z", "#2f2a26")
        b.flat(ellipse(x + 19, 1, 19, 5), colour, -0.55)
        b.flat(box(x, 6, 38, 9), colour, 0.3)
        b.shine(box(x + 6, 22, 4, 40, 2), 0.5)


@prop("ring", "wedding ring", "engagement ring", "diamond", "signet", height_cm=3, use="hand", grip=(0.5, 0.9))
def ring(b: Brush, seed: int) -> None:
    b.line(ellipse(50, 74, 36), GOLD, 9, -0.3)
    b.line(ellipse(49, 73, 37), GOLD, 5)
    b.line("M18 62Q24 44 40 38", WHITE, 2.6, 0.6, 0.9)
    gem = pick(seed, ("#bfe6f2", "#d8506a", "#5fc08a"))
    b.flat("M34 4H66L78 18L50 46L22 18Z", gem)
    b.flat("M34 4H66L50 18Z", gem, 0.6)
    b.flat("M22 18H50L50 46Z", gem, -0.18)
    b.flat("M50 18H78L50 46Z", gem, -0.36)
    b.flat("M22 18L34 4L50 18Z", gem, 0.3)
    b.line("M32 34L40 40M68 34L60 40", GOLD, 5)
    b.flat(star(72, 2, 10, 2.4, 4), "!#ffffff")


@prop("necklace", "pendant", "locket", "amulet", "medallion", "beads", height_cm=20, use="worn", grip=(0.5, 0.03))
def necklace(b: Brush, seed: int) -> None:
    b.line("M8 0Q-4 70 50 82Q104 70 92 0", GOLD, 3.6, -0.25)
    b.line("M8 0Q-4 69 50 81Q104 69 92 0", GOLD, 1.8)
    b.line(ellipse(50, 85, 5), GOLD, 2.6)
    heart = "M50 132Q22 110 28 98Q36 88 50 100Q64 88 72 98Q78 110 50 132Z"
    b.solid(heart, GOLD, depth=4)
    b.flat("M50 124Q34 110 36 103Q42 98 50 108Q58 98 64 103Q66 110 50 124Z", pick(seed, ("#c2364a", "#3f74a8", "#3d8f5c")))
    b.shine(ellipse(41, 105, 3, 2), 0.9)


@prop("glasses", "spectacles", "sunglasses", "monocle", "goggles", width_cm=14, use="surface", grip=(0.9, 0.5))
def glasses(b: Brush, seed: int) -> None:
    dark = seed % 2 == 1
    frame = pick(seed, (LEATHER, BLACK, RED))
    for x in (0, 68):
        lens = box(x, 8, 52, 42, 19)
        b.flat(lens, "#20242c" if dark else GLASS, opacity=0.9 if dark else 0.55)
        b.line(lens, frame, 5)
        b.shine(f"M{x + 8} 30Q{x + 10} 16 {x + 26} 14L{x + 12} 38Z", 0.5 if dark else 0.8)
    b.line("M52 24Q60 16 68 24", frame, 5)
    b.line("M2 20L-12 6Q-18 0 -22 8M118 20L132 6Q138 0 142 8", frame, 4.4)


@prop("umbrella", "parasol", "brolly", height_cm=95, use="hand", grip=(0.5, 0.86))
def umbrella(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#c2453a", "#e0b23c", "#2f6f86", "#353a48"))
    b.line("M60 10V122Q60 134 70 134Q80 134 80 124", DARK_WOOD, 4.4)
    b.line("M60 -12V6", STEEL, 3)
    dome = "M-6 58Q-2 0 60 -4Q122 0 126 58Q114 48 104 58Q93 46 82 58Q71 46 60 58Q49 46 38 58Q27 46 16 58Q6 48 -6 58Z"
    b.solid(dome, colour, depth=6)
    with b.inside(dome):
        b.flat("M60 -4Q30 12 38 60Q49 44 60 60Z", colour, -0.16)
        b.flat("M60 -4Q116 8 104 60Q93 44 82 60Q90 10 60 -4Z", colour, -0.24)
        b.line("M60 -4Q14 14 16 58M60 -4Q30 14 38 58M60 -4V58M60 -4Q90 14 82 58M60 -4Q106 14 104 58", colour, 1.2, -0.5)
    b.shine(blob((10, 34), (28, 10), (34, 14), (18, 40)), 0.3)


@prop(
    "bag",
    "handbag",
    "purse",
    "satchel",
    "briefcase",
    "sack",
    "shopping bag",
    "doctor's bag",
    width_cm=34,
    use="standing",
    small=True,
    grip=(0.5, 0.04),
)
def bag(b: Brush, seed: int) -> None:
    colour = pick(seed, (LEATHER, "#39414c", "#8e2f3a", "#5f6b4a"))
    b.line("M32 34Q32 0 56 0Q80 0 80 34", colour, 6, -0.3)
    b.solid("M14 30H98Q112 60 108 92Q107 100 98 100H14Q5 100 4 92Q0 60 14 30Z", colour, depth=9)
    b.solid("M14 30H98Q106 46 108 60Q84 72 56 72Q28 72 4 60Q6 46 14 30Z", colour, 0.06, depth=4)
    b.line("M8 58Q30 68 56 68Q82 68 104 58", PALE_WOOD, 1, opacity=0.6)
    b.solid(box(47, 60, 18, 20, 4), BRASS)
    b.flat(ellipse(56, 71, 3), BLACK)


@prop("suitcase", "luggage", "case", "trunk", "baggage", width_cm=64, use="standing", small=True, grip=(0.5, 0.03))
def suitcase(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#a8662c", "#3f6f86", "#7a3b33"))
    b.line("M44 16V6Q44 0 50 0H70Q76 0 76 6V16", DARK_WOOD, 7)
    b.solid(box(0, 14, 120, 78, 8), colour, depth=7)
    for x in (20, 90):
        b.flat(box(x, 14, 10, 78), colour, -0.4)
        b.solid(box(x - 1, 30, 12, 12, 2), BRASS)
    for x, y in ((0, 14), (106, 14), (0, 78), (106, 78)):
        b.solid(box(x, y, 14, 14, 5), LEATHER, -0.1)
    with b.at(46, 56, -10):
        b.flat(box(0, 0, 26, 17, 2), "#e9e2d0")
        b.flat(box(0, 0, 26, 6, 2), RED)
    with b.at(80, 48, 14):
        b.flat(ellipse(0, 10, 10), "#4f86a0")
        b.flat(star(0, 10, 7, 3, 5), WHITE)


@prop("backpack", "rucksack", "knapsack", "school bag", height_cm=50, use="standing", small=True, grip=(0.5, 0.03))
def backpack(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#c2453a", "#3f6f86", "#5f7a4a", "#d9a441"))
    b.line("M38 8Q40 -8 50 -8Q60 -8 62 8", colour, 5, -0.4)
    b.solid("M10 40Q6 0 50 0Q94 0 90 40L96 100Q96 112 84 112H16Q4 112 4 100Z", colour, depth=9)
    b.flat("M12 34Q50 22 88 34V39Q50 27 12 39Z", colour, -0.45)
    b.solid("M18 60Q50 52 82 60L86 98Q86 106 78 106H22Q14 106 14 98Z", colour, 0.05, depth=6)
    b.line("M17 70Q50 62 83 70", colour, 2.4, -0.45)
    b.solid(box(45, 64, 10, 12, 3), BRASS)
    for x in (26, 70):
        b.flat(box(x, 26, 5, 36, 2), LEATHER)
    b.shine(blob((18, 30), (30, 8), (40, 8), (24, 32)), 0.3)


@prop("crown", "tiara", "coronet", width_cm=20, use="worn", grip=(0.5, 0.95))
def crown(b: Brush, seed: int) -> None:
    b.flat("M10 40Q50 10 90 40V66H10Z", "#7a2438")
    b.solid("M2 70L-4 12L24 40L50 0L76 40L104 12L98 70Q50 82 2 70Z", GOLD, depth=6)
    b.solid("M2 66Q50 80 98 66V78Q50 92 2 78Z", GOLD, -0.06, depth=3)
    for x, y, c in ((-4, 10, SILVER), (50, -3, RED), (104, 10, SILVER)):
        b.solid(ellipse(x, y, 6.5), c)
    for x, y, c in ((24, 74, "#3f74a8"), (50, 78, RED), (76, 74, "#3d8f5c")):
        b.solid(ellipse(x, y, 5, 4.4), c)
    b.flat("M50 36L58 50L50 64L42 50Z", "#c2364a")
    b.flat("M50 36L50 64L42 50Z", "#c2364a", 0.4)


@prop("mask", "masquerade mask", "theatre mask", "disguise", width_cm=20, use="worn", grip=(0.5, 0.95))
def mask(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#e9e2d0", "#8e2f3a", "#2d3f66"))
    b.solid("M0 18Q24 -6 50 8Q76 -6 100 18Q104 54 74 60Q58 60 50 44Q42 60 26 60Q-4 54 0 18Z", colour, depth=5)
    for x in (27, 73):
        b.flat(blob((x - 14, 30), (x, 20), (x + 14, 30), (x, 40)), "#17141c")
    b.line("M6 22Q26 4 46 16M94 22Q74 4 54 16", GOLD, 2.4)
    b.flat("M50 10Q44 -20 60 -34Q64 -12 54 8Z", RED)
    b.flat("M52 8Q60 -18 78 -22Q74 -4 56 10Z", BLUE)


@prop("scarf", "shawl", "handkerchief", "tissue", "cloth", "towel", "blanket", width_cm=26, use="surface", grip=(0.5, 0.1))
def scarf(b: Brush, seed: int) -> None:
    colour = pick(seed, CLOTH)
    for x, length, tone in ((62, 118, -0.12), (34, 96, 0.0)):
        tail = f"M{x - 13} 18H{x + 13}L{x + 16} {length}H{x - 14}Z"
        b.solid(tail, colour, tone, depth=4)
        with b.inside(tail):
            for y in (length - 34, length - 20):
                b.line(f"M{x - 20} {y}H{x + 22}", WHITE, 5, opacity=0.75)
        for i in range(6):
            b.line(f"M{x - 12 + i * 5} {length}V{length + 9}", colour, 2.4, tone - 0.1)
    b.solid(blob((48, -2), (78, 6), (86, 22), (60, 34), (34, 34), (12, 22), (20, 6)), colour, 0.05, depth=6)
    b.flat(blob((48, 6), (68, 10), (72, 17), (50, 20), (26, 17), (30, 10)), colour, -0.4)


@prop("glove", "gloves", "mitten", "boxing glove", height_cm=22, use="surface", grip=(0.5, 0.9))
def glove(b: Brush, seed: int) -> None:
    colour = pick(seed, (RED, "#4f6b8a", LEATHER))
    b.solid("M20 104V60Q-4 44 2 32Q10 26 24 40V12Q24 -2 44 -4Q76 -4 78 16V70L74 104Z", colour, depth=8)
    b.line("M42 30V4M60 30V2", colour, 2, -0.35)
    b.solid(box(16, 96, 64, 20, 6), WHITE, depth=4)
