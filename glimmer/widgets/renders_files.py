"""Files that go with a finished render, made when a browser asks for them, in a folder of the studio's cache:

poster/<job>/<width>          its poster, small
subtitles/<job>/srt           also vtt, ass
timeline/<job>/otio           also edl
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from glimmer.errors import MissingPiece, NotFound
from glimmer.export.subtitles import SUBTITLE_FORMATS, write_subtitles
from glimmer.export.timeline import TIMELINE_KINDS, write_timeline
from glimmer.jobs import RenderJob
from glimmer.jobs.render_job import jobs_of
from glimmer.project import Project
from glimmer.widgets.posters import kept_small, wanted_width

__all__ = ["KINDS", "file_of", "job_numbered", "jobs_in"]

KINDS: Final = ("poster", "subtitles", "timeline")
_TYPES: Final = {
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "ass": "text/x-ssa",
    "otio": "application/json",
    "edl": "text/plain",
}


def jobs_in(film: Project) -> tuple[RenderJob, ...]:
    """Every render of the film, oldest first; those that this process makes are the jobs that make them."""
    return jobs_of(film.store, film.lot.folder / "cache")


def job_numbered(film: Project, number: int | str) -> RenderJob:
    """The film's render of that number. Raises: NotFound."""
    jobs = jobs_in(film)
    found = next((job for job in jobs if str(job.number) == str(number)), None)
    if found is None:
        raise NotFound.among("render", number, [str(job.number) for job in jobs])
    return found


def file_of(film: Project, kind: str, rest: str) -> tuple[Path, str]:
    """The file of a reference of one of our KINDS, and its media type. Raises: NotFound, MissingPiece, RenderError in words."""
    number, _, which = rest.partition("/")
    job = job_numbered(film, number)
    folder = film.lot.folder / "cache" / "faces" / "renders"
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "poster":
        return _poster(job, folder, which), "image/jpeg"
    known = SUBTITLE_FORMATS if kind == "subtitles" else TIMELINE_KINDS
    if which not in known:
        raise NotFound.among(f"{kind} format", which, known)
    path = folder / f"{film.store.project_id}-v{job.cut_version}.{which}"
    cut = film.cuts[job.cut_version]
    if kind == "subtitles":
        if not cut.captions:
            raise MissingPiece(f"v{cut.version} of the cut has no captions, so there are no subtitles of it.")
        write_subtitles(cut.captions, cut.rate, path, which)
    else:
        write_timeline(cut, path, which, media=film.assets.path)
    return path, _TYPES[which]


def _poster(job: RenderJob, folder: Path, width: str) -> Path:
    poster = job.result.poster
    if not poster:
        raise MissingPiece(f"render {job.number} has no poster.")
    width_px = wanted_width(width)
    return kept_small(poster, folder / f"{job.path.stem}-{width_px}.jpg", width_px)
