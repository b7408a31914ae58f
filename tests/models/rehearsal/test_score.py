"""What the rehearsal composer promises, judged by measures: counts, loudness, keys, borders, endings."""

from __future__ import annotations

import io
import itertools
import resource
from typing import get_args

import numpy as np
import pyloudnorm
import pytest
import soundfile
from numpy.typing import NDArray

from glimmer.errors import InputError, LimitError
from glimmer.models.interface import ComposeRequest, Made, MusicModel, MusicSection
from glimmer.models.rehearsal.acoustics import damped_modes, generator, loudness_lufs, semitones
from glimmer.models.rehearsal.score import RehearsalComposer
from glimmer.models.rehearsal.score.form import plan_cue
from glimmer.models.rehearsal.score.melody import melody_of
from glimmer.models.rehearsal.score.moods import MOODS
from glimmer.models.rehearsal.score.orchestra import SEATS
from glimmer.models.rehearsal.score.rendering import _played
from glimmer.models.rehearsal.score.theme import theme_of
from glimmer.models.rehearsal.score.theory import MODES, chord, degree_pitch, lead_voices
from glimmer.models.rehearsal.score.writers import arranged
from glimmer.vocabulary import Mood

RATE = 48_000
COMPOSER = RehearsalComposer()
ALL_MOODS: tuple[Mood, ...] = get_args(Mood)


def cue(*sections: tuple[float, Mood], theme: int = 3, closing: bool = False, seed: int = 0) -> ComposeRequest:
    parts = tuple(MusicSection(seconds=seconds, mood=mood) for seconds, mood in sections)
    return ComposeRequest(sections=parts, theme_seed=theme, closing=closing, seed=seed)


def heard(made: Made) -> NDArray[np.float64]:
    sound, rate = soundfile.read(io.BytesIO(made.media))
    assert rate == RATE and sound.shape[1] == 2
    return np.asarray(sound, dtype=np.float64)


@pytest.fixture(scope="module")
def cues() -> dict[Mood, NDArray[np.float64]]:
    """Eight seconds of each mood, made once."""
    return {mood: heard(COMPOSER.compose(cue((8.0, mood)))) for mood in ALL_MOODS}


