"""The second voice (extra `[languages]`, in `dev` so that nothing here is skipped): lines that the English voice can't say, judged by measures."""

from __future__ import annotations

import ast
import io
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import resample_poly

import glimmer
from glimmer.models.interface import Made, SpeechRequest, Voice, request_key
from glimmer.models.rehearsal.speech import RehearsalSpeech, languages_voice, screen_words
from glimmer.models.rehearsal.speech.cast import VOICES
from glimmer.models.rehearsal.speech.scripts import script_of, syllable_count
from glimmer.vocabulary import Delivery

SPEECH = RehearsalSpeech()
RUSSIAN = "Свет погас девять лет назад, и никто не пришёл. Почему ты здесь?"
ARABIC = "مرحبا يا صديقي، كيف حالك اليوم؟"
HINDI = "नौ साल पहले रोशनी चली गई, और कोई नहीं आया।"
KANJI = "灯台の光は九年前に消えた。"


def voice_named(name: str) -> Voice:
    return next(row.voice for row in VOICES if row.voice.name == name)


MAN = voice_named("man")


def spoken(text: str, voice: Voice = MAN, delivery: Delivery = "plain", language: str = "") -> Made:
    return SPEECH.speak(SpeechRequest(text=text, voice=voice, delivery=delivery, language=language))


def samples(made: Made) -> NDArray[np.float64]:
    wave, rate = soundfile.read(io.BytesIO(made.media))
    assert rate == 48_000 and wave.ndim == 1
    assert len(wave) == round(made.seconds * rate)
    return wave


def pitches_hz(made: Made) -> NDArray[np.float64]:
    """YIN over the louder tenths of a second; empty where nothing is voiced."""
    wave, rate = resample_poly(samples(made), 1, 6), 8_000
    frame, shortest, longest = rate // 10, rate // 600, rate // 60
    loud = np.sqrt(np.mean(wave**2)) * 0.8
    found = []
    for start in range(0, len(wave) - frame, frame // 2):
        piece = wave[start : start + frame]
        if np.sqrt(np.mean(piece**2)) < loud:
            continue
        width = frame - longest
        difference = np.array([np.sum((piece[:width] - piece[lag : lag + width]) ** 2) for lag in range(longest)])
        normal = difference[1:] * np.arange(1, longest) / np.maximum(np.cumsum(difference[1:]), 1e-12)
        lags = [k for k in range(shortest, longest - 2) if normal[k] < 0.25 and normal[k] <= normal[k + 1]]
        found += [rate / (lags[0] + 1)] if lags else []
    return np.array(found)


def assert_words_fit(made: Made, text: str) -> None:
    assert tuple(timing.word for timing in made.words) == screen_words(text)
    at = 0.0
    for timing in made.words:
        assert at - 1e-6 <= timing.start_seconds < timing.end_seconds
        at = timing.end_seconds
    assert at <= made.seconds + 1e-6


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(languages_voice, "_folder", lambda: "")


# ── what is spoken ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ARABIC, "Arabic"),
        ("سلام دوست من، حال شما چطور است؟ گپ بزنیم.", "Persian"),
        ("روشنی نو سال پہلے چلی گئی۔ کیا آپ یہاں ہیں؟", "Urdu"),
        (RUSSIAN, "Russian"),
        ("Світло згасло дев'ять років тому, і ніхто не прийшов. Де її ключ?", "Ukrainian"),
        ("Светло се угасило пре девет година, и ја ћутим.", "Serbian"),
        (HINDI, "Hindi"),
        ("নয় বছর আগে আলো নিভে গেছে, কেউ আসেনি।", "Bengali"),
        ("ஒன்பது ஆண்டுகளுக்கு முன்பு விளக்கு அணைந்தது.", "Tamil"),
        ("Το φως έσβησε πριν από εννέα χρόνια.", "Greek"),
        ("ცხრა წლის წინ სინათლე ჩაქრა.", "Georgian"),
        ("Ինը տարի առաջ լույսը մարեց, և ոչ ոք չեկավ։", "Armenian"),
        ("九年前灯灭了，没有人来。你为什么来？", "Chinese"),
        ("你係邊個？我哋去食飯啦，好唔好呀？", "Cantonese"),
        ("빛이 구 년 전에 꺼졌고 아무도 오지 않았다.", "Korean"),
        ("ひかりは きえた。だれも こなかった。", "Japanese"),
    ],
)
def test_a_line_in_another_script_is_spoken_in_its_language(text: str, named: str) -> None:
    made = spoken(text)
    assert_words_fit(made, text)
    assert made.notices == (f"The {named} is spoken by espeak-ng, a plain formant voice.",)
    syllables = sum(syllable_count(word, script_of(word)) for word in text.split())
    assert 2.5 < syllables / made.seconds < 9.0  # spelled letter by letter it is below 2
    heard = pitches_hz(made)
    assert len(heard) > 5
    assert 85 < np.median(heard) < 150  # this man speaks English at 130 Hz


