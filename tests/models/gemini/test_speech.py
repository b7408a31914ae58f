"""Gemini's voices, judged by measures: words and their times, level, silence, what was sent, what was said of the cost."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from glimmer import limits
from glimmer.errors import InputError, LimitError, MediaError, ModelError
from glimmer.models.gemini.door import Door
from glimmer.models.gemini.interaction import Interaction, interaction_of
from glimmer.models.gemini.speech import GeminiSpeech
from glimmer.models.gemini.voices import VOICES, name_on_server
from glimmer.models.interface import CastBrief, ComposeRequest, Made, SpeechModel, SpeechRequest, Voice, reads_words
from glimmer.models.pricing import FREE, Priced
from glimmer.models.sound_files import RATE_HZ, decoded, loudness_lufs
from glimmer.models.word_times import screen_words, seconds_to_say, voiced, word_times
from glimmer.testing import FakeGemini
from glimmer.testing.media import mp3, speech_pcm, wav

LINE = "The light went out nine years ago, and nobody came. Why did you?"
KORE = Voice(name="Kore", description="firm, a woman's voice")


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeGemini]:
    with FakeGemini() as running:
        yield running
        running.check()


@pytest.fixture(scope="module")
def speech(fake: FakeGemini) -> GeminiSpeech:
    return GeminiSpeech(Door(fake.environment()))


def samples(made: Made) -> NDArray[np.float32]:
    wave, rate = soundfile.read(io.BytesIO(made.media), dtype="float32")
    assert rate == 48_000 and wave.ndim == 1 and len(wave) == round(made.seconds * rate)
    return np.asarray(wave)


def assert_words_fit(made: Made, text: str) -> None:
    assert tuple(timing.word for timing in made.words) == screen_words(text)
    at = 0.0
    for timing in made.words:
        assert at - 1e-6 <= timing.start_seconds < timing.end_seconds
        at = timing.end_seconds
    assert at <= made.seconds + 1e-6


def asked(fake: FakeGemini) -> tuple[dict[str, Any], dict[str, Any]]:
    """The last request's body, and its one content."""
    body = fake.requests("speech")[-1].body
    given = body["input"]
    steps = given if isinstance(given, list) else [given]
    (content,) = [content for step in steps for content in step.get("content", [step])]
    return body, content


class Sends(Door):
    """A door whose server answers with this sound."""

    def __init__(self, media: bytes, media_type: str = "audio/wav", usage: dict[str, Any] | None = None) -> None:
        super().__init__({})
        self.medium = {"type": "audio", "mime_type": media_type, "data": media}
        self.usage = usage or {"total_input_tokens": 20, "total_output_tokens": 100}

    def interact(self, model: str, **asked_for: Any) -> Interaction:  # type: ignore[override]
        steps = [{"type": "model_output", "content": [self.medium]}]
        return interaction_of({"id": "v1", "status": "completed", "usage": self.usage, "steps": steps}, model)


def came(media: bytes, media_type: str = "audio/wav", text: str = LINE, **changes: Any) -> Made:
    return GeminiSpeech(Sends(media, media_type)).speak(SpeechRequest(**{"text": text, "voice": KORE, **changes}))


def bursts(spans: list[tuple[float, float]], seconds: float, rate: int = 24_000, noise_db: float = -62.0) -> NDArray[np.float32]:
    """A throat that sounds in these spans over a quiet room: harmonics of 130 Hz that glide, syllables at 4.5 a second."""
    rng = np.random.default_rng(7)
    at = np.arange(round(seconds * rate)) / rate
    wave = 10 ** (noise_db / 20) * rng.standard_normal(at.size)
    for begin, end in spans:
        here = (at >= begin) & (at < end)
        phase = 2 * np.pi * np.cumsum(130 + 25 * np.sin(2 * np.pi * 0.7 * at[here])) / rate
        voice = sum(np.sin(k * phase) / k for k in range(1, 12))
        wave[here] += 0.2 * voice * (0.6 + 0.4 * np.abs(np.sin(np.pi * 4.5 * (at[here] - begin))))
    return np.asarray(np.clip(wave, -1, 1), np.float32)


