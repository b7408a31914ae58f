"""How a film looks as a whole: its script, its buckets, what it has cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glimmer.display import Html, Picture, Table, card, cost_text, thumbnail_uri

if TYPE_CHECKING:
    from glimmer.project import Project

__all__ = ["project_card"]


def project_card(film: Project) -> Html:
    """The card of a Project: models, cost, what stands in each bucket, and the next step where one is missing."""
    calls, usd = film.store.spent()
    facts = [("models", film.models.note), ("spent", f"{cost_text(usd)} in {calls} calls"), ("studio", str(film.studio))]
    rows: list[tuple[object, ...]] = [("screenplays", len(film.screenplays), "", "")]
    for bucket in (film.characters, film.video, film.audio, film.music):
        entries = film.store.entries(bucket.name)
        rows.append(
            (bucket.name, len(entries), sum(len(row.takes) for row in entries), sum(row.used is None for row in entries) or "")
        )
    rows.append(("cuts", len(film.cuts), "", ""))
    rows.append(("renders", len(film.store.jobs()), "", ""))
    return card(
        film.title,
        facts,
        subtitle="film",
        rows=Table(("bucket", "entries", "takes", "without a take"), rows),
        picture=_poster(film),
    )


def _poster(film: Project) -> Picture | None:
    from glimmer.assets import thumbnail

    for take in film.video.used_takes().values():
        small = thumbnail(film.assets.path(take.asset)) if film.assets.has(take.asset) else b""
        if small:
            return Picture(thumbnail_uri(small), film.title)
    return None
