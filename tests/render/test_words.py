"""Words and pictures over the film: layers to the bit, lower thirds, titles over pictures, end credits."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PIL import Image, ImageDraw

from glimmer.render.cards import card, set_rows
from glimmer.render.credits import Credits, credits_offset, credits_strip
from glimmer.render.layers import Rgba, lay, layer_of_planes, layer_of_rgba
from glimmer.render.lettering import line
from glimmer.render.planes import Planes, blank, from_rgb
from glimmer.render.titling import lower_third, lower_third_rise, lower_third_strength, overlay_title


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


# ── lower thirds and titles over pictures ───────────────────────────────────────────────────────────────────
SHAPES = [(640, 360), (360, 640), (360, 360), (384, 480), (640, 268)]
NAMES = [
    ("Mara Okonkwo", "Keeper of the light"),
    (
        "Jean-Baptiste Emmanuel de La Rochefoucauld-Liancourt",
        "Professor emeritus of maritime history, University of the North " * 3,
    ),
    ("فاطمة الزهراء", "حارسة المنارة"),
    ("Ólafur Ærøskøbing-Þórðarson", ""),
    ("नमस्ते दुनिया", "ผู้ดูแลประภาคาร"),
]


def over(grey: int, words: Rgba, size: tuple[int, int]) -> np.ndarray:
    """The luma of a flat frame under the words."""
    out = from_rgb(np.full((size[1], size[0], 3), grey, np.uint8))
    lay(layer_of_rgba(*words), out)
    return out.luma.astype(int)


def inked(luma: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is bright."""
    rows, columns = np.flatnonzero((luma > 120).any(axis=1)), np.flatnonzero((luma > 120).any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize(("title", "subtitle"), NAMES)
def test_a_lower_third_stays_in_the_safe_area_and_above_the_captions(size, title, subtitle):
    left, top, right, bottom = inked(over(0, lower_third(title, subtitle, *size), size))
    assert left >= 0.05 * size[0] and right <= 0.95 * size[0]
    assert top >= 0.30 * size[1] and bottom <= 0.79 * size[1]


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize(
    ("title", "subtitle"),
    [("\n".join(f"Name {n}" for n in range(8)), "Keeper"), ("Mara " * 60, ""), ("M" * 300, "K" * 300), ("Mara", "Keeper\n" * 30)],
)
def test_a_lower_third_of_any_length_stays_in_the_safe_area(size, title, subtitle):
    left, top, right, bottom = inked(over(0, lower_third(title, subtitle, *size), size))
    assert left >= 0.05 * size[0] and right <= 0.95 * size[0]
    assert top >= 0.30 * size[1] and bottom <= 0.79 * size[1]


@pytest.mark.parametrize("size_px", [9, 11, 14, 22])
def test_small_letters_stand_evenly(size_px):
    row = line("l" * 12, size_px, weight=500, tracking=0.3)
    ink = Image.new("L", (round(row.width) + 8, 2 * size_px))
    row.draw(ImageDraw.Draw(ink), 3.4, 1.4 * size_px, 255)
    along = np.asarray(ink, float).sum(axis=0)
    places = 3.4 + np.arange(12) * (row.width + row.tracking_px) / 12
    step = places[1] - places[0]
    owner = np.clip(((np.arange(len(along)) - 3.4 + 0.15 * step) // step).astype(int), 0, 11)
    centres = [np.average(np.flatnonzero(owner == n), weights=along[owner == n]) for n in range(12)]
    assert np.abs(np.diff(centres) - step).max() < 0.4  # on whole pixels they are 0.8 to 0.9 off


def test_a_name_that_fits_no_size_is_halved_once():
    rows = {len(text): set_rows(text, 22, 370, 2, 500, 0.012) for text in ("M" * 300, "Mara " * 60)}
    assert all(each.size_px == 10 for lines in rows.values() for each in lines)


def test_a_lower_third_stands_where_its_script_begins():
    size = (640, 360)
    latin, arabic = (inked(over(0, lower_third(*words, *size), size)) for words in (NAMES[0], NAMES[2]))
    assert latin[0] < 0.1 * size[0] and latin[2] < 0.6 * size[0]
    assert arabic[2] > 0.9 * size[0] and arabic[0] > 0.4 * size[0]


@pytest.mark.parametrize("draw", [lower_third, overlay_title])
@pytest.mark.parametrize("grey", [0, 128, 255])
def test_words_over_pictures_can_be_read_on_any_ground(draw, grey):
    size = (1280, 720)
    luma = over(grey, draw("Mara Okonkwo", "Keeper of the light", *size), size)
    ground = over(grey, draw("", "", *size), size)
    assert np.array_equal(ground, over(grey, Rgba(np.zeros((2, 2, 4), np.uint8), 0, 0), size))  # no words: nothing
    letters = over(0, draw("Mara Okonkwo", "Keeper of the light", *size), size) > 200
    assert letters.sum() > 1_000 and luma[letters].min() > 190
    near = np.zeros_like(letters)
    near[3:-3, 3:-3] = np.logical_or.reduce([np.roll(letters, shift, axis=1)[3:-3, 3:-3] for shift in (-3, 3)])
    beside = luma[near & ~letters]
    assert np.median(beside) < 130  # 3 : 1 against the letters, what WCAG 2.2 asks for large ones


def test_a_shade_has_no_edge():
    size = (1280, 720)
    for words in (lower_third("Mara", "Keeper", *size), overlay_title("Mara", "Keeper", *size)):
        luma = over(255, words, size)
        smooth = luma[: int(0.35 * size[1])]  # above all letters
        steps = np.abs(np.diff(smooth[::8].astype(float), axis=0))
        assert steps.max() <= 24  # in eight rows: a fall, never a line


def test_a_lower_third_comes_and_goes_softly():
    strengths = [lower_third_strength(at, 96, Fraction(24)) for at in range(96)]
    assert strengths == strengths[::-1] and strengths[8:88] == [1.0] * 80
    assert 0 < strengths[0] < 0.1 and max(np.diff(strengths[:9])) < 0.2
    assert all(0 < lower_third_strength(at, 2, Fraction(60)) <= 1 for at in (0, 1))
    rises = [lower_third_rise(at, Fraction(24), 1080) for at in range(96)]
    assert rises == sorted(rises, reverse=True) and rises[0] > 0 and rises[12:] == [0] * 84 and all(rise % 2 == 0 for rise in rises)


# ── end credits ─────────────────────────────────────────────────────────────────────────────────────────────
ROLL = "Cast\nMara: Adaeze Okonkwo\nA boy: محمد الأمين\n\nCrew:\nSound: Иван Петров\n\nWith thanks to\nAnna\nhttps://example.org\n\nMade with love"


def test_credits_roll_at_one_speed_from_below_the_frame_to_above_it():
    offsets = [credits_offset(at, 200, 1000, 360) for at in range(200)]
    assert np.ptp(np.diff(offsets)) < 1e-9
    assert -360 < offsets[0] < -350 and 990 < offsets[-1] < 1000


@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (1920, 804)])
def test_credits_are_large_enough_to_read_and_leave_with_the_last_frame(size):
    for text in ("X: ", "I: X", "A\nXXX"):  # a name, a role and a name, a heading over a name
        ink = credits_strip("", text, *size).max(axis=2) > 90
        rows = np.flatnonzero(ink.any(axis=1))
        tall = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
        assert min(map(len, tall)) >= 0.028 * size[1] - 1
    roll, frames, out = Credits("Dusk", ROLL, *size), 240, blank(*size)
    seen = []
    for at in (0, 3, 236, 239):
        roll.draw(at, frames, out)
        seen.append(int(out.luma.max()) > 60)
    assert seen[1] and seen[2], seen  # no empty frames at either end but one or two


def test_a_frame_of_credits_is_the_strip_at_its_offset():
    size, frames = (320, 180), 240
    text = f"{ROLL}\n\n{ROLL}"
    strip, roll = credits_strip("Dusk", text, *size), Credits("Dusk", text, *size)
    assert strip.shape == (roll.height_px, 320, 3) and roll.height_px > 180
    luma = from_rgb(strip).luma.astype(float)
    black = np.full((400, 320), 16.0)  # over and under it
    whole = np.vstack([black, luma, black])
    out = blank(*size)
    for at in (0, 30, 101, 120, 239):
        roll.draw(at, frames, out)
        top = credits_offset(at, frames, roll.height_px, size[1]) + 400
        first, part = int(top), top - int(top)
        wanted = whole[first : first + 180] * (1 - part) + whole[first + 1 : first + 181] * part
        assert np.abs(out.luma - wanted).max() <= 1


def test_credits_move_by_fractions_of_a_pixel():
    roll, frames = Credits("", "Mara: Adaeze", 320, 180), 1000
    out, centres = blank(320, 180), []
    for at in range(400, 440):
        roll.draw(at, frames, out)
        ink = out.luma.astype(float) - 16
        centres.append((ink.sum(axis=1) @ np.arange(180)) / ink.sum())
    steps = np.diff(centres)
    assert np.abs(steps + (roll.height_px + 180) / 1001).max() < 0.05


def test_roles_stand_left_of_the_middle_and_names_right_and_rtl_mirrored():
    for text, brighter in (("Mara: Adaeze Okonkwo", 1), ("شخصية: محمد الأمين", 0)):
        strip = credits_strip("", text, 640, 360).max(axis=2)
        halves = [int(half.max()) for half in np.array_split(strip, 2, axis=1)]
        assert halves[brighter] > 230 and 150 < halves[1 - brighter] < 200  # names in full ink, roles softer
        assert strip[:, 315:325].max() == 0


def test_a_long_roll_is_never_held_whole():
    roll = Credits("Everyone", "\n".join(f"Work {number}: Person Number {number}" for number in range(300)), 320, 180)
    assert roll.height_px > 2_500
    out = blank(320, 180)
    for at in (50, 500, 950):
        roll.draw(at, 1000, out)
        assert out.luma.max() > 150
        assert len(roll._tiles) <= roll._keep


def test_a_row_with_a_letter_no_font_has_is_drawn_without_it():
    lacking, size = "Mara \u0f56\u0f7c\u0f51Voss", (320, 180)
    assert same(from_rgb(card(lacking, "Keeper \u0f51", *size)), from_rgb(card("Mara Voss", "Keeper", *size)))
    assert np.array_equal(lower_third(lacking, lacking, *size).pixels, lower_third("Mara Voss", "Mara Voss", *size).pixels)
    assert np.array_equal(credits_strip("", f"Light: {lacking}", *size), credits_strip("", "Light: Mara Voss", *size))
    assert np.array_equal(card("\u0f51", "", *size), card("", "", *size))


def test_empty_credits_are_black():
    for text in ("", "\n\n", " : "):
        roll, out = Credits("", text, 64, 36), blank(64, 36)
        out.luma[:] = 99
        roll.draw(3, 10, out)
        assert out.luma.max() <= 235 and credits_strip("", text, 64, 36).shape[1] == 64
    Credits("", "", 64, 36).draw(3, 10, out)
    assert same(out, blank(64, 36))


def test_the_same_words_are_the_same_bytes():
    for draw in (lower_third, overlay_title):
        first, second = (draw("Mara", "Keeper", 640, 360) for _ in range(2))
        assert np.array_equal(first.pixels, second.pixels) and first[1:] == second[1:]


def test_a_faint_grey_shade_leaves_neutral_colours_neutral():
    alpha = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 16, axis=1)
    grey = from_rgb(np.full((256, 16, 3), 40, np.uint8))
    for ground in (30, 128, 250):
        out = from_rgb(np.full((256, 16, 3), ground, np.uint8))
        lay(layer_of_planes(grey, alpha), out)
        assert set(np.unique(out.blue)) == set(np.unique(out.red)) == {128}
