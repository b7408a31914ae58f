"""The ground of the faces, in real hosts: hello and snapshot, patches, reloads, two views, blocked cells, keys, a killed kernel."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable

import pytest
from harness.hosts import Host
from harness.pages import Visitor, all_ran, command, face, ready, run_all, run_cell, screenshot, until
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.usefixtures("needs_probe")

BEGIN = """import os, pathlib, threading, time
import glimmer as gl
from probe_face import Probe
film = gl.Project({title!r})
probe = Probe(film)
pathlib.Path('{title}.pid').write_text(str(os.getpid()))
probe"""


def begin(title: str) -> str:
    return BEGIN.format(title=title)


def shows(probe: Locator, name: str, words: str | re.Pattern[str], seconds: float = 10) -> None:
    expect(probe.get_by_label(name, exact=True)).to_have_text(words, timeout=seconds * 1000)


def count(probe: Locator) -> None:
    probe.get_by_role("button", name="Count").click()


def reload(host: Host, page: Page) -> None:
    page.reload(wait_until="domcontentloaded")
    ready(host, page)


def test_a_face_says_hello_is_shown_and_answers(host: Host, visitor: Visitor) -> None:
    host.write("hello", [begin("Hello")])
    page = visitor.run(host, "hello")
    probe = face(page, "Probe: Hello")
    shows(probe, "count", "0")
    shows(probe, "connection", "live")
    count(probe)
    shows(probe, "count", "1")
    screenshot(page, f"probe-{host.name}")
    assert visitor.faults() == []


def test_a_lost_patch_is_noticed_and_made_good(host: Host, visitor: Visitor) -> None:
    host.write("lost", [begin("Lost")])
    page = visitor.run(host, "lost")
    probe = face(page, "Probe: Lost")
    page.evaluate("() => { probed.lose = 1; probed.before = probed.hellos }")
    count(probe)
    page.wait_for_function("() => probed.lose === 0")
    shows(probe, "count", "0")  # it never came
    count(probe)
    shows(probe, "count", "2")
    assert page.evaluate("() => probed.hellos - probed.before") == 1


def test_two_views_of_one_face_show_the_same(host: Host, visitor: Visitor) -> None:
    host.write("twice", [begin("Twice"), "probe"])
    page = visitor.run(host, "twice")
    first, second = face(page, "Probe: Twice"), face(page, "Probe: Twice", 1)
    count(first)
    count(second)
    for view in (first, second):
        shows(view, "count", "2")
    assert page.evaluate("() => probed.bridges.length") == 1  # one line to the kernel, however many look


def test_a_reload_finds_all_as_it_was_in_the_middle_of_a_stream(lab: Host, visitor: Visitor) -> None:
    lab.write("again", [begin("Again"), "probe.stream(0.02)"])
    page = visitor.run(lab, "again")
    probe = face(page, "Probe: Again")
    count(probe)
    shows(probe, "count", "1")
    shows(probe, "words", re.compile(r"\b20\b"))
    command(page, "docmanager:save")
    reload(lab, page)
    probe = face(page, "Probe: Again")
    shows(probe, "count", "1")
    shows(probe, "words", re.compile(r"^0 1 2 .*\b60\b"), 20)
    probe.get_by_role("button", name="Stop").click()
    shows(probe, "running", "false")
    said = (probe.get_by_label("words", exact=True).text_content() or "").split()
    assert said == [str(at) for at in range(len(said))]  # nothing lost, nothing twice


def test_two_browsers_on_one_film_converge(lab: Host, comes: Callable[..., Visitor]) -> None:
    lab.write("both", [begin("Both")])
    page = comes().run(lab, "both")
    probe = face(page, "Probe: Both")
    count(probe)
    shows(probe, "count", "1")
    command(page, "docmanager:save")
    other_page = comes().open(lab, "both")
    other = face(other_page, "Probe: Both")
    shows(other, "count", "1")
    count(other)
    shows(probe, "count", "2")
    count(probe)
    shows(other, "count", "3")


@pytest.mark.parametrize("work", ["time.sleep(1e6)", "while True: pass"])
@pytest.mark.parametrize("name", ["lab", "notebook"])
def test_a_verb_and_a_stop_are_answered_while_a_cell_blocks(
    name: str, work: str, hosts: Callable[..., Host], visitor: Visitor
) -> None:
    """After the cell has itself sent to the widget: the trap of ipykernel's subshells. Voila shows no face before its cells are done."""
    host, title = hosts(name), f"Blocked {work[:4]}"
    blocking = f"probe.count = 10; probe.changed(); probe.stream(0.02)\npathlib.Path('{title}.blocks').touch()\n{work}"
    host.write("blocked", [begin(title), blocking])
    page = visitor.open(host, "blocked")
    run_cell(page, 0)
    probe = face(page, f"Probe: {title}")
    shows(probe, "connection", "live")
    run_cell(page, 1)
    until(page, (host.folder / f"{title}.blocks").exists, "the blocking cell")
    shows(probe, "count", "10")
    count(probe)
    shows(probe, "count", "11")
    page.evaluate("async () => { for (let at = 0; at < 60; at++) await probed.bridges[0].ask('count') }")  # each beside a word that is sent
    shows(probe, "count", "71")
    probe.get_by_role("button", name="Stop").click()
    shows(probe, "running", "false")  # the cell blocks for ever, so an answer is one beside it
    os.kill(int((host.folder / f"{title}.pid").read_text()), signal.SIGINT)


def test_keys_in_a_face_do_not_reach_the_notebook(host: Host, visitor: Visitor) -> None:
    host.write("keys", [begin("Keys")])
    page = visitor.run(host, "keys")
    probe = face(page, "Probe: Keys")
    clip = probe.get_by_role("option", name="clip")
    all_ran(host, page)
    clip.focus()
    cells = page.locator(".jp-Cell").count()
    for key in ("b", "a", "d", "d", "m", "Enter", "Control+Enter", "Shift+Enter", "Escape", "j", "k"):
        page.keyboard.press(key)
    assert clip.evaluate("(clip) => document.activeElement === clip")
    assert page.locator(".jp-Cell").count() == cells
    count(probe)
    shows(probe, "count", "1")  # and no cell was run again


def test_a_killed_kernel_says_so_and_comes_back(lab: Host, visitor: Visitor) -> None:
    lab.write(
        "killed",
        [
            begin("Killed") + "\n",
            "film.screenplays.add('INT. LAMP - NIGHT\\n\\nMARA\\nSing.\\n'); probe.count = len(film.screenplays)\nprobe.changed()",
        ],
    )
    page = visitor.run(lab, "killed")
    probe = face(page, "Probe: Killed")
    shows(probe, "count", "1")
    os.kill(int((lab.folder / "Killed.pid").read_text()), signal.SIGKILL)
    expect(probe.get_by_role("alert")).to_contain_text("The kernel does not answer.", timeout=30_000)
    page.keyboard.press("Escape")
    dialog = page.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button").last.click()
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")
    run_all(lab, page)
    probe = face(page, "Probe: Killed")
    shows(probe, "connection", "live")
    shows(probe, "count", "1")  # the screenplay was kept; the same words again are the same version


def test_faces_work_below_a_hubs_prefix(hosts: Callable[..., Host], visitor: Visitor) -> None:
    for name in ("lab", "voila"):
        host = hosts(name, base_path="/user/ann/")
        host.write("prefix", [begin("Prefix")])
        page = visitor.run(host, "prefix")
        probe = face(page, "Probe: Prefix")
        count(probe)
        shows(probe, "count", "1")
        page.close()
