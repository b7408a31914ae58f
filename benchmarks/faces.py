"""The faces in a real browser against their goals: round trip, first paint, drag, seek, and how large they are, sent and saved.

Run: python benchmarks/faces.py [--quick]      on a quiet machine: browser, server and kernel share its processors
Prints a table and writes benchmarks/results/faces.json. Needs Chromium (`make browser`), and widgets/node_modules for the probe.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from harness.chromium import FLAGS, chromium  # noqa: E402
from harness.footage import footage  # noqa: E402
from harness.hosts import PROBE, begun  # noqa: E402
from harness.pages import Visitor, all_ran, command, face  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

RESULTS: Final = ROOT / "benchmarks" / "results" / "faces.json"
STATIC: Final = ROOT / "glimmer" / "widgets" / "static"
GOALS: Final = {"round trip": 20.0, "first paint": 200.0, "drag": 4.0, "seek": 300.0, "bundle": 150.0, "saved": 1_000.0}
PINGS: Final = """async ([count, apart]) => {
  const taken = [];
  for (let at = 0; at < count; at++) {
    if (apart) await new Promise((go) => setTimeout(go, apart));
    const began = performance.now();
    await probed.bridges[0].ask("ping");
    taken.push(performance.now() - began);
  }
  return taken;
}"""
SEEKS: Final = """async (film) => {
  const taken = [];
  for (const share of [0.8, 0.2, 0.95, 0.5, 0.35]) {
    const began = performance.now();
    const there = new Promise((seeked) => film.addEventListener("seeked", seeked, { once: true }));
    film.currentTime = film.duration * share;
    await there;
    taken.push(performance.now() - began);
  }
  return taken;
}"""
PLAYS: Final = "(film) => new Promise((play) => { film.readyState >= 3 ? play() : film.addEventListener('canplay', () => play()) })"
# When the snapshot came over the socket, and the output that the face is shown in (the later of the two is when a page has all it needs), and
# when the frame after the first card was drawn.
WATCH: Final = """
const Native = WebSocket;
window.arrived = [];
window.WebSocket = class extends Native {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      const text = typeof data === "string" ? data : new TextDecoder("latin1").decode(data);
      if (/"kind": ?"snapshot"/.test(text) || /"msg_type": ?"execute_result"/.test(text)) arrived.push(performance.now());
    });
  }
};
new MutationObserver(() => {
  if (window.painted === undefined && document.querySelector(".gl-root [role=gridcell]")) {
    window.painted = 0;
    requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
  }
}).observe(document, { childList: true, subtree: true });
"""


def probe_built(folder: Path) -> dict[str, str]:
    """The probe's bundle, as kernels are told of it."""
    esbuild = next((ROOT / "widgets/node_modules/@esbuild").glob("*/bin/esbuild"))
    out = folder / "probe.js"
    told = ["--bundle", "--format=esm", "--target=es2022", "--jsx=automatic", "--jsx-import-source=preact", "--log-level=error"]
    environment = os.environ | {"NODE_PATH": str(ROOT / "widgets/node_modules")}
    subprocess.run([esbuild, PROBE / "index.tsx", *told, f"--outfile={out}"], check=True, cwd=ROOT / "widgets", env=environment)
    return {"GLIMMER_PROBE_ESM": str(out)}


