"""Pages: what a chat's card opens when a script was written or a cut was made: the script typeset, the cut as a strip."""

from __future__ import annotations

from typing import Any, Final

from glimmer.assembly import Assembly
from glimmer.screenplay import Screenplay

__all__ = ["script_page", "strip_of"]

_MOST_ELEMENTS: Final = 400  # about ten pages; the rest is told as left out
_MOST_CLIPS: Final = 400  # of one track


def script_page(script: Screenplay) -> dict[str, Any]:
    """The script as paragraphs: heading, action, character, parenthetical, dialogue, transition, centered, lyric."""
    elements = [one for scene in script.scenes for one in _scene(scene)]
    return {
        "title": script.title,
        "version": script.version,
        "elements": [{"kind": kind, "text": text} for kind, text in elements[:_MOST_ELEMENTS]],
        "more": max(0, len(elements) - _MOST_ELEMENTS),
    }


def _scene(scene: Any) -> list[tuple[str, str]]:
    lines = {line.id: line for line in scene.lines}
    told = [("transition", scene.transition_in)] if scene.transition_in else []
    told += [("heading", scene.heading.raw)] if scene.heading.raw else []
    for element in scene.elements:
        line = lines.get(element.line_id) if element.kind == "line" else None
        if line is not None:
            told.append(("character", f"{line.character}{f' ({line.extension})' if line.extension else ''}"))
            told += [("parenthetical", f"({line.parenthetical})")] if line.parenthetical else []
            told.append(("dialogue", line.text))
        elif element.text and element.kind != "page_break":
            told.append((element.kind, element.text))
    return told + ([("transition", scene.transition_out)] if scene.transition_out else [])


def strip_of(cut: Assembly) -> dict[str, Any]:
    """The cut's tracks as they are seen: pictures from the uppermost down, then sounds. Times in frames."""
    pictures = [track for track in cut.tracks if track.kind == "picture"]
    order = [*reversed(pictures), *(track for track in cut.tracks if track.kind != "picture")]
    return {
        "version": cut.version,
        "frames": cut.frames,
        "rate": str(cut.rate),
        "tracks": [
            {"name": track.name, "role": track.role, "clips": [_clip(clip) for clip in track.clips[:_MOST_CLIPS]]}
            for track in order
        ],
    }


def _clip(clip: Any) -> dict[str, Any]:
    seen = clip.asset and clip.media_type.startswith(("image/", "video/"))
    return {
        "name": clip.title or clip.name,
        "start": clip.start,
        "frames": clip.frames,
        "picture": f"thumb/{clip.asset}/160" if seen else "",
    }
