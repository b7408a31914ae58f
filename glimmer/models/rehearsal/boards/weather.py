"""Weather over a picture: rain, snow, fog, storm and wind, in depths, some behind the actors and most before them.

It is hung on a set's stage in picture px; inside a room nothing falls (it is seen through the windows instead).
Each layer is one path, so that a downpour costs three elements.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix

if TYPE_CHECKING:  # the sets import this module
    from glimmer.models.rehearsal.boards.sets.stage import Stage

__all__ = ["add_weather", "flakes", "streaks"]

_BEHIND, _BEFORE = 0.4, -0.6  # depths in metres at which the layers hang


def streaks(s: Stage, name: str, count: int, length: float, slant: float, box: tuple[float, float, float, float]) -> str:
    """Path data of rain in a box (x0, y0, x1, y1); `slant` is how far a streak drifts sideways for each unit it falls."""
    dice = s.dice(name)
    x0, y0, x1, y1 = box
    out = []
    for _ in range(count):
        x, y, fall = dice.uniform(x0, x1), dice.uniform(y0, y1), length * dice.uniform(0.5, 1.2)
        out.append(f"M{x:.0f} {y:.0f}l{fall * slant:.0f} {fall:.0f}")
    return "".join(out)


def flakes(s: Stage, name: str, count: int, radius: float, box: tuple[float, float, float, float]) -> str:
    """Path data of snowflakes in a box."""
    dice = s.dice(name)
    x0, y0, x1, y1 = box
    out = []
    for _ in range(count):
        x, y, r = dice.uniform(x0, x1), dice.uniform(y0, y1), radius * dice.uniform(0.5, 1.3)
        out.append(f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 1 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 1 {-2 * r:.1f} 0Z")
    return "".join(out)


def add_weather(s: Stage, *, ground: bool = True) -> None:
    """Hang the scene's weather; `ground` is False over water, in the air and in space."""
    painters = {"rain": _rain, "storm": _storm, "snow": _snow, "fog": _fog, "wind": _wind}
    if s.weather in painters:
        painters[s.weather](s, ground)


def _box(s: Stage) -> tuple[float, float, float, float]:
    return s.left, s.top, s.right, s.bottom


def _water(s: Stage) -> str:
    return mix(mix(s.light.sky_low, "#ffffff", 0.5), s.light.key, 0.2)


def _fall(s: Stage, slant: float, strength: float) -> None:
    unit, tone = s.height / 1080, _water(s)
    layers = ((_BEHIND, 240, 42, 1.1, 0.34), (_BEFORE, 130, 85, 1.9, 0.40), (_BEFORE - 0.2, 34, 190, 3.4, 0.26))
    for i, (depth, count, length, width, opacity) in enumerate(layers):
        d = streaks(s, f"rain{i}", int(count * strength), length * unit, slant, _box(s))
        s.add(depth, svg.path(d, "none", stroke=tone, stroke_width=width * unit, opacity=opacity))


def _splashes(s: Stage) -> None:
    """Small crowns where drops meet the ground."""
    dice = s.dice("splashes")
    out = []
    for _ in range(70):
        depth = 0.1 + 9 * dice.random() ** 2
        x = dice.uniform(-0.5, 0.5) * (depth + 8)
        px, py = s.point(x, 0, depth)
        k = s.scale(depth) * dice.uniform(0.03, 0.06)
        if s.left < px < s.right and s.top < py < s.bottom:
            out.append(
                f"M{px - k:.1f} {py - k * 0.8:.1f}Q{px - k * 0.4:.1f} {py:.1f} {px:.1f} {py:.1f}Q{px + k * 0.4:.1f} {py:.1f} {px + k:.1f} {py - k * 0.8:.1f}"
            )
    s.add(_BEHIND, svg.path("".join(out), "none", stroke=_water(s), stroke_width=max(1.2, s.height / 700), opacity=0.6))


def _rain(s: Stage, ground: bool) -> None:
    _fall(s, -0.12 * s.mirror, 1.0)
    if ground:
        _splashes(s)


def _storm(s: Stage, ground: bool) -> None:
    gloom = s.light.shadow  # a darker air than rain's, heaviest above
    s.add(_BEHIND + 8, s.cover(s.vertical_px(0, s.height, (0, gloom, 0.34), (0.6, gloom, 0.12), (1, gloom, 0.2))))
    _fall(s, -0.48 * s.mirror, 1.5)
    _veil(s, 60.0, 0.28)
    if ground:
        _splashes(s)
        _leaves(s, 10)


