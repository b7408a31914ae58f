"""Entries: what stands in a film's buckets, found by key, by name, by words; changed in place, never deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from glimmer.errors import NotFound
from glimmer.store.nouns import EntryRow, Standing, Take
from glimmer.store.tables import BUCKETS, EntryTable, TakeTable, now
from glimmer.store.takes import Takes, take_of

__all__ = ["Entries"]

_PLAIN: Final = ("id", "bucket", "key", "name", "position", "state", "circled", "wanted", "active", "rating", "note", "trashed_at")
_FORMER: Final = "former_keys"  # in a state: the keys an entry had in earlier versions of the script, by which older cuts know it
_PREFIXES: Final = ("line", "air", "fx", "cue", "own")
_OWN: Final = "own:"  # what a person brought is no script's to put away


class Entries(Takes):
    """The entries of a film's buckets. "Active" is what the film asks for now; the rest is kept with its takes, out of sight."""

    # ── what a script asks for ─────────────────────────────────────────────────────────────────────────────
    def set_entries(
        self,
        bucket: str,
        wanted: Sequence[tuple[str, str]],
        *,
        prefix: str = "",
        states: Mapping[str, str] | None = None,
        heirs: Mapping[str, str] | None = None,
    ) -> None:
        """Make the active entries of `bucket` whose key starts with `prefix` just these (key, name), in this order.

        `states`: key -> JSON that is kept with the entry (added to what it has); who is not named there keeps what it has.
        `heirs`: new key -> old key: an entry that a changed script goes on with under a new key takes its takes, note and tags along.
        The others are kept with their takes, inactive; what a person brought (own:…) stays in sight.
        """
        with self.write("shelve", f"{len(wanted)} of {bucket}") as session:
            rows = {row.key: row for row in self._rows(session, bucket) if row.key.startswith(prefix)}
            keys = {key for key, _ in wanted}
            _inherit(rows, keys, heirs or {})
            session.flush()
            for row in rows.values():
                row.active = row.key.startswith(_OWN) or row.key in keys
            for position, (key, name) in enumerate(wanted):
                found = rows.get(key)
                if found is None:
                    found = BUCKETS[bucket](project_id=self.project_id, key=key, name=name)
                    session.add(found)
                found.name, found.position, found.active = name, position, True
                if states and key in states:
                    found.state = _with_state(found.state, states[key])

    def put_entry(self, bucket: str, key: str, name: str, *, state: str | None = None) -> EntryRow:
        """Create the entry or, where it exists, set its name (and state, unless None). One in the trash comes out of it."""
        with self.write("put", f"{bucket} {name}") as session:
            row = self._row(session, bucket, key)
            if row is None:
                count = session.scalar(self._of(bucket, select(func.count()).select_from(EntryTable))) or 0
                row = BUCKETS[bucket](project_id=self.project_id, key=key, name=name, position=count)
                session.add(row)
            row.name, row.active, row.trashed_at = name, True, ""
            if state is not None:
                row.state = state
            session.flush()
            return _entry(row, self._used(session, row))

    def change_entry(self, bucket: str, key: str, /, *, action: str, what: str, **columns: Any) -> EntryRow:
        """Set columns of an entry (name, key, state, rating, note, tags as a sequence). `action` and `what` name it in the history."""
        with self.write(action, what) as session:
            row = self._entry_row(session, bucket, key)
            for name, value in columns.items():
                setattr(row, name, json.dumps(list(value), ensure_ascii=False) if name == "tags" else value)
            session.flush()
            return _entry(row, self._used(session, row))

    def trash_entry(self, bucket: str, key: str, *, back: bool = False) -> None:
        """Put an entry into the trash with its takes, or bring it `back`."""
        with self.write("restore" if back else "trash", f"{bucket} {self._name(bucket, key)}") as session:
            self._entry_row(session, bucket, key).trashed_at = "" if back else now()

    # ── looking ────────────────────────────────────────────────────────────────────────────────────────────
    def entries(self, bucket: str, *, counted: bool = False, trashed: bool = False) -> tuple[EntryRow, ...]:
        """The active entries of a bucket, in order; or those in the trash. `counted`: with how many takes and what they cost."""
        return self._looked(self._visible(bucket, trashed=trashed), counted=counted)

    def entry(self, bucket: str, key: str) -> EntryRow:
        """The entry with this key, active or not.

        Raises: NotFound, with the nearest keys.
        """
        with self.read() as session:
            row = self._entry_row(session, bucket, key)
            counts = _counts(session, [row.id])
            return _entry(row, self._used(session, row), counts.get(row.id))

    def names(self, bucket: str) -> dict[str, str]:
        """Key -> name of the active entries, in order."""
        with self.read() as session:
            query = self._visible(bucket).with_only_columns(EntryTable.key, EntryTable.name)
            return dict(session.execute(query).all())

    def count(self, bucket: str) -> int:
        """How many active entries there are."""
        with self.read() as session:
            return session.scalar(self._visible(bucket).with_only_columns(func.count()).order_by(None)) or 0

    def find(
        self,
        bucket: str,
        *,
        text: str = "",
        tags: Iterable[str] = (),
        keys: Sequence[str] | None = None,
        rating_at_least: int = 0,
        trashed: bool = False,
        limit: int = 1000,
    ) -> tuple[EntryRow, ...]:
        """Active entries that hold every given word of `text` (in name, note, tags or state, any case) and every tag; at most `limit`."""
        query = self._visible(bucket, trashed=trashed)
        for word in text.split():
            like = f"%{_escaped(word)}%"
            query = query.where(
                or_(
                    *(
                        column.ilike(like, escape="\\")
                        for column in (EntryTable.name, EntryTable.note, EntryTable.tags, EntryTable.state)
                    )
                )
            )
        for tag in tags:
            query = query.where(EntryTable.tags.ilike(f"%{_escaped(json.dumps(tag, ensure_ascii=False))}%", escape="\\"))
        if rating_at_least:
            query = query.where(EntryTable.rating >= rating_at_least)
        if keys is not None:
            query = query.where(EntryTable.key.in_(list(keys)[:limit]))
        return self._looked(query.limit(limit), counted=True)

    def first_picture(self) -> str:
        """The asset of the first shot that has a take, "" while there is none."""
        query = self._visible("video").join(TakeTable, EntryTable.used_id == TakeTable.id).with_only_columns(TakeTable.asset)
        with self.read() as session:
            return session.scalar(query.limit(1)) or ""

    def tallies(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(bucket, the part of the key before its colon, "" for none) -> (active entries, those that have a take). One look."""
        kind = case(
            *((EntryTable.key.startswith(f"{prefix}:", autoescape=True), prefix) for prefix in _PREFIXES),
            else_="",
        ).label("kind")
        query = (
            select(EntryTable.bucket, kind, func.count(), func.count(EntryTable.used_id))
            .where(EntryTable.project_id == self.project_id, EntryTable.active, EntryTable.trashed_at == "")
            .group_by(EntryTable.bucket, kind)
        )
        with self.read() as session:
            return {(bucket, prefix): (count, used) for bucket, prefix, count, used in session.execute(query)}

    def states(self, bucket: str, *, holding: str = "") -> dict[str, tuple[str, str]]:
        """Key -> (name, state) of the active entries, in order; of those whose state holds this text, if one is given."""
        query = self._visible(bucket).with_only_columns(EntryTable.key, EntryTable.name, EntryTable.state)
        if holding:
            query = query.where(EntryTable.state.contains(holding, autoescape=True))
        with self.read() as session:
            return {key: (name, state) for key, name, state in session.execute(query)}

    def followed(self) -> dict[tuple[str, str], str]:
        """(bucket, a former key) -> the key that the entry goes by now, for all that a changed script went on with."""
        query = select(EntryTable.bucket, EntryTable.key, EntryTable.state).where(
            EntryTable.project_id == self.project_id, EntryTable.active, EntryTable.state.contains(f'"{_FORMER}"', autoescape=True)
        )
        with self.read() as session:
            found = session.execute(query).all()
        return {(bucket, old): key for bucket, key, state in found for old in json.loads(state)[_FORMER]}

    def used_takes(self, bucket: str) -> dict[str, Take]:
        """Entry key -> the take that cuts use, for every active entry that has one, in order. One look."""
        with self.read() as session:
            query = self._visible(bucket).with_only_columns(EntryTable.key, TakeTable)
            found = session.execute(query.join(TakeTable, EntryTable.used_id == TakeTable.id))
            return {key: take_of(row) for key, row in found}

    def standing(self) -> tuple[Standing, ...]:
        """How every active entry of every bucket stands, in one look."""
        columns = (
            EntryTable.bucket,
            EntryTable.key,
            EntryTable.name,
            EntryTable.wanted,
            EntryTable.circled,
            func.coalesce(TakeTable.number, 0).label("take_number"),
            *(func.coalesce(getattr(TakeTable, name), "").label(name) for name in ("made_for", "asset", "media_type")),
            func.coalesce(TakeTable.seconds, 0.0).label("seconds"),
            func.coalesce(TakeTable.model, "").label("model"),
        )
        query = (
            select(*columns)
            .outerjoin(TakeTable, EntryTable.used_id == TakeTable.id)
            .where(EntryTable.project_id == self.project_id, EntryTable.active, EntryTable.trashed_at == "")
            .order_by(EntryTable.bucket, EntryTable.position, EntryTable.id)
        )
        with self.read() as session:
            return tuple(Standing(*row) for row in session.execute(query))

    def thrown(self) -> frozenset[tuple[str, str]]:
        """(bucket, key) of every active entry that is in the trash: the script asks for it, and a person does not."""
        query = select(EntryTable.bucket, EntryTable.key).where(
            EntryTable.project_id == self.project_id, EntryTable.active, EntryTable.trashed_at != ""
        )
        with self.read() as session:
            return frozenset((bucket, key) for bucket, key in session.execute(query))

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    def _of(self, bucket: str, query: Select[Any]) -> Select[Any]:
        return query.where(EntryTable.project_id == self.project_id, EntryTable.bucket == bucket)

    def _visible(self, bucket: str, *, trashed: bool = False) -> Select[Any]:
        query = self._of(bucket, select(EntryTable))
        query = query.where(EntryTable.trashed_at != "") if trashed else query.where(EntryTable.active, EntryTable.trashed_at == "")
        return query.order_by(EntryTable.position, EntryTable.id)

    def _looked(self, query: Select[Any], *, counted: bool) -> tuple[EntryRow, ...]:
        with self.read() as session:
            found = session.execute(query.outerjoin(TakeTable, EntryTable.used_id == TakeTable.id).add_columns(TakeTable)).all()
            counts = _counts(session, [row.id for row, _ in found]) if counted else {}
            return tuple(_entry(row, None if used is None else take_of(used), counts.get(row.id)) for row, used in found)

    def _rows(self, session: Session, bucket: str) -> list[EntryTable]:
        query = self._of(bucket, select(EntryTable))
        return list(session.scalars(query.order_by(EntryTable.position, EntryTable.id)))

    def _row(self, session: Session, bucket: str, key: str) -> EntryTable | None:
        found: EntryTable | None = session.scalar(self._of(bucket, select(EntryTable)).where(EntryTable.key == key))
        return found

    @staticmethod
    def _used(session: Session, row: EntryTable) -> Take | None:
        used = session.get(TakeTable, row.used_id) if row.used_id is not None else None
        return None if used is None else take_of(used)

    def entry_named(self, bucket: str, one: str, name: str) -> EntryRow:
        """The active entry with this name or key; case counts only where nothing else tells two apart. `one` is the word for it.

        Raises: NotFound, with the nearest names.
        """
        wanted = name.strip()
        with self.read() as session:
            exact = self._visible(bucket).where(or_(EntryTable.name == wanted, EntryTable.key == wanted)).limit(1)
            row = session.scalar(exact)
            if row is not None:
                return _entry(row, self._used(session, row), _counts(session, [row.id]).get(row.id))
        names = self.names(bucket)
        folded = wanted.casefold()
        key = next((k for k, n in names.items() if folded in (n.casefold(), k.casefold(), f"{one} {n}".casefold())), None)
        if key is None:
            raise NotFound.among(one, name, names.values())
        return self.entry(bucket, key)


def _inherit(rows: dict[str, EntryTable], keys: set[str], heirs: Mapping[str, str]) -> None:
    """Let entries go on under their new keys: only where the new key is free and the old one is wanted no more."""
    for new, old in heirs.items():
        if new in keys and new not in rows and old in rows and old not in keys:
            rows[new] = row = rows.pop(old)
            former = json.loads(row.state).get(_FORMER, [])
            row.state = _with_state(row.state, json.dumps({_FORMER: sorted({*former, old} - {new})}))
            row.key = new


def _with_state(old: str, new: str) -> str:
    """What the script says, over what is kept (a person's direction stays)."""
    merged = json.loads(old or "{}") | json.loads(new)
    return json.dumps(merged, ensure_ascii=False)


def _counts(session: Session, entry_ids: Sequence[int]) -> dict[int, tuple[int, float]]:
    """Entry id -> (takes, usd), those in the trash left out."""
    found: dict[int, tuple[int, float]] = {}
    for start in range(0, len(entry_ids), 400):
        query = (
            select(TakeTable.entry_id, func.count(), func.sum(TakeTable.usd))
            .where(TakeTable.entry_id.in_(entry_ids[start : start + 400]), TakeTable.trashed_at == "")
            .group_by(TakeTable.entry_id)
        )
        found |= {entry_id: (count, float(usd or 0.0)) for entry_id, count, usd in session.execute(query)}
    return found


def _entry(row: EntryTable, used: Take | None, counted: tuple[int, float] | None = None) -> EntryRow:
    values = {name: getattr(row, name) for name in _PLAIN}
    count, usd = counted or (0, 0.0)
    return EntryRow.model_construct(**values, tags=tuple(json.loads(row.tags)), used=used, take_count=count, usd=usd)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
