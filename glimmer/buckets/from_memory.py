"""Media that is in memory already: a PIL image, frames in an array, a matplotlib figure, a moviepy clip. Told by what they can do:
none of their packages is imported for it.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any, Final, NamedTuple

from glimmer import limits
from glimmer.errors import InputError, LimitError

__all__ = ["FromMemory", "from_memory"]

_ARRAY_RATE: Final = 24


class FromMemory(NamedTuple):
    """One file's bytes, and what they are."""

    name: str
    media_type: str
    seconds: float
    content: bytes


def from_memory(media: Any) -> FromMemory:
    """`media` as a PNG or an MP4.

    Raises: InputError for what is none of these, LimitError for one that is too large or too long.
    """
    if hasattr(media, "write_videofile") and hasattr(media, "duration"):
        return _moviepy(media)
    if hasattr(media, "savefig"):
        sink = io.BytesIO()
        media.savefig(sink, format="png", dpi=160)
        return FromMemory("figure", "image/png", 0.0, sink.getvalue())
    if hasattr(media, "save") and hasattr(media, "convert"):
        _check_pixels(*media.size)
        return FromMemory("image", "image/png", 0.0, _png(media.convert("RGB")))
    if hasattr(media, "__array__"):
        return _frames(media)
    raise InputError(
        f"can't add a {type(media).__name__}; expected a file's path, its bytes, a PIL image, an array of frames, a matplotlib figure "
        "or a moviepy clip."
    )


def _frames(media: Any) -> FromMemory:
    import numpy as np
    from PIL import Image

    frames = np.asarray(media)
    if frames.dtype != np.uint8 or frames.ndim not in (3, 4) or frames.shape[-1] != 3 or 0 in frames.shape:
        raise InputError(
            f"can't add an array of shape {frames.shape} and type {frames.dtype}; expected uint8 RGB, "
            "(height, width, 3) for a still or (frames, height, width, 3) for footage at 24 frames a second."
        )
    _check_pixels(frames.shape[-2], frames.shape[-3])
    if frames.ndim == 3:
        return FromMemory("still", "image/png", 0.0, _png(Image.fromarray(frames)))
    if min(frames.shape[1:3]) < 2:
        raise InputError(f"can't add frames of {frames.shape[2]} x {frames.shape[1]} px; a film has at least 2 x 2.")
    return FromMemory("frames", "video/mp4", len(frames) / _ARRAY_RATE, _encoded(frames))


def _png(image: Any) -> bytes:
    sink = io.BytesIO()
    image.save(sink, format="PNG", compress_level=3)
    return sink.getvalue()


def _encoded(frames: Any) -> bytes:
    """Frames as an MP4 that loses nothing the eye sees (x264 crf 12)."""
    import av

    height, width = (side - side % 2 for side in frames.shape[1:3])
    sink = io.BytesIO()
    with av.open(sink, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=_ARRAY_RATE, options={"crf": "12", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame[:height, :width], format="rgb24")))
        container.mux(stream.encode())
    return sink.getvalue()


def _moviepy(clip: Any) -> FromMemory:
    if not clip.duration:
        raise InputError("can't add a moviepy clip without a length; give it one with clip.with_duration(seconds).")
    if clip.duration > limits.MAX_FILM_SECONDS:
        raise LimitError(
            f"the clip lasts {clip.duration:,.0f} s; at most {limits.MAX_FILM_SECONDS:,} are taken (MAX_FILM_SECONDS). Cut it.",
            limit="MAX_FILM_SECONDS",
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        clip.write_videofile(str(path), fps=clip.fps or _ARRAY_RATE, codec="libx264", audio_codec="aac", logger=None)
        return FromMemory("clip", "video/mp4", float(clip.duration), path.read_bytes())


def _check_pixels(width: int, height: int) -> None:
    if width * height > limits.MAX_IMAGE_PIXELS:
        raise LimitError(
            f"a picture of {width:,} x {height:,} px; at most {limits.MAX_IMAGE_PIXELS:,} are taken (MAX_IMAGE_PIXELS). Make it smaller.",
            limit="MAX_IMAGE_PIXELS",
        )
