"""The empty stage a set is painted on: the world's geometry, the scene's light and the scene's dice, in one hand.

A painter takes a `Stage` and hangs art in it with `add(depth, art)`; the stage sorts what was hung from far to near,
and splits it at the actors (depth 0) into what is behind them and what is in front.
Lengths in the world are metres (see `boards.camera`); art on a plane is in cm with y down; sky positions are tangents
of angles (u to the right, v above the horizon), so that a long lens sees a smaller piece of the same sky.

The same scene draws the same dice in every shot: `dice(name)` is seeded by the scene's seed, the place and `name`, never by the camera.
A scene may be mirrored left to right: painters never notice, the stage does it.
"""

from __future__ import annotations

import hashlib
import math
import random
from dataclasses import dataclass, field
from typing import Final

from glimmer.models.interface import ShotRequest
from glimmer.models.rehearsal.boards import svg
from glimmer.models.rehearsal.boards.camera import Camera
from glimmer.models.rehearsal.boards.light import Light, mix
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["BACKDROP", "SetArt", "Spot", "Stage"]

BACKDROP: Final = 1e6  # the depth of what is behind everything: sky, the dark around a room
_VISIBILITY_M: Final = {"clear": 260.0, "wind": 240.0, "rain": 120.0, "storm": 110.0, "snow": 90.0, "fog": 30.0}


@dataclass(frozen=True)
class Spot:
    """A place an actor may use. kind: stand, sit, lean or lie. seat_m: height of the seat. facing: 1 to the right, -1 to the left."""

    kind: str
    x_m: float
    seat_m: float = 0.45
    facing: int = 1


@dataclass(frozen=True)
class SetArt:
    """A painted set: SVG in picture px. `behind` goes under the actors, `front` over them; `defs` belongs in the file's <defs>."""

    defs: str
    behind: str
    front: str
    spots: tuple[Spot, ...] = ()
    backdrop_blur_ok: bool = True


