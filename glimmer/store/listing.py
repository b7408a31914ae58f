"""Listing: every row of one kind of a film, as plain tuples, each with one query. What the film's tables and film.sql read.

Plain columns and no objects: 100,000 takes are listed in about half a second. Undone and trashed rows are given too, with the
moment that happened, for a table of what there is must be able to say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, case, func, literal, or_, select

from glimmer.store.amounts import in_dollars, micros_of
from glimmer.store.film_rows import FilmRows
from glimmer.store.tables import (
    OPEN_STATES,
    AssemblyTable,
    AssetTable,
    CallTable,
    ConversationTable,
    EntryTable,
    EventTable,
    JobTable,
    MessageTable,
    ScreenplayTable,
    TakeTable,
)

__all__ = [
    "CALL_COLUMNS",
    "TAKE_COLUMNS",
    "CallTotal",
    "EntryLine",
    "assets_of",
    "call_totals",
    "calls_of",
    "cuts_of",
    "cuts_with",
    "entry_lines",
    "history_of",
    "inputs_of",
    "made_from",
    "messages_of",
    "newest_message",
    "renders_of",
    "screenplays_of",
    "script_versions",
    "take_counts",
    "takes_of",
]

TAKE_COLUMNS: Final = (
    "id number agent model media_type seconds usd rating note asset source_asset request_key made_for prompt_hash made_at trashed_at"
).split()
CALL_COLUMNS: Final = (
    "id agent model request_key state tokens_in tokens_out usd price_date seconds made_at "
    "expected_usd reserved_usd remote_id bucket entry_key scene conversation error"
).split()


class EntryLine(NamedTuple):
    """One entry with what its used take says; `takes` and `usd` count those that are not in the trash. state, tags: JSON."""

    bucket: str
    key: str
    name: str
    position: int
    active: bool
    circled: int
    rating: int
    note: str
    tags: str
    state: str
    made_at: str
    trashed_at: str
    used: int
    model: str
    asset: str
    media_type: str
    seconds: float | None
    takes: int
    usd: float


class CallTotal(NamedTuple):
    """Model calls taken together. `what` is the agent, model, day or bucket; bucket and key say for which entry, "" for none."""

    what: str
    bucket: str
    key: str
    calls: int
    seconds: float
    usd: float
    estimated_usd: float = 0.0  # what the done ones were expected to cost
    reserved_usd: float = 0.0  # what open ones hold back, at most
    unknown_usd: float = 0.0  # what those of unknown outcome may have cost


def entry_lines(store: FilmRows, *buckets: str) -> list[EntryLine]:
    """Every entry of these buckets (of all, if none is named), put away and trashed ones too, in order."""
    counted = (
        select(TakeTable.entry_id, func.count().label("takes"), func.sum(TakeTable.usd).label("usd"))
        .join(EntryTable, TakeTable.entry_id == EntryTable.id)
        .where(*_in(store, buckets), TakeTable.trashed_at == "")
        .group_by(TakeTable.entry_id)
        .subquery()
    )
    own = [getattr(EntryTable, name) for name in EntryLine._fields[:12]]
    used = [func.coalesce(getattr(TakeTable, name), "") for name in ("model", "asset", "media_type")]
    query = (
        select(*own, func.coalesce(TakeTable.number, 0), *used, TakeTable.seconds)
        .add_columns(func.coalesce(counted.c.takes, 0), func.coalesce(counted.c.usd, 0.0))
        .outerjoin(TakeTable, EntryTable.used_id == TakeTable.id)
        .outerjoin(counted, counted.c.entry_id == EntryTable.id)
        .where(*_in(store, buckets))
        .order_by(EntryTable.bucket, EntryTable.position, EntryTable.id)
    )
    return [EntryLine(*row) for row in _rows(store, query)]


def takes_of(store: FilmRows, columns: Sequence[str] = TAKE_COLUMNS, *, trashed: bool = True) -> Iterator[Any]:
    """Every take of the film: its entry's bucket, key, name and active, whether it is used, whether circled, then the columns."""
    query = (
        select(
            EntryTable.bucket,
            EntryTable.key,
            EntryTable.name,
            and_(EntryTable.active, EntryTable.trashed_at == ""),
            func.coalesce(EntryTable.used_id, 0) == TakeTable.id,
            EntryTable.circled == TakeTable.number,
            *(getattr(TakeTable, name) for name in columns),
        )
        .join(EntryTable, TakeTable.entry_id == EntryTable.id)
        .where(EntryTable.project_id == store.project_id)
        .order_by(EntryTable.bucket, EntryTable.position, EntryTable.id, TakeTable.number)
    )
    return iter(_rows(store, query if trashed else query.where(TakeTable.trashed_at == "")))


