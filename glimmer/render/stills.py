"""Stills as planes, ready to be travelled over: read, converted, filtered and halved once, then kept while they are needed.

A still is usually two or three times as large as the film. It is halved while it has more than two pixels to one of the film
and gets a soft 3-tap filter, without which grain shimmers in bilinear moves (+5 dB, −28 % bits). Kept in memory up to a bound.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future

import cv2
import numpy as np

from glimmer.render.opening import Media, read_still
from glimmer.render.planes import Bytes, Planes, as_bytes, from_rgb

__all__ = ["PlanesKept", "planes_of_still"]

KEPT_BYTES = 384 * 1024**2  # about 60 stills of 2560 × 1440; two workers need four at a time
SOFTEN_ABOVE = 1.25  # source pixels to one of the film; below, the filter would only blur
ENLARGE_BELOW = 0.75
TAPS = np.array([0.15, 0.7, 0.15])


class PlanesKept:
    """Planes by key, the least used forgotten first. Each is made once, even when two workers ask at the same time."""

    def __init__(self, at_most_bytes: int = KEPT_BYTES) -> None:
        self._at_most = at_most_bytes
        self._kept: OrderedDict[object, Future[Planes]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object, make: Callable[[], Planes]) -> Planes:
        """The planes of `key`; `make` is called if they are not kept. What it raises, all who wait for it get."""
        with self._lock:
            promise = self._kept.get(key)
            mine = promise is None
            if promise is None:
                promise = self._kept[key] = Future()
            self._kept.move_to_end(key)
        if mine:
            self._fulfil(key, promise, make)
        return promise.result()

    def _fulfil(self, key: object, promise: Future[Planes], make: Callable[[], Planes]) -> None:
        try:
            promise.set_result(make())
        except BaseException as error:  # noqa: BLE001  # whoever waits for these planes gets the error, whatever it is
            with self._lock:
                self._kept.pop(key, None)
            promise.set_exception(error)
        self._forget_surplus()

    def _forget_surplus(self) -> None:
        with self._lock:
            done = [
                (key, promise.result().nbytes) for key, promise in self._kept.items() if promise.done() and not promise.exception()
            ]
            surplus = sum(size for _, size in done) - self._at_most
            for key, size in done[:-1]:
                if surplus <= 0:
                    return
                del self._kept[key]
                surplus -= size


def planes_of_still(kept: PlanesKept, media: Media, asset: str, clip: str, frame_size: tuple[int, int]) -> Planes:
    """The still of `asset` as planes, at one to two pixels to one of a frame of `frame_size` (width, height)."""

    def make() -> Planes:
        rgb = read_still(media(asset), clip=clip, asset=asset)
        return prepared(rgb, frame_size)

    return kept.get((asset, frame_size), make)


def prepared(rgb: Bytes, frame_size: tuple[int, int]) -> Planes:
    """RGB as planes in the size that suits a frame: halved while more than twice as large, doubled when much too small."""
    while _pixels_to_one(rgb, frame_size) > 2.0:
        rgb = as_bytes(cv2.resize(rgb, (max(rgb.shape[1] // 2, 2), max(rgb.shape[0] // 2, 2)), interpolation=cv2.INTER_AREA))
    while _pixels_to_one(rgb, frame_size) < ENLARGE_BELOW and max(rgb.shape[:2]) < 4096:
        rgb = as_bytes(cv2.resize(rgb, (rgb.shape[1] * 2, rgb.shape[0] * 2), interpolation=cv2.INTER_CUBIC))
    planes = from_rgb(rgb)
    return soft(planes) if _pixels_to_one(rgb, frame_size) > SOFTEN_ABOVE else planes


def soft(planes: Planes) -> Planes:
    """The planes with the grain taken off that a bilinear move would turn into shimmer."""
    return Planes(*(as_bytes(cv2.sepFilter2D(plane, -1, TAPS, TAPS, borderType=cv2.BORDER_REPLICATE)) for plane in planes))


def _pixels_to_one(rgb: Bytes, frame_size: tuple[int, int]) -> float:
    return float(min(rgb.shape[1] / frame_size[0], rgb.shape[0] / frame_size[1]))
