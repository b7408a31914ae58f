"""The reference film of the render benchmark: seeded media, the cut Glimmer renders, and the same film in plain numbers for peers.

Twenty shots of 3 s (or as many as asked for): 14 of 20 are stills at twice the output's size under slow moves, 6 are H.264 clips (two at
1.5 times the output's size); a dissolve of 0.5 s after every 4th shot, a caption in every shot for the 2 s in which it is spoken, a
voice in every second shot, music throughout that goes down by 12 dB under voices. The same seed gives the same pixels and samples.

`media_made` draws the files once; `Reference` is pure numbers (a peer reads it as JSON, without Glimmer); `cut_of` is Glimmer's cut of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import wave
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glimmer.assembly.nouns import Assembly

__all__ = ["Media", "Reference", "Shot", "cut_of", "lengthened", "media_made", "reference", "swapped", "with_caption", "with_still"]

RATE: Final = 30
SHOT_FRAMES: Final = 90
DISSOLVE_FRAMES: Final = 15
SPOKEN: Final = (15, 75)  # frames of a shot in which its line is heard and its caption is seen
DUCK_DB: Final = 12.0
STRENGTH: Final = 0.12
FOCUS: Final = (0.5, 0.45)
FOOTAGE_AT: Final = (2, 5, 8, 12, 15, 18)  # of each 20 shots
LARGE_FOOTAGE: Final = (1, 4)  # these two of the six clips are 1.5 times the output's size
HANDLE_FRAMES: Final = 15  # of footage before the part that is used, for dissolves
FOOTAGE_SECONDS: Final = 5
SAMPLES: Final = 48_000  # a second
SEED: Final = 20261122
MADE_BY: Final = "3"  # raise it when another picture or sound is drawn: media are made anew
MOVES: Final = ("push_in", "pan_right", "tilt_up", "pull_out", "pan_left", "tilt_down")
WORDS: Final = (
    "The lamp was lit before the boats came home.",
    "Nobody asked who had climbed the stairs.",
    "Salt on the glass, and wind in the wires.",
    "We counted eleven sails, then only ten.",
    "Keep the flame low until the morning bell.",
    "My mother drew this harbour from memory.",
    "There is a door that opens to the sea.",
    "Every storm has a name in this village.",
    "He wrote it down, and closed the book.",
    "Listen: the buoy has stopped ringing.",
)


@dataclass(frozen=True)
class Shot:
    """One shot. from_px, to_px: the window (left, top, width, height; source pixels) at its first and last seen frame, travelled at one
    speed. first, seen: the frames it is seen from, with what dissolves borrow. source_start: the clip's frame shown at `first`."""

    kind: str
    file: str
    size: tuple[int, int]
    move: str
    start: int
    frames: int
    first: int
    seen: int
    source_start: int
    from_px: tuple[float, float, float, float]
    to_px: tuple[float, float, float, float]
    caption: str
    voice: str
    dissolve: int  # frames into the next shot, 0 for a cut


@dataclass(frozen=True)
class Reference:
    """The film in numbers: all that a peer must know to show it."""

    width: int
    height: int
    rate: int
    shots: tuple[Shot, ...]
    music: str
    duck_db: float
    font: str

    @property
    def frames(self) -> int:
        return sum(shot.frames for shot in self.shots)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps({**asdict(self), "frames": self.frames}), encoding="utf-8")


@dataclass(frozen=True)
class Media:
    """Files, in the order shots use them; `others` are stills that replace one in the edits."""

    stills: tuple[Path, ...]
    footage: tuple[Path, ...]
    voices: tuple[Path, ...]
    music: Path
    others: tuple[Path, ...]


# ── the film in numbers ─────────────────────────────────────────────────────────────────────────────────────
def reference(folder: Path, width: int, height: int, shots: int = 20) -> Reference:
    """The reference film of `shots` shots at that size; its media are drawn into `folder` if they are not there."""
    media = media_made(folder, width, height, shots)
    told = [_shot(number, shots, (width, height), media) for number in range(shots)]
    return Reference(width, height, RATE, tuple(told), str(media.music), DUCK_DB, _font())


