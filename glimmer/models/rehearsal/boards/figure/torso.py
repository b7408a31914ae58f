"""The trunk as a stack of ellipses along the spine: its outline from any side, and any point of its surface.

`Torso.at(degrees, level)` is what lets collars, buttons and pockets turn with the body: 0 degrees is the middle of the front,
90 the figure's left, 180 the middle of the back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from glimmer.models.rehearsal.boards.figure.geometry import Point, lerp, smooth
from glimmer.models.rehearsal.boards.figure.skeleton import Skeleton, Space, View3

__all__ = ["CHEST", "COLLAR", "CROTCH", "HIP", "NECK", "SHOULDER", "WAIST", "Torso", "hem_points", "torso_of"]

CROTCH, HIP, WAIST, RIBS, CHEST, ARMPIT, SHOULDER, COLLAR, NECK = range(9)


def _mix(a: Space, b: Space, k: float) -> Space:
    return a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k


@dataclass(frozen=True)
class _Ring:
    centre: Space
    wide: float
    deep: float
    fwd: Space


@dataclass(frozen=True)
class Torso:
    """Rings from the crotch to the neck, seen through one view."""

    rings: tuple[_Ring, ...]
    view: View3

    def _ring(self, level: float) -> _Ring:
        i = max(0, min(len(self.rings) - 2, int(level)))
        k = min(1.0, max(0.0, level - i))
        a, b = self.rings[i], self.rings[i + 1]
        return _Ring(
            _mix(a.centre, b.centre, k), a.wide + (b.wide - a.wide) * k, a.deep + (b.deep - a.deep) * k, a.fwd if k < 0.5 else b.fwd
        )

    def at(self, degrees: float, level: float, out: float = 1.0) -> Point:
        """A point of the surface, `out` times its radius from the spine."""
        return self._seen(degrees, level, out)[0]

    def faces(self, degrees: float, level: float = CHEST) -> float:
        """How much that part of the surface looks at the camera: 1 straight, 0 edge on, negative away."""
        near = self._seen(degrees, level, 1.0)[1]
        ring = self._ring(level)
        return (near - self.view.see(ring.centre).near) / max(ring.wide, ring.deep)

    def _seen(self, degrees: float, level: float, out: float) -> tuple[Point, float]:
        ring = self._ring(level)
        s, c = math.sin(math.radians(degrees)) * ring.wide * out, math.cos(math.radians(degrees)) * ring.deep * out
        p = (ring.centre[0] + s, ring.centre[1] + ring.fwd[1] * c, ring.centre[2] + ring.fwd[2] * c)
        seen = self.view.see(p)
        return seen.at, seen.near

    def edges(self, level: float, out: float = 1.0) -> tuple[Point, Point]:
        """The leftmost and the rightmost point of the outline at this level."""
        ring = self._ring(level)
        mid, half = self.view.see(ring.centre), self._half(ring) * out
        return (mid.x - half, mid.y), (mid.x + half, mid.y)

    def _half(self, ring: _Ring) -> float:
        yaw = math.radians(self.view.yaw)
        return math.hypot(ring.wide * math.cos(yaw), ring.deep * math.sin(yaw)) * self.view.see(ring.centre).scale

    def line(self, low: int = CROTCH, high: int = NECK) -> tuple[list[Point], list[float]]:
        """The spine in the picture and the half widths along it."""
        part = self.rings[low : high + 1]
        return [self.view.see(r.centre).at for r in part], [self._half(r) for r in part]

    def side(self, low: float, high: float, share: float) -> list[Point]:
        """The line from `low` up to `high` at `share` of the half width: -1 the left edge, 1 the right edge."""
        a, b = self.view.see(self.rings[CROTCH].centre).at, self.view.see(self.rings[COLLAR].centre).at
        length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        across = (-(b[1] - a[1]) / length, (b[0] - a[0]) / length)
        inside = [float(i) for i in range(len(self.rings)) if low < i < high]
        out = []
        for level in [low, *inside, high]:
            ring = self._ring(level)
            mid, half = self.view.see(ring.centre), self._half(ring) * share
            out.append((mid.x + across[0] * half, mid.y + across[1] * half))
        return out

    def strip(self, low: float, high: float, start: float, end: float) -> str:
        """The part of the trunk between two shares of its half width, as a path; -1 .. 1 is all of it."""
        left, right = self.side(low, high, start), self.side(low, high, end)
        return smooth(left, closed=False) + "L" + smooth(right[::-1], closed=False)[1:] + "Z"


def torso_of(s: Skeleton, view: View3, *, loose: float = 0.0) -> Torso:
    """The trunk of a skeleton, `loose` wider than the body; loose cloth hides the waist."""
    b, h = s.body, s.body.height
    e = 1 + loose
    waist_w = b.waist_w + (b.chest_w - b.waist_w) * min(0.9, loose * 2.6)
    flat = (0.0, 0.0, 1.0)

    def moved(p: Space, up: float, ahead: float, fwd: Space = flat) -> Space:
        return p[0], p[1] + up * h + fwd[1] * ahead, p[2] + fwd[2] * ahead

    def rise(up: float, ahead: float = 0.0) -> Space:  # from the neck down along the upper spine
        u, f = s.up_axis, s.fwd_axis
        return tuple(n + u_ * up * h + f_ * ahead for n, u_, f_ in zip(s.neck, u, f, strict=True))  # type: ignore[return-value]

    a = s.fwd_axis
    rings = (
        _Ring(moved(s.pelvis, -0.058, 0), b.hip_w * 0.74 * e, b.hip_d * 0.86 * e, flat),
        _Ring(moved(s.pelvis, -0.010, 0), b.hip_w * e, b.hip_d * e, flat),
        _Ring(moved(s.waist, 0, b.belly * 0.55), waist_w * e, b.waist_d * e + b.belly * 0.35, flat),
        _Ring(moved(_mix(s.waist, s.chest, 0.55), 0, b.belly * 0.35 + b.bust * 0.25, a), (waist_w * 0.45 + b.chest_w * 0.55) * e, (b.waist_d * 0.4 + b.chest_d * 0.6) * e + b.belly * 0.15, a),
        _Ring(moved(s.chest, 0.005, b.bust * 0.42, a), b.chest_w * e, (b.chest_d + b.bust * 0.5) * e, a),
        _Ring(rise(-0.088, b.bust * 0.12), b.chest_w * 1.04 * e, b.chest_d * 0.93 * e, a),
        _Ring(rise(-0.047), b.shoulder_w * 0.92 * (1 + loose * 0.4), b.chest_d * 0.76 * e, a),
        _Ring(rise(-0.012, 0.006 * h), 0.056 * h * b.limb * 170 / h * (1 + loose * 0.5), 0.037 * h * (1 + loose * 0.3), a),
        _Ring(rise(0.014, 0.008 * h), 0.036 * h * (1 + loose * 0.6), 0.036 * h * (1 + loose * 0.6), a),
    )  # fmt: skip
    return Torso(rings, view)


def hem_points(s: Skeleton, view: View3, torso: Torso, share: float, flare: float) -> tuple[list[Point], list[Point]]:
    """The skirt of a long garment: its hull from the waist down, and its hem from left to right.

    share: 0 at the hips .. 1 at the knees .. 2 at the ankles.
    """
    left, right = torso.edges(WAIST)
    hip_l, hip_r = torso.edges(HIP)
    hem: list[Point] = []
    for i in (0, 1):
        joints = [view.see(p) for p in (s.hips[i], s.knees[i], s.ankles[i])]
        at = lerp(joints[0].at, joints[1].at, min(1.0, share))
        if share > 1:
            at = lerp(joints[1].at, joints[2].at, share - 1)
        r = s.body.height * s.body.limb * 170 / s.body.height * (0.052 - 0.010 * share) * joints[1].scale
        grow = r + flare * s.body.height * 0.16 * share
        hem += [(at[0] - grow, at[1]), (at[0] + grow, at[1])]
    hem.sort()
    low = max(p[1] for p in hem)
    corner_l, corner_r = hem[0], hem[-1]
    width = corner_r[0] - corner_l[0]
    bottom = [
        corner_l,
        (corner_l[0] + width * 0.28, low + width * 0.035),
        (corner_l[0] + width * 0.72, low + width * 0.035),
        corner_r,
    ]
    fall_l, fall_r = lerp(hip_l, corner_l, 0.45), lerp(hip_r, corner_r, 0.45)  # a skirt hangs straight: no dent below the hip
    return [left, hip_l, fall_l, *bottom, fall_r, hip_r, right], bottom
