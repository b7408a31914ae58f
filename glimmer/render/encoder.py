"""A segment becomes a small MP4 of its own: drawn straight into the encoder's frames, H.264, BT.709 and said so.

Each segment has its own encoder and begins with a key frame, so segments join without being encoded again. x264 runs on one
thread each: its output depends on the number of threads, and the pool above fills the machine anyway.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import av.video.stream

from glimmer.errors import Cancelled, RenderError
from glimmer.render.opening import Media
from glimmer.render.picture import Painter
from glimmer.render.plan import Segment
from glimmer.render.planes import Planes, views
from glimmer.render.preset import Preset
from glimmer.render.stills import PlanesKept

__all__ = ["encode_segment", "part_beside"]

BT709, LIMITED = 1, 1  # AVCOL_SPC_BT709, AVCOL_PRI_BT709 and AVCOL_TRC_BT709 are all 1; AVCOL_RANGE_MPEG is 1
RING = 4  # frames drawn into in turn; x264 copies a frame when it takes it


def encode_segment(
    segment: Segment,
    preset: Preset,
    out: Path,
    *,
    media: Media,
    kept: PlanesKept,
    on_frame: Callable[[], None],
    cancelled: Callable[[], bool],
) -> None:
    """Draw and encode `segment` into the file `out`, which appears whole or not at all. `on_frame` is called after each frame.

    Raises: Cancelled between two frames, MediaError for what can't be read, RenderError if the encoder or the disk fails.
    """
    part = part_beside(out)
    try:
        with (
            Painter(segment, rate=preset.rate, size=(preset.width_px, preset.height_px), media=media, kept=kept) as painter,
            av.open(str(part), "w", format="mp4") as container,
        ):
            stream = _stream(container, preset)
            ring = [_frame(preset) for _ in range(RING)]
            for number in range(segment.frames):
                if cancelled():
                    raise Cancelled(f"the render was stopped at frame {segment.start + number}; finished segments are kept.")
                picture, planes = ring[number % RING]
                painter.draw(number, planes)
                picture.pts = number
                container.mux(stream.encode(picture))
                on_frame()
            container.mux(stream.encode(None))
        os.replace(part, out)
    except (av.error.FFmpegError, OSError) as cause:
        raise RenderError(
            f"frames {segment.start} to {segment.end} could not be encoded into {out}: {cause}. Is the disk full? "
            "Finished segments are kept; render again to go on."
        ) from cause
    finally:
        part.unlink(missing_ok=True)


def part_beside(out: Path) -> Path:
    """A name beside `out` that nobody else writes to; it becomes `out` by os.replace when it is whole."""
    return out.with_name(f"{out.name}.{uuid.uuid4().hex[:8]}.part")


def _stream(container: av.container.OutputContainer, preset: Preset) -> av.video.stream.VideoStream:
    stream = container.add_stream("libx264", rate=preset.rate)
    stream.width, stream.height, stream.pix_fmt = preset.width_px, preset.height_px, "yuv420p"
    stream.time_base = 1 / Fraction(preset.rate)
    context = stream.codec_context
    context.time_base = 1 / Fraction(preset.rate)
    context.options = {"preset": preset.x264_preset, "crf": str(preset.crf), "threads": "1"}
    context.thread_count = 1
    context.color_range, context.colorspace, context.color_primaries, context.color_trc = LIMITED, BT709, BT709, BT709
    return stream


def _frame(preset: Preset) -> tuple[av.VideoFrame, Planes]:
    picture = av.VideoFrame(preset.width_px, preset.height_px, "yuv420p")
    picture.color_range, picture.colorspace, picture.color_primaries, picture.color_trc = LIMITED, BT709, BT709, BT709
    picture.time_base = 1 / Fraction(preset.rate)
    return picture, views(picture)
