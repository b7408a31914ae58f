"""A paid call is reserved before it is sent, within the budget, and known at every moment. On SQLite and on Postgres, with real processes."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from glimmer.errors import BudgetExceeded, NotFound, SettingsError, StoreError
from glimmer.store import Database, Store
from glimmer.store.listing import CALL_COLUMNS, calls_of
from glimmer.store.moving import dump, load
from glimmer.store.paid_calls import CallFacts, Claim
from glimmer.store.tables import CallTable

DEAD = "nowhere-here:0:0"


def facts(high: float = 0.5, **more: Any) -> CallFacts:
    return CallFacts(kind="Ask", body="{}", expected_usd=high / 2, reserved_usd=high, **more)


def reserved(store: Store, key: str, high: float = 0.5, budget: float = 2.0) -> Claim:
    return store.reserve("video", "m", key, facts(high), default_budget_usd=budget)


def die(store: Store, number: int) -> None:
    """As if the process that has the call were gone."""
    with store.write() as session:
        session.execute(update(CallTable).where(CallTable.id == number).values(holder=DEAD))


def states(store: Store) -> Counter[str]:
    return Counter(row[CALL_COLUMNS.index("state")] for row in calls_of(store))


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database, "Song")


# ── the budget ──────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_reserved_counts_as_if_it_were_spent_to_the_millionth(store: Store) -> None:
    claims = [reserved(store, f"k{number}", 0.1) for number in range(19)]
    assert all(claim.kind == "mine" for claim in claims)
    for claim in claims[:10]:
        store.end_call(claim.number, "done", usd=0.1)
    reserved(store, "twentieth", 0.1)  # in floats 0.1 twenty times over is more than 2
    assert (store.money().spent_micros, store.money().reserved_micros) == (1_000_000, 1_000_000)
    with pytest.raises(BudgetExceeded):
        reserved(store, "a millionth more", 0.000001)
    assert states(store) == {"done": 10, "reserved": 10}


def test_a_call_past_the_budget_is_refused_in_words_that_say_what_to_type(store: Store) -> None:
    store.end_call(reserved(store, "a", 1.2).number, "done", usd=1.1)
    reserved(store, "b", 0.6)
    with pytest.raises(BudgetExceeded) as met:
        reserved(store, "c", 0.35)
    for words in ("$1.10 spent", "$0.60 reserved", "$0.35", "$2.05", "may cost $2.00", "film.budget_usd = 2.50"):
        assert words in met.value.message
    assert met.value.facts == {"spent_usd": 1.1, "reserved_usd": 0.6, "asked_usd": 0.35, "limit_usd": 2.0}
    store.set_budget(2.5)
    assert reserved(store, "c", 0.35).kind == "mine" and store.budget_usd() == 2.5
    store.set_budget(None)
    assert store.budget_usd() is None
    with pytest.raises(BudgetExceeded):
        reserved(store, "d", 0.35)


def test_what_costs_less_than_reserved_frees_the_rest_and_what_was_not_sent_all_of_it(store: Store) -> None:
    first, second = reserved(store, "a", 1.0), reserved(store, "b", 1.0)
    store.end_call(first.number, "done", usd=0.4, tokens_in=5, tokens_out=7, price_date="2026-11-07")
    store.end_call(second.number, "released")
    money = store.money()
    assert (money.spent_usd, money.reserved_usd, money.open_calls) == (0.4, 0.0, 0)
    assert reserved(store, "c", 1.6).kind == "mine"


def test_of_processes_that_race_for_the_last_dollar_one_gets_it(place: Path | str, at_once: Any) -> None:
    store = Store(Database(place), "Song")
    store.end_call(reserved(store, "before", 1.0).number, "done", usd=1.0)

    def grab() -> str:
        try:
            mine = Store(Database(place), "Song")
            return reserved(mine, f"key of {os.getpid()}", 1.0).kind
        except BudgetExceeded:
            return "refused"

    assert Counter(at_once(5, grab)) == {"mine": 1, "refused": 4}
    assert store.money().held_micros == 2_000_000


def test_of_processes_that_reserve_the_same_request_one_gets_it(place: Path | str, at_once: Any, tmp_path: Path) -> None:
    Store(Database(place), "Song")
    looked = tmp_path / "looked"
    looked.mkdir()

    def grab() -> str:
        kind = reserved(Store(Database(place), "Song"), "the same", 0.1).kind
        (looked / str(os.getpid())).touch()
        until = time.monotonic() + 60
        while len(list(looked.iterdir())) < 4 and time.monotonic() < until:  # alive while the others look
            time.sleep(0.01)
        return kind

    assert Counter(at_once(4, grab)) == {"mine": 1, "held": 3}


# ── the life of a call ──────────────────────────────────────────────────────────────────────────────────────
def test_a_living_process_keeps_its_call_and_a_dead_one_leaves_what_it_knew(store: Store) -> None:
    unsent, leaving, runs, held = (reserved(store, key, 0.1) for key in ("unsent", "leaving", "runs", "held"))
    store.submitting(leaving.number)
    store.submitting(runs.number)
    store.running_as(runs.number, "jobs/7")
    for claim in (unsent, leaving, runs):
        die(store, claim.number)
    assert reserved(store, "held", 0.1) == Claim(kind="held", number=held.number)
    assert reserved(store, "unsent", 0.1).kind == "mine"
    assert reserved(store, "leaving", 0.1) == Claim(kind="unknown", number=leaving.number)
    assert reserved(store, "runs", 0.1) == Claim(kind="collect", number=runs.number, remote_id="jobs/7")
    assert reserved(store, "runs", 0.1).kind == "held"  # now it is this process's
    assert states(store) == {"released": 1, "reserved": 2, "unknown": 1, "running": 1}


def test_a_call_that_was_taken_for_dead_is_not_sent(store: Store) -> None:
    claim = reserved(store, "a")
    die(store, claim.number)
    with pytest.raises(StoreError, match="not this process's to send"):
        store.submitting(claim.number)
    assert reserved(store, "a").kind == "mine" and states(store) == {"released": 1, "reserved": 1}


def test_what_surely_was_not_sent_may_be_sent_again(store: Store) -> None:
    claim = reserved(store, "a")
    for _ in range(3):
        store.submitting(claim.number)
        store.not_sent(claim.number)
    store.submitting(claim.number)
    store.running_as(claim.number, "jobs/1")
    store.not_sent(claim.number)  # too late: the server has it
    assert states(store) == {"running": 1} and store.remote_of("a") == "jobs/1"


def test_an_unknown_call_counts_until_a_person_settles_it(store: Store) -> None:
    first, second = reserved(store, "a", 0.5), reserved(store, "b", 0.25)
    for claim in (first, second):
        store.submitting(claim.number)
        store.end_call(claim.number, "unknown", error="the line went dead")
    assert store.money().unknown_usd == 0.75 and store.spent() == (0, 0.0)
    store.settle_call(first.number, again=True)
    store.settle_call(second.number, again=False)
    assert store.money().spent_usd == 0.25 and not store.open_calls()
    assert reserved(store, "a").kind == reserved(store, "b").kind == "mine"
    with pytest.raises(NotFound):
        store.settle_call(second.number, again=True)
    with pytest.raises(NotFound):
        Store(store.database, "Another").settle_call(first.number, again=True)


def test_a_call_that_somebody_is_at_can_not_be_settled(store: Store) -> None:
    claim = reserved(store, "a")
    with pytest.raises(SettingsError, match="a process that lives is at it"):
        store.settle_call(claim.number, again=True)


def test_a_call_keeps_what_it_takes_to_collect_it_until_it_is_over(store: Store) -> None:
    about = facts(
        0.2, bucket="video", entry_key="1a", made_for="w", version="2", scene="s1", conversation=3, inputs='[{"role": "shot"}]'
    )
    claim = store.reserve("video", "m", "k", about, default_budget_usd=2.0)
    [call] = store.open_calls()
    assert call.is_held and {name: getattr(call, name) for name in CallFacts.model_fields} == about.model_dump()
    store.end_call(claim.number, "done", usd=0.15, remote_id="jobs/3")
    with store.read() as session:
        row = session.get_one(CallTable, claim.number)
        assert (row.body, row.inputs, row.usd, row.expected_usd, row.scene, row.conversation) == ("", "[]", 0.15, 0.1, "s1", 3)


def test_what_is_about_money_is_on_the_disk_before_it_goes_on(tmp_path: Path) -> None:
    database = Database(tmp_path / "glimmer.db")

    def level(durable: bool) -> int:
        with database.write(durable=durable) as session:
            return int(session.execute(text("pragma synchronous")).scalar_one())

    assert [level(durable) for durable in (False, True, True, False)] == [1, 2, 2, 1]


def test_postgres_waits_for_its_disk_where_the_server_does_not(postgres: str) -> None:
    database = Database(postgres)
    with database.write(durable=True) as session:
        assert session.execute(text("show synchronous_commit")).scalar_one() == "on"
    with database.write() as session:
        assert session.execute(text("show synchronous_commit")).scalar_one() == "off"


# ── archives ────────────────────────────────────────────────────────────────────────────────────────────────
def test_open_calls_of_an_archive_are_nobodys_and_never_collected(store: Store, tmp_path: Path) -> None:
    ends: dict[str, Callable[[int], None]] = {
        "reserved": lambda number: None,
        "submitting": store.submitting,
        "running": lambda number: store.running_as(number, "jobs/secret"),
        "unknown": lambda number: store.end_call(number, "unknown"),
        "done": lambda number: store.end_call(number, "done", usd=0.1, remote_id="jobs/done"),
    }
    for state, end in ends.items():
        end(reserved(store, state, 0.1).number)
    store.claim("audio", "free", "k")
    store.set_budget(50.0)
    there = Database(tmp_path / "there.db")
    rows = dump(store)
    assert "jobs/" not in str(rows)
    load(there, rows, title="Song", assets={})
    moved = Store(there, "Song")
    assert states(moved) == {"lost": 2, "unknown": 3, "done": 1}
    assert moved.money().unknown_usd == pytest.approx(0.3) and moved.money().spent_usd == 0.1
    assert moved.budget_usd() is None  # a stranger's archive raises nobody's budget
    assert not any(call.remote_id for call in moved.open_calls())
    assert reserved(moved, "running").kind == "unknown"
