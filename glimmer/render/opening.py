"""The one door through which foreign media comes in: stills by Pillow, footage and sound by PyAV, both from short lists of formats.

A file is judged by its content, never by its name, and only formats that hold media themselves are opened. Playlists and
scripts (HLS, DASH, concat) name other files and are refused before they are read: FFmpeg's own readers would follow them
(CVE-2017-9993 and its successors; a concat script named .mov was opened by PyAV 18.1).
Damaged, huge or foreign files raise MediaError or LimitError that say which clip, which asset and what to do.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import av.container
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from glimmer.errors import LimitError, MediaError
from glimmer.limits import MAX_FRAME_SIDE_PX, MAX_IMAGE_PIXELS, MAX_MEDIA_BYTES

__all__ = ["Media", "opened_media", "read_still"]

Media = Callable[[str], Path]  # the asset's sha256 -> its file

STILL_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_HEAD_BYTES = 4096
_ORIENTATION = 0x0112  # the EXIF tag; 1 is upright


def read_still(path: Path, *, clip: str, asset: str, with_alpha: bool = False) -> NDArray[np.uint8]:
    """The picture in a file: uint8 RGB (height, width, 3), turned as its EXIF says, transparency over black, first frame of many.
    `with_alpha`: RGBA with straight alpha (height, width, 4) if it has any transparency.

    Does not apply colour profiles. Raises: MediaError, LimitError (more than MAX_IMAGE_PIXELS).
    """
    _present(path, clip, asset)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit, below, is lower
            with Image.open(path, formats=STILL_FORMATS) as picture:
                _check_pixels(picture.width, picture.height, clip, asset)
                turned = ImageOps.exif_transpose(picture) if picture.getexif().get(_ORIENTATION, 1) != 1 else picture  # it copies
                if with_alpha and _may_be_clear(turned):
                    return np.asarray(turned.convert("RGBA"))
                return _rgb(turned)
    except LimitError:
        raise
    except Image.DecompressionBombError as cause:
        raise LimitError(
            f'the picture of clip "{clip}" (asset {asset[:12]}) has more than MAX_IMAGE_PIXELS ({MAX_IMAGE_PIXELS}) pixels: {cause} '
            "Make it smaller; a film needs about 8 million.",
            limit="MAX_IMAGE_PIXELS",
        ) from cause
    except (OSError, SyntaxError, ValueError) as cause:
        raise MediaError(
            f'the still of clip "{clip}" (asset {asset[:12]}) can\'t be read: {cause}. '
            f"Expected a whole picture ({', '.join(STILL_FORMATS)}); make or import the take again."
        ) from cause


@contextmanager
def opened_media(path: Path, *, clip: str, asset: str) -> Iterator[av.container.InputContainer]:
    """The footage or sound in a file, opened; closed when the block ends (an unclosed container leaks 12 MB at 720p).

    Raises: MediaError for anything else than a media file of its own, also when decoding inside the block fails.
    """
    _present(path, clip, asset)
    container_format = _format(path)
    if container_format is None:
        raise MediaError(
            f'the media of clip "{clip}" (asset {asset[:12]}) is no footage or sound that Glimmer opens: it begins with '
            f"{_head(path)[:16]!r}. Expected MP4, MOV, WebM, MKV, AVI, MPEG-TS, WAV, FLAC, OGG, MP3 or AAC; import it again."
        )
    try:
        # "file:" before the path lets it be no other protocol; what the file may name inside can only be files of its own format.
        options = {"protocol_whitelist": "file", "format_whitelist": container_format}
        with av.open(f"file:{path}", format=container_format, container_options=options, metadata_errors="replace") as container:
            _check_streams(container, clip, asset)
            yield container
    except (av.error.FFmpegError, EOFError) as cause:
        raise MediaError(
            f'the media of clip "{clip}" (asset {asset[:12]}) can\'t be read: {cause}. The file is damaged or cut short; '
            "make or import the take again."
        ) from cause


def _present(path: Path, clip: str, asset: str) -> None:
    if not path.is_file():
        raise MediaError(
            f'the media of clip "{clip}" (asset {asset[:12]}) is not there: no file {path}. Make or import the take again.'
        )
    size = path.stat().st_size
    if size > MAX_MEDIA_BYTES:
        raise LimitError(
            f'the media of clip "{clip}" has {size} bytes, more than MAX_MEDIA_BYTES ({MAX_MEDIA_BYTES}). Cut it shorter.',
            limit="MAX_MEDIA_BYTES",
        )


def _check_pixels(width: int, height: int, clip: str, asset: str) -> None:
    if width * height > MAX_IMAGE_PIXELS:
        raise LimitError(
            f'the picture of clip "{clip}" (asset {asset[:12]}) has {width} × {height} pixels, more than MAX_IMAGE_PIXELS '
            f"({MAX_IMAGE_PIXELS}). Make it smaller; a film needs about 8 million.",
            limit="MAX_IMAGE_PIXELS",
        )


def _check_streams(container: av.container.InputContainer, clip: str, asset: str) -> None:
    for stream in container.streams.video:
        width, height = stream.codec_context.width, stream.codec_context.height
        if max(width, height) > MAX_FRAME_SIDE_PX:
            raise LimitError(
                f'the footage of clip "{clip}" (asset {asset[:12]}) is {width} × {height} pixels; a side may have MAX_FRAME_SIDE_PX '
                f"({MAX_FRAME_SIDE_PX}). Scale it down.",
                limit="MAX_FRAME_SIDE_PX",
            )


def _may_be_clear(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _rgb(picture: Image.Image) -> NDArray[np.uint8]:
    if _may_be_clear(picture):
        shown = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", shown.size, (0, 0, 0, 255)), shown)
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        return _rgb_of_deep_grey(np.asarray(picture, dtype=np.float64))
    return np.asarray(picture.convert("RGB"))


def _rgb_of_deep_grey(grey: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Pillow cuts 16-bit grey off at 255 instead of scaling it."""
    eight = np.clip(grey / 257.0 if grey.max(initial=0) > 255 else grey, 0, 255).round().astype(np.uint8)
    return np.repeat(eight[..., None], 3, axis=2)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)


def _format(path: Path) -> str | None:
    """FFmpeg's name for the container that the file's first bytes promise; None for everything we don't open."""
    head = _head(path)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "mov"
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI "):
        return "wav" if head[8:12] == b"WAVE" else "avi"
    for beginning, name in _BEGINNINGS.items():
        if head.startswith(beginning):
            return name
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return "mpegts"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "aac"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "mp3"
    return None


_BEGINNINGS = {
    b"\x1a\x45\xdf\xa3": "matroska",
    b"fLaC": "flac",
    b"OggS": "ogg",
    b"ID3": "mp3",
    b"RF64": "wav",
    b"FORM": "aiff",
    b"caff": "caf",
}
