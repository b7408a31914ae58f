"""What is worn on the head: hats, caps, hoods, scarves, helmets and crowns, for four sides of the head."""

from __future__ import annotations

import re
from typing import Final

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.figure.geometry import Point, circle, fmt, path, polyline, smooth
from glimmer.models.rehearsal.boards.figure.ink import Ink
from glimmer.models.rehearsal.boards.light import mix

__all__ = ["HEADWEAR", "draw_headwear", "hides_hair", "wear_of"]

_AHEAD: Final = {"front": 0.0, "three_quarter": 0.6, "side": 1.0, "back": 0.0}
_MIDDLE: Final = {"front": 0.0, "three_quarter": -2.0, "side": -5.0, "back": 0.0}
_HALF: Final = {"front": 40.0, "three_quarter": 40.5, "side": 41.5, "back": 41.0}
HEADWEAR: Final = (
    "none", "cap", "hat", "beanie", "hood", "headscarf", "helmet", "crown", "top_hat", "sou_wester", "headband", "beret", "straw_hat",
    "bandana", "witch_hat", "sailor", "flat_cap",
)  # fmt: skip
_WORDS: Final = (
    ("sou", "sou_wester"), ("top hat", "top_hat"), ("straw", "straw_hat"), ("sun hat", "straw_hat"), ("witch", "witch_hat"),
    ("wizard", "witch_hat"), ("hijab", "headscarf"), ("scarf", "headscarf"), ("shawl", "headscarf"), ("turban", "headscarf"), ("beanie", "beanie"),
    ("bobble", "beanie"), ("flat cap", "flat_cap"), ("tweed", "flat_cap"), ("newsboy", "flat_cap"), ("peaked", "cap"), ("baseball", "cap"), ("helmet", "helmet"), ("crown", "crown"),
    ("tiara", "crown"), ("beret", "beret"), ("bandana", "bandana"), ("headband", "headband"), ("sailor", "sailor"), ("fedora", "hat"),
    ("cap", "cap"), ("hat", "hat"),
)  # fmt: skip


_KNITTED: Final = re.compile(
    r"\b(?:wool+(?:l?en|l?y)?|knit(?:ted)?|crochet(?:ed)?|bobble|pompom|watch)[ -](?:\w+[ -])?(?:cap|hat)\b"
)


def wear_of(words: str) -> str:
    """The headwear a word names: one of HEADWEAR."""
    text = words.lower().replace("_", " ")
    if _KNITTED.search(text):
        return "beanie"
    if re.search(r"\bhood(ed)?\b", text):
        return "hood"
    return next((name for word, name in _WORDS if word in text), "none")


def hides_hair(headwear: str) -> bool:
    """Whether no hair shows at all."""
    return wear_of(headwear) in ("headscarf", "helmet", "hood")


def draw_headwear(design: Design, view: str, nod: float, ink: Ink, *, hood_up: bool = False) -> tuple[str, str]:
    """What lies behind the head, and what lies over it."""
    kind = wear_of(design.headwear)
    if hood_up and kind == "none":
        kind = "hood"
    if kind == "none":
        return "", ""
    n = nod * 0.25
    colour = design.garment_colour if kind == "hood" else design.accent_colour
    if kind in ("hood", "headscarf"):
        return _wrapped(kind, design, view, n, ink, colour)
    if kind == "helmet":
        return _helmet(design, view, ink)
    return "", _hat(kind, design, view, n, ink, colour)


def _dome(view: str, tall: float, base: float, wide: float = 1.0) -> list[Point]:
    m, h = _MIDDLE[view], _HALF[view] * wide
    return [
        (m - h, base),
        (m - h * 1.0, base - tall * 0.34),
        (m - h * 0.78, base - tall * 0.76),
        (m - h * 0.30, base - tall),
        (m + h * 0.30, base - tall),
        (m + h * 0.78, base - tall * 0.76),
        (m + h * 1.0, base - tall * 0.34),
        (m + h, base),
    ]


def _band(view: str, base: float, deep: float, wide: float = 1.0) -> list[Point]:
    m, h = _MIDDLE[view], _HALF[view] * wide
    sag = 4.0 if view != "back" else 2.0
    return [
        (m - h, base),
        (m, base + sag),
        (m + h, base),
        (m + h * 0.99, base - deep),
        (m, base - deep + sag),
        (m - h * 0.99, base - deep),
    ]


