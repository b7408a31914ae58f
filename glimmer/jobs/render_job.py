"""A render job: one cut at one preset, made in the background. Its row in the store says how it stands; its film is a file.

The same cut at the same preset again is the film that is there. Who asks this process for a job that it is rendering gets that very job,
with its progress and its way to stop; what another process renders is seen by what it leaves on the disk (`sightings`).
"""

from __future__ import annotations

import hashlib
import threading
import time
import weakref
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from glimmer.assembly import Assembly
from glimmer.errors import Cancelled, GlimmerError, RenderError
from glimmer.jobs import cards
from glimmer.jobs.sightings import Spot
from glimmer.progress import progress
from glimmer.render.nouns import Progress, Rendered
from glimmer.render.preset import Preset
from glimmer.store import JobRow, Store

__all__ = ["UNFINISHED", "Film", "RenderJob", "finished_like", "jobs_of", "start_render"]

UNFINISHED: Final = ("waiting", "running")
_FIRST_WORD: Final = timedelta(seconds=20)  # from a job's row to the first word of its render, on a disk that is busy

_guard: Final = threading.Lock()
_live: Final[weakref.WeakValueDictionary[tuple[int, int, int], RenderJob]] = weakref.WeakValueDictionary()


class RenderJob:
    """One render. `wait()` shows its progress and returns it; `result` is the finished film; `cancel()` stops it."""

    def __init__(self, store: Store, row: JobRow, *, folder: Path | None = None, reused: bool = False) -> None:
        """folder: the studio's cache, where a render of another process is seen; without it only its row is known."""
        self._store = store
        self._row = row
        self._reused = reused
        self._captions = True
        self._thread: threading.Thread | None = None
        self._spot = None if folder is None else Spot(folder, store.project_id, row.number)
        self._stop = threading.Event()
        self._ended = threading.Event()  # a Thread.join that is interrupted forgets that its thread still runs (bpo-45274)
        self._latest: Progress | None = None
        self._error: BaseException | None = None

    @property
    def number(self) -> int:
        return self._row.number

    id = number

    @property
    def cut_version(self) -> int:
        """The version of the cut that it renders."""
        return self._row.cut_version

    @property
    def preset(self) -> str:
        return self._row.preset

    @property
    def state(self) -> str:
        """waiting, running, done, failed, cancelled; or interrupted: its process is gone, and it will not go on."""
        return "interrupted" if self._is_deserted() else self._row.state

    @property
    def error(self) -> str:
        """What stopped it, in words; "" for what was not stopped."""
        if self._is_deserted():
            return "The process that rendered it is gone. Finished segments are kept: render again, and only the rest is made."
        return self._row.error

    @property
    def is_here(self) -> bool:
        """Whether this process renders it, now."""
        return self._thread is not None and not self._ended.is_set()

    @property
    def captions(self) -> bool:
        """Whether captions are in the picture; True where that can't be told: of one that another process began and nobody finished."""
        return self._captions and f"-clean-{self._row.key[:10]}" not in Path(self._row.path).name

    @property
    def made_at(self) -> str:
        """When it was asked for (UTC, ISO 8601)."""
        return self._row.made_at

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self._row.seconds

    @property
    def path(self) -> Path:
        """Where the finished film lies."""
        return Path(self._row.path)

    @property
    def progress(self) -> Progress | None:
        """How far it is; None before it has begun, and where that can't be seen: on another machine."""
        if self._thread is not None or self._spot is None or self._row.state not in UNFINISHED:
            return self._latest
        seen = self._spot.seen()
        return seen.progress if seen is not None else None

    @property
    def result(self) -> Film:
        """The finished film.

        Raises: the error that stopped it, or RenderError while it is not finished.
        """
        if self._error is not None:
            raise self._error
        if self._row.state != "done":
            raise RenderError(
                f"render job {self.number} is {self.state}{': ' + self.error.rstrip('.') if self.error else ''}; "
                "a result needs a finished one. Call job.wait(), or render again."
            )
        if not self.path.is_file():
            raise RenderError(
                f'the film of render job {self.number} is gone: there is no "{self.path}". Render it again: film.render(film.cuts[{self.cut_version}], '
                f'preset="{self.preset}").'
            )
        made = Rendered.model_validate_json(self._row.result)
        if self._reused:  # this time nothing was made: the film was there
            made = made.model_copy(update={"segments_made": 0})
        return Film(path=self.path, **made.model_dump())

    def wait(self) -> RenderJob:
        """Show progress until it is finished. Interrupting the cell cancels the render; finished segments are kept.

        Raises: the error that stopped it.
        """
        if self._thread is not None:
            try:
                self._watch(self._thread)
            except KeyboardInterrupt:
                self.cancel()
                while self._thread.is_alive() and not self._ended.wait(0.1):
                    pass
                raise
        if self._error is not None:
            raise self._error
        return self

    def is_over(self, within_seconds: float = 0.0) -> bool:
        """Whether it has ended; waits for that at most so long. Shows nothing, and raises nothing of what stopped it."""
        if self._thread is None:
            return self.state not in UNFINISHED
        return self._ended.wait(within_seconds) or not self._thread.is_alive()

    def cancel(self) -> None:
        """Stop it. What is finished of it is kept and used by the next render. One of another process of this machine is asked to stop, and
        does within a second; one that is over stays as it is.

        Raises: RenderError for one that runs where nothing can reach it.
        """
        if self._thread is not None:
            self._stop.set()
            return
        if self._row.state not in UNFINISHED or self._is_deserted():
            return
        seen = self._spot.seen() if self._spot is not None else None
        if self._spot is None or seen is None:
            raise RenderError(
                f"render job {self.number} runs in another process, which left no word on this machine; it can only be stopped there. "
                "Interrupt the cell or the command that renders it."
            )
        try:
            self._spot.ask_to_stop()
        except OSError as reason:
            raise RenderError(
                f"render job {self.number} runs in another process ({seen.holder}), which can't be told to stop: {reason}. Stop it there."
            ) from reason

    def _is_deserted(self) -> bool:
        """Whether its row says that it runs, and nobody does it any more."""
        if self._thread is not None or self._spot is None or self._row.state not in UNFINISHED:
            return False
        seen = self._spot.seen()
        if seen is not None:
            return not seen.lives
        if self._store.database.path is None:
            return False  # a studio that several machines share: it may be another's
        return self._row.made_at < (datetime.now(UTC) - _FIRST_WORD).isoformat(timespec="seconds")

    def _watch(self, thread: threading.Thread) -> None:
        with progress("rendering", 0, unit="frame") as bar:
            over = False
            while not over:
                over = self._ended.wait(0.1) or not thread.is_alive()
                latest = self._latest
                if latest is not None:
                    bar.total = latest.frames_total
                    bar.set(latest.frames_done, _told(latest))

    def _run(self, work: Callable[[Callable[[Progress], None], Callable[[], bool]], Rendered], path: Path) -> None:
        started = time.monotonic()
        if self._spot is not None:
            self._spot.note(at_once=True)
        self._row = self._store.set_job(self.number, state="running")
        try:
            made = work(self._note, self._is_stopped)
        except Cancelled as error:
            self._error = error
            self._end("cancelled", started, error=str(error))
        except GlimmerError as error:
            self._error = error
            self._end("failed", started, error=str(error))
        except Exception as error:  # noqa: BLE001  # the thread's last word: kept in the row and raised by wait()
            self._error = RenderError(
                f"render job {self.number} failed: {type(error).__name__}: {error}. Finished segments are kept."
            )
            self._error.__cause__ = error
            self._end("failed", started, error=str(self._error))
        else:
            self._end("done", started, path=str(path), result=made.model_dump_json())
        finally:
            if self._spot is not None:
                self._spot.clear()
            self._ended.set()

    def _end(self, state: str, started: float, **facts: str) -> None:
        self._row = self._store.set_job(self.number, state=state, seconds=time.monotonic() - started, **facts)

    def _note(self, latest: Progress) -> None:
        self._latest = latest
        if self._spot is not None:
            self._spot.note(latest)

    def _is_stopped(self) -> bool:
        return self._stop.is_set() or (self._spot is not None and self._spot.is_asked_to_stop())

    def __repr__(self) -> str:
        return f"render job {self.number}: cut v{self._row.cut_version} at {self.preset} · {self.state}"

    def _repr_html_(self) -> str:
        if self.state == "done":
            return self.result._repr_html_()
        return cards.job_card(self.__repr__(), self.error, self.progress)


