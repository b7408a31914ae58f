"""A film is exported under the suffix of what it was rendered as, and never under one that would lie."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from glimmer.assembly.nouns import Assembly
from glimmer.errors import SettingsError
from glimmer.export import checked_out, export_film
from glimmer.render.preset import PRESETS

CUT = Assembly(title="The Lighthouse", rate=Fraction(24), tracks=())


@pytest.mark.parametrize("suffix", sorted({preset.suffix for preset in PRESETS.values()}))
def test_whatever_a_preset_makes_can_be_exported(tmp_path: Path, suffix: str) -> None:
    rendered = tmp_path / f"r{suffix}"
    rendered.write_bytes(b"a film")
    done = export_film(CUT, rendered, tmp_path / f"film{suffix}", media=Path)
    assert done.film.read_bytes() == b"a film" and done.film.name in done._repr_html_()


@pytest.mark.parametrize(
    ("out", "meant"), [("film.mov", "film.mp4"), ("film.webm", "film.mp4"), ("film", "film.mp4"), ("film.avi", "film.mp4")]
)
def test_a_suffix_that_would_lie_is_refused_with_the_right_name(tmp_path: Path, out: str, meant: str) -> None:
    rendered = tmp_path / "r.mp4"
    rendered.write_bytes(b"a film")
    with pytest.raises(SettingsError) as told:
        export_film(CUT, rendered, tmp_path / out, media=Path)
    assert str(tmp_path / meant) in str(told.value)
    assert [path.name for path in tmp_path.iterdir()] == ["r.mp4"]


def test_m4v_is_another_name_of_mp4(tmp_path: Path) -> None:
    assert checked_out(tmp_path / "film.m4v", ".mp4") == tmp_path / "film.m4v"
    assert checked_out(tmp_path / "FILM.MP4", ".mp4").name == "FILM.MP4"


def test_for_another_kind_of_file_another_preset_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="another preset"):
        checked_out(tmp_path / "film.webm", ".mov")
