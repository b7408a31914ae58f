"""Words over moving pictures: lower thirds (who that is), and titles that stand over a shot instead of on a card.

Takes the words of a title clip, gives RGBA cropped to what is drawn, to be laid as a layer. The letters are a card's; what changes is
the ground: there is none of our own, so the picture behind falls into shade, widely and without edges, as a gaffer would flag a light.
Everything stays inside the title-safe 90 % of the frame (EBU R 95), a lower third above the place of captions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from glimmer.render.cards import GOLD, INK, card_words, pitch, rule_share, set_rows
from glimmer.render.layers import Rgba
from glimmer.render.lettering import Line, cut_short, is_rtl
from glimmer.render.planes import Bytes

__all__ = ["lower_third", "lower_third_rise", "lower_third_strength", "overlay_title"]

Shares = NDArray[np.float32]  # 0..1 a pixel

NAME_SIZE, ROLE_SIZE = 0.062, 0.034  # of the frame's shorter measure
NAME_WEIGHT, ROLE_WEIGHT = 500, 500
NAME_TRACKING, ROLE_TRACKING = 0.012, 0.055
NAME_LEADING, ROLE_LEADING = 1.16, 1.42
SIDE = 0.075  # of the width, from the frame's edge to the words
WIDEST, WIDEST_UPRIGHT = 0.58, 0.85  # of the width: a name leaves the other side of the picture alone
FLOOR, FLOOR_UPRIGHT = 0.765, 0.715  # of the height: the words end here, above two lines of captions
HIGHEST = 0.32  # of the height: words do not reach above this; the face of who is named is there
RULE_GAP, RULE_LENGTH = 0.020, 0.30  # of the measure: room above and below the gold line, and how far it reaches at least
DARK = (20, 11, 10)  # a little warm: under a cold shade yellow light turns olive
SOFT_OVER = (222, 218, 208)
DIM, OVERLAY_DIM = 0.62, 0.46  # how much the picture is dimmed behind words
SHADOW = 0.5  # and more, close to the letters
CLEAR_BELOW = 0.004  # less than one of 255
FADE_SECONDS = Fraction(1, 3)  # 8 frames at 24
RISE = 0.012  # of the height: how far a lower third floats up while it comes
OVERLAY_WEIGHT = 400  # a card's light letters are lost over a bright picture
_CLEAR = Rgba(np.zeros((2, 2, 4), np.uint8), 0, 0)


class _Words(NamedTuple):
    """Masks of the whole frame's size."""

    ink: Shares
    soft: Shares
    gold: Shares

    @property
    def all_ink(self) -> Shares:
        return np.maximum(np.maximum(self.ink, self.soft), self.gold)


# ── lower third ─────────────────────────────────────────────────────────────────────────────────────────────
def lower_third(title: str, subtitle: str, width_px: int, height_px: int) -> Rgba:
    """A name, a thin gold line and a role, low at the left; at the right where the name is read from right to left.

    Long names are broken, then made smaller, and in the end cut, with an ellipsis: they stay in the lower part of the frame. Letters that no installed font has are left out; with no words at all it is
    a clear picture of 2 × 2.
    """
    measure, names, roles = _fitting_rows(title, subtitle, width_px, height_px)
    if not names and not roles:
        return _CLEAR
    words = _third_words(names, roles, measure, (width_px, height_px))
    return _over_picture(words, measure * NAME_SIZE, _corner_shade(words, is_rtl(title or subtitle)))


def _fitting_rows(title: str, subtitle: str, width_px: int, height_px: int) -> tuple[float, list[Line], list[Line]]:
    """The measure that sizes are shares of, and the lines of name and role in it: smaller for words too tall, then fewer lines."""
    upright = width_px < 1.2 * height_px
    widest = width_px * (WIDEST_UPRIGHT if upright else WIDEST)
    room = height_px * ((FLOOR_UPRIGHT if upright else FLOOR) - HIGHEST)
    for smaller in (1.0, 0.85, 0.72):
        measure = min(height_px, width_px * 0.9) * smaller
        names = set_rows(title, measure * NAME_SIZE, widest, 2, NAME_WEIGHT, NAME_TRACKING)
        roles = set_rows(subtitle, measure * ROLE_SIZE, widest, 3, ROLE_WEIGHT, ROLE_TRACKING)
        if _tall(names, roles, measure) <= room:
            return measure, names, roles
    while len(names) + len(roles) > 1 and _tall(names, roles, measure) > room:
        longer = names if len(names) >= len(roles) else roles
        longer[-2:] = [cut_short(longer[-2], widest)] if len(longer) > 1 else []
    return measure, names, roles


