"""What Glimmer imports is what it says it needs, and the other way round; what it ships is there."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Packages that are found by name and never imported: fonts looked up as files, an OTIO plugin, extras whose objects are duck-typed.
BY_NAME = {"manimgx-fonts", "noto-cjk-sans-otc", "otio-cmx3600-adapter"}
# Imported only if it is there, with an error that says how to get it.
OPTIONAL = {"pandas", "ipython", "espeakng-loader", "duckdb", "google-auth", "google-cloud-storage", "gcsfs"}
# The faces and their server: of the extra [studio]; what Jupyter and its widgets are made of comes with them.
OPTIONAL |= {"anywidget", "comm", "ipywidgets", "jupyter-core", "jupyter-server", "tornado", "traitlets", "voila"}
# `google` is many distributions' folder; the longest of these that an import begins with is meant.
SHARED = {
    "google.auth": "google-auth",
    "google.oauth2": "google-auth",
    "google.cloud.storage": "google-cloud-storage",
    "google.genai": "google-genai",
}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    return {plain(re.match(r"[A-Za-z0-9._-]+", one)[0]) for one in requirements}  # type: ignore[index]


def top(name: str) -> str:
    """The part of a dotted name that a distribution is found by."""
    return next((shared for shared in SHARED if f"{name}.".startswith(f"{shared}.")), name.split(".")[0])


def imported(folder: str = "glimmer") -> set[str]:
    """The distributions of every third-party import in `folder`, in functions too; those for typing only count as well."""
    names: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {top(alias.name) for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names |= {top(f"{node.module}.{alias.name}") for alias in node.names}
    known = {**packages_distributions(), **{name: [distribution] for name, distribution in SHARED.items()}}
    return {plain(known[name][0]) for name in names - set(sys.stdlib_module_names) - {"glimmer"} if name in known}


def test_every_import_is_declared() -> None:
    assert imported() - OPTIONAL <= named(PROJECT["dependencies"])


def test_every_import_of_the_suite_comes_with_dev() -> None:
    assert imported("tests") - OPTIONAL <= named(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])


def test_every_dependency_is_used() -> None:
    assert named(PROJECT["dependencies"]) - BY_NAME <= imported()


def test_what_is_named_in_pyproject_is_there() -> None:
    for name in (PROJECT["readme"], *PROJECT["license-files"], "CHANGELOG.md", "Makefile", ".ci/run", "glimmer/py.typed"):
        assert (ROOT / name).is_file(), name
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
