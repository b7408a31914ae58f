"""What a stranger made is told by its content, read in a child process and refused in words; nothing of it is kept, nothing else is read."""

from __future__ import annotations

import io
import os
import shutil
import socket
import stat
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from glimmer import limits
from glimmer.assets import Assets
from glimmer.buckets import Buckets, open_buckets
from glimmer.errors import GlimmerError, LimitError, MediaError, StoreError
from glimmer.store import Database, Store

CANARY = "canary-7f3a"


@pytest.fixture
def film(tmp_path: Path) -> Buckets:
    store = Store(Database(tmp_path / "studio" / "glimmer.db"), "Song")
    store.set_entries("video", [("shot-a", "1A")])
    store.set_entries("audio", [("line:x", "1")], prefix="line:")
    return open_buckets(store, Assets(tmp_path / "studio" / "objects"))


@pytest.fixture(autouse=True)
def nothing_is_left(film: Buckets, tmp_path: Path) -> Iterator[None]:
    """After every test here: no unfinished file lies about, and no asset holds the canary."""
    yield
    objects = tmp_path / "studio" / "objects"
    assert not list((objects / "incoming").glob("*"))
    assert not any(CANARY.encode() in path.read_bytes() for path in objects.rglob("*") if path.is_file())


def refused(film: Buckets, path: Path, says: str, kind: type[GlimmerError] = MediaError, *, sound: bool = False) -> None:
    """`path` is refused by its bucket with these words, and nothing was kept."""
    bucket, target = (film.audio, {"line": "1"}) if sound else (film.video, {"shot": "1A"})
    with pytest.raises(kind, match=says):
        bucket.add(path, **target)
    assert not bucket.used_takes() and not any(film.video.assets.stored())


def mp4(path: Path, *, frames: int = 48, size: tuple[int, int] = (64, 36), rate: int = 24, faststart: bool = True) -> Path:
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"} if faststart else {}) as container:
        stream = container.add_stream("libx264", rate=rate, options={"g": "8", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        noise = np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), np.uint8)
        for n in range(frames):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.roll(noise, n, 1), format="rgb24")))
        container.mux(stream.encode())
    return path


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_bytes(width: int, height: int, *, animated: int = 0) -> bytes:
    """A PNG of one grey whose pixels take next to no bytes: a bomb where it is large."""
    rows = zlib.compressobj(9)
    body = b"".join([rows.compress(b"\x00" * (width + 1)) for _ in range(height)]) + rows.flush()
    extra = chunk(b"acTL", struct.pack(">II", animated, 0)) if animated else b""
    extra += chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, width, height, 0, 0, 1, 25, 0, 0)) if animated else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


# ── what is no media, whatever it is called ─────────────────────────────────────────────────────────────────
def in_zip() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.png", png_bytes(4, 4))
    return sink.getvalue()


SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("{CANARY}")</script></svg>'
DRESSED = {
    "svg": (SVG.encode(), "an SVG drawing"),
    "svg after a declaration": (f'<?xml version="1.0"?>\n<!-- {"x" * 200} -->\n{SVG}'.encode(), "an SVG drawing"),
    "svg in utf-16": (SVG.encode("utf-16"), "an SVG drawing"),
    "hls": (b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "an HLS playlist"),
    "hls after a mark": (b"\xef\xbb\xbf\n#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "an HLS playlist"),
    "dash": (b'<?xml version="1.0"?><MPD type="static"><BaseURL>file:///etc/passwd</BaseURL></MPD>', "a DASH playlist"),
    "concat": (b"ffconcat version 1.0\nfile '/etc/passwd'\n", "a concat script"),
    "concat without its mark": (b"file '/etc/passwd'\nfile '/etc/hosts'\n", "no picture, sound or video"),
    "html": (b"<!DOCTYPE html><html><script>1</script></html>", "a web page"),
    "zip": (in_zip(), "a ZIP archive"),
    "gzip": (b"\x1f\x8b\x08" + b"\x00" * 40, "a gzip archive"),
    "program": (b"\x7fELF" + b"\x02" * 40, "a program"),
    "pdf": (b"%PDF-1.7\n" + b" " * 40, "a PDF"),
    "gif": (b"GIF89a" + b"\x00" * 40, "a GIF"),
    "heic": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "a HEIC or AVIF picture"),
    "pickle": (b"\x80\x04\x95" + b"\x00" * 40, "no picture, sound or video"),
    "hls in an id3 tag": (b"ID3\x04\x00\x00\x00\x00\x00\x00#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "can't be read"),
    "wave in name": (b"RIFF\x24\x00\x00\x00WAVE" + b"#EXTM3U\nfile:///etc/passwd\n" * 4, "can't be read|neither"),
    "ogg in name": (b"OggS" + b"ffconcat version 1.0\nfile '/etc/passwd'\n" * 4, "can't be read|neither"),
    "webm in name": (b"\x1a\x45\xdf\xa3" + b"#EXTM3U\nfile:///etc/passwd\n" * 4, "can't be read|neither"),
    "mp4 in name": (b"\x00\x00\x00\x18ftypmp42" + b"#EXTM3U\nfile:///etc/passwd\n" * 4, "can't be read|neither"),
    "webp in name": (b"RIFF\x24\x00\x00\x00WEBP" + b"VP8 " * 20, "can't be read"),
    "jpeg in name": (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "can't be read"),
}


@pytest.mark.parametrize("what", DRESSED)
def test_what_is_no_media_is_refused_in_the_clothes_of_a_video(film: Buckets, tmp_path: Path, what: str) -> None:
    content, says = DRESSED[what]
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    refused(film, path, says)


def test_no_other_file_and_no_port_is_touched(film: Buckets, tmp_path: Path) -> None:
    """Playlists of every kind that name a film beside them and a port of this machine: the port hears nothing, the film is not taken in."""
    beside = mp4(tmp_path / "theirs.mp4")
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.2)
        port = f"http://127.0.0.1:{door.getsockname()[1]}/x.ts"
        for text in (
            f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:2,\n{port}\n#EXTINF:2,\ntheirs.mp4\n#EXT-X-ENDLIST\n",
            f"ffconcat version 1.0\nfile theirs.mp4\nfile '{port}'\n",
            f"<?xml version='1.0'?><MPD><Period><BaseURL>{port}</BaseURL></Period></MPD>",
        ):
            for name in ("list.m3u8", "list.mov", "list.mp4"):
                (tmp_path / name).write_text(text)
                refused(film, tmp_path / name, "It names other files")
        with pytest.raises(TimeoutError):
            door.accept()
    assert film.video.add(beside, shot="1A").used is not None


def test_a_film_that_points_to_another_file_is_not_followed(film: Buckets, tmp_path: Path) -> None:
    """QuickTime may keep its media elsewhere: the alias in its data reference is changed to name a file beside it."""
    mp4(tmp_path / "theirs.mp4")
    whole = bytearray(mp4(tmp_path / "mine.mp4").read_bytes())
    at = whole.index(b"url ")
    whole[at : at + 8] = b"alis" + b"\x00\x00\x00\x00"
    (tmp_path / "mine.mov").write_bytes(bytes(whole))
    try:
        film.video.add(tmp_path / "mine.mov", shot="1A")
    except MediaError:
        return
    assert film.video["1A"].path.read_bytes() == bytes(whole)  # its own media alone


# ── bombs and limits ────────────────────────────────────────────────────────────────────────────────────────
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(film: Buckets, tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_bytes(30_000, 3_000))
    assert path.stat().st_size < 200_000
    refused(film, path, "30,000 x 3,000 px; at most 64,000,000", LimitError)


def test_an_animation_of_too_many_frames_is_refused_and_a_short_one_stands_as_a_still(film: Buckets, tmp_path: Path) -> None:
    (tmp_path / "many.png").write_bytes(png_bytes(16, 16, animated=200_000))
    refused(film, tmp_path / "many.png", "an animation of 200,000 frames", LimitError)
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "green", "blue")]
    frames[0].save(tmp_path / "few.webp", save_all=True, append_images=frames[1:])
    take = film.video.add(tmp_path / "few.webp", shot="1A").used
    assert take is not None and take.media_type == "image/webp" and "an animation of 3 frames" in take.notices[0]


def test_a_picture_of_too_many_bytes_is_refused_by_its_size(film: Buckets, tmp_path: Path) -> None:
    path = tmp_path / "padded.png"
    path.write_bytes(png_bytes(4, 4))
    os.truncate(path, limits.MAX_PICTURE_BYTES + 1)  # sparse: it takes no room
    refused(film, path, "MAX_PICTURE_BYTES", LimitError)
    os.truncate(path, limits.MAX_MEDIA_BYTES + 1)
    refused(film, path, "MAX_MEDIA_BYTES", LimitError)


