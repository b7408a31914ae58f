"""Makes the pictures of the faces, docs/images/face-*.png: run `python docs/make_face_images.py`, with a folder to keep the film in and to
find it again; `python docs/make_face_images.py FOLDER chat review` takes those alone.

A film is rehearsed, worked on for a morning and rendered; `glimmer studio` is begun as a person begins it, and Chromium photographs its
pages, light and dark. No key, no network, some minutes on two cores. Letters are Inter's, which Glimmer brings along.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

import glimmer as gl
from glimmer.render.fonts import faces

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT: Final = Path(__file__).resolve().parents[1]
OUT: Final = ROOT / "docs" / "images"
TITLE: Final = "The Lighthouse"
MOST_BYTES: Final = 245_000
DESK: Final = ("studio", "chat", "bucket", "timeline", "renders")
BEGIN_SECONDS: Final = 120


def main(folder: str = "", *wanted: str) -> None:
    with tempfile.TemporaryDirectory(prefix="glimmer-faces-") as scratch:
        studio = Path(folder or scratch) / "studio"
        if not (studio / "glimmer.db").exists():
            after_a_morning(gl.Project(TITLE, studio=str(studio)))
        for names, notebook in ((DESK, "studio"), (("review",), "review")):
            if not wanted or set(names) & set(wanted):
                photographed(studio, Path(scratch), notebook, [name for name in names if not wanted or name in wanted])


# ── the film ────────────────────────────────────────────────────────────────────────────────────────────────
def after_a_morning(film: gl.Project) -> None:
    """A rehearsed film with takes, stars, notes, a cut that was worked on, two renders, and a conversation."""
    script = gl.read_screenplay(ROOT / "examples" / "lighthouse.fountain")
    film.make(script, preset="draft")
    first, second, third, fourth, *_ = [entry.name for entry in film.video]
    film.agents.video.shoot(script, takes=2, only=[first, second, third])
    for name, stars in ((first, 4), (second, 5), (third, 3), (fourth, 4)):
        film.video[name].rate(stars)
    film.video[first].tag("opening", "storm").circle(2)
    film.video[third].tag("hero")
    film.video[second].note("Hold the lamp a breath longer.")
    film.cut = worked_on(film)
    film.chat("make the music sadder")
    film.chat(f"shoot two more takes of {second}")
    film.render(preset="720p24").wait()


def worked_on(film: gl.Project) -> gl.Assembly:
    cut = film.cut
    names = [clip.name for clip in cut.track("V1").clips if clip.kind == "still"]
    cut = cut.dissolve(names[0], names[1], frames=20).duck("A2", under="A1", by_db=9)
    cut = cut.lower_third("Mara Voss", role="Keeper of the light", at=cut.clip(names[1]).start + 12, frames=60, track="V2")
    for name, words in ((names[2], "check the lamp"), (names[5], "gull here?"), (names[-2], "hold longer")):
        cut = cut.mark(cut.clip(name).start + 6, words)
    return cut


# ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────
def photographed(studio: Path, scratch: Path, notebook: str, names: list[str]) -> None:
    """Each of these faces on the page of that dashboard, light and dark."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    letters: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(_letters(scratch))}
    with served(studio, ROOT / "notebooks" / "dashboards" / f"{notebook}.ipynb") as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--hide-scrollbars"], env=letters)
        for theme in ("light", "dark"):
            page = opened(browser, f"{address}&theme={theme}&film={TITLE.replace(' ', '%20')}")
            for name in names:
                save(TAKEN[name](page), OUT / f"face-{name}-{theme}.png")
            page.close()
        browser.close()


@contextmanager
def served(studio: Path, notebook: Path) -> Iterator[str]:
    """`glimmer studio` on that notebook, and its address."""
    command = [sys.executable, "-c", "from glimmer.cli import main; main()", "studio", "--no-browser", "--studio", str(studio)]
    own = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen([*command, "--notebook", str(notebook)], env=own, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = re.search(r"http://\S+", process.stdout.readline())
        if said is None:
            raise SystemExit("glimmer studio did not begin; what it said stands above")
        yield said[0]
    finally:
        process.terminate()
        process.wait()


def _letters(scratch: Path) -> Path:
    """Settings of fontconfig's by which a page's own letters are Inter's."""
    inter = Path(faces()[0].path).parent
    path = scratch / "fonts.conf"
    path.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<dir>{inter}</dir><cachedir>{scratch}/fonts</cachedir><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
        "<match target='pattern'><edit name='family' mode='append' binding='weak'><string>Inter</string></edit></match>"
        + "".join(
            f"<match target='pattern'><test name='family'><string>{name}</string></test>"
            "<edit name='family' mode='assign' binding='strong'><string>Inter</string></edit></match>"
            for name in ("sans", "sans-serif", "system-ui", "DejaVu Sans")
        )
        + "</fontconfig>",
        encoding="utf-8",
    )
    return path


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    page.set_default_timeout(BEGIN_SECONDS * 1000)
    page.goto(address, wait_until="domcontentloaded")
    return page


