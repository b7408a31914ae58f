"""Colour words: what a painter would call a colour that a design holds as "#rrggbb"; a model that reads words is told both."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

__all__ = ["colour_word", "skin_word"]

# Chosen to be told apart in words; what lies between is called after the nearest.
_COLOURS: Final = {
    "black": "#1d1b1e", "charcoal": "#3d4148", "dark grey": "#5a5d60", "grey": "#868a8e", "light grey": "#bfc4c8", "off-white": "#eeeae0", "white": "#fdfdfd",
    "dark red": "#7a1f24", "burgundy": "#6f2536", "red": "#c0392f", "rust": "#a8502f", "orange": "#d9772e", "amber": "#d9a441", "yellow": "#e8c83a",
    "mustard": "#c9972c", "cream": "#eee2c4", "beige": "#d3bf9a", "tan": "#b58f63", "brown": "#76512f", "dark brown": "#4a3120", "olive": "#76773c",
    "khaki": "#a39a68", "moss green": "#5f7340", "green": "#4a8050", "dark green": "#24452f", "emerald": "#2a8560", "mint": "#a9d8bf", "teal": "#2b7d7d",
    "turquoise": "#3aa0a0", "sky blue": "#8fbfe0", "blue": "#3a6ba5", "bright blue": "#2f7fe0", "slate blue": "#4a6a8a", "navy": "#2b3a5e", "midnight blue": "#1c2440",
    "dark slate": "#2e3440", "indigo": "#423c80", "violet": "#6f55a8", "purple": "#744b9a", "lilac": "#a68cc4", "pink": "#e39ab0", "rose": "#cf6f80",
    "magenta": "#b8407f",
}  # fmt: skip
_HAIR: Final = {
    "white": "#e4e0d8", "silver": "#c4c2be", "grey": "#a09c98", "dark grey": "#6a6663", "blonde": "#d9b46a", "dark blonde": "#a88952", "ginger": "#b9562a",
    "auburn": "#7e3420", "chestnut": "#6a3a22", "brown": "#5a3a26", "dark brown": "#3a2a22", "black": "#1b181b", "blue": "#3f6fa8", "pink": "#d07a98",
    "green": "#4f8a5c", "purple": "#6f4f98",
}  # fmt: skip
_SKIN: Final = {
    "very fair": "#f3d2ba", "fair": "#e5b998", "light olive": "#d3a478", "olive": "#c48f62", "tanned": "#c0854f", "light brown": "#a8714a",
    "brown": "#8a5a38", "dark brown": "#6b4228", "very dark": "#4a2c1c",
}  # fmt: skip
_TABLES: Final = {"things": _COLOURS, "hair": _HAIR, "skin": _SKIN}


@cache
def colour_word(colour: str, of: Literal["things", "hair", "skin"] = "things") -> str:
    """The nearest word for "#rrggbb"; the text itself where it is no such colour."""
    try:
        wanted = _lab(colour)
    except ValueError:
        return colour
    table = _TABLES[of]
    return min(table, key=lambda word: sum((a - b) ** 2 for a, b in zip(_lab(table[word]), wanted, strict=True)))


def skin_word(colour: str) -> str:
    """ "olive", "dark brown"."""
    return colour_word(colour, of="skin")


@cache
def _lab(colour: str) -> tuple[float, float, float]:
    """CIE L*a*b*, in which distances are about as large as they look. Raises: ValueError for what is no "#rrggbb"."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(colour)
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0890
    fx, fy, fz = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
