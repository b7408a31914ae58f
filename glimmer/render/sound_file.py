"""Sound written to a file of its own in one of four codes, and read back as a player hears it.

| code | in | for |
|---|---|---|
| aac | .m4a | MP4 |
| opus | .mka | WebM and Matroska: its packets go into either without being encoded again |
| pcm | .mov | ProRes and other masters: 24 bits; a .wav ends at 4 GB, six hours are 6 |
| flac | .flac | 24 bits, half of the size |

All are stereo at 48 kHz. A file appears whole under its name, or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Final, NamedTuple, cast

import av
import numpy as np
from numpy.typing import NDArray

from glimmer.render.loudness import Sound
from glimmer.render.parts import part_beside
from glimmer.render.preset import AudioCodec

__all__ = ["decoded", "plain_rows", "soundtrack_suffix_of", "write_sound", "write_wav"]

RATE = 48_000
BLOCK = 5 * RATE
_PACKET = 1024  # samples to a packet in codes that have no length of their own


class _Code(NamedTuple):
    codec: str
    container: str
    suffix: str
    lossy: bool


_CODES: Final[Mapping[AudioCodec, _Code]] = {
    "aac": _Code("aac", "ipod", ".m4a", True),
    "opus": _Code("libopus", "matroska", ".mka", True),
    "pcm": _Code("pcm_s24le", "mov", ".mov", False),
    "flac": _Code("flac", "flac", ".flac", False),
}


_CUT_BY_THEMSELVES: Final = (
    "aac",
    "libopus",
    "flac",
)  # encoders that take any length at once, and cut it in frames: 0.3 s less a minute


def soundtrack_suffix_of(codec: AudioCodec) -> str:
    """How the name of a file in that code ends: ".m4a", ".mka", ".mov", ".flac"."""
    return _CODES[codec].suffix


def write_sound(blocks: Iterable[Sound], out: Path, codec: AudioCodec, *, kbps: int = 192) -> None:
    """Write `blocks` (float32 stereo, 48 kHz) in that code. `kbps` is for aac and opus."""
    code = _CODES[codec]
    _write(blocks, out, code.codec, code.container, bit_rate=kbps * 1000 if code.lossy else 0)


def write_wav(blocks: Iterable[Sound], out: Path, *, comment: str = "") -> None:
    """Write `blocks` as 24-bit WAV, as RF64 past 4 GB. `comment` is kept in its INFO chunk. Louder than full scale is cut off."""
    _write(blocks, out, "pcm_s24le", "wav", options={"rf64": "auto"}, comment=comment)


def decoded(path: Path) -> Iterator[Sound]:
    """The samples of a stereo file at 48 kHz, in blocks of five seconds."""
    held: list[NDArray[np.float32]] = []  # (2, samples), as decoders give them
    count = 0
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            held.append(plain_rows(frame))
            count += frame.samples
            if count >= BLOCK:
                whole = np.concatenate(held, axis=1)
                yield whole[:, :BLOCK].T
                held, count = [whole[:, BLOCK:].copy()], count - BLOCK
    if count:
        yield np.concatenate(held, axis=1).T


def plain_rows(frame: av.AudioFrame) -> NDArray[np.float32]:
    """A frame's samples as they are, float32 (channels, samples), 1 is full scale. Its rate and its channels stay.

    In NumPy, bit for bit what FFmpeg's resampler makes of them, at a third of its cost for frames as short as a code's.
    """
    found = frame.to_ndarray()
    rows = found if frame.format.is_planar else found.reshape(-1, len(frame.layout.channels)).T
    if rows.dtype.kind == "f":
        return rows.astype(np.float32, copy=False)
    if rows.dtype.kind == "u":
        rows = rows.astype(np.int16) - 128
        return rows.astype(np.float32) * np.float32(1 / 128)
    return rows.astype(np.float32) * np.float32(1 / 2 ** (8 * rows.dtype.itemsize - 1))


def _write(
    blocks: Iterable[Sound],
    out: Path,
    codec: str,
    container_format: str,
    *,
    bit_rate: int = 0,
    options: Mapping[str, str] | None = None,
    comment: str = "",
) -> None:
    part = part_beside(out)
    try:
        with av.open(str(part), "w", format=container_format, container_options=dict(options or {})) as container:
            if comment:
                container.metadata["comment"] = comment
            stream = cast(av.AudioStream, container.add_stream(codec, rate=RATE))
            stream.codec_context.layout = "stereo"
            if bit_rate:
                stream.codec_context.bit_rate = bit_rate
            if codec == "flac":
                stream.codec_context.format = "s32"  # of which FLAC keeps 24 bits; it would take 16
            length = BLOCK if stream.codec_context.codec.name in _CUT_BY_THEMSELVES else _PACKET
            for frame in _frames(blocks, length):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)


def _frames(blocks: Iterable[Sound], length: int) -> Iterator[av.AudioFrame]:
    at = 0
    for block in blocks:
        for first in range(0, len(block), length):
            piece = np.ascontiguousarray(block[first : first + length].T)
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
            at += piece.shape[1]
            yield frame
