"""A cut as a clip of moviepy, for whoever goes on there: the same pictures and the same mix as in the film, drawn when asked for.

The length is exactly the cut's; frame n is shown from n / rate to (n + 1) / rate. moviepy comes with the extra [moviepy].
"""

from __future__ import annotations

import tempfile
import threading
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from glimmer.assembly.pieces import Timeline
from glimmer.errors import InputError, NotInstalled
from glimmer.render.mix import mixed
from glimmer.render.opening import Media
from glimmer.render.picture import Painter
from glimmer.render.plan import RenderPlan, plan
from glimmer.render.planes import Bytes, blank, to_rgb
from glimmer.render.preset import Preset
from glimmer.render.stills import PlanesKept

__all__ = ["to_moviepy"]

_SOUND_RATE: Final = 48_000
_EARLY: Final = 1e-6  # seconds; moviepy asks for float times, and n / rate may come a hair before frame n


def to_moviepy(cut: Timeline, *, media: Media, width_px: int, height_px: int, captions: bool = True) -> Any:
    """`cut` as a moviepy VideoClip of that size (even sides), at the cut's rate, with its sound; `captions` are burned in or not.

    Its sound is the mix, not brought to a loudness: that is a film's last step. It is mixed now, into a temporary file; pictures are
    drawn one by one as moviepy asks, quickest in rising order. Raises: NotInstalled without moviepy, MediaError.
    """
    clip_of, sound_of = _moviepy()
    if not cut.frames or width_px % 2 or height_px % 2:
        raise InputError(
            f"{cut.frames} frames of {width_px} × {height_px} px can't be a clip; expected at least one frame, and even sides."
        )
    preset = Preset(name="moviepy", width_px=width_px, height_px=height_px, rate=cut.rate)
    planned = plan(cut, preset, captions=captions)
    drawing = _Drawing(planned, media)
    clip = clip_of(frame_function=drawing.at, duration=float(cut.frames / cut.rate)).with_fps(float(cut.rate))
    heard = _mixed(planned, media)
    return clip if heard is None else clip.with_audio(sound_of(heard, fps=_SOUND_RATE))


def _moviepy() -> tuple[Callable[..., Any], Callable[..., Any]]:
    try:
        from moviepy import VideoClip  # type: ignore[import-not-found,import-untyped]
        from moviepy.audio.AudioClip import AudioArrayClip  # type: ignore[import-not-found,import-untyped]
    except ImportError as error:
        raise NotInstalled(
            f'cut.to_moviepy() needs moviepy 2, which is not installed here ({error}). pip install "glimmer-studio[moviepy]"',
            extra="moviepy",
        ) from error
    return VideoClip, AudioArrayClip


class _Drawing:
    """The frames of a plan by their time. One segment's painter is open at a time; any thread may ask."""

    def __init__(self, planned: RenderPlan, media: Media) -> None:
        self._planned, self._media, self._kept = planned, media, PlanesKept()
        self._starts = [segment.start for segment in planned.segments]
        self._size = (planned.preset.width_px, planned.preset.height_px)
        self._lock = threading.Lock()
        self._open: tuple[int, int, Painter] | None = None  # which segment, its last frame drawn, its painter

    def at(self, seconds: float) -> Bytes:
        """uint8 RGB (height, width, 3)."""
        wanted = int((seconds + _EARLY) * self._planned.preset.rate)
        wanted = min(max(wanted, 0), self._planned.frames - 1)
        with self._lock:
            return self._drawn(wanted)

    def _drawn(self, wanted: int) -> Bytes:
        place = bisect_right(self._starts, wanted) - 1
        segment = self._planned.segments[place]
        number = wanted - segment.start
        painter = self._painter(place, number)
        out = blank(*self._size)
        painter.draw(number, out)
        self._open = (place, number, painter)
        if number == segment.frames - 1:
            self._close()  # whoever goes through the film in order leaves no file open
        return np.ascontiguousarray(to_rgb(out))

    def _painter(self, place: int, number: int) -> Painter:
        if self._open is not None and self._open[0] == place and self._open[1] <= number:
            return self._open[2]
        self._close()
        rate = self._planned.preset.rate
        return Painter(self._planned.segments[place], rate=rate, size=self._size, media=self._media, kept=self._kept)

    def _close(self) -> None:
        if self._open is not None:
            self._open[2].__exit__()
            self._open = None


def _mixed(planned: RenderPlan, media: Media) -> Any:
    """The mix as float32 (samples, 2), in a file that goes with it: an hour of sound is 1.4 GB. None where nothing is on a sound track."""
    if not any(track.pieces for track in planned.sound.tracks):
        return None
    spool = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as the array
    for block in mixed(planned.sound, media):
        spool.write(block.astype(np.float32).tobytes())
    spool.flush()
    return np.memmap(spool, np.float32, "r").reshape(-1, 2)
