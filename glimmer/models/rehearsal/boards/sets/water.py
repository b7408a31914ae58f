"""Water: a sea to the horizon with swell and glints, rivers, reflections, and what it is like below."""

from __future__ import annotations

import math

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.sky import disc_place
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage

__all__ = ["foam_line", "sea", "water_colours"]


def water_colours(s: Stage, colour: str) -> tuple[str, str]:
    """(far, near): far water takes the sky, near water its own depth."""
    grey = {"storm": 0.45, "rain": 0.3, "fog": 0.35, "snow": 0.25}.get(s.weather, 0.0)
    own = mix(colour, "#5a6a72", grey)
    far = mix(s.lit(own), s.light.sky_low, 0.5)
    return far, s.shade(own, 0.32)


def sea(
    s: Stage, colour: str, *, near_m: float = -8.0, swell: float = 1.0, level: float = 0.0, depth_key: float = BACKDROP / 2
) -> None:
    """Open water from the horizon to `near_m`, its surface at height `level`: tones, rows of swell, glints and a path of light."""
    far_tone, near_tone = water_colours(s, colour)
    y_far = s.point(0, level, 6000)[1]
    y_near = max(s.point(0, level, near_m)[1], y_far + 2)
    middle = mix(far_tone, near_tone, 0.45)
    fill = s.vertical_px(
        y_far, min(y_near, s.bottom), (0, far_tone), (0.12, mix(far_tone, middle, 0.5)), (0.4, middle), (1, near_tone)
    )
    art = [svg.rect(s.left, y_far - 1, s.right - s.left, y_near - y_far + 2, fill)]
    art += _swell(s, level, near_m, swell, far_tone, near_tone)
    art += _path_of_light(s, level, near_m)
    s.add(depth_key, *art)


def _crest(x: float, y: float, w: float, h: float) -> str:
    return f"M{x - w:.1f} {y:.1f}Q{x:.1f} {y - h:.1f} {x + w:.1f} {y:.1f}Q{x:.1f} {y - h * 0.25:.1f} {x - w:.1f} {y:.1f}Z"


def _swell(s: Stage, level: float, near_m: float, swell: float, far_tone: str, near_tone: str) -> list[str]:
    dice = s.dice("swell")
    rough = swell * {"storm": 2.3, "wind": 1.6, "rain": 1.2}.get(s.weather, 1.0)
    rows: list[str] = []
    first = max(near_m + 0.4, -0.55 * s.camera.distance_m)
    for row in range(20):
        depth = 330.0 * (0.72**row) + near_m - 0.4
        light: list[str] = []
        dark: list[str] = []
        foam: list[str] = []
        for i in range(15):
            x = (i / 14 - 0.5 + dice.uniform(-0.035, 0.035)) * 1.3 * (depth - near_m + 12)
            w, h, pick = dice.uniform(0.5, 1.6), dice.uniform(0.05, 0.13), dice.random()
            k = s.scale(max(depth, first))
            px, py = s.point(x, level, max(depth, first))
            wide = w * k * (1 + depth / 26) * 1.3
            if depth < first or not (s.left - wide < px < s.right + wide):
                continue
            crest = _crest(px, py, wide, max(1.2, h * rough * k * (1.6 + depth / 60)))
            (light if pick < 0.5 else dark).append(crest)
            if pick > 0.9 and rough > 1.1:
                foam.append(_crest(px, py - h * rough * k * 0.9, wide * 0.4, h * k))
        t = row / 20
        base = mix(far_tone, near_tone, t)
        rows.append(svg.path("".join(dark), mix(base, s.light.shadow, 0.2), opacity=0.75) if dark else "")
        rows.append(svg.path("".join(light), mix(base, mix(s.light.sky_low, s.light.key, 0.4), 0.3), opacity=0.8) if light else "")
        rows.append(svg.path("".join(foam), mix(base, "#ffffff", 0.6), opacity=0.7) if foam else "")
    return rows


def _path_of_light(s: Stage, level: float, near_m: float) -> list[str]:
    """The glitter below a low sun or the moon."""
    if s.weather in ("storm", "rain", "fog") or s.time == "day":
        return []
    dice = s.dice("glitter")
    x, _ = s.sky(disc_place(s)[0], 0)
    y_far, y_near = s.point(0, level, 3000)[1], min(s.point(0, level, max(near_m, -2))[1], s.bottom)
    colour = mix(s.light.key, "#fff7e2", 0.4)
    d = []
    for i in range(34):
        t = (i / 34) ** 1.5
        y = y_far + 2 + (y_near - y_far) * t
        w = (8 + 90 * t) * s.width / 1920 * dice.uniform(0.4, 1.0)
        px = x + dice.uniform(-1, 1) * (6 + 80 * t) * s.width / 1920
        d.append(_crest(px, y, w, 2 + 7 * t))
    column = s.halo(x, (y_far + y_near) / 2, s.width * 0.09, (y_near - y_far) * 0.75, colour, 0.28)
    return [column, svg.path("".join(d), colour, opacity=0.75)]


def foam_line(s: Stage, depth: float, *, name: str = "foam", amplitude: float = 0.6, thick: float = 0.5) -> None:
    """The white lip where the sea meets the land, across the picture at this depth."""
    dice = s.dice(name)
    phase = dice.uniform(0, 6)
    span = 0.62 * (depth + 26)
    one, two = [], []
    for i in range(23):
        x = -span + 2 * span * i / 22
        wave = amplitude * (math.sin(i * 0.9 + phase) + 0.5 * math.sin(i * 2.1 + phase))
        one.append(s.point(x, 0, depth + wave))
        two.append(s.point(x, 0, depth + wave - thick * (0.6 + 0.4 * math.sin(i * 1.7))))
    outline = svg.smooth(one) + "L" + svg.smooth(list(reversed(two)))[1:] + "Z"
    s.add(depth, svg.path(outline, mix(s.lit("#f4f7f6"), s.light.sky_low, 0.2), opacity=0.85))
