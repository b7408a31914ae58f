"""Of several processes that make one film each call is made by one; what dies, fails or is stopped leaves nothing out and nothing held."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

import glimmer
from glimmer.agents import Maker
from glimmer.agents.making import Order
from glimmer.assets import Assets
from glimmer.models.interface import Made
from glimmer.store import Database, Store
from glimmer.store.ledger import this_process
from glimmer.store.listing import CALL_COLUMNS, call_totals, calls_of
from glimmer.store.tables import CallTable
from glimmer.vocabulary import Noun

WORDS = "abcdef"

# Makes six pieces. Its model writes a line for each call and answers at once to the words in argv[3]; to others when there is a file "gate".
CHILD = """
import os, sys, time
from pathlib import Path
from glimmer.agents import Maker
from glimmer.agents.making import Order
from glimmer.assets import Assets
from glimmer.models.interface import Made
from glimmer.store import Database, Store
from glimmer.vocabulary import Noun

place, folder, at_once = sys.argv[1], Path(sys.argv[2]), sys.argv[3]

class Ask(Noun):
    words: str
    seed: int = 0

class Slow:
    name = "test/slow"
    version = "1"
    def answer(self, request):
        with open(folder / "calls", "a") as calls:
            calls.write(f"{os.getpid()} {request.words}\\n")
        while request.words not in at_once and not (folder / "gate").exists():
            time.sleep(0.01)
        return Made(media=request.words.encode(), media_type="text/plain", usd=0.5)

