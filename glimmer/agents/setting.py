"""Where a scene plays: its heading's place, else what its first words say. Shared by whoever draws it and whoever fills it with air."""

from __future__ import annotations

import re
from typing import Final

from glimmer.screenplay import Scene

__all__ = ["setting_of"]

_INSIDE: Final = re.compile(
    r"\b(inside|indoors|room|bar|pub|kitchen|office|bed|sofa|desk|hall|shop|caf[eé]|restaurant|diner|church|corridor|stairs|ceiling|class)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 120  # characters; a sentence or two


def setting_of(scene: Scene) -> tuple[str, bool]:
    """(place, interior). A script without headings is set where its first action says: "A man walks into a bar"."""
    if scene.heading.place:
        return scene.heading.place, scene.heading.interior
    told = next((element.text for element in scene.elements if element.kind == "action" and element.text), "")[:_LONGEST]
    return told, scene.heading.interior or bool(_INSIDE.search(told))
