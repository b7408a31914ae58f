"""BucketFace: a bucket as a contact sheet: see, judge, compare, edit, bring, throw away, and make anew what is not current.

    film.video                      in a notebook
    BucketFace(film, "audio")       the same by name

The index of all entries is the face's state; cards and pages are asked for when somebody looks at them. The plan's states follow a moment
later, so that nothing waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any, Final

from glimmer.buckets import AIR, FX, OWN, Bucket, CharacterEntry, Entry, PromptEntry, ShotEntry
from glimmer.buckets.screenplays import Screenplays
from glimmer.display import plain_line
from glimmer.errors import GlimmerError, InputError, NotFound
from glimmer.project import Project
from glimmer.store import Store
from glimmer.store.looking import trashed
from glimmer.widgets import bucket_asks as asks
from glimmer.widgets.bucket_details import cards_of, entry_told, lineage_told, script_told
from glimmer.widgets.bucket_index import entries_of
from glimmer.widgets.bucket_making import BucketPlan, Maker, line_of, price_of, to_make
from glimmer.widgets.bucket_state import ACCEPTS, BucketState
from glimmer.widgets.face import Asked, answers
from glimmer.widgets.film_face import FilmFace
from glimmer.widgets.following import look_now

__all__ = ["BUCKETS", "BucketFace"]

BUCKETS: Final = ("screenplays", "characters", "prompts", "video", "audio", "music")
_MOST_FOUND: Final = 20_000
_STEPS_LOOKED_AT: Final = 30


class BucketFace(FilmFace):
    """One bucket of one film. `bucket`: its name, or the bucket itself (film.video).

    Raises: NotFound for a bucket that there is not.
    """

    bundle = "bucket"
    called = "bucket"
    shows = BucketState

    def __init__(self, film: Project, bucket: str | Bucket[Any] | Screenplays) -> None:
        self.bucket = _name_of(bucket)
        self._plan = BucketPlan(film, self.bucket, self.changed)
        self._maker = Maker(self.changed)
        super().__init__(film)
        self.title = f"{self.bucket} of {film.title}"

    # ── what it shows ──────────────────────────────────────────────────────────────────────────────────────
    def card(self) -> object:
        return getattr(self.film, self.bucket)

    def state(self) -> dict[str, Any]:
        """The index of the bucket; see BucketState. As plain JSON from the start: 10,000 nouns would take longer than the reading."""
        film, revision = self.film, self.film.store.revision()
        entries, trash = entries_of(film, self.bucket)
        planned = self._plan.look(revision)
        undo, redo = _next_steps(film.store)
        newest = film.store.screenplay() if self.bucket != "screenplays" else None
        script = newest.version if newest is not None else len(film.screenplays) if self.bucket == "screenplays" else 0
        states = {key: state for key, state in self._plan.states().items() if key in entries}
        about = BucketState(
            film=film.title, bucket=self.bucket, one=self._one, revision=revision, planned=planned, problem=self._plan.problem, trash=len(trash), undo=undo, redo=redo,
            usd=round(sum(each.get("usd", 0.0) for each in entries.values()), 6), to_make=to_make(self._plan.chosen()),
            work=self._maker.work, script=script, accepts=ACCEPTS[self.bucket], models=film.models.note, paid=_is_paid(film),
        )  # fmt: skip
        return about.model_dump(mode="json") | {"entries": entries, "states": states}

    @property
    def _one(self) -> str:
        return "version" if self.bucket == "screenplays" else str(self._things.one)

    @property
    def _things(self) -> Any:
        return getattr(self.film, self.bucket)

    @answers(asks.Cards, apart=True)
    def _cards(self, ask: asks.Cards) -> dict[str, Any]:
        return cards_of(self.film, self.bucket, ask.keys, self._plan.rows)

    @answers(asks.Open, apart=True)
    def _open_entry(self, ask: asks.Open) -> dict[str, Any]:
        if self.bucket == "screenplays":
            return script_told(self.film, ask.key)
        return entry_told(self.film, self._entry(ask.key), self.bucket, self._plan.rows.get(ask.key))

    @answers(asks.Find, apart=True)
    def _find(self, ask: asks.Find) -> dict[str, Any]:
        if self.bucket == "screenplays":
            words = ask.text.casefold().split()
            rows = [row for row in self.film.store.screenplays() if all(word in row.text.casefold() for word in words)]
            return {"keys": [f"v{row.version}" for row in rows]}
        if self.bucket == "prompts":
            return {"keys": _prompts_that_say(self.film, ask.text)}
        return {"keys": [entry.key for entry in self._things.find(ask.text, limit=_MOST_FOUND)]}

    def _entry(self, key: str) -> Entry:
        """The entry with this key. Raises: NotFound; it may have been thrown away by another hand."""
        if self.bucket == "screenplays":
            raise InputError("a version of the screenplay has no such thing; expected an entry of another bucket.")
        entry: Entry = self._things[key.removeprefix(OWN) if self.bucket == "prompts" else key]
        return entry

    # ── judging ────────────────────────────────────────────────────────────────────────────────────────────
    @answers(asks.Rate)
    def _rate(self, ask: asks.Rate) -> dict[str, Any]:
        return self._each(ask.keys, lambda entry: entry.rate(ask.stars), f"rate({ask.stars})")

    @answers(asks.Tag)
    def _tag(self, ask: asks.Tag) -> dict[str, Any]:
        return self._each(ask.keys, lambda entry: entry.tag(*ask.words), f"tag({_typed(*ask.words)})")

    @answers(asks.Untag)
    def _untag(self, ask: asks.Untag) -> dict[str, Any]:
        gone = {plain_line(word).casefold() for word in ask.words}

        def untag(entry: Entry) -> None:
            if there := [tag for tag in entry.tags if tag.casefold() in gone]:
                entry.untag(*there)

        return self._each(ask.keys, untag, f"untag({_typed(*ask.words)})")

    @answers(asks.Note)
    def _note(self, ask: asks.Note) -> dict[str, Any]:
        return self._each([ask.key], lambda entry: entry.note(ask.text), f"note({_typed(ask.text)})")

    @answers(asks.Circle)
    def _circle(self, ask: asks.Circle) -> dict[str, Any]:
        return self._each([ask.key], lambda entry: entry.circle(ask.take), f"circle({ask.take})")

    @answers(asks.RateTake)
    def _rate_take(self, ask: asks.RateTake) -> dict[str, Any]:
        return self._each([ask.key], lambda entry: entry.rate_take(ask.take, ask.stars), f"rate_take({ask.take}, {ask.stars})")

    @answers(asks.NoteTake)
    def _note_take(self, ask: asks.NoteTake) -> dict[str, Any]:
        return self._each(
            [ask.key], lambda entry: entry.note_take(ask.take, ask.text), f"note_take({ask.take}, {_typed(ask.text)})"
        )

    def _each(self, keys: Sequence[str], do: Callable[[Entry], object], call: str) -> dict[str, Any]:
        """Do it to every one of them as one step of the history. Raises: NotFound before any is touched."""
        entries = [self._entry(key) for key in dict.fromkeys(keys)]
        many = (
            self.film.store.step(f"{call.partition('(')[0]} {len(entries):,} of {self.bucket}")
            if len(entries) > 1
            else nullcontext()
        )
        try:
            with many:
                for entry in entries:
                    do(entry)
        finally:
            look_now(self.film.store)
        return {"line": self._line_for(entries, call), "count": len(entries)}

    def _line_for(self, entries: Sequence[Entry], call: str) -> str:
        if len(entries) == 1:
            return f"film.{self.bucket}[{_typed(entries[0].name)}].{call}"
        names = _typed(*(each.name for each in entries[:4])) + (", …" if len(entries) > 4 else "")
        return f"for name in ({names}): film.{self.bucket}[name].{call}"

    # ── the trash ──────────────────────────────────────────────────────────────────────────────────────────
    @answers(asks.Trash)
    def _trash(self, ask: asks.Trash) -> dict[str, Any]:
        return self._each(ask.keys, lambda entry: entry.trash(), "trash()")

    @answers(asks.Trashed, apart=True)
    def _trashed(self, ask: asks.Trashed) -> dict[str, Any]:
        rows = trashed(self.film.store, self.bucket) if self.bucket != "screenplays" else ()
        found = [{"key": row.key, "name": row.name, "takes": row.take_count, "at": row.trashed_at[:16].replace("T", " "),
                 "asset": row.used.asset if row.used else ""} for row in rows]  # fmt: skip
        return {"entries": found}

    @answers(asks.Restore)
    def _restore(self, ask: asks.Restore) -> dict[str, Any]:
        wanted = list(dict.fromkeys(ask.keys))
        there = {row.key: row.name for row in trashed(self.film.store, self.bucket)}
        if gone := next((key for key in wanted if key not in there), None):
            raise NotFound.among(f"{self._one} in the trash", gone, there.values())
        try:
            with self.film.store.step(f"restore {len(wanted):,} of {self.bucket}") if len(wanted) > 1 else nullcontext():
                for key in wanted:
                    self._things.restore(key)
        finally:
            look_now(self.film.store)
        return {"line": f"film.{self.bucket}.restore({_typed(there[wanted[0]])})", "count": len(wanted)}

    @answers(asks.TrashTake)
    def _trash_take(self, ask: asks.TrashTake) -> dict[str, Any]:
        return self._each([ask.key], lambda entry: entry.trash_take(ask.take), f"trash_take({ask.take})")

    @answers(asks.RestoreTake)
    def _restore_take(self, ask: asks.RestoreTake) -> dict[str, Any]:
        return self._each([ask.key], lambda entry: entry.restore_take(ask.take), f"restore_take({ask.take})")

    # ── looking closer ─────────────────────────────────────────────────────────────────────────────────────
    @answers(asks.Compare, apart=True)
    def _compare(self, ask: asks.Compare) -> dict[str, Any]:
        compared: Any = self._entry(ask.key).compare(ask.first, ask.second)
        return {"rows": [[str(cell) for cell in row] for row in compared.differs.rows], "notices": list(compared._notices())}

    @answers(asks.LineageOf, apart=True)
    def _lineage_of(self, ask: asks.LineageOf) -> dict[str, Any]:
        return lineage_told(self.film, self.bucket, self._entry(ask.key), ask.take)

    # ── editing ────────────────────────────────────────────────────────────────────────────────────────────
    @answers(asks.EditFields)
    def _edit_fields(self, ask: asks.EditFields) -> dict[str, Any]:
        entry = self._entry(ask.key)
        if not isinstance(entry, ShotEntry | CharacterEntry) or (ask.voice and not isinstance(entry, CharacterEntry)):
            raise InputError(f"{self._one} {entry.name} has no such fields; expected a shot or a character.")
        if not ask.fields and not ask.voice:
            raise InputError("no field was given; expected at least one.")
        if stray := next((name for name in ask.fields if name in ("name", "voice")), None):
            raise NotFound.among(f"field of a {self._one}", stray, ())
        given: dict[str, Any] = dict(ask.fields) | ({"voice": ask.voice} if ask.voice else {})
        call = ", ".join(f"{name}={value!r}" for name, value in given.items())
        return self._each([ask.key], lambda each: each.edit(**given), f"edit({call})")

    @answers(asks.Rename)
    def _rename(self, ask: asks.Rename) -> dict[str, Any]:
        entry = self._entry(ask.key)
        old = entry.name
        try:
            if isinstance(entry, CharacterEntry):
                entry.rename(ask.name)
            else:
                entry.edit(name=ask.name)
        finally:
            look_now(self.film.store)
        call = f"rename({_typed(ask.name)})" if isinstance(entry, CharacterEntry) else f"edit(name={_typed(ask.name)})"
        return {"line": f"film.{self.bucket}[{_typed(old)}].{call}", "key": entry.key}

    @answers(asks.KeepWords)
    def _keep_words(self, ask: asks.KeepWords) -> dict[str, Any]:
        entry = self._prompt(ask.key)
        return self._each([ask.key], lambda _: entry.edit(ask.text), f"edit({_typed(ask.text)})")

    @answers(asks.UseVariant)
    def _use_variant(self, ask: asks.UseVariant) -> dict[str, Any]:
        entry = self._prompt(ask.key)
        return self._each([ask.key], lambda _: entry.use(ask.variant), f"use({_typed(ask.variant)})")

    @answers(asks.ResetPrompt)
    def _reset_prompt(self, ask: asks.ResetPrompt) -> dict[str, Any]:
        entry = self._prompt(ask.key)
        return self._each([ask.key], lambda _: entry.reset(), "reset()")

    def _prompt(self, key: str) -> PromptEntry:
        entry = self._entry(key)
        if not isinstance(entry, PromptEntry):
            raise InputError(f"{self._one} {entry.name} has no wording; expected a prompt.")
        return entry

    @answers(asks.KeepScript, apart=True)
    def _keep_script(self, ask: asks.KeepScript) -> dict[str, Any]:
        if self.bucket != "screenplays":
            raise InputError(f"{self.bucket} keeps no script; expected the bucket of screenplays.")
        try:
            script = self.film.screenplays.add(ask.text, title=self.film.title)
        finally:
            look_now(self.film.store)
        return {"line": "film.screenplays.add(text)", "key": f"v{script.version}", "notices": list(script.notices[:20])}

    # ── bringing ───────────────────────────────────────────────────────────────────────────────────────────
    @answers(asks.AddFile, apart=True)
    def _add_file(self, ask: asks.AddFile) -> dict[str, Any]:
        try:
            with self.uploads.taken(ask.upload) as path:
                try:
                    return self._taken(path, ask.key)
                except GlimmerError as error:  # where it lay for a moment is nobody's business
                    raise type(error)(error.message.replace(str(path), path.name), **error.facts) from error
        finally:
            look_now(self.film.store)

    def _taken(self, path: Any, key: str) -> dict[str, Any]:
        name = _typed(path.name)
        if self.bucket == "screenplays":
            script = self.film.screenplays.read(path)
            return {"line": f"film.screenplays.read({name})", "key": f"v{script.version}", "notices": list(script.notices[:20])}
        if self.bucket == "prompts" and key:
            entry = self._prompt(key)
            entry.edit(path.read_text("utf-8", errors="replace"))
            return {"line": f"film.prompts[{_typed(entry.name)}].edit(open({name}).read())", "key": entry.key, "notices": []}
        target = self._target(key) if key else {}
        added = self._things.add(path, **target)
        said = "".join(f", {word}={_typed(value)}" for word, value in target.items())
        notices = list(added.used.notices) if added.used is not None else []
        return {"line": f"film.{self.bucket}.add({name}{said})", "key": added.key, "name": added.name, "notices": notices}

    def _target(self, key: str) -> dict[str, str]:
        """The word and the name by which `add` knows this entry."""
        entry = self._entry(key)
        if entry.key.startswith(AIR):
            return {"scene": entry.name.removeprefix("air ")}
        if entry.key.startswith(FX):
            return {"effect": entry.name.removeprefix("fx ")}
        return {self._one: entry.name}

    # ── making ─────────────────────────────────────────────────────────────────────────────────────────────
    @answers(asks.Price, apart=True)
    def _price(self, ask: asks.Price) -> dict[str, Any]:
        self._plan.ask()
        return price_of(self._plan.chosen(set(ask.keys)))

    @answers(asks.Remake, apart=True)
    def _remake(self, ask: asks.Remake, asked: Asked) -> dict[str, Any]:
        self._plan.ask()
        plan = self._plan.chosen(set(ask.keys))
        if plan is None or not len(plan):
            raise NotFound(f"nothing of {self.bucket} is to be made: all that was asked for is current, or stands in no script.")
        try:
            ran = self._maker.run(plan, ask.agreed_usd, asked.progress, id=asked.screen)
        finally:
            look_now(self.film.store)
        names = [row.what for row in plan] if ask.keys else []
        return {"made": ran.made, "usd": ran.usd, "seconds": ran.seconds, "notices": list(ran.notices[:20]), "line": line_of(names)}

    @answers(asks.StopWork, at_once=True)
    def _stop_work(self, ask: asks.StopWork) -> bool:
        return self._maker.stop()


def _name_of(bucket: object) -> str:
    name = "screenplays" if isinstance(bucket, Screenplays) else bucket.name if isinstance(bucket, Bucket) else bucket
    if name not in BUCKETS:
        raise NotFound.among("bucket", name, BUCKETS)
    return str(name)


def _typed(*words: str) -> str:
    """Words as one would type them in Python, cut where they are long."""
    return ", ".join('"' + plain_line(word)[:80].replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words)


def _next_steps(store: Store) -> tuple[str, str]:
    """(what undo would take back, what redo would do again), "" for none."""
    steps = store.steps(_STEPS_LOOKED_AT)
    undo = next((step.what for step in steps if not step.undone), "")
    redo = ""
    for step in steps:
        if not step.undone:
            break
        redo = step.what
    return undo, redo


def _is_paid(film: Project) -> bool:
    models = film.models
    return any(hasattr(model, "estimate") for model in (models.artist, models.speech, models.composer, models.sound))


def _prompts_that_say(film: Project, text: str) -> list[str]:
    words, found = text.casefold().split(), []
    for key, entry in entries_of(film, "prompts")[0].items():
        try:
            here = f"{entry['name']}\n{film.prompts[key.removeprefix(OWN)].text}".casefold()
        except GlimmerError:
            here = entry["name"].casefold()
        if all(word in here for word in words):
            found.append(key)
    return found
