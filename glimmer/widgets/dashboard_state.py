"""What the dashboard's browser half is told, and what it may ask for: the studio's films, its trash, and which film is open."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from glimmer.vocabulary import Noun
from glimmer.widgets.wire import Ask

__all__ = [
    "CloseFilm",
    "CreateFilm",
    "DashboardState",
    "OpenFilm",
    "PackFilm",
    "RenameFilm",
    "RestoreFilm",
    "ShelfFilm",
    "TakeInArchive",
    "TrashFilm",
]


class ShelfFilm(Noun):
    """One film. state: idea, script, boarded, cut, rendered. seconds: of its newest cut, -1 before there is one. poster: a reference, ""
    for none. changed: ISO 8601, UTC."""

    title: str
    state: str
    owner: str = ""
    seconds: float = -1.0
    shots: int = 0
    takes: int = 0
    renders: int = 0
    usd: float = 0.0
    poster: str = ""
    made: str = ""
    changed: str = ""
    trashed: str = ""


class DashboardState(Noun):
    """films and trash by number. opened: the number of the film that is open beside the shelf, "" for none. beside: whether opening one shows
    its faces. where: the studio, in words. now: the kernel's clock at the last change, ISO 8601."""

    where: str
    films: dict[str, ShelfFilm] = Field(default_factory=dict)
    trash: dict[str, ShelfFilm] = Field(default_factory=dict)
    opened: str = ""
    beside: bool = False
    user: str = ""


class CreateFilm(Ask):
    """A new film, with an idea for the first message of its chat. No model is called. Answers {id, title}."""

    verb: ClassVar[str] = "create_film"
    title: str = Field(max_length=1000)
    idea: str = Field(default="", max_length=4000)
    seconds: int = Field(default=0, ge=0, le=21_600)


class OpenFilm(Ask):
    """Open a film beside the shelf. Answers {title, line}."""

    verb: ClassVar[str] = "open_film"
    id: str = Field(max_length=20)


class CloseFilm(Ask):
    """Back to the whole shelf."""

    verb: ClassVar[str] = "close_film"


class RenameFilm(Ask):
    """Answers {title}, as it is kept."""

    verb: ClassVar[str] = "rename_film"
    id: str = Field(max_length=20)
    title: str = Field(max_length=1000)


class TrashFilm(Ask):
    """Put it into the trash. Nothing is deleted."""

    verb: ClassVar[str] = "trash_film"
    id: str = Field(max_length=20)


class RestoreFilm(Ask):
    """Bring it back from the trash."""

    verb: ClassVar[str] = "restore_film"
    id: str = Field(max_length=20)


class TakeInArchive(Ask):
    """A film out of an archive that was uploaded, under its own title or another. Answers {id, title}."""

    verb: ClassVar[str] = "take_in_archive"
    upload: str = Field(max_length=64)
    title: str = Field(default="", max_length=1000)


class PackFilm(Ask):
    """The whole film as an archive to download. Answers {ref, name, bytes, notices}."""

    verb: ClassVar[str] = "pack_film"
    id: str = Field(max_length=20)
    renders: bool = True
