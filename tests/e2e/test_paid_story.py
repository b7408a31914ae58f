"""A paid take, by mouse, in JupyterLab, Notebook 7 and Voila: the real google-genai in the kernel, and on loopback a Gemini that counts what it was sent.

Asked for by chat; a price and a yes; nothing is filmed before it and nothing after a no; progress; then the take with what it cost, in the
bucket, on the timeline, in the costs, on the shelf. Loaded again, with a new kernel too, all is there and nothing was paid twice.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from harness.hosts import Host, begun
from harness.pages import KERNEL_IS, Visitor, all_ran, command, face, ready, run_all, run_cell, screenshot, theme, until
from playwright.sync_api import Locator, Page, ViewportSize, expect

import glimmer as gl
from glimmer.display import cost_text
from glimmer.project import Project
from glimmer.testing import FakeGemini

TITLE: Final = "The Paid Lamp"
SCRIPT: Final = "INT. LAMP ROOM - NIGHT\\n\\nThe lamp turns.\\n\\nEXT. SEA - NIGHT\\n\\nA whale rises in the fog.\\n"
BEGIN: Final = f"""import glimmer as gl
film = gl.Project({TITLE!r})
script = film.screenplays.add("{SCRIPT}")"""
CELLS: Final = (BEGIN, "film.chat", "film.video", "gl.Timeline(film)", "gl.Studio()")
COST: Final = "film.costs()"
TURN_MS: Final = 60_000
AN_HOUR: Final = 3600.0
TALL: Final = ViewportSize(width=1280, height=2600)
NARROW: Final = ViewportSize(width=800, height=2600)


@pytest.fixture
def gemini() -> Iterator[FakeGemini]:
    with FakeGemini() as fake:
        yield fake


@pytest.fixture(params=["lab", "notebook", "voila"])
def paying(request: pytest.FixtureRequest, gemini: FakeGemini, tmp_path: Path) -> Iterator[Host]:
    """A host whose kernels know the fake's address and key, as they would the real ones."""
    with begun(request.param, tmp_path, environment=gemini.environment()) as host:
        yield host


class Room:
    """The notebook's page, with its four faces."""

    def __init__(self, host: Host, page: Page) -> None:
        self.host, self.page, self.step, self.is_dark = host, page, 0, False

    @property
    def chat(self) -> Locator:
        return face(self.page, re.compile("^Chat"))

    @property
    def bucket(self) -> Locator:
        return face(self.page, re.compile("^Bucket"))

    @property
    def timeline(self) -> Locator:
        return face(self.page, re.compile("^Timeline"))

    @property
    def shelf(self) -> Locator:
        return face(self.page, re.compile("^Studio"))

    def card(self, which: re.Pattern[str]) -> Locator:
        """The newest card of a call that is said so."""
        return self.chat.get_by_role("article", name=which).last

    def keep(self, what: str, *, both: bool = True, of: Locator | None = None) -> None:
        """A picture of this step, or of one thing in it; of both light and dark, or of what is there. The next one begins with the theme that this one ends with."""
        self.step += 1
        both = both and (self.host.name == "lab" or bool(os.environ.get("GLIMMER_SCREENSHOTS")))
        for dark in (self.is_dark, not self.is_dark) if both else (self.is_dark,):
            if dark != self.is_dark:
                theme(self.host, self.page, dark)
                self.is_dark = dark
            screenshot(self.page, f"paid-{self.host.name}-{self.step:02d}-{what}-{'dark' if dark else 'light'}", of)

    def heard(self, words: str) -> Locator:
        """Words in the conversation. (What is said aloud of them stands beside it.)"""
        return self.chat.get_by_role("log").get_by_text(words, exact=True)

    def say(self, words: str) -> None:
        self.chat.get_by_role("textbox", name=re.compile("^Say something about")).fill(words)
        self.chat.get_by_role("button", name="Send", exact=True).click()

    def is_answered(self) -> None:
        expect(self.chat.get_by_role("button", name="Stop", exact=True)).to_have_count(0, timeout=TURN_MS)


def shoots(gemini: FakeGemini, scene: int, then: str) -> None:
    """What the model says next: a call, and, told how that went, some words."""
    gemini.say(calls=[("video_shoot", {"scene": scene})])
    gemini.say(then)


