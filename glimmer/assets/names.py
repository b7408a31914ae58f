"""How an asset is named: by the sha256 of its content, in two folders of two letters each.

`ab/cd/abcd….png`. The suffix only helps players and browsers; it is not part of the name and never comes from a person.
What does not match this to the letter is no asset, whatever it holds: names from disks, buckets and users are only text.
"""

from __future__ import annotations

import re
from typing import Final

from glimmer.errors import SettingsError, StoreError

__all__ = [
    "BLOCK_BYTES",
    "INCOMING",
    "SUFFIXES",
    "checked",
    "is_sha256",
    "known_media_type",
    "media_type_of",
    "name_of",
    "parsed",
    "suffix_of",
]

SUFFIXES: Final[dict[str, str]] = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "audio/flac": ".flac",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/webm": ".weba",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "video/quicktime": ".mov",
    "video/x-matroska": ".mkv",
    "text/plain": ".txt",
    "application/x-cube": ".cube",
}
INCOMING: Final = "incoming"  # what is not yet an asset: files being written, uploads not yet verified
BLOCK_BYTES: Final = 1 << 20

_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NAME: Final = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})(\.[a-z0-9]{1,8})", re.ASCII)


def suffix_of(media_type: str) -> str:
    """The file suffix for a media type, with its dot; ".bin" for one not known."""
    return SUFFIXES.get(media_type, ".bin")


def media_type_of(suffix: str) -> str:
    """The media type for a suffix with its dot; "application/octet-stream" for one not known."""
    return next((media_type for media_type, known in SUFFIXES.items() if known == suffix), "application/octet-stream")


def known_media_type(media_type: str) -> str:
    """`media_type`, if it is one that films are made of.

    Raises: SettingsError that names the known ones.
    """
    if media_type not in SUFFIXES:
        raise SettingsError(f"{media_type!r:.80} is no media type that a film takes; expected one of {', '.join(SUFFIXES)}.")
    return media_type


def is_sha256(text: object) -> bool:
    return isinstance(text, str) and _SHA256.fullmatch(text) is not None


def checked(sha256: str) -> str:
    """`sha256`, if it is the name of an asset: 64 small hexadecimal digits.

    Raises: StoreError for anything else, so that no path is ever made of it.
    """
    if not is_sha256(sha256):
        raise StoreError(
            f"{sha256!r:.80} is not the name of an asset; expected 64 of 0-9 and a-f, as a take's `asset` holds.", sha256=sha256
        )
    return sha256


def name_of(sha256: str, suffix: str) -> str:
    """Where an asset lies below its store's root: `ab/cd/<sha256><suffix>`."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}{suffix}"


def parsed(name: str) -> tuple[str, str] | None:
    """The sha256 and the suffix of a name below a store's root; None if that is not an asset's name."""
    match = _NAME.fullmatch(name)
    return (match[3], match[4]) if match else None
