"""A film's entries are those of its script; what a person said of one shot is laid over it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glimmer.buckets import Screenplays
from glimmer.errors import NotFound, StoreError
from glimmer.screenplay import Direction, Shot, read
from glimmer.store import Database, Store

HARBOUR = (Path(__file__).parents[2] / "examples" / "harbour.fountain").read_text()
REVISED = HARBOUR.replace("Not of the same thing.", "Speak for yourself.")


@pytest.fixture
def film(tmp_path: Path) -> Screenplays:
    return Screenplays(Store(Database(tmp_path / "studio" / "glimmer.db"), "Harbour Nine"))


def direct(film: Screenplays, shot: Shot, direction: Direction) -> None:
    film.store.put_entry("video", shot.id, shot.slate, state=json.dumps({"direction": direction.kept()}))


def test_a_direction_is_laid_over_every_script_that_the_film_gives(film: Screenplays) -> None:
    shot = film.add(HARBOUR).shot_list[0]
    direct(film, shot, Direction(size="ECU", seconds=9))
    again = Screenplays(film.store)  # another kernel
    for script in (film.latest, film[1], film.add(HARBOUR), again.latest, again.keep(read(HARBOUR)), *again):
        assert (script.shot_list[0].size, script.shot_list[0].held_seconds) == ("ECU", 9.0)
        assert script.shot_list[1:] == read(HARBOUR).shot_list[1:]
    assert len(film) == 1


def test_a_direction_taken_back_leaves_the_shot_as_the_rules_made_it(film: Screenplays) -> None:
    made = film.add(HARBOUR)
    direct(film, made.shot_list[0], Direction(size="ECU"))
    directed = film.latest
    film.store.put_entry("video", made.shot_list[0].id, made.shot_list[0].slate, state="{}")
    assert film.keep(directed) == made
    assert Screenplays(film.store).keep(directed) == made


def test_a_direction_that_is_none_is_named_with_its_shot(film: Screenplays) -> None:
    shot = film.add(HARBOUR).shot_list[0]
    for state in ('{"direction": {"size": "HUGE"}}', '{"direction": {"colour": 1}}', '{"direction": ["CU"]}', '{"direction": '):
        film.store.put_entry("video", shot.id, shot.slate, state=state)
        with pytest.raises(StoreError, match="what is kept for shot 1A is no direction"):
            _ = film.latest


def test_a_version_that_is_not_there_is_named_with_those_that_are(film: Screenplays) -> None:
    film.add(HARBOUR)
    film.add(REVISED)
    with pytest.raises(NotFound, match='no screenplay version "7"; there is 1, 2'):
        film[7]


def entries(film: Screenplays, bucket: str) -> dict[int, str]:
    """Row -> key, of what is in sight."""
    return {row.id: row.key for row in film.store.entries(bucket)}


def test_a_changed_line_is_the_same_entry_and_so_are_the_shots_that_carry_it(film: Screenplays) -> None:
    old = film.add(HARBOUR)
    before = {bucket: entries(film, bucket) for bucket in ("video", "audio")}
    new = film.add(REVISED)
    after = {bucket: entries(film, bucket) for bucket in ("video", "audio")}
    changed = {bucket: [row for row in rows if after[bucket].get(row) != rows[row]] for bucket, rows in before.items()}
    assert before["video"].keys() == after["video"].keys()
    assert before["audio"].keys() == after["audio"].keys()
    assert [after["audio"][row] for row in changed["audio"]] == [f"line:{new.lines[3].id}"]
    assert [before["audio"][row] for row in changed["audio"]] == [f"line:{old.lines[3].id}"]
    assert [after["video"][row] for row in changed["video"]] == [
        shot.id for shot in new.shot_list if new.lines[3].id in shot.line_ids
    ]


def test_effects_air_and_cues_follow_their_shots_and_scenes(film: Screenplays) -> None:
    old = film.add(HARBOUR)
    film.store.set_entries("music", [(f"cue:{old.scenes[0].id}", "1")], prefix="cue:")
    film.store.set_entries("audio", [(f"fx:{old.shot_list[0].id}", "fx 1A")], prefix="fx:")
    before = {bucket: entries(film, bucket) for bucket in ("video", "audio", "music")}
    new = film.add(HARBOUR.replace("PIER NINE", "PIER TEN"))
    assert {bucket: entries(film, bucket).keys() for bucket in before} == {bucket: rows.keys() for bucket, rows in before.items()}
    assert list(entries(film, "music").values()) == [f"cue:{new.scenes[0].id}"]
    assert {f"fx:{new.shot_list[0].id}", f"air:{new.scenes[0].id}"} <= set(entries(film, "audio").values())


def test_a_direction_follows_its_shot_into_the_new_version_and_back(film: Screenplays) -> None:
    shot = next(each for each in film.add(HARBOUR).shot_list if each.slate == "1G")
    direct(film, shot, Direction(size="ECU"))
    assert next(each for each in film.add(REVISED).shot_list if each.slate == "1G").size == "ECU"
    back = film.add(HARBOUR)
    assert back.version == 3
    assert next(each for each in back.shot_list if each.id == shot.id).size == "ECU"
