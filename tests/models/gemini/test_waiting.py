"""Waiting: whoever wants a model that said "too many" waits with all others who want it, and nobody waits for another model."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from glimmer.errors import Cancelled
from glimmer.models.gemini.door import Door
from glimmer.models.gemini.waiting import Lanes
from glimmer.models.watching import NobodyWatches, watched
from glimmer.testing import FakeGemini


class Stopped(NobodyWatches):
    stopped = True


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeGemini]:
    with FakeGemini() as server:
        yield server


def seconds_to_enter(lanes: Lanes, model: str) -> float:
    began = time.monotonic()
    lanes[model].enter()
    return time.monotonic() - began


def test_after_too_many_everybody_of_that_model_waits_and_nobody_else() -> None:
    lanes = Lanes()
    assert seconds_to_enter(lanes, "a") < 0.8
    lanes["a"].refused(2.0)
    assert seconds_to_enter(lanes, "b") < 0.8
    assert seconds_to_enter(lanes, "a") > 0.8


def test_those_who_waited_go_one_by_one_until_answers_come_again() -> None:
    lanes = Lanes()
    for _ in range(4):  # 0.1, 0.2, 0.4, 0.8 s between two
        lanes["a"].refused(0.0)
    seconds_to_enter(lanes, "a")
    assert seconds_to_enter(lanes, "a") > 0.3
    for _ in range(4):
        lanes["a"].answered()
    seconds_to_enter(lanes, "a")  # what the last gap left over
    assert seconds_to_enter(lanes, "a") < 0.3


def test_a_wait_ends_when_a_person_stops_the_work() -> None:
    lanes = Lanes()
    lanes["a"].refused(60.0)
    with watched(Stopped()), pytest.raises(Cancelled):
        lanes["a"].enter()


def test_six_threads_that_meet_a_limit_are_all_answered_and_none_is_paid_twice(fake: FakeGemini) -> None:
    door = Door(fake.environment())
    fake.fault("429-minute", times=3)
    answers: list[str] = []

    def ask(number: int) -> None:
        said = [{"role": "user", "parts": [{"text": f"A line for shot {number}."}]}]
        answers.append(door.generate("gemini-3.8-flash", contents=said).outcome)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["ok"] * 6
    assert fake.creates("text") == fake.distinct_creates("text") == 6
    fake.check()
