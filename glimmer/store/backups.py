"""Backups: whole, checked copies of a SQLite database, taken while others work on it.

One is made before a database is brought up to a newer release (`backups/glimmer-0001-2026-11-22T2310.db`, the newest five are kept);
others when a person asks. A copy is there under its name only when it is complete, on the disk, and found sound.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from glimmer.errors import StoreError

__all__ = ["FOLDER", "KEPT", "back_up_before", "copy_database", "newest_backup"]

FOLDER: Final = "backups"
KEPT: Final = 5  # a release a month: five months to find out that something went wrong


def back_up_before(path: Path, revision: str) -> Path:
    """A copy of the database at `path` beside it, named by its revision and the minute; of such copies the newest five are kept."""
    folder = path.parent / FOLDER
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M")
    names = (f"{path.stem}-{revision}-{stamp}{again}.db" for again in ("", *(f"-{n}" for n in range(2, 1_000))))
    to = next(folder / name for name in names if not (folder / name).exists())
    for left in folder.glob(f".{path.stem}-????-*.partial*"):
        left.unlink(missing_ok=True)  # of a process that was killed: whoever comes here alone holds the write lock
    copy_database(path, to)
    for old in _backups(path)[:-KEPT]:
        old.unlink(missing_ok=True)
    return to


def newest_backup(path: Path) -> Path | None:
    """The newest backup that was made of `path` before an upgrade, None where there is none."""
    return next(reversed(_backups(path)), None)


def copy_database(path: Path, to: Path) -> None:
    """The SQLite database `path` as it stands now, copied to the new file `to`. Waits for no writer and stops none.

    Raises: StoreError if `to` is there, can't be written, or the copy is found damaged; `to` is then not there.
    """
    if to.exists():
        raise StoreError(f'"{to}" is there already; expected the name of a new file. A backup never overwrites one.')
    partial = to.with_name(f".{to.name}.{os.getpid()}.partial")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        wrong = _copied(path, partial)
        if wrong:
            raise StoreError(
                f'the database "{path}" can\'t be backed up: its copy is not sound ({wrong}). Expected a whole database; '
                f"nothing was changed. {_or_restore(path)}"
            )
        _synced(partial)
        partial.rename(to)
        _synced(to.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f'the database "{path}" can\'t be backed up to "{to}": {error}. Expected a folder with room for '
            f"{path.stat().st_size / 1e6 if path.exists() else 0:.1f} MB that you may write to; nothing was changed."
        ) from error
    finally:
        for left in (partial, *(partial.with_name(partial.name + end) for end in ("-journal", "-wal", "-shm"))):
            with suppress(OSError):  # what went wrong is told already
                left.unlink()


def _copied(path: Path, to: Path) -> str:
    """Copies every page in one snapshot. Returns what is wrong with the copy, "" for nothing."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new)
        new.execute("pragma journal_mode=delete")  # one file, with nothing beside it
        found = [str(row[0]) for row in new.execute("pragma integrity_check(3)")]
    return "" if found == ["ok"] else "; ".join(found)


def _or_restore(path: Path) -> str:
    newest = newest_backup(path)
    return f"The newest backup is {newest}." if newest else ""


def _backups(path: Path) -> list[Path]:
    """Oldest first. Whatever else lies in the folder is a person's own."""
    named = re.compile(rf"{re.escape(path.stem)}-\d{{4}}-(\d{{4}}-\d\d-\d\dT\d{{4}})(?:-(\d+))?\.db")
    folder = path.parent / FOLDER
    found = [(named.fullmatch(one.name), one) for one in (folder.iterdir() if folder.is_dir() else ())]
    return [one for match, one in sorted(found, key=lambda each: _age(each[0])) if match]


def _age(match: re.Match[str] | None) -> tuple[str, int]:
    return (match[1], int(match[2] or 1)) if match else ("", 0)


def _synced(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # a folder can't be opened on Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
