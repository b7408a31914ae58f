"""The store keeps what it is given, through any thread and any number of processes, and gives every change a way back."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glimmer.errors import MissingPiece, NotFound
from glimmer.store import Database, RequestRow, Store, Take


def take(key: str = "k1", made_for: str = "m1", **more: object) -> Take:
    given = {"id": 0, "number": 0, "model": "test", "asset": "a" * 64, "media_type": "image/png"}
    return Take(request_key=key, made_for=made_for, **{**given, **more})  # type: ignore[arg-type]


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database, "Song", user="ada")


def used(store: Store, key: str = "1a") -> int:
    found = store.entry("video", key).used
    return found.number if found else 0


# ── takes ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_takes_are_numbered_and_never_overwritten(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    assert [store.add_take("video", "1a", take(key)).number for key in ("k1", "k2", "k1")] == [1, 2, 1]
    assert len(store.takes("video", "1a")) == 2


def test_the_circled_take_is_used_else_the_first_that_was_made_for_what_is_wanted(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    for key, made_for in (("k1", "old"), ("k2", "new"), ("k3", "new"), ("k4", "old")):
        store.add_take("video", "1a", take(key, made_for))
    assert used(store) == 4  # nobody said what is wanted: the newest
    store.want("video", {"1a": "new"})
    assert used(store) == 2
    store.circle("video", "1a", 3)
    assert used(store) == 3
    store.trash_take("video", "1a", 3)
    assert used(store) == 2 and store.entry("video", "1a").circled == 0


def test_a_take_that_is_not_there_can_not_be_circled(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    with pytest.raises(NotFound, match="take"):
        store.circle("video", "1a", 7)


def test_a_take_keeps_what_it_was_made_from(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    asked = RequestRow(key="m1", model="test", version="3", kind="ShotRequest", body='{"action": "x"}')
    given = take(words=(("Sing.", 0.1, 0.5),), notices=("murmured",), focus=(0.2, 0.3), agent="video", prompt_hash="p", seconds=1.5)
    kept = store.add_take("video", "1a", given, request=asked, size_bytes=12)
    assert kept.model_copy(update={"id": 0, "number": 0, "made_at": ""}) == given
    assert store.request("m1") == asked and store.requests(["m1", "m2"]) == {"m1": asked}
    assert store.asset_sizes()["a" * 64] == 12
    assert store.take(kept.id) == ("video", "1a", kept)


def test_a_request_is_found_again_in_the_film_and_in_the_studio(store: Store) -> None:
    other = Store(store.database, "Other")
    other.put_entry("video", "z", "Z")
    other.add_take("video", "z", take("k9"))
    store.put_entry("video", "1a", "1A")
    store.add_take("video", "1a", take("k1"))
    assert set(store.takes_for(["k1", "k9"])) == {"k1"}
    assert store.find_take("k9") is not None and store.find_take("k8") is None


# ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_film_is_found_again_as_it_was(store: Store) -> None:
    store.keep_screenplay("Song", "INT. ROOM")
    store.put_entry("characters", "MARA", "MARA", state='{"a": 1}')
    again = Store(store.database, "Song")
    assert again.screenplays()[0].text == "INT. ROOM"
    assert again.entry("characters", "MARA").state == '{"a": 1}'


def test_a_film_that_must_be_there_is_not_made(store: Store) -> None:
    with pytest.raises(NotFound, match="Song"):
        Store(store.database, "Sing", create=False)


def test_two_films_in_one_studio_know_nothing_of_each_other(store: Store) -> None:
    other = Store(store.database, "Other")
    store.put_entry("video", "1a", "1A")
    assert other.entries("video") == () and other.standing() == ()


def test_the_same_text_is_the_same_version(store: Store) -> None:
    assert [store.keep_screenplay("T", text) for text in ("a", "a", "b", "a")] == [1, 1, 2, 3]


def test_entries_that_a_script_no_longer_has_are_kept_out_of_sight(store: Store) -> None:
    store.set_entries("video", [("x", "1A"), ("y", "1B")])
    store.add_take("video", "x", take())
    store.set_entries("video", [("y", "1A")])
    assert [row.name for row in store.entries("video")] == ["1A"]
    store.set_entries("video", [("x", "1A"), ("y", "1B")])
    assert len(store.takes("video", "x")) == 1


def test_a_changed_thing_takes_its_entry_along_and_what_was_said_of_it(store: Store) -> None:
    store.set_entries("video", [("x", "1A"), ("y", "1B")])
    store.add_take("video", "x", take())
    store.change_entry("video", "x", action="note", what="note 1A", note="check the lamp", tags=("night",))
    store.set_entries("video", [("z", "1A"), ("y", "1B")], heirs={"z": "x", "y": "x"})
    row = store.entry("video", "z")
    assert (row.note, row.tags, row.used is not None) == ("check the lamp", ("night",), True)
    assert store.followed() == {("video", "x"): "z"}
    store.set_entries("video", [("x", "1A"), ("y", "1B")], heirs={"x": "z"})
    assert store.followed() == {("video", "z"): "x"}


def test_entries_are_found_by_words_tags_and_stars(store: Store) -> None:
    store.set_entries("video", [(str(n), f"{n}A") for n in range(30)])
    store.change_entry("video", "3", action="tag", what="", tags=("Night", "50%_off"), note="the Lamp burns", rating=4)
    for found in (
        store.find("video", text="lamp BURNS"),
        store.find("video", tags=["night"]),
        store.find("video", tags=["50%_off"]),
        store.find("video", rating_at_least=4),
    ):
        assert [row.key for row in found] == ["3"]
    assert store.find("video", text="lamp drowns") == () and store.find("video", text="%") == store.find("video", tags=["50%_off"])
    assert len(store.find("video", limit=7)) == 7


def test_a_name_is_found_whatever_its_case_and_a_wrong_one_names_the_nearest(store: Store) -> None:
    store.set_entries("characters", [("ÉLODIE", "ÉLODIE"), ("MARA", "MARA")])
    assert store.entry_named("characters", "character", "élodie").key == "ÉLODIE"
    with pytest.raises(NotFound, match="MARA"):
        store.entry_named("characters", "character", "MARTA")


def test_what_is_in_the_trash_is_out_of_sight_and_comes_back_whole(store: Store) -> None:
    store.set_entries("video", [("x", "1A")])
    store.add_take("video", "x", take())
    store.trash_entry("video", "x")
    assert store.entries("video") == () and [row.key for row in store.entries("video", trashed=True)] == ["x"]
    store.trash_entry("video", "x", back=True)
    assert used(store, "x") == 1


# ── the way back ────────────────────────────────────────────────────────────────────────────────────────────
def test_every_change_can_be_undone_and_done_again(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    store.add_take("video", "1a", take("k1"))
    store.add_take("video", "1a", take("k2"))
    store.circle("video", "1a", 1)
    assert store.undo().action == "circle" and used(store) == 2
    store.undo()
    assert len(store.takes("video", "1a")) == 1 and used(store) == 1
    store.redo()
    store.redo()
    assert store.entry("video", "1a").circled == 1 and len(store.takes("video", "1a")) == 2
    with pytest.raises(MissingPiece, match="nothing to redo"):
        store.redo()


def test_after_a_new_change_nothing_can_be_done_again(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    store.change_entry("video", "1a", action="rate", what="rate 1A", rating=3)
    store.undo()
    store.change_entry("video", "1a", action="rate", what="rate 1A", rating=5)
    with pytest.raises(MissingPiece):
        store.redo()
    assert store.entry("video", "1a").rating == 5


def test_undo_walks_to_the_beginning_and_redo_back_to_the_end(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    for stars in range(1, 6):
        store.change_entry("video", "1a", action="rate", what=f"rate {stars}", rating=stars)
    seen = []
    for _ in range(5):
        store.undo()
        seen.append(store.entry("video", "1a").rating)
    assert seen == [4, 3, 2, 1, 0]
    store.undo()
    assert store.entries("video") == ()
    with pytest.raises(MissingPiece, match="nothing to undo"):
        store.undo()
    for _ in range(6):
        store.redo()
    assert store.entries("video")[0].rating == 5


def test_an_undone_version_is_kept_under_its_number(store: Store) -> None:
    store.keep_cut("a")
    store.keep_cut("b", made_by="edit")
    store.undo()
    newest = store.cut()
    assert newest is not None and newest.version == 1
    kept = store.cut(2)
    assert kept is not None and (kept.cut, kept.made_by) == ("b", "edit")
    assert store.keep_cut("c") == 3


def test_a_step_is_undone_whole(store: Store) -> None:
    store.set_entries("video", [("x", "1A"), ("y", "1B")])
    with store.step("shoot the script"):
        store.want("video", {"x": "m1", "y": "m1"})
        store.add_take("video", "x", take("k1"))
        store.add_take("video", "y", take("k2"))
    assert store.steps()[0].what == "shoot the script"
    store.undo()
    assert store.used_takes("video") == {} and store.entry("video", "x").wanted == ""


def test_changes_of_one_transaction_are_all_kept_or_none(store: Store) -> None:
    store.put_entry("video", "1a", "1A")

    def fail() -> None:
        with store.write("rate", "rate and fail"):
            store.change_entry("video", "1a", action="rate", what="", rating=5)
            assert store.entry("video", "1a").rating == 5  # seen inside
            raise RuntimeError("the lamp went out")

    with pytest.raises(RuntimeError):
        fail()
    assert store.entry("video", "1a").rating == 0
    assert [step.action for step in store.steps()] == ["put"]


def test_the_history_says_who_did_what(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    store.change_entry("video", "1a", action="rate", what="rate 1A 3 stars", rating=3)
    newest = store.steps()[0]
    assert (newest.what, newest.by, newest.undone) == ("rate 1A 3 stars", "ada", False)
    store.undo()
    assert store.steps()[0].undone


def test_what_changes_nothing_is_no_step(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    revision = store.revision()
    store.put_entry("video", "1a", "1A")
    store.set_entries("video", [("1a", "1A")])
    store.change_entry("video", "1a", action="rate", what="", rating=0)
    assert store.revision() == revision and len(store.steps()) == 1


def test_a_trashed_take_that_is_asked_for_again_is_not_paid_for_again(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    store.add_take("video", "1a", take("k1"))
    store.undo()
    assert store.takes("video", "1a") == ()
    assert store.add_take("video", "1a", take("k1")).number == 1
    assert len(store.takes("video", "1a")) == 1


# ── many at once ────────────────────────────────────────────────────────────────────────────────────────────
def test_another_hand_moves_the_revision(store: Store) -> None:
    revisions = [store.revision()]
    other = Store(store.database, "Song")
    for change in (
        lambda: other.put_entry("video", "1a", "1A"),
        lambda: other.add_call("video", "test", "k", 0.1, 2.0),
        lambda: other.add_job(1, "720p24", "key"),
        lambda: other.set_job(1, state="done"),
        lambda: other.undo(),
    ):
        change()
        revisions.append(store.revision())
    assert len(set(revisions)) == len(revisions)
    assert store.spent() == (1, 0.1) and store.paces() == {"video": (2.0, 0.1)}


def test_many_threads_write_at_once_and_nothing_is_lost(store: Store) -> None:
    store.put_entry("video", "1a", "1A")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.add_take("video", "1a", take(f"k{n}")), range(80)))
    assert [each.number for each in store.takes("video", "1a")] == list(range(1, 81))


def test_several_processes_write_at_once_and_nothing_is_lost(database: Database, place: Path | str) -> None:
    store = Store(database, "Crowd")
    store.put_entry("video", "1a", "1A")
    program = (
        "import sys\nfrom pathlib import Path\nfrom glimmer.store import Database, Store, Take\n"
        "store = Store(Database(sys.argv[1] if '://' in sys.argv[1] else Path(sys.argv[1])), 'Crowd')\n"
        "for n in range(25):\n"
        "    store.add_take('video', '1a', Take(id=0, number=0, request_key=f'{sys.argv[2]}-{n}', made_for='m', model='t',"
        " asset='a', media_type='image/png'))\n"
    )
    workers = [subprocess.Popen([sys.executable, "-c", program, str(place), str(n)]) for n in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    numbers = [each.number for each in store.takes("video", "1a")]
    assert numbers == list(range(1, 76))
