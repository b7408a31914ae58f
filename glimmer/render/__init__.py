"""The render room: takes an Assembly and a Preset, gives an MP4.

The road inside, in order; each file may use what stands before it:

    preset      how large, how fast, in which code, how loud
    zones, shots            where transitions lie, what a clip shows        linebreak, paging   captions into pages    (pure Python)
    sound_plan, plan        a cut -> segments with content keys + one sound plan                                     (pure Python)
    opening     every foreign file is opened here, and nowhere else
    planes      Y, U and V planes: the colours a film is made of
    moves, stills, reel, fitting, footage      what a shot shows           fonts, lettering, cards, titling, credits   words as pictures
    lut, layers, captions                      what is laid over it
    sources, mixing, picture                   one frame, drawn
    codecs, encoder, samples, join, gif        frames -> segment files -> one film
    pitch, mix, loudness, soundtrack, stems    clips -> one mastered track
    nouns       how far a render is, and what it made
    pool, poster, film      render(): plan -> segments in a pool of threads -> join
    screen      cut.frame(), cut.preview(), cut.sound(): looking at once

Heavy packages (av, cv2, numpy, PIL) are imported by the files of this package, never by this one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from glimmer.assembly.viewing import Screen, shown_by

if TYPE_CHECKING:
    from glimmer.render.film import render, render_key
    from glimmer.render.nouns import Progress, Rendered
    from glimmer.render.picture import frame, thumbnail
    from glimmer.render.preset import PRESETS, Preset, preset_named

__all__ = ["PRESETS", "Preset", "Progress", "Rendered", "frame", "preset_named", "render", "render_key", "thumbnail"]



def _screen() -> Screen:
    screen: Screen = import_module("glimmer.render.screen").SCREEN
    return screen


shown_by(_screen)  # so that cut.frame(…) draws, and only then imports what is heavy

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
