"""The child that opens what a stranger made: one file, given as its standard input, and one line of JSON as its answer.

Run by its path with `-P -s` and next to no environment, so it imports nothing of Glimmer's: Pillow for a picture (0.05 s with the start of
Python), PyAV for a container (0.15 s). It knows no file's name and opens no second file: the demuxer is pinned, protocols are
closed, and it may not write. A decoder that crashes, swells or never ends takes this process down and not a person's kernel.
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any, BinaryIO, Final

_PICTURES: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_PICTURE_CODECS: Final = (
    "h264 hevc vp8 libvpx vp9 libvpx-vp9 av1 libdav1d prores dnxhd mjpeg mpeg4 mpeg2video mpeg1video ffv1 png qtrle rawvideo "
    "cfhd theora libtheora huffyuv utvideo v210 dvvideo"
)
_SOUND_CODECS: Final = (
    "aac mp3 mp3float opus libopus vorbis libvorbis flac alac ac3 eac3 pcm_u8 pcm_s8 pcm_s16le pcm_s16be pcm_s24le pcm_s24be "
    "pcm_s32le pcm_s32be pcm_f32le pcm_f32be pcm_f64le pcm_f64be pcm_alaw pcm_mulaw"
)
_CODECS: Final = frozenset(f"{_PICTURE_CODECS} {_SOUND_CODECS}".split())
_MOST_STREAMS: Final = 64
_PACKETS_LOOKED_AT: Final = 240  # for a rate that varies: ten seconds of film
_BYTES_LOOKED_AT: Final = 64 * 1024**2
_STEPS_TO_JUDGE_BY: Final = 3
_SAME_STEP: Final = 0.3  # of a step: containers round to their clock, MKV to milliseconds
_TRANSFERS: Final = {16: "HDR (PQ)", 18: "HDR (HLG)"}
_BT2020: Final = 9
_CUT_SHORT_SECONDS: Final = 1.0  # what a file may lack of its stated length: codecs round, clocks differ


class Refused(Exception):
    """A reason in words; `limit` where a number of `glimmer.limits` was passed."""

    def __init__(self, reason: str, limit: str = "") -> None:
        super().__init__(reason)
        self.limit = limit


def picture(file: BinaryIO, most: dict[str, int]) -> dict[str, Any]:
    """A picture's type and size, once every pixel of it was decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit comes first, and is lower
    with Image.open(file, formats=list(_PICTURES)) as image:
        _within(image.width * image.height, "MAX_IMAGE_PIXELS", f"has {image.width:,} x {image.height:,} px", most)
        frames = int(getattr(image, "n_frames", 1))
        _within(frames, "MAX_PICTURE_FRAMES", f"is an animation of {frames:,} frames", most)
        image.load()
        return {"media_type": _PICTURES[str(image.format)], "frames": frames}


def container(file: BinaryIO, demuxer: str, most: dict[str, int]) -> dict[str, Any]:
    """What streams there are, how long they play, and that the first frame of each that we use can be decoded."""
    import av

    options = {
        "protocol_whitelist": "none", "format_whitelist": demuxer, "codec_whitelist": ",".join(sorted(_CODECS)),
        "max_streams": str(_MOST_STREAMS),
    } | ({"enable_drefs": "0", "use_absolute_path": "0"} if demuxer == "mov" else {})  # fmt: skip
    with av.open(file, mode="r", format=demuxer, options=options) as opened:
        video = [each for each in opened.streams.video if not each.disposition & av.stream.Disposition.attached_pic]
        audio = list(opened.streams.audio)
        if not video and not audio:
            raise Refused("holds neither picture nor sound")
        used = [*video[:1], *audio[:1]]
        for stream in used:
            _known(stream)
            _sized(stream, most)
        remarks: list[str] = []
        for stream in used:
            opened.seek(0) if stream is not used[0] else None
            stream.codec_context.thread_count = 1
            first = next(opened.decode(stream), None)
            if first is None:
                raise Refused(f"opens but not one frame of its {stream.type} can be read; it may be cut short")
            if stream.type == "video":
                remarks = _remarks(opened, stream, first)
        stated = _stated_seconds(opened, used[0])
        there = _seconds_there(opened, used[0], stated)
        seconds = stated or there
        _within(seconds, "MAX_FILM_SECONDS", f"lasts {seconds:,.0f} s", most)
        return {
            "has_picture": bool(video), "seconds": seconds, "missing_seconds": max(0.0, stated - there),
            "remarks": remarks, "cut_short": bool(stated and there < stated - max(_CUT_SHORT_SECONDS, 0.02 * stated)),
        }  # fmt: skip


def _known(stream: Any) -> None:
    context = stream.codec_context
    name = context.codec.name if context is not None else "nothing that is known"
    if context is None or name not in _CODECS:
        raise Refused(
            f"is coded as {name}, which is not read here; H.264, H.265, VP9, AV1, ProRes, AAC, MP3, Opus, FLAC and PCM are"
        )


