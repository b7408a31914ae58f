"""A conversation holds up: while a cell blocks, when the page is loaded again in the middle of an answer, when the kernel is killed.

`test_ground.py` proves the ground of it with a face of its own; this is the chat as people have it, in JupyterLab.
"""

from __future__ import annotations

import os
import re
import signal
from typing import Final

from harness.hosts import Host
from harness.pages import KERNEL_IS, Visitor, command, face, ready, run_all, run_cell, screenshot, until
from playwright.sync_api import Locator, Page, expect

SCRIPT: Final = "INT. LAMP ROOM - NIGHT\\n\\nThe lamp turns.\\n\\nEXT. SEA - NIGHT\\n\\nA whale rises in the fog.\\n"
TURN_MS: Final = 60_000


def begin(title: str) -> str:
    """A film with a script; and where its kernel is to be found."""
    return (
        f"import os, pathlib\nimport glimmer as gl\nfrom scripted import Counting, call, scripted\nfilm = gl.Project({title!r})\n"
        f'film.screenplays.add("{SCRIPT}")\npathlib.Path("{title}.pid").write_text(str(os.getpid()))\n'
    )


class Talk:
    """The chat on a page."""

    def __init__(self, host: Host, page: Page, title: str) -> None:
        self.host, self.page, self.title = host, page, title

    @property
    def face(self) -> Locator:
        return face(self.page, f"Chat: {self.title}")

    @property
    def log(self) -> Locator:
        return self.face.get_by_role("log")

    @property
    def stop(self) -> Locator:
        return self.face.get_by_role("button", name="Stop", exact=True)

    def say(self, words: str, *, queued: bool = False) -> None:
        self.face.get_by_role("textbox", name=re.compile("^Say something about")).fill(words)
        self.face.get_by_role("button", name="Queue" if queued else "Send", exact=True).click()

    def card(self, which: str) -> Locator:
        return self.log.get_by_role("article", name=re.compile(which)).last

    def touch(self, name: str) -> None:
        (self.host.folder / name).touch()

    def reload(self) -> None:
        command(self.page, "docmanager:save")
        self.page.reload(wait_until="domcontentloaded")
        ready(self.host, self.page)

    def signal(self, which: signal.Signals) -> None:
        os.kill(int((self.host.folder / f"{self.title}.pid").read_text()), which)


def test_a_message_waits_and_a_turn_is_stopped_while_a_cell_blocks(lab: Host, visitor: Visitor) -> None:
    """A rehearsed turn, of thousands of small steps, beside a cell that never ends and never lets go of Python for long: all is slow then."""
    blocks = "pathlib.Path('blocks').touch()\nwhile True:\n    pass"
    lab.write("held", [begin("Held") + "film.chat", blocks])
    page = visitor.open(lab, "held")
    run_cell(page, 0)
    talk = Talk(lab, page, "Held")
    expect(talk.face.get_by_role("textbox", name=re.compile("^Say something"))).to_be_visible()
    run_cell(page, 1)
    until(page, (lab.folder / "blocks").exists, "the blocking cell")
    talk.say("Make the film")
    expect(talk.card("^The film, working")).to_be_visible(timeout=TURN_MS)
    talk.say("What do we have so far?", queued=True)
    expect(talk.face.get_by_role("region", name="Queued")).to_contain_text("What do we have so far?", timeout=TURN_MS)
    talk.stop.click()
    held = talk.face.get_by_role("region", name="Held back")
    expect(held).to_contain_text("What do we have so far?", timeout=TURN_MS)
    expect(talk.log.get_by_role("button", name="Go on", exact=True)).to_be_visible(timeout=TURN_MS)
    expect(talk.card("^The film, interrupted")).to_be_visible()
    screenshot(page, "holding-up-stopped")
    held.get_by_role("button", name="Send what was held").click()
    expect(talk.card("^Looked at the film, done")).to_be_visible(timeout=TURN_MS)
    prompt = page.locator(".jp-InputPrompt").last
    expect(prompt).to_have_text("[*]:")  # all the while
    talk.signal(signal.SIGINT)
    expect(prompt).to_have_text("[2]:")
    assert visitor.faults() == []


def numbers(talk: Talk) -> list[str]:
    return (talk.log.locator(".gl-chat-words").first.text_content() or "").split()


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(lab: Host, visitor: Visitor) -> None:
    """Once while words stream, once while a call is at work."""
    steps = "[Counting('words-end'), call('film_make')], 'All is made.'"
    lab.write("midway", [begin("Midway") + f"chat = scripted(film, {steps}, until='made')", "chat"])
    page = visitor.run(lab, "midway")
    talk = Talk(lab, page, "Midway")
    talk.say("Count, then make it")
    expect(talk.log).to_contain_text(re.compile(r"\b30\b"))
    talk.reload()
    expect(talk.log).to_contain_text("Count, then make it")
    expect(talk.stop).to_be_visible()
    before = len(numbers(talk))
    expect(talk.log).to_contain_text(re.compile(rf"\b{before + 30}\b"))
    talk.touch("words-end")
    expect(talk.log.get_by_role("progressbar")).to_be_visible()
    talk.reload()
    working = talk.card("working")
    expect(working.get_by_role("progressbar")).to_be_visible()
    expect(working).to_contain_text("drawing boards · 1 of 4 boards · 1B")
    screenshot(page, "holding-up-midway")
    talk.touch("made")
    expect(talk.log.get_by_text("All is made.", exact=True)).to_be_visible()
    expect(talk.card("done")).to_be_visible()
    expect(talk.stop).to_have_count(0)
    said = numbers(talk)
    assert len(said) > before + 30 and said == [str(number) for number in range(len(said))]  # nothing lost, nothing twice
    assert talk.log.get_by_role("article").count() == 1
    assert visitor.faults() == []


def test_a_killed_kernel_says_so_and_what_was_said_comes_back(lab: Host, visitor: Visitor) -> None:
    """Killed in the middle of a turn: what was answered is there again, what was at work says how it ended and can be gone on with."""
    steps = "*(['It is made.'] if pathlib.Path('again').exists() else ['Two scenes.', call('film_make')])"
    lab.write("killed_talk", [begin("Shot Down") + f"chat = scripted(film, {steps})", "chat"])
    page = visitor.run(lab, "killed_talk")
    talk = Talk(lab, page, "Shot Down")
    talk.say("What is there?")
    expect(talk.log.get_by_text("Two scenes.", exact=True)).to_be_visible()
    expect(talk.stop).to_have_count(0)
    talk.say("Make it")
    expect(talk.log.get_by_role("progressbar")).to_be_visible()
    talk.touch("again")
    talk.signal(signal.SIGKILL)
    expect(talk.face.get_by_role("alert")).to_contain_text("The kernel does not answer.", timeout=30_000)
    screenshot(page, "holding-up-killed")
    dialog = page.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button").last.click()
    page.wait_for_function(KERNEL_IS("idle"))
    run_all(lab, page)
    expect(talk.face.get_by_role("alert")).to_have_count(0)
    for words in ("What is there?", "Two scenes.", "Make it"):
        expect(talk.log.get_by_text(words, exact=True)).to_be_visible()
    screenshot(page, "holding-up-back")
    talk.log.get_by_role("button", name="Go on", exact=True).click()
    expect(talk.log.get_by_text("It is made.", exact=True)).to_be_visible()
    expect(talk.stop).to_have_count(0)
    assert visitor.faults() == []
