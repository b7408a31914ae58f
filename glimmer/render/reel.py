"""A reel: the pictures of one foreign file in the order of their time, from any moment on.

Times are exact seconds from the first picture. What is wrong with them is put right here, so that nobody above has to know: starts
that are not zero, edit lists, missing, doubled or falling timestamps, damage in the middle, fields instead of frames.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, Self, cast

import av
import av.container
import av.filter
import av.stream

from glimmer.errors import MediaError
from glimmer.render.opening import opened_media

__all__ = ["Picture", "Reel"]

_FARTHER_BACK = (0, 1, 4, 16)  # seconds; indexes are in the order of decoding, and seeks may land behind what was asked for
_LEAD_IN_SECONDS = Fraction(1, 5)  # a deinterlacer looks at its neighbours: they must be the same wherever a walk begins
_WHOLE_FRAMES = (0, 1)  # field orders: unknown, progressive
_ALPHA_CODECS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}  # FFmpeg's own decoders leave the alpha of WebM out
_MOST_ASPECT = 64  # aspect ratios beyond are a damaged header
_MOST_DAMAGED = 16  # places one after the other without a packet between them


class Picture(NamedTuple):
    """seconds: from the reel's first picture, exact. frame: as it was decoded, progressive."""

    seconds: Fraction
    frame: av.VideoFrame


