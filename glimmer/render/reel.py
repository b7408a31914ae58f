"""A reel: the pictures of one foreign file in the order of their time, from any moment on.

Times are exact seconds from the first picture. What is wrong with them is put right here, so that nobody above has to know: starts
that are not zero, edit lists, missing, doubled or falling timestamps, damage in the middle, fields instead of frames.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, Self, cast

import av
import av.container
import av.filter
import av.stream

from glimmer.errors import MediaError
from glimmer.render.opening import opened_media

__all__ = ["Picture", "Reel", "Reels", "Walk", "walk_from"]

_FARTHER_BACK = (0, 1, 4, 16)  # seconds; indexes are in the order of decoding, and seeks may land behind what was asked for
_LEAD_IN_SECONDS = Fraction(1, 5)  # a deinterlacer looks at its neighbours: they must be the same wherever a walk begins
_PACKETS_AHEAD = 4  # in the order of decoding; enough to know of a later picture
_NEAR_SECONDS = Fraction(5, 2)  # a segment that another worker drew in between; key frames are often ten apart
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

    @property
    def is_intra_only(self) -> bool:
        """Whether every picture stands for itself."""
        return bool(self._decoder.codec.intra_only)

    def pictures(self, since: Fraction) -> Iterator[Picture]:
        """The pictures from the last one at or before `since` on (perhaps from earlier ones), in the order of their time."""
        wanted = since - _LEAD_IN_SECONDS if self.is_interlaced else since
        for farther in _FARTHER_BACK:
            if wanted <= farther:
                break
            walk = self._walk(wanted - farther, wanted)
            first = next(walk, None)
            if first is not None and first.seconds <= wanted:
                yield first
                yield from walk
                return
        yield from self._walk(Fraction(0), wanted)

    # ── opening ────────────────────────────────────────────────────────────────────────────────────────────
    def _open(self) -> None:
        self._container = self._closing.enter_context(opened_media(self._path, clip=self._clip, asset=self._asset))
        self.stream = self._video_stream()
        self._decoder = self._decoder_of(self.stream)
        self._fresh = True  # nothing was read of it yet
        self.is_interlaced = self._decoder.field_order not in _WHOLE_FRAMES  # a walk that meets fields corrects it
        first = None
        if self.stream.start_time is None:
            first = next(self._decoded(0), None)
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
    def _walk(self, start: Fraction, wanted: Fraction) -> Iterator[Picture]:
        """Pictures from about `start` on, their times never falling, whole frames in place of fields; gaps only before `wanted`."""
        self._go_to(start)
        pictures = self._timed(wanted)
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

    def _timed(self, wanted: Fraction) -> Iterator[Picture]:
        before: Fraction | None = None
        for frame in self._decoded(int((self._zero + wanted) / self._tick)):
            clock = self._clock(frame)
            seconds = (
                (before + self.picture_seconds if before is not None else Fraction(0)) if clock is None else clock - self._zero
            )
            before = seconds if before is None else max(seconds, before)
            yield Picture(before, frame)

    def _decoded(self, wanted_ticks: int) -> Iterator[av.VideoFrame]:
        """What can be decoded from here on. Before the last picture at or before `wanted_ticks`, those that no other needs are left out."""
        self._fresh = False
        for packet, is_passed in _with_what_is_passed(self._packets(), wanted_ticks):
            self._decoder.skip_frame = "NONREF" if is_passed else "DEFAULT"
            try:
                yield from self._decoder.decode(packet)
            except EOFError:
                return
            except av.error.FFmpegError:
                continue

    def _packets(self) -> Iterator[av.Packet[av.VideoStream] | None]:
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


@dataclass
class Walk:
    """A way through a reel, and how far it is. held: the picture shown now; coming: the next one, decoded already."""

    reel: Reel
    pictures: Iterator[Picture]
    held: Picture | None = None
    coming: Picture | None = None

    def go_to(self, seconds: Fraction) -> Picture | None:
        """The last picture at or before `seconds`, or the first of all; `seconds` rises from call to call."""
        while self.coming is not None and (self.held is None or self.coming.seconds <= seconds):
            self.held = self.coming
            self.coming = next(self.pictures, None)
        return self.held


def walk_from(reel: Reel, since: Fraction) -> Walk:
    pictures = reel.pictures(since)
    return Walk(reel, pictures, coming=next(pictures, None))


class Reels:
    """Walks that wait for whoever goes on where another stopped: the next segment of a clip needs no key frame and no way from there.

    Any thread may ask. Close it when the film is made: `with Reels() as reels`.
    """

    def __init__(self, at_most: int = 4) -> None:
        self._at_most = at_most  # open files, each with what its decoder holds: 12 MB at 720p
        self._waiting: list[tuple[str, Walk]] = []
        self._lock = threading.Lock()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            waiting, self._waiting, self._is_closed = self._waiting, [], True
        for _, walk in waiting:
            walk.reel.close()

    def taken(self, asset: str, since: Fraction) -> Walk | None:
        """The walk through `asset` that is nearest before `since`, if going on from there is quicker than from a key frame."""
        with self._lock:
            near = [each for each in self._waiting if each[0] == asset and _is_near(each[1], since)]
            if not near:
                return None
            best = max(near, key=lambda each: each[1].held.seconds if each[1].held is not None else Fraction(0))
            self._waiting.remove(best)
            return best[1]

    def park(self, asset: str, walk: Walk) -> None:
        """Let `walk` wait; the one that waited longest is closed where there are too many."""
        with self._lock:
            self._waiting.append((asset, walk))
            surplus = self._waiting if self._is_closed else self._waiting[: -self._at_most]
            self._waiting = self._waiting[len(surplus) :]
        for _, each in surplus:
            each.reel.close()


def _is_near(walk: Walk, since: Fraction) -> bool:
    if walk.held is None or walk.held.seconds > since:
        return False
    return since - walk.held.seconds <= (2 * walk.reel.picture_seconds if walk.reel.is_intra_only else _NEAR_SECONDS)


def _with_what_is_passed(
    packets: Iterator[av.Packet[av.VideoStream] | None], wanted_ticks: int
) -> Iterator[tuple[av.Packet[av.VideoStream] | None, bool]]:
    """Every packet, and whether another one that is shown later, and not after `wanted_ticks`, is known by then."""
    ahead: deque[av.Packet[av.VideoStream] | None] = deque()
    latest: int | None = None
    is_over = False  # nothing to pass any more: no packet is held back
    for packet in packets:
        ahead.append(packet)
        pts = packet.pts if packet is not None else None
        if pts is not None and pts <= wanted_ticks:
            latest = pts if latest is None else max(latest, pts)
        is_over = is_over or (packet is not None and packet.is_keyframe and pts is not None and pts > wanted_ticks)
        while ahead and (is_over or len(ahead) > _PACKETS_AHEAD or ahead[-1] is None):
            held = ahead.popleft()
            yield held, held is not None and held.pts is not None and latest is not None and held.pts < latest


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
