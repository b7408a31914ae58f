"""The finished track, on any material and in any code: as loud as asked, no peak too hot, as a second reader (ffmpeg) finds it; stems."""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from glimmer.errors import InputError, MissingPiece
from glimmer.render.loudness import Levels, decibels, gains_for, levels, limited
from glimmer.render.mix import mixed
from glimmer.render.sound_plan import sound_plan
from glimmer.render.soundtrack import make_soundtrack, soundtrack_suffix
from glimmer.render.stems import stems

RATE = 48_000


def ffmpeg_says(path: Path) -> tuple[float, float]:
    """Integrated loudness and true peak, by FFmpeg's own EBU R 128 meter, of the file decoded by it."""
    program = shutil.which("ffmpeg")
    if program is None:
        import imageio_ffmpeg

        program = imageio_ffmpeg.get_ffmpeg_exe()
    said = subprocess.run(
        [program, "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"],
        capture_output=True,
        check=True,
        timeout=30,
    ).stderr.decode()
    summary = said[said.rindex("Summary:") :]
    lufs, peak = re.search(r"I:\s+(-?[\d.]+) LUFS", summary), re.search(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary)
    assert lufs and peak
    return float(lufs[1]), float(peak[1])


def speech(seconds: float, level: float = 0.1, hot: float = 5.0) -> np.ndarray:
    """Bursts with pauses and hot consonants."""
    rng = np.random.default_rng(3)
    at = np.arange(round(seconds * RATE)) / RATE
    voiced = sum(np.sin(2 * np.pi * 140 * n * at) / n for n in range(1, 12)) * np.clip(np.sin(2 * np.pi * 2.1 * at), 0, 1)
    words = voiced * (np.sin(2 * np.pi * 0.23 * at) > -0.3)
    words[::7_000] += hot
    return (level * words + rng.normal(0, 0.0005, len(at))).clip(-1, 1)


def music(seconds: float, level: float = 0.1) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    chord = [sum(np.sin(2 * np.pi * f * at + side) for f in (110, 164.8, 220, 277.2, 1108)) for side in (0.0, 0.7)]
    return np.stack(chord, axis=1) * level * (0.5 + 0.5 * np.exp(-(at % 0.5) * 5))[:, None]


MATERIAL = {
    "speech": lambda: speech(12.0),
    "music": lambda: music(10.0),
    "very soft": lambda: music(8.0, 0.003),
    "very loud": lambda: np.clip(music(8.0, 3.0), -1, 1),
    "one second": lambda: music(1.0, 0.05),
    "long silence": lambda: np.concatenate([np.zeros(12 * RATE), speech(5.0, 0.03), np.zeros(8 * RATE)]),
    "clicks": lambda: np.where(np.arange(8 * RATE) % 12_000 < 3, 0.99, 0.02 * np.sin(np.arange(8 * RATE) * 0.05)),
}


def mastered(shelf, small, tmp_path: Path, samples: np.ndarray, **preset: object):
    soundfile.write(shelf.folder / "take", samples, RATE, format="WAV", subtype="FLOAT")
    frames = round(len(samples) / 2000)
    cut = shelf.cut(shelf.picture(shelf.shot("p", 0, frames)), shelf.sound("A1", shelf.heard("take", 0, frames)))
    sound = sound_plan(cut, small(**preset))
    out = tmp_path / f"sound{soundtrack_suffix(sound)}"
    return make_soundtrack(sound, out, media=shelf), out


@pytest.mark.parametrize("material", MATERIAL)
def test_every_material_comes_out_as_loud_as_the_preset_and_below_its_ceiling(shelf, small, tmp_path, material):
    made, out = mastered(shelf, small, tmp_path, MATERIAL[material]())
    lufs, peak = ffmpeg_says(out)
    assert lufs == pytest.approx(-16.0, abs=0.3)
    assert peak <= -1.0
    assert made.lufs == pytest.approx(lufs, abs=0.15) and made.true_peak_db == pytest.approx(peak, abs=0.3)
    assert not made.notices


@pytest.mark.parametrize(("target", "ceiling"), [(-23.0, -3.0), (-12.0, -1.0)])
def test_another_target_is_met_as_well(shelf, small, tmp_path, target, ceiling):
    _, out = mastered(shelf, small, tmp_path, speech(8.0), loudness_lufs=target, true_peak_db=ceiling)
    lufs, peak = ffmpeg_says(out)
    assert lufs == pytest.approx(target, abs=0.3) and peak <= ceiling


def test_what_can_not_be_raised_so_far_says_so(shelf, small, tmp_path):
    made, _ = mastered(shelf, small, tmp_path, music(4.0, 0.0006))
    assert "instead of -16.0" in made.notices[0] and made.lufs < -20


