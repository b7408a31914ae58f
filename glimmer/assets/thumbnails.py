"""Small pictures of assets, for cards: a JPEG of at most a few kilobytes, made once a session.

Also finds an asset in whichever studio is open, so that a cut, which is only a value, can show its pictures.
"""

from __future__ import annotations

import functools
import io
import weakref
from pathlib import Path
from typing import Any, Final

from glimmer.assets.files import Assets
from glimmer.errors import StoreError

__all__ = ["cache_of_open_studio", "find_in_open_studios", "remember", "shrunk", "thumbnail"]

_WIDTH_PX: Final = 240
_NARROWEST_PX: Final = 96
_MAX_BYTES: Final = 11_000  # a card holds twenty
_open: weakref.WeakKeyDictionary[Assets, Path] = weakref.WeakKeyDictionary()


def remember(assets: Assets, cache: Path) -> None:
    """Let cards look into this studio for as long as somebody holds it open. `cache`: where it keeps what can be made again."""
    _open[assets] = cache


def find_in_open_studios(sha256: str) -> Path | None:
    """The asset's file, if a studio that is open has it: first where it lies on this machine, only then fetched from a bucket."""
    studios = list(_open)
    for fetching in (False, True):
        for assets in studios:
            try:
                found = assets.path(sha256) if fetching else assets.lying(sha256)
            except StoreError:
                continue
            if found is not None:
                return found
    return None


def cache_of_open_studio(sha256: str) -> Path | None:
    """The folder in which the open studio that has this asset keeps what can be made again; None if no open studio has it."""
    for assets, cache in list(_open.items()):
        try:
            if assets.lying(sha256) is not None:
                return cache
        except StoreError:
            continue
    return None


@functools.lru_cache(maxsize=512)
def thumbnail(path: Path, width_px: int = _WIDTH_PX) -> bytes:
    """A picture, or a video's first frame, at most `width_px` wide: JPEG, or WebP where it is large; b"" for anything else."""
    from PIL import Image

    image = _first_frame(path) if path.suffix in (".mp4", ".mov", ".webm", ".mkv") else None
    try:
        if image is None:
            with Image.open(path, formats=["PNG", "JPEG", "WEBP"]) as opened:
                image = opened.convert("RGB")
    except OSError:
        return b""  # sound, or a picture that somebody damaged: the card says its facts without it
    return shrunk(image, width_px)


def shrunk(image: Any, width_px: int) -> bytes:
    """A PIL image as a JPEG (WebP where it is wide: half the bytes) within a card's 11 kB: less sharp first, then smaller."""
    from PIL import Image

    small = image.convert("RGB")
    kind, qualities = ("JPEG", (82, 66, 45, 25)) if width_px <= _WIDTH_PX else ("WEBP", (80, 66, 52))
    while width_px >= _NARROWEST_PX:
        small.thumbnail((width_px, width_px), Image.Resampling.LANCZOS, reducing_gap=2.0)
        for quality in qualities:
            sink = io.BytesIO()
            small.save(sink, kind, quality=quality, **({"optimize": True} if kind == "JPEG" else {"method": 5}))
            if sink.tell() <= _MAX_BYTES:
                return sink.getvalue()
        width_px = width_px * 4 // 5
    return b""


def _first_frame(path: Path):  # type: ignore[no-untyped-def]  # PIL.Image.Image | None, of a package that is imported inside
    import av

    try:
        with av.open(str(path)) as container:
            frame = next(container.decode(video=0), None)
            return None if frame is None else frame.to_image()  # type: ignore[no-untyped-call]
    except (OSError, av.FFmpegError, IndexError):
        return None
