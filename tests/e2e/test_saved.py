"""A notebook that shows all five faces, saved with its widgets: small, and alive again when it is opened."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from harness.hosts import Host
from harness.pages import Visitor, all_ran, command, face, ready, screenshot

SCRIPT = Path(__file__).resolve().parents[2] / "examples" / "one_silent_shot.fountain"
MOST_BYTES = 1_000_000
FACES = ("Studio", "Chat", "Bucket", "Timeline", "Renders")


def test_a_notebook_with_all_five_faces_is_saved_small_and_comes_back(lab: Host, visitor: Visitor) -> None:
    making = f"import glimmer as gl\nfilm = gl.Project('Kite')\nfilm.make(film.screenplays.read({str(SCRIPT)!r}), preset='draft')"
    path = lab.write("saved", [making, "gl.Studio()", "gl.Chat(film)", "film.video", "gl.Timeline(film)", "film.renders"])
    page = visitor.run(lab, "saved")
    all_ran(lab, page)
    for label in FACES:
        face(page, re.compile(f"^{label}"))
    command(page, "docmanager:save")
    assert "widgets" in nbformat.read(path, as_version=4).metadata  # with their state, as whoever switched that on has it
    assert path.stat().st_size <= MOST_BYTES
    page.reload(wait_until="domcontentloaded")
    ready(lab, page)
    for label in FACES:
        face(page, re.compile(f"^{label}")).scroll_into_view_if_needed()
    screenshot(page, "saved")
    assert visitor.faults() == []
