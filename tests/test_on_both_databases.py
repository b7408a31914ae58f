"""A film as a person uses it, in a folder and in Postgres: the same calls, the same answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import glimmer as gl
from glimmer.errors import StoreError

SCRIPT = "EXT. SEA - NIGHT\n\nMARA (40) rows out.\n\nMARA\nSing.\n\nELI\n(softly)\nI can't.\n"
GREY = np.full((90, 160, 3), 90, np.uint8)


@pytest.fixture
def studio(studio_url: str, tmp_path: Path) -> gl.Studio:
    return gl.Studio(studio_url, assets=tmp_path / "media")


def test_a_film_is_asked_changed_undone_and_moved(studio: gl.Studio, tmp_path: Path) -> None:
    film = studio.create("Boat")
    film.screenplays.add(SCRIPT)
    film.video.add(GREY, shot="1A")
    film.agents.audio.voice(film.screenplays.latest)
    film.video["1A"].tag("night").rate(4)

    assert film.plan()["line 1"].state == "current" and film.plan()["1A"].why == "your own"
    assert [entry.name for entry in film.video.find("rows", tags="night", rating=3)] == ["1A"]
    assert film.shots[0]["rating"] == 4 and len(film.lines) == 2 and len(film.takes) == 3
    assert film.costs(by="scene")["calls"] and len(film.cues) == 0
    assert film.sql("select count(*) as n from takes where bucket = 'audio'")[0]["n"] == 2
    assert "line 1" in repr(film.lineage(film.audio["1"]))
    changed = film.shots.to_pandas()
    changed.loc[0, "note"] = "check the lamp"
    film.apply(changed).keep()
    assert film.video["1A"].noted == "check the lamp"
    film.undo()
    assert film.video["1A"].noted == "" and film.history[0]["what"]

    film.archive(tmp_path / "boat.glim")
    copy = studio.open_archive(tmp_path / "boat.glim", title="Boat 2")
    assert _assets(copy) == _assets(film)
    assert studio.check().is_sound and len(studio.projects) == 2


def test_a_trashed_film_says_where_it_is_and_comes_back(studio: gl.Studio) -> None:
    studio.create("Boat").screenplays.add(SCRIPT)
    studio.trash("Boat")
    with pytest.raises(StoreError, match="trash"):
        gl.Project("Boat", studio=studio)
    studio.restore("Boat")
    assert len(gl.Project("Boat", studio=studio).screenplays) == 1


def test_a_changed_line_is_stale_on_both(studio: gl.Studio) -> None:
    film = studio.create("Boat")
    film.agents.audio.voice(film.screenplays.add(SCRIPT))
    film.screenplays.add(SCRIPT.replace("I can't.", "I will try."))
    stale = [row.what for row in film.plan() if row.state == "stale"]
    assert stale == ["line 2"] and film.audio["2"].used is not None


def _assets(film: gl.Project) -> dict[tuple[str, str], str]:
    return {(row.bucket, row.key): row.asset for row in film.store.standing()}