def _told(latest: Progress) -> str:
    """What a person reads beside the bar: which segment is being made, or what is done when they are."""
    if latest.stage == "frames" and latest.total:
        return f"segment {min(latest.done + 1, latest.total)} of {latest.total}"
    return latest.stage


class Film(Rendered):
    """A finished film on disk: a player in a notebook, its facts in text."""

    path: Path

    def __repr__(self) -> str:
        return cards.film_line(self)

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return cards.film_card(self.path, self)


def start_render(
    cut: Assembly,
    preset: Preset,
    *,
    store: Store,
    media: Callable[[str], Path],
    folder: Path,
    out: Callable[[str], Path],
    captions: bool,
) -> RenderJob:
    """Begin a render, or give back the finished job of the same one.

    `folder` keeps segments; `out` says where the film of a key goes: a file of its own for each, so that no film takes another's place.
    """
    from glimmer.render.film import render, render_key  # half a second of OpenCV and SciPy, which opening a film must not cost

    key = _key(render_key(), cut, preset, captions)
    row = _finished(store, key)
    if row is not None:
        row = row if row.cut_version == cut.version else _again(store, row, cut.version)
        return RenderJob(store, row, folder=folder, reused=True)
    job = RenderJob(store, store.add_job(cut.version, preset.name, key), folder=folder)
    target = out(key)

    def work(note: Callable[[Progress], None], stopped: Callable[[], bool]) -> Rendered:
        return render(
            cut, preset, media=media, cache_dir=folder, out=target, captions=captions, on_progress=note, cancelled=stopped
        )

    job._captions = captions
    job._thread = threading.Thread(target=job._run, args=(work, target), name=f"glimmer-render-{job.number}", daemon=True)
    with _guard:
        _live[_place(store, job.number)] = job
    job._thread.start()
    return job


