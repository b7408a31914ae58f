"""Blueprint: a film before it is written: its cast, and its scenes in a sentence or two. What a screenplay is written from, scene by scene.

A model fills it in; what is spelled otherwise is put right here, and what can't be used is refused in words that a model can mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AliasChoices, Field, ValidationError

from glimmer import limits
from glimmer.agents.writing import MOODS, Answer, MoodWord, NearlyUsable, Seconds
from glimmer.display import Html, Table, card, card_of, count_text, duration_text, line_of, one_line, plain_line, stacked
from glimmer.errors import InputError
from glimmer.screenplay.cues import cue_of, natural_cue

__all__ = ["Blueprint", "BlueprintCast", "BlueprintScene", "check_blueprint", "check_length", "clean_heading", "what_is_left"]

_LONGEST_SUMMARY: Final = 4_000  # characters; a page
_LONGEST_HEADING: Final = 160
_MARKS: Final = re.compile(r"^[\s#*_.>\-]+|[\s#*_]+$")
_NUMBERED: Final = re.compile(r"^(?:scene\s*)?\d+\s*[.:)\-–]\s*", re.IGNORECASE)
# How far from the asked length a blueprint may be: a model's seconds are a wish, the measured lines decide.
_SHORTEST, _LONGEST = 0.5, 2.0


def clean_heading(text: str) -> str:
    """A scene heading without a list's number, Markdown or case: "**1. Int. Lamp room - night**" is INT. LAMP ROOM - NIGHT.

    A place alone stays one: Fountain can force a heading. Raises: ValueError for what is no heading.
    """
    bare = _MARKS.sub("", " ".join(text.split()))
    bare = _MARKS.sub("", _NUMBERED.sub("", bare)).upper()
    if not bare or len(bare) > _LONGEST_HEADING or not any(char.isalnum() for char in bare):
        raise ValueError("is no scene heading; expected INT. or EXT., a place and the time of day, such as INT. LAMP ROOM - NIGHT")
    return bare


def _name(text: str) -> str:
    name = cue_of(_MARKS.sub("", plain_line(text)).rstrip(".:,;!?")).name
    if not natural_cue(name):
        raise ValueError("is no name of a character; expected a short one that can stand above a line, such as MARA")
    return name


def _some(most: int) -> Callable[[str], str]:
    def words(text: str) -> str:
        told = " ".join(text.split())
        if not told or len(told) > most:
            raise ValueError(f"has {len(told)} characters; expected 1 to {most}")
        return told

    return words


def _length(seconds: float) -> float:
    if not 0 <= seconds <= limits.MAX_FILM_SECONDS:
        raise ValueError("is no length of a scene; expected seconds, 1 or more")
    return seconds


class BlueprintCast(Answer):
    """Somebody of the cast. `name` in capitals, as it stands above lines; `description`: what a camera can see of them."""

    name: Annotated[str, AfterValidator(_name)] = Field(description="in capitals, as it stands above their lines: MARA")
    description: str = Field(default="", description="age, build, hair, clothes; what they are if not human")
    want: str = Field(default="", description="what this person wants")
    speaks: str = Field(default="", description="how they speak, in a few words")


def _each_once(cast: tuple[BlueprintCast, ...]) -> tuple[BlueprintCast, ...]:
    """Who is named twice is one of the cast, as described first."""
    return tuple({member.name: member for member in reversed(cast)}[name] for name in dict.fromkeys(member.name for member in cast))


class BlueprintScene(Answer):
    """A scene to be written: where and when, what happens, what is different at its end, how long it plays, who is in it."""

    heading: Annotated[str, AfterValidator(clean_heading)] = Field(description="INT. LAMP ROOM - NIGHT")
    seconds: Annotated[Seconds, AfterValidator(_length)] = Field(description="how long it plays on screen")
    beat: Annotated[str, AfterValidator(_some(_LONGEST_SUMMARY))] = Field(
        validation_alias=AliasChoices("beat", "summary"), description="what happens, so that the scene can be written by itself"
    )
    turn: str = Field(default="", description="what is different at its end")
    last_image: str = Field(default="", description="the picture it ends on")
    cast: tuple[str, ...] = Field(default=(), description="the names of those in it")
    mood: MoodWord = Field(default=None, description=f"one of {', '.join(MOODS)}")

    @property
    def summary(self) -> str:
        return self.beat


class Blueprint(Answer):
    """A film in outline. want, obstacle, change: what its main person wants, what is in the way, what is different at the end."""

    title: str = ""
    logline: str = ""
    want: str = ""
    obstacle: str = ""
    change: str = ""
    cast: Annotated[tuple[BlueprintCast, ...], AfterValidator(_each_once)]
    scenes: tuple[BlueprintScene, ...]

    @property
    def seconds(self) -> float:
        return sum(scene.seconds for scene in self.scenes)

    def __repr__(self) -> str:
        return line_of(self)

    __str__ = __repr__

    def _repr_html_(self) -> Html:
        return card_of(self)


def check_blueprint(blueprint: Blueprint) -> None:
    """Raises: InputError where there is no scene, or too many of anything."""
    if not 1 <= len(blueprint.scenes) <= limits.MAX_SCENES:
        raise InputError(f"it has {len(blueprint.scenes)} scenes; expected 1 to {limits.MAX_SCENES}.")
    if len(blueprint.cast) > limits.MAX_CAST:
        raise InputError(f"a cast of {len(blueprint.cast)} is too large; expected at most {limits.MAX_CAST}.")


def check_length(blueprint: Blueprint, seconds: float) -> None:
    """Raises: NearlyUsable where its scenes add up to something far from `seconds`; with the blueprint whose scenes do, in proportion."""
    if not seconds * _SHORTEST <= blueprint.seconds <= max(seconds * _LONGEST, seconds + 10):
        raise NearlyUsable(
            f"its scenes add up to {blueprint.seconds:.0f} seconds; expected about {seconds:.0f}. Give each scene its seconds, or fewer scenes.",
            _lasting(blueprint, seconds),
            "Its scenes are given their share of that.",
        )


def what_is_left(value: object, fault: str, logline: str, seconds: float) -> NearlyUsable | None:
    """Of a blueprint that can't be used, what can be: those of its cast who have a name, and its scenes. Nothing is made up for it: a scene

    without a place is called by its number, one in which nothing is said to happen is written from the idea, and so is a film without any.
    None where nothing of it is a blueprint.
    """
    if not isinstance(value, dict) or not isinstance(value.get("scenes"), list):
        return None
    cast = [found for found in map(_member, _rows(value.get("cast"))) if found is not None]
    rows = _rows(value.get("scenes")) or [{}]
    words = {name: told for name in ("title", "logline", "want", "obstacle", "change") if isinstance(told := value.get(name), str)}
    left = Blueprint(**words, cast=tuple(cast), scenes=tuple(_left_of(row, number, logline) for number, row in enumerate(rows, 1)))
    try:
        check_blueprint(left)
    except InputError:
        return None
    taken = (
        "What can't be used of it is left out, and the rest is kept." if value.get("scenes") else "It is one scene, from the idea."
    )
    return NearlyUsable(fault, _lasting(left, seconds), taken)


def _rows(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _member(row: dict[str, Any]) -> BlueprintCast | None:
    try:
        return BlueprintCast.model_validate(row)
    except ValidationError:
        return None


def _left_of(row: dict[str, Any], number: int, logline: str) -> BlueprintScene:
    """A scene of these fields, without those that are none."""
    plain = {"heading": f"SCENE {number}", "seconds": 1.0, "beat": logline}
    kept = dict(plain)
    for name in BlueprintScene.model_fields:
        given = row.get(name, row.get("summary") if name == "beat" else None)
        try:
            BlueprintScene.model_validate(plain | {name: given})
        except ValidationError:
            continue
        kept[name] = given
    return BlueprintScene.model_validate(kept)


def _lasting(blueprint: Blueprint, seconds: float) -> Blueprint:
    shares = [scene.seconds for scene in blueprint.scenes] if blueprint.seconds else [1.0] * len(blueprint.scenes)
    lengths = [max(1.0, round(seconds * share / sum(shares), 1)) for share in shares]
    scenes = [scene.model_copy(update={"seconds": length}) for scene, length in zip(blueprint.scenes, lengths, strict=True)]
    return blueprint.model_copy(update={"scenes": tuple(scenes)})


@line_of.register
def blueprint_line(blueprint: Blueprint) -> str:
    """One line: Blueprint "The Lighthouse" · 3 scenes · 45 s · 2 characters."""
    counts = (
        count_text(len(blueprint.scenes), "scene"),
        duration_text(blueprint.seconds),
        count_text(len(blueprint.cast), "character"),
    )
    return one_line(f'Blueprint "{blueprint.title}"', *counts)


@card_of.register
def blueprint_card(blueprint: Blueprint) -> Html:
    facts: list[tuple[str, str]] = [
        ("scenes", str(len(blueprint.scenes))),
        ("planned", duration_text(blueprint.seconds)),
        ("cast", ", ".join(member.name for member in blueprint.cast[:8]) or "nobody"),
    ]
    rows: list[tuple[Any, ...]] = [
        (number, stacked(scene.heading, scene.beat), ", ".join(scene.cast), f"{scene.seconds:.0f} s")
        for number, scene in enumerate(blueprint.scenes, start=1)
    ]
    return card(blueprint.title, facts, subtitle=blueprint.logline, rows=Table(("scene", "what happens", "who", "length"), rows))
