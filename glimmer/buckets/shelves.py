"""Shelves: the entries that a script asks for, in the buckets they belong to: a shot in video; a line, a scene's air and a shot's effects
in audio.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from glimmer.screenplay.nouns import Screenplay
from glimmer.screenplay.revision import Heirs
from glimmer.store import Store

__all__ = ["AIR", "CUE", "FX", "LINE", "shelve", "shelve_effects"]

LINE = "line:"  # audio: + line id
AIR = "air:"  # audio: + scene id
FX = "fx:"  # audio: + id of the shot in which something is heard
CUE = "cue:"  # music: + id of the cue's first scene


def shelve(script: Screenplay, store: Store, followed: Heirs | None = None) -> None:
    """Make the entries of video and audio just those of `script`. Entries of shots and lines that are gone are kept, out of sight.

    `followed`: what each new shot, line and scene follows in the version before. Its entry goes over to the new key, takes and all.
    """
    follows = followed or Heirs()
    store.set_entries("video", [(shot.id, shot.slate) for shot in script.shot_list], heirs=follows.shots)
    said = {f"{LINE}{line.id}": _kept(who=line.character, says=line.text) for line in script.lines}
    lines = [(f"{LINE}{line.id}", str(line.number)) for line in script.lines]
    store.set_entries("audio", lines, prefix=LINE, states=said, heirs=_keyed(LINE, follows.lines))
    places = {f"{AIR}{scene.id}": _kept(place=scene.heading.raw) for scene in script.scenes}
    airs = [(f"{AIR}{scene.id}", f"air {scene.number}") for scene in script.scenes]
    store.set_entries("audio", airs, prefix=AIR, states=places, heirs=_keyed(AIR, follows.scenes))
    now = {old: new for new, old in follows.shots.items()}
    heard = (row.key.removeprefix(FX) for row in store.entries("audio") if row.key.startswith(FX))
    shelve_effects(script, {now.get(shot_id, shot_id) for shot_id in heard}, store, follows)
    _rekey_cues(store, follows)


def shelve_effects(script: Screenplay, heard: AbstractSet[str], store: Store, followed: Heirs | None = None) -> None:
    """Make the effects in audio just those of the script's shots whose ids are in `heard`: which shots are heard, a model says."""
    shots = [shot for shot in script.shot_list if shot.id in heard]
    told = {f"{FX}{shot.id}": _kept(action=shot.action) for shot in shots}
    heirs = _keyed(FX, {new: old for new, old in (followed or Heirs()).shots.items() if new in heard})
    store.set_entries("audio", [(f"{FX}{shot.id}", f"fx {shot.slate}") for shot in shots], prefix=FX, states=told, heirs=heirs)


def _rekey_cues(store: Store, followed: Heirs) -> None:
    """A cue is named after its first scene; which scenes it spans is settled when the score is written, and not here."""
    now = {f"{CUE}{old}": f"{CUE}{new}" for new, old in followed.scenes.items()}
    cues = [row for row in store.entries("music") if row.key.startswith(CUE)]
    moved = {now[row.key]: row.key for row in cues if row.key in now}
    if moved:
        store.set_entries("music", [(now.get(row.key, row.key), row.name) for row in cues], prefix=CUE, heirs=moved)


def _keyed(prefix: str, heirs: Mapping[str, str]) -> dict[str, str]:
    return {f"{prefix}{new}": f"{prefix}{old}" for new, old in heirs.items()}


def _kept(**words: str) -> str:
    """What a card says of an entry, without reading the script again."""
    return json.dumps(words, ensure_ascii=False)
