"""SQL is code. Whatever it tries: nothing leaks, nothing is written, each try is an error in words, and the next question is answered."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from glimmer.analytics import Analyst, SqlTable
from glimmer.errors import GlimmerError, NotFound, QueryError

CANARY = "canary-7f3a9c-sings"
NUMBERS = SqlTable("numbers", (("n", "integer"),), lambda: [(1,), (2,)])

# {canary} is a file that holds the word, {folder} where it lies, {port} a socket that listens.
READS = [
    "from read_csv('{canary}')",
    "from read_csv_auto('{canary}', header = false)",
    "from read_text('{canary}')",
    "from read_blob('{canary}')",
    "from read_json('{canary}')",
    "from read_json_objects('{canary}')",
    "from read_parquet('{canary}')",
    "from read_ndjson('file://{canary}')",
    "from glob('{folder}/*')",
    "from sniff_csv('{canary}')",
    "from parquet_metadata('{canary}')",
    "from parquet_schema('{canary}')",
    "from '{canary}'",
    'from "{canary}"',
    "from '{folder}/*.csv'",
    "select * from '/proc/self/environ'",
    "from read_text('/proc/self/environ')",
    "from read_csv('/etc/passwd')",
    "select (select content from read_text('{canary}'))",
    "from query('from read_text(''{canary}'')')",
    "from query_table('{canary}')",
    "with recursive r as (select content from read_text('{canary}') union all from r) from r",
    "select * from json_execute_serialized_sql(json_serialize_sql('select * from read_text(''{canary}'')'))",
    "describe from read_csv('{canary}')",
    "summarize '{canary}'",
    "explain analyze from read_csv('{canary}')",
    "from read_csv('/dev/stdin')",
    "from read_text('/dev/fd/3')",
    "from read_csv('http://127.0.0.1:{port}/x.csv')",
    "from read_text('https://127.0.0.1:{port}/x')",
    "from read_parquet('s3://bucket/x.parquet')",
    "from 'hf://datasets/x/y.csv'",
    "select getenv('SECRET_CANARY')",
    "from duckdb_secrets()",
    "from which_secret('s3://x', 's3')",
    "from canary_variable",
    "from sqlite_scan('{canary}', 'takes')",
    "from postgres_scan('host=127.0.0.1 port={port}', 'public', 'takes')",
    "ｆｒｏｍ read_text('{canary}')",
    "select\u00a0*\u2003from/**/read_text/*x*/('{canary}')",
    "\ufeffselect * from read_text('{canary}')",
    "from read_text(chr(47) || '{canary}')",
    "from read_text('{folder}/./../{name}/canary.csv')",
    "from read_csv('{canary}\x00.csv')",
    "select read_text('{canary}')",
]
CHANGES = [
    "copy numbers to '{folder}/out.csv'",
    "copy (select 1) to '{folder}/out.parquet' (format parquet)",
    "copy numbers from '{canary}'",
    "export database '{folder}/out'",
    "import database '{folder}'",
    "attach '{folder}/out.db' as other",
    "attach ':memory:' as other",
    "detach memory",
    "install httpfs",
    "install '{folder}/evil.duckdb_extension'",
    "load '{folder}/evil.duckdb_extension'",
    "load httpfs",
    "set enable_external_access = true",
    "set global lock_configuration = false",
    "reset enable_external_access",
    "set memory_limit = '64GB'",
    "set variable x = 1",
    "pragma enable_external_access",
    "pragma database_list",
    "pragma temp_directory = '{folder}'",
    "call pragma_version()",
    "call enable_logging()",
    "checkpoint",
    "use memory",
    "begin transaction",
    "create table mine as select 1",
    "create or replace view numbers as select 99 as n",
    "create macro sum(x) as 99",
    "create secret (type s3, key_id 'a', secret 'b')",
    "insert into numbers values (3)",
    "update numbers set n = 99",
    "delete from numbers",
    "drop table numbers",
    "alter table numbers add column x integer",
    "truncate numbers",
    "vacuum",
    "comment on table numbers is 'mine'",
    "prepare p as select 1",
    "execute p",
    "merge into numbers using (select 1 as n) as x using (n) when matched then delete",
    "with gone as (delete from numbers returning *) from gone",
    "with more as (insert into numbers values (9) returning n) select * from more",
    "explain analyze insert into numbers values (9)",
    "explain analyze copy numbers to '{folder}/out.csv'",
    "explain copy numbers to '{folder}/out.csv'",
    "explain analyze drop table numbers",
    "select 1; drop table numbers",
    "drop table numbers; select 1",
    "select 1; select 2",
    "select 1 /* ; */ ; copy numbers to '{folder}/out.csv' --",
    "",
    " ; ; ",
    "-- nothing",
    "/* nothing",
]
ENDLESS = {
    "recursion": "with recursive r as (select 1 as n union all select n + 1 from r) select max(n) from r",
    "cross join": "select sum(a.range * b.range + c.range) from range(1000000) a, range(1000000) b, range(1000000) c",
    "one long string": "select length(repeat('x', 2000000000)) + length(repeat('y', 2000000000)) from range(10)",
}
HUGE = {
    "one long string": "select repeat('x', 70000000)",
    "many long strings": "select repeat('x', 10000) from range(100000)",
    "a long list": "select range(100000000)",
    "a list of all": "select list(range) from range(300000000)",
    "a sort of all": "select * from range(300000000) order by hash(range)",
    "a group of all": "select range, count(*) from range(300000000) group by all order by 2 desc, 1 desc",
    "many columns": "select columns(*) from (select " + ", ".join(f"repeat('x', 1000000) as c{n}" for n in range(200)) + ")",
    "deep brackets": "select " + "(" * 50_000 + "1" + ")" * 50_000,
    "deep not": "select " + "not " * 40_000 + "true",
    "a long chain": "select " + " + ".join(["1"] * 40_000),
    "a hard pattern": "select regexp_matches(repeat('a', 100000), '(a*)*(b|c){1000}{1000}')",
    "a deep document": "select json_structure(repeat('[', 100000) || repeat(']', 100000))",
}


@pytest.fixture(scope="module")
def analyst() -> Iterator[Analyst]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_CANARY", CANARY)
        patch.setenv("GEMINI_API_KEY", CANARY)
        with Analyst() as one:
            yield one


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    there = tmp_path_factory.mktemp("canary")
    (there / "canary.csv").write_text(f"word\n{CANARY}\n")
    return there


@pytest.fixture(scope="module")
def port() -> Iterator[tuple[int, list[object]]]:
    """A door on loopback, and everybody who came through it."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def wait() -> None:
            while True:
                try:
                    visitor, address = door.accept()
                except OSError:
                    return
                visitor.close()
                came.append(address)

        threading.Thread(target=wait, daemon=True).start()
        yield door.getsockname()[1], came


