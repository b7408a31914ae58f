"""What people and models call things, found in a film: "scene 2", "2A", "line 12", "half a second". Nothing is guessed beyond that.

For the tools of a conversation. A name that is not in the film is answered with the nearest ones that are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from glimmer import limits
from glimmer.errors import InputError, NotFound
from glimmer.screenplay import Line, Scene, Screenplay, Shot

__all__ = [
    "frames_at",
    "line_named",
    "place_at",
    "scene_named",
    "shortened",
    "shots_named",
    "takes_wanted",
]

_LONGEST_TEXT: Final = 6_000  # characters of one answer: about two pages, which a model still reads whole
_SECONDS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?)", re.I)


def shortened(text: str, at_most: int = _LONGEST_TEXT) -> str:
    """`text`, cut where it gets too long for a conversation, which it says."""
    if len(text) <= at_most:
        return text
    return f"{text[:at_most].rstrip()}\n… and {len(text) - at_most:,} more characters. Ask for a part of it, such as one scene."


def scene_named(script: Screenplay, name: str | int) -> Scene:
    """The scene that is called so: its number, "first" or "last".

    Raises: NotFound with the nearest numbers; InputError for a script without scenes.
    """
    if not script.scenes:
        raise InputError(f'"{script.title}" has no scene yet; expected at least one heading such as "EXT. SEA - DAY".')
    wanted = str(name).strip().casefold().removeprefix("scene").strip(" #.")
    ends = {"first": script.scenes[0], "last": script.scenes[-1]}
    found = ends.get(wanted) or next((scene for scene in script.scenes if scene.number.casefold() == wanted), None)
    if found is None:
        raise NotFound.among("scene", name, (scene.number for scene in script.scenes))
    return found


def shots_named(script: Screenplay, names: Sequence[str | int], scene: str | int = "") -> tuple[Shot, ...]:
    """The shots with these slates, or those of a scene; all of them where neither is given.

    Raises: NotFound with the nearest slates.
    """
    every = scene_named(script, scene).shots if str(scene).strip() else script.shot_list
    if not names:
        return every
    slates = {shot.slate.casefold(): shot for shot in script.shot_list}
    found = []
    for name in names[: limits.MAX_SHOTS]:
        shot = _ends(every, name) or slates.get(str(name).strip().casefold().removeprefix("shot").strip())
        if shot is None:
            raise NotFound.among("shot", name, (each.slate for each in script.shot_list))
        found.append(shot)
    return tuple(dict.fromkeys(found))


def _ends(shots: Sequence[Shot], name: str | int) -> Shot | None:
    wanted = str(name).strip().casefold()
    if not shots or wanted not in ("first", "last"):
        return None
    return shots[0] if wanted == "first" else shots[-1]


def line_named(script: Screenplay, number: str | int) -> Line:
    """The line with this number, or "last". Raises: NotFound with the numbers that there are."""
    wanted = str(number).strip().casefold().removeprefix("line").strip(" #.")
    if wanted == "last" and script.lines:
        return script.lines[-1]
    found = next((line for line in script.lines if str(line.number) == wanted), None)
    if found is None:
        raise NotFound.among("line", number, (str(line.number) for line in script.lines))
    return found


def takes_wanted(takes: int) -> int:
    """Raises: InputError for a number that is no number of takes."""
    if isinstance(takes, bool) or not 0 <= takes <= limits.MAX_TAKES_PER_CALL:
        raise InputError(
            f"takes={takes}; expected how many more takes to make, 0 to {limits.MAX_TAKES_PER_CALL} (0: only what is missing)."
        )
    return takes


def frames_at(rate: Fraction, *, frames: int = 0, seconds: float = 0.0) -> int:
    """A length in whole frames, given in one way or the other.

    Raises: InputError for both at once, for what is no number, or for more than a film may last.
    """
    if frames and seconds:
        raise InputError(f"frames={frames} and seconds={seconds} were both given; expected one of them.")
    if not math.isfinite(seconds) or abs(seconds) > limits.MAX_FILM_SECONDS or abs(frames) > limits.MAX_FILM_SECONDS * rate:
        raise InputError(f"{seconds or frames!r} can't be a length in this film; expected less than six hours (MAX_FILM_SECONDS).")
    return frames or round(Fraction(seconds) * rate)


def place_at(rate: Fraction, at: str, names: Iterable[str] = ()) -> int | str:
    """A place in the film: a timecode or a clip's name as it is, "12 s" and "288" as frames."""
    wanted = at.strip()
    if wanted.casefold() in {name.casefold() for name in names}:
        return wanted
    if seconds := _SECONDS.fullmatch(wanted):
        return frames_at(rate, seconds=float(seconds.group(1)))
    return int(wanted) if wanted.isdecimal() and len(wanted) < 9 else wanted
