"""The magics, in a real IPython: they say things to the film opened last, and what goes wrong is one line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbclient import NotebookClient

import glimmer as gl

SCRIPT = "Title: The Pond\n\nEXT. POND - DAY\n\nA frog sings.\n\nFROG\nEvening, all.\n"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.user_ns["gl"] = gl
    shell.user_ns["studio"] = tmp_path / "studio"
    shell.run_line_magic("load_ext", "glimmer.magics")
    yield shell
    shell.run_line_magic("unload_ext", "glimmer.magics")
    shell.user_ns.clear()
    InteractiveShell.clear_instance()


def run(shell: InteractiveShell, cell: str) -> tuple[Any, str]:
    """What a cell gives, and all that it printed."""
    with capture_output() as caught:
        done = shell.run_cell(cell, silent=False)
    return done.result, caught.stdout + caught.stderr


def test_a_cell_of_fountain_becomes_the_script_and_shows_its_card(shell: InteractiveShell) -> None:
    run(shell, 'film = gl.Project("Pond", studio=studio)')
    script, _ = run(shell, f"%%screenplay\n{SCRIPT}")
    assert script.version == 1 and script.scenes[0].heading.raw == "EXT. POND - DAY" and "<" in script._repr_html_()
    again, _ = run(shell, f"%%screenplay\n{SCRIPT}EXT. POND - NIGHT\n\nStars.\n")
    assert again.version == 2 and len(shell.user_ns["film"].screenplays) == 2


def test_words_are_said_to_the_film_that_was_opened_last(shell: InteractiveShell) -> None:
    run(shell, 'a = gl.Project("A", studio=studio)')
    run(shell, 'b = gl.Project("B", studio=studio)')
    run(shell, f"%%screenplay\n{SCRIPT}")
    assert len(shell.user_ns["b"].screenplays) == 1 and len(shell.user_ns["a"].screenplays) == 0
    said, _ = run(shell, "%glimmer make scene 1 rain")
    assert shell.user_ns["b"].screenplays.latest.scenes[0].weather == "rain"
    assert "v2" in said.text
    shown, _ = run(shell, "%glimmer")
    assert shown is shell.user_ns["b"]


def test_another_open_film_is_meant_when_it_is_named(shell: InteractiveShell) -> None:
    run(shell, 'a = gl.Project("A", studio=studio); b = gl.Project("B", studio=studio)')
    used, _ = run(shell, '%glimmer use "A"')
    assert used is shell.user_ns["a"] and run(shell, "%glimmer")[0] is used
    _, told = run(shell, "%glimmer use Z")
    assert 'no open film "Z"' in told and "Traceback" not in told
    run(shell, "del a")
    assert run(shell, "%glimmer")[0] is shell.user_ns["b"]


def test_the_same_variable_with_another_film_is_another_film(shell: InteractiveShell) -> None:
    run(shell, 'film = gl.Project("A", studio=studio)')
    run(shell, 'film = gl.Project("B", studio=studio)')
    assert run(shell, "%glimmer")[0].title == "B"


def test_a_prompt_is_kept_and_worded_again(shell: InteractiveShell) -> None:
    run(shell, 'film = gl.Project("Pond", studio=studio)')
    run(shell, "%%prompt video.shot\nInk wash, wide.")
    run(shell, "%%prompt video.shot\nInk wash, close.")
    prompts = shell.user_ns["film"].prompts
    assert prompts["video.shot"].text == "Ink wash, close." and len(prompts["video.shot"].takes) == 2
    _, told = run(shell, "%%prompt video.shoot\nx")
    assert "did you mean video.shot" in told and "Traceback" not in told


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("%glimmer", "no film is open"),
        ("%glimmer make it rain in scene 1", "no film is open"),
        ("%%screenplay\nEXT. X - DAY\n", "no film is open"),
        ("%glimmer --allow much make it", "expected an amount"),
        ("%glimmer --allow 1", "nothing was said"),
        ("%%prompt video.shot\n  \n", "no film is open"),
    ],
)
def test_what_goes_wrong_is_one_line_and_the_cell_has_failed(shell: InteractiveShell, cell: str, said: str) -> None:
    with capture_output() as caught:
        done = shell.run_cell(cell)
    told = caught.stdout + caught.stderr
    assert said in told and "Traceback" not in told and len(told.strip().splitlines()) <= 2
    assert not done.success


def test_a_script_that_can_not_be_read_names_the_line_of_the_cell(shell: InteractiveShell) -> None:
    run(shell, 'film = gl.Project("Pond", studio=studio)')
    _, told = run(shell, "%%screenplay\nEXT. POND - DAY\n\n" + "x" * 30_000)
    assert "line 4 of this cell" in told and "Traceback" not in told


def test_names_are_completed(shell: InteractiveShell) -> None:
    run(shell, 'film = gl.Project("Pond", studio=studio)')
    assert "/shoot" in shell.complete("/sho", "%glimmer /sho", 13)[1]
    assert "video.shot" in shell.complete("video", "%%prompt video", 14)[1]


def test_loading_twice_and_unloading_leaves_nothing_behind(shell: InteractiveShell) -> None:
    shell.run_line_magic("reload_ext", "glimmer.magics")
    shell.run_line_magic("unload_ext", "glimmer.magics")
    assert "glimmer" not in shell.magics_manager.magics["line"] and "prompt" not in shell.magics_manager.magics["cell"]
    shell.run_line_magic("load_ext", "glimmer.magics")


def test_in_a_kernel_a_failed_magic_fails_its_cell_in_one_line(tmp_path: Path) -> None:
    cells = [
        "import glimmer as gl\n%load_ext glimmer",
        f"film = gl.Project('Pond', studio={str(tmp_path / 'studio')!r})",
        f"%%screenplay\n{SCRIPT}",
        "%glimmer make scene 1 foggy",
        "%glimmer use Nowhere",
    ]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(
        book, timeout=120, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    outputs = [str(cell.outputs) for cell in book.cells]
    assert "text/html" in outputs[2] and "Script v2" in outputs[3]
    assert 'no open film "Nowhere"' in outputs[4] and "Traceback" not in outputs[4]
