"""The shot list comes back from pandas and from a spreadsheet: shown first, kept whole, undone in one step, or refused in words."""

from __future__ import annotations

import io
from pathlib import Path

import pandas
import pytest

import glimmer as gl
from glimmer.display import Table
from glimmer.errors import InputError, LimitError, StoreError
from glimmer.film_tables import shots_table
from glimmer.shot_changes import ShotChanges, shot_changes


def shots_of(film: gl.Project) -> Table:
    return shots_table(film.screenplays.latest, film.store, dict)


def changes_of(film: gl.Project, changed: object) -> ShotChanges:
    return shot_changes(changed, film.screenplays.latest, film.store)


def refusal(film: gl.Project, changed: object) -> str:
    before = (film.store.revision(), shots_of(film))
    with pytest.raises(InputError) as raised:
        changes_of(film, changed)
    assert (film.store.revision(), shots_of(film)) == before
    return str(raised.value)


def test_a_changed_data_frame_is_shown_then_kept_then_undone_in_one_step(lamp: gl.Project) -> None:
    before = shots_of(lamp)
    frame = before.to_pandas().set_index("shot")
    frame.loc["1A", ["size", "move", "seconds"]] = ["EWS", "pull_out", 6]
    frame.loc["1B", "take"] = 1
    frame.loc["2A", ["rating", "note", "action"]] = [5, "=SUM(A1)", "A whale rises and sings."]
    frame["tags"] = frame["tags"].astype(object)
    frame.at["2A", "tags"] = ["whale", "Sea", "sea"]
    changes = changes_of(lamp, frame)
    assert len(changes) == 8 and changes.shots == ("1A", "1B", "2A") and shots_of(lamp) == before
    assert "changes.keep()" in repr(changes) and "changes.keep()" in changes._repr_html_() and "not kept yet" in repr(changes)
    assert {"shot": "1A", "column": "size", "before": "WS", "after": "EWS"} in list(changes.table)
    steps = len(lamp.store.steps())
    assert "kept" in repr(changes.keep()) and len(lamp.store.steps()) == steps + 1
    after = {row["shot"]: row for row in shots_of(lamp)}
    assert (after["1A"]["size"], after["1A"]["move"], after["1A"]["seconds"]) == ("EWS", "pull_out", 6.0)
    assert lamp.video["1B"].circled == 1
    assert (after["2A"]["rating"], after["2A"]["tags"], after["2A"]["note"]) == (5, "whale, Sea", "=SUM(A1)")
    assert lamp.screenplays.latest.shot_list[-1].action == "A whale rises and sings."
    assert lamp.store.steps()[0].what == "edit 1A, 1B, 2A in a table"
    lamp.undo()
    assert shots_of(lamp) == before


def test_an_unchanged_table_changes_nothing_in_whatever_shape(lamp: gl.Project, tmp_path: Path) -> None:
    lamp.video["1B"].tag("a", "b, c").rate(3).note("-1\n=2").circle(1)
    shots = shots_of(lamp)
    frame = shots.to_pandas()
    path = shots.to_csv(tmp_path / "shots.csv")
    spreadsheet = pandas.read_csv(path)  # every text with an apostrophe where the CSV guards it, whole numbers as floats
    texts = frame.astype(str)  # "nan", "None", "1.0"
    turned = frame[list(frame.columns[::-1])].iloc[1:]
    objects = frame.astype(object)
    for each in (shots, frame, path, str(path), path.read_text(encoding="utf-8-sig"), spreadsheet, texts, turned, objects):
        changes = changes_of(lamp, each)
        assert len(changes) == 0 and "nothing changed" in repr(changes) and "nothing changed" in changes._repr_html_()
    revision = lamp.store.revision()
    changes.keep()
    assert lamp.store.revision() == revision


def test_a_csv_of_a_few_rows_leaves_the_others_alone(lamp: gl.Project, tmp_path: Path) -> None:
    lamp.video["1A"].rate(2)
    path = tmp_path / "shots.csv"
    path.write_bytes(
        "shot;seconds;rating;size\r\n1a;7,5;;\r\n2A;;4.0;cu\r\n".encode("utf-8-sig")
    )  # a spreadsheet with decimal commas
    changes_of(lamp, path).keep()
    rows = {row["shot"]: row for row in shots_of(lamp)}
    assert (rows["1A"]["seconds"], rows["1A"]["rating"], rows["2A"]["rating"], rows["2A"]["size"]) == (7.5, None, 4, "CU")


def test_a_spreadsheet_round_trip_keeps_hostile_cells_as_words(lamp: gl.Project, tmp_path: Path) -> None:
    evil = "=cmd|' /C calc'!A0"
    path = shots_of(lamp).to_csv(tmp_path / "shots.csv")
    frame = pandas.read_csv(path)
    frame["note"] = frame["note"].astype(object)
    frame.loc[0, "note"] = evil
    changes_of(lamp, frame).keep()
    assert lamp.video["1A"].noted == evil
    text = shots_of(lamp).to_csv()
    assert "'=cmd" in text and len(changes_of(lamp, text)) == 0
    assert "<script>" not in changes_of(lamp, "shot,note\n1B,<script>alert(1)</script>\n")._repr_html_()


