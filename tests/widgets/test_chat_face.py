"""The chat in a browser: it streams, is stopped, queued, answered, forked and found again, as one who types sees it."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

import glimmer as gl
from glimmer.agents.tools import ToolAnswer, Toolbox, tool_from
from glimmer.chat import Chat
from glimmer.errors import InputError
from glimmer.models.pricing import FREE, Estimate
from glimmer.models.rehearsal.talk.reading import read_text
from glimmer.models.talking import Part, TalkMessage, TalkReply, TalkRequest
from glimmer.progress import progress
from glimmer.widgets import chat as chat_face
from glimmer.widgets.chat import ChatFace

Open = Callable[..., Any]


class Script:
    """A model that says what it was given to say; it waits at a gate where it was given one."""

    name, version = "scripted", "1"

    def __init__(self, *steps: Any) -> None:
        self.steps = list(steps)
        self.asked: list[TalkRequest] = []

    def estimate(self, request: TalkRequest) -> Estimate:
        return FREE

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        self.asked.append(request)
        step = self.steps.pop(0) if self.steps else "Done."
        parts: list[Part] = []
        for piece in [step] if isinstance(step, str | Part) else step:
            if isinstance(piece, Gate):
                piece.pass_through()
            elif isinstance(piece, str):
                assert on_text is not None
                on_text(piece)
                parts.append(Part(text=piece))
            else:
                parts.append(piece)
        return TalkReply(message=TalkMessage(role="model", parts=tuple(parts)))


class Gate:
    """Where somebody waits until the test lets them through."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def pass_through(self) -> None:
        self.reached.set()
        assert self.opened.wait(20)

    def until_reached(self) -> None:
        assert self.reached.wait(20)


def call(name: str, /, **arguments: Any) -> Part:
    return Part(kind="call", id=name, name=name, arguments=arguments)


@pytest.fixture
def film() -> gl.Project:
    return gl.Project("The Lamp")


@pytest.fixture
def work() -> Gate:
    """What a tool is held at while it works."""
    return Gate()


@pytest.fixture
def gates() -> Iterator[list[Gate]]:
    made: list[Gate] = []
    yield made
    for each in made:
        each.opened.set()


def tools(work: Gate | None = None) -> Toolbox:
    def video_shoot(scene: int, takes: int = 1) -> ToolAnswer:
        """Shoot a scene."""
        return ToolAnswer(text=f"shot scene {scene}", usd=0.48)

    def film_make(shots: int = 4) -> ToolAnswer:
        """Make the film."""
        with progress("drawing boards", shots, "board") as bar:
            for number in range(shots):
                bar.advance(1, f"{number + 1}A")
                if number == 1 and work is not None:
                    work.pass_through()
        return ToolAnswer(text="made", facts={"script": 3, "cut": 2})

    def film_break() -> str:
        """Fails the first time."""
        if not broken:
            broken.append(True)
            raise InputError("the lamp is out; expected it lit. Light it.")
        return "lit"

    broken: list[bool] = []
    price = Estimate(low_usd=0.4, expected_usd=0.48, high_usd=0.5, price_date="2026-11-01")
    return Toolbox(
        [
            tool_from(video_shoot, kind="makes", estimate=lambda **given: price),
            tool_from(film_make, kind="makes"),
            tool_from(film_break),
        ]
    )


def talking(film: gl.Project, *steps: Any, work: Gate | None = None) -> Chat:
    film.models = SimpleNamespace(talk=Script(*steps), note="scripted")  # type: ignore[assignment]
    return Chat(film, tools=tools(work), situation=lambda: "two scenes")


def answers_of(state: Any) -> list[dict[str, Any]]:
    return [each for each in sorted(state.get("messages", {}).values(), key=lambda m: m["number"]) if each["role"] == "glimmer"]


def words_of(state: Any) -> str:
    parts = [part for each in answers_of(state) for part in each.get("parts", {}).values()]
    return "".join(part.get("text", "") for part in sorted(parts, key=lambda p: p["row"]))


def calls_of(state: Any) -> list[dict[str, Any]]:
    parts = [part for each in answers_of(state) for part in each.get("parts", {}).values()]
    return [part["call"] for part in sorted(parts, key=lambda p: (p["row"], p.get("at", -1))) if "call" in part]


def at_rest(state: Any) -> bool:
    there = answers_of(state)
    return bool(there) and there[-1].get("state") != "open" and not state.get("busy")


