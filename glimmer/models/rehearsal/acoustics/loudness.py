"""Integrated loudness after ITU-R BS.1770-4, block by block, so that an hour needs no more memory than a second."""

from __future__ import annotations

import math

import numpy as np
import scipy
from numpy.typing import NDArray

from glimmer.models.rehearsal.acoustics.signal import SAMPLE_RATE_HZ, Samples

__all__ = ["LoudnessMeter", "loudness_lufs"]

# The two K-weighting stages at 48 kHz, tables 1 and 2 of BS.1770-4.
_K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
_STEP = SAMPLE_RATE_HZ // 10  # 100 ms; four of them make a gating block
_ABSOLUTE_GATE = 10 ** ((-70 + 0.691) / 10)


class LoudnessMeter:
    """Listens to stereo blocks one after another. Sound shorter than 0.4 s is measured without gates."""

    def __init__(self) -> None:
        self._state = np.zeros((2, 2, 2))
        self._steps: list[NDArray[np.float64]] = []
        self._rest = np.zeros(0)

    def hear(self, block: Samples) -> None:
        """Add a stereo block."""
        weighted, self._state = scipy.signal.sosfilt(_K_WEIGHTING, block, axis=-1, zi=self._state)
        power = np.concatenate([self._rest, np.sum(np.square(weighted), axis=0)])
        whole = power.size // _STEP * _STEP
        self._steps.append(power[:whole].reshape(-1, _STEP).mean(axis=1))
        self._rest = power[whole:]

    def lufs(self) -> float:
        """The integrated loudness so far; -inf for silence."""
        steps = np.concatenate([*self._steps, np.zeros(0)])
        if steps.size < 4:
            powers = [*(steps * _STEP), float(self._rest.sum())]
            return _lufs(sum(powers) / max(1, steps.size * _STEP + self._rest.size))
        blocks = np.lib.stride_tricks.sliding_window_view(steps, 4).mean(axis=1)
        loud = blocks[blocks > _ABSOLUTE_GATE]
        if not loud.size:
            return _lufs(float(blocks.mean()))
        return _lufs(float(loud[loud > loud.mean() / 10].mean()))


def loudness_lufs(sound: Samples) -> float:
    """The integrated loudness of one stereo sound."""
    meter = LoudnessMeter()
    meter.hear(sound)
    return meter.lufs()


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power) if power > 0 else -math.inf
