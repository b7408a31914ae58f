"""The poster: a film's picture for cards and folders, chosen where it is well lit."""

from __future__ import annotations

import io

from PIL import Image

from glimmer.assembly.pieces import Timeline
from glimmer.render.opening import Media
from glimmer.render.picture import drawn_once
from glimmer.render.plan import Flat
from glimmer.render.preset import Preset
from glimmer.render.stills import PlanesKept

__all__ = ["poster"]

POSTER_FROM = 0.30  # of the film: past the title, before the turn
POSTER_WIDTH_PX = 1280
WELL_LIT = 45.0  # mean of 0..255
TRIED = 12
SMALL_PX = 160


def poster(cut: Timeline, preset: Preset, media: Media, kept: PlanesKept) -> bytes:
    """A JPEG of the first well-lit picture from 30 % of the film on (then from its start); the brightest if all are dark."""
    small = Flat(cut, *_size(preset, SMALL_PX))
    best = (-1.0, min(int(cut.frames * POSTER_FROM), cut.frames - 1))
    for at_frame in _middles(cut)[:TRIED]:
        light = float(drawn_once(small.at(at_frame), cut.rate, _size(preset, SMALL_PX), media, kept).mean())
        best = max(best, (light, at_frame), key=lambda each: each[0])
        if light >= WELL_LIT:
            break
    size = _size(preset, POSTER_WIDTH_PX)
    picture = drawn_once(Flat(cut, *size).at(best[1]), cut.rate, size, media, kept)
    sink = io.BytesIO()
    Image.fromarray(picture).save(sink, "JPEG", quality=88)
    return sink.getvalue()


def _middles(cut: Timeline) -> list[int]:
    """The middle frames of the film's pictures, those past its first third first."""
    clips = [clip for track in cut.tracks if track.kind == "picture" for clip in track.clips if clip.kind in ("still", "footage")]
    clips.sort(key=lambda clip: (clip.end <= cut.frames * POSTER_FROM, clip.start))
    return [min(max(clip.start + clip.frames // 2, 0), cut.frames - 1) for clip in clips]


def _size(preset: Preset, width_px: int) -> tuple[int, int]:
    width = min(preset.width_px, width_px)
    return width - width % 2, max(round(preset.height_px * width / preset.width_px / 2) * 2, 2)
