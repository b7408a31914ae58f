"""Footage: a film of as many bytes as a test wants, made in a second or two."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

__all__ = ["footage"]


def footage(path: Path, *, seconds: int, width_px: int = 640, height_px: int = 360, kilobits: int = 4000) -> Path:
    """An H.264 film of moving noise: what no encoder can make small. 24 frames a second, a key frame every two seconds."""
    grain = np.random.default_rng(1).integers(0, 255, (height_px * 2, width_px * 2, 3), dtype=np.uint8)
    with av.open(str(path), "w", options={"movflags": "faststart"}) as out:
        stream = out.add_stream("libx264", rate=24, options={"preset": "ultrafast", "g": "48"})
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = width_px, height_px, "yuv420p", kilobits * 1000
        for at in range(seconds * 24):
            top, left = at * 7 % height_px, at * 5 % width_px
            picture = np.ascontiguousarray(grain[top : top + height_px, left : left + width_px])
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    return path
