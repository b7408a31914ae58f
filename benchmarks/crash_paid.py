"""Who makes paid jobs is killed with -9 at random moments, and started again: is any job lost, sent twice, or paid for and forgotten?

    make crash-paid                       100 kills; prints what was found, exits 1 if anything was lost or sent twice
    python benchmarks/crash_paid.py --kills 10 --seed 3

Real clips through the real google-genai SDK against glimmer.testing's fake Gemini in a process of its own, which keeps its own count of
what it was asked to make. A part of its answers comes half a second late, so that kills also fall between a request's leaving and its
answer: those calls are unknown afterwards, are never sent again by themselves, and are counted here. Children are forked from a parent
that has imported everything, so that a kill falls into the work and not into the imports.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from glimmer.agents import Maker
from glimmer.agents.budget import Purse, SessionBudget, nobody
from glimmer.agents.making import Order
from glimmer.assets import Assets
from glimmer.errors import GlimmerError, OutcomeUnknown
from glimmer.models.gemini.pictures import GeminiArtist
from glimmer.models.interface import ClipRequest
from glimmer.spending import collect_open
from glimmer.store import Database, Store
from glimmer.store.listing import CALL_COLUMNS, calls_of

SHOTS: Final = 5  # of one round: made side by side
JOB_SECONDS: Final = 0.4
LONGEST_LIFE_SECONDS: Final = 2.5  # of a child, before it is killed
LATE: Final = 40  # answers to creates that come half a second late, after the first four
_RICH: Final = Purse(ask=nobody, ask_above_usd=1_000.0, film_usd=10_000.0, session=SessionBudget(10_000.0))


class Models:
    """What `collect_open` needs of a set."""

    name = "gemini"

    def __init__(self) -> None:
        self.artist = GeminiArtist()


@dataclass
class Found:
    """What stands in the end, and what is wrong with it."""

    kills: int = 0
    rounds: int = 0
    takes: int = 0
    creates: int = 0
    unknown: int = 0
    collected: int = 0
    wrongs: list[str] = field(default_factory=list)


@contextlib.contextmanager
def fake_gemini(folder: Path, late: int) -> Iterator[str]:
    """A fake Gemini in a process of its own; the environment speaks to it. Gives its address."""
    script = folder / "script.json"
    slow = {"name": "slow-first-byte", "on": "video", "times": late, "after": 4}
    script.write_text(json.dumps({"faults": [slow] if late else []}))
    command = [sys.executable, "-m", "glimmer.testing", "--script", str(script), "--job-seconds", str(JOB_SECONDS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            told = dict(re.findall(r"export (\w+)=(\S+)", server.stdout.readline() + server.stdout.readline()))
            os.environ.update(told)
            yield told["GOOGLE_GEMINI_BASE_URL"]
        finally:
            server.terminate()


def counted(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/fake/state", timeout=10) as answer:
        read: dict[str, Any] = json.load(answer)
        return read


def warm() -> None:
    """Import what a child would import first."""
    from google import genai

    with contextlib.closing(genai.Client(api_key="none")) as client:
        assert client.interactions is not None


# ── a child ─────────────────────────────────────────────────────────────────────────────────────────────────
def orders(store: Store, round_number: int) -> list[Order]:
    artist, made = GeminiArtist(), []
    for shot in range(SHOTS):
        key = f"{round_number}-{shot}"
        store.put_entry("video", key, key)
        words = f"A lighthouse keeper walks to the lamp, shot {key}."
        request = ClipRequest(words=words, seconds=3.0, width_px=640, height_px=360)
        made.append(Order("video", key, key, artist, request, artist.shot))  # type: ignore[arg-type]
    return made


def work(folder: Path, round_number: int) -> int:
    """Make one round's shots, as a notebook would. 0: all stand; 3: some are of unknown outcome; 4: something else."""
    store = Store(Database(folder / "glimmer.db"), "Film")
    try:
        Maker("video", store, Assets(folder / "objects"), _RICH).make(orders(store, round_number), "filming", "clip")
    except OutcomeUnknown:
        return 3
    except GlimmerError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 4
    return 0


