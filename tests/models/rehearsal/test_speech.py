"""Rehearsal voices, judged by measures: words and their times, pitch, level, silence, bytes, threads."""

from __future__ import annotations

import io
import itertools
import socket
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyloudnorm
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import resample_poly

from glimmer import limits
from glimmer.errors import LimitError
from glimmer.models.interface import CastBrief, Made, SpeechModel, SpeechRequest, Voice
from glimmer.models.rehearsal.speech import RehearsalSpeech, languages_voice, screen_words
from glimmer.models.rehearsal.speech.cast import VOICES, distance
from glimmer.vocabulary import Delivery

LINE = "The light went out nine years ago, and nobody came. Why did you?"
SPEECH = RehearsalSpeech()
WOMAN = SPEECH.cast(CastBrief(name="ADA", gender="woman", age="adult"))


def voice_named(name: str) -> Voice:
    return next(row.voice for row in VOICES if row.voice.name == name)


def spoken(text: str, voice: Voice = WOMAN, delivery: Delivery = "plain", parenthetical: str = "") -> Made:
    return SPEECH.speak(SpeechRequest(text=text, voice=voice, delivery=delivery, parenthetical=parenthetical))


def samples(made: Made) -> NDArray[np.float64]:
    wave, rate = soundfile.read(io.BytesIO(made.media))
    assert rate == 48_000
    assert wave.ndim == 1
    assert len(wave) == round(made.seconds * rate)
    return wave


def loudness(made: Made) -> float:
    return float(pyloudnorm.Meter(48_000).integrated_loudness(samples(made)))


def level_db(wave: NDArray[np.float64]) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(wave**2)) + 1e-9))


def band_share(wave: NDArray[np.float64], low_hz: float, high_hz: float) -> float:
    power = np.abs(np.fft.rfft(wave)) ** 2
    hz = np.fft.rfftfreq(len(wave), 1 / 48_000)
    return float(power[(hz >= low_hz) & (hz < high_hz)].sum() / power.sum())


def median_pitch_hz(made: Made) -> float:
    """YIN (de Cheveigné and Kawahara 2002) over the louder frames: a reader of pitch that shares nothing with the speaker."""
    wave = resample_poly(samples(made), 1, 6)
    rate, found = 8_000, []
    frame, shortest, longest = int(0.1 * rate), rate // 600, rate // 60
    loud = np.sqrt(np.mean(wave**2)) * 0.8
    for start in range(0, len(wave) - frame, frame // 2):
        piece = wave[start : start + frame]
        if np.sqrt(np.mean(piece**2)) < loud:
            continue
        width = frame - longest
        difference = np.array([np.sum((piece[:width] - piece[lag : lag + width]) ** 2) for lag in range(longest)])
        normal = difference[1:] * np.arange(1, longest) / np.maximum(np.cumsum(difference[1:]), 1e-12)
        lags = [k for k in range(shortest, longest - 2) if normal[k] < 0.12 and normal[k] <= normal[k + 1]]
        found += [rate / (lags[0] + 1)] if lags else []
    return float(np.median(found))


def assert_words_fit(made: Made, text: str) -> None:
    assert tuple(timing.word for timing in made.words) == screen_words(text)
    at = 0.0
    for timing in made.words:
        assert at - 1e-6 <= timing.start_seconds < timing.end_seconds
        at = timing.end_seconds
    assert at <= made.seconds + 1e-6


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text",
    [
        LINE,
        "It cost $4,250.75 at 9:30 pm on the No. 5 bus — 50% of it.",
        "NO! I'M NOT GOING... <b>Stop</b> *that* (beat) _now_ [[a note]] [door slams]!",
        'Mr. Smith said, "Dr. J. K. Rowling & co. -- \'tis 3/4 done."',
        "École, Łódź, naïve café, Nguyễn.",
        "12345678901234567890123 stars and 1,000,000,000,000,000,000,000 more",
        "a\u00a0b\tc\nd",
        "\x00\u202e😀 ok",
    ],
)
def test_every_screen_word_has_a_time_of_its_own(text: str) -> None:
    made = spoken(text)
    assert_words_fit(made, text)
    assert screen_words(text) == tuple(text.split())
    assert made.notices == ()


def test_a_word_after_silence_begins_where_the_sound_begins() -> None:
    made = spoken("Nobody came. Take the key. Close that door.", voice_named("man"))
    wave = np.abs(samples(made))
    loud = np.convolve(wave, np.ones(480) / 480, mode="same") > 0.03 * wave.max()
    for before, timing in itertools.pairwise(made.words):
        if before.word.endswith("."):
            first = int((timing.start_seconds - 0.12) * 48_000)
            onset = (first + int(np.argmax(loud[first:]))) / 48_000
            assert abs(onset - timing.start_seconds) < 0.09


