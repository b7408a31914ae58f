"""Assets: every media file once, under the hash of its content.

`ab/cd/<sha256>.<suffix>`: written to `incoming/` in the same file system, flushed to disk, made read-only, renamed, its folders flushed.
A name that exists is whole. Nothing here is ever changed, and only `collect` deletes; the suffix only helps players and browsers
and is not part of the name.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from glimmer.assets.disk import alone, blocks_of, flushed, make_folder, sync_folder, what_to_do
from glimmer.assets.names import BLOCK_BYTES, INCOMING, checked, is_sha256, media_type_of, parsed, suffix_of
from glimmer.assets.upkeep import Collected, Entry, Fault, Leftover, Stored, collectable_before, sweep
from glimmer.errors import StoreError

__all__ = ["Assets"]


class Assets:
    """The files of one studio, in a folder. Several threads and processes may use one folder at once."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self._found: dict[str, Path] = {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.where!r})"

    @property
    def where(self) -> str:
        """The folder or address, as a person would write it."""
        return str(self.root)

    # Put and get --------------------------------------------------------------------------------------------

    def put(self, content: bytes, media_type: str) -> str:
        """Keep `content`; its sha256. On return it is on the disk and survives a crash. The same content again is kept once.

        Raises: StoreError if it can't be written; then nothing was left behind.
        """
        return self._keep((content,), media_type)

    def put_file(self, path: Path, media_type: str) -> str:
        """Keep a copy of the file at `path`; its sha256. Reads it in blocks, so that it may be larger than memory.

        Raises: MediaError if the file can't be read, or changes or vanishes meanwhile; StoreError if it can't be written.
        """
        return self._keep(blocks_of(Path(path)), media_type)

    def path(self, sha256: str) -> Path:
        """Where the asset lies on this machine.

        Raises: StoreError if it is not there (somebody deleted it).
        """
        found = self.lying(sha256)
        if found is None:
            raise self._missing(sha256)
        return found

    def lying(self, sha256: str) -> Path | None:
        """Where the asset lies on this machine; None if it does not. Never fetches."""
        known = self._found.get(checked(sha256))
        if known is not None and _is_plain(known):
            return known
        try:
            found = self._look_up(sha256)
        except OSError as error:
            raise self._unreadable(sha256, error) from error
        if found is not None:
            self._found[sha256] = found
        return found

    def has(self, sha256: str) -> bool:
        """Whether the asset is there. Does not read it.

        Raises: StoreError if the folder can't be looked into: "don't know" must not become "no", or a take is paid for twice.
        """
        return is_sha256(sha256) and self.lying(sha256) is not None

    def size(self, sha256: str) -> int:
        """The asset's size in bytes.

        Raises: StoreError if it is not there.
        """
        return self._status(self.path(sha256), sha256).st_size

    def read(self, sha256: str, *, verify: bool = False) -> bytes:
        """The asset's content; with `verify`, only if its hash is still its name.

        Raises: StoreError if it is not there, can't be read, or (with `verify`) is damaged; `facts["sha256"]` names it.
        """
        path = self.path(sha256)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise self._unreadable(sha256, error) from error
        if verify and hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(self._damaged(sha256, f"its {len(content):,} bytes have another hash"), sha256=sha256)
        return content

    # Upkeep -------------------------------------------------------------------------------------------------

    def examine(self, wanted: Mapping[str, int | None], *, deep: bool = True) -> Iterator[Fault]:
        """Every asset of `wanted` (sha256 to its size in bytes, or None) that is missing or damaged. Changes nothing.

        Reads every byte, in blocks; with `deep=False` looks only whether each is there and has its size.
        """
        for sha256, size in wanted.items():
            fault = self._fault(sha256, size, deep)
            if fault is not None:
                yield fault

    def stored(self) -> Iterator[Stored]:
        """Every asset in the store, in no order."""
        return (stored for entry in self._entries() if (stored := entry.stored) is not None)

    def leftovers(self) -> Iterator[Leftover]:
        """Everything in the store that is no asset: what a kill left behind, and names that are not ours."""
        return (entry.leftover for entry in self._entries() if entry.stored is None)

    def collect(self, keep: Container[str], *, grace: timedelta, dry_run: bool = True) -> Collected:
        """Delete the assets that are not in `keep` and the unfinished files, if older than `grace`. The only thing here that deletes.

        Looks at each age again right before. Never deletes what is younger, nor what it does not know. `grace` has to be longer than
        the longest time from a put to the row that speaks of it.
        Raises: SettingsError if `keep` or `grace` make no sense; StoreError if something can't be deleted.
        """
        before = collectable_before(keep, grace)
        return sweep(self._entries(), keep, before=before, remove=None if dry_run else lambda entry: self._remove(entry, before))

    def repair(self, sha256: str, content: bytes | Path, *, media_type: str = "") -> None:
        """Put a good copy over a damaged or missing asset, from bytes or a file.

        Raises: StoreError if the copy is not that asset; then nothing is changed.
        """
        blocks = (content,) if isinstance(content, bytes) else blocks_of(Path(content))
        suffix = "" if isinstance(content, bytes) else Path(content).suffix.lower()
        self._keep(blocks, media_type or media_type_of(suffix), expected=checked(sha256))

    # How a folder does it -----------------------------------------------------------------------------------

    def _keep(self, blocks: Iterable[bytes], media_type: str, *, expected: str = "") -> str:
        part = self.root / INCOMING / f"{secrets.token_hex(16)}.part"
        try:
            try:
                make_folder(part.parent)
                sha256 = flushed(part, blocks)
                if expected and sha256 != expected:
                    raise StoreError(self._other_copy(expected, sha256), sha256=expected, found=sha256)
                self._found[sha256] = self._place(part, sha256, suffix_of(media_type))
                return sha256
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"can't keep a {media_type} in {self.root}: {error}. {what_to_do(error)}") from error

    def _place(self, part: Path, sha256: str, suffix: str) -> Path:
        """Give `part` its name. An older copy is replaced by this one, which was just written and hashed: that heals a damaged one,
        and makes its age 0, so that a garbage collection can't take what is spoken of again."""
        folder = self._folder(sha256)
        with alone(self.root):
            folder.mkdir(parents=True, exist_ok=True)
            target = self._look_up(sha256) or folder / f"{sha256}{suffix}"
            os.replace(part, target)
        for one in (folder, folder.parent, self.root):  # always all: another process may have made one and not flushed it yet
            sync_folder(one)
        return target

    def _look_up(self, sha256: str) -> Path | None:
        folder = self._folder(sha256)
        try:
            with os.scandir(folder) as entries:
                names = [one.name for one in entries if one.name.startswith(sha256) and one.is_file(follow_symlinks=False)]
        except (FileNotFoundError, NotADirectoryError):
            return None
        return next((folder / name for name in sorted(names) if parsed(f"{sha256[:2]}/{sha256[2:4]}/{name}")), None)

    def _folder(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4]

    def _blocks(self, sha256: str) -> Iterator[bytes]:
        try:
            with self.path(sha256).open("rb") as source:
                while block := source.read(BLOCK_BYTES):
                    yield block
        except OSError as error:
            raise self._unreadable(sha256, error) from error

    def _bytes_of(self, sha256: str) -> int | None:
        """The size of what the store itself holds; None if it is not there."""
        found = self.lying(sha256)
        return None if found is None else self._status(found, sha256).st_size

    def _entries(self) -> Iterator[Entry]:
        """Every file of the store; a folder that is not ours as one entry, not looked into; links not followed."""
        try:
            yield from _walk(self.root, "")
        except OSError as error:
            raise StoreError(f"can't look through {self.where}: {error}. Check the rights of that folder.") from error

    def _remove(self, entry: Entry, before: datetime) -> bool:
        path = self.root / entry.name
        try:
            with alone(self.root):
                if os.lstat(path).st_mtime >= before.timestamp():
                    return False  # put again since we looked
                path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreError(f"can't delete {path}: {error}. {what_to_do(error)}") from error
        self._found.pop(path.stem, None)
        return True

    # Faults, in words ---------------------------------------------------------------------------------------

    def _fault(self, sha256: str, size: int | None, deep: bool) -> Fault | None:
        if not is_sha256(sha256):
            return Fault(sha256, "missing", f"{sha256!r:.80} is not the name of an asset, so nothing can lie under it.")
        try:
            there = self._bytes_of(sha256)
            if there is None:
                return Fault(sha256, "missing", self._missing(sha256).message)
            if size is not None and there != size:
                return Fault(sha256, "damaged", self._damaged(sha256, f"{there:,} bytes of {size:,} are there"))
            if deep and self._digest(sha256) != sha256:
                return Fault(sha256, "damaged", self._damaged(sha256, f"its {there:,} bytes have another hash"))
        except StoreError as error:
            return Fault(sha256, "damaged", error.message)
        return None

    def _digest(self, sha256: str) -> str:
        digest = hashlib.sha256()
        for block in self._blocks(sha256):
            digest.update(block)
        return digest.hexdigest()

    def _status(self, path: Path, sha256: str) -> os.stat_result:
        try:
            return os.lstat(path)
        except OSError as error:
            raise self._unreadable(sha256, error) from error

    def _missing(self, sha256: str) -> StoreError:
        return StoreError(
            f"asset {sha256[:12]} is missing from {self.where}; a kept take was expected there. "
            "Restore it from a backup, or make the take again.",
            sha256=sha256,
        )

    def _unreadable(self, sha256: str, error: Exception) -> StoreError:
        return StoreError(
            f"asset {sha256[:12]} in {self.where} can't be read: {error}. Check the rights and the health of that place.",
            sha256=sha256,
        )

    def _damaged(self, sha256: str, how: str) -> str:
        return f"asset {sha256[:12]} in {self.where} is damaged: {how}. Put a good copy back with `repair`, or make the take again."

    def _other_copy(self, expected: str, sha256: str) -> str:
        return (
            f"the copy offered for asset {expected[:12]} has the hash {sha256[:12]}…, so it is another file; nothing was changed. "
            "Offer the very same content."
        )


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _is_ours(name: str) -> bool:
    """Whether a folder is part of the layout: `incoming`, `ab`, `ab/cd`."""
    parts = name.split("/")
    return name == INCOMING or (len(parts) <= 2 and all(len(one) == 2 and set(one) <= set("0123456789abcdef") for one in parts))


def _walk(root: Path, below: str) -> Iterator[Entry]:
    try:
        with os.scandir(root / below) as there:
            entries = list(there)
    except FileNotFoundError:
        return
    for one in entries:
        name = f"{below}/{one.name}" if below else one.name
        if one.is_dir(follow_symlinks=False) and _is_ours(name):
            yield from _walk(root, name)
            continue
        try:
            status = one.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # a write that ended, or a collection beside us
        entry = Entry(name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))
        yield entry if stat.S_ISREG(status.st_mode) else Entry(f"{name}/", 0, entry.modified_at)
