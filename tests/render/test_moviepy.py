"""moviepy on both sides: its clips become shots with their effects, and a cut goes back to it."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from glimmer.assembly.nouns import Transition
from glimmer.assets import Assets
from glimmer.buckets import Bucket
from glimmer.errors import InputError, NotInstalled
from glimmer.render.picture import frame
from glimmer.render.to_moviepy import to_moviepy
from glimmer.store import Database, Store

WARM, COOL = (180, 70, 50), (50, 100, 170)


@pytest.fixture
def moviepy():
    return pytest.importorskip("moviepy", reason="moviepy is not installed (extra [moviepy])")


@pytest.fixture
def video(tmp_path: Path) -> Bucket:
    store = Store(Database(tmp_path / "studio" / "glimmer.db"), "Song")
    store.set_entries("video", [("shot-a", "1A")])
    return Bucket("video", "shot", store, Assets(tmp_path / "studio" / "objects"))


def a_cut(shelf, rate=Fraction(24)):
    return shelf.cut(
        shelf.picture(
            shelf.shot(shelf.still("a.png", WARM), 0, 30),
            shelf.shot(shelf.still("b.png", COOL), 30, 31),
            transitions=(Transition(kind="dissolve", left="v0", right="v30", frames=9),),
        ),
        shelf.sound("A1", shelf.heard(shelf.tone("t.flac", 1.0), 24, 24)),
        rate=rate,
    )


# ── a cut goes to moviepy ───────────────────────────────────────────────────────────────────────────────────
def test_without_moviepy_the_extra_is_named(shelf, monkeypatch):
    monkeypatch.setitem(sys.modules, "moviepy", None)
    with pytest.raises(NotInstalled, match=r"\[moviepy\]") as refused:
        to_moviepy(a_cut(shelf), media=shelf, width_px=160, height_px=90)
    assert refused.value.extra == "moviepy"


def test_a_cut_is_a_clip_with_the_same_pictures_length_and_sound(shelf, moviepy):
    cut = a_cut(shelf, Fraction(30000, 1001))
    clip = to_moviepy(cut, media=shelf, width_px=160, height_px=90)
    assert (
        clip.duration == float(61 * Fraction(1001, 30000)) and clip.fps == float(Fraction(30000, 1001)) and clip.size == (160, 90)
    )
    for number in (0, 29, 30, 31, 60, 7):
        wanted = frame(cut, number, width_px=160, height_px=90, media=shelf)
        assert np.array_equal(clip.get_frame(number / clip.fps), wanted)
        assert np.array_equal(clip.get_frame((number + 0.9) / clip.fps), wanted)
    heard = clip.audio.to_soundarray(fps=48_000)
    assert len(heard) == pytest.approx(48_000 * clip.duration, abs=2)
    tone = heard[round(48_000 * 26 / clip.fps) : round(48_000 * 40 / clip.fps)]
    assert np.abs(heard[:20_000]).max() < 1e-4 < 0.1 < np.abs(tone).max()


def test_an_odd_size_is_refused(shelf, moviepy):
    with pytest.raises(InputError, match="even sides"):
        to_moviepy(a_cut(shelf), media=shelf, width_px=161, height_px=90)


# ── a clip comes from moviepy ───────────────────────────────────────────────────────────────────────────────
def test_a_clip_is_a_shot_with_its_effects_and_its_sound(video, moviepy):
    from moviepy import ColorClip, vfx
    from moviepy.audio.AudioClip import AudioClip

    tone = AudioClip(lambda t: np.sin(2 * np.pi * 440 * np.asarray(t)) * 0.3, duration=1.0, fps=44_100)
    clip = ColorClip((64, 36), color=WARM, duration=1.0).with_effects([vfx.FadeOut(0.5)]).with_audio(tone).with_fps(30)
    entry = video.add(clip, shot="1A")
    assert entry.used.seconds == 1.0
    with av.open(str(entry.path)) as container:
        shown = [picture.to_ndarray(format="rgb24", src_colorspace="ITU709") for picture in container.decode(video=0)]
    assert len(shown) == 30 and np.abs(shown[5].reshape(-1, 3).mean(axis=0) - WARM).max() <= 3
    assert np.abs(shown[-1].mean() - clip.get_frame(29 / 30).mean()) < 3
    with av.open(str(entry.path)) as container:
        heard = np.concatenate([each.to_ndarray()[0] for each in container.decode(audio=0)])
    spectrum = np.abs(np.fft.rfft(heard[2_000:42_000]))
    assert abs(spectrum.argmax() * 48_000 / 40_000 - 440) < 2 and np.abs(heard).max() == pytest.approx(0.3, abs=0.05)
    assert len(video.add(clip, shot="1A").takes) == 1


def test_a_clip_with_a_mask_keeps_its_alpha(video, moviepy):
    from moviepy import ColorClip, VideoClip

    mask = VideoClip(lambda t: np.tile(np.linspace(0, 1, 64), (36, 1)), is_mask=True, duration=0.25)
    entry = video.add(ColorClip((64, 36), color=COOL, duration=0.25).with_mask(mask).with_fps(24), shot="1A")
    with av.open(str(entry.path)) as container:
        shown = next(container.decode(video=0)).to_ndarray(format="rgba", src_colorspace="ITU709")
    assert np.abs(shown[18, :, 3].astype(float) - np.linspace(0, 255, 64)).max() < 4


def test_a_clip_without_a_length_is_refused(video, moviepy):
    from moviepy import ColorClip

    with pytest.raises(InputError, match="with_duration"):
        video.add(ColorClip((64, 36), color=COOL), shot="1A")
