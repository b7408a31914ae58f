"""Entry: one thing in a bucket, its takes, and all that a person can do with it. Stands between the store's rows and a bucket.

`film.video["2A"]` is a look at the store and holds nothing itself. Every change is one transaction with words of its own in the film's
history, and `film.undo()` takes it back. Nothing is deleted: the trash gives everything back.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from glimmer import limits
from glimmer.buckets import cards
from glimmer.buckets.casting import edited_design, edited_voice
from glimmer.buckets.comparison import Comparison
from glimmer.buckets.holder import OWN, Holder, as_state, state_of
from glimmer.buckets.screenplays import DIRECTION
from glimmer.display import Html, Table, count_text, plain_line
from glimmer.errors import InputError, LimitError, MissingPiece, NotFound, SettingsError
from glimmer.models.interface import Design, Voice
from glimmer.screenplay.directions import Direction
from glimmer.store import EntryRow, Take
from glimmer.store.looking import happenings

__all__ = ["CharacterEntry", "Entry", "ShotEntry"]


class Entry:
    """One thing in a bucket. A look at the store: what it says is read when it is asked for."""

    def __init__(self, bucket: Holder, key: str, name: str) -> None:
        self._bucket = bucket
        self.key = key
        self.name = name

    # ── what is there ──────────────────────────────────────────────────────────────────────────────────────
    @property
    def row(self) -> EntryRow:
        return self._bucket.store.entry(self._bucket.name, self.key)

    @property
    def takes(self) -> tuple[Take, ...]:
        """Every take, oldest first; what is in the trash is left out."""
        return self._bucket.store.takes(self._bucket.name, self.key)

    @property
    def trashed_takes(self) -> tuple[Take, ...]:
        """The takes in the trash, oldest first."""
        every = self._bucket.store.takes(self._bucket.name, self.key, trashed=True)
        return tuple(take for take in every if take.trashed_at)

    @property
    def circled(self) -> int:
        """The number of the circled take; 0 while none is."""
        return self.row.circled

    @property
    def state(self) -> dict[str, Any]:
        """What else is kept of it (a character's design and voice)."""
        return state_of(self.row)

    @property
    def used(self) -> Take | None:
        """The take that cuts use: the circled one, else the first made for what the film asks for now, else the newest."""
        return self.row.used

    @property
    def is_own(self) -> bool:
        """Whether what stands here was brought by a person, not made."""
        return self.row.wanted.startswith(OWN)

    @property
    def tags(self) -> tuple[str, ...]:
        return self.row.tags

    @property
    def rating(self) -> int:
        """1 to 5 stars, 0 for none."""
        return self.row.rating

    @property
    def noted(self) -> str:
        """What `note` wrote."""
        return self.row.note

    @property
    def path(self) -> Path:
        """The file of the used take.

        Raises: MissingPiece while there is none.
        """
        return self._bucket.assets.path(self._used().asset)

    def _used(self) -> Take:
        used = self.used
        if used is None:
            raise MissingPiece(f'"{self.name}" in {self._bucket.name} has no take yet; make one with its agent, or add a file.')
        return used

    # ── judging it ─────────────────────────────────────────────────────────────────────────────────────────
    def tag(self, *words: str) -> Self:
        """Add words to find it by. A word that is there already, in any capitals, stays as it is."""
        new = _words(words)
        with self._bucket.store.write("tag", f"tag {self.name} {', '.join(new)}"):
            there = self.row.tags
            known = {each.casefold() for each in there}
            tags = (*there, *(each for each in new if each.casefold() not in known))
            if len(tags) > limits.MAX_TAGS:
                raise LimitError(f"{self.name} would have {len(tags)} tags; at most {limits.MAX_TAGS} are kept (MAX_TAGS). Untag some.",
                                 limit="MAX_TAGS")  # fmt: skip
            self._change("tag", tags=tags)
        return self

    def untag(self, *words: str) -> Self:
        """Take words away; without any, all of them.

        Raises: NotFound for a word that it is not tagged with.
        """
        gone = {each.casefold() for each in _words(words)} if words else None
        with self._bucket.store.write("untag", f"untag {self.name} {', '.join(words)}".rstrip()):
            there = self.row.tags
            for word in gone or ():
                if word not in {each.casefold() for each in there}:
                    raise NotFound.among(f"tag of {self.name}", word, there)
            self._change("untag", tags=[] if gone is None else [each for each in there if each.casefold() not in gone])
        return self

    def rate(self, stars: int) -> Self:
        """Give it 1 to 5 stars; 0 takes them away."""
        self._change("rate", f"rate {self.name} {_stars(stars)}", rating=stars)
        return self

    def note(self, text: str) -> Self:
        """Write a note on it, in place of the one that is there; "" takes it away."""
        self._change("note", f"note on {self.name}" if text else f"no note on {self.name}", note=_note(text))
        return self

    def trash(self) -> Self:
        """Put it into the trash with its takes; `film.video.restore(name)` brings it back, and cuts go on without it."""
        with self._bucket.store.write("trash", f"trash {self._bucket.one} {self.name}"):
            self._bucket.store.trash_entry(self._bucket.name, self.key)
        return self

    def restore(self) -> Self:
        """Bring it back from the trash."""
        with self._bucket.store.write("restore", f"restore {self._bucket.one} {self.name}"):
            self._bucket.store.trash_entry(self._bucket.name, self.key, back=True)
        return self

    # ── its takes ──────────────────────────────────────────────────────────────────────────────────────────
    def circle(self, number: int) -> Self:
        """Choose take `number`: cuts made from now on use it. 0 takes the circle away.

        Raises: NotFound for a number that no take has.
        """
        self._bucket.store.circle(self._bucket.name, self.key, _number(number))
        return self

    def rate_take(self, number: int, stars: int) -> Self:
        """Give one take 1 to 5 stars, 0 to take them away. Raises: NotFound."""
        words = _stars(stars)
        with self._bucket.store.write("rate", f"rate take {number} of {self.name} {words}"):
            self._bucket.store.judge_take(self._bucket.name, self.key, _number(number), rating=stars)
        return self

    def note_take(self, number: int, text: str) -> Self:
        """Write a note on one take, in place of the one that is there. Raises: NotFound."""
        note = _note(text)
        with self._bucket.store.write("note", f"note on take {number} of {self.name}"):
            self._bucket.store.judge_take(self._bucket.name, self.key, _number(number), note=note)
        return self

    def trash_take(self, number: int) -> Self:
        """Put one take into the trash; its circle goes with it. Raises: NotFound."""
        with self._bucket.store.write("trash", f"trash take {number} of {self.name}"):
            self._bucket.store.trash_take(self._bucket.name, self.key, self._one_of(self.takes, number).number)
        return self

    def restore_take(self, number: int) -> Self:
        """Bring one take back from the trash. Raises: NotFound for one that is not in it."""
        with self._bucket.store.write("restore", f"restore take {number} of {self.name}"):
            self._bucket.store.trash_take(self._bucket.name, self.key, self._one_of(self.trashed_takes, number).number, back=True)
        return self

    def compare(self, first: int, second: int) -> Comparison:
        """Two takes side by side, and what is not the same about them.

        Raises: NotFound for a number that no take has.
        """
        takes = self.takes
        one, other = self._one_of(takes, first), self._one_of(takes, second)
        asked = {take.made_for: self._bucket.store.request(take.made_for) for take in (one, other)}
        used = self.used
        return Comparison(
            self.name,
            (one, other),
            (asked[one.made_for], asked[other.made_for]),
            self._bucket.assets,
            circled=self.circled,
            used=used.number if used is not None else 0,
        )

    @property
    def history(self) -> Table:
        """What happened to it and its takes, the newest first: when, who, what, and whether it was undone."""
        found = happenings(self._bucket.store, self._bucket.name, self.key)
        rows = [(each.made_at[:16].replace("T", " "), each.by, cards.happened(each, self.name), "undone" if each.undone else "")
                for each in found]  # fmt: skip
        columns = [n for n in range(4) if n in (0, 2) or any(row[n] for row in rows)]
        heads = ("when", "who", "what", "")
        return Table([heads[n] for n in columns], [[row[n] for n in columns] for row in rows], title=f"history of {self.name}")

    def _one_of(self, takes: Sequence[Take], number: int) -> Take:
        found = next((take for take in takes if take.number == _number(number)), None)
        if found is None:
            raise NotFound.among(f"take of {self.name}", number, (str(take.number) for take in takes))
        return found

    # ── editing it ─────────────────────────────────────────────────────────────────────────────────────────
    def edit(self, *, name: str | None = None, **fields: Any) -> Self:
        """Change what is said of it. Here only the name of what a person brought; shots, characters and prompts have more.

        Raises: NotFound for a field that it does not have, InputError for a name that a script gives.
        """
        if fields:
            raise NotFound.among(f"field of a {self._bucket.one}", next(iter(fields)), ("name",))
        if name is not None:
            self._rename_own(name)
        return self

    def _rename_own(self, name: str) -> None:
        if not self.key.startswith(OWN):
            raise InputError(
                f'{self._bucket.one} "{self.name}" has its name from the screenplay, and can\'t be called {name!r:.80} here. '
                f"{self._why_not_renamed()}"
            )
        label = self._bucket.free_name(name, but=self.key)
        with self._bucket.store.write("rename", f"call {self.name} {label}"):
            row = self._change("rename", name=label, key=f"{OWN}{label.casefold()}")
        self.key, self.name = row.key, row.name

    def _why_not_renamed(self) -> str:
        return "Change the screenplay, and the name follows: film.screenplays.add(…)."

    def _change(self, action: str, what: str = "", **columns: Any) -> EntryRow:
        store, bucket = self._bucket.store, self._bucket.name
        return store.change_entry(bucket, self.key, action=action, what=what or f"{action} {self.name}", **columns)

    # ── how it looks ───────────────────────────────────────────────────────────────────────────────────────
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    @property
    def _place(self) -> tuple[object, ...]:
        store = self._bucket.store
        return store.database.name, store.project_id, self._bucket.name, self.key

    def __repr__(self) -> str:
        row = self.row
        circled = f" · take {row.circled} circled" if row.circled else ""
        return f"{self._bucket.one} {self.name}: {count_text(row.take_count, 'take')}{circled}"

    def _repr_html_(self) -> str:
        return self._card()

    def _card(self, *, said: str = "", text: str | None = None) -> Html:
        bucket, row = self._bucket, self.row
        words = said or bucket.words_now().get(self.key, "")
        state = bucket.states_now().get(self.key, "")
        return cards.entry_card(self.name, bucket.one, row, self.takes, bucket.assets, state=state, said=words, text=text)


class ShotEntry(Entry):
    """One shot, or footage of one's own."""

    @property
    def direction(self) -> Direction | None:
        """What a person wants of the shot; None while the rules' own stands."""
        kept = self.state.get(DIRECTION)
        return Direction(**kept) if kept else None

    def edit(self, *, name: str | None = None, **fields: Any) -> Self:
        """Say what the shot is to be: size=, angle=, move=, action=, seconds=. None gives a field back to the rules.

        It is laid over every script that has the shot; takes stay, and `film.plan()` says which are stale by it.

        Raises: NotFound for an unknown field, size, angle or move; SettingsError, InputError, LimitError for a value that can't be.
        """
        if stranger := next((each for each in fields if each not in Direction.model_fields), None):
            raise NotFound.among("field of a shot", stranger, ("name", *Direction.model_fields))
        if fields:
            self._direct(fields)
        return super().edit(name=name)

    def _direct(self, fields: dict[str, Any]) -> None:
        if self.key.startswith(OWN):
            raise InputError(f'"{self.name}" is footage of your own, and stands in no script; expected a shot, such as "1A".')
        said = ", ".join(f"{name} {plain_line(value)}" if value is not None else f"no {name}" for name, value in fields.items())
        with self._bucket.store.write("direct", f"direct {self.name}: {said}"):
            state = self.state
            direction = Direction(**(state.get(DIRECTION) or {}) | fields)
            if self._bucket.check_direction is not None:
                self._bucket.check_direction(self.key, direction)
            state.pop(DIRECTION, None)
            if direction:
                state[DIRECTION] = direction.kept()
            self._change("direct", state=as_state(state))


class CharacterEntry(Entry):
    """One of the cast: how it looks and how it sounds."""

    @property
    def design(self) -> Design:
        """How it looks. Raises: MissingPiece before it was designed."""
        return Design.model_validate(self._kept("design"))

    @property
    def voice(self) -> Voice:
        """How it sounds. Raises: MissingPiece before it was cast."""
        return Voice.model_validate(self._kept("voice"))

    @property
    def sheet(self) -> Path:
        """The file of its model sheet. Raises: MissingPiece while there is none."""
        return self.path

    def _kept(self, part: str) -> Any:
        kept = self.state.get(part)
        if not kept:
            raise MissingPiece(f"{self.name} has no {part} yet. Have one made: film.agents.character.design(script).")
        return kept

    def edit(self, *, name: str | None = None, voice: object = None, **fields: Any) -> Self:
        """Change fields of its design (garment_colour="#aa3300", age="old" …) and of its voice (voice={"pitch": 0.9}).

        What shows or speaks it becomes stale and stays usable; nothing is made again by itself.

        Raises: NotFound for an unknown field or word, SettingsError for a number out of range, InputError for what is no colour;
            then nothing was changed.
        """
        if name is not None:
            raise InputError(
                f"{self.name} can't be called {name!r:.80} by edit: the script says its name too. {self._why_not_renamed()}"
            )
        changed = [*fields, *(["voice"] if voice is not None else [])]
        if not changed:
            return self
        with self._bucket.store.write("edit", f"edit {self.name}: {', '.join(changed)}"):
            state = self.state
            if fields:
                state["design"] = edited_design(self.design, fields).model_dump(mode="json")
            if voice is not None:
                state["voice"] = edited_voice(self.voice, voice).model_dump(mode="json")
            self._change("edit", state=as_state(state))
        return self

    def rename(self, new: str) -> Self:
        """Give the character another name, in the script and everywhere. Returns: it under its new name.

        Raises: MissingPiece where nobody can rename in the script; InputError for a name that can't be.
        """
        if self._bucket.renamer is None:
            raise MissingPiece(
                f"{self.name} can't be renamed from here: no script was given to this bucket. Open the film: gl.Project(…).characters."
            )
        kept = self._bucket.renamer(self.name, new)
        row = self._bucket.store.entry_named(self._bucket.name, self._bucket.one, kept)
        self.key, self.name = row.key, row.name
        return self

    def _why_not_renamed(self) -> str:
        return f'Use film.characters["{self.name}"].rename("…").'


def _number(number: object) -> int:
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    if isinstance(number, str) and number.isdecimal():
        return int(number)
    raise InputError(f"{number!r:.80} is no take's number; expected 1, 2, 3 …")


def _stars(stars: object) -> str:
    if isinstance(stars, bool) or not isinstance(stars, int) or not 0 <= stars <= 5:
        raise SettingsError(f"{stars!r:.80} stars; expected 1 to 5, or 0 for none.")
    return count_text(stars, "star")


def _note(text: object) -> str:
    if not isinstance(text, str):
        raise InputError(f"a note was given as {type(text).__name__}; expected words.")
    if len(text) > limits.MAX_NOTE_CHARS:
        raise LimitError(
            f"a note of {len(text):,} characters; at most {limits.MAX_NOTE_CHARS:,} are kept (MAX_NOTE_CHARS). Say it shorter.",
            limit="MAX_NOTE_CHARS",
        )
    return text.encode("utf-8", "ignore").decode().replace("\x00", "").strip()


def _words(words: Sequence[object]) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(plain_line(each) for each in words if isinstance(each, str) and plain_line(each)))
    if not tags or len(tags) < len(set(words)):
        raise InputError(
            f'{", ".join(map(repr, words))[:120] or "nothing"} was given as tags; expected words, such as tag("night").'
        )
    if longest := next((each for each in tags if len(each) > limits.MAX_NAME_CHARS), ""):
        raise LimitError(
            f"a tag of {len(longest):,} characters; at most {limits.MAX_NAME_CHARS} are kept (MAX_NAME_CHARS). Write a note.",
            limit="MAX_NAME_CHARS",
        )
    return tags
