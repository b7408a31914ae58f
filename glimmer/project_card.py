"""How a film looks as a whole: its first picture, what stands where, what it has cost, and the next step with the call to type."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from glimmer.assets import thumbnail
from glimmer.buckets import AIR, FX
from glimmer.display import Html, Picture, Table, beside, card, count_text, next_step, thumbnail_uri
from glimmer.store import EntryRow, StepRow

__all__ = ["history_table", "project_card"]

_SCRIPT: Final = "film.screenplays.latest"


def project_card(
    title: str, facts: list[tuple[str, str]], shelves: dict[str, tuple[EntryRow, ...]], counts: dict[str, int], poster: Path | None
) -> Html:
    """The card of a film: `facts`, what stands in each bucket (`shelves`: characters, audio, video, music), and the next step.

    counts: how many versions of "screenplays" and "cuts" there are, and how many finished "renders". poster: a picture's file.
    """
    lines = [row for row in shelves["audio"] if not row.key.startswith((AIR, FX))]
    airs = [row for row in shelves["audio"] if row.key.startswith(AIR)]
    effects = [row for row in shelves["audio"] if row.key.startswith(FX)]
    rows = [
        ("script", counts["screenplays"], "version", ""),
        ("cast", len(shelves["characters"]), "character", _state(shelves["characters"])),
        ("lines", len(lines), "line", _state(lines)),
        ("boards", len(shelves["video"]), "shot", _state(shelves["video"])),
        ("air", len(airs), "scene", _state(airs)),
        ("effects", len(effects), "shot", _state(effects)),
        ("score", len(shelves["music"]), "cue", _state(shelves["music"])),
        ("cut", counts["cuts"], "version", ""),
        ("film", counts["renders"], "render", ""),
    ]
    there = [(name, count_text(count, thing), taken) for name, count, thing, taken in rows if count]
    standing = beside(_poster(poster, title), Table(("what", "there is", "takes"), there)) if there else Html("")
    return card(title, facts, subtitle="film", inside=Html(standing + next_step(*_next(counts, shelves, lines, airs))))


def history_table(title: str, steps: tuple[StepRow, ...]) -> Table:
    """What changed a film, newest first; what was undone says so."""
    rows = [
        (
            step.made_at[:16].replace("T", " "),
            step.what or step.action,
            count_text(step.changes, "row"),
            step.by,
            "undone" if step.undone else "",
        )
        for step in steps
    ]
    return Table(("at", "what", "changed", "by", ""), rows, title=f"history of {title}")


def _state(rows: list[EntryRow] | tuple[EntryRow, ...]) -> str:
    """ "all taken", "4 of 16 taken"; nothing where there is nothing to take."""
    taken = sum(row.used is not None for row in rows)
    return "" if not rows else "all taken" if taken == len(rows) else f"{taken} of {len(rows)} taken"


def _next(
    counts: dict[str, int], shelves: dict[str, tuple[EntryRow, ...]], lines: list[EntryRow], airs: list[EntryRow]
) -> tuple[str, str]:
    """What a person may do now, in words, and the call to type."""
    script = _SCRIPT
    steps = (
        (not counts["screenplays"], "write a script, or read your own Fountain file", 'film.agents.screenplay.draft("your idea")'),
        (_lacks(shelves["characters"]), "give everybody a look and a voice", f"film.agents.character.design({script})"),
        (bool(lines) and _lacks(lines), "have the lines spoken", f"film.agents.audio.voice({script})"),
        (_lacks(shelves["video"]), "draw the boards", f"film.agents.video.shoot({script})"),
        (_lacks(airs), "lay the air of each scene", f"film.agents.audio.ambience({script})"),
        (_lacks(shelves["music"]), "write the score", f"film.agents.music.score({script})"),
        (not counts["cuts"], "draft the cut", f"film.agents.assembly.draft({script})"),
        (not counts["renders"], "render it", "film.render().wait()"),
    )
    for is_open, words, call in steps:
        if is_open:
            return words, call
    return "take it out as a file", 'film.export(film.renders[-1], "film.mp4")'


def _lacks(rows: list[EntryRow] | tuple[EntryRow, ...]) -> bool:
    return not rows or any(row.used is None for row in rows)


def _poster(path: Path | None, title: str) -> Picture | None:
    small = thumbnail(path, 480) if path is not None else b""
    return Picture(thumbnail_uri(small), title) if small else None
