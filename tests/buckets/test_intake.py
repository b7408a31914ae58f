"""What a person brings is told by its content and checked before anything is kept."""

from __future__ import annotations

import io
from pathlib import Path

import av
import matplotlib
import numpy as np
import pytest
import soundfile
from PIL import Image

from glimmer.assets import Assets
from glimmer.buckets import Bucket
from glimmer.errors import InputError, MediaError, NotFound
from glimmer.store import Database, Store

matplotlib.use("agg")


@pytest.fixture
def video(tmp_path: Path) -> Bucket:
    store = Store(Database(tmp_path / "studio" / "glimmer.db"), "Song")
    store.set_entries("video", [("shot-a", "1A"), ("shot-b", "1B")])
    return Bucket("video", "shot", store, Assets(tmp_path / "studio" / "objects"))


@pytest.fixture
def audio(video: Bucket) -> Bucket:
    video.store.set_entries("audio", [("line:x", "1")], prefix="line:")
    return Bucket("audio", "line", video.store, video.assets)


def png(path: Path, size: tuple[int, int] = (64, 36)) -> Path:
    Image.new("RGB", size, "#336699").save(path, "PNG")
    return path


def wav(path: Path, seconds: float = 0.5) -> Path:
    soundfile.write(path, np.zeros(int(seconds * 48_000), np.float32), 48_000, format="WAV")
    return path


def mp4(path: Path, frames: int = 12) -> Path:
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for _ in range(frames):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((36, 64, 3), np.uint8), format="rgb24")))
        container.mux(stream.encode())
    return path


def test_what_a_person_adds_to_a_shot_is_what_cuts_use(video: Bucket, tmp_path: Path) -> None:
    entry = video.add(png(tmp_path / "gull.png"), shot="1B")
    assert entry.name == "1B" and entry.is_own
    assert entry.used is not None and entry.used.media_type == "image/png"


def test_the_same_file_again_is_the_same_take(video: Bucket, tmp_path: Path) -> None:
    path = png(tmp_path / "gull.png")
    video.add(path, shot="1A")
    assert len(video.add(path, shot="1A").takes) == 1


def test_media_without_a_target_gets_an_entry_of_its_own(video: Bucket, tmp_path: Path) -> None:
    assert video.add(mp4(tmp_path / "gull.mp4")).name == "gull"
    used = video["gull"].used
    assert used is not None and abs(used.seconds - 0.5) < 0.05


def test_a_picture_in_the_clothes_of_a_video_is_taken_as_the_picture_it_is(video: Bucket, tmp_path: Path) -> None:
    used = video.add(png(tmp_path / "still.mp4"), shot="1A").used
    assert used is not None and used.media_type == "image/png"


def test_a_line_of_ones_own_is_taken_with_its_length(audio: Bucket, tmp_path: Path) -> None:
    used = audio.add(wav(tmp_path / "line_1.wav", 1.25), line="1").used
    assert used is not None and used.seconds == pytest.approx(1.25, abs=0.01)


def test_sound_is_no_picture(video: Bucket, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="video takes image or video"):
        video.add(wav(tmp_path / "line.wav"), shot="1A")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x00" * 400, "no picture, sound or video"),
        (b"ffconcat version 1.0\nfile '/etc/passwd'\n", "no picture, sound or video"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n", "no picture, sound or video"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\x07" * 300, "can't be read"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "can't be read"),
        (b"RIFF\x24\x00\x00\x00WAVEjunkjunk", "can't be read"),
    ],
)
def test_what_is_no_media_is_refused_and_nothing_is_kept(video: Bucket, tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=says):
        video.add(path, shot="1A")
    assert video["1A"].takes == ()


def test_a_video_that_is_cut_short_is_refused(video: Bucket, tmp_path: Path) -> None:
    whole = mp4(tmp_path / "whole.mp4", 48).read_bytes()
    (tmp_path / "short.mp4").write_bytes(whole[: len(whole) // 3])
    with pytest.raises(MediaError, match=r"can't be read|not one frame"):
        video.add(tmp_path / "short.mp4", shot="1A")


def test_a_folder_and_a_missing_file_are_told_apart(video: Bucket, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="a folder"):
        video.add(tmp_path, shot="1A")
    with pytest.raises(MediaError, match="not there"):
        video.add(tmp_path / "none.png", shot="1A")


def test_a_shot_nobody_knows_is_an_error_with_the_near_names(video: Bucket, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="1A"):
        video.add(png(tmp_path / "a.png"), shot="1C")
    with pytest.raises(InputError, match="expected shot="):
        video.add(png(tmp_path / "a.png"), line="1")


@pytest.mark.parametrize(("name"), ["../../etc/passwd", "<script>alert(1)</script>", "a/b", "con", "名前", "x" * 180])
def test_a_hostile_name_is_only_text(video: Bucket, tmp_path: Path, name: str) -> None:
    entry = video.add(png(tmp_path / "a.png"), name=name)
    assert entry.name == name
    assert entry.path.is_relative_to(tmp_path / "studio" / "objects")
    assert "<script>" not in entry._repr_html_()


def test_pictures_from_memory_are_stills(video: Bucket) -> None:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    for media in (Image.new("RGBA", (32, 18), "red"), np.zeros((18, 32, 3), np.uint8), figure):
        used = video.add(media, shot="1A").used
        assert used is not None and used.media_type == "image/png"
    plt.close(figure)


def test_an_array_of_frames_is_footage(video: Bucket) -> None:
    frames = np.zeros((30, 36, 64, 3), np.uint8)
    frames[:, :, :, 0] = np.linspace(0, 255, 30).astype(np.uint8)[:, None, None]
    entry = video.add(frames, shot="1A")
    with av.open(io.BytesIO(entry.path.read_bytes())) as container:
        assert sum(1 for _ in container.decode(video=0)) == 30


def test_an_array_that_is_no_picture_is_refused_with_the_right_shapes(video: Bucket) -> None:
    with pytest.raises(InputError, match=r"\(height, width, 3\)"):
        video.add(np.zeros((10, 10), np.float64), shot="1A")


def test_a_bucket_shows_itself_in_one_line_and_one_card(video: Bucket, tmp_path: Path) -> None:
    video.add(png(tmp_path / "gull.png"), shot="1B")
    assert repr(video) == "video: 2 shots · 1 take"
    assert "1B" in video._repr_html_() and len(video._repr_html_()) < 60_000
