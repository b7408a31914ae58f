"""Whatever a person hands in: a film or one clear error, within seconds, and no half-made project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import glimmer as gl
from glimmer.errors import GlimmerError, ScreenplayError

REFUSED = {
    "empty": b"",
    "only blanks": b"  \n\n\t\n",
    "binary": bytes(range(256)) * 64,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 400,
    "a line of 5 MB": b"EXT. SEA - DAY\n\n" + b"word " * 1_000_000,
    "a day of running time": b"EXT. SEA - DAY\n\n" + b"MARA\nHello, is anybody there tonight?\n\n" * 12_000,
    "past the size limit": b"EXT. SEA - DAY\n\n" + b"A wave.\n\n" * 2_000_000,
}
READ = {
    "200,000 lines": "EXT. SEA - DAY\n\n" + "\n" * 199_000 + "A wave.\n",
    "comments without end": "/*" * 8_000 + "\n\nEXT. SEA - DAY\n\nA wave.\n",
    "notes without end": "[[" * 8_000 + "\n\nEXT. SEA - DAY\n\nA wave.\n",
    "CR only": "EXT. SEA - DAY\r\rA wave.\r\rMARA\rSing.\r",
    "CRLF": "EXT. SEA - DAY\r\n\r\nA wave.\r\n\r\nMARA\r\nSing.\r\n",
    "no dialogue": "EXT. SEA - DAY\n\nA wave.\n",
    "no scene heading": "A wave breaks.\n\nMARA\nSing.\n",
    "one word": "Sea.\n",
    "a heading alone": "EXT. SEA - DAY\n",
    "a title page alone": "Title: Nothing\nAuthor: Nobody\n",
    "a cue without words": "EXT. SEA - DAY\n\nMARA\n\nA wave.\n",
    "only notes": "[[a note]]\n\n= a synopsis\n\n# A Section\n",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_screenplay_is_refused_in_words(what: str, tmp_path: Path) -> None:
    path = tmp_path / "script.fountain"
    path.write_bytes(REFUSED[what])
    with pytest.raises(ScreenplayError) as refused:
        gl.read_screenplay(path)
    assert "script.fountain" in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize("what", READ)
def test_what_is_odd_is_still_read_or_refused_in_words(what: str, tmp_path: Path) -> None:
    path = tmp_path / "script.fountain"
    path.write_bytes(READ[what].encode())
    try:
        script = gl.read_screenplay(path)
    except ScreenplayError as refused:
        assert "script.fountain" in str(refused)
        assert what in ("comments without end", "notes without end", "a title page alone", "only notes", "200,000 lines")
    else:
        assert script.shot_list


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_script_is_read_in_the_encoding_it_was_saved_in(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "script.fountain"
    path.write_bytes("EXT. CAFÉ - DAY\n\nRain.\n\nÉLODIE\nDéjà vu.\n".encode(encoding))
    script = gl.read_screenplay(path)
    assert [line.character for line in script.lines] == ["ÉLODIE"]
    assert script.lines[0].text == "Déjà vu."


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(GlimmerError, match=r"folder|directory"):
        gl.read_screenplay(tmp_path)
    with pytest.raises(GlimmerError, match=r"no file|not there|does not exist"):
        gl.read_screenplay(tmp_path / "none.fountain")


@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 8, b"EXT. SEA\n\n" + b"word " * 1_000_000])
def test_a_refused_script_leaves_no_half_made_project(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "script.fountain").write_bytes(content)
    run = subprocess.run(
        [sys.executable, "-m", "glimmer.cli", "make", "script.fountain", "-o", "film.mp4", "--studio", "films"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 2
    assert "script.fountain" in run.stderr and "Traceback" not in run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["script.fountain"]


@pytest.mark.parametrize("title", ["", "   ", "x" * 300])
def test_a_film_needs_a_name_that_can_be_shown(title: str, tmp_path: Path) -> None:
    with pytest.raises(GlimmerError, match="can't be called"):
        gl.Project(title, studio=tmp_path / "studio")
    assert not (tmp_path / "studio").exists()


@pytest.mark.parametrize("title", ["A/B: ../../up", "<script>alert(1)</script>", "映画", "con", "-rf *"])
def test_a_hostile_name_is_only_a_name(title: str, tmp_path: Path) -> None:
    film = gl.Project(title, studio=tmp_path / "studio")
    assert film.title == title
    assert "<script>alert" not in film._repr_html_()
    assert [path.name for path in tmp_path.iterdir()] == ["studio"]


def test_a_studio_that_can_not_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "studio").write_text("a file where the folder should be")
    with pytest.raises(GlimmerError, match="a file; expected a folder"):
        gl.Project("Song", studio=tmp_path / "studio")


def test_120_scenes_are_broken_down_and_timed(tmp_path: Path) -> None:
    text = "\n\n".join(f"EXT. PLACE {n} - DAY\n\nSomething happens in place {n}.\n\nMARA\nThis is line {n}." for n in range(120))
    film = gl.Project("Long", studio=tmp_path)
    script = film.screenplays.add(text)
    assert len(script.scenes) == 120 and len(film.video) == len(script.shot_list) >= 120


def test_a_film_is_made_of_one_silent_shot(tmp_path: Path) -> None:
    film = gl.Project("One", studio=tmp_path)
    job = film.make(film.screenplays.add("EXT. DESERT - DUSK\n\nA tent burns.\n"), preset="draft")
    assert job.state == "done" and job.result.lufs == pytest.approx(-16.0, abs=0.5)
