"""The film as tables says what the store holds, to a person, to pandas and to a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas
import pytest

import glimmer as gl
from glimmer.display import Table, read_csv_text
from glimmer.errors import InputError, NotFound
from glimmer.film_tables import costs_table, cues_table, lines_table, shots_table, takes_table
from glimmer.store import Take

FORMULAS = (
    "=1+1",
    "+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    " =1",
    "'=1",
    "''@x",
    "a;=1",
    "a\n-b",
    "\t=1",
    "\uff1d1",
    "|=1",
    "=",
)


def states_of(film: gl.Project) -> dict[tuple[str, str], str]:
    return {(row.bucket, row.key): "current" if row.take_number else "missing" for row in film.store.standing()}


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text", [*FORMULAS, "", "plain", "it's -", '"q", x', "1A", "a - b", "灯台 🌊", "'", "x'=1", " lead", "nan"]
)
def test_every_text_comes_back_from_csv_as_it_was(text: str) -> None:
    columns, rows = read_csv_text(Table(["what", text or "x"], [(text, "1"), ("1", text)]).to_csv())
    assert rows == [(text, "1"), ("1", text)]
    assert columns[1] == (text or "x").strip()


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_text_becomes_a_formula_wherever_a_spreadsheet_ends_a_cell(text: str, separator: str) -> None:
    written = Table(["what", "n"], [(text, -1.5)]).to_csv()
    cells = [cell for row in csv.reader(io.StringIO(written), delimiter=separator) for cell in row]
    starts = [cell.lstrip(' \u00a0"')[:1] for cell in cells if cell not in ("-1.5", "")]
    assert starts and not [each for each in starts if each in tuple("=+-@\uff1d")]


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    written = Table(["a", "b", "c", "d"], [(-1.5, None, ["x", "y"], 1 / 3)]).to_csv()
    assert written == f'a,b,c,d\r\n-1.5,,"x, y",{1 / 3!r}\r\n'


def test_a_file_is_for_excel_and_is_never_written_over_unasked(tmp_path: Path) -> None:
    table, path = Table(["a"], [("ä",)]), tmp_path / "t.csv"
    assert table.to_csv(path) == path and path.read_bytes() == b"\xef\xbb\xbfa\r\n\xc3\xa4\r\n"
    assert table.to_csv(str(path)) == path  # the same again
    path.write_text("a\r\nsomebody's work\r\n")
    with pytest.raises(InputError, match="somebody's work"):
        table.to_csv(path)
    assert "work" in path.read_text()
    assert table.to_csv(path, replace=True).read_bytes().endswith(b"\xc3\xa4\r\n")
    with pytest.raises(InputError, match="can't be written"):
        table.to_csv(tmp_path / "no" / "t.csv")
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]


def test_what_is_no_csv_is_said() -> None:
    for text, words in (("", "empty"), ("a,b\n1,2,3", "row 2"), ('a,b\n"1,2', "no CSV")):
        with pytest.raises(InputError, match=words):
            read_csv_text(text)
    assert read_csv_text("a;b\r\n1;2,5\r\n\r\n") == (("a", "b"), [("1", "2,5")])


# ── the tables ──────────────────────────────────────────────────────────────────────────────────────────────
def test_shots_are_in_order_with_all_that_a_person_said_of_them(lamp: gl.Project) -> None:
    lamp.video["1B"].tag("night", "sea").rate(4).note("=why").circle(1)
    script = lamp.screenplays.latest
    shots = shots_table(script, lamp.store, lambda: states_of(lamp))
    assert shots["shot"] == tuple(shot.slate for shot in script.shot_list)
    row = shots[1]
    assert (row["take"], row["rating"], row["tags"], row["note"], row["state"]) == (1, 4, "night, sea", "=why", "current")
    assert row["line"] == "MARA: Sing. / MARA: +41 gulls, keeper." and row["seconds"] == round(script.shot_list[1].seconds, 2)
    assert (shots[0]["take"], shots[0]["rating"], shots[0]["tags"]) == (None, None, "")
    assert "shots of The Lamp" in repr(shots) and "<table" in shots._repr_html_()
    assert list(shots.to_pandas().columns) == list(shots.columns)


def test_lines_carry_what_was_spoken(lamp: gl.Project) -> None:
    lines = lines_table(lamp.screenplays.latest, lamp.store, lambda: states_of(lamp))
    assert lines["line"] == (1, 2, 3) and lines["says"] == ("Sing.", "+41 gulls, keeper.", "Then listen.")
    assert lines["how"] == ("whispering", "", "voice over") and set(lines["take"]) == {1}
    used = lamp.audio["1"].used
    assert used is not None and lines[0]["seconds"] == round(used.seconds, 2) and lines[0]["model"] == used.model
    assert lines[0]["shot"] == "1B"


def test_every_take_is_listed_and_what_is_in_the_trash_is_not(lamp: gl.Project) -> None:
    before = takes_table(lamp.store)
    lamp.video["1A"].circle(1)
    lamp.video["1B"].trash_take(1)
    takes = takes_table(lamp.store)
    assert len(takes) == len(before) - 1
    marks = {(row["bucket"], row["name"]): row["mark"] for row in takes}
    assert marks["video", "1A"] == "circled" and marks["audio", "1"] == "used" and ("video", "1B") not in marks


def test_takes_of_a_script_before_are_put_away_and_still_listed(lamp: gl.Project) -> None:
    lamp.screenplays.add("EXT. SEA - DAY\n\nNothing but water.\n")
    marks = set(takes_table(lamp.store).to_pandas().query("bucket == 'audio'")["mark"])
    assert marks == {"put away"}


def test_cues_say_their_moods_and_length(lamp: gl.Project) -> None:
    cues = cues_table(lamp.store, lambda: states_of(lamp))
    assert len(cues) == len(lamp.music) and cues[0]["seconds"] > 0 and cues[0]["moods"] and cues[0]["state"] == "current"  # type: ignore[operator]


@pytest.mark.parametrize("by", ["agent", "model", "scene", "day", "bucket"])
def test_costs_add_up_however_they_are_summed(lamp: gl.Project, by: str) -> None:
    lamp.store.add_call("video", "paid/camera", "nobody", 0.30, 2.0)
    shot = lamp.video["1B"].takes[0]
    lamp.store.add_call("video", "paid/camera", shot.request_key, 0.10, 1.0)
    costs = costs_table(lamp.store, by=by, script=lamp.screenplays.latest)
    calls, usd = lamp.store.spent()
    assert sum(costs["calls"]) == calls and sum(costs["usd"]) == pytest.approx(usd) == pytest.approx(0.40)  # type: ignore[arg-type]
    assert sum(costs["percent"]) == pytest.approx(100, abs=0.3)  # type: ignore[arg-type]
    assert sum(costs["takes"]) == len(takes_table(lamp.store))  # type: ignore[arg-type]


def test_costs_by_scene_follow_a_call_to_its_scene(lamp: gl.Project) -> None:
    shot = lamp.video["2A"].takes[0]
    lamp.store.add_call("video", "paid/camera", shot.request_key, 0.10, 1.0)
    lamp.store.add_call("video", "paid/camera", "left no take", 0.30, 1.0)
    by_scene = {row["what"]: row["usd"] for row in costs_table(lamp.store, by="scene", script=lamp.screenplays.latest)}
    assert by_scene["2 EXT. SHORE - DAWN"] == pytest.approx(0.10) and by_scene["no take"] == pytest.approx(0.30)
    assert by_scene["the cast"] == 0.0 and next(iter(by_scene)) == "1 INT. LAMP ROOM - NIGHT"


def test_a_free_film_has_no_shares_and_another_word_is_refused(kite: gl.Project) -> None:
    assert set(costs_table(kite.store)["percent"]) == {None}
    with pytest.raises(NotFound, match="agent, model, scene, day, bucket"):
        costs_table(kite.store, by="week")


def test_a_film_with_nothing_in_it_has_empty_tables(tmp_path: Path) -> None:
    film = gl.Project("Empty", studio=tmp_path)
    for table in (takes_table(film.store), cues_table(film.store, dict), costs_table(film.store)):
        assert len(table) == 0 and "nothing yet" in repr(table) and "<div" in table._repr_html_()


def test_a_long_table_prints_without_looking_at_every_row(lamp: gl.Project) -> None:
    """100,000 rows print as quickly as 20: only what is shown is measured."""

    class Watched(str):
        asked = 0

        def __str__(self) -> str:
            Watched.asked += 1
            return "x"

    table = Table(["a"], [(Watched("x"),)] * 100_000)
    assert "and 99,980 more" in repr(table) and "99,980" in table._repr_html_()
    assert Watched.asked < 1_000


def test_takes_keep_hostile_words_as_words(lamp: gl.Project) -> None:
    evil = '=HYPERLINK("http://x")<script>alert(1)</script>'
    lamp.store.put_entry("video", "own:evil", evil)
    lamp.store.add_take(
        "video", "own:evil", Take(id=0, number=0, request_key="k", made_for="k", model=evil, asset="0" * 64, media_type="image/png")
    )
    takes = takes_table(lamp.store)
    assert "<script>" not in takes._repr_html_()
    frame = pandas.read_csv(io.StringIO(takes.to_csv()))
    assert frame["name"].str.startswith("'=").sum() == 1
    assert evil in [row[1] for row in read_csv_text(takes.to_csv())[1]]
