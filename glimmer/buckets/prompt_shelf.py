"""Prompt shelf: `film.prompts`: a person's prompts beside Glimmer's own. A bucket like the others; in addition it knows every purpose.

It holds what a person brought (`len`, `in order`, `find`, the trash). Asked for a purpose by name it answers with Glimmer's own prompt
where a person said nothing. What can't be rendered is refused when it is added, never in the middle of a shoot.
"""

from __future__ import annotations

import difflib
import threading
from dataclasses import replace

from glimmer.assets import Assets
from glimmer.buckets import prompt_cards
from glimmer.buckets.bucket import Bucket
from glimmer.buckets.holder import OWN
from glimmer.buckets.intake import Intake
from glimmer.buckets.prompt_entry import PromptEntry
from glimmer.buckets.prompt_words import OwnWords, canonical, check_own, key_of, split_name
from glimmer.display import Html, Table, count_text, one_line
from glimmer.errors import NotFound
from glimmer.prompts import PromptTemplate, shipped
from glimmer.prompts.head import read_head, split_head
from glimmer.store import Store

__all__ = ["PromptShelf"]


class PromptShelf(Bucket[PromptEntry]):
    """The prompts of one film."""

    def __init__(self, store: Store, assets: Assets) -> None:
        super().__init__("prompts", "prompt", store, assets)
        self._guard = threading.Lock()
        self._own_at: tuple[str, OwnWords] | None = None  # at one revision of the film

    # ── what is there ──────────────────────────────────────────────────────────────────────────────────────
    def __getitem__(self, name: str | int) -> PromptEntry:
        """The prompt for this purpose ("video.shot"), or a variant of it ("video.shot:noir").

        Raises: NotFound, with the nearest names.
        """
        wanted = canonical(str(name))
        try:
            return super().__getitem__(wanted)
        except NotFound as error:
            if shipped().has(*split_name(wanted)):
                return PromptEntry(self, key_of(wanted), wanted)
            if "trash" in error.message:
                raise
            raise NotFound.among("prompt", name, (*self.names, *self._ours())) from error

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (isinstance(name, str) and shipped().has(*split_name(name)))

    @staticmethod
    def _ours() -> tuple[str, ...]:
        return tuple(
            f"{purpose}:{variant}" if variant else purpose
            for purpose in shipped().purposes
            for variant in ("", *shipped().variants(purpose))
        )

    def list(self) -> Table:
        """Every purpose as a table: whose prompt is in force, version, variant, length, in how many takes it was used."""
        own = self._own_words()
        purposes = prompt_cards.purposes_of(self.names)
        return prompt_cards.prompts_table(
            [own.in_force(each) for each in purposes],
            {each: own.variants(each) for each in purposes},
            prompt_cards.uses_by_purpose(self.store),
        )

    def in_force(self, *purposes: str) -> tuple[tuple[str, str, PromptTemplate], ...]:
        """(a person's own text, what of it is added to the template, the template) for each, as agents ask for it. One look at the film."""
        own = self._own_words()
        return tuple((force.text, force.added, force.template) for force in map(own.in_force, purposes))

    def _own_words(self) -> OwnWords:
        """Read again only when the film has moved on."""
        revision = self.store.revision()
        with self._guard:
            if self._own_at is None or self._own_at[0] != revision:
                self._own_at = revision, OwnWords(self.store, self.assets)
            return self._own_at[1]

    # ── bringing ───────────────────────────────────────────────────────────────────────────────────────────
    def _taken(self, intake: Intake, place: object, name: str) -> PromptEntry:
        """Refuses a template that can't be rendered, and says what a purpose is that no agent asks for."""
        text = intake.content.decode()
        label = canonical(name if isinstance(name, str) and name else _called(text) or intake.name)
        check_own(text, label)
        return super()._taken(replace(intake, notices=_notices(label)), None, label)

    # ── how it looks ───────────────────────────────────────────────────────────────────────────────────────
    def _repr_html_(self) -> Html:
        table = self.list()
        own = self._own_words()
        notices = [force.notice for each in prompt_cards.purposes_of(self.names) if (force := own.in_force(each)).notice]
        mine = sum(key.startswith(OWN) for key in self.store.names(self.name))
        subtitle = one_line(count_text(len(table), "purpose"), f"{mine} of your own" if mine else "")
        return prompt_cards.shelf_card(table, subtitle, notices)


def _called(text: str) -> str:
    """The name in the head of a text, "" where it has none."""
    said, _, _ = split_head(text)
    if not said:
        return ""
    head = read_head(said, "the prompt")
    return f"{head.name}:{head.variant}" if head.name and head.variant else head.name


def _notices(label: str) -> tuple[str, ...]:
    purpose, _ = split_name(label)
    if shipped().has(purpose):
        return ()
    near = difflib.get_close_matches(purpose, shipped().purposes, n=1)
    return (f'no agent of ours asks for "{purpose}"{f"; did you mean {near[0]}?" if near else ""}',)
