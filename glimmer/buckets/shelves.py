"""Shelves: the entries that a script asks for, in the buckets they belong to: a shot in video, a line and a scene's air in audio."""

from __future__ import annotations

import json

from glimmer.screenplay.nouns import Screenplay
from glimmer.store import Store

__all__ = ["AIR", "CUE", "LINE", "shelve"]

LINE = "line:"  # audio: + line id
AIR = "air:"  # audio: + scene id
CUE = "cue:"  # music: + id of the cue's first scene


def shelve(script: Screenplay, store: Store) -> None:
    """Make the entries of video and audio just those of `script`. Entries of shots and lines that are gone are kept, out of sight."""
    store.set_entries("video", [(shot.id, shot.slate) for shot in script.shot_list])
    said = {f"{LINE}{line.id}": _kept(who=line.character, says=line.text) for line in script.lines}
    store.set_entries("audio", [(f"{LINE}{line.id}", str(line.number)) for line in script.lines], prefix=LINE, states=said)
    places = {f"{AIR}{scene.id}": _kept(place=scene.heading.raw) for scene in script.scenes}
    airs = [(f"{AIR}{scene.id}", f"air {scene.number}") for scene in script.scenes]
    store.set_entries("audio", airs, prefix=AIR, states=places)


def _kept(**words: str) -> str:
    """What a card says of an entry, without reading the script again."""
    return json.dumps(words, ensure_ascii=False)
