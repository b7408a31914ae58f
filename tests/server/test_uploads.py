"""Uploads as a kernel sees them: kept until they are taken in and no longer, whatever goes wrong."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("anywidget")

from glimmer.errors import InputError, LimitError, NotFound, StoreError
from glimmer.media_urls import what_is_signed
from glimmer.widgets.face import Asked
from glimmer.widgets.uploads import Uploads
from glimmer.widgets.wire import Envelope


def asked(*, served: bool = False) -> Asked:
    return Asked(None, Envelope(v=1, kind="ask", who="ann", served=served), ())  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "uploads"


@pytest.fixture
def uploads(folder: Path) -> Uploads:
    return Uploads(folder)


def brought(uploads: Uploads, name: str = "gull.mp4", content: bytes = b"0123456789") -> str:
    id: str = uploads.begin(name, len(content), asked())["id"]
    for at in range(0, len(content), 4):
        uploads.part(id, at, [memoryview(content[at : at + 4])])
    return id


def there(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_a_file_is_there_under_its_own_name_while_it_is_taken_in(uploads: Uploads, folder: Path) -> None:
    with uploads.taken(brought(uploads)) as path:
        assert path.name == "gull.mp4" and path.read_bytes() == b"0123456789"
    assert there(folder) == []


def test_nothing_stays_when_what_takes_it_in_fails(uploads: Uploads, folder: Path) -> None:
    id = brought(uploads)
    with pytest.raises(RuntimeError), uploads.taken(id):
        raise RuntimeError("no such codec")
    assert there(folder) == []
    with pytest.raises(NotFound, match="taken in"), uploads.taken(id):
        pass


def test_half_a_file_is_not_taken_in_and_may_go_on(uploads: Uploads, folder: Path) -> None:
    id = uploads.begin("a.wav", 6, asked())["id"]
    uploads.part(id, 0, [memoryview(b"abc")])
    with pytest.raises(InputError, match="3 of 6"), uploads.taken(id):
        pass
    uploads.part(id, 3, [memoryview(b"def")])
    with uploads.taken(id) as path:
        assert path.read_bytes() == b"abcdef"
    assert there(folder) == []


def test_parts_out_of_order_or_too_many_change_nothing(uploads: Uploads) -> None:
    id = uploads.begin("a.wav", 6, asked())["id"]
    for at, buffers in ((1, [b"x"]), (0, []), (0, [b"x", b"y"]), (0, [b"1234567"])):
        with pytest.raises(InputError):
            uploads.part(id, at, [memoryview(each) for each in buffers])
    assert uploads.part(id, 0, [memoryview(b"123456")]) == 6


def test_two_gigabytes_are_refused_before_a_byte_is_kept(uploads: Uploads, folder: Path) -> None:
    with pytest.raises(LimitError, match="MAX_UPLOAD_BYTES") as refused:
        uploads.begin("long.mov", 2_000_000_000, asked(served=True))
    assert "2.0 GB" in str(refused.value) and 'film.video.add("long.mov")' in str(refused.value)
    assert there(folder) == []


def test_a_disk_without_room_is_said_at_once(uploads: Uploads, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glimmer.media_urls._ROOM_LEFT_BYTES", 2**62)
    with pytest.raises(StoreError, match="no room"):
        uploads.begin("a.wav", 10, asked())
    assert there(folder) == []


def test_too_many_at_once_are_refused(uploads: Uploads) -> None:
    for _ in range(200):
        uploads.begin("a.wav", 1, asked())
    with pytest.raises(LimitError, match="200"):
        uploads.begin("a.wav", 1, asked())


def test_a_dropped_one_leaves_nothing_and_may_be_dropped_twice(uploads: Uploads, folder: Path) -> None:
    id = brought(uploads)
    uploads.drop(id)
    uploads.drop(id)
    assert there(folder) == []
    with pytest.raises(NotFound):
        uploads.part(id, 0, [memoryview(b"x")])


def test_what_broke_off_is_cleared_when_the_next_begins_in_any_process(folder: Path) -> None:
    elsewhere, here = Uploads(folder), Uploads(folder)
    broken, whole = elsewhere.begin("a.wav", 6, asked())["id"], brought(elsewhere)
    aged(folder, broken, 601)
    aged(folder, whole, 601)
    (folder / "notes of somebody").mkdir()
    aged(folder, "notes", 10**6)
    here.begin("b.wav", 1, asked())
    assert not named(folder, broken) and named(folder, whole) and named(folder, "notes")
    with pytest.raises(NotFound, match="Bring"):
        elsewhere.part(broken, 0, [memoryview(b"x")])
    aged(folder, whole, 7201)
    here.begin("b.wav", 1, asked())
    assert not named(folder, whole)


BEGIN_AND_WAIT = """
import sys
from pathlib import Path

