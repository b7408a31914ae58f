"""Showing: the pictures that a request names become content that the server is shown, always in the same order.

A reference's order is part of the request: the same faces in every shot. What is named by its hash is read through the watch, so that the
artist needs no store. Pictures go inline; one that is bigger than a server takes is made smaller first, never larger.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any, Final

from glimmer.errors import MediaError
from glimmer.models.interface import Reference
from glimmer.models.watching import the_watch

__all__ = ["Content", "image_content", "named", "text_content", "type_of"]

Content = dict[str, Any]

_MOST_SIDE_PX: Final = 2_048
_MOST_BYTES: Final = 3 * 1024**2  # inline media above about 4 MB is refused in one request; base64 adds a third
_MAGIC: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))
_ROLES: Final = {
    "character": "the same face, hair and clothes as here",
    "place": "the same place as here",
    "prop": "the same thing as here",
    "style": "the style of this picture, not what it shows",
}


def text_content(text: str) -> Content:
    return {"type": "text", "text": text}


def image_content(asset: str, *, share: int = 1) -> Content:
    """A picture by its sha256, inline. share: among how many pictures the request's room is divided.

    Raises: MissingPiece where nobody has it, MediaError for what is no picture.
    """
    media_type, content = _sendable(
        the_watch().read(asset), asset, _MOST_BYTES if share <= 1 else max(256 * 1024, 12 * 1024**2 // share)
    )
    return {"type": "image", "mime_type": media_type, "data": base64.b64encode(content).decode("ascii")}


def named(references: Sequence[Reference], begin: str) -> list[str]:
    """A line for each reference: "Reference 1: MARA, the same face, hair and clothes as here". begin: with {number} or {index}, from 0."""
    return [
        f"{begin.format(number=number, index=number - 1)}: {' '.join(reference.name.split()) or reference.role}, {_ROLES[reference.role]}"
        for number, reference in enumerate(references, 1)
    ]


def type_of(content: bytes) -> str:
    """The media type of a picture by its first bytes; "" for one that is not known."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for magic, media_type in _MAGIC if content.startswith(magic)), "")


def _sendable(content: bytes, asset: str, most_bytes: int) -> tuple[str, bytes]:
    """A picture as it may be sent: as it is where it is small enough and of a kind that servers read, else as a JPEG."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as opened:
            media_type = type_of(content)
            if (
                media_type in ("image/png", "image/jpeg", "image/webp")
                and len(content) <= most_bytes
                and max(opened.size) <= 2 * _MOST_SIDE_PX
            ):
                return media_type, content
            picture = opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as met:
        raise MediaError(
            f"the reference {asset[:12]} is no picture that can be read ({type(met).__name__}, {len(content):,} bytes); "
            "expected PNG, JPEG or WebP. Make it again, or choose another."
        ) from None
    picture.thumbnail((_MOST_SIDE_PX, _MOST_SIDE_PX))
    for quality in (90, 80, 65):
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality)
        if file.tell() <= most_bytes:
            break
    return "image/jpeg", file.getvalue()
