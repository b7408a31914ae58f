"""Anything can be a shot: pictures from an array, a list, a generator, a function of time, a figure, a clip of moviepy."""

from __future__ import annotations

import io
import itertools
from fractions import Fraction
from pathlib import Path

import av
import matplotlib
import numpy as np
import pytest
from PIL import Image

from glimmer import limits
from glimmer.assets import Assets
from glimmer.buckets import Bucket
from glimmer.errors import InputError, LimitError, MediaError, TimecodeError
from glimmer.store import Database, Store

matplotlib.use("agg")

WARM, COOL = (180, 70, 50), (50, 100, 170)


@pytest.fixture
def video(tmp_path: Path) -> Bucket:
    store = Store(Database(tmp_path / "studio" / "glimmer.db"), "Song")
    store.set_entries("video", [("shot-a", "1A"), ("shot-b", "1B")])
    return Bucket("video", "shot", store, Assets(tmp_path / "studio" / "objects"))


def patches(level: int = 0, size: tuple[int, int] = (64, 36), depth: int = 3) -> np.ndarray:
    """Two colours above, a grey of `level` below."""
    picture = np.full((size[1], size[0], depth), 255, np.uint8)
    picture[..., :3] = level
    picture[: size[1] // 2, : size[0] // 2, :3] = WARM
    picture[: size[1] // 2, size[0] // 2 :, :3] = COOL
    return picture


def shown(entry) -> list[np.ndarray]:
    """What a player shows: RGB by the file's own tags."""
    with av.open(io.BytesIO(entry.path.read_bytes())) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.colorspace, stream.codec_context.color_range) == (1, 1)
        return [frame.to_ndarray(format="rgba", src_colorspace="ITU709") for frame in container.decode(stream)]


def unfinished(video: Bucket) -> list[Path]:
    return list(video.assets.root.rglob("*.part"))


# ── colours and time ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("depth", [3, 4])
def test_colours_come_back_as_they_were_drawn(video: Bucket, depth: int) -> None:
    pictures = shown(video.add((patches(8 * n, depth=depth) for n in range(12)), shot="1A"))
    for number, picture in enumerate(pictures):
        for place, wanted in (((8, 12), WARM), ((8, 52), COOL), ((27, 32), (8 * number,) * 3)):
            rows, columns = slice(place[0] - 3, place[0] + 3), slice(place[1] - 3, place[1] + 3)
            assert np.abs(picture[rows, columns, :3].reshape(-1, 3).mean(axis=0) - wanted).max() <= 3


def test_a_generator_plays_at_the_rate_that_is_said(video: Bucket) -> None:
    used = video.add((patches(n) for n in range(30)), shot="1A", rate="29.97").used
    assert used is not None and used.seconds == pytest.approx(30 * 1001 / 30000)
    with av.open(str(video["1A"].path)) as container:
        assert container.streams.video[0].average_rate == Fraction(30000, 1001)


def test_a_list_of_images_plays_at_24(video: Bucket) -> None:
    used = video.add([Image.fromarray(patches(n)) for n in range(12)], shot="1A").used
    assert used is not None and used.seconds == pytest.approx(0.5)


def test_the_same_frames_again_are_the_same_take(video: Bucket) -> None:
    for _ in range(2):
        video.add((patches(n) for n in range(5)), shot="1A")
    assert len(video["1A"].takes) == 1


def test_alpha_is_kept(video: Bucket) -> None:
    frames = [patches(100, depth=4) for _ in range(3)]
    for frame in frames:
        frame[:, :32, 3] = 0
        frame[:18, 32:, 3] = 128
    entry = video.add(frames, shot="1A")
    assert entry.used.media_type == "video/quicktime"
    alpha = shown(entry)[1][..., 3].astype(int)
    assert alpha[:, :30].max() <= 2 and abs(alpha[4:14, 36:60].mean() - 128) < 3 and alpha[22:, 36:].min() >= 253
    still = video.add(Image.fromarray(frames[0]), shot="1B")
    assert Image.open(still.path).mode == "RGBA"


def test_footage_is_written_as_it_comes_and_never_held(video: Bucket) -> None:
    alive = []

    class Frame:
        def __init__(self, number: int) -> None:
            self.number = number
            alive.append(number)

        def __array__(self, dtype=None, copy=None):
            return patches(self.number)

        def __del__(self) -> None:
            alive.remove(self.number)

    most = 0

    def frames():
        nonlocal most
        for number in range(60):
            most = max(most, len(alive))
            yield Frame(number)

    video.add(frames(), shot="1A")
    assert most <= 2


# ── functions of time ───────────────────────────────────────────────────────────────────────────────────────
def test_a_function_is_asked_for_every_frames_time(video: Bucket) -> None:
    asked: list[float] = []

    def sunrise(seconds: float) -> np.ndarray:
        asked.append(seconds)
        return patches(round(100 * seconds))

    entry = video.add(sunrise, shot="1A", seconds=0.5, rate=30, key="sunrise 1")
    assert asked == [n / 30 for n in range(15)]
    assert entry.used.seconds == pytest.approx(0.5) and len(shown(entry)) == 15


def test_what_a_key_names_already_is_not_drawn_again(video: Bucket) -> None:
    calls = []

    def bars(seconds: float) -> np.ndarray:
        calls.append(seconds)
        return patches(50)

    first = video.add(bars, shot="1A", seconds=0.25, key="bars")
    again = video.add(bars, shot="1A", seconds=0.25, key="bars")
    elsewhere = video.add(bars, shot="1B", seconds=0.25, key="bars")
    assert len(calls) == 6 and len(again.takes) == 1
    assert first.used.asset == again.used.asset == elsewhere.used.asset
    video.add(bars, shot="1A", seconds=0.5, key="bars")
    assert len(calls) == 18 and len(video["1A"].takes) == 2 and video["1A"].used.seconds == pytest.approx(0.5)


def test_a_function_of_time_may_draw_figures_and_leaves_none_open(video: Bucket) -> None:
    import matplotlib.pyplot as plt

    def plot(seconds: float):
        figure, axes = plt.subplots(figsize=(1, 0.5))
        axes.bar([0], [seconds])
        return figure

    before = plt.get_fignums()
    entry = video.add(plot, shot="1A", seconds=0.125, key="plot")
    assert len(shown(entry)) == 3 and shown(entry)[0].shape == (80, 160, 4)
    assert plt.get_fignums() == before


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "seconds=4"),
        ({"seconds": 1}, 'key="'),
        ({"seconds": 0, "key": "a"}, "above 0"),
        ({"seconds": float("nan"), "key": "a"}, "above 0"),
        ({"seconds": True, "key": "a"}, "above 0"),
        ({"seconds": 0.001, "key": "a"}, "no frame"),
        ({"seconds": 1, "key": 7}, "key=7"),
    ],
)
def test_a_function_without_length_or_key_is_told_the_spelling(video: Bucket, asked: dict, says: str) -> None:
    with pytest.raises(InputError, match=says):
        video.add(lambda seconds: patches(), shot="1A", **asked)
    assert video["1A"].takes == () and not unfinished(video)


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────
def broken():
    yield patches()
    raise RuntimeError("the simulation diverged")


