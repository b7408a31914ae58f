"""Marking: which media files the rows of a studio speak of. What nothing speaks of is garbage; what is spoken of and gone is a loss.

Two answers, wrong in no direction that hurts. `wanted_assets` names what films rely on, and is what `check` looks for. `spoken_of`
takes anything in any row that looks like a hash, whatever column or wording it stands in, and is what garbage collection must keep:
trash, history, old cuts, messages, and whatever a later release puts into a row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import LargeBinary, String, Table, cast, func, or_, select
from sqlalchemy.orm import Session

from glimmer.store.database import Database
from glimmer.store.moved_rows import named_assets
from glimmer.store.tables import (
    AssemblyTable,
    AssetTable,
    Base,
    ConversationTable,
    EntryTable,
    MessageTable,
    ProjectTable,
    TakeTable,
)
from glimmer.vocabulary import Noun

__all__ = ["Need", "needed_by", "spoken_of", "wanted_assets"]

_HASH_CHARS: Final = 64
_HEX: Final = re.compile(r"[0-9a-f]{64,}")
_ROWS_AT_ONCE: Final = 5_000
_ONLY_KNOWN: Final = ("asset", "user_account")  # tells what a file is, not that anybody needs it
_KEYS: Final = (
    ("take", "request_key"),
    ("take", "made_for"),
    ("take", "prompt_hash"),
    ("call", "request_key"),
    ("call", "made_for"),
    ("request", "key"),
)
_JSON_THAT_NAMES: Final = ((AssemblyTable, "cut"), (EntryTable, "state"), (MessageTable, "content"))


class Need(Noun):
    """What relies on an asset: a film's take (numbered from 1), its cut, an entry's state, a message. `name` says which."""

    sha256: str
    film: str
    what: str
    name: str
    take: int = 0
    is_trashed: bool = False


def wanted_assets(database: Database) -> dict[str, int | None]:
    """sha256 -> its size in bytes (None where it was never told) of every asset that a take, a cut, an entry or a message names.

    Of all films, those in the trash too, and of every version: what undo or restore can bring back has to be there.
    """
    with database.read() as session:
        found: set[str] = set()
        for column in (TakeTable.asset, TakeTable.source_asset):
            found.update(session.scalars(select(column).where(column != "").distinct()))
        for table, column_name in _JSON_THAT_NAMES:
            column = getattr(table, column_name)
            for (text,) in _rows(session, select(column).where(_may_name(column)).distinct()):
                found |= _named(text)
        sizes = dict(session.execute(select(AssetTable.sha256, AssetTable.bytes)).all())
    return {sha256: size if (size := sizes.get(sha256, -1)) >= 0 else None for sha256 in sorted(found)}


def spoken_of(database: Database) -> set[str]:
    """Everything in any row that could be the name of an asset. Larger than what is relied on, never smaller."""
    found = set(wanted_assets(database))  # these parse JSON, in which a hash may be written in escapes
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            for column in _texts(table):
                for (text,) in _rows(session, select(column).where(_bytes_of(column, database) >= _HASH_CHARS)):
                    found.update(_hashes(text))
    return found


def _bytes_of(column: Any, database: Database) -> Any:
    """Not characters: SQLite counts them up to the first NUL, and what stands behind it speaks, too."""
    return func.length(column) if database.is_postgres else func.length(cast(column, LargeBinary))


def _may_name(column: Any) -> Any:
    """Whether JSON can have a key that ends in "asset": it says so, or is written in escapes."""
    return or_(column.contains("asset"), column.contains("\\u", autoescape=True))


def _hashes(text: str) -> Iterator[str]:
    """Every 64 hex digits in a row; of a longer run each window, for who knows what stands before a hash."""
    for run in _HEX.findall(text):
        yield from (run[start : start + _HASH_CHARS] for start in range(len(run) - _HASH_CHARS + 1))


def needed_by(database: Database, assets: Collection[str]) -> tuple[Need, ...]:
    """Who relies on these assets, in the order of films. Reads every row; asked when something is wrong, so it is seldom."""
    with database.read() as session:
        needs = [*_takes_with(session, set(assets)), *_json_with(session, set(assets))]
    return tuple(sorted(needs, key=lambda need: (need.film, need.what, need.name, need.take)))


def _texts(table: Table) -> list[Any]:
    """The columns of a table that hold text; a request's key is a hash, too, and never an asset's."""
    if table.name in _ONLY_KNOWN:
        return []
    return [one for one in table.columns if isinstance(one.type, String) and (table.name, one.name) not in _KEYS]


def _rows(session: Session, query: Any) -> Iterator[Any]:
    return iter(session.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)))


def _named(text: str) -> set[str]:
    try:
        return named_assets(json.loads(text))
    except (ValueError, RecursionError):  # no JSON of ours, and no asset's name to be had from it
        return set()


def _takes_with(session: Session, assets: set[str]) -> Iterator[Need]:
    query = (
        select(
            ProjectTable.title,
            EntryTable.bucket,
            EntryTable.name,
            TakeTable.number,
            TakeTable.asset,
            TakeTable.source_asset,
            ProjectTable.trashed_at,
            EntryTable.trashed_at,
            TakeTable.trashed_at,
        )
        .join(EntryTable, TakeTable.entry_id == EntryTable.id)
        .join(ProjectTable, EntryTable.project_id == ProjectTable.id)
    )
    for film, bucket, name, number, asset, source, *trashed in _rows(session, query):
        for sha256 in {asset, source} & assets:
            yield Need(sha256=sha256, film=film, what=bucket, name=name, take=number, is_trashed=any(trashed))


def _json_with(session: Session, assets: set[str]) -> Iterator[Need]:
    films = {row_id: (title, bool(trashed)) for row_id, title, trashed in session.execute(_titles())}
    cuts = select(AssemblyTable.project_id, AssemblyTable.version, AssemblyTable.trashed_at, AssemblyTable.cut)
    states = select(EntryTable.project_id, EntryTable.name, EntryTable.trashed_at, EntryTable.state)
    talks = select(
        ConversationTable.project_id, ConversationTable.number, ProjectTable.trashed_at, MessageTable.content
    ).select_from(MessageTable)
    talks = talks.join(ConversationTable, MessageTable.conversation_id == ConversationTable.id)
    talks = talks.join(ProjectTable, ConversationTable.project_id == ProjectTable.id)
    for what, query in (("cut", cuts), ("state", states), ("message", talks)):
        for film_id, name, trashed, text in _rows(session, query):
            named = _named(text) & assets if any(sha256 in text for sha256 in assets) else set()
            film, film_trashed = films[film_id]
            for sha256 in named:
                label = f"v{name}" if what == "cut" else f"conversation {name}" if what == "message" else str(name)
                yield Need(sha256=sha256, film=film, what=what, name=label, is_trashed=bool(trashed) or film_trashed)


def _titles() -> Any:
    return select(ProjectTable.id, ProjectTable.title, ProjectTable.trashed_at)
