"""What a model is shown: inline bytes must be base64 of the file that they say they are."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from glimmer.testing.refusing import Refused

__all__ = ["check_inline"]

MOST_INLINE_BYTES: Final = 20 * 1024**2
_STARTS: Final[dict[str, tuple[bytes, ...]]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF8",),
    "image/webp": (b"RIFF",),
    "audio/wav": (b"RIFF",),
    "audio/flac": (b"fLaC",),
    "audio/mpeg": (b"ID3", b"\xff"),
    "audio/mp3": (b"ID3", b"\xff"),
    "application/pdf": (b"%PDF",),
}


def check_inline(encoded: object, mime_type: object, where: str) -> bytes:
    """The bytes. Raises: Refused for what is no base64, too big, without a type, or no file of its type."""
    if not isinstance(encoded, str) or not isinstance(mime_type, str) or not mime_type:
        raise Refused(400, f"* {where}: data and mime_type are required of inline data.")
    try:
        body = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(400, f"Invalid value at '{where}.data' (TYPE_BYTES), Base64 decoding failed.") from None
    if len(body) > MOST_INLINE_BYTES:
        raise Refused(400, f"Request payload size exceeds the limit: {MOST_INLINE_BYTES} bytes.")
    starts = _STARTS.get(mime_type)
    if not body or (starts and not body.startswith(starts)) or (mime_type.startswith("video/mp4") and body[4:8] != b"ftyp"):
        raise Refused(
            400, f"Unable to process input {mime_type.partition('/')[0]}. Please retry with a valid {mime_type} at {where}."
        )
    return body
