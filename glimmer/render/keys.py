"""Content keys: two pieces of film that would look the same have the same key, wherever they lie and whoever asks.

A key holds everything that decides the bytes: what is shown, how it is encoded, and which versions draw and encode it. It never
holds an absolute time, a name or a path, so moved or renamed shots are found again.
"""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib import metadata

from pydantic import BaseModel

__all__ = ["RENDERER_VERSION", "content_key", "font_versions", "maker_versions"]

RENDERER_VERSION = "1"  # raise it when a drawn or mixed thing changes its look or sound: every cached piece is made anew

_MAKERS = ("av", "numpy", "opencv-python-headless", "pillow", "scipy")
_FONTS = ("fontpkg-inter", "manimgx-fonts", "noto-cjk-sans-otc")


def content_key(*parts: object) -> str:
    """A sha256 in hex of `parts` (nouns, and what JSON can say), the renderer and its makers' versions."""
    said = json.dumps([RENDERER_VERSION, maker_versions(), *parts], default=_plain, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def maker_versions() -> tuple[str, ...]:
    """The packages that draw, mix and encode. The wheel of PyAV carries x264, so its version and the machine stand for x264's."""
    return (*(_version(name) for name in _MAKERS), platform.machine())


@cache
def font_versions() -> tuple[str, ...]:
    """The installed font packages: installing one makes anew only what has words in it."""
    return tuple(_version(name) for name in _FONTS)


def _version(distribution: str) -> str:
    try:
        return f"{distribution} {metadata.version(distribution)}"
    except metadata.PackageNotFoundError:
        return f"{distribution} -"


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return str(value)