def chroma(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much is heard of each pitch class between 100 and 2000 Hz, summing to 1; spectral peaks only."""
    size = 1 << 15
    total = np.zeros(12)
    for start in range(0, len(sound) - size, size // 2):
        spectrum = np.abs(np.fft.rfft(sound[start : start + size].mean(axis=1) * np.hanning(size))) ** 2
        hz = np.fft.rfftfreq(size, 1 / RATE)
        peaks = (spectrum[1:-1] > spectrum[:-2]) & (spectrum[1:-1] > spectrum[2:])
        at = np.flatnonzero(peaks) + 1
        at = at[(hz[at] > 100) & (hz[at] < 2_000)]
        np.add.at(total, np.round(69 + 12 * np.log2(hz[at] / 440)).astype(int) % 12, spectrum[at])
    return total / total.sum()


def centroid(sound: NDArray[np.float64]) -> float:
    spectrum = np.abs(np.fft.rfft(sound.mean(axis=1)))
    hz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float((spectrum * hz).sum() / spectrum.sum())


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("seconds", [0.5, 0.7301, 1.99999, 5.3333])
@pytest.mark.parametrize("closing", [False, True])
def test_a_cue_lasts_exactly_as_long_as_asked(seconds: float, closing: bool) -> None:
    made = COMPOSER.compose(cue((seconds, "hopeful"), closing=closing))
    sound = heard(made)
    assert len(sound) == round(seconds * RATE)
    assert made.seconds == round(seconds * RATE) / RATE
    assert np.abs(sound).max() > 0.01


def test_sections_of_odd_lengths_add_up() -> None:
    request = cue((3.1234, "calm"), (0.0, "epic"), (0.41, "tense"), (4.77777, "joyful"))
    assert len(heard(COMPOSER.compose(request))) == round((3.1234 + 0.41 + 4.77777) * RATE)


def test_the_same_request_gives_the_same_bytes_and_another_seed_gives_others() -> None:
    request = cue((6.0, "tender"), closing=True)
    again = RehearsalComposer().compose(request).media
    assert COMPOSER.compose(request).media == again
    assert COMPOSER.compose(request.model_copy(update={"seed": -5})).media != again


def test_it_is_a_music_model() -> None:
    assert isinstance(COMPOSER, MusicModel)


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf"), 0.0])
def test_a_length_that_is_none_is_refused(seconds: float) -> None:
    with pytest.raises(InputError):
        COMPOSER.compose(cue((seconds, "calm")))


def test_no_sections_are_refused_and_more_than_an_hour_too() -> None:
    with pytest.raises(InputError, match="at least one sample"):
        COMPOSER.compose(cue())
    with pytest.raises(LimitError, match="MAX_SOUND_SECONDS"):
        COMPOSER.compose(cue((3_000, "calm"), (601, "sad")))


# ── the master ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("mood", ALL_MOODS)
def test_every_mood_is_mastered_alike(mood: Mood, cues: dict[Mood, NDArray[np.float64]]) -> None:
    sound = cues[mood]
    assert pyloudnorm.Meter(RATE).integrated_loudness(sound) == pytest.approx(-20, abs=1)
    assert np.abs(sound).max() <= 10 ** (-3 / 20)
    assert abs(sound.mean()) < 1e-4
    assert np.corrcoef(sound.T)[0, 1] < 0.9
    loudest_gap = min(part.std() for part in np.array_split(sound[RATE:-RATE], 24))
    assert loudest_gap > 10 ** (-60 / 20)


def test_our_meter_agrees_with_another() -> None:
    sound = generator("meter").standard_normal((2, 6 * RATE)).astype(np.float32) * np.float32(0.1)
    assert loudness_lufs(sound) == pytest.approx(pyloudnorm.Meter(RATE).integrated_loudness(sound.T.astype(float)), abs=0.15)


def test_the_start_does_not_click_and_an_open_end_can_be_cut_against() -> None:
    sound = heard(COMPOSER.compose(cue((9.0, "epic"))))
    assert np.abs(sound[:24]).max() < 0.01 and np.abs(sound[-24:]).max() < 0.002
    assert sound[-RATE : -int(0.4 * RATE)].std() > 0.25 * sound[2 * RATE : -RATE].std()


def test_a_closing_cue_rings_out_within_its_length() -> None:
    sound = heard(COMPOSER.compose(cue((20.0, "hopeful"), closing=True)))
    level = [part.std() for part in np.array_split(sound[-4 * RATE :], 8)]
    assert level[0] > 0.01
    assert sound[-RATE // 10 :].std() < 10 ** (-60 / 20)
    assert all(b < a * 1.3 for a, b in itertools.pairwise(level[3:]))


# ── the music ───────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("mood", ["calm", "tender", "hopeful", "sad", "mysterious", "epic"])
def test_notes_are_in_the_film_key(mood: Mood, cues: dict[Mood, NDArray[np.float64]]) -> None:
    tonic = theme_of(3).tonic
    allowed = {(tonic + step) % 12 for step in MODES[MOODS[mood].mode]}
    allowed |= {(tonic + step) % 12 for phrase in MOODS[mood].phrases for symbol in phrase for step in chord(symbol).classes}
    allowed |= {(tonic + step) % 12 for step in chord(MOODS[mood].half).classes}
    heard_classes = chroma(cues[mood])
    assert sum(heard_classes[list(allowed)]) > 0.93
    assert heard_classes[[tonic, (tonic + 7) % 12]].sum() > 2.2 / 12


def test_two_films_have_two_themes_and_one_film_has_one() -> None:
    assert theme_of(11) == theme_of(11)
    assert len({theme_of(seed).motif for seed in range(20)}) > 17
    assert len({theme_of(seed).tonic for seed in range(20)}) >= 7


@pytest.mark.parametrize("theme", [0, 2, 7, 21])
def test_the_motif_is_stated_in_every_mood(theme: int) -> None:
    """Its rhythm and its contour come back unchanged; only the mode colours its steps."""
    motif = theme_of(theme).motif
    for mood in ALL_MOODS:
        phrases = plan_cue((MusicSection(seconds=30, mood=mood),), theme_of(theme), closing=False, tail_seconds=0.0, seed=1)
        stated = next(phrase for phrase in phrases if phrase.role == "statement")
        sung = melody_of(stated, theme_of(theme), generator(1))[: len(motif)]
        assert [note.beats for note in sung] == [note.beats for note in motif]
        plain = [degree_pitch(note.degree, MODES[MOODS[mood].mode]) for note in motif]
        assert all(abs(note.over_tonic - pitch) <= 1 for note, pitch in zip(sung, plain, strict=True))


def test_moods_differ_in_tempo_and_light(cues: dict[Mood, NDArray[np.float64]]) -> None:
    def bar_seconds(mood: Mood) -> float:
        phrases = plan_cue((MusicSection(seconds=40, mood=mood),), theme_of(3), closing=False, tail_seconds=0, seed=0)
        return phrases[0].bars[0].seconds

    assert bar_seconds("joyful") < bar_seconds("hopeful") < bar_seconds("sad")
    assert centroid(cues["joyful"]) > 1.3 * centroid(cues["sad"])
    minor, major = (theme_of(3).tonic + 3) % 12, (theme_of(3).tonic + 4) % 12
    assert chroma(cues["sad"])[minor] > chroma(cues["sad"])[major]
    assert chroma(cues["joyful"])[major] > chroma(cues["joyful"])[minor]


@pytest.mark.parametrize("moods", [("calm", "tense"), ("epic", "tender"), ("playful", "sad")])
def test_a_border_between_moods_does_not_click(moods: tuple[Mood, Mood]) -> None:
    sound = heard(COMPOSER.compose(cue((5.0, moods[0]), (5.0, moods[1]))))
    bends = np.abs(np.diff(sound, n=2, axis=0)).max(axis=1)
    border = bends[5 * RATE - 2_400 : 5 * RATE + 2_400].max()
    assert border <= max(np.quantile(bends, 0.9999), 0.02) * 1.5
    around = [sound[5 * RATE + offset : 5 * RATE + offset + RATE // 2].std() for offset in (-RATE // 2, 0)]
    assert 0.15 < around[0] / around[1] < 7


def test_bars_fill_a_section_to_the_sample() -> None:
    for seconds in (0.5, 1.7, 6.2, 33.3, 400.0):
        for mood in ALL_MOODS:
            phrases = plan_cue((MusicSection(seconds=seconds, mood=mood),), theme_of(5), closing=False, tail_seconds=0.0, seed=0)
            bars = [bar for phrase in phrases for bar in phrase.bars]
            assert bars[0].start_seconds == 0
            for before, after in itertools.pairwise(bars):
                assert before.start_seconds + before.seconds == pytest.approx(after.start_seconds, abs=1e-9)
            assert bars[-1].start_seconds + bars[-1].seconds == pytest.approx(seconds, abs=1e-9)
            assert max(bar.seconds for bar in bars) <= 9.0 + 1e-9


def test_a_cue_comes_home_only_when_it_closes() -> None:
    for mood in ALL_MOODS:
        sections = (MusicSection(seconds=30, mood=mood),)
        closed = plan_cue(sections, theme_of(3), closing=True, tail_seconds=3.0, seed=0)[-1].bars[-1]
        opened = plan_cue(sections, theme_of(3), closing=False, tail_seconds=0.0, seed=0)[-1].bars[-1]
        assert closed.chord.root == 0 and closed.role == "close"
        assert opened.chord.root != 0


def test_voices_move_little_and_hit_every_chord_tone() -> None:
    voices: tuple[int, ...] = ()
    for symbol in ("I", "V", "vi", "IV", "I"):
        before, voices = voices, lead_voices(chord(symbol).classes, voices, low=48, high=68, count=4)
        assert {pitch % 12 for pitch in voices} == set(chord(symbol).classes)
        if before:
            assert max(abs(a - b) for a, b in zip(before, voices, strict=True)) <= 5


def test_every_instrument_that_is_written_for_has_a_seat() -> None:
    for mood in ALL_MOODS:
        phrases = plan_cue((MusicSection(seconds=90, mood=mood),), theme_of(1), closing=True, tail_seconds=3.0, seed=0)
        notes = arranged(phrases, theme_of(1), seed=0)
        assert {note.instrument for note in notes} <= set(SEATS)
        assert len({note.instrument for note in notes}) >= 4


def test_a_plucked_string_is_in_tune() -> None:
    sound = damped_modes([semitones(69)], [1.0], [5.0], seconds=2.0)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(sound.size), 1 << 20))
    assert np.argmax(spectrum) * RATE / (1 << 20) == pytest.approx(440.0, abs=0.2)


def test_ten_minutes_are_played_in_blocks_and_not_held_at_once() -> None:
    phrases = plan_cue((MusicSection(seconds=600, mood="sad"),), theme_of(3), closing=True, tail_seconds=3.0, seed=0)
    notes = arranged(phrases, theme_of(3), seed=0)
    assert len(notes) < 10_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for start, block in itertools.islice(_played(notes[::25], 600 * RATE, 0), 6):
        assert start % block.shape[1] == 0 and block.shape == (2, 10 * RATE)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB
