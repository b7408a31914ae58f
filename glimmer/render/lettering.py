"""Lines of words in any script: which font draws which run, in which order, how wide, and where each word lies.

Takes text, gives `Line`s that measure and draw themselves through Pillow with Raqm (HarfBuzz shapes, FriBidi orders inside a
run). A line is cut into runs of one font and one direction; runs are laid out as a simplified UAX #9: enough for captions
and titles, no nested embeddings.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, groupby
from math import ceil, floor
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from glimmer.render.fonts import Face, face_for, loaded
from glimmer.render.linebreak import breaks, cluster_breaks

__all__ = ["Line", "Lines", "broken", "cut_short", "drawable", "drawable_part", "is_rtl", "language_of", "line"]

SHRINK_STEP = 0.94
SMALLEST_SHARE = 0.5  # words are not drawn smaller than half of what was asked; then lines are broken anywhere
FALSE_BOLD = 0.014  # of the size: a font of one weight is thickened by a stroke where semibold is wanted


FINE, FINE_BELOW_PX = 4, 28  # FreeType sets letters on whole pixels: small ones apart from each other stand unevenly then


class _Run(NamedTuple):
    text: str
    first: int  # in the line
    face: Face
    rtl: bool
    left: float
    width: float


class Line(NamedTuple):
    """One line, shaped. Widths and heights in pixels; `above` and `below` are the ink over and under the baseline."""

    text: str
    runs: tuple[_Run, ...]
    width: float
    above: float
    below: float
    size_px: int
    weight: int
    tracking_px: float

    def draw(self, on: ImageDraw.ImageDraw, left: float, baseline: float, fill: int) -> None:
        """Draw the line on an "L" image: `fill` 255 is full ink."""
        fine = _fine(self.size_px, self.tracking_px)
        for run in self.runs:
            font, stroke = _font(run.face, self.size_px, self.weight, fine)
            if fine > 1:
                self._draw_fine(on, run, font, stroke, (left + run.left, baseline), fill)
                continue
            for text, at in _drawn_pieces(run, font, self.tracking_px):
                on.text(
                    (left + run.left + at, baseline),
                    text,
                    fill=fill,
                    font=font,
                    anchor="ls",
                    direction=_direction(run),
                    stroke_width=stroke,
                )

    def _draw_fine(
        self, on: ImageDraw.ImageDraw, run: _Run, font: ImageFont.FreeTypeFont, stroke: float, at: tuple[float, float], fill: int
    ) -> None:
        """Draw a run FINE times as large, letter by letter, and lay it down made smaller."""
        room = self.size_px
        corner = floor(at[0]) - room, floor(at[1]) - 2 * room
        large = Image.new("L", ((ceil(run.width) + 3 * room) * FINE, 3 * room * FINE))
        pen = ImageDraw.Draw(large)
        for text, along in _drawn_pieces(run, font, self.tracking_px * FINE):
            place = (at[0] - corner[0]) * FINE + along, (at[1] - corner[1]) * FINE
            pen.text(place, text, fill=fill, font=font, anchor="ls", direction=_direction(run), stroke_width=stroke)
        on.bitmap(corner, large.reduce(FINE), fill=255)

    def spans(self, first: int, after: int) -> list[tuple[float, float]]:
        """From where to where text[first:after] lies, left to right; more than one span where it crosses runs. May be empty."""
        found = []
        for run in self.runs:
            a, b = max(first - run.first, 0), min(after - run.first, len(run.text))
            if a < b:
                fine = _fine(self.size_px, self.tracking_px)
                font, _ = _font(run.face, self.size_px, self.weight, fine)
                near, far = (_length(font, run.text[:at], run.rtl, self.tracking_px * fine) / fine for at in (a, b))
                found.append(
                    (run.left + run.width - far, run.left + run.width - near) if run.rtl else (run.left + near, run.left + far)
                )
        return found


class Lines(NamedTuple):
    """A text broken into lines: each with the place of its first character in the text."""

    lines: tuple[Line, ...]
    firsts: tuple[int, ...]
    size_px: int

    @property
    def width(self) -> float:
        return max(each.width for each in self.lines)


def line(text: str, size_px: int, *, weight: int = 400, tracking: float = 0.0, rtl: bool | None = None) -> Line:
    """`text` as one shaped line. tracking: extra space between letters, of the size; only where letters do not join.

    Every character must be drawable (see `drawable`). rtl: the direction of the whole; None takes it from the first strong letter.
    """
    based_rtl = is_rtl(text) if rtl is None else rtl
    tracking_px = tracking * size_px if _may_be_tracked(text) else 0.0
    laid: list[_Run] = []
    left = above = below = 0.0
    for text_of_run, first, face, run_rtl in _visual(_runs(text, based_rtl, language_of(text)), based_rtl):
        font, stroke = _font(face, size_px, weight)
        fine = _fine(size_px, tracking_px)
        width = _length(_font(face, size_px, weight, fine)[0], text_of_run, run_rtl, tracking_px * fine) / fine
        _, top, _, bottom = font.getbbox(text_of_run, anchor="ls", direction="rtl" if run_rtl else "ltr", stroke_width=stroke)
        above, below = max(above, -top), max(below, bottom)
        laid.append(_Run(text_of_run, first, face, run_rtl, left, width))
        left += width
    return Line(text, tuple(laid), max(left - tracking_px, 0.0), above, below, size_px, weight, tracking_px)


def broken(
    text: str,
    size_px: int,
    widest_px: float,
    at_most: int,
    *,
    weight: int = 400,
    tracking: float = 0.0,
    word_ends: Iterable[int] = (),
) -> Lines:
    """`text` in at most `at_most` lines none wider than `widest_px`, as even as can be; smaller where that is needed.

    Breaks where the script allows it. What does not even fit at half the size is broken between characters, into as many lines as
    it takes: nothing is ever cut off.
    """
    places = breaks(text, word_ends)[:-1]
    rtl = is_rtl(text)
    size = float(size_px)
    while size >= size_px * SMALLEST_SHARE:
        whole = _cached_line(text, round(size), weight, tracking, rtl).width
        for count in range(max(ceil(whole / widest_px * 0.97), 1), at_most + 1):  # fewer lines than that can't hold it
            lines = _evenest(text, places, count, round(size), weight, tracking, rtl)
            if lines is not None and lines.width <= widest_px:
                return lines
        size *= SHRINK_STEP
    return _wrapped(text, max(round(size), 4), widest_px, weight, rtl)


def _wrapped(text: str, size_px: int, widest_px: float, weight: int, rtl: bool) -> Lines:
    """`text` broken between any two characters, each line as full as it can be."""
    ends: list[int] = []
    start, places = 0, cluster_breaks(text)
    while places and line(text[start:], size_px, weight=weight, rtl=rtl).width > widest_px:
        here = start
        room = bisect_left(places, True, key=lambda at: line(text[here:at], size_px, weight=weight, rtl=rtl).width > widest_px)
        start = max(places[max(room - 1, 0)], places[0])
        ends.append(start)
        places = places[max(room, 1) :]
    edges = [0, *ends, len(text)]
    pieces = [text[first:after] for first, after in zip(edges, edges[1:], strict=False)]
    firsts = (first + len(piece) - len(piece.lstrip()) for first, piece in zip(edges, pieces, strict=False))
    return Lines(tuple(line(piece.strip(), size_px, weight=weight, rtl=rtl) for piece in pieces), tuple(firsts), size_px)


def drawable(text: str) -> tuple[str, str]:
    """`text` as it can be drawn, and the letters in it that no font has.

    A symbol that no font has (an emoji, a note) becomes a thin space of the same length in characters; a letter is given back, for
    then the text must not be drawn at all.
    """
    drawn, lacking = [], []
    for char in text:
        if char.isspace() or face_for(char) is not None:
            drawn.append(" " if char.isspace() else char)
        elif unicodedata.category(char)[0] in "SCP":
            drawn.append("\u200b")
        else:
            lacking.append(char)
            drawn.append(char)
    return "".join(drawn), "".join(lacking)


def drawable_part(text: str) -> str:
    """`text` without the letters that no font has (each with its marks), as it can be drawn; "" if none is left."""
    drawn, lacking = drawable(text)
    if lacking:
        starts = [0, *cluster_breaks(drawn)]
        clusters = (drawn[first:after] for first, after in zip(starts, starts[1:], strict=False))
        drawn = "".join(each for each in clusters if not set(each) & set(lacking))
    return " ".join(drawn.split()) if drawn.replace("\u200b", "").strip() else ""


def cut_short(whole: Line, widest_px: float) -> Line:
    """The line with as much of its text as fits, and an ellipsis."""
    tracking = whole.tracking_px / whole.size_px
    text = whole.text.rstrip(" ,;:.…")
    for length in range(len(text), -1, -1):
        cut = line(text[:length].rstrip() + "…", whole.size_px, weight=whole.weight, tracking=tracking)
        if cut.width <= widest_px:
            break
    return cut


def language_of(text: str) -> str:
    """Which of the shapes that Chinese, Japanese and Korean share the text wants: "JP", "KR", "TC", "SC", or "" without any."""
    if any("\u3040" <= char <= "\u30ff" for char in text):
        return "JP"
    if any("\uac00" <= char <= "\ud7af" for char in text):
        return "KR"
    if any(unicodedata.east_asian_width(char) == "W" for char in text):
        traditional = sum(char in _ONLY_TRADITIONAL for char in text)
        return "TC" if traditional > sum(char in _ONLY_SIMPLIFIED for char in text) else "SC"
    return ""


# The commonest characters whose form tells the two Chinese ways of writing apart.
_ONLY_TRADITIONAL = frozenset("這個們說來會國時對學過還後見長點開關頭東車馬門間問聽讓認誰請謝愛樂電話風飛魚鳥龍")
_ONLY_SIMPLIFIED = frozenset("这个们说来会国时对学过还后见长点开关头东车马门间问听让认谁请谢爱乐电话风飞鱼鸟龙")


def _evenest(text: str, places: Sequence[int], count: int, size_px: int, weight: int, tracking: float, rtl: bool) -> Lines | None:
    """`text` in `count` lines with the least widest one; None if it has too few places to break."""
    if len(places) < count - 1:
        return None
    whole = _cached_line(text, size_px, weight, tracking, rtl).width
    share = whole / max(len(text), 1)
    likely = sorted(
        places, key=lambda at: min(abs(at * share - whole * number / count) for number in range(1, count)) if count > 1 else 0
    )
    best: Lines | None = None
    least = 0.0
    for cuts in combinations(sorted(likely[:8]), count - 1):
        edges = [0, *cuts, len(text)]
        lines, firsts = [], []
        for first, after in zip(edges, edges[1:], strict=False):
            piece = text[first:after]
            firsts.append(first + len(piece) - len(piece.lstrip()))
            lines.append(_cached_line(piece.strip(), size_px, weight, tracking, rtl))
        made = Lines(tuple(lines), tuple(firsts), size_px)
        cost = made.width * (1.0 + sum(_turn_cost(text[at - 1]) for at in cuts))
        if best is None or cost < least:
            best, least = made, cost
    return best


def _turn_cost(before: str) -> float:
    """What a line's end after this character costs, of the width: inside an unspaced word most, after a stop nothing."""
    return 0.12 if not before.isspace() and before.isalpha() else 0.0


