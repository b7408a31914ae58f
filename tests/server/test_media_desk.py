"""Media of a film by reference: what is the studio's own is drawn, once and whole; what is not can't be named."""

from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("anywidget")

import glimmer as gl
from glimmer.assembly import Assembly, Clip, Track
from glimmer.errors import GlimmerError, LimitError, MissingPiece, NotFound, StoreError
from glimmer.media_urls import what_is_signed
from glimmer.widgets import media
from glimmer.widgets.face import Asked
from glimmer.widgets.media import MediaDesk, kept_once
from glimmer.widgets.wire import Envelope

SECONDS, RATE, SIZE = 6, 12, (320, 180)


def asked(*, served: bool = False) -> Asked:
    return Asked(None, Envelope(v=1, kind="ask", who="ann", served=served), ())  # type: ignore[arg-type]


def written(path: Path) -> Path:
    """Six seconds that go from dark to light, with a 440 Hz tone in their second half."""
    import av

    with av.open(str(path), "w") as film:
        picture = film.add_stream("libx264", rate=RATE)
        picture.width, picture.height, picture.pix_fmt = *SIZE, "yuv420p"
        sound = film.add_stream("aac", rate=48_000)
        for number in range(SECONDS * RATE):
            shade = np.full((SIZE[1], SIZE[0], 3), 20 + number * 3, np.uint8)
            film.mux(picture.encode(av.VideoFrame.from_ndarray(shade, format="rgb24")))
        film.mux(picture.encode(None))
        tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(48_000 * SECONDS) / 48_000).astype(np.float32)
        tone[: len(tone) // 2] = 0
        frame = av.AudioFrame.from_ndarray(np.stack([tone, tone]), format="fltp", layout="stereo")
        frame.sample_rate = 48_000
        film.mux(sound.encode(frame))
        film.mux(sound.encode(None))
    return path


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film with footage, a still and a rendered cut of them."""
    folder = tmp_path_factory.mktemp("desk")
    from PIL import Image

    Image.new("RGB", (400, 200), (200, 40, 40)).save(folder / "red.png")
    film = gl.Project("A/B: Desk", studio=folder / "studio", user="ada")
    film.video.add(written(folder / "rise.mp4"), name="rise")
    red = film.video.add(folder / "red.png", name="red")
    clip = Clip(id="red", name="red", kind="still", asset=red.takes[0].asset, start=0, frames=12)
    cut = Assembly(title="Red", rate=Fraction(24), tracks=(Track(name="V1", kind="picture", clips=(clip,)),))
    film.render(cut, "draft").wait()
    return folder / "studio"


@pytest.fixture
def film(studio: Path) -> gl.Project:
    return gl.Project("A/B: Desk", studio=studio, user="ada")


@pytest.fixture
def desk(film: gl.Project) -> MediaDesk:
    return MediaDesk(film)


def asset(film: gl.Project, name: str) -> str:
    return str(film.video[name].takes[0].asset)


def picture(path: Path) -> Any:
    from PIL import Image

    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def test_a_take_is_given_as_it_is(film: gl.Project, desk: MediaDesk) -> None:
    path, mime = desk.file(f"asset/{asset(film, 'rise')}")
    assert mime == "video/mp4" and path.read_bytes() == film.assets.read(asset(film, "rise"))


@pytest.mark.parametrize(("wanted", "width"), [("1", 96), ("240", 240), ("241", 320), ("99999", 320), ("", 240)])
def test_a_thumb_is_as_wide_as_a_step_and_no_wider_than_the_film(
    film: gl.Project, desk: MediaDesk, wanted: str, width: int
) -> None:
    path, mime = desk.file(f"thumb/{asset(film, 'rise')}/{wanted}".rstrip("/"))
    seen = picture(path)
    assert mime == "image/jpeg" and abs(seen.shape[1] - width) <= 2 or width == 320 and seen.shape[1] >= 320
    assert abs(seen.shape[1] / seen.shape[0] - 16 / 9) < 0.05 and seen.mean() < 40


def test_a_still_has_a_thumb_in_its_colours_and_no_row(film: gl.Project, desk: MediaDesk) -> None:
    seen = picture(desk.file(f"thumb/{asset(film, 'red')}/160")[0])
    assert np.abs(seen.mean(axis=(0, 1)) - (200, 40, 40)).max() < 5
    for kind, words in (("sprite", "still"), ("peaks", "no sound in a still")):
        with pytest.raises(MissingPiece, match=words):
            desk.file(f"{kind}/{asset(film, 'red')}")


def test_a_row_holds_twelve_frames_spread_over_the_film(film: gl.Project, desk: MediaDesk) -> None:
    row = picture(desk.file(f"sprite/{asset(film, 'rise')}")[0])
    assert row.shape == (90, 12 * 160, 3)
    shades = [row[:, at * 160 : (at + 1) * 160].mean() for at in range(12)]
    expected = [20 + 3 * int((at + 0.5) * SECONDS / 12 * RATE) for at in range(12)]
    assert np.abs(np.array(shades) - expected).max() < 8


def test_the_shape_of_a_sound_is_true_and_says_how_fine_it_is(film: gl.Project, desk: MediaDesk) -> None:
    found = desk.file(f"peaks/{asset(film, 'rise')}")[0].read_bytes()
    a_second = int.from_bytes(found[:4], "little") / 1000
    pairs = np.frombuffer(found[4:], np.uint8).reshape(-1, 2).astype(int)
    assert a_second == 100 and abs(len(pairs) / a_second - SECONDS) < 0.1
    silent, heard = pairs[:280], pairs[320:580]
    assert np.abs(silent - 128).max() <= 2
    assert np.abs(heard - (128 - 63.5, 128 + 63.5)).max() < 6


def test_the_peaks_of_an_hour_are_few_and_drift_nowhere() -> None:
    """Only the sum is looked at: 3,600 s and 6 h come to at most 4,000, at a whole number of thousandths a second."""
    from glimmer.widgets import media_drawn

    for seconds in (1, 39, 41, 3_600, 21_600):
        together = next(each for each in media_drawn._TOGETHER if seconds * 100 <= each * 4_000)
        assert 100_000 % together == 0 and seconds * 100 / together <= 4_000


@pytest.mark.parametrize(
    "ref",
    ["", "asset", "asset/", "asset/../../etc/passwd", "asset//etc/passwd", "asset/" + "A" * 64, "asset/" + "a" * 63, "asset/" + "a" * 65]
    + ["asset/" + "a" * 64, "asset/" + "a" * 64 + "/240", "thumb/../x/240", "thumb/" + "a" * 64 + "/../../x", "peaks/x\x00", "film/../1"]
    + ["film/9", "film/1/../x", "film/-1", "film/1 OR 1=1", "save/asset/x", "file:///etc/passwd", "thumb/" + "a" * 64 + "/1e9", "x" * 5000],
)  # fmt: skip
def test_what_is_not_the_studio_s_own_can_t_be_named(desk: MediaDesk, ref: str) -> None:
    with pytest.raises(GlimmerError):
        desk.file(ref)


def test_a_width_that_is_no_number_is_refused(film: gl.Project, desk: MediaDesk) -> None:
    for width in ("-1", "1e3", "240px", "٣", "9" * 6):
        with pytest.raises(GlimmerError, match="whole number"):
            desk.file(f"thumb/{asset(film, 'rise')}/{width}")


def test_a_picture_is_drawn_once_however_many_ask(tmp_path: Path) -> None:
    drawn, all_are_here, path = [], threading.Barrier(8), tmp_path / "cache" / "one.jpg"

    def draw() -> bytes:
        drawn.append(1)
        return b"whole"

    def ask() -> None:
        all_are_here.wait()
        assert kept_once(path, draw).read_bytes() == b"whole"

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 1 and [each.name for each in path.parent.iterdir()] == ["one.jpg"]


def test_what_can_t_be_drawn_is_tried_once_and_leaves_nothing(tmp_path: Path) -> None:
    tried = []

    def draw() -> bytes:
        tried.append(1)
        raise MissingPiece("there is no picture of it.")

    for _ in range(3):
        with pytest.raises(MissingPiece):
            kept_once(tmp_path / "cache" / "none.jpg", draw)
    assert len(tried) == 1 and not (tmp_path / "cache").exists()


def test_a_cache_that_can_t_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder belongs")
    with pytest.raises(StoreError, match="Make room"):
        kept_once(tmp_path / "cache" / "one.jpg", lambda: b"x")


# ── renders ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_finished_render_its_poster_and_its_name(film: gl.Project, desk: MediaDesk) -> None:
    path, mime = desk.file("film/1")
    assert mime == "video/mp4" and path == film.renders[0].path
    assert picture(desk.file("film/1/poster")[0]).shape[2] == 3
    assert desk.saved_name("film/1", path) == "A_B_ Desk - draft - render 1.mp4"
    with pytest.raises(NotFound, match="poster"):
        desk.file("film/1/x")


def test_a_render_that_says_it_lies_elsewhere_is_not_given(film: gl.Project, desk: MediaDesk, tmp_path: Path) -> None:
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(b"not a render")
    there = str(film.renders[0].path)
    film.store.set_job(1, path=str(secret))
    try:
        with pytest.raises(GlimmerError):
            desk.file("film/1")
    finally:
        film.store.set_job(1, path=there)


# ── how they get there ──────────────────────────────────────────────────────────────────────────────────────
def test_with_a_server_an_address_is_given_for_this_visitor(
    desk: MediaDesk, film: gl.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLIMMER_MEDIA_KEY", "k")
    path, mime = desk.file(f"asset/{asset(film, 'red')}")
    given = asked(served=True)
    told = desk.told(path, mime, given, name="red.png")
    said = what_is_signed("media", told["rel"].removeprefix("glimmer/media/"), who="ann")
    assert said["path"] == str(path.absolute()) and said["mime"] == "image/png" and said["name"] == "red.png"
    assert told["bytes"] == path.stat().st_size and not given.reply_buffers


def test_without_one_bytes_come_along_up_to_a_bound(desk: MediaDesk, film: gl.Project, tmp_path: Path) -> None:
    path, mime = desk.file(f"asset/{asset(film, 'red')}")
    given = asked()
    assert desk.told(path, mime, given) == {"buffer": 0, "mime": "image/png", "bytes": path.stat().st_size}
    assert given.reply_buffers == [path.read_bytes()]
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.truncate(32_000_001)
    with pytest.raises(LimitError, match="glimmer lab"):
        desk.told(large, "video/mp4", asked())


def test_a_name_to_keep_goes_nowhere(desk: MediaDesk, film: gl.Project) -> None:
    sha256 = asset(film, "red")
    name = desk.saved_name(f"asset/{sha256}", film.assets.path(sha256))
    assert name == f"A_B_ Desk - asset {sha256[:12]}.png"
    assert media._plain("../../x\r\n\"'<>") == "_.._x_"
