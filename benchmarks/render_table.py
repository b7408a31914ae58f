"""The render benchmark's raw runs as a table in Markdown, each figure beside its goal; and the same table in docs/performance.md."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

__all__ = ["told", "write_docs"]

BEGIN, END = "<!-- figures: written by benchmarks/render.py -->", "<!-- end of figures -->"
Runs = dict[str, Any]


class Figure(NamedTuple):
    """A row: how it is found in one size's runs, and the goal it must not exceed (None: no goal)."""

    label: str
    run: str
    find: Callable[[Runs], float]
    goal: float | None
    shown: str  # how a number is written

    def write(self, value: float) -> str:
        if self.shown == "share":
            return f"1/{1 / value:.1f}"
        return {
            "ratio": f"{value:.2f}",
            "percent": f"{value * 100:.1f} %",
            "px": f"{value:.4f} px",
            "ms": f"{value:.0f} ms",
            "s": f"{value:.3f} s",
        }[self.shown]


def _ratio(what: str) -> Callable[[Runs], float]:
    """Ours to the peer's, the median of the pairs' ratios."""
    return lambda runs: float(
        statistics.median(ours[what] / peer[what] for ours, peer in zip(runs["ours"], runs["peer"], strict=True))
    )


def _edit(name: str) -> Callable[[Runs], float]:
    def share(runs: Runs) -> float:
        seconds = runs["said"]["seconds"]
        return float(statistics.median(seconds[name]) / statistics.median(seconds["full"]))

    return share


def _said(name: str) -> Callable[[Runs], float]:
    def value(runs: Runs) -> float:
        found = runs["said"][name]
        return float(statistics.median(found)) if isinstance(found, list) else float(found)

    return value


def _memory(runs: Runs) -> float:
    peak = {name: statistics.median(run["peak_mib"] for run in runs[name]) for name in ("60 s", "600 s")}
    return float(peak["600 s"] / peak["60 s"])


FIGURES: Final = (
    Figure("wall, Glimmer / moviepy (15 s)", "moviepy", _ratio("wall"), 1 / 12, "share"),
    Figure("wall, Glimmer / moviepy (60 s, one pair)", "moviepy60", _ratio("wall"), 1 / 12, "share"),
    Figure("CPU, Glimmer / moviepy (15 s)", "moviepy", _ratio("cpu"), None, "share"),
    Figure("wall, Glimmer / ffmpeg graph", "ffmpeg", _ratio("wall"), 0.6, "ratio"),
    Figure("CPU, Glimmer / ffmpeg graph", "ffmpeg", _ratio("cpu"), None, "ratio"),
    Figure("wall, Glimmer / x264 alone", "x264", _ratio("wall"), 1.2, "ratio"),
    Figure("CPU, Glimmer / x264 alone", "x264", _ratio("cpu"), 1.2, "ratio"),
    Figure("wall, Glimmer / melt (15 s)", "melt", _ratio("wall"), None, "share"),
    Figure("wall, Glimmer / movis (15 s)", "movis", _ratio("wall"), None, "share"),
    Figure("one still of 20 changed, of a full render", "edits", _edit("one still changed"), 0.06, "percent"),
    Figure("one caption word changed", "edits", _edit("one caption word changed"), 0.03, "percent"),
    Figure("one shot moved", "edits", _edit("one shot moved"), 0.02, "percent"),
    Figure("one shot moved, and the voice in it", "edits", _edit("one shot moved, its voice too"), None, "percent"),
    Figure("nothing changed", "edits", _edit("nothing changed"), 0.015, "percent"),
    Figure("peak memory, 600 s / 60 s (640 × 360)", "memory", _memory, 1.05, "ratio"),
    Figure("motion, RMS error of a slow push", "jitter", _said("ours_px"), 0.02, "px"),
    Figure("… of ffmpeg's zoompan", "jitter", _said("zoompan_px"), None, "px"),
    Figure("a single frame, warm: its shot was looked at", "frame", _said("warm_ms"), 0.05 * 1000, "ms"),
    Figure("… cold: a shot never looked at", "frame", _said("cold_ms"), None, "ms"),
    Figure("plan of 2,000 shots", "plan", _said("seconds"), 0.2, "s"),
)


def told(results: dict[str, Any]) -> str:
    """The table of figures, then the table of runs, then which films were compared."""
    sizes = [size for size in ("720p", "1080p") if results.get(size)]
    rows = [f"| figure | goal | {' | '.join(f'{size}30' for size in sizes)} |", f"|---|---|{'---|' * len(sizes)}"]
    for figure in FIGURES:
        cells = [_cell(figure, results[size]) for size in sizes]
        if any(cell != "–" for cell in cells):
            rows.append(f"| {figure.label} | {'≤ ' + figure.write(figure.goal) if figure.goal else '–'} | {' | '.join(cells)} |")
    machine = results.get("machine", {})
    about = f"{machine.get('day')}, {machine.get('cpu')}, {machine.get('cores')} cores, {machine.get('system')}, Python {machine.get('python')}, {machine.get('ffmpeg')}; load at the start {machine.get('load')}."
    return "\n".join([about, "", *rows, "", *_runs_told(results, sizes)])


def _cell(figure: Figure, found: Runs) -> str:
    runs = found.get(figure.run)
    if runs is None:
        return "–"
    if "missing" in runs:
        return str(runs["missing"])
    try:
        value = figure.find(runs)
    except KeyError:
        return "–"
    if figure.goal is None:
        return figure.write(value)
    return (
        f"{figure.write(value)} ✓"
        if value <= figure.goal
        else f"**{figure.write(value)}**, missed by {100 * (value / figure.goal - 1):.0f} %"
    )


def _runs_told(results: dict[str, Any], sizes: list[str]) -> list[str]:
    rows = [
        "| film | runs | ours: wall s | CPU s | peak MiB | theirs: wall s | CPU s | peak MiB | their film: frames, SSIM to ours, MB (ours) | load |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for size in sizes:
        for name in ("x264", "ffmpeg", "moviepy", "moviepy60", "melt", "movis", "tree"):
            runs = results[size].get(name)
            if runs and "ours" in runs:
                rows.append(_run_row(f"{size}30, {runs['shots'] * 3} s, {name.removesuffix('60')}", runs))
    return rows if len(rows) > 2 else []


def _run_row(label: str, runs: Runs) -> str:
    def middle(side: str, what: str) -> str:
        return f"{statistics.median(run[what] for run in runs[side]):.{0 if what == 'peak_mib' else 2}f}"

    same = runs.get("same")
    seen = (
        f"{same['frames']} of {same['expected']}, {same['ssim_y']:.3f}, {same['bytes'] / 1e6:.2f} ({same['our_bytes'] / 1e6:.2f})"
        if same
        else "–"
    )
    loads = [run["load"] for side in ("ours", "peer") for run in runs[side]]
    columns = [middle(side, what) for side in ("ours", "peer") for what in ("wall", "cpu", "peak_mib")]
    return f"| {label} | {len(runs['ours'])} | {' | '.join(columns)} | {seen} | {min(loads):.1f}–{max(loads):.1f} |"


def write_docs(page: Path, results: dict[str, Any]) -> None:
    """Put the table between the two marks in the page. A page without them is left as it is."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    if BEGIN in text and END in text:
        before, rest = text.split(BEGIN, 1)
        page.write_text(f"{before}{BEGIN}\n{told(results)}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")
