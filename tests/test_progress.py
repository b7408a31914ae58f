"""A bar says how far work is, wherever it is shown, and never stands in the way of an interrupt."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from glimmer.errors import Cancelled
from glimmer.progress import Progress, State, progress, progress_html, progress_text, told_to


class Kept:
    """A face that remembers what it was shown."""

    def __init__(self) -> None:
        self.states: list[State] = []

    def show(self, state: State, *, last: bool) -> None:
        self.states.append(state)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bar_counts_and_tells_what_is_left() -> None:
    face, clock = Kept(), Clock()
    with Progress("Drawing", 10, "shot", face=face, clock=clock) as bar:
        clock.now = 4.0
        bar.advance(4, note="2A")
    assert progress_text(face.states[1]) == "4 of 10 shots · 2A · 1.0 a second · 6 s left"
    assert face.states[1].left_seconds == pytest.approx(6)
    assert (face.states[-1].outcome, face.states[-1].share) == ("done", 1.0)


@pytest.mark.parametrize(
    ("error", "outcome"), [(KeyboardInterrupt, "interrupted"), (Cancelled, "interrupted"), (ValueError, "failed")]
)
def test_an_error_passes_through_and_the_bar_says_so(error: type[BaseException], outcome: str) -> None:
    face = Kept()
    with pytest.raises(error), Progress("Rendering", 10, face=face):
        raise error("x")
    assert face.states[-1].outcome == outcome
    assert outcome in progress_text(face.states[-1]) and outcome in progress_html(face.states[-1])


def test_no_total_is_no_promise() -> None:
    face = Kept()
    with Progress("Reading", 0, "page", face=face) as bar:
        bar.advance()
        assert (bar.state.share, bar.state.left_seconds) == (0.0, None)
        bar.set(2, total=4)
        bar.total = 8
        assert bar.state.share == 0.25


def test_a_bar_is_advanced_from_many_threads() -> None:
    with Progress("Making", 400, face=Kept()) as bar:
        threads = [threading.Thread(target=lambda: [bar.advance() for _ in range(100)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert bar.state.done == 400


def test_away_from_a_terminal_it_is_a_few_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    with progress("Making", 100, "shot") as outer, progress("Drawing", 100, "shot") as bar:
        for _ in range(100):
            bar.advance()
            outer.advance()
    lines = said.getvalue().splitlines()
    assert lines[:2] == ["Making …", "Drawing …"] and len(lines) == 4
    assert lines[2].startswith("Drawing: 100 shots")


def test_in_a_terminal_bars_stand_inside_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    said = Terminal()
    monkeypatch.setattr(sys, "stderr", said)
    for _ in range(2):  # the second time too: the display is begun anew
        with progress("Making [bold]it", 2) as outer:
            with pytest.raises(KeyboardInterrupt), progress("Drawing", 3, "shot") as bar:
                bar.advance(note="[red]1A")
                raise KeyboardInterrupt
            outer.advance()
    assert "Making [bold]it" in said.getvalue() and "interrupted" in said.getvalue()
    assert said.getvalue().endswith("\x1b[?25h")  # the cursor is back


def test_in_a_notebook_one_bar_updates_in_place() -> None:
    client = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    code = "from glimmer.progress import progress\nwith progress('Drawing <b>', 3, 'shot') as bar:\n    [bar.advance(note='1A') for _ in range(3)]"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    outputs = notebook.cells[0].outputs
    assert len(outputs) == 1
    assert "3 shots" in outputs[0].data["text/html"] and "Drawing &lt;b&gt;" in outputs[0].data["text/html"]


def test_a_label_is_only_text() -> None:
    state = State("<script>", 1, 2, "", "<b>", 1.0)
    assert "<script>" not in progress_html(state) and "<b>Drawing" not in progress_html(state)


def test_what_is_done_leaves_one_quiet_line() -> None:
    done = progress_html(State("drawing boards", 16, 16, "board", "3C", 17.6, "done"))
    assert "drawing boards · 16 boards · 17.6 s" in done and "<style" not in done and len(done) < 300


def test_a_bar_grows_from_where_it_stood() -> None:
    html = progress_html(State("drawing", 8, 16, "board", "2A", 2.0), from_share=0.25)
    assert "--g-from:25.0%;width:50.0%" in html


def test_a_bar_is_told_to_whoever_wants_it_and_shown_nowhere_else(capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[tuple[str, float, bool]] = []
    with told_to(lambda state, last: heard.append((state.label, state.share, last))), progress("drawing", 2, "board") as bar:
        bar.advance()
    assert heard == [("drawing", 0.0, False), ("drawing", 0.5, False), ("drawing", 1.0, True)]
    assert capsys.readouterr() == ("", "")


def test_whoever_is_told_can_end_the_work_as_an_interrupt_does() -> None:
    ended: list[str] = []

    def told(state: State, last: bool) -> None:
        if last:
            ended.append(state.outcome)
        elif state.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), told_to(told), progress("drawing", 2) as bar:
        bar.advance()
    assert ended == ["interrupted"]
