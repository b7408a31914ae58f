"""Codecs: how each picture codec is spoken to, and what in that decides the bytes.

A preset says what is wanted; here it becomes an encoder of this machine with all its options, and `encoding_look`, the part of a
content key that stands for them. Every encoder runs on a fixed number of threads, because the output of some depends on it; the pool of
segments fills the machine anyway. Hardware is tried by encoding a frame, not by asking: drivers say yes and then fail.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Final, cast

import av
import av.video.stream

from glimmer.errors import NotInstalled, RenderError
from glimmer.render.keys import x264_build
from glimmer.render.preset import Preset

__all__ = ["Coding", "add_picture_stream", "blank_picture", "chosen_encoder", "coding_of", "encoding_look", "reorders", "tagged"]

BT709, LIMITED = 1, 1  # AVCOL_SPC_BT709, AVCOL_PRI_BT709 and AVCOL_TRC_BT709 are all 1; AVCOL_RANGE_MPEG is 1
X264_THREADS: Final = 2  # costs nothing where other workers fill the machine, and an edit is one segment: both cores take part
HARDWARE: Final = ("h264_videotoolbox", "h264_nvenc", "h264_qsv", "h264_vaapi", "h264_v4l2m2m")
_ENCODERS: Final = {"h264": "libx264", "prores": "prores_ks", "vp9": "libvpx-vp9", "av1": "libsvtav1"}
# x264's words for effort: libvpx's deadline and cpu-used, SVT-AV1's preset (0 slow … 13 fast). "good" knows no speed above 5; from there
# on "realtime" takes a third of the time for 27 % more bits.
_EFFORT: Final = {
    "ultrafast": ("realtime", 8, 12),
    "superfast": ("realtime", 6, 11),
    "veryfast": ("realtime", 5, 10),
    "faster": ("good", 5, 9),
    "fast": ("good", 4, 8),
    "medium": ("good", 3, 7),
    "slow": ("good", 2, 6),
    "slower": ("good", 1, 5),
    "veryslow": ("good", 0, 4),
}
_BITS_A_PIXEL: Final = 0.12  # for encoders that know no constant quality: 1080p25 at 6.2 Mbit/s
FF_QP2LAMBDA: Final = 118
# One quantiser for all slices instead of a search for each: 30 ms a 720p frame for 137, at the same rate (86 for 92 Mbit/s) and SSIM.
_PRORES_STEP: Final = 3
_ASKING = threading.Lock()

os.environ.setdefault("SVT_LOG", "1")  # SVT-AV1 would print its settings for every segment; errors are still said


@dataclass(frozen=True, slots=True)
class Coding:
    """An encoder and all that is asked of it. pixels: the format of the frames it takes; options in a fixed order."""

    encoder: str
    pixels: str
    options: tuple[tuple[str, str], ...]
    bit_rate: int = 0

    @property
    def container(self) -> str:
        """FFmpeg's name for the ISO file that a segment of it lies in: only QuickTime holds ProRes."""
        return "mov" if self.encoder == "prores_ks" else "mp4"


def coding_of(preset: Preset) -> Coding:
    """How `preset` is encoded on this machine. Raises: RenderError for a preset without segments (GIF, sound alone)."""
    return _coding(preset, chosen_encoder(preset)[0])


def encoding_look(preset: Preset) -> tuple[object, ...]:
    """What of the encoding decides a segment's bytes: the same for the same files, other for other ones. Hash it by its repr.

    Holds the encoder, the build of its library, all options, size, rate and pixels. For a GIF and for sound alone, which have no
    segments, their name and size. May try hardware encoders, once a process.
    """
    size = (preset.width_px, preset.height_px, str(preset.rate))
    if preset.picture not in _ENCODERS:
        return (preset.picture, *size)
    coding = coding_of(preset)
    return (coding.encoder, _build(coding.encoder), coding.pixels, coding.options, coding.bit_rate, *size, "bt709", "1 thread")


def chosen_encoder(preset: Preset) -> tuple[str, str]:
    """(the name of the encoder that is used, what a person must be told of it or "").

    Hardware is used if it was asked for and really encodes a frame of that size; what is found is kept for the process.
    Raises: RenderError for a preset without segments, NotInstalled if this PyAV lacks the encoder.
    """
    if preset.picture not in _ENCODERS:
        raise RenderError(
            f'the preset "{preset.name}" has no segments: its picture is "{preset.picture}". Expected a film with a picture.'
        )
    software = _ENCODERS[preset.picture]
    if not _there(software):
        raise NotInstalled(
            f'this PyAV ({av.__version__}) was built without {software}, which the preset "{preset.name}" needs. '
            "Install PyAV's own wheel: pip install --force-reinstall av"
        )
    if not preset.hardware:
        return software, ""
    with _ASKING:
        found = _hardware(preset.width_px, preset.height_px, preset.rate)
    if found:
        return found, ""
    names = ", ".join(name.removeprefix("h264_") for name in HARDWARE)
    return software, f"No hardware encoder works here (tried {names}): x264 encodes."


def reorders(preset: Preset) -> int:
    """How many frames are decoded before one that is shown earlier, at most. x264 has 2 with a B-pyramid (all its presets; measured
    with up to 16 B-frames), 1 without; hardware is asked for none; VP9 and AV1 pack hidden frames with shown ones."""
    return 2 if preset.picture == "h264" else 0


