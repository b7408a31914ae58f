"""Title cards: a film's name, an act, the end, set in light wide letters over a deep, slowly turning dark.

Takes the words of a title clip, gives a still that the camera may travel over like any other. Any script; a long title is
broken and made smaller, never cut.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from glimmer.render.lettering import Line, broken, drawable_part
from glimmer.render.planes import Bytes

__all__ = ["GOLD", "INK", "SOFT_INK", "Words", "card", "card_words", "pitch", "rule_share", "set_rows"]

TITLE_SIZE, SUBTITLE_SIZE = 0.098, 0.036  # of the frame's shorter measure
CAPITALS_TRACKING, TITLE_TRACKING, SUBTITLE_TRACKING = 0.18, 0.055, 0.07  # capitals want air, small letters little
TITLE_WEIGHT, SUBTITLE_WEIGHT = 300, 400
INK, SOFT_INK, GOLD = (244, 239, 228), (176, 178, 186), (214, 170, 98)
HIGH, LOW, GLOW = (26, 33, 52), (6, 7, 12), (58, 40, 30)  # upper sky, lower dark, the warm light between
WIDEST, TALLEST = 0.80, 0.84  # of the frame's width and height
TITLE_LEADING, SUBTITLE_LEADING, RULE_GAP = 1.22, 1.6, 0.045


class Words(NamedTuple):
    """A card's words, in place: `ink` and `soft` are uint8 (height, width) masks of the title and of what stands under it.

    rule: rows of the hairline between them, none if there is no title. measure: what all sizes are shares of, in pixels.
    """

    ink: Bytes
    soft: Bytes
    rule: slice
    measure: float


def card(title: str, subtitle: str, width_px: int, height_px: int) -> Bytes:
    """The card: uint8 RGB (height, width, 3). Letters that no installed font has are left out."""
    words = card_words(title, subtitle, width_px, height_px)
    painted = _over(_over(_ground(width_px, height_px), words.ink, INK), words.soft, SOFT_INK)
    along = rule_share(width_px, words.measure)[None, :, None]
    painted[words.rule] = painted[words.rule] * (1 - along) + np.array(GOLD, np.float32) * along
    return _dithered(painted)


def card_words(title: str, subtitle: str, width_px: int, height_px: int, *, weight: int = TITLE_WEIGHT) -> Words:
    """The words of a card without its ground, where they stand in the frame."""
    measure = _fitting_measure(title, subtitle, width_px, height_px, weight)
    titles, subtitles = _lines(title, subtitle, measure, width_px, weight)
    ink, soft = Image.new("L", (width_px, height_px)), Image.new("L", (width_px, height_px))
    gap = measure * RULE_GAP
    below = _stack(titles, ink, (height_px * 0.94 - _height(titles, subtitles, gap)) / 2, TITLE_LEADING)
    rule = below + gap
    _stack(subtitles, soft, rule + gap, SUBTITLE_LEADING)
    thick = max(round(measure / 540), 1) if titles else 0
    rows = slice(min(round(rule), height_px - thick), min(round(rule) + thick, height_px))
    return Words(np.asarray(ink), np.asarray(soft), rows, measure)


def rule_share(width_px: int, measure: float) -> NDArray[np.float32]:
    """How opaque a card's hairline is along the frame: it fades out at both ends."""
    away = np.abs(np.linspace(-1, 1, width_px, dtype=np.float32))
    return np.asarray(np.clip(1 - away * width_px / (measure * 0.42), 0, 1) ** 0.7 * 0.9, np.float32)


def _fitting_measure(title: str, subtitle: str, width_px: int, height_px: int, weight: int) -> float:
    """What all sizes are shares of: smaller for words that would not fit the card's height."""
    measure = min(height_px, width_px * 0.75)
    while measure > 24 and _height(*_lines(title, subtitle, measure, width_px, weight), measure * RULE_GAP) > height_px * TALLEST:
        measure *= 0.85
    return measure


def _lines(title: str, subtitle: str, measure: float, width_px: int, weight: int) -> tuple[list[Line], list[Line]]:
    tracking = CAPITALS_TRACKING if title == title.upper() else TITLE_TRACKING
    titles = set_rows(title, measure * TITLE_SIZE, width_px * WIDEST, 3, weight, tracking)
    return titles, set_rows(subtitle, measure * SUBTITLE_SIZE, width_px * WIDEST, 3, SUBTITLE_WEIGHT, SUBTITLE_TRACKING)


def _height(titles: list[Line], subtitles: list[Line], gap: float) -> float:
    over, under = sum(pitch(line, TITLE_LEADING) for line in titles), sum(pitch(line, SUBTITLE_LEADING) for line in subtitles)
    return over + under + gap * (2 if subtitles else 1)


def set_rows(text: str, size: float, widest: float, at_most: int, weight: int, tracking: float) -> list[Line]:
    """The text's own lines, each broken if it is too wide, all in the smallest size that one of them needed."""
    rows = [drawn for row in text.splitlines() if (drawn := drawable_part(row))]
    if not rows:
        return []
    made = [broken(row, max(round(size), 6), widest, at_most, weight=weight, tracking=tracking) for row in rows]
    smallest = min(each.size_px for each in made)
    for number, row in enumerate(rows):
        if made[number].size_px > smallest:  # one that needed it is not set again: what fits no size would be halved twice
            made[number] = broken(row, smallest, widest, at_most, weight=weight, tracking=tracking)
    return [each for lines in made for each in lines.lines]


def pitch(line: Line, leading: float) -> float:
    """From this line's top to the next one's, in pixels."""
    return max(line.size_px * leading, line.above + line.below + 0.1 * line.size_px)


def _stack(lines: list[Line], on: Image.Image, top: float, leading: float) -> float:
    """Draw the lines centred, one under the other; gives where the next thing may begin."""
    pen = ImageDraw.Draw(on)
    for line in lines:
        step = pitch(line, leading)
        baseline = top + max(line.above, 0.73 * line.size_px) + (step - max(line.size_px, line.above + line.below)) / 2
        line.draw(pen, (on.width - line.width) / 2, baseline, 255)
        top += step
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


def _dithered(painted: NDArray[np.float32]) -> Bytes:
    """Rounded with a little noise, the same every time: eight bits of a dark gradient show bands otherwise."""
    noise = np.random.Generator(np.random.PCG64(7)).random(painted.shape[:2], dtype=np.float32)[..., None] - 0.5
    return np.clip(np.rint(painted + noise), 0, 255).astype(np.uint8)
