"""A cut becomes a film that a second reader agrees with: length, rate, colour, sound in its place, nothing half written."""

from __future__ import annotations

import importlib.util
import itertools
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from glimmer.assembly.nouns import Framing, Transition
from glimmer.errors import Cancelled, LimitError, MediaError, MissingPiece
from glimmer.render import Rendered, render

_spec = importlib.util.spec_from_file_location("second_reader", Path(__file__).with_name("second_reader.py"))
second_reader = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(second_reader)

RATES = [Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30)]


def pictures(film: Path) -> np.ndarray:
    """Every frame's luma, decoded: (frames, height, width)."""
    with av.open(str(film)) as container:
        return np.stack([frame.to_ndarray(format="gray") for frame in container.decode(video=0)])


def samples(film: Path) -> np.ndarray:
    with av.open(str(film)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T


def small_film(shelf, small, tmp_path, rate=Fraction(24), **more) -> tuple[Rendered, Path]:
    tracks = (
        shelf.picture(
            shelf.shot(shelf.still("a.png", (200, 40, 40)), 0, 50),
            shelf.shot(shelf.still("b.png", (40, 60, 200)), 50, 31),
            transitions=(Transition(kind="dissolve", left="v0", right="v50", frames=9),),
        ),
        shelf.sound("A1", shelf.heard(shelf.tone("t.flac", 1.0), 24, 24)),
    )
    out = tmp_path / "film.mp4"
    made = render(shelf.cut(*tracks, rate=rate), small(rate), media=shelf, cache_dir=tmp_path / "cache", out=out, **more)
    return made, out


@pytest.mark.parametrize("rate", RATES, ids=[f"{float(rate):.5g}" for rate in RATES])
def test_picture_and_sound_last_exactly_as_long_as_the_cut(shelf, small, tmp_path, rate):
    made, film = small_film(shelf, small, tmp_path, rate)
    found = second_reader.streams(film)
    assert made.frames == 81 == int(found["video"]["nb_frames"])
    assert Fraction(found["video"]["avg_frame_rate"]) == rate == Fraction(found["video"]["r_frame_rate"])
    assert float(found["video"]["duration"]) == pytest.approx(float(81 / rate), abs=1e-4)
    assert float(found["audio"]["duration"]) == pytest.approx(float(81 / rate), abs=1.5e-3)  # MP4 says it in milliseconds
    assert float(found["video"]["start_time"]) == float(found["audio"]["start_time"]) == 0.0
    for place in (0, 1):
        stamps = [packet[place] for packet in second_reader.packets(film, "v")]
        ordered = sorted(stamps) if place == 0 else stamps
        assert len({b - a for a, b in itertools.pairwise(ordered)}) == 1


def test_the_film_says_what_it_is_and_starts_without_being_read_whole(shelf, small, tmp_path):
    _, film = small_film(shelf, small, tmp_path)
    found = second_reader.streams(film)
    assert (found["video"]["codec_name"], found["audio"]["codec_name"]) == ("h264", "aac")
    assert found["video"]["pix_fmt"] == "yuv420p"
    colours = {found["video"][key] for key in ("color_space", "color_primaries", "color_transfer")}
    assert colours == {"bt709"} and found["video"]["color_range"] == "tv"
    assert found["format"]["tags"]["title"] == "Test"
    atoms = second_reader.atoms(film)
    assert atoms.index("moov") < atoms.index("mdat")


def test_a_colour_comes_out_as_it_went_in(shelf, small, tmp_path):
    _, film = small_film(shelf, small, tmp_path)
    with av.open(str(film)) as container:
        frames = list(container.decode(video=0))
    for number, wanted in ((0, (200, 40, 40)), (80, (40, 60, 200))):
        rgb = frames[number].to_ndarray(format="rgb24")[60:120, 100:220].reshape(-1, 3).mean(axis=0)
        assert np.abs(rgb - wanted).max() <= 3


def test_a_dissolve_is_half_and_half_in_its_middle(shelf, small, tmp_path):
    _, film = small_film(shelf, small, tmp_path)
    light = pictures(film).mean(axis=(1, 2))
    assert light[50] == pytest.approx((light[30] + light[80]) / 2, abs=1.5)  # 9 frames from 46: the fifth is 50
    assert np.all(np.diff(light[45:56]) * np.sign(light[80] - light[30]) >= -0.5)


def test_a_tone_is_heard_at_its_pitch_from_its_frame_on(shelf, small, tmp_path):
    _, film = small_film(shelf, small, tmp_path)
    heard = samples(film)
    assert len(heard) >= 81 * 2000
    loud = np.abs(heard[:, 0]) > 0.02
    assert abs(int(np.argmax(loud)) / 2000 - 24) < 1
    middle = heard[60_000 : 60_000 + 24_000, 0]
    pitch = np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle))))) * 2
    assert abs(pitch - 440) <= 2


def test_the_same_cut_again_makes_nothing_new(shelf, small, tmp_path):
    first, film = small_film(shelf, small, tmp_path)
    bytes_before = film.read_bytes()
    again, _ = small_film(shelf, small, tmp_path)
    assert first.segments_made == first.segments and again.segments_made == 0
    assert film.read_bytes() == bytes_before


