"""Questions in SQL over a film's own tables: as typed in the documents, joined by names, quick with 100,000 takes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import glimmer as gl
from glimmer.analytics import Analyst
from glimmer.display import Table
from glimmer.errors import NotFound
from glimmer.sql_tables import sql_revision, sql_tables
from glimmer.store import Take
from glimmer.store.conversations import Conversations

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "ask_the_film.md"
Ask = Callable[..., Table]


@pytest.fixture(scope="module")
def analyst() -> Iterator[Analyst]:
    with Analyst() as one:
        yield one


def asker(film: gl.Project, analyst: Analyst) -> Ask:
    def states() -> dict[tuple[str, str], str]:
        return {(row.bucket, row.key): "current" if row.take_number else "missing" for row in film.store.standing()}

    def ask(sql: str, parameters: tuple[object, ...] = ()) -> Table:
        tables = sql_tables(film.store, film.screenplays, states)
        revision = f"{film.lot.folder} {film.title} {sql_revision(film.store)}"
        return analyst.ask(sql, tables, revision=revision, log=film.lot.folder / "log", parameters=parameters)

    return ask


def test_what_the_film_cost_as_it_is_typed(lamp: gl.Project, analyst: Analyst) -> None:
    lamp.store.add_call("video", "paid/camera", "k", 0.25, 1.0)
    answer = asker(lamp, analyst)("select agent, model, sum(usd) from calls group by all")
    assert {row["agent"]: row["sum(usd)"] for row in answer if row["model"] == "paid/camera"} == {"video": 0.25}
    assert sum(answer["sum(usd)"]) == pytest.approx(lamp.spent_usd)  # type: ignore[arg-type]


def test_every_table_is_there_and_can_be_read(lamp: gl.Project, kite: gl.Project, analyst: Analyst) -> None:
    for film in (lamp, kite):
        ask = asker(film, analyst)
        names = {str(name) for name in ask("show tables")["name"]}
        assert names >= set(
            "scenes shots lines cues characters takes inputs screenplays cuts renders calls history messages assets prompts video audio"
            " music log".split()
        )
        for name in names:
            assert ask(f"select count(*) as n from {name}")["n"][0] == len(ask(f"from {name}"))


def test_tables_join_by_what_a_person_calls_things(lamp: gl.Project, analyst: Analyst) -> None:
    lamp.video["1B"].tag("night", "sea").rate(4)
    ask = asker(lamp, analyst)
    spoken = ask(
        "select c.scene, c.heading, s.shot, s.tags, l.line, l.who, l.says, t.model from scenes c join shots s using (scene) "
        "join lines l on l.shot = s.shot join takes t on t.line = l.line and t.is_used order by l.line"
    )
    assert spoken["says"] == ("Sing.", "+41 gulls, keeper.", "Then listen.") and spoken["scene"] == ("1", "1", "2")
    assert spoken[0]["tags"] == ["night", "sea"] and spoken[0]["heading"] == "INT. LAMP ROOM - NIGHT"
    drawn = ask(
        "select s.shot, count(t.id) as takes from shots s left join takes t on t.shot = s.shot and t.bucket = 'video' group by all order by all"
    )
    assert drawn.rows == tuple((shot.slate, 1) for shot in lamp.screenplays.latest.shot_list)
    made = ask(
        "select distinct i.role from inputs i join takes t on t.id = i.take_id where t.shot = '1B' and t.bucket = 'video' order by all"
    )
    assert made["role"] == ("character", "line", "prompt", "shot")
    assert ask("select count(*) as n from calls join takes using (request_key)")["n"][0] == lamp.store.spent()[0]
    assert ask("select count(*) as n from takes anti join assets on assets.sha256 = takes.asset")["n"] == (0,)


def test_json_moments_and_lists_are_what_they_are(lamp: gl.Project, kite: gl.Project, analyst: Analyst) -> None:
    talks = Conversations(lamp.store.database, lamp.title)
    talks.start_conversation("first")
    ask = asker(lamp, analyst)
    assert len(ask("from messages")) == 0
    talks.add_message(1, "user", [{"text": "make it rain"}, {"asset": "0" * 64}])
    assert ask("select title, role, text, content->>'$[0].text' as first from messages").rows == (
        ("first", "user", "make it rain", "make it rain"),
    )
    assert ask("select cut->>'$.title' as title, frames_per_second as rate from cuts").rows == (("The Lamp", 24.0),)
    assert ask("select details->>'$.who' as who from audio where name = '1'")["who"] == ("MARA",)
    assert ask("select count(*) as n from takes where made_at > now()::timestamp - interval 1 day")["n"][0] > 5  # type: ignore[operator]
    assert ask("select unnest(moods) as mood from cues order by all")["mood"]
    assert asker(kite, analyst)("select cut, preset, state from renders").rows == ((1, "draft", "done"),)


def test_an_answer_follows_the_film(lamp: gl.Project, analyst: Analyst) -> None:
    ask = asker(lamp, analyst)
    assert ask("select circled from shots where shot = '1A'")["circled"] == (None,)
    lamp.video["1A"].circle(1)
    assert ask("select circled, state from shots where shot = '1A'").rows == ((1, "current"),)
    assert ask("select what from history order by id desc limit 1")["what"][0] == lamp.store.steps()[0].what
    lamp.undo()
    assert ask("select circled from shots where shot = '1A'")["circled"] == (None,)
    assert ask("select count(*) as n from history where is_undone")["n"] == (1,)


def test_one_film_sees_nothing_of_another(lamp: gl.Project, kite: gl.Project, analyst: Analyst) -> None:
    for name in ("takes", "video", "calls", "history", "assets", "screenplays", "cuts", "inputs"):
        theirs = {repr(row) for row in asker(kite, analyst)(f"from {name}").rows}
        mine = {repr(row) for row in asker(lamp, analyst)(f"from {name}").rows}
        assert mine and theirs and not mine & theirs, name


def test_a_film_without_a_script_has_empty_tables(tmp_path: Path, analyst: Analyst) -> None:
    film = gl.Project("Empty", studio=tmp_path)
    ask = asker(film, analyst)
    for name in ("shots", "lines", "scenes", "cues", "characters", "takes", "messages", "renders"):
        assert len(ask(f"from {name}")) == 0


def test_the_documents_questions_work_as_they_are_typed(lamp: gl.Project, analyst: Analyst) -> None:
    questions = re.findall(r'film\.sql\(\s*"((?:[^"])*)"(?:, parameters=\[([^\]]*)\])?', DOCUMENT.read_text(encoding="utf-8"))
    assert len(questions) >= 8
    for question, parameter in questions:
        assert asker(lamp, analyst)(question, tuple(each.strip().strip('"') for each in parameter.split(",") if each)).columns


def test_a_wrong_column_names_the_near_ones(lamp: gl.Project, analyst: Analyst) -> None:
    with pytest.raises(NotFound, match="agent"):
        asker(lamp, analyst)("select agnt from calls")


def test_a_question_again_is_answered_in_a_moment(lamp: gl.Project, analyst: Analyst) -> None:
    """No row is read again while the film stays; benchmarks/film_tables.py measures 100,000 takes."""
    one = lamp.video["1A"].takes[0]
    with lamp.store.write("take", "many"):
        for n in range(300):
            lamp.store.add_take(
                "video", lamp.video["1A"].key, Take.model_validate({**one.model_dump(), "request_key": f"many {n}"})
            )
    ask = asker(lamp, analyst)
    question = "select agent, model, count(*) as takes, sum(usd) from takes where shot = '1A' and bucket = 'video' group by all"
    assert ask(question)["takes"] == (301,)
    began = time.perf_counter()
    for _ in range(5):
        ask(question)
    assert (time.perf_counter() - began) / 5 < 2  # 0.02 s on a free machine
