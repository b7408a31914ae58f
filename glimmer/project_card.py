"""How a film looks as a whole: its first picture, what stands where, what it has cost, and the next step with the call to type."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from glimmer.assets import thumbnail
from glimmer.display import Html, Picture, Table, beside, card, count_text, next_step, thumbnail_uri
from glimmer.store import StepRow

__all__ = ["history_table", "project_card"]

_SCRIPT: Final = "film.screenplays.latest"


Tally = tuple[int, int]  # how many there are, how many of them have a take


def project_card(
    title: str, facts: list[tuple[str, str]], tallies: dict[tuple[str, str], Tally], counts: dict[str, int], poster: Path | None
) -> Html:
    """The card of a film: `facts`, what stands in each bucket (`tallies`, as the store gives them), and the next step.

    counts: how many versions of "screenplays" and "cuts" there are, and how many finished "renders". poster: a picture's file.
    """
    there = {name: _of(tallies, *parts) for name, parts in _PARTS.items()}
    rows = [
        ("script", counts["screenplays"], "version", ""),
        *((name, there[name][0], one, _state(there[name])) for name, one in _ONES),
        ("cut", counts["cuts"], "version", ""),
        ("film", counts["renders"], "render", ""),
    ]
    listed = [(name, count_text(count, thing), taken) for name, count, thing, taken in rows if count]
    standing = beside(_poster(poster, title), Table(("what", "there is", "takes"), listed)) if listed else Html("")
    return card(title, facts, subtitle="film", inside=Html(standing + next_step(*_next(counts, there))))


_PARTS: Final = {
    "cast": (("characters", ""), ("characters", "own")),
    "lines": (("audio", "line"), ("audio", "own")),
    "boards": (("video", ""), ("video", "own")),
    "air": (("audio", "air"),),
    "effects": (("audio", "fx"),),
    "score": (("music", "cue"), ("music", "own"), ("music", "")),
}
_ONES: Final = (
    ("cast", "character"),
    ("lines", "line"),
    ("boards", "shot"),
    ("air", "scene"),
    ("effects", "shot"),
    ("score", "cue"),
)


def _of(tallies: dict[tuple[str, str], Tally], *parts: tuple[str, str]) -> Tally:
    found = [tallies.get(part, (0, 0)) for part in parts]
    return sum(count for count, _ in found), sum(used for _, used in found)


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


def _state(tally: Tally) -> str:
    """ "all taken", "4 of 16 taken"; nothing where there is nothing to take."""
    count, taken = tally
    return "" if not count else "all taken" if taken == count else f"{taken:,} of {count:,} taken"


def _next(counts: dict[str, int], there: dict[str, Tally]) -> tuple[str, str]:
    """What a person may do now, in words, and the call to type."""
    script = _SCRIPT
    steps = (
        (not counts["screenplays"], "write a script, or read your own Fountain file", 'film.agents.screenplay.draft("your idea")'),
        (_lacks(there["cast"]), "give everybody a look and a voice", f"film.agents.character.design({script})"),
        (there["lines"][0] > 0 and _lacks(there["lines"]), "have the lines spoken", f"film.agents.audio.voice({script})"),
        (_lacks(there["boards"]), "draw the boards", f"film.agents.video.shoot({script})"),
        (_lacks(there["air"]), "lay the air of each scene", f"film.agents.audio.ambience({script})"),
        (_lacks(there["score"]), "write the score", f"film.agents.music.score({script})"),
        (not counts["cuts"], "draft the cut", f"film.agents.assembly.draft({script})"),
        (not counts["renders"], "render it", "film.render().wait()"),
    )
    for is_open, words, call in steps:
        if is_open:
            return words, call
    return "take it out as a file", 'film.export(film.renders[-1], "film.mp4")'


def _lacks(tally: Tally) -> bool:
    return tally[0] == 0 or tally[1] < tally[0]


def _poster(path: Path | None, title: str) -> Picture | None:
    small = thumbnail(path, 480) if path is not None else b""
    return Picture(thumbnail_uri(small), title) if small else None
