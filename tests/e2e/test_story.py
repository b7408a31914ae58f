"""The story: a film from an idea to a file, by mouse, on the page of the studio; then the page is loaded again, and all is as it was.

In JupyterLab, Notebook 7 and Voila. A picture of every step, light; where $GLIMMER_SCREENSHOTS names a folder for them, dark and narrow ones too.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from pathlib import Path

from harness.hosts import Host
from harness.pages import Visitor, face, ready, run_all, screenshot, theme
from playwright.sync_api import Locator, Page, expect

DASHBOARD = Path(__file__).resolve().parents[2] / "notebooks" / "dashboards" / "studio.ipynb"
WORDS = "Make a film of 8 seconds about a lighthouse keeper who teaches a lost whale to sing"
IDEA = "A lighthouse keeper teaches a lost whale to sing."
MAKING_MS = 240_000  # drawing boards and voices, on a busy machine


class Desk:
    """The studio's page, with the faces of the film that is open."""

    def __init__(self, host: Host, page: Page, title: str) -> None:
        self.host, self.page, self.title, self.step = host, page, title, 0

    def face(self, label: str) -> Locator:
        return face(self.page, re.compile(rf"^{label}: (video of )?{self.title}"))

    @property
    def shelf(self) -> Locator:
        return face(self.page, re.compile("^Studio"))

    def keep(self, what: str) -> None:
        """Pictures of this step: light, and where $GLIMMER_SCREENSHOTS wants to see them also dark, and narrow in Voila, where the page is
        the dashboard alone."""
        self.step += 1
        wanted = bool(os.environ.get("GLIMMER_SCREENSHOTS"))
        for dark in (False, True) if wanted else (False,):
            theme(self.host, self.page, dark)
            for width_px in (800, 1280) if wanted and self.host.name == "voila" else (1280,):
                self.page.set_viewport_size({"width": width_px, "height": 900})
                name = f"story-{self.host.name}-{self.step:02d}-{what}-{'dark' if dark else 'light'}-{width_px}"
                screenshot(self.page, name)
        if wanted:
            theme(self.host, self.page, False)

    def reload(self) -> None:
        self.page.reload(wait_until="domcontentloaded")
        ready(self.host, self.page)
        run_all(self.host, self.page)


def begin_the_film(desk: Desk) -> None:
    shelf = desk.shelf
    shelf.get_by_role("button", name=re.compile("^(New film|Begin a film)$")).first.click()
    dialog = shelf.get_by_role("dialog")
    expect(dialog.get_by_label("Title")).to_be_focused()
    desk.page.keyboard.type(desk.title)
    dialog.get_by_label(re.compile("^The idea")).fill(IDEA)
    dialog.get_by_label("About how long").select_option("15")
    dialog.get_by_role("button", name="Begin").click()
    expect(dialog).to_have_count(0)
    desk.face("Chat")


def write_it_by_chat(desk: Desk) -> None:
    chat = desk.face("Chat")
    box = chat.get_by_role("textbox", name=re.compile("^Say something about"))
    box.fill(WORDS)
    chat.get_by_role("button", name="Send").click()
    expect(chat.get_by_role("button", name="Stop")).to_be_visible()
    expect(chat.get_by_role("button", name="Stop")).to_have_count(0, timeout=MAKING_MS)


def cards(desk: Desk) -> Locator:
    return desk.face("Bucket").get_by_role("gridcell")


def circle_a_take(desk: Desk) -> None:
    cards(desk).first.dblclick()
    bucket = desk.face("Bucket")
    circle = bucket.get_by_role("button", name=re.compile("^Circle take 1$"))
    circle.click()
    expect(bucket.get_by_role("button", name="Take the circle from take 1")).to_be_visible()
    bucket.get_by_role("button", name="Close").first.click()


def clips(desk: Desk, track: str) -> Locator:
    return desk.face("Timeline").get_by_role("listbox", name=re.compile(rf"^{track},")).get_by_role("option")


