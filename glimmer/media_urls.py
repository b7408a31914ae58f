"""Media URLs: a path that this machine's notebook server will play to one visitor for an hour, and no other path; and a file that
it may fill, part after part, for the same visitor.

A kernel signs with a key that its server made and put into the environment before any kernel began; the server believes what is signed.
Where there is no such key (a kernel of its own, another host), nothing is signed and bytes travel with the messages.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import shutil
import time
from pathlib import Path
from typing import Any, Final, Literal

from glimmer.errors import InputError, LimitError, NotFound, StoreError
from glimmer.settings import media_key

__all__ = [
    "MEDIA_SECONDS",
    "MOST_PART_BYTES",
    "PartMisplaced",
    "TokenRefused",
    "can_sign",
    "checked_room",
    "part_kept",
    "signed",
    "what_is_signed",
]

MEDIA_SECONDS: Final = 3600
MOST_PART_BYTES: Final = 8 * 1024**2  # tornado takes 10 MB in one message; twice what we ask for
_LONGEST_TOKEN: Final = 8_000  # letters; a path has at most 4,096 bytes
_ROOM_LEFT_BYTES: Final = 200 * 1000**2  # of a disk, for the rest of the machine
Use = Literal["media", "upload"]


class TokenRefused(InputError):
    """A URL that was altered, is over, or is for somebody else, or for another use."""


class PartMisplaced(InputError):
    """A part of a file that does not go on where the file ends."""


def can_sign() -> bool:
    """Whether this process was begun by a server that plays media."""
    return bool(media_key())


def signed(
    use: Use, said: dict[str, Any], *, who: str, seconds: float = MEDIA_SECONDS, steps_seconds: int = 1, key: str = ""
) -> str:
    """A token that says `said`, for the visitor `who`, for so many seconds. Letters that may stand in a URL.

    steps_seconds: its end is put off to the next full step, so that the same thing asked for again within one has the same address,
    and a browser need not load it again.
    Raises: TokenRefused where there is no key to sign with.
    """
    until = -int(-(time.time() + seconds) // steps_seconds) * steps_seconds
    text = json.dumps({"use": use, "who": who, "until": until} | said, separators=(",", ":"), ensure_ascii=True)
    body = base64.urlsafe_b64encode(text.encode()).rstrip(b"=")
    return f"{body.decode()}.{_seal(body, key or media_key())}"


def what_is_signed(use: Use, token: str, *, who: str, key: str = "") -> dict[str, Any]:
    """What the token says. Raises: TokenRefused with why."""
    body, _, seal = token[: _LONGEST_TOKEN + 1].partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(body.encode(), key or media_key()).encode()):
        raise TokenRefused("this address was not made here, or was altered. Show the film again to get a new one.")
    said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    if said.get("use") != use:
        raise TokenRefused(f"this address is for {said.get('use')}, not for {use}.")
    if said.get("until", 0) < time.time():
        raise TokenRefused("this address is over. Show the film again to get a new one.")
    if not hmac.compare_digest(*(str(each).encode("utf-8", "surrogatepass") for each in (said.get("who", ""), who))):
        raise TokenRefused("this address is for somebody else.")
    return said


def part_kept(path: Path, part: bytes | memoryview, *, at: int, whole_bytes: int) -> int:
    """Write the next part of a file that was begun. Returns: how many bytes are there. A part that can't be kept changes nothing.

    Raises: NotFound for a file that nobody begun or that was dropped, PartMisplaced for one out of order, LimitError for more bytes
    than were announced, StoreError for a full disk.
    """
    try:
        there = path.stat().st_size
    except OSError as error:
        raise NotFound(
            "this upload is not there any more: it was dropped, or lay still for too long. Bring the file again."
        ) from error
    if at != there:
        raise PartMisplaced(f"a part at byte {at:,}; expected the one at {there:,} of {whole_bytes:,}. Bring the file again.")
    if len(part) > MOST_PART_BYTES or there + len(part) > whole_bytes:
        raise LimitError(
            f"a part of {len(part):,} bytes at {there:,}; expected at most {min(MOST_PART_BYTES, whole_bytes - there):,} of a file of "
            f"{whole_bytes:,}. Bring the file again."
        )
    checked_room(path.parent, len(part))
    try:
        with path.open("ab") as file:
            file.write(part)
    except OSError as error:
        with path.open("r+b") as file:
            file.truncate(there)
        raise StoreError(f"{len(part):,} bytes can't be kept in {path.parent}: {error.strerror}. Make room there.") from error
    return there + len(part)


def checked_room(folder: Path, bytes: int) -> None:
    """Raises: StoreError where the disk has no room for so many bytes, and some to spare."""
    free = shutil.disk_usage(folder).free
    if free < bytes + _ROOM_LEFT_BYTES:
        raise StoreError(
            f"{bytes / 1e6:,.0f} MB have no room: {free / 1e6:,.0f} MB are free there, and {_ROOM_LEFT_BYTES / 1e6:.0f} stay free. "
            "Make room, or bring a smaller file."
        )


def _seal(body: bytes, key: str) -> str:
    if not key:
        raise TokenRefused("this process was not begun by a server that plays media.")
    return base64.urlsafe_b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).rstrip(b"=").decode()
