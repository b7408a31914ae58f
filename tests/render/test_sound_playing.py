"""What a clip sounds like: at any speed and backwards, from any file, on either side, through a crossfade, under a voice."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest
import soundfile

from glimmer.assembly.pieces import Track, Transition
from glimmer.assembly.sounds import Sounds
from glimmer.errors import LimitError
from glimmer.render.mix import mixed
from glimmer.render.pitch import EARLY_SAMPLES, paced
from glimmer.render.sound_plan import SoundPiece, sound_plan
from glimmer.render.sound_source import heard_of

RATE = 48_000


def mix_of(shelf, small, *tracks: Track, frames: int = 48, rate: Fraction = Fraction(24)) -> np.ndarray:
    cut = shelf.cut(shelf.picture(shelf.shot("none.png", 0, frames)), *tracks, rate=rate)
    return np.concatenate(list(mixed(sound_plan(cut, small(rate)), shelf)))


def wave(shelf, name: str, samples: np.ndarray, rate: int = RATE, **more: str) -> str:
    soundfile.write(shelf.folder / name, samples, rate, **({"format": "FLAC"} | more))
    return name


def hertz_of(heard: np.ndarray) -> float:
    """The strongest tone, by the parabola through the logarithms of the highest bin and its neighbours."""
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    top = int(spectrum.argmax())
    left, middle, right = np.log(spectrum[top - 1 : top + 2])
    return (top + 0.5 * (left - right) / (left - 2 * middle + right)) * RATE / len(heard)


def cents(heard: np.ndarray, hertz: float) -> float:
    return 1200 * float(np.log2(hertz_of(heard) / hertz))


def db(heard: np.ndarray) -> float:
    return 20 * float(np.log10(max(heard.std(), 1e-9)))


def seconds(mix: np.ndarray, start: float, end: float) -> np.ndarray:
    return mix[round(start * RATE) : round(end * RATE)]


# ── speed and direction ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("speed", ["1/4", "2/5", "1/2", "4/5", "1001/1000", "5/4", "2", "3", "8"])
def test_speed_keeps_pitch_within_ten_cents_and_the_level(shelf, small, speed):
    exact = Fraction(speed)
    tone = shelf.tone("t", 3.0 * max(float(exact), 0.5), 440.0)
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 0, 48, speed=exact)))
    middle = seconds(mix, 0.3, 1.7)[:, 0]
    assert len(mix) == 2 * RATE
    assert abs(cents(middle, 440.0)) < 10
    assert db(middle) == pytest.approx(20 * np.log10(0.25 / np.sqrt(2)), abs=0.3)
    assert db(seconds(mix, 1.95, 1.99)) > -20  # to the clip's end


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(4, 5), Fraction(3, 2), Fraction(2), Fraction(3)], ids=str)
def test_what_is_said_at_another_speed_is_said_at_its_frame(shelf, small, speed):
    """A tone begins two seconds into the media; it is heard at 2 / speed seconds, to half a frame."""
    media = np.concatenate([np.zeros(2 * RATE), 0.4 * np.sin(np.arange(4 * RATE) * 0.06)])
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard(wave(shelf, "late", media), 0, 144, speed=speed)), frames=144)
    begins = int(np.argmax(np.abs(mix[:, 0]) > 0.2))
    assert abs(begins - 2 / speed * RATE) < RATE / 48


def test_any_speed_fills_its_frames_to_the_sample_and_stops(shelf, small):
    for speed in (Fraction(3, 7), Fraction(24, 25), Fraction(11, 5)):
        clip = shelf.heard(shelf.tone("t", 6.0), 7, 31, speed=speed)
        mix = mix_of(shelf, small, shelf.sound("A1", clip), frames=60, rate=Fraction(24000, 1001))
        first, after = (7 * 1001 * 2), (38 * 1001 * 2)
        assert len(mix) == 60 * 2002 and not mix[:first].any() and not mix[after:].any()
        assert db(mix[first : first + 4800]) > -20 and db(mix[after - 4800 : after]) > -20


def test_backwards_is_the_used_stretch_from_its_end_to_its_start(shelf, small):
    rng = np.random.default_rng(5)
    media = rng.normal(0, 0.1, 4 * RATE)
    media = np.round(media * 32768) / 32768
    clip = shelf.heard(wave(shelf, "n", media), 6, 24, source_start=30, backwards=True)
    mix = mix_of(shelf, small, shelf.sound("A1", clip), frames=36)
    used = media[30 * 2000 : 54 * 2000][::-1]
    heard = mix[6 * 2000 : 30 * 2000, 0]
    assert np.abs(heard[200:-200] - used[200:-200]).max() < 1e-4


def test_backwards_past_the_medias_end_begins_with_silence(shelf, small):
    media = 0.3 * np.ones(RATE)
    clip = shelf.heard(wave(shelf, "one", media), 0, 48, backwards=True)  # two seconds asked of one
    mix = mix_of(shelf, small, shelf.sound("A1", clip))
    assert not mix[:RATE].any() and np.abs(mix[RATE + 100 : -200, 0] - 0.3).max() < 1e-3


def test_backwards_at_another_speed_keeps_pitch_and_place(shelf, small):
    at = np.arange(4 * RATE) / RATE
    media = np.where(at < 2, 0.3 * np.sin(2 * np.pi * 500 * at), 0.3 * np.sin(2 * np.pi * 800 * at))
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard(wave(shelf, "two", media), 0, 48, speed=Fraction(2), backwards=True)))
    assert abs(cents(seconds(mix, 0.2, 0.9)[:, 0], 800)) < 10
    assert abs(cents(seconds(mix, 1.1, 1.8)[:, 0], 500)) < 10


def test_more_than_an_hour_backwards_is_refused_before_it_is_read(shelf):
    piece = SoundPiece(asset=shelf.tone("t", 1.0), start=0, frames=24 * 3601, backwards=True, name="sea")
    with pytest.raises(LimitError, match=r'"sea" plays 3601 s .* MAX_SOUND_SECONDS'):
        next(heard_of(piece, Fraction(24), shelf))


def test_a_frozen_clip_and_a_muted_track_are_silent(shelf, small):
    tone = shelf.tone("t", 2.0)
    assert not mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 0, 48, frozen=True))).any()
    assert not mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 0, 48), muted=True)).any()


def test_sound_that_is_not_stretched_passes_untouched():
    block = np.random.default_rng(1).normal(0, 0.1, (1000, 2)).astype(np.float32)
    assert list(paced([block], Fraction(1))) == [block]
    assert 0 < EARLY_SAMPLES < RATE // 48


# ── files of every kind ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
@pytest.mark.parametrize("rate", [8_000, 44_100, 192_000])
def test_any_depth_and_rate_comes_at_its_level_and_pitch(shelf, small, subtype, rate):
    at = np.arange(2 * rate) / rate
    name = wave(shelf, "t", 0.5 * np.sin(2 * np.pi * 1000 * at), rate, format="WAV", subtype=subtype)
    mix = seconds(mix_of(shelf, small, shelf.sound("A1", shelf.heard(name, 0, 48))), 0.2, 1.8)
    assert abs(cents(mix[:, 0], 1000)) < 1
    assert db(mix[:, 0]) == pytest.approx(db(mix[:, 1])) == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.1)


def channels_file(shelf, layout: str, levels: list[float]) -> str:
    """A tone of its own in each channel: 400, 500, 600 Hz …"""
    at = np.arange(RATE) / RATE
    tones = np.stack([level * np.sin(2 * np.pi * (400 + 100 * n) * at) for n, level in enumerate(levels)]).astype(np.float32)
    with av.open(str(shelf.folder / layout), "w", format="wav") as container:
        stream = container.add_stream("pcm_f32le", rate=RATE)
        stream.codec_context.layout = layout
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(tones.T).reshape(1, -1), format="flt", layout=layout)
        frame.sample_rate, frame.pts = RATE, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return layout


def tone_db(side: np.ndarray, hertz: int) -> float:
    """Of a whole second's tone, against its level in the file (0.2)."""
    spectrum = np.abs(np.fft.rfft(side * np.hanning(len(side)))) / len(side) * 4
    return 20 * float(np.log10(max(spectrum[round(hertz * len(side) / RATE)] / 0.2, 1e-6)))


