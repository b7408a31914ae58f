"""Media drawn: small pictures of a file, for faces: one picture, a row of a film's frames, the shape of a sound. Bytes in, bytes out:
what is kept where is `media`'s.

Files are read as the renderer reads them: turned as they say, in their own colours, within its limits.

A thumb is a JPEG as wide as is asked for, never wider than the file's own picture.
A sprite is one JPEG: 12 frames in a row, each 160 pixels wide, taken from the middles of 12 equal stretches of the film.
Peaks are 4 bytes, a little-endian unsigned integer: peaks a second x 1000; then two bytes for each peak, its lowest and its highest sample,
all channels folded into one: 128 is silence, 1 is -1.0 and 255 is +1.0. At most 4,000 peaks, however long the sound, and at most 100 a second.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from glimmer.errors import MediaError, MissingPiece
from glimmer.render.footage import Footage
from glimmer.render.opening import opened_media, read_still
from glimmer.render.planes import to_rgb
from glimmer.render.sound_plan import SoundPiece
from glimmer.render.sound_source import RATE, heard_of

__all__ = ["SPRITE_FRAMES", "SPRITE_PX", "peaks_of", "sprite_of", "thumb_of"]

SPRITE_FRAMES: Final = 12
SPRITE_PX: Final = 160
_MOST_PEAKS: Final = 4_000
_FINEST_A_SECOND: Final = 100
# How many of the finest make one: divisors of 100,000, so that peaks a second x 1000 is a whole number and nothing drifts.
_TOGETHER: Final = (1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 40, 50, 80, 100, 125, 160, 200, 250, 400, 500, 625, 800, 1000)
_CLOCK: Final = Fraction(1000)  # places in a file are asked for in milliseconds
_TALLEST: Final = 4  # of a thumb, in its widths
_SEEK_SECONDS: Final = 3  # between two frames of a sprite; less is decoded through, at 30 ms for a second of 720p


def thumb_of(path: Path, media_type: str, width_px: int) -> bytes:
    """A picture of a still, or of a film's first frame. Raises: MissingPiece for what has none, MediaError for what can't be read."""
    if media_type.startswith("video/"):
        return _jpeg(Image.fromarray(_frames(path, (Fraction(0),), width_px)[0]), width_px)
    if media_type.startswith("image/") and media_type != "image/svg+xml":
        return _jpeg(Image.fromarray(read_still(path, clip="thumb", asset=path.stem)), width_px)
    raise MissingPiece(f"there is no small picture of {_worded(media_type)}.")


def sprite_of(path: Path, media_type: str) -> bytes:
    """Twelve frames of a film in a row. Raises: MissingPiece for what is no film, MediaError for one that can't be read."""
    if not media_type.startswith("video/"):
        raise MissingPiece(f"there are no frames to go through in {_worded(media_type)}; that is for films.")
    seconds = _seconds(path)
    middles = tuple(seconds * Fraction(2 * at + 1, 2 * SPRITE_FRAMES) for at in range(SPRITE_FRAMES))
    frames = _frames(path, middles, SPRITE_PX)
    row = Image.new("RGB", (SPRITE_PX * SPRITE_FRAMES, frames[0].shape[0]))
    for at, frame in enumerate(frames):
        row.paste(Image.fromarray(frame[:, :SPRITE_PX]), (at * SPRITE_PX + (SPRITE_PX - min(frame.shape[1], SPRITE_PX)) // 2, 0))
    return _jpeg(row, row.width, quality=74)


def peaks_of(path: Path, media_type: str, cancelled: Callable[[], bool] = lambda: False) -> bytes:
    """The shape of a sound, or of a film's own. Raises: MissingPiece for what has none, MediaError for what can't be read."""
    if not media_type.startswith(("audio/", "video/")):
        raise MissingPiece(f"there is no sound in {_worded(media_type)}.")
    finest = _extremes(path)
    if not len(finest):
        raise MissingPiece("there is no sound in it.")
    together = next((each for each in _TOGETHER if len(finest) <= each * _MOST_PEAKS), _TOGETHER[-1])
    starts = np.arange(0, len(finest), together)
    low, high = np.minimum.reduceat(finest[:, 0], starts), np.maximum.reduceat(finest[:, 1], starts)
    pairs = np.clip(np.round(np.stack([low, high], axis=1) * 127) + 128, 1, 255).astype(np.uint8)[:_MOST_PEAKS]
    head = int(_FINEST_A_SECOND * 1000 // together).to_bytes(4, "little")
    return head + bytes(pairs.tobytes())


def _extremes(path: Path) -> NDArray[np.float32]:
    """(lowest, highest) of every hundredth of a second, the last one perhaps shorter."""
    each = RATE // _FINEST_A_SECOND
    piece = SoundPiece(asset=path.stem, start=0, frames=1, of_footage=True, name="peaks")
    found: list[NDArray[np.float32]] = []
    rest = np.zeros(0, np.float32)
    for heard in heard_of(piece, _CLOCK, lambda _: path):
        samples = np.concatenate([rest, heard.mean(axis=1, dtype=np.float32)])
        whole = len(samples) // each
        blocks = samples[: whole * each].reshape(whole, each)
        found.append(np.stack([blocks.min(axis=1), blocks.max(axis=1)], axis=1) if whole else np.zeros((0, 2), np.float32))
        rest = samples[whole * each :]
    if len(rest):
        found.append(np.array([[rest.min(), rest.max()]], np.float32))
    return np.concatenate(found) if found else np.zeros((0, 2), np.float32)


def _frames(path: Path, at_seconds: tuple[Fraction, ...], width_px: int) -> list[NDArray[np.uint8]]:
    """The film's pictures at these rising moments, RGB, within `width_px`. Far apart they are sought, near they are come to."""
    apart = at_seconds[1] - at_seconds[0] if len(at_seconds) > 1 else Fraction(0)
    runs = [(moment,) for moment in at_seconds] if apart > _SEEK_SECONDS else [at_seconds]
    size = (width_px - width_px % 2, width_px * _TALLEST)
    found: list[NDArray[np.uint8]] = []
    for run in runs:
        with Footage(lambda _: path, path.stem, "picture", _CLOCK, size, first=run[0] * _CLOCK, fit="fit") as footage:
            found += [to_rgb(footage.at(moment * _CLOCK)).copy() for moment in run]
    return found


def _seconds(path: Path) -> Fraction:
    with opened_media(path, clip="picture", asset=path.stem) as container:
        if container.duration:
            return Fraction(container.duration, 1_000_000)
        stream: Any = next(iter(container.streams.video), None)
        if stream is not None and stream.duration and stream.time_base:
            return Fraction(stream.duration * stream.time_base)
    raise MediaError("how long this film is stands nowhere in it. Convert it to MP4 and add it again.")


def _jpeg(picture: Image.Image, width_px: int, *, quality: int = 82) -> bytes:
    picture = picture.convert("RGB")
    picture.thumbnail((width_px, width_px * _TALLEST), Image.Resampling.LANCZOS, reducing_gap=2.0)
    sink = io.BytesIO()
    picture.save(sink, "JPEG", quality=quality, optimize=True)
    return sink.getvalue()


def _worded(media_type: str) -> str:
    kind = media_type.partition("/")[0]
    return {"audio": "a sound", "video": "a film", "image": "a still"}.get(kind, "this kind of file")
