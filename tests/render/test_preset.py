"""A preset: any size, rate and format by name; three lines make one of one's own; what players can't read is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from glimmer.errors import NotFound, SettingsError
from glimmer.render.preset import FORMATS, PRESETS, SIZES, Preset, board_size, preset_named
from glimmer.timecode import RATES

WANTED_RATES = ("23.976", "24", "25", "29.97", "30", "48", "50", "59.94", "60")


@pytest.mark.parametrize("size", SIZES)
def test_every_size_has_every_rate_and_format_by_name(size):
    dash = "-" if size == "4x5" else ""
    for rate in WANTED_RATES:
        for form in FORMATS:
            preset = preset_named(f"{size}{dash}{rate}" + (f"-{form}" if form else ""))
            assert (preset.width_px, preset.height_px) == SIZES[size] and preset.rate == RATES[rate]
            assert preset.picture == (form if form in ("vp9", "av1", "prores") else "h264")


@pytest.mark.parametrize(
    ("name", "width_px", "height_px", "picture", "sound", "suffix"),
    [
        ("720p", 1280, 720, "h264", "aac", ".mp4"),
        ("2160p", 3840, 2160, "h264", "aac", ".mp4"),
        ("portrait", 1080, 1920, "h264", "aac", ".mp4"),
        ("4x5", 1080, 1350, "h264", "aac", ".mp4"),
        ("scope", 1920, 804, "h264", "aac", ".mp4"),
        ("draft", 640, 360, "h264", "aac", ".mp4"),
        ("prores", 1920, 1080, "prores", "pcm", ".mov"),
        ("720p24-prores", 1280, 720, "prores", "pcm", ".mov"),
        ("web-vp9", 1920, 1080, "vp9", "opus", ".webm"),
        ("web-av1", 1920, 1080, "av1", "opus", ".webm"),
        ("square30-av1", 1080, 1080, "av1", "opus", ".webm"),
        ("audio", 1920, 1080, "none", "aac", ".m4a"),
        ("audio-wav", 1920, 1080, "none", "pcm", ".wav"),
    ],
)
def test_a_name_says_size_codes_and_suffix(name, width_px, height_px, picture, sound, suffix):
    found = preset_named(name)
    assert (found.name, found.width_px, found.height_px) == (name, width_px, height_px)
    assert (found.picture, found.audio_codec, found.suffix) == (picture, sound, suffix)
    assert preset_named(found) is found


def test_a_size_alone_is_24_frames_a_second():
    assert all(preset_named(size).rate == 24 for size in SIZES)


def test_a_gif_is_480_wide_at_12_frames_and_has_no_sound():
    gif = preset_named("gif")
    assert (gif.width_px, gif.height_px, gif.rate, gif.suffix, gif.has_sound) == (480, 270, 12, ".gif", False)
    assert preset_named("portrait-gif").height_px == 854


@pytest.mark.parametrize("preset", [PRESETS[name] for name in ("720p24", "prores", "gif", "audio", "scope-av1", "4x5-50")])
def test_a_preset_survives_json(preset):
    assert Preset.model_validate_json(preset.model_dump_json()) == preset


def test_every_preset_is_possible_and_has_boards():
    for name, preset in PRESETS.items():
        assert preset.name == name and Preset(**preset.model_dump()) == preset
        width_px, height_px = board_size(preset)
        assert min(width_px, height_px) == 1080
        assert width_px / height_px == pytest.approx(preset.width_px / preset.height_px, rel=1e-3)


@pytest.mark.parametrize("rate", [25, "25", Fraction(25), 25.0])
def test_three_lines_make_a_preset(rate):
    mine = Preset(name="Fair", width_px=1440, height_px=1080, rate=rate)
    assert mine.rate == Fraction(25) and mine.suffix == ".mp4"


@pytest.mark.parametrize("spoken", ["23.976", "23.98", 23.976, "24000/1001"])
def test_a_rate_is_exact_however_it_is_said(spoken):
    assert Preset(name="Mine", width_px=320, height_px=180, rate=spoken).rate == Fraction(24000, 1001)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rate": "fast"}, "no frame rate"),
        ({"rate": 0}, "no frame rate"),
        ({"rate": True}, "no frame rate"),
        ({"rate": float("nan")}, "no frame rate"),
        ({"width_px": 321}, "take 322"),
        ({"width_px": 0}, "width_px=0; expected an even whole number from 16 to 8192"),
        ({"height_px": 10**9}, "height_px=1000000000; expected an even"),
        ({"picture": "vp9", "audio_codec": "aac"}, "holds opus"),
        ({"picture": "prores", "container": "mp4"}, "holds no prores picture"),
        ({"picture": "none", "container": "mp4"}, "Leave container out"),
        ({"picture": "gif", "rate": 60}, "at most 50"),
        ({"picture": "vp9", "hardware": True}, "H.264 alone"),
        ({"crf": 60}, "ends at 51"),
        ({"crf": 99}, "crf=99; expected a whole number from 0 to 63"),
        ({"crf": float("nan")}, "crf=nan; expected a whole number"),
        ({"width_px": float("nan")}, "width_px=nan; expected an even whole number"),
        ({"width_px": 321, "crf": 99}, "take 322; a preset can't have crf=99"),
        ({"container": "avi"}, "container='avi'; expected one of mp4, mov"),
        ({"rate": 241}, "expected one from 1 to 240, such as 23.976"),
        ({"picture": "h265"}, "expected one of h264, prores"),
        ({"pixel_format": "yuv422p10le"}, "no pixels"),
        ({"loudness_lufs": float("nan")}, "loudness_lufs=nan; expected a number from -40 to -8"),
        ({"speed": 2}, "has no 'speed'; expected one of name"),
    ],
)
def test_what_players_cant_read_is_refused_with_what_to_take(wrong, said):
    with pytest.raises(SettingsError, match=said.replace("'", ".")) as told:
        Preset(**({"name": "Mine", "width_px": 320, "height_px": 180, "rate": 24} | wrong))
    assert "http" not in str(told.value)
    assert told.value.__suppress_context__  # no words of another library above ours


def test_a_preset_without_a_size_is_told_what_it_needs():
    with pytest.raises(SettingsError, match=r"needs width_px; expected .*; a preset needs height_px"):
        Preset(name="Mine", rate=24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1080p24vp9", "1080p24-vp9"), ("720p2", "720p24"), ("4x530", "4x5-30"), ("gi", "gif"), ("webvp9", "web-vp9")],
)
def test_a_misspelt_name_is_told_its_neighbours(typed, meant):
    with pytest.raises(NotFound) as told:
        preset_named(typed)
    assert meant in told.value.did_you_mean and meant in str(told.value)
