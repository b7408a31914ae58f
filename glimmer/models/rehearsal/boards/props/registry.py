"""What a prop is: a painter, a size in the world, how it is used, and the words that name it.

A new prop is one decorated function in the file of its subject:

    @prop("teapot", "tea pot", width_cm=24, use="surface")
    def teapot(brush: Brush, seed: int) -> None:
        brush.solid(ellipse(0, -40, 40, 36), pick(seed, POTTERY))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from glimmer.models.rehearsal.boards.brush import Brush

__all__ = ["PROPS", "Painter", "Prop", "Use", "pick", "prop"]

Painter = Callable[[Brush, int], None]
Use = Literal["hand", "surface", "standing", "vehicle", "flying", "wall", "worn", "water"]


@dataclass(frozen=True)
class Prop:
    """One known thing. Either width_cm or height_cm is given; the drawing decides the other.

    use: where it usually is: in a hand, on a table, on the floor, on a road, in the air, on a wall, on someone, on water.
    small: a hand can lift it. grip: where a hand takes hold, as shares of its width (from the left) and height (from the top).
    """

    name: str
    painter: Painter
    words: tuple[str, ...]
    width_cm: float
    height_cm: float
    use: Use
    small: bool
    grip: tuple[float, float]


PROPS: Final[dict[str, Prop]] = {}


def prop(
    name: str, *words: str, width_cm: float = 0.0, height_cm: float = 0.0, use: Use = "hand", small: bool | None = None,
    grip: tuple[float, float] = (0.5, 0.6),
) -> Callable[[Painter], Painter]:  # fmt: skip
    """Registers the decorated painter under `name` and its other words. `small` follows from `use` when not given."""

    def register(painter: Painter) -> Painter:
        liftable = use in ("hand", "surface", "worn") if small is None else small
        PROPS[name] = Prop(name, painter, words, width_cm, height_cm, use, liftable, grip)
        return painter

    return register


def pick(seed: int, colours: Sequence[str], step: int = 1) -> str:
    """One of the colours; `step` lets two parts of one thing vary apart. Seed 0 is the first, the most typical."""
    return colours[(seed // step) % len(colours)]
