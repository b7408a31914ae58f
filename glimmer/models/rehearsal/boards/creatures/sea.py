"""Creatures of the sea and the shore: whales, fishes, seals, octopus, turtle, mermaid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from glimmer.models.rehearsal.boards.brush import Brush, blob, ellipse, limb
from glimmer.models.rehearsal.boards.creatures.anatomy import Coat, Look, Palette, View, creature, face, mouth, side_eye

__all__ = ["SWIMMERS", "Swimmer", "swimmer"]


@dataclass(frozen=True)
class Swimmer:
    """A fish-shaped body on a canvas 200 long: depth of the body, where it is deepest, snout, fins and skin."""

    depth: float = 50
    snout: str = "blunt"  # blunt, beak, point
    tail: str = "fluke"  # fluke lies flat, fin stands up
    dorsal: float = 14
    skin: str = "belly"  # belly, throat, patch, scales, gills


SWIMMERS: Final[dict[str, Swimmer]] = {
    "whale": Swimmer(depth=74, dorsal=8, skin="throat"),
    "orca": Swimmer(depth=58, dorsal=40, skin="patch"),
    "dolphin": Swimmer(depth=44, snout="beak", dorsal=24),
    "shark": Swimmer(depth=46, snout="point", tail="fin", dorsal=32, skin="gills"),
    "fish": Swimmer(depth=86, tail="fin", dorsal=26, skin="scales"),
}


def _tail(b: Brush, s: Swimmer, coat: Coat, up: float) -> None:
    if s.tail == "fluke":
        b.solid(
            blob(
                (-88, -2 - up),
                (-104, -14 - up),
                (-124, -34 - up),
                (-118, -10 - up),
                (-106, 0 - up),
                (-128, 10 - up),
                (-112, 12 - up),
                (-90, 6 - up),
            ),
            coat.body,
            depth=5,
        )
    else:
        colour = coat.accent if s.skin == "scales" else coat.body
        b.solid(blob((-78, 0), (-96, -18), (-118, -44), (-108, -4), (-114, 30), (-96, 16)), colour, depth=5)
        if s.skin == "scales":
            b.line("M-84 -4L-108 -28M-86 0L-106 2M-84 4L-106 20", coat.accent, 1.8, -0.3)


def swimmer(b: Brush, coat: Coat, look: Look, pose: str, view: View, kind: str) -> None:
    """Any body of `SWIMMERS`, afloat: its middle at (0, 0); leaping or resting it bends."""
    s = SWIMMERS[kind]
    h = s.depth / 2
    leap = pose in ("jump", "fly", "run", "dance")
    with b.at(0, 0, -36 if leap else 0):
        _swimmer(b, s, coat, look, h, 26.0 if leap else 8.0)


def _swimmer(b: Brush, s: Swimmer, coat: Coat, look: Look, h: float, up: float) -> None:
    if s.tail == "fin":
        up = 0.0
    _tail(b, s, coat, up)
    fin_colour = coat.accent if s.skin == "scales" else coat.body
    if s.skin == "scales":
        b.solid(blob((-34, -h * 0.7), (-20, -h - s.dorsal), (24, -h - s.dorsal * 0.7), (44, -h * 0.7)), coat.accent, depth=4)
        b.line(
            f"M-14 {-h - 14:.0f}L-8 {-h * 0.8:.0f}M4 {-h - 16:.0f}L8 {-h * 0.9:.0f}M22 {-h - 12:.0f}L24 {-h * 0.9:.0f}",
            coat.accent,
            1.8,
            -0.3,
        )
        b.solid(blob((-20, h * 0.7), (-10, h + 15), (14, h * 0.8)), coat.accent)
    else:
        b.solid(
            f"M-24 {-h * 0.7:.1f}Q-22 {-h - s.dorsal * 0.7:.1f} -36 {-h - s.dorsal:.1f}Q4 {-h - s.dorsal:.1f} 18 {-h * 0.72:.1f}Z",
            fin_colour,
            depth=3,
        )
    b.flat(blob((30, h * 0.5), (14, h + 12), (-6, h + 26), (6, h * 0.7)), coat.body, -0.3)
    nose = {"blunt": (96, -2), "beak": (86, 0), "point": (106, -6)}[s.snout]
    if s.snout == "beak":
        drop = 6 * look.open
        b.solid(limb(((76, 7), (98, 9 + drop), (112, 8 + drop)), (14, 8, 4)), coat.belly, -0.08)
        b.solid(limb(((70, 1), (96, 4), (114, 4)), (22, 9, 5)), coat.body, depth=2)
    outline = [
        (-96, 0 - up),
        (-60, -h * 0.42 - up * 0.5),
        (-16, -h * 0.94),
        (36, -h * 1.0),
        (76, -h * 0.74),
        nose,
        (86, h * 0.5),
        (48, h * 0.92),
        (0, h * 0.98),
        (-50, h * 0.5 - up * 0.3),
    ]
    if s.skin == "scales":
        outline = [
            (-84, 0),
            (-50, -h * 0.58),
            (0, -h * 0.98),
            (48, -h * 0.84),
            (88, -6),
            (84, 10),
            (46, h * 0.84),
            (0, h * 0.98),
            (-50, h * 0.58),
        ]
    shape = blob(*outline)
    b.solid(shape, coat.body, depth=h * 0.3)
    with b.inside(shape):
        _skin(b, s, coat, h)
    _swimmer_face(b, s, coat, look, h)
    fin = blob((34, h * 0.3), (20, h * 0.72), (-4, h + 16), (-16, h + 20), (-6, h * 0.5), (10, h * 0.24))
    if s.skin == "scales":
        fin = blob((24, 4), (2, -2), (-22, 14), (-8, 22), (14, 20))
    b.solid(fin, fin_colour, -0.04, depth=3)
    b.mark("head", 66, 0, max(40.0, h * 1.2))


def _skin(b: Brush, s: Swimmer, coat: Coat, h: float) -> None:
    if s.skin == "scales":
        b.flat(blob((-80, 20), (0, h * 0.4), (90, 14), (80, h * 1.2), (-40, h * 1.2)), coat.belly, opacity=0.8)
        for x0, w in ((-34, 15), (16, 17)):
            b.flat(
                f"M{x0} {-h * 1.2:.0f}H{x0 + w}Q{x0 + w + 9} 0 {x0 + w} {h * 1.2:.0f}H{x0}Q{x0 + 9} 0 {x0} {-h * 1.2:.0f}Z",
                coat.mark,
            )
        for row in range(-2, 3):
            for col in range(5):
                x, y = -52 + col * 15 + (row % 2) * 7, row * 15
                b.line(f"M{x} {y - 5}Q{x + 8} {y} {x} {y + 5}", coat.body, 1.4, -0.2, 0.8)
        b.line(f"M46 {-h * 0.7:.0f}Q34 0 46 {h * 0.7:.0f}", coat.body, 2.4, -0.35)
        return
    if s.skin == "patch":
        b.flat(blob((-60, h * 0.36), (-8, h * 0.1), (30, h * 0.44), (100, h * 0.2), (100, h * 1.4), (-60, h * 1.4)), coat.belly)
        b.flat(blob((48, -h * 0.5), (70, -h * 0.56), (76, -h * 0.28), (54, -h * 0.22)), coat.belly)
        b.flat(blob((-44, -h * 0.9), (-14, -h * 0.72), (-20, -h * 0.5), (-50, -h * 0.5)), coat.mark, 0.35)
        return
    b.flat(blob((-80, h * 0.42), (0, h * 0.34), (60, h * 0.3), (110, h * 0.16), (110, h * 1.4), (-60, h * 1.4)), coat.belly)
    if s.skin == "throat":
        for i in range(7):
            b.line(
                f"M100 {h * (0.26 + i * 0.13):.1f}Q50 {h * (0.4 + i * 0.13):.1f} {-6 + i * 5} {h * (0.46 + i * 0.11):.1f}",
                coat.belly,
                1.5,
                -0.28,
            )
        for cx, cy, size in (
            (-30.0, -h * 0.5, 2.4),
            (-10, -h * 0.7, 1.7),
            (12, -h * 0.46, 2),
            (-46, -h * 0.2, 1.6),
            (30, -h * 0.74, 1.6),
        ):
            b.flat(ellipse(cx, cy, size), coat.mark, 0.2, 0.6)
    if s.skin == "gills":
        for i in range(4):
            b.line(f"M{34 - i * 6} {-h * 0.34:.1f}Q{29 - i * 6} 0 {33 - i * 6} {h * 0.3:.1f}", coat.mark, 2, -0.2)


def _swimmer_face(b: Brush, s: Swimmer, coat: Coat, look: Look, h: float) -> None:
    smile = look.smile * 5
    if s.snout == "point":
        gape = 5 + 10 * look.open if (look.open > 0.2 or look.brow < -0.3) else 0
        if gape:
            b.flat(blob((52, h * 0.42), (74, h * 0.3), (94, h * 0.2), (84, h * 0.3 + gape), (60, h * 0.46 + gape * 0.7)), "#5a2228")
            for i in range(5):
                b.flat(
                    f"M{58 + i * 7} {h * 0.42 - i * 1.2:.1f}L{62 + i * 7} {h * 0.42 + 5 - i:.1f}L{65 + i * 7} {h * 0.4 - i * 1.2:.1f}Z",
                    "#fbf8f0",
                )
        else:
            b.line(f"M94 {h * 0.24:.1f}Q72 {h * 0.5 + smile:.1f} 54 {h * 0.42 - smile * 0.6:.1f}", coat.mark, 2.2, -0.3)
        side_eye(b, look, 70, -h * 0.2, 4.6, coat.iris, white=True, lid=coat.body)
    elif s.snout == "beak":
        side_eye(b, look, 66, -3, 4.8, coat.iris, white=True, lid=coat.body)
        b.line(f"M112 6Q92 9 {74} {7 - smile * 0.5:.1f}", coat.body, 1.8, -0.4)
    elif s.skin == "scales":
        if look.open > 0.2:
            b.flat(ellipse(84, 8, 4, 3 + 5 * look.open), "#7a3030")
        else:
            b.line(f"M86 6Q78 {12 + smile * 0.4:.1f} 70 {9 - smile * 0.5:.1f}", "#5a2f2a", 2.4)
        side_eye(b, look, 62, -8, 8.4, coat.iris, white=True, lid=coat.body)
    else:
        y = h * 0.16
        if look.open > 0.2:
            b.flat(
                blob((92, y + 2), (60, y + 4), (42, y - 2), (58, y + 8 + 10 * look.open), (86, y + 6 + 7 * look.open)), "#5a2f38"
            )
        b.line(f"M95 {y - 1:.1f}Q62 {y + 9 + smile:.1f} 36 {y - 1 - smile:.1f}", coat.mark, 2.2, -0.2)
        r = 4.6 if s.skin == "throat" else 4.0
        side_eye(
            b, look, 44, -h * 0.06 - 3 if s.skin == "throat" else -h * 0.1, r, coat.iris, white=s.skin == "throat", lid=coat.body
        )


_KINDS: Final[tuple[tuple[str, float, Palette, tuple[str, ...]], ...]] = (
    ("whale", 3.4, ("#4f6f8f", "#36506c", "#d3dfe4", "#8fb0c4"), ("humpback", "blue whale", "sperm whale", "leviathan", "narwhal", "beluga", "minke")),
    ("orca", 2.4, ("#2a303b", "#4a5360", "#f2f1ea", "#5a6370"), ("killer whale",)),
    ("dolphin", 1.0, ("#6f93ad", "#54758f", "#dbe6ea", "#8fb0c4"), ("porpoise",)),
    ("shark", 1.3, ("#74838f", "#54626e", "#dfe3e2", "#8fa0ac"), ("great white", "hammerhead", "barracuda")),
    ("fish", 0.34, ("#e8883a", "#f6ead6", "#f3b76a", "#d9622f"), ("goldfish", "salmon", "trout", "clownfish", "carp", "koi", "cod", "tuna", "minnow", "pike", "eel", "seahorse", "angelfish")),
)  # fmt: skip
for _name, _height, _palette, _words in _KINDS:
    creature(_name, _height, _palette, *_words, habitat="water", iris="#2b3540" if _name != "fish" else "#4a2f1c")(
        partial(swimmer, kind=_name)
    )


@creature(
    "seal",
    0.9,
    ("#7d858c", "#5c646b", "#c9c6bb", "#4a4f55"),
    "sea lion",
    "walrus",
    "otter",
    "seal pup",
    "manatee",
    "beaver",
    habitat="shore",
    iris="#241a16",
)
def seal(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    b.solid(blob((-92, -6), (-112, -20), (-108, -4), (-116, 0), (-92, 0)), coat.mark)
    b.solid(
        blob((-96, -4), (-64, -26), (-20, -40), (14, -66), (30, -92), (56, -88), (56, -50), (44, -14), (10, 0), (-60, 0)),
        coat.body,
        depth=10,
    )
    b.flat(blob((10, -6), (34, -40), (50, -66), (54, -40), (42, -12)), coat.belly, opacity=0.85)
    for x, y in ((-30, -26), (-10, -34), (-50, -18), (-22, -16), (4, -44)):
        b.flat(ellipse(x, y, 3, 2), coat.mark, opacity=0.6)
    b.solid(blob((16, -22), (28, -8), (38, 0), (8, 0), (2, -10)), coat.mark)
    b.solid(ellipse(46, -94, 24, 21), coat.body, depth=6)
    b.flat(blob((52, -92), (72, -92), (74, -82), (58, -76), (46, -82)), coat.belly)
    b.solid(ellipse(70, -93, 4.6, 3.4), "#241a18")
    b.line(f"M70 -88Q62 {-82 + look.smile * 4:.1f} 54 {-84 - look.smile * 4:.1f}", "#33261f", 1.8)
    if look.open > 0.2:
        b.flat(blob((56, -82), (68, -84), (64, -76)), "#5a2a2a")
    for i in range(3):
        b.line(f"M60 {-86 + i * 2}Q50 {-84 + i * 4} 42 {-84 + i * 5}", "#fbf8f0", 0.8, opacity=0.8)
    side_eye(b, look, 54, -100, 4.8, coat.iris, lid=coat.body)
    b.mark("head", 50, -92, 32)


@creature(
    "octopus",
    0.9,
    ("#c25a6a", "#9a3f52", "#e8a3a0", "#f0c4b8"),
    "squid",
    "kraken",
    "jellyfish",
    "cuttlefish",
    habitat="water",
    upright=True,
    iris="#3a2030",
)
def octopus(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    wave = 8 if pose in ("swim", "dance", "run", "wave") else 0
    for x, tone in ((-30, -0.28), (-10, -0.32), (12, -0.32), (32, -0.28)):
        b.flat(
            limb(((x * 0.7, -40), (x * 1.3, -20), (x * 1.7 + wave, -6), (x * 2.1, -10 + wave)), (17, 14, 10, 4)), coat.body, tone
        )
    for x in (-42, -16, 16, 42):
        s = 1 if x > 0 else -1
        points = (
            (x * 0.6, -46),
            (x * 1.05, -22),
            (x * 1.3 + s * 14, -5),
            (x * 1.5 + s * 30, -9 - wave),
            (x * 1.5 + s * 32, -24 - wave),
        )
        b.solid(limb(points, (20, 17, 13, 9, 4)), coat.body, depth=3)
        for px, py in points[1:4]:
            b.flat(ellipse(px, py + 2.4, 2.6, 2), coat.accent)
    b.solid(
        blob((-36, -56), (-46, -96), (-24, -130), (14, -132), (42, -104), (38, -60), (20, -38), (-20, -38)), coat.body, depth=11
    )
    for x, y, r in ((-24, -114, 5), (-10, -122, 3), (22, -118, 4), (30, -102, 2.6)):
        b.flat(ellipse(x, y, r), coat.mark, opacity=0.6)
    b.mark("head", 0, -80, 50)
    if view != "back":
        face(b, look, -76, 16, 8.6, coat.iris)
        mouth(b, look, 0, -56, 16, "#5a1f30")


@creature(
    "turtle",
    0.42,
    ("#7fa05a", "#5d6b3c", "#e3d9a0", "#a8793f"),
    "tortoise",
    "sea turtle",
    "terrapin",
    "crab",
    "snail",
    habitat="shore",
    iris="#2b2416",
)
def turtle(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    step = 7 if pose in ("walk", "run", "swim") else 0
    for x, dx, tone in ((-34, -step, -0.28), (32, step, -0.28), (-42, step, 0), (42, -step, 0)):
        (b.flat if tone else b.solid)(limb(((x * 0.9, -22), (x + dx, -10), (x + dx + 4, -5)), (22, 19, 15)), coat.body, tone)
    b.solid(limb(((-50, -16), (-70, -10)), (11, 3)), coat.body)
    b.solid(limb(((40, -24), (66, -32), (78, -44)), (24, 20, 22)), coat.body, depth=3)
    b.solid(blob((60, -50), (76, -66), (98, -58), (104, -42), (88, -30), (66, -34)), coat.body, depth=6)
    b.line(f"M103 -40Q94 {-34 + look.smile * 3:.1f} 84 {-37 - look.smile * 4:.1f}", "#3a3a20", 2)
    if look.open > 0.2:
        b.flat(blob((88, -37), (102, -39), (94, -31)), "#7a3a34")
    side_eye(b, look, 86, -52, 5, coat.iris, white=True, lid=coat.body)
    shell = "M-60 -18Q-58 -76 0 -78Q56 -76 58 -18Q0 -6 -60 -18Z"
    b.solid(shell, coat.accent, depth=9)
    with b.inside(shell):
        for d in (
            "M-18 -52L0 -62L18 -52V-32L0 -22L-18 -32Z",
            "M-56 -46L-38 -62L-22 -54V-32L-40 -24L-60 -34Z",
            "M56 -46L38 -62L22 -54V-32L40 -24L60 -34Z",
        ):
            b.flat(d, coat.mark, 0.05)
            b.flat(d, coat.accent, 0.3, 0.25)
    b.flat("M-60 -18Q0 -4 58 -18L56 -11Q0 3 -58 -11Z", coat.belly)
    b.mark("head", 82, -48, 26)


@creature(
    "mermaid",
    1.55,
    ("#e0b08c", "#b5482f", "#2f9a8f", "#f0c860"),
    "siren",
    "merman",
    "selkie",
    habitat="water",
    upright=True,
    iris="#2f6f5f",
)
def mermaid(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    b.solid(
        blob((-22, -150), (-34, -120), (-40, -70), (-22, -64), (0, -90), (22, -66), (38, -74), (32, -122), (22, -150), (0, -166)),
        coat.mark,
        depth=6,
    )
    b.solid(blob((58, -20), (86, -34), (104, -28), (88, -12), (100, 2), (78, 0)), coat.belly, depth=4)
    b.solid(limb(((0, -80), (-2, -50), (16, -20), (46, -14), (66, -18)), (36, 40, 32, 18, 9)), coat.belly, depth=6)
    for x, y in ((-10, -60), (4, -60), (-8, -46), (8, -46), (2, -32), (18, -28), (30, -18)):
        b.line(f"M{x - 5} {y}Q{x} {y + 6} {x + 5} {y}", coat.belly, 1.6, -0.3)
    b.solid(limb(((0, -116), (0, -98), (0, -80)), (32, 27, 33)), coat.body, depth=4)
    up = pose in ("wave", "raise_arms", "jump")
    for side in (-1, 1):
        end = ((side * 36, -128), (side * 40, -152)) if up and side > 0 else ((side * 30, -92), (side * 22, -74))
        b.solid(limb(((side * 16, -112), *end), (11, 9, 8)), coat.body)
    for side in (-1, 1):
        b.solid(blob((side * 2, -106), (side * 14, -110), (side * 15, -99), (side * 6, -96)), coat.accent)
    b.solid(limb(((0, -118), (0, -128)), (10, 10)), coat.body, -0.12)
    b.solid(ellipse(0, -143, 19, 21), coat.body, depth=4)
    b.mark("head", 0, -142, 30)
    if view == "back":
        b.solid(ellipse(0, -144, 22, 24), coat.mark)
        return
    b.flat(blob((-21, -142), (-16, -164), (4, -168), (20, -158), (21, -140), (10, -154), (-6, -155)), coat.mark)
    b.flat("M-14 -160L-10 -170L-6 -162L0 -172L6 -162L10 -170L14 -160Z", coat.accent)
    face(b, look, -142, 8, 3.4, coat.iris)
    mouth(b, look, 0, -131, 8, "#a03f3f")
    for side in (-1, 1):
        b.flat(ellipse(side * 12, -135, 3.4, 2.2), "#e58f80", opacity=0.5)


def waterline(b: Brush, width: float, colour: str = "#e8f4f6") -> None:
    """Ripples and spray where something breaks the surface, along y = 0."""
    half = width / 2
    for k, (reach, y, w) in enumerate(((0.62, 2, 3.2), (0.5, 7, 2.2), (0.72, 6, 1.6))):
        x0, x1 = -half * reach * 1.5, half * reach * 1.5
        step = (x1 - x0) / 6
        d = f"M{x0:.1f} {y}" + "".join(
            f"Q{x0 + (i + 0.5) * step:.1f} {y - 5 + (i + k) % 2 * 7} {x0 + (i + 1) * step:.1f} {y}" for i in range(6)
        )
        b.line(d, colour, w * width / 200, 0.2, 0.8)
