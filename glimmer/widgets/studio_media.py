"""Studio media: what a browser may see of a studio before a film of it is open: posters, and an archive that was packed for it.

poster/<film>/<first letters of its hash>/<width>     the film's first board, or its first clip's first frame, small
archive/<film>                                        the archive that `pack_film` made last
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from glimmer.assets.names import media_type_of
from glimmer.errors import MissingPiece, NotFound
from glimmer.store.films import FilmRow
from glimmer.studio import Studio
from glimmer.widgets.media import MediaDesk, kept_once
from glimmer.widgets.posters import kept_small, wanted_width

__all__ = ["StudioDesk", "poster_ref"]

_LETTERS = 12


def poster_ref(film: FilmRow) -> str:
    """The reference of a film's poster, another one when the poster is; "" for none."""
    return f"poster/{film.id}/{film.poster[:_LETTERS]}" if film.poster else ""


class StudioDesk(MediaDesk):
    """Gives out the media of a studio."""

    def __init__(self, studio: Studio) -> None:
        self._lot = studio.lot
        self._small = studio.lot.folder / "cache" / "faces" / "posters"
        self.films: Mapping[int, FilmRow] = {}  # by number; who shows them says which there are
        self.archives: dict[str, Path] = {}

    def file(self, ref: str) -> tuple[Path, str]:
        kind, _, rest = ref.partition("/")
        if kind == "poster":
            return self._poster(*(rest.split("/") + ["", ""])[:3]), "image/jpeg"
        if kind == "archive":
            path = self.archives.get(rest)
            if path is None or not path.is_file():
                raise MissingPiece("that archive is not there any more. Pack the film again.")
            return path, "application/octet-stream"
        raise NotFound.among("kind of media", kind, ("poster", "archive"))

    def _poster(self, number: str, letters: str, width: str) -> Path:
        film = self.films.get(int(number)) if number.isdecimal() else None
        if film is None or not film.poster or film.poster[:_LETTERS] != letters:
            raise MissingPiece("there is no such poster.")
        width_px = wanted_width(width)
        take, small = self._lot.assets.path(film.poster), self._small / f"{film.poster[:32]}-{width_px}.jpg"
        mime = media_type_of(take.suffix)
        if not mime.startswith("video/"):
            return kept_small(take, small, width_px)
        from glimmer.widgets.media_drawn import thumb_of  # the renderer's way into files, when a film begins with a clip

        return kept_once(small, lambda: thumb_of(take, mime, width_px))