def _brim(view: str, base: float, reach: float, ink: Ink, colour: str, droop: float = 0.0) -> str:
    m, h, f = _MIDDLE[view], _HALF[view], _AHEAD[view]
    left, right = m - h - reach * (0.62 if f else 1.0), m + h + reach * (1.0 if not f else 0.7 + 0.4 * f)
    pts = [
        (left, base + droop),
        (m - h * 0.5, base + 5),
        (m + h * 0.4, base + 6),
        (right, base + droop),
        (m + h * 0.4, base - 7),
        (m - h * 0.5, base - 7),
    ]
    return ink.shape(smooth(pts), colour)


def _peak(view: str, base: float, ink: Ink, colour: str) -> str:
    pts = {
        "front": [(-29, base - 3), (-22, base + 7), (0, base + 10), (22, base + 7), (29, base - 3), (0, base - 5)],
        "three_quarter": [(2, base - 2), (22, base + 7), (50, base + 6), (56, base + 1), (38, base - 7), (18, base - 7)],
        "side": [(8, base - 2), (36, base + 4), (64, base + 4), (66, base), (40, base - 8), (14, base - 8)],
    }.get(view)
    return ink.shape(smooth(pts), colour) if pts else ""


def _hat(kind: str, design: Design, view: str, n: float, ink: Ink, colour: str) -> str:
    dark = mix(colour, "#14121a", 0.35)
    base = -21.0 + n
    m, h = _MIDDLE[view], _HALF[view]
    if kind == "cap":
        button = circle((m, base - 36), 3, ink.base(dark))
        seam = ink.stroke(
            smooth(
                [(m + 10 * _AHEAD[view], base - 35), (m + 24 * _AHEAD[view], base - 18), (m + 20 * _AHEAD[view], base)],
                closed=False,
            ),
            colour,
        )
        return ink.shape(smooth(_dome(view, 36, base, 1.03), tension=0.9), colour) + seam + button + _peak(view, base, ink, dark)
    if kind == "flat_cap":
        peak = _peak(view, base, ink, dark)
        crown = [
            (m - h * 1.02, base), (m - h * 1.08, base - 14), (m - h * 0.6, base - 32), (m + h * 0.1, base - 34),
            (m + h * 0.9, base - 22), (m + h * 1.12, base - 6), (m + h * 1.0, base + 1),
        ]  # fmt: skip
        return (
            ink.shape(smooth(crown), colour)
            + ink.stroke(smooth([(m - h * 0.9, base - 4), (m, base + 1), (m + h * 0.95, base - 4)], closed=False), colour)
            + peak
        )
    if kind == "beanie":
        out = ink.shape(smooth(_dome(view, 40, base, 1.05)), colour) + circle(
            (m, base - 44), 8.5, ink.base(mix(colour, "#ffffff", 0.35))
        )
        ribs = "".join(
            ink.stroke(polyline([(m + h * k, base + 3), (m + h * k, base - 9)], closed=False), dark)
            for k in (-0.8, -0.5, -0.2, 0.1, 0.4, 0.7)
        )
        return out + ink.shape(smooth(_band(view, base + 3, 12, 1.06), tension=0.6), mix(colour, "#14121a", 0.14)) + ribs
    if kind == "crown":
        gold = "#e0b64a"
        xs = [m - h + 2 * h * i / 8 for i in range(9)]
        pts = [(x, base - (26 if i % 2 == 0 else 12)) for i, x in enumerate(xs)]
        gems = "".join(circle((x, base - 4), 2.6, ink.light.glow(design.garment_colour, 0.3)) for x in xs[1::2])
        return ink.shape(polyline([(m - h, base + 1), *pts, (m + h, base + 1), (m, base + 6)]), gold) + gems
    if kind == "headband":
        return ink.shape(smooth(_band(view, base + 2, 9, 1.03), tension=0.6), colour)
    if kind == "bandana":
        return ink.shape(smooth(_dome(view, 33, base, 1.03), tension=0.9), colour) + ink.shape(
            smooth(_band(view, base + 2, 8, 1.03), tension=0.6), dark
        )
    if kind == "beret":
        tilt = 12 if view != "back" else -8
        pts = [
            (m - h * 0.95, base),
            (m - h * 1.2 - tilt * 0.4, base - 18),
            (m - 16, base - 36),
            (m + 16 + tilt, base - 32),
            (m + h * 1.05 + tilt, base - 13),
            (m + h * 0.95, base),
        ]
        return ink.shape(smooth(pts), colour) + ink.shape(smooth(_band(view, base + 1, 5, 1.0), tension=0.6), dark)
    if kind == "sailor":
        return (
            ink.shape(smooth(_dome(view, 26, base - 4, 1.06)), "#eef0ea")
            + ink.shape(smooth(_band(view, base, 12, 1.05), tension=0.6), "#e2e4de")
            + ink.stroke(smooth([(m - h, base - 4), (m, base), (m + h, base - 4)], closed=False), design.accent_colour, 2.0)
        )
    if kind == "top_hat":
        tube_ = [
            (m - h * 0.84, base),
            (m - h * 0.90, base - 62),
            (m, base - 66),
            (m + h * 0.90, base - 62),
            (m + h * 0.84, base),
            (m, base + 3),
        ]
        return (
            ink.shape(smooth(tube_, tension=0.25), "#26222c")
            + ink.shape(smooth(_band(view, base, 11, 0.86), tension=0.5), colour)
            + _brim(view, base, 15, ink, "#26222c")
        )
    if kind == "witch_hat":
        cone = [
            (m - h * 0.9, base),
            (m - h * 0.45, base - 40),
            (m - 12, base - 92),
            (m + h * 0.42, base - 44),
            (m + h * 0.9, base),
            (m, base + 4),
        ]
        return (
            ink.shape(smooth(cone, tension=0.5), colour)
            + ink.shape(smooth(_band(view, base, 10, 0.9), tension=0.5), dark)
            + _brim(view, base, 30, ink, colour, 3)
        )
    crown_colour = "#d9b878" if kind == "straw_hat" else colour
    out = ink.shape(smooth(_dome(view, 40 if kind != "sou_wester" else 37, base, 0.98)), crown_colour)
    if kind == "hat":
        out += ink.stroke(smooth([(m - 14, base - 37), (m, base - 31), (m + 14, base - 37)], closed=False), crown_colour, 1.4)
    out += ink.shape(smooth(_band(view, base, 9, 0.99), tension=0.6), dark if kind != "straw_hat" else design.accent_colour)
    reach, droop = {"hat": (20.0, -3.0), "straw_hat": (32.0, 3.0), "sou_wester": (17.0, 9.0)}[kind]
    return out + _brim(view, base + 2, reach, ink, crown_colour, droop)


