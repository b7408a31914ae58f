"""Looking at a bucket without reading it whole: how much there is, its first rows, what its entries say, what happened to one of them.

Functions over a store, for cards and for finding: a bucket of 10,000 entries and 100,000 takes is told in one query each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, case, func, literal, or_, select

from glimmer.store.entries import Entries
from glimmer.store.nouns import EntryRow
from glimmer.store.recorder import Change, read_changes
from glimmer.store.tables import EntryTable, EventTable, TakeTable
from glimmer.vocabulary import Noun

__all__ = ["Happening", "Listed", "Said", "Totals", "chosen", "first", "happenings", "listed", "said", "totals", "trashed"]

_MOVES: Final = ("undo", "redo")
_CHUNK: Final = 400


class Totals(Noun):
    """How much stands in a bucket. entries: prefix of the key -> count, "" for those with none of the prefixes."""

    entries: dict[str, int]
    without_take: int = 0
    takes: int = 0
    usd: float = 0.0


class Said(NamedTuple):
    """What an entry says of itself, for finding: as little as that takes. tags and state are JSON."""

    key: str
    name: str
    note: str
    tags: str
    state: str
    rating: int


class Listed(NamedTuple):
    """One entry as a row of a list. tags and state are JSON; used and seconds are of the used take, 0 without one."""

    key: str
    name: str
    state: str
    rating: int
    tags: str
    trashed_at: str
    used: int = 0
    seconds: float = 0.0
    takes: int = 0
    usd: float = 0.0


class Happening(Noun):
    """One transaction that changed an entry or a take of it. take_numbers: id of a take that it made -> its number."""

    made_at: str
    by: str = ""
    action: str
    what: str
    undone: bool = False
    circled: int | None = None  # the number that was circled then, 0 for none; None where that did not change
    made_takes: tuple[tuple[int, str, float], ...] = ()  # (number, model, usd) of the takes it brought


def totals(store: Entries, bucket: str, prefixes: Sequence[str] = (), *, with_usd: bool = False) -> Totals:
    """How many active entries and takes there are. `with_usd` reads every take's row; without it only an index is read."""
    group = _group(prefixes)
    with store.read() as session:
        counted = select(group, func.count(), func.sum(case((EntryTable.used_id.is_(None), 1), else_=0))).group_by(group)
        rows = session.execute(_active(store, bucket, counted)).all()
        amounts = (func.count(), func.sum(TakeTable.usd) if with_usd else literal(0.0))
        takes = select(*amounts).select_from(EntryTable).join(TakeTable, TakeTable.entry_id == EntryTable.id)
        count, usd = session.execute(_active(store, bucket, takes).where(TakeTable.trashed_at == "")).one()
    return Totals.model_construct(
        entries={str(prefix): int(many) for prefix, many, _ in rows},
        without_take=sum(int(missing or 0) for _, _, missing in rows),
        takes=int(count),
        usd=float(usd or 0.0),
    )


def first(store: Entries, bucket: str, limit: int, prefixes: Sequence[str] = ()) -> tuple[EntryRow, ...]:
    """The first active entries, with counts: those with none of the prefixes, then each prefix in its order."""
    order = (
        case({prefix: at + 1 for at, prefix in enumerate(prefixes)}, value=_group(prefixes), else_=0) if prefixes else literal(0)
    )
    query = _active(store, bucket, select(EntryTable)).order_by(order, EntryTable.position, EntryTable.id).limit(limit)
    return store._looked(query, counted=True)


def said(store: Entries, bucket: str) -> tuple[Said, ...]:
    """What every active entry says of itself, in order."""
    query = _active(store, bucket, select(*(getattr(EntryTable, name) for name in Said._fields)))
    with store.read() as session:
        rows = session.execute(query.order_by(EntryTable.position, EntryTable.id))
        return tuple(Said(*row) for row in rows)