def jobs_of(store: Store, folder: Path) -> tuple[RenderJob, ...]:
    """Every render of a film, oldest first. One that this process renders is the job that renders it. folder: the studio's cache."""
    rows = store.jobs()
    with _guard:
        live = [_live.get(_place(store, row.number)) for row in rows]
    return tuple(job if job is not None else RenderJob(store, row, folder=folder) for job, row in zip(live, rows, strict=True))


def finished_like(store: Store, cut: Assembly, preset: Preset, *, captions: bool) -> int:
    """The number of the finished render that this one would be, 0 where it would have to be made."""
    from glimmer.render.film import render_key

    row = _finished(store, _key(render_key(), cut, preset, captions))
    return row.number if row is not None else 0


def _finished(store: Store, key: str) -> JobRow | None:
    for row in reversed(store.jobs()):
        if row.key == key and row.state == "done" and Path(row.path).is_file():
            return row
    return None


def _place(store: Store, number: int) -> tuple[int, int, int]:
    return id(store.database), store.project_id, number


def _again(store: Store, row: JobRow, cut_version: int) -> JobRow:
    """The finished render of an equal cut, as the render of this version."""
    job = store.add_job(cut_version, row.preset, row.key)
    return store.set_job(job.number, state="done", path=row.path, result=row.result)


def _key(renderer: str, cut: Assembly, preset: Preset, captions: bool) -> str:
    same = cut.model_copy(
        update={"version": 0, "script_version": 0, "notices": (), "markers": ()}
    )  # a note is never seen in the film
    words = f"{renderer}\n{same.model_dump_json()}\n{preset.model_dump_json()}\n{captions}"
    return hashlib.sha256(words.encode()).hexdigest()
