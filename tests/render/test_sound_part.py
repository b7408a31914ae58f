"""A stretch of a film sounds as it does in the film: a whisper stays one, the balance stays, and no peak passes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from glimmer.render.loudness import decibels
from glimmer.render.sound_file import decoded
from glimmer.render.sound_part import sound_between
from glimmer.render.sound_plan import SoundPlan, sound_plan
from glimmer.render.soundtrack import make_soundtrack


def two_levels(shelf, small, **preset: object) -> SoundPlan:
    """Two seconds soft, two seconds 30 dB louder."""
    soft, loud = shelf.tone("soft", 2.0, 500.0, level=0.005), shelf.tone("loud", 2.0, 500.0, level=0.158)
    track = shelf.sound("A1", shelf.heard(soft, 0, 48), shelf.heard(loud, 48, 48))
    return sound_plan(shelf.cut(shelf.picture(shelf.shot("p", 0, 96)), track), small(**preset))


def heard(sound: SoundPlan, out: Path, shelf) -> tuple[float, tuple[str, ...]]:
    """The level of its middle in dB, and what was said of it."""
    made = make_soundtrack(sound, out, media=shelf)
    samples = np.concatenate(list(decoded(out)))
    return decibels(float(np.abs(samples[24_000:72_000]).max())), made.notices


def test_a_soft_stretch_stays_as_much_softer_as_it_is_in_the_film(shelf, small, tmp_path):
    film = two_levels(shelf, small)
    soft, told = heard(sound_between(film, 0, 48), tmp_path / "soft.m4a", shelf)
    loud, _ = heard(sound_between(film, 48, 96), tmp_path / "loud.m4a", shelf)
    assert loud - soft == pytest.approx(30.0, abs=0.3)
    assert not told  # nobody asked it to be loud


def test_a_line_made_at_20_lufs_is_raised_by_the_step_to_the_presets_loudness(shelf, small, tmp_path):
    for target in (-16.0, -23.0):
        film = two_levels(shelf, small, loudness_lufs=target, audio_codec="pcm")
        loud, _ = heard(sound_between(film, 48, 96), tmp_path / f"{target}.mov", shelf)
        assert loud == pytest.approx(decibels(0.158) + target + 20, abs=0.05)


def test_a_stretch_that_is_too_hot_is_still_limited(shelf, small, tmp_path):
    track = shelf.sound("A1", shelf.heard(shelf.tone("hot", 2.0, level=0.95), 0, 48, gain_db=6.0))
    film = sound_plan(shelf.cut(shelf.picture(shelf.shot("p", 0, 48)), track), small())
    assert make_soundtrack(sound_between(film, 0, 48), tmp_path / "hot.m4a", media=shelf).true_peak_db <= -1.0


def test_a_stretch_has_a_key_of_its_own(shelf, small):
    film = two_levels(shelf, small)
    keys = {film.key, sound_between(film, 0, 96).key, sound_between(film, 0, 48).key}
    assert len(keys) == 3 and sound_between(film, 0, 48) == sound_between(film, 0, 48)
