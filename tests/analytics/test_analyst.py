"""Questions in SQL over tables: the right values, read once, and errors that say what to do."""

from __future__ import annotations

import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from uuid import UUID

import pytest

from glimmer.analytics import Analyst, SqlTable
from glimmer.errors import InputError, LimitError, NotFound, NotInstalled, QueryError, SettingsError

WHEN = datetime(2026, 11, 22, 10, 30, 0, 123456)  # noqa: DTZ001  a moment in UTC without its zone, as it comes back
TAKES = [
    (1, "2A", 0.25, True, WHEN.replace(tzinfo=UTC), 'He says "no".', ["night", "sea"], 2**100),
    (2, "2A", None, False, WHEN.replace(tzinfo=timezone(timedelta(hours=2))), "line\nend\r\n\ttab", [], -(2**90)),
    (3, "2B", math.nan, None, None, "雪 ünï 🌊 back\\slash, comma ; ' NULL", None, None),
    (4, "2C", math.inf, True, "2026-11-22T12:30:00+02:00", "", ['qu"ote'], 0),
]
COLUMNS = (
    ("number", "integer"),
    ("slate", "varchar"),
    ("usd", "double"),
    ("circled", "boolean"),
    ("made_at", "timestamp"),
    ("words", "varchar"),
    ("tags", "varchar[]"),
    ("seed", "hugeint"),
)


class Counted:
    """Rows that count how often they were read."""

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        self.rows, self.reads = list(rows), 0

    def __call__(self) -> Iterable[Sequence[object]]:
        self.reads += 1
        return iter(self.rows)


def takes(rows: Iterable[Sequence[object]] = TAKES) -> SqlTable:
    return SqlTable("takes", COLUMNS, Counted(rows))


def numbers(name: str = "numbers", upto: int = 3) -> SqlTable:
    return SqlTable(name, (("n", "integer"),), Counted([(n,) for n in range(upto)]))


def reads(table: SqlTable) -> int:
    return table.rows.reads  # type: ignore[attr-defined,no-any-return]


@pytest.fixture(scope="module")
def analyst() -> Iterator[Analyst]:
    with Analyst() as one:
        yield one


def child_of(analyst: Analyst) -> int:
    assert analyst._child is not None
    return analyst._child.number


def gone(process: int) -> bool:
    """Not there any more, or a zombie nobody has waited for, all its threads ended."""
    try:
        zombie = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        return zombie and len(list(Path(f"/proc/{process}/task").iterdir())) == 1
    except OSError:
        return True


