"""Props that shine or tell the time: lanterns, lamps, candles, fire, clocks and watches."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, star
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BRASS,
    CLOTH,
    DARK_WOOD,
    FLAME,
    FLAME_CORE,
    GLASS,
    GOLD,
    IRON,
    LAMPLIGHT,
    LEATHER,
    PAPER,
    RED,
    SILVER,
    STEEL,
    WHITE,
    WOOD,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop


def flame(b: Brush, x: float, y: float, size: float) -> None:
    """A flame that stands on (x, y), `size` tall."""
    w = size * 0.3
    b.flat(f"M{x} {y - size}Q{x + w * 1.5} {y - size * 0.4} {x + w * 0.8} {y - size * 0.1}Q{x} {y + size * 0.08} {x - w * 0.8} {y - size * 0.1}"
           f"Q{x - w * 1.3} {y - size * 0.42} {x} {y - size}Z", FLAME)  # fmt: skip
    b.flat(
        f"M{x} {y - size * 0.6}Q{x + w * 0.9} {y - size * 0.2} {x} {y}Q{x - w * 0.9} {y - size * 0.2} {x} {y - size * 0.6}Z",
        FLAME_CORE,
    )


@prop("lantern", "oil lamp", "hurricane lamp", "storm lantern", "gas lamp", height_cm=36, use="hand", grip=(0.5, 0.03))
def lantern(b: Brush, seed: int) -> None:
    metal = pick(seed, ("#7d3b30", IRON, BRASS, "#3f6670"))
    b.line("M12 36Q8 -14 45 -14Q82 -14 78 36", STEEL, 3)
    b.halo(45, 66, 92, LAMPLIGHT, 0.75)
    b.solid("M30 14H60L66 30H24Z", metal, depth=4)
    b.solid(box(35, 4, 20, 12, 3), metal)
    b.flat("M22 32H68Q80 66 66 98H24Q10 66 22 32Z", "!#ffe2a0", opacity=0.5)
    b.flat("M22 32H68Q80 66 66 98H24Q10 66 22 32Z", GLASS, opacity=0.25)
    flame(b, 45, 92, 40)
    b.flat(box(39, 90, 12, 10, 2), BRASS)
    for x in (18, 72):
        b.line(f"M{x} 34Q{x + (x - 45) * 0.24:.1f} 66 {x} 98", metal, 3.6)
    b.line("M15 66H75", metal, 2.4)
    b.solid(box(16, 28, 58, 7, 3), metal)
    b.solid("M18 98H72L82 112V124Q82 128 78 128H12Q8 128 8 124V112Z", metal, depth=6)
    b.solid(ellipse(76, 110, 4.5), BRASS)
    b.shine("M26 42Q20 64 27 88Q30 64 31 42Z", 0.65)


@prop("lamp", "table lamp", "desk lamp", "bedside lamp", "reading lamp", height_cm=48, use="surface", grip=(0.5, 0.7))
def lamp(b: Brush, seed: int) -> None:
    b.halo(50, 40, 90, LAMPLIGHT, 0.55)
    b.solid(
        "M44 66H56Q54 84 66 98Q74 112 60 122H40Q26 112 34 98Q46 84 44 66Z",
        pick(seed + 1, ("#4f86a0", "#c8694a", "#58606e")),
        depth=6,
    )
    b.solid(box(30, 120, 40, 8, 4), BRASS)
    shade = "M26 4H74L96 66Q50 76 4 66Z"
    if b.light.lamps:
        b.flat(shade, b.across((0, "!#f4b860"), (1, "!#ffe7ae")))
    else:
        b.solid(shade, "#efdcb4", depth=6)
    b.line("M26 4H74", DARK_WOOD, 2.4)
    b.line("M4 66Q50 76 96 66", DARK_WOOD, 2.4)
    for x0, x1 in ((38, 30), (62, 70)):
        b.line(f"M{x0} 5L{x1} 70", "#8a5a30", 1, opacity=0.35)
    b.line("M66 72V86", BRASS, 1.2)
    b.flat(ellipse(66, 88, 2.2), BRASS)


@prop("candle", "candles", "candlestick", height_cm=24, use="surface", grip=(0.5, 0.8))
def candle(b: Brush, seed: int) -> None:
    b.halo(40, 4, 62, LAMPLIGHT, 0.8)
    b.solid(ellipse(40, 104, 40, 9), BRASS, depth=3)
    b.solid("M26 84H54L48 100H32Z", BRASS, depth=3)
    b.line("M76 102Q92 98 88 88Q82 82 76 92", BRASS, 5)
    b.solid("M28 28Q40 22 52 28V86H28Z", "#f0e4c6", depth=5)
    b.solid("M28 30Q27 48 31 49Q35 49 34 36Q40 40 46 36Q46 60 50 60Q54 58 53 28Q40 20 28 30Z", "#fbf3dc", depth=2)
    b.line("M40 28V19", "#2a2320", 2)
    flame(b, 40, 23, 36)


@prop("torch", "flashlight", "electric torch", width_cm=24, grip=(0.3, 0.6))
def torch(b: Brush, seed: int) -> None:
    if b.light.lamps:
        b.halo(140, 30, 74, "#fff0c0", 0.8)
    b.solid(box(0, 16, 78, 28, 7), pick(seed, ("#39414c", RED, "#d9a441")), depth=8)
    for x in range(10, 50, 7):
        b.line(f"M{x} 18V42", BLACK, 2, opacity=0.5)
    b.solid("M76 16L98 4H114V56H98L76 44Z", SILVER, depth=8)
    b.solid(box(112, 1, 9, 58, 3), IRON, depth=3)
    b.flat(ellipse(121, 30, 4, 26), "!#fff3c4")
    b.solid(box(56, 10, 14, 8, 3), RED)
    b.shine(box(4, 20, 66, 4, 2), 0.4)


@prop("flaming torch", "burning torch", "torches", height_cm=60, grip=(0.5, 0.8))
def flaming_torch(b: Brush, seed: int) -> None:
    b.halo(20, 10, 66, "#ff9a3c", 0.8)
    b.solid("M12 44H28L23 140H17Z", DARK_WOOD, depth=4)
    b.solid("M6 32H34L30 56H10Z", "#5b4636", depth=4)
    b.line("M8 40H32M9 48H31", "#a98a5c", 2.4)
    flame(b, 20, 42, 66)
    flame(b, 9, 40, 32)
    flame(b, 31, 40, 36)


@prop("match", "matchstick", "burning match", "matches", height_cm=7, grip=(0.5, 0.85))
def match(b: Brush, seed: int) -> None:
    b.halo(20, 12, 44, LAMPLIGHT, 0.8)
    b.solid(box(17, 30, 6, 90, 1), "#d9b27a", depth=2)
    b.solid(ellipse(20, 30, 6, 9), "#5e2a22")
    flame(b, 20, 34, 46)


@prop("lighter", "cigarette lighter", height_cm=8, grip=(0.5, 0.75))
def lighter(b: Brush, seed: int) -> None:
    b.halo(32, 8, 44, LAMPLIGHT, 0.7)
    flame(b, 32, 30, 36)
    b.solid(box(8, 30, 40, 20, 3), STEEL, depth=4)
    for x in (24, 32, 40):
        b.flat(ellipse(x, 40, 2), BLACK)
    b.solid("M46 30L76 6L84 16L54 44Z", SILVER, depth=4)
    b.solid(box(4, 48, 48, 66, 4), SILVER, depth=7)
    b.line("M10 60H46M10 64H46", STEEL, 1.2)
    b.flat(star(28, 88, 11, 4.5, 5), BRASS)


@prop("fire", "flames", "blaze", "bonfire", "fireplace fire", "inferno", height_cm=110, use="standing", small=False)
def fire(b: Brush, seed: int) -> None:
    b.halo(60, 50, 110, "#ff8a3c", 0.7)
    tongues = ((20, 62, "!#e2562f"), (46, 100, "!#e8642e"), (74, 116, "!#e2562f"), (100, 70, "!#dd4f2c"))
    for x, h, c in tongues:
        b.flat(blob((x - 22, 104), (x - 20, 104 - h * 0.4), (x - 6, 104 - h * 0.7), (x + 2, 104 - h * 1.0),
                    (x + 12, 104 - h * 0.6), (x + 22, 104 - h * 0.32), (x + 20, 106)), c)  # fmt: skip
    for x, h in ((34, 60), (62, 84), (88, 54)):
        b.flat(blob((x - 16, 106), (x - 12, 104 - h * 0.5), (x + 2, 104 - h), (x + 10, 104 - h * 0.5), (x + 16, 106)), "!#ffa53c")
    for x, h in ((46, 34), (70, 48)):
        b.flat(blob((x - 11, 107), (x - 6, 104 - h * 0.5), (x + 1, 104 - h), (x + 7, 104 - h * 0.4), (x + 11, 107)), FLAME_CORE)
    for x, y in ((14, 30), (96, 14), (54, -14), (112, 44)):
        b.flat(ellipse(x, y, 2), FLAME)


@prop("campfire", "camp fire", "fire pit", "pyre", height_cm=70, use="standing", small=False)
def campfire(b: Brush, seed: int) -> None:
    fire(b, seed)
    for x0, y0, x1, y1 in ((-6, 116, 96, 98), (126, 116, 26, 98), (10, 124, 112, 120)):
        b.line(f"M{x0} {y0}L{x1} {y1}", DARK_WOOD, 13)
        b.line(f"M{x0} {y0 - 3}L{x1} {y1 - 3}", WOOD, 4, opacity=0.8)
        b.flat(ellipse(x1, y1, 5, 6), "#c99a63")
    for x, r in ((-16, 12), (14, 10), (44, 11), (76, 10), (106, 11), (136, 12)):
        b.solid(ellipse(x, 130, r + 3, r * 0.75), "#84807a")


def _dial(b: Brush, x: float, y: float, r: float, hour: float, minute: float, face: str = PAPER, numbers: bool = True) -> None:
    """A clock face with its hands at the given time."""
    b.flat(ellipse(x, y, r), face)
    for i in range(12):
        with b.at(x, y, i * 30):
            if numbers and i % 3 == 0:
                b.line(f"M0 {-r * 0.9:.1f}V{-r * 0.72:.1f}", BLACK, r * 0.085)
            else:
                b.line(f"M0 {-r * 0.9:.1f}V{-r * 0.82:.1f}", BLACK, r * 0.04)
    for turn, length, width in ((hour * 30, 0.5, 0.1), (minute * 6, 0.74, 0.065)):
        with b.at(x, y, turn):
            b.line(f"M0 {r * 0.12:.1f}V{-r * length:.1f}", BLACK, r * width)
    b.flat(ellipse(x, y, r * 0.09), RED)


def _time(seed: int) -> tuple[float, float]:
    minute = (seed * 17 + 9) % 60
    return (10 + seed * 5) % 12 + minute / 60, minute


@prop("clock", "wall clock", "station clock", width_cm=36, use="wall", small=True)
def clock(b: Brush, seed: int) -> None:
    b.solid(ellipse(50, 50, 50), pick(seed, (WOOD, "#37414f", BRASS)), depth=6)
    b.flat(ellipse(50, 50, 42), "#2a2b30", opacity=0.4)
    _dial(b, 50, 50, 40.5, *_time(seed))
    b.shine("M16 44Q22 16 50 12Q28 24 24 50Z", 0.5)


@prop("grandfather clock", "longcase clock", height_cm=205, use="standing")
def grandfather_clock(b: Brush, seed: int) -> None:
    b.solid("M6 44Q6 6 40 0Q74 6 74 44V52H6Z", DARK_WOOD, depth=6)
    b.solid(box(12, 50, 56, 110, 1), DARK_WOOD, depth=7)
    b.solid(box(2, 156, 76, 46, 2), DARK_WOOD, depth=7)
    b.solid(box(0, 198, 80, 9, 2), DARK_WOOD, -0.1)
    b.solid(box(2, 50, 76, 6, 2), WOOD)
    b.flat(ellipse(40, 32, 24), BRASS)
    _dial(b, 40, 32, 21, *_time(seed))
    b.flat(box(22, 64, 36, 86, 16), "#231a16")
    b.line("M40 66L44 126", BRASS, 1.8)
    b.solid(ellipse(44.5, 130, 8.5), GOLD)
    for x, y in ((29, 112), (53, 96)):
        b.line(f"M{x} 66V{y}", BRASS, 0.8)
        b.solid(box(x - 2.6, y, 5.2, 16, 2), GOLD)
    b.line(box(14, 164, 52, 28, 1), WOOD, 1.8)
    b.solid("M36 2L40 -12L44 2Z", BRASS)


@prop("alarm clock", "bedside clock", "timer", height_cm=16, use="surface")
def alarm_clock(b: Brush, seed: int) -> None:
    colour = pick(seed, (RED, "#3f8f8a", "#d9a441"))
    b.line("M24 84L12 102M76 84L88 102", IRON, 7)
    b.line("M32 6Q50 -14 68 6", IRON, 4)
    b.solid("M6 30Q0 4 28 2Q40 4 40 14Z", GOLD, depth=4)
    b.solid("M94 30Q100 4 72 2Q60 4 60 14Z", GOLD, depth=4)
    b.line("M50 16V4", IRON, 4)
    b.solid(ellipse(50, 56, 44), colour, depth=8)
    _dial(b, 50, 56, 35, *_time(seed), face=WHITE)
    b.shine("M20 52Q24 28 48 24Q30 34 27 56Z", 0.5)


@prop("watch", "wristwatch", "wrist watch", width_cm=8, height_cm=0, use="surface", grip=(0.5, 0.8))
def watch(b: Brush, seed: int) -> None:
    b.solid("M32 -24Q50 -30 68 -24L72 22H28Z", LEATHER, depth=5)
    b.solid("M28 78H72L66 136Q50 142 34 136Z", LEATHER, depth=5)
    for y in (102, 112, 122):
        b.flat(ellipse(50, y, 2.2), "#3a2418")
    b.line("M34 -16V14M66 -16V14M34 86L37 128M66 86L63 128", "#d9b27a", 1, opacity=0.7)
    b.solid(box(82, 44, 9, 12, 3), GOLD)
    b.solid(ellipse(50, 50, 38), GOLD, depth=6)
    _dial(b, 50, 50, 30, *_time(seed))
    b.shine("M26 46Q30 26 50 23Q34 32 32 52Z", 0.6)


@prop("pocket watch", "stopwatch", "fob watch", width_cm=6, grip=(0.5, 0.1))
def pocket_watch(b: Brush, seed: int) -> None:
    for i in range(9):
        b.line(ellipse(58 + i * 6.5, -22 - (i * (9 - i)) * 0.9, 4.4, 3.2), GOLD, 2, -0.1 if i % 2 else 0.1)
    b.line(ellipse(50, -14, 9), GOLD, 4)
    b.solid(box(44, -6, 12, 12, 3), GOLD)
    b.solid(ellipse(50, 52, 48), GOLD, depth=7)
    _dial(b, 50, 52, 39, *_time(seed))
    b.line(ellipse(50, 74, 9), BLACK, 0.9, opacity=0.6)
    b.line("M50 74L54 68", BLACK, 1.4)
    b.shine("M18 46Q24 18 50 14Q30 26 26 54Z", 0.55)


@prop("hourglass", "sand timer", "egg timer", height_cm=26, use="surface")
def hourglass(b: Brush, seed: int) -> None:
    glass = "M14 10H66Q68 40 44 58V62Q68 80 66 112H14Q12 80 36 62V58Q12 40 14 10Z"
    b.flat(glass, GLASS, opacity=0.55)
    with b.inside(glass):
        b.flat("M10 32Q40 38 70 32L42 60H38Z", "#e6c27a")
        b.flat("M8 112Q26 92 40 88Q54 92 72 112V116H8Z", "#e6c27a")
        b.flat("M40 88Q54 92 72 112V116H50Z", "#e6c27a", -0.22)
        b.line("M40 56V90", "#e6c27a", 1.8)
    b.line(glass, WHITE, 1.4, opacity=0.6)
    for x in (4, 76):
        b.solid(box(x - 3, 6, 6, 112, 2), DARK_WOOD)
    for y in (0, 110):
        b.solid(box(-2, y, 84, 12, 4), WOOD, depth=3)
    b.shine("M20 16Q20 34 30 46Q24 30 26 16Z", 0.8)


@prop("street lamp", "streetlight", "street light", "lamppost", "lamp post", height_cm=360, use="standing")
def street_lamp(b: Brush, seed: int) -> None:
    b.halo(30, 20, 46, LAMPLIGHT, 0.8)
    b.solid(box(27, 40, 6, 170, 2), IRON)
    b.solid("M22 196H38L42 214H18Z", IRON, depth=3)
    b.solid(box(24, 116, 12, 5, 2), IRON)
    b.line("M18 52H42", IRON, 3)
    b.flat("M20 10H40L36 38H24Z", "!#ffe6a6")
    b.flat("M30 10H40L36 38H30Z", "!#ffcf70", opacity=0.7)
    b.line("M20 10L24 38M40 10L36 38M30 10V38", IRON, 1.6)
    b.solid("M16 11L30 -2L44 11Z", IRON, depth=3)
    b.solid(ellipse(30, -4, 2.6), IRON)
    b.solid(box(22, 37, 16, 5, 2), IRON)


@prop("traffic light", "traffic lights", "stoplight", height_cm=290, use="standing")
def traffic_light(b: Brush, seed: int) -> None:
    b.solid(box(21, 70, 8, 140, 1), IRON)
    b.solid(box(12, 204, 26, 8, 2), IRON)
    b.solid(box(6, 0, 38, 84, 8), "#2c3138", depth=5)
    on = seed % 3
    for i, c in enumerate(("#e8483a", "#f0b93c", "#58c46a")):
        y = 16 + i * 26
        b.flat(ellipse(25, y, 10.5), "#14171b")
        if i == on:
            b.halo(25, y, 26, c, 0.7)
        b.flat(ellipse(25, y, 9), f"!{c}" if i == on else c, 0.1 if i == on else -0.62)
        b.flat(
            f"M13 {y - 2}Q14 {y - 13} 25 {y - 13}Q36 {y - 13} 37 {y - 2}Q32 {y - 9} 25 {y - 9}Q18 {y - 9} 13 {y - 2}Z", "#1b1f24"
        )


@prop("lightbulb", "light bulb", "bulb", height_cm=12, use="hand")
def lightbulb(b: Brush, seed: int) -> None:
    b.halo(40, 40, 78, LAMPLIGHT, 0.7)
    b.flat(
        "M40 0C66 0 80 20 78 42C76 62 60 68 58 88H22C20 68 4 62 2 42C0 20 14 0 40 0Z", b.across((0, "!#fff6d6"), (1, "!#ffd98a"))
    )
    b.line("M30 86L26 48L34 56L40 46L46 56L54 48L50 86", "#c9782f", 2)
    b.solid(box(22, 88, 36, 24, 4), STEEL, depth=4)
    b.line("M22 95H58M22 102H58", IRON, 2)
    b.solid("M30 112H50L45 120H35Z", IRON)
    b.shine(blob((14, 30), (24, 14), (28, 20), (18, 42)), 0.9)


@prop("firework", "fireworks", "sparkler", "rocket firework", height_cm=90, use="flying", small=False)
def firework(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#ffb347", "#ff6f91", "#7fd1ff", "#a7e36a"))
    b.halo(50, 50, 60, colour, 0.5)
    for i in range(18):
        with b.at(50, 50, i * 20):
            reach = 48 if i % 2 == 0 else 34
            b.line(f"M0 -9V-{reach}", f"!{colour}", 1.8, 0.1 if i % 2 else 0.4)
            b.flat(ellipse(0, -reach - 2, 2.6), "!#fff4c8")
    b.flat(ellipse(50, 50, 4), "!#ffffff")


@prop("chandelier", height_cm=80, use="wall", small=False)
def chandelier(b: Brush, seed: int) -> None:
    b.line("M50 -30V40", BRASS, 3)
    for reach in (44, 24):
        for side in (-1, 1):
            x = 50 + side * reach
            b.line(f"M50 40Q{50 + side * reach * 0.5} 62 {x} 34", BRASS, 3.4)
            b.solid(box(x - 4, 16, 8, 18, 2), "#f0e4c6")
            b.halo(x, 8, 18, LAMPLIGHT, 0.7)
            flame(b, x, 16, 14)
            b.solid(box(x - 7, 32, 14, 4, 2), BRASS)
            b.flat(f"M{x} 37L{x + 3} 46L{x} 52L{x - 3} 46Z", GLASS, 0.3)
    b.solid(ellipse(50, 44, 10), BRASS)
    b.flat("M50 54L55 66L50 78L45 66Z", GLASS, 0.3)


@prop("curtain", "curtains", "drapes", height_cm=220, use="standing")
def curtain(b: Brush, seed: int) -> None:
    b.solid(box(-8, 0, 136, 7, 3.5), BRASS)
    colour = pick(seed, CLOTH)
    for x, side in ((2, 1), (118, -1)):
        cloth = f"M{x} 5H{x + side * 54}Q{x + side * 46} 90 {x + side * 22} 130Q{x + side * 30} 180 {x + side * 34} 210H{x}Z"
        b.solid(cloth, colour, depth=5)
        with b.inside(cloth):
            for i in range(5):
                b.line(
                    f"M{x + side * (6 + i * 11)} 4Q{x + side * (5 + i * 9)} 90 {x + side * (3 + i * 4)} 130L{x + side * (5 + i * 6)} 212",
                    colour,
                    4,
                    -0.3,
                )
        b.solid(box(min(x, x + side * 26), 124, 26, 10, 4), GOLD)
