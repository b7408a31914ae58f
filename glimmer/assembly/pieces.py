"""Timeline > Track > Clip, Gap, Transition; Caption, Marker: what a cut is made of, as frozen values in integer frames.

Every position is in whole frames of the cut's exact rate, from the first frame of the film, 0. Picture tracks never overlap; sound
tracks may (they add up). Upper picture tracks lie over lower ones. A transition changes no length: it borrows `frames // 2` from
the clip before the cut and the rest from the clip after it. `Timeline` holds it all and knows no verbs; `Assembly` (nouns) adds them.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from glimmer.errors import InputError, NotFound
from glimmer.vocabulary import Move, Noun

__all__ = [
    "Box",
    "CameraMove",
    "Caption",
    "CaptionStyle",
    "CaptionWord",
    "Clip",
    "ClipKind",
    "Direction",
    "Ease",
    "Fit",
    "Framing",
    "Gap",
    "Marker",
    "Role",
    "Timeline",
    "TitleStyle",
    "Track",
    "Transition",
    "TransitionKind",
]

ClipKind = Literal["still", "footage", "sound", "title", "black"]
TransitionKind = Literal["dissolve", "fade_in", "fade_out", "dip", "wipe", "push"]
Direction = Literal["left", "right", "up", "down"]
CameraMove = Move | Literal["handheld"]
Ease = Literal["smooth", "linear", "in", "out"]
Fit = Literal["auto", "fill", "fit"]
TitleStyle = Literal["card", "lower_third", "credits"]
Role = Literal["picture", "dialogue", "music", "effects"]


class Framing(Noun):
    """How the camera travels over a picture. `focus` is where the eye should end up, 0..1 from the left and the top."""

    move: CameraMove = "hold"
    strength: float = 0.12  # how much of the picture is travelled or zoomed: 0 none, 0.12 a slow push
    focus: tuple[float, float] = (0.5, 0.45)
    ease: Ease = "smooth"


class Box(Noun):
    """Where a picture in picture stands, in shares of the frame from its left and top edge."""

    left: float = Field(ge=0, lt=1)
    top: float = Field(ge=0, lt=1)
    width: float = Field(gt=0, le=1)
    height: float = Field(gt=0, le=1)


class Clip(Noun):
    """A piece of one take on a track.

    id: unique in the cut. name: what a person calls it (slate "2A", "line 12"). asset: the sha256 of its media, "" for title
    and black. start, frames: where it lies. source_start: the first frame used of the media, in the cut's rate;
    source_part: how far into that frame it begins, where a clip of another speed was cut (half a frame into it, at speed 1/2).
    media_frames: how long the media is, in the cut's rate; 0 if it has no end (a still, a title) or nobody knows.
    speed: media frames to one of the film; sound keeps its pitch. backwards: the used stretch of media from its end to its start.
    frozen: the media's frame `source_start` all the time.
    fit: "fill" covers the frame, "fit" shows the whole picture, "auto" fills unless too much would be cut off. crop: the part of the
    picture that is used at all: left, top, width, height in shares of it.
    reframed: framings for other shapes of the frame, as ("9:16", framing). box: where it stands as picture in picture.
    lut: the asset of a .cube table laid over its colours. style, title, subtitle: the words of a title, and how they are set;
    credits have a row a line in `subtitle`, "what: who" or plain.
    shot_frames, shot_at: of a part of a picture that was split: how long the whole was, and which of its frames the part begins with.
    Moves of the camera and titles run over the whole, so that no cut shows; a held part stands where the camera was. 0: it is the whole.
    linked: of a sound, the id of the picture clip whose own sound it is; it follows what is done to that picture. "" for all others.
    short_by: how many frames it would go on if its media did: the film got longer under it than there is music, say.
    """

    id: str
    name: str
    kind: ClipKind
    asset: str = ""
    media_type: str = ""
    start: int
    frames: int
    source_start: int = 0
    source_part: Fraction = Field(default=Fraction(0), ge=0, lt=1)
    media_frames: int = 0
    speed: Fraction = Fraction(1)
    stretch: Fraction = Field(default=Fraction(0), ge=0)
    backwards: bool = False
    frozen: bool = False
    shot_frames: int = 0
    shot_at: int = 0
    linked: str = ""
    short_by: int = Field(default=0, ge=0)
    framing: Framing = Framing()
    reframed: tuple[tuple[str, Framing], ...] = ()
    fit: Fit = "auto"
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    opacity: float = 1.0
    box: Box | None = None
    lut: str = ""
    gain_db: float = 0.0
    fade_in: int = 0  # frames
    fade_out: int = 0
    pan: float = 0.0  # -1 left .. 1 right
    style: TitleStyle = "card"
    title: str = ""
    subtitle: str = ""
    made_of: str = ""  # id of the shot, line or cue it stands for

    @property
    def end(self) -> int:
        """The first frame after it."""
        return self.start + self.frames

    @property
    def used_frames(self) -> Fraction:
        """How much of its media it uses, in the cut's frames."""
        return Fraction(1) if self.frozen else self.frames * self.speed

    def media_frame(self, number: int) -> Fraction:
        """The place in its media, in the cut's frames, that is shown or heard at its frame `number` (counted from its start)."""
        first = self.source_start + self.source_part
        if self.frozen:
            return first
        number = self.frames - 1 - number if self.backwards else number
        return first + number * self.speed


