"""Media in real browsers: played by address with seeking, signed anew when an address is over, and by message where no server of ours is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from harness.footage import footage
from harness.hosts import Host
from harness.pages import Visitor, face, screenshot
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("needs_probe")

BEGIN = """import glimmer as gl
from probe_face import Probe
film = gl.Project({title!r})
take = film.video.add({path!r}, name="gull").takes[-1]
probe = Probe(film, pictures=(f"thumb/{{take.asset}}/240",), films=(f"asset/{{take.asset}}",))
probe"""
# The first address of each file is over, the second is good: as if an hour had gone by between the two.
OVER = """import glimmer.widgets.media as desk
sign, signed_once = desk.signed, set()
def sign_later(use, said, **named):
    first = said["path"] not in signed_once
    signed_once.add(said["path"])
    return sign(use, said, **named | ({"seconds": -5, "steps_seconds": 1} if first else {}))
desk.signed = sign_later
"""
CAN_PLAY = """(film) => new Promise((play, fail) => {
  const look = () => { if (film.readyState >= 2 && film.videoWidth > 0) play(true); };
  film.addEventListener("canplay", look);
  setTimeout(() => fail(new Error(`it can't be played: ${film.readyState} ${film.error?.message} ${film.src}`)), 20000);
  look();
})"""
SEEK = """async (film) => {
  const began = performance.now();
  const there = new Promise((seeked) => film.addEventListener("seeked", seeked, { once: true }));
  film.currentTime = film.duration * 0.8;
  await there;
  return performance.now() - began;
}"""


@pytest.fixture(scope="module")
def gull(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return footage(tmp_path_factory.mktemp("footage") / "gull.mp4", seconds=12)


def begin(title: str, path: Path) -> str:
    return BEGIN.format(title=title, path=str(path))


def film_plays(page: Page, title: str) -> None:
    probe = face(page, f"Probe: {title}")
    probe.get_by_label("film", exact=True).evaluate(CAN_PLAY)
    picture = probe.get_by_role("img", name=re.compile("^thumb"))
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 240)


def test_a_film_is_played_by_address_and_seeks(host: Host, visitor: Visitor, gull: Path) -> None:
    host.write("plays", [begin("Plays", gull)])
    page = visitor.run(host, "plays")
    film_plays(page, "Plays")
    probe = face(page, "Probe: Plays")
    took_ms = probe.get_by_label("film", exact=True).evaluate(SEEK)
    assert took_ms < 2_000  # its figure on a quiet machine is benchmarks/faces.py's
    address = probe.get_by_label("film", exact=True).evaluate("(film) => film.src")
    part = page.request.get(address, headers={"Range": "bytes=1000-1999"})
    assert address.startswith(f"{host.base}glimmer/media/")
    assert part.status == 206 and part.body() == gull.read_bytes()[1000:2000]
    screenshot(page, f"media-{host.name}")


def test_an_address_that_is_over_is_signed_anew_once(lab: Host, visitor: Visitor, gull: Path) -> None:
    lab.write("over", [OVER + begin("Over", gull)])
    page = visitor.run(lab, "over")
    film_plays(page, "Over")
    refused = [url for status, url in visitor.replies if "/glimmer/media/" in url and status == 403]
    assert len(set(refused)) == 2  # the film's and the picture's, once each


@pytest.mark.parametrize("name", ["lab", "voila"])
def test_without_our_server_media_come_with_the_messages(
    name: str, hosts: Callable[..., Host], visitor: Visitor, gull: Path
) -> None:
    host = hosts(name, served=False)
    host.write("unserved", [begin("Unserved", gull)])
    page = visitor.run(host, "unserved")
    film_plays(page, "Unserved")
    film = face(page, "Probe: Unserved").get_by_label("film", exact=True)
    assert film.evaluate("(film) => film.src").startswith("blob:")
    assert film.evaluate(SEEK) < 2_000


def test_in_marimo_a_face_is_shown_answers_and_plays(hosts: Callable[..., Host], visitor: Visitor, gull: Path) -> None:
    host = hosts("marimo")
    host.app(begin("Marimo", gull))
    page = visitor.open(host, "app")
    film_plays(page, "Marimo")
    probe = face(page, "Probe: Marimo")
    probe.get_by_role("button", name="Count").click()
    expect(probe.get_by_label("count", exact=True)).to_have_text("1")
    assert probe.get_by_label("film", exact=True).evaluate("(film) => film.src").startswith("blob:")
    screenshot(page, "media-marimo")
