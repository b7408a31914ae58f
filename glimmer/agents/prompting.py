"""Prompting: the words that go with a request. Glimmer's own prompt for the purpose, and a person's from `film.prompts`.

    film.prompts.add("Ink wash.", name="video.shot")     plain words: added to Glimmer's own prompt, as its {{ own_words }}
    film.prompts.add("{{ action }}, as an ink wash", …)   with placeholders: takes its place

A model that works from values (rehearsal) gets a person's own words alone, so that a reworded prompt of ours re-makes nothing; a changed
prompt of a person asks for new takes of just the things of that purpose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from glimmer.models.interface import reads_words
from glimmer.store import Input

__all__ = ["PURPOSES", "Prompt", "Prompts", "Template", "no_prompts", "prompt_input"]

PURPOSES = ("screenplay.draft", "character.sheet", "video.shot", "audio.line", "audio.bed", "audio.effect", "music.cue")


class Template(Protocol):
    """A prompt with placeholders, as the registry gives it."""

    @property
    def label(self) -> str:
        """ "video.shot 3", "video.shot 3 noir": name, version, variant."""
        ...

    @property
    def sha256(self) -> str: ...

    def render(self, values: Mapping[str, object]) -> str:
        """Raises: InputError for a value that is missing."""
        ...


@dataclass(frozen=True)
class Prompt:
    """The words for one purpose. text: a person's own, "" where nobody gave any. template: what they are rendered by, None for nothing."""

    purpose: str
    text: str = ""
    template: Template | None = field(default=None, compare=False)

    def words(self, model: object, values: Mapping[str, object]) -> str:
        """What is said to `model` about a request with these values.

        Raises: InputError for a template that asks for a value the request does not have.
        """
        if self.template is None or not reads_words(model):
            return self.text
        return self.template.render({**values, "own_words": self.text})

    @property
    def sha256(self) -> str:
        """Of all that decides its words but the values; "" where there is nothing."""
        known = (self.text, self.template.sha256 if self.template else "")
        return hashlib.sha256("\n".join(known).encode()).hexdigest() if any(known) else ""


Prompts = Callable[[str], Prompt]


def no_prompts(purpose: str) -> Prompt:
    """Nobody gave any words."""
    return Prompt(purpose)


def prompt_input(prompt: Prompt, model: object = None) -> tuple[Input, ...]:
    """That a take was asked for in these words; nothing where there are none, or where the model reads none but a person's."""
    if prompt.template is not None and reads_words(model):
        return (Input(role="prompt", bucket="prompts", key=prompt.purpose, name=prompt.template.label, hash=prompt.sha256),)
    if not prompt.text:
        return ()
    digest = hashlib.sha256(prompt.text.encode()).hexdigest()
    return (Input(role="prompt", bucket="prompts", key=prompt.purpose, name=prompt.purpose, hash=digest),)
