"""Skies: the gradient of the hour, sun, moon, stars and clouds, all hung at infinity so that every lens sees a part of one sky."""

from __future__ import annotations

import math
from random import Random

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage

__all__ = ["cloud_path", "disc_place", "moon", "paint_sky", "sky_fill", "stars"]


def sky_fill(s: Stage) -> str:
    """The gradient of the sky, anchored to the horizon."""
    light = s.light
    middle = mix(light.sky_top, light.sky_low, 0.45)
    if s.time in ("dawn", "dusk") and s.weather in ("clear", "wind"):
        middle = mix(middle, "#c65f86", 0.28)  # the rose between the blue and the gold
    stops = ((0, light.sky_top), (0.52, middle), (0.9, light.sky_low), (1, mix(light.sky_low, light.key, 0.25)))
    return s.vertical_px(s.horizon - 0.30 * s.focal, s.horizon, *stops)


def disc_place(s: Stage) -> tuple[float, float]:
    """Where the sun or moon stands: (u, v). Low and on the key light's side at dawn and dusk."""
    dice = s.dice("disc")
    u = s.key * dice.uniform(0.13, 0.24)
    v = {"dawn": 0.035, "dusk": 0.03, "day": 0.21, "night": 0.12}[s.time] + dice.uniform(0, 0.02)
    return u, v


def stars(s: Stage, count: int = 90, v_max: float = 0.42, v_min: float = 0.01) -> str:
    """Stars, fewer towards the horizon, in three sizes."""
    dice = s.dice("stars")
    dots: list[str] = []
    unit = s.height / 1080
    for _ in range(count):
        u, v, size = dice.uniform(-0.6, 0.6), v_min + (v_max - v_min) * dice.random() ** 0.8, dice.choice((1.0, 1.0, 1.4, 2.1))
        x, y = s.sky(u, v)
        if s.left < x < s.right and s.top < y < s.bottom:
            dots.append(svg.circle(x, y, size * unit, None, opacity=round(0.35 + 0.3 * size, 2)))
    return svg.group(*dots, fill="#eaf1ff")


def moon(s: Stage, u: float, v: float, radius: float = 0.024) -> str:
    """A full or waning moon with its halo."""
    x, y = s.sky(u, v)
    r = radius * s.focal
    face = "#f3efdc"
    spots = [svg.circle(x + dx * r, y + dy * r, k * r, mix(face, "#b9b8ac", 0.45)) for dx, dy, k in
             ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.17), (0.35, -0.35, 0.1), (-0.2, 0.45, 0.09))]  # fmt: skip
    art = [s.halo(x, y, r * 5, r * 5, "#b9ccff", 0.42), svg.circle(x, y, r, face), *spots]
    if s.dice("moon").random() < 0.45 and "full" not in s.words:
        art = [art[0], svg.path(_crescent(x, y, r, s.mirror * s.key), face)]
    return "".join(art)


def _crescent(x: float, y: float, r: float, side: int) -> str:
    sweep = 1 if side > 0 else 0
    return (
        f"M{x:.1f} {y - r:.1f}A{r:.1f} {r:.1f} 0 0 {sweep} {x:.1f} {y + r:.1f}"
        f"A{r * 1.25:.1f} {r * 1.25:.1f} 0 0 {1 - sweep} {x:.1f} {y - r:.1f}Z"
    )


def _sun(s: Stage, u: float, v: float) -> str:
    x, y = s.sky(u, v)
    low = s.time != "day"
    r = (0.030 if low else 0.019) * s.focal
    colour = mix(s.light.key, "#ffb05c" if s.time == "dusk" else "#fff3d0", 0.5)
    wide = s.halo(x, y, r * 7.5, r * (5.5 if low else 7.5), colour, 0.6)
    return wide + s.halo(x, y, r * 3.2, r * 3.2, "#fff4d8", 0.7) + svg.circle(x, y, r, mix(colour, "#fffbe9", 0.75))


def cloud_path(dice: Random, x: float, y: float, width: float, height: float) -> str:
    """One cumulus: bumps along the top, a flat belly. x, y is the middle of its belly."""
    bumps = dice.randint(4, 6)
    cuts = [0.0]
    for _ in range(bumps):
        cuts.append(cuts[-1] + dice.uniform(0.7, 1.4))
    edges = [x - width / 2 + width * c / cuts[-1] for c in cuts]
    d = [f"M{edges[0]:.1f} {y:.1f}"]
    last_y = y
    for i, edge in enumerate(edges[1:], 1):
        rise = 0.0 if i == bumps else math.sin(math.pi * i / bumps) * height * dice.uniform(0.45, 0.75)
        next_y = y - rise
        r = max(math.hypot(edge - edges[i - 1], next_y - last_y) * dice.uniform(0.52, 0.62), 0.5)
        d.append(f"A{r:.1f} {r:.1f} 0 0 1 {edge:.1f} {next_y:.1f}")
        last_y = next_y
    return "".join(d) + "Z"


