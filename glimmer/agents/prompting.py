"""Prompting: the words that go with a request. Glimmer's own prompt for the purpose, and a person's from `film.prompts`.

    film.prompts.add("Ink wash.", name="video.shot")     plain words: added to Glimmer's own prompt, as its {{ own_words }}
    film.prompts.add("{{ action }}, as an ink wash", …)   with placeholders: takes its place

A model that works from values (rehearsal) gets a person's own words alone, so that a reworded prompt of ours re-makes nothing; a changed
prompt of a person asks for new takes of just the things of that purpose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from glimmer.agents.briefs import brief_values, design_words
from glimmer.models.interface import reads_words
from glimmer.store import Input

__all__ = [
    "PLANNED",
    "PURPOSES",
    "FilmPrompts",
    "InForce",
    "Prompt",
    "Prompts",
    "Template",
    "brief_values",
    "design_words",
    "every_prompt",
    "film_prompts",
    "no_prompts",
    "prompt_input",
]

PURPOSES = (
    "screenplay.draft", "screenplay.blueprint", "screenplay.scene", "screenplay.rewrite", "screenplay.punch_up", "character.sheet",
    "video.shot", "video.board", "audio.line", "audio.bed", "audio.effect", "music.cue", "assembly.revise",
    "orchestrator.system", "orchestrator.condense", "judge.take",
)  # fmt: skip
# Those that a film's plan follows: what they ask for stands in its buckets.
PLANNED = ("character.sheet", "video.shot", "video.board", "audio.line", "audio.bed", "audio.effect", "music.cue")
# Whose plain words hold here too while a person says nothing of its own: who wants shots as an ink wash wants their stills so.
_SPEAKS_FOR: Final = {"video.board": "video.shot"}


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

    def inputs(self, values: Mapping[str, object]) -> str:
        """sha256 of those of the values that it takes."""
        ...


@dataclass(frozen=True, eq=False)
class Prompt:
    """The words for one purpose. text: a person's own, "" where nobody gave any. template: what they are rendered by, None for nothing.

    added: what is put into the template as its own_words; None for the text itself (a text that is the template adds nothing to it).
    said_for: the purpose under which the text stands in `film.prompts`, where that is another.
    """

    purpose: str
    text: str = ""
    template: Template | None = field(default=None, repr=False)
    added: str | None = None
    said_for: str = ""

    def words(self, model: object, values: Mapping[str, object]) -> str:
        """What is said to `model` about a request with these values.

        Raises: InputError for a template that asks for a value the request does not have.
        """
        if self.template is None or not reads_words(model):
            return self.text
        return self.template.render(self._with_own(values))

    def inputs(self, model: object, values: Mapping[str, object]) -> str:
        """sha256 of the values that `words` says; "" where it says none."""
        if self.template is None or not reads_words(model):
            return ""
        return self.template.inputs(self._with_own(values))

    def _with_own(self, values: Mapping[str, object]) -> dict[str, object]:
        return {**values, "own_words": self.text if self.added is None else self.added}

    @property
    def sha256(self) -> str:
        """Of all that decides its words but the values; "" where there is nothing."""
        known = (self.text, self.template.sha256 if self.template else "")
        return hashlib.sha256("\n".join(known).encode()).hexdigest() if any(known) else ""

    @property
    def _same(self) -> tuple[object, ...]:
        return self.purpose, self.text, self.added, self.template.sha256 if self.template else ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Prompt) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)


Prompts = Callable[[str], Prompt]


class InForce(Protocol):
    """Where a person's prompts stand beside Glimmer's own: `film.prompts`."""

    def in_force(self, *purposes: str) -> tuple[tuple[str, str, Template], ...]:
        """(a person's own text, what of it is added to the template, the template) for each purpose, in one look at the film."""
        ...


class FilmPrompts:
    """The prompts of a film, as its agents ask for them: a person's where there are any, else Glimmer's own."""

    def __init__(self, shelf: InForce) -> None:
        self._shelf = shelf

    def __call__(self, purpose: str) -> Prompt:
        return self.every((purpose,))[0]

    def every(self, purposes: Sequence[str]) -> tuple[Prompt, ...]:
        """The prompt for each of these, in one look at the film, as a plan needs them."""
        leaders = tuple(dict.fromkeys(_SPEAKS_FOR[each] for each in purposes if each in _SPEAKS_FOR))
        asked = (*purposes, *leaders)
        found = self._shelf.in_force(*asked)
        known = dict(zip(asked, found, strict=True))
        return tuple(_prompt(purpose, known) for purpose in purposes)


def _prompt(purpose: str, known: Mapping[str, tuple[str, str, Template]]) -> Prompt:
    text, added, template = known[purpose]
    leader = _SPEAKS_FOR.get(purpose, "")
    if leader and not text:
        said, leading, _ = known[leader]
        if said and said == leading:
            return Prompt(purpose, said, template, leading, said_for=leader)
    return Prompt(purpose, text, template, added)


def film_prompts(shelf: InForce) -> FilmPrompts:
    """The prompts of the film whose `film.prompts` this is."""
    return FilmPrompts(shelf)


def every_prompt(prompts: Prompts, purposes: Sequence[str] = PURPOSES) -> tuple[Prompt, ...]:
    """The prompt for each of these purposes: in one look where they are a film's."""
    return prompts.every(purposes) if isinstance(prompts, FilmPrompts) else tuple(prompts(each) for each in purposes)


def no_prompts(purpose: str) -> Prompt:
    """Nobody gave any words."""
    return Prompt(purpose)


def prompt_input(prompt: Prompt, model: object = None, values: Mapping[str, object] | None = None) -> tuple[Input, ...]:
    """That a take was asked for in these words; nothing where there are none, or where the model reads none but a person's.

    For a model that reads words: the template by its label ("video.shot 3 noir") and hash and, with the request's `values`, the hash of
    those that it says. A person's own words are told by the hash of their text, which is that of the take that holds them.
    """
    told: list[Input] = []
    if prompt.template is not None and reads_words(model):
        label, purpose = prompt.template.label, prompt.purpose
        told.append(Input(role="template", bucket="registry", key=purpose, name=label, hash=prompt.template.sha256))
        if values is not None:
            told.append(Input(role="values", bucket="registry", key=purpose, name=label, hash=prompt.inputs(model, values)))
    if prompt.text:
        digest = hashlib.sha256(prompt.text.encode()).hexdigest()
        purpose = prompt.said_for or prompt.purpose
        told.append(Input(role="prompt", bucket="prompts", key=purpose, name=purpose, hash=digest))
    return tuple(told)