def _tall(names: Sequence[Line], roles: Sequence[Line], measure: float) -> float:
    gap = measure * RULE_GAP if names and roles else 0.0
    return sum(pitch(each, NAME_LEADING) for each in names) + 2 * gap + sum(pitch(each, ROLE_LEADING) for each in roles)


def _third_words(names: Sequence[Line], roles: Sequence[Line], measure: float, frame: tuple[int, int]) -> _Words:
    gap = measure * RULE_GAP if names and roles else 0.0
    upright = frame[0] < 1.2 * frame[1]
    top = frame[1] * (FLOOR_UPRIGHT if upright else FLOOR) - _tall(names, roles, measure)
    rtl = is_rtl(" ".join(each.text for each in (*names, *roles)))
    side = frame[0] * SIDE
    ink, soft = Image.new("L", frame), Image.new("L", frame)
    rule = _stacked(names, ink, side, top, NAME_LEADING, rtl) + gap
    _stacked(roles, soft, side, rule + gap, ROLE_LEADING, rtl)
    gold = np.zeros((frame[1], frame[0]), np.float32)
    if names and roles:
        _draw_rule(gold, rule, side, max(measure * RULE_LENGTH, 0.62 * max(each.width for each in names)), measure, rtl)
    return _Words(_shares(ink), _shares(soft), gold)


def _stacked(lines: Sequence[Line], on: Image.Image, side: float, top: float, leading: float, rtl: bool) -> float:
    """Draw the lines one under the other from the left side (or the right); gives where the next thing may begin."""
    pen = ImageDraw.Draw(on)
    for each in lines:
        step = pitch(each, leading)
        baseline = top + max(each.above, 0.73 * each.size_px) + (step - max(each.size_px, each.above + each.below)) / 2
        each.draw(pen, on.width - side - each.width if rtl else side, baseline, 255)
        top += step
    return top


def _draw_rule(gold: Shares, y: float, side: float, length: float, measure: float, rtl: bool) -> None:
    """A hairline that begins where the words do and fades out along its second half."""
    thick = max(round(measure / 300), 1)
    first, last = round(side), min(round(side + length), gold.shape[1])
    along = np.clip((1 - np.linspace(0, 1, last - first, dtype=np.float32)) / 0.55, 0, 1) ** 1.2
    rows = gold[round(y) : round(y) + thick]
    if rtl:
        rows[:, gold.shape[1] - last : gold.shape[1] - first] = along[::-1]
    else:
        rows[:, first:last] = along


