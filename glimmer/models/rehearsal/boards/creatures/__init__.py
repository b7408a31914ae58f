"""Creatures: who in a story is not a person. One small painter a kind, over shared body plans.

    drawn = draw_creature(design, acting, light)        # Drawn, in cm, standing on y = 0
    x, y, r = creature_head(design, acting)             # for a close-up

`design.kind` may be any word ("humpback", "old hound"); `creature_kind` says what it is drawn as.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from glimmer.models.interface import Design
from glimmer.models.rehearsal.boards.acting import Acting
from glimmer.models.rehearsal.boards.brush import Brush, box
from glimmer.models.rehearsal.boards.creatures import birds, fantasy, machines, quadrupeds, sea, small  # noqa: F401  (each registers)
from glimmer.models.rehearsal.boards.creatures.anatomy import CREATURES, Coat, Kind, Look, Palette, View, coat_of, look_of
from glimmer.models.rehearsal.boards.drawn import Drawn
from glimmer.models.rehearsal.boards.light import Light, light_for
from glimmer.models.rehearsal.boards.props.finding import plural

__all__ = [
    "CREATURES",
    "Kind",
    "Water",
    "can_fly",
    "creature_head",
    "creature_kind",
    "creature_size_m",
    "draw_creature",
    "find_creatures",
    "in_water",
    "natural_colours",
]

Water = Literal["", "surface", "under"]
Painted = tuple[Drawn, tuple[float, float, float]]  # the drawing, and its head: x, y, radius in cm
_PERSON: Final = Design.model_fields["height_m"].default
_HEIGHTS: Final = (0.5, 1.6)  # a design may be this much smaller or larger than its kind


@cache
def _names() -> dict[str, str]:
    known = {word.replace("-", " "): kind.name for kind in CREATURES.values() for word in kind.words}
    return known | {name: name for name in CREATURES}


def creature_kind(words: str) -> str:
    """The known kind that these words name: "puppy" is a dog, "old hound" too; "creature" when none is known."""
    text = " " + " ".join(re.findall(r"[a-z]+", words[:300].lower().replace("-", " "))) + " "
    found = [
        (text.rfind(f" {form} "), len(word), name)
        for word, name in _names().items()
        for form in (word, plural(word))
        if f" {form} " in text
    ]
    # The last noun is what it is ("a spider monkey"), the longer name says it more exactly ("small robot").
    return max(found, key=lambda f: (f[0] + f[1], f[1]))[2] if found else "creature"


_FEW: Final = {"two": 2, "three": 3, "several": 3, "some": 3, "a pair of": 2, "a flock of": 3, "a herd of": 3, "a pack of": 3}
_ONE: Final = r"a|an|the|his|her|their|its|one|another|each|my|our"


def find_creatures(text: str) -> tuple[str, ...]:
    """The creatures an action shows, in its order, once for each: "A wolf and two foxes walk" is wolf, fox, fox.

    A name counts after an article, a number or "and" only: "she bears it", "he ducks" and "a dog collar" show none.
    """
    forms = _forms()
    found = [(m.start(), *forms[re.sub(r"[\s-]+", " ", m[2])], m[1]) for m in _seen().finditer(text.lower())]
    out: list[str] = []
    for _, kind, many, count in found:
        if kind not in out:
            out += [kind] * _FEW.get(count, many)
    return tuple(out)


@cache
def _forms() -> dict[str, tuple[str, int]]:
    """Every word for an animal, and how many it means."""
    words = {w: k for w, k in _names().items() if w not in _NOT_SEEN and k not in _NOT_ANIMALS}
    return {plural(w): (k, 2) for w, k in words.items()} | {w: (k, 1) for w, k in words.items()}


@cache
def _seen() -> re.Pattern[str]:
    names = "|".join(re.escape(w).replace("\\ ", r"[\s-]+") for w in sorted(_forms(), key=len, reverse=True))
    after = r"(?![\w'’-])(?!\s+(?:collar|house|food|hair|skin|tail|tooth|bone|trainer|cart|tank|song|mask|statue|toy)\b)"
    return re.compile(rf"\b({'|'.join(_FEW)}|{_ONE})\s+(?:\w+[\s-]+){{0,2}}?({names}){after}")


_NOT_ANIMALS: Final = frozenset({
    "tree", "robot", "small robot", "living car", "alien", "creature", "monster", "ghost", "snowman", "angel", "fairy", "insect", "mermaid",
})  # fmt: skip
_NOT_SEEN: Final = frozenset(
    {"creature", "beast", "animal", "monster", "thing", "ghost", "kid", "bug", "pet", "fish", "chicken", "angel", "devil"}
)


def in_water(kind: str) -> bool:
    """Whether it lives in water: outdoors stage it with water="surface", below the sea with water="under"."""
    return CREATURES[creature_kind(kind)].habitat == "water"


def can_fly(kind: str) -> bool:
    return CREATURES[creature_kind(kind)].habitat == "air"


def natural_colours(kind: str) -> Palette:
    """Body, markings, belly, accent as in nature: what a design's skin, hair, garment and accent colours may start from."""
    return CREATURES[creature_kind(kind)].palette


