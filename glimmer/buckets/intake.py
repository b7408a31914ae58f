"""Intake: media that a person brings, checked before anything is kept. Type by content, never by name.

Containers are opened with a fixed list of demuxers, so that a playlist in a video's clothes can't make us read other files.
"""

from __future__ import annotations

import io
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glimmer import limits
from glimmer.assets import Assets
from glimmer.errors import InputError, LimitError, MediaError

__all__ = ["Intake", "take_in"]

_IMAGES: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
# (first bytes, at offset, PyAV demuxer, media type); the name of a file is only text
_CONTAINERS: Final[tuple[tuple[bytes, int, str, str], ...]] = (
    (b"ftyp", 4, "mov", "video/mp4"),
    (b"\x1a\x45\xdf\xa3", 0, "matroska", "video/webm"),
    (b"fLaC", 0, "flac", "audio/flac"),
    (b"OggS", 0, "ogg", "audio/ogg"),
    (b"ID3", 0, "mp3", "audio/mpeg"),
    (b"\xff\xfb", 0, "mp3", "audio/mpeg"),
    (b"\xff\xf3", 0, "mp3", "audio/mpeg"),
    (b"WAVE", 8, "wav", "audio/wav"),
)
_ARRAY_RATE: Final = 24


@dataclass(frozen=True)
class Intake:
    """Checked media, not kept yet: either `content` or `path`."""

    name: str
    media_type: str
    seconds: float
    content: bytes = b""
    path: Path | None = None

    def keep(self, assets: Assets) -> str:
        """Keep it; its sha256."""
        if self.path is None:
            return assets.put(self.content, self.media_type)
        return assets.put_file(self.path, self.media_type)


def take_in(media: object, *, bucket: str) -> Intake:
    """Check `media` for `bucket` ("video", "audio", "music" or "characters").

    Raises: MediaError, LimitError, InputError.
    """
    intake = _file(Path(media)) if isinstance(media, (str, Path)) else _object(media)
    wanted = ("image/", "video/") if bucket in ("video", "characters") else ("audio/", "video/")
    if not intake.media_type.startswith(wanted):
        raise MediaError(
            f"{intake.name} is {intake.media_type}; {bucket} takes {' or '.join(w.rstrip('/') for w in wanted)} files. "
            "Add it to another bucket."
        )
    return intake


def _file(path: Path) -> Intake:
    if not path.is_file():
        what = "a folder" if path.is_dir() else "not there"
        raise MediaError(f"{path} is {what}; expected a picture, sound or video file. Check the path (relative to {Path.cwd()}).")
    size = path.stat().st_size
    if not size:
        raise MediaError(f"{path} is empty; expected a picture, sound or video file.")
    if size > limits.MAX_MEDIA_BYTES:
        raise LimitError(
            f"{path} has {size} bytes, at most {limits.MAX_MEDIA_BYTES} are taken (MAX_MEDIA_BYTES).", limit="MAX_MEDIA_BYTES"
        )
    with path.open("rb") as file:
        head = file.read(64)
    image = _image_type(path, head)
    if image:
        return Intake(path.stem, image, 0.0, path=path)
    for mark, at, demuxer, media_type in _CONTAINERS:
        if head[at : at + len(mark)] == mark:
            return _container(path, demuxer, media_type)
    raise MediaError(
        f"{path} begins with {head[:12]!r}: no picture, sound or video that Glimmer reads. "
        "Convert it to PNG, JPEG, WebP, WAV, FLAC, MP3, Ogg, MP4, MOV, WebM or MKV."
    )


