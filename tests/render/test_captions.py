"""Captions in a style: what a person chooses is what is seen, and the usual look stays as it was."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from glimmer.assembly.pieces import Caption, CaptionStyle, CaptionWord
from glimmer.render.captions import caption_size, draw_page, unseen, unseen_titles
from glimmer.render.paging import letters_a_line, pages
from glimmer.render.planes import from_rgb, to_rgb

TEXT = "The lamp has been lit, and nobody is coming."
SIZE = (640, 360)


def spoken(text: str = TEXT, **more: object) -> Caption:
    words = tuple(CaptionWord(word=word, start=6 * at, end=6 * at + 6) for at, word in enumerate(text.split()))
    return Caption(line_id="1", text=text, start=0, end=6 * len(words), words=words, **more)


def shown(
    style: CaptionStyle, grey: int = 60, *, caption: Caption | None = None, size: tuple[int, int] = SIZE, at: int = 20
) -> np.ndarray:
    """The picture at a frame, as signed RGB."""
    out = from_rgb(np.full((size[1], size[0], 3), grey, np.uint8))
    for page in pages((caption or spoken(),), *size, style=style):
        draw_page(page, at, out, style)
    return to_rgb(out).astype(int)


def place(picture: np.ndarray, grey: int = 60) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of all that is not the ground."""
    there = np.abs(picture - grey).max(axis=2) > 12
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def is_gold(picture: np.ndarray) -> np.ndarray:
    return (picture[..., 0] > 180) & (picture[..., 0] - picture[..., 2] > 90)


def test_the_usual_style_is_the_usual_picture():
    out, same = (from_rgb(np.full((360, 640, 3), 60, np.uint8)) for _ in range(2))
    for page in pages((spoken(),), *SIZE):
        draw_page(page, 20, out)
        draw_page(page, 20, same, CaptionStyle())
    sums = {hashlib.sha256(b"".join(plane.tobytes() for plane in planes)).hexdigest() for planes in (out, same)}
    assert len(sums) == 1


def test_plain_captions_light_no_word():
    assert is_gold(shown(CaptionStyle())).sum() > 50
    plain = CaptionStyle(look="plain")
    assert not is_gold(shown(plain)).any()
    assert np.array_equal(shown(plain, at=10), shown(plain, at=30))


def test_words_have_the_colours_that_were_asked_for():
    picture = shown(CaptionStyle(colour="#40c0ff", lit_colour="#ff4040", size=2.0), caption=spoken("Lamp lit"), at=8)
    blue = np.abs(picture - [0x40, 0xC0, 0xFF]).max(axis=2) <= 12
    red = np.abs(picture - [0xFF, 0x40, 0x40]).max(axis=2) <= 12
    assert blue.sum() > 100 and red.sum() > 50
    assert np.flatnonzero(blue.any(axis=0)).max() < np.flatnonzero(red.any(axis=0)).max()


@pytest.mark.parametrize("grey", [0, 128, 255])
@pytest.mark.parametrize("colour", ["#f8f5ee", "#101010"])
def test_an_outline_can_be_read_on_any_ground(grey, colour):
    style = CaptionStyle(box=False, look="plain", colour=colour)
    light = colour != "#101010"
    contrary = shown(style, 0 if light else 255, size=(1280, 720)).mean(axis=2)
    letters = contrary > 200 if light else contrary < 60
    around = np.logical_or.reduce([np.roll(letters, by, axis) for by in (-2, 2) for axis in (0, 1)]) & ~letters
    picture = shown(style, grey, size=(1280, 720)).mean(axis=2)
    assert letters.sum() > 1_500
    assert abs(np.median(picture[letters]) - np.median(picture[around])) > 120


def test_without_a_box_the_picture_is_left_alone_a_letter_away():
    outlined, boxed = (place(shown(CaptionStyle(box=box))) for box in (False, True))
    assert outlined[0] > boxed[0] + 5 and outlined[2] < boxed[2] - 5


@pytest.mark.parametrize("frame", [(640, 360), (360, 640), (360, 360)])
@pytest.mark.parametrize("size", [0.5, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("position", ["bottom", "top"])
def test_captions_of_any_size_stay_in_the_safe_area(frame, size, position):
    style = CaptionStyle(size=size, position=position)
    caption = spoken("The lamp has been lit, and nobody is coming. Keep watch until the tide turns, Mara, and do not sleep.")
    left, top, right, bottom = place(shown(style, caption=caption, size=frame))
    assert left >= 0.045 * frame[0] and right <= 0.955 * frame[0] and top >= 0.05 * frame[1] and bottom <= 0.95 * frame[1]
    assert bottom < 0.55 * frame[1] if position == "top" else top > 0.45 * frame[1]


def test_larger_letters_are_fewer_on_a_line():
    assert letters_a_line(1280, 720) == letters_a_line(1280, 720, size=0.5) == 42
    assert letters_a_line(1280, 720, size=2.0) == 26 and letters_a_line(720, 1280, size=2.0) == 15
    assert len(pages((spoken(TEXT + " Keep watch."),), *SIZE, style=CaptionStyle(size=2.0))) == 2
    assert len(pages((spoken(TEXT + " Keep watch."),), *SIZE)) == 1
    assert caption_size(1280, 720, 2.0) == 2 * caption_size(1280, 720)


def test_captions_of_no_look_are_on_no_page():
    assert pages((spoken(),), *SIZE, style=CaptionStyle(look="none")) == () != pages((spoken(),), *SIZE)


def test_captions_for_two_at_once_keep_their_sides():
    (page,) = pages((spoken("No.", position="left"),), *SIZE, style=CaptionStyle(position="top"))
    assert page.position == "left"


def test_what_no_font_can_draw_is_said():
    tibetan = "\u0f56\u0f7c\u0f51"
    (caption,) = unseen((spoken(tibetan), spoken("Lamp")))
    (titles,) = unseen_titles((f"The Lamp\n{tibetan}", tibetan))
    assert caption.startswith("1 caption is left out of the picture (the subtitles keep them)") and "TIBETAN" in caption
    assert titles.startswith("2 rows of the titles are drawn without some letters:") and "TIBETAN" in titles
    assert unseen_titles(("The Lamp", "Работа", "")) == ()
