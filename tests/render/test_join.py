"""Segments join into one film whose every frame lies one step after the last, at every rate and in every container."""

from __future__ import annotations

import importlib.util
import itertools
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from glimmer.render.join import DamagedPiece, join
from glimmer.render.parts import part_beside
from glimmer.timecode import RATES, rate_text

_spec = importlib.util.spec_from_file_location("second_reader", Path(__file__).with_name("second_reader.py"))
second_reader = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(second_reader)

EIGHT = [RATES[name] for name in ("23.976", "24", "25", "29.97", "30", "50", "59.94", "60")]
SHOTS = (30, 1, 2, 7, 60)  # frames; the long one is split


def made(shelf, small, tmp_path, rate=Fraction(24), sound="aac", suffix=".mp4", **more) -> Path:
    shots = []
    for number, frames in enumerate(SHOTS):
        start = sum(SHOTS[:number])
        shots.append(shelf.shot(shelf.still(f"{number}.png", (30 + 40 * number, 90, 200 - 40 * number)), start, frames))
    preset = small(rate, x264_preset="veryfast", **more)
    pieces = shelf.pieces(shelf.cut(shelf.picture(*shots), rate=rate), preset, tmp_path / "cache")
    out = tmp_path / f"film{suffix}"
    join(pieces, shelf.coded(sound, sum(SHOTS) / rate), out, rate=rate, title="Joined")
    return out


def steps(film: Path, place: int) -> set[int]:
    stamps = [packet[place] for packet in second_reader.packets(film, "v")]
    return {after - before for before, after in itertools.pairwise(sorted(stamps) if place == 0 else stamps)}


@pytest.mark.parametrize("rate", EIGHT, ids=rate_text)
def test_frames_are_shown_and_decoded_in_one_constant_step(shelf, small, tmp_path, rate):
    film = made(shelf, small, tmp_path, rate)
    assert len(steps(film, 0)) == len(steps(film, 1)) == 1
    assert all(pts >= dts for pts, dts in second_reader.packets(film, "v"))
    found = second_reader.streams(film)
    assert Fraction(found["video"]["avg_frame_rate"]) == rate == Fraction(found["video"]["r_frame_rate"])
    assert int(found["video"]["nb_frames"]) == sum(SHOTS)
    assert float(found["video"]["start_time"]) == float(found["audio"]["start_time"]) == 0.0
    assert float(found["video"]["duration"]) == pytest.approx(float(sum(SHOTS) / rate), abs=1e-4)
    assert not second_reader.complaints(film)


@pytest.mark.parametrize("rate", EIGHT[::3], ids=rate_text)
def test_in_webm_each_frame_lies_at_the_millisecond_nearest_to_its_time(shelf, small, tmp_path, rate):
    film = made(shelf, small, tmp_path, rate, sound="opus", suffix=".webm", picture="vp9", crf=50)
    stamps = [pts for pts, _ in second_reader.packets(film, "v")]
    assert all(abs(pts - number * 1000 / rate) <= Fraction(1, 2) for number, pts in enumerate(stamps))
    assert len(stamps) == sum(SHOTS)
    assert not second_reader.complaints(film)


@pytest.mark.parametrize("rate", [RATES["23.976"], RATES["50"]], ids=rate_text)
def test_in_mov_nothing_is_reordered(shelf, small, tmp_path, rate):
    film = made(shelf, small, tmp_path, rate, sound="pcm", suffix=".mov", picture="prores")
    assert len(steps(film, 0)) == len(steps(film, 1)) == 1
    assert all(pts == dts for pts, dts in second_reader.packets(film, "v"))


def test_every_frame_of_every_segment_is_shown_once_in_its_place(shelf, small, tmp_path):
    film = made(shelf, small, tmp_path)
    frames = second_reader.pictures(film, 320, 180)[:, 90, 160].astype(int)
    shown = np.repeat([30 + 40 * number for number in range(len(SHOTS))], SHOTS)
    assert np.abs(frames[:, 0] - shown).max() <= 3


def test_the_same_pieces_give_the_same_bytes(shelf, small, tmp_path):
    for picture, sound, suffix in (("h264", "aac", ".mp4"), ("vp9", "opus", ".webm")):
        first = made(shelf, small, tmp_path, sound=sound, suffix=suffix, picture=picture).read_bytes()
        assert made(shelf, small, tmp_path, sound=sound, suffix=suffix, picture=picture).read_bytes() == first


