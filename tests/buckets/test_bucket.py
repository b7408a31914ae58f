"""What stands in a bucket can be found, said, judged, thrown away and had back; every change is one step that can be undone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from glimmer.assets import Assets
from glimmer.buckets import Buckets, Screenplays, open_buckets, shelve_effects, wire
from glimmer.errors import GlimmerError, InputError, LimitError, MissingPiece, NotFound, SettingsError
from glimmer.models.interface import Design, Voice
from glimmer.store import Database, RequestRow, Store, Take

SCRIPT = """Title: Harbour

EXT. PIER - NIGHT

Rain on the planks. MARA, 60, holds a lamp.

MARA
Was that the whale?

TOM
That was the wind.

INT. LAMP ROOM - NIGHT

Mara trims the wick.

MARA
It burns again.
"""


@pytest.fixture
def film(database: Database, tmp_path: Path) -> Buckets:
    store = Store(database, "Harbour", user="ana")
    scripts = Screenplays(store)
    scripts.add(SCRIPT)
    buckets = open_buckets(store, Assets(tmp_path / "objects"))
    for bucket in buckets:
        wire(bucket, lambda: scripts.latest)
    return buckets


def scripts_of(film: Buckets) -> Screenplays:
    return Screenplays(film.video.store)


def png(colour: str) -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(sink, "PNG")
    return sink.getvalue()


def made(film: Buckets, number: int, *, body: str = "{}", asked: str = "a", usd: float = 0.0, entry: str = "1A") -> Take:
    """A take as an agent keeps it."""
    asset = film.video.assets.put(png(f"#{number:02}3366"), "image/png")
    take = Take(id=0, number=0, request_key=f"{asked}{number}", made_for=asked, model="board-artist", asset=asset,
                media_type="image/png", usd=usd)  # fmt: skip
    request = RequestRow(key=asked, model="board-artist", kind="ShotRequest", body=body)
    return film.video.store.add_take("video", film.video[entry].key, take, request=request)


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_name_is_found_in_any_capitals_and_a_near_miss_is_answered_with_the_near_names(film: Buckets) -> None:
    assert film.video["1a"] == film.video["1A"] == film.video.get("1A")
    assert "1a" in film.video and "9Z" not in film.video and film.video.get("9Z") is None
    with pytest.raises(NotFound, match=r'no shot "1AA"; did you mean 1A'):
        film.video["1AA"]


def test_words_are_found_in_names_notes_tags_and_the_script(film: Buckets) -> None:
    film.video["1B"].note("The LÄMP flickers")
    film.video["1C"].tag("keep this")
    assert [entry.name for entry in film.video.find("lämp")] == ["1B"]
    assert [entry.name for entry in film.video.find("KEEP")] == ["1C"]
    assert {entry.name for entry in film.audio.find("whale")} == {"1"}
    assert all("wick" in str(words) for words in film.video.find("wick").table["what"])
    assert len(film.video.find("says who what name")) == 0  # the names of fields are no words of the film


def test_tags_stars_shots_characters_and_states_narrow_what_is_found(film: Buckets) -> None:
    film.video["1A"].tag("Night").rate(4)
    assert [entry.name for entry in film.video.find(tags="night")] == ["1A"] == [entry.name for entry in film.video.find(rating=4)]
    assert not film.video.find(rating=5)
    spoken = film.audio.find(character="mara")
    assert [entry.name for entry in spoken] == ["1", "3"]
    carrying = next(
        shot.slate for shot in scripts_of(film).latest.shot_list if scripts_of(film).latest.lines[1].id in shot.line_ids
    )
    assert [entry.name for entry in film.audio.find(shot=carrying, character="TOM")] == ["2"]
    film.video.states = lambda: {film.video["1A"].key: "stale"}
    assert [entry.name for entry in film.video.find(state="stale")] == ["1A"]


def test_what_nobody_knows_is_named_with_what_there_is(film: Buckets) -> None:
    with pytest.raises(NotFound, match="did you mean stale"):
        film.video.find(state="stael")
    with pytest.raises(NotFound, match="did you mean MARA"):
        film.audio.find(character="MARIA")
    with pytest.raises(NotFound, match='no shot "7Q"'):
        film.audio.find(shot="7Q")
    with pytest.raises(MissingPiece, match="no plan to ask"):
        film.audio.find(state="stale")
    with pytest.raises(SettingsError, match="0 to 5 stars"):
        film.video.find(rating=6)


def test_what_is_found_prints_as_a_table_and_says_how_much_more_there_is(film: Buckets) -> None:
    found = film.audio.find(limit=2)
    assert len(found) == 2 and found.total == len(film.audio)
    assert "more were found than the limit lets through" in repr(found) and "Was that the whale?" in repr(found)
    assert repr(film.video.find("zebra")) == 'video · "zebra": nothing was found'
    assert len(film.audio.list()) == len(film.audio) and film.audio.list()["who"][0] == "MARA"


def test_the_words_of_a_search_are_only_text(film: Buckets) -> None:
    for words in ("%", "_", "'; drop table entry; --", "\\", '"', "<script>"):
        assert len(film.video.find(words)) == 0
    assert "<script>" not in film.video.find("<script>")._repr_html_()


# ── judging, and the trash ──────────────────────────────────────────────────────────────────────────────────
def test_every_change_is_one_step_with_words_and_can_be_undone(film: Buckets) -> None:
    shot, store = film.video["1A"], film.video.store
    before = shot.row
    changes: tuple[tuple[Any, str], ...] = (
        (lambda: shot.rate(4), "rate 1A 4 stars"),
        (lambda: shot.tag("night", "lamp"), "tag 1A night, lamp"),
        (lambda: shot.note("hold longer"), "note on 1A"),
        (lambda: shot.edit(size="CU", seconds=6), "direct 1A: size CU, seconds 6"),
        (lambda: shot.trash(), "trash shot 1A"),
    )
    for change, words in changes:
        steps = len(store.steps())
        change()
        assert (len(store.steps()), store.steps()[0].what, store.steps()[0].by) == (steps + 1, words, "ana")
    for _ in changes:
        store.undo()
    assert film.video["1A"].row == before


def test_what_is_in_the_trash_is_said_and_comes_back(film: Buckets) -> None:
    film.video["1A"].trash()
    assert "1A" not in film.video and [entry.name for entry in film.video.trashed] == ["1A"]
    with pytest.raises(NotFound, match=r'"1A" is in the trash since .* film.video.restore\("1A"\)'):
        film.video["1a"]
    assert film.video.restore("1a").name == "1A" and not film.video.trashed
    with pytest.raises(NotFound, match='no shot in the trash "1A"'):
        film.video.restore("1A")


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        (lambda shot: shot.rate(6), SettingsError),
        (lambda shot: shot.rate(True), SettingsError),
        (lambda shot: shot.rate(2.5), SettingsError),
        (lambda shot: shot.tag(), InputError),
        (lambda shot: shot.tag(""), InputError),
        (lambda shot: shot.tag("x" * 300), LimitError),
        (lambda shot: shot.tag(*map(str, range(101))), LimitError),
        (lambda shot: shot.untag("nope"), NotFound),
        (lambda shot: shot.note(3), InputError),
        (lambda shot: shot.note("x" * 10_001), LimitError),
        (lambda shot: shot.circle(3), NotFound),
        (lambda shot: shot.circle("two"), InputError),
        (lambda shot: shot.trash_take(1), NotFound),
        (lambda shot: shot.restore_take(1), NotFound),
        (lambda shot: shot.compare(1, 2), NotFound),
        (lambda shot: shot.edit(name="2B"), InputError),
        (lambda shot: shot.edit(sise="CU"), NotFound),
        (lambda shot: shot.edit(size="HUGE"), NotFound),
        (lambda shot: shot.edit(size="CU", seconds=-1), SettingsError),
        (lambda shot: shot.edit(action="one\n\ntwo"), InputError),
    ],
)
def test_what_can_not_be_said_is_refused_and_changes_nothing(film: Buckets, verb: Any, kind: type[GlimmerError]) -> None:
    shot = film.video["1A"]
    before, steps = shot.row, len(film.video.store.steps())
    with pytest.raises(kind):
        verb(shot)
    assert shot.row == before and len(film.video.store.steps()) == steps


# ── takes ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_takes_are_circled_judged_thrown_away_and_had_back(film: Buckets) -> None:
    shot = film.video["1A"]
    for number in (1, 2):
        made(film, number)
    shot.circle(2).rate_take(2, 5).note_take(2, "the one")
    assert (shot.used.number, shot.takes[1].rating, shot.takes[1].note) == (2, 5, "the one")  # type: ignore[union-attr]
    shot.trash_take(2)
    assert [take.number for take in shot.takes] == [1] and shot.circled == 0 and [take.number for take in shot.trashed_takes] == [2]
    assert len(shot.restore_take(2).takes) == 2
    film.video.store.undo()
    assert len(shot.takes) == 1


def test_two_takes_are_compared_down_to_what_was_asked_for(film: Buckets) -> None:
    made(film, 1, asked="a", body='{"size": "CU", "cast": [{"design": {"garment_colour": "#112233"}}], "seed": 0}')
    made(film, 2, asked="b", body='{"size": "WS", "cast": [{"design": {"garment_colour": "#aa3300"}}], "seed": 0}', usd=0.04)
    compared = film.video["1A"].compare(1, 2)
    rows = {row["what"]: (row["take 1"], row["take 2"]) for row in compared.differs}
    assert rows["size"] == ("CU", "WS") and rows["cast 1 · design · garment colour"] == ("#112233", "#aa3300")
    assert rows["cost"] == ("$0.00", "$0.040") and "seed" not in rows and "made by" not in rows
    assert compared._repr_html_().count("<img") == 2


def test_two_takes_of_one_request_are_said_to_differ_in_their_seed_alone(film: Buckets) -> None:
    made(film, 1)
    made(film, 2)
    assert "only the seed is another" in repr(film.video["1A"].compare(1, 2))
    assert "the very same file" in repr(film.video["1A"].compare(1, 1))


def test_the_history_of_an_entry_tells_its_takes_and_changes_and_no_other_entrys(film: Buckets) -> None:
    made(film, 1, usd=0.04)
    film.video["1B"].rate(1)
    film.video["1A"].circle(1).rate(5)
    film.video.store.undo()
    history = film.video["1A"].history
    assert history["what"][:3] == ("rate 1A 5 stars", "take 1 circled", "take 1 by board-artist for $0.040")
    assert history[0][""] == "undone" and set(history["who"]) == {"ana"}
    assert not any("1B" in str(what) for what in history["what"])


# ── editing ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_direction_reaches_the_script_and_is_taken_back_field_by_field(film: Buckets) -> None:
    shot = film.video["1A"]
    shot.edit(size="ecu".upper(), move="push_in").edit(seconds=9).edit(size=None)
    newest = scripts_of(film).latest.shot_list[0]
    assert (newest.move, newest.held_seconds) == ("push_in", 9.0) and newest.size == scripts_of(film).latest.shot_list[0].size
    shot.edit(move=None, seconds=None)
    assert shot.direction is None and "direction" not in shot.state


def test_a_direction_that_the_film_can_not_follow_is_refused_before_it_is_kept(film: Buckets) -> None:
    many = "EXT. SEA - DAY\n\n" + "\n\n".join(f"INT. ROOM {n} - DAY\n\nA door {n} opens." for n in range(45))
    scripts_of(film).add(many)
    wire(film.video, lambda: scripts_of(film).latest)
    with pytest.raises(LimitError, match="the film lasts"):
        for entry in film.video:
            entry.edit(seconds=600)
    assert scripts_of(film).latest.seconds <= 6 * 3600  # the film still opens


def cast(film: Buckets) -> None:
    design = Design(name="MARA", garment_colour="#4a6a8a", palette=("#4a6a8a", "#d9a441"))
    state = {"brief": {}, "design": design.model_dump(mode="json"), "voice": Voice(name="old woman").model_dump()}
    import json

    film.characters.store.put_entry("characters", "MARA", "MARA", state=json.dumps(state))


def test_a_character_is_read_and_edited_field_by_field(film: Buckets) -> None:
    cast(film)
    mara = film.characters["mara"]
    mara.edit(garment_colour="#AA3300", age="old", voice={"pitch": 0.9})
    assert (mara.design.garment_colour, mara.design.age, mara.voice.pitch, mara.voice.name) == ("#aa3300", "old", 0.9, "old woman")
    assert mara.design.palette == ("#aa3300", "#d9a441")  # a colour that is changed is changed in the palette too
    assert film.characters.store.steps()[0].what == "edit MARA: garment_colour, age, voice"


@pytest.mark.parametrize(
    ("fields", "kind", "says"),
    [
        ({"garment_color": "#aa3300"}, NotFound, "did you mean garment_colour"),
        ({"garment_colour": "red"}, InputError, "#rrggbb"),
        ({"age": "ancient"}, NotFound, 'no age "ancient"; there is child, teen, young, adult, old'),
        ({"height_m": float("nan")}, SettingsError, "0.05 to 100"),
        ({"voice": {"pich": 1}}, NotFound, "did you mean pitch"),
        ({"voice": {"pitch": 40}}, SettingsError, "0.25 to 4"),
        ({"voice": 3}, InputError, "fields by name"),
        ({"name": "MARTA"}, InputError, "rename"),
        ({"garment_colour": "#aa3300", "glasses": "perhaps"}, InputError, "glasses='perhaps'"),
    ],
)
def test_a_field_that_can_not_be_is_refused_and_nothing_of_it_is_kept(
    film: Buckets, fields: dict[str, Any], kind: type[GlimmerError], says: str
) -> None:
    cast(film)
    before = film.characters["MARA"].state
    with pytest.raises(kind, match=says):
        film.characters["MARA"].edit(**fields)
    assert film.characters["MARA"].state == before


def test_a_character_is_renamed_by_whoever_can_rename_in_the_script(film: Buckets) -> None:
    cast(film)
    with pytest.raises(MissingPiece, match="can't be renamed from here"):
        film.characters["MARA"].rename("MARTA")

    def rename(old: str, new: str) -> str:
        film.characters.store.change_entry("characters", old, action="rename", what="", key=new.upper(), name=new.upper())
        return new.upper()

    film.characters.renamer = rename
    assert film.characters["MARA"].rename("Marta").name == "MARTA" and "MARA" not in film.characters


def test_the_name_of_what_a_person_brought_can_be_changed_and_stays_unique(film: Buckets) -> None:
    gull = film.video.add(png("red"), name="gull")
    film.video.add(png("blue"), name="wave")
    assert gull.edit(name="Seagull").name == "Seagull" and film.video["seagull"] == gull and "gull" not in film.video
    for taken in ("wave", "1A"):
        with pytest.raises(InputError, match="already"):
            gull.edit(name=taken)
    with pytest.raises(InputError, match="its name from the screenplay"):
        film.audio["1"].edit(name="first")


# ── bringing ────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_address_is_refused_in_words(film: Buckets) -> None:
    for address in ("https://example.org/a.png", "file:///etc/passwd", "concat:a|b://c", "GS://bucket/a.mp4"):
        with pytest.raises(InputError, match="Glimmer fetches nothing; download it and add the file"):
            film.video.add(address)


def test_bytes_are_added_like_a_file(film: Buckets) -> None:
    assert film.video.add(png("red"), shot="1A").used.media_type == "image/png"  # type: ignore[union-attr]
    assert film.characters.add(png("red"), name="sketch").name == "sketch"


def test_the_air_of_a_scene_and_the_effect_of_a_shot_have_words_of_their_own(film: Buckets, tmp_path: Path) -> None:
    import numpy as np
    import soundfile

    soundfile.write(tmp_path / "rain.wav", np.zeros(24_000, np.float32), 48_000)
    assert film.audio.add(tmp_path / "rain.wav", scene="1").name == "air 1"
    assert film.audio.add(tmp_path / "rain.wav", effect="1a").name == "fx 1A"
    shelve_effects(scripts_of(film).latest, {scripts_of(film).latest.shot_list[0].id}, film.audio.store)
    assert repr(film.audio) == "audio: 3 lines · 2 airs · 1 effect · 2 takes"
    with pytest.raises(InputError, match="line=… or scene=… or effect=…"):
        film.audio.add(tmp_path / "rain.wav", shot="1A")


def test_what_is_named_like_a_shot_says_how_to_become_a_take_of_it(film: Buckets) -> None:
    with pytest.raises(InputError, match=r'add\(…, shot="1A"\)'):
        film.video.add(png("red"), name="1a")


# ── prompts ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_prompt_is_words_whose_wordings_are_takes(film: Buckets, tmp_path: Path) -> None:
    ink = film.prompts.add("Ink wash, low key light.", name="video.shot")
    assert film.prompts["video.shot"].text == "Ink wash, low key light."
    assert ink.edit(text="Charcoal.txt").text == "Charcoal.txt" and len(ink.takes) == 2
    assert ink.circle(1).text == "Ink wash, low key light."
    (tmp_path / "audio.line.prompt").write_bytes("\ufeffSoftly.\r\nSlowly – é.".encode())
    assert film.prompts.add(tmp_path / "audio.line.prompt").text == "Softly.\nSlowly – é."
    assert [entry.name for entry in film.prompts.find("slowly")] == ["audio.line"]
    assert repr(film.prompts) == "prompts: 2 prompts · 3 takes"


@pytest.mark.parametrize(
    ("words", "kind"),
    [("", InputError), (" \n", InputError), (b"\xff\xfe\x00", InputError), ("a\x00b", InputError), ("x" * 70_000, LimitError),
     (3, InputError), ("nowhere.txt", InputError), (Path("/etc/passwd"), InputError)],
)  # fmt: skip
def test_what_is_no_prompt_is_refused(film: Buckets, words: Any, kind: type[GlimmerError]) -> None:
    with pytest.raises(kind):
        film.prompts.add(words, name="video.shot")
    assert len(film.prompts) == 0
