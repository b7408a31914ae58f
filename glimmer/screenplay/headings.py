"""Scene headings taken apart: interior or exterior, the place, the time of day, in the words of several languages.

Takes the heading as written, gives a Heading. CONTINUOUS, LATER and SAME take the time of the scene before.
"""

from __future__ import annotations

import re
from typing import Final

from glimmer.screenplay.nouns import Heading
from glimmer.vocabulary import TimeOfDay

__all__ = ["heading_of", "is_heading", "is_plain_heading", "time_in"]

# A prefix needs its dot, or capitals and a space: "Est ce que …" and "Internal affairs" are prose.
_HEADING = re.compile(
    r"^(?:(?:INT|EXT|EST|INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I\s?/\s?E|E\s?/\s?I)\s?\.\s?\S|(?-i:(?:INT|EXT|EST|INT/EXT|EXT/INT|I/E|E/I)\s+\S))",
    re.I,
)
_PLAIN_HEADING = re.compile(r"^(?:INT|EXT|INT\.?/EXT|EXT\.?/INT|I/E)\. \S")  # so plain that it needs no blank line before it
_PREFIX = re.compile(r"^(?:INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I\s?/\s?E|E\s?/\s?I|INT|EXT|EST)(?:\s?\.|\s)\s*", re.I)
_INSIDE = re.compile(r"^(?:INT|I\s?/\s?E)\b|^(?:屋内|室内|INNEN|INTÉRIEUR|INTERIOR|ИНТ|ИНТЕРЬЕР|داخلي)", re.I)
_FOREIGN_PREFIX = re.compile(
    r"^(?:屋内|室内|屋外|室外|INNEN|AUSSEN|INTÉRIEUR|EXTÉRIEUR|INTERIOR|EXTERIOR|ИНТ|ИНТЕРЬЕР|НАТ|НАТУРА|داخلي|خارجي)[.．。:：、]?(?:\s+|$)",
    re.I,
)
_DASH = re.compile(r"\s+[-–—―]{1,2}\s*|\s*[–—―]\s*")

_TIMES: Final[tuple[tuple[TimeOfDay, re.Pattern[str]], ...]] = (  # the first that matches wins: PRE-DAWN NIGHT is dawn
    (
        "dawn",
        re.compile(
            r"\b(?:pre-?dawn|dawn|sunrise|daybreak|first light|early morning|aube|amanecer|alba|morgengrauen|aurora|рассвет)\b|明け方|夜明け|黎明|فجر|भोर",
            re.I,
        ),
    ),
    (
        "dusk",
        re.compile(
            r"\b(?:dusk|sunset|twilight|evening|magic hour|golden hour|sundown|gloaming|soir|crépuscule|atardecer|tramonto|dämmerung|abend|вечер|закат)\b|夕|黄昏|傍晚|مساء|غروب|शाम",
            re.I,
        ),
    ),
    ("night", re.compile(r"\b(?:night|midnight|nuit|noche|notte|nacht|noite|ночь)\b|夜|晚|深夜|ليل|रात", re.I)),
    (
        "day",
        re.compile(
            r"\b(?:day|morning|afternoon|noon|midday|daylight|jour|matin|día|dia|mañana|giorno|tag|morgen|mittag|день|утро)\b|昼|朝|日|白天|نهار|صباح|दिन|सुबह",
            re.I,
        ),
    ),
)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.]\d\d)?\s*([ap])\.?m\b", re.I)
_SAME = re.compile(
    r"\b(?:continuous|later|same|moments|minutes|hours|resuming|following|plus tard|más tarde|suite)\b|続き|同", re.I
)


def is_heading(line: str) -> bool:
    """Whether a line that follows a blank one is a scene heading without being forced."""
    return bool(_HEADING.match(line))


def is_plain_heading(line: str) -> bool:
    """Whether a line is so plainly a heading that a missing blank line before it does not matter."""
    return bool(_PLAIN_HEADING.match(line)) and line == line.upper()


def heading_of(raw: str, *, before: Heading | None = None) -> Heading:
    """`raw` (no scene number, no leading dot) taken apart. `before` is the heading that LATER and CONTINUOUS refer to."""
    body = _FOREIGN_PREFIX.sub("", _PREFIX.sub("", raw), count=1)
    segments = [segment.strip() for segment in _DASH.split(body) if segment.strip()]
    times: list[str] = []
    while len(segments) > 1 and _tells_time(segments[-1]):
        times.insert(0, segments.pop())
    place = " - ".join(segments)
    if not times:
        place, times = _time_after_comma(place)
    words = " - ".join(times)
    return Heading(
        raw=raw, interior=bool(_INSIDE.match(raw)), place=place, time_of_day=_time_of(words, place, before), time_words=words
    )


def time_in(text: str) -> TimeOfDay | None:
    """The time of day that a heading's words name, or None."""
    if clock := _CLOCK.search(text):
        return _by_hour(int(clock.group(1)) % 12 + (12 if clock.group(2).lower() == "p" else 0))
    return next((time for time, pattern in _TIMES if pattern.search(text)), None)


def _by_hour(hour: int) -> TimeOfDay:
    if 5 <= hour < 7:
        return "dawn"
    if 7 <= hour < 18:
        return "day"
    return "dusk" if hour < 20 and hour >= 18 else "night"


def _tells_time(segment: str) -> bool:
    return time_in(segment) is not None or bool(_SAME.search(segment))


def _time_after_comma(place: str) -> tuple[str, list[str]]:
    """INT. HOUSE, NIGHT and INT. HOUSE. NIGHT tell the time too, though only a bare time word is believed there."""
    head, sign, tail = place.rpartition(", ") if ", " in place else place.rpartition(". ")
    if sign and len(tail.split()) <= 2 and _tells_time(tail):
        return head, [tail]
    return place, []


def _time_of(words: str, place: str, before: Heading | None) -> TimeOfDay:
    named = time_in(words) if words else None
    if named is not None:
        return named
    refers = bool(_SAME.search(words)) or (not words and before is not None and before.place == place)
    return before.time_of_day if before is not None and refers else "day"
