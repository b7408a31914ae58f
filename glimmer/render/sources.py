"""Sources: what one shot shows, frame by frame, laid over what is there already. Still, footage, title, lower third, credits, black.

Takes Shots from the plan, draws into planes. A source that covers the whole frame is drawn straight into the encoder's memory; one
in a box, half transparent or with an alpha is laid over the picture inside its own place only.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from glimmer.render.cards import card
from glimmer.render.credits import Credits
from glimmer.render.footage import Footage
from glimmer.render.layers import Layer, lay, layer_of_rgba
from glimmer.render.lut import Lut, read_cube
from glimmer.render.mixing import Place, fill, laid_over, view
from glimmer.render.moves import window
from glimmer.render.opening import Media
from glimmer.render.planes import BLACK, Bytes, Planes, blank, darken, from_rgb, mix, roomy, warp
from glimmer.render.shots import Shot, ShotAt
from glimmer.render.stills import PlanesKept, Still, still_of
from glimmer.render.titling import lower_third, lower_third_rise, lower_third_strength, overlay_title

__all__ = ["Setting", "Source", "source_of"]


@dataclass(frozen=True)
class Setting:
    """Where a source draws: the film's rate, the frame's size (width, height), its media, and the planes that are kept."""

    rate: Fraction
    size: tuple[int, int]
    media: Media
    kept: PlanesKept
    closing: ExitStack


class Source(Protocol):
    def over(self, out: Planes, at: int, *, upper: bool) -> None:
        """Lay the shot's frame `at` over `out`. `upper`: its own fades let through what is there; else they come from black."""


def source_of(begin: ShotAt, setting: Setting) -> Source:
    """The source of a shot, ready to be asked from `begin.offset` on in rising order. What it opens, `setting.closing` closes."""
    shot = begin.shot
    if shot.kind == "still":
        return _StillSource(shot, setting)
    if shot.kind == "footage":
        return _FootageSource(begin, setting)
    if shot.kind == "title":
        return _title(shot, setting)
    return _Black()


class _Black:
    def over(self, out: Planes, at: int, *, upper: bool) -> None:
        fill(out, BLACK)


# ── pictures that the camera may travel over ────────────────────────────────────────────────────────────────
class _Framed:
    """A picture in its place, as light and as solid as the shot says. What is shown at a frame, `_picture` gives."""

    def __init__(self, shot: Shot, setting: Setting) -> None:
        self.shot, self.setting = shot, setting
        self.frame_place = _box_place(shot, setting.size)
        self._scratch: Planes | None = None
        self._last: tuple[object, Planes] | None = None

    def over(self, out: Planes, at: int, *, upper: bool) -> None:
        light = _light(self.shot, at)
        strength = self.shot.opacity * (light if upper else 1.0)
        picture, alpha, place = self._picture(at)
        into = view(out, place)
        if alpha is None and strength >= 1.0:
            self._show(picture, at, into)
            if not upper and light < 1.0:
                darken(into, light)
            return
        shown = self._scratch_of(into.size)
        self._show(picture, at, shown)
        if not upper and light < 1.0:
            darken(shown, light)
        if alpha is None:
            mix(into, shown, strength, into)
        else:
            laid_over(into, shown, self._seen_alpha(picture, alpha, at, shown.size), strength)

    def _picture(self, at: int) -> tuple[Planes, Bytes | None, Place]:
        """The whole picture, its alpha, and the place in the frame that it fills."""
        raise NotImplementedError

    def _view(self, picture: Planes, at: int, size: tuple[int, int]) -> tuple[float, float, float]:
        """Left, top and scale of what is seen of the picture."""
        shot = self.shot
        at, frames = shot.stands or (at, shot.frames)
        progress = at / (frames - 1) if frames > 1 else 0.0
        seen = window(picture.size, size, shot.framing, progress, float(at / self.setting.rate))
        return seen.left, seen.top, seen.width / size[0]

    def _show(self, picture: Planes, at: int, out: Planes) -> None:
        left, top, scale = self._view(picture, at, out.size)
        if picture.size == out.size and (left, top, scale) == (0.0, 0.0, 1.0):
            _copied(picture, out)
            return
        seen = (id(picture), left, top, scale)
        if self._last is not None and self._last[0] == seen:  # a held shot is drawn once and copied
            _copied(self._last[1], out)
            return
        warp(picture, left, top, scale, out)
        if self.shot.framing.move == "hold" or self.shot.stands:
            self._last = seen, Planes(*(plane.copy() for plane in out))
            self._held = picture  # so that its id stays its own

    def _seen_alpha(self, picture: Planes, alpha: Bytes, at: int, size: tuple[int, int]) -> Bytes:
        left, top, scale = self._view(picture, at, size)
        seen = blank(*size)
        empty = Planes(alpha, picture.blue, picture.red)
        warp(empty, left, top, scale, seen)
        return seen.luma

    def _scratch_of(self, size: tuple[int, int]) -> Planes:
        if self._scratch is None or self._scratch.size != size:
            self._scratch = blank(*size)
        return self._scratch


