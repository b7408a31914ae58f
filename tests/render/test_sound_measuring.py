"""The room's own filters against SciPy's and pyloudnorm's, as second readers; the room itself needs neither."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyloudnorm
import pytest
from scipy import ndimage, signal

from glimmer.render.loudness import HOP, LOOK_AHEAD_TICKS, Levels, gains_for, levels, limited, loudness
from glimmer.render.mix import HOLD, LOOK_AHEAD, widened
from glimmer.render.weighting import KWeighting

RATE = 48_000
BS_1770 = [
    [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
    [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
]


def noise(seconds: float, level: float = 0.1, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    wave = rng.normal(0, level, (round(seconds * RATE), 2))
    return (wave * (1 + np.sin(np.arange(len(wave)) / 9_000))[:, None] + [0.05, 0.0]).astype(
        np.float32
    )  # and an offset, as bad gear has


def test_the_weighting_is_scipys_across_blocks_of_any_length():
    wave = noise(3.0)
    listener, heard = KWeighting(), []
    for first, after in ((0, 1), (1, 1_000), (1_000, 1_000), (1_000, 100_003), (100_003, len(wave))):
        heard.append(listener.of(np.ascontiguousarray(wave[first:after].T)))
    expected = signal.sosfilt(BS_1770, wave.astype(np.float64), axis=0).T
    assert np.abs(np.concatenate(heard, axis=1) - expected).max() < 1e-9 * np.abs(expected).max()


@pytest.mark.parametrize("hertz", [20, 38, 60, 1_000, 15_000])
def test_every_pitch_is_weighed_as_pyloudnorm_weighs_it(hertz):
    at = np.arange(6 * RATE) / RATE
    wave = np.stack([0.2 * np.sin(2 * np.pi * hertz * at)] * 2, axis=1).astype(np.float32)
    ours = loudness(levels([wave[: 10 * HOP], wave[10 * HOP :]]).power)
    assert ours == pytest.approx(pyloudnorm.Meter(RATE).integrated_loudness(wave), abs=0.05)


def test_the_power_of_every_tenth_of_a_second_is_scipys():
    wave = noise(2.0)
    weighted = signal.sosfilt(BS_1770, wave.astype(np.float64), axis=0)
    expected = np.square(weighted).sum(axis=1).reshape(-1, HOP).mean(axis=1)
    assert 10 * np.abs(np.log10(levels([wave]).power / expected)).max() < 0.001


def test_the_limiters_gain_glides_as_scipys_filters_would_make_it():
    rng = np.random.default_rng(2)
    for count in (1, 5, 60, 3_000):
        peaks = (rng.random(count) * 2).astype(np.float32)
        gains = gains_for(Levels(np.zeros(1), peaks, peaks), gain_db=0.0, ceiling_db=0.0)
        width = 2 * LOOK_AHEAD_TICKS + 1
        lowest = ndimage.minimum_filter1d(np.minimum(1.0, 1.0 / np.maximum(peaks, 1e-9)), width + 2, mode="nearest")
        window = signal.windows.hann(width + 2)[1:-1]
        expected = ndimage.convolve1d(lowest, window / window.sum(), mode="nearest")
        assert 20 * np.abs(np.log10(gains[:-1] / expected)).max() < 0.001


def test_gains_are_read_between_their_milliseconds_middles_whatever_the_blocks():
    gains = np.random.default_rng(3).random(2_001).astype(np.float32)
    ones = np.ones((96_000, 2), np.float32)
    expected = np.interp(np.arange(96_000), np.arange(2_001) * 48 + 24, gains)
    for edges in ([0, 96_000], [0, 7, 24, 48_000, 48_001, 96_000]):
        blocks = [ones[a:b] for a, b in zip(edges, edges[1:], strict=False)]
        laid = np.concatenate(list(limited(blocks, gains)))
        assert np.abs(laid[:, 1] - expected).max() < 1e-6


@pytest.mark.parametrize("share", [0.0, 0.002, 0.1, 1.0])
def test_speech_is_widened_as_a_dilation_would(share):
    for count in (1, 20, 700):
        heard = np.random.default_rng(count).random(count) < share
        window = np.zeros(2 * max(LOOK_AHEAD, HOLD) + 1, bool)
        middle = len(window) // 2
        window[middle - LOOK_AHEAD : middle + HOLD + 1] = True
        assert (widened(heard) == ndimage.binary_dilation(heard, window)).all()


def test_the_renderer_loads_no_scipy_and_no_pyloudnorm():
    code = "import sys, glimmer.render.film, glimmer.render.stems, glimmer.render.listening; print(*sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not {name.split(".")[0] for name in said.stdout.split()} & {"scipy", "pyloudnorm", "soundfile"}
