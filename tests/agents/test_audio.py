"""What the audio agent asks for: a line's words decide its own take and nothing else that is heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from glimmer import Project
from glimmer.agents.making import Order
from glimmer.buckets import AIR, FX, LINE
from glimmer.models.interface import request_key
from glimmer.screenplay import Screenplay

SCRIPT = """Title: Song

INT. KITCHEN - DAY

The kettle whistles. Mara waits.

MARA
It boils over.

She looks at the window.

TOM
Then let it.

EXT. YARD - NIGHT

Tom walks across the gravel. A dog barks.

TOM
Quiet, you.

INT. KITCHEN - DAY

MARA
Still here?

The door slams.
"""
# More words, and words that turn the mood of their scene.
REWRITTEN = SCRIPT.replace(
    "It boils over.", "Blood! Scream! Run, they will kill us! I am afraid, I hate you, help me, please, the dead are at the door!"
)


@pytest.fixture
def film(tmp_path: Path) -> Project:
    return Project("Song", studio=tmp_path / "studio", models="rehearsal")


def asked(orders: list[Order]) -> dict[str, str]:
    """Entry key -> request key."""
    return {order.key: request_key(order.model, order.request) for order in orders}


def of_the_places(film: Project, script: Screenplay) -> dict[str, str]:
    agent = film.agents.audio
    return asked([*agent.bed_orders(script), *agent.effect_orders(script)])


def test_a_changed_line_leaves_every_bed_and_every_effect_as_it_was(film: Project) -> None:
    before, after = film.screenplays.add(SCRIPT), film.screenplays.add(REWRITTEN)
    assert before.scenes[0].mood != after.scenes[0].mood
    there, now = of_the_places(film, before), of_the_places(film, after)
    assert sorted(there.values()) == sorted(now.values())
    assert {key for key in there if key.startswith(AIR)} == {key for key in now if key.startswith(AIR)}
    voices = film.agents.character.voices(after)
    spoken, said = (asked(film.agents.audio.line_orders(each, voices)) for each in (before, after))
    assert len(set(spoken.values()) - set(said.values())) == 1


def test_a_changed_line_makes_one_take_of_sound_again(film: Project) -> None:
    agent = film.agents.audio
    for text in (SCRIPT, REWRITTEN):
        before = film.making.made
        script = film.screenplays.add(text)
        agent.voice(script)
        agent.ambience(script)
    assert film.making.made - before == 1


def test_scenes_in_one_place_share_the_take_of_its_air(film: Project) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.audio.ambience(script)
    kitchen, yard, again = (film.audio[f"air {scene.number}"].used for scene in script.scenes)
    assert kitchen is not None and yard is not None and again is not None
    assert kitchen.asset == again.asset != yard.asset
    assert film.making.made == 2 + 3 and kitchen.seconds == 40.0


def test_only_shots_in_which_something_is_heard_have_effects(film: Project) -> None:
    script = film.screenplays.add(SCRIPT)
    film.agents.audio.ambience(script)
    heard = [shot.slate for shot in script.shot_list if f"fx {shot.slate}" in film.audio]
    actions = {shot.slate: shot.action for shot in script.shot_list}
    assert len(heard) == 3
    assert all(any(word in actions[slate] for word in ("kettle", "dog", "door")) for slate in heard)


def test_a_sentence_that_several_shots_of_a_scene_show_is_heard_once(film: Project) -> None:
    script = film.screenplays.add(SCRIPT)
    first, second = script.scenes[1].shots
    assert first.action.startswith("Tom walks across the gravel.") and second.action == "Tom walks across the gravel."
    assert [order.key for order in film.agents.audio.effect_orders(script) if order.key.endswith((first.id, second.id))] == [
        f"{FX}{first.id}"
    ]


def test_what_is_no_longer_heard_goes_out_of_sight_and_comes_back_with_its_words(film: Project) -> None:
    film.agents.audio.ambience(film.screenplays.add(SCRIPT))
    stood = {entry.key for entry in film.audio if entry.key.startswith(FX)}
    film.agents.audio.ambience(film.screenplays.add(SCRIPT.replace("The door slams.", "She smiles.")))
    left = {entry.key for entry in film.audio if entry.key.startswith(FX)}
    assert left < stood and len(left) == 2
    made = film.making.made
    film.agents.audio.ambience(film.screenplays.add(SCRIPT))
    assert {entry.key for entry in film.audio if entry.key.startswith(FX)} == stood
    assert film.making.made == made


def test_orders_write_nothing(film: Project) -> None:
    script = film.screenplays.add(SCRIPT)
    agent = film.agents.audio
    before = (film.audio.store.entries("audio"), film.audio.store.entries("characters"), film.audio.store.spent())
    agent.line_orders(script, {})
    agent.bed_orders(script)
    agent.effect_orders(script)
    assert before == (film.audio.store.entries("audio"), film.audio.store.entries("characters"), film.audio.store.spent())


def test_who_has_no_voice_yet_is_not_ordered(film: Project) -> None:
    script = film.screenplays.add(SCRIPT)
    voices = film.agents.character.voices(script)
    orders = film.agents.audio.line_orders(script, {"TOM": voices["TOM"]})
    assert [order.key for order in orders] == [f"{LINE}{line.id}" for line in script.lines if line.character == "TOM"]


def test_an_order_names_what_it_is_made_from(film: Project) -> None:
    before, after = film.screenplays.add(SCRIPT), film.screenplays.add(REWRITTEN)
    agent, voices = film.agents.audio, film.agents.character.voices(film.screenplays.latest)
    first, rewritten = (agent.line_orders(script, voices)[0].inputs for script in (before, after))
    assert [(each.role, each.bucket, each.name) for each in first] == [
        ("line", "screenplays", "line 1"),
        ("voice", "characters", "MARA"),
    ]
    assert first[0].hash != rewritten[0].hash and first[1] == rewritten[1]
    louder = {name: voice.model_copy(update={"pitch": 2.0}) for name, voice in voices.items()}
    assert agent.line_orders(before, louder)[0].inputs[1].hash != first[1].hash
    kitchen, yard, again = (order.inputs[0] for order in agent.bed_orders(before))
    assert kitchen.role == "place" and kitchen.hash == again.hash != yard.hash and kitchen.key == before.scenes[0].id
    assert [each.role for each in agent.effect_orders(before)[0].inputs] == ["shot", "place"]
