"""Pictures in pictures: what is clear in foreign footage lets through, and an inset keeps the shape of its picture."""

from __future__ import annotations

import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from glimmer.assembly.pieces import Box
from glimmer.render.picture import frame

CODECS = {"prores_ks": ["-profile:v", "4444", "-pix_fmt", "yuva444p10le"], "png": ["-pix_fmt", "rgba"], "qtrle": ["-pix_fmt", "argb"]}


@pytest.mark.parametrize("codec", CODECS)
def test_footage_that_is_half_clear_lets_half_of_the_picture_below_through(shelf, codec):
    half_red = ["-f", "lavfi", "-i", "color=red@0.5:s=160x90:r=24:d=1,format=rgba"]
    wanted = ["-c:v", codec, *CODECS[codec], str(shelf.folder / "a.mov")]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", *half_red, *wanted], check=True, timeout=60)
    below = shelf.picture(shelf.shot(shelf.still("blue.png", (20, 40, 200)), 0, 24))
    upper = shelf.shot("a.mov", 0, 24).model_copy(update={"kind": "footage", "id": "u", "media_type": "video/mp4"})
    cut = shelf.cut(below, shelf.picture(upper).model_copy(update={"name": "V2"}))
    seen = frame(cut, 12, width_px=160, height_px=90, media=shelf)[40:50, 70:90].reshape(-1, 3).mean(axis=0)
    assert np.abs(seen - (137, 20, 100)).max() <= 5


def test_an_inset_of_another_shape_is_whole_and_leans_to_its_corner(shelf):
    below = shelf.picture(shelf.shot(shelf.still("blue.png", (20, 40, 200)), 0, 24))
    wide = shelf.still("green.png", (30, 200, 60), (640, 360))
    upper = shelf.shot(wide, 0, 24, box=Box(left=0.65, top=0.05, width=0.3, height=0.3)).model_copy(update={"id": "u"})
    cut = shelf.cut(below, shelf.picture(upper).model_copy(update={"name": "V2"}))
    green = frame(cut, 5, width_px=180, height_px=320, media=shelf)[..., 1] > 120
    rows, columns = np.flatnonzero(green.any(axis=1)), np.flatnonzero(green.any(axis=0))
    high, wide_px = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    assert wide_px / high == pytest.approx(16 / 9, rel=0.08)
    assert rows[0] < 0.1 * 320 and columns[-1] > 0.9 * 180  # top right