def test_a_sound_that_would_last_for_days_is_refused(film: Buckets, tmp_path: Path) -> None:
    rate, bytes_there = 8, 300_000
    head = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8) + b"data" + struct.pack("<I", bytes_there)
    (tmp_path / "days.wav").write_bytes(b"RIFF" + struct.pack("<I", 36 + bytes_there) + b"WAVE" + head + b"\x80" * bytes_there)
    refused(film, tmp_path / "days.wav", "MAX_FILM_SECONDS", LimitError, sound=True)


def test_a_film_of_too_large_frames_or_too_many_a_second_is_refused(film: Buckets, tmp_path: Path) -> None:
    refused(film, mp4(tmp_path / "wide.mp4", frames=1, size=(8_400, 64)), "MAX_FRAME_SIDE_PX", LimitError)
    refused(film, mp4(tmp_path / "quick.mp4", frames=9, rate=5_000), "MAX_FRAME_RATE", LimitError)


def test_a_codec_that_is_not_on_the_list_is_named(film: Buckets, tmp_path: Path) -> None:
    with av.open(str(tmp_path / "old.mkv"), "w", format="matroska") as container:
        stream = container.add_stream("snow", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((36, 64, 3), np.uint8), format="rgb24")))
        container.mux(stream.encode())
    refused(film, tmp_path / "old.mkv", "is coded as snow")


# ── broken ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_film_that_was_cut_short_is_refused_or_says_so(film: Buckets, tmp_path: Path) -> None:
    whole = mp4(tmp_path / "whole.mp4", frames=240, faststart=True).read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) * 6 // 10])
    take = film.video.add(tmp_path / "half.mp4", shot="1A").used
    assert take is not None and "missing at the end" in take.notices[0]
    whole_take = film.video.add(tmp_path / "whole.mp4", shot="1A").used
    assert whole_take is not None and whole_take.notices == () and abs(whole_take.seconds - 10) < 0.05


def test_every_way_of_cutting_and_flipping_a_file_ends_in_a_take_or_in_words(film: Buckets, tmp_path: Path) -> None:
    """Forty damaged files of four kinds. Whatever a decoder does, this process goes on."""
    random = np.random.default_rng(7)
    soundfile.write(tmp_path / "a.flac", random.uniform(-1, 1, 4_800).astype(np.float32), 48_000)
    Image.fromarray(random.integers(0, 255, (32, 32, 3), np.uint8)).save(tmp_path / "a.webp")
    for source in (mp4(tmp_path / "a.mp4", frames=12), tmp_path / "a.flac", tmp_path / "a.webp"):
        whole = source.read_bytes()
        for turn in range(5):
            broken = bytearray(whole[: int(random.integers(40, len(whole)))] if turn % 2 else whole)
            for at in random.integers(12, len(broken), 20):
                broken[at] ^= 0xFF
            bucket = film.audio if source.suffix == ".flac" else film.video
            try:
                bucket.add(bytes(broken), name=f"{source.name} {turn}")
            except (MediaError, LimitError) as error:
                assert "\n" not in str(error) and len(str(error)) < 700


