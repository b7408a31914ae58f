"""Colour tables: read strictly, exact on stills, near enough on footage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from glimmer.errors import LimitError, MediaError
from glimmer.render.lut import is_cube, read_cube
from glimmer.render.planes import from_rgb, to_rgb

Grade = Callable[[np.ndarray], np.ndarray]


def teal_and_orange(colours: np.ndarray) -> np.ndarray:
    luma = (colours @ [0.2126, 0.7152, 0.0722])[:, None]
    tinted = colours + (luma - 0.5) * np.array([0.25, 0.02, -0.25])
    more = luma + (tinted - luma) * 1.25
    return np.clip(more * more * (3 - 2 * more) * 0.5 + more * 0.5, 0, 1)


def rows_of(side: int, grade: Grade) -> np.ndarray:
    steps = np.linspace(0, 1, side)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    return grade(np.stack([red, green, blue], -1).reshape(-1, 3))


def written(folder: Path, side: int, grade: Grade, head: str = "", end: str = "\n") -> Path:
    text = "\n".join(["# made for a test", 'TITLE "Dusk"', head, f"LUT_3D_SIZE {side}", "", "# the rows"])
    text += "\n" + "\n".join("{:.7g} {:.7g} {:.7g}".format(*row) for row in rows_of(side, grade)) + "\n\n"
    path = folder / "grade.cube"
    path.write_bytes(text.replace("\n", end).encode())
    return path


def slowly(rows: np.ndarray, side: int, colour: np.ndarray) -> np.ndarray:
    """One colour, the way the textbook sorts it: walk from the near corner along the largest part first."""
    place = colour * (side - 1)
    corner = np.minimum(place.astype(int), side - 2)
    part = place - corner
    steps = [1, side, side * side]
    at = int(corner @ steps)
    value = rows[at] * 1.0
    for axis in sorted(range(3), key=lambda a: -part[a]):
        value = value + part[axis] * (rows[at + steps[axis]] - rows[at])
        at += steps[axis]
    return value


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_that_changes_nothing_changes_nothing(tmp_path, end):
    lut = read_cube(written(tmp_path, 17, lambda colours: colours, end=end))
    picture = np.random.default_rng(4).integers(0, 256, (90, 120, 3), np.uint8)
    assert lut.title == "Dusk"
    assert np.abs(lut.on_rgb(picture).astype(int) - picture).max() <= 1
    planes = from_rgb(cv2.GaussianBlur(picture, (0, 0), 5))
    for before, after in zip(planes, lut.on_planes(planes), strict=True):
        assert np.abs(after.astype(int) - before).max() <= 1


def test_every_colour_is_what_a_slow_reader_says(tmp_path):
    rows = rows_of(9, teal_and_orange)
    lut = read_cube(written(tmp_path, 9, teal_and_orange))
    picture = np.random.default_rng(5).integers(0, 256, (20, 20, 3), np.uint8)
    picture[0, :8] = [[r, g, b] for r in (0, 255) for g in (0, 255) for b in (0, 255)]
    picture[1, :3] = [[40, 40, 40], [40, 40, 200], [128, 64, 64]]
    wanted = [slowly(rows, 9, colour / 255) * 255 for colour in picture.reshape(-1, 3)]
    assert np.abs(lut.on_rgb(picture).reshape(-1, 3) - np.array(wanted)).max() <= 0.51


def test_footage_is_near_to_what_stills_become(tmp_path):
    lut = read_cube(written(tmp_path, 33, teal_and_orange))
    colours = np.random.default_rng(6).integers(0, 256, (12, 16, 3)).astype(np.uint8)
    flat = np.repeat(np.repeat(colours, 8, 0), 8, 1)
    patches = (slice(4, None, 8), slice(4, None, 8))
    seen = to_rgb(lut.on_planes(from_rgb(flat)))[patches].astype(int)
    assert np.abs(seen - lut.on_rgb(flat)[patches]).max() <= 3
    smooth = cv2.resize(colours, (320, 240), interpolation=cv2.INTER_CUBIC)
    planes = lut.on_planes(from_rgb(smooth))
    difference = np.abs(to_rgb(planes).astype(int) - to_rgb(from_rgb(lut.on_rgb(smooth))))
    assert difference.mean() < 1.0 and np.percentile(difference, 99.5) <= 4
    assert planes.size == (320, 240) and planes.blue.shape == (120, 160)


def test_a_curve_goes_through_each_channel_and_before_the_cube(tmp_path):
    path = tmp_path / "curve.cube"
    path.write_text("LUT_1D_SIZE 2\n1 0.0 0\n0 1e0 +5.0E-1\n")
    picture = np.array([[[0, 100, 200], [255, 255, 255]]], np.uint8)
    assert read_cube(path).on_rgb(picture).tolist() == [[[255, 100, 100], [0, 255, 128]]]
    cube = "\n".join("{} {} {}".format(*row) for row in rows_of(2, lambda colours: colours * [1, 1, 0]))
    path.write_text(f"LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 1\nLUT_3D_SIZE 2\n1 0.0 0\n0 1e0 +5.0E-1\n{cube}")
    assert read_cube(path).on_rgb(picture).tolist() == [[[255, 100, 0], [0, 255, 0]]]


def test_the_domain_is_heeded(tmp_path):
    path = written(tmp_path, 2, lambda colours: colours, head="DOMAIN_MIN 0.5 0 -1\nDOMAIN_MAX 1 2 1")
    got = read_cube(path).on_rgb(np.array([[[64, 255, 0], [191, 0, 255]]], np.uint8))
    assert np.abs(got.astype(int) - [[[0, 128, 128], [127, 0, 255]]]).max() <= 1


GOOD = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "neither LUT_1D_SIZE nor LUT_3D_SIZE"),
        ("0 0 0\n", "neither LUT_1D_SIZE nor LUT_3D_SIZE"),
        ("LUT_3D_SIZE 2\n" + GOOD[:-6], "7 rows of colours; its size asks for 8"),
        ("LUT_3D_SIZE 2\n" + GOOD + "# more\n1 1 1\n", 'line 11: "1 1 1"; expected an end after 8 rows'),
        ("LUT_3D_SIZE 2\n" + GOOD.replace("0 1 1", "0 nan 1"), 'line 8: "0 nan 1"; expected three numbers'),
        ("LUT_3D_SIZE 2\n" + GOOD.replace("0 1 1", "0 inf 1"), "line 8"),
        ("LUT_3D_SIZE 2\n" + GOOD.replace("0 1 1", "0 1e30 1"), "line 8"),
        ("LUT_3D_SIZE 2\n" + GOOD.replace("0 1 1", "0 1"), "line 8"),
        ("LUT_3D_SIZE 2\n" + GOOD.replace("0 1 1", "import os"), "line 8"),
        ("LUT_3D_SIZE two\n" + GOOD, "line 1"),
        ("LUT_3D_SIZE 1\n0 0 0\n", "expected a whole number from 2 to 129"),
        ("LUT_3D_SIZE 2.5\n" + GOOD, "expected a whole number"),
        ("LUT_3D_SIZE nan\n" + GOOD, "line 1"),
        ("LUT_3D_SIZE 2\nLUT_3D_SIZE 2\n" + GOOD, "line 2"),
        ("LUT_3D_SIZE 2\nLUT_IN_VIDEO_RANGE\n" + GOOD, "Delete the line"),
        ("LUT_3D_SIZE 2\nDOMAIN_MIN 1 1 1\n" + GOOD, "reaches from"),
        ("LUT_3D_SIZE 2\nDOMAIN_MIN 0 0\n" + GOOD, "line 2"),
        ("LUT_3D_SIZE 2\n" + GOOD.replace("0 1 1", "0\x001 1"), "zero bytes"),
    ],
)
def test_a_table_that_is_not_whole_is_refused_with_its_line(tmp_path, text, said):
    path = tmp_path / "bad.cube"
    path.write_text(text)
    with pytest.raises(MediaError) as refused:
        read_cube(path, clip="2A", asset="f" * 64)
    assert said in str(refused.value) and "ffffffffffff" in str(refused.value)


def test_a_table_past_the_limits_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.cube"
    for head in ("LUT_3D_SIZE 999999999\n", "LUT_3D_SIZE 130\n", "LUT_1D_SIZE 1e5\n"):
        path.write_text(head + GOOD)
        with pytest.raises(LimitError, match="line 1"):
            read_cube(path)
    with path.open("wb") as file:
        file.truncate(100 * 1024**2)  # a hole: no byte of it is stored or read
    with pytest.raises(LimitError, match="MAX_LUT_BYTES"):
        read_cube(path)
    with pytest.raises(MediaError, match="can't be read"):
        read_cube(tmp_path / "nowhere.cube")


def test_a_table_is_known_by_its_first_bytes():
    assert is_cube(b"# a\r\n  LUT_3D_SIZE 33\r\n0 0 0") and is_cube(b'TITLE "x"\rLUT_1D_SIZE\t1024\r') and is_cube(b"LUT_3D_SIZE 2")
    assert not is_cube(b"") and not is_cube(b"\x89PNG\r\n") and not is_cube(b"a LUT_3D_SIZE 33") and not is_cube(b"LUT_3D_SIZE 3\0")
