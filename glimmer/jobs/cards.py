"""How a render and its film look."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from glimmer.assets import shrunk
from glimmer.display import Html, Media, bytes_text, card, duration_text, media_url, one_line, thumbnail_uri

if TYPE_CHECKING:
    from glimmer.render.nouns import Progress, Rendered

__all__ = ["film_card", "film_line", "job_card"]


def film_line(made: Rendered) -> str:
    """One line: film · 1280x720 · 24 fps · 44.0 s · -16.0 LUFS."""
    return one_line(
        "film",
        f"{made.width_px}x{made.height_px}",
        f"{float(made.rate):.5g} fps",
        duration_text(made.seconds),
        f"{made.lufs:.1f} LUFS",
    )


def film_card(path: Path, made: Rendered) -> Html:
    """A player and the film's facts."""
    facts = [
        ("length", duration_text(made.seconds)),
        ("picture", f"{made.width_px} × {made.height_px}"),
        ("a second", f"{float(made.rate):.5g}"),
        ("loudness", f"{made.lufs:.1f} LUFS"),
        ("peak", f"{made.true_peak_db:.1f} dBTP"),
        ("size", bytes_text(made.bytes)),
        ("segments", f"{made.segments_made} made, {made.segments - made.segments_made} re-used"),
    ]
    poster = _small(made.poster)
    media = Media(media_url(path), "video", thumbnail_uri(poster) if poster else "")
    return card(path.name, facts, subtitle="film", media=media, notices=made.notices)


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
