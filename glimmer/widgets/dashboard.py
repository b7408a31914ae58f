"""DashboardFace: the studio as a shelf of films: find one, open it, begin one, call it otherwise, put it into the trash and back.

    studio = gl.Studio(); studio            the shelf
    studio_desk(studio)                     the shelf, and the faces of the film that is open (glimmer.widgets.desk)

The studio is looked at once a second while a browser shows it (less often where a look takes long), and not at all else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Final

from glimmer.errors import GlimmerError, NotFound
from glimmer.export.archive import ARCHIVE_SUFFIX
from glimmer.project import Project
from glimmer.store.film_stages import films_with
from glimmer.store.films import FilmRow, films
from glimmer.studio import Studio
from glimmer.titles import file_name
from glimmer.widgets.dashboard_state import (
    CloseFilm,
    CreateFilm,
    DashboardState,
    OpenFilm,
    PackFilm,
    RenameFilm,
    RestoreFilm,
    ShelfFilm,
    TakeInArchive,
    TrashFilm,
)
from glimmer.widgets.face import Asked, Face, answers
from glimmer.widgets.film_face import DropUpload, Media, Ping, Upload, UploadPart
from glimmer.widgets.first_words import note_first_words
from glimmer.widgets.runtime import later
from glimmer.widgets.studio_media import StudioDesk, poster_ref
from glimmer.widgets.uploads import Uploads

__all__ = ["DashboardFace"]

_LOOK_SECONDS: Final = 1.0
_LOOK_SHARE: Final = 0.1  # of the time at most, however many films: a thousand take 0.1 s a look
_PATIENCE_SECONDS: Final = 45.0  # a browser that shows it says so every 20 s

Told = Callable[[Project | None], None]


class DashboardFace(Face):
    """The films of one studio."""

    bundle: ClassVar[str] = "dashboard"
    called: ClassVar[str] = "studio"
    shows = DashboardState

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.desk = StudioDesk(studio)
        self.uploads = Uploads(studio.lot.folder / "cache" / "uploads")
        self._listeners: list[Told] = []
        self._open: tuple[str, Project] | None = None
        self._heard_at = 0.0
        self._looks = False
        self._look_took = 0.0
        self._looking = threading.Lock()
        super().__init__("")

    # ── for Python ─────────────────────────────────────────────────────────────────────────────────────────
    @property
    def opened(self) -> Project | None:
        """The film that is open beside the shelf, None for none."""
        return self._open[1] if self._open is not None else None

    def on_open(self, told: Told) -> None:
        """Call `told(film)` whenever a film is opened from the shelf, and `told(None)` when it is closed. In a thread of the face's own."""
        self._listeners.append(told)
        self.changed()

    def open_film(self, title: str) -> Project:
        """Open the film of this title beside the shelf, as a click does. Raises: NotFound, StoreError."""
        film = self.studio.open(title)
        self._show(str(film.store.project_id), film)
        return film

    def _show(self, id: str, film: Project | None) -> None:
        self._open = (id, film) if film is not None else None
        for told in self._listeners:
            told(film)
        self.changed()

    # ── what is shown ──────────────────────────────────────────────────────────────────────────────────────
    def card(self) -> object:
        return self.studio

    def state(self) -> dict[str, Any]:
        began = time.monotonic()
        database = self.studio.lot.database
        standing, trashed = films(database), films(database, trashed=True)
        stages = films_with(database)
        self.desk.films = {film.id: film for film in (*standing, *trashed)}
        self._look_took = time.monotonic() - began
        return DashboardState(
            where=self.studio.lot.where,
            films={str(film.id): _told(film, stages) for film in standing},
            trash={str(film.id): _told(film, stages) for film in trashed},
            opened=self._open[0] if self._open is not None else "",
            beside=bool(self._listeners),
            user=self.studio.user,
        ).model_dump(mode="json", exclude_defaults=True)

    def _heard(self, _: Any, content: Any, buffers: Any) -> None:
        self._heard_at = time.monotonic()
        super()._heard(_, content, buffers)
        self._keep_looking()

    def _keep_looking(self) -> None:
        with self._looking:
            if self._looks or time.monotonic() - self._heard_at > _PATIENCE_SECONDS or self.comm is None:
                return
            self._looks = True
        later(max(_LOOK_SECONDS, self._look_took / _LOOK_SHARE), self._look)

    def _look(self) -> None:
        with self._looking:
            self._looks = False
        self.changed()
        self._keep_looking()

    # ── its verbs ──────────────────────────────────────────────────────────────────────────────────────────
    @answers(CreateFilm)
    def _create(self, ask: CreateFilm) -> dict[str, Any]:
        film = self.studio.create(ask.title)
        note_first_words(film, ask.idea, ask.seconds)
        self.changed()
        return {"id": str(film.store.project_id), "title": film.title}

    @answers(OpenFilm)
    def _open_film(self, ask: OpenFilm) -> dict[str, Any]:
        title = self._title(ask.id)
        self._show(ask.id, self.studio.open(title))
        return {"title": title, "line": self._to_go_on(title)}

    def _to_go_on(self, title: str) -> str:
        # A cell that says no more than gl.Studio() gives it no name: the line must run there too.
        return f"film = gl.Project({title!r})" if self.studio.is_usual else f"film = studio.open({title!r})"

    @answers(CloseFilm)
    def _close_film(self, ask: CloseFilm) -> None:
        self._show("", None)

    @answers(RenameFilm)
    def _rename(self, ask: RenameFilm) -> dict[str, Any]:
        self.studio.rename(self._title(ask.id), ask.title)
        self.changed()
        return {"title": self._title(ask.id)}

    @answers(TrashFilm)
    def _trash(self, ask: TrashFilm) -> None:
        self.studio.trash(self._title(ask.id))
        if self._open is not None and self._open[0] == ask.id:
            self._show("", None)
        self.changed()

    @answers(RestoreFilm)
    def _restore(self, ask: RestoreFilm) -> None:
        self.studio.restore(self._title(ask.id, trashed=True))
        self.changed()

    @answers(TakeInArchive, apart=True)
    def _take_in(self, ask: TakeInArchive, asked: Asked) -> dict[str, Any]:
        asked.progress(0, 0, "reading the archive")
        with self.uploads.taken(ask.upload) as path:
            film = self.studio.open_archive(path, ask.title or None)
        self.changed()
        return {"id": str(film.store.project_id), "title": film.title}

    @answers(PackFilm, apart=True)
    def _pack(self, ask: PackFilm, asked: Asked) -> dict[str, Any]:
        asked.progress(0, 0, "packing the film")
        film = self.studio.open(self._title(ask.id))
        folder = self.studio.lot.folder / "cache" / "archives"
        folder.mkdir(parents=True, exist_ok=True)
        made = film.archive(folder / f"{ask.id}{ARCHIVE_SUFFIX}", renders=ask.renders, overwrite=True)
        self.desk.archives[ask.id] = made.path
        name = f"{file_name(film.title)}{ARCHIVE_SUFFIX}"
        return {"ref": f"archive/{ask.id}", "name": name, "bytes": made.bytes, "notices": list(made.notices)}

    def _title(self, id: str, *, trashed: bool = False) -> str:
        found = films(self.studio.lot.database, trashed=trashed)
        for film in found:
            if str(film.id) == id:
                return film.title
        raise NotFound.among("film in the trash" if trashed else "film", id, [film.title for film in found])

    # ── media and files ────────────────────────────────────────────────────────────────────────────────────
    def media_file(self, ref: str) -> tuple[Path, str]:
        """The file of a reference, and its media type. Raises: GlimmerError in words."""
        return self.desk.file(ref)

    @answers(Ping, at_once=True)
    def _ping(self, ask: Ping) -> bool:
        return True

    @answers(Media, apart=True)
    def _media(self, ask: Media, asked: Asked) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for ref in ask.refs:
            try:
                told[ref] = self.desk.told(*self.media_file(ref), asked)
            except GlimmerError as error:
                told[ref] = {"words": str(error)}
        return told

    @answers(Upload)
    def _upload(self, ask: Upload, asked: Asked) -> dict[str, Any]:
        return self.uploads.begin(ask.name, ask.bytes, asked)

    @answers(UploadPart)
    def _upload_part(self, ask: UploadPart, asked: Asked) -> dict[str, Any]:
        return {"at": self.uploads.part(ask.id, ask.at, asked.buffers)}

    @answers(DropUpload)
    def _drop_upload(self, ask: DropUpload) -> None:
        self.uploads.drop(ask.id)


def _told(film: FilmRow, stages: tuple[frozenset[int], frozenset[int]]) -> ShelfFilm:
    return ShelfFilm(
        title=film.title,
        state=_state(film, stages),
        owner=film.owner,
        seconds=-1.0 if film.seconds is None else round(film.seconds, 2),
        shots=film.shots,
        takes=film.takes,
        renders=film.renders,
        usd=round(film.usd, 6),
        poster=poster_ref(film),
        made=film.made_at,
        changed=film.changed_at,
        trashed=film.trashed_at,
    )


def _state(film: FilmRow, stages: tuple[frozenset[int], frozenset[int]]) -> str:
    """How far on the road it is."""
    scripts, cuts = stages
    if film.renders:
        return "rendered"
    if film.id in cuts:
        return "cut"
    if film.poster:
        return "boarded"
    return "script" if film.id in scripts or film.shots else "idea"
