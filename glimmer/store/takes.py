"""Takes: numbered, never overwritten, never deleted. Which of an entry's takes cuts use is worked out here, in one place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from glimmer.errors import NotFound
from glimmer.store.film_rows import FilmRows
from glimmer.store.nouns import Input, RequestRow, Take
from glimmer.store.tables import AssetTable, EntryTable, ProjectTable, RequestTable, TakeTable, now

__all__ = ["Takes", "settle", "take_of"]

_CHUNK: Final = 400  # keys a query; SQLite takes 32,766 parameters, other builds 999
_AS_JSON: Final = ("words", "focus", "notices", "inputs")


class Takes(FilmRows):
    """Finding, keeping, choosing and judging takes."""

    def takes(self, bucket: str, key: str, *, trashed: bool = False) -> tuple[Take, ...]:
        """Every take of an entry, oldest first; those in the trash only if asked for."""
        with self.read() as session:
            query = select(TakeTable).where(TakeTable.entry_id == self._entry_id(session, bucket, key)).order_by(TakeTable.number)
            return tuple(take_of(row) for row in session.scalars(query) if trashed or not row.trashed_at)

    def takes_for(self, request_keys: Sequence[str]) -> dict[str, list[tuple[str, str, Take]]]:
        """Request key -> (bucket, entry key, take) for every take of this film that answers one of these requests."""
        found: dict[str, list[tuple[str, str, Take]]] = {}
        with self.read() as session:
            for start in range(0, len(request_keys), _CHUNK):
                query = (
                    select(EntryTable.bucket, EntryTable.key, TakeTable)
                    .join(EntryTable, TakeTable.entry_id == EntryTable.id)
                    .where(EntryTable.project_id == self.project_id, TakeTable.trashed_at == "")
                    .where(TakeTable.request_key.in_(request_keys[start : start + _CHUNK]))
                )
                for bucket, key, row in session.execute(query):
                    found.setdefault(row.request_key, []).append((bucket, key, take_of(row)))
        return found

    def find_take(self, request_key: str) -> Take | None:
        """A take made for this request anywhere in the studio, in the trash too: it was paid for.

        Of a film that came in an archive only that film itself believes what was made for what: an archive can claim anything.
        """
        query = (
            select(TakeTable)
            .join(EntryTable, TakeTable.entry_id == EntryTable.id)
            .join(ProjectTable, EntryTable.project_id == ProjectTable.id)
            .where(TakeTable.request_key == request_key)
            .where(or_(ProjectTable.origin != "archive", ProjectTable.id == self.project_id))
        )
        with self.read() as session:
            row = session.scalar(query.order_by(TakeTable.id).limit(1))
            return None if row is None else take_of(row)

    def take(self, take_id: int) -> tuple[str, str, Take]:
        """(bucket, entry key, take) of one take of this film.

        Raises: NotFound.
        """
        with self.read() as session:
            query = (
                select(EntryTable.bucket, EntryTable.key, TakeTable)
                .join(EntryTable, TakeTable.entry_id == EntryTable.id)
                .where(EntryTable.project_id == self.project_id, TakeTable.id == take_id)
            )
            found = session.execute(query).one_or_none()
            if found is None:
                raise NotFound(
                    f'no take with id {take_id} in "{self.title}"; take.id of one of film.video["1A"].takes was expected.'
                )
            return found[0], found[1], take_of(found[2])

    def add_take(self, bucket: str, key: str, take: Take, *, request: RequestRow | None = None, size_bytes: int = -1) -> Take:
        """Keep `take` under the next number of its entry; one with its request key that is there already is given back as it is.

        One that was in the trash comes out of it: a request that was paid for once is not paid for again.
        """
        with self.write("take", f"a take of {key}") as session:
            entry_id = self._entry_id(session, bucket, key)
            there = session.scalar(
                select(TakeTable).where(TakeTable.entry_id == entry_id, TakeTable.request_key == take.request_key)
            )
            if there is not None and there.trashed_at:
                there.trashed_at = ""
            if there is None:
                there = _new_row(take, entry_id, self._next_number(session, entry_id))
                session.add(there)
                _know_assets(session, take, size_bytes)
                _know_request(session, request)
            session.flush()
            settle(session, (entry_id,))
            return take_of(there)

    def circle(self, bucket: str, key: str, number: int) -> None:
        """Choose a take by its number; 0 chooses none."""
        with self.write("circle", f"circle take {number} of {self._name(bucket, key)}" if number else f"uncircle {key}") as session:
            row = self._entry_row(session, bucket, key)
            self._check_number(session, row.id, number)
            row.circled = number
            settle(session, (row.id,))

    def want(self, bucket: str, wishes: dict[str, str]) -> None:
        """Say which request the film asks for in each of these entries now: entry key -> made_for."""
        if not wishes:
            return
        with self.write("ask", f"ask for {len(wishes)} of {bucket}") as session:
            touched = []
            for row in self._entries_by_key(session, bucket, list(wishes)):
                if row.wanted != wishes[row.key]:
                    row.wanted = wishes[row.key]
                    touched.append(row.id)
            settle(session, touched)

    def judge_take(self, bucket: str, key: str, number: int, *, rating: int | None = None, note: str | None = None) -> None:
        """Rate or note one take. What is None stays."""
        with self.write("judge", f"judge take {number} of {self._name(bucket, key)}") as session:
            row = self._take_row(session, bucket, key, number)
            row.rating = row.rating if rating is None else rating
            row.note = row.note if note is None else note

    def trash_take(self, bucket: str, key: str, number: int, *, back: bool = False) -> None:
        """Put a take into the trash, or bring it `back`. Its circle goes with it."""
        with self.write("restore" if back else "trash", f"take {number} of {self._name(bucket, key)}") as session:
            row = self._take_row(session, bucket, key, number)
            row.trashed_at = "" if back else now()
            entry = self._entry_row(session, bucket, key)
            if not back and entry.circled == number:
                entry.circled = 0
            settle(session, (entry.id,))

    def request(self, key: str) -> RequestRow | None:
        """What was asked for, by its made_for; None for what no model was asked (a person's own media)."""
        with self.read() as session:
            row = session.get(RequestTable, key)
            if row is None:
                return None
            return RequestRow(key=row.key, model=row.model, version=row.version, kind=row.kind, body=row.body)

    def requests(self, keys: Sequence[str]) -> dict[str, RequestRow]:
        """made_for -> what was asked for, for those that are known."""
        found: dict[str, RequestRow] = {}
        with self.read() as session:
            for start in range(0, len(keys), _CHUNK):
                query = select(RequestTable).where(RequestTable.key.in_(keys[start : start + _CHUNK]))
                for row in session.scalars(query):
                    found[row.key] = RequestRow(key=row.key, model=row.model, version=row.version, kind=row.kind, body=row.body)
        return found

    def asset_sizes(self) -> dict[str, int]:
        """sha256 -> bytes (-1 where not known) of every asset that the studio knows."""
        with self.read() as session:
            return dict(session.execute(select(AssetTable.sha256, AssetTable.bytes)).all())

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────
    def _entry_id(self, session: Session, bucket: str, key: str) -> int:
        return int(self._entry_row(session, bucket, key).id)

    def _entry_row(self, session: Session, bucket: str, key: str) -> EntryTable:
        row = session.scalar(
            select(EntryTable).where(EntryTable.project_id == self.project_id, EntryTable.bucket == bucket, EntryTable.key == key)
        )
        if row is None:
            keys = select(EntryTable.key).where(EntryTable.project_id == self.project_id, EntryTable.bucket == bucket)
            raise NotFound.among(f"entry of {bucket}", key, session.scalars(keys))
        return row

    def _entries_by_key(self, session: Session, bucket: str, keys: Sequence[str]) -> Iterable[EntryTable]:
        for start in range(0, len(keys), _CHUNK):
            yield from session.scalars(
                select(EntryTable).where(
                    EntryTable.project_id == self.project_id,
                    EntryTable.bucket == bucket,
                    EntryTable.key.in_(keys[start : start + _CHUNK]),
                )
            )

    def _name(self, bucket: str, key: str) -> str:
        with self.read() as session:
            name = session.scalar(
                select(EntryTable.name).where(
                    EntryTable.project_id == self.project_id, EntryTable.bucket == bucket, EntryTable.key == key
                )
            )
            return name or key

    def _take_row(self, session: Session, bucket: str, key: str, number: int) -> TakeTable:
        entry_id = self._entry_id(session, bucket, key)
        self._check_number(session, entry_id, number, trashed=True)
        return session.scalars(select(TakeTable).where(TakeTable.entry_id == entry_id, TakeTable.number == number)).one()

    @staticmethod
    def _check_number(session: Session, entry_id: int, number: int, *, trashed: bool = False) -> None:
        query = select(TakeTable.number).where(TakeTable.entry_id == entry_id).order_by(TakeTable.number)
        numbers = list(session.scalars(query if trashed else query.where(TakeTable.trashed_at == "")))
        if number and number not in numbers:
            raise NotFound.among("take", number, map(str, numbers))

    @staticmethod
    def _next_number(session: Session, entry_id: int) -> int:
        return 1 + (session.scalar(select(func.max(TakeTable.number)).where(TakeTable.entry_id == entry_id)) or 0)


def settle(session: Session, entry_ids: Iterable[int]) -> None:
    """Work out anew which take is used in these entries: the circled one, else the first made for what the film asks for now, else
    the newest. What is in the trash is never used."""
    session.flush()
    for entry_id in entry_ids:
        entry = session.get(EntryTable, entry_id)
        if entry is not None:
            entry.used_id = _used_id(session, entry)


def _used_id(session: Session, entry: EntryTable) -> int | None:
    there = select(TakeTable.id).where(TakeTable.entry_id == entry.id, TakeTable.trashed_at == "")
    circled = session.scalar(there.where(TakeTable.number == entry.circled)) if entry.circled else None
    if circled is not None:
        return circled
    wanted = session.scalar(there.where(TakeTable.made_for == entry.wanted).order_by(TakeTable.number).limit(1))
    return wanted if wanted is not None else session.scalar(there.order_by(TakeTable.number.desc()).limit(1))


def take_of(row: TakeTable) -> Take:
    """The frozen value of a row. Built without a second check: what the store wrote was checked on its way in."""
    values: dict[str, Any] = {name: getattr(row, name) for name in Take.model_fields if name not in _AS_JSON}
    return Take.model_construct(
        **values,
        words=tuple((str(word), float(start), float(end)) for word, start, end in json.loads(row.words)),
        focus=tuple(json.loads(row.focus)),
        notices=tuple(json.loads(row.notices)),
        inputs=tuple(Input.model_construct(**each) for each in json.loads(row.inputs)),
    )


def _new_row(take: Take, entry_id: int, number: int) -> TakeTable:
    values = take.model_dump(exclude={"id", "number", "made_at", "trashed_at", *_AS_JSON})
    as_json = {name: json.dumps(take.model_dump(include={name}, mode="json")[name], ensure_ascii=False) for name in _AS_JSON}
    return TakeTable(entry_id=entry_id, number=number, **values, **as_json)


def _know_assets(session: Session, take: Take, size_bytes: int) -> None:
    for sha256, media_type, size in ((take.asset, take.media_type, size_bytes), (take.source_asset, "", -1)):
        if sha256 and session.get(AssetTable, sha256) is None:
            session.add(AssetTable(sha256=sha256, media_type=media_type, bytes=size))


def _know_request(session: Session, request: RequestRow | None) -> None:
    if request is not None and session.get(RequestTable, request.key) is None:
        session.add(RequestTable(**request.model_dump()))
