"""Shot changes: the shot list comes back from pandas or a spreadsheet. What was changed is shown first, then kept in one step.

Takes a changed copy of film.shots, gives `ShotChanges`; keeps nothing before `.keep()`. Size, angle, move, action and seconds become
a person's direction of the shot, rating, tags, note and take go to its entry. What can't be changed in such a table (a line,
who is seen, the order) is said, all of it at once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, cast, get_args

from glimmer import limits, screenplay
from glimmer.buckets.screenplays import DIRECTION
from glimmer.display import Html, Table, card, count_text, next_step, plain_line, read_csv_text
from glimmer.display.csv_text import guarded
from glimmer.errors import GlimmerError, InputError, LimitError, NotFound, StoreError
from glimmer.film_tables import SHOT_COLUMNS, shots_table
from glimmer.screenplay import Screenplay, Shot
from glimmer.screenplay.directions import Direction
from glimmer.store import Store
from glimmer.store.listing import EntryLine, entry_lines
from glimmer.vocabulary import Angle, Move, ShotSize

__all__ = ["ShotChanges", "shot_changes"]

_DIRECTED: Final = ("size", "angle", "move", "action", "seconds")
_KEPT: Final = ("take", "rating", "tags", "note")
_WORDS: Final = {"size": get_args(ShotSize), "angle": get_args(Angle), "move": get_args(Move)}
_WHERE_TO: Final = {
    "seen": "Who is seen is read from the script; change the action or the screenplay.",
    "line": "A line is the script's: change it there and read it again, film.screenplays.read(…).",
}
_SAME_SECONDS: Final = 0.005  # a table shows two places
_MOST_PROBLEMS: Final = 20
_NOTHING: Final = frozenset(
    ("", "nan", "none", "null", "<na>", "n/a")
)  # what an empty number becomes on its way through others' tools


@dataclass(frozen=True)
class _Edit:
    """What a shot's entry is to say. None for a column that stays."""

    shot_id: str
    slate: str
    direction: dict[str, object] | None = None
    circled: int | None = None
    rating: int | None = None
    tags: tuple[str, ...] | None = None
    note: str | None = None


@dataclass(frozen=True)
class _Kept:
    """What stands in a shot's entry, as far as a table can change it."""

    direction: dict[str, object] = field(default_factory=dict)
    circled: int = 0
    rating: int = 0
    tags: tuple[str, ...] = ()
    note: str = ""

    @classmethod
    def of(cls, row: EntryLine | None) -> _Kept:
        if row is None:
            return cls()
        said = json.loads(row.state or "{}").get(DIRECTION) or {}
        return cls(said, row.circled, row.rating, tuple(json.loads(row.tags)), row.note)

    def after(self, edit: _Edit) -> _Kept:
        names = ("direction", "circled", "rating", "tags", "note")
        return _Kept(*(getattr(self, name) if getattr(edit, name) is None else getattr(edit, name) for name in names))


