"""Props of paper, card and cloth on a stick: what is read, written, kept, dealt and waved."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.brush import Brush, box, ellipse, star
from glimmer.models.rehearsal.boards.props.palette import (
    BLUE,
    BRASS,
    CLOTH,
    COVERS,
    DARK_WOOD,
    GOLD,
    GREEN,
    INK,
    LEATHER,
    PAINT,
    PALE_WOOD,
    PAPER,
    RED,
    STEEL,
    TEAL,
    WHITE,
    WOOD,
    YELLOW,
)  # fmt: skip
from glimmer.models.rehearsal.boards.props.registry import pick, prop


def _writing(b: Brush, x: float, y: float, width: float, rows: int, step: float = 8.0, weight: float = 1.6) -> None:
    """Rows of handwriting, each of a few words of uneven length; never letters that would have to mean something."""
    for row in range(rows):
        at, end = x, x + width * (0.55 if row == rows - 1 else 1 - 0.07 * (row * 7 % 3))
        words = 0
        while at < end - 4:
            word = min(end - at, 7 + (row * 5 + words * 11) % 10)
            line_y = y + row * step
            b.line(f"M{at:.1f} {line_y:.1f}Q{at + word * 0.3:.1f} {line_y - 1.6:.1f} {at + word * 0.5:.1f} {line_y:.1f}"
                   f"L{at + word:.1f} {line_y - 0.4:.1f}", INK, weight, opacity=0.8)  # fmt: skip
            at, words = at + word + 4, words + 1


@prop("letter", "note", "telegram", "message on paper", "paper", "sheet of paper", "document", "contract", "manuscript", "page",
      "script", "recipe", width_cm=16, grip=(0.8, 0.85))  # fmt: skip
def letter(b: Brush, seed: int) -> None:
    sheet = "M1 3Q40 -3 79 1Q81 50 78 100Q40 105 2 101Q-1 50 1 3Z"
    b.solid(sheet, PAPER, depth=2.5)
    with b.inside(sheet):
        b.flat("M0 34Q40 30 80 34V36Q40 33 0 36Z", PAPER, -0.22)
        b.flat("M0 67Q40 63 80 67V69Q40 66 0 69Z", PAPER, -0.22)
        b.flat("M0 36Q40 33 80 36V50Q40 44 0 50Z", PAPER, -0.07)
        b.flat("M60 -4L84 18V-4Z", PAPER, -0.3)
    _writing(b, 10, 14, 34, 1, weight=2.2)
    _writing(b, 10, 28, 58, 7)
    _writing(b, 42, 90, 26, 1, weight=2.4)


@prop("envelope", "post", "mail", "sealed letter", width_cm=18, grip=(0.85, 0.8))
def envelope(b: Brush, seed: int) -> None:
    colour = pick(seed, (PAPER, "#e3cda4", "#dfe6ea"))
    b.solid(box(0, 0, 120, 78, 2), colour, depth=3)
    b.flat("M1 77L50 36Q60 29 70 36L119 77Z", colour, 0.12)
    b.line("M1 77L50 36Q60 29 70 36L119 77", colour, 1.2, -0.3)
    b.flat("M1 1H119L66 46Q60 50 54 46Z", colour, -0.12)
    b.line("M1 1L54 46Q60 50 66 46L119 1", colour, 1.4, -0.38)
    b.solid("M60 34Q70 33 73 42Q76 52 68 57Q60 61 52 57Q44 51 47 42Q50 34 60 34Z", "#a52a32", depth=3)
    b.line(star(60, 46, 6.5, 3, 5), "#a52a32", 1.6, -0.5)


@prop("photograph", "photo", "snapshot", "polaroid", "portrait photo", "picture", "postcard", width_cm=12, grip=(0.85, 0.9))
def photograph(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 80, 92, 1.5), WHITE, depth=2)
    view = box(6, 6, 68, 64)
    b.flat(view, b.across((0, "#a9c4cf"), (0.62, "#e9d8b8"), (0.63, "#7fa3a6"), (1, "#4f7480")))
    with b.inside(view):
        b.flat("M0 56Q30 42 52 54Q66 60 80 52V80H0Z", "#8c7a5a")
        b.flat("M24 70Q24 50 33 48Q42 50 42 70Z", "#54463f")
        b.flat(ellipse(33, 41, 7), "#c99b78")
        b.flat("M26 41Q26 32 34 32Q41 33 40 40Q34 36 26 41Z", "#3a2a22")
        b.flat("M42 72Q42 57 48 55Q55 57 55 72Z", "#a34f44")
        b.flat(ellipse(48.5, 49, 5.5), "#dab08c")
        b.shine("M6 6H40L6 54Z", 0.2)
    _writing(b, 20, 82, 40, 1, weight=2)


@prop("map", "chart", "treasure map", "sea chart", "blueprint", width_cm=44, grip=(0.92, 0.6))
def old_map(b: Brush, seed: int) -> None:
    sheet = "M2 6L26 0L50 7L74 0L98 6L99 36L98 70L74 64L50 71L26 64L2 70L1 40Z"
    b.solid(sheet, "#e6d2a0", depth=2)
    with b.inside(sheet):
        b.flat("M26 -2L50 5V75L26 68Z", "#e6d2a0", -0.12)
        b.flat("M74 -2L98 5V75L74 68Z", "#e6d2a0", -0.12)
        b.flat("M8 20Q20 8 34 16Q44 24 40 36Q30 48 18 42Q4 36 8 20Z", "#a9ad6c")
        b.flat("M58 40Q66 30 80 36Q94 44 84 56Q72 64 62 56Q54 50 58 40Z", "#b9a05c")
        b.line("M12 26Q20 20 28 24", "#7a7440", 1)
        for x, y in ((20, 32), (25, 30), (30, 33)):
            b.flat(f"M{x - 3} {y + 3}L{x} {y - 3}L{x + 3} {y + 3}Z", "#7a6a40")
    for x, y in ((30, 38), (36, 42), (43, 43), (50, 41), (56, 43), (62, 46)):
        b.line(f"M{x} {y}L{x + 3} {y + 0.8}", "#9c3a2c", 1.3)
    b.line("M68 44L74 50M74 44L68 50", "#b5322a", 2.4)
    b.flat(star(84, 16, 8, 2.2, 4), "#8a5a30")
    b.line(ellipse(84, 16, 5), "#8a5a30", 0.7)


@prop("newspaper", "paper of today", "gazette", "magazine", "headline", width_cm=36, grip=(0.9, 0.6))
def newspaper(b: Brush, seed: int) -> None:
    b.solid("M0 4L48 0L96 4V108L48 104L0 108Z", "#e4e0d4", depth=3)
    b.flat("M48 0L54 2V106L48 104Z", "#e4e0d4", -0.2)
    b.flat("M6 9L44 6V15L6 18Z", "#2f3036")
    b.flat("M54 6L90 9V13L54 10Z", "#2f3036", opacity=0.8)
    b.flat("M6 24L44 21V29L6 32Z", "#4a4b52")
    b.flat("M24 36L44 34V62L24 64Z", "#8f8f8c")
    b.flat("M27 62Q28 48 34 46Q41 48 42 61Z", "#55565a")
    b.flat(ellipse(34.5, 44, 4), "#6a6a6a")
    for x0, lean, rows, y0 in ((6, 0, 17, 38), (24, -1, 8, 70), (54, 3, 20, 18), (74, 4, 20, 20)):
        for row in range(rows):
            y = y0 + row * 4.0
            b.line(f"M{x0} {y}L{x0 + 15 - row % 3} {y + lean * 0.3:.1f}", "#77777a", 1.1)


@prop("book", "novel", "bible", "textbook", "tome", "spellbook", width_cm=17, grip=(0.5, 0.9))
def book(b: Brush, seed: int) -> None:
    cover = pick(seed, COVERS)
    b.flat(box(8, 4, 70, 100, 3), cover, -0.45)
    b.flat("M10 98H79V103H10Z", PAPER, -0.1)
    for y in (99.4, 101.2):
        b.line(f"M11 {y}H78", PAPER, 0.5, -0.35)
    b.solid(box(2, 0, 74, 97, 3), cover, depth=4)
    b.flat("M2 3Q2 0 5 0H13V97H5Q2 97 2 94Z", cover, -0.28)
    b.line("M13 1V96", cover, 1, -0.5)
    for y in (14, 24, 72, 82):
        b.line(f"M3 {y}H12", GOLD, 1.6)
    b.line(box(20, 9, 50, 79, 2), GOLD, 1.5, -0.05)
    b.flat(star(45, 36, 13, 5.5, 8), GOLD)
    b.flat(ellipse(45, 36, 4), cover)
    b.line("M32 62H58M37 70H53", GOLD, 2.2)
    b.flat("M60 97V110L64 106L68 110V97Z", "#b23b3b")


@prop("open book", "open journal", "sheet music", "songbook", "atlas", width_cm=34, use="surface", grip=(0.5, 0.8))
def open_book(b: Brush, seed: int) -> None:
    b.solid("M0 8Q2 2 8 3L50 9L92 3Q98 2 100 8V66L50 73L0 66Z", pick(seed, COVERS), depth=3)
    b.flat("M5 5Q34 -2 50 8Q66 -2 95 5V62Q66 55 50 66Q34 55 5 62Z", PAPER)
    b.flat("M50 8Q44 3 38 2V57Q46 60 50 66Z", PAPER, -0.2)
    b.flat("M50 8Q55 4 60 3V57Q54 60 50 66Z", PAPER, -0.07)
    for row in range(6):
        b.line(f"M11 {13 + row * 7.6}Q28 {8 + row * 7.6} 41 {13 + row * 7.6}", INK, 1.3, opacity=0.65)
        b.line(f"M59 {13 + row * 7.6}Q74 {8 + row * 7.6} {89 - row * 3 % 7} {12 + row * 7.6}", INK, 1.3, opacity=0.65)
    b.flat("M52 60Q54 70 58 76L53 78Q50 70 50 62Z", RED)


@prop("notebook", "diary", "journal", "logbook", "log book", "sketchbook", "ledger", "passport", width_cm=13, grip=(0.6, 0.9))
def notebook(b: Brush, seed: int) -> None:
    cover = pick(seed, (LEATHER, "#37414f", "#5f7a5a", "#8e2f3a"))
    b.flat(box(6, 3, 70, 98, 5), PAPER, -0.15)
    b.solid(box(2, 0, 72, 98, 6), cover, depth=4)
    b.flat(box(2, 0, 11, 98, 5), cover, -0.25)
    for y in range(8, 92, 4):
        b.line(f"M8 {y}V{y + 1.8}", cover, 1, 0.35)
    b.flat(box(24, 20, 38, 22, 2), PAPER)
    _writing(b, 29, 29, 28, 2, 7)
    b.flat(box(64, 0, 4.5, 98), "#1f1d22", opacity=0.85)


@prop("clipboard", "file", "folder", "dossier", "case file", "report", width_cm=24, grip=(0.5, 0.92))
def clipboard(b: Brush, seed: int) -> None:
    b.solid(box(0, 4, 74, 100, 4), "#9a6b3f", depth=3)
    b.flat(box(6, 12, 62, 88, 1), WHITE)
    for row in range(7):
        b.line(box(11, 27 + row * 9.6, 4.6, 4.6), STEEL, 1)
        b.line(f"M20 {30 + row * 9.6}H{58 - row * 5 % 13}", INK, 1.6, opacity=0.7)
    b.line("M11 29L13 32L17 25M11 38.5L13 41.5L17 34.5", GREEN, 1.6)
    b.solid("M22 8Q22 3 30 3Q31 -2 37 -2Q43 -2 44 3Q52 3 52 8V14H22Z", STEEL, depth=2)
    b.flat(ellipse(37, 4, 2.4), "#9a6b3f", -0.3)


@prop("cards", "card", "playing card", "cards", "deck of cards", "tarot", width_cm=15, grip=(0.5, 0.85))
def cards(b: Brush, seed: int) -> None:
    for i, turn in enumerate((-24, -8, 8, 24)):
        with b.at(0, 60, turn):
            b.solid(box(-19, -84, 38, 56, 4), WHITE, depth=2)
            colour = RED if i % 2 else "#2b2e38"
            heart = "M0 -45C-16 -56 -13 -69 -6 -69C-2 -69 0 -66 0 -63C0 -66 2 -69 6 -69C13 -69 16 -56 0 -45Z"
            spade = "M0 -70C-16 -59 -13 -49 -7 -49C-4 -49 -2 -50 -1 -52L-4 -45H4L1 -52C2 -50 4 -49 7 -49C13 -49 16 -59 0 -70Z"
            b.flat(heart if i % 2 else spade, colour)
            b.flat(ellipse(-13, -77, 2.4), colour)
            b.flat(ellipse(13, -35, 2.4), colour)


@prop("ticket", "boarding pass", "train ticket", "lottery ticket", "business card", width_cm=14, grip=(0.8, 0.6))
def ticket(b: Brush, seed: int) -> None:
    shape = "M3 0H97Q97 6 100 6V42Q97 42 97 48H3Q3 42 0 42V6Q3 6 3 0Z"
    b.solid(shape, pick(seed, ("#e8c27a", "#d98d7a", "#9fc0b8")), depth=2)
    b.line("M74 4V44", INK, 1, opacity=0.6, cap="butt")
    b.flat(box(9, 8, 38, 8, 1), INK, opacity=0.8)
    b.line("M10 24H62M10 31H54M10 38H44", INK, 1.8, opacity=0.65)
    for i in range(7):
        b.line(f"M{79 + i * 2.6} 10V38", INK, 0.8 + i % 3 * 0.5, cap="butt")


@prop("money", "cash", "banknote", "dollar", "bill", "wad of notes", "savings", width_cm=17, grip=(0.7, 0.7))
def money(b: Brush, seed: int) -> None:
    for i in range(3):
        with b.at(i * 5, -i * 5, -6 + i * 6):
            b.solid(box(0, 0, 100, 46, 2), "#8fae84", depth=2)
            b.line(box(4, 4, 92, 38, 2), "#4f7350", 1.4)
            b.flat(ellipse(50, 23, 14, 16), "#6f9468")
            b.flat("M40 36Q42 25 50 25Q58 25 60 36Z", "#3f5f45")
            b.flat(ellipse(50, 19, 6, 7), "#c4d6b4")
            for x in (14, 86):
                b.flat(ellipse(x, 23, 5), "#4f7350")


@prop("painting", "portrait", "canvas", "framed picture", "landscape painting", width_cm=90, use="wall", small=True)
def painting(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 110, 84, 2), BRASS, depth=4)
    b.line(box(6, 6, 98, 72, 1), BRASS, 1.6, -0.4)
    view = box(12, 12, 86, 60)
    b.flat(view, b.across((0, "#6f93b5"), (0.55, "#f0cfa0"), (1, "#d98d62")))
    with b.inside(view):
        b.flat(ellipse(74, 42, 8), "#fff0c4")
        b.flat("M12 52L34 30L52 50L66 38L98 56V80H12Z", "#6a6f96")
        b.flat("M12 60Q40 50 60 58L98 52V80H12Z", "#4f7563")
        b.flat("M12 68Q50 58 98 66V80H12Z", "#36554a")
        b.flat("M26 66V46L29 42L32 46V66Z", "#2b433c")
        b.shine("M12 12H44L12 58Z", 0.12)


@prop("sign", "signpost", "notice", "wooden sign", "placard", "for sale sign", height_cm=150, use="standing")
def sign(b: Brush, seed: int) -> None:
    b.solid(box(46, 20, 9, 130, 2), DARK_WOOD)
    b.solid("M4 16L96 12L100 30L97 62L6 64L0 40Z", WOOD, depth=5)
    b.line("M6 38Q40 34 60 38L97 36", WOOD, 1.2, -0.4)
    b.line("M8 24Q30 20 44 23M60 52Q80 48 94 52", WOOD, 0.9, -0.3)
    for x, y in ((10, 22), (91, 20), (10, 58), (90, 56)):
        b.flat(ellipse(x, y, 2.2), "#3d3f44")
    b.line("M24 28H76M30 47H70", PAPER, 4, opacity=0.75)


@prop("flag", "banner", "pennant", "colours", height_cm=110, use="hand", grip=(0.06, 0.85))
def flag(b: Brush, seed: int) -> None:
    b.solid(box(0, 0, 4.4, 150, 2), PALE_WOOD)
    b.solid(ellipse(2.2, -2, 4.6), BRASS)
    cloth = "M5 6Q30 -6 52 6Q76 18 102 6Q98 30 102 58Q78 72 54 60Q30 48 5 60Z"
    colour = pick(seed, CLOTH)
    b.solid(cloth, colour, depth=3)
    with b.inside(cloth):
        b.flat("M5 24Q30 12 52 24Q76 36 104 24V43Q78 54 54 42Q30 30 5 42Z", WHITE)
        b.flat("M30 -5Q44 0 52 6V62Q44 54 30 50Z", "#1c1a30", opacity=0.16)
        b.flat("M84 12Q96 10 104 4V60Q94 66 84 67Z", "#1c1a30", opacity=0.18)


@prop("kite", width_cm=80, use="flying", small=True, grip=(0.5, 0.95))
def kite(b: Brush, seed: int) -> None:
    b.line("M50 100Q66 116 52 130Q40 144 56 160", "#e9e2d0", 1.4)
    for x, y, c in ((57, 116, YELLOW), (47, 140, TEAL), (55, 158, RED)):
        b.flat(f"M{x} {y}L{x - 9} {y - 6}V{y + 6}Z", c)
        b.flat(f"M{x} {y}L{x + 9} {y - 6}V{y + 6}Z", c, -0.2)
    first, second = pick(seed, PAINT), pick(seed + 2, PAINT)
    b.flat("M50 0L10 40L50 100Z", first)
    b.flat("M50 0L90 40L50 100Z", second)
    b.flat("M50 40L10 40L50 100Z", first, -0.25)
    b.flat("M50 40L90 40L50 100Z", second, -0.3)
    b.line("M50 0V100M10 40H90", DARK_WOOD, 1.8)
    b.line("M50 0L10 40", WHITE, 1.2, opacity=0.6)


@prop("scroll", "parchment", "prophecy", "decree", width_cm=30, grip=(0.5, 0.9))
def scroll(b: Brush, seed: int) -> None:
    b.solid("M12 8H88V92Q70 98 50 92Q30 88 12 94Z", "#e3cb96", depth=3)
    _writing(b, 22, 30, 56, 6)
    b.solid(star(70, 82, 7, 5.8, 9), "#a52a32", depth=2)
    for y in (4, 90):
        b.solid(box(2, y, 96, 12, 6), "#e3cb96", -0.06, depth=4)
        b.solid(box(-5, y + 2.5, 8, 7, 3), DARK_WOOD)
        b.solid(box(97, y + 2.5, 8, 7, 3), DARK_WOOD)


@prop("paints", "paint set", "palette", "watercolours", "paintbox", width_cm=30, grip=(0.2, 0.6))
def paints(b: Brush, seed: int) -> None:
    b.solid("M10 20Q30 -4 66 2Q102 10 98 40Q94 66 66 62Q54 60 50 68Q44 82 24 74Q-8 58 10 20Z", PALE_WOOD, depth=4)
    b.flat(ellipse(32, 58, 8, 6), PALE_WOOD, -0.55)
    for (x, y), c in zip(((28, 22), (46, 13), (66, 15), (82, 28), (80, 45)), (RED, YELLOW, GREEN, BLUE, WHITE), strict=True):
        b.solid(ellipse(x, y, 7.5, 6), c)
    b.line("M40 40L92 -14", DARK_WOOD, 3)
    b.line("M36 44L41 39", RED, 4.4)
