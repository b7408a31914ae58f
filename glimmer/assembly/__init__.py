"""Assembly: the cut. Takes circled takes from buckets, gives an Assembly to render."""

from glimmer.assembly import cards as _cards  # noqa: F401  # registers how a cut looks
from glimmer.assembly.conform import at_rate
from glimmer.assembly.draft import Piece, draft
from glimmer.assembly.nouns import Assembly
from glimmer.assembly.pieces import Box, Caption, CaptionStyle, CaptionWord, Clip, Framing, Gap, Marker, Timeline, Track, Transition
from glimmer.assembly.retake import retake
from glimmer.assembly.timing import CuePlan, Timing, lay_out, plan_cues

__all__ = [
    "Assembly",
    "Box",
    "Caption",
    "CaptionStyle",
    "CaptionWord",
    "Clip",
    "CuePlan",
    "Framing",
    "Gap",
    "Marker",
    "Piece",
    "Timeline",
    "Timing",
    "Track",
    "Transition",
    "at_rate",
    "draft",
    "lay_out",
    "plan_cues",
    "retake",
]
