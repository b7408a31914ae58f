"""What render draws is what a slow compositor draws that was written without looking at it, and what the words of a cut promise.

One film holds every feature, a stretch of it each; its frames are those that ffmpeg decodes from the finished file.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from glimmer.assembly.nouns import Assembly, Box, Clip, Framing, Track, Transition
from glimmer.render import frame, render
from glimmer.render.preset import Preset

WIDE, HIGH = SIZE = (192, 108)
LIKE = 0.97
FRAMES = 14  # of a shot
GREY_OF = 40  # footage: picture n is a grey of 40 + 3n in its upper half


def _told(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


reference = _told("reference_compositor")
second_reader = _told("second_reader")


# ── the film of all features ────────────────────────────────────────────────────────────────────────────────
class Reel:
    """Stretches of film, one after the other: each a few clips that touch on V1, what joins them, and what lies over them."""

    def __init__(self) -> None:
        self.stretches: dict[str, tuple[int, int]] = {}
        self.clips: list[Clip] = []
        self.joins: list[Transition] = []
        self.upper: list[Clip] = []
        self.upper_joins: list[Transition] = []
        self.end = 0

    def add(
        self, name: str, *clips: dict, join: dict | None = None, over: dict | None = None, over_join: dict | None = None
    ) -> None:
        first = self.end
        ids = []
        for said in clips:
            ids.append(f"v{self.end}")
            self.clips.append(
                Clip(**({"id": ids[-1], "name": ids[-1], "start": self.end, "frames": FRAMES, "kind": "still"} | said))
            )
            self.end = self.clips[-1].end
        if join:
            sides = {"fade_in": ("", ids[0]), "fade_out": (ids[-1], "")}.get(join["kind"], (ids[0], ids[-1]))
            self.joins.append(Transition(**({"left": sides[0], "right": sides[1], "frames": 9} | join)))
        if over:
            said = {"id": f"u{first}", "name": name, "start": first + 2, "frames": self.end - first - 4, "kind": "still"}
            self.upper.append(Clip(**(said | {"media_type": "image/png"} | over)))
        if over_join:
            side = "right" if over_join["kind"] == "fade_in" else "left"
            self.upper_joins.append(Transition(**({side: f"u{first}", "frames": 6} | over_join)))
        self.stretches[name] = (first, self.end)

    @property
    def cut(self) -> Assembly:
        lower = Track(name="V1", kind="picture", clips=tuple(self.clips), transitions=tuple(self.joins))
        upper = Track(name="V2", kind="picture", clips=tuple(self.upper), transitions=tuple(self.upper_joins))
        return Assembly(title="All features", rate=Fraction(24), tracks=(lower, upper))


def moved(**more: object) -> Framing:
    return Framing(**({"strength": 0.3, "focus": (0.3, 0.65)} | more))


def all_features() -> Reel:
    reel = Reel()
    reel.add("hold, off the middle of a wide picture", {"asset": "panorama", "framing": moved(move="hold", focus=(0.8, 0.5))})
    for move in ("push_in", "pull_out", "pan_left", "pan_right", "tilt_up", "tilt_down"):
        reel.add(move, {"asset": "one", "framing": moved(move=move)})
    for ease in ("linear", "in", "out"):
        reel.add(f"ease {ease}", {"asset": "two", "framing": moved(move="pan_right", ease=ease)})
    reel.add("pan over a panorama", {"asset": "panorama", "framing": moved(move="pan_left", strength=0.4)})
    reel.add("crop", {"asset": "one", "crop": (0.2, 0.1, 0.5, 0.6)})
    reel.add("crop of a moving still", {"asset": "two", "crop": (0.3, 0.3, 0.6, 0.7), "framing": moved(move="push_in")})
    reel.add("fit", {"asset": "upright", "fit": "fit"})
    reel.add("fill", {"asset": "upright", "fit": "fill"})
    reel.add("opacity over black", {"asset": "one", "opacity": 0.4})
    box = Box(left=0.55, top=0.1, width=0.4, height=0.4)
    reel.add("inset", {"asset": "one"}, over={"asset": "two", "box": box})
    reel.add(
        "inset, half seen, moving",
        {"asset": "one"},
        over={"asset": "two", "box": box, "opacity": 0.5, "framing": moved(move="pan_left")},
    )
    reel.add("inset of another shape", {"asset": "two"}, over={"asset": "upright", "box": box, "fit": "fit"})
    reel.add("alpha", {"asset": "one"}, over={"asset": "badge"})
    reel.add("alpha in a box", {"asset": "two"}, over={"asset": "badge", "box": box, "opacity": 0.7})
    reel.add("alpha that moves", {"asset": "two"}, over={"asset": "badge", "framing": moved(move="push_in")})
    reel.add("fades of an upper picture", {"asset": "one"}, over={"asset": "two", "box": box, "fade_in": 5, "fade_out": 4})
    reel.add("fade in over a picture", {"asset": "one"}, over={"asset": "two"}, over_join={"kind": "fade_in"})
    reel.add("fades of a picture", {"asset": "one", "fade_in": 5, "fade_out": 4})
    push, pan = {"asset": "one", "framing": moved(move="push_in")}, {"asset": "two", "framing": moved(move="pan_right")}
    for kind in ("dissolve", "wipe", "push", "dip"):
        reel.add(kind, push, pan, join={"kind": kind, "direction": "right"})
    for direction in ("left", "up", "down"):
        for kind in ("wipe", "push"):
            reel.add(f"{kind} {direction}", push, {"asset": "panorama"}, join={"kind": kind, "direction": direction})
    reel.add("dip to white", push, pan, join={"kind": "dip", "colour": "white"})
    for kind in ("fade_in", "fade_out"):
        for colour in ("black", "white"):
            reel.add(f"{kind} {colour}", push, join={"kind": kind, "colour": colour})
    for asset in ("runner24", "runner30"):
        film = {"asset": asset, "kind": "footage", "source_start": 5, "media_type": "video/mp4"}
        for speed in (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(5, 3)):
            reel.add(f"{asset} at {speed}", film | {"speed": speed})
            reel.add(f"{asset} at {speed} backwards", film | {"speed": speed, "backwards": True})
        reel.add(f"{asset} frozen", film | {"frozen": True})
        reel.add(f"{asset} through a dissolve", film, film | {"source_start": 20, "backwards": True}, join={"kind": "dissolve"})
        reel.add(f"{asset} from half a frame", film | {"speed": Fraction(1, 2), "source_part": Fraction(1, 2)})
    reel.add("footage pushed in", film | {"framing": moved(move="push_in")})
    reel.add("footage cropped", film | {"crop": (0.25, 2 / 9, 0.5, 0.5)})
    reel.add("footage in a box", {"asset": "one"}, over=film | {"box": box, "opacity": 0.8, "speed": Fraction(2)})
    return reel


def photo(size: tuple[int, int], turn: int) -> np.ndarray:
    """Waves of colour, a disc and a bar with hard edges."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    waves = [128 + 70 * np.sin((x * (1 + turn) + y * each) / 60 + turn + each) for each in (1, 2, 3)]
    picture = np.stack(waves, axis=2)
    picture[np.hypot(x - size[0] * 0.4, y - size[1] * 0.55) < size[1] / 5] = (225, 200, 60) if turn else (40, 70, 190)
    picture[(abs(y - size[1] * 0.2) < size[1] / 20) & (x > size[0] * 0.55)] = (235, 235, 235)
    return np.rint(picture).astype(np.uint8)