@dataclass
class Stage:
    """See the module. `words` is what the script says of the place, in lower case."""

    request: ShotRequest
    light: Light
    camera: Camera
    kind: PlaceKind
    spots: list[Spot] = field(default_factory=list)
    _hung: list[tuple[float, int, str]] = field(default_factory=list)
    _defs: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = self.request.place.lower()  # not the action, which differs from shot to shot
        self.mirror = -1 if self.dice("mirror").random() < 0.5 else 1
        self.weather = self.request.weather
        self.time = self.request.time_of_day
        self.width, self.height = self.camera.width_px, self.camera.height_px
        margin = 0.2 * self.width  # room for a dutch angle and a moving crop
        self.left, self.right, self.top, self.bottom = -margin, self.width + margin, -margin, self.height + margin
        self.horizon = self.camera.horizon_px
        self.focal = self.camera.px_per_m() * self.camera.distance_m
        self.eye = self.camera.eye_m
        self.close = self.camera.view_m < 1.2  # a close-up: detail in front would only be in the way
        self.key = int(math.copysign(1, self.light.key_from)) * self.mirror  # side the light comes from, as painters see it

    # ── dice ────────────────────────────────────────────────────────────────────────────────────────────────
    def dice(self, name: str) -> random.Random:
        """Random numbers of their own for `name`: the same in every shot of the scene."""
        text = f"{self.request.scene_seed}\n{self.request.place.lower()}\n{self.kind}\n{name}"
        return random.Random(int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big"))

    # ── geometry ────────────────────────────────────────────────────────────────────────────────────────────
    def point(self, x: float, y: float, depth: float = 0.0) -> svg.Point:
        """A point of the world in px. What lies behind the lens is drawn just in front of it."""
        near = -0.93 * self.camera.distance_m
        return self.camera.point(x * self.mirror, y, max(depth, near))

    def sky(self, u: float, v: float) -> svg.Point:
        """A direction at infinity in px: u to the right, v above the horizon, as tangents."""
        return self.width / 2 + u * self.mirror * self.focal, self.horizon - v * self.focal

    def scale(self, depth: float) -> float:
        """px for one metre at this depth."""
        return self.camera.px_per_m(depth)

    def quad(self, *corners: tuple[float, float, float], fill: str, **attributes: object) -> str:
        """A flat shape through corners (x, y, depth) of the world."""
        points = [self.point(*corner) for corner in corners]
        return svg.polygon([(round(x, 1), round(y, 1)) for x, y in points], fill, **attributes)

    def plane(self, depth: float, *art: str, x: float = 0.0, y: float = 0.0, flip: bool = False) -> str:
        """Art in cm (y down, floor at 0) put on the plane at this depth with its origin at (x, y) metres."""
        px, py = self.point(x, y, depth)
        k = self.scale(depth) / 100
        side = self.mirror * (-1 if flip else 1) * k
        return svg.group(*art, transform=f"matrix({side:.5f} 0 0 {k:.5f} {px:.2f} {py:.2f})")

    # ── hanging ─────────────────────────────────────────────────────────────────────────────────────────────
    def add(self, depth: float, *art: str) -> None:
        """Hang art that is already in px at a depth: behind the actors from 0 on, in front of them below."""
        inside = "".join(art)
        if inside:
            self._hung.append((depth, len(self._hung), inside))

    def hang(self, depth: float, *art: str, x: float = 0.0, y: float = 0.0, flip: bool = False) -> None:
        """Hang art in cm on the plane at this depth."""
        self.add(depth, self.plane(depth, *art, x=x, y=y, flip=flip))

    def sees(self, depth: float) -> bool:
        """False for what would be behind or right at the lens."""
        return depth > -0.8 * self.camera.distance_m

    def spot(self, kind: str, x: float, seat_m: float = 0.45, facing: int = 1) -> None:
        self.spots.append(Spot(kind, round(x * self.mirror, 3), seat_m, facing * self.mirror))

    # ── paint ───────────────────────────────────────────────────────────────────────────────────────────────
    def define(self, build: str) -> str:
        """Keep a definition, given with "@" for its id; returns `url(#id)`. The same definition is kept once."""
        if build not in self._names:
            name = f"set-{len(self._names)}"
            self._names[build] = name
            self._defs.append(build.replace("@", name))
        return f"url(#{self._names[build]})"

    def vertical(self, *stops: svg.Stop) -> str:
        """A gradient from the top to the bottom of the shape."""
        return self.define(svg.linear_gradient("@", stops))

    def sideways(self, *stops: svg.Stop) -> str:
        return self.define(svg.linear_gradient("@", stops, 0, 0, 1, 0))

    def vertical_px(self, y1: float, y2: float, *stops: svg.Stop) -> str:
        """A gradient between two heights of the picture."""
        return self.define(svg.linear_gradient("@", stops, 0, y1, 0, y2, gradientUnits="userSpaceOnUse"))

    def radial(self, *stops: svg.Stop) -> str:
        return self.define(svg.radial_gradient("@", stops))

    def clip(self, *shapes: str) -> str:
        return self.define(svg.clip("@", *shapes))

    def halo(self, x: float, y: float, rx: float, ry: float, colour: str, strength: float = 0.5) -> str:
        """A soft light around a point, in the units of the group it is put in. Keep it small: a radial fill costs
        resvg six times a plain one (0.39 s for a whole 1080p picture)."""
        fill = self.radial((0, colour, strength), (0.35, colour, strength * 0.45), (1, colour, 0))
        return svg.ellipse(x, y, rx, ry, fill)

    def air(self, depth: float) -> float:
        """How much of the air lies before something: 0 near .. 1 far, by the weather."""
        return 1 - math.exp(-max(0.0, depth) / _VISIBILITY_M[self.weather])

    def lit(self, colour: str, haze: float = 0.0) -> str:
        return self.light.lit(colour, haze)

    def shade(self, colour: str, amount: float = 0.3, haze: float = 0.0) -> str:
        return self.light.shade(colour, amount, haze)

    def glow(self, colour: str, amount: float = 0.3, haze: float = 0.0) -> str:
        return self.light.glow(colour, amount, haze)

    def lamp(self, colour: str = "#ffd98a", off: str = "#cdc5b4") -> str:
        """The colour of a lamp's shade or a lit window: its own when lit, else only what the day gives it."""
        return mix(colour, "#fff6dc", 0.25) if self.light.lamps else self.lit(off)

    def box(
        self, x0: float, x1: float, y0: float, y1: float, d0: float, d1: float, colour: str, *, top: str = "", haze: float = 0.0
    ) -> str:
        """A solid box from (x0, y0, d0) to (x1, y1, d1): the faces this camera sees, shaded by the scene's light."""
        faces = []
        lens = self.camera.x_m * self.mirror
        over = top or colour
        if self.eye > y1:
            faces.append(self.quad((x0, y1, d0), (x1, y1, d0), (x1, y1, d1), (x0, y1, d1), fill=self.glow(over, 0.16, haze)))
        elif self.eye < y0:
            faces.append(self.quad((x0, y0, d0), (x1, y0, d0), (x1, y0, d1), (x0, y0, d1), fill=self.shade(colour, 0.5, haze)))
        for side, x, seen in ((-1, x0, lens < x0), (1, x1, lens > x1)):
            if seen:
                fill = self.glow(colour, 0.1, haze) if side == self.key else self.shade(colour, 0.38, haze)
                faces.append(self.quad((x, y0, d0), (x, y1, d0), (x, y1, d1), (x, y0, d1), fill=fill))
        faces.append(self.quad((x0, y0, d0), (x1, y0, d0), (x1, y1, d0), (x0, y1, d0), fill=self.shade(colour, 0.14, haze)))
        return "".join(faces)

    def ground_shadow(self, x: float, depth: float, half_m: float, thick_m: float = 0.25, strength: float = 0.3) -> str:
        """A soft dark pool on the floor where something stands."""
        px, py = self.point(x, 0, depth)
        _, near = self.point(x, 0, depth - thick_m)
        fill = self.radial((0, self.light.shadow, strength), (0.6, self.light.shadow, strength * 0.6), (1, self.light.shadow, 0))
        return svg.ellipse(px, py, half_m * self.scale(depth), max(1.0, abs(near - py)), fill)

    def cover(self, fill: str, **attributes: object) -> str:
        """The whole picture with its margin in one paint."""
        return svg.rect(self.left, self.top, self.right - self.left, self.bottom - self.top, fill, **attributes)

    # ── the finished set ────────────────────────────────────────────────────────────────────────────────────
    def art(self, *, blur_ok: bool = True) -> SetArt:
        """Everything hung so far, far to near."""
        ordered = sorted(self._hung, key=lambda item: (-item[0], item[1]))
        behind = svg.group(*(art for depth, _, art in ordered if depth >= 0))
        front = svg.group(*(art for depth, _, art in ordered if depth < 0))
        return SetArt("".join(self._defs), behind, front, tuple(self.spots), blur_ok)
