"""Planes: a frame as the encoder wants it, one luma and two half-size chroma planes in BT.709, limited range.

Everything is drawn straight into these three arrays: a film never exists as RGB. That is half the bytes, no conversion a
frame, and the numbers a player gets are the numbers we drew. Chroma samples sit left, as H.264 supposes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BLACK",
    "TO_RGB",
    "TO_YUV",
    "Bytes",
    "Planes",
    "as_bytes",
    "blank",
    "darken",
    "from_rgb",
    "mix",
    "roomy",
    "to_rgb",
    "views",
    "warp",
]

Bytes = NDArray[np.uint8]
BLACK = (16, 128, 128)  # Y, U, V

# Moves by cv2.resize: steps of it are tried until one lands within NEAR_ENOUGH of a pixel of the film; none farther off than FARTHEST_OFF
# is taken. warpAffine itself is off by up to 1/64.
NEAR_ENOUGH, FARTHEST_OFF = 0.004, 0.012
MOST_STEPS, ROOM = 40, 80  # 40 steps at two source pixels to one
LEAST_SCALE = 1.02

# BT.709: Kr 0.2126, Kb 0.0722. TO_YUV: rows give Y, U, V from R, G, B and 1, all 0..255, limited range; TO_RGB the way back.
_KR, _KB = 0.2126, 0.0722
_KG = 1.0 - _KR - _KB
_Y = np.array([_KR, _KG, _KB]) * 219 / 255
_U = np.array([-_KR, -_KG, 1 - _KB]) / (2 * (1 - _KB)) * 224 / 255
_V = np.array([1 - _KR, -_KG, -_KB]) / (2 * (1 - _KR)) * 224 / 255
TO_YUV = np.array([[*_Y, 16.0], [*_U, 128.0], [*_V, 128.0]])


def _to_rgb_matrix() -> NDArray[np.float64]:
    linear = np.linalg.inv(TO_YUV[:, :3])
    return np.hstack([linear, -linear @ TO_YUV[:, 3:]])


TO_RGB = _to_rgb_matrix()


class Planes(NamedTuple):
    """uint8: `luma` (height, width), `blue` and `red` (height / 2, width / 2). Rows may be padded."""

    luma: Bytes
    blue: Bytes
    red: Bytes

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the luma plane."""
        return self.luma.shape[1], self.luma.shape[0]

    @property
    def nbytes(self) -> int:
        return self.luma.nbytes + self.blue.nbytes + self.red.nbytes


def blank(width_px: int, height_px: int) -> Planes:
    """A black frame. Sides must be even."""
    chroma = (height_px // 2, width_px // 2)
    return Planes(
        np.full((height_px, width_px), BLACK[0], np.uint8), np.full(chroma, BLACK[1], np.uint8), np.full(chroma, BLACK[2], np.uint8)
    )


def views(picture: Any) -> Planes:
    """An av.VideoFrame's own memory (yuv420p) as planes: what is drawn into them is in the frame, without a copy."""
    rows = (np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width] for plane in picture.planes)
    return Planes(*rows)


def as_bytes(array: Any) -> Bytes:
    """What OpenCV gives for uint8 planes, as its type says it: no copy."""
    return np.asarray(array, np.uint8)