def test_a_reader_that_is_killed_costs_a_sentence(film: Buckets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from glimmer.buckets import probing

    (tmp_path / "crash.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(probing, "_CHILD", str(tmp_path / "crash.py"))
    (tmp_path / "a.png").write_bytes(png_bytes(4, 4))
    refused(film, tmp_path / "a.png", "its reader was ended by SIGSEGV")
    (tmp_path / "crash.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(probing, "_WALL_SECONDS", 0.3)
    refused(film, tmp_path / "a.png", "its reader was stopped")


def test_the_reader_has_no_environment_and_little_memory(tmp_path: Path) -> None:
    """The child that reads, asked by hand: it holds its own limits, and answers in one line of JSON."""
    from glimmer.buckets.probing import _CHILD

    (tmp_path / "a.png").write_bytes(png_bytes(6_000, 6_000))
    asked = '{"reader": "picture", "memory_bytes": 60000000, "cpu_seconds": 5, "most": {"MAX_IMAGE_PIXELS": 64000000, "MAX_PICTURE_FRAMES": 9}}'
    with (tmp_path / "a.png").open("rb") as file:
        done = subprocess.run([sys.executable, "-P", "-s", _CHILD, asked], stdin=file, capture_output=True, check=False)
    assert b"memory" in done.stdout or done.returncode != 0


# ── what is no file, and what changes ───────────────────────────────────────────────────────────────────────
def test_only_regular_files_are_opened_and_nothing_waits(film: Buckets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "loop.mp4").symlink_to(tmp_path / "loop.mp4")
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "zero.mp4").symlink_to("/dev/zero")
    (tmp_path / "gone.mp4").symlink_to(tmp_path / "nowhere")
    with socket.socket(socket.AF_UNIX) as door:
        monkeypatch.chdir(tmp_path)  # a socket's path is short
        door.bind("s.mp4")
        started = time.monotonic()
        for name, says in (
            ("pipe.mp4", "a pipe"), ("loop.mp4", "leads back to itself"), ("empty.mp4", "is empty"), ("folder.mp4", "a folder"),
            ("zero.mp4", "a device"), ("gone.mp4", "not there"), ("s.mp4", "a socket"), ("x" * 300, "longer name"),
            ("a\x00b.mp4", "can't be opened"),
        ):  # fmt: skip
            refused(film, tmp_path / name, says)
    assert time.monotonic() - started < 5


def test_a_link_to_a_film_is_the_film(film: Buckets, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_bytes(4, 4))
    (tmp_path / "link.png").symlink_to(tmp_path / "a.png")
    assert film.video.add(tmp_path / "link.png").name == "link"


def test_what_was_checked_is_what_is_kept_however_the_file_changes(film: Buckets, tmp_path: Path) -> None:
    """Somebody writes another file over it the whole time: what is kept is one of the two, whole, or nothing."""
    good, bad = png_bytes(200, 200), CANARY.encode() * 40
    path, done = tmp_path / "a.png", threading.Event()
    path.write_bytes(good)

    def swap() -> None:
        while not done.is_set():
            for content in (bad, good):
                path.write_bytes(content)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        for _ in range(12):
            try:
                assert film.video.add(path, name="swapped").path.read_bytes() == good
            except MediaError:
                continue
    finally:
        done.set()
        thread.join()


def test_a_full_disk_is_said_and_nothing_is_kept(film: Buckets, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], capture_output=True, check=False).returncode:
        pytest.skip("a small file system can't be made here")
    try:
        tight = open_buckets(film.video.store, Assets(small / "objects"))
        soundfile.write(tmp_path / "a.wav", np.zeros(200_000, np.float32), 48_000)
        with pytest.raises(StoreError, match="Nothing was kept"):
            tight.audio.add(tmp_path / "a.wav", line="1")
        assert not tight.audio["1"].takes and not any((small / "objects").rglob("*.part"))
    finally:
        subprocess.run(["umount", str(small)], check=False)


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────
HOSTILE = (
    "../../etc/passwd", "..\\..\\windows\\system32", "/etc/shadow", "C:\\con", "con", "nul.png", "-i", "--help", "-rf *", "a b;rm -rf ~",
    "$(touch x)", "`id`", "a|b", "a&b", "a\nb", "a\rb\tc", "\x1b[31mred", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "' or 1=1 --", "%2e%2e%2f", "%s%n%x", "{0.__class__}", "{{7*7}}", "\u202egpj.exe", "\u0000", "．．／", "名前", "🎬", "é" * 199, ".", "..", "~root",
)  # fmt: skip


def test_hostile_names_are_only_text(film: Buckets, tmp_path: Path) -> None:
    outside = {path for path in tmp_path.rglob("*") if not path.is_relative_to(tmp_path / "studio")}
    picture = np.zeros((8, 8, 3), np.uint8)
    for name in HOSTILE:
        try:
            entry = film.video.add(picture, name=name)
        except GlimmerError as error:
            assert name == "\u0000" and "can't be a name" in str(error)
            continue
        assert entry.path.is_relative_to(tmp_path / "studio" / "objects") and stat.S_ISREG(entry.path.lstat().st_mode)
        assert "\n" not in entry.name and "\x1b" not in repr(entry) and "\u202e" not in entry.name
        assert film.video[entry.name] == entry
    html = film.video._repr_html_() + film.video.find(limit=100)._repr_html_()
    assert "<script>" not in html and "<img src=x" not in html
    assert {path for path in tmp_path.rglob("*") if not path.is_relative_to(tmp_path / "studio")} == outside


def test_a_file_with_a_hostile_name_is_read_and_never_run(film: Buckets, tmp_path: Path) -> None:
    for number, name in enumerate(
        ("-i.png", "--.png", "a;touch x.png", "file:b.png", "concat:a.png", "\udcff\udcfe.png", "%d.png", "a\nb.png")
    ):
        path = tmp_path / name
        path.write_bytes(png_bytes(8, 8 + number))
        assert film.video.add(path).path.read_bytes() == path.read_bytes()
    assert not (tmp_path / "x.png").exists() and shutil.which("touch")
