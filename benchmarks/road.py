"""How long the road takes, as a person meets it: whole processes, a fresh studio, the shipped screenplay.

    python benchmarks/road.py            # 720p24; or: python benchmarks/road.py 1080p24

Prints a row a run: wall and CPU seconds (children too), and wall as a share of the film's own running time.
Numbers in the README come from here; run it on an idle machine.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "examples" / "lighthouse.fountain"


def measured(script: Path, folder: Path, preset: str) -> tuple[float, float, str]:
    """(wall seconds, CPU seconds, what it printed) of one `glimmer make`."""
    command = [sys.executable, "-m", "glimmer.cli", "make", str(script), "-o", str(folder / "film.mp4")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    run = subprocess.run(
        [*command, "--preset", preset, "--studio", str(folder / "studio")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, run.stdout


def film_seconds(said: str) -> float:
    """The film's length, from the frames that the summary names."""
    found = re.search(r"([\d,]+) frames at (\S+)", said)
    if found is None:
        raise SystemExit(f"no length in what was printed:\n{said}")
    return int(found[1].replace(",", "")) / float(found[2])


def main(preset: str) -> None:
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {preset}, {SCRIPT.name}")
    print("run                          wall s   CPU s   wall / film   takes made")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        changed = folder / SCRIPT.name
        changed.write_text(SCRIPT.read_text(encoding="utf-8").replace("No, love.", "No, my love."), encoding="utf-8")
        for label, script in (("from nothing", SCRIPT), ("again, nothing changed", SCRIPT), ("one line changed", changed)):
            wall, cpu, said = measured(script, folder, preset)
            length = film_seconds(said)
            made = re.search(r"takes\s+(\d+) made", said)
            print(f"{label:27}{wall:8.1f}{cpu:8.1f}{wall / length:14.2f}{made[1] if made else '?':>13}")
    print(f"the film lasts {length:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "720p24")
