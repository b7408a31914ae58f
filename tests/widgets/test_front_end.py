"""The browser halves as they are committed: built from what is here, small enough, of the same schema, and asking no other machine.

Without node the sums tell whether they are fresh. With it they are checked, tested and built again, byte for byte.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WIDGETS = ROOT / "widgets"
STATIC = ROOT / "glimmer" / "widgets" / "static"
FACES = ("bucket", "chat", "dashboard", "renders", "timeline")
MOST_BYTES = 150_000  # sent with every widget, and saved with it where widgets are saved
# Names of the languages that SVG, HTML and MathML are, never addresses; and whom marked asks to be told of its own faults.
NAMES = re.compile(r"https?://(?:www\.w3\.org/[\w/]+|github\.com/markedjs/marked\.)|http://(?=[\"'`])")


def sources() -> Iterator[Path]:
    """In the order of widgets/build.mjs: each folder by name, files and folders together."""

    def below(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir(), key=lambda path: path.name):
            yield from below(path) if path.is_dir() else [path]

    yield from below(WIDGETS / "src")
    yield from (WIDGETS / "build.mjs", WIDGETS / "package-lock.json")


def sum_of_sources() -> str:
    total = hashlib.sha256()
    for path in sources():
        total.update(f"{path.relative_to(WIDGETS).as_posix()}\n".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def test_the_bundles_are_built_from_what_is_here() -> None:
    assert (STATIC / "BUILD").read_text(encoding="utf-8").strip() == sum_of_sources(), "widgets/ has changed: run `make widgets`"


@pytest.mark.parametrize("name", FACES)
def test_a_bundle_is_small_and_asks_no_other_machine(name: str) -> None:
    script, style = (STATIC / f"{name}.js").read_text(encoding="utf-8"), (STATIC / f"{name}.css").read_text(encoding="utf-8")
    assert len(script.encode()) <= MOST_BYTES
    for text in (script, style):
        assert not re.findall(r"https?://[^\s\"'`)]*", NAMES.sub("", text))
        assert "sourceMappingURL" not in text
    assert not re.search(r"url\(\s*[\"']?//|@import\s", style)


def test_the_types_are_those_of_the_python_side() -> None:
    from glimmer.widgets.schema import PATH, schema_text

    assert PATH.read_text(encoding="utf-8") == schema_text(), "a state or a verb has changed: run `make widgets`"


# ── with node ───────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def front_end() -> Path:
    """widgets/ with its packages; skipped where node or npm's packages are not here."""
    node = shutil.which("node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout if node else ""
    if not node or int(version.strip("v \n").split(".")[0]) < 20:
        pytest.skip(f"node of at least 20 is not here ({version.strip() or 'none'}); the sums above still tell what is stale")
    if not (WIDGETS / "node_modules").is_dir():
        pytest.skip("widgets/node_modules are not here: run `npm install` in widgets/ (.ci/run tries it)")
    return WIDGETS


def run(where: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


@pytest.mark.slow
def test_types_and_style_of_the_front_end_hold(front_end: Path) -> None:
    run(front_end, "npm", "run", "--silent", "check")


@pytest.mark.slow
def test_the_front_ends_own_tests_pass(front_end: Path) -> None:
    run(front_end, "npm", "run", "--silent", "test")


@pytest.mark.slow
def test_a_second_build_is_the_same_byte_for_byte(front_end: Path, tmp_path: Path) -> None:
    copy = tmp_path / "widgets"
    shutil.copytree(front_end, copy, ignore=shutil.ignore_patterns("node_modules"))
    (copy / "node_modules").symlink_to(front_end / "node_modules")
    run(copy, "node", "build.mjs")
    built = tmp_path / "glimmer" / "widgets" / "static"
    assert {path.name for path in built.iterdir()} == {path.name for path in STATIC.iterdir()}
    for path in built.iterdir():
        assert path.read_bytes() == (STATIC / path.name).read_bytes(), f"{path.name} is not what is committed: run `make widgets`"


@pytest.mark.slow
def test_the_typescript_types_are_made_from_the_schema(front_end: Path, tmp_path: Path) -> None:
    made = tmp_path / "schema.ts"
    given = str(ROOT / "glimmer" / "widgets" / "schema.json")
    run(front_end, "npx", "json2ts", "-i", given, "-o", str(made), "--unreachableDefinitions", "--no-additionalProperties")
    assert made.read_bytes() == (front_end / "src" / "shared" / "schema.ts").read_bytes(), "run `make widgets`"


def test_what_all_faces_share_loses_to_a_faces_own_rules() -> None:
    """Each face brings the shared sheet, so on a page of several it stands after a face's own, too. A rule of it that weighs as much as
    `.gl-bucket-search input` would then win there, and lose where the face is alone."""
    sheet = re.sub(r"/\*.*?\*/", "", (WIDGETS / "src" / "shared" / "base.css").read_text(encoding="utf-8"), flags=re.S)
    usual = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", sheet)  # what is forced, or does not move, is to win
    selectors = [each.strip() for each in re.findall(r"([^{}]+)\{", usual)]
    assert len(selectors) > 30
    assert [each for each in selectors if re.search(r"\.gl-root\s+(:is\()?(input|select|textarea|h2|h3|p)\b", each)] == []
