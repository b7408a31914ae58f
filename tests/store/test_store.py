"""The store keeps what it is given, through any thread and any number of processes."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glimmer.errors import NotFound, StoreError
from glimmer.store import Database, Store, Take


def take(key: str = "k1", made_for: str = "m1") -> Take:
    return Take(id=0, number=0, request_key=key, made_for=made_for, model="test", asset="a" * 64, media_type="image/png")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Database(tmp_path / "glimmer.db"), "Song")


def test_takes_are_numbered_and_never_overwritten(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    assert [store.add_take("video", "1a", take(key)).number for key in ("k1", "k2", "k1")] == [1, 2, 1]
    assert len(store.entry("video", "1a").takes) == 2


def test_the_circled_take_is_used_else_the_first_that_was_made_for_what_is_wanted(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    for key, made_for in (("k1", "old"), ("k2", "new"), ("k3", "new")):
        store.add_take("video", "1a", take(key, made_for))
    store.want("video", "1a", "new")
    used = store.entry("video", "1a").used
    assert used is not None and used.number == 2
    store.circle("video", "1a", 3)
    used = store.entry("video", "1a").used
    assert used is not None and used.number == 3


def test_a_take_that_is_not_there_can_not_be_circled(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    with pytest.raises(NotFound, match="take"):
        store.circle("video", "1a", 7)


def test_a_film_is_found_again_as_it_was(store: Store) -> None:
    store.keep_screenplay("Song", "INT. ROOM")
    store.put_entry("characters", "MARA", "MARA", state='{"a": 1}')
    again = Store(Database(store.path), "Song")
    assert again.screenplays()[0][3] == "INT. ROOM"
    assert again.entry("characters", "MARA").state == '{"a": 1}'


def test_two_films_in_one_studio_know_nothing_of_each_other(store: Store) -> None:
    other = Store(store.database, "Other")
    store.put_entry("video", "1a", "1A")
    assert other.entries("video") == ()


def test_the_same_text_is_the_same_version(store: Store) -> None:
    assert [store.keep_screenplay("T", text) for text in ("a", "a", "b", "a")] == [1, 1, 2, 3]


def test_entries_that_a_script_no_longer_has_are_kept_out_of_sight(store: Store) -> None:
    store.set_entries("video", [("x", "1A"), ("y", "1B")])
    store.add_take("video", "x", take())
    store.set_entries("video", [("y", "1A")])
    assert [row.name for row in store.entries("video")] == ["1A"]
    store.set_entries("video", [("x", "1A"), ("y", "1B")])
    assert len(store.entry("video", "x").takes) == 1


def test_many_threads_write_at_once_and_nothing_is_lost(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.add_take("video", "1a", take(f"k{n}")), range(80)))
    assert [each.number for each in store.entry("video", "1a").takes] == list(range(1, 81))


def test_several_processes_write_at_once_and_nothing_is_lost(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    program = (
        "import sys; from pathlib import Path; from glimmer.store import Database, Store, Take\n"
        "store = Store(Database(Path(sys.argv[1])), 'Song')\n"
        "for n in range(25):\n"
        "    store.add_take('video', '1a', Take(id=0, number=0, request_key=f'{sys.argv[2]}-{n}', made_for='m', model='t',"
        " asset='a', media_type='image/png'))\n"
    )
    workers = [subprocess.Popen([sys.executable, "-c", program, str(store.path), str(n)]) for n in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    assert len(store.entry("video", "1a").takes) == 75


def test_a_damaged_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "glimmer.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="can't open the studio's database"):
        Database(path)


def test_a_database_of_a_newer_glimmer_is_refused(tmp_path: Path) -> None:
    database = Database(tmp_path / "glimmer.db")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("pragma user_version=99")
    with pytest.raises(StoreError, match="newer Glimmer"):
        Database(tmp_path / "glimmer.db")
