"""The renders face: what it tells of renders, what waits and runs and ends, what a review leaves in the cut."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glimmer as gl
from glimmer.jobs import RenderJob
from glimmer.jobs.sightings import Spot
from glimmer.renders import Renders
from glimmer.widgets.render_queue import RenderQueue
from glimmer.widgets.renders import RendersFace, Review

Browsers = Callable[..., Any]
LONG = "2160p24"  # the kite's frames at this size take seconds: enough to be met while it runs


def test_a_finished_film_is_told_with_its_facts_and_its_media_are_given_out(kite: gl.Project, browser: Browsers) -> None:
    there = browser(RendersFace(kite))
    state = there.hello()
    job = state["jobs"]["1"]
    film = Renders(kite)[-1].result
    assert (job["preset"], job["state"], job["width"], job["height"]) == ("draft", "done", 640, 360)
    assert job["bytes"] == film.path.stat().st_size and job["frames"] == film.frames and job["played"] == "video"
    told = there.ask("media", refs=["film/1", "poster/1/320", "timeline/1/otio", "subtitles/1/srt", "film/9"])
    assert told["film/1"]["mime"] == "video/mp4" and told["poster/1/320"]["mime"] == "image/jpeg"
    assert told["timeline/1/otio"]["bytes"] > 100
    assert "no captions" in told["subtitles/1/srt"]["words"] and "9" in told["film/9"]["words"]


def test_the_same_render_again_is_the_film_that_is_there(kite: gl.Project, browser: Browsers) -> None:
    there = browser(RendersFace(kite))
    there.hello()
    assert there.ask("ahead", preset="draft")["same"] == 1
    assert there.ask("render", preset="draft") == {"same": 1}
    assert there.ask("ahead", preset="square")["same"] == 0 and len(kite.renders) == 1


def test_renders_wait_for_one_another_and_one_that_waits_can_be_taken_out(kite: gl.Project, browser: Browsers) -> None:
    there = browser(RendersFace(kite))
    there.hello()
    there.ask("render", preset=LONG)
    there.until(lambda state: state.get("running"))
    second, third = there.ask("render", preset="draft25"), there.ask("render", preset="draft30")
    state = there.until(lambda state: len(state.get("queue", {})) == 2)
    assert state["queue"][second["id"]]["order"] < state["queue"][third["id"]]["order"]
    assert len([job for job in state["jobs"].values() if job["state"] in ("waiting", "running")]) == 1
    there.ask("render_next", id=third["id"])
    there.ask("drop_queued", id=second["id"])
    there.ask("cancel_render", number=2)
    state = there.until(lambda state: state["jobs"].get("3", {}).get("state") == "done")
    assert state["jobs"]["2"]["state"] == "cancelled" and state["jobs"]["3"]["preset"] == "draft30"
    assert not state.get("queue") and not state.get("running") and there.lost == 0


def test_a_running_render_is_the_very_job_and_tells_how_far_it_is(kite: gl.Project, browser: Browsers) -> None:
    there = browser(RendersFace(kite))
    there.hello()
    job = kite.render(preset=LONG)
    assert Renders(kite)[-1] is job and job.is_here
    state = there.until(lambda state: state.get("running", {}).get("2", {}).get("total"))
    assert state["running"]["2"]["stage"] in ("plan", "frames", "sound", "join", "done")
    there.ask("cancel_render", number=2)
    assert job.is_over(within_seconds=20) and job.state == "cancelled"
    assert there.until(lambda state: state["jobs"]["2"]["state"] == "cancelled")


def test_a_cancelled_render_is_made_when_it_is_asked_for_again(kite: gl.Project, browser: Browsers) -> None:
    job = kite.render(preset="draft60", captions=False)
    job.cancel()
    while not job.is_over(within_seconds=5):
        pass
    there = browser(RendersFace(kite))
    there.hello()
    there.ask("retry_render", number=2)
    state = there.until(lambda state: any(each["number"] > 1 and each["state"] == "done" for each in state["jobs"].values()))
    assert all(each["preset"] == "draft60" for number, each in state["jobs"].items() if number != "1")


def test_a_render_of_another_process_is_stopped_from_here(kite: gl.Project) -> None:
    job = kite.render(preset=LONG)
    cache = kite.lot.folder / "cache"
    while Spot(cache, kite.store.project_id, job.number).seen() is None:
        assert not job.is_over(within_seconds=0.01)
    other = RenderJob(kite.store, kite.store.jobs()[-1], folder=cache)  # as another kernel has it: its row alone
    assert not other.is_here and other.state in ("waiting", "running")
    other.cancel()
    assert job.is_over(within_seconds=30) and job.state == "cancelled"
    assert not list((cache / "running").iterdir())  # nothing of it is left


def test_a_render_whose_process_is_gone_is_told_as_interrupted(kite: gl.Project, browser: Browsers) -> None:
    row = kite.store.add_job(1, "720p24", "0" * 64)
    kite.store.set_job(row.number, state="running")
    cache = kite.lot.folder / "cache"
    words = f"from pathlib import Path; from glimmer.jobs.sightings import Spot; Spot(Path({str(cache)!r}), {kite.store.project_id}, {row.number}).note(at_once=True)"
    subprocess.run([sys.executable, "-c", words], check=True, env=os.environ | {"PYTHONPATH": str(Path(gl.__file__).parents[1])})
    job = Renders(kite)[-1]
    assert job.state == "interrupted" and "render again" in job.error and job.is_over()
    with pytest.raises(gl.errors.RenderError, match="interrupted"):
        _ = job.result
    there = browser(RendersFace(kite))
    assert there.hello()["jobs"]["2"]["state"] == "interrupted"


def test_a_render_that_nobody_here_can_reach_says_so(kite: gl.Project) -> None:
    row = kite.store.add_job(1, "720p24", "0" * 64)
    job = RenderJob(kite.store, row, folder=kite.lot.folder / "cache")
    with pytest.raises(gl.errors.RenderError, match="another process"):
        job.cancel()


def test_what_is_asked_wrongly_changes_nothing(kite: gl.Project, browser: Browsers, refused: type[Exception]) -> None:
    there = browser(RendersFace(kite))
    before = there.hello()
    for verb, given in (
        ("render", {"preset": "1080p1000"}),
        ("render", {"preset": "draft", "version": 99}),
        ("cancel_render", {"number": 99}),
        ("retry_render", {"number": "../1"}),
        ("export_film", {"number": 1, "subtitles": ["exe"]}),
        ("comment", {"frame": 10**9, "words": "late"}),
        ("comment", {"frame": 1, "words": "   "}),
        ("resolve", {"frame": 1, "note": "never said"}),
    ):
        with pytest.raises(refused):
            there.ask(verb, **given)
    assert there.hello() == before


def test_an_export_writes_beside_the_film_and_never_over_a_file(
    kite: gl.Project, browser: Browsers, refused: type[Exception], tmp_path: Path
) -> None:
    there = browser(RendersFace(kite))
    there.hello()
    made = there.ask("export_film", number=1, folder=str(tmp_path / "out"), name="Kite", timeline=["otio", "edl"])
    assert {Path(path).suffix for path in made["paths"]} >= {".mp4", ".otio", ".edl"} and all(map(os.path.isfile, made["paths"]))
    assert made["line"].startswith("film.export(film.renders[0], ")
    with pytest.raises(refused, match="is there already"):
        there.ask("export_film", number=1, folder=str(tmp_path / "out"), name="Kite")


def test_a_visitor_of_a_dashboard_names_no_folder(
    kite: gl.Project, browser: Browsers, refused: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    there = browser(RendersFace(kite))
    assert not there.hello().get("typed")
    with pytest.raises(refused, match="visitors"):
        there.ask("export_film", number=1, folder=str(tmp_path))
    assert there.ask("export_film", number=1)["paths"][0].startswith(str(kite.lot.folder / "exports"))


def test_a_comment_becomes_a_marker_and_is_seen_to(kite: gl.Project, browser: Browsers) -> None:
    there = browser(Review(kite))
    assert there.hello()["review"]
    look = there.state["cuts"]["1"]["look"]
    told = there.ask("comment", frame=12, words="lower the\nkite", name="Ann")
    assert told["line"] == "film.cut = film.cut.mark(12, 'Ann: lower the kite')"
    there.ask("comment", frame=20, words="lower the kite", name="Ann")
    assert [(each.at, each.note) for each in kite.cut.markers] == [(12, "Ann: lower the kite"), (20, "Ann: lower the kite")]
    state = there.until(lambda state: len(state.get("notes", {})) == 2)
    assert state["cuts"][str(state["version"])]["look"] == look  # a note makes no other film
    assert there.ask("ahead", preset="draft")["same"] == 1
    there.ask("resolve", frame=12, note="Ann: lower the kite")
    assert [each.at for each in kite.cut.markers] == [20]  # the same words elsewhere stay
    kite.undo()
    assert len(kite.cut.markers) == 2


def test_two_reviewers_at_once_lose_no_comment(kite: gl.Project, browser: Browsers) -> None:
    one, two = browser(Review(kite)), browser(Review(gl.Project("Kite", studio=kite.lot.folder, user="bea")))
    one.hello(), two.hello()
    asked = [(there, there.begin("comment", frame=at, words=f"note {at}")) for at in range(6) for there in (one, two)]
    for there, id in asked:
        there.answer(id)
    assert len(kite.cut.markers) == 6  # the same words at the same frame are one note


def test_a_render_that_cannot_begin_says_why_in_the_queue(kite: gl.Project) -> None:
    queue = RenderQueue(kite)
    heard: list[tuple[str, ...]] = []

    class Face:
        def changed(self) -> None:
            heard.append(tuple(each.refused for each in queue.waiting))

    face = Face()
    queue.follow(face)
    queue.put(99, "draft", captions=True)
    while not (queue.waiting and queue.waiting[0].refused):
        pass
    assert "99" in queue.waiting[0].refused and heard


def test_renders_read_like_a_tuple_and_their_text_holds_no_address(kite: gl.Project) -> None:
    renders = Renders(kite)
    assert len(renders) == 1 and [job.number for job in renders] == [1] and renders[0].number == renders[-1].number == 1
    assert [job.number for job in renders[:1]] == [1] and isinstance(renders[:1], tuple)
    assert repr(renders) == "renders · 1 job" and "0x" not in repr(renders[0])
    assert "draft" in renders._repr_html_()
    with pytest.raises(IndexError):
        renders[5]
