"""A clip's samples as they come out of its file: 48 kHz stereo, from its first used sample on, at its speed and in its direction.

The mix's door to media. Any rate, depth and number of channels is taken. More than two channels are folded by the matrix of
ITU-R BS.775 (fronts as they are, centre and surrounds 3 dB lower, no LFE), so that a stereo take and the fronts of a 5.1 take stand
equally loud; six or eight channels that no one named are taken for 5.1 and 7.1, as players do. Mono stands in both sides.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from fractions import Fraction
from math import sqrt

import av
import av.container
import numpy as np
from av.stream import Disposition
from numpy.typing import NDArray

from glimmer.errors import LimitError, MediaError
from glimmer.limits import MAX_SOUND_SECONDS
from glimmer.render.loudness import Sound
from glimmer.render.opening import Media, opened_media
from glimmer.render.pitch import EARLY_SAMPLES, backwards, paced
from glimmer.render.sound_file import plain_rows
from glimmer.render.sound_plan import SoundPiece

__all__ = ["RATE", "heard_of", "samples_of", "soundless"]

RATE = 48_000
_TAIL = RATE // 10  # read past a stretch: the last windows of a changed speed overlap it
_SEEK_SECONDS = 20  # less is decoded through: nearly as fast, and safe in every format
_BEFORE_SECONDS = 2  # codecs need some frames before they are right again
_SEEKABLE = ("wav", "flac", "mov", "matroska")  # formats whose timestamps are exact after a jump
_HALF = sqrt(0.5)  # 3 dB lower

# BS.775: how much of each channel is heard left and right.
_SIDES = {
    **dict.fromkeys(("FL", "DL"), (1.0, 0.0)),
    **dict.fromkeys(("FR", "DR"), (0.0, 1.0)),
    **dict.fromkeys(("BL", "SL", "FLC", "WL", "SDL", "TFL", "TBL", "TSL"), (_HALF, 0.0)),
    **dict.fromkeys(("BR", "SR", "FRC", "WR", "SDR", "TFR", "TBR", "TSR"), (0.0, _HALF)),
    "FC": (_HALF, _HALF),
    **dict.fromkeys(("LFE", "LFE2"), (0.0, 0.0)),
}
_MIDDLE_BEHIND = (0.5, 0.5)
_UNNAMED = {6: ("FL", "FR", "FC", "LFE", "BL", "BR"), 8: ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR")}


def samples_of(frames: int | Fraction, rate: Fraction) -> int:
    """How many samples at 48 kHz that many frames last, to the nearest."""
    return round(Fraction(frames) / rate * RATE)


def heard_of(piece: SoundPiece, rate: Fraction, media: Media) -> Generator[Sound]:
    """The piece's samples from its first on, in pieces of any length; ends where its media does. Its close() closes the file.

    Raises: MediaError that names the clip, LimitError for more than MAX_SOUND_SECONDS of media played backwards.
    """
    first = samples_of(piece.source_start, rate)
    if piece.speed == 1 and not piece.backwards:
        yield from _from(first, piece, media)
        return
    early = EARLY_SAMPLES if piece.speed != 1 else 0
    if not piece.backwards:
        yield from paced(_from(first - early, piece, media), piece.speed)
        return
    length = samples_of(piece.frames * piece.speed, rate)
    _check_length(length, piece)
    tail = min(_TAIL, max(first, 0)) if early else 0
    stretch = _from(first - tail, piece, media)
    yield from paced(backwards(stretch, tail + length + early), piece.speed)


def _check_length(length: int, piece: SoundPiece) -> None:
    if length > MAX_SOUND_SECONDS * RATE:
        raise LimitError(
            f'the sound of clip "{piece.name}" plays {length / RATE:.0f} s of media backwards, more than MAX_SOUND_SECONDS '
            f"({MAX_SOUND_SECONDS}). Split the clip.",
            limit="MAX_SOUND_SECONDS",
        )


def _from(first: int, piece: SoundPiece, media: Media) -> Iterator[Sound]:
    """The media's samples from its sample `first` on; silence for those before its beginning."""
    yield from _silence(-first)
    yield from _decoded(media, piece, max(first, 0))


def _silence(length: int) -> Iterator[Sound]:
    for at in range(0, length, RATE):
        yield np.zeros((min(RATE, length - at), 2), np.float32)


def soundless(piece: SoundPiece, media: Media) -> bool:
    """Whether it is the sound of footage that has none."""
    if not piece.of_footage:
        return False
    with opened_media(media(piece.asset), clip=piece.name, asset=piece.asset) as container:
        return not container.streams.audio


