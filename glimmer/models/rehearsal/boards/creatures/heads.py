"""The measures of four-legged animals, and their heads in profile and from the front: ears, horns, manes, noses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from glimmer.models.rehearsal.boards.brush import Brush, blob, ellipse, limb
from glimmer.models.rehearsal.boards.creatures.anatomy import Coat, Look, face, mouth, side_eye

__all__ = ["BUILDS", "Build", "head_front", "head_side", "mane"]


@dataclass(frozen=True)
class Build:
    """Measures of a four-legged animal. length: hip to shoulder; leg: belly to ground; girth: depth of the body; neck and its angle
    (degrees, 0 level, 90 straight up); head: radius of the skull; muzzle: how far it reaches beyond the skull, and how deep it is."""

    length: float = 62
    leg: float = 36
    girth: float = 34
    neck: float = 24
    angle: float = 48
    head: float = 19
    muzzle: float = 20
    snout: float = 17
    ears: str = "flop"  # flop, point, round, long, side, big, none
    tail: str = "up"  # up, bush, tuft, long, curl, short, puff, fluke, none
    foot: str = "paw"  # paw, hoof
    legs: float = 11
    coat: str = "plain"  # plain, patch, stripes, spots, wool, bib, saddle
    extra: str = ""  # mane, horse_mane, horns, antlers, goat_horns, tusks, goggles


BUILDS: Final[dict[str, Build]] = {
    "dog": Build(coat="saddle"),
    "cat": Build(length=52, leg=27, girth=25, neck=17, angle=55, head=18, muzzle=7, snout=13, ears="point", tail="long", legs=9, coat="stripes"),
    "fox": Build(length=56, leg=31, girth=25, neck=20, head=17, muzzle=22, snout=11, ears="point", tail="bush", legs=8, coat="bib"),
    "wolf": Build(length=70, leg=42, girth=36, neck=28, angle=36, head=19, muzzle=25, snout=16, ears="point", tail="bush", legs=11, coat="bib"),
    "bear": Build(length=84, leg=34, girth=62, neck=28, angle=26, head=25, muzzle=17, snout=21, ears="round", tail="puff", legs=21),
    "lion": Build(length=82, leg=40, girth=43, neck=30, angle=42, head=22, muzzle=16, snout=19, ears="round", tail="tuft", legs=15, extra="mane"),
    "tiger": Build(length=88, leg=38, girth=43, neck=28, angle=34, head=22, muzzle=15, snout=19, ears="round", tail="long", legs=15, coat="stripes"),
    "horse": Build(length=92, leg=72, girth=48, neck=58, angle=56, head=18, muzzle=34, snout=19, ears="point", tail="horse", foot="hoof", legs=13,
                   extra="horse_mane"),
    "cow": Build(length=96, leg=42, girth=58, neck=30, angle=26, head=22, muzzle=27, snout=25, ears="side", tail="tuft", foot="hoof", legs=13,
                 coat="patch", extra="horns"),
    "pig": Build(length=66, leg=17, girth=50, neck=14, angle=14, head=22, muzzle=14, snout=17, ears="flop_small", tail="curl", foot="hoof", legs=12),
    "sheep": Build(length=58, leg=25, girth=44, neck=20, angle=40, head=15, muzzle=13, snout=14, ears="side", tail="puff", foot="hoof", legs=8,
                   coat="wool"),
    "goat": Build(length=58, leg=34, girth=32, neck=26, angle=54, head=15, muzzle=17, snout=13, ears="side", tail="short", foot="hoof", legs=8,
                  extra="goat_horns"),
    "rabbit": Build(length=34, leg=10, girth=34, neck=14, angle=52, head=16, muzzle=6, snout=12, ears="long", tail="puff", legs=10),
    "mouse": Build(length=34, leg=7, girth=27, neck=10, angle=26, head=15, muzzle=11, snout=9, ears="big", tail="thin", legs=6),
    "deer": Build(length=72, leg=62, girth=36, neck=44, angle=58, head=15, muzzle=21, snout=12, ears="side", tail="short", foot="hoof", legs=8,
                  coat="spots", extra="antlers"),
}  # fmt: skip


def _ear(b: Brush, m: Build, coat: Coat, far: bool) -> None:
    """An ear of a head in profile: the skull is round (0, 0) with the build's radius."""
    r, tone = m.head, -0.26 if far else 0.0
    dx = r * 0.3 if far else 0.0
    inner = coat.accent
    shade = coat.mark if m.coat in ("saddle", "bib") else coat.body
    if m.ears == "flop":
        b.solid(
            blob(
                (-r * 0.42 + dx, -r * 0.86),
                (-r * 0.0 + dx, -r * 0.7),
                (r * 0.06 + dx, r * 0.1),
                (-r * 0.34 + dx, r * 0.72),
                (-r * 0.82 + dx, r * 0.24),
                (-r * 0.78 + dx, -r * 0.5),
            ),
            shade,
            tone,
        )
    elif m.ears == "flop_small":
        b.solid(
            f"M{-r * 0.5 + dx:.1f} {-r * 0.7:.1f}L{-r * 0.2 + dx:.1f} {-r * 1.35:.1f}L{r * 0.5 + dx:.1f} {-r * 0.75:.1f}L{r * 0.3 + dx:.1f} {-r * 0.3:.1f}Z",
            shade,
            tone - 0.08,
        )
    elif m.ears == "point":
        b.solid(
            f"M{-r * 0.7 + dx:.1f} {-r * 0.5:.1f}Q{-r * 0.62 + dx:.1f} {-r * 1.3:.1f} {-r * 0.36 + dx:.1f} {-r * 1.66:.1f}Q{r * 0.12 + dx:.1f} {-r * 1.3:.1f} {r * 0.22 + dx:.1f} {-r * 0.72:.1f}Z",
            shade,
            tone,
        )
        if not far:
            b.flat(
                f"M{-r * 0.46:.1f} {-r * 0.7:.1f}Q{-r * 0.44:.1f} {-r * 1.15:.1f} {-r * 0.3:.1f} {-r * 1.4:.1f}Q{0:.1f} {-r * 1.1:.1f} {r * 0.04:.1f} {-r * 0.78:.1f}Z",
                inner,
                -0.05,
            )
    elif m.ears in ("round", "big"):
        size = r * (0.42 if m.ears == "round" else 0.78)
        cx, cy = -r * 0.46 + dx * 1.6, -r * (0.86 if m.ears == "round" else 1.0)
        b.solid(ellipse(cx, cy, size), coat.body, tone)
        if not far:
            b.flat(ellipse(cx + size * 0.06, cy + size * 0.08, size * 0.62), inner)
    elif m.ears == "long":
        b.solid(
            limb(
                ((-r * 0.3 + dx, -r * 0.6), (-r * 0.6 + dx, -r * 1.6), (-r * 0.8 + dx * 1.4, -r * 2.5)),
                (r * 0.5, r * 0.66, r * 0.34),
            ),
            coat.body,
            tone,
        )
        if not far:
            b.flat(limb(((-r * 0.36, -r * 0.9), (-r * 0.6, -r * 1.6), (-r * 0.77, -r * 2.3)), (r * 0.2, r * 0.32, r * 0.14)), inner)
    elif m.ears == "side":
        b.solid(
            limb(
                ((-r * 0.4 + dx, -r * 0.5), (-r * 0.98 + dx, -r * 0.66), (-r * 1.5 + dx, -r * 0.42)), (r * 0.4, r * 0.58, r * 0.16)
            ),
            coat.mark if m.coat == "wool" else coat.body,
            tone,
        )
        if not far:
            b.flat(
                limb(((-r * 0.6, -r * 0.52), (-r * 1.0, -r * 0.6), (-r * 1.36, -r * 0.44)), (r * 0.14, r * 0.3, r * 0.08)), inner
            )