def filled(sql: str, folder: Path, port: int) -> str:
    places = {"canary": folder / "canary.csv", "folder": folder, "name": folder.name, "port": port}
    for name, value in places.items():
        sql = sql.replace("{" + name + "}", str(value))
    return sql


def still_answers(analyst: Analyst) -> None:
    assert analyst.ask("select sum(n) from numbers", [NUMBERS], revision="1").rows == ((3,),)


@pytest.mark.parametrize("sql", READS)
def test_nothing_outside_is_read(sql: str, analyst: Analyst, folder: Path, port: tuple[int, list[object]]) -> None:
    canary_variable = [CANARY]
    with pytest.raises((QueryError, NotFound)) as met:
        analyst.ask(filled(sql, folder, port[0]), [NUMBERS], revision="1", seconds=10)
    assert CANARY not in str(met.value) and "broke off" not in str(met.value) and "\n" not in str(met.value)
    assert canary_variable and not port[1]
    still_answers(analyst)


def test_no_function_that_duckdb_has_gives_the_canary_away(analyst: Analyst, folder: Path) -> None:
    """All of them, with a path, a list of paths and a folder's pattern: the ones a later version brings too."""
    listed = analyst.ask(
        "select distinct function_name, function_type from duckdb_functions() where function_type in ('table', 'scalar', 'table_macro')"
        " and function_name similar to '[a-z_0-9]+' and not function_name = 'repeat_row' order by all",
        [],
        revision="1",
    )
    path, asked = str(folder / "canary.csv"), 0
    for name, kind in listed.rows:
        given = (f"'{path}'", f"['{path}']", f"'{folder}/*'", f"'{path}', '{path}'")
        for call in (f"{name}({one})" for one in given[: 1 if kind == "scalar" else 4]):
            try:
                told = analyst.ask(f"select {call}" if kind == "scalar" else f"from {call}", [NUMBERS], revision="1", seconds=10)
            except GlimmerError as reason:
                assert CANARY not in str(reason) and "broke off" not in str(reason), reason
            else:
                assert CANARY not in repr(told.rows), call
            asked += 1
    assert asked > 700 and sorted(folder.iterdir()) == [folder / "canary.csv"]
    still_answers(analyst)


