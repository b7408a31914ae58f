"""Framing: which of a server's shapes is nearest to the film's, and its picture in exactly the film's size.

Pictures in and out as bytes; knows neither prompts nor prices.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from glimmer.errors import MediaError
from glimmer.limits import MAX_IMAGE_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

__all__ = ["CLIP_SHAPES", "STILL_SHAPES", "Framed", "framed", "nearest_shape", "shape_of"]

STILL_SHAPES: Final = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "1:4", "4:1", "1:8", "8:1")
CLIP_SHAPES: Final = ("16:9", "9:16")
ENLARGED: Final = 2.0  # beyond it a person sees that it is soft
CROPPED: Final = 0.15  # of the picture
_FLAT: Final = 1.5  # of 255, standard deviation; the plainest sky has more
_CENTRE: Final = (0.5, 0.45)  # faces stand a little above the middle


class Framed(NamedTuple):
    """A PNG in the asked size, and what a person must be told of it."""

    png: bytes
    notices: tuple[str, ...]


def shape_of(name: str) -> float:
    """ "16:9" as width by height."""
    wide, high = name.split(":")
    return int(wide) / int(high)


def nearest_shape(width_px: int, height_px: int, shapes: Iterable[str]) -> str:
    """The shape that loses least of the picture."""
    wanted = math.log(width_px / height_px)
    return min(shapes, key=lambda name: (round(abs(math.log(shape_of(name)) - wanted), 6), name))


def framed(content: bytes, width_px: int, height_px: int) -> Framed:
    """The picture cropped to the shape and resized to exactly width_px × height_px.

    A picture of a single colour is one too, with a notice. Raises: MediaError for what is no picture.
    """
    picture = _opened(content)
    box, lost = _box(picture.size, width_px / height_px)
    scale = width_px / (box[2] - box[0])
    notices = []
    if _deviation(picture) < _FLAT:
        notices.append("The picture shows one colour and nothing else. Make another take.")
    if scale > ENLARGED:
        notices.append(
            f"The picture came as {picture.width} x {picture.height} and was enlarged {scale:.1f} times: it is softer than the film."
        )
    if lost > CROPPED:
        notices.append(f"{lost:.0%} of the picture was cropped away: it came as {picture.width} x {picture.height}.")
    from PIL import Image

    if box != (0, 0, *picture.size) or picture.size != (width_px, height_px):
        picture = picture.resize((width_px, height_px), Image.Resampling.LANCZOS, box=box)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=3)  # level 6 takes three times as long for 4 % fewer bytes
    return Framed(file.getvalue(), tuple(notices))


def _opened(content: bytes) -> Picture:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > MAX_IMAGE_PIXELS:
                raise MediaError(f"a picture of {opened.width} x {opened.height}; expected at most {MAX_IMAGE_PIXELS:,} pixels.")
            if opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info:
                under = Image.new("RGBA", opened.size, "white")
                under.alpha_composite(opened.convert("RGBA"))
                return under.convert("RGB")
            return opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as met:
        raise MediaError(f"{len(content):,} bytes that begin with {content[:8]!r} are no picture ({type(met).__name__}).") from None


def _deviation(picture: Picture) -> float:
    from PIL import ImageStat

    small = picture.resize((64, 64))
    return float(max(ImageStat.Stat(small).stddev))


def _box(size: tuple[int, int], shape: float) -> tuple[tuple[float, float, float, float], float]:
    """The largest part of the picture with this shape, and the share that is lost."""
    width, height = size
    if abs(width / height / shape - 1) < 0.005:  # a rounding of the server's: not worth a crop
        return (0, 0, width, height), 0.0
    wide, high = (height * shape, float(height)) if width / height > shape else (float(width), width / shape)
    left, top = (width - wide) * _CENTRE[0], (height - high) * _CENTRE[1]
    return (left, top, left + wide, top + high), 1 - wide * high / (width * height)
