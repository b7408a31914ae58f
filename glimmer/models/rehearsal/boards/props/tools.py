"""Props of the workshop, the garden shed, the lab and the fight: tools, keys, weapons and switches."""

from __future__ import annotations

from functools import partial
from math import cos, radians, sin

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, star
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BLUE,
    BRASS,
    DARK_WOOD,
    GLASS,
    GOLD,
    GREEN,
    IRON,
    LEATHER,
    PALE_WOOD,
    RED,
    SILVER,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop


def _shaft(b: Brush, length: float, width: float = 7, colour: str = WOOD) -> None:
    """A wooden handle from y = 0 down."""
    b.solid(box(-width / 2, 0, width, length, width / 2), colour, depth=width * 0.3)
    b.line(f"M-1 {length * 0.2:.0f}V{length * 0.7:.0f}", colour, 0.8, -0.35)


@prop("key", "old key", "brass key", height_cm=9, grip=(0.5, 0.2))
def key(b: Brush, seed: int) -> None:
    metal = pick(seed, (BRASS, IRON, SILVER))
    b.line(ellipse(30, 20, 16), metal, 8, -0.3)
    b.line(ellipse(29, 19, 16), metal, 5.5)
    for dx, dy in ((-17, -14), (17, -14), (0, -23)):
        b.solid(ellipse(30 + dx * 0.9, 18 + dy * 0.9, 6), metal)
    b.solid(box(25.5, 36, 9, 92, 3), metal, depth=3)
    b.solid(box(21, 36, 18, 7, 3), metal)
    b.solid(box(22, 48, 16, 4, 2), metal)
    b.solid("M34 98H54V106H46V112H56V124H34Z", metal, depth=3)
    b.shine(box(27, 54, 2, 64, 1), 0.7)


@prop("keys", "bunch of keys", "keyring", "car keys", width_cm=11, grip=(0.5, 0.1))
def keys(b: Brush, seed: int) -> None:
    b.line(ellipse(50, 20, 19), STEEL, 4)
    for turn, metal, scale in ((34, SILVER, 0.62), (4, BRASS, 0.72), (-26, IRON, 0.64)):
        with b.at(50, 36, turn, scale), b.at(-30, -8):
            key(b, (BRASS, IRON, SILVER).index(metal))


@prop("lock", "padlock", height_cm=9, use="surface")
def padlock(b: Brush, seed: int) -> None:
    b.line("M20 52V30Q20 4 45 4Q70 4 70 30V52", STEEL, 12, -0.2)
    b.line("M18 52V30Q18 3 44 3", SILVER, 3.5)
    b.solid(box(4, 48, 82, 66, 9), BRASS, depth=9)
    b.flat(box(4, 96, 82, 4), BRASS, -0.3)
    b.flat("M45 66Q55 66 55 76Q55 82 50 85L54 100H36L40 85Q35 82 35 76Q35 66 45 66Z", "#33261a")


@prop("door handle", "doorknob", "door knob", "handle", "keyhole", height_cm=24, use="wall", small=False)
def door_handle(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 44, 110, 8), BRASS, depth=5)
    b.line(box(5, 5, 34, 100, 5), BRASS, 1.2, -0.4)
    b.flat("M22 72Q30 72 30 80Q30 85 26 87L29 98H15L18 87Q14 85 14 80Q14 72 22 72Z", "#241b14")
    b.solid(ellipse(22, 36, 14), BRASS, depth=4)
    b.solid("M20 28H78Q90 28 90 38Q90 46 80 45Q52 40 20 44Z", BRASS, depth=5)
    b.shine("M26 31H76Q82 31 84 34Q54 33 26 35Z", 0.8)


@prop("switch", "light switch", "power switch", width_cm=9, use="wall", small=False)
def light_switch(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 70, 100, 8), "#e9e2d0", depth=5)
    b.flat(box(24, 28, 22, 44, 4), "#c9c0aa")
    b.solid(box(26, 30 if seed % 2 == 0 else 48, 18, 22, 3), WHITE, depth=4)
    for y in (12, 88):
        b.flat(ellipse(35, y, 4), STEEL)
        b.line(f"M32.5 {y}H37.5", IRON, 1.2)