def add_picture_stream(container: av.container.OutputContainer, preset: Preset, coding: Coding) -> av.video.stream.VideoStream:
    """A stream of `container` that encodes as `coding` says, with its time base one frame and its colours said."""
    stream = cast(av.video.stream.VideoStream, container.add_stream(coding.encoder, rate=preset.rate))
    stream.width, stream.height, stream.pix_fmt = preset.width_px, preset.height_px, coding.pixels
    stream.time_base = 1 / Fraction(preset.rate)
    context = stream.codec_context
    context.time_base = 1 / Fraction(preset.rate)
    context.options = dict(coding.options)
    if coding.bit_rate:
        context.bit_rate = coding.bit_rate
    context.thread_count = X264_THREADS if coding.encoder == "libx264" else 1
    tagged(context)
    return stream


def blank_picture(preset: Preset, pixels: str = "yuv420p") -> av.VideoFrame:
    """A frame of the preset's size, its memory not yet filled, that says it is BT.709, limited range."""
    picture = av.VideoFrame(preset.width_px, preset.height_px, pixels)
    picture.time_base = 1 / Fraction(preset.rate)
    tagged(picture)
    return picture


def tagged(what: Any) -> None:
    """Say of a frame or an encoder that its colours are BT.709, limited range: untagged HD is shown with the wrong matrix."""
    what.color_range, what.colorspace, what.color_primaries, what.color_trc = LIMITED, BT709, BT709, BT709


def _coding(preset: Preset, encoder: str) -> Coding:
    deadline, fast_vp9, fast_av1 = _EFFORT[preset.x264_preset]
    gop = ("g", str(preset.gop_frames))
    crf = ("crf", str(preset.crf))
    if encoder == "libx264":
        return Coding(encoder, "yuv420p", (("preset", preset.x264_preset), crf, gop, ("threads", str(X264_THREADS))))
    if encoder == "prores_ks":
        steady = ("global_quality", str(_PRORES_STEP * FF_QP2LAMBDA))
        return Coding(encoder, preset.pixel_format, (("profile", "hq"), ("vendor", "apl0"), steady, ("threads", "1")))
    if encoder == "libvpx-vp9":
        # In one pass libvpx looks at no frame to come, so it would only hold them: no lag, and no hidden frames.
        more = ("deadline", deadline), ("cpu-used", str(fast_vp9)), ("row-mt", "0"), ("lag-in-frames", "0"), ("auto-alt-ref", "0")
        return Coding(encoder, "yuv420p", (crf, ("b", "0"), gop, *more, ("threads", "1")))
    if encoder == "libsvtav1":
        return Coding(encoder, preset.pixel_format, (("preset", str(fast_av1)), crf, gop, ("svtav1-params", "lp=1")))
    return _hardware_coding(encoder, preset.width_px, preset.height_px, preset.rate, preset.crf, preset.gop_frames)


def _hardware_coding(encoder: str, width_px: int, height_px: int, rate: Fraction, crf: int = 20, gop_frames: int = 250) -> Coding:
    """No B-frames: little is lost in segments of two seconds, and nothing can be reordered in a way of the driver's own."""
    pixels = _pixels(encoder)
    steady = ("g", str(gop_frames)), ("bf", "0")
    if encoder == "h264_nvenc":
        return Coding(encoder, pixels, (("preset", "p5"), ("rc", "vbr"), ("cq", str(crf + 3)), *steady))
    if encoder == "h264_qsv":
        return Coding(encoder, pixels, (("global_quality", str(crf + 3)), ("preset", "medium"), *steady))
    bit_rate = round(width_px * height_px * float(rate) * _BITS_A_PIXEL * 2 ** ((20 - crf) / 6))
    return Coding(encoder, pixels, steady, bit_rate)


def _pixels(encoder: str) -> str:
    known = [form.name for form in av.Codec(encoder, "w").video_formats or ()]
    return "yuv420p" if "yuv420p" in known or not known else next((name for name in known if name == "nv12"), known[0])


@cache
def _there(encoder: str) -> bool:
    try:
        return bool(av.Codec(encoder, "w").is_encoder)
    except (av.error.FFmpegError, ValueError):
        return False


@cache
def _hardware(width_px: int, height_px: int, rate: Fraction) -> str:
    """The first hardware encoder that makes a packet of a frame of that size; "" if none does."""
    return next((name for name in HARDWARE if _there(name) and _encodes(name, width_px, height_px, rate)), "")


def _encodes(encoder: str, width_px: int, height_px: int, rate: Fraction) -> bool:
    try:
        coding = _hardware_coding(encoder, width_px, height_px, rate)
        context = cast(av.VideoCodecContext, av.CodecContext.create(encoder, "w"))
        context.width, context.height, context.pix_fmt = width_px, height_px, coding.pixels
        context.time_base, context.framerate = 1 / rate, rate
        context.options = dict(coding.options)
        if coding.bit_rate:
            context.bit_rate = coding.bit_rate
        picture = av.VideoFrame(width_px, height_px, coding.pixels)
        picture.pts, picture.time_base = 0, 1 / rate
        made = [*context.encode(picture), *context.encode(None)]
        return any(packet.size for packet in made)
    except (av.error.FFmpegError, OSError, ValueError, RuntimeError):
        return False


@cache
def _build(encoder: str) -> str:
    """The build of the encoder's library, as far as it can be told: PyAV's wheel carries all of them, so its version stands for
    those that do not say their own."""
    return x264_build() if encoder == "libx264" else f"{encoder} of av {av.__version__}, {av.ffmpeg_version_info}"
