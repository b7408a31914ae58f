"""How a render and its film look."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

from glimmer.assets import shrunk
from glimmer.display import Html, Media, Picture, bytes_text, card, duration_text, media_url, one_line, thumbnail_uri

if TYPE_CHECKING:
    from glimmer.render.nouns import Progress, Rendered

__all__ = ["film_card", "film_line", "job_card"]


_PLAYED: Final = (".mp4", ".m4v", ".webm")
_HEARD: Final = (".m4a", ".wav", ".flac", ".ogg")
_SILENCE_LUFS: Final = -70.0


def film_line(made: Rendered) -> str:
    """One line: film · 1280x720 · 24 fps · 44.0 s · -16.0 LUFS."""
    seen = (f"{made.width_px}x{made.height_px}", f"{float(made.rate):.5g} fps") if made.width_px else ("sound alone",)
    return one_line("film", *seen, duration_text(made.seconds), f"{made.lufs:.1f} LUFS" if _is_heard(made) else "silent")


def film_card(path: Path, made: Rendered) -> Html:
    """A player and the film's facts."""
    facts = [("length", duration_text(made.seconds))]
    if made.width_px:
        facts += [("picture", f"{made.width_px} × {made.height_px}"), ("a second", f"{float(made.rate):.5g}")]
    if _is_heard(made):
        facts += [("loudness", f"{made.lufs:.1f} LUFS"), ("peak", f"{made.true_peak_db:.1f} dBTP")]
    facts.append(("size", bytes_text(made.bytes)))
    if made.segments:
        facts.append(("segments", f"{made.segments_made} made, {made.segments - made.segments_made} re-used"))
    poster = _small(made.poster)
    shown = thumbnail_uri(poster) if poster else ""
    if path.suffix in _PLAYED:
        return card(path.name, facts, subtitle="film", media=Media(media_url(path), "video", shown), notices=made.notices)
    if path.suffix in _HEARD:
        return card(path.name, facts, subtitle="film", media=Media(media_url(path), "audio"), notices=made.notices)
    uri = media_url(path) if path.suffix == ".gif" else shown  # browsers play no ProRes: its poster stands there
    return card(path.name, facts, subtitle="film", picture=Picture(uri, path.stem), notices=made.notices)


def _is_heard(made: Rendered) -> bool:
    return made.lufs > _SILENCE_LUFS


def job_card(title: str, error: str, latest: Progress | None) -> Html:
    facts = []
    if latest is not None:
        facts = [("stage", latest.stage), ("frames", f"{latest.frames_done:,} of {latest.frames_total:,}")]
    return card(title, facts, notices=[error] if error else [])


def _small(jpeg: bytes) -> bytes:
    """The poster, small enough for a card."""
    from PIL import Image

    if not jpeg:
        return b""
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
        return shrunk(image, 720)
