"""A film is cut by the keyboard alone, in JupyterLab: a take is circled and carried from its bucket, laid, moved, trimmed, slipped, noted, undone.

The mouse is never used: each face's first control is given the focus once, as Lab's own cells keep Tab to themselves; the rest is keys. In the
end the film's cut is what the lines of Python make that were shown for it, and no cell of the notebook has changed.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, Final

from harness.films import TITLE, opened
from harness.hosts import Host
from harness.pages import Visitor, all_ran, face, screenshot
from playwright.sync_api import Locator, Page, expect

import glimmer as gl

NOTEBOOK: Final = """() => {
  const { content } = window.jupyterapp.shell.currentWidget;
  return [content.activeCellIndex, content.mode, ...content.widgets.map(({ model }) => [model.type, model.sharedModel.getSource()])];
}"""
MOST_TABS: Final = 80


class Hands:
    """On a keyboard, before one timeline."""

    def __init__(self, page: Page) -> None:
        self.page, self.timeline = page, face(page, re.compile("^Timeline"))
        self.kept = "v1 kept"

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        """In place of what stands in the field."""
        self.press("Control+a")
        self.page.keyboard.type(words)
        self.press("Enter")

    def tab_to(self, there: Locator, *, back: bool = False) -> None:
        for _ in range(MOST_TABS):
            self.press("Shift+Tab" if back else "Tab")
            if there.count() == 1 and there.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError(f"Tab does not come to {there}")

    def clip(self, track: str, name: str) -> Locator:
        row = self.timeline.get_by_role("listbox", name=re.compile(f"^{track},"))
        return row.get_by_role("option", name=re.compile(f"^{re.escape(name)}, "))

    def is_at(self, track: str, name: str, seconds: str = "") -> None:
        """The focus is on that clip, it alone is chosen, and it is so long."""
        clip = self.clip(track, name)
        expect(clip).to_be_focused()
        expect(clip).to_have_attribute("aria-selected", "true")
        expect(self.timeline.get_by_role("listbox").get_by_role("option", selected=True)).to_have_count(1)
        if seconds:
            expect(clip).to_have_attribute("aria-label", re.compile(f", {seconds} seconds"))

    def shows(self, line: str) -> None:
        """The last line of Python, when it has been done, and what is shown is the version that was kept."""
        expect(self.timeline.locator(".gl-timeline-line code")).to_have_text(line)
        version = self.timeline.get_by_text(re.compile(r"^v\d+ kept$"))
        expect(version).not_to_have_text(self.kept)
        self.kept = version.inner_text()

    def button(self, name: str) -> Locator:
        return self.timeline.get_by_role("button", name=re.compile(f"^{name}"))

    @property
    def playhead(self) -> Locator:
        return self.timeline.get_by_role("slider", name="Playhead")

    def playhead_is(self, frame: int) -> None:
        expect(self.playhead).to_have_attribute("aria-valuenow", str(frame))


def circle_and_pick_up(hands: Hands) -> None:
    bucket = face(hands.page, re.compile("^Bucket"))
    bucket.get_by_role("button").first.focus()
    hands.tab_to(bucket.locator('[role="gridcell"][tabindex="0"]'))
    hands.press("g")
    expect(bucket.get_by_role("gridcell", name=re.compile("^footage gull"))).to_be_focused()
    hands.press("Enter")
    hands.tab_to(bucket.get_by_role("button", name="Circle take 1", exact=True))
    hands.press("Enter")
    circled = bucket.get_by_role("button", name="Take the circle from take 1")
    expect(circled).to_be_focused()
    hands.tab_to(bucket.get_by_role("button", name="Pick up take 1", exact=True))
    hands.press("Enter")
    expect(hands.timeline.get_by_text("picked up from video")).to_be_visible()


def lay_it(hands: Hands) -> None:
    hands.timeline.get_by_role("button").first.focus()
    hands.tab_to(hands.playhead)
    hands.press("ArrowDown", "ArrowDown")
    hands.playhead_is(132)
    hands.tab_to(hands.button("Lay at the playhead"), back=True)
    hands.press("Enter")
    hands.shows('cut = cut.insert(film.video["gull"], at=132)')


def order_and_trim(hands: Hands) -> None:
    hands.tab_to(hands.timeline.get_by_role("listbox", name=re.compile("^V1,")).locator('[tabindex="0"]'))
    hands.press("Home")
    hands.is_at("V1", "The Keys")
    hands.press("End", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    hands.is_at("V1", "gull", "6.0")
    hands.press("Alt+ArrowRight")
    hands.shows('cut = cut.move("gull", after="1B")')
    hands.is_at("V1", "gull")
    hands.press("PageDown", "Shift+Period")
    hands.playhead_is(239)
    hands.press("[")
    hands.shows('cut = cut.trim("gull", head=24)')
    hands.playhead_is(215)
    hands.press(*["Shift+Period"] * 4, "]")
    hands.shows('cut = cut.trim("gull", tail=24)')
    hands.is_at("V1", "gull", "4.0")


def slip_slide_roll(hands: Hands) -> None:
    for tool, name, keys, line in (
        ("y", "Slip", ["Alt+ArrowRight"] * 2, 'cut = cut.slip("gull", -2)'),
        ("u", "Slide", ["Alt+ArrowRight"] * 3, 'cut = cut.slide("gull", 3)'),
        ("r", "Roll", ["Alt+Shift+ArrowRight"], 'cut = cut.roll("gull", "1C", 24)'),
    ):
        hands.press(tool)
        expect(hands.timeline.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
        hands.press(*keys)
        hands.shows(line)
        hands.is_at("V1", "gull")
    hands.press("v")


def part_and_carry(hands: Hands) -> None:
    hands.playhead_is(311)
    hands.press("s")
    hands.shows('cut = cut.split("gull", 311)')
    hands.press("ArrowRight", "Shift+Delete")
    hands.shows('cut = cut.remove("gull.2", ripple=False)')
    expect(hands.clip("V1", "gull.2")).to_have_count(0)
    expect(hands.clip("V1", "1C")).to_be_focused()
    hands.press("Control+z")
    hands.shows("film.undo(); cut = film.cut")
    expect(hands.clip("V1", "gull.2")).to_have_count(1)
    hands.press("ArrowLeft")
    hands.is_at("V1", "gull.2")
    hands.press("Alt+ArrowUp")
    hands.shows('cut = cut.put("gull.2", at=311, track="V2")')
    hands.is_at("V2", "gull.2", "1.1")


def join(hands: Hands) -> None:
    hands.press("ArrowDown", "Home", "ArrowRight", "d")
    hands.is_at("V1", "1A")
    hands.shows('cut = cut.dissolve("1A", "1B", frames=12)')
    dissolve = hands.button("dissolve from 1A to 1B, 12 frames")
    expect(dissolve).to_have_count(1)
    hands.press("Control+z")
    hands.shows("film.undo(); cut = film.cut")
    expect(dissolve).to_have_count(0)
    hands.press("Control+Shift+z")
    hands.shows("film.redo(); cut = film.cut")
    expect(dissolve).to_have_count(1)


def by_numbers(hands: Hands) -> None:
    """The clip's numbers, and back to it."""
    hands.press("Enter")
    inspector = hands.timeline.get_by_role("complementary", name="Inspector")
    expect(inspector.get_by_label("Start")).to_be_focused()
    hands.tab_to(inspector.get_by_label("Length"))
    hands.write("48")
    hands.shows('cut = cut.trim("1A", tail=12)')
    hands.press("Escape")
    hands.is_at("V1", "1A", "2.0")
    hands.press("Home", "Enter")
    hands.tab_to(inspector.get_by_label("Fade in"))
    hands.write("10")
    hands.shows('cut = cut.fade_in("title", frames=10)')
    hands.write("0")
    hands.shows('cut = cut.fade_in("title", frames=0)')
    hands.press("Escape")
    hands.is_at("V1", "The Keys")


