"""A film's rows move from one database to another as they are; rows from a stranger are a film's to the letter, or none are kept."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glimmer.assets import Assets
from glimmer.errors import ArchiveError, SettingsError
from glimmer.export import opened_archive, write_archive
from glimmer.store import Database, Store, Take
from glimmer.store.moving import dump, load, wanted_assets

PICTURE = b"\x89PNG\r\n\x1a\n" + b"pixels" * 99
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def there(tmp_path: Path) -> Database:
    """The database that a film moves to."""
    return Database(tmp_path / "there" / "glimmer.db")


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    return Assets(tmp_path / "here" / "objects")


@pytest.fixture
def film(tmp_path: Path, assets: Assets) -> Store:
    """A film with something in each table; another film stands before it, so that ids and numbers of the film are not the same."""
    database = Database(tmp_path / "here" / "glimmer.db")
    other = Store(database, "Other")
    other.keep_screenplay("Other", "INT. ELSEWHERE")
    other.put_entry("video", "x", "9Z")
    other.add_take("video", "x", take("other", assets))
    store = Store(database, "The Harbour")
    for text in ("INT. HARBOUR", 'EXT. HARBOUR\n\n"Ahoj" \u2028 灯台 🐋'):
        store.keep_screenplay("The Harbour", text, "harbour.fountain")
    store.put_entry("video", "1a", "1A", state='{"look": {"palette": ["#112233"]}}')
    store.put_entry("audio", "l1", "line 1")
    for key in ("k1", "k2", "k3"):
        store.add_take("video", "1a", take(key, assets))
    store.add_take("audio", "l1", take("k1", assets, words=(("Ahoj", 0.0, 0.5),), notices=("murmured",)))
    store.circle("video", "1a", 2)
    store.want("video", "1a", "m1")
    store.set_entries("video", [("1b", "1B")])
    store.keep_cut(json.dumps({"title": "The Harbour", "tracks": [{"clips": [{"asset": assets.put(PICTURE, "image/png")}]}]}))
    for state in ("done", "failed", "running"):
        job = store.add_job(1, "draft", f"key-{state}")
        path = str(tmp_path / "here" / "renders" / "a.mp4") if state == "done" else ""
        store.set_job(job.number, state=state, path=path, error="no" if state == "failed" else "")
    store.add_call("video", "rehearsal artist", "k1", 0.25, 1.5)
    store.add_call("video", "rehearsal artist", "k2", 0.5, 1.0)
    return store


def take(key: str, assets: Assets, **more: Any) -> Take:
    return Take(
        id=0,
        number=0,
        request_key=key,
        made_for="m1",
        model="rehearsal artist 1",
        asset=assets.put(PICTURE, "image/png"),
        media_type="image/png",
        source_asset=assets.put(DRAWING, "image/svg+xml"),
        seconds=2.5,
        **more,
    )


def named(rows: Rows) -> set[str]:
    return {sha256 for sha256, _ in wanted_assets(rows)}


# ── the round trip ─────────────────────────────────────────────────────────────────────────────────────────────
def test_a_film_that_moved_is_dumped_as_it_was(film: Store, there: Database) -> None:
    rows = dump(film)
    Store(there, "Someone else's").put_entry("video", "1a", "1A")
    project_id = load(there, rows, title="The Harbour", assets=named(rows))
    moved = Store(there, "The Harbour")
    assert moved.project_id == project_id and dump(moved) == rows
    assert moved.entry("video", "1a").used == film.entry("video", "1a").used.model_copy(  # type: ignore[union-attr]
        update={"id": moved.entry("video", "1a").used.id}  # type: ignore[union-attr]
    )
    assert moved.spent() == film.spent() == (2, 0.75)
    assert [version for version, *_ in moved.screenplays()] == [1, 2]


def test_a_film_travels_in_a_file_with_equal_hashes(film: Store, there: Database, assets: Assets, tmp_path: Path) -> None:
    rows = dump(film)
    done = write_archive(tmp_path / "a.glim", title=film.title, rows=rows, assets=assets, wanted=wanted_assets(rows))
    elsewhere = Assets(tmp_path / "there" / "objects")
    with opened_archive(done.path, staging=tmp_path / "there" / "staging") as opened:
        kept = {elsewhere.put_file(one.path, one.media_type) for one in opened.assets}
        assert kept == {one.sha256 for one in opened.assets} == named(rows)
        load(there, {name: opened.rows(name) for name in opened.tables}, title=opened.title, assets=kept)
    again = dump(Store(there, film.title))
    assert again == rows
    second = write_archive(tmp_path / "b.glim", title=film.title, rows=again, assets=elsewhere, wanted=wanted_assets(again))
    assert second.sha256 == done.sha256


def test_no_path_and_no_id_travels(film: Store, tmp_path: Path) -> None:
    rows = dump(film)
    assert str(tmp_path) not in json.dumps(rows)
    columns = {column for table in rows.values() for row in table for column in row}
    assert not {column for column in columns if column in ("id", "path") or column.endswith("_id")}


def test_a_render_travels_by_its_hash_and_lands_where_this_machine_puts_it(film: Store, there: Database, tmp_path: Path) -> None:
    sha256 = "f" * 64
    rows = dump(film, films={str(tmp_path / "here" / "renders" / "a.mp4"): sha256})
    assert [(job["state"], job["film"]) for job in rows["render_job"]] == [("done", sha256), ("failed", ""), ("cancelled", "")]
    load(there, rows, title="The Harbour", assets=named(rows), films={sha256: "/here/now.mp4"})
    assert [job.path for job in Store(there, "The Harbour").jobs()] == ["/here/now.mp4", "", ""]


def test_what_is_wanted_are_all_assets_that_rows_name(film: Store, assets: Assets) -> None:
    rows = dump(film)
    assert wanted_assets(rows) == sorted([(assets.put(PICTURE, ""), "image/png"), (assets.put(DRAWING, ""), "")])


def test_a_title_that_is_there_already_is_refused(film: Store, there: Database) -> None:
    rows = dump(film)
    load(there, rows, title="The Harbour", assets=named(rows))
    with pytest.raises(SettingsError, match="Pass title="):
        load(there, rows, title="The Harbour", assets=named(rows))
    load(there, rows, title="The Harbour 2", assets=named(rows))
    assert dump(Store(there, "The Harbour 2")) == dump(Store(there, "The Harbour"))


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
    "the same request twice": (again("take", number=50), "request of another take"),
}


@pytest.mark.parametrize(("spoil", "why"), HOSTILE.values(), ids=HOSTILE)
def test_rows_that_are_not_a_films_are_refused_and_none_is_kept(
    film: Store, there: Database, spoil: Callable[[Rows], None], why: str
) -> None:
    standing = Store(there, "Standing")
    standing.put_entry("video", "1a", "1A")
    rows = copy.deepcopy(dump(film))
    sound = named(rows)
    spoil(rows)
    before = dump(standing)
    with pytest.raises(ArchiveError, match=why) as met:
        load(there, rows, title="The Harbour", assets=sound)
    assert met.value.member.startswith("rows/") and met.value.reason
    from glimmer.store.store import titles

    assert titles(there) == ("Standing",) and dump(standing) == before


def test_rows_that_stop_half_way_leave_nothing(film: Store, there: Database) -> None:
    from glimmer.store.store import titles

    rows: dict[str, Any] = dump(film)

    def broken() -> Any:
        yield rows["call"][0]
        raise ArchiveError("the file ends here", member="rows/call.jsonl", reason="ends")

    with pytest.raises(ArchiveError, match="ends here"):
        load(there, {**rows, "call": broken()}, title="The Harbour", assets=named(rows))
    assert titles(there) == ()