@pytest.mark.parametrize(
    ("codec", "suffix", "stream"),
    [("aac", ".m4a", "aac"), ("opus", ".mka", "opus"), ("pcm", ".mov", "pcm_s24le"), ("flac", ".flac", "flac")],
)
def test_every_code_holds_the_whole_track_from_its_first_sample(shelf, small, tmp_path, codec, suffix, stream):
    tone = np.where(np.arange(3 * RATE) < RATE, 0.0, 0.2 * np.sin(np.arange(3 * RATE) * 0.1))
    _, out = mastered(shelf, small, tmp_path, tone, audio_codec=codec)
    assert out.suffix == suffix
    with av.open(str(out)) as container:
        (found,) = container.streams.audio
        assert (found.codec_context.name.removeprefix("lib"), found.rate, found.layout.name) == (stream, RATE, "stereo")
    lufs, peak = ffmpeg_says(out)
    assert lufs == pytest.approx(-16.0, abs=0.3) and peak <= -1.0
    decoded = decoded_by_ffmpeg(out)
    assert abs(int(np.argmax(np.abs(decoded[:, 0]) > 0.05)) - RATE) < 60
    assert len(decoded) == 3 * RATE if codec in ("pcm", "flac") else 0 <= len(decoded) - 3 * RATE <= 1024