class _StillSource(_Framed):
    def __init__(self, shot: Shot, setting: Setting) -> None:
        super().__init__(shot, setting)
        lut = _lut_of(shot, setting)
        self._still: Still = still_of(
            setting.kept,
            setting.media,
            shot.asset,
            shot.name,
            self.frame_place[2:],
            crop=shot.crop,
            lut=lut.on_rgb if lut else None,
            lut_key=shot.lut,
            with_alpha=shot.clear,
        )
        whole = shot.fit == "fit" or (shot.fit == "auto" and self._still.alpha is not None)  # nobody wants half of a logo
        self._place = _contained(self.frame_place, self._still.planes.size, _leaning(shot)) if whole else self.frame_place

    def _picture(self, at: int) -> tuple[Planes, Bytes | None, Place]:
        return self._still.planes, self._still.alpha, self._place


class _FootageSource(_Framed):
    def __init__(self, begin: ShotAt, setting: Setting) -> None:
        shot = begin.shot
        super().__init__(shot, setting)
        lut = _lut_of(shot, setting)
        zoom = 1.0 if shot.framing.move == "hold" else 1.0 + min(max(shot.framing.strength, 0.0), 0.5)
        self._footage = setting.closing.enter_context(
            Footage(
                setting.media,
                shot.asset,
                shot.name,
                setting.rate,
                self.frame_place[2:],
                first=shot.media_frame(begin.offset),
                step=shot.step,
                zoom=zoom,
                fit=shot.fit,
                crop=shot.crop,
                lut=lut.on_planes if lut else None,
                reels=setting.kept.reels,
            )
        )

    def _picture(self, at: int) -> tuple[Planes, Bytes | None, Place]:
        planes = self._footage.at(self.shot.media_frame(at))
        place = _contained(self.frame_place, planes.size, _leaning(self.shot)) if self.shot.fit == "fit" else self.frame_place
        return planes, self._footage.alpha if self.shot.clear else None, place


class _CardSource(_Framed):
    """A title card with a ground of its own."""

    def __init__(self, shot: Shot, setting: Setting) -> None:
        super().__init__(shot, setting)
        zoom = 1.0 if shot.framing.move == "hold" else 1.5  # a moving card is drawn larger, so that its letters stay sharp
        width, height = (round(side * zoom / 2) * 2 for side in self.frame_place[2:])
        key = ("card", shot.title, shot.subtitle, width, height)
        self._planes = setting.kept.get(key, lambda: roomy(from_rgb(card(shot.title, shot.subtitle, width, height))))

    def _picture(self, at: int) -> tuple[Planes, Bytes | None, Place]:
        return self._planes, None, self.frame_place


# ── words over pictures ─────────────────────────────────────────────────────────────────────────────────────
def _title(shot: Shot, setting: Setting) -> Source:
    if shot.style == "credits":
        return _CreditsSource(shot, setting)
    if shot.style in ("lower_third", "overlay"):
        return _LaidSource(shot, setting)
    return _CardSource(shot, setting)


