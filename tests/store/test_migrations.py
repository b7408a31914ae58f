"""A film made by any earlier release opens in this one with all it had; what can't be brought over stays as it was."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from glimmer.errors import StoreError
from glimmer.store import opening
from glimmer.store.database import Database
from glimmer.store.tables import Base

MadeBy = Callable[[Path | str, str], None]
EARLIER = opening.REVISIONS[:-1]
MIGRATIONS = Path(opening.__file__).with_name("migrations")


def rows(database: Database, table: str, columns: str = "*") -> list[dict[str, Any]]:
    with database.read() as session:
        return [dict(row) for row in session.execute(text(f"select {columns} from {table} order by 1")).mappings()]


def shape(database: Database) -> dict[str, Any]:
    """The whole shape of the tables, as the database itself tells it; in no order."""
    look = inspect(database.engine)

    def columns(table: str) -> dict[str, Any]:
        return {each["name"]: (str(each["type"]), each["nullable"], each["default"]) for each in look.get_columns(table)}

    def of(table: str) -> tuple[Any, ...]:
        unique = {tuple(each["column_names"]) for each in look.get_unique_constraints(table)}
        foreign = {
            (*each["constrained_columns"], each["referred_table"], *each["referred_columns"])
            for each in look.get_foreign_keys(table)
        }
        indexes = {(str(each["name"]), tuple(each["column_names"]), bool(each["unique"])) for each in look.get_indexes(table)}
        return columns(table), tuple(look.get_pk_constraint(table)["constrained_columns"]), unique, foreign, indexes

    return {table: of(table) for table in look.get_table_names()}


# ── the tables ──────────────────────────────────────────────────────────────────────────────────────────────
def test_the_revisions_are_one_chain_and_all_are_known() -> None:
    chain = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert tuple(reversed(chain)) == opening.REVISIONS


def test_the_first_revision_is_what_release_0_1_0_made(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'first.db'}")
    with engine.begin() as connection:
        opening.upgrade(connection, "", "0001")
        statements = connection.scalars(text("select sql from sqlite_master where sql is not null and name != 'alembic_version'"))
        made = "\n".join(sorted(re.sub(r"\s+", " ", statement) for statement in statements))
    engine.dispose()
    # Of the ten statements in a file that Glimmer 0.1.0 made with SQLAlchemy 2.1.9.
    assert hashlib.sha256(made.encode()).hexdigest() == "7f73d5f31217b6a0ba701c68afe2cf52a0f95875f42819562b26dab2d80e7a89"


@pytest.mark.parametrize("revision", ["", *EARLIER])
def test_migrations_and_tables_say_the_same(revision: str, place: Path | str, made_by: MadeBy, new: Callable[[], Database]) -> None:
    fresh = shape(new())
    if revision:
        made_by(place, revision)
    migrated = Database(place)
    assert shape(migrated) == fresh
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.fixture
def new(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Database]:
    """Makes a second database of the same kind: what a new studio has."""

    def make() -> Database:
        if kind == "sqlite":
            return Database(tmp_path / "new" / "glimmer.db")
        server = request.getfixturevalue("postgres_server")
        admin = Database(server)  # the tables in the schema "public"
        request.addfinalizer(lambda: _empty_public(server))
        return admin

    return make


def _empty_public(server: str) -> None:
    from glimmer.store.address import read_address

    engine = create_engine(read_address(server).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("drop schema public cascade; create schema public"))
    engine.dispose()


# ── the rows ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("revision", EARLIER)
def test_every_row_of_an_older_film_is_there_as_it_was(revision: str, place: Path | str, made_by: MadeBy, rows_of: Any) -> None:
    made_by(place, revision)
    database = Database(place)
    for table, before in rows_of[revision].items():
        now = rows(database, table, ", ".join(before[0]))
        assert [{**row, **({"active": bool(row["active"])} if "active" in row else {})} for row in now] == before, table
    assert database.integrity(thorough=True) == ()


@pytest.fixture
def film(place: Path | str, made_by: MadeBy) -> Database:
    """The film of release 0.1.0, brought up to date."""
    made_by(place, "0001")
    return Database(place)


def test_the_take_that_cuts_used_is_still_used(film: Database) -> None:
    used = {row["key"]: row["used_id"] for row in rows(film, "entry")}
    assert used == {"1a": 12, "l1": 22, "1b": 32, "m1": None, "mara": 51}


def test_an_entry_is_as_old_as_its_first_take_or_its_film(film: Database) -> None:
    at = {row["key"]: row["made_at"][17:19] for row in rows(film, "entry")}
    assert at == {"1a": "11", "l1": "21", "1b": "31", "m1": "01", "mara": "51"}


def test_a_take_names_the_agent_that_the_ledger_names(film: Database) -> None:
    assert {row["id"]: row["agent"] for row in rows(film, "take") if row["agent"]} == {22: "audio", 32: "video"}


def test_every_media_file_has_a_row_of_its_own(film: Database) -> None:
    assets = {row["sha256"]: row for row in rows(film, "asset")}
    takes = rows(film, "take")
    assert set(assets) == {row["asset"] for row in takes} | {"f" * 64}
    assert {row["bytes"] for row in assets.values()} == {-1}
    assert (assets["f" * 64]["media_type"], assets["f" * 64]["made_at"][17:19]) == ("", "12")
    assert assets[next(row["asset"] for row in takes if row["id"] == 22)]["media_type"] == "audio/flac"


def test_new_columns_begin_as_nothing_said(film: Database) -> None:
    assert rows(film, "assembly", "made_by, trashed_at") == [{"made_by": "draft", "trashed_at": ""}]
    assert {tuple(row.values()) for row in rows(film, "entry", "rating, note, tags, trashed_at")} == {(0, "", "[]", "")}
    assert {tuple(row.values()) for row in rows(film, "take", "prompt_hash, inputs, rating, note, trashed_at")} == {
        ("", "[]", 0, "", "")
    }
    assert {tuple(row.values()) for row in rows(film, "call", "state, tokens_in, tokens_out, price_date")} == {("done", 0, 0, "")}
    told = "remote_id, bucket, entry_key, scene, made_for, version, kind, body, inputs, error, conversation, expected_usd, reserved_usd"
    assert {tuple(row.values()) for row in rows(film, "call", told)} == {("",) * 8 + ("[]", "", 0, 0.0, 0.0)}
    assert {tuple(row.values()) for row in rows(film, "project", "owner_id, origin, trashed_at, budget_usd")} == {(None, "", "", None)}


def test_new_rows_go_on_after_the_old_ones(film: Database) -> None:
    with film.write() as session:
        session.execute(text("insert into project (title, origin, made_at, trashed_at) values ('Third', '', 'now', '')"))
    assert [row["title"] for row in rows(film, "project")] == ["The Lighthouse", "海", "Third"]


# ── the backup ──────────────────────────────────────────────────────────────────────────────────────────────
def dumped(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def test_an_older_file_is_backed_up_before_it_is_touched(tmp_path: Path, made_by: MadeBy) -> None:
    path = tmp_path / "glimmer.db"
    made_by(path, "0001")
    before = dumped(path)
    Database(path)
    (backup,) = (tmp_path / "backups").iterdir()
    assert re.fullmatch(r"glimmer-0001-\d{4}-\d\d-\d\dT\d{4}\.db", backup.name)
    assert dumped(backup) == before
    Database(path)
    assert len(list((tmp_path / "backups").iterdir())) == 1  # up to date: nothing to back up


def test_a_backup_put_back_is_the_old_film_and_opens_again(tmp_path: Path, made_by: MadeBy) -> None:
    path = tmp_path / "glimmer.db"
    made_by(path, "0001")
    Database(path).close()
    (backup,) = (tmp_path / "backups").iterdir()
    path.write_bytes(backup.read_bytes())
    assert [row["title"] for row in rows(Database(path), "project")] == ["The Lighthouse", "海"]


def test_the_newest_five_backups_are_kept_and_nothing_of_a_person_is_deleted(tmp_path: Path, made_by: MadeBy) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 8):
        (folder / f"glimmer-0001-2026-01-{day:02}T0900.db").write_bytes(b"old")
    own = [folder / name for name in ("before_the_premiere.db", "glimmer-0001.db", "other-0001-2026-01-01T0900.db")]
    for one in own:
        one.write_bytes(b"mine")
    made_by(tmp_path / "glimmer.db", "0001")
    Database(tmp_path / "glimmer.db")
    assert all(one.read_bytes() == b"mine" for one in own)
    kept = sorted(set(folder.iterdir()) - set(own))
    assert [one.name[13:23] for one in kept[:-1]] == ["2026-01-04", "2026-01-05", "2026-01-06", "2026-01-07"]
    assert len(kept) == 5


# ── failing, and at once ────────────────────────────────────────────────────────────────────────────────────
def test_a_migration_that_fails_leaves_the_film_as_it_was_and_names_the_backup(
    place: Path | str, made_by: MadeBy, old_shape: Any
) -> None:
    made_by(place, "0001")
    with old_shape.begin() as connection:
        connection.execute(text("create table event (id integer primary key, mine text)"))  # where a new table has to be
        connection.execute(text("insert into event (id, mine) values (1, 'kept')"))
    before = old_shape.tables()
    with pytest.raises(StoreError, match=rf"from revision 0001 to {opening.HEAD}.*It was left as it was") as refused:
        Database(place)
    assert old_shape.tables() == before
    if isinstance(place, Path):
        (backup,) = (place.parent / "backups").iterdir()
        assert str(backup) in refused.value.message
    with old_shape.begin() as connection:
        connection.execute(text("drop table event"))
    assert rows(Database(place), "project")[0]["title"] == "The Lighthouse"  # nothing of the first attempt is in the way


@pytest.fixture
def old_shape(place: Path | str) -> Any:
    """A look at the database past Glimmer."""
    from glimmer.store.address import read_address

    engine = create_engine(read_address(place).url if isinstance(place, str) else f"sqlite:///{place}")

    class Look:
        begin = engine.begin

        def tables(self) -> dict[str, Any]:
            with engine.begin() as connection:
                names = inspect(connection).get_table_names()
                return {
                    name: [tuple(row) for row in connection.execute(text(f"select * from {name} order by 1"))] for name in names
                }

    return Look()


def test_of_several_processes_one_migrates_and_the_others_wait(place: Path | str, made_by: MadeBy, at_once: Any) -> None:
    made_by(place, "0001")
    assert at_once(6, lambda: len(rows(Database(place), "project"))) == ["2"] * 6
    if isinstance(place, Path):
        assert len(list((place.parent / "backups").iterdir())) == 1


def test_several_processes_may_make_a_studio_at_the_same_moment(place: Path | str, at_once: Any) -> None:
    assert at_once(6, lambda: len(rows(Database(place), "project"))) == ["0"] * 6


def test_a_process_killed_in_the_middle_of_a_migration_loses_nothing(tmp_path: Path, made_by: MadeBy) -> None:
    """Killed at ten moments from its first millisecond on; the next one to open finds the film whole and goes on."""
    made_by(tmp_path / "old.db", "0001")
    for moment in range(10):
        path = tmp_path / str(moment) / "glimmer.db"
        path.parent.mkdir()
        shutil.copy(tmp_path / "old.db", path)
        child = os.fork()
        if not child:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)  # it ends the process on the spot, whatever the parent does with it
            signal.setitimer(signal.ITIMER_REAL, 0.004 + moment * 0.012)
            try:
                Database(path)
                signal.pause()
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGALRM
        database = Database(path)
        assert len(rows(database, "take")) == 9 and database.integrity(thorough=True) == ()
        database.close()
        assert not list(path.parent.rglob("*partial*"))


def test_alembic_says_nothing_in_a_notebook(tmp_path: Path, made_by: MadeBy, caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    made_by(tmp_path / "glimmer.db", "0001")
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        Database(tmp_path / "glimmer.db")
    assert [record.name for record in caplog.records] == ["glimmer"]
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("alembic").level == logging.NOTSET


def test_what_is_up_to_date_is_opened_without_alembic(place: Path | str) -> None:
    Database(place).close()
    program = (
        "import sys; from pathlib import Path; from glimmer.store.database import Database\n"
        "Database(sys.argv[1] if '://' in sys.argv[1] else Path(sys.argv[1]))\n"
        "print('alembic' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program, str(place)], capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout == "False\n"
