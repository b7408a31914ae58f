"""The few calls that make a file safe on a disk: blocks of a person's file, flush, a folder's flush, one at a time in a folder."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from glimmer.assets.names import BLOCK_BYTES
from glimmer.errors import MediaError

try:
    import fcntl
except ImportError:  # Windows has no flock; there garbage collection must not run beside a put
    fcntl = None  # type: ignore[assignment]

__all__ = ["alone", "blocks_of", "flushed", "make_folder", "sync_folder", "what_to_do"]

_NO_LOCKS_HERE: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
_TO_DO: Final = {
    errno.ENOSPC: "Free some space on that disk; what is there is whole.",
    errno.EDQUOT: "Your quota on that disk is used up: free some space; what is there is whole.",
    errno.EROFS: "That disk is mounted read-only: mount it for writing, or open a studio elsewhere.",
    errno.EACCES: "Give yourself the right to write there, or open a studio elsewhere.",
    errno.EPERM: "Give yourself the right to write there, or open a studio elsewhere.",
    errno.EIO: "The disk reports a fault: look at its health, and copy the studio elsewhere.",
    errno.EFBIG: "The file is larger than that disk or your limits (ulimit -f) allow.",
}


def what_to_do(error: OSError) -> str:
    """The sentence that helps, after an error of the disk."""
    return _TO_DO.get(error.errno or 0, "Free some space or check the rights.")


def blocks_of(path: Path) -> Iterator[bytes]:
    """The content of a person's file, in blocks of 1 MiB.

    Raises: MediaError if it can't be read, is no plain file (a pipe would wait for ever), or changes or vanishes while it is read:
        half of one film and half of another is nobody's film.
    """
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            raise MediaError(
                f"{path.name} is not a plain file; expected one with a picture, sound or film in it. Give the file itself."
            )
        with path.open("rb") as source:
            while block := source.read(BLOCK_BYTES):
                yield block
        after = path.stat()
    except FileNotFoundError as error:
        raise MediaError(
            f"{path} is not there (any more); expected a file that stays until it is kept. Look for it and add it again."
        ) from error
    except OSError as error:
        raise MediaError(
            f"{path} can't be read: {error.strerror or error}. Check its rights and its disk, and add it again."
        ) from error
    if (before.st_ino, before.st_size, before.st_mtime_ns) != (after.st_ino, after.st_size, after.st_mtime_ns):
        raise MediaError(
            f"{path.name} changed while it was read ({before.st_size:,} bytes, then {after.st_size:,}); expected a finished file. "
            "Wait until what writes it is done, and add it again."
        )


def flushed(part: Path, blocks: Iterable[bytes]) -> str:
    """Write `blocks` to the new file `part`, down to the disk and read-only from then on; the sha256 of what was written."""
    digest = hashlib.sha256()
    with part.open("xb") as sink:
        for block in blocks:
            digest.update(block)
            sink.write(block)
        sink.flush()
        os.fsync(sink.fileno())
        os.fchmod(sink.fileno(), 0o444)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` down to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make `folder` and what is above it; the names of those that were new are on the disk."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in reversed(new):
        sync_folder(one.parent)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold `folder` against every other thread and process that asks for it the same way. Locks nobody else out, and leaves no file.

    Where the file system knows no locks it holds nothing.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
            except OSError as error:
                if error.errno not in _NO_LOCKS_HERE:
                    raise
        yield
    finally:
        os.close(handle)  # the lock goes with it
