"""All faces, as whoever can't use a mouse, or a screen of the usual size and colours, meets them: axe-core, narrow pages, forced colours, no motion.

axe measures only what it can see, so a page is as tall as all of its faces. (What lies below a scrolled edge it counts as not there.)
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from harness.hosts import ROOT, Host
from harness.pages import Visitor, all_ran, face, screenshot, theme
from playwright.sync_api import Locator, Page, expect

axe = pytest.importorskip("axe_playwright_python.base")

TITLE: Final = "The Gull"
# A film with all there is to show: a shot of two takes, voices, a score, a cut, a render; one film beside it, one in the trash.
MAKE: Final = f"""import glimmer as gl
from PIL import Image
studio = gl.Studio()
film = gl.Project({TITLE!r})
film.make(gl.Idea("A lighthouse keeper teaches a lost whale to sing.", seconds=8), preset="draft")
film.video.add(Image.new("RGB", (320, 180), "#3b66a0"), shot="1A")
gl.Project("Old Rope")
studio.trash("Old Rope")
gl.Project("Second Reel")
"""
BEGIN: Final = f"""import glimmer as gl
from glimmer.widgets.chat import ChatFace
from scripted import call, scripted
film = gl.Project({TITLE!r})
chat = ChatFace(scripted(gl.Project({TITLE!r}), [call("film_break")], "It is **broken**. See `film.cut`.", [call("video_shoot", scene=1)], "Shall I?", "Shot."))
"""
FACES: Final = {
    "Studio": "gl.Studio()", "Chat": "chat", "Bucket: video": "film.video", "Bucket: characters": "film.characters",
    "Bucket: audio": "film.audio", "Bucket: music": "film.music", "Bucket: prompts": "film.prompts", "Bucket: screenplays": "film.screenplays",
    "Timeline": "gl.Timeline(film)", "Renders": "film.renders", "Review": "gl.Review(film)",
}  # fmt: skip
TALL: Final = {"width": 1280, "height": 9000}
RULES: Final = """async (root) => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(root, { resultTypes: ["violations"], runOnly, rules: { "target-size": { enabled: true } } });
  return found.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, any, all, none }) => `${impact}: ${id}: ${target.join(" ")}: ${[...any, ...all, ...none][0]?.message}`));
}"""
# What sticks out of a face sideways and is not in something that scrolls; controls that a finger would miss.
CUT_OFF: Final = """(root) => {
  const edge = root.getBoundingClientRect();
  const scrolls = (element) => {
    for (let each = element.parentElement; each && each !== root; each = each.parentElement)
      if (getComputedStyle(each).overflowX !== "visible") return true;
    return false;
  };
  const said = [];
  if (root.scrollWidth > root.clientWidth + 1) said.push(`it is ${root.scrollWidth} px wide in ${root.clientWidth}`);
  for (const element of root.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width && !element.closest(".gl-unseen") && (box.right > edge.right + 1 || box.left < edge.left - 1) && !scrolls(element))
      said.push(`${element.tagName}.${element.className} reaches from ${box.left} to ${box.right} of ${edge.right}`);
  }
  for (const button of root.querySelectorAll("button, summary, select")) {
    const box = button.getBoundingClientRect();
    if (box.width && (box.width < 24 || box.height < 24)) said.push(`${button.ariaLabel || button.textContent}: ${box.width}×${box.height} px`);
  }
  return said.slice(0, 8);
}"""


def filmed(host: Host) -> Host:
    """The host, with the film in its studio, and the notebook of all faces."""
    if not (host.folder / "all.ipynb").exists():
        environment = os.environ | {"GLIMMER_STUDIO": str(host.studio), "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", MAKE], check=True, timeout=300, env=environment, capture_output=True)
        host.write("all", [BEGIN, *FACES.values()])
    return host


def shown(page: Page) -> dict[str, Locator]:
    """All faces, by what they are called."""
    return {label: face(page, re.compile(f"^{label}")) for label in FACES}


def faults(there: Locator) -> list[str]:
    """What axe finds in a face, or in a dialog."""
    if not there.page.evaluate("() => 'axe' in window"):
        there.page.evaluate(axe.AXE_SCRIPT)
    return list(there.evaluate(RULES))


def grave(faces: dict[str, Locator], when: str) -> list[str]:
    return [f"{when}: {label}: {each}" for label, root in faces.items() for each in faults(root)]


def dress(faces: dict[str, Locator]) -> None:
    """Bring all faces to where there is the most to see: pages open, things selected, a yes waited for, errors shown, work under way."""
    chat = faces["Chat"]
    for words in ("Light it.", "Shoot it."):
        chat.get_by_role("textbox", name=re.compile("^Say something")).fill(words)
        chat.get_by_role("button", name="Send", exact=True).click()
        expect(chat.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    expect(chat.get_by_role("button", name="Yes, up to")).to_be_visible()
    chat.locator("input[type=file]").set_input_files({"name": "x.mp4", "mimeType": "video/mp4", "buffer": b"no film"})
    expect(chat.get_by_role("alert")).to_be_visible()
    for label, root in faces.items():
        if label.startswith("Bucket"):
            root.get_by_role("gridcell").first.dblclick()
            expect(root.get_by_role("complementary")).to_be_visible()
    shots = faces["Bucket: video"]
    shots.locator("input[type=file]").first.set_input_files({"name": "x.mp4", "mimeType": "video/mp4", "buffer": b"no film"})
    expect(shots.get_by_role("alert").or_(shots.get_by_role("status").filter(has_text="x.mp4")).first).to_be_visible()
    timeline = faces["Timeline"]
    timeline.get_by_role("option", name=re.compile("^1A, still")).click()
    timeline.page.keyboard.press("]")
    expect(timeline.get_by_role("alert")).to_contain_text("The playhead is not inside the clip")
    renders = faces["Renders"]
    renders.get_by_role("button", name="Render", exact=True).click()
    expect(renders.get_by_role("button", name="Cancel render 2")).to_be_visible()
    review = faces["Review"]
    review.get_by_role("textbox", name=re.compile("^Comment at")).fill("The lamp is late.")
    review.get_by_role("button", name="Comment", exact=True).click()
    expect(review.get_by_role("button", name="Seen to: The lamp is late.")).to_be_visible()


# A face, the button of it that opens a dialog (or, behind "key ", the key), and whether it is a dialog at all.
BOXES: Final = (
    ("Studio", "New film"),
    ("Studio", "Import…"),
    ("Studio", f"Rename {TITLE}"),
    ("Bucket: video", "Keys"),
    ("Bucket: video", "Compare A and B"),
    ("Timeline", "Keys"),
    ("Timeline", "Note at the playhead (M)"),
    ("Renders", "Export…"),
)


def in_boxes(faces: dict[str, Locator], when: str) -> Iterator[str]:
    """What axe finds in each dialog, and in what is shown in a face's own place."""
    for label, button in BOXES:
        root = faces[label]
        root.get_by_role("button", name=button, exact=True).click()
        dialog = root.get_by_role("dialog")
        expect(dialog).to_be_visible()
        yield from (f"{when}: {label}: {button}: {each}" for each in faults(dialog))
        root.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    for label, button in (("Studio", re.compile("^Trash")), ("Chat", re.compile("^Conversation")), ("Timeline", re.compile("^A2"))):
        faces[label].get_by_role("button", name=button).click()
        yield from (f"{when}: {label}: {button.pattern}: {each}" for each in faults(faces[label]))
    faces["Studio"].get_by_role("button", name="Back to the shelf").click()
    faces["Chat"].page.keyboard.press("Escape")


