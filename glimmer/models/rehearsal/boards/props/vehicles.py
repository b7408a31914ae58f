"""Vehicles, seen from the side and heading right: on the road and on rails."""

from __future__ import annotations

from functools import partial

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, star
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BRASS,
    DARK_WOOD,
    GOLD,
    IRON,
    LEATHER,
    PAINT,
    PALE_WOOD,
    RED,
    SILVER,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop

TYRE = "#25272d"


def tyre(b: Brush, x: float, y: float, r: float, hub: str = SILVER) -> None:
    """A rubber wheel with its hub."""
    b.solid(ellipse(x, y, r), TYRE, depth=r * 0.16)
    b.flat(ellipse(x, y, r * 0.62), hub, -0.3)
    b.solid(ellipse(x, y, r * 0.56), hub, depth=r * 0.1)
    for i in range(5):
        with b.at(x, y, i * 72):
            b.flat(ellipse(0, -r * 0.34, r * 0.1), TYRE)
    b.flat(ellipse(x, y, r * 0.14), IRON)


def pane(b: Brush, d: str) -> None:
    """A window: reflects the sky by day, is lit from inside when lamps burn."""
    if b.light.lamps:
        b.flat(d, b.across((0, "!#ffe9b0"), (1, "!#d9a860")))
    else:
        b.flat(d, b.across((0, "#dcecf2"), (0.5, "#9fbecb"), (1, "#6f93a5")))


def headlight(b: Brush, x: float, y: float, r: float, rear: bool = False) -> None:
    colour = "#ff5a48" if rear else "#fff0b8"
    if b.light.lamps:
        b.halo(x, y, r * 6, colour, 0.7)
    b.flat(ellipse(x, y, r * 0.8, r), f"!{colour}")


def _car(b: Brush, seed: int, paint: str, kind: str) -> None:
    """A saloon car, 430 cm long on a canvas of centimetres. kind adds a taxi's sign, a police car's light, an old car's wings."""
    body = "M6 -42Q0 -78 30 -82L96 -90L140 -134Q150 -142 166 -142H262Q282 -142 296 -130L340 -92Q404 -88 418 -70Q430 -54 426 -36Q424 -30 414 -30H16Q8 -32 6 -42Z"
    for x in (88, 338):
        b.flat(ellipse(x, -34, 40), BLACK)
    b.solid(body, paint, depth=9)
    with b.inside(body):
        b.flat("M0 -58Q210 -70 430 -56V-20H0Z", paint, -0.2)
        b.flat("M0 -92L96 -95Q220 -86 430 -84V-80Q220 -82 0 -86Z", paint, 0.35)
        if kind == "police":
            b.flat("M120 -86H300V-50H120Z", WHITE)
        if kind == "taxi":
            for i in range(22):
                b.flat(box(100 + i * 10, -72 + i % 2 * 6, 10, 6), BLACK)
    for x in (88, 338):
        b.flat(f"M{x - 44} -26Q{x - 44} -76 {x} -76Q{x + 44} -76 {x + 44} -26Z", BLACK, opacity=0.88)
    pane(b, "M112 -92L146 -127Q152 -132 162 -132H202V-92Z")
    pane(b, "M212 -92V-132H258Q274 -132 284 -124L322 -92Z")
    b.shine("M130 -94L166 -132H180L144 -94Z", 0.3)
    b.shine("M240 -94L268 -132L280 -127L256 -94Z", 0.3)
    b.line("M207 -134V-44M108 -88Q112 -50 124 -42M316 -88Q312 -60 300 -44", paint, 2, -0.45)
    for x in (180, 286):
        b.flat(box(x, -80, 18, 5, 2.5), SILVER)
    b.solid("M312 -92Q318 -106 330 -104L332 -92Z", paint, depth=2)
    b.flat(box(2, -38, 22, 10, 4), STEEL)
    b.flat(box(406, -38, 22, 10, 4), STEEL)
    headlight(b, 414, -62, 9)
    headlight(b, 8, -66, 7, rear=True)
    for x in (88, 338):
        tyre(b, x, -34, 34)
    if kind == "taxi":
        b.flat(box(192, -160, 44, 18, 4), "!#ffd84f")
        b.line("M200 -151H228", BLACK, 5)
    if kind == "police":
        b.halo(214, -150, 50, "#5aa0ff", 0.7)
        b.flat(box(190, -154, 24, 12, 4), "!#ff5048")
        b.flat(box(214, -154, 24, 12, 4), "!#4f90ff")


