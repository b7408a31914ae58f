"""What a film says when its studio is harmed, and that the rest of it is whole afterwards: read again by a process of its own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import glimmer as gl
from glimmer.archiving import archive_film
from glimmer.errors import ArchiveError, GlimmerError, MediaError, RenderError, StoreError
from glimmer.store.marking import spoken_of

TITLE = "Small Boats"
SCRIPT = "Title: Small Boats\n\nEXT. PIER - DAY\n\nA boat comes in.\n\nEXT. SEA - NIGHT\n\nNobody is out there.\n"


def picture(path: Path, seed: int) -> Path:
    """Noise: it can't be packed, so a disk of a known size is full when it should be."""
    pixels = np.random.default_rng(seed).integers(0, 255, (180, 320, 3), np.uint8)
    Image.fromarray(pixels).save(path, "PNG")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio with a film of two shots, their pictures, a cut and a render. Nobody writes to it."""
    folder = tmp_path_factory.mktemp("made")
    film = gl.Project(TITLE, studio=folder / "films", models="rehearsal")
    script = film.screenplays.add(SCRIPT)
    for number, shot in enumerate(("1A", "2A")):
        film.video.add(picture(folder / f"{shot}.png", number), shot=shot)
    film.agents.assembly.draft(script)
    film.render(preset="draft").wait()
    film.lot.close()
    return folder / "films"


@pytest.fixture
def studio(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "films"))


@pytest.fixture
def film(studio: Path) -> Iterator[gl.Project]:
    opened = gl.Project(TITLE, studio=studio, models="rehearsal")
    yield opened
    opened.lot.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "none", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk of our own can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


READ_ALL = """
import sys
import glimmer as gl
studio = gl.Studio(sys.argv[1])
film = studio.open(sys.argv[2])
assert film._repr_html_() and film.screenplays.latest.shot_list and film.cut.tracks and len(film.history.rows) >= 0
print([(shot.name, shot.noted, len(shot.takes)) for shot in film.video], studio.check(), sep="\\n")
"""


def read_elsewhere(studio: Path) -> str:
    """What another process finds there: its shots, and the check of every byte."""
    ran = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(studio), TITLE], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def whole(studio: Path, *, note: str = "") -> bool:
    found = read_elsewhere(studio)
    return f"[('1A', '{note}', 1), ('2A', '', 1)]" in found and "the database is whole" in found and "damaged" not in found


def fill(folder: Path, *, but_bytes: int = 0) -> Path:
    """Take all the space there is, but so much."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as sink:
        for block in (65_536, 512):
            try:
                while sink.write(bytes(block)) == block:
                    pass
            except OSError:
                continue
    if but_bytes:
        os.truncate(ballast, ballast.stat().st_size - but_bytes)
    return ballast


# ── the disk ────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_full_disk_is_told_by_every_verb_and_the_film_is_whole(made: Path, small_disk: Path, tmp_path: Path) -> None:
    studio = Path(shutil.copytree(made, small_disk / "films"))
    film = gl.Project(TITLE, studio=studio, models="rehearsal")
    ballast = fill(small_disk)
    more = picture(tmp_path / "more.png", 7)
    verbs: list[tuple[Callable[[], object], type[GlimmerError], str]] = [
        (lambda: film.video["1A"].note("x" * 3_000), StoreError, "disk is full.*Nothing of this step was kept.*free some space"),
        (lambda: film.video.add(more), StoreError, "No space left.*Nothing was kept"),
        (lambda: film.assets.put(more.read_bytes(), "image/png"), StoreError, "No space left.*Free some space"),
        (lambda: archive_film(film.store, film.lot, small_disk / "a.glim"), StoreError, "No space left.*Nothing is left of it"),
        (lambda: film.render(preset="draft", captions=False), StoreError, "disk is full"),
        (lambda: gl.Project("Another", studio=small_disk / "other"), StoreError, "full"),
    ]
    for verb, kind, words in verbs:
        with pytest.raises(kind, match=words):
            verb()
    assert whole(studio)
    ballast.unlink()
    film.video["1A"].note("room again")
    assert film.render(preset="draft", captions=False).wait().result.path.is_file()
    assert whole(studio, note="room again")
    assert not [path for path in small_disk.rglob("*") if ".part" in path.name or path.suffix == ".glim"]
    film.lot.close()


