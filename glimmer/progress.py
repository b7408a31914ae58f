"""Progress: one bar that says what is being done, how far it is and how long it still takes, wherever it is shown.

Ground: whoever does long work writes `with progress("Drawing boards", 24, "shot") as bar: … bar.advance(note="2A")`.
In a terminal it is a live bar (rich), in a notebook one HTML bar that updates in place (no widget, so papermill and Voila show
it too), elsewhere a plain line now and then on stderr. Bars may stand inside one another and be advanced from any thread.
An interrupt passes through; the bar stays and says "interrupted". Whoever has a better place for it says so: `with told_to(callback): …`.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape
from types import TracebackType
from typing import Any, Final, Literal, Protocol, Self

from glimmer.display import ACCENT, STYLE, count_text, duration_text, plain_line, tag

__all__ = ["Progress", "State", "Told", "progress", "progress_html", "progress_text", "told_to"]

_NOTEBOOK_EVERY_SECONDS: Final = 0.2  # a front end repaints five times a second without trouble, fifty is a flood
_LINES_EVERY_SECONDS: Final = 10.0
_SHORTEST_FOR_ETA_SECONDS: Final = 1.0  # before that a guess jumps about
_LOCK: Final = threading.RLock()

Outcome = Literal["running", "done", "interrupted", "failed"]


@dataclass(frozen=True, slots=True)
class State:
    """How far a piece of work is. `total` 0 means that nobody knows how much there is."""

    label: str
    done: float
    total: float
    unit: str
    note: str
    seconds: float
    outcome: Outcome = "running"

    @property
    def share(self) -> float:
        """0..1; 0 if the total is not known, 1 when done."""
        if self.outcome == "done":
            return 1.0
        return min(1.0, max(0.0, self.done / self.total)) if self.total > 0 else 0.0

    @property
    def rate(self) -> float:
        """Units a second so far, 0 before anything is done."""
        return self.done / self.seconds if self.seconds > 0 and self.done > 0 else 0.0

    @property
    def left_seconds(self) -> float | None:
        """How long the rest takes at the rate so far; None while that can't be told."""
        if self.outcome != "running" or not self.rate or self.total <= 0 or self.seconds < _SHORTEST_FOR_ETA_SECONDS:
            return None
        return max(0.0, (self.total - self.done) / self.rate)


class _Face(Protocol):
    def show(self, state: State, *, last: bool) -> None: ...


Told = Callable[[State, bool], None]  # (how far it is, whether that is the last word)
_told: ContextVar[tuple[Told, bool] | None] = ContextVar("glimmer_progress_told", default=None)


@contextmanager
def told_to(callback: Told, *, instead: bool = True) -> Iterator[None]:
    """Let `callback(state, last)` hear of every bar inside, on the threads that advance them.

    instead: nothing is shown here then; False: it is shown as ever, too. What the callback raises passes through the work that advanced the
    bar, as an interrupt would; it is to raise nothing when `last` is true.
    """
    token = _told.set((callback, instead))
    try:
        yield
    finally:
        _told.reset(token)


class _ToldFace:
    """Hands a bar on, and shows it too where somebody wants that."""

    def __init__(self, told: Told, shown: _Face | None) -> None:
        self._told_to, self._shown = told, shown

    def show(self, state: State, *, last: bool) -> None:
        if self._shown is not None:
            self._shown.show(state, last=last)
        self._told_to(state, last)


