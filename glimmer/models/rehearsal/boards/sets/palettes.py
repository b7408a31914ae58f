"""The colours of places: small hand-picked palettes, so that a set is harmonious whichever one the dice choose.

A painter never names a colour that two things of a room share; it asks for the palette's wall, wood, fabric or accent.
All colours are as at noon; `Light` turns them into dawn, dusk and night.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from glimmer.models.rehearsal.boards.sets.stage import Stage

__all__ = ["HOMELY", "INSTITUTION", "INDUSTRIAL", "OLD", "SPACE", "Nature", "Palette", "nature", "pick"]


@dataclass(frozen=True)
class Palette:
    """The colours of a room."""

    wall: str
    dado: str  # the lower wall, panelling, tiles
    trim: str  # frames, skirting, mouldings
    floor: str
    wood: str
    fabric: str
    accent: str
    metal: str = "#8b9096"
    ceiling: str = "#e9e2d2"


@dataclass(frozen=True)
class Nature:
    """The colours of a landscape."""

    grass: str
    grass_far: str
    leaf: str
    leaf_light: str
    trunk: str
    earth: str
    rock: str
    water: str
    flower: str


HOMELY: Final = (
    Palette("#b9c4a7", "#7f9073", "#efe8d6", "#a9784f", "#7b4f32", "#c8694a", "#e0b04f"),
    Palette("#d9a688", "#b3735a", "#f3e4d0", "#8a5a3c", "#5d3a28", "#3f6b6a", "#e8c067"),
    Palette("#a9bcc8", "#6f8799", "#eef0ec", "#b08a62", "#6d4a33", "#b6534a", "#e6b960"),
    Palette("#d8b974", "#a9793f", "#f5ead0", "#8f6542", "#54382a", "#3d5a73", "#c9573f"),
    Palette("#a3869a", "#6d5069", "#eadfd9", "#7a5340", "#4b2f2b", "#d19a54", "#efcf8f"),
    Palette("#6b9893", "#3f6a6b", "#e8e1cb", "#9a6d48", "#5a3b2a", "#d5764f", "#f0c469"),
    Palette("#cfc3ae", "#8a7f72", "#f6f1e6", "#9c7a58", "#66493a", "#5c7a5e", "#d98b4a"),
)
INSTITUTION: Final = (
    Palette("#cfdcd2", "#8fb0a4", "#f4f6f2", "#b4bdb6", "#a88d6d", "#5e8aa3", "#d9824f", "#98a2a8", "#f1f3ee"),
    Palette("#d7e1e6", "#96b4c2", "#f6f8f8", "#aab6bc", "#b79b78", "#4f7f95", "#e0a24a", "#9aa6ae", "#f3f6f7"),
    Palette("#e2d9c3", "#b09c74", "#f7f2e4", "#a89a80", "#94714c", "#6a7f5a", "#c4593f", "#94908a", "#f4efe2"),
    Palette("#d5cbd0", "#93808f", "#f5f0f0", "#a79c9c", "#8a6a58", "#56738f", "#d7905a", "#95959c", "#f2eeee"),
)
INDUSTRIAL: Final = (
    Palette("#9a9c98", "#777b79", "#c9c5b8", "#83827c", "#7d5c3f", "#b1473a", "#e2a93b", "#7f868c", "#6f716f"),
    Palette("#a88873", "#83604e", "#d1c2ad", "#7f776c", "#6e4a31", "#46698a", "#e0b23f", "#7a8085", "#6d5f55"),
    Palette("#7f9090", "#586b6c", "#bfc9c2", "#76797a", "#83633f", "#d0663a", "#ecc04e", "#8a9398", "#556061"),
)
OLD: Final = (
    Palette("#b3a286", "#8a7a60", "#d5c8ab", "#938470", "#5a3f2a", "#8c2f35", "#d8b04d", "#a88d4f", "#7d6c54"),
    Palette("#9ba09f", "#74797b", "#c9cbc6", "#85878a", "#4f3b2e", "#3d5480", "#d9b559", "#9a8f6a", "#646a6d"),
    Palette("#c1a68d", "#93735a", "#e0cfb5", "#8d7358", "#57331f", "#4d6b4f", "#e0ae4e", "#b08b4a", "#86694f"),
)
SPACE: Final = (
    Palette("#c6ccd2", "#8f99a6", "#e8ecef", "#6c7480", "#59626e", "#d8663d", "#4fc3d9", "#a9b2bb", "#aeb6be"),
    Palette("#8d98a8", "#5a6678", "#c2ccd6", "#4d5766", "#47505e", "#c9a13f", "#57e0b0", "#8e99a6", "#6b7686"),
    Palette("#cfc8ba", "#9b9384", "#efe9dc", "#726c63", "#645d54", "#3f7f95", "#f08a4b", "#b3ada1", "#bab3a5"),
)
_NATURES: Final = (
    Nature("#7fa04f", "#9db36b", "#3f6b3a", "#6f9a48", "#5b4332", "#9a7a52", "#7f7c75", "#3f7f9c", "#e8c24a"),
    Nature("#8a9a4a", "#b0ae68", "#4d6236", "#8a9440", "#66482f", "#a5804f", "#8a8072", "#3d7786", "#d9694a"),
    Nature("#6a9668", "#93b184", "#2f5f4d", "#5c9168", "#4e3d35", "#8a7056", "#75797b", "#36708f", "#c78ab8"),
    Nature("#a8934a", "#c7ae6c", "#8a4f2a", "#d08a3a", "#553a2a", "#96703f", "#857868", "#43748a", "#c9472f"),
    Nature("#7c9c80", "#a6bda0", "#3d6160", "#6b9a8a", "#57473f", "#8f7f68", "#767d86", "#4a86a0", "#f0e6d2"),
)
_ARID: Final = Nature("#c9a468", "#d8b987", "#8f8a52", "#b39a58", "#7a5a40", "#b98d5f", "#a9795a", "#5f8f96", "#d98a4a")


def pick(stage: Stage, palettes: tuple[Palette, ...]) -> Palette:
    """The scene's palette of these."""
    return stage.dice("palette").choice(palettes)


def nature(stage: Stage) -> Nature:
    """The scene's landscape colours: autumn and spring where the words ask for them, else by the dice."""
    if "autumn" in stage.words or "october" in stage.words:
        return _NATURES[3]
    if re.search(r"desert|canyon|mesa|badlands|wasteland|outback|dune|arid", stage.words):
        return _ARID
    if "spring" in stage.words:
        return _NATURES[0]
    return stage.dice("palette").choice(_NATURES)
