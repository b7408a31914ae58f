"""What is delivered where: presets by place, captions, and films with what belongs beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

import glimmer as gl
from glimmer.agents.postproduction import PLACES, PostProductionAgent
from glimmer.errors import InputError, MissingPiece, NotFound


def agent_of(film: gl.Project) -> PostProductionAgent:
    return PostProductionAgent(
        title=film.title,
        newest_cut=lambda: film.cut,
        keep_edit=film.agents.keep_edit,
        render=film.render,
        export=film.export,
    )


def test_every_place_has_presets_that_there_are(kite: gl.Project) -> None:
    agent = agent_of(kite)
    for place in PLACES:
        assert agent.presets_for(place.upper())
    assert {preset.height_px > preset.width_px for preset in agent.presets_for("tiktok")} == {True}
    with pytest.raises(NotFound, match="instagram"):
        agent.presets_for("instagramm")


def test_captions_are_looked_after_in_a_new_version(kite: gl.Project) -> None:
    before = kite.cut
    after = agent_of(kite).captions(look="none")
    assert after.version == before.version + 1 == kite.cut.version and after.caption_style.look == "none"
    with pytest.raises(NotFound, match="look of captions"):
        agent_of(kite).captions(look="loud")  # type: ignore[arg-type]


def test_a_film_is_delivered_with_what_belongs_beside_it(kite: gl.Project, tmp_path: Path) -> None:
    (delivered,) = agent_of(kite).deliver(presets=["draft"], out=tmp_path / "out", timeline=["otio"])
    assert sorted(path.suffix for path in delivered.paths) == [".jpg", ".mp4", ".otio", ".srt"]
    assert delivered.film.parent == tmp_path / "out" and delivered.film.name == "Kite-draft.mp4"
    assert len(kite.renders) == 1  # it was rendered before


def test_what_cant_be_delivered_is_said_before_anything_is_rendered(kite: gl.Project, tmp_path: Path) -> None:
    agent, count = agent_of(kite), len(kite.renders)
    for presets, error in (((), InputError), (["draft", "giant"], NotFound), ("nowhere", NotFound)):
        with pytest.raises(error):
            agent.deliver(presets=presets, out=tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a file"):
        agent.deliver(presets=["draft"], out=tmp_path / "file")
    with pytest.raises(InputError, match="no cut"):
        agent.deliver("the cut", out=tmp_path)  # type: ignore[arg-type]
    nobody = PostProductionAgent(title="Kite", newest_cut=lambda: kite.cut, keep_edit=kite.agents.keep_edit)
    with pytest.raises(MissingPiece, match="nobody here renders"):
        nobody.deliver(out=tmp_path)
    assert len(kite.renders) == count
