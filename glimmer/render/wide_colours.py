"""HDR and the wide colours of BT.2020, brought to what a film of today shows: BT.709, SDR.

By a table of 33³ colours that FFmpeg's lut3d reads between (tetrahedra, 16 bit), made from the standards' formulas: PQ (SMPTE ST 2084)
and HLG (BT.2100, on a screen of 1,000 nits) to light; BT.2390's curve rolls what is brighter than a screen of 203 nits off (BT.2408's
white of graphics); BT.2020's colours to BT.709's; BT.1886. Highlights are bent and not clipped; colours beyond BT.709 are clipped.
"""

from __future__ import annotations

import tempfile
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

__all__ = ["Wide", "WideColours", "wide_colours_of"]

Wide = Literal["", "PQ", "HLG", "BT.2020"]
Light = NDArray[np.float64]

_PQ_TAG, _HLG_TAG, _BT2020_TAG = 16, 18, 9
_POINTS: Final = 33
_SOURCE_NITS: Final = 1_000.0  # what most HDR is graded on; metadata about it is missing or wrong too often
_WHITE_NITS: Final = 203.0
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
_TO_BT709: Final = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])  # BT.2087


def wide_colours_of(picture: av.VideoFrame) -> Wide:
    """Which of them a picture has, by its tags; "" for none."""
    if picture.color_trc == _PQ_TAG:
        return "PQ"
    if picture.color_trc == _HLG_TAG:
        return "HLG"
    return "BT.2020" if picture.color_primaries == _BT2020_TAG else ""


class WideColours:
    """Scales and converts pictures of one shape to yuv420p, BT.709, limited range."""

    def __init__(self, picture: av.VideoFrame, size: tuple[int, int], wide: Wide) -> None:
        self._shape = (_shape(picture), size)
        self._graph = av.filter.Graph()
        matrix = "bt2020" if picture.colorspace in (2, 9, 10) else "bt709"
        full = picture.color_range == 2
        steps = [
            ("scale", f"{size[0]}:{size[1]}:flags=area:in_color_matrix={matrix}:in_range={'full' if full else 'limited'}"),
            ("format", "gbrp16le"),
        ]
        source = self._graph.add_buffer(
            width=picture.width, height=picture.height, format=picture.format, time_base=picture.time_base or Fraction(1, 24)
        )
        out = [("scale", "out_color_matrix=bt709:out_range=limited"), ("format", "yuv420p")]
        with tempfile.TemporaryDirectory(prefix="glimmer-colours-") as folder:
            table = Path(folder) / "table.cube"
            table.write_text(_cube(wide))
            nodes = [self._graph.add(*step) for step in (*steps, ("lut3d", f"file={table}:interp=tetrahedral"), *out)]
            self._graph.link_nodes(source, *nodes, self._graph.add("buffersink")).configure()

    def suits(self, picture: av.VideoFrame, size: tuple[int, int]) -> bool:
        return self._shape == (_shape(picture), size)

    def converted(self, picture: av.VideoFrame) -> av.VideoFrame:
        self._graph.push(picture)
        converted = self._graph.pull()
        if not isinstance(converted, av.VideoFrame):
            raise TypeError(f"FFmpeg's table gave a {type(converted).__name__}")
        return converted


def _shape(picture: av.VideoFrame) -> tuple[int, int, str]:
    return picture.width, picture.height, picture.format.name


@lru_cache(maxsize=3)
def _cube(wide: Wide) -> str:
    """The table as a .cube file, red running fastest."""
    axis = np.linspace(0.0, 1.0, _POINTS)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    colours = _shown(np.stack([red, green, blue], axis=-1).reshape(-1, 3), wide)
    return f"LUT_3D_SIZE {_POINTS}\n" + "\n".join(f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in colours.tolist()) + "\n"


def _shown(coded: Light, wide: Wide) -> Light:
    """Coded BT.2020 RGB, 0..1, as coded BT.709 RGB."""
    if wide == "BT.2020":
        light = coded**2.4
    else:
        nits = _pq_to_nits(coded) if wide == "PQ" else _hlg_to_nits(coded)
        light = _rolled_off(nits) / _WHITE_NITS
    narrow: Light = np.clip(light @ _TO_BT709.T, 0.0, 1.0) ** (1 / 2.4)
    return narrow


def _rolled_off(nits: Light) -> Light:
    """BT.2390's EETF on the brightest of the three, the others in proportion: hues stay."""
    brightest = nits.max(axis=-1, keepdims=True)
    whole, target = _nits_to_pq(np.array(_SOURCE_NITS)), _nits_to_pq(np.array(_WHITE_NITS))
    most = target / whole
    knee = 1.5 * most - 0.5
    e1 = np.clip(_nits_to_pq(brightest) / whole, 0.0, 1.0)
    t = np.clip((e1 - knee) / (1.0 - knee), 0.0, 1.0)
    bent = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * most
    rolled = _pq_to_nits(np.where(e1 < knee, e1, bent) * whole)
    result: Light = nits * (rolled / np.maximum(brightest, 1e-9))
    return result


def _pq_to_nits(coded: Light) -> Light:
    power = np.clip(coded, 0.0, 1.0) ** (1 / _M2)
    nits: Light = 10_000.0 * (np.maximum(power - _C1, 0.0) / (_C2 - _C3 * power)) ** (1 / _M1)
    return nits


def _nits_to_pq(nits: Light) -> Light:
    power = np.clip(nits / 10_000.0, 0.0, 1.0) ** _M1
    coded: Light = ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2
    return coded


def _hlg_to_nits(coded: Light) -> Light:
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - c) / a) + b) / 12)
    luminance = scene @ np.array([0.2627, 0.6780, 0.0593])
    nits: Light = _SOURCE_NITS * scene * np.maximum(luminance, 1e-9)[:, None] ** 0.2  # system gamma 1.2 at 1,000 nits
    return nits
