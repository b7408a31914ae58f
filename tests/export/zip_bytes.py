"""ZIP files byte by byte, so that a test can write what no ZIP library would: each field of each header can be a lie."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from dataclasses import dataclass, field
from typing import Any

PLAIN = 0o100644 << 16


@dataclass
class Part:
    """One member: its bytes and what its two headers say of it (None: the truth)."""

    name: bytes
    content: bytes
    deflate: bool = False
    flags: int = 0
    attributes: int = PLAIN
    method: int | None = None
    crc: int | None = None
    packed: bytes | None = None  # the packed bytes, if not those of `content`
    size: int | None = None  # what both headers claim
    local_name: bytes | None = None
    local_size: int | None = None
    extra: bytes = b""
    comment: bytes = b""
    system: int = 3
    at: int | None = None  # where the directory says it begins
    gap: bytes = b""  # bytes in front of it that belong to nothing
    unlisted: bool = False  # not in the directory

    def packed_bytes(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if not self.deflate:
            return self.content
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packer.compress(self.content) + packer.flush()

    def fields(self, size: int) -> tuple[int, ...]:
        method = self.method if self.method is not None else 8 if self.deflate else 0
        crc = self.crc if self.crc is not None else zlib.crc32(self.content)
        return self.flags, method, 0, 33, crc, len(self.packed_bytes()), size


@dataclass
class Zip:
    parts: list[Part] = field(default_factory=list)
    prefix: bytes = b""
    suffix: bytes = b""
    comment: bytes = b""
    count: int | None = None

    def bytes(self) -> bytes:
        body, central = bytearray(self.prefix), bytearray()
        for part in self.parts:
            body += part.gap
            at = len(body) if part.at is None else part.at
            size = len(part.content) if part.size is None else part.size
            body += _local(part, size if part.local_size is None else part.local_size) + part.packed_bytes()
            if not part.unlisted:
                central += _central(part, size, at)
        count = sum(not part.unlisted for part in self.parts) if self.count is None else self.count
        short = min(count, 0xFFFF)
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, short, short, len(central), len(body), len(self.comment)) + self.comment
        if count > 0xFFFE:
            at = len(body) + len(central)
            wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(central), len(body))
            end = wide + struct.pack("<4sLQL", b"PK\6\7", 0, at, 1) + end
        return bytes(body + central + end + self.suffix)


def _local(part: Part, size: int) -> bytes:
    name = part.name if part.local_name is None else part.local_name
    flags, method, clock, day, crc, packed, _ = part.fields(size)
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, method, clock, day, crc, packed, size, len(name), 0) + name


def _central(part: Part, size: int, at: int) -> bytes:
    lengths = len(part.name), len(part.extra), len(part.comment)
    head = struct.pack("<4s6H3L5H2L", b"PK\1\2", part.system << 8 | 20, 20, *part.fields(size), *lengths, 0, 0, part.attributes, at)
    return head + part.name + part.extra + part.comment


PNG = b"\x89PNG\r\n\x1a\n" + b"a small picture" * 20
PNG_NAME = f"objects/{hashlib.sha256(PNG).hexdigest()}.png"
ROWS = b'{"asset": "' + hashlib.sha256(PNG).hexdigest().encode() + b'", "number": 1}\n'


def member(name: str, content: bytes, **more: Any) -> dict[str, Any]:
    """How the manifest lists a member."""
    listed = {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), **more}
    if name.startswith("rows/"):
        listed.setdefault("rows", content.count(b"\n"))
    if name.startswith("objects/"):
        listed.setdefault("media_type", "image/png")
    return listed


def manifest(members: list[dict[str, Any]], **more: Any) -> bytes:
    head = {"kind": "glimmer film archive", "format": 1, "title": "Harbour", "written_by": "1", "date": "", "members": members}
    return json.dumps({**head, **more}).encode()


def archive(*extra: Part, rows: bytes = ROWS, listed: list[dict[str, Any]] | None = None, **more: Any) -> Zip:
    """A sound archive of one picture and one table, with `extra` parts before its manifest; `more` is for the manifest."""
    members = [member(PNG_NAME, PNG), member("rows/take.jsonl", rows), *(listed or [])]
    return Zip(
        [
            Part(PNG_NAME.encode(), PNG),
            Part(b"rows/take.jsonl", rows, deflate=True),
            *extra,
            Part(b"glimmer.json", manifest(more.pop("members", members), **more)),
        ]
    )
