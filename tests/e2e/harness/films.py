"""Films: one that can be cut, made once for all who cut it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from os import environ
from pathlib import Path
from typing import Final

from .footage import footage
from .hosts import ROOT

__all__ = ["TITLE", "drafted_studio", "opened"]

TITLE: Final = "The Keys"
# V1: title 72 frames, 1A 60, 1B 83, 1C 93, end 72; a line on A1; and footage of two takes that is nowhere in the cut.
_MAKE: Final = f"""import sys
import glimmer as gl
film = gl.Project({TITLE!r})
script = film.agents.screenplay.draft(gl.Idea("A lighthouse keeper teaches a lost whale to sing.", seconds=10))
film.agents.audio.voice(script)
film.agents.video.shoot(script, width_px=320, height_px=180)
for path in sys.argv[1:]:
    film.video.add(path, name="gull")
film.agents.assembly.draft(script)
"""
_MAKING_SECONDS: Final = 200  # 12 on a quiet machine


def opened(drafted: Path, folder: Path) -> str:
    """The lines that open the film in a copy of its studio, so that no other test has it: a host's own studio is all tests'."""
    shutil.copytree(drafted, folder)
    return f"import glimmer as gl\nfilm = gl.Project({TITLE!r}, studio={str(folder)!r})"


def drafted_studio(home: Path) -> Path:
    """A studio in which the film stands, with a first cut."""
    gulls = [footage(home / f"gull{seconds}.mp4", seconds=seconds, width_px=320, height_px=180, kilobits=700) for seconds in (6, 5)]
    environment = environ | {"GLIMMER_STUDIO": str(home / "studio"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _MAKE, *map(str, gulls)]
    subprocess.run(command, check=True, timeout=_MAKING_SECONDS, env=environment, capture_output=True)
    return home / "studio"
