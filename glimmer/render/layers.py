"""Layers: pictures with transparency, made once and then laid over a film's planes inside their own box only.

Captions, lower thirds, titles over pictures and pictures in pictures are all laid here. A layer is kept pre-multiplied (its colour
times how opaque it is) beside what it lets through, so a frame costs one multiplication and one addition of bytes a sample: 0.1 ms
for a caption at 720p. Takes RGBA or planes with an alpha, gives a Layer; `lay` knows no clips and no time.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from glimmer.render.planes import Bytes, Planes, as_bytes, from_rgb

__all__ = ["Layer", "Rgba", "lay", "layer_of_planes", "layer_of_rgba"]

_HALVES = (1, 2, 2)  # of Y, U, V


class Rgba(NamedTuple):
    """A drawn picture and where it stands. `pixels`: uint8 (height, width, 4), straight alpha. left, top: pixels of the frame."""

    pixels: Bytes
    left: int
    top: int


class Layer(NamedTuple):
    """What is laid at (left, top), both even, in a frame of any size.

    colour: Y, U, V times opacity. clear: 255 − alpha for luma; clear_half: the same for chroma. All uint8.
    """

    left: int
    top: int
    colour: Planes
    clear: Bytes
    clear_half: Bytes

    @property
    def nbytes(self) -> int:
        return self.colour.nbytes + self.clear.nbytes + self.clear_half.nbytes


def layer_of_rgba(rgba: Bytes, left: int = 0, top: int = 0) -> Layer:
    """`rgba`, uint8 (height, width, 4) with straight alpha, standing at (left, top), which may be odd or outside the frame.

    Where it is opaque, its colour is exactly that of `from_rgb`. What lies under full transparency has no say in the chroma.
    """
    rgba = _evened(rgba, left, top)
    alpha = rgba[..., 3]
    rgb = np.ascontiguousarray(rgba[..., :3])
    planes = from_rgb(rgb)
    if int(alpha.min()) == 255:
        return _opaque(planes, left - left % 2, top - top % 2)
    share = alpha.astype(np.float32) / np.float32(255)
    half_size = (alpha.shape[1] // 2, alpha.shape[0] // 2)
    share_half = _halved(share, half_size)
    weighted = _halved(rgb.astype(np.float32) * share[..., None], half_size)
    mean = weighted / np.maximum(share_half, np.float32(1e-6))[..., None]
    seen = np.clip(mean + np.float32(0.5), 0, 255).astype(np.uint8)  # a half goes up, as in OpenCV's mean of bytes
    _, blue, red = from_rgb(np.repeat(np.repeat(seen, 2, axis=0), 2, axis=1))  # of the visible colour of each 2 × 2
    return _multiplied(Planes(planes.luma, blue, red), share, share_half, left - left % 2, top - top % 2)


def layer_of_planes(planes: Planes, alpha: Bytes, left: int = 0, top: int = 0) -> Layer:
    """`planes` with `alpha`, uint8 of the luma's shape, standing at (left, top): both are brought to even numbers, downwards."""
    left, top = left - left % 2, top - top % 2
    if int(alpha.min()) == 255:
        return _opaque(planes, left, top)
    share = alpha.astype(np.float32) / np.float32(255)
    return _multiplied(planes, share, _halved(share, (planes.blue.shape[1], planes.blue.shape[0])), left, top)


def lay(layer: Layer, out: Planes, strength: float = 1.0, dx: int = 0, dy: int = 0) -> None:
    """Lay `layer` over `out`, moved by (dx, dy) pixels, brought to even numbers, downwards. What is outside of the frame is left out.

    strength: 1 as it is, 0 nothing at all. An opaque layer at full strength gives its colour to the bit, a clear one changes nothing.
    """
    if strength <= 0.0:
        return
    left, top = layer.left + dx - dx % 2, layer.top + dy - dy % 2
    for plane, shade, clear, half in zip(
        out, layer.colour, (layer.clear, layer.clear_half, layer.clear_half), _HALVES, strict=True
    ):
        x, y = left // half, top // half
        skip_x, skip_y = max(-x, 0), max(-y, 0)
        window = plane[max(y, 0) : max(y + shade.shape[0], 0), max(x, 0) : max(x + shade.shape[1], 0)]
        if window.size:
            seen = (slice(skip_y, skip_y + window.shape[0]), slice(skip_x, skip_x + window.shape[1]))
            _over(window, shade[seen], clear[seen], strength)


def _over(window: Bytes, shade: Bytes, clear: Bytes, strength: float) -> None:
    if strength < 1.0:
        shade = as_bytes(cv2.convertScaleAbs(shade, alpha=strength))
        clear = as_bytes(cv2.convertScaleAbs(clear, alpha=strength, beta=255 * (1 - strength)))
    window[:] = cv2.add(cv2.multiply(window, clear, scale=1 / 255), shade)


# ── making ──────────────────────────────────────────────────────────────────────────────────────────────────
def _opaque(planes: Planes, left: int, top: int) -> Layer:
    return Layer(left, top, planes, np.zeros_like(planes.luma), np.zeros_like(planes.blue))


def _multiplied(planes: Planes, share: NDArray[np.float32], share_half: NDArray[np.float32], left: int, top: int) -> Layer:
    clear, clear_half = _bytes(255 - 255 * share), _bytes(255 - 255 * share_half)
    colour = Planes(_seen(planes.luma, clear), _seen(planes.blue, clear_half), _seen(planes.red, clear_half))
    return Layer(left, top, colour, clear, clear_half)


def _seen(plane: Bytes, clear: Bytes) -> Bytes:
    """`plane` times its opacity, rounded so that the sum with what is let through of a middle grey is right.

    Two roundings can miss by one, and one level of chroma over a wide faint shade is seen: it turned a white sun green.
    """
    through = clear.astype(np.float32) * np.float32(128 / 255)
    return _bytes(plane * (1 - clear.astype(np.float32) / np.float32(255)) + through - np.rint(through))


def _evened(rgba: Bytes, left: int, top: int) -> Bytes:
    """With clear rows and columns added, so that it begins and ends at even pixels."""
    above, before = top % 2, left % 2
    below, after = (rgba.shape[0] + above) % 2, (rgba.shape[1] + before) % 2
    if not (above or before or below or after):
        return rgba
    padded = np.pad(rgba, ((above, below), (before, after), (0, 0)), mode="edge")
    seen = np.pad(np.ones(rgba.shape[:2], np.uint8), ((above, below), (before, after)))
    padded[..., 3] *= seen
    return padded


def _halved(values: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)


def _bytes(values: NDArray[np.float32]) -> Bytes:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