def _image_type(path: Path, head: bytes) -> str:
    """The media type of a picture that opens and is within limits, "" for what is no picture."""
    if not (head.startswith((b"\x89PNG", b"\xff\xd8\xff")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")):
        return ""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=list(_IMAGES)) as image:
                if image.width * image.height > limits.MAX_IMAGE_PIXELS:
                    raise LimitError(
                        f"{path} has {image.width} x {image.height} px, at most {limits.MAX_IMAGE_PIXELS} are taken (MAX_IMAGE_PIXELS).",
                        limit="MAX_IMAGE_PIXELS",
                    )
                image.load()
                return _IMAGES[str(image.format)]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        if isinstance(error, LimitError):
            raise
        raise MediaError(f"{path} looks like a picture but can't be read: {error}. Save it anew and add it again.") from error


def _container(path: Path, demuxer: str, media_type: str) -> Intake:
    import av

    try:
        with av.open(str(path), format=demuxer, options={"protocol_whitelist": "file"}) as container:
            video = [s for s in container.streams.video if not s.disposition & av.stream.Disposition.attached_pic]
            audio = container.streams.audio
            if not video and not audio:
                raise MediaError(f"{path} holds neither picture nor sound.")
            first = next(container.decode(video[0] if video else audio[0]), None)
            if first is None:
                raise MediaError(f"{path} opens but not one frame of it can be read; it may be cut short.")
            seconds = _seconds(container, video[0] if video else audio[0])
    except (OSError, av.FFmpegError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise MediaError(f"{path} can't be read as {media_type}: {error}. It may be damaged; export it anew.") from error
    if not video and media_type.startswith("video/"):
        media_type = "audio/mp4" if demuxer == "mov" else "audio/webm"
    if seconds > limits.MAX_FILM_SECONDS:
        raise LimitError(
            f"{path} lasts {seconds:.0f} s, at most {limits.MAX_FILM_SECONDS} s are taken (MAX_FILM_SECONDS).",
            limit="MAX_FILM_SECONDS",
        )
    return Intake(path.stem, media_type, seconds, path=path)


def _seconds(container: Any, stream: Any) -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return float((container.duration or 0) / 1_000_000)


def _object(media: Any) -> Intake:
    """A PIL image, frames, a matplotlib figure or a moviepy clip, told by what they can do: none of their packages is imported."""
    if hasattr(media, "write_videofile") and hasattr(media, "duration"):
        return _moviepy(media)
    if hasattr(media, "savefig"):
        sink = io.BytesIO()
        media.savefig(sink, format="png", dpi=160)
        return Intake("figure", "image/png", 0.0, sink.getvalue())
    if hasattr(media, "save") and hasattr(media, "convert"):
        sink = io.BytesIO()
        media.convert("RGB").save(sink, format="PNG", compress_level=3)
        return Intake("image", "image/png", 0.0, sink.getvalue())
    if hasattr(media, "__array__"):
        return _frames(media)
    raise InputError(
        f"can't add a {type(media).__name__}; expected a path, a PIL image, an array of frames, a matplotlib figure or a moviepy clip."
    )


def _frames(media: Any) -> Intake:
    import numpy as np
    from PIL import Image

    frames = np.asarray(media)
    if frames.dtype != np.uint8 or frames.ndim not in (3, 4) or frames.shape[-1] != 3 or 0 in frames.shape:
        raise InputError(
            f"can't add an array of shape {frames.shape} and type {frames.dtype}; expected uint8 RGB, "
            "(height, width, 3) for a still or (frames, height, width, 3) for footage at 24 frames a second."
        )
    if frames.ndim == 3:
        sink = io.BytesIO()
        Image.fromarray(frames).save(sink, format="PNG", compress_level=3)
        return Intake("still", "image/png", 0.0, sink.getvalue())
    return Intake("frames", "video/mp4", len(frames) / _ARRAY_RATE, _encoded(frames))


def _encoded(frames: Any) -> bytes:
    """Frames as an MP4 that loses nothing the eye sees (x264 crf 12)."""
    import av

    height, width = (side - side % 2 for side in frames.shape[1:3])
    sink = io.BytesIO()
    with av.open(sink, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=_ARRAY_RATE, options={"crf": "12", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame[:height, :width], format="rgb24")))
        container.mux(stream.encode())
    return sink.getvalue()


def _moviepy(clip: Any) -> Intake:
    if not clip.duration:
        raise InputError("can't add a moviepy clip without a length; give it one with clip.with_duration(seconds).")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        clip.write_videofile(str(path), fps=clip.fps or _ARRAY_RATE, codec="libx264", audio_codec="aac", logger=None)
        return Intake("clip", "video/mp4", float(clip.duration), path.read_bytes())
