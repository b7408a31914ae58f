"""Whatever a person hands in becomes clean text, or one clear error: the outermost gate of the screenplay room.

Takes str, bytes or a path; gives text with "\\n" line ends, no byte order mark, no control characters, in Unicode NFC, and the notices
a person must be told (a guessed encoding). Nothing is parsed here.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from glimmer import limits
from glimmer.errors import ScreenplayError

__all__ = ["clean_text", "read_bytes"]

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u200b\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BINARY_SHARE = 0.02  # of control characters; a text has none, a ZIP or PNG about 10 %


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a script file. Raises ScreenplayError if it is missing, a folder, unreadable or too big."""
    file = Path(path)
    try:
        if file.is_dir():
            raise ScreenplayError(
                f'"{file}" is a folder; a screenplay is one Fountain file. Name the file inside it.', source=str(file)
            )
        size = file.stat().st_size
        _check_size(size, str(file))
        with file.open("rb") as stream:  # bounded: a device or a pipe has size 0 and no end
            content = stream.read(limits.MAX_SCRIPT_BYTES + 1)
    except FileNotFoundError as error:
        raise ScreenplayError(_missing(file), source=str(file)) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ScreenplayError(
            f'"{file}" can\'t be read ({error}); expected a Fountain file. Check its name and its permissions.', source=str(file)
        ) from error
    _check_size(len(content), str(file))
    return content


def clean_text(given: str | bytes, *, source: str) -> tuple[str, tuple[str, ...]]:
    """The text with plain newlines, and notices about what had to be guessed.

    Does not parse. Raises ScreenplayError on empty, binary or oversized content, or a line past the limit.
    """
    if not isinstance(given, str | bytes | bytearray | memoryview):
        raise ScreenplayError(
            f"a screenplay was given as {type(given).__name__}; expected text or bytes. For a file use read_file(path).",
            source=source,
        )
    text, notices = (given, ()) if isinstance(given, str) else _decoded(bytes(given), source)
    _check_size(len(text), source)
    text = text.removeprefix("\ufeff")
    _check_text_not_binary(text, source)
    if _SURROGATES.search(text):
        text = _SURROGATES.sub("\ufffd", text)
        notices = (*notices, "Some characters were broken (lone surrogates) and are shown as \ufffd.")
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", _NEWLINES.sub("\n", text)))
    if not text.strip():
        raise ScreenplayError(
            "the screenplay is empty; expected at least one line of text. Write a scene, or give another file.", source=source
        )
    _check_lines(text, source)
    return text, notices


# ── bytes ───────────────────────────────────────────────────────────────────────────────────────────────────
def _decoded(content: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    _check_size(len(content), source)
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, source), ()
    guessed = _unmarked_utf16(content)
    if guessed:
        return _strictly(content, guessed, source), (
            f"Read as {guessed.upper()}: the file has no byte order mark but every other byte is zero.",
        )
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        _check_bytes_not_binary(content, source)
        line = content.count(b"\n", 0, error.start) + 1
        notice = (
            f"Not UTF-8 (byte {error.start}, line {line}): read as Windows-1252. If letters look wrong, save the script as UTF-8."
        )
        return _as_cp1252(content), (notice,)


def _strictly(content: bytes, encoding: str, source: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ScreenplayError(
            f"the script is marked as {encoding.upper()} but byte {error.start} is not ({error.reason}). Save it again as UTF-8.",
            source=source,
        ) from error


def _unmarked_utf16(content: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" if plainly so: nearly every second byte is zero, as in Latin text stored in two bytes."""
    sample = content[:4096]
    if len(sample) < 4 or len(content) % 2:
        return ""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else ""


def _as_cp1252(content: bytes) -> str:
    """Windows-1252, with its five unassigned bytes read as Latin-1 does."""
    return "".join(bytes((byte,)).decode("cp1252", "replace") if 0x80 <= byte < 0xA0 else chr(byte) for byte in content).replace(
        "\ufffd", ""
    )


# ── checks ──────────────────────────────────────────────────────────────────────────────────────────────────
def _check_size(size: int, source: str) -> None:
    if size > limits.MAX_SCRIPT_BYTES:
        raise ScreenplayError(
            f"the script is {size / 1e6:.1f} MB; at most {limits.MAX_SCRIPT_BYTES / 1e6:.0f} MB are read "
            "(glimmer.limits.MAX_SCRIPT_BYTES; a feature has 0.2 MB). Is it really a screenplay?",
            source=source,
        )


def _check_bytes_not_binary(content: bytes, source: str) -> None:
    controls = sum(content.count(bytes((byte,))) for byte in range(32) if byte not in (9, 10, 11, 12, 13, 26))
    if b"\x00" in content or controls > _BINARY_SHARE * len(content):
        raise _binary(source, content[:8])


def _check_text_not_binary(text: str, source: str) -> None:
    at = text.find("\x00")
    controls = len(_CONTROLS.findall(text)) if at < 0 else 0
    if at >= 0 or controls > 8 + _BINARY_SHARE * len(text):
        raise _binary(source, text[:8].encode("utf-8", "replace"), line_number=text.count("\n", 0, max(at, 0)) + 1)


def _binary(source: str, start: bytes, *, line_number: int = 0) -> ScreenplayError:
    return ScreenplayError(
        f"this is not text: it begins with {start!r} and holds binary characters. Expected a Fountain screenplay (plain text); "
        "export it as .fountain or .txt first.",
        source=source,
        line_number=line_number,
    )


def _check_lines(text: str, source: str) -> None:
    count = text.count("\n") + 1
    if count > limits.MAX_SCRIPT_LINES:
        raise ScreenplayError(
            f"the script has {count:,} lines; at most {limits.MAX_SCRIPT_LINES:,} are read (glimmer.limits.MAX_SCRIPT_LINES). Split it into parts.",
            source=source,
            line_number=limits.MAX_SCRIPT_LINES + 1,
        )
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > limits.MAX_SCRIPT_LINE_CHARS:
            _check_closed(text, line, source, number)
            raise ScreenplayError(
                f"line {number} has {len(line):,} characters; at most {limits.MAX_SCRIPT_LINE_CHARS:,} are read in one paragraph "
                "(glimmer.limits.MAX_SCRIPT_LINE_CHARS). Break it into paragraphs.",
                source=source,
                line_number=number,
            )


def _check_closed(text: str, line: str, source: str, number: int) -> None:
    """A line too long because of brackets: say so, for breaking it up would not help. `line` is line `number` of `text`."""
    start = 0
    for _ in range(number - 1):
        start = text.index("\n", start) + 1
    for opener, closer, what in (("/*", "*/", "a boneyard"), ("[[", "]]", "a note")):
        at = line.find(opener)
        if at >= 0 and closer not in text[start + at :].replace(opener, ""):  # "/*/*" holds no "*/"
            raise ScreenplayError(
                f'line {number}: {what} opened by "{opener}" never closes ("{opener}" stands {line.count(opener):,} times on this line of '
                f'{len(line):,} characters, no "{closer}" follows). Close it with "{closer}", or delete "{opener}".',
                source=source,
                line_number=number,
            )


def _missing(file: Path) -> str:
    folder = file.parent
    nearby = sorted(path.name for path in folder.glob("*.fountain"))[:5] if folder.is_dir() else []
    there = f"that folder has {', '.join(nearby)}." if nearby else f'the folder "{folder}" has no Fountain file.'
    return f'no file "{file}"; {there} Check the path.'