@lru_cache(maxsize=512)
def _cached_line(text: str, size_px: int, weight: int, tracking: float, rtl: bool) -> Line:
    return line(text, size_px, weight=weight, tracking=tracking, rtl=rtl)


def _font(face: Face, size_px: int, weight: int, fine: int = 1) -> tuple[ImageFont.FreeTypeFont, float]:
    """The font, `fine` times as large, and how far its letters are thickened."""
    stroke = FALSE_BOLD * size_px if face.weights is None and weight >= 600 else 0.0
    return loaded(face, size_px * fine, weight, size_px if fine > 1 else 0), stroke * fine


def _fine(size_px: int, tracking_px: float) -> int:
    """How many times as large a line is measured and drawn."""
    return FINE if tracking_px and size_px < FINE_BELOW_PX else 1


def _direction(run: _Run) -> str:
    return "rtl" if run.rtl else "ltr"


def _length(font: ImageFont.FreeTypeFont, text: str, rtl: bool, tracking_px: float) -> float:
    if not text:
        return 0.0
    extra = tracking_px * len(cluster_breaks(text)) if tracking_px else 0.0
    return float(font.getlength(text, direction="rtl" if rtl else "ltr")) + extra


def _drawn_pieces(run: _Run, font: ImageFont.FreeTypeFont, tracking_px: float) -> list[tuple[str, float]]:
    """The run whole, or letter by letter with tracking: each letter at the length of what stands before it, so kerning is kept."""
    if not tracking_px:
        return [(run.text, 0.0)]
    starts = [0, *cluster_breaks(run.text)[:-1]]
    ends = [*starts[1:], len(run.text)]
    return [
        (run.text[a:b], _length(font, run.text[:b], run.rtl, tracking_px) - _length(font, run.text[a:b], run.rtl, tracking_px))
        for a, b in zip(starts, ends, strict=True)
        if not run.text[a:b].isspace()
    ]


