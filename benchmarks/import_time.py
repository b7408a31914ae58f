"""How long `import glimmer` takes in a new process, beside an empty Python. Run: python benchmarks/import_time.py"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15


def seconds(statement: str) -> float:
    """The median wall time of a new interpreter that runs `statement`."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    empty = seconds("pass")
    for statement in (
        "import glimmer",
        "import glimmer as gl; gl.Idea('a keeper')",
        "import glimmer.cli",
        "import glimmer as gl; gl.Project",
    ):
        print(f"{seconds(statement) - empty:7.3f} s  {statement}")
    print(f"{empty:7.3f} s  an empty Python, taken off the above")


if __name__ == "__main__":
    main()
