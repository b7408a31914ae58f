"""Cold-blooded and six-legged creatures: snake, lizard, frog, spider, bee, butterfly, insect; and the monkey, who is neither."""

from __future__ import annotations

import math

from glimmer.models.rehearsal.boards.brush import Brush, blob, ellipse, limb
from glimmer.models.rehearsal.boards.creatures.anatomy import Coat, Look, View, creature, face, mouth, side_eye

__all__: list[str] = []


@creature(
    "snake",
    0.5,
    ("#6b9a4a", "#3f6a34", "#e3dca0", "#c23a3a"),
    "serpent",
    "viper",
    "cobra",
    "python",
    "worm",
    "rattlesnake",
    iris="#d9a020",
)
def snake(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    b.solid(limb(((-70, -6), (-96, -4), (-112, -10)), (13, 8, 3)), coat.body)
    for y, w in ((-9, 74), (-22, 62), (-34, 48)):
        d = limb(((-w, y), (-w * 0.5, y + 4), (0, y + 5), (w * 0.5, y + 4), (w, y)), (15, 18, 19, 18, 15))
        b.solid(d, coat.body, depth=4)
        with b.inside(d):
            for i in range(-4, 5):
                b.flat(ellipse(i * w / 4, y - 3, 6, 5), coat.mark)
    points = ((20, -38), (40, -58), (26, -80), (40, -104))
    b.solid(limb(points, (18, 18, 17, 17)), coat.body, depth=4)
    b.line("M46 -52Q36 -68 34 -80Q40 -92 47 -100", coat.belly, 5, opacity=0.85)
    if look.open > 0.2 or look.brow >= 0:
        b.line("M72 -104H86M86 -104L94 -109M86 -104L94 -100", coat.accent, 2)
    b.solid(blob((28, -104), (36, -122), (58, -122), (78, -108), (74, -98), (50, -94)), coat.body, depth=5)
    b.line(f"M76 -102Q64 {-98 + look.smile * 3:.1f} 52 {-101 - look.smile * 3:.1f}", coat.mark, 1.8, -0.3)
    side_eye(b, look, 54, -113, 4.6, coat.iris, white=True, lid=coat.body)
    b.mark("head", 54, -106, 26)


@creature(
    "lizard",
    0.4,
    ("#7fa548", "#55753a", "#e6e0a8", "#d98a3a"),
    "gecko",
    "iguana",
    "crocodile",
    "alligator",
    "salamander",
    "chameleon",
    "newt",
    iris="#d9a020",
)
def lizard(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    step = 8 if pose in ("walk", "run") else 0
    b.solid(limb(((-34, -24), (-70, -22), (-104, -10), (-134, -14)), (28, 18, 10, 3)), coat.body)
    for x, dx, tone in ((-24, -step, -0.3), (34, step, -0.3), (-34, step, 0), (26, -step, 0)):
        (b.flat if tone else b.solid)(
            limb(((x, -20), (x - 10 + dx, -12), (x + dx + 2, -4), (x + dx + 13, -3)), (14, 11, 9, 6)), coat.body, tone
        )
    shape = limb(((-40, -25), (0, -30), (44, -30)), (28, 35, 27))
    b.solid(shape, coat.body, depth=6)
    with b.inside(shape):
        b.flat(ellipse(0, -10, 60, 10), coat.belly)
        for x in (-34, -16, 2, 20, 38):
            b.flat(ellipse(x, -40, 6, 7), coat.mark)
    for i in range(9):
        x = -50 + i * 11
        b.flat(
            f"M{x} {-40 - 4 * math.sin(i / 8 * math.pi):.1f}L{x + 5} {-50 - 5 * math.sin(i / 8 * math.pi):.1f}L{x + 10} {-40 - 4 * math.sin(i / 8 * math.pi):.1f}Z",
            coat.accent,
        )
    if look.open > 0.2:
        b.flat(blob((60, -28), (100, -28), (92, -18), (64, -20)), "#7a3434")
        b.solid(limb(((52, -22), (74, -17), (94, -16)), (16, 10, 6)), coat.belly, -0.1)
    b.solid(blob((36, -42), (56, -52), (78, -46), (106, -36), (104, -27), (70, -20), (44, -20)), coat.body, depth=5)
    b.line(f"M104 -29Q84 {-26 + look.smile * 3:.1f} 64 {-28 - look.smile * 4:.1f}", coat.mark, 1.8, -0.3)
    b.solid(ellipse(66, -46, 9, 8), coat.body)
    side_eye(b, look, 67, -46, 5, coat.iris, white=True, lid=coat.body)
    b.mark("head", 76, -36, 30)


@creature("frog", 0.22, ("#6fa84a", "#4a7a38", "#e9e6b0", "#d9a03a"), "toad", "tadpole", "tree frog", upright=True, iris="#c98a1c")
def frog(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    if pose in ("jump", "fly", "run"):
        b.solid(limb(((-24, -40), (-58, -34), (-88, -12), (-108, -8)), (24, 16, 10, 7)), coat.body)
        b.solid(limb(((22, -36), (52, -30), (66, -34)), (14, 10, 8)), coat.body)
    else:
        for side in (-1, 1):
            b.solid(blob((side * 22, -34), (side * 52, -40), (side * 58, -14), (side * 34, -3)), coat.body, -0.06, depth=4)
            b.solid(blob((side * 26, -4), (side * 50, -8), (side * 66, -1), (side * 28, 0)), coat.body, depth=2)
    b.solid(blob((-36, -36), (-30, -62), (0, -70), (30, -62), (36, -36), (24, -8), (-24, -8)), coat.body, depth=7)
    if view != "back":
        b.flat(blob((-24, -34), (0, -42), (24, -34), (18, -9), (-18, -9)), coat.belly)
    for side in (-1, 1):
        if pose not in ("jump", "fly", "run"):
            b.solid(limb(((side * 20, -28), (side * 20, -10), (side * 18, -3)), (11, 8, 8)), coat.body)
            for dx in (-6, 0, 6):
                b.flat(ellipse(side * 18 + dx, -1.6, 3, 2), coat.body, 0.1)
    b.solid(blob((-42, -62), (-30, -80), (0, -84), (30, -80), (42, -62), (26, -46), (-26, -46)), coat.body, 0.02, depth=6)
    for side in (-1, 1):
        b.solid(ellipse(side * 21, -82, 13, 13), coat.body)
    b.mark("head", 0, -68, 40)
    if view != "back":
        face(b, look, -83, 21, 7.4, coat.iris)
        mouth(b, look, 0, -60, 46 if look.open <= 0.2 else 30, "#3a4a20")
        for side in (-1, 1):
            b.flat(ellipse(side * 30, -60, 5, 3.4), coat.accent, opacity=0.5)


@creature(
    "monkey",
    0.95,
    ("#8a5c3a", "#6b4429", "#ecc9a0", "#d9a17a"),
    "chimp",
    "chimpanzee",
    "ape",
    "gorilla",
    "orangutan",
    "baboon",
    "lemur",
    "gibbon",
    upright=True,
)
def monkey(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    up = pose in ("raise_arms", "climb", "jump", "dance", "wave", "fly")
    b.solid(limb(((14, -30), (48, -22), (62, -52), (46, -72), (56, -84)), (9, 8, 7, 6.5, 5)), coat.body)
    for side in (-1, 1):
        b.solid(limb(((side * 13, -32), (side * 26, -20), (side * 20, -5)), (18, 15, 12)), coat.body)
        b.solid(blob((side * 12, -2), (side * 22, -9), (side * 34, -4), (side * 30, 0), (side * 14, 0)), coat.belly)
    b.solid(blob((-22, -32), (-20, -64), (0, -74), (20, -64), (22, -32), (0, -16)), coat.body, depth=6)
    if view != "back":
        b.flat(ellipse(0, -42, 13, 19), coat.belly)
    for side in (-1, 1):
        arm = (
            ((side * 17, -64), (side * 40, -72), (side * 44, -106))
            if up and (side > 0 or pose != "wave")
            else ((side * 17, -62), (side * 34, -44), (side * 24, -24))
        )
        b.solid(limb(arm, (13, 12, 10)), coat.body)
        b.solid(ellipse(arm[2][0], arm[2][1], 6.5), coat.belly)
    for side in (-1, 1):
        b.solid(ellipse(side * 29, -92, 11), coat.body)
        b.flat(ellipse(side * 29, -92, 6.6), coat.accent)
    b.solid(ellipse(0, -94, 29, 28), coat.body, depth=6)
    b.line("M-4 -121Q0 -132 8 -128M2 -121Q8 -128 14 -124", coat.body, 3)
    b.mark("head", 0, -92, 36)
    if view == "back":
        return
    b.solid(blob((-22, -96), (-12, -110), (0, -104), (12, -110), (22, -96), (19, -80), (0, -71), (-19, -80)), coat.belly, depth=4)
    for side in (-1, 1):
        b.flat(ellipse(side * 3.4, -87, 1.6, 1.2), "#5a3424")
    face(b, look, -97, 10, 4.6, coat.iris)
    mouth(b, look, 0, -79, 18, "#5a2a22")


@creature(
    "spider",
    0.3,
    ("#3a3540", "#6b4a6a", "#55505c", "#c23a4a"),
    "tarantula",
    "scorpion",
    "black widow",
    upright=True,
    iris="#5a1f1f",
)
def spider(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    for side in (-1, 1):
        for i, (kx, ky, fx) in enumerate(((34, -66, 46), (50, -58, 68), (56, -46, 86), (48, -34, 78))):
            b.line(f"M{side * 12} {-30 - i}L{side * kx} {ky}L{side * fx} {-1 - (3 - i) * 0.6:.1f}", coat.body, 5, -0.1 * (i % 2))
    b.solid(ellipse(0, -50, 30, 27), coat.body, depth=8)
    b.flat(blob((-8, -66), (8, -66), (4, -54), (10, -42), (-10, -42), (-4, -54)), coat.accent)
    b.solid(ellipse(0, -26, 21, 18), coat.body, 0.06, depth=5)
    b.mark("head", 0, -28, 26)
    if view == "back":
        return
    face(b, look, -30, 8, 5.4, coat.iris)
    for side in (-1, 1):
        b.flat(ellipse(side * 17, -36, 2.4), "#fbf8f0")
        b.flat(f"M{side * 3} -15L{side * 6} -6L{side * 8} -15Z", "#f4efe4")
    mouth(b, look, 0, -18, 11, "#120d10")


@creature(
    "bee",
    0.1,
    ("#eab83a", "#2c2620", "#f7e3a0", "#dfeff4"),
    "wasp",
    "hornet",
    "bumblebee",
    "fly",
    "firefly",
    "mosquito",
    "dragonfly",
    habitat="air",
    upright=True,
)
def bee(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    for x, turn, tone in ((4, -34, -0.1), (-12, -64, 0.0)):
        with b.at(x, -48, turn):
            b.flat(ellipse(26, 0, 30, 14), coat.accent, tone, 0.78)
            b.line("M4 0H46", coat.accent, 1, -0.3)
    b.solid("M-44 -30L-60 -26L-44 -20Z", coat.mark)
    shape = blob((-48, -28), (-26, -52), (10, -54), (34, -32), (24, -8), (-18, -4))
    b.solid(shape, coat.body, depth=7)
    with b.inside(shape):
        for x in (-38, -18, 2):
            b.flat(f"M{x} -60H{x + 9}Q{x + 17} -28 {x + 9} 2H{x}Q{x + 8} -28 {x} -60Z", coat.mark)
    b.line("M38 -50Q40 -66 52 -66M46 -50Q52 -62 62 -60", coat.mark, 2.6)
    for x, y in ((52, -66), (62, -60)):
        b.flat(ellipse(x, y, 3), coat.mark)
    b.solid(ellipse(38, -34, 20, 19), coat.body, 0.05, depth=5)
    for x in (-8, 6, 18):
        b.line(f"M{x} -8L{x + 3} 0", coat.mark, 2.4)
    face(b, look, -37, 7, 4, coat.iris, x=43)
    mouth(b, look, 43, -26, 10)
    b.mark("head", 40, -34, 26)


@creature("butterfly", 0.12, ("#e08a3a", "#2f2630", "#f6d27a", "#4f86b5"), "moth", "monarch", habitat="air", upright=True)
def butterfly(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    for side in (-1, 1):
        with b.at(0, -46, 0, side * (0.72 if view == "side" and side < 0 else 1.0), 1):
            b.solid(blob((4, 2), (22, 8), (44, 24), (38, 44), (18, 42), (5, 18)), coat.mark)
            b.flat(blob((8, 6), (22, 12), (37, 25), (33, 37), (20, 36), (9, 18)), coat.accent)
            b.solid(blob((3, 0), (12, -26), (40, -46), (62, -40), (60, -12), (34, 6)), coat.mark)
            b.flat(blob((8, -3), (16, -24), (38, -38), (55, -34), (53, -14), (32, 0)), coat.body)
            b.flat(blob((14, -8), (22, -24), (36, -28), (34, -10)), coat.belly)
            b.line("M5 -2L46 -34M5 0L50 -16", coat.mark, 1.6)
            for x, y, r in ((57, -36, 2.2), (59, -24, 2), (40, 38, 2), (28, 30, 4)):
                b.flat(ellipse(x, y, r), "#fbf6e8")
    b.solid(limb(((0, -58), (0, -36), (0, -6)), (8, 9, 5)), coat.mark)
    b.line("M-2 -70Q-8 -84 -16 -86M2 -70Q8 -84 16 -86", coat.mark, 1.6)
    b.solid(ellipse(0, -64, 10, 9.4), coat.mark, 0.12)
    face(b, look, -65, 4, 2.7, coat.iris)
    mouth(b, look, 0, -60, 5, "#f0d0c0")
    b.mark("head", 0, -62, 16)


@creature(
    "insect",
    0.08,
    ("#a83a32", "#2a2428", "#d9635a", "#3a3236"),
    "ladybird",
    "ladybug",
    "beetle",
    "bug",
    "ant",
    "cricket",
    "grasshopper",
    "cockroach",
    "caterpillar",
)
def insect(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    for x in (-24, -2, 20):
        b.line(f"M{x} -14L{x - 4} -6L{x - 8} -1", coat.mark, 3.6)
    b.solid(ellipse(38, -22, 17, 16), coat.mark, depth=4)
    b.line("M44 -36Q48 -48 58 -50M38 -38Q40 -50 46 -54", coat.mark, 2.4)
    shape = "M-46 -10Q-46 -56 -4 -58Q32 -56 34 -10Z"
    b.solid(shape, coat.body, depth=8)
    with b.inside(shape):
        b.line("M-6 -60Q6 -36 2 -8", coat.mark, 2.6)
        for x, y, r in ((-26, -32, 7), (-12, -48, 5), (-14, -16, 5.4), (18, -42, 6), (20, -20, 5.4), (-38, -14, 4)):
            b.flat(ellipse(x, y, r), coat.mark)
    side_eye(b, look, 44, -25, 5, "#3a2418", white=True)
    b.mark("head", 40, -22, 22)
