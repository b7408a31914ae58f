"""Land: ridges that pale with distance, the ground plane, paths on it, grass and stones strewn over it."""

from __future__ import annotations

import math
from collections.abc import Callable

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage

__all__ = ["foreground_grass", "ground", "ridge", "rocks", "snow_on", "strewn", "trail", "tufts"]

FAR_M = 4000.0


def _profile(s: Stage, name: str) -> Callable[[float], float]:
    """A wavy line through −1..1 that never ends; the same for the same name."""
    dice = s.dice(name)
    waves = [(dice.uniform(0.7, 1.3) * k, dice.uniform(0, 6.28), 1 / k) for k in (1.0, 2.3, 4.1)]
    return lambda t: sum(math.sin(f * t * 2 * math.pi + p) * a for f, p, a in waves) / 1.6


def snow_on(s: Stage, colour: str, share: float = 0.72) -> str:
    """`colour` as snow leaves it."""
    return mix(colour, "#f2f5f8", share) if s.weather == "snow" else colour


def ridge(
    s: Stage, name: str, depth: float, height: float, rise: float, colour: str, *, haze: float | None = None, peaks: bool = False,
    waves: float = 1.5,
) -> None:  # fmt: skip
    """A hill line: its mean height and its rise in metres, paling into mist at its foot. Peaks are sharp, hills round."""
    profile = _profile(s, name)
    span = 0.62 * (depth + 30)
    steps = 44 if peaks else 26
    points: list[svg.Point] = []
    jag = s.dice(name + "jag")
    for i in range(steps + 1):
        t = i / steps
        y = height + rise * profile(t * waves)
        if peaks:
            y += rise * (0.45 if i % 2 else -0.2) * jag.uniform(0.4, 1.2)
        points.append(s.point(-span + 2 * span * t, max(y, 0.0), depth))
    fade = s.air(depth) if haze is None else haze
    if s.weather == "fog":
        fade = min(1.0, fade + 0.3)
    top = min(y for _, y in points)
    foot = s.point(0, 0, depth)[1] + 4
    body = s.lit(snow_on(s, colour, 0.5), fade)
    mist = mix(body, s.light.sky_low, 0.45)
    fill = s.vertical_px(top, max(foot, top + 1), (0, body), (1, mist))
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if peaks else svg.smooth(points)
    s.add(depth, svg.path(f"{line}L{points[-1][0]:.1f} {foot:.1f}L{points[0][0]:.1f} {foot:.1f}Z", fill))


def ground(s: Stage, near: str, far: str, *, patches: int = 12, wet: bool = True) -> None:
    """The ground from the horizon to under the camera, with wide soft patches and a dark near edge."""
    near, far = snow_on(s, near), snow_on(s, far)
    y_far, y_mid = s.point(0, 0, FAR_M)[1], s.point(0, 0, 14)[1]
    y_stage = s.point(0, 0, 0)[1]
    bottom = max(y_stage + 1, s.height)
    total = bottom - y_far
    stops = (
        (0, s.lit(far, 0.75 if s.weather != "fog" else 1)),
        (min(0.9, (y_mid - y_far) / total * 0.35), s.lit(far, 0.3)),
        (min(0.94, (y_mid - y_far) / total), s.lit(mix(near, far, 0.4))),
        (min(0.97, (y_stage - y_far) / total), s.lit(near)),
        (1, s.shade(near, 0.32)),
    )
    fill = s.vertical_px(y_far, bottom, *stops)
    s.add(BACKDROP / 2, svg.rect(s.left, y_far - 1, s.right - s.left, s.bottom - y_far + 2, fill))
    s.add(BACKDROP / 4, *_patches(s, near, far, patches))
    if wet and s.weather in ("rain", "storm"):
        s.add(BACKDROP / 5, *_puddles(s))


