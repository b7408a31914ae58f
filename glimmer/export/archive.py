"""Archive: one film in one file: its rows, its media, its renders, and the hash of each.

Export, the end of the road for a whole film: knows no database; it is handed rows and the hashes of what they name. `archive_reading`
takes the file apart on the other machine. The format is in `archive_format` and docs/archive.md.

The file appears whole under its name or not at all: part -> fsync -> link or rename -> fsync of the folder. Every asset is hashed while
it is copied. The same film gives the same bytes: members in order of their names, no clock, no machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from glimmer import limits, log
from glimmer.assets import Assets, suffix_of
from glimmer.assets.names import media_type_of
from glimmer.display import Table, bytes_text, card, count_text, one_line
from glimmer.errors import ArchiveError, LimitError, MissingPiece, SettingsError, StoreError
from glimmer.export.archive_format import MANIFEST, LeftOut, Manifest, Member, film_name, object_name, rows_name
from glimmer.export.leftovers import held, sweep
from glimmer.strict_json import read_json

if TYPE_CHECKING:
    from glimmer.display import Html

__all__ = ["ARCHIVE_SUFFIX", "Archived", "write_archive"]

ARCHIVE_SUFFIX: Final = ".glim"
_PART: Final = ".glimmer-archive-"
_BLOCK_BYTES: Final = 1 << 20
_NO_TYPE: Final = "application/octet-stream"
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say
_PLAIN_FILE: Final = 0o100644 << 16
_DEFLATE_LEVEL: Final = 6
_RATIO_FREE_BYTES: Final = 1 << 20  # as in archive_container


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive that was written: where, how large, what is in it. `sha256` is of the whole file, as `sha256sum` gives it."""

    path: Path
    title: str
    bytes: int
    assets: int
    rows: int
    films: int
    sha256: str
    parts: tuple[tuple[str, int, int], ...] = ()  # (what, how many, bytes) for the card
    notices: tuple[str, ...] = ()

    def __repr__(self) -> str:
        films = count_text(self.films, "film") if self.films else ""
        assets, rows = count_text(self.assets, "asset"), count_text(self.rows, "row")
        return one_line("archive", str(self.path), bytes_text(self.bytes), assets, rows, films)

    __str__ = __repr__

    def _repr_html_(self) -> Html:
        rows = Table(("inside", "count", "size"), [(what, count, bytes_text(size)) for what, count, size in self.parts])
        facts = [("film", self.title), ("size", bytes_text(self.bytes)), ("sha256", self.sha256)]
        return card(self.path.name, facts, subtitle="archive", rows=rows, notices=self.notices)


@dataclass(slots=True)
class _Sink:
    """The archive while it is written."""

    zip: ZipFile
    members: list[Member] = field(default_factory=list)

    def add(self, member: Member, source: BinaryIO | IO[bytes], *, deflate: bool = False) -> None:
        """Copy `source`, which must hold just what `member` says."""
        with self.zip.open(_header(member.name, member.bytes, deflate=deflate), "w") as sink:
            digest, count = _hashed(source, sink.write)
        if (count, digest) != (member.bytes, member.sha256):
            raise ArchiveError(
                f"{member.name} changed while it was archived; expected {member.bytes:,} bytes with its hash. "
                "Nothing was written; try again when nobody writes to it.",
                member=member.name,
                reason="changed while it was archived",
            )
        self.members.append(member)


def write_archive(
    out: str | os.PathLike[str],
    *,
    title: str,
    rows: Mapping[str, Iterable[Mapping[str, object]]],
    assets: Assets,
    wanted: Iterable[tuple[str, str]],
    films: Iterable[Path] = (),
    overwrite: bool = False,
    without_missing: bool = False,
) -> Archived:
    """One file with `rows` (table -> flat rows of text, numbers, truth values and None), the assets in `wanted` (sha256, media
    type; "" takes it from where the asset lies) and finished renders. Creates no folder. Takes no asset's word for its hash: each is read and hashed.

    `without_missing` leaves out assets that are missing or damaged; the archive and `notices` then say which.
    Raises: SettingsError for a name that can't be an archive's or is taken (overwrite=True replaces it); ArchiveError for a missing
    or damaged asset; MissingPiece for a render that is gone; LimitError past what the reader takes; StoreError if the disk refuses.
    """
    target = _checked_out(out, overwrite=overwrite)
    media, left_out = _standing(assets, wanted, without_missing=without_missing)
    renders = _renders(films)
    try:
        sweep(target.parent, _PART)
        with _placed(target, overwrite=overwrite) as part, part.open("r+b") as handle:
            with ZipFile(handle, "w", allowZip64=True) as container:
                sink = _Sink(container)
                for name, path in sorted(renders.items()):
                    _add_film(sink, name, path)
                for sha256, media_type in sorted(media.items()):
                    _add_asset(sink, sha256, media_type, assets.path(sha256))
                date = max([_add_rows(sink, table, rows[table], target.parent) for table in sorted(rows)], default="")
                _add_manifest(
                    sink, Manifest(title=title, written_by=_version(), date=date, members=tuple(sink.members), left_out=left_out)
                )
            handle.flush()
            os.fsync(handle.fileno())
            handle.seek(0)
            digest, size = _hashed(handle)
    except OSError as reason:
        raise StoreError(
            f'"{target}" can\'t be written ({reason.strerror or reason}); expected a writable folder with room. Nothing is left of it; '
            "free some space or choose another place."
        ) from reason
    log.event("archive.written", archive=str(target), bytes=size, members=len(sink.members), left_out=len(left_out))
    return _archived(target, title, sink.members, left_out, digest, size)