def decoded_by_ffmpeg(path: Path) -> np.ndarray:
    program = shutil.which("ffmpeg")
    if program is None:
        pytest.skip("no ffmpeg on this machine")
    raw = subprocess.run(
        [program, "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "2", "-"], capture_output=True, check=True, timeout=30
    )
    assert not raw.stderr
    return np.frombuffer(raw.stdout, np.float32).reshape(-1, 2)


def test_a_lossless_track_has_24_bits(shelf, small, tmp_path):
    for codec in ("pcm", "flac"):
        _, out = mastered(shelf, small, tmp_path, music(1.0), audio_codec=codec)
        whole = decoded_by_ffmpeg(out)[:, 0].astype(np.float64) * 2**15
        assert np.abs(whole - whole.round()).max() > 0.1  # finer than 16 bits
        assert np.abs(whole * 2**8 - (whole * 2**8).round()).max() < 0.01


# ── the limiter ─────────────────────────────────────────────────────────────────────────────────────────────
def test_the_limiter_turns_down_before_the_peak_and_comes_back_after_it():
    wave = np.full((RATE, 2), 0.1, np.float32)
    wave[RATE // 2 : RATE // 2 + 10] = 1.0
    gains = gains_for(levels([wave]), gain_db=6.0, ceiling_db=-1.0)
    usual = 10 ** (6 / 20)
    assert gains[500] * 1.0 <= 10 ** (-1 / 20) * 1.001
    assert gains[490] < usual * 0.85 and gains[510] < usual * 0.85  # 10 ms before and after
    assert gains[440] == pytest.approx(usual) and gains[560] == pytest.approx(usual)
    assert (np.diff(gains[440:500]) <= 1e-6).all()  # it glides down, and never jumps
    assert np.abs(np.diff(gains)).max() < 0.1 * usual


def test_the_limiter_is_the_same_however_long_the_film_is():
    """Gains are worked out a minute at a time; nothing may be seen of it."""
    rng = np.random.default_rng(4)
    peaks = (0.2 + rng.random(150_000) ** 20).astype(np.float32)
    measured = Levels(np.zeros(1500), peaks, peaks)
    whole = gains_for(measured, gain_db=3.0, ceiling_db=-1.0)
    for edge in (60_000, 120_000):
        part = peaks[edge - 500 : edge + 500]
        near = Levels(np.zeros(10), part, part)
        assert np.allclose(gains_for(near, gain_db=3.0, ceiling_db=-1.0)[100:-100], whole[edge - 400 : edge + 401][:801], atol=1e-6)


def test_a_peak_between_two_samples_is_seen_at_the_seam_of_two_blocks():
    at = np.arange(2 * RATE)
    wave = np.stack([np.sin(np.pi / 2 * at + np.pi / 4)] * 2, axis=1).astype(np.float32)  # peaks of 1 between samples of 0.71
    whole, parted = levels([wave]), levels([wave[:RATE], wave[RATE:]])
    assert decibels(float(whole.peaks[500:1500].max())) == pytest.approx(0.0, abs=0.1)
    assert np.allclose(whole.peaks, parted.peaks, atol=1e-5)


def test_no_true_peak_passes_however_hard_it_is_pushed():
    rng = np.random.default_rng(6)
    wave = (rng.normal(0, 0.3, (3 * RATE, 2))).astype(np.float32)
    held = np.concatenate(list(limited([wave[:RATE], wave[RATE:]], gains_for(levels([wave]), gain_db=18.0, ceiling_db=-2.0))))
    assert decibels(float(levels([held]).peaks.max())) <= -1.9


# ── stems ───────────────────────────────────────────────────────────────────────────────────────────────────
def film(shelf, level: float = 1.0):
    soundfile.write(shelf.folder / "voice", speech(4.0, 0.1, hot=0) * level, RATE, format="WAV", subtype="FLOAT")
    soundfile.write(shelf.folder / "cue", music(6.0, 0.08) * level, RATE, format="WAV", subtype="FLOAT")
    soundfile.write(
        shelf.folder / "surf", np.random.default_rng(8).normal(0, 0.02, 6 * RATE) * level, RATE, format="WAV", subtype="FLOAT"
    )
    tracks = (
        shelf.sound("A1", shelf.heard("voice", 24, 96, pan=0.3)),
        shelf.sound("A2", shelf.heard("cue", 0, 144, fade_in=24), duck_under="A1", duck_db=9.0).model_copy(
            update={"role": "music"}
        ),
        shelf.sound("A3", shelf.heard("surf", 0, 144), gain_db=-3.0).model_copy(update={"role": "effects"}),
    )
    return shelf.cut(shelf.picture(shelf.shot("p", 0, 144)), *tracks)


def test_stems_are_one_length_24_bits_and_add_up_to_the_mix(shelf, small, tmp_path):
    cut, preset = film(shelf), small(audio_codec="pcm")
    made = stems(cut, preset, media=shelf, folder=tmp_path / "stems", stem_name="sea")
    assert {name: path.name for name, path in made.items()} == {"DX": "sea_DX.wav", "MX": "sea_MX.wav", "FX": "sea_FX.wav"}
    parts = {name: soundfile.read(path)[0] for name, path in made.items()}
    for path in made.values():
        kept = soundfile.info(path)
        assert (kept.subtype, kept.samplerate, kept.channels, kept.frames) == ("PCM_24", RATE, 2, 6 * RATE)
    mix = np.concatenate(list(mixed(sound_plan(cut, preset), shelf)))
    total = sum(parts.values())
    gain = float((total * mix).sum() / (mix * mix).sum())
    left = 20 * np.log10(np.abs(total - gain * mix).max() / np.abs(total).max())
    assert left < -100  # the same to the last bits of 24
    master = make_soundtrack(sound_plan(cut, preset), tmp_path / "master.mov", media=shelf)
    finished = decoded_by_ffmpeg(tmp_path / "master.mov")
    quiet = slice(round(0.3 * RATE), round(0.9 * RATE))  # music and surf alone: the limiter rests
    assert 20 * np.log10(finished[quiet].std() / total[quiet].std()) == pytest.approx(0.0, abs=0.1)
    assert master.lufs == pytest.approx(-16.0, abs=0.3)


def test_each_stem_holds_only_its_own_and_music_is_ducked_in_its_stem(shelf, small, tmp_path):
    made = stems(film(shelf), small(), media=shelf, folder=tmp_path, stem_name="sea")
    voice, cue = (soundfile.read(made[name])[0] for name in ("DX", "MX"))
    assert not voice[: RATE - 100].any() and np.abs(voice[2 * RATE : 3 * RATE]).max() > 0.05

    def level(second: float) -> float:
        part = cue[round(second * RATE) :][: RATE // 2, 0]
        return 20 * float(np.log10(part.std()))

    assert level(2.5) - level(5.5) == pytest.approx(-9.0, abs=0.5)


def test_stems_that_would_pass_full_scale_are_turned_down_alike_and_say_so(shelf, small, tmp_path):
    clicks = np.where(np.arange(6 * RATE) % 30_000 < 3, 0.99, 0.004 * np.sin(np.arange(6 * RATE) * 0.05))
    soundfile.write(shelf.folder / "clicks", clicks, RATE, format="WAV", subtype="FLOAT")
    cut = shelf.cut(shelf.picture(shelf.shot("p", 0, 144)), shelf.sound("A1", shelf.heard("clicks", 0, 144)))
    made = stems(cut, small(), media=shelf, folder=tmp_path, stem_name="loud")
    assert 0.95 < np.abs(soundfile.read(made["DX"])[0]).max() < 0.995
    with av.open(str(made["MX"])) as container:
        assert "below the master's level" in container.metadata["comment"]
    assert not soundfile.read(made["FX"])[0].any()


def test_stems_need_a_film_and_a_plain_name(shelf, small, tmp_path):
    with pytest.raises(InputError, match="without folders"):
        stems(film(shelf), small(), media=shelf, folder=tmp_path, stem_name="../sea")
    with pytest.raises(MissingPiece, match="no picture"):
        stems(shelf.cut(rate=Fraction(24)), small(), media=shelf, folder=tmp_path, stem_name="sea")
    assert not list(tmp_path.glob("*.wav"))
