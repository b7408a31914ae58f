"""What people build, seen from outside: houses, façades, skylines, towers, fences, street furniture."""

from __future__ import annotations

from random import Random

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.stage import Stage

__all__ = [
    "BRICKS", "barn", "bench", "facade", "fence", "house", "lamp_post", "lighthouse", "lit_window", "shop_front", "skyline", "spire",
    "stone_wall",
]  # fmt: skip

BRICKS = ("#b5694e", "#c9a27a", "#8f9aa3", "#d3b48a", "#a97c6b", "#7d8f8a", "#c4b7a2", "#9d6a5a", "#b7a7b0")
_PANES = ("#ffd98a", "#ffc46b", "#ffe6ad", "#f7b765")


def lit_window(s: Stage, dice: Random, x: float, y: float, w: float, h: float, haze: float = 0.0, *, share: float = 0.5) -> str:
    """One window in cm: dark glass with a sky reflex by day, glowing in some at night. x, y is its top left corner."""
    burns = dice.random() < share
    frame = svg.rect(x - w * 0.1, y - w * 0.1, w * 1.2, h + w * 0.2, s.shade("#e8e0d0", 0.1, haze))
    if s.light.lamps and burns:
        glass = mix(dice.choice(_PANES), s.light.sky_low, haze * 0.5)
        return frame + svg.rect(x, y, w, h, glass) + svg.rect(x + w * 0.46, y, w * 0.08, h, s.shade("#7a6b58", 0.2, haze))
    glass = s.shade(mix("#51667a", s.light.sky_top, 0.35), 0.3, haze)
    shine = svg.polygon([(x, y), (x + w * 0.6, y), (x, y + h * 0.5)], mix(glass, s.light.sky_low, 0.35))
    return frame + svg.rect(x, y, w, h, glass) + shine + svg.rect(x + w * 0.46, y, w * 0.08, h, s.shade("#e8e0d0", 0.1, haze))


def house(
    s: Stage, dice: Random, x: float, depth: float, width: float, height: float, colour: str, roof: str, *, haze: float = 0.0,
    chimney: bool = True, door: str = "#7c3f34", porch: bool = False, base: float = 0.0,
) -> None:  # fmt: skip
    """A gabled house whose long side faces us. `height` is to the eaves, metres."""
    w, h, rise = width * 50, height * 100, width * 26
    side = s.sideways(
        (0, s.shade(colour, 0.02 if s.key < 0 else 0.24, haze)), (1, s.shade(colour, 0.24 if s.key < 0 else 0.02, haze))
    )
    roof_tone = mix(roof, "#eef2f6", 0.85) if s.weather == "snow" else roof
    art = [svg.rect(-w, -h, 2 * w, h, side), svg.rect(-w, -h * 0.12, 2 * w, h * 0.12, s.shade(colour, 0.3, haze))]
    floors = max(1, round(height / 2.7))
    columns = max(2, round(width / 2.2))
    for f in range(floors):
        for c in range(columns):
            wx = -w + 2 * w * (c + 0.5) / columns
            wy = -h * (f + 0.78) / floors
            if f == 0 and c == columns // 2:
                art.append(_door(s, wx, h / floors * 0.74, door, haze))
            else:
                art.append(lit_window(s, dice, wx - 38, wy, 76, h / floors * 0.42, haze))
    chim = svg.rect(w * 0.45, -h - rise * 1.1, w * 0.16, rise, s.shade("#8a5a48", 0.25, haze)) if chimney else ""
    smoke = (
        _smoke(s, w * 0.53, -h - rise * 1.1, haze) if chimney and s.weather not in ("storm", "wind") and dice.random() < 0.7 else ""
    )
    pitch = svg.polygon([(-w * 1.12, -h), (-w * 0.88, -h - rise), (w * 0.88, -h - rise), (w * 1.12, -h)],
                        s.vertical((0, s.glow(roof_tone, 0.12, haze)), (1, s.shade(roof_tone, 0.22, haze))))  # fmt: skip
    rows = [svg.line(-w * (0.9 + 0.2 * k / 5), -h - rise * (1 - k / 5), w * (0.9 + 0.2 * k / 5), -h - rise * (1 - k / 5),
                     s.shade(roof_tone, 0.34, haze), 3) for k in range(1, 5)] if haze < 0.5 else []  # fmt: skip
    eaves = svg.rect(-w * 1.12, -h - 4, w * 2.24, 12, s.shade(roof_tone, 0.5, haze))
    under = svg.rect(-w, -h + 8, 2 * w, h * 0.09, s.shade(colour, 0.5, haze), opacity=0.6)
    steps = svg.rect(-70, -12, 140, 14, s.shade("#a39a8c", 0.2, haze)) if haze < 0.5 else ""
    if not base:
        s.add(depth, s.ground_shadow(x, depth, width * 0.62, 1.2, 0.28 * (1 - haze)))
    s.hang(depth, smoke, chim, *art, under, pitch, *rows, eaves, steps, x=x, y=base)
    if porch:
        _porch(s, x, depth - 1.6, width, haze)