def _patches(s: Stage, near: str, far: str, count: int) -> list[str]:
    dice = s.dice("patches")
    out = []
    for i in range(count):
        depth = 0.4 * (260 / 0.4) ** (1 - (i + dice.random() * 0.5) / count) - 1.4
        x = dice.uniform(-0.5, 0.5) * (depth + 12)
        w, thick = dice.uniform(0.18, 0.4) * (depth + 9), dice.uniform(0.08, 0.2) * (depth + 6)
        tone = dice.choice((s.shade(near, 0.16, s.air(depth)), s.glow(mix(near, far, 0.5), 0.18, s.air(depth))))
        px, py = s.point(x, 0, depth)
        _, py2 = s.point(x, 0, depth + thick)
        out.append(svg.ellipse(px, py, w * s.scale(depth), max(1.5, py - py2), tone, opacity=0.5))
    return out


def _puddles(s: Stage) -> list[str]:
    """Sheets of water that hold the sky."""
    dice = s.dice("puddles")
    out = []
    for _ in range(9):
        depth, x = dice.uniform(-2.5, 9), dice.uniform(-6, 6)
        px, py = s.point(x, 0, depth)
        _, py2 = s.point(x, 0, depth + dice.uniform(0.25, 0.6))
        r = dice.uniform(0.5, 1.3) * s.scale(depth)
        sheen = mix(s.lit(s.light.sky_low), s.light.sky_low, 0.5)
        out.append(svg.ellipse(px, py, r, abs(py - py2), s.vertical((0, sheen, 0.75), (1, sheen, 0.15))))
    return out


def trail(
    s: Stage, colour: str, half_m: float, *, bend: float = 2.0, edge: str = "", far: float = 220.0, name: str = "trail"
) -> None:
    """A path that winds from under the camera to far away."""
    dice = s.dice(name)
    phase, sway = dice.uniform(-0.6, 0.6), bend * dice.choice((-1, 1))
    depths = [-6 + (far + 6) * (i / 22) ** 2.6 for i in range(23)]

    def middle(d: float) -> float:
        return sway * (math.sin(phase + max(d, 0) / 14) - math.sin(phase)) * (1 + max(d, 0) / 40)

    for half, tone in ((half_m * 1.18, edge), (half_m, colour)):
        if not tone:
            continue
        one = [s.point(middle(d) - half, 0, d) for d in depths]
        two = [s.point(middle(d) + half, 0, d) for d in reversed(depths)]
        seen = snow_on(s, tone, 0.45)
        fill = s.vertical_px(one[-1][1], one[0][1], (0, s.lit(seen, 0.55)), (0.25, s.lit(seen, 0.1)), (1, s.shade(seen, 0.1)))
        s.add(BACKDROP / 6, svg.polygon(one + two, fill))


def strewn(
    s: Stage, name: str, count: int, near: float, far: float, draw: Callable[[float, float, float], str], *, spread: float = 0.55,
    clear_m: float = 0.0,
) -> None:  # fmt: skip
    """Call draw(x, depth, size 0.7..1.3) at `count` places of the ground, denser near; clear_m keeps the middle free."""
    dice = s.dice(name)
    for i in range(count):
        depth = near + (far - near) * ((i + dice.random()) / count) ** 1.7
        x, size = dice.uniform(-1, 1) * spread * (depth + 9), dice.uniform(0.7, 1.3)
        if abs(x) < clear_m:
            x += math.copysign(clear_m, x)
        px, _ = s.point(x, 0, depth)
        if s.sees(depth) and s.left - 3 * s.scale(depth) < px < s.right + 3 * s.scale(depth):
            art = draw(x, depth, size)
            if art:
                s.add(depth, art)