@prop("lever", "throttle", "brake lever", height_cm=70, use="standing")
def lever(b: Brush, seed: int) -> None:
    b.solid(box(0, 96, 84, 26, 4), IRON, depth=6)
    for x in (9, 75):
        b.flat(ellipse(x, 109, 4), STEEL)
    b.solid("M14 98Q14 62 42 62Q70 62 70 98Z", IRON, 0.1, depth=5)
    b.flat("M24 96Q24 72 42 72Q60 72 60 96Z", BLACK)
    with b.at(42, 94, 28 if seed % 2 == 0 else -28):
        b.solid(box(-4, -92, 8, 92, 3), STEEL, depth=3)
        b.solid(ellipse(0, -94, 12), RED, depth=5)
        b.shine(ellipse(-4, -98, 3.4), 0.7)


@prop("button", "red button", "big red button", "push button", width_cm=16, use="surface")
def button(b: Brush, seed: int) -> None:
    b.solid("M4 52L14 34H106L116 52V76Q116 82 110 82H10Q4 82 4 76Z", IRON, depth=6)
    b.flat("M14 34H106L116 52H4Z", IRON, 0.25)
    for i in range(7):
        b.flat(f"M{10 + i * 16} 76L{18 + i * 16} 60H{26 + i * 16}L{18 + i * 16} 76Z", YELLOW)
    b.solid(ellipse(60, 41, 38, 11), SILVER, depth=3)
    if b.light.lamps:
        b.halo(60, 20, 56, "#ff5040", 0.4)
    b.solid("M28 38V20Q28 4 60 4Q92 4 92 20V38Q92 48 60 48Q28 48 28 38Z", "#d8402f", depth=7)
    b.flat(ellipse(60, 17, 30, 11), "#d8402f", 0.22)
    b.shine(blob((38, 15), (50, 8), (62, 8), (48, 14)), 0.9)


@prop("hammer", "mallet", "gavel", height_cm=32, grip=(0.5, 0.8))
def hammer(b: Brush, seed: int) -> None:
    _shaft(b, 128, 10, PALE_WOOD)
    b.solid(box(-6, 84, 12, 46, 5), RED, depth=3)
    b.solid("M-8 -8H10V18H-8Z", IRON, depth=4)
    b.solid(box(8, -10, 26, 30, 4), STEEL, depth=5)
    b.solid("M-8 -8Q-28 -8 -44 14L-38 18Q-24 6 -8 16Z", STEEL, depth=4)


@prop("saw", "handsaw", width_cm=52, grip=(0.9, 0.6))
def saw(b: Brush, seed: int) -> None:
    teeth = "".join(f"L{92 - i * 5} {44 if i % 2 else 38}" for i in range(19))
    b.solid(f"M0 22L94 4V38{teeth}L0 36Z", SILVER, depth=4)
    b.solid("M88 2Q112 -6 128 8Q136 22 128 42Q122 54 104 50L88 42ZM102 14Q98 24 102 36Q112 40 117 30Q120 14 102 14Z", WOOD, depth=5)
    b.flat(blob((102, 14), (114, 16), (117, 30), (108, 38), (100, 32)), "#2c2119")
    for x, y in ((96, 12), (96, 34)):
        b.flat(ellipse(x, y, 2.4), BRASS)


@prop("wrench", "spanner", "pliers", height_cm=26, grip=(0.5, 0.75))
def wrench(b: Brush, seed: int) -> None:
    b.solid("M-8 24H8L6 104H-6Z", STEEL, depth=3)
    b.solid("M-8 34Q-24 26 -22 4L-14 -10L-10 8H10L14 -10L22 4Q24 26 8 34Z", STEEL, depth=5)
    b.solid(ellipse(0, 112, 15), STEEL, depth=4)
    b.flat(star(0, 112, 9, 7.8, 6), "#2b3036")
    b.line("M0 40V96", STEEL, 4, -0.25)


