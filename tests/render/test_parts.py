"""What a killed process left half written is taken away by the next one, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from glimmer.render.parts import part_beside, sweep

DAY = 24 * 3600
WRITER = """
import sys, time
from pathlib import Path
from glimmer.render.parts import part_beside
part = part_beside(Path(sys.argv[1]))
part.write_bytes(b"half")
print(part.name, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def writer(tmp_path: Path):
    """A process that has begun a file and waits."""
    running = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "film.mp4")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    name = running.stdout.readline().strip()
    yield running, tmp_path / name
    running.kill()
    running.communicate()


def test_two_writers_never_share_a_name(tmp_path):
    names = {part_beside(tmp_path / "film.mp4").name for _ in range(100)}
    assert len(names) == 100 and all(name.startswith("film.mp4.") and name.endswith(".part") for name in names)


def test_a_name_of_any_length_is_left_room(tmp_path):
    part = part_beside(tmp_path / ("ü" * 120 + ".mp4"))
    part.write_bytes(b"")
    assert part.exists()


def test_the_file_of_a_living_process_stays_and_that_of_a_killed_one_goes_at_once(tmp_path, writer):
    running, part = writer
    mine = part_beside(tmp_path / "film.mp4")
    mine.write_bytes(b"half")
    assert sweep(tmp_path) == [] and part.exists() and mine.exists()
    running.kill()
    running.wait()
    assert sweep(tmp_path) == [part] and not part.exists() and mine.exists()


def test_a_new_process_under_an_old_number_does_not_protect_its_files(tmp_path):
    mine = part_beside(tmp_path / "film.mp4")
    machine, pid, started, rest = mine.name.removeprefix("film.mp4.").split("-")
    if started == "0":
        pytest.skip("this system does not say when a process started")
    old = tmp_path / f"film.mp4.{machine}-{pid}-{int(started) - 1}-{rest}"
    old.write_bytes(b"half")
    assert sweep(tmp_path) == [old]


def test_another_machines_file_is_left_a_day(tmp_path):
    theirs = tmp_path / "film.mp4.0123abcd-17-1700-89abcdef.part"
    theirs.write_bytes(b"half")
    assert sweep(tmp_path) == []
    os.utime(theirs, (time.time() - DAY - 60,) * 2)
    assert sweep(tmp_path) == [theirs]


@pytest.mark.parametrize(
    "name", ["film.mp4.part", "holiday.part", "film.mp4", "a.0123abcd.part", "x.0123abcd-17-1700-89abcdef.part.mp4"]
)
def test_a_file_that_render_did_not_name_is_never_touched(tmp_path, name):
    (tmp_path / name).write_bytes(b"a download of the person's own")
    os.utime(tmp_path / name, (time.time() - 9 * DAY,) * 2)
    assert sweep(tmp_path) == [] and (tmp_path / name).exists()


def test_a_folder_that_is_not_there_is_nothing_to_sweep(tmp_path):
    assert sweep(tmp_path / "nowhere") == []
