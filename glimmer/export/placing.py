"""Placing: a file appears whole under its name, or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from glimmer.errors import StoreError

__all__ = ["placed"]


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """A new path beside `target` to write to; on leaving, it takes the target's place in one step.

    An error or an interrupt leaves the old target as it was and nothing beside it.
    Raises: StoreError where the folder can't be written or the disk is full.
    """
    part = target.with_name(f".glimmer-{uuid.uuid4().hex[:12]}.part")
    try:
        yield part
        os.replace(part, target)
    except OSError as reason:
        raise StoreError(
            f'"{target}" can\'t be written ({reason.strerror or reason}); expected a writable folder with room. Choose another place.'
        ) from reason
    finally:
        part.unlink(missing_ok=True)
