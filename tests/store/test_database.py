"""A transaction is whole or not there, waits its turn, and says in words why it can't; in SQLite and in Postgres, from any thread and child."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine, text

from glimmer.errors import GlimmerWarning, SettingsError, StoreError
from glimmer.store.address import read_address
from glimmer.store.database import Database
from glimmer.store.file_system import network_file_system

ADD = text("insert into project (title, origin, made_at, trashed_at) values (:title, '', 'now', '')")
COUNT = text("select count(*) from project")
SECRET = "hunter2-Tr0ub4dor"


def add(database: Database, title: str, film: int = 0) -> None:
    with database.write(film) as session:
        session.execute(ADD, {"title": title})


def count(database: Database) -> int:
    with database.read() as session:
        return int(session.execute(COUNT).scalar_one())


# ── transactions ────────────────────────────────────────────────────────────────────────────────────────────
def test_a_step_that_raises_is_not_kept(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        session.execute(ADD, {"title": "half"})
        _ = 1 / 0
    assert count(database) == 0


def test_what_is_changed_while_reading_is_not_kept(database: Database) -> None:
    if database.is_postgres:
        with pytest.raises(StoreError, match="read-only"), database.read() as session:
            session.execute(ADD, {"title": "slip"})
    else:
        with database.read() as session:
            session.execute(ADD, {"title": "slip"})
    assert count(database) == 0


def test_one_look_sees_one_moment(database: Database) -> None:
    with database.read() as session:
        before = session.execute(COUNT).scalar_one()
        add(database, "meanwhile")
        assert session.execute(COUNT).scalar_one() == before == 0
    assert count(database) == 1


def test_threads_write_at_once_and_nothing_is_lost(database: Database) -> None:
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda n: add(database, f"film {n}", n % 3), range(120)))
    assert count(database) == 120


def test_processes_write_at_once_and_nothing_is_lost(database: Database, at_once: Any) -> None:
    def work() -> int:
        for number in range(20):
            add(database, f"{os.getpid()}-{number}", 1)
        return 20

    assert at_once(4, work) == ["20"] * 4
    assert count(database) == 80


def test_a_closed_database_leaves_one_file_and_opens_again_by_itself(tmp_path: Path) -> None:
    database = Database(tmp_path / "glimmer.db")
    add(database, "one")
    database.close()
    assert [path.name for path in tmp_path.iterdir()] == ["glimmer.db"]
    add(database, "two")
    assert count(database) == 2


# ── turns ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_writer_that_waits_too_long_is_told_so_in_words(place: Path | str) -> None:
    database = Database(place, patience_seconds=0.2)
    with database.write(7) as session:
        session.execute(ADD, {"title": "first"})
        with pytest.raises(StoreError, match="Another program has kept") as refused:
            add(database, "late", 7)
    assert "locked" in refused.value.message or "lock timeout" in refused.value.message
    add(database, "in time", 7)
    assert count(database) == 2


def test_a_question_that_takes_a_server_too_long_is_ended_in_words(postgres: str) -> None:
    database = Database(postgres, patience_seconds=0.2)
    with pytest.raises(StoreError, match="It took the server longer"), database.read() as session:
        session.execute(text("select pg_sleep(20)"))
    assert count(database) == 0


def test_many_who_waited_in_vain_take_nothing_with_them(place: Path | str) -> None:
    """More of them than there are connections in the pool: each gives its own back."""
    database = Database(place, patience_seconds=0.02)
    with database.write(7) as session:
        session.execute(ADD, {"title": "first"})
        for _ in range(20):
            with pytest.raises(StoreError, match="Another program has kept"):
                add(database, "late", 7)
    add(database, "in time", 7)


def test_films_in_postgres_do_not_wait_for_one_another(postgres: str) -> None:
    database = Database(postgres, patience_seconds=5)
    with database.write(1):
        add(database, "another film", 2)
    assert count(database) == 1


def test_locks_of_other_programs_and_studios_are_not_ours(postgres_server: str, postgres: str) -> None:
    database = Database(postgres, patience_seconds=0.5)
    engine = create_engine(read_address(postgres_server).url)
    with engine.connect() as other:
        for key in range(4):
            other.execute(text(f"select pg_advisory_lock({key}), pg_advisory_lock(0, {key})"))
        for key in range(4):
            add(database, f"film {key}", key)
    engine.dispose()
    assert count(database) == 4


# ── threads that fork ───────────────────────────────────────────────────────────────────────────────────────
def test_a_forked_child_works_on_and_so_does_its_parent(database: Database, at_once: Any) -> None:
    add(database, "parent")
    assert at_once(1, lambda: (add(database, "child"), count(database))[1]) == ["2"]
    add(database, "parent again")
    assert count(database) == 3
    assert database.integrity() == ()


def test_a_child_forked_while_threads_write_is_never_kept_waiting(place: Path | str) -> None:
    """Without care about one child in ten is born with SQLite's note that somebody writes, and waits for ever for him to end."""
    database = Database(place, patience_seconds=10)
    ended, written = threading.Event(), []

    def keep_writing(thread: int) -> None:
        while not ended.is_set():
            add(database, f"{thread}-{len(written)}-{threading.get_ident()}")
            written.append(thread)

    with ThreadPoolExecutor(3) as pool:
        threads = [pool.submit(keep_writing, each) for each in range(3)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python's own word on threads that fork
            children = [multiprocessing.get_context("fork").Process(target=add, args=(database, f"child {n}")) for n in range(8)]
            for child in children:
                child.start()
                child.join(20)
        ended.set()
        for each in threads:
            each.result(20)
    assert [child.exitcode for child in children] == [0] * 8
    assert count(database) == 8 + len(written)
    assert database.integrity() == ()


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────────────────────
def test_a_full_disk_is_told_in_words_and_loses_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "glimmer.db")
    add(database, "before")
    with pytest.raises(StoreError, match=r"is full.*free some space"), database.write() as session:
        session.execute(text("pragma max_page_count=1"))  # as far as SQLite can tell, a disk with no block left
        session.execute(
            text("insert into request (key, model, version, kind, body) values ('k', '', '', '', :body)"), {"body": "x" * 999_999}
        )
    database.close()
    assert count(database) == 1
    assert database.integrity() == ()


