"""Reading a script's words for rehearsal: what kind of place a heading names.

Shared by the boards (which draw the place) and the sound (which fills it with air).
"""

from __future__ import annotations

import re
from typing import Final, Literal

__all__ = ["PLACE_KINDS", "PlaceKind", "place_kind"]

PlaceKind = Literal[
    "lamp_room", "kitchen", "living_room", "bedroom", "bathroom", "office", "classroom", "library", "bar", "shop", "hospital",
    "laboratory", "workshop", "station", "church", "theatre", "corridor", "stairs", "prison", "hall", "ship_cabin", "vehicle",
    "spacecraft", "cave", "tent", "room",
    "lighthouse", "sea", "underwater", "beach", "harbour", "boat_deck", "river", "forest", "field", "hills", "mountain", "desert",
    "snowfield", "garden", "park", "street", "city", "market", "village", "farm", "house", "castle", "road", "bridge", "rooftop",
    "railway", "space", "sky", "graveyard", "battlefield", "ruins", "playground", "jungle",
]  # fmt: skip

# The first pattern that matches wins, so the narrow places stand before the wide ones. Interiors first.
_INTERIOR: Final[tuple[tuple[str, PlaceKind], ...]] = (
    (r"lamp ?room|lantern room|lighthouse", "lamp_room"),
    (r"kitchen|galley|scullery|pantry", "kitchen"),
    (r"bath|shower|toilet|washroom|restroom", "bathroom"),
    (r"bedroom|dorm|nursery|bunk|motel|hotel room", "bedroom"),
    (r"class|school|lecture|seminar", "classroom"),
    (r"librar|archive|study|bookshop|bookstore", "library"),
    (r"hospital|ward|clinic|surgery|infirmary|morgue|doctor", "hospital"),
    (r"\blab\b|laborator|observatory|server|reactor", "laboratory"),
    (r"space|shuttle|capsule|airlock|starship|cockpit|bridge of|orbit", "spacecraft"),
    (r"cabin|below deck|hold\b|wheelhouse|submarine|ship|boat|trawler", "ship_cabin"),
    (r"\bcar\b|taxi|truck|van\b|bus\b|train|carriage|plane|tram|lorry|ambulance|lift\b|elevator", "vehicle"),
    (r"bar\b|pub\b|tavern|inn\b|saloon|club|caf[eé]|diner|restaurant|coffee|tea ?room|canteen", "bar"),
    (r"\bshop|store\b|boutique|bakery|supermarket|pharmacy|salon|market", "shop"),
    (r"workshop|garage|shed|studio|forge|factory|warehouse|mill\b|boathouse|hangar|barn|stable", "workshop"),
    (r"station|platform|airport|terminal|subway|metro|waiting room|ticket", "station"),
    (r"church|chapel|cathedral|temple|mosque|monastery|shrine|crypt|tomb", "church"),
    (r"theat(er|re)|stage|cinema|concert|opera|auditorium|ballroom|gym|stadium|arena", "theatre"),
    (r"corridor|hallway|passage|tunnel|sewer|lobby|foyer|reception", "corridor"),
    (r"stair|landing|attic|cellar|basement|tower", "stairs"),
    (r"prison|cell\b|jail|dungeon|interrogation|police", "prison"),
    (r"office|newsroom|bureau|boardroom|conference|courtroom|bank\b|call cent|control room|precinct", "office"),
    (r"hall\b|throne|palace|castle|museum|gallery|court\b", "hall"),
    (r"cave|cavern|grotto|mine\b", "cave"),
    (r"tent|yurt|hut\b", "tent"),
    (r"living|lounge|parlou?r|sitting|den\b|apartment|flat\b|house|home|cottage|loft|dining", "living_room"),
)
_EXTERIOR: Final[tuple[tuple[str, PlaceKind], ...]] = (
    (r"underwater|seabed|ocean floor|beneath the (sea|waves|surface)|deep sea", "underwater"),
    (r"lighthouse|beacon", "lighthouse"),
    (r"\bdeck\b|on board|aboard|rowboat|rowing boat|dinghy|\bboat\b|raft|canoe|trawler|\bship\b|sailboat|yacht|ferry", "boat_deck"),
    (r"harbou?r|pier|jetty|quay|dock|wharf|marina|\bport\b", "harbour"),
    (r"beach|shore|dune|cove|coast|cliff|rocks|tide", "beach"),
    (r"\bsea\b|ocean|open water|waves|\bbay\b", "sea"),
    (r"river|lake|stream|creek|pond|canal|waterfall|swamp|marsh|bank of", "river"),
    (r"jungle|rainforest", "jungle"),
    (r"forest|wood\b|woods|grove|clearing|\btrees?\b", "forest"),
    (r"\bsnow|glacier|ice\b|icefield|tundra|arctic|antarctic|polar", "snowfield"),
    (r"mountain|peak|summit|\bridge|canyon|pass\b|volcano", "mountain"),
    (r"desert|dune|wasteland|mesa|outback", "desert"),
    (r"playground|swings|schoolyard|school yard", "playground"),
    (r"garden|courtyard|backyard|back yard|greenhouse|orchard|vineyard|terrace|porch|patio|balcony", "garden"),
    (r"\bpark\b|plaza|square|fountain", "park"),
    (r"graveyard|cemetery|grave\b", "graveyard"),
    (r"battle|trench|no man|front line", "battlefield"),
    (r"ruin|rubble|abandoned", "ruins"),
    (r"roof", "rooftop"),
    (r"railway|train|platform|tracks|station", "railway"),
    (r"market|bazaar|fair\b|fairground|carnival", "market"),
    (r"castle|palace|fort\b|fortress|citadel|temple", "castle"),
    (r"bridge|viaduct|overpass", "bridge"),
    (r"highway|motorway|\broad\b|roadside|gas station|petrol|track\b|lane\b|\bpath\b|trail", "road"),
    (r"village|hamlet|town\b", "village"),
    (r"farm|barn|stable|ranch|paddock", "farm"),
    (r"house|cottage|home|cabin|villa|mansion|hut\b|suburb", "house"),
    (r"street|alley|avenue|pavement|sidewalk|doorway|entrance|outside|shop|caf[eé]|school|hospital|office", "street"),
    (r"city|downtown|skyline|metropolis|district|skyscraper|building|tokyo|london|paris|new york|berlin", "city"),
    (r"\bspace\b|orbit|moon|mars|planet|asteroid|galaxy", "space"),
    (r"\bsky\b|clouds?\b|in the air|balloon", "sky"),
    (r"hill|moor|heath|valley|highland|countryside", "hills"),
    (r"field|meadow|prairie|plain|savanna|pasture|steppe|grass", "field"),
)
PLACE_KINDS: Final = tuple(dict.fromkeys([kind for _, kind in (*_INTERIOR, *_EXTERIOR)] + ["room"]))


def place_kind(place: str, interior: bool, action: str = "") -> PlaceKind:
    """The kind of place that `place` names, else what `action` hints at, else "room" inside and "field" outside."""
    table = _INTERIOR if interior else _EXTERIOR
    for words in (place.lower(), action.lower()):
        for pattern, kind in table:
            if words and re.search(pattern, words):
                return kind
    return "room" if interior else "field"