# ── what goes in ───────────────────────────────────────────────────────────────────────────────────────────────
def _standing(
    assets: Assets, wanted: Iterable[tuple[str, str]], *, without_missing: bool
) -> tuple[dict[str, str], tuple[LeftOut, ...]]:
    """The wanted assets that are there (hash -> media type), and those left out. Reads their bytes only if some may be left out."""
    types = dict(sorted(set(wanted), reverse=True))  # of two types for one content, the first by name
    faults = list(assets.examine(dict.fromkeys(types), deep=without_missing))
    if faults and not without_missing:
        more = f", and {len(faults) - 1:,} more are" if len(faults) > 1 else " is"
        raise _asset_error(faults[0].sha256, f"asset {faults[0].sha256}{more} missing from {assets.where}", "missing")
    left_out = [LeftOut(sha256=one.sha256, media_type=types.pop(one.sha256) or _NO_TYPE, why=one.kind) for one in faults]
    return types, tuple(sorted(left_out, key=lambda one: one.sha256))


def _asset_error(sha256: str, what: str, reason: str) -> ArchiveError:
    return ArchiveError(
        f"{what}; expected every asset that the film names, whole. Nothing was written. Restore the studio's objects from a backup or "
        "make the takes again; or archive without them: without_missing=True.",
        member=sha256,
        reason=reason,
    )


def _renders(films: Iterable[Path]) -> dict[str, Path]:
    """Member name -> file, each content once."""
    found: dict[str, Path] = {}
    for path in films:
        if not path.is_file():
            raise MissingPiece(
                f'the rendered film "{path}" is gone; expected a finished render. Render it again, or archive without it.'
            )
        found.setdefault(film_name(_file_hash(path)[0], path.suffix), path)
    return found


def _add_film(sink: _Sink, name: str, path: Path) -> None:
    with path.open("rb") as source:
        size = os.fstat(source.fileno()).st_size
        sha256, media_type = Path(name).stem, media_type_of(path.suffix)
        sink.add(Member(name=name, bytes=size, sha256=sha256, media_type=media_type), source)


def _add_asset(sink: _Sink, sha256: str, media_type: str, path: Path) -> None:
    media_type = media_type or media_type_of(path.suffix)
    name = object_name(sha256, suffix_of(media_type))
    with path.open("rb") as source:
        size = os.fstat(source.fileno()).st_size
        try:
            sink.add(Member(name=name, bytes=size, sha256=sha256, media_type=media_type), source)
        except ArchiveError as error:
            raise _asset_error(sha256, f"asset {sha256} in {path} has another hash: it is damaged", "damaged") from error


