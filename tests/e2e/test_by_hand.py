"""A cut under the mouse, in Voila: clips are pulled to other tracks, over others, notes along the ruler, fades to nothing; narrow clips whole.

Each pull is one edit, and the film's cut in the end is what its line of Python says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from harness.films import TITLE, opened
from harness.hosts import Host
from harness.pages import Visitor, face, screenshot
from playwright.sync_api import Locator, Page, expect

import glimmer as gl

BEGIN: Final = """
film.cut = film.cut.insert(film.video["gull"], at=132).mark(60, "check the lamp").fade_in("1B", frames=20).fade_out("1B", frames=20)
"""
STEPS: Final = 6  # of a pull: as many times the pointer is seen on its way


class Mouse:
    """A hand on one timeline."""

    def __init__(self, page: Page) -> None:
        self.page, self.timeline = page, face(page, re.compile("^Timeline"))

    def clip(self, track: str, name: str) -> Locator:
        row = self.timeline.get_by_role("listbox", name=re.compile(f"^{track},"))
        return row.get_by_role("option", name=re.compile(f"^{re.escape(name)}, "))

    def pull(self, held: Locator, *, by: float = 0, to: float | None = None) -> None:
        """Pull it so many pixels to the right, at the height it has or `to` another one, and let go."""
        box = held.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.6
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by, y if to is None else to, steps=STEPS)
        self.page.mouse.up()

    def middle(self, track: str) -> float:
        box = self.timeline.locator(f'[data-track="{track}"]').bounding_box()
        assert box
        return box["y"] + box["height"] / 2

    def shows(self, line: str) -> None:
        expect(self.timeline.locator(".gl-timeline-line code")).to_have_text(re.compile(f"^cut = cut.{line}$"))
        expect(self.timeline.get_by_text("keeping …")).to_have_count(0)


def test_what_is_pulled_is_one_edit(hosts: Callable[..., Host], visitor: Visitor, drafted: Path, tmp_path: Path) -> None:
    host = hosts("voila")
    host.write("hand", [opened(drafted, tmp_path / "studio") + BEGIN, "gl.Timeline(film)"])
    page = visitor.run(host, "hand")
    mouse = Mouse(page)
    timeline, note = mouse.timeline, mouse.timeline.get_by_role("button", name=re.compile("^Note at 00"))
    timeline.scroll_into_view_if_needed()

    mouse.pull(mouse.clip("V1", "gull"), to=mouse.middle("V1") - 50)  # over the topmost track: a new one
    mouse.shows(r'put\("gull", at=132, track="V2"\)')
    expect(mouse.clip("V2", "gull")).to_be_focused()
    mouse.pull(mouse.clip("V1", "1A"), by=4, to=mouse.middle("V2"))
    mouse.shows(r'put\("1A", at=\d+, track="V2"\)')
    expect(mouse.clip("V1", "1A")).to_have_count(0)
    mouse.pull(mouse.clip("V2", "1A"), by=30)  # into the one beside it
    mouse.shows(r'put\("1A", at=\d+\)')

    mouse.pull(note, by=40)
    mouse.shows(r'renote\("check the lamp", at=\d+\)')
    expect(timeline.get_by_role("dialog")).to_have_count(0)
    note.click()
    timeline.get_by_role("dialog").get_by_label("At").fill("00:00:01:00")
    timeline.get_by_role("dialog").get_by_role("button", name="Keep").click()
    mouse.shows(r'renote\("check the lamp", at="00:00:01:00"\)')
    expect(note).to_have_attribute("data-at", "24")

    faded = mouse.clip("V1", "1B")
    faded.click()
    mouse.pull(faded.locator('[data-part="fade_in"]'), by=-60)
    mouse.shows(r'fade_in\("1B", frames=0\)')
    screenshot(page, "by-hand")

    while (faded.bounding_box() or {"width": 0})["width"] >= 24:
        width = faded.evaluate("(clip) => getComputedStyle(clip).width")
        timeline.get_by_role("button", name=re.compile("^Zoom out")).click()
        expect(faded).not_to_have_css("width", width)
    expect(faded.locator("[data-part]")).to_have_count(0)
    mouse.pull(faded, by=60)
    mouse.shows(r'move\("1B", after="end"\)')
    assert visitor.faults() == []

    cut = gl.Project(TITLE, studio=tmp_path / "studio").cut
    assert {clip.name for clip in cut.track("V2").clips} >= {"gull", "1A"}
    assert [(marker.at, marker.note) for marker in cut.markers] == [(24, "check the lamp")]
    moved = cut.clip("1B")
    assert [each.kind for each in cut.track("V1").transitions if moved.id in (each.left, each.right)] == ["fade_out"]
    assert cut.track("V1").clips[-1].name == "1B"