@prop("screwdriver", height_cm=22, grip=(0.5, 0.85))
def screwdriver(b: Brush, seed: int) -> None:
    b.solid("M-3 0H3L4 70H-4Z", SILVER, depth=2)
    b.solid("M-5 -10H5L3 2H-3Z", STEEL)
    b.solid("M-9 68H9Q15 92 11 122Q8 132 0 132Q-8 132 -11 122Q-15 92 -9 68Z", pick(seed, (RED, YELLOW, BLUE)), depth=5)
    b.line("M-4 80V120M4 80V120", BLACK, 2, opacity=0.35)


@prop("axe", "hatchet", "ax", height_cm=70, grip=(0.4, 0.8))
def axe(b: Brush, seed: int) -> None:
    b.solid("M-4 -10Q4 -12 4 0Q2 60 6 128Q8 138 -2 138Q-8 136 -6 124Q-2 60 -4 -10Z", PALE_WOOD, depth=3)
    b.solid("M-8 -6H10Q24 -8 36 -24Q52 6 38 36Q26 20 10 20H-8Z", STEEL, depth=5)
    b.flat("M36 -24Q52 6 38 36Q34 29 31 26Q40 6 30 -16Z", SILVER, 0.3)


@prop("shovel", "spade", height_cm=120, grip=(0.5, 0.35))
def shovel(b: Brush, seed: int) -> None:
    _shaft(b, 92, 5, PALE_WOOD)
    b.line("M-10 -12H10Q12 -2 0 4Q-12 -2 -10 -12", DARK_WOOD, 4)
    b.solid("M-4 76H4V92Q18 90 18 96V116Q14 136 0 142Q-14 136 -18 116V96Q-18 90 -4 92Z", STEEL, depth=5)
    b.line("M0 96V126", STEEL, 2, -0.35)


@prop("pitchfork", "rake", "hoe", "trident", height_cm=150, grip=(0.5, 0.6))
def pitchfork(b: Brush, seed: int) -> None:
    _shaft(b, 120, 5, PALE_WOOD)
    b.line("M-16 -40V-14Q-16 -4 0 -2Q16 -4 16 -14V-40M0 -42V6", STEEL, 4)
    b.line("M-17 -40V-14", SILVER, 1.4)


@prop("bucket", "pail", "bucket of water", "watering can", height_cm=32, use="standing", small=True, grip=(0.5, 0.02))
def bucket(b: Brush, seed: int) -> None:
    b.line("M4 26Q14 -18 50 -18Q86 -18 96 26", STEEL, 3)
    b.line("M40 -17.6H60", DARK_WOOD, 7)
    b.solid("M2 24H98L86 100Q85 106 78 106H22Q15 106 14 100Z", pick(seed, (STEEL, RED, "#4f86a0")), depth=10)
    b.flat(ellipse(50, 24, 48, 10), "#2a3440")
    b.flat(ellipse(50, 27, 44, 7.5), "#7fb4c8")
    b.line(ellipse(50, 24, 48, 10), SILVER, 3)
    b.line("M6 48Q50 60 94 48M10 78Q50 90 90 78", BLACK, 1.6, opacity=0.3)
    for x in (4, 96):
        b.solid(ellipse(x, 27, 4.5), STEEL)


def _brush_head(b: Brush, seed: int, mop: bool) -> None:
    _shaft(b, 120, 5, PALE_WOOD)
    if mop:
        b.solid(box(-12, 112, 24, 9, 3), BLUE)
        for i in range(9):
            x = -12 + i * 3
            b.line(f"M{x} 120Q{x * 1.6 - 2} 140 {x * 2.2:.1f} 158", WHITE, 5.4, -0.12 if i % 2 else 0)
    else:
        b.solid("M-6 112H6L20 160Q0 168 -20 160Z", "#d6b062", depth=5)
        for x in (-12, -6, 0, 6, 12):
            b.line(f"M{x * 0.35:.1f} 124L{x} 160", "#8a6428", 1.2)
        b.line("M-9 122H9M-11 129H11", RED, 2.2)