# ── decoding ────────────────────────────────────────────────────────────────────────────────────────────────
def _decoded(media: Media, piece: SoundPiece, skip: int) -> Iterator[Sound]:
    with opened_media(media(piece.asset), clip=piece.name, asset=piece.asset) as container:
        if not container.streams.audio and piece.of_footage:
            return
        if not container.streams.audio:
            raise MediaError(
                f'the sound of clip "{piece.name}" (asset {piece.asset[:12]}) has no sound in it. Take it off the sound track.'
            )
        stream = container.streams.audio[0]
        jumped = _jumped(container, skip)
        frames = container.decode(stream)
        head = next(frames, None)
        if head is None:
            return
        skip -= _place(head, container) if jumped else _late(head, stream, container)
        yield from _silence(-skip)
        skip = max(skip, 0)
        for samples in _at_48k(_with(head, frames)):
            if skip < len(samples):
                yield _finite(samples[skip:])
            skip = max(skip - len(samples), 0)


def _finite(samples: Sound) -> Sound:
    return samples if np.isfinite(samples).all() else np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)


def _with(head: av.AudioFrame, rest: Iterable[av.AudioFrame]) -> Iterator[av.AudioFrame]:
    yield head
    yield from rest


def _jumped(container: av.container.InputContainer, skip: int) -> bool:
    """Whether the file was wound forward near to sample `skip`: a take from late in an hour is not decoded from its start."""
    seconds = skip / RATE - _BEFORE_SECONDS
    known = any(name in _SEEKABLE for name in container.format.name.split(","))
    if seconds < _SEEK_SECONDS or not known:
        return False
    container.seek(round(seconds * av.time_base) + (container.start_time or 0), backward=True)
    return True


def _place(frame: av.AudioFrame, container: av.container.InputContainer) -> int:
    """At which sample of the media a frame begins."""
    return round((_clock(frame) - _begun(container)) * RATE)


def _late(head: av.AudioFrame, stream: av.AudioStream, container: av.container.InputContainer) -> int:
    """How many samples after the media's beginning its sound begins; below 0 for sound that is there before the picture."""
    if stream.start_time is None or container.start_time is None:
        return 0
    # What alone is heard begins where it says: the decoder has already left out what encoders put in front.
    begins = _clock(head) if _picture(container) else stream.start_time * Fraction(stream.time_base or 0)
    late = begins - _begun(container)
    return round(late * RATE) if abs(late) > Fraction(1, 1000) else 0  # microseconds are no clock for samples


def _clock(frame: av.AudioFrame) -> Fraction:
    return (frame.pts or 0) * Fraction(frame.time_base or 0)


def _begun(container: av.container.InputContainer) -> Fraction:
    """When the media begins, on its own clock: with its first picture, as `reel` has it, so that sound stays with what is seen."""
    picture = _picture(container)
    if picture is not None and picture.start_time is not None:
        return picture.start_time * Fraction(picture.time_base or 0)
    return Fraction(container.start_time or 0, av.time_base)


def _picture(container: av.container.InputContainer) -> av.VideoStream | None:
    """The stream that is seen; the cover of a song is none."""
    seen = (stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic)
    return next(seen, None)


def _at_48k(frames: Iterable[av.AudioFrame]) -> Iterator[Sound]:
    """Frames of any rate, depth and layout, also where these change within a file, as stereo at 48 kHz."""
    kind: tuple[str, int, str] | None = None
    resampler: av.AudioResampler | None = None
    sides = _fold(())
    for frame in frames:
        now = (frame.layout.name, frame.sample_rate, frame.format.name)
        if now != kind:
            yield from _rest_of(resampler, sides)
            kind = now
            resampler = av.AudioResampler(format="flt", rate=RATE) if frame.sample_rate != RATE else None
            sides = _fold(tuple(channel.name for channel in frame.layout.channels))
        if resampler is None:
            yield _folded(frame, sides)
            continue
        frame.pts = None
        for ready in resampler.resample(frame):
            yield _folded(ready, sides)
    yield from _rest_of(resampler, sides)


def _rest_of(resampler: av.AudioResampler | None, sides: NDArray[np.float32]) -> Iterator[Sound]:
    for ready in resampler.resample(None) if resampler is not None else ():
        yield _folded(ready, sides)


def _folded(frame: av.AudioFrame, sides: NDArray[np.float32]) -> Sound:
    samples = plain_rows(frame).T
    return samples if len(sides) == 2 else samples @ sides


def _fold(channels: tuple[str, ...]) -> NDArray[np.float32]:
    """How much of each channel is heard left and right: (channels, 2). Two channels stay as they are, whatever their names."""
    count = len(channels)
    if count == 1:
        return np.ones((1, 2), np.float32)
    if count <= 2:
        return np.eye(2, dtype=np.float32)
    named = _UNNAMED.get(count, ()) if set(channels) == {"NONE"} else channels
    if not named:
        return np.full((count, 2), 1 / sqrt(count), np.float32)  # nobody knows where they stood: all in the middle
    return np.array([_SIDES.get(name, _MIDDLE_BEHIND) for name in named], np.float32)