def filmed(gemini: FakeGemini) -> int:
    """How often anything but words was asked for."""
    return sum(len(gemini.requests(kind)) for kind in ("video", "image", "speech", "music"))


def asked(room: Room) -> Locator:
    """The card that waits for a yes, once the turn is over."""
    card = room.card(re.compile("needs your yes"))
    expect(card.get_by_role("button", name=re.compile(r"^Yes, up to \$"))).to_be_visible(timeout=TURN_MS)
    room.is_answered()
    return card


def a_no_sends_nothing(room: Room, gemini: FakeGemini) -> None:
    shoots(gemini, 2, "Scene 2 would cost money. Shall I?")
    room.say("Shoot scene 2")
    card = asked(room)
    expect(card).to_contain_text(re.compile(r"This may cost up to \$0\.\d+\. None of it is spent before you say yes\."))
    expect(room.bucket.get_by_role("button", name=re.compile(r"^Shoot every shot · \$0\.14"))).to_be_visible()
    room.keep("asked")
    gemini.say("Then scene 2 stays as it is.")
    card.get_by_role("button", name="No", exact=True).click()
    expect(room.heard("Then scene 2 stays as it is.")).to_be_visible(timeout=TURN_MS)
    expect(room.chat.get_by_role("article", name=re.compile("you said no")).first).to_be_visible()
    assert filmed(gemini) == 0
    room.keep("refused", both=False)


def a_yes_is_at_work_and_done(room: Room, gemini: FakeGemini) -> str:
    """Returns: what it cost, as its card says it."""
    shoots(gemini, 1, "Scene 1 would cost money. Shall I?")
    room.say("Shoot scene 1")
    card = asked(room)
    assert filmed(gemini) == 0
    gemini.job_seconds = AN_HOUR
    gemini.say("Scene 1 is shot.")
    card.get_by_role("button", name=re.compile("^Yes, up to")).click()
    expect(room.chat.get_by_role("progressbar")).to_be_visible()
    expect(room.chat.get_by_text("filming · 0 of 1 clip")).to_be_visible()
    until(room.page, lambda: len(gemini.requests("poll")) > 0, "a look at the job")
    room.keep("at-work")
    gemini.later(seconds=AN_HOUR)
    expect(room.heard("Scene 1 is shot.")).to_be_visible(timeout=TURN_MS)
    done = room.card(re.compile(r"^Shots, done"))
    expect(done.get_by_role("button", name="Look at 1A · take 1")).to_be_visible()
    return (re.search(r"\$[\d.]+", done.get_attribute("aria-label") or "") or [""])[0]


def the_take_is_in_the_bucket(room: Room, price: str) -> None:
    """With its picture and its price; and circled."""
    cell = room.bucket.get_by_role("gridcell", name=re.compile("^shot 1A"))
    expect(cell).to_have_attribute("aria-label", re.compile(r"1 take, 3\.0 s"))
    cell.dblclick()
    room.bucket.get_by_role("button", name="Circle take 1", exact=True).click()
    expect(room.bucket.get_by_role("button", name="Take the circle from take 1")).to_be_visible()
    takes = room.bucket.get_by_role("region", name="Takes of 1A")
    expect(takes).to_contain_text(re.compile(rf"gemini-omni.* · 3\.0 s · {re.escape(price)} · "))
    expect(takes.locator("img")).to_have_js_property("complete", True)
    assert takes.locator("img").evaluate("(picture) => picture.naturalWidth") > 0
    room.keep("circled")
    room.bucket.get_by_role("button", name="Close").first.click()


def clips(room: Room) -> Locator:
    return room.timeline.get_by_role("listbox", name=re.compile("^V1,")).get_by_role("option")


def it_is_laid_on_the_timeline(room: Room) -> int:
    """Once dragged, once with single clicks. Returns: how many clips there are on V1 then."""
    room.timeline.get_by_role("button", name="Draft a first cut").click()
    lane = room.timeline.get_by_role("listbox", name=re.compile("^V1,"))
    expect(lane).to_be_visible()
    before = clips(room).count()
    room.bucket.get_by_role("gridcell", name=re.compile("^shot 1A")).drag_to(lane, target_position={"x": 4, "y": 50})
    expect(clips(room)).to_have_count(before + 1)
    room.bucket.get_by_role("button", name="Pick up", exact=True).click()
    room.keep("laid", both=False)
    room.timeline.get_by_role("button", name="Lay at the playhead").click()
    expect(clips(room)).to_have_count(before + 2)
    return before + 2


