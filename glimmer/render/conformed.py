"""What a film does to foreign footage so that it fits, in words for a card: the rate, the shape, the colours, the sound.

Opens the file and reads its beginning; decodes one picture. Says nothing of what fits as it is.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import av.container

from glimmer.errors import MediaError
from glimmer.render.fitting import MOST_CUT_OFF, is_bt601, turned
from glimmer.render.opening import opened_media
from glimmer.render.reel import Reel
from glimmer.render.wide_colours import wide_colours_of
from glimmer.timecode import rate_text

__all__ = ["conformed", "has_sound"]

_PACKETS: Final = 240  # of which it is told whether the rate varies: ten seconds
_SAME_STEP: Final = Fraction(3, 10)  # of a step: containers round to their clock
_ONE_RATE: Final = Fraction(1, 1000)  # measured rates that differ by less are one: 23.976 is 0.1 % from 24
_SOUND_RATE: Final = 48_000
_EIGHT: Final = 8
_TURNS: Final = {
    (0, 1, -1, 0): "turned by 90° clockwise",
    (-1, 0, 0, -1): "turned by 180°",
    (0, -1, 1, 0): "turned by 90° counter-clockwise",
    (-1, 0, 0, 1): "mirrored",
    (1, 0, 0, -1): "mirrored upside down",
}
_LAYOUTS: Final = {1: "mono", 6: "5.1", 8: "7.1"}


def conformed(path: Path, rate: Fraction, frame_size: tuple[int, int]) -> tuple[str, ...]:
    """What is done to the file at `path` in a cut of `rate` and `frame_size` (width, height): "29.97 -> 24", "interlaced",
    "1920×800 fills 1920×1080", "10 bit -> 8", "BT.601 -> BT.709", "44.1 -> 48 kHz" … Nothing where it fits as it is.

    Raises: MediaError for what can't be read, LimitError.
    """
    said: list[str] = []
    try:
        with Reel(path, clip=path.name, asset=path.stem) as reel:
            picture = next(reel.pictures(Fraction(0)), None)
            if picture is not None:
                said += _timing(path, reel, rate)
                said += ["interlaced"] if reel.is_interlaced else []
                said += _shape(picture.frame, reel, frame_size)
                said += _colours(picture.frame)
    except MediaError:
        if not has_sound(path):
            raise
    return (*said, *_sound(path))


def _timing(path: Path, reel: Reel, rate: Fraction) -> list[str]:
    with opened_media(path, clip=path.name, asset=path.stem) as container:
        varies = _varies(container, container.streams[reel.stream.index])
    own = 1 / reel.picture_seconds
    if varies:
        return [f"variable rate -> {rate_text(rate)}"]
    return [] if abs(own / rate - 1) < _ONE_RATE / 2 else [f"{_rate_said(own)} -> {rate_text(rate)}"]


def _varies(container: av.container.InputContainer, stream: av.stream.Stream) -> bool:
    packets = itertools.islice(container.demux(stream), _PACKETS)
    times = sorted(packet.pts for packet in packets if packet.pts is not None)[:-1]  # the last may wait for others before it
    steps = sorted(b - a for a, b in itertools.pairwise(times))
    if len(steps) < 3:
        return False
    usual = steps[len(steps) // 2]
    rounding = Fraction(3, 2) if (stream.time_base or 1) <= Fraction(1, 1000) else Fraction(0)
    return steps[-1] - usual > max(_SAME_STEP * usual, rounding)


def _rate_said(rate: Fraction) -> str:
    named = rate_text(rate)
    return named if "/" not in named else f"{float(rate):.3f}".rstrip("0").rstrip(".")


def _shape(frame: av.VideoFrame, reel: Reel, frame_size: tuple[int, int]) -> list[str]:
    matrix = turned(frame)
    said = [_TURNS.get(matrix, "turned and mirrored")] if matrix != (1, 0, 0, 1) else []
    if reel.pixel_aspect != 1:
        said.append(f"pixels {reel.pixel_aspect.numerator}:{reel.pixel_aspect.denominator} -> square")
    wide, high = round(frame.width * reel.pixel_aspect), frame.height
    width, height = (wide, high) if matrix[0] else (high, wide)
    if (width, height) == frame_size:
        return said
    fill, whole = (f(frame_size[0] / width, frame_size[1] / height) for f in (max, min))
    if abs(fill / whole - 1) < 0.01:
        return [*said, f"{width}×{height} -> {frame_size[0]}×{frame_size[1]}"]
    how = "stands before itself blurred in" if 1 - whole / fill > MOST_CUT_OFF else "fills"
    return [*said, f"{width}×{height} {how} {frame_size[0]}×{frame_size[1]}"]


def _colours(frame: av.VideoFrame) -> list[str]:
    parts = frame.format.components
    bits = max((part.bits for part in parts), default=_EIGHT)
    wide = wide_colours_of(frame)
    matrix = f"HDR ({wide}) -> SDR" if wide in ("PQ", "HLG") else "BT.2020 -> BT.709" if wide else "BT.601 -> BT.709"
    chroma = "" if frame.format.is_rgb or len(parts) < 3 else frame.format.name
    said = (
        (f"{bits} bit -> 8", bits > _EIGHT),
        (f"4:{'2:2' if '422' in chroma else '4:4'} -> 4:2:0", "422" in chroma or "444" in chroma),
        (matrix, bool(wide) or is_bt601(frame)),
        ("full range -> limited", frame.color_range == 2 and not frame.format.is_rgb),
        ("alpha", any(part.is_alpha for part in parts)),
    )
    return [words for words, holds in said if holds]


def has_sound(path: Path) -> bool:
    """Whether the file at `path` has a sound of its own. Raises: MediaError for what can't be read."""
    with opened_media(path, clip=path.name, asset=path.stem) as container:
        return bool(container.streams.audio)


def _sound(path: Path) -> list[str]:
    with opened_media(path, clip=path.name, asset=path.stem) as container:
        if not container.streams.audio:
            return []
        context = container.streams.audio[0].codec_context
        channels, rate = context.layout.nb_channels, context.sample_rate
    said = [] if channels == 2 else [f"{_LAYOUTS.get(channels, f'{channels} channels')} -> stereo"]
    return said if rate == _SOUND_RATE else [*said, f"{rate / 1000:g} -> 48 kHz"]