def _door(s: Stage, x: float, h: float, colour: str, haze: float) -> str:
    top = s.halo(x, -h - 18, 90, 90, "#ffd48a", 0.6) + svg.circle(x, -h - 22, 8, "#ffe9b8") if s.light.lamps and haze < 0.6 else ""
    return (
        svg.rect(x - 52, -h - 8, 104, h + 8, s.shade("#e8e0d0", 0.1, haze))
        + svg.rect(x - 43, -h, 86, h, s.shade(colour, 0.18, haze))
        + svg.rect(x - 32, -h + 14, 64, h * 0.36, s.shade(colour, 0.34, haze), rx=4)
        + svg.rect(x - 32, -h * 0.48, 64, h * 0.38, s.shade(colour, 0.34, haze), rx=4)
        + svg.circle(x + 32, -h * 0.46, 4, s.lit("#e0b95c", haze))
        + top
    )


def _smoke(s: Stage, x: float, y: float, haze: float) -> str:
    puffs = [
        svg.circle(
            x + k * k * 9, y - 26 - k * 48, 20 + k * 15, mix(s.light.sky_low, "#ffffff", 0.2), opacity=round(0.4 - k * 0.07, 2)
        )
        for k in range(5)
    ]
    return "".join(puffs) if haze < 0.7 else ""


def _porch(s: Stage, x: float, depth: float, width: float, haze: float) -> None:
    w = width * 0.3
    s.add(depth, s.box(x - w, x + w, 2.3, 2.5, depth, depth + 1.6, "#6b4a3a", haze=haze))
    for px in (x - w + 0.1, x + w - 0.2):
        s.add(depth, s.box(px, px + 0.12, 0, 2.3, depth, depth + 0.12, "#d8cfbd", haze=haze))


def facade(
    s: Stage, dice: Random, x0: float, depth: float, width: float, height: float, colour: str, *, haze: float = 0.0, shop: bool = False,
    thick: float = 6.0, columns: int = 0,
) -> None:  # fmt: skip
    """A town house in a row: floors of windows, cornice, perhaps a shop front below. Its left edge stands at x0."""
    w, h = width * 100, height * 100
    ground_floor = 340.0 if shop else 0.0
    body = s.box(x0, x0 + width, 0, height, depth, depth + thick, colour, haze=haze)
    art = [svg.rect(0, -h, w, h, s.vertical((0, s.glow(colour, 0.06, haze)), (1, s.shade(colour, 0.24, haze))))]
    floors = max(1, round((height - ground_floor / 100) / 3.1))
    columns = columns or max(2, round(width / 1.9))
    gap = (h - ground_floor - 40) / floors
    for f in range(floors):
        y = -ground_floor - (f + 0.82) * gap
        for c in range(columns):
            cx = w * (c + 0.5) / columns
            art.append(lit_window(s, dice, cx - 42, y, 84, gap * 0.55, haze, share=0.42))
            if haze < 0.25 and f and dice.random() < 0.22:
                art.append(
                    svg.rect(cx - 56, y + gap * 0.56, 112, 16, s.shade("#7a5a46", 0.2, haze))
                    + _flowers(s, dice, cx, y + gap * 0.56, haze)
                )
        art.append(svg.rect(0, -ground_floor - f * gap - 14, w, 10, s.shade(colour, 0.34, haze)))
    art.append(svg.rect(-12, -h - 10, w + 24, 34, s.shade(mix(colour, "#efe6d4", 0.5), 0.16, haze)))
    art.append(svg.rect(0, -h + 24, w, 16, s.shade(colour, 0.5, haze), opacity=0.7))
    s.add(depth, body)
    s.hang(depth, *art, x=x0)
    if shop:
        s.hang(depth, shop_front(s, dice, w, ground_floor, haze), x=x0)


