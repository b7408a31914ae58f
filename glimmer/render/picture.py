"""One frame, drawn: a segment of the plan becomes planes. Also single frames and thumbnails, for looking at a cut.

Takes segments from the plan, gives frames to the encoder. A `Painter` draws one segment's frames in order and holds its open
footage; stills are shared between painters through PlanesKept.
"""

from __future__ import annotations

from contextlib import ExitStack
from fractions import Fraction
from typing import Protocol, Self

import cv2
import numpy as np

from glimmer.assembly.nouns import Assembly, Clip
from glimmer.errors import RenderError
from glimmer.render.captions import draw_page
from glimmer.render.cards import card
from glimmer.render.footage import Footage
from glimmer.render.moves import window
from glimmer.render.opening import Media
from glimmer.render.plan import Layer, Segment, Shot, segment_at
from glimmer.render.planes import BLACK, Bytes, Planes, blank, darken, from_rgb, mix, to_rgb, warp
from glimmer.render.stills import PlanesKept, planes_of_still

__all__ = ["Painter", "frame", "thumbnail"]


class _Source(Protocol):
    """What a shot shows, frame by frame."""

    def draw(self, at: int, out: Planes) -> None:
        """Fill `out` with the shot's frame `at`. Asked in rising order."""


class Painter:
    """Draws the frames of one segment, in order. Close it: `with Painter(...) as painter`."""

    def __init__(self, segment: Segment, *, rate: Fraction, size: tuple[int, int], media: Media, kept: PlanesKept) -> None:
        self._segment, self._rate, self._size, self._media, self._kept = segment, rate, size, media, kept
        self._closing = ExitStack()
        self._other = blank(*size) if segment.over else None
        try:
            self._under = self._source(segment.under)
            self._over = self._source(segment.over) if segment.over else None
        except BaseException:
            self._closing.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def draw(self, number: int, out: Planes) -> None:
        """Fill `out` with frame `number` of the segment: its shots, mixed, under its captions."""
        segment = self._segment
        left, right = _lights(segment, number)
        self._under.draw(segment.under.offset + number, out)
        left *= _light(segment.under.shot, segment.under.offset + number)
        if self._over is not None and segment.over is not None and self._other is not None:
            self._over.draw(segment.over.offset + number, self._other)
            right *= _light(segment.over.shot, segment.over.offset + number)
            _blend(out, left, self._other, right)
        elif left < 1.0:
            darken(out, left)
        for page in segment.pages:
            draw_page(page, number, out)

    def _source(self, layer: Layer) -> _Source:
        shot = layer.shot
        if shot.kind == "still":
            return _Travelled(planes_of_still(self._kept, self._media, shot.asset, shot.name, self._size), shot)
        if shot.kind == "title":
            return _Travelled(self._card(shot), shot)
        if shot.kind == "footage":
            return _Moving(self._closing.enter_context(self._footage(layer)), shot)
        return _Black()

    def _card(self, shot: Shot) -> Planes:
        zoom = 1.0 if shot.framing.move == "hold" else 1.5  # a moving card is drawn larger, so that its letters stay sharp
        size = (round(self._size[0] * zoom / 2) * 2, round(self._size[1] * zoom / 2) * 2)
        return self._kept.get(("card", shot.title, shot.subtitle, size), lambda: from_rgb(card(shot.title, shot.subtitle, *size)))

    def _footage(self, layer: Layer) -> Footage:
        shot = layer.shot
        zoom = 1.0 if shot.framing.move == "hold" else 1.0 + min(max(shot.framing.strength, 0.0), 0.5)
        first = shot.source_start + layer.offset
        return Footage(self._media, shot.asset, shot.name, self._rate, self._size, first=first, zoom=zoom)


class _Travelled:
    """A still (or a card) that the camera travels over."""

    def __init__(self, planes: Planes, shot: Shot) -> None:
        self._planes, self._shot = planes, shot

    def draw(self, at: int, out: Planes) -> None:
        _show(self._planes, self._shot, at, out)


