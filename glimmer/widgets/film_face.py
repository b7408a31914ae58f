"""FilmFace: a face of one film: it follows the film's store, hands media to browsers, takes files in, and goes back and forth in the history."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field

from glimmer.errors import GlimmerError
from glimmer.project import Project
from glimmer.widgets.face import Asked, Face, answers
from glimmer.widgets.following import follow, look_now
from glimmer.widgets.media import MediaDesk
from glimmer.widgets.uploads import Uploads
from glimmer.widgets.wire import Ask

__all__ = ["DropUpload", "FilmFace", "Media", "Ping", "Redo", "Undo", "Upload", "UploadPart"]


class Ping(Ask):
    """Is anybody there? Answers true."""

    verb: ClassVar[str] = "ping"


class Media(Ask):
    """Where these media are to be had. Answers {ref: {rel, mime, bytes} | {buffer, mime, bytes} | {words}}: a path of our route below the
    server's base, or the number of the buffer that came along, or why not. again: an address is over, sign it anew."""

    verb: ClassVar[str] = "media"
    refs: list[str] = Field(max_length=200)
    again: bool = False


class Upload(Ask):
    """A file is about to come. Answers {id, rel, part_bytes}: POST its parts to rel?at=OFFSET, or ask `upload_part` where rel is ""."""

    verb: ClassVar[str] = "upload"
    name: str = Field(max_length=400)
    bytes: int = Field(ge=0)


class UploadPart(Ask):
    """The next part of it, as the message's one buffer. Answers {at: how many bytes are there}."""

    verb: ClassVar[str] = "upload_part"
    id: str
    at: int = Field(ge=0)


class DropUpload(Ask):
    """It is not wanted any more."""

    verb: ClassVar[str] = "drop_upload"
    id: str


class Undo(Ask):
    """Take back the film's newest step. Answers what it was."""

    verb: ClassVar[str] = "undo"


class Redo(Ask):
    """Do again what was undone last. Answers what it was."""

    verb: ClassVar[str] = "redo"


class FilmFace(Face):
    """A face of one film."""

    def __init__(self, film: Project) -> None:
        self.film = film
        self.desk = MediaDesk(film)
        self.uploads = Uploads(film.lot.folder / "cache" / "uploads")
        super().__init__(film.title)
        follow(film.store, self)

    def media_file(self, ref: str) -> tuple[Path, str]:
        """The file of a reference, and its media type. A subclass adds kinds of its own. Raises: GlimmerError in words."""
        return self.desk.file(ref)

    @answers(Ping, at_once=True)
    def _ping(self, ask: Ping) -> bool:
        return True

    @answers(Media, apart=True)
    def _media(self, ask: Media, asked: Asked) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for ref in ask.refs:
            try:
                told[ref] = self._address_of(ref, asked)
            except GlimmerError as error:
                told[ref] = {"words": str(error)}
        return told

    def _address_of(self, ref: str, asked: Asked) -> dict[str, Any]:
        """save/<ref>: to be kept as a file, with a name."""
        plain = ref.removeprefix("save/")
        path, mime = self.media_file(plain)
        return self.desk.told(path, mime, asked, name=self.desk.saved_name(plain, path) if plain != ref else "")

    @answers(Upload)
    def _upload(self, ask: Upload, asked: Asked) -> dict[str, Any]:
        return self.uploads.begin(ask.name, ask.bytes, asked)

    @answers(UploadPart)
    def _upload_part(self, ask: UploadPart, asked: Asked) -> dict[str, Any]:
        return {"at": self.uploads.part(ask.id, ask.at, asked.buffers)}

    @answers(DropUpload)
    def _drop_upload(self, ask: DropUpload) -> None:
        self.uploads.drop(ask.id)

    @answers(Undo)
    def _undo(self, ask: Undo) -> str:
        step = self.film.undo()
        look_now(self.film.store)
        return step.what

    @answers(Redo)
    def _redo(self, ask: Redo) -> str:
        step = self.film.redo()
        look_now(self.film.store)
        return step.what