def from_rgb(rgb: Bytes) -> Planes:
    """RGB (height, width, 3) as planes. An odd last row or column is doubled. Chroma is the mean of each 2 × 2 (centred)."""
    height, width = rgb.shape[:2]
    if height % 2 or width % 2:
        rgb = np.pad(rgb, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
        height, width = rgb.shape[:2]
    luma = cv2.transform(rgb, TO_YUV[:1])
    half = cv2.resize(rgb, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    chroma = as_bytes(cv2.transform(half, TO_YUV[1:]))
    return Planes(np.ascontiguousarray(luma.reshape(height, width)), chroma[..., 0].copy(), chroma[..., 1].copy())


def to_rgb(planes: Planes) -> Bytes:
    """The frame as uint8 RGB (height, width, 3), full range: for looking, never on the way to the encoder."""
    width, height = planes.size
    # Left-sited chroma: sample i lies at luma column 2i, not 2i + 0.5.
    siting = np.array([[0.5, 0.0, 0.0], [0.0, 0.5, -0.25]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    up = [cv2.warpAffine(plane, siting, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE) for plane in planes[1:]]
    return as_bytes(cv2.transform(cv2.merge([planes.luma, *up]), TO_RGB))


def warp(source: Planes, left: float, top: float, scale: float, out: Planes) -> None:
    """Fill `out` with the part of `source` whose outer corner is (left, top), `scale` source pixels to one of `out`.

    Bilinear at exact fractions of a pixel: a slow move has an error of 0.01 px, a crop at whole pixels 0.4.
    """
    width, height = out.size
    offset = 0.5 * (scale - 1.0)  # pixel centres: out 0 lies half an out-pixel inside the corner
    x0, y0 = left + offset, top + offset
    _warp_plane(source.luma, scale, x0, y0, out.luma, (width, height))
    # out chroma (i, j) sits at luma (2i, 2j + 0.5); the source's chroma sample k, a mean of two, at 2k + 0.5.
    cx, cy = (x0 - 0.5) / 2, (y0 + 0.5 * scale - 0.5) / 2
    for chroma, into in ((source.blue, out.blue), (source.red, out.red)):
        _warp_plane(chroma, scale, cx, cy, into, (width // 2, height // 2))


def _warp_plane(source: Bytes, scale: float, x0: float, y0: float, out: Bytes, size: tuple[int, int]) -> None:
    if scale > LEAST_SCALE and _resized(source, scale, (x0, y0), out, size):
        return
    matrix = np.array([[scale, 0.0, x0], [0.0, scale, y0]])
    drawn = cv2.warpAffine(
        source, matrix, size, dst=out, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    if drawn is not out and drawn.ctypes.data != out.ctypes.data:
        out[:] = drawn  # OpenCV made its own array instead of using ours


def _resized(source: Bytes, scale: float, first: tuple[float, float], out: Bytes, size: tuple[int, int]) -> bool:
    """The same bilinear picture by cv2.resize, which takes a third of warpAffine's time; False if it can't be had so.

    resize begins at whole pixels. So it begins a few of its own steps earlier, at a whole pixel from which one of those steps lands
    within FARTHEST_OFF of where the picture begins, and what comes before is cut off. What lies around the source in its own
    array gives it room for that; it is never seen.
    """
    whole, around = _around(source)
    across, down = (_begin(edge - 0.5 * scale + 0.5, room, scale) for edge, room in zip(first, around, strict=True))
    if across is None or down is None:
        return False
    (x, skip_x), (y, skip_y) = across, down
    x, y = x + around[0], y + around[1]
    wide, high = (int(np.ceil((skip + side) * scale)) + 1 for skip, side in zip((skip_x, skip_y), size, strict=True))
    drawn = cv2.resize(whole[y : y + high, x : x + wide], None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_LINEAR)
    shown = drawn[skip_y : skip_y + size[1], skip_x : skip_x + size[0]]
    if shown.shape != out.shape:  # the source ends too soon
        return False
    out[:] = shown
    return True


def _begin(edge: float, room: int, scale: float) -> tuple[int, int] | None:
    """(whole source pixel, steps from it) that come nearest to `edge`, at most `room` pixels before the source."""
    best: tuple[float, int, int] | None = None
    for steps in range(MOST_STEPS):
        at = edge - steps * scale
        pixel = round(at)
        if pixel < -room:
            break
        off = abs(at - pixel)
        if best is None or off < best[0]:
            best = off, pixel, steps
            if off < NEAR_ENOUGH * scale:
                break
    return best[1:] if best is not None and best[0] <= FARTHEST_OFF * scale else None


def _around(plane: Bytes) -> tuple[Bytes, tuple[int, int]]:
    """The array that a plane is a part of, and how many columns and rows of it lie before the plane; `roomy` planes have some."""
    whole = plane.base
    if not isinstance(whole, np.ndarray) or whole.ndim != 2 or whole.dtype != np.uint8 or whole.strides != plane.strides:
        return plane, (0, 0)
    rows, columns = divmod(plane.ctypes.data - whole.ctypes.data, whole.strides[0])
    return whole, (columns, rows)


def roomy(planes: Planes) -> Planes:
    """The same planes with ROOM pixels of anything around each, so that moves over them are quick from edge to edge."""
    made = []
    for plane in planes:
        high, wide = plane.shape
        whole = np.zeros((high + 2 * ROOM, wide + 2 * ROOM), np.uint8)
        inside = whole[ROOM : ROOM + high, ROOM : ROOM + wide]
        inside[:] = plane
        made.append(inside)
    return Planes(*made)


def mix(under: Planes, over: Planes, share: float, out: Planes) -> None:
    """`out` becomes under × (1 − share) + over × share. `out` may be either of them."""
    for a, b, into in zip(under, over, out, strict=True):
        cv2.addWeighted(a, 1.0 - share, b, share, 0.0, dst=into)


def darken(planes: Planes, light: float) -> None:
    """Bring a frame down to `light` (0 black .. 1 as it is), in place."""
    for plane, black in zip(planes, BLACK, strict=True):
        cv2.convertScaleAbs(plane, dst=plane, alpha=light, beta=black * (1.0 - light))
