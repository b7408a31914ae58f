"""A render job: one cut at one preset, made in the background. Its row in the store says how it stands; its film is a file.

The same cut at the same preset again is the film that is there.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from glimmer.assembly import Assembly
from glimmer.errors import Cancelled, GlimmerError, RenderError
from glimmer.jobs import cards
from glimmer.progress import progress
from glimmer.render.nouns import Progress, Rendered
from glimmer.render.preset import Preset
from glimmer.store import JobRow, Store

__all__ = ["Film", "RenderJob", "start_render"]


class RenderJob:
    """One render. `wait()` shows its progress and returns it; `result` is the finished film; `cancel()` stops it."""

    def __init__(self, store: Store, row: JobRow, *, thread: threading.Thread | None = None, reused: bool = False) -> None:
        self._store = store
        self._row = row
        self._reused = reused
        self._thread = thread
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
        """waiting, running, done, failed or cancelled."""
        return self._row.state

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
        return self._latest

    @property
    def result(self) -> Film:
        """The finished film.

        Raises: the error that stopped it, or RenderError while it is not finished.
        """
        if self._error is not None:
            raise self._error
        if self._row.state != "done":
            raise RenderError(
                f"render job {self.number} is {self._row.state}{': ' + self._row.error if self._row.error else ''}; "
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

    def cancel(self) -> None:
        """Stop it. What is finished of it is kept and used by the next render."""
        self._stop.set()

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
        self._row = self._store.set_job(self.number, state="running")
        try:
            made = work(self._note, self._stop.is_set)
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
            self._ended.set()

    def _end(self, state: str, started: float, **facts: str) -> None:
        self._row = self._store.set_job(self.number, state=state, seconds=time.monotonic() - started, **facts)

    def _note(self, latest: Progress) -> None:
        self._latest = latest

    def __repr__(self) -> str:
        return f"render job {self.number}: cut v{self._row.cut_version} at {self.preset} · {self.state}"

    def _repr_html_(self) -> str:
        if self.state == "done":
            return self.result._repr_html_()
        return cards.job_card(self.__repr__(), self._row.error, self._latest)


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
    for row in reversed(store.jobs()):
        if row.key == key and row.state == "done" and Path(row.path).is_file():
            return RenderJob(store, row if row.cut_version == cut.version else _again(store, row, cut.version), reused=True)
    job = RenderJob(store, store.add_job(cut.version, preset.name, key))
    target = out(key)

    def work(note: Callable[[Progress], None], stopped: Callable[[], bool]) -> Rendered:
        return render(
            cut, preset, media=media, cache_dir=folder, out=target, captions=captions, on_progress=note, cancelled=stopped
        )

    job._thread = threading.Thread(target=job._run, args=(work, target), name=f"glimmer-render-{job.number}", daemon=True)
    job._thread.start()
    return job


def _again(store: Store, row: JobRow, cut_version: int) -> JobRow:
    """The finished render of an equal cut, as the render of this version."""
    job = store.add_job(cut_version, row.preset, row.key)
    return store.set_job(job.number, state="done", path=row.path, result=row.result)


def _key(renderer: str, cut: Assembly, preset: Preset, captions: bool) -> str:
    same = cut.model_copy(update={"version": 0, "script_version": 0, "notices": ()})
    words = f"{renderer}\n{same.model_dump_json()}\n{preset.model_dump_json()}\n{captions}"
    return hashlib.sha256(words.encode()).hexdigest()