def _shot(number: int, shots: int, frame: tuple[int, int], media: Media) -> Shot:
    is_footage = number % 20 in FOOTAGE_AT
    before = sum(place % 20 in FOOTAGE_AT for place in range(number))
    path = media.footage[before % len(media.footage)] if is_footage else media.stills[number - before]
    size = _footage_size(frame, before % 6) if is_footage else (frame[0] * 2, frame[1] * 2)
    move = "hold" if is_footage else MOVES[(number - before) % len(MOVES)]
    dissolve = DISSOLVE_FRAMES if number % 4 == 3 and number < shots - 1 else 0
    lead = DISSOLVE_FRAMES // 2 if number and number % 4 == 0 else 0
    start, end = _ends(move, size)
    return Shot(
        kind="footage" if is_footage else "still",
        file=str(path),
        size=size,
        move=move,
        start=number * SHOT_FRAMES,
        frames=SHOT_FRAMES,
        first=number * SHOT_FRAMES - lead,
        seen=SHOT_FRAMES + lead + dissolve - dissolve // 2,
        source_start=HANDLE_FRAMES - lead if is_footage else 0,
        from_px=start,
        to_px=end,
        caption=WORDS[number % len(WORDS)],
        voice=str(media.voices[number // 2 % len(media.voices)]) if number % 2 == 0 else "",
        dissolve=dissolve,
    )


def _ends(move: str, size: tuple[int, int]) -> tuple[tuple[float, float, float, float], tuple[float, float, float, float]]:
    """The windows a move begins and ends with, worked out here and not by Glimmer: what is measured must not be its own ruler."""
    width, height = size
    whole = (0.0, 0.0, float(width), float(height))
    if move in ("push_in", "pull_out"):
        wide, high = width / (1 + STRENGTH), height / (1 + STRENGTH)
        left = min(max(FOCUS[0] * width - wide / 2, 0.0), width - wide)
        close = (left, min(max(FOCUS[1] * height - high / 2, 0.0), height - high), wide, high)
        return (whole, close) if move == "push_in" else (close, whole)
    if move == "hold":
        return whole, whole
    wide, high = width * (1 - STRENGTH), height * (1 - STRENGTH)
    left = min(max(FOCUS[0] * width - wide / 2, 0.0), width - wide)
    top = min(max(FOCUS[1] * height - high / 2, 0.0), height - high)
    near, far = ((0.0, top), (width - wide, top)) if move.startswith("pan") else ((left, 0.0), (left, height - high))
    first, last = ((*near, wide, high), (*far, wide, high))
    return (last, first) if move in ("pan_left", "tilt_up") else (first, last)


def _footage_size(frame: tuple[int, int], which: int) -> tuple[int, int]:
    return (frame[0] * 3 // 4 * 2, frame[1] * 3 // 4 * 2) if which in LARGE_FOOTAGE else frame


def _font() -> str:
    import fontpkg_inter

    return str(next(Path(fontpkg_inter.__file__).parent.glob("files/Inter[[]opsz,wght].ttf")))


# ── Glimmer's cut of it ─────────────────────────────────────────────────────────────────────────────────────
def cut_of(film: Reference, title: str = "Reference") -> tuple[Assembly, dict[str, Path]]:
    """The cut, and the file of each asset by its sha256."""
    from glimmer.assembly.nouns import Assembly
    from glimmer.assembly.pieces import CaptionStyle, Track, Transition

    files: dict[str, Path] = {}
    pictures = tuple(_picture(number, shot, files) for number, shot in enumerate(film.shots))
    dissolves = tuple(
        Transition(kind="dissolve", left=left.id, right=right.id, frames=shot.dissolve)
        for shot, left, right in zip(film.shots, pictures, pictures[1:], strict=False)
        if shot.dissolve
    )
    tracks = (
        Track(name="V1", kind="picture", clips=pictures, transitions=dissolves),
        Track(name="A1", kind="sound", role="dialogue", clips=tuple(_voices(film, files))),
        Track(name="A2", kind="sound", role="music", clips=(_music(film, files),), duck_under="A1", duck_db=-film.duck_db),
    )
    captions = tuple(_caption(number, shot) for number, shot in enumerate(film.shots))
    style = CaptionStyle(look="plain", box=True)
    return Assembly(title=title, rate=Fraction(film.rate), tracks=tracks, captions=captions, caption_style=style), files


def _picture(number: int, shot: Shot, files: dict[str, Path]) -> Any:
    from glimmer.assembly.pieces import Clip, Framing

    still = shot.kind == "still"
    framing = Framing(move=shot.move, strength=STRENGTH, focus=FOCUS, ease="linear")  # type: ignore[arg-type]
    return Clip(
        id=f"shot{number}",
        name=f"shot {number}",
        kind="still" if still else "footage",
        asset=_kept(shot.file, files),
        media_type=("image/png" if shot.file.endswith(".png") else "image/jpeg") if still else "video/mp4",
        start=shot.start,
        frames=shot.frames,
        source_start=0 if still else HANDLE_FRAMES,
        media_frames=0 if still else FOOTAGE_SECONDS * RATE,
        framing=framing if still else Framing(),
        made_of=f"shot{number}",
    )


def _voices(film: Reference, files: dict[str, Path]) -> Any:
    from glimmer.assembly.pieces import Clip

    for number, shot in enumerate(film.shots):
        if shot.voice:
            yield Clip(
                id=f"voice{number}",
                name=f"line {number}",
                kind="sound",
                asset=_kept(shot.voice, files),
                media_type="audio/wav",
                start=shot.start + SPOKEN[0],
                frames=SPOKEN[1] - SPOKEN[0],
                media_frames=SPOKEN[1] - SPOKEN[0],
                made_of=f"shot{number}",
            )


def _music(film: Reference, files: dict[str, Path]) -> Any:
    from glimmer.assembly.pieces import Clip

    return Clip(
        id="music",
        name="music",
        kind="sound",
        asset=_kept(film.music, files),
        media_type="audio/wav",
        start=0,
        frames=film.frames,
        media_frames=film.frames,
    )


def _caption(number: int, shot: Shot) -> Any:
    from glimmer.assembly.pieces import Caption

    return Caption(line_id=f"line{number}", text=shot.caption, start=shot.start + SPOKEN[0], end=shot.start + SPOKEN[1])


def _kept(file: str, files: dict[str, Path]) -> str:
    asset = _sha256(file)
    files[asset] = Path(file)
    return asset


@cache
def _sha256(file: str) -> str:
    with open(file, "rb") as media:
        return hashlib.file_digest(media, "sha256").hexdigest()


# ── edits: a changed Reference, from which the changed cut is made ──────────────────────────────────────────
def with_still(film: Reference, number: int, file: Path) -> Reference:
    """The film with another picture in shot `number`."""
    return _with(film, {number: replace(film.shots[number], file=str(file))})


def with_caption(film: Reference, number: int, word: str) -> Reference:
    """The film with the second word of a caption changed."""
    first, _, *rest = film.shots[number].caption.split(" ")
    return _with(film, {number: replace(film.shots[number], caption=" ".join([first, word, *rest]))})


def swapped(film: Reference, one: int, other: int) -> Reference:
    """The film with two shots in each other's place: their captions and voices go with them. Neither may touch a dissolve."""
    a, b = film.shots[one], film.shots[other]
    if any(shot.dissolve or shot.seen != shot.frames for shot in (a, b)):
        raise ValueError(f"shots {one} and {other}: one touches a dissolve; swap two that touch none")
    return _with(film, {one: replace(b, start=a.start, first=a.first), other: replace(a, start=b.start, first=b.first)})


def lengthened(film: Reference, shots: int) -> Reference:
    """The film's shots again and again until there are so many, each with a caption of its own: for planning alone."""
    told = []
    for number in range(shots):
        shot, later = film.shots[number % len(film.shots)], number // len(film.shots) * film.frames
        told.append(replace(shot, start=shot.start + later, first=shot.first + later, caption=f"{number}: {shot.caption[:30]}"))
    return replace(film, shots=tuple(told))


def _with(film: Reference, changed: dict[int, Shot]) -> Reference:
    return replace(film, shots=tuple(changed.get(number, shot) for number, shot in enumerate(film.shots)))


# ── media ───────────────────────────────────────────────────────────────────────────────────────────────────
def media_made(folder: Path, width: int, height: int, shots: int = 20) -> Media:
    """The files for `shots` shots at that size, made in `folder` as far as they are not there: stills are never used twice."""
    folder.mkdir(parents=True, exist_ok=True)
    stills = sum(place % 20 not in FOOTAGE_AT for place in range(shots))
    made = Media(
        stills=tuple(_made(folder, f"still{number}", _still, number, width * 2, height * 2) for number in range(stills)),
        footage=tuple(
            _made(folder, f"clip{number}", _footage, number, *_footage_size((width, height), number)) for number in range(6)
        ),
        voices=tuple(_made(folder, f"voice{number}", _voice, number) for number in range(10)),
        music=_made(folder, f"music{shots}", _music_file, shots * SHOT_FRAMES // RATE),
        others=tuple(_made(folder, f"other{number}", _still, 1000 + number, width * 2, height * 2) for number in range(6)),
    )
    return made


def _made(folder: Path, name: str, make: Any, *about: int) -> Path:
    suffix = {_still: ".png" if about[0] % 2 else ".jpg", _footage: ".mp4"}.get(make, ".wav")
    path = folder / f"{name}-{'x'.join(map(str, about))}-v{MADE_BY}{suffix}"
    if not path.is_file():
        part = path.with_name(f"part-{path.name}")
        make(part, *about)
        os.replace(part, path)
    return path


def _still(path: Path, number: int, width: int, height: int) -> None:
    """Photo-like noise with grain, a gradient with shapes, or both, by turns; odd ones PNG, even ones JPEG."""
    import numpy as np
    from PIL import Image

    chance = np.random.default_rng([SEED, number])
    kind = number % 3
    picture = _gradient(chance, width, height) if kind == 1 else _clouds(chance, width, height)
    if kind:
        picture = _shapes(chance, picture)
    if kind != 1:
        grain = chance.normal(0.0, 5.0, (height, width, 1)).astype(np.float32)
        picture = np.clip(picture.astype(np.float32) + grain, 0, 255).astype(np.uint8)
    image = Image.fromarray(picture)
    if path.suffix == ".png":
        image.save(path, compress_level=3)
    else:
        image.save(path, quality=92)


def _clouds(chance: np.random.Generator, width: int, height: int) -> NDArray[np.uint8]:
    """Noise of eight octaves in each channel, as a photograph's spectrum falls."""
    import numpy as np
    from PIL import Image

    total = np.zeros((height, width, 3), np.float32)
    for octave in range(8):
        cells = (4 * 2**octave, 3 * 2**octave)
        rough = (chance.random((cells[1], cells[0], 3)) * 255).astype(np.uint8)
        smooth = Image.fromarray(rough).resize((width, height), Image.Resampling.BICUBIC)
        total += (np.asarray(smooth, np.float32) - 127.5) * 0.62**octave
    spread = float(total.std())
    return np.clip(118 + total * (46 / spread), 0, 255).astype(np.uint8)


def _gradient(chance: np.random.Generator, width: int, height: int) -> NDArray[np.uint8]:
    import numpy as np

    corners = chance.integers(20, 235, (2, 2, 3)).astype(np.float32)
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    top = corners[0, 0] * (1 - across) + corners[0, 1] * across
    low = corners[1, 0] * (1 - across) + corners[1, 1] * across
    return np.asarray(top * (1 - down) + low * down).astype(np.uint8)


def _shapes(chance: np.random.Generator, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Forty ellipses, boxes and lines with sharp edges over the picture."""
    import numpy as np
    from PIL import Image, ImageDraw

    image = Image.fromarray(picture)
    pen = ImageDraw.Draw(image)
    for number in range(40):
        x, y = chance.integers(0, image.width), chance.integers(0, image.height)
        wide, high = chance.integers(20, image.width // 5, 2)
        colour = tuple(int(value) for value in chance.integers(0, 255, 3))
        box = [int(x), int(y), int(x + wide), int(y + high)]
        if number % 3 == 0:
            pen.ellipse(box, fill=colour)
        elif number % 3 == 1:
            pen.rectangle(box, fill=colour)
        else:
            pen.line(box, fill=colour, width=int(chance.integers(2, 9)))
    return np.asarray(image)


def _footage(path: Path, number: int, width: int, height: int) -> None:
    """A test pattern or a dive into the Mandelbrot set, by turns, as H.264 at crf 18 with a key frame a second."""
    import av

    asked = f"size={width}x{height}:rate={RATE}"
    drawn = f"testsrc2={asked}" if number % 2 == 0 else f"mandelbrot={asked}:start_scale={3 / (number + 1)}"
    with av.open(drawn, format="lavfi") as source, av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        context = stream.codec_context
        context.options = {"preset": "veryfast", "crf": "18", "g": str(RATE)}
        context.color_range, context.colorspace, context.color_primaries, context.color_trc = 1, 1, 1, 1
        pictures = islice(source.decode(video=0), number * RATE, (number + FOOTAGE_SECONDS) * RATE)  # no two clips alike
        for at, picture in enumerate(pictures):
            frame = picture.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
            frame.pts, frame.time_base = at, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _voice(path: Path, number: int) -> None:
    """Two seconds that rise and fall as syllables do: a buzz of 24 harmonics under a fast envelope. Mono."""
    import numpy as np

    chance = np.random.default_rng([SEED, 7, number])
    seconds = (SPOKEN[1] - SPOKEN[0]) / RATE
    time = np.arange(round(seconds * SAMPLES)) / SAMPLES
    pitch = 110.0 + 60.0 * chance.random() + 8 * np.sin(2 * np.pi * 2.1 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLES
    buzz = sum(np.sin(phase * harmonic) / harmonic for harmonic in range(1, 25))
    syllables = np.clip(np.sin(2 * np.pi * 2.2 * time + chance.random()), 0.05, 1) * np.minimum(
        1, np.minimum(time, seconds - time) * 30
    )
    _write_wave(path, (buzz * syllables * 0.22)[:, None])


def _music_file(path: Path, seconds: int) -> None:
    """Slow chords with a soft pulse. Stereo."""
    import numpy as np

    time = np.arange(seconds * SAMPLES, dtype=np.float32) / SAMPLES
    sound = np.zeros((len(time), 2), np.float32)
    for bar, root in enumerate((220.0, 174.61, 261.63, 196.0) * (seconds // 16 + 1)):
        part = slice(bar * 4 * SAMPLES, min((bar + 1) * 4 * SAMPLES, len(time)))
        for step, ratio in enumerate((1.0, 1.25, 1.5, 2.0)):
            tone = np.sin(2 * np.pi * root * ratio * time[part]) * 0.06
            sound[part, 0] += tone * (1 - step * 0.2)
            sound[part, 1] += tone * (0.4 + step * 0.2)
    sound *= (0.75 + 0.25 * np.sin(2 * np.pi * 1.5 * time))[:, None]
    _write_wave(path, sound)


def _write_wave(path: Path, samples: NDArray[Any]) -> None:
    import numpy as np

    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(SAMPLES)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
