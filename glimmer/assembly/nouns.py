"""Assembly > Track > Clip, Gap, Transition; Caption, Marker: the cut, as frozen values in integer frames.

Takes circled takes from buckets, gives an Assembly to render. Every position is in whole frames of the cut's exact rate, from
the first frame of the film, 0. Picture tracks never overlap; sound tracks may (they add up).
A transition changes no length: it borrows `frames // 2` from the clip before the cut and the rest from the clip after it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Literal

from glimmer.display import Html, card_of, line_of
from glimmer.errors import NotFound
from glimmer.vocabulary import Move, Noun

__all__ = ["Assembly", "Caption", "CaptionWord", "Clip", "Framing", "Gap", "Marker", "Track", "Transition"]

ClipKind = Literal["still", "footage", "sound", "title", "black"]
TransitionKind = Literal["dissolve", "fade_in", "fade_out", "dip_black"]


class Framing(Noun):
    """How the camera travels over a still. `focus` is where the eye should end up, 0..1 from the left and the top."""

    move: Move = "hold"
    strength: float = 0.12  # how much of the picture is travelled or zoomed: 0 none, 0.12 a slow push
    focus: tuple[float, float] = (0.5, 0.45)


class Clip(Noun):
    """A piece of one take on a track.

    id: unique in the cut. name: what a person calls it (slate "2A", "line 12"). asset: the sha256 of its media, "" for title
    and black. start, frames: where it lies. source_start: the first frame used of the media, in the cut's rate. title, subtitle:
    the words of a title card.
    """

    id: str
    name: str
    kind: ClipKind
    asset: str = ""
    media_type: str = ""
    start: int
    frames: int
    source_start: int = 0
    framing: Framing = Framing()
    gain_db: float = 0.0
    fade_in: int = 0  # frames
    fade_out: int = 0
    pan: float = 0.0  # -1 left .. 1 right
    title: str = ""
    subtitle: str = ""
    made_of: str = ""  # id of the shot, line or cue it stands for

    @property
    def end(self) -> int:
        """The first frame after it."""
        return self.start + self.frames


class Gap(Noun):
    """Nothing, for so many frames. Tracks do not store gaps: `Track.laid` derives them."""

    start: int
    frames: int


class Transition(Noun):
    """From one clip into the next (`left`, `right` are clip ids). A fade_in has no left, a fade_out no right."""

    kind: TransitionKind
    left: str = ""
    right: str = ""
    frames: int


class CaptionWord(Noun):
    word: str
    start: int  # frame at which it lights up
    end: int


class Caption(Noun):
    """Words on screen from `start` to before `end`, lit one by one. `line_id` is the line they come from."""

    line_id: str
    speaker: str = ""
    text: str
    start: int
    end: int
    words: tuple[CaptionWord, ...] = ()
    position: Literal["bottom", "top", "left", "right"] = "bottom"  # left and right: dual dialogue


class Marker(Noun):
    at: int
    note: str


class Track(Noun):
    """V1, A1 …: clips in order of start. `duck_under` names the track whose sound pushes this one down by `duck_db`."""

    name: str
    kind: Literal["picture", "sound"]
    clips: tuple[Clip, ...] = ()
    transitions: tuple[Transition, ...] = ()
    role: Literal["picture", "dialogue", "music", "effects"] = "picture"
    gain_db: float = 0.0
    duck_under: str = ""
    duck_db: float = 0.0

    @property
    def laid(self) -> tuple[Clip | Gap, ...]:
        """Clips and the gaps between them, from frame 0. For tracks whose clips do not overlap."""
        row: list[Clip | Gap] = []
        here = 0
        for clip in self.clips:
            if clip.start > here:
                row.append(Gap(start=here, frames=clip.start - here))
            row.append(clip)
            here = max(here, clip.end)
        return tuple(row)


class Assembly(Noun):
    """A cut. `rate` is exact: Fraction(24), Fraction(24000, 1001). `version` is set by whoever keeps it; 0 = not kept."""

    title: str
    rate: Fraction
    tracks: tuple[Track, ...]
    captions: tuple[Caption, ...] = ()
    markers: tuple[Marker, ...] = ()
    script_version: int = 0
    version: int = 0
    notices: tuple[str, ...] = ()

    @cached_property
    def frames(self) -> int:
        """The length of the film: the end of its last picture."""
        return max((clip.end for track in self.tracks if track.kind == "picture" for clip in track.clips), default=0)

    @property
    def seconds(self) -> float:
        return float(self.frames / self.rate)

    def track(self, name: str) -> Track:
        for track in self.tracks:
            if track.name == name:
                return track
        raise NotFound.among("track", name, (track.name for track in self.tracks))

    def __repr__(self) -> str:
        return line_of(self)

    __str__ = __repr__

    def _repr_html_(self) -> Html:
        return card_of(self)
