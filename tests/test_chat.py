"""A film is talked to: `chat.say`, what it shows, what waits for a yes, and that it is all there tomorrow."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import glimmer as gl
from glimmer.agents.tools import ToolAnswer, Toolbox, tool_from
from glimmer.chat import Chat
from glimmer.chat_messages import Call, Message
from glimmer.errors import InputError, MissingPiece, NotFound
from glimmer.models.pricing import FREE, Estimate
from glimmer.models.talking import Part, TalkMessage, TalkReply, TalkRequest


class Script:
    """A model that says what it was given to say."""

    name, version = "scripted", "1"

    def __init__(self, *steps: Any) -> None:
        self.steps = list(steps)
        self.asked: list[TalkRequest] = []

    def estimate(self, request: TalkRequest) -> Estimate:
        return FREE

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        self.asked.append(request)
        step = self.steps.pop(0) if self.steps else "Done."
        parts = (Part(text=step),) if isinstance(step, str) else tuple(step)
        for part in parts:
            if part.kind == "text" and on_text:
                on_text(part.text)
        return TalkReply(message=TalkMessage(role="model", parts=parts))


def tools() -> Toolbox:
    def video_shoot(scene: int, takes: int = 1) -> ToolAnswer:
        """Shoot a scene."""
        return ToolAnswer(text=f"shot scene {scene}", usd=0.48, shows=(("video", "2A", 1),))

    def film_trash_take(name: str) -> str:
        """Throw a take away."""
        return f"{name} is in the trash"

    price = Estimate(low_usd=0.4, expected_usd=0.48, high_usd=0.5, price_date="2026-11-01")
    return Toolbox(
        [tool_from(video_shoot, kind="makes", estimate=lambda **given: price), tool_from(film_trash_take, kind="destroys")]
    )


def call(name: str, /, **arguments: Any) -> Part:
    return Part(kind="call", id=name, name=name, arguments=arguments)


def talking(film: gl.Project, *steps: Any, **more: Any) -> Chat:
    film.models = SimpleNamespace(talk=Script(*steps), note="scripted")  # type: ignore[assignment]
    return Chat(film, tools=tools(), situation=lambda: "two scenes", **more)


@pytest.fixture
def film() -> gl.Project:
    return gl.Project("The Lamp")


SHOOT = [call("video_shoot", scene=2, takes=2)]


def test_a_reply_its_calls_and_their_cost_read_as_the_session_says(film: gl.Project) -> None:
    chat = talking(film, SHOOT, "Two more takes of scene two.")
    reply = chat.say("Make the whale bigger in scene two, and shoot two more takes.", allow_usd=0.5, quiet=True)
    assert isinstance(reply, Message) and (reply.role, reply.state, reply.text) == (
        "glimmer",
        "done",
        "Two more takes of scene two.",
    )
    (shot,) = chat.messages[-1].calls
    assert isinstance(shot, Call) and shot.shows == (("video", "2A", 1),) and shot.usd == 0.48 and reply.usd == 0.48
    assert repr(shot).startswith("video.shoot(scene=2, takes=2) · ") and repr(shot).endswith(" s · $0.48")
    from dataclasses import replace

    assert repr(replace(shot, seconds=41.2)) == "video.shoot(scene=2, takes=2) · 41 s · $0.48"
    assert repr(chat.messages[-1].calls) == repr(shot)
    assert [message.role for message in chat.messages] == ["you", "glimmer"]
    assert repr(chat) == 'chat 1 about "The Lamp" · Make the whale bigger in scene two, and shoot two more takes · 2 messages'


def test_what_costs_more_than_was_allowed_waits_and_a_yes_runs_it_once(film: gl.Project) -> None:
    chat = talking(film, SHOOT, "That may cost $0.50. Shall I?", "Shot.")
    reply = chat.say("shoot scene 2", quiet=True)
    assert repr(reply.calls) == "video.shoot(scene=2, takes=2) · up to $0.50 · needs your yes"
    again = Chat(film, tools=tools(), situation=str)  # another kernel finds it waiting
    assert repr(again.pending) == repr(chat.pending) == repr(reply.calls) and "1 call waits for your yes" in repr(again)
    done = again.yes(quiet=True)
    assert done.text == "Shot." and done.calls[0].state == "done" and done.usd == 0.48
    assert not chat.pending and chat.messages[1].calls[0].state_text == "you said yes"
    assert [message.text for message in chat.messages][2] == "Yes: video.shoot(scene=2, takes=2)"
    for answer in (chat.yes, chat.no):
        with pytest.raises(MissingPiece, match="nothing waits"):
            answer(quiet=True)


def test_a_no_is_told_and_nothing_runs(film: gl.Project) -> None:
    chat = talking(film, [call("film_trash_take", name="2A take 1")], "Shall I?", "I left it.")
    chat.say("throw it away", quiet=True)
    reply = chat.say("/no", quiet=True)
    assert reply.text == "I left it." and [each.state for each in reply.calls] == ["refused"]
    assert chat.messages[1].calls[0].state_text == "you said no"


def test_listeners_hear_plain_values_as_they_come(film: gl.Project) -> None:
    chat = talking(film, [Part(text="Shooting. "), *SHOOT], [call("film_trash_take", name="x")], "There.")
    heard: list[dict[str, Any]] = []
    stop = chat.listen(lambda event: heard.append(json.loads(json.dumps(event))))

    def fails(event: object) -> None:
        raise ZeroDivisionError("whoever listens does no harm")

    chat.listen(fails)
    chat.say("go", allow_usd=1, quiet=True)
    assert [each["type"] for each in heard] == ["text", "call", "call", "call", "approval", "text", "done"]
    assert [each["state"] for each in heard if each["type"] == "call"] == ["running", "done", "pending"]
    assert heard[1]["line"] == "video.shoot(scene=2, takes=2)" and heard[2]["shows"] == [["video", "2A", 1]]
    stop()
    chat.say("more", quiet=True)
    assert heard[-1]["type"] == "done" and len(heard) == 7


def test_what_was_said_is_there_for_whoever_opens_the_film_next(film: gl.Project) -> None:
    talking(film, "One.").say("first", quiet=True)
    other = Chat(gl.Project("The Lamp"), tools=tools(), situation=str)
    assert [message.text for message in other.messages] == ["first", "One."]
    other.new("second talk")
    assert repr(other.messages) == "nothing was said yet" and [row["number"] for row in other.conversations] == [1, 2]
    assert other.open(1).title == "first"
    with pytest.raises(NotFound, match='no conversation "7"'):
        other.open(7)
    with pytest.raises(NotFound):
        Chat(film, 9, tools=tools())


def test_a_fork_takes_the_beginning_along_and_no_waiting_yes(film: gl.Project) -> None:
    chat = talking(film, "One.", [call("film_trash_take", name="x")], "Shall I?", "Two.")
    chat.say("first", quiet=True)
    chat.say("second", quiet=True)
    assert len(chat.pending) == 1
    chat.fork(4)
    assert chat.number == 2 and [message.text for message in chat.messages] == ["first", "One.", "second", "Shall I?"]
    assert not chat.pending and len(chat.open(1).pending) == 1
    chat.fork(3)
    assert [message.text for message in chat.messages] == ["first", "One.", "second"]
    chat.say("third", quiet=True)
    assert chat.messages[-1].text == "Two."
    for at in (0, 99, True, "1"):
        with pytest.raises(InputError, match="to fork at"):
            chat.fork(at)  # type: ignore[arg-type]


def test_a_terminal_shows_words_as_they_come_and_a_line_a_call(film: gl.Project, capsys: pytest.CaptureFixture[str]) -> None:
    chat = talking(film, [Part(text="Shooting.\x1b[31m"), *SHOOT], "There.")
    chat.say("go", allow_usd=1)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Shooting.[31m" and said[1].startswith("  video.shoot(scene=2, takes=2) · ") and said[2] == "There."
    chat.say("go", quiet=True)
    assert capsys.readouterr().out == ""


def test_a_notebook_shows_one_display_that_grows_and_not_the_reply_again(film: gl.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell: Any = InteractiveShell.instance()
    shell.kernel = object()
    try:
        chat = talking(film, [Part(text="Shooting. "), *SHOOT], "**There.**")
        with capture_output() as shown:
            reply = chat.say("go", allow_usd=1)
            reply._ipython_display_()  # what the cell's last line would do
        pages = [output.data["text/html"] for output in shown.outputs]
        assert len({output.display_id for output in shown.outputs if hasattr(output, "display_id")}) <= 1
        assert "video.shoot" in pages[-1] and "<strong>There.</strong>" in pages[-1] and "Shooting." in pages[0]
        shell.execution_count += 1
        with capture_output() as later:
            reply._ipython_display_()
        assert len(later.outputs) == 1 and "<strong>There.</strong>" in later.outputs[0].data["text/html"]
    finally:
        del shell.kernel
        InteractiveShell.clear_instance()


def test_the_card_is_bounded_and_everything_on_it_is_only_text(film: gl.Project) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    chat = talking(film, *[[Part(text=f"{nasty} ![x](https://e/p.png) {'long ' * 4_000}"), call(nasty, **{nasty: nasty})]] * 60)
    chat.new(nasty)
    for number in range(30):
        chat._orchestrator.limits = type(chat._orchestrator.limits)(steps=1)
        chat.say(f"{number} {nasty} {'x' * 9_000}", quiet=True)
    html = chat._repr_html_()
    assert "<img" not in html and "https://e/p.png" not in html and "… 40 earlier" in html
    assert len(html) < 500_000
    assert len(repr(chat.messages).splitlines()) == 21 and all(len(line) < 300 for line in repr(chat.messages).splitlines())


def test_what_was_made_is_seen_small(film: gl.Project, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (640, 360), "#3b66a0").save(tmp_path / "whale.png")
    film.video.add(tmp_path / "whale.png")
    entry = film.store.entries("video")[0]

    def video_shoot() -> ToolAnswer:
        """Shoot."""
        return ToolAnswer(text="shot", shows=(("video", entry.key, 1), ("video", "nowhere", 1), ("audio", "x", 3)))

    film.models = SimpleNamespace(talk=Script([call("video_shoot")], "See."), note="")  # type: ignore[assignment]
    chat = Chat(film, tools=Toolbox([tool_from(video_shoot, kind="makes")]))
    chat.say("shoot", quiet=True)
    html = chat._repr_html_()
    assert html.count("data:image/") == 1 and f"{entry.name} take 1" in html and "video/mp4" not in html


@pytest.mark.parametrize("text", ["", " ", 3, None])
def test_nothing_said_begins_nothing(text: Any, film: gl.Project) -> None:
    chat = talking(film)
    with pytest.raises(InputError):
        chat.say(text, quiet=True)
    assert chat.number == 0 and len(chat.conversations) == 0


def test_a_film_is_made_by_talking_in_rehearsal(film: gl.Project) -> None:
    chat = Chat(film)
    chat.say("/write A lighthouse keeper teaches a lost whale to sing.", quiet=True)
    assert chat.messages[-1].calls[0].state == "done" and film.screenplays.latest.shots
    reply = chat.say("how many shots are there?", quiet=True)
    assert reply.state == "done" and reply.text
    assert chat.say("please fly to the moon", quiet=True).text  # it says that it can't


def test_an_archive_takes_the_conversation_along(film: gl.Project, tmp_path: Path) -> None:
    chat = talking(film, [call("video_shoot", scene=1, asset="f" * 64)], "ok \0")
    chat.say("go \ud800", allow_usd=1, quiet=True)
    film.archive(tmp_path / "a.glim")
    there = gl.Studio(tmp_path / "other").open_archive(tmp_path / "a.glim")
    assert [message.text for message in Chat(there, tools=tools()).messages] == ["go �", "ok �"]
