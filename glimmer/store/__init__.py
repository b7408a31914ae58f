"""The store: rows on disk. A door to the database; knows no agent. Returns frozen values, never a session."""

from glimmer.store.database import Database
from glimmer.store.nouns import EntryRow, Input, JobRow, Take
from glimmer.store.store import Store

__all__ = ["Database", "EntryRow", "Input", "JobRow", "Store", "Take"]
