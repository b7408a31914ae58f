"""Footage: any clip of any rate, size and rotation, conformed to the cut by its timestamps.

Frame n of the cut shows the picture that the clip shows at n / rate seconds: variable rates, dropped frames and 23.976 in a 30
fps cut need no special case, and slow motion, fast motion and reverse are other values of n. Before its first picture the first
is held, after its last the last.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple, Self

from glimmer.assembly.pieces import Fit
from glimmer.errors import MediaError
from glimmer.render.fitting import Fitting, Shown
from glimmer.render.opening import Media
from glimmer.render.planes import Bytes, Planes
from glimmer.render.reel import Picture, Reel, Reels, Walk, walk_from

__all__ = ["Footage"]

CLOCK_SLACK = Fraction(1, 2000)  # seconds; timestamps are rounded to the ticks of their container's clock
BACKWARDS_BYTES = 160 * 1024**2  # 51 pictures of 1080p: a segment of 48 frames is decoded once


class Footage:
    """The pictures of one clip. Must be closed: `with Footage(...) as footage`.

    rate: the cut's; places in the media are said in frames of it. first: the place that is asked for first. step: how the places go
    on: rising (> 0), falling (< 0) or always the same (0); any other order is right as well, only slow.
    frame_size: (width, height) of the film's frame. zoom: the closest that the camera comes, so that the footage is scaled once to
    what is needed. fit: "fill" covers the frame, and is larger than it on one side where the shapes differ; "fit" is contained in it,
    and smaller on one side; "auto" fills unless more than 45 % would be cut off, and then shows the whole picture before itself
    blurred, exactly as large as the frame. crop: left, top, width, height in shares of the upright picture: all else is not there.
    lut: laid over the picture's colours, after it was scaled. reels: where the file waits, still open, for the next that goes on from here.

    Does not mix neighbouring pictures: slow motion holds them. Raises: MediaError, LimitError.
    """

    def __init__(
        self,
        media: Media,
        asset: str,
        clip_name: str,
        rate: Fraction,
        frame_size: tuple[int, int],
        *,
        first: Fraction | int,
        step: Fraction | int = Fraction(1),
        zoom: float = 1.0,
        fit: Fit = "auto",
        crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0),
        lut: Callable[[Planes], Planes] | None = None,
        reels: Reels | None = None,
    ) -> None:
        self._rate, self._asset, self._reels = rate, asset, reels if step > 0 else None
        found = self._reels.taken(asset, self._seconds(first)) if self._reels is not None else None
        self._reel = found.reel if found is not None else Reel(media(asset), clip=clip_name, asset=asset)
        fitting = Fitting(frame_size, pixel_aspect=self._reel.pixel_aspect, zoom=zoom, fit=fit, crop=crop, lut=lut)
        self._player: _Forwards | _Backwards
        if step < 0:
            self._player = _Backwards(self._reel, fitting, frame_size, zoom)
        else:
            self._player = _Forwards(fitting, found or walk_from(self._reel, self._seconds(first)))
        self._shown: Shown | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, or leave it open to the `reels` that it came with."""
        if self._reels is not None and isinstance(self._player, _Forwards) and self._player.is_whole:
            self._reels.park(self._asset, self._player.walk)
        else:
            self._reel.close()

    def at(self, media_frame: Fraction | int) -> Planes:
        """The picture shown at `media_frame` of the media, in the cut's rate: the last one whose time is not after it.

        The planes are the same objects for the same picture, and are not to be drawn into. Where the footage has alpha they lie over
        black already: over another picture they are laid as `planes + (under − black) × (1 − alpha)`.
        """
        shown = self._player.at(self._seconds(media_frame))
        if shown is None:
            raise MediaError(f"{self._reel.name} holds no picture that can be read; make or import the take again.")
        self._shown = shown
        return shown.planes

    @property
    def alpha(self) -> Bytes | None:
        """How opaque the last picture given is, as large as its luma: 0 nothing, 255 all; None if it has no alpha."""
        return self._shown.alpha if self._shown is not None else None

    def _seconds(self, media_frame: Fraction | int) -> Fraction:
        return Fraction(media_frame) / self._rate + CLOCK_SLACK


class _Forwards:
    """Pictures in rising order. A step back is a new walk."""

    def __init__(self, fitting: Fitting, walk: Walk) -> None:
        self._fitting, self.walk = fitting, walk
        self._shown: tuple[Picture, Shown] | None = None
        self.is_whole = True  # no walk broke off in an error

    def at(self, seconds: Fraction) -> Shown | None:
        self.is_whole = False
        if self.walk.held is not None and seconds < self.walk.held.seconds:
            self.walk = walk_from(self.walk.reel, seconds)
        held = self.walk.go_to(seconds)
        if held is not None and (self._shown is None or self._shown[0] is not held):
            self._shown = held, self._fitting.shown(held.frame)
        self.is_whole = True
        return self._shown[1] if self._shown is not None else None


class _Kept(NamedTuple):
    seconds: Fraction
    shown: Shown


class _Backwards:
    """Pictures in falling order: a stretch is decoded forwards, kept as planes up to a bound, and given from its end."""

    def __init__(self, reel: Reel, fitting: Fitting, frame_size: tuple[int, int], zoom: float) -> None:
        self._reel, self._fitting = reel, fitting
        self._kept: deque[_Kept] = deque()
        self._until: Fraction | None = None  # the kept ones are all that there are before this moment; None: to the end
        self._most = max(
            int(BACKWARDS_BYTES / (1.5 * frame_size[0] * frame_size[1] * zoom**2)), 2
        )  # if they are as large as the frame

    def at(self, seconds: Fraction) -> Shown | None:
        if not self._kept or seconds < self._kept[0].seconds or (self._until is not None and seconds >= self._until):
            self._keep_before(seconds)
        while len(self._kept) > 1 and self._kept[-1].seconds > seconds:
            self._until = self._kept.pop().seconds
        return self._kept[-1].shown if self._kept else None

    def _keep_before(self, seconds: Fraction) -> None:
        """Keep what is shown up to `seconds`, as much of it as fits."""
        self._kept.clear()
        since = seconds - self._most * self._reel.picture_seconds
        for picture, until in _with_ends(self._reel.pictures(since)):
            self._until = until
            if until is not None and until <= since:
                continue  # over before what is kept begins: decoded, as all before a picture is, but not scaled
            self._kept.append(_Kept(picture.seconds, self._fitting.shown(picture.frame)))
            self._most = max(BACKWARDS_BYTES // max(self._kept[-1].shown.nbytes, 1), 2)
            if len(self._kept) > self._most:
                self._kept.popleft()
            if until is not None and until > seconds:
                return


def _with_ends(pictures: Iterator[Picture]) -> Iterator[tuple[Picture, Fraction | None]]:
    """Every picture with the moment at which the next one comes; None for the last."""
    held: Picture | None = None
    for picture in pictures:
        if held is not None:
            yield held, picture.seconds
        held = picture
    if held is not None:
        yield held, None
