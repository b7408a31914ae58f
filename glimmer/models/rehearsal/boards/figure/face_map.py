"""Where a point of the frontal face falls when the head is turned."""

from __future__ import annotations

from dataclasses import dataclass

from glimmer.models.rehearsal.boards.figure.geometry import Point

__all__ = ["FaceMap"]


@dataclass(frozen=True)
class FaceMap:
    """middle: x of the face's middle line. squeeze: widths of its near (left) and far (right) half. ears: their middles."""

    view: str
    middle: float
    squeeze: tuple[float, float]
    ears: tuple[Point, ...]

    def at(self, x: float, y: float, nod: float = 0.0) -> Point:
        """A point of the frontal face; its middle line bows towards the nose when the head is turned."""
        bow = {"front": 0.0, "three_quarter": 3.6, "side": 0.0}.get(self.view, 0.0) * max(0.0, 1 - abs(y - 20) / 40)
        return self.middle + bow + x * self.squeeze[0 if x < 0 else 1], y + nod * 0.42
