"""The shell of a room: back wall, side walls, floor and ceiling in true perspective, and the light that lies in it.

A room is a box: `half` metres to each side, `depth` metres behind the actors, `height` high, `front` metres before them (cut away).
Beyond its walls it is dark, as in a theatre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets.palettes import Palette
from glimmer.models.rehearsal.boards.sets.sky import sky_fill
from glimmer.models.rehearsal.boards.sets.stage import BACKDROP, Stage

__all__ = ["Room", "beams", "floor_pool", "on_wall", "rug", "shell", "side_panel", "vignette"]


@dataclass(frozen=True)
class Room:
    half: float = 3.7
    depth: float = 3.2
    height: float = 2.9
    front: float = 4.5


def on_wall(s: Stage, room: Room, *art: str, x: float = 0.0, y: float = 0.0, flip: bool = False) -> None:
    """Hang art in cm on the back wall; (x, y) in metres is its origin."""
    s.hang(room.depth, *art, x=x, y=y, flip=flip)


def side_panel(
    s: Stage,
    room: Room,
    side: int,
    d0: float,
    d1: float,
    y0: float,
    y1: float,
    fill: str,
    *,
    key: float = 0.0,
    **attributes: object,
) -> None:
    """A flat rectangle on a side wall (side −1 left, 1 right)."""
    x = side * room.half
    art = s.quad((x, y0, d0), (x, y1, d0), (x, y1, d1), (x, y0, d1), fill=fill, **attributes)
    s.add(key or room.depth + 0.5, art)


def shell(
    s: Stage, room: Room, p: Palette, *, wall: str = "plain", floor: str = "boards", ceiling: str = "plain", dado: float = 0.9
) -> None:
    """Paint the empty room. wall: plain, dado, panel, tile, brick, stone, plank, stripe or metal; floor: boards, tiles, checks,
    carpet, flags, concrete or metal; ceiling: plain, beams, panels or open."""
    _beyond(s, room, p)
    _floor(s, room, p, floor)
    if s.eye < room.height - 0.05:
        _ceiling(s, room, p, ceiling)
    for side in (-1, 1):
        _side(s, room, p, side, wall, dado)
    _back(s, room, p, wall, dado)


def _beyond(s: Stage, room: Room, p: Palette) -> None:
    """What is around the room: the dark of a stage; where the picture is far wider than the room, the house cut open under its sky."""
    if s.camera.view_m < 2.2 * room.height or s.eye > room.height + 4:
        s.add(BACKDROP, s.cover(s.shade(mix(p.dado, "#20202a", 0.6), 0.82)))
        return
    cut, earth = -room.front, s.shade("#4a4640", 0.55)
    tone = s.shade(mix(p.wall, "#6a5a52", 0.5), 0.5)
    half, top = room.half + 0.5, room.height + 0.3
    y = s.point(0, 0, cut)[1]
    s.add(
        BACKDROP,
        s.cover(sky_fill(s)),
        svg.rect(s.left, y, s.right - s.left, s.bottom - y, s.vertical_px(y, s.height, (0, earth), (1, s.shade("#2a2622", 0.7)))),
    )
    wide = half * 1.7
    roof = [
        (-wide - 0.4, top + 2.3, cut),
        (-wide * 0.62, top + 4.0, cut),
        (wide * 0.62, top + 4.0, cut),
        (wide + 0.4, top + 2.3, cut),
    ]
    walls = [s.quad((-wide, -0.3, cut), (wide, -0.3, cut), (wide, top + 2.3, cut), (-wide, top + 2.3, cut), fill=tone)]
    panes = []
    dice = s.dice("other rooms")
    for x in (-0.86, -0.68, -0.25, 0.0, 0.25, 0.68, 0.86):
        for floor in (0.9, top + 0.5):
            lit = s.light.lamps and dice.random() < 0.5
            if floor > 1 or abs(x * wide) > half + 0.5:
                a, b = x * wide - 0.4, x * wide + 0.4
                panes.append(
                    s.quad(
                        (a, floor, cut),
                        (b, floor, cut),
                        (b, floor + 1.3, cut),
                        (a, floor + 1.3, cut),
                        fill="#e8b765" if lit else s.shade(tone, 0.45),
                    )
                )
    s.add(BACKDROP * 0.9, *walls, *panes, s.quad(*roof, fill=s.shade(p.fabric, 0.6)))


# ── walls ───────────────────────────────────────────────────────────────────────────────────────────────────
def _back(s: Stage, room: Room, p: Palette, wall: str, dado: float) -> None:
    w, h = room.half * 100, room.height * 100
    fill = s.vertical((0, s.shade(p.wall, 0.26)), (0.35, s.shade(p.wall, 0.04)), (0.75, s.lit(p.wall)), (1, s.shade(p.wall, 0.16)))
    art = [svg.rect(-w, -h, 2 * w, h, fill)]
    art += _PATTERNS.get(wall, _plain)(s, p, w, h, dado * 100, s.dice("wall"))
    dark, key = s.light.shadow, s.light.key
    corner = [
        (0, dark, 0.4),
        (0.16, dark, 0.0),
        (0.17, key, 0.0),
        (0.36, key, 0.2),
        (0.6, key, 0.0),
        (0.84, dark, 0.0),
        (1, dark, 0.4),
    ]
    if s.key > 0:
        corner = [(1 - offset, colour, share) for offset, colour, share in reversed(corner)]
    art.append(svg.rect(-w, -h, 2 * w, h, s.sideways(*corner)))
    s.add(BACKDROP / 10, s.plane(room.depth, *art))


def _skirting(s: Stage, p: Palette, w: float) -> list[str]:
    return [svg.rect(-w, -14, 2 * w, 14, s.shade(p.trim, 0.12)), svg.rect(-w, -16, 2 * w, 3, s.glow(p.trim, 0.2))]


def _plain(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    return _skirting(s, p, w)


def _dado(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    """Two tones with a rail, a cornice above."""
    return [
        svg.rect(-w, -dado, 2 * w, dado, s.vertical((0, s.lit(p.dado)), (1, s.shade(p.dado, 0.22)))),
        svg.rect(-w, -dado - 7, 2 * w, 8, s.lit(p.trim)),
        svg.rect(-w, -h, 2 * w, 12, s.shade(p.trim, 0.12)),
        *_skirting(s, p, w),
    ]


def _panel(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    """Wood panelling below, painted wall above."""
    art = _dado(s, p, w, h, dado, dice)
    count = max(4, round(2 * w / 75))
    step = 2 * w / count
    for k in range(count):
        x = -w + k * step
        art.append(
            svg.rect(x + 8, -dado + 10, step - 16, dado - 34, s.shade(p.dado, 0.16), stroke=s.glow(p.dado, 0.12), stroke_width=3)
        )
    return art


def _stripe(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    """Striped paper above a dado."""
    d = "".join(f"M{x:.0f} {-h:.0f}h14V0h-14Z" for x in range(int(-w), int(w), 42))
    return [svg.path(d, s.glow(p.wall, 0.16), opacity=0.5), *_dado(s, p, w, h, dado, dice)]


def _paper(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    """Small sprigs on a paper, a picture rail."""
    d = []
    for r, y in enumerate(range(int(-h) + 24, -20, 38)):
        for x in range(int(-w) + (r % 2) * 22, int(w), 44):
            d.append(f"M{x} {y}q-7 -8 0 -13q7 5 0 13q-9 -2 -12 5q9 3 12 -5q9 -2 12 5q-9 3 -12 -5Z")
    return [
        svg.path("".join(d), s.shade(p.wall, 0.18), opacity=0.5),
        svg.rect(-w, -h, 2 * w, 11, s.lit(p.trim)),
        svg.rect(-w, -h * 0.86, 2 * w, 5, s.shade(p.trim, 0.1)),
        *_skirting(s, p, w),
    ]


def _tile(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    """White-jointed tiles up to the dado, some glazed darker, a coloured border."""
    size = 15.0
    grout = s.shade(p.trim, 0.06)
    lines = "".join(f"M{-w:.0f} {-y:.0f}H{w:.0f}" for y in _steps(0, dado, size))
    lines += "".join(f"M{x:.0f} {-dado:.0f}V0" for x in _steps(-w, w, size))
    marks = "".join(
        f"M{-w + size * dice.randrange(int(2 * w / size)):.0f} {-size * dice.randrange(1, max(2, int(dado / size))):.0f}h{size}v{size}h{-size}Z"
        for _ in range(34)
    )
    return [
        svg.rect(-w, -dado, 2 * w, dado, s.vertical((0, s.lit(p.dado)), (1, s.shade(p.dado, 0.2)))),
        svg.path(marks, s.glow(p.dado, 0.24), opacity=0.5),
        svg.path(lines, "none", stroke=grout, stroke_width=1.4, opacity=0.55),
        svg.rect(-w, -dado - 9, 2 * w, 10, s.shade(p.accent, 0.12)),
        *_skirting(s, p, w)[:1],
    ]


def _steps(start: float, stop: float, step: float) -> list[float]:
    return [start + k * step for k in range(int((stop - start) / step) + 1)]


def _blocks(s: Stage, tone: str, w: float, h: float, bw: float, bh: float, dice: Random) -> list[str]:
    """Courses of brick or stone, told apart by tone."""
    light: list[str] = []
    dark: list[str] = []
    joints: list[str] = []
    for r, y in enumerate(_steps(-h, -bh * 0.5, bh)):
        joints.append(f"M{-w:.0f} {y:.0f}H{w:.0f}")
        for x in _steps(-w - (r % 2) * bw / 2, w, bw):
            pick = dice.random()
            if pick > 0.4:
                continue
            (light if pick < 0.16 else dark).append(
                f"M{max(x, -w) + 1.5:.0f} {y + 1.5:.0f}H{min(x + bw, w) - 1.5:.0f}v{bh - 3:.0f}H{max(x, -w) + 1.5:.0f}Z"
            )
            joints.append(f"M{x:.0f} {y:.0f}v{bh:.0f}M{x + bw:.0f} {y:.0f}v{bh:.0f}")
    return [
        svg.path("".join(light), s.glow(tone, 0.16), opacity=0.55),
        svg.path("".join(dark), s.shade(tone, 0.3), opacity=0.5),
        svg.path("".join(joints), "none", stroke=s.shade(tone, 0.4), stroke_width=1.6, opacity=0.4),
    ]


def _brick(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    return _blocks(s, p.wall, w, h, 34, 14, dice)


def _stone(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    return _blocks(s, p.wall, w, h, 92, 44, dice)


def _plank(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    """Upright boards with knots."""
    tones = []
    for x in _steps(-w, w, 26):
        if dice.random() < 0.45:
            tones.append(svg.rect(x, -h, 26, h, dice.choice((s.shade(p.wall, 0.14), s.glow(p.wall, 0.1))), opacity=0.55))
    d = "".join(f"M{x:.0f} {-h:.0f}V0" for x in _steps(-w, w, 26))
    knots = [svg.ellipse(dice.uniform(-w, w), -dice.uniform(10, h), 3, 6, s.shade(p.wall, 0.4), opacity=0.5) for _ in range(22)]
    return [*tones, svg.path(d, "none", stroke=s.shade(p.wall, 0.4), stroke_width=2, opacity=0.6), *knots, *_skirting(s, p, w)[:1]]


def _metal(s: Stage, p: Palette, w: float, h: float, dado: float, dice: Random) -> list[str]:
    """Riveted plates."""
    art = []
    for x in _steps(-w, w - 1, 120):
        for k, (y0, y1) in enumerate(((-h, -h * 0.62), (-h * 0.62, -dado * 0.9), (-dado * 0.9, 0))):
            if dice.random() < 0.4:
                art.append(svg.rect(x + 3, y0 + 3, 114, y1 - y0 - 6, s.shade(p.wall, 0.1 * (k + 1)), rx=6, opacity=0.7))
    d = (
        "".join(f"M{x:.0f} {-h:.0f}V0" for x in _steps(-w, w, 120))
        + f"M{-w:.0f} {-h * 0.62:.0f}H{w:.0f}M{-w:.0f} {-dado * 0.9:.0f}H{w:.0f}"
    )
    rivets = "".join(f"M{x + dx:.0f} {y:.0f}h.1" for x in _steps(-w, w, 120) for dx in (-7, 7) for y in _steps(-h + 14, -8, 30))
    return [
        *art,
        svg.path(d, "none", stroke=s.shade(p.wall, 0.45), stroke_width=3),
        svg.path(rivets, "none", stroke=s.shade(p.wall, 0.4), stroke_width=4, stroke_linecap="round"),
        svg.rect(-w, -dado, 2 * w, 10, s.lit(p.accent), opacity=0.8),
    ]


_PATTERNS = {
    "plain": _plain, "dado": _dado, "panel": _panel, "stripe": _stripe, "paper": _paper, "tile": _tile, "brick": _brick, "stone": _stone,
    "plank": _plank, "metal": _metal,
}  # fmt: skip


def _side(s: Stage, room: Room, p: Palette, side: int, wall: str, dado: float) -> None:
    x, d0, d1, h = side * room.half, -room.front, room.depth, room.height
    lit_side = side == -s.key  # the wall opposite the light's side receives it
    tone = s.shade(p.wall, 0.12 if lit_side else 0.34)
    art = [s.quad((x, 0, d0), (x, h, d0), (x, h, d1), (x, 0, d1), fill=tone)]

    def band(y0: float, y1: float, colour: str) -> str:
        return s.quad((x, y0, d0), (x, y1, d0), (x, y1, d1), (x, y0, d1), fill=colour)

    def upright(d: float, width: float, y0: float, y1: float, colour: str) -> str:
        return s.quad((x, y0, d), (x, y1, d), (x, y1, d + width), (x, y0, d + width), fill=colour, opacity=0.6)

    dark = s.shade(p.wall, 0.44 if not lit_side else 0.28)
    if wall in ("dado", "panel", "stripe", "tile"):
        art.append(band(0, dado, s.shade(p.dado, 0.2 if lit_side else 0.42)))
        art.append(band(dado, dado + 0.08, s.shade(p.trim if wall != "tile" else p.accent, 0.2 if lit_side else 0.4)))
    if wall in ("panel", "plank", "metal"):
        art += [upright(d, 0.02, 0, h if wall != "panel" else dado, dark) for d in _steps(d0, d1, 0.75 if wall != "metal" else 1.2)]
    if wall in ("stone", "brick", "tile"):
        step = {"stone": 0.44, "brick": 0.28, "tile": 0.15}[wall]
        art += [band(y, y + 0.015, dark) for y in _steps(step, dado if wall == "tile" else h, step)]
    art.append(band(0, 0.14, s.shade(p.trim, 0.24 if lit_side else 0.46)))
    shade = s.light.shadow
    near, far = s.point(x, 1, -room.front)[0], s.point(x, 1, room.depth)[0]
    fill = s.define(svg.linear_gradient("@", ((0, shade, 0.36), (1, shade, 0.03)), near, 0, far, 0, gradientUnits="userSpaceOnUse"))
    art.append(s.quad((x, 0, d0), (x, h, d0), (x, h, d1), (x, 0, d1), fill=fill))
    s.add(BACKDROP / 9, *art)


# ── floor ───────────────────────────────────────────────────────────────────────────────────────────────────
def _floor(s: Stage, room: Room, p: Palette, kind: str) -> None:
    h, d0, d1 = room.half, -room.front, room.depth
    y1, y0 = max(s.point(0, 0, d0)[1], 1.0), s.point(0, 0, d1)[1]
    fill = s.vertical_px(
        y0, min(y1, max(s.height, y0 + 2)), (0, s.shade(p.floor, 0.1)), (0.35, s.lit(p.floor)), (1, s.shade(p.floor, 0.45))
    )
    art = [s.quad((-h, 0, d0), (h, 0, d0), (h, 0, d1), (-h, 0, d1), fill=fill)]
    art += _FLOORS[kind](s, room, p, s.dice("floor"))
    fade = s.light.shadow
    along = s.vertical_px(y0, y0 + (s.point(0, 0, d1 - 1.1)[1] - y0), (0, fade, 0.4), (1, fade, 0))
    art.append(s.quad((-h, 0, d1 - 1.1), (h, 0, d1 - 1.1), (h, 0, d1), (-h, 0, d1), fill=along))
    s.add(BACKDROP / 8, *art)


def _lines(
    s: Stage, room: Room, xs: Sequence[float], ds: Sequence[float], colour: str, width: float = 0.012, opacity: float = 0.55
) -> str:
    out = []
    for x in xs:
        a, b = s.point(x, 0, room.depth), s.point(x, 0, -room.front)
        out.append(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}")
    for d in ds:
        a, b = s.point(-room.half, 0, d), s.point(room.half, 0, d)
        out.append(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}")
    return svg.path("".join(out), "none", stroke=colour, stroke_width=max(1.0, width * s.scale(0)), opacity=opacity)


def _boards(s: Stage, room: Room, p: Palette, dice: Random) -> list[str]:
    xs = _steps(-room.half, room.half, 0.22)
    art = []
    for x in xs:
        d = -room.front + dice.uniform(0, 1.5)
        while d < room.depth:
            end = min(room.depth, d + dice.uniform(1.4, 3))
            if dice.random() < 0.36 and x + 0.22 <= room.half + 0.01:
                tone = dice.choice((s.shade(p.floor, 0.16), s.glow(p.floor, 0.12)))
                art.append(s.quad((x, 0, d), (x + 0.22, 0, d), (x + 0.22, 0, end), (x, 0, end), fill=tone, opacity=0.5))
            d = end
    return [*art, _lines(s, room, xs, (), s.shade(p.floor, 0.5))]


def _squares(s: Stage, room: Room, p: Palette, dice: Random, size: float, other: str, opacity: float) -> list[str]:
    d = []
    for i, x in enumerate(_steps(-room.half, room.half - 0.01, size)):
        for j, z in enumerate(_steps(-room.front, room.depth - 0.01, size)):
            if (i + j) % 2:
                q = [
                    s.point(*c)
                    for c in (
                        (x, 0, z),
                        (min(x + size, room.half), 0, z),
                        (min(x + size, room.half), 0, min(z + size, room.depth)),
                        (x, 0, min(z + size, room.depth)),
                    )
                ]
                d.append("M" + "L".join(f"{a:.0f} {b:.0f}" for a, b in q) + "Z")
    return [svg.path("".join(d), other, opacity=opacity)]


def _tiles(s: Stage, room: Room, p: Palette, dice: Random) -> list[str]:
    return [
        *_squares(s, room, p, dice, 0.5, s.glow(p.floor, 0.2), 0.3),
        _lines(s, room, _steps(-room.half, room.half, 0.5), _steps(-room.front, room.depth, 0.5), s.shade(p.floor, 0.3)),
    ]


def _checks(s: Stage, room: Room, p: Palette, dice: Random) -> list[str]:
    return _squares(s, room, p, dice, 0.45, s.shade(mix(p.floor, p.dado, 0.6), 0.3), 0.75)


def _flags(s: Stage, room: Room, p: Palette, dice: Random) -> list[str]:
    art = []
    for x in _steps(-room.half, room.half - 0.01, 0.8):
        for z in _steps(-room.front, room.depth - 0.01, 0.6):
            if dice.random() < 0.35:
                tone = dice.choice((s.shade(p.floor, 0.18), s.glow(p.floor, 0.14)))
                art.append(
                    s.quad(
                        (x, 0, z),
                        (min(x + 0.8, room.half), 0, z),
                        (min(x + 0.8, room.half), 0, min(z + 0.6, room.depth)),
                        (x, 0, min(z + 0.6, room.depth)),
                        fill=tone,
                        opacity=0.45,
                    )
                )
    return [*art, _lines(s, room, _steps(-room.half, room.half, 0.8), _steps(-room.front, room.depth, 0.6), s.shade(p.floor, 0.42))]


def _carpet(s: Stage, room: Room, p: Palette, dice: Random) -> list[str]:
    return [_lines(s, room, (), _steps(-room.front, room.depth, 0.3), s.shade(p.floor, 0.2), opacity=0.25)]


def _concrete(s: Stage, room: Room, p: Palette, dice: Random) -> list[str]:
    stains = []
    for _ in range(9):
        x, d = dice.uniform(-room.half, room.half) * 0.8, dice.uniform(-1.5, room.depth - 0.6)
        px, py = s.point(x, 0, d)
        _, py2 = s.point(x, 0, d + 0.35)
        stains.append(svg.ellipse(px, py, dice.uniform(0.3, 0.9) * s.scale(d), abs(py - py2), s.shade(p.floor, 0.25), opacity=0.4))
    return [
        *stains,
        _lines(s, room, _steps(-room.half, room.half, 2.4), _steps(-room.front, room.depth, 2.0), s.shade(p.floor, 0.4)),
    ]


def _metal_floor(s: Stage, room: Room, p: Palette, dice: Random) -> list[str]:
    lines = _lines(s, room, _steps(-room.half, room.half, 0.9), _steps(-room.front, room.depth, 0.9), s.shade(p.floor, 0.5), 0.02)
    strips = [
        s.quad(
            (x - 0.05, 0, -room.front),
            (x + 0.05, 0, -room.front),
            (x + 0.05, 0, room.depth),
            (x - 0.05, 0, room.depth),
            fill=mix(p.accent, "#ffffff", 0.2),
            opacity=0.55,
        )
        for x in (-1.5, 1.5)
    ]
    return [*_squares(s, room, p, dice, 0.9, s.shade(p.floor, 0.2), 0.4), lines, *strips]


_FLOORS = {
    "boards": _boards, "tiles": _tiles, "checks": _checks, "flags": _flags, "carpet": _carpet, "concrete": _concrete, "metal": _metal_floor,
}  # fmt: skip


# ── ceiling ─────────────────────────────────────────────────────────────────────────────────────────────────
def _ceiling(s: Stage, room: Room, p: Palette, kind: str) -> None:
    h, y, d0, d1 = room.half, room.height, -room.front, room.depth
    y0, y1 = s.point(0, y, d0)[1], s.point(0, y, d1)[1]
    fill = s.vertical_px(max(y0, s.top), y1, (0, s.shade(p.ceiling, 0.36)), (1, s.shade(p.ceiling, 0.12)))
    s.add(BACKDROP / 8, s.quad((-h, y, d0), (h, y, d0), (h, y, d1), (-h, y, d1), fill=fill))
    if kind == "beams":
        beams(s, room, p.wood)
    elif kind == "panels":
        grid = [
            s.quad((-h, y, z), (h, y, z), (h, y, z + 0.03), (-h, y, z + 0.03), fill=s.shade(p.ceiling, 0.55))
            for z in _steps(d0, d1, 0.9)
        ]
        grid += [
            s.quad((x, y, d0), (x + 0.03, y, d0), (x + 0.03, y, d1), (x, y, d1), fill=s.shade(p.ceiling, 0.55))
            for x in _steps(-h, h, 0.9)
        ]
        glare = "#fdfbf0" if s.light.lamps else s.lit("#f6f4ea")
        lamps = [
            s.quad((x, y - 0.01, z), (x + 0.8, y - 0.01, z), (x + 0.8, y - 0.01, z + 0.35), (x, y - 0.01, z + 0.35), fill=glare)
            for x in (-2.2, 1.4)
            for z in (0.2, 2.0)
        ]
        s.add(BACKDROP / 8.5, *grid, *lamps)


def beams(s: Stage, room: Room, wood: str, *, count: int = 3) -> None:
    """Beams across the ceiling, from wall to wall."""
    for k in range(count):
        d = room.depth - 0.7 - k * 2.1
        art = s.box(-room.half, room.half, room.height - 0.17, room.height, d, d + 0.18, wood)
        s.add(BACKDROP / 11 if d > 0 else -0.4, art)


# ── light and soft things ───────────────────────────────────────────────────────────────────────────────────
def rug(s: Stage, x: float, depth: float, half_w: float, half_d: float, colour: str, border: str, *, round_: bool = False) -> None:
    """A rug on the floor with a border and a pattern."""
    for k, tone in (
        (1.0, s.shade(colour, 0.12)),
        (0.9, s.lit(border)),
        (0.84, s.lit(colour)),
        (0.46, s.shade(colour, 0.2)),
        (0.36, s.lit(border)),
    ):
        w, d = half_w * k, half_d * k
        if round_:
            px, py = s.point(x, 0, depth)
            ry = abs(s.point(x, 0, depth - d)[1] - s.point(x, 0, depth + d)[1]) / 2
            s.add(BACKDROP / 12, svg.ellipse(px, py, w * s.scale(depth), ry, tone))
        else:
            s.add(
                BACKDROP / 12,
                s.quad((x - w, 0, depth - d), (x + w, 0, depth - d), (x + w, 0, depth + d), (x - w, 0, depth + d), fill=tone),
            )


def floor_pool(s: Stage, room: Room, x: float, width: float, reach: float = 2.4, *, strength: float = 0.6) -> None:
    """The patch of light that a window in the back wall throws on the floor, slanted away from the key's side."""
    if s.weather in ("storm", "fog", "rain") or s.eye > 6:
        strength *= 0.35
    tone = s.light.key if s.time != "night" else "#8fb0ff"
    if s.time == "night":
        strength *= 0.45
    slant = -s.key * reach * 0.5
    d1, d0 = room.depth - 0.15, room.depth - 0.15 - reach
    y0, y1 = s.point(0, 0, d1)[1], s.point(0, 0, d0)[1]
    fill = s.vertical_px(y0, y1, (0, tone, strength), (1, tone, strength * 0.15))
    for k in (0, 1):
        a, b = x - width / 2 + k * width * 0.53, x - width / 2 + k * width * 0.53 + width * 0.47
        s.add(BACKDROP / 13, s.quad((a, 0, d1), (b, 0, d1), (b + slant * 1.05, 0, d0), (a + slant * 1.05, 0, d0), fill=fill))
    if s.eye < room.height:
        _shaft(s, room, x, width, slant, d0, tone, strength * 0.34)


