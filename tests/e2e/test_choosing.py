"""Nothing is chosen in a film maker's place, in Voila: a take that is circled goes into the cut when they say so, and a text that is brought
to the chat becomes the script when they say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from harness.films import TITLE, opened
from harness.hosts import Host
from harness.pages import Visitor, face, screenshot
from playwright.sync_api import FilePayload, expect

import glimmer as gl

ONE_MORE: Final = """
_ = film.agents.video.shoot(film.screenplays.latest, more=1, only=["1B"], width_px=320, height_px=180)
"""
NOTES: Final = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"Is the rain loud enough?")
SCRIPT: Final = FilePayload(name="other.fountain", mimeType="", buffer=b"INT. ROOM - DAY\n\nA lamp.\n")


def test_a_circled_take_is_offered_to_the_cut(hosts: Callable[..., Host], visitor: Visitor, drafted: Path, tmp_path: Path) -> None:
    host = hosts("voila")
    host.write("circled", [opened(drafted, tmp_path / "studio") + ONE_MORE, "film.video", "gl.Timeline(film)"])
    page = visitor.run(host, "circled")
    page.set_viewport_size({"width": 1280, "height": 1800})
    bucket, timeline = face(page, re.compile("^Bucket")), face(page, re.compile("^Timeline"))
    expect(timeline.get_by_role("button", name="Take it in")).to_have_count(0)
    bucket.get_by_role("gridcell", name=re.compile("^shot 1B")).dblclick()
    bucket.get_by_role("button", name="Circle take 2", exact=True).click()
    expect(timeline.get_by_text("1B: take 2 is used now")).to_be_visible()
    expect(bucket.get_by_role("gridcell", name=re.compile("^shot 1B.*in the cut"))).to_be_visible()  # whichever take of it
    screenshot(page, "choosing-take")
    timeline.get_by_role("button", name="Take it in").click()
    expect(timeline.locator(".gl-timeline-line code")).to_have_text('film.plan().run("cut v1"); cut = film.cut')
    expect(timeline.get_by_role("button", name="Take it in")).to_have_count(0)
    film = gl.Project(TITLE, studio=tmp_path / "studio")
    used = film.video["1B"].used
    assert used is not None and used.number == 2 and film.cut.clip("1B").asset == used.asset
    film.lot.close()
    assert visitor.faults() == []


def test_a_text_is_the_script_only_if_somebody_says_so(
    hosts: Callable[..., Host], visitor: Visitor, drafted: Path, tmp_path: Path
) -> None:
    host = hosts("voila")
    host.write("texts", [opened(drafted, tmp_path / "studio"), "film.chat"])
    page = visitor.run(host, "texts")
    chat = face(page, re.compile("^Chat"))
    words, files = chat.get_by_role("textbox", name=re.compile("^Say something about")), chat.locator("input[type=file]")
    files.set_input_files(NOTES)
    expect(chat.get_by_role("button", name="Make it the script")).to_be_visible()
    screenshot(page, "choosing-text", chat)
    chat.get_by_role("button", name="Write its words here").click()
    expect(words).to_have_value("Is the rain loud enough?")
    expect(chat.get_by_role("button", name="Make it the script")).to_have_count(0)
    film = gl.Project(TITLE, studio=tmp_path / "studio")
    assert len(film.screenplays) == 1
    words.fill("")
    files.set_input_files(SCRIPT)
    chat.get_by_role("button", name="Make it the script").click()
    expect(words).to_have_value(re.compile("^the script v2"))
    assert len(film.screenplays) == 2
    film.lot.close()
    assert visitor.faults() == []
