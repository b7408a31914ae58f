"""Directions: a person's own changes to single shots, on top of what the rules made of the script.

Takes a script and directions by shot id, gives the script with those shots changed. Ids stay, so takes stay where they are;
whether they still show what is asked for now is for the plan to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Final, cast, get_args

from glimmer import limits
from glimmer.errors import InputError, LimitError, NotFound, SettingsError
from glimmer.screenplay.nouns import Screenplay, Shot
from glimmer.vocabulary import Angle, Move, Noun, ShotSize

__all__ = ["Direction", "directed"]

MIN_HELD_SECONDS: Final = 0.2  # five frames: shorter is not seen as a shot
MAX_HELD_SECONDS: Final = 600.0  # the longest takes of the cinema fill a reel of ten minutes
MAX_ACTION_CHARS: Final = 2_000  # a long paragraph has 600


class Direction(Noun):
    """What a person wants of one shot. None: as the rules made it.

    `seconds` is a least length: a shot lasts longer where its lines do. A silent shot lasts just so long.
    Raises: NotFound for an unknown size, angle or move; SettingsError for seconds outside 0.2 to 600; InputError for an action
    of more than one paragraph or 2,000 characters.
    """

    size: ShotSize | None = None
    angle: Angle | None = None
    move: Move | None = None
    action: str | None = None
    seconds: float | None = None

    def __init__(
        self,
        *,
        size: str | None = None,
        angle: str | None = None,
        move: str | None = None,
        action: str | None = None,
        seconds: float | None = None,
    ) -> None:
        """Checked here and not by pydantic, so that a person reads which sizes there are."""
        checked: dict[str, object] = {
            "size": _one_of("shot size", size, ShotSize),
            "angle": _one_of("angle", angle, Angle),
            "move": _one_of("move", move, Move),
            "action": _action(action),
            "seconds": _seconds(seconds),
        }
        super().__init__(**checked)

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return any(value is not None for value in self.model_dump().values())

    def kept(self) -> dict[str, object]:
        """What was said, for JSON: without what is None. `Direction(**kept)` is the same again."""
        return self.model_dump(exclude_none=True)


def directed(script: Screenplay, directions: Mapping[str, Direction]) -> Screenplay:
    """The script with those shots (by id) changed; every id, slate and line stays.

    Does not change the text: `source` is as it was, and reading it again gives the rules' own shots.
    Raises: NotFound for an id that is no shot of this script; LimitError where the film would grow too long.
    """
    known = {shot.id for shot in script.shot_list}
    if stranger := next((each for each in directions if each not in known), None):
        raise NotFound(f'no shot with the id "{stranger}" in "{script.title}". Each of script.shot_list has its id.')
    if not any(directions.values()):
        return script
    scenes = []
    for scene in script.scenes:
        shots = tuple(_directed(shot, directions[shot.id]) if directions.get(shot.id) else shot for shot in scene.shots)
        scenes.append(scene.model_copy(update={"shots": shots}))
    # Not model_copy: it would carry over `shot_list`, which was counted from the old scenes.
    made = Screenplay(**{name: getattr(script, name) for name in Screenplay.model_fields} | {"scenes": tuple(scenes)})
    if made.seconds > limits.MAX_FILM_SECONDS:
        raise LimitError(
            f"with these lengths the film lasts {made.seconds:,.0f} s; at most {limits.MAX_FILM_SECONDS:,} are made. Hold fewer shots.",
            limit="MAX_FILM_SECONDS",
        )
    return made


def _directed(shot: Shot, direction: Direction) -> Shot:
    wanted = direction.kept()
    if (held := direction.seconds) is not None:
        wanted |= {"held_seconds": held, "seconds": max(held, shot.seconds) if shot.line_ids else held}
    return shot.model_copy(update={**wanted, "why": f"{shot.why}; by a person's word: {', '.join(direction.kept())}"})


def _one_of(what: str, value: str | None, words: object) -> str | None:
    known = cast("tuple[str, ...]", get_args(words))
    if value is None or value in known:
        return value
    raise NotFound.among(what, value, known)


def _seconds(value: float | None) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise SettingsError(
            f"a shot was to last {value!r} seconds; expected a number from {MIN_HELD_SECONDS} to {MAX_HELD_SECONDS:.0f}."
        )
    if not MIN_HELD_SECONDS <= value <= MAX_HELD_SECONDS:
        raise SettingsError(
            f"a shot was to last {value:g} s; expected {MIN_HELD_SECONDS} to {MAX_HELD_SECONDS:.0f} s. None leaves it as it was made."
        )
    return float(value)


def _action(value: str | None) -> str | None:
    """One paragraph, its spaces single."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"an action was given as {type(value).__name__} {value!r}; expected words: what is seen in the shot.")
    if any(not line.strip() for line in value.strip().splitlines()):
        raise InputError(
            "the action of a shot has several paragraphs; expected one. Join them, or write more shots into the script."
        )
    words = " ".join(value.split())
    if len(words) > MAX_ACTION_CHARS:
        raise InputError(
            f"the action of a shot has {len(words):,} characters; at most {MAX_ACTION_CHARS:,} are drawn. Say what is seen."
        )
    return words
