"""`import glimmer` is light: what is heavy is imported when it is first used. (How long it takes: benchmarks/import_time.py.)"""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "IPython", "PIL", "alembic", "av", "cv2", "fountain", "hibari", "hibari_tts", "numpy", "onnxruntime", "opentimelineio", "pandas", "psycopg",
    "pydantic", "pyloudnorm", "pysubs2", "resvg_py", "rich", "scipy", "soundfile", "sqlalchemy", "typer",
)  # fmt: skip


def loaded_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(said.stdout.split())


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