def test_an_empty_cell_gives_a_shot_back_to_the_rules(lamp: gl.Project) -> None:
    before = shots_of(lamp)
    changes_of(lamp, "shot,size,angle,seconds,action\n1A,CU,low,9,Only her hands.\n").keep()
    assert shots_of(lamp)[0]["size"] == "CU"
    changes = changes_of(lamp, "shot,size,angle,seconds,action\n1A,,,,\n")
    assert list(changes.table["after"]) == [before[0][name] for name in ("size", "angle", "action", "seconds")]
    changes.keep()
    assert shots_of(lamp) == before and lamp.video["1A"].state.get("direction") is None
    changes_of(lamp, "shot,size\n1A,CU\n").keep()
    changes_of(lamp, before).keep()  # the old table again: what the rules had made is no direction
    assert lamp.video["1A"].state.get("direction") is None


def test_all_that_can_not_be_done_is_said_at_once_and_nothing_is_kept(lamp: gl.Project) -> None:
    text = (
        "shot,size,seen,line,seconds,take,rating,move,angle\n"
        "2A,XL,,,0.1,7,9,zoom,sideways\n"
        "1B,,,MARA: Hum.,abc,1.5,-1,,\n"
        "9Z,,,,,,,,\n"
        "2A,,,,,,,,\n"
        ",CU,,,,,,,\n"
    )
    said = refusal(lamp, text)
    for words in (
        'no shot size "XL"', "2A, seconds: is 0.1; it lasts at least", "2A, take: is 7; there is take 1", "2A, rating: is 9", 'no move "zoom"',
        'no angle "sideways"', '1B, line: is "MARA: Hum."', '1B, seen: is ""', '1B, seconds: is "abc"', '1B, take: is "1.5"', "1B, rating: is -1",
        'no shot "9Z"', "second row for 2A", "names no shot",
    ):  # fmt: skip
        assert words in said, words


def test_what_is_no_table_of_shots_is_said(lamp: gl.Project, tmp_path: Path) -> None:
    assert 'column "mood"' in refusal(lamp, "shot,mood\n1A,sad\n")
    assert 'no column "shot"' in refusal(lamp, "size\nCU\n") and 'no column "shot"' in refusal(
        lamp, pandas.DataFrame({"size": ["CU"]})
    )
    assert 'columns "size"' in refusal(lamp, "shot,size,size\n1A,CU,MS\n")
    assert "a int can't be compared" in refusal(lamp, 7)
    assert "can't be read" in refusal(lamp, tmp_path / "no.csv")
    (tmp_path / "latin.csv").write_bytes("shot,note\n1A,für\n".encode("latin-1"))
    assert "CSV UTF-8" in refusal(lamp, str(tmp_path / "latin.csv"))


def test_many_problems_are_counted_and_bounded(lamp: gl.Project) -> None:
    said = refusal(lamp, "shot\n" + "\n".join(f"X{n}" for n in range(500)) + "\n")
    assert said.startswith("500 things") and "and 480 more" in said and len(said) < 10_000


def test_limits_hold(lamp: gl.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "MAX_NOTE_CHARS" in refusal(lamp, f"shot,note\n1A,{'x' * 10_001}\n")
    assert "tags: are 101" in refusal(lamp, f'shot,tags\n1A,"{", ".join(f"t{n}" for n in range(101))}"\n')
    assert "2,000" in refusal(lamp, f"shot,action\n1A,{'x' * 2_001}\n")
    monkeypatch.setattr("glimmer.limits.MAX_FILM_SECONDS", 60)
    assert "MAX_FILM_SECONDS" in refusal(lamp, "shot,seconds\n1A,70\n")
    monkeypatch.setattr("glimmer.limits.MAX_CSV_BYTES", 20)
    with pytest.raises(LimitError, match="at most 20"):
        changes_of(lamp, "shot,note\n1A,something long enough\n")


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(lamp: gl.Project, films_folder: Path) -> None:
    changes = changes_of(lamp, "shot,rating\n1A,5\n1B,4\n")
    other = gl.Project("The Lamp", studio=films_folder, user="ben")
    other.video["2A"].rate(1)  # another shot is nobody's business
    other.video["1B"].note("keep the lantern lower")
    with pytest.raises(StoreError, match="somebody has changed 1B since"):
        changes.keep()
    assert lamp.video["1A"].rating == 0 and lamp.video["1B"].rating == 0
    changes_of(lamp, "shot,rating\n1A,5\n1B,4\n").keep()
    assert lamp.video["1A"].rating == 5


def test_a_new_script_meanwhile_is_said(lamp: gl.Project) -> None:
    changes = changes_of(lamp, "shot,rating\n1A,5\n")
    lamp.screenplays.add(lamp.screenplays.latest.source + "\nShe turns away.\n")
    with pytest.raises(StoreError, match="new version"):
        changes.keep()


def test_keeping_the_same_twice_changes_nothing_more(lamp: gl.Project) -> None:
    changes = changes_of(lamp, "shot,rating\n1A,5\n")
    changes.keep()
    revision = lamp.store.revision()
    changes.keep()
    assert lamp.store.revision() == revision


def test_a_failure_on_the_way_keeps_nothing(lamp: gl.Project) -> None:
    """The take that is to be circled goes to the trash between the comparison and the keeping."""
    changes = changes_of(lamp, "shot,rating,take\n1A,5,\n1B,,1\n")
    lamp.video["1B"].trash_take(1)
    with pytest.raises(gl.GlimmerError):
        changes.keep()
    assert lamp.video["1A"].rating == 0


def test_a_buffer_of_pandas_reads_like_the_file(lamp: gl.Project) -> None:
    frame = pandas.read_csv(io.StringIO(shots_of(lamp).to_csv()), dtype=object)
    frame.loc[0, "rating"] = "3.0"
    assert list(changes_of(lamp, frame).table["after"]) == [3]
