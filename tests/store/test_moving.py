"""A film's rows move from one database to another as they are; rows from a stranger are a film's to the letter, or none are kept."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from glimmer.assets import Assets
from glimmer.errors import ArchiveError, SettingsError
from glimmer.export import opened_archive, write_archive
from glimmer.store import Store, Take, tables
from glimmer.store.database import Database
from glimmer.store.film_rows import FilmRows
from glimmer.store.history import History
from glimmer.store.moving import dump, load, wanted_assets

PICTURE = b"\x89PNG\r\n\x1a\n" + b"pixels" * 99
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
INPUTS = '[{"role": "line", "bucket": "screenplays", "key": "l1", "name": "", "hash": ""}]'
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def there(tmp_path: Path) -> Database:
    """The database that a film moves to."""
    return Database(tmp_path / "there" / "glimmer.db")


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    return Assets(tmp_path / "here" / "objects")


@pytest.fixture
def film(tmp_path: Path, assets: Assets) -> FilmRows:
    """A film with something in each table; another film stands before it, so that ids and numbers of the film are not the same."""
    database = Database(tmp_path / "here" / "glimmer.db")
    filled(FilmRows(database, "Other"), assets, tmp_path)
    return filled(FilmRows(database, "The Harbour", user="ada"), assets, tmp_path)


def filled(film: FilmRows, assets: Assets, folder: Path) -> FilmRows:
    picture, drawing = assets.put(PICTURE, "image/png"), assets.put(DRAWING, "image/svg+xml")
    of = {"project_id": film.project_id}
    with film.write("fill", "filled") as session:
        for text in ("INT. HARBOUR", 'EXT. HARBOUR\n\n"Ahoj" \u2028 灯台 🐋'):
            version = 1 if text.startswith("INT") else 2
            session.add(tables.ScreenplayTable(**of, version=version, title=film.title, text=text, source_name="harbour.fountain"))
        talk = tables.ConversationTable(**of, number=1, title="First")
        shot = tables.Video(**of, key="1a", name="1A", state='{"look": {"palette": ["#112233"]}}', tags='["night"]', rating=4)
        line = tables.Audio(**of, key="l1", name="line 1", active=False)
        session.add_all((talk, shot, line))
        session.flush()
        session.add(tables.MessageTable(conversation_id=talk.id, number=1, role="user", content='[{"text": "again"}]'))
        made = {
            "made_for": "m1",
            "model": "rehearsal artist 1",
            "asset": picture,
            "media_type": "image/png",
            "source_asset": drawing,
        }
        for entry, number in ((shot, 1), (shot, 2), (shot, 3), (line, 1)):
            session.add(
                tables.TakeTable(entry_id=entry.id, number=number, request_key=f"k{number}", seconds=2.5, inputs=INPUTS, **made)
            )
        session.add(tables.AssemblyTable(**of, version=1, cut=json.dumps({"tracks": [{"clips": [{"asset": picture}]}]})))
        for number, state in enumerate(("done", "failed", "running"), 1):
            path = str(folder / "here" / "a.mp4") if state == "done" else ""
            session.add(tables.JobTable(**of, number=number, cut_version=1, preset="draft", key="k", state=state, path=path))
        session.add_all(tables.CallTable(**of, agent="video", model="artist", request_key=f"k{n}", usd=n / 4) for n in (1, 2))
        for kind, found in (("image/png", picture), ("image/svg+xml", drawing)):
            session.merge(tables.AssetTable(sha256=found, media_type=kind, bytes=assets.size(found)))
        session.merge(tables.RequestTable(key="m1", model="artist", kind="ShotRequest", body='{"size": "CU"}'))
        session.merge(tables.RequestTable(key="unasked", model="artist", kind="ShotRequest", body="{}"))
    with film.write("circle", "circled take 2") as session:
        shot = session.get_one(tables.Video, shot.id)
        shot.circled, shot.wanted = 2, "m1"
        shot.used_id = session.scalar(
            select(tables.TakeTable.id).where(tables.TakeTable.entry_id == shot.id, tables.TakeTable.number == 2)
        )
    return film


def named(rows: Rows) -> dict[str, int]:
    return {sha256: len(PICTURE) if kind == "image/png" else len(DRAWING) for sha256, kind in wanted_assets(rows)}


def titles(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(tables.ProjectTable.title).order_by(tables.ProjectTable.id)))


# ── the round trip ─────────────────────────────────────────────────────────────────────────────────────────────
def test_a_film_that_moved_is_dumped_as_it_was(film: FilmRows, there: Database, assets: Assets, tmp_path: Path) -> None:
    rows = dump(film)
    assert all(rows.values())  # something of every kind
    filled(FilmRows(there, "Someone else's"), assets, tmp_path)
    project_id = load(there, rows, title="The Harbour", assets=named(rows), owner="grace")
    moved = FilmRows(there, "The Harbour")
    assert moved.project_id == project_id and dump(moved) == rows
    with there.read() as session:
        owner = session.get_one(tables.ProjectTable, project_id).owner_id
        assert owner and session.get_one(tables.UserTable, owner).name == "grace"
        sizes = {row.sha256: row.bytes for row in session.scalars(select(tables.AssetTable))}
        assert sizes == named(rows)
        used = session.scalars(select(tables.EntryTable.used_id).where(tables.EntryTable.project_id == project_id)).all()
        take = next(session.get_one(tables.TakeTable, used_id) for used_id in used if used_id)
        assert take.number == 2 and session.get_one(tables.EntryTable, take.entry_id).project_id == project_id


def test_what_was_done_before_can_be_undone_after(film: FilmRows, there: Database, assets: Assets, tmp_path: Path) -> None:
    """The history speaks of rows by id; on another machine they have other ids."""
    rows = dump(film)
    standing = filled(FilmRows(there, "Standing"), assets, tmp_path)
    before = dump(standing)
    load(there, rows, title="The Harbour", assets=named(rows))
    moved = History(there, "The Harbour")
    assert moved.undo().what == "circled take 2"
    assert [entry["circled"] for entry in dump(moved)["entry"] if entry["bucket"] == "video"] == [0]
    moved.redo()
    assert dump(moved)["entry"] == rows["entry"] and dump(standing) == before


def test_a_film_travels_in_a_file_with_equal_hashes(film: FilmRows, there: Database, assets: Assets, tmp_path: Path) -> None:
    rows = dump(film)
    done = write_archive(tmp_path / "a.glim", title=film.title, rows=rows, assets=assets, wanted=wanted_assets(rows))
    elsewhere = Assets(tmp_path / "there" / "objects")
    with opened_archive(done.path, staging=tmp_path / "there" / "staging") as opened:
        kept = {elsewhere.put_file(one.path, one.media_type) for one in opened.assets}
        assert kept == {one.sha256 for one in opened.assets} == named(rows).keys()
        load(
            there,
            {name: opened.rows(name) for name in opened.tables},
            title=opened.title,
            assets={one.sha256: one.bytes for one in opened.assets},
        )
    again = dump(FilmRows(there, film.title))
    assert again == rows
    second = write_archive(tmp_path / "b.glim", title=film.title, rows=again, assets=elsewhere, wanted=wanted_assets(again))
    assert second.sha256 == done.sha256


def test_no_path_and_no_id_travels(film: FilmRows, tmp_path: Path) -> None:
    rows = dump(film)
    assert str(tmp_path) not in json.dumps(rows)
    columns = {column for table in rows.values() for row in table for column in row}
    assert not {column for column in columns if column in ("id", "path") or column.endswith("_id")}


def test_a_render_travels_by_its_hash_and_lands_where_this_machine_puts_it(film: FilmRows, there: Database, tmp_path: Path) -> None:
    sha256 = "f" * 64
    rows = dump(film, films={str(tmp_path / "here" / "a.mp4"): sha256})
    assert [(job["state"], job["film"]) for job in rows["render_job"]] == [("done", sha256), ("failed", ""), ("cancelled", "")]
    load(there, rows, title="The Harbour", assets=named(rows), films={sha256: "/here/now.mp4"})
    with there.read() as session:
        assert session.scalars(select(tables.JobTable.path).order_by(tables.JobTable.number)).all() == ["/here/now.mp4", "", ""]


def test_what_is_wanted_are_all_assets_that_rows_name(film: FilmRows, assets: Assets) -> None:
    rows = dump(film)
    assert wanted_assets(rows) == sorted([(assets.put(PICTURE, ""), "image/png"), (assets.put(DRAWING, ""), "image/svg+xml")])


def test_a_title_that_is_there_already_is_refused(film: FilmRows, there: Database) -> None:
    rows = dump(film)
    load(there, rows, title="The Harbour", assets=named(rows))
    with pytest.raises(SettingsError, match="Pass title="):
        load(there, rows, title="The Harbour", assets=named(rows))
    load(there, rows, title="The Harbour 2", assets=named(rows))
    assert dump(FilmRows(there, "The Harbour 2")) == dump(FilmRows(there, "The Harbour"))


# ── rows from a stranger ───────────────────────────────────────────────────────────────────────────────────────
def change(table: str, **values: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[table][0].update(values)


def again(table: str, **values: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[table].append({**rows[table][0], **values})


HOSTILE: dict[str, tuple[Callable[[Rows], None], str]] = {
    "unknown table": (lambda rows: rows.update(user=[{"name": "root"}]), "a table that no film has"),
    "unknown column": (change("take", colour="red"), "colour"),
    "an id": (change("take", id=7), "id"),
    "another film's id": (change("entry", project_id=1), "project_id"),
    "a path": (change("render_job", path="/etc/passwd"), "path"),
    "a missing column": (lambda rows: rows["take"][0].pop("asset"), "asset"),
    "no row": (lambda rows: rows["call"].append({}), "agent"),
    "text for a number": (change("take", number="1"), "number"),
    "truth for a number": (change("take", number=True), "number"),
    "number for a text": (change("screenplay", text=7), "text"),
    "number for truth": (change("entry", active=1), "active"),
    "nothing": (change("entry", name=None), "name"),
    "a list": (change("entry", name=["a"]), "name"),
    "below one": (change("take", number=0), "number"),
    "past the column": (change("take", number=2**31), "number"),
    "negative money": (change("call", usd=-1.0), "usd"),
    "endless money": (change("call", usd=float("inf")), "usd"),
    "no number": (change("call", seconds=float("nan")), "seconds"),
    "a NUL": (change("screenplay", text="a\0b"), "text"),
    "half a surrogate": (change("screenplay", text="\ud800"), "text"),
    "too long": (change("entry", name="x" * 100_000), "name"),
    "a key too long": (change("take", request_key="x" * 1000), "request_key"),
    "no hash": (change("take", asset="../../etc/passwd"), "asset"),
    "capitals in a hash": (change("take", asset="A" * 64), "asset"),
    "a line after the hash": (change("take", asset="a" * 64 + "\n"), "asset"),
    "a bucket that is a path": (change("entry", bucket="../video"), "bucket"),
    "no media type": (change("take", media_type="text/html; <script>"), "media_type"),
    "no date": (change("take", made_at="now"), "made_at"),
    "an unknown state": (change("render_job", state="running"), "state"),
    "no JSON": (change("entry", state="{"), "state"),
    "other JSON": (change("entry", state="[]"), "state"),
    "NaN in JSON": (change("entry", state='{"a": NaN}'), "NaN"),
    "a key twice in JSON": (change("entry", state='{"a": 1, "a": 2}'), "there twice"),
    "deep JSON": (change("entry", state='{"a":' * 500 + "1" + "}" * 500), "nested more than"),
    "words that are none": (change("take", words='[["a", "b", 1]]'), "words"),
    "a focus outside": (change("take", focus="[2, 0.5]"), "focus"),
    "notices that are none": (change("take", notices="[1]"), "notices"),
    "a pickle": (change("entry", state="\x80\x04\x95"), "state"),
    "an asset that is not there": (change("take", asset="e" * 64), "not in the archive"),
    "a source that is not there": (change("take", source_asset="e" * 64), "not in the archive"),
    "a cut with an asset that is not there": (
        change("assembly", cut='{"tracks": [{"clips": [{"asset": "e"}]}]}'),
        "not in the archive",
    ),
    "a state with an asset that is not there": (change("entry", state='{"sheet_asset": "' + "e" * 64 + '"}'), "not in the archive"),
    "a take of no entry": (change("take", entry="nowhere"), "entry that is not there"),
    "a circle round nothing": (change("entry", circled=99), "circles a take"),
    "a render of no cut": (change("render_job", cut_version=99), "renders a cut"),
    "the same version twice": (again("screenplay"), "there twice"),
    "the same entry twice": (again("entry"), "there twice"),
    "the same take twice": (again("take"), "there twice"),
    "a bucket that no film has": (change("entry", bucket="walls"), "bucket that no film has"),
    "a used take that is not there": (change("entry", used=9), "uses a take"),
    "six stars": (change("entry", rating=6), "rating"),
    "inputs that are none": (change("take", inputs='[{"role": 1}]'), "inputs"),
    "tags that are none": (change("entry", tags="{}"), "tags"),
    "trash without a date": (change("take", trashed_at="yes"), "trashed_at"),
    "a message of no conversation": (change("message", conversation=9), "conversation that is not there"),
    "a request that says something else here": (change("request", body='{"size": "WS"}'), "with other words"),
    "an asset that nobody brought": (again("asset", sha256="e" * 64), "not in the archive"),
    "a change of a row that is not there": (change("event", changes='[["take", ["video", "1a", 9], null]]'), "not there"),
    "a change of another table": (change("event", changes='[["user_account", [1], {"name": ["a", "b"]}]]'), "not there"),
    "a change by id": (change("event", changes='[["entry", 1, {"circled": [0, 1]}]]'), "no .table, names, columns"),
    "a change of whose film it is": (
        change("event", changes='[["entry", ["video", "1a"], {"project_id": [1, 2]}]]'),
        "no change may",
    ),
    "a change to what no column holds": (
        change("event", changes='[["entry", ["video", "1a"], {"rating": [0, 99]}]]'),
        "can't become",
    ),
    "events out of order": (change("event", number=2), "out of order|there twice"),
    "undone by nothing": (change("event", undone_by=99), "undone by"),
    "the same request twice": (again("take", number=50), "request of another take"),
}


@pytest.mark.parametrize(("spoil", "why"), HOSTILE.values(), ids=HOSTILE)
def test_rows_that_are_not_a_films_are_refused_and_none_is_kept(
    film: FilmRows, there: Database, spoil: Callable[[Rows], None], why: str
) -> None:
    standing = FilmRows(there, "Standing")
    with there.write() as session:
        session.add(tables.RequestTable(key="m1", model="artist", kind="ShotRequest", body='{"size": "CU"}'))
    rows = copy.deepcopy(dump(film))
    sound = named(rows)
    spoil(rows)
    before = dump(standing)
    with pytest.raises(ArchiveError, match=why) as met:
        load(there, rows, title="The Harbour", assets=sound)
    assert met.value.member.startswith("rows/") and met.value.reason
    assert titles(there) == ["Standing"] and dump(standing) == before


def test_rows_that_stop_half_way_leave_nothing(film: FilmRows, there: Database) -> None:
    rows: dict[str, Any] = dump(film)

    def broken() -> Any:
        yield rows["call"][0]
        raise ArchiveError("the file ends here", member="rows/call.jsonl", reason="ends")

    with pytest.raises(ArchiveError, match="ends here"):
        load(there, {**rows, "call": broken()}, title="The Harbour", assets=named(rows))
    assert titles(there) == []


def test_takes_of_an_archive_answer_no_other_film(database: Database) -> None:
    """An archive may claim that anything was made for any request; only its own film goes by that."""
    there = Store(database, "Home")
    there.put_entry("video", "1a", "1A")
    claimed = Take(id=0, number=0, request_key="e" * 64, made_for="f" * 64, model="m", asset="a" * 64, media_type="image/png")
    there.add_take("video", "1a", claimed)
    rows = dump(there)
    load(database, rows, title="Stranger", assets={"a" * 64: 1})
    stranger, other = Store(database, "Stranger"), Store(database, "Other")
    with database.write() as session:
        session.execute(
            text("delete from take where entry_id in (select id from entry where project_id = :p)"), {"p": there.project_id}
        )
    assert stranger.find_take("e" * 64) is not None
    assert other.find_take("e" * 64) is None
