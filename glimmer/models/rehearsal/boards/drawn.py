"""A drawn thing: what prop and creature painters hand to the stage.

Drawn in SVG units of 1 cm, centred on x = 0, standing on y = 0, y downwards (so the top of a thing is at y = -height_cm).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Drawn"]


@dataclass(frozen=True)
class Drawn:
    """SVG elements and how much room they take. `defs` is the content of a <defs>, its ids unique to this thing."""

    svg: str
    width_cm: float
    height_cm: float
    defs: str = ""