@pytest.mark.parametrize(
    ("media", "says"),
    [
        ([], "not one frame"),
        ([patches(), patches(size=(32, 18))], "frame 1 has 32 x 18"),
        ([patches(), patches(depth=4)], "frame 1 has alpha"),
        ([patches(), "2.png"], "frame 1 is a str"),
        ([patches() / 255.0], "astype"),
        (np.zeros((4, 36, 64, 3), np.float32), "astype"),
        ([np.zeros((36, 64), np.uint8)], "np.stack"),
        ([np.zeros((1, 1, 3), np.uint8)], "2 to"),
        ({"a": 1}, "a dict"),
        (7, "an int|a int"),
    ],
)
def test_what_is_no_picture_is_refused_in_words_and_leaves_nothing(video: Bucket, media: object, says: str) -> None:
    with pytest.raises(InputError, match=says):
        video.add(media, shot="1A")
    assert video["1A"].takes == () and not unfinished(video)


def test_an_error_in_a_generator_is_its_own_and_leaves_nothing(video: Bucket) -> None:
    with pytest.raises(RuntimeError, match="diverged"):
        video.add(broken(), shot="1A")
    assert video["1A"].takes == () and not unfinished(video)


def test_a_generator_without_end_is_stopped(video: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILM_SECONDS", 2)
    with pytest.raises(LimitError, match="islice"):
        video.add((patches() for _ in itertools.count()), shot="1A")
    assert not unfinished(video)


def test_a_rate_is_for_frames_only(video: Bucket, tmp_path: Path) -> None:
    Image.fromarray(patches()).save(tmp_path / "a.png")
    for media in (tmp_path / "a.png", Image.fromarray(patches())):
        with pytest.raises(InputError, match="Leave them out"):
            video.add(media, shot="1A", rate=24)
    with pytest.raises(TimecodeError, match="no frame rate"):
        video.add([patches()], shot="1A", rate=-3)


# ── a table of colours ──────────────────────────────────────────────────────────────────────────────────────
def table(path: Path, rows: int = 8, row: str = "0.5 0.25 1.0") -> Path:
    path.write_text('TITLE "warm"\nLUT_3D_SIZE 2\n' + f"{row}\n" * rows)
    return path


def test_a_table_of_colours_is_an_asset_and_never_a_shots_picture(video: Bucket, tmp_path: Path) -> None:
    entry = video.add(table(tmp_path / "warm.cube"))
    assert entry.name == "warm" and entry.used.media_type == "application/x-cube" and entry.path.suffix == ".cube"
    with pytest.raises(InputError, match="needs a picture"):
        video.add(tmp_path / "warm.cube", shot="1A")
    assert video["1A"].takes == () and "warm" in video._repr_html_() and video.list() is not None


@pytest.mark.parametrize(
    ("rows", "row", "says"), [(7, "0 0 0", "7 rows"), (8, "0 0", "three numbers"), (8, "0 nan 0", "three numbers")]
)
def test_a_table_that_is_not_whole_is_refused(video: Bucket, tmp_path: Path, rows: int, row: str, says: str) -> None:
    with pytest.raises(MediaError, match=says):
        video.add(table(tmp_path / "warm.cube", rows, row))
