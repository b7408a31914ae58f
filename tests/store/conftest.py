"""Databases as earlier releases left them, made on the spot from each revision's own tables, with a small film in every table."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from glimmer.store.address import read_address
from glimmer.store.opening import upgrade

ROWS = dict[str, list[dict[str, Any]]]
AT = "2026-10-01T10:00:{:02}+00:00"
MADE = {"model": "rehearsal/boards", "media_type": "image/png", "seconds": 0.0, "usd": 0.0, "notices": "[]", "focus": "[0.5, 0.45]"}


def _take(number: int, entry: int, made_for: str, **more: Any) -> dict[str, Any]:
    """Take `number` of `entry`; its id tells both."""
    key = f"{entry:x}{number:x}".ljust(64, "e")
    row = {
        "id": entry * 10 + number,
        "entry_id": entry,
        "number": number,
        "request_key": key,
        "made_for": made_for,
        "asset": key[::-1],
    }
    return {**row, **MADE, "words": "[]", "source_asset": "", "made_at": AT.format(entry * 10 + number), **more}


def _entry(number: int, bucket: str, key: str, **more: Any) -> dict[str, Any]:
    row = {"id": number, "project_id": 1, "bucket": bucket, "key": key, "name": key.upper(), "position": number}
    return {**row, "state": "{}", "circled": 0, "wanted": "", "active": True, **more}


def _call(number: int, agent: str, request_key: str, usd: float) -> dict[str, Any]:
    row = {"id": number, "project_id": 1, "agent": agent, "model": "rehearsal/voice", "request_key": request_key}
    return {**row, "usd": usd, "seconds": 1.5, "made_at": AT.format(30)}


WORDS = json.dumps([["Sing,", 0.1, 0.62], ["whale.", 0.7, 1.4]])
FIRST: ROWS = {
    "project": [{"id": 1, "title": "The Lighthouse", "made_at": AT.format(1)}, {"id": 2, "title": "海", "made_at": AT.format(2)}],
    "screenplay": [
        {"id": 1, "project_id": 1, "version": 1, "title": "The Lighthouse", "source_name": "a.fountain", "text": "INT. LAMP\n\nMARA\nSing, whale.",
         "made_at": AT.format(3)},
        {"id": 2, "project_id": 1, "version": 2, "title": "The Lighthouse", "source_name": "", "text": "INT. LAMP – NIGHT", "made_at": AT.format(4)},
    ],
    "entry": [
        _entry(1, "video", "1a", circled=2, wanted="new"),  # circled: take 2
        _entry(2, "audio", "l1", wanted="new"),  # not circled, two made for what is wanted: the first of them
        _entry(3, "video", "1b", wanted="newest"),  # none made for what is wanted: the newest
        _entry(4, "music", "m1", active=False),  # no take
        _entry(5, "characters", "mara", state='{"hair": "grey"}', circled=7),  # a circle around nothing
    ],
    "take": [
        _take(1, 1, "old"),
        _take(2, 1, "old", source_asset="f" * 64),
        _take(3, 1, "new", asset="a" * 64, source_asset="f" * 64),
        _take(1, 2, "old"),
        _take(2, 2, "new", media_type="audio/flac", seconds=1.5, words=WORDS, model="rehearsal/voice"),
        _take(3, 2, "new", media_type="audio/flac", seconds=1.6, words=WORDS, model="rehearsal/voice", asset="a" * 64),
        _take(1, 3, "old"),
        _take(2, 3, "old", notices='["murmured"]', usd=0.25),
        _take(1, 5, "sheet"),
    ],
    "assembly": [{"id": 1, "project_id": 1, "version": 1, "cut": '{"tracks": []}', "made_at": AT.format(5)}],
    "render_job": [
        {"id": 1, "project_id": 1, "number": 1, "cut_version": 1, "preset": "1080p24", "key": "k" * 64, "state": "done", "path": "renders/1.mp4",
         "result": "{}", "error": "", "seconds": 3.5, "made_at": AT.format(6)},
    ],
    "call": [_call(1, "audio", "22".ljust(64, "e"), 0.0), _call(2, "video", "32".ljust(64, "e"), 0.25), _call(3, "screenplay", "c" * 64, 0.006)],
}  # fmt: skip
_AT_0002: dict[str, dict[str, Any]] = {  # what revision 0002 added to each row
    "project": {"origin": "", "trashed_at": ""},
    "screenplay": {"trashed_at": ""},
    "entry": {"rating": 4, "note": "a note", "tags": '["dawn"]', "made_at": AT.format(7), "trashed_at": ""},
    "take": {"agent": "video", "prompt_hash": "", "inputs": "[]", "rating": 0, "note": "", "trashed_at": ""},
    "assembly": {"made_by": "edit", "trashed_at": ""},
    "call": {"state": "failed", "holder": "here:1:1", "tokens_in": 12, "tokens_out": 3, "price_date": "2026-10-07"},
}
SECOND: ROWS = {table: [{**row, **_AT_0002.get(table, {})} for row in rows] for table, rows in FIRST.items()}
_AT_0003: dict[str, dict[str, Any]] = {
    "project": {"budget_usd": 5.0},
    "call": {**dict.fromkeys(("remote_id", "bucket", "entry_key", "scene", "made_for", "version", "kind", "body", "error"), "w"),
             "expected_usd": 0.2, "reserved_usd": 0.4, "conversation": 0, "inputs": "[]"},
}  # fmt: skip
THIRD: ROWS = {table: [{**row, **_AT_0003.get(table, {})} for row in rows] for table, rows in SECOND.items()}
ROWS_OF = {"0001": FIRST, "0002": SECOND, "0003": THIRD}  # a film in each released revision but the newest


def insert(connection: Connection, rows: ROWS) -> None:
    for table, its_rows in rows.items():
        for row in its_rows:
            names = ", ".join(row)
            connection.execute(text(f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in row)})"), row)
        if connection.dialect.name == "postgresql":  # it counts for itself, and was told the numbers
            connection.execute(text(f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))"))


def plain_engine(place: Path | str) -> Engine:
    """An engine that changes nothing by itself, unlike Database's."""
    if isinstance(place, str):
        return create_engine(read_address(place).url)
    engine = create_engine(URL.create("sqlite", database=str(place)))
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


