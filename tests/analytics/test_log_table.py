"""The log as a table: every file, every key, the broken lines counted, and nothing but the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from glimmer import log
from glimmer.analytics import Analyst, SqlTable
from glimmer.errors import NotFound


@pytest.fixture(scope="module")
def analyst() -> Iterator[Analyst]:
    with Analyst() as one:
        yield one


def write(path: Path, *lines: object) -> None:
    with path.open("a", encoding="utf-8") as there:
        for line in lines:
            there.write((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n")


def test_what_glimmer_logs_can_be_asked_for(analyst: Analyst, tmp_path: Path) -> None:
    log.keep_in(tmp_path)
    try:
        log.event("render.finished", segments=9, seconds=3.5, film="Łódź\n「灯台」")
        log.warning("model.slow", seconds=70)
        told = analyst.ask("select event, level, sum(seconds) as s from log group by all order by s", [], revision="", log=tmp_path)
        assert told.rows == (("render.finished", None, 3.5), ("model.slow", "warning", 70.0))
        log.event("render.finished", seconds=1)  # no new revision: the log itself has changed
        told = analyst.ask("select count(*), max(film), max(logged_at) from log", [], revision="", log=tmp_path)
    finally:
        log.close(tmp_path)
    assert told.rows[0][:2] == (3, "Łódź\n「灯台」") and isinstance(told.rows[0][2], datetime)


def test_rotated_files_are_read_oldest_first(analyst: Analyst, tmp_path: Path) -> None:
    for n, name in enumerate(("glimmer.jsonl.10", "glimmer.jsonl.2", "glimmer.jsonl.1", "glimmer.jsonl")):
        write(tmp_path / name, {"event": name, "n": n})
    assert analyst.ask("select n from log", [], revision="", log=tmp_path)["n"] == (0, 1, 2, 3)


def test_keys_come_together_whatever_each_line_holds(analyst: Analyst, tmp_path: Path) -> None:
    write(
        tmp_path / "glimmer.jsonl",
        {"at": "2026-01-01T02:00:00.5+02:00", "event": "a", "usd": 1, "mixed": 1, "facts": {"deep": [1, "x"]}},
        {"event": "b", "USD": 2.5, "mixed": "five", "list": [1], "select": True, "a/b\"c~d'e": -1, "big": 2**70},
        {"event": "c", "usd": None, "": 5, "count": 18_446_744_073_709_551_615},
    )
    told = analyst.ask("from log", [], revision="", log=tmp_path)
    assert told["logged_at"] == (datetime(2026, 1, 1, 0, 0, 0, 500_000), None, None)  # noqa: DTZ001
    assert told["usd"] == (1.0, 2.5, None)
    assert told["mixed"] == ("1", "five", None)
    assert json.loads(str(told["facts"][0])) == {"deep": [1, "x"]}
    assert told["a/b\"c~d'e"] == (None, -1, None) and told["select"] == (None, True, None)
    assert told["big"] == (None, pytest.approx(2**70), None) and told["count"] == (None, None, 2**64 - 1)
    assert analyst.ask("select facts ->> '$.deep[1]' as x from log limit 1", [], revision="", log=tmp_path)["x"] == ("x",)


def test_broken_lines_are_left_out_and_counted(analyst: Analyst, tmp_path: Path) -> None:
    path = tmp_path / "glimmer.jsonl"
    write(path, {"event": "good"}, "{broken", "[1]", "5", "null", '{"event": "cut', "[" * 90_000, '{"a":' * 90_000)
    path.open("ab").write(b"\xff\xfe not text\n" + b'{"event": "' + b"x" * 3_000_000 + b'"}\n' + b'{"event": "being wri')
    told = analyst.ask("select event from log", [], revision="", log=tmp_path)
    assert told.rows == (("good",),)
    assert told.title == "9 broken lines of the log left out"
    assert analyst.ask("select 1", [], revision="", log=tmp_path).title == ""


def test_a_log_without_lines_is_an_empty_table(analyst: Analyst, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        told = analyst.ask("select logged_at, event, level from log", [], revision="", log=folder)
        assert len(told) == 0
    with pytest.raises(NotFound, match='no table "log"'):
        analyst.ask("from log", [], revision="", log=None)


def test_only_plain_files_of_the_log_are_read(analyst: Analyst, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text('{"event": "canary"}\n')
    (tmp_path / "other.json").write_text('{"event": "canary"}\n')
    folder = tmp_path / "log"
    folder.mkdir()
    (folder / "link.jsonl").symlink_to(tmp_path / "secret.txt")
    (folder / "folder.jsonl").mkdir()
    write(folder / "glimmer.jsonl", {"event": "mine"})
    (folder / "glimmer.jsonl.1").hardlink_to(folder / "glimmer.jsonl")  # as in the middle of a rotation
    assert analyst.ask("select event from log", [], revision="", log=folder).rows == (("mine",),)


def test_the_log_joins_the_tables(analyst: Analyst, tmp_path: Path) -> None:
    write(tmp_path / "glimmer.jsonl", *({"event": "take", "take": n, "seconds": n / 2} for n in range(20_000)))
    takes = SqlTable("takes", (("number", "integer"), ("slate", "varchar")), lambda: [(5, "2A"), (7, "2B"), (9, "2A")])
    sql = "select slate, sum(seconds) as s from takes join log on number = take where event = ? group by all order by all"
    told = analyst.ask(sql, [takes], revision="", log=tmp_path, parameters=["take"])
    assert told.rows == (("2A", 7.0), ("2B", 3.5))


def test_a_log_with_keys_without_end_stays_a_table(analyst: Analyst, tmp_path: Path) -> None:
    write(tmp_path / "glimmer.jsonl", *({"event": "e", f"key {n}": n} for n in range(1_000)))
    told = analyst.ask("from log", [], revision="", log=tmp_path)
    assert len(told) == 1_000 and len(told.columns) == 400
    assert told.title == "603 keys of the log left out (nameless, or past 400 columns)"
