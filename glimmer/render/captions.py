"""Captions in the picture: each page is drawn once, as a layer with all its words plain and one with all of them lit.

A frame's caption is the plain layer with the words spoken in that frame taken from the lit one, laid over the film's planes
inside its box only: 0.1 ms a frame. Layers are pre-multiplied Y, U and V with their own transparency.
A page with a letter that no installed font has is not drawn at all (it stays in the subtitles); `unseen` says which those are.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from glimmer.assembly.pieces import Caption, CaptionStyle
from glimmer.display import count_text
from glimmer.render.fonts import missing_scripts
from glimmer.render.layers import Layer, lay
from glimmer.render.lettering import Line, Lines, broken, drawable, line
from glimmer.render.paging import CAPTION_FADE_FRAMES, LINES_A_PAGE, LINES_A_SIDE_PAGE, USUAL_STYLE, Page
from glimmer.render.planes import Bytes, Planes, from_rgb

__all__ = ["caption_size", "draw_page", "unseen", "unseen_titles"]

Shares = NDArray[np.float32]  # 0..1 a pixel

SIZE = 0.046  # of the height in a wide frame: 33 px at 720p, read from a sofa and from a phone held sideways
SIZE_UPRIGHT = 0.052  # of the width in an upright one
SAFE = 0.05  # nothing is drawn nearer to an edge than this share of it (SMPTE's action-safe area is 90 %)
WEIGHT = 600
PITCH = 1.32  # from baseline to baseline, of the size
PAD = (0.62, 0.40)  # room in the box beside and above the words, of the size
ROUND = 0.42  # the box's corners, of the size
BOX, LIGHT_BOX = (10, 12, 18), (244, 242, 236)
DARK_WORDS_LUMA = 90.0  # of 16..235: darker words stand on light
OUTLINE, OUTLINE_STRENGTH, HALO_STRENGTH = 0.075, 0.94, 0.55  # reach of the outline, of the size: 2.5 px at 720p
BOX_STRENGTH = 0.62
SHADOW_STRENGTH = 0.75
SPEAKER_SIZE, SPEAKER_TRACKING = 0.62, 0.12


class _Drawn(NamedTuple):
    """A page ready to be laid over a frame."""

    plain: Layer
    lit: Layer
    boxes: tuple[tuple[tuple[int, int, int, int], ...], ...]  # per word: left, top, right, bottom inside the layer


def draw_page(page: Page, at_frame: int, out: Planes, style: CaptionStyle = USUAL_STYLE) -> None:
    """Lay `page` over `out` as it looks at `at_frame` (counted as the page's own times are). Nothing if it is not on screen then.

    The page has its place already (`pages` heeds `style.position`); size, colours, look and ground are the style's.
    """
    if not page.start <= at_frame < page.end:
        return
    drawn = _drawn(_timeless(page), out.size, style)
    if drawn is None:
        return
    lit_words = tuple(number for number, word in enumerate(page.words) if word.start <= at_frame < word.end)
    if style.look == "plain":
        lit_words = ()
    lay(_lit(drawn, lit_words), out, _strength(page, at_frame))


def _strength(page: Page, at_frame: int) -> float:
    """How much of the page is there: it comes and goes within CAPTION_FADE_FRAMES."""
    come = (at_frame - page.start + 1) / CAPTION_FADE_FRAMES if page.fades_in else 1.0
    gone = (page.end - at_frame) / CAPTION_FADE_FRAMES if page.fades_out else 1.0
    return min(1.0, come, gone)


def unseen(captions: Iterable[Caption]) -> tuple[str, ...]:
    """One notice for each script that the captions need and no installed font has: what is left out and which extra brings it."""
    return tuple(
        _notice(script, f"{count_text(count, 'caption')} {_is(count)} left out of the picture (the subtitles keep them)")
        for script, count in _counted(caption.text for caption in captions).items()
    )


def unseen_titles(texts: Iterable[str]) -> tuple[str, ...]:
    """As `unseen`, for the rows of a cut's titles, lower thirds and credits: they are drawn without the letters that no font has."""
    counts = _counted(row for text in texts for row in text.splitlines())
    return tuple(
        _notice(script, f"{count_text(count, 'row')} of the titles {_is(count)} drawn without some letters")
        for script, count in counts.items()
    )


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _counted(texts: Iterable[str]) -> dict[str, int]:
    """How many of the texts need each script that no font has."""
    counts: dict[str, int] = {}
    for text in texts:
        lacking = drawable(text)[1]
        for script in missing_scripts(lacking) if lacking else ():
            counts[script] = counts.get(script, 0) + 1
    return counts


def _notice(script: str, several: str) -> str:
    cure = (
        'Install the fonts with: pip install "glimmer-studio[cjk]"'
        if script == "CJK"
        else "No package of Glimmer brings that script yet"
    )
    return f"{several}: no installed font has the script {script}. {cure}."


def _timeless(page: Page) -> Page:
    """The page as it is drawn: the same value in every segment that shows it."""
    words = tuple(word._replace(start=0, end=0) for word in page.words)
    return page._replace(start=0, end=0, words=words)


@lru_cache(maxsize=24)
def _drawn(page: Page, frame_size: tuple[int, int], style: CaptionStyle) -> _Drawn | None:
    text, lacking = drawable(page.text)
    if lacking:
        return None
    size_px = caption_size(*frame_size, style.size)
    side = page.position in ("left", "right")
    room = frame_size[0] * (1 - 2 * SAFE) * (0.47 if side else 1.0) - 2 * PAD[0] * size_px
    lines = broken(
        text,
        size_px,
        room,
        LINES_A_SIDE_PAGE if side else LINES_A_PAGE,
        weight=WEIGHT,
        word_ends=(word.after for word in page.words),
    )
    speaker = _speaker_line(page, lines.size_px, room)
    return _laid_out(page, lines, speaker, frame_size, style)


def caption_size(width_px: int, height_px: int, size: float = 1.0) -> int:
    """The height of caption letters in a frame, in pixels; `size` times the usual."""
    wide = width_px >= 1.2 * height_px
    usual = height_px * SIZE if wide else width_px * SIZE_UPRIGHT * min(1.0, height_px / width_px)
    return max(round(usual * size), 8)


def _speaker_line(page: Page, size_px: int, room: float) -> Line | None:
    name, lacking = drawable(page.speaker.upper())
    if not name.strip() or lacking:
        return None
    named = line(name, max(round(size_px * SPEAKER_SIZE), 6), weight=700, tracking=SPEAKER_TRACKING)
    return named if named.width <= room else None


def _laid_out(page: Page, lines: Lines, speaker: Line | None, frame_size: tuple[int, int], style: CaptionStyle) -> _Drawn:
    size = lines.size_px
    pitch = max(PITCH * size, *(each.above + each.below + 0.08 * size for each in lines.lines))
    pad_x, pad_y = PAD[0] * size, PAD[1] * size
    rise = max(lines.lines[0].above, 0.76 * size)
    head = speaker.size_px * 1.5 if speaker else 0.0
    drop = max(lines.lines[-1].below, 0.24 * size)
    width = max(lines.width, speaker.width if speaker else 0.0) + 2 * pad_x
    height = head + rise + pitch * (len(lines.lines) - 1) + drop + 2 * pad_y
    whole = (_even(width), _even(height))
    ink, name = Image.new("L", whole), Image.new("L", whole)
    pen = ImageDraw.Draw(ink)
    places = []
    for number, each in enumerate(lines.lines):
        left, baseline = (whole[0] - each.width) / 2, head + pad_y + rise + pitch * number
        each.draw(pen, left, baseline, 255)
        places.append((left, baseline))
    if speaker:
        speaker.draw(ImageDraw.Draw(name), (whole[0] - speaker.width) / 2, pad_y + speaker.size_px * 0.86, 255)
    boxes = tuple(_word_boxes(page, number, lines, places, pitch, whole) for number in range(len(page.words)))
    place = _corner(page, whole, frame_size, style.size)
    words, named = (np.asarray(mask, np.float32) / np.float32(255) for mask in (ink, name))
    ground = _plate(whole, words, named, size) if style.box else _outline(words, named, size)
    plain, lit = (_layer(place, ground, words, named, tint, style) for tint in (style.colour, style.lit_colour))
    return _Drawn(plain, lit, boxes)


def _corner(page: Page, box: tuple[int, int], frame: tuple[int, int], size: float) -> tuple[int, int]:
    """The box's left top corner: centred near the bottom (or the top), or in the middle of its half; rows are stacked inward."""
    middle = {"left": 0.275, "right": 0.725}.get(page.position, 0.5) * frame[0]
    left = min(max(middle - box[0] / 2, SAFE * frame[0] / 2), frame[0] - box[0] - SAFE * frame[0] / 2)
    stacked = page.row * (caption_size(*frame, size) * (2 * PITCH + 2 * PAD[1] + 0.3))
    lift = SAFE * 1.3 * frame[1] if frame[0] >= frame[1] else 0.16 * frame[1]  # upright players lay their buttons over the bottom
    top = SAFE * 1.3 * frame[1] + stacked if page.position == "top" else frame[1] - lift - box[1] - stacked
    return max(int(left) // 2 * 2, 0), min(max(int(top) // 2 * 2, 0), max(frame[1] - box[1], 0) // 2 * 2)


def _word_boxes(
    page: Page, number: int, lines: Lines, places: list[tuple[float, float]], pitch: float, whole: tuple[int, int]
) -> tuple[tuple[int, int, int, int], ...]:
    """Where a word lies; where its place is not known, the line it is spoken in."""
    word = page.words[number]
    boxes = []
    for each, first, (left, baseline) in zip(lines.lines, lines.firsts, places, strict=True):
        if word.after > word.first:
            spans = each.spans(word.first - first, word.after - first)
        else:
            spans = [(0.0, each.width)] if first <= word.first <= first + len(each.text) else []
        top, bottom = round(baseline - pitch * 0.78), round(baseline + pitch * 0.30)
        for start, end in spans:
            margin = 0.06 * each.size_px  # overhanging curves; half of a word space at most
            boxes.append(
                (
                    max(int(left + start - margin), 0),
                    max(top, 0),
                    min(int(left + end + margin) + 1, whole[0]),
                    min(bottom, whole[1]),
                )
            )
    return tuple(boxes)


def _rounded(size: tuple[int, int], radius: float) -> Shares:
    """A filled box with round corners, 0..1, smooth at the edge (drawn four times as large)."""
    large = Image.new("L", (size[0] * 4, size[1] * 4))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, size[0] * 4 - 1, size[1] * 4 - 1), radius * 4, fill=255)
    return np.asarray(large.resize(size, Image.Resampling.BOX), dtype=np.float32) / np.float32(255)


