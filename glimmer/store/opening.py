"""Bringing a database to the tables of this release: a new one is made, an older one migrated after a backup, a newer one refused.

What stands there is read before anything is written, so that a file which is not ours stays as it is to the last byte. Where nothing is
to be done (nearly always) that look is all: Alembic is imported only to migrate. The first of several processes does the work under the
database's own write lock; the others wait, look again, and go on.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, text

from glimmer import log
from glimmer.errors import StoreError
from glimmer.store.backups import back_up_before, newest_backup
from glimmer.store.tables import Base

__all__ = ["HEAD", "LOCK", "REVISIONS", "Standing", "bring_to_head", "look_into", "upgrade"]

REVISIONS: Final = ("0001", "0002", "0003", "0004")  # oldest first, as in migrations/versions; a test compares
HEAD: Final = REVISIONS[-1]
_OURS: Final = frozenset(("project", "entry", "take"))  # in every release
_WAIT_SECONDS: Final = 300  # for another process that migrates; 100,000 takes are migrated in 5 s, backup included
_HEADER_BYTES: Final = 100  # sqlite.org/fileformat.html, 1.3
_STAMP: Final = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
# Our locks in a Postgres database that other programs may use too: this number from the schema's name, then the film's.
LOCK: Final = "select pg_advisory_xact_lock(('x' || substr(md5('glimmer ' || current_schema()), 1, 8))::bit(32)::int, :film)"
_WHOLE_STUDIO: Final = -1
_one_at_a_time: Final = threading.Lock()  # alembic.op speaks for the whole process


@dataclass(frozen=True)
class Standing:
    """What stands in a database. revision is "" where it is not stamped; number is SQLite's user_version, 0 on Postgres."""

    tables: frozenset[str] = frozenset()
    revision: str = ""
    number: int = 0