def _wrapped(kind: str, design: Design, view: str, n: float, ink: Ink, colour: str) -> tuple[str, str]:
    """A hood or a scarf: cloth all round, the face in an opening."""
    v = 7.0 if kind == "hood" else 3.5
    outers: dict[str, list[Point]] = {
        "front": [
            (-42 - v, 34),
            (-43 - v, 0),
            (-39 - v, -34),
            (-20, -52 - v),
            (0, -56 - v * 1.4),
            (20, -52 - v),
            (39 + v, -34),
            (43 + v, 0),
            (42 + v, 34),
            (24, 60),
            (0, 64),
            (-24, 60),
        ],
        "three_quarter": [
            (-40 - v, 36),
            (-46 - v, 0),
            (-46 - v, -28),
            (-30, -52 - v),
            (-2, -57 - v),
            (24, -51 - v),
            (36 + v, -34),
            (38 + v * 0.8, -8),
            (37 + v * 0.5, 20),
            (28, 44),
            (16, 60),
            (-16, 64),
        ],
        "side": [
            (-38 - v, 36),
            (-48 - v, 0),
            (-50 - v, -30),
            (-32, -53 - v),
            (-4, -57 - v),
            (22, -51 - v),
            (33 + v * 0.7, -36),
            (25, -22),
            (8, 0),
            (6, 30),
            (12, 54),
            (-14, 64),
        ],
        "back": [
            (-42 - v, 40),
            (-44 - v, 0),
            (-40 - v, -34),
            (-20, -53 - v),
            (0, -57 - v),
            (20, -53 - v),
            (40 + v, -34),
            (44 + v, 0),
            (42 + v, 40),
            (0, 62),
        ],
    }
    outer = outers[view]
    if view == "back":
        return "", ink.shape(smooth(outer), colour) + ink.stroke(
            smooth([(0, -56 - v), (3, -10), (0, 50)], closed=False), colour, 1.0
        )
    if view == "side":
        cloth = ink.shape(smooth(outer), colour)
        return "", cloth + ink.stroke(smooth([(22, -42), (0, -10), (-2, 30)], closed=False), colour, 1.1)
    holes: dict[str, list[Point]] = {
        "front": [
            (0, -36 + n),
            (22, -31 + n),
            (33, -10),
            (32, 16),
            (22, 38),
            (0, 51.5),
            (-22, 38),
            (-32, 16),
            (-33, -10),
            (-22, -31 + n),
        ],
        "three_quarter": [
            (10, -37 + n),
            (28, -30 + n),
            (36.5, -12),
            (35, 14),
            (29, 34),
            (18, 49),
            (4, 50),
            (-12, 38),
            (-18, 14),
            (-16, -12),
            (-6, -29 + n),
        ],
    }
    hole = holes[view]
    d = smooth(outer) + smooth(hole[::-1])
    cloth = f'<path d="{d}" fill="{ink.base(colour)}" fill-rule="evenodd" stroke="{ink.edge(colour)}" stroke-width="{fmt(ink.line_cm)}"/>'
    side = [p for p in outer if (p[0] - _MIDDLE[view]) * -ink.key > 10]
    inner = [(p[0] * 0.86, p[1] * 0.92) for p in side]
    shade = path(smooth([*side, *inner[::-1]], tension=0.7), ink.dark(colour, 0.22)) if len(side) > 2 else ""
    shadow = path(
        smooth(
            [hole[0], *hole[-1:-4:-1], *[(x * 0.86 + 2, y + 7) for x, y in hole[-3:]], (hole[0][0], hole[0][1] + 8)], tension=0.8
        ),
        ink.dark(design.skin, 0.3),
        opacity=0.5,
    )
    folds = (
        ink.stroke(smooth([(-30, 40), (-6, 56), (18, 50)], closed=False), colour, 1.1)
        if kind == "headscarf"
        else ink.stroke(smooth([(0, -58), (4, -48), (2, -38)], closed=False), colour)
    )
    behind = path(smooth(outer), ink.dark(colour, 0.4))
    return behind, shadow + cloth + shade + folds


