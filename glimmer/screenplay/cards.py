"""How a screenplay looks: its facts, its shots, its cast, from plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glimmer.display import Html, Table, card, count_text, duration_text, one_line, stacked

if TYPE_CHECKING:
    from glimmer.screenplay.nouns import Screenplay

__all__ = ["cast_table", "line", "screenplay_card", "shots_table"]


def line(script: Screenplay) -> str:
    """One line: Screenplay "The Lighthouse" v1 · 3 scenes · 8 shots · 44 s · 2 characters."""
    version = f" v{script.version}" if script.version else ""
    return one_line(
        f'Screenplay "{script.title}"{version}',
        count_text(len(script.scenes), "scene"),
        count_text(len(script.shot_list), "shot"),
        duration_text(script.seconds),
        count_text(len(script.cast), "character"),
    )


def screenplay_card(script: Screenplay) -> Html:
    facts = [
        ("scenes", str(len(script.scenes))),
        ("shots", str(len(script.shot_list))),
        ("lines", str(len(script.lines))),
        ("estimated", duration_text(script.seconds)),
        ("cast", ", ".join(member.name for member in script.cast[:8]) or "nobody"),
    ]
    version = f"v{script.version}" if script.version else "not kept in a film"
    return card(script.title, facts, subtitle=f"screenplay {version}", rows=_shots(script))


def _shots(script: Screenplay) -> Table:
    """For the card: what is seen and, under it, what is said, so that it fits a narrow page."""
    rows = [
        (
            shot.slate,
            shot.size,
            shot.move.replace("_", " "),
            stacked(shot.action, _said(script, shot.line_ids)),
            f"{shot.seconds:.1f} s",
        )
        for shot in script.shot_list
    ]
    return Table(("shot", "size", "move", "what happens", "length"), rows)


def shots_table(script: Screenplay) -> Table:
    """slate · size · move · action · who · seconds, a row a shot."""
    rows = [
        (
            shot.slate,
            shot.size,
            shot.move.replace("_", " "),
            shot.action,
            ", ".join(shot.cast),
            _said(script, shot.line_ids),
            round(shot.seconds, 1),
        )
        for shot in script.shot_list
    ]
    return Table(("shot", "size", "move", "action", "seen", "line", "seconds"), rows, title=f"shots of {script.title}")


def cast_table(script: Screenplay) -> Table:
    rows = [(m.name, m.kind, m.age, m.description, m.lines, m.words, ", ".join(m.scenes)) for m in script.cast]
    return Table(("name", "kind", "age", "description", "lines", "words", "scenes"), rows, title=f"cast of {script.title}")


def _said(script: Screenplay, line_ids: tuple[str, ...]) -> str:
    lines = script.lines_by_id
    return " / ".join(f"{lines[each].character}: {lines[each].text}" for each in line_ids if each in lines)
