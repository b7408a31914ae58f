"""kill -9 in the middle of a turn: no word that was shown is lost, no call that began is blindly run again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from glimmer.agents.orchestrator import Orchestrator
from glimmer.agents.tools import Toolbox
from glimmer.chat_messages import messages_of
from glimmer.errors import InputError
from glimmer.models.pricing import FREE, Estimate
from glimmer.models.talking import Part, TalkMessage, TalkReply, TalkRequest
from glimmer.store.conversations import Conversations
from glimmer.store.database import Database

CHILD = '''
import sys, time
from pathlib import Path
from glimmer.agents.orchestrator import Orchestrator
from glimmer.agents.tools import Toolbox, tool_from
from glimmer.models.pricing import FREE
from glimmer.models.talking import Part, TalkMessage, TalkReply
from glimmer.store.conversations import Conversations
from glimmer.store.database import Database

place, where = sys.argv[1:]
ran = Path(place).with_name("ran")

def shoot(scene: int) -> str:
    """Shoot."""
    with ran.open("a") as file:
        file.write(f"{scene}\\n")
    if scene == 2:
        print("in the tool", flush=True)
        time.sleep(60)
    return "shot"

class Talks:
    name, version = "child", "1"
    def estimate(self, request):
        return FREE
    def talk(self, request, on_text=None):
        if where == "stream":
            for n in range(10_000):
                on_text(f"word{n} ")
                time.sleep(0.01)
                if n == 60:
                    print("streaming", flush=True)
        parts = tuple(Part(kind="call", id=str(n), name="shoot", arguments={"scene": n}) for n in (1, 2, 3))
        return TalkReply(message=TalkMessage(role="model", parts=parts, native="{}"))

talks = Conversations(Database(Path(place)), "A")
Orchestrator(Talks(), Toolbox([tool_from(shoot, kind="edits")]), talks).say(1, "go")
'''


class Answers:
    name, version = "parent", "1"

    def __init__(self) -> None:
        self.asked: list[TalkRequest] = []

    def estimate(self, request: TalkRequest) -> Estimate:
        return FREE

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        self.asked.append(request)
        return TalkReply(message=TalkMessage(role="model", parts=(Part(text="I looked first."),)))


@pytest.fixture
def talks(tmp_path: Path) -> Conversations:
    talks = Conversations(Database(tmp_path / "glimmer.db"), "A")
    talks.start_conversation()
    return talks


def killed(talks: Conversations, where: str) -> None:
    """A child that talks, killed when it says that it is in the middle of it; while it lives nobody else answers."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(talks.database.path), where], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stdout.readline()
    with pytest.raises(InputError, match="is being answered right now"):
        Orchestrator(Answers(), Toolbox(), talks).say(1, "me too")
    os.kill(child.pid, signal.SIGKILL)
    child.wait(10)
    child.stdout.close()


def test_a_kill_while_a_reply_streams_loses_less_than_half_a_second_of_it(talks: Conversations) -> None:
    killed(talks, "stream")
    model = Answers()
    loop = Orchestrator(model, Toolbox(), talks)
    person, half = messages_of(loop.rows(1))
    assert (person.text, half.state) == ("go", "interrupted") and "chat.resume()" in half.notice
    assert half.text.startswith("word0 word1 ") and len(half.text.split()) >= 20  # 60 words in 0.6 s, kept every 0.3 s
    loop.resume(1)
    assert model.asked[0].messages[1].text.startswith("word0 word1")
    assert messages_of(loop.rows(1))[-1].text.endswith("I looked first.")
    assert [row.number for row in talks.messages(1)] == [1, 2, 3]


def test_a_kill_inside_a_tool_is_told_and_the_tool_is_not_run_again(talks: Conversations) -> None:
    killed(talks, "tool")
    model = Answers()
    loop = Orchestrator(model, Toolbox(), talks)
    half = messages_of(loop.rows(1))[-1]
    assert [call.state for call in half.calls] == ["done", "interrupted", "not_run"] and half.state == "interrupted"
    began = time.monotonic()
    loop.resume(1)
    assert time.monotonic() - began < 5
    told = [part.result for part in model.asked[0].messages[-1].parts if part.kind == "result"]
    assert "shot" in told[0]["data"] and "Look at the film before doing it again" in told[1]["error"]
    assert "before it began" in told[2]["error"]
    assert Path(str(talks.database.path)).with_name("ran").read_text() == "1\n2\n"
    assert [call.state for call in messages_of(loop.rows(1))[-1].calls] == ["done", "interrupted", "not_run"]


def test_a_killed_turn_is_also_left_behind_by_saying_something_else(talks: Conversations) -> None:
    killed(talks, "tool")
    loop = Orchestrator(Answers(), Toolbox(), talks)
    loop.say(1, "never mind")
    assert [message.state for message in messages_of(loop.rows(1)) if message.role == "glimmer"] == ["interrupted", "done"]