def _veil(s: Stage, depth: float, strength: float) -> None:
    """Air between what is nearer than `depth` and what is farther: a wide soft band about the horizon."""
    tone = s.light.sky_low
    reach = max(0.12 * s.focal, s.height * 0.22)
    fill = s.vertical_px(s.horizon - reach, s.horizon + reach * 0.8, (0, tone, 0), (0.55, tone, strength), (1, tone, 0))
    s.add(depth, svg.rect(s.left, s.horizon - reach, s.right - s.left, reach * 1.8, fill))


def _snow(s: Stage, ground: bool) -> None:
    unit = s.height / 1080
    tone = mix("#ffffff", s.light.sky_low, 0.12 if s.time != "night" else 0.3)
    _veil(s, 45.0, 0.4)
    layers = ((_BEHIND + 6, 300, 2.2, 0.7), (_BEHIND, 190, 3.6, 0.85), (_BEFORE, 120, 5.6, 0.85), (_BEFORE - 0.2, 30, 12.0, 0.5))
    for i, (depth, count, radius, opacity) in enumerate(layers):
        s.add(depth, svg.path(flakes(s, f"snow{i}", count, radius * unit, _box(s)), tone, opacity=opacity))


def _fog(s: Stage, ground: bool) -> None:
    """Banks that lie between the planes of depth, and a thin one before the actors' feet."""
    tone = mix(s.light.sky_low, "#ffffff", 0.08)
    for depth, strength in ((120.0, 0.55), (40.0, 0.5), (14.0, 0.4), (5.0, 0.28)):
        _veil(s, depth, strength)
    dice = s.dice("banks")
    for i in range(9):
        depth = (30.0, 12.0, 4.0)[i % 3]
        x, y = s.point(dice.uniform(-0.5, 0.5) * (depth + 9), dice.uniform(0.2, 1.6), depth)
        r = dice.uniform(2.2, 4.5) * (1 + depth / 12) * s.scale(depth)
        s.add(depth, svg.ellipse(x, y, r, r * 0.16, s.radial((0, tone, 0.5), (0.5, tone, 0.3), (1, tone, 0))))
    if ground:
        _, feet = s.point(0, 0.0, 0)
        fill = s.vertical_px(feet - s.height * 0.16, s.height, (0, tone, 0), (0.6, tone, 0.32), (1, tone, 0.5))
        s.add(_BEFORE, svg.rect(s.left, feet - s.height * 0.16, s.right - s.left, s.bottom - feet + s.height * 0.16, fill))


def _leaves(s: Stage, count: int) -> None:
    dice = s.dice("leaves")
    unit = s.height / 1080
    d = []
    for _ in range(count):
        x, y, a, r = dice.uniform(0, s.width), dice.uniform(0, s.height), dice.uniform(0, math.pi), dice.uniform(6, 13) * unit
        dx, dy = math.cos(a) * r, math.sin(a) * r
        d.append(
            f"M{x - dx:.0f} {y - dy:.0f}Q{x + dy:.0f} {y - dx:.0f} {x + dx:.0f} {y + dy:.0f}Q{x - dy * 0.3:.0f} {y + dx * 0.3:.0f} {x - dx:.0f} {y - dy:.0f}Z"
        )
    s.add(_BEFORE, svg.path("".join(d), s.shade(dice.choice(("#b5793a", "#8a8a3f", "#a8553a")), 0.2), opacity=0.85))


def _wind(s: Stage, ground: bool) -> None:
    """Long curling lines of moving air, and leaves where there is ground."""
    dice = s.dice("gusts")
    unit, m = s.height / 1080, s.mirror
    for depth, opacity in ((_BEHIND, 0.35), (_BEFORE, 0.22)):
        d = []
        for _ in range(6):
            x, y, w = dice.uniform(-0.1, 0.9) * s.width, dice.uniform(0.08, 0.8) * s.height, dice.uniform(160, 420) * unit
            curl = f"q{30 * unit * m:.0f} {-6 * unit:.0f} {26 * unit * m:.0f} {-26 * unit:.0f}q{-5 * unit * m:.0f} {-18 * unit:.0f} {-24 * unit * m:.0f} {-8 * unit:.0f}"
            d.append(
                f"M{x:.0f} {y:.0f}q{w * 0.4 * m:.0f} {-26 * unit:.0f} {w * 0.7 * m:.0f} {-4 * unit:.0f}t{w * 0.4 * m:.0f} {-4 * unit:.0f}{curl}"
            )
        s.add(
            depth, svg.path("".join(d), "none", stroke=_water(s), stroke_width=2.2 * unit, stroke_linecap="round", opacity=opacity)
        )
    if ground:
        _leaves(s, 16)
