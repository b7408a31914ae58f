"""Hair: a cap with a hairline, what hangs behind, and buns, tails and braids, each for four sides of the head.

A style is one row of `_STYLES`; the painters below read it. Head units as in `head`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.figure.geometry import Point, fmt, path, smooth, tube
from glimmer.models.rehearsal.boards.figure.ink import Ink

__all__ = ["HAIR_STYLES", "Hair", "draw_hair", "hair_of"]


@dataclass(frozen=True)
class Hair:
    """volume: how far the cap stands off the skull. fringe: form of the hairline. length: where hair behind ends, 0 for none.
    extra: bun, tail, braid …; texture: how the outline runs. ears: whether ears show.
    """

    volume: float = 4.0
    fringe: str = "swept"
    length: float = 0.0
    extra: str = ""
    texture: str = "straight"
    ears: bool = True
    locks: bool = False


_STYLES: Final[dict[str, Hair]] = {
    "short": Hair(5.0, "swept"),
    "cropped": Hair(2.0, "back"),
    "buzz": Hair(0.8, "back"),
    "receding": Hair(2.0, "receding"),
    "spiky": Hair(6.0, "spiky", texture="spiky"),
    "quiff": Hair(5.0, "back", extra="quiff"),
    "slicked": Hair(2.6, "back"),
    "side_part": Hair(5.5, "part"),
    "bowl": Hair(6.0, "bangs", 22.0, ears=False),
    "long": Hair(5.0, "centre", 96.0, ears=False, locks=True),
    "wavy": Hair(7.0, "swept", 78.0, texture="wavy", ears=False, locks=True),
    "bob": Hair(7.0, "bangs", 40.0, ears=False),
    "pixie": Hair(5.0, "pixie"),
    "bun": Hair(4.0, "centre", extra="bun"),
    "topknot": Hair(3.0, "back", extra="topknot"),
    "ponytail": Hair(4.0, "swept", extra="tail"),
    "pigtails": Hair(4.5, "centre", extra="pigtails"),
    "braid": Hair(4.5, "swept", extra="braid"),
    "braids": Hair(4.0, "centre", extra="braids"),
    "curly": Hair(8.0, "curls", 30.0, texture="curly", ears=False),
    "curls": Hair(8.0, "curls", 52.0, texture="curly", ears=False),
    "afro": Hair(17.0, "back", texture="afro", ears=False),
    "dreadlocks": Hair(5.0, "back", 66.0, texture="dreads", ears=False),
    "mohawk": Hair(0.8, "back", extra="mohawk"),
    "bald": Hair(0.0, "none"),
    "tonsure": Hair(3.0, "tonsure"),
}
HAIR_STYLES: Final = tuple(_STYLES)

_FRINGE: Final[dict[str, tuple[Point, ...]]] = {  # from the right temple to the left, for the front
    "swept": ((31, -15), (25, -27), (15, -35), (3, -29), (-13, -23), (-25, -16), (-31, -8)),
    "part": ((32, -10), (27, -20), (14, -27), (-6, -33), (-19, -37), (-26, -26), (-32, -10)),
    "bangs": ((33, -8), (25, -12.5), (12, -15), (0, -14), (-12, -15), (-25, -12.5), (-33, -8)),
    "pixie": ((31, -12), (24, -20), (8, -16), (-4, -20), (-14, -13), (-24, -17), (-30, -4)),
    "centre": ((33, -8), (27, -22), (14, -33), (0, -41), (-14, -33), (-27, -22), (-33, -8)),
    "back": ((33, -12), (28, -27), (15, -35), (0, -37), (-15, -35), (-28, -27), (-33, -12)),
    "curls": ((34, -6), (28, -18), (17, -22), (8, -27), (-4, -23), (-15, -25), (-27, -17), (-34, -6)),
    "spiky": ((32, -14), (22, -30), (16, -21), (6, -33), (-3, -22), (-12, -32), (-22, -20), (-32, -12)),
    "receding": ((34, -8), (31, -24), (22, -41), (9, -37), (0, -34), (-9, -37), (-22, -41), (-31, -24), (-34, -8)),
}


def hair_of(style: str) -> Hair:
    """The style of that name; an unknown one is looked for inside the word, else short."""
    word = style.strip().lower().replace(" ", "_").replace("-", "_")
    if word in _STYLES:
        return _STYLES[word]
    inside = [name for name in _STYLES if name in word]
    return _STYLES[max(inside, key=len)] if inside else _STYLES["short"]


def draw_hair(design: Design, hair: Hair, view: str, nod: float, ink: Ink) -> tuple[str, str]:
    """What hangs behind the head and body, and what lies on the head."""
    if hair.fringe == "none":
        return "", ""
    colour = design.hair
    back = _hanging(hair, view, colour, ink) + _extras(hair, view, colour, ink, front=False, accent=design.accent_colour)
    if hair.fringe == "tonsure":
        return back, _tonsure(view, colour, ink)
    outer, inner = _cap(hair, view, nod)
    body = [*outer, *inner]
    front = _texture(hair, outer, colour, ink) + path(
        smooth(body, tension=0.9), ink.base(colour), stroke=ink.edge(colour), width=ink.line_cm
    )
    front += _strands(hair, outer, inner, view, colour, ink)
    front += _locks(hair, view, colour, ink) + _extras(hair, view, colour, ink, front=True, accent=design.accent_colour)
    return back, front


def _cap(hair: Hair, view: str, nod: float) -> tuple[list[Point], list[Point]]:
    v, n = hair.volume, nod * 0.30
    low = 14.0 if not hair.ears else 0.0
    fringe = _FRINGE.get(hair.fringe, _FRINGE["swept"])
    if view == "back":
        return [(-38 - v * 0.5, low), (-41 - v * 0.4, -14), (-37 - v * 0.6, -36), (-20, -50 - v), (0, -51.5 - v), (20, -50 - v), (37 + v * 0.6, -36), (41 + v * 0.4, -14), (38 + v * 0.5, low)], [
            (33, 22), (16, 31), (0, 33), (-16, 31), (-33, 22),
        ]  # fmt: skip
    if view == "front":
        out = [
            (-36 - v * 0.6, low),
            (-39 - v * 0.5, -14),
            (-34.5 - v * 0.7, -36),
            (-19, -48 - v),
            (0, -50.5 - v),
            (19, -48 - v),
            (34.5 + v * 0.7, -36),
            (39 + v * 0.5, -14),
            (36 + v * 0.6, low),
        ]
        return out, [(34, low - 2), *((x, y + n) for x, y in fringe), (-34, low - 2)]
    if view == "three_quarter":
        out = [
            (-31 - v * 0.3, 16 + low * 0.3),
            (-40 - v * 0.6, -2),
            (-42 - v * 0.7, -21),
            (-36 - v * 0.6, -40),
            (-19, -49.5 - v),
            (0, -51.5 - v),
            (19, -48 - v),
            (31.5 + v * 0.5, -36),
            (35.8 + v * 0.35, -21),
            (35.6, -10),
        ]
        line = [(12 + x * (0.68 if x > 0 else 0.80), y + n) for x, y in fringe]
        ear = (
            [(-17, -4), (-19, 9), (-22.5, 5), (-25, -7), (-32, -6), (-34, 12)]
            if hair.ears
            else [(-16, 0), (-19, 14 + low * 0.4), (-26, 22)]
        )
        return out, [*line, *ear]
    out = [
        (-29 - v * 0.3, 26),
        (-40 - v * 0.6, 2),
        (-44 - v * 0.7, -20),
        (-38 - v * 0.5, -41),
        (-21, -50 - v),
        (-4, -51.5 - v),
        (14, -49 - v),
        (27 + v * 0.3, -39 - v * 0.4),
        (33, -27),
    ]
    half = [p for p in fringe if p[0] <= 1][:4] if hair.fringe not in ("part",) else list(fringe[3:7])
    first = {
        "bangs": (37.5, -15),
        "receding": (18, -44),
        "centre": (28, -35),
        "back": (31, -33),
        "spiky": (38, -26),
        "curls": (37, -22),
        "pixie": (35, -18),
    }.get(hair.fringe, (33.5, -24))
    span = [(16 + (x + 33) * 0.42 + 1.0, y + n) for x, y in half]
    ear = (
        [(8, -5), (6, 8), (1.5, 6), (-1, -7), (-13, -8), (-17, 5), (-21, 18)]
        if hair.ears
        else [(9, 0), (5, 14 + low * 0.3), (-8, 22)]
    )
    return out, [(first[0], first[1] + n), *span[1:], (14, -16 + n), *ear]


def _texture(hair: Hair, outer: list[Point], colour: str, ink: Ink) -> str:
    """Curls or spikes that break the outline, under the cap."""
    if hair.texture in ("curly", "afro"):
        big = 9.0 if hair.texture == "curly" else 10.5
        pts = _spread(outer, 13 if hair.texture == "curly" else 15)
        d = "".join(_bump(p, big * (0.86 + 0.28 * ((i * 7) % 5) / 4)) for i, p in enumerate(pts))
        return path(d, ink.edge(colour), stroke=ink.edge(colour), width=ink.line_cm * 2) + path(d, ink.base(colour))
    if hair.texture == "spiky":
        pts = _spread(outer[1:-1], 8)
        out = []
        for i, (x, y) in enumerate(pts):
            grow = 1.24 + 0.08 * (i % 3)
            out.append(smooth([(x - 8, y + 6), (x * grow + 5, (y + 4) * grow - 4), (x + 9, y + 8)], tension=0.3))
        return path("".join(out), ink.base(colour), stroke=ink.edge(colour), width=ink.line_cm)
    return ""


def _bump(at: Point, r: float) -> str:
    x, y = at
    return f"M{fmt(x - r)} {fmt(y)}a{fmt(r)} {fmt(r)} 0 1 0 {fmt(2 * r)} 0a{fmt(r)} {fmt(r)} 0 1 0 {fmt(-2 * r)} 0Z"


def _spread(line: list[Point], count: int) -> list[Point]:
    """`count` points at even steps along a line."""
    steps = [math.dist(a, b) for a, b in zip(line, line[1:], strict=False)]
    total, out, i, done = sum(steps), [], 0, 0.0
    for k in range(count):
        goal = total * k / (count - 1)
        while i < len(steps) - 1 and done + steps[i] < goal:
            done += steps[i]
            i += 1
        share = (goal - done) / (steps[i] or 1)
        a, b = line[i], line[i + 1]
        out.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
    return out


def _strands(hair: Hair, outer: list[Point], inner: list[Point], view: str, colour: str, ink: Ink) -> str:
    """A shadow side, a soft light on the crown, and a few combed lines."""
    if ink.fine < 1 or hair.volume < 1.5:
        return ""
    out = []
    middle = sum(p[0] for p in outer) / len(outer)
    lit = [p for p in outer if (p[0] - middle) * ink.key > -6 and p[1] < -16]
    if len(lit) > 2:
        ring = [(p[0] * 0.80 + middle * 0.2 * 0.9, p[1] * 0.80 - 2) for p in lit]
        ring2 = [(p[0] * 0.76 + middle * 0.22, p[1] * (0.72 - 0.05 * (i % 2)) - 2) for i, p in enumerate(lit)]
        if hair.texture not in ("curly", "afro"):
            out.append(path(smooth([*ring, *ring2[::-1]], tension=0.8), ink.rim(colour, 0.20), opacity=0.6))
    if hair.texture in ("curly", "afro"):
        for i, (x, y) in enumerate(_spread(outer, 9)):
            k = 0.72 - 0.1 * (i % 2)
            cx, cy = x * k + middle * (1 - k), y * k - 6
            out.append(ink.stroke(f"M{fmt(cx - 4)} {fmt(cy + 1)}a4.2 4.2 0 1 1 6 3.4", colour, 1.1, 0.3))
        return "".join(out)
    tips = inner[1:-1] if view == "front" else inner[: max(3, len(inner) // 2)]
    whirl = {
        "front": (4.0, -50 - hair.volume * 0.6),
        "three_quarter": (-6.0, -50 - hair.volume * 0.6),
        "side": (-14.0, -49 - hair.volume * 0.6),
        "back": (0.0, -46.0),
    }[view]
    if hair.fringe in ("swept", "part", "pixie"):
        whirl = (whirl[0] + 12, whirl[1] + 4)
    for i, tip in enumerate(tips):
        if i % 2 and ink.fine < 2:
            continue
        mid = ((whirl[0] + tip[0] * 2.2) / 3.0, (whirl[1] * 1.5 + tip[1]) / 2.5)
        end = (tip[0] * 0.97 + whirl[0] * 0.03, tip[1] * 0.97 + whirl[1] * 0.03)
        start = (whirl[0] * 0.8 + tip[0] * 0.2, whirl[1] * 0.9 + tip[1] * 0.1)
        out.append(ink.stroke(smooth([start, mid, end], closed=False), colour, 0.9, 0.34))
    return "".join(out)


_WAVE: Final = (0.0, 3.2, -1.5, 3.6, -1.2, 3.0, 0.0)


def _hanging(hair: Hair, view: str, colour: str, ink: Ink) -> str:
    """The long hair behind the head."""
    length = hair.length
    if not length:
        return ""
    if hair.texture == "dreads":
        return _dreads(view, colour, ink, length)
    v = hair.volume
    wave = _WAVE if hair.texture in ("wavy", "curly") else (0.0,) * 7
    spans = {
        "front": (-39.0 - v * 0.6, 39.0 + v * 0.6),
        "back": (-40.0 - v * 0.6, 40.0 + v * 0.6),
        "three_quarter": (-42.0 - v * 0.7, 20.0),
        "side": (-44.0 - v * 0.7, 0.0),
    }
    left, right = spans[view]
    rows = [-22 + (length + 22) * i / 6 for i in range(7)]
    taper = [0, 1.5, 2.5, 2.0, 0, -3, -9] if length > 45 else [0, 1, 2, 3, 3, 2, -2]
    lhs = [(left - taper[i] - wave[i] * 1.4, y) for i, y in enumerate(rows)]
    rhs = [(right + taper[i] + wave[i] * 1.4, y - (4 if view == "three_quarter" else 0)) for i, y in enumerate(rows)]
    tip = [((left + right) / 2 - 8, length + 5), ((left + right) / 2 + 9, length + 3)]
    d = smooth([*lhs, *tip, *rhs[::-1]], tension=0.95)
    out = path(d, ink.dark(colour, 0.22) if view != "back" else ink.base(colour), stroke=ink.edge(colour), width=ink.line_cm)
    if hair.texture == "curly":
        rim = "".join(_bump(p, 8.0) for p in (*lhs[2:], *rhs[2:], *tip))
        out = path(rim, ink.edge(colour), stroke=ink.edge(colour), width=ink.line_cm * 2) + path(rim, ink.dark(colour, 0.22)) + out
    if ink.fine:
        for k in (0.25, 0.5, 0.75) if view != "back" else (0.14, 0.32, 0.5, 0.68, 0.86):
            xs = left + (right - left) * k
            line = [(xs + (wave[i] * 1.2), y + 8) for i, y in enumerate(rows[1:], 1)]
            out += ink.stroke(smooth(line, closed=False), colour, 0.9, 0.45)
    return out


def _dreads(view: str, colour: str, ink: Ink, length: float) -> str:
    left, right = {"front": (-40, 40), "back": (-40, 40), "three_quarter": (-44, 10), "side": (-46, -6)}[view]
    out, count = [], 11 if view in ("front", "back") else 8
    for i in range(count):
        x = left + (right - left) * i / (count - 1)
        if view == "front" and abs(x) < 26:
            continue
        drop = length - 12 * ((i * 5) % 3) / 2
        line = [(x * 0.86, -26), (x * 1.02, 8), (x * 1.06 + (-1) ** i * 2, drop)]
        out.append(ink.limb(line, [5.4, 5.0, 3.6], colour))
    return "".join(out)


def _locks(hair: Hair, view: str, colour: str, ink: Ink) -> str:
    """Locks that fall in front of the shoulders."""
    if not hair.locks or view == "back":
        return ""
    end, bend = hair.length * 0.80, 3.0 if hair.texture == "wavy" else 0.0
    strands: dict[str, tuple[list[Point], ...]] = {
        "front": ([(-35, -16), (-38.5, 12), (-36 - bend, 40), (-35, end)], [(35, -16), (38.5, 12), (36 + bend, 40), (35, end)]),
        "three_quarter": ([(-20, -14), (-25, 14), (-22 - bend, 42), (-20, end)], [(35, -18), (35.5, 2), (33, 18)]),
        "side": ([(4, -14), (-4, 12), (-8 - bend, 40), (-12, end)],),
    }
    out = []
    for line in strands[view]:
        thick = [6.5, 7.0, 6.5, 2.0] if len(line) == 4 else [3.0, 2.4, 1.0]
        out.append(ink.limb(line, thick, colour))
    return "".join(out)


def _extras(hair: Hair, view: str, colour: str, ink: Ink, *, front: bool, accent: str) -> str:
    """Buns, tails and braids. In the views from the front they lie behind the head unless they fall over a shoulder."""
    kind = hair.extra
    if not kind:
        return ""
    if kind in ("bun", "topknot"):
        spot = {
            "bun": {"front": (0, -56), "three_quarter": (-36, -40), "side": (-47, -24), "back": (0, -30)},
            "topknot": {"front": (0, -60), "three_quarter": (-14, -58), "side": (-20, -57), "back": (0, -56)},
        }[kind][view]
        if front != (view == "back"):
            return ""
        x, y = spot
        ball = ink.limb([(x - 5, y + 2), (x + 5, y)], [12.5, 12.5], colour)
        return ball + ink.stroke(smooth([(x - 8, y + 3), (x, y - 7), (x + 8, y + 1), (x, y + 6)], closed=False), colour, 1.1, 0.4)
    if kind == "tail":
        return _tail(view, colour, ink, accent) if front == (view == "back") else ""
    if kind == "pigtails":
        return _pigtails(view, colour, ink, accent) if front == (view != "front") else ""
    if kind == "quiff" and front and view != "back":
        m = {
            "front": [(-22, -40), (-16, -58), (4, -67), (22, -58), (28, -40), (6, -36)],
            "three_quarter": [(-12, -44), (2, -62), (26, -68), (40, -54), (34, -34), (12, -34)],
            "side": [(-10, -46), (6, -62), (32, -67), (42, -50), (32, -31), (14, -36)],
        }[view]
        return ink.shape(smooth(m), colour) + ink.stroke(smooth([m[0], m[2], m[3]], closed=False, tension=0.6), colour, 1.0, 0.35)
    if kind == "mohawk" and front:
        m = {
            "front": [(-8, -40), (-7, -72), (0, -78), (7, -72), (8, -40)],
            "back": [(-8, 20), (-7, -72), (0, -78), (7, -72), (8, 20)],
            "three_quarter": [(26, -38), (22, -68), (-8, -76), (-42, -56), (-50, -20), (-34, -18), (-10, -48), (14, -46)],
            "side": [(32, -34), (26, -66), (-10, -76), (-50, -50), (-56, -6), (-42, 0), (-36, -36), (4, -50)],
        }[view]
        return ink.shape(smooth(m, tension=0.7), colour)
    if kind in ("braid", "braids"):
        return _braids(kind, view, colour, ink, accent) if front else ""
    return ""


def _tail(view: str, colour: str, ink: Ink, accent: str) -> str:
    line = {
        "front": [(16, -40), (42, -34), (50, 0), (44, 36)],
        "three_quarter": [(-36, -36), (-62, -34), (-70, 4), (-58, 46)],
        "side": [(-38, -34), (-64, -34), (-74, 4), (-62, 50)],
        "back": [(0, -34), (0, -8), (3, 40), (0, 84)],
    }[view]
    tie = line[0] if view == "back" else ((line[0][0] * 0.6 + line[1][0] * 0.4), line[0][1] - 1)
    tail = ink.limb(line, [7, 13, 13, 3], colour)
    tail += ink.stroke(
        smooth([(line[0][0], line[0][1] + 2), (line[1][0] + 3, line[1][1] + 8), (line[2][0] + 3, line[2][1] + 10)], closed=False),
        colour,
        1.0,
        0.36,
    )
    return tail + ink.limb([(tie[0], tie[1] - 5), (tie[0], tie[1] + 5)], [4, 4], accent)


def _pigtails(view: str, colour: str, ink: Ink, accent: str) -> str:
    roots = {"front": (-40, 40), "back": (-40, 40), "three_quarter": (-34,), "side": (-26,)}[view]
    out = []
    for x in roots:
        s = 1 if x > 0 else -1
        out.append(ink.limb([(x, -4), (x + s * 16, 4), (x + s * 19, 26), (x + s * 13, 46)], [6, 11, 11, 3], colour))
        out.append(ink.limb([(x + s * 2, -8), (x + s * 3, 2)], [4, 4], accent))
    return "".join(out)


def _braids(kind: str, view: str, colour: str, ink: Ink, accent: str) -> str:
    one: dict[str, list[list[Point]]] = {
        "front": [[(30, 12), (37, 36), (33, 66), (29, 98)]],
        "three_quarter": [[(-27, 16), (-25, 42), (-17, 70), (-14, 100)]],
        "side": [[(-34, 12), (-46, 34), (-48, 64), (-44, 100)]],
        "back": [[(0, 14), (2, 44), (0, 78), (2, 116)]],
    }
    two: dict[str, list[list[Point]]] = {
        "front": [[(33, 12), (40, 38), (37, 84)], [(-33, 12), (-40, 38), (-37, 84)]],
        "three_quarter": [[(-24, 14), (-27, 40), (-22, 86)]],
        "side": [[(-12, 16), (-15, 42), (-12, 88)]],
        "back": [[(22, 16), (30, 44), (28, 92)], [(-22, 16), (-30, 44), (-28, 92)]],
    }
    out = []
    for line in (one if kind == "braid" else two)[view]:
        pts = _spread(line, 8)
        for i, (a, b) in enumerate(zip(pts, pts[1:], strict=False)):
            r = 8.2 - 0.45 * i
            for s in (-1, 1):
                mid = ((a[0] + b[0]) / 2 + s * r * 0.52, (a[1] + b[1]) / 2)
                d = tube(
                    [(a[0] + s * r * 0.8, a[1] - r * 0.25), mid, (b[0] - s * r * 0.12, b[1] + r * 0.12)],
                    [r * 0.44, r * 0.62, r * 0.32],
                )
                out.append(
                    path(
                        d,
                        ink.base(colour) if s == ink.key else ink.dark(colour, 0.16),
                        stroke=ink.edge(colour),
                        width=ink.line_cm * 0.8,
                    )
                )
        x, y = pts[-1]
        out.append(ink.limb([(x, y), (x, y + 12)], [5, 2], colour) + ink.limb([(x - 1, y - 2), (x + 1, y + 2)], [4.4, 4.4], accent))
    return "".join(out)


def _tonsure(view: str, colour: str, ink: Ink) -> str:
    """A ring of hair round a bald crown."""
    rings = {
        "front": ([(-37, 6), (-43, -8), (-40, -22), (-34, -22), (-33, -6)], [(37, 6), (43, -8), (40, -22), (34, -22), (33, -6)]),
        "three_quarter": ([(-33, 15), (-45, -4), (-45, -24), (-34, -28), (-20, -22), (-16, -6), (-19, 6), (-24, -4), (-31, -4)],),
        "side": (
            [(-29, 25), (-44, 2), (-48, -22), (-38, -30), (-10, -26), (8, -20), (7, 6), (1, 4), (-1, -8), (-13, -9), (-18, 6)],
        ),
        "back": ([(-38, 2), (-44, -12), (-36, -24), (0, -16), (36, -24), (44, -12), (38, 2), (30, 24), (0, 32), (-30, 24)],),
    }[view]
    return "".join(ink.shape(smooth(r), colour) for r in rings)
