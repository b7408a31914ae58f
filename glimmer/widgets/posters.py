"""Posters: a picture made small enough for a page, kept under a name of its own in the studio's cache."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Final

from glimmer.errors import MissingPiece

__all__ = ["kept_small", "wanted_width"]

_QUALITY: Final = 86  # below 80 a board's flat skies show bands
_WIDEST_PX: Final = 1280
_MOST_PIXELS: Final = 64_000_000


def wanted_width(text: str, usual: int = 480) -> int:
    """The width a reference asks for, in px, within reason."""
    return min(int(text), _WIDEST_PX) if text.isdecimal() and len(text) < 6 and int(text) > 0 else usual


def kept_small(picture: Path | bytes, path: Path, width_px: int) -> Path:
    """`path`, with the picture in it at most so many pixels wide, as a JPEG. Made once. Raises: MissingPiece for what is no picture."""
    if path.is_file():
        return path
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture) if isinstance(picture, bytes) else picture, formats=["PNG", "JPEG", "WEBP"]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise MissingPiece("its picture is too large to be shown small.")
            opened.draft("RGB", (width_px, width_px))
            image = opened.convert("RGB")
    except OSError as reason:
        raise MissingPiece("there is no picture of it.") from reason
    image.thumbnail((width_px, width_px * 4), Image.Resampling.LANCZOS)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    image.save(part, "JPEG", quality=_QUALITY)
    os.replace(part, path)
    return path
