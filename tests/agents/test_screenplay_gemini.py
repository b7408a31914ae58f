"""The specialists through the real google-genai, against a Gemini on loopback: what is blocked, broken or cut off is said, never kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import glimmer as gl
from glimmer.errors import GlimmerError, ModelError
from glimmer.testing import FakeGemini

PLAN = {
    "want": "to hear the whale",
    "cast": [{"name": "MARA", "description": "70, long white braid"}],
    "scenes": [
        {"heading": "INT. LAMP ROOM - NIGHT", "seconds": 8, "beat": "Mara lights the lamp.", "cast": ["MARA"]},
        {"heading": "EXT. SHORE - DAWN", "seconds": 8, "beat": "A whale answers.", "cast": []},
    ],
}
SHORE = "EXT. SHORE - DAWN\n\nA whale surfaces beside the rocks.\n\nMARA (O.S.)\nThere you are.\n"
IDEA = gl.Idea("A keeper lights a lamp.", seconds=16)


@pytest.fixture(scope="module")
def server() -> Iterator[FakeGemini]:
    with FakeGemini() as fake:
        yield fake


@pytest.fixture
def film(server: FakeGemini, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[gl.Project]:
    server.reset()
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    film = gl.Project("The Lamp", studio=tmp_path / "studio", models="gemini")
    film.agents.screenplay.text = film.models.text
    yield film
    film.lot.close()


def test_a_plan_and_its_scenes_are_asked_for_and_paid_once(film: gl.Project, server: FakeGemini) -> None:
    server.say(json=PLAN)
    script = film.agents.screenplay.draft(IDEA)
    assert script.scenes[0].heading.raw == "INT. LAMP ROOM - NIGHT" and len(script.scenes) >= 2
    count = server.creates("text")
    assert film.agents.screenplay.draft(IDEA) == script and server.creates("text") == count == server.distinct_creates("text")
    assert 0 < film.spent_usd < 0.2
    server.check()


def test_broken_json_is_mended_once(film: gl.Project, server: FakeGemini) -> None:
    server.say("Of course! ```json\n" + json.dumps(PLAN)[:-9])
    server.say(json=PLAN)
    plan = film.agents.screenplay.blueprint(IDEA)
    assert [scene.beat for scene in plan.scenes] == ["Mara lights the lamp.", "A whale answers."]
    assert server.creates("text") == 2
    assert film.agents.screenplay.blueprint(IDEA) == plan and server.creates("text") == 2
    server.check()


@pytest.mark.parametrize("fault", ["prompt-blocked", "safety", "max-tokens", "empty"])
def test_a_reply_that_is_none_leaves_the_script_as_it_was(film: gl.Project, server: FakeGemini, fault: str) -> None:
    old = film.screenplays.add(SHORE)
    server.fault(fault, on="text", times=0)
    with pytest.raises(GlimmerError):
        film.agents.screenplay.rewrite(old, 1, "At night.")
    assert film.screenplays.latest == old and len(film.screenplays) == 1


def test_a_scene_is_rewritten_in_the_words_of_the_answer(film: gl.Project, server: FakeGemini) -> None:
    old = film.screenplays.add(SHORE)
    server.say("```fountain\n" + SHORE.replace("DAWN", "NIGHT") + "```\nDone!")
    new = film.agents.screenplay.rewrite(old, 1, "At night.")
    assert new.source.startswith("EXT. SHORE - NIGHT") and new.lines[0].id == old.lines[0].id
    server.say("I can't help with that.")
    server.say("INT. CAR - DAY\n\nA.\n\nINT. BUS - DAY\n\nB.\n")
    with pytest.raises(ModelError, match="twice"):
        film.agents.screenplay.rewrite(new, 1, "Somewhere else.")
    assert film.screenplays.latest == new