prop("broom", "broomstick", "besom", height_cm=140, grip=(0.5, 0.4))(partial(_brush_head, mop=False))
prop("mop", height_cm=140, grip=(0.5, 0.4))(partial(_brush_head, mop=True))


@prop("ladder", "stepladder", "rope ladder", height_cm=260, use="standing")
def ladder(b: Brush, seed: int) -> None:
    for x in (0, 34):
        b.solid(box(x, 0, 6, 200, 2), PALE_WOOD, depth=2)
    for i in range(9):
        b.solid(box(3, 12 + i * 21, 34, 5, 2), WOOD, depth=1.6)


@prop("sword", "katana", "excalibur", "sabre", "rapier", height_cm=100, grip=(0.5, 0.88))
def sword(b: Brush, seed: int) -> None:
    b.solid("M0 -20L7 -4V104H-7V-4Z", SILVER, depth=3)
    b.flat("M0 -20L7 -4V104H0Z", SILVER, -0.22)
    b.line("M0 0V96", STEEL, 2)
    b.solid("M-30 100Q-34 94 -28 94Q0 100 28 94Q34 94 30 100Q24 110 6 110H-6Q-24 110 -30 100Z", GOLD, depth=3)
    b.solid(box(-5, 110, 10, 32, 3), LEATHER)
    for y in (116, 123, 130, 137):
        b.line(f"M-5 {y + 2}L5 {y - 2}", "#3a2418", 1.6)
    b.solid(ellipse(0, 147, 8), GOLD)
    b.flat(ellipse(0, 147, 3.6), RED)


@prop("shield", "coat of arms", height_cm=80, grip=(0.5, 0.5))
def shield(b: Brush, seed: int) -> None:
    shape = "M50 0Q74 12 98 8Q104 76 50 118Q-4 76 2 8Q26 12 50 0Z"
    b.solid(shape, STEEL, depth=6)
    with b.at(50, 56, 0, 0.87), b.at(-50, -56):
        first = pick(seed, (BLUE, RED, GREEN))
        b.flat(shape, first)
        with b.inside(shape):
            b.flat("M50 -5H110V130H50Z", first, -0.22)
            b.flat("M42 -5H58V130H42Z", GOLD)
            b.flat("M-5 40H110V56H-5Z", GOLD)
    b.solid(ellipse(50, 48, 12), STEEL)
    b.shine("M12 18Q30 20 44 12V20Q26 26 14 26Z", 0.5)


@prop("gun", "pistol", "revolver", "handgun", "rifle", "shotgun", "blaster", "ray gun", width_cm=22, grip=(0.82, 0.75))
def gun(b: Brush, seed: int) -> None:
    b.solid("M70 34Q96 36 100 50L110 92Q108 98 100 98H90Q84 98 82 90L72 58Z", DARK_WOOD, depth=5)
    b.solid("M0 14H66V34H0Z", IRON, depth=4)
    b.solid("M52 8H90Q102 12 104 30L100 42H52Z", IRON, 0.05, depth=5)
    b.solid(box(58, 14, 26, 24, 5), STEEL, depth=4)
    b.line("M58 22H84M58 30H84", BLACK, 1.6)
    b.line("M58 44Q56 60 68 60Q76 58 76 48", IRON, 3.4)
    b.line("M67 44L65 53", IRON, 2.6)
    b.solid("M92 8L104 0L106 12Z", IRON)
    b.flat(box(2, 9, 5, 6, 1), IRON)
    b.shine(box(4, 16, 44, 3, 1.5), 0.5)


