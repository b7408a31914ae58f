"""Opening the database: SQLite in WAL mode, made for many writers, or a Postgres server by its URL. The same tables, the same code.

SQLite: BEGIN IMMEDIATE and 30 s of patience: 8 writers, no "database is locked"; with SQLite's own defaults the same load gave 238,000.
Waiting for one's turn is done here: 2,200 transactions/s with 8 writers on 2 cores, longest wait 0.1 s (with SQLite's own wait 1.1 s).
Journal WAL with synchronous NORMAL survives kill -9 at any moment (89 of 89); a power loss may take the last commits. What is about money
is written `durable`: on return it is on the disk (synchronous FULL, one fsync of the journal more).
Postgres: writers of one film take turns by an advisory lock, as writers of one file do; films don't wait for one another.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from glimmer import log
from glimmer.errors import GlimmerWarning, NotInstalled, StoreError
from glimmer.store.address import Address, is_url, read_address
from glimmer.store.backups import copy_database
from glimmer.store.file_system import network_file_system
from glimmer.store.forking import fork_safe, in_transaction
from glimmer.store.opening import LOCK, bring_to_head
from glimmer.store.refusals import is_damage, reason, what_to_do

__all__ = ["Database"]

_PATIENCE_SECONDS: Final = 30.0  # 8 writers waited 3.5 s at most
_TURN_SECONDS: Final = (0.0003, 0.002)  # between two tries to begin; a thin transaction takes 0.0003
_CONNECT_SECONDS: Final = 10  # a server that is off must not hang a notebook for the two minutes of TCP
_FINDINGS: Final = 20  # of an integrity check


class Database:
    """One studio's database: a SQLite file's path, or a URL "postgresql://…".

    `write()` and `read()` open one short transaction each; never hold one over a model call. A session never leaves its `with`.
    Any thread may use it, and a forked child too; a closed one opens its connections again when it is used.
    """

    def __init__(self, where: Path | str, *, patience_seconds: float = _PATIENCE_SECONDS, mounts: str | None = None) -> None:
        """Opens it, creates it where it is new, brings an older one up to date after a backup.

        patience_seconds: how long a transaction waits for another one. Warns (GlimmerWarning) if the file lies on a network
        file system, as `mounts` tell (the text of /proc/mounts; None: this machine's).
        Raises: StoreError if it can't be opened, is another program's or a newer Glimmer's; SettingsError for an impossible URL.
        """
        self.path = None if is_url(where) else Path(where).expanduser().absolute()  # a later chdir must not move the studio
        self._address = read_address(str(where)) if self.path is None else None
        self.name = self._address.name if self._address else str(self.path)
        try:
            if self.path is not None:
                _ready(self.path)
                _warn_of_network(self.path, mounts)
            self.engine = _postgres(self._address, patience_seconds) if self._address else _sqlite(self.path, patience_seconds)
            bring_to_head(self.engine, self.path)
        except (OSError, sqlite3.Error, SQLAlchemyError) as error:
            raise self._unopened(error) from error
        self._sessions = sessionmaker(self.engine, class_=Session, expire_on_commit=False)
        self._durable = sessionmaker(self.engine.execution_options(durable=True), class_=Session, expire_on_commit=False)
        self._readers = sessionmaker(_reading(self.engine), class_=Session, autoflush=False, expire_on_commit=False)
        self._file = _identity(self.path) if self.path is not None else None
        fork_safe(self.engine)

    @property
    def is_postgres(self) -> bool:
        return self.path is None

    @contextmanager
    def write(self, film: int = 0, *, durable: bool = False) -> Iterator[Session]:
        """One writing transaction: committed when the block ends, undone when it raises. `film`: the project it is about, 0 for none.

        durable: what it wrote survives a power loss from the moment it returns, too.
        Raises: StoreError where the database refuses (busy, disk full, read-only, damaged, connection lost).
        """
        with self._told(), in_transaction(), (self._durable if durable else self._sessions).begin() as session:
            if self.is_postgres:
                session.execute(text(LOCK), {"film": film})
                if durable:
                    session.execute(text("set local synchronous_commit = on"))  # a server may have it off
            yield session
        self._check_file()  # a step that went into a file which somebody deleted meanwhile is not kept, and must not be called so

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One look at the database as it stood when the block began; waits for no writer. Whatever is changed in it is not kept."""
        with self._told(), in_transaction(), self._readers() as session:
            yield session

    def integrity(self, *, thorough: bool = False) -> tuple[str, ...]:
        """What is wrong with the database, in words; () if nothing is. Reads the whole file; stops no writer.

        thorough: compare every index with its rows, too. A Postgres server looks after its own files: ().
        """
        if self.path is None:
            return ()
        try:
            with in_transaction(), _reading(self.engine).connect() as connection:
                check = "integrity_check" if thorough else "quick_check"
                found = [str(row[0]) for row in connection.exec_driver_sql(f"pragma {check}({_FINDINGS})")]
                lost = connection.exec_driver_sql("pragma foreign_key_check").fetchmany(_FINDINGS)
        except (SQLAlchemyError, sqlite3.Error) as error:
            if is_damage(error):
                return (f"{self.name}: {reason(error)}",)
            raise self._refused(error) from error
        pointers = [f'row {row[1]} of the table "{row[0]}" names a row of "{row[2]}" that is not there' for row in lost]
        return (*(one for one in found if one != "ok"), *pointers)

    def backup(self, to: Path) -> Path:
        """A whole, checked copy of the database in the new file `to`, while others go on writing. Media files are not in it.

        Returns: `to`. Raises: StoreError if `to` is there, can't be written, or the studio is in Postgres (which has pg_dump).
        """
        if self.path is None:
            raise StoreError(
                f"the studio {self.name} can't be backed up from here: it is in Postgres. Expected a studio in a folder. "
                "Run Postgres' own tool: pg_dump --format=custom --file=studio.dump, with this database's URL."
            )
        copy_database(self.path, Path(to).expanduser().absolute())
        return Path(to)

    def close(self) -> None:
        """Give all idle connections back. SQLite's -wal and -shm files go with the last one."""
        self.engine.dispose()

    def was_replaced(self) -> bool:
        """Whether the file that was opened is no longer the one at its path: deleted, moved away, or another one in its place."""
        if self.path is None:
            return False
        try:
            return _identity(self.path) != self._file
        except OSError:
            return False  # a folder that can't be looked into is SQLite's to tell

    def _check_file(self) -> None:
        """A deleted file takes every write and keeps none (it costs 2 µs to see that). Raises: StoreError."""
        if self.was_replaced():
            there = "another file is in its place" if self.path is not None and self.path.exists() else "it is not there any more"
            raise StoreError(
                f"the studio's database {self.name} was deleted, moved or replaced while it was open: {there}. Expected it to stay where "
                "it is. Nothing of this step was kept. Put it back if it was not meant to go, and open the film again: gl.Project(…)."
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        self._check_file()
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise self._refused(error) from error

    def _refused(self, error: BaseException) -> StoreError:
        kept = "Nothing of this step was kept, all before it is safe"
        if getattr(error, "connection_invalidated", False):
            kept = "All before this step is safe; the step itself was kept wholly or not at all, so look before you repeat it"
        return StoreError(
            f"the studio's database {self.name} refused: {self._reason(error)}. {kept}. {what_to_do(error, self.path)}"
        )

    def _unopened(self, error: BaseException) -> StoreError:
        return StoreError(f"can't open the studio's database {self.name}: {self._reason(error)}. {what_to_do(error, self.path)}")

    def _reason(self, error: BaseException) -> str:
        return reason(error, self._address.secrets if self._address else ())

    def __repr__(self) -> str:
        return f"database {self.name}"


def _reading(engine: Engine) -> Engine:
    """The same connections, for transactions that only read: all of one transaction see the same moment."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(readonly=True)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at `path`; None if there is none."""
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


# ── SQLite ──────────────────────────────────────────────────────────────────────────────────────────────────
def _ready(path: Path) -> None:
    """The folder is there and may be written to, and so may the file. Raises: StoreError, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise StoreError(
            f'the studio\'s database "{path}" is a folder; expected a file, or a name that is free. Choose another studio.'
        )
    for place in (path, path.parent):
        if place.exists() and not os.access(place, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise StoreError(
                f"the studio's database {path} can't be opened: \"{place}\" is read-only for you. Expected a file and a folder you may "
                "write to (SQLite keeps its journal beside the file). Change their rights, or choose another folder (studio=…)."
            )


def _warn_of_network(path: Path, mounts: str | None) -> None:
    kind = network_file_system(path.parent, mounts)
    if kind:
        log.warning("store.network_file_system", path=str(path), kind=kind)
        warnings.warn(
            f"the studio's database {path} lies on a network file system ({kind}). SQLite is safe there only while ONE machine uses it: "
            "two at once can damage the file. Expected a folder on this machine's own disk; for several machines open the studio in "
            'Postgres: gl.Studio("postgresql://user@host/name").',
            GlimmerWarning,
            stacklevel=3,
        )


def _sqlite(path: Path | None, patience_seconds: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),  # not a text: a folder may have "?" or "#" in its name
        connect_args={"timeout": patience_seconds},
        pool_timeout=patience_seconds,
    )

    @event.listens_for(engine, "connect")
    def settle(connection: Any, record: object) -> None:
        connection.isolation_level = None  # pysqlite must not begin transactions of its own
        _use_wal(connection, patience_seconds)
        for pragma in ("synchronous=normal", "foreign_keys=on"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that took the write lock would wait for every writer; a writer that took it late could never get it (BUSY_SNAPSHOT).
        # Past SQLAlchemy's own way to run a statement, which costs a sixth of a thin transaction.
        driver: Any = connection.connection.dbapi_connection
        options = connection.get_execution_options()
        if options.get("readonly"):
            driver.execute("BEGIN")
            return
        wanted = "full" if options.get("durable") else "normal"
        if connection.info.get("synchronous", "normal") != wanted:  # can't be changed inside a transaction
            driver.execute(f"pragma synchronous={wanted}")
            connection.info["synchronous"] = wanted
        _take_turn(driver, patience_seconds)

    return engine


def _take_turn(connection: sqlite3.Connection, patience_seconds: float) -> None:
    """Begin to write as soon as nobody else does. Raises: sqlite3.OperationalError ("locked") when the patience is at its end.

    SQLite's own wait sleeps longer the longer it has waited, up to 0.1 s, for a lock that is held for 0.2 ms: with 8 writers the file
    lies idle most of the time, and who came late goes first.
    """
    connection.execute("pragma busy_timeout=0")
    since = time.monotonic()
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - since
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or waited > patience_seconds:
                    raise
            time.sleep(random.uniform(*_TURN_SECONDS) * (1 if waited < 1.0 else 10))  # who has it so long is no thin transaction
    finally:
        connection.execute(f"pragma busy_timeout={int(patience_seconds * 1_000)}")


def _use_wal(connection: sqlite3.Connection, patience_seconds: float) -> None:
    """Switch to WAL once in a file's life. SQLite's own wait does not cover the switch: two at once, and one is told "locked"."""
    if connection.execute("pragma journal_mode").fetchone() == ("wal",):
        return
    until = time.monotonic() + patience_seconds
    while True:
        try:
            connection.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                raise
            time.sleep(0.01)


# ── Postgres ────────────────────────────────────────────────────────────────────────────────────────────────
def _postgres(address: Address, patience_seconds: float) -> Engine:
    settings = {"connect_timeout": _CONNECT_SECONDS, "application_name": "glimmer"}
    try:
        engine = create_engine(
            address.url,
            connect_args={name: value for name, value in settings.items() if name not in address.url.query}
            | address.secret_options,
            pool_pre_ping=True,
            pool_timeout=patience_seconds,
            hide_parameters=True,
        )
    except ImportError as error:
        raise NotInstalled(
            "a studio in Postgres needs its driver, which is not installed. Run: pip install 'glimmer-studio[postgres]'",
            extra="postgres",
        ) from error

    @event.listens_for(engine, "connect")
    def settle(connection: Any, record: object) -> None:
        wait = int(patience_seconds * 1_000)
        work = wait + max(wait // 5, 1_000)  # a lock that is waited for should be named as one, on a busy server too
        connection.execute(f"set lock_timeout = {wait}; set statement_timeout = {work}")
        connection.commit()

    return engine
