"""The drawing of the house stays true: nothing imports upward, nothing goes in a circle, heavy packages have one door each."""

from __future__ import annotations

import ast
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "glimmer"

# Each room and its floor. A room imports rooms of lower floors, and itself.
FLOORS: dict[str, int] = {
    **dict.fromkeys(
        ("errors", "limits", "vocabulary", "timecode", "settings", "log", "display", "progress", "faces", "media_urls", "strict_json", "titles"), 0
    ),
    "idea": 1,
    "screenplay": 2,
    "models": 3,  # only ground, see below
    "store": 3,
    "assets": 3,
    "prompts": 3,
    "analytics": 3,
    "lot": 4,  # only store and assets, see below
    "buckets": 4,
    "assembly": 5,
    "render": 6,
    "export": 7,
    "agents": 8,
    "archiving": 9,
    "jobs": 9,
    **dict.fromkeys(("project", "project_card", "crew", "asked", "plan", "planning", "running"), 10),
    "extending": 10,
    "film_money": 10,
    "renders": 10,
    **dict.fromkeys(("film_tools", "film_tool_words", "film_tool_looks", "film_tool_script", "film_tool_cuts", "film_tool_costs"), 10),
    **dict.fromkeys(("film_tables", "shot_changes", "spending", "sql_tables", "lineage", "lineage_card"), 10),
    **dict.fromkeys(("chat", "chat_card", "chat_live", "chat_messages"), 10),
    "studio": 11,
    "studio_card": 11,
    **dict.fromkeys(("cli", "cli_studio", "cli_told", "doctor", "telling", "upkeep", "magics", "widgets", "server", "testing"), 12),
    "__init__": 13,
    "__main__": 13,
}
GROUND = {room for room, floor in FLOORS.items() if floor == 0}

# Rooms that know less than their floor would allow.
ONLY = {
    "idea": GROUND,
    "models": GROUND,
    "store": GROUND,
    "assets": GROUND,
    "prompts": GROUND,
    "analytics": GROUND | {"store"},
    "lot": GROUND | {"store", "assets"},
    "screenplay": GROUND | {"idea"},
}

# A heavy or foreign package, and the rooms that are its door.
DOORS = {
    "alembic": {"store"},
    "av": {"render", "assets", "buckets", "models", "doctor", "testing"},
    "cv2": {"render", "models"},
    "duckdb": {"analytics"},  # in a child process alone
    "espeakng_loader": {"models"},  # GPL-3: in a child process alone, see test_languages.py
    "fontpkg": {"render", "models"},
    "fountain": {"screenplay"},
    "fsspec": {"assets"},
    "gcsfs": {"assets"},
    "genai_prices": {"models"},
    "google": {"assets", "models"},  # google.cloud.storage; google.genai, only in models/gemini
    "hibari": {"models"},
    "hibari_tts": {"models"},
    "httpx2": {"models"},  # comes with google-genai; only in models/gemini
    "jinja2": {"prompts"},  # sandboxed, see prompts/body.py
    "markdown_it": {"display"},
    "onnxruntime": {"models"},
    "opentimelineio": {"export"},
    "pandas": {"display"},
    "psycopg": {"store"},
    "pyloudnorm": {"models"},
    "pysubs2": {"export"},
    "resvg_py": {"models"},
    "rich": {"progress", "cli", "telling"},
    "scipy": {"models"},
    "soundfile": {"render", "models", "buckets", "assets"},
    "sqlalchemy": {"store"},
    "typer": {"cli", "cli_studio", "cli_told"},
    "yaml": {"prompts"},
    "IPython": {"progress", "magics", "display"},
}


