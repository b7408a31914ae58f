"""Archive format: what a `.glim` file holds, by name and by number; the writer and the reader both start from here.

A ZIP of four kinds of member and no other:

    objects/<sha256><suffix>   an asset, stored as it is           films/<sha256><suffix>   a finished render
    rows/<table>.jsonl         a table, one flat object a line     glimmer.json         the manifest: every other member,
                                                                                        its bytes and its sha256
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from glimmer import limits
from glimmer.display import plain_line
from glimmer.errors import ArchiveError
from glimmer.vocabulary import Noun

__all__ = [
    "FORMAT",
    "KIND",
    "MANIFEST",
    "MEMBER_NAME",
    "LeftOut",
    "Manifest",
    "Member",
    "archive_error",
    "film_name",
    "object_name",
    "rows_name",
]

FORMAT: Final = 1
KIND: Final = "glimmer film archive"
MANIFEST: Final = "glimmer.json"
# Lower case and ASCII alone, so that two names can't be one on a disk that folds case or composes accents.
MEMBER_NAME: Final = re.compile(
    r"glimmer\.json|rows/[a-z][a-z_]{0,40}\.jsonl|objects/[0-9a-f]{64}\.[a-z0-9]{1,8}|films/[0-9a-f]{64}\.(?:mp4|mov|webm|gif|m4a|wav|flac|ogg)"
)

# pydantic's "$" is the very end, unlike that of `re`.
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,16}/[a-z0-9][a-z0-9.+\-]{0,60}$")]
Bytes = Annotated[int, Field(strict=True, ge=0, le=limits.MAX_ARCHIVE_BYTES)]


class Member(Noun):
    """One member as the manifest lists it. `rows` counts a table's lines; `media_type` is an asset's or a film's."""

    name: Annotated[str, StringConstraints(pattern=f"^(?:{MEMBER_NAME.pattern})$")]
    bytes: Bytes
    sha256: Sha256
    rows: Annotated[int, Field(strict=True, ge=0, le=limits.MAX_ARCHIVE_ROWS)] = 0
    media_type: MediaType | Literal[""] = ""


class LeftOut(Noun):
    """An asset that the film names and the archive does not hold, and why: somebody asked for that with `without_missing`."""

    sha256: Sha256
    media_type: MediaType
    why: Literal["missing", "damaged"]


class Manifest(Noun):
    """`glimmer.json`. `date` is the film's newest, not the clock's, so that the same film gives the same bytes."""

    kind: Literal["glimmer film archive"] = KIND
    format: Literal[1] = FORMAT
    title: Annotated[str, StringConstraints(min_length=1, max_length=limits.MAX_NAME_CHARS, pattern=r"^[^\x00-\x1f\x7f]+$")]
    written_by: Annotated[str, StringConstraints(max_length=60, pattern=r"^[\w.+\- ]*$")] = ""
    date: Annotated[str, StringConstraints(max_length=40, pattern=r"^[0-9T:+.Z\-]*$")] = ""
    members: Annotated[tuple[Member, ...], Field(max_length=limits.MAX_ARCHIVE_MEMBERS)]
    left_out: Annotated[tuple[LeftOut, ...], Field(max_length=limits.MAX_ARCHIVE_MEMBERS)] = ()

    def text(self) -> bytes:
        """As it stands in the file: one member a line, keys sorted."""
        head = self.model_dump(exclude={"members", "left_out"})
        lists = {
            "left_out": [one.model_dump() for one in self.left_out],
            "members": [one.model_dump(exclude_defaults=True) for one in self.members],
        }
        parts = [f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in sorted(head.items())]
        for key, values in lists.items():
            lines = ",\n".join(json.dumps(value, ensure_ascii=False, sort_keys=True) for value in values)
            parts.append(f'"{key}": [\n{lines}\n]' if values else f'"{key}": []')
        return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def rows_name(table: str) -> str:
    return f"rows/{table}.jsonl"


def object_name(sha256: str, suffix: str) -> str:
    return f"objects/{sha256}{suffix}"


def film_name(sha256: str, suffix: str = ".mp4") -> str:
    return f"films/{sha256}{suffix}"


def archive_error(file: object, member: str, reason: str, do: str = "") -> ArchiveError:
    """The error for `member` ("" for the file as a whole): what was met, what was expected, what to do. Names are only text."""
    shown = _short(member)
    part = f'its member "{shown}": ' if member else ""
    advice = do or "Ask for the archive again; it may be damaged, or not be what it claims."
    return ArchiveError(
        f'"{_short(str(file), 200)}" can\'t be opened as a film: {part}{reason}. {advice}', member=shown, reason=reason
    )


def _short(name: str, most: int = 120) -> str:
    line = plain_line(name)
    return line if len(line) <= most else line[: most - 1] + "…"
