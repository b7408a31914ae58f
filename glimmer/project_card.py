"""How a film looks as a whole: its first picture, what stands where, what it has cost, and the next step with the call to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from glimmer.buckets import AIR
from glimmer.display import Html, Picture, Table, beside, card, cost_text, count_text, next_step, thumbnail_uri

if TYPE_CHECKING:
    from glimmer.project import Project
    from glimmer.store import EntryRow

__all__ = ["project_card"]

_SCRIPT: Final = "film.screenplays.latest"


def project_card(film: Project) -> Html:
    """The card of a Project: models, cost, what stands in each bucket, and the next step."""
    calls, usd = film.store.spent()
    shelves = {name: film.store.entries(name) for name in ("characters", "audio", "video", "music")}
    lines = [row for row in shelves["audio"] if not row.key.startswith(AIR)]
    airs = [row for row in shelves["audio"] if row.key.startswith(AIR)]
    done = sum(job.state == "done" for job in film.store.jobs())
    rows = [
        ("script", len(film.screenplays), "version", ""),
        ("cast", len(shelves["characters"]), "character", _state(shelves["characters"])),
        ("lines", len(lines), "line", _state(lines)),
        ("boards", len(shelves["video"]), "shot", _state(shelves["video"])),
        ("air", len(airs), "scene", _state(airs)),
        ("score", len(shelves["music"]), "cue", _state(shelves["music"])),
        ("cut", len(film.cuts), "version", ""),
        ("film", done, "render", ""),
    ]
    there = [(name, count_text(count, thing), taken) for name, count, thing, taken in rows if count]
    standing = beside(_poster(film), Table(("what", "there is", "takes"), there)) if there else Html("")
    return card(
        film.title,
        [("models", film.models.note), ("spent", f"{cost_text(usd)} in {count_text(calls, 'call')}"), ("studio", str(film.studio))],
        subtitle="film",
        inside=Html(standing + next_step(*_next(film, shelves, lines, airs, done))),
    )


def _state(rows: list[EntryRow] | tuple[EntryRow, ...]) -> str:
    """ "all taken", "4 of 16 taken"; nothing where there is nothing to take."""
    taken = sum(row.used is not None for row in rows)
    return "" if not rows else "all taken" if taken == len(rows) else f"{taken} of {len(rows)} taken"


def _next(
    film: Project, shelves: dict[str, tuple[EntryRow, ...]], lines: list[EntryRow], airs: list[EntryRow], done: int
) -> tuple[str, str]:
    """What a person may do now, in words, and the call to type."""
    script = _SCRIPT
    steps = (
        (not len(film.screenplays), "write a script, or read your own Fountain file", 'film.agents.screenplay.draft("your idea")'),
        (_lacks(shelves["characters"]), "give everybody a look and a voice", f"film.agents.character.design({script})"),
        (bool(lines) and _lacks(lines), "have the lines spoken", f"film.agents.audio.voice({script})"),
        (_lacks(shelves["video"]), "draw the boards", f"film.agents.video.shoot({script})"),
        (_lacks(airs), "lay the air of each scene", f"film.agents.audio.ambience({script})"),
        (_lacks(shelves["music"]), "write the score", f"film.agents.music.score({script})"),
        (not len(film.cuts), "draft the cut", f"film.agents.assembly.draft({script})"),
        (not done, "render it", "film.render().wait()"),
    )
    for is_open, words, call in steps:
        if is_open:
            return words, call
    return "take it out as a file", 'film.export(film.renders[-1], "film.mp4")'


def _lacks(rows: list[EntryRow] | tuple[EntryRow, ...]) -> bool:
    return not rows or any(row.used is None for row in rows)


def _poster(film: Project) -> Picture | None:
    from glimmer.assets import thumbnail

    for take in film.video.used_takes().values():
        small = thumbnail(film.assets.path(take.asset), 480) if film.assets.has(take.asset) else b""
        if small:
            return Picture(thumbnail_uri(small), film.title)
    return None
