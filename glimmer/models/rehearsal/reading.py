"""Reading a script's words for rehearsal: what kind of place a heading names.

Shared by the boards (which draw the place) and the sound (which fills it with air).
A heading is read as a person reads it: what stands after the dash is the exact place, the noun before "below", "near" or "of" is the
place and what follows only tells where it lies, and in "harbour bar" or "castle garden" the last noun is what it is.
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
    "railway", "space", "sky", "graveyard", "battlefield", "ruins", "playground", "jungle", "gallery",
]  # fmt: skip

# The match that ends last in a phrase wins; of two that end together the longer one, then the one that stands first here.
_INTERIOR: Final[tuple[tuple[str, PlaceKind], ...]] = (
    (r"lamp ?room|lantern room|lighthouse", "lamp_room"),
    (r"kitchen|galley|scullery|pantry", "kitchen"),
    (r"\bbath|shower|toilet|washroom|restroom", "bathroom"),
    (r"bedroom|dorm|nursery|bunk|motel|hotel room", "bedroom"),
    (r"class|school|lecture|seminar|science lab", "classroom"),
    (r"librar|archive|study|bookshop|bookstore", "library"),
    (r"hospital|\bward\b|clinic|med(ical)? bay|sick ?bay|surgery|infirmary|morgue|doctor", "hospital"),
    (r"\blab\b|laborator|observatory|server|reactor", "laboratory"),
    (r"space ?(ship|station|craft)?|shuttle|capsule|airlock|starship|cockpit|bridge of|orbit|escape pod|cryo", "spacecraft"),
    (r"cabin|below deck|hold\b|wheelhouse|submarine|\bship|steamship|boat\b|trawler|yacht|ferry", "ship_cabin"),
    (
        r"\bcar\b|taxi|\bcab\b|truck|\bvan\b|\bbus\b|\btrain\b|carriage|plane\b|\btram\b|lorry|ambulance|\blift\b|elevator|limousine",
        "vehicle",
    ),
    (r"\bbar\b|\bpub\b|tavern|\binn\b|saloon|club|caf[eé]|diner|restaurant|coffee|tea ?room|canteen", "bar"),
    (r"\bshop|store\b|boutique|bakery|supermarket|pharmacy|salon|market", "shop"),
    (r"workshop|garage|\bshed\b|studio|boiler room|forge|factory|warehouse|mill\b|boathouse|hangar|barn|stable", "workshop"),
    (r"\bstation|platform|airport|terminal|subway|metro|waiting room|ticket", "station"),
    (r"church|chapel|cathedral|temple|mosque|monastery|shrine|crypt|tomb", "church"),
    (r"theat(er|re)|stage|cinema|concert|opera|auditorium|ballroom|gym|stadium|arena", "theatre"),
    (r"corridor|hallway|passage|tunnel|sewer|lobby|foyer|reception", "corridor"),
    (r"stair|landing|attic|cellar|basement|tower", "stairs"),
    (r"prison|\bcell\b|jail|dungeon|interrogation|police( station)?", "prison"),
    (r"office|newsroom|bureau|boardroom|conference|courtroom|bank\b|call cent|control room|precinct", "office"),
    (r"\bhall\b|great hall|town hall|throne|palace|castle|museum|gallery|\bcourt\b", "hall"),
    (r"\bcave|cavern|grotto|\bmine\b|belly|whale", "cave"),
    (r"\btent|yurt|\bhut\b", "tent"),
    (
        r"living|lounge|parlou?r|sitting|\bden\b|apartment|\bflat\b|house|home|log cabin|hunting cabin|cottage|loft|dining|penthouse",
        "living_room",
    ),
)
_EXTERIOR: Final[tuple[tuple[str, PlaceKind], ...]] = (
    (r"underwater|seabed|ocean floor|beneath the (sea|waves|surface)|deep sea", "underwater"),
    (r"gallery|balcony|parapet|battlements?|ramparts?|crow'?s nest|observation deck|widow'?s walk", "gallery"),
    (r"lighthouse|beacon", "lighthouse"),
    (r"\bdeck\b|on board|aboard|rowboat|rowing boat|dinghy|\bboat\b|raft|canoe|trawler|\bship\b|sailboat|yacht|ferry", "boat_deck"),
    (r"harbou?r|pier|jetty|quay|dock|wharf|marina|\bport\b", "harbour"),
    (r"beach|\b(sea)?shore|dunes? by|\bcove\b|\bcoast|cliff|rocks|tide|seaside|sandbank", "beach"),
    (r"\bsea\b|ocean|open water|\bwaves|\bbay\b|lagoon|\bwater\b(?! tower)", "sea"),
    (r"\briver|\blake|\bstream|creek|\bpond|\bcanal|waterfall|swamp|marsh|bank of", "river"),
    (r"jungle|rainforest", "jungle"),
    (r"forest|wood\b|woods|grove|clearing|\btrees?\b", "forest"),
    (r"\bsnow|glacier|ice\b|icefield|tundra|arctic|antarctic|polar", "snowfield"),
    (r"mountain|peak|summit|\bridge|pass\b|volcano", "mountain"),
    (r"desert|dune|wasteland|mesa|outback|badlands|canyon|gulch", "desert"),
    (r"playground|swings|schoolyard|school yard", "playground"),
    (r"garden|courtyard|\bcourt\b|backyard|back yard|greenhouse|orchard|vineyard|terrace|porch|patio", "garden"),
    (r"\bpark\b|plaza|\bsquare|fountain", "park"),
    (r"graveyard|cemetery|grave\b", "graveyard"),
    (r"battle ?field|battle|trench|no man|front line", "battlefield"),
    (r"ruin|rubble|abandoned", "ruins"),
    (r"\broof", "rooftop"),
    (r"railway|\btrain|platform|\btracks|\bstation|level crossing", "railway"),
    (r"market( square| place)?|bazaar|\bfair\b|fairground|carnival", "market"),
    (r"castle|palace|fort\b|fortress|citadel|temple", "castle"),
    (r"bridge|viaduct|overpass", "bridge"),
    (
        r"highway|motorway|\broad\b|roadside|gas station|petrol( station)?|parking lot|car park|\btrack\b|lane\b|\bpath\b|trail",
        "road",
    ),
    (r"village|hamlet|town\b", "village"),
    (r"farm|barn|stable|ranch|paddock", "farm"),
    (r"house|cottage|\bhome|cabin|\bvilla\b|mansion|hut\b|suburb", "house"),
    (
        r"street|police station|fire station|bus stop|\balley|avenue|pavement|sidewalk|doorway|entrance|outside|shop|caf[eé]|school|hospital|office",
        "street",
    ),
    (r"city|downtown|skyline|metropolis|district|skyscraper|building|tokyo|london|paris|new york|berlin", "city"),
    (r"\bspace\b|orbit|moon|mars|planet|asteroid|galaxy", "space"),
    (r"\bsky\b|clouds?\b|in the air|balloon", "sky"),
    (r"\bhill|\bmoor|\bheath|valley|highland|countryside", "hills"),
    (r"field|meadow|prairie|\bplain|savanna|pasture|steppe|grass", "field"),
)
PLACE_KINDS: Final = tuple(dict.fromkeys([kind for _, kind in (*_INTERIOR, *_EXTERIOR)] + ["room"]))

_DASH: Final = re.compile(r"\s+[-–—―/]{1,2}\s+|\s*[–—―,;:]\s*")
# Words after which a heading only says where its place lies. "in", "on" and "of" too: "roof of the hospital" is a roof.
_WHERE: Final = re.compile(
    r"\b(?:below|beneath|near|by|under|underneath|beside|outside|inside|at|of|behind|above|in|on|over|from|between|among|around|through|to|with"
    r"|across|along|against|before|after|next to|opposite|off|overlooking|facing|into|onto|toward|towards|beyond|up|down)\b"
)
_PHRASES: Final[tuple[tuple[str, bool, PlaceKind], ...]] = (  # read whole, before a preposition cuts them: pattern, interior, kind
    (r"underwater|under the sea|beneath the (?:sea|waves|surface|ocean)|below the (?:waves|surface)|bottom of the (?:sea|ocean)", False, "underwater"),
    (r"no man'?s land", False, "battlefield"),
    (r"on board|aboard", False, "boat_deck"),
    (r"in the air\b|above the clouds", False, "sky"),
    (r"abandoned|ruined|\bruins?\b|rubble", False, "ruins"),
    (r"bridge of", True, "spacecraft"),
    (r"below deck|under deck", True, "ship_cabin"),
    (r"cabin in the (?:woods|forest|mountains|hills)", True, "living_room"),
)  # fmt: skip
# What holds other places: beside a narrower one ("KITCHEN - SMITH HOUSE") it is only where that one lies.
_HOLDERS: Final = re.compile(
    r"house|\bhome|apartment|\bflat\b|mansion|school|hospital|castle|palace|city|town|village|\bship|boat|hotel|farm|island|building"
    r"|lighthouse|downtown|london|paris|tokyo|berlin|new york|london|forest|desert|mountain|\bsea\b|ocean"
)
_CRAFT: Final[dict[PlaceKind, frozenset[str]]] = {  # rooms that look like their vessel, not like the same room ashore
    "spacecraft": frozenset({"corridor", "hall", "office", "station", "stairs", "living_room", "bedroom", "vehicle", "workshop", "kitchen"}),
    "ship_cabin": frozenset({"corridor", "bedroom", "office", "living_room", "stairs"}),
}  # fmt: skip


def place_kind(place: str, interior: bool, action: str = "") -> PlaceKind:
    """The kind of place that `place` names, else what `action` hints at, else "room" inside and "field" outside."""
    parts = [part for part in _DASH.split(place.lower().replace("’", "'")) if part.strip()]
    read = [(kind, bool(_HOLDERS.search(part))) for part in reversed(parts) if (kind := _phrase_kind(part, interior))]
    if read:
        narrow = next((kind for kind, holds in read if not holds), None)
        chosen = narrow if narrow and read[0][1] else read[0][0]
        return next((craft for craft, rooms in _CRAFT.items() if chosen in rooms and any(k == craft for k, _ in read)), chosen)
    return _phrase_kind(action.lower(), interior) or ("room" if interior else "field")


def _phrase_kind(phrase: str, interior: bool) -> PlaceKind | None:
    """The kind one part of a heading names: its head first, then what its prepositions lead to."""
    for pattern, inside, kind in _PHRASES:
        if inside == interior and re.search(pattern, phrase):
            return kind
    found = (_noun_kind(piece, interior) for piece in _WHERE.split(phrase))
    return next((kind for kind in found if kind is not None), None)


def _noun_kind(words: str, interior: bool) -> PlaceKind | None:
    """The kind of the last noun that is known: a harbour bar is a bar. A match counts to the end of its word: "farmhouse" is a farm."""
    best: tuple[int, int, int] | None = None
    kind: PlaceKind | None = None
    for rank, (pattern, name) in enumerate(_INTERIOR if interior else _EXTERIOR):
        for match in re.finditer(pattern, words):
            tail = re.match(r"[a-z]*", words[match.end() :])
            end = match.end() + (len(tail.group()) if tail else 0)
            rating = (end, -match.start(), -rank)
            if best is None or rating > best:
                best, kind = rating, name
    return kind
