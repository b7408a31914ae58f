"""Where the transitions of a track lie in the film, in whole frames. Shortened or left out where they do not fit, and said so.

Takes a track's clips and transitions, gives Zones to the plan. Pure Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from glimmer.assembly.pieces import Clip, Transition

__all__ = ["Mix", "Zone", "zones_of"]

Mix = Literal["", "dissolve", "fade_in", "fade_out", "dip", "wipe", "push"]
_BORROWING = ("dissolve", "wipe", "push")  # both pictures are seen at once, past their own ends


@dataclass(frozen=True, slots=True)
class Zone:
    """A transition's place in the film."""

    kind: Mix
    left: str
    right: str
    start: int
    frames: int
    colour: str = "black"
    direction: str = "left"

    @property
    def end(self) -> int:
        return self.start + self.frames

    @property
    def borrows(self) -> bool:
        """Whether each clip is seen beyond the cut."""
        return self.kind in _BORROWING


def zones_of(clips: Sequence[Clip], transitions: Sequence[Transition], notices: list[str]) -> list[Zone]:
    """Where each transition lies. Shortened where it would reach past its clips or into the transition before it."""
    if not transitions:
        return []
    by_id = {clip.id: clip for clip in clips}
    zones: list[Zone] = []
    free_from: dict[str, int] = {clip.id: clip.start for clip in clips}
    placed = sorted(
        (wished for transition in transitions if (wished := _wished(transition, by_id, notices)) is not None),
        key=lambda zone: zone.start,
    )
    for zone in placed:
        start = max([zone.start, *(free_from[side] for side in (zone.left,) if side)])
        end = min([zone.end, *(by_id[side].end for side in (zone.right,) if side)])
        if end - start < 1:
            notices.append(f"A {zone.kind} of {zone.frames} frames was left out: its clips are too short for it.")
            continue
        if end - start < zone.frames:
            notices.append(
                f"A {zone.kind} was shortened from {zone.frames} to {end - start} frames: its clips are too short for it."
            )
        for side in (zone.left, zone.right):
            free_from[side] = end
        zones.append(replace(zone, start=start, frames=end - start))
    return zones


def _wished(transition: Transition, by_id: dict[str, Clip], notices: list[str]) -> Zone | None:
    left, right = by_id.get(transition.left), by_id.get(transition.right)
    frames, kind, colour = transition.frames, transition.kind, transition.colour
    if frames < 1:
        return None
    if kind == "fade_in" and right is not None:
        return Zone(kind, "", right.id, right.start, min(frames, right.frames), colour)
    if kind == "fade_out" and left is not None:
        frames = min(frames, left.frames)
        return Zone(kind, left.id, "", left.end - frames, frames, colour)
    if left is not None and right is not None and left.end == right.start:
        return Zone(kind, left.id, right.id, left.end - frames // 2, frames, colour, transition.direction)
    notices.append(
        f'A {kind} from "{transition.left}" to "{transition.right}" was left out: its clips are not there, or do not touch.'
    )
    return None
