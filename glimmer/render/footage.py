"""Footage: any clip of any rate, size and rotation, conformed to the cut by its timestamps.

Frame n of the cut shows the picture that the clip shows at n / rate seconds: variable rates, dropped frames and 23.976 in a 30
fps cut need no special case. Before its first picture the first is held, after its last the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from typing import Self

import av
import av.container
import cv2
import numpy as np

from glimmer.errors import MediaError
from glimmer.render.opening import Media, opened_media
from glimmer.render.planes import Planes, as_bytes, blank, darken, views, warp

__all__ = ["Footage"]

MOST_CUT_OFF = 0.45  # footage that would lose more of its area is shown whole, over itself blurred
BACKDROP_LIGHT = 0.55
CLOCK_SLACK = Fraction(1, 2000)  # seconds; timestamps are rounded to the ticks of their container's clock


class Footage:
    """The pictures of one clip, asked for in rising order. Must be closed: `with Footage(...) as footage`.

    first: the first frame that will be asked for, in the cut's rate. zoom: the closest that the camera comes, so that the footage is
    scaled once to what is needed. Does not deinterlace and does not map HDR.
    """

    def __init__(
        self, media: Media, asset: str, clip: str, rate: Fraction, frame_size: tuple[int, int], *, first: int, zoom: float = 1.0
    ) -> None:
        self._name = f'the footage of clip "{clip}" (asset {asset[:12]})'
        self._rate, self._frame_size, self._zoom = rate, frame_size, zoom
        self._closing = ExitStack()
        container = self._closing.enter_context(opened_media(media(asset), clip=clip, asset=asset))
        try:
            stream = self._video_stream(container)
            self._aspect = float(stream.sample_aspect_ratio or 1)  # a pixel's width to its height: 1 save in old formats
            self._pictures = _timed(container, stream, max(Fraction(first) / rate, Fraction(0)))
            self._coming = next(self._pictures, None)
        except BaseException:
            self._closing.close()
            raise
        self._held: av.VideoFrame | None = None
        self._planes: Planes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def at(self, source_frame: int) -> Planes:
        """The picture shown at `source_frame` of the cut's rate, in the size that suits the frame."""
        seconds = Fraction(source_frame) / self._rate + CLOCK_SLACK
        while self._coming is not None and (self._held is None or self._coming[0] <= seconds):
            self._held, self._planes = self._coming[1], None
            self._coming = next(self._pictures, None)
        if self._held is None:
            raise MediaError(f"{self._name} holds no picture that can be read; make or import the take again.")
        if self._planes is None:
            self._planes = _fitted(self._held, self._aspect, self._frame_size, self._zoom)
        return self._planes

    def _video_stream(self, container: av.container.InputContainer) -> av.VideoStream:
        if not container.streams.video:
            inside = ", ".join(stream.type for stream in container.streams) or "nothing"
            raise MediaError(f"{self._name} has no picture, only {inside}. Put it on a sound track.")
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1  # the workers already fill the machine
        return stream


def _timed(
    container: av.container.InputContainer, stream: av.VideoStream, from_seconds: Fraction
) -> Iterator[tuple[Fraction, av.VideoFrame]]:
    """Pictures with their time from the clip's first one, from the last one at or before `from_seconds` on."""
    tick = stream.time_base or Fraction(1, 90000)
    zero = stream.start_time or 0
    if from_seconds > 0:
        container.seek(zero + int(from_seconds / tick), stream=stream, backward=True)
    for picture in container.decode(stream):
        if picture.pts is not None:
            yield (picture.pts - zero) * tick, picture


def _fitted(picture: av.VideoFrame, aspect: float, frame_size: tuple[int, int], zoom: float) -> Planes:
    """The picture upright, BT.709, in square pixels: as large as it fills the frame at `zoom`, or whole before itself blurred."""
    turns = round((picture.rotation or 0) / 90) % 4
    width, height = picture.width * aspect, float(picture.height)
    upright = (height, width) if turns % 2 else (width, height)
    fill = max(frame_size[0] / upright[0], frame_size[1] / upright[1])
    whole = min(frame_size[0] / upright[0], frame_size[1] / upright[1])
    if 1.0 - whole / fill > MOST_CUT_OFF:
        return _before_backdrop(picture, (width * whole, height * whole), turns, frame_size)
    return _turned(_scaled(picture, width * fill * zoom, height * fill * zoom), turns)


def _before_backdrop(picture: av.VideoFrame, size: tuple[float, float], turns: int, frame_size: tuple[int, int]) -> Planes:
    shown = _turned(_scaled(picture, *size), turns)
    out = blank(*frame_size)
    scale = min(shown.size[0] / frame_size[0], shown.size[1] / frame_size[1])
    left, top = ((side - scale * frame_side) / 2 for side, frame_side in zip(shown.size, frame_size, strict=True))
    warp(shown, left, top, scale, out)
    blur = max(frame_size) / 40
    out = Planes(*(as_bytes(cv2.GaussianBlur(plane, (0, 0), blur / factor)) for plane, factor in zip(out, (1, 2, 2), strict=True)))
    darken(out, BACKDROP_LIGHT)
    for plane, over, factor in zip(out, shown, (1, 2, 2), strict=True):
        high, wide = (min(a, b) for a, b in zip(over.shape, plane.shape, strict=True))
        y = (frame_size[1] - shown.size[1]) // 4 * 2 // factor
        x = (frame_size[0] - shown.size[0]) // 4 * 2 // factor
        plane[max(y, 0) : max(y, 0) + high, max(x, 0) : max(x, 0) + wide] = over[:high, :wide]
    return out


def _scaled(picture: av.VideoFrame, width: float, height: float) -> Planes:
    """The picture as planes of about that size (even), in BT.709, limited range."""
    size = {"width": max(round(width / 2) * 2, 2), "height": max(round(height / 2) * 2, 2)}
    smaller = size["width"] < picture.width
    frame = picture.reformat(
        **size,
        format="yuv420p",
        dst_colorspace="ITU709",
        dst_color_range="MPEG",
        interpolation="AREA" if smaller else "BICUBIC",
    )
    return Planes(*(plane.copy() for plane in views(frame)))  # the frame's memory goes back to FFmpeg


def _turned(planes: Planes, quarter_turns: int) -> Planes:
    """FFmpeg says rotation counter-clockwise, as NumPy turns."""
    return Planes(*(np.ascontiguousarray(np.rot90(plane, quarter_turns)) for plane in planes)) if quarter_turns else planes