def _sized(stream: Any, most: dict[str, int]) -> None:
    context = stream.codec_context
    if stream.type == "audio":
        _within(context.sample_rate, "MAX_SOUND_RATE_HZ", f"has {context.sample_rate:,} samples a second", most)
        channels = context.layout.nb_channels
        _within(channels, "MAX_SOUND_CHANNELS", f"has {channels:,} channels", most)
        return
    size = f"has {context.width:,} x {context.height:,} px"
    _within(context.width * context.height, "MAX_IMAGE_PIXELS", size, most)
    _within(max(context.width, context.height), "MAX_FRAME_SIDE_PX", size, most)
    rate = float(stream.average_rate or 0)
    _within(rate, "MAX_FRAME_RATE", f"has {rate:,.0f} frames a second", most)


def _remarks(opened: Any, stream: Any, frame: Any) -> list[str]:
    """What a film will conform in these pictures, whatever its size and rate; in words."""
    parts = frame.format.components
    bits = max((part.bits for part in parts), default=8)
    aspect = stream.sample_aspect_ratio or 1
    alpha = any(part.is_alpha for part in parts) or stream.metadata.get("alpha_mode", stream.metadata.get("ALPHA_MODE")) == "1"
    said = (
        ("a variable rate", _varies(opened, stream)),
        (f"turned by {abs(frame.rotation)}°", frame.rotation),
        (f"pixels {aspect.numerator}:{aspect.denominator}", aspect != 1),
        ("interlaced", frame.interlaced_frame),
        (f"{bits} bit", bits > 8),
        (_TRANSFERS.get(frame.color_trc, "colours of BT.2020"), frame.color_trc in _TRANSFERS or frame.color_primaries == _BT2020),
        ("alpha", alpha),
    )
    return [words for words, holds in said if holds]


def _varies(opened: Any, stream: Any) -> bool:
    """Whether the first pictures are unequally long."""
    opened.seek(0)
    times, size = [], 0
    for packet in opened.demux(stream):
        size += packet.size
        if packet.pts is not None:
            times.append(packet.pts)
        if len(times) >= _PACKETS_LOOKED_AT or size > _BYTES_LOOKED_AT:
            break
    times.sort()
    steps = sorted(b - a for a, b in zip(times, times[1:-1], strict=False))  # the last ones may wait for others in between
    if len(steps) < _STEPS_TO_JUDGE_BY:
        return False
    usual = steps[len(steps) // 2]
    rounding = 1.5 if 1000 * stream.time_base <= 1 else 0.0  # ticks
    return bool(steps[-1] - usual > max(_SAME_STEP * usual, rounding))


def _stated_seconds(opened: Any, stream: Any) -> float:
    if stream.duration and stream.time_base:
        return max(0.0, float(stream.duration * stream.time_base))
    return max(0.0, float((opened.duration or 0) / 1_000_000))


def _seconds_there(opened: Any, stream: Any, stated: float) -> float:
    """Where the last packet ends, from the start of the stream; from the last key frame on where the length is stated."""
    import av

    start = stream.start_time or 0
    try:
        if stated > 2 * _CUT_SHORT_SECONDS:
            opened.seek(start + int((stated - _CUT_SHORT_SECONDS) / stream.time_base), stream=stream)
        else:
            opened.seek(0)
        ends = [(each.pts or each.dts or 0) + (each.duration or 0) - start for each in opened.demux(stream) if each.size]
    except av.FFmpegError:
        return 0.0
    return max(0.0, float(max(ends, default=0) * stream.time_base))


def _within(met: float, limit: str, words: str, most: dict[str, int]) -> None:
    if met > most[limit]:
        raise Refused(f"{words}; at most {most[limit]:,} are taken ({limit})", limit)


def _confine(memory_bytes: int, cpu_seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is all there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(asked: dict[str, Any], file: BinaryIO) -> dict[str, Any]:
    """What is known of the file, or why it is refused, as plain values."""
    try:
        _confine(asked["memory_bytes"], asked["cpu_seconds"])
        warnings.simplefilter("ignore")
        if asked["reader"] == "picture":
            return picture(file, asked["most"])
        return container(file, asked["reader"], asked["most"])
    except Refused as refused:
        return {"refused": str(refused), "limit": refused.limit}
    except MemoryError:
        return {"refused": "needs more memory to be opened than a file of media does", "limit": ""}
    except Exception as error:  # noqa: BLE001  # whatever a decoder says of a stranger's bytes becomes words
        return {"refused": f"can't be read: {str(error)[:300] or type(error).__name__}", "limit": ""}


if __name__ == "__main__":
    json.dump(answer(json.loads(sys.argv[1]), open(0, "rb", closefd=False)), sys.stdout)  # noqa: SIM115
