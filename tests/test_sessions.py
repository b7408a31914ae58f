"""What a person types, as the documentation shows it: what is stale, and ask the film. On a film made by rehearsal, through public names."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

import glimmer as gl

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio with the kitchen film, made in one line."""
    studio = tmp_path_factory.mktemp("sessions") / "studio"
    film = gl.Project("Kitchen", studio=studio)
    film.make(film.screenplays.read(ROOT / "examples" / "kitchen_comedy.fountain"), preset="draft")
    film.lot.close()
    return studio


@pytest.fixture
def studio(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = shutil.copytree(made, tmp_path / "studio")
    monkeypatch.setenv("GLIMMER_STUDIO", str(here))
    monkeypatch.chdir(tmp_path)
    return here


def second_revision(folder: Path) -> Path:
    """The script with one line of dialogue changed."""
    film = gl.Project("Kitchen")
    line = film.screenplays.latest.lines[2]
    text = film.screenplays.latest.source
    assert text.count(line.text) == 1
    path = folder / "kitchen_rev2.fountain"
    path.write_text(text.replace(line.text, "Nobody touches the soup."), encoding="utf-8")
    return path


def test_what_is_stale_what_would_it_cost(studio: Path, tmp_path: Path) -> None:
    second_revision(tmp_path)
    film = gl.Project("Kitchen")

    script = film.screenplays.read("kitchen_rev2.fountain")
    shown = repr(film.plan())
    ran = film.plan().run(budget_usd=0.50)

    assert script.version == 2
    assert "line 3" in shown and "stale" in shown and "Nobody touches the soup." in shown
    line, *others = [row for row in gl.Project("Kitchen").plan() if row.what == "line 3"]
    assert (line.state, others, ran.usd) == ("current", [], 0.0)
    carrying = [shot for shot in script.shot_list if script.lines[2].id in shot.line_ids]
    assert ran.made <= 2 + len(carrying)  # the line, its cue, the pictures that carry it


def test_ask_the_film(studio: Path) -> None:
    film = gl.Project("Kitchen")

    shots, takes, lines, costs = film.shots, film.takes, film.lines, film.costs()
    by_agent = film.sql("select agent, model, sum(usd) from calls group by all")
    spoken = film.sql("select count(*) as n from takes where bucket = ?", parameters=["audio"])
    films = gl.Studio().projects

    script = film.screenplays.latest
    assert len(shots.to_pandas()) == len(script.shot_list)
    assert lines["says"] == tuple(line.text for line in script.lines)
    assert len(takes) == sum(
        len(entry.takes) for bucket in (film.video, film.audio, film.music, film.characters) for entry in bucket
    )
    assert sum(costs["calls"]) == film.store.spent()[0]  # type: ignore[arg-type]
    assert by_agent.columns[:2] == ("agent", "model") and {row["agent"] for row in by_agent} >= {"audio", "video", "music"}
    assert films["film"] == ("Kitchen",) and spoken[0]["n"] == sum(len(entry.takes) for entry in film.audio)


def test_edit_the_shot_list_in_pandas(studio: Path) -> None:
    film = gl.Project("Kitchen")
    table = film.shots.to_pandas()
    table.loc[0, "size"] = "ECU"
    changes = film.apply(table)
    assert "ECU" in repr(changes) and film.plan().counts["stale"] == 0  # shown first
    changes.keep()
    assert film.screenplays.latest.shot_list[0].size == "ECU"
    assert film.plan()[film.screenplays.latest.shot_list[0].slate].state == "stale"
    film.undo()
    assert film.plan().counts["stale"] == 0


def test_the_bucket_says_what_is_stale(studio: Path, tmp_path: Path) -> None:
    film = gl.Project("Kitchen")
    film.screenplays.read(second_revision(tmp_path))
    assert [entry.name for entry in film.audio.find(state="stale")] == ["3"]
    film.characters[film.screenplays.latest.cast[0].name].edit(garment_colour="#aa3311")
    shown = film.video.find(character=film.screenplays.latest.cast[0].name)
    assert {entry.name for entry in film.video.find(state="stale")} <= {entry.name for entry in shown} | {
        shot.slate for shot in film.screenplays.latest.shot_list
    }
    assert film.video.find(state="stale")


def test_rename_a_character(studio: Path) -> None:
    film = gl.Project("Kitchen")
    script = film.screenplays.latest
    old = script.cast[0].name
    shows = {shot.slate for shot in script.shot_list if old in shot.cast}
    film.characters[old].rename("AURELIA")
    stale = {row.what for row in film.plan() if row.kind == "shot" and row.state == "stale"}
    said = {
        shot.slate for shot in film.screenplays.latest.shot_list if old.title() in script.said(shot) or old.title() in shot.action
    }
    assert stale and stale <= shows | said
    assert "AURELIA" in film.characters and old not in film.characters
    film.undo()
    assert film.plan().counts["stale"] == 0 and old in film.characters


def test_a_film_travels_in_one_file(studio: Path, tmp_path: Path) -> None:
    film = gl.Project("Kitchen")
    film.archive(tmp_path / "kitchen.glim")
    elsewhere = gl.Studio(tmp_path / "elsewhere")
    there = elsewhere.open_archive(tmp_path / "kitchen.glim")
    hashes = {(bucket, name): asset for bucket, name, asset in _hashes(film)}
    assert {(bucket, name): asset for bucket, name, asset in _hashes(there)} == hashes
    assert there.plan().run().made == 0 and there.renders[-1].result.path.is_file()
    assert elsewhere.check().is_sound


def _hashes(film: gl.Project) -> list[tuple[str, str, str]]:
    return [(row.bucket, row.name, row.asset) for row in film.store.standing()]


def test_undo_is_one_history_for_all_kernels(studio: Path) -> None:
    one, two = gl.Project("Kitchen"), gl.Project("Kitchen", user="eve")
    slate = one.screenplays.latest.shot_list[0].slate
    two.video[slate].rate(5)
    assert one.video[slate].rating == 5
    assert one.history[0]["by"] == "eve" and os.environ["GLIMMER_STUDIO"] == str(studio)
    one.undo()
    assert two.video[slate].rating == 0


def test_a_character_is_renamed_in_any_letters(studio: Path) -> None:
    film = gl.Project("Kitchen")
    old = film.screenplays.latest.cast[0].name
    assert film.characters[old].rename("Aurelia Stone").name == "AURELIA STONE"
    assert film.screenplays.latest.cast[0].name in film.characters


def test_a_sound_of_ones_own_stays_on_a_shot_where_nothing_is_heard(studio: Path, tmp_path: Path) -> None:
    import numpy as np
    import soundfile

    film = gl.Project("Kitchen")
    slate = next(shot.slate for shot in film.screenplays.latest.shot_list if f"fx {shot.slate}" not in film.audio)
    soundfile.write(tmp_path / "hum.wav", np.zeros(24_000), 48_000)
    film.audio.add(tmp_path / "hum.wav", effect=slate)
    film.agents.audio.ambience(film.screenplays.latest)
    assert film.audio[f"fx {slate}"].is_own


def test_edit(studio: Path, tmp_path: Path) -> None:
    film = gl.Project("Kitchen")
    names = [clip.name for clip in film.cut.track("V1").clips if clip.kind == "still"]
    first, second, third, later = names[0], names[1], names[2], names[-1]
    gull = tmp_path / "gull.png"
    Image.new("RGB", (640, 360), (220, 90, 40)).save(gull)
    film.video.add(gull, name="gull")

    cut = film.cut
    before = cut
    cut = cut.trim(first, head=12)
    assert before.frames - cut.frames == 12 and before.trim(first, head="00:00:00:12") == cut
    with pytest.raises(gl.GlimmerError, match='write 12 or "00:00:00:12"'):
        cut.trim(first, head=0.5)
    cut = cut.move(later, before=third).dissolve(first, second, frames=12).duck("A2", under="A1", by_db=9)
    cut = cut.overwrite(film.video["gull"], track="V2", at="00:00:12:00").mark(second, "check the lamp")
    told = cut.changes(film.cut)
    film.cut = cut

    told_of = [f"{row['where']} {row['edit']}" for row in told]
    done = {"A2 ducking", f"V1 {first} 12 frames shorter", f"V1 {first} | {second} transition added", f"V1 {later} moved"}
    assert done | {"V2 gull added", "markers marker added"} <= set(told_of)
    assert len(told) <= 7, told_of  # and the bed under the trimmed scene ends earlier
    assert film.cut.version == before.version + 1 and film.cuts[before.version] == before
    red, green, blue = cut.frame("00:00:12:00", captions=False).getpixel((960, 540))
    assert abs(red - 220) <= 3 and abs(green - 90) <= 3 and abs(blue - 40) <= 3
    film.undo()
    assert film.cut == before


def test_a_cut_that_is_rendered_is_kept_and_its_export_tells_of_it(studio: Path, tmp_path: Path) -> None:
    film = gl.Project("Kitchen")
    before = film.cut
    cut = before.trim(next(clip.name for clip in before.track("V1").clips if clip.kind == "still"), head=12)
    job = film.render(cut, preset="draft").wait()
    assert job.cut_version == before.version + 1 and film.cuts[job.cut_version].captions == cut.captions
    film.export(job, tmp_path / "film.mp4", subtitles=["srt"])
    first = (tmp_path / "film.srt").read_text().split(" --> ")[0].splitlines()[-1]
    assert first == f"00:00:{cut.captions[0].start / 24:06.3f}".replace(".", ",")
    again = film.render(cut, preset="draft")
    assert again.cut_version == job.cut_version and again.result.segments_made == 0