def test_words_stream_in_few_patches_and_a_reload_in_mid_stream_loses_none(
    film: gl.Project, browser: Open, gates: list[Gate]
) -> None:
    gate = Gate()
    gates.append(gate)
    face = ChatFace(talking(film, ["The lamp ", "is lit. ", gate, *(f"w{n} " for n in range(300))]))
    there = browser(face)
    assert there.hello()["number"] == 0
    began = time.monotonic()
    assert there.ask("say", text="Light the lamp") == {"queued": False}
    gate.until_reached()
    there.until(lambda state: words_of(state) == "The lamp is lit. ")
    reloaded = there.hello()
    assert words_of(reloaded) == "The lamp is lit. " and reloaded["busy"] == "here" and reloaded["title"] == "Light the lamp"
    gate.opened.set()
    state = there.until(at_rest)
    assert words_of(state).endswith("w298 w299 ") or words_of(state).endswith("w298 w299")
    patches = [each for each in there.messages if each["kind"] == "patch"]
    assert there.lost == 0 and len(patches) <= 25 * (time.monotonic() - began) + 12


def test_a_call_shows_how_far_it_is_what_it_took_and_what_it_made(film: gl.Project, browser: Open, work: Gate) -> None:
    face = ChatFace(talking(film, [call("film_make")], "Made.", work=work))
    there = browser(face)
    there.hello()
    there.ask("say", text="make the film")
    state = there.until(lambda state: any(each.get("share", -1) == 0.5 for each in calls_of(state)))
    assert calls_of(state)[0]["label"] == "drawing boards" and calls_of(state)[0]["progress"].startswith("2 of 4 boards")
    assert calls_of(there.hello())[0]["share"] == 0.5  # whoever reloads sees it, too
    work.opened.set()
    done = calls_of(there.until(at_rest))[0]
    assert (done["state"], done["script"], done["cut"]) == ("done", 3, 2) and "share" not in done


def test_stop_ends_a_turn_while_a_tool_works_and_resume_goes_on(film: gl.Project, browser: Open, work: Gate) -> None:
    face = ChatFace(talking(film, [call("film_make")], "Gone on.", work=work))
    there = browser(face)
    there.hello()
    there.ask("say", text="make the film")
    work.until_reached()
    assert there.ask("stop") is True
    there.until(lambda state: state.get("busy") == "stopping")
    work.opened.set()
    state = there.until(at_rest)
    (reply,) = answers_of(state)
    assert reply["state"] == "interrupted" and reply["notice"].startswith("stopped by you")
    assert [each["state"] for each in calls_of(state)] == ["interrupted"]
    there.ask("resume")
    again = there.until(lambda state: at_rest(state) and answers_of(state)[0].get("state", "done") == "done")
    assert words_of(again) == "Gone on."
    assert there.ask("stop") is False


def test_stop_ends_a_reply_between_two_words(film: gl.Project, browser: Open, gates: list[Gate]) -> None:
    gate = Gate()
    gates.append(gate)
    face = ChatFace(talking(film, ["Once ", gate, "upon ", "a time"]))
    there = browser(face)
    there.hello()
    there.ask("say", text="tell me")
    gate.until_reached()
    there.ask("stop")
    gate.opened.set()
    state = there.until(at_rest)
    assert answers_of(state)[0]["state"] == "interrupted" and words_of(state).strip() == "Once"


def test_a_second_message_waits_its_turn_and_can_be_taken_back(film: gl.Project, browser: Open, gates: list[Gate]) -> None:
    gate = Gate()
    gates.append(gate)
    face = ChatFace(talking(film, ["One. ", gate], "Two.", "Three."))
    there = browser(face)
    there.hello()
    there.ask("say", text="first")
    gate.until_reached()
    assert there.ask("say", text="second") == {"queued": True} and there.ask("say", text="third") == {"queued": True}
    queue = there.until(lambda state: len(state.get("queue", {})) == 2)["queue"]
    assert [each["text"] for each in sorted(queue.values(), key=lambda q: q["order"])] == ["second", "third"]
    third = next(id for id, each in queue.items() if each["text"] == "third")
    assert there.ask("take_back", id=third) == "third" and there.ask("take_back", id=third) == ""
    gate.opened.set()
    state = there.until(lambda state: len(answers_of(state)) == 2 and at_rest(state))
    assert words_of(state) == "One. Two." and not state.get("queue")