class ShotChanges:
    """What a changed shot list would change: prints as shot, column, before, after. `.keep()` does it; until then nothing is changed."""

    def __init__(
        self,
        script: Screenplay,
        store: Store,
        rows: Sequence[tuple[str, str, object, object]] = (),
        edits: Sequence[tuple[_Edit, _Kept]] = (),
    ) -> None:
        self._script = script
        self._store = store
        self._edits = tuple(edits)
        self.table = Table(("shot", "column", "before", "after"), rows, title=self._title(rows))

    def _title(self, rows: Sequence[object]) -> str:
        if not rows:
            return f"nothing changed in the shots of {self._script.title}"
        return f"{count_text(len(rows), 'change')} in {count_text(len(self._edits), 'shot')} of {self._script.title}, not kept yet"

    def __len__(self) -> int:
        """How many cells are changed."""
        return len(self.table)

    @property
    def shots(self) -> tuple[str, ...]:
        """The slates of the shots that are changed, in order."""
        return tuple(edit.slate for edit, _ in self._edits)

    def keep(self) -> Table:
        """Make these changes, all of them or none, as one step that `film.undo()` takes back. Returns: what was changed.

        Keeping the same again changes nothing.
        Raises: StoreError, naming the shots, if somebody else has changed one of them, or the script, since; then nothing is kept.
        """
        if self._edits:
            with self._store.write("edit", f"edit {_listed(self.shots)} in a table"):
                for edit, row in self._to_do():
                    self._change(edit, row)
        return Table(self.table.columns, self.table.rows, title=self.table.title.removesuffix(", not kept yet") + ": kept")

    def _to_do(self) -> list[tuple[_Edit, EntryLine]]:
        """The edits whose entries stand as they stood when the table was compared; none where all is as wanted already."""
        newest = self._store.screenplay()
        if newest is None or newest.text != self._script.source:
            raise StoreError(
                f'"{self._script.title}" has got a new version since this table was compared; the changes were made to the one before. '
                "Take film.shots anew and change that."
            )
        rows = {row.key: row for row in entry_lines(self._store, "video") if row.active and not row.trashed_at}
        stands = {edit.shot_id: _Kept.of(rows.get(edit.shot_id)) for edit, _ in self._edits}
        if all(stands[edit.shot_id] == before.after(edit) for edit, before in self._edits):
            return []
        others = [edit.slate for edit, before in self._edits if edit.shot_id not in rows or stands[edit.shot_id] != before]
        if others:
            raise StoreError(
                f"somebody has changed {_listed(others)} since this table was compared; nothing was kept. "
                "Take film.shots anew, look at what is there now, and change that."
            )
        return [(edit, rows[edit.shot_id]) for edit, _ in self._edits]

    def _change(self, edit: _Edit, row: EntryLine) -> None:
        columns: dict[str, Any] = {name: value for name in ("rating", "tags", "note") if (value := getattr(edit, name)) is not None}
        if edit.direction is not None:
            state = json.loads(row.state or "{}")
            state.pop(DIRECTION, None)
            columns["state"] = json.dumps(state | ({DIRECTION: edit.direction} if edit.direction else {}), ensure_ascii=False)
        if columns:
            self._store.change_entry("video", edit.shot_id, action="edit", what=f"edit {edit.slate}", **columns)
        if edit.circled is not None:
            self._store.circle("video", edit.shot_id, edit.circled)

    def __repr__(self) -> str:
        return f"{self.table!r}\nNext: keep them · changes.keep()" if self._edits else self.table.title

    def _repr_html_(self) -> Html:
        inside = Html(self.table.inner_html() + next_step("keep them", "changes.keep()")) if self._edits else None
        return card(self.table.title, inside=inside)


def shot_changes(changed: object, script: Screenplay, store: Store) -> ShotChanges:
    """What `changed` would change in the shots of `script` as they stand now. Changes nothing itself.

    changed: a DataFrame (film.shots.to_pandas()), a Table, or CSV: a file's path, or its text. Rows and columns that are left out are
    left alone, the column "state" is not read, columns may stand in any order. An empty size, angle, move, action or seconds gives
    the shot back to the rules; an empty take takes the circle away.
    Raises: InputError with everything that can't be done, before anything is changed.
    """
    columns, rows = _read(changed)
    problems = _head_problems(columns)
    if problems:
        raise _refused(problems)
    comparison = _Comparison(script, store)
    for number, row in enumerate(rows, start=1):
        comparison.row(number, dict(zip(columns, row, strict=True)))
    comparison.check_length()
    if comparison.problems:
        raise _refused(comparison.problems)
    return ShotChanges(script, store, comparison.found, comparison.edits)


