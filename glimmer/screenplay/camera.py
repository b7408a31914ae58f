"""How the camera moves, from where it looks, and how one shot is told apart from the next.

Takes the setups that the rules in `shots` made for one scene and finishes them in place: angles, moves, variety.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from glimmer.screenplay import shot_words as words
from glimmer.screenplay.nouns import AnchorKind, Line, Scene
from glimmer.vocabulary import Angle, Move, ShotSize

__all__ = ["Setup", "finish"]

_LONG_SPEECH_SECONDS: Final = 7.0  # a face is held that long only if the camera creeps in
_UP = re.compile(
    r"\b(?:looks up|up at|climbs?|rises?|rising|ascends?|soars?|lifts? (?:off|into)|into the (?:sky|air)|towers?)\b", re.I
)
_DOWN = re.compile(r"\b(?:looks down|down at|falls?|falling|sinks?|sinking|descends?|drops? (?:to|into)|dives?|far below)\b", re.I)
_LOOKS_UP = re.compile(r"\b(?:looks?|looking|gaz\w+|star\w+|peer\w*) up\b", re.I)
_LOOKS_DOWN = re.compile(r"\b(?:looks?|looking|gaz\w+|star\w+|peer\w*) down\b|\blooms?\b|\btowers? over\b", re.I)
_FLIPPED: Final[dict[Move, Move]] = {"pan_left": "pan_right", "pan_right": "pan_left"}

# What else a subject may be framed as, when the shot before it is framed the same. The first that also differs from the next wins.
_OTHER_SIZES: Final[dict[ShotSize, tuple[ShotSize, ...]]] = {
    "EWS": ("WS", "MWS"),
    "WS": ("MWS", "EWS"),
    "MWS": ("MS", "WS"),
    "MS": ("MCU", "MWS"),
    "MCU": ("CU", "MS"),
    "CU": ("MCU", "ECU"),
    "ECU": ("CU", "MCU"),
    "OTS": ("MCU", "CU"),
    "TWO": ("MWS", "WS"),
    "INSERT": ("CU", "ECU"),
}
_OTHER_SIZES_OF_NOBODY: Final[dict[ShotSize, tuple[ShotSize, ...]]] = {
    "EWS": ("WS", "MWS"),
    "WS": ("EWS", "MWS"),
    "MWS": ("WS", "EWS"),
}


@dataclass(slots=True)
class Setup:
    """A shot in the making. `anchor_kind` and `anchor` say what it hangs on in the script; its id is made of them."""

    anchor_kind: AnchorKind
    anchor: str
    size: ShotSize
    angle: Angle | None = None
    move: Move | None = None
    action: str = ""
    cast: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    seconds: float = 3.0
    why: str = ""
    directed: bool = False  # the script asked for this size
    establishes: bool = False
    leaves: bool = False
    strong: bool = False


def finish(setups: list[Setup], scene: Scene, *, flip: bool) -> None:
    """Give every setup its angle and move, and no subject two equal framings in a row. `flip` alternates pans between scenes."""
    _vary_sizes(setups)
    for setup in setups:
        setup.angle = setup.angle or _angle(setup, scene)
    for at, setup in enumerate(setups):
        setup.move = setup.move or _move(setup, scene, at, flip=flip)
    _vary_moves(setups)
    _vary_angles(setups)


# ── variety ─────────────────────────────────────────────────────────────────────────────────────────────────
def _vary_sizes(setups: list[Setup]) -> None:
    for at in range(1, len(setups)):
        one, before = setups[at], setups[at - 1]
        if not _alike(one, before) or one.directed:
            continue
        after = setups[at + 1].size if at + 1 < len(setups) and setups[at + 1].cast[:1] == one.cast[:1] else None
        others = (_OTHER_SIZES if one.cast else _OTHER_SIZES | _OTHER_SIZES_OF_NOBODY)[one.size]
        one.size = next((size for size in others if size != after), others[0])
        one.why += "; another size than the shot before"


def _alike(one: Setup, before: Setup) -> bool:
    return one.size == before.size and one.cast[:1] == before.cast[:1]


def _vary_angles(setups: list[Setup]) -> None:
    """Where the script itself asks for the same framing twice, the angle differs."""
    for before, one in zip(setups, setups[1:], strict=False):
        if _alike(one, before) and one.angle == before.angle:
            one.angle = "low" if before.angle != "low" else "high"


# ── angle ───────────────────────────────────────────────────────────────────────────────────────────────────
def _angle(setup: Setup, scene: Scene) -> Angle:
    if setup.anchor_kind == "speech":
        return (
            "dutch" if setup.strong and scene.mood == "tense" and any(line.delivery == "shout" for line in setup.lines) else "eye"
        )
    if _LOOKS_UP.search(setup.action) and setup.size in ("MS", "MCU", "CU"):
        return "high"  # we look down at who looks up
    if _LOOKS_DOWN.search(setup.action) and setup.cast:
        return "low"
    if (
        not setup.cast
        and setup.size in ("WS", "EWS")
        and words.tall(f"{setup.action} {scene.heading.place if scene.heading.raw else ''}")
        and not scene.heading.interior
    ):
        return "low"
    return "eye"


# ── move ────────────────────────────────────────────────────────────────────────────────────────────────────
def _move(setup: Setup, scene: Scene, at: int, *, flip: bool) -> Move:
    """The first reason that fits. A hold is the rest: quick talk cuts, it does not travel."""
    sideways: Move = "pan_left" if flip ^ (at % 2 == 1) else "pan_right"
    if setup.leaves:
        return "pull_out"
    if at == 0 and setup.size in ("EWS", "WS"):
        return _first_move(setup, scene, sideways)
    if setup.strong or (setup.anchor_kind == "speech" and setup.seconds >= _LONG_SPEECH_SECONDS):
        return "push_in"
    if setup.anchor_kind == "speech":
        return "hold"
    return _action_move(setup, sideways)


def _first_move(setup: Setup, scene: Scene, sideways: Move) -> Move:
    if setup.angle == "low":
        return "tilt_up"
    return "push_in" if scene.heading.interior else sideways


def _action_move(setup: Setup, sideways: Move) -> Move:
    if _UP.search(setup.action) and setup.size in ("MWS", "WS", "EWS", "MS"):
        return "tilt_up"
    if _DOWN.search(setup.action) and setup.size in ("MWS", "WS", "EWS", "MS"):
        return "tilt_down"
    if setup.size in ("CU", "ECU", "INSERT"):
        return "push_in"
    if setup.size in ("EWS", "WS") and not setup.cast:
        return sideways
    if setup.size == "MWS" and words.moves_figure(setup.action):
        return sideways
    return "push_in" if setup.size == "TWO" and setup.seconds > 5 else "hold"


def _vary_moves(setups: list[Setup]) -> None:
    """The same travel twice running becomes its mirror or a hold."""
    for before, one in zip(setups, setups[1:], strict=False):
        if one.move is not None and one.move == before.move and one.move != "hold" and not one.directed:
            one.move = _FLIPPED.get(one.move, "hold")
