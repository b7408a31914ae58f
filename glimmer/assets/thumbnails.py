"""Small pictures of assets, for cards: a JPEG of at most a few kilobytes, made once a session.

Also finds an asset in whichever studio is open, so that a cut, which is only a value, can show its pictures.
"""

from __future__ import annotations

import functools
import io
import weakref
from pathlib import Path
from typing import Final

from glimmer.assets.files import Assets
from glimmer.errors import StoreError

__all__ = ["find_in_open_studios", "remember", "thumbnail"]

_WIDTH_PX: Final = 240
_MAX_BYTES: Final = 11_000  # a card holds twenty
_open: weakref.WeakSet[Assets] = weakref.WeakSet()


def remember(assets: Assets) -> None:
    """Let cards look into this studio for as long as somebody holds it open."""
    _open.add(assets)


def find_in_open_studios(sha256: str) -> Path | None:
    """The asset's file, if a studio that is open has it."""
    for assets in list(_open):
        try:
            return assets.path(sha256)
        except StoreError:
            continue
    return None


@functools.lru_cache(maxsize=512)
def thumbnail(path: Path) -> bytes:
    """A JPEG about 240 px wide of a picture or of a video's first frame; b"" for anything else."""
    from PIL import Image

    image = _first_frame(path) if path.suffix in (".mp4", ".mov", ".webm", ".mkv") else None
    try:
        if image is None:
            with Image.open(path, formats=["PNG", "JPEG", "WEBP"]) as opened:
                image = opened.convert("RGB")
    except OSError:
        return b""  # sound, or a picture that somebody damaged: the card says its facts without it
    image.thumbnail((_WIDTH_PX, _WIDTH_PX), Image.Resampling.BICUBIC, reducing_gap=2.0)
    for quality in (82, 66, 45, 25):
        sink = io.BytesIO()
        image.save(sink, "JPEG", quality=quality, optimize=True)
        if sink.tell() <= _MAX_BYTES:
            return sink.getvalue()
    return b""


def _first_frame(path: Path):  # type: ignore[no-untyped-def]  # PIL.Image.Image | None, of a package that is imported inside
    import av

    try:
        with av.open(str(path)) as container:
            frame = next(container.decode(video=0), None)
            return None if frame is None else frame.to_image()  # type: ignore[no-untyped-call]
    except (OSError, av.FFmpegError, IndexError):
        return None
