"""How a shape is inked: its colour in the light, a shadow side, a lit rim and a thin darker line. One place, so that all shapes agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from glimmer.models.rehearsal.boards.figure.geometry import Point, band, path, tube
from glimmer.models.rehearsal.boards.light import Light, mix

__all__ = ["Ink"]


@dataclass(frozen=True)
class Ink:
    """key: side of the light in the figure's own drawing (-1 left, 1 right, already turned if the figure will be mirrored).
    line_cm: width of the line work. far: 0..1, how much a limb on the far side sinks into shade. fine: 0 far away .. 2 close-up.
    """

    light: Light
    key: float
    line_cm: float = 0.5
    far: float = 0.0
    fine: int = 1

    def base(self, colour: str) -> str:
        return self.light.shade(colour, 0.30 * self.far) if self.far else self.light.lit(colour)

    def dark(self, colour: str, amount: float = 0.27) -> str:
        return mix(self.base(colour), self.light.shadow, amount)

    def rim(self, colour: str, amount: float = 0.22) -> str:
        return mix(self.base(colour), self.light.key, amount * (1 - self.far))

    def edge(self, colour: str, amount: float = 0.5) -> str:
        return mix(self.base(colour), self.light.shadow, amount)

    def behind(self, far: float = 0.6) -> Ink:
        return replace(self, far=max(self.far, far))

    def shape(self, d: str, colour: str, *, line: float = 1.0) -> str:
        """A flat shape with its line."""
        return path(d, self.base(colour), stroke=self.edge(colour), width=self.line_cm * line)

    def limb(self, line: Sequence[Point], radii: Sequence[float], colour: str, *, caps: tuple[bool, bool] = (True, True)) -> str:
        """A tube with its shadow and its lit rim."""
        return self.shape(tube(line, radii, caps=caps), colour) + self.bands(line, radii, colour)

    def bands(self, line: Sequence[Point], radii: Sequence[float], colour: str) -> str:
        out = path(band(line, radii, -self.key, 0.22, 0.97), self.dark(colour))
        if self.far < 0.3:
            out += path(band(line, radii, self.key, 0.58, 0.985), self.rim(colour))
        return out

    def stroke(self, d: str, colour: str, width: float = 1.0, amount: float = 0.42) -> str:
        """A line drawn on a shape of `colour`: a fold, a seam."""
        return path(d, stroke=self.edge(colour, amount), width=self.line_cm * width)
