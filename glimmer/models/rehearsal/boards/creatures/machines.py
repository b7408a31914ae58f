"""Creatures that were built: the humanoid robot, the small round one, and the car with a face."""

from __future__ import annotations

from glimmer.models.rehearsal.boards.brush import Brush, blob, box, ellipse, limb
from glimmer.models.rehearsal.boards.creatures.anatomy import Coat, Look, View, creature, face, mouth

__all__: list[str] = []

DARK = "#262c36"


def _lamp_eyes(b: Brush, look: Look, y: float, gap: float, r: float, colour: str) -> None:
    """Eyes that shine: discs, arcs when happy, slits when tired, slanted when angry."""
    for side in (-1, 1):
        x = side * gap + look.gaze[0] * r * 0.4
        cy = y + look.gaze[1] * r * 0.4
        b.halo(x, cy, r * 3, colour, 0.6)
        if look.mood == "happy" or look.smile > 0.9:
            b.line(f"M{x - r} {cy + r * 0.4:.1f}Q{x} {cy - r * 1.3:.1f} {x + r} {cy + r * 0.4:.1f}", f"!{colour}", r * 0.6)
        elif look.mood == "closed":
            b.line(f"M{x - r} {cy}H{x + r}", f"!{colour}", r * 0.5)
        else:
            size = 1.25 if look.mood == "afraid" else 1.0
            b.flat(ellipse(x, cy, r * size), f"!{colour}")
            b.flat(ellipse(x - r * 0.25, cy - r * 0.3, r * 0.34), "!#ffffff")
            if look.brow < -0.3:
                b.flat(
                    f"M{x - r * 1.4} {cy - r * (0.2 if side > 0 else 1.4):.1f}L{x + r * 1.4} {cy - r * (1.4 if side > 0 else 0.2):.1f}V{cy - r * 2}H{x - r * 1.4}Z",
                    DARK,
                )
            elif look.smile < -0.4:
                b.flat(
                    f"M{x - r * 1.4} {cy - r * (1.4 if side > 0 else 0.3):.1f}L{x + r * 1.4} {cy - r * (0.3 if side > 0 else 1.4):.1f}V{cy - r * 2}H{x - r * 1.4}Z",
                    DARK,
                )