def test_markup_is_shown_but_not_said() -> None:
    plain, marked = spoken("Stop that now"), spoken("<b>Stop</b> *that* _now_")
    assert abs(plain.seconds - marked.seconds) < 0.02


def test_shouted_capitals_are_words_and_acronyms_are_letters() -> None:
    assert abs(spoken("NOT IN MY HOUSE!").seconds - spoken("Not in my house!").seconds) < 0.15
    assert spoken("The FBI called.").seconds > spoken("The fib called.").seconds


def test_a_long_line_is_cut_at_commas() -> None:
    long_sentence = ", ".join(["and then she walked along the shore"] * 12) + "."
    made = spoken(long_sentence)
    assert_words_fit(made, long_sentence)
    assert 20 < made.seconds < 45


def test_a_line_past_the_limit_says_which_limit() -> None:
    with pytest.raises(LimitError) as met:
        spoken("a" * (limits.MAX_LINE_CHARS + 1))
    assert met.value.limit == "MAX_LINE_CHARS"
    assert "5,001" in str(met.value)


@pytest.mark.parametrize("text", ["", "   ", "...", "♪", "— … !", "(beat)", "<i></i>", "🎵 🎵"])
def test_a_line_with_nothing_to_say_is_a_breath(text: str) -> None:
    made = spoken(text)
    assert made.seconds == pytest.approx(0.4)
    assert -65 < level_db(samples(made)) < -35
    assert_words_fit(made, text)


# ── voices ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_voices_are_told_apart_by_pitch() -> None:
    names = ("deep man", "man", "low woman", "clear woman", "girl")
    pitches = [median_pitch_hz(spoken(LINE, voice_named(name))) for name in names]
    for lower, higher in itertools.pairwise(pitches):
        assert higher > 1.12 * lower  # two semitones


def test_a_cast_of_forty_has_forty_voices() -> None:
    for gender in ("woman", "man", ""):
        taken: list[Voice] = []
        for number in range(40):
            taken.append(SPEECH.cast(CastBrief(name=f"PERSON {number}", gender=gender, age="adult"), taken=taken))
        assert len({voice.name for voice in taken}) == 40
        assert min(distance(a, b) for a, b in itertools.combinations(taken, 2)) > 1.0


@pytest.mark.parametrize(
    ("brief", "expected"),
    [
        (CastBrief(name="DETECTIVE COLE", description="40s, gruff, scarred", gender="man", age="adult"), "gruff man"),
        (CastBrief(name="OLD FISHERMAN"), "old man"),
        (CastBrief(name="UNIT 7", kind="robot"), "robot"),
        (CastBrief(name="WHALE", kind="whale"), "great creature"),
        (CastBrief(name="TIM", description="8, freckled", age="child", gender="man"), "boy"),
        (CastBrief(name="NARRATOR"), "narrator"),
        (CastBrief(name="MOUSE"), "small creature"),
        (CastBrief(name="GUARD 5", gender="man"), "man"),
    ],
)
def test_a_brief_gets_the_kind_of_voice_it_asks_for(brief: CastBrief, expected: str) -> None:
    assert expected in SPEECH.cast(brief).name
    assert SPEECH.cast(brief) == SPEECH.cast(brief)


def test_five_hundred_characters_still_get_voices_of_their_own() -> None:
    taken: list[Voice] = []
    for number in range(limits.MAX_CAST):
        taken.append(SPEECH.cast(CastBrief(name=f"GUARD {number}", gender="man", age="old"), taken=taken))
    assert len({voice.name for voice in taken}) == limits.MAX_CAST


def test_any_name_and_any_number_of_takens_gets_a_voice() -> None:
    taken: list[Voice] = []
    for name in ("", "李雷", "É", "MRS. O'NEIL #2", "🐙"):
        taken.append(SPEECH.cast(CastBrief(name=name, age="child" if name == "É" else ""), taken=taken))
    assert len({voice.name for voice in taken}) == 5


# ── level and delivery ──────────────────────────────────────────────────────────────────────────────────────
def test_lines_of_all_voices_are_equally_loud() -> None:
    for name in ("deep man", "airy woman", "small child", "robot", "deep ghost", "growling creature"):
        assert loudness(spoken(LINE, voice_named(name))) == pytest.approx(-20.0, abs=1.0)


def test_a_whisper_is_softer_and_a_shout_louder_and_nothing_clips() -> None:
    plain, whisper, shout = (spoken(LINE, delivery=d) for d in ("plain", "whisper", "shout"))
    assert loudness(whisper) < loudness(plain) - 3
    assert loudness(shout) > loudness(plain) + 2
    for made in (plain, whisper, shout):
        assert np.abs(samples(made)).max() < 10 ** (-1 / 20)