def lives(folder: Path, round_number: int, seconds: float) -> int:
    """Let a child work for at most so long, then kill it. Its exit code; -9 for one that was killed."""
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # its progress bars
        os._exit(work(folder, round_number))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


# ── the proof ───────────────────────────────────────────────────────────────────────────────────────────────
def run(kills: int, seed: int, late: int = LATE, life: float = LONGEST_LIFE_SECONDS) -> Found:
    found, dice = Found(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="glimmer-paid-") as scratch, fake_gemini(Path(scratch), late) as url:
        folder = Path(scratch)
        warm()
        while found.kills < kills:
            found.rounds += 1
            code = -9
            while code == -9 and found.kills < kills:
                code = lives(folder, found.rounds, dice.uniform(0.01, life))
                found.kills += code == -9
            if code == 4:
                found.wrongs.append(f"round {found.rounds} failed")
        if code == -9:
            lives(folder, found.rounds, 60.0)
        prove(folder, url, found)
    return found


def prove(folder: Path, url: str, found: Found) -> None:
    """Hold the ledger, the takes and the media against what the server says it was asked for."""
    database = Database(folder / "glimmer.db")
    store, assets = Store(database, "Film"), Assets(folder / "objects")
    found.collected = collect_open(store, assets, Models(), purse=_RICH).taken
    server = counted(url)
    found.creates = int(server["creates"].get("video", 0))
    if server["distinct_creates"].get("video", 0) != found.creates:
        found.wrongs.append(f"{found.creates} creates for {server['distinct_creates'].get('video')} distinct requests: paid twice")
    calls = [dict(zip(CALL_COLUMNS, row, strict=True)) for row in calls_of(store)]
    by_state = Counter(str(call["state"]) for call in calls)
    found.unknown = by_state["unknown"]
    if still := {state: by_state[state] for state in ("reserved", "submitting", "running", "lost") if by_state[state]}:
        found.wrongs.append(f"calls that nobody dealt with: {still}")
    done = {str(call["remote_id"]) for call in calls if call["state"] == "done"}
    named = {str(call["remote_id"]) for call in calls if call["remote_id"]}
    lost = set(server["jobs"]) - named
    if len(lost) > found.unknown:
        found.wrongs.append(f"{len(lost)} jobs that the ledger does not name, and only {found.unknown} unknown calls")
    if named - done:
        found.wrongs.append(f"{len(named - done)} jobs with a known name were not collected")
    for number in range(1, found.rounds + 1):
        for shot in range(SHOTS):
            key = f"{number}-{shot}"
            takes = store.takes("video", key)
            unknown = any(call["entry_key"] == key and call["state"] == "unknown" for call in calls)
            if len(takes) + unknown != 1:
                found.wrongs.append(f"shot {key} has {len(takes)} takes{' and is of unknown outcome' if unknown else ''}")
            found.takes += sum(assets.has(take.asset) for take in takes)
    if found.takes != by_state["done"]:
        found.wrongs.append(f"{by_state['done']} calls are done, and {found.takes} takes have their media")
    database.close()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--late", type=int, default=LATE, help="how many answers to creates come half a second late")
    parser.add_argument(
        "--life", type=float, default=LONGEST_LIFE_SECONDS, help="the longest life of a child; more on a busy machine"
    )
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    found = run(asked.kills, asked.seed, asked.late, asked.life)
    print(f"{found.kills} × kill -9 in {time.monotonic() - began:.0f} s, seed {asked.seed}, {os.cpu_count()} cores")
    print(
        f"  {found.rounds} rounds of {SHOTS} paid clips: {found.takes} takes, {found.collected} of them collected at the very end"
    )
    print(
        f"  {found.creates} creates on the server, each for another request; {found.unknown} calls of unknown outcome, none sent again"
    )
    print(f"  {len(found.wrongs)} wrongs")
    for words in found.wrongs[:20]:
        print(f"    {words}")
    return 1 if found.wrongs else 0


if __name__ == "__main__":
    sys.exit(main())