@prop("car", "automobile", "sedan", "hatchback", "convertible", "sports car", "suv", "motorcar", width_cm=430, use="vehicle")
def car(b: Brush, seed: int) -> None:
    _car(b, seed, pick(seed, PAINT), "car")


prop("taxi", "cab", "taxicab", "yellow cab", width_cm=430, use="vehicle")(partial(_car, paint="#eab73a", kind="taxi"))
prop("police car", "patrol car", "squad car", "cruiser", width_cm=430, use="vehicle")(partial(_car, paint="#2d3f66", kind="police"))


def _van(b: Brush, seed: int, paint: str, kind: str) -> None:
    """A panel van, which is also an ambulance and an ice-cream van."""
    for x in (96, 376):
        b.flat(ellipse(x, -36, 42), BLACK)
    body = "M6 -34V-190Q6 -204 22 -204H330Q352 -204 366 -188L418 -118L456 -106Q470 -100 470 -84V-42Q470 -32 458 -32H14Q6 -32 6 -34Z"
    b.solid(body, paint, depth=10)
    with b.inside(body):
        b.flat("M0 -92H480V-72H0Z", RED if kind == "ambulance" else paint, 0 if kind == "ambulance" else -0.25)
        b.flat("M0 -52H480V-20H0Z", paint, -0.25)
    for x in (96, 376):
        b.flat(f"M{x - 46} -28Q{x - 46} -80 {x} -80Q{x + 46} -80 {x + 46} -28Z", BLACK, opacity=0.88)
    pane(b, "M330 -188Q344 -188 352 -178L402 -114H330Z")
    b.shine("M340 -116L366 -160L374 -150L356 -116Z", 0.35)
    b.line("M318 -196V-46M426 -112L420 -60M150 -196V-46", paint, 2, -0.4)
    b.flat(box(330, -100, 20, 5, 2), BLACK)
    if kind == "ambulance":
        b.flat("M222 -176H242V-156H262V-136H242V-116H222V-136H202V-156H222Z", RED)
        b.halo(290, -208, 50, "#5aa0ff", 0.7)
        b.flat(box(270, -216, 40, 13, 4), "!#4f90ff")
    headlight(b, 460, -74, 9)
    headlight(b, 9, -80, 7, rear=True)
    for x in (96, 376):
        tyre(b, x, -36, 36)


@prop("van", "minibus", "camper", "camper van", "minivan", "delivery van", width_cm=480, use="vehicle")
def van(b: Brush, seed: int) -> None:
    _van(b, seed, pick(seed, ("#4f86a0", "#e2dcca", "#c8694a", "#6b8a5a")), "van")


prop("ambulance", width_cm=500, use="vehicle")(partial(_van, paint="#f0eee6", kind="ambulance"))