@creature(
    "robot",
    1.75,
    ("#9fb0bd", "#5f7080", "#d9e0e4", "#e8903a"),
    "android",
    "cyborg",
    "automaton",
    "mech",
    "machine man",
    "humanoid",
    upright=True,
    iris="#7fe8ff",
)
def robot(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    step = 12 if pose in ("walk", "run") else 0
    up = pose in ("raise_arms", "wave", "dance", "point", "reach")
    low = 22 if pose in ("sit", "kneel", "crouch") else 0
    for side in (-1, 1):
        x, fx = side * 15, side * 17 + step * (1 if side > 0 else -0.6)
        b.line(f"M{x} {-66 + low}L{fx + side * low * 0.6} {-38 + low * 0.4:.1f}L{fx} -14", coat.mark, 13, -0.1)
        b.solid(box(fx - 9, -40, 18, 30, 5), coat.body, depth=4)
        b.solid(ellipse(fx + side * low * 0.4, -40 + low * 0.4, 8), coat.mark)
        b.solid(f"M{fx - 14} 0Q{fx - 14} -14 {fx} -15Q{fx + 14} -14 {fx + 16} 0Z", coat.body, -0.04, depth=3)
    with b.at(0, low):
        for side in (-1, 1):
            if up and (side > 0 or pose in ("raise_arms", "dance")):
                joint, hand = (side * 52, -124), (side * 58, -160)
            else:
                joint, hand = (side * 50, -94), (side * 46, -66)
            b.line(f"M{side * 34} -124L{joint[0]} {joint[1]}L{hand[0]} {hand[1]}", coat.mark, 10, -0.1)
            b.solid(limb((((joint[0]), joint[1]), (hand[0], hand[1])), (17, 19)), coat.body, depth=4)
            b.solid(ellipse(joint[0], joint[1], 7), coat.mark)
            d = -1 if hand[1] < joint[1] else 1
            for dx in (-6, 0, 6):
                b.line(f"M{hand[0] + dx * 0.5} {hand[1] + d * 8}L{hand[0] + dx} {hand[1] + d * 17}", coat.mark, 4.4)
            b.solid(ellipse(side * 36, -126, 13), coat.body, -0.05)
        b.solid(box(-20, -76, 40, 16, 6), coat.mark)
        b.solid("M-36 -132Q0 -144 36 -132L28 -74H-28Z", coat.body, depth=9)
        if view != "back":
            b.flat(box(-20, -118, 40, 28, 5), DARK)
            b.halo(-10, -104, 16, coat.accent, 0.6)
            b.flat(ellipse(-10, -104, 5.4), f"!{coat.accent}")
            for i, h in enumerate((6, 12, 9, 15)):
                b.flat(box(1 + i * 4.4, -96 - h, 3, h), f"!{coat.iris}")
        b.line("M-28 -84H28", coat.mark, 2)
        b.solid(box(-9, -150, 18, 14, 3), coat.mark)
        b.line("M0 -200V-212", coat.mark, 3)
        b.halo(0, -215, 14, coat.accent, 0.7)
        b.flat(ellipse(0, -215, 4.6), f"!{coat.accent}")
        for side in (-1, 1):
            b.solid(box(side * 32 - 5, -184, 10, 20, 4), coat.accent)
        b.solid("M-31 -190Q-31 -202 0 -202Q31 -202 31 -190V-162Q31 -148 0 -147Q-31 -148 -31 -162Z", coat.belly, depth=7)
        b.mark("head", 0, -174, 38)
        if view == "back":
            b.line("M-16 -186H16M-16 -178H16M-16 -170H16", coat.mark, 2.4)
            return
        b.flat(box(-25, -190, 50, 33, 13), DARK)
        _lamp_eyes(b, look, -177, 11, 5.6, coat.iris)
        _lamp_mouth(b, look, -164, 14, coat.iris)
        b.shine("M-22 -178Q-22 -188 -10 -188H0L-14 -160Q-22 -162 -22 -168Z", 0.12)


def _lamp_mouth(b: Brush, look: Look, y: float, width: float, colour: str) -> None:
    if look.open > 0.2:
        for i in range(5):
            h = (2 + look.open * 5) * (1 if i % 2 else 0.55)
            b.line(f"M{-width / 2 + i * width / 4:.1f} {y - h / 2:.1f}V{y + h / 2:.1f}", f"!{colour}", 1.9)
    else:
        bend = look.smile * 4
        b.line(f"M{-width / 2} {y - bend / 2:.1f}Q0 {y + bend:.1f} {width / 2} {y - bend / 2:.1f}", f"!{colour}", 2)


@creature(
    "small robot",
    0.62,
    ("#eef0ee", "#5a6a78", "#cfd6d8", "#3fa0c8"),
    "droid",
    "round robot",
    "bot",
    "drone",
    "service robot",
    "probe droid",
    "toy robot",
    "computer character",
    upright=True,
    iris="#7fe8ff",
)
def small_robot(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    tilt = 8 if pose in ("walk", "run") else 0
    for side in (-1, 1):
        b.solid(box(side * 27 - 12, -26, 24, 26, 11), DARK, depth=4)
        b.line(f"M{side * 27 - 6} -20V-6M{side * 27 + 6} -20V-6", coat.mark, 2.4)
        b.flat(ellipse(side * 27, -13, 4), coat.mark)
    with b.at(0, 0, tilt):
        up = pose in ("raise_arms", "wave", "dance", "jump") or look.smile > 0.9
        for side in (-1, 1):
            end = (side * 66, -84) if up else (side * 58, -34)
            b.line(f"M{side * 40} -56Q{side * 62} {-60 if up else -54} {end[0]} {end[1]}", coat.mark, 6.4)
            d = -1 if up else 1
            b.line(
                f"M{end[0] - 7} {end[1] + d * 11}Q{end[0] - 9} {end[1]} {end[0]} {end[1]}Q{end[0] + 9} {end[1]} {end[0] + 7} {end[1] + d * 11}",
                coat.mark,
                4.6,
            )
        b.solid(ellipse(0, -54, 44, 42), coat.body, depth=12)
        with b.inside(ellipse(0, -54, 44, 42)):
            b.flat(box(-50, -42, 100, 8), coat.accent)
        if view != "back":
            b.solid(ellipse(0, -28, 9), coat.accent)
            b.flat(ellipse(0, -28, 4), f"!{coat.iris}")
        b.solid("M-34 -84Q-32 -122 0 -122Q32 -122 34 -84Q0 -74 -34 -84Z", coat.body, depth=8)
        b.flat("M-34 -86Q0 -76 34 -86V-80Q0 -70 -34 -80Z", coat.mark)
        b.line("M14 -120L22 -140", coat.mark, 3)
        b.halo(23, -142, 14, coat.accent, 0.7)
        b.flat(ellipse(23, -142, 4.6), f"!{coat.accent}")
        b.mark("head", 0, -98, 36)
        if view == "back":
            return
        b.flat(box(-24, -110, 48, 24, 12), DARK)
        _lamp_eyes(b, look, -98, 10, 6, coat.iris)
        b.shine("M-20 -100Q-19 -107 -10 -107H-2L-12 -90Q-20 -92 -20 -100Z", 0.14)


@creature(
    "living car",
    1.4,
    ("#c8453a", "#8e2f2a", "#f0e6d2", "#e8c04a"),
    "talking car",
    "car with a face",
    "talking truck",
    "talking train",
    upright=True,
    iris="#3f7fa8",
)
def living_car(b: Brush, coat: Coat, look: Look, pose: str, view: View) -> None:
    for side in (-1, 1):
        b.solid(box(side * 54 - 14, -28, 28, 28, 8), DARK, depth=4)
    b.solid("M-50 -74L-38 -116Q-34 -126 -22 -126H22Q34 -126 38 -116L50 -74Z", coat.body, depth=6)
    glass = "M-42 -76L-32 -112Q-30 -117 -22 -117H22Q30 -117 32 -112L42 -76Z"
    b.flat(glass, "#f4f6f4")
    b.solid(blob((-72, -40), (-66, -72), (0, -82), (66, -72), (72, -40), (60, -14), (-60, -14)), coat.body, depth=9)
    for side in (-1, 1):
        b.solid(ellipse(side * 72, -80, 10, 8), coat.body)
        b.flat(ellipse(side * 56, -50, 11, 12), coat.mark)
        b.halo(side * 56, -50, 40, "#fff0b8", 0.5)
        b.flat(ellipse(side * 56, -50, 9, 10), "!#fff2c4")
    b.solid(box(-68, -24, 136, 12, 6), coat.belly)
    b.mark("head", 0, -80, 60)
    if view == "back":
        return
    face(b, look, -95, 17, 12.4, coat.iris, brow_colour=coat.mark)
    mouth(b, look, 0, -46, 50, "#3a1f1f")
