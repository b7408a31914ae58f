"""Models that were registered: by `@gl.model` in a cell, or by an installed package under the entry point "glimmer.models"."""

from __future__ import annotations

import threading
from functools import cache
from importlib.metadata import entry_points

from glimmer import log
from glimmer.models.own import FunctionModel

__all__ = ["ENTRY_POINT", "known_models", "remember_model"]

ENTRY_POINT = "glimmer.models"
_guard = threading.Lock()
_own: dict[str, object] = {}


def remember_model(name: str, model: object) -> None:
    """Know it by this name from now on in this process; a cell that is run again takes the place of what it said before."""
    with _guard:
        _own[name] = model


def known_models() -> dict[str, object]:
    """Name -> model or set of models. What a person registered wins over what a package brought."""
    with _guard:
        return {**_from_packages(), **_own}


@cache
def _from_packages() -> dict[str, object]:
    """Asked once. A package that can't be loaded is logged and left out: somebody else's mistake must not stop a film."""
    found: dict[str, object] = {}
    for point in entry_points(group=ENTRY_POINT):
        try:
            loaded = point.load()
        except Exception as reason:  # noqa: BLE001  # whatever a foreign package does when it is imported
            log.warning(
                "model.not_loaded", entry_point=point.name, package=point.value, reason=f"{type(reason).__name__}: {reason}"
            )
            continue
        is_plain = callable(loaded) and not isinstance(loaded, type) and not hasattr(loaded, "name")
        found[point.name] = FunctionModel(loaded, name=point.name) if is_plain else loaded() if isinstance(loaded, type) else loaded
    return found