@prop("bus", "coach", "school bus", "double decker", width_cm=960, use="vehicle")
def bus(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#c2362f", "#e0a93a", "#3f74a8"))
    body = box(0, -300, 960, 260, 26)
    b.solid(body, paint, depth=12)
    with b.inside(body):
        b.flat("M0 -130H960V-112H0Z", WHITE)
        b.flat("M0 -70H960V-30H0Z", paint, -0.28)
    for i in range(7):
        pane(b, box(24 + i * 112, -276, 98, 118, 10))
    pane(b, "M820 -276H930Q944 -276 946 -262L950 -150H820Z")
    for i in (1, 3, 4, 6):
        b.flat(
            f"M{50 + i * 112} -158Q{50 + i * 112} -196 {72 + i * 112} -200Q{94 + i * 112} -196 {94 + i * 112} -158Z",
            "#3a3540",
            opacity=0.55,
        )
        b.flat(ellipse(72 + i * 112, -214, 16), "#3a3540", opacity=0.55)
    b.shine("M30 -160L90 -276H112L52 -160Z", 0.2)
    b.line("M812 -290V-60M880 -150V-60", paint, 3, -0.4)
    headlight(b, 948, -96, 13)
    headlight(b, 8, -96, 11, rear=True)
    for x in (190, 770):
        b.flat(ellipse(x, -50, 62), BLACK)
        tyre(b, x, -48, 48)


@prop("truck", "lorry", "pickup", "pickup truck", "fire engine", "fire truck", "big rig", width_cm=680, use="vehicle")
def truck(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#c2453a", "#3f6f9f", "#d9a441"))
    b.solid(box(0, -92, 660, 24, 4), IRON, depth=5)
    b.solid(box(4, -300, 440, 214, 6), "#e2dcca", depth=12)
    for i in range(1, 8):
        b.line(f"M{4 + i * 55} -294V-92", "#e2dcca", 2, -0.2)
    b.flat(box(4, -226, 440, 46), paint)
    cab = "M462 -86V-250Q462 -264 476 -264H570Q588 -264 598 -250L636 -172L668 -160Q680 -154 680 -140V-86Z"
    b.solid(cab, paint, depth=10)
    pane(b, "M528 -246H572Q580 -246 586 -236L614 -172H528Z")
    b.shine("M540 -174L572 -240L584 -230L560 -174Z", 0.35)
    b.line("M518 -252V-96", paint, 3, -0.4)
    b.flat(box(532, -150, 24, 6, 3), BLACK)
    b.solid(box(466, -330, 12, 80, 5), STEEL)
    headlight(b, 668, -118, 11)
    for x in (90, 190, 580):
        b.flat(ellipse(x, -52, 60), BLACK)
        tyre(b, x, -50, 50)


@prop("motorcycle", "motorbike", "scooter", "moped", "vespa", width_cm=210, use="vehicle")
def motorcycle(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#c2362f", "#2f6f86", "#2c3038"))
    b.line("M152 -104L178 -32", SILVER, 7)
    for x in (36, 178):
        b.line(ellipse(x, -32, 27), TYRE, 11)
        b.line(ellipse(x, -32, 19), SILVER, 3)
        for i in range(8):
            with b.at(x, -32, i * 45):
                b.line("M0 0V-19", STEEL, 1)
        b.solid(ellipse(x, -32, 6), STEEL)
    b.solid("M60 -60L100 -70L130 -56L124 -28H74Z", IRON, depth=5)
    for y in (-60, -52, -44):
        b.line(f"M88 {y}H118", SILVER, 3)
    b.line("M120 -30Q70 -14 10 -24", SILVER, 9)
    b.solid("M84 -78Q110 -104 146 -96Q156 -88 146 -76Q116 -64 90 -68Z", paint, depth=6)
    b.solid("M26 -84Q60 -76 88 -82Q94 -72 84 -68Q50 -62 30 -72Z", LEATHER, depth=4)
    b.solid("M4 -58Q20 -78 52 -64L40 -56Q20 -66 8 -54Z", paint, depth=3)
    b.solid("M152 -60Q182 -76 206 -50L198 -46Q180 -64 156 -54Z", paint, depth=3)
    b.line("M150 -104L134 -116L122 -114", BLACK, 6)
    b.solid(ellipse(160, -100, 10, 11), SILVER)
    headlight(b, 167, -100, 8)


@prop("bicycle", "bike", "cycle", "tricycle", "pushbike", width_cm=175, use="vehicle")
def bicycle(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#c2453a", "#2f8a86", "#e0b23c"))
    for x in (34, 142):
        b.line(ellipse(x, -34, 32), TYRE, 5)
        b.line(ellipse(x, -34, 28.5), SILVER, 1.6)
        for i in range(12):
            with b.at(x, -34, i * 30):
                b.line("M0 0V-28", SILVER, 0.7)
        b.solid(ellipse(x, -34, 4), STEEL)
    b.line("M34 -34L80 -32L62 -80H122L80 -32M62 -80L34 -34M122 -80L142 -34M118 -94L124 -76", paint, 5.5, -0.2)
    b.line("M34 -35L80 -33L62 -81H122L80 -33M62 -81L34 -35M122 -81L142 -35", paint, 3)
    b.line("M118 -94L108 -98M118 -94Q128 -104 138 -98", IRON, 4)
    b.line("M62 -80L59 -92", STEEL, 4)
    b.solid("M42 -96Q60 -102 76 -94Q66 -88 58 -89Q48 -88 42 -96Z", LEATHER, depth=2)
    b.line(ellipse(80, -32, 9), STEEL, 3)
    b.line("M80 -32L88 -16M88 -16H96", IRON, 3.4)
    b.line("M34 -38L80 -41M34 -30L80 -23", STEEL, 1.2)
    b.solid("M126 -92H150L146 -70H130Z", "#b98a58", depth=3)


def _coach(b: Brush, x: float, width: float, paint: str) -> None:
    body = box(x, -330, width, 250, 14)
    b.solid(body, paint, depth=10)
    with b.inside(body):
        b.flat(f"M{x} -180H{x + width}V-164H{x}Z", "#efe4c8")
        b.flat(f"M{x} -340H{x + width}V-306H{x}Z", paint, -0.3)
    count = int(width // 110)
    for i in range(count):
        pane(b, box(x + 24 + i * (width - 30) / count, -292, 78, 96, 8))
    for wx in (x + 80, x + 150, x + width - 150, x + width - 80):
        b.solid(ellipse(wx, -42, 40), IRON, depth=6)
        b.flat(ellipse(wx, -42, 14), STEEL)
    b.flat(box(x + 10, -84, width - 20, 18, 3), "#2c3038")


@prop("train", "steam train", "locomotive", "express", "railway", "carriage", width_cm=1500, use="vehicle")
def train(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#2f5d4a", "#8e2f3a", "#2d3f66"))
    _coach(b, 0, 720, pick(seed, ("#8e2f3a", "#2f5d4a", "#d9a441")))
    b.flat(box(720, -100, 40, 14), IRON)
    b.solid(box(756, -350, 210, 262, 6), paint, depth=10)
    pane(b, box(790, -310, 70, 84, 6))
    pane(b, box(880, -310, 60, 84, 6))
    b.solid(box(744, -366, 236, 24, 10), IRON, depth=5)
    b.solid(box(960, -270, 450, 170, 40), paint, depth=18)
    for x in (1040, 1180, 1320):
        b.flat(box(x, -270, 14, 170), GOLD)
    b.solid("M1330 -266L1318 -380H1410L1398 -266Z", IRON, depth=8)
    b.solid(box(1306, -394, 116, 22, 6), BRASS, depth=4)
    b.solid("M1080 -268Q1080 -320 1120 -320Q1160 -320 1160 -268Z", GOLD, depth=6)
    b.solid(ellipse(1410, -185, 22, 80), IRON, depth=8)
    headlight(b, 1432, -250, 18)
    b.solid("M1380 -100H1440L1500 -8H1370Z", RED, depth=6)
    b.flat(box(756, -104, 640, 26, 4), "#2c3038")
    for x, r in ((830, 72), (1000, 72), (1160, 72), (1310, 46)):
        b.line(ellipse(x, -r, r - 8), RED, 15)
        for i in range(8):
            with b.at(x, -r, i * 45):
                b.line(f"M0 0V-{r - 12}", RED, 7)
        b.solid(ellipse(x, -r, 16), GOLD)
    b.line("M830 -56H1160", SILVER, 13)
    for x, y, r in ((1340, -440, 38), (1280, -480, 52), (1190, -510, 66)):
        b.flat(ellipse(x, y, r), "#f0f0f0", opacity=0.42)


@prop("tram", "streetcar", "trolley", "subway train", "underground train", "metro", width_cm=1200, use="vehicle")
def tram(b: Brush, seed: int) -> None:
    b.line("M560 -350L620 -420L560 -480", IRON, 8)
    b.line("M480 -482H660", IRON, 8)
    body = box(0, -350, 1200, 310, 50)
    paint = pick(seed, ("#d9a441", "#c2362f", "#3f7f7c"))
    b.solid(body, paint, depth=14)
    with b.inside(body):
        b.flat("M0 -360H1200V-176H0Z", "#efe6d0")
        b.flat("M0 -80H1200V-30H0Z", paint, -0.3)
    for i in range(8):
        door_ = i in (2, 5)
        pane(b, box(60 + i * 138, -310, 106, 230 if door_ else 112, 12))
        if door_:
            b.line(f"M{113 + i * 138} -308V-82", paint, 5, -0.3)
    headlight(b, 1186, -110, 16)
    headlight(b, 14, -110, 12, rear=True)
    for x in (220, 320, 880, 980):
        b.solid(ellipse(x, -36, 36), IRON, depth=5)


@prop("tractor", "combine", "harvester", "digger", "bulldozer", width_cm=380, use="vehicle")
def tractor(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#c2362f", "#4f8a3f", "#e0b23c"))
    b.solid(box(250, -226, 10, 70, 3), IRON)
    b.solid("M84 -150L100 -262H206L220 -150Z", paint, -0.1, depth=5)
    pane(b, "M112 -246H194L206 -160H100Z")
    b.solid(box(90, -276, 126, 16, 6), paint, depth=4)
    b.solid("M150 -154H330Q356 -150 356 -126V-78H150Z", paint, depth=9)
    for x in (280, 298, 316):
        b.line(f"M{x} -136V-96", BLACK, 5)
    b.solid("M60 -90Q60 -176 140 -176Q180 -170 190 -130L110 -110Z", paint, 0.05, depth=6)
    headlight(b, 354, -126, 9)
    for x, r in ((112, 84), (310, 48)):
        b.solid(star(x, -r, r, r * 0.92, 18), TYRE, depth=r * 0.12)
        b.solid(ellipse(x, -r, r * 0.54), YELLOW, depth=r * 0.1)
        b.solid(ellipse(x, -r, r * 0.18), IRON)


@prop(
    "cart",
    "wagon",
    "horse cart",
    "stagecoach",
    "wheelbarrow",
    "trolley cart",
    "shopping cart",
    "shopping trolley",
    width_cm=220,
    use="vehicle",
)
def cart(b: Brush, seed: int) -> None:
    b.line("M186 -66L260 -80", WOOD, 7)
    b.solid(blob((10, -112), (50, -138), (110, -142), (170, -128), (196, -110), (100, -100)), "#d9b25a", depth=8)
    for x in (40, 80, 120, 160):
        b.line(f"M{x} -134L{x + 10} -114", "#b3862f", 2.4)
    b.solid("M0 -114H208L196 -62H14Z", WOOD, depth=6)
    b.line("M5 -96H203M9 -80H200", DARK_WOOD, 2.4)
    for x in (50, 160):
        b.line(ellipse(x, -42, 37), DARK_WOOD, 9)
        for i in range(8):
            with b.at(x, -42, i * 45):
                b.line("M0 0V-35", PALE_WOOD, 4.4)
        b.solid(ellipse(x, -42, 9), IRON)


@prop("wheelchair", width_cm=105, use="standing")
def wheelchair(b: Brush, seed: int) -> None:
    b.line("M20 -96L8 -98M20 -96V-50", STEEL, 4.4)
    b.solid("M17 -92H26L34 -50H22Z", pick(seed, ("#3f6f9f", "#8e2f3a")), depth=3)
    b.solid(box(22, -54, 52, 10, 4), pick(seed, ("#3f6f9f", "#8e2f3a")), depth=3)
    b.line("M22 -70H62V-52M72 -48L86 -14H104", STEEL, 4.4)
    b.line(ellipse(38, -34, 31), TYRE, 5)
    b.line(ellipse(38, -34, 26), SILVER, 2)
    for i in range(10):
        with b.at(38, -34, i * 36):
            b.line("M0 0V-29", SILVER, 1)
    b.solid(ellipse(38, -34, 5), STEEL)
    b.line(ellipse(84, -9, 7), TYRE, 4)


@prop("pram", "baby carriage", "stroller", "pushchair", "buggy", "cradle", width_cm=100, use="standing")
def pram(b: Brush, seed: int) -> None:
    colour = pick(seed, ("#2d3f66", "#8e5f7a", "#3f7f7c"))
    b.line("M24 -74Q4 -92 -8 -96", STEEL, 4)
    b.solid("M20 -70H104Q104 -36 70 -34H50Q22 -36 20 -70Z", colour, depth=6)
    b.solid("M62 -68Q62 -112 98 -106Q122 -98 106 -68Z", colour, -0.06, depth=5)
    b.line("M64 -70L84 -107M64 -70L104 -96M64 -70L110 -80", colour, 2, -0.4)
    b.line("M20 -68H106", WHITE, 4)
    b.line("M42 -36L84 -16M80 -36L36 -16", STEEL, 3)
    for x in (34, 86):
        b.line(ellipse(x, -17, 15), TYRE, 4)
        b.line(ellipse(x, -17, 11), SILVER, 1.4)
        b.solid(ellipse(x, -17, 3), STEEL)


@prop("sled", "sledge", "sleigh", "toboggan", width_cm=130, use="standing")
def sled(b: Brush, seed: int) -> None:
    b.line("M6 -6H116Q138 -8 134 -34", IRON, 5)
    for x in (24, 60, 96):
        b.line(f"M{x} -8V-26", WOOD, 5)
    for y, tone in ((-34, 0.0), (-29, -0.2)):
        b.solid(box(4, y, 118, 7, 3), pick(seed, (RED, WOOD)), tone, depth=2)
    b.line("M126 -30Q146 -50 130 -66", "#c9a66b", 3)


@prop("skateboard", "roller skate", "surfboard", "snowboard", "skis", width_cm=80, use="standing", small=True)
def skateboard(b: Brush, seed: int) -> None:
    b.solid(
        "M-4 -28Q6 -18 18 -18H82Q94 -18 104 -28L106 -24Q98 -12 84 -11H16Q2 -12 -6 -24Z",
        pick(seed, ("#c2453a", "#3f74a8", "#57a06a")),
        depth=2,
    )
    for x in (20, 80):
        b.solid(f"M{x - 7} -12H{x + 7}L{x + 3} -6H{x - 3}Z", STEEL)
        for dx in (-6, 6):
            b.solid(ellipse(x + dx, -5, 5), YELLOW)
