"""Preset: how large, how fast and how loud a film is made. Pure values; the first word of every render.

A preset's name is its height and its rate ("720p24", "1080p23.976"), a shape ("square", "portrait", "portrait30") or "draft".
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field, field_validator

from glimmer.errors import NotFound
from glimmer.limits import MAX_FRAME_SIDE_PX
from glimmer.vocabulary import Noun

__all__ = ["PRESETS", "Preset", "board_size", "preset_named"]


class Preset(Noun):
    """What a film is delivered as.

    crf: x264's quality, less is better; 20 is hard to tell from the source on a laptop screen. loudness_lufs: -16 is streaming and
    web practice, -23 broadcast (EBU R 128). true_peak_db: the highest inter-sample peak, measured after AAC.
    Does not hold anything of the film itself.
    """

    name: str
    width_px: int = Field(ge=16, le=MAX_FRAME_SIDE_PX)
    height_px: int = Field(ge=16, le=MAX_FRAME_SIDE_PX)
    rate: Fraction = Field(gt=0, le=240)
    crf: int = Field(default=20, ge=0, le=51)
    x264_preset: str = Field(default="veryfast", pattern="^(ultrafast|superfast|veryfast|faster|fast|medium|slow|slower|veryslow)$")
    audio_codec: Literal["aac", "opus", "pcm", "flac"] = "aac"
    audio_kbps: int = Field(default=192, ge=32, le=512)
    loudness_lufs: float = Field(default=-16.0, ge=-40.0, le=-8.0)
    true_peak_db: float = Field(default=-1.0, ge=-12.0, le=-0.5)

    @field_validator("width_px", "height_px")
    @classmethod
    def _even(cls, side_px: int) -> int:
        if side_px % 2:
            raise ValueError(f"{side_px} px is odd; 4:2:0 video needs even sides: take {side_px + 1}")
        return side_px


# The exact rates behind the names that people use.
_RATES = {
    "23.976": Fraction(24000, 1001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30000, 1001),
    "30": Fraction(30),
    "50": Fraction(50),
    "59.94": Fraction(60000, 1001),
    "60": Fraction(60),
}
_SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "2160p": (3840, 2160), "square": (1080, 1080), "portrait": (1080, 1920)}


def _all_presets() -> dict[str, Preset]:
    known: dict[str, Preset] = {}
    for size, (width_px, height_px) in _SIZES.items():
        for rate_name, rate in _RATES.items():
            name = f"{size}{rate_name}"
            known[name] = Preset(name=name, width_px=width_px, height_px=height_px, rate=rate)
    for shape in ("square", "portrait"):
        known[shape] = known[f"{shape}24"].model_copy(update={"name": shape})
    known["draft"] = Preset(
        name="draft", width_px=640, height_px=360, rate=Fraction(24), crf=26, x264_preset="ultrafast", audio_kbps=128
    )
    return known


PRESETS: dict[str, Preset] = _all_presets()


def preset_named(name: str | Preset) -> Preset:
    """The preset of that name; a Preset is given back as it is.

    Raises: NotFound, with the nearest names.
    """
    if isinstance(name, Preset):
        return name
    found = PRESETS.get(name)
    if found is None:
        raise NotFound.among("preset", name, PRESETS, see="glimmer.render.preset.PRESETS")
    return found


def board_size(preset: Preset) -> tuple[int, int]:
    """(width, height) in px to draw boards at for it: its shape, 1080 lines at the shorter side, so that a slow push stays sharp at 1080p."""
    scale = Fraction(1080, min(preset.width_px, preset.height_px))
    return round(preset.width_px * scale), round(preset.height_px * scale)