def settled(page: Page, face: str) -> Locator:
    """The root of a face, when all its pictures and sums are there and nothing of it has changed for a while."""
    root = page.locator(".gl-root", has=page.locator(face)).first
    root.wait_for()
    page.wait_for_function(
        """face => {
          const root = document.querySelector(face).closest(".gl-root");
          const [was, since] = window.glimmerSeen?.[face] ?? ["", 0];
          if (root.innerHTML !== was) window.glimmerSeen = { ...window.glimmerSeen, [face]: [root.innerHTML, Date.now()] };
          return root.innerHTML === was && Date.now() - since > 5000
            && !root.querySelector(".gl-waiting") && !/asking the plan|not measured/.test(root.innerText)
            && [...root.querySelectorAll("img")].every((each) => each.complete && each.naturalWidth)
            && [...root.querySelectorAll(".gl-bucket-frame")].every((each) => each.querySelector("img")); }""",
        arg=face,
        polling=500,
    )
    return root


def tall(page: Page, height_px: int, desk_px: int = 600) -> None:
    """A window so tall that a face is whole in it, with a desk as in a smaller one."""
    page.set_viewport_size({"width": 1360, "height": height_px})
    page.add_style_tag(content=f".glimmer-desk .glimmer-room {{ --gl-desk-height: {desk_px}px !important; }}")


def studio(page: Page) -> bytes:
    """The desk from its top to the end of the timeline."""
    at_work(page)
    bottom = page.locator(".gl-timeline").first.bounding_box()
    assert bottom is not None
    return page.screenshot(clip={"x": 0, "y": 0, "width": 1360, "height": bottom["y"] + bottom["height"] + 14})


def at_work(page: Page) -> None:
    """A clip is chosen, the playhead is within the film, and all faces are there."""
    tall(page, 1640)
    for face in (".gl-chat", ".gl-bucket-sheet", ".gl-timeline"):
        settled(page, face)
    clips = page.locator(".gl-timeline [role=listbox][aria-label^='V1'] [role=option]")
    if not clips.and_(page.locator("[aria-selected=true]")).count():
        clips.nth(5).click()
        at = page.locator(".gl-timeline-ruler").bounding_box()
        chosen = clips.nth(5).bounding_box()
        assert at is not None and chosen is not None
        page.mouse.click(chosen["x"] + chosen["width"] * 0.6, at["y"] + at["height"] * 0.7)
    settled(page, ".gl-timeline")


def chat(page: Page) -> bytes:
    tall(page, 1640, 940)
    return settled(page, ".gl-chat").screenshot()


def bucket(page: Page) -> bytes:
    tall(page, 1640)
    settled(page, ".gl-bucket-sheet")
    page.locator(".gl-bucket-card").nth(1).click()
    return settled(page, ".gl-bucket-sheet").screenshot()


def timeline(page: Page) -> bytes:
    at_work(page)
    return settled(page, ".gl-timeline").screenshot()


def renders(page: Page) -> bytes:
    tall(page, 3_000)
    page.add_style_tag(content=".gl-renders-screen { max-width: 760px; }")
    return settled(page, ".gl-renders").screenshot()


def review(page: Page) -> bytes:
    root = settled(page, ".gl-review-room")
    page.locator(".gl-review-seek").nth(1).click()
    return root.and_(settled(page, ".gl-review-room")).screenshot()


TAKEN: Final = {"studio": studio, "chat": chat, "bucket": bucket, "timeline": timeline, "renders": renders, "review": review}


def save(shot: bytes, path: Path) -> None:
    """A PNG of as many colours as fit into `MOST_BYTES`."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    for colours in (256, 192, 128, 96, 64):
        few = picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            break
    print(f"{path.name}: {picture.width} × {picture.height}, {colours} colours, {path.stat().st_size // 1000} kB", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