def _crown(b: Brush, m: Build, coat: Coat, far: bool) -> None:
    """Horns and antlers."""
    r, dx, tone = m.head, m.head * 0.34 if far else 0.0, -0.3 if far else 0.0
    horn = "#e3d3ae"
    if m.extra == "horns":
        b.solid(
            limb(((-r * 0.2 + dx, -r * 0.8), (-r * 0.3 + dx, -r * 1.25), (r * 0.1 + dx, -r * 1.6)), (r * 0.34, r * 0.27, r * 0.08)),
            horn,
            tone,
        )
    elif m.extra == "goat_horns":
        b.solid(
            limb(
                ((-r * 0.1 + dx, -r * 0.8), (-r * 0.4 + dx, -r * 1.6), (-r * 1.1 + dx, -r * 2.0), (-r * 1.6 + dx, -r * 1.7)),
                (r * 0.42, r * 0.36, r * 0.24, r * 0.08),
            ),
            "#a8967a",
            tone,
        )
    elif m.extra == "antlers":
        x, y, s = -r * 0.2 + dx, -r * 0.8, r / 15
        d = f"M{x:.1f} {y:.1f}Q{x - 16 * s:.1f} {y - 20 * s:.1f} {x - 6 * s:.1f} {y - 42 * s:.1f}M{x - 9 * s:.1f} {y - 18 * s:.1f}Q{x + 8 * s:.1f} {y - 22 * s:.1f} {x + 8 * s:.1f} {y - 34 * s:.1f}M{x - 10 * s:.1f} {y - 28 * s:.1f}Q{x - 24 * s:.1f} {y - 34 * s:.1f} {x - 22 * s:.1f} {y - 46 * s:.1f}"
        b.line(d, "#b9935f", 3.6 * s, tone)


