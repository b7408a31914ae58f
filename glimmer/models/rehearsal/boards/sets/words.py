"""What the words of a scene add to its set: a piano, a campfire, a Christmas tree, a well.

A small table from words to dressing. A piece is hung only where the painters of that kind of place have not put it already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.light import mix
from glimmer.models.rehearsal.boards.sets import boats, buildings, trees
from glimmer.models.rehearsal.boards.sets import furniture as f
from glimmer.models.rehearsal.boards.sets.palettes import HOMELY, nature, pick
from glimmer.models.rehearsal.boards.sets.stage import Stage
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["DRESSING", "dress"]

_LIMIT = 3  # more than three things and the room is a store


def _side(s: Stage, name: str) -> int:
    return s.dice("side " + name).choice((-1, 1))


def _piano(s: Stage) -> None:
    f.piano(s, _side(s, "piano") * 2.0, 1.5, "#3a2a26")


def _fireplace(s: Stage) -> None:
    f.fireplace(s, 0.1, 2.2, "#9a7a68", pick(s, HOMELY).wood)


def _bed(s: Stage) -> None:
    f.bed(s, _side(s, "bed") * 1.9, 1.4, 1.0, "#6d4a33", "#efe9dd", pick(s, HOMELY).fabric)


def _table(s: Stage) -> None:
    x = _side(s, "table") * 1.45
    f.table(s, x, 0.4, 1.2, 0.75, pick(s, HOMELY).wood)
    f.chair(s, x - 0.85, 0.4, 1, pick(s, HOMELY).wood, spot=True)
    f.chair(s, x + 0.85, 0.4, -1, pick(s, HOMELY).wood, spot=True)


def _lamp(s: Stage) -> None:
    f.floor_lamp(s, _side(s, "lamp") * 1.9, 1.6, pick(s, HOMELY).trim)


def _plant(s: Stage) -> None:
    f.plant(s, _side(s, "plant") * 2.2, 1.2, 1.1, "asked")


def _bench(s: Stage) -> None:
    x = _side(s, "bench") * 1.5
    s.hang(0.6, buildings.bench(s), x=x)
    s.spot("sit", x, 0.47, -1 if x > 0 else 1)


def _christmas_tree(s: Stage) -> None:
    dice, n = s.dice("christmas"), nature(s)
    lights = []
    for _ in range(26):
        y = dice.uniform(20, 195)
        half = 52 * (1 - y / 215)
        tone = dice.choice(("#ffd36b", "#ff6a5a", "#6fd0e0", "#ffb0c0"))
        x = dice.uniform(-half, half)
        lights.append(s.halo(x, -y, 12, 12, tone, 0.6) + svg.circle(x, -y, 3, tone))
    star = svg.path("M0 -236l5 13l14 1l-11 9l4 14l-12 -8l-12 8l4 -14l-11 -9l14 -1Z", "#ffe08a")
    gifts = "".join(
        svg.rect(x, -h, 26, h, s.shade(c, 0.1)) + svg.rect(x + 10, -h, 6, h, s.lit("#f2e3c0"))
        for x, h, c in ((-62, 24, "#b8423a"), (-34, 18, "#3f6fae"), (30, 26, "#4f7a45"))
    )
    s.hang(
        1.3,
        trees.conifer(s, dice, n, 2.15),
        s.halo(0, -110, 130, 140, "#ffd08a", 0.3),
        *lights,
        star,
        gifts,
        x=_side(s, "christmas") * 1.9,
    )


def _campfire(s: Stage) -> None:
    x = _side(s, "campfire") * 1.5
    flame = (svg.path("M-26 -6Q-36 -34 -16 -50Q-16 -32 -6 -30Q-12 -66 10 -88Q6 -56 20 -46Q26 -56 24 -66Q42 -38 28 -6Z", "#ff8a3c") + svg.path("M-14 -6Q-20 -28 -4 -40Q-2 -26 8 -24Q10 -36 10 -44Q24 -24 15 -6Z", "#ffd36b"))  # fmt: skip
    logs = "".join(svg.rect(-40, -9, 80, 11, s.shade("#5a3a28", 0.25), rx=5, transform=f"rotate({a})") for a in (-14, 12, 0))
    stones = "".join(svg.ellipse(k * 17 - 51, 3, 11, 7, s.shade("#7d7a76", 0.2)) for k in range(7))
    px, py = s.point(x, 0, 0.8)
    s.add(0.9, s.halo(px, py, 2.4 * s.scale(0.8), 0.5 * s.scale(0.8), "#ff9a4a", 0.45))
    s.hang(0.8, s.halo(0, -44, 170, 140, "#ffae5c", 0.6), logs, flame, stones, x=x)


def _well(s: Stage) -> None:
    stone, wood = s.shade("#a39a8a", 0.15), s.shade("#6d4a33", 0.2)
    joints = "".join(
        svg.rect(-56 + (r % 2) * 14 + k * 28, -72 + r * 18, 26, 16, s.shade("#a39a8a", 0.08 + 0.1 * ((k + r) % 3)), rx=3)
        for r in range(4)
        for k in range(4)
    )
    roof = svg.polygon([(-80, -185), (0, -240), (80, -185)], s.shade("#8f4f43", 0.15))
    bucket = svg.path("M0 -178V-120M-11 -120H11L8 -98H-8Z", s.shade("#8a6a4c", 0.1), stroke=wood, stroke_width=2)
    s.hang(
        3.2,
        svg.rect(-60, -74, 120, 76, stone, rx=8),
        joints,
        svg.rect(-54, -188, 8, 116, wood),
        svg.rect(46, -188, 8, 116, wood),
        svg.rect(-50, -178, 100, 9, wood),
        bucket,
        roof,
        x=_side(s, "well") * 2.3,
    )


def _statue(s: Stage) -> None:
    tone = s.sideways((0, s.glow("#c9c6bc", 0.1)), (1, s.shade("#b0ada4", 0.4)))
    s.hang(4.2, svg.rect(-52, -110, 104, 112, s.shade("#8f8c86", 0.2)), svg.rect(-60, -116, 120, 12, s.lit("#a8a59c")),
           svg.path("M-30 -110Q-32 -190 -20 -226Q-44 -244 -38 -272Q-18 -286 -8 -286V-298Q-16 -324 0 -328Q16 -324 8 -298V-286Q22 -286 40 -312L48 -306Q42 -268 20 -256Q24 -190 30 -110Z", tone), x=_side(s, "statue") * 2.8)  # fmt: skip


def _tree(s: Stage) -> None:
    side = _side(s, "tree")
    s.add(6.1, s.ground_shadow(side * 3.2, 6, 1.4, 0.4, 0.3))
    s.hang(6, trees.broadleaf(s, s.dice("asked tree"), nature(s), 6.5, 0.04), x=side * 3.2)


def _tent(s: Stage) -> None:
    tone = s.dice("tent").choice(("#c9703f", "#5f7a8a", "#a8924f", "#6d8a5a"))
    glow = s.halo(0, -60, 170, 110, "#ffcf82", 0.55) if s.light.lamps else ""
    s.hang(4.5, glow, svg.polygon([(-150, 0), (0, -190), (150, 0)], s.shade(tone, 0.12)), svg.polygon([(0, -190), (150, 0), (215, -20), (60, -180)], s.shade(tone, 0.36)),
           svg.polygon([(-34, 0), (0, -150), (34, 0)], mix("#ffcf82", tone, 0.2) if s.light.lamps else s.shade(tone, 0.6)), x=_side(s, "camp tent") * 2.9)  # fmt: skip


def _boat(s: Stage) -> None:
    s.hang(5.5, boats.rowing_boat(s, s.dice("asked boat"), 0.04), x=_side(s, "boat") * 2.7)


def _street_lamp(s: Stage) -> None:
    s.hang(3.5, buildings.lamp_post(s, 3.0), x=_side(s, "street lamp") * 2.4)


def _crates(s: Stage) -> None:
    side = _side(s, "crates")
    for x, y in ((1.9, 0.0), (2.55, 0.0), (2.2, 0.6)):
        s.hang(1.4, boats.crate(s, size=60), x=side * x, y=y)


Dresser = Callable[[Stage], None]
# the words, whether the piece belongs inside or outside, the piece, and the places that have it already
DRESSING: Final[tuple[tuple[str, str, Dresser, frozenset[PlaceKind]], ...]] = (
    (r"\bpiano\b", "in", _piano, frozenset()),
    (r"christmas tree|\bfir tree\b", "both", _christmas_tree, frozenset()),
    (r"fireplace|hearth|log fire|by the fire\b", "in", _fireplace, frozenset({"living_room", "cave", "tent", "spacecraft", "vehicle"})),
    (r"\bbed\b|\bcot\b|\bbunk\b", "in", _bed, frozenset({"bedroom", "hospital", "prison", "ship_cabin", "tent", "vehicle", "kitchen"})),
    (r"\btable\b|\bdesk\b", "in", _table, frozenset(
        {"kitchen", "office", "classroom", "library", "bar", "prison", "ship_cabin", "room", "living_room", "laboratory", "lamp_room",
         "workshop", "vehicle", "spacecraft"})),
    (r"floor lamp|standing lamp|\blamp\b", "in", _lamp, frozenset({"living_room", "room", "lamp_room", "library", "vehicle", "cave", "tent"})),
    (r"\bplant\b|\bfern\b", "in", _plant, frozenset({"living_room", "room", "office", "vehicle"})),
    (r"\bcrates?\b|\bboxes\b", "both", _crates, frozenset({"harbour", "vehicle", "sea", "sky", "space", "underwater"})),
    (r"\bbench\b", "both", _bench, frozenset({"park", "playground", "garden", "station", "sea", "sky", "space", "underwater", "vehicle"})),
    (r"camp ?fire|bonfire|\bfire\b", "out", _campfire, frozenset({"sea", "sky", "space", "underwater", "boat_deck", "street", "city"})),
    (r"\bwell\b", "out", _well, frozenset({"sea", "sky", "space", "underwater", "boat_deck", "city", "rooftop", "bridge"})),
    (r"statue|monument", "out", _statue, frozenset({"sea", "sky", "space", "underwater", "boat_deck"})),
    (r"\btents?\b|\bcamp\b", "out", _tent, frozenset({"sea", "sky", "space", "underwater", "boat_deck"})),
    (r"rowing boat|rowboat|\bdinghy\b", "out", _boat, frozenset({"harbour", "boat_deck", "sky", "space", "underwater"})),
    (r"lamp ?post|street ?light|street ?lamp", "out", _street_lamp, frozenset({"street", "park", "harbour", "bridge", "city", "village", "sea", "sky", "space", "underwater"})),
    (r"\btree\b|\boak\b", "out", _tree, frozenset({"forest", "jungle", "park", "garden", "sea", "sky", "space", "underwater", "boat_deck", "rooftop", "bridge"})),
)  # fmt: skip
_PLAYED: Final = frozenset({_piano, _campfire, _christmas_tree, _well})


def dress(s: Stage) -> None:
    """Hang what the scene's place names, at most three things; of the action only what it cannot do without (`_PLAYED`).

    Other words of the action do not count: a set should be the same in all its shots.
    """
    place, action = s.request.place.lower(), s.request.action.lower()
    wanted = "in" if s.request.interior else "out"
    hung = 0
    for pattern, where, piece, there in DRESSING:
        if (
            hung < _LIMIT
            and where in (wanted, "both")
            and s.kind not in there
            and (re.search(pattern, place) or (piece in _PLAYED and re.search(pattern, action)))
        ):
            piece(s)
            hung += 1
