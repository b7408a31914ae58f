"""The bones: a design's proportions, a pose's joints in space, and how they fall on the picture.

Body space in cm: `lat` towards the figure's own left, `up` from the floor, `fwd` where the chest points. A figure is always solved
facing right (yaw 0 looks at the camera, 90 to the right, 180 away); the figure is mirrored afterwards if it faces left.
"Near" is the figure's right side, which is nearer to the camera when it faces right; "far" its left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.figure.geometry import Point
from glimmer.models.rehearsal.boards.figure.poses import ArmPose, Body, Target

__all__ = ["Proportions", "Seen", "Skeleton", "Space", "View3", "proportions", "solve"]

Space = tuple[float, float, float]  # lat, up, fwd

_HEADS: Final = {"child": 4.9, "teen": 6.0, "young": 6.7, "adult": 6.75, "old": 6.5}
_LEGS: Final = {"child": 0.455, "teen": 0.50, "young": 0.515, "adult": 0.51, "old": 0.49}
_WIDE: Final = {"slim": 0.90, "average": 1.0, "broad": 1.15, "round": 1.10}
_DEEP: Final = {"slim": 0.88, "average": 1.0, "broad": 1.12, "round": 1.38}
_LIMB: Final = {"slim": 0.88, "average": 1.0, "broad": 1.16, "round": 1.14}


@dataclass(frozen=True)
class Proportions:
    """Lengths in cm. Half widths (`*_w`) and half depths (`*_d`) are of the bare body."""

    height: float
    head: float
    neck_up: float
    hip_up: float
    upper_arm: float
    forearm: float
    hand: float
    thigh: float
    shin: float
    foot: float
    shoulder_w: float
    chest_w: float
    waist_w: float
    hip_w: float
    chest_d: float
    waist_d: float
    hip_d: float
    limb: float  # thickness of arms and legs, 1 for an average adult of 1.7 m
    bust: float
    belly: float
    stoop: float


def proportions(design: Design) -> Proportions:
    """The body that a design's age, build and gender ask for."""
    h = max(40.0, min(260.0, design.height_m * 100))
    head = h / _HEADS[design.age]
    hip = h * _LEGS[design.age]
    arm = h - head
    wide, deep, limb = _WIDE[design.build], _DEEP[design.build], _LIMB[design.build]
    grown = design.age not in ("child",)
    man, woman = design.gender == "man" and grown, design.gender == "woman" and grown
    shoulder = {True: 0.113, False: 0.104}[man] - (0.008 if woman else 0.0) - (0.006 if not grown else 0.0)
    waist = 0.077 - (0.014 if woman else 0.0) + (0.004 if man else 0.0)
    belly = {"slim": 0.0, "average": 0.004, "broad": 0.008, "round": 0.05}[design.build] + (0.012 if design.age == "old" else 0.0)
    return Proportions(
        height=h, head=head, neck_up=h - 1.16 * head, hip_up=hip,
        upper_arm=arm * 0.198, forearm=arm * 0.172, hand=h * (0.098 if grown else 0.094),
        thigh=hip * 0.50, shin=hip * 0.43, foot=h * 0.122,
        shoulder_w=h * shoulder * wide, chest_w=h * (0.091 if man else 0.083) * wide, waist_w=h * waist * (wide + deep) / 2,
        hip_w=h * (0.088 if woman else 0.079) * wide,
        chest_d=h * 0.066 * (wide + deep) / 2, waist_d=h * 0.058 * deep, hip_d=h * 0.066 * (1 + deep) / 2,
        limb=h / 170 * limb * (0.97 if woman else 1.0) * (1.05 if not grown else 1.0),
        bust=h * 0.022 if woman else 0.0, belly=h * belly, stoop=9.0 if design.age == "old" else 0.0,
    )  # fmt: skip


