"""Scripted: a chat whose model says what it was given to say, with a tool that costs, one that fails and one that is at work until it is let go.
Words, too, can come one after the other until they are let go."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from glimmer.agents.tools import ToolAnswer, Toolbox, tool_from
from glimmer.chat import Chat
from glimmer.errors import InputError
from glimmer.models.pricing import FREE, Estimate
from glimmer.models.talking import Part, TalkMessage, TalkReply, TalkRequest
from glimmer.progress import progress
from glimmer.project import Project

__all__ = ["Counting", "call", "scripted"]

PRICE = Estimate(low_usd=0.4, expected_usd=0.48, high_usd=0.5, price_date="2026-11-01")


def call(name: str, /, **arguments: Any) -> Part:
    """What a model says to have a tool called."""
    return Part(kind="call", id=name, name=name, arguments=arguments)


@dataclass(frozen=True)
class Counting:
    """Words that stream: "0 1 2 …", fifty a second, until this file is there."""

    until: str

    def say(self, on_text: Callable[[str], None]) -> str:
        said = ""
        for number in range(100_000):
            if Path(self.until).exists():
                break
            said += f"{number} "
            on_text(f"{number} ")
            threading.Event().wait(0.02)
        return said


class Script:
    """One step a turn: words, a call, or several of them; the last one is said again for ever."""

    name, version = "scripted", "1"

    def __init__(self, *steps: Any) -> None:
        self.steps = list(steps)

    def estimate(self, request: TalkRequest) -> Estimate:
        return FREE

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        say = on_text or (lambda text: None)
        parts = tuple(_part(each, say) for each in (step if isinstance(step, list) else [step]))
        return TalkReply(message=TalkMessage(role="model", parts=parts))


def _part(said: str | Counting | Part, say: Callable[[str], None]) -> Part:
    if isinstance(said, Part):
        return said
    if isinstance(said, Counting):
        return Part(text=said.say(say))
    if said:
        say(said)
    return Part(text=said)


def scripted(film: Project, *steps: Any, until: str = "") -> Chat:
    """A chat on `film` that goes by `steps`. Its tool `film_make` is at work until it is stopped, or the file `until` is there."""

    def video_shoot(scene: int, takes: int = 1) -> ToolAnswer:
        """Shoot a scene."""
        return ToolAnswer(text=f"shot scene {scene}", usd=0.48)

    def film_make(shots: int = 4) -> ToolAnswer:
        """Make the film."""
        with progress("drawing boards", shots, "board") as bar:
            bar.advance(1, "1A")
            for _ in range(6000):
                if until and Path(until).exists():
                    break
                threading.Event().wait(0.05)
                bar.advance(0, "1B")  # a stop is heard here
        return ToolAnswer(text="made")

    def film_break() -> str:
        """Fails."""
        raise InputError("the lamp is out; expected it lit. Light it.")

    tools = [
        tool_from(video_shoot, kind="makes", estimate=lambda **given: PRICE),
        tool_from(film_make, kind="makes"),
        tool_from(film_break),
    ]
    film.models = SimpleNamespace(talk=Script(*steps), note="scripted")  # type: ignore[assignment]
    return Chat(film, tools=Toolbox(tools), situation=lambda: "two scenes")