def _flowers(s: Stage, dice: Random, x: float, y: float, haze: float) -> str:
    return "".join(
        svg.circle(x + dx, y - 4, 13, s.lit(dice.choice(("#4f7a45", "#5c8a4b", "#c9574c", "#e0b04f")), haze))
        for dx in range(-44, 50, 17)
    )


def shop_front(s: Stage, dice: Random, w: float, h: float, haze: float = 0.0) -> str:
    """A shop's ground floor in cm: painted frame, glowing window, striped awning, a door."""
    paint = dice.choice(("#2f5d62", "#8c3b3b", "#3b4a6b", "#54713f", "#6b4a63", "#a8742f"))
    inside = mix("#ffd792", "#fff2d6", 0.3) if s.light.lamps else s.shade("#8fa3ad", 0.25, haze)
    inside = mix(inside, s.light.sky_low, haze * 0.5)
    door_w = min(110.0, w * 0.24)
    glass_w = w - door_w - 70
    art = [
        svg.rect(0, -h, w, h, s.shade(paint, 0.2, haze)),
        svg.rect(22, -h * 0.76, glass_w, h * 0.6, inside),
        svg.rect(w - door_w - 24, -h * 0.76, door_w, h * 0.76, s.shade(paint, 0.42, haze)),
        svg.rect(w - door_w - 10, -h * 0.72, door_w - 28, h * 0.42, inside),
        svg.rect(0, -h, w, h * 0.13, s.shade(paint, 0.05, haze)),
        svg.rect(w * 0.2, -h * 0.965, w * 0.6, h * 0.05, s.glow(mix(paint, "#f2e3c0", 0.6), 0.1, haze), rx=4),
    ]
    shelf = mix(inside, s.light.shadow, 0.55)
    for k in range(int(glass_w / 40)):
        bh = dice.uniform(20, 70)
        art.append(svg.rect(34 + k * 40, -h * 0.16 - bh, dice.uniform(18, 32), bh, shelf, rx=5, opacity=0.8))
    stripes = max(4, int(w / 42))
    for k in range(stripes):
        x = w * k / stripes
        tone = s.lit("#f2e6d0" if k % 2 else mix(paint, "#d8694f", 0.45), haze)
        step = w / stripes
        art.append(svg.path(f"M{x:.0f} {-h * 0.86:.0f}h{step:.1f}l6 {h * 0.15:.0f}q{-step / 2:.1f} 16 {-step:.1f} 0Z", tone))
    art.append(svg.rect(22, -h * 0.7, glass_w, h * 0.06, s.light.shadow, opacity=0.25))
    return "".join(art)


