"""Whatever happens to a put, what was acknowledged is whole, what was not leaves nothing or something collectable."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from glimmer.assets import Assets
from glimmer.errors import MediaError, StoreError

PUT_FOR_EVER = """
import os, sys
from pathlib import Path
from glimmer.assets import Assets

assets, scratch = Assets(Path(sys.argv[1])), Path(sys.argv[2])
while True:
    content = os.urandom(100_000 + int.from_bytes(os.urandom(2), "big") * 20)
    if content[0] % 2:
        sha256 = assets.put(content, "image/png")
    else:
        scratch.write_bytes(content)
        sha256 = assets.put_file(scratch, "video/mp4")
    print(sha256, flush=True)
"""


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    root, acknowledged, kills, dice = tmp_path / "objects", [], 0, random.Random(3)
    for turn in range(10):
        writers = [start(PUT_FOR_EVER, root, tmp_path / f"scratch-{turn}-{one}") for one in range(2)]
        for writer in writers:
            acknowledged += lines_until_killed(writer, at_least=dice.randint(1, 4), then_seconds=dice.uniform(0, 0.02))
            kills += 1
    assets = Assets(root)
    assert kills == 20 and len(acknowledged) >= 40
    assert list(assets.examine(dict.fromkeys(acknowledged))) == []
    assert list(assets.examine({one.sha256: one.bytes for one in assets.stored()})) == []  # the unacknowledged are whole as well
    assert {one.kind for one in assets.leftovers()} <= {"unfinished"}
    assets.collect(set(acknowledged), grace=timedelta(0), dry_run=False)
    assert list(assets.leftovers()) == [] and {one.sha256 for one in assets.stored()} == set(acknowledged)


def start(script: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def lines_until_killed(writer: subprocess.Popen[bytes], *, at_least: int, then_seconds: float) -> list[str]:
    """What a writer acknowledged: at least so many lines, then what comes within a moment, then what lay in the pipe when it died."""
    assert writer.stdout is not None
    handle, said, until = writer.stdout.fileno(), b"", None
    while until is None or time.monotonic() < until:
        ready, _, _ = select.select([handle], [], [], 20 if until is None else max(0.0, until - time.monotonic()))
        said += os.read(handle, 65_536) if ready else b""
        if until is None and said.count(b"\n") >= at_least:
            until = time.monotonic() + then_seconds
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    return [line.decode() for line in (said + rest).split(b"\n")[:-1]]


PUT_THE_SAME = """
import sys
from pathlib import Path
from glimmer.assets import Assets