@cache
def creature_size_m(kind: str) -> tuple[float, float]:
    """Length (or width) and height in metres of this kind in profile, standing or afloat."""
    drawn = draw_creature(Design(name="", kind=kind), Acting(facing="right", view="side"), light_for("day", "clear", "calm", False))
    return round(drawn.width_cm / 100, 3), round(drawn.height_cm / 100, 3)


def draw_creature(design: Design, acting: Acting, light: Light, *, motion: str = "", water: Water = "") -> Drawn:
    """The creature in this light, at its kind's size (or the design's, within 0.5 to 1.6 of it when its height is not a person's 1.7 m).

    acting: pose, expression, facing, gaze, speaking count; `prop` does not. motion: a pose that people do not have ("fly", "jump",
    "rest"), in place of the acting's. water: "surface" cuts it at the water line with ripples round it, so that it rises from y = 0;
    "under" draws all of it. A creature that swims is drawn from the side even when it faces the camera.
    """
    return _painted(design, acting, light, motion, water)[0]


def creature_head(design: Design, acting: Acting, *, motion: str = "", water: Water = "") -> tuple[float, float, float]:
    """Middle (x, y) and radius of the head in the drawing's cm: what a close-up looks at."""
    return _painted(design, acting, light_for("day", "clear", "calm", False), motion, water)[1]


def _view(kind: Kind, acting: Acting) -> View:
    if acting.facing == "away":
        return "back" if kind.upright else "side"
    return "front" if acting.facing == "camera" and kind.upright else "side"


def _painted(design: Design, acting: Acting, light: Light, motion: str, water: Water) -> Painted:
    kind = CREATURES[creature_kind(design.kind)]
    mirrored = acting.facing == "left"
    pose = motion or acting.pose
    brush = Brush(light)
    coat, look, view = coat_of(design, kind), look_of(acting, mirrored), _view(kind, acting)
    with brush.at(0, 0, 0, -1.0 if mirrored else 1.0, 1.0):
        kind.painter(brush, coat, look, pose, view)
    scale = _height_cm(design, kind) / _standing_units(kind.name)
    if water == "surface":
        return _surfaced(kind, coat, look, light, pose, view, mirrored, scale)
    drawn = brush.drawn(height_cm=scale * brush.height)
    return drawn, brush.marks.get("head", (0.0, -drawn.height_cm * 0.8, drawn.height_cm * 0.2))


def _height_cm(design: Design, kind: Kind) -> float:
    factor = 1.0
    if design.height_m != _PERSON:
        factor = min(_HEIGHTS[1], max(_HEIGHTS[0], design.height_m / kind.height_m))
    return kind.height_m * 100 * factor


@cache
def _standing_units(name: str) -> float:
    """How high the kind stands on its canvas, so that a sitting or leaping one keeps its scale."""
    brush = Brush(light_for("day", "clear", "calm", False))
    kind = CREATURES[name]
    neutral = look_of(Acting(), False)
    kind.painter(brush, coat_of(Design(name=""), kind), neutral, "stand", "side")
    return brush.height


def _surfaced(kind: Kind, coat: Coat, look: Look, light: Light, pose: str, view: View, mirrored: bool, scale: float) -> Painted:
    """The part above the water, which lies at y = 0, and the ripples."""
    flip = -1.0 if mirrored else 1.0
    probe, brush = Brush(light), Brush(light)
    with probe.at(0, 0, 0, flip, 1.0):
        kind.painter(probe, coat, look, pose, view)
    left, top, right, bottom = probe.bounds
    share = 0.8 if pose in ("jump", "fly", "run") else 0.66 if kind.upright else 0.62
    line = top + (bottom - top) * share
    with brush.inside(box(left - 9, top - 9, right - left + 18, line - top + 9)), brush.at(0, 0, 0, flip, 1.0):
        kind.painter(brush, coat, look, pose, view)
    brush.frame(left, top, right, line)
    with brush.at((left + right) / 2, line):
        sea.waterline(brush, (right - left) * 0.72)
    drawn = brush.drawn(height_cm=scale * (line - top), base=line)
    return drawn, brush.marks.get("head", (0.0, -drawn.height_cm * 0.6, drawn.height_cm * 0.3))
