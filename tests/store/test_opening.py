"""Opening tells a new database from an old, a newer, a stranger's and a damaged one, and writes only into the first two."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from glimmer.errors import StoreError
from glimmer.store import opening
from glimmer.store.address import read_address
from glimmer.store.database import Database


def put_project(database: Database, title: str = "Song") -> None:
    with database.write() as session:
        session.execute(text("insert into project (title, origin, made_at, trashed_at) values (:title, '', 'now', '')"), {"title": title})


def titles(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("select title from project order by id")))


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ── new, and up to date ─────────────────────────────────────────────────────────────────────────────────────
def test_a_new_database_is_stamped_with_the_newest_revision(database: Database) -> None:
    with database.read() as session:
        assert session.scalars(text("select version_num from alembic_version")).all() == [opening.HEAD]
        if not database.is_postgres:
            assert session.scalar(text("pragma user_version")) == int(opening.HEAD)


def test_what_was_kept_is_there_when_it_is_opened_again(place: Path | str) -> None:
    first = Database(place)
    put_project(first)
    first.close()
    assert titles(Database(place)) == ["Song"]


def test_opening_what_is_up_to_date_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "glimmer.db"
    Database(path).close()
    before = everything_in(tmp_path)
    Database(path).close()
    assert everything_in(tmp_path) == before


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "glimmer.db").touch()
    put_project(Database(tmp_path / "glimmer.db"))


@pytest.mark.parametrize("name", ["what?", "50%", "take #2", "a b", "海", "x;y", "file:x", "-n"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "glimmer.db"
    put_project(Database(path))
    assert path.is_file()
    assert titles(Database(path)) == ["Song"]
    assert {one.name for one in tmp_path.iterdir()} == {name}


def test_a_studio_stays_where_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    database = Database("studio/glimmer.db")
    monkeypatch.chdir(tmp_path / "there")
    put_project(database)
    assert titles(database) == ["Song"]
    assert not list((tmp_path / "there").iterdir())


# ── newer, and somebody else's ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("revision", ["9999", "a1b2c3d4e5f6"])
def test_a_newer_database_is_refused_and_not_touched(place: Path | str, revision: str) -> None:
    database = Database(place)
    put_project(database)
    with database.write() as session:
        session.execute(text("update alembic_version set version_num = :revision"), {"revision": revision})
    database.close()
    before = everything_in(place.parent) if isinstance(place, Path) else {}
    with pytest.raises(StoreError, match=f"was written by a newer Glimmer.*{revision}.*pip install -U glimmer-studio"):
        Database(place)
    assert (everything_in(place.parent) if isinstance(place, Path) else {}) == before


def test_a_newer_file_without_a_revision_is_refused_and_not_touched(tmp_path: Path, made_by: Callable[[Path, str], None]) -> None:
    path = tmp_path / "glimmer.db"
    made_by(path, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma user_version=7")
        connection.commit()
    before = everything_in(tmp_path)
    with pytest.raises(StoreError, match=r"newer Glimmer.*pip install -U glimmer-studio"):
        Database(path)
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize(
    "tables",
    [["moz_places", "moz_bookmarks"], ["project"], ["alembic_version"], ["take", "entry", "project"], ["a", "b", "c", "d", "e"]],
)
def test_a_file_of_another_program_is_refused_and_not_touched(tmp_path: Path, tables: list[str]) -> None:
    path = tmp_path / "glimmer.db"
    with closing(sqlite3.connect(path)) as connection:
        for table in tables:
            connection.execute(f"create table {table} (version_num text)")
            connection.execute(f"insert into {table} values ('mine')")
        connection.commit()
    before = everything_in(tmp_path)
    with pytest.raises(StoreError, match="holds tables that Glimmer did not make") as refused:
        Database(path)
    assert f'"{sorted(tables)[0]}"' in refused.value.message
    assert everything_in(tmp_path) == before


def test_tables_of_other_programs_may_stand_beside_ours_in_postgres(postgres: str) -> None:
    beside(postgres, "create table invoice (id integer)")
    put_project(Database(postgres))
    assert titles(Database(postgres)) == ["Song"]


@pytest.mark.parametrize("table", ["project", "alembic_version", "asset"])
def test_a_table_of_our_name_that_is_another_programs_is_not_touched(postgres: str, table: str) -> None:
    beside(postgres, f"create table {table} (version_num text); insert into {table} values ('mine')")
    with pytest.raises(StoreError, match=r"holds tables that Glimmer did not make.*schema of its own"):
        Database(postgres)
    assert beside(postgres, f"select * from {table}") == [("mine",)]
    assert beside(postgres, "select count(*) from pg_tables where schemaname = current_schema()") == [(1,)]


def beside(url: str, statements: str) -> list[Any]:
    engine = create_engine(read_address(url).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        answer = connection.execute(text(statements))
        found = [tuple(row) for row in answer] if answer.returns_rows else []
    engine.dispose()
    return found


# ── damaged ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A studio's file of some size, with a backup beside it."""
    path = tmp_path / "glimmer.db"
    database = Database(path)
    for number in range(50):
        put_project(database, f"film {number}")
    with database.write() as session:
        session.execute(
            text("insert into request (key, model, version, kind, body) values ('k', 'm', '', '', :body)"), {"body": "x" * 99_999}
        )
    database.backup(tmp_path / "backups" / "glimmer-0001-2026-11-22T2310.db")
    database.close()
    return path


