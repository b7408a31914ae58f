"""Props one sits on, lies in or walks around: furniture, graves, fountains, tents; and pens."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, limb, star
from glimmer.models.rehearsal.boards.props.palette import (
    BRASS,
    CLOTH,
    DARK_WOOD,
    GOLD,
    IRON,
    PALE_WOOD,
    PINK,
    RED,
    STEEL,
    STONE,
    WHITE,
    WOOD,
    YELLOW,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop

LEAF = "#5d8a4a"


@prop("bench", "park bench", "pew", width_cm=150, use="standing")
def bench(b: Brush, seed: int) -> None:
    for x in (14, 128):
        b.line(f"M{x} 0V40Q{x} 52 {x - 4} 82M{x} 44H{x + 8}V82", IRON, 5)
    for y in (2, 15, 28):
        b.solid(box(0, y, 150, 10, 2), WOOD, depth=2)
    b.solid(box(-2, 44, 154, 9, 3), PALE_WOOD, depth=2)
    b.flat(box(-2, 51, 154, 5, 2), DARK_WOOD)


@prop("chair", "wooden chair", "stool", "seat", height_cm=92, use="standing")
def chair(b: Brush, seed: int) -> None:
    colour = pick(seed, (WOOD, DARK_WOOD, "#3f7f7c"))
    for x in (4, 52):
        b.solid(box(x, 0, 7, 60, 2), colour, depth=2)
    for y in (6, 20, 34):
        b.solid(box(6, y, 50, 8, 3), colour, 0.05, depth=2)
    for x in (6, 50):
        b.solid(box(x, 58, 6, 56, 2), colour, -0.25, depth=2)
    for x in (-2, 58):
        b.solid(box(x, 62, 7, 56, 2), colour, depth=2)
    b.solid("M2 54H60L68 64H-6Z", colour, 0.12, depth=2)
    b.solid(box(-6, 63, 74, 6, 2), colour, -0.1)
    b.line("M2 92H62", colour, 4, -0.2)


@prop("armchair", "easy chair", "throne", "wing chair", "rocking chair", height_cm=105, use="standing")
def armchair(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#a8473f", "#3f6f6b", "#5a5f86"))
    for x in (12, 90):
        b.solid(box(x, 110, 9, 16, 3), DARK_WOOD)
    b.solid("M10 60Q2 4 56 2Q110 4 102 60V84H10Z", colour, depth=8)
    for x, y in ((38, 30), (74, 30), (56, 46)):
        b.flat(ellipse(x, y, 3), colour, -0.45)
    b.solid(box(16, 68, 80, 22, 9), colour, 0.08, depth=4)
    b.solid(box(12, 88, 88, 26, 4), colour, -0.08, depth=4)
    for x in (-4, 92):
        b.solid(box(x, 52, 24, 62, 11), colour, depth=5)


@prop("table", "dining table", "kitchen table", "coffee table", width_cm=150, use="standing")
def table(b: Brush, seed: int) -> None:
    colour = pick(seed, (WOOD, PALE_WOOD, DARK_WOOD))
    for x in (14, 128):
        b.solid(f"M{x} 12H{x + 10}L{x + 8} 76H{x + 2}Z", colour, -0.1, depth=2)
    b.solid(box(8, 8, 136, 10, 2), colour, -0.16, depth=2)
    b.solid(box(0, 0, 152, 9, 3), colour, 0.06, depth=2)
    b.line("M10 4H60M80 4.6H130", colour, 0.8, -0.3)


@prop("desk", "writing desk", "workbench", "counter", "bar", width_cm=140, use="standing")
def desk(b: Brush, seed: int) -> None:
    colour = pick(seed, (WOOD, DARK_WOOD))
    b.flat(box(44, 10, 52, 46), colour, -0.65)
    for x in (4, 94):
        b.solid(box(x, 8, 42, 68, 1), colour, depth=4)
        for i in range(3):
            b.solid(box(x + 4, 13 + i * 20, 34, 17, 2), colour, 0.06, depth=2)
            b.flat(ellipse(x + 21, 21.5 + i * 20, 2.6), BRASS)
    b.solid(box(44, 9, 52, 13, 1), colour, -0.08, depth=2)
    b.solid(box(0, 0, 140, 9, 2), colour, 0.1, depth=2)


@prop("bed", "cot", "bunk", "hospital bed", "mattress", width_cm=205, use="standing")
def bed(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 10, 100, 4), DARK_WOOD, depth=3)
    b.solid(box(192, 34, 10, 66, 4), DARK_WOOD, depth=3)
    b.flat(box(6, 66, 190, 20), WOOD)
    b.solid(box(8, 46, 186, 26, 8), WHITE, depth=4)
    b.solid(blob((12, 46), (16, 28), (46, 26), (56, 44), (34, 52)), WHITE, depth=5)
    cover = "M54 44Q62 36 80 38Q120 34 150 40Q180 36 194 46V78Q180 84 160 79Q120 86 100 79Q80 84 54 79Z"
    b.solid(cover, pick(seed, CLOTH), depth=5)
    b.flat("M54 44Q62 36 76 38L80 80Q66 82 54 79Z", WHITE, -0.04)
    for x in (110, 150):
        b.line(f"M{x} 42Q{x - 6} 60 {x + 4} 78", pick(seed, CLOTH), 2, -0.35)


@prop("sofa", "couch", "settee", width_cm=190, use="standing")
def sofa(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#3f6f6b", "#a8573f", "#5a5f86"))
    for x in (16, 166):
        b.solid(box(x, 78, 8, 12, 2), DARK_WOOD)
    b.solid(box(12, 4, 168, 60, 14), colour, depth=6)
    for x in (20, 98):
        b.solid(box(x, 44, 76, 20, 8), colour, 0.08, depth=4)
    b.solid(box(14, 62, 164, 20, 4), colour, -0.08, depth=3)
    for x in (0, 168):
        b.solid(box(x, 28, 26, 54, 12), colour, depth=5)
    with b.at(46, 32, -14):
        b.solid(box(-16, -16, 32, 32, 7), pick(seed, (YELLOW, "#e9dcc0")), depth=4)


@prop("cupboard", "wardrobe", "cabinet", "locker", "fridge", "refrigerator", height_cm=190, use="standing")
def cupboard(b: Brush, seed: int) -> None:
    colour = pick(seed, (WOOD, "#7f9a94", DARK_WOOD))
    b.solid(box(4, 4, 92, 146, 2), colour, depth=5)
    b.solid(box(0, 0, 100, 9, 2), colour, 0.08, depth=2)
    for x in (9, 51):
        b.solid(box(x, 14, 40, 98, 2), colour, 0.05, depth=2)
        b.line(box(x + 6, 21, 28, 84, 1), colour, 1.6, -0.3)
    for x in (9, 51):
        b.solid(box(x, 117, 40, 24, 2), colour, 0.05, depth=2)
        b.flat(ellipse(x + 20, 129, 2.4), BRASS)
    for x in (45, 55):
        b.flat(ellipse(x, 66, 2.4), BRASS)
    for x in (8, 86):
        b.solid(box(x, 148, 7, 8, 1), colour, -0.3)


@prop("bookshelf", "bookcase", "shelf", "shelves", height_cm=190, use="standing")
def bookshelf(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 100, 160, 2), WOOD, depth=4)
    colours = ("#8e2f3a", "#2f5d6b", "#d9a441", "#3f5a3c", "#6b4a7a", "#e9dcc0", "#a8662c")
    for row in range(5):
        y = 7 + row * 31
        b.flat(box(6, y, 88, 26), WOOD, -0.6)
        x, i = 8.0, row * 3 + seed
        while x < 86:
            width, height = 4 + (i * 7) % 5, 17 + (i * 5) % 8
            if i % 9 == 8:
                x += 7
            else:
                b.solid(box(x, y + 26 - height, width, height, 0.6), colours[i % 7], depth=1)
            x, i = x + width + 0.5, i + 1


@prop("mirror", "hand mirror", "looking glass", "reflection", height_cm=130, use="wall", small=False)
def mirror(b: Brush, seed: int) -> None:
    b.solid(ellipse(50, 70, 50, 70), GOLD, depth=5)
    glass = ellipse(50, 70, 41, 61)
    b.flat(glass, b.across((0, "#cfe3ea"), (1, "#7f9fb0")))
    with b.inside(glass):
        b.shine("M-10 90L60 -10H84L-10 130Z", 0.35)
        b.shine("M20 150L110 20V50L44 150Z", 0.22)
    b.solid(blob((50, -6), (62, 0), (72, 12), (50, 8), (28, 12), (38, 0)), GOLD, depth=3)


@prop("door", "front door", "trapdoor", "gate", height_cm=210, use="standing")
def door(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#3f6f86", "#8e3a2c", WOOD, "#3f5a3c"))
    b.solid(box(-8, -8, 116, 208, 2), "#e3dac4", depth=3)
    b.solid(box(0, 0, 100, 200, 1), colour, depth=4)
    for x in (12, 56):
        for y, h in ((14, 60), (84, 42), (136, 52)):
            b.flat(box(x, y, 32, h, 1), colour, -0.22)
            b.flat(box(x + 2.5, y + 3, 29.5, h - 3, 1), colour, 0.06)
    b.solid(ellipse(89, 106, 5), BRASS)
    b.flat(box(38, 78, 24, 5, 2), BRASS)


@prop("window", "porthole", height_cm=110, use="wall", small=False)
def window(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 100, 120, 2), "#efe6d2", depth=4)
    for x in (8, 53):
        for y in (8, 62):
            b.flat(box(x, y, 39, 48), b.across((0, b.light.sky_top), (1, b.light.sky_low)))
            b.shine(f"M{x} {y + 40}L{x + 32} {y}H{x + 39}L{x} {y + 48}Z", 0.2)
    b.solid(box(-6, 118, 112, 9, 2), "#efe6d2", depth=2)


@prop("telephone box", "phone booth", "phone box", "telephone booth", height_cm=250, use="standing")
def telephone_box(b: Brush, seed: int) -> None:
    red = "#c2362f"
    b.solid("M2 16Q50 -14 98 16V26H2Z", red, depth=4)
    b.solid(box(4, 24, 92, 196, 1), red, depth=5)
    b.flat(box(14, 28, 72, 11, 1), "!#fff0cc")
    for row in range(7):
        for x, w in ((16, 12), (31, 38), (72, 12)):
            b.flat(box(x, 46 + row * 22, w, 19), b.across((0, "!#ffeebb" if b.light.lamps else "#cfe0e6"), (1, "#7f9aa6")))
    b.shine("M18 120L60 46H68L18 140Z", 0.2)
    b.solid(box(0, 212, 100, 12, 1), "#2f2f36", depth=2)
    b.line("M88 120V136", GOLD, 3)


@prop("bin", "dustbin", "trash can", "rubbish bin", "wastebasket", "garbage", height_cm=70, use="standing")
def dustbin(b: Brush, seed: int) -> None:
    b.solid("M6 26H84L78 112Q78 116 72 116H18Q12 116 12 112Z", STEEL, depth=9)
    for x in (24, 38, 52, 66):
        b.line(f"M{x} 36L{x + (45 - x) * 0.08:.1f} 108", STEEL, 3, -0.35)
    b.solid("M0 26Q4 8 45 6Q86 8 90 26Z", STEEL, 0.05, depth=5)
    b.line("M36 6Q36 -4 45 -4Q54 -4 54 6", IRON, 4)


@prop("barrel", "cask", "keg", height_cm=90, use="standing")
def barrel(b: Brush, seed: int) -> None:
    body = "M12 4H88Q104 60 88 116H12Q-4 60 12 4Z"
    b.solid(body, WOOD, depth=10)
    with b.inside(body):
        b.line("M30 0Q20 60 30 120M50 0V120M70 0Q80 60 70 120", DARK_WOOD, 1.6)
        for y in (14, 36, 78, 100):
            b.line(f"M-6 {y}Q50 {y + 7} 106 {y}", IRON, 6)
    b.flat(ellipse(50, 4, 38, 6), DARK_WOOD)


@prop("fountain", "well", "birdbath", width_cm=220, use="standing")
def fountain(b: Brush, seed: int) -> None:
    for dx in (-34, -18, 18, 34):
        b.line(f"M60 10Q{60 + dx} -14 {60 + dx * 1.5} 56", "#cfe8f0", 3, 0.3, 0.85)
    b.line("M60 40V-4", "#e6f4f8", 5, 0.3, 0.9)
    b.solid("M52 40H68L72 96H48Z", STONE, depth=3)
    b.solid("M28 38Q60 52 92 38Q88 54 60 56Q32 54 28 38Z", STONE, 0.05, depth=4)
    b.flat(ellipse(60, 38, 32, 5), "#8fc4d4")
    b.flat(ellipse(60, 80, 64, 12), "#6fb0c4")
    b.solid("M-8 80Q60 100 128 80V104Q60 122 -8 104Z", STONE, depth=6)
    b.line(ellipse(60, 80, 67, 12), STONE, 5, 0.25)
    b.line("M20 80H44M78 84H98", WHITE, 1.4, opacity=0.7)


@prop("statue", "sculpture", "monument", "bust", height_cm=240, use="standing")
def statue(b: Brush, seed: int) -> None:
    stone = pick(seed, (STONE, "#7f9a8a"))
    b.solid(limb(((64, 40), (84, 34), (90, 8)), (12, 10, 8)), stone, depth=3)
    b.solid("M34 36Q50 28 66 36Q74 70 70 124H30Q26 70 34 36Z", stone, depth=7)
    b.line("M42 60Q46 90 40 124M54 64Q58 92 56 124", stone, 3, -0.3)
    b.solid(limb(((36, 40), (22, 60), (36, 78)), (12, 10, 9)), stone, depth=3)
    b.solid(ellipse(50, 18, 13, 15), stone, depth=4)
    b.flat("M37 14Q40 0 52 2Q66 4 63 18Q52 8 37 14Z", stone, -0.25)
    b.solid(star(90, 0, 11, 5, 5), GOLD, depth=2)
    b.solid(box(20, 122, 60, 10, 1), stone, depth=2)
    b.solid(box(26, 130, 48, 48, 1), stone, -0.08, depth=4)
    b.solid(box(16, 174, 68, 12, 1), stone, depth=2)
    b.flat(box(36, 142, 28, 16, 1), BRASS, -0.1)


@prop("gravestone", "grave", "tombstone", "headstone", "tomb", height_cm=95, use="standing")
def gravestone(b: Brush, seed: int) -> None:
    b.solid("M4 110V40Q4 0 44 0Q84 0 84 40V110Z", STONE, depth=7)
    b.line("M44 18V48M32 29H56", STONE, 6, -0.4)
    b.line("M24 64H64M30 76H58M36 88H52", STONE, 3.4, -0.35)
    b.flat(blob((4, 84), (14, 92), (12, 110), (4, 112)), LEAF)
    for x in (-8, 2, 70, 84, 94):
        b.flat(f"M{x} 112Q{x - 2} 98 {x - 5} 92Q{x + 4} 98 {x + 5} 112Z", LEAF, -0.08)
    b.solid(ellipse(74, 106, 6), PINK)
    b.solid(ellipse(64, 109, 5), WHITE)


@prop("tent", "camping tent", "tepee", width_cm=260, use="standing")
def tent(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#d98a3c", "#4f7f86", "#6b8a4a"))
    b.line("M-16 100L4 86M136 100L116 86", "#e9dcc0", 1.4)
    b.solid("M60 0L128 96H-8Z", colour, depth=6)
    b.flat("M60 0L84 96H36Z", "#2a2424" if not b.light.lamps else "!#f0b060")
    b.flat("M60 0L36 96H20Q44 50 60 0Z", colour, 0.2)
    b.flat("M60 0L84 96H100Q76 50 60 0Z", colour, -0.2)
    b.line("M60 0V-10", DARK_WOOD, 3)
    b.flat("M60 -12L76 -8L60 -3Z", RED)


@prop(
    "pen",
    "pencil",
    "fountain pen",
    "quill pen",
    "crayon",
    "chalk",
    "paintbrush",
    "marker",
    height_cm=15,
    use="hand",
    grip=(0.5, 0.7),
)
def pen(b: Brush, seed: int) -> None:
    with b.at(0, 0, 24):
        b.solid(box(-7, -10, 14, 104, 5), pick(seed, ("#2d3f66", "#8e2f3a", "#3f5a3c")), depth=4)
        b.flat(box(-7.4, 36, 14.8, 5, 1), GOLD)
        b.flat(box(-7.4, -10, 14.8, 6, 2), GOLD)
        b.line("M5 -4V26", GOLD, 3)
        b.solid("M-6 94H6L0 122Z", GOLD, depth=2)
        b.line("M0 100V119", "#4a3318", 1)
        b.shine(box(-4, 0, 2.6, 88, 1.3), 0.6)


@prop("cigarette", "cigar", "pipe to smoke", height_cm=9, use="hand", grip=(0.5, 0.9))
def cigarette(b: Brush, seed: int) -> None:
    with b.at(0, 0, 30):
        b.solid(box(-4, 0, 8, 60, 1), WHITE, depth=2)
        b.flat(box(-4, 42, 8, 20, 1), "#c98a46")
        b.flat(box(-4, -5, 8, 8, 3), "!#ff8a4a")
    b.line("M6 -10Q-6 -26 8 -40Q20 -54 8 -70", "#ffffff", 3, opacity=0.4)


@prop("birdcage", "cage", "bird cage", height_cm=50, use="surface", grip=(0.5, 0.02))
def birdcage(b: Brush, seed: int) -> None:
    b.line(ellipse(50, -6, 8), BRASS, 3)
    dome = "M8 100V44Q8 4 50 2Q92 4 92 44V100"
    b.line("M20 58H80", DARK_WOOD, 3)
    b.line(dome, BRASS, 3.4)
    for x in (22, 36, 50, 64, 78):
        b.line(f"M{x} 102V46Q{x} 14 50 3", BRASS, 1.8)
    b.line("M8 48H92M8 74H92", BRASS, 2)
    b.solid(box(2, 100, 96, 12, 4), BRASS, depth=3)


@prop("fence", "railing", "barrier", width_cm=180, use="standing")
def fence(b: Brush, seed: int) -> None:
    colour = pick(seed, (WHITE, PALE_WOOD))
    for y in (24, 54):
        b.solid(box(-4, y, 168, 8, 1), colour, -0.14, depth=1.5)
    for i in range(8):
        x = i * 21
        b.solid(f"M{x} 10L{x + 7} 0L{x + 14} 10V86H{x}Z", colour, depth=2)


@prop("post box", "mailbox", "letterbox", "pillar box", height_cm=150, use="standing")
def post_box(b: Brush, seed: int) -> None:
    red = pick(seed, ("#c2362f", "#3f6fa0"))
    b.solid(box(8, 16, 64, 116, 2), red, depth=8)
    b.solid("M2 20Q2 0 40 0Q78 0 78 20Z", red, 0.06, depth=4)
    b.flat(box(20, 32, 40, 6, 2), "#1c1618")
    b.flat(box(26, 48, 28, 20, 2), WHITE)
    b.solid(box(4, 128, 72, 12, 2), "#2f2f36")