def inputs_of(store: FilmRows) -> Iterator[Any]:
    """(take id, JSON of its inputs) of every take that has any."""
    query = select(TakeTable.id, TakeTable.inputs).join(EntryTable, TakeTable.entry_id == EntryTable.id)
    return iter(
        _rows(store, query.where(EntryTable.project_id == store.project_id, TakeTable.inputs != "[]").order_by(TakeTable.id))
    )


def calls_of(store: FilmRows) -> Iterator[Any]:
    """CALL_COLUMNS of every call, oldest first."""
    columns = [getattr(CallTable, name) for name in CALL_COLUMNS]
    return iter(_rows(store, select(*columns).where(CallTable.project_id == store.project_id).order_by(CallTable.id)))


def call_totals(store: FilmRows, by: str) -> list[CallTotal]:
    """The calls of the film by "agent", "model", "day", or by the "entry" whose take they made, the costliest first.

    A call whose request several entries share counts for the first of them; one that made no take for none. What is not done is no
    call, but what a failed one cost is in the sum. Dollars are exact to a millionth.
    """
    calls: Any = select(CallTable.request_key)
    if by == "entry":
        first = (
            select(TakeTable.request_key, func.min(TakeTable.id).label("take_id"))
            .join(EntryTable, TakeTable.entry_id == EntryTable.id)
            .where(EntryTable.project_id == store.project_id)
            .group_by(TakeTable.request_key)
            .subquery()
        )
        # a call without a take knows itself what it was for; and one whose entry's takes are another film's
        bucket, key = func.coalesce(EntryTable.bucket, CallTable.bucket), func.coalesce(EntryTable.key, CallTable.entry_key)
        what = [literal(""), bucket, key]
        calls = select(*what).select_from(CallTable).outerjoin(first, first.c.request_key == CallTable.request_key)
        calls = calls.outerjoin(TakeTable, TakeTable.id == first.c.take_id).outerjoin(
            EntryTable, EntryTable.id == TakeTable.entry_id
        )
        grouped: list[Any] = [bucket, key]
    else:
        column = func.substr(CallTable.made_at, 1, 10) if by == "day" else getattr(CallTable, by)
        calls = select(column, literal(""), literal("")).select_from(CallTable)
        grouped = [column]
    done, unknown = CallTable.state == "done", CallTable.state == "unknown"
    is_open = CallTable.state.in_([state for state in OPEN_STATES if state != "unknown"])
    sums = (
        func.sum(case((done, 1), else_=0)),
        func.coalesce(func.sum(case((done, CallTable.seconds), else_=0.0)), 0.0),
        *(
            func.coalesce(func.sum(micros_of(amount)), 0)
            for amount in (
                CallTable.usd,
                case((done, CallTable.expected_usd), else_=0.0),
                case((is_open, CallTable.reserved_usd), else_=0.0),
                case((unknown, CallTable.reserved_usd), else_=0.0),
            )
        ),
    )
    told = or_(done, CallTable.usd != 0, and_(CallTable.state.in_(OPEN_STATES), CallTable.reserved_usd != 0))
    query = calls.add_columns(*sums).where(CallTable.project_id == store.project_id, told).group_by(*grouped)
    found = (CallTotal(*row[:5], *(in_dollars(int(amount)) for amount in row[5:])) for row in _rows(store, query))
    return sorted(found, key=lambda each: (-each.usd, -each.seconds, each.what, each.key))


def script_versions(store: FilmRows) -> list[Any]:
    """(version, made_at, trashed_at) of every script, oldest first."""
    return _versions(store, ScreenplayTable, "version made_at trashed_at")


def take_counts(store: FilmRows, by: str) -> list[tuple[str, str, str, int]]:
    """(agent, model or day; bucket; key; how many takes it made) by "agent", "model", "day" or "entry"; those in the trash too."""
    column: Any = literal("") if by == "entry" else func.substr(TakeTable.made_at, 1, 10) if by == "day" else getattr(TakeTable, by)
    entry: list[Any] = [EntryTable.bucket, EntryTable.key] if by == "entry" else [literal(""), literal("")]
    query = select(column, *entry, func.count()).select_from(TakeTable).join(EntryTable, TakeTable.entry_id == EntryTable.id)
    query = query.where(EntryTable.project_id == store.project_id)
    return [tuple(row) for row in _rows(store, query.group_by(*(entry if by == "entry" else [column])))]


def screenplays_of(store: FilmRows) -> list[Any]:
    """(version, title, source_name, text, made_at, trashed_at) of every script, oldest first."""
    return _versions(store, ScreenplayTable, "version title source_name text made_at trashed_at")


