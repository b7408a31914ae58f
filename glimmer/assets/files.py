"""Assets: every media file once, under the hash of its content.

`objects/ab/cd/<sha256>.<suffix>`: written to a temporary file beside its place, flushed to disk, renamed. A name that exists is
whole. Nothing here is ever changed or deleted; the suffix only helps players and browsers and is not part of the name.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from glimmer.errors import StoreError

__all__ = ["Assets", "suffix_of"]

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
}
_BLOCK_BYTES: Final = 1 << 20


def suffix_of(media_type: str) -> str:
    """The file suffix for a media type, with its dot; ".bin" for one not known."""
    return SUFFIXES.get(media_type, ".bin")


class Assets:
    """The files of one studio."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._found: dict[str, Path] = {}

    def put(self, content: bytes, media_type: str) -> str:
        """Keep `content`; its sha256. The same content again is the file that is there."""
        return self._keep(iter((content,)), media_type)

    def put_file(self, path: Path, media_type: str) -> str:
        """Keep a copy of the file at `path`; its sha256. Reads it in blocks, so that it may be larger than memory."""
        with path.open("rb") as source:
            return self._keep(iter(lambda: source.read(_BLOCK_BYTES), b""), media_type)

    def path(self, sha256: str) -> Path:
        """Where the asset lies.

        Raises: StoreError if it is not there (somebody deleted it).
        """
        found = self._found.get(sha256)
        if found is not None and found.exists():
            return found
        folder = self._folder(sha256)
        for candidate in sorted(folder.glob(f"{sha256}.*")) if folder.is_dir() else ():
            if not candidate.name.endswith(".part"):
                self._found[sha256] = candidate
                return candidate
        raise StoreError(
            f"asset {sha256[:12]} is missing from {self.root}; a kept take was expected there. "
            "Restore the studio folder from a backup, or make the take again.",
            sha256=sha256,
        )

    def has(self, sha256: str) -> bool:
        try:
            self.path(sha256)
        except StoreError:
            return False
        return True

    def read(self, sha256: str) -> bytes:
        return self.path(sha256).read_bytes()

    def _folder(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4]

    def _keep(self, blocks: Iterator[bytes], media_type: str) -> str:
        digest = hashlib.sha256()
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            part = self.root / f"incoming-{secrets.token_hex(8)}.part"
            try:
                with part.open("xb") as sink:
                    for block in blocks:
                        digest.update(block)
                        sink.write(block)
                    sink.flush()
                    os.fsync(sink.fileno())
                return self._place(part, digest.hexdigest(), media_type)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"can't keep a {media_type} in {self.root}: {error}. Free some space or check the rights.") from error

    def _place(self, part: Path, sha256: str, media_type: str) -> str:
        if self.has(sha256) and self.path(sha256).stat().st_size == part.stat().st_size:
            return sha256
        folder = self._folder(sha256)
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{sha256}{suffix_of(media_type)}"
        os.replace(part, target)
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        self._found[sha256] = target
        return sha256