class Gap(Noun):
    """Nothing, for so many frames. Tracks do not store gaps: `Track.laid` derives them."""

    start: int
    frames: int


class Transition(Noun):
    """From one clip into the next (`left`, `right` are clip ids). A fade_in has no left, a fade_out no right.

    colour: what fades and dips go through. direction: where a wipe's edge, or the pictures of a push, travel to.
    On a sound track a dissolve is a crossfade.
    """

    kind: TransitionKind
    left: str = ""
    right: str = ""
    frames: int
    colour: Literal["black", "white"] = "black"
    direction: Direction = "left"

    @model_validator(mode="before")
    @classmethod
    def _older(cls, said: Any) -> Any:
        """Cuts kept by release 0.1.0 call a dip to black "dip_black"."""
        return said | {"kind": "dip"} if isinstance(said, dict) and said.get("kind") == "dip_black" else said


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


class CaptionStyle(Noun):
    """How captions look in the picture. "lit": the spoken word in `lit_colour`; "plain": no word is lit; "none": they are not in the
    picture, and the subtitles keep them. box: on a dark plate, else outlined. size: 1 is the usual height of letters. position: where captions stand that are not set aside for dual dialogue.
    """

    look: Literal["lit", "plain", "none"] = "lit"
    box: bool = True
    size: float = Field(default=1.0, ge=0.5, le=2.0)
    colour: str = "#f8f5ee"
    lit_colour: str = "#ffc454"
    position: Literal["bottom", "top"] = "bottom"

    @field_validator("colour", "lit_colour")
    @classmethod
    def _is_colour(cls, colour: str) -> str:
        digits = colour.removeprefix("#")
        if len(colour) != 7 or len(digits) != 6 or any(char not in "0123456789abcdefABCDEF" for char in digits):
            raise ValueError(f'"{colour}" is no colour; expected six hexadecimal digits such as "#ffc454"')
        return colour.lower()


class Marker(Noun):
    at: int
    note: str


class Track(Noun):
    """V1, A1 …: clips in order of start. `duck_under` names the track whose sound pushes this one down by `duck_db`."""

    name: str
    kind: Literal["picture", "sound"]
    clips: tuple[Clip, ...] = ()
    transitions: tuple[Transition, ...] = ()
    role: Role = "picture"
    gain_db: float = 0.0
    muted: bool = False
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

    def clip(self, clip_id: str) -> Clip | None:
        """The clip with this id, if it lies here."""
        return next((clip for clip in self.clips if clip.id == clip_id), None)


class Timeline(Noun):
    """All tracks of a cut. `rate` is exact: Fraction(24), Fraction(24000, 1001). `version` is set by whoever keeps it; 0 = not kept."""

    title: str
    rate: Fraction
    tracks: tuple[Track, ...]
    captions: tuple[Caption, ...] = ()
    caption_style: CaptionStyle = CaptionStyle()
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

    @property
    def clips(self) -> tuple[Clip, ...]:
        """Every clip, track by track."""
        return tuple(clip for track in self.tracks for clip in track.clips)

    def track(self, name: str) -> Track:
        """The track of that name ("V1", "A2"). Raises: NotFound."""
        for track in self.tracks:
            if track.name == name:
                return track
        raise NotFound.among("track", name, (track.name for track in self.tracks))

    def clip(self, name: str | int) -> Clip:
        """The clip with this name ("2A", "line 12", 12 for a line) or id. Where two have one name, the picture's is meant.

        Raises: NotFound with the nearest names; InputError if several pictures, or several sounds and no picture, have that name.
        """
        return self.place(name)[1]

    def place(self, name: str | int) -> tuple[Track, Clip]:
        """The clip of that name, and the track it lies on. As `clip`."""
        wanted = f"line {name}" if isinstance(name, int) and not isinstance(name, bool) else str(name).strip()
        for track in self.tracks:
            for clip in track.clips:
                if clip.id == wanted:
                    return track, clip
        found = [(track, clip) for track in self.tracks for clip in track.clips if clip.name.casefold() == wanted.casefold()]
        pictures = [each for each in found if each[0].kind == "picture"]
        meant = pictures or found
        if len(meant) > 1:
            told = ", ".join(f'"{clip.id}" at frame {clip.start} on {track.name}' for track, clip in meant[:6])
            raise InputError(f'{len(meant)} clips are called "{wanted}"; expected one. Name it by its id: {told}.')
        if not meant:
            raise NotFound.among("clip", wanted, (clip.name or clip.id for clip in self.clips), see="cut.table()")
        return meant[0]
