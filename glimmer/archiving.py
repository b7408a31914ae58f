"""Archiving: a whole film into one file, and out of one into a studio. Joins the rows of the store, the media of the lot and the file
format of export; `Project.archive` and `Studio.open_archive` are its two faces.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from glimmer import log
from glimmer.assets import suffix_of
from glimmer.errors import ArchiveError, StoreError
from glimmer.export import Archived, OpenedArchive, StagedAsset, opened_archive, write_archive
from glimmer.export.leftovers import held, sweep
from glimmer.lot import Lot
from glimmer.store import Store
from glimmer.store.films import check_free
from glimmer.store.moving import dump, load, wanted_assets
from glimmer.titles import file_name

__all__ = ["archive_film", "take_in_archive"]

_HASH_IN_NAME: Final = 12  # characters
_PART: Final = ".glimmer-render-"
_BLOCK_BYTES: Final = 1 << 20


def archive_film(
    store: Store,
    lot: Lot,
    out: str | os.PathLike[str],
    *,
    renders: bool = True,
    overwrite: bool = False,
    without_missing: bool = False,
) -> Archived:
    """The film of `store` in one file: its rows, trash and history too, the media they name, and with `renders` its finished renders.

    Raises: as `write_archive`.
    """
    films = _finished(store) if renders else {}
    rows = dump(store, films={str(path): sha256 for path, sha256 in films.items()})
    return write_archive(
        out,
        title=store.title,
        rows=rows,
        assets=lot.assets,
        wanted=wanted_assets(rows),
        films=films,
        overwrite=overwrite,
        without_missing=without_missing,
    )


def take_in_archive(lot: Lot, path: str | os.PathLike[str], *, title: str = "", owner: str = "") -> str:
    """Make the archive at `path` a film of this studio; the title it has here. Media first, then all rows in one transaction.

    Whatever fails, no film is there afterwards, and nothing of its renders; media that were kept by then are garbage, which collection finds.
    Raises: ArchiveError for what can't be trusted; SettingsError for a title that is taken; StoreError if the disk refuses.
    """
    with opened_archive(path, staging=lot.folder / "cache" / "archives") as archive:
        name = check_free(lot.database, title or archive.title)
        rows = {table: archive.rows(table) for table in archive.tables}
        with _renders_of(archive, lot.folder / "renders", name) as films:
            load(lot.database, rows, title=name, assets=_kept(lot, archive), owner=owner, films=films)
        left_out = len(archive.left_out)
    log.event("archive.opened", archive=str(path), title=name, assets=len(archive.assets), left_out=left_out)
    return name


def _finished(store: Store) -> dict[Path, str]:
    """The finished renders that are still there, each with its hash."""
    paths = dict.fromkeys(Path(job.path) for job in store.jobs() if job.state == "done" and job.path)
    return {path: _hash_of(path) for path in paths if path.is_file()}


def _hash_of(path: Path) -> str:
    with path.open("rb") as film:
        return hashlib.file_digest(film, "sha256").hexdigest()


def _kept(lot: Lot, archive: OpenedArchive) -> dict[str, int]:
    """Put every asset into the lot; hash -> bytes, -1 for what the archive says was left out."""
    sizes = {one.sha256: -1 for one in archive.left_out}
    for one in archive.assets:
        kept = lot.assets.put_file(one.path, one.media_type)
        if kept != one.sha256:
            raise ArchiveError(
                f"asset {one.sha256[:12]} of {archive.path} changed while it was taken in; expected the bytes that were verified. "
                "No film was made. Open the archive again.",
                member=one.sha256,
                reason="changed while it was taken in",
            )
        sizes[one.sha256] = one.bytes
    return sizes


@contextmanager
def _renders_of(archive: OpenedArchive, folder: Path, title: str) -> Iterator[Mapping[str, str]]:
    """hash -> path of each render, copied beside the studio's own; gone again if the block raises."""
    placed: dict[str, str] = {}
    new: list[Path] = []
    try:
        for film in archive.films:
            target = folder / f"{file_name(title)}-{film.sha256[:_HASH_IN_NAME]}{suffix_of(film.media_type)}"
            placed[film.sha256] = str(target)
            if not _is_there(film, target):
                new.append(target)
                _copied(film, target)
        yield placed
    except BaseException:
        for target in new:
            target.unlink(missing_ok=True)
        raise


def _is_there(film: StagedAsset, target: Path) -> bool:
    """Whether an earlier opening, perhaps one that was killed, left this very render."""
    return target.is_file() and target.stat().st_size == film.bytes and _hash_of(target) == film.sha256


def _copied(film: StagedAsset, target: Path) -> None:
    part = target.with_name(f"{_PART}{secrets.token_hex(8)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent, _PART)
        part.touch(exist_ok=False)
        with held(part):
            with film.path.open("rb") as source, part.open("wb") as sink:
                shutil.copyfileobj(source, sink, _BLOCK_BYTES)
                sink.flush()
                os.fsync(sink.fileno())
            os.replace(part, target)
    except OSError as error:
        raise StoreError(
            f'the render "{target}" can\'t be written ({error.strerror or error}); expected a folder with room. Free some space, then '
            "open the archive again: no film was made."
        ) from error
    finally:
        part.unlink(missing_ok=True)
