"""The camera of a board: where a point of the world falls in the picture.

The world is in metres. x runs to the right, y up from the floor, depth away from the camera; the plane of the actors is depth 0,
centred on x = 0. Art is drawn flat on planes that face the camera, in SVG units of 1 cm with y downwards
(a person of 1.7 m stands from (0, 0) to (0, -170)), and `plane(depth)` gives the transform that puts such a plane into the picture:
far planes shrink towards the vanishing point and meet the horizon as the eye expects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glimmer.vocabulary import Angle, ShotSize

__all__ = ["FRAMINGS", "Camera", "camera_for"]


@dataclass(frozen=True)
class Camera:
    """A pinhole camera that looks along +depth.

    view_m: how many metres of the actors' plane the picture's height shows. distance_m: from the lens to the actors' plane.
    eye_m: height of the lens, which is where the horizon lies. look_m: the height in the actors' plane that falls in the
    middle of the picture. x_m: sideways position. roll_degrees: a dutch angle.
    """

    width_px: int
    height_px: int
    view_m: float
    distance_m: float
    eye_m: float
    look_m: float
    x_m: float = 0.0
    roll_degrees: float = 0.0

    def px_per_m(self, depth_m: float = 0.0) -> float:
        return self.height_px / self.view_m * self.distance_m / (self.distance_m + depth_m)

    @property
    def horizon_px(self) -> float:
        """y of the horizon in the picture."""
        return self.height_px / 2 - (self.eye_m - self.look_m) * self.px_per_m()

    def point(self, x_m: float, y_m: float, depth_m: float = 0.0) -> tuple[float, float]:
        """Where a point of the world falls, in px."""
        scale = self.px_per_m(depth_m)
        return self.width_px / 2 + (x_m - self.x_m) * scale, self.horizon_px - (y_m - self.eye_m) * scale

    def plane(self, depth_m: float = 0.0) -> str:
        """The SVG transform for art drawn in cm (y down, floor at 0) on the plane at this depth."""
        x, y = self.point(0, 0, depth_m)
        scale = self.px_per_m(depth_m) / 100
        return f"translate({x:.2f} {y:.2f}) scale({scale:.5f})"

    def half_width_m(self, depth_m: float = 0.0) -> float:
        """Half of what the picture's width shows of the plane at this depth."""
        return self.width_px / 2 / self.px_per_m(depth_m)


# size: (metres of picture height, distance in metres, height of the middle as a share of the subject's height)
FRAMINGS: Final[dict[ShotSize, tuple[float, float, float]]] = {
    "EWS": (11.0, 27.0, 1.5),
    "WS": (2.95, 8.0, 0.78),
    "MWS": (1.95, 6.0, 0.64),
    "TWO": (1.5, 4.8, 0.74),
    "MS": (1.22, 4.0, 0.77),
    "OTS": (0.98, 3.5, 0.84),
    "MCU": (0.78, 3.1, 0.87),
    "CU": (0.46, 2.5, 0.925),
    "ECU": (0.26, 2.1, 0.945),
    "INSERT": (0.6, 2.4, 0.45),
}


def camera_for(size: ShotSize, angle: Angle, width_px: int, height_px: int, *, subject_m: float = 1.7, x_m: float = 0.0) -> Camera:
    """The camera for a shot of a subject `subject_m` tall that stands at x_m."""
    view, distance, share = FRAMINGS[size]
    look = subject_m * share
    eye = {"eye": 1.5, "high": look + 0.35 * distance, "low": 0.35, "dutch": 1.4, "overhead": look + distance}[angle]
    return Camera(width_px, height_px, view, distance, eye, look, x_m, roll_degrees=-7.0 if angle == "dutch" else 0.0)
