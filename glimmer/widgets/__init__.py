"""Widgets: the Python halves of the faces. Each is one file here and one folder in `widgets/src`; `wire` tells what they say to each other.

The film's things show themselves by their face where a notebook can show it: `film.video`, `gl.Chat(film)`, `gl.Timeline(film)` …
"""

from __future__ import annotations

from typing import Any

from glimmer.errors import NotInstalled

__all__ = ["face_of"]


def face_of(thing: object) -> Any:
    """The face of a film's thing, the same one each time; None for what has none, or where anywidget is not installed."""
    try:
        from glimmer.widgets.showing import known_face
    except NotInstalled:
        return None
    return known_face(thing)