def wait_until(true: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come to pass"
        threading.Event().wait(0.02)


def test_a_group_by_adds_up(analyst: Analyst) -> None:
    calls = SqlTable(
        "calls",
        (("agent", "varchar"), ("model", "varchar"), ("usd", "double")),
        lambda: [("video", "a", 0.5), ("video", "a", 0.25), ("music", "b", 1)],
    )
    told = analyst.ask("select agent, model, sum(usd) from calls group by all order by all", [calls], revision="sum")
    assert told.columns == ("agent", "model", "sum(usd)")
    assert told.rows == (("music", "b", 1.0), ("video", "a", 0.75))
    assert told.title == ""


def test_every_value_comes_back_as_it_was_given(analyst: Analyst) -> None:
    told = analyst.ask("from takes order by number", [takes()], revision="values")
    first, second, third, fourth = told.rows
    assert first == (1, "2A", 0.25, True, WHEN, 'He says "no".', ["night", "sea"], 2**100)
    assert second == (2, "2A", None, False, WHEN - timedelta(hours=2), "line\nend\r\n\ttab", [], -(2**90))
    assert third[:2] == (3, "2B") and math.isnan(third[2])  # type: ignore[arg-type]
    assert third[3:] == (None, None, "雪 ünï 🌊 back\\slash, comma ; ' NULL", None, None)
    assert fourth == (4, "2C", math.inf, True, WHEN.replace(microsecond=0), "", ['qu"ote'], 0)
    assert [type(value) for value in first] == [int, str, float, bool, datetime, str, list, int]


def test_what_has_no_type_of_its_own_goes_as_its_word(analyst: Analyst) -> None:
    class State(Enum):
        KEPT = "kept"

    row = (State.KEPT, Decimal("1.50"), Path("a/b"), UUID(int=1), date(2026, 1, 2), {"a": [1]}, "a\0b", "\ud800")
    kinds = ("varchar", "double", "varchar", "uuid", "date", "json", "varchar", "varchar")
    odd = SqlTable("odd", tuple((f"c{n}", kind) for n, kind in enumerate(kinds)), lambda: [row])
    told = analyst.ask("from odd", [odd], revision="odd").rows[0]
    assert told == ("kept", 1.5, "a/b", str(UUID(int=1)), date(2026, 1, 2), '{"a":[1]}', "a\0b", "?")


def test_values_made_in_sql_are_plain_python(analyst: Analyst) -> None:
    told = analyst.ask(
        "select 1.5::decimal(9, 2), 170141183460469231731687303715884105727::hugeint, interval 3 day, {'a': [1, null]}, map {'k': 2},"
        " 'ab'::blob, timestamptz '2026-01-01 02:00:00+02', time '10:30', 123456789012345678901234567890123456789012::bignum",
        [],
        revision="",
    ).rows[0]
    assert told == (
        1.5, 2**127 - 1, timedelta(days=3), {"a": [1, None]}, {"k": 2},
        b"ab", datetime(2026, 1, 1, tzinfo=UTC), told[7], 123456789012345678901234567890123456789012,
    )  # fmt: skip
    assert str(told[7]) == "10:30:00"


def test_every_type_that_duckdb_has_comes_back(analyst: Analyst) -> None:
    told = analyst.ask("from test_all_types()", [], revision="")
    assert len(told) == 3 and len(told.columns) > 50
    assert repr(told) and told._repr_html_()


def test_parameters_are_values_and_never_sql(analyst: Analyst) -> None:
    told = analyst.ask(
        "select number from takes where slate = ? and made_at <= ?", [takes()], revision="p", parameters=["2A", WHEN]
    )
    assert told["number"] == (1, 2)
    hostile = "'; drop table takes; --"
    assert analyst.ask("select $1 as said, $2", [takes()], revision="p", parameters=[hostile, None]).rows == ((hostile, None),)
    with pytest.raises(QueryError):
        analyst.ask("select ?", [], revision="p")


def test_only_the_tables_a_query_names_are_read_and_only_once(analyst: Analyst) -> None:
    one, other = numbers("one"), numbers("other")
    for _ in range(3):
        assert analyst.ask("select sum(n) from one", [one, other], revision="lazy").rows == ((3,),)
    assert (reads(one), reads(other)) == (1, 0)
    analyst.ask("with other as (select 5 as n) from other, one", [one, other], revision="lazy")
    assert reads(other) == 0  # a name of the query's own
    analyst.ask("select count(*) from one join other using (n)", [one, other], revision="lazy")
    assert (reads(one), reads(other)) == (1, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from query_table('hidden')",
        "select count(*) from query('from hid' || 'den') where n >= 0",
        "select count(*) from main.hidden where n < 10",
        'select count(*) from "HIDDEN"',
    ],
)
def test_a_table_named_in_a_roundabout_way_is_never_taken_for_empty(analyst: Analyst, sql: str) -> None:
    assert analyst.ask(sql, [numbers("hidden", 4)], revision=sql).rows == ((4,),)


def test_a_new_revision_is_seen(analyst: Analyst) -> None:
    assert analyst.ask("select count(*) from numbers", [numbers(upto=3)], revision="a").rows == ((3,),)
    assert analyst.ask("select count(*) from numbers", [numbers(upto=5)], revision="a").rows == ((3,),)
    assert analyst.ask("select count(*) from numbers", [numbers(upto=5)], revision="b").rows == ((5,),)


def test_other_columns_are_read_anew(analyst: Analyst) -> None:
    analyst.ask("from numbers", [numbers()], revision="columns")
    wider = SqlTable("numbers", (("n", "integer"), ("name", "varchar")), lambda: [(1, "one")])
    assert analyst.ask("from numbers", [wider], revision="columns").rows == ((1, "one"),)


def test_the_tables_can_be_asked_for(analyst: Analyst) -> None:
    both = [takes(), numbers()]
    assert analyst.ask("show tables", both, revision="show")["name"] == ("numbers", "takes")
    assert analyst.ask("describe numbers", both, revision="show")["column_name"] == ("n",)
    assert len(analyst.ask("summarize numbers", both, revision="show")) == 1
    assert len(analyst.ask("explain select n from numbers", both, revision="show")) == 1


