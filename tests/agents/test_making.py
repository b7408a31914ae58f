"""Nothing is made twice, and what is finished is kept."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from glimmer.agents import Maker
from glimmer.agents.making import Order
from glimmer.assets import Assets
from glimmer.models.interface import Made
from glimmer.store import Database, Store
from glimmer.vocabulary import Noun


class Ask(Noun):
    words: str
    seed: int = 0


class CountingModel:
    """Answers with its request's words, and counts."""

    name = "test/counting"
    version = "1"

    def __init__(self, *, fails_on: str = "") -> None:
        self.asked: list[str] = []
        self.fails_on = fails_on
        self._lock = threading.Lock()

    def answer(self, request: Noun) -> Made:
        assert isinstance(request, Ask)
        with self._lock:
            self.asked.append(f"{request.words}{request.seed}")
        if request.words == self.fails_on:
            raise RuntimeError("the model broke")
        return Made(media=f"{request.words} {request.seed}".encode(), media_type="text/plain", usd=0.5, notices=("murmured",))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Database(tmp_path / "glimmer.db"), "Song")


def maker(store: Store) -> Maker:
    return Maker("test", store, Assets(Path(store.database.path).parent / "objects"))


def orders(store: Store, model: CountingModel, *words: str, takes: int = 1) -> list[Order]:
    for each in words:
        store.put_entry("video", each, each)
    return [Order("video", each, each, model, Ask(words=each), model.answer, takes) for each in words]


def test_the_same_request_again_is_the_stored_take(store: Store) -> None:
    model = CountingModel()
    first = maker(store).make(orders(store, model, "a", "b"), "making")
    second = maker(store).make(orders(store, model, "a", "b"), "making")
    assert (first.made, first.usd) == (2, 1.0)
    assert (second.made, second.kept, second.usd) == (0, 2, 0.0)
    assert sorted(model.asked) == ["a1", "b1"]


def test_one_changed_request_makes_one_take(store: Store) -> None:
    model = CountingModel()
    maker(store).make(orders(store, model, "a", "b"), "making")
    changed = Order("video", "a", "a", model, Ask(words="a new"), model.answer)
    made = maker(store).make([changed, *orders(store, model, "b")], "making")
    assert made.made == 1
    used = store.entry("video", "a").used
    assert used is not None and used.number == 2


def test_more_takes_are_made_beside_those_that_stand(store: Store) -> None:
    model = CountingModel()
    maker(store).make(orders(store, model, "a"), "making")
    assert maker(store).make(orders(store, model, "a", takes=3), "making").made == 2
    assert model.asked == ["a1", "a2", "a3"] or sorted(model.asked) == ["a1", "a2", "a3"]


def test_another_film_of_the_studio_shares_what_was_made(store: Store) -> None:
    model = CountingModel()
    maker(store).make(orders(store, model, "a"), "making")
    other = Store(store.database, "Other")
    making = maker(other).make(orders(other, model, "a"), "making")
    assert (making.made, making.kept) == (0, 1)
    assert other.spent() == (0, 0.0)


def test_the_same_request_in_two_entries_is_asked_once(store: Store) -> None:
    model = CountingModel()
    store.put_entry("video", "x", "x")
    store.put_entry("video", "y", "y")
    same = [Order("video", key, key, model, Ask(words="same"), model.answer) for key in ("x", "y")]
    maker(store).make(same, "making")
    assert model.asked == ["same1"]
    assert store.entry("video", "x").used is not None and store.entry("video", "y").used is not None


def test_when_one_fails_what_is_finished_is_kept(store: Store) -> None:
    model = CountingModel(fails_on="z")
    with pytest.raises(RuntimeError, match="the model broke"):
        maker(store).make(orders(store, model, "a", "b", "z"), "making")
    again = CountingModel()
    making = maker(store).make(orders(store, again, "a", "b", "z"), "making")
    assert "z1" in again.asked
    assert making.made + making.kept == 3


def test_every_call_is_in_the_ledger(store: Store) -> None:
    maker(store).make(orders(store, CountingModel(), "a", "b"), "making")
    assert store.spent() == (2, 1.0)


def test_notices_name_what_they_are_about(store: Store) -> None:
    assert maker(store).make(orders(store, CountingModel(), "a"), "making").notices == ("a: murmured",)


def test_a_take_whose_file_is_gone_is_made_again(store: Store) -> None:
    model = CountingModel()
    maker(store).make(orders(store, model, "a"), "making")
    for path in (Path(store.database.path).parent / "objects").rglob("*.txt"):
        path.unlink()
    maker(store).make(orders(store, model, "a"), "making")
    used = store.entry("video", "a").used
    assert used is not None and Assets(Path(store.database.path).parent / "objects").read(used.asset) == b"a 1"