def take_a_note(hands: Hands) -> None:
    hands.playhead_is(311)
    hands.press("m")
    expect(hands.timeline.get_by_role("textbox", name="Note", exact=True)).to_be_focused()
    hands.write("check the lamp")
    hands.shows('cut = cut.mark(311, "check the lamp")')
    hands.is_at("V1", "The Keys")
    note = hands.button("Note at 00:00:1")
    hands.tab_to(note, back=True)
    hands.press("Alt+ArrowRight", "Alt+ArrowRight")
    hands.shows('cut = cut.renote("check the lamp", at=313)')
    expect(note).to_be_focused()
    hands.press("Enter")
    expect(hands.timeline.get_by_role("textbox", name="Note", exact=True)).to_be_focused()
    hands.write("check the gull")
    hands.shows('cut = cut.renote("check the lamp", "check the gull")')
    expect(hands.button("Note at 00:00:13:01: check the gull")).to_be_focused()


def take_time_out(hands: Hands) -> None:
    length = hands.timeline.get_by_title("Length of the film")
    hands.tab_to(hands.playhead, back=True)
    hands.press("i", *["Shift+ArrowRight"] * 1, "o")
    expect(hands.button("In$")).to_have_attribute("aria-pressed", "true")
    before = length.inner_text()
    hands.press("Delete")
    hands.shows("cut = cut.extract(313, 338)")
    expect(length).not_to_have_text(before)
    expect(hands.button("Extract")).to_have_count(0)
    hands.press("Control+z")
    hands.shows("film.undo(); cut = film.cut")
    expect(length).to_have_text(before)
    hands.press("i", ".", ".", "o", "Shift+Delete")
    hands.shows("cut = cut.lift(313, 316)")
    expect(length).to_have_text(before)


