"""Looks: what is seen of a clip - how the camera travels over it, what is cut off, where it stands in the frame, in which colours.

Takes a Timeline, gives a new one. Nothing here changes a length or a place in time. `framing_for` tells the renderer which framing
counts in a frame of a given shape.
"""

from __future__ import annotations

import re
from typing import Final, Literal, Self, TypeVar, get_args

from glimmer.assembly.changing import with_clip, with_clips, with_track
from glimmer.assembly.checking import chosen, share
from glimmer.assembly.pieces import Box, CameraMove, Clip, Ease, Fit, Framing, Timeline, Track
from glimmer.assembly.titling import Titles
from glimmer.assets.names import is_sha256
from glimmer.errors import InputError
from glimmer.vocabulary import Move

__all__ = ["CORNERS", "Corner", "Looks", "asset_of", "framing_for"]

Cut = TypeVar("Cut", bound=Timeline)
Corner = Literal["top left", "top", "top right", "left", "centre", "right", "bottom left", "bottom", "bottom right"]

CORNERS: Final[tuple[Corner, ...]] = get_args(Corner)
MOVES: Final[tuple[str, ...]] = (*get_args(Move), "handheld")
NEAR_SHAPE: Final = 0.06  # a framing for 9:16 serves 9:15 phones, not 4:5; 16:9 and 1.85 are 4 % apart, 4:5 and 1:1 25 %
MOST_STRENGTH: Final = 0.6  # beyond this less than half of the picture is left in view
SMALLEST: Final = 0.01  # of a picture or a frame: less is a slip of the hand
CUBE: Final = "application/x-cube"
_ROUNDING: Final = 1e-9  # 0.7 + 0.3 may come out above 1
_RATIO: Final = re.compile(r"(\d{1,4}(?:\.\d{1,4})?):(\d{1,4}(?:\.\d{1,4})?)")


def framing_for(clip: Clip, width_px: int, height_px: int) -> Framing:
    """How the camera travels over `clip` in a frame of this size: the one of `reframed` whose shape is nearest, if it is within
    6 %; else the clip's own framing.
    """
    shape = width_px / height_px
    near = [(abs(_ratio(aspect) / shape - 1), framing) for aspect, framing in clip.reframed]
    off, framing = min(near, key=lambda each: each[0], default=(1.0, clip.framing))
    return framing if off <= NEAR_SHAPE else clip.framing


def asset_of(thing: object, what: str) -> str:
    """The sha256 of the asset that `thing` is: such a text, a take, or an entry of a bucket, whose used take is meant.

    Raises: InputError for anything else; a file must be brought into the film first.
    """
    taken = getattr(thing, "used", thing)
    sha256 = getattr(taken, "asset", taken)
    if isinstance(sha256, str) and is_sha256(sha256):
        return sha256
    if thing is not taken and taken is None:
        raise InputError(f"{thing!r:.80} has no take yet; expected {what} to be there. Bring it in with .add(path).")
    raise InputError(
        f"{thing!r:.80} is no {what}; expected a take, an entry of a bucket, or an asset's 64 hexadecimal digits. "
        "A file comes into the film first."
    )


# ── the verbs ───────────────────────────────────────────────────────────────────────────────────────────────
def _on_picture(cut: Cut, name: str | int, verb: str, **update: object) -> Cut:
    """`cut` with these fields of one picture; the same cut if nothing of it changes."""
    track, clip = cut.place(name)
    if track.kind != "picture":
        raise InputError(f'"{clip.name}" lies on {track.name} and is heard, not seen; {verb} expects a picture. See cut.table().')
    new = clip.model_copy(update=update)
    return cut if new == clip else with_clip(cut, new)


def _reframed(clip: Clip, aspect: str, update: dict[str, object]) -> dict[str, object]:
    """The fields of `clip` that change when its framing for `aspect` ("" its own) takes `update`."""
    if not aspect:
        return {"framing": clip.framing.model_copy(update=update)}
    shape = _ratio(aspect)
    before = next((framing for known, framing in clip.reframed if _ratio(known) == shape), clip.framing)
    others = [each for each in clip.reframed if _ratio(each[0]) != shape]
    return {"reframed": tuple(sorted([*others, (aspect, before.model_copy(update=update))], key=lambda each: _ratio(each[0])))}


def _ratio(aspect: str) -> float:
    wide, high = aspect.split(":")
    return float(wide) / float(high)


def _aspect(aspect: object) -> str:
    """`aspect` as "9:16", or "" for the film's own shape."""
    if aspect == "":
        return ""
    found = _RATIO.fullmatch("".join(aspect.split())) if isinstance(aspect, str) else None
    if not found or not float(found[1]) or not float(found[2]) or not 0.2 <= float(found[1]) / float(found[2]) <= 5:
        raise InputError(
            f'aspect can\'t be {aspect!r:.60}; expected width:height such as "9:16", "1:1", "4:5", "16:9" or "2.39:1".'
        )
    return found[0]


