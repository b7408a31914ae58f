"""RendersFace: `film.renders` shown alive: render a version of the cut, see how far it is, stop it, ask again, play it, take it away.

    film.renders                  the panel
    gl.Review(film)               a player whose comments become markers of the cut, and come back in the timeline

What runs is told at most four times a second, and only while something runs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Final

from glimmer.assembly import Assembly
from glimmer.errors import GlimmerError, InputError, MissingPiece, NotFound
from glimmer.jobs import RenderJob
from glimmer.jobs.render_job import UNFINISHED, finished_like
from glimmer.project import Project
from glimmer.render.nouns import Progress, Rendered
from glimmer.render.preset import PRESETS, SIZES, Preset, preset_named
from glimmer.timecode import RATES
from glimmer.titles import file_name
from glimmer.widgets.behind import Behind
from glimmer.widgets.face import answers
from glimmer.widgets.film_face import FilmFace
from glimmer.widgets.following import look_now
from glimmer.widgets.render_queue import queue_of
from glimmer.widgets.renders_asks import (
    Ahead,
    CancelRender,
    Comment,
    DropQueued,
    ExportFilm,
    RenderCut,
    RenderNext,
    Resolve,
    RetryRender,
)
from glimmer.widgets.renders_files import KINDS, file_of, job_numbered, jobs_in
from glimmer.widgets.renders_state import CutState, JobState, NoteState, RendersState, RunState, SizeState, WaitState
from glimmer.widgets.runtime import later
from glimmer.widgets.wire import differences

__all__ = ["RendersFace", "Review"]

_TICK_SECONDS: Final = 0.25
_MOST_JOBS: Final = 60
_MOST_CUTS: Final = 12
_PLAYED: Final = {".mp4": "video", ".m4v": "video", ".webm": "video", ".gif": "picture"} | dict.fromkeys(
    (".m4a", ".wav", ".flac", ".ogg"), "audio"
)
_NO_CUT: Final = "Write a script and let it be boarded, then draft a first cut: film.agents.assembly.draft(script)."


class RendersFace(FilmFace):
    """The renders of one film. `review`: a player with comments in place of the panel."""

    bundle: ClassVar[str] = "renders"
    called: ClassVar[str] = "renders"
    shows = RendersState

    def __init__(self, film: Project, *, review: bool = False) -> None:
        self._review = review
        self._cuts: dict[int, CutState] = {}
        self._told: dict[int, JobState] = {}  # of finished renders, which stay as they are
        self._running: tuple[RenderJob, ...] = ()
        self._ticks = False
        self._behind = Behind(film.store, lambda: film.cut, self.changed)
        super().__init__(film)
        self.queue = queue_of(film)
        self.queue.follow(self)

    # ── what is shown ──────────────────────────────────────────────────────────────────────────────────────
    def card(self) -> object:
        return self.film.renders

    def state(self) -> dict[str, Any]:
        jobs = jobs_in(self.film)
        newest = self._newest()
        self._running = tuple(job for job in jobs if job.state in UNFINISHED)
        state = RendersState(
            film=self.film.title,
            review=self._review,
            version=newest.version if newest is not None else 0,
            cuts={str(version): cut for version, cut in self._versions(newest, jobs)},
            sizes={name: SizeState(width=size[0], height=size[1]) for name, size in SIZES.items()},
            rates=tuple(RATES),
            jobs={str(job.number): self._job(job) for job in jobs[-_MOST_JOBS:]},
            running=self._progress(),
            queue={
                each.id: WaitState(
                    order=order, version=each.version, preset=each.preset, captions=each.captions, refused=each.refused
                )
                for order, each in enumerate(self.queue.waiting)
            },
            notes=_notes(newest),
            more=max(0, len(jobs) - _MOST_JOBS),
            folder=str(self._exports()),
            typed=_may_type(),
            hint="" if newest is not None else _NO_CUT,
            behind=self._behind.look() if newest is not None else "",
        )
        self._keep_ticking()
        return state.model_dump(mode="json", exclude_defaults=True)

    def _newest(self) -> Assembly | None:
        try:
            return self.film.cut
        except MissingPiece:
            return None

    def _versions(self, newest: Assembly | None, jobs: Iterable[RenderJob]) -> list[tuple[int, CutState]]:
        """The newest versions, and those that were rendered, newest first."""
        if newest is None:
            return []
        rendered = sorted({job.cut_version for job in jobs} | {newest.version}, reverse=True)
        wanted = {newest.version - back for back in range(_MOST_CUTS)} | set(rendered[:_MOST_CUTS])
        found = ((version, self._version(version, newest)) for version in sorted(wanted, reverse=True) if version > 0)
        return [(version, cut) for version, cut in found if cut is not None]

    def _version(self, version: int, newest: Assembly) -> CutState | None:
        if version not in self._cuts:
            try:
                cut = newest if version == newest.version else self.film.cuts[version]
            except NotFound:
                return None
            look = _look_of(cut)
            self._cuts[version] = CutState(frames=cut.frames, rate=str(cut.rate), seconds=round(cut.seconds, 3), look=look)
        return self._cuts[version]

    def _job(self, job: RenderJob) -> JobState:
        known = self._told.get(job.number)
        if known is None:
            known = _told(job)
            if job.state == "done":
                self._told[job.number] = known
        gone = job.state == "done" and not job.path.is_file()
        return known if gone == known.gone else known.model_copy(update={"gone": gone})

    # ── what moves ─────────────────────────────────────────────────────────────────────────────────────────
    def _progress(self) -> dict[str, RunState]:
        return {str(job.number): _run(job.progress) for job in self._running}

    def _keep_ticking(self) -> None:
        if self._running and not self._ticks:
            self._ticks = True
            later(_TICK_SECONDS, lambda: self._line.put(self._tick))

    def _tick(self) -> None:
        self._ticks = False
        if any(job.is_over() for job in self._running):
            self.changed()
            return
        running = {number: run.model_dump(mode="json", exclude_defaults=True) for number, run in self._progress().items()}
        with self._sending:
            if self._shown is not None:
                new = self._shown | {"running": running}
                operations = differences(self._shown, new)
                self._shown = new
                if operations:
                    self.say(operations)
        self._keep_ticking()

    # ── rendering ──────────────────────────────────────────────────────────────────────────────────────────
    @answers(RenderCut, apart=True)
    def _render(self, ask: RenderCut) -> dict[str, Any]:
        return self._asked_for(ask.version, ask.preset, ask.captions)

    def _asked_for(self, version: int, preset: str, captions: bool) -> dict[str, Any]:
        wanted = preset_named(preset)
        cut = self._cut(version)
        same = finished_like(self.film.store, cut, wanted, captions=captions)
        if same:
            job = self.film.render(cut, wanted, captions=captions)
            look_now(self.film.store)
            return {"same": job.number}
        return {"id": self.queue.put(cut.version, wanted.name, captions=captions)}

    @answers(Ahead, apart=True)
    def _ahead(self, ask: Ahead) -> dict[str, Any]:
        wanted, cut = preset_named(ask.preset), self._cut(ask.version)
        return {
            "same": finished_like(self.film.store, cut, wanted, captions=ask.captions),
            "about_seconds": round(_about_seconds(self._told.values(), cut, wanted), 1),
            "suffix": wanted.suffix,
            "pictured": wanted.has_picture,
            "heard": wanted.has_sound,
        }

    def _cut(self, version: int) -> Assembly:
        return self.film.cuts[version] if version else self.film.cut

    @answers(CancelRender, at_once=True)
    def _cancel(self, ask: CancelRender) -> None:
        next((job for job in self._running if job.number == ask.number), job_numbered(self.film, ask.number)).cancel()

    @answers(RetryRender, apart=True)
    def _retry(self, ask: RetryRender) -> dict[str, Any]:
        job = job_numbered(self.film, ask.number)
        if job.preset not in PRESETS:
            raise InputError(
                f'render {job.number} was made with a preset of one\'s own, "{job.preset}", which is not kept; expected one that has a name. '
                "Render it again from Python: film.render(cut, preset)."
            )
        return self._asked_for(job.cut_version, job.preset, job.captions)

    @answers(DropQueued)
    def _drop(self, ask: DropQueued) -> None:
        self.queue.drop(ask.id)

    @answers(RenderNext)
    def _next(self, ask: RenderNext) -> None:
        self.queue.bring_forward(ask.id)

    # ── taking away ────────────────────────────────────────────────────────────────────────────────────────
    def media_file(self, ref: str) -> tuple[Path, str]:
        kind, _, rest = ref.partition("/")
        return file_of(self.film, kind, rest) if kind in KINDS else super().media_file(ref)

    def _exports(self) -> Path:
        return self.film.lot.folder / "exports"

    @answers(ExportFilm, apart=True)
    def _export(self, ask: ExportFilm) -> dict[str, Any]:
        job = job_numbered(self.film, ask.number)
        result = job.result
        if ask.folder.strip() and not _may_type():
            raise InputError(
                f"the folder {ask.folder!r:.60} can't be written to from here: this page is served to visitors. Leave it empty, and take the "
                "files by their download links."
            )
        folder = Path(ask.folder.strip()).expanduser() if ask.folder.strip() else self._exports()
        name = file_name(ask.name or f"{self.film.title} {job.preset}")
        out = folder / f"{name}{result.path.suffix}"
        if out.exists():
            raise InputError(f'"{out}" is there already, and is not written over from here. Give the file another name.')
        made = self.film.export(job, out, subtitles=ask.subtitles, timeline=ask.timeline, stems=ask.stems)
        return {
            "paths": [str(path) for path in made.paths],
            "bytes": made.bytes,
            "notices": list(made.notices),
            "line": _export_line(ask, out),
        }

    # ── notes ──────────────────────────────────────────────────────────────────────────────────────────────
    @answers(Comment)
    def _comment(self, ask: Comment) -> dict[str, Any]:
        name, words = " ".join(ask.name.split()), " ".join(ask.words.split())
        if not words:
            raise InputError("a comment without words; expected what you saw. Write it and send it again.")
        note = f"{name}: {words}" if name else words
        with self.film.store.write("note", f"a note at frame {ask.frame}"):  # read and kept in one: two reviewers lose nothing
            self.film.cut = self.film.cut.mark(ask.frame, note)
        look_now(self.film.store)
        return {"version": self.film.cut.version, "note": note, "line": f"film.cut = film.cut.mark({ask.frame}, {note!r})"}

    @answers(Resolve)
    def _resolve(self, ask: Resolve) -> dict[str, Any]:
        with self.film.store.write("note", f"the note at frame {ask.frame} is seen to"):
            cut = self.film.cut
            if not any((each.at, each.note) == (ask.frame, ask.note) for each in cut.markers):
                raise NotFound.among("note", ask.note, [each.note for each in cut.markers], see="cut.markers")
            elsewhere = [each for each in cut.markers if each.note.casefold() == ask.note.casefold() and each.at != ask.frame]
            cut = cut.unmark(ask.note)
            for each in elsewhere:  # a note goes by its words, and these words stand at other frames too
                cut = cut.mark(each.at, each.note)
            self.film.cut = cut
        look_now(self.film.store)
        return {"version": self.film.cut.version, "line": f"film.cut = film.cut.unmark({ask.note!r})"}


class Review(RendersFace):
    """A player of the finished film, with comments pinned to its frames: they become markers of the newest cut."""

    called: ClassVar[str] = "review"

    def __init__(self, film: Project) -> None:
        super().__init__(film, review=True)


# ── in plain values ─────────────────────────────────────────────────────────────────────────────────────────
def _told(job: RenderJob) -> JobState:
    state = JobState(
        number=job.number,
        version=job.cut_version,
        preset=job.preset,
        state=job.state,
        captions=job.captions,
        words=job.error,
        made_at=job.made_at,
        took=round(job.seconds, 2),
        known=job.preset in PRESETS,
    )
    if job.state != "done":
        return state
    try:
        made: Rendered = job.result
    except GlimmerError as error:  # its file is gone: its row still tells what it was
        return state.model_copy(update={"gone": True, "words": str(error), "file": job.path.name})
    facts = {
        "width": made.width_px,
        "height": made.height_px,
        "rate": str(made.rate),
        "frames": made.frames,
        "seconds": round(made.seconds, 3),
        "lufs": round(made.lufs, 1),
        "peak_db": round(made.true_peak_db, 1),
        "bytes": made.bytes,
        "segments": made.segments,
        "made": made.segments_made,
        "file": job.path.name,
        "played": _PLAYED.get(job.path.suffix, ""),
        "words": " ".join(made.notices),
    }
    return state.model_copy(update=facts)


def _run(progress: Progress | None) -> RunState:
    if progress is None:
        return RunState()
    return RunState(
        stage=progress.stage,
        done=progress.done,
        total=progress.total,
        share=round(progress.frames_done / progress.frames_total, 3) if progress.frames_total else 0.0,
        fps=round(progress.frames_per_second, 1),
        left=-1.0 if progress.seconds_left is None else round(progress.seconds_left, 1),
    )


def _look_of(cut: Assembly) -> str:
    """The same for two versions whose films are the same: what is only noted in them is left out."""
    seen = cut.model_copy(update={"version": 0, "script_version": 0, "notices": (), "markers": ()})
    return hashlib.sha256(seen.model_dump_json().encode()).hexdigest()[:12]


def _notes(cut: Assembly | None) -> dict[str, NoteState]:
    if cut is None:
        return {}
    return {f"{marker.at}/{at}": NoteState(frame=marker.at, note=marker.note) for at, marker in enumerate(cut.markers)}


def _about_seconds(jobs: Iterable[JobState], cut: Assembly, preset: Preset) -> float:
    """How long the render may take, by what a pixel took in the slowest of the last three that were made whole; 0 where there is none."""
    whole = [job for job in list(jobs)[-12:] if job.state == "done" and job.made == job.segments > 0 and job.frames and job.width]
    paces = [job.took / (job.frames * job.width * job.height) for job in whole[-3:]]
    return max(paces, default=0.0) * float(cut.seconds * preset.rate) * preset.width_px * preset.height_px


def _may_type() -> bool:
    """Whether who looks may name a folder of this machine: not where a dashboard is served to visitors, by Voila, which sets one of both."""
    return "VOILA_PREHEAT" not in os.environ and not os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


def _export_line(ask: ExportFilm, out: Path) -> str:
    more = "".join(f", {name}={value!r}" for name, value in (("subtitles", ask.subtitles), ("timeline", ask.timeline)) if value)
    return f'film.export(film.renders[{ask.number - 1}], "{out}"{more}{", stems=True" if ask.stems else ""})'
