"""What was said about a film is kept message by message, numbered without a gap. On SQLite and on Postgres."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from glimmer.errors import InputError, NotFound
from glimmer.store.conversations import Conversations
from glimmer.store.database import Database
from glimmer.store.film_rows import FilmRows
from glimmer.store.moving import dump

WRITER = """
import sys
from pathlib import Path
from glimmer.store.conversations import Conversations
from glimmer.store.database import Database
place, who = sys.argv[1:]
talk = Conversations(Database(place if "://" in place else Path(place)), "A")
for number in range(25):
    talk.add_message(1, who, [{"text": f"{who} {number}"}])
"""


def test_messages_come_back_in_order_from_where_one_had_read(database: Database) -> None:
    talk = Conversations(database, "A")
    first, second = talk.start_conversation("First"), talk.start_conversation()
    assert (first.number, first.title, second.number) == (1, "First", 2)
    for words in ("one", "two", "three"):
        talk.add_message(1, "user", [{"text": words}, {"asset": "f" * 64}])
    assert [message.number for message in talk.messages(1)] == [1, 2, 3]
    assert [message.parts[0]["text"] for message in talk.messages(1, since=1)] == ["two", "three"]
    assert talk.messages(2) == () and talk.messages(1, since=3) == ()
    talk.rename_conversation(2, "灯台 🐋")
    assert [(one.title, one.messages) for one in talk.conversations()] == [("First", 3), ("灯台 🐋", 0)]


def test_conversations_belong_to_their_film(database: Database) -> None:
    Conversations(database, "A").start_conversation("in A")
    other = Conversations(database, "B")
    assert other.conversations() == ()
    with pytest.raises(NotFound, match='no conversation "1"'):
        other.add_message(1, "user", [])
    assert other.start_conversation("in B").number == 1


@pytest.mark.parametrize(
    "parts", ["text", {"text": "a"}, ["text"], [{"x": float("nan")}], [{"x": object()}], [{"text": "a\x00b"}], [{"text": "\ud800"}]]
)
def test_parts_that_could_not_travel_are_refused(parts: object, database: Database) -> None:
    talk = Conversations(database, "A")
    talk.start_conversation()
    with pytest.raises(InputError):
        talk.add_message(1, "user", parts)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        talk.add_message(1, "us\ner", [{"text": "a"}])
    with pytest.raises(InputError):
        talk.start_conversation("a\0b")
    assert talk.messages(1) == ()


def test_whatever_is_kept_can_be_archived(database: Database) -> None:
    talk = Conversations(database, "A")
    talk.start_conversation("Frühe Fassung")
    talk.add_message(1, "user", [{"text": 'quote " and \\ and \u2028', "n": 1.5, "deep": {"er": [None, True]}}])
    rows = dump(FilmRows(database, "A"))
    assert rows["message"][0]["conversation"] == 1 and len(rows["conversation"]) == 1


def test_two_processes_leave_no_gap_and_lose_nothing(database: Database, place: Path | str) -> None:
    talk = Conversations(database, "A")
    talk.start_conversation()
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(place), who]) for who in ("user", "agent")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    messages = talk.messages(1)
    assert [message.number for message in messages] == list(range(1, 51))
    for who in ("user", "agent"):
        assert [message.parts[0]["text"] for message in messages if message.role == who] == [f"{who} {n}" for n in range(25)]