def drag_it_onto_the_timeline(desk: Desk) -> int:
    """Returns how many clips V1 holds now. Let go at its beginning, where it snaps and splits nothing. The page is made tall
    meanwhile: a person would scroll while they drag."""
    before = clips(desk, "V1").count()
    target = desk.face("Timeline").get_by_role("listbox", name=re.compile("^V1,"))
    desk.page.set_viewport_size({"width": 1280, "height": 2600})
    cards(desk).first.drag_to(target, target_position={"x": 4, "y": 50})
    expect(clips(desk, "V1")).to_have_count(before + 1)
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    return before + 1


def trim_and_undo(desk: Desk) -> None:
    timeline, clip = desk.face("Timeline"), clips(desk, "V1").nth(1)
    clip.click()
    said = clip.get_attribute("aria-label") or ""
    length = timeline.get_by_role("complementary", name="Inspector").get_by_label("Length")
    length.fill(str(int(length.input_value()) - 12))
    length.press("Enter")
    expect(clip).not_to_have_attribute("aria-label", said)
    desk.keep("trimmed")
    timeline.get_by_role("button", name="Undo").click()
    expect(clip).to_have_attribute("aria-label", said)


def play_it(desk: Desk) -> None:
    """The playhead leaves its place, and stops where it is told to."""
    timeline = desk.face("Timeline")
    playhead = timeline.get_by_role("slider", name="Playhead")
    at = playhead.get_attribute("aria-valuenow") or ""
    timeline.get_by_role("button", name=re.compile("^Play")).first.click()
    expect(playhead).not_to_have_attribute("aria-valuenow", at, timeout=60_000)
    timeline.get_by_role("button", name=re.compile("^(Pause|Stop)")).first.click()


def rendered(desk: Desk) -> Locator:
    """The finished renders, in the list of all."""
    return desk.face("Renders").get_by_role("region", name="Queue").get_by_role("button", name=re.compile(r"render \d+"))


def render_it(desk: Desk) -> Locator:
    """The render that is shown afterwards: a new one, at the smallest size."""
    renders = desk.face("Renders")
    before = rendered(desk).count()
    sizes = renders.get_by_role("combobox", name="Size")
    names = [re.findall(r"\d+", words) for words in sizes.locator("option").all_text_contents()]
    sizes.select_option(index=min(range(len(names)), key=lambda at: int(names[at][0])))
    renders.get_by_role("button", name="Render", exact=True).click()
    expect(rendered(desk)).to_have_count(before + 1, timeout=MAKING_MS)
    shown = renders.get_by_role("article", name=re.compile(f"^Render {before + 1},"))
    expect(shown).to_be_visible(timeout=MAKING_MS)
    return shown


def download_it(desk: Desk, shown: Locator) -> None:
    with desk.page.expect_download() as coming:
        shown.get_by_role("link", name="Download").or_(shown.get_by_role("button", name="Download")).first.click()
    assert coming.value.path().stat().st_size > 10_000


def test_a_film_is_made_by_mouse_and_found_again(host: Host, visitor: Visitor) -> None:
    shutil.copyfile(DASHBOARD, host.folder / "studio.ipynb")
    page = visitor.run(host, "studio")
    desk = Desk(host, page, f"The Lighthouse {host.name} {secrets.token_hex(2)}")
    expect(desk.shelf).to_be_visible()
    desk.keep("studio")
    begin_the_film(desk)
    desk.keep("begun")
    write_it_by_chat(desk)
    desk.keep("written")
    expect(cards(desk).first).to_be_visible(timeout=MAKING_MS)
    desk.keep("boards")
    circle_a_take(desk)
    count = drag_it_onto_the_timeline(desk)
    desk.keep("dragged")
    trim_and_undo(desk)
    play_it(desk)
    shown = render_it(desk)
    desk.keep("rendered")
    download_it(desk, shown)

    desk.reload()
    desk.shelf.get_by_role("button", name=re.compile(f"^Open {desk.title}")).click()
    expect(clips(desk, "V1")).to_have_count(count)
    expect(desk.face("Chat").get_by_text(WORDS).first).to_be_visible()
    expect(rendered(desk)).to_have_count(2)  # the chat's own, and this one
    desk.keep("again")
    assert visitor.faults() == []
