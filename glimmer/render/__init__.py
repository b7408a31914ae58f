"""The render room: takes an Assembly and a Preset, gives an MP4.

The road inside, in order; each file may use what stands before it:

    preset      how large, how fast, how loud
    moves       where the camera is in a still               linebreak, paging   captions into pages     (pure Python)
    plan        a cut -> segments with content keys + one sound plan                                     (pure Python)
    opening     every foreign file is opened here, and nowhere else
    planes      Y, U and V planes: the colours a film is made of
    stills, footage                what a shot shows          fonts, lettering, cards, captions    words as pictures
    picture     one frame, drawn
    encoder, join                  frames -> segment files -> one film
    mix, loudness, soundtrack      clips -> one mastered track
    nouns       how far a render is, and what it made
    film        render(): plan -> segments in a pool of threads -> join

Heavy packages (av, cv2, numpy, PIL, scipy) are imported by the files of this package, never by this one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glimmer.render.film import render, render_key
    from glimmer.render.nouns import Progress, Rendered
    from glimmer.render.picture import frame, thumbnail
    from glimmer.render.preset import PRESETS, Preset, preset_named

__all__ = ["PRESETS", "Preset", "Progress", "Rendered", "frame", "preset_named", "render", "render_key", "thumbnail"]

_HOMES = {
    "PRESETS": "preset",
    "Preset": "preset",
    "Progress": "nouns",
    "Rendered": "nouns",
    "frame": "picture",
    "preset_named": "preset",
    "render": "film",
    "render_key": "film",
    "thumbnail": "picture",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'glimmer.render' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"glimmer.render.{_HOMES[name]}"), name)
