"""A second compositor, written from what the cut's words mean and not from how render does it: slow, plain, float RGB, a pixel at a time.

It knows no planes, no chroma, no segments and no cache: every frame is composed from the clips anew. A pixel of the frame is the mean of 2 × 2
points of the picture, each taken bilinearly. `composed` is the whole of it; `likeness` is SSIM, to compare with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from glimmer.assembly.pieces import Clip, Framing, Timeline, Track, Transition

__all__ = ["Footage", "composed", "likeness", "read_rgba"]

Rgb = NDArray[np.float64]  # (height, width, 3), 0..255
Rgba = NDArray[np.float64]  # (height, width, 4), 0..255, straight alpha
COLOURS = {"black": 0.0, "white": 255.0}
RAMP = 0.28  # docs: the share of a move in which it gets up to speed, and again slows down
POINTS = 2  # a side, in each pixel


@dataclass(frozen=True)
class Footage:
    """`picture(n)` is the n-th picture of footage that has `rate` a second and `count` in all."""

    picture: Callable[[int], Rgba]
    rate: Fraction
    count: int


def read_rgba(path: Any) -> Rgba:
    return np.asarray(Image.open(path).convert("RGBA"), np.float64)


def composed(cut: Timeline, frame: int, size: tuple[int, int], media: Mapping[str, Rgba | Footage]) -> Rgb:
    """Frame `frame` of the cut in a frame of `size` (width, height): all picture tracks, bottom first, over black."""
    canvas = np.zeros((size[1], size[0], 3))
    tracks = [track for track in cut.tracks if track.kind == "picture" and not track.muted]
    for number, track in enumerate(tracks):
        canvas = _with_track(canvas, track, frame, cut.rate, media, upper=number > 0)
    return canvas


def likeness(one: Rgb, other: Rgb) -> float:
    """SSIM of the lumas: Wang et al. 2004, Gaussian window of 1.5 px."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    a, b = (np.asarray(each, np.float64) @ weights for each in (one, other))

    bell = np.exp(-(np.arange(-5, 6) ** 2) / (2 * 1.5**2))

    def mean(of: Rgb) -> Rgb:
        for axis in (0, 1):
            rows = np.lib.stride_tricks.sliding_window_view(
                np.pad(of, [(5, 5) if axis == n else (0, 0) for n in (0, 1)], "symmetric"), 11, axis
            )
            of = rows @ (bell / bell.sum())
        return of

    ma, mb = mean(a), mean(b)
    va, vb, both = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float(np.mean((2 * ma * mb + c1) * (2 * both + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))))


# ── one track ───────────────────────────────────────────────────────────────────────────────────────────────
def _with_track(canvas: Rgb, track: Track, frame: int, rate: Fraction, media: Mapping[str, Rgba | Footage], *, upper: bool) -> Rgb:
    def shown(clip: Clip, under: Rgb) -> Rgb:
        return _with_clip(under, clip, track, frame, rate, media, upper=upper)

    for join in track.transitions:
        start = _start_of(join, track)
        if start <= frame < start + join.frames:
            return _joined(join, (frame - start + 1) / (join.frames + 1), track, canvas, shown, upper=upper)
    here = next((clip for clip in track.clips if clip.start <= frame < clip.end), None)
    return canvas if here is None else shown(here, canvas)


