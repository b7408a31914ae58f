"""Props of play, feast and fairy tale: toys, games, presents, treasure and magic."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, limb, star
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BLUE,
    BRASS,
    DARK_WOOD,
    GLASS,
    GOLD,
    GREEN,
    IRON,
    PAINT,
    PALE_WOOD,
    RED,
    SILVER,
    STEEL,
    TEAL,
    WHITE,
    WOOD,
    YELLOW,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop


@prop("box", "cardboard box", "parcel", "package", "delivery", width_cm=38, use="surface", grip=(0.5, 0.9))
def cardboard_box(b: Brush, seed: int) -> None:
    colour = "#c79a62"
    b.flat("M60 0L112 14V70L60 92L8 70V14Z", colour, -0.1)
    b.flat("M8 14L60 30V92L8 70Z", colour, 0.0)
    b.flat("M60 30L112 14V70L60 92Z", colour, -0.25)
    b.flat("M8 14L60 0L112 14L60 30Z", colour, 0.3)
    b.flat("M30 8L82 22L90 19.6L38 5.6Z", "#e6cf9a")
    b.flat("M82 22L90 19.6V36L82 38Z", "#e6cf9a", -0.2)
    b.line("M60 30V92", colour, 1.2, -0.4)
    b.line("M18 52L36 59M18 60L30 64", DARK_WOOD, 2.4, opacity=0.7)


@prop("crate", "wooden crate", "cargo", "pallet", width_cm=80, use="standing")
def crate(b: Brush, seed: int) -> None:
    b.flat(box(2, 2, 96, 82), DARK_WOOD)
    for i in range(5):
        b.solid(box(2, 2 + i * 16.6, 96, 15), PALE_WOOD, -0.05 * (i % 3), depth=2)
    with b.inside(box(0, 0, 100, 86)):
        b.line("M2 86L98 0", WOOD, 13)
        b.line("M2 84L97 -1", PALE_WOOD, 2, 0.2)
    for x in (0, 87):
        b.solid(box(x, 0, 13, 86, 1), WOOD, depth=3)
    for y in (0, 74):
        b.solid(box(0, y, 100, 12, 1), WOOD, depth=3)
    for x in (6, 94):
        for y in (6, 80):
            b.flat(ellipse(x, y, 2), IRON)


@prop("chest", "treasure chest", "treasure", "strongbox", "safe", width_cm=75, use="standing")
def chest(b: Brush, seed: int) -> None:
    b.solid("M4 44Q0 2 26 -6H94Q120 2 116 44Z", DARK_WOOD, depth=6)
    b.flat("M12 44Q60 20 108 44V52H12Z", GOLD, -0.3)
    b.halo(60, 38, 60, "#ffd36a", 0.5)
    for i, (x, y) in enumerate(((24, 42), (38, 37), (52, 34), (66, 34), (80, 37), (95, 42), (46, 43), (72, 43), (60, 40))):
        b.solid(ellipse(x, y, 8.5, 6.5), GOLD, 0.1 * (i % 3))
    b.solid("M68 24L75 32L68 42L61 32Z", "#c2364a")
    b.solid(box(0, 46, 120, 44, 3), WOOD, depth=6)
    b.line("M4 61H116M4 76H116", DARK_WOOD, 1.6)
    for x in (12, 96):
        b.solid(box(x, 44, 12, 47, 1), BRASS, depth=3)
    b.solid(box(49, 42, 22, 24, 3), BRASS, depth=3)
    b.flat("M60 49Q64 49 64 53L62 60H58L56 53Q56 49 60 49Z", BLACK)


@prop("gift", "present", "wrapped present", "birthday present", width_cm=28, use="surface", grip=(0.5, 0.95))
def gift(b: Brush, seed: int) -> None:
    first, second = pick(seed, ("#3f7f9a", "#c2453a", "#6b4a8a")), pick(seed, (GOLD, WHITE, "#f0b7bd"))
    b.solid(box(4, 36, 92, 66, 2), first, depth=8)
    for x in range(14, 92, 18):
        for y in range(52, 100, 16):
            b.flat(ellipse(x, y, 2.6), first, 0.45)
    b.solid(box(0, 26, 100, 18, 2), first, 0.06, depth=4)
    b.flat(box(42, 26, 16, 76), second)
    b.flat(box(52, 26, 6, 76), second, -0.25)
    b.solid(blob((50, 24), (30, 28), (8, 14), (20, -2), (40, 8)), second, depth=4)
    b.solid(blob((50, 24), (70, 28), (92, 14), (80, -2), (60, 8)), second, depth=4)
    b.flat(blob((42, 20), (24, 18), (22, 8), (36, 12)), second, -0.45)
    b.flat(blob((58, 20), (76, 18), (78, 8), (64, 12)), second, -0.45)
    b.solid(box(42, 14, 16, 16, 5), second, depth=3)


@prop("balloon", "balloons", "red balloon", height_cm=95, use="flying", small=True, grip=(0.5, 0.98))
def balloon(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#d8463c", "#3f86b5", "#e8b83c", "#57a06a", "#c2608f"))
    b.line("M40 100Q52 120 40 142Q30 160 42 184", "#f0ead8", 1.2)
    b.solid("M40 0C68 0 82 22 80 46C78 70 56 88 44 96H36C24 88 2 70 0 46C-2 22 12 0 40 0Z", colour, depth=11)
    b.solid("M40 94L47 103H33Z", colour, -0.1)
    b.shine(blob((14, 36), (24, 16), (34, 12), (26, 30), (18, 48)), 0.6)


@prop("ball", "football", "beach ball", "soccer ball", "basketball", "tennis ball", width_cm=22, use="surface")
def ball(b: Brush, seed: int) -> None:
    circle = ellipse(50, 50, 48)
    kind = seed % 3
    base = ("#d8463c", WHITE, "#d9803a")[kind]
    b.solid(circle, base, depth=11)
    with b.inside(circle):
        if kind == 0:
            b.flat("M50 -2Q20 40 30 100H-2V-2Z", YELLOW, opacity=0.95)
            b.flat("M50 -2Q80 40 72 100H102V-2Z", BLUE, opacity=0.95)
            b.flat("M72 100Q82 60 66 20L102 0V102Z", BLUE, -0.28)
        elif kind == 1:
            for x, y in ((50, 46), (10, 30), (90, 30), (24, 84), (78, 84), (50, -4)):
                b.flat(star(x, y, 15, 12.2, 5), BLACK)
            b.line("M50 31L50 8M64 41L84 34M59 61L72 76M41 61L30 76M36 41L18 34", BLACK, 1.6)
        else:
            b.line("M50 0V100M0 50H100M14 10Q46 50 14 90M86 10Q54 50 86 90", BLACK, 2.6)
    b.shine(blob((18, 38), (30, 18), (42, 14), (30, 30)), 0.6)


@prop("teddy bear", "teddy", "stuffed bear", "stuffed animal", "soft toy", "plush", height_cm=32, use="surface", grip=(0.5, 0.6))
def teddy(b: Brush, seed: int) -> None:
    fur = pick(seed, ("#b07a45", "#d6b48a", "#8a6a5a"))
    for s in (-1, 1):
        b.solid(limb(((50 + s * 22, 72), (50 + s * 38, 86), (50 + s * 44, 100)), (22, 22, 18)), fur, depth=4)
    for x in (20, 80):
        b.solid(ellipse(x, 8, 15), fur, depth=4)
        b.flat(ellipse(x, 9, 8), "#e6c9a0")
    b.solid(ellipse(50, 94, 34, 36), fur, depth=8)
    b.flat(ellipse(50, 98, 20, 23), "#e6c9a0")
    for x in (20, 80):
        b.solid(ellipse(x, 124, 20, 17), fur, depth=5)
        b.flat(ellipse(x, 125, 11, 9), "#e6c9a0")
    b.solid(ellipse(50, 34, 42, 37), fur, depth=8)
    b.flat(ellipse(50, 47, 19, 15), "#e6c9a0")
    b.flat(blob((43, 40), (50, 37), (57, 40), (50, 47)), "#33241d")
    b.line("M50 46V52Q44 58 38 54M50 52Q56 58 62 54", "#33241d", 2)
    b.eye(33, 31, 5, "#2a1c16")
    b.eye(67, 31, 5, "#2a1c16")
    b.flat("M50 70L28 62V82ZM50 70L72 62V82Z", pick(seed, (RED, BLUE, TEAL)))
    b.solid(ellipse(50, 71, 6), pick(seed, (RED, BLUE, TEAL)))


@prop("doll", "puppet", "rag doll", "marionette", "action figure", height_cm=36, use="surface", grip=(0.5, 0.5))
def doll(b: Brush, seed: int) -> None:
    dress = pick(seed, ("#c2607f", "#4f86a0", "#d9a441"))
    for x in (38, 62):
        b.line(f"M{x} 96V128", "#eac7a4", 9)
        b.solid(box(x - 7, 124, 15, 10, 4), BLACK)
    b.line("M32 62Q12 76 8 92M68 62Q88 76 92 92", "#eac7a4", 8)
    b.solid("M36 54Q50 60 64 54L84 104Q50 116 16 104Z", dress, depth=6)
    b.line("M18 98Q50 110 82 98", WHITE, 3)
    hair = "#a3532c"
    b.solid(blob((50, -6), (82, 10), (86, 44), (70, 58), (30, 58), (14, 44), (18, 10)), hair, depth=4)
    b.solid(ellipse(50, 30, 27, 27), "#f0d0ae", depth=4)
    b.flat("M22 26Q30 0 50 2Q72 0 78 26Q60 20 50 10Q40 22 22 26Z", hair)
    b.eye(40, 32, 4, "#2f4a5f")
    b.eye(60, 32, 4, "#2f4a5f")
    b.line("M44 43Q50 48 56 43", "#b0483f", 2)
    for x in (32, 68):
        b.flat(ellipse(x, 40, 4.4, 3), "#e58f86", opacity=0.6)


@prop("toy car", "model car", "pedal car", width_cm=16, use="surface")
def toy_car(b: Brush, seed: int) -> None:
    colour = pick(seed, PAINT)
    b.solid("M6 44Q2 30 20 28L34 6Q38 0 46 0H72Q80 0 84 6L96 26Q116 30 114 50Q114 54 108 54H12Q6 54 6 44Z", colour, depth=6)
    b.flat("M40 12Q42 8 48 8H58V26H32Z", GLASS)
    b.flat("M63 8H72Q76 8 78 12L86 26H63Z", GLASS)
    b.flat(ellipse(111, 38, 4, 5), "!#fff0b8")
    b.flat(box(4, 44, 112, 6, 3), SILVER)
    for x in (32, 90):
        b.solid(ellipse(x, 54, 15), BLACK, depth=3)
        b.solid(ellipse(x, 54, 7), YELLOW)
    b.shine("M38 4Q50 2 72 4L66 6Q50 5 36 8Z", 0.8)


@prop("toy boat", "paper boat", "origami boat", width_cm=22, use="surface")
def toy_boat(b: Brush, seed: int) -> None:
    b.flat("M60 0L92 50H28Z", WHITE)
    b.flat("M60 0L92 50H60Z", WHITE, -0.25)
    b.flat("M0 34L34 44L28 78H24Z", WHITE, 0.1)
    b.flat("M120 34L86 44L92 78H96Z", WHITE, -0.15)
    b.solid("M0 34Q60 62 120 34L96 78H24Z", WHITE, depth=5)
    b.line("M8 40Q60 64 112 40", pick(seed, (RED, BLUE, TEAL)), 3)


@prop("train set", "toy train", "model train", width_cm=40, use="surface")
def toy_train(b: Brush, seed: int) -> None:
    b.line("M-4 76H164", STEEL, 3)
    for x in range(0, 164, 14):
        b.line(f"M{x} 79V82", DARK_WOOD, 5)
    colour = pick(seed, (RED, BLUE, GREEN))
    b.solid(box(100, 24, 52, 34, 8), colour, depth=5)
    b.solid(box(84, 4, 30, 54, 3), colour, -0.1, depth=4)
    b.flat(box(90, 12, 18, 16, 2), "!#ffe6a6")
    b.solid(box(80, 0, 38, 6, 3), BLACK)
    b.solid("M132 24L128 2H148L144 24Z", BLACK)
    b.solid(ellipse(120, 22, 7, 6), GOLD)
    b.flat(ellipse(153, 38, 4, 6), "!#fff0b8")
    b.solid("M152 58L166 72H150Z", IRON)
    for x0, c in ((38, YELLOW), (-4, TEAL)):
        b.solid(box(x0, 30, 36, 28, 3), c, depth=4)
        b.line(f"M{x0 + 36} 54H{x0 + 44}", IRON, 3)
    for x, r in ((4, 8), (24, 8), (46, 8), (66, 8), (96, 11), (122, 9), (142, 9)):
        b.solid(ellipse(x, 75 - r, r), BLACK, depth=2)
        b.flat(ellipse(x, 75 - r, r * 0.4), GOLD)


@prop("chess board", "chessboard", "chess", "chess set", "draughts", "board game", width_cm=44, use="surface")
def chess_board(b: Brush, seed: int) -> None:
    b.solid("M14 40H106L124 76H-4Z", DARK_WOOD, depth=3)
    b.solid(box(-4, 75, 128, 8, 2), DARK_WOOD, -0.2, depth=2)
    for row in range(6):
        y0, y1 = 43 + row * 5, 48 + row * 5
        for col in range(8):
            if (row + col) % 2 == 0:
                l0, w0 = 16 - row * 2.4, (88 + row * 4.8) / 8
                l1, w1 = 16 - (row + 1) * 2.4, (88 + (row + 1) * 4.8) / 8
                b.flat(
                    f"M{l0 + col * w0:.1f} {y0}H{l0 + (col + 1) * w0:.1f}L{l1 + (col + 1) * w1:.1f} {y1}H{l1 + col * w1:.1f}Z",
                    "#eddcb4",
                )
    for x, y, c, tall in (
        (28, 52, "#f0e4c4", 30),
        (52, 60, "#f0e4c4", 20),
        (74, 56, "#3a3038", 34),
        (94, 62, "#3a3038", 22),
        (40, 68, "#f0e4c4", 22),
    ):
        b.solid(f"M{x - 8} {y}H{x + 8}L{x + 3} {y - tall * 0.55:.1f}H{x - 3}Z", c, depth=3)
        b.solid(ellipse(x, y, 8.5, 3), c, depth=1)
        b.solid(ellipse(x, y - tall * 0.7, 5.4), c, depth=2)
        if tall >= 30:
            b.line(f"M{x} {y - tall * 0.9:.1f}V{y - tall * 1.15:.1f}M{x - 3} {y - tall:.1f}H{x + 3}", c, 2)


@prop("dice", "die", "domino", width_cm=7, use="surface")
def dice(b: Brush, seed: int) -> None:
    for x, y, turn, n in ((0, 20, -8, 5), (58, 26, 14, 3)):
        with b.at(x, y, turn):
            b.solid(box(0, 0, 52, 52, 10), pick(seed, (WHITE, RED)), depth=6)
            spots = {5: ((13, 13), (39, 13), (26, 26), (13, 39), (39, 39)), 3: ((13, 13), (26, 26), (39, 39))}[n]
            for px, py in spots:
                b.flat(ellipse(px, py, 5), BLACK if seed % 2 == 0 else WHITE)


@prop("coin", "coins", "gold coin", "token", "penny", width_cm=4, use="hand")
def coin(b: Brush, seed: int) -> None:
    metal = pick(seed, (GOLD, SILVER, BRASS))
    b.solid(ellipse(54, 52, 48), metal, -0.35, depth=2)
    b.solid(ellipse(50, 50, 48), metal, depth=5)
    b.line(ellipse(50, 50, 40), metal, 2, -0.35)
    b.flat("M34 78Q32 60 42 58Q32 46 38 32Q48 20 60 28Q68 36 64 44L69 53L64 55Q65 64 56 64Q58 72 68 78Z", metal, -0.32)
    b.shine("M10 44Q16 14 48 8Q26 20 18 48Z", 0.7)


@prop("medal", "badge", "sheriff's badge", "medal of honour", height_cm=11, use="worn", grip=(0.5, 0.1))
def medal(b: Brush, seed: int) -> None:
    first, second = pick(seed, (BLUE, RED)), pick(seed, (WHITE, YELLOW))
    b.solid("M26 0H74V40L50 58L26 40Z", first, depth=3)
    b.flat("M44 0H56V54L50 58L44 54Z", second)
    b.solid(star(50, 88, 34, 28, 12), GOLD, depth=4)
    b.solid(ellipse(50, 88, 24), GOLD, 0.1, depth=4)
    b.flat(star(50, 88, 16, 6.6, 5), GOLD, -0.35)


@prop("trophy", "cup of victory", "award", "prize", "oscar", height_cm=36, use="surface", grip=(0.5, 0.7))
def trophy(b: Brush, seed: int) -> None:
    b.line("M24 12Q-4 10 6 34Q14 50 34 52M76 12Q104 10 94 34Q86 50 66 52", GOLD, 6, -0.12)
    b.solid("M20 0H80Q80 56 56 66V82H44V66Q20 56 20 0Z", GOLD, depth=8)
    b.flat(ellipse(50, 1, 30, 6), GOLD, -0.4)
    b.solid("M34 82H66L72 96H28Z", GOLD, depth=3)
    b.solid(box(20, 94, 60, 26, 3), DARK_WOOD, depth=4)
    b.flat(box(34, 101, 32, 12, 1), GOLD)
    b.flat(star(50, 28, 14, 6, 5), "#fff2c4")
    b.shine("M25 6H31Q30 40 42 58Q26 48 25 6Z", 0.7)


@prop("potion", "magic potion", "elixir", "antidote", height_cm=16, use="hand", grip=(0.5, 0.5))
def potion(b: Brush, seed: int) -> None:
    liquid = pick(seed, ("#a55fe0", "#4fd08a", "#ff6f8f"))
    b.halo(50, 70, 74, liquid, 0.45)
    b.flat("M38 4H62V40Q96 52 96 84Q96 118 50 118Q4 118 4 84Q4 52 38 40Z", GLASS, opacity=0.5)
    b.flat("M9 74Q30 66 50 74Q72 82 91 74Q94 112 50 113Q6 112 9 74Z", f"!{liquid}")
    b.flat("M60 76Q78 80 91 74Q94 112 50 113Q84 104 60 76Z", f"!{liquid}", -0.3)
    for x, y, r in ((34, 92, 5), (52, 84, 3.4), (66, 98, 4.2), (46, 102, 2.6), (58, 64, 2.6), (44, 54, 2)):
        b.flat(ellipse(x, y, r), "!#ffffff", opacity=0.55)
    b.solid("M36 -12H64L61 8H39Z", "#b98a58", depth=4)
    b.solid(box(34, 8, 32, 7, 3), GLASS, 0.2)
    b.shine(blob((14, 78), (24, 56), (30, 54), (20, 84)), 0.8)


@prop("wand", "magic wand", "baton", height_cm=36, grip=(0.5, 0.9))
def wand(b: Brush, seed: int) -> None:
    b.halo(20, 6, 44, "#ffe9a0", 0.8)
    b.solid(box(16.5, 10, 7, 124, 3), DARK_WOOD, depth=2)
    b.solid(box(15, 112, 10, 24, 4), BRASS)
    b.flat(star(20, 6, 22, 9, 5), "!#ffd84f")
    b.flat(star(20, 6, 12, 5, 5), "!#fff6cf")
    for x, y, r in ((-12, 26, 6), (50, 20, 7), (44, -14, 5)):
        b.flat(star(x, y, r, 1.8, 4), "!#fff4c8")


@prop("crystal ball", "crystal", "orb", "magic orb", height_cm=26, use="surface", grip=(0.5, 0.7))
def crystal_ball(b: Brush, seed: int) -> None:
    b.halo(50, 48, 78, "#b59aff", 0.6)
    b.solid("M24 90H76L88 118H12Z", BRASS, depth=4)
    b.solid(box(6, 114, 88, 9, 4), BRASS, -0.1)
    circle = ellipse(50, 48, 47)
    b.flat(circle, b.across((0, "!#6f5fc0"), (0.6, "!#3f3a8a"), (1, "!#8fd0e8")))
    with b.inside(circle):
        b.flat(blob((10, 66), (34, 44), (60, 58), (92, 40), (98, 80), (40, 96)), "!#c9a8ff", opacity=0.5)
        b.flat(blob((4, 50), (30, 34), (52, 40), (70, 28), (60, 48), (30, 52)), "!#ffffff", opacity=0.28)
    for x, y, r in ((36, 34, 5), (64, 60, 6), (58, 30, 3.4)):
        b.flat(star(x, y, r, r * 0.28, 4), "!#ffffff")
    b.shine(blob((12, 40), (24, 16), (40, 8), (28, 24)), 0.8)


@prop("skull", "bones", "bone", "skeleton", height_cm=20, use="surface", grip=(0.5, 0.6))
def skull(b: Brush, seed: int) -> None:
    bone = "#ece2c8"
    b.solid("M50 0C84 0 98 24 94 48Q92 66 78 70V88Q78 98 68 98H32Q22 98 22 88V70Q8 66 6 48C2 24 16 0 50 0Z", bone, depth=9)
    for x in (29, 71):
        b.flat(blob((x - 14, 46), (x - 2, 34), (x + 14, 42), (x + 10, 58), (x - 8, 60)), "#241c20")
    b.flat("M50 56L59 72Q50 76 41 72Z", "#241c20")
    b.line("M34 84V98M44 84V98M56 84V98M66 84V98", "#5a4a40", 2.4)
    b.line("M26 82H74", "#5a4a40", 2)
    b.line("M62 4Q66 16 60 24L66 32", "#8a7a66", 1.6)
    b.shine(blob((20, 24), (36, 8), (44, 10), (28, 28)), 0.7)


@prop("snow globe", "snowglobe", height_cm=14, use="surface", grip=(0.5, 0.9))
def snow_globe(b: Brush, seed: int) -> None:
    circle = ellipse(50, 46, 46)
    b.flat(circle, b.across((0, "#7fb0cc"), (0.75, "#dcecf2")))
    with b.inside(circle):
        b.flat("M0 70Q50 54 100 70V100H0Z", WHITE)
        b.flat("M40 66V44L54 32L68 44V66Z", "#a8553f")
        b.flat("M36 46L54 28L72 46L66 47L54 36L42 47Z", WHITE)
        b.flat(box(50, 54, 8, 12), "!#ffe29a")
        b.flat("M24 68L32 34L40 68Z", "#3d7a5c")
        b.flat("M25 60L32 34L39 60Q32 54 25 60Z", WHITE, opacity=0.5)
        for i in range(22):
            b.flat(ellipse((i * 37 + seed * 11) % 96 + 2, (i * 53) % 84 + 4, 1.3 + i % 3 * 0.5), "#ffffff")
    b.line(circle, WHITE, 2, opacity=0.7)
    b.shine(blob((10, 40), (22, 16), (36, 8), (22, 28)), 0.75)
    b.solid("M12 84H88L96 108Q96 112 90 112H10Q4 112 4 108Z", pick(seed, ("#7a2f3a", DARK_WOOD)), depth=5)
    b.flat(box(32, 94, 36, 9, 2), GOLD)


@prop("spinning top", "top", "yo-yo", "marble", "marbles", width_cm=9, use="surface")
def spinning_top(b: Brush, seed: int) -> None:
    with b.at(0, 0, 10):
        b.solid(box(46, -4, 8, 28, 3), PALE_WOOD)
        b.solid("M6 36Q4 22 50 20Q96 22 94 36Q80 66 56 84L50 98L44 84Q20 66 6 36Z", pick(seed, PAINT), depth=8)
        b.flat("M6 36Q50 52 94 36L90 46Q50 62 10 46Z", YELLOW)
        b.shine(blob((16, 32), (34, 25), (40, 28), (22, 37)), 0.7)


@prop("rocking horse", "toy horse", height_cm=80, use="standing")
def rocking_horse(b: Brush, seed: int) -> None:
    b.line("M2 92Q60 116 118 92", RED, 7)
    for x0, x1 in ((36, 26), (46, 42), (80, 78), (90, 96)):
        b.line(f"M{x0} 62L{x1} 98", "#e9dcc0", 8)
    b.solid(
        "M14 60Q12 40 34 42H74Q84 30 84 10L92 -4L98 4L116 18Q118 28 106 28Q98 26 98 40Q98 66 78 68H34Q16 70 14 60Z",
        "#e9dcc0",
        depth=6,
    )
    b.line("M90 0Q70 8 76 40", "#a8553f", 8)
    b.line("M16 52Q-2 52 2 76", "#a8553f", 8)
    b.solid("M42 40Q58 48 72 40L76 58H40Z", pick(seed, (BLUE, TEAL)), depth=3)
    b.eye(99, 10, 2.6)
