"""Props: the things of a story, each drawn by one small painter, found by the words of the script.

    names = find_props("Mara picks up the letter from the desk.")   # ("letter", "desk")
    drawn = draw_prop(names[0], light)

Files hold one subject each; importing this package registers them all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from glimmer.models.rehearsal.boards.brush import Brush
from glimmer.models.rehearsal.boards.drawn import Drawn
from glimmer.models.rehearsal.boards.light import Light, light_for
from glimmer.models.rehearsal.boards.props import (  # noqa: F401  (each registers its props)
    craft,
    furniture,
    kitchen,
    lights,
    machines,
    nature,
    paper,
    sea,
    tools,
    toys,
    vehicles,
    wear,
)
from glimmer.models.rehearsal.boards.props.finding import find_props, prop_name
from glimmer.models.rehearsal.boards.props.registry import PROPS, Prop

__all__ = [
    "FLYING",
    "HAND_HELD",
    "ON_SURFACE",
    "ON_WALL",
    "ON_WATER",
    "PROPS",
    "STANDING",
    "VEHICLES",
    "Prop",
    "draw_prop",
    "find_props",
    "prop_grip_cm",
    "prop_name",
    "prop_size_cm",
]

HAND_HELD: Final = frozenset(n for n, p in PROPS.items() if p.small)  # one hand or two can carry it
ON_SURFACE: Final = frozenset(n for n, p in PROPS.items() if p.use in ("surface", "hand", "worn"))
STANDING: Final = frozenset(n for n, p in PROPS.items() if p.use == "standing")
_MADE_TO_RIDE: Final = (craft.__name__, vehicles.__name__)
VEHICLES: Final = frozenset(n for n, p in PROPS.items() if getattr(p.painter, "func", p.painter).__module__ in _MADE_TO_RIDE)
FLYING: Final = frozenset(n for n, p in PROPS.items() if p.use == "flying")
ON_WATER: Final = frozenset(n for n, p in PROPS.items() if p.use == "water")
ON_WALL: Final = frozenset(n for n, p in PROPS.items() if p.use == "wall")


def draw_prop(name: str, light: Light, seed: int = 0) -> Drawn:
    """The prop in this light at its real size; vehicles head right. The same seed gives the same colours and details.

    `name` may be any word the props know ("lorry"). An unknown one gives an empty drawing of no size.
    """
    known = name if name in PROPS else prop_name(name)
    if not known:
        return Drawn("", 0.0, 0.0)
    entry = PROPS[known]
    brush = Brush(light)
    entry.painter(brush, seed)
    return brush.drawn(width_cm=entry.width_cm, height_cm=entry.height_cm)


@lru_cache(maxsize=512)
def prop_size_cm(name: str) -> tuple[float, float]:
    """Width and height of the prop in cm; (0, 0) when it is not known."""
    drawn = draw_prop(name, light_for("day", "clear", "calm", False))
    return round(drawn.width_cm, 2), round(drawn.height_cm, 2)


def prop_grip_cm(name: str) -> tuple[float, float]:
    """Where a hand takes hold, in the drawing's own cm: x from its middle, y from its base (up is negative)."""
    entry = PROPS.get(name) or PROPS.get(prop_name(name))
    if entry is None:
        return 0.0, 0.0
    width, height = prop_size_cm(entry.name)
    return (entry.grip[0] - 0.5) * width, (entry.grip[1] - 1.0) * height
