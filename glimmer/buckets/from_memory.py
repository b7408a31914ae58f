"""Media that is in memory already, or in a person's own code: a PIL image, a matplotlib figure, frames in an array, in a list or from a
generator, a function of time, a moviepy clip. Told by what they can do: none of their packages is imported for it.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

from glimmer import limits
from glimmer.buckets.drawn import Drawn, DrawnSound, drawn, pixels_of
from glimmer.errors import InputError, LimitError
from glimmer.timecode import rate_of

__all__ = ["NO_TIMING", "FromMemory", "Timing", "from_memory"]

_USUAL_RATE: Final = Fraction(24)
_SOUND_RATE: Final = 48_000
_BLOCK: Final = 48_000  # samples of a moviepy clip's sound that are asked for at once


class Timing(NamedTuple):
    """What a person says about pictures that come out of code; None and "" where nothing was said.

    key: the name under which they are known, so that code is not run again for what a take has already.
    """

    rate: Fraction | None = None
    seconds: Fraction | None = None
    key: str = ""

    @classmethod
    def of(cls, rate: object, seconds: object, key: object) -> Timing:
        """As a person says it. Raises: TimecodeError for what is no rate, InputError, LimitError."""
        if not isinstance(key, str):
            raise InputError(f'key={key!r:.80}; expected a name such as key="sunrise 2".')
        if len(key) > limits.MAX_NAME_CHARS:
            raise LimitError(
                f"key= has {len(key):,} characters; at most {limits.MAX_NAME_CHARS} are kept (MAX_NAME_CHARS). Say it shorter.",
                limit="MAX_NAME_CHARS",
            )
        return cls(None if rate is None else rate_of(rate), _seconds(seconds), key.strip())  # type: ignore[arg-type]

    def digest(self) -> str:
        """What the key stands for, together with the rate and the length that go with it."""
        said = [self.key, str(self.rate or ""), str(self.seconds or "")]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


NO_TIMING: Final = Timing()


class FromMemory(NamedTuple):
    """What it is; its bytes, or the path of a file of ours that is gone when the `with` ends."""

    name: str
    media_type: str
    seconds: float
    content: bytes = b""
    path: Path | None = None


@contextmanager
def from_memory(media: Any, timing: Timing, folder: Path) -> Iterator[FromMemory]:
    """`media` as a PNG, or as footage in a file in `folder`. What a person's code raises goes on as it is; then nothing is left.

    Raises: InputError for what is none of these, LimitError for one that is too large or too long.
    """
    if hasattr(media, "get_frame") and hasattr(media, "duration"):
        with _moviepy(media, timing, folder) as film:
            yield _footage("clip", film)
    elif _is_picture(media):
        _no_timing(timing)
        name = "figure" if hasattr(media, "savefig") else "image" if hasattr(media, "save") else "still"
        yield FromMemory(name, "image/png", 0.0, _png(pixels_of(media, "it")))
    else:
        with drawn(_frames(media, timing), rate=timing.rate or _USUAL_RATE, folder=folder) as film:
            yield _footage("frames", film)


def _footage(name: str, film: Drawn) -> FromMemory:
    return FromMemory(name, film.media_type, film.seconds, path=film.path)


def _is_picture(media: Any) -> bool:
    if hasattr(media, "savefig") or (hasattr(media, "save") and hasattr(media, "convert")):
        return True
    return hasattr(media, "__array__") and getattr(media, "ndim", 3) != 4


def _frames(media: Any, timing: Timing) -> Iterable[Any]:
    if callable(media):
        return _called(media, timing)
    if isinstance(media, dict | set | frozenset) or not hasattr(media, "__iter__"):
        raise InputError(
            f"can't add a {type(media).__name__}; expected a file's path, its bytes, a PIL image, an array of frames or a generator of "
            "them, a matplotlib figure, a function of time, or a moviepy clip."
        )
    if timing.seconds is not None:
        raise InputError(
            "seconds= is for a function of time; expected none here, as frames say themselves how many they are. Say rate= only."
        )
    frames: Iterable[Any] = media
    return frames


# ── a function of time ──────────────────────────────────────────────────────────────────────────────────────
def _called(function: Callable[[float], Any], timing: Timing) -> Iterator[Any]:
    """What the function gives at every frame's time, in seconds. Figures that it opened are closed once they are drawn."""
    name = getattr(function, "__name__", type(function).__name__)
    if timing.seconds is None:
        raise InputError(f'the function {name} has no length; expected add({name}, seconds=4, key="…"). Say how long it goes on.')
    if not timing.key:
        raise InputError(
            f"the function {name} can't be told from another by its content, so its pictures can't be found again; expected a key of "
            f'your choice: add({name}, seconds={float(timing.seconds):g}, key="{name.strip("<>")} 1"). Change the key when you change it.'
        )
    rate = timing.rate or _USUAL_RATE
    count = math.floor(timing.seconds * rate + Fraction(1, 2))
    if count < 1:
        raise InputError(
            f"seconds={float(timing.seconds):g} is no frame at {rate} frames a second; expected at least {float(1 / rate):.3f}."
        )
    return _at_each(function, rate, count)