def test_a_connection_lost_in_the_middle_is_told_and_the_next_step_works(postgres: str) -> None:
    database = Database(postgres)
    add(database, "before")
    with pytest.raises(StoreError, match=r"kept wholly or not at all.*The connection is gone"), database.write() as session:
        me = session.scalar(text("select pg_backend_pid()"))
        cut(postgres, me)
        session.execute(ADD, {"title": "lost"})
    add(database, "after")
    with database.read() as session:
        assert session.scalars(text("select title from project order by id")).all() == ["before", "after"]


def test_connections_that_went_while_nobody_looked_are_made_anew(postgres: str) -> None:
    database = Database(postgres)
    add(database, "before")
    cut(postgres, "pid from pg_stat_activity where application_name = 'glimmer'")
    add(database, "after")
    assert count(database) == 2


def cut(url: str, who: object) -> None:
    engine = create_engine(read_address(url).url, connect_args={"application_name": "surgeon"})
    with engine.connect() as connection:
        connection.execute(
            text(f"select pg_terminate_backend(pid, 5000) from (select {who} {'as pid' if isinstance(who, int) else ''}) as whom")
        )
    engine.dispose()


def test_a_fault_of_our_own_is_not_blamed_on_the_disk(database: Database) -> None:
    add(database, "twice")
    with pytest.raises(StoreError, match="Please report it"):
        add(database, "twice")


# ── checks and copies ───────────────────────────────────────────────────────────────────────────────────────
def test_a_sound_database_has_nothing_to_tell(database: Database) -> None:
    assert database.integrity() == database.integrity(thorough=True) == ()


def test_a_row_that_points_nowhere_is_named(tmp_path: Path) -> None:
    database = Database(tmp_path / "glimmer.db")
    with closing(sqlite3.connect(tmp_path / "glimmer.db")) as rude:  # foreign keys are off in a plain connection
        rude.execute("insert into screenplay values (1, 99, 1, '', '', '', '', '')")
        rude.commit()
    assert database.integrity() == ('row 1 of the table "screenplay" names a row of "project" that is not there',)


def test_a_backup_is_whole_while_others_write(tmp_path: Path) -> None:
    database = Database(tmp_path / "glimmer.db")
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(add, database, f"film {n}") for n in range(60)]
        copy = database.backup(tmp_path / "deep" / "copy.db")
        for each in writing:
            each.result()
    copied = Database(copy)
    assert copied.integrity(thorough=True) == ()
    assert 0 <= count(copied) <= 60
    with copied.read() as session:  # a prefix of what was written: one moment
        ids = list(session.scalars(text("select id from project order by id")))
    assert ids == list(range(1, len(ids) + 1))


