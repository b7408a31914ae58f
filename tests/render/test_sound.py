"""The track: loud as asked, peaks held, voices clear of music, every clip where it lies."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pyloudnorm
import pytest
import soundfile

from glimmer.errors import MediaError
from glimmer.render.loudness import gains_for, levels, limited, loudness
from glimmer.render.mix import mixed
from glimmer.render.sound_plan import sound_plan
from glimmer.render.soundtrack import make_soundtrack


def mix_of(shelf, small, *tracks, frames=48, rate=Fraction(24)) -> np.ndarray:
    cut = shelf.cut(shelf.picture(shelf.shot("none.png", 0, frames)), *tracks, rate=rate)
    return np.concatenate(list(mixed(sound_plan(cut, small(rate)), shelf)))


def speech_like(seconds: float, seed: int = 3) -> np.ndarray:
    """Bursts of noise with hot peaks: as hard on a limiter as a voice."""
    rng = np.random.default_rng(seed)
    at = np.arange(round(seconds * 48_000)) / 48_000
    wave = rng.normal(0, 0.08, len(at)) * (0.15 + np.clip(np.sin(2 * np.pi * 1.7 * at), 0, 1))
    wave[::9_600] += 0.9
    return np.clip(wave, -1, 1)


def test_our_loudness_is_bs_1770s(tmp_path):
    wave = np.stack([speech_like(6.0), speech_like(6.0, 4) * 0.4], axis=1).astype(np.float32)
    ours = loudness(levels([wave[:96_000], wave[96_000:]]).power)
    assert ours == pytest.approx(pyloudnorm.Meter(48_000).integrated_loudness(wave), abs=0.05)


def test_the_limiter_holds_every_true_peak_below_its_ceiling():
    wave = np.stack([speech_like(4.0)] * 2, axis=1).astype(np.float32)
    measured = levels([wave])
    held = np.concatenate(list(limited([wave], gains_for(measured, gain_db=12.0, ceiling_db=-1.0))))
    assert 20 * np.log10(levels([held]).peaks.max()) <= -0.9
    assert np.abs(np.diff(gains_for(measured, gain_db=12.0, ceiling_db=-1.0))).max() < 0.4


def test_the_finished_track_is_as_loud_as_the_preset_and_has_no_hot_peak(shelf, small, tmp_path):
    soundfile.write(shelf.folder / "voice", speech_like(8.0) * 0.5, 48_000, format="FLAC")
    cut = shelf.cut(shelf.picture(shelf.shot("none.png", 0, 192)), shelf.sound("A1", shelf.heard("voice", 0, 192)))
    made = make_soundtrack(sound_plan(cut, small()), tmp_path / "sound.m4a", media=shelf)
    with av.open(str(tmp_path / "sound.m4a")) as container:
        decoded = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T
    assert pyloudnorm.Meter(48_000).integrated_loudness(decoded) == pytest.approx(-16.0, abs=0.5)
    assert made.lufs == pytest.approx(-16.0, abs=0.35)
    assert made.true_peak_db <= -1.0
    assert not make_soundtrack(sound_plan(cut, small()), tmp_path / "sound.m4a", media=shelf).made


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001)], ids=str)
def test_the_mix_has_a_sample_for_every_moment_of_the_film(shelf, small, rate):
    tone = shelf.tone("t", 3.0)
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 7, 500)), frames=47, rate=rate)
    assert len(mix) == round(47 / rate * 48_000)
    assert abs(int(np.argmax(np.abs(mix[:, 0]) > 0.01)) - float(7 / rate * 48_000)) < 100


def test_any_rate_and_any_number_of_channels_is_heard_at_its_pitch(shelf, small):
    for name, rate, channels in (("a", 44_100, 2), ("b", 22_050, 1), ("c", 96_000, 2)):
        mix = mix_of(
            shelf, small, shelf.sound("A1", shelf.heard(shelf.tone(name, 2.0, 1000.0, rate=rate, channels=channels), 0, 48))
        )
        middle = mix[24_000:72_000]
        assert np.argmax(np.abs(np.fft.rfft(middle[:, 0]))) == 1000
        assert np.abs(middle).max() == pytest.approx(0.25, abs=0.01)


def test_music_goes_down_before_the_voice_and_comes_back_after(shelf, small):
    voice, music = shelf.tone("v", 1.0, 300.0), shelf.tone("m", 6.0, 100.0, level=0.2)
    ducked = shelf.sound("A2", shelf.heard(music, 0, 144), duck_under="A1", duck_db=12.0)
    both = mix_of(shelf, small, shelf.sound("A1", shelf.heard(voice, 48, 24)), ducked, frames=144)
    alone = both[:, 0]

    def level(second: float) -> float:
        piece = alone[round(second * 48_000) :][:9_600]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece))))
        return 20 * np.log10(spectrum[20] / 9_600 * 4 / 0.2)  # 100 Hz is bin 20 of 0.2 s

    assert level(0.5) == pytest.approx(0.0, abs=0.3)
    assert level(2.4) == pytest.approx(-12.0, abs=0.7)
    assert level(1.9) < -3.0  # already going down before the first syllable at 2.0
    assert level(4.6) == pytest.approx(0.0, abs=0.5)


def test_gain_pan_and_fades_do_what_they_say(shelf, small):
    tone = shelf.tone("t", 2.0, level=0.1)
    louder = mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 0, 48, gain_db=6.0)))
    left = mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 0, 48, pan=-1.0)))
    faded = mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 0, 48, fade_in=24, fade_out=12)))
    assert np.abs(louder[20_000:40_000]).max() == pytest.approx(0.1995, abs=0.003)
    assert np.abs(left[:, 1]).max() < 1e-6 < np.abs(left[:, 0]).max()
    assert np.abs(faded[:2_400]).max() < 0.01 and np.abs(faded[-480:]).max() < 0.01
    assert np.abs(faded[23_000:25_000]).max() == pytest.approx(0.1 * np.sin(np.pi / 4), abs=0.006)


def test_sound_past_the_films_end_is_faded_not_chopped(shelf, small):
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard(shelf.tone("t", 5.0), 0, 120)))
    assert len(mix) == 96_000
    assert np.abs(mix[-200:]).max() < 0.02 and np.abs(mix[-12_000:-8_000]).max() > 0.2


def test_a_clip_begins_where_its_source_start_says(shelf, small):
    wave = np.concatenate([np.zeros(48_000), 0.5 * np.ones(48_000)])
    soundfile.write(shelf.folder / "step", wave, 48_000, format="FLAC")
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard("step", 10, 38, source_start=12)))
    assert abs(int(np.argmax(np.abs(mix[:, 0]) > 0.25)) - (10 + 12) * 2000) < 20


def test_a_track_of_whole_blocks_is_measured_to_its_end(shelf, small, tmp_path):
    """Twenty seconds are two blocks to the sample; the reader once asked for an empty third."""
    tone = shelf.tone("t", 20.0)
    cut = shelf.cut(shelf.picture(shelf.shot("none.png", 0, 480)), shelf.sound("A1", shelf.heard(tone, 0, 480)))
    assert make_soundtrack(sound_plan(cut, small()), tmp_path / "s.m4a", media=shelf).lufs == pytest.approx(-16.0, abs=0.35)


def test_a_playlist_and_rubbish_are_refused_by_name(shelf, small, tmp_path: Path):
    shelf.tone("real.flac", 1.0)
    (shelf.folder / "list.mp4").write_text("ffconcat version 1.0\nfile real.flac\n")
    (shelf.folder / "hls.mp4").write_text("#EXTM3U\n#EXTINF:1,\nreal.flac\n#EXT-X-ENDLIST\n")
    (shelf.folder / "junk.wav").write_bytes(b"RIFF\xff\xff\xff\xffWAVEjunkjunkjunk")
    for asset in ("list.mp4", "hls.mp4", "junk.wav", "none.wav"):
        with pytest.raises(MediaError, match="sound at 0"):
            mix_of(shelf, small, shelf.sound("A1", shelf.heard(asset, 0, 24)))


def test_the_sound_of_footage_that_has_none_is_silence_and_said(shelf, small, tmp_path):
    clip, tone = shelf.footage("mute", 48, rate=24), shelf.tone("tone", 2.0)
    silent = shelf.heard(clip, 0, 48, media_type="video/mp4")
    for more in ({}, {"speed": Fraction(2), "frames": 24}, {"backwards": True}):
        mix = mix_of(shelf, small, shelf.sound("A1", silent.model_copy(update=more)), shelf.sound("A2", shelf.heard(tone, 0, 48)))
        assert np.array_equal(mix, mix_of(shelf, small, shelf.sound("A2", shelf.heard(tone, 0, 48))))
    cut = shelf.cut(shelf.picture(shelf.shot("none.png", 0, 48)), shelf.sound("A1", silent))
    made = make_soundtrack(sound_plan(cut, small()), tmp_path / "sound.m4a", media=shelf)
    assert made.notices[0] == '"sound at 0" is silent: its footage has no sound.'
    assert make_soundtrack(sound_plan(cut, small()), tmp_path / "sound.m4a", media=shelf).notices == made.notices
    with pytest.raises(MediaError, match="has no sound in it"):
        mix_of(shelf, small, shelf.sound("A1", shelf.heard(clip, 0, 48, media_type="audio/flac")))


def test_slow_sound_that_was_split_within_a_frame_goes_on_without_a_step(shelf, small):
    tone = shelf.tone("slow", 3.0)
    whole = shelf.heard(tone, 0, 48, speed=Fraction(1, 2), media_frames=72)
    parts = shelf.cut(shelf.picture(shelf.shot("none.png", 0, 48)), shelf.sound("A1", whole)).split(whole.id, 25)
    [left, right] = sound_plan(parts, small()).tracks[0].pieces
    assert right.source_start == left.source_start + Fraction(25, 2)
