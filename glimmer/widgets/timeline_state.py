"""What a timeline's browser half is told: the cut as plain values by id, in whole frames. Fields at their default are left out on the wire.

Everything that lies in time has `start`, so that a ripple is one "shift" for all of it.
"""

from __future__ import annotations

from pydantic import Field

from glimmer.vocabulary import Noun

__all__ = ["CaptionState", "ClipState", "JoinState", "MarkerState", "TimelineState", "TrackState"]


class TrackState(Noun):
    """order: 0 is the top row as it is drawn. role: picture, dialogue, music, effects."""

    order: int
    kind: str
    role: str
    muted: bool = False
    gain_db: float = 0.0
    duck_under: str = ""
    duck_db: float = 0.0


class ClipState(Noun):
    """kind: still, footage, sound, title, black. media_frames: how long its media is in frames of the cut, 0 for no end. speed: "1", "2", "1/2".
    head_room, tail_room: by how many frames it could begin earlier, end later; -1 for any number. picture, sound: references for
    this face ("thumb/<name>/160", "peaks/<name>"; its own short names of assets), "" for none. bucket, key: the entry it came from, where that is known."""

    track: str
    name: str
    kind: str
    start: int
    frames: int
    source_start: int = 0
    media_frames: int = 0
    head_room: int = 0
    tail_room: int = 0
    speed: str = "1"
    backwards: bool = False
    frozen: bool = False
    gain_db: float = 0.0
    pan: float = 0.0
    fade_in: int = 0
    fade_out: int = 0
    opacity: float = 1.0
    inset: bool = False
    linked: str = ""
    picture: str = ""
    sound: str = ""
    words: str = ""  # of a title; what a line says is in its captions
    bucket: str = ""
    key: str = ""


class JoinState(Noun):
    """A transition between two clips of a track; a fade_in has no left, a fade_out no right. Half of `frames` lies on either side of the cut."""

    track: str
    kind: str
    left: str = ""
    right: str = ""
    frames: int
    colour: str = "black"
    direction: str = "left"


class CaptionState(Noun):
    start: int
    frames: int
    text: str
    speaker: str = ""
    line: str = ""  # the clip of the line that it belongs to


class MarkerState(Noun):
    start: int
    note: str


class TimelineState(Noun):
    """version: of the cut that is shown, 0 while there is none. rate: "24", "24000/1001". tracks by name; clips by id; joins by
    "track/left/right"; captions by line, "line/2" for its second; markers by an id that says nothing, the same while its note is (where it
    stands is in `start`). undo, redo: what the next step back or forth is, "" for none. hint: what to do
    where there is no cut yet, can_draft: whether one can be drafted. behind: which takes are used now and are not in it, "" for none."""

    film: str
    version: int = 0
    rate: str = "24"
    frames: int = 0
    tracks: dict[str, TrackState] = Field(default_factory=dict)
    clips: dict[str, ClipState] = Field(default_factory=dict)
    joins: dict[str, JoinState] = Field(default_factory=dict)
    captions: dict[str, CaptionState] = Field(default_factory=dict)
    markers: dict[str, MarkerState] = Field(default_factory=dict)
    undo: str = ""
    redo: str = ""
    hint: str = ""
    can_draft: bool = False
    behind: str = ""
