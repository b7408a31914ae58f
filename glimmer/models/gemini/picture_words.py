"""Picture words: plain sentences from a request's values, for whoever asks the artist without a prompt (a cell, a test).

With the prompt registry requests bring their own words and nothing here is used. Values in, one paragraph out; the same values, the same words.
"""

from __future__ import annotations

from typing import Final

from glimmer.models.interface import ClipRequest, Design, SheetRequest, ShotRequest, Staged
from glimmer.vocabulary import Angle, ShotSize

__all__ = ["looks", "sheet_words", "shot_words"]

_SIZES: Final[dict[ShotSize, str]] = {
    "EWS": "extreme wide shot",
    "WS": "wide shot",
    "MWS": "medium wide shot, from the knees up",
    "MS": "medium shot, from the waist up",
    "MCU": "medium close-up, head and shoulders",
    "CU": "close-up of the face",
    "ECU": "extreme close-up",
    "OTS": "over-the-shoulder shot",
    "TWO": "two-shot",
    "INSERT": "insert, a close view of the thing itself",
}
_ANGLES: Final[dict[Angle, str]] = {
    "eye": "at eye level",
    "high": "from a high angle",
    "low": "from a low angle",
    "dutch": "with a tilted horizon",
    "overhead": "from straight above",
}
_LIGHT: Final = {
    "day": "daylight",
    "night": "night, lit by what lights there are",
    "dawn": "first light of dawn",
    "dusk": "last light of dusk",
}
_WEATHER: Final = {"clear": "", "rain": "rain", "storm": "a storm", "snow": "falling snow", "fog": "fog", "wind": "strong wind"}
_LOOK: Final = "Cinematic film still, natural light, no lettering, no captions, no watermark, no border."
_FILMED: Final = "One continuous shot in real time, no cuts, no captions, no lettering, no music."


def shot_words(request: ShotRequest) -> str:
    """The shot as a paragraph; of a clip, how it is filmed too."""
    where = f"{'Inside' if request.interior else 'Outside'}: {request.place}." if request.place else ""
    air = ", ".join(part for part in (_LIGHT[request.time_of_day], _WEATHER[request.weather], f"a {request.mood} mood") if part)
    parts = [
        f"{_SIZES[request.size].capitalize()} {_ANGLES[request.angle]}.",
        where,
        f"{air.capitalize()}.",
        request.action.strip(),
        *(_seen(staged) for staged in request.cast),
        *(
            f'{staged.design.name} says: "{staged.line}"'
            for staged in request.cast
            if isinstance(request, ClipRequest) and staged.line
        ),
        _FILMED if isinstance(request, ClipRequest) else _LOOK,
    ]
    return " ".join(part for part in parts if part)


def sheet_words(request: SheetRequest) -> str:
    """A model sheet's paragraph."""
    return (
        f"Character model sheet of one character on a plain light grey background: {looks(request.design)}. "
        "The whole figure from the front, three-quarter, side and back, the same size, in a row; beside it four heads with different "
        "expressions (calm, happy, afraid, angry). The same face, hair and clothes in every view. Even studio light, no lettering."
    )


def looks(design: Design) -> str:
    """How a character looks, in words: "MARA, an old woman, slim, grey hair …"."""
    if design.kind != "person":
        return f"{design.name}, a {design.kind} ({design.build}, mainly {design.garment_colour} with {design.accent_colour})"
    who = {"woman": "woman", "man": "man", "neutral": "person"}[design.gender]
    who = {"child": "child" if design.gender == "neutral" else {"woman": "girl", "man": "boy"}[design.gender]}.get(design.age, who)
    age = {"teen": "teenage ", "young": "young ", "old": "old "}.get(design.age, "")
    worn = [f"a {design.garment} in {design.garment_colour}", f"trousers in {design.trouser_colour}"]
    worn += [f"a {design.headwear}"] if design.headwear != "none" else []
    worn += ["glasses"] if design.glasses else []
    hair = "bald" if design.hair_style == "bald" else f"{design.hair_style} hair ({design.hair})"
    face = f", {design.facial_hair}" if design.facial_hair != "none" else ""
    article = "an" if (age or who)[0] in "aeiou" else "a"
    return f"{design.name}, {article} {age}{who}, {design.build}, skin {design.skin}, {hair}{face}, wearing {', '.join(worn)}"


def _seen(staged: Staged) -> str:
    manner = f" ({staged.parenthetical})" if staged.parenthetical else ""
    return f"{looks(staged.design)}{', speaking' if staged.speaking else ''}{manner}."