def _cloud(s: Stage, dice: Random, u: float, v: float, size: float) -> str:
    x, y = s.sky(u, v)
    width = size * s.focal
    if x + width < s.left or x - width > s.right:
        dice.random()
        return ""
    far = min(1.0, 0.25 / (v + 0.05)) * 0.35
    belly = mix(mix(s.light.sky_top, s.light.sky_low, 0.6), s.light.shadow, 0.12 if s.time == "day" else 0.22)
    crown = mix(s.light.sky_low, "#ffffff" if s.time == "day" else s.light.key, 0.72 if s.time != "night" else 0.16)
    crown = mix(crown, s.light.sky_low, far)
    fill = s.vertical((0, crown), (0.55, mix(crown, belly, 0.3)), (1, belly, 0.55))
    state = dice.getstate()
    base = cloud_path(dice, x, y, width, width * 0.42)
    dice.setstate(state)
    rim = cloud_path(dice, x + s.key * s.mirror * width * 0.02, y - width * 0.02, width * 0.86, width * 0.33)
    return svg.path(base, fill, opacity=0.85) + svg.path(rim, s.vertical((0, mix(crown, "#ffffff", 0.3), 0.8), (0.8, crown, 0)))


def _fair_clouds(s: Stage) -> str:
    dice = s.dice("clouds")
    out = []
    for i in range(7 if s.weather != "wind" else 10):
        v = 0.035 + 0.19 * (i / 7) + dice.uniform(0, 0.02)
        out.append(_cloud(s, s.dice(f"cloud{i}"), dice.uniform(-0.42, 0.42), v, dice.uniform(0.07, 0.12) * (0.6 + 3.2 * v)))
    return "".join(out)


def _streaks(s: Stage) -> str:
    """High thin cloud at dawn and dusk: long lenses lit from below."""
    dice = s.dice("streaks")
    out = []
    colour = mix(s.light.sky_low, s.light.key, 0.45)
    for _ in range(9):
        x, y = s.sky(dice.uniform(-0.4, 0.4), dice.uniform(0.03, 0.2))
        w, h = dice.uniform(0.1, 0.26) * s.focal, dice.uniform(0.002, 0.006) * s.focal
        out.append(svg.ellipse(x, y, w, h, s.sideways((0, colour, 0), (0.5, colour, 0.75), (1, colour, 0))))
    return "".join(out)


def _overcast(s: Stage, dark: float) -> str:
    """Rows of heavy cloud, darkest overhead."""
    dice = s.dice("overcast")
    out = []
    for row in range(5):
        v = 0.27 - row * 0.048
        tone = mix(mix(s.light.sky_low, s.light.sky_top, 0.25), s.light.shadow, dark * (1 - row * 0.17))
        edge = mix(tone, s.light.sky_low, 0.35)
        for k in range(6):
            x, y = s.sky(-0.5 + k * 0.2 + dice.uniform(-0.05, 0.05), v + dice.uniform(-0.012, 0.012))
            path = cloud_path(s.dice(f"over{row}.{k}"), x, y, 0.27 * s.focal, 0.10 * s.focal)
            out.append(svg.path(path, s.vertical((0, edge), (0.6, tone), (1, tone, 0)), opacity=0.8))
    return "".join(out)


def _lightning(s: Stage) -> str:
    dice = s.dice("lightning")
    u, v = -s.key * dice.uniform(0.1, 0.25), 0.2
    points = [(u, v)]
    while points[-1][1] > 0.004:
        points.append((points[-1][0] + dice.uniform(-0.02, 0.02), points[-1][1] - dice.uniform(0.015, 0.035)))
    bolt = [s.sky(*p) for p in points]
    x, y = bolt[0]
    width = s.focal * 0.0016
    return (
        s.halo(x, y, 0.22 * s.focal, 0.13 * s.focal, "#dfe6ff", 0.5)
        + svg.polyline(bolt, "#cfdcff", width * 3, opacity=0.35)
        + svg.polyline(bolt, "#f6f8ff", width, stroke_linejoin="round")
    )


def paint_sky(s: Stage, *, clouds: bool = True, disc: bool = True) -> None:
    """The whole sky, behind everything. Under rain, storm and fog there is cloud instead of a sun or moon."""
    art = [s.cover(sky_fill(s))]
    open_sky = s.weather in ("clear", "wind")
    if s.time == "night" and s.weather in ("clear", "wind", "snow"):
        art.append(stars(s, 90 if open_sky else 30))
    if disc and (open_sky or (s.weather == "snow" and s.time == "night")):
        u, v = disc_place(s)
        art.append(moon(s, u, v) if s.time == "night" else _sun(s, u, v))
    if open_sky and s.time in ("dawn", "dusk"):
        art.append(_streaks(s))
    if clouds and open_sky:
        art.append(_fair_clouds(s))
    elif s.weather in ("rain", "storm", "snow"):
        art.append(_overcast(s, {"rain": 0.38, "storm": 0.62, "snow": 0.16}[s.weather]))
    if s.weather == "storm":
        art.append(_lightning(s))
    s.add(BACKDROP, *art)
