"""Who and what an action shows beside the cast: a horse in the dust, a wolf and a fox, a taxi that stops, a ship that drifts.

Read from the action's words in wide pictures only: close ones are about the cast.
"""

from __future__ import annotations

import re
from typing import Final

from glimmer.models.interface import Design, ShotRequest, Staged
from glimmer.models.rehearsal.boards.acting_words import seed_of
from glimmer.models.rehearsal.boards.camera import Camera
from glimmer.models.rehearsal.boards.creatures import creature_kind, find_creatures
from glimmer.models.rehearsal.boards.light import Light
from glimmer.models.rehearsal.boards.props import FLYING, ON_WATER, VEHICLES, draw_prop, find_props, prop_name, prop_size_cm
from glimmer.models.rehearsal.boards.stage_players import Placed
from glimmer.models.rehearsal.reading import PlaceKind

__all__ = ["vehicle_in", "with_extras"]

_MOST: Final = 3
_IN_SPACE: Final = ("spaceship", "spacecraft", "rocket", "shuttle")


def with_extras(request: ShotRequest) -> ShotRequest:
    """The request with the creatures its action names and its cast does not have, three at most."""
    known = {creature_kind(s.design.kind) for s in request.cast} | {creature_kind(s.design.name) for s in request.cast}
    known |= {creature_kind(d.kind) for d in request.present}
    extras = [kind for kind in find_creatures(request.action) if kind not in known][: _MOST if not request.cast else 1]
    staged = tuple(Staged(design=Design(name=f"{kind} {i + 1}", kind=kind)) for i, kind in enumerate(extras))
    return request.model_copy(update={"cast": (*request.cast, *staged)}) if staged else request


def vehicle_in(request: ShotRequest, camera: Camera, light: Light, placed: list[Placed], kind: PlaceKind) -> tuple[str, str]:
    """(defs, art in picture px) of the first vehicle that the action of a wide picture outside names; two empty strings for none."""
    if request.interior or request.size not in ("EWS", "WS") or any(p.boat for p in placed):
        return "", ""
    words = re.sub(r"\bship\b", "spaceship", request.action.lower()) if kind == "space" else request.action
    name = next((n for n in find_props(words) if n in VEHICLES and n not in ("boat", "anchor")), "")
    if kind == "space" and not name and "spaceship" in words:
        name = next((n for n in _IN_SPACE if prop_name(n)), "")
    wide, tall = prop_size_cm(name) if name else (0.0, 0.0)
    if wide < 120 and tall < 120:
        return "", ""
    drawn = draw_prop(name, light, seed_of(name, request.scene_seed))
    afloat, aloft = name in ON_WATER, name in FLYING or kind in ("space", "sky")
    depth = 30.0 if afloat else 14.0 if aloft else 2.4
    half = camera.half_width_m(depth)
    side = 1 if placed and sum(p.x_m for p in placed) / len(placed) < camera.x_m + 0.01 else -1
    x = camera.x_m + (side * min(half * 0.5, wide / 200 + 1.5) if placed else 0.12 * half)
    scale = camera.px_per_m(depth) / 100
    if kind == "space":  # nothing there to measure it by: a third of the picture's width
        scale = request.width_px * 0.34 / wide
    up = camera.eye_m + 0.16 * camera.view_m if aloft else 0.0
    px, py = camera.point(x, up - (0.6 if afloat else 0.0), depth)
    if kind == "space":
        px, py = request.width_px * 0.36, request.height_px * 0.56 + tall * scale * 0.5
    return drawn.defs, f'<g transform="translate({px:.1f} {py:.1f}) scale({scale:.4f})">{drawn.svg}</g>'
