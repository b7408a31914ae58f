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