from glimmer.widgets.face import Asked
from glimmer.widgets.uploads import Uploads
from glimmer.widgets.wire import Envelope

uploads = Uploads(Path(sys.argv[1]))
id = uploads.begin("a.wav", 6, Asked(None, Envelope(v=1, kind="ask", who="ann", served=False), ()))["id"]
uploads.part(id, 0, [memoryview(b"abc")])
print(id, flush=True)
sys.stdin.read()
"""


def test_what_a_killed_kernel_left_is_cleared_by_the_next_face(folder: Path) -> None:
    kernel = subprocess.Popen(
        [sys.executable, "-c", BEGIN_AND_WAIT, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert kernel.stdin and kernel.stdout
    with kernel:
        left = kernel.stdout.readline().strip()
        kernel.kill()
    assert kernel.returncode == -signal.SIGKILL
    assert named(folder, left), "nothing could clear it at the end"
    Uploads(folder)
    assert named(folder, left), "it may still be coming"
    aged(folder, left, 601)
    Uploads(folder)
    assert there(folder) == []


def aged(folder: Path, name: str, seconds: float) -> None:
    (found,) = named(folder, name)
    for path in (*found.iterdir(), found):
        os.utime(path, (time.time() - seconds,) * 2)


def named(folder: Path, name: str) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(name)]


def test_what_is_being_taken_in_is_not_stale(folder: Path) -> None:
    uploads = Uploads(folder)
    id = brought(uploads)
    aged(folder, id, 7000)
    with uploads.taken(id) as path:
        Uploads(folder).begin("b.wav", 1, asked())
        assert path.is_file()


def test_a_face_that_is_gone_takes_its_uploads_along(folder: Path) -> None:
    uploads = Uploads(folder)
    brought(uploads)
    del uploads
    gc.collect()
    assert there(folder) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\films\\gull.mp4", "gull.mp4"),
        ("a\x00b\n.wav", "a_b_.wav"),
        ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
        ("", "_"),
        ("..", "_"),
        ("file", "file_"),
        ("\ud800.wav", "_.wav"),
        ("x" * 300 + ".mp4", "x" * 196 + ".mp4"),
        ("é" * 300 + ".mp4", "é" * 98 + ".mp4"),
        ("Möwe – 海.mov", "Möwe – 海.mov"),
    ],
)
def test_a_name_goes_nowhere_and_is_kept_as_far_as_it_can(uploads: Uploads, folder: Path, given: str, kept: str) -> None:
    id = uploads.begin(given, 0, asked())["id"]
    with uploads.taken(id) as path:
        assert path.name.replace("?", "_") == kept and path.parent.parent == folder


def test_a_ticket_says_which_file_how_many_bytes_and_for_whom(
    uploads: Uploads, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLIMMER_MEDIA_KEY", "k")
    begun: dict[str, Any] = uploads.begin("a.wav", 7, asked(served=True))
    said = what_is_signed("upload", begun["rel"].removeprefix("glimmer/upload/"), who="ann")
    assert said["bytes"] == 7 and Path(said["path"]).parent.parent == folder.absolute()
    assert uploads.begin("a.wav", 7, asked())["rel"] == ""