class _Comparison:
    """The given rows against the film's, shot by shot: collects what is changed and what can't be."""

    def __init__(self, script: Screenplay, store: Store) -> None:
        self._script = script
        self._store = store
        shown = shots_table(script, store, dict)
        self._shown = {str(row["shot"]): row for row in shown}
        self._shots = {shot.slate: shot for shot in script.shot_list}
        self._rows = {row.key: row for row in entry_lines(store, "video") if row.active and not row.trashed_at}
        self._met: list[str] = []
        self._slate = ""
        self._longer = 0.0
        self.problems: list[str] = []
        self.found: list[tuple[str, str, object, object]] = []
        self.edits: list[tuple[_Edit, _Kept]] = []

    def row(self, number: int, given: Mapping[str, object]) -> None:
        slate = _text(given["shot"]).strip()
        if slate not in self._shots:
            slate = next((each for each in self._shots if each.casefold() == slate.casefold()), slate)
        if not slate:
            self.problems.append(
                f"row {number} names no shot; expected one of film.shots, such as {next(iter(self._shots), '1A')}."
            )
        elif slate not in self._shots:
            self.problems.append(
                f"row {number}: {NotFound.among('shot', slate, self._shots)} New shots are written into the script."
            )
        elif slate in self._met:
            self.problems.append(f"row {number} is a second row for {slate}; expected one. Which of them is meant?")
        else:
            self._met.append(slate)
            self._slate = slate
            self._compare(self._shots[slate], given)

    def _compare(self, shot: Shot, given: Mapping[str, object]) -> None:
        shown, before = self._shown[shot.slate], _Kept.of(self._rows.get(shot.id))
        if shot.id not in self._rows:
            self.problems.append(f"{shot.slate} is in the trash or was never shelved; bring it back first: film.video.restore(…).")
            return
        for name in ("seen", "line"):
            if name in given and not _is_same(given[name], shown[name]):
                self._problem(
                    name, f"is {_short(given[name])}; here it can't be other than {_short(shown[name])}. {_WHERE_TO[name]}"
                )
        direction = dict(before.direction)
        for name in _DIRECTED:
            if name in given:
                self._direct(shot, name, given[name], shown[name], direction)
        values: dict[str, Any] = {} if direction == before.direction else {"direction": direction}
        for name in _KEPT:
            if name in given and (value := self._entry_value(shot, name, given[name], shown[name], before)) is not None:
                values["circled" if name == "take" else name] = value
        if values:
            self.edits.append((_Edit(shot.id, shot.slate, **values), before))

    # ── what a person directs ──────────────────────────────────────────────────────────────────────────────
    def _direct(self, shot: Shot, name: str, given: object, shown: object, direction: dict[str, object]) -> None:
        value = self._number(name, given) if name == "seconds" else _word(name, given)
        if value == shown or (name == "action" and _is_same(value, shown)):
            return
        if name == "seconds" and isinstance(value, float) and abs(value - float(str(shown))) < _SAME_SECONDS:
            return
        made = getattr(self._as_made(shot, name in direction), name)
        if value is None or value == made or (name == "seconds" and abs(float(str(value)) - made) < _SAME_SECONDS):
            direction.pop(name, None)
            value = round(made, 2) if name == "seconds" else made
        elif name == "seconds" and shot.line_ids and float(str(value)) < made:
            self._problem(name, f"is {value:g}; it lasts at least {made:.2f}, as long as its lines. Shorten what is said.")
            return
        else:
            try:
                direction[name] = Direction(**cast(Any, {name: value})).kept()[name]
            except GlimmerError as error:
                self._problem(name, str(error))
                return
        if value != shown:
            self._longer += float(str(value)) - shot.seconds if name == "seconds" else 0.0
            self.found.append((shot.slate, name, shown, value))

    def _as_made(self, shot: Shot, is_directed: bool) -> Shot:
        """The shot as the rules made it."""
        return self._made[shot.id] if is_directed else shot

    @cached_property
    def _made(self) -> dict[str, Shot]:
        made = screenplay.read(self._script.source, title=self._script.title)
        return {shot.id: shot for shot in made.shot_list}

    # ── what is kept with its entry ────────────────────────────────────────────────────────────────────────
    def _entry_value(self, shot: Shot, name: str, given: object, shown: object, before: _Kept) -> Any:
        """The new value of the column, None where it stays or can't be."""
        read: dict[str, Callable[[Shot, object], Any]] = {
            "take": self._take, "rating": self._rating, "tags": self._tags, "note": self._note,
        }  # fmt: skip
        if name in ("tags", "note") and _lines(_text(given)) in (_lines(_text(shown)), _lines(guarded(_text(shown)))):
            return None
        value = read[name](shot, given)
        stands = before.circled if name == "take" else getattr(before, name)
        if value is None or value == stands:
            return None
        self.found.append((shot.slate, name, shown, ", ".join(value) if name == "tags" else value or None))
        return value

    def _take(self, shot: Shot, given: object) -> int | None:
        number = self._whole("take", given)
        if number:
            there = [take.number for take in self._store.takes("video", shot.id)]
            if number not in there:
                self._problem("take", f"is {number}; there is {_listed([f'take {n}' for n in there])}.")
                return None
        return number

    def _rating(self, shot: Shot, given: object) -> int | None:
        stars = self._whole("rating", given)
        if stars is not None and not 0 <= stars <= 5:
            self._problem("rating", f"is {stars}; expected 1 to 5 stars, or an empty cell.")
            return None
        return stars

    def _tags(self, shot: Shot, given: object) -> tuple[str, ...] | None:
        words = [plain_line(word) for word in _text(given).split(",")]
        tags = tuple({word.casefold(): word for word in reversed(words) if word}.values())[::-1]
        if len(tags) > limits.MAX_TAGS or any(len(word) > limits.MAX_NAME_CHARS for word in tags):
            self._problem("tags", f"are {len(tags)}; at most {limits.MAX_TAGS} of {limits.MAX_NAME_CHARS} characters are kept.")
            return None
        return tags

    def _note(self, shot: Shot, given: object) -> str | None:
        note = _lines(_text(given))
        if len(note) > limits.MAX_NOTE_CHARS:
            self._problem("note", f"has {len(note):,} characters; at most {limits.MAX_NOTE_CHARS:,} are kept (MAX_NOTE_CHARS).")
            return None
        return note

    # ── over all rows ──────────────────────────────────────────────────────────────────────────────────────
    def check_length(self) -> None:
        whole = self._script.seconds + self._longer
        if whole > limits.MAX_FILM_SECONDS and self._longer > 0:
            self.problems.append(
                f"with these seconds the film lasts {whole:,.0f} s; at most {limits.MAX_FILM_SECONDS:,} are made (MAX_FILM_SECONDS)."
            )

    # ── numbers ────────────────────────────────────────────────────────────────────────────────────────────
    def _number(self, name: str, given: object) -> float | None:
        text = _text(given).strip()
        if text.casefold() in _NOTHING:
            return None
        try:
            number = float(text if "." in text else text.replace(",", "."))
        except ValueError:
            number = math.nan
        if isinstance(given, bool) or not math.isfinite(number):
            self._problem(name, f"is {_short(given)}; expected a number, or an empty cell.")
            return None
        return number

    def _whole(self, name: str, given: object) -> int | None:
        """A whole number, 0 for an empty cell, None for what is none."""
        count = len(self.problems)
        number = self._number(name, given)
        if number is None:
            return 0 if len(self.problems) == count else None
        if number != int(number):
            self._problem(name, f"is {_short(given)}; expected a whole number, or an empty cell.")
            return None
        return int(number)

    def _problem(self, column: str, words: str) -> None:
        self.problems.append(f"{self._slate}, {column}: {words}")


