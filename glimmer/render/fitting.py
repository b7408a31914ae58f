"""A picture of footage as planes of the film: upright, in square pixels, in BT.709, 8 bit, in the size that suits the frame.

Colours go by the file's tags; a file without tags is BT.601 up to SD size and BT.709 above, as every player holds it. HDR and the wide
colours of BT.2020 go through a table (wide_colours). What has alpha is laid over black, and its alpha is given with it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, NamedTuple

import av
import av.filter
import cv2
import numpy as np
from av.buffer import Buffer
from av.video.reformatter import Interpolation, VideoReformatter

from glimmer.assembly.pieces import Fit
from glimmer.render.planes import BLACK, Bytes, Planes, as_bytes, blank, darken, warp
from glimmer.render.wide_colours import WideColours, wide_colours_of

__all__ = ["Fitting", "Shown", "is_bt601", "turned"]

MOST_CUT_OFF: Final = 0.45  # footage that would lose more of its area is shown whole, over itself blurred
BACKDROP_LIGHT: Final = 0.55
_SMALLER: Final = 8  # the backdrop is blurred at an eighth of its size: what is left of it has no more detail
_SD_HEIGHT: Final = 576
_UNTAGGED: Final = 2
_OF_RGB: Final = 0
_MATRICES: Final = {1: 1, 4: 4, 5: 5, 6: 5, 7: 7, 9: 9, 10: 9}  # AVCOL_SPC -> SWS_CS
_BT709, _BT601 = 1, 5
_LIMITED, _FULL = 1, 2
# Where colours go from one matrix to another: without these swscale is off by 4 of 255 in red, and 1.3 too dark.
_EXACT: Final = Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP
_UPRIGHT: Final = (1, 0, 0, 1)
_QUARTER_TURNS: Final = {1: (0, -1, 1, 0), 2: (-1, 0, 0, -1), 3: (0, 1, -1, 0)}  # counter-clockwise, as FFmpeg says them
_LARGEST_SIDE_PX: Final = 16_384  # what a small crop may be enlarged to

Matrix = tuple[int, int, int, int]  # where (x, y) goes: (a·x + c·y, b·x + d·y) of (a, b, c, d), each −1, 0 or 1


class Shown(NamedTuple):
    """alpha: uint8, as large as luma; None where all is opaque."""

    planes: Planes
    alpha: Bytes | None

    @property
    def nbytes(self) -> int:
        return self.planes.nbytes + (0 if self.alpha is None else self.alpha.nbytes)


class Fitting:
    """How the pictures of one clip are made to fit. Not thread-safe: it keeps FFmpeg's scaler from one picture to the next."""

    def __init__(
        self,
        frame_size: tuple[int, int],
        *,
        pixel_aspect: Fraction,
        zoom: float,
        fit: Fit,
        crop: tuple[float, float, float, float],
        lut: Callable[[Planes], Planes] | None,
    ) -> None:
        self._frame_size, self._aspect, self._zoom, self._fit, self._crop, self._lut = (
            frame_size,
            pixel_aspect,
            zoom,
            fit,
            crop,
            lut,
        )
        self._scaler = VideoReformatter()
        self._cropper: _Cropper | None = None
        self._wide: WideColours | None = None
        self._turned: Matrix | None = None

    def shown(self, picture: av.VideoFrame) -> Shown:
        """The picture as it suits the frame."""
        if (
            self._turned is None
        ):  # once: in PyAV 18.1 a frame that was asked for its side data is freed by the garbage collector alone
            self._turned = turned(picture)
        matrix = self._turned
        if self._crop != (0.0, 0.0, 1.0, 1.0):
            picture = self._cropped(picture, matrix)
        width, height = picture.width * float(self._aspect), float(picture.height)
        upright = (width, height) if matrix[0] else (height, width)
        fill = max(self._frame_size[0] / upright[0], self._frame_size[1] / upright[1])
        whole = min(self._frame_size[0] / upright[0], self._frame_size[1] / upright[1])
        is_before_backdrop = self._fit == "auto" and 1.0 - whole / fill > MOST_CUT_OFF
        scale = whole if is_before_backdrop or self._fit == "fit" else fill * self._zoom
        shown = self._scaled(picture, width * scale, height * scale, matrix)
        return _before_backdrop(shown, self._frame_size) if is_before_backdrop else shown

    def _cropped(self, picture: av.VideoFrame, matrix: Matrix) -> av.VideoFrame:
        if self._cropper is None or not self._cropper.suits(picture):
            self._cropper = _Cropper(picture, _as_lying(self._crop, matrix))
        return self._cropper.cropped(picture)

    def _scaled(self, picture: av.VideoFrame, width: float, height: float, matrix: Matrix) -> Shown:
        size = (_even(width), _even(height))
        has_alpha = _has_alpha(picture)
        frame = self._converted(picture, size, "yuva420p" if has_alpha else "yuv420p")
        planes = Planes(*(_moved(_plane(frame, number), matrix) for number in range(3)))
        if self._lut is not None:
            planes = self._lut(planes)
        if not has_alpha:
            return Shown(planes, None)
        alpha = _moved(_plane(frame, 3), matrix)
        return Shown(planes, None) if alpha.min() == 255 else Shown(_over_black(planes, alpha), alpha)

    def _converted(self, picture: av.VideoFrame, size: tuple[int, int], pixels: str) -> av.VideoFrame:
        wide = wide_colours_of(picture)
        if wide:
            if self._wide is None or not self._wide.suits(picture, size):
                self._wide = WideColours(picture, size, wide)
            return self._wide.converted(picture)
        matrix, levels = _matrix_of(picture), _FULL if _is_full(picture) else _LIMITED
        how = Interpolation.AREA if size[0] < picture.width else Interpolation.BICUBIC
        return self._scaler.reformat(
            picture,
            *size,
            format=pixels,
            src_colorspace=matrix,
            dst_colorspace=_BT709,
            src_color_range=levels,
            dst_color_range=_LIMITED,
            interpolation=how if (matrix, levels) == (_BT709, _LIMITED) else how | _EXACT,
            threads=1,
        )


