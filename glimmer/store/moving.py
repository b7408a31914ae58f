"""Moving: one film's rows out of a database, and into another one, whole or not at all.

The store's own part of an archive: knows rows, no files. `dump` gives every row of a film, flat and without any id of its database;
`load` takes such rows from anywhere: it believes none of them before all are checked, then writes them in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from glimmer import limits, log
from glimmer.errors import ArchiveError, SettingsError
from glimmer.store.database import Database
from glimmer.store.moved_rows import (
    AssemblyMoved,
    CallMoved,
    EntryMoved,
    RenderJobMoved,
    Row,
    ScreenplayMoved,
    TakeMoved,
    named_assets,
    read_column,
)
from glimmer.store.store import Store
from glimmer.store.tables import (
    AssemblyTable,
    Base,
    CallTable,
    EntryTable,
    JobTable,
    ProjectTable,
    ScreenplayTable,
    TakeTable,
)

__all__ = ["Rows", "dump", "load", "wanted_assets"]

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
_BATCH_ROWS: Final = 5_000  # of one insert; the transaction is one
_UNFINISHED: Final = ("waiting", "running")


@dataclass(frozen=True)
class Moved:
    """A table that travels: its name in an archive, its rows' model, and what makes a row of it one of its kind in the film."""

    name: str
    table: type[Base]
    model: type[Row]
    unique: tuple[str, ...] = ()
    json: tuple[str, ...] = ()  # columns of JSON that may name assets


# In the order in which they are written: what is referred to comes first.
MOVED: Final = (
    Moved("screenplay", ScreenplayTable, ScreenplayMoved, ("version",)),
    Moved("entry", EntryTable, EntryMoved, ("bucket", "key"), json=("state",)),
    Moved("take", TakeTable, TakeMoved, ("bucket", "entry", "number")),
    Moved("assembly", AssemblyTable, AssemblyMoved, ("version",), json=("cut",)),
    Moved("render_job", JobTable, RenderJobMoved, ("number",)),
    Moved("call", CallTable, CallMoved),
)