def skyline(
    s: Stage, name: str, depth: float, low: float, high: float, colour: str, *, haze: float, windows: bool = True, count: int = 26
) -> None:
    """A row of towers as one silhouette, with lit windows as small lights."""
    dice = s.dice(name)
    span = 0.62 * (depth + 30)
    d, panes = [], []
    x = -span
    while x < span:
        w = 2 * span / count * dice.uniform(0.6, 1.5)
        h = dice.uniform(low, high) * dice.choice((1, 1, 1.35))
        top = dice.randint(0, 4)
        x0, x1, y = x * 100, (x + w) * 100, -h * 100
        cap = {0: f"L{x0:.0f} {y:.0f}L{x1:.0f} {y:.0f}", 1: f"L{x0:.0f} {y:.0f}L{(x0 + x1) / 2:.0f} {y * 1.12:.0f}L{x1:.0f} {y:.0f}",
               2: f"L{x0:.0f} {y:.0f}H{x0 + w * 30:.0f}V{y * 1.08:.0f}H{x1 - w * 30:.0f}V{y:.0f}H{x1:.0f}",
               3: f"L{x0:.0f} {y * 0.9:.0f}L{x1:.0f} {y:.0f}",
               4: f"L{x0:.0f} {y:.0f}H{x0 + w * 48:.0f}V{y * 1.2:.0f}H{x0 + w * 52:.0f}V{y:.0f}H{x1:.0f}"}[top]  # fmt: skip
        d.append(f"M{x0:.0f} 0{cap}L{x1:.0f} 0Z")
        if windows:
            step = max(high * 4.6, 200.0)
            for wy in range(int(h * 100 / step)):
                for wx in range(max(1, int(w * 100 / step))):
                    if dice.random() < 0.34:
                        panes.append(
                            f"M{x0 + (wx + 0.3) * step:.0f} {-h * 100 + (wy + 0.4) * step:.0f}h{step * 0.4:.0f}v{step * 0.42:.0f}h{-step * 0.4:.0f}Z"
                        )
        x += w
    body = s.shade(colour, 0.12, haze)
    lights = mix("#ffd58a", s.light.sky_low, haze * 0.45) if s.light.lamps else s.shade(colour, 0.34, haze)
    s.hang(depth, svg.path("".join(d), s.vertical((0, body), (1, mix(body, s.light.sky_low, 0.35)))),
           svg.path("".join(panes), lights, opacity=0.9 if s.light.lamps else 0.4))  # fmt: skip


def lighthouse(s: Stage, height: float, *, stripe: str = "#b8423a", haze: float = 0.0, beam: bool = True) -> str:
    """A lighthouse in cm, its foot at the origin: striped tower, gallery, lamp, and its beams when lamps are lit."""
    h = height * 100
    b, t = h * 0.105, h * 0.065
    bands = []
    for k in range(5):
        y0, y1 = -h * 0.78 * k / 5, -h * 0.78 * (k + 1) / 5
        w0, w1 = b + (t - b) * k / 5, b + (t - b) * (k + 1) / 5
        tone = "#efe8da" if k % 2 == 0 else stripe
        fill = s.sideways((0, s.glow(tone, 0.14, haze) if s.key < 0 else s.shade(tone, 0.42, haze)), (0.55, s.shade(tone, 0.08, haze)),
                          (1, s.shade(tone, 0.42, haze) if s.key < 0 else s.glow(tone, 0.14, haze)))  # fmt: skip
        bands.append(svg.polygon([(-w0, y0), (w0, y0), (w1, y1), (-w1, y1)], fill))
    y = -h * 0.78
    lamp = "#fff3c4" if s.light.lamps else s.lit("#cfdde0", haze)
    dark = s.shade("#3c4048", 0.3, haze)
    rails = "".join(svg.line(-t * 1.5 + k * t * 0.5, y - h * 0.05, -t * 1.5 + k * t * 0.5, y, dark, h * 0.003) for k in range(7))
    top = [
        svg.rect(-t * 1.6, y - h * 0.012, t * 3.2, h * 0.022, dark),
        rails,
        svg.rect(-t * 1.6, y - h * 0.053, t * 3.2, h * 0.006, dark),
        svg.rect(-t * 0.72, y - h * 0.11, t * 1.44, h * 0.1, lamp),
        *(svg.rect(-t * 0.72 + k * t * 0.46, y - h * 0.11, h * 0.004, h * 0.1, dark) for k in range(4)),
        svg.path(
            f"M{-t * 0.95:.0f} {y - h * 0.11:.0f}Q{-t * 0.6:.0f} {y - h * 0.17:.0f} 0 {y - h * 0.19:.0f}Q{t * 0.6:.0f} {y - h * 0.17:.0f} {t * 0.95:.0f} {y - h * 0.11:.0f}Z",
            s.shade(stripe, 0.3, haze),
        ),
        svg.rect(-2, y - h * 0.23, 4, h * 0.05, dark),
    ]
    windows = [
        svg.rect(
            -h * 0.014, -h * k, h * 0.028, h * 0.05, "#ffd98a" if s.light.lamps else s.shade("#46505c", 0.2, haze), rx=h * 0.01
        )
        for k in (0.24, 0.47, 0.68)
    ]
    door = svg.path(
        f"M{-h * 0.032:.0f} 0v{-h * 0.075:.0f}a{h * 0.032:.0f} {h * 0.032:.0f} 0 0 1 {h * 0.064:.0f} 0v{h * 0.075:.0f}Z",
        s.shade("#5a3a30", 0.3, haze),
    )
    lights = ""
    if s.light.lamps and beam:
        cy, reach = y - h * 0.06, h * 2.6
        ray = s.sideways((0, "#fff1c0", 0.62), (0.5, "#fff1c0", 0.2), (1, "#fff1c0", 0))
        back = s.sideways((0, "#fff1c0", 0), (0.5, "#fff1c0", 0.2), (1, "#fff1c0", 0.62))
        lights = (svg.polygon([(0, cy - 6), (reach, cy - h * 0.34), (reach, cy + h * 0.12), (0, cy + 6)], ray)
                  + svg.polygon([(0, cy - 6), (-reach, cy - h * 0.08), (-reach, cy + h * 0.30), (0, cy + 6)], back))  # fmt: skip
        lights += s.halo(0, cy, h * 0.3, h * 0.3, "#fff0c0", 0.8)
    return "".join(bands) + "".join(windows) + door + lights + "".join(top)


