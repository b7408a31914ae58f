"""Shelves: the entries that a script asks for, in the buckets they belong to: a shot in video; a line, a scene's air and a shot's effects
in audio.
"""

from __future__ import annotations

import json
from collections.abc import Set as AbstractSet

from glimmer.screenplay.nouns import Screenplay
from glimmer.store import Store

__all__ = ["AIR", "CUE", "FX", "LINE", "shelve", "shelve_effects"]

LINE = "line:"  # audio: + line id
AIR = "air:"  # audio: + scene id
FX = "fx:"  # audio: + id of the shot in which something is heard
CUE = "cue:"  # music: + id of the cue's first scene


def shelve(script: Screenplay, store: Store) -> None:
    """Make the entries of video and audio just those of `script`. Entries of shots and lines that are gone are kept, out of sight."""
    store.set_entries("video", [(shot.id, shot.slate) for shot in script.shot_list])
    said = {f"{LINE}{line.id}": _kept(who=line.character, says=line.text) for line in script.lines}
    store.set_entries("audio", [(f"{LINE}{line.id}", str(line.number)) for line in script.lines], prefix=LINE, states=said)
    places = {f"{AIR}{scene.id}": _kept(place=scene.heading.raw) for scene in script.scenes}
    airs = [(f"{AIR}{scene.id}", f"air {scene.number}") for scene in script.scenes]
    store.set_entries("audio", airs, prefix=AIR, states=places)
    shelve_effects(script, {row.key.removeprefix(FX) for row in store.entries("audio") if row.key.startswith(FX)}, store)


def shelve_effects(script: Screenplay, heard: AbstractSet[str], store: Store) -> None:
    """Make the effects in audio just those of the script's shots whose ids are in `heard`: which shots are heard, a model says."""
    shots = [shot for shot in script.shot_list if shot.id in heard]
    told = {f"{FX}{shot.id}": _kept(action=shot.action) for shot in shots}
    store.set_entries("audio", [(f"{FX}{shot.id}", f"fx {shot.slate}") for shot in shots], prefix=FX, states=told)


def _kept(**words: str) -> str:
    """What a card says of an entry, without reading the script again."""
    return json.dumps(words, ensure_ascii=False)
