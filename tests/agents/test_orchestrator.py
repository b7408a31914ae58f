"""A conversation that acts: the loop, its limits, what it says when a model or a tool goes wrong, and what it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from glimmer.agents.orchestrator import Orchestrator
from glimmer.agents.tools import ToolAnswer, Toolbox, tool_from
from glimmer.agents.turns import Kept
from glimmer.errors import InputError
from glimmer.models.pricing import FREE, Estimate
from glimmer.models.talking import Part, TalkMessage, TalkReply, TalkRequest
from glimmer.store.conversations import Conversations
from glimmer.store.database import Database

Step = TalkReply | str | Exception | list[Part] | Callable[[TalkRequest], Any]


class Scripted:
    """A model that talks by a script: a text, calls, a whole reply, an error, or a function of what it was asked."""

    name, version = "scripted", "1"

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.asked: list[TalkRequest] = []

    def estimate(self, request: TalkRequest) -> Estimate:
        return FREE

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        self.asked.append(request)
        step: Any = self.steps.pop(0) if self.steps else "That is all."
        if callable(step):
            step = step(request)
        if isinstance(step, Exception):
            raise step
        if isinstance(step, TalkReply):
            return step
        parts = (Part(text=step),) if isinstance(step, str) else tuple(step)
        for part in parts:
            if part.kind == "text" and on_text is not None:
                for word in part.text.split(" "):
                    on_text(word + " ")
        return TalkReply(message=TalkMessage(role="model", parts=parts, model=self.name, native=f'{{"n": {len(self.asked)}}}'))


def call(name: str, /, id: str = "", **arguments: Any) -> Part:
    return Part(kind="call", id=id or name, name=name, arguments=arguments)


class Bench:
    """Tools that write down what was done."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.price = Estimate(low_usd=0.1, expected_usd=0.2, high_usd=0.3, price_date="2026-11-01")

    def tools(self) -> Toolbox:
        def look(what: str = "film") -> str:
            """Look at the film."""
            self.done.append(f"look {what}")
            return f"the {what}"

        def trim(shot: str, frames: int) -> str:
            """Trim a shot."""
            self.done.append(f"trim {shot} {frames}")
            return "trimmed"

        def shoot(scene: int, takes: int = 1) -> ToolAnswer:
            """Shoot a scene."""
            self.done.append(f"shoot {scene}")
            return ToolAnswer(text="shot", usd=0.2, shows=(("video", "2A", 1),))

        def sketch(scene: int) -> str:
            """Draw a board, free."""
            self.done.append(f"sketch {scene}")
            return "drawn"

        def wipe(bucket: str) -> str:
            """Empty a bucket."""
            self.done.append(f"wipe {bucket}")
            return "gone"

        def send(path: str) -> str:
            """Write a file."""
            self.done.append(f"send {path}")
            return "sent"

        def fail(how: str = "expected") -> str:
            """Fail."""
            self.done.append(f"fail {how}")
            if how == "expected":
                raise InputError('no shot "9Z"; expected 1A. See script.shots.')
            raise ZeroDivisionError("by zero")

        def price(**given: Any) -> Estimate:
            return self.price

        return Toolbox(
            [
                tool_from(look),
                tool_from(fail),
                tool_from(trim, kind="edits"),
                tool_from(sketch, kind="makes"),
                tool_from(shoot, kind="makes", estimate=price),
                tool_from(wipe, kind="destroys"),
                tool_from(send, kind="outside"),
            ]
        )


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def talks(tmp_path: Path) -> Conversations:
    talks = Conversations(Database(tmp_path / "glimmer.db"), "A")
    talks.start_conversation()
    return talks


def results(rows: Iterable[Kept]) -> list[tuple[str, str, str]]:
    return [(call.name, call.state, call.words) for row in rows for call in row.calls]


# ── the loop ────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_said_goes_to_the_model_its_calls_run_and_their_results_go_back(bench: Bench, talks: Conversations) -> None:
    model = Scripted([Part(text="Let me look. "), call("look", what="shots")], "There are two.")
    heard: list[Any] = []
    turn = Orchestrator(model, bench.tools(), talks, title="A").say(1, "How many shots?", hear=heard.append)
    first, second = model.asked
    assert [message.text for message in first.messages] == ["How many shots?"]
    assert [message.role for message in second.messages] == ["user", "model", "user"]
    assert second.messages[1].native == '{"n": 1}'  # kept to the letter: its signatures are in it
    result = second.messages[2].parts[0]
    assert (result.kind, result.id, result.is_error) == ("result", "look", False) and "the shots" in result.result["data"]
    rows = Orchestrator(model, bench.tools(), talks).rows(1)
    assert [(row.role, row.head.state, row.head.turn) for row in rows] == [
        (role, "done", turn) for role in ("user", "model", "tools", "model")
    ]
    assert "".join(event["text"] for event in heard if event["type"] == "text").split() == "Let me look. There are two.".split()
    assert [event["call"].state for event in heard if event["type"] == "call"] == ["running", "done"]
    assert heard[-1] == {"type": "done", "turn": turn, "state": "done", "reason": ""}
