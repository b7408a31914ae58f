"""Which beds make the air of a scene: the place's own, the hour's, the weather's; and how loud that air is.

To add a bed, write a function in `beds_nature` or `beds_town` and name it here for its places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from glimmer.models.interface import AmbienceRequest
from glimmer.models.rehearsal.acoustics import Samples, band, generator
from glimmer.models.rehearsal.reading import PlaceKind
from glimmer.models.rehearsal.sound import beds_nature as nature
from glimmer.models.rehearsal.sound import beds_town as town
from glimmer.models.rehearsal.sound.beds_nature import Bed

__all__ = ["BED_LUFS", "Layer", "bed_layers", "bed_loudness_lufs", "mixed_bed"]

BED_LUFS: Final = -32.0  # 12 LU under a voice at -20: heard between the words, never over them


@dataclass(frozen=True)
class Layer:
    """A bed, its gain in dB, and whether walls lie between it and the ear."""

    bed: Bed
    gain_db: float = 0.0
    muffled: bool = False


_ROOM: Final[tuple[tuple[Bed, float], ...]] = ((town.room_tone, -3.0),)
_PLACES: Final[dict[PlaceKind, tuple[tuple[Bed, float], ...]]] = {
    "lamp_room": ((town.gear_hum, 0), (town.room_tone, -4)),
    "kitchen": ((town.fridge, -1), (town.clock, -4), (town.room_tone, -4)),
    "living_room": ((town.room_tone, 0), (town.clock, -2)),
    "bedroom": ((town.room_tone, 0), (town.clock, -6)),
    "bathroom": ((town.ventilation, -6), (nature.caverns, -10)),
    "office": ((town.ventilation, -1), (town.keys_and_paper, 2)),
    "classroom": ((town.room_tone, 0), (town.crowd, -14), (town.keys_and_paper, -4)),
    "library": ((town.hush, 0), (town.clock, -2), (town.keys_and_paper, -8)),
    "bar": ((town.crowd, 2), (town.cups_and_glasses, 2), (town.room_tone, -6)),
    "shop": ((town.ventilation, -3), (town.crowd, -9), (town.till, 0)),
    "hospital": ((town.ventilation, -3), (town.beeps, 0), (town.far_steps, -6)),
    "laboratory": ((town.machinery, 0), (town.ventilation, -4)),
    "workshop": ((town.machinery, -4), (town.room_tone, -2)),
    "station": ((town.hush, 2), (town.crowd, -4), (town.far_steps, 0)),
    "church": ((town.stone_echo, 0),),
    "theatre": ((town.hush, 0), (town.crowd, -13)),
    "corridor": ((town.hush, 0), (town.far_steps, -3)),
    "stairs": ((town.hush, 0), (nature.caverns, -12)),
    "prison": ((town.stone_echo, 0), (town.far_steps, -2), (nature.caverns, -10)),
    "hall": ((town.stone_echo, 0), (town.far_steps, -6)),
    "ship_cabin": ((town.ship_timbers, 0),),
    "vehicle": ((town.engine_room, 0),),
    "spacecraft": ((town.space_hum, 0), (town.ventilation, -6), (town.beeps, -14)),
    "cave": ((nature.caverns, 0),),
    "tent": ((nature.leaves, -4), (town.room_tone, -4)),
    "room": ((town.room_tone, 0),),
    "lighthouse": ((nature.surf, 0), (nature.wind, -3), (nature.gulls, -3)),
    "gallery": ((nature.wind, 0), (nature.surf, -9)),
    "sea": ((nature.sea, 0), (nature.breeze, -6)),
    "underwater": ((nature.deep_water, 0),),
    "beach": ((nature.surf, 0), (nature.gulls, -4)),
    "harbour": ((nature.harbour_water, 0), (nature.gulls, -1)),
    "boat_deck": ((nature.harbour_water, 0), (nature.sea, -3), (nature.breeze, -5)),
    "river": ((nature.river, 0), (nature.leaves, -8)),
    "forest": ((nature.leaves, 0), (nature.breeze, -6)),
    "jungle": ((nature.insects, 0), (nature.leaves, -4), (nature.breeze, -6)),
    "field": ((nature.breeze, 0), (nature.leaves, -8)),
    "hills": ((nature.breeze, 0), (nature.wind, -8)),
    "mountain": ((nature.wind, 0),),
    "desert": ((nature.wind, 0),),
    "snowfield": ((nature.snow_hush, 0), (nature.wind, -8)),
    "garden": ((nature.leaves, 0), (nature.breeze, -4)),
    "park": ((nature.leaves, 0), (town.city_air, -10)),
    "street": ((town.city_air, -2), (town.far_steps, 1), (town.passing_cars, -4)),
    "city": ((town.city_air, 0), (town.passing_cars, -3)),
    "market": ((town.crowd, 2), (town.till, 2), (town.far_steps, 0)),
    "village": ((nature.breeze, 0), (town.far_steps, 0), (nature.leaves, -8)),
    "farm": ((nature.breeze, 0), (nature.farmyard, 0), (nature.leaves, -8)),
    "house": ((nature.breeze, 0), (nature.leaves, -4)),
    "castle": ((nature.wind, -2), (nature.ravens, -4)),
    "road": ((nature.breeze, 0), (town.passing_cars, 0)),
    "bridge": ((nature.wind, -2), (nature.river, -6), (town.passing_cars, -6)),
    "rooftop": ((nature.wind, -3), (town.city_air, -3)),
    "railway": ((nature.breeze, 0), (town.machinery, -12)),
    "space": ((town.space_hum, 0),),
    "sky": ((nature.wind, 0),),
    "graveyard": ((nature.wind, -3), (nature.ravens, -2), (nature.leaves, -8)),
    "battlefield": ((nature.wind, -3), (nature.storm_thunder, -5)),
    "ruins": ((nature.wind, 0), (nature.ravens, -6)),
    "playground": ((nature.leaves, 0), (town.crowd, -8)),
}
_BIRDS: Final = frozenset(
    {"forest", "garden", "park", "field", "hills", "river", "village", "farm", "house", "playground", "road", "jungle"}
)
_SHELTERED: Final = frozenset({"underwater", "space", "cave"})  # no weather gets there
_QUIET: Final = frozenset(
    {"bedroom", "living_room", "library", "room", "church", "theatre", "snowfield", "stairs", "hall", "corridor"}
)
_MENTIONED: Final[tuple[tuple[str, Bed, float], ...]] = (
    (r"\b(fire|fireplace|hearth|campfire|bonfire|stove)\b", town.fireplace, 0),
    (r"\btrain|carriage|railway car\b", town.train_ride, 0),
    (r"\b(server|generator|boiler)\b", town.machinery, -2),
)


def bed_layers(request: AmbienceRequest, kind: PlaceKind) -> tuple[Layer, ...]:
    """What is in the air of this scene, loudest first as a rule."""
    layers = [Layer(bed, gain) for bed, gain in _PLACES.get(kind, _ROOM)]
    if request.time_of_day == "night" and kind in ("city", "street", "rooftop", "park"):
        layers = [Layer(town.night_city, 0) if layer.bed is town.city_air else layer for layer in layers]
    layers += [Layer(bed, gain) for pattern, bed, gain in _MENTIONED if re.search(pattern, request.place.lower())]
    if not request.interior:
        layers += _hour(request, kind)
    elif kind == "lamp_room":
        layers += [Layer(nature.wind, -1, muffled=True), Layer(nature.surf, -3, muffled=True)]
    if kind not in _SHELTERED:
        layers += _weather(request)
    loudest: dict[Bed, Layer] = {}
    for layer in layers:
        if layer.bed not in loudest or loudest[layer.bed].gain_db < layer.gain_db:
            loudest[layer.bed] = layer
    return tuple(loudest.values())


def _hour(request: AmbienceRequest, kind: PlaceKind) -> list[Layer]:
    if kind not in _BIRDS or request.weather in ("storm", "snow"):
        return []
    if request.time_of_day in ("night", "dusk"):
        return [Layer(nature.crickets, 5), Layer(nature.owls, 2)] if request.weather != "rain" else [Layer(nature.owls, -3)]
    return [Layer(nature.birds, 5 if request.time_of_day == "dawn" else 3 if request.weather == "clear" else -4)]


def _weather(request: AmbienceRequest) -> list[Layer]:
    inside = request.interior
    if request.weather == "rain":
        return [Layer(nature.rain_on_roof, 1)] if inside else [Layer(nature.rain, 2)]
    if request.weather == "storm":
        sheet = Layer(nature.rain_on_roof, 3) if inside else Layer(nature.rain, 3)
        return [sheet, Layer(nature.wind, 2, muffled=inside), Layer(nature.storm_thunder, 2, muffled=inside)]
    if request.weather == "wind":
        return [Layer(nature.wind, 3, muffled=inside)]
    if request.weather == "snow":
        return [Layer(nature.snow_hush, -3 if inside else 2, muffled=inside)]
    return []


def bed_loudness_lufs(request: AmbienceRequest, kind: PlaceKind) -> float:
    """How loud the air is: -32 LUFS, 4 less in a quiet room or on snow, 3 more in a storm."""
    if request.weather == "storm":
        return BED_LUFS + (0.0 if request.interior else 3.0)
    if kind in _QUIET and request.weather in ("clear", "fog", "snow"):
        return BED_LUFS - 4.0
    return BED_LUFS


def mixed_bed(layers: tuple[Layer, ...], samples: int, seed: int) -> Samples:
    """The layers together: stereo, circular, not levelled yet."""
    near, behind_walls = np.zeros((2, samples), dtype=np.float32), np.zeros((2, samples), dtype=np.float32)
    for layer in layers:
        sound = layer.bed(samples, generator("bed", layer.bed.__name__, seed))
        target = behind_walls if layer.muffled else near
        target += sound * np.float32(10 ** (layer.gain_db / 20))
    if any(layer.muffled for layer in layers):
        near += 1.6 * band(behind_walls, 0.0, 420.0)  # what two panes and a wall let through
    return near