def _at_each(function: Callable[[float], Any], rate: Fraction, count: int) -> Iterator[Any]:
    for number in range(count):
        before = _open_figures()
        yield function(float(number / rate))
        for opened in _open_figures() - before:
            sys.modules["matplotlib.pyplot"].close(opened)


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot is not None else set()


# ── moviepy ─────────────────────────────────────────────────────────────────────────────────────────────────
def _moviepy(clip: Any, timing: Timing, folder: Path) -> Any:
    if not clip.duration or not math.isfinite(clip.duration) or clip.duration <= 0:
        raise InputError("can't add a moviepy clip without a length; give it one with clip.with_duration(seconds).")
    if clip.duration > limits.MAX_FILM_SECONDS:
        raise LimitError(
            f"the clip lasts {clip.duration:,.0f} s; at most {limits.MAX_FILM_SECONDS:,} are taken (MAX_FILM_SECONDS). Cut it.",
            limit="MAX_FILM_SECONDS",
        )
    if timing.seconds is not None:
        raise InputError("seconds= is for a function of time; a moviepy clip has its own. Use clip.subclipped(0, seconds).")
    rate = timing.rate or (rate_of(clip.fps) if getattr(clip, "fps", None) else _USUAL_RATE)
    count = max(round(clip.duration * rate), 1)
    return drawn(_of_clip(clip, rate, count), rate=rate, folder=folder, sound=_sound_of(clip, count / rate))


def _of_clip(clip: Any, rate: Fraction, count: int) -> Iterator[Any]:
    import numpy as np

    for number in range(count):
        seconds = min(float(number / rate), clip.duration)
        pixels = np.asarray(clip.get_frame(seconds))[..., :3].clip(0, 255).astype(np.uint8)
        if clip.mask is not None:
            alpha = (255 * np.asarray(clip.mask.get_frame(seconds))).clip(0, 255).round().astype(np.uint8)
            pixels = np.dstack([pixels, alpha])
        yield pixels


def _sound_of(clip: Any, seconds: Fraction) -> DrawnSound | None:
    if clip.audio is None:
        return None
    return DrawnSound(_sound_blocks(clip.audio, seconds), min(max(int(clip.audio.nchannels or 2), 1), 2))


def _sound_blocks(audio: Any, seconds: Fraction) -> Iterator[Any]:
    """The sound by the second, asked for by its times; silence after its end."""
    import numpy as np

    total = round(seconds * _SOUND_RATE)
    last = audio.duration if audio.duration is not None else float(seconds)
    for start in range(0, total, _BLOCK):
        times = np.arange(start, min(start + _BLOCK, total)) / _SOUND_RATE
        heard = np.asarray(audio.get_frame(times), np.float32).reshape(len(times), -1)
        yield heard * (times < last)[:, None]


# ── small things ────────────────────────────────────────────────────────────────────────────────────────────
def _no_timing(timing: Timing) -> None:
    if timing.rate is not None or timing.seconds is not None:
        raise InputError("rate= and seconds= are for frames, functions and clips; this is one picture. Leave them out.")


def _png(pixels: Any) -> bytes:
    from PIL import Image

    sink = io.BytesIO()
    Image.fromarray(pixels).save(sink, format="PNG", compress_level=3)
    return sink.getvalue()


def _seconds(seconds: object) -> Fraction | None:
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float | Fraction) or not math.isfinite(seconds) or seconds <= 0:
        raise InputError(f"seconds={seconds!r:.80}; expected a number above 0, such as seconds=4.")
    if seconds > limits.MAX_FILM_SECONDS:
        raise LimitError(
            f"seconds={seconds:,.0f}; at most {limits.MAX_FILM_SECONDS:,} are taken (MAX_FILM_SECONDS). Make it shorter.",
            limit="MAX_FILM_SECONDS",
        )
    return Fraction(seconds).limit_denominator(1_000_000)
