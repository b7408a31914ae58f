"""Every place a film can go to, painted for a board.

`paint_set` reads what kind of place the script names, lets that kind's painter hang its art on an empty stage,
adds what the words of the scene ask for and the weather, and gives back SVG: what lies behind the actors and what before them.
The same scene (seed, place, light) is the same set through every camera.
A new place is a painter `def my_place(s: Stage) -> None` and a line in the registry of its module.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glimmer.models.interface import ShotRequest
from glimmer.models.rehearsal.boards.camera import Camera
from glimmer.models.rehearsal.boards.light import Light
from glimmer.models.rehearsal.boards.sets import (
    exteriors_far,
    exteriors_high,
    exteriors_nature,
    exteriors_old,
    exteriors_sea,
    exteriors_town,
    exteriors_ways,
    interiors_far,
    interiors_grand,
    interiors_home,
    interiors_public,
    interiors_wild,
    interiors_work,
    words,
)
from glimmer.models.rehearsal.boards.sets.stage import SetArt, Spot, Stage
from glimmer.models.rehearsal.boards.weather import add_weather
from glimmer.models.rehearsal.reading import PlaceKind, place_kind

__all__ = ["PAINTERS", "SetArt", "Spot", "paint_set"]

Painter = Callable[[Stage], None]
PAINTERS: Final[dict[PlaceKind, Painter]] = {
    **interiors_home.PAINTERS,
    **interiors_work.PAINTERS,
    **interiors_public.PAINTERS,
    **interiors_wild.PAINTERS,
    **interiors_far.PAINTERS,
    **interiors_grand.PAINTERS,
    **exteriors_sea.PAINTERS,
    **exteriors_nature.PAINTERS,
    **exteriors_old.PAINTERS,
    **exteriors_town.PAINTERS,
    **exteriors_ways.PAINTERS,
    **exteriors_far.PAINTERS,
    **exteriors_high.PAINTERS,
}
_AIRLESS: Final = frozenset({"underwater", "space"})  # no weather there
_NO_GROUND: Final = frozenset({"sea", "boat_deck", "sky", "gallery"})


def paint_set(request: ShotRequest, light: Light, camera: Camera) -> SetArt:
    """The set of this shot. Draws no person, and never reads `request.seed`: a take changes the acting, not the room."""
    kind = place_kind(request.place, request.interior)  # the action differs from shot to shot, the place must not
    stage = Stage(request, light, camera, kind)
    PAINTERS[kind](stage)
    words.dress(stage)
    if not request.interior and kind not in _AIRLESS:
        add_weather(stage, ground=kind not in _NO_GROUND)
    return stage.art()
