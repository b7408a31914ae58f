"""A segment becomes a small film of its own: drawn straight into the encoder's frames, in BT.709 and said so.

Each segment has its own encoder and begins with a key frame, so segments join without being encoded again. Frames are drawn in 8-bit
4:2:0; what an encoder wants otherwise (ProRes: 10-bit 4:2:2) is converted by swscale on the way in. The file is MP4 or MOV whatever
the film will be: any player shows it, and `samples` reads it at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import av
from av.video.reformatter import VideoReformatter

from glimmer.errors import Cancelled, RenderError
from glimmer.render.among_others import back_among_others
from glimmer.render.codecs import Coding, add_picture_stream, blank_picture, coding_of, tagged
from glimmer.render.opening import Media
from glimmer.render.parts import part_beside
from glimmer.render.picture import Painter
from glimmer.render.plan import Segment
from glimmer.render.planes import views
from glimmer.render.preset import Preset
from glimmer.render.stills import PlanesKept

__all__ = ["encode_segment", "part_beside"]

DRAWN = "yuv420p"
RING = 4  # frames drawn into in turn; every encoder here copies a frame when it takes it


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
    coding = coding_of(preset)
    part = part_beside(out)
    try:
        with ExitStack() as opened:
            size = (preset.width_px, preset.height_px)
            painter = opened.enter_context(Painter(segment, rate=preset.rate, size=size, media=media, kept=kept))
            # write_btrt: the bit rate would differ from segment to segment, and with it what joins compare
            container = opened.enter_context(
                av.open(str(part), "w", format=coding.container, container_options={"write_btrt": "0"})
            )
            stream = add_picture_stream(container, preset, coding)
            wanted = _Wanted(coding)
            ring = [(picture, views(picture)) for picture in (blank_picture(preset) for _ in range(RING))]
            for number in range(segment.frames):
                if cancelled():
                    raise Cancelled(f"the render was stopped at frame {segment.start + number}; finished segments are kept.")
                picture, planes = ring[number % RING]
                painter.draw(number, planes)
                picture.pts = number
                container.mux(stream.encode(wanted(picture)))
                if number == 0 and coding.encoder == "libsvtav1":
                    back_among_others()
                on_frame()
            container.mux(stream.encode(None))
        os.replace(part, out)
    except (av.error.FFmpegError, OSError) as cause:
        raise RenderError(
            f"frames {segment.start} to {segment.end} could not be encoded by {coding.encoder} into {out}: {cause}. Is the disk full? "
            "Finished segments are kept; render again to go on."
        ) from cause
    finally:
        part.unlink(missing_ok=True)


class _Wanted:
    """Frames as the encoder wants them: as they are drawn, or converted within BT.709, limited range."""

    def __init__(self, coding: Coding) -> None:
        self._pixels = coding.pixels
        self._reformatter = VideoReformatter()

    def __call__(self, picture: av.VideoFrame) -> av.VideoFrame:
        if self._pixels == DRAWN:
            return picture
        made = self._reformatter.reformat(picture, format=self._pixels, threads=1)
        made.pts, made.time_base = picture.pts, picture.time_base
        tagged(made)
        return made