@prop("bomb", "dynamite", "explosive", "time bomb", "grenade", "cannonball", width_cm=22, use="surface")
def bomb(b: Brush, seed: int) -> None:
    b.line("M72 16Q86 -8 104 0", "#c9a66b", 4)
    b.halo(106, -2, 30, "#ffb347", 0.9)
    b.flat(star(106, -2, 15, 5, 7), "!#ffc04a")
    b.flat(star(106, -2, 8, 3, 7, 0), "!#fff4c8")
    b.solid("M58 20L74 8L86 22L72 34Z", IRON, depth=3)
    b.solid(ellipse(48, 62, 46), "#33363f", depth=13)
    b.shine(blob((18, 50), (32, 30), (38, 36), (24, 58)), 0.5)


@prop("bow", "crossbow", "bow and arrow", "arrow", height_cm=120, grip=(0.3, 0.5))
def bow(b: Brush, seed: int) -> None:
    b.line("M20 0Q-4 34 4 70Q-4 106 20 140", DARK_WOOD, 5)
    b.line("M20 0Q0 34 7 70Q0 106 20 140", WOOD, 1.8)
    b.line("M20 0L30 70L20 140", WHITE, 1, opacity=0.8)
    b.line("M-34 70H34", PALE_WOOD, 2.4)
    b.flat("M-44 70L-30 64V76Z", STEEL)
    b.flat("M26 70L36 63H42L36 70L42 77H36Z", RED)
    b.line("M2.5 58V82", LEATHER, 7)


def _spear(b: Brush, seed: int, pointed: bool) -> None:
    b.solid("M-3 0Q4 60 -2 120Q0 170 -2 200H4Q5 150 3 110Q8 50 4 0Z", WOOD, depth=2)
    if pointed:
        b.solid("M0 -34L10 -8L4 4H-4L-10 -8Z", STEEL, depth=3)
    else:
        b.line("M1 6Q-4 -16 8 -18Q20 -16 16 -4", WOOD, 6)


prop("spear", "lance", "javelin", "harpoon", height_cm=190, grip=(0.5, 0.45))(partial(_spear, pointed=True))
prop("walking stick", "staff", "cane", "crook", "stick", height_cm=110, grip=(0.5, 0.08))(partial(_spear, pointed=False))


@prop("helmet", "knight's helmet", "space helmet", "crash helmet", width_cm=26, use="worn", small=True, grip=(0.5, 0.9))
def helmet(b: Brush, seed: int) -> None:
    b.flat("M44 2Q20 -26 58 -34Q110 -30 104 10Q80 -14 56 4Z", pick(seed, (RED, BLUE)))
    b.flat("M60 -24Q96 -22 104 10Q84 -10 62 -6Z", pick(seed, (RED, BLUE)), -0.25)
    b.solid("M8 52Q8 0 52 0Q96 0 96 52V96Q84 106 70 106V82H34V106Q20 106 8 96Z", SILVER, depth=10)
    b.solid("M2 48H102L92 76H12Z", STEEL, depth=4)
    b.flat("M14 54H48V61H16ZM56 54H90L88 61H56Z", BLACK)
    b.line("M52 2V48", GOLD, 4)
    for x in (30, 38, 66, 74):
        b.flat(ellipse(x, 90 if x in (30, 74) else 70, 2), BLACK)
    b.shine("M18 40Q20 14 40 8Q28 20 26 42Z", 0.6)


@prop("wheel", "tyre", "tire", "cart wheel", width_cm=70, use="standing", small=True)
def wheel(b: Brush, seed: int) -> None:
    b.line(ellipse(50, 50, 45), DARK_WOOD, 10)
    b.line(ellipse(49, 49, 45.5), WOOD, 4)
    b.line(ellipse(50, 50, 49), IRON, 2.4)
    for i in range(10):
        with b.at(50, 50, i * 36):
            b.solid(box(-2.6, -42, 5.2, 36, 2), WOOD, depth=1.5)
    b.solid(ellipse(50, 50, 11), DARK_WOOD, depth=3)
    b.solid(ellipse(50, 50, 5), IRON)


