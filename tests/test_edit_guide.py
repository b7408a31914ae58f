"""The guide to cutting works as it is typed: every block of docs/edit.md, in order, on a small film."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import glimmer as gl
from glimmer.display import Table

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "edit.md"
SCRIPT = """Title: The Lighthouse

INT. LAMP ROOM - NIGHT

MARA, 40, a tall keeper in a yellow coat, lifts a lantern.

She opens the window.

MARA
Sing.

The lamp turns.

EXT. SHORE - DAWN

A whale surfaces beside the rocks.

MARA
Then listen.

The sea is calm.
"""


def pictures(count: int, size: tuple[int, int] = (180, 320)) -> np.ndarray:
    """`count` frames of a grey that grows lighter."""
    return np.stack([np.full((*size, 3), 40 + n % 180, np.uint8) for n in range(count)])


def lighthouse() -> gl.Project:
    film = gl.Project("The Lighthouse")
    script = film.screenplays.add(SCRIPT)
    film.agents.audio.voice(script)
    for n, shot in enumerate(script.shot_list):
        if shot.slate == "1A":
            film.video.add(pictures(240), rate=24, shot="1A", key="1A")
        else:
            film.video.add(Image.new("RGB", (320, 180), (30 * n % 255, 90, 120)), shot=shot.slate)
    film.video.add(pictures(96), rate=24, name="gull", key="gull")
    film.agents.assembly.draft(script)
    return film


def test_every_block_of_the_guide_works_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lighthouse()
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        exec(block, names)
    story, cut = names["story"], names["cut"]
    assert isinstance(story, Table) and len(story) > 20
    assert {"moved", "speed", "frozen", "framing", "ducking", "muted", "marker added", "caption style"} <= set(story["edit"])
    assert (tmp_path / "lighthouse_DX.wav").stat().st_size > 48_000
    assert gl.Project("The Lighthouse").cut == cut.model_copy(update={"version": 2})  # type: ignore[attr-defined]
