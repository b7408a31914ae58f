"""What a file is, by its first bytes and never by its name.

Only formats that hold their media themselves are known. Playlists and scripts (HLS, DASH, concat) name other files, SVG and HTML run
programs, archives hold anything: they are told apart to be refused in words, whatever they are called.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from glimmer.buckets.colour_table import COLOUR_TABLE, is_colour_table
from glimmer.errors import MediaError

__all__ = ["Kind", "kind_of"]


class Kind(NamedTuple):
    """reader: "picture", "table", or the one demuxer that may open it. media_type of a container with a picture; of one without, `sound`."""

    reader: str
    media_type: str
    sound: str = ""


_PICTURE: Final = Kind("picture", "")
_MOV: Final = Kind("mov", "video/mp4", "audio/mp4")
_MATROSKA: Final = Kind("matroska", "video/webm", "audio/webm")
_KNOWN: Final[tuple[tuple[bytes, int, Kind], ...]] = (  # (first bytes, at offset, what it is)
    (b"\x89PNG\r\n\x1a\n", 0, _PICTURE),
    (b"\xff\xd8\xff", 0, _PICTURE),
    (b"WEBP", 8, _PICTURE),
    (b"ftyp", 4, _MOV),
    (b"\x1a\x45\xdf\xa3", 0, _MATROSKA),
    (b"fLaC", 0, Kind("flac", "audio/flac", "audio/flac")),
    (b"OggS", 0, Kind("ogg", "audio/ogg", "audio/ogg")),
    (b"ID3", 0, Kind("mp3", "audio/mpeg", "audio/mpeg")),
    *((bytes((0xFF, second)), 0, Kind("mp3", "audio/mpeg", "audio/mpeg")) for second in (0xFB, 0xF3, 0xFA, 0xF2)),
    (b"WAVE", 8, Kind("wav", "audio/wav", "audio/wav")),
)
_STILL_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif", b"avis")
_AS_MEDIA: Final = "Convert it to PNG, JPEG, WebP, WAV, FLAC, MP3, Ogg, MP4, MOV, WebM or MKV."
_PLAYLIST: Final = "It names other files, and those are never fetched: add the films themselves."
_REFUSED: Final[tuple[tuple[bytes, int, str, str], ...]] = (  # (first bytes, at offset, what it is, what to do)
    (b"GIF8", 0, "a GIF", "Save it as PNG for a still or as MP4 for what moves."),
    (b"PK\x03\x04", 0, "a ZIP archive", "Unpack it and add the media in it."),
    (b"PK\x05\x06", 0, "a ZIP archive", "Unpack it and add the media in it."),
    (b"Rar!", 0, "a RAR archive", "Unpack it and add the media in it."),
    (b"7z\xbc\xaf", 0, "a 7z archive", "Unpack it and add the media in it."),
    (b"\x1f\x8b", 0, "a gzip archive", "Unpack it and add the media in it."),
    (b"%PDF", 0, "a PDF", "Save its pages as PNG."),
    (b"BM", 0, "a BMP picture", "Save it as PNG."),
    (b"II*\x00", 0, "a TIFF picture or a camera's raw file", "Save it as PNG or JPEG."),
    (b"MM\x00*", 0, "a TIFF picture", "Save it as PNG or JPEG."),
    (b"AIFF", 8, "an AIFF sound", "Save it as WAV or FLAC."),
    (b"AVI ", 8, "an AVI film", "Convert it to MP4 or MKV."),
    (b"\x7fELF", 0, "a program", _AS_MEDIA),
    (b"MZ", 0, "a program", _AS_MEDIA),
)
_WRITTEN: Final[tuple[tuple[str, str, str], ...]] = (  # (a pattern near the beginning of a text, what it is, what to do)
    (r"#extm3u", "an HLS playlist", _PLAYLIST),
    (r"ffconcat", "a concat script", _PLAYLIST),
    (r"\[playlist\]", "a playlist", _PLAYLIST),
    (r"<(\w+:)?mpd[\s>]", "a DASH playlist", _PLAYLIST),
    (r"<(smil|asx)[\s>]", "a playlist", _PLAYLIST),
    (r"<(\w+:)?svg[\s>]", "an SVG drawing", "It can hold programs and links. Save it as PNG."),
    (r"<!doctype html|<html[\s>]", "a web page", "Save the media itself, not the page that shows it."),
    (r"<\?xml", "an XML text", _AS_MEDIA),
)


def kind_of(head: bytes, shown: str) -> Kind:
    """What begins with `head` (some 4 kB). Raises: MediaError for anything that is not on the short list, in words."""
    still = head[8:12] in _STILL_BRANDS if head[4:8] == b"ftyp" else False
    for mark, at, kind in _KNOWN:
        if head[at : at + len(mark)] == mark and not still and (at != 8 or head[:4] == b"RIFF"):
            return kind
    if is_colour_table(head):
        return Kind("table", COLOUR_TABLE)
    what, advice = ("a HEIC or AVIF picture", "Save it as PNG or JPEG.") if still else _told(head)
    if not what:
        raise MediaError(f"{shown} begins with {head[:12]!r}: no picture, sound or video that Glimmer reads. {_AS_MEDIA}")
    raise MediaError(f"{shown} is {what} by its content, no picture, sound or video that Glimmer reads. {advice}")


def _told(head: bytes) -> tuple[str, str]:
    for mark, at, what, advice in _REFUSED:
        if head[at : at + len(mark)] == mark:
            return what, advice
    text = _as_text(head)
    for pattern, what, advice in _WRITTEN:
        if re.search(pattern, text):
            return what, advice
    return "", ""


def _as_text(head: bytes) -> str:
    """The beginning as small letters, in whichever encoding it was written; only to name what is refused anyway."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return head[:1024].decode(encoding, "replace").casefold()