def test_a_stop_holds_what_was_queued_until_somebody_says_so(film: gl.Project, browser: Open, gates: list[Gate]) -> None:
    gate = Gate()
    gates.append(gate)
    face = ChatFace(talking(film, ["One. ", gate, "never"], "Two."))
    there = browser(face)
    there.hello()
    there.ask("say", text="first")
    gate.until_reached()
    there.ask("say", text="second")
    there.ask("stop")
    gate.opened.set()
    held = there.until(lambda state: at_rest(state) and state.get("held"))
    assert [each["text"] for each in held["queue"].values()] == ["second"] and len(answers_of(held)) == 1
    there.ask("send_queued")
    assert words_of(there.until(lambda state: len(answers_of(state)) == 2 and at_rest(state))).endswith("Two.")


SHOOT = [call("video_shoot", scene=2, takes=2)]


def test_what_costs_waits_on_its_card_and_a_yes_is_for_that_call_alone(film: gl.Project, browser: Open, refused: Any) -> None:
    face = ChatFace(talking(film, SHOOT, "Shall I?", "Shot."))
    there = browser(face)
    there.hello()
    there.ask("say", text="shoot scene 2")
    state = there.until(at_rest)
    (waits,) = calls_of(state)
    assert (waits["state"], waits["high_usd"], state["pending"]) == ("pending", 0.5, 1) and "$0.50" in waits["why"]
    with pytest.raises(refused, match="does not wait"):
        there.ask("answer", digest="0" * 64, yes=True)
    with pytest.raises(refused, match="asked for wrongly"):
        there.ask("answer", digest="all", yes=True)
    there.ask("answer", digest=waits["digest"], yes=True)
    done = there.until(lambda state: len(answers_of(state)) == 2 and at_rest(state))
    assert [each["state"] for each in calls_of(done)] == ["approved", "done"] and calls_of(done)[1]["usd"] == 0.48
    assert "pending" not in done and [m.get("small") for m in done["messages"].values() if m["role"] == "you"] == [None, True]


def test_an_allowance_is_for_one_turn(film: gl.Project, browser: Open) -> None:
    face = ChatFace(talking(film, SHOOT, "Shot.", SHOOT, "Shall I?"))
    there = browser(face)
    there.hello()
    there.ask("say", text="shoot scene 2", allow_usd=0.5)
    there.until(lambda state: len(answers_of(state)) == 1 and at_rest(state))
    there.ask("say", text="and again")
    state = there.until(lambda state: len(answers_of(state)) == 2 and at_rest(state))
    assert [each["state"] for each in calls_of(state)] == ["done", "pending"]


def test_a_failed_call_says_why_and_is_tried_again(film: gl.Project, browser: Open, refused: Any) -> None:
    face = ChatFace(talking(film, [call("film_break")], "It is out.", "It is lit."))
    there = browser(face)
    there.hello()
    there.ask("say", text="light it")
    state = there.until(at_rest)
    part = next(each for each in answers_of(state)[0]["parts"].values() if "call" in each)
    assert part["call"]["state"] == "failed" and part["call"]["answer"].startswith("the lamp is out")
    there.ask("again", row=part["row"], at=part["at"])
    again = there.until(lambda state: len(answers_of(state)) == 2 and at_rest(state))
    assert [each["state"] for each in calls_of(again)] == ["failed", "done"] and words_of(again).endswith("It is lit.")
    there.ask("again", row=1, at=0)
    assert "no failed call" in there.until(lambda state: state.get("problem"))["problem"]["words"]


def test_what_is_said_in_code_is_seen_as_it_comes(film: gl.Project, browser: Open, gates: list[Gate]) -> None:
    gate = Gate()
    gates.append(gate)
    chat = talking(film, ["From ", "code. ", gate, "Done."])
    there = browser(ChatFace(chat))
    there.hello()
    cell = threading.Thread(target=lambda: chat.say("hello from a cell", quiet=True))
    cell.start()
    gate.until_reached()
    state = there.until(lambda state: words_of(state) == "From code. ")
    assert state["busy"] == "here" and [m["text"] for m in state["messages"].values() if m["role"] == "you"] == [
        "hello from a cell"
    ]
    gate.opened.set()
    cell.join()
    assert words_of(there.until(at_rest)) == "From code. Done."


