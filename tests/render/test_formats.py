"""Every format says what it is, keeps its colours, and is decoded whole by a second reader without a word of complaint."""

from __future__ import annotations

import importlib.util
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from glimmer.errors import Cancelled, RenderError
from glimmer.render.gif import write_gif
from glimmer.render.join import join
from glimmer.render.preset import preset_named

_spec = importlib.util.spec_from_file_location("second_reader", Path(__file__).with_name("second_reader.py"))
second_reader = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(second_reader)

PATCHES = (
    (200, 40, 40),
    (40, 60, 200),
    (30, 180, 90),
    (235, 225, 60),
    (128, 128, 128),
    (250, 250, 250),
    (8, 8, 8),
    (220, 120, 190),
)
FORMATS = {
    "720p24": ("h264", "yuv420p", "aac"),
    "720p24-prores": ("prores", "yuv422p10le", "pcm_s24le"),
    "720p24-vp9": ("vp9", "yuv420p", "opus"),
    "720p24-av1": ("av1", "yuv420p", "opus"),
}
ROW_PX, WIDTH_PX, HEIGHT_PX = 4, 320, 180


def patches() -> np.ndarray:
    """Eight colours side by side in two rows: (180, 320, 3)."""
    rows = [np.repeat(np.array(PATCHES[first : first + ROW_PX], np.uint8), WIDTH_PX // ROW_PX, axis=0) for first in (0, ROW_PX)]
    return np.repeat(np.stack(rows), HEIGHT_PX // 2, axis=0)


def seen(picture: np.ndarray) -> np.ndarray:
    """The mean colour in the middle of each patch: (8, 3)."""
    high, wide = HEIGHT_PX // 2, WIDTH_PX // ROW_PX
    return np.array(
        [
            picture[row * high + 30 : row * high + 60, column * wide + 20 : column * wide + 60].reshape(-1, 3).mean(axis=0)
            for row in (0, 1)
            for column in range(ROW_PX)
        ]
    )


@pytest.fixture
def delivered(shelf, tmp_path):
    """A film of 60 frames of the patches, as the named preset delivers it, at 320 × 180."""

    def of(name: str) -> Path:
        preset = preset_named(name).model_copy(update={"width_px": WIDTH_PX, "height_px": HEIGHT_PX})
        cut = shelf.cut(shelf.picture(shelf.shot(shelf.still("patches.png", patches()), 0, 60)), rate=preset.rate)
        out = tmp_path / f"film{preset.suffix}"
        pieces = shelf.pieces(cut, preset, tmp_path / "cache")
        join(pieces, shelf.coded(preset.audio_codec, 60 / preset.rate), out, rate=preset.rate, title="Patches")
        return out

    return of


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is_and_decodes_without_a_complaint(delivered, name):
    film = delivered(name)
    found = second_reader.streams(film)
    assert (found["video"]["codec_name"], found["video"]["pix_fmt"], found["audio"]["codec_name"]) == FORMATS[name]
    assert {found["video"][f"color_{what}"] for what in ("space", "primaries", "transfer")} == {"bt709"}
    assert found["video"]["color_range"] == "tv"
    assert Fraction(found["video"]["avg_frame_rate"]) == 24
    assert float(found["format"]["duration"]) == pytest.approx(2.5, abs=0.01)
    assert {key.lower(): value for key, value in found["format"]["tags"].items()}["title"] == "Patches"
    assert not second_reader.complaints(film)
    assert abs(len(second_reader.sound(film)) - 120_000) <= 1024


@pytest.mark.parametrize("name", FORMATS)
def test_a_colour_comes_out_of_every_codec_within_three(delivered, name):
    frames = second_reader.pictures(delivered(name), WIDTH_PX, HEIGHT_PX)
    assert len(frames) == 60
    for number in (0, 30, 59):
        assert np.abs(seen(frames[number]) - PATCHES).max() <= 3


def test_prores_is_422_hq(delivered):
    assert second_reader.streams(delivered("720p24-prores"))["video"].get("profile", "HQ") == "HQ"


# ── GIF ─────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("rate", [Fraction(12), Fraction(25), Fraction(24000, 1001), Fraction(50)], ids=str)
@pytest.mark.parametrize("still", [True, False], ids=["still", "moving"])
def test_a_gif_shows_every_frame_and_does_not_drift(tmp_path, rate, still):
    out = tmp_path / "film.gif"
    frames = [patches() if still else np.roll(patches(), 3 * number, axis=1) for number in range(50)]
    assert write_gif(iter(frames), out, rate) == 50
    delays = gif_delays(out)
    assert len(delays) == 50
    assert abs(sum(delays) - float(50 * 100 / rate)) <= 0.5
    assert max(delays) - min(delays) <= 1
    assert not second_reader.complaints(out)


def gif_delays(path: Path) -> list[int]:
    """Hundredths of a second of each frame, read from the bytes of its graphic control block."""
    whole = path.read_bytes()
    starts = [at for at in range(len(whole) - 8) if whole[at : at + 3] == b"\x21\xf9\x04" and whole[at + 7] == 0]
    return [int.from_bytes(whole[at + 4 : at + 6], "little") for at in starts]


def test_a_gif_keeps_flat_colours_and_loops_for_ever(tmp_path):
    out = tmp_path / "film.gif"
    write_gif([patches()] * 5, out, Fraction(12))
    with Image.open(out) as picture:
        assert picture.info["loop"] == 0
        picture.seek(3)
        assert np.abs(seen(np.asarray(picture.convert("RGB"))) - PATCHES).max() <= 3
    before = out.read_bytes()
    write_gif([patches()] * 5, out, Fraction(12))
    assert out.read_bytes() == before


def test_a_gif_that_is_stopped_or_empty_leaves_nothing(tmp_path):
    done: list[int] = []
    with pytest.raises(Cancelled):
        write_gif(
            (patches() for _ in range(20)),
            tmp_path / "film.gif",
            Fraction(12),
            on_frame=lambda: done.append(1),
            cancelled=lambda: len(done) >= 5,
        )
    with pytest.raises(RenderError, match="no frames"):
        write_gif([], tmp_path / "film.gif", Fraction(12))
    with pytest.raises(RenderError, match="all of one size"):
        write_gif([patches(), patches()[:90]], tmp_path / "film.gif", Fraction(12))
    assert len(done) >= 5 and not list(tmp_path.iterdir())
