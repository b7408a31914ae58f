"""A private copy of what a person brings: opened once, regular files only, copied and hashed in one go, and only then looked at.

What is checked is what is kept: nobody else can change the copy between the two. It lies among the store's unfinished files, so what a
kill leaves behind is collected with them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from glimmer import limits
from glimmer.display import bytes_text, plain_line
from glimmer.errors import LimitError, MediaError, StoreError

__all__ = ["HEAD_BYTES", "PrivateCopy", "opened_once", "private_copy"]

HEAD_BYTES: Final = 4096
_BLOCK_BYTES: Final = 1 << 20
# a FIFO would wait for its other end for ever: opened without waiting, then refused for what it is
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"))
_KINDS: Final[tuple[tuple[Callable[[int], bool], str], ...]] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_EXPECTED: Final = "expected a picture, sound or video file"


@dataclass(frozen=True)
class PrivateCopy:
    path: Path
    sha256: str


@contextmanager
def opened_once(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """The regular file at `path` and its size in bytes; links are followed.

    Raises: MediaError for what is no regular file, is empty or can't be opened; LimitError past MAX_MEDIA_BYTES.
    """
    shown = plain_line(path)
    try:
        number = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:  # ValueError: a name with a null byte
        raise _cannot_open(shown, error) from error
    try:
        size_bytes = _measured(os.fstat(number), shown)
        file = os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise
    with file:
        yield file, size_bytes


def _measured(status: os.stat_result, shown: str) -> int:
    """The size of what was opened, if it is a regular file with something in it, and not too much."""
    what = next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), "")
    if what or not stat.S_ISREG(status.st_mode):
        raise MediaError(f"{shown} is {what or 'no regular file'}; {_EXPECTED}. Check the path (relative to {Path.cwd()}).")
    if not status.st_size:
        raise MediaError(f"{shown} is empty; {_EXPECTED}. Export it anew.")
    if status.st_size > limits.MAX_MEDIA_BYTES:
        raise LimitError(
            f"{shown} has {status.st_size:,} bytes; at most {limits.MAX_MEDIA_BYTES:,} are taken (MAX_MEDIA_BYTES). Cut it up.",
            limit="MAX_MEDIA_BYTES",
        )
    return status.st_size


@contextmanager
def private_copy(file: BinaryIO, size_bytes: int, shown: str, folder: Path) -> Iterator[PrivateCopy]:
    """`file`, from where it is read now to its end, under a name in `folder` that nobody knows. It is gone afterwards.

    Raises: MediaError if it can't be read or is not `size_bytes` long, StoreError if there is no room for it.
    """
    part = folder / f"{secrets.token_hex(16)}.part"
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            sink = os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb")
        except OSError as error:
            raise _no_room(shown, folder, error) from error
        with sink:
            sha256, copied = _copied(file, sink, size_bytes, shown, folder)
        if copied != size_bytes:
            raise MediaError(
                f"{shown} changes while it is read: {copied:,} bytes of {size_bytes:,}. Add it again when it is finished."
            )
        yield PrivateCopy(part, sha256)
    finally:
        with suppress(OSError):  # on a disk that is read-only nothing was made; what can't be unlinked elsewhere is collected later
            part.unlink(missing_ok=True)


def _copied(file: BinaryIO, sink: BinaryIO, size_bytes: int, shown: str, folder: Path) -> tuple[str, int]:
    digest, copied = hashlib.sha256(), 0
    while copied <= size_bytes:  # one block more than expected tells a file that grows
        try:
            block = file.read(_BLOCK_BYTES)
        except OSError as error:
            raise MediaError(f"{shown} can't be read: {error.strerror or error}. Check the disk it lies on.") from error
        if not block:
            break
        try:
            sink.write(block)
            sink.flush()
        except OSError as error:
            raise _no_room(shown, folder, error) from error
        digest.update(block)
        copied += len(block)
    return digest.hexdigest(), copied


def _cannot_open(shown: str, error: OSError | ValueError) -> MediaError:
    number = getattr(error, "errno", None)
    what = {
        errno.ENOENT: "is not there",
        errno.ELOOP: "is a link that leads back to itself",
        errno.ENXIO: "is a socket or a pipe",
        errno.EACCES: "may not be read by you",
        errno.ENAMETOOLONG: "has a longer name than a file can have",
    }.get(number or 0, f"can't be opened ({getattr(error, 'strerror', None) or error})")
    return MediaError(f"{shown:.300} {what}; {_EXPECTED}. Check the path (relative to {Path.cwd()}).")


def _no_room(shown: str, folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"can't copy {shown} into {folder}: {error.strerror or error}. Nothing was kept. "
        f"Free some space ({bytes_text(limits.MAX_MEDIA_BYTES)} is the most that one file takes) or check the rights of the folder."
    )