def test_a_radio_has_a_narrow_band_and_off_screen_is_dull() -> None:
    plain, radio, away = (samples(spoken(LINE, delivery=d)) for d in ("plain", "radio", "off_screen"))
    assert band_share(radio, 300, 3_400) > 0.9
    assert band_share(away, 2_500, 12_000) < 0.5 * band_share(plain, 2_500, 12_000)


def test_a_parenthetical_changes_pace_and_pitch() -> None:
    assert spoken(LINE, parenthetical="slowly").seconds > 1.1 * spoken(LINE).seconds
    assert spoken(LINE, parenthetical="quickly").seconds < 0.95 * spoken(LINE).seconds
    assert median_pitch_hz(spoken(LINE, parenthetical="shouting")) > 1.1 * median_pitch_hz(spoken(LINE))


def test_a_song_is_held_longer_than_speech() -> None:
    made = spoken("Sing to me, little whale.", delivery="sung")
    assert made.seconds > 1.3 * spoken("Sing to me, little whale.").seconds
    assert_words_fit(made, "Sing to me, little whale.")


def test_a_line_begins_and_ends_softly_and_without_long_silence() -> None:
    wave = np.abs(samples(spoken(LINE)))
    assert max(wave[0], wave[-1]) < 0.001
    heard = np.flatnonzero(wave > 0.01 * wave.max())
    assert 0.03 < heard[0] / 48_000 < 0.2
    assert 0.08 < (len(wave) - heard[-1]) / 48_000 < 0.35


# ── other languages ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def one_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    """As without the extra `[languages]`; with it: test_languages.py."""
    monkeypatch.setattr(languages_voice, "installed_version", lambda: "")


@pytest.mark.usefixtures("one_voice")
@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [
        ("灯台の光が消えたのは、九年前のことだ。", "Japanese", 2.2, 5.5),
        ("你好，世界！我们一起去海边唱歌吧。", "Chinese", 1.8, 4.5),
        ("مرحبا كيف حالك يا صديقي؟", "Arabic", 1.2, 3.5),
        ("Привет, мир! Как дела?", "Russian", 1.0, 2.8),
        ("नमस्ते दुनिया, आप कैसे हैं?", "Hindi", 1.2, 3.5),
        ("สวัสดีครับ ผมชื่อสมชาย", "Thai", 1.2, 3.5),
        ("안녕하세요 여러분", "Korean", 0.9, 2.6),
    ],
)
def test_what_is_not_english_is_murmured_in_time_and_said_so(text: str, language: str, low: float, high: float) -> None:
    made = spoken(text)
    assert_words_fit(made, text)
    assert low < made.seconds < high
    assert -26 < loudness(made) < -21
    assert band_share(samples(made), 2_500, 12_000) < 0.01
    assert len(made.notices) == 1
    assert language in made.notices[0]
    assert "murmured" in made.notices[0]
    assert "glimmer-studio[languages]" in made.notices[0] or "film.audio.add" in made.notices[0]


@pytest.mark.usefixtures("one_voice")
def test_a_foreign_word_in_an_english_line_is_murmured_in_its_place() -> None:
    made = spoken("She said こんにちは to me.")
    assert_words_fit(made, "She said こんにちは to me.")
    assert made.notices[0].startswith("Part of this line is in Japanese")
    timing = made.words[2]
    piece = samples(made)[int(timing.start_seconds * 48_000) : int(timing.end_seconds * 48_000)]
    assert level_db(piece) > -36


@pytest.mark.parametrize(
    "text",
    ["灯台の光が消えたのは、九年前のことだ…「なぜ？」", "因为今天的天气真的非常好，我们去吧！", "ผมชื่อสมชายครับ", "iPhoneを使う"],
)
def test_units_of_unspaced_writing_are_short_and_join_to_the_text(text: str) -> None:
    units = screen_words(text)
    assert "".join(units) == text
    assert len(units) > 1
    assert all(sum(c.isalpha() for c in unit) <= 6 for unit in units)


# ── sameness ────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_same_request_is_the_same_bytes_from_any_thread() -> None:
    texts = ["Good morning.", "Where is the key?", "Привет!", "It is nine o'clock."] * 2
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(spoken, texts))
    alone = [spoken(text) for text in texts]
    assert together == alone


def test_another_seed_is_another_take() -> None:
    one, other = (SPEECH.speak(SpeechRequest(text="Good morning.", voice=WOMAN, seed=seed)) for seed in (1, 2))
    assert one.media != other.media
    for timing, again in zip(one.words, other.words, strict=True):
        assert abs(timing.start_seconds - again.start_seconds) < 0.01


def test_a_speaker_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise AssertionError("the network was reached for")

    monkeypatch.setattr(socket.socket, "connect", closed)
    assert isinstance(RehearsalSpeech(), SpeechModel)
    assert spoken("Hello.").seconds > 0.3
