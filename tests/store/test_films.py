"""Films are listed, renamed, trashed and given in one transaction each, and whoever works on one loses nothing. On SQLite and on Postgres."""

from __future__ import annotations

import json
import threading

import pytest
from sqlalchemy import event, insert, select

from glimmer.errors import InputError, NotFound, SettingsError, StoreError
from glimmer.store import Store, Take, tables
from glimmer.store.database import Database
from glimmer.store.films import (
    check_free,
    create_film,
    film_named,
    film_titles,
    films,
    give_film,
    rename_film,
    restore_film,
    running_renders,
    trash_film,
)


def take(number: int, *, asset: str = "") -> Take:
    key = f"{number:064x}"
    return Take(id=0, number=0, request_key=key, made_for=key, model="m", asset=asset or key, media_type="image/png", usd=0.5)


def test_a_film_is_listed_with_what_it_holds_and_the_newest_change_first(database: Database) -> None:
    film = Store(database, "The Lighthouse", user="mara")
    film.set_entries("video", [("1a", "1A"), ("1b", "1B")])
    film.add_take("video", "1b", take(1))
    film.add_take("video", "1b", take(2))
    film.add_call("video", "m", "k", usd=0.75, seconds=2.0)
    film.set_job(film.add_job(1, "draft", "k1").number, state="done", result=json.dumps({"width_px": 640, "seconds": 84.5}))
    film.add_job(1, "draft", "k2")
    create_film(database, "海", owner="bo")
    with database.write() as session:
        row = session.scalars(select(tables.ProjectTable).where(tables.ProjectTable.title == "海")).one()
        row.made_at = "2020-01-01T00:00:00+00:00"
    first, second = films(database)
    assert (first.title, first.owner, first.shots, first.takes, first.renders, first.usd) == (
        "The Lighthouse",
        "mara",
        2,
        2,
        1,
        0.75,
    )
    assert first.seconds == 84.5 and first.poster == f"{2:064x}"
    assert (second.title, second.owner, second.seconds, second.poster) == ("海", "bo", None, "")
    assert film_titles(database) == ("The Lighthouse", "海") and running_renders(database) == (("The Lighthouse", 2),)
    assert running_renders(database, since="2999") == ()


def test_a_film_is_as_long_as_its_newest_cut_that_stands(database: Database) -> None:
    film = Store(database, "A")
    film.keep_cut("{}")  # as an older release kept it
    film.set_job(film.add_job(1, "draft", "k1").number, state="done", result='{"seconds": 84.5}')
    assert films(database)[0].seconds == 84.5
    for cut, seconds in (("1", 12.5), ("2", 30.25)):
        film.keep_cut(cut, seconds=seconds)
        assert films(database)[0].seconds == seconds
    film.undo()
    assert films(database)[0].seconds == 12.5


def test_a_render_whose_result_is_gone_has_no_length(database: Database) -> None:
    film = Store(database, "A")
    film.set_job(film.add_job(1, "draft", "k1").number, state="done", result="{}")
    assert films(database)[0].seconds is None


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\0b", "a\x1bb", "\ud800"])
def test_an_impossible_title_is_refused(title: str, database: Database) -> None:
    create_film(database, "A")
    for attempt in (lambda: create_film(database, title), lambda: rename_film(database, "A", title)):
        with pytest.raises(InputError, match="can't be called"):
            attempt()
    assert film_titles(database) == ("A",)


def test_a_title_is_taken_once_in_the_trash_too(database: Database) -> None:
    create_film(database, "The  Lighthouse ")
    create_film(database, "Other")
    trash_film(database, "Other")
    with pytest.raises(SettingsError, match="already"):
        create_film(database, "The Lighthouse")
    for attempt in (
        lambda: create_film(database, "Other"),
        lambda: check_free(database, "Other"),
        lambda: rename_film(database, "The Lighthouse", "Other"),
    ):
        with pytest.raises(SettingsError, match="in the studio's trash"):
            attempt()
    with pytest.raises(StoreError, match='restore\\("Other"\\)'):
        film_named(database, "Other")


def test_who_has_a_renamed_or_trashed_film_open_goes_on_with_it(database: Database) -> None:
    open_elsewhere = Store(database, "Old")
    open_elsewhere.set_entries("video", [("1a", "1A")])
    assert rename_film(database, "Old", "New") == "New"
    open_elsewhere.add_take("video", "1a", take(1))
    trash_film(database, "New")
    open_elsewhere.add_take("video", "1a", take(2))
    assert film_titles(database) == () and films(database, trashed=True)[0].takes == 2
    restore_film(database, "New")
    assert [one.number for one in Store(database, "New", create=False).takes("video", "1a")] == [1, 2]
    with pytest.raises(NotFound):
        film_named(database, "Old")


def test_a_title_that_nobody_has_is_told_with_the_nearest(database: Database) -> None:
    create_film(database, "The Lighthouse")
    for attempt in (
        lambda: film_named(database, "The Lighthose"),
        lambda: rename_film(database, "The Lighthose", "B"),
        lambda: trash_film(database, "The Lighthose"),
        lambda: give_film(database, "The Lighthose", "bo"),
    ):
        with pytest.raises(NotFound, match="did you mean The Lighthouse"):
            attempt()
    with pytest.raises(NotFound, match="film in the trash"):
        restore_film(database, "The Lighthouse")


def test_a_film_can_be_given_to_somebody_who_is_new(database: Database) -> None:
    create_film(database, "A", owner="mara")
    create_film(database, "B", owner="mara")
    give_film(database, "A", "bo")
    assert [(film_named(database, title).owner) for title in "AB"] == ["bo", "mara"]


def test_of_many_who_make_one_title_at_once_one_does(database: Database) -> None:
    made, refused = [], []

    def make() -> None:
        try:
            made.append(create_film(database, "One"))
        except SettingsError as error:
            refused.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(made), len(refused), film_titles(database)) == (1, 5, ("One",))


def test_five_hundred_films_are_asked_for_in_as_many_questions_as_one(database: Database) -> None:
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda connection, cursor, words, *rest: asked.append(words))
    stamps = {"made_at": tables.now(), "trashed_at": ""}
    questions = []
    for count in (1, 499):
        with database.write() as session:
            session.execute(insert(tables.ProjectTable), [{"title": f"Film {count}.{n}", **stamps} for n in range(count)])
        asked.clear()
        there = films(database)
        questions.append(len(asked))
    assert len(there) == 500
    assert 0 < questions[0] == questions[1] < 10
