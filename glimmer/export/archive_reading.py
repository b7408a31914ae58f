"""Archive reading: a `.glim` file from anywhere, taken apart without trusting any of it.

Export, backwards: file -> private folder -> every member verified -> handed out -> folder gone. Nothing is handed out before all is
verified, and nothing is written outside that folder: its files are named by hashes that were computed here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from pydantic import ValidationError

from glimmer import limits, log
from glimmer.assets import suffix_of
from glimmer.display import bytes_text, count_text, one_line
from glimmer.errors import NotFound, StoreError
from glimmer.export.archive_container import Packed, directory, unpacked
from glimmer.export.archive_format import FORMAT, KIND, MANIFEST, LeftOut, Manifest, Member, archive_error
from glimmer.export.leftovers import held, sweep
from glimmer.strict_json import read_json

__all__ = ["OpenedArchive", "StagedAsset", "opened_archive"]

_STAGED: Final = "archive-"
_SPARE_BYTES: Final = 16 * 1024**2  # left free on the disk
_MANIFEST_DEPTH: Final = 4
_HEAD_BYTES: Final = 4096
_ISO_MEDIA: Final = ((4, b"ftyp"),)
_MATROSKA: Final = ((0, b"\x1a\x45\xdf\xa3"),)
# A playlist in a film's clothes is refused here, before any player sees it (CVE-2016-1897, CVE-2026-107697).
_MARKS: Final[dict[str, tuple[tuple[int, bytes], ...]]] = {
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/webp": ((8, b"WEBP"),),
    "image/gif": ((0, b"GIF87a"), (0, b"GIF89a")),
    "audio/flac": ((0, b"fLaC"),),
    "audio/wav": ((8, b"WAVE"),),
    "audio/mpeg": ((0, b"ID3"), *((0, bytes((0xFF, second))) for second in (0xFA, 0xFB, 0xF2, 0xF3, 0xE2, 0xE3))),
    "audio/ogg": ((0, b"OggS"),),
    "audio/mp4": _ISO_MEDIA,
    "video/mp4": _ISO_MEDIA,
    "video/quicktime": _ISO_MEDIA,
    "audio/webm": _MATROSKA,
    "video/webm": _MATROSKA,
    "video/x-matroska": _MATROSKA,
}


@dataclass(frozen=True, slots=True)
class StagedAsset:
    """One verified file of an archive. It lies in the staging folder and is gone when the archive is closed."""

    sha256: str
    media_type: str
    path: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class OpenedArchive:
    """A verified archive. `assets` and `films` have the hash they claim; `left_out` is what the writer said is not there."""

    path: Path
    title: str
    format: int
    written_by: str
    date: str
    assets: tuple[StagedAsset, ...]
    films: tuple[StagedAsset, ...]
    left_out: tuple[LeftOut, ...]
    tables: dict[str, Path]  # name -> verified lines

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table, in order: flat, of text, finite numbers, truth values and None. Their meaning is not checked here.

        Raises: NotFound if the archive has no such table.
        """
        if table not in self.tables:
            raise NotFound.among("table", table, self.tables)
        with self.tables[table].open("rb") as lines:
            for line in lines:
                yield _row(line)

    def __repr__(self) -> str:
        size = sum(one.bytes for one in (*self.assets, *self.films))
        return one_line("archive", f'"{self.title}"', count_text(len(self.assets), "asset"), bytes_text(size), self.date)


@contextmanager
def opened_archive(path: str | os.PathLike[str], *, staging: Path) -> Iterator[OpenedArchive]:
    """The archive at `path`, every byte of it verified, unpacked to a private folder in `staging` while the block runs.

    Does not judge what media holds (a picture may still be no picture), nor what rows mean.
    Raises: ArchiveError, naming the member and the reason; StoreError if the staging folder can't be written.
    """
    source = Path(path)
    with _opened_file(source) as handle:
        try:
            staging.mkdir(parents=True, exist_ok=True)
            sweep(staging, _STAGED)
            folder = Path(tempfile.mkdtemp(prefix=_STAGED, dir=staging))  # 0700
        except OSError as reason:
            raise _disk_refuses(staging, reason) from reason
        try:
            with held(folder):
                yield _verified(handle, source, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _opened_file(path: Path) -> Iterator[BinaryIO]:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))  # a pipe must not hold us
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or str(reason)
        raise archive_error(path, "", f"it can't be read ({why})", "Check its name and its rights.") from reason
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise archive_error(path, "", "it is no file", "Give the .glim file itself.")
    with os.fdopen(handle, "rb") as file:
        yield file


