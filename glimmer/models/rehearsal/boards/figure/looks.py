"""What a face does: each expression as a few numbers that brows, lids and mouth read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

__all__ = ["Look", "look_for"]


@dataclass(frozen=True)
class Look:
    """In head units (a head is 100 tall). brow_in, brow_out: lift of a brow's ends. lid: 0 closed, 1 open, 1.25 wide.
    low: lift of the lower lid. smile: -1..1 lift of the mouth's corners. open: 0..1. wide: of the mouth, 1 at rest.
    skew: one brow and one corner higher than the other. tears, blush: 0..1. gaze: where the eyes go, -1..1 right and down.
    """

    brow_in: float = 0.0
    brow_out: float = 0.0
    lid: float = 0.94
    low: float = 0.1
    smile: float = 0.14
    open: float = 0.0
    wide: float = 1.0
    teeth: float = 0.5
    skew: float = 0.0
    tears: float = 0.0
    blush: float = 0.25
    gaze: tuple[float, float] = (0.0, 0.0)


_LOOKS: Final[dict[str, Look]] = {
    "neutral": Look(),
    "happy": Look(1.6, 1.6, 0.90, 0.42, 0.85, 0.0, 1.12, blush=0.5),
    "laugh": Look(2.5, 3.0, 0.0, 0.9, 1.0, 0.75, 1.15, 1.0, blush=0.55),
    "sad": Look(4.6, -2.6, 0.72, 0.1, -0.62, 0.0, 0.9, gaze=(0.0, 0.35)),
    "cry": Look(5.6, -2.6, 0.34, 0.5, -0.85, 0.30, 0.95, 0.8, tears=1.0, blush=0.55),
    "angry": Look(-4.6, 2.6, 0.80, 0.45, -0.55, 0.14, 1.0, 1.0, blush=0.35),
    "afraid": Look(5.2, 0.6, 1.22, 0.0, -0.5, 0.32, 0.85, 0.6, blush=0.0),
    "surprised": Look(5.4, 4.8, 1.24, 0.0, 0.05, 0.55, 0.66, 0.3),
    "determined": Look(-3.2, 0.8, 0.82, 0.38, -0.16, 0.0, 0.95),
    "tender": Look(2.8, 0.2, 0.76, 0.35, 0.5, 0.0, 0.98, blush=0.5),
    "thoughtful": Look(2.2, 0.9, 0.86, 0.16, 0.04, 0.0, 0.9, skew=0.5, gaze=(0.35, -0.4)),
    "tired": Look(2.0, -1.8, 0.52, 0.15, -0.25, 0.0, 0.95, blush=0.1, gaze=(0.0, 0.3)),
    "excited": Look(3.6, 2.8, 1.12, 0.18, 0.55, 0.42, 1.05, 0.9, blush=0.5),
    "urgent": Look(2.4, 0.4, 1.08, 0.1, -0.05, 0.46, 1.0, 0.9, blush=0.3),
    "wry": Look(-0.5, 0.8, 0.80, 0.35, 0.35, 0.0, 1.0, skew=1.3),
}
_GAZES: Final = {
    "ahead": None,
    "left": (-0.9, 0.0),
    "right": (0.9, 0.0),
    "up": (0.1, -0.85),
    "down": (0.1, 0.8),
    "camera": (0.0, 0.0),
}


def look_for(expression: str, gaze: str, *, speaking: bool, mirrored: bool, nod: float, variant: int = 0) -> Look:
    """The look of an expression with the eyes where `gaze` says. "ahead" follows the face, whichever way it is turned."""
    look = _LOOKS.get(expression, _LOOKS["neutral"])
    if speaking:
        form = ((0.42, 0.92), (0.30, 1.08), (0.52, 0.80))[variant % 3]
        look = replace(look, open=max(look.open, form[0]), wide=look.wide * form[1], teeth=max(0.6, look.teeth))
    if gaze == "closed":
        return replace(look, lid=0.0)
    side = _GAZES.get(gaze)
    if side is not None:
        look = replace(look, gaze=(-side[0] if mirrored else side[0], side[1]))
    if nod > 12 and gaze == "ahead":
        look = replace(look, gaze=(look.gaze[0], 0.7), lid=min(look.lid, 0.72))
    return look
