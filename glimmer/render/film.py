"""render(): a cut becomes an MP4. Plans, makes what is not in the cache in a pool of threads, joins, and reports.

The last room of render. Segments and sound are cached by content in `cache_dir`: a second render makes only what changed, and a
render that was stopped goes on where it was. The film appears whole under its name, or not at all.
"""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import cv2
from PIL import Image

from glimmer.assembly.conform import at_rate
from glimmer.assembly.nouns import Assembly
from glimmer.errors import Cancelled, LimitError, MissingPiece
from glimmer.limits import MAX_FILM_SECONDS
from glimmer.render.captions import unseen
from glimmer.render.encoder import encode_segment
from glimmer.render.join import DamagedPiece, join
from glimmer.render.keys import content_key, font_versions
from glimmer.render.nouns import Progress, Rendered
from glimmer.render.opening import Media
from glimmer.render.picture import frame
from glimmer.render.plan import RenderPlan, Segment, plan
from glimmer.render.preset import Preset, preset_named
from glimmer.render.soundtrack import Soundtrack, make_soundtrack
from glimmer.render.stills import PlanesKept

__all__ = ["render", "render_key"]

POSTER_FROM = 0.30  # of the film: past the title, before the turn
POSTER_WIDTH_PX = 1280
WELL_LIT = 45.0  # mean of 0..255
LOOK_EVERY_SECONDS = 0.1
STALE_PART_SECONDS = 24 * 3600


def render(
    cut: Assembly,
    preset: Preset | str,
    *,
    media: Media,
    cache_dir: Path,
    out: Path,
    captions: bool = True,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int | None = None,
) -> Rendered:
    """Make the film of `cut` in the file `out`.

    media: finds the file of an asset by its sha256. cache_dir: where pieces are kept between renders. on_progress and cancelled are
    called from the calling thread, about ten times a second. workers: threads, by default one a core.
    Raises: MediaError that names the clip, Cancelled (nothing is left under `out`), RenderError, MissingPiece for an empty cut.
    """
    chosen = preset_named(preset)
    conformed = _checked(cut, chosen)
    planned = plan(conformed, chosen, captions=captions)
    job = _Job(planned, media, cache_dir, on_progress or (lambda _: None), cancelled or (lambda: False), workers)
    out.parent.mkdir(parents=True, exist_ok=True)
    with _one_thread_each():
        soundtrack = job.make()
        job.join(out)
    notices = (*cut.notices, *planned.notices, *(unseen(cut.captions) if captions else ()), *soundtrack.notices)
    made = Rendered(
        width_px=chosen.width_px,
        height_px=chosen.height_px,
        rate=chosen.rate,
        frames=planned.frames,
        seconds=float(planned.frames / chosen.rate),
        lufs=soundtrack.lufs,
        true_peak_db=soundtrack.true_peak_db,
        segments=len(planned.segments),
        segments_made=job.segments_made,
        bytes=out.stat().st_size,
        poster=_poster(conformed, chosen, media),
        notices=tuple(dict.fromkeys(notices)),
    )
    job.say("done")
    return made


def render_key() -> str:
    """Changes whenever the same cut and preset would make another film: with the renderer, its makers or the fonts."""
    return content_key("film", font_versions())


def _checked(cut: Assembly, preset: Preset) -> Assembly:
    """The cut at the preset's rate, if it can be rendered at all."""
    if not cut.frames:
        raise MissingPiece(f'the cut "{cut.title}" has no picture: nothing lies on its picture tracks. Assemble it first.')
    if cut.seconds > MAX_FILM_SECONDS:
        raise LimitError(
            f'the cut "{cut.title}" lasts {cut.seconds:.0f} s, more than MAX_FILM_SECONDS ({MAX_FILM_SECONDS}). Render it in reels.',
            limit="MAX_FILM_SECONDS",
        )
    return at_rate(cut, preset.rate)


