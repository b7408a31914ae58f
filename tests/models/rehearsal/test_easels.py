"""Boards drawn in child processes are the boards drawn here, and a child that dies costs only time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from glimmer.models.interface import Design, Made, SheetRequest, ShotRequest
from glimmer.models.rehearsal.boards.artist import draw_sheet_here, draw_shot_here
from glimmer.models.rehearsal.boards.easels import Easels

SHOT = ShotRequest(size="MS", place="KITCHEN", interior=True, width_px=320, height_px=180)


def drawn_in_a_child(easels: Easels, kind: str, request: ShotRequest | SheetRequest) -> Made:
    """What a child draws while this process is kept busy."""
    at_work, leave = threading.Event(), threading.Event()

    def busy() -> Made:
        at_work.set()
        leave.wait(60)
        return Made(media=b"", media_type="")

    here = threading.Thread(target=easels.draw, args=("shot", SHOT, busy))
    here.start()
    at_work.wait(60)
    try:
        return easels.draw(kind, request, lambda: Made(media=b"drawn here", media_type=""))  # type: ignore[arg-type]
    finally:
        leave.set()
        here.join(60)


def test_a_child_draws_the_same_bytes() -> None:
    easels = Easels(children=1)
    sheet = SheetRequest(design=Design(name="李雷 & <b>"), width_px=320, height_px=180)
    assert drawn_in_a_child(easels, "shot", SHOT) == draw_shot_here(SHOT)
    assert drawn_in_a_child(easels, "sheet", sheet) == draw_sheet_here(sheet)
    easels.close()


def test_a_board_whose_child_was_killed_is_drawn_here() -> None:
    easels = Easels(children=1)
    assert drawn_in_a_child(easels, "shot", SHOT).media != b"drawn here"
    process = easels._idle[0]._process
    assert process is not None
    real_poll = process.poll
    process.poll = lambda: None  # type: ignore[method-assign]  # it dies just after it was looked at
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert drawn_in_a_child(easels, "shot", SHOT).media == b"drawn here"
    process.poll = real_poll  # type: ignore[method-assign]
    assert drawn_in_a_child(easels, "shot", SHOT) == draw_shot_here(SHOT)  # a new child stands ready
    easels.close()


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time, threading\n"
        "from glimmer.models.rehearsal.boards.easels import _Child\n"
        "child = _Child(); print(child._running().pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 30
    while _lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(child)


def _lives(process_id: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return False
