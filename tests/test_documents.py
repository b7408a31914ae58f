"""What the documents show works: every Python block of CONTRIBUTING.md and of the docs, and the README's session."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import glimmer as gl
from glimmer.render.preset import preset_named

ROOT = Path(__file__).resolve().parents[1]


def blocks(name: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)


def test_the_recipes_of_contributing_work(tmp_path: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks("CONTRIBUTING.md"):
        exec(block, names)
    from glimmer.agents import Maker
    from glimmer.models.rehearsal.boards.light import light_for
    from glimmer.models.rehearsal.boards.props import draw_prop, find_props

    assert "ocarina" in find_props("She lifts the ocarina.")
    assert draw_prop("ocarina", light_for("day", "clear", "calm", False)).width_cm == pytest.approx(14, rel=0.1)
    film = gl.Project("Recipes", studio=tmp_path)
    maker = Maker("mine", film.store, film.assets)
    names["sting"](maker, names["Silence"]())  # type: ignore[operator]
    assert film.music["sting"].used.seconds == 2  # type: ignore[union-attr]


def test_a_model_a_tool_a_judge_a_prompt_and_an_agent_are_added_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLIMMER_STUDIO", str(tmp_path))
    names: dict[str, object] = {}
    for block in blocks("docs/models.md"):
        exec(block, names)
    film = names["film"]
    assert film.models.composer.name == "drone" or film.models.name == "rehearsal"  # type: ignore[attr-defined]
    assert names["tide"].kind == "reads" and "own:night" in repr(names["night"])  # type: ignore[attr-defined]
    assert film.prompts["video.shot"].used is not None  # type: ignore[index]


@pytest.mark.parametrize(
    "name", ["docs/score_and_sound.md", "docs/voices.md", "docs/screenplay.md", "docs/render.md", "docs/presets.md"]
)
def test_the_examples_of_the_docs_work(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in blocks(name):
        if block.startswith(("import ", "from ")):  # the others show a piece of a file
            exec(block, names)


def test_the_session_of_the_readme_works_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Smaller and shorter, with a still for a gull, so that the suite stays quick; not a word else is changed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GLIMMER_STUDIO")
    session, edit, render, plan, ask, own, *_ = blocks("README.md")
    names: dict[str, object] = {}
    exec(session.replace("seconds=45", "seconds=10").replace('preset="1080p24"', 'preset="draft"'), names)
    for name in ("lighthouse.mp4", "lighthouse.srt", "lighthouse.vtt", "lighthouse.otio", "lighthouse.edl"):
        assert (tmp_path / name).stat().st_size > 40
    assert names["job"].state == "done"  # type: ignore[attr-defined]
    film = names["film"]
    Image.new("RGB", (320, 180), "#d8dade").save(tmp_path / "gull.png")
    exec(edit.replace("gull.mp4", "gull.png").replace("film.cut = cut", "told = cut.changes(film.cut); film.cut = cut"), names)
    assert {"V2 gull", "A2", "V1 1A | 1C"} <= set(names["told"]["where"]), names["told"]  # type: ignore[index]
    names["tiny"] = gl.Preset(name="square", width_px=180, height_px=180, rate=12)
    exec(
        render.replace('preset="square"', "preset=tiny").replace("width_px=640, height_px=480", "width_px=160, height_px=120"),
        names,
    )
    assert names["job"].result.path.stat().st_size > 10_000  # type: ignore[attr-defined]
    text = film.screenplays.latest.source  # type: ignore[attr-defined]
    said = film.screenplays.latest.lines[0].text  # type: ignore[attr-defined]
    (tmp_path / "lighthouse_rev2.fountain").write_text(text.replace(said, "Listen to the water."), encoding="utf-8")
    exec(plan, names)
    exec(ask.replace('"MARA"', repr(film.screenplays.latest.cast[0].name)).rpartition('gl.Studio("postgresql')[0], names)  # type: ignore[attr-defined]
    assert "A copy" in gl.Studio() and "film.video.add" in own


def test_what_can_be_a_shot_is_taken_as_the_guide_to_footage_types_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    film = gl.Project("Shots")
    film.screenplays.add("INT. ROOM - DAY\n\nA lamp.\n\nINT. HALL - DAY\n\nA door.\n")
    Path("warm.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n1 0.95 0.9\n", encoding="utf-8")
    grey = np.full((4, 90, 160, 3), 120, np.uint8)
    names = {
        "film": film,
        "image": Image.new("RGB", (160, 90), "#c04020"),
        "frames": list(grey),
        "sunrise": lambda seconds: grey[0] + np.uint8(20 * seconds),
    }
    (block,) = blocks("docs/footage.md")
    with_moviepy = find_spec("moviepy") is not None  # an extra
    if with_moviepy:
        names["clip"] = import_module("moviepy").ColorClip((160, 90), color=(20, 90, 40), duration=0.5).with_fps(24)
    lines = [line for line in block.splitlines() if with_moviepy or "moviepy" not in line]
    exec("\n".join(lines), names)
    kinds = [take.media_type for take in film.video["2A"].takes]
    assert kinds == ["image/png", *["video/mp4"] * (len(lines) - 2)] and "warm" in film.video


DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
NOTEBOOKS = tuple(f"notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("*.ipynb")))


@pytest.mark.parametrize("name", [*DOCUMENTS, *NOTEBOOKS])
def test_every_link_of_a_document_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^()\s]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    for link in (link for link in links if "://" not in link and not link.startswith("mailto:")):
        path, _, place = link.partition("#")
        there = (ROOT / name).parent / path if path else ROOT / name
        assert there.exists(), f"{name} links to {link}, which is not there"
        assert not place or place in headings(there), f"{name} links to {link}; {there.name} has {', '.join(headings(there))}"


def headings(path: Path) -> list[str]:
    """The names by which a page's headings are linked to."""
    lines = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines]


def test_every_preset_that_a_document_names_is_there() -> None:
    for name in (*DOCUMENTS, *NOTEBOOKS):
        for preset in re.findall(r'\bpreset=\\?"([^"\\]+)', (ROOT / name).read_text(encoding="utf-8")):
            assert preset_named(preset).name == preset, name