@prop("gear", "cog", "cogwheel", "cogs", "gears", width_cm=14, use="surface")
def gear(b: Brush, seed: int) -> None:
    metal = pick(seed, (BRASS, STEEL, IRON))
    teeth = "M" + "L".join(
        f"{p[0]} {p[1]}" for p in (point for i in range(10) for point in _tooth(i))
    ) + "Z"  # fmt: skip
    b.solid(teeth, metal, depth=5)
    b.flat(ellipse(50, 50, 27), metal, -0.35)
    b.solid(ellipse(50, 50, 13), metal, depth=3)
    for i in range(5):
        with b.at(50, 50, i * 72):
            b.solid(box(-3.5, -30, 7, 22), metal, depth=1)
    b.flat(ellipse(50, 50, 5), BLACK)


def _tooth(i: int) -> list[tuple[float, float]]:
    """The four corners of tooth i of ten, around (50, 50)."""
    return [
        (round(50 + r * cos(radians(i * 36 + a)), 1), round(50 + r * sin(radians(i * 36 + a)), 1))
        for a, r in ((0, 38), (5, 48), (16, 48), (21, 38))
    ]


@prop("battery", "power cell", height_cm=9, use="hand")
def battery(b: Brush, seed: int) -> None:
    b.solid(box(16, -6, 18, 10, 3), SILVER)
    b.solid(box(0, 2, 50, 108, 6), "#2c3138", depth=7)
    b.flat(box(0, 2, 50, 34, 6), "#d9903c")
    b.shine(box(6, 4, 6, 104, 3), 0.35)
    b.line("M25 12V26M18 19H32", WHITE, 3.4)
    b.flat("M28 50L16 76H24L21 96L36 68H27L32 50Z", YELLOW)


@prop("cable", "wire", "wires", "plug", "chain", width_cm=30, use="surface")
def cable(b: Brush, seed: int) -> None:
    b.line("M10 80Q-6 40 30 36Q70 36 60 64Q48 86 30 66Q20 40 60 26Q90 18 100 40", "#23252b", 6)
    b.line("M10 79Q-5 40 30 35Q70 35 60 63", STEEL, 1.4)
    with b.at(100, 42, 30):
        b.solid(box(-10, 0, 20, 24, 4), "#33363f", depth=3)
        for x in (-5, 5):
            b.solid(box(x - 1.6, 24, 3.2, 13, 1), BRASS)


@prop("test tube", "vial", "beaker of liquid", "sample", height_cm=16, grip=(0.5, 0.3))
def test_tube(b: Brush, seed: int) -> None:
    liquid = pick(seed, ("!#6fe0a0", "!#8fb8ff", "!#ff8fb0"))
    b.flat("M6 0H34V96Q34 112 20 112Q6 112 6 96Z", GLASS, opacity=0.5)
    b.flat("M8 48H32V96Q32 110 20 110Q8 110 8 96Z", liquid, opacity=0.9)
    b.flat(ellipse(20, 48, 12, 3.4), liquid, 0.4)
    for x, y, r in ((15, 80, 3), (24, 66, 2.2), (19, 94, 2), (25, 88, 1.6)):
        b.flat(ellipse(x, y, r), "!#ffffff", opacity=0.6)
    b.solid(box(2, -5, 36, 7, 3), GLASS, 0.2)
    b.shine(box(10, 8, 4, 88, 2), 0.75)


@prop("microscope", height_cm=42, use="surface", grip=(0.6, 0.4))
def microscope(b: Brush, seed: int) -> None:
    b.solid(box(0, 108, 84, 14, 6), "#343a44", depth=4)
    b.solid("M60 112Q88 80 70 34L56 40Q70 78 44 110Z", "#e3e6e6", depth=6)
    b.solid(box(4, 80, 54, 8, 2), IRON, depth=2)
    b.flat(box(16, 77, 26, 4, 1), GLASS)
    with b.at(46, 42, 22):
        b.solid(box(-11, -48, 22, 62, 4), "#e3e6e6", depth=5)
        b.solid(box(-8, -66, 16, 22, 3), BLACK, depth=3)
        b.solid(box(-7, 12, 14, 26, 3), STEEL, depth=3)
    b.solid(ellipse(70, 74, 11), IRON, depth=4)


