"""End credits: names rolling up over black, from below the frame to above it, at one constant speed.

Takes the rows of a credits clip ("what: who", a heading, a plain name), gives `Credits`, which draws the frame at any moment. A roll of a thousand
names is 60,000 pixels tall: it is set as lines once (a list of places), and drawn in tiles of a few hundred rows when they come
into view. The roll stands at fractions of a pixel; moved by whole pixels, slow credits stutter.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from glimmer.render.cards import GOLD, INK, SOFT_INK, pitch, set_rows
from glimmer.render.lettering import Line, is_rtl
from glimmer.render.planes import BLACK, Bytes, Planes, as_bytes, from_rgb

__all__ = ["Credits", "credits_offset", "credits_strip"]

# Of the frame's shorter measure. Capitals are 0.73 of it: at least 2.8 % of the height, 10 px in a film 640 wide, as on television.
NAME_SIZE, ROLE_SIZE, HEADING_SIZE, TITLE_SIZE = 0.044, 0.039, 0.039, 0.086
NAME_WEIGHT, ROLE_WEIGHT, HEADING_WEIGHT, TITLE_WEIGHT = 500, 400, 600, 300
NAME_TRACKING, ROLE_TRACKING, HEADING_TRACKING, TITLE_TRACKING = 0.02, 0.05, 0.16, 0.12
LEADING, TITLE_LEADING = 1.5, 1.25
GUTTER = 0.030  # of the width, between what and who
COLUMN, COLUMN_UPRIGHT = 0.36, 0.425  # of the width, each
SPACE, HEADING_SPACE, AFTER_TITLE = 0.044, 0.037, 0.12  # of the measure: a blank row, above a heading, under the title
TILE_PX = 512
_PAIR = re.compile(r"([^:：]+)[:：](?!//)\s*(\S.*)")


class _Placed(NamedTuple):
    """A line and where its baseline stands in the roll."""

    line: Line
    left: float
    baseline: float
    colour: tuple[int, int, int]

    @property
    def top(self) -> float:
        return self.baseline - self.line.above - 2

    @property
    def bottom(self) -> float:
        return self.baseline + self.line.below + 2


class Credits:
    """A roll of credits for frames of one size. Thread-safe: workers may draw different frames of it at once."""

    def __init__(self, title: str, rows_text: str, width_px: int, height_px: int) -> None:
        self._size = (width_px, height_px)
        placed, height = _set(title, rows_text, width_px, height_px)
        self.height_px = -(-round(height) // 2) * 2
        self._placed = sorted(placed, key=lambda each: each.top)
        self._tallest = max((each.bottom - each.top for each in placed), default=0.0)
        self._tops = [each.top for each in self._placed]
        self._tiles: OrderedDict[int, Planes] = OrderedDict()
        self._keep = 2 * (height_px // TILE_PX + 3)  # what two workers see, and go on to see
        self._lock = threading.Lock()

    @property
    def nbytes(self) -> int:
        """The most that it holds in memory."""
        return self._keep * TILE_PX * self._size[0] * 3 // 2 + 2_000 * len(self._placed)

    def draw(self, at: int, frames: int, out: Planes) -> None:
        """Fill `out`, a frame of the size it was made for, with the roll at its frame `at` of `frames`; black around it."""
        top = credits_offset(at, frames, self.height_px, self._size[1])
        luma_window, luma_part = self._window(top, 0, 1)
        _shifted(luma_window, luma_part, out.luma)
        for number, plane in ((1, out.blue), (2, out.red)):
            window, part = self._window(top, number, 2)
            _shifted(window, part, plane)

    def _window(self, top: float, plane: int, half: int) -> tuple[Bytes, float]:
        """The rows of a plane that are seen when the roll's pixel row `top` is the frame's first, one more, and the part of a row."""
        first = int(np.floor(top / half))
        count = self._size[1] // half + 1
        window = np.full((count, self._size[0] // half), BLACK[plane], np.uint8)
        tall = TILE_PX // half
        for number in range(max(first // tall, 0), (first + count - 1) // tall + 1):
            if 0 <= number * TILE_PX < self.height_px:
                begin = number * tall
                rows = self._tile(number)[plane][max(first - begin, 0) : first + count - begin]
                at = max(begin - first, 0)
                window[at : at + len(rows)] = rows
        return window, top / half - first

    def _tile(self, number: int) -> Planes:
        with self._lock:
            if number in self._tiles:
                self._tiles.move_to_end(number)
                return self._tiles[number]
        tile = from_rgb(self._rgb(number * TILE_PX, TILE_PX))
        with self._lock:
            self._tiles[number] = tile
            while len(self._tiles) > self._keep:
                self._tiles.popitem(last=False)
        return tile

    def _rgb(self, top: int, tall: int) -> Bytes:
        """Rows top .. top + tall of the roll on black: uint8 RGB."""
        painted = np.zeros((tall, self._size[0], 3), np.float32)
        seen = list(self._seen(top, top + tall))
        for colour in dict.fromkeys(each.colour for each in seen):
            ink = Image.new("L", (self._size[0], tall))
            pen = ImageDraw.Draw(ink)
            for each in seen:
                if each.colour == colour:
                    each.line.draw(pen, each.left, each.baseline - top, 255)
            painted = np.maximum(painted, np.asarray(ink, np.float32)[..., None] * (np.array(colour, np.float32) / 255))
        return np.rint(painted).astype(np.uint8)

    def _seen(self, top: float, bottom: float) -> Iterator[_Placed]:
        for each in self._placed[bisect_left(self._tops, top - self._tallest) :]:
            if each.top >= bottom:
                return
            if each.bottom > top:
                yield each


def credits_offset(at: int, frames: int, strip_height: float, frame_height: float) -> float:
    """Which row of the roll is the frame's first at frame `at` of `frames`: below the frame when it begins, above it when it ends.

    One constant speed; fractions of a row. Frame 0 shows the first sliver, the last frame the last one.
    """
    return -frame_height + (strip_height + frame_height) * (at + 1) / (frames + 1)


def credits_strip(title: str, rows_text: str, width_px: int, height_px: int) -> Bytes:
    """The whole roll as one picture: uint8 RGB, as tall as it needs. For looking; `Credits` draws films, and needs no memory for it."""
    roll = Credits(title, rows_text, width_px, height_px)
    return roll._rgb(0, max(roll.height_px, 2))  # the same house


def _shifted(window: Bytes, part: float, out: Bytes) -> None:
    """`window` moved up by `part` of a row, into `out`, which has one row less."""
    if part < 1e-6:
        out[:] = window[:-1]
        return
    out[:] = as_bytes(cv2.addWeighted(window[:-1], 1.0 - part, window[1:], part, 0.0))


# ── setting the roll ────────────────────────────────────────────────────────────────────────────────────────
def _set(title: str, rows_text: str, width_px: int, height_px: int) -> tuple[list[_Placed], float]:
    """Every line in its place, and how tall the roll is."""
    measure = min(height_px, width_px * 0.75)
    placed: list[_Placed] = []
    rows = [" ".join(row.split()) for row in rows_text.strip().splitlines()]
    y = 0.0
    if title.strip():
        lines = set_rows(title, measure * TITLE_SIZE, width_px * 0.8, 3, TITLE_WEIGHT, TITLE_TRACKING)
        y = _centred(lines, y, TITLE_LEADING, width_px, INK, placed) + (measure * AFTER_TITLE if rows else 0)
    for number, row in enumerate(rows):
        what, who = _what_and_who(row)
        if not row:
            y += measure * SPACE
        elif who:
            y = _two_columns(what, who, y, measure, width_px, height_px, placed)
        elif _is_heading(rows, number):
            y += measure * HEADING_SPACE if number else 0.0
            lines = set_rows(row.rstrip(":："), measure * HEADING_SIZE, width_px * 0.8, 4, HEADING_WEIGHT, HEADING_TRACKING)
            y = _centred(lines, y, LEADING, width_px, GOLD, placed) + measure * HEADING_SPACE * 0.5
        else:
            lines = set_rows(row, measure * NAME_SIZE, width_px * 0.8, 4, NAME_WEIGHT, NAME_TRACKING)
            y = _centred(lines, y, LEADING, width_px, INK, placed)
    return placed, y


def _what_and_who(row: str) -> tuple[str, str]:
    """The two halves of "what: who"; the row and nothing if it has no two. An address is no pair."""
    found = _PAIR.match(row)
    return (found[1].strip(), found[2].strip()) if found else (row, "")


def _is_heading(rows: Sequence[str], number: int) -> bool:
    """A plain row is a heading if it ends in a colon, stands over a pair, or opens a block of more than one row; else it is a name."""
    after = rows[number + 1] if number + 1 < len(rows) else ""
    opens = number == 0 or not rows[number - 1]
    return rows[number].endswith((":", "：")) or bool(_what_and_who(after)[1]) or (opens and bool(after))


def _centred(
    lines: Sequence[Line], y: float, leading: float, width_px: int, colour: tuple[int, int, int], placed: list[_Placed]
) -> float:
    for each in lines:
        placed.append(_Placed(each, (width_px - each.width) / 2, _baseline(each, y, leading), colour))
        y += pitch(each, leading)
    return y


def _two_columns(what: str, who: str, y: float, measure: float, width_px: int, height_px: int, placed: list[_Placed]) -> float:
    """What ends at the middle, who begins there (the other way round where one reads from the right); both begin on one baseline."""
    column = width_px * (COLUMN if width_px >= 1.2 * height_px else COLUMN_UPRIGHT)
    roles = set_rows(what, measure * ROLE_SIZE, column, 4, ROLE_WEIGHT, ROLE_TRACKING)
    names = set_rows(who, measure * NAME_SIZE, column, 4, NAME_WEIGHT, NAME_TRACKING)
    step = max((pitch(each, LEADING) for each in (*roles, *names)), default=0.0)
    middle, gutter, rtl = width_px / 2, width_px * GUTTER / 2, is_rtl(what)
    first = y + step * 0.5 + 0.36 * measure * NAME_SIZE
    for number, each in enumerate(roles):
        placed.append(_Placed(each, middle + gutter if rtl else middle - gutter - each.width, first + number * step, SOFT_INK))
    for number, each in enumerate(names):
        placed.append(_Placed(each, middle - gutter - each.width if rtl else middle + gutter, first + number * step, INK))
    return y + step * max(len(roles), len(names))


def _baseline(line: Line, top: float, leading: float) -> float:
    return top + max(line.above, 0.73 * line.size_px) + (pitch(line, leading) - max(line.size_px, line.above + line.below)) / 2
