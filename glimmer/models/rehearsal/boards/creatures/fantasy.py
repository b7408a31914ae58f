"""Creatures that are not in any zoo: dragon, dinosaur, ghost, monster, fairy, angel, snowman, tree, alien, and the friendly generic one."""

from __future__ import annotations

from functools import partial
from math import cos, pi, sin

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, limb, star
from glimmer.models.rehearsal.boards.creatures.anatomy import Coat, Look, View, creature, face, mouth, side_eye

__all__: list[str] = []


@creature(
    "dragon", 2.6, ("#4f8f5a", "#35663f", "#e6d890", "#c8503a"), "wyvern", "drake dragon", "hydra", "sea dragon", iris="#e8b020"
)
def dragon(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    fly = pose in ("fly", "jump", "raise_arms")
    step = 8 if pose in ("walk", "run", "fight") else 0
    lift = -26 if fly else 0
    with b.at(0, lift):
        _wing(b, coat, -0.3, 14, -98, fly)
        b.solid(limb(((-36, -56), (-72, -30), (-108, -18), (-138, -36), (-148, -58)), (42, 29, 17, 9, 4)), coat.body, depth=6)
        b.solid("M-148 -52L-166 -62L-150 -84L-138 -62Z", coat.accent)
        for x, dx in ((-22, -step), (44, step)):
            b.flat(limb(((x, -50), (x + 4 + dx, -26), (x + dx, -7), (x + 14 + dx, -5)), (27, 18, 13, 9)), coat.body, -0.3)
        shape = blob((-58, -58), (-34, -92), (16, -98), (56, -84), (64, -52), (34, -28), (-36, -30))
        b.solid(shape, coat.body, depth=11)
        with b.inside(shape):
            b.flat(blob((-40, -38), (10, -44), (70, -70), (76, -20), (-30, -14)), coat.belly)
            for i in range(6):
                b.line(f"M{-20 + i * 16} -48Q{-14 + i * 16} -36 {-18 + i * 16} -22", coat.belly, 1.6, -0.25)
        b.solid(limb(((48, -74), (76, -94), (78, -122), (92, -140)), (44, 32, 26, 26)), coat.body, depth=6)
        b.line("M66 -66Q92 -88 90 -112Q90 -124 98 -130", coat.belly, 9)
        for x, y, turn in (
            (-104, -27, -20),
            (-76, -44, -34),
            (-44, -84, -30),
            (-16, -97, -8),
            (12, -99, 0),
            (40, -97, 12),
            (62, -110, 60),
            (66, -128, 70),
        ):
            with b.at(x, y, turn):
                b.solid("M-8 4L0 -13L8 4Z", coat.accent)
        for x, dx in ((-34, step), (34, -step)):
            b.solid(limb(((x, -50), (x - 2 + dx, -26), (x - 6 + dx, -8), (x + 8 + dx, -6)), (33, 21, 15, 11)), coat.body)
            for i in range(3):
                b.flat(f"M{x + 4 + dx + i * 5} -5L{x + 9 + dx + i * 5} 0L{x + 1 + dx + i * 5} 0Z", "#f2ead2")
        _wing(b, coat, 0.0, -6, -92, fly)
        with b.at(100, -146, -4):
            _dragon_head(b, coat, look)


def _wing(b: Brush, coat: Coat, tone: float, x: float, y: float, up: bool) -> None:
    with b.at(x, y, -6 if up else 26, 1.25 if up else 1.0):
        b.flat("M0 8L-22 -70Q-34 -40 -58 -44Q-52 -16 -74 -4Q-44 -6 -36 14Q-20 2 0 8Z", coat.accent, tone - 0.08)
        b.line("M0 6L-22 -70M-4 2L-58 -44M-6 6L-74 -4", coat.body, 4.4, tone)
        b.solid(ellipse(-22, -70, 4), "#f2ead2")


def _dragon_head(b: Brush, coat: Coat, look: Look) -> None:
    for x, tone in ((6, -0.3), (0, 0.0)):
        b.solid(limb(((x - 8, -12), (x - 22, -24), (x - 38, -26)), (9, 7, 2)), "#e9dcb4", tone)
    if look.open > 0.2:
        b.flat(blob((8, 8), (46, 6), (40, 18 + 6 * look.open), (14, 16)), "#7a2a26")
        b.solid(limb(((0, 12), (20, 18 + 4 * look.open), (40, 18 + 7 * look.open)), (14, 10, 5)), coat.belly, -0.1)
        if look.brow < -0.3:
            b.halo(76, 14, 50, "#ff9a3c", 0.8)
            b.flat(blob((44, 10), (72, -2), (104, 6), (88, 14), (108, 24), (72, 28)), "!#ff9a3c")
            b.flat(blob((46, 11), (66, 5), (84, 12), (68, 20)), "!#fff0b0")
    b.solid(blob((-22, 4), (-16, -16), (8, -20), (24, -10), (46, -12), (54, -2), (48, 8), (18, 14), (-8, 16)), coat.body, depth=6)
    b.flat(ellipse(47, -5, 2.6, 2), coat.mark, -0.3)
    b.line(f"M50 7Q30 {13 + look.smile * 3:.1f} 8 {9 - look.smile * 4:.1f}", coat.mark, 2, -0.3)
    b.flat("M34 9L37 15L40 8Z", "#f7f2e2")
    side_eye(b, look, 8, -7, 5.6, coat.iris, white=True, lid=coat.body)
    b.mark("head", 14, -2, 36)


@creature(
    "dinosaur",
    3.0,
    ("#7a9a4f", "#52703a", "#e6dca4", "#c8783a"),
    "t-rex",
    "tyrannosaurus",
    "raptor",
    "velociraptor",
    "dino",
    "brontosaurus",
    "triceratops",
    "godzilla",
    iris="#d9a020",
)
def dinosaur(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    step = 12 if pose in ("walk", "run", "fight") else 0
    b.solid(limb(((-16, -66), (-56, -62), (-98, -44), (-132, -46)), (50, 32, 16, 4)), coat.body, depth=7)
    b.flat(limb(((0, -58), (18 + step, -36), (6 + step, -14), (22 + step, -5)), (34, 24, 14, 11)), coat.body, -0.3)
    shape = limb(((-22, -64), (12, -80), (36, -110), (46, -138)), (52, 60, 48, 38))
    b.solid(shape, coat.body, depth=10)
    with b.inside(shape):
        b.flat(blob((-10, -38), (36, -60), (58, -100), (74, -120), (70, -60), (20, -20)), coat.belly)
    for x, y in ((-92, -52), (-66, -64), (-40, -82), (-16, -98), (4, -116), (18, -136)):
        b.flat(ellipse(x, y + 8, 6, 9), coat.mark)
    b.solid(limb(((-16, -60), (-2 - step, -38), (-18 - step, -14), (0 - step, -6)), (44, 30, 17, 13)), coat.body)
    for i in range(3):
        b.flat(ellipse(4 - step + i * 6, -3, 3.4, 3), "#f2ead2")
    for y, tone in ((-92, -0.25), (-88, 0.0)):
        b.solid(limb(((42, y), (60, y + 10), (70, y + 3)), (11, 8, 6)), coat.body, tone)
        b.flat(f"M70 {y + 1}L77 {y + 6}L69 {y + 7}Z", "#f2ead2")
    gap = 12 * look.open
    b.flat(blob((44, -136), (96, -136), (88, -124 + gap), (50, -124)), "#7a2f2c")
    for i in range(6):
        b.flat(f"M{60 + i * 6} -136L{63 + i * 6} -129L{66 + i * 6} -136Z", "#fbf6e6")
    b.solid(limb(((46, -126), (70, -124 + gap * 0.6), (92, -125 + gap)), (24, 14, 9)), coat.body, -0.06, depth=3)
    b.solid(
        blob((24, -140), (34, -168), (60, -172), (80, -162), (104, -156), (108, -140), (90, -133), (50, -130)), coat.body, depth=7
    )
    b.flat(ellipse(101, -150, 2.6, 2), coat.mark, -0.3)
    b.line(f"M106 -138Q80 {-133 + look.smile * 2:.1f} 56 {-135 - look.smile * 4:.1f}", coat.mark, 2.2, -0.3)
    b.solid(blob((50, -168), (62, -176), (76, -166), (66, -160)), coat.body, -0.08)
    side_eye(b, look, 64, -158, 6, coat.iris, white=True, lid=coat.body)
    b.mark("head", 68, -150, 42)


@creature(
    "ghost",
    1.6,
    ("#e8eef2", "#b9c9d6", "#f6fafc", "#8fb0d0"),
    "spirit",
    "phantom",
    "spectre",
    "apparition",
    "poltergeist",
    "wraith",
    habitat="air",
    upright=True,
    iris="#2a3448",
)
def ghost(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    b.halo(0, -90, 120, "#cfe6ff", 0.45)
    arms = 24 if pose in ("raise_arms", "fly", "wave", "fight") else 0
    for side in (-1, 1):
        b.solid(
            blob(
                (side * 34, -96), (side * 58, -92 - arms), (side * 70, -74 - arms * 1.6), (side * 56, -64 - arms), (side * 36, -66)
            ),
            coat.body,
            -0.04,
            depth=4,
        )
    body = "M-42 -96Q-42 -160 0 -160Q42 -160 42 -96Q46 -50 54 -8Q44 4 36 -10Q28 -22 18 -6Q8 6 0 -8Q-10 -20 -18 -6Q-28 6 -36 -10Q-44 -20 -54 -8Q-46 -50 -42 -96Z"
    b.solid(body, coat.body, depth=11, dark=0.22)
    with b.inside(body):
        b.line("M-20 -60Q-24 -30 -30 0M6 -50Q8 -24 2 0M28 -60Q30 -30 38 0", coat.mark, 4, opacity=0.5)
    b.mark("head", 0, -112, 52)
    if view != "back":
        face(b, look, -118, 16, 8, coat.iris, white=False)
        mouth(b, look, 0, -94, 18, "#2a3448")
        for side in (-1, 1):
            b.flat(ellipse(side * 27, -102, 6, 4), "#e8a0b0", opacity=0.45)


def _beast(b: Brush, coat: Coat, look: Look, pose: str, view: View, horns: bool) -> None:
    """A round shaggy friend; with horns and teeth it is a monster."""
    up = pose in ("raise_arms", "wave", "jump", "dance", "fight")
    for side in (-1, 1):
        b.solid(blob((side * 10, 0), (side * 14, -16), (side * 34, -16), (side * 44, -3), (side * 40, 0)), coat.mark, depth=4)
        arm = (
            ((side * 42, -74), (side * 68, -88), (side * 74, -118))
            if up and (side > 0 or pose != "wave")
            else ((side * 44, -74), (side * 62, -50), (side * 54, -26))
        )
        b.solid(limb(arm, (24, 21, 20)), coat.body, depth=4)
        for dx in (-6, 0, 6):
            b.flat(ellipse(arm[2][0] + dx, arm[2][1] + (10 if not up or side < 0 and pose == "wave" else -9), 3, 3.6), coat.belly)
    points = []
    for i in range(22):
        r = 1.05 if i % 2 else 0.96
        points.append((52 * r * cos(i * pi / 11), -70 + 62 * r * sin(i * pi / 11)))
    b.solid(blob(*points), coat.body, depth=12)
    if horns:
        for side in (-1, 1):
            b.solid(limb(((side * 24, -122), (side * 36, -138), (side * 30, -156)), (17, 12, 3)), coat.belly)
    else:
        for side in (-1, 1):
            b.solid(limb(((side * 26, -120), (side * 38, -146)), (20, 13)), coat.body)
            b.flat(limb(((side * 28, -124), (side * 36, -140)), (9, 6)), coat.accent)
    b.mark("head", 0, -86, 56)
    if view == "back":
        return
    b.flat(ellipse(0, -44, 32, 30), coat.belly)
    for x, y in ((-34, -106), (34, -108), (-42, -62), (42, -58), (0, -124)):
        b.flat(ellipse(x, y, 5, 4), coat.mark)
    face(b, look, -94, 17, 10.4, coat.iris)
    mouth(b, look, 0, -68, 32, "#3a1f2c")
    if horns:
        for side in (-1, 1):
            b.flat(f"M{side * 9 - 4} -70L{side * 9} -60L{side * 9 + 4} -70Z", "#fbf6e6")
    else:
        b.solid(ellipse(0, -78, 6, 4.6), coat.accent)
        for side in (-1, 1):
            b.flat(ellipse(side * 33, -78, 7, 4.4), coat.accent, opacity=0.5)


creature(
    "monster",
    1.9,
    ("#7a5fa8", "#5a4288", "#cfc0e4", "#e8a03a"),
    "troll",
    "ogre",
    "beast",
    "yeti",
    "bigfoot",
    "demon",
    "goblin",
    "gremlin",
    "orc",
    "giant",
    upright=True,
    iris="#c9a01c",
)(partial(_beast, horns=True))
creature(
    "creature",
    1.0,
    ("#5fa8a0", "#3f8580", "#d9efe0", "#e8908a"),
    "being",
    "pet",
    "animal",
    "critter",
    "sprite creature",
    upright=True,
    iris="#6b4a20",
)(partial(_beast, horns=False))


def _winged(b: Brush, coat: Coat, look: Look, pose: str, view: View, angel: bool) -> None:
    """A little person with wings: a fairy, or an angel in a long robe."""
    b.halo(0, -90, 100, "#fff0b8", 0.4)
    for side in (-1, 1):
        with b.at(0, -104, 0, side, 1):
            if angel:
                for i in range(5):
                    b.solid(
                        limb(((6, 4 + i * 4), (38 + i * 2, -18 + i * 13), (62 - i * 4, 2 + i * 17)), (17, 18, 7)),
                        "#f7f3ea",
                        -0.03 * i,
                    )
            else:
                b.flat(blob((4, 0), (26, -34), (62, -38), (58, -8), (24, 6)), coat.belly, 0.3, 0.75)
                b.flat(blob((4, 4), (30, 8), (46, 30), (28, 40), (8, 22)), coat.belly, 0.1, 0.75)
                b.line("M5 0L52 -28M5 5L36 28", "#ffffff", 1.2, opacity=0.7)
    for side in (-1, 1):
        b.solid(limb(((side * 7, -50), (side * 8, -22), (side * 8, -5)), (10, 8, 7)), coat.body)
        b.solid(ellipse(side * 9, -3, 6.4, 3.6), coat.accent)
    dress = (
        "M-12 -104H12Q20 -64 32 -12Q0 0 -32 -12Q-20 -64 -12 -104Z"
        if angel
        else "M-13 -104H13L28 -50L18 -56L10 -42L0 -54L-10 -42L-18 -56L-28 -50Z"
    )
    up = pose in ("raise_arms", "wave", "fly", "cast", "point")
    for side in (-1, 1):
        arm = (
            ((side * 12, -98), (side * 28, -104), (side * 36, -122))
            if up and side > 0
            else ((side * 12, -98), (side * 25, -80), (side * 22, -62))
        )
        b.solid(limb(arm, (9, 8, 7)), coat.body)
        if side > 0 and not angel:
            x, y = arm[2]
            b.line(f"M{x} {y}L{x + 10} {y - 22}", "#8a5a33", 2.6)
            b.halo(x + 10, y - 25, 20, "#fff0b0", 0.9)
            b.flat(star(x + 10, y - 25, 8, 3.4, 5), "!#ffe27a")
    b.solid(dress, "#f4efe2" if angel else coat.belly, depth=5)
    b.line("M-14 -82Q0 -77 14 -82" if angel else "M-15 -80Q0 -76 15 -80", coat.accent, 3.4)
    b.solid(limb(((0, -104), (0, -112)), (8, 8)), coat.body, -0.12)
    if angel:
        b.line(ellipse(0, -166, 18, 4.6), "!#ffe27a", 3.4)
    b.solid(
        blob((-24, -128), (-16, -154), (16, -154), (24, -128), (20, -106), (-20, -106)) if angel else ellipse(0, -154, 11),
        coat.mark,
    )
    b.solid(ellipse(0, -130, 21, 22), coat.body, depth=4)
    b.mark("head", 0, -130, 32)
    if view == "back":
        b.solid(ellipse(0, -132, 22, 23), coat.mark)
        return
    b.flat(blob((-22, -132), (-14, -152), (6, -155), (22, -142), (22, -130), (8, -142), (-8, -142)), coat.mark)
    if not angel:
        for side in (-1, 1):
            b.flat(f"M{side * 19} -132L{side * 32} -140L{side * 20} -122Z", coat.body)
    face(b, look, -128, 8.6, 4, coat.iris)
    mouth(b, look, 0, -117, 9, "#a03f3f")
    for side in (-1, 1):
        b.flat(ellipse(side * 14, -121, 3.8, 2.5), "#e58f80", opacity=0.5)


creature(
    "fairy",
    0.5,
    ("#ecc6a2", "#b5602f", "#8fc46a", "#e8b83c"),
    "pixie",
    "sprite",
    "nymph",
    "tinkerbell",
    habitat="air",
    upright=True,
    iris="#3f7a4a",
)(partial(_winged, angel=False))
creature(
    "angel", 1.7, ("#e8bf98", "#d9a94f", "#f4efe2", "#e8c04a"), "cherub", "seraph", habitat="air", upright=True, iris="#4f7f9f"
)(partial(_winged, angel=True))


@creature("snowman", 1.6, ("#f4f6f5", "#2f3138", "#c8382f", "#e8893a"), "snow man", "snowwoman", upright=True, iris="#1c1c22")
def snowman(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    up = -30 if pose in ("raise_arms", "wave", "dance") else 6
    for side in (-1, 1):
        y = -92
        b.line(
            f"M{side * 28} {y}L{side * 66} {y - 14 + up}M{side * 56} {y - 10 + up * 0.75:.1f}L{side * 62} {y - 24 + up}M{side * 56} {y - 10 + up * 0.75:.1f}L{side * 70} {y - 2 + up}",
            "#6b4429",
            4,
        )
    b.solid(ellipse(0, -40, 48, 41), coat.body, depth=12, dark=0.2)
    b.solid(ellipse(0, -92, 34, 30), coat.body, depth=9, dark=0.2)
    b.solid(ellipse(0, -132, 26, 25), coat.body, depth=7, dark=0.2)
    b.solid(blob((-24, -116), (0, -108), (24, -116), (26, -108), (0, -99), (-26, -108)), coat.belly)
    b.solid("M8 -106L24 -104L28 -70L14 -72Z", coat.belly, -0.05)
    b.line("M15 -75L15 -70M21 -75L21 -70", coat.belly, 3, 0.3)
    b.solid(box(-19, -186, 38, 36, 3), coat.mark, depth=5)
    b.solid(box(-31, -154, 62, 8, 4), coat.mark)
    b.flat(box(-19, -163, 38, 9), coat.belly)
    b.mark("head", 0, -136, 38)
    if view == "back":
        return
    for y in (-92, -78, -50):
        b.solid(ellipse(-4, y, 3.6), "#2a2a30")
    face(b, look, -138, 9, 4, coat.iris, white=False)
    if look.open > 0.2:
        mouth(b, look, 0, -120, 15, "#2a2a30")
    else:
        for i in range(-2, 3):
            b.flat(ellipse(i * 5, -119 - i * i * 0.9 * look.smile, 1.9), "#2a2a30")
    b.solid("M-2 -133L26 -127L-1 -125Z", coat.accent)


@creature(
    "tree",
    3.2,
    ("#8a6240", "#5f8a46", "#4a7038", "#c99a63"),
    "ent",
    "tree spirit",
    "tree creature",
    "treebeard",
    "living tree",
    upright=True,
    iris="#c98a1c",
)
def tree(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    up = pose in ("raise_arms", "wave", "dance", "fight")
    for side in (-1, 1):
        b.solid(limb(((side * 10, -20), (side * 26, -6), (side * 46, -2)), (22, 12, 4)), coat.body)
        arm = (
            ((side * 18, -88), (side * 44, -96), (side * 62, -122))
            if up
            else ((side * 18, -88), (side * 46, -82), (side * 60, -58))
        )
        b.solid(limb(arm, (16, 11, 7)), coat.body)
        x, y = arm[2]
        for dx in (-8, 0, 8):
            b.line(f"M{x} {y}L{x + side * 8 + dx} {y + (-14 if up else 14)}", coat.body, 3.4)
        b.solid(ellipse(side * 46, arm[1][1] - 9, 12, 9), coat.mark)
    b.solid("M-28 0Q-20 -40 -26 -90Q-28 -126 -14 -136H14Q28 -126 26 -90Q20 -40 28 0Q0 -8 -28 0Z", coat.body, depth=8)
    b.line("M-16 -30Q-12 -50 -16 -66M14 -24Q10 -44 14 -58M2 -14Q0 -30 4 -44M-19 -118Q-14 -124 -16 -130", coat.body, 2.4, -0.35)
    for x, y, r, tone in (
        (-40, -140, 28, -0.14),
        (42, -142, 28, -0.16),
        (0, -150, 36, -0.06),
        (-24, -168, 26, 0.02),
        (24, -170, 26, 0.0),
        (0, -184, 24, 0.08),
    ):
        b.solid(ellipse(x, y, r, r * 0.86), coat.mark, tone, depth=r * 0.26)
    b.mark("head", 0, -104, 44)
    if view == "back":
        return
    for side in (-1, 1):
        b.flat(ellipse(side * 11, -104, 9.4, 9.6), coat.body, -0.4)
    face(b, look, -104, 11, 6, coat.iris, brow_colour="#4a3220")
    b.solid(limb(((0, -98), (3, -88)), (9, 11)), coat.body, 0.1)
    mouth(b, look, 0, -76, 20, "#3a2416")


@creature(
    "alien",
    1.35,
    ("#7fc08a", "#4f8f6a", "#b9e4b4", "#8a7fd0"),
    "martian",
    "extraterrestrial",
    "et",
    "visitor",
    upright=True,
    iris="#141a24",
)
def alien(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    up = pose in ("raise_arms", "wave", "point", "dance")
    for side in (-1, 1):
        b.solid(limb(((side * 8, -40), (side * 11, -20), (side * 11, -5)), (14, 10, 9)), coat.body)
        b.solid(blob((side * 6, -1), (side * 12, -7), (side * 24, -3), (side * 22, 0)), coat.mark)
        arm = (
            ((side * 14, -66), (side * 32, -72), (side * 38, -96))
            if up and side > 0
            else ((side * 14, -66), (side * 28, -48), (side * 25, -28))
        )
        b.solid(limb(arm, (9, 8, 7)), coat.body)
        for dx in (-5, 0, 5):
            b.line(f"M{arm[2][0]} {arm[2][1]}L{arm[2][0] + dx} {arm[2][1] + (-9 if up and side > 0 else 9)}", coat.body, 3)
    b.solid(blob((-17, -64), (0, -74), (17, -64), (19, -36), (0, -28), (-19, -36)), coat.accent, depth=5)
    b.line("M-19 -46Q0 -41 19 -46", coat.belly, 3)
    b.flat(star(0, -57, 6, 2.6, 5), "!#ffe27a")
    for side in (-1, 1):
        b.line(f"M{side * 12} -136Q{side * 16} -154 {side * 24} -156", coat.body, 3.4)
        b.solid(ellipse(side * 25, -157, 5), coat.accent)
    b.solid(limb(((0, -68), (0, -82)), (9, 10)), coat.body, -0.14)
    b.solid(blob((-38, -112), (-24, -140), (0, -146), (24, -140), (38, -112), (22, -86), (0, -76), (-22, -86)), coat.body, depth=9)
    b.mark("head", 0, -110, 46)
    if view == "back":
        return
    for side in (-1, 1):
        with b.at(side * 17, -108, side * -18):
            if look.mood in ("closed", "happy"):
                b.eye(0, 0, 10, mood=look.mood)
            else:
                b.flat(ellipse(0, 0, 11, 15 if look.mood != "afraid" else 17), coat.iris)
                b.flat(ellipse(4, -6, 3.6, 4.6), "!#ffffff")
                b.flat(ellipse(-3, 6, 1.8), "!#ffffff", opacity=0.6)
    mouth(b, look, 0, -88, 14, "#2c5a40")
