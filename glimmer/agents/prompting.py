"""Prompting: a person's own words to an agent, from the film's prompts: `film.prompts.add("Ink wash.", name="video.shot")`.

They go into every request of that purpose, so a changed prompt asks for new takes of just those things.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from glimmer.store import Input

__all__ = ["PURPOSES", "Prompt", "Prompts", "no_prompts", "prompt_input"]

PURPOSES = ("screenplay.draft", "character.sheet", "video.shot", "audio.line", "audio.bed", "audio.effect", "music.cue")


@dataclass(frozen=True)
class Prompt:
    """The words for one purpose; no text where a person gave none."""

    purpose: str
    text: str = ""


Prompts = Callable[[str], Prompt]


def no_prompts(purpose: str) -> Prompt:
    """Nobody gave any words."""
    return Prompt(purpose)


def prompt_input(prompt: Prompt) -> tuple[Input, ...]:
    """That a take was asked for in these words; nothing where there are none."""
    if not prompt.text:
        return ()
    digest = hashlib.sha256(prompt.text.encode()).hexdigest()
    return (Input(role="prompt", bucket="prompts", key=prompt.purpose, name=prompt.purpose, hash=digest),)