def cuts_of(store: FilmRows) -> list[Any]:
    """(version, made_by, cut as JSON, made_at, trashed_at) of every cut, oldest first."""
    return _versions(store, AssemblyTable, "version made_by cut made_at trashed_at")


def cuts_with(store: FilmRows, asset: str, most: int) -> list[Any]:
    """(version, made_by, cut as JSON, made_at) of the newest `most` cuts that stand and name this asset, newest first."""
    columns = [getattr(AssemblyTable, name) for name in ("version", "made_by", "cut", "made_at")]
    query = select(*columns).where(AssemblyTable.project_id == store.project_id, AssemblyTable.trashed_at == "")
    return _rows(store, query.where(AssemblyTable.cut.contains(asset)).order_by(AssemblyTable.version.desc()).limit(most))


def made_from(store: FilmRows, key: str, most: int) -> list[Any]:
    """(bucket, entry key, entry name, take number, JSON of inputs) of the newest `most` takes whose inputs may name this key."""
    columns = (EntryTable.bucket, EntryTable.key, EntryTable.name, TakeTable.number, TakeTable.inputs)
    query = select(*columns).join(EntryTable, TakeTable.entry_id == EntryTable.id)
    query = query.where(EntryTable.project_id == store.project_id, TakeTable.trashed_at == "")
    return _rows(store, query.where(TakeTable.inputs.contains(key, autoescape=True)).order_by(TakeTable.id.desc()).limit(most))


def renders_of(store: FilmRows) -> list[Any]:
    """(number, cut_version, preset, state, seconds, path, error, made_at) of every render, oldest first."""
    columns = [getattr(JobTable, name) for name in "number cut_version preset state seconds path error made_at".split()]
    return _rows(store, select(*columns).where(JobTable.project_id == store.project_id).order_by(JobTable.number))


def history_of(store: FilmRows) -> Iterator[Any]:
    """(id, step, action, what, by, JSON of the changes, undone_by, made_at) of every transaction, oldest first."""
    columns = [getattr(EventTable, name) for name in "id step action what by changes undone_by made_at".split()]
    return iter(_rows(store, select(*columns).where(EventTable.project_id == store.project_id).order_by(EventTable.id)))


def messages_of(store: FilmRows) -> list[Any]:
    """(conversation, its title, number, role, content as JSON, made_at) of every message, in order."""
    query = (
        select(
            ConversationTable.number,
            ConversationTable.title,
            MessageTable.number,
            MessageTable.role,
            MessageTable.content,
            MessageTable.made_at,
        )
        .join(ConversationTable, MessageTable.conversation_id == ConversationTable.id)
        .where(ConversationTable.project_id == store.project_id)
        .order_by(ConversationTable.number, MessageTable.number)
    )
    return _rows(store, query)


def newest_message(store: FilmRows) -> int:
    """The id of the film's newest message, 0 while there is none. Messages are no part of the film's revision."""
    query = select(func.max(MessageTable.id)).join(ConversationTable, MessageTable.conversation_id == ConversationTable.id)
    return int(_rows(store, query.where(ConversationTable.project_id == store.project_id))[0][0] or 0)


def assets_of(store: FilmRows) -> list[Any]:
    """(sha256, media_type, bytes, made_at, how many takes name it) of every asset of the film's takes."""
    takes = (
        select(TakeTable.id).join(EntryTable, TakeTable.entry_id == EntryTable.id).where(EntryTable.project_id == store.project_id)
    )
    mine = takes.with_only_columns(TakeTable.asset.label("sha256")).union_all(
        takes.where(TakeTable.source_asset != "").with_only_columns(TakeTable.source_asset)
    )
    named = mine.subquery()
    counted = select(named.c.sha256, func.count().label("takes")).group_by(named.c.sha256).subquery()
    query = select(counted.c.sha256, AssetTable.media_type, AssetTable.bytes, AssetTable.made_at, counted.c.takes)
    return _rows(store, query.outerjoin(AssetTable, AssetTable.sha256 == counted.c.sha256).order_by(counted.c.sha256))


def _in(store: FilmRows, buckets: Sequence[str]) -> list[Any]:
    named = [EntryTable.bucket.in_(buckets)] if buckets else []
    return [EntryTable.project_id == store.project_id, *named]


def _versions(store: FilmRows, table: Any, names: str) -> list[Any]:
    columns = [getattr(table, name) for name in names.split()]
    return _rows(store, select(*columns).where(table.project_id == store.project_id).order_by(table.version))


def _rows(store: FilmRows, query: Any) -> list[Any]:
    with store.read() as session:
        return list(session.connection().execute(query).all())
