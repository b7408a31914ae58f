"""A studio lists, renames, trashes and checks its films; a film moves whole from one to another."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import glimmer as gl
from glimmer.archiving import archive_film
from glimmer.errors import ArchiveError, InputError, NotFound, SettingsError, StoreError
from glimmer.store import Store
from glimmer.store.moving import dump

ROOT = Path(__file__).resolve().parents[1]
TITLE = "One Silent Shot"


@pytest.fixture(autouse=True)
def _own_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("GLIMMER_USER", "mara")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio with one film that was made by rehearsal; nobody writes to it."""
    folder = tmp_path_factory.mktemp("made") / "films"
    film = gl.Studio(folder, user="mara").create(TITLE)
    film.make(gl.read_screenplay(ROOT / "examples" / "one_silent_shot.fountain"), preset="draft")
    film.lot.close()
    return folder


@pytest.fixture
def studio(made: Path, tmp_path: Path) -> gl.Studio:
    """A studio of the test's own, with that film."""
    shutil.copytree(made, tmp_path / "films")
    return gl.Studio(tmp_path / "films")


@pytest.fixture(scope="module")
def archive(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    film = gl.Studio(made).open(TITLE)
    return archive_film(film.store, film.lot, tmp_path_factory.mktemp("archive") / "one.glim").path


@pytest.fixture
def empty(studio_url: str) -> Iterator[gl.Studio]:
    """An empty studio: in a folder, and in Postgres."""
    studio = gl.Studio(studio_url)
    yield studio
    studio.lot.close()


# ── films ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_studio_lists_its_films(studio: gl.Studio) -> None:
    studio.create("The Harbour")
    assert studio.projects.columns == ("film", "owner", "length", "shots", "takes", "renders", "spent", "changed")
    rows = {row["film"]: row for row in studio.projects}
    assert rows[TITLE]["shots"] == 1 and rows[TITLE]["renders"] == 1 and rows[TITLE]["length"] == "10.4 s"
    assert rows["The Harbour"] | {"changed": ""} == {
        "film": "The Harbour", "owner": "mara", "length": "", "shots": 0, "takes": 0, "renders": 0, "spent": "$0.00", "changed": "",
    }  # fmt: skip
    assert list(studio) == [TITLE, "The Harbour"] and len(studio) == 2 and TITLE in studio and "x" not in studio
    assert "2 films" in repr(studio) and "$0.00" in repr(studio)


def test_a_film_is_opened_made_and_given(empty: gl.Studio) -> None:
    with pytest.raises(NotFound, match="there is nothing yet"):
        empty.open("The Harbour")
    assert not list(empty)
    film = empty.create(" The  Harbour ")
    assert film.title == "The Harbour" and empty.owner("The Harbour") == "mara"
    assert empty["The Harbour"].store.project_id == film.store.project_id
    with pytest.raises(NotFound, match="did you mean The Harbour"):
        empty.open("The Harbor")
    with pytest.raises(SettingsError, match="already"):
        empty.create("The Harbour")
    empty.give("The Harbour", to="bo")
    assert empty.owner("The Harbour") == "bo"
    with pytest.raises(SettingsError, match="at most 200"):
        empty.give("The Harbour", to="x" * 201)


def test_a_project_opens_in_a_studio_and_shares_its_ground(empty: gl.Studio) -> None:
    film = gl.Project("A", studio=empty)
    assert film.lot is empty.lot and list(empty) == ["A"]


def test_a_renamed_film_goes_on_where_it_is_open(empty: gl.Studio) -> None:
    film = empty.create("Old")
    empty.rename("Old", "New")
    film.screenplays.keep(gl.Screenplay.model_validate(gl.read_screenplay(ROOT / "examples" / "one_silent_shot.fountain")))
    assert len(empty.open("New").screenplays) == 1 and list(empty) == ["New"]
    with pytest.raises(InputError):
        empty.rename("New", "a\0b")


def test_a_film_in_the_trash_is_kept_with_all_that_is_still_written(empty: gl.Studio) -> None:
    film = empty.create("A")
    empty.trash("A")
    film.store.put_entry("video", "1a", "1A")
    assert list(empty) == [] and [row["film"] for row in empty.trashed] == ["A"]
    for attempt in (lambda: empty.open("A"), lambda: gl.Project("A", studio=empty)):
        with pytest.raises(StoreError, match="restore"):
            attempt()
    with pytest.raises(SettingsError, match="trash"):
        empty.create("A")
    empty.restore("A")
    assert empty.open("A").store.names("video") == {"1a": "1A"} and not len(empty.trashed)
    empty.delete("A")
    assert "A" not in empty


def test_another_process_sees_the_trash_and_its_own_work_is_not_lost(tmp_path: Path) -> None:
    """A kernel that works on while its film is thrown away here, and again after it was brought back."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom glimmer.store import Database, Store\n"
        "film = Store(Database(Path(sys.argv[1]) / 'glimmer.db'), 'A')\nprint('open', flush=True)\n"
        "for number, line in enumerate(sys.stdin):\n film.put_entry('video', f'k{number}', 'x'); print('kept', flush=True)\n"
    )
    studio = gl.Studio(tmp_path / "films")
    studio.create("A")
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "films")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin and other.stdout and other.stdout.readline() == "open\n"

        def works() -> None:
            assert other.stdin and other.stdout
            print("go", file=other.stdin, flush=True)
            assert other.stdout.readline() == "kept\n"

        works()
        studio.trash("A")
        works()
        studio.restore("A")
        studio.rename("A", "B")
        works()
        other.stdin.close()
    assert list(studio.open("B").store.names("video")) == ["k0", "k1", "k2"]


def test_a_studio_closes_and_its_films_go_on(tmp_path: Path) -> None:
    with gl.Studio(tmp_path / "films") as studio:
        film = studio.create("A")
    film.store.put_entry("video", "1a", "1A")
    assert list(studio) == ["A"]


# ── a film moves ────────────────────────────────────────────────────────────────────────────────────────────
def test_a_whole_film_opens_in_an_empty_studio_as_it_was(made: Path, archive: Path, empty: gl.Studio) -> None:
    film = empty.open_archive(archive)
    there = Store(gl.Studio(made).lot.database, TITLE)
    assert film.title == TITLE and empty.owner(TITLE) == "mara"

    def without_renders(store: Store) -> dict[str, object]:
        return {name: rows for name, rows in dump(store).items() if name != "render_job"}

    assert without_renders(film.store) == without_renders(there)
    assert empty.check().is_sound and empty.check().assets > 0
    render = film.renders[0]
    assert render.result.path.is_file() and render.result.path.is_relative_to(empty.lot.folder / "renders")
    assert film.render(preset="draft").number == render.number  # the same render is the film that is there
    again = film.render(preset="draft", captions=False).wait()
    assert again.result.frames == render.result.frames


def test_an_archive_keeps_its_hash_when_its_film_is_archived_again(archive: Path, tmp_path: Path) -> None:
    studio = gl.Studio(tmp_path / "there")
    film = studio.open_archive(archive)
    again = archive_film(film.store, film.lot, tmp_path / "again.glim")
    assert again.path.read_bytes() == archive.read_bytes()


def test_a_title_that_is_taken_is_refused_before_anything_is_kept(archive: Path, tmp_path: Path) -> None:
    studio = gl.Studio(tmp_path / "there")
    studio.create(TITLE)
    with pytest.raises(SettingsError, match="already"):
        studio.open_archive(archive)
    assert not list(studio.lot.assets.stored()) and not (studio.lot.folder / "renders").exists()
    assert studio.open_archive(archive, title="Again").title == "Again"
    assert list(studio) == [TITLE, "Again"]


def test_a_failure_leaves_no_film_and_what_was_put_is_garbage(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import glimmer.archiving

    def breaks(*given: object, **named: object) -> int:
        raise ArchiveError("these rows are not a film's", reason="test")

    studio = gl.Studio(tmp_path / "there")
    monkeypatch.setattr(glimmer.archiving, "load", breaks)
    with pytest.raises(ArchiveError):
        studio.open_archive(archive)
    assert list(studio) == [] and not list((studio.lot.folder / "renders").iterdir())
    found = studio.check()
    assert found.is_sound and found.unused == len(list(studio.lot.assets.stored())) > 0
    assert not list((studio.lot.folder / "cache" / "archives").iterdir())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
def test_an_opening_that_is_killed_leaves_a_whole_film_or_none(archive: Path, tmp_path: Path) -> None:
    studio = gl.Studio(tmp_path / "there")
    chance = random.Random(7)
    for number in range(8):
        child = os.fork()
        if child == 0:
            try:
                gl.Studio(tmp_path / "there").open_archive(archive, title=f"Killed {number}")
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, 0.4))  # a random moment of its work, which takes about 0.1 s, more beside others
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    for title in studio:
        film = studio.open(title)
        assert len(film.cuts) == 1 and film.renders[0].result.path.is_file()
    found = studio.check()
    assert found.is_sound
    studio.open_archive(archive)  # and whatever they left is in nobody's way
    assert studio.check().is_sound and studio.check().unused == 0


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.glim").write_bytes(b"PK no")
    studio = gl.Studio(tmp_path / "there")
    with pytest.raises(ArchiveError):
        studio.open_archive(tmp_path / "a.glim")
    assert list(studio) == []


# ── upkeep ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_deleted_and_a_flipped_object_are_named_and_the_rest_is_whole(studio: gl.Studio) -> None:
    film = studio.open(TITLE)
    board = film.video["1A"].used
    cue = next(iter(film.store.used_takes("music").values()))
    assert board is not None
    board_path, cue_path = studio.lot.assets.path(board.asset), studio.lot.assets.path(cue.asset)
    whole = cue_path.read_bytes()
    board_path.unlink()
    cue_path.chmod(0o644)
    cue_path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    found = studio.check()
    assert not found.is_sound and found.database == ()
    told = {(loss.kind, loss.what, loss.name, loss.take) for loss in found.losses}
    assert ("missing", "video", "1A", 1) in told and ("missing", "cut", "v1", 0) in told
    assert {kind for kind, what, *_ in told if what == "music"} == {"damaged"}
    assert {loss.sha256 for loss in found.losses} == {board.asset, cue.asset}
    assert "1A" in found._repr_html_() and TITLE in repr(found.table) and "2 of" in repr(found)
    quick = studio.check(deep=False)  # the same length: only reading it tells
    assert {loss.sha256 for loss in quick.losses} == {board.asset}
    assert film.screenplays.latest.shot_list and len(film.cuts) == 1 and film.renders[0].result.path.is_file()
    studio.lot.assets.repair(cue.asset, whole)
    assert {loss.sha256 for loss in studio.check().losses} == {board.asset}


def test_a_damaged_database_is_told(studio: gl.Studio) -> None:
    studio.lot.close()
    path = studio.lot.folder / "glimmer.db"
    pages = bytearray(path.read_bytes())
    for page in range(4096 * 12, len(pages) - 4096, 4096 * 4):
        pages[page : page + 64] = b"\xff" * 64
    path.write_bytes(pages)
    try:
        found = gl.Studio(studio.lot.folder).check()
    except StoreError as error:
        assert "glimmer.db" in str(error)
    else:
        assert not found.is_sound and found.database


def test_a_backup_opens_as_a_studio_of_its_own(studio: gl.Studio, tmp_path: Path) -> None:
    first = studio.backup()
    assert first.parent == studio.lot.folder / "backups" and first.name.startswith("glimmer-2")
    copy = studio.backup(tmp_path / "copy" / "glimmer.db")
    assert list(gl.Studio(copy.parent)) == [TITLE]
    with pytest.raises(StoreError, match="is there already"):
        studio.backup(copy)


# ── how it looks ────────────────────────────────────────────────────────────────────────────────────────────
def test_its_card_shows_posters_and_titles_as_text(studio: gl.Studio) -> None:
    studio.create("<script>alert(1)</script>")
    html = studio._repr_html_()
    assert "data:image/" in html and TITLE in html and "10.4 s" in html
    assert "<script>alert" not in html and "&lt;script&gt;" in html
    for _ in range(3):
        studio.trash("<script>alert(1)</script>")
        studio.restore("<script>alert(1)</script>")
    studio.trash(TITLE)
    assert "1 in the trash" in studio._repr_html_()


def test_an_empty_studio_says_how_to_begin(tmp_path: Path) -> None:
    studio = gl.Studio(tmp_path / "films")
    assert "studio.create" in studio._repr_html_() and bool(studio)
    assert repr(studio.projects).endswith("nothing yet") and "no media yet" in repr(studio.check())


def test_its_card_is_right_when_a_poster_is_gone(studio: gl.Studio) -> None:
    shutil.rmtree(studio.lot.folder / "objects")
    assert TITLE in studio._repr_html_()


def test_the_page_of_the_studio_works_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "studio.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    assert list(gl.Studio(tmp_path / "films")) == ["The Sea"] and gl.Studio(tmp_path / "films").owner("The Sea") == "bo"
    assert list(gl.Studio(tmp_path / "elsewhere")) == ["The Sea"]