def _focus(focus: object) -> tuple[float, float]:
    if not isinstance(focus, tuple | list) or len(focus) != 2:
        raise InputError(f"focus can't be {focus!r:.60}; expected two shares, from the left and the top, such as (0.5, 0.45).")
    return share(focus[0], "focus from the left"), share(focus[1], "focus from the top")


def _stretch(start: object, length: object, names: tuple[str, str]) -> tuple[float, float]:
    """A start and a length that lie in 0..1."""
    begins, lasts = share(start, names[0]), share(length, names[1], SMALLEST)
    if begins + lasts > 1 + _ROUNDING:
        raise InputError(
            f"{names[0]} {begins:g} and {names[1]} {lasts:g} come to {begins + lasts:g}; expected at most 1. "
            f"With {names[0]}={begins:g} the {names[1]} may be {1 - begins:.4g}."
        )
    return begins, min(lasts, 1 - begins)


def _in_corner(corner: str, size: object, margin: object) -> Box:
    """A box of `size` (share of the frame's width, and of its height) at one of nine places, `margin` away from the edges."""
    side, gap = share(size, "size", SMALLEST), share(margin, "margin", 0, 0.45)
    if side + 2 * gap > 1 + _ROUNDING and side < 1:
        raise InputError(f"size {side:g} with a margin of {gap:g} on both sides is more than the frame; expected at most 1 in all.")
    gap = min(gap, (1 - side) / 2)
    left = gap if "left" in corner else 1 - side - gap if "right" in corner else (1 - side) / 2
    top = gap if "top" in corner else 1 - side - gap if "bottom" in corner else (1 - side) / 2
    return Box(left=left, top=top, width=side, height=side)


def _corner(corner: object) -> str:
    """One of the nine places; "bottom-right" and "right bottom" too."""
    asked = re.sub("[-_]", " ", corner).casefold().replace("center", "centre").split() if isinstance(corner, str) else []
    return next((each for each in CORNERS if sorted(each.split()) == sorted(asked)), "") or chosen(corner, "corner", CORNERS)


def _table_of(thing: object) -> str:
    """The asset of a table of colours. Raises: InputError, also for a take or an entry of something else, whose kind is known."""
    asset = asset_of(thing, "table of colours")
    media_type = getattr(getattr(thing, "used", thing), "media_type", "")
    if media_type and media_type != CUBE:
        raise InputError(
            f"{thing!r:.80} is {media_type!s:.60}, no table of colours; expected a .cube file ({CUBE}). Bring it in with .add(path)."
        )
    return asset


def _graded(cut: Cut, track: Track, table: str) -> Cut:
    if track.kind != "picture":
        raise InputError(f"{track.name} is heard, not seen; expected a picture track such as V1.")
    new = with_clips(track, lambda clip: clip.model_copy(update={"lut": table}) if clip.kind in ("still", "footage") else clip)
    return cut if new == track else with_track(cut, new)