def listed(store: Entries, bucket: str) -> tuple[Listed, ...]:
    """Every active entry, in order, with how many takes it has and what they cost: two queries, however many there are."""
    columns = (EntryTable.key, EntryTable.name, EntryTable.state, EntryTable.rating, EntryTable.tags, EntryTable.trashed_at)
    used = (func.coalesce(TakeTable.number, 0), func.coalesce(TakeTable.seconds, 0.0), EntryTable.id)
    query = select(*columns, *used).outerjoin(TakeTable, EntryTable.used_id == TakeTable.id)
    amounts = select(TakeTable.entry_id, func.count(), func.sum(TakeTable.usd)).join(
        EntryTable, TakeTable.entry_id == EntryTable.id
    )
    with store.read() as session:
        counted = _active(store, bucket, amounts).where(TakeTable.trashed_at == "").group_by(TakeTable.entry_id)
        counts = {entry_id: (int(many), float(usd or 0.0)) for entry_id, many, usd in session.execute(counted)}
        rows = session.execute(_active(store, bucket, query).order_by(EntryTable.position, EntryTable.id))
        return tuple(Listed(*(*row[:-1], *counts.get(row[-1], (0, 0.0)))) for row in rows)


def chosen(store: Entries, bucket: str, keys: Sequence[str]) -> tuple[EntryRow, ...]:
    """The active entries with these keys, in the order of the keys, with counts."""
    found: dict[str, EntryRow] = {}
    for start in range(0, len(keys), _CHUNK):
        query = _active(store, bucket, select(EntryTable)).where(EntryTable.key.in_(keys[start : start + _CHUNK]))
        found |= {row.key: row for row in store._looked(query, counted=True)}
    return tuple(found[key] for key in keys if key in found)


def trashed(store: Entries, bucket: str, limit: int = 1000) -> tuple[EntryRow, ...]:
    """What is in the trash, the newest first."""
    query = select(EntryTable).where(
        EntryTable.project_id == store.project_id, EntryTable.bucket == bucket, EntryTable.trashed_at != ""
    )
    return store._looked(query.order_by(EntryTable.trashed_at.desc(), EntryTable.id.desc()).limit(limit), counted=True)


def happenings(store: Entries, bucket: str, key: str, limit: int = 500) -> tuple[Happening, ...]:
    """What changed an entry or one of its takes, newest first; undone steps are among them."""
    with store.read() as session:
        entry_id = store._entry_id(session, bucket, key)
        query = select(TakeTable.id, TakeTable.number, TakeTable.model, TakeTable.usd).where(TakeTable.entry_id == entry_id)
        takes = {row[0]: (row[1], row[2], row[3]) for row in session.execute(query)}
        mine = {("entry", entry_id), *(("take", each) for each in takes)}
        events = select(EventTable).where(EventTable.project_id == store.project_id, EventTable.action.not_in(_MOVES))
        about = [EventTable.changes.like(f'%["{table}", {row_id}, %') for table, row_id in sorted(mine)]
        found: dict[int, EventTable] = {}
        for start in range(0, len(about), _CHUNK):
            part = events.where(or_(*about[start : start + _CHUNK])).order_by(EventTable.id.desc()).limit(limit)
            found |= {each.id: each for each in session.scalars(part)}
    newest = sorted(found.values(), key=lambda each: each.id, reverse=True)[:limit]
    return tuple(_happening(each, mine, takes) for each in newest)


def _happening(event: EventTable, mine: set[tuple[str, int]], takes: dict[int, tuple[int, str, float]]) -> Happening:
    changes: list[Change] = [each for each in read_changes(event.changes) if (each[0], each[1]) in mine]
    circled = next((int(columns["circled"][1]) for _, _, columns in changes if columns and "circled" in columns), None)
    made = tuple(takes[row_id] for table, row_id, columns in changes if table == "take" and columns is None)
    return Happening(
        made_at=event.made_at,
        by=event.by,
        action=event.action,
        what=event.what,
        undone=event.undone_by != 0,
        circled=circled,
        made_takes=made,
    )


def _active(store: Entries, bucket: str, query: Any) -> Any:
    return query.where(
        EntryTable.project_id == store.project_id, EntryTable.bucket == bucket, EntryTable.active, EntryTable.trashed_at == ""
    )


def _group(prefixes: Iterable[str]) -> ColumnElement[str]:
    """Which of the prefixes an entry's key begins with, "" for none."""
    branches = [(func.substr(EntryTable.key, 1, len(prefix)) == prefix, prefix) for prefix in prefixes]
    return case(*branches, else_="") if branches else literal("")
