"""What stands in a bucket is counted and told rightly, and stays small."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from glimmer import Project
from glimmer.assets import thumbnail

SCRIPT = """Title: Song

INT. KITCHEN - DAY

A kettle sings.

MARA
It boils <b>over</b>.

EXT. YARD - NIGHT

TOM
Then let it.
"""


@pytest.fixture
def film(tmp_path: Path) -> Project:
    film = Project("Song", studio=tmp_path / "studio", models="rehearsal")
    film.screenplays.add(SCRIPT)
    return film


def voice(film: Project, tmp_path: Path, line: str) -> None:
    path = tmp_path / f"{line}.wav"
    soundfile.write(path, np.zeros(24_000, np.float32), 48_000)
    film.audio.add(path, line=line)


def test_lines_and_airs_are_counted_apart(film: Project) -> None:
    assert repr(film.audio) == "audio: 2 lines · 2 airs · 0 takes"


def test_lines_come_first_with_who_says_what_and_a_player(film: Project, tmp_path: Path) -> None:
    voice(film, tmp_path, "1")
    html = film.audio._repr_html_()
    assert html.index("Then let it.") < html.index("INT. KITCHEN - DAY") < html.index("EXT. YARD - NIGHT")
    assert "MARA" in html and "It boils &lt;b&gt;over" in html and html.count("<audio") == 1 and "0.5 s" in html


def test_a_page_is_no_wall_of_players(film: Project, tmp_path: Path) -> None:
    film.screenplays.add("INT. A - DAY\n\n" + "\n\n".join(f"MARA\nLine number {n}." for n in range(30)))
    for n in range(1, 31):
        voice(film, tmp_path, str(n))
    html = film.audio._repr_html_()
    assert html.count("<audio") == 8 and "… and 11 more" in html and len(html) < 20_000


def test_a_character_is_told_in_words_and_colours(film: Project, tmp_path: Path) -> None:
    film.agents.character.voices(film.screenplays.latest)
    entry = film.characters["MARA"]
    html = entry._repr_html_()
    assert str(entry.state["voice"]["name"]) in html and f"background-color:{entry.state['design']['palette'][0]}" in html
    assert "no take yet" in html


def test_a_cue_says_its_moods(film: Project) -> None:
    sections = json.dumps({"sections": [["calm", 13.0], ["tender", 12.4]]})
    film.music.store.set_entries("music", [("cue:x", "1")], states={"cue:x": sections})
    assert "calm 13 s, tender 12 s" in film.music._repr_html_()


def test_a_film_says_its_next_step(film: Project, tmp_path: Path) -> None:
    assert "film.agents.screenplay.draft" in Project("New", studio=tmp_path / "studio", models="rehearsal")._repr_html_()
    assert "film.agents.character.design" in film._repr_html_()


def test_a_large_thumbnail_of_anything_is_still_small(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    Image.new("RGB", (1280, 720), "#336699").save(tmp_path / "plain.png")
    assert 0 < len(thumbnail(tmp_path / "noise.png", 720)) <= 12_000
    assert thumbnail(tmp_path / "plain.png", 720)[8:12] == b"WEBP"
