"""How fast a film of 100,000 takes is opened and asked, and how many writers a studio takes. Each figure against its goal.

Run: python benchmarks/store.py [--takes 100000] [--seconds 60] [--writers 8] [--only big|writers]

Cold is a new process, measured after its imports; warm the median of 7 in one process. The writers are processes of their own that all
write into one studio for `--seconds`, say what was acknowledged, and are compared with the rows that stand afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

GOAL_SECONDS: Final = 0.1
GOAL_COLD_SECONDS: Final = 0.3
GOAL_PER_SECOND: Final = 1_500
RUNS: Final = 7
UNJUDGED: Final = ("film's line", "card of", "film.history", "film.shots", "film.takes", "film.costs", "a change, then film.sql")
GROUP_BY: Final = "select bucket, model, count(*) as takes, sum(usd) as usd from takes group by all order by all"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--takes", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--only", choices=("big", "writers"))
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        CHILDREN[asked.child[0]](*asked.child[1:])
        return 0
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the start"
    )
    missed = 0
    with tempfile.TemporaryDirectory(prefix="glimmer-store-") as scratch:
        if asked.only != "writers":
            missed += big_film(Path(scratch) / "big", asked.takes)
        if asked.only != "big":
            for verb, goal in (("call", GOAL_PER_SECOND), ("rate", 0)):
                missed += writers(Path(scratch) / verb, verb, asked.writers, asked.seconds, goal)
    print(f"load {os.getloadavg()[0]:.1f} at the end; {missed} goals missed")
    return 1 if missed else 0


# ── a film of 100,000 takes ─────────────────────────────────────────────────────────────────────────────────
def big_film(folder: Path, takes: int) -> int:
    from big_film import build

    began = time.perf_counter()
    entries, count = build(folder, takes=takes)
    print(f"a film of {count:,} takes in {entries:,} entries, made in {time.perf_counter() - began:.0f} s, "
          f"{(folder / 'glimmer.db').stat().st_size / 1e6:.0f} MB of rows")  # fmt: skip
    cold = [child("open", str(folder))["run"] for _ in range(5)]
    missed = told("open, cold (new process, without its imports)", cold, GOAL_COLD_SECONDS)
    for what, runs in child("ask", str(folder)).items():
        missed += told(what, runs, 0.0 if what.endswith(", first") or what.startswith(UNJUDGED) else GOAL_SECONDS)
    return missed


def told(what: str, runs: list[list[float]] | str, goal: float) -> int:
    """Print a line; 1 if the median of its seconds is past the goal (0: it has none)."""
    if isinstance(runs, str):
        print(f"  {'':>9}  {what}: {runs}")
        return 0
    middle, cpu = (statistics.median(run[at] for run in runs) for at in (0, 1))
    verdict = "" if not goal else f"goal {goal} s: {'met' if middle <= goal else 'MISSED'}"
    print(f"  {middle:7.4f} s  {what:<52} cpu {cpu:.4f}  slowest {max(run[0] for run in runs):.4f}  {verdict}")
    return int(bool(goal) and middle > goal)


def child_open(folder: str) -> None:
    from big_film import TITLE
    from sqlalchemy.dialects import sqlite  # noqa: F401

    from glimmer.project import Project

    (run,) = timed(lambda: Project(TITLE, studio=folder, models="rehearsal"), 1)
    print(json.dumps({"run": run}))


def child_ask(folder: str) -> None:
    from big_film import TITLE

    from glimmer.project import Project

    film = Project(TITLE, studio=folder, models="rehearsal")
    names = film.video.names
    slate, late = names[len(names) // 2], names[-1]

    def open_again() -> None:
        film.lot.close()
        Project(TITLE, studio=folder, models="rehearsal")

    asked: list[tuple[str, Callable[[], Any]]] = [
        ("open, warm", open_again),
        (f'film.video["{slate}"]', lambda: film.video[slate].used),
        (f'film.video["{late.lower()}"] in small letters', lambda: film.video[late.lower()]),
        ('film.video.find("lamp storm")', lambda: repr(film.video.find("lamp storm"))),
        ('film.audio.find("candle")', lambda: repr(film.audio.find("candle"))),
        ("film's line", lambda: repr(film)),
        ("film's card", lambda: film._repr_html_()),
        ("card of film.video", lambda: film.video._repr_html_()),
        (f'film.video["{slate}"].rate(…)', lambda: film.video[slate].rate((film.video[slate].rating + 1) % 6)),
        ("film.history", lambda: repr(film.history)),
        ("film.plan()", lambda: len(film.plan())),
    ]

    def after_a_change(ask: Callable[[], object]) -> Callable[[], None]:
        def change_and_ask() -> None:
            film.video[slate].rate((film.video[slate].rating + 1) % 6)
            ask()

        return change_and_ask

    asked.append(("a change, then film.plan()", after_a_change(lambda: len(film.plan()))))
    for name in ("shots", "takes", "costs"):
        if hasattr(type(film), name):
            asked.append((f"film.{name}", lambda name=name: repr(_called(getattr(film, name)))))
    if hasattr(film, "sql"):
        asked.append(("film.sql, group by over takes", lambda: repr(film.sql(GROUP_BY))))
        asked.append(("a change, then film.sql", after_a_change(lambda: repr(film.sql(GROUP_BY)))))
    found: dict[str, Any] = {}
    for what, ask in asked:
        first, *rest = list(timed(ask, RUNS + 1))
        found[f"{what}, first"] = [first]
        found[what] = rest
    for name in ("sql",):
        if not hasattr(film, name):
            found[f"film.{name}"] = "not there yet, skipped"
    print(json.dumps(found))


def _called(found: Any) -> Any:
    return found() if callable(found) and not hasattr(found, "rows") else found


def timed(ask: Callable[[], Any], runs: int) -> Iterator[tuple[float, float]]:
    """(seconds, seconds of CPU) of each run: on a machine that others use as well the second tells more."""
    for _ in range(runs):
        began, cpu = time.perf_counter(), time.process_time()
        ask()
        yield time.perf_counter() - began, time.process_time() - cpu


# ── many writers ────────────────────────────────────────────────────────────────────────────────────────────
def writers(folder: Path, verb: str, count: int, seconds: float, goal: int) -> int:
    from glimmer.project import Project

    film = Project("Written", studio=folder, models="rehearsal")
    film.screenplays.add("".join(f"EXT. PIER {number} - DAY\n\nA boat.\n\n" for number in range(1, count + 1)))
    before = _steps(film)
    film.lot.close()
    running = [start_child("write", str(folder), verb, str(number), str(seconds)) for number in range(count)]
    for one in running:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"  # its imports are behind it
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    ended = [json.loads(one.communicate()[0]) for one in running]
    found = (film.store.spent()[0] if verb == "call" else _steps(film)) - before * (verb != "call")
    acknowledged = sum(one["kept"] for one in ended)
    locked, refused = sum(one["locked"] for one in ended), sum(one["refused"] for one in ended)
    per_second = acknowledged / seconds
    what = (
        "film.store.add_call(…), the thinnest write: one row"
        if verb == "call"
        else 'film.video["1A"].rate(3): entry, step and event'
    )
    verdict = f"goal {goal:,}/s: {'met' if per_second >= goal else 'MISSED'}" if goal else ""
    print(f"  {per_second:7,.0f} /s {what}; {count} processes, {seconds:.0f} s  {verdict}")
    print(f"            {acknowledged:,} acknowledged, {found:,} found: lost {acknowledged - found}; \"locked\" {locked}, other refusals {refused}; "
          f"longest wait {max(one['longest'] for one in ended):.2f} s; fewest by one process {min(one['kept'] for one in ended):,}"
          )  # fmt: skip
    film.lot.close()
    return int(per_second < goal) + int(acknowledged != found) + int(locked + refused > 0)


def _steps(film: Any) -> int:
    from sqlalchemy import func, select

    from glimmer.store.tables import EventTable

    with film.lot.database.read() as session:
        return int(session.scalar(select(func.count()).select_from(EventTable)) or 0)


def child_write(folder: str, verb: str, number: str, seconds: str) -> None:
    from glimmer.errors import StoreError
    from glimmer.project import Project

    film = Project("Written", studio=folder, models="rehearsal", user=f"writer {number}")
    shot = film.video.names[int(number)]
    print("ready", flush=True)
    sys.stdin.readline()
    until, kept, locked, refused, longest, turn = time.perf_counter() + float(seconds), 0, 0, 0, 0.0, 0
    while (began := time.perf_counter()) < until:
        turn += 1
        try:
            if verb == "call":
                film.store.add_call("video", "model", f"{number}-{turn}", 0.0, 0.0)
            else:
                film.video[shot].rate(turn % 5 + 1)
        except StoreError as error:
            locked, refused = locked + ("locked" in str(error)), refused + ("locked" not in str(error))
        else:
            kept += 1
        longest = max(longest, time.perf_counter() - began)
    film.lot.close()
    print(json.dumps({"kept": kept, "locked": locked, "refused": refused, "longest": longest}))


# ── children ────────────────────────────────────────────────────────────────────────────────────────────────
CHILDREN: Final[dict[str, Callable[..., None]]] = {"open": child_open, "ask": child_ask, "write": child_write}


def start_child(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, __file__, "--child", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def child(*arguments: str) -> dict[str, Any]:
    said, _ = start_child(*arguments).communicate()
    answer: dict[str, Any] = json.loads(said)
    return answer


if __name__ == "__main__":
    sys.exit(main())
