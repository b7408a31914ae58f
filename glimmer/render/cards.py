"""Title cards: a film's name, an act, the end, set in light wide letters over a deep, slowly turning dark.

Takes the words of a title clip, gives a still that the camera may travel over like any other. Any script; a long title is
broken and made smaller, never cut.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from glimmer.render.lettering import Line, broken, drawable
from glimmer.render.planes import Bytes

__all__ = ["card"]

TITLE_SIZE, SUBTITLE_SIZE = 0.098, 0.036  # of the frame's shorter measure
CAPITALS_TRACKING, TITLE_TRACKING, SUBTITLE_TRACKING = 0.18, 0.055, 0.07  # capitals want air, small letters little
TITLE_WEIGHT, SUBTITLE_WEIGHT = 300, 400
INK, SOFT_INK, GOLD = (244, 239, 228), (176, 178, 186), (214, 170, 98)
HIGH, LOW, GLOW = (26, 33, 52), (6, 7, 12), (58, 40, 30)  # upper sky, lower dark, the warm light between
WIDEST = 0.80  # of the frame's width


def card(title: str, subtitle: str, width_px: int, height_px: int) -> Bytes:
    """The card: uint8 RGB (height, width, 3). Words with letters that no installed font has are left out."""
    ground = _ground(width_px, height_px)
    measure = min(height_px, width_px * 0.75)
    tracking = CAPITALS_TRACKING if title == title.upper() else TITLE_TRACKING
    titles = _set(title, measure * TITLE_SIZE, width_px * WIDEST, 3, TITLE_WEIGHT, tracking)
    subtitles = _set(subtitle, measure * SUBTITLE_SIZE, width_px * WIDEST, 3, SUBTITLE_WEIGHT, SUBTITLE_TRACKING)
    ink, soft = Image.new("L", (width_px, height_px)), Image.new("L", (width_px, height_px))
    rule_gap = measure * 0.062
    title_height = sum(_pitch(line, 1.22) for line in titles)
    subtitle_height = sum(_pitch(line, 1.6) for line in subtitles)
    top = (height_px * 0.94 - title_height - (2 * rule_gap + subtitle_height if subtitles else rule_gap)) / 2
    below = _stack(titles, ink, top, 1.22)
    rule = below + rule_gap * 0.72
    _stack(subtitles, soft, rule + rule_gap * 0.72, 1.6)
    painted = _over(_over(ground, np.asarray(ink), INK), np.asarray(soft), SOFT_INK)
    if titles:
        painted = _with_rule(painted, rule, measure)
    return _dithered(painted)


def _set(text: str, size: float, widest: float, at_most: int, weight: int, tracking: float) -> list[Line]:
    """The text's own lines, each broken if it is too wide, all in the smallest size that one of them needed."""
    rows = [" ".join(row.split()) for row in text.splitlines() if row.strip()]
    rows = [drawn for drawn, lacking in map(drawable, rows) if not lacking]
    if not rows:
        return []
    smallest = min(broken(row, round(size), widest, at_most, weight=weight, tracking=tracking).size_px for row in rows)
    return [each for row in rows for each in broken(row, smallest, widest, at_most, weight=weight, tracking=tracking).lines]


def _pitch(line: Line, leading: float) -> float:
    return max(line.size_px * leading, line.above + line.below + 0.1 * line.size_px)


def _stack(lines: list[Line], on: Image.Image, top: float, leading: float) -> float:
    """Draw the lines centred, one under the other; gives where the next thing may begin."""
    pen = ImageDraw.Draw(on)
    for line in lines:
        pitch = _pitch(line, leading)
        baseline = top + max(line.above, 0.73 * line.size_px) + (pitch - max(line.size_px, line.above + line.below)) / 2
        line.draw(pen, (on.width - line.width) / 2, baseline, 255)
        top += pitch
    return top


def _ground(width_px: int, height_px: int) -> NDArray[np.float32]:
    """Night above, dark below, a warm light low in the middle, and the corners drawn in. Float RGB 0..255."""
    y = np.linspace(0, 1, height_px, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width_px, dtype=np.float32)[None, :]
    fall = np.clip(y * 1.15, 0, 1) ** 0.85
    glow = np.exp(-(((y - 0.62) / 0.34) ** 2) - (x / 0.75) ** 2) * 0.55
    corners = 1 - 0.42 * np.clip(np.hypot(x, (y - 0.5) * 1.7) - 0.35, 0, 1)
    shades = [
        ((high + (low - high) * fall) * (1 - glow) + warm * glow) * corners for high, low, warm in zip(HIGH, LOW, GLOW, strict=True)
    ]
    return np.stack(shades, axis=2)


def _over(ground: NDArray[np.float32], mask: Bytes, colour: tuple[int, int, int]) -> NDArray[np.float32]:
    share = mask.astype(np.float32)[..., None] / np.float32(255)
    return ground * (1 - share) + np.array(colour, np.float32) * share


def _with_rule(painted: NDArray[np.float32], y: float, measure: float) -> NDArray[np.float32]:
    """A hairline that fades out at both ends."""
    height, width = painted.shape[:2]
    thick = max(round(measure / 540), 1)
    along = np.clip(1 - np.abs(np.linspace(-1, 1, width, dtype=np.float32)) * width / (measure * 0.42), 0, 1) ** 0.7 * 0.9
    rows = slice(min(round(y), height - thick), min(round(y) + thick, height))
    share = along[None, :, None]
    painted[rows] = painted[rows] * (1 - share) + np.array(GOLD, np.float32) * share
    return painted


def _dithered(painted: NDArray[np.float32]) -> Bytes:
    """Rounded with a little noise, the same every time: eight bits of a dark gradient show bands otherwise."""
    noise = np.random.Generator(np.random.PCG64(7)).random(painted.shape[:2], dtype=np.float32)[..., None] - 0.5
    return np.clip(np.rint(painted + noise), 0, 255).astype(np.uint8)