class Import(NamedTuple):
    path: Path
    line: int
    module: str  # the importing module, dotted
    target: str  # what it imports, dotted

    def __str__(self) -> str:
        return f"{self.path.relative_to(PACKAGE.parent)}:{self.line}: {self.module} imports {self.target}"


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    return {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@cache
def imports() -> tuple[Import, ...]:
    return tuple(one for name, path in modules().items() for one in imports_of(name, path))


def imports_of(name: str, path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for target in targets(node, name, path.name == "__init__.py"):
                yield Import(path, node.lineno, name, target)


def targets(node: ast.Import | ast.ImportFrom, name: str, is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        above = name.split(".") if is_package else name.split(".")[:-1]
        above = above[: len(above) - node.level + 1]
        base = ".".join([*above, base] if base else above)
    return [f"{base}.{alias.name}" if f"{base}.{alias.name}" in modules() else base for alias in node.names]


def own() -> list[Import]:
    return [one for one in imports() if one.target.split(".")[0] == "glimmer"]


def test_every_room_has_a_floor() -> None:
    assert {room_of(name) for name in modules()} <= set(FLOORS)


def test_nothing_imports_upward() -> None:
    upward = [
        str(one)
        for one in own()
        if room_of(one.module) not in ("__init__", room_of(one.target))
        and room_of(one.target) != "__init__"
        and FLOORS[room_of(one.target)] > FLOORS[room_of(one.module)]
    ]
    assert not upward, "\n".join(["these imports go up:", *upward])


def test_nothing_but_faces_imports_the_public_face() -> None:
    wrong = [
        str(one)
        for one in own()
        if one.target == "glimmer" and FLOORS[room_of(one.module)] < FLOORS["cli"] and not imports_a_ground_name(one)
    ]
    assert not wrong, "\n".join(["a room reaches for the face:", *wrong])


def imports_a_ground_name(one: Import) -> bool:
    """`from glimmer import limits` names a room, not the face; `targets` has told them apart already."""
    return one.target != "glimmer"


def test_rooms_that_should_know_little_know_little() -> None:
    wrong = [
        str(one)
        for one in own()
        if room_of(one.module) in ONLY and room_of(one.target) not in ONLY[room_of(one.module)] | {room_of(one.module), "__init__"}
    ]
    assert not wrong, "\n".join(["these know more than they should:", *wrong])


SETS = ("rehearsal", "gemini", "openai")


def test_a_set_of_models_knows_only_ground_the_interface_and_itself() -> None:
    """What stands in glimmer/models beside the sets is for all of them; a paid set rehearses what its server does not do."""

    def may(one: Import) -> bool:
        mine, theirs = one.module.split("."), one.target.split(".")
        if theirs[:2] != ["glimmer", "models"] or mine[2:3] == [] or mine[2] not in SETS:
            return True
        return len(theirs) > 2 and (theirs[2] not in SETS or theirs[2] == mine[2] or theirs == ["glimmer", "models", "rehearsal"])

    wrong = [str(one) for one in own() if room_of(one.module) == "models" and not may(one)]
    assert not wrong, "\n".join(["a model knows another set of models:", *wrong])


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    """Imports for typing only and those in functions count too."""
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for one in own():
        if one.target in graph:
            graph[one.module].add(one.target)
    circle = find_circle(graph)
    assert not circle, "a circle: " + " -> ".join(circle)


def find_circle(graph: dict[str, set[str]]) -> list[str]:
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph[name]):
            if found := walk(other, [*way, name]):
                return found
        done.add(name)
        return []

    return next((found for name in sorted(graph) if (found := walk(name, []))), [])


def test_a_heavy_package_is_imported_only_at_its_door() -> None:
    wrong = [
        str(one)
        for one in imports()
        if (package := one.target.split(".")[0]) in DOORS and room_of(one.module) not in DOORS[package]
    ]
    assert not wrong, "\n".join(["these go past the door:", *wrong])


def test_a_circle_would_be_found() -> None:
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert find_circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_the_network_is_closed() -> None:
    with socket.socket() as door, pytest.raises(RuntimeError, match="network is closed"):
        door.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match="network is closed"):
        socket.getaddrinfo("example.org", 443)