def test_a_stop_reaches_what_a_cell_said_and_its_reply_says_so(film: gl.Project, browser: Open, gates: list[Gate]) -> None:
    gate = Gate()
    gates.append(gate)
    chat = talking(film, ["One ", gate, "two"])
    there = browser(ChatFace(chat))
    there.hello()
    replies: list[Any] = []
    cell = threading.Thread(target=lambda: replies.append(chat.say("go", quiet=True)))
    cell.start()
    gate.until_reached()
    assert there.ask("stop") is True
    gate.opened.set()
    cell.join()
    assert replies[0].state == "interrupted" and replies[0].notice.startswith("stopped by you")


def test_what_another_notebook_says_appears(film: gl.Project, browser: Open) -> None:
    there = browser(ChatFace(talking(film, "One.")))
    there.hello()
    there.ask("say", text="first")
    there.until(at_rest)
    Chat(gl.Project("The Lamp"), tools=tools(), situation=str).say("/help", quiet=True)
    there.until(lambda state: len(answers_of(state)) == 2)


def test_conversations_are_begun_opened_named_and_forked_and_none_is_lost(film: gl.Project, browser: Open) -> None:
    face = ChatFace(talking(film, "One.", "Two.", "Two again.", "Other.", "Anew."))
    there = browser(face)
    there.hello()
    there.ask("say", text="first")
    there.until(at_rest)
    there.ask("say", text="second")
    state = there.until(lambda state: len(answers_of(state)) == 2 and at_rest(state))
    turn = answers_of(state)[1]["turn"]
    assert there.ask("regenerate", turn=turn) == 2
    state = there.until(lambda state: state["number"] == 2 and len(answers_of(state)) == 2 and at_rest(state))
    assert words_of(state) == "One.Two again."
    assert there.ask("edit", turn=answers_of(state)[0]["turn"], text="zero") == 3
    state = there.until(lambda state: state["number"] == 3 and at_rest(state))
    assert [m["text"] for m in state["messages"].values() if m["role"] == "you"] == ["zero"] and words_of(state) == "Other."
    there.ask("rename", title="A third way")
    assert there.until(lambda state: state["title"] == "A third way")["talks"]["3"]["title"] == "A third way"
    there.ask("open_talk", number=1)
    assert words_of(there.until(lambda state: state["number"] == 1)) == "One.Two."
    assert there.ask("fork", at=2) == 4
    assert words_of(there.until(lambda state: state["number"] == 4)) == "One."
    assert there.ask("new_talk") == 5 and there.ask("new_talk") == 5
    assert there.until(lambda state: state["number"] == 5)["examples"]
    assert words_of(browser(ChatFace(Chat(gl.Project("The Lamp"), 1, tools=tools()))).hello()) == "One.Two."


def test_what_is_answered_in_one_conversation_goes_on_while_another_is_looked_at(
    film: gl.Project, browser: Open, gates: list[Gate]
) -> None:
    gate = Gate()
    gates.append(gate)
    there = browser(ChatFace(talking(film, ["One. ", gate, "Done."], "Other.")))
    there.hello()
    there.ask("say", text="first")
    gate.until_reached()
    there.ask("new_talk")
    there.ask("say", text="meanwhile")
    state = there.until(lambda state: state["number"] == 2 and at_rest(state))
    assert words_of(state) == "Other."
    gate.opened.set()
    there.ask("open_talk", number=1)
    assert words_of(there.until(lambda state: state["number"] == 1 and at_rest(state))) == "One. Done."


def test_a_long_talk_is_told_from_its_end(film: gl.Project, browser: Open) -> None:
    chat = talking(film)
    chat.new("long")
    for number in range(400):
        chat._talks.add_message(1, "user", [{"kind": "head", "state": "done"}, {"kind": "text", "text": f"message {number}"}])
    there = browser(ChatFace(chat))
    state = there.hello()
    assert len(state["messages"]) == 60 and state["earlier"] == 340
    there.ask("earlier")
    assert len(there.until(lambda state: state["earlier"] == 280)["messages"]) == 120


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 36), (180, 120, 40)).save(made, "PNG")
    return made.getvalue()


