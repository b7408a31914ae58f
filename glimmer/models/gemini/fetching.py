"""Fetching: the bytes of media that are paid already. Whatever goes wrong from then on says what was spent, and under which name it can be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from glimmer.errors import ModelError
from glimmer.models.gemini.door import Door, Medium
from glimmer.models.gemini.waiting import sleep_unless_stopped

__all__ = ["UNCOUNTED", "fetched", "fetched_later"]

UNCOUNTED: Final = "The server did not say what it used: what it cost is reckoned from what came."
_PAUSES: Final = (0.5, 2.0, 5.0)  # a file is there some seconds after its job is done (ai.google.dev, omni: "poll until ACTIVE")


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


def fetched_later(door: Door, medium: Medium, facts: Mapping[str, Any], *, patient: bool) -> bytes:
    """The bytes of what a job made and the server keeps. What can't be had now can be collected: then nothing is said to be spent, so that

    the ledger leaves the job open. patient: a file that is refused may not be ready yet; it is asked for again, and then left.
    Raises: ModelError, kind "interrupted" where it is worth collecting later.
    """
    trouble: ModelError | None = None
    for pause in (*_PAUSES, 0.0) if patient else (0.0,):
        try:
            return door.download(medium)
        except ModelError as met:
            trouble = met
        if trouble.kind != "refused":
            break
        sleep_unless_stopped(pause)
    if trouble is None or (trouble.kind in ("refused", "malformed") and not patient):
        raise ModelError(trouble.message if trouble else "nothing was fetched", kind="failed", **facts)
    raise ModelError(f"the clip is done and could not be fetched: {trouble.message}", kind="interrupted", **{**facts, "usd": 0.0})
