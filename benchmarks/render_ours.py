"""Glimmer's side of the render benchmark: each command is a process of its own, started by render.py, and says its figures as JSON.

film      renders the reference film once, as a person's first render does: imports, plan, drawing, encoding, joining
edits     a warm kernel: renders from an empty cache, then again after one edit at a time
frame     single frames of a cut, warm and cold
plan      the plan of a 2,000-shot cut
jitter    how true a slow push is, measured on the drawn frames
prepare   draws the media, writes the film in numbers for peers and the cut for `film`
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from render_reference import Reference, cut_of, lengthened, reference, swapped, with_caption, with_still

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glimmer.assembly.nouns import Assembly

STILL_EDITS: Final = (1, 10, 17, 6, 13)  # shots whose still is replaced: JPEG and PNG, one in five beside no dissolve's neighbour
CAPTION_EDITS: Final = (1, 6, 10, 13, 17)
SILENT_SWAPS: Final = ((1, 5), (9, 13), (1, 9), (5, 13), (1, 13))  # shots without a voice, and beside no dissolve
VOICED_SWAPS: Final = ((2, 6), (10, 14), (2, 10), (6, 14), (2, 14))
PLANNED_SHOTS: Final = 2_000
DOT_SIGMA_PX: Final = 12.0  # in the still; half of it in the frame
PUSH_FRAMES: Final = 300
PUSH_LOOKED_AT: Final = range(120, 180)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--folder", type=Path, required=True, help="holds media/, cuts, and what is made")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--shots", type=int, default=20)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--lossless", action="store_true", help="the frames as they are drawn, for the encoder alone")
    parser.add_argument("--ffmpeg", default="ffmpeg")
    asked = parser.parse_args()
    asked.width, asked.height = (int(side) for side in asked.size.split("x"))
    print(json.dumps(COMMANDS[asked.command](asked)))


# ── the film ────────────────────────────────────────────────────────────────────────────────────────────────
def prepare(asked: argparse.Namespace) -> dict[str, Any]:
    """Media, the film in numbers and the cut, on disk: hashing files is the import's work, not the render's."""
    film = _film(asked)
    cut, files = cut_of(film)
    film.write(_beside(asked, "film"))
    _beside(asked, "cut").write_text(cut.model_dump_json(), encoding="utf-8")
    _beside(asked, "files").write_text(json.dumps({asset: str(path) for asset, path in files.items()}), encoding="utf-8")
    return {"frames": film.frames}


def film(asked: argparse.Namespace) -> dict[str, Any]:
    """One render from an empty cache, in a process that has imported nothing yet."""
    from glimmer.assembly.nouns import Assembly

    cut = Assembly.model_validate_json(_beside(asked, "cut").read_text(encoding="utf-8"))
    files = {asset: Path(path) for asset, path in json.loads(_beside(asked, "files").read_text(encoding="utf-8")).items()}
    cache = _emptied(asked.folder / "cache")
    _rendered(asked, cut, files, cache, asked.out)
    shutil.rmtree(cache)
    return {"bytes": asked.out.stat().st_size}


def _rendered(asked: argparse.Namespace, cut: Assembly, files: dict[str, Path], cache: Path, out: Path) -> float:
    """Wall seconds of one render."""
    from glimmer.render import Preset, render

    preset = Preset(
        name="bench",
        width_px=asked.width,
        height_px=asked.height,
        rate=cut.rate,
        crf=0 if asked.lossless else 20,
        x264_preset="ultrafast" if asked.lossless else "veryfast",
        audio_kbps=192,
    )
    began = time.perf_counter()
    render(cut, preset, media=files.__getitem__, cache_dir=cache, out=out)
    return time.perf_counter() - began


def _film(asked: argparse.Namespace) -> Reference:
    return reference(asked.folder / "media" / asked.size, asked.width, asked.height, asked.shots)


def _beside(asked: argparse.Namespace, what: str) -> Path:
    return Path(asked.folder / f"{what}-{asked.size}-{asked.shots}.json")


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


# ── edits in a warm kernel ──────────────────────────────────────────────────────────────────────────────────
def edits(asked: argparse.Namespace) -> dict[str, Any]:
    """Wall seconds by edit, a figure a run. Each run renders the film from an empty cache, then each edit of it."""
    base = _film(asked)
    others = sorted((asked.folder / "media" / asked.size).glob("other*"))
    _rendered(
        asked, *cut_of(_short(base)), _emptied(asked.folder / "cache-edits"), asked.folder / "edit.mp4"
    )  # imports and first calls
    said: dict[str, list[float]] = {}
    for run in range(asked.runs):
        cache = _emptied(asked.folder / "cache-edits")
        stories = {
            "full": base,
            "nothing changed": base,
            "one still changed": with_still(base, STILL_EDITS[run % 5], others[run % len(others)]),
            "one caption word changed": with_caption(base, CAPTION_EDITS[run % 5], "silently"),
            "one shot moved": swapped(base, *SILENT_SWAPS[run % 5]),
            "one shot moved, its voice too": swapped(base, *VOICED_SWAPS[run % 5]),
        }
        for name, story in stories.items():
            cut, files = cut_of(story)
            out = asked.folder / "edit.mp4"
            out.unlink(missing_ok=True)
            said.setdefault(name, []).append(_rendered(asked, cut, files, cache, out))
    shutil.rmtree(asked.folder / "cache-edits")
    return {"seconds": said}


def _short(base: Reference) -> Reference:
    from dataclasses import replace

    return replace(base, shots=base.shots[:1])


# ── single frames, the plan ─────────────────────────────────────────────────────────────────────────────────
def frame(asked: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds a frame: of a shot that was looked at before ("warm"), and of one never seen ("cold")."""
    from glimmer.render import frame as drawn
    from glimmer.render.stills import PlanesKept

    cut, files = cut_of(_film(asked))
    kept = PlanesKept()  # as `cut.frame` keeps them between calls

    def look(at_frame: int) -> float:
        began = time.perf_counter()
        drawn(cut, at_frame, width_px=asked.width, height_px=asked.height, media=files.__getitem__, captions=True, kept=kept)
        return (time.perf_counter() - began) * 1000

    look(0)
    shots = range(0, cut.frames, cut.frames // asked.shots)
    cold = [look(start + 10) for start in shots]
    warm = [look(start + step) for step in (11, 30, 47, 60) for start in (shots[1],)]
    round_again = [look(start + 40) for start in shots]
    footage = [look(shots[2] + step) for step in (11, 30, 47, 60)]
    return {"cold_ms": cold, "warm_ms": warm, "seen_before_ms": round_again, "footage_ms": footage}


def plan(asked: argparse.Namespace) -> dict[str, Any]:
    """Seconds to plan a cut of 2,000 shots, each time a cut that was never planned before."""
    from glimmer.render import Preset
    from glimmer.render.plan import plan as planned

    preset = Preset(name="bench", width_px=asked.width, height_px=asked.height, rate=Fraction(30))
    film = _film(asked)
    said = []
    for run in range(max(asked.runs, 3)):
        cut, _ = cut_of(lengthened(film, PLANNED_SHOTS + run))
        began = time.perf_counter()
        segments = len(planned(cut, preset).segments)
        said.append(time.perf_counter() - began)
    return {"seconds": said, "segments": segments, "shots": PLANNED_SHOTS}


# ── how true a slow push is ─────────────────────────────────────────────────────────────────────────────────
def jitter(asked: argparse.Namespace) -> dict[str, Any]:
    """RMS pixels between where 60 soft dots are seen in a slow push and where the path says they are: ours, and zoompan's."""
    dots = _dots(asked.width * 2, asked.height * 2)
    still = asked.folder / f"dots-{asked.size}.png"
    _draw_dots(still, dots, asked.width * 2, asked.height * 2)
    ours = _errors(asked, dots, _pushed(asked, still))
    said: dict[str, Any] = {"ours_px": ours[0], "ours_steadiness_px": ours[1]}
    if shutil.which(asked.ffmpeg):
        peer = _errors(asked, dots, _zoompanned(asked, still))
        said |= {"zoompan_px": peer[0], "zoompan_steadiness_px": peer[1]}
    return said


def _window(asked: argparse.Namespace, number: int) -> tuple[float, float, float]:
    """Left, top and source pixels to one of the frame at a frame of the push: the exact path, by the definition of a linear push-in."""
    share, zoom = number / (PUSH_FRAMES - 1), 1.12
    width, height = asked.width * 2, asked.height * 2
    wide = width + (width / zoom - width) * share
    left = (0.5 * width - width / zoom / 2) * share
    top = (0.5 * height - height / zoom / 2) * share
    return left, top, wide / asked.width


def _dots(width: int, height: int) -> list[tuple[float, float]]:
    """Sixty places away from the edges, at fractions of a pixel."""
    return [
        (width * (0.12 + 0.76 * (column + 0.5) / 10) + 0.137 * row, height * (0.14 + 0.72 * (row + 0.5) / 6) + 0.071 * column)
        for row in range(6)
        for column in range(10)
    ]


def _draw_dots(path: Path, dots: list[tuple[float, float]], width: int, height: int) -> None:
    import numpy as np
    from PIL import Image

    y, x = np.mgrid[0:height, 0:width].astype(np.float32) + 0.5
    light = np.full((height, width), 60.0, np.float32)
    reach = round(DOT_SIGMA_PX * 5)
    for left, top in dots:
        part = np.s_[round(top) - reach : round(top) + reach, round(left) - reach : round(left) + reach]
        light[part] += 170 * np.exp(-((x[part] - left) ** 2 + (y[part] - top) ** 2) / (2 * DOT_SIGMA_PX**2))
    Image.fromarray(np.repeat(light.round().astype(np.uint8)[..., None], 3, axis=2)).save(path, compress_level=1)


def _pushed(asked: argparse.Namespace, still: Path) -> Callable[[int], NDArray[Any]]:
    from glimmer.assembly.nouns import Assembly
    from glimmer.assembly.pieces import Clip, Framing, Track
    from glimmer.render import frame as drawn

    framing = Framing(move="push_in", strength=0.12, focus=(0.5, 0.5), ease="linear")
    clip = Clip(id="dots", name="dots", kind="still", asset="d" * 64, start=0, frames=PUSH_FRAMES, framing=framing)
    cut = Assembly(title="Dots", rate=Fraction(30), tracks=(Track(name="V1", kind="picture", clips=(clip,)),))

    def at(number: int) -> NDArray[Any]:
        return drawn(cut, number, width_px=asked.width, height_px=asked.height, media=lambda _: still).mean(axis=2)

    return at


def _zoompanned(asked: argparse.Namespace, still: Path) -> Callable[[int], NDArray[Any]]:
    """The same push by ffmpeg's zoompan, as it is usually written."""
    import numpy as np

    last = PUSH_LOOKED_AT[-1]
    path = f"zoompan=z='1/(1+(1/1.12-1)*on/{PUSH_FRAMES - 1})':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)'"
    graph = f"{path}:d={PUSH_FRAMES}:s={asked.size}:fps=30,format=gray"
    command = [asked.ffmpeg, "-v", "error", "-i", str(still), "-vf", graph, "-frames:v", str(last + 1), "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    frames = np.frombuffer(raw, np.uint8).reshape(-1, asked.height, asked.width).astype(np.float64)
    return lambda number: frames[number]


def _errors(asked: argparse.Namespace, dots: list[tuple[float, float]], at: Callable[[int], NDArray[Any]]) -> tuple[float, float]:
    """RMS distance of all dots in all frames from the path; and the same without each dot's mean error: what is seen as shaking."""
    import numpy as np

    off = np.array(
        [[_found(at_frame, asked, number, dot) for dot in dots] for number in PUSH_LOOKED_AT for at_frame in (at(number),)]
    )
    steady = off - off.mean(axis=0, keepdims=True)
    return float(np.sqrt((off**2).sum(axis=2).mean())), float(np.sqrt((steady**2).sum(axis=2).mean()))


def _found(picture: NDArray[Any], asked: argparse.Namespace, number: int, dot: tuple[float, float]) -> tuple[float, float]:
    """How far a dot's centre of light is from its place on the exact path, in pixels of the frame."""
    import numpy as np

    left, top, scale = _window(asked, number)
    x, y = (dot[0] - left) / scale, (dot[1] - top) / scale
    reach = math.ceil(DOT_SIGMA_PX / scale * 4)
    x0, y0 = round(x) - reach, round(y) - reach
    part = picture[y0 : y0 + 2 * reach, x0 : x0 + 2 * reach]
    light = part - np.median(np.concatenate([part[0], part[-1], part[:, 0], part[:, -1]]))
    total = light.sum()
    across, down = np.arange(2 * reach) + x0 + 0.5, np.arange(2 * reach) + y0 + 0.5
    return float((light.sum(axis=0) * across).sum() / total - x), float((light.sum(axis=1) * down).sum() / total - y)


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], dict[str, Any]]]] = {
    "prepare": prepare,
    "film": film,
    "edits": edits,
    "frame": frame,
    "plan": plan,
    "jitter": jitter,
}

if __name__ == "__main__":
    main()
