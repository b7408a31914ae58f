"""Props that run on current or make music: telephones, screens, radios, cameras and instruments."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, star
from glimmer.models.rehearsal.boards.props.palette import (
    BLACK,
    BLUE,
    BRASS,
    DARK_WOOD,
    GOLD,
    GREEN,
    IRON,
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


def _display(b: Brush, d: str, top: str = "#3f7fa8", low: str = "#8fd0d8") -> None:
    """A lit screen: a gradient that shines by itself."""
    b.flat(d, b.across((0, f"!{top}"), (1, f"!{low}")))


@prop("phone", "smartphone", "mobile", "mobile phone", "cell", "cellphone", "cell phone", "iphone", height_cm=15, grip=(0.5, 0.65))
def phone(b: Brush, seed: int) -> None:
    b.halo(36, 70, 90, "#bfe0ff", 0.35)
    b.solid(box(0, 0, 72, 146, 12), "#23262e", depth=4)
    _display(b, box(4, 6, 64, 134, 8), "#34507c", "#79b8c6")
    b.flat(box(25, 9, 22, 5, 2.5), BLACK)
    b.flat(box(10, 32, 42, 22, 8), "!#f4f6f8")
    b.line("M16 40H44M16 46H36", "!#7c8aa0", 2.4)
    b.flat(box(20, 60, 42, 16, 8), "!#7fe0a0")
    b.line("M27 68H54", "!#2f6a4a", 2.4)
    b.flat(box(10, 82, 48, 28, 8), "!#f4f6f8")
    b.line("M16 90H52M16 96H48M16 102H34", "!#7c8aa0", 2.4)
    b.line("M26 134H46", "!#ffffff", 2.4)
    b.shine("M4 14Q4 6 12 6H44L4 84Z", 0.14)


@prop("old phone", "telephone", "rotary phone", "landline", "receiver", "handset", width_cm=26, use="surface", grip=(0.5, 0.15))
def old_phone(b: Brush, seed: int) -> None:
    colour = pick(seed, (RED, "#2c3038", TEAL, "#e6ddc6"))
    b.line("M8 34Q-16 60 4 72Q-14 80 12 92", BLACK, 3)
    b.solid("M26 34H94Q102 70 116 88Q118 100 106 100H14Q2 100 4 88Q18 70 26 34Z", colour, depth=9)
    b.flat("M44 22H54V36H44ZM66 22H76V36H66Z", colour, -0.3)
    b.solid("M2 24Q2 2 30 2H90Q118 2 118 24Q118 34 106 34Q94 34 92 22Q60 16 28 22Q26 34 14 34Q2 34 2 24Z", colour, 0.05, depth=6)
    b.solid(ellipse(60, 64, 27), "#e6ddc6", depth=3)
    for i in range(10):
        with b.at(60, 64, -70 + i * 30):
            b.flat(ellipse(0, -19, 4.2), "#3a3330")
    b.solid(ellipse(60, 64, 9), colour, depth=2)
    b.shine(blob((14, 16), (28, 8), (60, 6), (26, 14)), 0.6)


@prop("laptop", "notebook computer", width_cm=34, use="surface", grip=(0.5, 0.95))
def laptop(b: Brush, seed: int) -> None:
    b.halo(60, 40, 90, "#a8d4ff", 0.35)
    b.solid(box(10, 0, 100, 70, 5), "#3a414c", depth=3)
    _display(b, box(14, 4, 92, 60, 2))
    b.flat(box(22, 12, 46, 40, 3), "!#f4f6f8", opacity=0.92)
    b.line("M28 20H58M28 27H62M28 34H54M28 41H60", "!#7c8aa0", 2.4)
    b.flat(box(74, 12, 24, 18, 3), "!#ffcf7a")
    b.flat(box(74, 34, 24, 18, 3), "!#f08a6a")
    b.solid("M8 70H112L126 86Q126 92 120 92H0Q-6 92 -6 86Z", SILVER, depth=4)
    b.flat("M16 73H104L112 82H8Z", "#4a525e")
    for row in range(2):
        b.line(f"M{17 - row * 4} {75.6 + row * 3.6}H{103 + row * 4}", SILVER, 0.8, opacity=0.5)
    b.flat("M48 84H72L74 89H46Z", STEEL)


@prop("computer", "desktop", "monitor", "pc", "terminal", "screen", "mainframe", width_cm=56, use="surface")
def computer(b: Brush, seed: int) -> None:
    b.halo(60, 40, 90, "#a8d4ff", 0.3)
    b.solid("M50 78H70L76 100H44Z", STEEL, depth=3)
    b.solid(box(30, 98, 60, 7, 3), STEEL, depth=2)
    b.solid(box(0, 0, 120, 80, 5), "#2f3540", depth=4)
    _display(b, box(5, 5, 110, 66, 2), "#17324a", "#2f6f80")
    b.line("M14 56L32 40L46 48L64 24L82 36L104 14", "!#7fe0c0", 3)
    for i in range(4):
        b.line(f"M12 {16 + i * 12}H108", "!#ffffff", 0.7, opacity=0.22)
    b.flat(box(14, 12, 30, 10, 2), "!#ffffff", opacity=0.8)
    b.flat(ellipse(60, 75.5, 1.8), "!#7fe0a0")


@prop("camera", "film camera", "polaroid camera", width_cm=15, grip=(0.85, 0.6))
def camera(b: Brush, seed: int) -> None:
    b.solid("M40 16L46 2H74L80 16Z", SILVER, depth=3)
    b.solid(box(0, 14, 120, 74, 8), "#2c3038", depth=7)
    b.flat("M0 30V22Q0 14 8 14H112Q120 14 120 22V30Z", SILVER)
    b.solid(box(8, 8, 18, 8, 3), STEEL)
    b.solid(box(94, 9, 14, 7, 3), RED)
    b.solid(ellipse(60, 54, 30), STEEL, depth=5)
    b.solid(ellipse(60, 54, 24), BLACK, depth=4)
    b.flat(ellipse(60, 54, 16), "#2f4f78")
    b.flat(ellipse(62, 56, 9), "#15243c")
    b.shine(ellipse(54, 47, 5, 4), 0.95)
    b.flat(ellipse(66, 60, 2.4), "!#ffffff", opacity=0.6)
    b.flat(box(96, 20, 14, 8, 2), "#dff0f4")


@prop("film projector", "projector", "movie camera", "video camera", "camcorder", width_cm=40, use="surface", grip=(0.5, 0.9))
def projector(b: Brush, seed: int) -> None:
    for x, y, r in ((28, 18, 22), (72, 14, 26)):
        b.solid(ellipse(x, y, r), IRON, depth=4)
        for i in range(5):
            with b.at(x, y, i * 72):
                b.flat(ellipse(0, -r * 0.58, r * 0.22), "#c9bfae")
        b.flat(ellipse(x, y, r * 0.14), SILVER)
    b.solid(box(10, 40, 82, 44, 6), "#454c58", depth=6)
    b.solid("M90 48H112L120 42V80L112 74H90Z", BLACK, depth=4)
    b.flat(ellipse(120, 61, 4, 18), "!#e6f2ff")
    b.solid(box(20, 84, 62, 8, 2), BLACK)
    b.flat(ellipse(30, 60, 7), BRASS)


@prop("radio", "wireless", "transistor", "old radio", "shortwave", "radio set", width_cm=38, use="surface", grip=(0.5, 0.05))
def radio(b: Brush, seed: int) -> None:
    case = pick(seed, (WOOD, "#3f7f7c", "#b5473a", "#d9bd84"))
    b.line("M92 14L112 -32", SILVER, 2)
    b.solid(box(0, 10, 120, 74, 12), case, depth=8)
    b.flat(box(8, 20, 60, 54, 8), case, -0.5)
    for i in range(9):
        b.line(f"M{14 + i * 6} 25V69", case, 3, 0.15)
    b.flat(box(76, 22, 36, 18, 3), "!#ffdf9a")
    for i in range(7):
        b.line(f"M{80 + i * 4.6:.1f} 26V{36 if i % 2 else 32}", "!#7a4a20", 1)
    b.line(f"M{90 + seed * 5 % 14} 24V38", "!#d8402f", 1.8)
    for x in (84, 104):
        b.solid(ellipse(x, 58, 9), BRASS, depth=3)
        b.line(f"M{x} 58V51", BLACK, 1.8)
    for x in (14, 96):
        b.solid(box(x, 84, 12, 6, 2), BLACK)
    b.shine("M10 16Q2 16 4 30V60H7V32Q7 20 18 16Z", 0.5)


@prop("walkie-talkie", "walkie talkie", "two-way radio", "intercom", height_cm=24, grip=(0.5, 0.7))
def walkie_talkie(b: Brush, seed: int) -> None:
    b.solid(box(8, -40, 9, 46, 4), BLACK)
    b.solid(box(0, 0, 56, 110, 8), pick(seed, ("#39414c", "#c9922f")), depth=6)
    b.flat(box(8, 12, 40, 22, 3), "!#b9e0a0")
    b.line("M13 20H34M13 27H42", "!#3c5a30", 2)
    for y in range(46, 84, 6):
        b.line(f"M12 {y}H44", BLACK, 3)
    b.solid(ellipse(40, -3, 7, 5), IRON)
    b.flat(ellipse(28, 96, 5), RED)


@prop("television", "tv", "tv set", "telly", width_cm=70, use="surface", small=False)
def television(b: Brush, seed: int) -> None:
    b.line("M56 4L34 -30M64 4L90 -26", SILVER, 2)
    b.halo(50, 44, 84, "#b8dcff", 0.4)
    b.solid(box(0, 2, 120, 82, 9), pick(seed, (WOOD, "#39414c")), depth=6)
    b.flat(box(7, 9, 82, 68, 14), BLACK)
    glass = box(10, 12, 76, 62, 14)
    _display(b, glass, "#6fa5c4", "#dfe8d8")
    with b.inside(glass):
        b.flat("M10 60Q30 46 50 56Q70 64 90 52V80H10Z", "!#5f8a6a")
        b.flat(ellipse(66, 28, 7), "!#fff3c4")
        for y in range(14, 74, 4):
            b.line(f"M10 {y}H88", "!#0b1420", 0.6, opacity=0.25)
    for y in (24, 44):
        b.solid(ellipse(104, y, 7.5), BRASS, depth=3)
    for i in range(5):
        b.line(f"M97 {58 + i * 4}H111", BLACK, 1.6)
    for x in (20, 92):
        b.line(f"M{x} 84L{x + (x - 56) * 0.12:.1f} 98", DARK_WOOD, 5)


@prop("record player", "gramophone", "turntable", "record", "vinyl", width_cm=44, use="surface", grip=(0.5, 0.95))
def gramophone(b: Brush, seed: int) -> None:
    b.line("M86 58Q98 44 82 32", BRASS, 6)
    horn = "M86 34Q60 40 40 26Q14 12 8 -30Q40 -44 74 -28Q72 2 90 26Z"
    b.solid(horn, BRASS, depth=8)
    b.flat("M8 -30Q16 -44 42 -44Q68 -42 74 -28Q52 -16 8 -30Z", BRASS, -0.5)
    b.line("M18 -24Q30 10 82 30M44 -22Q52 6 86 28", BRASS, 1.2, -0.4)
    b.flat(ellipse(52, 61, 44, 9), BLACK)
    b.line(ellipse(52, 60.5, 32, 6.4), "#4a4f58", 0.8)
    b.flat(ellipse(52, 60.5, 13, 3), RED)
    b.solid(box(0, 66, 110, 36, 4), WOOD, depth=6)
    b.line(box(8, 74, 94, 20, 2), DARK_WOOD, 1.6)
    b.line("M110 84H124V94", STEEL, 3)


@prop("piano", "upright piano", "grand piano", "keyboard", "organ", width_cm=150, use="standing")
def piano(b: Brush, seed: int) -> None:
    colour = pick(seed, (DARK_WOOD, "#26262e"))
    b.solid(box(4, 0, 142, 112, 3), colour, depth=6)
    b.solid(box(0, -4, 150, 8, 3), colour, 0.08, depth=2)
    for x in (14, 79):
        b.line(box(x, 12, 57, 36, 2), colour, 1.6, 0.28)
    b.flat("M48 14H102V42H48Z", "#efe4c8")
    b.line("M75 14V42", "#b7a87f", 1.4)
    for i in range(5):
        b.line(f"M53 {19 + i * 4.6:.1f}H71M79 {19 + i * 4.6:.1f}H97", BLACK, 0.8, opacity=0.7)
    b.solid("M-4 56H154V72H-4Z", colour, 0.05, depth=3)
    b.flat("M4 54H146L150 64H0Z", "#f3eee0")
    for i in range(1, 30):
        b.line(f"M{4 + i * 4.73:.1f} 54L{i * 5:.1f} 64", BLACK, 0.5, opacity=0.6)
        if i % 7 not in (0, 3):
            b.flat(f"M{3 + i * 4.73:.1f} 54H{6 + i * 4.73:.1f}L{5.4 + i * 4.8:.1f} 60H{2.2 + i * 4.8:.1f}Z", BLACK)
    for x in (2, 138):
        b.solid(box(x, 72, 10, 42, 2), colour)
    for x in (68, 75, 82):
        b.solid(box(x - 2, 108, 4, 5, 1), GOLD)
    b.line(box(24, 78, 102, 26, 2), colour, 1.4, 0.24)


def _strings(b: Brush, colour: str, cello: bool) -> None:
    """A violin or guitar body with neck, upright, its middle at x = 0."""
    b.solid(box(-5, -86, 10, 92, 2), DARK_WOOD, depth=2)
    b.solid("M-7 -102Q0 -110 7 -102L9 -82H-9Z", DARK_WOOD, depth=2)
    for y in (-98, -90):
        b.line(f"M-13 {y}H13", BRASS if not cello else BLACK, 3)
    if cello:
        body = blob(
            (0, 0),
            (18, 4),
            (26, 20),
            (17, 36),
            (20, 46),
            (33, 64),
            (28, 88),
            (0, 97),
            (-28, 88),
            (-33, 64),
            (-20, 46),
            (-17, 36),
            (-26, 20),
            (-18, 4),
        )
    else:
        body = blob(
            (0, 4), (22, 4), (32, 22), (24, 42), (38, 66), (32, 92), (0, 102), (-32, 92), (-38, 66), (-24, 42), (-32, 22), (-22, 4)
        )
    b.solid(body, colour, depth=7)
    if cello:
        b.line("M-14 40Q-19 48 -14 56Q-9 62 -14 68M14 40Q19 48 14 56Q9 62 14 68", BLACK, 2)
        b.flat("M-4 66L0 92L4 66Z", BLACK)
        b.solid(box(-10, 58, 20, 4, 2), PALE_WOOD)
    else:
        b.flat(ellipse(0, 40, 13), "#22170f")
        b.line(ellipse(0, 40, 15), PALE_WOOD, 1.6)
        b.solid(box(-15, 72, 30, 6, 2), DARK_WOOD)
    b.solid(box(-4, -84, 8, 110 if not cello else 122, 2), "#2a2026", depth=1)
    for x in (-2.4, -0.8, 0.8, 2.4):
        b.line(f"M{x} -82L{x * 1.9:.1f} {74 if not cello else 60}", WHITE, 0.5, opacity=0.85)
    b.shine(blob((-26, 18), (-16, 8), (-20, 24)), 0.4)


@prop("guitar", "ukulele", "banjo", "lute", height_cm=100, grip=(0.5, 0.25))
def guitar(b: Brush, seed: int) -> None:
    _strings(b, pick(seed, ("#d29a52", "#8e3a2c", "#3f6f86")), cello=False)


@prop("violin", "fiddle", "cello", "viola", height_cm=60, grip=(0.5, 0.2))
def violin(b: Brush, seed: int) -> None:
    _strings(b, "#b5602c", cello=True)
    with b.at(46, 0, 6):
        b.line("M0 -90Q6 0 0 92", DARK_WOOD, 2.4)
        b.line("M-3 -86V90", WHITE, 1.2)


@prop("trumpet", "horn", "bugle", "trombone", "saxophone", width_cm=52, grip=(0.4, 0.6))
def trumpet(b: Brush, seed: int) -> None:
    b.line("M4 20H92", BRASS, 6)
    b.line("M30 20Q18 20 18 32Q18 44 32 44H76Q90 44 90 32Q90 21 78 20", BRASS, 5, -0.12)
    b.solid("M86 16Q108 16 124 0Q130 20 124 40Q108 24 86 24Z", GOLD, depth=5)
    b.flat(ellipse(125, 20, 4, 19), BRASS, -0.5)
    b.solid("M0 13L8 17V23L0 27Q-5 20 0 13Z", SILVER)
    for x in (42, 54, 66):
        b.solid(box(x - 4, 10, 8, 42, 3), GOLD, depth=2)
        b.line(f"M{x} 10V1", SILVER, 2.6)
        b.solid(ellipse(x, 0, 4.4, 2.4), WHITE)
    b.shine("M90 18Q108 17 121 6Q112 18 92 20Z", 0.8)


@prop("flute", "recorder", "clarinet", "pipe", "whistle", "harmonica", width_cm=40, grip=(0.4, 0.6))
def flute(b: Brush, seed: int) -> None:
    with b.at(0, 0, -12):
        b.solid(box(0, -5, 126, 10, 5), pick(seed, (PALE_WOOD, SILVER, BLACK)), depth=3)
        for x in range(44, 112, 12):
            b.flat(ellipse(x, -1, 2.8), "#2b221c")
        for x in (20, 114):
            b.solid(box(x, -6, 5, 12, 2), BRASS)
        b.flat(ellipse(10, -1, 4, 2.6), "#2b221c")


@prop("drum", "drums", "drum kit", "snare", "tambourine", width_cm=46, use="standing", small=True)
def drum(b: Brush, seed: int) -> None:
    b.solid("M2 22V82Q2 98 50 98Q98 98 98 82V22Z", pick(seed, (RED, BLUE, TEAL)), depth=10)
    for i in range(7):
        x = 2 + i * 16
        b.line(
            f"M{x} {30 + 7 - abs(i - 3) * 2}L{x + 8} {84 + 6 - abs(i - 3) * 2}L{x + 16} {31 + 7 - abs(i - 2) * 2}"
            if i < 6
            else "M98 30V84",
            WHITE,
            1.8,
        )
    b.line("M2 82Q2 97 50 97Q98 97 98 82", GOLD, 5)
    b.flat(ellipse(50, 22, 48, 14), GOLD)
    b.flat(ellipse(50, 20, 44.5, 11.5), "#f3eee0")
    b.flat(ellipse(54, 22, 30, 7), "#f3eee0", -0.08)
    for x0, x1 in ((20, 62), (86, 40)):
        b.line(f"M{x0} -20L{x1} 18", PALE_WOOD, 3.6)
        b.solid(ellipse(x1, 18, 4.4, 3.4), PALE_WOOD)


@prop("microphone", "mic", "mike", height_cm=22, grip=(0.5, 0.75))
def microphone(b: Brush, seed: int) -> None:
    b.solid("M14 46H46L40 128Q38 134 30 134Q22 134 20 128Z", "#2c3038", depth=6)
    b.solid(ellipse(30, 24, 25, 26), STEEL, depth=7)
    with b.inside(ellipse(30, 24, 25, 26)):
        for i in range(-2, 9):
            b.line(f"M{i * 9} -6L{i * 9 + 30} 56M{i * 9 + 24} -6L{i * 9 - 6} 56", IRON, 1.1, opacity=0.8)
    b.solid(box(3, 40, 54, 9, 4), SILVER, depth=3)
    b.flat(box(26, 62, 8, 16, 3), BLACK)
    b.flat(box(27, 63, 6, 7, 2), RED)
    b.shine(blob((12, 20), (22, 6), (26, 10), (16, 28)), 0.7)


@prop("music box", "jewelry box", "jewellery box", width_cm=20, use="surface")
def music_box(b: Brush, seed: int) -> None:
    b.solid("M6 40L14 -24H106L114 40Z", pick(seed, ("#7a2f4a", "#2f5d6b")), depth=4)
    b.flat("M14 36L20 -18H100L106 36Z", "#d9a0aa")
    b.shine("M24 30L30 -14H56L46 30Z", 0.35)
    b.flat(ellipse(60, 30, 3, 10), "#f3d9c4")
    b.flat("M44 40Q52 18 60 20Q68 18 76 40Q60 46 44 40Z", "#f7f0ea")
    b.flat(ellipse(60, 10, 5), "#e9c0a0")
    b.line("M56 18Q44 4 60 -4M64 18Q76 4 60 -4", "#e9c0a0", 2.6)
    b.flat("M54 10Q54 2 61 3Q68 6 65 12Q60 6 54 10Z", DARK_WOOD)
    b.solid(box(0, 40, 120, 48, 4), pick(seed, ("#7a2f4a", "#2f5d6b")), depth=6)
    b.line(box(6, 46, 108, 36, 2), GOLD, 1.8)
    b.flat(star(60, 64, 12, 5, 8), GOLD)
    b.line("M120 64H132V56", GOLD, 4)


@prop("typewriter", width_cm=36, use="surface")
def typewriter(b: Brush, seed: int) -> None:
    b.flat("M34 -26H88V24H34Z", WHITE)
    b.line("M42 -16H78M42 -8H70M42 0H80M42 8H62", "#55596a", 1.8)
    b.solid(box(6, 14, 108, 16, 8), BLACK, depth=4)
    b.solid(ellipse(6, 22, 8), IRON)
    b.solid(ellipse(114, 22, 8), IRON)
    b.solid("M16 28H104L120 84Q120 92 112 92H8Q0 92 0 84Z", pick(seed, ("#3f7f7c", "#7a3b33", "#39414c")), depth=7)
    b.flat("M40 32H80Q78 46 60 46Q42 46 40 32Z", BLACK)
    for row in range(3):
        for i in range(9):
            b.solid(ellipse(20 + i * 10 - row * 2 + row % 2 * 5, 58 + row * 10, 4, 3.4), "#e9e2d0")


@prop("satellite dish", "antenna", "radio telescope", "dish", width_cm=160, use="standing")
def dish(b: Brush, seed: int) -> None:
    b.solid("M48 70L30 124H78L60 70Z", STEEL, depth=4)
    b.line("M36 112L66 92M72 112L46 92", IRON, 2.4)
    with b.at(56, 46, -30):
        b.solid("M-58 0Q-50 40 0 42Q50 40 58 0Z", SILVER, depth=8)
        b.flat(ellipse(0, 0, 58, 15), WHITE)
        b.flat(ellipse(4, 3, 46, 10), "#c4ccd2")
        b.line("M-34 -4L0 -44M34 -4L0 -44M0 8V-44", IRON, 2)
        b.solid(ellipse(0, -46, 6), RED)


@prop("fan", "electric fan", height_cm=40, use="surface")
def fan(b: Brush, seed: int) -> None:
    b.solid("M44 96H56L60 122H40Z", IRON)
    b.solid(ellipse(50, 124, 30, 7), IRON)
    for i in range(4):
        with b.at(50, 50, i * 90 + 20):
            b.solid(blob((0, 0), (-14, -18), (-6, -40), (12, -38), (10, -14)), TEAL, depth=3)
    b.line(ellipse(50, 50, 48), STEEL, 3)
    b.line(ellipse(50, 50, 32), STEEL, 1.2)
    for i in range(12):
        with b.at(50, 50, i * 30):
            b.line("M0 -12V-48", STEEL, 1)
    b.solid(ellipse(50, 50, 11), SILVER)


@prop("remote control", "remote", "calculator", "game controller", "console", "control panel", width_cm=14, grip=(0.5, 0.8))
def remote(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 60, 100, 9), "#343a44", depth=5)
    b.flat(box(7, 8, 46, 18, 3), "!#b9e0a0")
    for row in range(4):
        for col in range(3):
            colour = (RED, YELLOW, GREEN, BLUE)[row] if col == 2 else SILVER
            b.solid(box(8 + col * 16, 35 + row * 15, 12, 10, 3), colour, depth=2)