def look_about(hands: Hands) -> None:
    """Play, zoom, snap, ask which keys there are."""
    hands.press("Home")
    hands.playhead_is(0)
    hands.press("l")
    expect(hands.playhead).not_to_have_attribute("aria-valuenow", "0", timeout=60_000)
    hands.press("k")
    expect(hands.button("Play .Space")).to_be_visible()
    hands.press("End", "j")
    last = hands.playhead.get_attribute("aria-valuemax") or ""
    expect(hands.playhead).not_to_have_attribute("aria-valuenow", last)
    hands.press("k")
    zoom = hands.timeline.get_by_role("slider", name="Zoom")
    before = zoom.input_value()  # what fitted the shorter film
    hands.press("Shift+Z")
    expect(zoom).not_to_have_value(before)
    fitted = zoom.input_value()
    hands.press("+")
    expect(zoom).not_to_have_value(fitted)
    hands.press("Shift+Z")
    expect(zoom).to_have_value(fitted)
    for on in ("false", "true"):
        hands.press("n")
        expect(hands.button("Snapping")).to_have_attribute("aria-pressed", on)
    hands.press("?")
    expect(hands.timeline.get_by_role("dialog", name="Keys")).to_contain_text("Take that time out")
    hands.press("Escape")
    expect(hands.playhead).to_be_focused()


def lines_shown(hands: Hands) -> list[str]:
    hands.tab_to(hands.button("All lines"), back=True)
    hands.press("Enter")
    words = hands.timeline.get_by_role("dialog").locator("pre").inner_text()
    hands.press("Escape")
    return words.splitlines()


def as_it_stands(cut: Any) -> dict[str, Any]:
    return dict(cut.model_dump(exclude={"version", "notices"}))


def test_a_film_is_cut_by_the_keyboard_alone(lab: Host, visitor: Visitor, drafted: Path, tmp_path: Path) -> None:
    lab.write("keys", [opened(drafted, tmp_path / "studio"), "film.video", "gl.Timeline(film)"])
    page = visitor.run(lab, "keys")
    all_ran(lab, page)
    hands, before = Hands(page), page.evaluate(NOTEBOOK)
    circle_and_pick_up(hands)
    lay_it(hands)
    order_and_trim(hands)
    slip_slide_roll(hands)
    part_and_carry(hands)
    join(hands)
    by_numbers(hands)
    take_a_note(hands)
    take_time_out(hands)
    look_about(hands)
    screenshot(page, "by-keyboard", of=hands.timeline)
    lines = lines_shown(hands)
    assert page.evaluate(NOTEBOOK) == before
    assert visitor.faults() == []

    shutil.copytree(drafted, tmp_path / "again")
    film = gl.Project(TITLE, studio=tmp_path / "again")
    known: dict[str, Any] = {"film": film, "cut": film.cut}
    film.video["gull"].circle(1)
    for line in lines:
        exec(line, known)  # what the timeline showed, typed by hand
        if "film.cut" not in line:
            film.cut = known["cut"]
    assert as_it_stands(gl.Project(TITLE, studio=tmp_path / "studio").cut) == as_it_stands(film.cut)
