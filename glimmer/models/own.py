"""Models of one's own: a typed function is a model. What it takes says whose work it does, what it gives back becomes a take.

    def ink(request: ShotRequest) -> Image: …        draws shots
    def say(request: SpeechRequest) -> bytes: …       speaks lines (a WAV, FLAC or MP3 file)
    def hum(request: ComposeRequest) -> ndarray: …    composes (floats, samples × channels, 48 kHz)

What the job needs besides (an artist's sheets, a voice's casting) is done by whoever did it before.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, get_type_hints

from pydantic import BaseModel

from glimmer import limits
from glimmer.errors import InputError, ModelError
from glimmer.models.interface import (
    AmbienceRequest,
    CastBrief,
    ClipRequest,
    ComposeRequest,
    Design,
    EffectsRequest,
    JudgeRequest,
    Made,
    PaintRequest,
    SheetRequest,
    ShotRequest,
    SpeechRequest,
    TextRequest,
    WriteRequest,
)
from glimmer.models.pricing import FREE, Estimate
from glimmer.models.watching import the_watch
from glimmer.vocabulary import Job

__all__ = ["FunctionModel", "made_of"]

# What a function takes -> (whose job it does, by which verb).
_WORK: Final[dict[type[BaseModel], tuple[Job, str]]] = {
    ShotRequest: ("artist", "shot"),
    PaintRequest: ("artist", "shot"),
    ClipRequest: ("artist", "shot"),
    SheetRequest: ("artist", "sheet"),
    SpeechRequest: ("speech", "speak"),
    ComposeRequest: ("composer", "compose"),
    AmbienceRequest: ("sound", "ambience"),
    EffectsRequest: ("sound", "effects"),
    WriteRequest: ("writer", "write"),
    TextRequest: ("text", "answer"),
    JudgeRequest: ("judge", "judge"),
    CastBrief: ("designer", "design"),
}
_SOUND_RATE: Final = 48_000
# How a file of each kind begins; what stands at byte 0, or at the place named.
_BEGINNINGS: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (0, b"fLaC", "audio/flac"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
)


class FunctionModel:
    """A function that does one job of a film. `base` does what the function does not; it is set when a film takes the model on."""

    def __init__(
        self,
        function: Callable[..., Any],
        *,
        name: str = "",
        version: str = "",
        usd: float | Callable[[Any], float] = 0.0,
        reads_words: bool = False,
        base: object = None,
    ) -> None:
        """version: raise it when the same request would give something else; "" follows the function's own text.

        Raises: InputError for a function whose first parameter is not one of the requests, or for an impossible price.
        """
        self.function = function
        self.request_type = _request_of(function)
        self.job, self.verb = _WORK[self.request_type]
        self.films = self.request_type is ClipRequest
        self.reads_words = reads_words
        self.name = f"own:{name or function.__name__}"
        self.version = version or _text_of(function)
        self.usd = usd
        self.base = base
        if not callable(usd):
            _checked_usd(usd, self.name)

    def upon(self, base: object) -> FunctionModel:
        """The same, with `base` for what the function does not do."""
        again = FunctionModel.__new__(type(self))
        again.__dict__.update(self.__dict__, base=base)
        return again

    def __getattr__(self, verb: str) -> Any:
        if verb.startswith("_") or "verb" not in self.__dict__:
            raise AttributeError(verb)
        if verb == self.verb:
            return self._work
        found = getattr(self.base, verb, None)
        if found is None:
            raise AttributeError(f"{self.name} only does {self.verb}; nobody stands behind it for {verb}")
        return found

    def version_for(self, request: BaseModel) -> str:
        """The function's own, and not that of whoever stands behind it: a changed function asks for new takes."""
        return self.version

    def estimate(self, request: BaseModel) -> Estimate:
        """What this request would cost, as its maker said."""
        usd = _checked_usd(self.usd(request) if callable(self.usd) else self.usd, self.name)
        return Estimate(low_usd=usd, expected_usd=usd, high_usd=usd, price_date="own") if usd else FREE

    def _work(self, request: Any, **more: Any) -> Any:
        if self.estimate(request).high_usd:
            the_watch().submitting()  # what the function sends, and when, is not known: after a kill it is not sent again unasked
        answer = self.function(request, **more) if self.job == "designer" and _takes_more(self.function) else self.function(request)
        if self.job == "designer":
            return answer if isinstance(answer, Design) else Design.model_validate(answer)
        made = answer if isinstance(answer, Made) else made_of(answer, self.name)
        usd = self.estimate(request).expected_usd
        return made if made.usd or not usd else made.model_copy(update={"usd": usd, "price_date": "own"})

    def __call__(self, request: Any) -> Any:
        return self.function(request)

    def __repr__(self) -> str:
        price = "priced by request" if callable(self.usd) else f"${self.usd:.4g} each" if self.usd else "$0"
        return f"model {self.name} · {self.job}.{self.verb} · {price}"


