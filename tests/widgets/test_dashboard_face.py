"""The dashboard face: the shelf of films, what can be done with one, and the faces that follow the film that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glimmer as gl
from glimmer.testing import media as testing_media
from glimmer.widgets.dashboard import DashboardFace
from glimmer.widgets.desk import asked_film, review_desk, studio_desk
from glimmer.widgets.first_words import first_words, forget_first_words
from glimmer.widgets.renders import Review

Browsers = Callable[..., Any]
HOSTILE = '<img src=x onerror=alert(1)> & "co"'


@pytest.fixture
def studio(films_folder: Path) -> Any:
    with gl.Studio(films_folder, user="ada") as opened:
        yield opened


def _named(state: dict[str, Any], title: str) -> str:
    return next(id for id, film in state["films"].items() if film["title"] == title)


def test_the_shelf_tells_each_film_and_how_far_it_is(studio: gl.Studio, browser: Browsers) -> None:
    studio.create("Only a Title")
    there = browser(DashboardFace(studio))
    films = there.hello()["films"]
    told = {film["title"]: film for film in films.values()}
    assert {title: film["state"] for title, film in told.items()} == {"The Lamp": "cut", "Kite": "rendered", "Only a Title": "idea"}
    assert told["Kite"]["seconds"] > 0 and told["Kite"]["owner"] == "ada" and told["The Lamp"]["shots"] > 1
    refs = [f"{told['Kite']['poster']}/480", "poster/1/0000/480", "asset/../../etc/passwd", "poster/999/x/1"]
    media = there.ask("media", refs=refs)
    assert media[refs[0]]["mime"] == "image/jpeg" and media[refs[0]]["bytes"] > 500
    assert all("words" in media[ref] for ref in refs[1:])


def test_a_film_that_begins_with_a_clip_has_a_poster_of_it(studio: gl.Studio, browser: Browsers, tmp_path: Path) -> None:
    clip = tmp_path / "gull.mp4"
    clip.write_bytes(testing_media.clip("gull", 1, "16:9", "360p"))
    studio.create("Gulls").video.add(clip, name="gull")
    there = browser(DashboardFace(studio))
    films = there.hello()["films"]
    ref = f"{films[_named({'films': films}, 'Gulls')]['poster']}/480"
    told = there.ask("media", refs=[ref])[ref]
    assert told.get("mime") == "image/jpeg" and told["bytes"] > 500, told


def test_a_film_is_begun_with_its_idea_and_no_model_is_called(studio: gl.Studio, browser: Browsers) -> None:
    there = browser(DashboardFace(studio))
    there.hello()
    made = there.ask("create_film", title="  The   Whale ", idea="A whale learns\nto sing.", seconds=30)
    assert made["title"] == "The Whale"
    there.until(lambda state: state["films"].get(made["id"], {}).get("state") == "idea")
    film = studio.open("The Whale")
    assert first_words(film) == "Write a film of 30 seconds about “A whale learns to sing.”" and film.store.spent() == (0, 0.0)
    forget_first_words(film)
    assert first_words(film) == ""


def test_a_title_that_cannot_be_is_refused_in_words(studio: gl.Studio, browser: Browsers, refused: type[Exception]) -> None:
    there = browser(DashboardFace(studio))
    before = there.hello()
    for title, words in (("", "can't be called"), ("Kite", "in this studio already"), ("a\u202eb", "can't be called")):
        with pytest.raises(refused, match=words):
            there.ask("create_film", title=title)
    with pytest.raises(refused):
        there.ask("rename_film", id=_named(before, "Kite"), title="The Lamp")
    with pytest.raises(refused):
        there.ask("open_film", id="999")
    assert there.hello()["films"] == before["films"]


def test_a_film_is_renamed_trashed_and_brought_back(studio: gl.Studio, browser: Browsers) -> None:
    there = browser(DashboardFace(studio))
    id = _named(there.hello(), "Kite")
    assert there.ask("rename_film", id=id, title=HOSTILE)["title"] == HOSTILE
    there.until(lambda state: state["films"][id]["title"] == HOSTILE)
    there.ask("trash_film", id=id)
    state = there.until(lambda state: id in state.get("trash", {}))
    assert id not in state["films"] and state["trash"][id]["title"] == HOSTILE
    there.ask("restore_film", id=id)
    there.until(lambda state: id in state["films"] and not state.get("trash"))


def test_what_another_kernel_does_is_seen_while_somebody_looks(studio: gl.Studio, browser: Browsers) -> None:
    there = browser(DashboardFace(studio))
    there.hello()
    gl.Project("From Elsewhere", studio=studio.lot.folder)
    there.until(lambda state: any(film["title"] == "From Elsewhere" for film in state["films"].values()))


def test_an_archive_goes_out_and_comes_in(studio: gl.Studio, browser: Browsers) -> None:
    there = browser(DashboardFace(studio))
    id = _named(there.hello(), "Kite")
    packed = there.ask("pack_film", id=id)
    assert packed["name"] == "Kite.glim"
    asked = there.begin("media", refs=[packed["ref"]])
    assert there.answer(asked)[packed["ref"]]["bytes"] == packed["bytes"]
    upload = there.upload("Kite.glim", there.buffers[asked][0])
    made = there.ask("take_in_archive", upload=upload, title="Kite Again")
    assert made["title"] == "Kite Again" and len(studio.open("Kite Again").cuts) == 1


def test_a_file_that_is_no_archive_leaves_nothing(studio: gl.Studio, browser: Browsers, refused: type[Exception]) -> None:
    there = browser(DashboardFace(studio))
    before = there.hello()
    upload = there.upload("x.glim", b"no archive at all" * 100)
    with pytest.raises(refused):
        there.ask("take_in_archive", upload=upload)
    assert there.hello()["films"] == before["films"]
    assert not list((studio.lot.folder / "cache" / "uploads").iterdir())


def test_the_line_to_go_on_with_needs_no_name_for_the_usual_studio(
    studio: gl.Studio, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLIMMER_STUDIO", str(studio.lot.folder))
    there = browser(DashboardFace(gl.Studio()))
    line = there.ask("open_film", id=_named(there.hello(), "The Lamp"))["line"]
    names: dict[str, Any] = {"gl": gl}
    exec(line, names)
    assert line == "film = gl.Project('The Lamp')" and names["film"].title == "The Lamp"


def test_opening_a_film_tells_who_listens(studio: gl.Studio, browser: Browsers) -> None:
    face, heard = DashboardFace(studio), []
    there = browser(face)
    id = _named(there.hello(), "The Lamp")
    assert not there.state.get("beside")
    face.on_open(lambda film: heard.append(film.title if film is not None else ""))
    there.until(lambda state: state.get("beside"))
    assert there.ask("open_film", id=id)["line"] == "film = studio.open('The Lamp')"
    there.until(lambda state: state.get("opened") == id)
    assert face.opened is not None and face.opened.title == "The Lamp"
    there.ask("close_film")
    assert heard == ["The Lamp", ""] and face.opened is None


def test_the_desk_puts_the_open_films_faces_under_the_shelf(studio: gl.Studio) -> None:
    page = studio_desk(studio)
    desk = page.glimmer_desk
    assert page.children == (desk.shelf, desk._style)
    desk.shelf.open_film("The Lamp")
    lamp = list(desk._faces)
    assert {face.called for face in lamp} >= {"chat", "timeline", "renders"} and {face.film.title for face in lamp} == {"The Lamp"}
    desk.shelf.open_film("Kite")
    assert {face.film.title for face in desk._faces} == {"Kite"} and all(face.comm is None for face in lamp)
    desk.show(None)
    assert page.children == (desk.shelf, desk._style)


def test_an_address_names_the_film_to_open(studio: gl.Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUERY_STRING", "film=The%20Lamp&x=1")
    assert asked_film() == "The Lamp"
    desk = studio_desk(studio).glimmer_desk
    assert desk.shelf.opened.title == "The Lamp"
    desk.show(None)
    assert isinstance(review_desk(studio), Review)
    monkeypatch.delenv("QUERY_STRING")
    assert review_desk(studio).film.title == "Kite"  # the one that is rendered, though the other has changed since
    assert "rendered" in review_desk(gl.Studio(tmp_path / "empty")).value
    monkeypatch.setenv("QUERY_STRING", "film=<b>None</b>")
    page = studio_desk(studio)
    assert "&lt;b&gt;" in page.children[2].value and "<b>" not in page.children[2].value