def spire(s: Stage, height: float, colour: str, haze: float) -> str:
    """A village church with its tower, in cm."""
    h = height * 100
    w = h * 0.11
    roof = s.shade("#5d5560", 0.25, haze)
    return (
        svg.rect(-w, -h * 0.55, 2 * w, h * 0.55, s.sideways((0, s.lit(colour, haze)), (1, s.shade(colour, 0.3, haze))))
        + svg.polygon([(-w * 1.15, -h * 0.55), (0, -h), (w * 1.15, -h * 0.55)], roof)
        + svg.rect(w, -h * 0.28, w * 4.4, h * 0.28, s.shade(colour, 0.2, haze))
        + svg.polygon([(w, -h * 0.28), (w * 1.5, -h * 0.46), (w * 5.2, -h * 0.46), (w * 5.7, -h * 0.28)], roof)
        + "".join(
            svg.rect(w * (1.6 + k * 1.05), -h * 0.2, w * 0.36, h * 0.13, s.lamp("#ffcf82", "#5b6a78"), rx=w * 0.18)
            for k in range(4)
        )
        + svg.circle(0, -h * 0.45, w * 0.4, s.lit("#efe8d8", haze))
    )


def barn(s: Stage, width: float, height: float, colour: str, haze: float = 0.0) -> str:
    """A gambrel barn from its front, in cm."""
    w, h = width * 50, height * 100
    shape = [(-w, 0), (-w, -h * 0.55), (-w * 0.72, -h * 0.86), (0, -h), (w * 0.72, -h * 0.86), (w, -h * 0.55), (w, 0)]
    boards = "".join(
        svg.line(-w + 2 * w * k / 11, -h * 0.62, -w + 2 * w * k / 11, 0, s.shade(colour, 0.3, haze), 3) for k in range(1, 11)
    )
    roof = svg.polyline([(-w * 1.1, -h * 0.5), (-w * 0.76, -h * 0.89), (0, -h * 1.03), (w * 0.76, -h * 0.89), (w * 1.1, -h * 0.5)],
                        s.shade(snow_roof(s, "#5a4a44"), 0.25, haze), h * 0.05, stroke_linejoin="round")  # fmt: skip
    trim = s.lit("#eee4d2", haze)
    door = (svg.rect(-w * 0.36, -h * 0.44, w * 0.72, h * 0.44, s.shade(colour, 0.4, haze), stroke=trim, stroke_width=8)
            + svg.polyline([(-w * 0.36, -h * 0.44), (0, 0), (w * 0.36, -h * 0.44)], trim, 7) + svg.line(0, -h * 0.44, 0, 0, trim, 7))  # fmt: skip
    loft = svg.rect(-w * 0.14, -h * 0.78, w * 0.28, h * 0.17, s.lamp("#ffc66e", "#3c2f2a"), stroke=trim, stroke_width=7)
    return svg.polygon(shape, s.shade(colour, 0.12, haze)) + boards + door + loft + roof