def head_side(b: Brush, m: Build, coat: Coat, look: Look) -> None:
    """The head in profile round (0, 0), looking right."""
    r, reach = m.head, m.head * 0.62 + m.muzzle
    fur = coat.mark if m.coat == "wool" else coat.body
    _crown(b, m, coat, True)
    _ear(b, m, coat, True)
    nose_y = r * 0.26
    if look.open > 0.2:
        drop = m.snout * (0.4 + 0.35 * look.open)
        b.flat(
            blob(
                (r * 0.2, r * 0.5), (reach * 0.92, nose_y + m.snout * 0.2), (reach * 0.8, nose_y + drop * 0.95), (r * 0.4, r * 0.75)
            ),
            "#4a2420",
        )
        b.flat(
            blob(
                (r * 0.4, r * 0.62),
                (reach * 0.8, nose_y + m.snout * 0.34),
                (reach * 0.78, nose_y + drop * 0.72),
                (r * 0.5, r * 0.8),
            ),
            "#d9737a",
        )
        b.solid(
            limb(
                ((r * 0.0, r * 0.66), (reach * 0.45, nose_y + drop * 0.8), (reach * 0.78, nose_y + drop)),
                (r * 0.5, m.snout * 0.34, m.snout * 0.24),
            ),
            fur,
            -0.1,
        )
    deep = m.snout
    skull = blob((-r * 0.98, 0), (-r * 0.6, -r * 0.82), (r * 0.12, -r * 0.98), (r * 0.74, -r * 0.5), (reach * 0.72 + r * 0.1, nose_y - deep * 0.46), (reach + r * 0.06, nose_y - deep * 0.24),
                 (reach, nose_y + deep * 0.3), (r * 0.6, nose_y + deep * 0.52), (-r * 0.3, r * 0.92), (-r * 0.86, r * 0.6))  # fmt: skip
    b.solid(skull, fur, depth=r * 0.2)
    with b.inside(skull):
        if m.coat in ("saddle", "bib", "plain", "spots", "stripes"):
            b.flat(
                blob(
                    (r * 0.3, nose_y + deep * 0.1),
                    (reach * 0.8, nose_y - deep * 0.05),
                    (reach * 1.3, nose_y + deep * 0.3),
                    (r * 0.4, r * 1.3),
                    (-r * 0.6, r * 1.1),
                    (-r * 0.3, r * 0.4),
                ),
                coat.belly,
                0.05,
                0.85,
            )
        if m.coat == "stripes":
            for i in range(3):
                b.flat(
                    f"M{-r * 0.5 + i * r * 0.3:.1f} {-r:.1f}H{-r * 0.32 + i * r * 0.3:.1f}L{-r * 0.4 + i * r * 0.3:.1f} {-r * 0.5:.1f}Z",
                    coat.mark,
                )
            b.flat(f"M{-r:.1f} {r * 0.1:.1f}L{-r * 0.4:.1f} {r * 0.2:.1f}L{-r:.1f} {r * 0.3:.1f}Z", coat.mark)
        if m.coat == "patch":
            b.flat(blob((-r, -r), (r * 0.4, -r), (r * 0.5, r * 0.1), (-r * 0.2, r * 0.5), (-r, r * 0.4)), coat.mark)
            b.flat(ellipse(reach, nose_y, m.muzzle * 0.6, deep * 0.7), coat.accent)
    _nose(b, m, coat, reach, nose_y, deep)
    smile = look.smile * deep * 0.2
    if look.open <= 0.2:
        b.line(
            f"M{reach - 1:.1f} {nose_y + deep * 0.12:.1f}Q{reach * 0.7:.1f} {nose_y + deep * 0.34 + smile * 0.6:.1f} {r * 0.44:.1f} {nose_y + deep * 0.26 - smile:.1f}",
            "#2b1f1b",
            r * 0.075,
        )
    side_eye(b, look, r * 0.3, -r * 0.22, r * 0.2, coat.iris, white=m.ears not in ("big", "long"), lid=fur)
    _ear(b, m, coat, False)
    _crown(b, m, coat, False)
    if m.extra == "goat_horns":
        b.solid(
            f"M{reach * 0.5:.1f} {nose_y + deep * 0.5:.1f}L{reach * 0.62:.1f} {nose_y + deep * 1.4:.1f}L{reach * 0.8:.1f} {nose_y + deep * 0.4:.1f}Z",
            coat.belly,
        )
    b.mark("head", r * 0.35, 0, r * 1.5)


