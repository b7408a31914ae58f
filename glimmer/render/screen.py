"""The screen: a cut looked at and listened to at once, without rendering the film. What `cut.frame(…)` and its sisters ask.

Takes cuts, gives PIL images, small films, plots. Keeps the stills it has seen and the last pictures it drew, so that going from
frame to frame is quick. Media come from the studios that are open.
"""

from __future__ import annotations

import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from glimmer.assembly.conform import at_rate
from glimmer.assembly.pieces import Timeline
from glimmer.assets import cache_of_open_studio, find_in_open_studios
from glimmer.display import Html, Media, card, duration_text, media_url, one_line
from glimmer.errors import MediaError
from glimmer.render.film import render_part
from glimmer.render.keys import look_key
from glimmer.render.picture import drawn_once
from glimmer.render.plan import Flat
from glimmer.render.planes import Bytes
from glimmer.render.preset import Preset, preset_named
from glimmer.render.stills import PlanesKept

if TYPE_CHECKING:
    from glimmer.render.listening import Heard

__all__ = ["SCREEN", "OpenScreen", "Preview"]

_KEPT_BYTES = 256 * 1024**2
_KEPT_PICTURES = 24
_KEPT_CUTS = 4


@dataclass(frozen=True, slots=True)
class Preview:
    """A stretch of a cut as a small film at `path`, `seconds` long."""

    title: str
    path: Path
    first_frame: int
    end_frame: int
    seconds: float

    def __repr__(self) -> str:
        return one_line(f'preview of "{self.title}"', f"frames {self.first_frame} to {self.end_frame}", duration_text(self.seconds))

    __str__ = __repr__

    def _repr_html_(self) -> Html:
        facts = [("from", f"frame {self.first_frame:,}"), ("to", f"{self.end_frame:,}"), ("length", duration_text(self.seconds))]
        return card(self.title, facts, subtitle="preview", media=Media(media_url(self.path), "video", ""))


class OpenScreen:
    """One for a process; any thread may ask it."""

    def __init__(self) -> None:
        self._kept = PlanesKept(_KEPT_BYTES)
        self._lock = threading.Lock()
        self._pictures: OrderedDict[str, Bytes] = OrderedDict()
        self._flats: list[tuple[Timeline, tuple[int, int, bool], Flat]] = []

    def frame(self, cut: Timeline, at_frame: int, *, preset: str, captions: bool) -> Image.Image:
        wanted = preset_named(preset)
        size = (wanted.width_px, wanted.height_px)
        segment = self._flat(cut, (*size, captions)).at(at_frame)
        key = look_key("looked at", size, segment.look())
        with self._lock:
            drawn = self._pictures.get(key)
        if drawn is None:
            drawn = drawn_once(segment, cut.rate, size, _media, self._kept)
            with self._lock:
                self._pictures[key] = drawn
                while len(self._pictures) > _KEPT_PICTURES:
                    self._pictures.popitem(last=False)
        return Image.fromarray(drawn)

    def preview(self, cut: Timeline, first_frame: int, end_frame: int, *, preset: str, captions: bool) -> Preview:
        wanted = preset_named(preset)
        at_cut_rate = Preset.model_validate(wanted.model_dump() | {"rate": cut.rate})
        cache = _cache(cut)
        path = render_part(cut, at_cut_rate, (first_frame, end_frame), media=_media, cache_dir=cache, captions=captions)
        return Preview(cut.title, path, first_frame, end_frame, float((end_frame - first_frame) / cut.rate))

    def sound(self, cut: Timeline) -> Heard:
        from glimmer.render.listening import listened

        return listened(cut, media=_media)

    def to_moviepy(self, cut: Timeline, *, preset: str, captions: bool) -> Any:
        from glimmer.render.to_moviepy import to_moviepy

        wanted = preset_named(preset)
        conformed = at_rate(cut, wanted.rate)
        return to_moviepy(conformed, media=_media, width_px=wanted.width_px, height_px=wanted.height_px, captions=captions)

    def _flat(self, cut: Timeline, look: tuple[int, int, bool]) -> Flat:
        """The flat pictures of a cut, kept for the last few that were asked for. A cut is a value: the same object never changes."""
        with self._lock:
            for known, known_look, flat in self._flats:
                if known is cut and known_look == look:
                    return flat
        flat = Flat(cut, look[0], look[1], captions=look[2])
        with self._lock:
            self._flats = [*self._flats[-_KEPT_CUTS + 1 :], (cut, look, flat)]
        return flat


SCREEN = OpenScreen()


def _media(asset: str) -> Path:
    found = find_in_open_studios(asset)
    if found is None:
        raise MediaError(
            f"the media {asset[:12]} is in no studio that is open here. Open the film it belongs to: film = gl.Project(…), and look again."
        )
    return found


def _cache(cut: Timeline) -> Path:
    """Where pieces of this cut are kept: in its studio; in the machine's temporary folder for a cut that has no media at all."""
    for clip in cut.clips:
        cache = cache_of_open_studio(clip.asset) if clip.asset else None
        if cache is not None:
            return cache
    return Path(tempfile.gettempdir()) / "glimmer-previews"
