"""Reading headings: the place that is named, not the one it lies near."""

from __future__ import annotations

import pytest

from glimmer.models.rehearsal.reading import PLACE_KINDS, place_kind

_OUTSIDE = {
    "SEA BELOW THE LIGHTHOUSE": "sea", "LIGHTHOUSE - GALLERY": "gallery", "LIGHTHOUSE": "lighthouse", "SHORE": "beach",
    "BEACH BEHIND THE CASTLE": "beach", "HARBOUR - PIER NINE": "harbour", "EDGE OF THE FOREST": "forest", "OUTSIDE THE BARN": "farm",
    "ROOF OF THE HOSPITAL": "rooftop", "BRIDGE OVER THE RIVER": "bridge", "ROAD THROUGH THE DESERT": "road",
    "STREET OUTSIDE THE THEATRE": "street", "GARDEN BEHIND THE HOUSE": "garden", "VILLAGE SQUARE": "park", "CASTLE GARDEN": "garden",
    "MOUNTAIN ROAD": "road", "BENEATH THE WAVES": "underwater", "ABANDONED CASTLE": "ruins", "FARMHOUSE": "farm",
    "BATTLEFIELD": "battlefield", "LONDON - ROOFTOP": "rooftop", "HOTEL - BALCONY": "gallery", "LAKE NEAR THE VILLAGE": "river",
    "PLAYGROUND BY THE SEA": "playground", "DECK OF THE FISHING BOAT": "boat_deck", "MARKET SQUARE": "market", "NOWHERE": "field",
    "RAILWAY STATION": "railway", "GAS STATION": "road", "HILL ABOVE THE SEA": "hills", "SNOWY FOREST": "forest",
}  # fmt: skip
_INSIDE = {
    "LIGHTHOUSE - LAMP ROOM": "lamp_room", "HARBOUR BAR": "bar", "KITCHEN - SMITH HOUSE": "kitchen", "HOUSE - KITCHEN": "kitchen",
    "SPACESHIP - CORRIDOR": "spacecraft", "SPACE STATION": "spacecraft", "POLICE STATION": "prison", "CASTLE - DUNGEON": "prison",
    "SUBMARINE": "ship_cabin", "SCHOOL - LIBRARY": "library", "CAR - MOVING": "vehicle", "BACK OF A TAXI": "vehicle",
    "CABIN IN THE WOODS": "living_room", "THRONE ROOM": "hall", "INSIDE THE WHALE": "cave", "HOSPITAL CORRIDOR": "corridor",
    "SOMEWHERE": "room", "TRAIN STATION": "station", "BEDROOM ABOVE THE SHOP": "bedroom", "SCHOOL BUS": "vehicle",
}  # fmt: skip


@pytest.mark.parametrize(("place", "kind"), _OUTSIDE.items())
def test_outside_the_head_noun_is_the_place(place: str, kind: str) -> None:
    assert place_kind(place, interior=False) == kind


@pytest.mark.parametrize(("place", "kind"), _INSIDE.items())
def test_inside_the_head_noun_is_the_place(place: str, kind: str) -> None:
    assert place_kind(place, interior=True) == kind


def test_a_place_that_says_nothing_is_told_by_what_happens_there() -> None:
    assert place_kind("THERE", interior=False, action="She walks along the beach.") == "beach"


@pytest.mark.parametrize("words", ["", " - ", "of of of", "💥 - 💥", "x" * 5000, "- / -"])
def test_any_words_are_some_place(words: str) -> None:
    assert place_kind(words, interior=True) in PLACE_KINDS and place_kind(words, interior=False) in PLACE_KINDS