def test_a_changed_caption_word_makes_only_its_segments_anew(shelf, small, tmp_path):
    asset = shelf.still("a.png", (90, 90, 90))
    track = shelf.picture(*(shelf.shot(asset, start, 48, framing=Framing(move="push_in")) for start in (0, 48, 96, 144)))

    def made(word: str) -> Rendered:
        captions = (shelf.spoken("the sea is calm", 4), shelf.spoken(f"the {word} is dark", 100))
        return render(
            shelf.cut(track, captions=captions), small(), media=shelf, cache_dir=tmp_path / "cache", out=tmp_path / "film.mp4"
        )

    assert made("sky").segments == 4
    assert made("night").segments_made == 1


def test_a_moved_shot_is_not_made_again(shelf, small, tmp_path):
    a, b = shelf.still("a.png", (90, 20, 20)), shelf.still("b.png", (20, 90, 20))

    def made(first: str, second: str) -> Rendered:
        track = shelf.picture(
            *(shelf.shot(asset, at, 24, framing=Framing(move="pan_left")) for asset, at in ((first, 0), (second, 24)))
        )
        return render(shelf.cut(track), small(), media=shelf, cache_dir=tmp_path / "cache", out=tmp_path / "film.mp4")

    assert made(a, b).segments_made == 2
    assert made(b, a).segments_made == 0


def test_a_damaged_piece_in_the_cache_is_made_again(shelf, small, tmp_path):
    _, film = small_film(shelf, small, tmp_path)
    whole = film.read_bytes()
    piece = sorted((tmp_path / "cache" / "segments").glob("*.mp4"))[0]
    piece.write_bytes(piece.read_bytes()[:500])
    made, _ = small_film(shelf, small, tmp_path)
    assert made.segments_made == 1 and film.read_bytes() == whole


def test_a_cancelled_render_leaves_no_file_and_keeps_what_was_finished(shelf, small, tmp_path):
    asset = shelf.still("a.png", (90, 90, 90))
    track = shelf.picture(
        *(shelf.shot(asset, start, 48, framing=Framing(move="push_in", strength=0.1 + start / 9600)) for start in range(0, 960, 48))
    )
    seen: list[int] = []
    out = tmp_path / "film.mp4"
    ask = {"media": shelf, "cache_dir": tmp_path / "cache", "out": out, "workers": 1}
    wide = small(width_px=1280, height_px=720)
    with pytest.raises(Cancelled):
        render(
            shelf.cut(track), wide, on_progress=lambda p: seen.append(p.done), cancelled=lambda: bool(seen) and seen[-1] >= 2, **ask
        )
    assert not out.exists() and not list(tmp_path.rglob("*.part"))
    kept = len(list((tmp_path / "cache" / "segments").glob("*.mp4")))
    assert 2 <= kept < 20


def test_progress_rises_to_the_end(shelf, small, tmp_path):
    told = []
    small_film(shelf, small, tmp_path, on_progress=told.append)
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert told[-1].stage == "done" and told[-1].done == told[-1].total == 3
    assert told[-1].frames_done == told[-1].frames_total == 81


def test_a_missing_and_a_damaged_still_are_named(shelf, small, tmp_path):
    (shelf.folder / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"nothing of use")
    for asset in ("gone.png", "bad.png"):
        with pytest.raises(MediaError, match=f"shot at 0.*{asset}"):
            render(
                shelf.cut(shelf.picture(shelf.shot(asset, 0, 24))),
                small(),
                media=shelf,
                cache_dir=tmp_path / "cache",
                out=tmp_path / "film.mp4",
            )
    assert not (tmp_path / "film.mp4").exists()


def test_an_empty_cut_and_an_endless_one_are_refused(shelf, small, tmp_path):
    ask = {"media": shelf, "cache_dir": tmp_path / "cache", "out": tmp_path / "film.mp4"}
    with pytest.raises(MissingPiece, match="no picture"):
        render(shelf.cut(), small(), **ask)
    with pytest.raises(LimitError, match="MAX_FILM_SECONDS"):
        render(shelf.cut(shelf.picture(shelf.shot("a.png", 0, 24 * 60 * 60 * 7))), small(), **ask)


def test_a_film_without_sound_is_silent_and_says_so(shelf, small, tmp_path):
    asset = shelf.still("a.png", (90, 90, 90))
    made = render(
        shelf.cut(shelf.picture(shelf.shot(asset, 0, 24))),
        small(),
        media=shelf,
        cache_dir=tmp_path / "c",
        out=tmp_path / "film.mp4",
    )
    assert made.lufs == -70.0 and any("silent" in notice for notice in made.notices)
    assert np.abs(samples(tmp_path / "film.mp4")).max() == 0.0
    assert Rendered.model_validate_json(made.model_dump_json()) == made


def test_the_poster_is_a_well_lit_picture_of_the_film(shelf, small, tmp_path):
    dark, light = shelf.still("dark.png", (4, 4, 4)), shelf.still("light.png", (220, 180, 90))
    track = shelf.picture(shelf.shot(light, 0, 20), shelf.shot(dark, 20, 60))
    made = render(shelf.cut(track), small(), media=shelf, cache_dir=tmp_path / "c", out=tmp_path / "film.mp4")
    with av.open(__import__("io").BytesIO(made.poster)) as poster:
        assert next(poster.decode(video=0)).to_ndarray(format="rgb24").mean() > 100
