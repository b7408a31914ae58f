"""However a render ends - cancelled, interrupted, killed, out of disk - no half film lies anywhere, nothing runs on, and what was
finished is used by the next one.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from glimmer.assembly.nouns import Assembly, Framing
from glimmer.errors import Cancelled, RenderError
from glimmer.jobs.render_job import start_render
from glimmer.render import Rendered, render
from glimmer.render.preset import Preset
from glimmer.store import Database, Store

OLDER = b"an older film, whole" * 500
SHOTS, SHOT_FRAMES = 12, 20


@pytest.fixture
def cut(shelf) -> Assembly:
    """Twelve shots of noise that is pushed in on, with a tone: the sound is done long before the pictures."""
    dice = np.random.default_rng(7)
    noise = shelf.still("noise.png", dice.integers(0, 256, (270, 480, 3), dtype=np.uint8))
    shots = (
        shelf.shot(noise, at, SHOT_FRAMES, framing=Framing(move="push_in", strength=0.1 + at / 4800))
        for at in range(0, SHOTS * SHOT_FRAMES, SHOT_FRAMES)
    )
    return shelf.cut(shelf.picture(*shots), shelf.sound("A1", shelf.heard(shelf.tone("t.flac", 2.0), 0, 48)))


@pytest.fixture
def slow(small) -> Preset:
    return small(width_px=320, height_px=180, x264_preset="superfast", crf=14)


def finished(cache: Path) -> set[str]:
    return {piece.name for piece in (cache / "segments").glob("*.mp4")}


def left_over(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*.part")]


def workers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("glimmer-render")]


def whole_after(cut: Assembly, preset: Preset, shelf: object, cache: Path, out: Path) -> Rendered:
    """The next render: it uses what is finished, and leaves nothing but the film."""
    there = finished(cache)
    made = render(cut, preset, media=shelf, cache_dir=cache, out=out)
    assert made.segments_made == SHOTS - len(there)
    assert there <= finished(cache) and len(finished(cache)) == SHOTS
    assert not left_over(cache) and not left_over(out.parent) and not workers()
    return made


# ── asked to stop ───────────────────────────────────────────────────────────────────────────────────────────
def test_a_cancelled_render_stops_its_workers_and_the_next_goes_on(cut, slow, shelf, tmp_path):
    out, cache, told = tmp_path / "film.mp4", tmp_path / "cache", []
    out.write_bytes(OLDER)
    with pytest.raises(Cancelled, match="finished segments are kept, nothing was written"):
        render(
            cut,
            slow,
            media=shelf,
            cache_dir=cache,
            out=out,
            on_progress=lambda now: told.append(now.done),
            cancelled=lambda: bool(told) and told[-1] >= 2,
        )
    assert out.read_bytes() == OLDER and not workers() and not left_over(tmp_path)
    assert 2 <= len(finished(cache)) < SHOTS
    whole_after(cut, slow, shelf, cache, out)


def interrupt_when(ready: Callable[[], bool]) -> threading.Thread:
    """A thread that sends this process what a person's Ctrl-C sends, once `ready`."""

    def watch() -> None:
        until = time.monotonic() + 30
        while not ready() and time.monotonic() < until:
            threading.Event().wait(0.005)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def test_an_interrupt_in_render_ends_it_before_it_returns(cut, slow, shelf, tmp_path):
    out, cache = tmp_path / "film.mp4", tmp_path / "cache"
    watching = interrupt_when(lambda: len(finished(cache)) >= 2)
    with pytest.raises(KeyboardInterrupt):
        render(cut, slow, media=shelf, cache_dir=cache, out=out)
    watching.join()
    assert not out.exists() and not workers() and not left_over(tmp_path)
    assert 2 <= len(finished(cache)) < SHOTS
    whole_after(cut, slow, shelf, cache, out)


def test_an_interrupt_while_waiting_for_a_job_cancels_it(cut, slow, shelf, tmp_path):
    store, cache, out = Store(Database(tmp_path / "glimmer.db"), "Song"), tmp_path / "cache", tmp_path / "film.mp4"
    job = start_render(cut, slow, store=store, media=shelf, folder=cache, out=lambda key: out, captions=True)
    watching = interrupt_when(lambda: len(finished(cache)) >= 2)
    with pytest.raises(KeyboardInterrupt):
        job.wait()
    watching.join()
    assert job.state == "cancelled" and not workers()
    assert not out.exists() and not left_over(tmp_path)
    with pytest.raises(Cancelled, match="finished segments are kept"):
        job.result  # noqa: B018  # it raises
    whole_after(cut, slow, shelf, cache, out)


