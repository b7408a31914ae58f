"""What sounds as long as it is held: string sections, choir, horn, winds, a solo cello, a flute, drones.

Two ways. A section is a long circular table whose harmonics are smeared by a few cents with random phases, as twenty players
smear them (the idea is P. Nasca's PADsynth); it is read from random places, left and right apart, so it is wide by nature.
A soloist is one period of a wave read with a moving phase: vibrato that comes late, an attack that slides in, bow or breath.
Both cross-fade a dark and a bright spectrum while the note swells: that is the moving low-pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

from glimmer.models.rehearsal.acoustics import SAMPLE_RATE_HZ, Samples, band, faded, samples_in, seconds_axis, semitones

__all__ = ["SECTIONS", "SOLOISTS", "Section", "Soloist", "section_note", "section_table", "solo_note"]

_TABLE: Final = 1 << 18  # 5.5 s: longer than any ear keeps a noise pattern in mind
_CYCLE: Final = 8192  # read without interpolation: its noise lies 78 dB down
Spectrum = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def _body(hz: NDArray[np.float64], peaks: tuple[tuple[float, float, float], ...]) -> NDArray[np.float64]:
    """A gain curve with peaks (Hz, gain, width as a share of the Hz) on a floor of 1."""
    gain = np.ones_like(hz)
    for centre, height, width in peaks:
        gain += height * np.exp(-0.5 * ((hz - centre) / (centre * width)) ** 2)
    return gain


def _strings(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    return _body(hz, ((290, 0.5, 0.2), (480, 0.6, 0.2), (1_150, 0.5, 0.3), (2_600, 0.5, 0.3)))


def _aah(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    return _body(hz, ((600, 3.5, 0.2), (1_050, 2.4, 0.15), (2_700, 0.9, 0.12))) * 0.3


def _ooh(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    return _body(hz, ((360, 3.0, 0.25), (780, 1.0, 0.2), (2_500, 0.2, 0.15))) * 0.3


@dataclass(frozen=True)
class Section:
    """Many players of one kind. `slope` is the exponent of the harmonics, dark and bright; `smear_cents` their spread."""

    slope_dark: float
    slope_bright: float
    smear_cents: float
    body: Spectrum
    attack_seconds: float
    release_seconds: float
    top_hz: float = 9_000.0
    odd_only: bool = False
    bite: float = 0.0


@dataclass(frozen=True)
class Soloist:
    """One player. `noise` is its bow or breath; `vibrato_cents` its depth once it has come."""

    slope_dark: float
    slope_bright: float
    body: Spectrum
    vibrato_hz: float
    vibrato_cents: float
    noise: float
    noise_hz: tuple[float, float]
    attack_seconds: float
    release_seconds: float
    harmonics: int = 32


SECTIONS: Final[dict[str, Section]] = {
    "strings": Section(-1.45, -0.9, 22, _strings, 0.16, 0.45),
    "strings_soft": Section(-1.9, -1.25, 20, _strings, 0.38, 0.8, top_hz=5_000),
    "strings_dark": Section(-2.6, -1.7, 34, _strings, 0.5, 0.7, top_hz=3_600),
    "violins": Section(-1.45, -0.85, 19, _strings, 0.12, 0.35),
    "spiccato": Section(-1.5, -0.85, 20, _strings, 0.012, 0.1, bite=0.5),
    "contrabass": Section(-1.9, -1.35, 12, _strings, 0.12, 0.35, top_hz=2_400),
    "choir": Section(-1.0, -0.65, 30, _ooh, 0.45, 0.9, top_hz=4_500),
    "choir_open": Section(-1.0, -0.7, 30, _aah, 0.35, 0.9, top_hz=6_000),
    "horn": Section(-2.7, -1.5, 9, lambda hz: _body(hz, ((450, 1.2, 0.35), (1_100, 0.5, 0.3))), 0.09, 0.3, top_hz=5_000),
    "clarinets": Section(-1.9, -1.3, 8, lambda hz: _body(hz, ((1_500, 0.5, 0.3),)), 0.07, 0.2, top_hz=5_000, odd_only=True),
    "drone": Section(-2.2, -1.5, 7, lambda hz: _body(hz, ((160, 0.8, 0.4),)), 0.7, 1.1, top_hz=1_200),
}
SOLOISTS: Final[dict[str, Soloist]] = {
    "cello": Soloist(
        -1.75, -1.05, lambda hz: _body(hz, ((220, 0.9, 0.25), (420, 0.8, 0.2), (680, 0.5, 0.15), (1_400, 0.8, 0.2), (2_600, 0.4, 0.2))),
        5.3, 15, 0.006, (1_200, 5_000), 0.11, 0.2,
    ),
    "flute": Soloist(-2.9, -2.1, lambda hz: _body(hz, ((850, 0.5, 0.4),)), 5.0, 9, 0.02, (700, 6_500), 0.06, 0.12, harmonics=9),
}  # fmt: skip


def section_table(name: str, pitch: int, rng: np.random.Generator) -> tuple[Samples, Samples]:
    """The dark and the bright table of a section at a pitch: circular, mono, RMS 0.2."""
    section = SECTIONS[name]
    f0 = semitones(pitch)
    bins = _TABLE // 2 + 1
    per_bin = SAMPLE_RATE_HZ / _TABLE
    noise = rng.standard_normal(2 * bins, dtype=np.float32).view(np.complex64)
    profiles = np.zeros((2, bins), dtype=np.float32)
    for n in range(1, max(2, min(64, int(1.9 * section.top_hz / f0))) + 1, 2 if section.odd_only else 1):
        hz = n * f0
        width = hz * (2 ** (section.smear_cents / 1200) - 1) + 0.35
        first, last = int(max(1, (hz - 4 * width) / per_bin)), int(min(bins - 1, (hz + 4 * width) / per_bin)) + 1
        shape = np.exp(-0.5 * ((np.arange(first, last) * per_bin - hz) / width) ** 2) / np.sqrt(width)
        gain = float(section.body(np.array([hz]))[0]) / (1 + (hz / section.top_hz) ** 4)
        profiles[0, first:last] += shape * gain * n**section.slope_dark
        profiles[1, first:last] += shape * gain * n**section.slope_bright
    dark, bright = (np.asarray(scipy.fft.irfft(noise * profile, _TABLE), dtype=np.float32) for profile in profiles)
    return dark * np.float32(0.2 / dark.std()), bright * np.float32(0.2 / bright.std())


def section_note(name: str, tables: tuple[Samples, Samples], seconds: float, velocity: float, rng: np.random.Generator) -> Samples:
    """One note of a section, stereo: it swells, brightens on the way, and is let go."""
    section = SECTIONS[name]
    length = samples_in(seconds + section.release_seconds)
    time = seconds_axis(length)
    swell = np.minimum(1.0, time / max(seconds, 0.05))
    bright = (velocity * (0.35 + 0.4 * np.sin(np.pi * swell))).astype(np.float32)
    if section.bite:
        bright = (velocity * np.exp(-time / 0.09)).astype(np.float32)
    envelope = _held(time, seconds, section.attack_seconds, section.release_seconds) * (0.85 + 0.15 * np.sin(np.pi * swell))
    envelope = (envelope * velocity**1.2).astype(np.float32)
    sides = []
    for start in rng.integers(_TABLE, size=2):
        where = (np.arange(length) + int(start)) & (_TABLE - 1)
        dark_side, bright_side = tables[0][where], tables[1][where]
        sides.append((dark_side + bright * (bright_side - dark_side)) * envelope)
    return np.stack(sides)


def _held(time: Samples, seconds: float, attack: float, release: float) -> Samples:
    attack = min(attack, max(0.004, seconds * 0.6))
    rise = np.sin(0.5 * np.pi * np.minimum(1.0, time / attack)) ** 2
    fall = np.cos(0.5 * np.pi * np.clip((time - seconds) / release, 0.0, 1.0)) ** 2
    return np.asarray(rise * fall, dtype=np.float32)


def solo_note(name: str, pitch: int, seconds: float, velocity: float, rng: np.random.Generator) -> Samples:
    """One note of a soloist, mono."""
    player = SOLOISTS[name]
    f0 = semitones(pitch)
    length = samples_in(seconds + player.release_seconds)
    time = seconds_axis(length)
    arrive = np.clip((time - 0.18) / 0.5, 0.0, 1.0)
    rate = player.vibrato_hz * float(rng.uniform(0.94, 1.06))
    wave = np.sin(2 * np.pi * rate * time + float(rng.uniform(0, 6.28)))
    cents = player.vibrato_cents * arrive * wave - 22 * np.exp(-time / 0.035)
    phase = np.cumsum(f0 * 2.0 ** (cents.astype(np.float64) / 1200)) * (_CYCLE / SAMPLE_RATE_HZ)
    where = phase.astype(np.int64) & (_CYCLE - 1)
    dark, bright = _cycle(player, f0, player.slope_dark), _cycle(player, f0, player.slope_bright)
    swell = np.maximum(0.0, np.sin(np.pi * np.clip(time / max(seconds, 0.1), 0, 1))) ** 0.7
    openness = velocity * (0.3 + 0.5 * swell)
    sound = dark[where] * (1 - openness) + bright[where] * openness
    breath = band(rng.standard_normal(length, dtype=np.float32), *player.noise_hz)
    sound = sound + breath * player.noise * (1 + 3 * np.exp(-time / 0.05)) * (0.6 + 0.4 * velocity)
    tremble = 1 + 0.05 * arrive * wave
    envelope = _held(time, seconds, player.attack_seconds, player.release_seconds) * (0.72 + 0.28 * swell) * tremble
    return faded((sound * envelope * velocity**1.2).astype(np.float32), 0.002, 0.01)


def _cycle(player: Soloist, f0: float, slope: float) -> Samples:
    """One period with the player's harmonics below 12 kHz, RMS 0.3; phases fixed, so that no partial jumps."""
    n = np.arange(1, max(2, min(player.harmonics, int(12_000 / f0))) + 1, dtype=np.float64)
    spectrum = np.zeros(_CYCLE // 2 + 1, dtype=np.complex128)
    spectrum[1 : n.size + 1] = n**slope * player.body(n * f0) * np.exp(1j * n * n * 0.7)
    cycle = np.fft.irfft(spectrum, _CYCLE)
    return np.asarray((cycle * (0.3 / cycle.std())), dtype=np.float32)
