"""The store: rows on disk. A door to the database; knows no agent. Returns frozen values, never a session."""

from glimmer.store.database import Database
from glimmer.store.nouns import (
    CutRow,
    EntryRow,
    Input,
    JobRow,
    RequestRow,
    ScreenplayRow,
    Standing,
    StepRow,
    Take,
)
from glimmer.store.store import Store

__all__ = [
    "CutRow",
    "Database",
    "EntryRow",
    "Input",
    "JobRow",
    "RequestRow",
    "ScreenplayRow",
    "Standing",
    "StepRow",
    "Store",
    "Take",
]