def test_a_file_goes_into_the_film_and_along_with_the_message(film: gl.Project, browser: Open, refused: Any) -> None:
    there = browser(ChatFace(talking(film, "I see it.")))
    there.hello()
    made = there.ask("attach", upload=there.upload("lamp.png", picture()))
    assert (made["bucket"], made["take"], made["media_type"]) == ("video", 1, "image/png") and made["name"] == "lamp"
    there.ask("say", text="Use this", attached=[{"bucket": "video", "key": made["key"], "take": 1}])
    state = there.until(at_rest)
    (said,) = [m for m in state["messages"].values() if m["role"] == "you"]
    assert said["text"] == "Use this" and said["attached"][0]["asset"] == made["asset"]
    assert film.models.talk.asked[0].messages[-1].text == 'Use this\n\nAttached: video "lamp" take 1'  # type: ignore[attr-defined]
    with pytest.raises(refused, match="not in the film any more"):
        there.ask("say", text="and this", attached=[{"bucket": "video", "key": "nothing", "take": 1}])
    script = there.ask("attach", upload=there.upload("lamp.fountain", b"INT. ROOM - DAY\n\nA lamp. It burns.\n\nMARA\nIt burns.\n"))
    assert script["script"] == 1 and script["words"].startswith("the script v1")
    page = there.ask("page", version=1)
    assert [each["kind"] for each in page["elements"]] == ["heading", "action", "character", "dialogue"]
    with pytest.raises(refused, match=r"lamp\.exe"):
        there.ask("attach", upload=there.upload("lamp.exe", b"MZ nothing that plays"))


def test_nothing_and_too_much_are_refused_in_words(film: gl.Project, browser: Open, refused: Any) -> None:
    there = browser(ChatFace(talking(film)))
    there.hello()
    with pytest.raises(refused, match="says nothing"):
        there.ask("say", text="  ")
    with pytest.raises(refused, match="asked for wrongly"):
        there.ask("say", text="x", allow_usd=-1)
    with pytest.raises(refused, match="nothing was said yet"):
        there.ask("resume")
    with pytest.raises(refused, match='no conversation "9"'):
        there.ask("open_talk", number=9)


def test_a_model_that_fails_says_so_and_the_words_stay(film: gl.Project, browser: Open) -> None:
    class Broken(Script):
        def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
            raise ZeroDivisionError("no")

    chat = talking(film)
    film.models = SimpleNamespace(talk=Broken(), note="broken")  # type: ignore[assignment]
    there = browser(ChatFace(chat))
    there.hello()
    there.ask("say", text="hello")
    reply = answers_of(there.until(at_rest))[0]
    assert reply["state"] == "failed" and "ZeroDivisionError" in reply["notice"]


@pytest.mark.parametrize("sentence", [*chat_face._EXAMPLES, *chat_face._FURTHER])
def test_every_example_is_understood_in_rehearsal(sentence: str) -> None:
    from glimmer.film_tools import film_tools
    from glimmer.models.rehearsal.talk import commands

    meant = commands(sentence)
    read = read_text(sentence, set(film_tools(gl.Project("Any"))))
    assert meant or (read.calls and not read.unread)


def test_this_means_what_was_attached_in_rehearsal() -> None:
    from glimmer.models.rehearsal.talk.attached import with_attached

    along = '\n\nAttached: video "2A" take 2'
    assert with_attached(f"Use this{along}") == "Use take 2 of 2A"
    assert with_attached(f"Shoot two more takes of this shot{along}") == "Shoot two more takes of 2A"
    assert with_attached("Use this") == "Use this"


def test_the_example_film_is_written_by_rehearsal_from_the_face(film: gl.Project, browser: Open) -> None:
    there = browser(ChatFace(Chat(film)))
    state = there.hello()
    assert state["rehearsal"] and state["examples"]
    there.ask("say", text=state["examples"][0])
    (made,) = calls_of(there.until(at_rest))
    assert (made["name"], made["state"], made["script"]) == ("script_write", "done", 1)


def test_a_stop_ends_a_rehearsed_shoot_and_what_was_shot_is_kept(film: gl.Project, browser: Open) -> None:
    film.screenplays.add("EXT. SEA - DAY\n\n" + "\n\n".join(f"A whale turns. Wave {n} breaks on the rocks." for n in range(30)))
    there = browser(ChatFace(Chat(film)))
    there.hello()
    there.ask("say", text="Shoot scene 1")
    there.until(lambda state: any(each.get("label") == "drawing boards" for each in calls_of(state)), 60)
    assert there.ask("stop") is True
    state = there.until(at_rest, 60)
    assert answers_of(state)[0]["state"] == "interrupted" and calls_of(state)[-1]["state"] == "interrupted"
    assert sum(bool(entry.takes) for entry in film.video) < len(film.screenplays.latest.shot_list)
