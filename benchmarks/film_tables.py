"""How long a film of 100,000 takes is listed, summed and asked in SQL. Run: python benchmarks/film_tables.py [takes]

A studio in a temporary folder: 500 shots of a script, 200 takes each, a call for each take, written as rows and not through the agents.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert

import glimmer as gl
from glimmer.analytics import Analyst
from glimmer.film_tables import costs_table, shots_table, takes_table
from glimmer.lineage import lineage
from glimmer.sql_tables import sql_revision, sql_tables
from glimmer.store.tables import CallTable, TakeTable

TAKES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
SHOTS = 500
QUESTION = "select agent, model, sum(usd) from calls group by all"
TAKES_QUESTION = "select shot, model, count(*) as takes, sum(usd) from takes group by all"


def fill(film: gl.Project) -> None:
    scenes = "\n\n".join(f"INT. ROOM {n} - DAY\n\nMARA opens door {n}." for n in range(SHOTS))
    script = film.screenplays.add(scenes)
    inputs = json.dumps(
        [{"role": "shot", "bucket": "screenplays", "key": shot.id, "name": shot.slate} for shot in script.shot_list[:3]]
    )
    entries = [row.id for row in film.store.entries("video")]
    rows = [
        {
            "entry_id": entries[n % len(entries)], "number": n // len(entries) + 1, "request_key": f"{n:064x}", "made_for": f"{n % 500:064x}",
            "model": f"camera {n % 5}", "agent": "video", "asset": f"{n * 7919:064x}", "media_type": "image/png", "usd": n % 70 / 100,
            "inputs": inputs,
        }
        for n in range(TAKES)
    ]  # fmt: skip
    calls = [
        {
            "project_id": film.store.project_id,
            "agent": "video",
            "model": row["model"],
            "request_key": row["request_key"],
            "usd": row["usd"],
        }
        for row in rows
    ]
    with film.store.write() as session:
        session.execute(insert(TakeTable), rows)
        session.execute(insert(CallTable), calls)
    for entry in film.store.entries("video"):
        film.store.circle("video", entry.key, 1)


def seconds(work: Callable[[], object], runs: int = 5) -> str:
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return f"{statistics.median(took):7.3f} s  (slowest {max(took):.3f})"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Analyst() as analyst:
        film = gl.Project("Long", studio=Path(folder))
        fill(film)
        script = film.screenplays.latest

        def ask(question: str) -> object:
            return analyst.ask(question, sql_tables(film.store, film.screenplays), revision=sql_revision(film.store))

        print(f"{TAKES:,} takes and calls, {len(script.shot_list)} shots")
        print(seconds(lambda: takes_table(film.store)), " film.takes")
        print(seconds(lambda: repr(takes_table(film.store))), " film.takes, printed")
        print(seconds(lambda: shots_table(script, film.store, dict)), " film.shots")
        print(seconds(lambda: costs_table(film.store)), ' film.costs(by="agent")')
        print(seconds(lambda: costs_table(film.store, by="scene", script=script)), ' film.costs(by="scene")')
        print(seconds(lambda: takes_table(film.store).to_csv(), 2), " film.takes.to_csv()")
        print(seconds(lambda: ask("select 1"), 1), " film.sql, the child started")
        for name, question in (("calls", QUESTION), ("takes", TAKES_QUESTION)):
            print(seconds(lambda question=question: ask(question), 1), f" film.sql over {name}, cold: read, sent and loaded")  # type: ignore[misc]
            print(
                seconds(lambda question=question: ask(question), 20), f" film.sql over {name}, warm, with its look at the revision"
            )  # type: ignore[misc]
        told = film.video[script.shot_list[0].slate]
        print(seconds(lambda: repr(lineage(film.store, told, screenplays=film.screenplays))), " film.lineage(take)")


if __name__ == "__main__":
    main()