def _helmet(design: Design, view: str, ink: Ink) -> tuple[str, str]:
    """A space or diving helmet: a globe with a visor that shows the face."""
    shell = mix("#e8eaec", design.garment_colour, 0.15)
    m = _MIDDLE[view] * 0.5
    globe = f'<circle cx="{fmt(m)}" cy="-2" r="62" fill="{ink.dark(shell, 0.12)}" stroke="{ink.edge(shell)}" stroke-width="{fmt(ink.line_cm * 1.5)}"/>'
    collar = ink.limb([(m - 40, 54), (m + 40, 54)], [9, 9], shell)
    if view == "back":
        return (
            "",
            f'<circle cx="0" cy="-2" r="62" fill="{ink.base(shell)}" stroke="{ink.edge(shell)}" stroke-width="1.5"/>' + collar,
        )
    f = _AHEAD[view]
    x = m + 16 * f
    ring = f'<path d="M{fmt(m - 62)} -2a62 62 0 1 0 124 0a62 62 0 1 0 -124 0ZM{fmt(x - 46 + 6 * f)} 0a{fmt(46 - 4 * f)} 44 0 1 1 {fmt(92 - 8 * f)} 0a{fmt(46 - 4 * f)} 44 0 1 1 {fmt(-92 + 8 * f)} 0Z" fill="{ink.base(shell)}" fill-rule="evenodd" stroke="{ink.edge(shell)}" stroke-width="1.2"/>'
    glass = f'<ellipse cx="{fmt(x + 2 * f)}" cy="0" rx="{fmt(46 - 4 * f)}" ry="44" fill="#bfe3f5" fill-opacity="0.14"/>'
    shine = path(smooth([(x - 34, -10), (x - 26, -30), (x - 8, -38), (x - 20, -26), (x - 28, -8)]), "#ffffff", opacity=0.35)
    return globe, glass + shine + ring + collar