def _start_of(join: Transition, track: Track) -> int:
    """A transition lies around its cut, half before it; a fade inside its clip."""
    left, right = track.clip(join.left), track.clip(join.right)
    if left is None:
        assert right is not None
        return right.start
    return left.end - (join.frames // 2 if right is not None else join.frames)


def _joined(join: Transition, share: float, track: Track, under: Rgb, shown: Callable[[Clip, Rgb], Rgb], *, upper: bool) -> Rgb:
    left, right = track.clip(join.left), track.clip(join.right)
    a = under if left is None else shown(left, under)
    b = under if right is None else shown(right, under)
    through = under if upper else np.full_like(under, COLOURS[join.colour])
    if join.kind == "fade_in":
        return through * (1 - share) + b * share
    if join.kind == "fade_out":
        return a * (1 - share) + through * share
    if join.kind == "dissolve":
        return a * (1 - share) + b * share
    if join.kind == "dip":
        return a * (1 - 2 * share) + through * 2 * share if share < 0.5 else through * (2 - 2 * share) + b * (2 * share - 1)
    return _wiped(a, b, share, join.direction) if join.kind == "wipe" else _pushed(a, b, share, join.direction)


def _turned(picture: Rgb, direction: str) -> Rgb:
    """So that what travels to `direction` travels to the right; its own inverse."""
    return {"right": picture, "left": picture[:, ::-1], "down": picture.swapaxes(0, 1), "up": picture[::-1].swapaxes(0, 1)}[
        direction
    ]


def _back(picture: Rgb, direction: str) -> Rgb:
    return picture.swapaxes(0, 1)[::-1] if direction == "up" else _turned(picture, direction)


def _wiped(a: Rgb, b: Rgb, share: float, direction: str) -> Rgb:
    """The new picture lies behind an edge that travels; the edge is soft over 1/64 of its way."""
    a, b = _turned(a, direction), _turned(b, direction)
    length = a.shape[1]
    new = np.clip((share * length - (np.arange(length) + 0.5)) / max(length / 64, 1) + 0.5, 0, 1)[None, :, None]
    return _back(a * (1 - new) + b * new, direction)


def _pushed(a: Rgb, b: Rgb, share: float, direction: str) -> Rgb:
    a, b = _turned(a, direction), _turned(b, direction)
    length = a.shape[1]
    moved = 2 * round(share * length / 2)  # 4:2:0 has a colour for every second pixel: a push goes by pairs
    return _back(np.concatenate([b, a], axis=1)[:, length - moved : 2 * length - moved], direction)


# ── one clip ────────────────────────────────────────────────────────────────────────────────────────────────
def _with_clip(
    under: Rgb, clip: Clip, track: Track, frame: int, rate: Fraction, media: Mapping[str, Rgba | Footage], *, upper: bool
) -> Rgb:
    if clip.kind == "black":
        return np.zeros_like(under)
    first, last = _seen_from_to(clip, track)
    picture = _cropped(_picture_of(clip, frame, rate, media), clip.crop)
    left, top, width, height = _place(clip, under.shape[1], under.shape[0], picture)
    progress = (frame - first) / (last - first - 1) if last - first > 1 else 0.0
    drawn = _seen(picture, _window(picture, (width, height), clip.framing, progress), (width, height))
    light = _light(clip, frame, first, last)
    strength = clip.opacity * (light if upper else 1.0)
    colour = drawn[..., :3] * (1.0 if upper else light)
    alpha = drawn[..., 3:] / 255 * strength
    result = under.copy()
    region = result[top : top + height, left : left + width]
    region[:] = region * (1 - alpha) + colour * alpha
    return result


def _seen_from_to(clip: Clip, track: Track) -> tuple[int, int]:
    """Where the clip is seen at all: dissolves, wipes and pushes show it past its own ends."""
    first, last = clip.start, clip.end
    for join in track.transitions:
        if join.kind in ("dissolve", "wipe", "push"):
            start = _start_of(join, track)
            first = min(first, start) if join.right == clip.id else first
            last = max(last, start + join.frames) if join.left == clip.id else last
    return first, last


def _picture_of(clip: Clip, frame: int, rate: Fraction, media: Mapping[str, Rgba | Footage]) -> Rgba:
    found = media[clip.asset]
    if not isinstance(found, Footage):
        return found
    at = Fraction(frame - clip.start)
    if clip.frozen:
        at = Fraction(0)
    elif clip.backwards:
        at = clip.frames - 1 - at
    seconds = (clip.source_start + clip.source_part + at * clip.speed) / rate
    return found.picture(min(max(math.floor(seconds * found.rate), 0), found.count - 1))


def _cropped(picture: Rgba, crop: tuple[float, float, float, float]) -> Rgba:
    high, wide = picture.shape[:2]
    left, top = round(crop[0] * wide), round(crop[1] * high)
    return picture[top : round((crop[1] + crop[3]) * high), left : round((crop[0] + crop[2]) * wide)]


def _place(clip: Clip, wide: int, high: int, picture: Rgba) -> tuple[int, int, int, int]:
    """Left, top, width and height in the frame, to the pixel."""
    box = clip.box
    left, top, width, height = (box.left * wide, box.top * high, box.width * wide, box.height * high) if box else (0, 0, wide, high)
    if clip.fit == "fit":
        scale = min(width / picture.shape[1], height / picture.shape[0])
        inner = picture.shape[1] * scale, picture.shape[0] * scale
        across, down = (box.left / (1 - box.width), box.top / (1 - box.height)) if box else (0.5, 0.5)  # to the side it is nearer to
        left, top, width, height = left + (width - inner[0]) * across, top + (height - inner[1]) * down, *inner
    return tuple(2 * round(side / 2) for side in (left, top, width, height))  # type: ignore[return-value]  # 4:2:0 lies on even pixels


def _light(clip: Clip, frame: int, first: int, last: int) -> float:
    rising = (frame - first + 1) / (clip.fade_in + 1) if clip.fade_in else 1.0
    falling = (last - frame) / (clip.fade_out + 1) if clip.fade_out else 1.0
    return min(rising, falling, 1.0)


# ── the camera ──────────────────────────────────────────────────────────────────────────────────────────────
def _window(picture: Rgba, size: tuple[int, int], framing: Framing, progress: float) -> tuple[float, float, float, float]:
    """Left, top, width and height, in the picture's pixels, of what fills a place of `size`."""
    high, wide = picture.shape[:2]
    way = _travelled(progress, framing.ease)
    width = min(wide, high * size[0] / size[1])
    height = width * size[1] / size[0]
    move, strength = framing.move, framing.strength

    def around(zoom: float) -> list[float]:
        w, h = width / zoom, height / zoom
        left = min(max(framing.focus[0] * wide - w / 2, 0), wide - w)
        top = min(max(framing.focus[1] * high - h / 2, 0), high - h)
        return [left, top, w, h]

    if move in ("push_in", "pull_out"):
        near, far = around(1 + strength), around(1)
        start, end = (far, near) if move == "push_in" else (near, far)
        return tuple(a + (b - a) * way for a, b in zip(start, end, strict=True))  # type: ignore[return-value]
    if move == "hold":
        return tuple(around(1))  # type: ignore[return-value]
    axis = 0 if move in ("pan_left", "pan_right") else 1
    side, seen = (wide, width) if axis == 0 else (high, height)
    travel = strength * side
    place = around(1.0 if side - seen >= travel else seen / (side - travel))
    room = side - place[2 + axis]
    first = min(max(place[axis] - travel / 2, 0), room - travel)
    backwards = move in ("pan_left", "tilt_up")
    place[axis] = first + travel * (1 - way if backwards else way)
    return tuple(place)  # type: ignore[return-value]


def _travelled(progress: float, ease: str) -> float:
    """The way covered: the speed summed up. It rises and falls along half a cosine, where the ease is soft."""
    at = (np.arange(20_000) + 0.5) / 20_000
    speed = np.ones_like(at)
    soft = (1 - np.cos(np.pi * np.minimum(at / RAMP, 1))) / 2
    if ease in ("smooth", "in"):
        speed = speed * soft
    if ease in ("smooth", "out"):
        speed = speed * soft[::-1]
    return float(speed[at < progress].sum() / speed.sum())


def _seen(picture: Rgba, window: tuple[float, float, float, float], size: tuple[int, int]) -> Rgba:
    """The window as `size` pixels; colours are weighed by how opaque they are."""
    left, top, width, height = window
    scaled = picture.copy()
    scaled[..., :3] *= picture[..., 3:] / 255
    x = left + (np.arange(size[0] * POINTS) + 0.5) / POINTS * width / size[0] - 0.5
    y = top + (np.arange(size[1] * POINTS) + 0.5) / POINTS * height / size[1] - 0.5
    points = _between(_between(scaled, y, 0), x, 1)
    pixels: Rgba = points.reshape(size[1], POINTS, size[0], POINTS, 4).mean(axis=(1, 3))
    pixels[..., :3] /= np.maximum(pixels[..., 3:], 1e-9) / 255
    return pixels


def _between(picture: Rgba, at: NDArray[np.float64], axis: int) -> Rgba:
    """The picture's rows (axis 0) or columns at these places, bilinearly; past its edge, the edge."""
    at = np.clip(at, 0, picture.shape[axis] - 1)
    low = np.minimum(np.floor(at).astype(int), max(picture.shape[axis] - 2, 0))
    part = (at - low).reshape([-1 if number == axis else 1 for number in range(3)])
    return np.asarray(
        picture.take(low, axis) * (1 - part) + picture.take(np.minimum(low + 1, picture.shape[axis] - 1), axis) * part
    )