def _plate(whole: tuple[int, int], words: Shares, named: Shares, size_px: int) -> Shares:
    """How opaque the ground is: a box with round corners, darker where the words throw a soft shadow on it."""
    box = _rounded(whole, ROUND * size_px)
    shadow = np.minimum(cv2.GaussianBlur(np.maximum(words, named), (0, 0), 0.09 * size_px) * 1.6, 1.0) * SHADOW_STRENGTH * box
    alpha = box * BOX_STRENGTH
    return np.asarray(shadow + alpha * (1 - shadow), np.float32)


def _outline(words: Shares, named: Shares, size_px: int) -> Shares:
    """How opaque the ground is without a box: a close dark edge round the letters, and a wide faint one that lifts them off a pattern."""
    ink = np.maximum(words, named)
    reach = OUTLINE * size_px
    across = 2 * round(reach + 0.5) + 1
    away = np.hypot(*np.mgrid[:across, :across] - across // 2)
    edge = cv2.dilate(ink, (away <= reach + 0.25).astype(np.uint8))
    edge = np.maximum(cv2.GaussianBlur(edge, (0, 0), max(0.35 * reach, 0.5)), ink) * OUTLINE_STRENGTH
    halo = np.minimum(cv2.GaussianBlur(ink, (0, 0), 0.13 * size_px) * 1.5, 1.0) * HALO_STRENGTH
    return np.asarray(edge + halo * (1 - edge), np.float32)


def _layer(place: tuple[int, int], ground: Shares, words: Shares, named: Shares, colour: str, style: CaptionStyle) -> Layer:
    """Ground, words and the speaker's name over each other, pre-multiplied."""
    alpha = ground
    shades = [alpha * value for value in _yuv(BOX if _is_light(style.colour) else LIGHT_BOX)]
    for mask, tint in ((words, colour), (named, style.lit_colour)):
        shades = [shade * (1 - mask) + mask * value for shade, value in zip(shades, _yuv(_rgb(tint)), strict=True)]
        alpha = mask + alpha * (1 - mask)
    half = (ground.shape[1] // 2, ground.shape[0] // 2)
    halves = [
        np.asarray(cv2.resize(shade, half, interpolation=cv2.INTER_AREA), np.float32) for shade in (shades[1], shades[2], alpha)
    ]
    return Layer(
        *place,
        Planes(_bytes(shades[0]), _bytes(halves[0]), _bytes(halves[1])),
        _bytes(255 - 255 * alpha),
        _bytes(255 - 255 * halves[2]),
    )


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _is_light(colour: str) -> bool:
    """False for words so dark that they need a light ground."""
    return _yuv(_rgb(colour))[0] > DARK_WORDS_LUMA


def _lit(drawn: _Drawn, lit_words: tuple[int, ...]) -> Layer:
    """The plain layer with these words' boxes from the lit one."""
    boxes = [box for number in lit_words for box in drawn.boxes[number]]
    if not boxes:
        return drawn.plain
    colour = Planes(*(plane.copy() for plane in drawn.plain.colour))
    for left, top, right, bottom in boxes:
        colour.luma[top:bottom, left:right] = drawn.lit.colour.luma[top:bottom, left:right]
        half = (slice(top // 2, (bottom + 1) // 2), slice(left // 2, (right + 1) // 2))
        colour.blue[half], colour.red[half] = drawn.lit.colour.blue[half], drawn.lit.colour.red[half]
    return drawn.plain._replace(colour=colour)


def _yuv(rgb: tuple[int, int, int]) -> tuple[float, float, float]:
    planes = from_rgb(np.full((2, 2, 3), rgb, np.uint8))
    return float(planes.luma[0, 0]), float(planes.blue[0, 0]), float(planes.red[0, 0])


def _bytes(values: NDArray[np.float32]) -> Bytes:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _even(length: float) -> int:
    return int(np.ceil(length / 2)) * 2
