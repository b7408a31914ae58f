"""Bucket: what a film has of one kind, and every take of it. Stands after screenplay on the road, before assembly.

A bucket holds entries (a shot, a line, a cue, a character, a prompt), an entry holds takes. Takes are numbered, never overwritten; `circle`
picks the one that cuts use. Truth is in the store: a bucket is only a way to look at it, and never reads more of it than it shows.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Generic, cast

from typing_extensions import TypeVar

from glimmer import limits
from glimmer.assets import Assets
from glimmer.buckets import cards
from glimmer.buckets.colour_table import COLOUR_TABLE
from glimmer.buckets.entry import CharacterEntry, Entry, ShotEntry
from glimmer.buckets.found import Found
from glimmer.buckets.from_memory import Timing
from glimmer.buckets.holder import OWN, STATES, Holder, as_state
from glimmer.buckets.intake import Intake, taken_in
from glimmer.buckets.prompt_entry import PromptEntry
from glimmer.buckets.shelves import AIR, FX
from glimmer.display import Table, duration_text, one_line
from glimmer.errors import InputError, MissingPiece, NotFound, SettingsError
from glimmer.store import EntryRow, Store, Take
from glimmer.store.looking import Said, chosen, first, listed, said, totals, trashed

__all__ = ["OWN", "Bucket", "Entry"]

T = TypeVar("T", bound=Entry, default=Entry)
_ENTRIES: Final[dict[str, type[Entry]]] = {"video": ShotEntry, "characters": CharacterEntry, "prompts": PromptEntry}


class Bucket(Holder, Generic[T]):
    """One bucket of one film. `one` is the word for one of its entries: shot, line, cue, character, prompt."""

    def __init__(self, name: str, one: str, store: Store, assets: Assets) -> None:
        super().__init__(name, one, store, assets)
        self._entry_class = cast("type[T]", _ENTRIES.get(name, Entry))
        self._prefixes: tuple[str, ...] = (AIR, FX, OWN) if name == "audio" else () if name == "prompts" else (OWN,)

    # ── what is there ──────────────────────────────────────────────────────────────────────────────────────
    def __getitem__(self, name: str | int) -> T:
        """The entry with this name ("2A", 12, "MARA") or key.

        Raises: NotFound, with the nearest names, or that it is in the trash.
        """
        wanted = str(name).strip()
        try:
            row = self.store.entry_named(self.name, self.one, wanted)
        except NotFound as error:
            thrown = next((row for row in trashed(self.store, self.name) if row.name.casefold() == wanted.casefold()), None)
            if thrown is None:
                raise
            raise NotFound(
                f'{self.one} "{thrown.name}" is in the trash since {thrown.trashed_at[:10]}. '
                f'Bring it back: film.{self.name}.restore("{thrown.name}").'
            ) from error
        return self._entry_class(self, row.key, row.name)

    def get(self, name: str | int, default: object = None) -> Any:
        """The entry with this name, or `default` where there is none."""
        try:
            return self[name]
        except NotFound:
            return default

    def __iter__(self) -> Iterator[T]:
        return (self._entry_class(self, key, name) for key, name in self.store.names(self.name).items())

    def __len__(self) -> int:
        return self.store.count(self.name)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str | int | Entry):
            return False
        wanted = (name.name if isinstance(name, Entry) else str(name)).strip().casefold()
        return any(wanted in (each.casefold(), key.casefold()) for key, each in self.store.names(self.name).items())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.store.names(self.name).values())

    def used_takes(self) -> dict[str, Take]:
        """Entry key -> the take that cuts use, for every entry that has one. One look at the store."""
        return self.store.used_takes(self.name)

    def list(self) -> Table:
        """Everything that is there, as a table: name, what it is, state, takes, length, stars, tags; `.to_pandas()`."""
        rows = listed(self.store, self.name)
        return cards.entries_table(rows, self.states_now(), self._words(), title=self.name)

    # ── finding ────────────────────────────────────────────────────────────────────────────────────────────
    def find(
        self,
        text: str = "",
        *,
        tags: str | Iterable[str] = (),
        shot: str = "",
        character: str = "",
        state: str = "",
        rating: int = 0,
        limit: int = 100,
    ) -> Found[T]:
        """The entries for which all of this holds, at most `limit`, in the bucket's order.

        text: every word of it stands in the name, the note, the tags or what the script says there, in any capitals. tags: each is
        there. shot: what belongs to that shot (its lines, its effect, its air, its cue); character: what shows or speaks it. state:
        current, stale, missing or blocked, as film.plan() sees it. rating: at least so many stars.

        Raises: NotFound for an unknown shot, character or state, MissingPiece where the film has no script or plan to ask.
        """
        for name, given in (("text", text), ("shot", shot), ("character", character)):
            if not isinstance(given, str):
                raise InputError(f"{name}={given!r:.80}; expected text.")
        if state and state not in STATES:
            raise NotFound.among("state", state, STATES)
        if isinstance(rating, bool) or not isinstance(rating, int) or not 0 <= rating <= 5:
            raise SettingsError(f"rating={rating!r:.80}; expected 0 to 5 stars.")
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            raise SettingsError(f"limit={limit!r:.80}; expected how many to give back, 1 or more.")
        asked = self._asked(shot, character) if shot or character else None
        states = self._states_asked() if state else {}
        words = self._words()
        tagged = {each.casefold() for each in ((tags,) if isinstance(tags, str) else tags)}
        keys = [
            each.key
            for each in said(self.store, self.name)
            if (asked is None or each.key in asked)
            and (not state or states.get(each.key) == state)
            and each.rating >= rating
            and (not tagged or each.tags != "[]" and tagged <= {tag.casefold() for tag in json.loads(each.tags)})
            and _says(each, text, words.get(each.key, ""))
        ]
        rows = chosen(self.store, self.name, keys[:limit])
        title = one_line(
            self.name, text and f'"{text}"', *sorted(tagged), shot, character, state, rating and f"{rating} stars" or ""
        )
        return Found.of(title, map(self._of, rows), rows, total=len(keys), assets=self.assets, states=self.states_now() if rows else {},
                        words=words)  # fmt: skip

    def _asked(self, shot: str, character: str) -> Collection[str]:
        if self.asked_by is None:
            raise MissingPiece(
                f"{self.name} has no script to ask for shots and characters. Open the film: gl.Project(…).{self.name}."
            )
        return self.asked_by(str(shot), str(character))

    def _states_asked(self) -> Mapping[str, str]:
        if self.states is None:
            raise MissingPiece(f"{self.name} has no plan to ask what is stale. Open the film: gl.Project(…).{self.name}.")
        return self.states()

    def _words(self) -> Mapping[str, str]:
        """Key -> what is said there: by the script, or by a prompt itself."""
        if self.name != "prompts":
            return self.words_now()
        return {key: self.assets.read(take.asset).decode("utf-8", "replace") for key, take in self.used_takes().items()
                if self.assets.has(take.asset)}  # fmt: skip

    # ── bringing ───────────────────────────────────────────────────────────────────────────────────────────
    def add(
        self,
        media: object,
        *,
        name: str = "",
        rate: str | float | Fraction | None = None,
        seconds: float | Fraction | None = None,
        key: str = "",
        **target: str,
    ) -> T:
        """Bring something of one's own: a file's path, its bytes, a PIL image, a matplotlib figure, an array of one or many frames
        (height, width, 3 or 4) uint8, a list or a generator of pictures, a function of time, a moviepy clip; to prompts their words, or
        a file .txt or .prompt. Never an address: nothing is fetched.

        `shot="2A"`, `line="12"`, `cue="1"`, `character="MARA"` (the bucket's own word) says what it stands for; in audio also
        `scene="2"` (its air) and `effect="2A"` (what is heard of that shot). Without it a new entry is made, called `name` or after
        the file. It becomes the take that cuts use; nothing that was made is overwritten. A .cube table of colours is taken by video
        without a target.

        rate: frames a second of pictures out of code, 24 if nothing is said. seconds: how long a function of time goes on; it is
        called with 0.0, 1 / rate, 2 / rate … and gives an array, an image or a figure. key: the name by which this film knows what
        code drew, with its rate and seconds: what has a take under it already is not drawn again. A function needs one.

        Raises: MediaError if it can't be read or is nothing for this bucket, LimitError past a limit, NotFound for an unknown target;
            then nothing is kept.
        """
        place = self._target(target)
        timing = Timing.of(rate, seconds, key)
        known = self._known(media, timing)
        if known is not None:
            return self._taken(known, place, name)
        with taken_in(media, bucket=self.name, assets=self.assets, timing=timing) as intake:
            return self._taken(intake, place, name)

    def _taken(self, intake: Intake, place: _Place | None, name: str) -> T:
        if place is not None and intake.media_type == COLOUR_TABLE and not place.key.startswith(OWN):
            raise InputError(
                f"{intake.name} is a table of colours, and {self.one} {place.name} needs a picture. Add it without a target, and grade with "
                f'it: cut.lut("{place.name}", film.{self.name}["{intake.name}"]).'
            )
        if place is None:
            label = self.free_name(name or intake.name)
            place = _Place(f"{OWN}{label.casefold()}", label)
        what = f"add {duration_text(intake.seconds) + ' of ' if intake.seconds else ''}{intake.name} to {self.one} {place.name}"
        self.keep_own(place.key, place.name, intake, action="add", what=what, state=place.state)
        return self._entry_class(self, place.key, place.name)

    def _known(self, media: object, timing: Timing) -> Intake | None:
        """What this film has already under the key of something that code draws."""
        if not timing.key or isinstance(media, str | Path | bytes | bytearray | memoryview):
            return None
        digest = timing.digest()
        found = self.store.takes_for([f"{OWN}{digest}"]).get(f"{OWN}{digest}", [])
        take = next((take for bucket, _, take in found if bucket == self.name and self.assets.has(take.asset)), None)
        if take is None:
            return None
        return Intake(timing.key, take.media_type, take.seconds, sha256=take.asset, notices=take.notices, known_by=digest)

    def _target(self, target: dict[str, str]) -> _Place | None:
        if not target:
            return None
        known = {"audio": (self.one, "scene", "effect"), "prompts": ()}.get(self.name, (self.one,))
        if len(target) != 1 or next(iter(target)) not in known:
            expected = " or ".join(f"{each}=…" for each in known) or "name=…"
            raise InputError(
                f"{self.name}.add got {', '.join(f'{each}=…' for each in target)}; expected {expected}, or nothing for a new entry."
            )
        word, wanted = next(iter(target.items()))
        if word == "effect":
            return self._effect(str(wanted))
        entry = self[f"air {wanted}" if word == "scene" else wanted]
        return _Place(entry.key, entry.name)

    def _effect(self, slate: str) -> _Place:
        """The place of a shot's effect; it is made where no model hears anything in that shot."""
        shot = self.store.entry_named("video", "shot", slate)
        there = self.store.names(self.name).get(f"{FX}{shot.key}")
        action = self.words_now().get(f"{FX}{shot.key}", "")
        return _Place(f"{FX}{shot.key}", f"fx {shot.name}", None if there else as_state({"action": action}))

    # ── the trash ──────────────────────────────────────────────────────────────────────────────────────────
    @property
    def trashed(self) -> Found[T]:
        """What is in the trash, the newest first. `restore(name)` brings it back."""
        rows = trashed(self.store, self.name)
        return Found.of(
            f"trash of {self.name}", map(self._of, rows), rows, total=len(rows), assets=self.assets, nothing="nothing is in it"
        )

    def restore(self, name: str | int) -> T:
        """Bring back what was put into the trash under this name (or key): the newest, where there are several.

        Raises: NotFound, with the names that are in the trash; InputError where another thing has the name now.
        """
        rows = trashed(self.store, self.name)
        wanted = str(name).strip().casefold()
        row = next((each for each in rows if wanted in (each.name.casefold(), each.key.casefold())), None)
        if row is None:
            raise NotFound.among(f"{self.one} in the trash", name, (each.name for each in rows))
        return self._of(row).restore()

    def _of(self, row: EntryRow) -> T:
        return self._entry_class(self, row.key, row.name)

    # ── how it looks ───────────────────────────────────────────────────────────────────────────────────────
    def __repr__(self) -> str:
        return f"{self.name}: {cards.counts_text(self.one, totals(self.store, self.name, self._prefixes))}"

    def _repr_html_(self) -> str:
        shown = first(self.store, self.name, limits.MAX_CARD_ROWS, self._prefixes)
        known = totals(self.store, self.name, self._prefixes, with_usd=True)
        is_bare = all(row.used is None for row in shown)  # pictures speak for themselves, and lines keep their words
        words = {row.key: self._words_of(row) for row in shown} if self.name == "prompts" else self.words_now() if is_bare else {}
        return cards.bucket_card(self.name, self.one, shown, known, self.assets, states=self.states_now(), words=words)

    def _words_of(self, row: EntryRow) -> str:
        if row.used is None or not self.assets.has(row.used.asset):
            return ""
        return self.assets.read(row.used.asset).decode("utf-8", "replace")


@dataclass(frozen=True)
class _Place:
    """Where something is to stand; `state` where the entry is made for it."""

    key: str
    name: str
    state: str | None = None


def _says(each: Said, text: str, words: str) -> bool:
    """Whether every word of `text` stands somewhere in what an entry says of itself."""
    wanted = text.casefold().split()
    if not wanted:
        return True
    here = "\n".join((each.name, each.note, words)).casefold()
    if all(word in here for word in wanted):
        return True
    kept = each.tags + each.state
    raw = here + kept.casefold()  # before any JSON is read: a bucket has 10,000 entries. Escapes hide words from this look.
    if "\\" not in kept and not all(word in raw for word in wanted):
        return False
    more = "\n".join((here, *json.loads(each.tags), *_values(json.loads(each.state)))).casefold()
    return all(word in more for word in wanted)


def _values(state: object) -> Iterator[str]:
    """Every text in a state; the names of its fields are no words of the film."""
    if isinstance(state, str):
        yield state
    elif isinstance(state, dict):
        for each in state.values():
            yield from _values(each)
    elif isinstance(state, list):
        for each in state:
            yield from _values(each)
