"""Props of the table and the stove: cups, pots, bread, cake, fruit and what they are eaten with."""

from __future__ import annotations

from functools import partial

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BRASS,
    DARK_WOOD,
    FLAME,
    FLAME_CORE,
    GLASS,
    GREEN,
    IRON,
    PALE_WOOD,
    POTTERY,
    RED,
    SILVER,
    STEEL,
    WHITE,
    WOOD,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop


def steam(b: Brush, x: float, y: float, size: float = 1.0) -> None:
    """Two curls of steam over something hot."""
    for dx, k in ((-6, 1.0), (6, 0.8)):
        a, h = x + dx * size, 22 * size * k
        d = f"M{a} {y}C{a - 7 * size} {y - h * 0.4} {a + 7 * size} {y - h * 0.6} {a} {y - h}"
        b.line(d, "#ffffff", 2.6 * size, opacity=0.4)


@prop("cup", "teacup", "cup of tea", "cup of coffee", "tea", "coffee", "espresso", "saucer", width_cm=14, use="surface",
      grip=(0.82, 0.55))  # fmt: skip
def cup(b: Brush, seed: int) -> None:
    colour = pick(seed, POTTERY)
    b.solid(ellipse(45, 66, 52, 9), colour, -0.04, depth=3)
    b.flat(ellipse(45, 64, 34, 5), colour, -0.25)
    b.line("M76 22Q96 18 94 34Q92 48 72 47", colour, 6.5, -0.12)
    b.solid("M8 12H82Q82 44 66 58Q60 63 45 63Q30 63 24 58Q8 44 8 12Z", colour, depth=8)
    b.flat(ellipse(45, 12, 37, 8), colour, 0.3)
    b.flat(ellipse(45, 13.5, 32.5, 6), "#6b4226")
    b.flat("M18 12Q30 9 44 9.4Q30 12 22 16Z", "#a9744a")
    b.line("M12 24Q45 36 79 24", pick(seed + 2, POTTERY), 2.4, opacity=0.9)
    b.shine("M15 28Q18 46 28 55Q20 46 20 28Z", 0.7)
    steam(b, 45, 2, 0.9)


@prop("mug", "mug of coffee", "hot chocolate", "cocoa", "tankard", "beer mug", "beaker", width_cm=12, use="surface",
      grip=(0.85, 0.55))  # fmt: skip
