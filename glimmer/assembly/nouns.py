"""Assembly: the cut, with every verb that edits it. Takes circled takes from buckets, gives a film to render.

A cut is a frozen value: each verb returns a new one and leaves the old as it was. What a cut is made of stands in `pieces`; each
family of verbs is a file of its own: `time_edits` (where clips lie), `joins` (how one becomes the next), `looks` (what is seen),
`sounds` (what is heard), `marks`, `viewing` (looking at it, listening to it).
"""

from __future__ import annotations

from glimmer.assembly.pieces import (
    Box,
    Caption,
    CaptionStyle,
    CaptionWord,
    Clip,
    Framing,
    Gap,
    Marker,
    Timeline,
    Track,
    Transition,
    TransitionKind,
)
from glimmer.display import Html, card_of, line_of

__all__ = [
    "Assembly",
    "Box",
    "Caption",
    "CaptionStyle",
    "CaptionWord",
    "Clip",
    "Framing",
    "Gap",
    "Marker",
    "Track",
    "Transition",
    "TransitionKind",
]


class Assembly(Timeline):
    """A cut. Its verbs return new cuts; `film.cut = cut` keeps one."""

    def __repr__(self) -> str:
        return line_of(self)

    __str__ = __repr__

    def _repr_html_(self) -> Html:
        return card_of(self)
