"""How fast Glimmer renders, against its peers and against the encoder alone; what an edit costs; how much memory; how true a move.

    python benchmarks/render.py                      # the whole table, both sizes: about 35 minutes on two quiet cores
    python benchmarks/render.py --quick              # a trial: 15 s of film, one pair each
    python benchmarks/render.py --size 720p --only ffmpeg,edits --runs 9
    python benchmarks/render.py --only tree --tree ../other/checkout

Every figure comes from whole processes, run by turns (ours, the peer, ours, the peer …); a ratio is the median of the pairs' ratios.
CPU is user + system of the process and its children (wait4), memory the largest of these processes. A peer that cannot be installed or
fails is said in the table. Raw runs are kept as JSON, and `--only` adds to those that are there. Needs ffmpeg on the PATH, for the
peers alone; melt is run if it is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import render_peers
from render_table import told, write_docs

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
SIZES: Final = {"720p": "1280x720", "1080p": "1920x1080"}
SMALL: Final = "640x360"  # for memory over time: ten minutes are rendered
WHOLE, SHORT = 20, 5  # shots: 60 s and 15 s
LONGEST_RUN_SECONDS: Final = 1_800
INSTALL_SECONDS: Final = 900
# A pair's wall in renders of 15 s by Glimmer at the same size, from trials: for the estimate alone.
COSTS: Final = {"x264": 7.5, "ffmpeg": 10.5, "moviepy": 13.0, "moviepy60": 54.0, "melt": 6.0, "movis": 6.0, "edits": 6.0}
COSTS_FLAT: Final = {"memory": 60.0, "jitter": 20.0, "frame": 15.0, "plan": 10.0, "tree": 0.0}  # seconds
NAMES: Final = (*COSTS, *COSTS_FLAT)


class Missing(Exception):
    """A peer that cannot be run, and why."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", choices=(*SIZES, "both"), default="both")
    parser.add_argument("--runs", type=int, default=5, help="pairs to a figure (5)")
    parser.add_argument("--only", default="", help=f"some of the figures, with commas: {', '.join(NAMES)}")
    parser.add_argument(
        "--shots", type=int, default=0, help="length of the film in shots of 3 s, for all figures (20 or 5 by figure)"
    )
    parser.add_argument("--quick", action="store_true", help="one pair of 5 shots each; nothing is written into the repository")
    parser.add_argument("--folder", type=Path, default=ROOT / ".venv-bench", help="media, environments, what is made (.venv-bench)")
    parser.add_argument("--results", type=Path, help="where raw runs are kept (benchmarks/results/render.json)")
    parser.add_argument("--tree", type=Path, help="another checkout of Glimmer to run against this one (--only tree)")
    parser.add_argument("--ours", type=Path, default=ROOT, help="the checkout that is measured (this one)")
    asked = parser.parse_args()
    only = tuple(name for name in asked.only.split(",") if name) or tuple(name for name in NAMES if name != "tree")
    unknown = set(only) - set(NAMES)
    if unknown or ("tree" in only and not asked.tree):
        parser.error(f"--only has {', '.join(unknown) or 'tree without --tree'}; expected some of {', '.join(NAMES)}")
    if asked.quick:
        asked.runs, asked.shots = min(asked.runs, 1), asked.shots or SHORT
    asked.folder = asked.folder.resolve()
    asked.folder.mkdir(parents=True, exist_ok=True)
    asked.results = asked.results or (asked.folder if asked.quick else HERE / "results") / "render.json"
    sizes = tuple(SIZES) if asked.size == "both" else (asked.size,)
    results = _kept(asked.results)
    results["machine"] = _machine()
    print(_machine_line(results["machine"]), flush=True)
    benches = [Bench(size, asked, results) for size in sizes]
    print(f"about {sum(bench.minutes(only) for bench in benches):.0f} minutes in all, on an idle machine", flush=True)
    for bench in benches:
        bench.run(only)
    print("\n" + told(results))
    if not asked.quick and not asked.shots and asked.results.parent == HERE / "results":
        write_docs(ROOT / "docs" / "performance.md", results)
    return 0