# ── reading what came back ──────────────────────────────────────────────────────────────────────────────────
def _read(changed: Any) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """(columns, rows) of a Table, a DataFrame, a file or a text. Knows a DataFrame by what it can do, for pandas need not be there."""
    if isinstance(changed, Table):
        return changed.columns, list(changed.rows)
    if isinstance(changed, str | Path):
        columns, cells = _read_csv(changed)
        return columns, list(cells)
    if all(hasattr(changed, name) for name in ("columns", "itertuples", "notna", "reset_index")):
        frame = changed if "shot" in changed.columns else changed.reset_index()  # df.set_index("shot") is still the same table
        columns = tuple(str(name) for name in frame.columns)
        is_there = frame.notna().itertuples(index=False, name=None)
        rows = zip(frame.itertuples(index=False, name=None), is_there, strict=True)
        made = [tuple(value if there else None for value, there in zip(row, mask, strict=True)) for row, mask in rows]
        if "shot" not in changed.columns and columns[0] == "index" and "shot" not in columns:
            columns, made = columns[1:], [row[1:] for row in made]
        return columns, made
    raise InputError(
        f"a {type(changed).__name__} can't be compared with film.shots; expected a DataFrame (film.shots.to_pandas()), "
        'a CSV file ("shots.csv") or its text, or a Table.'
    )