def test_a_disk_that_fills_up_while_rendering_fails_the_job_in_words_and_the_next_one_goes_on(made: Path, small_disk: Path) -> None:
    studio = Path(shutil.copytree(made, small_disk / "films"))
    film = gl.Project(TITLE, studio=studio, models="rehearsal")
    ballast = fill(small_disk, but_bytes=200_000)  # room for the rows, none for a film of noise
    with pytest.raises((RenderError, StoreError), match=r"(?i)no space left|disk"):
        film.render(preset="draft", captions=False).wait()
    last = film.renders[-1]
    assert last.state == "failed" and not last.path.is_file()
    assert whole(studio)
    ballast.unlink()
    assert film.render(preset="draft", captions=False).wait().result.frames > 0
    film.lot.close()


def test_a_disk_that_turns_read_only_is_told_by_every_verb(made: Path, small_disk: Path, tmp_path: Path) -> None:
    studio = Path(shutil.copytree(made, small_disk / "films"))
    film = gl.Project(TITLE, studio=studio, models="rehearsal")
    film.video["1A"].note("before")
    film.lot.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for verb in (
        lambda: film.video["1A"].note("after"),
        lambda: film.video.add(picture(tmp_path / "more.png", 7)),
        lambda: film.render(preset="draft", captions=False),
        lambda: gl.Project(TITLE, studio=studio),
    ):
        with pytest.raises(StoreError, match=r"(?i)read-only|write to"):
            verb()
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert whole(studio, note="before")


# ── the database ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.95])
def test_a_truncated_database_is_refused_or_told_and_no_media_is_touched(studio: Path, kept: float) -> None:
    path = studio / "glimmer.db"
    os.truncate(path, int(path.stat().st_size * kept))
    media = {one: one.read_bytes() for one in (studio / "objects").rglob("*") if one.is_file()}
    if kept:
        with pytest.raises(StoreError, match=r"glimmer\.db.*damaged"):
            gl.Project(TITLE, studio=studio)
    else:
        assert len(gl.Project(TITLE, studio=studio).video) == 0  # an empty file is a new studio, where there is no backup beside it
    assert {one: one.read_bytes() for one in media} == media


