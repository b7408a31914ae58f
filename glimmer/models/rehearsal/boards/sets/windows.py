"""Openings: windows with the outside seen through them in the scene's hour and weather, curtains, doors, and what hangs on walls."""

from __future__ import annotations

from random import Random

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.palettes import Palette
from glimmer.models.rehearsal.boards.sets.rooms import Room, floor_pool, on_wall
from glimmer.models.rehearsal.boards.sets.sky import cloud_path
from glimmer.models.rehearsal.boards.sets.stage import Stage
from glimmer.models.rehearsal.boards.weather import flakes, streaks

__all__ = ["clock", "curtains", "door", "outside", "picture", "pinboard", "view_of", "window"]


def view_of(s: Stage) -> str:
    """What lies outside this room by the script's words: sea, city or land."""
    if any(word in s.words for word in ("sea", "lighthouse", "ship", "boat", "harbo", "beach", "ocean", "island", "coast")):
        return "sea"
    if any(
        word in s.words for word in ("city", "apartment", "office", "bar", "newsroom", "tower", "street", "town", "flat", "loft")
    ):
        return "city"
    return s.dice("view").choice(("land", "land", "city"))


def outside(s: Stage, w: float, h: float, view: str, name: str = "") -> str:
    """What is seen through an opening from (−w/2, −h) to (w/2, 0), in cm; not clipped."""
    light, dice = s.light, s.dice("outside" + name)
    sky = s.vertical((0, light.sky_top), (0.75, light.sky_low), (1, mix(light.sky_low, light.key, 0.3)))
    art = [svg.rect(-w / 2, -h, w, h, sky)]
    if s.time == "night" and s.weather in ("clear", "wind", "snow"):
        art.append(
            svg.group(
                *(svg.circle(dice.uniform(-w / 2, w / 2), -dice.uniform(0.3, 1) * h, dice.uniform(0.5, 1.1)) for _ in range(14)),
                fill="#eaf1ff",
            )
        )
        art.append(s.halo(w * 0.2, -h * 0.74, 34, 34, "#b9ccff", 0.5) + svg.circle(w * 0.2, -h * 0.74, 7.5, "#f3efdc"))
    elif s.time in ("dawn", "dusk") and s.weather in ("clear", "wind"):
        art.append(
            s.halo(s.key * w * 0.24, -h * 0.3, 70, 50, "#ffe0a0", 0.7) + svg.circle(s.key * w * 0.24, -h * 0.3, 10, "#fff1cc")
        )
    elif s.time == "day" and s.weather in ("clear", "wind"):
        art += [
            svg.path(
                cloud_path(s.dice(f"{name}cloud{k}"), dice.uniform(-w / 2, w / 2), -h * (0.6 + 0.2 * k), w * 0.35, w * 0.13),
                "#ffffff",
                opacity=0.75,
            )
            for k in range(2)
        ]
    art += _far(s, w, h, view, dice)
    art += _falling(s, w, h, name)
    return "".join(art)


