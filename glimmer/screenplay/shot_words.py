"""The words in action and dialogue that call for a kind of shot: directions, things looked at closely, movement, feeling.

Tables only, read by the rules in `shots` and `camera`. English; a script in another language falls to the rules that need no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from glimmer.vocabulary import Angle, Move, ShotSize

__all__ = [
    "DIRECTIONS",
    "Direction",
    "direction_in",
    "feels_strongly",
    "has_feeling_face",
    "is_far",
    "is_huge",
    "looks",
    "moves_figure",
    "shows_thing",
    "tall",
    "vast",
]


@dataclass(frozen=True, slots=True)
class Direction:
    """What a script asks of the camera in so many words. `size` is "" where it asks only for a move or an angle."""

    pattern: re.Pattern[str]
    size: ShotSize | None = None
    angle: Angle | None = None
    move: Move | None = None
    leads: bool = False  # only at the head of a sentence
    without_owner: bool = False  # a POV: its owner is behind the camera


def _written(words: str) -> re.Pattern[str]:
    """Directions are in capitals ("CLOSE ON the key"), or said of the camera ("we push in", "the camera pans left")."""
    return re.compile(rf"(?<![\w'])(?:{words})(?![\w'])")


DIRECTIONS: Final[tuple[Direction, ...]] = (
    Direction(_written(r"EXTREME CLOSE[- ]?UP|EXTREME CLOSE ON|ECU|MACRO"), size="ECU"),
    Direction(_written(r"INSERT"), size="INSERT", leads=True),
    Direction(_written(r"CLOSE[- ]?UP|CLOSER? ON|CLOSE|TIGHT ON|CU"), size="CU", leads=True),
    Direction(_written(r"EXTREME WIDE|VERY WIDE|AERIAL|DRONE SHOT|EWS"), size="EWS", angle="high"),
    Direction(
        _written(r"BIRD['’]S[- ]EYE(?: VIEW)?|OVERHEAD|FROM ABOVE|TOP SHOT|GOD['’]S EYE(?: VIEW)?"), size="WS", angle="overhead"
    ),
    Direction(_written(r"WIDE(?: SHOT| ON| ANGLE)?|WIDER|LONG SHOT|FULL SHOT|ESTABLISHING(?: SHOT)?"), size="WS", leads=True),
    Direction(_written(r"(?:[A-ZÀ-Þ]+['’]S? )?(?:POV|P\.O\.V\.|POINT OF VIEW)"), size="WS", without_owner=True),
    Direction(_written(r"OVER (?:THE |HIS |HER |[A-Z]+['’]S )?SHOULDER|OTS"), size="OTS"),
    Direction(_written(r"TWO[- ]SHOT"), size="TWO"),
    Direction(_written(r"MEDIUM SHOT|MEDIUM ON|ANGLE ON|NEW ANGLE"), size="MS", leads=True),
    Direction(_written(r"LOW ANGLE|FROM BELOW"), angle="low"),
    Direction(_written(r"HIGH ANGLE"), angle="high"),
    Direction(_written(r"DUTCH(?: ANGLE)?|CANTED"), angle="dutch"),
    Direction(_written(r"TRACKING|TRACK WITH|DOLLY WITH|FOLLOWING|STEADICAM"), size="MWS", move="pan_right"),
    Direction(_written(r"PAN LEFT|PANS LEFT|[Cc]amera pans left|[Ww]e pan left"), move="pan_left"),
    Direction(_written(r"PAN(?: RIGHT| TO| ACROSS| OVER)?|PANS|PANNING|[Cc]amera pans(?: right)?|[Ww]e pan"), move="pan_right"),
    Direction(_written(r"TILT DOWN|CRANE DOWN|[Cc]amera tilts down|[Ww]e tilt down"), move="tilt_down"),
    Direction(_written(r"TILT(?: UP)?|[Cc]amera tilts up|[Ww]e tilt up"), move="tilt_up"),
    Direction(
        _written(r"PUSH(?:ES|ING)? IN|PUSH|MOVE IN|DOLLY IN|ZOOM IN|[Cc]amera (?:pushes in|moves in)|[Ww]e (?:push|move) in"),
        move="push_in",
    ),
    Direction(
        _written(r"PULL(?:S|ING)? (?:BACK|OUT)|ZOOM OUT|CRANE UP|DOLLY OUT|[Cc]amera pulls (?:back|out)|[Ww]e pull (?:back|out)"),
        move="pull_out",
    ),
)
_LEAD_IN = re.compile(r"\W*(?:[Tt]he |[Aa] |THE |A |BACK TO |INTERCUT )?")
_AFTER_DIRECTION = re.compile(r"^[\s:.\-–—]*(?:SHOT\s*)?(?:(?:on|ON|of|OF|in|IN|to|TO)\s+)?[\s:.\-–—]*")


def direction_in(text: str) -> tuple[ShotSize | None, Angle | None, Move | None, str, str, bool] | None:
    """What `text` asks of the camera: (size, angle, move, the text without a leading direction, the direction, POV), or None.

    Several may stand together: "WIDE, LOW ANGLE: the tower". The first that names a size, an angle, a move gives it.
    """
    size: ShotSize | None = None
    angle: Angle | None = None
    move: Move | None = None
    said, owner_away, rest = "", False, text
    for direction in DIRECTIONS:
        found = direction.pattern.search(text)
        if not found or (direction.leads and _LEAD_IN.fullmatch(text[: found.start()]) is None):
            continue
        said = said or found.group()
        size, angle, move = size or direction.size, angle or direction.angle, move or direction.move
        owner_away = owner_away or direction.without_owner
        if _LEAD_IN.fullmatch(text[: found.start()]):
            stripped = _AFTER_DIRECTION.sub("", text[found.end() :], count=1)
            rest = stripped if len(stripped) < len(rest) and len(stripped.split()) > 1 else rest
    return (size, angle, move, rest, said, owner_away) if said else None


# ── things ──────────────────────────────────────────────────────────────────────────────────────────────────
_THINGS: Final = (
    "letter|letters|key|keys|clock|photo|photograph|picture|phone|telephone|receiver|radio|gun|pistol|revolver|knife|cup|mug|glass|bottle|match|matches|matchbook|candle|book|notebook|logbook|diary|map|"
    "watch|ring|coin|note|envelope|ticket|button|lever|dial|handle|doorknob|switch|pen|pencil|page|pages|egg|eggs|pancake|pancakes|pan|spoon|fork|plate|bowl|whisk|kettle|teapot|lantern|wick|lamp|lens|compass|"
    "necklace|locket|bracelet|cigarette|lighter|briefcase|suitcase|case|box|lid|drawer|newspaper|headline|card|screen|monitor|keyboard|music box|violin|flute|harmonica|tin whistle|whistle|shell|stone|feather|flower|rose|"
    "badge|rope|chain|lock|bell|needle|record|cassette|tape|glove|shoe|hat|scarf|doll|toy|ball|collar|bone|leash|microphone|mic|speaker|tooth|crumb|plate|window latch|latch|paper|papers|file|folder|dice|chess piece|pawn"
)
_HANDLED = re.compile(
    rf"\b(?:picks? up|lifts?|holds? (?:up|out)|opens?|unfolds?|reads?|writes?|turns?|press(?:es)?|pushes|pulls?|strikes?|lights?|winds?|pours?|grips?|drops?|places|lays|sets(?: down)?|puts?(?: down)?|hands?|takes?(?: out)?|"
    rf"draws?|slides?|tears?|unlocks?|flips?|touches|taps?|dials?|lifts? off|raises?|cracks?|snaps?(?: open| shut)?|closes|finds?|examines|unwraps?|cranks?|trims)\s+(?:\w+\s+)?(?:an?|the|his|her|their|its|one|another)\s+(?:[\w-]+\s+){{0,3}}(?:{_THINGS})\b",
    re.I,
)
_THING_LEADS = re.compile(
    rf"^(?:On (?:the|a|his|her) [\w ]{{2,30}}[,:] )?(?:An?|The|His|Her|One|Another|Two|Three)\s+(?:[\w'-]+,?\s+){{0,3}}(?:{_THINGS})\b(?!['’]s)",
    re.I,
)
_HANDS = re.compile(
    r"\b(?:hands?|fingers?|fingertips?|palm|thumb|fist)\b[^.]{0,40}\b(?:on|grips?|against|around|trembl\w+|touch\w*|find\w*|rest\w*|reach\w*|clos\w+|tighten\w*|hover\w*|over)\b",
    re.I,
)


def shows_thing(text: str) -> bool:
    """Whether the action looks closely at something small: a letter picked up, a clock, a hand on a door."""
    return bool(_HANDLED.search(text) or _THING_LEADS.match(text) or _HANDS.search(text))


# ── figures and faces ───────────────────────────────────────────────────────────────────────────────────────
_MOVES = re.compile(
    r"\b(?:walks?|runs?|climbs?|crosses|enters?|exits?|leaves|hurries|rushes|strides|steps|marches|staggers|stumbles|limps|jumps?|leaps|dances?|chases?|paces|rows?|swims?|rides?|drives?|crawls?|arrives?|races|"
    r"descends|ascends|follows|bursts|dashes|trots|gallops|wades|creeps|sneaks|storms|slips|flies|falls|rises|dives|surfaces|breaches|circles|hauls|drags|carries|pushes|pulls|skids|bounds|scrambles|tumbles|turns away)\b",
    re.I,
)
_LOOKS = re.compile(
    r"\b(?:looks?|watches|peers?|listens?|sees|notices|stares?|gazes?|glances?|squints?|studies|turns to|eyes|waits|leans in|considers|thinks|hesitates|freezes|nods)\b",
    re.I,
)
_FACE = re.compile(
    r"\b(?:smiles?|smiling|grins?|weeps?|weeping|cries|crying|sobs?|tears?\b(?! (?:off|open|up|out|the|a))|closes (?:his|her|their|its) eyes|eyes (?:close|open|widen|fill|shine|glisten)\w*|gasps?|frowns?|blush\w*|trembl\w*|"
    r"swallows?|winces?|sighs?|laughs?|laughing|face|lips?|cheeks?|breath (?:catches|stops)|holds (?:his|her|their) breath|blinks?)\b",
    re.I,
)
_FAR = re.compile(
    r"\b(?:small|tiny|alone|far (?:below|away|off|out)|distant|in the distance|a speck|silhouette\w*|dwarfed|lone|solitary|on the horizon|from afar)\b",
    re.I,
)
_VAST = re.compile(
    r"\b(?:sea|ocean|horizon|sky|skies|mountains?|hills?|valley|desert|fields?|plain|city|skyline|coast|cliffs?|shore|harbou?r|forest|island|lake|river|stars|moon|waves?|storm|world|earth|dunes?|snowfield|tundra)\b",
    re.I,
)
_TALL = re.compile(
    r"\b(?:tower|lighthouse|mast|cathedral|skyscraper|steeple|cliff|mountain|castle|crane|giant|towers|looms|staircase|stairs|statue|tree|pine|chimney)\b",
    re.I,
)
_HUGE = frozenset("whale elephant dragon giant monster".split())

_STRONG_PAREN = re.compile(
    r"\b(?:cry\w*|weep\w*|tears?|sob\w*|furious\w*|angr\w+|trembl\w+|break\w+|plead\w*|begg?\w*|desperate\w*|terrified|panick\w*|shak\w+|horrified|scream\w*|broken|moved|overcome)\b",
    re.I,
)
_STRONG_WORDS = re.compile(
    r"\b(?:love|loved|die|dead|died|kill\w*|never|sorry|forgive|goodbye|farewell|please|hate|promise|alone|afraid|swear|help me|come back)\b",
    re.I,
)


def feels_strongly(text: str, parenthetical: str, delivery: str) -> bool:
    """Whether a speech asks for the camera to come close: shouted, whispered, sung, or in strong words."""
    return (
        delivery in ("shout", "whisper", "sung")
        or text.rstrip().endswith(("!", "！"))
        or bool(_STRONG_PAREN.search(parenthetical))
        or bool(_STRONG_WORDS.search(text) and len(text.split()) <= 16)
    )


def moves_figure(text: str) -> bool:
    return bool(_MOVES.search(text))


def looks(text: str) -> bool:
    return bool(_LOOKS.search(text))


def has_feeling_face(text: str) -> bool:
    return bool(_FACE.search(text))


def is_far(text: str) -> bool:
    return bool(_FAR.search(text))


def vast(text: str) -> bool:
    return bool(_VAST.search(text))


def tall(text: str) -> bool:
    return bool(_TALL.search(text))


def is_huge(kind: str) -> bool:
    return kind in _HUGE