def as_wav(wave: NDArray[np.float32], rate: int = 24_000) -> bytes:
    return wav((wave * 32_767).astype("<i2").tobytes(), rate)


# ── a line ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_speaker_says_what_it_is(speech: GeminiSpeech) -> None:
    assert isinstance(speech, SpeechModel) and isinstance(speech, Priced) and reads_words(speech)


def test_a_line_is_spoken_levelled_and_timed(speech: GeminiSpeech, fake: FakeGemini) -> None:
    made = speech.speak(SpeechRequest(text=LINE, voice=KORE, delivery="whisper", parenthetical="tired", language="en-GB"))
    body, content = asked(fake)
    assert content["text"] == LINE and content["annotations"] == [{"type": "speech_metadata", "style": "in a whisper, tired"}]
    assert body["generation_config"]["speech_config"] == [{"voice": "Kore", "language": "en-GB"}]
    assert body["response_format"]["type"] == "audio"
    assert_words_fit(made, LINE)
    assert made.media_type == "audio/flac" and made.usd > 0 and made.price_date and made.remote_id and made.tokens_out > 0
    assert abs(loudness_lufs(samples(made)[None]) + 25) < 0.5  # a whisper lies 5 dB under a plain line
    assert made.notices == ()


def test_the_same_sound_gives_the_same_bytes() -> None:
    media = as_wav(bursts([(0.3, 2.9), (3.3, 4.2)], 4.6))
    assert came(media) == came(media)


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ('Say, softly: "{text}"', "Say, softly"),
        ("# DIRECTOR'S NOTES\nTired.\n\n#### TRANSCRIPT\n{text}\n", "# DIRECTOR'S NOTES\nTired."),
        ("more gruff", "more gruff"),
        ('"{text}" as if to a child', "as if to a child"),
    ],
)
def test_of_a_prompt_all_but_the_line_is_how_it_is_said(speech: GeminiSpeech, fake: FakeGemini, words: str, style: str) -> None:
    speech.speak(SpeechRequest(text="No. Not yet.", words=words.format(text="No. Not yet."), voice=KORE))
    _, content = asked(fake)
    assert content["text"] == "No. Not yet." and content["annotations"][0]["style"] == style


def test_a_server_without_speech_annotations_is_told_in_words() -> None:
    said: list[dict[str, Any]] = []

    class Refuses(Sends):
        def interact(self, model: str, **asked_for: Any) -> Interaction:  # type: ignore[override]
            (content,) = asked_for["input"]
            said.append(content)
            if "annotations" in content:
                raise ModelError('Unknown name "annotations"', kind="refused", model=model)
            return super().interact(model, **asked_for)

    door = Refuses(as_wav(bursts([(0.2, 3.5)], 4)))
    GeminiSpeech(door).speak(SpeechRequest(text=LINE, voice=KORE, delivery="whisper"))
    assert len(said) == 2 and "in a whisper" in said[1]["text"] and LINE in said[1]["text"]


def test_a_line_with_nothing_to_say_is_a_free_breath(speech: GeminiSpeech, fake: FakeGemini) -> None:
    before, request = len(fake.received), SpeechRequest(text="… —", voice=KORE)
    made = speech.speak(request)
    assert made.seconds == 0.4 and made.usd == 0.0 and len(made.words) == 2 and np.abs(samples(made)).max() > 1e-3
    assert speech.estimate(request) == FREE and len(fake.received) == before


def test_a_line_too_long_is_refused_before_it_is_paid(speech: GeminiSpeech, fake: FakeGemini) -> None:
    before = len(fake.received)
    with pytest.raises(LimitError, match="Split it"):
        speech.speak(SpeechRequest(text="a " * limits.MAX_LINE_CHARS, voice=KORE))
    with pytest.raises(InputError):
        speech.estimate(ComposeRequest(sections=()))
    assert len(fake.received) == before


