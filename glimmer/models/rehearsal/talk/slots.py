"""The blanks in a phrase: what may stand there, and what it means. To teach another word, add it to a table here.

A slot is a pattern and a reader: the reader gets the words that stood in the blank and gives the arguments they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["NUMBERS", "QUOTE", "SLOTS", "Slot", "number_in"]

NUMBERS: Final[dict[str, int]] = {
    "a": 1, "an": 1, "another": 1, "one": 1, "two": 2, "a couple of": 2, "a couple": 2, "three": 3, "a few": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "twenty-four": 24, "thirty": 30,
    "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MOODS: Final[dict[str, str]] = {
    "calm": "calm calmer peaceful quiet quieter relaxed", "tender": "tender tenderer gentle gentler warm warmer soft softer romantic",
    "hopeful": "hopeful optimistic uplifting", "joyful": "joyful joyous happy happier cheerful upbeat brighter", "tense": "tense tenser scary scarier "
    "dramatic suspenseful darker", "sad": "sad sadder melancholy melancholic sorrowful mournful", "mysterious": "mysterious eerie spooky strange",
    "epic": "epic grand grander heroic majestic", "playful": "playful funny funnier silly light lighter quirky",
}  # fmt: skip
WEATHERS: Final[dict[str, str]] = {
    "rain": "rain rainy raining wet", "storm": "storm stormy storming thunder", "snow": "snow snowy snowing", "fog": "fog foggy mist misty",
    "wind": "wind windy", "clear": "clear sunny dry",
}  # fmt: skip
TIMES: Final[dict[str, str]] = {
    "day": "day daytime daylight morning noon afternoon", "night": "night nighttime midnight", "dawn": "dawn sunrise daybreak",
    "dusk": "dusk sunset twilight evening",
}  # fmt: skip
PRESETS: Final[dict[str, str]] = {
    "square": "square", "portrait": "portrait vertical upright", "scope": "scope widescreen cinemascope", "draft": "draft", "gif": "gif",
    "2160p24": "4k uhd 2160p", "1080p24": "1080p hd full-hd", "720p24": "720p", "prores": "prores", "web-vp9": "web-vp9 vp9 webm",
}  # fmt: skip
MOVES: Final[dict[str, str]] = {"hold": "hold still", "push_in": "push-in push zoom-in", "pull_out": "pull-out pull zoom-out",
    "pan_left": "pan-left", "pan_right": "pan-right", "tilt_up": "tilt-up", "tilt_down": "tilt-down", "handheld": "handheld"}  # fmt: skip
TRACKS: Final = "music|score|soundtrack|dialogue|dialog|voices|speech|lines|air|ambience|effects|[av][1-9]"
QUOTE: Final = re.compile("\x02(\\d+)\x03")  # where something in quotation marks stood: no word of it is ever a command

_NUMBER = r"\d{1,5}(?:\.\d+)?|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_SLATE = r"\d{1,3}[a-z]{1,2}(?:\.\d{1,2})?"
_ORDINAL = "|".join((*ORDINALS, "last"))


@dataclass(frozen=True)
class Slot:
    """pattern: what may stand there (any capitals). read: the argument's name and the words -> arguments."""

    pattern: str
    read: Callable[[str, str], dict[str, Any]]


def number_in(words: str) -> float:
    """ "two" and "2" are 2. Raises: KeyError for what is no number; the patterns let none through."""
    low = words.strip().casefold()
    return float(low) if low[:1].isdigit() else float(NUMBERS[low])


def _whole(name: str, words: str) -> dict[str, Any]:
    return {name: int(number_in(words))}


def _number(name: str, words: str) -> dict[str, Any]:
    return {name: number_in(words)}


def _text(name: str, words: str) -> dict[str, Any]:
    return {name: words.replace(" , ", ", ").replace(" : ", ": ").strip(" .,;:")}


def _scene(name: str, words: str) -> dict[str, Any]:
    low = words.casefold().removeprefix("the ").strip()
    if low.endswith(" scene"):
        return {name: _ordinal(low.removesuffix(" scene"))}
    of = re.sub(r"^scenes? (?:number )?", "", low)
    return {name: str(int(NUMBERS[of])) if of in NUMBERS else of}


def _ordinal(word: str) -> str:
    return str(ORDINALS.index(word) + 1) if word in ORDINALS else word


def _shots(name: str, words: str) -> dict[str, Any]:
    slates = re.findall(rf"\b{_SLATE}\b", words, re.I)
    return {name: [each.upper() for each in slates] or ["last" if "last" in words.casefold() else "first"]}


def _clip(name: str, words: str) -> dict[str, Any]:
    if line := re.search(rf"line (?:number )?({_NUMBER})", words, re.I):
        return {name: f"line {int(number_in(line.group(1)))}"}
    return {name: _shots(name, words)[name][0]}


def _line(name: str, words: str) -> dict[str, Any]:
    return {name: int(number_in(re.sub(r"^.*?line (?:number )?", "", words, flags=re.I)))}


def _lines(name: str, words: str) -> dict[str, Any]:
    return {name: [int(each) for each in re.findall(r"\d+", words)]}


def _length(name: str, words: str) -> dict[str, Any]:
    low = words.casefold().replace("-", " ")
    if low.startswith("half a second"):
        return {"seconds": 0.5}
    if low.startswith("a second and a half"):
        return {"seconds": 1.5}
    found = re.match(rf"({_NUMBER}) ?(f|s)", low)
    amount = number_in(found.group(1)) if found else 1.0
    return {"frames": int(amount)} if found and found.group(2) == "f" else {"seconds": amount}


