"""Faces: how a thing is shown alive where something can show it so. A noun or a bucket asks here and knows no widget; whoever stands at the
top of the house registers who makes them.

In a notebook the card goes along: it is what is seen where the notebook is read without a kernel.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

__all__ = ["HasFace", "live_faces"]

_maker: Final[list[Callable[[object], Any]]] = []


def live_faces(maker: Callable[[object], Any]) -> None:
    """Let `maker(thing)` say the face of a thing: a widget, or None where it has none or none can be shown here."""
    _maker[:] = [maker]


def _face_of(thing: object) -> Any:
    shell = sys.modules.get("IPython")
    if not _maker or shell is None or not hasattr(shell.get_ipython(), "kernel"):
        return None
    return _maker[0](thing)


class HasFace:
    """Shown alive as the last thing of a cell, where that can be."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """What a notebook shows besides the card and the text: the widget's view, or nothing more."""
        face = _face_of(self)
        if face is None:
            return {}
        bundle = face._repr_mimebundle_(exclude={"text/html"})  # the card is shown already
        data: dict[str, Any] = bundle[0] if isinstance(bundle, tuple) else bundle
        view = "application/vnd.jupyter.widget-view+json"
        return {view: data[view]} if data and view in data else {}

    def _display_(self) -> object:
        """For marimo, which shows what this returns."""
        return (_maker[0](self) if _maker else None) or self