assets = Assets(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    assets.put(b"%d" % number * 10_000, sys.argv[2])
"""


def test_two_processes_that_put_the_same_at_once_keep_it_once(tmp_path: Path) -> None:
    writers = [start(PUT_THE_SAME, tmp_path / "objects", media_type) for media_type in ("image/png", "image/jpeg")]
    for writer in writers:
        assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    assert [writer.wait(20) for writer in writers] == [0, 0]
    for writer in writers:
        writer.communicate()
    assets = Assets(tmp_path / "objects")
    stored = list(assets.stored())
    assert len(stored) == len({one.sha256 for one in stored}) == 60
    assert list(assets.examine({one.sha256: one.bytes for one in stored})) == [] and list(assets.leftovers()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True, text=True)
    if mount.returncode:
        pytest.skip(f"mounting a small disk is refused here: {mount.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_said_and_what_was_there_stays(small_disk: Path, tmp_path: Path) -> None:
    assets = Assets(small_disk / "objects")
    kept = assets.put(b"light" * 200_000, "image/png")
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom(6_000_000))
    for attempt in (lambda: assets.put_file(film, "video/mp4"), lambda: assets.put(film.read_bytes(), "video/mp4")):
        with pytest.raises(StoreError, match="Free some space"):
            attempt()
        assert list(assets.leftovers()) == [] and [one.sha256 for one in assets.stored()] == [kept]
    assert len(assets.read(kept, verify=True)) == 1_000_000
    assert assets.has(assets.put(b"small", "text/plain"))  # and there is room again


def test_a_write_that_breaks_off_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    assets = Assets(tmp_path / "objects")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, hard))  # a write past it fails, as on a broken disk
    try:
        with pytest.raises(StoreError, match="ulimit"):
            assets.put(os.urandom(3_000_000), "video/mp4")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    film = sparse(tmp_path / "film.mp4", 400_000_000)
    assets = Assets(tmp_path / "objects")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            assets.put_file(film, "video/mp4")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert list(assets.leftovers()) == [] and list(assets.stored()) == []


def sparse(path: Path, size_bytes: int) -> Path:
    with path.open("wb") as film:
        film.truncate(size_bytes)
    return path


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    film, done = sparse(tmp_path / "film.mp4", 60_000_000), threading.Event()

    def record() -> None:
        with film.open("ab") as growing:
            while not done.is_set():
                growing.write(b"one more frame")
                growing.flush()

    camera = threading.Thread(target=record)
    camera.start()
    try:
        with pytest.raises(MediaError, match="changed while it was read"):
            Assets(tmp_path / "objects").put_file(film, "video/mp4")
    finally:
        done.set()
        camera.join()
    assert list(Assets(tmp_path / "objects").stored()) == [] and list(Assets(tmp_path / "objects").leftovers()) == []


def test_a_file_that_vanishes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    film, assets = sparse(tmp_path / "film.mp4", 100_000_000), Assets(tmp_path / "objects")

    def take_away() -> None:
        while not list(assets.leftovers()):  # until the copy has begun
            pass
        film.unlink()

    thief = threading.Thread(target=take_away)
    thief.start()
    with pytest.raises(MediaError, match="not there"):
        assets.put_file(film, "video/mp4")
    thief.join()
    assert list(assets.stored()) == [] and list(assets.leftovers()) == []


def test_what_is_no_plain_file_is_refused_in_words(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)  # would wait for a writer for ever
    for path in (pipe, tmp_path, Path("/dev/zero")):
        with pytest.raises(MediaError, match="not a plain file"):
            Assets(tmp_path / "objects").put_file(path, "video/mp4")
    with pytest.raises(MediaError, match="not there"):
        Assets(tmp_path / "objects").put_file(tmp_path / "nowhere.mp4", "video/mp4")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_folder_that_may_not_be_written_is_said(small_disk: Path) -> None:
    assets = Assets(small_disk / "objects")
    kept = assets.put(b"light", "image/png")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)  # rights alone don't stop root
    with pytest.raises(StoreError, match="read-only"):
        assets.put(b"more", "image/png")
    assert assets.read(kept, verify=True) == b"light"
    with pytest.raises(StoreError, match="can't delete"):
        assets.collect((), grace=timedelta(0), dry_run=False)
    assert assets.has(kept)


def test_a_folder_that_may_not_be_looked_into_is_not_an_empty_one(tmp_path: Path) -> None:
    """Otherwise every take of the film would be made, and paid for, again."""
    assets = Assets(tmp_path / "objects")
    sha256 = assets.put(b"light", "image/png")
    assets.root.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)  # nobody: rights don't hold root back
    try:
        other = Assets(tmp_path / "objects")
        for ask in (other.has, other.path, other.read, other.size):
            with pytest.raises(StoreError, match=r"can't be read.*Check the rights"):
                ask(sha256)
        assert [fault.kind for fault in other.examine({sha256: 5})] == ["damaged"]
        with pytest.raises(StoreError, match="Check the rights"):
            list(other.stored())
        with pytest.raises(StoreError, match="Give yourself the right"):
            other.put(b"more", "image/png")
    finally:
        if root:
            os.seteuid(0)
        assets.root.chmod(0o755)
    assert assets.read(sha256, verify=True) == b"light"


def test_a_big_file_is_kept_without_reading_it_whole(tmp_path: Path) -> None:
    film, assets = sparse(tmp_path / "film.mp4", 120_000_000), Assets(tmp_path / "objects")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sha256 = assets.put_file(film, "video/mp4")
    assert list(assets.examine({sha256: 120_000_000})) == []
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 40_000  # kB
    assert sha256 == hashlib.sha256(bytes(120_000_000)).hexdigest()