class Progress:
    """A bar as `progress` gives it: a context manager. Advancing past the total, or after its end, does no harm."""

    def __init__(
        self, label: str, total: float, unit: str = "", *, face: _Face | None = None, clock: Callable[[], float] = time.monotonic
    ):
        self._label, self._total, self._unit = plain_line(label), max(0.0, float(total)), plain_line(unit)
        self._done, self._note = 0.0, ""
        self._outcome: Outcome = "running"
        self._face, self._clock = face, clock
        self._began = clock()
        self._ended: float | None = None

    @property
    def state(self) -> State:
        seconds = (self._ended if self._ended is not None else self._clock()) - self._began
        return State(self._label, self._done, self._total, self._unit, self._note, seconds, self._outcome)

    @property
    def total(self) -> float:
        """How many pieces of work there are, 0 if nobody knows. May be set when it becomes known."""
        return self._total

    @total.setter
    def total(self, total: float) -> None:
        with _LOCK:
            self._total = max(0.0, float(total))

    def advance(self, n: float = 1, note: str = "") -> None:
        """`n` more are done. `note` says which; an empty note keeps the last one."""
        with _LOCK:
            self._change(self._done + n, note)

    def set(self, done: float, note: str = "", *, total: float | None = None) -> None:
        """`done` in all are done; `total` replaces how many there are."""
        with _LOCK:
            self.total = self._total if total is None else total
            self._change(done, note)

    def _change(self, done: float, note: str) -> None:
        self._done, self._note = float(done), plain_line(note) or self._note
        if self._face is not None and self._outcome == "running":
            self._face.show(self.state, last=False)

    def __enter__(self) -> Self:
        self._began = self._clock()
        self._face = self._face or _face_here()
        with _LOCK:
            self._face.show(self.state, last=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with _LOCK:
            self._ended = self._clock()
            self._outcome = _outcome(kind)
            if self._face is not None:
                self._face.show(self.state, last=True)


def progress(label: str, total: float, unit: str = "") -> Progress:
    """A bar for `total` pieces of work ("shot", "frame" …; 0 if nobody knows how many). Use it with `with`.

    Does not catch anything: an error or an interrupt passes through and the bar says so.
    """
    return Progress(label, total, unit)


def _outcome(kind: type[BaseException] | None) -> Outcome:
    if kind is None:
        return "done"
    # by name: Cancelled is in glimmer.errors, CancelledError in asyncio and concurrent.futures
    return "interrupted" if issubclass(kind, KeyboardInterrupt) or kind.__name__ in ("Cancelled", "CancelledError") else "failed"


# ── what is said ────────────────────────────────────────────────────────────────────────────────────────────
def progress_text(state: State) -> str:
    """ "12 of 24 shots · 2A · 3.1 a second · 4 s left"; of what was stopped, "interrupted after 8.2 s · 12 of 24 shots"."""
    if state.outcome in ("interrupted", "failed"):  # the word first: a narrow terminal cuts the end
        parts: tuple[str, ...] = (f"{state.outcome} after {duration_text(state.seconds)}", _counted(state))
    elif state.outcome == "done":
        parts = (_counted(state), duration_text(state.seconds))
    else:
        parts = (_counted(state), state.note, *_timed(state))
    return " · ".join(part for part in parts if part)


def _counted(state: State) -> str:
    done = f"{state.done:,.0f}"
    if not state.unit:
        return f"{state.share:.0%}" if state.total else ""
    if state.total <= 0 or state.outcome == "done":
        return count_text(round(state.done or (state.total if state.outcome == "done" else 0)), state.unit)
    return f"{done} of {count_text(round(state.total), state.unit)}"


def _timed(state: State) -> tuple[str, str]:
    rate = (
        f"{state.rate:.{0 if state.rate >= 10 else 1}f} a second" if state.rate >= 1 and state.unit and state.seconds >= 1 else ""
    )
    left = state.left_seconds
    return (rate, f"{duration_text(round(left))} left".replace(".0 s", " s") if left is not None else "")


def progress_html(state: State, *, from_share: float | None = None) -> str:
    """The bar as a small card in the look of all others; once it is done, one quiet line: that is what a saved notebook keeps.

    `from_share` is where the bar stood when it was last shown: it grows from there.
    """
    label, said = escape(state.label), escape(progress_text(state))
    if state.outcome == "done":
        return f'<div class="glimmer" style="font-size:12px;line-height:1.5;opacity:0.75">✓ {label}{" · " + said if said else ""}</div>'
    width = state.share * 100
    stopped = ";background-color:#9aa0a8" if state.outcome != "running" else f";background-color:{ACCENT}"
    bar = f'<div class="g-fill" style="--g-from:{(state.share if from_share is None else from_share) * 100:.1f}%;width:{width:.1f}%;height:6px{stopped}"></div>'
    return (
        f'<style>{STYLE}</style><div {tag("glimmer", "padding:10px 14px 12px")} role="progressbar" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{width:.0f}" aria-label="{label}"><b>{label}</b> <span {tag("g-sub")}>{"· " + said if said else ""}</span>'
        f"<div {tag('g-bar')}>{bar}</div></div>"
    )


# ── where it is shown ───────────────────────────────────────────────────────────────────────────────────────
def _face_here() -> _Face:
    told = _told.get()
    if told is None:
        return _face_of_place()
    return _ToldFace(told[0], None if told[1] else _face_of_place())


def _face_of_place() -> _Face:
    shell = _shell()
    if shell is not None and getattr(shell, "kernel", None) is not None:
        return _Notebook()
    return _Terminal() if sys.stderr is not None and sys.stderr.isatty() else _Lines()


def _shell() -> Any:
    ipython = sys.modules.get("IPython")  # never imported for this: where it is not loaded there is no notebook
    return ipython.get_ipython() if ipython is not None else None


class _Notebook:
    """One display, updated in place. The last state is always shown, those between at most five times a second."""

    def __init__(self) -> None:
        self._handle: Any = None
        self._shown_at = -1.0
        self._share = 0.0

    def show(self, state: State, *, last: bool) -> None:
        now = time.monotonic()
        if self._handle is not None and not last and now - self._shown_at < _NOTEBOOK_EVERY_SECONDS:
            return
        self._shown_at = now
        drawn = progress_html(state, from_share=self._share)
        self._share = state.share
        mime = {"text/html": drawn, "text/plain": f"{state.label}: {progress_text(state)}"}
        if self._handle is None:
            from IPython import display as ipython_display

            draw: Any = ipython_display.display  # untyped upstream
            self._handle = draw(mime, raw=True, display_id=True)
        else:
            self._handle.update(mime, raw=True)


class _Terminal:
    """A row of the one live display that all bars share: rich draws only one at a time."""

    def __init__(self) -> None:
        self._task: Any = None

    def show(self, state: State, *, last: bool) -> None:
        if self._task is None:
            self._task = _Rows.join(state)
        _Rows.update(self._task, state)
        if last:
            _Rows.leave()


class _Rows:
    """The live display: begun by the first bar, ended with the last one that is open. Guarded by `_LOCK`."""

    live: Any = None
    open: int = 0

    @classmethod
    def join(cls, state: State) -> Any:
        if cls.live is None:
            cls.live = _rich_progress()
            cls.live.start()
        cls.open += 1
        return cls.live.add_task(state.label, total=1.0, text="")

    @classmethod
    def update(cls, task: Any, state: State) -> None:
        if cls.live is not None:
            total = None if state.total <= 0 and state.outcome == "running" else 1.0
            cls.live.update(task, completed=state.share, total=total, text=progress_text(state))

    @classmethod
    def leave(cls) -> None:
        cls.open -= 1
        if cls.open == 0 and cls.live is not None:
            cls.live.stop()
            cls.live = None


def _rich_progress() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as RichProgress
    from rich.table import Column

    label = TextColumn("{task.description}", markup=False, table_column=Column(min_width=18, no_wrap=True))
    text = TextColumn(
        "{task.fields[text]}", markup=False, style="dim", table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)
    )
    bar = BarColumn(bar_width=20, complete_style="yellow3", finished_style="green", pulse_style="yellow3")
    return RichProgress(label, bar, text, console=Console(stderr=True), refresh_per_second=8, expand=True)


class _Lines:
    """Plain lines on stderr: the beginning, then every ten seconds, then the end."""

    def __init__(self) -> None:
        self._said_at: float | None = None

    def show(self, state: State, *, last: bool) -> None:
        now = time.monotonic()
        if self._said_at is not None and not last and now - self._said_at < _LINES_EVERY_SECONDS:
            return
        first, self._said_at = self._said_at is None, now
        if sys.stderr is None or sys.stderr.closed:
            return
        print(f"{state.label} …" if first and not last else f"{state.label}: {progress_text(state)}", file=sys.stderr, flush=True)
