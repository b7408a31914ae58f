"""Who speaks, and how: a cue line taken apart in any script, and the delivery its extension and parentheticals ask for.

Takes one line of text, gives a Cue or nothing. A cue is a line without lower-case letters; where a script knows no case
(李雷, يوسف, はな) it is a short line without a sentence's punctuation. `@` forces one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from glimmer.screenplay.markup import plain
from glimmer.vocabulary import Delivery

__all__ = ["Cue", "cue_of", "delivery_of", "is_heard_only", "natural_cue"]

MAX_CUE_CHARS: Final = 60  # "FIRST MATE OF THE SECOND LIFEBOAT" has 33
MAX_CASELESS_CUE_CHARS: Final = 30
MAX_CASELESS_CUE_WORDS: Final = 4  # names, not sentences, where no capital tells them apart

_EXTENSION = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_SCOTTISH = re.compile(r"\bMa?c(?=[A-Z])")  # McCOY is a cue although its c is small
_SENTENCE_END = tuple('!?:;…。．！？；：।॥؟؛،、，,"”»')
_LONG_LAST_WORD = re.compile(r"\s\S{4,}\.$")  # "NO. NEVER." is a shout; "SAMMY DAVIS JR." is a name
_NOT_A_NAME = re.compile(
    r"^(?:LATER|MOMENTS LATER|MEANWHILE|CONTINUOUS|THE END|END CREDITS|TITLES?|SUPER|INSERT|INTERCUT|MONTAGE|BACK TO|ANGLE ON|CLOSE ON|"
    r"CLOSE UP|CLOSE-UP|CLOSER|WIDE ON|WIDE SHOT|WIDER|POV|FLASHBACK|SERIES OF SHOTS|OVER BLACK|BLACK SCREEN|TITLE CARD)\b(?!['’]S)"
)

_HEARD: Final[tuple[tuple[re.Pattern[str], Delivery], ...]] = (  # the first that matches wins
    (
        re.compile(
            r"\b(radio|filtered?|phone|telephone|intercom|loudspeaker|p\.a\.|walkie|tannoy|recording|recorded|tv|television|answering)\b",
            re.I,
        ),
        "radio",
    ),
    (
        re.compile(r"\b(v\.?\s?o\.?|voice[- ]?over|narrat\w*|pre-?lap)(?:\b|$)|画外音|旁白|ナレーション|モノローグ|^N$|^M$", re.I),
        "voice_over",
    ),
    (
        re.compile(r"\b(o\.?\s?s\.?|o\.?\s?c\.?|off|off[- ]?(screen|camera|stage)|hors champ|from \w+)(?:\b|$)|画面外|オフ", re.I),
        "off_screen",
    ),
)
_INTO = re.compile(
    r"\b(into|in|to|picks? up|dials?|answers?|holds?|lowers?|turns? off)\s+(?:the |a |his |her |their )?(radio|phone|telephone|intercom|walkie|recorder|mic)",
    re.I,
)
_HOW: Final[tuple[tuple[re.Pattern[str], Delivery], ...]] = (
    (re.compile(r"\b(sings?|singing|sung|chants?|chanting|hums?|humming|crooning|chantant|singend|cantando)\b|歌", re.I), "sung"),
    (
        re.compile(
            r"\b(whisper\w*|under (?:his|her|their) breath|hushed|sotto|barely audible|murmur\w*|breathes|chuchot\w*|flüster\w*|susurr\w*)\b|小声|ささや",
            re.I,
        ),
        "whisper",
    ),
    (
        re.compile(
            r"\b(shout\w*|yell\w*|scream\w*|calls? out|calling out|bellow\w*|roar\w*|over the (?:wind|noise|storm|engine|music|roar|din)|cri(?:e|ant)|schrei\w*|gritando)\b|叫",
            re.I,
        ),
        "shout",
    ),
)


@dataclass(frozen=True, slots=True)
class Cue:
    """`name` in capitals as in the cast; `extension` as written, several joined by ", "; `dual` if it carries a ^."""

    name: str
    extension: str = ""
    dual: bool = False


def cue_of(text: str) -> Cue:
    """A cue line (without its @) taken apart: "Mara (V.O.) (CONT'D) ^" is MARA, "V.O., CONT'D", dual."""
    bare = text.strip()
    dual = bare.endswith("^")
    name = plain(bare.rstrip("^").rstrip())
    extensions: list[str] = []
    while (found := _EXTENSION.search(name)) and found.start() > 0:
        extensions.insert(0, " ".join(found.group(1).split()))
        name = name[: found.start()]
    return Cue(" ".join(name.upper().split()), ", ".join(part for part in extensions if part), dual)


def natural_cue(text: str) -> bool:
    """Whether a line (after a blank one, before a text line) is a cue without being forced."""
    bare = text.strip().rstrip("^").rstrip()
    if len(bare) > 4 * MAX_CUE_CHARS:
        return False
    name = plain(bare)
    while (found := _EXTENSION.search(name)) and found.start() > 0:
        name = name[: found.start()].rstrip()
    name = _SCOTTISH.sub("MC", name)
    if not name or len(name) > MAX_CUE_CHARS or name.endswith(_SENTENCE_END) or "(" in name or not name[0].isalnum():
        return False
    letters = [letter for letter in name if letter.isalpha()]
    if any(letter.islower() for letter in letters) or not letters:
        return False
    if any(letter.isupper() for letter in letters):
        return not _NOT_A_NAME.match(name) and not _LONG_LAST_WORD.search(name)
    short = len(name) <= MAX_CASELESS_CUE_CHARS and len(name.split()) <= MAX_CASELESS_CUE_WORDS
    return short and not name.endswith(".") and not any(sign in name for sign in "。！？،، 、，؟।")


def delivery_of(extension: str, parenthetical: str, *, sung: bool = False) -> Delivery:
    """How a line is delivered. What colours the sound most wins: radio, then sung, whispered, shouted, then V.O. and O.S.

    "(into radio)" stays plain: who speaks into it is in the room.
    """
    heard = _first(_HEARD, extension)
    if heard == "radio" or (not _INTO.search(parenthetical) and _first(_HEARD[:1], parenthetical)):
        if not _INTO.search(extension):
            return "radio"
        heard = "plain"
    if sung:
        return "sung"
    how = _first(_HOW, parenthetical) or _first(_HOW, extension)
    return how or heard or "plain"


def is_heard_only(extension: str, parenthetical: str = "") -> bool:
    """Whether the speaker is not in the picture: V.O., O.S., or a voice from a device."""
    return bool(_first(_HEARD, extension)) and not _INTO.search(extension) or delivery_of(extension, parenthetical) == "radio"


def _first(table: tuple[tuple[re.Pattern[str], Delivery], ...], text: str) -> Delivery | None:
    return next((delivery for pattern, delivery in table if pattern.search(text)), None) if text else None