def lower_third_strength(at: int, frames: int, rate: Fraction) -> float:
    """How much of it is there at its frame `at` of `frames`: it comes and goes softly, within a third of a second each."""
    fade = min(max(round(rate * FADE_SECONDS), 1), max(frames // 3, 1))
    share = min((at + 1) / (fade + 1), (frames - at) / (fade + 1), 1.0)
    return share * share * (3 - 2 * share) if share > 0 else 0.0


def lower_third_rise(at: int, rate: Fraction, height_px: int) -> int:
    """How far below its place it is at its frame `at`, in even pixels: it floats up while it comes, and leaves without moving."""
    fade = max(round(rate * FADE_SECONDS) * 3 // 2, 1)
    away = max(1 - (at + 1) / (fade + 1), 0.0) ** 3
    return round(away * RISE * height_px / 2) * 2


# ── title over a picture ────────────────────────────────────────────────────────────────────────────────────
def overlay_title(title: str, subtitle: str, width_px: int, height_px: int) -> Rgba:
    """The words of a card where a card has them, without its ground: the picture behind is dimmed softly around them."""
    drawn = card_words(title, subtitle, width_px, height_px, weight=OVERLAY_WEIGHT)
    gold = np.zeros((height_px, width_px), np.float32)
    gold[drawn.rule] = rule_share(width_px, drawn.measure)
    words = _Words(_shares(drawn.ink), _shares(drawn.soft), gold)
    if not words.ink.any() and not words.soft.any():
        return _CLEAR
    return _over_picture(words, drawn.measure * 0.07, _band_shade(words))


# ── words, and what dims the picture behind them ────────────────────────────────────────────────────────────
def _over_picture(words: _Words, letter_px: float, shade: Shares) -> Rgba:
    """Words over a shade, cropped to what is not clear; the corner at even pixels."""
    rows, columns = (np.flatnonzero(shade.max(axis=axis) > CLEAR_BELOW) for axis in (1, 0))
    top, left = int(rows[0]) // 2 * 2, int(columns[0]) // 2 * 2
    part = (slice(top, int(rows[-1]) + 1), slice(left, int(columns[-1]) + 1))
    words = _Words(words.ink[part], words.soft[part], words.gold[part])
    close = np.minimum(cv2.GaussianBlur(words.all_ink, (0, 0), max(0.10 * letter_px, 0.6)) * 1.5, 1.0) * SHADOW
    alpha = np.asarray(1 - (1 - close) * (1 - shade[part]), np.float32)
    colour = alpha[..., None] * np.array(DARK, np.float32)
    for mask, tint in ((words.gold, GOLD), (words.soft, SOFT_OVER), (words.ink, INK)):
        colour = colour * (1 - mask[..., None]) + np.array(tint, np.float32) * mask[..., None]
        alpha = mask + alpha * (1 - mask)
    straight = colour / np.maximum(alpha, np.float32(1 / 512))[..., None]
    return Rgba(np.dstack([np.clip(np.rint(straight), 0, 255).astype(np.uint8), _dithered(alpha)]), left, top)


def _dithered(alpha: Shares) -> Bytes:
    """Alpha in bytes, rounded with a little noise, the same every time: a wide shade shows bands over a clear sky otherwise."""
    noise = np.random.Generator(np.random.PCG64(11)).random(alpha.shape, dtype=np.float32) - np.float32(0.5)
    soft = (alpha > CLEAR_BELOW) & (alpha < 0.98)
    return np.clip(np.rint(alpha * 255 + noise * soft), 0, 255).astype(np.uint8)


def _corner_shade(words: _Words, rtl: bool) -> Shares:
    """The corner that the words stand in lies in shade: from the frame's side to past their end, from above them to the bottom."""
    height, width = words.ink.shape
    rows, columns = (np.flatnonzero(words.all_ink.max(axis=axis) > 0.1) for axis in (1, 0))
    reach = (width - columns[0] if rtl else columns[-1]) + 0.10 * width
    along = np.arange(width, dtype=np.float32)
    along = along[::-1] if rtl else along
    across = 1 - _smooth((along - 0.15 * reach) / (1.55 * reach))
    room = max(rows[-1] - rows[0], 0.10 * height)
    down = np.arange(height, dtype=np.float32)
    fall = _smooth((down - (rows[0] - 2.4 * room)) / (3.2 * room)) * (1 - 0.3 * _smooth((down - rows[-1]) / (height - rows[-1])))
    return np.asarray(fall[:, None] * across[None, :] * DIM, np.float32)


def _band_shade(words: _Words) -> Shares:
    """A band of shade across the frame behind the words, darkest in their midst."""
    height, width = words.ink.shape
    rows = np.flatnonzero(words.all_ink.max(axis=1) > 0.1)
    middle, half = (rows[0] + rows[-1]) / 2, (rows[-1] - rows[0]) / 2
    away = np.abs(np.arange(height, dtype=np.float32) - middle)
    fall = 1 - _smooth((away - 0.7 * half) / (0.7 * half + 0.30 * height))
    side = 1 - 0.45 * np.linspace(-1, 1, width, dtype=np.float32) ** 2
    return np.asarray(fall[:, None] * side[None, :] * OVERLAY_DIM, np.float32)


def _smooth(share: Shares) -> Shares:
    """0 below 0, 1 above 1, and no corner at either: a corner in a shade is seen as a line."""
    held = np.clip(share, 0, 1)
    return np.asarray(held * held * (3 - 2 * held), np.float32)


def _shares(mask: Image.Image | Bytes) -> Shares:
    return np.asarray(mask, np.float32) / np.float32(255)
