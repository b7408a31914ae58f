"""Uploads: files on their way from a browser into a film. They lie in a folder of their own until a verb takes them in, and no longer.

By POST to our server where there is one (a ticket signed here says which file, how many bytes, for whom), with messages elsewhere. Each
is `<id>-<bytes>/file` in the studio's cache. What broke off is cleared away ten minutes after its last part, what is whole and nobody took
after two hours: by the one that began it, and, after a kernel that was killed, by the next face that is shown and the next upload that begins.
"""

from __future__ import annotations

import re
import secrets
import shutil
import threading
import time
import unicodedata
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glimmer.errors import InputError, LimitError, NotFound
from glimmer.limits import MAX_UPLOAD_BYTES
from glimmer.media_urls import can_sign, checked_room, part_kept, signed
from glimmer.widgets.face import Asked
from glimmer.widgets.runtime import later

__all__ = ["Uploads"]

_PART_BYTES: Final = 4_000_000  # tornado takes 10 MB in one message
_TICKET_SECONDS: Final = 6 * 3600  # 1 GiB over a slow line
_BROKEN_SECONDS: Final = 600
_WHOLE_SECONDS: Final = 2 * 3600  # attached to a message that is still being written
_COPIES: Final = 2  # this one, and the asset that it becomes
_MOST_AT_ONCE: Final = 200
_NAME_BYTES: Final = 200  # file systems take 255
_FOLDER: Final = re.compile(r"([0-9a-f]{32})-([0-9]+)", re.ASCII)
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*/\\]')


@dataclass(frozen=True)
class _Coming:
    path: Path
    name: str
    bytes: int


class Uploads:
    """The files that are coming to one face. Any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._coming: dict[str, _Coming] = {}
        self._lock = threading.Lock()
        weakref.finalize(self, _forget, self._coming)  # with the face, or when the kernel ends
        clear_stale(folder)  # of a kernel that was killed

    def begin(self, name: str, bytes: int, asked: Asked) -> dict[str, Any]:
        """Make room for a file. Nothing is kept of one that is refused.

        Raises: LimitError for one that is too large or one too many, StoreError where the disk has no room for it.
        """
        clear_stale(self._folder)
        coming = self._made(_checked_name(name), bytes)
        id = coming.path.parent.name.partition("-")[0]
        with self._lock:
            self._coming[id] = coming
        folder = self._folder
        later(_BROKEN_SECONDS + 5, lambda: clear_stale(folder))
        rel = ""
        if asked.served and can_sign():
            said = {"path": str(coming.path.absolute()), "bytes": bytes}
            rel = f"glimmer/upload/{signed('upload', said, who=asked.who, seconds=_TICKET_SECONDS)}"
        return {"id": id, "rel": rel, "part_bytes": _PART_BYTES}

    def _made(self, name: str, bytes: int) -> _Coming:
        if bytes > MAX_UPLOAD_BYTES:
            raise LimitError(
                f"{name} has {bytes / 1e9:,.1f} GB; at most {MAX_UPLOAD_BYTES / 1e9:,.1f} GB come through a browser (MAX_UPLOAD_BYTES). Make it "
                f'smaller, or copy it to this machine and add it there: film.video.add("{name}").',
                limit="MAX_UPLOAD_BYTES",
            )
        with self._lock:
            if len(self._coming) >= _MOST_AT_ONCE:
                raise LimitError(f"{_MOST_AT_ONCE} files are coming already; wait until they are here, then bring the next.")
        self._folder.mkdir(parents=True, exist_ok=True)
        checked_room(self._folder, bytes * _COPIES)
        path = self._folder / f"{secrets.token_hex(16)}-{bytes}" / "file"
        path.parent.mkdir()
        path.touch()
        return _Coming(path, name, bytes)

    def part(self, id: str, at: int, buffers: Sequence[memoryview]) -> int:
        """Write the next part. Returns: how many bytes are there. Raises: InputError, LimitError, NotFound, StoreError; nothing changed."""
        coming = self._of(id)
        if len(buffers) != 1:
            raise InputError(f"a part of {coming.name} came with {len(buffers)} buffers; expected one.")
        with self._lock:
            return part_kept(coming.path, bytes(buffers[0]), at=at, whole_bytes=coming.bytes)

    @contextmanager
    def taken(self, id: str) -> Iterator[Path]:
        """The whole file, under its own name, for as long as the block runs; afterwards it is gone, whatever came of it.

        Raises: InputError for half a file, which stays for the rest of it; NotFound for one that nobody knows.
        """
        coming = self._of(id)
        with self._lock:
            size = _size(coming)
            if size != coming.bytes:
                raise InputError(f"{coming.name} came with {size:,} of {coming.bytes:,} bytes. Bring it again.")
            named = coming.path.with_name(coming.name)
            coming.path.rename(named)
            del self._coming[id]  # nobody takes it twice
        try:
            with suppress(OSError):
                named.touch()  # while it is taken in it is not stale
            yield named
        finally:
            shutil.rmtree(coming.path.parent, ignore_errors=True)

    def drop(self, id: str) -> None:
        """Forget it, and what came of it. One that is not there is no mistake: the browser says it twice."""
        with self._lock:
            coming = self._coming.pop(id, None)
        if coming is not None:
            shutil.rmtree(coming.path.parent, ignore_errors=True)

    def _of(self, id: str) -> _Coming:
        coming = self._coming.get(id)
        if coming is None:
            raise NotFound("this upload is not there: it was taken in, dropped, or came to another kernel. Bring the file again.")
        return coming


def clear_stale(folder: Path) -> None:
    """Remove what nobody will take any more. Does not touch what is not an upload of ours."""
    for each in _folders(folder):
        named = _FOLDER.fullmatch(each.name)
        if named is None or each.is_symlink():
            continue
        newest, size = _newest(each)
        quiet = time.time() - newest
        if quiet > (_WHOLE_SECONDS if size == int(named[2]) else _BROKEN_SECONDS):
            shutil.rmtree(each, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    try:
        return [each for each in folder.iterdir() if each.is_dir()]
    except OSError:
        return []


def _newest(folder: Path) -> tuple[float, int]:
    """When the last part came, and how many bytes are there."""
    found = [(folder.stat().st_mtime, -1)] if folder.exists() else [(time.time(), -1)]
    for each in folder.iterdir() if folder.exists() else ():
        with suppress(OSError):
            there = each.stat()
            found.append((there.st_mtime, there.st_size))
    return max(found)[0], max(size for _, size in found)


def _size(coming: _Coming) -> int:
    try:
        return coming.path.stat().st_size
    except OSError as error:
        raise NotFound(
            f"{coming.name} is not there any more: it was dropped, or lay still for too long. Bring it again."
        ) from error


def _checked_name(given: str) -> str:
    """A name that any file system takes, and that goes nowhere: no folders, nothing unprintable, its suffix kept."""
    name = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2])
    name = "".join(char if char.isprintable() else "_" for char in name.encode("utf-8", "replace").decode()).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = name, "", ""
    while len(f"{stem}{dot}{suffix}".encode()) > _NAME_BYTES:
        stem = stem[:-1]
    name = f"{stem}{dot}{suffix}"
    return f"{name}_" if name in ("", "file") else name


def _forget(coming: dict[str, _Coming]) -> None:
    for each in list(coming.values()):
        shutil.rmtree(each.path.parent, ignore_errors=True)
