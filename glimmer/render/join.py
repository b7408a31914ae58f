"""Segments and sound become one film, without encoding anything again.

Frames are counted, never added up in seconds: a packet's pts is its segment's start plus its place in it, its dts the running
number of packets less the encoder's delay. Of five ways tried (concat demuxer, MPEG-TS, raw H.264 …) this is the one that keeps one
pts step and one dts step at every rate; WebM's clock counts milliseconds, so there each frame lies at the nearest one, and nothing
adds up. Picture and sound are interleaved by time; the index stands in front.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import av.container

from glimmer.errors import RenderError
from glimmer.render.parts import part_beside, sweep
from glimmer.render.samples import Samples, read_samples

__all__ = ["DamagedPiece", "join"]

# The film needs one number, also where a short segment has less; x264 with a B-pyramid decodes at most two frames early.
LEAST_DELAY_FRAMES: Final = 2
_FASTSTART: Final = {"movflags": "+faststart"}
# bitexact: Matroska would else give every file a random number. cues_to_front: its index, where a browser looks first.
_FORMATS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    ".mp4": ("mp4", _FASTSTART),
    ".m4v": ("mp4", _FASTSTART),
    ".mov": ("mov", _FASTSTART),
    ".m4a": ("ipod", _FASTSTART),
    ".webm": ("webm", {"fflags": "+bitexact", "cues_to_front": "1"}),
    ".wav": ("wav", {"rf64": "auto"}),
    ".flac": ("flac", {}),
    ".ogg": ("ogg", {"fflags": "+bitexact"}),
}

_Timed = tuple[float, Any]  # when it is decoded, in seconds; the packet


class DamagedPiece(RenderError):
    """A cached piece is not what its name says; `path` must be made again."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message, path=str(path))
        self.path = path


def join(pieces: Sequence[tuple[Path, int]], sound: Path | None, out: Path, *, rate: Fraction, title: str) -> None:
    """Write `pieces` (segment file, its frames) and `sound` as the film `out`, which appears whole or not at all.

    The container is what `out`'s suffix says. No pieces give the sound alone, no sound a silent film. Half-written files that dead
    processes left beside `out` are taken away.
    Raises: DamagedPiece if a piece can't be used, RenderError if the film can't be written.
    """
    form, options = _FORMATS.get(out.suffix.lower(), _FORMATS[".mp4"])
    sweep(out.parent)
    indexes = [_indexed(path, frames, rate) for path, frames in pieces]
    _same_settings(indexes)
    part = part_beside(out)
    try:
        with ExitStack() as opened:
            film = opened.enter_context(av.open(str(part), "w", format=form, container_options=options))
            film.metadata["title"] = title
            streams = []
            if indexes:
                streams.append(_pictures(indexes, rate, _like(film, opened.enter_context(_read(indexes[0].path)), rate)))
            if sound is not None:
                heard = opened.enter_context(_read(sound))
                streams.append(_sounds(heard, film.add_stream_from_template(heard.streams.audio[0])))
            _interleave(film, *streams)
        os.replace(part, out)
    except (av.error.FFmpegError, OSError) as cause:
        raise RenderError(f"the film could not be written to {out}: {cause}. Is the disk full, or the folder read-only?") from cause
    finally:
        part.unlink(missing_ok=True)


def _indexed(path: Path, frames: int, rate: Fraction) -> Samples:
    """The segment's index, checked: so many frames, at this rate."""
    try:
        index = read_samples(path)
    except (OSError, ValueError) as cause:
        raise DamagedPiece(f"the segment {path.name} can't be read: {cause}; it is made again.", path) from cause
    if sorted(index.places) != list(range(frames)):
        raise DamagedPiece(f"the segment {path.name} holds {len(index.places)} frames, not {frames}; it is made again.", path)
    if index.tick_rate != rate:
        raise DamagedPiece(f"the segment {path.name} shows {index.tick_rate} frames a second, not {rate}; it is made again.", path)
    return index


def _same_settings(indexes: Sequence[Samples]) -> None:
    for index in indexes:
        if index.description != indexes[0].description:
            raise DamagedPiece(
                f"the segment {index.path.name} was encoded with other settings than the first one; it is made again.", index.path
            )


def _read(path: Path) -> av.container.InputContainer:
    try:
        return av.open(str(path))
    except (av.error.FFmpegError, OSError) as cause:
        raise DamagedPiece(f"the piece {path.name} can't be read: {cause}; it is made again.", path) from cause


def _like(film: av.container.OutputContainer, first: av.container.InputContainer, rate: Fraction) -> av.VideoStream:
    theirs = first.streams.video[0]
    # AV1 is read by another library (dav1d) than it is written by: its parameters are taken as they are
    stream = film.add_stream_from_template(theirs, opaque=theirs.codec_context.name == "libdav1d")
    stream.time_base = 1 / rate
    return stream


def _interleave(film: av.container.OutputContainer, *streams: Iterator[_Timed]) -> None:
    """Mux packets in order of time: FFmpeg would otherwise hold one whole stream in memory while it waits for the other."""
    for _, packet in heapq.merge(*streams, key=lambda timed: timed[0]):
        film.mux_one(packet)


def _pictures(indexes: Sequence[Samples], rate: Fraction, into: av.VideoStream) -> Iterator[_Timed]:
    most = max(index.reordered for index in indexes)
    delay = max(most, LEAST_DELAY_FRAMES) if most else 0
    tick, a_second = 1 / rate, float(rate)
    count = start = 0
    for index in indexes:
        try:
            for number, coded in enumerate(index.read()):
                packet = av.Packet(coded)
                packet.stream, packet.time_base = into, tick
                packet.pts, packet.dts, packet.duration = start + index.places[number], count - delay, 1
                packet.is_keyframe = number in index.keys
                yield (count - delay) / a_second, packet
                count += 1
        except (OSError, ValueError) as cause:
            raise DamagedPiece(f"the segment {index.path.name} can't be read: {cause}; it is made again.", index.path) from cause
        start += len(index.sizes)


def _sounds(heard: av.container.InputContainer, into: av.AudioStream) -> Iterator[_Timed]:
    stream = heard.streams.audio[0]
    a_tick = float(stream.time_base or 1)
    for packet in heard.demux(stream):
        if packet.size and packet.dts is not None:
            when = packet.dts * a_tick
            packet.stream = into
            yield when, packet
