"""Assembly: the cut, with every verb that edits it. Takes circled takes from buckets, gives a film to render.

A cut is a frozen value: each verb returns a new one and leaves the old as it was. What a cut is made of stands in `pieces`; each
family of verbs is a file of its own: `time_edits` (where clips lie), `joins` (how one becomes the next), `looks` (what is seen),
`sounds` (what is heard), `marks`, `viewing` (looking at it, listening to it).
"""

from __future__ import annotations

from glimmer.assembly.changes import changes, table
from glimmer.assembly.joins import Joins
from glimmer.assembly.looks import Looks
from glimmer.assembly.marks import Marks
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
from glimmer.assembly.sounds import Sounds
from glimmer.assembly.time_edits import TimeEdits
from glimmer.assembly.viewing import Viewing
from glimmer.display import Html, Table, card_of, line_of

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


class Assembly(TimeEdits, Joins, Looks, Sounds, Marks, Viewing):
    """A cut. Its verbs return new cuts; `film.cut = cut` keeps one. Clips are named as people call them: "2A", "line 12", 12, or by id."""

    def changes(self, other: Timeline) -> Table:
        """What this cut does differently from `other`, an edit a row, in the order of the film: `cut.changes(film.cut)`."""
        return changes(other, self)

    def table(self) -> Table:
        """Every clip of every track: where it lies, for how long, of what media. Shows 20; `.to_pandas()` has them all."""
        return table(self)

    def __repr__(self) -> str:
        return line_of(self)

    __str__ = __repr__

    def _repr_html_(self) -> Html:
        return card_of(self)
