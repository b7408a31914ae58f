"""A film lands whole where it was asked for, with everything beside it under the same stem."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest

from glimmer.assembly.nouns import Assembly, Caption, Clip, Track
from glimmer.errors import MissingPiece, NotFound, SettingsError, StoreError
from glimmer.export import Exported, export_film

CUT = Assembly(
    title="The Lighthouse",
    rate=Fraction(24),
    tracks=(Track(name="V1", kind="picture", clips=(Clip(id="a", name="1A", kind="still", asset="a", start=0, frames=48),)),),
    captions=(Caption(line_id="l", text="Sing.", start=0, end=24),),
)


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    path = tmp_path / "studio" / "film.mp4"
    path.parent.mkdir()
    path.write_bytes(b"film" * 1000)
    return path


def export(rendered: Path, out: str | Path, **more: object) -> Exported:
    return export_film(CUT, rendered, out, media=lambda asset: Path(f"/films/{asset}.png"), **more)  # type: ignore[arg-type]


def test_everything_has_the_films_stem(rendered: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "the lighthouse é.mp4"
    done = export(rendered, out, subtitles=["srt", ".VTT"], timeline=("otio", "edl"), poster=b"\xff\xd8\xff")
    assert [path.name for path in done.paths] == [
        f"the lighthouse é.{kind}" for kind in ("mp4", "srt", "vtt", "otio", "edl", "jpg")
    ]
    assert out.read_bytes() == rendered.read_bytes()
    assert done.bytes == sum(path.stat().st_size for path in out.parent.iterdir())
    assert sorted(path.name for path in out.parent.iterdir()) == sorted(path.name for path in done.paths)  # nothing half-made stays


def test_an_exported_film_tells_what_it_is(rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = export(rendered, "a.mp4", subtitles=["srt"])
    assert repr(done) == "exported · a.mp4 · 4.0 kB · with .srt"
    assert 'src="a.mp4"' in done._repr_html_() and "a.srt" in done._repr_html_()


def test_a_film_may_be_exported_onto_itself(rendered: Path) -> None:
    before = rendered.read_bytes()
    export(rendered, rendered, subtitles=["srt"])
    assert rendered.read_bytes() == before


def test_an_older_film_is_replaced_only_if_it_may_be(rendered: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    out.write_bytes(b"old")
    with pytest.raises(SettingsError, match="there already"):
        export(rendered, out, overwrite=False)
    assert out.read_bytes() == b"old"
    export(rendered, out)
    assert out.read_bytes() == rendered.read_bytes()


@pytest.mark.parametrize("wrong", ["", "film", "film.avi", "film.", "x\0.mp4", "folder/", "."])
def test_what_is_no_films_name_is_refused(rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError):
        export(rendered, wrong)


def test_a_folder_is_refused_with_a_name_to_write(rendered: Path, tmp_path: Path) -> None:
    folder = tmp_path / "films.mp4"
    folder.mkdir()
    with pytest.raises(SettingsError, match=r'Write ".*films\.mp4/film\.mp4"'):
        export(rendered, folder)


def test_a_file_where_a_folder_should_be_is_refused(rendered: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="is no folder"):
        export(rendered, tmp_path / "file" / "a.mp4")


def test_an_unknown_format_is_refused_before_anything_is_written(rendered: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="did you mean otio"):
        export(rendered, tmp_path / "a.mp4", timeline=["oito"])
    with pytest.raises(NotFound, match="srt"):
        export(rendered, tmp_path / "a.mp4", subtitles="doc")
    assert not (tmp_path / "a.mp4").exists()


def test_a_film_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingPiece, match="Render the cut again"):
        export(tmp_path / "gone.mp4", tmp_path / "a.mp4")


def test_a_copy_that_fails_leaves_the_old_film_and_nothing_else(
    rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "a.mp4"
    export(rendered, out)
    rendered.write_bytes(b"new")

    def full(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"ne")
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(StoreError, match="No space left"):
        export(rendered, out)
    assert out.read_bytes() == b"film" * 1000 and [path.name for path in out.parent.iterdir()] == ["a.mp4"]


def test_a_cut_without_captions_says_so(rendered: Path, tmp_path: Path) -> None:
    silent = CUT.model_copy(update={"captions": ()})
    done = export_film(silent, rendered, tmp_path / "a.mp4", subtitles=["srt"], media=lambda asset: Path(asset))
    assert done.notices == ("The cut has no captions, so the subtitles are empty.",)