def test_a_big_answer_is_cut_and_says_so(analyst: Analyst) -> None:
    told = analyst.ask("from range(1000000000000)", [], revision="", most_rows=5_000)
    assert len(told) == 5_000 and told.rows[-1] == (4_999,)
    assert told.title == "the first 5,000 rows; more were left out"
    assert analyst.ask("from range(5000)", [], revision="", most_rows=5_000).title == ""


def test_a_wrong_table_names_the_nearest(analyst: Analyst) -> None:
    with pytest.raises(NotFound, match='no table "takez"; did you mean takes') as met:
        analyst.ask("select * from takez", [takes(), numbers()], revision="wrong")
    assert met.value.did_you_mean == ("takes",)
    assert "numbers" in str(met.value) and "\n" not in str(met.value)
    assert str(pickle.loads(pickle.dumps(met.value))) == str(met.value)


@pytest.mark.parametrize(
    "sql", ["select usdd from takes", "select t.usdd from takes t", "select sum(usdd) from takes group by all"]
)
def test_a_wrong_column_names_the_nearest_and_the_rest(analyst: Analyst, sql: str) -> None:
    with pytest.raises(NotFound, match='no column "usdd"; did you mean usd') as met:
        analyst.ask(sql, [takes(), numbers()], revision="wrong")
    assert "takes has number, slate, usd" in str(met.value) and "DuckDB says:" in str(met.value)


def test_a_typing_error_costs_no_child(analyst: Analyst) -> None:
    table = numbers()
    analyst.ask("from numbers", [table], revision="typo")
    before = child_of(analyst)
    for wrong in ("selekt 1", "select nn from numbers", "select foo(n) from numbers", "select 'a'::integer", "drop table numbers"):
        with pytest.raises((QueryError, NotFound)):
            analyst.ask(wrong, [table], revision="typo")
    assert analyst.ask("select max(n) from numbers", [table], revision="typo").rows == ((2,),)
    assert child_of(analyst) == before and reads(table) == 1


def test_wrong_arguments_are_named(analyst: Analyst) -> None:
    with pytest.raises(SettingsError, match="SQL is text, not int"):
        analyst.ask(5, [], revision="")  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="seconds=0"):
        analyst.ask("select 1", [], revision="", seconds=0)
    with pytest.raises(SettingsError, match="most_rows=0"):
        analyst.ask("select 1", [], revision="", most_rows=0)
    with pytest.raises(SettingsError, match="two tables of one name"):
        analyst.ask("select 1", [numbers("a"), numbers("A")], revision="")
    with pytest.raises(LimitError, match="characters of SQL; at most 200,000"):
        analyst.ask("select 1 --" + "x" * 300_000, [], revision="")


def test_a_table_that_fails_to_be_read_raises_its_own_error_and_hurts_nobody(analyst: Analyst) -> None:
    def broken() -> Iterator[Sequence[object]]:
        yield from ((n,) for n in range(7_000))
        raise LookupError("the database has gone")

    with pytest.raises(LookupError, match="the database has gone"):
        analyst.ask("from broken", [SqlTable("broken", (("n", "integer"),), broken)], revision="x")
    with pytest.raises(SettingsError, match=r"a row of 2 values .* expected 1"):
        analyst.ask("from wide", [SqlTable("wide", (("n", "integer"),), lambda: [(1, 2)])], revision="x")
    with pytest.raises(QueryError, match=r"words: .*Glimmer's own mistake"):
        rows = [("no number",)] * 12_000
        analyst.ask("from words", [SqlTable("words", (("n", "integer"),), lambda: rows)], revision="x")
    assert analyst.ask("select count(*) from numbers", [numbers()], revision="x").rows == ((3,),)


def test_two_threads_ask_at_once(analyst: Analyst) -> None:
    def ask(n: int) -> object:
        table = numbers(f"t{n % 2}", n % 2 + 5)
        return analyst.ask(f"select count(*), {n} from t{n % 2}", [table], revision=f"r{n % 2}").rows[0]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(40))) == [(n % 2 + 5, n) for n in range(40)]


def test_a_child_outlives_the_thread_that_started_it() -> None:
    with Analyst() as mine:
        starter = threading.Thread(target=mine.ask, args=("select 1", []), kwargs={"revision": ""})
        starter.start()
        starter.join()
        before = child_of(mine)
        assert mine.ask("select 2", [], revision="").rows == ((2,),)
        assert child_of(mine) == before