def test_each_character_has_its_own_pitch_in_any_language() -> None:
    median = {
        name: float(np.median(pitches_hz(spoken(RUSSIAN, voice_named(name)))))
        for name in ("deep man", "clear woman", "small child")
    }
    assert 80 < median["deep man"] < 120
    assert 165 < median["clear woman"] < 240
    assert median["small child"] > 1.15 * median["clear woman"]


def test_a_whisper_has_no_pitch_and_a_radio_no_bass() -> None:
    assert len(pitches_hz(spoken(RUSSIAN, delivery="whisper"))) < 0.3 * len(pitches_hz(spoken(RUSSIAN)))
    power = np.abs(np.fft.rfft(samples(spoken(RUSSIAN, delivery="radio")))) ** 2
    hz = np.linspace(0, 24_000, len(power))
    assert power[hz < 200].sum() < 0.01 * power.sum()


def test_the_request_s_language_decides_where_letters_do_not() -> None:
    line = "Здравей, къде си?"
    assert "Russian" in spoken(line).notices[0]
    assert "Bulgarian" in spoken(line, language="bg").notices[0]
    assert "Bulgarian" in spoken(line, language="bg-BG").notices[0]
    assert "Russian" in spoken(line, language="en").notices[0]


def test_words_begin_where_they_are_heard() -> None:
    made = spoken("Закрой дверь. Возьми ключ. Потом приходи.")
    wave = np.convolve(np.abs(samples(made)), np.ones(480) / 480, mode="same")
    for before, timing in zip(made.words, made.words[1:], strict=False):
        if before.word.endswith("."):
            first = int((before.end_seconds + timing.start_seconds) / 2 * 48_000)
            onset = (first + int(np.argmax(wave[first:] > 0.03 * wave.max()))) / 48_000
            assert abs(onset - timing.start_seconds) < 0.06


def test_every_word_of_a_long_breathless_line_is_heard() -> None:
    """espeak-ng drops the rest of a clause with many numbers; cut into breaths it is all there."""
    text = "9999999999 привет " * 12
    made = spoken(text)
    assert_words_fit(made, text)
    last = made.words[-1]
    assert last.end_seconds - last.start_seconds > 0.25


def test_a_foreign_word_in_an_english_line_is_said_as_loud_as_the_rest() -> None:
    text = "She said привет to me, twice."
    made = spoken(text)
    assert_words_fit(made, text)
    wave = samples(made)
    level = [20 * np.log10(np.std(wave[int(w.start_seconds * 48_000) : int(w.end_seconds * 48_000)])) for w in made.words]
    assert abs(level[2] - np.mean([level[1], level[5]])) < 6
    assert len(made.notices) == 1 and "Russian" in made.notices[0]


def test_markup_and_commands_are_only_text() -> None:
    plain = spoken("Привет, мир, как дела?").seconds
    for odd in (
        "Привет, <b>мир</b>, как дела?",
        "Привет, \x0190S мир, как дела?",
        "<speak>Привет, мир, как дела?</speak>",
        "Привет😀, мир, как дела?",
    ):
        assert abs(spoken(odd).seconds - plain) < 0.12 * plain + 1.0 * ("90S" in odd), odd


# ── what is not ─────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text",
    [KANJI, "ひかりと灯台", "สวัสดีครับ ผมชื่อสมชาย", "שלום עליכם, חבר שלי", "ကျေးဇူးတင်ပါတယ်", "ڕۆژباش هاوڕێ", "ښځه ته ګرځم", "ສະບາຍດີ"],
)
def test_what_espeak_would_spell_or_mangle_stays_a_murmur(text: str, without_the_extra: Callable[[], None]) -> None:
    made = spoken(text)
    assert "murmured" in made.notices[0] and len(made.notices) == 1
    assert "pip install" not in made.notices[0]
    without_the_extra()
    assert spoken(text).media == made.media


def test_letters_that_would_be_named_are_noticed() -> None:
    """A Russian reader names the letters of other Cyrillic languages one by one: the line is murmured instead."""
    made = spoken("Сайн байна уу, өглөө үүр", language="ru")
    assert "murmured" in made.notices[0] and "letters" in made.notices[0]


