"""`glimmer studio …`: what it says, what it ends with, and that garbage collection is careful."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from glimmer import cli, doctor
from glimmer.lot import Lot
from glimmer.store import Store, Take


@dataclass
class Said:
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`glimmer studio …` in `tmp_path`, with the studio in its folder `films`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GLIMMER_STUDIO", "films")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["glimmer", "studio", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def lot(tmp_path: Path) -> Lot:
    """A studio with one film: a take whose file is there, and a file that nothing speaks of."""
    lot = Lot.at(tmp_path / "films")
    film = Store(lot.database, "The Harbour")
    film.set_entries("video", [("1a", "1A")])
    keep(film, lot.assets.put(b"\x89PNG\r\n\x1a\n board", "image/png"))
    return lot


def keep(film: Store, asset: str) -> None:
    film.add_take(
        "video", "1a", Take(id=0, number=0, request_key=asset, made_for=asset, model="m", asset=asset, media_type="image/png")
    )


def aged(path: Path, days: float) -> None:
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_films_are_listed(run: Run, lot: Lot) -> None:
    said = run("list")
    assert said.code == 0 and "The Harbour" in said.out and "1 film" in said.out
    assert run("list", "--titles").out == "The Harbour\n"


def test_a_folder_with_no_studio_is_told_and_stays_empty(run: Run, tmp_path: Path) -> None:
    for command in (
        ["list"],
        ["check"],
        ["gc"],
        ["backup"],
        ["trash"],
        ["trash", "A"],
        ["restore", "A"],
        ["rename", "A", "B"],
        ["archive", "A"],
    ):
        said = run(*command, "--studio", "nowhere")
        assert said.code == 2 and "there is no studio in" in said.err and said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_check_ends_with_1_if_anything_is_wrong(run: Run, lot: Lot) -> None:
    said = run("check")
    assert said.code == 0 and "all 1 file whole" in said.out
    for stored in lot.assets.stored():
        lot.assets.path(stored.sha256).unlink()
    for arguments in ((), ("--quick",)):
        said = run("check", *arguments)
        assert said.code == 1 and '"The Harbour", video 1A take 1' in said.out and "missing" in said.out


def test_garbage_is_only_told_until_yes_is_said(run: Run, lot: Lot) -> None:
    orphan = lot.assets.path(lot.assets.put(b"nobody's", "image/png"))
    young = lot.assets.path(lot.assets.put(b"just put", "image/png"))
    aged(orphan, days=8)
    for stored in lot.assets.stored():
        path = lot.assets.path(stored.sha256)
        if path not in (orphan, young):
            aged(path, days=30)
    said = run("gc")
    assert (
        said.code == 0 and "Would free 8 B: 1 unused file and 0 unfinished ones, older than 7 days" in said.out and orphan.exists()
    )
    assert "1 unused file" in run("gc", "--grace-days", "7.5").out
    assert "Nothing to free" in run("gc", "--grace-days", "9").out
    said = run("gc", "--yes")
    assert said.code == 0 and said.out.startswith("Freed 8 B") and not orphan.exists() and young.exists()
    assert run("check").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--grace-hours", "0.5"),
        ("--grace-days", "0"),
        ("--grace-days", "-1"),
        ("--grace-days", "nan"),
        ("--grace-hours", "2", "--grace-days", "1"),
    ],
)
def test_a_grace_time_that_is_no_grace_is_refused(arguments: tuple[str, ...], run: Run, lot: Lot) -> None:
    orphan = lot.assets.path(lot.assets.put(b"nobody's", "image/png"))
    aged(orphan, days=8)
    assert run("gc", "--yes", *arguments).code == 2 and orphan.exists()


def test_nothing_is_deleted_while_a_render_runs(run: Run, lot: Lot) -> None:
    orphan = lot.assets.path(lot.assets.put(b"nobody's", "image/png"))
    aged(orphan, days=8)
    film = Store(lot.database, "The Harbour")
    job = film.add_job(1, "draft", "k")
    film.set_job(job.number, state="running")
    said = run("gc", "--yes")
    assert said.code == 2 and 'render 1 of "The Harbour"' in said.err and "--while-rendering" in said.err and orphan.exists()
    assert run("gc").code == 0  # to look is always allowed
    film.set_job(job.number, state="done")
    assert run("gc", "--yes").code == 0 and not orphan.exists()


def test_another_studio_s_media_are_not_this_one_s_garbage(run: Run, lot: Lot, tmp_path: Path) -> None:
    """The right media with the wrong studio: all of them would be garbage."""
    theirs = Lot.at(tmp_path / "theirs", assets=tmp_path / "media")
    film = Store(theirs.database, "Theirs")
    film.set_entries("video", [("1a", "1A")])
    keep(film, theirs.assets.put(b"theirs", "image/png"))
    for stored in theirs.assets.stored():
        aged(theirs.assets.path(stored.sha256), days=30)
    said = run("gc", "--yes", "--assets", "media")
    assert said.code == 2 and "look like another one's" in said.err and len(list(theirs.assets.stored())) == 1


def test_a_backup_is_made_and_dated(run: Run, lot: Lot, tmp_path: Path) -> None:
    said = run("backup")
    assert said.code == 0 and re.search(r"films/backups/glimmer-\d{4}-\d\d-\d\dT\d{6}\.db", said.out)
    assert run("backup", "-o", "copy.db").code == 0 and (tmp_path / "copy.db").is_file()
    assert run("backup", "-o", "copy.db").code == 2


def test_films_are_renamed_trashed_and_brought_back(run: Run, lot: Lot) -> None:
    assert 'called "The Sea" now' in run("rename", "The Harbour", "The Sea").out
    assert run("trash").out == "The trash is empty.\n"
    assert 'glimmer studio restore "The Sea"' in run("trash", "The Sea").out
    assert "The Sea" in run("trash").out and run("list", "--titles").out.strip() == ""
    assert run("restore", "The Sea").code == 0 and run("list", "--titles").out == "The Sea\n"
    said = run("trash", "The See")
    assert said.code == 2 and "did you mean The Sea" in said.err


def test_a_film_goes_out_and_comes_in(run: Run, lot: Lot, tmp_path: Path) -> None:
    said = run("archive", "The Harbour")
    assert said.code == 0 and "1 asset" in said.out and (tmp_path / "The-Harbour.glim").is_file()
    assert run("archive", "The Harbour").code == 2  # is there already
    assert run("archive", "The Harbour", "--overwrite", "--no-renders").code == 0
    said = run("open-archive", "The-Harbour.glim", "--studio", "new")
    assert said.code == 0 and '"The Harbour" is a film of' in said.out
    assert run("list", "--titles", "--studio", "new").out == "The Harbour\n"
    assert run("check", "--studio", "new").code == 0
    assert run("open-archive", "The-Harbour.glim", "--studio", "new").code == 2
    assert run("open-archive", "The-Harbour.glim", "--studio", "new", "--title", "Again").code == 0
    assert run("open-archive", "no.glim").code == 2


def test_an_archive_without_what_is_missing_is_made_on_request(run: Run, lot: Lot) -> None:
    for stored in lot.assets.stored():
        lot.assets.path(stored.sha256).unlink()
    said = run("archive", "The Harbour")
    assert said.code == 2 and "missing" in said.err
    said = run("archive", "The Harbour", "--without-missing")
    assert said.code == 0 and "missing" in said.out


def test_a_studio_in_postgres_is_looked_after_too(run: Run, postgres: str, tmp_path: Path) -> None:
    lot = Lot.at(postgres, assets=tmp_path / "media")
    film = Store(lot.database, "Far")
    film.set_entries("video", [("1a", "1A")])
    keep(film, lot.assets.put(b"far", "image/png"))
    there = ("--studio", postgres, "--assets", "media")
    assert run("list", "--titles", *there).out == "Far\n"
    assert run("check", *there).code == 0 and run("gc", *there).code == 0
    said = run("backup", "--studio", postgres)
    assert said.code == 2 and "pg_dump" in said.err
    states = {check.name: check for check in doctor.examine(postgres, assets="media")}
    assert states["database"].state == states["media"].state == "well" and "answers" in states["database"].found
    assert doctor.examine(postgres)[states_at("media", postgres)].state == "note"
    lot.close()


def states_at(name: str, studio: str) -> int:
    return next(number for number, check in enumerate(doctor.examine(studio)) if check.name == name)


def test_the_doctor_tells_of_the_database(lot: Lot, tmp_path: Path) -> None:
    def found(folder: Path) -> doctor.Check:
        return next(check for check in doctor.examine(folder) if check.name == "database")

    assert found(tmp_path / "films").state == "well" and "whole" in found(tmp_path / "films").found
    assert "none yet" in found(tmp_path / "nowhere").found and not (tmp_path / "nowhere").exists()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "glimmer.db").write_bytes(b"no database at all, but long enough to look like one " * 40)
    assert found(tmp_path / "broken").state == "blocked"