def _verified(handle: BinaryIO, path: Path, folder: Path) -> OpenedArchive:
    size = os.fstat(handle.fileno()).st_size
    if size > limits.MAX_ARCHIVE_BYTES:
        raise archive_error(
            path, "", f"{bytes_text(size)} are more than MAX_ARCHIVE_BYTES ({bytes_text(limits.MAX_ARCHIVE_BYTES)})"
        )
    packed = {member.name: member for member in directory(handle, path, size)}
    manifest = _manifest(handle, path, packed)
    _check_members(path, manifest, packed)
    _check_room(path, folder, packed)
    try:
        staged = {member.name: _staged(handle, path, packed[member.name], member, folder) for member in manifest.members}
    except OSError as reason:
        raise _disk_refuses(folder, reason) from reason
    log.event("archive.verified", archive=str(path), bytes=size, members=len(packed))
    return _opened(path, manifest, staged)


def _opened(path: Path, manifest: Manifest, staged: dict[str, Path]) -> OpenedArchive:
    def media(folder: str) -> tuple[StagedAsset, ...]:
        return tuple(
            StagedAsset(member.sha256, member.media_type, staged[member.name], member.bytes)
            for member in manifest.members
            if member.name.startswith(folder)
        )

    return OpenedArchive(
        path=path,
        title=manifest.title,
        format=manifest.format,
        written_by=manifest.written_by,
        date=manifest.date,
        assets=media("objects/"),
        films=media("films/"),
        left_out=manifest.left_out,
        tables={name[5:-6]: where for name, where in staged.items() if name.startswith("rows/")},
    )


# ── the manifest ───────────────────────────────────────────────────────────────────────────────────────────────
def _manifest(handle: BinaryIO, path: Path, packed: dict[str, Packed]) -> Manifest:
    member = packed.get(MANIFEST)
    if member is None:
        raise archive_error(path, MANIFEST, "it is missing: this is no archive of Glimmer's")
    if member.bytes > limits.MAX_ARCHIVE_MANIFEST_BYTES:
        raise archive_error(path, MANIFEST, f"{bytes_text(member.bytes)} are more than MAX_ARCHIVE_MANIFEST_BYTES")
    text = b"".join(unpacked(handle, path, member))
    try:
        found = read_json(text, depth=_MANIFEST_DEPTH, values=16 * limits.MAX_ARCHIVE_MEMBERS)
    except ValueError as reason:
        raise archive_error(path, MANIFEST, str(reason)) from reason
    _check_format(path, found)
    try:
        return Manifest.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise archive_error(path, MANIFEST, f"at {place or 'its top'}: {first['msg']}") from error


def _check_format(path: Path, found: Any) -> None:
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise archive_error(path, MANIFEST, "it is not the manifest of a film archive")
    number = found.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise archive_error(path, MANIFEST, f"its format is {str(number)[:40]!r}; expected a number from 1 to {FORMAT}")
    if number > FORMAT:
        raise archive_error(
            path,
            MANIFEST,
            f"it has format {number}, written by a newer Glimmer; this one reads up to {FORMAT}",
            "Update Glimmer: pip install -U glimmer-studio.",
        )


def _check_members(path: Path, manifest: Manifest, packed: dict[str, Packed]) -> None:
    """Manifest and directory name the same members, each once, with the same length; each name says what the manifest says."""
    listed = {member.name: member for member in manifest.members}
    if extra := sorted(packed.keys() - listed.keys() - {MANIFEST}):
        raise archive_error(path, extra[0], "the manifest does not list it")
    if gone := sorted(listed.keys() - packed.keys()):
        raise archive_error(path, gone[0], "the manifest lists it, but it is missing")
    if len(listed) != len(manifest.members) or MANIFEST in listed:
        raise archive_error(path, MANIFEST, "it lists a member twice, or itself")
    if (rows := sum(member.rows for member in manifest.members)) > limits.MAX_ARCHIVE_ROWS:
        raise archive_error(path, MANIFEST, f"it lists {rows:,} rows, more than MAX_ARCHIVE_ROWS ({limits.MAX_ARCHIVE_ROWS:,})")
    hashes: set[str] = {one.sha256 for one in manifest.left_out}
    for member in manifest.members:
        if member.bytes != packed[member.name].bytes:
            raise archive_error(
                path, member.name, f"it claims {packed[member.name].bytes:,} bytes, the manifest lists {member.bytes:,}"
            )
        if reason := _wrong_claim(member):
            raise archive_error(path, member.name, reason)
        if member.name.startswith("objects/"):
            if member.sha256 in hashes:
                raise archive_error(path, member.name, "the same asset is there twice, or is said to be left out")
            hashes.add(member.sha256)


