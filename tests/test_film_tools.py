"""What a conversation can do with a film: every tool does what it says, refuses what it can't, and never trusts an argument."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import pytest

import glimmer as gl
from glimmer.agents.tools import MOST_TOOLS, ToolAnswer, Toolbox
from glimmer.errors import GlimmerError, InputError, MissingPiece, NotFound
from glimmer.film_tool_cuts import VERBS
from glimmer.film_tools import film_tools


def ask(film: gl.Project, name: str, /, **arguments: Any) -> ToolAnswer:
    """As a conversation calls a tool: checked arguments, its price first."""
    tool = film_tools(film)[name]
    checked = tool.checked(arguments)
    assert tool.cost(checked).high_usd == 0  # rehearsal
    return tool.call(checked)


def test_there_is_room_for_tools_of_ones_own_and_each_says_what_it_does(lamp: gl.Project) -> None:
    tools = film_tools(lamp)
    assert len(tools) <= 13 < MOST_TOOLS
    for tool in tools.values():
        assert len(tool.description) > 60 and tool.name.replace("_", "").isalpha()
        assert all("type" in schema for schema in tool.parameters["properties"].values())
    kinds = {tool.name: tool.kind for tool in tools.values()}
    assert kinds["film_trash_take"] == "destroys" and kinds["film_export"] == "outside" and kinds["film_look"] == "reads"
    assert len(json.dumps([spec.model_dump() for spec in tools.specs])) < 16_000  # with 49 kB of tools models began to fail


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("what", "of", "said"),
    [
        ("film", "", "The Lamp: script v1"),
        ("script", "", "A whale surfaces"),
        ("script", "2", "EXT. SHORE - DAWN"),
        ("shots", "2", "2A"),
        ("lines", "", "MARA"),
        ("cast", "", "MARA: person"),
        ("takes", "", "video"),
        ("cut", "", "cut v1"),
        ("renders", "", "nothing is rendered yet"),
        ("plan", "", "plan of The Lamp"),
        ("costs", "", "spent so far $0.00"),
        ("history", "", "history"),
        ("find", "whale", "A whale surfaces"),
        ("find", "submarine", "nothing in this film"),
    ],
)
def test_looking_tells_the_facts_and_changes_nothing(lamp: gl.Project, what: str, of: str, said: str) -> None:
    before = lamp.store.revision()
    answer = ask(lamp, "film_look", what=what, of=of)
    assert said.casefold() in answer.text.casefold() and len(answer.text) < 7_000
    assert lamp.store.revision() == before
    assert not (what == "script" and of) or "INT. LAMP ROOM" not in answer.text


def test_an_empty_film_can_be_looked_at(tmp_path: Path) -> None:
    film = gl.Project("Empty", studio=tmp_path / "s")
    assert "no script yet" in ask(film, "film_look").text
    with pytest.raises(MissingPiece, match="no screenplay yet"):
        ask(film, "video_shoot")


# ── the script ──────────────────────────────────────────────────────────────────────────────────────────────
def test_an_idea_becomes_a_script_and_the_same_idea_is_the_same_script(tmp_path: Path) -> None:
    film = gl.Project("Fox", studio=tmp_path / "s")
    first = ask(film, "script_write", idea="A fox learns to whistle.", seconds=12)
    again = ask(film, "script_write", idea="A fox learns to whistle.", seconds=12)
    assert first.facts["made"] == 1 and again.facts["made"] == 0 and len(film.screenplays) == 1


def test_a_script_that_came_out_longer_or_shorter_than_asked_for_says_so(tmp_path: Path) -> None:
    film = gl.Project("Gull", studio=tmp_path / "s")
    off = {}
    for seconds in (8, 60):
        told = ask(film, "script_write", idea="A lighthouse keeper teaches a lost whale to sing.", seconds=seconds).text
        off[seconds] = abs(film.screenplays.latest.seconds / seconds - 1)
        assert (f"({seconds}.0 s were asked for)" in told) == (off[seconds] > 0.1), told
    assert off[60] < 0.1 < off[8]


def test_rain_comes_into_a_scene_and_every_line_keeps_its_take(lamp: gl.Project) -> None:
    before = lamp.screenplays.latest
    answer = ask(lamp, "script_change", scene="2", weather="rain")
    now = lamp.screenplays.latest
    assert now.version == 2 and now.scenes[1].weather == "rain" and now.scenes[0].weather == before.scenes[0].weather
    assert [line.id for line in now.lines] == [line.id for line in before.lines]
    assert len(now.shot_list) == len(before.shot_list) and "v2" in answer.text
    ask(lamp, "script_change", scene=2, weather="snow")  # in place of our own sentence, not beside it
    assert lamp.screenplays.latest.scenes[1].weather == "snow" and "Rain falls" not in lamp.screenplays.latest.source
    ask(lamp, "film_undo")
    assert lamp.screenplays.latest.scenes[1].weather == "rain"


@pytest.mark.parametrize("weather", ["rain", "storm", "snow", "fog", "wind", "clear"])
@pytest.mark.parametrize("action", ["Mara waits on the rocks.\n\n", ""])
def test_every_weather_is_read_back_from_what_the_script_then_says(tmp_path: Path, weather: str, action: str) -> None:
    film = gl.Project("Sea", studio=tmp_path / "s")
    film.screenplays.add(f"EXT. SEA - DAY\n\n{action}MARA\nNow.\n\nINT. HUT - NIGHT\n\nA lamp.\n")
    if weather != "clear" or action:
        ask(film, "script_change", scene=1, weather=weather)
    assert film.screenplays.latest.scenes[0].weather == weather and len(film.screenplays.latest.lines) == 1


def test_the_hour_changes_in_the_heading_alone(lamp: gl.Project) -> None:
    ask(lamp, "script_change", scene="first", time="dawn")
    assert lamp.screenplays.latest.scenes[0].heading.raw == "INT. LAMP ROOM - DAWN"


def test_a_line_gets_other_words_and_keeps_its_speaker(lamp: gl.Project) -> None:
    ask(lamp, "script_change", line=1, text="Hum,\n\nMARA\nthen sing.")
    first = lamp.screenplays.latest.lines[0]
    assert (first.character, first.text, first.parenthetical) == ("MARA", "Hum, MARA then sing.", "whispering")
    assert len(lamp.screenplays.latest.lines) == 3


def test_a_paragraph_is_added_as_action_whatever_it_looks_like(lamp: gl.Project) -> None:
    ask(lamp, "script_change", scene=2, add="EXT. MOON - NIGHT")
    script = lamp.screenplays.latest
    assert len(script.scenes) == 2 and script.scenes[1].elements[-1].text == "EXT. MOON - NIGHT"


def test_weather_that_the_scene_contradicts_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    film = gl.Project("Storm", studio=tmp_path / "s")
    film.screenplays.add("EXT. SEA - DAY\n\nThe storm screams. Waves break.\n")
    with pytest.raises(InputError, match="its own words"):
        ask(film, "script_change", scene=1, weather="clear")
    assert len(film.screenplays) == 1


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("script_change", {"scene": "7", "weather": "rain"}, 'no scene "7"'),
        ("script_change", {"scene": "2"}, "nothing to change"),
        ("script_change", {"scene": 2, "instruction": "make the whale bigger"}, "takes a model that writes"),
        ("script_change", {"line": 1, "instruction": "funnier"}, "takes a model that writes"),
        ("script_change", {"line": "99", "text": "x"}, 'no line "99"'),
        ("script_change", {"scene": 2, "weather": "lava"}, "weather"),
        ("video_shoot", {"shots": ["9Z"]}, 'no shot "9Z"'),
        ("video_shoot", {"takes": 21}, "0 to 20"),
        ("video_shoot", {"takes": -1}, "0 to 20"),
        ("video_shoot", {"takes": 10**30}, "takes"),
        ("audio_voice", {"lines": [99]}, 'no line "99"'),
        ("music_score", {"mood": "furious"}, "mood"),
        ("character_design", {"names": ["MARLA"]}, "did you mean MARA"),
        ("cut_edit", {"verb": "explode"}, "verb"),
        ("cut_edit", {"verb": "trim_head", "clip": "1A"}, "needs frames or seconds"),
        ("cut_edit", {"verb": "trim_head", "clip": "9Z", "frames": 3}, 'no clip "9Z"'),
        ("cut_edit", {"verb": "trim_head", "clip": "1A", "frames": 3, "seconds": 1}, "one of them"),
        ("cut_edit", {"verb": "trim_head", "clip": "1A", "seconds": float("nan")}, "six hours"),
        ("cut_edit", {"verb": "trim_head", "clip": "1A", "seconds": 1e300}, "six hours"),
        ("cut_edit", {"verb": "gain", "clip": "music", "amount": float("inf")}, "amount"),
        ("cut_edit", {"verb": "speed", "clip": "line 1", "amount": float("nan")}, "amount"),
        ("cut_edit", {"verb": "speed", "clip": "line 1", "amount": float("inf")}, "amount"),
        ("cut_edit", {"verb": "use_take", "clip": "1A", "amount": 1.5}, "use_take"),
        ("cut_edit", {"verb": "use_take", "clip": "1A", "amount": 7}, "no take"),
        ("film_trash_take", {"name": "1A", "take": 9}, "no take"),
        ("film_trash_take", {"name": "9Z", "take": 1}, "9Z"),
        ("film_render", {"preset": "8K"}, "no preset"),
        ("film_make", {"preset": "../etc"}, "no preset"),
        ("film_export", {"name": "../film.mp4"}, "plain file name"),
        ("film_export", {"name": "/etc/film.mp4"}, "plain file name"),
        ("film_export", {"name": ".bashrc"}, "plain file name"),
        ("film_export", {"name": "C:\\film.mp4"}, "plain file name"),
        ("film_export", {"name": "film.sh"}, "expected one of"),
        ("film_look", {"what": "keys"}, "what"),
        ("film_look", {"what": "script", "of": "12"}, 'no scene "12"'),
        ("film_look", {"what": "find"}, "nothing to find"),
        ("script_write", {"idea": ""}, "no idea"),
        ("script_write", {"idea": "x", "seconds": 1e9}, "no idea"),
        ("film_undo", {"everything": True}, "everything"),
    ],
)
def test_what_can_not_be_is_refused_in_words_and_changes_nothing(
    kite: gl.Project, lamp: gl.Project, name: str, arguments: Any, said: str
) -> None:
    film = kite if name == "film_export" else lamp
    before = film.store.revision()
    with pytest.raises(GlimmerError) as refused:
        tool = film_tools(film)[name]
        tool.call(tool.checked(arguments))
    assert said.casefold() in str(refused.value).casefold()
    assert film.store.revision() == before


# ── takes ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_two_more_takes_are_two_more_takes_each_time(kite: gl.Project) -> None:
    slate = kite.screenplays.latest.shot_list[0].slate
    assert ask(kite, "video_shoot").facts["made"] == 0  # nothing is missing
    answer = ask(kite, "video_shoot", scene=1, takes=2)
    assert len(kite.video[slate].takes) == 3 and answer.facts["made"] == 2
    assert answer.shows == tuple(("video", kite.video[slate].key, number) for number in (2, 3))  # the two that were asked for
    ask(kite, "video_shoot", shots=[slate.lower()], takes=1)
    assert len(kite.video[slate].takes) == 4


def test_more_takes_are_as_many_whatever_stands_of_another_request(kite: gl.Project) -> None:
    script = kite.screenplays.latest
    slate = script.shot_list[0].slate
    kite.agents.video.shoot(script, takes=3, width_px=320, height_px=180, only=[slate])  # none of them is what is asked for at another size
    assert ask(kite, "video_shoot", shots=[slate], takes=2).facts["made"] == 2
    assert ask(kite, "video_shoot", shots=[slate], takes=1).facts["made"] == 1


def test_one_more_take_of_a_line_is_one_more_each_time(lamp: gl.Project) -> None:
    assert [ask(lamp, "audio_voice", lines=[1], takes=1).facts["made"] for _ in range(3)] == [1, 1, 1]
    shown = ask(lamp, "audio_voice", lines=[1], takes=2).shows
    there = len(lamp.audio["1"].takes)
    assert [number for _, _, number in shown] == [there - 1, there]


def test_a_take_is_used_in_the_cut_and_thrown_away(lamp: gl.Project) -> None:
    ask(lamp, "film_undo")  # the draft: so that the cut is drafted with all that stands
    ask(lamp, "audio_voice", takes=1, lines=[1])
    lamp.agents.assembly.draft(lamp.screenplays.latest)
    answer = ask(lamp, "cut_edit", verb="use_take", clip="line 1", amount=2)
    used = lamp.audio["1"].used
    assert used is not None and used.number == 2 and lamp.cut.clip("line 1").asset == used.asset, answer.text
    ask(lamp, "film_trash_take", name="line 1", take=1)
    assert [take.number for take in lamp.audio["1"].takes] == [2]


def test_a_sadder_score_is_in_the_cut_at_once(lamp: gl.Project) -> None:
    before = [clip.asset for clip in lamp.cut.track("A2").clips]
    answer = ask(lamp, "music_score", mood="sad")
    assert answer.facts["made"] >= 1 and "sad" in answer.text
    assert [clip.asset for clip in lamp.cut.track("A2").clips] != before


def test_the_air_of_a_scene_is_laid_with_its_lines(lamp: gl.Project) -> None:
    answer = ask(lamp, "audio_voice", scene=2)
    assert answer.facts["kept"] >= 1 and answer.facts["made"] >= 1  # the line stood, the air did not
    assert ask(lamp, "audio_voice", lines=[1], takes=1).facts["made"] == 1


# ── the cut ─────────────────────────────────────────────────────────────────────────────────────────────────
EDITS: list[tuple[str, dict[str, Any]]] = [
    ("trim_head", {"clip": "1A", "frames": 12}),
    ("trim_tail", {"clip": "1A", "seconds": 0.5}),
    ("extend_tail", {"clip": "last", "seconds": 1}),
    ("extend_head", {"clip": "1A", "frames": 6}),
    ("remove", {"clip": "2A"}),
    ("move_before", {"clip": "2A", "other": "1A"}),
    ("move_after", {"clip": "1A", "other": "2A"}),
    ("split", {"clip": "1A", "at": "4 s"}),
    ("dissolve", {"clip": "1A", "other": "1B", "frames": 12}),
    ("wipe", {"clip": "1A", "other": "1B", "frames": 12, "word": "right"}),
    ("push", {"clip": "1A", "other": "1B", "frames": 12}),
    ("dip", {"clip": "1A", "other": "1B", "frames": 12, "word": "white"}),
    ("fade_in", {"clip": "1A", "frames": 12}),
    ("fade_out", {"clip": "last", "seconds": 1}),
    ("speed", {"clip": "line 1", "amount": 1.25}),
    ("reframe", {"clip": "1A", "word": "pull out", "amount": 0.2}),
    ("fit", {"clip": "1A", "word": "fit"}),
    ("opacity", {"clip": "1A", "amount": 0.5}),
    ("gain", {"clip": "music", "amount": 3, "word": "softer"}),
    ("gain", {"clip": "line 1", "amount": -4}),
    ("mute", {"clip": "air"}),
    ("duck", {"clip": "music", "other": "voices", "amount": 14}),
    ("pan", {"clip": "line 1", "amount": -0.5}),
    ("title", {"text": "Seven years later", "at": "2A"}),
    ("lower_third", {"text": "Mara", "word": "keeper", "clip": "1A"}),
    ("credits", {"text": "Written by: A. Writer"}),
    ("captions", {"word": "plain"}),
    ("mark", {"clip": "2A", "text": "check the lamp"}),
]


def test_the_verbs_of_the_cutting_room_make_the_next_cut(lamp: gl.Project) -> None:
    slates = [shot.slate for shot in lamp.screenplays.latest.shot_list]
    assert {"1A", "1B", "2A"} <= set(slates)
    if not lamp.cut.track("A2").clips or all(track.name != "A3" for track in lamp.cut.tracks):
        ask(lamp, "audio_voice")
        lamp.agents.assembly.draft(lamp.screenplays.latest)
    for verb, arguments in EDITS:
        version = lamp.cut.version
        try:
            answer = ask(lamp, "cut_edit", verb=verb, **arguments)
        except GlimmerError as error:
            pytest.fail(f"{verb} {arguments}: {error}")
        assert lamp.cut.version > version, (verb, answer.text)
        assert len(answer.text) < 600
        ask(lamp, "film_undo")
        assert lamp.cut.version == version


def test_every_verb_that_a_model_is_told_of_is_there(lamp: gl.Project) -> None:
    tool = film_tools(lamp)["cut_edit"]
    told = set(tool.parameters["properties"]["verb"]["enum"])
    assert told == set(VERBS) | {"use_take"}
    assert all(verb in tool.description for verb in told)


def test_an_edit_that_changes_nothing_keeps_no_version(lamp: gl.Project) -> None:
    version = lamp.cut.version
    assert "changes nothing" in ask(lamp, "cut_edit", verb="unmute", clip="A1").text
    assert lamp.cut.version == version


# ── the film ────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_film_is_made_changed_and_made_again_with_only_what_changed(
    kite: gl.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(kite, "film_make").facts["made"] == 0  # it stands
    ask(kite, "script_change", scene=1, add="A second kite rises over the hill.")
    shots = len(kite.screenplays.latest.shot_list)
    answer = ask(kite, "film_make")
    assert answer.render_job == kite.renders[-1].number and kite.renders[-1].state == "done"
    assert 1 <= answer.facts["made"] <= 2 * shots + 2 and "draft" not in answer.text.split()[0]
    square = ask(kite, "film_render", preset="square")
    assert "1080x1080" in square.text
    ask(kite, "film_export", name="kite.mp4", subtitles=["srt"])
    assert (tmp_path / "kite.mp4").stat().st_size > 1_000


def test_nothing_to_export_is_said(lamp: gl.Project) -> None:
    with pytest.raises(MissingPiece, match="nothing is rendered"):
        ask(lamp, "film_export", name="x.mp4")


def test_undo_and_redo_say_what_they_took_back(lamp: gl.Project) -> None:
    ask(lamp, "cut_edit", verb="mark", clip="1A", text="here")
    assert ask(lamp, "film_undo").text.startswith("Took back:")
    assert not lamp.cut.markers
    assert ask(lamp, "film_undo", redo=True).text.startswith("Did again:") and lamp.cut.markers
    with pytest.raises(NotFound):
        Toolbox()["film_undo"]


def test_tools_are_typed_functions(lamp: gl.Project) -> None:
    assert all(inspect.isfunction(tool.run) and tool.source == "glimmer" for tool in film_tools(lamp).values())
