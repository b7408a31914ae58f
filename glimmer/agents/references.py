"""References: the pictures by which a film keeps its faces. One a character, its used sheet, always sent in the same order.

A picture of a shot is sent the sheets of those seen in it, the subject first; their hashes are in its request and in its lineage, so that
a new sheet asks for just the pictures that show its character, anew. Models that draw from values are sent none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from glimmer.models.interface import PictureModel, Reference, SheetRequest, films, reads_words
from glimmer.store import Input, Take

__all__ = ["MOST_REFERENCES", "ConceptRequest", "is_shown_references", "reference_inputs", "reference_of", "references_for"]

MOST_REFERENCES: Final = 6  # what the strictest of today's models for clips takes; the subject is the first of them


class ConceptRequest(SheetRequest):
    """A character sheet by a model that never draws the same twice: each take is another idea of the same words."""

    seed: int = 0


def is_shown_references(model: PictureModel) -> bool:
    """Whether a model works from references at all. One that draws from values has the design itself."""
    return reads_words(model) or films(model)


def reference_of(name: str, sheet: Take | None) -> Reference | None:
    """The reference that a character's sheet is; None where there is no sheet, or it is no picture."""
    if sheet is None or not sheet.media_type.startswith("image/"):
        return None
    return Reference(role="character", name=name, asset=sheet.asset, media_type=sheet.media_type)


def references_for(seen: Iterable[str], known: Mapping[str, Reference]) -> tuple[Reference, ...]:
    """The references of those who are seen, in that order, at most MOST_REFERENCES."""
    return tuple(known[name] for name in dict.fromkeys(seen) if name in known)[:MOST_REFERENCES]


def reference_inputs(references: Iterable[Reference]) -> tuple[Input, ...]:
    """That a take was made after these pictures."""
    return tuple(
        Input(role="sheet", bucket="characters", key=each.name, name=f"sheet of {each.name}", hash=each.asset)
        for each in references
    )
