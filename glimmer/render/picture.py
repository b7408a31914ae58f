"""One frame, drawn: a segment of the plan becomes planes. Also single frames and thumbnails, for looking at a cut.

Takes segments from the plan, gives frames to the encoder. A `Painter` draws one segment's frames in order and holds its open
footage; stills are shared between painters through PlanesKept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from fractions import Fraction
from typing import Self

import numpy as np

from glimmer.assembly.pieces import Clip, Timeline
from glimmer.errors import RenderError
from glimmer.render.captions import draw_page
from glimmer.render.mixing import COLOURS, fill, mixed
from glimmer.render.opening import Media
from glimmer.render.plan import Flat, RenderPlan, Segment, Strand
from glimmer.render.planes import BLACK, Bytes, Planes, blank, to_rgb
from glimmer.render.shots import ShotAt, shot_of
from glimmer.render.sources import Setting, Source, source_of
from glimmer.render.stills import PlanesKept

__all__ = ["Painter", "drawn_frames", "drawn_once", "frame", "thumbnail"]


class Painter:
    """Draws the frames of one segment, in order. Close it: `with Painter(...) as painter`."""

    def __init__(self, segment: Segment, *, rate: Fraction, size: tuple[int, int], media: Media, kept: PlanesKept) -> None:
        self._segment, self._size = segment, size
        self._closing = ExitStack()
        setting = Setting(rate, size, media, kept, self._closing)
        try:
            self._strands = [_StrandPainter(strand, setting) for strand in segment.strands]
        except BaseException:
            self._closing.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def draw(self, number: int, out: Planes) -> None:
        """Fill `out` with frame `number` of the segment: its tracks over each other, under its captions."""
        if not (self._strands and self._segment.strands[0].hides):
            fill(out, BLACK)
        for strand in self._strands:
            strand.over(out, number)
        for page in self._segment.pages:
            draw_page(page, number, out, self._segment.caption_style)


class _StrandPainter:
    """What one track adds to the picture, transitions and all."""

    def __init__(self, strand: Strand, setting: Setting) -> None:
        self._strand = strand
        self._under = source_of(strand.under, setting)
        self._over: Source | None = source_of(strand.over, setting) if strand.over else None
        self._ground: Planes | None = blank(*setting.size) if strand.mix else None
        self._other: Planes | None = blank(*setting.size) if strand.mix else None
        if self._ground is not None and not strand.upper:
            fill(self._ground, COLOURS[strand.colour])

    def over(self, out: Planes, number: int) -> None:
        strand = self._strand
        if self._ground is None or self._other is None:
            self._under.over(out, strand.under.offset + number, upper=strand.upper)
            return
        if strand.upper:
            _copy(out, self._ground)
        share = (strand.mix_offset + number + 1) / (strand.mix_frames + 1)
        left, right = self._sides(out, self._other, number, share)
        mixed(strand.mix, share, left, right, self._ground, strand.direction, out)

    def _sides(self, out: Planes, other: Planes, number: int, share: float) -> tuple[Planes, Planes]:
        """Both pictures of the transition over what lies under them; one that is not seen at this share is not drawn."""
        strand = self._strand
        if strand.over is None or self._over is None:
            self._under.over(out, strand.under.offset + number, upper=strand.upper)
            return out, out
        _copy(out, other)
        if strand.mix != "dip" or share < 0.5:
            self._under.over(out, strand.under.offset + number, upper=strand.upper)
        if strand.mix != "dip" or share >= 0.5:
            self._over.over(other, strand.over.offset + number, upper=strand.upper)
        return out, other


def _copy(planes: Planes, into: Planes) -> None:
    for plane, other in zip(planes, into, strict=True):
        other[:] = plane


def frame(
    cut: Timeline,
    at_frame: int,
    *,
    width_px: int,
    height_px: int,
    media: Media,
    captions: bool = False,
    kept: PlanesKept | None = None,
) -> Bytes:
    """The picture of `cut` at `at_frame`, as the film will show it: uint8 RGB (height_px, width_px, 3), BT.709, full range.

    kept: where stills are kept between calls; none are if it is not given.
    Raises: RenderError if the film has no such frame, MediaError for media that can't be read.
    """
    if not 0 <= at_frame < cut.frames:
        raise RenderError(f'"{cut.title}" has no frame {at_frame}: it has {cut.frames}, from 0. Ask for one of those.')
    size = (width_px + width_px % 2, height_px + height_px % 2)
    segment = Flat(cut, *size, captions=captions).at(at_frame)
    with nullcontext(kept) if kept is not None else PlanesKept() as shelf:
        return drawn_once(segment, cut.rate, size, media, shelf)[:height_px, :width_px]


def thumbnail(cut: Timeline, clip: Clip, *, width_px: int, height_px: int, media: Media) -> Bytes:
    """A clip's own picture from its middle, whatever lies over it in the cut. A sound clip's is black. As `frame` otherwise."""
    size = (width_px + width_px % 2, height_px + height_px % 2)
    shot, _ = shot_of(clip, None, None, size)
    segment = Segment(key="", start=0, frames=1, strands=(Strand(ShotAt(shot, clip.frames // 2)),))
    with PlanesKept() as kept:
        return drawn_once(segment, cut.rate, size, media, kept)[:height_px, :width_px]


def drawn_frames(planned: RenderPlan, media: Media, kept: PlanesKept, on_frame: Callable[[], None]) -> Iterator[Bytes]:
    """Every frame of a plan in order, as RGB. `on_frame` is called after each, and may raise to end it."""
    size = (planned.preset.width_px, planned.preset.height_px)
    out = blank(*size)
    for segment in planned.segments:
        with Painter(segment, rate=planned.preset.rate, size=size, media=media, kept=kept) as painter:
            for number in range(segment.frames):
                painter.draw(number, out)
                yield np.ascontiguousarray(to_rgb(out))
                on_frame()


def drawn_once(segment: Segment, rate: Fraction, size: tuple[int, int], media: Media, kept: PlanesKept) -> Bytes:
    """The first frame of `segment`, as RGB."""
    out = blank(*size)
    with Painter(segment, rate=rate, size=size, media=media, kept=kept) as painter:
        painter.draw(0, out)
    return np.ascontiguousarray(to_rgb(out))
