"""Archive container: the strict part of ZIP that archives are written in, read without believing it.

Not `zipfile`: that is made to open as much as it can, and two readers that each make the best of a strange file see two different
files. Here a file is taken only if it has one meaning: its members lie end to end from the first byte to the directory, nothing
between, before or after; every header says the same twice; no links, no folders, no encryption, two ways of packing, known names.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from glimmer import limits
from glimmer.display import bytes_text
from glimmer.export.archive_format import MANIFEST, MEMBER_NAME, archive_error

__all__ = ["Packed", "directory", "unpacked"]

STORED: Final = 0
DEFLATED: Final = 8
_END: Final = struct.Struct("<4s4H2LH")  # end of central directory: APPNOTE.TXT 4.3.16
_END64: Final = struct.Struct("<4sQ2H2L4Q")  # 4.3.14
_LOCATOR: Final = struct.Struct("<4sLQL")  # 4.3.15
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")  # 4.3.12
_LOCAL: Final = struct.Struct("<4s5H3L2H")  # 4.3.7
_FULL16: Final = 0xFFFF
_FULL32: Final = 0xFFFFFFFF
_LONGEST_NAME: Final = 200
_BLOCK_BYTES: Final = 1 << 20
_RATIO_FREE_BYTES: Final = 1 << 20  # below this a high ratio harms nobody


@dataclass(frozen=True, slots=True)
class Packed:
    """A member as both its headers have it: where its packed bytes begin, how many, and how many they claim to become."""

    name: str
    deflated: bool
    crc: int
    packed_bytes: int
    bytes: int
    offset: int  # of its own header
    at: int = 0  # of its first packed byte


@dataclass(frozen=True, slots=True)
class _End:
    count: int
    size: int
    offset: int


class _Reader:
    """The file and its name, for reading exactly and for complaining."""

    def __init__(self, handle: BinaryIO, path: Path, size: int) -> None:
        self.handle, self.path, self.size = handle, path, size

    def read(self, at: int, count: int) -> bytes:
        if at < 0 or at + count > self.size:
            self.refuse("", "it points outside itself: it was cut short, or never was whole")
        self.handle.seek(at)
        got = self.handle.read(count)
        if len(got) != count:
            self.refuse("", "it became shorter while it was read")
        return got

    def refuse(self, member: str, reason: str) -> NoReturn:
        raise archive_error(self.path, member, reason)


def directory(handle: BinaryIO, path: Path, size: int) -> tuple[Packed, ...]:
    """Every member of the open archive, in the order in which they lie in it. Reads headers only.

    Raises: ArchiveError for all that has not exactly the shape in which archives are written.
    """
    reader = _Reader(handle, path, size)
    end = _end(reader)
    members: dict[str, Packed] = {}
    reached, unpacked_bytes = 0, 0
    for member in sorted(_central(reader, end), key=lambda member: member.offset):
        if member.name in members:
            reader.refuse(member.name, "it is there twice")
        members[member.name] = _located(reader, member, reached)
        reached = members[member.name].at + member.packed_bytes
        unpacked_bytes += member.bytes
    if reached != end.offset:
        reader.refuse("", f"{abs(end.offset - reached):,} bytes before its directory belong to no member, or to two")
    if unpacked_bytes > limits.MAX_ARCHIVE_BYTES:
        reader.refuse("", f"it unpacks to {bytes_text(unpacked_bytes)}, more than MAX_ARCHIVE_BYTES allows")
    return tuple(members.values())


def unpacked(handle: BinaryIO, path: Path, member: Packed) -> Iterator[bytes]:
    """The member's bytes in blocks of at most 1 MB; never more than it claims, and never fewer without an error.

    Raises: ArchiveError where its bytes are not what its headers say, by length or by CRC; the blocks before that are worth nothing.
    """
    crc, count = 0, 0
    for block in _inflated(handle, path, member) if member.deflated else _stored(handle, path, member):
        count += len(block)
        if count > member.bytes:
            raise archive_error(path, member.name, f"it holds more than the {member.bytes:,} bytes it claims")
        crc = zlib.crc32(block, crc)
        yield block
    if count != member.bytes:
        raise archive_error(path, member.name, f"it holds {count:,} bytes and claims {member.bytes:,}")
    if crc != member.crc:
        raise archive_error(path, member.name, f"its check sum is {crc:08x}, its header says {member.crc:08x}: it is damaged")


# ── headers ────────────────────────────────────────────────────────────────────────────────────────────────────
def _end(reader: _Reader) -> _End:
    if reader.size < _END.size:
        reader.refuse("", f"{reader.size} bytes are too few for an archive")
    at = reader.size - _END.size
    sign, disk, first_disk, here, count, size, offset, comment = _END.unpack(reader.read(at, _END.size))
    if sign != b"PK\5\6" or comment:
        reader.refuse("", "it does not end as an archive does: it was cut short, has something appended, or is no archive")
    end, shown = _End(count, size, offset), (count, count, size, offset)
    if at >= _LOCATOR.size and reader.read(at - _LOCATOR.size, 4) == b"PK\6\7":
        at = at - _LOCATOR.size - _END64.size
        end = _end64(reader, at)
        shown = (min(end.count, _FULL16), min(end.count, _FULL16), min(end.size, _FULL32), min(end.offset, _FULL32))
    if (disk, first_disk) != (0, 0) or (here, count, size, offset) != shown:
        reader.refuse("", "its end says two different things about its directory")
    if end.offset + end.size != at:
        reader.refuse("", "its directory does not reach from its last member to its end: bytes were put in or taken out")
    if end.count > limits.MAX_ARCHIVE_MEMBERS:
        reader.refuse("", f"it claims {end.count:,} members, more than MAX_ARCHIVE_MEMBERS ({limits.MAX_ARCHIVE_MEMBERS:,})")
    if not end.count * _CENTRAL.size <= end.size <= end.count * (_CENTRAL.size + _LONGEST_NAME + 32):
        reader.refuse("", f"its directory of {end.size:,} bytes can't be that of {end.count:,} members")
    return end


def _end64(reader: _Reader, at: int) -> _End:
    locator = _LOCATOR.unpack(reader.read(at + _END64.size, _LOCATOR.size))
    sign, length, _, _, disk, first_disk, here, count, size, offset = _END64.unpack(reader.read(at, _END64.size))
    if (
        sign != b"PK\6\6"
        or length != _END64.size - 12
        or (disk, first_disk) != (0, 0)
        or here != count
        or locator[1:] != (0, at, 1)
    ):
        reader.refuse("", "its 64-bit end is not one that Glimmer writes")
    return _End(count, size, offset)


def _central(reader: _Reader, end: _End) -> Iterator[Packed]:
    table, at = reader.read(end.offset, end.size), 0
    for _ in range(end.count):
        if at + _CENTRAL.size > len(table) or table[at : at + 4] != b"PK\1\2":
            reader.refuse("", "its directory breaks off")
        fields = _CENTRAL.unpack_from(table, at)
        name_end = at + _CENTRAL.size + fields[10]
        extra_end = name_end + fields[11]
        if extra_end + fields[12] > len(table):
            reader.refuse("", "its directory breaks off")
        yield _entry(reader, fields, table[at + _CENTRAL.size : name_end], table[name_end:extra_end])
        at = extra_end
    if at != len(table):
        reader.refuse("", "its directory holds more than its members")


def _entry(reader: _Reader, fields: tuple[int, ...], raw_name: bytes, extra: bytes) -> Packed:
    _, made_by, _, flags, method, _, _, crc, packed, size, _, _, comment, disk, _, attributes, offset = fields
    name = raw_name.decode("utf-8", "replace")
    if reason := _wrong_name(name):
        reader.refuse(name, reason)
    if reason := _wrong_kind(made_by >> 8, attributes):
        reader.refuse(name, reason)
    if reason := _wrong_packing(name, flags, method):
        reader.refuse(name, reason)
    if comment or disk:
        reader.refuse(name, "it has a comment, or lies on another disk; archives have neither")
    size, packed, offset = _wide(reader, name, extra, (size, packed, offset))
    if method == STORED and packed != size:
        reader.refuse(name, f"it is stored as it is, yet claims {packed:,} bytes to be {size:,}")
    if size > _RATIO_FREE_BYTES and size > packed * limits.MAX_ARCHIVE_RATIO:
        reader.refuse(
            name, f"{packed:,} bytes claim to unpack to {size:,}, more than MAX_ARCHIVE_RATIO ({limits.MAX_ARCHIVE_RATIO}) times"
        )
    return Packed(name, method == DEFLATED, crc, packed, size, offset)


def _wrong_name(name: str) -> str:
    """Why a member may not be called that, "" if it may. The pattern alone decides; the rest is for a person to understand it."""
    if MEMBER_NAME.fullmatch(name):
        return ""
    if not name or "\x00" in name:
        return "its name is empty or holds a NUL"
    if name.startswith(("/", "\\")) or name[1:2] == ":":
        return "its name leads to a place of its own on the disk"
    if ".." in name.replace("\\", "/").split("/"):
        return "its name leads out of the archive"
    if "\\" in name:
        return "its name holds a backslash"
    if name.endswith("/"):
        return "it is a folder; archives hold files only"
    if MEMBER_NAME.fullmatch(name.lower()):
        return "its name is written in capitals, so that it could stand in for another"
    return "nothing of that name belongs in an archive"


def _wrong_kind(system: int, attributes: int) -> str:
    mode = attributes >> 16
    if stat.S_ISLNK(mode):
        return "it is a link; archives hold files only"
    if stat.S_ISDIR(mode) or attributes & 0x10:
        return "it is a folder; archives hold files only"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG) or system not in (0, 3):
        return "it is neither file nor folder but something special"
    return ""


def _wrong_packing(name: str, flags: int, method: int) -> str:
    if flags & 0x2041:
        return "it is encrypted; archives are not"
    if flags:
        return f"it is marked 0x{flags:04x}, which Glimmer never writes"
    if method not in (STORED, DEFLATED):
        return f"it is packed in way {method}; expected stored (0) or deflated (8)"
    if method == DEFLATED and not name.startswith("rows/") and name != MANIFEST:
        return "media is stored as it is, this is deflated"
    return ""


def _wide(reader: _Reader, name: str, extra: bytes, values: tuple[int, ...]) -> tuple[int, ...]:
    """`values`, those that did not fit in 32 bits from the ZIP64 field; any other extra field is refused."""
    missing = [value == _FULL32 for value in values]
    if not any(missing) and not extra:
        return values
    fits = len(extra) == 4 + 8 * sum(missing) and struct.unpack_from("<2H", extra) == (1, len(extra) - 4)
    if not fits:
        reader.refuse(name, "its header has a field that Glimmer never writes")
    found = iter(struct.unpack_from(f"<{sum(missing)}Q", extra, 4))
    return tuple(next(found) if gone else value for gone, value in zip(missing, values, strict=True))


def _located(reader: _Reader, member: Packed, reached: int) -> Packed:
    """The member and where its bytes begin, if its own header lies at `reached` and says the same as the directory."""
    if member.offset != reached:
        reader.refuse(member.name, f"it begins at byte {member.offset:,}; expected {reached:,}, where the one before it ends")
    head = _LOCAL.unpack(reader.read(reached, _LOCAL.size))
    sign, _, flags, method, _, _, crc, packed, size, name_length, extra_length = head
    name = reader.read(reached + _LOCAL.size, min(name_length, _LONGEST_NAME))
    if sign != b"PK\3\4" or name != member.name.encode():
        reader.refuse(member.name, "its own header has another name than the directory gives it")
    extra = reader.read(reached + _LOCAL.size + name_length, min(extra_length, 64))
    size, packed = _wide(reader, member.name, extra, (size, packed))
    if (flags, method, crc, packed, size) != (
        0,
        DEFLATED if member.deflated else STORED,
        member.crc,
        member.packed_bytes,
        member.bytes,
    ):
        reader.refuse(member.name, "its own header says something else than the directory")
    return replace(member, at=reached + _LOCAL.size + name_length + extra_length)


# ── data ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _stored(handle: BinaryIO, path: Path, member: Packed) -> Iterator[bytes]:
    handle.seek(member.at)
    left = member.packed_bytes
    while left:
        block = handle.read(min(left, _BLOCK_BYTES))
        if not block:
            raise archive_error(path, member.name, "the file became shorter while it was read")
        left -= len(block)
        yield block


def _inflated(handle: BinaryIO, path: Path, member: Packed) -> Iterator[bytes]:
    """Never holds more than two blocks, whatever the packed bytes would like to become."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _stored(handle, path, member):
            if stream.eof:
                break
            yield stream.decompress(packed, _BLOCK_BYTES)
            while stream.unconsumed_tail and not stream.eof:
                yield stream.decompress(stream.unconsumed_tail, _BLOCK_BYTES)
        yield stream.flush()  # at most what the last bits stand for: no packed bytes are left
    except zlib.error as error:
        raise archive_error(path, member.name, f"it does not unpack ({error})") from error
    if not stream.eof or stream.unused_data or handle.tell() != member.at + member.packed_bytes:
        raise archive_error(path, member.name, "its packed bytes end before, or after, what they hold")
