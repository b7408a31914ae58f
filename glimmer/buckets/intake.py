"""Intake: what a person brings to a bucket, checked before anything is kept. Stands at the door of the buckets.

A foreign file is opened once, copied to a place of our own while it is hashed, told by its content, and read in a child process;
the copy that passed is what is kept. Nothing is fetched: an address is refused in words.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from glimmer import limits
from glimmer.assets import Assets
from glimmer.assets.names import INCOMING
from glimmer.buckets.colour_table import COLOUR_TABLE, check_colour_table
from glimmer.buckets.content_type import Kind, kind_of
from glimmer.buckets.from_memory import NO_TIMING, Timing, from_memory
from glimmer.buckets.private_copy import HEAD_BYTES, opened_once, private_copy
from glimmer.buckets.probing import probed
from glimmer.display import count_text, duration_text, plain_line
from glimmer.errors import InputError, LimitError, MediaError, StoreError

__all__ = ["Intake", "taken_in"]

_TAKES: Final = {  # bucket -> the first words of the media types that it takes
    "video": ("image/", "video/", COLOUR_TABLE),
    "characters": ("image/", "video/"),
    "audio": ("audio/", "video/"),
    "music": ("audio/", "video/"),
}
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
_TEXT_FILES: Final = (".txt", ".prompt")


@dataclass(frozen=True)
class Intake:
    """Checked media, not kept yet: `content`, or `path` to our own copy with its sha256. `name` is only text.

    With a sha256 alone it is an asset already. known_by: what its take is found by again, where that is not its content.
    """

    name: str
    media_type: str
    seconds: float = 0.0
    content: bytes = b""
    path: Path | None = None
    sha256: str = ""
    notices: tuple[str, ...] = ()
    known_by: str = ""

    @property
    def size_bytes(self) -> int:
        """-1 for what is kept already."""
        if self.path is not None:
            return self.path.stat().st_size
        return len(self.content) if self.content else -1

    def keep(self, assets: Assets) -> str:
        """Keep it; its sha256. Raises: StoreError if it can't be written, or is no longer what was checked."""
        if self.path is None:
            return assets.put(self.content, self.media_type) if self.content else self.sha256
        kept = assets.put_file(self.path, self.media_type)
        if kept != self.sha256:
            raise StoreError(
                f"our own copy of {self.name} was changed while it was kept; somebody else writes in {self.path.parent}."
            )
        return kept


@contextmanager
def taken_in(media: object, *, bucket: str, assets: Assets, timing: Timing = NO_TIMING) -> Iterator[Intake]:
    """`media`, checked for `bucket`; to be kept inside the `with`. `timing` is for what comes out of a person's code.

    Raises: MediaError, LimitError, InputError; then nothing was kept.
    """
    if timing != NO_TIMING and (bucket == "prompts" or isinstance(media, str | Path | bytes | bytearray | memoryview)):
        raise InputError("rate=, seconds= and key= are for frames and functions of time; a file says these itself. Leave them out.")
    if bucket == "prompts":
        yield _text(media)
    elif isinstance(media, str | Path):
        _refuse_address(media)
        with opened_once(Path(media)) as (file, size_bytes), _foreign(file, size_bytes, Path(media), bucket, assets) as intake:
            yield intake
    elif isinstance(media, bytes | bytearray | memoryview):
        content = _measured(bytes(media))
        with _foreign(io.BytesIO(content), len(content), Path("these bytes"), bucket, assets) as intake:
            yield intake
    else:
        with from_memory(media, timing, assets.root / INCOMING) as made:
            _check_bucket(made.media_type, f"a {made.name}", bucket)
            sha256 = _sha256(made.path) if made.path is not None else ""
            own = timing.digest() if timing.key else ""
            yield Intake(timing.key or made.name, made.media_type, made.seconds, made.content, made.path, sha256, known_by=own)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _foreign(file: BinaryIO, size_bytes: int, path: Path, bucket: str, assets: Assets) -> Iterator[Intake]:
    shown = plain_line(path)
    kind = kind_of(file.read(HEAD_BYTES), shown)
    if kind.reader == "picture" and size_bytes > limits.MAX_PICTURE_BYTES:
        raise LimitError(
            f"{shown} has {size_bytes:,} bytes; a picture has at most {limits.MAX_PICTURE_BYTES:,} (MAX_PICTURE_BYTES). "
            "Save it smaller.",
            limit="MAX_PICTURE_BYTES",
        )
    file.seek(0)
    with private_copy(file, size_bytes, shown, assets.root / INCOMING) as copy:
        if kind.reader == "table":
            _check_bucket(kind.media_type, shown, bucket)
            check_colour_table(copy.path, shown)
            yield Intake(_name(path), kind.media_type, path=copy.path, sha256=copy.sha256)
            return
        found = probed(copy.path, kind.reader, shown)
        media_type, seconds, notices = _understood(found, kind)
        _check_bucket(media_type, shown, bucket)
        yield Intake(_name(path), media_type, seconds, path=copy.path, sha256=copy.sha256, notices=notices)


