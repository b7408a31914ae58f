"""A second reader of our films: ffmpeg or ffprobe, which had no part in making them; and the atoms, read by hand."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest


def streams(film: Path) -> dict[str, dict[str, Any]]:
    """What ffprobe (or, without it, ffmpeg's report) says of each stream: codec_name, and more where ffprobe is there."""
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
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")
    ran = subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(film)], capture_output=True, check=False, timeout=30)
    lines = re.findall(r"Stream #\S+: (Video|Audio): (\w+)(.*)", ran.stderr.decode())
    return {kind.lower(): {"codec_name": codec, "report": rest} for kind, codec, rest in lines}


def packets(film: Path, stream: str) -> list[tuple[int, int]]:
    """pts and dts of every packet, in the order of the file, as ffprobe reads them."""
    probe = shutil.which("ffprobe")
    if not probe:
        pytest.skip("no ffprobe on PATH")
    said = subprocess.run(
        [probe, "-v", "error", "-select_streams", stream, "-show_entries", "packet=pts,dts", "-of", "csv=p=0", str(film)],
        capture_output=True,
        check=True,
        timeout=30,
    )
    return [tuple(int(number) for number in line.strip(",").split(",")) for line in said.stdout.decode().split()]  # type: ignore[misc]


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
