"""Real media for the fake server: small, valid files that any reader opens, made once for each set of parameters.

They are told apart by what they were asked for: other words give other colours, another voice another pitch, another mood another tune.
Same parameters, same bytes. NumPy and PyAV (which are in the base install) are imported inside functions, so that a server that is asked
for text alone never loads them.
"""

from __future__ import annotations

import hashlib
import io
import struct
import threading
import wave
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    import numpy as np

__all__ = [
    "ASPECTS",
    "CLIP_RATE",
    "MUSIC_RATE_HZ",
    "SPEECH_RATE_HZ",
    "clip",
    "jpeg",
    "mp3",
    "picture",
    "size_px",
    "speech_pcm",
    "tune_pcm",
    "wav",
]

SPEECH_RATE_HZ: Final = 24_000  # what the real server speaks in
MUSIC_RATE_HZ: Final = 44_100
CLIP_RATE: Final = 24
SECONDS_A_WORD: Final = 0.3  # 200 words a minute
_SCALES: Final = {"512": 1, "1K": 2, "2K": 4, "4K": 8}  # of a side of 108: enough to see that a bigger one was asked for
ASPECTS: Final = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "1:8", "8:1", "1:4", "4:1")
_T = TypeVar("_T", bound=Callable[..., Any])
_making = threading.RLock()  # two threads that want the same file make it once; a clip has a tune in it


def _kept(function: _T) -> _T:
    """Made once for its parameters, also when two threads ask at once."""
    remembered = lru_cache(maxsize=128)(function)

    def made(*given: Any, **named: Any) -> Any:
        with _making:
            return remembered(*given, **named)

    return made  # type: ignore[return-value]


def _number(words: str, below: int, salt: str = "") -> int:
    return int.from_bytes(hashlib.sha256(f"{salt}\0{words}".encode()).digest()[:8], "big") % below


# ── pictures ────────────────────────────────────────────────────────────────────────────────────────────────
def size_px(aspect: str, scale: str = "1K") -> tuple[int, int]:
    """Width and height of a picture of this aspect: the short side is 216 pixels for 1K, both sides are even."""
    wide, high = (int(part) for part in aspect.split(":"))
    short = 108 * _SCALES.get(scale, 2)
    unit = short / min(wide, high)
    return (round(wide * unit / 2) * 2, round(high * unit / 2) * 2)


@_kept
def picture(words: str, aspect: str = "16:9", scale: str = "1K") -> bytes:
    """A PNG: a sky, a sun and hills, in colours and places that follow from `words`."""
    return _png(_landscape(words, *size_px(aspect, scale)))


@_kept
def jpeg(words: str, aspect: str = "16:9", scale: str = "1K") -> bytes:
    """The same picture as a JPEG."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(_landscape(words, *size_px(aspect, scale))).save(file, "JPEG", quality=85)
    return file.getvalue()


def _landscape(words: str, width: int, height: int, moved: float = 0.0) -> np.ndarray:
    import numpy as np

    hue = _number(words, 360, "hue") / 360
    down = np.linspace(0, 1, height)[:, None]
    along = np.linspace(0, 1, width)[None, :]
    sky = [_mixed(hue, 0.75, 0.35), _mixed(hue + 0.12, 0.55, 0.95)]
    frame = np.empty((height, width, 3))
    for channel in range(3):
        frame[..., channel] = sky[0][channel] * (1 - down) + sky[1][channel] * down
    sun_x = (0.2 + 0.6 * _number(words, 100, "sun") / 100 + 0.3 * moved) % 1
    sun = ((along - sun_x) * width / height) ** 2 + (down - 0.35) ** 2 < 0.012
    frame[sun] = _mixed(hue + 0.5, 0.35, 1.0)
    for layer, dark in ((0.62, 0.55), (0.75, 0.32)):
        waves = 2 + _number(words, 5, f"hill {layer}")
        ridge = layer + 0.06 * np.sin((along + moved * 0.1) * 6.283 * waves + _number(words, 6, f"phase {layer}"))
        frame[np.broadcast_to(down, (height, width)) > np.broadcast_to(ridge, (height, width))] = _mixed(hue + 0.3, 0.5, dark)
    return np.clip(frame * 255, 0, 255).astype(np.uint8)


def _mixed(hue: float, saturation: float, value: float) -> tuple[float, float, float]:
    import colorsys

    return colorsys.hsv_to_rgb(hue % 1, saturation, value)


def _png(pixels: np.ndarray) -> bytes:
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


# ── sound ───────────────────────────────────────────────────────────────────────────────────────────────────
@_kept
def speech_pcm(lines: tuple[tuple[str, str], ...], rate_hz: int = SPEECH_RATE_HZ) -> bytes:
    """Something that sounds where words are: 16-bit mono, little endian, no header. `lines` are (voice, text) in order.

    Each word is a syllable of 0.3 s at its voice's pitch, with a short rest behind it; lines are 0.25 s apart.
    """
    import numpy as np

    parts = []
    for voice, text in lines:
        pitch_hz = 95 + _number(voice, 140, "voice")
        parts += [_syllable(pitch_hz, word, rate_hz) for word in text.split()[:2_000]]
        parts.append(np.zeros(rate_hz // 4))
    sound = np.concatenate(parts) if parts else np.zeros(rate_hz // 4)
    return (sound * 12_000).astype("<i2").tobytes()


def _syllable(pitch_hz: float, word: str, rate_hz: int) -> np.ndarray:
    import numpy as np

    count = int(rate_hz * SECONDS_A_WORD)
    at = np.arange(count) / rate_hz
    glide = pitch_hz * (1 + 0.12 * (_number(word, 9, "glide") - 4) / 4 * at / SECONDS_A_WORD)
    tone = np.sin(6.283 * glide * at) + 0.5 * np.sin(12.566 * glide * at) + 0.25 * np.sin(18.85 * glide * at)
    swell = np.abs(np.sin(np.minimum(at / (SECONDS_A_WORD * 0.85), 1) * np.pi)) ** 0.7
    shaped: np.ndarray = tone * swell / 1.75
    return shaped


@_kept
def tune_pcm(words: str, seconds: float, rate_hz: int = MUSIC_RATE_HZ) -> bytes:
    """A tune of chords that follows from `words`: 16-bit stereo, little endian, no header."""
    import numpy as np

    at = np.arange(int(seconds * rate_hz)) / rate_hz
    root_hz = 110 * 2 ** (_number(words, 12, "root") / 12)
    steps = (0, 5, 7, 3) if _number(words, 2, "mode") else (0, 4, 7, 5)
    step = (at // 0.75).astype(int) % 4
    note = root_hz * 2 ** (np.take(steps, step) / 12)
    fade = np.minimum(1, np.minimum(at, seconds - at) * 4)
    pluck = np.exp(-3 * (at % 0.75))
    left = np.sin(6.283 * root_hz * at) * 0.3 + np.sin(12.566 * note * at) * pluck * 0.4
    right = np.sin(6.283 * root_hz * at) * 0.3 + np.sin(12.58 * note * at) * pluck * 0.4
    samples: np.ndarray = np.stack([left, right], axis=1) * fade[:, None] * 20_000
    return samples.astype("<i2").tobytes()


def wav(pcm: bytes, rate_hz: int, channels: int = 1) -> bytes:
    """16-bit samples with their header."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(channels)
        written.setsampwidth(2)
        written.setframerate(rate_hz)
        written.writeframes(pcm)
    return file.getvalue()