@pytest.mark.parametrize("sql", CHANGES)
def test_nothing_is_changed_or_written(sql: str, analyst: Analyst, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(QueryError) as met:
        analyst.ask(filled(sql, folder, 1), [NUMBERS], revision="1", seconds=10)
    assert any(word in str(met.value) for word in ("Allowed is one reading statement", "reaches outside", "can't be answered"))
    assert "broke off" not in str(met.value) and CANARY not in str(met.value) and "\n" not in str(met.value)
    assert sorted(folder.rglob("*")) == before
    still_answers(analyst)


@pytest.mark.parametrize("name", ENDLESS)
def test_the_endless_is_stopped_in_time(name: str, analyst: Analyst) -> None:
    still_answers(analyst)
    with pytest.raises(QueryError, match=r"had no answer after 1 s and was stopped|needs more than the 512 MB"):
        analyst.ask(ENDLESS[name], [], revision="1", seconds=1)
    still_answers(analyst)


@pytest.mark.parametrize("name", HUGE)
def test_the_huge_is_refused_or_stopped(name: str, analyst: Analyst) -> None:
    still_answers(analyst)
    try:
        told = analyst.ask(HUGE[name], [], revision="1", seconds=0.5)
    except GlimmerError as reason:
        assert isinstance(reason, QueryError) and "\n" not in str(reason) and len(str(reason)) < 900
    else:
        assert len(told) <= 100_000  # a deep or long expression that DuckDB can work out
    still_answers(analyst)


def test_what_a_query_says_of_its_surroundings_holds_no_secret(analyst: Analyst) -> None:
    for sql in (
        "from duckdb_settings()",
        "from duckdb_variables()",
        "from duckdb_functions()",
        "select current_setting('home_directory')",
    ):
        assert CANARY not in repr(analyst.ask(sql, [NUMBERS], revision="1").rows)


def test_the_child_has_no_key_no_file_of_ours_and_can_write_none(analyst: Analyst, tmp_path: Path) -> None:
    still_answers(analyst)
    assert analyst._child is not None
    there = Path(f"/proc/{analyst._child.number}")
    assert CANARY.encode() not in (there / "environ").read_bytes()
    with (tmp_path / "ours").open("w") as ours:
        os.set_inheritable(ours.fileno(), True)
        with Analyst() as other:
            other.ask("select 1", [], revision="")
            assert other._child is not None
            held = [os.readlink(one) for one in Path(f"/proc/{other._child.number}/fd").iterdir()]
    assert not [one for one in held if "ours" in one or "socket" in one], held
    limits = (there / "limits").read_text().splitlines()
    assert next(one for one in limits if one.startswith("Max file size")).split()[3] == "0"
    assert next(one for one in limits if one.startswith("Max address space")).split()[3] != "unlimited"
