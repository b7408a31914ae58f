"""A GIF: the one delivery that has no segments, because its colours are chosen from all of its frames.

Two passes: the first counts the film's colours and chooses 256, while the frames wait on disk; the second paints with those. A GIF
counts hundredths of a second, so 12 frames a second last 8, 8 and 9 of them in turn: each frame begins at the nearest hundredth to
its own time, and nothing adds up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Final

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

from glimmer.errors import Cancelled, RenderError
from glimmer.render.parts import part_beside, sweep

__all__ = ["write_gif"]

A_SECOND: Final = 100  # of a GIF's clock
# Ordered dither stands still where the picture does; error diffusion would shimmer and double the file.
_PAINT: Final = "dither=bayer:bayer_scale=4:diff_mode=rectangle"

Frame = NDArray[np.uint8]


def write_gif(
    frames: Iterable[Frame],
    out: Path,
    rate: Fraction,
    *,
    on_frame: Callable[[], None] = lambda: None,
    cancelled: Callable[[], bool] = lambda: False,
    loops: bool = True,
) -> int:
    """Write `frames`, uint8 RGB (height, width, 3) and all of one size, as the GIF `out`; how many there were.

    `out` appears whole or not at all. `on_frame` is called after each frame is taken. rate is at most 50, so that no frame lasts less
    than two hundredths, which browsers would show as ten. Holds one frame in memory; the others lie on disk, 3 bytes a pixel.
    Raises: Cancelled between two frames, RenderError without frames, with frames of different sizes, or if the disk fails.
    """
    sweep(out.parent)
    part, spool = part_beside(out), part_beside(out.with_suffix(".frames"))
    try:
        with spool.open("w+b") as kept:
            shape, count, colours = _counted(_kept(frames, kept, on_frame, cancelled), rate)
            _painted(_read_back(kept, shape), shape, colours, part, rate, count, cancelled, loops)
        os.replace(part, out)
        return count
    except (av.error.FFmpegError, OSError) as cause:
        raise RenderError(f"the GIF could not be written to {out}: {cause}. Is the disk full, or the folder read-only?") from cause
    finally:
        spool.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def _kept(frames: Iterable[Frame], spool: BinaryIO, on_frame: Callable[[], None], cancelled: Callable[[], bool]) -> Iterator[Frame]:
    """The frames as they pass, also written to disk."""
    shape: tuple[int, ...] | None = None
    for number, frame in enumerate(frames):
        if cancelled():
            raise Cancelled(f"the GIF was stopped at frame {number}; nothing was written under its name.")
        shape = shape or frame.shape
        if frame.shape != shape or len(shape) != 3 or shape[2] != 3 or frame.dtype != np.uint8:
            raise RenderError(f"frame {number} of the GIF is {frame.dtype} {frame.shape}; expected uint8 {shape}, all of one size.")
        whole = _seven_bits(frame)
        spool.write(whole.tobytes())
        yield whole
        on_frame()


def _seven_bits(frame: Frame) -> Frame:
    """The frame with 128 steps a colour for 256, black and white as they are: nobody sees it in 256 colours, and FFmpeg's filters, which
    look through all colours met so far, take 340 ms for a frame of noise at 480 × 270, not 780 (a photograph takes 10)."""
    return np.ascontiguousarray((frame & 0xFE) | (frame >> 7))


def _read_back(spool: BinaryIO, shape: tuple[int, int]) -> Iterator[Frame]:
    height, width = shape
    spool.seek(0)
    while raw := spool.read(height * width * 3):
        yield np.frombuffer(raw, np.uint8).reshape(height, width, 3)


def _counted(frames: Iterable[Frame], rate: Fraction) -> tuple[tuple[int, int], int, av.VideoFrame]:
    """(height and width, how many frames, the palette as a picture of 16 × 16)."""
    graph: av.filter.Graph | None = None
    shape, count = (0, 0), 0
    for number, frame in enumerate(frames):
        if graph is None:
            shape = frame.shape[0], frame.shape[1]
            graph = av.filter.Graph()
            graph.link_nodes(
                _source(graph, shape, "rgb24"),
                graph.add("palettegen", "stats_mode=full:reserve_transparent=0"),
                graph.add("buffersink"),
            ).configure()
        graph.push(_picture(frame, number))
        count += 1
    if graph is None:
        raise RenderError("a GIF of no frames can't be written; expected at least one. Is the cut empty?")
    graph.push(None)
    return shape, count, _pulled(graph)


def _painted(
    frames: Iterable[Frame],
    shape: tuple[int, int],
    colours: av.VideoFrame,
    part: Path,
    rate: Fraction,
    count: int,
    cancelled: Callable[[], bool],
    loops: bool,
) -> None:
    options = {"loop": "0" if loops else "-1", "final_delay": str(_starts(count, rate) - _starts(count - 1, rate))}
    with av.open(str(part), "w", format="gif", container_options=options) as container:
        stream = container.add_stream("gif", rate=A_SECOND)
        stream.height, stream.width, stream.pix_fmt = *shape, "pal8"
        stream.codec_context.time_base = stream.time_base = Fraction(1, A_SECOND)
        graph, paint = _painter(shape, colours)
        for number, frame in enumerate(frames):
            if cancelled():
                raise Cancelled(f"the GIF was stopped while frame {number} was painted; nothing was written under its name.")
            paint.push(_picture(frame, number))
            painted = _pulled(graph)
            painted.pts, painted.time_base = _starts(number, rate), Fraction(1, A_SECOND)
            container.mux(stream.encode(painted))
        container.mux(stream.encode(None))


def _starts(number: int, rate: Fraction) -> int:
    """When frame `number` begins, in hundredths of a second."""
    return round(number * A_SECOND / rate)


def _painter(shape: tuple[int, int], colours: av.VideoFrame) -> tuple[av.filter.Graph, Any]:
    """A graph that paints with `colours`, and the node that takes the frames."""
    graph = av.filter.Graph()
    films, palette = _source(graph, shape, "rgb24"), _source(graph, (16, 16), colours.format.name)
    paint, sink = graph.add("paletteuse", _PAINT), graph.add("buffersink")
    films.link_to(paint, 0, 0)
    palette.link_to(paint, 0, 1)
    paint.link_to(sink)
    graph.configure()
    palette.push(colours)
    palette.push(None)
    return graph, films


def _source(graph: av.filter.Graph, shape: tuple[int, int], pixels: str) -> Any:
    return graph.add_buffer(width=shape[1], height=shape[0], format=av.VideoFormat(pixels), time_base=Fraction(1, A_SECOND))


def _picture(frame: Frame, number: int) -> av.VideoFrame:
    picture = av.VideoFrame.from_ndarray(frame, format="rgb24")
    picture.pts, picture.time_base = number, Fraction(1, A_SECOND)
    return picture


def _pulled(graph: av.filter.Graph) -> av.VideoFrame:
    made = graph.pull()
    if not isinstance(made, av.VideoFrame):
        raise RenderError("FFmpeg's palette filter gave no picture. Install PyAV's own wheel: pip install --force-reinstall av")
    return made
