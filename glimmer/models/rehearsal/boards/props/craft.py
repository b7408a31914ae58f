"""Craft, seen from the side and heading right: on water, under it, in the air and in space."""

from __future__ import annotations

from functools import partial

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BRASS,
    DARK_WOOD,
    GOLD,
    IRON,
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
from glimmer.models.rehearsal.boards.props.vehicles import TYRE, headlight, pane


def _hull_water(b: Brush, left: float, right: float, y: float) -> None:
    """White water along a hull."""
    step = (right - left) / 8
    d = f"M{left} {y}" + "".join(
        f"Q{left + (i + 0.5) * step:.0f} {y - 12 + i % 2 * 6} {left + (i + 1) * step:.0f} {y}" for i in range(8)
    )
    b.line(d, "#eef6f8", max(2.0, (right - left) * 0.008), opacity=0.75)


@prop("boat", "rowing boat", "rowboat", "row boat", "dinghy", "canoe", "kayak", "raft", "gondola", width_cm=380, use="water")
def rowing_boat(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#c8694a", "#3f74a8", "#e2dcca", "#5d8a4a"))
    b.flat("M6 -70Q190 -44 376 -84Q190 -70 6 -70Z", DARK_WOOD, -0.2)
    for x in (90, 180, 270):
        b.solid(box(x, -68, 46, 9, 2), PALE_WOOD, depth=2)
    hull = "M0 -72Q190 -40 380 -88Q374 -40 330 -14Q300 0 260 0H100Q50 0 28 -20Q6 -40 0 -72Z"
    b.solid(hull, paint, depth=10)
    with b.inside(hull):
        b.line("M0 -50Q190 -20 380 -60M0 -30Q190 -4 370 -38", paint, 2.4, -0.35)
        b.line("M0 -72Q190 -40 380 -88", WHITE, 15)
    b.line("M0 -72Q190 -40 380 -88", DARK_WOOD, 5)
    b.line("M176 -92L60 -6", PALE_WOOD, 6)
    b.solid("M70 -18L34 6L46 14L78 -8Z", PALE_WOOD, depth=2)


@prop("sailing boat", "sailboat", "sailing ship", "yacht", "sloop", width_cm=620, use="water")
def sailing_boat(b: Brush, seed: int) -> None:
    b.solid(box(280, -700, 12, 640, 4), WOOD, depth=3)
    b.solid("M298 -690Q470 -400 560 -120H298Z", "#f3ecda", depth=16)
    b.solid("M274 -640Q130 -380 70 -120Q180 -104 274 -120Z", pick(seed, ("#c2453a", "#3f74a8", "#e0b23c")), depth=14)
    for y in (-520, -380, -240):
        b.line(f"M298 {y}L{298 + (y + 690) * 0.44:.0f} {y + 20}", "#d9cda8", 3)
    b.flat("M292 -700L350 -720L292 -740Z", RED)
    b.line("M60 -112H580", WOOD, 8)
    hull = "M0 -96H620Q600 -10 500 0H120Q40 0 0 -96Z"
    b.solid(hull, pick(seed, ("#2d3f66", "#8e2f3a", "#e2dcca")), depth=14)
    with b.inside(hull):
        b.flat("M0 -84H640V-70H0Z", GOLD)
        b.flat("M0 -26H640V10H0Z", RED)
    b.solid("M330 -96Q336 -128 360 -130H470L490 -96Z", "#efe6d0", depth=5)
    for x in (370, 408, 446):
        pane(b, ellipse(x, -112, 9))
    _hull_water(b, 20, 600, -2)


@prop(
    "ship",
    "ferry",
    "steamer",
    "liner",
    "trawler",
    "fishing boat",
    "freighter",
    "cargo ship",
    "cruise ship",
    "vessel",
    width_cm=2600,
    use="water",
)
def ship(b: Brush, seed: int) -> None:
    b.line("M700 -560V-900M700 -880L1180 -560M700 -880L240 -470", IRON, 9)
    b.solid(box(560, -500, 900, 170, 10), WHITE, depth=16)
    b.solid(box(700, -640, 560, 150, 10), WHITE, depth=14)
    for x in (880, 1080):
        b.solid(f"M{x} -640L{x + 14} -860H{x + 134}L{x + 120} -640Z", pick(seed, (RED, YELLOW, "#3f74a8")), depth=14)
        b.flat(f"M{x + 12} -830L{x + 14} -862H{x + 134}L{x + 132} -830Z", BLACK)
        for r, dx, dy in ((50, 20, 920), (70, -60, 980), (90, -180, 1030)):
            b.flat(ellipse(x + dx, -dy, r), "#c9ccd0", opacity=0.35)
    for i in range(9):
        pane(b, box(600 + i * 94, -460, 54, 60, 10))
    for i in range(6):
        pane(b, box(730 + i * 86, -604, 56, 56, 8))
    hull = "M0 -340H1900Q2240 -350 2600 -440Q2520 -120 2380 0H240Q60 -20 0 -340Z"
    b.solid(hull, pick(seed, ("#25324a", "#3f6f86", "#2c3038")), depth=40)
    with b.inside(hull):
        b.flat("M-10 -90H2700V20H-10Z", "#a83a30")
        b.flat("M-10 -104H2700V-88H-10Z", WHITE)
        b.flat("M-10 -350H1900Q2240 -360 2610 -450V-416Q2240 -320 1900 -312H-10Z", WHITE, opacity=0.9)
    for i in range(11):
        pane(b, ellipse(320 + i * 150, -220, 22))
    b.line("M2280 -290Q2300 -240 2270 -220M2240 -250H2310", IRON, 14)
    _hull_water(b, 100, 2500, -4)


@prop("submarine", "sub", "u-boat", "bathyscaphe", width_cm=1100, use="water")
def submarine(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#e0b23c", "#5a6a78", "#3f7f86"))
    b.line("M560 -330V-420H610", STEEL, 16)
    b.solid("M440 -250L470 -350H640L660 -250Z", paint, depth=12)
    b.solid(blob((60, -150), (-10, -250), (-30, -150), (-10, -50)), RED, depth=10)
    body = "M40 -150Q60 -270 260 -280H840Q1080 -270 1100 -150Q1080 -20 840 -10H260Q60 -20 40 -150Z"
    b.solid(body, paint, depth=34)
    with b.inside(body):
        b.flat("M0 -90Q550 -60 1110 -100V0H0Z", paint, -0.22)
        for x in (300, 860):
            b.line(f"M{x} -290V0", paint, 4, -0.35)
    for x in (400, 580, 760):
        b.solid(ellipse(x, -165, 52), BRASS, depth=8)
        pane(b, ellipse(x, -165, 38))
        b.shine(ellipse(x - 12, -180, 12, 8), 0.8)
    headlight(b, 1070, -180, 26)


def _aeroplane(b: Brush, seed: int, jet: bool) -> None:
    body = "M40 -190Q60 -260 180 -270H1100Q1340 -262 1400 -190Q1360 -120 1120 -116H300Q110 -130 40 -190Z"
    paint = pick(seed, (WHITE, "#c2453a", "#e0b23c", "#3f74a8"))
    b.solid("M90 -250L40 -430H150L290 -262Z", pick(seed + 1, PAINT), depth=12)
    b.solid("M540 -250L420 -330H500L680 -256Z", paint, -0.2, depth=5)
    b.solid(body, paint, depth=24)
    with b.inside(body):
        b.flat("M0 -180Q700 -160 1420 -186V-168Q700 -142 0 -160Z", pick(seed + 1, PAINT))
    if jet:
        for i in range(15):
            pane(b, box(320 + i * 56, -232, 28, 36, 10))
        pane(b, "M1230 -244Q1300 -240 1340 -214H1230Z")
        b.solid(box(560, -112, 200, 70, 34), STEEL, depth=10)
        b.flat(ellipse(756, -77, 14, 32), BLACK)
    else:
        pane(b, "M900 -264Q930 -330 1010 -332Q1070 -326 1090 -260Z")
        b.solid(box(1384, -300, 18, 220, 8), DARK_WOOD, depth=4)
        b.solid(ellipse(1400, -190, 34, 30), RED)
        for x in (620, 1100):
            b.line(f"M{x} -130L{x + 20} -60", IRON, 14)
        for x in (640, 1120):
            b.solid(ellipse(x, -40, 46), TYRE, depth=8)
            b.flat(ellipse(x, -40, 18), SILVER)
    b.solid("M520 -168L340 -10H470L820 -160Z" if jet else "M600 -200H1010L980 -166H620Z", paint, -0.1, depth=8)
    b.solid("M90 -200L0 -140H90L230 -196Z", paint, -0.14, depth=6)


prop("plane", "airplane", "aeroplane", "jet", "airliner", "aircraft", width_cm=1900, use="flying", small=False)(
    partial(_aeroplane, jet=True)
)
prop("propeller plane", "biplane", "seaplane", "small plane", "crop duster", width_cm=800, use="flying", small=False)(
    partial(_aeroplane, jet=False)
)


@prop("helicopter", "chopper", "drone", width_cm=1000, use="flying", small=False)
def helicopter(b: Brush, seed: int) -> None:
    paint = pick(seed, ("#c2362f", "#2f6f86", "#e0b23c", "#4f5a3c"))
    b.solid("M430 -260L60 -300L56 -270L420 -160Z", paint, depth=8)
    b.solid("M70 -290L20 -390H76L120 -292Z", paint, depth=5)
    b.line(ellipse(50, -300, 60), SILVER, 4, opacity=0.6)
    b.line("M50 -356V-244", IRON, 8)
    b.solid(box(596, -400, 26, 80, 4), IRON)
    b.flat(ellipse(610, -404, 430, 13), "#b9c2c9", opacity=0.45)
    b.line("M190 -404H1030", IRON, 9)
    body = "M400 -210Q420 -320 560 -332H720Q860 -320 900 -200Q890 -110 760 -100H520Q410 -110 400 -210Z"
    b.solid(body, paint, depth=20)
    with b.inside(body):
        b.flat("M380 -170H920V-146H380Z", WHITE)
    pane(b, "M740 -318Q850 -300 884 -200H740Z")
    pane(b, box(610, -306, 100, 104, 14))
    b.shine("M760 -204L800 -304L830 -288L796 -204Z", 0.35)
    b.line("M480 -20H860Q900 -20 910 -50M560 -100L540 -20M760 -100L780 -20", IRON, 14)


@prop("hot-air balloon", "hot air balloon", "airship", "zeppelin", height_cm=1800, use="flying", small=False)
def hot_air_balloon(b: Brush, seed: int) -> None:
    envelope = "M100 0C168 0 204 54 196 108C188 152 144 178 128 208H72C56 178 12 152 4 108C-4 54 32 0 100 0Z"
    first, second = pick(seed, ("#c2453a", "#3f74a8", "#7a4f86")), pick(seed, (YELLOW, WHITE, "#e8b83c"))
    b.solid(envelope, first, depth=24)
    with b.inside(envelope):
        b.flat("M100 -2Q40 60 62 100Q70 170 84 210H72Q40 160 20 110Q10 50 100 -2Z", second)
        b.flat("M100 -2Q140 60 134 110Q124 170 112 210H92Q80 170 70 110Q66 60 100 -2Z", first, 0.12)
        b.flat("M100 -2Q180 50 176 110Q160 160 128 210H112Q130 160 136 110Q140 60 100 -2Z", second, -0.14)
        b.flat("M130 0Q220 60 200 130L128 210Q180 140 130 0Z", "#1c1a30", opacity=0.16)
    b.line("M76 208L84 246M124 208L116 246", DARK_WOOD, 1.8)
    b.flat("M100 214Q107 226 100 236Q93 226 100 214Z", "!#ffb347")
    b.solid("M80 246H120L116 276H84Z", PALE_WOOD, depth=5)
    b.line("M81 254H119M83 263H118", DARK_WOOD, 1.6)
    b.solid(box(78, 243, 44, 6, 3), DARK_WOOD)


@prop("rocket", "missile", "space rocket", "toy rocket", height_cm=2400, use="flying", small=False)
def rocket(b: Brush, seed: int) -> None:
    fin = pick(seed, (RED, "#3f74a8", YELLOW))
    b.solid("M22 120Q-12 136 -12 190L26 168Z", fin, depth=5)
    b.solid("M78 120Q112 136 112 190L74 168Z", fin, depth=5)
    b.flat("M32 186Q50 262 68 186Z", "!#ff9a3c")
    b.flat("M40 186Q50 232 60 186Z", "!#fff0b0")
    b.solid("M34 166H66L72 188H28Z", IRON, depth=4)
    body = "M50 -20Q86 24 82 96L74 170H26L18 96Q14 24 50 -20Z"
    b.solid(body, "#eceae2", depth=10)
    with b.inside(body):
        b.flat("M0 -30H100V26Q50 14 0 26Z", fin)
        b.flat("M0 130Q50 140 100 130V144Q50 154 0 144Z", fin)
    b.solid(ellipse(50, 66, 18), STEEL, depth=4)
    pane(b, ellipse(50, 66, 13))
    b.shine(ellipse(45, 61, 4, 3), 0.9)
    b.solid("M46 120H54L56 186H44Z", fin, -0.1, depth=3)


@prop("spaceship", "spacecraft", "ufo", "flying saucer", "starship", "shuttle", width_cm=1400, use="flying", small=False)
def spaceship(b: Brush, seed: int) -> None:
    glow = pick(seed, ("#7fe0ff", "#9dff9a", "#ffb36b"))
    b.halo(100, 60, 84, glow, 0.5)
    b.flat("M56 0Q60 -44 100 -46Q140 -44 144 0Z", b.across((0, "!#dff6ff"), (1, "!#6fb0d8")), opacity=0.85)
    b.shine(blob((66, -8), (74, -32), (90, -38), (80, -10)), 0.7)
    b.solid("M-10 22Q30 -10 100 -10Q170 -10 210 22Q170 50 100 50Q30 50 -10 22Z", SILVER, depth=9)
    b.flat("M-10 22Q100 40 210 22Q170 50 100 50Q30 50 -10 22Z", STEEL, -0.15)
    for i in range(7):
        x = 20 + i * 26.6
        y = 28 + 7 - abs(i - 3) * 2.4
        b.halo(x, y, 12, glow, 0.8)
        b.flat(ellipse(x, y, 5, 4), f"!{glow}")
    b.solid(ellipse(100, 50, 40, 9), IRON, depth=3)
    b.flat(ellipse(100, 52, 26, 5), f"!{glow}")
    b.line("M100 -46V-64", STEEL, 2.4)
    b.flat(ellipse(100, -66, 4), "!#ff6f5a")


@prop("satellite", "space station", "probe", width_cm=600, use="flying", small=False)
def satellite(b: Brush, seed: int) -> None:
    for x in (0, 112):
        b.solid(box(x, 20, 66, 34, 2), "#2f4f8a", depth=4)
        for i in range(1, 5):
            b.line(f"M{x + i * 13.2:.1f} 20V54", "#9fc0e8", 0.9)
        b.line(f"M{x} 37H{x + 66}", "#9fc0e8", 0.9)
    b.line("M66 37H112", STEEL, 4)
    b.solid(box(74, 14, 30, 48, 3), GOLD, depth=5)
    b.line("M78 26H100M78 40H100M78 52H100", GOLD, 1.4, -0.35)
    with b.at(89, 66, 24):
        b.solid("M-20 0Q-16 20 0 21Q16 20 20 0Z", SILVER, depth=4)
        b.line("M0 2V-6", IRON, 1.5)
    b.line("M89 14V-6", STEEL, 2)
    b.flat(ellipse(89, -8, 3), "!#ff6f5a")