@pytest.mark.parametrize(("delivery", "low_share"), [("radio", 0.02), ("plain", 0.1)])
def test_a_radio_has_no_low_tones(delivery: Any, low_share: float) -> None:
    wave = samples(came(as_wav(bursts([(0.2, 4.0)], 4.4)), delivery=delivery))
    power = np.abs(np.fft.rfft(wave)) ** 2
    share = power[np.fft.rfftfreq(wave.size, 1 / 48_000) < 200].sum() / power.sum()
    assert (share < low_share) == (delivery == "radio")


# ── what came ───────────────────────────────────────────────────────────────────────────────────────────────
def test_silence_around_a_line_is_cut_to_60_ms() -> None:
    made = came(as_wav(bursts([(1.5, 3.6), (3.9, 5.2)], 8.0)))
    assert abs(made.seconds - (5.2 - 1.5 + 0.12)) < 0.04
    loud = np.flatnonzero(np.abs(samples(made)) > 0.02)
    assert abs(loud[0] / 48_000 - 0.06) < 0.02 and abs(made.seconds - loud[-1] / 48_000 - 0.06) < 0.03


def test_air_that_is_not_there_is_added() -> None:
    made = came(as_wav(bursts([(0.0, 3.8)], 3.8)))
    assert abs(made.seconds - 3.92) < 0.03 and abs(samples(made)[:1_000]).max() < 0.02


def test_every_line_has_the_same_level_however_loud_it_came() -> None:
    quiet, loud = (came(as_wav(gain * bursts([(0.3, 3.8)], 4.2, noise_db=-75))) for gain in (0.03, 0.9))
    for made in (quiet, loud):
        assert abs(loudness_lufs(samples(made)[None]) + 20) < 0.5
        assert np.abs(samples(made)).max() < 10 ** (-1 / 20)


@pytest.mark.parametrize("form", ["wav", "l16", "l16 big", "mp3", "flac", "streamed wav", "stereo 44.1"])
def test_whatever_kind_of_sound_comes_is_read(form: str) -> None:
    wave = bursts([(0.3, 2.2), (2.6, 3.8)], 4.2)
    pcm = (wave * 32_767).astype("<i2")
    plain = as_wav(wave)
    streamed = plain[:40] + struct.pack("<I", 0xFFFFFFFF) + plain[44:]
    flac, stereo = io.BytesIO(), io.BytesIO()
    soundfile.write(flac, wave, 24_000, format="FLAC")
    soundfile.write(stereo, np.stack([bursts([(0.3, 2.2), (2.6, 3.8)], 4.2, 44_100)] * 2, 1), 44_100, format="WAV", subtype="FLOAT")
    media, media_type = {
        "wav": (plain, "audio/wav"),
        "l16": (pcm.tobytes(), "audio/L16;codec=pcm;rate=24000"),
        "l16 big": (pcm.astype(">i2").tobytes(), "audio/l16; rate=24000"),
        "mp3": (mp3(pcm.tobytes(), 24_000, 1), "audio/mpeg"),
        "flac": (flac.getvalue(), "audio/wav"),
        "streamed wav": (streamed, "audio/x-wav"),
        "stereo 44.1": (stereo.getvalue(), "audio/wav"),
    }[form]
    made = came(media, media_type)
    assert abs(made.seconds - 3.62) < 0.08
    assert_words_fit(made, LINE)


@pytest.mark.parametrize(
    "media",
    [
        b"",
        b"RIFF\0\0\0\0WAVE",
        b"no sound at all, but words",
    ],
)
def test_what_is_no_sound_is_refused_with_its_cost(media: bytes) -> None:
    with pytest.raises(ModelError) as met:
        came(media)
    assert met.value.kind in ("malformed", "empty") and met.value.usd > 0


