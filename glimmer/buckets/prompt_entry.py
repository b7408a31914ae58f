"""Prompt entry: `film.prompts["video.shot"]`: the words that models are given for one purpose. Glimmer's own until a person says otherwise;
each wording of a person's is a take, and undo, the circle and the trash are those of every entry.
"""

from __future__ import annotations

from typing import Any, Self

from glimmer.buckets import prompt_cards
from glimmer.buckets.comparison import Comparison
from glimmer.buckets.entry import Entry
from glimmer.buckets.holder import as_state, state_of
from glimmer.buckets.intake import taken_in
from glimmer.buckets.prompt_words import InForce, OwnWords, canonical, check_own, split_name
from glimmer.display import Html, Table, plain_line
from glimmer.errors import InputError, NotFound
from glimmer.prompts import PromptTemplate
from glimmer.store import EntryRow, Take

__all__ = ["PromptEntry"]


class PromptEntry(Entry):
    """The words for one purpose, or one variant of them."""

    # ── what is there ──────────────────────────────────────────────────────────────────────────────────────
    @property
    def purpose(self) -> str:
        return split_name(self.name)[0]

    @property
    def row(self) -> EntryRow:
        """A person's row of it; an empty one while everything is Glimmer's own."""
        try:
            row = super().row
        except NotFound:
            row = None
        return row if row is not None and not row.trashed_at else self._blank()

    def _blank(self) -> EntryRow:
        return EntryRow(id=0, bucket=self._bucket.name, key=self.key, name=self.name, position=0)

    @property
    def takes(self) -> tuple[Take, ...]:
        """Every wording of a person's, oldest first."""
        return super().takes if self.row.id else ()

    @property
    def in_force(self) -> InForce:
        """What is said: the template, a person's words, the variant."""
        purpose, variant = split_name(self.name)
        return self._own_words.in_force(purpose, variant or None)

    @property
    def _own_words(self) -> OwnWords:
        return OwnWords(self._bucket.store, self._bucket.assets)

    @property
    def text(self) -> str:
        """A person's words where there are any, else Glimmer's prompt, without its head."""
        used = self.used
        return self.text_of(used) if used is not None else self.in_force.template.body.strip()

    def text_of(self, take: Take) -> str:
        """The words of one take."""
        return self._bucket.assets.read(take.asset).decode("utf-8", "replace")

    @property
    def template(self) -> PromptTemplate:
        """The prompt that is rendered: its version, label, sha256, values."""
        return self.in_force.template

    @property
    def variant(self) -> str:
        """The variant that is in force, "" for the usual prompt."""
        return self.in_force.variant

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants there are to `use`."""
        return self._own_words.variants(self.purpose)

    @property
    def sample(self) -> dict[str, Any]:
        """Values to look at it with."""
        return prompt_cards.sample_of(self.in_force)

    def render(self, **values: object) -> prompt_cards.Said:
        """The words that a model would be given, with sample values where none are given here.

        Raises: InputError for a value that it doesn't take, or of another kind.
        """
        return prompt_cards.said(self.in_force, values)

    @property
    def history(self) -> Table:
        """What happened to a person's words, the newest first; nothing while everything is Glimmer's own."""
        try:
            return super().history
        except NotFound:
            return Table(("when", "what"), (), title=f"history of {self.name}")

    # ── changing it ────────────────────────────────────────────────────────────────────────────────────────
    def use(self, variant: str = "") -> Self:
        """Choose a variant; without one, the usual prompt again. Nothing is made by it: `film.plan()` says what follows.

        Raises: NotFound, with the variants that there are.
        """
        if not isinstance(variant, str):
            raise InputError(f"use({variant!r:.60}); expected the name of a variant, or nothing for the usual prompt.")
        purpose, mine = split_name(self.name)
        if mine:
            raise InputError(f'"{self.name}" is a variant itself. Choose it: film.prompts["{purpose}"].use("{mine}").')
        wanted = variant.strip().casefold()
        if wanted and wanted not in self.variants:
            raise NotFound.among(f"variant of {purpose}", variant, self.variants)
        with self._bucket.store.write("use", f"use {wanted or 'the usual'} {purpose}"):
            self._keep_variant(wanted)
        return self

    def _keep_variant(self, variant: str) -> None:
        state = state_of(self.row)
        state.pop("variant", None)
        self._change("use", state=as_state(state | ({"variant": variant} if variant else {})))

    def edit(self, text: str | None = None, *, name: str | None = None, **fields: Any) -> Self:
        """Another wording, kept as a new take, which is used from now on; or another name.

        Raises: InputError for a template that can't be rendered, with what is wrong; then nothing was changed.
        """
        if fields:
            raise NotFound.among("field of a prompt", next(iter(fields)), ("name", "text"))
        if text is not None:
            if not isinstance(text, str):
                raise InputError(f"text={text!r:.80}; expected the words of the prompt.")
            words = text.encode("utf-8", "surrogatepass")  # as bytes: what ends in ".txt" is no file's name here
            with taken_in(words, bucket="prompts", assets=self._bucket.assets) as intake:
                check_own(intake.content.decode(), self.name)
                self._bucket.keep_own(self.key, self.name, intake, action="edit", what=f"another wording of {self.name}")
        return super().edit(name=name)

    def _rename_own(self, name: str) -> None:
        self._must_be_own("renamed")
        if isinstance(name, str) and self.used is not None:
            name = canonical(name)
            check_own(self.text, name)
        super()._rename_own(name)

    def trash(self) -> Self:
        """Put a person's words into the trash; Glimmer's own are in force again. Raises: InputError where there are none of a person's."""
        self._must_be_own("thrown away")
        return super().trash()

    def _must_be_own(self, what: str) -> None:
        if not self.row.id:
            raise InputError(
                f"\"{self.name}\" is Glimmer's own prompt and can't be {what}; expected one with words of yours. "
                f'Write some: film.prompts["{self.name}"].edit("…").'
            )

    def reset(self) -> Self:
        """Glimmer's own prompt again. A person's words go to the trash, from where `film.prompts.restore(name)` has them back."""
        if self.row.id:
            with self._bucket.store.write("reset", f"reset {self.name}"):
                self._keep_variant("")
                self._bucket.store.trash_entry(self._bucket.name, self.key)
        return self

    def _change(self, action: str, what: str = "", **columns: Any) -> EntryRow:
        """A note, stars or a variant of one of Glimmer's own: its row is made for it."""
        if self.row.id:
            return super()._change(action, what, **columns)
        with self._bucket.store.write(action, what or f"{action} {self.name}"):
            self._bucket.store.put_entry(self._bucket.name, self.key, self.name)
            return super()._change(action, what, **columns)

    # ── how it looks ───────────────────────────────────────────────────────────────────────────────────────
    def compare(self, first: int | str, second: int | str | None = None) -> Comparison | prompt_cards.Compared:  # type: ignore[override]
        """Two wordings side by side: two takes by number, or variants by name, rendered with the same sample and held against each
        other word by word. With one name, it is held against what is in force; "" is the usual prompt.

        Raises: NotFound for a take or a variant that there is not.
        """
        if isinstance(first, int) and isinstance(second, int):
            return super().compare(first, second)
        names = (None, first) if second is None else (first, second)
        known, own, found = self.variants, self._own_words, []
        for each in names:
            if each is not None and not isinstance(each, str):
                raise InputError(f"compare({first!r:.40}, {second!r:.40}); expected two numbers of takes, or names of variants.")
            if each and each not in known:
                raise NotFound.among(f"variant of {self.purpose}", each, known)
            found.append(own.in_force(self.purpose, each))
        return prompt_cards.Compared(self.purpose, found[0], found[1])

    def __repr__(self) -> str:
        force = self.in_force
        words = plain_line(self.text)
        head = f"prompt {self.name}: {prompt_cards.standing_text(force)}"
        return (
            head
            + (f" · {len(self.takes)} takes" if len(self.takes) > 1 else "")
            + f"\n{words[:200]}{'…' if len(words) > 200 else ''}"
        )

    def _repr_html_(self) -> Html:
        return prompt_cards.prompt_card(
            self.name, self.in_force, self.row, self.takes, self.variants, self._uses(), said=self.text if self.used else ""
        )

    def _uses(self) -> int:
        return prompt_cards.uses_by_purpose(self._bucket.store).get(self.purpose, 0)