def _shaft(s: Stage, room: Room, x: float, width: float, slant: float, d0: float, tone: str, strength: float) -> None:
    """The beam from the window to its patch, seen in the air."""
    a, b = x - width / 2, x + width / 2
    corners = [s.point(a, 2.3, room.depth), s.point(b, 2.3, room.depth), s.point(b + slant, 0, d0), s.point(a + slant, 0, d0)]
    y0, y1 = corners[0][1], corners[2][1]
    s.add(0.9, svg.polygon(corners, s.vertical_px(y0, y1, (0, tone, strength), (1, tone, strength * 0.2))))


def vignette(s: Stage, strength: float = 0.42) -> None:
    """Darkness gathered at the picture's edges, so that the middle holds the eye."""
    strength *= {"day": 0.55, "dawn": 0.9, "dusk": 1.15, "night": 1.5}[s.time]
    tone, w, h = s.light.shadow, s.width, s.height
    strips = (
        (s.left, s.top, w * 0.2, s.bottom, (0, strength, w * 0.2, 0.0)),
        (w * 0.8, s.top, s.right, s.bottom, (w * 0.8, 0.0, w, strength)),
        (s.left, s.top, s.right, h * 0.24, (0, strength * 0.8, h * 0.24, 0.0)),
        (s.left, h * 0.85, s.right, s.bottom, (h * 0.85, 0.0, h, strength * 0.5)),
    )
    for k, (x0, y0, x1, y1, (a, dark_a, b, dark_b)) in enumerate(strips):
        along = (a, 0, b, 0) if k < 2 else (0, a, 0, b)
        fill = s.define(svg.linear_gradient("@", ((0, tone, dark_a), (1, tone, dark_b)), *along, gradientUnits="userSpaceOnUse"))
        s.add(-8, svg.rect(x0, y0, x1 - x0, y1 - y0, fill))
