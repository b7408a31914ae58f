"""Whatever is killed, and whenever: what was acknowledged is there. `make crash` does the same with 2,000 kills."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KILLS = 60
WRONGS = {
    "lost": "acknowledged saves lost",
    "halves": "half transactions",
    "damaged": "damaged objects or archives",
    "stuck": "leftovers that can't be collected",
}


def crash(*arguments: str) -> tuple[int, dict[str, int], str]:
    """The exit code, how often each kind of harm was found, and all that was printed."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "crash.py"), *arguments],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    counts = {kind: re.search(rf"(\d[\d,]*)  {words}", ran.stdout) for kind, words in WRONGS.items()}
    assert all(counts.values()), ran.stdout + ran.stderr
    return (
        ran.returncode,
        {kind: int(found[1].replace(",", "")) for kind, found in counts.items() if found},
        ran.stdout + ran.stderr,
    )


def test_no_acknowledged_save_is_lost_and_no_transaction_is_halved_by_kill_9() -> None:
    code, counts, words = crash("--kills", str(KILLS), "--seed", "3")
    assert f"{KILLS} × kill -9" in words
    assert (code, counts) == (0, {"lost": 0, "halves": 0, "damaged": 0, "stuck": 0}), words
    acknowledged = re.search(r"acknowledged +([\d,]+) saves", words)
    assert acknowledged is not None and int(acknowledged[1].replace(",", "")) >= KILLS, words  # they did get to work


@pytest.mark.parametrize(("sabotage", "harm"), [("early", "lost"), ("in place", "damaged"), ("halves", "halves")])
def test_the_harness_sees_a_broken_promise(sabotage: str, harm: str) -> None:
    code, counts, words = crash("--kills", "16", "--seed", "2", "--sabotage", sabotage)
    assert code == 1 and counts[harm] > 0, words
