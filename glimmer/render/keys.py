"""Content keys: two pieces of film that would look the same have the same key, wherever they lie and whoever asks.

A key holds everything that decides the bytes: what is shown, how it is encoded, and which versions draw and encode it. It never
holds an absolute time, a name or a path, so moved or renamed shots are found again.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from fractions import Fraction
from functools import cache
from importlib import metadata

from pydantic import BaseModel

__all__ = ["RENDERER_VERSION", "content_key", "font_versions", "maker_versions", "x264_build"]

RENDERER_VERSION = "2"  # raise it when a drawn or mixed thing changes its look or sound: every cached piece is made anew

_MAKERS = ("av", "numpy", "opencv-python-headless", "pillow")
_FONTS = ("fontpkg-inter", "manimgx-fonts", "noto-cjk-sans-otc")


def content_key(*parts: object) -> str:
    """A sha256 in hex of `parts` (nouns, and what JSON can say), the renderer and its makers' versions."""
    said = json.dumps([RENDERER_VERSION, maker_versions(), *parts], default=_plain, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def maker_versions() -> tuple[str, ...]:
    """The packages that draw, mix and encode, the build of x264, and the machine: its vector code rounds in its own way."""
    return (*(_version(name) for name in _MAKERS), x264_build(), platform.machine())


@cache
def font_versions() -> tuple[str, ...]:
    """The installed font packages: installing one makes anew only what has words in it."""
    return tuple(_version(name) for name in _FONTS)


@cache
def x264_build() -> str:
    """x264 as it names itself in what it encodes ("x264 - core 165", and a digest of its settings); "x264 -" where there is none.

    Two builds of one PyAV may carry different x264s (a distribution's, a wheel's). Asked by encoding one frame of 16 x 16 px.
    """
    import av

    try:
        context = av.VideoCodecContext.create("libx264", "w")
        context.width, context.height, context.pix_fmt = 16, 16, "yuv420p"
        context.time_base, context.options = Fraction(1, 24), {"preset": "ultrafast", "threads": "1"}
        said = b"".join(bytes(packet) for packet in (*context.encode(av.VideoFrame(16, 16, "yuv420p")), *context.encode(None)))
    except (av.error.FFmpegError, ValueError):
        return "x264 -"
    found = re.search(rb"(x264 - core \d+[ -~]*?) - H\.264[ -~]*", said)
    return f"{found[1].decode()} {hashlib.sha256(found[0]).hexdigest()[:8]}" if found else "x264 -"


def _version(distribution: str) -> str:
    try:
        return f"{distribution} {metadata.version(distribution)}"
    except metadata.PackageNotFoundError:
        return f"{distribution} -"


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return str(value)


def look_key(*parts: object) -> str:
    """A sha256 in hex of plain values (numbers, texts, tuples of them), the renderer and its makers' versions. Ten times as quick as
    `content_key`: a plan asks for thousands.
    """
    return hashlib.sha256(repr((RENDERER_VERSION, maker_versions(), parts)).encode()).hexdigest()