def test_a_backup_overwrites_nothing_and_leaves_nothing_half(tmp_path: Path) -> None:
    database = Database(tmp_path / "glimmer.db")
    (tmp_path / "mine.db").write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        database.backup(tmp_path / "mine.db")
    assert (tmp_path / "mine.db").read_text() == "mine"
    with pytest.raises(StoreError, match="can't be backed up"):
        database.backup(tmp_path / "mine.db" / "below_a_file.db")
    assert not list(tmp_path.rglob("*partial*"))


def test_a_studio_in_postgres_names_the_tool_that_backs_it_up(postgres: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="pg_dump"):
        Database(postgres).backup(tmp_path / "copy.db")


# ── addresses and passwords ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "POSTGRESQL"])
def test_every_way_to_write_a_postgres_url_opens_it(postgres: str, scheme: str) -> None:
    assert count(Database(f"{scheme}://{postgres.partition('://')[2]}")) == 0


def test_search_path_puts_the_tables_into_that_schema(postgres_server: str, postgres: str) -> None:
    schema = postgres.rpartition("%3D")[2]
    database = Database(f"{postgres_server}&search_path={schema}")
    add(database, "Song")
    assert count(Database(postgres)) == 1
    with database.read() as session:
        assert session.scalar(text("select current_schema()")) == schema


def test_a_schema_that_is_not_there_is_told_in_words(postgres_server: str) -> None:
    with pytest.raises(StoreError, match=r"'nowhere'.*CREATE SCHEMA"):
        Database(f"{postgres_server}&search_path=nowhere")


def test_a_database_that_is_not_there_is_told_in_words(postgres_server: str) -> None:
    with pytest.raises(StoreError, match=r'"nowhere" does not exist'):
        Database(postgres_server.replace("/postgres?", "/nowhere?"))


@pytest.mark.parametrize("where", ["mysql://me:{}@host/name", "sqlite:///x?password={}", "oracle+x://{}"])
def test_another_kind_of_server_is_refused(where: str) -> None:
    with pytest.raises(SettingsError, match="begins with postgresql://") as refused:
        Database(where.format(SECRET))
    assert SECRET not in everything_said(refused.value)


WRONG_URLS = (
    "postgresql://me:{0}@127.0.0.1:1/name",
    "postgres://me:{0}@127.0.0.1:1/name?password={0}",
    "postgresql://127.0.0.1:1/name?user=me&password={0}",
    "postgresql://127.0.0.1:1/name?passfile={0}",
    "postgresql://127.0.0.1:1/name?sslmode=require&sslpassword={0}",
    "postgresql://me:{0}",
    "postgresql://me:{0} 127.0.0.1/name",
    "postgresql://me:a:{0}@127.0.0.1:1/name",
    "postgresql://me:a/{0}@127.0.0.1:1/name",
    "postgresql://me:a@{0}@127.0.0.1:1/name",
    "postgresql://me:a%{0}@127.0.0.1:1/name",
    "postgresql://me:{0}@[::1:1/name",
    "postgresql://me:{0}@127.0.0.1:1/name?no_such_option=1",
    "postgresql://me:{0}@127.0.0.1:{0}/name",
)


@pytest.mark.parametrize("url", WRONG_URLS)
def test_no_error_shows_a_password(url: str) -> None:
    with pytest.raises((StoreError, SettingsError)) as refused:
        Database(url.format(SECRET))
    assert SECRET not in everything_said(refused.value)


def everything_said(error: BaseException) -> str:
    """The error as a notebook shows it, causes too."""
    return "".join(traceback.format_exception(error)) + repr(error) + str(vars(error))


def test_a_wrong_password_is_told_without_it(locked_user: Callable[[str], str]) -> None:
    with pytest.raises(StoreError, match=r"password authentication failed.*a user and password that it knows") as refused:
        Database(locked_user(SECRET + "!"))
    assert SECRET not in everything_said(refused.value)


