"""Idea: where the road begins. A logline, a tone and a length; a writer makes a screenplay of it."""

from __future__ import annotations

from pydantic import Field, ValidationError

from glimmer import limits
from glimmer.errors import InputError
from glimmer.vocabulary import Noun

__all__ = ["Idea"]


class Idea(Noun):
    """A film in a sentence. `seconds` is the length on screen that is aimed at; the measured lines decide the real one."""

    logline: str = Field(min_length=1, max_length=2_000)
    tone: str = Field(default="", max_length=200)
    seconds: float = Field(default=60.0, ge=5, le=limits.MAX_FILM_SECONDS)

    def __init__(self, logline: str, /, **given: object) -> None:
        """Raises: InputError for an empty or endless logline, a length out of 5 s to 6 h, an unknown name."""
        try:
            super().__init__(logline=logline.strip() if isinstance(logline, str) else logline, **given)  # type: ignore[call-arg]  # a noun takes its fields by name
        except ValidationError as error:
            what = "; ".join(
                f"{'.'.join(map(str, one['loc']))}={one['input']!r:.40}: {one['msg'].lower()}" for one in error.errors()
            )
            raise InputError(f'this is no idea yet: {what}. Write gl.Idea("A sentence.", tone="tender", seconds=45).') from error
