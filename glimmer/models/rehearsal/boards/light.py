"""The light of a board: one small palette for a time of day, a weather and a mood, that every drawing takes its colours through.

Set painters and figure painters both call `light.lit(colour)` (and `shade`, `glow`), never their own night colours: that is what
makes a figure belong to its place.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import Final

from glimmer.vocabulary import Mood, TimeOfDay, Weather

__all__ = ["Light", "light_for", "mix"]


def _rgb(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(r: float, g: float, b: float) -> str:
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, v))):02x}" for v in (r, g, b))


def mix(a: str, b: str, share: float) -> str:
    """`share` of b in a."""
    return _hex(*(x + (y - x) * share for x, y in zip(_rgb(a), _rgb(b), strict=True)))


@dataclass(frozen=True)
class Light:
    """sky_top .. sky_low: the sky's gradient. tint, tint_share: what the air adds to every colour. key: colour of the light that
    falls on things; shadow: colour that shade goes towards. brightness: 1 by day. lamps: whether lamps and windows are lit.
    key_from: -1 light from the left, 1 from the right.
    """

    sky_top: str
    sky_low: str
    tint: str
    tint_share: float
    key: str
    shadow: str
    brightness: float
    lamps: bool
    key_from: float = -1.0

    def lit(self, colour: str, depth: float = 0.0) -> str:
        """`colour` as seen in this light; depth 0 near .. 1 far fades it into the air."""
        r, g, b = (v * self.brightness for v in _rgb(colour))
        near = mix(_hex(r, g, b), self.tint, self.tint_share)
        return mix(near, self.sky_low, min(0.85, depth * 0.7)) if depth else near

    def shade(self, colour: str, amount: float = 0.3, depth: float = 0.0) -> str:
        """The shadow side of `colour`."""
        return mix(self.lit(colour, depth), self.shadow, amount)

    def glow(self, colour: str, amount: float = 0.3, depth: float = 0.0) -> str:
        """The side of `colour` that the key light touches."""
        return mix(self.lit(colour, depth), self.key, amount)


_OUTSIDE: Final[dict[TimeOfDay, Light]] = {
    "day": Light("#5f9fd0", "#dcebf2", "#cfe3ee", 0.06, "#fff4d6", "#2a3d5c", 1.0, False),
    "dawn": Light("#5a6ea6", "#f6c7a0", "#f2b48c", 0.16, "#ffdfb0", "#38305c", 0.92, True),
    "dusk": Light("#2f3566", "#f08a5d", "#d9705c", 0.22, "#ffb877", "#261f45", 0.80, True, 1.0),
    "night": Light("#0a1230", "#2b3f66", "#20335e", 0.42, "#a9c4ff", "#060a1c", 0.55, True, 1.0),
}
_INSIDE: Final[dict[TimeOfDay, Light]] = {
    "day": Light("#9cc4dd", "#e9f2f4", "#efe4d2", 0.06, "#fff3dc", "#3a3550", 0.97, False),
    "dawn": Light("#6a7fb4", "#f5c9a6", "#f0c2a0", 0.13, "#ffe2b8", "#352c50", 0.90, True),
    "dusk": Light("#353a6b", "#ee9268", "#e0a070", 0.16, "#ffc98c", "#2a2040", 0.84, True, 1.0),
    "night": Light("#0b1430", "#223560", "#c98f58", 0.17, "#ffd79a", "#140f22", 0.72, True, 1.0),
}
_AIR: Final[dict[Weather, tuple[str, float]]] = {  # what the weather mixes into the sky, and how much
    "clear": ("#ffffff", 0.0),
    "wind": ("#b9c6cc", 0.12),
    "rain": ("#6d7b88", 0.45),
    "storm": ("#39434f", 0.62),
    "snow": ("#dfe6ec", 0.40),
    "fog": ("#b9c1c6", 0.60),
}
_SATURATION: Final[dict[Mood, float]] = {
    "calm": 1.0, "tender": 1.0, "hopeful": 1.08, "joyful": 1.2, "sad": 0.72, "tense": 0.85, "mysterious": 0.85, "epic": 1.1,
    "playful": 1.2,
}  # fmt: skip


def _saturated(colour: str, factor: float) -> str:
    h, lightness, s = colorsys.rgb_to_hls(*_rgb(colour))
    return _hex(*colorsys.hls_to_rgb(h, lightness, min(1.0, s * factor)))


def light_for(time_of_day: TimeOfDay, weather: Weather, mood: Mood, interior: bool) -> Light:
    """The light of a scene."""
    base = (_INSIDE if interior else _OUTSIDE)[time_of_day]
    air, share = _AIR[weather]
    if time_of_day == "night":
        air = mix(air, "#0a1024", 0.72)
    indoors = 0.35 if interior else 1.0
    factor = _SATURATION[mood]
    return Light(
        _saturated(mix(base.sky_top, air, share), factor),
        _saturated(mix(base.sky_low, air, share), factor),
        _saturated(mix(base.tint, air, share * 0.6 * indoors), factor),
        min(0.6, base.tint_share + share * 0.25 * indoors),
        base.key,
        base.shadow,
        base.brightness * (1 - 0.18 * share * indoors),
        base.lamps or weather in ("storm", "fog"),
        base.key_from,
    )