@pytest.mark.parametrize("in_the_query", [False, True])
def test_an_open_database_never_shows_its_password(locked_user: Callable[[str], str], in_the_query: bool) -> None:
    url = locked_user("x").replace("guest:x@", "guest@") + f"&password={SECRET}" if in_the_query else locked_user(SECRET)
    database = Database(url)
    shown = (repr(database), database.name, str(database), repr(database.engine), str(database.engine.url), str(vars(database)))
    assert not [each for each in shown if SECRET in each]
    with pytest.raises(StoreError) as refused, database.write() as session:
        session.execute(text("select * from nothing"))
    assert SECRET not in everything_said(refused.value)


@pytest.fixture
def locked_user(postgres_server: str, postgres: str) -> Any:
    """locked_user(password) is the URL of a user who needs one."""
    engine = create_engine(read_address(postgres).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        schema = connection.scalar(text("select current_schema()"))
        rules = Path(str(connection.scalar(text("show hba_file"))))
        before = rules.read_text()
        rules.write_text(f"local all guest scram-sha-256\n{before}")
        connection.execute(
            text(f"select pg_reload_conf(); create role guest login password '{SECRET}'; grant all on schema {schema} to guest")
        )

    def url(password: str) -> str:
        return postgres.replace("postgres:@/", f"guest:{quote(password, safe='')}@/")

    yield url
    with engine.connect() as connection:
        rules.write_text(before)
        connection.execute(text("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'guest'"))
        connection.execute(text("select pg_reload_conf(); drop owned by guest; drop role guest"))
    engine.dispose()


def test_a_server_that_is_not_there_is_told_in_words() -> None:
    with pytest.raises(StoreError, match=r"postgresql://me@127.0.0.1:1/name.*Expected a Postgres server that answers"):
        Database("postgresql://me@127.0.0.1:1/name")


# ── network file systems ────────────────────────────────────────────────────────────────────────────────────
LINUX = r"""
/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/films /mnt/films nfs4 rw,vers=4.2 0 0
//nas/share /mnt/with\040space cifs rw 0 0
me@host:/x /home/me/remote fuse.sshfs rw,nosuid 0 0
/dev/sdb1 /mnt/films/local ext4 rw 0 0
overlay /box fuse.fuse-overlayfs rw 0 0
bucket /mnt/bucket fuse.gcsfuse rw 0 0
shared /media/host 9p rw,trans=virtio 0 0
/dev/sdc1 /over ext4 rw 0 0
server:/y /over nfs rw 0 0
tmpfs /mnt/films2 tmpfs rw 0 0
"""
MAC = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//me@nas._smb._tcp.local/films on /Volumes/films (smbfs, nodev, nosuid, mounted by me)
server:/export on /Volumes/a b (nfs, nodev)
"""


@pytest.mark.parametrize(
    ("folder", "kind", "mounts"),
    [
        ("/home/me/studio", "", LINUX),
        ("/mnt/films", "nfs4", LINUX),
        ("/mnt/films/2026/harbour", "nfs4", LINUX),
        ("/mnt/films/local/harbour", "", LINUX),
        ("/mnt/films2/harbour", "", LINUX),
        ("/mnt/with space/studio", "cifs", LINUX),
        ("/home/me/remote/studio", "fuse.sshfs", LINUX),
        ("/box/studio", "", LINUX),
        ("/mnt/bucket", "fuse.gcsfuse", LINUX),
        ("/media/host/x", "9p", LINUX),
        ("/over/x", "nfs", LINUX),
        ("/studio", "", "none / 9p rw 0 0"),
        ("/studio", "nfs", "server:/root / nfs rw 0 0"),
        ("/Users/me/studio", "", MAC),
        ("/Volumes/films/studio", "smbfs", MAC),
        ("/Volumes/a b/studio", "nfs", MAC),
        ("/anywhere", "", ""),
        ("/anywhere", "", "what is this\n\n???"),
    ],
)
def test_a_network_file_system_is_known_by_its_mount(folder: str, kind: str, mounts: str) -> None:
    assert network_file_system(Path(folder), mounts) == kind


def test_this_machines_own_disk_brings_no_warning(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Database(tmp_path / "glimmer.db")


def test_a_studio_on_a_network_file_system_brings_a_warning_that_names_the_way_out(tmp_path: Path) -> None:
    with pytest.warns(GlimmerWarning, match=r"network file system \(nfs4\).*ONE machine.*postgresql://") as given:
        Database(tmp_path / "glimmer.db", mounts=f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    assert given[0].filename == __file__  # it points at who opened it