# ── what the file says ──────────────────────────────────────────────────────────────────────────────────────
def turned(picture: av.VideoFrame) -> Matrix:
    """Where the picture's display matrix sends its corners: quarter turns and mirrors; all else is taken as upright."""
    try:
        said = picture.side_data.get("DISPLAYMATRIX")
    except ValueError:  # PyAV 18.1 knows only the kinds of side data that it can name, and raises for others
        return _QUARTER_TURNS.get(round((picture.rotation or 0) / 90) % 4, _UPRIGHT)
    if not isinstance(said, Buffer):
        return _UPRIGHT
    entries = np.frombuffer(bytes(said), np.int32)
    if len(entries) < 5:
        return _UPRIGHT
    a, b, c, d = (round(float(entries[at]) / 65_536) for at in (0, 1, 3, 4))
    known = (abs(a), abs(b), abs(c), abs(d)) in ((1, 0, 0, 1), (0, 1, 1, 0))
    return (a, b, c, d) if known else _UPRIGHT


def is_bt601(picture: av.VideoFrame) -> bool:
    """Whether its colours are those of SD television: by its tag, or, without one, by its size."""
    return _matrix_of(picture) == _BT601 and not _is_rgb(picture)


def _matrix_of(picture: av.VideoFrame) -> int:
    if picture.colorspace in _MATRICES:
        return _MATRICES[picture.colorspace]
    return _BT601 if picture.height <= _SD_HEIGHT and picture.width <= 1024 else _BT709


def _is_rgb(picture: av.VideoFrame) -> bool:
    return picture.format.is_rgb or picture.format.has_palette


def _is_full(picture: av.VideoFrame) -> bool:
    return picture.color_range == _FULL or picture.format.name.startswith("yuvj") or _is_rgb(picture)


def _has_alpha(picture: av.VideoFrame) -> bool:
    return picture.format.has_palette or any(part.is_alpha for part in picture.format.components)


# ── geometry ────────────────────────────────────────────────────────────────────────────────────────────────
def _even(side: float) -> int:
    return min(max(round(side / 2) * 2, 2), _LARGEST_SIDE_PX)


def _moved(plane: Bytes, matrix: Matrix) -> Bytes:
    """A copy of the plane, turned and mirrored: the frame's memory goes back to FFmpeg."""
    a, b, c, d = matrix
    upright = plane if a else plane.T
    across, down = (a, d) if a else (c, b)
    return np.ascontiguousarray(upright[:: down or 1, :: across or 1]) if matrix != _UPRIGHT else plane.copy()


def _as_lying(crop: tuple[float, float, float, float], matrix: Matrix) -> tuple[float, float, float, float]:
    """The crop of the upright picture as one of the picture as it lies in the file."""
    left, top, width, height = crop
    a, b, c, d = matrix
    across, down = (a, d) if a else (c, b)
    left = 1.0 - left - width if across < 0 else left
    top = 1.0 - top - height if down < 0 else top
    return (left, top, width, height) if a else (top, left, height, width)


def _plane(frame: av.VideoFrame, number: int) -> Bytes:
    plane: Any = frame.planes[number]
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]


