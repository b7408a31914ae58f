"""Gemini's music: cues of exactly the asked length whatever the song's, without gaps or clicks, every cost told."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from glimmer.errors import InputError, LimitError, ModelError
from glimmer.models.gemini.cue_length import fitted, without_silence
from glimmer.models.gemini.door import Door
from glimmer.models.gemini.interaction import Interaction, interaction_of
from glimmer.models.gemini.music import GeminiComposer
from glimmer.models.interface import ComposeRequest, Made, MusicModel, MusicSection, SheetRequest, reads_words
from glimmer.models.pricing import Priced
from glimmer.models.sound_files import RATE_HZ, loudness_lufs
from glimmer.testing import FakeGemini
from glimmer.testing.media import wav

Floats = NDArray[np.float32]


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeGemini]:
    with FakeGemini() as running:
        yield running
        running.check()


@pytest.fixture(scope="module")
def composer(fake: FakeGemini) -> GeminiComposer:
    return GeminiComposer(Door(fake.environment()))


def cue(*sections: tuple[float, str], **changes: Any) -> ComposeRequest:
    return ComposeRequest(sections=tuple(MusicSection(seconds=seconds, mood=mood) for seconds, mood in sections), **changes)  # type: ignore[arg-type]


def samples(made: Made) -> Floats:
    wave, rate = soundfile.read(io.BytesIO(made.media), dtype="float32")
    assert rate == 48_000 and wave.shape == (round(made.seconds * rate), 2)
    return np.ascontiguousarray(wave.T)


def song(seconds: float, *, fade_seconds: float = 3.0, rate: int = RATE_HZ) -> Floats:
    """Four chords of two seconds each, round and round, in plucked notes; it dies away at its end."""
    at = np.arange(round(seconds * rate)) / rate
    chords = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))
    out = np.zeros((2, at.size), np.float32)
    for number in range(math.ceil(seconds * 2)):
        first, last = round(number * 0.5 * rate), min(at.size, round((number * 0.5 + 1) * rate))
        here = np.arange(max(0, last - first)) / rate
        chord = chords[number // 4 % 4]
        for semitone in (chord[number % 3], chord[0] - 12):
            out[:, first:last] += (0.15 * np.sin(2 * np.pi * 220 * 2 ** (semitone / 12) * here) * np.exp(-2 * here)).astype(
                np.float32
            )
    return np.asarray(out * np.minimum(1.0, (seconds - at) / fade_seconds), np.float32)


def levels_db(sound: Floats, seconds: float = 0.25) -> NDArray[np.float64]:
    step = round(seconds * RATE_HZ)
    power = np.square(sound[:, : sound.shape[1] // step * step].astype(np.float64)).mean(axis=0).reshape(-1, step).mean(axis=1)
    return np.asarray(10 * np.log10(power + 1e-12))


class Sends(Door):
    """A door whose server answers with this song."""

    def __init__(self, media: bytes, media_type: str = "audio/wav") -> None:
        super().__init__({})
        self.medium = {"type": "audio", "mime_type": media_type, "data": media}

    def interact(self, model: str, **asked_for: Any) -> Interaction:  # type: ignore[override]
        return interaction_of(
            {"id": "v1", "status": "completed", "steps": [{"type": "model_output", "content": [self.medium]}]}, model
        )


def came(sound: Floats, request: ComposeRequest, rate: int = RATE_HZ) -> Made:
    pcm = (np.clip(sound.T, -1, 1) * 32_767).astype("<i2").tobytes()
    return GeminiComposer(Sends(wav(pcm, rate, sound.shape[0]))).compose(request)


# ── with the server ─────────────────────────────────────────────────────────────────────────────────────────
def test_the_composer_says_what_it_is(composer: GeminiComposer) -> None:
    assert isinstance(composer, MusicModel) and isinstance(composer, Priced) and reads_words(composer)


def test_a_cue_lasts_to_the_sample_and_costs_a_song(composer: GeminiComposer, fake: FakeGemini) -> None:
    request = cue((4.25, "tender"), (3.1004, "epic"))
    made = composer.compose(request)
    wave = samples(made)
    assert wave.shape[1] == round(7.3504 * 48_000) and made.media_type == "audio/flac"
    assert abs(loudness_lufs(wave) + 20) < 0.7 and np.abs(wave).max() < 10 ** (-3 / 20)
    assert made.usd == 0.08 == composer.estimate(request).expected_usd and made.price_date and made.remote_id
    body = fake.requests("music")[-1].body
    assert body["model"] == "lyria-3.5" and body["response_format"] == {"type": "audio"}


def test_without_words_the_cue_is_told_by_its_sections(composer: GeminiComposer, fake: FakeGemini) -> None:
    composer.compose(cue((4, "sad"), (5, "joyful"), closing=True, theme_seed=4))
    first = str(fake.requests("music")[-1].body["input"])
    assert "no vocals" in first and "[0:00 - 0:04] sad" in first and "[0:04 - 0:09] joyful" in first and "close" in first
    composer.compose(cue((3, "calm"), theme_seed=4, words="A slow waltz."))
    second = str(fake.requests("music")[-1].body["input"])
    key = first[first.index("All cues of this film") :].split(",")[0]
    assert "A slow waltz." in second and key in second  # the cues of one film share their key


def test_a_further_take_is_another_request(composer: GeminiComposer, fake: FakeGemini) -> None:
    before = fake.distinct_creates()
    for seed in (1, 2):
        composer.compose(cue((1, "calm"), words="Twice.", seed=seed))
    assert fake.distinct_creates() == before + 2


@pytest.mark.parametrize(("fault", "kind"), [("no-media", "empty"), ("broken-media", "malformed"), ("safety", "blocked")])
def test_a_reply_without_usable_music_is_an_error(composer: GeminiComposer, fake: FakeGemini, fault: str, kind: str) -> None:
    fake.fault(fault, on="music")
    with pytest.raises(ModelError) as met:
        composer.compose(cue((3, "calm"), words=f"A cue, {fault}."))
    assert met.value.kind == kind and (kind != "malformed" or met.value.usd == 0.08)


@pytest.mark.parametrize(
    ("sections", "error"),
    [((), InputError), (((math.nan, "calm"),), InputError), (((-1.0, "calm"),), InputError), (((3_601.0, "calm"),), LimitError)],
)
def test_a_length_that_is_none_is_refused_before_it_is_paid(
    composer: GeminiComposer, fake: FakeGemini, sections: tuple[tuple[float, str], ...], error: type[Exception]
) -> None:
    before = len(fake.received)
    with pytest.raises(error):
        composer.compose(cue(*sections))
    with pytest.raises(InputError):
        composer.estimate(SheetRequest.model_construct())
    assert len(fake.received) == before


# ── its length ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("long", "seconds"), [(30.0, 9.5), (12.0, 40.0), (20.0, 47.3), (2.0, 9.0), (0.7, 3.0)])
@pytest.mark.parametrize("closing", [False, True])
def test_whatever_the_songs_length_the_cue_has_no_gap_and_no_click(long: float, seconds: float, closing: bool) -> None:
    played = song(long, fade_seconds=min(3.0, long / 4))
    made = fitted(played, round(seconds * RATE_HZ), closing=closing)
    assert made.sound.shape == (2, round(seconds * RATE_HZ)) and (made.rounds > 0) == (long < seconds)
    assert np.abs(np.diff(made.sound)).max() < 1.3 * np.abs(np.diff(played)).max()
    assert abs(made.sound[:, -1]).max() < 1e-3 and abs(made.sound[:, 0]).max() < 1e-3
    going = levels_db(made.sound)[1 : -16 if closing or 0 <= long - seconds < 3 else -2]
    assert going.size == 0 or going.min() > levels_db(played)[1:-16].min(initial=0.0) - 8 or long < 3


def test_a_song_that_goes_round_keeps_its_beat() -> None:
    """Every half second a note is plucked: the beat of the first 19 s and that of 19 s after a seam are one within 40 ms."""
    made = fitted(song(40), round(70 * RATE_HZ), closing=False)
    envelope = np.abs(made.sound.mean(axis=0)).reshape(-1, RATE_HZ // 100).mean(axis=1)
    rise = np.maximum(np.diff(envelope), 0)
    beats = np.exp(-2j * np.pi * np.arange(1_900) / 50)
    early, late = (np.angle(np.sum(part * beats)) for part in (rise[:1_900], rise[4_500:6_400]))
    assert made.rounds and abs(np.angle(np.exp(1j * (early - late)))) < 0.5


def test_a_close_ends_with_the_songs_own_end() -> None:
    played = song(36, fade_seconds=6)
    made = fitted(played, round(20 * RATE_HZ), closing=True)
    assert np.allclose(made.sound[:, -2 * RATE_HZ : -RATE_HZ], without_silence(played)[:, -2 * RATE_HZ : -RATE_HZ], atol=1e-6)


def test_silence_before_a_song_is_no_part_of_the_cue() -> None:
    late = np.concatenate([np.zeros((2, 3 * RATE_HZ), np.float32), song(20)], axis=1)
    assert levels_db(fitted(late, 10 * RATE_HZ, closing=False).sound)[0] > -40


def test_a_cue_longer_than_the_song_says_so_and_one_shorter_does_not() -> None:
    assert "goes round" in came(song(12), cue((30, "calm"))).notices[0]
    assert came(song(12), cue((9, "calm"))).notices == ()


def test_a_mono_song_at_another_rate_is_heard_from_both_sides() -> None:
    wave = samples(came(song(12, rate=44_100)[:1], cue((9, "calm")), rate=44_100))
    assert np.allclose(wave[0], wave[1]) and abs(loudness_lufs(wave) + 20) < 0.7


def test_the_same_song_gives_the_same_bytes() -> None:
    assert came(song(8), cue((20, "calm"))) == came(song(8), cue((20, "calm")))


def test_a_silent_song_is_kept_and_told() -> None:
    made = came(np.zeros((2, 5 * RATE_HZ), np.float32), cue((9, "calm")))
    assert "Nothing is heard" in made.notices[0] and not samples(made).any() and made.usd == 0.08


def test_a_song_of_no_length_is_refused_with_its_cost() -> None:
    with pytest.raises(ModelError) as met:
        came(song(0.05, fade_seconds=0.02), cue((9, "calm")))
    assert met.value.kind == "malformed" and met.value.usd == 0.08