def _far(s: Stage, w: float, h: float, view: str, dice: Random) -> list[str]:
    """Silhouettes of what is out there, two tones."""
    haze = 0.85 if s.weather == "fog" else 0.55
    if view == "space":
        r = w * dice.uniform(0.3, 0.45)
        tone = dice.choice(("#d98a5c", "#5c9ad0", "#a88ad0"))
        stars = "".join(f"M{dice.uniform(-w / 2, w / 2):.1f} {-dice.uniform(0, h):.1f}h.1" for _ in range(60))
        fill = s.radial((0, mix(tone, "#ffffff", 0.3)), (0.7, tone), (1, mix(tone, "#101830", 0.6)))
        return [
            svg.rect(-w / 2, -h, w, h, "#060a18"),
            svg.path(stars, "none", stroke="#e6edff", stroke_width=1.1, stroke_linecap="round"),
            svg.circle(w * 0.18, -h * 0.18, r, fill),
        ]
    if view == "sea":
        tone = mix(mix("#3f7f9c", s.light.sky_low, 0.4), s.light.shadow, 0.25 if not s.light.lamps or s.time != "night" else 0.55)
        crests = "".join(
            f"M{dice.uniform(-w / 2, w / 2):.0f} {-dice.uniform(0, 0.27) * h:.0f}q{w * 0.06:.0f} -2.5 {w * 0.12:.0f} 0Z"
            for _ in range(18)
        )
        return [
            svg.rect(-w / 2, -h * 0.3, w, h * 0.3, s.vertical((0, mix(tone, s.light.sky_low, 0.5)), (1, tone))),
            svg.path(crests, mix(tone, "#ffffff", 0.45), opacity=0.7),
        ]
    if view == "city":
        art = []
        for row, low, high in ((0, 0.25, 0.62), (1, 0.12, 0.4)):
            tone = s.shade("#5f6b80", 0.2 + 0.2 * row, haze - 0.25 * row)
            d, panes, x = [], [], -w / 2
            while x < w / 2:
                bw, bh = dice.uniform(0.08, 0.16) * w, dice.uniform(low, high) * h
                d.append(f"M{x:.0f} 0V{-bh:.0f}h{bw:.0f}V0Z")
                panes += [
                    f"M{x + dx * bw:.1f} {-y:.1f}h{bw * 0.14:.1f}v4h{-bw * 0.14:.1f}Z"
                    for dx in (0.2, 0.45, 0.7)
                    for y in range(8, int(bh) - 6, 11)
                    if dice.random() < 0.4
                ]
                x += bw * dice.uniform(1.0, 1.2)
            art += [
                svg.path("".join(d), tone),
                svg.path(
                    "".join(panes),
                    "#ffd58a" if s.light.lamps else s.shade("#5f6b80", 0.5, haze),
                    opacity=0.85 if s.light.lamps else 0.35,
                ),
            ]
        return art
    hill = s.shade("#7d9a6a", 0.12, haze)
    tree = s.shade("#4f7348", 0.25, 0.25)
    blobs = "".join(
        svg.circle(dice.uniform(-w / 2, w / 2), -h * dice.uniform(0.04, 0.14), w * dice.uniform(0.07, 0.13), tree) for _ in range(7)
    )
    return [
        svg.path(
            f"M{-w / 2:.0f} 0V{-h * 0.3:.0f}Q{-w * 0.1:.0f} {-h * 0.48:.0f} {w * 0.15:.0f} {-h * 0.3:.0f}T{w / 2:.0f} {-h * 0.34:.0f}V0Z",
            hill,
        ),
        blobs,
        svg.rect(-w / 2, -h * 0.08, w, h * 0.08, tree),
    ]


def _falling(s: Stage, w: float, h: float, name: str) -> list[str]:
    box = (-w / 2, -h, w / 2, 0.0)
    tone = mix(s.light.sky_low, "#ffffff", 0.6)
    if s.weather in ("rain", "storm"):
        slant = -0.4 if s.weather == "storm" else -0.12
        drops = flakes(s, name + "drops", 16, 1.0, box)
        return [
            svg.path(streaks(s, name + "rain", 46, 26, slant, box), "none", stroke=tone, stroke_width=0.9, opacity=0.6),
            svg.path(drops, tone, opacity=0.55),
        ]
    if s.weather == "snow":
        bank = svg.path(f"M{-w / 2:.0f} 0v-7q{w * 0.25:.0f} -9 {w * 0.5:.0f} 1t{w * 0.5:.0f} -1V0Z", s.lit("#f2f5f8"))
        return [svg.path(flakes(s, name + "snow", 46, 1.7, box), "#ffffff", opacity=0.85), bank]
    if s.weather == "fog":
        return [svg.rect(-w / 2, -h, w, h, s.light.sky_low, opacity=0.55)]
    return []


def _shape(w: float, h: float, style: str) -> str:
    if style == "round":
        return svg.circle(0, -h / 2, min(w, h) / 2)
    if style == "arched":
        r = w / 2
        return svg.path(f"M{-r:.1f} 0V{-h + r:.1f}A{r:.1f} {r:.1f} 0 0 1 {r:.1f} {-h + r:.1f}V0Z")
    if style == "gothic":
        return svg.path(
            f"M{-w / 2:.1f} 0V{-h + w * 0.8:.1f}Q{-w / 2:.1f} {-h + w * 0.2:.1f} 0 {-h:.1f}Q{w / 2:.1f} {-h + w * 0.2:.1f} {w / 2:.1f} {-h + w * 0.8:.1f}V0Z"
        )
    return svg.rect(-w / 2, -h, w, h, rx=6 if style == "rounded" else None)


