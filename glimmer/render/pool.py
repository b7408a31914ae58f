"""The pool: everything of a plan that is not in the cache yet, made side by side in threads, and joined.

OpenCV and PyAV let go of Python's lock while they work, so threads are as fast as processes here (3.94 s against 3.95 s) and share
stills. Pieces have their content's key as their name: two renders at once, or one after a crash, find each other's work.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Literal, Self

import cv2

from glimmer.errors import Cancelled, RenderError
from glimmer.render.encoder import encode_segment
from glimmer.render.join import DamagedPiece, join
from glimmer.render.nouns import Progress
from glimmer.render.opening import Media
from glimmer.render.parts import sweep
from glimmer.render.plan import RenderPlan, Segment
from glimmer.render.soundtrack import Soundtrack, make_soundtrack, soundtrack_suffix
from glimmer.render.stills import PlanesKept

__all__ = ["Pool"]

LOOK_EVERY_SECONDS = 0.1
LONGEST_RUN = 4  # segments of 84 frames: more than a group of pictures of 250, which a seek would read from its start
AHEAD = 2  # runs of segments handed out for each worker: the one it draws, and the next, so that none waits for us


class Pool:
    """One render under way: its cache, its workers and what it has to tell. `with Pool(…) as pool` closes what it opened."""

    def __init__(
        self,
        planned: RenderPlan,
        media: Media,
        cache_dir: Path,
        on_progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        workers: int | None,
    ) -> None:
        self._plan, self._media, self._on_progress, self._cancelled = planned, media, on_progress, cancelled
        self._workers = max(workers or os.cpu_count() or 1, 1)
        self._segments_dir, self._sound_dir = cache_dir / "segments", cache_dir / "sound"
        for folder in (self._segments_dir, self._sound_dir):
            _made(folder)
            sweep(folder)
        self.sound_path = self._sound_dir / f"{planned.sound.key}{soundtrack_suffix(planned.sound)}"
        self.kept = PlanesKept()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._segments = planned.segments if planned.preset.has_picture else ()
        self._frames_done = self._frames_total = self._done = 0
        self._to_show: Counter[str] = Counter()
        self._began = time.monotonic()
        self._said = 0.0
        self.segments_made = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kept.reels.close()

    def make(self) -> Soundtrack:
        """Make all that is not in the cache, sound and segments side by side. Waits for the workers, also when one fails."""
        missing = self._missing()
        self._frames_total = sum(segment.frames for segment in missing)
        self._to_show = Counter(asset for segment in missing for asset in _assets(segment))
        self._done = len(self._segments) - len(missing)
        self.say("plan")
        with _one_thread_each(), ThreadPoolExecutor(self._workers, thread_name_prefix="glimmer-render") as pool:
            sound = pool.submit(make_soundtrack, self._plan.sound, self.sound_path, media=self._media, cancelled=self._stop.is_set)
            self._see_through(pool, sound, missing)
        return sound.result()

    def join(self, out: Path) -> None:
        """Join the segments into `out`. A cached piece that turns out damaged is made again, once each."""
        again: set[Path] = set()
        while True:
            self.say("join")
            if self._cancelled():
                raise Cancelled("the render was stopped before its film was joined; finished segments are kept.")
            try:
                sound = self.sound_path if self._plan.preset.has_sound else None
                pieces = [(self._path(segment), segment.frames) for segment in self._segments]
                join(pieces, sound, out, rate=self._plan.preset.rate, title=self._plan.title)
                return
            except DamagedPiece as damaged:
                if damaged.path in again:
                    raise
                again.add(damaged.path)
                damaged.path.unlink(missing_ok=True)
                self.make()

    @contextmanager
    def looking(self) -> Iterator[None]:
        """For what is drawn in one go, frame by frame: `each_frame` then tells of it and stops it."""
        self._frames_total, self._done = self._plan.frames, 0
        self.say("plan")
        with _one_thread_each():
            yield
        self._done = self.segments_made = len(self._segments)

    def each_frame(self) -> None:
        """One more frame is drawn. Raises: Cancelled if the person says so."""
        self._frame_made()
        if time.monotonic() - self._said > LOOK_EVERY_SECONDS:
            if self._cancelled():
                raise Cancelled("the render was stopped; nothing was written under the film's name.")
            self.say("frames")

    def say(self, stage: Literal["plan", "frames", "sound", "join", "done"]) -> None:
        with self._lock:
            done, frames_done = self._done, self._frames_done
        self._said = time.monotonic()
        speed = frames_done / max(self._said - self._began, 1e-6)
        left = (self._frames_total - frames_done) / speed if frames_done else None
        self._on_progress(
            Progress(
                stage=stage,
                done=done,
                total=len(self._segments),
                frames_done=frames_done,
                frames_total=self._frames_total,
                frames_per_second=round(speed, 1),
                seconds_left=0.0 if stage == "done" else left,
            )
        )

    def _path(self, segment: Segment) -> Path:
        return self._segments_dir / f"{segment.key}.mp4"

    def _missing(self) -> list[Segment]:
        """The segments to make, each content once, in the film's order: what comes first can be looked at first."""
        there = {entry.name for entry in os.scandir(self._segments_dir)}
        by_key = {segment.key: segment for segment in self._segments}
        return [segment for segment in by_key.values() if self._path(segment).name not in there]

    def _encode(self, segments: Sequence[Segment]) -> None:
        for segment in segments:
            encode_segment(
                segment,
                self._plan.preset,
                self._path(segment),
                media=self._media,
                kept=self.kept,
                on_frame=self._frame_made,
                cancelled=self._stop.is_set,
            )
            self._count(segment)

    def _count(self, segment: Segment) -> None:
        """One more is made; stills that no other segment shows are let go, so that a long film needs no more memory than a short one."""
        with self._lock:
            self._done += 1
            self.segments_made += 1
            self._to_show.subtract(_assets(segment))
            over = [asset for asset in _assets(segment) if self._to_show[asset] <= 0]
        for asset in over:
            self.kept.forget(asset)

    def _frame_made(self) -> None:
        with self._lock:
            self._frames_done += 1

    def _see_through(self, pool: ThreadPoolExecutor, sound: Future[Any], missing: Sequence[Segment]) -> None:
        """Until all are made; stops all at the first error, or when the person says so, and raises why.

        A few runs of segments are handed out ahead, never all: a program that ends sees out what was handed out before it may go.
        """
        pending: set[Future[Any]] = {sound}
        coming = iter(_runs(missing, self._workers))
        try:
            while pending:
                ahead = 1 + AHEAD * self._workers - len(pending)
                pending |= {self._handed_out(pool, segments) for segments in islice(coming, max(ahead, 0))}
                done, pending = wait(pending, timeout=LOOK_EVERY_SECONDS, return_when=FIRST_COMPLETED)
                for job in done:
                    job.result()
                if self._cancelled():
                    raise Cancelled(
                        "the render was stopped; finished segments are kept, nothing was written under the film's name."
                    )
                self.say("frames" if self._frames_done < self._frames_total else "sound")
        except BaseException:
            self._stop.set()
            for job in pending:
                job.cancel()
            wait(pending)
            raise

    def _handed_out(self, pool: ThreadPoolExecutor, segments: Sequence[Segment]) -> Future[None]:
        try:
            return pool.submit(self._encode, segments)
        except RuntimeError as cause:  # "cannot schedule new futures after interpreter shutdown"
            raise Cancelled(
                "the program ended before its render did; finished segments are kept. Render again to go on."
            ) from cause


def _runs(segments: Sequence[Segment], workers: int) -> list[list[Segment]]:
    """The segments as jobs: those that go on in the same footage together, so that it is read once and not sought in again. Not more
    than LONGEST_RUN, nor so many that a worker would stand idle.
    """
    longest = min(LONGEST_RUN, max(len(segments) // (2 * workers), 1))
    runs: list[list[Segment]] = []
    for segment in segments:
        run = runs[-1] if runs else []
        if run and len(run) < longest and run[-1].end == segment.start and _footage(run[-1]) == _footage(segment) != "":
            run.append(segment)
        else:
            runs.append([segment])
    return runs


def _assets(segment: Segment) -> set[str]:
    return {each.shot.asset for each in segment.shots if each.shot.asset}


def _footage(segment: Segment) -> str:
    """The asset of the footage that a segment shows, "" if it shows none."""
    return next((each.shot.asset for each in segment.shots if each.shot.kind == "footage"), "")


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise RenderError(
            f'the folder "{folder}" for finished pieces can\'t be made: {cause}. Give it a place to write to.'
        ) from cause


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """OpenCV's own threads would fight with the workers for the cores; what the person had set comes back after."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)