@pytest.mark.parametrize(
    ("sound", "suffix", "codec"),
    [("aac", ".m4a", "aac"), ("pcm", ".wav", "pcm_s24le"), ("flac", ".flac", "flac"), ("opus", ".ogg", "opus")],
)
def test_without_pieces_the_sound_stands_alone(shelf, tmp_path, sound, suffix, codec):
    out = tmp_path / f"film{suffix}"
    join((), shelf.coded(sound, Fraction(2)), out, rate=Fraction(24), title="Heard")
    found = second_reader.streams(out)
    assert "video" not in found and found["audio"]["codec_name"] == codec
    heard = second_reader.sound(out)
    assert abs(len(heard) - 96_000) <= 1024 and abs(int(np.argmax(np.abs(heard) > 500)) - 4800) <= 2
    assert not second_reader.complaints(out)


def test_without_sound_the_film_is_silent(shelf, small, tmp_path):
    pieces = shelf.pieces(
        shelf.cut(shelf.picture(shelf.shot(shelf.still("a.png", (9, 99, 200)), 0, 12))), small(), tmp_path / "cache"
    )
    join(pieces, None, tmp_path / "film.mp4", rate=Fraction(24), title="")
    assert "audio" not in second_reader.streams(tmp_path / "film.mp4")
    assert not second_reader.complaints(tmp_path / "film.mp4")


@pytest.mark.parametrize("damage", ["cut short", "gone", "other length", "other rate", "other settings"])
def test_a_damaged_piece_is_named_and_nothing_is_written(shelf, small, tmp_path, damage):
    cut = shelf.cut(shelf.picture(*(shelf.shot(shelf.still(f"{at}.png", (at, 99, 200)), at, 12) for at in (0, 12))))
    pieces = shelf.pieces(cut, small(), tmp_path / "cache")
    bad, frames = pieces[1]
    if damage == "cut short":
        bad.write_bytes(bad.read_bytes()[:300])
    if damage == "gone":
        bad.unlink()
    if damage == "other length":
        pieces[1] = (bad, frames + 1)
    if damage in ("other rate", "other settings"):
        other = {"rate": Fraction(25)} if damage == "other rate" else {"x264_preset": "medium"}
        bad.write_bytes(shelf.pieces(cut, small(**other), tmp_path / "other")[1][0].read_bytes())
    out = tmp_path / "film.mp4"
    with pytest.raises(DamagedPiece) as told:
        join(pieces, shelf.coded("aac", Fraction(1)), out, rate=Fraction(24), title="")
    assert told.value.path == bad and "made again" in str(told.value)
    assert not out.exists() and not list(tmp_path.glob("*.part"))


def test_a_damaged_soundtrack_is_named_too(shelf, small, tmp_path):
    pieces = shelf.pieces(
        shelf.cut(shelf.picture(shelf.shot(shelf.still("a.png", (9, 99, 200)), 0, 12))), small(), tmp_path / "cache"
    )
    (tmp_path / "s.m4a").write_bytes(b"no sound at all")
    with pytest.raises(DamagedPiece) as told:
        join(pieces, tmp_path / "s.m4a", tmp_path / "film.mp4", rate=Fraction(24), title="")
    assert told.value.path == tmp_path / "s.m4a"


def test_what_a_killed_join_left_beside_the_film_is_swept(shelf, small, tmp_path):
    dead = part_beside(tmp_path / "film.mp4")
    dead = dead.with_name(dead.name.replace(f"-{dead.name.split('-')[-3]}-", "-4194303-"))  # above the highest pid that Linux gives
    dead.write_bytes(b"half a film")
    made(shelf, small, tmp_path)
    assert not dead.exists()


def test_a_join_holds_sound_and_picture_to_the_sample(shelf, small, tmp_path):
    film = made(shelf, small, tmp_path, Fraction(30000, 1001))
    with av.open(str(film)) as container:
        assert [stream.start_time for stream in container.streams] == [0, 0]
    assert abs(int(np.argmax(np.abs(second_reader.sound(film)) > 500)) - 4800) <= 48