@pytest.mark.parametrize("kept", [1, 99, 100, 1_000, 4_096, 8_192, 50_000])
def test_a_truncated_file_is_refused_in_words_and_the_backup_named(filled: Path, kept: int) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(whole[:kept])
    with pytest.raises(StoreError, match="damaged or is something else") as refused:
        Database(filled)
    assert "glimmer-0001-2026-11-22T2310.db" in refused.value.message
    assert filled.read_bytes() == whole[:kept]  # a person, or sqlite3's .recover, may still get something out of it


def test_an_empty_file_with_a_backup_beside_it_is_not_taken_for_a_new_studio(filled: Path) -> None:
    filled.write_bytes(b"")
    with pytest.raises(StoreError, match=r"holds 0 bytes.*glimmer-0001-2026-11-22T2310\.db"):
        Database(filled)


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "glimmer.db"
    path.write_bytes(b"Dear diary, " * 999)
    with pytest.raises(StoreError, match=r"can't open the studio's database .*file is not a database.*no backup"):
        Database(path)
    assert path.read_bytes() == b"Dear diary, " * 999


def test_no_byte_that_is_flipped_is_met_with_anything_but_words(filled: Path) -> None:
    """Each page is hit once. What opens must be told by the check of the whole file, or have hit a byte that nobody reads."""
    whole, told = filled.read_bytes(), 0
    for page in range(len(whole) // 4_096):
        place = page * 4_096 + (18 if page == 0 else 0)
        hit = bytearray(whole)
        hit[place] ^= 0xFF
        filled.write_bytes(bytes(hit))
        try:
            database = Database(filled)
            told += bool(database.integrity(thorough=True))
            titles(database)
            database.close()
        except StoreError:
            told += 1
        for left in ("-wal", "-shm"):
            filled.with_name(filled.name + left).unlink(missing_ok=True)
    assert told >= 10  # each page of tables and indexes; the rest are pages of the long text


def test_damage_that_is_met_later_names_the_backup(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        (page,) = connection.execute("select rootpage from sqlite_master where name = 'project'").fetchone()
    with filled.open("r+b") as file:
        file.seek((page - 1) * 4_096)
        file.write(b"\xff" * 4_096)
    database = Database(filled)
    with pytest.raises(StoreError, match=r"refused: database disk image is malformed.*damaged.*glimmer-0001-2026-11-22T2310\.db"):
        titles(database)
    assert any("malformed" in one or "rror" in one or "age" in one for one in database.integrity())


# ── rights ──────────────────────────────────────────────────────────────────────────────────────────────────
AS_NOBODY = """
import os, sys
from pathlib import Path
import glimmer.store.database, sqlalchemy.dialects.sqlite.pysqlite, encodings.idna
from glimmer.errors import StoreError
os.seteuid(65534)
try:
    glimmer.store.database.Database(Path(sys.argv[1]))
except StoreError as error:
    print(error)
"""


def as_nobody(path: Path) -> str:
    if os.geteuid():
        pytest.skip("only root can become somebody who may not write here")
    for folder in path.parents:
        if folder.name.startswith("pytest-") or folder.parent.name.startswith("pytest-"):
            folder.chmod(0o755)
    said = subprocess.run([sys.executable, "-c", AS_NOBODY, str(path)], capture_output=True, text=True, timeout=60, check=True)
    return said.stdout


def test_a_read_only_folder_is_refused_in_words(filled: Path) -> None:
    filled.parent.chmod(0o755)
    filled.chmod(0o666)
    assert "read-only for you" in as_nobody(filled)
    assert f'"{filled.parent}"' in as_nobody(filled)


def test_a_read_only_file_is_refused_in_words(filled: Path) -> None:
    filled.parent.chmod(0o777)
    filled.chmod(0o444)
    assert f'"{filled}" is read-only for you' in as_nobody(filled)


def test_a_folder_that_can_not_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "studio").write_text("a file")
    with pytest.raises(StoreError, match="can't open the studio's database"):
        Database(tmp_path / "studio" / "glimmer.db")


def test_a_folder_in_the_place_of_the_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "glimmer.db").mkdir()
    with pytest.raises(StoreError, match="is a folder; expected a file"):
        Database(tmp_path / "glimmer.db")
