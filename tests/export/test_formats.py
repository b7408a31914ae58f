"""film.export(): a small film in every kind of file a preset makes, and its sound in parts beside it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

import glimmer as gl
from glimmer.assembly.nouns import Assembly, Clip, Track
from glimmer.errors import MissingPiece, SettingsError
from glimmer.render.preset import Preset

RATE = 48_000
SIZE = {"width_px": 64, "height_px": 64, "x264_preset": "ultrafast"}
PRESETS = {
    ".mp4": Preset(name="a", rate=24, **SIZE),
    ".mov": Preset(name="b", rate=24, picture="prores", **SIZE),
    ".webm": Preset(name="c", rate=24, picture="vp9", **SIZE),
    ".gif": Preset(name="d", rate=12, picture="gif", **SIZE),
    ".m4a": Preset(name="e", rate=24, picture="none", **SIZE),
    ".wav": Preset(name="f", rate=24, picture="none", audio_codec="pcm", **SIZE),
    ".flac": Preset(name="g", rate=24, picture="none", audio_codec="flac", **SIZE),
    ".ogg": Preset(name="h", rate=24, picture="none", audio_codec="opus", **SIZE),
}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[gl.Project]:
    """One second: a grey still; a voice, a cue and a surf, each a tone of its own."""
    folder = tmp_path_factory.mktemp("formats")
    project = gl.Project("Second", studio=folder / "studio", models="rehearsal", user="ada")
    Image.new("RGB", (64, 64), (90, 90, 90)).save(folder / "still.png")
    still = project.assets.put_file(folder / "still.png", "image/png")
    tracks = [Track(name="V1", kind="picture", clips=(clip("still", still),))]
    for name, role, hertz in (("A1", "dialogue", 400), ("A2", "music", 900), ("A3", "effects", 2_000)):
        soundfile.write(folder / f"{role}.wav", 0.1 * np.sin(np.arange(RATE) / RATE * 2 * np.pi * hertz), RATE)
        sound = project.assets.put_file(folder / f"{role}.wav", "audio/wav")
        tracks.append(Track(name=name, kind="sound", role=role, clips=(clip("sound", sound),)))
    project.cut = Assembly(title="Second", rate=Fraction(24), tracks=tuple(tracks))
    yield project
    project.lot.close()


def clip(kind: str, asset: str) -> Clip:
    return Clip(id=asset[:6], name=kind, kind=kind, asset=asset, start=0, frames=24)


def pitch(path: Path) -> int:
    """The loudest pitch in Hz of what a second reader finds in the file, or 0 for silence."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        parts = [part.to_ndarray()[0] for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    wave = np.concatenate(parts)[4_800:43_200]
    return int(np.argmax(np.abs(np.fft.rfft(wave * np.hanning(len(wave))))) * 1.25) if np.abs(wave).max() > 0.001 else 0


@pytest.mark.parametrize("suffix", PRESETS)
def test_every_kind_of_file_is_exported_and_plays(film: gl.Project, tmp_path: Path, suffix: str) -> None:
    done = film.export(film.render(preset=PRESETS[suffix]).wait(), tmp_path / f"film{suffix}", timeline=["otio"])
    assert done.film == tmp_path / f"film{suffix}" and done.film.stat().st_size > 500
    pictured = suffix in (".mp4", ".mov", ".webm", ".gif")
    beside = {f"film{suffix}", "film.otio", *(["film.jpg"] if pictured else [])}
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in done.paths} == beside
    with av.open(str(done.film)) as container:
        assert (
            sum(1 for _ in container.decode(video=0)) == (12 if suffix == ".gif" else 24)
            if pictured
            else not container.streams.video
        )
        assert bool(container.streams.audio) is (suffix != ".gif")
    with pytest.raises(SettingsError, match="this film is written as"):
        film.export(film.renders[-1], tmp_path / "film.avi")


@pytest.mark.parametrize("suffix", [".mp4", ".wav"])
def test_stems_lie_beside_the_film(film: gl.Project, tmp_path: Path, suffix: str) -> None:
    done = film.export(film.render(preset=PRESETS[suffix]).wait(), tmp_path / f"film{suffix}", stems=True)
    stems = [path for path in done.paths if path.suffix == ".wav" and path != done.film]
    assert [path.name for path in stems] == ["film_DX.wav", "film_MX.wav", "film_FX.wav"]
    assert [pitch(path) for path in stems] == pytest.approx([400, 900, 2_000], abs=3)
    total = sum(soundfile.read(path)[0] for path in stems)
    with av.open(str(done.film)) as container:
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        parts = [part.to_ndarray() for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    master = np.concatenate(parts, axis=1).T[:RATE]
    assert 20 * np.log10(master[4_800:43_200].std() / total[4_800:43_200].std()) == pytest.approx(0.0, abs=0.3)
    assert "with" in repr(done) and "stems" in repr(done)
    assert done._repr_html_().count(">stem<") == 3


def test_a_gif_has_no_stems_and_says_so_before_anything_is_written(film: gl.Project, tmp_path: Path) -> None:
    job = film.render(preset=PRESETS[".gif"]).wait()
    with pytest.raises(MissingPiece, match="is a GIF, which has no sound"):
        film.export(job, tmp_path / "out" / "film.gif", stems=True)
    assert not (tmp_path / "out").exists()


def test_stems_whose_media_are_gone_leave_nothing_behind(film: gl.Project, tmp_path: Path) -> None:
    job = film.render(preset=PRESETS[".mp4"]).wait()
    lost = film.assets.path(film.cut.track("A2").clips[0].asset)
    kept = lost.read_bytes()
    lost.chmod(0o644)
    lost.unlink()
    try:
        with pytest.raises(gl.errors.GlimmerError):
            film.export(job, tmp_path / "out" / "film.mp4", stems=True)
        assert not list((tmp_path / "out").iterdir())
    finally:
        lost.write_bytes(kept)
