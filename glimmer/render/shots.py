"""What one clip shows, free of where it lies: the values that decide a picture, and nothing else.

Takes clips and the transitions they stand in, gives Shots to the plan, and the plan's Layers to the painter. Pure Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from glimmer.assembly.looks import framing_for
from glimmer.assembly.pieces import Box, Clip, Fit, Framing
from glimmer.render.zones import Mix, Zone

__all__ = ["ShotAt", "Mix", "Shot", "shot_of"]

Style = Literal["card", "overlay", "lower_third", "credits"]
_WHOLE = (0.0, 0.0, 1.0, 1.0)
_STILL = Framing()
_NOTHING = Fraction(0)
_NEVER_CLEAR = ("image/jpeg", "image/bmp")  # all else is looked at when it is drawn: a name or a type says nothing of an alpha


@dataclass(frozen=True, slots=True)
class Shot:
    """frames: the whole length that is seen, with what transitions borrow: moves and fades run over it; 0 if nothing changes but the
    footage itself. media_start: the media's frame at the shot's frame 0, in the cut's rate; step: media frames to one of the film,
    below 0 backwards, 0 held. fades_over: its own fades come and go from this frame to before that one, where that is not all of it.
    stands: the frame, and of how many, at which the camera of a held shot stands; () if it moves. clear: it may be transparent.
    name: for messages only.
    """

    kind: Literal["still", "footage", "title", "black"]
    asset: str = ""
    frames: int = 0
    media_start: Fraction = _NOTHING
    step: Fraction = _NOTHING
    framing: Framing = _STILL
    fit: Fit = "auto"
    crop: tuple[float, float, float, float] = _WHOLE
    box: Box | None = None
    opacity: float = 1.0
    lut: str = ""
    fade_in: int = 0
    fade_out: int = 0
    fades_over: tuple[int, int] | None = None
    stands: tuple[int, int] | tuple[()] = ()
    clear: bool = False
    style: Style = "card"
    title: str = ""
    subtitle: str = ""
    name: str = field(default="", compare=False)

    @property
    def fades(self) -> bool:
        return bool(self.fade_in or self.fade_out)

    @property
    def fills(self) -> bool:
        """Whether it covers the whole frame, with nothing to be seen through."""
        if self.box is not None or self.opacity < 1.0 or self.clear:
            return False
        return self.fit != "fit" and self.style not in ("overlay", "lower_third")

    def media_frame(self, at: int) -> Fraction:
        """The media's frame that is shown at the shot's frame `at`."""
        return self.media_start + at * self.step

    def look(self, offset: int) -> tuple[object, ...]:
        """All that decides how it looks from its frame `offset` on. Where in the film, and where nothing changes in the shot, is not in it."""
        if self.frames:
            start: Fraction | int = self.media_start
        else:
            start, offset = self.media_frame(offset), 0
        framing, box = self.framing, self.box
        return (
            (self.kind, self.asset, self.frames, offset, str(start), str(self.step)),
            (framing.move, framing.strength, framing.focus, framing.ease) if self.kind != "black" else (),
            (self.fit, self.crop, (box.left, box.top, box.width, box.height) if box else (), self.opacity, self.lut),
            (self.fade_in, self.fade_out, self.clear, self.style, self.title, self.subtitle),
            *((self.fades_over, self.stands) if self.fades_over or self.stands else ()),
        )


@dataclass(frozen=True, slots=True)
class ShotAt:
    """A shot and the frame of it that a segment begins with."""

    shot: Shot
    offset: int

    def later(self, frames: int) -> ShotAt:
        return ShotAt(self.shot, self.offset + frames)

    def look(self) -> tuple[object, ...]:
        return self.shot.look(self.offset)


def shot_of(clip: Clip, into: Zone | None, out_of: Zone | None, size: tuple[int, int], *, upper: bool = False) -> tuple[Shot, int]:
    """What `clip` shows in a frame of that size (width, height), and the film's frame at which the shot's frame 0 lies.

    Before the clip's start it has what a transition into it borrows, after its end what one out of it does. The shot of a part of a
    split clip is the whole one's: the same value, as long as nothing else was done to the part.
    """
    lead = clip.start - into.start if into is not None and into.borrows else 0
    tail = out_of.end - clip.end if out_of is not None and out_of.borrows else 0
    framing = framing_for(clip, *size)
    rolls = clip.kind == "title" and (clip.style != "card" or upper)  # they come and go, or roll
    changing = framing.move != "hold" or clip.fade_in or clip.fade_out or rolls
    moving = clip.kind == "footage" and not clip.frozen
    seen = lead + clip.frames + tail
    part = bool(clip.shot_frames) and bool(changing)
    before = clip.shot_at if part and not clip.frozen else lead  # frames of the shot before the clip's first
    frames = clip.shot_frames if part and not clip.frozen else seen
    fades = bool(clip.fade_in or clip.fade_out)
    shot = Shot(
        kind=clip.kind if clip.kind != "sound" else "black",  # sound on a picture track shows nothing
        asset=clip.asset,
        frames=frames if changing and (fades or not (part and clip.frozen)) else 0,
        media_start=clip.media_frame(-before) if clip.kind == "footage" else Fraction(0),
        step=(-clip.speed if clip.backwards else clip.speed) if moving else Fraction(0),
        framing=framing,
        fit="fit" if clip.box is not None and clip.fit == "auto" else clip.fit,  # an inset keeps the shape of its picture
        crop=clip.crop,
        box=clip.box,
        opacity=clip.opacity,
        lut=clip.lut,
        fade_in=clip.fade_in,
        fade_out=clip.fade_out,
        fades_over=(before - lead, before - lead + seen) if fades and (before, frames) != (lead, seen) else None,
        stands=(clip.shot_at, clip.shot_frames) if part and clip.frozen else (),
        clear=(upper or clip.box is not None) and clip.kind in ("still", "footage") and clip.media_type not in _NEVER_CLEAR,
        style="overlay" if clip.kind == "title" and clip.style == "card" and upper else clip.style,
        title=clip.title,
        subtitle=clip.subtitle,
        name=clip.name,
    )
    return shot, clip.start - before