def _nose(b: Brush, m: Build, coat: Coat, x: float, y: float, deep: float) -> None:
    if m.foot == "paw":
        size = max(2.6, m.snout * 0.24)
        colour = coat.accent if m.ears in ("long", "big") else "#241a18"
        b.solid(ellipse(x - size * 0.1, y - deep * 0.2, size, size * 0.8), colour)
        b.flat(ellipse(x - size * 0.3, y - deep * 0.2 - size * 0.3, size * 0.28, size * 0.2), "!#ffffff", opacity=0.7)
    elif m.ears == "flop_small":
        b.solid(ellipse(x + 1, y, m.snout * 0.3, m.snout * 0.52), coat.accent)
        for dy in (-0.2, 0.2):
            b.flat(ellipse(x + 1.6, y + dy * m.snout, m.snout * 0.1, m.snout * 0.12), "#5c2b2b")
    else:
        b.flat(ellipse(x - m.snout * 0.14, y - deep * 0.08, m.snout * 0.09, m.snout * 0.07), "#241a18")


def mane(b: Brush, m: Build, coat: Coat, x: float, y: float) -> None:
    r = m.head
    points = [
        (
            x + r * (1.75 if i % 2 else 1.5) * math.cos(i * math.pi / 9),
            y + r * 0.15 + r * (1.75 if i % 2 else 1.5) * math.sin(i * math.pi / 9),
        )
        for i in range(18)
    ]
    b.solid(blob(*points), coat.mark, depth=r * 0.25)


