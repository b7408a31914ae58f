"""Arms and legs: bare or in a sleeve or a trouser leg, with hands and shoes at their ends."""

from __future__ import annotations

import math
from typing import Final

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.figure.cuts import Cut
from glimmer.models.rehearsal.boards.figure.geometry import Point, band, bone_line, lerp, path, polyline, smooth, tube
from glimmer.models.rehearsal.boards.figure.hands import draw_hand
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.figure.poses import HandShape
from glimmer.models.rehearsal.boards.figure.skeleton import Skeleton, View3

__all__ = ["draw_arm", "draw_leg", "hand_at", "hand_degrees"]

_ARM: Final = (0.0265, 0.0255, 0.0215, 0.0205, 0.0222, 0.019, 0.0145)  # radii along the arm in heights
_LEG: Final = (0.050, 0.0435, 0.0325, 0.0305, 0.0325, 0.0285, 0.019)


def hand_at(s: Skeleton, view: View3, index: int) -> Point:
    """The middle of a hand."""
    wrist, angle = view.see(s.wrists[index]), math.radians(hand_degrees(s, view, index))
    reach = s.body.hand * 0.42 * wrist.scale
    return wrist.x + reach * math.cos(angle), wrist.y + reach * math.sin(angle)


def hand_degrees(s: Skeleton, view: View3, index: int) -> float:
    """Where the fingers point in the picture: along the forearm, lifted a little when it points at the lens."""
    a, b = view.see(s.elbows[index]), view.see(s.wrists[index])
    dx, dy = b.x - a.x, b.y - a.y
    if math.hypot(dx, dy) < s.body.forearm * 0.3:
        dx += (0.5 if index == 0 else -0.5) * s.body.forearm * (-1 if view.yaw > 90 else 1)
        dy -= s.body.forearm * 0.25
    return math.degrees(math.atan2(dy, dx))


def draw_arm(design: Design, s: Skeleton, view: View3, index: int, shape: HandShape, cut: Cut, ink: Ink, prop: str = "") -> str:
    """One arm with its sleeve, hand, and a prop (SVG already in place) between palm and sleeve."""
    joints = [view.see(p) for p in (s.shoulders[index], s.elbows[index], s.wrists[index])]
    h, limb = s.body.height, s.body.limb * 170 / s.body.height
    a, b, c = (j.at for j in joints)
    scales = [joints[0].scale] * 2 + [joints[1].scale] * 3 + [joints[2].scale] * 2
    line = bone_line(a, b, c)
    limb *= 0.88 if design.gender == "woman" and design.age != "child" else 1.0
    bare = [r * h * limb * k for r, k in zip(_ARM, scales, strict=True)]
    skin = design.skin
    degrees = hand_degrees(s, view, index)
    thumb = _thumb_up(view, index, degrees)
    hand = draw_hand(shape, lerp(c, b, 0.02), degrees, s.body.hand * joints[2].scale, skin, ink, thumb_up=thumb)
    out = []
    if cut.sleeve != "long":
        out.append(ink.limb(line, bare, skin))
    out.append(prop + hand if shape in ("hold", "fist", "relaxed", "point") else hand + prop)
    if cut.sleeve != "none":
        out.append(_sleeve(design, cut, line, bare, ink))
    return "".join(out)


def _thumb_up(view: View3, index: int, degrees: float) -> bool:
    """Whether the thumb lies anticlockwise of the fingers: up on a level arm, forward or inward on a hanging one."""
    s, c = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    inward = 1.0 if (index == 0) != (view.yaw > 90) else -1.0
    if 20 < view.yaw < 150 and s > 0:
        inward = 1.0
    return s * inward * abs(s) + c * abs(c) >= 0


def _sleeve(design: Design, cut: Cut, line: list[Point], bare: list[float], ink: Ink) -> str:
    colour = cut.sleeve_colour(design)
    ease = 1.10 + cut.loose * 0.75
    if cut.sleeve == "short":
        part, radii = line[:3], [bare[0] * ease * 0.96, bare[1] * ease * 1.02, bare[2] * ease * 1.10]
        part[2] = lerp(line[1], line[2], 0.55)
        return ink.limb(part, radii, colour, caps=(True, False))
    wide = 1.0 + cut.sleeve_flare
    radii = [r * ease * (1 + cut.sleeve_flare * max(0, i - 3) / 3) for i, r in enumerate(bare)]
    radii[0] *= 0.92  # the shoulder's own slope shows, no puff
    radii[-1] = max(radii[-1], bare[-1] * 1.3 * wide)
    out = [ink.limb(line, radii, colour, caps=(True, False))]
    out.append(_elbow_folds(line, radii, colour, ink))
    d = lerp(line[-1], line[-2], 0.28)
    trim = design.accent_colour if cut.cuff == "accent" else colour
    if cut.cuff != "none":
        out.append(ink.shape(tube([d, line[-1]], [radii[-1] * 1.12, radii[-1] * 1.12], caps=(False, False)), trim))
    return "".join(out)


