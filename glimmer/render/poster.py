"""The poster: a film's picture for cards and folders, chosen where it is well lit."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image

from glimmer import log
from glimmer.assembly.pieces import Timeline
from glimmer.render.keys import look_key
from glimmer.render.opening import Media
from glimmer.render.parts import part_beside
from glimmer.render.picture import drawn_once
from glimmer.render.plan import Flat, Segment
from glimmer.render.planes import Bytes
from glimmer.render.preset import Preset
from glimmer.render.stills import PlanesKept

__all__ = ["poster"]

POSTER_FROM = 0.30  # of the film: past the title, before the turn
POSTER_WIDTH_PX = 1280
WELL_LIT = 45.0  # mean of 0..255
TRIED = 12
SMALL_PX = 160


def poster(cut: Timeline, preset: Preset, media: Media, kept: PlanesKept, cache_dir: Path) -> bytes:
    """A JPEG of the first well-lit picture from 30 % of the film on (then from its start); the brightest if all are dark.

    Kept in `cache_dir` under what the pictures that were looked at show: most edits leave it as it is.
    """
    small, size = Flat(cut, *_size(preset, SMALL_PX)), _size(preset, POSTER_WIDTH_PX)
    tried = [(at_frame, small.at(at_frame)) for at_frame in _middles(cut)[:TRIED]]
    key = look_key("poster", size, cut.frames if not tried else 0, tuple(segment.look() for _, segment in tried))
    path = cache_dir / "posters" / f"{key}.jpg"
    if path.is_file():
        return path.read_bytes()
    at_frame = _lightest(tried, cut, _size(preset, SMALL_PX), media, kept)
    jpeg = _jpeg(drawn_once(Flat(cut, *size).at(at_frame), cut.rate, size, media, kept))
    _keep(jpeg, path)
    return jpeg


def _lightest(tried: list[tuple[int, Segment]], cut: Timeline, size: tuple[int, int], media: Media, kept: PlanesKept) -> int:
    best = (-1.0, min(int(cut.frames * POSTER_FROM), cut.frames - 1))
    for at_frame, segment in tried:
        light = float(drawn_once(segment, cut.rate, size, media, kept).mean())
        best = max(best, (light, at_frame), key=lambda each: each[0])
        if light >= WELL_LIT:
            break
    return best[1]


def _jpeg(picture: Bytes) -> bytes:
    sink = io.BytesIO()
    Image.fromarray(picture).save(sink, "JPEG", quality=88)
    return sink.getvalue()


def _keep(jpeg: bytes, path: Path) -> None:
    """A full disk must not cost a film that is finished: then the poster is drawn again next time."""
    part = part_beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(jpeg)
        os.replace(part, path)
    except OSError as reason:
        log.warning("render.poster_not_kept", reason=str(reason))
    finally:
        part.unlink(missing_ok=True)


def _middles(cut: Timeline) -> list[int]:
    """The middle frames of the film's pictures, those past its first third first."""
    clips = [clip for track in cut.tracks if track.kind == "picture" for clip in track.clips if clip.kind in ("still", "footage")]
    clips.sort(key=lambda clip: (clip.end <= cut.frames * POSTER_FROM, clip.start))
    return [min(max(clip.start + clip.frames // 2, 0), cut.frames - 1) for clip in clips]


def _size(preset: Preset, width_px: int) -> tuple[int, int]:
    width = min(preset.width_px, width_px)
    return width - width % 2, max(round(preset.height_px * width / preset.width_px / 2) * 2, 2)
