"""What a timeline shows and plays of a cut: single pictures while somebody scrubs, stretches of a few seconds while it plays, its sound as curves.

Takes cuts, gives files in the studio's cache, each named by what is in it: what was seen once is there at once. A film is played in
stretches that begin where clips do, so that after an edit the pictures of every clip that stayed are not drawn again; the two after the
one that plays are made meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PIL import Image

from glimmer import log
from glimmer.assembly import Assembly
from glimmer.errors import Cancelled, GlimmerError, InputError
from glimmer.render.listening import listened
from glimmer.widgets.runtime import apart

__all__ = ["Playing", "heard", "stretches"]

SHORTEST_SECONDS: Final = 4.0  # a shorter one is over before the next is made: a cold one takes a quarter of its length
LONGEST_SECONDS: Final = 6.0
_AHEAD: Final = 2
_LOOKS: Final = ((640, "draft"), (1280, "720p24"), (1920, "1080p24"))
_JPEG_QUALITY: Final = 82
_KEPT_PICTURES: Final = 2_000  # about 40 MB at 480 px
_KEPT_STRETCHES: Final = 4_000
_POINTS: Final = 600  # of a curve: more than a timeline has columns
_QUIETEST_LUFS: Final = -70.0

Stretch = tuple[int, int]


def stretches(cut: Assembly) -> tuple[Stretch, ...]:
    """The whole film as stretches of four to six seconds, (first, end) in frames, that begin where clips of V1 do, where they can."""
    shortest, longest = round(SHORTEST_SECONDS * cut.rate), round(LONGEST_SECONDS * cut.rate)
    lowest = next((track for track in cut.tracks if track.name == "V1"), None)
    clips = lowest.clips if lowest is not None else ()
    places = sorted({cut.frames, *(clip.start for clip in clips), *(clip.end for clip in clips)})
    found: list[Stretch] = []
    here = 0
    while here < cut.frames:
        rest = places[bisect_right(places, here) :]
        end = next((place for place in rest if here + shortest <= place <= here + longest), None)
        if end is None:  # a long clip: in pieces of its own, the last not too short
            left = next(place for place in rest if place > here + longest or place == cut.frames) - here
            end = here + (left if left <= longest else min(longest, left - min(shortest, left // 2)))
        found.append((here, end))
        here = end
    return tuple(found)


class Playing:
    """Draws and makes what one timeline looks at. Any thread may ask."""

    def __init__(self, folder: Path, cut_of: Callable[[int], Assembly], media: Callable[[str], Path]) -> None:
        self._folder, self._cut_of, self._media = folder, cut_of, media
        self._drawing, self._listening = threading.Lock(), threading.Lock()
        self._guard = threading.Lock()
        self._keys: OrderedDict[int, str] = OrderedDict()
        self._grids: OrderedDict[int, tuple[Stretch, ...]] = OrderedDict()
        self._files: OrderedDict[tuple[int, int, int], Path] = OrderedDict()
        self._under_way: dict[
            tuple[int, int, int], threading.Event
        ] = {}  # a stretch that two want is made once, others side by side
        self._drawn = 0
        self._wanted_sound = folder
        self._play = 0  # which ask to play is the newest: what was to be made ahead for an older one is let be

    # ── pictures ───────────────────────────────────────────────────────────────────────────────────────────
    def picture(self, version: int, frame: int, width_px: int) -> Path:
        """The picture at a frame as a JPEG so wide. Raises: NotFound for no such version, InputError past its end, MediaError."""
        cut, path = self._cut_of(version), self._picture_path(version, frame, width_px)
        if not path.is_file():
            with self._drawing:
                if not path.is_file():
                    self._draw(cut, frame, width_px, path)
        return path

    def scrubbed(self, version: int, frame: int, width_px: int, is_wanted: Callable[[], bool]) -> bool:
        """Draw the picture, unless by the time it could be drawn nobody wants it any more. Returns: whether it is there. Raises: as `picture`."""
        cut, path = self._cut_of(version), self._picture_path(version, frame, width_px)
        if path.is_file():
            return True
        with self._drawing:
            if not is_wanted():
                return False
            if not path.is_file():
                self._draw(cut, frame, width_px, path)
        return True

    def _picture_path(self, version: int, frame: int, width_px: int) -> Path:
        return self._folder / "frames" / f"{self._key(version)}-{int(frame)}-{int(width_px)}.jpg"

    def _draw(self, cut: Assembly, frame: int, width_px: int, path: Path) -> None:
        preset = next((name for most, name in _LOOKS if width_px <= most), _LOOKS[-1][1])
        image = cut.frame(frame, preset=preset)
        size = (width_px, max(1, round(image.height * width_px / image.width)))
        path.parent.mkdir(parents=True, exist_ok=True)
        half_written = _beside(path)
        image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0).save(half_written, "JPEG", quality=_JPEG_QUALITY)
        half_written.replace(path)
        self._drawn += 1
        if self._drawn % (_KEPT_PICTURES // 4) == 0:
            _drop_oldest(path.parent)

    def _key(self, version: int) -> str:
        with self._guard:
            key = self._keys.get(version)
        if key is None:
            key = _hash(self._cut_of(version).model_copy(update={"version": 0}).model_dump_json())
            self._keep(self._keys, version, key, 16)
        return key

    # ── playing ────────────────────────────────────────────────────────────────────────────────────────────
    def from_frame(self, version: int, frame: int, say: Callable[[float, str], None]) -> Stretch:
        """The stretch with that frame in it, made; the two after it are being made when this returns.

        Raises: as `picture`, RenderError.
        """
        grid = self._grid(version)
        at = bisect_right(grid, (frame, self._cut_of(version).frames)) - 1
        if not grid or frame >= grid[-1][1]:
            raise InputError(f"the film has no frame {frame}; expected one before {grid[-1][1] if grid else 0}. Play from there.")
        with self._guard:
            self._play += 1
            play = self._play
        first, end = grid[at]
        say(0.0, "drawing")
        self.stretch(version, first, end)
        say(1.0, "")
        apart(lambda: self._ahead(play, version, grid[at + 1 : at + 1 + _AHEAD]), "timeline-ahead")
        return first, end

    def stretch(self, version: int, first: int, end: int) -> Path:
        """The frames from `first` to before `end` as a film. Made if it is not there. Raises: as `from_frame`."""
        wanted = (version, first, end)
        while True:
            with self._guard:
                known = self._files.get(wanted)
                under_way = self._under_way.get(wanted)
                if known is None and under_way is None:
                    mine = self._under_way[wanted] = threading.Event()
            if known is not None and known.is_file():
                return known
            if known is not None:  # somebody emptied the cache
                with self._guard:
                    self._files.pop(wanted, None)
            elif under_way is not None:
                under_way.wait()
            else:
                try:
                    return self._made(version, first, end)
                finally:
                    with self._guard:
                        del self._under_way[wanted]
                    mine.set()

    def rest(self) -> None:
        """Make nothing more ahead: nobody looks."""
        with self._guard:
            self._play += 1

    def _made(self, version: int, first: int, end: int) -> Path:
        cut = self._cut_of(version)
        if not 0 <= first < end <= cut.frames or end - first > round(2 * LONGEST_SECONDS * cut.rate):
            raise InputError(
                f"frames {first} to {end} are no stretch of this film; expected a few seconds within {cut.frames} frames."
            )
        path: Path = cut.preview(first, end, preset="draft").path
        self._keep(self._files, (version, first, end), path, _KEPT_STRETCHES)
        return path

    def _ahead(self, play: int, version: int, wanted: tuple[Stretch, ...]) -> None:
        for first, end in wanted:
            if self._play != play:
                return
            try:
                self.stretch(version, first, end)
            except GlimmerError as error:  # whoever plays on to there is told
                log.warning("timeline.ahead", first=first, end=end, words=str(error)[:300])
                return

    def _grid(self, version: int) -> tuple[Stretch, ...]:
        with self._guard:
            grid = self._grids.get(version)
        if grid is None:
            grid = stretches(self._cut_of(version))
            self._keep(self._grids, version, grid, 16)
        return grid

    # ── sound ──────────────────────────────────────────────────────────────────────────────────────────────
    def sound(self, newest: Callable[[], int]) -> dict[str, Any]:
        """What is heard of the newest cut, as `SoundOf` tells it. Where the sound is edited while it is listened to, begins again with the
        new one. Raises: NotFound, MissingPiece for a cut without a picture, MediaError.
        """
        while True:
            cut = self._cut_of(newest())
            path = self._wanted_sound = self._sound_path(cut)
            if path.is_file():
                told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
                return told
            with self._listening:
                if path.is_file() or self._wanted_sound != path:
                    continue
                try:
                    made = heard(cut, self._media, partial(self._is_another_wanted, path))
                except Cancelled:
                    continue
                path.parent.mkdir(parents=True, exist_ok=True)
                half_written = _beside(path)
                half_written.write_text(json.dumps(made), encoding="utf-8")
                half_written.replace(path)

    def _is_another_wanted(self, path: Path) -> bool:
        return self._wanted_sound != path

    def _sound_path(self, cut: Assembly) -> Path:
        tracks = [track.model_dump(mode="json") for track in cut.tracks if track.kind == "sound"]
        return self._folder / f"sound-{_hash(json.dumps([1, str(cut.rate), cut.frames, tracks]))}.json"

    def _keep(self, kept: OrderedDict[Any, Any], name: Any, value: Any, most: int) -> None:
        with self._guard:
            kept[name] = value
            while len(kept) > most:
                kept.popitem(last=False)


def heard(cut: Assembly, media: Callable[[str], Path], cancelled: Callable[[], bool] = lambda: False) -> dict[str, Any]:
    """The sound of a cut as curves of at most 600 points each, in frames of the cut. Takes a pass over the whole mix. Raises: Cancelled."""
    sound = listened(cut, media=media, cancelled=cancelled)
    loud = [max(float(each), _QUIETEST_LUFS) for each in sound.momentary[1]]
    return {
        "duck": {name: _curve(curve[0], curve[1], cut, deepest=True) for name, curve in sound.ducks.items()},
        "speech": [[round(first * cut.rate), round(end * cut.rate)] for first, end in sound.speech],
        "loudness": _curve(sound.momentary[0], loud, cut, deepest=False),
        "lufs": None if sound.lufs is None else round(float(sound.lufs), 1),
        "peak_db": round(float(sound.true_peak_db), 1),
        "target_lufs": sound.target_lufs,
    }


def _curve(seconds: Any, values: Any, cut: Assembly, *, deepest: bool) -> list[list[float]]:
    """(frame, value) of every span: its lowest or highest value, so that what is short is not lost. Flat stretches are their two ends."""
    span = max(1, -(-len(seconds) // _POINTS))
    extreme = min if deepest else max
    points = [
        [round(float(seconds[at]) * cut.rate), round(float(extreme(values[at : at + span])), 1) + 0.0]
        for at in range(0, len(seconds), span)
    ]
    return [
        point
        for before, point, after in zip([None, *points[:-1]], points, [*points[1:], None], strict=True)
        if before is None or after is None or not before[1] == point[1] == after[1]
    ]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _beside(path: Path) -> Path:
    """A name that nobody else writes to, in this process or another; it becomes `path` when it is whole."""
    return path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")


def _drop_oldest(folder: Path) -> None:
    """Leave the newest pictures; what somebody deleted meanwhile is gone already."""
    with os.scandir(folder) as there:
        files = sorted(((each.stat().st_mtime, each.path) for each in there), reverse=True)
    for _, path in files[_KEPT_PICTURES:]:
        Path(path).unlink(missing_ok=True)
