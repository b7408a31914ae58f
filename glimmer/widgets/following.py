"""Following: a face hears when its film has changed, whoever changed it: another face, a cell, another kernel, a batch job.

One look at the store every so often for all faces of a film, as long as there is one; a face that is dropped is followed no longer.
"""

from __future__ import annotations

import asyncio
import threading
import weakref
from typing import Any, Final, Protocol

from glimmer.errors import GlimmerError
from glimmer.widgets.runtime import on_loop

__all__ = ["follow", "look_now"]

_EVERY_SECONDS: Final = 0.5
_guard: Final = threading.Lock()
_followers: Final[weakref.WeakKeyDictionary[Any, weakref.WeakSet[Any]]] = weakref.WeakKeyDictionary()


class Follower(Protocol):
    def changed(self) -> None: ...


def follow(store: Any, face: Follower) -> None:
    """Let `face.changed()` be called whenever `store.revision()` is another, until one of both is gone."""
    with _guard:
        there = _followers.get(store)
        if there is not None:
            there.add(face)
            return
        _followers[store] = weakref.WeakSet([face])
    on_loop(_watch(weakref.ref(store)))


def look_now(store: Any) -> None:
    """Tell the followers at once: this process has changed something itself."""
    with _guard:
        faces = list(_followers.get(store, ()))
    for face in faces:
        face.changed()


async def _watch(of: weakref.ref[Any]) -> None:
    seen: str | None = None
    while (store := of()) is not None:
        with _guard:
            faces = list(_followers.get(store, ()))
            if not faces:
                _followers.pop(store, None)
                return
        try:
            now = await asyncio.to_thread(store.revision)
        except GlimmerError:
            now = seen  # the disk is away for a moment; the next look tells
        if now != seen:  # at the first look too: what changed since the face was shown and before it is in no later one
            for face in faces:
                face.changed()
        seen = now
        del store, faces
        await asyncio.sleep(_EVERY_SECONDS)