def made_of(answer: object, who: str) -> Made:
    """What a function gave back, as media: a file's bytes or path, text, a PIL image, pixels (uint8) or samples (floats at 48 kHz).

    Raises: ModelError for anything else, or for media that can't be read.
    """
    if isinstance(answer, Path):
        answer = answer.read_bytes()
    if isinstance(answer, str):
        return Made(media=answer.encode(), media_type="text/plain")
    if isinstance(answer, dict):
        import json

        return Made(media=json.dumps(answer, ensure_ascii=False).encode(), media_type="application/json")
    if isinstance(answer, bytes | bytearray | memoryview):
        content = bytes(answer)
        kind = next((kind for at, mark, kind in _BEGINNINGS if content[at : at + len(mark)] == mark), "")
        if not kind:
            raise _unusable(who, f"{len(content):,} bytes that are no PNG, JPEG, WebP, FLAC, WAV, MP3, Ogg, MP4 or WebM")
        return Made(media=content, media_type=kind, seconds=_seconds(content, kind))
    if hasattr(answer, "save") and hasattr(answer, "convert"):
        return Made(media=_png(answer), media_type="image/png")
    if hasattr(answer, "__array__"):
        return _of_array(answer, who)
    raise _unusable(who, f"a {type(answer).__name__}")


def _of_array(answer: Any, who: str) -> Made:
    import numpy as np

    values = np.asarray(answer)
    if values.dtype == np.uint8 and values.ndim in (2, 3):
        from PIL import Image

        return Made(media=_png(Image.fromarray(values)), media_type="image/png")
    if np.issubdtype(values.dtype, np.floating) and values.ndim in (1, 2) and values.size:
        if not np.isfinite(values).all():
            raise _unusable(who, "sound with values that are not finite")
        import soundfile

        sink = io.BytesIO()
        soundfile.write(sink, values.clip(-1, 1), _SOUND_RATE, format="FLAC", subtype="PCM_24")
        return Made(media=sink.getvalue(), media_type="audio/flac", seconds=len(values) / _SOUND_RATE)
    raise _unusable(who, f"an array of {values.dtype} in {values.ndim} dimensions")


def _png(image: Any) -> bytes:
    sink = io.BytesIO()
    image.save(sink, "PNG")
    return sink.getvalue()


def _seconds(content: bytes, kind: str) -> float:
    if kind.startswith("image/"):
        return 0.0
    import av

    with av.open(io.BytesIO(content), "r") as media:
        return float(media.duration or 0) / av.time_base


def _unusable(who: str, what: str) -> ModelError:
    return ModelError(
        f"{who} gave back {what}; expected a file's bytes or path, text, a picture (PIL, uint8 pixels), sound (floats at 48 kHz), or a Made.",
        kind="malformed",
        model=who,
    )


def _request_of(function: Callable[..., Any]) -> type[BaseModel]:
    asked: type[BaseModel] | None
    try:
        parameters = list(inspect.signature(function).parameters.values())
        hints = get_type_hints(function)
    except (TypeError, ValueError, NameError) as reason:
        raise InputError(
            f"{function!r:.80} can't be a model ({reason}); expected a function with a typed first parameter."
        ) from reason
    asked = hints.get(parameters[0].name) if parameters else None
    if asked is None or asked not in _WORK:
        known = ", ".join(kind.__name__ for kind in _WORK)
        raise InputError(
            f"{getattr(function, '__name__', function)!s:.80} takes {getattr(asked, '__name__', asked)}; expected a first parameter of one of "
            f"these types, which says whose work it does: {known}."
        )
    found: type[BaseModel] = asked
    return found


def _takes_more(function: Callable[..., Any]) -> bool:
    return "others" in inspect.signature(function).parameters


def _text_of(function: Callable[..., Any]) -> str:
    """What tells one text of a function from another: its source, else its code."""
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError):
        code = getattr(function, "__code__", None)
        text = repr((code.co_code, code.co_consts, code.co_names)) if code is not None else repr(function)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _checked_usd(usd: object, who: str) -> float:
    if isinstance(usd, bool) or not isinstance(usd, int | float) or not math.isfinite(usd) or not 0 <= usd <= limits.MAX_CALL_USD:
        raise InputError(f"{who} costs {usd!r:.40}; expected US dollars from 0 to {limits.MAX_CALL_USD} (MAX_CALL_USD) a request.")
    return float(usd)