# In dB, left and right, of each channel in turn: BS.775.
FOLDED = {
    "5.1": [(0, -120), (-120, 0), (-3, -3), (-120, -120), (-3, -120), (-120, -3)],
    "7.1": [(0, -120), (-120, 0), (-3, -3), (-120, -120), (-3, -120), (-120, -3), (-3, -120), (-120, -3)],
    "quad": [(0, -120), (-120, 0), (-3, -120), (-120, -3)],
    "stereo": [(0, -120), (-120, 0)],
    "mono": [(0, 0)],
}


@pytest.mark.parametrize("layout", FOLDED)
def test_many_channels_fold_by_the_standard_matrix_and_fronts_keep_their_level(shelf, small, layout):
    name = channels_file(shelf, layout, [0.2] * len(FOLDED[layout]))
    mix = seconds(mix_of(shelf, small, shelf.sound("A1", shelf.heard(name, 0, 24))), 0.1, 0.9)
    for number, (left, right) in enumerate(FOLDED[layout]):
        for side, wanted in ((mix[:, 0], left), (mix[:, 1], right)):
            found = tone_db(side, 400 + 100 * number)
            assert found < -60 if wanted == -120 else found == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 8])
def test_channels_that_nobody_named_are_all_heard_and_do_not_jump(shelf, small, count):
    noise = np.random.default_rng(count).normal(0, 0.05, (RATE, count))
    name = wave(shelf, "many", noise, format="WAV", subtype="PCM_24")
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard(name, 0, 24)))[2_000 : RATE - 2_000]
    assert -3.5 < db(mix[:, 0]) - 20 * np.log10(0.05) < 4.5  # 7.1 adds three channels to a side: 10 lg (1 + ½ + ½ + ½) = 4.0 dB
    assert db(mix[:, 0]) == pytest.approx(db(mix[:, 1]), abs=0.5)