def _seconds(name: str, words: str) -> dict[str, Any]:
    low = words.casefold()
    if "half a minute" in low:
        return {name: 30.0}
    found = re.search(rf"({_NUMBER})(?=[ -]?[sm])", low)
    amount = number_in(found.group(1)) if found else 1.0
    return {name: amount * (60 if re.search(r"\bmin|minute", low) else 1)}


def _factor(name: str, words: str) -> dict[str, Any]:
    low = words.casefold()
    if "half" in low:
        return {name: 0.5}
    found = re.search(r"\d+(?:\.\d+)?", low)
    return {name: float(found.group()) if found else 2.0 if "twice" in low or "double" in low else 1.0}


def _level(name: str, words: str) -> dict[str, Any]:
    found = re.search(rf"([-+−]?)({_NUMBER})", words, re.I)
    amount = number_in(found.group(2)) if found else 3.0
    return {name: -amount if found and found.group(1) in "-−" and found.group(1) else amount}


def _names(name: str, words: str) -> dict[str, Any]:
    return {name: [each.strip() for each in re.split(r",|\band\b", words) if each.strip()]}


def _one_of(table: dict[str, str]) -> Slot:
    meant = {word.replace("-", " "): key for key, words in table.items() for word in words.split()}
    pattern = "|".join(re.escape(word).replace("\\ ", "[ -]") for word in sorted(meant, key=len, reverse=True))
    return Slot(pattern, lambda name, words: {name: meant[words.casefold().replace("-", " ").strip()]})


SLOTS: Final[dict[str, Slot]] = {
    "number": Slot(_NUMBER, _whole),
    "amount": Slot(_NUMBER, _number),
    "scene": Slot(rf"(?:the )?scene (?:number )?(?:\d{{1,3}}[a-z]?|{'|'.join(NUMBERS)})|(?:the )?(?:{_ORDINAL}) scene", _scene),
    "shots": Slot(rf"(?:shots? )?{_SLATE}(?:(?: ,| and| , and) (?:shot )?{_SLATE})*|the (?:first|last) shot", _shots),
    "clip": Slot(rf"(?:the )?(?:(?:shot|clip|picture) )?{_SLATE}|line (?:number )?(?:{_NUMBER})|the (?:first|last) (?:shot|clip|picture)", _clip),
    "line": Slot(rf"(?:the )?line (?:number )?(?:{_NUMBER})", _line),
    "lines": Slot(r"lines? \d+(?:(?: ,| and| , and) \d+)*", _lines),
    "track": Slot(rf"(?:the )?(?:{TRACKS})(?: track)?", lambda name, words: {name: re.sub(r"^the | track$", "", words, flags=re.I)}),
    "length": Slot(rf"half a second|a second and a half|(?:{_NUMBER})[ -]?(?:frames?|f|seconds?|secs?|s)", _length),
    "seconds": Slot(rf"half a minute|(?:about |around )?(?:{_NUMBER})[ -]?(?:seconds?|secs?|s|minutes?|min)(?:[ -]long)?", _seconds),
    "at": Slot(r"\d\d:\d\d:\d\d:\d\d|\d+(?:\.\d+)? ?(?:s|seconds?)", _text),
    "factor": Slot(r"twice (?:as fast|the speed)|double speed|half (?:the )?speed|half as fast|\d+(?:\.\d+)? ?(?:x|times)(?: as fast| the speed)?", _factor),
    "db": Slot(r"[-+−]?\d+(?:\.\d+)? ?(?:db|decibels?)", _level),
    "mood": _one_of(MOODS),
    "weather": _one_of(WEATHERS),
    "time": _one_of(TIMES),
    "preset": Slot(
        _one_of(PRESETS).pattern + r"|\d{3,4}p-?\d\d(?:\.\d+)?(?:-\w+)?|\w+-(?:24|25|30|gif)",
        lambda name, words: {name: {w: k for k, ws in PRESETS.items() for w in ws.split()}.get(words.casefold(), words.casefold())},
    ),
    "move": _one_of(MOVES),
    "direction": Slot("left|right|up|down", _text),
    "colour": Slot("black|white", _text),
    "tone": Slot(r"tender|funny|sad|tense|playful|hopeful|dark|epic|mysterious|joyful|calm|scary|silly|romantic|gentle|happy", _text),
    "file": Slot(r"[\w.-]+\.(?:mp4|m4v|mov|webm|gif|m4a|wav|flac|ogg)", _text),
    "formats": Slot(r"(?:srt|vtt|ass)(?:(?: ,| and| , and) (?:srt|vtt|ass))*", lambda name, words: {name: re.findall(r"srt|vtt|ass", words.casefold())}),
    "names": Slot(r"(?!the |all |every|it|them|cast|char)[\w'’-]+(?:(?: ,| and| , and) [\w'’-]+)*", _names),
    "quieter": Slot("down|quieter|softer", lambda name, words: {name: "softer"}),
    "edge": Slot("top|bottom", _text),
    "ordinal": Slot("|".join(ORDINALS), lambda name, words: {name: ORDINALS.index(words.casefold()) + 1}),
    "by": Slot("agent|model|scene|day|bucket", _text),
    "quote": Slot("\x02\\d+\x03", _text),  # something in quotation marks
    "words": Slot(r".+?", _text),  # anything, as little of it as will do
}  # fmt: skip
