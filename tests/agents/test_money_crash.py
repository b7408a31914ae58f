"""Whoever makes paid clips is killed at random moments: no job is lost, none is sent twice. `make crash-paid` does it with 100 kills."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_paid_job_is_lost_or_sent_twice_by_kill_9() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "crash_paid.py"), "--kills", "8", "--seed", "11"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=170, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = re.search(
        r"(\d+) rounds of (\d+) paid clips: (\d+) takes.*?(\d+) creates .*?(\d+) calls of unknown outcome", ran.stdout, re.S
    )
    assert told is not None, ran.stdout
    rounds, shots, takes, creates, unknown = map(int, told.groups())
    assert takes + unknown == rounds * shots and takes <= creates <= takes + unknown