@pytest.fixture
def made_by() -> Callable[[Path | str, str], None]:
    """made_by(place, "0001") leaves a database there as the release of that revision did, with a film in it."""
    return make_old


def make_old(place: Path | str, revision: str) -> None:
    engine = plain_engine(place)
    with engine.begin() as connection:
        upgrade(connection, "", revision)
        insert(connection, ROWS_OF[revision])
        if revision == "0001" and isinstance(place, Path):  # that release stamped its files so, and so alone
            connection.exec_driver_sql("drop table alembic_version")
            connection.exec_driver_sql("pragma user_version=1")
    if isinstance(place, Path):
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("pragma journal_mode=wal")  # type: ignore[union-attr]
    engine.dispose()


@pytest.fixture
def rows_of() -> dict[str, ROWS]:
    return ROWS_OF


@pytest.fixture
def at_once() -> Callable[[int, Callable[[], object]], list[str]]:
    """at_once(3, work) has three forked processes do `work` at the same moment, and gives what each says: its value as text, or its error."""
    return do_at_once


def do_at_once(count: int, work: Callable[[], object]) -> list[str]:
    gate, starter = os.pipe()
    answers = [_forked(work, gate, starter) for _ in range(count)]
    os.close(gate)
    os.close(starter)  # whoever reads from the gate now sees its end: go
    said = []
    for child, answer in answers:
        with os.fdopen(answer, encoding="utf-8") as heard:
            said.append(heard.read())
        os.waitpid(child, 0)
    return said


def _forked(work: Callable[[], object], gate: int, starter: int) -> tuple[int, int]:
    hear, speak = os.pipe()
    child = os.fork()
    if child:
        os.close(speak)
        return child, hear
    try:
        os.close(starter)
        os.read(gate, 1)
        said = str(work())
    except BaseException as error:  # noqa: BLE001 (a child must not go on as a second test session)
        traceback.print_exc(file=sys.stderr)
        said = f"{type(error).__name__}: {error}"
    os.write(speak, said.encode())
    os._exit(0)