def head_front(b: Brush, m: Build, coat: Coat, look: Look, back: bool) -> None:
    """The head from the front, round (0, 0)."""
    r = m.head * 1.12
    fur = coat.mark if m.coat == "wool" else coat.body
    if m.extra == "mane":
        mane(b, m, coat, 0, 0)
    for side in (-1, 1):
        with b.at(
            side * r * 0.3,
            r * 0.1,
            side * (12 if m.ears in ("point", "long") else 30 if m.ears in ("round", "big") else 8),
            side * -1.0,
        ):
            _crown(b, m, coat, False)
            _ear(b, m, coat, False)
    narrow = 0.86 if m.muzzle > 24 else 1.0
    skull = blob((-r * narrow, -r * 0.1), (-r * 0.62, -r * 0.86), (0, -r * 0.98), (r * 0.62, -r * 0.86), (r * narrow, -r * 0.1), (r * 0.72 * narrow, r * 0.7), (0, r * (0.96 + m.muzzle * 0.012)),
                 (-r * 0.72 * narrow, r * 0.7))  # fmt: skip
    b.solid(skull, fur, depth=r * 0.2)
    b.mark("head", 0, 0, r * 1.5)
    if back:
        return
    with b.inside(skull):
        if m.coat == "saddle":
            for side in (-1, 1):
                b.flat(
                    blob(
                        (side * r * 0.2, -r),
                        (side * r * 1.1, -r * 0.9),
                        (side * r * 1.1, r * 0.3),
                        (side * r * 0.5, r * 0.3),
                        (side * r * 0.2, -r * 0.3),
                    ),
                    coat.mark,
                )
        if m.coat == "stripes":
            for i in (-1, 0, 1):
                b.flat(f"M{i * r * 0.3 - 2:.1f} {-r:.1f}H{i * r * 0.3 + 2:.1f}L{i * r * 0.25:.1f} {-r * 0.45:.1f}Z", coat.mark)
            for side in (-1, 1):
                b.flat(
                    f"M{side * r:.1f} {r * 0.1:.1f}L{side * r * 0.55:.1f} {r * 0.2:.1f}L{side * r:.1f} {r * 0.32:.1f}Z", coat.mark
                )
        if m.coat == "patch":
            b.flat(blob((-r, -r), (-r * 0.1, -r), (-r * 0.15, r * 0.2), (-r, r * 0.4)), coat.mark)
        if m.coat == "bib":
            for side in (-1, 1):
                b.flat(
                    blob(
                        (side * r * 0.14, r * 0.35),
                        (side * r * 0.6, r * 0.15),
                        (side * r * 1.2, r * 0.1),
                        (side * r, r * 1.1),
                        (0, r * 1.2),
                    ),
                    coat.belly,
                )
    low = r * (0.42 + m.muzzle * 0.006)
    wide = max(m.snout * 0.72, r * 0.42)
    b.solid(
        ellipse(0, low, wide, wide * 0.72),
        coat.accent if m.ears == "flop_small" or m.coat == "patch" else coat.belly,
        depth=wide * 0.1,
    )
    size = wide * (0.3 if m.foot == "paw" else 0.12)
    if m.foot == "paw":
        colour = coat.accent if m.ears in ("long", "big") else "#241a18"
        b.solid(blob((-size, low - wide * 0.46), (0, low - wide * 0.58), (size, low - wide * 0.46), (0, low - wide * 0.1)), colour)
        b.flat(ellipse(-size * 0.3, low - wide * 0.45, size * 0.3, size * 0.18), "!#ffffff", opacity=0.7)
        if look.open <= 0.2:
            b.line(f"M0 {low - wide * 0.14:.1f}V{low + wide * 0.08:.1f}", "#2b1f1b", r * 0.06)
    else:
        for side in (-1, 1):
            b.flat(ellipse(side * wide * 0.36, low - wide * 0.14, size, size * 1.3), "#4a2a26")
    mouth(b, look, 0, low + wide * 0.18, wide * 0.95, "#3a211d")
    face(b, look, -r * 0.16, r * 0.42, r * 0.185, coat.iris, white=m.ears not in ("big", "long"))