@dataclass(frozen=True)
class View3:
    """From where the figure is seen: yaw around it, pitch from above (> 0) or below, and the lens's distance in cm."""

    yaw: float = 35.0
    pitch: float = 0.0
    distance: float = 600.0

    def see(self, p: Space) -> Seen:
        """Where a point of body space falls: x, y in cm on the plane of the figure, how near, and how large things are there."""
        cy, sy = math.cos(math.radians(self.yaw)), math.sin(math.radians(self.yaw))
        cp, sp = math.cos(math.radians(self.pitch)), math.sin(math.radians(self.pitch))
        x, near = p[0] * cy + p[2] * sy, p[2] * cy - p[0] * sy
        up, close = p[1] * cp - near * sp, near * cp + p[1] * sp
        scale = self.distance / max(self.distance * 0.35, self.distance - close)
        return Seen(x * scale, -up * scale, close, scale)


@dataclass(frozen=True)
class Seen:
    x: float
    y: float
    near: float
    scale: float

    @property
    def at(self) -> Point:
        return self.x, self.y


@dataclass(frozen=True)
class Skeleton:
    """Joints in body space. Pairs are (near, far), that is (the figure's right, its left)."""

    body: Proportions
    pelvis: Space
    waist: Space
    chest: Space
    neck: Space
    head: Space  # the middle of the head
    shoulders: tuple[Space, Space]
    elbows: tuple[Space, Space]
    wrists: tuple[Space, Space]
    hips: tuple[Space, Space]
    knees: tuple[Space, Space]
    ankles: tuple[Space, Space]
    toes: tuple[Space, Space]
    up_axis: Space = field(default=(0.0, 1.0, 0.0))
    fwd_axis: Space = field(default=(0.0, 0.0, 1.0))


def _add(a: Space, b: Space, k: float = 1.0) -> Space:
    return a[0] + b[0] * k, a[1] + b[1] * k, a[2] + b[2] * k


def _sub(a: Space, b: Space) -> Space:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def _length(a: Space) -> float:
    return math.sqrt(a[0] ** 2 + a[1] ** 2 + a[2] ** 2)


def _direction(pitch: float, spread: float, side: float) -> Space:
    """Down is pitch 0, ahead 90, straight up 180; `spread` opens to the limb's own side."""
    p, s = math.radians(pitch), math.radians(spread)
    return side * math.sin(s), -math.cos(p) * math.cos(s), math.sin(p) * math.cos(s)


def _reach(shoulder: Space, target: Space, upper: float, lower: float, hint: Space) -> tuple[Space, Space]:
    """Elbow and wrist of an arm whose hand goes to `target`; the elbow falls towards `hint`."""
    line = _sub(target, shoulder)
    far = min(max(_length(line), abs(upper - lower) + 1.0), (upper + lower) * 0.985)
    unit = _add((0, 0, 0), line, 1 / (_length(line) or 1.0))
    along = (far**2 + upper**2 - lower**2) / (2 * far)
    lift = math.sqrt(max(0.0, upper**2 - along**2))
    dot = sum(h * u for h, u in zip(hint, unit, strict=True))
    side = _add(hint, unit, -dot)
    side = _add((0, 0, 0), side, 1 / (_length(side) or 1.0))
    return _add(_add(shoulder, unit, along), side, lift), _add(shoulder, unit, far)


def solve(design: Design, pose: Body) -> Skeleton:
    """The joints of `design` in `pose`. The lowest foot, knee or seat stands on the floor (or on the pose's seat)."""
    b = proportions(design)
    pelvis: Space = (pose.shift * b.hip_w, b.hip_up, 0.0)
    lean, bend = math.radians(pose.lean), math.radians(pose.lean + pose.bend + b.stoop)
    tilt = math.radians(pose.tilt)
    spine = b.neck_up - b.hip_up
    low: Space = (math.sin(tilt) * 0.6, math.cos(lean), math.sin(lean))
    high: Space = (math.sin(tilt), math.cos(bend) * math.cos(tilt), math.sin(bend))
    waist = _add(pelvis, low, spine * 0.36)
    chest = _add(waist, high, spine * 0.34)
    neck = _add(chest, high, spine * 0.30)
    nod = bend * 0.55 + math.radians(pose.nod) * 0.25
    head = _add(neck, (math.sin(tilt) * 0.5, math.cos(nod), math.sin(nod)), b.head * 0.655)
    across: Space = (math.cos(tilt), -math.sin(tilt), 0.0)
    fwd: Space = (0.0, -math.sin(bend), math.cos(bend))
    twist = math.radians(pose.twist)
    arms = [_arm(pose.arms[i], b, neck, head, high, across, fwd, s, pose, twist) for i, s in ((0, -1.0), (1, 1.0))]
    legs = [_leg(pose, i, b, pelvis, s) for i, s in ((0, -1.0), (1, 1.0))]
    skeleton = Skeleton(
        b, pelvis, waist, chest, neck, head,
        (arms[0][0], arms[1][0]), (arms[0][1], arms[1][1]), (arms[0][2], arms[1][2]),
        (legs[0][0], legs[1][0]), (legs[0][1], legs[1][1]), (legs[0][2], legs[1][2]), (legs[0][3], legs[1][3]), high, fwd,
    )  # fmt: skip
    return _grounded(skeleton, pose)


