"""The notebooks run as a person runs them: by papermill, from nothing, and again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill

ROOT = Path(__file__).resolve().parents[1]
FIRST_FILM = ROOT / "notebooks" / "01_first_film.ipynb"


def run(tmp_path: Path, out: str) -> str:
    """Every cell's text output, of a short film at draft size."""
    papermill.execute_notebook(
        str(FIRST_FILM),
        str(tmp_path / out),
        parameters={"seconds": 10, "preset": "draft", "studio": str(tmp_path / "studio"), "out": str(tmp_path / "film.mp4")},
        cwd=str(tmp_path),
        kernel_name="python3",
        progress_bar=False,
    )
    notebook = nbformat.read(tmp_path / out, as_version=4)
    return "\n".join(str(output.get("text", "")) for cell in notebook.cells for output in cell.get("outputs", []))


def test_restart_and_run_all_makes_no_new_take(tmp_path: Path) -> None:
    first = run(tmp_path, "first.ipynb")
    second = run(tmp_path, "second.ipynb")
    assert " takes made, 0 stood already, $0.00" in first
    assert "0 takes made, " in second and ", $0.00" in second
    assert (tmp_path / "film.mp4").stat().st_size > 10_000
    assert (tmp_path / "second.ipynb").stat().st_size < 3_000_000  # thumbnails, never a film


def test_the_notebook_is_valid_to_nbval(tmp_path: Path) -> None:
    """As a stranger would check it: nbval, lax, its marked cells compared; away from the repository, which must stay clean."""
    copy = tmp_path / FIRST_FILM.name
    copy.write_bytes(FIRST_FILM.read_bytes())
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env", "-q", "-p", "no:cacheprovider", str(copy)]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, env=os.environ.copy(), check=False)
    assert checked.returncode == 0, checked.stdout[-3000:]


def test_notebooks_are_stored_without_pictures_of_a_run() -> None:
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        assert path.stat().st_size < 60_000, f"{path.name} holds outputs"