# ── killed ──────────────────────────────────────────────────────────────────────────────────────────────────
RENDER = """
    import pickle, sys
    from pathlib import Path
    from glimmer.render import render

    cut, preset, media, cache, out = pickle.loads(Path(sys.argv[1]).read_bytes())
    def say(now):
        if eval(sys.argv[2]):
            print("now", flush=True)
            sys.stdin.read()  # stays as it is until it is killed
    render(cut, preset, media=media.__truediv__, cache_dir=cache, out=out, on_progress=say)
"""


def killed(cut: Assembly, preset: Preset, shelf: object, cache: Path, out: Path, when: str) -> None:
    """Render in a process of its own, and kill it in the state that `when` describes."""
    asked = cache.parent / "asked"
    asked.write_bytes(pickle.dumps((cut, preset, shelf.folder, cache, out)))
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(RENDER), str(asked), when],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None and process.stdout.readline() == b"now\n"
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    children = told.read_text() if told.exists() else ""
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not children  # all that it did, it did itself: nothing is left to run on


def test_what_a_killed_render_finished_is_used_and_what_it_left_is_swept(cut, slow, shelf, tmp_path):
    cache, out = tmp_path / "cache", tmp_path / "films" / "film.mp4"
    out.parent.mkdir()
    out.write_bytes(OLDER)
    killed(cut, slow, shelf, cache, out, "list(cache.rglob('*.part'))")
    half = left_over(cache)
    assert half and out.read_bytes() == OLDER  # it had no time to clean up
    killed(cut, slow, shelf, cache, out, "now.done >= 3")
    kept = finished(cache)
    assert 3 <= len(kept) < SHOTS and out.read_bytes() == OLDER and not set(half) & set(left_over(cache))
    whole_after(cut, slow, shelf, cache, out)


LEAVE = """
    import pickle, sys, threading
    from pathlib import Path
    from glimmer.render import render

    cut, preset, media, cache, out = pickle.loads(Path(sys.argv[1]).read_bytes())
    begun = threading.Event()
    def say(now):
        if now.done >= 2:
            begun.set()
    more = dict(media=media.__truediv__, cache_dir=cache, out=out, on_progress=say)
    threading.Thread(target=render, args=(cut, preset), kwargs=more, daemon=True).start()
    begun.wait()
"""


def test_a_program_that_ends_does_not_wait_for_its_render(cut, slow, shelf, tmp_path):
    """A job renders in the background; closing the kernel is not a wish to see it out."""
    cache, out = tmp_path / "cache", tmp_path / "film.mp4"
    asked = tmp_path / "asked"
    asked.write_bytes(pickle.dumps((cut, slow, shelf.folder, cache, out)))
    subprocess.run([sys.executable, "-c", textwrap.dedent(LEAVE), str(asked)], timeout=60, check=True)
    assert 2 <= len(finished(cache)) < SHOTS and not out.exists()
    whole_after(cut, slow, shelf, cache, out)


# ── no room ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB; the sound's mix of 10 s is 4, and the twelve segments are 3."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, text=True)
    if mount.returncode:
        pytest.skip(f"mounting a small disk is refused here: {mount.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def more_room(place: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", str(place)], check=True)


@pytest.mark.parametrize("fills", ["pictures", "sound"])
def test_a_full_disk_under_the_cache_is_said_and_what_is_finished_stays(cut, slow, shelf, small_disk, tmp_path, fills):
    if fills == "pictures":
        cut = cut.model_copy(update={"tracks": tuple(track for track in cut.tracks if track.kind == "picture")})
        slow = slow.model_copy(update={"picture": "h264", "loudness_lufs": -20.0})
        (small_disk / "big").write_bytes(b"")
    cache, out = small_disk / "cache", tmp_path / "film.mp4"
    out.write_bytes(OLDER)
    with pytest.raises(RenderError, match=r"No space left.*disk full"):
        render(cut, slow, media=shelf, cache_dir=cache, out=out)
    assert out.read_bytes() == OLDER and not left_over(tmp_path) and not workers()
    assert len(finished(cache)) < SHOTS
    more_room(small_disk)
    whole_after(cut, slow, shelf, cache, out)


def test_a_full_disk_under_the_film_is_said_and_an_older_film_stays(cut, slow, shelf, small_disk, tmp_path):
    cache, out = tmp_path / "cache", small_disk / "films" / "film.mp4"
    out.parent.mkdir()
    out.write_bytes(OLDER)
    with pytest.raises(RenderError, match=r"film could not be written.*No space left.*disk full"):
        render(cut, slow, media=shelf, cache_dir=cache, out=out)
    assert out.read_bytes() == OLDER and not left_over(small_disk)
    assert len(finished(cache)) == SHOTS
    more_room(small_disk)
    whole_after(cut, slow, shelf, cache, out)