def kept(host: Host) -> Project:
    """The film as its store has it."""
    return gl.Project(TITLE, studio=host.studio, models="rehearsal")


def the_costs_are_everywhere(room: Room, price: str) -> str:
    """On the shelf and under the chat, the same sum. Returns: it."""
    film = kept(room.host)
    take, spent = film.video["1A"].takes[0], cost_text(film.spent_usd)
    assert cost_text(take.usd) == price
    if room.host.name != "voila":  # whose cells run when the page is loaded
        run_cell(room.page, len(CELLS))
        expect(costs(room)).to_contain_text(f"by agent: {spent} in ")
    expect(room.shelf.get_by_text(re.compile(re.escape(spent)))).to_be_visible()
    expect(room.chat.get_by_text(f"{spent} spent")).to_be_visible()
    film.lot.close()
    expect(room.shelf.locator("img")).not_to_have_js_property("naturalWidth", 0)  # its poster, of the clip
    room.keep("shelf", both=False, of=room.shelf)
    return spent


def costs(room: Room) -> Locator:
    """What film.costs() shows."""
    return room.page.locator(".jp-OutputArea").last


def loaded_again(room: Room) -> None:
    if room.host.name != "voila":
        command(room.page, "docmanager:save")
    room.page.reload(wait_until="domcontentloaded")
    ready(room.host, room.page)
    room.is_dark = room.is_dark and room.host.name != "voila"  # whose pages begin light


def with_a_new_kernel(room: Room) -> None:
    room.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    room.page.wait_for_function(KERNEL_IS("idle"))
    run_all(room.host, room.page)
    all_ran(room.host, room.page)


def all_is_there(room: Room, price: str, spent: str, count: int) -> None:
    expect(room.heard("Scene 1 is shot.")).to_be_visible()
    expect(room.card(re.compile(rf"^Shots, done, .*{re.escape(price)}"))).to_be_visible()
    expect(room.bucket.get_by_role("gridcell", name=re.compile("^shot 1A, 1 take, take 1 circled"))).to_be_visible()
    expect(clips(room)).to_have_count(count)
    expect(costs(room)).to_contain_text(f"by agent: {spent} in ")


def it_is_not_paid_twice(room: Room, gemini: FakeGemini) -> None:
    """Asked for once more, it stands already: no price, no yes, nothing sent."""
    gemini.say(calls=[("video_shoot", {"scene": 1})])
    gemini.say("Scene 1 stands.")
    room.say("Shoot scene 1")
    expect(room.heard("Scene 1 stands.")).to_be_visible(timeout=TURN_MS)
    assert room.chat.get_by_role("button", name=re.compile("^Yes")).count() == 0
    assert filmed(gemini) == gemini.creates("video") == 1
    assert gemini.creates() == gemini.distinct_creates()


def test_a_paid_take_is_asked_for_agreed_to_seen_and_kept(paying: Host, gemini: FakeGemini, visitor: Visitor) -> None:
    paying.write("paid", [*CELLS, COST])
    page = visitor.run(paying, "paid")
    room = Room(paying, page)
    all_ran(paying, page)
    page.set_viewport_size(TALL)
    a_no_sends_nothing(room, gemini)
    price = a_yes_is_at_work_and_done(room, gemini)
    the_take_is_in_the_bucket(room, price)
    count = it_is_laid_on_the_timeline(room)
    spent = the_costs_are_everywhere(room, price)
    for come_back in (loaded_again,) if paying.name == "voila" else (loaded_again, with_a_new_kernel):  # Voila's next page has a new kernel
        come_back(room)
        all_is_there(room, price, spent, count)
    room.keep("again")
    page.set_viewport_size(NARROW)
    room.keep("narrow")
    page.set_viewport_size(NARROW | {"width": 640})  # where the chat leaves out what it can, it says what was spent
    said = room.chat.get_by_text(f"{spent} spent", exact=True)
    expect(said).to_be_visible()
    assert said.evaluate("(sum) => sum.scrollWidth <= sum.clientWidth")
    room.keep("narrower", of=room.chat)
    it_is_not_paid_twice(room, gemini)
    assert visitor.faults() == []
    gemini.check()
