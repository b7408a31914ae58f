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

SILENT_LUFS = -70.0  # the gate below which BS.1770 hears nothing
_MOST_CAST = 6
_MOST_NOTICES = 12


def summary(film: Project, job: RenderJob, exported: Exported, *, seconds: float) -> str:
    """The finished film in a dozen lines: where, how long, how large, who, at what cost, and what to know of it."""
    made, script, making = job.result, film.screenplays.latest, film.making
    sound = (
        "silent" if made.lufs is None or made.lufs <= SILENT_LUFS else f"{made.lufs:.1f} LUFS · peak {made.true_peak_db:.1f} dBTP"
    )
    counts = [
        count_text(len(things), name)
        for name, things in (("scene", script.scenes), ("shot", script.shot_list), ("line", script.lines))
    ]
    facts = [
        ("length", f"{duration_text(made.seconds)} · {count_text(made.frames, 'frame')} at {rate_text(made.rate)}"),
        ("picture", f"{made.width_px} × {made.height_px}" if made.width_px else "none: the sound alone"),
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


_FORMATS = {
    "-vp9": "VP9 and Opus in .webm, free of x264",
    "-av1": "AV1 and Opus in .webm, free of x264, the smallest",
    "-prores": "ProRes 422 HQ and 24-bit PCM in .mov, for an editor",
    "-hardware": "H.264 by the machine's own encoder; by x264 where none works",
}
_ALONE = {
    "draft": "small and quick, for looking",
    "prores": "1080p24-prores",
    "web-vp9": "1080p24-vp9",
    "web-av1": "1080p24-av1",
    "gif": "480 px wide, 12 frames a second, loops; also square-gif portrait-gif 4x5-gif scope-gif",
    "audio": "the sound alone, AAC in .m4a; also audio-wav audio-flac audio-opus",
}


def preset_list() -> str:
    """Every preset by its picture: what a size, a rate and a format are called, and how they are put together."""
    from glimmer.render.preset import PRESETS, SIZES

    sizes: dict[str, list[str]] = {size: [] for size in SIZES}
    for name, preset in PRESETS.items():
        size = next((size for size in SIZES if name.startswith(size)), "")
        if size and name != size and preset.container == "mp4" and not preset.hardware:
            sizes[size].append(name)
    first = max(len(size) for size in SIZES)
    blocks = [(f"{size:{first}}  {width:4} × {height}", "  ".join(sizes[size])) for size, (width, height) in SIZES.items()]
    return (
        "A preset is a size, a rate and a format; write for instance --preset 1080p25-vp9\n\n"
        f"Size and rate (H.264 and AAC in .mp4; the size alone is 24 frames a second)\n{_aligned(blocks)}\n\n"
        f"Format, after any of them\n{_aligned(list(_FORMATS.items()))}\n\n"
        f"By themselves\n{_aligned(list(_ALONE.items()))}"
    )


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