@_kept
def mp3(pcm: bytes, rate_hz: int, channels: int) -> bytes:
    """16-bit samples as an MP3."""
    import av
    import numpy as np

    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate_hz, layout="stereo" if channels == 2 else "mono")
        stream.bit_rate = 96_000
        samples = np.frombuffer(pcm, "<i2").reshape(1, -1)
        container.mux(stream.encode(_sound_frame(samples, rate_hz, channels)))
        container.mux(stream.encode(None))
    return file.getvalue()


def _sound_frame(samples: np.ndarray, rate_hz: int, channels: int) -> Any:
    import av

    frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo" if channels == 2 else "mono")
    frame.sample_rate = rate_hz
    frame.pts = 0
    return frame


# ── clips ───────────────────────────────────────────────────────────────────────────────────────────────────
def clip(words: str, seconds: int, aspect: str = "16:9", resolution: str = "360p") -> bytes:
    """An MP4: H.264 at 24 frames a second, 160 pixels on the long side (320 above 360p), and a tune in AAC.

    It lasts exactly `seconds`; its sun moves, so that two moments of it differ. There are 24 of each length, of which the words choose
    one: hundreds of jobs in a test need not wait for hundreds of encodings.
    """
    return _clip(f"clip {_number(words, 24, 'clip')}", seconds, aspect, resolution)


@_kept
def _clip(words: str, seconds: int, aspect: str, resolution: str) -> bytes:
    import av

    long, short = (160, 90) if resolution == "360p" else (320, 180)
    width, height = (long, short) if aspect == "16:9" else (short, long)
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        picture_stream = container.add_stream(
            "libx264", rate=CLIP_RATE, options={"preset": "ultrafast", "threads": "1", "crf": "28"}
        )
        picture_stream.width, picture_stream.height, picture_stream.pix_fmt = width, height, "yuv420p"
        sound_stream = container.add_stream("aac", rate=MUSIC_RATE_HZ, layout="stereo")
        for number in range(seconds * CLIP_RATE):
            if number % 3 == 0:  # drawn on threes, as cartoons are: a third of the time
                drawn = _landscape(words, width, height, number / (15 * CLIP_RATE))
            container.mux(picture_stream.encode(av.VideoFrame.from_ndarray(drawn, format="rgb24")))
        container.mux(picture_stream.encode(None))
        _mux_sound(container, sound_stream, words, seconds)
    return file.getvalue()


def _mux_sound(container: Any, stream: Any, words: str, seconds: int) -> None:
    import numpy as np

    samples = np.frombuffer(tune_pcm(words, seconds), "<i2").reshape(1, -1)
    container.mux(stream.encode(_sound_frame(samples, MUSIC_RATE_HZ, 2)))
    container.mux(stream.encode(None))
