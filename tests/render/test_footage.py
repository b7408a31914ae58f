"""Footage gives the right picture for any place, in any order and direction, in the size that suits the frame."""

from __future__ import annotations

import gc
import os
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from glimmer.errors import MediaError
from glimmer.render import footage as footage_module
from glimmer.render.footage import Footage
from glimmer.render.planes import Planes, to_rgb
from glimmer.render.reel import Reels

RATE = Fraction(30)
SIZE = (160, 90)
GOPS = {
    "one key frame": {"crf": "16", "g": "250", "bf": "3"},
    "open GOPs": {"x264-params": "open-gop=1:keyint=20:bframes=6:b-adapt=2"},
    "only key frames": {"g": "1"},
}


def coded(number: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    """The number in eight blocks of light and dark, under a grey."""
    width, height = size
    picture = np.full((height, width, 3), 90, np.uint8)
    for bit in range(8):
        picture[height // 2 :, bit * width // 8 : (bit + 1) * width // 8] = 220 if number >> bit & 1 else 30
    return picture


def number_in(planes: Planes) -> int:
    width, height = planes.size
    row = planes.luma[3 * height // 4]
    return sum(1 << bit for bit in range(8) if row[(2 * bit + 1) * width // 16] > 125)


def film(path: Path, frames: int, options: dict[str, str], size: tuple[int, int] = SIZE) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"preset": "veryfast"} | options)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(frames):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(coded(number, size), format="rgb24")))
        container.mux(stream.encode())
    return path


@pytest.fixture(scope="module", params=GOPS)
def numbered(request, tmp_path_factory) -> Path:
    return film(tmp_path_factory.mktemp("gop") / "numbered.mp4", 100, GOPS[request.param])


def opened(path: Path, *, rate: Fraction = RATE, size: tuple[int, int] = SIZE, **more) -> Footage:
    return Footage(lambda _: path, "asset", "2A", rate, size, **({"first": 0} | more))


# ── time ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("step", [1, Fraction(1, 2), Fraction(5, 2), -1, -4, Fraction(-1, 3), 0])
def test_every_speed_and_direction_shows_the_right_pictures(numbered, step):
    first = 99 if step < 0 else 0 if step > 0 else 41
    count = 40 if not step else min(int(99 / abs(step)), 120)
    places = [first + number * Fraction(step) for number in range(count)]
    with opened(numbered, first=first, step=step) as footage:
        assert [number_in(footage.at(place)) for place in places] == [int(place) for place in places]


def test_it_can_begin_anywhere(numbered):
    for first in range(0, 100, 7):
        with opened(numbered, first=first) as footage:
            assert [number_in(footage.at(place)) for place in range(first, min(first + 3, 100))] == list(
                range(first, min(first + 3, 100))
            )


def test_any_order_is_right_even_if_another_was_promised(numbered):
    for step in (1, -1):
        with opened(numbered, step=step) as footage:
            assert [number_in(footage.at(place)) for place in (50, 10, 99, 11, 0, 64)] == [50, 10, 99, 11, 0, 64]


def test_backwards_needs_no_more_memory_than_its_bound(numbered, monkeypatch):
    monkeypatch.setattr(footage_module, "BACKWARDS_BYTES", 160 * 90 * 3 // 2 * 12)
    with opened(numbered, first=99, step=-1) as footage:
        for place in range(99, -1, -1):
            assert number_in(footage.at(place)) == place
            assert sum(kept.shown.nbytes for kept in footage._player._kept) <= footage_module.BACKWARDS_BYTES


def test_before_its_start_the_first_picture_is_held_and_after_its_end_the_last(numbered):
    for step in (1, -1):
        with opened(numbered, step=step, first=-5 if step > 0 else 500) as footage:
            places = (-5, 0, 99, 100, 500)
            shown = [number_in(footage.at(place)) for place in (places if step > 0 else reversed(places))]
            assert sorted(shown) == [0, 0, 99, 99, 99]


def test_another_rate_shows_what_the_clip_shows_at_that_time(numbered):
    rate = Fraction(24000, 1001)
    with opened(numbered, rate=rate) as footage:
        for place in range(70):
            assert number_in(footage.at(place)) == int((place / rate + Fraction(1, 2000)) * RATE)


def test_the_next_segment_goes_on_where_the_last_one_stopped(numbered):
    opened_files = []

    def media(asset: str) -> Path:
        opened_files.append(asset)
        return numbered

    with Reels() as reels:
        for first in range(0, 100, 10):
            with Footage(media, "asset", "2A", RATE, SIZE, first=first, reels=reels) as footage:
                assert [number_in(footage.at(place)) for place in range(first, first + 10)] == list(range(first, first + 10))
        assert opened_files == ["asset"]
        with Footage(media, "asset", "2A", RATE, SIZE, first=5, reels=reels) as footage:
            assert number_in(footage.at(5)) == 5
        assert len(opened_files) == 2
        with Footage(media, "other", "2A", RATE, SIZE, first=6, reels=reels) as footage:
            assert number_in(footage.at(6)) == 6
        assert opened_files == ["asset", "asset", "other"]


# ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def wide(tmp_path_factory) -> Path:
    return film(tmp_path_factory.mktemp("wide") / "wide.mp4", 3, {"crf": "4"}, (320, 90))


@pytest.mark.parametrize(
    ("fit", "size", "expected"),
    [
        ("fill", (160, 90), (320, 90)),
        ("fit", (160, 90), (160, 44)),
        ("auto", (160, 90), (160, 90)),
        ("fill", (90, 160), (568, 160)),
        ("fit", (90, 160), (90, 26)),
        ("auto", (320, 100), (356, 100)),
    ],
)
def test_it_fills_or_is_contained_or_stands_before_itself(wide, fit, size, expected):
    with opened(wide, size=size, fit=fit) as footage:
        planes = footage.at(1)
    assert planes.size == expected
    if fit != "auto":
        assert number_in(planes) == 1


def test_what_stands_before_itself_is_sharp_in_the_middle_and_dark_around(wide):
    with opened(wide, size=(160, 180)) as footage:
        shown = to_rgb(footage.at(0)).astype(int)
    assert np.abs(shown[70:85].mean(axis=(0, 1)) - 90).max() <= 3
    assert 15 < shown[:40].mean() < 60 and np.abs(np.diff(shown[:60, :, 0], axis=1)).max() < 12


def test_it_is_scaled_once_to_what_the_camera_needs(wide):
    with opened(wide, zoom=1.5, fit="fill") as footage:
        assert footage.at(0).size == (480, 136)


def test_a_crop_takes_all_else_away(wide):
    with opened(wide, crop=(0.5, 0.5, 0.25, 0.5), fit="fill", size=(80, 46)) as footage:
        assert (footage.at(0).luma[5:40, 5:75] < 60).all()  # bits 4 and 5 of 0
    with opened(wide, crop=(0.0, 0.0, 1.0, 0.4), fit="fit", size=(320, 36)) as footage:
        assert np.abs(to_rgb(footage.at(0)).astype(int) - 90).max() <= 4


def test_a_table_of_colours_is_laid_over_every_picture(wide):
    def negative(planes: Planes) -> Planes:
        return Planes(255 - planes.luma, 255 - planes.blue, 255 - planes.red)

    with opened(wide, fit="fill", lut=negative) as turned, opened(wide, fit="fill") as plain:
        for place in range(3):
            assert np.array_equal(turned.at(place).luma, 255 - plain.at(place).luma)


def test_a_place_that_is_asked_for_twice_is_drawn_once(numbered):
    with opened(numbered) as footage:
        assert footage.at(3) is footage.at(Fraction(7, 2))


def test_a_file_of_no_pictures_says_which_clip_it_is(tmp_path):
    path = tmp_path / "broken.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(400))
    with pytest.raises(MediaError, match='clip "2A"'):
        opened(path)


def test_pictures_that_were_shown_do_not_stay_in_memory(shelf):
    """Without the garbage collector's help: PyAV's frames are large, and Python sees only how many there are."""
    shelf.footage("long.mp4", 100, rate=24, size=(1280, 720))

    def in_use_mb() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

    gc.disable()
    try:
        with Footage(shelf, "long.mp4", "long", Fraction(24), (320, 180), first=Fraction(0)) as footage:
            footage.at(10)
            before = in_use_mb()
            for number in range(11, 98):
                footage.at(number)
            assert in_use_mb() - before < 50  # 87 pictures are 120 MB
    finally:
        gc.enable()