def snow_roof(s: Stage, colour: str) -> str:
    return mix(colour, "#eef2f6", 0.85) if s.weather == "snow" else colour


def lamp_post(s: Stage, height: float = 3.4, haze: float = 0.0) -> str:
    """A street lamp in cm, its light pooled around it when lit."""
    h = height * 100
    iron = s.shade("#2f343a", 0.25, haze)
    glow = s.halo(0, -h, 170, 170, "#ffcf82", 0.62) if s.light.lamps else ""
    return (
        glow
        + svg.path(f"M-12 0L-7 -40L-4 {-h + 30:.0f}H4L7 -40L12 0Z", iron)
        + svg.polygon([(-13, -h + 30), (-19, -h - 18), (19, -h - 18), (13, -h + 30)], s.lamp("#ffe2a0"))
        + svg.polygon([(-24, -h - 18), (0, -h - 40), (24, -h - 18)], iron)
    )


def bench(s: Stage, colour: str = "#7d5738", haze: float = 0.0) -> str:
    """A park bench in cm, its seat at 45."""
    slats = "".join(svg.rect(-80, y, 160, 9, s.shade(colour, 0.05 + 0.1 * k, haze), rx=3) for k, y in enumerate((-88, -74, -60)))
    legs = "".join(svg.path(f"M{x} 0l4 -46h8l4 46h-6l-4 -30l-2 30Z", s.shade("#30343a", 0.2, haze)) for x in (-74, 60))
    return (
        slats
        + svg.rect(-84, -50, 168, 9, s.glow(colour, 0.14, haze), rx=3)
        + legs
        + svg.rect(-70, -90, 7, 46, s.shade("#30343a", 0.2, haze))
        + svg.rect(63, -90, 7, 46, s.shade("#30343a", 0.2, haze))
    )


def fence(s: Stage, x0: float, x1: float, depth: float, colour: str, *, rails: bool = True, haze: float = 0.0) -> None:
    """A fence along the picture: posts and rails, or pickets."""
    count = max(2, int((x1 - x0) / (1.7 if rails else 0.16)))
    art = []
    for k in range(count + 1):
        x = (x1 - x0) * 100 * k / count
        if rails:
            art.append(svg.rect(x - 6, -112, 12, 114, s.shade(colour, 0.22, haze)))
        else:
            art.append(svg.path(f"M{x - 5:.0f} 0v-84l5 -8l5 8v84Z", s.shade(colour, 0.08, haze)))
    for y in (-96, -58) if rails else (-72, -26):
        art.append(svg.rect(0, y, (x1 - x0) * 100, 8, s.lit(colour, haze)))
    s.hang(depth, *art, x=x0)


def stone_wall(s: Stage, dice: Random, width: float, height: float, colour: str, haze: float = 0.0, *, block: float = 46.0) -> str:
    """A wall of cut stone in cm from x = 0, some blocks told apart."""
    w, h = width * 100, height * 100
    art = [svg.rect(0, -h, w, h, s.vertical((0, s.lit(colour, haze)), (1, s.shade(colour, 0.28, haze))))]
    light: list[str] = []
    dark: list[str] = []
    rows = max(1, int(h / block))
    for r in range(rows):
        y = -h + r * h / rows
        for c in range(int(w / (block * 1.8)) + 1):
            x = c * block * 1.8 + (r % 2) * block * 0.9
            pick = dice.random()
            piece = (
                f"M{x + 2:.0f} {y + 2:.0f}h{min(block * 1.8, w - x) - 4:.0f}v{h / rows - 4:.0f}h{-min(block * 1.8, w - x) + 4:.0f}Z"
            )
            if x < w - 20:
                (light if pick < 0.2 else dark if pick < 0.42 else []).append(piece)
    art.append(svg.path("".join(light), s.glow(colour, 0.14, haze), opacity=0.6))
    art.append(svg.path("".join(dark), s.shade(colour, 0.34, haze), opacity=0.5))
    return "".join(art)
