"""Assets in a bucket, or wherever else fsspec reaches: the same names, `objects/ab/cd/<sha256>.<suffix>` below the address.

A folder on this machine, the cache, stands in between. A put first goes there, where it is hashed and flushed, and is uploaded from
there; a file that is needed comes there and is hashed on the way. So everything that wants a path gets one, and what was made here
is never fetched. The cache holds copies only, and may be emptied at any time.

On a store that shows an object only when it is whole (gs and its like, memory) an upload goes straight to its name; elsewhere it goes
to `incoming/` first and is moved, so that there, too, a name that exists is whole.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from glimmer.assets.disk import blocks_of
from glimmer.assets.files import Assets
from glimmer.assets.names import INCOMING, SUFFIXES, checked, is_sha256, media_type_of, name_of, parsed, suffix_of
from glimmer.assets.upkeep import Entry, Fault
from glimmer.errors import GlimmerError, StoreError

__all__ = ["RemoteAssets"]

OBJECTS: Final = "objects"
# An object of these appears when its upload has ended, whole or not at all (cloud.google.com/storage/docs/consistency; S3 and Azure
# say the same). Only gs is tested. The rest may show a file while it is written.
_WHOLE_OR_NOT_AT_ALL: Final = frozenset({"gs", "gcs", "s3", "s3a", "az", "abfs", "abfss"})
_GOOGLE: Final = frozenset({"gs", "gcs"})
_FETCH_BYTES: Final = 8 << 20  # a request each; a block of 1 MiB would make eight
_SENT_AT_ONCE_BYTES: Final = 5 << 20  # from here on gcsfs uploads in pieces, without a boundary
_ASKED_AT_ONCE: Final = 8  # a look at one name takes some 50 ms there and back; 8 of `_FETCH_BYTES` are 64 MB of memory
_LIST_ALL_ABOVE: Final = 100  # looking up one name is one request; a listing brings 1,000


class _Place(NamedTuple):
    """An object of the store: its whole address there, and its size."""

    name: str
    bytes: int
    md5: str = ""  # base64, where the store tells it


class RemoteAssets(Assets):
    """The assets below an address of fsspec. Several threads, processes and machines may use one address at once."""

    def __init__(self, where: str, *, cache: Path) -> None:
        super().__init__(cache)
        self.cache = Assets(cache)
        self._where = where.rstrip("/")
        self.scheme = self._where.partition("://")[0]
        self._known: dict[str, _Place] = {}
        self._open: tuple[int, Any, str] | None = None
        self._opening = threading.Lock()

    @property
    def where(self) -> str:
        """The address, without a password."""
        scheme, _, place = self._where.partition("://")
        return f"{scheme}://{place.rpartition('@')[2]}"

    # Put and get --------------------------------------------------------------------------------------------

    def path(self, sha256: str) -> Path:
        """A copy of the asset on this machine, fetched and verified if it was not here yet.

        Raises: StoreError if it is not in the store, can't be reached, or is damaged there; then no copy is left here.
        """
        found = self.cache.lying(sha256)
        return found if found is not None else self._fetch(sha256)

    def lying(self, sha256: str) -> Path | None:
        """The copy on this machine, if there is one. Never fetches."""
        return self.cache.lying(sha256)

    def has(self, sha256: str) -> bool:
        """Whether the store has the asset. Asks it once a session.

        Raises: StoreError if the store can't be reached: "don't know" must not become "no", or a take is paid for twice.
        """
        return is_sha256(sha256) and self._find(sha256) is not None

    def size(self, sha256: str) -> int:
        place = self._find(checked(sha256))
        if place is None:
            raise self._missing(sha256)
        return place.bytes

    def read(self, sha256: str, *, verify: bool = False) -> bytes:
        """The asset's content. With `verify` a damaged copy on this machine is fetched again, which verifies what comes."""
        copy = self.cache.lying(sha256)
        if verify and copy is not None and any(self.cache.examine({sha256: None})):
            copy.unlink(missing_ok=True)  # of use to nobody; the store's object stays
        self.path(sha256)
        return self.cache.read(sha256, verify=verify)

    def examine(self, wanted: Mapping[str, int | None], *, deep: bool = True) -> Iterator[Fault]:
        """As for a folder, of what the store itself holds, in no order. `deep` fetches every byte, several assets at once, and keeps none."""
        rest = dict(wanted)
        if len(wanted) > _LIST_ALL_ABOVE:
            self._known = self._listed()
            for sha256 in [one for one in wanted if is_sha256(one) and one not in self._known]:
                del rest[sha256]
                yield Fault(sha256, "missing", self._missing(sha256).message)
        else:
            for sha256 in wanted:
                self._known.pop(sha256, None)
        pool = ThreadPoolExecutor(_ASKED_AT_ONCE, thread_name_prefix="glimmer-examine")
        try:
            asked = [pool.submit(self._fault, sha256, size, deep) for sha256, size in rest.items()]
            yield from (fault for one in asked if (fault := one.result()) is not None)
        finally:
            pool.shutdown(cancel_futures=True)  # whoever stops looking does not wait for the rest

    def repair(self, sha256: str, content: bytes | Path, *, media_type: str = "") -> None:
        blocks = (content,) if isinstance(content, bytes) else blocks_of(Path(content))
        suffix = "" if isinstance(content, bytes) else Path(content).suffix.lower()
        media_type = media_type or media_type_of(suffix)
        self.cache._keep(blocks, media_type, expected=checked(sha256))
        self._upload(sha256, media_type, always=True)

    def object_of(self, sha256: str) -> str:
        """The asset's name below the address: `objects/ab/cd/<sha256>.<suffix>`.

        Raises: StoreError if it is not there.
        """
        place = self._find(checked(sha256))
        if place is None:
            raise self._missing(sha256)
        return place.name.removeprefix(f"{self._store()[1]}/")

    def bucket_and_key(self, name: str) -> tuple[str, str]:
        """The bucket, and in it the whole name of what is called `name` below the address."""
        bucket, _, prefix = self._where.partition("://")[2].partition("/")
        return bucket, f"{prefix}/{name}" if prefix else name

    # What lies under incoming/ -----------------------------------------------------------------------------

    def incoming(self, sha256: str) -> dict[str, Any] | None:
        """What the store says of the upload `incoming/<sha256>`; None if there is none."""
        fs, root = self._store()
        with self._talking(f"look for the upload of {sha256[:12]} in"):
            try:
                fs.invalidate_cache(f"{root}/{INCOMING}")
                return dict(fs.info(f"{root}/{INCOMING}/{checked(sha256)}"))
            except FileNotFoundError:
                return None

    def take_in(self, sha256: str, media_type: str, size_bytes: int) -> str:
        """Make an asset of the upload `incoming/<sha256>`, if its content has that hash; its sha256.

        The asset is uploaded from the copy that was verified here. A copy inside the store would be cheaper, but who holds the
        signed URL could replace the upload between the look and the copy.
        Raises: StoreError if the content is another; then the upload is deleted.
        """
        name = f"{self._store()[1]}/{INCOMING}/{checked(sha256)}"
        try:
            self.cache._keep(self._read_from(_Place(name, size_bytes)), media_type, expected=sha256)
        except StoreError as error:
            if "found" not in error.facts:
                raise
            self._rm(name)
            raise StoreError(
                f"the upload {sha256[:12]} is not what it was announced as: its {size_bytes:,} bytes have another hash. It was refused "
                "and deleted. Upload the file again.",
                sha256=sha256,
            ) from error
        self._upload(sha256, media_type)
        self._rm(name)
        return sha256

    def refuse(self, sha256: str) -> None:
        """Delete the upload `incoming/<sha256>`, which is no asset yet. Nothing happens if there is none."""
        self._rm(f"{self._store()[1]}/{INCOMING}/{checked(sha256)}")

    # How a bucket does it -----------------------------------------------------------------------------------

    def _keep(self, blocks: Iterable[bytes], media_type: str, *, expected: str = "") -> str:
        sha256 = self.cache._keep(blocks, media_type, expected=expected)
        self._upload(sha256, media_type)
        return sha256

    def _upload(self, sha256: str, media_type: str, *, always: bool = False) -> None:
        """Bring the copy in the cache, which was just hashed, to its name in the store."""
        self._known.pop(sha256, None)
        here, there = self.cache.path(sha256), self._find(sha256)
        fs, root = self._store()
        if there is not None and not always and _is_copy(there, here) and self._renewed(fs, there.name):
            return
        name = there.name if there else f"{root}/{OBJECTS}/{name_of(sha256, suffix_of(media_type))}"
        with self._talking(f"keep a {media_type} in"):
            if self.scheme == "memory":
                fs.pipe_file(
                    name, here.read_bytes()
                )  # appears with its content; `put_file` would write into what others list and read
            elif self.scheme in _GOOGLE:
                self._sent(fs, here, name, media_type if media_type in SUFFIXES else "application/octet-stream")
            elif self.scheme in _WHOLE_OR_NOT_AT_ALL:
                fs.put_file(str(here), name)
            else:
                self._moved_in(fs, here, f"{root}/{INCOMING}/{secrets.token_hex(16)}.part", name)
        self._known[sha256] = _Place(name, here.stat().st_size)

    def _sent(self, fs: Any, here: Path, name: str, media_type: str) -> None:
        """Upload to Google, and see that what arrived has the same MD5.

        gcsfs sends what is smaller than 5 MB as multipart with a fixed boundary and a bare newline before it (gcsfs.core.simple_upload,
        2026.10.1): a file that ends in a carriage return loses it, one that holds the boundary is cut. So those go as plain bodies.
        """
        if here.stat().st_size >= _SENT_AT_ONCE_BYTES:
            fs.put_file(str(here), name, content_type=media_type, consistency="md5")
            return
        bucket, key, _ = fs.split_path(name)
        address = f"{fs.base.removesuffix('/storage/v1/')}/upload/storage/v1/b/{{}}/o"
        headers = {"Content-Type": media_type}
        body = here.read_bytes()
        told = fs.call("POST", address, bucket, uploadType="media", name=key, headers=headers, data=body, json_out=True)
        if told.get("md5Hash") not in (None, _md5(here)):
            raise StoreError(
                f"what arrived as {here.stem[:12]} in {self.where} is not what was sent. Put it again: that replaces it."
            )

    def _moved_in(self, fs: Any, here: Path, part: str, name: str) -> None:
        for one in (part, name):
            fs.makedirs(one.rpartition("/")[0], exist_ok=True)
        try:
            fs.put_file(str(here), part)
            fs.mv(part, name)
        finally:
            if fs.exists(part):
                fs.rm_file(part)

    def _renewed(self, fs: Any, name: str) -> bool:
        """Make an object young, so that garbage collection leaves it: copied onto itself, inside the store. False where it is gone
        (a collection beside us), or the store can't: then it is uploaded again."""
        if self.scheme not in _GOOGLE | {"memory"}:
            return False
        with self._talking("touch an asset of"):
            try:
                fs.cp_file(name, name)
            except FileNotFoundError:
                return False
        return True

    def _fetch(self, sha256: str) -> Path:
        self._known.pop(checked(sha256), None)
        place = self._find(sha256)
        if place is None:
            raise self._missing(sha256)
        try:
            self.cache._keep(self._read_from(place), media_type_of(Path(place.name).suffix), expected=sha256)
        except StoreError as error:
            if "found" not in error.facts:
                raise
            raise StoreError(
                self._damaged(sha256, f"the {place.bytes:,} bytes that came have another hash"), sha256=sha256
            ) from error
        return self.cache.path(sha256)

    def _listed(self) -> dict[str, _Place]:
        root = self._store()[1]
        entries = ((entry, stored) for entry in self._entries() if (stored := entry.stored) is not None)
        return {stored.sha256: _Place(f"{root}/{OBJECTS}/{entry.name}", stored.bytes) for entry, stored in entries}

    def _find(self, sha256: str) -> _Place | None:
        known = self._known.get(sha256)
        if known is not None:
            return known
        fs, root = self._store()
        folder = f"{root}/{OBJECTS}/{sha256[:2]}/{sha256[2:4]}"
        with self._talking(f"look for asset {sha256[:12]} in"):
            try:
                fs.invalidate_cache(folder)
                there = fs.ls(folder, detail=True)
            except FileNotFoundError:
                return None
        found = sorted(
            _Place(one["name"], int(one["size"] or 0), str(one.get("md5Hash") or ""))
            for one in there
            if self._sha_of(one, root) == sha256
        )
        if found:
            self._known[sha256] = found[0]
        return found[0] if found else None

    def _sha_of(self, told: dict[str, Any], root: str) -> str:
        name = parsed(str(told["name"]).removeprefix(f"{root}/{OBJECTS}/"))
        return name[0] if name and told.get("type") == "file" else ""

    def _read_from(self, place: _Place) -> Iterator[bytes]:
        fs, _ = self._store()
        at = 0
        while at < place.bytes:
            with self._talking(f"read {place.name.rpartition('/')[2][:12]} from"):
                block = fs.cat_file(place.name, start=at, end=min(at + _FETCH_BYTES, place.bytes))
            if not block:
                return  # it became shorter meanwhile: the hash will tell
            at += len(block)
            yield block

    def _blocks(self, sha256: str) -> Iterator[bytes]:
        place = self._find(sha256)
        if place is None:
            raise self._missing(sha256)
        return self._read_from(place)

    def _bytes_of(self, sha256: str) -> int | None:
        place = self._find(sha256)
        return None if place is None else place.bytes

    def _rm(self, name: str) -> None:
        fs, _ = self._store()
        with self._talking("delete from"):
            try:
                fs.rm_file(name)
            except FileNotFoundError:
                return

    # fsspec -------------------------------------------------------------------------------------------------

    def _google(self, **options: Any) -> dict[str, Any]:
        return options if self.scheme in _GOOGLE else {}

    def _store(self) -> tuple[Any, str]:
        """The file system and the root in its own spelling; made when first needed (gcsfs: 1.4 s), and again in a forked process."""
        held = self._open
        if held is not None and held[0] == os.getpid():
            return held[1:]
        with self._opening, self._talking("open"):
            # gcsfs asks for the bucket's kind by gRPC, 60 s each time where nobody answers (an emulator, a proxy). It reads this when it is
            # imported, which somebody may have done before us: then the plain class below is what does not ask.
            os.environ.setdefault("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
            from fsspec.core import url_to_fs

            options = self._google(use_listings_cache=False)
            if options and os.environ.get("STORAGE_EMULATOR_HOST"):
                options["token"] = "anon"  # an emulator has no accounts; looking for one asks the network
            if self.scheme in _GOOGLE:
                from gcsfs.core import GCSFileSystem

                fs = GCSFileSystem(**options)
                root = fs._strip_protocol(self._where)
            else:
                fs, root = url_to_fs(self._where, **options)
            self._open = (os.getpid(), fs, str(root).rstrip("/"))
            return fs, self._open[2]

    @contextmanager
    def _talking(self, what: str) -> Iterator[None]:
        """Turns whatever a driver raises (they share no base) into a StoreError in words."""
        try:
            yield
        except GlimmerError:
            raise
        except Exception as error:
            reason = str(error) or type(error).__name__
            if isinstance(error, FileNotFoundError):
                reason = f"{reason} is not there (does the bucket exist?)"
            raise StoreError(
                f"can't {what} {self.where}: {reason}. Check the address, your rights there, and the network; what is there is unchanged."
            ) from error

    def _entries(self) -> Iterator[Entry]:
        fs, root = self._store()
        for folder, below in ((OBJECTS, ""), (INCOMING, f"{INCOMING}/")):
            with self._talking("look through"):
                fs.invalidate_cache(f"{root}/{folder}")
                there = fs.find(f"{root}/{folder}", detail=True)
            for name, told in there.items():
                if told.get("type") == "file":
                    yield Entry(
                        below + name.removeprefix(f"{root}/{folder}/"), int(told["size"] or 0), self._modified_at(fs, name, told)
                    )

    def _modified_at(self, fs: Any, name: str, told: dict[str, Any]) -> datetime:
        when = told.get("mtime")
        if when is None:
            with self._talking("look at an asset of"):
                when = fs.modified(name)
        if isinstance(when, int | float):
            return datetime.fromtimestamp(when, UTC)
        return when if when.tzinfo else when.replace(tzinfo=UTC)  # type: ignore[no-any-return]

    def _remove(self, entry: Entry, before: datetime) -> bool:
        fs, root = self._store()
        name = f"{root}/{entry.name}" if entry.name.startswith(f"{INCOMING}/") else f"{root}/{OBJECTS}/{entry.name}"
        with self._talking("delete from"):
            try:
                told = fs.info(name)
                if self._modified_at(fs, name, told) >= before or not self._deleted(fs, name, told):
                    return False  # put again since we looked
            except FileNotFoundError:
                return False
        self._known.pop(Path(name).stem, None)
        return True

    def _deleted(self, fs: Any, name: str, told: dict[str, Any]) -> bool:
        """Delete an object. On Google only if it still is the generation that `told` is of; elsewhere a moment is left open."""
        if self.scheme not in _GOOGLE or not told.get("generation"):
            fs.rm_file(name)
            return True
        bucket, key, _ = fs.split_path(name)
        try:
            fs.call("DELETE", "b/{}/o/{}", bucket, key, ifGenerationMatch=told["generation"])
        except FileExistsError:  # so gcsfs calls a 412: the precondition failed
            return False
        return True


def _is_copy(there: _Place, here: Path) -> bool:
    """Whether an object is, by all that the store tells without sending it, the file that lies here."""
    return there.bytes == here.stat().st_size and there.md5 in ("", _md5(here) if there.md5 else "")


def _md5(path: Path) -> str:
    with path.open("rb") as source:
        return b64encode(hashlib.file_digest(source, "md5").digest()).decode()
