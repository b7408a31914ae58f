"""The notebooks run as a person runs them: by papermill, from nothing, and again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill

import glimmer as gl
from glimmer.export import read_timeline

ROOT = Path(__file__).resolve().parents[1]
FIRST_FILM = ROOT / "notebooks" / "01_first_film.ipynb"
EDIT = ROOT / "notebooks" / "02_edit_and_render.ipynb"


def run(tmp_path: Path, out: str, notebook: Path = FIRST_FILM) -> str:
    """Every cell's text output, of a short film at draft size."""
    papermill.execute_notebook(
        str(notebook),
        str(tmp_path / out),
        parameters={"seconds": 10, "preset": "draft", "studio": str(tmp_path / "studio"), "out": str(tmp_path / "film.mp4")},
        cwd=str(tmp_path),
        kernel_name="python3",
        progress_bar=False,
    )
    return "\n".join(text for cell in ran(tmp_path / out) for text in told(cell))


def ran(path: Path) -> list[nbformat.NotebookNode]:
    """The code cells of an executed notebook that are its own; papermill adds one with the parameters."""
    cells: list[nbformat.NotebookNode] = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", [])]


def told(cell: nbformat.NotebookNode) -> list[str]:
    """What a cell says in text, printed or shown."""
    return [str(output.get("text", "") or output.get("data", {}).get("text/plain", "")) for output in cell.outputs]


def test_restart_and_run_all_makes_no_new_take(tmp_path: Path) -> None:
    first = run(tmp_path, "first.ipynb")
    second = run(tmp_path, "second.ipynb")
    assert " takes made, 0 stood already, $0.00" in first
    assert "0 takes made, " in second and ", $0.00" in second
    assert (tmp_path / "film.mp4").stat().st_size > 10_000
    assert (tmp_path / "second.ipynb").stat().st_size < 3_000_000  # thumbnails, never a film


def test_a_cut_is_edited_looked_at_and_rendered(tmp_path: Path) -> None:
    text = run(tmp_path, "edited.ipynb", EDIT)
    silent = [cell.source for cell in ran(tmp_path / "edited.ipynb") if not cell.outputs]
    drawn, every = re.findall(r"(\d+) of (\d+) segments drawn", text)[0]

    assert len(silent) == 1 and silent[0].startswith("title =")  # the parameters; every other cell ends with what it shows
    assert 'write 12 or "00:00:00:12"' in text  # half a frame is refused
    assert 0 < int(drawn) < int(every) / 2  # an edit draws only what it touches
    assert "540x540" in text and "480x270 · 12 fps" in text
    for name in ("film.mp4", "film.srt", "film.vtt", "film.otio", "film.edl", "film_DX.wav", "film_MX.wav", "film_FX.wav"):
        assert (tmp_path / name).stat().st_size > 40
    film = gl.Project("The Lighthouse", studio=tmp_path / "studio")
    edited = film.cuts[film.renders[0].cut_version]
    assert (
        read_timeline(tmp_path / "film.otio") == edited and len(edited.track("V2").clips) == 1
    )  # what was rendered, not the draft
    assert (tmp_path / "edited.ipynb").stat().st_size < 3_000_000  # two small pictures; films by address


def test_the_notebook_is_valid_to_nbval(tmp_path: Path) -> None:
    """As a stranger would check it: nbval, lax, its marked cells compared; away from the repository, which must stay clean. A shorter film."""
    copy = tmp_path / FIRST_FILM.name
    text = FIRST_FILM.read_text(encoding="utf-8")
    assert "seconds = 45" in text
    copy.write_text(text.replace("seconds = 45", "seconds = 10"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env", "-q", "-p", "no:cacheprovider", str(copy)]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, env=os.environ.copy(), check=False)
    assert checked.returncode == 0, checked.stdout[-3000:]


def test_notebooks_are_stored_without_pictures_of_a_run() -> None:
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        assert path.stat().st_size < 60_000, f"{path.name} holds outputs"