@pytest.mark.parametrize("container", ["FLAC", "WAV"])
def test_a_take_from_late_in_a_long_file_is_the_same_to_the_sample(shelf, small, container):
    """The file is wound forward, not decoded from its start; nothing may slip."""
    media = np.random.default_rng(9).normal(0, 0.1, 60 * RATE)
    media = np.round(media * 32768) / 32768
    clip = shelf.heard(wave(shelf, "long", media, format=container), 0, 24, source_start=50 * 24 + 7)
    mix = mix_of(shelf, small, shelf.sound("A1", clip), frames=24)
    first = 50 * RATE + 7 * 2000
    assert np.abs(mix[200:-200, 0] - media[first + 200 : first + RATE - 200]).max() < 1e-4


# ── pan, crossfade, duck ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("pan", "left_db", "right_db"), [(-1, 3, None), (-0.5, 2.32, -5.33), (0, 0, 0), (0.5, -5.33, 2.32), (1, None, 3)]
)
def test_pan_keeps_the_power_with_the_middle_three_decibels_below_a_side(shelf, small, pan, left_db, right_db):
    tone = shelf.tone("t", 2.0)
    whole = mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 0, 48, pan=pan)))
    mix, level = seconds(whole, 0.2, 1.8), 20 * np.log10(0.25 / np.sqrt(2))
    for side, wanted in ((mix[:, 0], left_db), (mix[:, 1], right_db)):
        assert db(side) < -100 if wanted is None else db(side) - level == pytest.approx(wanted, abs=0.5)
    power = 10 * np.log10(np.square(mix).sum(axis=1).mean()) - 10 * np.log10(2 * 0.25**2 / 2)
    assert power == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("overlap", [0, 24])
