"""The colours props are made of: one curated shelf, so that things of a film belong together. As by white daylight."""

from __future__ import annotations

from typing import Final

PAPER: Final = "#f4ead3"
INK: Final = "#3b3f55"
BRASS: Final = "#cf9f45"
GOLD: Final = "#e6b64c"
SILVER: Final = "#c3ccd3"
STEEL: Final = "#8e9ba8"
IRON: Final = "#4b525c"
BLACK: Final = "#262830"
WHITE: Final = "#f3f1ea"
WOOD: Final = "#a06c3e"
PALE_WOOD: Final = "#c99a63"
DARK_WOOD: Final = "#6b4429"
LEATHER: Final = "#8a5430"
GLASS: Final = "#b9d8df"
SCREEN: Final = "#22313f"
RED: Final = "#c2453a"
BLUE: Final = "#3f6f9f"
TEAL: Final = "#2f8a86"
GREEN: Final = "#5d8a4a"
YELLOW: Final = "#e8bb4b"
PINK: Final = "#dd8a92"
STONE: Final = "#9a978f"
FLAME: Final = "!#ffb347"
FLAME_CORE: Final = "!#fff0b0"
LAMPLIGHT: Final = "#ffcf7a"

CLOTH: Final = ("#c2453a", "#3f6f9f", "#2f8a86", "#d9a441", "#7d5a8c", "#5d8a4a")
COVERS: Final = ("#8e2f3a", "#2f5d6b", "#3f5a3c", "#6b4a7a", "#a8662c", "#2d3f66")
POTTERY: Final = ("#e9e2d0", "#4f86a0", "#c8694a", "#7fa08a", "#e0b050", "#58606e")
PAINT: Final = ("#c2453a", "#3f74a8", "#e3b23c", "#3d8f7c", "#e8e2d2", "#7a4f86")