def bring_to_head(engine: Engine, path: Path | None) -> None:
    """Have the tables of this release in the database; its rows are kept. `path`: the SQLite file, None for Postgres.

    Raises: StoreError for what a newer release or another program wrote, and where a migration fails; nothing was changed then.
    """
    name = str(path) if path is not None else str(engine.url.database)
    standing = look_into(path) if path is not None else _postgres_standing(engine)
    if _revision_of(standing, name, path is None) == HEAD:
        return
    with _locked(engine) as connection:
        revision = _revision_of(_standing_of(connection), name, path is None)  # somebody may have been quicker
        if not revision:
            Base.metadata.create_all(connection, checkfirst=False)
            _stamp(connection, HEAD)
        elif revision != HEAD:
            _migrate(connection, revision, name, path)


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────
def look_into(path: Path) -> Standing:
    """What stands in the SQLite file at `path`, which is not written to. A file that is not there yet is an empty database.

    Raises: sqlite3.Error where it can't be read as a database, StoreError for one that was cut off before its first page.
    """
    size = path.stat().st_size if path.exists() else 0
    if path.exists() and (size or newest_backup(path)) and size < _HEADER_BYTES:
        raise StoreError(_cut_off(path, size))  # SQLite itself would take it for a new one, and a person's films for gone
    if not size:
        return Standing()
    if not any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal")):
        with suppress(sqlite3.Error):  # somebody has just begun to write
            return _look(path, "mode=ro&immutable=1")  # leaves no file beside it; nobody else is there
    try:
        return _look(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise
        return _look(path, "mode=rw")  # a killed writer's journal has to be played back first


def _cut_off(path: Path, size: int) -> str:
    newest = newest_backup(path)
    put_back = f"Copy the newest backup in its place ({newest})" if newest else "Bring it back from a copy of your own"
    return (
        f"the studio's database {path} holds {size} bytes: it was cut off, is damaged or is something else. Expected a whole SQLite "
        f"database of Glimmer's. {put_back}, or move the file away to begin anew."
    )


def _look(path: Path, how: str) -> Standing:
    with closing(sqlite3.connect(f"{path.as_uri()}?{how}", uri=True, timeout=30, isolation_level=None)) as connection:
        connection.execute("begin")  # one look
        tables = _table_names(connection.execute("select name from sqlite_master where type = 'table'"))
        (number,) = connection.execute("pragma user_version").fetchone()
        found = connection.execute(_REVISION).fetchone() if "alembic_version" in tables else None
        return Standing(tables, found[0] if found else "", number)


_REVISION: Final = "select version_num from alembic_version"


def _table_names(rows: object) -> frozenset[str]:
    return frozenset(str(row[0]) for row in rows if not str(row[0]).startswith("sqlite_"))  # type: ignore[attr-defined]


def _postgres_standing(engine: Engine) -> Standing:
    with engine.connect() as connection:
        if connection.scalar(text("select current_schema()")) is None:
            raise StoreError(
                f"the Postgres database {engine.url.database} has none of the schemas {connection.scalar(text('show search_path'))!r} "
                "that the URL (or the server) names as search_path. Expected one that exists; create it: CREATE SCHEMA films."
            )
        return _standing_of(connection)


def _standing_of(connection: Connection) -> Standing:
    here = "select tablename from pg_tables where schemaname = current_schema()"
    is_postgres = connection.dialect.name == "postgresql"
    names = _table_names(connection.execute(text(here if is_postgres else "select name from sqlite_master where type = 'table'")))
    number = 0 if is_postgres else int(connection.exec_driver_sql("pragma user_version").scalar_one())
    revision = connection.scalar(text(_REVISION)) if "alembic_version" in names else None
    return Standing(names, revision or "", number)


def _revision_of(standing: Standing, name: str, is_postgres: bool) -> str:
    """The release that wrote it, "" for a new database. Raises: StoreError for a newer one, or if another program's tables are there."""
    if not standing.tables & (_names() if is_postgres else standing.tables):
        return ""
    if not standing.tables >= _OURS:
        raise StoreError(_foreign(standing, name, is_postgres))
    if standing.number > int(HEAD) or (standing.revision and standing.revision not in REVISIONS):
        raise StoreError(
            f"the studio's database {name} was written by a newer Glimmer (its tables are revision "
            f"{standing.revision or standing.number}, this Glimmer knows up to {HEAD}). Nothing in it was touched. "
            "Update Glimmer: pip install -U glimmer-studio."
        )
    if not standing.revision and standing.number != 1:
        raise StoreError(_foreign(standing, name, is_postgres))
    return standing.revision or "0001"


def _names() -> frozenset[str]:
    """Names that would be in the way in a Postgres schema, which we may share with others."""
    return frozenset((*Base.metadata.tables, "alembic_version"))


def _foreign(standing: Standing, name: str, is_postgres: bool) -> str:
    shown = ", ".join(f'"{table[:60]}"' for table in sorted(standing.tables)[:4]) + (" …" if len(standing.tables) > 4 else "")
    what_to_do = (
        "Give the studio a schema of its own: CREATE SCHEMA films, then postgresql://…/name?search_path=films."
        if is_postgres
        else "Choose another folder (studio=…, or GLIMMER_STUDIO)."
    )
    return (
        f"the database {name} holds tables that Glimmer did not make ({shown}). Expected a studio's database or an empty one; "
        f"nothing in it was touched. {what_to_do}"
    )


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────
@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """One transaction that no other process migrates or writes beside; in SQLite without foreign keys, as tables are rebuilt."""
    with _one_at_a_time, engine.connect() as connection:
        connection.detach()  # its settings are of use for this alone
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            driver = connection.connection.dbapi_connection
            for pragma in ("foreign_keys=off", f"busy_timeout={_WAIT_SECONDS * 1000}"):
                driver.execute(f"pragma {pragma}")  # type: ignore[union-attr]
        with connection.begin():
            if not is_sqlite:
                connection.execute(text(f"set local lock_timeout = '{_WAIT_SECONDS}s'; set local statement_timeout = 0"))
                connection.execute(text(LOCK), {"film": _WHOLE_STUDIO})
            yield connection


def _migrate(connection: Connection, revision: str, name: str, path: Path | None) -> None:
    backup = back_up_before(path, revision) if path is not None else None
    try:
        dangling = _dangling(connection)
        upgrade(connection, revision)
        if lost := _dangling(connection) - dangling:  # what was so before is no reason to lock a person out
            raise StoreError(min(lost))
    except Exception as error:
        raise StoreError(
            f"the studio's database {name} can't be brought from revision {revision} to {HEAD}: "
            f"{' '.join(str(getattr(error, 'orig', None) or error).split())}. It was left as it was"
            f"{f', and a backup of it is {backup}' if backup else ''}. Go on with the Glimmer that wrote it, and report this."
        ) from error
    log.event("store.migrated", database=name, was=revision, now=HEAD, backup=str(backup or ""))


def upgrade(connection: Connection, revision: str, to: str = HEAD) -> None:
    """Run every migration after `revision` up to `to` in the connection's own transaction, and stamp it. revision "": from nothing.

    Alembic's log is kept to warnings meanwhile: its chatter would end up in a notebook that has logging switched on.
    """
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with _quiet("alembic"):
        scripts = ScriptDirectory(str(Path(__file__).with_name("migrations")))
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            for script in reversed(list(scripts.iterate_revisions(to, revision or "base"))):
                script.module.upgrade()
        _stamp(connection, to)


def _stamp(connection: Connection, revision: str) -> None:
    if "alembic_version" not in _standing_of(connection).tables:
        connection.exec_driver_sql(_STAMP)
    connection.execute(text("delete from alembic_version"))
    connection.execute(text("insert into alembic_version (version_num) values (:revision)"), {"revision": revision})
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            f"pragma user_version={int(revision)}"
        )  # Glimmer 0.1.0 looks at this alone, and refuses in words


def _dangling(connection: Connection) -> set[str]:
    """Rows that name a row which is not there, in words. In Postgres there are none."""
    if connection.dialect.name != "sqlite":
        return set()
    rows = connection.exec_driver_sql("pragma foreign_key_check")
    return {f'row {row[1]} of the table "{row[0]}" names a row of "{row[2]}" that is not there' for row in rows}


@contextmanager
def _quiet(logger_name: str) -> Iterator[None]:
    logger = logging.getLogger(logger_name)
    before = logger.level
    logger.setLevel(max(before, logging.WARNING))
    try:
        yield
    finally:
        logger.setLevel(before)
