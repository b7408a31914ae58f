"""Moving: one film's rows out of a database, and into another one, whole or not at all.

The store's own part of an archive: knows rows, no files. `dump` gives every row of a film, flat and without any id of its database;
`load` takes such rows from anywhere: it believes none of them before all are checked, then writes them in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import ValidationError
from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from glimmer import limits, log
from glimmer.errors import ArchiveError, SettingsError
from glimmer.store import moved_rows, tables
from glimmer.store.database import Database
from glimmer.store.film_rows import FilmRows
from glimmer.store.moved_history import check_changes, told_by_ids, told_by_names
from glimmer.store.moved_rows import Row, named_assets, read_column

__all__ = ["Rows", "dump", "load", "wanted_assets"]

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
_BATCH_ROWS: Final = 5_000  # of one insert; the transaction is one
_BATCH_KEYS: Final = 500  # of one question
_UNFINISHED: Final = ("waiting", "running")


_TRACKED: Final = ("entry", "take", "screenplay", "assembly")  # what the history tells changes of


@dataclass(frozen=True)
class Within:
    """A row that belongs to another one: by which column, to which table, and by which of its columns it is named in an archive."""

    column: str
    table: Table
    named: Mapping[str, str]  # field of the row -> column of the other one


@dataclass(frozen=True)
class Moved:
    """A table that travels: its name in an archive, its rows' model, and what makes a row of it one of its kind in the film."""

    name: str
    table: Table
    model: type[Row]
    unique: tuple[str, ...] = ()
    json: tuple[str, ...] = ()  # columns of JSON that may name assets
    within: Within | None = None
    shared: bool = False  # one for all films of a studio, under its hash


def _table(kind: type[tables.Base]) -> Table:
    return cast(Table, kind.__table__)


ENTRIES: Final = _table(tables.EntryTable)
TAKES: Final = _table(tables.TakeTable)
EVENTS: Final = _table(tables.EventTable)
JOBS: Final = _table(tables.JobTable)
PROJECTS: Final = _table(tables.ProjectTable)
CONVERSATIONS: Final = _table(tables.ConversationTable)

# In the order in which they are written: what is referred to comes first.
MOVED: Final = (
    Moved("asset", _table(tables.AssetTable), moved_rows.AssetMoved, ("sha256",), shared=True),
    Moved("request", _table(tables.RequestTable), moved_rows.RequestMoved, ("key",), shared=True),
    Moved("conversation", CONVERSATIONS, moved_rows.ConversationMoved, ("number",)),
    Moved(
        "message",
        _table(tables.MessageTable),
        moved_rows.MessageMoved,
        ("conversation", "number"),
        json=("content",),
        within=Within("conversation_id", CONVERSATIONS, {"conversation": "number"}),
    ),
    Moved("screenplay", _table(tables.ScreenplayTable), moved_rows.ScreenplayMoved, ("version",)),
    Moved("entry", ENTRIES, moved_rows.EntryMoved, ("bucket", "key"), json=("state",)),
    Moved(
        "take",
        TAKES,
        moved_rows.TakeMoved,
        ("bucket", "entry", "number"),
        within=Within("entry_id", ENTRIES, {"bucket": "bucket", "entry": "key"}),
    ),
    Moved("assembly", _table(tables.AssemblyTable), moved_rows.AssemblyMoved, ("version",), json=("cut",)),
    Moved("render_job", JOBS, moved_rows.RenderJobMoved, ("number",)),
    Moved("call", _table(tables.CallTable), moved_rows.CallMoved),
    Moved("event", EVENTS, moved_rows.EventMoved, ("number",)),
)