@pytest.mark.parametrize("sound", [np.zeros(48_000, np.float32), bursts([], 2.0, noise_db=-80)])
def test_a_silent_line_is_kept_told_and_not_made_into_hiss(sound: NDArray[np.float32]) -> None:
    made = came(as_wav(sound))
    assert "Nothing is heard" in made.notices[0] and made.usd > 0
    assert np.abs(samples(made)).max() < 0.01
    assert_words_fit(made, LINE)


def test_a_line_much_too_short_or_long_is_told() -> None:
    assert "some may be missing" in came(as_wav(bursts([(0.2, 1.2)], 1.5))).notices[0]
    assert "more may be said" in came(as_wav(bursts([(0.2, 7.0), (7.4, 15.0)], 15.4))).notices[0]
    assert came(as_wav(bursts([(0.2, 2.4), (2.8, 3.9)], 4.2))).notices == ()
    assert came(as_wav(bursts([(0.2, 0.5)], 0.8)), text="No.").notices == ()


@pytest.mark.parametrize(
    ("fault", "kind"), [("no-media", "empty"), ("broken-media", "malformed"), ("safety", "blocked"), ("max-tokens", "truncated")]
)
def test_a_reply_without_a_usable_sound_is_an_error(speech: GeminiSpeech, fake: FakeGemini, fault: str, kind: str) -> None:
    fake.fault(fault, on="speech")
    with pytest.raises(ModelError) as met:
        speech.speak(SpeechRequest(text=f"A line, {fault}.", voice=KORE))
    assert met.value.kind == kind


def test_a_line_that_was_not_counted_is_reckoned_by_its_seconds(speech: GeminiSpeech, fake: FakeGemini) -> None:
    counted = speech.speak(SpeechRequest(text=LINE, voice=KORE))
    fake.fault("no-usage", on="speech")
    made = speech.speak(SpeechRequest(text=LINE, voice=KORE))
    assert 0.8 * counted.usd < made.usd < 1.25 * counted.usd
    assert any("did not say what it used" in notice for notice in made.notices)


def test_an_estimate_holds_the_true_cost(speech: GeminiSpeech) -> None:
    request = SpeechRequest(text=LINE, voice=KORE)
    estimate, made = speech.estimate(request), speech.speak(request)
    assert estimate.low_usd < made.usd < estimate.high_usd and estimate.price_date == made.price_date


# ── word times ──────────────────────────────────────────────────────────────────────────────────────────────
def test_words_after_a_pause_begin_where_the_voice_does() -> None:
    made = came(
        as_wav(bursts([(0.2, 2.3), (2.7, 3.5), (4.1, 4.9)], 5.2)),
        text="The light went out nine years ago, and nobody came. Why did you?",
    )
    starts = {timing.word: timing.start_seconds + 0.14 for timing in made.words}
    assert abs(starts["The"] - 0.2) < 0.03 and abs(starts["and"] - 2.7) < 0.03 and abs(starts["Why"] - 4.1) < 0.03
    ends = {timing.word: timing.end_seconds + 0.14 for timing in made.words}
    assert abs(ends["ago,"] - 2.3) < 0.03 and abs(ends["came."] - 3.5) < 0.03


@pytest.mark.parametrize(
    "text",
    [
        "NO! I'M NOT GOING... *that* — now [door slams]!",
        "It cost $4,250.75 at 9:30 pm on the No. 5 bus — 50% of it.",
        "École, Łódź, naïve café, Nguyễn. Привет, друг мой.",
        "灯台の光が消えた。誰も来なかった、なぜ？",
        "ทำไมคุณถึงมาที่นี่",
        "Nooooooooooooooooooooo",
        "— … — hm —",
        "a " * 400,
    ],
)
def test_every_word_has_a_time_of_its_own(text: str) -> None:
    sound = bursts([(0.1, 1.4), (1.8, 3.9)], 4.2, RATE_HZ)[None]
    times = word_times(screen_words(text), voiced(sound), 4.2)
    assert "".join(timing.word for timing in times) == "".join(text.split())
    assert all(a.end_seconds <= b.start_seconds + 1e-6 for a, b in zip(times, times[1:], strict=False))
    assert all(timing.start_seconds < timing.end_seconds <= 4.2 for timing in times)
    assert seconds_to_say(screen_words(text)) > 0


