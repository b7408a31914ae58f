"""Shelves: the entries that a script asks for, in the buckets they belong to: a shot in video, a line and a scene's air in audio."""

from __future__ import annotations

from glimmer.screenplay.nouns import Screenplay
from glimmer.store import Store

__all__ = ["AIR", "CUE", "LINE", "shelve"]

LINE = "line:"  # audio: + line id
AIR = "air:"  # audio: + scene id
CUE = "cue:"  # music: + id of the cue's first scene


def shelve(script: Screenplay, store: Store) -> None:
    """Make the entries of video and audio just those of `script`. Entries of shots and lines that are gone are kept, out of sight."""
    store.set_entries("video", [(shot.id, shot.slate) for shot in script.shot_list])
    lines = [(f"{LINE}{line.id}", str(line.number)) for line in script.lines]
    store.set_entries("audio", lines, prefix=LINE)
    store.set_entries("audio", [(f"{AIR}{scene.id}", f"air {scene.number}") for scene in script.scenes], prefix=AIR)
