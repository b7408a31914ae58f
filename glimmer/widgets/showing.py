"""Showing: which face shows which thing. One face a thing for as long as it is open, so that ten cells that show a thing are one widget."""

from __future__ import annotations

import threading
import weakref
from typing import Any, Final

from glimmer.buckets import Bucket, Screenplays
from glimmer.chat import Chat
from glimmer.project import Project
from glimmer.renders import Renders
from glimmer.studio import Studio
from glimmer.widgets.bucket import BucketFace
from glimmer.widgets.chat import ChatFace
from glimmer.widgets.dashboard import DashboardFace
from glimmer.widgets.face import Face
from glimmer.widgets.renders import RendersFace

__all__ = ["known_face"]

_guard: Final = threading.RLock()
_there: Final[weakref.WeakKeyDictionary[Any, dict[str, Face]]] = weakref.WeakKeyDictionary()


def known_face(thing: object) -> Face | None:
    """The face of a thing; None for what has none, such as a bucket that no film opened."""
    if isinstance(thing, Chat):
        return _kept(thing, "chat", lambda: ChatFace(thing))
    if isinstance(thing, Studio):
        return _kept(thing, "studio", lambda: DashboardFace(thing))
    film = getattr(thing, "film", None)
    if not isinstance(film, Project):
        return None
    if isinstance(thing, Renders):
        return _kept(film, "renders", lambda: RendersFace(film))
    if isinstance(thing, Bucket | Screenplays):
        return _kept(film, thing.name, lambda: BucketFace(film, thing.name))
    return None


def _kept(of: object, name: str, make: Any) -> Face:
    with _guard:
        faces = _there.setdefault(of, {})
        if name not in faces or faces[name].comm is None:
            faces[name] = make()
        return faces[name]