def test_word_times_are_near_the_true_ones_of_a_voice_that_knows_them() -> None:
    from glimmer.models.rehearsal.speech import RehearsalSpeech

    rehearsal, errors = RehearsalSpeech(), []
    for text in (
        LINE,
        "Nobody came. Take the key. Close that door.",
        "I kept the lamp burning every night, because somebody might need it.",
    ):
        true = rehearsal.speak(SpeechRequest(text=text, voice=rehearsal.cast(CastBrief(name="ADA", gender="woman"))))
        sound, _ = soundfile.read(io.BytesIO(true.media), dtype="float32")
        found = word_times(screen_words(text), voiced(sound[None]), true.seconds)
        errors += [abs(a.start_seconds - b.start_seconds) for a, b in zip(found, true.words, strict=True)]
    assert np.median(errors) < 0.08 and np.max(errors) < 0.3  # measured: 0.05 and 0.2


def test_a_sound_of_no_numbers_or_of_nothing_has_no_voice() -> None:
    assert voiced(np.zeros((1, 48_000), np.float32)).runs == () and voiced(np.zeros((1, 3), np.float32)).runs == ()
    with pytest.raises(MediaError):
        decoded(b"\x00", "audio/L16;rate=24000")
    sound, rate = decoded(speech_pcm((("Kore", "one two"),)), "audio/L16")
    assert rate == 24_000 and sound.shape[0] == 1


# ── voices ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_thirty_characters_have_thirty_voices_and_the_next_ones_share(speech: GeminiSpeech) -> None:
    taken: list[Voice] = []
    for number in range(34):
        taken.append(speech.cast(CastBrief(name=f"GUARD {number}", gender="man" if number % 2 else "woman"), taken=taken))
    names = [voice.name for voice in taken]
    assert len(set(names[:30])) == 30 == len(VOICES) and set(names) == {voice.name for voice in VOICES}


def test_a_voice_fits_its_character_and_stays() -> None:
    speech, by_name = GeminiSpeech(), {voice.name: voice for voice in VOICES}
    for brief, gender, age in (
        (CastBrief(name="MARA", gender="woman", age="old"), "woman", "old"),
        (CastBrief(name="ELI", gender="man", age="child"), "man", "child"),
        (CastBrief(name="OLD FISHERMAN", description="weathered, gruff"), "man", "old"),
        (CastBrief(name="QUEEN", description="stern, sixty"), "woman", "old"),
    ):
        chosen = speech.cast(brief)
        assert chosen == GeminiSpeech().cast(brief)
        assert by_name[chosen.name].gender == gender and age in by_name[chosen.name].ages, (brief.name, chosen)
    assert "played as a whale" in speech.cast(CastBrief(name="LUNA", kind="whale")).description


@pytest.mark.parametrize(
    ("voice", "gender"),
    [
        (Voice(name="gruff man", pitch=0.53), "man"),
        (Voice(name="old woman", pitch=0.86), "woman"),
        (Voice(name="mine", pitch=0.5), "man"),
    ],
)
def test_a_voice_of_another_cast_is_given_one_of_these(speech: GeminiSpeech, fake: FakeGemini, voice: Voice, gender: str) -> None:
    name = name_on_server(voice)
    assert name == name_on_server(voice.model_copy()) and next(each for each in VOICES if each.name == name).gender == gender
    speech.speak(SpeechRequest(text="Yes, here.", voice=voice))
    assert asked(fake)[0]["generation_config"]["speech_config"][0]["voice"] == name
    assert name_on_server(Voice(name="kore")) == "Kore"
