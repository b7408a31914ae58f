"""Two small films made by rehearsal, once a session, registered in tests/conftest.py: `lamp` (two scenes, three lines, not rendered) and
`kite` (one silent shot, rendered). Each test gets a copy of the studio and may change it as it likes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import glimmer as gl

LAMP = """Title: The Lamp

INT. LAMP ROOM - NIGHT

MARA, 40, a tall keeper in a yellow coat, lifts a lantern.

MARA
(whispering)
Sing.

MARA
+41 gulls, keeper.

EXT. SHORE - DAWN

A whale surfaces beside the rocks.

MARA (V.O.)
Then listen.
"""
KITE = Path(__file__).resolve().parents[1] / "examples" / "one_silent_shot.fountain"


@pytest.fixture(scope="session")
def made_films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The studio that both were made in; closed."""
    folder = tmp_path_factory.mktemp("small") / "studio"
    lamp = gl.Project("The Lamp", studio=folder, user="ada")
    lamp.prompts.add("Ink wash, wide.", name="video.shot")
    script = lamp.screenplays.add(LAMP)
    lamp.agents.character.design(script)
    lamp.agents.audio.voice(script)
    lamp.agents.video.shoot(script, width_px=320, height_px=180)
    lamp.agents.music.score(script)
    lamp.agents.assembly.draft(script)
    kite = gl.Project("Kite", studio=folder, user="ada")
    kite.make(kite.screenplays.read(KITE), preset="draft")
    lamp.lot.close()
    return folder


@pytest.fixture
def films_folder(made_films: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_films, tmp_path / "studio")
    return tmp_path / "studio"


@pytest.fixture
def lamp(films_folder: Path) -> Iterator[gl.Project]:
    film = gl.Project("The Lamp", studio=films_folder, user="ada")
    yield film
    film.lot.close()


@pytest.fixture
def kite(films_folder: Path) -> Iterator[gl.Project]:
    film = gl.Project("Kite", studio=films_folder, user="ada")
    yield film
    film.lot.close()