def test_the_notice_of_kanji_says_what_to_do() -> None:
    assert "kana" in spoken(KANJI).notices[0]


def test_without_the_extra_the_murmur_says_how_to_get_it(without_the_extra: Callable[[], None]) -> None:
    without_the_extra()
    made = spoken(ARABIC)
    assert_words_fit(made, ARABIC)
    assert 'pip install "glimmer-studio[languages]"' in made.notices[0]
    assert "murmured" in made.notices[0]


# ── sameness and keys ───────────────────────────────────────────────────────────────────────────────────────
def test_the_same_line_is_the_same_bytes_from_any_thread() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(spoken, [ARABIC, HINDI] * 3))
    assert made[0] == made[2] == made[4] and made[1] == made[3] == made[5]
    assert SPEECH.speak(SpeechRequest(text=ARABIC, voice=MAN, seed=2)).media != made[0].media


def test_breath_and_whisper_are_the_same_bytes_at_any_time_of_day() -> None:
    """Left alone, espeak-ng seeds its noise with the second that it starts in."""
    woman = voice_named("clear woman")
    before = [spoken("Привет!", woman), spoken("Привет!", woman, "whisper"), spoken("Привет!", delivery="whisper")]
    time.sleep(1.1)
    assert before == [spoken("Привет!", woman), spoken("Привет!", woman, "whisper"), spoken("Привет!", delivery="whisper")]


def test_the_extra_makes_just_the_lines_again_that_it_can_say(without_the_extra: Callable[[], None]) -> None:
    texts = ["Hello there.", "Naïve café — École!", KANJI, "שלום", "She said привет.", ARABIC, HINDI, "α", "..."]
    requests = [SpeechRequest(text=text, voice=MAN) for text in texts]
    with_it = [request_key(SPEECH, request) for request in requests]
    without_the_extra()
    changed = [text for text, request, key in zip(texts, requests, with_it, strict=True) if request_key(SPEECH, request) != key]
    assert changed == ["She said привет.", ARABIC, HINDI, "α"]


# ── a process of its own ────────────────────────────────────────────────────────────────────────────────────
def test_espeak_is_never_in_our_process() -> None:
    assert "espeak" in spoken(RUSSIAN).notices[0]
    assert not [name for name in sys.modules if "espeak" in name]
    maps = Path("/proc/self/maps")
    assert not maps.exists() or "espeak" not in maps.read_text()


def test_only_the_worker_imports_espeak_and_nobody_imports_the_worker() -> None:
    root = Path(glimmer.__file__).parent
    names: dict[str, set[str]] = {}
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "espeak" in text or "languages_worker" in text else ():
            if isinstance(node, ast.Import):
                names.setdefault(path.name, set()).update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                names.setdefault(path.name, set()).update([node.module or "", *(alias.name for alias in node.names)])
    assert [name for name, imported in names.items() if "espeakng_loader" in imported] == ["languages_worker.py"]
    assert not [name for name, imported in names.items() if any("languages_worker" in one for one in imported)]
    assert not any(one.startswith("glimmer") for one in names["languages_worker.py"])


@pytest.mark.parametrize(
    ("child", "reason"),
    [
        ("sys.stdout.write('{\"rate\": 22'); sys.stdout.flush(); os.kill(os.getpid(), 9)", "ended by signal 9"),
        ("sys.exit('no such library')", "no such library"),
        ("time.sleep(60)", "no answer in 1 s"),
        ("print('hello')", "can't be read"),
        ('print(\'{"rate": 22050, "pieces": []}\')', "not complete"),
        ('print(\'{"rate": 0, "pieces": []}\')', "can't be read"),
    ],
)
def test_a_child_that_fails_leaves_a_murmur_that_says_so(
    child: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(f"import os, sys, time\nsys.stdin.read()\n{child}\n", encoding="utf-8")
    monkeypatch.setattr(languages_voice, "WORKER", worker)
    if "sleep" in child:  # the others answer, however busy the machine is
        monkeypatch.setattr(languages_voice, "TIME_LIMIT_SECONDS", 1.0)
    made = spoken(ARABIC)
    assert_words_fit(made, ARABIC)
    assert len(made.notices) == 1
    assert reason in made.notices[0] and "murmured" in made.notices[0]


def test_a_machine_that_starts_no_child_leaves_a_murmur(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "could not be started" in spoken(HINDI).notices[0]
    monkeypatch.setattr(sys, "executable", "")
    assert "no Python" in spoken(HINDI).notices[0]
