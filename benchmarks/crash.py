"""Kill writers, importers and archivers at random, and see whether anything that was said to be kept is lost.

Run: python benchmarks/crash.py [--kills 2000] [--seed 1] [--children 4] [--sabotage early|"in place"|halves]

Children (crash_children.py) share one studio and work through the public verbs; each says what was kept after the call came back. They
are ended with SIGKILL at random moments, several alive at once. After every 50 kills all are killed and everything is opened anew
and compared (crash_proof.py); after every 250 a new studio is begun. Exit code 1 if anything is lost, halved, damaged or stuck.

Children are forked from this process, which has imported everything and has nothing open: a start costs 15 ms and not 1.5 s, and the
kills fall into the work and not into Python's imports. What is proven: the end of a process at any moment. What is not: power loss.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from crash_children import ROLES, SABOTAGES, prepare, work
from crash_proof import Proof, prove

CHECK_EVERY: Final = 50
STUDIO_EVERY: Final = 250
SHARES: Final[dict[str, int]] = {"writer": 9, "undoer": 4, "importer": 4, "archiver": 3, "founder": 1}
_LONGEST_LIFE_SECONDS: Final = 0.9  # squared: many die within a few steps, some after a hundred
_PATIENCE_SECONDS: Final = 10.0  # for a first word, on a machine with other things to do


@dataclass
class Child:
    """A child that lives. until: when it is killed (monotonic)."""

    role: str
    slot: int
    user: str
    pid: int
    pipe: int
    until: float
    after_word: float  # seconds that it has left after its first word
    heard: bytes = b""

    def hear(self) -> None:
        """Take what it said; one that ended by itself is to be looked at at once."""
        block = os.read(self.pipe, 65_536)
        if not block:
            self.until = 0.0
        elif not self.heard:
            self.until = min(self.until, time.monotonic() + self.after_word)
        self.heard += block


@dataclass
class Round:
    """One studio, from its first writer to its last look."""

    folder: Path
    sabotage: str
    dice: random.Random
    said: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    silent: int = 0

    @property
    def studio(self) -> Path:
        return self.folder / "studio"

    def begin(self) -> None:
        for name in ("archives", "founded"):
            (self.folder / name).mkdir(parents=True)
        in_child(self._prepare)

    def _prepare(self) -> str:
        prepare(self.studio)
        return ""

    def start(self, slot: int, number: int) -> Child:
        shares = {"writer": 1} if self.sabotage else SHARES
        role = self.dice.choices(list(shares), list(shares.values()))[0]
        user = f"{role}{number}"
        seed, reader, pipe = self.dice.getrandbits(60), *os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            run_child(lambda: work(role, self.studio, slot, user, seed, pipe, self.sabotage))
        os.close(pipe)
        # A quarter dies while it opens the film or in its first step; the others a moment after their first word.
        dies_early = self.dice.random() < 0.25
        life = self.dice.uniform(0, 0.1) if dies_early else _PATIENCE_SECONDS
        after_word = self.dice.uniform(0, _LONGEST_LIFE_SECONDS) ** 2
        return Child(role, slot, user, pid, reader, time.monotonic() + life, after_word)

    def kill(self, child: Child) -> None:
        """Kill it and hear it out: what lies in the pipe was said while it lived."""
        ended, status = os.waitpid(child.pid, os.WNOHANG)
        if not ended:
            os.kill(child.pid, signal.SIGKILL)
            _, status = os.waitpid(child.pid, 0)
        while block := os.read(child.pipe, 65_536):
            child.heard += block
        os.close(child.pipe)
        if not os.WIFSIGNALED(status):
            raise SystemExit(f"{child.user} ended by itself with {status}; see its words above")
        lines = [tuple(json.loads(line)) for line in child.heard.splitlines()]
        self.said[child.user] = lines
        self.kills[child.role] += 1
        self.kept.update(action or "call" for action, _ in lines if action != "removed")
        self.silent += not lines

    def prove(self) -> Proof:
        return Proof(**json.loads(in_child(lambda: prove(self.studio, self.said).as_json())))


def kill_until(one: Round, kills: int, children: int, first: int) -> None:
    """Keep `children` alive and kill one after another, until `kills` are dead; then the rest."""
    number = first
    living: list[Child] = []
    while number - first < kills or living:
        while number - first < kills and len(living) < children:
            slot = next(slot for slot in range(children) if slot not in {child.slot for child in living})
            living.append(one.start(slot, number))
            number += 1
        next_one = min(living, key=lambda child: child.until)
        wait = next_one.until - time.monotonic()
        for pipe in select.select([child.pipe for child in living], [], [], max(0.0, wait))[0] if wait > 0 else ():
            next(child for child in living if child.pipe == pipe).hear()
        if time.monotonic() >= next_one.until:
            living.remove(next_one)
            one.kill(next_one)


# ── forking ─────────────────────────────────────────────────────────────────────────────────────────────────
def run_child(what: Callable[[], None]) -> None:
    """Do it and leave; never comes back into the parent's code."""
    code = 1
    try:
        what()
        code = 0
    except BaseException:  # noqa: BLE001 (a child tells and ends)
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def in_child(what: Callable[[], str]) -> str:
    """What `what` says in a fresh process: nothing of the parent's is open there, and nothing of its is left here."""
    reader, pipe = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)

        def tell() -> None:
            with os.fdopen(pipe, "w") as sink:
                sink.write(what())

        run_child(tell)
    os.close(pipe)
    with os.fdopen(reader) as source:
        answer = source.read()
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit("the look at what is left ended with an error; see above. A studio that can't be opened is a loss.")
    return answer


# ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────
def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=4)
    parser.add_argument("--sabotage", choices=SABOTAGES, default="")
    asked = parser.parse_args()
    began, left, total, looks = time.monotonic(), asked.kills, Proof(), 0
    kills: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    dice, silent = random.Random(asked.seed), 0
    with tempfile.TemporaryDirectory(prefix="glimmer-crash-") as scratch:
        prepare(Path(scratch) / "warm")  # what is imported late is imported now, and closed again
        while left > 0:
            one = Round(Path(scratch) / f"round-{left}", asked.sabotage, dice)
            one.begin()
            last = Proof()
            of_round = min(left, STUDIO_EVERY)
            for first in range(0, of_round, CHECK_EVERY):
                kill_until(one, min(CHECK_EVERY, of_round - first), asked.children, first)
                last, looks = one.prove(), looks + 1
                for name in ("lost", "halves", "damaged", "stuck"):
                    setattr(total, name, getattr(total, name) + getattr(last, name))
                total.words += last.words
            for name in ("saves", "events", "assets", "archives"):
                setattr(total, name, getattr(total, name) + getattr(last, name))
            kills, kept, silent, left = kills + one.kills, kept + one.kept, silent + one.silent, left - of_round
            shutil.rmtree(one.folder)
    return report(total, kills, kept, silent, looks, time.monotonic() - began, asked.seed)


def report(total: Proof, kills: Counter[str], kept: Counter[str], silent: int, looks: int, seconds: float, seed: int) -> int:
    load = "?"
    with contextlib.suppress(OSError):
        load = f"{os.getloadavg()[0]:.1f}"
    print(f"{sum(kills.values()):,} × kill -9 in {seconds:.0f} s, seed {seed}, {os.cpu_count()} cores, load {load}")
    print(
        "  killed          "
        + " · ".join(f"{count:,} {role}s" for role, count in sorted(kills.items()))
        + f" · {silent:,} before a word"
    )
    print(
        f"  acknowledged    {total.saves:,} saves: " + " · ".join(f"{count:,} {action}" for action, count in sorted(kept.items()))
    )
    print(
        f"  found again     {total.events:,} events, {total.assets:,} assets, {total.archives:,} archives; opened anew {looks} times"
    )
    for name, words in (
        ("lost", "acknowledged saves lost"),
        ("halves", "half transactions"),
        ("damaged", "damaged objects or archives"),
        ("stuck", "leftovers that can't be collected"),
    ):
        print(f"  {getattr(total, name):>6,}  {words}")
    for words in total.words[:30]:
        print(f"    {words}")
    return 1 if total.lost + total.halves + total.damaged + total.stuck else 0


if __name__ == "__main__":
    assert set(SHARES) == set(ROLES)
    sys.exit(main())
