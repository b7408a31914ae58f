"""The bucket's face: what it tells a browser, and what a browser may ask of it. Real widgets, a real film, a comm that keeps the messages."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

import glimmer as gl
from glimmer.errors import NotFound
from glimmer.models.pricing import Estimate
from glimmer.models.rehearsal.boards.artist import RehearsalArtist
from glimmer.models.watching import the_watch
from glimmer.widgets.bucket import BUCKETS, BucketFace

SCRIPT = """INT. LAMP ROOM - NIGHT

MARA, 60s, winds the lamp.

MARA
There you are.

EXT. SEA - DAY

A whale turns in the swell.
"""
HOSTILE = '<img src=x onerror="alert(1)"> **bold** {{ x }}'


def _png(colour: str = "#336699") -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(sink, "PNG")
    return sink.getvalue()


@pytest.fixture
def film() -> gl.Project:
    film = gl.Project("Harbour", models="rehearsal")
    film.screenplays.add(SCRIPT)
    return film


def _key(state: dict[str, Any], name: str) -> str:
    return next(key for key, entry in state["entries"].items() if entry["name"] == name)


def test_every_bucket_has_a_face_that_says_hello_with_its_entries(film: gl.Project, browser: Callable[..., Any]) -> None:
    for name in BUCKETS:
        there = browser(BucketFace(film, name))
        state = there.hello()
        assert (state["bucket"], state["film"]) == (name, "Harbour")
    assert state["script"] == 1
    assert BucketFace(film, film.video).bucket == "video"
    assert BucketFace(film, film.screenplays).bucket == "screenplays"
    with pytest.raises(NotFound, match="video"):
        BucketFace(film, "vidio")


def test_no_object_of_a_state_holds_none_so_that_patches_can_remove(film: gl.Project, browser: Callable[..., Any]) -> None:
    def nones(value: Any) -> bool:
        if isinstance(value, dict):
            return any(each is None or nones(each) for each in value.values())
        return isinstance(value, list) and any(map(nones, value))

    for name in BUCKETS:
        assert not nones(browser(BucketFace(film, name)).hello())


def test_the_plan_follows_a_moment_after_the_first_look(film: gl.Project, browser: Callable[..., Any]) -> None:
    there = browser(BucketFace(film, "characters"))
    there.hello()
    state = there.until(lambda state: state["planned"])
    assert set(state["states"].values()) == {"missing"} or state["to_make"]["rows"] >= 1


def test_what_one_face_does_the_other_shows_as_a_small_patch(film: gl.Project, browser: Callable[..., Any]) -> None:
    first, second = browser(BucketFace(film, "video")), browser(BucketFace(film, "video"))
    key = _key(first.hello(), "1A")
    second.hello()
    for each in (first, second):
        each.until(lambda state: state["planned"])
    done = first.ask("rate", keys=[key], stars=4)
    assert done["line"] == 'film.video["1A"].rate(4)'
    assert second.until(lambda state: state["entries"][key].get("rating") == 4)
    patches = [each for each in second.messages if each["kind"] == "patch"]
    assert len(json.dumps(patches[-1])) < 2_000
    film.video["1A"].tag("night")  # from a cell
    assert first.until(lambda state: state["entries"][key].get("tags") == ["night"])
    assert (first.lost, second.lost) == (0, 0)


def test_many_are_judged_in_one_step_of_the_history(film: gl.Project, browser: Callable[..., Any]) -> None:
    there = browser(BucketFace(film, "video"))
    keys = list(there.hello()["entries"])
    there.ask("rate", keys=keys, stars=3)
    there.ask("tag", keys=keys, words=["keep", "night"])
    assert {entry.rating for entry in film.video} == {3}
    there.ask("undo")
    assert {entry.tags for entry in film.video} == {()}
    assert {entry.rating for entry in film.video} == {3}
    there.ask("undo")
    assert there.until(lambda state: not any("rating" in each for each in state["entries"].values()))["redo"]


def test_one_unknown_key_among_many_changes_nothing(film: gl.Project, browser: Callable[..., Any], refused: Any) -> None:
    there = browser(BucketFace(film, "video"))
    keys = [*there.hello()["entries"], "shot-nowhere"]
    with pytest.raises(refused, match="shot-nowhere"):
        there.ask("rate", keys=keys, stars=5)
    assert {entry.rating for entry in film.video} == {0}


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("rate", {"keys": ["x"], "stars": 6}),
        ("rate", {"keys": [], "stars": 1}),
        ("circle", {"key": "1A", "take": -1}),
        ("cards", {"keys": ["x"] * 201}),
        ("note", {"key": "1A", "text": "x" * 10_001}),
        ("remake", {"keys": [], "agreed_usd": -1}),
        ("remake", {"keys": [], "agreed_usd": float("nan")}),
        ("edit_fields", {"key": "1A", "fields": {"size": ["CU"]}}),
        ("tag", {"keys": ["1A"], "words": ["x" * 300]}),
        ("rate", {"keys": ["1A"], "stars": 1, "more": True}),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words(
    film: gl.Project, browser: Callable[..., Any], refused: Any, verb: str, given: dict[str, Any]
) -> None:
    there = browser(BucketFace(film, "video"))
    with pytest.raises(refused, match="was asked for wrongly"):
        there.ask(verb, **given)
    assert not film.video["1A"].rating


def test_a_dropped_file_becomes_a_take_of_the_shot_it_was_dropped_on(film: gl.Project, browser: Callable[..., Any]) -> None:
    there = browser(BucketFace(film, "video"))
    key = _key(there.hello(), "1A")
    done = there.ask("add_file", upload=there.upload("gull.png", _png()), key=key)
    assert done["line"] == 'film.video.add("gull.png", shot="1A")'
    assert film.video["1A"].used is not None
    there.ask("add_file", upload=there.upload("theme.png", _png("#993300")))
    assert "theme" in film.video
    assert there.until(lambda state: any(each["name"] == "theme" for each in state["entries"].values()))
    assert not list((film.lot.folder / "cache" / "uploads").glob("*"))


def test_what_is_no_picture_is_refused_and_nothing_of_it_stays(film: gl.Project, browser: Callable[..., Any], refused: Any) -> None:
    there = browser(BucketFace(film, "video"))
    before = len(there.hello()["entries"])
    with pytest.raises(refused, match=r"^board\.png is an SVG"):
        there.ask("add_file", upload=there.upload("board.png", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'))
    with pytest.raises(refused, match="nowhere"):
        there.ask("add_file", upload=there.upload("board.png", _png()), key="nowhere")
    assert len(film.video) == before
    assert not list((film.lot.folder / "cache" / "uploads").glob("*"))


def test_a_take_is_circled_compared_thrown_away_and_brought_back(film: gl.Project, browser: Callable[..., Any]) -> None:
    film.video.add(_png("#111111"), shot="1A")
    film.video.add(_png("#eeeeee"), shot="1A")
    there = browser(BucketFace(film, "video"))
    key = _key(there.hello(), "1A")
    there.ask("circle", key=key, take=1)
    assert there.until(lambda state: state["entries"][key].get("circled"))["entries"][key]["used"] == 1
    assert isinstance(there.ask("compare", key=key, first=1, second=2)["notices"], list)
    there.ask("note_take", key=key, take=2, text=HOSTILE)
    there.ask("trash_take", key=key, take=2)
    page = there.ask("open", key=key)
    assert [(take["number"], take.get("trashed", False)) for take in page["takes"]] == [(2, True), (1, False)]
    assert page["takes"][0]["note"] == HOSTILE  # as it was written: a browser shows it as text
    there.ask("restore_take", key=key, take=2)
    assert len(film.video["1A"].takes) == 2
    assert "take 1" in there.ask("lineage", key=key, take=1)["text"]


def test_the_trash_gives_back_what_was_thrown_away(film: gl.Project, browser: Callable[..., Any], refused: Any) -> None:
    there = browser(BucketFace(film, "video"))
    keys = list(there.hello()["entries"])[:2]
    there.ask("trash", keys=keys)
    assert there.until(lambda state: state["trash"] == 2)
    assert {each["key"] for each in there.ask("trashed")["entries"]} == set(keys)
    with pytest.raises(refused):
        there.ask("restore", keys=[*keys, "shot-nowhere"])
    there.ask("restore", keys=keys)
    assert there.until(lambda state: state["trash"] == 0)["entries"].keys() >= set(keys)


def test_a_shot_is_directed_and_given_back_to_the_rules(film: gl.Project, browser: Callable[..., Any], refused: Any) -> None:
    there = browser(BucketFace(film, "video"))
    key = _key(there.hello(), "1A")
    done = there.ask("edit_fields", key=key, fields={"size": "CU", "seconds": 6})
    assert done["line"].startswith("film.video[\"1A\"].edit(size='CU', seconds=6")
    fields = {each["name"]: each for each in there.ask("open", key=key)["fields"]}
    assert (fields["size"]["value"], fields["size"]["set"]) == ("CU", True)
    with pytest.raises(refused, match="HUGE"):
        there.ask("edit_fields", key=key, fields={"size": "HUGE"})
    with pytest.raises(refused):
        there.ask("edit_fields", key=key, fields={"name": "2Z"})
    there.ask("edit_fields", key=key, fields={"size": None})
    assert "set" not in {each["name"]: each for each in there.ask("open", key=key)["fields"]}["size"]


def test_a_free_make_casts_everybody_at_once_and_the_fields_can_be_edited(film: gl.Project, browser: Callable[..., Any]) -> None:
    there = browser(BucketFace(film, "characters"))
    there.hello()
    price = there.ask("price")
    assert price["rows"] == len(film.screenplays.latest.cast)
    assert price["usd"] == 0
    id = there.begin("remake")
    done = there.answer(id)
    assert done["made"] >= 1
    assert done["line"] == "film.plan().run()"
    assert there.progress(id)
    state = there.until(lambda state: state["planned"] and not state["states"] and not state["work"]["what"])
    key = _key(state, "MARA")
    there.ask("edit_fields", key=key, fields={"garment_colour": "#aa3300", "glasses": True}, voice={"pitch": 0.9})
    assert film.characters["MARA"].design.garment_colour == "#aa3300"
    assert film.characters["MARA"].voice.pitch == 0.9
    assert there.until(lambda state: state["states"].get(key) == "stale")
    there.ask("rename", key=key, name="Marta")
    assert "MARTA" in film.characters
    assert there.until(lambda state: any(each["name"] == "MARTA" for each in state["entries"].values()))


def test_nothing_prints_while_a_face_makes(
    film: gl.Project, browser: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    there = browser(BucketFace(film, "characters"))
    there.hello()
    there.ask("remake")
    assert capfd.readouterr() == ("", "")


class PaidArtist(RehearsalArtist):
    """The rehearsal's artist, who takes money for a shot."""

    name = "test/paid"

    def estimate(self, request: Any) -> Estimate:
        return Estimate(low_usd=0.1, expected_usd=0.2, high_usd=0.25, price_date="2026-11-07")

    def shot(self, request: Any) -> Any:
        the_watch().submitting()
        the_watch().running("job")
        return super().shot(request).model_copy(update={"usd": 0.2, "price_date": "2026-11-07"})