# ── out ────────────────────────────────────────────────────────────────────────────────────────────────────────
def dump(store: Store, *, films: Mapping[str, str] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Every row of the film, by table, flat and ordered: the same film gives the same rows on every machine and database.

    `films`: path of a finished render -> its sha256, for those that travel along. Renders that run are given as cancelled.
    """
    with store.database.begin() as session:
        found = {moved.name: _rows_of(session, moved, store.project_id) for moved in MOVED}
    for job in found["render_job"]:
        _settle(job, films or {})
    return found


def wanted_assets(rows: Rows) -> list[tuple[str, str]]:
    """(sha256, media type) of every asset that the rows name, each once; "" where no row tells the type."""
    types = {sha256: "" for moved in MOVED for row in rows.get(moved.name, ()) for sha256 in _assets_in(moved, row)}
    types |= {str(row["asset"]): str(row["media_type"]) for row in rows.get("take", ())}
    return sorted(types.items())


def _rows_of(session: Session, moved: Moved, project_id: int) -> list[dict[str, Any]]:
    found = [dict(row) for row in session.execute(_query(moved, project_id)).mappings()]
    # Sorted here: databases sort text each in its own way. What has nothing of its own stays in the order it was made in.
    return sorted(found, key=lambda row: tuple(row[name] for name in moved.unique))


def _query(moved: Moved, project_id: int) -> Any:
    """The model's fields of the film's rows, as they were made."""
    columns: dict[str, Any] = {
        name: moved.table.__table__.c[name] for name in moved.model.model_fields if name in moved.table.__table__.c
    }
    own = moved.table.__table__.c
    if moved.table is TakeTable:
        columns |= {"bucket": EntryTable.bucket, "entry": EntryTable.key}
        query = select(*(column.label(name) for name, column in columns.items())).join(
            EntryTable, TakeTable.entry_id == EntryTable.id
        )
        query = query.where(EntryTable.project_id == project_id)
    else:
        query = select(*(column.label(name) for name, column in columns.items())).where(own["project_id"] == project_id)
        if moved.table is JobTable:
            query = query.add_columns(JobTable.path.label("film"))
    return query.order_by(own["id"])


def _settle(job: dict[str, Any], films: Mapping[str, str]) -> None:
    """A render as it travels: its film by hash and not by path, and no longer running."""
    job["film"] = films.get(job["film"], "") if job["state"] == "done" else ""
    if job["state"] in _UNFINISHED:
        job["state"], job["error"] = "cancelled", "It was not finished when the film was archived."


# ── in ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def load(
    database: Database,
    rows: Rows,
    *,
    title: str,
    assets: Collection[str],
    films: Mapping[str, str] | None = None,
) -> int:
    """The id of the new film `title` that was made of `rows`. All are checked before the first is written; one transaction.

    `assets`: the hashes of the assets that are there for it (or known to be left out). `films`: hash of a render that came along ->
    where it was put on this machine.
    Raises: ArchiveError that names the table, the row and the reason; SettingsError if there is a film of that title.
    """
    known = {moved.name for moved in MOVED}
    if strange := sorted(set(rows) - known):
        raise _error(strange[0], f"a table that no film has; expected {', '.join(sorted(known))}")
    _check_free(database, title)
    checked = {moved.name: _checked(moved, rows.get(moved.name, ())) for moved in MOVED}
    _check_references(checked, set(assets))
    with database.begin() as session:
        if session.scalar(select(ProjectTable.id).where(ProjectTable.title == title)) is not None:
            raise _taken(title)
        film = ProjectTable(title=title)
        session.add(film)
        session.flush()
        for moved in MOVED:
            _write(session, moved, checked[moved.name], film.id, films or {})
        project_id = film.id
    log.event("film.loaded", title=title, rows=sum(map(len, checked.values())))
    return project_id


def _check_free(database: Database, title: str) -> None:
    with database.begin() as session:
        taken = session.scalar(select(ProjectTable.id).where(ProjectTable.title == title)) is not None
    if taken:
        raise _taken(title)


def _taken(title: str) -> SettingsError:
    return SettingsError(
        f'a film called "{title}" is in this studio already; expected a new title. Pass title="{title} 2", or another.'
    )


def _checked(moved: Moved, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    checked: list[dict[str, Any]] = []
    there: set[tuple[Any, ...]] = set()
    for number, row in enumerate(rows, 1):
        if number > limits.MAX_ARCHIVE_ROWS:
            raise _error(moved.name, f"more than {limits.MAX_ARCHIVE_ROWS:,} rows (MAX_ARCHIVE_ROWS)")
        try:
            one = moved.model.model_validate(dict(row)).model_dump()
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            column = ".".join(str(part) for part in first["loc"])
            raise _error(moved.name, f'row {number:,}, "{column[:80]}": {first["msg"]}') from error
        natural = tuple(one[name] for name in moved.unique)
        if natural and natural in there:
            raise _error(moved.name, f"row {number:,} is there twice: {_named(natural)}")
        there.add(natural)
        checked.append(one)
    return checked


def _check_references(rows: Mapping[str, list[dict[str, Any]]], assets: set[str]) -> None:
    entries = {(row["bucket"], row["key"]) for row in rows["entry"]}
    takes = {(row["bucket"], row["entry"], row["number"]) for row in rows["take"]}
    versions = {row["version"] for row in rows["assembly"]} | {0}
    _each(rows, "take", lambda row: (row["bucket"], row["entry"]) in entries, "is of an entry that is not there")
    _each(
        rows,
        "entry",
        lambda row: not row["circled"] or (row["bucket"], row["key"], row["circled"]) in takes,
        "circles a take that is not there",
    )
    _each(rows, "render_job", lambda row: row["cut_version"] in versions, "renders a cut that is not there")
    requests = Counter((row["bucket"], row["entry"], row["request_key"]) for row in rows["take"])
    _each(
        rows, "take", lambda row: requests[row["bucket"], row["entry"], row["request_key"]] == 1, "has the request of another take"
    )
    for moved in MOVED:
        for number, row in enumerate(rows[moved.name], 1):
            if missing := sorted(_assets_in(moved, row) - assets):
                raise _error(moved.name, f"row {number:,} names the asset {missing[0][:80]}, which is not in the archive")


def _each(rows: Mapping[str, list[dict[str, Any]]], table: str, holds: Callable[[dict[str, Any]], bool], reason: str) -> None:
    for number, row in enumerate(rows[table], 1):
        if not holds(row):
            raise _error(table, f"row {number:,} {reason}")


def _assets_in(moved: Moved, row: Mapping[str, Any]) -> set[str]:
    named = named_assets(dict(row))
    for column in moved.json:
        named |= named_assets(read_column(row[column]))
    return named


def _write(session: Session, moved: Moved, rows: Sequence[dict[str, Any]], project_id: int, films: Mapping[str, str]) -> None:
    entries: dict[tuple[str, str], int] = {}
    if moved.table is TakeTable:
        query = select(EntryTable.bucket, EntryTable.key, EntryTable.id).where(EntryTable.project_id == project_id)
        entries = {(bucket, key): entry_id for bucket, key, entry_id in session.execute(query)}
    for row in rows:
        if moved.table is TakeTable:
            row["entry_id"] = entries[row.pop("bucket"), row.pop("entry")]
        else:
            row["project_id"] = project_id
        if moved.table is JobTable:
            row["path"] = films.get(row.pop("film"), "")
    for start in range(0, len(rows), _BATCH_ROWS):
        session.execute(insert(moved.table), list(rows[start : start + _BATCH_ROWS]))


def _named(natural: tuple[Any, ...]) -> str:
    return " ".join(str(part)[:60] for part in natural)


def _error(table: str, reason: str) -> ArchiveError:
    return ArchiveError(
        f"these rows are not a film's: {table[:60]}: {reason}. Nothing was kept. Ask for the archive again; it may be damaged, or made by "
        "something else than Glimmer.",
        member=f"rows/{table[:60]}.jsonl",
        reason=reason,
    )