def _coloured(shape: str, **attributes: object) -> str:
    """The shape with paint."""
    paint = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in attributes.items())
    return shape.replace("/>", paint + "/>")


def window(
    s: Stage, room: Room, p: Palette, x: float, sill: float, width: float, height: float, *, style: str = "sash", view: str = "",
    cloth: str = "", pool: bool = True, frame: str = "",
) -> None:  # fmt: skip
    """A window in the back wall; `sill` is its lower edge. style: sash, grid, wide, arched, gothic, round or rounded. All in metres."""
    w, h = width * 100, height * 100
    shape = _shape(w, h, style)
    trim = frame or p.trim
    seen = svg.group(outside(s, w, h, view or view_of(s), f"{x:.2f}"), clip_path=s.clip(shape))
    border = _coloured(shape, fill="none", stroke=s.shade(trim, 0.06), stroke_width=9)
    edge = _coloured(shape, fill="none", stroke=s.shade(trim, 0.42), stroke_width=2.5)
    bars = svg.group(_bars(s, w, h, style, s.shade(trim, 0.1)), clip_path=s.clip(shape))
    ledge = (
        ""
        if style in ("round", "gothic", "rounded")
        else svg.rect(-w / 2 - 13, -3, w + 26, 9, s.glow(trim, 0.14)) + svg.rect(-w / 2 - 9, 6, w + 18, 5, s.shade(trim, 0.4))
    )
    tone = s.light.key if s.time != "night" else "#9db8ff"
    bleed = s.halo(0, -h / 2, w * 0.72, h * 0.68, tone, 0.26 if s.weather in ("clear", "wind", "snow") else 0.1)
    on_wall(
        s, room, bleed, seen, _gloss(w, h, style), bars, border, edge, ledge, curtains(s, w, h, cloth) if cloth else "", x=x, y=sill
    )
    if pool:
        floor_pool(s, room, x, width, 1.2 + height)


def _gloss(w: float, h: float, style: str) -> str:
    if style in ("round", "gothic", "arched"):
        return ""
    return svg.polygon([(-w * 0.5, -h * 0.55), (-w * 0.05, -h), (w * 0.15, -h), (-w * 0.5, -h * 0.35)], "#ffffff", opacity=0.1)


def _bars(s: Stage, w: float, h: float, style: str, tone: str) -> str:
    across, up = {"grid": (4, 4), "wide": (3, 1), "sash": (2, 2), "arched": (2, 4), "gothic": (2, 5), "round": (2, 2)}.get(
        style, (1, 1)
    )
    d = "".join(f"M{-w / 2 + w * k / across:.1f} {-h:.1f}V0" for k in range(1, across))
    d += "".join(f"M{-w / 2:.1f} {-h * k / up:.1f}H{w / 2:.1f}" for k in range(1, up))
    return svg.path(d, "none", stroke=tone, stroke_width=4) if d else ""


def curtains(s: Stage, w: float, h: float, cloth: str) -> str:
    """Drapes gathered to both sides, a rod above."""
    out = [svg.rect(-w / 2 - 34, -h - 22, w + 68, 5, s.shade("#5a4636", 0.2), rx=2)]
    for side in (-1, 1):
        x = side * (w / 2 + 26)
        inner = side * (w / 2 - w * 0.12)
        out.append(svg.path(f"M{x:.0f} {-h - 19:.0f}H{inner:.0f}Q{inner:.0f} {-h * 0.5:.0f} {x - side * 16:.0f} {-h * 0.32:.0f}Q{x - side * 30:.0f} {-h * 0.1:.0f} {x - side * 24:.0f} 16H{x:.0f}Z",
                            s.sideways((0, s.shade(cloth, 0.1)), (0.3, s.shade(cloth, 0.36)), (0.55, s.lit(cloth)), (0.8, s.shade(cloth, 0.34)), (1, s.shade(cloth, 0.08)))))  # fmt: skip
        out.append(svg.rect(x - side * 10 - 14, -h * 0.34, 28, 6, s.glow(cloth, 0.3), rx=3))
    return "".join(out)


