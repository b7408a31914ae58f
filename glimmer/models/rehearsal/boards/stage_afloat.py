"""Who lives in water is shown in water: the camera goes out to it, or it lies off the shore, or in a pool where a place has no water."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from glimmer.models.interface import ShotRequest
from glimmer.models.rehearsal.boards.stage_players import Placed
from glimmer.models.rehearsal.reading import PlaceKind, place_kind

__all__ = ["WATER_FROM_M", "in_its_water", "seen_from_the_water"]

# Where the water of a set begins, in metres behind the actors (the painters' own distances, and a little).
WATER_FROM_M: Final[dict[PlaceKind, float]] = {
    "sea": 4.0, "boat_deck": 9.0, "river": 6.0, "harbour": 13.0, "beach": 17.0, "lighthouse": 48.0, "gallery": 60.0, "bridge": 20.0,
}  # fmt: skip
_SURFACE_M: Final[dict[PlaceKind, float]] = {"sea": -0.42, "boat_deck": -1.6, "harbour": -0.9, "gallery": -22.0}


def seen_from_the_water(request: ShotRequest) -> ShotRequest:
    """The same scene with the camera out on its water; the request as it is where there is none, or nothing but."""
    kind = place_kind(request.place, request.interior)
    if request.interior or kind not in WATER_FROM_M or kind == "sea":
        return request
    return request.model_copy(update={"place": f"water off the {request.place.replace(' - ', ' ')}"})


def in_its_water(item: Placed, kind: PlaceKind) -> Placed:
    """A swimmer lowered to the surface of this set's water, or given a pool."""
    if item.player.water != "surface":
        return item
    if kind not in WATER_FROM_M:
        return replace(item, pool=True)
    return replace(item, up_m=item.up_m + _SURFACE_M.get(kind, 0.0))