def _elbow_folds(line: list[Point], radii: list[float], colour: str, ink: Ink) -> str:
    """Two or three creases where the sleeve bends, on its inner side; none for a straight arm."""
    (ax, ay), (bx, by), (cx, cy) = line[1], line[3], line[5]
    bend = abs(
        math.degrees(math.atan2((bx - ax) * (cy - by) - (by - ay) * (cx - bx), (bx - ax) * (cx - bx) + (by - ay) * (cy - by)))
    )
    if bend < 22 or ink.fine < 1:
        return ""
    inner = lerp(line[1], line[5], 0.5)
    gap = math.hypot(inner[0] - bx, inner[1] - by) or 1.0
    toward = ((inner[0] - bx) / gap * radii[3], (inner[1] - by) / gap * radii[3])
    out = []
    for near, share in ((line[2], 0.5), (line[3], 0.72), (line[4], 0.5)):
        start = (near[0] + toward[0] * 0.95, near[1] + toward[1] * 0.95)
        end = (
            near[0] - toward[0] * (share - 0.5) + (bx - near[0]) * 0.4,
            near[1] - toward[1] * (share - 0.5) + (by - near[1]) * 0.4,
        )
        out.append(ink.stroke(polyline([start, end], closed=False), colour, 0.9))
    return "".join(out)


def draw_leg(design: Design, s: Skeleton, view: View3, index: int, cut: Cut, ink: Ink) -> str:
    """One leg in its trouser leg, stocking or skin, with its shoe."""
    joints = [view.see(p) for p in (s.hips[index], s.knees[index], s.ankles[index])]
    h, limb = s.body.height, s.body.limb * 170 / s.body.height
    line = bone_line(*(j.at for j in joints))
    scales = [joints[0].scale] * 2 + [joints[1].scale] * 3 + [joints[2].scale] * 2
    radii = [r * h * limb * k for r, k in zip(_LEG, scales, strict=True)]
    shoe = _shoe(s, view, index, cut, design, ink)
    if cut.legs == "bare":
        return ink.limb(line, radii, design.skin) + shoe
    colour = design.trouser_colour
    if cut.legs == "shorts":
        short = [r * 1.22 for r in radii[:4]]
        return ink.limb(line, radii, design.skin) + shoe + ink.limb(line[:4], short, colour, caps=(True, False))
    snug = 1.02 if cut.legs == "tights" else 1.12
    full = [r * snug for r in radii]
    full[-1] *= 1.28 if cut.legs == "trousers" else 1.0
    full[-2] *= 1.06 if cut.legs == "trousers" else 1.0
    leg = ink.limb(line, full, colour, caps=(True, False))
    if cut.legs == "trousers" and ink.fine:
        leg += _leg_folds(line, full, colour, ink)
    if cut.boots:
        top = [lerp(line[4], line[5], 0.5), line[5], line[6]]
        return leg + ink.limb(top, [full[5] * 1.08, full[5] * 0.98, full[6] * 0.92], cut.boot_colour, caps=(False, True)) + shoe
    return shoe + leg


def _leg_folds(line: list[Point], radii: list[float], colour: str, ink: Ink) -> str:
    out = []
    for i, share in ((3, 0.6), (6, 0.7), (6, 0.4)):
        x, y = line[i]
        lift = radii[i] * (0.2 if share > 0.5 else 0.9)
        start, end = (
            (x - radii[i] * 0.9 * ink.key * -1, y - lift),
            (x + radii[i] * (0.9 - share) * ink.key * -1, y - lift + radii[i] * 0.35),
        )
        out.append(ink.stroke(polyline([start, end], closed=False), colour, 0.8, 0.34))
    return "".join(out)


def _shoe(s: Skeleton, view: View3, index: int, cut: Cut, design: Design, ink: Ink) -> str:
    h = s.body.height
    ankle, toe = s.ankles[index], s.toes[index]
    step = tuple(t - a for t, a in zip(toe, ankle, strict=True))
    heel = view.see((ankle[0] - step[0] * 0.3, ankle[1] - step[1] * 0.3 - 0.019 * h, ankle[2] - step[2] * 0.3))
    ball = view.see((ankle[0] + step[0] * 0.62, ankle[1] + step[1] * 0.62 - 0.006 * h, ankle[2] + step[2] * 0.62))
    tip, top = view.see(toe), view.see(ankle)
    k = h * top.scale
    line, radii = [heel.at, ball.at, tip.at], [0.021 * k, 0.0215 * k, 0.017 * k]
    upper = tube([top.at, lerp(heel.at, ball.at, 0.35)], [0.0205 * k, 0.027 * k])
    colour = design.skin if cut.shoe == "bare" else cut.boot_colour
    whole = tube(line, radii) + upper
    out = path(whole, ink.edge(colour), stroke=ink.edge(colour), width=ink.line_cm * 2) + path(whole, ink.base(colour))
    out += path(band(line, radii, -ink.key, 0.3, 0.95), ink.dark(colour))
    if cut.shoe != "bare":
        low = [(p[0], p[1] + r * 0.72) for p, r in zip(line, radii, strict=True)]
        out += path(smooth(low, closed=False), stroke=ink.edge(colour, 0.75), width=0.011 * k)
    return out