class Bench:
    """One browser and a scratch folder; each figure a method that yields (goal or "", what, figures, unit)."""

    def __init__(self, stack: ExitStack, quick: bool) -> None:
        self.quick = quick
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="glimmer-faces-")))
        self.environment = probe_built(self.folder)
        playwright = stack.enter_context(sync_playwright())
        self.browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        stack.callback(self.browser.close)

    def shown(
        self, name: str, notebook: str, cells: list[str], stack: ExitStack, studio: Path | None = None, watch: str = ""
    ) -> Any:
        """(host, page) with these cells run."""
        home = self.folder / f"{name}-{notebook}"
        host = stack.enter_context(begun(name, home, environment=self.environment, studio=studio))
        host.write(notebook, cells)
        visitor = Visitor.comes(self.browser)
        stack.callback(visitor.leave)
        if watch:
            visitor.context.add_init_script(watch)
        page = visitor.run(host, notebook)
        return host, page

    def round_trips(self) -> Iterator[tuple[str, str, list[float], str]]:
        cells = ["import glimmer as gl\nfrom probe_face import Probe\nprobe = Probe(gl.Project('Trip'))\nprobe"]
        for name in ("lab", "notebook", "voila"):
            with ExitStack() as stack:
                host, page = self.shown(name, "trip", cells, stack)
                face(page, re.compile("^Probe"))
                all_ran(host, page)
                page.evaluate(PINGS, [10, 0])  # the first find a cold kernel
                count = 40 if self.quick else 200
                yield "round trip", f"round trip, {name}, 0.15 s apart", page.evaluate(PINGS, [count, 150]), "ms"
                yield "", f"round trip, {name}, at each other's heels", page.evaluate(PINGS, [count, 0]), "ms"

    def first_paint(self) -> Iterator[tuple[str, str, list[float], str]]:
        from big_film import TITLE, build

        from glimmer import Project

        for takes_each in (10, 2):
            studio = self.folder / f"big{takes_each}"
            build(studio, takes=2_000 if self.quick else 19_430, takes_each=takes_each)  # half are video
            taken: list[float] = []
            for at in range(1 if self.quick else 3):
                with ExitStack() as stack:
                    cells = [f"import glimmer as gl\nfilm = gl.Project({TITLE!r})\nfilm.video"]
                    _, page = self.shown("lab", f"paint{takes_each}-{at}", cells, stack, studio, WATCH)
                    page.wait_for_function("() => window.painted > 0")
                    taken.append(page.evaluate("() => painted - arrived.findLast((at) => at < painted)"))
            entries = len(Project(TITLE, studio=studio).video)
            what = f"first paint after data, a bucket of {entries * takes_each:,} takes in {entries:,} entries"
            yield "first paint", what, taken, "ms"

    def drag(self) -> Iterator[tuple[str, str, list[float], str]]:
        command_line = [sys.executable, ROOT / "benchmarks/timeline_drag.py", "--chromium", chromium()]
        told = subprocess.run(command_line, capture_output=True, text=True, check=True).stdout
        for what, median in re.findall(r"^(.*?)  +\d+ clips, .*?p50 ([\d.]+) ms", told, re.M):
            yield "drag", f"a frame of a drag of 1,000 clips: {what.strip()}", [float(median)], "ms"

    def seek(self) -> Iterator[tuple[str, str, list[float], str]]:
        film = footage(self.folder / "big.mp4", seconds=30, width_px=1280, height_px=720, kilobits=8_000)
        megabytes = film.stat().st_size / 1e6
        begin = f"take = gl.Project('Seek').video.add({str(film)!r}, name='gull').takes[-1]"
        shown = "probe = Probe(gl.Project('Seek'), films=(f'asset/{take.asset}',))\nprobe"
        for name in ("lab", "voila"):
            with ExitStack() as stack:
                _, page = self.shown(name, "seek", [f"import glimmer as gl\nfrom probe_face import Probe\n{begin}\n{shown}"], stack)
                video = face(page, re.compile("^Probe")).get_by_label("film", exact=True)
                video.evaluate(PLAYS)
                yield "seek", f"seek in a film of {megabytes:.0f} MB, 720p, {name}", video.evaluate(SEEKS), "ms"

    def sizes(self) -> Iterator[tuple[str, str, list[float], str]]:
        for path in sorted(STATIC.glob("*.js")):
            yield "bundle", f"{path.name}", [path.stat().st_size / 1e3], "kB"

    def saved(self) -> Iterator[tuple[str, str, list[float], str]]:
        script = ROOT / "examples" / "one_silent_shot.fountain"
        cells = [
            f"import glimmer as gl\nfilm = gl.Project('Kite')\nfilm.make(film.screenplays.read({str(script)!r}), preset='draft')",
            "gl.Studio()", "gl.Chat(film)", "film.video", "gl.Timeline(film)", "film.renders",
        ]  # fmt: skip
        with ExitStack() as stack:
            host, page = self.shown("lab", "saved", cells, stack)
            yield "saved", "a notebook with all five, saved with its widgets", [_saved_kilobytes(host, page)], "kB"


def _saved_kilobytes(host: Any, page: Page) -> float:
    all_ran(host, page)
    for label in ("Studio", "Chat", "Bucket", "Timeline", "Renders"):
        face(page, re.compile(f"^{label}"))
    command(page, "docmanager:save")
    return float((host.folder / "saved.ipynb").stat().st_size / 1e3)


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="fewer and smaller; no figures to be quoted")
    asked.add_argument("--only", choices=("round_trips", "first_paint", "drag", "seek", "sizes", "saved"))
    given = asked.parse_args()
    machine = (
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )
    print(f"{machine}\n\n| what | p50 | slowest | goal | |\n|---|---|---|---|---|")
    rows: list[dict[str, Any]] = []
    with ExitStack() as stack:
        bench = Bench(stack, given.quick)
        names = [given.only] if given.only else ["sizes", "round_trips", "seek", "first_paint", "drag", "saved"]
        for goal, what, figures, unit in (row for name in names for row in getattr(bench, name)()):
            median, most = statistics.median(figures), GOALS.get(goal)
            met = most is None or median <= most
            rows.append({"what": what, "p50": round(median, 2), "slowest": round(max(figures), 2), "unit": unit, "goal": most, "met": met})
            against = f"{most:g} | {'met' if met else '**missed**'}" if most else "|"
            print(f"| {what} | {median:.1f} {unit} | {max(figures):.1f} | {against} |", flush=True)
    if not given.quick and not given.only:
        RESULTS.write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n", encoding="utf-8")
        print(f"\n{RESULTS.relative_to(ROOT)} written")
    return 0 if all(row["met"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