def _wrong_claim(member: Member) -> str:
    folder, _, rest = member.name.partition("/")
    if folder == "rows":
        return "" if not member.media_type else "a table has no media type"
    if rest[:64] != member.sha256:
        return "its name is not the hash that the manifest lists"
    suffix = suffix_of(member.media_type)
    if rest[64:] != suffix or member.rows:
        return f"its name does not end in {suffix}, as {member.media_type or 'unknown media'} does"
    return (
        ""
        if folder == "films" or member.bytes <= limits.MAX_MEDIA_BYTES
        else f"{bytes_text(member.bytes)} are more than MAX_MEDIA_BYTES"
    )


def _check_room(path: Path, folder: Path, packed: dict[str, Packed]) -> None:
    needed, free = sum(member.bytes for member in packed.values()), shutil.disk_usage(folder).free
    if needed + _SPARE_BYTES > free:
        raise StoreError(
            f'"{path}" unpacks to {bytes_text(needed)}, and {folder.parent} has {bytes_text(free)} free. '
            "Free some space, or open it in a studio on another disk."
        )


# ── members ────────────────────────────────────────────────────────────────────────────────────────────────────
def _staged(handle: BinaryIO, path: Path, packed: Packed, member: Member, folder: Path) -> Path:
    """The verified copy of a member. Its file has a name made of a checked one with no folder in it."""
    target = folder / member.name.replace("/", "-")
    digest, head = hashlib.sha256(), b""
    with target.open("xb") as sink:
        for block in unpacked(handle, path, packed):
            digest.update(block)
            head = head or block[:_HEAD_BYTES]
            sink.write(block)
    if digest.hexdigest() != member.sha256:
        raise archive_error(path, member.name, f"its hash is {digest.hexdigest()[:12]}…, the manifest lists {member.sha256[:12]}…")
    if member.name.startswith("rows/"):
        _check_rows(path, member, target)
    elif not _begins_as(member.media_type, head):
        raise archive_error(path, member.name, f"it begins with {head[:12]!r}, as no {member.media_type} does")
    target.chmod(0o400)
    return target


def _begins_as(media_type: str, head: bytes) -> bool:
    """Whether the first bytes are those of what it is called; a type without known first bytes is taken as what it is."""
    if media_type == "image/svg+xml":
        return b"<svg" in head
    marks = _MARKS.get(media_type, ((0, b""),))
    return any(head[at : at + len(mark)] == mark for at, mark in marks)


def _check_rows(path: Path, member: Member, lines: Path) -> None:
    count = 0
    with lines.open("rb") as file:
        while line := file.readline(limits.MAX_ARCHIVE_ROW_BYTES + 1):
            count += 1
            try:
                _row(line)
            except ValueError as reason:
                raise archive_error(path, member.name, f"row {count:,}: {reason}") from reason
    if count != member.rows:
        raise archive_error(path, member.name, f"it has {count:,} rows, the manifest lists {member.rows:,}")


def _row(line: bytes) -> dict[str, Any]:
    if len(line) > limits.MAX_ARCHIVE_ROW_BYTES:
        raise ValueError("it is longer than MAX_ARCHIVE_ROW_BYTES")
    if not line.endswith(b"\n"):
        raise ValueError("its line breaks off")
    row = read_json(line, depth=1, values=limits.MAX_ARCHIVE_COLUMNS + 2)
    if not isinstance(row, dict):
        raise ValueError("it is no row of names and values")
    return row


def _disk_refuses(folder: Path, reason: OSError) -> StoreError:
    return StoreError(
        f'the staging folder "{folder}" can\'t be written ({reason.strerror or reason}); expected a writable folder with room. '
        "Nothing was taken over. Free some space, or choose another studio."
    )