def test_a_crossfade_keeps_the_power_all_the_way_through(shelf, small, overlap):
    rng = np.random.default_rng(2)
    a, b = (wave(shelf, name, rng.normal(0, 0.1, 6 * RATE)) for name in "ab")
    left = shelf.heard(a, 0, 72, source_start=24)
    right = shelf.heard(b, 72 - overlap, 72, source_start=24)
    cut = Sounds(title="x", rate=Fraction(24), tracks=(shelf.picture(shelf.shot("p", 0, 120)), shelf.sound("A1", left, right)))
    crossed = cut.crossfade(left.id, right.id, frames=24)
    mix = np.concatenate(list(mixed(sound_plan(crossed, small()), shelf)))
    tenths = [db(part[:, 0]) for part in np.array_split(mix[RATE : 4 * RATE], 30)]
    assert max(tenths) - min(tenths) < 1.0 and np.mean(tenths) == pytest.approx(-20, abs=0.2)


def test_a_crossfade_is_left_before_it_and_right_after_it(shelf, small):
    low, high = shelf.tone("low", 6.0, 300.0), shelf.tone("high", 6.0, 1200.0)
    left, right = shelf.heard(low, 0, 48), shelf.heard(high, 48, 48, source_start=24)
    track = shelf.sound("A1", left, right, transitions=(Transition(kind="dissolve", left=left.id, right=right.id, frames=24),))
    mix = mix_of(shelf, small, track, frames=96)[:, 0]
    assert hertz_of(seconds(mix, 1.0, 1.45)) == pytest.approx(300, abs=1) and hertz_of(seconds(mix, 2.55, 3.0)) == pytest.approx(
        1200, abs=1
    )
    middle = seconds(mix, 1.9, 2.1)
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert 20 * np.log10(spectrum[60] / spectrum[240]) == pytest.approx(0.0, abs=0.5)  # both, alike


@pytest.mark.parametrize("by_db", [3.0, 9.0, 18.0])
def test_a_duck_is_as_deep_as_was_asked_where_the_voice_is_steady(shelf, small, by_db):
    rng = np.random.default_rng(3)
    voice, music = wave(shelf, "v", rng.normal(0, 0.1, 6 * RATE)), shelf.tone("m", 12.0, 5000.0, level=0.2)
    tracks = (shelf.sound("A1", shelf.heard(voice, 72, 144)), shelf.sound("A2", shelf.heard(music, 0, 288)))
    cut = Sounds(title="x", rate=Fraction(24), tracks=(shelf.picture(shelf.shot("p", 0, 288)), *tracks))
    both, alone = (
        np.concatenate(list(mixed(sound_plan(each, small()), shelf)))[:, 0]
        for each in (cut.duck("A2", under="A1", by_db=by_db), cut.duck("A2", under="A1", by_db=by_db).mute("A1"))
    )

    def level(mix: np.ndarray, second: float) -> float:
        part = seconds(mix, second, second + 1.0)
        return 20 * float(np.log10(np.abs(np.fft.rfft(part * np.hanning(len(part))))[5000] / len(part) * 4 / 0.2))

    assert level(both, 1.0) == pytest.approx(0.0, abs=0.5) and level(both, 11.0) == pytest.approx(0.0, abs=0.5)
    assert level(both, 6.0) == pytest.approx(-by_db, abs=0.5)
    assert level(alone, 6.0) == pytest.approx(0.0, abs=0.1)  # nobody is heard, so nothing gives way


def test_gain_is_exact_on_clip_and_track(shelf, small):
    tone = shelf.tone("t", 2.0)
    quiet = mix_of(shelf, small, shelf.sound("A1", shelf.heard(tone, 0, 48, gain_db=-7.5), gain_db=-12.0))
    assert db(seconds(quiet, 0.2, 1.8)) == pytest.approx(20 * np.log10(0.25 / np.sqrt(2)) - 19.5, abs=0.05)