def running(number: int) -> np.ndarray:
    """Picture `number` of the footage: a grey that counts, above a disc that runs to the right."""
    picture = np.full((HIGH, WIDE, 3), GREY_OF + 3 * number, np.uint8)
    y, x = np.mgrid[0:HIGH, 0:WIDE]
    picture[HIGH // 2 :] = (60, 90, 120)
    picture[np.hypot(x - 20 - 3 * number, y - 80) < 18] = (230, 200, 90)
    return picture


MATRICES = {"bt709": (1, 0.2126, 0.0722), "bt601": (6, 0.299, 0.114)}  # FFmpeg's number, the shares of red and blue


def in_yuv(rgb: np.ndarray, matrix: str = "bt709") -> np.ndarray:
    """As yuv420p in limited range, rounded: swscale's own way is a level too dark."""
    _, red, blue = MATRICES[matrix]
    shares = np.array([red, 1 - red - blue, blue])
    half = rgb.reshape(rgb.shape[0] // 2, 2, rgb.shape[1] // 2, 2, 3).mean(axis=(1, 3))
    chroma = [128 + 224 / 255 * (half[..., at] - half @ shares) / (2 - 2 * share) for at, share in ((2, blue), (0, red))]
    rows = [16 + 219 / 255 * (rgb @ shares), *(plane.reshape(-1, rgb.shape[1]) for plane in chroma)]
    return np.rint(np.concatenate(rows)).astype(np.uint8)


def written(path: Path, rate: int, pictures: Iterable[np.ndarray], matrix: str = "bt709") -> None:
    """Footage of these pictures, nearly without loss, tagged with its matrix."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = None
        for picture in pictures:
            if stream is None:
                stream = container.add_stream("libx264", rate=rate)
                stream.width, stream.height, stream.pix_fmt = picture.shape[1], picture.shape[0], "yuv420p"
                stream.codec_context.options = {"crf": "4", "preset": "ultrafast", "g": "12"}
                stream.codec_context.colorspace, stream.codec_context.color_range = MATRICES[matrix][0], 1
            coded = av.VideoFrame.from_ndarray(in_yuv(picture, matrix), format="yuv420p")
            coded.colorspace, coded.color_range = MATRICES[matrix][0], 1
            container.mux(stream.encode(coded))
        container.mux(stream.encode(None))


@dataclass(frozen=True)
class Shown:
    """The decoded film, its cut, and its media as the reference takes them."""

    frames: np.ndarray
    cut: Assembly
    stretches: Mapping[str, tuple[int, int]]
    media: Mapping[str, object]


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Iterator[Shown]:
    folder = tmp_path_factory.mktemp("media")
    for name, size, turn in (
        ("one", (384, 216), 0),
        ("two", (384, 216), 1),
        ("panorama", (576, 216), 2),
        ("upright", (162, 216), 1),
    ):
        Image.fromarray(photo(size, turn)).save(folder / name, "PNG")
    y, x = np.mgrid[0:216, 0:384]
    alpha = np.clip((80 - np.hypot(x - 165, y - 112)) * 5, 0, 255).astype(np.uint8)
    Image.fromarray(np.dstack([photo((384, 216), 2), alpha])).save(folder / "badge", "PNG")
    media = {name: reference.read_rgba(folder / name) for name in ("one", "two", "panorama", "upright", "badge")}
    for rate in (24, 30):
        media[f"runner{rate}"] = _footage(folder / f"runner{rate}", rate)
    reel = all_features()
    preset = Preset(name="near", width_px=WIDE, height_px=HIGH, rate=24, crf=12, x264_preset="ultrafast")
    render(reel.cut, preset, media=lambda name: folder / name, cache_dir=folder / "cache", out=folder / "film.mp4")
    assert not second_reader.complaints(folder / "film.mp4")
    yield Shown(second_reader.pictures(folder / "film.mp4", WIDE, HIGH), reel.cut, reel.stretches, media)


def _footage(path: Path, rate: int, count: int = 70) -> object:
    written(path, rate, map(running, range(count)))
    return reference.Footage(
        lambda number: np.dstack([running(number), np.full((HIGH, WIDE), 255)]).astype(float), Fraction(rate), count
    )


@pytest.mark.parametrize("name", list(all_features().stretches))
def test_every_feature_is_drawn_as_the_reference_draws_it(shown, name):
    first, end = shown.stretches[name]
    for at in sorted(set(np.linspace(first, end - 1, 8).round().astype(int))):
        wanted = reference.composed(shown.cut, int(at), SIZE, shown.media)
        assert reference.likeness(shown.frames[at], wanted) >= LIKE, f"frame {at - first} of {name}"
        assert np.abs(shown.frames[at] - wanted).mean() < 4, f"frame {at - first} of {name}"


@pytest.mark.parametrize(
    "name", [name for name in all_features().stretches if name.startswith("runner") and "dissolve" not in name]
)
def test_footage_of_any_speed_shows_the_right_picture_in_every_frame(shown, name):
    first, end = shown.stretches[name]
    clip = next(clip for clip in shown.cut.clips if clip.start == first)
    rate = shown.media[clip.asset].rate
    for at in range(end - first):
        here = 0 if clip.frozen else (clip.frames - 1 - at if clip.backwards else at)
        expected = int((clip.source_start + clip.source_part + here * clip.speed) * rate / 24)
        grey = shown.frames[first + at, 8:46, 10:180].mean()
        assert round((grey - GREY_OF) / 3) == expected, f"frame {at} of {name} shows {(grey - GREY_OF) / 3:.2f}"


# ── colours and edges ───────────────────────────────────────────────────────────────────────────────────────
PATCHES = (
    (235, 30, 30),
    (30, 235, 30),
    (30, 30, 235),
    (250, 250, 250),
    (5, 5, 5),
    (128, 128, 128),
    (240, 220, 40),
    (40, 210, 220),
    (90, 60, 140),
)


def chart(size: tuple[int, int]) -> np.ndarray:
    """Nine patches, three by three."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    return np.array(PATCHES, np.uint8)[y * 3 // size[1] * 3 + x * 3 // size[0]]


@pytest.mark.parametrize("size", [(640, 360), (1280, 720)])
@pytest.mark.parametrize(
    "kind",
    [
        "still",
        "bt709",
        "bt601",
    ],
)
def test_colours_come_back_within_3_of_255(shelf, tmp_path, size, kind):
    """As a player that goes by the film's tags shows them, after encoding at the quality that is usual."""
    if kind == "still":
        clip = shelf.shot(shelf.still("chart", chart(size)), 0, 3)
    else:
        written(shelf("chart"), 24, [chart(size)] * 3, kind)
        clip = shelf.shot("chart", 0, 3).model_copy(update={"kind": "footage"})
    preset = Preset(name="usual", width_px=size[0], height_px=size[1], rate=24)
    out = tmp_path / "film.mp4"
    render(shelf.cut(shelf.picture(clip)), preset, media=shelf, cache_dir=tmp_path / "cache", out=out)
    seen = second_reader.pictures(out, *size)[1].astype(int)
    wide, high = size[0] // 3, size[1] // 3
    for number, patch in enumerate(PATCHES):
        top, left = number // 3 * high + high // 4, number % 3 * wide + wide // 4
        assert np.abs(seen[top : top + high // 2, left : left + wide // 2] - patch).max() <= 3, patch


def joined(shelf, tmp_path, kind: str, frames: int = 11, **more: object) -> np.ndarray:
    """The frames of a transition from a dark picture to a light one: (frames, height, width, 3)."""
    dark, light = shelf.still("dark", (40, 60, 90)), shelf.still("light", (220, 190, 150))
    join = Transition(kind=kind, left="v0", right="v16", frames=frames, **more)
    cut = shelf.cut(shelf.picture(shelf.shot(dark, 0, 16), shelf.shot(light, 16, 16), transitions=(join,)))
    preset = Preset(name="fine", width_px=192, height_px=108, rate=24, crf=8, x264_preset="ultrafast")
    render(cut, preset, media=shelf, cache_dir=tmp_path / "cache", out=tmp_path / "film.mp4")
    first = 16 - frames // 2
    return second_reader.pictures(tmp_path / "film.mp4", 192, 108)[first : first + frames].astype(float)


def test_the_middle_of_a_dissolve_is_half_of_each(shelf, tmp_path):
    frames = joined(shelf, tmp_path, "dissolve")
    assert np.abs(frames[5].mean(axis=(0, 1)) - (130, 125, 120)).max() <= 2
    light = frames.mean(axis=(1, 2))
    assert np.abs(np.diff(light, axis=0) - np.array([180, 130, 60]) / 12).max() <= 2  # as much in every frame


@pytest.mark.parametrize(("colour", "level"), [("black", 0), ("white", 255)])
def test_the_middle_of_a_dip_is_its_colour_alone(shelf, tmp_path, colour, level):
    frames = joined(shelf, tmp_path, "dip", colour=colour)
    assert np.abs(frames[5] - level).max() <= 2
    assert np.abs(frames[2].mean(axis=(0, 1)) - (np.array([40, 60, 90]) + level) / 2).max() <= 2
    assert np.abs(frames[8].mean(axis=(0, 1)) - (np.array([220, 190, 150]) + level) / 2).max() <= 2


@pytest.mark.parametrize("kind", ["wipe", "push"])
@pytest.mark.parametrize("direction", ["left", "right", "up", "down"])
def test_the_edge_of_a_wipe_and_of_a_push_is_where_it_should_be(shelf, tmp_path, kind, direction):
    frames = joined(shelf, tmp_path, kind, direction=direction)
    axis = 1 if direction in ("left", "right") else 0
    for number, picture in enumerate(frames):
        across = picture[..., 0].mean(axis=1 - axis)
        new = (across - 40) / 180  # 0 where the old picture is, 1 where the new one is
        length = len(new)
        along = new if direction in ("right", "down") else new[::-1]
        assert along.sum() == pytest.approx(length * (number + 1) / 12, abs=1.05), f"frame {number}"
        edge = int(np.argmax(along < 0.5))
        assert edge == pytest.approx(length * (number + 1) / 12, abs=1.05) and along[: max(edge - 4, 0)].min(initial=1) > 0.97
        assert along[edge + 4 :].max(initial=0) < 0.03


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────
SHAPES = {"16:9": (640, 360), "9:16": (360, 640), "1:1": (480, 480), "4:5": (384, 480), "2.39": (688, 288)}
SAFE = 0.05  # of each side: the title-safe 90 % of EBU R 95
NAME, ROLE = "Commander Maraike Vossberg-Lindqvist", "Keeper of the northern light, retired"
LINE = "The lamp is still burning, and nobody has been up there since the storm took the stairs away from us."


def titled(shelf, what: str, words: bool) -> Assembly:
    """A film that shows words of one kind, or the same film without them."""
    grey = shelf.still("grey", (60, 60, 60))
    ground = shelf.cut(shelf.picture(shelf.shot(grey, 0, 60)))
    if what == "caption":
        return shelf.cut(*ground.tracks, captions=(shelf.spoken(LINE, 0, 3),) if words else ())
    if what == "lower third":
        return ground.lower_third(NAME, role=ROLE, at=0, frames=60) if words else ground
    if what == "title over a picture":
        return ground.title_card(NAME, subtitle=ROLE, at=0, frames=60) if words else ground
    if what == "title card":
        said = {"title": NAME, "subtitle": ROLE} if words else {"title": " "}
        return shelf.cut(shelf.picture(Clip(id="t", name="t", kind="title", start=0, frames=60, **said)))
    rows = f"Written by: {NAME}\nLight: J. Player\n\n{ROLE}\n{NAME}" if words else ""
    rolled = Clip(id="c", name="c", kind="title", style="credits", start=0, frames=60, subtitle=rows)
    return shelf.cut(shelf.picture(rolled))


@pytest.mark.parametrize("shape", list(SHAPES))
@pytest.mark.parametrize("what", ["caption", "lower third", "title over a picture", "title card", "credits"])
def test_words_stay_inside_the_safe_area_of_every_shape(shelf, shape, what):
    """Captions with their plates; credits roll through the top and the bottom, so for them only the sides count."""
    width, height = SHAPES[shape]
    with_words, without = (titled(shelf, what, words) for words in (True, False))
    for at in (12, 30):
        seen, bare = (
            frame(cut, at, width_px=width, height_px=height, media=shelf, captions=True).astype(int)
            for cut in (with_words, without)
        )
        # titles dim the picture around them softly: that is no word, so only what is lighter counts for them
        marked = np.abs(seen - bare).max(axis=2) > 8 if what == "caption" else (seen - bare).max(axis=2) > 40
        rows, columns = np.nonzero(marked)
        assert len(rows) > 60, f"no words at frame {at}"
        assert columns.min() >= SAFE * width - 1 and columns.max() <= (1 - SAFE) * width
        if what != "credits":
            assert rows.min() >= SAFE * height - 1 and rows.max() <= (1 - SAFE) * height
