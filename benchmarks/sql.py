"""How long a question in SQL takes over a film of 100,000 takes. Run: python benchmarks/sql.py [rows]

Cold is a new child, the rows of the table named by the query generated, sent and loaded, and the answer; warm the same question
again, round trip included.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from glimmer.analytics import Analyst, SqlTable

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
QUESTION = "select agent, model, count(*) as takes, sum(usd) as usd, avg(seconds) from takes group by all order by all"
RUNS = 30
COLUMNS = (
    ("number", "integer"), ("slate", "varchar"), ("bucket", "varchar"), ("state", "varchar"), ("agent", "varchar"),
    ("model", "varchar"), ("usd", "double"), ("seconds", "double"), ("made_at", "timestamp"), ("circled", "boolean"),
    ("words", "varchar"), ("tags", "varchar[]"), ("seed", "hugeint"), ("request_key", "varchar"), ("asset", "varchar"),
)  # fmt: skip
WORDS = ('The keeper says "no".', "Gulls,\nthen rain.", "Der Leuchtturm, 灯台, 🌊", "", None)


def rows() -> Iterator[Sequence[object]]:
    """Takes with what is hard to carry: None, NaN, quotes, line ends, other scripts, numbers past 64 bits."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for n in range(ROWS):
        usd = math.nan if n % 1_000 == 999 else n % 70 / 100
        yield (
            n, f"{n % 300}A", ("video", "audio", "music")[n % 3], ("kept", "trash")[n % 11 == 0], f"agent {n % 7}",
            f"model {n % 5}", usd, n % 90 / 10, start + timedelta(seconds=n), n % 4 == 0,
            WORDS[n % 5], ["night", "sea"] if n % 2 else [], 2**100 + n, f"{n:064x}", f"{n * 7919:064x}",
        )  # fmt: skip


def main() -> None:
    takes = SqlTable("takes", COLUMNS, rows)
    began = time.perf_counter()
    generated = sum(1 for _ in rows())
    generating = time.perf_counter() - began
    with Analyst() as analyst:

        def seconds(question: str) -> float:
            began = time.perf_counter()
            analyst.ask(question, [takes], revision="1")
            return time.perf_counter() - began

        start = seconds("select 1")
        load = seconds(QUESTION)
        warm = sorted(seconds(QUESTION) for _ in range(RUNS))
        every = sorted(seconds("from takes") for _ in range(3))
    print(f"{start:7.3f} s  start of the child and `select 1`")
    print(
        f"{load:7.3f} s  first question: {generated:,} rows of {len(COLUMNS)} columns sent and loaded ({generating:.3f} s of it makes them)"
    )
    print(f"{statistics.median(warm):7.4f} s  warm group-by, round trip (median of {RUNS}; slowest {warm[-1]:.4f})")
    print(f"{statistics.median(every):7.3f} s  warm `from takes`: all {generated:,} rows back as Python values")


if __name__ == "__main__":
    main()
