"""Viewing: looking at a cut and listening to it, without rendering the film.

A cut is only values; who can draw it stands higher on the road and registers here with `shown_by`. The render room does, when it is
imported. The media come from whichever open studio has them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from glimmer.assembly.pieces import Timeline
from glimmer.errors import InputError, MissingPiece
from glimmer.timecode import Timecode, frames_of

__all__ = ["Screen", "Viewing", "shown_by"]


class Screen(Protocol):
    """Who can draw and play a cut. Everything in whole frames of the cut's rate."""

    def frame(self, cut: Timeline, at_frame: int, *, preset: str, captions: bool) -> Any: ...

    def preview(self, cut: Timeline, first_frame: int, end_frame: int, *, preset: str, captions: bool) -> Any: ...

    def sound(self, cut: Timeline) -> Any: ...

    def to_moviepy(self, cut: Timeline, *, preset: str, captions: bool) -> Any: ...


_open_screen: list[Callable[[], Screen]] = []


def shown_by(open_screen: Callable[[], Screen]) -> None:
    """Let cuts be looked at with the screen that `open_screen` gives; it is asked when somebody looks."""
    _open_screen[:] = [open_screen]


def _checked(captions: bool) -> bool:
    if not isinstance(captions, bool):
        raise InputError(f"captions={captions!r:.40}; expected True or False. How they look: cut.captions_as(look=…, size=…).")
    return captions


def _screen() -> Screen:
    if not _open_screen:
        raise MissingPiece("nothing here can draw a cut yet. Import the renderer first: import glimmer.render.")
    return _open_screen[0]()


class Viewing(Timeline):
    """Looking at the cut, at once."""

    def frame(self, at: int | str | Timecode = 0, *, preset: str = "1080p24", captions: bool = True) -> Any:
        """The picture at a time: frames, or a timecode such as "00:00:12:00". A PIL image of the preset's size, as the film will show it.

        Raises: InputError past the film's end, MediaError for media that can't be read.
        """
        return _screen().frame(self, self._inside(at), preset=preset, captions=_checked(captions))

    def preview(
        self,
        start: int | str | Timecode = 0,
        end: int | str | Timecode | None = None,
        *,
        preset: str = "draft",
        captions: bool = True,
    ) -> Any:
        """From `start` to before `end` (ten seconds later, if not given) as a small film of its own, to be played in the notebook.

        Drawn as the film will be, in the preset's size. What was previewed once is not made again. Its loudness is that of the mix,
        not brought to the film's target: that is known only for the whole.
        """
        first = self._inside(start)
        last = min(first + round(10 * self.rate), self.frames) if end is None else frames_of(end, self.rate)
        if not first < last <= self.frames:
            raise InputError(
                f"a preview from frame {first} to {last}; expected an end after its start and at most {self.frames}, the film's length."
            )
        return _screen().preview(self, first, last, preset=preset, captions=_checked(captions))

    def sound(self) -> Any:
        """What is heard: waveforms, where somebody speaks, how far the music is ducked, and how loud it is, as a card and as data."""
        return _screen().sound(self)

    def to_moviepy(self, *, preset: str = "1080p24", captions: bool = True) -> Any:
        """The cut as a moviepy clip, with its sound. Raises: NotInstalled without the extra [moviepy]."""
        return _screen().to_moviepy(self, preset=preset, captions=_checked(captions))

    def _inside(self, at: int | str | Timecode) -> int:
        frame = frames_of(at, self.rate)
        if not 0 <= frame < self.frames:
            last = Timecode(max(self.frames - 1, 0), self.rate)
            raise InputError(
                f'"{self.title}" has no frame {at!r}; expected one from 0 to {self.frames - 1} ("{last}"). Ask for one of those.'
            )
        return frame
