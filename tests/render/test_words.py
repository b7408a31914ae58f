"""Words and pictures over the film: layers to the bit, lower thirds, titles over pictures, end credits."""

from __future__ import annotations

import numpy as np
import pytest

from glimmer.render.layers import lay, layer_of_planes, layer_of_rgba
from glimmer.render.planes import Planes, blank, from_rgb


def noise(height: int, width: int, channels: int, seed: int = 3) -> np.ndarray:
    shape = (height, width, channels) if channels > 1 else (height, width)
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def same(a: Planes, b: Planes) -> bool:
    return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


def part(planes: Planes, left: int, top: int, width: int, height: int) -> Planes:
    half = (slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2))
    return Planes(planes.luma[top : top + height, left : left + width], planes.blue[half], planes.red[half])


# ── layers ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_opaque_layer_gives_exactly_its_colour_and_a_clear_one_changes_nothing():
    frame, picture = from_rgb(noise(64, 96, 3)), from_rgb(noise(20, 30, 3, 5))
    out = Planes(*(plane.copy() for plane in frame))
    lay(layer_of_planes(picture, np.zeros((20, 30), np.uint8), 8, 6), out)
    assert same(out, frame)
    lay(layer_of_planes(picture, np.full((20, 30), 255, np.uint8), 8, 6), out)
    assert same(part(out, 8, 6, 30, 20), picture)
    clear = noise(20, 30, 4)
    clear[..., 3] = 0
    again = Planes(*(plane.copy() for plane in frame))
    lay(layer_of_rgba(clear, 3, 5), again)
    assert same(again, frame)


def test_rgba_is_exactly_its_colour_where_it_is_opaque():
    rgba = noise(40, 60, 4)
    rgba[..., 3] = 0
    rgba[10:30, 20:40, 3] = 255
    out = blank(60, 40)
    lay(layer_of_rgba(rgba), out)
    assert same(part(out, 20, 10, 20, 20), part(from_rgb(np.ascontiguousarray(rgba[..., :3])), 20, 10, 20, 20))
    assert same(part(out, 0, 0, 60, 10), blank(60, 10))
    rgba[..., 3] = 255
    lay(layer_of_rgba(rgba), out)
    assert same(out, from_rgb(np.ascontiguousarray(rgba[..., :3])))


@pytest.mark.parametrize("strength", [0.25, 0.5, 1.0])
def test_half_a_layer_at_part_strength_is_what_floats_say_within_one(strength):
    frame, picture, alpha = from_rgb(noise(64, 96, 3)), from_rgb(noise(64, 96, 3, 5)), noise(64, 96, 1, 9)
    layer = layer_of_planes(picture, alpha)
    out = Planes(*(plane.copy() for plane in frame))
    lay(layer, out, strength)
    for laid, under, shade, clear in zip(out, frame, layer.colour, (layer.clear, *[layer.clear_half] * 2), strict=True):
        wanted = under * (1 - strength + strength * clear / 255.0) + shade * strength
        assert np.abs(laid - np.rint(wanted)).max() <= 1


def test_a_layer_is_clipped_at_the_frame_and_may_stand_at_odd_pixels():
    square = np.full((9, 9, 4), 255, np.uint8)
    for left, top in ((-5, -5), (28, 15), (-20, 3), (40, 40), (7, 5)):
        out = blank(32, 20)
        lay(layer_of_rgba(square, left, top), out)
        wanted = np.zeros((20, 32), bool)
        wanted[max(top, 0) : max(top + 9, 0), max(left, 0) : max(left + 9, 0)] = True
        assert np.array_equal(out.luma == 235, wanted)
    out = blank(32, 20)
    lay(layer_of_rgba(square, 4, 4), out, dx=7, dy=-9)
    assert out.luma[0:3, 10:19].min() == 235 and (out.luma == 235).sum() == 3 * 9  # moved by (6, -10)


def test_light_under_transparency_does_not_colour_the_edge():
    rgba = np.zeros((8, 8, 4), np.uint8)
    rgba[..., 0] = 255  # red that nobody should see
    rgba[:, 3:, :] = (0, 0, 255, 255)
    out = blank(8, 8)
    lay(layer_of_rgba(rgba), out)
    assert out.red.max() <= 128
