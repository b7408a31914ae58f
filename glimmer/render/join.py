"""Segments and sound become one MP4, without encoding anything again.

Frames are counted, never added up in seconds: a packet's pts is its segment's start plus its place in it, its dts the running
number of packets less the encoder's delay. Of five ways tried (concat demuxer, MPEG-TS, raw H.264 …) this is the one that keeps one
pts step and one dts step at every rate. Picture and sound are interleaved by time; the index stands in front (faststart).
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.container

from glimmer.errors import RenderError
from glimmer.render.encoder import part_beside

__all__ = ["DamagedPiece", "join"]

# x264 with a B-pyramid decodes at most two frames before they are shown; a short segment fewer, but the film needs one number.
REORDERED_FRAMES = 2

_Timed = tuple[Fraction, Any]  # when it is decoded, in seconds; the packet


class DamagedPiece(RenderError):
    """A cached piece is not what its name says; `path` must be made again."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message, path=str(path))
        self.path = path


def join(pieces: Sequence[tuple[Path, int]], sound: Path, out: Path, *, rate: Fraction, title: str) -> None:
    """Write `pieces` (segment file, its frames) and `sound` as the film `out`, which appears whole or not at all.

    Raises: DamagedPiece if a piece can't be used, RenderError if the film can't be written.
    """
    part = part_beside(out)
    try:
        with (
            av.open(str(sound)) as heard,
            _first(pieces[0][0]) as first,
            av.open(str(part), "w", format="mp4", container_options={"movflags": "+faststart"}) as film,
        ):
            film.metadata["title"] = title
            picture_out = film.add_stream_from_template(first.streams.video[0])
            picture_out.time_base = 1 / rate
            sound_out = film.add_stream_from_template(heard.streams.audio[0])
            _interleave(film, _pictures(pieces, rate, picture_out), _sounds(heard, sound_out))
        os.replace(part, out)
    except (av.error.FFmpegError, OSError) as cause:
        raise RenderError(f"the film could not be written to {out}: {cause}. Is the disk full, or the folder read-only?") from cause
    finally:
        part.unlink(missing_ok=True)


def _first(path: Path) -> av.container.InputContainer:
    try:
        container = av.open(str(path), format="mp4")
    except (av.error.FFmpegError, OSError) as cause:
        raise DamagedPiece(f"the segment {path.name} can't be read: {cause}; it is made again.", path) from cause
    if not container.streams.video:
        container.close()
        raise DamagedPiece(f"the segment {path.name} has no picture; it is made again.", path)
    return container


def _interleave(film: av.container.OutputContainer, *streams: Iterator[_Timed]) -> None:
    """Mux packets in order of time: FFmpeg would otherwise hold one whole stream in memory while it waits for the other."""
    for _, packet in heapq.merge(*streams, key=lambda timed: timed[0]):
        film.mux_one(packet)


def _pictures(pieces: Sequence[tuple[Path, int]], rate: Fraction, into: av.VideoStream) -> Iterator[_Timed]:
    count = start = 0
    head: bytes | None = None
    for path, frames in pieces:
        packets, extradata = _read(path, frames, rate)
        head = head or extradata
        if extradata != head:
            raise DamagedPiece(
                f"the segment {path.name} was encoded with other settings than the first one; it is made again.", path
            )
        for packet, pts in packets:
            packet.stream = into
            packet.time_base = 1 / rate
            packet.pts, packet.dts = start + pts, count - REORDERED_FRAMES
            packet.duration = 1
            yield Fraction(count - REORDERED_FRAMES) / rate, packet
            count += 1
        start += frames


def _read(path: Path, frames: int, rate: Fraction) -> tuple[list[tuple[Any, int]], bytes]:
    """A segment's packets with their places in it, and its encoder's headers."""
    try:
        with av.open(str(path), format="mp4") as container:
            stream = container.streams.video[0]
            tick = Fraction(stream.time_base or 1)
            packets = [packet for packet in container.demux(stream) if packet.size]
            places = [round((packet.pts or 0) * tick * rate) for packet in packets]
            extradata = bytes(stream.codec_context.extradata or b"")
    except (av.error.FFmpegError, IndexError, OSError) as cause:
        raise DamagedPiece(f"the segment {path.name} can't be read: {cause}; it is made again.", path) from cause
    first = min(places, default=0)
    if sorted(place - first for place in places) != list(range(frames)):
        raise DamagedPiece(f"the segment {path.name} holds {len(places)} frames, not {frames}; it is made again.", path)
    if any(number - (place - first) > REORDERED_FRAMES for number, place in enumerate(places)):
        raise RenderError(
            f"the segment {path.name} reorders more than {REORDERED_FRAMES} frames, which x264 never does with these settings."
        )
    return [(packet, place - first) for packet, place in zip(packets, places, strict=True)], extradata


def _sounds(heard: av.container.InputContainer, into: av.AudioStream) -> Iterator[_Timed]:
    stream = heard.streams.audio[0]
    for packet in heard.demux(stream):
        if packet.size and packet.dts is not None:
            when = packet.dts * Fraction(stream.time_base or 1)
            packet.stream = into
            yield when, packet