def _understood(found: dict[str, object], kind: Kind) -> tuple[str, float, tuple[str, ...]]:
    """(media type, seconds, what a person should know)."""
    if kind.reader == "picture":
        frames = int(str(found["frames"]))
        moving = f"an animation of {count_text(frames, 'frame')}: its first stands as a still; add it as MP4 to see it move"
        return str(found["media_type"]), 0.0, (moving,) if frames > 1 else ()
    seconds = float(str(found["seconds"]))
    missing = duration_text(float(str(found["missing_seconds"])))
    notices = []
    if found["cut_short"]:
        notices.append(f"{missing} of its {duration_text(seconds)} are missing at the end; it may have been cut short on its way")
    remarks = found.get("remarks")
    if isinstance(remarks, list) and remarks:
        notices.append(f"conformed in a film: {', '.join(map(str, remarks))}")
    return kind.media_type if found["has_picture"] else kind.sound, seconds, tuple(notices)


def _check_bucket(media_type: str, shown: str, bucket: str) -> None:
    wanted = _TAKES[bucket]
    if not media_type.startswith(wanted):
        words = " or ".join(each.rstrip("/") for each in wanted if each != COLOUR_TABLE)
        raise MediaError(f"{shown} is {media_type}; {bucket} takes {words} files. Add it to another bucket.")


def _refuse_address(media: str | Path) -> None:
    if _ADDRESS.search(str(media)) and (isinstance(media, str) or not media.exists()):
        raise InputError(
            f"{plain_line(media):.200} is an address; expected a file on this machine. Glimmer fetches nothing; download it and add the file."
        )


def _name(path: Path) -> str:
    return plain_line(path.stem)[: limits.MAX_NAME_CHARS] or "untitled"


def _measured(content: bytes) -> bytes:
    if not content:
        raise MediaError("these bytes are empty; expected those of a picture, sound or video file.")
    if len(content) > limits.MAX_MEDIA_BYTES:
        raise LimitError(
            f"these are {len(content):,} bytes; at most {limits.MAX_MEDIA_BYTES:,} are taken (MAX_MEDIA_BYTES).",
            limit="MAX_MEDIA_BYTES",
        )
    return content


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────
def _text(media: object) -> Intake:
    """Text as it is given, as bytes, or in a file .txt or .prompt; line ends become \\n, and a byte order mark goes."""
    name, raw = "prompt", media
    if isinstance(media, Path) or (isinstance(media, str) and _is_file_name(media)):
        _refuse_address(media)
        path = Path(media)
        if path.suffix.casefold() not in _TEXT_FILES:
            raise InputError(
                f"{plain_line(path)} is no text file by its name; expected one that ends in .txt or .prompt, or the words."
            )
        with opened_once(path) as (file, _):
            name, raw = _name(path), file.read(limits.MAX_PROMPT_BYTES + 1)
    if isinstance(raw, str):
        raw = raw.encode("utf-8", "surrogatepass")
    if not isinstance(raw, bytes | bytearray):
        raise InputError(f"a {type(media).__name__} is no prompt; expected text, its bytes in UTF-8, or a file .txt or .prompt.")
    return Intake(name, "text/plain", content=_read_text(bytes(raw), name).encode())


def _is_file_name(text: str) -> bool:
    return "\n" not in text and text.casefold().endswith(_TEXT_FILES)


def _read_text(raw: bytes, name: str) -> str:
    if len(raw) > limits.MAX_PROMPT_BYTES:
        raise LimitError(
            f"the text of {name} has more than {limits.MAX_PROMPT_BYTES:,} bytes (MAX_PROMPT_BYTES). Say it shorter.",
            limit="MAX_PROMPT_BYTES",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the text of {name} is not UTF-8 (byte {error.start}); save it as UTF-8 and add it again.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"the text of {name} is empty; expected the words of a prompt.")
    if strange := next((char for char in text if ord(char) < 32 and char not in "\n\t"), ""):
        raise InputError(f"the text of {name} holds the control character {strange!r}; expected plain text. Take it out.")
    return text
