"""What a database says when it can't, put in words a person can act on. A password is never among them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from glimmer.store.backups import newest_backup

__all__ = ["is_damage", "reason", "what_to_do"]

_MASK: Final = "•••"
_DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_FAULT: Final = "That is a fault of Glimmer's own: no step of it should ask for this. Please report it with the text above."
_SQLITE: Final = (
    ("SQLITE_BUSY", "Another program has kept the file to itself for too long; wait for it or end it, then run this again."),
    ("SQLITE_LOCKED", "Another program has kept the file to itself for too long; wait for it or end it, then run this again."),
    ("SQLITE_FULL", "The disk is full: free some space, then run this again."),
    ("SQLITE_READONLY", "Expected a file and a folder you may write to: change their rights, or choose another folder (studio=…)."),
    (
        "SQLITE_CANTOPEN",
        "Expected a folder you may write to: change its rights, or choose another one (studio=…, or GLIMMER_STUDIO).",
    ),
    ("SQLITE_PERM", "Expected a file you may read and write: change its rights, or choose another folder (studio=…)."),
    ("SQLITE_CONSTRAINT", _FAULT),
    ("SQLITE_ERROR", _FAULT),
    ("SQLITE_IOERR", "The disk failed or is full: look at it before you go on, and copy the studio to another one."),
)  # by the beginning of SQLite's name for it
_REACH: Final = (
    "Expected a Postgres server that answers at this address, and a user and password that it knows (in the URL, PGPASSWORD or ~/.pgpass) "
    "who may make tables there."
)  # a connection that fails has no SQLSTATE, and the server's words may be in any language
_POSTGRES: Final = {
    "22": _FAULT,
    "23": _FAULT,
    "42": _FAULT,
    "08": "The connection is gone: see whether the server runs, then run this again; a new connection is made by itself.",
    "28": _REACH,
    "3D": "Expected a database that is there: create it, or correct the name at the end of the URL.",
    "3F": "Expected a schema that is there: create it, or correct search_path in the URL.",
    "40": "Two writers were in each other's way; run this again.",
    "42501": "Expected a user who may do this; ask the owner of the database to GRANT it.",
    "53100": "The server's disk is full: have space made there, then run this again.",
    "53300": "The server has no connection left: close other programs that use it, or raise its max_connections.",
    "53": "The server is short of something; see its log, then run this again.",
    "55P03": "Another program has kept these rows or this film to itself for 30 s; wait for it or end it, then run this again.",
    "57014": "It took the server longer than 30 s; see what keeps it busy, then run this again.",
    "57P": "The server is going down or has just started; run this again when it is up.",
    "25006": "Expected a server that takes changes; this one is a read-only copy.",
}  # by the beginning of an SQLSTATE, postgresql.org/docs/current/errcodes-appendix.html; the longest that fits is meant


def reason(error: BaseException, secrets: Collection[str] = ()) -> str:
    """The database's own words on one line, without any of `secrets`."""
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        said = said.replace(secret, _MASK)
    return said.rstrip(".")


def is_damage(error: BaseException) -> bool:
    """Whether SQLite found that the file is no whole database of its own."""
    return _sqlite_name(error).startswith(_DAMAGED)


def what_to_do(error: BaseException, path: Path | None) -> str:
    """What was expected and what a person can do. `path`: the SQLite file, None for Postgres."""
    return _in_postgres(error) if path is None else _in_sqlite(error, path)


def _in_sqlite(error: BaseException, path: Path) -> str:
    name = _sqlite_name(error)
    if name.startswith(_DAMAGED):
        return _restore(path)
    return next((words for beginning, words in _SQLITE if name.startswith(beginning)), _LOOK)


_LOOK: Final = (
    "Expected a SQLite file of Glimmer's in a folder you may write to; choose another folder (studio=…, or GLIMMER_STUDIO)."
)


def _restore(path: Path) -> str:
    newest = newest_backup(path)
    put_back = (
        f"Put it aside (with {path.name}-wal and {path.name}-shm beside it) and copy the newest backup in its place: {newest}."
        if newest
        else f"There is no backup in {path.parent / 'backups'}. Put it aside, bring it back from a copy of your own, or choose another folder."
    )
    return f"Expected a whole SQLite database of Glimmer's: this file is damaged or is something else. {put_back}"


def _in_postgres(error: BaseException) -> str:
    state = getattr(getattr(error, "orig", error), "sqlstate", None) or ""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        state = "08006"
    known = max((begin for begin in _POSTGRES if state and state.startswith(begin)), key=len, default="")
    return _POSTGRES.get(known, _REACH)


def _sqlite_name(error: BaseException) -> str:
    found = getattr(error, "orig", error)
    return getattr(found, "sqlite_errorname", "") or "" if isinstance(found, sqlite3.Error) else ""
