"""A second reader of our films: ffmpeg or ffprobe, which had no part in making them; and the atoms, read by hand."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any


def streams(film: Path) -> dict[str, dict[str, Any]]:
    """What ffprobe says of each stream and of the format; without it the same facts, asked of ffmpeg."""
    probe = shutil.which("ffprobe")
    if probe:
        said = subprocess.run(
            [probe, "-v", "error", "-show_streams", "-show_format", "-of", "json", str(film)],
            capture_output=True,
            check=True,
            timeout=30,
        )
        found = json.loads(said.stdout)
        return {stream["codec_type"]: stream for stream in found["streams"]} | {"format": found["format"]}
    return _streams_by_ffmpeg(film)


def packets(film: Path, stream: str) -> list[tuple[int, int]]:
    """pts and dts of every packet, in the order of the file, as ffprobe (or, without it, ffmpeg's framecrc) reads them."""
    probe = shutil.which("ffprobe")
    if not probe:
        return _packets_by_ffmpeg(film, stream)
    said = subprocess.run(
        [probe, "-v", "error", "-select_streams", stream, "-show_entries", "packet=pts,dts", "-of", "csv=p=0", str(film)],
        capture_output=True,
        check=True,
        timeout=30,
    )
    return [tuple(int(number) for number in line.strip(",").split(",")) for line in said.stdout.decode().split()]  # type: ignore[misc]


def _ffmpeg(film: Path, *asked: str) -> tuple[bytes, str]:
    """(what it wrote, what it said)."""
    import imageio_ffmpeg

    ran = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(film), *asked],
        capture_output=True,
        check=True,
        timeout=30,
    )
    return ran.stdout, ran.stderr.decode()


def _packet_rows(film: Path, stream: str) -> tuple[Fraction, list[list[int]]]:
    """The time base, and (dts, pts, duration) of every packet."""
    said = _ffmpeg(film, "-map", f"0:{stream}", "-c", "copy", "-f", "framecrc", "-")[0].decode().splitlines()
    base = next(Fraction(line.split(": ")[1]) for line in said if line.startswith("#tb"))
    return base, [[int(number) for number in line.split(",")[1:4]] for line in said if not line.startswith("#")]


def _packets_by_ffmpeg(film: Path, stream: str) -> list[tuple[int, int]]:
    return [(pts, dts) for dts, pts, _ in _packet_rows(film, stream)[1]]


def _streams_by_ffmpeg(film: Path) -> dict[str, dict[str, Any]]:
    base, rows = _packet_rows(film, "v")
    told, report = _ffmpeg(film, "-f", "ffmetadata", "-")
    codecs = dict(re.findall(r"Stream #\S+: (Video|Audio): (\w+)", report))
    found = re.search(r"Video: .*?, (\w+)\((\w+), (\w+)(?:/(\w+)/(\w+))?", report)
    pixels, levels, space, primaries, transfer = found.groups() if found else ("", "", "", "", "")
    start = re.search(r"Duration: .*?start: ([\d.-]+)", report)
    begins = {"start_time": start[1] if start else "nan"}
    video_seconds = sum(row[2] for row in rows) * base
    sound = _ffmpeg(film, "-map", "0:a", "-ac", "1", "-ar", "48000", "-f", "s16le", "-")[0]
    return {
        "video": begins
        | {"codec_name": codecs["Video"], "nb_frames": len(rows), "duration": float(video_seconds), "pix_fmt": pixels}
        | {"avg_frame_rate": str(len(rows) / video_seconds), "r_frame_rate": str(1 / (min(row[2] for row in rows) * base))}
        | {"color_range": levels, "color_space": space, "color_primaries": primaries or space, "color_transfer": transfer or space},
        "audio": begins | {"codec_name": codecs["Audio"], "duration": len(sound) / 2 / 48_000},
        "format": {"tags": dict(line.split("=", 1) for line in told.decode().splitlines() if "=" in line)},
    }


def complaints(film: Path) -> str:
    """Everything that ffmpeg has to say against the film while it decodes all of it; "" if nothing."""
    ran = subprocess.run(
        [_decoder(), "-hide_banner", "-nostats", "-v", "warning", "-xerror", "-i", str(film), "-f", "null", "-"],
        capture_output=True,
        timeout=60,
    )
    return ran.stderr.decode().strip() or ("" if ran.returncode == 0 else f"ended with {ran.returncode}")


def pictures(film: Path, width_px: int, height_px: int) -> Any:
    """Every frame as ffmpeg decodes and converts it, by the film's own colour tags: uint8 RGB (frames, height, width, 3)."""
    import numpy as np

    exact = "scale=flags=accurate_rnd+full_chroma_int"
    asked = [
        "-v",
        "error",
        "-i",
        str(film),
        "-map",
        "0:v",
        "-vf",
        exact,
        "-fps_mode",
        "passthrough",
        "-pix_fmt",
        "rgb24",
        "-f",
        "rawvideo",
        "-",
    ]
    raw = subprocess.run([_decoder(), *asked], capture_output=True, check=True, timeout=60).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height_px, width_px, 3)


def sound(film: Path) -> Any:
    """The film's sound as ffmpeg decodes it: int16, 48 kHz, one channel."""
    import numpy as np

    asked = ["-v", "error", "-i", str(film), "-map", "0:a", "-ac", "1", "-ar", "48000", "-f", "s16le", "-"]
    return np.frombuffer(subprocess.run([_decoder(), *asked], capture_output=True, check=True, timeout=60).stdout, np.int16)


def _decoder() -> str:
    found = shutil.which("ffmpeg")
    if found:
        return found
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def atoms(film: Path) -> list[str]:
    """The names of the file's outermost atoms, in order."""
    names = []
    with film.open("rb") as file:
        while head := file.read(8):
            size, name = struct.unpack(">I4s", head)
            if size == 1:
                size = struct.unpack(">Q", file.read(8))[0]
                file.seek(size - 16, 1)
            else:
                file.seek(size - 8, 1)
            names.append(name.decode())
    return names
