"""Whole films keep time: one step from frame to frame at every rate, and sound where its picture is, from the first minute to the tenth."""

from __future__ import annotations

import importlib.util
import itertools
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from glimmer.assembly.nouns import Assembly, Framing, Transition
from glimmer.render import render
from glimmer.render.preset import Preset
from glimmer.timecode import RATES, rate_text

_spec = importlib.util.spec_from_file_location("second_reader", Path(__file__).with_name("second_reader.py"))
second_reader = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(second_reader)

EIGHT = [RATES[name] for name in ("23.976", "24", "25", "29.97", "30", "50", "59.94", "60")]
ODD = (1, 2, 7, 48, 49, 1, 30, 25)  # frames: less than an encoder looks ahead, one segment to the frame, one and a frame


def odd_film(shelf, rate: Fraction) -> Assembly:
    """Shots of odd lengths that move, so that every frame differs from the one before; the last two melt."""
    y, x = np.mgrid[0:72, 0:128]
    waves = (128 + 90 * np.sin((x * 3 + y * 2) / 9)).astype(np.uint8)
    asset = shelf.still("waves", np.repeat(waves[..., None], 3, axis=2))
    starts = [sum(ODD[:number]) for number in range(len(ODD))]
    shots = [
        shelf.shot(asset, start, frames, framing=Framing(move="push_in", strength=0.2 + start / 900))
        for start, frames in zip(starts, ODD, strict=True)
    ]
    melt = Transition(kind="dissolve", left=shots[-2].id, right=shots[-1].id, frames=11)
    tone = shelf.heard(shelf.tone("t.flac", float(sum(ODD) / rate)), 0, sum(ODD))
    return shelf.cut(shelf.picture(*shots, transitions=(melt,)), shelf.sound("A1", tone), rate=rate)


def steps(stamps: list[int]) -> set[int]:
    return {after - before for before, after in itertools.pairwise(stamps)}


@pytest.mark.parametrize("rate", EIGHT, ids=rate_text)
def test_a_film_of_odd_shots_has_one_step_and_nothing_to_complain_of(shelf, tmp_path, rate):
    cut, film = odd_film(shelf, rate), tmp_path / "film.mp4"
    preset = Preset(name="tiny", width_px=64, height_px=36, rate=rate)  # veryfast: it reorders frames
    render(cut, preset, media=shelf, cache_dir=tmp_path / "cache", out=film)
    stamps = second_reader.packets(film, "v")
    assert len(stamps) == sum(ODD)
    assert len(steps(sorted(pts for pts, _ in stamps))) == 1 and len(steps([dts for _, dts in stamps])) == 1
    assert steps(sorted(pts for pts, _ in stamps)) == steps([dts for _, dts in stamps])
    assert all(pts >= dts for pts, dts in stamps)
    sound = [pts for pts, _ in second_reader.packets(film, "a")]
    assert steps(sound[:-1]) == {1024}
    found = second_reader.streams(film)
    assert Fraction(found["video"]["avg_frame_rate"]) == rate == Fraction(found["video"]["r_frame_rate"])
    assert float(found["video"]["duration"]) == pytest.approx(float(sum(ODD) / rate), abs=1e-4)
    assert float(found["audio"]["duration"]) == pytest.approx(float(sum(ODD) / rate), abs=1.5e-3)
    assert second_reader.complaints(film) == ""


# ── ten minutes ─────────────────────────────────────────────────────────────────────────────────────────────
def clapped(shelf, rate: Fraction) -> tuple[Assembly, list[int]]:
    """Ten minutes of dark with a light frame and a click in the first second, in the middle and in the last; and where they are."""
    length = round(600 * rate)
    claps = [5, length // 2 + 1, length - 9]
    dark, light = shelf.still("dark", (20, 20, 20), (64, 36)), shelf.still("light", (235, 235, 235), (64, 36))
    shots, here = [], 0
    for clap in (*claps, length):
        shots.append(shelf.shot(dark, here, clap - here))
        if clap < length:
            shots.append(shelf.shot(light, clap, 1))
        here = clap + 1
    clicks = [0.7 * np.sin(2 * np.pi * 3_000 * np.arange(480) / 48_000)]
    bed = 0.165 * np.sin(2 * np.pi * 500 * np.arange(48_000 * 60) / 48_000)  # as loud as is wanted: mastered at the first try
    for name, wave in (("click", np.concatenate([*clicks, np.zeros(4_800)])), ("bed", bed)):
        soundfile.write(shelf.folder / name, wave, 48_000, format="FLAC")
    minute = round(60 * rate)
    beds = (shelf.heard("bed", first, min(minute, length - first)) for first in range(0, length, minute))
    tracks = (shelf.sound("A1", *(shelf.heard("click", clap, 2) for clap in claps)), shelf.sound("A2", *beds))
    return shelf.cut(shelf.picture(*shots), *tracks, rate=rate), claps


def flashes(film: Path) -> list[float]:
    """When light frames are shown, in seconds, as their timestamps say."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        return [frame.time for frame in container.decode(stream) if np.frombuffer(frame.planes[0], np.uint8)[:32].mean() > 128]


def clicks(film: Path) -> list[float]:
    """When clicks begin, in seconds of what a player hears."""
    loud = np.nonzero(np.abs(second_reader.sound(film).astype(np.int32)) > 14_000)[0]
    return [first / 48_000 for first in loud[np.r_[True, np.diff(loud) > 24_000]]]


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "sound"), [("23.976", "aac"), ("29.97", "pcm")])
def test_sound_stays_with_its_picture_for_ten_minutes(shelf, tmp_path, rate, sound):
    """AAC, whose coder takes most of the time that this test needs, at one of the rates; what is constant in it, all eight are asked."""
    rate = RATES[rate]
    cut, claps = clapped(shelf, rate)
    preset = Preset(
        name="tiny", width_px=32, height_px=16, rate=rate, x264_preset="ultrafast", audio_kbps=32, audio_codec=sound, crf=30
    )
    film = tmp_path / f"film{preset.suffix}"
    made = render(cut, preset, media=shelf, cache_dir=tmp_path / "cache", out=film)
    assert made.segments_made < 16  # what is held is drawn once
    seen, heard = flashes(film), clicks(film)
    assert len(seen) == len(heard) == 3
    for clap, flash, click in zip(claps, seen, heard, strict=True):
        assert flash == pytest.approx(float(clap / rate), abs=1e-3)
        assert abs(click - flash) < 0.1 / rate  # a tenth of a frame; a frame is what is promised
    stamps = second_reader.packets(film, "v")
    assert len(stamps) == cut.frames and len(steps([dts for _, dts in stamps])) == 1
    assert second_reader.complaints(film) == ""