def test_a_garbage_page_is_told_where_it_is_met_and_by_the_check(studio: Path) -> None:
    path = studio / "glimmer.db"
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("select rootpage from sqlite_master where name = 'take'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4_096)
        file.write(np.random.default_rng(1).bytes(4_096))
    film = gl.Project(TITLE, studio=studio, models="rehearsal")
    with pytest.raises(StoreError, match=r"malformed.*damaged.*backup"):
        _ = film.video["1A"].takes
    assert film.screenplays.latest.title == TITLE and film.cut.tracks  # what does not lie there is read as ever
    assert film.lot.database.integrity()


def test_a_journal_that_was_left_behind_costs_the_last_steps_and_nothing_else(film: gl.Project, tmp_path: Path) -> None:
    """glimmer.db copied by hand, without the -wal beside it: it opens as it was when the journal was last written back."""
    film.video["1A"].note("only in the journal")
    copied = Path(shutil.copytree(film.lot.folder, tmp_path / "copied", ignore=shutil.ignore_patterns("*.db-*")))
    assert whole(copied)
    assert whole(film.lot.folder, note="only in the journal")


def test_a_database_that_goes_while_it_is_open_takes_no_step(film: gl.Project, made: Path) -> None:
    """A deleted file takes every write and keeps none: no step may be called kept that went there."""
    for left in film.lot.folder.glob("glimmer.db*"):
        left.rename(left.with_name(f"moved-{left.name}"))
    for verb in (lambda: film.video["1A"].note("lost"), lambda: film.video["1A"].noted, film._repr_html_, film.undo):
        with pytest.raises(StoreError, match="deleted, moved or replaced while it was open: it is not there any more"):
            verb()
    shutil.copy(made / "glimmer.db", film.lot.folder / "glimmer.db")  # as one puts a backup back
    with pytest.raises(StoreError, match=r"another file is in its place.*open the film again"):
        film.video["1A"].note("lost")
    again = gl.Project(TITLE, studio=film.lot.folder, models="rehearsal")
    again.video["1A"].note("kept")
    assert whole(film.lot.folder, note="kept")
    again.lot.close()


def test_a_studio_that_is_deleted_under_an_open_film_is_told_and_not_made_again(film: gl.Project, tmp_path: Path) -> None:
    shutil.rmtree(film.lot.folder)
    for verb in (lambda: film.video["1A"].note("lost"), lambda: film.video.add(picture(tmp_path / "more.png", 7)), film.render):
        with pytest.raises(StoreError, match="not there any more"):
            verb()
    assert not list(film.lot.folder.rglob("*.png"))


# ── the media ───────────────────────────────────────────────────────────────────────────────────────────────
def test_a_deleted_object_is_named_by_what_needs_it_and_by_nothing_else(film: gl.Project, made: Path, tmp_path: Path) -> None:
    used = film.video["1A"].used
    assert used is not None
    film.video["1A"].path.unlink()
    for verb in (lambda: film.video["1A"].path, lambda: film.render(preset="square").wait()):
        with pytest.raises(StoreError, match=f"asset {used.asset[:12]} is missing.*backup, or make the take again"):
            verb()
    with pytest.raises(ArchiveError, match=rf"asset {used.asset}.*missing.*Nothing was written.*without_missing=True"):
        archive_film(film.store, film.lot, tmp_path / "a.glim")
    assert film._repr_html_() and film.video._repr_html_() and film.video["1A"]._repr_html_() and film.cut._repr_html_()
    assert film.video["2A"].path.is_file() and film.render(preset="draft").wait().result.frames > 0  # made before: it is there
    losses = gl.Studio(film.lot.folder).check().losses
    assert ("missing", "1A") in {(loss.kind, loss.name) for loss in losses} and {loss.sha256 for loss in losses} == {used.asset}
    film.video.add(made.parent / "1A.png", shot="1A")  # the same file again
    assert whole(film.lot.folder)


def test_a_flipped_bit_is_named_by_the_check_and_stops_what_would_pass_it_on(film: gl.Project, tmp_path: Path) -> None:
    path = film.video["1A"].path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    found = gl.Studio(film.lot.folder).check()
    assert ("damaged", TITLE, "1A") in {(loss.kind, loss.film, loss.name) for loss in found.losses}
    assert not gl.Studio(film.lot.folder).check(deep=False).losses  # its size is right: only reading tells
    with pytest.raises(ArchiveError, match="another hash: it is damaged"):
        archive_film(film.store, film.lot, tmp_path / "a.glim")
    with pytest.raises(MediaError, match=r'clip "1A".*make or import the take again'):
        film.render(preset="square").wait()  # of a size that was not drawn yet
    assert film.video["2A"].path.is_file() and not (tmp_path / "a.glim").exists()


# ── rights, the log, the clock ──────────────────────────────────────────────────────────────────────────────
AS_NOBODY = """
import os, sys
import glimmer as gl
from glimmer.errors import StoreError
from glimmer.project import Project
Project("Warm", studio=sys.argv[3], models="rehearsal").lot.close()  # what is imported late is imported now
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    Project(sys.argv[2], studio=sys.argv[1], models="rehearsal")
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_somebody_who_may_not_write_there_is_told_so(studio: Path, tmp_path: Path) -> None:
    for folder in (studio, *studio.parents):
        if folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(0o755)
    ran = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(studio), TITLE, str(tmp_path / "warm")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "read-only for you" in ran.stdout and "Change their rights" in ran.stdout, ran.stderr
    assert whole(studio)


def test_a_log_folder_that_is_gone_stops_nobody(film: gl.Project) -> None:
    shutil.rmtree(film.lot.folder / "log")
    film.video["1A"].note("no log")
    assert whole(film.lot.folder, note="no log")


def test_a_clock_that_went_back_changes_no_order_and_lets_nothing_be_collected(film: gl.Project) -> None:
    """What a machine with a wrong clock left behind is dated in the future."""
    film.video["1A"].note("first")
    film.lot.close()
    with closing(sqlite3.connect(film.lot.folder / "glimmer.db")) as connection:
        for table in ("event", "take", "entry", "screenplay", "assembly", "render_job"):
            connection.execute(f"update {table} set made_at = '2199-01-01T00:00:00+00:00'")
        connection.commit()
    unused = film.assets.put(b"put by the wrong clock", "image/png")
    os.utime(film.assets.path(unused), (7_226_582_400, 7_226_582_400))
    film.video["1A"].note("second")
    assert film.undo().what == "note on 1A" and film.video["1A"].noted == "first"
    assert film.undo().action == "note" and film.video["1A"].noted == ""
    assert film.cut.version == len(film.cuts) == 1
    assert film.assets.collect(spoken_of(film.lot.database), grace=timedelta(0), dry_run=False).objects == 0
    assert film.assets.has(unused)
