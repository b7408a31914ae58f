"""Reading what a person said into calls of tools, by the phrases; what is not understood stays as words, and is told so."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from glimmer.models.rehearsal.talk.phrases import SAYINGS, Saying
from glimmer.models.rehearsal.talk.slots import SLOTS
from glimmer.models.rehearsal.talk.steps import filled, steps_in

__all__ = ["Call", "Read", "read_text", "understood"]

# What must never be called on a hunch: every word of the message has to be understood first.
CAREFUL: Final = ("film_trash_take", "film_export")
_CONDITION: Final = re.compile(
    r"\b(?:don'?t|do not|never|not|unless|if|instead|without|rather than|stop|ignore|pretend|before|until|said|says|wrote|told|imagine)\b",
    re.I,
)
# What is looked at twice in a row is the same: "What is missing, and what would it cost?"
_LOOK: Final = "film_look"
_SCENE: Final = re.compile(SLOTS["scene"].pattern, re.I)


@dataclass(frozen=True)
class Call:
    """A tool, and what it is to be called with."""

    tool: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Read:
    """calls: what is to be done, in order. unread: the steps that nobody understood. lacking: tools that this conversation has not."""

    calls: tuple[Call, ...] = ()
    unread: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    is_script: bool = False


def read_text(text: str, tools: Collection[str]) -> Read:
    """What `text` asks for, with the tools that there are."""
    said = steps_in(text, lambda words: understood(words) is not None)
    if said.is_script:
        return Read(is_script=True)
    calls: list[Call] = []
    unread: list[str] = []
    scene: dict[str, Any] = {}  # the one that was spoken of last: "… in scene two, and shoot two more takes"
    for step in said.steps:
        scene = _scene_in(step) or scene
        found = understood(step)
        if found is None:
            unread.append(filled(step, said.quotes))
            continue
        saying, arguments = found
        whole = {name: filled(value, said.quotes) if isinstance(value, str) else value for name, value in arguments.items()}
        if saying.tool == "video_shoot" and not {"scene", "shots"} & whole.keys():
            whole = {**scene, **whole}
        asked = [Call(saying.tool, whole), *(Call(tool, {}) for tool in saying.then)]
        calls += [call for call in asked if calls[-1:] != [call] or call.tool != _LOOK]
    if any(_CONDITION.search(step) for step in unread):  # "don't …", "if …": the rest may hang on it
        return Read(unread=tuple(unread))
    if unread:
        calls = [call for call in calls if call.tool not in CAREFUL]
    lacking = tuple(dict.fromkeys(call.tool for call in calls if call.tool not in tools))
    return Read(() if lacking else tuple(calls), tuple(unread), lacking)


def _scene_in(step: str) -> dict[str, Any]:
    found = _SCENE.search(step)
    return SLOTS["scene"].read("scene", found.group()) if found else {}


@lru_cache(maxsize=512)
def understood(step: str) -> tuple[Saying, dict[str, Any]] | None:
    """The first saying that is this step, whole, and its arguments; None for none."""
    for saying in SAYINGS:
        arguments = saying.phrase.read(step)
        if arguments is not None:
            return saying, {**saying.fixed, **arguments}
    return None