class _Job:
    """One render under way: its cache, its workers and what it has to tell."""

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
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
        self._sound_path = self._sound_dir / f"{planned.sound.key}.m4a"
        self._kept = PlanesKept()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._frames_done = self._frames_total = self._done = 0
        self._began = time.monotonic()
        self.segments_made = 0

    def make(self) -> Soundtrack:
        """Make all that is not in the cache, sound and segments side by side. Waits for the workers, also when one fails."""
        missing = self._missing()
        self._frames_total = sum(segment.frames for segment in missing)
        self._done = len(self._plan.segments) - len(missing)
        self.say("plan")
        with ThreadPoolExecutor(self._workers, thread_name_prefix="glimmer-render") as pool:
            sound = pool.submit(make_soundtrack, self._plan.sound, self._sound_path, media=self._media, cancelled=self._stop.is_set)
            self._wait_for([sound, *(pool.submit(self._encode, segment) for segment in missing)])
        return sound.result()

    def join(self, out: Path) -> None:
        """Join the segments into `out`. A cached piece that turns out damaged is made again, once each."""
        again: set[Path] = set()
        while True:
            self.say("join")
            if self._cancelled():
                raise Cancelled("the render was stopped before its film was joined; finished segments are kept.")
            try:
                pieces = [(self._path(segment), segment.frames) for segment in self._plan.segments]
                join(pieces, self._sound_path, out, rate=self._plan.preset.rate, title=self._plan.title)
                return
            except DamagedPiece as damaged:
                if damaged.path in again:
                    raise
                again.add(damaged.path)
                damaged.path.unlink(missing_ok=True)
                self.make()

    def say(self, stage: Literal["plan", "frames", "sound", "join", "done"]) -> None:
        with self._lock:
            done, frames_done = self._done, self._frames_done
        speed = frames_done / max(time.monotonic() - self._began, 1e-6)
        left = (self._frames_total - frames_done) / speed if frames_done else None
        self._on_progress(
            Progress(
                stage=stage,
                done=done,
                total=len(self._plan.segments),
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
        by_key = {segment.key: segment for segment in self._plan.segments}
        return [segment for segment in by_key.values() if not self._path(segment).is_file()]

    def _encode(self, segment: Segment) -> None:
        encode_segment(
            segment,
            self._plan.preset,
            self._path(segment),
            media=self._media,
            kept=self._kept,
            on_frame=self._frame_made,
            cancelled=self._stop.is_set,
        )
        with self._lock:
            self._done += 1
            self.segments_made += 1

    def _frame_made(self) -> None:
        with self._lock:
            self._frames_done += 1

    def _wait_for(self, jobs: Sequence[Future[Any]]) -> None:
        """Until all are done; stops all at the first error, or when the person says so, and raises why."""
        pending = set(jobs)
        try:
            while pending:
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


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """OpenCV's own threads would fight with the workers for the cores; what the person had set comes back after."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


def _sweep(folder: Path) -> None:
    """Take away what killed renders left half written, a day later: nobody writes to it any more."""
    for part in folder.glob("*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > STALE_PART_SECONDS:
                part.unlink()


def _poster(cut: Assembly, preset: Preset, media: Media) -> bytes:
    """A JPEG of the first well-lit picture from 30 % of the film on (then from its start); the brightest if all are dark."""
    width_px = min(preset.width_px, POSTER_WIDTH_PX)
    height_px = round(preset.height_px * width_px / preset.width_px)
    clips = [clip for track in cut.tracks if track.kind == "picture" for clip in track.clips if clip.kind in ("still", "footage")]
    clips.sort(key=lambda clip: (clip.end <= cut.frames * POSTER_FROM, clip.start))
    best = None
    for clip in clips[:12]:
        middle = min(max(clip.start + clip.frames // 2, 0), cut.frames - 1)
        small = frame(cut, middle, width_px=160, height_px=90, media=media)
        light = float(small.mean())
        if best is None or light > best[0]:
            best = (light, middle)
        if light >= WELL_LIT:
            break
    at_frame = best[1] if best else min(int(cut.frames * POSTER_FROM), cut.frames - 1)
    picture = frame(cut, at_frame, width_px=width_px, height_px=height_px, media=media)
    kept = io.BytesIO()
    Image.fromarray(picture).save(kept, "JPEG", quality=88, optimize=True)
    return kept.getvalue()