def test_axe_finds_nothing_grave_in_any_face_light_or_dark(lab: Host, comes: Callable[..., Visitor]) -> None:
    filmed(lab)
    visitor = comes(viewport=TALL)
    page = visitor.run(lab, "all")
    faces = shown(page)
    all_ran(lab, page)
    found = grave(faces, "light")
    dress(faces)
    for dark in (False, True):
        theme(lab, page, dark)
        when = "dark" if dark else "light"
        found += [*grave(faces, f"{when}, at work"), *in_boxes(faces, when)]
        screenshot(page, f"accessible-{when}")
    assert found == []
    assert visitor.faults() == []


def test_on_a_narrow_page_nothing_is_cut_off(hosts: Callable[..., Host], comes: Callable[..., Visitor]) -> None:
    host = filmed(hosts("voila"))
    page = comes(viewport=TALL).run(host, "all")
    faces = shown(page)
    dress(faces)
    found = []
    for width_px in (1280, 800, 640, 420):  # 640: as 1280 at 200 %
        page.set_viewport_size({"width": width_px, "height": TALL["height"]})
        expect(faces["Studio"]).to_have_js_property("clientWidth", faces["Studio"].evaluate("(root) => root.clientWidth"))
        found += [f"{width_px} px: {label}: {each}" for label, root in faces.items() for each in root.evaluate(CUT_OFF)]
        found += grave(faces, f"{width_px} px") if width_px == 420 else []
    assert found == []