def test_a_child_killed_between_questions_is_replaced(analyst: Analyst) -> None:
    analyst.ask("select 1", [], revision="")
    os.kill(child_of(analyst), signal.SIGKILL)
    wait_until(lambda: gone(child_of(analyst)))
    assert analyst.ask("select count(*) from numbers", [numbers()], revision="k").rows == ((3,),)


def test_a_child_killed_in_the_middle_is_an_error_in_words(analyst: Analyst) -> None:
    analyst.ask("select 1", [], revision="")
    killer = threading.Timer(0.3, os.kill, (child_of(analyst), signal.SIGKILL))
    killer.start()
    with pytest.raises(QueryError, match="broke off: the process that runs SQL ended by SIGKILL"):
        analyst.ask("select sum(a.range * b.range) from range(10000000) a, range(10000000) b", [], revision="")
    assert analyst.ask("select 1", [], revision="").rows == ((1,),)


def test_ctrl_c_stops_the_query_and_the_next_one_is_answered(analyst: Analyst) -> None:
    analyst.ask("select 1", [], revision="")
    before = child_of(analyst)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        analyst.ask("select sum(a.range * b.range) from range(10000000) a, range(10000000) b", [], revision="")
    assert gone(before)
    assert analyst.ask("select 1", [], revision="").rows == ((1,),)


def test_close_ends_the_child_and_a_later_question_starts_another() -> None:
    mine = Analyst()
    mine.close()
    mine.ask("select 1", [], revision="")
    before = child_of(mine)
    mine.close()
    assert gone(before)
    assert mine.ask("select 2", [], revision="").rows == ((2,),)
    last = child_of(mine)
    del mine  # forgotten, not closed
    wait_until(lambda: gone(last))


ENDLESS = """
import sys
from glimmer.analytics import Analyst
mine = Analyst()
mine.ask("select 1", [], revision="")
print(mine._child.number, flush=True)
if sys.argv[1] == "busy":
    mine.ask("select sum(a.range * b.range) from range(10000000) a, range(10000000) b", [], revision="", seconds=600)
sys.stdin.read()
"""


@pytest.mark.parametrize("state", ["busy", "idle"])
def test_no_orphan_is_left_when_the_parent_is_killed(state: str) -> None:
    parent = subprocess.Popen([sys.executable, "-c", ENDLESS, state], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert not gone(child)
    parent.kill()
    parent.communicate()
    wait_until(lambda: gone(child))


def test_a_fork_has_a_child_of_its_own(analyst: Analyst) -> None:
    analyst.ask("select 1", [], revision="")
    before = child_of(analyst)
    copy = os.fork()
    if copy == 0:
        try:
            right = analyst.ask("select 7", [], revision="").rows == ((7,),) and child_of(analyst) != before
            analyst.close()
            os._exit(0 if right else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0
    assert analyst.ask("select 8", [], revision="").rows == ((8,),)
    assert child_of(analyst) == before


def test_without_duckdb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with Analyst() as mine, pytest.raises(NotInstalled, match=r"DuckDB 2, which is not installed.*\[studio\]") as met:
        mine.ask("select 1", [], revision="")
    assert met.value.extra == "studio"


def test_duckdb_is_loaded_in_the_child_alone() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys; from glimmer.analytics import Analyst\n"
         "with Analyst() as a: a.ask('select 1', [], revision='')\nprint('duckdb' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == "False"


def test_a_hundred_thousand_takes_are_read_once_and_then_answer_at_once(analyst: Analyst) -> None:
    """How fast: benchmarks/sql.py."""
    rows = [(n, f"agent {n % 7}", n % 70 / 100) for n in range(100_000)]
    table = SqlTable("takes", (("number", "integer"), ("agent", "varchar"), ("usd", "double")), Counted(rows))
    question = "select agent, sum(usd), count(*) from takes group by all"
    analyst.ask(question, [table], revision="many")
    times = []
    for _ in range(9):
        began = time.perf_counter()
        assert len(analyst.ask(question, [table], revision="many")) == 7
        times.append(time.perf_counter() - began)
    assert sorted(times)[4] < 1 and reads(table) == 1


def test_the_errors_are_input_errors() -> None:
    assert issubclass(QueryError, InputError)
