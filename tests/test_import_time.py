"""`import glimmer` is light: what is heavy is imported when it is first used. (How long it takes: benchmarks/import_time.py.)"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "IPython", "PIL", "alembic", "av", "cv2", "fountain", "hibari", "hibari_tts", "numpy", "onnxruntime", "opentimelineio", "pandas", "psycopg",
    "pydantic", "pyloudnorm", "pysubs2", "resvg_py", "rich", "scipy", "soundfile", "sqlalchemy", "typer",
)  # fmt: skip


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout


def loaded_after(statement: str) -> set[str]:
    return set(run(f"import sys\n{statement}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))").split())


def test_importing_glimmer_imports_nothing_heavy() -> None:
    assert not loaded_after("import glimmer") & set(HEAVY)


def test_naming_an_idea_needs_no_film_maker() -> None:
    assert not loaded_after("import glimmer as gl; gl.Idea('a keeper')") & (set(HEAVY) - {"pydantic"})


@pytest.mark.parametrize("module", ["display", "progress", "timecode", "log", "errors"])
def test_the_ground_is_light(module: str) -> None:
    assert not loaded_after(f"import glimmer.{module}") & (set(HEAVY) - {"pydantic"})


def test_the_command_line_reads_its_arguments_before_it_loads_a_studio() -> None:
    assert not loaded_after("import glimmer.cli") & (set(HEAVY) - {"pydantic", "typer", "rich"})


def test_exporting_opens_no_foreign_format_before_it_writes_one() -> None:
    assert not loaded_after("import glimmer.export") & {"opentimelineio", "pysubs2"}


def test_a_plan_speaks_and_plays_nothing_so_it_loads_no_filters(tmp_path: Path) -> None:
    """A bucket's face shows what is stale, so every kernel that shows one makes a plan first."""
    script = "INT. LAMP ROOM - NIGHT\\n\\nThe lamp turns.\\n\\nMARA\\nSing.\\n"
    planned = f"import glimmer as gl; film = gl.Project('Lamp', studio={str(tmp_path)!r}); film.screenplays.add('{script}'); film.plan()"
    modules = set(run(f"{planned}\nimport sys; print(*sys.modules)").split())
    assert "glimmer.planning" in modules and not modules & {"scipy.signal", "scipy.stats", "pyloudnorm"}