class Reel:
    """One file's pictures. Close it: `with Reel(...) as reel`.

    The first video stream that is no cover art is read. Raises: MediaError, LimitError.
    """

    def __init__(self, path: Path, *, clip: str, asset: str) -> None:
        self.name = f'the footage of clip "{clip}" (asset {asset[:12]})'
        self._path, self._clip, self._asset = path, clip, asset
        self._closing = ExitStack()
        try:
            self._open()
        except BaseException:
            self._closing.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._closing.close()

    @property
    def pixel_aspect(self) -> Fraction:
        """A pixel's width to its height: 1 save in old formats."""
        said = self.stream.sample_aspect_ratio or self.stream.codec_context.sample_aspect_ratio
        return Fraction(said) if said and Fraction(1, _MOST_ASPECT) < said < _MOST_ASPECT else Fraction(1)

    @property
    def picture_seconds(self) -> Fraction:
        """How long a picture lasts, on the average; 1/24 where nobody knows."""
        rate = self.stream.average_rate or self.stream.guessed_rate
        return 1 / Fraction(rate) if rate and 0 < rate < 10_000 else Fraction(1, 24)

    def pictures(self, since: Fraction) -> Iterator[Picture]:
        """The pictures from the last one at or before `since` on (perhaps from earlier ones), in the order of their time."""
        wanted = since - _LEAD_IN_SECONDS if self.is_interlaced else since
        for farther in _FARTHER_BACK:
            if wanted <= farther:
                break
            walk = self._walk(wanted - farther)
            first = next(walk, None)
            if first is not None and first.seconds <= wanted:
                yield first
                yield from walk
                return
        yield from self._walk(Fraction(0))

    # ── opening ────────────────────────────────────────────────────────────────────────────────────────────
    def _open(self) -> None:
        self._container = self._closing.enter_context(opened_media(self._path, clip=self._clip, asset=self._asset))
        self.stream = self._video_stream()
        self._decoder = self._decoder_of(self.stream)
        self._fresh = True  # nothing was read of it yet
        self.is_interlaced = self._decoder.field_order not in _WHOLE_FRAMES  # a walk that meets fields corrects it
        first = None
        if self.stream.start_time is None:
            first = next(self._decoded(), None)
        zero = self._clock(first) if first is not None else (self.stream.start_time or 0) * self._tick
        self._zero: Fraction = zero or Fraction(0)

    def _video_stream(self) -> av.VideoStream:
        for stream in self._container.streams.video:
            if not stream.disposition & av.stream.Disposition.attached_pic:
                return stream
        inside = ", ".join("cover art" if each.type == "video" else each.type for each in self._container.streams) or "nothing"
        raise MediaError(f"{self.name} has no moving picture, only {inside}. Put it on a sound track.")

    def _decoder_of(self, stream: av.VideoStream) -> av.VideoCodecContext:
        decoder = stream.codec_context
        if decoder is None:
            raise MediaError(f"{self.name} is coded in a way that is not read here. Convert it to H.264, VP9 or ProRes.")
        other = _ALPHA_CODECS.get(decoder.codec.canonical_name)
        if other and stream.metadata.get("alpha_mode", stream.metadata.get("ALPHA_MODE", "")) == "1":
            decoder = cast(av.VideoCodecContext, av.CodecContext.create(other, "r"))
        decoder.thread_count = 1  # the workers already fill the machine
        return decoder

    @property
    def _tick(self) -> Fraction:
        return self.stream.time_base or Fraction(1, 90_000)

    # ── walking ────────────────────────────────────────────────────────────────────────────────────────────
    def _walk(self, start: Fraction) -> Iterator[Picture]:
        """Pictures from about `start` on, their times never falling, whole frames in place of fields."""
        self._go_to(start)
        pictures = self._timed()
        for picture in pictures:
            if picture.frame.interlaced_frame:  # from the first on that says it has fields
                self.is_interlaced = True
                yield from _deinterlaced(picture, pictures)
                return
            yield picture

    def _go_to(self, start: Fraction) -> None:
        if self._fresh and start <= 0:
            return
        target = int((self._zero + start) / self._tick)
        try:
            self._container.seek(target, stream=self.stream, backward=True)
            self._decoder.flush_buffers()
        except (av.error.FFmpegError, ValueError):  # it can't be sought in: from the beginning, then
            self._closing.close()
            self._open()

    def _timed(self) -> Iterator[Picture]:
        before: Fraction | None = None
        for frame in self._decoded():
            clock = self._clock(frame)
            seconds = (
                (before + self.picture_seconds if before is not None else Fraction(0)) if clock is None else clock - self._zero
            )
            before = seconds if before is None else max(seconds, before)
            yield Picture(before, frame)

    def _decoded(self) -> Iterator[av.VideoFrame]:
        """What can be decoded from here on; packets that can't are passed over, and a torn end is an end."""
        self._fresh = False
        for packet in self._packets():
            try:
                yield from self._decoder.decode(packet)
            except EOFError:
                return
            except av.error.FFmpegError:
                continue

    def _packets(self) -> Iterator[av.Packet | None]:
        """Packets, and None at the end; damage is passed over as long as something comes after it."""
        damaged = 0
        while damaged <= _MOST_DAMAGED:
            try:
                for packet in self._container.demux(self.stream):
                    if packet.size == 0:
                        yield None
                        return
                    damaged = 0
                    yield packet
                break
            except EOFError:
                break
            except av.error.FFmpegError:
                damaged += 1
        yield None

    def _clock(self, frame: av.VideoFrame) -> Fraction | None:
        ticks = frame.pts if frame.pts is not None else frame.dts
        return None if ticks is None else ticks * Fraction(frame.time_base or self._tick)


def _deinterlaced(first: Picture, others: Iterator[Picture]) -> Iterator[Picture]:
    """By bwdif, a frame for a frame; frames that say they are progressive pass as they are."""
    graph, shape = _bwdif(first.frame), _shape(first.frame)
    times: deque[Fraction] = deque()
    coming: Picture | None = first
    while coming is not None and _shape(coming.frame) == shape:
        times.append(coming.seconds)
        graph.push(coming.frame)
        yield from _pulled(graph, times)
        coming = next(others, None)
    graph.push(None)
    yield from _pulled(graph, times)
    if coming is not None:  # the picture changed its size or format on the way
        yield from _deinterlaced(coming, others)


def _shape(frame: av.VideoFrame) -> tuple[int, int, str]:
    return frame.width, frame.height, frame.format.name


def _bwdif(frame: av.VideoFrame) -> av.filter.Graph:
    graph = av.filter.Graph()
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base)
    graph.link_nodes(
        source, graph.add("bwdif", "mode=send_frame:parity=auto:deint=interlaced"), graph.add("buffersink")
    ).configure()
    return graph


def _pulled(graph: av.filter.Graph, times: deque[Fraction]) -> Iterator[Picture]:
    while times:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, av.VideoFrame):
            yield Picture(times.popleft(), frame)
