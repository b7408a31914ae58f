"""Attach: a file that a person brings to a chat goes where it belongs: a script becomes the film's script, pictures and films go to video,
sound to audio. What it is, is told by its content where it is media; a script by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from glimmer.errors import MediaError
from glimmer.project import Project
from glimmer.widgets.chat_telling import Teller

__all__ = ["taken_into"]

_SCRIPTS: Final = (".fountain", ".fdx", ".pdf", ".txt", ".spmd")


def taken_into(film: Project, path: Path, teller: Teller) -> dict[str, Any]:
    """Take a file into the film. Returns: its take as a card tells it; of a script {"script": its version, "words": what to call it}.

    Raises: MediaError, ScreenplayError, LimitError in words; nothing is kept then.
    """
    if path.suffix.casefold() in _SCRIPTS:
        script = film.screenplays.read(path)
        return {"script": script.version, "words": f'the script v{script.version} "{script.title}"'}
    return _media(film, path, teller)


def _media(film: Project, path: Path, teller: Teller) -> dict[str, Any]:
    """Footage and pictures are tried first: a film has sound too, a sound no picture."""
    try:
        entry: Any = film.video.add(path)
        bucket = "video"
    except MediaError as error:
        try:
            entry, bucket = film.audio.add(path), "audio"
        except MediaError:
            raise error from None  # what it is not, is told by the first
    return teller.made(bucket, entry.key, max(take.number for take in entry.takes)).model_dump(mode="json")
