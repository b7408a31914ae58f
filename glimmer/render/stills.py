"""Stills as planes, ready to be travelled over: read, converted, filtered and halved once, then kept while they are needed.

A still is usually two or three times as large as the film. It is halved while it has more than two pixels to one of the film
and gets a soft 3-tap filter, without which grain shimmers in bilinear moves (+5 dB, −28 % bits). Kept in memory up to a bound.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple, Self, TypeVar

import cv2
import numpy as np

from glimmer.render.opening import Media, read_still
from glimmer.render.planes import Bytes, Planes, as_bytes, from_rgb, roomy
from glimmer.render.reel import Reels

__all__ = ["PlanesKept", "Still", "still_of"]

Kept = TypeVar("Kept")

KEPT_BYTES = 384 * 1024**2  # about 60 stills of 2560 × 1440; two workers need four at a time
SOFTEN_ABOVE = 1.25  # source pixels to one of the film; below, the filter would only blur
ENLARGE_BELOW = 0.75
TAPS = np.array([0.15, 0.7, 0.15])


class Still(NamedTuple):
    """A still in the size that suits its place. alpha: uint8 like the luma plane, None if it is opaque; the planes lie over black then."""

    planes: Planes
    alpha: Bytes | None = None

    @property
    def nbytes(self) -> int:
        return self.planes.nbytes + (self.alpha.nbytes if self.alpha is not None else 0)


class PlanesKept:
    """Planes, and what else is dear to draw, by key; the least used is forgotten first. Each is made once, even when two workers ask at
    the same time. `reels`: footage that waits, open, for the segment that goes on. Close it: `with PlanesKept() as kept`.
    """

    def __init__(self, at_most_bytes: int = KEPT_BYTES) -> None:
        self.reels = Reels()
        self._at_most = at_most_bytes
        self._kept: OrderedDict[object, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.reels.close()

    def get(self, key: object, make: Callable[[], Kept]) -> Kept:
        """What stands under `key`; `make` is called if nothing does. What it raises, all who wait for it get."""
        with self._lock:
            promise = self._kept.get(key)
            mine = promise is None
            if promise is None:
                promise = self._kept[key] = Future()
            self._kept.move_to_end(key)
        if mine:
            self._fulfil(key, promise, make)
        made: Kept = promise.result()
        return made

    def forget(self, asset: str) -> None:
        """Let go of every still of `asset`: nobody will ask for it again."""
        with self._lock:
            for key in [key for key in self._kept if isinstance(key, tuple) and key[0] == asset]:
                del self._kept[key]

    def _fulfil(self, key: object, promise: Future[Any], make: Callable[[], Kept]) -> None:
        try:
            promise.set_result(make())
        except BaseException as error:  # noqa: BLE001  # whoever waits for it gets the error, whatever it is
            with self._lock:
                self._kept.pop(key, None)
            promise.set_exception(error)
        self._forget_surplus()

    def _forget_surplus(self) -> None:
        with self._lock:
            done = [
                (key, getattr(promise.result(), "nbytes", 0))
                for key, promise in self._kept.items()
                if promise.done() and not promise.exception()
            ]
            surplus = sum(size for _, size in done) - self._at_most
            for key, size in done[:-1]:
                if surplus <= 0:
                    return
                del self._kept[key]
                surplus -= size


def still_of(
    kept: PlanesKept,
    media: Media,
    asset: str,
    clip: str,
    frame_size: tuple[int, int],
    *,
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0),
    lut: Callable[[Bytes], Bytes] | None = None,
    lut_key: str = "",
    with_alpha: bool = False,
) -> Still:
    """The part `crop` of the still of `asset`, at one to two pixels to one of a place of `frame_size` (width, height), graded by `lut`."""

    def make() -> Still:
        picture = _cropped(read_still(media(asset), clip=clip, asset=asset, with_alpha=with_alpha), crop)
        alpha = picture[..., 3] if picture.shape[2] == 4 and int(picture[..., 3].min()) < 255 else None
        scaled = _scaled(np.ascontiguousarray(picture[..., :3]) if alpha is None else _over_black(picture), frame_size)
        planes = from_rgb(lut(scaled) if lut else scaled)
        if _pixels_to_one(scaled, frame_size) > SOFTEN_ABOVE:
            planes = _soft(planes)
        return Still(roomy(planes), None if alpha is None else _as_large(alpha, planes.size))

    return kept.get((asset, frame_size, crop, lut_key, with_alpha), make)


def _cropped(picture: Bytes, crop: tuple[float, float, float, float]) -> Bytes:
    if crop == (0.0, 0.0, 1.0, 1.0):
        return picture
    high, wide = picture.shape[:2]
    left, top = min(round(crop[0] * wide), wide - 1), min(round(crop[1] * high), high - 1)
    right, bottom = max(round((crop[0] + crop[2]) * wide), left + 1), max(round((crop[1] + crop[3]) * high), top + 1)
    return picture[top:bottom, left:right]


def _over_black(rgba: Bytes) -> Bytes:
    """RGB times how opaque it is: so it can be scaled and travelled over without the hidden colours of clear pixels fringing edges."""
    return as_bytes(cv2.multiply(rgba[..., :3], cv2.merge([rgba[..., 3]] * 3), scale=1 / 255))


def _as_large(alpha: Bytes, size: tuple[int, int]) -> Bytes:
    if (alpha.shape[1], alpha.shape[0]) == size:
        return np.ascontiguousarray(alpha)
    how = cv2.INTER_AREA if alpha.shape[1] > size[0] else cv2.INTER_LINEAR
    return as_bytes(cv2.resize(alpha, size, interpolation=how))


def _scaled(rgb: Bytes, frame_size: tuple[int, int]) -> Bytes:
    """RGB in the size that suits a frame: halved while more than twice as large, doubled when much too small."""
    while _pixels_to_one(rgb, frame_size) > 2.0:
        rgb = as_bytes(cv2.resize(rgb, (max(rgb.shape[1] // 2, 2), max(rgb.shape[0] // 2, 2)), interpolation=cv2.INTER_AREA))
    while _pixels_to_one(rgb, frame_size) < ENLARGE_BELOW and max(rgb.shape[:2]) < 4096:
        rgb = as_bytes(cv2.resize(rgb, (rgb.shape[1] * 2, rgb.shape[0] * 2), interpolation=cv2.INTER_CUBIC))
    return rgb


def _soft(planes: Planes) -> Planes:
    """The planes with the grain taken off that a bilinear move would turn into shimmer."""
    return Planes(*(as_bytes(cv2.sepFilter2D(plane, -1, TAPS, TAPS, borderType=cv2.BORDER_REPLICATE)) for plane in planes))


def _pixels_to_one(rgb: Bytes, frame_size: tuple[int, int]) -> float:
    return float(min(rgb.shape[1] / frame_size[0], rgb.shape[0] / frame_size[1]))