def door(
    s: Stage,
    room: Room,
    x: float,
    colour: str,
    trim: str,
    *,
    width: float = 0.95,
    height: float = 2.1,
    style: str = "panel",
    ajar: bool = False,
) -> None:
    """A door in the back wall. style: panel, plank, glass, steel, double or arch."""
    w, h = width * 100, height * 100
    frame = svg.rect(-w / 2 - 10, -h - 10, w + 20, h + 10, s.shade(trim, 0.1)) + svg.rect(
        -w / 2 - 10, -h - 14, w + 20, 5, s.glow(trim, 0.18)
    )
    leaf = [svg.rect(-w / 2, -h, w, h, s.sideways((0, s.shade(colour, 0.08)), (1, s.shade(colour, 0.3))))]
    dark, light = s.shade(colour, 0.38), s.glow(colour, 0.14)
    if style in ("panel", "double"):
        for k in range(2 if style == "double" else 1):
            half = w / (2 if style == "double" else 1)
            x0 = -w / 2 + k * half
            for y0, y1 in ((0.08, 0.44), (0.52, 0.92)):
                for c in (0, 1):
                    pw = half * 0.34
                    leaf.append(
                        svg.rect(x0 + half * (0.11 + 0.44 * c), -h + y0 * h, pw, (y1 - y0) * h, dark, stroke=light, stroke_width=2)
                    )
        leaf.append(svg.line(0, -h, 0, 0, dark, 3) if style == "double" else "")
    elif style == "plank":
        leaf += [svg.line(-w / 2 + k * w / 5, -h, -w / 2 + k * w / 5, 0, dark, 2.5) for k in range(1, 5)]
        leaf += [svg.rect(-w / 2, -h * y, w * 0.8, 9, s.shade("#2f3238", 0.2)) for y in (0.82, 0.22)]
    elif style == "glass":
        leaf.append(
            svg.rect(
                -w * 0.36,
                -h * 0.92,
                w * 0.72,
                h * 0.56,
                s.shade(mix("#a9c4cc", s.light.sky_low, 0.3), 0.1),
                stroke=dark,
                stroke_width=3,
            )
        )
        leaf.append(
            svg.polygon([(-w * 0.3, -h * 0.5), (0, -h * 0.9), (w * 0.14, -h * 0.9), (-w * 0.3, -h * 0.4)], "#ffffff", opacity=0.18)
        )
    elif style == "steel":
        leaf += [
            svg.rect(-w * 0.24, -h * 0.84, w * 0.48, h * 0.13, s.shade("#1d2126", 0.2), rx=4),
            svg.rect(-w / 2, -h * 0.5, w, 6, dark),
            svg.rect(-w / 2, -h * 0.2, w, 6, dark),
        ]
    knob = svg.circle(w * 0.38, -h * 0.47, 4.5, s.glow("#d8b25a", 0.2))
    gap = (
        svg.polygon([(w / 2, -h), (w / 2 - 16, -h + 6), (w / 2 - 16, -4), (w / 2, 0)], mix("#ffe2a8", s.light.key, 0.4))
        if ajar
        else ""
    )
    on_wall(s, room, frame, *leaf, knob, gap, svg.rect(-w / 2, -2, w, 3, s.light.shadow, opacity=0.5), x=x)


