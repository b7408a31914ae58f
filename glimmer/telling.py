"""What `glimmer make` says at its end, and what `glimmer presets` lists: text from finished things.

A face: beside the command line, so that `cli.py` only reads arguments. Changes nothing.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from glimmer.display import bytes_text, columns_wide, cost_text, count_text, duration_text, one_line, plain_line
from glimmer.timecode import rate_text

if TYPE_CHECKING:
    from glimmer.export import Exported
    from glimmer.jobs import RenderJob
    from glimmer.project import Project

__all__ = ["preset_list", "summary"]

_MOST_CAST = 6
_MOST_NOTICES = 12


def summary(film: Project, job: RenderJob, exported: Exported, *, seconds: float) -> str:
    """The finished film in a dozen lines: where, how long, how large, who, at what cost, and what to know of it."""
    made, script, making = job.result, film.screenplays.latest, film.making
    sound = "silent" if made.lufs is None else f"{made.lufs:.1f} LUFS · peak {made.true_peak_db:.1f} dBTP"
    counts = [
        count_text(len(things), name)
        for name, things in (("scene", script.scenes), ("shot", script.shot_list), ("line", script.lines))
    ]
    facts = [
        ("length", f"{duration_text(made.seconds)} · {count_text(made.frames, 'frame')} at {rate_text(made.rate)}"),
        ("picture", f"{made.width_px} × {made.height_px}"),
        ("sound", sound),
        ("size", bytes_text(exported.paths[0].stat().st_size)),
        ("cast", _names([member.name for member in script.cast])),
        ("script", one_line(*counts)),
        ("takes", f"{making.made} made · {making.kept + making.own} re-used"),
        ("cost", cost_text(making.usd)),
        ("took", duration_text(seconds)),
        ("beside it", ", ".join(path.name for path in exported.paths[1:])),
    ]
    notices = list(dict.fromkeys([*film.notices, *made.notices, *exported.notices]))
    return f"\n{exported.film}\n{_aligned([(name, value) for name, value in facts if value])}{_noticed(notices)}"


def preset_list() -> str:
    """Every preset by its picture: name, size, and the names to write."""
    from glimmer.render.preset import PRESETS

    sizes: dict[tuple[int, int], list[str]] = {}
    for name, preset in PRESETS.items():
        sizes.setdefault((preset.width_px, preset.height_px), []).append(name)
    blocks = [(f"{width} × {height}", "  ".join(names)) for (width, height), names in sizes.items()]
    return f"Sizes and rates; write for instance --preset 1080p24\n\n{_aligned(blocks)}"


def _aligned(facts: Sequence[tuple[str, str]]) -> str:
    room = max(40, min(110, shutil.get_terminal_size((100, 24)).columns))
    widest = max((columns_wide(name) for name, _ in facts), default=0)
    lines = []
    for name, value in facts:
        parts = textwrap.wrap(plain_line(value), room - widest - 5, break_long_words=False) or [""]
        lines.append(f"  {name}{' ' * (widest - columns_wide(name))}   {parts[0]}")
        lines += [f"  {' ' * widest}   {part}" for part in parts[1:]]
    return "\n".join(lines)


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_CAST} more" if len(names) > _MOST_CAST else ""
    return ", ".join(names[:_MOST_CAST]) + more


def _noticed(notices: Sequence[str]) -> str:
    if not notices:
        return ""
    room = max(40, min(110, shutil.get_terminal_size((100, 24)).columns))
    said = [
        textwrap.fill(plain_line(one), room, initial_indent="  · ", subsequent_indent="    ") for one in notices[:_MOST_NOTICES]
    ]
    more = [f"  · … and {len(notices) - _MOST_NOTICES} more: film.notices"] if len(notices) > _MOST_NOTICES else []
    return "\n\nTo know\n" + "\n".join(said + more)