@prop("syringe", "needle", "injection", "vaccine", height_cm=15, grip=(0.5, 0.4))
def syringe(b: Brush, seed: int) -> None:
    b.solid(box(4, -20, 32, 6, 3), SILVER)
    b.solid(box(16, -16, 8, 34, 1), SILVER)
    b.flat(box(8, 18, 24, 68, 4), GLASS, opacity=0.65)
    b.flat(box(10, 40, 20, 44, 3), "#7fd0c0")
    b.solid(box(2, 14, 36, 6, 3), WHITE)
    b.solid("M14 86H26L22 98H18Z", SILVER)
    b.line("M20 98V134", SILVER, 1.8)
    for y in (48, 56, 64, 72):
        b.line(f"M10 {y}H17", IRON, 1.2)
    b.shine(box(11, 22, 3, 60, 1.5), 0.8)


@prop("pill bottle", "pills", "medicine", "medicine bottle", "tablets", "poison", height_cm=10, use="surface")
def pill_bottle(b: Brush, seed: int) -> None:
    b.solid(box(4, 22, 62, 84, 8), "#d9843a", depth=8)
    b.solid(box(0, 0, 70, 24, 5), WHITE, depth=5)
    for x in range(6, 68, 7):
        b.line(f"M{x} 3V21", "#b9b9b4", 1.2)
    b.flat(box(4, 44, 62, 44), WHITE)
    b.line("M35 50V66M27 58H43", RED, 5, cap="butt")
    b.line("M14 74H56M14 81H46", "#777777", 2.2)
    b.shine(box(9, 26, 5, 76, 2.5), 0.5)


@prop("first aid kit", "bandage", "plaster", "medical kit", "doctor's bag", width_cm=34, use="surface", grip=(0.5, 0.06))
def first_aid(b: Brush, seed: int) -> None:
    b.line("M36 18Q36 2 60 2Q84 2 84 18", "#7a2f2a", 7)
    b.solid(box(0, 16, 120, 76, 10), WHITE, depth=7)
    b.flat(box(0, 48, 120, 5), "#b9b4a8")
    b.solid(ellipse(60, 54, 26), RED, depth=3)
    b.flat("M54 38H66V48H76V60H66V70H54V60H44V48H54Z", WHITE)
    for x in (20, 94):
        b.solid(box(x - 5, 44, 10, 14, 2), STEEL)


@prop("yarn", "ball of wool", "thread", "wool", "knitting", width_cm=14, use="surface")
def yarn(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#c2536a", "#4f86a0", "#d9a441"))
    b.line("M76 78Q110 96 120 82", colour, 3.4)
    b.line("M12 8L96 72M92 4L20 76", PALE_WOOD, 4)
    b.solid(ellipse(50, 50, 42), colour, depth=11)
    with b.inside(ellipse(50, 50, 42)):
        for i in range(7):
            b.line(f"M{-4 + i * 8} {40 - i * 8}Q{34 + i * 6} {36 - i * 2} {52 + i * 8} {100 - i * 8}", colour, 2, -0.3)
        for i in range(4):
            b.line(f"M{4 + i * 6} {70 + i * 8}Q{44} {58 + i * 9} {96} {66 + i * 8}", colour, 2, 0.35)
    for x, y in ((12, 8), (92, 4)):
        b.solid(ellipse(x, y, 4.5), RED)


@prop("toolbox", "tool box", "tools", "tool bag", width_cm=46, use="surface", grip=(0.5, 0.05))
def toolbox(b: Brush, seed: int) -> None:
    b.line("M40 26V8H80V26", IRON, 7)
    b.solid("M2 34L16 22H104L118 34V44H2Z", RED, 0.05, depth=4)
    b.solid(box(0, 42, 120, 46, 4), RED, depth=6)
    b.line("M0 44H120", "#6b1f1a", 2)
    for x in (28, 86):
        b.solid(box(x, 36, 9, 18, 2), SILVER)