# ── the sound of footage ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("container_format", ["mp4", "matroska", "mpegts"])
def test_sound_that_begins_after_the_picture_stays_with_it(shelf, small, container_format):
    """Footage whose microphone was switched on half a second late."""
    with av.open(str(shelf.folder / "late"), "w", format=container_format) as container:
        picture, sound = container.add_stream("libx264", rate=24), container.add_stream("aac", rate=RATE)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        sound.codec_context.layout = "mono"
        for number in range(48):
            shown = av.VideoFrame.from_ndarray(np.full((64, 64, 3), number * 5, np.uint8), format="rgb24")
            shown.pts, shown.time_base = number, Fraction(1, 24)
            container.mux(picture.encode(shown))
        container.mux(picture.encode(None))
        tone = (0.3 * np.sin(np.arange(RATE) * 0.06)).astype(np.float32)
        for first in range(0, RATE, 1024):
            heard = av.AudioFrame.from_ndarray(tone[None, first : first + 1024], format="fltp", layout="mono")
            heard.sample_rate, heard.pts, heard.time_base = RATE, RATE // 2 + first, Fraction(1, RATE)
            container.mux(sound.encode(heard))
        container.mux(sound.encode(None))
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard("late", 0, 48)))[:, 0]
    begins = int(np.argmax(np.abs(mix) > 0.15))
    assert abs(begins - RATE // 2) < RATE / 24  # under a frame; encoders put up to 1024 samples of nothing in front


@pytest.mark.parametrize("container_format", ["mp4", "matroska", "mpegts", "mov"])
@pytest.mark.parametrize(("picture_begins", "sound_begins"), [(0, 0), (0, 12), (12, 0)])
@pytest.mark.parametrize("first", [0, 30])
def test_a_flash_and_its_beep_stay_together_whichever_stream_begins_first(
    shelf, small, container_format, picture_begins, sound_begins, first
):
    """Both at the second second of the media's own clock; begins are in frames of 24."""
    late = shelf.folder / "late"
    with av.open(str(late), "w", format=container_format) as container:
        picture, sound = container.add_stream("libx264", rate=24), container.add_stream("aac", rate=RATE)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        sound.codec_context.layout = "mono"
        packets = []
        for number in range(picture_begins, 72):
            shown = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 255 * (number >= 48), np.uint8), format="rgb24")
            shown.pts, shown.time_base = number, Fraction(1, 24)
            packets += picture.encode(shown)
        at = np.arange(sound_begins * 2_000, 3 * RATE)
        beep = np.where(at >= 2 * RATE, 0.3 * np.sin(at * 0.06), 0).astype(np.float32)
        for number in range(0, len(beep), 1024):
            heard = av.AudioFrame.from_ndarray(beep[None, number : number + 1024], format="fltp", layout="mono")
            heard.sample_rate, heard.pts, heard.time_base = RATE, int(at[number]), Fraction(1, RATE)
            packets += sound.encode(heard)
        packets += [*picture.encode(None), *sound.encode(None)]
        for packet in sorted(packets, key=lambda packet: packet.dts * packet.time_base):
            container.mux(packet)
    mix = mix_of(shelf, small, shelf.sound("A1", shelf.heard("late", 0, 40, source_start=first)), frames=40)[:, 0]
    with av.open(str(late)) as container:
        flash = next(n for n, frame in enumerate(container.decode(video=0)) if frame.to_ndarray(format="gray").mean() > 128)
    beeps = int(np.argmax(np.abs(mix) > 0.1)) / 2_000 if np.abs(mix).max() > 0.1 else None
    expected = flash - first if flash - first < 40 else None
    assert beeps == (
        None if expected is None else pytest.approx(expected, abs=0.6)
    )  # mpegts has no place for an encoder's first 1024
