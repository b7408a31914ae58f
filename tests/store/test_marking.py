"""What any row speaks of is marked: trash, history, old cuts and messages too. On SQLite and on Postgres."""

from __future__ import annotations

import hashlib
import json
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from glimmer.assets import Assets
from glimmer.errors import MissingPiece
from glimmer.store import Store, Take, tables
from glimmer.store.conversations import Conversations
from glimmer.store.database import Database
from glimmer.store.films import trash_film
from glimmer.store.marking import needed_by, spoken_of, wanted_assets


def sha(words: object) -> str:
    return hashlib.sha256(str(words).encode()).hexdigest()


def take(asset: str, *, source: str = "", request: str = "") -> Take:
    key = request or sha(("request", asset))
    return Take(id=0, number=0, request_key=key, made_for=key, model="m", asset=asset, media_type="image/png", source_asset=source)


def cut(*assets: str) -> str:
    return json.dumps({"tracks": [{"clips": [{"asset": asset} for asset in assets]}]})


def test_everything_that_a_film_relies_on_is_wanted_with_its_size(database: Database) -> None:
    film = Store(database, "A")
    film.put_entry("characters", "mara", "MARA", state=json.dumps({"look": {"sheet_asset": sha("sheet")}}))
    film.set_entries("video", [("1a", "1A")])
    film.add_take("video", "1a", take(sha("board"), source=sha("drawing")), size_bytes=12)
    film.keep_cut(cut(sha("board"), sha("old")))
    film.keep_cut(cut(sha("board")))
    talk = Conversations(database, "A").start_conversation()
    Conversations(database, "A").add_message(talk.number, "user", [{"text": "look", "asset": sha("upload")}])
    wanted = wanted_assets(database)
    assert set(wanted) == {sha(name) for name in ("sheet", "board", "drawing", "old", "upload")}
    assert wanted[sha("board")] == 12 and wanted[sha("old")] is None
    assert set(wanted) <= spoken_of(database)


def test_the_trash_the_history_and_other_films_speak_too(database: Database) -> None:
    film = Store(database, "A")
    film.put_entry("characters", "mara", "MARA", state=json.dumps({"sheet_asset": sha("first")}))
    film.put_entry("characters", "mara", "MARA", state=json.dumps({"sheet_asset": sha("second")}))
    film.put_entry("video", "1a", "1A")
    film.add_take("video", "1a", take(sha("board")))
    film.trash_take("video", "1a", 1)
    film.keep_cut(cut(sha("undone")))
    film.undo()
    gone = Store(database, "B")
    gone.put_entry("video", "1a", "1A")
    gone.add_take("video", "1a", take(sha("other")))
    trash_film(database, "B")
    assert {sha(name) for name in ("board", "undone", "other", "second")} <= set(wanted_assets(database))
    assert sha("first") in spoken_of(database)  # an undo would bring it back


def test_a_hash_in_any_text_is_spoken_of_and_an_asset_that_only_stands_in_the_list_is_not(database: Database) -> None:
    film = Store(database, "A")
    film.put_entry("video", "1a", "1A")
    film.change_entry("video", "1a", action="note", what="note", note=f"see face{sha('noted')}, it is better")
    with database.write() as session:
        session.add(tables.AssetTable(sha256=sha("forgotten"), media_type="image/png", bytes=3))
    assert sha("noted") in spoken_of(database)
    assert sha("forgotten") not in spoken_of(database)
    assert wanted_assets(database) == {}


def test_a_hash_that_is_hidden_by_how_it_is_written_is_found(database: Database) -> None:
    """As a stranger's archive may write it: JSON with escapes in the key and in the hash."""
    film = Store(database, "A")
    escaped = "".join(f"\\u{ord(char):04x}" for char in sha("escaped"))
    film.put_entry("video", "1a", "1A", state=f'{{"\\u0061sset": "{escaped}"}}')
    assert sha("escaped") in wanted_assets(database) and sha("escaped") in spoken_of(database)
    if not database.is_postgres:  # which takes no NUL
        film.change_entry("video", "1a", action="note", what="note", note=f"\0{sha('behind')}")
        assert sha("behind") in spoken_of(database)


