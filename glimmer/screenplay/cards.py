"""How a screenplay looks: its facts, its shots, its cast, from plain values."""

from __future__ import annotations

from glimmer.display import Html, Table, card, card_of, count_text, duration_text, line_of, one_line, stacked
from glimmer.screenplay.nouns import Screenplay

__all__ = ["screenplay_card", "screenplay_line"]


@line_of.register
def screenplay_line(script: Screenplay) -> str:
    """One line: Screenplay "The Lighthouse" v1 · 3 scenes · 8 shots · 44 s · 2 characters."""
    version = f" v{script.version}" if script.version else ""
    return one_line(
        f'Screenplay "{script.title}"{version}',
        count_text(len(script.scenes), "scene"),
        count_text(len(script.shot_list), "shot"),
        duration_text(script.seconds),
        count_text(len(script.cast), "character"),
    )


@card_of.register
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
            stacked(shot.action, script.said(shot)),
            f"{shot.seconds:.1f} s",
        )
        for shot in script.shot_list
    ]
    return Table(("shot", "size", "move", "what happens", "length"), rows)
