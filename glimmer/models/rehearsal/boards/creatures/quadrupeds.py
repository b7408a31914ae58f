"""Four-legged creatures: one body plan, many animals.

`Build` holds the measures of an animal on a canvas where a dog stands about 80 high. A pose decides where hip, shoulder and feet are;
the body, legs, neck and head are then drawn between those points.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, limb
from glimmer.models.rehearsal.boards.creatures.anatomy import Coat, Look, Palette, View, creature, face, side_eye
from glimmer.models.rehearsal.boards.creatures.heads import BUILDS, Build, head_front, head_side, mane
from glimmer.models.rehearsal.boards.svg import Point

__all__ = ["BUILDS", "Build", "quadruped"]


Leg = tuple[Point, ...]


@dataclass(frozen=True)
class _Stance:
    hip: Point
    shoulder: Point
    rear: tuple[Leg, Leg]  # far, near
    front: tuple[Leg, Leg]


def _pair(legs: Iterable[Leg]) -> tuple[Leg, Leg]:
    far, near = legs
    return far, near


def _stance(m: Build, pose: str) -> _Stance:
    """Where the joints are in a pose. Canvas: ground at y = 0."""
    half, top = m.length / 2, m.leg + m.girth * 0.5
    if m.foot == "hoof" and pose in ("sit", "kneel"):
        pose = "lie"  # hoofed animals do not sit up
    if pose in ("sit", "kneel", "look_up"):
        hip, shoulder = (-half * 0.62, -m.girth * 0.5), (half * 0.36, -(m.leg + m.girth * 0.72))
        rear = _pair(((hip[0] + 2, hip[1]), (hip[0] + m.length * 0.3, -m.girth * 0.42), (hip[0] + m.length * 0.22, -5), (hip[0] + m.length * 0.42 + d, -5))
                     for d in (3, 0))  # fmt: skip
        front = _pair((shoulder, (shoulder[0] + 5 + d, shoulder[1] * 0.5), (shoulder[0] + 6 + d, -4.0)) for d in (9, 0))
        return _Stance(hip, shoulder, rear, front)
    if pose in ("lie", "sleep", "fall", "crouch", "hide"):
        hip, shoulder = (-half, -m.girth * 0.48), (half, -m.girth * 0.56)
        rear = _pair(
            (hip, (hip[0] + m.length * 0.26, -m.girth * 0.3), (hip[0] + 4, -4), (hip[0] + m.length * 0.34 + d, -4.5))
            for d in (6, 0)
        )
        front = _pair((shoulder, (half - 4, -m.girth * 0.16), (half + m.leg * 0.62 + d, -4.5)) for d in (9, 0))
        return _Stance(hip, shoulder, rear, front)
    lift = m.leg * 0.3 if pose in ("jump", "fly") else 0.0
    hip, shoulder = (-half, -top - lift), (half, -top - lift - (m.girth * 0.24 if pose == "jump" else m.girth * 0.04))
    swing: tuple[float, float, float, float] = (
        0.12,
        -0.05,
        0.1,
        -0.04,
    )  # far rear, near rear, far front, near front, as shares of the leg
    if pose in ("walk", "carry", "reach"):
        swing = (0.34, -0.36, -0.32, 0.36)
    elif pose in ("run", "jump", "fight", "dance", "play", "fly"):
        swing = (-0.9, -0.68, 0.92, 0.7) if pose != "fight" else (-0.2, -0.4, 0.5, 0.9)
    fast = pose in ("run", "jump", "fly")

    def leg(joint: Point, share: float, bend: float) -> Leg:
        up = m.leg * 0.12 * abs(share) + (m.leg * 0.34 if fast else 0.0) + lift
        foot = (joint[0] + share * (m.leg + 8), -4.0 - up * (1 if fast else (1 if share > 0.3 else 0)))
        knee = ((joint[0] + foot[0]) / 2 + bend * m.leg * 0.11, (joint[1] + m.girth * 0.2 + foot[1]) / 2)
        return joint, knee, foot

    inner = m.legs * 0.15
    rear_joint, front_joint = (hip[0] + inner, hip[1]), (shoulder[0] - inner, shoulder[1])
    return _Stance(
        hip,
        shoulder,
        (leg(rear_joint, swing[0], -1), leg(rear_joint, swing[1], -1)),
        (leg(front_joint, swing[2], 0.4), leg(front_joint, swing[3], 0.4)),
    )


def _leg(b: Brush, m: Build, coat: Coat, points: Leg, rear: bool, far: bool) -> None:
    tone = -0.3 if far else 0.0
    thigh = m.legs * (2.0 if rear and m.foot == "paw" else 1.7)
    widths = [thigh, *[m.legs * 1.02] * (len(points) - 2), m.legs * 0.92]
    colour = coat.mark if m.coat in ("bib", "wool") else coat.body
    shape, skin = limb(points, widths), coat.body if m.coat != "wool" else colour
    if far:
        b.flat(shape, skin, tone)
    else:
        b.solid(shape, skin, depth=m.legs * 0.2, rim=0.12)
    x, y = points[-1]
    if m.coat == "bib":
        b.flat(
            limb(((points[-2][0] * 0.5 + x * 0.5, points[-2][1] * 0.5 + y * 0.5), (x, y)), (m.legs * 0.95, m.legs)), coat.mark, tone
        )
    if m.foot == "hoof":
        b.flat(
            f"M{x - m.legs * 0.46:.1f} {y - 4:.1f}H{x + m.legs * 0.46:.1f}L{x + m.legs * 0.66:.1f} {y + 4:.1f}H{x - m.legs * 0.5:.1f}Z",
            "#33291f",
            tone * 0.5,
        )
        return
    foot = blob(
        (x - m.legs * 0.5, y + 1),
        (x, y - m.legs * 0.5),
        (x + m.legs * 0.85, y - m.legs * 0.12),
        (x + m.legs * 0.95, y + 4),
        (x - m.legs * 0.45, y + 4),
    )
    paw = coat.mark if m.coat == "bib" else coat.body
    b.flat(foot, paw, tone + (0 if far else 0.06))
    if not far:
        for dx in (0.3, 0.62):
            b.line(f"M{x + m.legs * dx:.1f} {y + 1:.1f}V{y + 3.6:.1f}", paw, 1.1, -0.45)


def _tail(b: Brush, m: Build, coat: Coat, hip: Point, happy: bool) -> None:
    x, y = hip[0] - m.girth * 0.3, hip[1] - m.girth * 0.16
    g = m.girth
    if m.tail == "up":
        lift = -1.0 if happy else -0.3
        b.solid(
            limb(((x + 8, y), (x - 16, y + lift * 8), (x - 26, y + lift * 30), (x - 20, y + lift * 44)), (9, 8, 6, 3)), coat.body
        )
    elif m.tail == "bush":
        b.solid(limb(((x + 8, y), (x - 14, y + 6), (x - 34, y + 16), (x - 50, y + 12)), (8, 17, 20, 7)), coat.body)
        b.solid(limb(((x - 38, y + 16), (x - 53, y + 11)), (14, 4)), coat.belly)
    elif m.tail in ("long", "tuft"):
        path = ((x + 8, y), (x - 16, y + 4), (x - 30, y - 10), (x - 26, y - 34), (x - 36, y - 46))
        b.solid(limb(path, (8, 7, 6.5, 6, 5)), coat.body)
        if m.tail == "tuft":
            b.solid(blob((x - 30, y - 40), (x - 38, y - 62), (x - 46, y - 52), (x - 42, y - 42)), coat.mark)
        else:
            b.solid(limb(((x - 27, y - 37), (x - 36, y - 47)), (6, 5)), coat.mark)
    elif m.tail == "horse":
        b.solid(limb(((x + 8, y - 4), (x - 12, y + 6), (x - 20, y + 40), (x - 12, y + 72)), (10, 16, 18, 4)), coat.mark)
    elif m.tail == "curl":
        b.line(f"M{x + 6:.1f} {y:.1f}Q{x - 10:.1f} {y - 2:.1f} {x - 8:.1f} {y - 10:.1f}Q{x - 2:.1f} {y - 16:.1f} {x - 1:.1f} {y - 7:.1f}Q{x - 6:.1f} {y:.1f} {x - 15:.1f} {y - 8:.1f}",
               coat.body, 4, -0.1)  # fmt: skip
    elif m.tail == "thin":
        b.line(
            f"M{x + 6:.1f} {y + 6:.1f}Q{x - 22:.1f} {y + 16:.1f} {x - 32:.1f} {y - 2:.1f}Q{x - 36:.1f} {y - 18:.1f} {x - 50:.1f} {y - 12:.1f}",
            coat.accent,
            3.2,
        )
    elif m.tail == "puff":
        b.solid(ellipse(x + 1, y, g * 0.17 + 3), coat.belly if m.coat != "wool" else coat.body)
    elif m.tail == "short":
        b.solid(limb(((x + 6, y), (x - 6, y - 8)), (8, 5)), coat.body)


def _body(b: Brush, m: Build, coat: Coat, hip: Point, shoulder: Point) -> str:
    g = m.girth
    middle = ((hip[0] + shoulder[0]) / 2, (hip[1] + shoulder[1]) / 2 + g * 0.04)
    if m.coat == "wool":
        outline = [
            (
                middle[0] + (m.length * 0.5 + g * 0.42) * math.cos(a) * (1.07 if i % 2 else 0.97),
                middle[1] + g * 0.62 * math.sin(a) * (1.08 if i % 2 else 0.95),
            )
            for i in range(20)
            for a in (i * math.pi / 10,)
        ]
        return blob(*outline)
    return limb((hip, middle, shoulder), (g * 0.96, g * (0.98 if m.leg < 30 else 0.9), g * 1.04))


def _markings(b: Brush, m: Build, coat: Coat, shape: str, hip: Point, shoulder: Point) -> None:
    g, mx, my = m.girth, (hip[0] + shoulder[0]) / 2, (hip[1] + shoulder[1]) / 2
    with b.inside(shape):
        if m.coat not in ("wool", "patch"):
            b.flat(ellipse(mx, my + g * 0.56, m.length * 0.62, g * 0.3), coat.belly, 0.0, 0.75)
        if m.coat == "saddle":
            b.flat(blob((hip[0] - g, hip[1] - g), (mx, my - g), (shoulder[0] + 4, shoulder[1] - g * 0.7), (mx + 10, my - g * 0.02), (mx - 18, my + g * 0.08), (hip[0] - 6, hip[1] + 2)),
                   coat.mark)  # fmt: skip
        elif m.coat == "stripes":
            for i in range(6):
                x = hip[0] + (shoulder[0] - hip[0]) * (i / 5) - 3
                y = hip[1] + (shoulder[1] - hip[1]) * (i / 5)
                b.flat(f"M{x - 4:.1f} {y - g * 0.7:.1f}H{x + 5:.1f}Q{x + 4:.1f} {y - g * 0.2:.1f} {x + 6 - i % 2 * 8:.1f} {y + g * (0.12 if i % 2 else 0.0):.1f}Q{x - 1:.1f} {y - g * 0.2:.1f} {x - 4:.1f} {y - g * 0.7:.1f}Z",
                       coat.mark)  # fmt: skip
        elif m.coat == "spots":
            for i in range(11):
                b.flat(ellipse(hip[0] - 6 + i * (m.length + 8) / 10, my - g * 0.3 + (i * 5) % 11, 2.4, 2), "#fff4dc", opacity=0.85)
        elif m.coat == "patch":
            for x, y, rx, ry in (
                (hip[0] - 2, my - 8, 19, 17),
                (mx + 8, my + 4, 17, 19),
                (shoulder[0] + 14, my - 18, 14, 14),
                (mx - 18, my + 28, 10, 8),
            ):
                b.flat(
                    blob((x - rx, y), (x - rx * 0.4, y - ry), (x + rx * 0.7, y - ry * 0.7), (x + rx, y + ry * 0.3), (x, y + ry)),
                    coat.mark,
                )
        elif m.coat == "wool":
            for i in range(16):
                x, y = mx - m.length * 0.55 + (i * 29) % (m.length * 1.1), my - g * 0.4 + (i * 17) % (g * 0.9)
                b.line(f"M{x - 5:.1f} {y:.1f}Q{x:.1f} {y + 6:.1f} {x + 5:.1f} {y:.1f}", coat.body, 2, -0.16)


def _side(b: Brush, m: Build, coat: Coat, look: Look, pose: str) -> None:
    s = _stance(m, pose)
    angle = m.angle + (14 if pose in ("sit", "look_up") else -16 if pose in ("run", "look_down", "drink", "lie") else 0)
    root = (s.shoulder[0] + m.girth * 0.2, s.shoulder[1] - m.girth * 0.14)
    reach = m.neck + m.girth * 0.16
    head = (root[0] + reach * math.cos(math.radians(angle)), root[1] - reach * math.sin(math.radians(angle)))
    _tail(b, m, coat, s.hip, look.smile > 0.5)
    for points, rear in ((s.rear[0], True), (s.front[0], False)):
        _leg(b, m, coat, points, rear, True)
    shape = _body(b, m, coat, s.hip, s.shoulder)
    if m.coat == "wool":
        for points, rear in ((s.rear[1], True), (s.front[1], False)):
            _leg(b, m, coat, points, rear, False)
    thick = m.girth * (0.62 if m.neck > 40 else 0.72)
    neck = limb(
        ((s.shoulder[0] - m.girth * 0.1, s.shoulder[1]), root, (head[0] - m.head * 0.1, head[1] + m.head * 0.1)),
        (m.girth * 0.8, thick, m.head * 1.35),
    )
    if m.coat != "wool":
        b.solid(neck, coat.body)
    b.solid(shape, coat.body)
    _markings(b, m, coat, shape, s.hip, s.shoulder)
    if m.coat != "wool":
        with b.inside(neck):
            b.flat(neck, coat.body)
            if m.coat == "bib":
                b.flat(
                    limb(
                        ((head[0] + m.head * 0.4, head[1] + m.head), (root[0] + m.girth * 0.4, root[1] + m.girth * 0.5)),
                        (m.head, m.girth * 0.5),
                    ),
                    coat.belly,
                )
            if m.coat == "saddle":
                b.flat(
                    limb(
                        ((head[0] - m.head, head[1] - 4), (s.shoulder[0] - m.girth * 0.6, s.shoulder[1] - m.girth * 0.5)),
                        (m.head * 0.8, m.girth * 0.6),
                    ),
                    coat.mark,
                )
        for points, rear in ((s.rear[1], True), (s.front[1], False)):
            _leg(b, m, coat, points, rear, False)
    if m.extra == "horse_mane":
        b.solid(
            limb(
                (
                    (head[0] - m.head * 0.1, head[1] - m.head * 1.1),
                    (head[0] - m.head * 0.9, head[1] + 4),
                    (root[0] - m.girth * 0.36, root[1] - 4),
                ),
                (11, 18, 8),
            ),
            coat.mark,
        )
    if m.extra == "mane":
        mane(b, m, coat, head[0] - m.head * 0.25, head[1])
    if m.neck > 0 and m.coat == "saddle":
        b.line(
            f"M{root[0] - m.girth * 0.12:.1f} {root[1] - m.girth * 0.3:.1f}Q{root[0] + m.girth * 0.24:.1f} {root[1] + m.girth * 0.12:.1f} {root[0] + m.girth * 0.5:.1f} {root[1] + m.girth * 0.02:.1f}",
            coat.accent,
            m.head * 0.24,
        )
    tilt = (
        8 if pose in ("look_down", "drink") else -8 if pose in ("look_up", "sing") else (58 - m.angle) * 0.18 if m.neck < 50 else 26
    )
    with b.at(head[0], head[1], tilt):
        head_side(b, m, coat, look)
        if m.extra == "horse_mane":
            b.solid(
                blob(
                    (-m.head * 0.5, -m.head * 1.1),
                    (m.head * 0.1, -m.head * 1.2),
                    (m.head * 0.5, -m.head * 0.3),
                    (m.head * 0.1, -m.head * 0.5),
                ),
                coat.mark,
            )


def _front(b: Brush, m: Build, coat: Coat, look: Look, pose: str, back: bool) -> None:
    """Seen from the front or the back, standing or sitting."""
    low = pose in ("sit", "lie", "kneel", "crouch") or m.leg < 12
    m = replace(
        m,
        leg=m.leg * (0.74 if m.leg > 12 else 1.0),
        girth=m.girth * 1.1,
        head=m.head * (1.32 if m.head < 20 else 1.12),
        neck=m.neck * 0.8,
    )
    g = m.girth
    top = m.leg + g * 0.55 if not low else g * (0.62 if m.leg < 30 else 1.0)
    wool = m.coat == "wool"
    if back or low:
        with b.at(g * 0.2, 0, 0, 0.8):
            _tail(b, m, coat, (-g * 0.1, -top * 0.4), True)
    for side in (-1, 1):
        b.solid(
            limb(
                ((side * g * 0.3, -top * 0.8), (side * g * 0.36, -top * 0.4), (side * g * 0.36, -4)),
                (m.legs * 1.6, m.legs * 1.1, m.legs),
            ),
            coat.mark if wool else coat.body,
            -0.28,
        )
        if low:
            b.solid(ellipse(side * g * 0.48, -g * 0.26, g * 0.28, g * 0.3), coat.body, -0.06)
    chest = blob(
        (-g * 0.44, -top * 0.72),
        (0, -top - g * 0.36),
        (g * 0.44, -top * 0.72),
        (g * 0.4, -top + g * 0.42),
        (0, -top + g * 0.56),
        (-g * 0.4, -top + g * 0.42),
    )
    b.solid(ellipse(0, -top * 0.86, g * 0.5, g * 0.52), coat.body, depth=g * 0.1)
    b.flat(chest, coat.body, 0.02)
    if not back and not wool:
        b.flat(
            blob(
                (-g * 0.22, -top - g * 0.05),
                (g * 0.22, -top - g * 0.05),
                (g * 0.2, -top + g * 0.3),
                (0, -top + g * 0.48),
                (-g * 0.2, -top + g * 0.3),
            ),
            coat.belly,
            opacity=0.9,
        )
    for side in (-1, 1):
        x = side * max(g * 0.21, m.legs * 0.62)
        _leg_front(b, m, coat, x, top)
    rise = m.neck * math.sin(math.radians(m.angle)) + m.head * 0.4
    b.solid(limb(((0, -top - g * 0.05), (0, -top - rise)), (g * 0.6, m.head * 1.5)), coat.mark if wool else coat.body, depth=2)
    if wool:
        b.solid(ellipse(0, -top, g * 0.62, g * 0.6), coat.body)
    with b.at(0, -top - rise - m.head * 0.2):
        head_front(b, m, coat, look, back)


def _leg_front(b: Brush, m: Build, coat: Coat, x: float, top: float) -> None:
    colour = coat.mark if m.coat == "wool" else coat.body
    b.solid(limb(((x, -top * 0.8), (x, -top * 0.4), (x, -4)), (m.legs * 1.1, m.legs, m.legs)), colour, depth=m.legs * 0.2, rim=0.1)
    if m.foot == "hoof":
        b.flat(box(x - m.legs * 0.55, -6, m.legs * 1.1, 6.4, 2), "#33291f")
        return
    b.flat(
        blob((x - m.legs * 0.7, -1), (x - m.legs * 0.5, -7), (x + m.legs * 0.5, -7), (x + m.legs * 0.7, -1), (x, 0.6)),
        coat.mark if m.coat == "bib" else coat.body,
        0.08,
    )
    for dx in (-0.22, 0.22):
        b.line(f"M{x + m.legs * dx:.1f} -4V-1", colour, 1.1, -0.45)


def quadruped(b: Brush, coat: Coat, look: Look, pose: str, view: View, kind: str) -> None:
    """Any animal of `BUILDS`."""
    m = BUILDS[kind]
    if view == "side":
        _side(b, m, coat, look, pose)
    else:
        _front(b, m, coat, look, pose, view == "back")


_KINDS: Final[tuple[tuple[str, float, Palette, tuple[str, ...]], ...]] = (
    ("dog", 0.72, ("#c98f55", "#6b4429", "#f0dfc2", "#b53a32"), ("puppy", "hound", "pup", "terrier", "labrador", "collie", "sheepdog", "mutt", "spaniel", "poodle", "husky", "bulldog", "dalmatian", "beagle", "retriever", "corgi")),
    ("cat", 0.42, ("#d9904a", "#a8602a", "#f6e8d2", "#e8a0a0"), ("kitten", "kitty", "tomcat", "tabby", "feline", "lynx")),
    ("fox", 0.52, ("#d8682f", "#3a2a26", "#f5ead8", "#f0c8a8"), ("vixen", "jackal", "coyote", "fennec")),
    ("wolf", 0.85, ("#7f868f", "#4a5058", "#d5d6d2", "#b9a9a0"), ("werewolf", "she-wolf")),
    ("bear", 1.35, ("#7a5236", "#54371f", "#b98f63", "#a8785a"), ("grizzly", "polar bear", "cub", "panda", "koala")),
    ("lion", 1.2, ("#dba654", "#8a4a22", "#f3dfb4", "#c98a6a"), ("lioness", "cheetah", "leopard", "panther", "puma", "jaguar", "cougar")),
    ("tiger", 1.1, ("#e08a35", "#2c211d", "#f7ecd8", "#e0a090"), ("tigress",)),
    ("horse", 2.0, ("#8e5a35", "#3a241a", "#b98a5f", "#d0a080"), ("pony", "mare", "stallion", "foal", "donkey", "mule", "unicorn", "zebra", "camel", "colt", "steed")),
    ("cow", 1.55, ("#f1ece0", "#4a342a", "#e8dccb", "#e3a49a"), ("bull", "ox", "calf", "buffalo", "bison", "yak", "cattle")),
    ("pig", 0.85, ("#eba9a0", "#c97f78", "#f5c8be", "#e08a86"), ("piglet", "boar", "hog", "sow", "warthog", "hippo", "hippopotamus", "rhino", "rhinoceros")),
    ("sheep", 0.95, ("#f2ece0", "#3f3833", "#ded6c8", "#d9a79a"), ("lamb", "ram", "ewe", "alpaca", "llama")),
    ("goat", 1.0, ("#d9cdb8", "#8a7258", "#f5efe2", "#d9a08f"), ("billy goat", "kid goat", "ibex", "antelope", "gazelle")),
    ("rabbit", 0.42, ("#b79a7c", "#8a6f55", "#f5ece0", "#e5a3a3"), ("bunny", "hare", "guinea pig", "hamster")),
    ("mouse", 0.22, ("#a39a96", "#6f6764", "#e6ddd6", "#e5a8a2"), ("rat", "rodent", "shrew", "vole", "gerbil", "mole", "hedgehog", "squirrel", "chipmunk", "mice")),
    ("deer", 1.7, ("#b5794a", "#8a5630", "#f0e2c8", "#d9a890"), ("stag", "doe", "fawn", "reindeer", "moose", "elk", "caribou")),
)  # fmt: skip
for _name, _height, _palette, _words in _KINDS:
    creature(_name, _height, _palette, *_words, upright=True)(partial(quadruped, kind=_name))


@creature("elephant", 2.7, ("#8f97a0", "#6f7780", "#aab0b5", "#d9a9a0"), "mammoth", "baby elephant", upright=True)
def elephant(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    if view == "side":
        _elephant_side(b, coat, look, pose)
    else:
        _elephant_front(b, coat, look, view == "back")


def _elephant_side(b: Brush, coat: Coat, look: Look, pose: str) -> None:
    swing = 9 if pose in ("walk", "run") else 2
    b.line("M-62 -82Q-74 -66 -70 -44", coat.body, 4, -0.2)
    b.flat(ellipse(-70, -42, 3.4, 6), coat.mark)
    for x, dx in ((-34, swing), (34, -swing)):
        b.flat(limb(((x + 8, -60), (x + 9 + dx, -30), (x + 9 + dx, -6)), (30, 23, 23)), coat.body, -0.34)
    b.solid(blob((-64, -70), (-52, -112), (0, -122), (48, -112), (58, -74), (40, -44), (-44, -44)), coat.body, depth=14)
    for x, dx in ((-42, -swing), (30, swing)):
        b.solid(limb(((x, -66), (x + dx, -30), (x + dx, -6)), (36, 25, 25)), coat.body)
        for i in (-8, 0, 8):
            b.flat(ellipse(x + dx + i, -2, 3.6, 3), "#e6ddd0")
    raised = look.smile > 0.6 or pose in ("raise_arms", "drink")
    trunk = ((82, -92), (102, -76), (112, -98), (104, -124)) if raised else ((82, -92), (98, -66), (98, -36), (110, -22))
    b.solid(limb(((78, -74), (100, -62), (112, -70)), (9, 7, 3)), "#f2ead8")
    b.solid(limb(trunk, (30, 22, 16, 11)), coat.body, depth=5)
    b.solid(ellipse(68, -104, 32, 31), coat.body, depth=8)
    for i in range(3):
        x, y = 92 + i * 3, -82 + i * 10
        if not raised:
            b.line(f"M{x - 6} {y}Q{x} {y + 4} {x + 8} {y}", coat.body, 1.6, -0.28)
    b.line("M66 -82Q74 -76 80 -80", "#3a2a28", 2)
    side_eye(b, look, 80, -108, 4.4, coat.iris, white=True, lid=coat.body)
    ear = blob((52, -132), (22, -124), (10, -96), (22, -66), (42, -62), (54, -88), (60, -112))
    b.solid(ear, coat.body, 0.04, depth=6)
    b.flat(blob((48, -122), (28, -116), (20, -96), (28, -76), (42, -74), (50, -94)), coat.accent, opacity=0.45)
    b.mark("head", 74, -100, 44)


def _elephant_front(b: Brush, coat: Coat, look: Look, back: bool) -> None:
    b.solid(ellipse(0, -76, 56, 50), coat.body, -0.12, depth=12)
    for side in (-1, 1):
        b.solid(limb(((side * 30, -64), (side * 32, -6)), (32, 27)), coat.body)
        for i in (-8, 0, 8):
            b.flat(ellipse(side * 32 + i, -2, 3.6, 3), "#e6ddd0")
    for side in (-1, 1):
        with b.at(0, 0, 0, side):
            b.solid(blob((22, -132), (62, -140), (78, -108), (60, -74), (30, -80)), coat.body, depth=8)
            b.flat(blob((34, -124), (58, -128), (68, -108), (54, -86), (36, -90)), coat.accent, opacity=0.45)
    b.solid(ellipse(0, -112, 36, 36), coat.body, depth=8)
    b.mark("head", 0, -106, 50)
    if back:
        b.line("M0 -90V-40", coat.body, 4, -0.3)
        return
    for side in (-1, 1):
        b.solid(limb(((side * 17, -90), (side * 22, -66), (side * 14, -58)), (9, 7, 3)), "#f2ead8")
    b.solid(limb(((0, -112), (0, -82), (-3, -54), (6, -34)), (28, 22, 17, 12)), coat.body, depth=5)
    for y in (-92, -82, -72, -62):
        b.line(f"M-8 {y}Q0 {y + 4} 8 {y}", coat.body, 1.6, -0.28)
    face(b, look, -116, 19, 4.8, coat.iris)
