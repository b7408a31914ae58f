"""The real faces where no server of ours stands behind the page: a bucket shows, plays and judges, a timeline edits and plays."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from harness.hosts import ROOT, Host
from harness.pages import Visitor, face, screenshot
from playwright.sync_api import Locator, Page, expect

TITLE = "The Gull"
MAKE = f"""import glimmer as gl
film = gl.Project({TITLE!r})
film.make(gl.Idea("A gull finds a lamp.", seconds=6), preset="draft")
"""
BEGIN = f"import glimmer as gl\nfilm = gl.Project({TITLE!r})\n"


def filmed(host: Host) -> Host:
    if not (host.studio / "glimmer.db").exists():
        environment = os.environ | {"GLIMMER_STUDIO": str(host.studio), "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", MAKE], check=True, timeout=240, env=environment, capture_output=True)
    return host


def opened(host: Host, visitor: Visitor, shown: str) -> Page:
    """The page of a host that shows one thing of the film."""
    if host.name == "marimo":
        host.app(BEGIN + shown)
        return visitor.open(host, "app")
    host.write("elsewhere", [BEGIN + shown])
    return visitor.run(host, "elsewhere")


@pytest.fixture(params=["marimo", "lab"])
def elsewhere(request: pytest.FixtureRequest, hosts: Callable[..., Host]) -> Host:
    return filmed(hosts(request.param, served=False))


def blobs(pictures: Locator) -> None:
    """All that is shown came with a message, and is a picture."""
    expect(pictures.first).to_be_visible()
    expect(pictures.first).to_have_attribute("src", re.compile("^blob:"))
    expect(pictures.first).not_to_have_js_property("naturalWidth", 0)


def test_a_bucket_shows_plays_and_judges(elsewhere: Host, visitor: Visitor) -> None:
    page = opened(elsewhere, visitor, 'gl.Bucket(film, "video")')
    bucket = face(page, re.compile("^Bucket"))
    blobs(bucket.get_by_role("gridcell").locator("img"))
    bucket.get_by_role("gridcell").first.dblclick()
    bucket.get_by_role("button", name="Circle take 1", exact=True).click()
    expect(bucket.get_by_role("button", name="Take the circle from take 1")).to_be_visible()
    screenshot(page, f"elsewhere-bucket-{elsewhere.name}")
    assert visitor.faults() == []


def test_a_timeline_edits_and_plays(elsewhere: Host, visitor: Visitor) -> None:
    page = opened(elsewhere, visitor, "gl.Timeline(film)")
    timeline = face(page, re.compile("^Timeline"))
    clips = timeline.get_by_role("listbox", name=re.compile("^V1,")).get_by_role("option")
    count = clips.count()
    clips.nth(1).click()
    page.keyboard.press("Delete")
    expect(clips).to_have_count(count - 1)
    timeline.get_by_role("button", name="Undo").click()
    expect(clips).to_have_count(count)
    playhead = timeline.get_by_role("slider", name="Playhead")
    at = playhead.get_attribute("aria-valuenow") or ""
    timeline.get_by_role("button", name=re.compile("^Play")).first.click()
    expect(playhead).not_to_have_attribute("aria-valuenow", at, timeout=60_000)
    screenshot(page, f"elsewhere-timeline-{elsewhere.name}")
    assert visitor.faults() == []
