"""film.plan(): what is current, stale, missing or blocked, and why; running it makes just that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import glimmer as gl
from glimmer.errors import MissingPiece, NotFound, RenderError, SettingsError
from glimmer.project import Project

SCRIPT = """Title: Two Lamps

EXT. HARBOUR - DAY

A gull lands on the rail. MARA (40) waits by the boat.

MARA
The tide is late.

ELI (60) climbs up from the quay.

ELI
The tide is never late. You are early.

INT. LAMP ROOM - NIGHT

Mara lights the lamp. The door slams.

MARA
Then I will wait.

ELI
(quietly)
Wait with me.
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio with one film, made whole by running its plan."""
    studio = tmp_path_factory.mktemp("plan") / "studio"
    film = Project("Two Lamps", studio=studio)
    film.screenplays.add(SCRIPT)
    film.plan().run()
    film.lot.close()
    return studio


@pytest.fixture
def film(finished: Path, tmp_path: Path) -> Project:
    shutil.copytree(finished, tmp_path / "studio")
    return Project("Two Lamps", studio=tmp_path / "studio")


def changed(film: Project) -> set[str]:
    return {row.what for row in film.plan() if row.state != "current"}


def revise(film: Project, before: str, after: str) -> None:
    text = film.screenplays.latest.source
    assert before in text
    film.screenplays.add(text.replace(before, after))


def test_what_a_person_threw_away_is_not_asked_for(film: Project) -> None:
    shot = film.screenplays.latest.shot_list[0].slate
    film.video[shot].trash()
    assert changed(film) == set() and shot not in {row.what for row in film.plan()}
    film.video.restore(shot)
    assert changed(film) == set() and film.plan()[shot].state == "current"
    film.audio["1"].trash()  # the score no longer waits for it
    film.plan().where(kind="cue").run()
    assert not changed(film) & {"line 1", "cue 1"}


def test_a_film_that_was_not_begun_is_missing_and_blocked(tmp_path: Path) -> None:
    film = Project("Fresh", studio=tmp_path)
    with pytest.raises(MissingPiece, match="no screenplay"):
        film.plan()
    film.screenplays.add(SCRIPT)
    plan = film.plan()
    assert {row.state for row in plan} == {"missing", "blocked"}
    assert plan["line 1"].why == "MARA has no voice yet"
    assert plan["cut"].state == "blocked"


def test_running_the_plan_of_a_script_makes_a_whole_film(film: Project) -> None:
    plan = film.plan()
    assert {row.state for row in plan} == {"current"}
    assert {row.kind for row in plan} == {"sheet", "line", "shot", "air", "effect", "cue", "cut", "film"}
    assert film.renders[-1].path.is_file()
    assert film.plan().run().made == 0


def test_one_changed_line_marks_that_line_its_cue_and_the_shots_that_carry_it_and_nothing_else(film: Project) -> None:
    script = film.screenplays.latest
    carrying = {shot.slate for shot in script.shot_list if script.lines[1].id in shot.line_ids}
    cue = next(row.what for row in film.plan() if row.kind == "cue")
    revise(film, "You are early.", "You are impatient.")
    assert changed(film) == {"line 2", cue, *carrying, "cut v1", "film 720p24"}
    assert {film.plan()[what].state for what in changed(film)} == {"stale"}
    assert "impatient" in film.plan()["line 2"].why


def test_what_is_stale_stays_usable_and_is_never_made_by_itself(film: Project) -> None:
    before = film.audio["2"].used
    revise(film, "You are early.", "You are impatient.")
    assert film.audio["2"].used == before
    assert film.plan()["line 2"].state == "stale"
    assert film.agents.making.made == 0


def test_running_a_changed_line_makes_one_line_one_board_and_its_cue(film: Project) -> None:
    calls, _ = film.store.spent()
    revise(film, "You are early.", "You are impatient.")
    stale = [row for row in film.plan() if row.kind in ("line", "shot", "cue") and row.state == "stale"]
    ran = film.plan().run(budget_usd=0.50)
    assert ran.made == len(stale) == film.store.spent()[0] - calls
    assert {row.state for row in film.plan()} == {"current"}
    assert [word for word, _, _ in film.audio["2"].used.words][-1] == "impatient."
    assert len(film.audio["2"].takes) == 2  # the old one stands beside it


def test_one_row_can_be_run_alone(film: Project) -> None:
    revise(film, "You are early.", "You are impatient.")
    assert film.plan().run("line 2").made == 1
    assert film.plan()["line 2"].state == "current"
    assert film.plan().where(kind="cue", state="stale")


def test_the_old_words_again_cost_nothing(film: Project) -> None:
    revise(film, "You are early.", "You are impatient.")
    film.plan().run()
    revise(film, "You are impatient.", "You are early.")
    assert film.plan().run().made == 0
    assert {row.state for row in film.plan()} == {"current"}


def test_a_changed_look_marks_the_sheet_and_the_shots_that_show_it(film: Project) -> None:
    script = film.screenplays.latest
    shows = {shot.slate for scene in script.scenes for shot in scene.shots if "ELI" in scene.cast}
    film.characters["ELI"].edit(garment_colour="#aa3311")
    found = {row.what for row in film.plan() if row.state == "stale" and row.kind in ("sheet", "shot", "line")}
    assert "ELI" in found and found - {"ELI"} <= shows and not any(what.startswith("line") for what in found)


def test_a_prompt_marks_what_it_is_for(film: Project) -> None:
    film.prompts.add("Slowly, as if it cost you something.", name="audio.line")
    stale = [row for row in film.plan() if row.state == "stale" and row.kind not in ("cut", "film")]
    assert {row.kind for row in stale} == {"line", "cue"}
    assert film.plan()["line 1"].why == "the prompt changed"


def test_another_picture_model_or_seed_does_not_mark_pictures(film: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    artist = film.models.artist
    monkeypatch.setattr(type(artist), "name", "another/boards")
    monkeypatch.setattr(type(artist), "version", "99")
    assert not changed(film)


def test_media_of_ones_own_are_never_stale(film: Project) -> None:
    import numpy as np

    film.video.add(np.zeros((90, 160, 3), np.uint8), shot="1A")
    film.characters["MARA"].edit(garment_colour="#aa3311")
    row = film.plan()["1A"]
    assert (row.state, row.why) == ("current", "your own")


def test_a_lost_file_is_missing_and_can_be_made_again(film: Project) -> None:
    assert film.plan()["1A"].state == "current"
    path = film.video["1A"].path
    path.unlink()
    assert film.plan()["1A"].why == "the file of its take is gone"
    assert film.plan().run("1A").made == 1
    assert film.plan()["1A"].state == "current"


def test_a_cut_edited_by_hand_keeps_its_shape_and_takes_the_new_line(film: Project) -> None:
    cut = film.cut
    shorter = cut.model_copy(update={"tracks": tuple(track for track in cut.tracks if track.name != "A3")})
    film.cut = shorter
    revise(film, "You are early.", "You are impatient.")
    film.plan().run()
    assert [track.name for track in film.cut.tracks] == [track.name for track in shorter.tracks]
    used = film.audio["2"].used
    assert used is not None and used.asset in {clip.asset for track in film.cut.tracks for clip in track.clips}
    assert film.plan().where(state="current", kind="cut")


def test_undo_takes_back_a_revision_and_a_run(film: Project) -> None:
    revise(film, "You are early.", "You are impatient.")
    film.plan().run()
    film.undo()
    film.undo()
    assert film.screenplays.latest.version == 1
    assert {row.state for row in film.plan()} == {"current"}
    film.redo()
    film.redo()
    assert film.screenplays.latest.version == 2
    assert {row.state for row in film.plan()} == {"current"}


def test_wrong_names_are_told_in_words(film: Project) -> None:
    with pytest.raises(NotFound, match="line 2"):
        film.plan()["lime 2"]
    with pytest.raises(NotFound, match="stale"):
        film.plan().where(state="stall")
    with pytest.raises(SettingsError, match="budget_usd"):
        film.plan().run(budget_usd=-1)


def test_a_plan_prints_in_bounds_and_goes_to_pandas(film: Project) -> None:
    assert len(repr(film.plan()).splitlines()) <= 26
    assert list(film.plan().to_pandas().columns) == ["what", "kind", "state", "why", "seconds", "$"]
    assert gl.Project is Project


def test_where_all_is_current_the_agents_make_nothing(film: Project) -> None:
    film.characters["ELI"].edit(garment_colour="#aa3311")
    film.plan().run()
    assert {row.state for row in film.plan()} == {"current"}
    script, calls = film.screenplays.latest, film.store.spent()[0]
    for make in (
        film.agents.character.design,
        film.agents.audio.voice,
        film.agents.video.shoot,
        film.agents.audio.ambience,
        film.agents.music.score,
    ):
        make(script)
    assert film.store.spent()[0] == calls


def test_no_render_takes_the_place_of_another(film: Project, tmp_path: Path) -> None:
    """Titles that make the same file name, and cuts that were not kept, which share a version."""
    cut = film.cut
    one, two = (film.render(cut.model_copy(update={"title": title}), preset="draft").wait() for title in ("AAA", "BBB"))
    assert one.result.path != two.result.path and one.result.path.read_bytes() != two.result.path.read_bytes()
    assert film.render(cut.model_copy(update={"title": "AAA"}), preset="draft").result.path == one.result.path


def test_a_film_whose_file_is_gone_says_so(film: Project) -> None:
    job = film.renders[-1]
    job.path.unlink()
    with pytest.raises(RenderError, match="is gone"):
        _ = film.renders[-1].result
    assert film.plan().where(kind="film", state="stale")


def test_a_character_may_be_called_as_a_row_is(tmp_path: Path) -> None:
    film = Project("Names", studio=tmp_path)
    film.screenplays.add("INT. ROOM - DAY\n\nCUT sits.\n\nCUT\nHello.\n\nFILM\nHello.\n")
    assert film.plan()["cut"].kind == "cut" and film.plan()["film"].kind == "film" and film.plan()["sheet CUT"].kind == "sheet"
    assert [row.kind for row in film.plan().where(what=["cut"])] == ["cut"]


def test_a_studio_that_was_moved_takes_its_renders_along(film: Project, tmp_path: Path) -> None:
    film.lot.close()
    (tmp_path / "studio").rename(tmp_path / "moved")
    moved = Project("Two Lamps", studio=tmp_path / "moved")
    assert moved.renders[-1].path.is_relative_to(tmp_path / "moved") and moved.renders[-1].result.path.is_file()
    assert {row.state for row in moved.plan()} == {"current"}
