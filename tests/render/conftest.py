"""Small cuts with media made on the spot: flat stills, tones, footage whose every frame says its number."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from glimmer.assembly.nouns import Assembly, Caption, CaptionWord, Clip, Track
from glimmer.render.encoder import encode_segment
from glimmer.render.plan import plan
from glimmer.render.preset import Preset
from glimmer.render.stills import PlanesKept

_SOUNDS = {
    "aac": ("aac", "ipod", "fltp"),
    "opus": ("libopus", "ogg", "flt"),
    "pcm": ("pcm_s24le", "wav", "s32"),
    "flac": ("flac", "flac", "s32"),
}


class Shelf:
    """A folder of media, and short ways to say clips of it. `shelf(name)` is the file of an asset, as render asks for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, asset: str) -> Path:
        return self.folder / asset

    def still(self, name: str, rgb: tuple[int, int, int] | np.ndarray, size: tuple[int, int] = (640, 360)) -> str:
        picture = np.full((size[1], size[0], 3), rgb, np.uint8) if isinstance(rgb, tuple) else rgb
        Image.fromarray(picture).save(self.folder / name, "PNG")
        return name

    def tone(
        self, name: str, seconds: float, hertz: float = 440.0, level: float = 0.25, rate: int = 48_000, channels: int = 1
    ) -> str:
        at = np.arange(round(seconds * rate)) / rate
        wave = level * np.sin(2 * np.pi * hertz * at)
        soundfile.write(self.folder / name, np.repeat(wave[:, None], channels, axis=1), rate, format="FLAC")
        return name

    def footage(self, name: str, frames: int, rate: int = 30, size: tuple[int, int] = (320, 180)) -> str:
        """Frame n is a grey of 40 + 2n."""
        with av.open(str(self.folder / name), "w", format="mp4") as container:
            stream = container.add_stream("libx264", rate=rate)
            stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
            stream.codec_context.options = {"crf": "5", "preset": "ultrafast"}
            for number in range(frames):
                grey = np.full((size[1], size[0], 3), 40 + 2 * number, np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
            container.mux(stream.encode(None))
        return name

    def coded(self, codec: str, seconds: Fraction, begins: float = 0.1) -> Path:
        """A soundtrack as the render makes it: a 440 Hz tone from `begins` on, in "aac", "opus", "pcm" or "flac"."""
        encoder, form, kind = _SOUNDS[codec]
        count = round(seconds * 48_000)
        at = np.arange(count) / 48_000
        wave = np.where(at >= begins, 0.3 * np.sin(2 * np.pi * 440 * at), 0.0)
        out = self.folder / f"coded-{codec}-{count}.{form if form != 'ipod' else 'm4a'}"
        with av.open(str(out), "w", format=form) as container:
            stream = container.add_stream(encoder, rate=48_000)
            stream.codec_context.layout = "stereo"
            for first in range(0, count, 960):
                both = np.stack([wave[first : first + 960]] * 2)
                whole = (both * 2**31).astype(np.int32) if kind == "s32" else both.astype(np.float32)
                laid = whole if kind == "fltp" else whole.T.reshape(1, -1)
                frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(laid), format=kind, layout="stereo")
                frame.sample_rate, frame.pts, frame.time_base = 48_000, first, Fraction(1, 48_000)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return out

    def pieces(self, cut: Assembly, preset: Preset, folder: Path) -> list[tuple[Path, int]]:
        """The segments of `cut`, encoded: (file, frames)."""
        folder.mkdir(exist_ok=True)
        made = []
        for segment in plan(cut, preset).segments:
            out = folder / f"{segment.key}.mp4"
            encode_segment(segment, preset, out, media=self, kept=PlanesKept(), on_frame=lambda: None, cancelled=lambda: False)
            made.append((out, segment.frames))
        return made

    @staticmethod
    def picture(*clips: Clip, transitions: tuple = ()) -> Track:
        return Track(name="V1", kind="picture", clips=clips, transitions=transitions)

    @staticmethod
    def sound(name: str, *clips: Clip, **more: object) -> Track:
        return Track(name=name, kind="sound", role="dialogue", clips=clips, **more)

    @staticmethod
    def shot(asset: str, start: int, frames: int, **more: object) -> Clip:
        return Clip(id=f"v{start}", name=f"shot at {start}", kind="still", asset=asset, start=start, frames=frames, **more)

    @staticmethod
    def heard(asset: str, start: int, frames: int, **more: object) -> Clip:
        return Clip(id=f"a{start}{asset}", name=f"sound at {start}", kind="sound", asset=asset, start=start, frames=frames, **more)

    @staticmethod
    def cut(*tracks: Track, rate: Fraction = Fraction(24), captions: tuple[Caption, ...] = ()) -> Assembly:
        return Assembly(title="Test", rate=rate, tracks=tracks, captions=captions)

    @staticmethod
    def spoken(text: str, start: int, frames_a_word: int = 6, **more: object) -> Caption:
        words = text.split()
        timed = tuple(
            CaptionWord(word=word, start=start + number * frames_a_word, end=start + (number + 1) * frames_a_word)
            for number, word in enumerate(words)
        )
        return Caption(line_id=text[:8], text=text, start=start, end=start + len(words) * frames_a_word, words=timed, **more)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "media"
    folder.mkdir()
    return Shelf(folder)


@pytest.fixture
def small() -> Callable[..., Preset]:
    """A preset that renders in a blink."""

    def of(rate: Fraction = Fraction(24), **more: object) -> Preset:
        wanted = {"name": "small", "width_px": 320, "height_px": 180, "rate": rate, "x264_preset": "ultrafast", "crf": 12}
        return Preset(**(wanted | more))

    return of