class _Moving:
    """Footage, which the camera may travel over as well."""

    def __init__(self, footage: Footage, shot: Shot) -> None:
        self._footage, self._shot = footage, shot

    def draw(self, at: int, out: Planes) -> None:
        _show(self._footage.at(self._shot.source_start + at), self._shot, at, out)


class _Black:
    def draw(self, at: int, out: Planes) -> None:
        for plane, value in zip(out, BLACK, strict=True):
            plane[:] = value


def _show(planes: Planes, shot: Shot, at: int, out: Planes) -> None:
    progress = at / (shot.frames - 1) if shot.frames > 1 else 0.0
    view = window(planes.size, out.size, shot.framing, progress)
    warp(planes, view.left, view.top, view.width / out.size[0], out)


def _light(shot: Shot, at: int) -> float:
    """How light the shot is at its frame `at`, by its own fades: 0 black, 1 as it is."""
    light = 1.0
    if shot.fade_in and at < shot.fade_in:
        light = (at + 1) / (shot.fade_in + 1)
    if shot.fade_out and at >= shot.frames - shot.fade_out:
        light = min(light, (shot.frames - at) / (shot.fade_out + 1))
    return min(max(light, 0.0), 1.0)


def _lights(segment: Segment, number: int) -> tuple[float, float]:
    """How much of the under and of the over is seen at a frame of the segment."""
    at, length = segment.mix_offset + number, segment.mix_frames
    share = (at + 1) / (length + 1)
    if segment.mix == "dissolve":
        return 1.0 - share, share
    if segment.mix == "fade_in":
        return share, 0.0
    if segment.mix == "fade_out":
        return 1.0 - share, 0.0
    if segment.mix == "dip":
        return max(1.0 - 2 * share, 0.0), max(2 * share - 1.0, 0.0)
    return 1.0, 0.0


def _blend(out: Planes, left: float, other: Planes, right: float) -> None:
    """out × left + other × right, and black for what is missing to 1."""
    if abs(left + right - 1.0) < 1e-9:
        mix(out, other, right, out)
        return
    for plane, over, black in zip(out, other, BLACK, strict=True):
        cv2.addWeighted(plane, left, over, right, black * (1.0 - left - right), dst=plane)


def frame(cut: Assembly, at_frame: int, *, width_px: int, height_px: int, media: Media, captions: bool = False) -> Bytes:
    """The picture of `cut` at `at_frame`, as the film will show it: uint8 RGB (height_px, width_px, 3), BT.709, full range.

    Nothing is cached between calls. Raises: RenderError if the film has no such frame, MediaError for media that can't be read.
    """
    if not 0 <= at_frame < cut.frames:
        raise RenderError(f'"{cut.title}" has no frame {at_frame}: it has {cut.frames}, from 0. Ask for one of those.')
    size = (width_px + width_px % 2, height_px + height_px % 2)
    segment = segment_at(cut, at_frame, *size, captions=captions)
    return _drawn_once(segment, cut.rate, size, media)[:height_px, :width_px]


def thumbnail(cut: Assembly, clip: Clip, *, width_px: int, height_px: int, media: Media) -> Bytes:
    """A clip's own picture from its middle, whatever lies over it in the cut. A sound clip's is black. As `frame` otherwise."""
    size = (width_px + width_px % 2, height_px + height_px % 2)
    kind = clip.kind if clip.kind != "sound" else "black"
    shot = Shot(
        kind=kind,
        asset=clip.asset,
        media_type=clip.media_type,
        frames=clip.frames,
        source_start=clip.source_start,
        framing=clip.framing,
        title=clip.title,
        subtitle=clip.subtitle,
        name=clip.name,
    )
    segment = Segment(key="", start=0, frames=1, under=Layer(shot=shot, offset=clip.frames // 2))
    return _drawn_once(segment, cut.rate, size, media)[:height_px, :width_px]


def _drawn_once(segment: Segment, rate: Fraction, size: tuple[int, int], media: Media) -> Bytes:
    out = blank(*size)
    with Painter(segment, rate=rate, size=size, media=media, kept=PlanesKept()) as painter:
        painter.draw(0, out)
    return np.ascontiguousarray(to_rgb(out))