# ── out ────────────────────────────────────────────────────────────────────────────────────────────────────────
def dump(store: FilmRows, *, films: Mapping[str, str] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Every row of the film, by table, flat and ordered: the same film gives the same rows on every machine and database.

    `films`: path of a finished render -> its sha256, for those that travel along. Renders that run are given as cancelled.
    """
    with store.database.read() as session:
        if store.database.is_postgres:  # else each question sees what was written since the one before; SQLite's never do
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        found = {moved.name: _rows_of(session, moved, store.project_id) for moved in MOVED if not moved.shared}
        for job in found["render_job"]:
            _settle(job, films or {})
        _tell_by_names(session, found["event"], store.project_id)
        named = {sha256 for moved in MOVED if not moved.shared for row in found[moved.name] for sha256 in _assets_in(moved, row)}
        asked = {row["made_for"] for row in found["take"]} | {row["wanted"] for row in found["entry"]}
        for moved, keys in ((MOVED[0], named), (MOVED[1], asked)):
            found[moved.name] = _shared_rows(session, moved, keys)
    return {moved.name: found[moved.name] for moved in MOVED}


def wanted_assets(rows: Rows) -> list[tuple[str, str]]:
    """(sha256, media type) of every asset that the rows name, each once; "" where no row tells the type."""
    types = {sha256: "" for moved in MOVED for row in rows.get(moved.name, ()) for sha256 in _assets_in(moved, row)}
    types |= {str(row["sha256"]): str(row["media_type"]) for row in rows.get("asset", ()) if row["sha256"] in types}
    types |= {str(row["asset"]): str(row["media_type"]) for row in rows.get("take", ())}
    return sorted(types.items())


def _rows_of(session: Session, moved: Moved, project_id: int) -> list[dict[str, Any]]:
    found = [dict(row) for row in session.execute(_query(moved, project_id)).mappings()]
    # Sorted here: databases sort text each in its own way. What has nothing of its own stays in the order it was made in.
    return sorted(found, key=lambda row: tuple(row[name] for name in moved.unique))


def _query(moved: Moved, project_id: int) -> Any:
    """The model's fields of the film's rows, as they were made."""
    columns: list[Any] = [moved.table.c[name] for name in moved.model.model_fields if name in moved.table.c]
    if moved.table is JOBS:
        columns.append(JOBS.c.path.label("film"))
    if moved.table is EVENTS:
        columns.append(EVENTS.c.id.label("number"))
    if moved.table is ENTRIES:
        used = select(TAKES.c.number).where(TAKES.c.id == ENTRIES.c.used_id).scalar_subquery()
        columns.append(func.coalesce(used, 0).label("used"))
    within = moved.within
    if within is None:
        return select(*columns).where(moved.table.c.project_id == project_id).order_by(moved.table.c.id)
    columns += [within.table.c[column].label(name) for name, column in within.named.items()]
    joined = moved.table.join(within.table, moved.table.c[within.column] == within.table.c.id)
    return select(*columns).select_from(joined).where(within.table.c.project_id == project_id).order_by(moved.table.c.id)


def _names_by_id(session: Session, project_id: int) -> dict[tuple[str, int], tuple[Any, ...]]:
    """(table, id) -> what the row is called in its film, for all rows that the history may tell of."""
    found: dict[tuple[str, int], tuple[Any, ...]] = {}
    for moved in MOVED:
        if moved.name in _TRACKED:
            query = _query(moved, project_id).with_only_columns(moved.table.c.id, *_name_columns(moved))
            found |= {(moved.name, row_id): tuple(names) for row_id, *names in session.execute(query)}
    return found


def _name_columns(moved: Moved) -> list[Any]:
    within = moved.within
    return [within.table.c[within.named[name]] if within and name in within.named else moved.table.c[name] for name in moved.unique]


def _tell_by_names(session: Session, events: list[dict[str, Any]], project_id: int) -> None:
    """Number the events in their order, and name the rows that they are about."""
    numbers = {event["number"]: number for number, event in enumerate(events, 1)}
    names = _names_by_id(session, project_id) if events else {}
    for event in events:
        event["number"] = numbers[event["number"]]
        event["undone_by"] = numbers.get(event["undone_by"], 0)
        event["changes"] = told_by_names(event["changes"], names)


def _shared_rows(session: Session, moved: Moved, keys: set[str]) -> list[dict[str, Any]]:
    """The rows of a studio-wide table under `keys`, in their order."""
    columns, key = [moved.table.c[name] for name in moved.model.model_fields], moved.table.c[moved.unique[0]]
    found: list[dict[str, Any]] = []
    for batch in _batches(sorted(keys), _BATCH_KEYS):
        found += [dict(row) for row in session.execute(select(*columns).where(key.in_(batch))).mappings()]
    return sorted(found, key=lambda row: str(row[moved.unique[0]]))


def _batches(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))


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
    assets: Mapping[str, int],
    owner: str = "",
    films: Mapping[str, str] | None = None,
) -> int:
    """The id of the new film `title` that was made of `rows`. All are checked before the first is written; one transaction.

    `assets`: hash -> bytes of the assets that are there for it, -1 for one that is known to be left out. `owner`: a user of this
    studio, made if there is none of that name; "" for nobody. `films`: hash of a render that came along -> where it lies here.
    Requests and assets that the studio has already stay as they are.
    Raises: ArchiveError that names the table, the row and the reason; SettingsError if there is a film of that title.
    """
    known = {moved.name for moved in MOVED}
    if strange := sorted(set(rows) - known):
        raise _error(strange[0], f"a table that no film has; expected {', '.join(sorted(known))}")
    with database.read() as session:
        _check_free(session, title)
    checked = {moved.name: _checked(moved, rows.get(moved.name, ())) for moved in MOVED}
    _check_references(checked, assets)
    count = sum(map(len, checked.values()))
    with database.write() as session:
        _check_free(session, title)
        project_id = _new_film(session, title, owner)
        for moved in MOVED:
            if moved.shared:
                _write_shared(session, moved, checked[moved.name], assets)
            else:
                _write(session, moved, checked[moved.name], project_id, films or {})
        _tell_by_ids(session, checked["event"], project_id)
        _use(session, checked["entry"], project_id)
    log.event("film.loaded", title=title, rows=count)
    return project_id


def _check_free(session: Session, title: str) -> None:
    if session.scalar(select(PROJECTS.c.id).where(PROJECTS.c.title == title)) is not None:
        raise _taken(title)


def _new_film(session: Session, title: str, owner: str) -> int:
    user = session.scalar(select(tables.UserTable).where(tables.UserTable.name == owner)) if owner else None
    if owner and user is None:
        user = tables.UserTable(name=owner)
        session.add(user)
        session.flush()
    film = tables.ProjectTable(title=title, owner_id=user.id if user else None, origin="archive")
    session.add(film)
    session.flush()
    return film.id


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


def _check_references(rows: Mapping[str, list[dict[str, Any]]], assets: Mapping[str, int]) -> None:
    entries = {(row["bucket"], row["key"]) for row in rows["entry"]}
    takes = {(row["bucket"], row["entry"], row["number"]) for row in rows["take"]}
    conversations = {row["number"] for row in rows["conversation"]}
    versions = {row["version"] for row in rows["assembly"]} | {0}
    _each(rows, "entry", lambda row: row["bucket"] in tables.BUCKETS, "is of a bucket that no film has")
    _each(rows, "take", lambda row: (row["bucket"], row["entry"]) in entries, "is of an entry that is not there")
    _each(
        rows,
        "entry",
        lambda row: not row["circled"] or (row["bucket"], row["key"], row["circled"]) in takes,
        "circles a take that is not there",
    )
    _each(
        rows,
        "entry",
        lambda row: not row["used"] or (row["bucket"], row["key"], row["used"]) in takes,
        "uses a take that is not there",
    )
    _each(rows, "message", lambda row: row["conversation"] in conversations, "is of a conversation that is not there")
    _each(rows, "asset", lambda row: row["sha256"] in assets, "is an asset that is not in the archive")
    _each(rows, "render_job", lambda row: row["cut_version"] in versions, "renders a cut that is not there")
    _check_history(rows)
    requests = Counter((row["bucket"], row["entry"], row["request_key"]) for row in rows["take"])
    _each(
        rows, "take", lambda row: requests[row["bucket"], row["entry"], row["request_key"]] == 1, "has the request of another take"
    )
    for moved in MOVED:
        for number, row in enumerate(rows[moved.name], 1):
            if missing := sorted(named for named in _assets_in(moved, row) if named not in assets):
                raise _error(moved.name, f"row {number:,} names the asset {missing[0][:80]}, which is not in the archive")


def _check_history(rows: Mapping[str, list[dict[str, Any]]]) -> None:
    tracked = {moved.name: moved for moved in MOVED if moved.name in _TRACKED}
    known = {(name, tuple(row[each] for each in moved.unique)): row for name, moved in tracked.items() for row in rows[name]}
    models = {name: moved.model for name, moved in tracked.items()}
    for number, event in enumerate(rows["event"], 1):
        try:
            if event["number"] != number or event["undone_by"] > len(rows["event"]):
                raise ValueError("it is out of order, or undone by what is not there")
            check_changes(event["changes"], models, lambda table, names: known.get((table, names)))
        except ValueError as reason:
            raise _error("event", f"row {number:,}: {reason}") from reason


def _each(rows: Mapping[str, list[dict[str, Any]]], table: str, holds: Callable[[dict[str, Any]], bool], reason: str) -> None:
    for number, row in enumerate(rows[table], 1):
        if not holds(row):
            raise _error(table, f"row {number:,} {reason}")


def _assets_in(moved: Moved, row: Mapping[str, Any]) -> set[str]:
    named = named_assets(dict(row))
    for column in moved.json:
        named |= named_assets(read_column(row[column]))
    return named


def _write(session: Session, moved: Moved, rows: Sequence[Mapping[str, Any]], project_id: int, films: Mapping[str, str]) -> None:
    belongs = _belonging(session, moved.within, project_id)
    for batch in _batches(rows, _BATCH_ROWS):
        written = [{name: value for name, value in row.items() if name in moved.table.c} | belongs(row) for row in batch]
        if moved.table is JOBS:
            written = [row | {"path": films.get(given["film"], "")} for row, given in zip(written, batch, strict=True)]
        session.execute(insert(moved.table), written)


def _belonging(session: Session, within: Within | None, project_id: int) -> Callable[[Mapping[str, Any]], dict[str, int]]:
    """What a row is to hold so that it belongs to the new film, or to the film's row that it names."""
    if within is None:
        return lambda row: {"project_id": project_id}
    named = [within.table.c[column] for column in within.named.values()]
    query = select(within.table.c.id, *named).where(within.table.c.project_id == project_id)
    ids = {tuple(names): found for found, *names in session.execute(query)}
    return lambda row: {within.column: ids[tuple(row[name] for name in within.named)]}


def _tell_by_ids(session: Session, events: Sequence[Mapping[str, Any]], project_id: int) -> None:
    """Let the history speak of this database's ids, now that rows have them."""
    if not events:
        return
    rows = {(table, names): row_id for (table, row_id), names in _names_by_id(session, project_id).items()}
    own = list(session.scalars(select(EVENTS.c.id).where(EVENTS.c.project_id == project_id).order_by(EVENTS.c.id)))
    ids = dict(enumerate(own, 1)) | {0: 0}
    told = [
        {"event": ids[event["number"]], "told": told_by_ids(event["changes"], rows), "undoer": ids[event["undone_by"]]}
        for event in events
    ]
    told_of = update(EVENTS).where(EVENTS.c.id == bindparam("event"))
    session.connection().execute(told_of.values(changes=bindparam("told"), undone_by=bindparam("undoer")), told)


def _use(session: Session, entries: Sequence[Mapping[str, Any]], project_id: int) -> None:
    """Point entries at the take that they use, now that takes have ids."""
    used = {(row["bucket"], row["key"], row["used"]) for row in entries if row["used"]}
    query = select(ENTRIES.c.bucket, ENTRIES.c.key, TAKES.c.number, ENTRIES.c.id, TAKES.c.id).where(
        ENTRIES.c.project_id == project_id
    )
    found = session.execute(query.join_from(ENTRIES, TAKES, TAKES.c.entry_id == ENTRIES.c.id))
    pointed = [{"entry": entry, "take": take} for bucket, key, number, entry, take in found if (bucket, key, number) in used]
    if pointed:
        session.connection().execute(
            update(ENTRIES).where(ENTRIES.c.id == bindparam("entry")).values(used_id=bindparam("take")), pointed
        )


def _write_shared(session: Session, moved: Moved, rows: Sequence[dict[str, Any]], assets: Mapping[str, int]) -> None:
    """Write what the studio does not have under that hash yet. A request that says something else here is refused."""
    there = {row[moved.unique[0]]: row for row in _shared_rows(session, moved, {row[moved.unique[0]] for row in rows})}
    for row in rows:
        if moved.name == "request" and there.get(row["key"], row) != row:
            raise _error(moved.name, f"request {row['key']} is known in this studio, with other words")
    new = [row for row in rows if row[moved.unique[0]] not in there]
    if moved.name == "asset":
        new = [row | {"bytes": assets[row["sha256"]]} for row in new]
    for batch in _batches(new, _BATCH_ROWS):
        session.execute(insert(moved.table), list(batch))


def _named(natural: tuple[Any, ...]) -> str:
    return " ".join(str(part)[:60] for part in natural)


def _error(table: str, reason: str) -> ArchiveError:
    return ArchiveError(
        f"these rows are not a film's: {table[:60]}: {reason}. Nothing was kept. Ask for the archive again; it may be damaged, or made by "
        "something else than Glimmer.",
        member=f"rows/{table[:60]}.jsonl",
        reason=reason,
    )