def mug(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#c8694a", "#4f86a0", "#e9e2d0", "#7fa08a", "#58606e"))
    b.line("M66 22Q92 18 92 40Q92 62 66 60", colour, 10, -0.12)
    b.solid("M4 8H70V72Q70 82 60 82H14Q4 82 4 72Z", colour, depth=9)
    b.flat("M4 58H70V66H4Z", WHITE, opacity=0.75)
    b.flat(ellipse(37, 8, 33, 7), colour, 0.32)
    b.flat(ellipse(37, 9.6, 28.5, 5), "#5b3822")
    b.shine(box(10, 20, 5, 34, 2.5), 0.5)
    steam(b, 37, 0, 0.9)


@prop("glass", "glass of water", "drink", "tumbler", "whisky", "whiskey", "water glass", "juice", "milk", width_cm=8, use="surface")
def glass(b: Brush, seed: int) -> None:
    drink = pick(seed, ("#a9d3df", "#c9842f", "#f3efe4", "#d9713f"))
    b.flat("M4 0H56L50 84Q49 90 43 90H17Q11 90 10 84Z", GLASS, opacity=0.45)
    b.flat("M7 34H53L49 80Q48 84 43 84H17Q12 84 11 80Z", drink, opacity=0.85)
    b.flat("M42 34H53L49 80Q48 84 43 84H38Z", drink, -0.25, 0.6)
    b.flat(ellipse(30, 34, 23, 4.4), drink, 0.35)
    b.line(ellipse(30, 2, 25.5, 4), WHITE, 1.4, opacity=0.75)
    b.shine("M9 8H15L18 78H14Z", 0.7)
    b.line("M11 86Q30 91 49 86", WHITE, 1.4, opacity=0.5)


@prop("wine glass", "wine", "champagne", "goblet", "chalice", "grail", width_cm=9, use="surface", grip=(0.5, 0.7))
def wine_glass(b: Brush, seed: int) -> None:
    b.flat(ellipse(30, 116, 22, 4.5), GLASS, opacity=0.8)
    b.flat("M28 60H32L33 114H27Z", GLASS, -0.1, 0.8)
    b.flat("M5 0Q-2 48 30 64Q62 48 55 0Z", GLASS, opacity=0.42)
    b.flat("M4.4 22Q3 48 30 60Q57 48 55.6 22Z", pick(seed, ("#7a1f33", "#e3c878")), opacity=0.92)
    b.flat(ellipse(30, 22, 25.6, 4.4), pick(seed, ("#a8394c", "#f2e0a4")))
    b.line(ellipse(30, 1, 25, 3.6), WHITE, 1.2, opacity=0.7)
    b.shine("M10 10Q7 36 18 50Q12 34 15 10Z", 0.7)


@prop("bottle", "wine bottle", "beer", "rum", "bottle of wine", "flask", "message in a bottle", "milk bottle", height_cm=30,
      use="surface", grip=(0.5, 0.45))  # fmt: skip
def bottle(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#3f6b4a", "#6b3d22", "#5d93a3"))
    b.flat(box(20.5, -7, 13, 12, 2), "#b98a58")
    body = "M20 2H34V34Q34 42 44 50Q52 56 52 66V142Q52 150 45 150H9Q2 150 2 142V66Q2 56 10 50Q20 42 20 34Z"
    b.solid(body, colour, depth=7)
    b.flat(box(18, 4, 18, 7, 2), colour, -0.25)
    b.flat("M2 78H52V122H2Z", "#efe4c8")
    b.flat("M40 78H52V122H40Z", "#efe4c8", -0.25)
    b.line("M10 90H42M14 98H38", "#7a3b33", 3)
    b.line("M12 110H40", BRASS, 1.6)
    b.shine("M10 58Q7 62 7 70V76H11V66Q12 60 16 56Z", 0.8)
    b.shine(box(7, 126, 4, 16, 2), 0.6)


@prop("teapot", "tea pot", "pot of tea", width_cm=24, use="surface", grip=(0.93, 0.5))
def teapot(b: Brush, seed: int) -> None:
    colour = pick(seed, POTTERY[1:])
    b.line("M92 34Q122 26 118 52Q114 74 88 72", colour, 8, -0.2)
    b.solid("M26 70Q6 66 2 36Q-2 26 -8 24Q2 18 10 26Q14 46 28 46Z", colour, -0.08, depth=4)
    b.solid(blob((60, 22), (90, 32), (100, 58), (88, 84), (60, 92), (32, 84), (20, 58), (30, 32)), colour, depth=12)
    b.solid("M34 28Q60 8 86 28Q60 36 34 28Z", colour, 0.06, depth=3)
    b.solid(ellipse(60, 13, 7), BRASS)
    b.flat("M36 89H84L80 95H40Z", colour, -0.4)
    b.line("M22 58Q60 72 99 58", WHITE, 2, opacity=0.7)
    b.shine(blob((34, 42), (44, 35), (38, 52), (31, 62)), 0.6)
    steam(b, -9, 20, 0.7)


@prop("kettle", "whistling kettle", "boiling water", width_cm=26, use="surface", grip=(0.5, 0.06))
def kettle(b: Brush, seed: int) -> None:
    colour = pick(seed, (STEEL, "#b5473a", "#4f7f86"))
    b.line("M26 44Q24 4 60 4Q96 4 94 44", BLACK, 7)
    b.line("M44 6.5Q60 1.5 76 6.5", DARK_WOOD, 9)
    b.solid("M20 60Q4 50 -6 34L4 28Q14 42 30 46Z", colour, -0.06, depth=3)
    b.solid("M60 30Q98 34 102 82Q102 94 92 94H28Q18 94 18 82Q22 34 60 30Z", colour, depth=12)
    b.flat("M18 84H102Q102 94 92 94H28Q18 94 18 84Z", colour, -0.4)
    b.solid("M40 34Q60 24 80 34Q60 40 40 34Z", colour, 0.05, depth=2)
    b.solid(ellipse(60, 27, 5), BLACK)
    b.shine(blob((34, 52), (44, 42), (38, 66), (30, 78)), 0.7)
    steam(b, -6, 28, 0.8)


@prop("plate", "dish", "dinner", "meal", "supper", width_cm=26, use="surface", grip=(0.9, 0.6))
def plate(b: Brush, seed: int) -> None:
    b.solid(ellipse(60, 34, 60, 20), pick(seed, POTTERY), depth=4)
    b.flat(ellipse(60, 33, 42, 13), pick(seed, POTTERY), -0.12)
    b.flat(ellipse(60, 34.5, 40, 11.5), pick(seed, POTTERY), 0.1)
    b.solid(blob((30, 30), (40, 18), (58, 16), (68, 26), (60, 36), (40, 40)), "#b06a3c", depth=4)
    b.line("M38 28L48 22M46 31L58 24", "#6e3d22", 2)
    b.solid(ellipse(78, 28, 7, 6), "#7fae55")
    b.solid(ellipse(86, 33, 6, 5), "#7fae55", -0.1)
    b.solid(ellipse(72, 36, 9, 5.5), "#e5c26a")


@prop("bread", "loaf", "loaf of bread", "baguette", width_cm=28, use="surface")
def bread(b: Brush, seed: int) -> None:
    loaf = "M4 44Q-4 22 16 12Q50 -4 86 10Q108 20 102 42Q100 54 86 54H18Q8 54 4 44Z"
    b.solid(loaf, "#c98a46", depth=10)
    for x in (22, 42, 62, 82):
        b.flat(f"M{x - 6} 34Q{x - 4} 18 {x + 8} 8Q{x + 7} 24 {x + 1} 36Z", "#f0d29a")
        b.line(f"M{x - 6} 34Q{x - 4} 18 {x + 8} 8", "#8a5526", 1.2)
    b.shine(blob((14, 24), (28, 14), (30, 18), (18, 30)), 0.3)


@prop("cake", "birthday cake", "wedding cake", "pie", "cupcake", width_cm=26, use="surface", grip=(0.5, 0.95))
def cake(b: Brush, seed: int) -> None:
    icing = pick(seed, ("#f0b7bd", "#f4ead3", "#a9cfc6"))
    b.solid(ellipse(60, 100, 64, 12), SILVER, depth=3)
    b.solid("M8 48V94Q8 104 60 104Q112 104 112 94V48Z", "#c9925a", depth=14)
    b.flat("M8 68Q60 82 112 68V75Q60 89 8 75Z", WHITE)
    drip = "M8 46Q60 30 112 46V62Q108 72 103 62Q98 56 93 66Q87 80 81 68Q74 62 68 72Q61 84 54 72Q46 64 40 72Q33 78 28 66Q22 58 17 66Q10 72 8 60Z"
    b.solid(drip, icing, depth=4)
    b.flat(ellipse(60, 46, 52, 13), icing, 0.3)
    for i, x in enumerate((26, 43, 60, 77, 94)):
        y = 46 + (3 if i % 2 else 0) + (4 if i == 2 else 0)
        b.solid(box(x - 2.6, y - 26, 5.2, 26, 2), pick(i, ("#4f86a0", "#e3b23c", "#c2453a")))
        b.halo(x, y - 33, 15, "#ffcf7a", 0.7)
        b.flat(f"M{x} {y - 43}Q{x + 5} {y - 33} {x} {y - 27}Q{x - 5} {y - 33} {x} {y - 43}Z", FLAME)
        b.flat(f"M{x} {y - 37}Q{x + 2} {y - 31} {x} {y - 28}Q{x - 2} {y - 31} {x} {y - 37}Z", FLAME_CORE)
    for x, y in ((34, 58), (86, 58), (60, 60)):
        b.solid(ellipse(x, y, 5.5), RED)


@prop("apple", "fruit", "orange", "peach", "tomato", width_cm=8, use="surface")
def apple(b: Brush, seed: int) -> None:
    colour = pick(seed, (RED, "#8fae4a", "#e08a3a"))
    b.line("M50 22Q50 8 58 -2", DARK_WOOD, 4.5)
    b.solid("M54 8Q70 -8 88 2Q78 20 54 8Z", GREEN, depth=3)
    b.solid("M50 22Q68 8 86 20Q102 36 90 66Q78 96 62 94Q50 90 38 94Q22 96 10 66Q-2 36 14 20Q32 8 50 22Z", colour, depth=15)
    b.flat("M36 22Q50 32 64 22Q50 26 36 22Z", colour, -0.5)
    b.shine(blob((20, 34), (30, 25), (30, 40), (20, 56)), 0.6)


@prop("egg", "eggs", "giant egg", "dragon egg", height_cm=7, use="surface")
def egg(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#ecdcc0", "#a9cfc6", "#c79bb0"))
    b.solid("M40 0Q62 4 74 42Q84 82 62 96Q40 108 18 96Q-4 82 6 42Q18 4 40 0Z", colour, depth=14)
    for x, y, r in ((26, 54, 2.4), (50, 36, 2), (58, 66, 3), (36, 80, 2), (46, 60, 1.4), (30, 30, 1.6)):
        b.flat(ellipse(x, y, r), colour, -0.3)
    b.shine(blob((22, 40), (31, 22), (34, 30), (26, 50)), 0.8)


@prop("fish dish", "fried fish", "fish supper", "dead fish", "herring", "sardine", width_cm=30, use="surface")
def dead_fish(b: Brush, seed: int) -> None:
    b.solid("M92 30L118 10Q112 30 118 50Z", STEEL, depth=4)
    body = "M0 32Q20 8 52 8Q80 10 98 30Q80 50 52 54Q20 54 0 32Z"
    b.solid(body, "#9fb4c2", depth=8)
    with b.inside(body):
        b.flat("M0 0H110V24Q60 14 0 30Z", "#56718a")
        for x in range(36, 92, 9):
            b.line(f"M{x} 24Q{x + 5} 30 {x} 38", WHITE, 1, opacity=0.6)
    b.line("M27 14Q20 32 27 48", "#5c7080", 1.8)
    b.flat(ellipse(15, 27, 4.5), WHITE)
    b.flat(ellipse(15, 27, 2.4), BLACK)
    b.line("M2 35Q8 37 11 35", "#48586a", 1.5)


@prop("soup", "bowl", "soup bowl", "bowl of soup", "porridge", "stew", "cereal", "rice", "noodles", width_cm=18, use="surface",
      grip=(0.5, 0.85))  # fmt: skip
def soup(b: Brush, seed: int) -> None:
    colour = pick(seed, POTTERY[1:])
    b.solid("M2 30H110Q108 66 78 74V80H34V74Q4 66 2 30Z", colour, depth=9)
    b.flat("M5 42Q56 58 107 42L105 49Q56 65 7 49Z", WHITE, opacity=0.65)
    b.flat(ellipse(56, 30, 54, 14), colour, 0.3)
    b.flat(ellipse(56, 32, 48, 11), "#d9893a")
    for x, y, c in ((40, 30, "#7fae55"), (66, 35, "#f0d29a"), (74, 28, "#7fae55"), (52, 36, "#b5522c")):
        b.flat(ellipse(x, y, 5, 3), c)
    b.line("M84 30L118 -6", SILVER, 5)
    steam(b, 48, 18, 1.1)


@prop("frying pan", "pan", "skillet", "fried eggs", "omelette", width_cm=46, use="surface", grip=(0.9, 0.5))
def frying_pan(b: Brush, seed: int) -> None:
    b.solid("M92 26L158 12Q166 12 165 19Q164 24 158 24L94 40Z", BLACK, 0.08, depth=3)
    b.solid("M0 30H104Q104 54 80 58H24Q0 54 0 30Z", IRON, depth=6)
    b.flat(ellipse(52, 30, 52, 14), IRON, 0.2)
    b.flat(ellipse(52, 32, 45, 10.5), "#2e3238")
    b.flat(blob((22, 32), (34, 25), (50, 29), (54, 36), (38, 39)), WHITE)
    b.solid(ellipse(38, 31.5, 8, 5), "#f0b030")
    b.flat(blob((56, 30), (66, 25), (82, 29), (78, 37), (62, 37)), WHITE)
    b.solid(ellipse(69, 30.5, 8, 5), "#f0b030")
    steam(b, 52, 18, 0.9)


@prop("pot", "cauldron", "saucepan", "cooking pot", "pan of soup", width_cm=30, use="surface", grip=(0.95, 0.4))
def cooking_pot(b: Brush, seed: int) -> None:
    colour = pick(seed, (IRON, "#b5473a", "#6f8a94"))
    for x, turn in ((-4, -1), (104, 1)):
        b.line(f"M{x} 34Q{x + turn * 16} 34 {x + turn * 12} 46Q{x + turn * 8} 50 {x} 48", colour, 6, -0.2)
    b.solid("M0 24H100V66Q98 86 78 88H22Q2 86 0 66Z", colour, depth=11)
    b.flat(ellipse(50, 24, 50, 12), colour, 0.28)
    b.flat(ellipse(50, 26, 44, 9), "#c98f4a")
    for x, r in ((34, 4), (52, 5.5), (64, 3.4)):
        b.line(ellipse(x, 25, r, r * 0.6), "#f0d7a0", 1.4)
    b.shine(box(9, 40, 6, 30, 3), 0.4)
    steam(b, 50, 10, 1.3)


def _cutlery(b: Brush, seed: int, kind: str) -> None:
    """A knife, fork or spoon standing on its handle."""
    b.solid("M-5 60H5L7 128Q7 138 0 138Q-7 138 -7 128Z", DARK_WOOD if kind == "knife" else STEEL, depth=3)
    if kind == "knife":
        b.solid("M-6 62V14Q-4 -12 8 -24Q10 30 7 62Z", SILVER, depth=4)
        b.shine("M3 58V6Q4 -6 6 -12V58Z", 0.7)
        b.flat(box(-7, 58, 15, 6, 2), BRASS)
        for y in (84, 110):
            b.flat(ellipse(0, y, 2), BRASS)
    elif kind == "fork":
        b.solid("M-13 -10H-9V18H-5V-10H-2V18H2V-10H5V18H9V-10H13V30Q13 44 4 48V64H-4V48Q-13 44 -13 30Z", SILVER, depth=2)
    else:
        b.solid("M-3 30H3V64H-3Z", SILVER, depth=1)
        b.solid(ellipse(0, 8, 15, 25), SILVER, depth=5)
        b.flat(ellipse(1, 10, 10, 18), SILVER, -0.2)
        b.shine(ellipse(-4, 0, 3, 8), 0.9)


prop("knife", "kitchen knife", "dagger", "blade", "penknife", "bread knife", height_cm=28, grip=(0.5, 0.8))(
    partial(_cutlery, kind="knife")
)
prop("fork", "cutlery", height_cm=20, grip=(0.5, 0.85))(partial(_cutlery, kind="fork"))
prop("spoon", "ladle", "wooden spoon", height_cm=20, grip=(0.5, 0.85))(partial(_cutlery, kind="spoon"))


@prop("sandwich", "burger", "toast", "hamburger", "lunch", width_cm=14, use="surface")
def sandwich(b: Brush, seed: int) -> None:
    b.solid(box(2, 50, 96, 16, 7), "#d9a55e", depth=4)
    b.solid(box(0, 42, 100, 12, 5), "#7a4526", depth=3)
    b.flat("M-2 40Q8 50 16 42Q26 52 36 42Q46 52 56 42Q66 52 76 42Q88 52 102 40L98 34H4Z", "#86b250")
    b.flat("M6 34H94L88 42L72 36L60 48L48 36L20 40Z", "#f0b93c")
    b.flat(box(8, 29, 84, 7, 3), "#cf4a3c")
    b.solid("M2 32Q0 0 50 0Q100 0 98 32Q98 34 94 34H6Q2 34 2 32Z", "#dba45a", depth=9)
    for x, y in ((30, 13), (46, 8), (62, 13), (76, 20), (22, 23), (50, 20)):
        b.flat(ellipse(x, y, 2.6, 1.7), "#f7e6bd")


@prop("pizza", "slice of pizza", width_cm=30, use="surface")
def pizza(b: Brush, seed: int) -> None:
    b.solid(ellipse(60, 40, 60, 30), "#d29a52", depth=5)
    b.flat(ellipse(60, 38, 52, 24.5), "#c9502f")
    b.flat(ellipse(60, 37, 50, 23), "#f0c75e")
    for x, y in ((36, 30), (62, 24), (86, 34), (48, 48), (76, 50), (58, 37)):
        b.flat(ellipse(x, y, 8, 4.6), "#b53a2c")
        b.flat(ellipse(x - 1.5, y - 1, 5, 2.4), "#cf5a44")
    for x, y in ((48, 24), (74, 40), (34, 42), (62, 54), (92, 44)):
        b.flat(ellipse(x, y, 4, 2.4), "#5f8f46")
    b.line("M60 37L26 15M60 37L104 22M60 37L52 62", "#c98f3a", 1.4)


@prop("ice cream", "ice-cream", "popsicle", "lollipop", "candy", "sweets", height_cm=18, grip=(0.5, 0.8))
def ice_cream(b: Brush, seed: int) -> None:
    b.solid("M14 46H66L42 128Q40 132 38 128Z", "#d9a55e", depth=5)
    for i in range(4):
        b.line(f"M{20 + i * 12} 48L{34 + i * 5} {104 - i * 14}M{60 - i * 12} 48L{46 - i * 5} {104 - i * 14}", "#a8702f", 1.3)
    b.solid(ellipse(28, 36, 22, 20), pick(seed, ("#f0b7bd", "#c9a27a")), depth=7)
    b.solid(ellipse(53, 36, 21, 19), pick(seed, ("#f4ead3", "#a9cfc6")), depth=7)
    b.solid(ellipse(40, 16, 21, 19), pick(seed, ("#a9cfc6", "#f0b7bd")), depth=7)
    b.solid(ellipse(44, -7, 6), RED)
    b.line("M45 -12Q48 -20 54 -22", DARK_WOOD, 1.6)


@prop("cheese", "wheel of cheese", "butter", width_cm=18, use="surface")
def cheese(b: Brush, seed: int) -> None:
    b.solid("M0 40L84 6Q108 16 110 40V72H0Z", "#f0be48", depth=5)
    b.flat("M0 40L84 6Q108 16 110 40Z", "#f6d27a")
    for x, y, rx, ry in ((22, 56, 8, 7), (54, 52, 6, 5.5), (80, 60, 9, 8), (44, 66, 4, 3), (66, 26, 8, 3.6), (92, 34, 6, 2.6)):
        b.flat(ellipse(x, y, rx, ry), "#d2962c")


@prop("basket", "picnic basket", "bread basket", "hamper", width_cm=44, use="surface", grip=(0.5, 0.05))
def basket(b: Brush, seed: int) -> None:
    b.line("M14 44Q20 -6 55 -6Q90 -6 96 44", WOOD, 6)
    b.flat(blob((12, 42), (30, 30), (54, 34), (80, 29), (98, 42), (70, 50), (40, 50)), RED)
    b.line("M24 36L34 46M48 34L58 46M74 33L84 45", WHITE, 3)
    body = "M4 42H106L98 88Q97 92 92 92H18Q13 92 12 88Z"
    b.solid(body, PALE_WOOD, depth=8)
    with b.inside(body):
        for row in range(5):
            for col in range(10):
                x, y = 6 + col * 11 + (row % 2) * 5.5, 47 + row * 10
                b.line(f"M{x} {y}Q{x + 4} {y - 4} {x + 8} {y}", DARK_WOOD, 1.6, opacity=0.8)
    b.solid(box(0, 38, 110, 8, 4), WOOD, depth=2)


@prop("jar", "jam", "salt", "honey", "jar of honey", "spice", height_cm=14, use="surface")
def jar(b: Brush, seed: int) -> None:
    b.solid("M8 16H72Q80 24 80 36V88Q80 96 72 96H8Q0 96 0 88V36Q0 24 8 16Z", pick(seed, ("#d9932f", "#a8324a", "#8fae4a")), depth=9)
    b.flat("M8 16H72Q80 24 80 30H0Q0 24 8 16Z", GLASS, opacity=0.6)
    b.solid(box(6, 0, 68, 16, 4), pick(seed, (BRASS, RED, SILVER)), depth=4)
    b.flat(box(14, 46, 52, 32, 3), "#f4ead3")
    b.line("M24 58H56M30 67H50", DARK_WOOD, 3)
    b.shine(box(6, 34, 5, 52, 2.5), 0.6)