class Looks(Titles):
    """The verbs that say what is seen of a clip."""

    def reframe(
        self,
        clip: str | int,
        *,
        move: CameraMove | None = None,
        strength: float | None = None,
        focus: tuple[float, float] | None = None,
        ease: Ease | None = None,
        aspect: str = "",
    ) -> Self:
        """The cut with another travel of the camera over a picture. What is not given stays as it is.

        strength: how much of the picture is travelled or zoomed, 0 to 0.6. focus: where the eye should end up, in shares from the
        left and the top. aspect: only for frames of this shape ("9:16", "1:1", "4:5", "2.39:1"), within 6 %; what such a shape
        has no framing of its own for, it takes from the clip's. A part of a split picture makes another move by itself.
        Raises: InputError for a sound, for black, or if nothing is given; NotFound.

            cut.reframe("2A", move="push_in", strength=0.1).reframe("2A", aspect="9:16", focus=(0.7, 0.4))
        """
        shown = self.place(clip)[1]
        if shown.kind == "black":
            raise InputError(f'"{shown.name}" is black and has no picture to travel over; expected a still, footage or a title.')
        update: dict[str, object] = {}
        if move is not None:
            update["move"] = chosen(move, "move", MOVES)
        if strength is not None:
            update["strength"] = share(strength, "strength", 0, MOST_STRENGTH)
        if focus is not None:
            update["focus"] = _focus(focus)
        if ease is not None:
            update["ease"] = chosen(ease, "ease", get_args(Ease))
        if not update:
            raise InputError("nothing to reframe was said; expected move=, strength=, focus= or ease=.")
        shape = _aspect(aspect)
        another = not shape and update.get("move", shown.framing.move) != shown.framing.move
        whole = {"shot_frames": 0, "shot_at": 0} if another and (shown.kind != "title" or shown.style == "card") else {}
        return _on_picture(self, clip, "reframe", **_reframed(shown, shape, update), **whole)

    def unframe(self, clip: str | int, aspect: str) -> Self:
        """The cut without a picture's own framing for frames of this shape ("9:16"): such a frame takes the clip's again.

        Raises: InputError for a sound, or if it has no framing for that shape; NotFound.

            cut.reframe("2A", aspect="9:16", focus=(0.7, 0.4)).unframe("2A", "9:16")
        """
        shown, shape = self.place(clip)[1], _aspect(aspect)
        kept = tuple(each for each in shown.reframed if not shape or _ratio(each[0]) != _ratio(shape))
        made = _on_picture(self, clip, "unframe", reframed=kept)
        if made is self:
            known = ", ".join(each for each, _ in shown.reframed) or "none"
            raise InputError(
                f'"{shown.name}" has no framing of its own for {aspect!r}; expected one of those it has: {known}. '
                "Its framing for all other shapes is set by reframe."
            )
        return made

    def fit(self, clip: str | int, how: Fit) -> Self:
        """The cut with a picture that covers the frame ("fill": what does not fit its shape is cut off), is shown whole ("fit"), or
        fills unless too much would be cut off ("auto").

        Raises: InputError for a sound or another word; NotFound.
        """
        return _on_picture(self, clip, "fit", fit=chosen(how, "fit", get_args(Fit)))

    def crop(self, clip: str | int, *, left: float = 0, top: float = 0, width: float = 1, height: float = 1) -> Self:
        """The cut with only a part of a picture in use, in shares of it. Without any share, all of it is used again.

        It does not place the picture: what is left of it fills the frame as `fit` says.
        Raises: InputError for a sound, or a part that reaches past the picture; NotFound.

            cut.crop("1A", left=0.1, width=0.8)
        """
        across = _stretch(left, width, ("left", "width"))
        down = _stretch(top, height, ("top", "height"))
        return _on_picture(self, clip, "crop", crop=(across[0], down[0], across[1], down[1]))

    def opacity(self, clip: str | int, share_seen: float) -> Self:
        """The cut with a picture that can be seen through: 1 hides what lies under it, 0 is not seen at all. Under V1 lies black.

        Raises: InputError for a sound, or a number outside 0 to 1; NotFound.
        """
        return _on_picture(self, clip, "opacity", opacity=share(share_seen, "opacity"))

    def inset(
        self,
        clip: str | int,
        corner: Corner = "bottom right",
        *,
        size: float = 0.3,
        margin: float = 0.05,
        left: float | None = None,
        top: float | None = None,
        width: float | None = None,
        height: float | None = None,
    ) -> Self:
        """The cut with a clip as picture in picture: in a corner, or exactly at `left`, `top` with `width` (and `height`).

        All in shares of the frame; `size` and `width` alone keep the frame's shape. On an upper track the picture below stays
        in view around it; on V1 black does. `full` undoes it. `left` or `top` left out is 0 once `width` is given.
        Raises: InputError for a sound, or a box that reaches past the frame; NotFound.

            cut.inset("4B", "top left", size=0.25)
            cut.inset("4B", left=0.6, top=0.1, width=0.35)
        """
        if left is None and top is None and width is None and height is None:
            return _on_picture(self, clip, "inset", box=_in_corner(_corner(corner), size, margin))
        if width is None:
            raise InputError("a box without a width was asked for; expected width=, such as left=0.6, top=0.1, width=0.35.")
        across = _stretch(left or 0, width, ("left", "width"))
        down = _stretch(top or 0, width if height is None else height, ("top", "height"))
        return _on_picture(self, clip, "inset", box=Box(left=across[0], top=down[0], width=across[1], height=down[1]))

    def full(self, clip: str | int) -> Self:
        """The cut with a clip over the whole frame again: no picture in picture. Its crop and fit stay.

        Raises: InputError for a sound; NotFound.
        """
        return _on_picture(self, clip, "full", box=None)

    def lut(self, clip_or_track: str | int, table: object) -> Self:
        """The cut with a table of colours (.cube) laid over one picture, or over every still and footage of a track ("V1").

        table: a take, an entry of a bucket, or an asset's sha256; None takes the table away. Titles on a track keep their colours.
        Raises: InputError for a sound, a sound track, a take of anything but a .cube, or what is no asset; NotFound.

            cut.lut("V1", warm).lut("2A", None)  # `warm` a take that holds a .cube
        """
        asset = "" if table is None else _table_of(table)
        track = next((each for each in self.tracks if each.name == clip_or_track), None)
        return _graded(self, track, asset) if track else _on_picture(self, clip_or_track, "lut", lut=asset)