class _LaidSource:
    """Words that are drawn once and laid over the picture: they come and go softly, and a lower third floats up as it comes."""

    def __init__(self, shot: Shot, setting: Setting) -> None:
        self._shot, self._setting = shot, setting
        draw = lower_third if shot.style == "lower_third" else overlay_title
        key = ("words", shot.style, shot.title, shot.subtitle, setting.size)
        self._layer: Layer = setting.kept.get(key, lambda: layer_of_rgba(*draw(shot.title, shot.subtitle, *setting.size)))

    def over(self, out: Planes, at: int, *, upper: bool) -> None:
        shot, rate = self._shot, self._setting.rate
        strength = lower_third_strength(at, shot.frames, rate) * shot.opacity * _light(shot, at)
        rise = lower_third_rise(at, rate, self._setting.size[1]) if shot.style == "lower_third" else 0
        lay(self._layer, out, strength, dy=rise)


class _CreditsSource:
    def __init__(self, shot: Shot, setting: Setting) -> None:
        self._shot = shot
        key = ("credits", shot.title, shot.subtitle, setting.size)
        self._credits = setting.kept.get(key, lambda: Credits(shot.title, shot.subtitle, *setting.size))

    def over(self, out: Planes, at: int, *, upper: bool) -> None:
        self._credits.draw(at, self._shot.frames, out)
        darken(out, _light(self._shot, at))


def _copied(planes: Planes, out: Planes) -> None:
    for plane, into in zip(planes, out, strict=True):
        into[:] = plane


# ── places ──────────────────────────────────────────────────────────────────────────────────────────────────
def _box_place(shot: Shot, size: tuple[int, int]) -> Place:
    """Where the shot stands in a frame of that size: all of it, or its box, in even pixels inside the frame."""
    if shot.box is None:
        return (0, 0, *size)
    left, top = (_even(share * side) for share, side in ((shot.box.left, size[0]), (shot.box.top, size[1])))
    left, top = min(left, size[0] - 2), min(top, size[1] - 2)
    width = min(max(_even(shot.box.width * size[0]), 2), size[0] - left)
    height = min(max(_even(shot.box.height * size[1]), 2), size[1] - top)
    return left, top, width, height


def _contained(place: Place, picture: tuple[int, int], leaning: tuple[float, float]) -> Place:
    """The largest even place inside `place` that has the picture's shape; `leaning`: 0 to its left or top edge, 1 to its right or bottom."""
    left, top, width, height = place
    scale = min(width / picture[0], height / picture[1])
    inner = (min(max(_even(picture[0] * scale), 2), width), min(max(_even(picture[1] * scale), 2), height))
    return left + _even((width - inner[0]) * leaning[0]), top + _even((height - inner[1]) * leaning[1]), *inner


def _leaning(shot: Shot) -> tuple[float, float]:
    """To which side of its box a picture of another shape goes: to the one that the box itself is nearer to; the middle without a box."""
    if shot.box is None:
        return 0.5, 0.5
    spare = (1.0 - shot.box.width, 1.0 - shot.box.height)
    across, down = (at / room if room > 0 else 0.5 for at, room in zip((shot.box.left, shot.box.top), spare, strict=True))
    return min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)


def _even(length: float) -> int:
    return round(length / 2) * 2


def _light(shot: Shot, at: int) -> float:
    """How light the shot is at its frame `at`, by its own fades: 0 black, 1 as it is."""
    light = 1.0
    first, end = shot.fades_over or (0, shot.frames)
    if shot.fade_in and at < first + shot.fade_in:
        light = (at - first + 1) / (shot.fade_in + 1)
    if shot.fade_out and at >= end - shot.fade_out:
        light = min(light, (end - at) / (shot.fade_out + 1))
    return min(max(light, 0.0), 1.0)


def _lut_of(shot: Shot, setting: Setting) -> Lut | None:
    if not shot.lut:
        return None
    return setting.kept.get(("lut", shot.lut), lambda: read_cube(setting.media(shot.lut), clip=shot.name, asset=shot.lut))
