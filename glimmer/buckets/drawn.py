"""Drawn footage: pictures as they come out of a person's own code, encoded one by one into a file of ours, never all in memory.

Opaque ones become H.264 that loses nothing the eye sees, ones with alpha ProRes 4444. Both say their colours: BT.709, limited range.
Sound goes along as AAC, or as PCM beside ProRes. The same pictures are the same bytes.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

from glimmer import limits
from glimmer.errors import InputError, LimitError, StoreError

__all__ = ["Drawn", "DrawnSound", "drawn", "pixels_of"]

_DPI: Final = 160  # a matplotlib figure of its usual size is 1,024 x 768 px
_SOUND_RATE: Final = 48_000
_BT709, _LIMITED, _FULL = 1, 1, 2
_AAC_FRAME: Final = 1_024
_THREADS: Final = 2  # x264's bytes depend on how many
_X264: Final = {"crf": "12", "preset": "veryfast"}


class Drawn(NamedTuple):
    """A finished file of ours; it is gone when the `with` of `drawn` ends."""

    path: Path
    media_type: str
    seconds: float


class DrawnSound(NamedTuple):
    """blocks: float32 (samples, channels), -1..1, 48 kHz."""

    blocks: Iterable[Any]
    channels: int


@contextmanager
def drawn(frames: Iterable[Any], *, rate: Fraction, folder: Path, sound: DrawnSound | None = None) -> Iterator[Drawn]:
    """`frames` (arrays, PIL images, matplotlib figures; all of one size) as footage in a file in `folder`.

    An odd last row or column is left out: film has even sides. What the iterable raises goes on as it is, and nothing is left.
    Raises: InputError for what is no picture or of another size, LimitError past MAX_FILM_SECONDS, MAX_MEDIA_BYTES or MAX_IMAGE_PIXELS.
    """
    part = folder / f"{secrets.token_hex(16)}.part"
    try:
        coming = (pixels_of(frame, f"frame {number}") for number, frame in enumerate(frames))
        first = next(coming, None)
        if first is None:
            raise InputError("there is not one frame to add; expected at least one picture. Look at what your code gives.")
        folder.mkdir(parents=True, exist_ok=True)
        yield _kept_whole(part, first, coming, rate, sound)
    finally:
        with suppress(OSError):  # what can't be unlinked is collected with the store's unfinished files
            part.unlink(missing_ok=True)


# ── a picture, whatever it is ───────────────────────────────────────────────────────────────────────────────
def pixels_of(picture: Any, what: str) -> Any:
    """The picture as uint8 (height, width, 3), or 4 with alpha. Raises: InputError, LimitError."""
    if hasattr(picture, "savefig"):
        return _of_figure(picture)
    if hasattr(picture, "save") and hasattr(picture, "convert"):
        return _of_image(picture)
    if hasattr(picture, "__array__"):
        return _of_array(picture, what)
    raise InputError(
        f"{what} is a {type(picture).__name__}; expected an array of uint8 (height, width, 3), a PIL image or a matplotlib figure."
    )


def _of_figure(figure: Any) -> Any:
    from PIL import Image

    sink = io.BytesIO()
    figure.savefig(sink, format="png", dpi=_DPI, pil_kwargs={"compress_level": 1})
    return _of_image(Image.open(sink))


def _of_image(image: Any) -> Any:
    import numpy as np

    _check_pixels(*image.size)
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    pixels = np.asarray(image.convert("RGBA" if has_alpha else "RGB"))
    return pixels[..., :3] if has_alpha and pixels[..., 3].min() == 255 else pixels


def _of_array(media: Any, what: str) -> Any:
    import numpy as np

    pixels = np.asarray(media)
    if pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[-1] in (3, 4) and 0 not in pixels.shape:
        _check_pixels(pixels.shape[1], pixels.shape[0])
        return pixels
    advice = ""
    if pixels.dtype.kind == "f":
        advice = ' For numbers 0..1 that is (255 * frame).round().astype("uint8").'
    elif pixels.ndim == 2:
        advice = " For grey that is np.stack([frame] * 3, axis=-1)."
    raise InputError(
        f"{what} is an array of shape {pixels.shape} and type {pixels.dtype}; expected uint8 RGB, (height, width, 3), or RGBA with 4.{advice}"
    )


def _check_pixels(width: int, height: int) -> None:
    if width * height > limits.MAX_IMAGE_PIXELS:
        raise LimitError(
            f"a picture of {width:,} x {height:,} px; at most {limits.MAX_IMAGE_PIXELS:,} are taken (MAX_IMAGE_PIXELS). Make it smaller.",
            limit="MAX_IMAGE_PIXELS",
        )


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────
def _kept_whole(part: Path, first: Any, others: Iterator[Any], rate: Fraction, sound: DrawnSound | None) -> Drawn:
    from av.error import FFmpegError

    try:
        return _written(part, first, others, rate, sound)
    except FFmpegError as error:
        raise StoreError(f"can't write the frames into {part.parent}: {error}. Nothing was kept; is the disk full?") from error


def _written(part: Path, first: Any, others: Iterator[Any], rate: Fraction, sound: DrawnSound | None) -> Drawn:
    import av

    height, width, depth = first.shape
    if min(height, width) < 2 or max(height, width) > limits.MAX_FRAME_SIDE_PX:
        raise InputError(
            f"can't add frames of {width:,} x {height:,} px; a film has 2 to {limits.MAX_FRAME_SIDE_PX:,} px on a side. Scale them."
        )
    has_alpha = depth == 4
    with av.open(str(part), "w", format="mov" if has_alpha else "mp4") as container:
        stream = _video_stream(container, rate, width - width % 2, height - height % 2, has_alpha)
        heard = _SoundWriter(container, sound, "pcm_s16le" if has_alpha else "aac") if sound is not None else None
        count = 0
        for count, pixels in enumerate(_with(first, others), 1):
            _check_frame(pixels, first.shape, count - 1)
            _check_length(count, rate, part)
            frame = _as_video(pixels, has_alpha)
            frame.pts, frame.time_base = count - 1, 1 / rate
            container.mux(stream.encode(frame))
            if heard is not None:
                heard.write_until(count / rate)
        container.mux(stream.encode())
        if heard is not None:
            heard.finish()
    return Drawn(part, "video/quicktime" if has_alpha else "video/mp4", float(count / rate))


def _with(first: Any, others: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from others


def _video_stream(container: Any, rate: Fraction, width: int, height: int, has_alpha: bool) -> Any:
    if has_alpha:
        stream = container.add_stream("prores_ks", rate=rate, options={"profile": "4444", "alpha_bits": "16"})
        stream.pix_fmt = "yuva444p10le"
    else:
        stream = container.add_stream("libx264", rate=rate, options=_X264)
        stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    stream.width, stream.height = width, height
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = _LIMITED
    context.thread_count = _THREADS
    return stream


def _check_frame(pixels: Any, expected: tuple[int, ...], number: int) -> None:
    if pixels.shape[:2] != expected[:2]:
        raise InputError(
            f"frame {number} has {pixels.shape[1]} x {pixels.shape[0]} px, frame 0 has {expected[1]} x {expected[0]}; expected one size. "
            "Draw them all in the same size."
        )
    if pixels.shape[2] > expected[2]:
        raise InputError(
            f"frame {number} has alpha, frame 0 has none; expected all with it or all without. Give frame 0 alpha 255."
        )


def _check_length(count: int, rate: Fraction, part: Path) -> None:
    if count > limits.MAX_FILM_SECONDS * rate:
        raise LimitError(
            f"after {count - 1:,} frames there are more; at most {limits.MAX_FILM_SECONDS:,} s are taken (MAX_FILM_SECONDS). "
            "A generator without end needs itertools.islice(frames, how_many).",
            limit="MAX_FILM_SECONDS",
        )
    if count % 100 == 0 and part.stat().st_size > limits.MAX_MEDIA_BYTES:
        raise LimitError(
            f"{count:,} frames have more than {limits.MAX_MEDIA_BYTES:,} bytes (MAX_MEDIA_BYTES). Make them smaller or fewer.",
            limit="MAX_MEDIA_BYTES",
        )


def _as_video(pixels: Any, has_alpha: bool) -> Any:
    import av
    import numpy as np
    from av.video.reformatter import Interpolation

    height, width = (side - side % 2 for side in pixels.shape[:2])
    pixels = pixels[:height, :width]
    if has_alpha and pixels.shape[2] == 3:
        pixels = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgba" if has_alpha else "rgb24")
    return frame.reformat(
        format="yuva444p10le" if has_alpha else "yuv420p",
        src_colorspace=_BT709,
        dst_colorspace=_BT709,
        src_color_range=_FULL,
        dst_color_range=_LIMITED,
        dst_color_trc=_BT709,
        dst_color_primaries=_BT709,
        interpolation=Interpolation.AREA | Interpolation.ACCURATE_RND,
        threads=1,
    )


class _SoundWriter:
    """Sound written beside the pictures, never far ahead of them: the file's writer holds back what runs ahead."""

    def __init__(self, container: Any, sound: DrawnSound, codec: str) -> None:
        import av

        self._container, self._channels = container, sound.channels
        self._layout = "mono" if sound.channels == 1 else "stereo"
        self._stream = container.add_stream(codec, rate=_SOUND_RATE, layout=self._layout)
        if codec == "aac":
            self._stream.bit_rate = 256_000
        self._format = self._stream.codec_context.format.name
        self._fitted = av.AudioResampler(format=self._format, layout=self._layout, rate=_SOUND_RATE, frame_size=_AAC_FRAME)
        self._blocks, self._written = iter(sound.blocks), 0

    def write_until(self, seconds: Fraction) -> None:
        while self._written < seconds * _SOUND_RATE:
            block = next(self._blocks, None)
            if block is None:
                return
            self._write(block)

    def finish(self) -> None:
        for block in self._blocks:
            self._write(block)
        self._encode(None)
        self._container.mux(self._stream.encode())

    def _write(self, block: Any) -> None:
        import av
        import numpy as np

        samples = np.nan_to_num(np.asarray(block, np.float32)).clip(-1.0, 1.0).reshape(len(block), -1)[:, : self._channels]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout=self._layout)
        frame.sample_rate, frame.pts, frame.time_base = _SOUND_RATE, self._written, Fraction(1, _SOUND_RATE)
        self._written += len(samples)
        self._encode(frame)

    def _encode(self, frame: Any) -> None:
        for fitted in self._fitted.resample(frame):
            self._container.mux(self._stream.encode(fitted))