def _blades(s: Stage, name: str, count: int, near: float, far: float, height: float, lean: float) -> list[str]:
    """Path data of tufts, nearest last."""
    dice = s.dice(name)
    out = []
    for i in range(count):
        depth = far + (near - far) * ((i + dice.random()) / count) ** 0.5
        x, k = dice.uniform(-0.55, 0.55) * (depth + 9), s.scale(depth)
        h, w, tilt = height * dice.uniform(0.6, 1.2) * k, 0.02 * k, lean * k * dice.uniform(0.5, 1.2)
        px, py = s.point(x, 0, depth)
        if not (s.left < px < s.right and py < s.bottom):
            continue
        for side in (-1.2, -0.1, 1.0):
            bx, tx = px + side * w * 2, px + side * w * 6 + tilt * s.mirror
            out.append(f"M{bx - w:.1f} {py:.1f}L{tx:.1f} {py - h * (1 - 0.2 * abs(side)):.1f}L{bx + w:.1f} {py:.1f}Z")
    return out


def tufts(s: Stage, colour: str, count: int = 60, *, near: float = 0.3, far: float = 24.0, height: float = 0.16) -> None:
    """Small grass on the ground, light and dark, bent by the wind."""
    lean = 0.12 if s.weather in ("wind", "storm") else 0.02
    tone = snow_on(s, colour, 0.35)
    s.add(far, svg.path("".join(_blades(s, "tufts1", count // 2, 4.0, far, height, lean)), s.glow(tone, 0.14, 0.1)))
    s.add(near, svg.path("".join(_blades(s, "tufts2", count // 2, near, 5.0, height, lean)), s.shade(tone, 0.3)))


def foreground_grass(s: Stage, colour: str, *, height: float = 0.1) -> None:
    """Dark blades along the bottom edge, higher at the sides: the picture's near frame. Not in close-ups."""
    if s.close or s.eye > 3:
        return
    dice = s.dice("foreground")
    base, tall = s.height + 2, height * s.height
    lean = 0.5 if s.weather in ("wind", "storm") else 0.0
    d = []
    for i in range(90):
        x = s.left + (s.right - s.left) * (i + dice.random()) / 90
        frame = abs(x / s.width - 0.5) * 2
        h = tall * (0.12 + 0.88 * min(1.2, frame) ** 3) * dice.uniform(0.5, 1.3)
        tip = x + (dice.uniform(-0.35, 0.35) + lean * s.mirror) * h
        d.append(f"M{x - 7:.0f} {s.bottom:.0f}L{x - 6:.0f} {base:.0f}Q{x:.0f} {base - h * 0.6:.0f} {tip:.0f} {base - h:.0f}"
                 f"Q{x + 4:.0f} {base - h * 0.5:.0f} {x + 7:.0f} {base:.0f}L{x + 7:.0f} {s.bottom:.0f}Z")  # fmt: skip
    s.add(-3, svg.path("".join(d), s.shade(snow_on(s, colour, 0.2), 0.68)))


def rocks(
    s: Stage, colour: str, count: int, near: float, far: float, size_m: float, *, name: str = "rocks", clear_m: float = 1.6
) -> None:
    """Boulders of two facets."""
    dice = s.dice(name + "shape")

    def draw(x: float, depth: float, size: float) -> str:
        r = size_m * size * 50
        top = [(-r, 0), (-r * 0.8, -r * dice.uniform(0.5, 0.8)), (-r * 0.2, -r * dice.uniform(0.8, 1.1)),
               (r * 0.5, -r * dice.uniform(0.6, 0.9)), (r, -r * 0.2), (r * 1.05, 0)]  # fmt: skip
        face = [(-r * 0.2 * s.key, -r * 0.85), (r * 0.5 * s.key, -r * 0.55), (r * 1.0 * s.key, -r * 0.1), (0.1 * r * s.key, 0)]
        haze, tone = s.air(depth), snow_on(s, colour, 0.3)
        cap = svg.polygon(top[1:5], s.lit("#f2f5f8", haze)) if s.weather == "snow" else ""
        return s.ground_shadow(x, depth, r / 85, 0.2, 0.25) + s.plane(
            depth, svg.polygon(top, s.shade(tone, 0.32, haze)), svg.polygon(face, s.glow(tone, 0.12, haze)), cap, x=x
        )

    strewn(s, name, count, near, far, draw, clear_m=clear_m)