def test_who_needs_an_asset_is_named(database: Database) -> None:
    film = Store(database, "A")
    film.set_entries("video", [("1a", "1A")])
    film.add_take("video", "1a", take(sha("other")))
    film.add_take("video", "1a", take(sha("board")))
    film.trash_take("video", "1a", 2)
    film.keep_cut(cut(sha("board")))
    talk = Conversations(database, "A").start_conversation()
    Conversations(database, "A").add_message(talk.number, "user", [{"asset": sha("board")}])
    needs = needed_by(database, [sha("board")])
    told = [(need.film, need.what, need.name, need.take, need.is_trashed) for need in needs]
    assert told == [("A", "cut", "v1", 0, False), ("A", "message", "conversation 1", 0, False), ("A", "video", "1A", 2, True)]


@pytest.mark.parametrize("seed", range(2))
def test_garbage_collection_never_takes_what_a_row_names_and_frees_the_rest(seed: int, database: Database, tmp_path: Path) -> None:
    """Random work on two films: takes, trash, undo, redo, cuts. Whatever any row names is there afterwards, whatever none names is not."""
    chance = random.Random(seed)
    assets = Assets(tmp_path / "objects")
    named: set[str] = set()
    orphans = {assets.put(f"orphan {seed} {n}".encode(), "image/png") for n in range(5)}
    stores = [Store(database, title) for title in ("A", "B")]
    for store in stores:
        store.set_entries("video", [("1a", "1A"), ("1b", "1B")])
    for step in range(40):
        store, key = chance.choice(stores), chance.choice(["1a", "1b"])
        new = [assets.put(f"{seed} {step} {n}".encode(), "image/png") for n in range(2)]
        act = chance.choice(["take", "take", "trash", "undo", "redo", "cut", "state"])
        takes = store.takes("video", key, trashed=True)
        if act == "take":
            store.add_take("video", key, take(new[0], source=new[1]))
            named |= set(new)
        elif act == "cut":
            store.keep_cut(cut(*new))
            named |= set(new)
        elif act == "state":
            store.put_entry("video", key, key, state=json.dumps({"frame_asset": new[0]}))
            named.add(new[0])
            orphans.add(new[1])
        else:
            orphans |= set(new)
            try:
                if act == "trash" and takes:
                    store.trash_take("video", key, chance.choice(takes).number)
                elif act == "undo":
                    store.undo()
                elif act == "redo":
                    store.redo()
            except MissingPiece:
                pass
    assert set(wanted_assets(database)) <= spoken_of(database)
    kept = assets.collect(spoken_of(database), grace=timedelta(hours=1), dry_run=False)
    assert kept.objects == 0  # all younger than the grace time
    assets.collect(spoken_of(database), grace=timedelta(0), dry_run=False)
    assert {stored.sha256 for stored in assets.stored()} == named and not named & orphans
    assert list(assets.examine(wanted_assets(database))) == []


def test_a_hundred_thousand_takes_are_marked_in_seconds(tmp_path: Path) -> None:
    database = Database(tmp_path / "glimmer.db")
    film = Store(database, "A")
    film.set_entries("video", [("1a", "1A")])
    entry = film.entry("video", "1a").id
    plain = {"model": "m", "agent": "", "media_type": "image/png", "seconds": 0.0, "usd": 0.0, "words": "[]", "focus": "[0.5, 0.5]"}
    more = {"notices": "[]", "prompt_hash": "", "inputs": "[]", "rating": 0, "note": "", "made_at": tables.now(), "trashed_at": ""}
    with database.write() as session:
        session.execute(
            insert(tables.TakeTable.__table__),  # type: ignore[arg-type]
            [
                {
                    "entry_id": entry,
                    "number": n,
                    "request_key": f"r{n}",
                    "made_for": "w",
                    "asset": f"{n:064x}",
                    "source_asset": "",
                    **plain,
                    **more,
                }
                for n in range(1, 100_001)
            ],
        )
    started = time.process_time()
    assert len(wanted_assets(database)) == 100_000
    assert len(spoken_of(database)) == 100_000
    assert time.process_time() - started < 6.0  # 1.2 s here