def picture(s: Stage, room: Room, x: float, y: float, w: float, h: float, name: str, *, wood: str = "#6a4a33") -> None:
    """A framed picture in cm: a landscape, a portrait's outline, a ship or plain shapes."""
    dice = s.dice("picture" + name)
    kind = dice.randrange(4)
    sky, land = dice.choice((("#d9c9a3", "#7d8f6a"), ("#b9cdd6", "#56788a"), ("#e6b894", "#8a5a4a"), ("#cdd6c0", "#5f7a5c")))
    art = [
        svg.rect(-w / 2 - 5, -h / 2 - 5, w + 10, h + 10, s.shade(wood, 0.1)),
        svg.rect(-w / 2 - 2, -h / 2 - 2, w + 4, h + 4, s.glow(wood, 0.3)),
        svg.rect(-w / 2, -h / 2, w, h, s.lit(sky)),
    ]
    if kind == 0:
        art.append(
            svg.path(
                f"M{-w / 2:.0f} {h / 2:.0f}V{h * 0.1:.0f}Q{-w * 0.2:.0f} {-h * 0.2:.0f} 0 {h * 0.08:.0f}T{w / 2:.0f} 0V{h / 2:.0f}Z",
                s.lit(land),
            )
            + svg.circle(w * 0.22, -h * 0.2, h * 0.1, s.lit("#f3e2b4"))
        )
    elif kind == 1:
        art.append(
            svg.ellipse(0, -h * 0.1, w * 0.17, h * 0.2, s.shade(land, 0.2))
            + svg.path(
                f"M{-w * 0.34:.0f} {h / 2:.0f}Q{-w * 0.3:.0f} {h * 0.14:.0f} 0 {h * 0.14:.0f}T{w * 0.34:.0f} {h / 2:.0f}Z",
                s.shade(land, 0.3),
            )
        )
    elif kind == 2:
        art.append(
            svg.rect(-w / 2, h * 0.16, w, h * 0.34, s.lit(land))
            + svg.path(
                f"M{-w * 0.2:.0f} {h * 0.14:.0f}H{w * 0.2:.0f}L{w * 0.12:.0f} {h * 0.28:.0f}H{-w * 0.12:.0f}ZM0 {-h * 0.34:.0f}L{w * 0.15:.0f} {h * 0.08:.0f}H0Z",
                s.lit("#f3ead6"),
            )
        )
    else:
        art += [
            svg.circle(
                dice.uniform(-0.25, 0.25) * w, dice.uniform(-0.25, 0.25) * h, dice.uniform(0.1, 0.24) * h, s.lit(c), opacity=0.9
            )
            for c in (land, "#c9574c", "#e0b04f")
        ]
    on_wall(s, room, svg.rect(-w / 2 - 3, -h / 2 + 2, w + 12, h + 10, s.light.shadow, opacity=0.25), *art, x=x, y=y)


def clock(s: Stage, room: Room, x: float, y: float, r: float = 17.0) -> None:
    """A wall clock in cm."""
    dice = s.dice("clock")
    hands = dice.choice(((-6, -9, 9, -4), (7, -7, -4, -12), (-9, 2, 3, -13)))
    a, b, c, d = (v * r / 17 for v in hands)
    on_wall(s, room, svg.circle(0, 0, r, s.shade("#4a4038", 0.2)), svg.circle(0, 0, r * 0.84, s.lit("#f4eee0")),
            svg.path(f"M0 0L{a:.1f} {b:.1f}M0 0L{c:.1f} {d:.1f}", None, stroke=s.shade("#2a2a30", 0.1), stroke_width=2.2, stroke_linecap="round"), x=x, y=y)  # fmt: skip


def pinboard(
    s: Stage, room: Room, x: float, y: float, w: float, h: float, *, colour: str = "#b98f5e", strings: bool = False
) -> None:
    """A board of pinned papers in cm, with red threads where it is a case."""
    dice = s.dice("pins")
    art = [svg.rect(-w / 2 - 4, -h / 2 - 4, w + 8, h + 8, s.shade("#6a4a33", 0.15)), svg.rect(-w / 2, -h / 2, w, h, s.lit(colour))]
    spots = []
    for _ in range(11):
        px, py, pw = dice.uniform(-0.42, 0.36) * w, dice.uniform(-0.42, 0.24) * h, dice.uniform(10, 19)
        tone = dice.choice(("#f2ead8", "#e6d9b8", "#d7e1e6", "#f0d9c4", "#c9d6b8"))
        art.append(svg.rect(px, py, pw, pw * 1.25, s.lit(tone), transform=f"rotate({dice.uniform(-9, 9):.0f} {px:.0f} {py:.0f})"))
        art.append(svg.circle(px + pw / 2, py + 2, 1.6, s.lit("#c9483c")))
        spots.append((px + pw / 2, py + 2))
    if strings:
        art.append(svg.polyline(spots[:7], s.lit("#c9483c"), 1.2))
    on_wall(s, room, *art, x=x, y=y)
