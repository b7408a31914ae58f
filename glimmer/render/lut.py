"""Colour tables: a .cube file, laid over stills and over the planes of footage.

Takes the file of an asset, gives a `Lut`. `on_rgb` is exact: tetrahedral interpolation, as grading software does it. `on_planes` is for
every frame of footage: the table is turned once into one from Y, U, V to Y, U, V, so fine that no interpolation is left to do, and a
frame is looked up in it at the luma's and at the chroma's resolution, never becoming RGB.
Source of the format: Adobe, "Cube LUT Specification" 1.0, and the curve before the cube that DaVinci Resolve adds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import NamedTuple, NoReturn, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from glimmer.errors import LimitError, MediaError
from glimmer.limits import MAX_LUT_BYTES, MAX_LUT_CURVE, MAX_LUT_SIDE
from glimmer.render.planes import TO_RGB, TO_YUV, Bytes, Planes, as_bytes

__all__ = ["Lut", "is_cube", "read_cube"]

Floats = NDArray[np.float32]
_Word = TypeVar("_Word", np.uint8, np.uint16)

_BLOCK = 1 << 15  # pixels at a time: what is in between stays in the processor's cache
_LUMA_NODES = np.arange(128, dtype=np.float32) * 2 + np.float32(
    0.5
)  # where the table for planes is worked out; straight lines between
_CHROMA_NODES = np.arange(65, dtype=np.float32) * 4
_PLANES_TABLE_BYTES = 128 * 256 * 256 * 3


class _Curve(NamedTuple):
    """A 1D table: (rows, 3), and the input that its first and its last row stand for, a channel each."""

    rows: Floats
    least: Floats
    most: Floats

    def on(self, values: Floats) -> Floats:
        """(n, 3) through the curve, straight lines between its rows, its ends held."""
        places = np.linspace(0.0, 1.0, len(self.rows))
        within = (values - self.least) / (self.most - self.least)
        return np.stack([np.interp(within[:, c], places, self.rows[:, c]) for c in range(3)], axis=1).astype(np.float32)


class _Cube(NamedTuple):
    """A 3D table: (side³, 3), red changing fastest, and the inputs of its first and its last row."""

    rows: Floats
    side: int
    least: Floats
    most: Floats

    def on(self, values: Floats) -> Floats:
        """(n, 3) through the cube, between the four corners of the tetrahedron that each colour lies in."""
        place = np.clip((values - self.least) / (self.most - self.least), 0, 1) * np.float32(self.side - 1)
        corner = np.minimum(place.astype(np.int32), self.side - 2)
        return self._between(corner, (place - corner).astype(np.float32))

    def _between(self, corner: NDArray[np.int32], part: Floats) -> Floats:
        steps = (1, self.side, self.side * self.side)
        red, green, blue = part[:, 0], part[:, 1], part[:, 2]
        first = corner[:, 0] + corner[:, 1] * steps[1] + corner[:, 2] * steps[2]
        most, least = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
        middle = red + green + blue - most - least
        # From the near corner along the axis of the largest part, then of the middle one, then of the least: ties weigh nothing.
        along = np.where(red == most, steps[0], np.where(green == most, steps[1], steps[2]))
        short = np.where(blue == least, steps[2], np.where(green == least, steps[1], steps[0]))
        shares = (1 - most, most - middle, middle - least, least)
        corners = (first, first + along, first + sum(steps) - short, first + sum(steps))
        found = np.zeros((len(first), 3), np.float32)
        for share, at in zip(shares, corners, strict=True):
            found += share[:, None] * self.rows.take(at, axis=0)
        return found


class _PlanesTable(NamedTuple):
    """Y, U and V for every Y, U, V, one of which is taken in twos. luma: [U / 2, V, Y]. chroma: [Y / 2, V, U], U' and V' in one word."""

    luma: Bytes
    chroma: NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class Lut:
    """A colour table that was read. `curve` comes before `cube`; one of them may be missing. Made by `read_cube`."""

    title: str
    curve: _Curve | None
    cube: _Cube | None

    @property
    def nbytes(self) -> int:
        """What it holds in memory, with the table for planes."""
        return sum(part.rows.nbytes for part in (self.curve, self.cube) if part is not None) + _PLANES_TABLE_BYTES

    def on_floats(self, values: Floats) -> Floats:
        """(n, 3) float RGB, 0..1, through the table: 0..1 again, clipped."""
        if self.curve is not None:
            values = self.curve.on(values)
        if self.cube is not None:
            values = self.cube.on(values)
        return np.asarray(np.clip(values, 0.0, 1.0), np.float32)

    def on_rgb(self, rgb: Bytes) -> Bytes:
        """A new picture: uint8 (height, width, 3), full range, through the table; rounded, exact. For stills: 0.1 s a million pixels."""
        if self.cube is None:  # each channel for itself: 256 levels are all there is to work out
            levels = np.repeat(np.arange(256, dtype=np.float32)[:, None] / np.float32(255), 3, axis=1)
            return as_bytes(cv2.LUT(rgb, _bytes(self.on_floats(levels) * np.float32(255))[None]))
        flat = rgb.reshape(-1, 3)
        found = np.empty_like(flat)
        for start in range(0, len(flat), _BLOCK):
            block = flat[start : start + _BLOCK].astype(np.float32) / np.float32(255)
            found[start : start + _BLOCK] = self.on_floats(block) * np.float32(255) + np.float32(0.5)
        return found.reshape(rgb.shape)

    def on_planes(self, planes: Planes) -> Planes:
        """A frame of footage through the table, as new planes. Near `on_rgb`, not equal: chroma has half the resolution.

        Costs 8 ms a 1080p frame, and half a second once for the table (25 MB). Where the table changes nothing, nothing is changed.
        """
        luma, blue, red = planes
        half = (blue.shape[1], blue.shape[0])
        mean = as_bytes(cv2.resize(luma, half, interpolation=cv2.INTER_AREA))
        # Chroma for each pixel of luma: between its samples, so that no steps are seen along coloured edges.
        wide_blue, wide_red = (as_bytes(cv2.resize(plane, planes.size, interpolation=cv2.INTER_LINEAR)) for plane in (blue, red))
        table = self._for_planes
        found = _looked_up(table.chroma, blue, red, _in_twos(mean)).view(np.uint8).reshape(*blue.shape, 2)
        found_blue, found_red = cv2.split(found)
        return Planes(_looked_up(table.luma, luma, wide_red, _in_twos(wide_blue)), as_bytes(found_blue), as_bytes(found_red))

    @cached_property
    def _for_planes(self) -> _PlanesTable:
        return _planes_table(self)


def _looked_up(table: NDArray[_Word], low: Bytes, middle: Bytes, high: Bytes) -> NDArray[_Word]:
    """table[high, middle, low] for every sample. Three bytes beside each other are the place in the table: no sum is needed.

    NumPy's take with 64-bit places and "clip" needs 1 ns a sample; with 32-bit ones 2.5, OpenCV's remap 5 to 30.
    """
    found, flat = np.empty(low.shape, table.dtype), table.reshape(-1)
    rows = max(_BLOCK // low.shape[1], 1)
    zeros, places = np.zeros((rows, low.shape[1]), np.uint8), np.empty((rows, low.shape[1]), np.int64)
    for top in range(0, len(low), rows):  # a few rows at a time stay in the cache: three times as fast as all at once
        here = slice(top, min(top + rows, len(low)))
        count = here.stop - top
        places[:count] = cv2.merge([low[here], middle[here], high[here], zeros[:count]]).view("<u4")[..., 0]
        flat.take(places[:count], mode="clip", out=found[here])
    return found


def _in_twos(plane: Bytes) -> Bytes:
    return np.right_shift(plane, 1, dtype=np.uint8)


# ── the table for planes ────────────────────────────────────────────────────────────────────────────────────
def _planes_table(lut: Lut) -> _PlanesTable:
    y, u, v = (
        np.ascontiguousarray(channel) for channel in np.moveaxis(_on_grid(lut, _LUMA_NODES, _CHROMA_NODES), 3, 0)
    )  # [Y, V, U]
    nodes = len(_CHROMA_NODES)
    in_pairs = _between(y.transpose(2, 1, 0).reshape(nodes, -1), (128, nodes * 128), (0.5, 0.125), (1.0, 0.0)).reshape(
        128, nodes, 128
    )
    luma, chroma = np.empty((128, 256, 256), np.uint8), np.empty((128, 256, 256, 2), np.uint8)
    for at in range(128):
        luma[at] = _bytes(_between(in_pairs[at], (256, 256), (0.25, 0.0), (0.5, -0.25)))
        for number, channel in enumerate((u, v)):
            chroma[at, ..., number] = _bytes(_between(channel[at], (256, 256), (0.25, 0.0), (0.25, 0.0)))
    return _PlanesTable(luma, chroma.view(np.uint16)[..., 0])


def _on_grid(lut: Lut, luma: Floats, chroma: Floats) -> Floats:
    """Y, U, V of every node. Colours that no RGB has are led to the nearest that has, and their distance is added again:

    so the table has no bend at the edge of what RGB can say, and a table that changes nothing leaves overshoots alone.
    """
    y, v, u = np.meshgrid(luma, chroma, chroma, indexing="ij")
    nodes = np.stack([y, u, v], axis=-1).reshape(-1, 3)
    found = np.empty_like(nodes)
    to_rgb, to_yuv = TO_RGB.astype(np.float32), TO_YUV.astype(np.float32)
    for start in range(0, len(nodes), _BLOCK):
        rgb = (nodes[start : start + _BLOCK] @ to_rgb[:, :3].T + to_rgb[:, 3]) / np.float32(255)
        inside = np.clip(rgb, 0, 1)
        graded = (lut.on_floats(inside) + (rgb - inside)) * np.float32(255)
        found[start : start + _BLOCK] = graded @ to_yuv[:, :3].T + to_yuv[:, 3]
    return found.reshape(*y.shape, 3)


def _between(nodes: Floats, shape: tuple[int, int], down: tuple[float, float], across: tuple[float, float]) -> Floats:
    """Values on straight lines between `nodes`: row r of `shape` is at node r · down[0] + down[1], columns likewise."""
    matrix = np.array([[across[0], 0.0, across[1]], [0.0, down[0], down[1]]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP  # exact at eighths of a node
    return np.asarray(cv2.warpAffine(nodes, matrix, shape[::-1], flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _bytes(values: Floats) -> Bytes:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────
_IS_CUBE = re.compile(rb"(?:^|[\r\n])[ \t]*LUT_[13]D_SIZE[ \t]+\d")
_VALUES = {"DOMAIN_MIN": 3, "DOMAIN_MAX": 3, "LUT_1D_INPUT_RANGE": 2, "LUT_3D_INPUT_RANGE": 2, "LUT_1D_SIZE": 1, "LUT_3D_SIZE": 1}
_FARTHEST = 1e6  # numbers beyond it are no colours


def is_cube(head: bytes) -> bool:
    """True if the first bytes of a file (4,096 are enough) are those of a .cube table: text that names its size."""
    return b"\0" not in head and _IS_CUBE.search(head) is not None


def read_cube(path: Path, *, clip: str = "", asset: str = "") -> Lut:
    """The table in a .cube file: 1D, 3D or both. clip, asset: for messages only.

    Raises: MediaError with the line that is wrong and why; LimitError for more than MAX_LUT_BYTES, MAX_LUT_SIDE or MAX_LUT_CURVE.
    """
    return _Reading(_named(path, clip, asset)).lut(_text(path, _named(path, clip, asset)))


def _named(path: Path, clip: str, asset: str) -> str:
    return f'the colour table of clip "{clip}" (asset {asset[:12]})' if clip or asset else f'the colour table "{path.name}"'


def _text(path: Path, named: str) -> list[str]:
    """The lines of the file. They may end in any of the three ways, and a title may be in any alphabet."""
    try:
        size = path.stat().st_size
        if size > MAX_LUT_BYTES:
            raise LimitError(
                f"{named} has {size:,} bytes; at most MAX_LUT_BYTES ({MAX_LUT_BYTES:,}) are read. Export it with a side of 33 or 65.",
                limit="MAX_LUT_BYTES",
            )
        content = path.read_bytes()
    except OSError as cause:
        raise MediaError(f"{named} can't be read: {cause}. Expected a .cube file; import it again.") from cause
    if b"\0" in content:
        raise MediaError(f"{named} is not text: it has zero bytes. Expected a .cube file as grading software exports it.")
    return content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


class _Reading:
    """Reads the lines of one table. `said`: what its keywords say, by keyword."""

    def __init__(self, named: str) -> None:
        self.named = named
        self.title = ""
        self.said: dict[str, list[float]] = {}

    def lut(self, lines: Sequence[str]) -> Lut:
        first_row = self._header(lines)
        curve_rows, side = (self._size(keyword, lines) for keyword in ("LUT_1D_SIZE", "LUT_3D_SIZE"))
        if not curve_rows and not side:
            raise MediaError(f"{self.named} has neither LUT_1D_SIZE nor LUT_3D_SIZE before its numbers. Expected a .cube file.")
        rows = self._rows(lines, first_row, curve_rows + side**3)
        curve = _Curve(rows[:curve_rows], *self._domain("LUT_1D_INPUT_RANGE")) if curve_rows else None
        cube = _Cube(rows[curve_rows:], side, *self._domain("LUT_3D_INPUT_RANGE")) if side else None
        return Lut(self.title, curve, cube)

    def _header(self, lines: Sequence[str]) -> int:
        """Reads the keywords; gives the index of the first line of numbers."""
        for at, line in enumerate(lines):
            words = line.split("#", 1)[0].split() if not line.lstrip().startswith("TITLE") else ["TITLE"]
            if not words:
                continue
            if words[0] == "TITLE":
                self.title = line.strip()[5:].strip().strip('"')[:200]
            elif words[0] in _VALUES:
                self._keyword(at, line, words)
            elif words[0][0] in "+-.0123456789":
                return at
            else:
                self._refuse(
                    at,
                    line,
                    f"a number or one of TITLE, {', '.join(_VALUES)}",
                    "Delete the line if it does not change the colours.",
                )
        return len(lines)

    def _keyword(self, at: int, line: str, words: Sequence[str]) -> None:
        numbers = [_number(word, 1e18) for word in words[1:]]
        if len(numbers) != _VALUES[words[0]] or any(number is None for number in numbers):
            self._refuse(at, line, f"{words[0]} and {_VALUES[words[0]]} number(s)")
        if words[0] in self.said:
            self._refuse(at, line, f"{words[0]} once")
        self.said[words[0]] = [number for number in numbers if number is not None]

    def _size(self, keyword: str, lines: Sequence[str]) -> int:
        if keyword not in self.said:
            return 0
        size = self.said[keyword][0]
        name, most = ("MAX_LUT_CURVE", MAX_LUT_CURVE) if keyword == "LUT_1D_SIZE" else ("MAX_LUT_SIDE", MAX_LUT_SIDE)
        at = next(number for number, line in enumerate(lines) if line.split()[:1] == [keyword])
        if size != int(size) or size < 2:
            self._refuse(at, lines[at], f"a whole number from 2 to {most}")
        if size > most:
            raise LimitError(
                f"{self.named}, line {at + 1}: {keyword} {size:,.0f}; at most {name} ({most:,}). Export it smaller: 33 is usual.",
                limit=name,
            )
        return int(size)

    def _domain(self, ranged: str) -> tuple[Floats, Floats]:
        """The inputs that the first and the last row stand for."""
        least, most = self.said.get("DOMAIN_MIN", [0.0] * 3), self.said.get("DOMAIN_MAX", [1.0] * 3)
        if ranged in self.said:
            least, most = ([value] * 3 for value in self.said[ranged])
        if any(high - low < 1e-6 for low, high in zip(least, most, strict=True)):
            raise MediaError(
                f"{self.named} reaches from {least} to {most}; expected every end above its beginning. Correct DOMAIN_MIN and DOMAIN_MAX."
            )
        return np.array(least, np.float32), np.array(most, np.float32)

    def _rows(self, lines: Sequence[str], first: int, wanted: int) -> Floats:
        """Quickly, if all is well; else the first line that is wrong is looked for and named."""
        if first == len(lines):
            self._wrong_row(lines, first, wanted)
        try:
            rows = np.loadtxt(StringIO("\n".join(lines[first:])), dtype=np.float32, comments="#", ndmin=2)
        except ValueError:
            self._wrong_row(lines, first, wanted)
        if rows.shape != (wanted, 3) or not bool((np.abs(rows) < _FARTHEST).all()):
            self._wrong_row(lines, first, wanted)
        return rows

    def _wrong_row(self, lines: Sequence[str], first: int, wanted: int) -> NoReturn:
        count = 0
        for at in range(first, len(lines)):
            words = lines[at].split("#", 1)[0].split()
            if not words:
                continue
            count += 1
            if count > wanted:
                self._refuse(at, lines[at], f"an end after {wanted:,} rows")
            if len(words) != 3 or any(_number(word) is None for word in words):
                self._refuse(at, lines[at], "three numbers: red, green, blue")
        raise MediaError(f"{self.named} has {count:,} rows of colours; its size asks for {wanted:,}. Is it whole? Export it again.")

    def _refuse(self, at: int, line: str, expected: str, cure: str = "Correct it, or export the table again.") -> NoReturn:
        shown = line.strip() if len(line.strip()) <= 60 else line.strip()[:57] + "…"
        raise MediaError(f'{self.named}, line {at + 1}: "{shown}"; expected {expected}. {cure}')


def _number(word: str, farthest: float = _FARTHEST) -> float | None:
    """The word as a number that can be part of a colour, or None: not nan, not endless, not beyond reason."""
    try:
        number = float(word)
    except ValueError:
        return None
    return number if abs(number) < farthest else None
