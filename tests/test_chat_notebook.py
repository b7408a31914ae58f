"""The notebook that makes a film by conversation alone: in rehearsal, through the Gemini door, and where the model only ever talks."""

from __future__ import annotations

from pathlib import Path

import nbformat
import papermill
import pytest

import glimmer as gl
from glimmer.testing import Answer, Asked, FakeGemini
from glimmer.testing.brain import Director

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "03_chat.ipynb"


def run(tmp_path: Path) -> list[nbformat.NotebookNode]:
    """The executed code cells, of a short film at draft size."""
    out = tmp_path / "out.ipynb"
    given = {"seconds": 10, "preset": "draft", "studio": str(tmp_path / "studio"), "out": str(tmp_path / "film.mp4")}
    papermill.execute_notebook(
        str(NOTEBOOK), str(out), parameters=given, cwd=str(tmp_path), kernel_name="python3", progress_bar=False
    )
    cells: list[nbformat.NotebookNode] = nbformat.read(out, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", [])]


def told(cells: list[nbformat.NotebookNode]) -> str:
    return "\n".join(
        str(output.get("text", "") or output.get("data", {}).get("text/plain", "")) for cell in cells for output in cell.outputs
    )


@pytest.mark.slow
def test_a_film_is_made_by_conversation_alone(tmp_path: Path) -> None:
    text = told(run(tmp_path))
    assert "can't do “Make the owl bigger in scene 1”" in text
    film = gl.Project("The Whistling Owl", studio=tmp_path / "studio")
    job = film.renders[-1]
    assert job.state == "done" and 8 < job.result.seconds < 40 and (tmp_path / "film.mp4").stat().st_size > 10_000
    assert film.screenplays[2].scenes[0].weather == "fog" and film.cut.markers[0].note == "check the fog"
    assert film.spent_usd == 0
    film.lot.close()


def test_every_cell_but_the_parameters_shows_something_and_none_is_stored(tmp_path: Path) -> None:
    stored = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert [cell.source.splitlines()[0] for cell in code if "parameters" in cell.metadata.get("tags", [])] == [
        'title = "The Whistling Owl"'
    ]
    assert sum(cell.cell_type == "markdown" for cell in stored.cells) >= 10


def a_talker(asked: Asked) -> Answer:
    """A model that films and fills in forms, and in a conversation only ever says hello."""
    return Answer(text="Hello.") if asked.tools else Director()(asked)


@pytest.mark.slow
@pytest.mark.parametrize("only_talks", [False, True])
def test_the_same_cells_make_a_film_through_the_gemini_door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_talks: bool
) -> None:
    with FakeGemini() as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        if only_talks:
            fake.brain = a_talker
        cells = run(tmp_path)
        fake.check()
    silent = [cell.source for cell in cells if not cell.outputs]
    assert len(silent) == 1 and silent[0].startswith("title =")
    film = gl.Project("The Whistling Owl", studio=tmp_path / "studio", models="rehearsal")
    assert film.renders[-1].state == "done" and film.renders[-1].result.path.is_file()
    assert 0.1 < film.spent_usd <= 2.0
    film.lot.close()