def _arm(
    arm: ArmPose | Target, b: Proportions, neck: Space, head: Space, high: Space, across: Space, fwd: Space, side: float,
    pose: Body, twist: float,
) -> tuple[Space, Space, Space]:  # fmt: skip
    root = _add(_add(neck, high, -0.066 * b.height - pose.slump), across, side * b.shoulder_w * 0.87 * math.cos(twist))
    shoulder = _add(_add(root, high, pose.shrug), fwd, side * math.sin(twist) * b.shoulder_w)
    if isinstance(arm, ArmPose):
        elbow = _add(shoulder, _direction(arm.pitch + pose.lean * 0.5, arm.spread, side), b.upper_arm)
        return shoulder, elbow, _add(elbow, _direction(arm.fore_pitch + pose.lean * 0.5, arm.fore_spread, side), b.forearm)
    base, unit = (head, b.head) if arm.anchor == "head" else (neck, b.height / 7)
    goal = _add(_add(_add(base, high, arm.up * unit), fwd, arm.fwd * unit), across, side * arm.lat * unit)
    hint = (side * arm.elbow[0], arm.elbow[1], arm.elbow[2])
    elbow, wrist = _reach(shoulder, goal, b.upper_arm, b.forearm, hint)
    return shoulder, elbow, wrist


def _leg(pose: Body, index: int, b: Proportions, pelvis: Space, side: float) -> tuple[Space, Space, Space, Space]:
    leg = pose.legs[index]
    hip = _add(pelvis, (side * b.hip_w * 0.52, -0.01 * b.height, 0.0))
    knee = _add(hip, _direction(leg.pitch, leg.spread, side), b.thigh)
    ankle = _add(knee, _direction(leg.shin, leg.shin_spread, side), b.shin)
    out, foot = math.radians(leg.toe_out), math.radians(leg.foot)
    toe = _add(ankle, (side * math.sin(out) * math.cos(foot), -math.sin(foot), math.cos(out) * math.cos(foot)), b.foot * 0.72)
    return hip, knee, ankle, toe


def _grounded(s: Skeleton, pose: Body) -> Skeleton:
    sole = 0.042 * s.body.height
    if pose.seat_cm is not None:
        drop = s.pelvis[1] - pose.seat_cm - s.body.hip_d * 0.9
    else:
        feet = [p[1] - sole for p in s.ankles] + [p[1] - sole * 0.35 for p in s.toes]
        drop = min([*feet, *(k[1] - 0.034 * s.body.height for k in s.knees), s.pelvis[1] - s.body.hip_d * 1.05]) - pose.lift

    def fall(p: Space) -> Space:
        return p[0], p[1] - drop, p[2]

    def both(p: tuple[Space, Space]) -> tuple[Space, Space]:
        return fall(p[0]), fall(p[1])

    return Skeleton(
        s.body, fall(s.pelvis), fall(s.waist), fall(s.chest), fall(s.neck), fall(s.head), both(s.shoulders), both(s.elbows),
        both(s.wrists), both(s.hips), both(s.knees), both(s.ankles), both(s.toes), s.up_axis, s.fwd_axis,
    )  # fmt: skip