class _Cropper:
    """FFmpeg's crop, for pictures of one size and format: nothing is copied, and the edges lie on whole chroma samples."""

    def __init__(self, picture: av.VideoFrame, crop: tuple[float, float, float, float]) -> None:
        self._shape = (picture.width, picture.height, picture.format.name)
        left, top, width, height = crop
        sides = (max(round(picture.width * width), 2), max(round(picture.height * height), 2))
        corner = (min(round(picture.width * left), picture.width - 2), min(round(picture.height * top), picture.height - 2))
        sides = (min(sides[0], picture.width - max(corner[0], 0)), min(sides[1], picture.height - max(corner[1], 0)))
        self._graph = av.filter.Graph()
        source = self._graph.add_buffer(
            width=picture.width, height=picture.height, format=picture.format, time_base=picture.time_base or Fraction(1, 24)
        )
        crop_filter = self._graph.add("crop", f"{sides[0]}:{sides[1]}:{max(corner[0], 0)}:{max(corner[1], 0)}")
        self._graph.link_nodes(source, crop_filter, self._graph.add("buffersink")).configure()

    def suits(self, picture: av.VideoFrame) -> bool:
        return self._shape == (picture.width, picture.height, picture.format.name)

    def cropped(self, picture: av.VideoFrame) -> av.VideoFrame:
        self._graph.push(picture)
        cropped = self._graph.pull()
        if not isinstance(cropped, av.VideoFrame):
            raise TypeError(f"FFmpeg's crop gave a {type(cropped).__name__}")
        return cropped


# ── laying ──────────────────────────────────────────────────────────────────────────────────────────────────
def _over_black(planes: Planes, alpha: Bytes) -> Planes:
    small = as_bytes(cv2.resize(alpha, (planes.blue.shape[1], planes.blue.shape[0]), interpolation=cv2.INTER_AREA))
    return Planes(*(_faded(plane, share, black) for plane, share, black in zip(planes, (alpha, small, small), BLACK, strict=True)))


def _faded(plane: Bytes, share: Bytes, black: int) -> Bytes:
    """black + (plane − black) × share / 255, rounded."""
    shown = cv2.multiply(plane, share, scale=1 / 255, dtype=cv2.CV_16S)
    rest = cv2.multiply(np.full_like(share, black), 255 - share, scale=1 / 255, dtype=cv2.CV_16S)
    return as_bytes(cv2.convertScaleAbs(cv2.add(shown, rest)))


def _before_backdrop(shown: Shown, frame_size: tuple[int, int]) -> Shown:
    """The whole picture in the middle of a frame; around it itself, large, blurred and dark, or nothing if it has alpha."""
    out = blank(*frame_size) if shown.alpha is not None else _backdrop(shown.planes, frame_size)
    alpha = None if shown.alpha is None else np.zeros((frame_size[1], frame_size[0]), np.uint8)
    for plane, over, factor in zip(out, shown.planes, (1, 2, 2), strict=True):
        _laid(plane, over, shown.planes.size, frame_size, factor)
    if alpha is not None and shown.alpha is not None:
        _laid(alpha, shown.alpha, shown.planes.size, frame_size, 1)
    return Shown(out, alpha)


def _laid(plane: Bytes, over: Bytes, size: tuple[int, int], frame_size: tuple[int, int], factor: int) -> None:
    high, wide = (min(a, b) for a, b in zip(over.shape, plane.shape, strict=True))
    x, y = (max((frame - side) // 4 * 2 // factor, 0) for frame, side in zip(frame_size, size, strict=True))
    plane[y : y + high, x : x + wide] = over[:high, :wide]


def _backdrop(planes: Planes, frame_size: tuple[int, int]) -> Planes:
    small = blank(*(_even(side / _SMALLER) for side in frame_size))
    scale = min(planes.size[0] / small.size[0], planes.size[1] / small.size[1])
    part = Planes(*(as_bytes(cv2.resize(plane, _less(plane, scale), interpolation=cv2.INTER_AREA)) for plane in planes))
    rest = min(part.size[0] / small.size[0], part.size[1] / small.size[1])
    left, top = ((side - rest * frame) / 2 for side, frame in zip(part.size, small.size, strict=True))
    warp(part, left, top, rest, small)
    blur = max(frame_size) / 40 / _SMALLER
    out = Planes(*(_enlarged(plane, blur / factor, frame_size, factor) for plane, factor in zip(small, (1, 2, 2), strict=True)))
    darken(out, BACKDROP_LIGHT)
    return out


def _less(plane: Bytes, scale: float) -> tuple[int, int]:
    return tuple(max(round(side / max(scale, 1.0)), 1) for side in (plane.shape[1], plane.shape[0]))  # type: ignore[return-value]


def _enlarged(plane: Bytes, blur: float, frame_size: tuple[int, int], factor: int) -> Bytes:
    soft = cv2.GaussianBlur(plane, (0, 0), max(blur, 0.3))
    return as_bytes(cv2.resize(soft, (frame_size[0] // factor, frame_size[1] // factor), interpolation=cv2.INTER_CUBIC))
