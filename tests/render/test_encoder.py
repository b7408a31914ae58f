"""A segment is encoded the same way every time, says its colours, and its encoder stands in its key."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from glimmer.assembly.nouns import Framing
from glimmer.errors import Cancelled, RenderError
from glimmer.render.codecs import chosen_encoder, coding_of, encoding_look, reorders
from glimmer.render.encoder import encode_segment
from glimmer.render.keys import maker_versions, x264_build
from glimmer.render.plan import plan
from glimmer.render.preset import preset_named
from glimmer.render.samples import read_samples
from glimmer.render.stills import PlanesKept

PICTURES = ("h264", "prores", "vp9", "av1")


def moving(shelf, frames: int = 30):
    """A cut over a still with fine detail, pushed in: nothing an encoder can skip."""
    grain = np.random.default_rng(1).integers(0, 256, (45, 80, 3), np.uint8).repeat(8, 0).repeat(8, 1)
    return shelf.cut(shelf.picture(shelf.shot(shelf.still("grain.png", grain), 0, frames, framing=Framing(move="push_in"))))


@pytest.mark.parametrize("picture", PICTURES)
def test_a_segment_is_the_same_bytes_every_time_and_begins_with_a_key_frame(shelf, small, tmp_path, picture):
    preset = small(picture=picture, crf=30)
    (first, frames), *_ = shelf.pieces(moving(shelf), preset, tmp_path / "one")
    (again, _), *_ = shelf.pieces(moving(shelf), preset, tmp_path / "two")
    assert first.read_bytes() == again.read_bytes()
    index = read_samples(first)
    assert 0 in index.keys and index.tick_rate == 24 and sorted(index.places) == list(range(frames))
    assert index.reordered <= reorders(preset)


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("frames", [1, 2])
def test_the_shortest_segments_hold_each_frame_once(shelf, small, tmp_path, picture, frames):
    ((piece, _),) = shelf.pieces(moving(shelf, frames), small(picture=picture, crf=30), tmp_path / "cache")
    with av.open(str(piece)) as container:
        assert len(list(container.decode(video=0))) == frames == len(read_samples(piece).sizes)


@pytest.mark.parametrize("effort", ["ultrafast", "veryfast", "medium", "veryslow"])
def test_x264_never_decodes_more_than_two_frames_early(shelf, small, tmp_path, effort):
    ((piece, _),) = shelf.pieces(moving(shelf), small(x264_preset=effort, crf=40), tmp_path / "cache")
    assert read_samples(piece).reordered <= 2


def test_the_samples_read_by_hand_are_those_that_ffmpeg_reads(shelf, small, tmp_path):
    ((piece, _),) = shelf.pieces(moving(shelf), small(x264_preset="medium"), tmp_path / "cache")
    index = read_samples(piece)
    with av.open(str(piece)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    tick = packets[0].duration
    assert [bytes(packet) for packet in packets] == list(index.read())
    assert [packet.pts // tick for packet in packets] == list(index.places)
    assert {number for number, packet in enumerate(packets) if packet.is_keyframe} == index.keys


@pytest.mark.parametrize("damage", ["empty", "noise", "cut short", "index cut short"])
def test_a_damaged_file_is_said_to_be_one(shelf, small, tmp_path, damage):
    ((piece, _),) = shelf.pieces(moving(shelf, 5), small(), tmp_path / "cache")
    whole = piece.read_bytes()
    noise = bytes(np.random.default_rng(0).integers(0, 256, 4096, np.uint8))
    piece.write_bytes({"empty": b"", "noise": noise, "cut short": whole[: len(whole) // 2], "index cut short": whole[:-40]}[damage])
    with pytest.raises(ValueError):
        read_samples(piece)


def test_damage_anywhere_in_the_index_never_crashes_the_reader(shelf, small, tmp_path):
    ((piece, _),) = shelf.pieces(moving(shelf, 5), small(), tmp_path / "cache")
    whole = piece.read_bytes()
    begin = whole.rindex(b"moov")
    for at in range(begin, len(whole), 5):
        piece.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        try:
            assert len(read_samples(piece).sizes) <= 1_000_000
        except ValueError:
            continue


def test_the_key_names_the_encoder_its_build_and_every_option():
    look = encoding_look(preset_named("720p24"))
    assert look == encoding_look(preset_named("720p24")) and x264_build() in look
    assert {"libx264", ("crf", "20"), ("preset", "veryfast"), ("threads", "2")} <= {
        *look,
        *coding_of(preset_named("720p24")).options,
    }
    assert x264_build().startswith("x264 - core ") and x264_build() in maker_versions()


@pytest.mark.parametrize(
    "change",
    [{"crf": 21}, {"x264_preset": "fast"}, {"rate": Fraction(25)}, {"width_px": 322}, {"gop_frames": 12}, {"picture": "av1"}],
)
def test_what_changes_the_bytes_changes_the_key(small, change):
    assert repr(encoding_look(small())) != repr(encoding_look(small(**change)))


def test_what_the_sound_is_does_not_change_the_pictures_key(small):
    assert encoding_look(small()) == encoding_look(small(audio_kbps=96, loudness_lufs=-23.0, name="other"))


def test_without_a_hardware_encoder_x264_encodes_and_it_is_said(small):
    encoder, notice = chosen_encoder(small(hardware=True))
    assert (encoder == "libx264") == bool(notice)
    if notice:
        assert "nvenc" in notice and "x264 encodes" in notice
        assert encoding_look(small(hardware=True)) == encoding_look(small())  # so nothing is made twice
    assert chosen_encoder(small()) == ("libx264", "")


def test_a_gif_has_no_segments(small):
    with pytest.raises(RenderError, match="no segments"):
        coding_of(preset_named("gif"))


def test_a_cancelled_segment_leaves_nothing(shelf, small, tmp_path):
    (segment,) = plan(moving(shelf), small()).segments
    seen: list[int] = []
    with pytest.raises(Cancelled):
        encode_segment(
            segment,
            small(),
            tmp_path / "s.mp4",
            media=shelf,
            kept=PlanesKept(),
            on_frame=lambda: seen.append(1),
            cancelled=lambda: len(seen) > 3,
        )
    assert len(seen) == 4 and [path.name for path in tmp_path.iterdir()] == ["media"]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux lets anybody look at the classes of threads")
def test_av1_leaves_no_thread_before_all_others(shelf, small, tmp_path):
    """SVT-AV1 takes SCHED_FIFO 99 where it is root; Postgres, servers and browsers begun by such a process stand before everything else."""
    shelf.pieces(moving(shelf), small(picture="av1", crf=30), tmp_path / "cache")
    threads = [int(task.name) for task in Path("/proc/self/task").glob("*")]
    assert {os.sched_getscheduler(thread) for thread in threads} == {os.SCHED_OTHER}
