"""Fetching: the bytes of media that are paid already. Whatever goes wrong from then on says what was spent, and under which name it can be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from glimmer.errors import ModelError
from glimmer.models.gemini.door import Door, Medium

__all__ = ["UNCOUNTED", "fetched"]

UNCOUNTED: Final = "The server did not say what it used: what it cost is reckoned from what came."


def fetched(door: Door, medium: Medium, facts: Mapping[str, Any]) -> bytes:
    """The medium's bytes. facts: `model`, `usd` and `remote_id` of the work that it came of, for the error.

    Raises: ModelError, as the door does, with these facts.
    """
    trouble: ModelError | None = None
    try:
        return door.download(medium)
    except ModelError as met:
        trouble = met
    raise type(trouble)(trouble.message, kind=trouble.kind, **facts)