def _read_csv(given: str | Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    if isinstance(given, str) and "\n" in given:
        return read_csv_text(given)
    path = Path(given).expanduser()
    try:
        if path.stat().st_size > limits.MAX_CSV_BYTES:
            raise LimitError(
                f'"{path}" has {path.stat().st_size:,} bytes; at most {limits.MAX_CSV_BYTES:,} are read. Keep only the rows you changed.',
                limit="MAX_CSV_BYTES",
            )
        return read_csv_text(path.read_bytes().decode("utf-8-sig"), name=f'"{path}"')
    except (OSError, ValueError) as reason:
        if isinstance(reason, GlimmerError):
            raise
        if isinstance(reason, UnicodeDecodeError):
            raise InputError(f'"{path}" is no UTF-8; expected the CSV that film.shots.to_csv("{path.name}") writes. '
                             "Save it as “CSV UTF-8” in your spreadsheet.") from reason  # fmt: skip
        raise InputError(
            f'"{path}" can\'t be read ({getattr(reason, "strerror", None) or reason}); expected a CSV file.'
        ) from reason


def _head_problems(columns: Sequence[str]) -> list[str]:
    problems = []
    if "shot" not in columns:
        problems.append(f'there is no column "shot", which says what a row is about; there is {_listed(columns)}.')
    for name in dict.fromkeys(columns):
        if name not in SHOT_COLUMNS:
            problems.append(f'the column "{plain_line(name)}" is not one of film.shots ({", ".join(SHOT_COLUMNS)}). Leave it out.')
        elif columns.count(name) > 1:
            problems.append(f'there are {columns.count(name)} columns "{name}"; expected one.')
    return problems


def _refused(problems: Sequence[str]) -> InputError:
    shown = [
        *problems[:_MOST_PROBLEMS],
        *([f"… and {len(problems) - _MOST_PROBLEMS} more"] if len(problems) > _MOST_PROBLEMS else []),
    ]
    said = "\n".join(f"  · {each}" for each in shown)
    return InputError(
        f"{count_text(len(problems), 'thing')} in this table can't be done; nothing was changed.\n{said}", problems=tuple(problems)
    )


# ── cells ───────────────────────────────────────────────────────────────────────────────────────────────────
def _text(value: Any) -> str:
    """A cell as text: nothing for what is missing, "a, b" for a list of tags."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if not isinstance(value, str) and hasattr(value, "__iter__"):  # a list, a tuple, an array
        return ", ".join(str(each) for each in value)
    return str(value)


def _is_same(given: object, shown: object) -> bool:
    """Whether a text stayed, its spaces aside; also one that pandas read from our CSV, apostrophe and all."""
    return _plain(given) in (_plain(shown), _plain(guarded(_text(shown))))


def _plain(value: object) -> str:
    return " ".join(_text(value).split())


def _lines(text: str) -> str:
    """Spreadsheets end lines their own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _word(name: str, given: object) -> str | None:
    """A size, angle, move or action as the film says it: "cu" is CU, "push in" is push_in. None for an empty cell."""
    text = _text(given).strip()
    if name == "action":
        return text or None
    folded = "_".join(text.casefold().split())
    return next((word for word in _WORDS[name] if word.casefold() == folded), text or None)


def _short(value: object) -> str:
    text = plain_line(_text(value))
    return f'"{text}"' if len(text) <= 80 else f'"{text[:79]}…"'


def _listed(names: Sequence[str], at_most: int = 8) -> str:
    more = f" and {len(names) - at_most} more" if len(names) > at_most else ""
    return (", ".join(names[:at_most]) or "nothing") + more