def test_a_paid_make_says_its_price_and_never_spends_more_than_was_agreed_to(
    film: gl.Project, browser: Callable[..., Any], refused: Any
) -> None:
    film.agents.character.design(film.screenplays.latest)
    film.use(artist=PaidArtist())
    there = browser(BucketFace(film, "video"))
    key = _key(there.hello(), "1A")
    price = there.ask("price", keys=[key])
    assert (price["rows"], price["usd"]) == (1, pytest.approx(0.2))
    assert price["most_usd"] >= 0.25
    for agreed in (0.0, 0.1, 0.2):  # less than the price; and the price, but not what it may come to
        with pytest.raises(refused) as refusal:
            there.ask("remake", keys=[key], agreed_usd=agreed)
        assert refusal.value.kind == "ConsentNeeded"
        assert (film.spent_usd, film.video["1A"].used) == (0, None)
    done = there.ask("remake", keys=[key], agreed_usd=price["most_usd"])
    assert (done["made"], done["usd"]) == (1, pytest.approx(0.2))
    assert film.spent_usd == pytest.approx(0.2)
    assert there.until(lambda state: state["entries"][key].get("usd") == pytest.approx(0.2))["paid"]


def test_a_second_make_waits_its_turn_in_words_and_a_stop_ends_the_first(
    film: gl.Project, browser: Callable[..., Any], refused: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = browser(BucketFace(film, "characters"))
    there.hello()
    entered, go = threading.Event(), threading.Event()
    make = type(film.agents.character).design

    def slow(self: Any, *args: Any, **named: Any) -> Any:
        entered.set()
        go.wait(10)
        return make(self, *args, **named)

    monkeypatch.setattr(type(film.agents.character), "design", slow)
    first = there.begin("remake")
    assert entered.wait(10)
    with pytest.raises(refused, match="making something already"):
        there.ask("remake")
    assert there.ask("stop_work") is True
    go.set()
    with pytest.raises(refused, match="stopped by you"):
        there.answer(first)
    assert there.until(lambda state: not state["work"]["what"])
    assert there.ask("stop_work") is False


def test_a_prompt_gets_another_wording_and_glimmers_own_again(film: gl.Project, browser: Callable[..., Any], refused: Any) -> None:
    there = browser(BucketFace(film, "prompts"))
    key = _key(there.hello(), "video.shot")
    there.ask("keep_words", key=key, text="Charcoal, low key.")
    assert there.until(lambda state: state["entries"][key]["kind"] != "Glimmer's")
    page = there.ask("open", key=key)
    assert (page["text"], len(page["takes"])) == ("Charcoal, low key.", 1)
    with pytest.raises(refused):
        there.ask("keep_words", key=key, text="{{ nothing_known }}")
    there.ask("use_variant", key=key, variant="noir")
    there.ask("reset_prompt", key=key)
    assert there.until(lambda state: state["entries"][key]["kind"] == "Glimmer's")
    assert key in there.ask("find", text="camera")["keys"] or there.ask("find", text="shot")["keys"]


def test_a_script_is_typeset_edited_and_kept_as_a_new_revision(film: gl.Project, browser: Callable[..., Any], refused: Any) -> None:
    there = browser(BucketFace(film, "screenplays"))
    there.hello()
    page = there.ask("open", key="v1")
    assert ["cue", "MARA"] in page["blocks"]
    assert ["speech", "There you are."] in page["blocks"]
    done = there.ask("keep_script", text=SCRIPT.replace("There you are.", "Sing."))
    assert done["key"] == "v2"
    entries = there.until(lambda state: len(state["entries"]) == 2)["entries"]
    assert sorted(entries, key=lambda key: entries[key].get("at", 0)) == ["v2", "v1"]
    there.ask("add_file", upload=there.upload("third.fountain", b"EXT. PIER - DAWN\n\nGulls.\n"))
    assert film.screenplays.latest.version == 3
    with pytest.raises(refused):
        there.ask("open", key="v99")
    with pytest.raises(refused):
        there.ask("rate", keys=["v1"], stars=3)


def test_words_of_the_script_are_found_though_no_card_was_looked_at(film: gl.Project, browser: Callable[..., Any]) -> None:
    there = browser(BucketFace(film, "video"))
    state = there.hello()
    found = there.ask("find", text="whale swell")["keys"]
    assert found
    assert set(found) < set(state["entries"])
    cards = there.ask("cards", keys=[*found, "shot-nowhere"])
    assert set(cards) == set(found)
    assert "whale" in cards[found[0]]["said"]


def test_hostile_words_come_as_they_were_written(film: gl.Project, browser: Callable[..., Any]) -> None:
    film.video.add(_png(), name="gull")
    there = browser(BucketFace(film, "video"))
    key = _key(there.hello(), "gull")
    there.ask("tag", keys=[key], words=[HOSTILE])
    there.ask("rename", key=key, name=HOSTILE)
    state = there.until(lambda state: any(each["name"] == HOSTILE for each in state["entries"].values()))
    assert state["entries"][_key(state, HOSTILE)]["tags"] == [HOSTILE]
    assert '\\"alert(1)\\"' in there.ask("rate", keys=[_key(state, HOSTILE)], stars=1)["line"]


def test_a_palette_that_is_an_address_never_reaches_a_browser(film: gl.Project, browser: Callable[..., Any]) -> None:
    film.agents.character.design(film.screenplays.latest)
    state = film.characters["MARA"].state
    state["design"]["palette"] = ["url(http://127.0.0.1:9/x)", "#112233"]
    film.store.change_entry("characters", "MARA", action="edit", what="as an archive may have it", state=json.dumps(state))
    there = browser(BucketFace(film, "characters"))
    key = _key(there.hello(), "MARA")
    assert there.ask("cards", keys=[key])[key]["palette"] == ["#112233"]
    assert there.ask("open", key=key)["palette"] == ["#112233"]


def test_a_saved_notebook_holds_no_entry_of_it(film: gl.Project, browser: Callable[..., Any]) -> None:
    face = BucketFace(film, "video")
    browser(face).hello()
    kept = {name: value for name, value in face.get_state().items() if name not in ("_esm", "_css")}
    assert "1A" not in json.dumps(kept, default=str)