def _kept(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _machine() -> dict[str, Any]:
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else None
    ffmpeg = shutil.which("ffmpeg")
    version = (
        subprocess.run([ffmpeg, "-version"], capture_output=True, text=True, check=False).stdout.split(" Copyright")[0]
        if ffmpeg
        else "-"
    )
    return {
        "cpu": model[1] if model else platform.processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "ffmpeg": version,
        "load": round(os.getloadavg()[0], 2),
        "day": time.strftime("%Y-%m-%d"),
    }


def _machine_line(machine: dict[str, Any]) -> str:
    return f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}, Python {machine['python']}, {machine['ffmpeg']}, load {machine['load']}"


# ── one process, measured ───────────────────────────────────────────────────────────────────────────────────
def measured(command: list[str], path: tuple[Path, ...] = ()) -> dict[str, Any]:
    """Runs it to its end: wall and CPU seconds, peak MiB of its largest process, the load before it, and the JSON it said last.

    Raises: Missing with its last words if it fails or takes LONGEST_RUN_SECONDS.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "QT_QPA_PLATFORM": "offscreen",
    }  # movis draws with Qt, and there is no screen
    load, began = os.getloadavg()[0], time.perf_counter()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child.pid, signal.SIGKILL))
    signal.alarm(LONGEST_RUN_SECONDS)
    try:
        said = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
        raise
    finally:
        signal.alarm(0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if child.returncode:
        last = [line for line in said.strip().splitlines() if line.strip()][-1:] or ["it said nothing"]
        raise Missing(f"failed ({child.returncode}) after {wall:.0f} s: {last[0][:200]}")
    run = {
        "wall": round(wall, 3),
        "cpu": round(used.ru_utime + used.ru_stime, 3),
        "peak_mib": round(used.ru_maxrss / 1024, 1),
        "load": round(load, 2),
    }
    answer = said.strip().splitlines()[-1:] or [""]
    return run | ({"said": json.loads(answer[0])} if answer[0].startswith("{") else {})


# ── all figures of one size ─────────────────────────────────────────────────────────────────────────────────
class Bench:
    """The figures of one size. What is found is in `results[size]` and on disk after each figure."""

    def __init__(self, size: str, asked: argparse.Namespace, results: dict[str, Any]) -> None:
        self.size, self.pixels, self.asked, self.results = size, SIZES[size], asked, results
        self.folder: Path = asked.folder
        self.found: dict[str, Any] = results.setdefault(size, {})
        self.ffmpeg = shutil.which("ffmpeg") or ""
        self.short_seconds = 0.0

    def minutes(self, only: tuple[str, ...]) -> float:
        """How long it will take, from one short render by us on this machine now."""
        for shots in {self._shots(name) for name in only if name in COSTS} | {SHORT}:
            self._prepared(self.pixels, shots)
        self.short_seconds = measured(self._ours(SHORT, self.folder / "ours.mp4"), self._path())["wall"]
        total = 0.0
        for name in self._wanted(only):
            long = self._shots(name) / (SHORT if name in ("moviepy", "melt", "movis") or self.size != "720p" else WHOLE)
            total += COSTS.get(name, 0) * self.short_seconds * self._runs(name) * long + COSTS_FLAT.get(name, 0) * self._runs(name)
        return total / 60

    def run(self, only: tuple[str, ...]) -> None:
        wanted = self._wanted(only)
        for place, name in enumerate(wanted, 1):
            began = time.perf_counter()
            print(f"\n[{self.size} {place}/{len(wanted)}] {name}, {self._runs(name)} × {self._shots(name)} shots", flush=True)
            try:
                with self._kept_apart():
                    self.found[name] = getattr(self, f"_{name}")(self._shots(name), self._runs(name))
            except Missing as why:
                self.found[name] = {"missing": str(why)}
                print(f"  {name}: {why}", flush=True)
            print(f"  took {time.perf_counter() - began:.0f} s", flush=True)
            self.asked.results.parent.mkdir(parents=True, exist_ok=True)
            self.asked.results.write_text(json.dumps(self.results, indent=1) + "\n", encoding="utf-8")

    def _wanted(self, only: tuple[str, ...]) -> list[str]:
        once = ("memory", "jitter", "plan", "moviepy60")  # at 720p alone: they do not depend on the size, or cost too much
        return [name for name in NAMES if name in only and (self.size == "720p" or name not in once)]

    def _shots(self, name: str) -> int:
        """60 s for what is near us, 15 s for what is ten times slower; the larger size 15 s."""
        if self.asked.shots:
            return int(self.asked.shots) if name != "edits" or self.asked.shots >= WHOLE or not self.asked.quick else WHOLE
        if name in ("moviepy", "melt", "movis") or (self.size == "1080p" and name in ("x264", "ffmpeg")):
            return SHORT
        return WHOLE

    def _runs(self, name: str) -> int:
        fewer = {"moviepy60": 1, "melt": 1, "movis": 1, "memory": 3, "jitter": 1, "frame": 1, "plan": 1}
        if self.size == "1080p":
            fewer["edits"] = 3
        return min(int(self.asked.runs), fewer.get(name, 1_000))

    @contextmanager
    def _kept_apart(self) -> Iterator[None]:
        """What a figure left in memory or on disk is taken away after it, also when it fails."""
        try:
            yield
        finally:
            self._raw().unlink(missing_ok=True)
            for cache in self.folder.glob("cache*"):
                shutil.rmtree(cache, ignore_errors=True)

    # ── commands
    def _path(self, tree: Path | None = None) -> tuple[Path, ...]:
        return (tree or self.asked.ours).resolve(), HERE

    def _command(self, command: str, *more: str, shots: int, pixels: str = "") -> list[str]:
        about = ["--folder", str(self.folder), "--size", pixels or self.pixels, "--shots", str(shots), *more]
        return [sys.executable, str(HERE / "render_ours.py"), command, *about]

    def _ours(self, shots: int, out: Path, *more: str, pixels: str = "") -> list[str]:
        return self._command("film", "--out", str(out), *more, shots=shots, pixels=pixels)

    def _prepared(self, pixels: str, shots: int) -> Path:
        """The film in numbers for peers; its media and the cut are there afterwards."""
        measured(self._command("prepare", shots=shots, pixels=pixels), self._path())
        return self.folder / f"film-{pixels}-{shots}.json"

    def _film(self, shots: int) -> tuple[Path, render_peers.Film]:
        path = self._prepared(self.pixels, shots)
        return path, render_peers.read(path)

    def _raw(self) -> Path:
        memory = Path("/dev/shm")
        return (memory if memory.is_dir() else self.folder) / f"glimmer-bench-{os.getpid()}.yuv"

    def _need_ffmpeg(self) -> str:
        if not self.ffmpeg:
            raise Missing("ffmpeg is not on the PATH")
        return self.ffmpeg

    def _environment(self, peer: str) -> Path:
        """The Python of the peer's own environment, made at the first time."""
        wanted = next(line for line in (HERE / "render_requirements.txt").read_text().splitlines() if line.startswith(f"{peer}=="))
        home = self.folder / f"venv-{peer}"
        if not (home / ".ready").is_file():
            print(f"  installing {wanted} into {home} …", flush=True)
            venv.create(home, with_pip=True, clear=True)
            command = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted.split()]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
            except subprocess.TimeoutExpired as late:
                raise Missing(f"would not install: pip took more than {INSTALL_SECONDS} s") from late
            if done.returncode:
                raise Missing(f"would not install: {(done.stderr.strip().splitlines() or ['pip failed'])[-1][:200]}")
            (home / ".ready").touch()
        return home / "bin" / "python"

    # ── pairs
    def _paired(self, runs: int, ours: list[str], peer: list[str], peer_path: tuple[Path, ...] = ()) -> dict[str, Any]:
        pairs: dict[str, list[dict[str, Any]]] = {"ours": [], "peer": []}
        for number in range(runs):
            for side, command, path in (("ours", ours, self._path()), ("peer", peer, peer_path)):
                run = measured(command, path)
                pairs[side].append(run)
                print(
                    f"  {number + 1}/{runs} {side:5} wall {run['wall']:7.2f} s  CPU {run['cpu']:7.2f} s  peak {run['peak_mib']:6.0f} MiB  load {run['load']:.1f}",
                    flush=True,
                )
        return pairs

    def _against(
        self, shots: int, runs: int, make: Callable[[Path, render_peers.Film, Path], list[str]], name: str
    ) -> dict[str, Any]:
        """Pairs of ours and a peer over the film, and how like ours the peer's film is."""
        path, film = self._film(shots)
        ours, peer = self.folder / "ours.mp4", self.folder / f"{name}.mp4"
        peer.unlink(missing_ok=True)
        pairs = self._paired(runs, self._ours(shots, ours), make(path, film, peer))
        return {"shots": shots, **pairs, "same": self._same(ours, peer, film["frames"])}

    def _same(self, ours: Path, peer: Path, frames: int) -> dict[str, Any]:
        """Frames of the peer's film, and its likeness to ours: SSIM of the luma, 1 if every pixel is the same."""
        ffmpeg = self._need_ffmpeg()
        counted = subprocess.run(
            [ffmpeg, "-nostdin", "-i", str(peer), "-map", "0:v", "-c", "copy", "-f", "null", "-"],
            capture_output=True,
            text=True,
            check=False,
        )
        found = re.findall(r"frame=\s*(\d+)", counted.stderr)
        graph = "[0:v]setpts=N[a];[1:v]setpts=N[b];[a][b]ssim=shortest=1"
        likened = subprocess.run(
            [ffmpeg, "-nostdin", "-i", str(peer), "-i", str(ours), "-lavfi", graph, "-f", "null", "-"],
            capture_output=True,
            text=True,
            check=False,
        )
        ssim = re.search(r"SSIM Y:([\d.]+)", likened.stderr)
        same = {
            "frames": int(found[-1]) if found else 0,
            "expected": frames,
            "ssim_y": float(ssim[1]) if ssim else 0.0,
            "bytes": peer.stat().st_size,
            "our_bytes": ours.stat().st_size,
        }
        print(
            f"  the same film? {same['frames']} of {frames} frames, SSIM {same['ssim_y']:.3f}; {same['bytes'] / 1e6:.2f} MB, ours {same['our_bytes'] / 1e6:.2f}",
            flush=True,
        )
        return same

    def _x264(self, shots: int, runs: int) -> dict[str, Any]:
        ffmpeg, (_, film) = self._need_ffmpeg(), self._film(shots)
        width, height = film["width"], film["height"]
        need, raw = film["frames"] * width * height * 3 // 2, self._raw()
        if shutil.disk_usage(raw.parent).free < need * 1.2 or _free_memory() < need * 1.5:
            raise Missing(f"raw frames need {need / 1e9:.1f} GB in memory; ask for fewer --shots")
        drawn = self.folder / "drawn.mp4"
        measured(self._ours(shots, drawn, "--lossless"), self._path())
        measured(
            [
                ffmpeg,
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-i",
                str(drawn),
                "-map",
                "0:v",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                str(raw),
            ]
        )
        drawn.unlink()
        return self._against(shots, runs, lambda _, film, out: render_peers.x264_command(ffmpeg, raw, film, out), "x264")

    def _ffmpeg(self, shots: int, runs: int) -> dict[str, Any]:
        ffmpeg = self._need_ffmpeg()
        scratch = self.folder / "graph"
        scratch.mkdir(exist_ok=True)
        return self._against(shots, runs, lambda _, film, out: render_peers.ffmpeg_command(ffmpeg, film, out, scratch), "ffmpeg")

    def _moviepy(self, shots: int, runs: int) -> dict[str, Any]:
        return self._by_python("moviepy", shots, runs)

    def _moviepy60(self, shots: int, runs: int) -> dict[str, Any]:
        return self._by_python("moviepy", shots, runs)

    def _movis(self, shots: int, runs: int) -> dict[str, Any]:
        return self._by_python("movis", shots, runs)

    def _by_python(self, peer: str, shots: int, runs: int) -> dict[str, Any]:
        python = self._environment(peer)
        script = str(HERE / "render_peers.py")
        return self._against(shots, runs, lambda path, _, out: [str(python), script, peer, str(path), str(out)], peer)

    def _melt(self, shots: int, runs: int) -> dict[str, Any]:
        melt = shutil.which("melt") or shutil.which("melt-7")
        if not melt:
            raise Missing("not on this machine (apt install melt)")
        scratch = self.folder / "graph"
        scratch.mkdir(exist_ok=True)
        return self._against(shots, runs, lambda _, film, out: render_peers.melt_command(melt, film, out, scratch), "melt")

    def _tree(self, shots: int, runs: int) -> dict[str, Any]:
        self._prepared(self.pixels, shots)
        command = self._ours(shots, self.folder / "ours.mp4")
        return {"shots": shots, "tree": str(self.asked.tree), **self._paired(runs, command, command, self._path(self.asked.tree))}

    # ── ours alone
    def _edits(self, shots: int, runs: int) -> dict[str, Any]:
        run = measured(self._command("edits", "--runs", str(runs), shots=shots), self._path())
        seconds = run["said"]["seconds"]
        full = statistics.median(seconds["full"])
        for name, each in seconds.items():
            print(
                f"  {name:30} {statistics.median(each):7.2f} s  {100 * statistics.median(each) / full:6.2f} % of a full render",
                flush=True,
            )
        return {"shots": shots, **run}

    def _memory(self, _: int, runs: int) -> dict[str, Any]:
        said: dict[str, Any] = {"60 s": [], "600 s": []}
        lengths = {"60 s": WHOLE, "600 s": WHOLE * 10}
        for shots in lengths.values():
            self._prepared(SMALL, shots)
        for _run in range(runs):
            for name, shots in lengths.items():
                run = measured(self._ours(shots, self.folder / "ours.mp4", pixels=SMALL), self._path())
                said[name].append(run)
                print(f"  {name:6} peak {run['peak_mib']:6.0f} MiB, wall {run['wall']:.1f} s", flush=True)
        return said

    def _jitter(self, _: int, __: int) -> dict[str, Any]:
        return self._alone("jitter", "--ffmpeg", self.ffmpeg or "-")

    def _frame(self, shots: int, _: int) -> dict[str, Any]:
        return self._alone("frame", shots=shots)

    def _plan(self, _: int, __: int) -> dict[str, Any]:
        return self._alone("plan", "--runs", str(max(self.asked.runs, 5)))

    def _alone(self, command: str, *more: str, shots: int = SHORT) -> dict[str, Any]:
        run = measured(self._command(command, *more, shots=shots), self._path())
        print(f"  {json.dumps(run['said'])}", flush=True)
        return run


def _free_memory() -> int:
    """Bytes that can be had without swapping; where nobody says, as much as is asked."""
    memory = Path("/proc/meminfo")
    found = re.search(r"MemAvailable:\s+(\d+)", memory.read_text()) if memory.exists() else None
    return int(found[1]) * 1024 if found else sys.maxsize


if __name__ == "__main__":
    sys.exit(main())