def _add_rows(sink: _Sink, table: str, rows: Iterable[Mapping[str, object]], folder: Path) -> str:
    """Write the rows as lines; the newest `made_at` among them."""
    newest, count, packer, packed = "", 0, zlib.compressobj(_DEFLATE_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS), 0
    digest = hashlib.sha256()
    with tempfile.TemporaryFile(dir=folder) as spool:
        for row in rows:
            line = _line(table, row)
            spool.write(line)
            digest.update(line)
            packed += len(packer.compress(line))
            newest, count = max(newest, str(row.get("made_at") or "")), count + 1
        size, packed = spool.tell(), packed + len(packer.flush())
        spool.seek(0)
        # The reader refuses what unpacks to far more than it is. Rows that repeat themselves so much are stored as they are.
        deflate = size <= max(_RATIO_FREE_BYTES, packed * limits.MAX_ARCHIVE_RATIO // 2)
        sink.add(Member(name=rows_name(table), bytes=size, sha256=digest.hexdigest(), rows=count), spool, deflate=deflate)
    return newest


def _line(table: str, row: Mapping[str, object]) -> bytes:
    """The row as a line that the reader takes: it is read back here, with the reader's own rules."""
    try:
        line = (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n").encode()
        if len(line) > limits.MAX_ARCHIVE_ROW_BYTES:
            raise ValueError(f"it takes {bytes_text(len(line))}, more than MAX_ARCHIVE_ROW_BYTES")
        read_json(line, depth=1, values=limits.MAX_ARCHIVE_COLUMNS + 2)
    except (TypeError, ValueError) as error:
        raise ArchiveError(
            f"a row of {table} can't be archived: {error}; expected text, finite numbers, truth values and None, each on its own. "
            f"Nothing was written. The row begins {str(dict(row))[:160]}",
            member=rows_name(table),
            reason=str(error),
        ) from error
    return line


def _add_manifest(sink: _Sink, manifest: Manifest) -> None:
    text = manifest.text()
    if len(manifest.members) >= limits.MAX_ARCHIVE_MEMBERS or len(text) > limits.MAX_ARCHIVE_MANIFEST_BYTES:
        raise LimitError(
            f"{len(manifest.members):,} members; an archive holds fewer than {limits.MAX_ARCHIVE_MEMBERS:,} (MAX_ARCHIVE_MEMBERS).",
            limit="MAX_ARCHIVE_MEMBERS",
        )
    sink.zip.writestr(_header(MANIFEST, len(text), deflate=False), text)


def _version() -> str:
    try:
        return f"glimmer-studio {version('glimmer-studio')}"
    except PackageNotFoundError:  # a checkout that is not installed
        return "glimmer-studio"


def _header(name: str, size: int, *, deflate: bool) -> ZipInfo:
    header = ZipInfo(name, _NO_DATE)
    header.create_system = 3  # Unix everywhere, so that the bytes are the same everywhere
    header.external_attr = _PLAIN_FILE
    header.compress_type = ZIP_DEFLATED if deflate else ZIP_STORED
    header.file_size = size  # decides whether 64-bit fields are needed
    return header


# ── the file ───────────────────────────────────────────────────────────────────────────────────────────────────
def _checked_out(out: str | os.PathLike[str], *, overwrite: bool) -> Path:
    text = os.fspath(out)
    path = Path(text).expanduser()
    if not text.strip() or "\x00" in text or path.is_dir() or text.endswith(("/", os.sep)):
        raise SettingsError(f"{text!r} can't be an archive's name; expected a file such as harbour{ARCHIVE_SUFFIX}.")
    if path.suffix.lower() != ARCHIVE_SUFFIX:
        raise SettingsError(f'"{text}" does not end in {ARCHIVE_SUFFIX}, as archives do. Write "{path.name}{ARCHIVE_SUFFIX}".')
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise SettingsError(f'"{text}" can\'t be made: "{path.parent}" is no folder that can be written to. Choose another place.')
    if os.path.lexists(path) and not overwrite:
        raise _taken(path)
    return path


def _taken(path: Path) -> SettingsError:
    return SettingsError(f'"{path}" is there already; expected a new name. Choose another, or pass overwrite=True.')


@contextmanager
def _placed(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """A new file to write to; on leaving without an error it stands under `target`, whole and on the disk."""
    part = target.with_name(f"{_PART}{secrets.token_hex(8)}.part")
    try:
        part.touch(mode=0o666, exist_ok=False)
        with held(part):
            yield part
            _put_in_place(part, target, overwrite=overwrite)
    finally:
        part.unlink(missing_ok=True)
    _fsync_folder(target.parent)


def _put_in_place(part: Path, target: Path, *, overwrite: bool) -> None:
    if overwrite:
        os.replace(part, target)
        return
    try:
        os.link(part, target)  # unlike a rename, never over a file that came meanwhile
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError as error:  # a file system without links
        if os.path.lexists(target):
            raise _taken(target) from error
        os.rename(part, target)


def _fsync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders can't be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _file_hash(path: Path) -> tuple[str, int]:
    with path.open("rb") as source:
        return _hashed(source)


def _hashed(source: BinaryIO | IO[bytes], write: Callable[[bytes], object] | None = None) -> tuple[str, int]:
    """(sha256, bytes) of all that `source` still holds, copied to `write` on the way."""
    digest, count = hashlib.sha256(), 0
    while block := source.read(_BLOCK_BYTES):
        digest.update(block)
        count += len(block)
        if write is not None:
            write(block)
    return digest.hexdigest(), count


def _archived(target: Path, title: str, members: list[Member], left_out: tuple[LeftOut, ...], digest: str, size: int) -> Archived:
    def of(folder: str) -> list[Member]:
        return [member for member in members if member.name.startswith(folder)]

    tables, objects, renders = of("rows/"), of("objects/"), of("films/")
    parts = [
        ("rows", sum(member.rows for member in tables), sum(member.bytes for member in tables)),
        ("assets", len(objects), sum(member.bytes for member in objects)),
        ("films", len(renders), sum(member.bytes for member in renders)),
    ]
    notices = [f"Without asset {one.sha256[:12]} ({one.media_type}): it is {one.why} in this studio." for one in left_out]
    return Archived(
        target,
        title,
        size,
        len(objects),
        parts[0][1],
        len(renders),
        digest,
        tuple(part for part in parts if part[1]),
        tuple(notices),
    )