# ── runs and their order ────────────────────────────────────────────────────────────────────────────────────
_Piece = tuple[str, int, Face, bool]


def _runs(text: str, based_rtl: bool, language: str) -> list[_Piece]:
    """`text` in pieces of one face and one direction, in the order they are read."""
    directions = _directions(text, based_rtl)
    chosen: list[tuple[Face, bool]] = []
    for char, rtl in zip(text, directions, strict=True):
        before = chosen[-1] if chosen else None
        same = before[0] if before and (before[1] == rtl or not char.strip()) else None
        keep = same if same is not None and not char.isalpha() else None
        face = face_for(char, language=language, prefer=keep) or same or face_for("A")
        if face is None:
            raise LookupError("no font is installed that has the letter A")
        chosen.append((face, rtl))
    for at in range(len(text) - 2, 0, -1):  # space between two directions belongs to the one it is read with
        if not text[at].strip() and chosen[at][1] == chosen[at + 1][1] != chosen[at - 1][1]:
            chosen[at] = chosen[at + 1]
    pieces: list[_Piece] = []
    at = 0
    for (face, rtl), group in groupby(chosen):
        length = len(list(group))
        pieces.append((text[at : at + length], at, face, rtl))
        at += length
    return pieces


def _directions(text: str, based_rtl: bool) -> list[bool]:
    """True for every character that is read from right to left. Digits go with what is before them; what is between follows the base."""
    strong: list[bool | None] = []
    last: bool | None = None
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            last = True
        elif kind == "L":
            last = False
        strong.append(last if kind in ("R", "AL", "L", "EN", "AN", "NSM") and last is not None else None)
    resolved = [based_rtl if value is None else value for value in strong]
    at = 0
    for value, group in groupby(strong):
        length = len(list(group))
        if value is None and at > 0 and at + length < len(text) and strong[at - 1] == strong[at + length]:
            resolved[at : at + length] = [bool(strong[at - 1])] * length
        at += length
    return resolved


def _visual(pieces: Sequence[_Piece], based_rtl: bool) -> list[_Piece]:
    """The pieces from left to right: what runs against the base keeps its own order inside."""
    groups = [list(group) for _, group in groupby(pieces, key=lambda piece: piece[3])]
    shown = [group[::-1] if group[0][3] else group for group in groups]
    return [piece for group in (shown[::-1] if based_rtl else shown) for piece in group]


def is_rtl(text: str) -> bool:
    """True if the first letter with a direction is read from right to left."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def _may_be_tracked(text: str) -> bool:
    """True for scripts whose letters stand alone: in Arabic or Devanagari space between letters would break the words."""
    return all(ord(char) < 0x530 or 0x1E00 <= ord(char) < 0x2100 or unicodedata.east_asian_width(char) in "WF" for char in text)