store = Store(Database(Path(place) if place.endswith(".db") else place), "Song")
slow = Slow()
orders = [Order("video", each, each, slow, Ask(words=each), slow.answer) for each in "abcdef"]
(folder / f"begun-{os.getpid()}").touch()
making = Maker("test", store, Assets(folder / "objects")).make(orders, "making")
print(making.made, making.kept)
"""


class Room:
    """Where processes make one film."""

    def __init__(self, place: Path | str, folder: Path, store: Store) -> None:
        self.place, self.folder, self.store = place, folder, store
        self.running: list[subprocess.Popen[str]] = []

    def start(self, at_once: str = "-") -> subprocess.Popen[str]:
        """A process that is about to make."""
        given = [sys.executable, "-c", CHILD, str(self.place), str(self.folder), at_once]
        env = {**os.environ, "PYTHONPATH": str(Path(glimmer.__file__).parents[1])}
        child = subprocess.Popen(given, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.running.append(child)
        until(lambda: (self.folder / f"begun-{child.pid}").exists() or child.poll() is not None)
        return child

    def open_gate(self) -> None:
        (self.folder / "gate").touch()

    def said(self, child: subprocess.Popen[str]) -> tuple[int, int]:
        """(made, kept) of a process that has come to its end."""
        out, err = child.communicate(timeout=30)
        assert child.returncode == 0, err
        made, kept = out.split()[-2:]
        return int(made), int(kept)

    def calls(self, child: subprocess.Popen[str] | None = None) -> list[str]:
        """The words that models were called for, by one process or by all."""
        path = self.folder / "calls"
        lines = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
        return [words for pid, words in lines if child is None or int(pid) == child.pid]

    def takes(self) -> str:
        return "".join(each for each in WORDS if self.store.takes("video", each))


@pytest.fixture
def room(place: Path | str, tmp_path: Path) -> Iterator[Room]:
    database = Database(place)
    store = Store(database, "Song")
    for each in WORDS:
        store.put_entry("video", each, each)
    room = Room(place, tmp_path, store)
    yield room
    for child in room.running:
        child.kill()
        child.communicate()
    database.close()


def until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.01)


def states(store: Store) -> Counter[str]:
    return Counter(row[CALL_COLUMNS.index("state")] for row in calls_of(store))


# ── processes ───────────────────────────────────────────────────────────────────────────────────────────────
def test_two_processes_that_make_the_same_pieces_make_each_once(room: Room) -> None:
    first, second = room.start(), room.start()
    until(lambda: len(room.calls()) > 0)
    room.open_gate()
    (made, kept), (others, shared) = room.said(first), room.said(second)
    assert sorted(room.calls()) == list(WORDS)
    assert made + others == 6 and made + kept == others + shared == 6
    assert room.takes() == WORDS and room.store.spent() == (6, 3.0)
    assert states(room.store).keys() <= {"done", "spared"}


def test_who_waits_takes_over_what_a_killed_process_was_making(room: Room) -> None:
    killed = room.start()
    until(lambda: len(room.calls()) > 0)
    other = room.start()
    killed.kill()
    killed.wait()
    begun = len(room.calls(killed))
    room.open_gate()
    assert room.said(other) == (6, 0)
    assert room.takes() == WORDS and sorted(room.calls(other)) == list(WORDS)
    assert room.store.spent()[0] == 6 and begun <= states(room.store)["lost"] <= (os.cpu_count() or 2)


def test_a_run_after_a_killed_one_makes_what_is_left_at_once(room: Room) -> None:
    killed = room.start(at_once="ab")
    until(lambda: room.takes() == "ab" and len(room.calls()) > 2)
    killed.kill()
    killed.wait()
    room.open_gate()
    assert room.said(room.start()) == (4, 2)
    assert room.takes() == WORDS and room.store.spent() == (6, 3.0)
    assert states(room.store)["running"] == 0 and states(room.store)["lost"] >= len(room.calls(killed)) - 2


def test_an_interrupt_keeps_what_was_being_called_and_holds_nothing(room: Room) -> None:
    stopped = room.start()
    until(lambda: len(room.calls()) > 0)
    stopped.send_signal(signal.SIGINT)
    room.open_gate()
    _, err = stopped.communicate(timeout=30)
    assert "KeyboardInterrupt" in err
    assert room.takes() == "".join(sorted(room.calls()))
    assert states(room.store).keys() <= {"done"}
    assert sum(room.said(room.start())) == 6 and sorted(room.calls()) == list(WORDS)


# ── one process ─────────────────────────────────────────────────────────────────────────────────────────────
class Ask(Noun):
    words: str
    seed: int = 0


class Moody:
    name = "test/moody"
    version = "1"
    fails = True

    def answer(self, request: Noun) -> Made:
        if self.fails:
            raise RuntimeError("the model broke")
        return Made(media=b"x", media_type="text/plain", usd=0.5)


def test_a_call_that_failed_is_told_as_failed_and_can_be_made_again(database: Database, tmp_path: Path) -> None:
    store, model = Store(database, "Song"), Moody()
    store.put_entry("video", "a", "a")
    orders = [Order("video", "a", "a", model, Ask(words="a"), model.answer)]
    maker = Maker("test", store, Assets(tmp_path / "objects"))
    with pytest.raises(RuntimeError, match="the model broke"):
        maker.make(orders, "making")
    assert states(store) == {"failed": 1} and store.spent() == (0, 0.0) and store.paces() == {}
    model.fails = False
    assert maker.make(orders, "making").made == 1
    assert states(store) == {"failed": 1, "done": 1} and store.spent() == (1, 0.5)


def test_a_claim_is_held_while_its_process_lives_and_no_longer(database: Database) -> None:
    store = Store(database, "Song")
    host, mine = socket.gethostname(), store.claim("video", "m", "k")
    assert mine and store.claim("video", "m", "k") == 0
    assert store.claim("video", "m", "another") and Store(database, "Other").claim("video", "m", "k")
    store.finish_call(mine, state="failed")
    for dead in (f"{host}:{os.getpid()}:1", f"{host}:4194399:77", ""):
        held = store.claim("video", "m", "k", dead or this_process())
        if not dead:  # as of an archive
            with store.write() as session:
                session.execute(update(CallTable).where(CallTable.id == held).values(holder=""))
        assert held
    assert store.claim("video", "m", "k") and states(store)["lost"] == 3


def test_a_claim_of_another_machine_is_held_for_half_an_hour(database: Database) -> None:
    store = Store(database, "Song")
    far = store.claim("video", "m", "k", "elsewhere:1:1")
    assert store.claim("video", "m", "k") == 0
    with store.write() as session:
        session.execute(update(CallTable).where(CallTable.id == far).values(made_at="2026-01-01T00:00:00+00:00"))
    assert store.claim("video", "m", "k") and states(store) == {"lost": 1, "running": 1}


def test_only_what_is_done_is_counted_as_a_call_but_what_failed_is_paid(database: Database) -> None:
    store = Store(database, "Song")
    for number, state in enumerate(("done", "failed", "lost", "running", "spared")):
        call = store.claim("video", "m", f"k{number}")
        if state in ("done", "failed"):
            store.finish_call(call, state=state, usd=0.5, seconds=2.0 + 8 * number)
        elif state != "running":
            store.finish_call(call, state=state)
    assert store.spent() == (1, 1.0)
    assert store.paces() == {"video": (2.0, 0.5)}
    for by in ("agent", "model", "day", "entry"):
        [total] = call_totals(store, by)
        assert (total.calls, total.seconds, total.usd) == (1, 2.0, 1.0)
